/* rasoat audit: every rule over the stores as of a date; findings to the ledger and to files. */
#include "cli.h"

#include <rasoat/audit.h>
#include <rasoat/audit_report.h>
#include <rasoat/compare.h>
#include <rasoat/import.h>
#include <rasoat/pool.h>
#include <rasoat/secrecy.h>
#include <rasoat/units.h>

#include <stdio.h>
#include <string.h>

struct audit_args {
	const char *as_of, *unit, *format, *audience, *out, *jobs;
	const char **rules;
	bool explain_plan;
};

static const struct opt audit_opts[] = {
	{ "as-of", 'd', OPT_TEXT, "DATE", offsetof(struct audit_args, as_of),
	  "the day the audit is for; facts after it do not exist (required)" },
	{ "unit", 'u', OPT_TEXT, "CODE", offsetof(struct audit_args, unit), "only this unit and those below it" },
	{ "rule", 'r', OPT_LIST, "ID", offsetof(struct audit_args, rules), "only this rule (may come again)" },
	{ "format", 'f', OPT_TEXT, "LIST", offsetof(struct audit_args, format),
	  "xlsx, pdf, jsonl, sarif, html, text, or none: only on record; default xlsx,pdf,jsonl" },
	{ "audience", 'a', OPT_TEXT, "NAME", offsetof(struct audit_args, audience),
	  "for whom the files are: internal, leadership, public, or of rasoat.xml; default internal" },
	{ "output", 'o', OPT_TEXT, "DIR", offsetof(struct audit_args, out), "where the files go; default out/" },
	{ "jobs", 'j', OPT_TEXT, "N", offsetof(struct audit_args, jobs),
	  "rules and files side by side; the results are the same; default: the number of processors" },
	{ "explain-plan", 0, OPT_FLAG, NULL, offsetof(struct audit_args, explain_plan),
	  "run nothing; print what each rule sends to the store, and the engine's plan" },
	{ 0 },
};

enum { MOST_FILES = 8 }; /* of one audit: one for each writer */

struct audit_session {
	struct workspace *w;
	struct store *cases, *accounts;
	struct ledger *ledger;
	const struct units *case_units, *account_units;
	struct quarantine_count *quarantine;
	int n_quarantine;
	struct outputs outputs;
	const char *names[MOST_FILES]; /* as printed */
	int n_names, jobs;
};

static void audit_close(struct audit_session *s)
{
	outputs_drop(&s->outputs);
	ledger_close(s->ledger);
	store_close(s->cases);
	store_close(s->accounts);
}

static enum status audit_refuse_empty(const struct audit_session *s, struct err *e)
{
	bool cases = false, accounts = false;

	if (store_has_imports(s->cases, &cases, e) != ST_OK || store_has_imports(s->accounts, &accounts, e) != ST_OK)
		return ST_ERR;
	return cases || accounts ? ST_OK : err_set(e, CLI_NO_IMPORT, s->w->dir);
}

static enum status audit_open(struct cli *cli, struct audit_session *s, struct err *e)
{
	struct quarantine_count *a = NULL, *c = NULL;
	int na = 0, nc = 0;

	if (store_open(s->w->cases_uri, STORE_CASES, STORE_READ, &s->cases, e) != ST_OK ||
	    store_open(s->w->accounts_uri, STORE_ACCOUNTS, STORE_READ, &s->accounts, e) != ST_OK ||
	    ledger_open(s->w->ledger_uri, &s->ledger, e) != ST_OK)
		return ST_ERR;
	if (audit_refuse_empty(s, e) != ST_OK)
		return ST_ERR;
	store_set_workdays(s->cases, s->w->workdays);
	store_set_workdays(s->accounts, s->w->workdays);
	if (quarantine_counts(cli->arena, s->accounts, &a, &na, e) != ST_OK ||
	    quarantine_counts(cli->arena, s->cases, &c, &nc, e) != ST_OK)
		return ST_ERR;
	s->quarantine = ARENA_ARRAY(cli->arena, (size_t)(na + nc + 1), struct quarantine_count);
	for (int i = 0; i < na; i++)
		s->quarantine[s->n_quarantine++] = a[i];
	/* Organisation extracts go to both stores: their rows are counted once. */
	for (int i = 0; i < nc; i++) {
		const struct table *t = schema_table(c[i].table);

		if (!t || !(t->stores & IN_ACCOUNTS))
			s->quarantine[s->n_quarantine++] = c[i];
	}
	return ST_OK;
}

