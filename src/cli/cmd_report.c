/* rasoat report: statutory forms from templates. */
#include "cli.h"

#include <rasoat/form.h>
#include <rasoat/import.h>

#include <stdio.h>
#include <string.h>

struct report_args {
	const char *period, *unit, *as_of, *format, *out;
};

static const struct opt report_opts[] = {
	{ "period", 'p', OPT_TEXT, "PERIOD", offsetof(struct report_args, period),
	  "2026-Q3, 2026-H1, 2026-9M or 2026 (required)" },
	{ "unit", 'u', OPT_TEXT, "CODE", offsetof(struct report_args, unit),
	  "the report of this unit; default the agency's of rasoat.xml" },
	{ "as-of", 'd', OPT_TEXT, "DATE", offsetof(struct report_args, as_of),
	  "a day before the period's last: the report is a draft" },
	{ "format", 'f', OPT_TEXT, "LIST", offsetof(struct report_args, format),
	  "xlsx, pdf, text, jsonl; default xlsx,pdf" },
	{ "output", 'o', OPT_TEXT, "DIR", offsetof(struct report_args, out), "where the files go; default out/" },
	{ 0 },
};

static enum status report_as_of(const struct report_args *a, const struct period *p, day_t *ret, struct err *e)
{
	char day[11], last[11];

	*ret = p->to;
	if (!a->as_of)
		return ST_OK;
	if (!date_parse_any(a->as_of, strlen(a->as_of), ret))
		return err_set(e, "--as-of: \"%s\" is not a date (want YYYY-MM-DD or dd/mm/yyyy)", a->as_of);
	if (*ret > p->to)
		return err_set(e, "--as-of: %s is after the period's last day, %s; the figures of a period are those of its last day",
			       date_dmy(*ret, day), date_dmy(p->to, last));
	return ST_OK;
}

