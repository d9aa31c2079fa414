/*
 * rasoat explain: walks a subject of a rule back to its conditions and law (explain_finding.c), a figure back to its
 * rows (explain_figure.c), and a statutory clock back to its segments (explain_clock.c).
 */
#include "explain.h"

#include <rasoat/rule.h>

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
	{ "json", 0, OPT_FLAG, NULL, offsetof(struct explain_args, json), "for findings: a JSON object a line" },
	{ "passing", 0, OPT_TEXT, "N", offsetof(struct explain_args, passing),
	  "with a rule and no key: the first N subjects that pass" },
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

/* "ACC-01" and what looks like it. */
static bool is_rule_id(const char *text)
{
	size_t n = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	return n >= 2 && text[n] == '-' && strspn(text + n + 1, "0123456789") == 2;
}

/* RULE KEY..., RULE --passing N, RULE:KEY */
static int explain_by_rule(struct cli *cli, const struct explain_args *a, char **operands, int n)
{
	char *colon = strchr(operands[0], ':'), *end = NULL;
	const char *keys[] = { colon ? colon + 1 : NULL };

	if (a->passing) {
		long most = strtol(a->passing, &end, 10);

		if (*end || most < 1 || most > 1000 || n > 1 || colon)
			return cli_usage(&cmd_explain, "want a rule alone with --passing, and a number from 1 to 1000");
		return explain_finding(cli, a, operands[0], NULL, (int)most);
	}
	if (n == 1 && !colon)
		return cli_usage(&cmd_explain, "want a key after the rule, or --passing N");
	if (!colon)
		return explain_finding(cli, a, operands[0], (const char *const *)operands + 1, n - 1);
	*colon = '\0';
	return explain_finding(cli, a, operands[0], keys, 1);
}

static int explain_run(struct cli *cli, const void *v, char **operands, int n)
{
	const struct explain_args *a = v;

	if (n == 2 && strcmp(operands[0], "clock") == 0)
		return explain_clock(cli, a, operands[1], true);
	if (n >= 1 && is_rule_id(operands[0]))
		return explain_by_rule(cli, a, operands, n);
	if (n != 1)
		return cli_usage(&cmd_explain, "want one thing to explain");
	if (strchr(operands[0], '!'))
		return explain_figure(cli, a, operands[0]);
	if (str_starts(operands[0], "case:"))
		return explain_clock(cli, a, operands[0] + strlen("case:"), false);
	if (strchr(operands[0], ':'))
		return explain_by_rule(cli, a, operands, n);
	return explain_finding(cli, a, NULL, (const char *const *)operands, 1);
}

const struct command cmd_explain = {
	.name = "explain",
	.operands = "RULE KEY...|FINDING|FORM!ROW!COLUMN|clock ID|case:ID",
	.summary = "walk a finding, a figure or a clock back to its rows and its law",
	.more = "  rasoat explain ACC-01 TK-A1-12 --as-of 2026-10-05     each condition of the rule, with its values\n"
		"  rasoat explain 610ba809 --as-of 2026-10-05            the same by the finding's code, or its first 8 digits\n"
		"  rasoat explain '01-TCD!48!5' --period 2026-Q3         the rows behind a figure\n"
		"  rasoat explain case:VV-C5-03 --as-of 2026-10-05       the clocks of a case, segment by segment\n"
		"  rasoat explain clock VV-C5-03 --as-of 2026-10-05      the same, and as a PDF page for the case's file",
	.opts = explain_opts,
	.args_size = sizeof(struct explain_args),
	.run = explain_run,
};
