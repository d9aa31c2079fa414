/* Reading one run back: row by row in the order of a report, and counted by unit. */
#include "ledger_int.h"

#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <stdlib.h>
#include <string.h>

enum { R_RULE, R_FINGERPRINT, R_VERDICT, R_REASON, R_UNIT, R_SINCE, R_DAYS, R_KEY, R_FIELDS, R_MESSAGE,
       R_WAIVER };

struct finding_cursor {
	struct stmt *parts[VERDICT_COUNT]; /* one after the other */
	int n_parts, at;
	struct arena *row;
	const char *ledger; /* its name, for messages */
	const struct rule *rule;      /* or NULL: */
	const struct rule_set *rules; /* look them up here */
};

static void add_rule_list(const struct rule_set *rules, enum severity severity, struct str *out)
{
	str_add(out, "(''"); /* an empty list is no SQL everywhere */
	for (int i = 0; i < rules->n_rules; i++)
		if (rules->rules[i]->severity == severity)
			str_addf(out, ", '%s'", rules->rules[i]->id); /* ids are letters, digits and '-' */
	str_addc(out, ')');
}

/* The ledger does not know how grave a rule is: the rules of today decide. */
static void add_severity_rank(const struct rule_set *rules, struct str *out)
{
	str_add(out, "CASE");
	for (int s = 0; s < SEV_COUNT; s++) {
		str_add(out, " WHEN rule_id IN ");
		add_rule_list(rules, (enum severity)s, out);
		str_addf(out, " THEN %d", s);
	}
	str_addf(out, " ELSE %d END", SEV_COUNT);
}

/* `verdict` NULL: any. */
static void cursor_sql(int64_t run, const struct rule *rule, const struct rule_set *rules,
		       enum finding_order order, const char *verdict, struct str *out)
{
	str_addf(out,
		 "SELECT rule_id, fingerprint, verdict, reason, unit_id, since, days, subject_key, fields,\n"
		 "  message, waiver FROM run_finding WHERE run_id = %lld", (long long)run);
	if (rule)
		str_addf(out, " AND rule_id = '%s'", rule->id);
	if (order == ORDER_WORST)
		str_add(out, " AND verdict = 'fail'");
	if (verdict)
		str_addf(out, " AND verdict = '%s'", verdict);
	str_add(out, "\nORDER BY ");
	if (verdict) {
		str_add(out, "seq"); /* as they lie in the ledger: nothing is sorted */
		return;
	}
	if (order == ORDER_KEY) {
		str_add(out, "rule_id, CASE verdict WHEN 'error' THEN 0 WHEN 'fail' THEN 1 WHEN 'waived' THEN 2 ELSE 3 END, seq");
		return;
	}
	if (!rule) {
		add_severity_rank(rules, out);
		str_add(out, ", ");
	}
	str_add(out, "CASE WHEN days IS NULL THEN 1 ELSE 0 END, days DESC, rule_id, seq");
}