static void report_print(struct cli *cli, const struct form *f, const char *const *names, int n)
{
	char from[11], to[11];

	printf("%s, %s (%s - %s)\n", f->template->id, period_title(cli->arena, &f->period),
	       date_dmy(f->period.from, from), date_dmy(f->period.to, to));
	for (int t = 0; t < f->n_tables; t++) {
		const struct figure_table *ft = &f->tables[t];
		CLEANUP(str_free) struct str line = STR_INIT;

		str_addf(&line, "  %d rows; totals:", ft->n_rows);
		for (int c = 0; c < ft->table->n_columns; c++)
			str_addf(&line, " (%d) %s", ft->table->columns[c].n, cli_number(cli, ft->totals[c]));
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
	for (int i = 0; i < n; i++)
		printf("wrote %s\n", names[i]);
}

struct report_job {
	const struct report_args *args;
	const struct workspace *w;
	const struct writer **writers;
	const char *form;
	struct period period;
	const struct template *template;
	struct outputs outputs; /* of all forms: put in place together, when the last is written */
};

/* What is told of a form once the files are in place. */
struct report_done {
	struct form *form;
	const char *names[8];
	int n_names;
};

static enum status report_find(struct report_job *j, struct err *e)
{
	struct period p;
	const struct template *any = NULL;

	/* Which calendar the period follows is the template's to say; the version, the period's. */
	for (int i = 0; i < j->w->templates->n_items && !any; i++)
		if (str_eq(j->w->templates->items[i]->id, j->form))
			any = j->w->templates->items[i];
	if (!any)
		return template_find(j->w->templates, j->form, 0, &j->template, e);
	if (period_parse(j->args->period, any->calendar, &p, e) != ST_OK ||
	    template_find(j->w->templates, j->form, p.to, &j->template, e) != ST_OK)
		return ST_ERR;
	j->period = p;
	if (!(j->template->periods & (1u << p.kind)))
		return err_set(e, "%s: the form is not made for %s; see its periods= in %s", j->form, j->args->period,
			       j->template->file);
	return ST_OK;
}

static const char *report_path(struct cli *cli, const struct report_job *j, const struct writer *w)
{
	return arena_printf(cli->arena, "%s/%s-%s%s%s%s", j->args->out ? j->args->out : j->w->out_dir, j->form,
			    j->args->period, j->args->unit ? "-" : "", j->args->unit ? j->args->unit : "",
			    w->extension);
}

static enum status report_write(struct cli *cli, struct report_job *j, struct store *s, struct report_done *done,
				struct err *e)
{
	const char *unit = j->args->unit ? j->args->unit : j->w->agency.unit_id;
	enum status st = ST_OK;
	day_t as_of;

	if (report_as_of(j->args, &j->period, &as_of, e) != ST_OK ||
	    form_compute(cli->arena, j->w, j->template, &j->period, as_of, unit, s, &done->form, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; j->writers[i] && st == ST_OK; i++) {
		const char *path = report_path(cli, j, j->writers[i]);
		struct document *d = NULL;

		st = form_document(cli->arena, j->w, done->form, s, &d, e);
		if (st == ST_OK)
			st = outputs_write(&j->outputs, d, j->writers[i], j->w->font_dir, path, e);
		form_document_close(d);
		done->names[done->n_names++] = path;
	}
	return st;
}

static enum status report_one(struct cli *cli, struct report_job *j, struct report_done *done, struct err *e)
{
	CLEANUP(store_cleanup) struct store *s = NULL;
	bool cases, imported = false;

	if (report_find(j, e) != ST_OK)
		return ST_ERR;
	cases = j->template->store == STORE_CASES;
	if (store_open(cases ? j->w->cases_uri : j->w->accounts_uri, j->template->store, STORE_READ, &s, e) != ST_OK)
		return ST_ERR;
	if (store_has_imports(s, &imported, e) != ST_OK)
		return ST_ERR;
	if (!imported)
		return err_set(e, CLI_NO_IMPORT, j->w->dir);
	store_set_workdays(s, j->w->workdays);
	return report_write(cli, j, s, done, e);
}

static enum status report_all(struct cli *cli, struct report_job *j, char **forms, int n, struct report_done *done,
			      struct err *e)
{
	for (int i = 0; i < n; i++) {
		j->form = forms[i];
		if (report_one(cli, j, &done[i], e) != ST_OK)
			return ST_ERR;
	}
	return outputs_commit(&j->outputs, e);
}

static int report_command(struct cli *cli, const void *v, char **operands, int n)
{
	const struct report_args *a = v;
	struct err e = ERR_INIT;
	struct workspace *w = NULL;
	struct report_job j = { .args = a };
	struct report_done *done = ARENA_ARRAY(cli->arena, (size_t)n + 1, struct report_done);
	bool draft = false;
	enum status st;

	if (n == 0)
		return cli_usage(&cmd_report, "want the form: the name of a template");
	if (!a->period)
		return cli_usage(&cmd_report, "--period PERIOD is missing");
	j.writers = cli_writers(cli, a->format ? a->format : "xlsx,pdf");
	if (!j.writers || !cli_workspace(cli, true, true, &w))
		return EXIT_FAILED;
	j.w = w;
	st = report_all(cli, &j, operands, n, done, &e);
	outputs_drop(&j.outputs);
	if (st != ST_OK)
		return cli_fail(&e);
	for (int i = 0; i < n; i++) {
		report_print(cli, done[i].form, done[i].names, done[i].n_names);
		draft |= done[i].form->draft != NULL || done[i].form->failed_checks > 0;
	}
	return draft ? EXIT_FOUND : EXIT_DONE;
}

const struct command cmd_report = {
	.name = "report",
	.operands = "FORM...",
	.summary = "write a statutory form: 01-TCD, 02-XLD, 907 or another template",
	.more = "Exit code 2 when a form is a draft: a check failed, records are undecided or in quarantine.",
	.opts = report_opts,
	.args_size = sizeof(struct report_args),
	.run = report_command,
};
