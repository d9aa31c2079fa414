/*
 * JSON Lines: an object with what holds for the whole run, if the document has
 * such facts, then one for each body row of the tables that hold data, for
 * programs that go on with the findings. Blank and not applicable are null,
 * what is withheld is "***": a reader never takes either for a zero.
 */
#include "plain_file.h"
#include "writers.h"

#include <rasoat/json.h>
#include <rasoat/text.h>

#include <inttypes.h>
#include <math.h>
#include <string.h>

static void add_value(struct str *out, const struct cell *c)
{
	char day[11];

	if (c->word)
		json_text(out, c->word);
	else if (c->kind == CELL_INT || c->kind == CELL_MILLION)
		str_addf(out, "%" PRId64, c->i);
	else if (c->kind == CELL_REAL)
		json_real(out, c->r);
	else if (c->kind == CELL_TEXT && c->text)
		json_text(out, c->text);
	else if (c->kind == CELL_HIDDEN)
		json_text(out, "***");
	else if (c->kind == CELL_DATE && c->i != DAY_NONE)
		json_text(out, date_iso((day_t)c->i, day));
	else
		str_add(out, "null");
}

static enum status check_text(const char *table, int64_t row, const char *key, const char *text, struct err *e)
{
	size_t n = text ? strlen(text) : 0;
	size_t bad = n ? text_invalid_at(text, n) : 0;

	if (bad < n)
		return err_set(e, "table '%s', row %" PRId64 ", '%s': text is not valid UTF-8 from byte %zu on", table,
			       row, key, bad + 1);
	return ST_OK;
}

static enum status check_cell(const char *table, int64_t row, const char *key, const struct cell *c, struct err *e)
{
	if (c->kind == CELL_TEXT)
		return check_text(table, row, key, c->text, e);
	if (c->kind == CELL_REAL && !isfinite(c->r))
		return err_set(e, "table '%s', row %" PRId64 ", '%s': the value is not a finite number", table, row, key);
	return ST_OK;
}

static enum status put_row(struct plain_file *f, const struct doc_table *t, int64_t row, const struct cell *cells,
			   struct err *e)
{
	str_add(&f->buf, "{\"table\":");
	json_text(&f->buf, t->id);
	for (int i = 0; i < t->n_columns; i++) {
		if (!t->columns[i].key)
			continue;
		if (check_cell(t->id, row, t->columns[i].key, &cells[i], e) != ST_OK)
			return ST_ERR;
		str_addc(&f->buf, ',');
		json_text(&f->buf, t->columns[i].key);
		str_addc(&f->buf, ':');
		add_value(&f->buf, &cells[i]);
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

static enum status put_list(struct plain_file *f, const struct doc_fact *fact, struct err *e)
{
	str_addc(&f->buf, '[');
	for (int i = 0; i < fact->n_list; i++) {
		if (check_text("run", 1, fact->key, fact->list[i], e) != ST_OK)
			return ST_ERR;
		str_add(&f->buf, i ? "," : "");
		json_text(&f->buf, fact->list[i]);
	}
	str_addc(&f->buf, ']');
	return ST_OK;
}

static enum status put_object(struct plain_file *f, const struct doc_fact *facts, int n, struct err *e);

static enum status put_fact(struct plain_file *f, const struct doc_fact *fact, struct err *e)
{
	json_text(&f->buf, fact->key);
	str_addc(&f->buf, ':');
	if (fact->object)
		return put_object(f, fact->object, fact->n_object, e);
	if (fact->list)
		return put_list(f, fact, e);
	if (check_cell("run", 1, fact->key, &fact->value, e) != ST_OK)
		return ST_ERR;
	add_value(&f->buf, &fact->value);
	return ST_OK;
}

static enum status put_object(struct plain_file *f, const struct doc_fact *facts, int n, struct err *e)
{
	str_addc(&f->buf, '{');
	for (int i = 0; i < n; i++) {
		str_add(&f->buf, i ? "," : "");
		if (put_fact(f, &facts[i], e) != ST_OK)
			return ST_ERR;
	}
	str_addc(&f->buf, '}');
	return ST_OK;
}

static enum status put_facts(struct plain_file *f, const struct document *d, struct err *e)
{
	if (!d->facts)
		return ST_OK;
	str_add(&f->buf, "{\"table\":\"run\"");
	for (int i = 0; i < d->n_facts; i++) {
		str_addc(&f->buf, ',');
		if (put_fact(f, &d->facts[i], e) != ST_OK)
			return ST_ERR;
	}
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