/* Before the stores have an as-of date: a waiver may name a unit that there was not yet. */
static enum status audit_check_waivers(struct cli *cli, const struct audit_session *s, struct err *e)
{
	struct diags d;

	diags_init(&d, cli->arena);
	if (waivers_check_units(s->w->waivers, s->cases, s->accounts, &d, e) != ST_OK)
		return ST_ERR;
	cli_diags(&d);
	return d.errors ? err_set(e, "%s names units that are not there; correct it", s->w->waivers->file) : ST_OK;
}

static void audit_progress(void *ctx, const struct rule *r, const struct rule_outcome *o, bool done)
{
	const struct cli *cli = ctx;

	(void)o;
	if (cli->progress && !done)
		fprintf(stderr, "\r\033[K%s …", r->id);
	if (cli->progress && done)
		fputs("\r\033[K", stderr);
}

/* For whoever adds up the table: the engine has done so for each rule. */
static void audit_sum(struct cli *cli, const struct audit_result *r)
{
	int64_t sum = r->found + r->indeterminate + r->waived + r->passed + r->outside;

	printf("%s found + %s indeterminate + %s waived + %s passed + %s outside the time of the law %s %s examined\n",
	       cli_number(cli, r->found), cli_number(cli, r->indeterminate), cli_number(cli, r->waived),
	       cli_number(cli, r->passed), cli_number(cli, r->outside), sum == r->examined ? "=" : "is NOT",
	       cli_number(cli, r->examined));
}

static void audit_table(struct cli *cli, const struct audit_result *r)
{
	CLEANUP(str_free) struct str line = STR_INIT;

	printf("%-8s%-44s%10s%10s%9s%10s%9s%11s%9s\n", "rule", "", "found", "indeterm.", "waived", "passed", "outside",
	       "examined", "seconds");
	for (int i = 0; i < r->n_outcomes; i++) {
		const struct rule_outcome *o = &r->outcomes[i];

		str_clear(&line);
		cli_column(&line, o->rule->id, 8, false);
		cli_column(&line, o->rule->title, 43, false);
		str_addc(&line, ' ');
		if (o->not_applicable)
			str_add(&line, "  not in force on this day");
		else if (o->error)
			str_addf(&line, "  ERROR: %s", o->error);
		else
			str_addf(&line, "%10s%10s%9s%10s%9s%11s%9.2f", cli_number(cli, o->found),
				 cli_number(cli, o->indeterminate), cli_number(cli, o->waived),
				 cli_number(cli, o->passed), cli_number(cli, o->outside),
				 cli_number(cli, o->examined), o->seconds);
		puts(line.p);
	}
	printf("%-52s%10s%10s%9s%10s%9s%11s\n", "total", cli_number(cli, r->found), cli_number(cli, r->indeterminate),
	       cli_number(cli, r->waived), cli_number(cli, r->passed), cli_number(cli, r->outside),
	       cli_number(cli, r->examined));
	audit_sum(cli, r);
	if (r->errors)
		printf("%lld rule%s could not run: what they would have found is missing from the outputs\n",
		       (long long)r->errors, r->errors == 1 ? "" : "s");
}

/* audit-2026-10-05[-UNIT][-RULE+RULE]: another selection never overwrites the whole audit. */
static const char *audit_name(struct cli *cli, const struct audit_args *a, day_t as_of)
{
	char iso[11];
	const char *name = arena_printf(cli->arena, "audit-%s", date_iso(as_of, iso));

	if (a->unit)
		name = arena_printf(cli->arena, "%s-%s", name, a->unit);
	for (int i = 0; a->rules && a->rules[i]; i++)
		name = arena_printf(cli->arena, "%s%s%s", name, i ? "+" : "-", a->rules[i]);
	if (a->audience && !str_eq(a->audience, AUDIENCE_DEFAULT))
		name = arena_printf(cli->arena, "%s-%s", name, a->audience);
	return name;
}

