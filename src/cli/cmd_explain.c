/*
 * rasoat explain: walks a finding back to its evidence and law, a figure back to its rows, and a
 * statutory clock back to its segments (explain_clock.c).
 */
#include "explain.h"

#include <rasoat/audit.h>
#include <rasoat/form.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct opt explain_opts[] = {
	{ "as-of", 'd', OPT_TEXT, "DATE", offsetof(struct explain_args, as_of), "for findings and cases: the audit's day" },
	{ "period", 'p', OPT_TEXT, "PERIOD", offsetof(struct explain_args, period), "for figures: the form's period" },
	{ "unit", 'u', OPT_TEXT, "CODE", offsetof(struct explain_args, unit), "for figures: the form's unit" },
	{ "sql", 0, OPT_FLAG, NULL, offsetof(struct explain_args, sql), "for findings: print the rule's query too" },
	{ 0 },
};

void explain_basis(const struct basis *b, int n)
{
	static const char *const marks[] = { "", " [inference]", " [from memory]" };

	for (int i = 0; i < n; i++)
		printf("law:     %s%s%s%s%s%s\n", b[i].document, b[i].date ? ", " : "", b[i].date ? b[i].date : "",
		       b[i].clause ? ", " : "", b[i].clause ? b[i].clause : "", marks[b[i].mark]);
}

static void explain_finding_print(const struct finding *f, const struct rule *r)
{
	printf("%s  %s\n", r->id, r->title);
	explain_basis(r->bases, r->n_bases);
	printf("rule:    %s:%d\n", r->file, r->line);
	printf("verdict: %s%s%s\nkey:     %s\nfinding: %s\nunit:    %s\nsince:   %s\n", verdict_words[f->verdict],
	       f->reason ? ": " : "", f->reason ? f->reason : "", f->key, f->fingerprint, f->unit ? f->unit : "-",
	       f->since ? f->since : "-");
	for (int i = 0; i < f->n_fields; i++)
		printf("  %s: %s\n", r->fields[i].label, f->fields[i] ? f->fields[i] : "-");
	printf("message: %s\nremedy:  %s\n", f->message, r->remedy);
}

/* Runs `only` (or all rules) into a ledger in memory: explaining leaves no trace. */
static enum status explain_find(struct cli *cli, struct workspace *w, struct store *cases, struct store *accounts,
				struct ledger *l, const char *only, const char *want, day_t as_of, bool *ret_found,
				struct err *e)
{
	const char *ids[] = { only, NULL };
	struct audit_options o = { .as_of = as_of, .rules = only ? ids : NULL };
	struct audit_result r = { 0 };

