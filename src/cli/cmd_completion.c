/* rasoat completion bash: the shell completion, from the same tables that parse. */
#include "cli.h"

#include <stdio.h>
#include <string.h>

static const struct opt completion_opts[] = { { 0 } };

static void completion_words(const struct command *c)
{
	printf("\t\t%s) words=\"--help", c->name);
	for (const struct opt *o = c->opts; o->name; o++)
		printf(" --%s", o->name);
	printf("\" ;;\n");
}

static int completion_run(struct cli *cli, const void *args, char **operands, int n)
{
	(void)cli;
	(void)args;
	if (n != 1 || strcmp(operands[0], "bash") != 0)
		return cli_usage(&cmd_completion, "want the name of a shell: bash");
	printf("# bash completion for rasoat, made by 'rasoat completion bash'\n"
	       "_rasoat()\n{\n"
	       "\tlocal cur=${COMP_WORDS[COMP_CWORD]} cmd= words= i\n"
	       "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	       "\t\tcase ${COMP_WORDS[i]} in\n"
	       "\t\t-C) ((i++)) ;;\n"
	       "\t\t-*) ;;\n"
	       "\t\t*) cmd=${COMP_WORDS[i]}; break ;;\n"
	       "\t\tesac\n"
	       "\tdone\n"
	       "\tcase $cmd in\n"
	       "\t\t'') words=\"");
	for (const struct command *const *c = cli_commands(); *c; c++)
		printf("%s ", (*c)->name);
	printf("-C --help --version\" ;;\n");
	for (const struct command *const *c = cli_commands(); *c; c++)
		completion_words(*c);
	printf("\tesac\n"
	       "\tif [[ -z $cmd || $cur == -* ]]; then\n"
	       "\t\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n"
	       "\telse\n"
	       "\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
	       "\tfi\n"
	       "}\n"
	       "complete -F _rasoat rasoat\n");
	return EXIT_DONE;
}

const struct command cmd_completion = {
	.name = "completion",
	.operands = "bash",
	.summary = "print the shell completion",
	.opts = completion_opts,
	.run = completion_run,
};
