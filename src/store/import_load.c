/* One extract into its table: header, rows, what is new and what is not. */
#include "import_parts.h"

#include <rasoat/arena.h>
#include <rasoat/hash.h>
#include <rasoat/text.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define PROGRESS_EVERY 10000
#define STOP_EVERY 512

/* ---- one file ---- */

struct target { /* the table in one store */
	enum store_kind kind;
	struct stmt *upsert;
	int64_t before;
};

struct load {
	struct import_job *job;
	struct import_file *f;
	const struct table *t;
	const char *file; /* base name */
	struct csv *csv;
	int n_fields; /* of the header */
	struct bound *bound;
	int n_bound;
	struct value *values; /* of the row, as bound */
	struct target targets[2];
	int n_targets;
	struct bulk *bulk; /* or NULL: rows go one by one */
	struct stmt *same; /* the row stands in the store with just these cells */
	struct key_set *keys; /* the job's */
	int number;           /* of the file in this import, from 1 */
	struct str key, reason;
	struct arena *own, *row; /* for this file, for this row */
	int64_t changed;  /* rows that changed any store */
	int64_t others;   /* rows in quarantine that a good row may release */
	const char **left; /* keys that a file of this name left in quarantine before */
	int n_left;
};

static void load_free(struct load *l)
{
	for (int i = 0; i < 2; i++)
		stmt_close(l->targets[i].upsert);
	stmt_close(l->same);
	bulk_close(l->bulk);
	csv_close(l->csv);
	str_free(&l->key);
	str_free(&l->reason);
	arena_free(l->row);
	arena_free(l->own);
}

const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

const char *store_schema(enum store_kind kind)
{
	return kind == STORE_ACCOUNTS ? ACCOUNTS_ALIAS : "main";
}

/* ---- header ---- */

static void column_names(const struct table *t, struct str *out)
{
	for (int i = 0; i < t->n_columns; i++)
		str_addf(out, "%s%s", i ? ", " : "", t->columns[i].name);
}

/* U+FEFF: files that were put together have their marks in the middle. */
static bool is_mark(const char *p, size_t n)
{
	return n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0;
}