/* What the engine says of a rule that failed may have values in it. */
static void audit_hide_errors(const struct audit_session *s, struct audit_result *r)
{
	for (int i = 0; i < r->n_outcomes; i++)
		r->outcomes[i].error = secrecy_error(r->secrecy, s->w->audience, r->outcomes[i].rule,
						     r->outcomes[i].error);
}

/* The files of an audit, side by side: each document has an arena and outputs of its own. */
struct audit_writing {
	struct audit_session *s;
	const struct writer **writers;
	struct audit_report_input in;
	const char *paths[MOST_FILES];
	struct outputs outputs[MOST_FILES];
};

static enum status audit_write_one(void *ctx, int worker, int job, struct err *e)
{
	struct audit_writing *x = ctx;
	const struct writer *w = x->writers[job];
	CLEANUP(arena_cleanup) struct arena *arena = arena_new();
	struct document *d = NULL;
	bool brief = str_eq(w->name, "pdf") || str_eq(w->name, "html"); /* leadership's; the rest is the workbook */
	struct audit_report_input in = x->in;
	enum status st;

	(void)worker;
	/* SARIF alone looks back: all other files are the same whatever else is on record. */
	in.gone = str_eq(w->name, "sarif");
	if (!in.gone)
		in.baseline = 0;
	if ((brief ? audit_brief : audit_workbook)(arena, &in, &d, e) != ST_OK)
		return ST_ERR;
	st = outputs_write(&x->outputs[job], d, w, x->s->w->font_dir, x->paths[job], e);
	audit_document_close(d);
	return st;
}

/* What the findings are held against in the files, and what the two runs are called there. */
static enum status audit_find_baseline(struct cli *cli, struct audit_session *s, const struct audit_result *r,
				       struct audit_report_input *in, struct err *e)
{
	struct run_line *runs = NULL;
	int n = 0;

	if (ledger_seal(s->ledger, &in->content, e) != ST_OK || run_baseline(s->ledger, r->run_id, &in->baseline, e) != ST_OK)
		return ST_ERR;
	if (!in->baseline)
		return ST_OK;
	if (runs_list(cli->arena, s->ledger, &runs, &n, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < n; i++)
		if (runs[i].run == in->baseline)
			in->baseline_content = runs[i].content;
	return ST_OK;
}

static enum status audit_write(struct cli *cli, struct audit_session *s, const struct audit_result *r,
			       const struct writer **writers, const char *base, struct err *e)
{
	const char *slash = strrchr(base, '/');
	struct audit_writing x = { .s = s, .writers = writers };
	enum status st;

	x.in = (struct audit_report_input){
		.workspace = s->w,
		.audience = s->w->audience,
		.result = r,
		.ledger = s->ledger,
		.case_units = s->case_units,
		.account_units = s->account_units,
		.quarantine = s->quarantine,
		.n_quarantine = s->n_quarantine,
		.workbook_name = arena_printf(cli->arena, "%s.xlsx", slash ? slash + 1 : base),
	};
	if (audit_find_baseline(cli, s, r, &x.in, e) != ST_OK)
		return ST_ERR;
	for (; writers[s->n_names]; s->n_names++)
		s->names[s->n_names] = x.paths[s->n_names] =
			arena_printf(cli->arena, "%s%s", base, writers[s->n_names]->extension);
	if (cli->progress)
		fputs("\r\033[Kwriting the files …", stderr);
	st = pool_run(s->jobs, s->n_names, audit_write_one, &x, e);
	for (int i = 0; i < s->n_names; i++)
		outputs_take(&s->outputs, &x.outputs[i]);
	return st;
}

static enum status audit_session_run(struct cli *cli, const struct audit_args *a, day_t as_of,
				     const struct writer **writers, struct audit_session *s,
				     struct audit_result *r, struct err *e)
{
	struct audit_options o = { .as_of = as_of,
				   .unit = a->unit,
				   .rules = (const char *const *)a->rules,
				   .waivers = s->w->waivers,
				   .jobs = s->jobs,
				   .progress = audit_progress,
				   .progress_ctx = cli };
	struct units *cu = NULL, *au = NULL;
	const char *base;

