/* rasoat: finds the command, runs it, and makes sure that what was printed was printed. */
#include "cli.h"

#include <rasoat/version.h>

#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct command *const commands[] = { &cmd_init,   &cmd_import,  &cmd_check,
						  &cmd_audit,  &cmd_report,  &cmd_explain,
						  &cmd_rules,  &cmd_schema, &cmd_completion, &cmd_compare, &cmd_verify,
						  &cmd_worklist, NULL };

const struct command *const *cli_commands(void)
{
	return commands;
}

static void main_help(FILE *f)
{
	fprintf(f, "Usage: rasoat [-C DIR] COMMAND [OPTION...] [ARGUMENT...]\n\n"
		   "Goes over the case store and the account store of Vietnam Social Security: audits them\n"
		   "against XML rules and writes the statutory reports as spreadsheets and PDFs.\n\n"
		   "Commands:\n");
	for (int i = 0; commands[i]; i++)
		fprintf(f, "  %-12s %s\n", commands[i]->name, commands[i]->summary);
	fprintf(f, "\nOptions:\n"
		   "  -C DIR       work on the workspace DIR instead of the current folder\n"
		   "  -h, --help   this text; after a command, that command's options\n"
		   "  --version    the version\n\n"
		   "Exit: 0 done, nothing found; 2 done, findings or failed checks; 1 could not run.\n");
}

/* A report that did not reach a full disk or a closed pipe must not look like success. */
static int main_close_stdout(int code)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return code;
	fprintf(stderr, "rasoat: cannot write to standard output: %s\n", strerror(errno));
	return EXIT_FAILED;
}

static int main_run(struct cli *cli, int argc, char **argv)
{
	for (int i = 0; commands[i]; i++) {
		const struct command *c = commands[i];
		void *args;
		int code;

		if (strcmp(argv[0], c->name) != 0)
			continue;
		args = arena_alloc(cli->arena, c->args_size ? c->args_size : 1);
		code = opt_parse(cli, c, args, &argc, argv);
		return code >= 0 ? code : c->run(cli, args, argv, argc);
	}
	fprintf(stderr, "rasoat: unknown command '%s'; 'rasoat --help' lists them\n", argv[0]);
	return EXIT_FAILED;
}

int main(int argc, char **argv)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_new();
	struct cli cli = { .arena = arena, .dir = ".", .progress = isatty(STDERR_FILENO) };
	int i = 1;

	setlocale(LC_ALL, "C"); /* no locale may reach an output */
	store_init();
	signal(SIGXFSZ, SIG_IGN); /* a file over the user's limit is a failed write, not a death */
	for (; i < argc && argv[i][0] == '-'; i++) {
		if (strcmp(argv[i], "-C") == 0 && i + 1 < argc) {
			cli.dir = argv[++i];
		} else if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
			main_help(stdout);
			return main_close_stdout(EXIT_DONE);
		} else if (strcmp(argv[i], "--version") == 0) {
			printf("rasoat %s\n", RASOAT_VERSION);
			return main_close_stdout(EXIT_DONE);
		} else {
			fprintf(stderr, "rasoat: unknown option '%s'; see 'rasoat --help'\n", argv[i]);
			return EXIT_FAILED;
		}
	}
	if (i == argc) {
		main_help(stderr);
		return EXIT_FAILED;
	}
	if (strcmp(argv[i], "help") == 0) {
		main_help(stdout);
		return main_close_stdout(EXIT_DONE);
	}
	return main_close_stdout(main_run(&cli, argc - i, argv + i));
}
