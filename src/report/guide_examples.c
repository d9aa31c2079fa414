/*
 * The days around a limit. Rules carry examples that `rasoat check` runs; where their rows differ in one date
 * only, or two examples in the as-of date only, the dates and their verdicts make a picture.
 */
#include "audit_int.h"
#include "guide_int.h"

#include <string.h>

enum { MOST_POINTS = 6, MOST_PICTURES = 2 };

struct point {
	day_t day; /* DAY_NONE: the cell is empty */
	enum tick_kind verdict;
};

struct points {
	struct point p[MOST_POINTS];
	int n;
};

static enum tick_kind word_verdict(const char *verdict)
{
	return str_eq(verdict, "indeterminate") ? TICK_OPEN : TICK_BAD;
}

/* Whether `id` is the key, or one of its parts between slashes. */
static bool key_has(const char *key, const char *id)
{
	size_t n = id ? strlen(id) : 0;

	for (const char *p = key; n && (p = strstr(p, id)); p++)
		if ((p == key || p[-1] == '/') && (!p[n] || p[n] == '/'))
			return true;
	return false;
}

static enum tick_kind row_verdict(const struct rule_example *x, const struct example_row *row)
{
	for (int i = 0; i < x->n_expects && row->n; i++)
		if (key_has(x->expects[i].key, row->values[0]))
			return word_verdict(x->expects[i].verdict);
	return TICK_GOOD;
}

static const char *row_value(const struct example_row *row, const char *name)
{
	for (int i = 0; i < row->n; i++)
		if (str_eq(row->names[i], name))
			return row->values[i];
	return NULL;
}

static bool is_day(const char *text, day_t *ret)
{
	*ret = DAY_NONE;
	return text && date_parse_iso(text, strlen(text), ret);
}

/* The same in everything but the first cell, which is the row's name, and `but`. */
static bool rows_alike(const struct example_row *a, const struct example_row *b, const char *but)
{
	if (!str_eq(a->table, b->table) || !a->n || !b->n || !str_eq(a->names[0], b->names[0]))
		return false;
	for (int i = 1; i < a->n; i++)
		if (!str_eq(a->names[i], but) && !str_eq(a->values[i], row_value(b, a->names[i])))
			return false;
	for (int i = 1; i < b->n; i++)
		if (!str_eq(b->names[i], but) && !row_value(a, b->names[i]))
			return false;
	return true;
}

/* In the order of the days, the empty cell last; a day comes once. */
static void point_add(struct points *ps, day_t day, enum tick_kind verdict)
{
	int at = ps->n;

	for (int i = 0; i < ps->n; i++)
		if (ps->p[i].day == day)
			return;
	if (ps->n == MOST_POINTS)
		return;
	while (at && day != DAY_NONE && (ps->p[at - 1].day == DAY_NONE || ps->p[at - 1].day > day)) {
		ps->p[at] = ps->p[at - 1];
		at--;
	}
	ps->p[at] = (struct point){ day, verdict };
	ps->n++;
}

/* A limit is where the verdict changes. */
static bool points_tell(const struct points *ps)
{
	for (int i = 1; i < ps->n; i++)
		if (ps->p[i].verdict != ps->p[0].verdict)
			return true;
	return false;
}

static const char *verdict_text(enum tick_kind v)
{
	return v == TICK_GOOD ? "đúng quy định" : v == TICK_BAD ? "vi phạm" : "chưa xác định";
}

static void draw(struct guide *g, const char *title, const char *label, const struct points *ps)
{
	static const enum span_kind kinds[] = { [TICK_GOOD] = SPAN_TERM, [TICK_BAD] = SPAN_LATE, [TICK_OPEN] = SPAN_PAUSE };
	struct doc_span *spans = ARENA_ARRAY(g->a, MOST_POINTS, struct doc_span);
	struct doc_tick *ticks = ARENA_ARRAY(g->a, MOST_POINTS, struct doc_tick);
	struct doc_lane *lane = ARENA_NEW(g->a, struct doc_lane);
	struct doc_timeline *t = ARENA_NEW(g->a, struct doc_timeline);
	CLEANUP(str_free) struct str said = STR_INIT;

	for (int i = 0; i < ps->n; i++) {
		const char *day = ps->p[i].day == DAY_NONE ? "chưa có" : audit_day(g->a, ps->p[i].day);

		spans[i] = (struct doc_span){ kinds[ps->p[i].verdict], 2 * i, 2 * i + 2, NULL };
		ticks[i] = (struct doc_tick){ ps->p[i].verdict, 2 * i + 1,
					      arena_printf(g->a, "%s\n%s", day, verdict_text(ps->p[i].verdict)) };
		str_addf(&said, "%s%s: %s", i ? "; " : "", day, verdict_text(ps->p[i].verdict));
	}
	*lane = (struct doc_lane){ label, spans, ps->n, ticks, ps->n };
	*t = (struct doc_timeline){ .title = title, .said = arena_printf(g->a, "%s. %s – %s.", title, label, said.p), .lanes = lane,
				    .n_lanes = 1, .length = 2 * ps->n };
	doc_add(g->d, g->s, BLOCK_TIMELINE, NULL)->timeline = t;
}

