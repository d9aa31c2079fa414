/* rasoat schema: the stores column by column, as docs/stores.md has it. */
#include "cli.h"

#include <stdio.h>

struct schema_args {
	const char *target;
};

static const struct opt schema_opts[] = {
	{ "for", 0, OPT_TEXT, "WHAT", offsetof(struct schema_args, target),
	  "SQL instead, for stores over several PostgreSQL servers: shard or coordinator" },
	{ 0 },
};

static int schema_run(struct cli *cli, const void *args, char **operands, int n)
{
	CLEANUP(str_free) struct str out = STR_INIT;
	const struct schema_args *a = args;

	(void)cli;
	if (n)
		return cli_usage(&cmd_schema, "unexpected argument '%s'", operands[0]);
	if (a->target && !str_eq(a->target, "shard") && !str_eq(a->target, "coordinator"))
		return cli_usage(&cmd_schema, "--for takes shard or coordinator, not '%s'", a->target);
	if (!a->target)
		schema_markdown(&out);
	else if (str_eq(a->target, "shard"))
		schema_shard_sql(&out);
	else
		schema_coordinator_sql(&out);
	fputs(out.p, stdout);
	return EXIT_DONE;
}

const struct command cmd_schema = {
	.name = "schema",
	.operands = "",
	.summary = "print the tables and columns of the stores (docs/stores.md)",
	.opts = schema_opts,
	.args_size = sizeof(struct schema_args),
	.run = schema_run,
};