/* A header cell as a name: lower case, without blanks at the ends. */
static const char *header_name(struct arena *a, const struct csv_field *field)
{
	const char *p = field->p;
	size_t n = field->n;
	char *name;

	while (n && ((unsigned char)*p <= ' ' || is_mark(p, n))) {
		size_t step = is_mark(p, n) ? 3 : 1;

		p += step;
		n -= step;
	}
	while (n && (unsigned char)p[n - 1] <= ' ')
		n--;
	name = arena_strndup(a, p, n);
	for (char *c = name; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c += 'a' - 'A';
	return name;
}

static enum status read_header(struct load *l, struct csv_row *row, struct err *e)
{
	CLEANUP(str_free) struct str names = STR_INIT;
	int rc = csv_next(l->csv, row, e);

	if (rc < 0)
		return ST_ERR;
	if (rc == 0) {
		column_names(l->t, &names);
		return err_set(e, "%s: is empty; the first line must name the columns: %s", l->f->path,
			       names.p);
	}
	if (row->defect)
		return err_set(e, "%s:%lld: the header: %s", l->f->path, (long long)row->line, row->defect);
	for (int i = 0; i < row->n_fields; i++)
		if (text_invalid_at(row->fields[i].p, row->fields[i].n) < row->fields[i].n)
			return err_set(e, "%s:%lld: the header is not UTF-8; save it as \"CSV UTF-8\" and "
				       "import that", l->f->path, (long long)row->line);
	return ST_OK;
}

/* "locked_on" with a character that nobody sees would be an unknown column, and every account open. */
static enum status check_name(const struct load *l, int64_t line, const char *name, struct err *e)
{
	size_t n = strlen(name);
	uint32_t cp;

	for (size_t i = 0; i < n;) {
		i += text_next(name + i, n - i, &cp);
		if (is_hidden(cp))
			return err_set(e, "%s:%lld: the column '%s' holds U+%04X, which nobody sees; remove it",
				       l->f->path, (long long)line, name, (unsigned)cp);
	}
	return ST_OK;
}

static enum status bind_header(struct load *l, const struct csv_row *row, struct err *e)
{
	const char **names = ARENA_ARRAY(l->own, row->n_fields, const char *);
	const char **unknown = ARENA_ARRAY(l->job->a, row->n_fields + 1, const char *);
	int n_unknown = 0;

	l->n_fields = row->n_fields;
	l->bound = ARENA_ARRAY(l->own, row->n_fields, struct bound);
	for (int i = 0; i < row->n_fields; i++) {
		const struct column *c;

		names[i] = header_name(l->job->a, &row->fields[i]);
		if (check_name(l, row->line, names[i], e) != ST_OK)
			return ST_ERR;
		for (int k = 0; k < i; k++)
			if (names[i][0] && strcmp(names[i], names[k]) == 0)
				return err_set(e, "%s:%lld: the column '%s' stands twice in the header",
					       l->f->path, (long long)row->line, names[i]);
		c = schema_column(l->t, names[i]);
		if (c)
			l->bound[l->n_bound++] = (struct bound){ c, i };
		else
			unknown[n_unknown++] = names[i];
	}
	l->f->unknown_columns = unknown;
	l->values = ARENA_ARRAY(l->own, l->n_bound + 1, struct value);
	return ST_OK;
}

static bool is_bound(const struct load *l, const struct column *c)
{
	for (int i = 0; i < l->n_bound; i++)
		if (l->bound[i].column == c)
			return true;
	return false;
}

static enum status check_header(struct load *l, int64_t line, struct err *e)
{
	CLEANUP(str_free) struct str names = STR_INIT;
	const char **missing = ARENA_ARRAY(l->job->a, l->t->n_columns + 1, const char *);
	int n = 0;

	if (l->n_bound == 0) {
		column_names(l->t, &names);
		return err_set(e, "%s:%lld: no column of '%s' in the header; it must name the columns: %s",
			       l->f->path, (long long)line, l->t->name, names.p);
	}
	for (int i = 0; i < l->t->n_columns; i++) {
		const struct column *c = &l->t->columns[i];

		if (is_bound(l, c))
			continue;
		if (c->key || c->required)
			return err_set(e, "%s:%lld: the header has no column '%s', which every row of '%s' "
				       "must have", l->f->path, (long long)line, c->name, l->t->name);
		missing[n++] = c->name;
	}
	l->f->missing_columns = missing;
	return ST_OK;
}

/* ---- statements ---- */

static enum status count_rows(struct load *l, enum store_kind kind, int64_t *ret, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	str_addf(&sql, "SELECT count(*) FROM %s.%s", store_schema(kind), l->t->name);
	return store_query_int(l->job->store, sql.p, ret, e);
}

static enum status add_target(struct load *l, enum store_kind kind, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	struct target *target = &l->targets[l->n_targets++];

	target->kind = kind;
	import_upsert_sql(l->t, kind, l->bound, l->n_bound, &sql);
	if (store_prepare(l->job->store, sql.p, &target->upsert, e) != ST_OK)
		return ST_ERR;
	return count_rows(l, kind, &target->before, e);
}

static enum status open_bulk(struct load *l, struct err *e)
{
	const struct column **columns = ARENA_ARRAY(l->own, l->n_bound + 1, const struct column *);

	for (int i = 0; i < l->n_bound; i++)
		columns[i] = l->bound[i].column;
	return bulk_open(l->job, l->t, columns, l->n_bound, &l->bulk, e);
}

static enum status merge_bulk(struct load *l, struct err *e)
{
	int64_t rows = 0, changed = 0;

	if (l->bulk && bulk_merge(l->bulk, &rows, &changed, e) != ST_OK)
		return ST_ERR;
	l->changed += changed;
	l->f->unchanged += rows - changed;
	return ST_OK;
}

static enum status prepare_targets(struct load *l, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	if (l->t->stores & IN_CASES && add_target(l, STORE_CASES, e) != ST_OK)
		return ST_ERR;
	if (l->t->stores & IN_ACCOUNTS && add_target(l, STORE_ACCOUNTS, e) != ST_OK)
		return ST_ERR;
	str_addf(&sql, "SELECT 1 FROM %s.%s WHERE ", store_schema(l->targets[0].kind), l->t->name);
	for (int i = 0; i < l->n_bound; i++)
		str_addf(&sql, "%s%s %s ?%d", i ? " AND " : "", l->bound[i].column->name,
			 l->bound[i].column->key ? "=" : "IS", i + 1);
	if (store_can_copy(l->job->store) && open_bulk(l, e) != ST_OK)
		return ST_ERR;
	return store_prepare(l->job->store, sql.p, &l->same, e);
}

/* ---- rows ---- */

static enum status reject(struct load *l, const struct csv_row *row, const char *column,
			  const char *key, const char *reason, struct err *e)
{
	struct quarantine_row q = {
		.table = l->t->name, .file = l->file, .line = row->line, .column = column,
		.reason = reason, .key = key, .raw = row->raw, .raw_len = row->raw_len,
		.total_len = row->total_len,
	};

	l->f->quarantined++;
	return quarantine_add(l->job->quarantine, &q, e);
}

static enum status reject_count(struct load *l, const struct csv_row *row, struct err *e)
{
	str_addf(&l->reason, "has %d field%s, the header has %d", row->n_fields,
		 row->n_fields == 1 ? "" : "s", l->n_fields);
	if (row->last_line > row->line)
		str_addf(&l->reason, "; it runs from line %lld to line %lld: a quote may be missing",
			 (long long)row->line, (long long)row->last_line);
	return reject(l, row, NULL, NULL, l->reason.p, e);
}

/* Spreadsheets write rows of nothing but delimiters below the data. */
static bool is_empty_row(const struct csv_row *row)
{
	for (int i = 0; i < row->n_fields; i++)
		if (row->fields[i].n || row->fields[i].quoted)
			return false;
	return !row->defect;
}

/* Extracts that were put one behind the other bring their headers along. */
static bool is_header_again(const struct load *l, const struct csv_row *row)
{
	for (int i = 0; i < l->n_bound; i++)
		if (strcmp(header_name(l->row, &row->fields[l->bound[i].field]), l->bound[i].column->name) != 0)
			return false;
	return true;
}

/* Key cells joined by '|', which is escaped inside them. */
static void add_key_cell(struct str *key, const char *text)
{
	if (key->len)
		str_addc(key, '|');
	for (; *text; text++) {
		if (*text == '|' || *text == '\\')
			str_addc(key, '\\');
		str_addc(key, *text);
	}
}

/* All cells; the first bad column or NULL. The key is left empty when one of its cells is bad. */
static const char *read_cells(struct load *l, const struct csv_row *row)
{
	const char *bad = NULL;
	bool whole_key = true;

	for (int i = 0; i < l->n_bound; i++) {
		const struct column *c = l->bound[i].column;
		const struct csv_field *field = &row->fields[l->bound[i].field];

		if (cell_read(c, field->p, field->n, l->t->classified, l->row, &l->values[i], &l->reason))
			continue;
		if (!bad)
			bad = c->name;
		whole_key = whole_key && !c->key;
	}
	/* In the order of the schema: two files with other headers must agree. */
	for (int k = 0; k < l->t->n_columns && whole_key; k++)
		for (int i = 0; i < l->n_bound; i++)
			if (l->bound[i].column == &l->t->columns[k] && l->bound[i].column->key)
				add_key_cell(&l->key, l->values[i].text);
	return bad;
}

static enum status bind_row(const struct load *l, struct stmt *st, struct err *e)
{
	for (int i = 0; i < l->n_bound; i++)
		if (stmt_bind(st, i + 1, l->values[i], e) != ST_OK)
			return ST_ERR;
	return ST_OK;
}

static enum status repeated_key(struct load *l, const struct csv_row *row, int64_t line, struct err *e)
{
	enum step step;

	if (merge_bulk(l, e) != ST_OK || bind_row(l, l->same, e) != ST_OK)
		return ST_ERR;
	step = stmt_step(l->same, e);
	stmt_reset(l->same);
	if (step == STEP_ERROR)
		return ST_ERR;
	if (step == STEP_ROW) {
		l->f->unchanged++;
		return ST_OK;
	}
	str_addf(&l->reason, "the key stands in line %lld already, with other content", (long long)line);
	return reject(l, row, NULL, l->key.p, l->reason.p, e);
}

static enum status write_alone(struct load *l, struct err *e)
{
	int64_t before;

	if (merge_bulk(l, e) != ST_OK)
		return ST_ERR;
	before = l->changed;
	if (bulk_add(l->bulk, l->values, e) != ST_OK || merge_bulk(l, e) != ST_OK)
		return ST_ERR;
	l->f->overrides += l->changed > before;
	return ST_OK;
}

static enum status write_now(struct load *l, bool in_other_file, struct err *e)
{
	bool changed = false;

	if (store_is_split(l->job->store, l->t->name))
		return write_alone(l, e);
	for (int i = 0; i < l->n_targets; i++) {
		struct stmt *st = l->targets[i].upsert;
		enum step step;

		if (bind_row(l, st, e) != ST_OK)
			return ST_ERR;
		step = stmt_step(st, e);
		stmt_reset(st);
		if (step == STEP_ERROR)
			return ST_ERR;
		if (store_changes(l->job->store) > 0) {
			l->job->changed[l->targets[i].kind]++;
			changed = true;
		}
	}
	l->changed += changed;
	l->f->unchanged += !changed;
	l->f->overrides += changed && in_other_file;
	return ST_OK;
}

/* A row that may override another file's is written at once, so that it can be told. */
static enum status write_row(struct load *l, bool in_other_file, struct err *e)
{
	enum status st = l->bulk && !in_other_file ? bulk_add(l->bulk, l->values, e)
						   : write_now(l, in_other_file, e);

	if (st != ST_OK)
		return ST_ERR;
	if (l->others)
		return quarantine_release(l->job->quarantine, l->t->name, l->file, l->key.p, e);
	return ST_OK;
}

static enum status load_row(struct load *l, const struct csv_row *row, struct err *e)
{
	const char *bad;
	int64_t before;

	l->f->read++;
	str_clear(&l->key);
	str_clear(&l->reason);
	arena_reset(l->row);
	if (row->defect)
		return reject(l, row, NULL, NULL, row->defect, e);
	if (row->n_fields != l->n_fields)
		return reject_count(l, row, e);
	if (is_header_again(l, row))
		return reject(l, row, NULL, NULL, "repeats the header", e);
	bad = read_cells(l, row);
	if (bad)
		return reject(l, row, bad, l->key.len ? l->key.p : NULL, l->reason.p, e);
	before = key_take(l->keys, l->key.p, key_place(l->number, row->line));
	if (before && key_file(before) == l->number)
		return repeated_key(l, row, key_line(before), e);
	return write_row(l, before != 0, e);
}

static void progress(const struct load *l)
{
	if (l->job->opt->progress)
		l->job->opt->progress(l->job->opt->progress_ctx, l->f->path, l->f->read);
}

static enum status load_rows(struct load *l, struct err *e)
{
	struct csv_row row;
	int rc;

	while ((rc = csv_next(l->csv, &row, e)) == 1) {
		if (is_empty_row(&row))
			continue;
		if (l->f->read % STOP_EVERY == 0 && import_go_on(l->job->opt, e) != ST_OK)
			return ST_ERR;
		if (load_row(l, &row, e) != ST_OK)
			return ST_ERR; /* of the store: rows that are bad go to the quarantine */
		if (l->f->read % PROGRESS_EVERY == 0)
			progress(l);
	}
	return rc < 0 ? ST_ERR : merge_bulk(l, e);
}

/* ---- after the rows ---- */

static enum status count_inserted(struct load *l, struct err *e)
{
	int64_t after;

	for (int i = 0; i < l->n_targets; i++) {
		if (count_rows(l, l->targets[i].kind, &after, e) != ST_OK)
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
		bool again = key_known(l->keys, l->left[i]);

		if (!again && quarantine_has(l->job->quarantine, l->t->name, l->file, l->left[i], &again, e) != ST_OK)
			return ST_ERR;
		l->f->gone += !again;
	}
	return ST_OK;
}

static enum status run_load(struct load *l, struct err *e)
{
	char digest[HASH_HEX];
	struct csv_row header;

	if (csv_open(l->f->path, &l->csv, e) != ST_OK || hash_file(l->f->path, digest, e) != ST_OK ||
	    read_header(l, &header, e) != ST_OK || bind_header(l, &header, e) != ST_OK ||
	    check_header(l, header.line, e) != ST_OK || prepare_targets(l, e) != ST_OK ||
	    quarantine_keys(l->job->quarantine, l->t->name, l->file, l->own, &l->left, &l->n_left, e) != ST_OK ||
	    quarantine_begin_file(l->job->quarantine, l->t->name, l->file, &l->others, e) != ST_OK ||
	    load_rows(l, e) != ST_OK || count_inserted(l, e) != ST_OK ||
	    quarantine_mark_kept(l->job->quarantine, l->t, l->file, &l->f->kept, e) != ST_OK ||
	    count_gone(l, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < l->n_targets; i++)
		if (import_log_row(l->job, l->f, l->targets[i].kind, digest, e) != ST_OK)
			return ST_ERR;
	progress(l);
	return ST_OK;
}

enum status load_file(struct import_job *job, struct import_file *f, int number, struct err *e)
{
	struct load l = {
		.job = job, .f = f, .t = schema_table(f->table), .file = base_name(f->path),
		.key = STR_INIT, .reason = STR_INIT, .own = arena_new(), .row = arena_new(),
		.number = number,
	};
	enum status st;

	if (!job->keys || strcmp(job->keys_table, f->table) != 0) {
		key_set_free(job->keys);
		job->keys = key_set_new();
		job->keys_table = f->table;
	}
	l.keys = job->keys;
	st = run_load(&l, e);
	load_free(&l);
	return st;
}
