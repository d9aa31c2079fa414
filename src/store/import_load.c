/* The writing side of an import: what is new in a table, what is not, what goes to the quarantine. */
#include "import_parts.h"

#include <rasoat/arena.h>
#include <stdlib.h>
#include <string.h>

#define PROGRESS_EVERY 10000
#define STOP_EVERY 512
#define GROUP 32 /* rows of one INSERT */

struct target { /* the table in one store */
	enum store_kind kind;
	struct store *store;
	struct stmt *upsert, *insert, *inserts; /* of one row; of GROUP rows, or NULL */
	int64_t before;
};

/* All files of one table. */
struct table_load {
	struct import_job *job;
	const struct table *t;
	/* Every store has the table and no row in it: what comes is new, but for keys that come again. */
	bool fresh;
	bool aside;		/* store_fill_begin() was called, */
	struct str put_back[2]; /* and gave this, by kind */
	struct str digests;	/* of its files, a line each */
};

struct load {
	struct table_load *all;
	struct import_job *job;
	struct import_file *f;
	const char *file; /* base name */
	const struct import_head *head;
	struct target targets[2];
	int n_targets;
	struct bulk *bulk; /* or NULL: rows go one by one */
	struct stmt *same; /* the row stands in the store with just these cells */
	const struct value *pending[GROUP]; /* new rows of this batch */
	int n_pending;
	struct str reason;
	struct arena *own; /* for this file */
	int64_t changed;   /* rows that changed any store */
	int64_t others;	   /* rows in quarantine that a good row may release */
	const char **left; /* keys that a file of this name left in quarantine before, in order, */
	bool *came;	   /* and whether a good row came for each */
	int n_left;
};

static void load_free(struct load *l)
{
	for (int i = 0; i < 2; i++) {
		stmt_close(l->targets[i].upsert);
		stmt_close(l->targets[i].insert);
		stmt_close(l->targets[i].inserts);
	}
	stmt_close(l->same);
	bulk_close(l->bulk);
	str_free(&l->reason);
	arena_free(l->own);
}

const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* ---- statements ---- */

static enum status count_rows(const struct import_job *job, const struct table *t, enum store_kind kind,
			      const char *what, int64_t *ret, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	str_addf(&sql, what, job_schema(job, kind), t->name);
	return store_query_int(job_store(job, kind), sql.p, ret, e);
}

static enum status prepare_inserts(struct load *l, struct target *target, struct err *e)
{
	CLEANUP(str_free) struct str one = STR_INIT, many = STR_INIT;

	import_insert_sql(l->job, l->head, target->kind, 1, &one);
	if (store_prepare(target->store, one.p, &target->insert, e) != ST_OK)
		return ST_ERR;
	if (store_can_copy(target->store))
		return ST_OK; /* it gathers such rows itself */
	import_insert_sql(l->job, l->head, target->kind, GROUP, &many);
	return store_prepare(target->store, many.p, &target->inserts, e);
}

static enum status add_target(struct load *l, enum store_kind kind, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	struct target *target = &l->targets[l->n_targets++];

	target->kind = kind;
	target->store = job_store(l->job, kind);
	import_upsert_sql(l->job, l->head, kind, &sql);
	if (store_prepare(target->store, sql.p, &target->upsert, e) != ST_OK)
		return ST_ERR;
	return l->all->fresh ? prepare_inserts(l, target, e)
			     : count_rows(l->job, l->all->t, kind, "SELECT count(*) FROM %s.%s",
					  &target->before, e);
}

static enum status prepare_targets(struct load *l, struct err *e)
{
	const struct table *t = l->all->t;
	CLEANUP(str_free) struct str sql = STR_INIT;

	for (int kind = STORE_CASES; kind <= STORE_ACCOUNTS; kind++)
		if (t->stores & 1u << kind && add_target(l, (enum store_kind)kind, e) != ST_OK)
			return ST_ERR;
	str_addf(&sql, "SELECT 1 FROM %s.%s WHERE ", job_schema(l->job, l->targets[0].kind), t->name);
	for (int i = 0; i < l->head->n_bound; i++)
		str_addf(&sql, "%s%s %s ?%d", i ? " AND " : "", l->head->bound[i].column->name,
			 l->head->bound[i].column->key ? "=" : "IS", i + 1);
	if (!l->all->fresh && store_can_copy(l->targets[0].store) &&
	    (l->n_targets == 1 || l->job->together) && bulk_open(l->job, l->head, &l->bulk, e) != ST_OK)
		return ST_ERR;
	return store_prepare(l->targets[0].store, sql.p, &l->same, e);
}

