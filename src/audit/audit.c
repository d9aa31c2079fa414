/* One audit: the selected rules, one after the other, into one run of the ledger. */
#include "audit_int.h"
#include "ledger_int.h"

#include <rasoat/arena.h>
#include <rasoat/clock.h>
#include <rasoat/str.h>
#include <time.h>

struct audit {
	struct arena *arena;
	const struct rule_set *rules;
	const struct terms *terms;
	const struct workdays *w;
	struct store *stores[2]; /* by enum store_kind; NULL = not given */
	bool open[2];            /* has our savepoint */
	struct ledger *ledger;
	const struct audit_options *opt;
	struct audit_result result;
	bool clock_tried;
	const char *clock_error; /* why case_clock could not be filled; its rules cannot run */
};

static const char *const kind_words[2] = { "case", "account" };

static bool selected(const struct audit_options *opt, const struct rule *r)
{
	if (!opt->rules)
		return true;
	for (const char *const *id = opt->rules; *id; id++)
		if (str_eq(*id, r->id))
			return true;
	return false;
}

static enum status select_rules(struct audit *a, struct err *e)
{
	struct audit_result *res = &a->result;

	for (const char *const *id = a->opt->rules; id && *id; id++)
		if (!rules_find(a->rules, *id))
			return err_set(e, "rule '%s' does not exist; rasoat check lists them", *id);
	res->outcomes = ARENA_ARRAY(a->arena, (size_t)a->rules->n_rules + 1, struct rule_outcome);
	for (int i = 0; i < a->rules->n_rules; i++) {
		const struct rule *r = a->rules->rules[i];

		if (!selected(a->opt, r))
			continue;
		if (!a->stores[r->store])
			return err_set(e, "rule '%s' needs the %s store; name it in <stores> of rasoat.xml",
				       r->id, kind_words[r->store]);
		res->outcomes[res->n_outcomes++].rule = r;
	}
	return ST_OK;
}

