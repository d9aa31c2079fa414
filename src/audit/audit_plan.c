/*
 * What an audit would send for each rule, and how the engine would go about it. No rule is run; but
 * what an audit prepares for several rules is prepared, because the plans depend on it.
 */
#include "audit_lane.h"

#include <rasoat/str.h>

static enum status add_statement(struct stmt *st, const char *what, struct str *out, struct err *e)
{
	str_addf(out, "-- %s\n%s\n-- plan\n", what, stmt_sql(st));
	return stmt_explain(st, out, e);
}

static enum status plan_rule(struct store *s, const struct rule *r, const struct audit_options *opt,
			     struct str *out, struct err *e)
{
	CLEANUP(rule_run_cleanup) struct rule_run *run = NULL;

	if (rule_run_open(s, r, opt->unit, true, &run, e) != ST_OK ||
	    rule_run_bind(run, opt->as_of, NULL, NULL, 0, e) != ST_OK)
		return ST_ERR;
	if (run->count && add_statement(run->count, "rows examined", out, e) != ST_OK)
		return ST_ERR;
	return add_statement(run->query, run->count ? "findings" : "findings; counts the rows examined too", out, e);
}

struct plan {
	struct audit_lane lane;
	const struct terms *terms;
	const struct workdays *w;
	const struct audit_options *opt;
	audit_plan_sink sink;
	void *ctx;
};

/* A rule that this engine cannot run says why in place of its plan. */
static enum status show_rule(struct plan *p, const struct rule *r, struct store *s, struct err *e)
{
	CLEANUP(str_free) struct str text = STR_INIT;
	const struct audit_options *opt = p->opt;
	struct err why = ERR_INIT;

	if (!p->lane.open[r->store] &&
	    audit_lane_open(&p->lane, r->store, s, p->w, opt->as_of, opt->unit, e) != ST_OK)
		return ST_ERR;
	if (!rule_applies(r, opt->as_of))
		str_add(&text, "-- not in force on this day\n");
	else if (audit_lane_prepare(&p->lane, r, p->terms, p->w, opt->as_of, &why) != ST_OK ||
		 plan_rule(s, r, opt, &text, &why) != ST_OK)
		str_addf(&text, "-- ERROR: %s\n", why.text);
	if (store_lost(s))
		return err_set(e, "%s", why.text);
	p->sink(p->ctx, r, text.p);
	return ST_OK;
}

static enum status show_rules(struct plan *p, const struct rule_set *rules, struct store *const *stores,
			      struct err *e)
{
	for (int i = 0; i < rules->n_rules; i++) {
		const struct rule *r = rules->rules[i];

		if (rule_selected(r, p->opt->rules) && show_rule(p, r, stores[r->store], e) != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}

enum status audit_plan(const struct rule_set *rules, const struct terms *terms, const struct workdays *w,
		       struct store *cases, struct store *accounts, const struct audit_options *opt,
		       audit_plan_sink sink, void *ctx, struct err *e)
{
	struct store *const stores[] = { cases, accounts };
	struct plan p = { .terms = terms, .w = w, .opt = opt, .sink = sink, .ctx = ctx };
	enum status st;

	if (rules_check_ids(rules, opt->rules, e) != ST_OK)
		return ST_ERR;
	st = show_rules(&p, rules, stores, e);
	audit_lane_close(&p.lane);
	return st;
}
