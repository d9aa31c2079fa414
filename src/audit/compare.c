/* Two runs held against each other, in temporary tables of the ledger's connection (compare.h). */
#include "compare_int.h"

#include <rasoat/arena.h>
#include <stdlib.h>
#include <string.h>

const char *const change_words[CHANGE_STATES] = { "new", "reopened", "continuing", "resolved" };
const char *const cause_words[N_CAUSES] = { "data", "time", "rule", "calendar", "organisation", "waiver" };

static const char tables[] =
	"DROP TABLE IF EXISTS temp.change;\nDROP TABLE IF EXISTS temp.past;\nDROP TABLE IF EXISTS temp.compared_unit;\n"
	"DROP TABLE IF EXISTS temp.compared_rule;\nDROP TABLE IF EXISTS temp.was;\nDROP TABLE IF EXISTS temp.now;\n"
	"CREATE TEMP TABLE change(rule_id TEXT, fingerprint TEXT, state INTEGER, was_seq INTEGER, now_seq INTEGER,\n"
	"  was_verdict TEXT, now_verdict TEXT, closed_run INTEGER, closed_seq INTEGER, unit_id TEXT, k INTEGER, t INTEGER,\n"
	"  causes INTEGER, PRIMARY KEY(rule_id, fingerprint)) WITHOUT ROWID;\n"
	"CREATE TEMP TABLE was(fingerprint TEXT PRIMARY KEY, seq INTEGER, verdict TEXT, unit_id TEXT) WITHOUT ROWID;\n"
	"CREATE TEMP TABLE now(fingerprint TEXT PRIMARY KEY, seq INTEGER, verdict TEXT, unit_id TEXT) WITHOUT ROWID;\n"
	"CREATE TEMP TABLE past(fingerprint TEXT PRIMARY KEY, first INTEGER, n INTEGER) WITHOUT ROWID;\n"
	"CREATE TEMP TABLE compared_rule(rule_id TEXT PRIMARY KEY, severity INTEGER) WITHOUT ROWID;\n"
	"CREATE TEMP TABLE compared_unit(unit_id TEXT PRIMARY KEY, was_in INTEGER, now_in INTEGER, changed INTEGER)\n"
	"  WITHOUT ROWID;\n";

static const char *unit_words(struct arena *a, const char *unit)
{
	return unit ? arena_printf(a, "unit %s", unit) : "all units";
}

static enum status check_pair(const struct compare *x, struct err *e)
{
	const struct run_line *b = &x->before.line, *n = &x->after.line;
	char bi[11], ni[11];

	if (b->run == n->run)
		return err_set(e, "run %lld was named twice; name two runs", (long long)b->run);
	if (!str_eq(b->unit, n->unit))
		return err_set(e, "run %lld is of %s, run %lld of %s; compare runs of the same units", (long long)b->run,
			       unit_words(x->a, b->unit), (long long)n->run, unit_words(x->a, n->unit));
	if (b->as_of > n->as_of)
		return err_set(e, "run %lld (%s) is of a later day than run %lld (%s); name the earlier one first",
			       (long long)b->run, date_iso(b->as_of, bi), (long long)n->run, date_iso(n->as_of, ni));
	return ST_OK;
}

/* ---- the rules of both ---- */

static struct compared_rule *rule_of(struct compare *x, const char *id, int *cap)
{
	struct comparison *c = x->c;

	for (int i = 0; i < c->n_rules; i++)
		if (str_eq(c->rules[i].rule_id, id))
			return &c->rules[i];
	if (c->n_rules == *cap) {
		int wider = *cap ? *cap * 2 : 64;

		c->rules = arena_grow(x->a, c->rules, (size_t)c->n_rules, (size_t)wider, sizeof(*c->rules));
		x->rows = arena_grow(x->a, x->rows, (size_t)c->n_rules, (size_t)wider, sizeof(*x->rows));
		*cap = wider;
	}
	memset(&x->rows[c->n_rules], 0, sizeof(*x->rows));
	c->rules[c->n_rules] = (struct compared_rule){
		.rule_id = arena_strdup(x->a, id), .rule = rules_find(x->opt->rules, id),
	};
	return &c->rules[c->n_rules++];
}