	if (ledger_begin(l, e) != ST_OK ||
	    audit_run(cli->arena, w->rules, w->terms, w->workdays, cases, accounts, l, &o, &r, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < r.n_outcomes; i++) {
		const struct rule *rule = r.outcomes[i].rule, *of;
		struct finding_cursor *c = NULL;
		struct finding f;
		int step;

		if (r.outcomes[i].error)
			return err_set(e, "rule %s could not run: %s", rule->id, r.outcomes[i].error);
		if (finding_cursor_open(l, r.run_id, rule, w->rules, ORDER_KEY, &c, e) != ST_OK)
			return ST_ERR;
		while ((step = finding_next(c, &f, &of, e)) == 1)
			if (str_eq(only ? f.key : f.fingerprint, want)) {
				explain_finding_print(&f, rule);
				*ret_found = true;
			}
		finding_cursor_close(c);
		if (step < 0)
			return ST_ERR;
	}
	return ST_OK;
}

static int explain_finding(struct cli *cli, const struct explain_args *a, const char *rule, const char *key)
{
	CLEANUP(store_cleanup) struct store *cases = NULL;
	CLEANUP(store_cleanup) struct store *accounts = NULL;
	CLEANUP(ledger_cleanup) struct ledger *l = NULL;
	struct workspace *w = NULL;
	struct err e = ERR_INIT;
	bool found = false;
	day_t as_of;

	if (!a->as_of)
		return cli_usage(&cmd_explain, "--as-of DATE is missing");
	if (!cli_date("--as-of", a->as_of, &as_of) || !cli_workspace(cli, true, false, &w))
		return EXIT_FAILED;
	if (store_open(w->cases_uri, STORE_CASES, STORE_READ, &cases, &e) != ST_OK ||
	    store_open(w->accounts_uri, STORE_ACCOUNTS, STORE_READ, &accounts, &e) != ST_OK ||
	    ledger_open("sqlite::memory:", &l, &e) != ST_OK)
		return cli_fail(&e);
	store_set_workdays(cases, w->workdays);
	store_set_workdays(accounts, w->workdays);
	if (explain_find(cli, w, cases, accounts, l, rule, key, as_of, &found, &e) != ST_OK)
		return cli_fail(&e);
	if (found && rule && a->sql) {
		CLEANUP(str_free) struct str sql = STR_INIT;

		audit_query(rules_find(w->rules, rule), false, &sql);
		printf("query:\n%s\n", sql.p);
	}
	if (!found)
		printf("no finding: %s%s%s passes, or is not looked at, on %s\n", rule ? rule : "", rule ? ":" : "", key,
		       a->as_of);
	return EXIT_DONE;
}

/* One row a line, whatever is in the cells. */
static void explain_cell(int column, const char *text)
{
	if (column)
		putchar('\t');
	for (; *text; text++)
		putchar(*text == '\n' || *text == '\r' || *text == '\t' ? ' ' : *text);
}

static enum status explain_rows(struct stmt *st, int64_t *count, struct err *e)
{
	enum step step;

	for (int i = 0; i < stmt_columns(st); i++)
		printf("%s%s", i ? "\t" : "", stmt_column_name(st, i));
	putchar('\n');
	while ((step = stmt_step(st, e)) == STEP_ROW) {
		for (int i = 0; i < stmt_columns(st); i++)
			explain_cell(i, stmt_text(st, i));
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
	if (form_drill(cli->arena, f, table, row, n, s, &st, e) != ST_OK || explain_rows(st, &rows, e) != ST_OK)
		return ST_ERR;
	printf("%lld rows\n", (long long)rows);
	return ST_OK;
}

static int explain_figure(struct cli *cli, const struct explain_args *a, char *address)
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
	if (!cli_workspace(cli, true, true, &w))
		return EXIT_FAILED;
	if (explain_figure_rows(cli, w, a, address, row, (int)n, &e) != ST_OK)
		return cli_fail(&e);
	return EXIT_DONE;
}

static int explain_run(struct cli *cli, const void *v, char **operands, int n)
{
	const struct explain_args *a = v;
	char *what, *colon;

	if (n != 1)
		return cli_usage(&cmd_explain, "want one thing to explain");
	what = operands[0];
	if (strchr(what, '!'))
		return explain_figure(cli, a, what);
	colon = strchr(what, ':');
	if (!colon)
		return explain_finding(cli, a, NULL, what);
	*colon = '\0';
	if (strcmp(what, "case") == 0)
		return explain_clock(cli, a, colon + 1);
	return explain_finding(cli, a, what, colon + 1);
}

const struct command cmd_explain = {
	.name = "explain",
	.operands = "RULE:KEY|FINDING|FORM!ROW!COLUMN|case:ID",
	.summary = "walk a finding, a figure or a clock back to its rows and its law",
	.more = "  rasoat explain ACC-01:TK-A1-12 --as-of 2026-10-05     a finding by rule and key, or by its code\n"
		"  rasoat explain '01-TCD!48!5' --period 2026-Q3         the rows behind a figure\n"
		"  rasoat explain case:VV-C5-03 --as-of 2026-10-05       the clocks of a case, segment by segment",
	.opts = explain_opts,
	.args_size = sizeof(struct explain_args),
	.run = explain_run,
};
