/*
 * Why a finding came or went. Two more audits tell what the digests cannot: the later run's rules as of the day of the
 * earlier run (k), and as of the later day without what happened since the earlier one (t). The first step on the way
 *
 *     earlier run --other inputs--> k --time--> t --what happened--> later run
 *
 * on which the finding became what it is now, is the cause.
 */
#include "compare_int.h"

#include <rasoat/arena.h>
#include <rasoat/waiver.h>
#include <string.h>

/* ---- what the digests say ---- */

static bool differs(const char *a, const char *b)
{
	return a && b && !str_eq(a, b); /* what one of them does not know is no difference */
}

static bool depends(const struct rule_row rows[2], const char *word)
{
	return (rows[0].depends && word_in(word, rows[0].depends)) || (rows[1].depends && word_in(word, rows[1].depends));
}

static bool facts_differ(const struct compare *x, const struct compared_rule *r)
{
	bool cases = differs(x->before.facts[STORE_CASES], x->after.facts[STORE_CASES]);
	bool accounts = differs(x->before.facts[STORE_ACCOUNTS], x->after.facts[STORE_ACCOUNTS]);

	if (!r->rule)
		return cases || accounts;
	return r->rule->store == STORE_CASES ? cases : accounts;
}

/* The rules about waivers read what the others come to: they cannot be tried alone. */
static bool is_of_waivers(const struct compared_rule *r)
{
	return r->rule && str_eq(r->rule->pack, WAIVER_PACK);
}

/* None is as good as an empty list. */
static bool waivers_differ(const struct compare *x)
{
	return !str_eq(x->before.waivers ? x->before.waivers : "", x->after.waivers ? x->after.waivers : "");
}

static unsigned by_digest(const struct compare *x, int i)
{
	const struct compared_rule *r = &x->c->rules[i];
	unsigned causes = 0;

	if (r->changed)
		causes |= CAUSE_RULE;
	if ((depends(x->rows[i], "terms") && differs(x->before.terms, x->after.terms)) ||
	    (depends(x->rows[i], "calendar") && differs(x->before.calendar, x->after.calendar)))
		causes |= CAUSE_CALENDAR;
	if (facts_differ(x, r))
		causes |= CAUSE_DATA;
	if (is_of_waivers(r) && waivers_differ(x))
		causes |= CAUSE_WAIVER;
	return causes;
}

/* ---- trying out ---- */

struct trial {
	struct compare *x;
	struct stmt *mark;
};

/* A fail of the trial; those that do not concern a change are passed over. */
static enum status note_found(void *ctx, const struct rule *r, const struct finding *f, struct err *e)
{
	struct trial *t = ctx;

	if (f->verdict != VERDICT_FAIL && f->verdict != VERDICT_WAIVED)
		return ST_OK;
	if (stmt_bind(t->mark, 1, value_text(r->id), e) != ST_OK ||
	    stmt_bind(t->mark, 2, value_text(f->fingerprint), e) != ST_OK)
		return ST_ERR;
	return stmt_run(t->mark, e);
}

/* Column `column` ("k", "t"): 1 for what is found as of `as_of` with the facts of `facts_on`, 0 for the rest. */
static enum status try_out(struct compare *x, const char *column, day_t as_of, day_t facts_on, const char *const *ids,
			   struct err *e)
{
	CLEANUP(ledger_cleanup) struct ledger *memory = NULL;
	CLEANUP(stmt_cleanup) struct stmt *mark = NULL;
	CLEANUP(str_free) struct str sql = STR_INIT;
	const struct audit_options opt = { .as_of = as_of, .facts_on = &facts_on, .unit = x->after.line.unit, .rules = ids,
					   .jobs = x->opt->jobs };
	struct trial t = { .x = x };
	struct audit_result result;
	enum status st;

	str_addf(&sql, "UPDATE temp.change SET %s = 1 WHERE rule_id = ? AND fingerprint = ?", column);
	if (store_prepare(x->l->store, sql.p, &mark, e) != ST_OK || ledger_open("sqlite::memory:", &memory, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; ids[i]; i++) {
		str_clear(&sql);
		str_addf(&sql, "UPDATE temp.change SET %s = 0 WHERE rule_id = '%s'", column, ids[i]);
		if (store_exec(x->l->store, sql.p, e) != ST_OK)
			return ST_ERR;
	}
	t.mark = mark;
	ledger_watch(memory, note_found, &t);
	if (ledger_begin(memory, e) != ST_OK)
		return ST_ERR;
	st = audit_run(x->a, x->opt->rules, x->opt->terms, x->opt->workdays, x->opt->cases, x->opt->accounts, memory, &opt,
		       &result, e);
	ledger_rollback(memory);
	for (int i = 0; st == ST_OK && i < result.n_outcomes; i++) {
		if (!result.outcomes[i].error)
			continue;
		str_clear(&sql);
		str_addf(&sql, "UPDATE temp.change SET %s = NULL WHERE rule_id = '%s'", column, result.outcomes[i].rule->id);
		st = store_exec(x->l->store, sql.p, e);
	}
	return st;
}

/* Why the later run's inputs are not those at hand; NULL: they are. */
static enum status why_untried(struct compare *x, const char **ret, struct err *e)
{
	static const char *const other_facts = "dữ liệu trong kho hiện nay không còn là dữ liệu của lần rà soát sau";
	static const char *const other_rules = "quy tắc, thời hạn hoặc lịch làm việc hiện nay không còn như ở lần rà soát sau";
	struct store *const stores[2] = { x->opt->cases, x->opt->accounts };