/* ---- rows that are new ---- */

/* What only slows the filling of an empty table down goes away until it is full. */
static enum status put_aside(struct table_load *all, struct err *e)
{
	struct import_job *job = all->job;

	if (all->aside)
		return ST_OK;
	all->aside = true;
	for (int kind = STORE_CASES; kind <= STORE_ACCOUNTS; kind++)
		if (all->t->stores & 1u << kind &&
		    store_fill_begin(job_store(job, kind), job_schema(job, kind), all->t->name,
				     &all->put_back[kind], e) != ST_OK)
			return ST_ERR;
	return ST_OK;
}

static enum status insert_pending(struct load *l, struct target *target, struct err *e)
{
	int n = l->head->n_bound, i = 0;

	if (target->inserts && l->n_pending == GROUP) {
		for (; i < GROUP; i++)
			if (stmt_bind_row(target->inserts, i * n + 1, l->pending[i], n, e) != ST_OK)
				return ST_ERR;
		if (stmt_run(target->inserts, e) != ST_OK)
			return ST_ERR;
	}
	for (; i < l->n_pending; i++)
		if (stmt_bind_row(target->insert, 1, l->pending[i], n, e) != ST_OK ||
		    stmt_run(target->insert, e) != ST_OK)
			return ST_ERR;
	l->job->changed[target->kind] += l->n_pending;
	return ST_OK;
}

static enum status flush_pending(struct load *l, struct err *e)
{
	if (!l->n_pending)
		return ST_OK;
	if (put_aside(l->all, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < l->n_targets; i++)
		if (insert_pending(l, &l->targets[i], e) != ST_OK)
			return ST_ERR;
	l->f->inserted += l->n_pending;
	l->changed += l->n_pending;
	l->n_pending = 0;
	return ST_OK;
}

/* Everything that waits is in the stores then. */
static enum status flush(struct load *l, struct err *e)
{
	int64_t rows = 0, changed = 0;

	if (flush_pending(l, e) != ST_OK || (l->bulk && bulk_merge(l->bulk, &rows, &changed, e) != ST_OK))
		return ST_ERR;
	l->changed += changed;
	l->f->unchanged += rows - changed;
	return ST_OK;
}

/* ---- rows ---- */

static enum status reject(struct load *l, const struct read_row *row, const char *reason, struct err *e)
{
	struct quarantine_row q = {
		.table = l->all->t->name, .file = l->file, .line = row->line, .column = row->column,
		.reason = reason, .key = row->key, .raw = row->raw, .raw_len = row->raw_len,
		.total_len = row->total_len,
	};

	l->f->quarantined++;
	return quarantine_add(l->job->quarantine, &q, e);
}

static enum status repeated_key(struct load *l, const struct read_row *row, struct err *e)
{
	enum step step;

	if (flush(l, e) != ST_OK || stmt_bind_row(l->same, 1, row->values, l->head->n_bound, e) != ST_OK)
		return ST_ERR;
	step = stmt_step(l->same, e);
	stmt_reset(l->same);
	if (step == STEP_ERROR)
		return ST_ERR;
	if (step == STEP_ROW) {
		l->f->unchanged++;
		return ST_OK;
	}
	str_clear(&l->reason);
	str_addf(&l->reason, "the key stands in line %lld already, with other content", (long long)row->first_line);
	return reject(l, row, l->reason.p, e);
}

/* Where the store knows no ON CONFLICT. */
static enum status write_alone(struct load *l, const struct read_row *row, struct err *e)
{
	int64_t before;

	if (flush(l, e) != ST_OK)
		return ST_ERR;
	before = l->changed;
	if (bulk_add(l->bulk, row->values, e) != ST_OK || flush(l, e) != ST_OK)
		return ST_ERR;
	l->f->overrides += l->changed > before && row->in_other_file;
	return ST_OK;
}

static enum status write_now(struct load *l, const struct read_row *row, struct err *e)
{
	bool changed = false;

