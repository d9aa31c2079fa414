/* rasoat compare: two runs of the ledger against each other: what came, what went, and why. */
#include "cli.h"

#include <rasoat/compare_report.h>
#include <rasoat/units.h>

#include <stdio.h>
#include <string.h>

struct compare_args {
	const char *unit, *format, *audience, *out, *jobs;
	bool list;
};

static const struct opt compare_opts[] = {
	{ "list", 'l', OPT_FLAG, NULL, offsetof(struct compare_args, list), "print the runs of the ledger, compare nothing" },
	{ "unit", 'u', OPT_TEXT, "CODE", offsetof(struct compare_args, unit),
	  "of the runs of this unit: 'latest' and dates mean them; default: of all units" },
	{ "format", 'f', OPT_TEXT, "LIST", offsetof(struct compare_args, format),
	  "xlsx, pdf, jsonl, text, or none: only the table; default xlsx,pdf" },
	{ "audience", 'a', OPT_TEXT, "NAME", offsetof(struct compare_args, audience),
	  "for whom the files are: internal, leadership, public, or of rasoat.xml; default internal" },
	{ "output", 'o', OPT_TEXT, "DIR", offsetof(struct compare_args, out), "where the files go; default out/" },
	{ "jobs", 'j', OPT_TEXT, "N", offsetof(struct compare_args, jobs),
	  "rules side by side where causes are tried out; the results are the same" },
	{ 0 },
};

struct compare_session {
	struct workspace *w;
	struct store *cases, *accounts;
	struct ledger *ledger;
	struct comparison *c;
	struct outputs outputs;
	const char **names; /* as printed, NULL-terminated */
};

static void compare_close(struct compare_session *s)
{
	outputs_drop(&s->outputs);
	ledger_close(s->ledger);
	store_close(s->cases);
	store_close(s->accounts);
}

/* ---- --list ---- */

static int compare_list(struct cli *cli, struct ledger *l)
{
	struct run_line *lines = NULL;
	struct err e = ERR_INIT;
	int n = 0;

	if (runs_list(cli->arena, l, &lines, &n, &e) != ST_OK)
		return cli_fail(&e);
	printf("%6s  %-10s  %-10s%10s%10s%10s%8s  %-20s  %-16s  %s\n", "run", "as of", "unit", "found", "indeterm.",
	       "waived", "errors", "recorded at", "content", "rules");
	for (int i = 0; i < n; i++) {
		const struct run_line *r = &lines[i];
		char iso[11];

		printf("%6lld  %-10s  %-10s%10s%10s%10s%8lld  %-20s  %-16.16s  %s\n", (long long)r->run, date_iso(r->as_of, iso),
		       r->unit ? r->unit : "all", cli_number(cli, r->found), cli_number(cli, r->indeterminate),
		       cli_number(cli, r->waived), (long long)r->errors, r->recorded_at ? r->recorded_at : "",
		       r->content ? r->content : "", r->selected ? r->selected : "all");
	}
	return EXIT_DONE;
}

/* ---- the table ---- */

static void compare_head(const struct comparison *c)
{
	char was[11], now[11];

	printf("run %lld (%s) against run %lld (%s), %s%s\n", (long long)c->before.run, date_iso(c->before.as_of, was),
	       (long long)c->after.run, date_iso(c->after.as_of, now), c->after.unit ? "unit " : "all units",
	       c->after.unit ? c->after.unit : "");
	for (int i = 0; i < c->n_inputs; i++)
		printf("  %s\n", c->inputs[i].text);
	if (!c->tried)
		printf("  causes come from the digests alone: %s\n", c->untried);
	printf("%-8s%-24s%10s%10s%10s%10s%10s%10s\n", "rule", "", "before", "after", "new", "reopened", "contin.", "resolved");
}

static bool compare_idle(const struct compared_rule *r)
{
	return !r->skipped && !r->before && !r->after;
}

