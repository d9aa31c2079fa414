#include "import_parts.h"

#include <dirent.h>
#include <errno.h>
#include <rasoat/arena.h>
#include <rasoat/outfile.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- which files, into which tables ---- */

struct files {
	struct arena *a;
	struct import_file *items;
	int n, cap;
};

static bool name_is_for(const char *base, const char *table)
{
	size_t n = strlen(table);

	return strncasecmp(base, table, n) == 0 &&
	       (!base[n] || strchr("._- (", base[n]) || (base[n] >= '0' && base[n] <= '9'));
}

/* The longest table name that the file's name begins with. */
static const struct table *table_of(const char *path)
{
	const char *base = base_name(path);
	const struct table *best = NULL, *t;
	int n;

	t = schema_tables(&n);
	for (int i = 0; i < n; i++)
		if (name_is_for(base, t[i].name) && (!best || strlen(t[i].name) > strlen(best->name)))
			best = &t[i];
	return best;
}

static enum status no_table(const char *what, const char *remedy, struct err *e)
{
	CLEANUP(str_free) struct str names = STR_INIT;
	const struct table *t;
	int n;

	t = schema_tables(&n);
	for (int i = 0; i < n; i++)
		str_addf(&names, "%s%s", i ? ", " : "", t[i].name);
	return err_set(e, "%s; %s one of: %s", what, remedy, names.p);
}

static enum status add_file(struct files *files, const char *path, const char *forced, struct err *e)
{
	const struct table *t = forced ? schema_table(forced) : table_of(path);

	if (!t && forced)
		return no_table(arena_printf(files->a, "no table '%s'", forced), "want", e);
	if (!t)
		return no_table(arena_printf(files->a, "%s: the name fits no table", path), "begin it with", e);
	for (int i = 0; i < files->n; i++)
		if (strcmp(base_name(files->items[i].path), base_name(path)) == 0)
			return err_set(e, "%s and %s have the same name, by which the quarantine knows "
				       "them; rename one (account-a.csv, account-b.csv)",
				       files->items[i].path, path);
	*ARENA_PUSH(files->a, files->items, files->n, files->cap) =
		(struct import_file){ .path = arena_strdup(files->a, path), .table = t->name };
	return ST_OK;
}

static int is_csv(const struct dirent *d)
{
	size_t n = strlen(d->d_name);

	return n > 4 && d->d_name[0] != '.' && strcasecmp(d->d_name + n - 4, ".csv") == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name); /* alphasort() would ask the locale */
}

static enum status add_folder(struct files *files, const char *dir, const char *forced, struct err *e)
{
	struct dirent **names = NULL;
	int n = scandir(dir, &names, is_csv, by_name);
	size_t len = strlen(dir);
	enum status st = ST_OK;

	if (n < 0)
		return err_set(e, "%s: cannot be read (%s)", dir, strerror(errno));
	while (len > 1 && dir[len - 1] == '/')
		len--;
	if (n == 0)
		st = err_set(e, "%s: no CSV file in this folder", dir);
	for (int i = 0; i < n; i++) {
		if (st == ST_OK)
			st = add_file(files,
				      arena_printf(files->a, "%.*s/%s", (int)len, dir, names[i]->d_name),
				      forced, e);
		free(names[i]);
	}
	free(names);
	return st;
}

static enum status find_files(struct files *files, const char *const *paths, int n_paths,
			      const char *forced, struct err *e)
{
	for (int i = 0; i < n_paths; i++) {
		struct stat sb;
		enum status st;

		if (stat(paths[i], &sb) != 0)
			return err_set(e, "%s: cannot be read (%s)", paths[i], strerror(errno));
		st = S_ISDIR(sb.st_mode) ? add_folder(files, paths[i], forced, e)
					 : add_file(files, paths[i], forced, e);
		if (st != ST_OK)
			return ST_ERR;
	}
	if (files->n == 0)
		return err_set(e, "no file to import");
	return ST_OK;
}

/* Schema order; files of one table stay as they were given. */
static void sort_files(struct files *files)
{
	struct import_file *sorted = ARENA_ARRAY(files->a, files->n, struct import_file);
	const struct table *t;
	int n_tables, n = 0;

	t = schema_tables(&n_tables);
	for (int k = 0; k < n_tables; k++)
		for (int i = 0; i < files->n; i++)
			if (strcmp(files->items[i].table, t[k].name) == 0)
				sorted[n++] = files->items[i];
	files->items = sorted;
}

/* ---- the whole import ---- */

/* One transaction can hold both: two files, or one database. */
static bool can_join(const char *a, const char *b)
{
	static const char file[] = "sqlite:";

	return strcmp(a, b) == 0 || (str_starts(a, file) && str_starts(b, file));
}

static void close_stores(struct import_job *job)
{
	if (!job->together)
		store_close(job->stores[STORE_ACCOUNTS]);
	store_close(job->stores[STORE_CASES]);
}