/* "ngày nhận 26/06/2026": the other dates of the row, which stay. */
static const char *other_days(struct guide *g, const struct example_row *row, const char *but)
{
	const char *out = "";
	day_t day;

	for (int i = 1; i < row->n; i++)
		if (!str_eq(row->names[i], but) && is_day(row->values[i], &day))
			out = arena_printf(g->a, "%s%s%s %s", out, *out ? ", " : "", guide_column(row->names[i]),
					   audit_day(g->a, day));
	return out;
}

/* The rows like `row` but for the date `but`; false when that tells nothing. */
static bool row_picture(struct guide *g, const struct rule_example *x, int row, const char *but)
{
	struct points ps = { .n = 0 };
	const char *others;

	for (int i = 0; i < x->n_rows; i++) {
		const char *value = row_value(&x->rows[i], but);
		day_t day;

		if ((value && !is_day(value, &day)) || !rows_alike(&x->rows[row], &x->rows[i], but))
			continue;
		if (i < row)
			return false; /* drawn with the earlier row, or told nothing */
		point_add(&ps, value ? day : DAY_NONE, row_verdict(x, &x->rows[i]));
	}
	if (ps.n < 2 || !points_tell(&ps))
		return false;
	others = other_days(g, &x->rows[row], but);
	draw(g, arena_printf(g->a, "Ví dụ: %s%sxét đến ngày %s", others, *others ? ", " : "", audit_day(g->a, x->as_of)),
	     guide_capital(g->a, guide_column(but)), &ps);
	return true;
}

static bool example_picture(struct guide *g, const struct rule_example *x)
{
	day_t day;

	for (int row = 0; row < x->n_rows; row++)
		for (int i = 1; i < x->rows[row].n; i++)
			if (is_day(x->rows[row].values[i], &day) && row_picture(g, x, row, x->rows[row].names[i]))
				return true;
	return false;
}

static bool same_rows(const struct rule_example *a, const struct rule_example *b)
{
	if (a->n_rows != b->n_rows || a->n_set != b->n_set)
		return false;
	for (int i = 0; i < a->n_rows; i++) {
		const struct example_row *x = &a->rows[i], *y = &b->rows[i];

		if (!str_eq(x->table, y->table) || x->n != y->n)
			return false;
		for (int k = 0; k < x->n; k++)
			if (!str_eq(x->names[k], y->names[k]) || !str_eq(x->values[k], y->values[k]))
				return false;
	}
	for (int i = 0; i < a->n_set; i++)
		if (!str_eq(a->set_names[i], b->set_names[i]) || !str_eq(a->set_values[i], b->set_values[i]))
			return false;
	return true;
}

/* The same rows looked at on several days: the as-of date passes the limit. */
static bool as_of_picture(struct guide *g, const struct rule *r, int first)
{
	const struct rule_example *x = &r->examples[first];
	struct points ps = { .n = 0 };
	const char *others = "";

	for (int i = 0; i < r->n_examples; i++) {
		const struct rule_example *y = &r->examples[i];

		if (!same_rows(x, y) || y->n_expects > 1)
			continue;
		if (i < first)
			return false;
		point_add(&ps, y->as_of, y->n_expects ? word_verdict(y->expects[0].verdict) : TICK_GOOD);
	}
	if (ps.n < 2 || !points_tell(&ps))
		return false;
	for (int i = 0; i < x->n_rows; i++) {
		const char *days = other_days(g, &x->rows[i], "");

		if (*days)
			others = arena_printf(g->a, "%s%s%s", others, *others ? ", " : "", days);
	}
	draw(g, arena_printf(g->a, "Ví dụ: %s", others), "Ngày chốt số liệu", &ps);
	return true;
}

void guide_examples(struct guide *g, const struct rule *r)
{
	int drawn = 0;

	for (int i = 0; i < r->n_examples && drawn < MOST_PICTURES; i++)
		drawn += example_picture(g, &r->examples[i]);
	for (int i = 0; i < r->n_examples && drawn < MOST_PICTURES; i++)
		drawn += as_of_picture(g, r, i);
}
