/* rasoat explain FORM!ROW!COLUMN: a figure and the rows behind it. */
#include "explain.h"

#include <rasoat/form.h>
#include <rasoat/secrecy.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One row a line, whatever is in the cells. */
static void explain_cell(int column, const char *text)
{
	if (column)
		putchar('\t');
	for (; *text; text++)
		putchar(*text == '\n' || *text == '\r' || *text == '\t' ? ' ' : *text);
}

static enum status explain_rows(struct stmt *st, const bool *hidden, int64_t *count, struct err *e)
{
	enum step step;

	for (int i = 0; i < stmt_columns(st); i++)
		printf("%s%s", i ? "\t" : "", stmt_column_name(st, i));
	putchar('\n');
	while ((step = stmt_step(st, e)) == STEP_ROW) {
		for (int i = 0; i < stmt_columns(st); i++)
			explain_cell(i, hidden[i] && !stmt_is_null(st, i) ? SECRECY_MASK : stmt_text(st, i));
		putchar('\n');
		(*count)++;
	}
	return step == STEP_DONE ? ST_OK : ST_ERR;
}

static enum status explain_figure_rows(struct cli *cli, struct workspace *w, const struct explain_args *a,
				       const char *id, const char *row, int n, struct err *e)
{
	CLEANUP(store_cleanup) struct store *s = NULL;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	const struct template *t = NULL;
	struct period p = { .year = 0 };
	struct form *f = NULL;
	const char *table = NULL;
	const bool *hidden = NULL;
	int64_t rows = 0;

	for (int i = 0; i < w->templates->n_items && !t; i++)
		if (str_eq(w->templates->items[i]->id, id))
			t = w->templates->items[i];
	if (t && (period_parse(a->period, t->calendar, &p, e) != ST_OK))
		return ST_ERR;
	if (template_find(w->templates, id, t ? p.to : 0, &t, e) != ST_OK ||
	    store_open(t->store == STORE_CASES ? w->cases_uri : w->accounts_uri, t->store, STORE_READ, &s, e) != ST_OK)
		return ST_ERR;
	store_set_workdays(s, w->workdays);
	if (form_compute(cli->arena, w, t, &p, p.to, a->unit ? a->unit : w->agency.unit_id, s, &f, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < f->n_tables && !table; i++)
		for (int c = 0; c < f->tables[i].table->n_columns; c++)
			if (f->tables[i].table->columns[c].n == n) {
				table = f->tables[i].table->id;
				for (int k = 0; k < f->tables[i].n_rows; k++)
					if (str_eq(f->tables[i].rows[k].key, row))
						printf("%s!%s!%d, %s: %lld\n", id, row, n, f->tables[i].rows[k].label,
						       (long long)f->tables[i].values[k * f->tables[i].table->n_columns + c]);
			}
	if (!table)
		return err_set(e, "%s: the form has no column %d", id, n);
	if (form_drill(cli->arena, f, table, row, n, s, &st, e) != ST_OK ||
	    form_drill_hidden(cli->arena, f, table, n, st, &hidden, e) != ST_OK ||
	    explain_rows(st, hidden, &rows, e) != ST_OK)
		return f->set->classified ? err_set(e, "%s: %s", t->file, SECRECY_ERROR) : ST_ERR;
	printf("%lld rows\n", (long long)rows);
	return ST_OK;
}

int explain_figure(struct cli *cli, const struct explain_args *a, char *address)
{
	struct workspace *w = NULL;
	struct err e = ERR_INIT;
	char *row = strchr(address, '!'), *column, *end;
	long n;

	*row++ = '\0';
	column = strchr(row, '!');
	if (!a->period)
		return cli_usage(&cmd_explain, "--period PERIOD is missing");
	if (!column)
		return cli_usage(&cmd_explain, "want FORM!ROW!COLUMN, for example 01-TCD!48!5");
	*column++ = '\0';
	n = strtol(column, &end, 10);
	if (end == column || *end)
		return cli_usage(&cmd_explain, "'%s' is no column number", column);
	if (!explain_workspace(cli, a, true, &w))
		return EXIT_FAILED;
	if (explain_figure_rows(cli, w, a, address, row, (int)n, &e) != ST_OK)
		return cli_fail(&e);
	return EXIT_DONE;
}
