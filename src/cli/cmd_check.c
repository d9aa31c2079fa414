/* rasoat check: rules, terms, calendar and templates, and every rule's examples. */
#include "cli.h"

#include <rasoat/audit.h>
#include <rasoat/form.h>

#include <stdio.h>

struct check_args {
	bool quiet;
};

static const struct opt check_opts[] = {
	{ "quiet", 'q', OPT_FLAG, NULL, offsetof(struct check_args, quiet), "print problems only" },
	{ 0 },
};

struct check_counts {
	int rules, examples, templates;
};

/* Any day will do to prepare statements. */
static enum status check_as_of(struct store *s, day_t *ret, struct err *e)
{
	day_t day;

	if (!date_from_ymd(2026, 1, 1, &day))
		return err_set(e, "no such day");
	*ret = day;
	return store_set_as_of(s, day, e);
}

static void check_rules(const struct workspace *w, struct example_bench *b, struct diags *d,
			struct check_counts *c)
{
	for (int i = 0; i < w->rules->n_rules; i++) {
		const struct rule *r = w->rules->rules[i];
		size_t before = d->errors;
		int ran = 0;

		example_prepare(b, r, d);
		if (d->errors == before)
			example_run(b, r, d, &ran);
		c->rules++;
		c->examples += ran;
	}
}

static enum status check_templates(const struct workspace *w, struct example_bench *b, struct diags *d,
				   struct check_counts *c, struct err *e)
{
	for (int i = 0; i < w->templates->n_items; i++) {
		const struct template *t = w->templates->items[i];
		struct store *s = example_store(b, t->store);
		day_t any;

		if (check_as_of(s, &any, e) != ST_OK || store_set_scope(s, NULL, e) != ST_OK)
			return ST_ERR;
		form_prepare(t, s, d);
		form_index_warn(t, s, d);
		c->templates++;
	}
	return ST_OK;
}

/* The examples ran on an embedded store; a server must read the same SQL, and read it the same way. */
static enum status check_server(const struct workspace *w, enum store_kind kind, struct diags *d, struct err *e)
{
	const char *uri = kind == STORE_CASES ? w->cases_uri : w->accounts_uri;
	CLEANUP(store_cleanup) struct store *s = NULL;
	day_t any = 0;

	if (!str_starts(uri, "postgresql:"))
		return ST_OK;
	if (store_open(uri, kind, STORE_READ, &s, e) != ST_OK)
		return ST_ERR;
	store_set_workdays(s, w->workdays);
	if (check_as_of(s, &any, e) != ST_OK || store_set_scope(s, NULL, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < w->rules->n_rules; i++)
		if (w->rules->rules[i]->store == kind)
			rule_plan(s, w->rules->rules[i], any, d);
	for (int i = 0; i < w->templates->n_items; i++)
		if (w->templates->items[i]->store == kind)
			form_prepare(w->templates->items[i], s, d);
	return ST_OK;
}

static enum status check_all(struct cli *cli, struct diags *d, struct check_counts *c, struct err *e)
{
	struct workspace *w = NULL;
	struct example_bench *b = NULL;
	struct err ignored = ERR_INIT;
	enum status st;

	if (workspace_open(cli->arena, cli->dir, &w, d, e) != ST_OK)
		return ST_ERR;
	/* Both are read to the end, so that one run shows all there is to mend. */
	st = workspace_load_rules(cli->arena, w, d, e);
	if (workspace_load_templates(cli->arena, w, d, st == ST_OK ? e : &ignored) != ST_OK || st != ST_OK)
		return ST_ERR;
	if (example_bench_open(w->terms, w->workdays, &b, e) != ST_OK)
		return ST_ERR;
	check_rules(w, b, d, c);
	st = check_templates(w, b, d, c, e);
	example_bench_close(b);
	if (st == ST_OK && d->errors == 0)
		st = check_server(w, STORE_CASES, d, e);
	if (st == ST_OK && d->errors == 0)
		st = check_server(w, STORE_ACCOUNTS, d, e);
	return st;
}

static void print_counts(const struct check_counts *c, size_t warnings)
{
	printf("%d rules with %d examples, %d templates: no ", c->rules, c->examples, c->templates);
	if (warnings)
		printf("error, %zu warning%s\n", warnings, warnings == 1 ? "" : "s");
	else
		printf("problem found\n");
}

static int check_run(struct cli *cli, const void *v, char **operands, int n)
{
	const struct check_args *a = v;
	struct err e = ERR_INIT;
	struct diags d;
	struct check_counts c = { 0 };
	enum status st;

	if (n)
		return cli_usage(&cmd_check, "unexpected argument '%s'", operands[0]);
	diags_init(&d, cli->arena);
	st = check_all(cli, &d, &c, &e);
	cli_diags(&d);
	if (st != ST_OK && d.errors == 0)
		return cli_fail(&e);
	if (d.errors) {
		fprintf(stderr, "rasoat: %zu problem%s; correct the file and line named\n", d.errors,
			d.errors == 1 ? "" : "s");
		return EXIT_FAILED;
	}
	if (!a->quiet)
		print_counts(&c, d.count);
	return EXIT_DONE;
}

const struct command cmd_check = {
	.name = "check",
	.operands = "",
	.summary = "check rules and templates and run the rules' examples",
	.opts = check_opts,
	.args_size = sizeof(struct check_args),
	.run = check_run,
};
