/* rasoat schema: the stores column by column, as docs/stores.md has it. */
#include "cli.h"

#include <stdio.h>

static const struct opt schema_opts[] = { { 0 } };

static int schema_run(struct cli *cli, const void *args, char **operands, int n)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	(void)cli;
	(void)args;
	if (n)
		return cli_usage(&cmd_schema, "unexpected argument '%s'", operands[0]);
	schema_markdown(&out);
	fputs(out.p, stdout);
	return EXIT_DONE;
}

const struct command cmd_schema = {
	.name = "schema",
	.operands = "",
	.summary = "print the tables and columns of the stores (docs/stores.md)",
	.opts = schema_opts,
	.run = schema_run,
};