	*ret = NULL;
	if (!stores[0] && !stores[1]) {
		*ret = "không mở được kho dữ liệu";
		return ST_OK;
	}
	for (int k = 0; k < 2; k++) {
		const char *facts = NULL;

		if (stores[k] && run_facts_digest(x->a, stores[k], &facts, e) != ST_OK)
			return ST_ERR;
		if (x->after.facts[k] && (!stores[k] || !str_eq(facts, x->after.facts[k])))
			*ret = other_facts;
	}
	if (!*ret && (differs(x->after.terms, x->opt->terms ? x->opt->terms->digest : "") ||
		      differs(x->after.calendar, run_calendar_digest(x->a, x->opt->workdays))))
		*ret = other_rules;
	if (!*ret && !x->after.calendar)
		*ret = "lần rà soát sau được ghi bởi phiên bản cũ của chương trình";
	return ST_OK;
}

/* The rules that have changes to explain and are still those of the later run. */
static const char *const *rules_to_try(struct compare *x, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	const char **ids = NULL;
	int n = 0, cap = 0;
	char digest[HASH_HEX];

	if (store_prepare(x->l->store, "SELECT DISTINCT rule_id FROM temp.change WHERE state <> ?", &st, e) != ST_OK ||
	    stmt_bind(st, 1, value_int(CHANGE_CONTINUING), e) != ST_OK)
		return NULL;
	while (stmt_step(st, e) == STEP_ROW) {
		int i = 0;

		while (!str_eq(x->c->rules[i].rule_id, stmt_text(st, 0)))
			i++;
		if (!x->c->rules[i].rule || !x->rows[i][1].digest || is_of_waivers(&x->c->rules[i]))
			continue;
		rule_digest(x->c->rules[i].rule, digest);
		if (str_eq(digest, x->rows[i][1].digest))
			*ARENA_PUSH(x->a, ids, n, cap) = x->c->rules[i].rule_id;
	}
	*ARENA_PUSH(x->a, ids, n, cap) = NULL;
	return ids;
}

static enum status try_causes(struct compare *x, struct err *e)
{
	const char *const *ids;
	day_t was = x->before.line.as_of, now = x->after.line.as_of;

	if (why_untried(x, &x->c->untried, e) != ST_OK)
		return ST_ERR;
	x->c->tried = !x->c->untried;
	if (!x->c->tried || was == now)
		return ST_OK; /* no time passed: digests tell */
	ids = rules_to_try(x, e);
	if (!ids)
		return ST_ERR;
	if (!ids[0])
		return ST_OK;
	if (try_out(x, "k", was, was, ids, e) != ST_OK || try_out(x, "t", now, was, ids, e) != ST_OK)
		return ST_ERR;
	for (int k = 0; k < 2; k++) {
		struct store *s = k ? x->opt->accounts : x->opt->cases;

		if (s && store_set_facts_on(s, DAY_NONE, e) != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}

/* ---- which it is ---- */

static enum status set_causes(struct compare *x, int i, struct err *e)
{
	const char *rule = x->c->rules[i].rule_id;
	unsigned digest = by_digest(x, i), time = x->before.line.as_of != x->after.line.as_of ? CAUSE_TIME : 0;
	bool organised = depends(x->rows[i], "organisation");
	const struct value values[] = {
		value_text(rule), value_int(CHANGE_CONTINUING), value_int(CHANGE_RESOLVED),
		value_int(digest),			  /* ?4 */
		value_int(time),			  /* ?5 */
		value_int(organised),			  /* ?6 */
		value_int(facts_differ(x, &x->c->rules[i]) ? CAUSE_DATA : CAUSE_TIME), /* ?7: what happened in between */
		value_int(CAUSE_WAIVER), value_int(CAUSE_ORGANISATION), /* ?8 ?9 */
		value_int(CAUSE_DATA), value_int(CAUSE_TIME), value_int(CAUSE_RULE), /* ?10 ?11 ?12 */
		value_int(x->rows[i][0].there != x->rows[i][1].there ||
			  x->rows[i][0].in_force != x->rows[i][1].in_force), /* ?13 */
	};

	/* `moved`: the units as such made it; `touched`: they may have. */
	return compare_do(x->l,
		"UPDATE temp.change SET causes = CASE\n"
		"  WHEN ?13 THEN ?12\n"
		"  WHEN was_verdict = 'waived' OR now_verdict = 'waived' THEN ?8\n"
		"  WHEN EXISTS (SELECT 1 FROM temp.compared_unit u WHERE u.unit_id = change.unit_id\n"
		"               AND u.was_in <> u.now_in) THEN ?9\n"
		"  WHEN ?5 = 0 OR k = (state <> ?3) THEN coalesce(nullif(?4 | touched.bit, 0), ?10)\n"
		"  WHEN k IS NULL OR t IS NULL THEN ?4 | ?5 | touched.bit\n"
		"  WHEN t = (state <> ?3) THEN ?11 | touched.bit\n"
		"  ELSE ?7 END\n"
		"FROM (SELECT c.rule_id, c.fingerprint, CASE WHEN ?6 AND u.changed THEN ?9 ELSE 0 END AS bit FROM temp.change c\n"
		"  LEFT JOIN temp.compared_unit u ON u.unit_id = c.unit_id WHERE c.rule_id = ?1) touched\n"
		"WHERE change.rule_id = ?1 AND change.state <> ?2 AND touched.rule_id = change.rule_id\n"
		"  AND touched.fingerprint = change.fingerprint",
		values, (int)(sizeof(values) / sizeof(values[0])), e);
}

enum status compare_causes(struct compare *x, struct err *e)
{
	if (try_causes(x, e) != ST_OK)
		return err_in(e, "trying causes out");
	for (int i = 0; i < x->c->n_rules; i++)
		if (!x->c->rules[i].skipped && set_causes(x, i, e) != ST_OK)
			return ST_ERR;
	return ST_OK;
}