	if (audit_open(cli, s, e) != ST_OK || audit_check_waivers(cli, s, e) != ST_OK || ledger_begin(s->ledger, e) != ST_OK)
		return ST_ERR;
	if (audit_run(cli->arena, s->w->rules, s->w->terms, s->w->workdays, s->cases, s->accounts, s->ledger, &o,
		      r, e) != ST_OK)
		return ST_ERR;
	audit_hide_errors(s, r);
	if (store_set_as_of(s->cases, as_of, e) != ST_OK || store_set_as_of(s->accounts, as_of, e) != ST_OK ||
	    units_load(cli->arena, s->cases, &cu, e) != ST_OK || units_load(cli->arena, s->accounts, &au, e) != ST_OK)
		return ST_ERR;
	s->case_units = cu;
	s->account_units = au;
	base = arena_printf(cli->arena, "%s/%s", a->out ? a->out : s->w->out_dir, audit_name(cli, a, as_of));
	if (audit_write(cli, s, r, writers, base, e) != ST_OK)
		return ST_ERR;
	/* The run is on record only when its files are safely on the disk, and before they are in place. */
	if (ledger_commit(s->ledger, e) != ST_OK)
		return ST_ERR;
	return outputs_commit(&s->outputs, e);
}

static void audit_print_end(struct cli *cli, const struct audit_session *s, day_t as_of)
{
	const struct workdays *w = s->w->workdays;
	char from[11];
	int64_t rows = 0;

	if (w->provisional_from != DAY_NONE && as_of >= w->provisional_from)
		printf("note: the calendar from %s on is provisional; due days may move when the notice is out (rules/calendar.xml)\n",
		       date_iso(w->provisional_from, from));

	for (int i = 0; i < s->n_quarantine; i++)
		rows += s->quarantine[i].rows;
	printf("in quarantine: %s rows of the extracts\n", cli_number(cli, rows));
	for (int i = 0; i < s->n_names; i++)
		printf("wrote %s\n", s->names[i]);
}

static int audit_command(struct cli *cli, const void *v, char **operands, int n)
{
	const struct audit_args *a = v;
	struct audit_session s = { 0 };
	struct audit_result r = { 0 };
	struct err e = ERR_INIT;
	const struct writer *no_writers[] = { NULL }, **writers;
	enum status st;
	day_t as_of;

	if (n)
		return cli_usage(&cmd_audit, "unexpected argument '%s'", operands[0]);
	if (!a->as_of)
		return cli_usage(&cmd_audit, "--as-of DATE is missing");
	if (!cli_date("--as-of", a->as_of, &as_of))
		return EXIT_FAILED;
	if (a->explain_plan)
		return cli_explain_plan(cli, &(struct audit_options){ .as_of = as_of, .unit = a->unit,
								      .rules = (const char *const *)a->rules });
	writers = a->format && str_eq(a->format, "none") ? no_writers :
			  cli_writers(cli, a->format ? a->format : "xlsx,pdf,jsonl");
	if (!writers || !cli_jobs(a->jobs, &s.jobs) || !cli_workspace(cli, true, false, &s.w))
		return EXIT_FAILED;
	if (a->audience && audience_find(&s.w->audiences, a->audience, &s.w->audience, &e) != ST_OK)
		return cli_fail(&e);
	st = audit_session_run(cli, a, as_of, writers, &s, &r, &e);
	if (cli->progress)
		fputs("\r\033[K", stderr);
	if (st == ST_OK) {
		audit_table(cli, &r);
		audit_print_end(cli, &s, as_of);
	}
	audit_close(&s);
	if (st != ST_OK)
		return cli_fail(&e);
	return r.found || r.indeterminate || r.errors ? EXIT_FOUND : EXIT_DONE;
}

const struct command cmd_audit = {
	.name = "audit",
	.operands = "",
	.summary = "run the rules; write the audit workbook, the brief and JSON Lines",
	.more = "Exit code 2 when something was found, is indeterminate or a rule could not run.",
	.opts = audit_opts,
	.args_size = sizeof(struct audit_args),
	.run = audit_command,
};
