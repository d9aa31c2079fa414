/* One subject of one rule, asked in one query. */
#include "explain_int.h"

#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <stdlib.h>
#include <string.h>

const char *const explain_truth_words[] = { "false", "true", "unknown" };
const char *const explain_part_words[] = { "law", "scope", "needs", "where" };
const char *const explain_verdict_words[] = { "fail", "waived", "indeterminate", "pass", "outside", "not examined",
					      "no partner", "unknown key", "not in force" };

enum { MOST_ROWS = 100 }; /* of one key; an audit refuses keys whose rows differ */

/* ---- opening ---- */

void explain_close(struct explainer *x)
{
	if (!x)
		return;
	waivers_close(x->waivers);
	audit_lane_close(&x->lane);
	reads_close(x->reads);
	free(x);
}

void explain_cleanup(struct explainer **x)
{
	explain_close(*x);
	*x = NULL;
}

static enum status look(struct explainer *x, const struct rule *r, struct err *e)
{
	struct rule *one = ARENA_NEW(x->a, struct rule);
	struct rule **list = ARENA_NEW(x->a, struct rule *);
	struct rule_set set = { .rules = list, .n_rules = 1 };

	*one = *r;
	*list = one;
	if (secrecy_open(x->a, &set, NULL, &x->secrecy, e) != ST_OK || reads_open(r->store, &x->reads, e) != ST_OK)
		return ST_ERR;
	return secrecy_permit(x->secrecy, r, x->store, x->as_of, e);
}

/* What all others came to, as the rules about waivers see it. */
static enum status fill_waivers(struct explainer *x, const struct explain_input *in, struct err *e)
{
	CLEANUP(ledger_cleanup) struct ledger *l = NULL;
	struct audit_options o = { .as_of = in->as_of, .waivers = in->waivers };
	struct audit_result r = { 0 };

	if (ledger_open("sqlite::memory:", &l, e) != ST_OK || ledger_begin(l, e) != ST_OK ||
	    audit_run(x->a, in->rules, in->terms, in->w, in->stores[STORE_CASES], in->stores[STORE_ACCOUNTS], l, &o, &r,
		      e) != ST_OK)
		return ST_ERR;
	ledger_rollback(l);
	if (audit_lane_open(&x->lane, x->rule->store, x->store, x->w, x->as_of, NULL, e) != ST_OK)
		return ST_ERR;
	return waivers_fill(r.waivers, r.outcomes, r.n_outcomes, x->store, e);
}

static enum status open_lane(struct explainer *x, const struct explain_input *in, struct err *e)
{
	struct store *stores[2] = { NULL, NULL };
	struct waivers *waivers = NULL;

	if (rule_reads_waivers(x->rule))
		return fill_waivers(x, in, e);
	if (audit_lane_open(&x->lane, x->rule->store, x->store, x->w, x->as_of, NULL, e) != ST_OK)
		return ST_ERR;
	if (!in->waivers)
		return ST_OK;
	stores[x->rule->store] = x->store;
	if (waivers_open(x->a, in->waivers, stores, x->as_of, &waivers, e) != ST_OK)
		return ST_ERR;
	x->waivers = waivers_of(waivers, x->rule, x->store);
	return ST_OK;
}

/* An engine's words may have values in them. */
static enum status failed(const struct explainer *x, struct err *e)
{
	(void)secrecy_hide_error(x->secrecy, x->who, x->rule, e);
	return err_in(e, "rule %s", x->rule->id);
}

enum status explain_open(struct arena *a, const struct explain_input *in, const struct rule *r,
			 struct explainer **ret, struct err *e)
{
	CLEANUP(explain_cleanup) struct explainer *x = xmalloc(sizeof(*x));

	*x = (struct explainer){ .a = a, .rule = r, .terms = in->terms, .w = in->w, .store = in->stores[r->store],
				 .as_of = in->as_of, .who = in->who };
	if (look(x, r, e) != ST_OK)
		return err_in(e, "rule %s", r->id);
	if (open_lane(x, in, e) != ST_OK ||
	    audit_lane_prepare(&x->lane, r, x->terms, x->w, x->as_of, e) != ST_OK ||
	    store_set_clearance(x->store, r->clearance != NULL, e) != ST_OK || explain_pose(x, e) != ST_OK)
		return failed(x, e);
	*ret = x;
	x = NULL;
	return ST_OK;
}

/* ---- the query ---- */

static void add_expression(struct str *out, const char *sql)
{
	str_addf(out, ",\n(\n%s\n)", sql);
}