/* A run is read with the rules it was made with: a finding without its rule cannot be shown. */
static enum status check_rules(struct ledger *l, int64_t run, const struct rule_set *rules, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	CLEANUP(str_free) struct str sql = STR_INIT;
	enum step step;

	str_addf(&sql, "SELECT rule_id FROM run_rule WHERE run_id = %lld ORDER BY rule_id", (long long)run);
	if (store_prepare(l->store, sql.p, &st, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW)
		if (!rules_find(rules, stmt_text(st, 0)))
			return err_set(e, "%s: run %lld has rule '%s', which is not in the rules any more; run "
				       "'rasoat audit' again", store_name(l->store), (long long)run,
				       stmt_text(st, 0));
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

/* `verdict` -1: any. */
static enum status prepare(struct ledger *l, int64_t run, const struct rule *rule,
			   const struct rule_set *rules, enum finding_order order, int verdict,
			   struct stmt **ret, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	cursor_sql(run, rule, rules, order, verdict < 0 ? NULL : verdict_words[verdict], &sql);
	return store_prepare(l->store, sql.p, ret, e);
}

static void cursor_cleanup(struct finding_cursor **c)
{
	finding_cursor_close(*c);
}

enum status finding_cursor_open(struct ledger *l, int64_t run, const struct rule *rule,
				const struct rule_set *rules, enum finding_order order,
				struct finding_cursor **ret, struct err *e)
{
	/* One verdict after the other, each as it lies in the ledger: nothing is sorted. */
	static const enum verdict parts[] = { VERDICT_ERROR, VERDICT_FAIL, VERDICT_WAIVED, VERDICT_INDETERMINATE };
	bool by_verdict = rule && order == ORDER_KEY;
	CLEANUP(cursor_cleanup) struct finding_cursor *c = NULL;

	if (!rule && check_rules(l, run, rules, e) != ST_OK)
		return ST_ERR;
	c = xmalloc(sizeof(*c));
	*c = (struct finding_cursor){ .row = arena_new(), .ledger = store_name(l->store), .rule = rule,
				      .rules = rules };
	for (; c->n_parts < (by_verdict ? VERDICT_COUNT : 1); c->n_parts++)
		if (prepare(l, run, rule, rules, order, by_verdict ? (int)parts[c->n_parts] : -1,
			    &c->parts[c->n_parts], e) != ST_OK)
			return ST_ERR;
	*ret = c;
	c = NULL;
	return ST_OK;
}

static struct stmt *now(const struct finding_cursor *c)
{
	return c->parts[c->at];
}

static const char *column_text(const struct finding_cursor *c, int col)
{
	return stmt_is_null(now(c), col) ? NULL : arena_strdup(c->row, stmt_text(now(c), col));
}

static enum verdict verdict_of(const char *word)
{
	for (int v = 0; v < VERDICT_COUNT; v++)
		if (str_eq(word, verdict_words[v]))
			return (enum verdict)v;
	return VERDICT_INDETERMINATE; /* nothing else is ever written */
}

static int read_row(struct finding_cursor *c, struct finding *f, const struct rule **rule, struct err *e)
{
	const char *fields = stmt_text(now(c), R_FIELDS);

	*rule = c->rule ? c->rule : rules_find(c->rules, stmt_text(now(c), R_RULE));
	memset(f, 0, sizeof(*f));
	f->verdict = verdict_of(stmt_text(now(c), R_VERDICT));
	f->fingerprint = column_text(c, R_FINGERPRINT);
	f->key = column_text(c, R_KEY);
	f->unit = column_text(c, R_UNIT);
	f->since = column_text(c, R_SINCE);
	f->has_days = !stmt_is_null(now(c), R_DAYS);
	f->days = stmt_int(now(c), R_DAYS);
	f->reason = column_text(c, R_REASON);
	f->message = column_text(c, R_MESSAGE);
	f->waiver = column_text(c, R_WAIVER);
	if (!*rule || !fields_read(c->row, fields, &f->fields, &f->n_fields) ||
	    f->n_fields != (*rule)->n_fields) {
		err_set(e, "%s: finding %s of rule '%s' does not fit the rules; run 'rasoat audit' again",
			c->ledger, f->fingerprint ? f->fingerprint : "?", stmt_text(now(c), R_RULE));
		return -1;
	}
	return 1;
}

int finding_next(struct finding_cursor *c, struct finding *ret, const struct rule **ret_rule, struct err *e)
{
	const struct rule *rule;
	struct finding f;
	enum step step;

	arena_reset(c->row);
	step = stmt_step(now(c), e);
	while (step == STEP_DONE && c->at + 1 < c->n_parts) {
		c->at++;
		step = stmt_step(now(c), e);
	}
	if (step != STEP_ROW)
		return step == STEP_DONE ? 0 : -1;
	if (read_row(c, &f, &rule, e) < 0)
		return -1;
	*ret = f;
	if (ret_rule)
		*ret_rule = rule;
	return 1;
}

enum status finding_rewind(struct finding_cursor *c, struct err *e)
{
	(void)e;
	for (int i = 0; i < c->n_parts; i++)
		stmt_reset(c->parts[i]);
	c->at = 0;
	return ST_OK;
}

void finding_cursor_close(struct finding_cursor *c)
{
	if (!c)
		return;
	for (int i = 0; i < c->n_parts; i++)
		stmt_close(c->parts[i]);
	arena_free(c->row);
	free(c);
}

static void units_sql(int64_t run, const struct rule_set *rules, struct str *out)
{
	str_add(out, "SELECT coalesce(unit_id, '') AS unit,\n"
		     "  sum(CASE verdict WHEN 'fail' THEN 1 ELSE 0 END),\n"
		     "  sum(CASE verdict WHEN 'indeterminate' THEN 1 ELSE 0 END),\n"
		     "  sum(CASE verdict WHEN 'waived' THEN 1 ELSE 0 END)");
	for (int s = 0; s < SEV_COUNT; s++) {
		str_add(out, ",\n  sum(CASE WHEN verdict = 'fail' AND rule_id IN ");
		add_rule_list(rules, (enum severity)s, out);
		str_add(out, " THEN 1 ELSE 0 END)");
	}
	str_addf(out, "\nFROM run_finding WHERE run_id = %lld AND verdict <> 'error' GROUP BY 1 ORDER BY 1", (long long)run);
}

enum status ledger_units(struct arena *a, struct ledger *l, int64_t run, const struct rule_set *rules,
			 struct unit_count **ret, int *ret_n, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	struct unit_count *items = NULL, *u;
	int n = 0, cap = 0;
	enum step step;

	if (check_rules(l, run, rules, e) != ST_OK)
		return ST_ERR;
	units_sql(run, rules, &sql);
	if (store_prepare(l->store, sql.p, &st, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW) {
		u = ARENA_PUSH(a, items, n, cap);
		u->unit_id = arena_strdup(a, stmt_text(st, 0));
		u->fails = stmt_int(st, 1);
		u->indeterminate = stmt_int(st, 2);
		u->waived = stmt_int(st, 3);
		for (int s = 0; s < SEV_COUNT; s++)
			u->by_severity[s] = stmt_int(st, 4 + s);
	}
	if (step == STEP_ERROR)
		return ST_ERR;
	*ret = items;
	*ret_n = n;
	return ST_OK;
}
