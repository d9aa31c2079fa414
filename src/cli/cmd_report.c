/* rasoat report: statutory forms from templates. */
#include "report.h"

#include <stdio.h>

struct report_args {
	const char *text, *period, *unit, *each, *as_of, *audience, *format, *out, *jobs;
};

static const struct opt report_opts[] = {
	{ "period", 'p', OPT_TEXT, "PERIOD", offsetof(struct report_args, period),
	  "2026-Q3, 2026-H1, 2026-9M, 2026, 2026-07, 2026-C3 or 2026-01-05..2026-03-10 (required)" },
	{ "unit", 'u', OPT_TEXT, "CODE", offsetof(struct report_args, unit),
	  "the report of this unit; default the agency's of rasoat.xml" },
	{ "each", 'e', OPT_TEXT, "LEVEL", offsetof(struct report_args, each),
	  "a report of every unit of this level below it: central, region, province, district, local" },
	{ "as-of", 'd', OPT_TEXT, "DATE", offsetof(struct report_args, as_of),
	  "a day before the period's last: the report is a draft" },
	{ "format", 'f', OPT_TEXT, "LIST", offsetof(struct report_args, format),
	  "xlsx, pdf, text, jsonl; default xlsx,pdf" },
	{ "audience", 'a', OPT_TEXT, "NAME", offsetof(struct report_args, audience),
	  "for whom the files are: internal, leadership, public, or of rasoat.xml; default internal" },
	{ "text", 't', OPT_TEXT, "FILE", offsetof(struct report_args, text),
	  "paragraphs for the places that the report leaves its author: sections [name]" },
	{ "output", 'o', OPT_TEXT, "DIR", offsetof(struct report_args, out), "where the files go; default out/" },
	{ "jobs", 'j', OPT_TEXT, "N", offsetof(struct report_args, jobs),
	  "forms and files side by side; the results are the same; default: the number of processors" },
	{ 0 },
};

static void print_period(struct cli *cli, const struct report_form *f)
{
	char from[11], to[11];

	printf("%s, %s (%s - %s)", f->id, period_title(cli->arena, &f->period), date_dmy(f->period.from, from),
	       date_dmy(f->period.to, to));
}

/* As print shows it: money in triệu đồng, and what is no number. */
static void add_total(struct cli *cli, struct str *out, const struct figure_table *ft, int column)
{
	static const char *const words[] = { [CELL_BLANK] = "?", [CELL_NA] = "-", [CELL_HIDDEN] = "***" };
	const struct template_column *col = &ft->table->columns[column];
	int64_t total = col->million ? cell_millions(ft->totals[column]) : ft->totals[column];

	str_addf(out, " (%d) %s", col->n,
		 ft->total_states[column] == CELL_INT ? cli_number(cli, total) : words[ft->total_states[column]]);
}

static void print_form(struct cli *cli, const struct form *f)
{
	for (int t = 0; t < f->n_tables; t++) {
		const struct figure_table *ft = &f->tables[t];
		CLEANUP(str_free) struct str line = STR_INIT;

		str_addf(&line, "  %d rows; totals:", ft->n_rows);
		for (int c = 0; c < ft->table->n_columns; c++)
			add_total(cli, &line, ft, c);
		puts(line.p);
	}
	printf("  checks: %d passed, %d failed; undecided records: %s; in quarantine: %s\n",
	       f->n_checks - f->failed_checks, f->failed_checks, cli_number(cli, f->undecided),
	       cli_number(cli, f->quarantined));
	for (int i = 0; i < f->n_checks; i++) {
		const struct check_result *k = &f->checks[i];

		if (!k->ok)
			printf("  %s failed: %s; %s: %s against %s\n", k->check->code, k->check->message,
			       k->where ? k->where : "", cli_number(cli, k->left), cli_number(cli, k->right));
	}
	if (f->draft)
		printf("  %s\n", f->draft);
}

/* One form with its figures; of many, one line. */
static void print_set(struct cli *cli, const struct report *r, const struct report_form *f)
{
	int files = 0, drafts = 0, failed = 0;

	print_period(cli, f);
	if (!r->each) {
		putchar('\n');
		print_form(cli, &f->set->forms[0]);
	}
	for (int i = 0; i < r->n_files; i++) {
		if (r->files[i].form->set != f->set)
			continue;
		files++;
		if (!r->each)
			printf("wrote %s\n", r->files[i].path);
	}
	for (int i = 0; i < f->set->n_forms; i++) {
		drafts += f->set->forms[i].draft != NULL;
		failed += f->set->forms[i].failed_checks;
	}
	if (r->each)
		printf(": %s units, %s files, %s drafts, %s failed checks\n", cli_number(cli, f->set->n_forms),
		       cli_number(cli, files), cli_number(cli, drafts), cli_number(cli, failed));
}

static bool print_report(struct cli *cli, const struct report *r)
{
	bool found = false;

	for (int i = 0; i < r->n_forms; i++) {
		print_set(cli, r, &r->forms[i]);
		for (int k = 0; k < r->forms[i].set->n_forms; k++)
			found |= r->forms[i].set->forms[k].draft != NULL || r->forms[i].set->forms[k].failed_checks > 0;
	}
	if (r->manifest)
		printf("wrote %s files and their list, %s\n", cli_number(cli, r->n_files), r->manifest);
	return found;
}

static int report_command(struct cli *cli, const void *v, char **operands, int n)
{
	const struct report_args *a = v;
	struct err e = ERR_INIT;
	struct workspace *w = NULL;
	struct report r = { .cli = cli, .period = a->period, .unit = a->unit, .each = a->each, .as_of = a->as_of,
			    .out = a->out, .text = a->text };
	int code;

	if (n == 0)
		return cli_usage(&cmd_report, "want the form: the name of a template");
	if (!a->period)
		return cli_usage(&cmd_report, "--period PERIOD is missing");
	r.writers = cli_writers(cli, a->format ? a->format : "xlsx,pdf");
	if (!r.writers || !cli_jobs(a->jobs, &r.jobs) || !cli_workspace(cli, true, true, &w))
		return EXIT_FAILED;
	if (a->audience && audience_find(&w->audiences, a->audience, &w->audience, &e) != ST_OK)
		return cli_fail(&e);
	r.w = w;
	if (report_run(&r, operands, n, &e) != ST_OK)
		code = cli_fail(&e);
	else
		code = print_report(cli, &r) ? EXIT_FOUND : EXIT_DONE;
	report_close(&r);
	return code;
}

const struct command cmd_report = {
	.name = "report",
	.operands = "FORM...",
	.summary = "write a statutory form: 01-TCD, 02-XLD, 907 or another template",
	.more = "With --each all files come with a list, pack-PERIOD-LEVEL.tsv. Exit code 2 when a form is a draft: a check\n"
		"failed, records are undecided or in quarantine.",
	.opts = report_opts,
	.args_size = sizeof(struct report_args),
	.run = report_command,
};
