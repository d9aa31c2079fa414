/*
 * One audit: the selected rules into one run of the ledger.
 *
 * Rules run on several threads, each with its lane of connections; the ledger is one and takes the
 * rules in a fixed order. The rule whose turn it is writes straight into it; the others put their
 * findings aside, and whoever is free writes them when their turn comes.
 */
#include "audit_lane.h"
#include "closure.h"
#include "ledger_int.h"
#include "waiver_int.h"

#include <pthread.h>
#include <rasoat/arena.h>
#include <rasoat/pool.h>
#include <rasoat/spool.h>
#include <rasoat/str.h>
#include <stdlib.h>
#include <time.h>

/* One selected rule on its way into the ledger. */
struct work {
	struct rule_outcome *outcome;
	int place;           /* in the ledger's order */
	struct spool *spool; /* its findings, when they have to wait; else NULL */
	struct str record;
	bool done;           /* its turn may come */
	bool failed;
	struct err why;
};

struct audit {
	struct arena *arena;
	const struct rule_set *rules;
	const struct terms *terms;
	const struct workdays *w;
	struct store *stores[2]; /* by enum store_kind; NULL = not given */
	struct audit_lane *lanes;
	int n_lanes;
	struct ledger *ledger;
	struct waivers *waivers;
	const struct audit_options *opt;
	struct audit_result result;

	struct work *works; /* in the ledger's order */
	int *jobs;          /* where each job begins in `works`, and the end */
	int n_jobs;
	pthread_mutex_t lock; /* of what follows, of `done` and of progress */
	int turn;             /* the place that comes next into the ledger */
	bool writing;         /* somebody has the ledger */
};

static const char *const kind_words[2] = { "case", "account" };

static enum status select_rules(struct audit *a, struct err *e)
{
	struct audit_result *res = &a->result;

	if (rules_check_ids(a->rules, a->opt->rules, e) != ST_OK)
		return ST_ERR;
	res->outcomes = ARENA_ARRAY(a->arena, (size_t)a->rules->n_rules + 1, struct rule_outcome);
	for (int i = 0; i < a->rules->n_rules; i++) {
		const struct rule *r = a->rules->rules[i];

		if (!rule_selected(r, a->opt->rules))
			continue;
		if (!a->stores[r->store])
			return err_set(e, "rule '%s' needs the %s store; name it in <stores> of rasoat.xml",
				       r->id, kind_words[r->store]);
		res->outcomes[res->n_outcomes++].rule = r;
	}
	return ST_OK;
}

/*
 * Rules that read what a lane prepares at a price stay together: one job. All others are jobs of
 * their own. The jobs with the clock are the longest, so they begin first, but they come last into
 * the ledger: what the other lanes find meanwhile need not wait for them.
 */
static bool together(const struct rule *r, int pass)
{
	bool clock = rule_reads_clock(r), waivers = rule_reads_waivers(r);
	bool departure = !clock && !waivers && rule_reads(r, "account_departure");

	return pass == 0 ? clock : pass == 1 ? departure : pass == 2 ? !clock && !waivers && !departure : waivers;
}

static void plan_jobs(struct audit *a)
{
	static const int passes[] = { 1, 2, 0, 3 }; /* in the ledger's order */
	int n = 0;

	a->works = ARENA_ARRAY(a->arena, (size_t)a->result.n_outcomes + 1, struct work);
	a->jobs = ARENA_ARRAY(a->arena, (size_t)a->result.n_outcomes + 3, int);
	for (int p = 0; p < 4; p++) {
		int from = n;

		if (passes[p] == 3)
			a->jobs[a->n_jobs] = n;

		for (int i = 0; i < a->result.n_outcomes; i++) {
			struct rule_outcome *o = &a->result.outcomes[i];

			if (!together(o->rule, passes[p]))
				continue;
			if (passes[p] != 3 && (passes[p] == 2 || n == from))
				a->jobs[a->n_jobs++] = n;
			a->works[n] = (struct work){ .outcome = o, .place = n, .record = STR_INIT };
			n++;
		}
	}
}