static enum status check_unit(struct store *s, const char *unit, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	enum step step;

	if (store_prepare(s, "SELECT 1 FROM unit WHERE unit_id = :unit", &st, e) != ST_OK ||
	    stmt_bind_name(st, ":unit", value_text(unit), e) != ST_OK)
		return ST_ERR;
	step = stmt_step(st, e);
	if (step == STEP_DONE)
		return err_set(e, "unit '%s' is not in the unit list", unit);
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

/*
 * A savepoint outside a transaction begins one, so all rules see the store as it is now, whatever
 * is imported meanwhile; inside one (a test's) it nests.
 */
static enum status open_store(struct audit *a, enum store_kind kind, struct err *e)
{
	struct store *s = a->stores[kind];

	store_set_workdays(s, a->w);
	if (store_set_as_of(s, a->opt->as_of, e) != ST_OK || store_exec(s, "SAVEPOINT audit_run", e) != ST_OK)
		return ST_ERR;
	a->open[kind] = true;
	if (!a->opt->unit)
		return ST_OK;
	if (check_unit(s, a->opt->unit, e) != ST_OK)
		return ST_ERR;
	return store_set_scope(s, a->opt->unit, e);
}

static enum status open_stores(struct audit *a, struct err *e)
{
	for (int i = 0; i < a->result.n_outcomes; i++) {
		enum store_kind kind = a->result.outcomes[i].rule->store;

		if (!a->open[kind] && open_store(a, kind, e) != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}

static void close_stores(struct audit *a)
{
	struct err ignored = ERR_INIT;

	for (int kind = 0; kind < 2; kind++)
		if (a->open[kind])
			(void)!store_exec(a->stores[kind], "RELEASE audit_run", &ignored);
}

/* {"ACC-05.days":"90"}: what else the findings depend on. */
static const char *params_text(struct audit *a)
{
	CLEANUP(str_free) struct str out = STR_INIT;
	const char *sep = "{";

	for (int i = 0; i < a->result.n_outcomes; i++) {
		const struct rule *r = a->result.outcomes[i].rule;

		for (int k = 0; k < r->n_params; k++) {
			str_addf(&out, "%s\"%s.%s\":", sep, r->id, r->params[k].name);
			json_string(r->params[k].value ? r->params[k].value : "", &out);
			sep = ",";
		}
	}
	if (a->terms)
		str_addf(&out, "%s\"terms\":\"%s\"", sep, a->terms->digest);
	else
		str_add(&out, out.len ? "" : "{");
	str_addc(&out, '}');
	return arena_strdup(a->arena, out.p);
}

struct record {
	struct audit *audit;
	const struct rule *rule;
};

static enum status record_finding(void *ctx, const struct finding *f, struct err *e)
{
	const struct record *rec = ctx;

	return ledger_add(rec->audit->ledger, rec->audit->result.run_id, rec->rule, f, e);
}

/* Once for all rules that read it; a failure is theirs, not the audit's. */
static enum status need_clock(struct audit *a, struct err *e)
{
	struct err why = ERR_INIT;

	if (!a->clock_tried) {
		a->clock_tried = true;
		if (!a->terms)
			a->clock_error = "case_clock: there are no terms; add terms.xml to the rules";
		else if (clock_fill(a->stores[STORE_CASES], a->terms, a->w, a->opt->as_of, &why) != ST_OK)
			a->clock_error = arena_strdup(a->arena, why.text);
	}
	return a->clock_error ? err_set(e, "%s", a->clock_error) : ST_OK;
}

static enum status query_rule(struct audit *a, struct rule_outcome *o, bool *ret_fatal, struct err *e)
{
	CLEANUP(rule_run_cleanup) struct rule_run *run = NULL;
	struct record rec = { a, o->rule };

	if (rule_reads_clock(o->rule) && need_clock(a, e) != ST_OK)
		return ST_ERR;
	if (rule_run_open(a->stores[o->rule->store], o->rule, a->opt->unit, true, &run, e) != ST_OK ||
	    rule_run_bind(run, a->opt->as_of, NULL, NULL, 0, e) != ST_OK)
		return ST_ERR;
	if (rule_run_each(run, record_finding, &rec, e) != ST_OK) {
		*ret_fatal = run->sink_failed;
		return ST_ERR;
	}
	o->examined = run->examined;
	o->found = run->found;
	o->indeterminate = run->indeterminate;
	return ST_OK;
}

/* ST_ERR only when the ledger fails: what the rule itself cannot do stands in its outcome. */
static enum status run_rule(struct audit *a, struct rule_outcome *o, struct err *e)
{
	struct err why = ERR_INIT;
	bool fatal = false;

	o->not_applicable = !rule_applies(o->rule, a->opt->as_of);
	if (o->not_applicable)
		return ST_OK;
	if (ledger_mark(a->ledger, e) != ST_OK)
		return ST_ERR;
	if (query_rule(a, o, &fatal, &why) == ST_OK)
		return ledger_keep(a->ledger, e);
	if (fatal || store_lost(a->stores[o->rule->store]))
		return err_set(e, "%s", why.text);
	o->error = arena_strdup(a->arena, why.text);
	return ledger_undo(a->ledger, e);
}

static double seconds_now(void)
{
	struct timespec t = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void progress(const struct audit *a, const struct rule_outcome *o, bool done)
{
	if (a->opt->progress)
		a->opt->progress(a->opt->progress_ctx, o->rule, o, done);
}

static enum status run_rules(struct audit *a, struct err *e)
{
	struct audit_result *res = &a->result;

	for (int i = 0; i < res->n_outcomes; i++) {
		struct rule_outcome *o = &res->outcomes[i];
		double start = seconds_now();

		progress(a, o, false);
		if (run_rule(a, o, e) != ST_OK || ledger_rule_done(a->ledger, res->run_id, o, e) != ST_OK)
			return err_in(e, "recording rule '%s'", o->rule->id);
		o->seconds = seconds_now() - start;
		progress(a, o, true);
		res->found += o->found;
		res->indeterminate += o->indeterminate;
		res->errors += o->error != NULL;
	}
	return ST_OK;
}

enum status audit_run(struct arena *arena, const struct rule_set *rules, const struct terms *terms,
		      const struct workdays *w, struct store *cases, struct store *accounts,
		      struct ledger *l, const struct audit_options *opt, struct audit_result *ret,
		      struct err *e)
{
	struct audit a = { .arena = arena, .rules = rules, .terms = terms, .w = w,
			   .stores = { cases, accounts }, .ledger = l, .opt = opt };
	enum status st;

	a.result.as_of = opt->as_of;
	a.result.unit = opt->unit;
	st = select_rules(&a, e);
	if (st == ST_OK)
		st = open_stores(&a, e);
	if (st == ST_OK)
		st = ledger_run_start(l, opt->as_of, opt->unit, rules->digest, params_text(&a),
				      &a.result.run_id, e);
	if (st == ST_OK)
		st = run_rules(&a, e);
	close_stores(&a);
	if (st == ST_OK)
		*ret = a.result;
	return st;
}
