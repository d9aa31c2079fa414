/* rasoat import: CSV extracts into the stores, and what came of each. */
#include "cli.h"

#include <rasoat/import.h>
#include <rasoat/text.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>

#define NAME_WIDTH 34

struct import_args {
	const char *table, *jobs;
};

static const struct opt import_opts[] = {
	{ "table", 't', OPT_TEXT, "NAME", offsetof(struct import_args, table),
	  "the table of the files, whatever their names" },
	{ "jobs", 'j', OPT_TEXT, "N", offsetof(struct import_args, jobs),
	  "threads (the processors): above 1, reading and writing go side by side" },
	{ 0 },
};

static void import_progress(void *ctx, const char *file, int64_t rows)
{
	const struct cli *cli = ctx;

	if (cli->progress)
		fprintf(stderr, "\r\033[K%s: %lld rows", file, (long long)rows);
}

/*
 * Ctrl-C and the like wait while an import runs: it sees them, takes everything back, temporary
 * files too, and only then dies of them.
 */
static void import_hold_signals(sigset_t *before)
{
	sigset_t held;

	sigemptyset(&held);
	sigaddset(&held, SIGINT);
	sigaddset(&held, SIGTERM);
	sigaddset(&held, SIGHUP);
	sigprocmask(SIG_BLOCK, &held, before);
}

static bool import_stop(void *ctx)
{
	sigset_t waiting;

	(void)ctx;
	return sigpending(&waiting) == 0 &&
	       (sigismember(&waiting, SIGINT) == 1 || sigismember(&waiting, SIGTERM) == 1 ||
		sigismember(&waiting, SIGHUP) == 1);
}

static void import_list(const char *what, const char *const *names)
{
	if (!names || !names[0])
		return;
	printf("    %s:", what);
	for (int i = 0; names[i]; i++)
		printf("%s %s", i ? "," : "", names[i]);
	putchar('\n');
}

static void import_cells(const char *name, const int64_t v[6], size_t width)
{
	CLEANUP(str_free) struct str line = STR_INIT;

	if (text_columns(name, strlen(name)) > width) { /* whole, so that it can be found again */
		puts(name);
		name = "";
	}
	cli_column(&line, name, width, false);
	for (int i = 0; i < 6; i++) {
		char buf[24];

		snprintf(buf, sizeof(buf), "%lld", (long long)v[i]);
		cli_column(&line, buf, 12, true);
	}
	puts(line.p);
}

static void import_print(struct cli *cli, const struct import_result *r, const char *quarantine_path)
{
	int64_t sum[6] = { 0 };

	(void)cli;
	printf("%-*s%12s%12s%12s%12s%12s%12s\n", NAME_WIDTH, "extract", "read", "loaded", "quarantined", "inserted",
	       "replaced", "unchanged");
	for (int i = 0; i < r->n_files; i++) {
		const struct import_file *f = &r->files[i];
		const int64_t v[6] = { f->read,     f->inserted + f->replaced + f->unchanged,
				       f->quarantined, f->inserted,
				       f->replaced, f->unchanged };

		import_cells(strrchr(f->path, '/') ? strrchr(f->path, '/') + 1 : f->path, v, NAME_WIDTH);
		import_list("unknown columns, not read", f->unknown_columns);
		import_list("columns not in the file (new rows leave them empty, replaced rows keep what they had)",
			    f->missing_columns);
		if (f->overrides)
			printf("    %lld rows replaced what an earlier file of this import gave for their keys\n",
			       (long long)f->overrides);
		if (f->kept)
			printf("    %lld rows in quarantine are in the store in an earlier version, which stays\n",
			       (long long)f->kept);
		if (f->gone)
			printf("    %lld rows of an earlier file of this name leave the quarantine and are not loaded: "
			       "this one has no row with their keys\n", (long long)f->gone);
		for (int k = 0; k < 6; k++)
			sum[k] += v[k];
	}
	import_cells("total", sum, NAME_WIDTH);
	printf("read %lld = loaded %lld + quarantined %lld\n", (long long)sum[0], (long long)sum[1],
	       (long long)sum[2]);
	for (int i = 0; i < r->n_dangling; i++) {
		const struct import_dangling *d = &r->dangling[i];

		printf("dangling: %s.%s: %lld rows point to no %s%s%s%s\n", d->table, d->column, (long long)d->rows, d->refs,
		       d->sample ? ", for example \"" : "", d->sample ? d->sample : "", d->sample ? "\"" : "");
	}
	if (r->quarantine_total)
		printf("in quarantine: %lld rows, listed in %s; correct the extract and import it again\n",
		       (long long)r->quarantine_total, quarantine_path);
}

static int import_run_command(struct cli *cli, const void *v, char **operands, int n)
{
	const struct import_args *a = v;
	struct err e = ERR_INIT;
	struct workspace *w = NULL;
	struct import_result r = { 0 };
	struct import_options o = { 0 };
	sigset_t before;
	enum status st;
	int jobs;

	if (n == 0)
		return cli_usage(&cmd_import, "want the folder or the files to import");
	if (!cli_jobs(a->jobs, &jobs))
		return EXIT_FAILED;
	if (!cli_workspace(cli, false, false, &w))
		return EXIT_FAILED;
	o = (struct import_options){
		.cases_uri = w->cases_uri,
		.accounts_uri = w->accounts_uri,
		.quarantine_path = arena_printf(cli->arena, "%s/quarantine.csv", w->out_dir),
		.table = a->table,
		.jobs = jobs,
		.progress = import_progress,
		.stop = import_stop,
		.progress_ctx = cli,
	};
	import_hold_signals(&before);
	st = import_run(cli->arena, (const char *const *)operands, n, &o, &r, &e);
	if (cli->progress)
		fputs("\r\033[K", stderr);
	if (st == ST_OK)
		import_print(cli, &r, o.quarantine_path);
	else
		cli_fail(&e);
	fflush(stdout);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return st == ST_OK ? EXIT_DONE : EXIT_FAILED;
}

const struct command cmd_import = {
	.name = "import",
	.operands = "DIR|FILE...",
	.summary = "load CSV extracts into the stores",
	.more = "A file's table is the beginning of its name: account.csv, account-2026Q3.csv. One transaction for\n"
		"all files: all or nothing. Rows that cannot be read go to the quarantine.",
	.opts = import_opts,
	.args_size = sizeof(struct import_args),
	.run = import_run_command,
};
