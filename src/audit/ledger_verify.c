/*
 * Walks the ledger from its first run: recomputes every digest from the rows and stops at the first thing that is
 * not as it was recorded.
 */
#include "ledger_int.h"

#include <rasoat/arena.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const char remedy[] = "; put back a copy of the ledger from before the change";

struct recorded_rule {
	const char *id, *content;
};

struct verify {
	struct arena *arena; /* of the run at hand */
	struct ledger *l;
	struct anchor anchor;
	int64_t run;
	char before[HASH_HEX]; /* chain value of the run before */
	struct str *found;     /* what is wrong; empty = nothing yet */
};

#define NO_ROW INT64_MIN

/* Notes what is wrong with the run at hand; `rule` NULL and NO_ROW: with all of it. */
static enum status wrong(struct verify *v, const char *rule, int64_t row, const char *what)
{
	str_addf(v->found, "%s: run %lld", store_name(v->l->store), (long long)v->run);
	if (rule)
		str_addf(v->found, ", rule %s", rule);
	if (row != NO_ROW)
		str_addf(v->found, ", row %lld", (long long)row);
	str_addf(v->found, ": %s%s", what, remedy);
	return ST_OK;
}

static bool stop(const struct verify *v)
{
	return v->found->len > 0;
}

static enum status prepare(struct verify *v, struct stmt **ret, struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

static enum status prepare(struct verify *v, struct stmt **ret, struct err *e, const char *fmt, ...)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	va_list ap;

	va_start(ap, fmt);
	str_vaddf(&sql, fmt, ap);
	va_end(ap);
	return store_prepare(v->l->store, sql.p, ret, e);
}

static enum status ask(struct verify *v, int64_t *ret, struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

static enum status ask(struct verify *v, int64_t *ret, struct err *e, const char *fmt, ...)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	va_list ap;

	va_start(ap, fmt);
	str_vaddf(&sql, fmt, ap);
	va_end(ap);
	return store_query_int(v->l->store, sql.p, ret, e);
}

/* ---- rows under the digest of their rule ---- */

static int64_t take_row(struct chain *c, const struct stmt *st, int n)
{
	struct value cells[FINDING_CELLS];

	for (int i = 0; i < n; i++)
		cells[i] = stmt_value(st, i);
	return chain_row(c, cells, n);
}