	if (l->bulk && store_is_split(l->targets[0].store, l->all->t->name))
		return write_alone(l, row, e);
	for (int i = 0; i < l->n_targets; i++) {
		struct target *target = &l->targets[i];

		if (stmt_bind_row(target->upsert, 1, row->values, l->head->n_bound, e) != ST_OK ||
		    stmt_run(target->upsert, e) != ST_OK)
			return ST_ERR;
		if (store_changes(target->store) > 0) {
			l->job->changed[target->kind]++;
			changed = true;
		}
	}
	l->changed += changed;
	l->f->unchanged += !changed;
	l->f->overrides += changed && row->in_other_file;
	return ST_OK;
}

/* A row that may override another file's is written at once, so that it can be told. */
static enum status write_row(struct load *l, const struct read_row *row, struct err *e)
{
	enum status st = ST_OK;

	if (l->all->fresh && !row->in_other_file) {
		l->pending[l->n_pending++] = row->values;
		if (l->n_pending == GROUP)
			st = flush_pending(l, e);
	} else if (l->bulk && !row->in_other_file) {
		st = bulk_add(l->bulk, row->values, e);
	} else {
		st = write_now(l, row, e);
	}
	if (st == ST_OK && l->others)
		st = quarantine_release(l->job->quarantine, l->all->t->name, l->file, row->key, e);
	return st;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void note_key(struct load *l, const char *key)
{
	const char **found = bsearch(&key, l->left, (size_t)l->n_left, sizeof(*l->left), by_bytes);

	if (found)
		l->came[found - l->left] = true;
}

static enum status load_row(struct load *l, const struct read_row *row, struct err *e)
{
	if (row->reason)
		return reject(l, row, row->reason, e);
	if (l->n_left)
		note_key(l, row->key);
	return row->first_line ? repeated_key(l, row, e) : write_row(l, row, e);
}

static void progress(const struct load *l)
{
	if (l->job->opt->progress)
		l->job->opt->progress(l->job->opt->progress_ctx, l->f->path, l->f->read);
}

static enum status load_rows(struct load *l, struct err *e)
{
	const struct batch *b;

	do {
		b = queue_next(l->job->queue);
		for (int i = 0; i < b->n; i++) {
			if (l->f->read % STOP_EVERY == 0 && import_go_on(l->job->opt, e) != ST_OK)
				return ST_ERR;
			l->f->read++;
			if (load_row(l, &b->rows[i], e) != ST_OK)
				return ST_ERR; /* of the store: rows that are bad go to the quarantine */
			if (l->f->read % PROGRESS_EVERY == 0)
				progress(l);
		}
		if (b->status != ST_OK)
			return err_set(e, "%s", b->why.text);
		if (flush_pending(l, e) != ST_OK) /* the rows go with their batch */
			return ST_ERR;
	} while (!b->last);
	return flush(l, e);
}

/* ---- before and after the rows ---- */

static enum status count_inserted(struct load *l, struct err *e)
{
	int64_t after;

	for (int i = 0; i < l->n_targets && !l->all->fresh; i++) {
		if (count_rows(l->job, l->all->t, l->targets[i].kind, "SELECT count(*) FROM %s.%s", &after,
			       e) != ST_OK)
			return ST_ERR;
		if (after - l->targets[i].before > l->f->inserted)
			l->f->inserted = after - l->targets[i].before;
	}
	l->f->replaced = l->changed - l->f->inserted;
	return ST_OK;
}

/* Those are out of the quarantine now; what neither came right nor came again must not go unsaid. */
static enum status count_gone(struct load *l, struct err *e)
{
	for (int i = 0; i < l->n_left; i++) {
		bool again = l->came[i];

		if (!again && quarantine_has(l->job->quarantine, l->all->t->name, l->file, l->left[i], &again,
					     e) != ST_OK)
			return ST_ERR;
		l->f->gone += !again;
	}
	return ST_OK;
}

static enum status find_left(struct load *l, struct err *e)
{
	if (quarantine_keys(l->job->quarantine, l->all->t->name, l->file, l->own, &l->left, &l->n_left, e) != ST_OK)
		return ST_ERR;
	if (l->n_left)
		qsort(l->left, (size_t)l->n_left, sizeof(*l->left), by_bytes);
	l->came = ARENA_ARRAY(l->own, l->n_left, bool);
	return ST_OK;
}

/* A copy: the reader's lists go with the reader. */
static const char *const *copy_names(struct arena *a, const char *const *names)
{
	const char **copy = NULL;
	int n = 0;

	while (names[n])
		n++;
	copy = ARENA_ARRAY(a, n + 1, const char *);
	for (int i = 0; i < n; i++)
		copy[i] = arena_strdup(a, names[i]);
	return copy;
}

static enum status begin_file(struct load *l, struct err *e)
{
	const struct batch *b = queue_next(l->job->queue);