/* Key, unit, since, fields; then the conditions; then what is asked, a macro with the first day of its term. */
static void subject_query(const struct explainer *x, const char *comparison, struct str *out)
{
	const struct rule *r = x->rule;

	str_addf(out, "SELECT (\n%s\n)", r->key);
	add_expression(out, r->unit);
	add_expression(out, r->since ? r->since : "NULL");
	for (int i = 0; i < r->n_fields; i++)
		add_expression(out, r->fields[i].sql);
	for (int i = 0; i < x->n_posed; i++)
		str_addf(out, ",\nCASE WHEN (\n%s\n) THEN 1 WHEN NOT (\n%s\n) THEN 0 END", x->posed[i].sql,
			 x->posed[i].sql);
	for (int i = 0; i < x->n_asked; i++) {
		if (!x->asked[i].sql)
			continue;
		add_expression(out, x->asked[i].sql);
		if (x->asked[i].start)
			add_expression(out, x->asked[i].start);
	}
	str_addf(out, comparison, r->from, r->key);
}

/* ---- a row ---- */

static enum explain_truth truth_of(const struct posed *p, const struct stmt *st, int col)
{
	if (stmt_is_null(st, col))
		return EXPLAIN_UNKNOWN;
	if (stmt_int(st, col))
		return EXPLAIN_TRUE;
	return p->part == EXPLAIN_NEEDS ? EXPLAIN_UNKNOWN : EXPLAIN_FALSE;
}

static int first_of(const struct explanation *x, enum explain_part part, enum explain_truth truth)
{
	for (int i = 0; i < x->n_conditions; i++)
		if (x->conditions[i].part == part && x->conditions[i].truth == truth)
			return i;
	return -1;
}

static void decide(struct explanation *x, enum explain_verdict verdict, int first_out)
{
	x->verdict = verdict;
	x->first_out = first_out;
}

static int earlier(int a, int b)
{
	return a < 0 ? b : b < 0 || a < b ? a : b;
}

/* As audit_query decides: who is looked at, then what is not known, then the violation. */
static void find_verdict(struct explanation *x)
{
	int scope = earlier(first_of(x, EXPLAIN_SCOPE, EXPLAIN_FALSE), first_of(x, EXPLAIN_SCOPE, EXPLAIN_UNKNOWN));
	int law = first_of(x, EXPLAIN_LAW, EXPLAIN_FALSE), needs = first_of(x, EXPLAIN_NEEDS, EXPLAIN_UNKNOWN);
	int wrong = first_of(x, EXPLAIN_WHERE, EXPLAIN_FALSE), unknown = first_of(x, EXPLAIN_WHERE, EXPLAIN_UNKNOWN);

	if (scope >= 0)
		decide(x, EXPLAINED_NOT_EXAMINED, scope);
	else if (law >= 0)
		decide(x, EXPLAINED_OUTSIDE, law);
	else if (needs >= 0)
		decide(x, EXPLAINED_INDETERMINATE, needs);
	else if (wrong >= 0)
		decide(x, EXPLAINED_PASS, wrong);
	else if (unknown >= 0)
		decide(x, EXPLAINED_INDETERMINATE, unknown);
	else
		decide(x, EXPLAINED_FAIL, -1);
}

static const struct term_version *version_on(const struct term *t, const char *start)
{
	day_t day;

	return t && start && date_parse_iso(start, strlen(start), &day) ? term_version_on(t, day) : NULL;
}

static void take_value(struct explainer *x, struct explanation *out, const struct asked *asked, const char *text,
		       const char *start)
{
	struct explain_condition *c;

	if (asked->condition < 0) {
		if (str_eq(asked->name, "clock case"))
			out->clock_case = text;
		else
			out->clock_term = text;
		return;
	}
	c = &out->conditions[asked->condition];
	*ARENA_PUSH(x->a, c->values, c->n_values, c->cap) = (struct explain_value){
		.name = asked->name, .text = asked->hidden && text ? SECRECY_MASK : text, .term = asked->term,
		.version = version_on(asked->term, start),
	};
}

static void take_finding(struct explainer *x, struct explanation *out, const struct stmt *st)
{
	const struct rule *r = x->rule;
	const char **fields = ARENA_ARRAY(x->a, (size_t)r->n_fields + 1, const char *);
	struct finding *f = &out->finding;

	f->key = explain_cell(x->a, st, 0);
	f->unit = explain_cell(x->a, st, 1);
	f->since = explain_cell(x->a, st, 2);
	for (int i = 0; i < r->n_fields; i++)
		fields[i] = explain_cell(x->a, st, 3 + i);
	f->fields = fields;
	f->n_fields = r->n_fields;
	f->fingerprint = out->fingerprint;
	f->verdict = VERDICT_FAIL;
	f->message = rule_message(x->a, r, f);
}

/* What an audit would make of it. The waiver looks at the values as they are, and nobody else does. */
static enum status settle(struct explainer *x, struct explanation *out, struct err *e)
{
	struct finding *f = &out->finding;

