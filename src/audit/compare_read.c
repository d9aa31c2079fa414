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

/* "label: value; …": of cells that are known. */
static const char *evidence(struct change_cursor *cursor, const struct rule *rule, const struct finding *f)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	for (int i = 0; f->fields && i < f->n_fields; i++) {
		if (!f->fields[i])
			continue;
		str_addf(&out, "%s%s: ", out.len ? "; " : "", rule->fields[i].label);
		rule_value_text(&out, f->fields[i], rule->fields[i].type);
	}
	return out.len ? arena_strdup(cursor->row, out.p) : NULL;
}

/* One side of a change as the audience sees it; fields only when they are still those of the rule. */
static void read_side(struct change_cursor *cursor, const struct rule *rule, int col, struct change *x,
		      struct finding *f)
{
	*f = (struct finding){ .key = x->key, .unit = x->unit, .since = x->since, .message = x->message };
	if (!stmt_is_null(cursor->st, col) &&
	    (!fields_read(cursor->row, stmt_text(cursor->st, col), &f->fields, &f->n_fields) || f->n_fields != rule->n_fields))
		f->fields = NULL;
	if (!f->fields) {
		f->fields = ARENA_ARRAY(cursor->row, (size_t)rule->n_fields + 1, const char *);
		f->n_fields = rule->n_fields;
	}
	secrecy_mask(cursor->c->secrecy, cursor->c->audience, cursor->row, rule, f);
}

static void mask(struct change_cursor *cursor, struct change *x)
{
	const struct rule *rule = x->rule->rule;
	struct finding sides[2];
	const struct finding *own = &sides[x->state != CHANGE_RESOLVED];

	if (!rule) { /* nobody knows any more what its cells are */
		x->key = x->message = SECRECY_MASK;
		return;
	}
	read_side(cursor, rule, C_BEFORE, x, &sides[0]);
	read_side(cursor, rule, C_AFTER, x, &sides[1]);
	x->before = evidence(cursor, rule, &sides[0]);
	x->after = evidence(cursor, rule, &sides[1]);
	x->key = own->key;
	x->unit = own->unit;
	x->since = own->since;
	x->message = own->message;
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
	mask(cursor, ret);
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
