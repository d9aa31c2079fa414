/* rasoat verify: whether anything in the ledger was changed, removed or added by hand. */
#include "cli.h"

#include <rasoat/ledger.h>

#include <stdio.h>

struct verify_args {
	const char *head;
	bool new_anchor;
};

static const struct opt verify_opts[] = {
	{ "head", 0, OPT_TEXT, "RUN:CHAIN", offsetof(struct verify_args, head),
	  "a chain value that was noted elsewhere: the run must be there with it" },
	{ "new-anchor", 0, OPT_FLAG, NULL, offsetof(struct verify_args, new_anchor),
	  "when the ledger's chain is whole, write ledger.anchor anew from it" },
	{ 0 },
};

static int verify_anew(const struct workspace *w)
{
	CLEANUP(ledger_cleanup) struct ledger *l = NULL;
	struct err e = ERR_INIT;

	if (ledger_open(w->ledger_uri, &l, &e) != ST_OK || ledger_begin(l, &e) != ST_OK)
		return cli_fail(&e);
	if (ledger_new_anchor(l, &e) != ST_OK)
		return cli_fail(&e);
	ledger_rollback(l);
	return EXIT_DONE;
}

static int verify_run(struct cli *cli, const void *v, char **operands, int n)
{
	const struct verify_args *a = v;
	CLEANUP(ledger_cleanup) struct ledger *l = NULL;
	CLEANUP(str_free) struct str text = STR_INIT, head = STR_INIT;
	struct workspace *w = NULL;
	struct err e = ERR_INIT;
	bool whole = false;

	if (n)
		return cli_usage(&cmd_verify, "unexpected argument '%s'", operands[0]);
	if (!cli_workspace(cli, false, false, &w))
		return EXIT_FAILED;
	if (a->new_anchor && verify_anew(w) != EXIT_DONE)
		return EXIT_FAILED;
	if (ledger_open_read(w->ledger_uri, &l, &e) != ST_OK || ledger_begin(l, &e) != ST_OK ||
	    ledger_verify(l, a->head, &whole, &text, &e) != ST_OK || ledger_head(l, &head, &e) != ST_OK)
		return cli_fail(&e);
	puts(text.p);
	if (whole && head.len)
		printf("chain: %s\n", head.p);
	return whole ? EXIT_DONE : EXIT_FOUND;
}

const struct command cmd_verify = {
	.name = "verify",
	.operands = "",
	.summary = "find out whether the ledger was changed by hand",
	.more = "Prints the chain value of the last run: noted on paper or in the report's file, it proves later with --head\n"
		"that nothing was cut off and written anew. Exit code 2 when something is not as it was recorded.",
	.opts = verify_opts,
	.args_size = sizeof(struct verify_args),
	.run = verify_run,
};
