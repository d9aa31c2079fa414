/*
 * JSON Lines: an object with what holds for the whole run, if the document has
 * such facts, then one for each body row of the tables that hold data, for
 * programs that go on with the findings. Blank and not applicable are null,
 * what is withheld is "***": a reader never takes either for a zero.
 */
#include "json_cell.h"
#include "plain_file.h"
#include "writers.h"

#include <rasoat/json.h>

#include <string.h>

static enum status put_row(struct plain_file *f, const struct doc_table *t, int64_t row, const struct cell *cells,
			   struct err *e)
{
	str_add(&f->buf, "{\"table\":");
	json_text(&f->buf, t->id);
	for (int i = 0; i < t->n_columns; i++) {
		if (!t->columns[i].key)
			continue;
		str_addc(&f->buf, ',');
		json_text(&f->buf, t->columns[i].key);
		str_addc(&f->buf, ':');
		if (json_cell(&f->buf, (struct json_place){ t->id, row }, t->columns[i].key, &cells[i], e) != ST_OK)
			return ST_ERR;
	}
	str_add(&f->buf, "}\n");
	return plain_pour(f, e);
}

static enum status put_rows(struct plain_file *f, const struct doc_table *t, struct cell *cells, struct err *e)
{
	enum row_kind kind = ROW_BODY;
	int64_t row = 0;
	int got;

	if (t->rows.rewind && t->rows.rewind(t->rows.ctx, e) != ST_OK)
		return ST_ERR;
	while ((got = t->rows.next(t->rows.ctx, cells, &kind, e)) > 0) {
		if (kind == ROW_BODY && put_row(f, t, ++row, cells, e) != ST_OK)
			return ST_ERR;
		memset(cells, 0, (size_t)t->n_columns * sizeof(*cells));
		kind = ROW_BODY;
	}
	return got < 0 ? err_in(e, "table '%s'", t->id) : ST_OK;
}

static enum status put_table(struct plain_file *f, const struct doc_table *t, struct err *e)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();

	return put_rows(f, t, ARENA_ARRAY(a, (size_t)t->n_columns + 1, struct cell), e);
}

static enum status put_facts(struct plain_file *f, const struct document *d, struct err *e)
{
	if (!d->facts)
		return ST_OK;
	str_add(&f->buf, "{\"table\":\"run\"");
	str_add(&f->buf, d->n_facts ? "," : "");
	if (json_members(&f->buf, d->facts, d->n_facts, e) != ST_OK)
		return ST_ERR;
	str_add(&f->buf, "}\n");
	return plain_pour(f, e);
}

static enum status jsonl_write(const struct document *d, const struct write_options *o, const char *path,
			       struct err *e)
{
	CLEANUP(plain_drop) struct plain_file f = { .fd = -1, .buf = STR_INIT };

	(void)o;
	if (plain_open(&f, path, e) != ST_OK || put_facts(&f, d, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < d->n_sections; i++)
		for (int k = 0; k < d->sections[i].n_blocks; k++) {
			const struct doc_block *b = &d->sections[i].blocks[k];

			if (b->kind == BLOCK_TABLE && b->table->data && put_table(&f, b->table, e) != ST_OK)
				return ST_ERR;
		}
	return plain_close(&f, e);
}

const struct writer jsonl_writer = { "jsonl", ".jsonl", jsonl_write };
