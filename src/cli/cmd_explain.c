/*
 * rasoat explain: walks a finding back to its evidence and law, a figure back to its rows, and a
 * statutory clock back to its segments (explain_clock.c).
 */
#include "explain.h"

#include <rasoat/audit.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct opt explain_opts[] = {
	{ "as-of", 'd', OPT_TEXT, "DATE", offsetof(struct explain_args, as_of), "for findings and cases: the audit's day" },
	{ "period", 'p', OPT_TEXT, "PERIOD", offsetof(struct explain_args, period), "for figures: the form's period" },
	{ "unit", 'u', OPT_TEXT, "CODE", offsetof(struct explain_args, unit), "for figures: the form's unit" },
	{ "audience", 'a', OPT_TEXT, "NAME", offsetof(struct explain_args, audience),
	  "who is told: internal, leadership, public, or of rasoat.xml; default internal" },
	{ "output", 'o', OPT_TEXT, "DIR", offsetof(struct explain_args, out),
	  "for clock: where the annex goes; default out/" },
	{ "sql", 0, OPT_FLAG, NULL, offsetof(struct explain_args, sql), "for findings: print the rule's query too" },
	{ 0 },
};

void explain_basis(const struct basis *b, int n)
{
	static const char *const marks[] = { "", " [inference]", " [from memory]" };

	for (int i = 0; i < n; i++)
		printf("law:     %s%s%s%s%s%s\n", b[i].document, b[i].date ? ", " : "", b[i].date ? b[i].date : "",
		       b[i].clause ? ", " : "", b[i].clause ? b[i].clause : "", marks[b[i].mark]);
}

bool explain_workspace(struct cli *cli, const struct explain_args *a, bool templates, struct workspace **ret)
{
	struct err e = ERR_INIT;

	if (!cli_workspace(cli, true, templates, ret))
		return false;
	if (a->audience && audience_find(&(*ret)->audiences, a->audience, &(*ret)->audience, &e) != ST_OK)
		return cli_fail(&e), false;
	return true;
}

static void explain_finding_print(const struct finding *f, const struct rule *r)
{
	printf("%s  %s\n", r->id, r->title);
	explain_basis(r->bases, r->n_bases);
	printf("rule:    %s:%d\n", r->file, r->line);
	printf("verdict: %s%s%s\nkey:     %s\nfinding: %s\nunit:    %s\nsince:   %s\n", verdict_words[f->verdict],
	       f->reason ? ": " : "", f->reason ? f->reason : "", f->key, f->fingerprint, f->unit ? f->unit : "-",
	       f->since ? f->since : "-");
	for (int i = 0; i < f->n_fields; i++)
		printf("  %s: %s\n", r->fields[i].label, f->fields[i] ? f->fields[i] : "-");
	printf("message: %s\nremedy:  %s\n", f->message, r->remedy);
}

/* Runs `only` (or all rules) into a ledger in memory: explaining leaves no trace. */
static enum status explain_find(struct cli *cli, struct workspace *w, struct store *cases, struct store *accounts,
				struct ledger *l, const char *only, const char *want, day_t as_of, bool *ret_found,
				struct err *e)
{
	const char *ids[] = { only, NULL };
	struct audit_options o = { .as_of = as_of, .rules = only ? ids : NULL };
	struct audit_result r = { 0 };

	if (ledger_begin(l, e) != ST_OK ||
	    audit_run(cli->arena, w->rules, w->terms, w->workdays, cases, accounts, l, &o, &r, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < r.n_outcomes; i++) {
		const struct rule *rule = r.outcomes[i].rule, *of;
		struct finding_cursor *c = NULL;
		struct finding f;
		int step;

		if (r.outcomes[i].error)
			return err_set(e, "rule %s could not run: %s", rule->id, r.outcomes[i].error);
		if (finding_cursor_open(l, r.run_id, rule, w->rules, ORDER_KEY, &c, e) != ST_OK)
			return ST_ERR;
		while ((step = finding_next(c, &f, &of, e)) == 1)
			if (str_eq(only ? f.key : f.fingerprint, want)) {
				explain_finding_print(&f, rule);
				*ret_found = true;
			}
		finding_cursor_close(c);
		if (step < 0)
			return ST_ERR;
	}
	return ST_OK;
}

static int explain_finding(struct cli *cli, const struct explain_args *a, const char *rule, const char *key)
{
	CLEANUP(store_cleanup) struct store *cases = NULL;
	CLEANUP(store_cleanup) struct store *accounts = NULL;
	CLEANUP(ledger_cleanup) struct ledger *l = NULL;
	struct workspace *w = NULL;
	struct err e = ERR_INIT;
	bool found = false;
	day_t as_of;

	if (!a->as_of)
		return cli_usage(&cmd_explain, "--as-of DATE is missing");
	if (!cli_date("--as-of", a->as_of, &as_of) || !cli_workspace(cli, true, false, &w))
		return EXIT_FAILED;
	if (store_open(w->cases_uri, STORE_CASES, STORE_READ, &cases, &e) != ST_OK ||
	    store_open(w->accounts_uri, STORE_ACCOUNTS, STORE_READ, &accounts, &e) != ST_OK ||
	    ledger_open("sqlite::memory:", &l, &e) != ST_OK)
		return cli_fail(&e);
	store_set_workdays(cases, w->workdays);
	store_set_workdays(accounts, w->workdays);
	if (explain_find(cli, w, cases, accounts, l, rule, key, as_of, &found, &e) != ST_OK)
		return cli_fail(&e);
	if (found && rule && a->sql) {
		CLEANUP(str_free) struct str sql = STR_INIT;

		audit_query(rules_find(w->rules, rule), false, &sql);
		printf("query:\n%s\n", sql.p);
	}
	if (!found)
		printf("no finding: %s%s%s passes, or is not looked at, on %s\n", rule ? rule : "", rule ? ":" : "", key,
		       a->as_of);
	return EXIT_DONE;
}

static int explain_run(struct cli *cli, const void *v, char **operands, int n)
{
	const struct explain_args *a = v;
	char *what, *colon;

	if (n == 2 && strcmp(operands[0], "clock") == 0)
		return explain_clock(cli, a, operands[1], true);
	if (n != 1)
		return cli_usage(&cmd_explain, "want one thing to explain");
	what = operands[0];
	if (strchr(what, '!'))
		return explain_figure(cli, a, what);
	colon = strchr(what, ':');
	if (!colon)
		return explain_finding(cli, a, NULL, what);
	*colon = '\0';
	if (strcmp(what, "case") == 0)
		return explain_clock(cli, a, colon + 1, false);
	return explain_finding(cli, a, what, colon + 1);
}

const struct command cmd_explain = {
	.name = "explain",
	.operands = "RULE:KEY|FINDING|FORM!ROW!COLUMN|clock ID|case:ID",
	.summary = "walk a finding, a figure or a clock back to its rows and its law",
	.more = "  rasoat explain ACC-01:TK-A1-12 --as-of 2026-10-05     a finding by rule and key, or by its code\n"
		"  rasoat explain '01-TCD!48!5' --period 2026-Q3         the rows behind a figure\n"
		"  rasoat explain case:VV-C5-03 --as-of 2026-10-05       the clocks of a case, segment by segment\n"
		"  rasoat explain clock VV-C5-03 --as-of 2026-10-05      the same, and as a PDF page for the case's file",
	.opts = explain_opts,
	.args_size = sizeof(struct explain_args),
	.run = explain_run,
};
