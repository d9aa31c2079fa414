#include "closure.h"

#include <rasoat/arena.h>
#include <rasoat/pool.h>
#include <rasoat/spool.h>
#include <stdlib.h>
#include <string.h>

/* A finding of the run before that is none now. */
struct closed {
	uint64_t print; /* the fingerprint as a number */
	const char *key;
	enum closure_verdict verdict;
	bool known; /* it has been written with its evidence */
};

/* The closures of one rule. */
struct closing {
	struct arena *arena;
	const struct rule_outcome *outcome; /* NULL: the rule is gone */
	const char *rule_id;
	int64_t before; /* the run held against, 0 = none */
	struct closed *items; /* by fingerprint */
	int n, cap;
	struct spool *evidence;
	struct str record;
};

struct closures {
	const struct closure_input *in;
	struct arena *arena;
	struct closing *rules;
	int n, cap;
};

/* ---- which ---- */

struct verdict_now {
	uint64_t print;
	enum verdict verdict;
};

static uint64_t print_number(const char *fingerprint)
{
	return strtoull(fingerprint, NULL, 16);
}

static int by_print(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static enum verdict verdict_of(const char *word)
{
	for (int v = 0; v < VERDICT_COUNT; v++)
		if (str_eq(word, verdict_words[v]))
			return (enum verdict)v;
	return VERDICT_ERROR;
}

static enum status open_rows(struct ledger *l, const char *sql, int64_t run, const char *rule, struct stmt **ret,
			     struct err *e)
{
	if (store_prepare(l->store, sql, ret, e) != ST_OK || stmt_bind(*ret, 1, value_int(run), e) != ST_OK)
		return ST_ERR;
	return stmt_bind(*ret, 2, value_text(rule), e);
}

/* What the run at hand says of the rule's subjects, by fingerprint; malloc'd. */
static enum status read_now(struct ledger *l, int64_t run, const char *rule, struct verdict_now **ret, size_t *ret_n,
			    struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	struct verdict_now *rows = NULL;
	size_t n = 0, cap = 0;
	enum step step;

	if (open_rows(l, "SELECT fingerprint, verdict FROM run_finding WHERE run_id = ? AND rule_id = ?", run, rule, &st,
		      e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW) {
		if (n == cap) {
			cap = cap ? cap * 2 : 256;
			rows = xrealloc(rows, cap * sizeof(*rows));
		}
		rows[n++] = (struct verdict_now){ print_number(stmt_text(st, 0)), verdict_of(stmt_text(st, 1)) };
	}
	if (n)
		qsort(rows, n, sizeof(*rows), by_print);
	*ret = rows;
	*ret_n = n;
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

static enum closure_verdict closed_by(const struct closing *c, const struct verdict_now *now)
{
	if (!c->outcome || c->outcome->not_applicable)
		return CLOSED_NOT_IN_FORCE;
	if (!now)
		return CLOSED_GONE; /* until its row says otherwise */
	return now->verdict == VERDICT_WAIVED ? CLOSED_WAIVED : CLOSED_INDETERMINATE;
}

static enum status read_closed(struct ledger *l, struct closing *c, const struct verdict_now *now, size_t n,
			       struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	enum step step;

	if (open_rows(l, "SELECT fingerprint, subject_key FROM run_finding WHERE run_id = ? AND rule_id = ?\n"
		      "AND verdict = 'fail' ORDER BY seq", c->before, c->rule_id, &st, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW) {
		uint64_t print = print_number(stmt_text(st, 0));
		const struct verdict_now *found = n ? bsearch(&print, now, n, sizeof(*now), by_print) : NULL;

		if (found && found->verdict == VERDICT_FAIL)
			continue;
		*ARENA_PUSH(c->arena, c->items, c->n, c->cap) = (struct closed){
			.print = print, .key = arena_strdup(c->arena, stmt_text(st, 1)), .verdict = closed_by(c, found),
		};
	}
	if (c->n)
		qsort(c->items, (size_t)c->n, sizeof(*c->items), by_print);
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

static enum status find_closed(struct closures *x, struct closing *c, struct err *e)
{
	struct ledger *l = x->in->ledger;
	struct verdict_now *now = NULL;
	bool same = false;
	size_t n = 0;
	enum status st;

	c->arena = arena_new();
	if (c->outcome && (ledger_rule_before(l, x->in->result->run_id, c->rule_id, &c->before, e) != ST_OK ||
			   ledger_rule_same(l, c->before, x->in->result->run_id, c->rule_id, &same, e) != ST_OK))
		return ST_ERR;
	if (!c->before || same)
		return ST_OK;
	st = read_now(l, x->in->result->run_id, c->rule_id, &now, &n, e);
	if (st == ST_OK)
		st = read_closed(l, c, now, n, e);
	free(now);
	return st;
}

/* ---- evidence ---- */

static enum status keep_evidence(void *ctx, const struct finding *f, struct err *e)
{
	struct closing *c = ctx;

	return finding_spool_add(c->evidence, &c->record, f, e);
}

static enum status ask(const struct closure_input *in, struct audit_lane *lane, struct closing *c, struct err *e)
{
	CLEANUP(rule_run_cleanup) struct rule_run *run = NULL;
	const char **keys = ARENA_ARRAY(c->arena, (size_t)c->n, const char *);
	const struct rule *r = c->outcome->rule;
	struct store *s = lane->stores[r->store];

	for (int i = 0; i < c->n; i++)
		keys[i] = c->items[i].key;
	if (audit_lane_prepare(lane, r, in->terms, in->w, in->opt->as_of, e) != ST_OK ||
	    store_set_keys(s, keys, c->n, e) != ST_OK || rule_run_open_subjects(s, r, &run, e) != ST_OK)
		return ST_ERR;
	run->secrecy = in->result->secrecy;
	if (rule_run_bind(run, in->opt->as_of, NULL, NULL, 0, e) != ST_OK)
		return ST_ERR;
	c->evidence = spool_new();
	return rule_run_each(run, keep_evidence, c, e);
}

static enum status ask_job(void *ctx, int worker, int job, struct err *e)
{
	struct closures *x = ctx;
	struct closing *c = &x->rules[job];

	if (!c->n || !c->outcome || c->outcome->not_applicable)
		return ST_OK;
	if (ask(x->in, &x->in->lanes[worker], c, e) != ST_OK)
		return err_in(e, "evidence of what rule '%s' finds no more", c->rule_id);
	return ST_OK;
}

/* ---- into the ledger ---- */

struct writing {
	const struct closure_input *in;
	struct closing *c;
	const char *const *scope; /* sorted; NULL: all units */
	int n_scope;
};

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool in_scope(const struct writing *w, const char *unit)
{
	if (!w->scope)
		return true;
	return unit && w->n_scope && bsearch(&unit, w->scope, (size_t)w->n_scope, sizeof(*w->scope), by_text);
}

static enum status write_known(void *ctx, const struct finding *f, struct err *e)
{
	struct writing *w = ctx;
	struct closing *c = w->c;
	uint64_t print = print_number(f->fingerprint);
	struct closed *item = bsearch(&print, c->items, (size_t)c->n, sizeof(*c->items), by_print);

	if (!item || item->known)
		return ST_OK;
	item->known = true;
	if (item->verdict == CLOSED_GONE && f->verdict == VERDICT_FAIL && in_scope(w, f->unit))
		item->verdict = CLOSED_PASSED;
	return ledger_add_closure(w->in->ledger, c->rule_id, f->fingerprint, item->verdict, f->unit, f->key, f->fields,
				  f->n_fields, e);
}

/* Those whose subject is no more, or was not asked for. */
static enum status write_unknown(struct writing *w, struct err *e)
{
	char fingerprint[FINGERPRINT_SIZE];

	for (int i = 0; i < w->c->n; i++) {
		const struct closed *item = &w->c->items[i];

		if (item->known)
			continue;
		finding_fingerprint(w->c->rule_id, item->key, fingerprint);
		if (ledger_add_closure(w->in->ledger, w->c->rule_id, fingerprint, item->verdict, NULL, item->key, NULL, 0,
				       e) != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}

static enum status write_rule(struct writing *w, struct err *e)
{
	struct closing *c = w->c;

	if (!c->before)
		return ST_OK;
	ledger_closures_begin(w->in->ledger);
	if (c->evidence && finding_spool_each(c->evidence, c->outcome->rule->n_fields, write_known, w, e) != ST_OK)
		return ST_ERR;
	if (write_unknown(w, e) != ST_OK)
		return ST_ERR;
	return ledger_closures_done(w->in->ledger, c->rule_id, c->before, e);
}

/* The units that the run looks at, as of its day. */
static enum status read_scope(struct closures *x, struct writing *w, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	const struct audit_lane *lane = &x->in->lanes[0];
	struct store *s = lane->stores[0] ? lane->stores[0] : lane->stores[1];
	const char **units = NULL;
	int n = 0, cap = 0;
	enum step step;

	if (!x->in->opt->unit || !s)
		return ST_OK;
	if (store_prepare(s, "SELECT unit_id FROM unit_scope ORDER BY unit_id", &st, e) != ST_OK)
		return ST_ERR;
	*ARENA_PUSH(x->arena, units, n, cap) = NULL;
	n = 0;
	while ((step = stmt_step(st, e)) == STEP_ROW)
		*ARENA_PUSH(x->arena, units, n, cap) = arena_strdup(x->arena, stmt_text(st, 0));
	w->scope = units;
	w->n_scope = n;
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

static enum status write_all(struct closures *x, struct err *e)
{
	struct writing w = { .in = x->in };

	if (read_scope(x, &w, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < x->n; i++) {
		w.c = &x->rules[i];
		if (write_rule(&w, e) != ST_OK)
			return err_in(e, "closing findings of rule '%s'", x->rules[i].rule_id);
	}
	return ST_OK;
}

/* ---- the rules ---- */

static bool has_rule(const struct audit_result *r, const char *id)
{
	for (int i = 0; i < r->n_outcomes; i++)
		if (str_eq(r->outcomes[i].rule->id, id))
			return true;
	return false;
}

/* Rules that earlier runs had and that are no more: what they found is closed once. */
static enum status add_gone(struct closures *x, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	enum step step;

	if (x->in->opt->rules)
		return ST_OK; /* others were not asked for */
	if (ledger_rules_before(x->in->ledger, x->in->result->run_id, &st, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW)
		if (!has_rule(x->in->result, stmt_text(st, 0)))
			*ARENA_PUSH(x->arena, x->rules, x->n, x->cap) = (struct closing){
				.rule_id = arena_strdup(x->arena, stmt_text(st, 0)), .before = stmt_int(st, 1),
				.record = STR_INIT,
			};
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

static void add_present(struct closures *x)
{
	const struct audit_result *r = x->in->result;

	for (int i = 0; i < r->n_outcomes; i++)
		if (!r->outcomes[i].error)
			*ARENA_PUSH(x->arena, x->rules, x->n, x->cap) = (struct closing){
				.outcome = &r->outcomes[i], .rule_id = r->outcomes[i].rule->id, .record = STR_INIT,
			};
}

static void free_all(struct closures *x)
{
	for (int i = 0; i < x->n; i++) {
		spool_free(x->rules[i].evidence);
		str_free(&x->rules[i].record);
		arena_free(x->rules[i].arena);
	}
	arena_free(x->arena);
}

enum status closures_record(const struct closure_input *in, struct err *e)
{
	struct closures x = { .in = in, .arena = arena_new() };
	enum status st;

	add_present(&x);
	st = add_gone(&x, e);
	for (int i = 0; i < x.n && st == ST_OK; i++)
		st = find_closed(&x, &x.rules[i], e);
	if (st == ST_OK)
		st = pool_run(in->n_lanes, x.n, ask_job, &x, e);
	if (st == ST_OK)
		st = write_all(&x, e);
	free_all(&x);
	return st;
}
