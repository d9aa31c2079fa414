/* The reading side of an import: rows of the extracts, checked and converted, in batches. */
#include "import_parts.h"

#include <rasoat/arena.h>
#include <stdlib.h>
#include <string.h>

#define BATCH_MAX 256 /* rows */
#define BATCH_BYTES ((size_t)256 << 10)
#define MARK_EVERY 2048 /* bytes */

enum phase { AT_HEAD, AT_ROWS, AT_DIGEST };

struct mark { /* a row's beginning */
	int64_t offset, line;
};

struct reader {
	const struct import_file *files;
	int n_files, file; /* the one being read */
	struct import_head **heads;
	enum phase phase;
	struct csv *csv;
	struct key_set *keys;
	struct arena *arena; /* heads */
	/* About one row in each MARK_EVERY bytes of the file, to find the line of a byte. */
	struct mark *marks;
	size_t n_marks, cap_marks;
	/* To look at rows again: */
	struct csv *again;
	int again_file; /* -1: none */
	struct arena *scratch;
	/* the row being read */
	struct str key, reason;
};

struct reader *reader_new(const struct import_file *files, int n)
{
	struct reader *r = xmalloc(sizeof(*r));

	*r = (struct reader){ .files = files, .n_files = n, .arena = arena_new(), .scratch = arena_new(),
			      .again_file = -1, .key = STR_INIT, .reason = STR_INIT };
	r->heads = ARENA_ARRAY(r->arena, n, struct import_head *);
	return r;
}

void reader_free(struct reader *r)
{
	if (!r)
		return;
	csv_close(r->csv);
	csv_close(r->again);
	key_set_free(r->keys);
	free(r->marks);
	str_free(&r->key);
	str_free(&r->reason);
	arena_free(r->scratch);
	arena_free(r->arena);
	free(r);
}

bool reader_is_done(const struct reader *r)
{
	return r->file == r->n_files;
}

/* ---- keys that come again ---- */

static enum status look_again(struct reader *r, int file, struct err *e)
{
	if (r->again_file == file)
		return ST_OK;
	r->again_file = -1;
	csv_close(r->again);
	r->again = NULL;
	if (csv_open(r->files[file].path, &r->again, e) != ST_OK)
		return ST_ERR;
	r->again_file = file;
	return ST_OK;
}

/* The key of a row that was read before; false when it has none any more. */
static bool key_again(const struct import_head *h, const struct csv_row *row, struct arena *a, struct str *key)
{
	CLEANUP(str_free) struct str reason = STR_INIT;
	struct value *values = ARENA_ARRAY(a, h->n_bound, struct value);

	if (row->defect || row->n_fields != h->n_fields)
		return false;
	for (int i = 0; i < h->n_keys; i++) {
		const struct bound *b = &h->bound[h->keys[i]];

		if (!cell_read(b->column, &row->fields[b->field], true, a, &values[h->keys[i]], &reason))
			return false;
	}
	head_key(h, values, key);
	return true;
}

/* Two keys may have one hash: the row itself tells. */
static enum status check_key(void *ctx, uint64_t place, bool *ret, struct err *e)
{
	struct reader *r = ctx;
	int file = key_file(place) - 1;
	CLEANUP(str_free) struct str key = STR_INIT;
	struct csv_row row;
	int rc;

	if (look_again(r, file, e) != ST_OK || csv_seek(r->again, key_offset(place), 0, e) != ST_OK)
		return ST_ERR;
	rc = csv_next(r->again, &row, e);
	if (rc < 0)
		return ST_ERR;
	arena_reset(r->scratch);
	*ret = rc == 1 && key_again(r->heads[file], &row, r->scratch, &key) && strcmp(key.p, r->key.p) == 0;
	return ST_OK;
}

static void add_mark(struct reader *r, const struct csv_row *row)
{
	if (r->n_marks && row->offset - r->marks[r->n_marks - 1].offset < MARK_EVERY)
		return;
	if (r->n_marks == r->cap_marks) {
		r->cap_marks = r->cap_marks ? r->cap_marks * 2 : 256;
		r->marks = xrealloc(r->marks, r->cap_marks * sizeof(*r->marks));
	}
	r->marks[r->n_marks++] = (struct mark){ row->offset, row->line };
}

/* The line of the row of this file that begins there. */
static enum status line_at(struct reader *r, int64_t offset, int64_t *ret, struct err *e)
{
	size_t low = 0, high = r->n_marks;
	struct csv_row row;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (r->marks[middle].offset <= offset)
			low = middle;
		else
			high = middle;
	}
	if (look_again(r, r->file, e) != ST_OK ||
	    csv_seek(r->again, r->marks[low].offset, r->marks[low].line, e) != ST_OK)
		return ST_ERR;
	for (;;) {
		int rc = csv_next(r->again, &row, e);

		if (rc < 0)
			return ST_ERR;
		if (rc == 0 || row.offset > offset)
			return err_set(e, "%s: changed while it was read; import it again", r->files[r->file].path);
		if (row.offset == offset)
			break;
	}
	*ret = row.line;
	return ST_OK;
}

static enum status find_key(struct reader *r, const struct csv_row *row, struct read_row *out, struct err *e)
{
	uint64_t before = 0;

	if (key_take(r->keys, key_hash(r->key.p, r->key.len), key_place(r->file + 1, row->offset), check_key, r,
		     &before, e) != ST_OK)
		return ST_ERR;
	if (!before)
		return ST_OK;
	if (key_file(before) == r->file + 1)
		return line_at(r, key_offset(before), &out->first_line, e);
	out->in_other_file = true;
	return ST_OK;
}

/* ---- rows ---- */

