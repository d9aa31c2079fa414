/*
 * rasoat explain RULE KEY..., FINDING: each condition of the rule with its values, the law, what the ledger knows,
 * and for who is not flagged the first condition that kept it out.
 */
#include "explain.h"
#include "explain_print.h"

#include <rasoat/audit.h>

#include <stdio.h>
#include <string.h>

enum { LEAST_DIGITS = 8 };

struct finding_session {
	struct cli *cli;
	const struct explain_args *args;
	struct workspace *w;
	struct explain_input in;
	struct ledger *ledger; /* NULL: none yet */
};

static void close_session(struct finding_session *s)
{
	ledger_close(s->ledger);
	store_close(s->in.stores[STORE_CASES]);
	store_close(s->in.stores[STORE_ACCOUNTS]);
}

/* A ledger that cannot be read has nothing to say; explaining is no place to mend it. */
static struct ledger *open_ledger(const struct workspace *w)
{
	struct err ignored = ERR_INIT;
	struct ledger *l = NULL;

	return ledger_open_read(w->ledger_uri, &l, &ignored) == ST_OK ? l : NULL;
}

static enum status open_session(struct finding_session *s, day_t as_of, struct err *e)
{
	const struct workspace *w = s->w;

	s->in = (struct explain_input){ .rules = w->rules, .terms = w->terms, .w = w->workdays, .waivers = w->waivers,
					.as_of = as_of, .who = w->audience };
	if (store_open(w->cases_uri, STORE_CASES, STORE_READ, &s->in.stores[STORE_CASES], e) != ST_OK ||
	    store_open(w->accounts_uri, STORE_ACCOUNTS, STORE_READ, &s->in.stores[STORE_ACCOUNTS], e) != ST_OK)
		return ST_ERR;
	store_set_workdays(s->in.stores[STORE_CASES], w->workdays);
	store_set_workdays(s->in.stores[STORE_ACCOUNTS], w->workdays);
	s->ledger = open_ledger(w);
	return ST_OK;
}

/* What the ledger has of this very finding, or NULL. */
static enum status find_record(struct finding_session *s, const struct explanation *x, const struct finding_record **ret,
			       struct err *e)
{
	struct finding_record *records = NULL;
	int n = 0;

	*ret = NULL;
	if (s->ledger && ledger_lookup(s->cli->arena, s->ledger, x->fingerprint, &records, &n, e) != ST_OK)
		return ST_ERR;
	if (n)
		*ret = &records[0];
	return ST_OK;
}

static enum status explain_one(struct finding_session *s, struct explainer *x, const char *key, struct err *e)
{
	const struct finding_record *record;
	struct explanation *found = NULL;
	struct clock_file *clock = NULL;

	if (explain_subject(x, key, &found, e) != ST_OK || find_record(s, found, &record, e) != ST_OK)
		return ST_ERR;
	if (s->args->json) {
		explain_print_json(found, record, s->in.as_of);
		return ST_OK;
	}
	if (found->clock_case &&
	    clock_file_read(s->cli->arena, s->in.stores[STORE_CASES], s->in.terms, s->in.w, s->in.as_of,
			    found->clock_case, &clock, e) != ST_OK)
		return ST_ERR;
	explain_print(found, record, clock);
	return ST_OK;
}

static void print_query(const struct rule *r)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	audit_query(r, false, &sql);
	printf("query:\n%s\n", sql.p);
}

static enum status explain_keys(struct finding_session *s, const struct rule *r, const char *const *keys, int n,
				struct err *e)
{
	CLEANUP(explain_cleanup) struct explainer *x = NULL;
	const char **passing = NULL;

	if (explain_open(s->cli->arena, &s->in, r, &x, e) != ST_OK)
		return ST_ERR;
	if (!keys && explain_passing(x, n, &passing, &n, e) != ST_OK)
		return ST_ERR;
	keys = keys ? keys : passing;
	for (int i = 0; i < n; i++) {
		if (i && !s->args->json)
			putchar('\n');
		if (explain_one(s, x, keys[i], e) != ST_OK)
			return ST_ERR;
	}
	if (s->args->sql && !s->args->json)
		print_query(r);
	return ST_OK;
}

static const struct rule *find_rule(const struct workspace *w, const char *id, struct err *e)
{
	const struct rule *r = rules_find(w->rules, id);

	if (!r)
		(void)!err_set(e, "rule '%s' does not exist; 'rasoat rules' lists them", id);
	return r;
}

/* ---- by its code ---- */

static bool is_fingerprint(const char *text)
{
	size_t n = strlen(text);

	return n >= LEAST_DIGITS && n < FINGERPRINT_SIZE && strspn(text, "0123456789abcdef") == n;
}

/* Runs all rules into a ledger in memory: explaining leaves no trace. */
static enum status search_now(struct finding_session *s, const char *prefix, struct finding_record **ret, int *ret_n,
			      struct err *e)
{
	CLEANUP(ledger_cleanup) struct ledger *l = NULL;
	struct audit_options o = { .as_of = s->in.as_of, .waivers = s->in.waivers };
	struct audit_result r = { 0 };

	if (ledger_open("sqlite::memory:", &l, e) != ST_OK || ledger_begin(l, e) != ST_OK ||
	    audit_run(s->cli->arena, s->in.rules, s->in.terms, s->in.w, s->in.stores[STORE_CASES],
		      s->in.stores[STORE_ACCOUNTS], l, &o, &r, e) != ST_OK)
		return ST_ERR;
	return ledger_lookup(s->cli->arena, l, prefix, ret, ret_n, e);
}

static enum status explain_code(struct finding_session *s, const char *prefix, struct err *e)
{
	struct finding_record *records = NULL;
	const struct rule *r;
	int n = 0;

	if (s->ledger && ledger_lookup(s->cli->arena, s->ledger, prefix, &records, &n, e) != ST_OK)
		return ST_ERR;
	if (!n && search_now(s, prefix, &records, &n, e) != ST_OK)
		return ST_ERR;
	if (!n)
		return err_set(e, "no finding '%s', on record or on this day; name the rule and the key", prefix);
	if (n > 1)
		return err_set(e, "'%s' begins %d findings (%s, %s …); write more of its digits", prefix, n,
			       records[0].fingerprint, records[1].fingerprint);
	r = find_rule(s->w, records[0].rule_id, e);
	return r ? explain_keys(s, r, &records[0].key, 1, e) : ST_ERR;
}

int explain_finding(struct cli *cli, const struct explain_args *a, const char *rule, const char *const *keys, int n)
{
	struct finding_session s = { .cli = cli, .args = a };
	struct err e = ERR_INIT;
	const struct rule *r = NULL;
	enum status st;
	day_t as_of;

	if (!a->as_of)
		return cli_usage(&cmd_explain, "--as-of DATE is missing");
	if (!rule && !is_fingerprint(keys[0]))
		return cli_usage(&cmd_explain, "'%s' is no code of a finding: at least %d of its 16 digits; or RULE KEY",
				 keys[0], LEAST_DIGITS);
	if (!cli_date("--as-of", a->as_of, &as_of) || !explain_workspace(cli, a, false, &s.w))
		return EXIT_FAILED;
	if (rule && !(r = find_rule(s.w, rule, &e)))
		return cli_fail(&e);
	st = open_session(&s, as_of, &e);
	if (st == ST_OK)
		st = r ? explain_keys(&s, r, keys, n, &e) : explain_code(&s, keys[0], &e);
	close_session(&s);
	return st == ST_OK ? EXIT_DONE : cli_fail(&e);
}