static void compare_row(struct cli *cli, const char *id, const char *title, int64_t before, int64_t after,
			const int64_t states[CHANGE_STATES])
{
	CLEANUP(str_free) struct str line = STR_INIT;

	cli_column(&line, id, 8, false);
	cli_column(&line, title, 23, false);
	str_addf(&line, " %10s%10s%10s%10s%10s%10s", cli_number(cli, before), cli_number(cli, after),
		 cli_number(cli, states[CHANGE_NEW]), cli_number(cli, states[CHANGE_REOPENED]),
		 cli_number(cli, states[CHANGE_CONTINUING]), cli_number(cli, states[CHANGE_RESOLVED]));
	puts(line.p);
}

static void compare_causes_line(struct cli *cli, const int64_t causes[N_CAUSES + 1])
{
	CLEANUP(str_free) struct str line = STR_INIT;

	for (int i = 0; i <= N_CAUSES; i++)
		if (causes[i])
			str_addf(&line, "%s%s %s", line.len ? ", " : "", i < N_CAUSES ? cause_words[i] : "one of several",
				 cli_number(cli, causes[i]));
	if (line.len)
		printf("%-8scauses: %s\n", "", line.p);
}

static void compare_table(struct cli *cli, const struct comparison *c)
{
	compare_head(c);
	for (int i = 0; i < c->n_rules; i++) {
		const struct compared_rule *r = &c->rules[i];

		if (compare_idle(r))
			continue;
		if (r->skipped) {
			printf("%-8snot compared: %s\n", r->rule_id, r->skipped);
			continue;
		}
		compare_row(cli, r->rule_id, r->rule ? r->rule->title : "(gone)", r->before, r->after, r->states);
		compare_causes_line(cli, r->causes);
	}
	compare_row(cli, "total", "", c->total_before, c->total_after, c->states);
}

/* ---- the two runs ---- */

/* The stores are for trying causes out: without them the digests have to do. */
static void compare_open_stores(struct compare_session *s)
{
	struct err ignored = ERR_INIT;

	if (store_open(s->w->cases_uri, STORE_CASES, STORE_READ, &s->cases, &ignored) != ST_OK)
		s->cases = NULL;
	if (store_open(s->w->accounts_uri, STORE_ACCOUNTS, STORE_READ, &s->accounts, &ignored) != ST_OK)
		s->accounts = NULL;
	if (!s->cases || !s->accounts) {
		store_close(s->cases);
		store_close(s->accounts);
		s->cases = s->accounts = NULL;
		return;
	}
	store_set_workdays(s->cases, s->w->workdays);
	store_set_workdays(s->accounts, s->w->workdays);
}

static enum status compare_session_run(struct cli *cli, const struct compare_args *a, char **operands, int n, int jobs,
				       struct compare_session *s, struct err *e)
{
	struct compare_options opt = { .rules = s->w->rules, .terms = s->w->terms, .workdays = s->w->workdays, .jobs = jobs,
				       .audience = s->w->audience };
	int64_t before, after;

	if (run_find(s->ledger, n > 1 ? operands[1] : "latest", a->unit, 0, &after, e) != ST_OK ||
	    run_find(s->ledger, n > 0 ? operands[0] : "previous", a->unit, after, &before, e) != ST_OK)
		return ST_ERR;
	compare_open_stores(s);
	opt.cases = s->cases;
	opt.accounts = s->accounts;
	return compare_runs(cli->arena, s->ledger, before, after, &opt, &s->c, e);
}

/* ---- the files ---- */

/* Names of units as they are on the later day. */
static enum status compare_units_of(struct cli *cli, struct store *s, day_t as_of, const struct units **ret, struct err *e)
{
	struct units *units = NULL;

	if (s && (store_set_as_of(s, as_of, e) != ST_OK || units_load(cli->arena, s, &units, e) != ST_OK))
		return ST_ERR;
	*ret = units;
	return ST_OK;
}