static enum status open_stores(struct import_job *job, struct err *e)
{
	const struct import_options *opt = job->opt;

	if (store_open(opt->cases_uri, STORE_CASES, STORE_WRITE, &job->stores[STORE_CASES], e) != ST_OK)
		return ST_ERR;
	if (!can_join(opt->cases_uri, opt->accounts_uri))
		return store_open(opt->accounts_uri, STORE_ACCOUNTS, STORE_WRITE, &job->stores[STORE_ACCOUNTS],
				  e);
	job->together = true;
	job->stores[STORE_ACCOUNTS] = job->stores[STORE_CASES];
	return store_attach(job->stores[STORE_CASES], opt->accounts_uri, STORE_ACCOUNTS, ACCOUNTS_ALIAS, e);
}

enum status import_go_on(const struct import_options *opt, struct err *e)
{
	if (opt->stop && opt->stop(opt->progress_ctx))
		return err_set(e, "stopped; nothing is imported");
	return ST_OK;
}

static enum status analyze(struct import_job *job, struct err *e)
{
	for (int k = STORE_CASES; k <= STORE_ACCOUNTS; k++)
		if (job->changed[k] &&
		    store_analyze(job_store(job, (enum store_kind)k), job_schema(job, (enum store_kind)k),
				  e) != ST_OK)
			return ST_ERR;
	return ST_OK;
}

/* The list of what is in quarantine, complete but still under its temporary name. */
static enum status prepare_list(struct import_job *job, int64_t total, struct outfile **ret, struct err *e)
{
	CLEANUP(outfile_cleanup) struct outfile *o = NULL;

	if (!job->opt->quarantine_path || total == 0)
		return ST_OK;
	if (outfile_open(job->opt->quarantine_path, &o, e) != ST_OK ||
	    quarantine_write(job->quarantine, outfile_stream(o), e) != ST_OK ||
	    outfile_finish(o, e) != ST_OK)
		return ST_ERR;
	*ret = o;
	o = NULL;
	return ST_OK;
}

static enum status publish_list(const struct import_options *opt, struct outfile **o, struct err *e)
{
	struct outfile *own = *o;

	*o = NULL;
	if (own)
		return outfile_commit(own, e);
	if (opt->quarantine_path && unlink(opt->quarantine_path) != 0 &&
	    errno != ENOENT && errno != ENOTDIR)
		return err_set(e, "%s: cannot be removed (%s)", opt->quarantine_path, strerror(errno));
	return ST_OK;
}

static enum status load_all(struct import_job *job, struct import_result *r, struct outfile **ret_list,
			    struct err *e)
{
	if (quarantine_open(job, &job->quarantine, e) != ST_OK)
		return ST_ERR;
	for (int i = 0, n; i < r->n_files; i += n) {
		for (n = 1; i + n < r->n_files && strcmp(r->files[i].table, r->files[i + n].table) == 0; n++)
			;
		if (load_table(job, &r->files[i], n, e) != ST_OK)
			return ST_ERR;
	}
	if (quarantine_store(job->quarantine, &r->quarantine_total, e) != ST_OK ||
	    find_dangling(job, r, e) != ST_OK || analyze(job, e) != ST_OK ||
	    prepare_list(job, r->quarantine_total, ret_list, e) != ST_OK)
		return ST_ERR;
	return import_go_on(job->opt, e);
}

static enum status begin(struct import_job *job, struct err *e)
{
	if (store_begin(job->stores[STORE_CASES], e) != ST_OK)
		return ST_ERR;
	return job->together ? ST_OK : store_begin(job->stores[STORE_ACCOUNTS], e);
}

/*
 * Two stores that no transaction can hold together. What can fail is done before the first commit;
 * a server goes first, because its commit is the likelier one to fail, and the accounts before the cases.
 */
static enum status commit_both(struct import_job *job, struct err *e)
{
	enum store_kind first = str_starts(job->opt->accounts_uri, "sqlite:") ? STORE_CASES : STORE_ACCOUNTS;
	struct store *a = job_store(job, first);
	struct store *b = job_store(job, first == STORE_CASES ? STORE_ACCOUNTS : STORE_CASES);

	if (store_settle(a, e) != ST_OK || store_settle(b, e) != ST_OK || store_commit(a, e) != ST_OK)
		return ST_ERR;
	return store_commit(b, e) == ST_OK
		       ? ST_OK
		       : err_in(e, "%s has this import, %s has not; import the same extracts again", store_name(a),
				store_name(b));
}

static enum status commit(struct import_job *job, struct err *e)
{
	return job->together ? store_commit(job->stores[STORE_CASES], e) : commit_both(job, e);
}

static void rollback(struct import_job *job)
{
	store_rollback(job->stores[STORE_CASES]);
	if (!job->together)
		store_rollback(job->stores[STORE_ACCOUNTS]);
}

/* The stores are open. */
static enum status run_job(struct import_job *job, struct import_result *r, struct outfile **ret_list,
			   struct err *e)
{
	struct reader *reader;
	enum status st = begin(job, e);

