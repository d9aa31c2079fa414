/*
 * First all queries, on connections that see the same facts; then, with the stores closed, all files.
 * Both are spread over the threads; what comes out is put together in the order of the jobs' numbers.
 */
#include "report.h"

#include <rasoat/import.h>
#include <rasoat/pool.h>

#include <stdlib.h>

/* --- the stores --- */

static enum status open_first(const struct report *r, struct report_source *src, struct err *e)
{
	struct store **s = &src->stores[0];
	bool imported = false;

	if (store_open(src->kind == STORE_CASES ? r->w->cases_uri : r->w->accounts_uri, src->kind, STORE_READ, s,
		       e) != ST_OK)
		return ST_ERR;
	store_set_workdays(*s, r->w->workdays);
	/* A savepoint begins the transaction in which all queries see the same, and the look into it takes its lock. */
	if (store_set_as_of(*s, src->as_of, e) != ST_OK || store_exec(*s, "SAVEPOINT report", e) != ST_OK ||
	    store_has_imports(*s, &imported, e) != ST_OK)
		return ST_ERR;
	return imported ? ST_OK : err_set(e, CLI_NO_IMPORT, r->w->dir);
}

static enum status open_others(struct report *r, struct err *e)
{
	for (int worker = 1; worker < r->n_workers; worker++)
		for (int i = 0; i < r->n_sources; i++) {
			struct report_source *src = &r->sources[i];

			if (store_share(src->stores[0], &src->stores[worker], e) != ST_OK)
				return ST_ERR;
			if (!src->stores[worker]) { /* this store cannot be read twice at once */
				r->n_workers = worker;
				return ST_OK;
			}
		}
	return ST_OK;
}

static void close_stores(struct report *r)
{
	for (int i = 0; i < r->n_sources; i++)
		for (int k = r->jobs - 1; r->sources[i].stores && k >= 0; k--) {
			store_close(r->sources[i].stores[k]);
			r->sources[i].stores[k] = NULL;
		}
}

static enum status open_stores(struct report *r, struct err *e)
{
	for (int i = 0; i < r->n_sources; i++) {
		r->sources[i].stores = ARENA_ARRAY(r->cli->arena, (size_t)r->jobs, struct store *);
		if (open_first(r, &r->sources[i], e) != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}

/* --- the queries --- */

/* What the author wrote belongs to the one form that has places for it. */
static enum status take_text(struct report *r, struct report_form *f, struct err *e)
{
	struct author_text *text = NULL;

	if (!r->text)
		return ST_OK;
	if (author_text_read(f->arena, r->text, &text, e) != ST_OK || author_text_check(text, f->template, e) != ST_OK)
		return ST_ERR;
	f->set->author = text;
	return ST_OK;
}

static enum status make_sets(struct report *r, struct err *e)
{
	for (int i = 0; i < r->n_forms; i++) {
		struct report_form *f = &r->forms[i];
		struct store *s = r->sources[f->source].stores[0];
		const char *const *units = NULL;
		int n = 0;

		f->arena = arena_new();
		if (report_find_units(r, f, s, &units, &n, e) != ST_OK ||
		    form_set_new(f->arena, r->w, f->template, &f->period, f->as_of, units, n, s, &f->set, e) != ST_OK ||
		    take_text(r, f, e) != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}

/* The figures of each form, then the lists of each form. */
static enum status query_job(void *ctx, int worker, int job, struct err *e)
{
	struct report *r = ctx;

	if (job < r->n_forms)
		return form_set_figures(r->forms[job].set, r->sources[r->forms[job].source].stores[worker], e);
	job -= r->n_forms;
	for (int i = 0; i < r->n_forms; i++) {
		struct report_form *f = &r->forms[i];

		if (job < f->set->n_lists)
			return form_set_list(f->set, job, r->sources[f->source].stores[worker], e);
		job -= f->set->n_lists;
	}
	return ST_OK;
}

static enum status run_queries(struct report *r, struct err *e)
{
	int n = r->n_forms;

	for (int i = 0; i < r->n_forms; i++)
		n += r->forms[i].set->n_lists;
	r->n_workers = r->jobs < n ? r->jobs : n;
	if (open_others(r, e) != ST_OK)
		return ST_ERR;
	return pool_run(r->n_workers, n, query_job, r, e);
}

/* --- the files --- */

static const char *file_path(const struct report *r, const struct form *f, const struct writer *w)
{
	const char *unit = r->each ? f->unit : r->unit;

	const char *audience = r->w->audience->name;
	bool named = !str_eq(audience, AUDIENCE_DEFAULT);

	return arena_printf(r->cli->arena, "%s/%s-%s%s%s%s%s%s", r->out ? r->out : r->w->out_dir, f->template->id,
			    r->period, unit ? "-" : "", unit ? unit : "", named ? "-" : "", named ? audience : "",
			    w->extension);
}

static void list_files(struct report *r)
{
	int cap = 0;

	for (int i = 0; i < r->n_forms; i++)
		for (int u = 0; u < r->forms[i].set->n_forms; u++)
			for (int k = 0; r->writers[k]; k++) {
				const struct form *f = &r->forms[i].set->forms[u];

				*ARENA_PUSH(r->cli->arena, r->files, r->n_files, cap) = (struct report_file){
					.form = f, .writer = r->writers[k], .path = file_path(r, f, r->writers[k]),
				};
			}
}

static enum status file_job(void *ctx, int worker, int job, struct err *e)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	const struct report *r = ctx;
	struct report_file *f = &r->files[job];
	struct document *d = NULL;

	(void)worker;
	if (form_document(a, f->form, &d, e) != ST_OK)
		return r->each ? err_in(e, "%s", f->path) : ST_ERR;
	if (outputs_write(&f->outputs, d, f->writer, r->w->font_dir, f->path, e) != ST_OK)
		return ST_ERR;
	return r->each ? hash_file(outfile_temp_path(f->outputs.files[0]), f->sha256, e) : ST_OK;
}

static enum status write_files(struct report *r, struct err *e)
{
	enum status st;

	list_files(r);
	if (cli_allow_files(r->n_files, r->jobs, e) != ST_OK)
		return ST_ERR;
	st = pool_run(r->jobs, r->n_files, file_job, r, e);
	for (int i = 0; i < r->n_files; i++)
		outputs_take(&r->outputs, &r->files[i].outputs);
	if (st == ST_OK && r->each)
		st = report_manifest(r, e);
	return st == ST_OK ? outputs_commit(&r->outputs, e) : ST_ERR;
}

enum status report_run(struct report *r, char **forms, int n, struct err *e)
{
	if (report_find_forms(r, forms, n, e) != ST_OK || open_stores(r, e) != ST_OK || make_sets(r, e) != ST_OK ||
	    run_queries(r, e) != ST_OK)
		return ST_ERR;
	close_stores(r);
	return write_files(r, e);
}

void report_close(struct report *r)
{
	close_stores(r);
	outputs_drop(&r->outputs);
	for (int i = 0; i < r->n_forms; i++) {
		form_set_close(r->forms[i].set);
		arena_free(r->forms[i].arena);
	}
}
