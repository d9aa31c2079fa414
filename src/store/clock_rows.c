#include "clock_rows.h"

#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <stdlib.h>
#include <string.h>

#define MOST_WORDS 256 /* terms, states and reasons; the rest of the texts are written out */
#define NO_WORD 0

struct packed {
	uint32_t case_no;
	day_t starts_on, due_on, ended_on;
	int64_t overdue_days;
	uint8_t term, status, reason; /* words */
	bool has_days;
};

struct case_place {
	uint32_t text; /* in `ids` */
	uint32_t first; /* row */
};

struct clock_rows {
	struct packed *rows;
	struct case_place *cases;
	size_t n_rows, cap_rows, n_cases, cap_cases;
	struct str ids; /* each with its NUL */
	char *words[MOST_WORDS];
	int n_words;
};

struct clock_rows *clock_rows_new(void)
{
	struct clock_rows *c = xmalloc(sizeof(*c));

	*c = (struct clock_rows){ .ids = STR_INIT, .n_words = NO_WORD + 1 };
	return c;
}

void clock_rows_free(struct clock_rows *c)
{
	if (!c)
		return;
	for (int i = 0; i < c->n_words; i++)
		free(c->words[i]);
	str_free(&c->ids);
	free(c->rows);
	free(c->cases);
	free(c);
}

static const char *case_id_of(const struct clock_rows *c, size_t case_no)
{
	return c->ids.p + c->cases[case_no].text;
}

static enum status take_word(struct clock_rows *c, const char *text, uint8_t *ret, struct err *e)
{
	*ret = NO_WORD;
	if (!text)
		return ST_OK;
	for (int i = NO_WORD + 1; i < c->n_words; i++)
		if (strcmp(c->words[i], text) == 0) {
			*ret = (uint8_t)i;
			return ST_OK;
		}
	if (c->n_words == MOST_WORDS)
		return err_set(e, "case_clock: more than %d different terms and reasons", MOST_WORDS - 1);
	c->words[c->n_words] = memcpy(xmalloc(strlen(text) + 1), text, strlen(text) + 1);
	*ret = (uint8_t)c->n_words++;
	return ST_OK;
}

static void *grow(void *p, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return p;
	*cap = *cap ? *cap * 2 : 1024;
	return xrealloc(p, *cap * size);
}

/* The case of the last row, or a new one behind it. */
static enum status take_case(struct clock_rows *c, const char *case_id, struct err *e)
{
	int order = c->n_cases ? strcmp(case_id_of(c, c->n_cases - 1), case_id) : -1;

	if (order == 0)
		return ST_OK;
	if (order > 0)
		return err_set(e, "case_clock: case '%s' comes out of order", case_id);
	if (c->ids.len > UINT32_MAX - 1024 || c->n_rows == UINT32_MAX)
		return err_set(e, "case_clock: too many cases for one store");
	c->cases = grow(c->cases, c->n_cases, &c->cap_cases, sizeof(*c->cases));
	c->cases[c->n_cases++] = (struct case_place){ (uint32_t)c->ids.len, (uint32_t)c->n_rows };
	str_addn(&c->ids, case_id, strlen(case_id) + 1);
	return ST_OK;
}

enum status clock_rows_add(struct clock_rows *c, const struct clock_row *row, struct err *e)
{
	struct packed p = { .starts_on = row->starts_on,
			    .due_on = row->due_on,
			    .ended_on = row->ended_on,
			    .overdue_days = row->overdue_days,
			    .has_days = row->has_days };

	if (take_word(c, row->term, &p.term, e) != ST_OK || take_word(c, row->status, &p.status, e) != ST_OK ||
	    take_word(c, row->reason, &p.reason, e) != ST_OK || take_case(c, row->case_id, e) != ST_OK)
		return ST_ERR;
	p.case_no = (uint32_t)(c->n_cases - 1);
	c->rows = grow(c->rows, c->n_rows, &c->cap_rows, sizeof(*c->rows));
	c->rows[c->n_rows++] = p;
	return ST_OK;
}

size_t clock_rows_count(const struct clock_rows *c)
{
	return c->n_rows;
}

/* The first case in [from, to) that is not before `case_id`. */
static size_t search(const struct clock_rows *c, const char *case_id, size_t from, size_t to)
{
	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (strcmp(case_id_of(c, middle), case_id) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* Cases are mostly asked for in the order in which they lie: in steps that double from the last one. */
static size_t search_from(const struct clock_rows *c, const char *case_id, size_t near)
{
	size_t step = 1, to = near;

	if (near >= c->n_cases || strcmp(case_id_of(c, near), case_id) > 0)
		return search(c, case_id, 0, near < c->n_cases ? near : c->n_cases);
	while (to < c->n_cases && strcmp(case_id_of(c, to), case_id) < 0) {
		near = to + 1;
		to += step;
		step *= 2;
	}
	return search(c, case_id, near, to < c->n_cases ? to + 1 : c->n_cases);
}

size_t clock_rows_find(const struct clock_rows *c, const char *case_id, size_t hint, size_t *ret_end)
{
	size_t near = hint < c->n_rows ? c->rows[hint].case_no : 0, at;

	*ret_end = 0;
	if (!c->n_cases)
		return 0;
	at = search_from(c, case_id, near);
	if (at == c->n_cases || strcmp(case_id_of(c, at), case_id) != 0)
		return 0;
	*ret_end = at + 1 < c->n_cases ? c->cases[at + 1].first : c->n_rows;
	return c->cases[at].first;
}

void clock_rows_get(const struct clock_rows *c, size_t at, struct clock_row *ret)
{
	const struct packed *p = &c->rows[at];

	*ret = (struct clock_row){ .case_id = case_id_of(c, p->case_no),
				   .term = c->words[p->term],
				   .starts_on = p->starts_on,
				   .due_on = p->due_on,
				   .ended_on = p->ended_on,
				   .status = c->words[p->status],
				   .has_days = p->has_days,
				   .overdue_days = p->overdue_days,
				   .reason = c->words[p->reason] };
}
