/* rasoat worklist: what each unit has to do after an audit, as a workbook to fill in and a letter. */
#include "cli.h"

#include <rasoat/compare.h>
#include <rasoat/hash.h>
#include <rasoat/pool.h>
#include <rasoat/units.h>
#include <rasoat/worklist.h>

#include <stdio.h>
#include <string.h>

struct worklist_args {
	const char *as_of, *run, *unit, *each, *audience, *format, *out, *jobs;
};

static const struct opt worklist_opts[] = {
	{ "as-of", 'd', OPT_TEXT, "DATE", offsetof(struct worklist_args, as_of),
	  "the day of the audit: its last run on record of all rules" },
	{ "run", 'r', OPT_TEXT, "N", offsetof(struct worklist_args, run),
	  "this run of the ledger instead ('rasoat compare --list')" },
	{ "unit", 'u', OPT_TEXT, "CODE", offsetof(struct worklist_args, unit), "only this unit and those below it" },
	{ "each", 'e', OPT_TEXT, "LEVEL", offsetof(struct worklist_args, each),
	  "units below one of this level are listed with it; default: a list for each unit" },
	{ "audience", 'a', OPT_TEXT, "NAME", offsetof(struct worklist_args, audience),
	  "who will read it: personal columns are masked as rasoat.xml says; default internal" },
	{ "format", 'f', OPT_TEXT, "LIST", offsetof(struct worklist_args, format),
	  "xlsx (the list), pdf (the letter); default xlsx,pdf" },
	{ "output", 'o', OPT_TEXT, "DIR", offsetof(struct worklist_args, out), "where the files go; default out/" },
	{ "jobs", 'j', OPT_TEXT, "N", offsetof(struct worklist_args, jobs),
	  "files side by side; the results are the same; default: the number of processors" },
	{ 0 },
};

struct worklist_file {
	int unit;
	const struct writer *writer;
	const char *path, *workbook; /* workbook: its name, for the letter */
	char sha256[HASH_HEX];
	struct outputs outputs;
};

struct worklist_run {
	struct cli *cli;
	const struct worklist_args *args;
	struct workspace *w;
	const struct writer **writers;
	struct ledger *ledger;
	struct store *cases, *accounts;
	struct run_line run;
	struct worklist *list;
	struct worklist_file *files;
	int n_files, jobs;
	struct outputs outputs;
	const char *manifest;
};

/* --- which run --- */

static enum status no_run(const struct worklist_run *r, day_t as_of, struct err *e)
{
	const struct worklist_args *a = r->args;
	char iso[11];

	date_iso(as_of, iso);
	return err_set(e, "%s: no run of all rules as of %s%s%s on record; run 'rasoat audit --as-of %s' first, or name one by --run",
		       ledger_name(r->ledger), iso, a->unit ? " for all units or " : "", a->unit ? a->unit : "", iso);
}

static enum status choose_run(struct worklist_run *r, day_t as_of, struct err *e)
{
	const struct worklist_args *a = r->args;
	struct run_line *lines = NULL;
	int64_t wanted = 0;
	int n = 0, found = -1;

	if (runs_list(r->cli->arena, r->ledger, &lines, &n, e) != ST_OK ||
	    (a->run && run_find(r->ledger, a->run, NULL, 0, &wanted, e) != ST_OK))
		return ST_ERR;
	for (int i = 0; i < n; i++)
		if (a->run ? lines[i].run == wanted :
			     lines[i].as_of == as_of && !lines[i].selected &&
				     (!lines[i].unit || str_eq(lines[i].unit, a->unit)))
			found = i;
	if (found < 0)
		return no_run(r, as_of, e);
	if (a->as_of && lines[found].as_of != as_of)
		return err_set(e, "--run %s is not as of %s; leave --as-of out", a->run, a->as_of);
	r->run = lines[found];
	return ST_OK;
}

/* --- reading --- */

static enum status open_units(struct worklist_run *r, struct store **s, enum store_kind kind, const char *uri,
			      struct units **ret, struct err *e)
{
	if (store_open(uri, kind, STORE_READ, s, e) != ST_OK)
		return ST_ERR;
	store_set_workdays(*s, r->w->workdays);
	if (store_set_as_of(*s, r->run.as_of, e) != ST_OK)
		return ST_ERR;
	return units_load(r->cli->arena, *s, ret, e);
}

static enum status read_lists(struct worklist_run *r, day_t as_of, struct err *e)
{
	struct worklist_options o = { .workspace = r->w, .audience = r->w->audience, .unit = r->args->unit,
				      .each = r->args->each };
	struct units *cases = NULL, *accounts = NULL;