static void bad_count(struct reader *r, const struct csv_row *row)
{
	const struct import_head *h = r->heads[r->file];

	str_addf(&r->reason, "has %d field%s, the header has %d", row->n_fields, row->n_fields == 1 ? "" : "s",
		 h->n_fields);
	if (row->last_line > row->line)
		str_addf(&r->reason, "; it runs from line %lld to line %lld: a quote may be missing",
			 (long long)row->line, (long long)row->last_line);
}

/* Spreadsheets write rows of nothing but delimiters below the data. */
static bool is_empty_row(const struct csv_row *row)
{
	for (int i = 0; i < row->n_fields; i++)
		if (row->fields[i].n || row->fields[i].quoted)
			return false;
	return !row->defect;
}

/* The fields lie one behind the other, each with its NUL: their bytes move to the batch. */
static void move_fields(const struct csv_row *row, struct arena *a)
{
	const struct csv_field *last = &row->fields[row->n_fields - 1];
	const char *from = row->fields[0].p;
	char *to = arena_strndup(a, from, (size_t)(last->p + last->n - from));

	for (int i = 0; i < row->n_fields; i++)
		row->fields[i].p = to + (row->fields[i].p - from);
}

/* All cells; the first bad column or NULL. The key is left empty when one of its cells is bad. */
static const char *read_cells(struct reader *r, const struct csv_row *row, struct value *values, struct arena *a)
{
	const struct import_head *h = r->heads[r->file];
	const char *bad = NULL;
	bool whole_key = true;

	for (int i = 0; i < h->n_bound; i++) {
		const struct column *c = h->bound[i].column;

		if (cell_read(c, &row->fields[h->bound[i].field], h->table->classified, a, &values[i], &r->reason))
			continue;
		if (!bad)
			bad = c->name;
		whole_key = whole_key && !c->key;
	}
	if (whole_key)
		head_key(h, values, &r->key);
	return bad;
}

static enum status read_row(struct reader *r, const struct csv_row *row, struct arena *a, struct read_row *out,
			    struct err *e)
{
	const struct import_head *h = r->heads[r->file];

	str_clear(&r->key);
	str_clear(&r->reason);
	*out = (struct read_row){ .line = row->line, .total_len = row->total_len };
	if (row->defect) {
		str_add(&r->reason, row->defect);
	} else if (row->n_fields != h->n_fields) {
		bad_count(r, row);
	} else if (head_is_again(h, row)) {
		str_add(&r->reason, "repeats the header");
	} else {
		out->values = ARENA_ARRAY(a, h->n_bound, struct value);
		move_fields(row, a);
		out->column = read_cells(r, row, out->values, a);
		if (!out->column && find_key(r, row, out, e) != ST_OK)
			return ST_ERR;
		if (r->key.len)
			out->key = h->n_keys == 1 && r->key.len == out->values[h->keys[0]].len
					   ? out->values[h->keys[0]].text
					   : arena_strndup(a, r->key.p, r->key.len);
	}
	if (r->reason.len)
		out->reason = arena_strndup(a, r->reason.p, r->reason.len);
	if (r->reason.len || out->first_line) {
		out->raw = arena_strndup(a, row->raw, row->raw_len);
		out->raw_len = row->raw_len;
	}
	return ST_OK;
}

static enum status read_rows(struct reader *r, struct batch *b, struct err *e)
{
	struct csv_row row;
	size_t bytes = 0;
	int rc = 1;

	b->kind = BATCH_ROWS;
	b->rows = ARENA_ARRAY(b->arena, BATCH_MAX, struct read_row);
	while (b->n < BATCH_MAX && bytes < BATCH_BYTES && (rc = csv_next(r->csv, &row, e)) == 1) {
		if (is_empty_row(&row))
			continue;
		add_mark(r, &row);
		if (read_row(r, &row, b->arena, &b->rows[b->n], e) != ST_OK)
			return ST_ERR;
		b->n++;
		bytes += row.total_len;
	}
	b->last = rc == 0;
	return rc < 0 ? ST_ERR : ST_OK;
}

/* ---- files ---- */

static bool is_last_of_table(const struct reader *r)
{
	const struct import_file *f = &r->files[r->file];

	return r->file + 1 == r->n_files || strcmp(f->table, f[1].table) != 0;
}

static enum status read_head(struct reader *r, struct batch *b, struct err *e)
{
	const struct import_file *f = &r->files[r->file];

	b->kind = BATCH_HEAD;
	if (!r->keys)
		r->keys = key_set_new();
	r->n_marks = 0;
	csv_close(r->csv);
	r->csv = NULL;
	return csv_open(f->path, &r->csv, e) == ST_OK
		       ? head_read(r->csv, f->path, schema_table(f->table), r->arena, &r->heads[r->file], e)
		       : ST_ERR;
}

void reader_next(struct reader *r, struct batch *b)
{
	arena_reset(b->arena);
	*b = (struct batch){ .arena = b->arena };
	switch (r->phase) {
	case AT_HEAD:
		b->status = read_head(r, b, &b->why);
		r->phase = AT_ROWS;
		break;
	case AT_ROWS:
		b->status = read_rows(r, b, &b->why);
		if (b->last)
			r->phase = AT_DIGEST;
		break;
	case AT_DIGEST:
		b->kind = BATCH_DIGEST;
		if (is_last_of_table(r)) {
			key_set_free(r->keys);
			r->keys = NULL;
		}
		b->status = hash_file(r->files[r->file].path, b->digest, &b->why);
		r->phase = AT_HEAD;
		break;
	}
	b->head = r->heads[r->file];
	if (b->kind == BATCH_DIGEST)
		r->file++;
}
