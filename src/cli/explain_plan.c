/* rasoat audit --explain-plan: what each rule sends to its store, and how the engine goes about it. */
#include "cli.h"

#include <rasoat/audit.h>

#include <stdio.h>

static void print_rule(void *ctx, const struct rule *r, const char *text)
{
	int *printed = ctx;

	printf("%s%s  %s\n%s", (*printed)++ ? "\n" : "", r->id, r->title, text);
}

int cli_explain_plan(struct cli *cli, const struct audit_options *o)
{
	CLEANUP(store_cleanup) struct store *cases = NULL;
	CLEANUP(store_cleanup) struct store *accounts = NULL;
	struct workspace *w = NULL;
	struct err e = ERR_INIT;
	int printed = 0;

	if (!cli_workspace(cli, true, false, &w))
		return EXIT_FAILED;
	if (store_open(w->cases_uri, STORE_CASES, STORE_READ, &cases, &e) != ST_OK ||
	    store_open(w->accounts_uri, STORE_ACCOUNTS, STORE_READ, &accounts, &e) != ST_OK ||
	    audit_plan(w->rules, w->terms, w->workdays, cases, accounts, o, print_rule, &printed, &e) != ST_OK)
		return cli_fail(&e);
	return EXIT_DONE;
}