/* ---- lanes ---- */

static enum status set_facts_on(struct audit *a, struct err *e)
{
	for (int kind = 0; kind < 2; kind++)
		if (a->stores[kind] &&
		    store_set_facts_on(a->stores[kind], a->opt->facts_on ? *a->opt->facts_on : DAY_NONE, e) != ST_OK)
			return ST_ERR;
	return ST_OK;
}

static enum status open_lanes(struct audit *a, struct err *e)
{
	int wanted = a->opt->jobs < a->n_jobs ? a->opt->jobs : a->n_jobs;
	bool shared = true;

	a->lanes = ARENA_ARRAY(a->arena, (size_t)(wanted > 0 ? wanted : 1), struct audit_lane);
	a->n_lanes = 1;
	if (set_facts_on(a, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < a->result.n_outcomes; i++) {
		enum store_kind kind = a->result.outcomes[i].rule->store;

		if (!a->lanes[0].open[kind] && audit_lane_open(&a->lanes[0], kind, a->stores[kind], a->w,
							       a->opt->as_of, a->opt->unit, e) != ST_OK)
			return ST_ERR;
	}
	for (; a->n_lanes < wanted; a->n_lanes++) {
		struct audit_lane *lane = &a->lanes[a->n_lanes];
		enum status st = audit_lane_share(lane, &a->lanes[0], a->opt->unit, &shared, e);

		if (st != ST_OK || !shared) {
			audit_lane_close(lane);
			return st;
		}
	}
	return ST_OK;
}

static void close_all(struct audit *a)
{
	for (int i = 0; i < a->n_lanes; i++)
		audit_lane_close(&a->lanes[i]);
	for (int i = 0; a->works && i < a->result.n_outcomes; i++) {
		spool_free(a->works[i].spool);
		str_free(&a->works[i].record);
	}
	pthread_mutex_destroy(&a->lock);
}

/* ---- the ledger's turn ---- */

struct record {
	struct audit *audit;
	struct work *work;
	struct rule_waivers *waivers; /* or NULL */
};

static enum status record_finding(void *ctx, const struct finding *f, struct err *e)
{
	const struct record *rec = ctx;

	return ledger_add(rec->audit->ledger, rec->audit->result.run_id, rec->work->outcome->rule, f, e);
}

/* Straight from the rule, on its thread: a waiver may look into the store. */
static enum status take_finding(void *ctx, const struct finding *found, struct err *e)
{
	const struct record *rec = ctx;
	struct work *w = rec->work;
	struct finding f = *found;

	if (rec->waivers && waivers_apply(rec->waivers, &f, e) != ST_OK)
		return ST_ERR;
	w->outcome->waived += f.verdict == VERDICT_WAIVED;
	return w->spool ? finding_spool_add(w->spool, &w->record, &f, e) : record_finding(ctx, &f, e);
}

/* The ledger is the caller's now, if it is `place`'s turn. */
static bool take_turn(struct audit *a, int place)
{
	bool mine;

	pthread_mutex_lock(&a->lock);
	mine = !a->writing && a->turn == place;
	a->writing |= mine;
	pthread_mutex_unlock(&a->lock);
	return mine;
}

/* The next rule whose findings wait, with the ledger; NULL: nobody, or somebody writes already. */
static struct work *take_waiting(struct audit *a)
{
	struct work *w = NULL;