/* The records of rules, each with a mark of its own as its last column. */
static enum status read_rules(struct verify *v, const char *table, const char *columns, int n,
			      struct recorded_rule **ret, int *ret_n, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	struct recorded_rule *rules = NULL;
	int count = 0, cap = 0;
	enum step step;

	if (prepare(v, &st, e, "SELECT %s, mark FROM %s WHERE run_id = %lld ORDER BY rule_id", columns, table,
		    (long long)v->run) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW) {
		CLEANUP(chain_free) struct chain own = CHAIN_INIT;
		const char *id = arena_strdup(v->arena, stmt_text(st, 0));

		if (take_row(&own, st, n) != stmt_int(st, n) || stmt_is_null(st, n))
			return wrong(v, id, NO_ROW, "its record is not as it was written");
		*ARENA_PUSH(v->arena, rules, count, cap) =
			(struct recorded_rule){ id, arena_strdup(v->arena, stmt_text(st, n - 1)) };
	}
	*ret = rules;
	*ret_n = count;
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

/* All marks up to here are right: when the digest is not, the rows that follow are gone. */
static enum status end_rule(struct verify *v, const struct recorded_rule *r, const struct chain *c, const char *what)
{
	char digest[HASH_HEX];

	if (str_eq(chain_digits(c, digest), r->content))
		return ST_OK;
	return wrong(v, r->id, c->rows + 1, what);
}

struct rows_kind {
	const char *table, *columns;
	int n;
	const char *rules, *rule_columns;
	int n_rule;
	const char *altered, *missing, *no_rule;
};

static const struct rows_kind findings = {
	"run_finding", ledger_finding_columns, FINDING_CELLS, "run_rule", ledger_rule_columns, RULE_CELLS,
	"is not as it was written (altered, inserted or moved)", "is missing",
	"has findings, but its record is missing",
};
static const struct rows_kind closures = {
	"closure", ledger_closure_columns, CLOSURE_CELLS, "run_closed", ledger_closed_columns, CLOSED_CELLS,
	"of its closures is not as it was written (altered, inserted or moved)", "of its closures is missing",
	"has closures, but their record is missing",
};

/* The rows come by rule and number, as the rules do. */
static enum status check_rows(struct verify *v, const struct rows_kind *k, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	CLEANUP(chain_free) struct chain c = CHAIN_INIT;
	struct recorded_rule *rules = NULL;
	enum step step = STEP_DONE;
	int n = 0, at = 0;

	if (read_rules(v, k->rules, k->rule_columns, k->n_rule, &rules, &n, e) != ST_OK)
		return ST_ERR;
	if (stop(v) || prepare(v, &st, e, "SELECT %s, mark FROM %s WHERE run_id = %lld ORDER BY rule_id, seq", k->columns,
			       k->table, (long long)v->run) != ST_OK)
		return stop(v) ? ST_OK : ST_ERR;
	while (!stop(v) && (step = stmt_step(st, e)) == STEP_ROW) {
		const char *rule = stmt_text(st, 1);

		while (at < n && strcmp(rules[at].id, rule) < 0 && !stop(v)) {
			if (end_rule(v, &rules[at++], &c, k->missing) != ST_OK)
				return ST_ERR;
			chain_restart(&c);
		}
		if (stop(v))
			break;
		if (at == n || !str_eq(rules[at].id, rule))
			return wrong(v, rule, NO_ROW, k->no_rule);
		if (stmt_int(st, 0) > c.rows + 1)
			return wrong(v, rule, c.rows + 1, k->missing);
		if (stmt_int(st, 0) != c.rows + 1 || take_row(&c, st, k->n) != stmt_int(st, k->n) ||
		    stmt_is_null(st, k->n))
			return wrong(v, rule, stmt_int(st, 0), k->altered);
	}
	for (; at < n && !stop(v); at++) {
		if (end_rule(v, &rules[at], &c, k->missing) != ST_OK)
			return ST_ERR;
		chain_restart(&c);
	}
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

/* ---- the list of findings ---- */

static enum status check_identities(struct verify *v, int64_t sealed, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	CLEANUP(str_free) struct str text = STR_INIT;
	int64_t first = 0, claimed = 0;
	enum step step;

	if (prepare(v, &st, e,
		    "SELECT rf.rule_id, rf.seq, f.first_run = rf.run_id, f.fingerprint IS NOT NULL\n"
		    "  AND f.rule_id IS rf.rule_id AND f.subject_key IS rf.subject_key AND f.first_run <= rf.run_id\n"
		    "  AND (f.first_run < rf.run_id OR f.first_as_of IS (SELECT as_of FROM run WHERE run_id = rf.run_id))\n"
		    "FROM run_finding rf LEFT JOIN finding f ON f.fingerprint = rf.fingerprint\n"
		    "WHERE rf.run_id = %lld ORDER BY rf.rule_id, rf.seq", (long long)v->run) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW) {
		if (!stmt_int(st, 3))
			return wrong(v, stmt_text(st, 0), stmt_int(st, 1),
				     "its entry in the list of findings is missing or not as it was written");
		first += stmt_int(st, 2);
	}
	if (step == STEP_ERROR || ask(v, &claimed, e, "SELECT count(*) FROM finding WHERE first_run = %lld",
				      (long long)v->run) != ST_OK)
		return ST_ERR;
	if (first == sealed && claimed == sealed)
		return ST_OK;
	str_addf(&text, "it was the first to find %lld of its findings, the list of findings says %lld",
		 (long long)sealed, (long long)(claimed != sealed ? claimed : first));
	return wrong(v, NULL, NO_ROW, text.p);
}

static enum status check_organisation(struct verify *v, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	unsigned char bytes[HASH_SIZE];
	char digest[HASH_HEX];
	enum step step;

	if (prepare(v, &st, e, "SELECT r.organisation_digest, o.content FROM run r LEFT JOIN organisation o\n"
		    "ON o.digest = r.organisation_digest WHERE r.run_id = %lld", (long long)v->run) != ST_OK)
		return ST_ERR;
	step = stmt_step(st, e);
	if (step != STEP_ROW || stmt_is_null(st, 0))
		return step == STEP_ERROR ? ST_ERR : ST_OK;
	hash_bytes(stmt_text(st, 1), stmt_value(st, 1).len, bytes);
	if (!stmt_is_null(st, 1) && str_eq(stmt_text(st, 0), hash_digits(bytes, digest)))
		return ST_OK;
	return wrong(v, NULL, NO_ROW, "its list of units is missing or not as it was written");
}

/* ---- the seal ---- */

static enum status compare_seal(struct verify *v, const struct stmt *st, struct err *e)
{
	struct seal s = { .identities = stmt_int(st, 1), .note = stmt_is_null(st, 4) ? NULL : stmt_text(st, 4) };
	CLEANUP(str_free) struct str text = STR_INIT;

	if (ledger_seal_rows(v->l, v->run, &s, e) != ST_OK ||
	    ledger_seal_chain(v->l, v->run, v->before, &s, e) != ST_OK)
		return ST_ERR;
	if (s.rules != stmt_int(st, 0)) {
		str_addf(&text, "has the records of %lld rules, its seal says %lld", (long long)s.rules,
			 (long long)stmt_int(st, 0));
		return wrong(v, NULL, NO_ROW, text.p);
	}
	if (!str_eq(s.content, stmt_text(st, 2)))
		return wrong(v, NULL, NO_ROW, "what it was given (date, unit, digests) or what its rules came to is not as it was written");
	if (!str_eq(s.closures, stmt_text(st, 3)))
		return wrong(v, NULL, NO_ROW, "what it closed is not as it was written");
	if (!str_eq(s.chain, stmt_text(st, 5)))
		return wrong(v, NULL, NO_ROW, "its chain value does not follow from the run before it and its own record");
	memcpy(v->before, s.chain, sizeof(v->before));
	return ST_OK;
}

static enum status check_seal(struct verify *v, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	const struct anchor *a = &v->anchor;
	enum step step;

	if (prepare(v, &st, e, "SELECT rules, identities, content, closures, note, chain FROM seal WHERE run_id = %lld",
		    (long long)v->run) != ST_OK)
		return ST_ERR;
	step = stmt_step(st, e);
	if (step == STEP_DONE)
		return wrong(v, NULL, NO_ROW, "has no seal: rasoat did not record it, or the seal was removed");
	if (step == STEP_ERROR || compare_seal(v, st, e) != ST_OK)
		return ST_ERR;
	if (!stop(v) && check_identities(v, stmt_int(st, 1), e) != ST_OK)
		return ST_ERR;
	if (stop(v) || !v->l->anchor)
		return ST_OK;
	if (v->run > a->n) {
		str_addf(v->found, "%s: ", v->l->anchor);
		if (a->missing)
			str_add(v->found, "is missing");
		else
			str_addf(v->found, "has no line for run %lld", (long long)v->run);
		str_add(v->found, "; when nothing else is wrong, 'rasoat verify --new-anchor' writes it anew");
		return ST_OK;
	}
	if (!str_eq(a->lines[v->run - 1].chain, v->before))
		return wrong(v, NULL, NO_ROW, "its chain value is another one than in the anchor: the ledger was written "
					 "anew from this run on, or the anchor was changed");
	return ST_OK;
}

static enum status check_run(struct verify *v, struct err *e)
{
	int64_t there = 0;

	if (ask(v, &there, e, "SELECT count(*) FROM run WHERE run_id = %lld", (long long)v->run) != ST_OK)
		return ST_ERR;
	if (!there)
		return wrong(v, NULL, NO_ROW, "is missing");
	if (check_rows(v, &findings, e) != ST_OK || (!stop(v) && check_rows(v, &closures, e) != ST_OK) ||
	    (!stop(v) && check_organisation(v, e) != ST_OK))
		return ST_ERR;
	return stop(v) ? ST_OK : check_seal(v, e);
}

/* ---- all of it ---- */

static enum status check_triggers(struct verify *v, struct err *e)
{
	static const char *const verbs[] = { "update", "delete" };
	int64_t there = 0;

	for (int i = 0; ledger_tables[i]; i++)
		for (int k = 0; k < 2; k++) {
			if (ask(v, &there, e, "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name = '%s_no_%s' "
				"AND tbl_name = '%s'", ledger_tables[i], verbs[k], ledger_tables[i]) != ST_OK)
				return ST_ERR;
			if (!there) {
				str_addf(v->found, "%s: the trigger that refuses %ss of %s is gone: somebody changed the ledger, or "
					 "wanted to%s", store_name(v->l->store), verbs[k], ledger_tables[i], remedy);
				return ST_OK;
			}
		}
	return ST_OK;
}

/* The line of each run must stand in its place. */
static enum status check_lines(struct verify *v)
{
	const struct anchor *a = &v->anchor;
	int bad = a->bad_line;

	for (int i = a->n; i > 0; i--)
		if (a->lines[i - 1].run != i)
			bad = i;
	if (bad)
		str_addf(v->found, "%s:%d: is not the line of run %d; put back a copy from before the change",
			 v->l->anchor, bad, bad);
	return ST_OK;
}

/* The greatest run that any table or the anchor knows. */
static enum status last_run(struct verify *v, int64_t *ret, struct err *e)
{
	int64_t last;

	*ret = v->anchor.n ? v->anchor.lines[v->anchor.n - 1].run : 0;
	for (int i = 0; ledger_tables[i]; i++) {
		if (word_in(ledger_tables[i], "organisation"))
			continue;
		if (ask(v, &last, e, "SELECT coalesce(max(%s), 0) FROM %s",
			str_eq(ledger_tables[i], "finding") ? "first_run" : "run_id", ledger_tables[i]) != ST_OK)
			return ST_ERR;
		*ret = last > *ret ? last : *ret;
	}
	return ST_OK;
}

/* Rows of runs that there cannot be would never be looked at. */
static enum status check_below(struct verify *v, struct err *e)
{
	int64_t below = 0;

	for (int i = 0; ledger_tables[i] && !below; i++) {
		if (word_in(ledger_tables[i], "organisation"))
			continue;
		if (ask(v, &below, e, "SELECT count(*) FROM (SELECT 1 FROM %s WHERE coalesce(%s, 0) < 1 LIMIT 1) t",
			ledger_tables[i], str_eq(ledger_tables[i], "finding") ? "first_run" : "run_id") != ST_OK)
			return ST_ERR;
		if (below)
			str_addf(v->found, "%s: %s has rows of no run%s", store_name(v->l->store), ledger_tables[i], remedy);
	}
	return ST_OK;
}

static enum status walk(struct verify *v, int64_t *ret_last, struct err *e)
{
	if (check_triggers(v, e) != ST_OK || (!stop(v) && check_lines(v) != ST_OK) ||
	    (!stop(v) && check_below(v, e) != ST_OK) || last_run(v, ret_last, e) != ST_OK)
		return ST_ERR;
	for (v->run = 1; v->run <= *ret_last && !stop(v); v->run++) {
		enum status st;

		v->arena = arena_new();
		st = check_run(v, e);
		arena_free(v->arena);
		if (st != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}

/* "RUN:CHAIN" or "CHAIN"; -1: neither. */
static int64_t head_run(const char *head, const char **ret_chain)
{
	const char *colon = strchr(head, ':');
	char *end = NULL;
	int64_t run = colon ? strtoll(head, &end, 10) : 0;

	*ret_chain = colon ? colon + 1 : head;
	if ((colon && (end != colon || run < 1)) || strlen(*ret_chain) != HASH_HEX - 1 ||
	    strspn(*ret_chain, "0123456789abcdef") != HASH_HEX - 1)
		return -1;
	return run;
}

static enum status check_head(struct verify *v, const char *head, struct err *e)
{
	CLEANUP(str_free) struct str where = STR_INIT;
	const char *chain;
	int64_t run = head_run(head, &chain), there = 0;

	if (run < 0)
		return err_set(e, "'%s' is no chain value; want RUN:CHAIN as 'rasoat verify' printed it", head);
	if (run)
		str_addf(&where, " AND run_id = %lld", (long long)run);
	if (ask(v, &there, e, "SELECT count(*) FROM seal WHERE chain = '%s'%s", chain, where.p) != ST_OK)
		return ST_ERR;
	if (there)
		return ST_OK;
	v->run = run;
	if (run)
		return wrong(v, NULL, NO_ROW, "is missing or has another chain value than the one noted elsewhere");
	str_addf(v->found, "%s: no run has the chain value noted elsewhere%s", store_name(v->l->store), remedy);
	return ST_OK;
}

static enum status say_whole(struct verify *v, int64_t last, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;

	if (!last) {
		str_addf(v->found, "%s: whole: no runs yet", store_name(v->l->store));
		return ST_OK;
	}
	if (prepare(v, &st, e, "SELECT as_of, (SELECT count(*) FROM seal WHERE note IS NOT NULL) FROM run WHERE run_id = %lld",
		    (long long)last) != ST_OK || stmt_step(st, e) != STEP_ROW)
		return ST_ERR;
	str_addf(v->found, "%s: whole: %lld run%s, the last one as of %s", store_name(v->l->store), (long long)last,
		 last == 1 ? "" : "s", stmt_text(st, 0));
	if (stmt_int(st, 1))
		str_addf(v->found, "; runs 1 to %lld are from before the chain, as they were when it began",
			 (long long)stmt_int(st, 1));
	return ST_OK;
}

static enum status verify(struct ledger *l, bool anchored, const char *head, bool *ret_whole, struct str *ret,
			  struct err *e)
{
	struct verify v = { .l = l, .anchor = { .fd = -1 }, .found = ret };
	int64_t last = 0;
	enum status st = ST_OK;

	*ret_whole = false;
	if (anchored && l->anchor)
		st = anchor_open(l->anchor, false, &v.anchor, e);
	if (st == ST_OK)
		st = walk(&v, &last, e);
	if (st == ST_OK && !stop(&v) && head)
		st = check_head(&v, head, e);
	if (st == ST_OK && !stop(&v)) {
		st = say_whole(&v, last, e);
		*ret_whole = st == ST_OK;
	}
	anchor_close(&v.anchor);
	return st;
}

enum status ledger_verify(struct ledger *l, const char *head, bool *ret_whole, struct str *ret, struct err *e)
{
	return verify(l, true, head, ret_whole, ret, e);
}

enum status ledger_new_anchor(struct ledger *l, struct err *e)
{
	CLEANUP(str_free) struct str why = STR_INIT;
	char *path = l->anchor;
	bool whole = false;
	enum status st;

	l->anchor = NULL; /* it is what is to be made */
	st = verify(l, false, NULL, &whole, &why, e);
	l->anchor = path;
	if (st != ST_OK)
		return ST_ERR;
	return whole ? anchor_rewrite(l, e) : err_set(e, "%s", why.p);
}
