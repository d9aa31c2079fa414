/* Option parsing and help from one table per command; getopt_long does the reading. */
#include "cli.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#define OPT_MAX 24

static int opt_count(const struct command *cmd)
{
	int n = 0;

	while (cmd->opts[n].name)
		n++;
	return n;
}

void opt_help(const struct command *cmd)
{
	printf("Usage: rasoat [-C DIR] %s [OPTION...]%s%s\n\n%s\n", cmd->name, *cmd->operands ? " " : "",
	       cmd->operands, cmd->summary);
	if (cmd->more)
		printf("\n%s\n", cmd->more);
	printf("\nOptions:\n");
	for (const struct opt *o = cmd->opts; o->name; o++) {
		char left[64];

		if (o->letter)
			snprintf(left, sizeof(left), "-%c, --%s%s%s", o->letter, o->name, o->arg ? " " : "",
				 o->arg ? o->arg : "");
		else
			snprintf(left, sizeof(left), "    --%s%s%s", o->name, o->arg ? " " : "",
				 o->arg ? o->arg : "");
		printf("  %-26s %s\n", left, o->help);
	}
	printf("  %-26s %s\n", "-h, --help", "this text");
}

static void opt_store(struct cli *cli, const struct opt *o, void *args, const char *value)
{
	char *at = (char *)args + o->offset;
	bool yes = true;

	if (o->type == OPT_FLAG) {
		memcpy(at, &yes, sizeof(yes));
	} else if (o->type == OPT_TEXT) {
		memcpy(at, &value, sizeof(value));
	} else {
		const char **old = NULL, **grown;
		size_t n = 0;

		memcpy(&old, at, sizeof(old));
		while (old && old[n])
			n++;
		grown = arena_grow(cli->arena, old, n, n + 2, sizeof(*grown));
		grown[n] = value;
		memcpy(at, &grown, sizeof(grown));
	}
}

static void opt_long_table(const struct command *cmd, struct option *longs, char *letters)
{
	int n = opt_count(cmd);
	char *p = letters;

	*p++ = ':'; /* our own messages */
	*p++ = 'h';
	for (int i = 0; i < n; i++) {
		const struct opt *o = &cmd->opts[i];

		longs[i] = (struct option){ o->name, o->arg ? required_argument : no_argument, NULL, 256 + i };
		if (o->letter) {
			*p++ = o->letter;
			if (o->arg)
				*p++ = ':';
		}
	}
	*p = '\0';
	longs[n] = (struct option){ "help", no_argument, NULL, 'h' };
}

static const struct opt *opt_by_code(const struct command *cmd, int code)
{
	if (code >= 256)
		return &cmd->opts[code - 256];
	for (const struct opt *o = cmd->opts; o->name; o++)
		if (o->letter && o->letter == code)
			return o;
	return NULL;
}

int opt_parse(struct cli *cli, const struct command *cmd, void *args, int *argc, char **argv)
{
	struct option longs[OPT_MAX + 2] = { 0 };
	char letters[2 * OPT_MAX + 4];
	int code;

	opt_long_table(cmd, longs, letters);
	optind = 0; /* starts afresh: main read its own options before */
	while ((code = getopt_long(*argc, argv, letters, longs, NULL)) != -1) {
		const struct opt *o = opt_by_code(cmd, code);

		if (code == 'h') {
			opt_help(cmd);
			return EXIT_DONE;
		}
		if (code == ':')
			return cli_usage(cmd, "%s needs a value", argv[optind - 1]);
		if (code == '?' || !o)
			return cli_usage(cmd, "unknown option '%s'", argv[optind - 1]);
		opt_store(cli, o, args, optarg);
	}
	memmove(argv, argv + optind, (size_t)(*argc - optind + 1) * sizeof(*argv));
	*argc -= optind;
	return -1;
}