static enum status compare_write_one(struct compare_session *s, const struct compare_report_input *in,
				     const struct writer *w, const char *path, struct err *e)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_new();
	bool brief = str_eq(w->name, "pdf"); /* leadership's; the rest is the workbook */
	struct document *d = NULL;
	enum status st;

	if ((brief ? compare_brief : compare_workbook)(arena, in, &d, e) != ST_OK)
		return ST_ERR;
	st = outputs_write(&s->outputs, d, w, s->w->font_dir, path, e);
	compare_document_close(d);
	return st;
}

/* compare-1-2: a run has its number for ever. */
static enum status compare_write(struct cli *cli, const struct compare_args *a, const struct writer **writers,
				 struct compare_session *s, struct err *e)
{
	const char *name = arena_printf(cli->arena, "compare-%lld-%lld", (long long)s->c->before.run,
					(long long)s->c->after.run);
	struct compare_report_input in = { .workspace = s->w, .comparison = s->c };
	const char *base;
	int n = 0;

	if (a->audience && !str_eq(a->audience, AUDIENCE_DEFAULT))
		name = arena_printf(cli->arena, "%s-%s", name, a->audience);
	base = arena_printf(cli->arena, "%s/%s", a->out ? a->out : s->w->out_dir, name);
	in.workbook_name = arena_printf(cli->arena, "%s.xlsx", name);

	if (compare_units_of(cli, s->cases, s->c->after.as_of, &in.case_units, e) != ST_OK ||
	    compare_units_of(cli, s->accounts, s->c->after.as_of, &in.account_units, e) != ST_OK)
		return ST_ERR;
	while (writers[n])
		n++;
	s->names = ARENA_ARRAY(cli->arena, (size_t)n + 1, const char *);
	for (int i = 0; i < n; i++) {
		s->names[i] = arena_printf(cli->arena, "%s%s", base, writers[i]->extension);
		if (compare_write_one(s, &in, writers[i], s->names[i], e) != ST_OK)
			return ST_ERR;
	}
	return outputs_commit(&s->outputs, e);
}

static int compare_command(struct cli *cli, const void *v, char **operands, int n)
{
	const struct compare_args *a = v;
	struct compare_session s = { 0 };
	const struct writer *no_writers[] = { NULL }, **writers;
	struct err e = ERR_INIT;
	int jobs, code;

	if (n > 2)
		return cli_usage(&cmd_compare, "unexpected argument '%s'", operands[2]);
	writers = a->format && str_eq(a->format, "none") ? no_writers : cli_writers(cli, a->format ? a->format : "xlsx,pdf");
	if (!writers || !cli_jobs(a->jobs, &jobs) || !cli_workspace(cli, true, false, &s.w))
		return EXIT_FAILED;
	if ((a->audience && audience_find(&s.w->audiences, a->audience, &s.w->audience, &e) != ST_OK) ||
	    ledger_open_read(s.w->ledger_uri, &s.ledger, &e) != ST_OK)
		return cli_fail(&e);
	if (a->list) {
		code = compare_list(cli, s.ledger);
		compare_close(&s);
		return code;
	}
	if (compare_session_run(cli, a, operands, n, jobs, &s, &e) != ST_OK ||
	    compare_write(cli, a, writers, &s, &e) != ST_OK) {
		compare_close(&s);
		return cli_fail(&e);
	}
	compare_table(cli, s.c);
	for (int i = 0; s.names[i]; i++)
		printf("wrote %s\n", s.names[i]);
	code = s.c->states[CHANGE_NEW] || s.c->states[CHANGE_REOPENED] ? EXIT_FOUND : EXIT_DONE;
	compare_close(&s);
	return code;
}

const struct command cmd_compare = {
	.name = "compare",
	.operands = "[RUN [RUN]]",
	.summary = "hold two runs against each other: new, continuing, resolved, reopened, and why",
	.more = "A run is a number of --list, a date, 'latest' or 'previous'; the earlier one comes first. Without any: the\n"
		"latest run and the one before it. Exit code 2 when something is new or reopened.",
	.opts = compare_opts,
	.args_size = sizeof(struct compare_args),
	.run = compare_command,
};