	pthread_mutex_lock(&a->lock);
	if (!a->writing && a->turn < a->result.n_outcomes && a->works[a->turn].done)
		w = &a->works[a->turn];
	a->writing |= w != NULL;
	pthread_mutex_unlock(&a->lock);
	return w;
}

static void end_turn(struct audit *a)
{
	pthread_mutex_lock(&a->lock);
	a->writing = false;
	a->turn++;
	pthread_mutex_unlock(&a->lock);
}

/* A rule that could not run is itself a finding: nobody may take its silence for a pass. */
static enum status record_error(struct audit *a, const struct rule_outcome *o, struct err *e)
{
	CLEANUP(arena_cleanup) struct arena *scratch = arena_new();
	char fingerprint[FINGERPRINT_SIZE];
	struct finding f = {
		.verdict = VERDICT_ERROR,
		.key = o->rule->id,
		.fingerprint = finding_fingerprint(o->rule->id, o->rule->id, fingerprint),
		.message = arena_printf(scratch, "Quy tắc chưa rà soát được. Lỗi: %s", o->error),
		.fields = ARENA_ARRAY(scratch, (size_t)o->rule->n_fields + 1, const char *),
		.n_fields = o->rule->n_fields,
	};

	return ledger_add(a->ledger, a->result.run_id, o->rule, &f, e);
}

/* Its rows were counted up to where it failed: of a rule that could not run there are no numbers. */
static void forget_counts(struct rule_outcome *o)
{
	o->examined = o->passed = o->found = o->indeterminate = o->waived = o->outside = 0;
}

/* With the ledger: what the rule could not do is undone and stands in its outcome. */
static enum status settle(struct audit *a, struct work *w, struct err *e)
{
	struct rule_outcome *o = w->outcome;

	if (w->failed) {
		pthread_mutex_lock(&a->lock);
		o->error = arena_strdup(a->arena, w->why.text);
		forget_counts(o);
		pthread_mutex_unlock(&a->lock);
	}
	if (!o->not_applicable &&
	    (w->failed ? ledger_undo(a->ledger, e) : ledger_keep(a->ledger, e)) != ST_OK)
		return err_in(e, "recording rule '%s'", o->rule->id);
	if ((w->failed && record_error(a, o, e) != ST_OK) ||
	    ledger_rule_done(a->ledger, a->result.run_id, o, e) != ST_OK)
		return err_in(e, "recording rule '%s'", o->rule->id);
	end_turn(a);
	return ST_OK;
}

static enum status mark(struct audit *a, const struct work *w, struct err *e)
{
	if (w->outcome->not_applicable || ledger_mark(a->ledger, e) == ST_OK)
		return ST_OK;
	return err_in(e, "recording rule '%s'", w->outcome->rule->id);
}

static enum status write_waiting(struct audit *a, struct err *e)
{
	struct work *w;