	if (o.each && cli_level("--each", o.each, e) != ST_OK)
		return ST_ERR;
	if (ledger_open_read(r->w->ledger_uri, &r->ledger, e) != ST_OK || choose_run(r, as_of, e) != ST_OK)
		return ST_ERR;
	if (open_units(r, &r->cases, STORE_CASES, r->w->cases_uri, &cases, e) != ST_OK ||
	    open_units(r, &r->accounts, STORE_ACCOUNTS, r->w->accounts_uri, &accounts, e) != ST_OK)
		return ST_ERR;
	if (o.unit && units_find(cases, o.unit) < 0 && units_find(accounts, o.unit) < 0)
		return err_set(e, "--unit: no unit '%s'; correct the code or import unit.csv", o.unit);
	o.ledger = r->ledger;
	o.run = r->run.run;
	o.as_of = r->run.as_of;
	o.case_units = cases;
	o.account_units = accounts;
	return worklist_read(r->cli->arena, &o, &r->list, e);
}

/* --- files --- */

/* A unit's code as part of a file's name: letters, digits, "-" and "." stay; no code leads out of the folder. */
static const char *safe_name(struct cli *cli, const char *code)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	if (!*code)
		return "khong-ro-don-vi";
	for (const unsigned char *p = (const unsigned char *)code; *p; p++)
		if ((*p >= '0' && *p <= '9') || ((*p | 0x20) >= 'a' && (*p | 0x20) <= 'z') || *p == '-' ||
		    (*p == '.' && p > (const unsigned char *)code))
			str_addc(&out, (char)*p);
		else
			str_addf(&out, "_%02X", *p);
	return arena_strdup(cli->arena, out.p);
}

static const char *base_name(const struct worklist_run *r, const char *part)
{
	const char *audience = r->w->audience->name;
	bool named = !str_eq(audience, AUDIENCE_DEFAULT);
	char iso[11];

	return arena_printf(r->cli->arena, "worklist-%s%s%s%s%s", date_iso(r->run.as_of, iso), *part ? "-" : "", part,
			    named ? "-" : "", named ? audience : "");
}

static void list_files(struct worklist_run *r)
{
	int cap = 0;

	for (int u = 0; u < worklist_count(r->list); u++) {
		const struct worklist_unit *unit = worklist_at(r->list, u);
		const char *name = base_name(r, safe_name(r->cli, unit->unit_id));

		for (const struct writer **w = r->writers; *w; w++) {
			if (str_eq((*w)->name, "pdf") && !*unit->unit_id)
				continue; /* nobody to write to */
			*ARENA_PUSH(r->cli->arena, r->files, r->n_files, cap) = (struct worklist_file){
				.unit = u, .writer = *w, .workbook = arena_printf(r->cli->arena, "%s.xlsx", name),
				.path = arena_printf(r->cli->arena, "%s/%s%s", r->args->out ? r->args->out : r->w->out_dir, name,
						     (*w)->extension),
			};
		}
	}
}

static enum status file_job(void *ctx, int worker, int job, struct err *e)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	const struct worklist_run *r = ctx;
	struct worklist_file *f = &r->files[job];
	struct document *d = str_eq(f->writer->name, "pdf") ? worklist_letter(a, r->list, f->unit, f->workbook) :
							       worklist_workbook(a, r->list, f->unit);

	(void)worker;
	if (outputs_write(&f->outputs, d, f->writer, r->w->font_dir, f->path, e) != ST_OK)
		return ST_ERR;
	return hash_file(outfile_temp_path(f->outputs.files[0]), f->sha256, e);
}

static void add_text(struct str *out, const char *text)
{
	for (; *text; text++)
		str_addc(out, (unsigned char)*text < ' ' ? ' ' : *text);
}

static void add_line(const struct worklist_run *r, const struct worklist_file *f, struct str *out)
{
	const struct worklist_unit *u = worklist_at(r->list, f->unit);
	const char *slash = strrchr(f->path, '/');
	char due[11];

	str_addf(out, "%s\t%s\t", slash ? slash + 1 : f->path, f->sha256);
	add_text(out, u->unit_id);
	str_addc(out, '\t');
	add_text(out, u->name);
	str_addf(out, "\t%lld\t%lld\t%lld\t%s\n", (long long)u->counts[VERDICT_FAIL],
		 (long long)u->counts[VERDICT_INDETERMINATE], (long long)u->counts[VERDICT_WAIVED],
		 u->due == DAY_NONE ? "" : date_iso(u->due, due));
}

static enum status write_manifest(struct worklist_run *r, struct err *e)
{
	CLEANUP(str_free) struct str text = STR_INIT;
	struct outfile *o = NULL;
	const char *part = r->args->unit ? safe_name(r->cli, r->args->unit) : "";