	if (st != ST_OK)
		return ST_ERR;
	reader = reader_new(r->files, r->n_files);
	job->queue = queue_open(reader, job->opt->jobs);
	st = load_all(job, r, ret_list, e);
	queue_close(job->queue);
	reader_free(reader);
	quarantine_close(job->quarantine);
	if (st == ST_OK)
		st = commit(job, e);
	if (st != ST_OK)
		rollback(job);
	return st;
}

enum status import_run(struct arena *a, const char *const *paths, int n_paths,
		       const struct import_options *opt, struct import_result *ret, struct err *e)
{
	CLEANUP(outfile_cleanup) struct outfile *list = NULL;
	struct import_job job = { .a = a, .opt = opt };
	struct import_result result = { 0 };
	struct files files = { .a = a };
	enum status st;

	if (find_files(&files, paths, n_paths, opt->table, e) != ST_OK)
		return ST_ERR;
	sort_files(&files);
	result.files = files.items;
	result.n_files = files.n;
	st = open_stores(&job, e);
	if (st == ST_OK)
		st = run_job(&job, &result, &list, e);
	close_stores(&job);
	if (st != ST_OK)
		return ST_ERR;
	if (publish_list(opt, &list, e) != ST_OK)
		return err_in(e, "the extracts are imported, but the list of rows in quarantine is not written");
	*ret = result;
	return ST_OK;
}

/* ---- one row, for examples ---- */

static enum status row_values(struct store *s, const struct table *t, const char *const *names,
			      const char *const *values, int n, struct arena *scratch, struct value *out,
			      bool *given, struct err *e)
{
	CLEANUP(str_free) struct str reason = STR_INIT;

	for (int i = 0; i < n; i++) {
		const struct column *c = schema_column(t, names[i]);
		struct csv_field cell = { 0 };
		struct column optional;

		if (!c)
			return err_set(e, "%s: no column '%s'", t->name, names[i]);
		if (given[c - t->columns])
			return err_set(e, "%s: the column '%s' is given twice", t->name, names[i]);
		given[c - t->columns] = true;
		optional = *c;
		optional.required = false;
		cell.p = values[i] ? values[i] : "";
		cell.n = strlen(cell.p);
		if (!cell_read(&optional, &cell, false, scratch, &out[c - t->columns], &reason))
			return err_set(e, "%s: %s", t->name, reason.p);
	}
	for (int i = 0; i < t->n_columns; i++)
		if (t->columns[i].key && !given[i])
			return err_set(e, "%s: %s is part of the key and must be given", t->name,
				       t->columns[i].name);
	if (!(t->stores & 1u << store_kind(s)))
		return err_set(e, "%s: no table of this store", t->name);
	return ST_OK;
}

static enum status prepare_insert(struct store *s, const struct table *t, struct stmt **ret, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	str_addf(&sql, "INSERT INTO %s.%s VALUES(", t == schema_waiver() ? "temp" : "main", t->name);
	for (int i = 0; i < t->n_columns; i++)
		str_addf(&sql, "%s?%d", i ? ", " : "", i + 1);
	str_addc(&sql, ')');
	return store_prepare(s, sql.p, ret, e);
}

enum status import_row_kept(struct store *s, struct stmt **kept, const char *table, const char *const *names,
			    const char *const *values, int n, struct err *e)
{
	CLEANUP(arena_cleanup) struct arena *scratch = arena_new();
	const struct table *t = str_eq(table, schema_waiver()->name) ? schema_waiver() : schema_table(table);
	struct value *cells;
	struct stmt *st;
	int count;

	if (!t)
		return err_set(e, "no table '%s'", table);
	cells = ARENA_ARRAY(scratch, t->n_columns, struct value);
	if (row_values(s, t, names, values, n, scratch, cells, ARENA_ARRAY(scratch, t->n_columns, bool),
		       e) != ST_OK)
		return ST_ERR;
	(void)schema_tables(&count);
	kept += t == schema_waiver() ? count : t - schema_tables(&count);
	if (!*kept && prepare_insert(s, t, kept, e) != ST_OK)
		return ST_ERR;
	st = *kept;
	for (int i = 0; i < t->n_columns; i++)
		if (stmt_bind(st, i + 1, cells[i], e) != ST_OK)
			return ST_ERR;
	return stmt_run(st, e) == ST_OK ? ST_OK : err_in(e, "%s", t->name);
}

enum status import_row(struct store *s, const char *table, const char *const *names,
		       const char *const *values, int n, struct err *e)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct stmt **kept;
	enum status st;
	int count;

	(void)schema_tables(&count);
	kept = ARENA_ARRAY(a, (size_t)count + 1, struct stmt *);
	st = import_row_kept(s, kept, table, names, values, n, e);
	for (int i = 0; i <= count; i++)
		stmt_close(kept[i]);
	return st;
}
