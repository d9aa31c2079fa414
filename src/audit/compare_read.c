/* A comparison read back: counts by rule and unit, and the changes row by row. */
#include "compare_int.h"

#include <rasoat/arena.h>
#include <stdlib.h>
#include <string.h>

/* ---- counts ---- */

/* The place of a set of causes: its only one, else the last. */
static int cause_place(int64_t causes)
{
	for (int i = 0; i < N_CAUSES; i++)
		if (causes == (int64_t)1 << i)
			return i;
	return N_CAUSES;
}

static void add_counts(struct compare *x, struct compared_rule *r, enum change_state state, int64_t causes, int64_t n)
{
	r->states[state] += n;
	x->c->states[state] += n;
	if (state != CHANGE_CONTINUING) {
		r->causes[cause_place(causes)] += n;
		x->c->causes[cause_place(causes)] += n;
	}
	if (state == CHANGE_CONTINUING || state == CHANGE_RESOLVED) {
		r->before += n;
		x->c->total_before += n;
	}
	if (state != CHANGE_RESOLVED) {
		r->after += n;
		x->c->total_after += n;
	}
}

static enum status count_rules(struct compare *x, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	enum step step;

	if (store_prepare(x->l->store, "SELECT rule_id, state, causes, count(*) FROM temp.change GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
			  &st, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW)
		for (int i = 0; i < x->c->n_rules; i++)
			if (str_eq(x->c->rules[i].rule_id, stmt_text(st, 0)))
				add_counts(x, &x->c->rules[i], (enum change_state)stmt_int(st, 1), stmt_int(st, 2), stmt_int(st, 3));
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

static enum status count_units(struct compare *x, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	struct comparison *c = x->c;
	struct compared_unit *u = NULL;
	int cap = 0;
	enum step step;

	if (store_prepare(x->l->store, "SELECT coalesce(unit_id, ''), state, count(*) FROM temp.change GROUP BY 1, 2 ORDER BY 1, 2",
			  &st, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW) {
		enum change_state state = (enum change_state)stmt_int(st, 1);

		if (!u || !str_eq(u->unit_id, stmt_text(st, 0))) {
			u = ARENA_PUSH(x->a, c->units, c->n_units, cap);
			*u = (struct compared_unit){ .unit_id = arena_strdup(x->a, stmt_text(st, 0)) };
		}
		u->states[state] = stmt_int(st, 2);
		u->before += state == CHANGE_CONTINUING || state == CHANGE_RESOLVED ? stmt_int(st, 2) : 0;
		u->after += state != CHANGE_RESOLVED ? stmt_int(st, 2) : 0;
	}
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

enum status compare_count(struct compare *x, struct err *e)
{
	return count_rules(x, e) == ST_OK ? count_units(x, e) : ST_ERR;
}

/* ---- row by row ---- */

struct change_cursor {
	const struct comparison *c;
	struct stmt *st;
	struct arena *row;
	enum change_state state;
};

enum { C_RULE, C_FINGERPRINT, C_CAUSES, C_KEY, C_UNIT, C_SINCE, C_DAYS, C_FIRST, C_NOW, C_MESSAGE, C_BEFORE, C_AFTER };

static const char rows_sql[] =
	"SELECT c.rule_id, c.fingerprint, c.causes, coalesce(n.subject_key, w.subject_key), c.unit_id,\n"
	"  CASE WHEN c.state = ?4 THEN w.since ELSE n.since END, CASE WHEN c.state = ?4 THEN w.days ELSE n.days END,\n"
	"  f.first_as_of, CASE WHEN c.now_verdict IS NOT NULL THEN c.now_verdict ELSE x.verdict END,\n"
	"  CASE WHEN c.state = ?4 THEN w.message ELSE n.message END, w.fields, coalesce(n.fields, x.fields)\n"
	"FROM temp.change c JOIN temp.compared_rule r ON r.rule_id = c.rule_id\n"
	"LEFT JOIN run_finding w ON w.run_id = ?1 AND w.rule_id = c.rule_id AND w.seq = c.was_seq\n"
	"LEFT JOIN run_finding n ON n.run_id = ?2 AND n.rule_id = c.rule_id AND n.seq = c.now_seq\n"
	"LEFT JOIN closure x ON x.run_id = c.closed_run AND x.rule_id = c.rule_id AND x.seq = c.closed_seq\n"
	"LEFT JOIN finding f ON f.fingerprint = c.fingerprint\n"
	"WHERE c.state = ?3 ORDER BY r.severity, 7 IS NULL, 7 DESC, c.rule_id, 4";

enum status change_open(const struct comparison *c, enum change_state state, struct change_cursor **ret, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	const int64_t values[] = { c->before.run, c->after.run, state, CHANGE_RESOLVED };
	struct change_cursor *cursor;

	if (store_prepare(c->ledger->store, rows_sql, &st, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < 4; i++)
		if (stmt_bind(st, i + 1, value_int(values[i]), e) != ST_OK)
			return ST_ERR;
	cursor = xmalloc(sizeof(*cursor));
	*cursor = (struct change_cursor){ .c = c, .st = st, .row = arena_new(), .state = state };
	st = NULL;
	*ret = cursor;
	return ST_OK;
}

static const char *cell(const struct change_cursor *cursor, int col)
{
	return stmt_is_null(cursor->st, col) ? NULL : arena_strdup(cursor->row, stmt_text(cursor->st, col));
}

/* "label: value; …": of cells that are known; of a rule with other fields by now their values alone. */
static const char *evidence(struct change_cursor *cursor, const struct rule *rule, int col)
{
	CLEANUP(str_free) struct str out = STR_INIT;
	const char *const *fields;
	int n = 0;

	if (stmt_is_null(cursor->st, col) || !fields_read(cursor->row, stmt_text(cursor->st, col), &fields, &n))
		return NULL;
	for (int i = 0; i < n; i++) {
		if (!fields[i])
			continue;
		str_add(&out, out.len ? "; " : "");
		if (rule && rule->n_fields == n)
			str_addf(&out, "%s: ", rule->fields[i].label);
		rule_value_text(&out, fields[i], rule && rule->n_fields == n ? rule->fields[i].type : FIELD_TEXT);
	}
	return out.len ? arena_strdup(cursor->row, out.p) : NULL;
}

static const struct compared_rule *rule_of(const struct comparison *c, const char *id)
{
	for (int i = 0; i < c->n_rules; i++)
		if (str_eq(c->rules[i].rule_id, id))
			return &c->rules[i];
	return NULL;
}

int change_next(struct change_cursor *cursor, struct change *ret, struct err *e)
{
	enum step step;

	arena_reset(cursor->row);
	step = stmt_step(cursor->st, e);
	if (step != STEP_ROW)
		return step == STEP_ERROR ? -1 : 0;
	*ret = (struct change){
		.state = cursor->state,
		.rule = rule_of(cursor->c, stmt_text(cursor->st, C_RULE)),
		.fingerprint = cell(cursor, C_FINGERPRINT),
		.causes = (unsigned)stmt_int(cursor->st, C_CAUSES),
		.key = cell(cursor, C_KEY),
		.unit = cell(cursor, C_UNIT),
		.since = cell(cursor, C_SINCE),
		.has_days = !stmt_is_null(cursor->st, C_DAYS),
		.days = stmt_int(cursor->st, C_DAYS),
		.first_as_of = cell(cursor, C_FIRST),
		.now = cursor->state == CHANGE_RESOLVED ? cell(cursor, C_NOW) : NULL,
		.message = cell(cursor, C_MESSAGE),
	};
	ret->before = evidence(cursor, ret->rule->rule, C_BEFORE);
	ret->after = evidence(cursor, ret->rule->rule, C_AFTER);
	return 1;
}

enum status change_rewind(struct change_cursor *cursor, struct err *e)
{
	(void)e;
	stmt_reset(cursor->st);
	return ST_OK;
}

void change_close(struct change_cursor *cursor)
{
	if (!cursor)
		return;
	stmt_close(cursor->st);
	arena_free(cursor->row);
	free(cursor);
}