static enum status read_rules(struct compare *x, int which, int64_t run, int *cap, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	enum step step;

	if (store_prepare(x->l->store, "SELECT rule_id, error IS NULL, found, indeterminate, rule_digest, depends, content\n"
			  "FROM run_rule WHERE run_id = ? ORDER BY rule_id", &st, e) != ST_OK ||
	    stmt_bind(st, 1, value_int(run), e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW) {
		const struct compared_rule *r = rule_of(x, stmt_text(st, 0), cap);

		x->rows[r - x->c->rules][which] = (struct rule_row){
			.there = true, .ran = stmt_int(st, 1) != 0, .in_force = !stmt_is_null(st, 2),
			.found = stmt_int(st, 2), .undecided = stmt_int(st, 3),
			.digest = stmt_is_null(st, 4) ? NULL : arena_strdup(x->a, stmt_text(st, 4)),
			.depends = arena_strdup(x->a, stmt_text(st, 5)), .content = arena_strdup(x->a, stmt_text(st, 6)),
		};
	}
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

/* Why a rule says nothing about changes; NULL: it does. */
static const char *why_skipped(const struct compare *x, const struct rule_row rows[2])
{
	const struct run_row *const runs[2] = { &x->before, &x->after };

	for (int i = 0; i < 2; i++) {
		if (rows[i].there && !rows[i].ran)
			return arena_printf(x->a, "chưa rà soát được do lỗi ở lần rà soát %lld", (long long)runs[i]->line.run);
		if (!rows[i].there && runs[i]->line.selected)
			return arena_printf(x->a, "không được chọn ở lần rà soát %lld", (long long)runs[i]->line.run);
	}
	return NULL;
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct compared_rule *)a)->rule_id, ((const struct compared_rule *)b)->rule_id);
}

/* The rows move with their rules. */
static void sort_rules(struct compare *x)
{
	int n = x->c->n_rules;
	struct compared_rule *old = arena_grow(x->a, x->c->rules, (size_t)n, (size_t)n + 1, sizeof(*old));
	struct rule_row(*rows)[2] = arena_grow(x->a, x->rows, (size_t)n, (size_t)n + 1, sizeof(*rows));

	if (n)
		qsort(x->c->rules, (size_t)n, sizeof(*x->c->rules), by_id);
	for (int i = 0; i < n; i++)
		for (int k = 0; k < n; k++)
			if (old[k].rule_id == x->c->rules[i].rule_id)
				memcpy(x->rows[i], rows[k], sizeof(rows[k]));
}

static enum status look_at_rules(struct compare *x, struct err *e)
{
	int cap = 0;

	if (read_rules(x, 0, x->before.line.run, &cap, e) != ST_OK || read_rules(x, 1, x->after.line.run, &cap, e) != ST_OK)
		return ST_ERR;
	sort_rules(x);
	for (int i = 0; i < x->c->n_rules; i++) {
		struct compared_rule *r = &x->c->rules[i];
		const struct rule_row *b = &x->rows[i][0], *n = &x->rows[i][1];
		const struct value row[] = { value_text(r->rule_id), value_int(r->rule ? (int)r->rule->severity : SEV_COUNT) };

		r->skipped = why_skipped(x, x->rows[i]);
		/* A run from before the chain does not know its rules' digests. */
		r->changed = b->there != n->there || b->in_force != n->in_force ||
			     (b->digest && n->digest && !str_eq(b->digest, n->digest));
		r->undecided_before = b->undecided;
		r->undecided_after = n->undecided;
		if (compare_do(x->l, "INSERT INTO temp.compared_rule VALUES(?, ?)", row, 2, e) != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}

static enum status look_at_secrecy(struct compare *x, struct err *e)
{
	struct secrecy *s = NULL;

	if (secrecy_open(x->a, x->opt->rules, NULL, &s, e) != ST_OK)
		return ST_ERR;
	x->c->secrecy = s;
	return ST_OK;
}

enum status compare_runs(struct arena *a, struct ledger *l, int64_t before, int64_t after,
			 const struct compare_options *opt, struct comparison **ret, struct err *e)
{
	struct compare x = { .a = a, .l = l, .opt = opt, .c = ARENA_NEW(a, struct comparison) };

	if (run_row_read(a, l, before, &x.before, e) != ST_OK || run_row_read(a, l, after, &x.after, e) != ST_OK ||
	    check_pair(&x, e) != ST_OK || store_exec(l->store, tables, e) != ST_OK)
		return ST_ERR;
	x.c->before = x.before.line;
	x.c->after = x.after.line;
	x.c->ledger = l;
	x.c->audience = opt->audience;
	if (look_at_secrecy(&x, e) != ST_OK)
		return ST_ERR;
	if (look_at_rules(&x, e) != ST_OK || compare_states(&x, e) != ST_OK || compare_units(&x, e) != ST_OK ||
	    compare_causes(&x, e) != ST_OK || compare_count(&x, e) != ST_OK || compare_inputs(&x, e) != ST_OK)
		return ST_ERR;
	*ret = x.c;
	return ST_OK;
}