	while ((w = take_waiting(a))) {
		struct record rec = { a, w, NULL };

		if (mark(a, w, e) != ST_OK)
			return ST_ERR;
		if (w->spool && !w->failed &&
		    finding_spool_each(w->spool, w->outcome->rule->n_fields, record_finding, &rec, e) != ST_OK)
			return err_in(e, "recording rule '%s'", w->outcome->rule->id);
		spool_free(w->spool);
		w->spool = NULL;
		if (settle(a, w, e) != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}

/* ---- one rule ---- */

/* What was counted while the rows were read against what came out. */
static enum status check_sum(const struct rule_outcome *o, struct err *e)
{
	if (o->examined == o->passed + o->found + o->indeterminate + o->waived + o->outside)
		return ST_OK;
	return err_set(e, "the numbers do not add up: %lld examined, but %lld passed, %lld found, %lld indeterminate, "
		       "%lld waived and %lld outside; its SQL gives a row another answer when it is asked again",
		       (long long)o->examined, (long long)o->passed, (long long)o->found,
		       (long long)o->indeterminate, (long long)o->waived, (long long)o->outside);
}

static enum status query_rule(struct audit *a, struct audit_lane *lane, struct work *w, bool *ret_fatal,
			      struct err *e)
{
	CLEANUP(rule_run_cleanup) struct rule_run *run = NULL;
	struct rule_outcome *o = w->outcome;
	struct record rec = { a, w, waivers_of(a->waivers, o->rule, lane->stores[o->rule->store]) };
	enum status st;

	if (secrecy_permit(a->result.secrecy, o->rule, lane->stores[o->rule->store], a->opt->as_of, e) != ST_OK)
		return ST_ERR;
	if (audit_lane_prepare(lane, o->rule, a->terms, a->w, a->opt->as_of, e) != ST_OK)
		return ST_ERR;
	if (rule_run_open(lane->stores[o->rule->store], o->rule, a->opt->unit, true, &run, e) != ST_OK ||
	    rule_run_bind(run, a->opt->as_of, NULL, NULL, 0, e) != ST_OK)
		return ST_ERR;
	run->secrecy = a->result.secrecy;
	st = rule_run_each(run, take_finding, &rec, e);
	waivers_close(rec.waivers);
	if (st != ST_OK) {
		*ret_fatal = run->sink_failed;
		return ST_ERR;
	}
	o->examined = run->rows - run->repeated;
	o->passed = run->passed;
	o->found = run->found - o->waived;
	o->indeterminate = run->indeterminate;
	o->outside = run->outside;
	return check_sum(o, e);
}

static double seconds_now(void)
{
	struct timespec t = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void progress(struct audit *a, const struct rule_outcome *o, bool done)
{
	pthread_mutex_lock(&a->lock);
	if (a->opt->progress)
		a->opt->progress(a->opt->progress_ctx, o->rule, o, done);
	pthread_mutex_unlock(&a->lock);
}

/* An engine's words may have values in them, and they go into the ledger. */
static void hide_reason(struct audit *a, struct work *w)
{
	const struct rule *r = w->outcome->rule;
	struct err ignored = ERR_INIT;

	if (secrecy_wants_clearance(a->result.secrecy, r) &&
	    secrecy_permit(a->result.secrecy, r, NULL, a->opt->as_of, &ignored) == ST_OK)
		(void)!err_set(&w->why, "%s", SECRECY_ERROR);
}

/* ST_ERR only when nothing more can go on: the ledger or a store is lost. */
static enum status ask_rule(struct audit *a, struct audit_lane *lane, struct work *w, struct err *e)
{
	struct rule_outcome *o = w->outcome;
	bool fatal = false;

	if (o->not_applicable)
		return ST_OK;
	w->failed = query_rule(a, lane, w, &fatal, &w->why) != ST_OK;
	if (w->failed && !fatal && o->rule->clearance)
		hide_reason(a, w);
	if (w->failed && (fatal || store_lost(lane->stores[o->rule->store])))
		return err_set(e, "recording rule '%s': %s", o->rule->id, w->why.text);
	return ST_OK;
}

static enum status run_rule(struct audit *a, struct audit_lane *lane, struct work *w, struct err *e)
{
	struct rule_outcome *o = w->outcome;
	double start = seconds_now();
	bool mine = take_turn(a, w->place);

	progress(a, o, false);
	o->not_applicable = !rule_applies(o->rule, a->opt->as_of);
	if (!mine)
		w->spool = spool_new();
	if ((mine && mark(a, w, e) != ST_OK) || ask_rule(a, lane, w, e) != ST_OK)
		return ST_ERR;
	store_rest(lane->stores[o->rule->store]);
	o->seconds = seconds_now() - start;
	if (mine && settle(a, w, e) != ST_OK)
		return ST_ERR;
	progress(a, o, true);
	pthread_mutex_lock(&a->lock);
	w->done = true;
	pthread_mutex_unlock(&a->lock);
	return write_waiting(a, e);
}

/* The last job comes first: see plan_jobs(). With one lane the order is the ledger's. */
static enum status run_job(void *ctx, int lane, int job, struct err *e)
{
	struct audit *a = ctx;
	int at = a->n_lanes == 1 ? job : (job + a->n_jobs - 1) % a->n_jobs;

	for (int i = a->jobs[at]; i < a->jobs[at + 1]; i++)
		if (run_rule(a, &a->lanes[lane], &a->works[i], e) != ST_OK)
			return ST_ERR;
	return ST_OK;
}

/* The rules about waivers, which read what all others came to. */
static enum status run_last(struct audit *a, struct err *e)
{
	const struct audit_result *res = &a->result;
	int from = a->jobs[a->n_jobs];

	for (int i = 0; from < res->n_outcomes && i < a->n_lanes; i++)
		if (waivers_fill(a->waivers, res->outcomes, res->n_outcomes, a->lanes[i].stores[STORE_ACCOUNTS],
				 e) != ST_OK)
			return ST_ERR;
	for (int i = from; i < res->n_outcomes; i++)
		if (run_rule(a, &a->lanes[0], &a->works[i], e) != ST_OK)
			return ST_ERR;
	return ST_OK;
}

static enum status start_run(struct audit *a, struct err *e)
{
	struct store *const stores[2] = { a->lanes[0].stores[0], a->lanes[0].stores[1] };
	struct run_inputs in;

	if (run_inputs_read(a->arena, a->rules, a->terms, a->w, stores, a->opt, &a->result, &in, e) != ST_OK)
		return ST_ERR;
	return ledger_run_start(a->ledger, &in, &a->result.run_id, e);
}

static enum status end_run(struct audit *a, struct err *e)
{
	const struct closure_input in = {
		.ledger = a->ledger, .result = &a->result, .opt = a->opt, .terms = a->terms, .w = a->w,
		.lanes = a->lanes, .n_lanes = a->n_lanes,
	};
	const char *content;

	if (closures_record(&in, e) != ST_OK || ledger_seal(a->ledger, &content, e) != ST_OK)
		return ST_ERR;
	a->result.content = arena_strdup(a->arena, content);
	return ST_OK;
}

static void add_up(struct audit_result *res)
{
	for (int i = 0; i < res->n_outcomes; i++) {
		const struct rule_outcome *o = &res->outcomes[i];

		res->examined += o->examined;
		res->passed += o->passed;
		res->found += o->found;
		res->indeterminate += o->indeterminate;
		res->waived += o->waived;
		res->outside += o->outside;
		res->errors += o->error != NULL;
	}
}

/* What the rules read decides whether they may, and what the ledger gets. */
static enum status look_at_rules(struct audit *a, struct err *e)
{
	struct secrecy *s = NULL;

	if (secrecy_open(a->arena, a->rules, a->opt->rules, &s, e) != ST_OK)
		return ST_ERR;
	a->result.secrecy = s;
	return ST_OK;
}

enum status audit_run(struct arena *arena, const struct rule_set *rules, const struct terms *terms,
		      const struct workdays *w, struct store *cases, struct store *accounts,
		      struct ledger *l, const struct audit_options *opt, struct audit_result *ret,
		      struct err *e)
{
	struct audit a = { .arena = arena, .rules = rules, .terms = terms, .w = w,
			   .stores = { cases, accounts }, .ledger = l, .opt = opt,
			   .lock = PTHREAD_MUTEX_INITIALIZER };
	enum status st;

	a.result.as_of = opt->as_of;
	a.result.unit = opt->unit;
	st = select_rules(&a, e);
	if (st == ST_OK)
		st = look_at_rules(&a, e);
	if (st == ST_OK)
		plan_jobs(&a);
	if (st == ST_OK)
		st = open_lanes(&a, e);
	if (st == ST_OK)
		st = start_run(&a, e);
	if (st == ST_OK)
		st = waivers_open(arena, opt->waivers, a.lanes[0].stores, opt->as_of, &a.waivers, e);
	if (st == ST_OK)
		st = pool_run(a.n_lanes, a.n_jobs, run_job, &a, e);
	if (st == ST_OK)
		st = run_last(&a, e);
	if (st == ST_OK)
		st = end_run(&a, e);
	close_all(&a);
	if (st == ST_OK)
		add_up(&a.result);
	a.result.waivers = a.waivers;
	if (st == ST_OK)
		*ret = a.result;
	return st;
}