	if (b->status != ST_OK)
		return err_set(e, "%s", b->why.text);
	l->head = b->head;
	l->f->unknown_columns = copy_names(l->job->a, l->head->unknown_columns);
	l->f->missing_columns = copy_names(l->job->a, l->head->missing_columns);
	if (prepare_targets(l, e) != ST_OK || find_left(l, e) != ST_OK)
		return ST_ERR;
	return quarantine_begin_file(l->job->quarantine, l->all->t->name, l->file, &l->others, e);
}

static enum status finish_file(struct load *l, bool last, struct err *e)
{
	struct table_load *all = l->all;
	const struct batch *b;

	if (count_inserted(l, e) != ST_OK ||
	    quarantine_mark_kept(l->job->quarantine, all->t, l->file, &l->f->kept, e) != ST_OK ||
	    count_gone(l, e) != ST_OK)
		return ST_ERR;
	/* While the reader takes the file's digest. */
	for (int i = 0; i < l->n_targets && last && all->aside; i++)
		if (store_fill_end(l->targets[i].store, all->put_back[l->targets[i].kind].p, l->job->opt->jobs,
				   e) != ST_OK)
			return ST_ERR;
	b = queue_next(l->job->queue);
	if (b->status != ST_OK)
		return err_set(e, "%s", b->why.text);
	str_addf(&all->digests, "%s\n", b->digest);
	for (int i = 0; i < l->n_targets; i++)
		if (import_log_row(l->job, l->f, l->targets[i].kind, b->digest, e) != ST_OK)
			return ST_ERR;
	progress(l);
	return ST_OK;
}

static enum status load_file(struct table_load *all, struct import_file *f, bool last, struct err *e)
{
	struct load l = {
		.all = all, .job = all->job, .f = f, .file = base_name(f->path), .reason = STR_INIT,
		.own = arena_new(),
	};
	enum status st = begin_file(&l, e);

	if (st == ST_OK)
		st = load_rows(&l, e);
	if (st == ST_OK)
		st = finish_file(&l, last, e);
	load_free(&l);
	return st;
}

/* Rows that are split over servers find their place only by store_merge(). */
static bool is_split(const struct table_load *all)
{
	for (int kind = STORE_CASES; kind <= STORE_ACCOUNTS; kind++)
		if (all->t->stores & 1u << kind && store_is_split(job_store(all->job, (enum store_kind)kind), all->t->name))
			return true;
	return false;
}

static enum status find_fresh(struct table_load *all, struct err *e)
{
	int64_t rows = is_split(all);

	for (int kind = STORE_CASES; kind <= STORE_ACCOUNTS && !rows; kind++)
		if (all->t->stores & 1u << kind &&
		    count_rows(all->job, all->t, (enum store_kind)kind,
			       "SELECT count(*) FROM (SELECT 1 FROM %s.%s LIMIT 1) t", &rows, e) != ST_OK)
			return ST_ERR;
	all->fresh = !rows;
	return ST_OK;
}

static enum status note_facts(struct table_load *all, const int64_t before[2], struct err *e)
{
	for (int kind = STORE_CASES; kind <= STORE_ACCOUNTS; kind++)
		if (all->job->changed[kind] > before[kind] &&
		    import_facts(all->job, all->t->name, (enum store_kind)kind, &all->digests, e) != ST_OK)
			return ST_ERR;
	return ST_OK;
}

enum status load_table(struct import_job *job, struct import_file *files, int n, struct err *e)
{
	struct table_load all = { .job = job, .t = schema_table(files->table),
				  .put_back = { STR_INIT, STR_INIT }, .digests = STR_INIT };
	int64_t before[2] = { job->changed[0], job->changed[1] };
	enum status st = find_fresh(&all, e);

	for (int i = 0; i < n && st == ST_OK; i++)
		st = load_file(&all, &files[i], i + 1 == n, e);
	if (st == ST_OK)
		st = note_facts(&all, before, e);
	for (int i = 0; i < 2; i++)
		str_free(&all.put_back[i]);
	str_free(&all.digests);
	return st;
}
