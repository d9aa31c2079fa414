/* rasoat check: rules, terms, calendar and templates, and every rule's examples. */
#include "cli.h"

#include <rasoat/audit.h>
#include <rasoat/form.h>
#include <rasoat/pool.h>
#include <rasoat/secrecy.h>

#include <stdio.h>

struct check_args {
	bool quiet;
	const char *jobs;
};

static const struct opt check_opts[] = {
	{ "quiet", 'q', OPT_FLAG, NULL, offsetof(struct check_args, quiet), "print problems only" },
	{ "jobs", 'j', OPT_TEXT, "N", offsetof(struct check_args, jobs),
	  "rules side by side; the messages are the same; default: the number of processors" },
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

/* One rule, or one template, is one job; each thread has a bench and an arena of its own. */
struct check_lane {
	struct example_bench *bench;
	struct arena *arena;
};

struct check_job {
	struct diags d; /* in its lane's arena */
	int examples;
};

struct check {
	const struct workspace *w;
	struct secrecy *secrecy; /* of the rules */
	struct check_lane *lanes;
	struct check_job *jobs; /* the rules, then the templates */
};

static void check_rule(const struct check *c, const struct rule *r, struct example_bench *b, struct check_job *job)
{
	secrecy_check(c->secrecy, r, &job->d);
	if (job->d.errors == 0)
		example_prepare(b, r, &job->d);
	if (job->d.errors == 0)
		example_run(b, r, &job->d, &job->examples);
}

static enum status check_template(const struct template *t, struct example_bench *b,
				  struct check_job *job, struct err *e)
{
	struct store *s = example_store(b, t->store);
	day_t any;

	if (check_as_of(s, &any, e) != ST_OK || store_set_scope(s, NULL, e) != ST_OK)
		return ST_ERR;
	form_secrecy_check(t, &job->d);
	if (store_set_clearance(s, t->clearance != NULL, e) != ST_OK)
		return ST_ERR;
	if (job->d.errors == 0)
		form_prepare(t, s, &job->d);
	form_index_warn(t, s, &job->d);
	return ST_OK;
}

static enum status check_one(void *ctx, int worker, int at, struct err *e)
{
	const struct check *c = ctx;
	struct check_lane *lane = &c->lanes[worker];
	struct check_job *job = &c->jobs[at];
	int n_rules = c->w->rules->n_rules;

	if (!lane->bench && example_bench_open(c->w->terms, c->w->workdays, &lane->bench, e) != ST_OK)
		return ST_ERR;
	if (!lane->arena)
		lane->arena = arena_new();
	diags_init(&job->d, lane->arena);
	if (at >= n_rules)
		return check_template(c->w->templates->items[at - n_rules], lane->bench, job, e);
	check_rule(c, c->w->rules->rules[at], lane->bench, job);
	return ST_OK;
}

/* In the order of the files, whoever checked what. */
static void take_diags(struct diags *d, const struct diags *from)
{
	for (size_t i = 0; i < from->count; i++) {
		const struct diag *g = &from->items[i];

		(g->warning ? diag_warn : diag_error)(d, g->file, g->line, "%s", g->text);
	}
}

static enum status check_content(const struct workspace *w, int jobs, struct diags *d,
				 struct check_counts *n, struct arena *a, struct err *e)
{
	int n_rules = w->rules->n_rules, all = n_rules + w->templates->n_items;
	struct check c = { .w = w,
			   .lanes = ARENA_ARRAY(a, (size_t)jobs, struct check_lane),
			   .jobs = ARENA_ARRAY(a, (size_t)all + 1, struct check_job) };
	enum status st = secrecy_open(a, w->rules, NULL, &c.secrecy, e);

	if (st == ST_OK)
		st = pool_run(jobs, all, check_one, &c, e);

	for (int i = 0; i < all; i++) {
		take_diags(d, &c.jobs[i].d);
		n->examples += c.jobs[i].examples;
	}
	n->rules = n_rules;
	n->templates = w->templates->n_items;
	for (int i = 0; i < jobs; i++) {
		example_bench_close(c.lanes[i].bench);
		arena_free(c.lanes[i].arena);
	}
	return st;
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
		if (w->templates->items[i]->store == kind) {
			if (store_set_clearance(s, w->templates->items[i]->clearance != NULL, e) != ST_OK)
				return ST_ERR;
			form_prepare(w->templates->items[i], s, d);
		}
	return ST_OK;
}

/* The units of waivers, where there are stores to look them up in. */
static void check_waivers(const struct workspace *w, struct diags *d)
{
	CLEANUP(store_cleanup) struct store *cases = NULL;
	CLEANUP(store_cleanup) struct store *accounts = NULL;
	struct err ignored = ERR_INIT;

	if (w->waivers && w->waivers->n &&
	    store_open(w->cases_uri, STORE_CASES, STORE_READ, &cases, &ignored) == ST_OK &&
	    store_open(w->accounts_uri, STORE_ACCOUNTS, STORE_READ, &accounts, &ignored) == ST_OK)
		(void)!waivers_check_units(w->waivers, cases, accounts, d, &ignored);
}

static enum status check_all(struct cli *cli, int jobs, struct diags *d, struct check_counts *c, struct err *e)
{
	struct workspace *w = NULL;
	struct err ignored = ERR_INIT;
	enum status st;

	if (workspace_open(cli->arena, cli->dir, &w, d, e) != ST_OK)
		return ST_ERR;
	/* Both are read to the end, so that one run shows all there is to mend. */
	st = workspace_load_rules(cli->arena, w, d, e);
	if (st == ST_OK)
		check_waivers(w, d);
	if (workspace_load_templates(cli->arena, w, d, st == ST_OK ? e : &ignored) != ST_OK || st != ST_OK)
		return ST_ERR;
	st = check_content(w, jobs, d, c, cli->arena, e);
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
	int jobs;

	if (n)
		return cli_usage(&cmd_check, "unexpected argument '%s'", operands[0]);
	if (!cli_jobs(a->jobs, &jobs))
		return EXIT_FAILED;
	diags_init(&d, cli->arena);
	st = check_all(cli, jobs, &d, &c, &e);
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
	.more = "Errors name file and line; any error is exit code 1. A warning says what would be slow on the whole\n"
		"country's tables: large ones read again and again (docs/rules.md).",
	.opts = check_opts,
	.args_size = sizeof(struct check_args),
	.run = check_run,
};