	f->verdict = out->verdict == EXPLAINED_INDETERMINATE ? VERDICT_INDETERMINATE : VERDICT_FAIL;
	if (out->verdict == EXPLAINED_INDETERMINATE)
		f->reason = out->conditions[out->first_out].reason ? out->conditions[out->first_out].reason
								   : "Thiếu dữ liệu để kết luận";
	if (out->verdict == EXPLAINED_FAIL && x->waivers && waivers_apply(x->waivers, f, e) != ST_OK)
		return ST_ERR;
	if (f->verdict == VERDICT_WAIVED)
		decide(out, EXPLAINED_WAIVED, -1);
	secrecy_mask(x->secrecy, x->who, x->a, x->rule, f);
	return ST_OK;
}

static struct explanation *new_explanation(struct explainer *x, const char *key)
{
	struct explanation *out = ARENA_NEW(x->a, struct explanation);

	out->rule = x->rule;
	out->key = arena_strdup(x->a, key);
	out->first_out = -1;
	finding_fingerprint(x->rule->id, key, out->fingerprint);
	return out;
}

static struct explanation *take_row(struct explainer *x, const char *key, const struct stmt *st)
{
	struct explanation *out = new_explanation(x, key);
	int col = 3 + x->rule->n_fields;

	out->conditions = ARENA_ARRAY(x->a, (size_t)x->n_posed + 1, struct explain_condition);
	out->n_conditions = x->n_posed;
	for (int i = 0; i < x->n_posed; i++) {
		const struct posed *p = &x->posed[i];

		out->conditions[i] = (struct explain_condition){ .part = p->part, .text = p->written, .line = p->line,
								 .reason = p->reason,
								 .truth = truth_of(p, st, col++) };
	}
	for (int i = 0; i < x->n_asked; i++) {
		const struct asked *asked = &x->asked[i];
		const char *text = asked->sql ? explain_cell(x->a, st, col++) : asked->constant;

		take_value(x, out, asked, text, asked->start ? explain_cell(x->a, st, col++) : NULL);
	}
	take_finding(x, out, st);
	find_verdict(out);
	return out;
}

/* Which of a key's rows tells most: in the order of the verdicts. */
static enum status take_rows(struct explainer *x, const char *comparison, const char *key, struct explanation **ret,
			     struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	struct explanation *best = NULL;
	enum step step = STEP_DONE;
	int rows = 0;

	subject_query(x, comparison, &sql);
	if (explain_ask(x, sql.p, key, &st, e) != ST_OK)
		return ST_ERR;
	while (rows < MOST_ROWS && (step = stmt_step(st, e)) == STEP_ROW) {
		struct explanation *now = take_row(x, key, st);

		rows++;
		if (!best || now->verdict < best->verdict)
			best = now;
	}
	if (step == STEP_ERROR)
		return ST_ERR;
	stmt_reset(st);
	*ret = best;
	if (!best)
		return ST_OK;
	best->rows = rows;
	return settle(x, best, e);
}

enum status explain_subject(struct explainer *x, const char *key, struct explanation **ret, struct err *e)
{
	struct explanation *out = NULL;

	if (take_rows(x, "\nFROM %s\nWHERE (\n%s\n) = :rasoat_key", key, &out, e) != ST_OK)
		return failed(x, e);
	/* A number is not equal to the text that was asked for. */
	if (!out && take_rows(x, "\nFROM %s\nWHERE CAST((\n%s\n) AS TEXT) = :rasoat_key", key, &out, e) != ST_OK)
		return failed(x, e);
	if (!out) {
		out = new_explanation(x, key);
		if (explain_no_row(x, key, out, e) != ST_OK)
			return failed(x, e);
	}
	if (!rule_applies(x->rule, x->as_of))
		decide(out, EXPLAINED_NOT_IN_FORCE, -1);
	*ret = out;
	return ST_OK;
}

/* ---- who passes ---- */

enum status explain_passing(struct explainer *x, int most, const char ***ret, int *ret_n, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	const char **keys = ARENA_ARRAY(x->a, (size_t)most + 1, const char *);
	enum step step = STEP_DONE;

	*ret_n = 0;
	*ret = keys;
	if (!rule_applies(x->rule, x->as_of))
		return ST_OK;
	str_addf(&sql, "SELECT DISTINCT (\n%s\n) FROM %s\nWHERE (\n%s\n) IS FALSE", x->rule->key, x->rule->from,
		 x->rule->where);
	for (int i = 0; i < x->n_posed; i++)
		if (x->posed[i].part != EXPLAIN_WHERE)
			str_addf(&sql, "\nAND (\n%s\n)", x->posed[i].sql);
	str_addf(&sql, "\nORDER BY 1 LIMIT %d", most);
	if (explain_ask(x, sql.p, "", &st, e) != ST_OK)
		return failed(x, e);
	while (*ret_n < most && (step = stmt_step(st, e)) == STEP_ROW)
		keys[(*ret_n)++] = explain_cell(x->a, st, 0);
	return step == STEP_ERROR ? failed(x, e) : ST_OK;
}