	if (r->args->each)
		part = arena_printf(r->cli->arena, "%s%s%s", part, *part ? "-" : "", r->args->each);
	r->manifest = arena_printf(r->cli->arena, "%s/%s.tsv", r->args->out ? r->args->out : r->w->out_dir, base_name(r, part));
	str_add(&text, "file\tsha256\tunit\tunit_name\tfails\tindeterminate\twaived\tfirst_due\n");
	for (int i = 0; i < r->n_files; i++)
		add_line(r, &r->files[i], &text);
	if (outputs_open(&r->outputs, r->manifest, &o, e) != ST_OK)
		return ST_ERR;
	if (!outfile_stream(o) || fwrite(text.p, 1, text.len, outfile_stream(o)) != text.len)
		return err_set(e, "%s: cannot write; free some disk space and run again", r->manifest);
	return outfile_finish(o, e);
}

static enum status write_files(struct worklist_run *r, struct err *e)
{
	enum status st;

	list_files(r);
	if (cli_allow_files(r->n_files, r->jobs, e) != ST_OK)
		return ST_ERR;
	st = pool_run(r->jobs, r->n_files, file_job, r, e);
	for (int i = 0; i < r->n_files; i++)
		outputs_take(&r->outputs, &r->files[i].outputs);
	if (st != ST_OK || write_manifest(r, e) != ST_OK)
		return ST_ERR;
	return outputs_commit(&r->outputs, e);
}

static void print_end(const struct worklist_run *r)
{
	int64_t fails = 0, open = 0, waived = 0, without = 0;
	int units = worklist_count(r->list);
	char iso[11];

	for (int i = 0; i < worklist_count(r->list); i++) {
		const struct worklist_unit *u = worklist_at(r->list, i);

		fails += u->counts[VERDICT_FAIL];
		open += u->counts[VERDICT_INDETERMINATE];
		waived += u->counts[VERDICT_WAIVED];
		if (!*u->unit_id) {
			without = u->counts[VERDICT_FAIL] + u->counts[VERDICT_INDETERMINATE] + u->counts[VERDICT_WAIVED];
			units--;
		}
	}
	printf("run %lld as of %s: %s to do, %s undecided, %s waived in %d unit%s\n", (long long)r->run.run,
	       date_iso(r->run.as_of, iso), cli_number(r->cli, fails), cli_number(r->cli, open), cli_number(r->cli, waived), units,
	       units == 1 ? "" : "s");
	if (without)
		printf("without a unit: %s, in a list of their own\n", cli_number(r->cli, without));
	if (r->run.errors)
		printf("%lld rule%s of the run could not run: what they would have found is missing\n", (long long)r->run.errors,
		       r->run.errors == 1 ? "" : "s");
	printf("wrote %d files and their list, %s\n", r->n_files, r->manifest);
}

/* The writers, of those a work list has. */
static bool choose_writers(struct worklist_run *r)
{
	r->writers = cli_writers(r->cli, r->args->format ? r->args->format : "xlsx,pdf");
	for (const struct writer **w = r->writers; w && *w; w++)
		if (!str_eq((*w)->name, "xlsx") && !str_eq((*w)->name, "pdf")) {
			cli_usage(&cmd_worklist, "--format: a work list is xlsx, its letter pdf; not '%s'", (*w)->name);
			return false;
		}
	return r->writers;
}

static int worklist_command(struct cli *cli, const void *v, char **operands, int n)
{
	struct worklist_run r = { .cli = cli, .args = v };
	day_t as_of = DAY_NONE;
	struct err e = ERR_INIT;
	enum status st;

	if (n)
		return cli_usage(&cmd_worklist, "unexpected argument '%s'", operands[0]);
	if (!r.args->as_of && !r.args->run)
		return cli_usage(&cmd_worklist, "--as-of DATE is missing");
	if ((r.args->as_of && !cli_date("--as-of", r.args->as_of, &as_of)) || !choose_writers(&r) ||
	    !cli_jobs(r.args->jobs, &r.jobs) || !cli_workspace(cli, true, false, &r.w))
		return EXIT_FAILED;
	if (r.args->audience && audience_find(&r.w->audiences, r.args->audience, &r.w->audience, &e) != ST_OK)
		return cli_fail(&e);
	st = read_lists(&r, as_of, &e);
	if (st == ST_OK)
		st = write_files(&r, &e);
	if (st == ST_OK)
		print_end(&r);
	outputs_drop(&r.outputs);
	worklist_close(r.list);
	ledger_close(r.ledger);
	store_close(r.cases);
	store_close(r.accounts);
	return st == ST_OK ? EXIT_DONE : cli_fail(&e);
}

const struct command cmd_worklist = {
	.name = "worklist",
	.operands = "",
	.summary = "write what each unit has to do after an audit: a workbook to fill in, and a letter",
	.more = "Reads the ledger, so an audit comes first. Findings without a unit come in a list of their own. All files\n"
		"are put in place together, with worklist-DATE.tsv, their list.",
	.opts = worklist_opts,
	.args_size = sizeof(struct worklist_args),
	.run = worklist_command,
};
