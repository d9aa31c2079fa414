/* What the ledger says that the report for leadership tells. */
#include "brief_int.h"

#include <rasoat/secrecy.h>

#include <string.h>

enum { WORST = 20 };

/* Severities come gravest first. */
static bool graver(const struct rule_outcome *x, const struct rule_outcome *y)
{
	return x->rule->severity != y->rule->severity ? x->rule->severity < y->rule->severity : x->found > y->found;
}

static const struct units *tree_of(struct brief *b, const struct rule *r)
{
	return r->store == STORE_ACCOUNTS ? b->in->account_units : b->in->case_units;
}

static void pick_top(struct brief *b)
{
	const struct audit_result *r = b->in->result;

	for (int i = 0; i < r->n_outcomes; i++) {
		int at = b->n_top;

		if (!r->outcomes[i].found)
			continue;
		while (at && graver(&r->outcomes[i], &r->outcomes[b->top[at - 1]]))
			at--;
		if (at == TOP_RULES)
			continue;
		if (b->n_top < TOP_RULES)
			b->n_top++;
		memmove(b->top + at + 1, b->top + at, (size_t)(b->n_top - at - 1) * sizeof(*b->top));
		b->top[at] = i;
	}
	for (int k = 0; k < b->n_top; k++) {
		const struct units *tree = tree_of(b, r->outcomes[b->top[k]].rule);

		if (tree)
			b->facts[b->top[k]].seen = ARENA_ARRAY(b->a, (size_t)units_count(tree) + 1, bool);
	}
}

static void note_unit(struct brief *b, const struct rule *r, struct rule_facts *facts, const char *unit)
{
	const struct units *tree = tree_of(b, r);
	int i = facts->seen && unit ? units_find(tree, unit) : -1;

	if (i < 0)
		return;
	facts->units += !facts->seen[i];
	facts->seen[i] = true;
}

static struct rule_facts *facts_of(struct brief *b, const struct rule *r)
{
	int i = 0;

	while (b->in->result->outcomes[i].rule != r)
		i++;
	return &b->facts[i];
}

static void put_worst(struct brief *b, struct audit_rows *rows, const struct rule *r, const struct finding *f,
		      day_t since)
{
	struct cell *c = audit_row(rows, ROW_BODY);

	c[0] = cell_int(rows->n);
	c[1] = cell_str(r->id);
	c[2] = cell_str(NULL);
	if (secrecy_is_masked(f->unit))
		c[2].kind = CELL_HIDDEN;
	else
		c[2] = cell_str(arena_strdup(b->a, audit_unit_name(b->in, r, f->unit)));
	/* A message without fields would not say which one it is. */
	c[3] = cell_str(r->message && strchr(r->message, '{') ? arena_strdup(b->a, f->message) :
								 arena_printf(b->a, "%s: %s", f->key, f->message));
	c[4] = cell_day(since);
	if (f->has_days)
		c[5] = cell_int(f->days);
}

/* One pass over all findings, worst first: the first of them for the table, all for what each rule found. */
static enum status read_findings(struct brief *b, struct err *e)
{
	static const struct doc_column columns[] = {
		{ NULL, "STT", 10, ALIGN_CENTER, CELL_TEXT, false },
		{ NULL, "Mã", 17, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Đơn vị", 36, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Nội dung", 0, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Từ ngày", 20, ALIGN_CENTER, CELL_DATE, false },
		{ NULL, "Số ngày", 13, ALIGN_RIGHT, CELL_INT, false },
	};
	struct audit_rows rows = { .a = b->a, .width = 6 };
	struct finding_cursor *cursor = NULL;
	const struct rule *r;
	struct finding f;
	int got;

	if (finding_cursor_open(b->in->ledger, b->in->result->run_id, NULL, b->in->workspace->rules, ORDER_WORST,
				&cursor, e) != ST_OK)
		return ST_ERR;
	while ((got = finding_next(cursor, &f, &r, e)) > 0) {
		struct rule_facts *facts = facts_of(b, r);
		day_t since = DAY_NONE;

		if (f.since && date_parse_iso(f.since, strlen(f.since), &since) &&
		    (facts->oldest == DAY_NONE || since < facts->oldest))
			facts->oldest = since;
		note_unit(b, r, facts, f.unit);
		if (rows.n < WORST)
			secrecy_mask(b->in->result->secrecy, b->in->audience, b->a, r, &f);
		if (rows.n < WORST)
			put_worst(b, &rows, r, &f, since);
	}
	finding_cursor_close(cursor);
	if (got < 0)
		return ST_ERR;
	b->worst = audit_table(b->a, b->d, "worst", columns, 6);
	b->worst->font_size = 10;
	b->worst->rows = audit_rows_source(&rows);
	return ST_OK;
}

enum status brief_read(struct brief *b, struct err *e)
{
	b->facts = ARENA_ARRAY(b->a, (size_t)b->in->result->n_outcomes + 1, struct rule_facts);
	for (int i = 0; i < b->in->result->n_outcomes; i++)
		b->facts[i].oldest = DAY_NONE;
	if (audit_units(b->a, b->in, &b->units, &b->n_units, e) != ST_OK)
		return ST_ERR;
	pick_top(b);
	if (read_findings(b, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < b->n_units; i++)
		b->failing_units += b->units[i].fails > 0 && *b->units[i].unit_id;
	return ST_OK;
}
