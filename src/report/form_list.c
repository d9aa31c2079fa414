/*
 * Lists: the rows of a dataset, pulled one by one from the store. The statement is closed with the last
 * row or at an error; form_document_close closes what a writer left half read.
 */
#include "form_int.h"

struct list_rows {
	const struct template_table *t;
	struct store *s;
	struct period period;
	day_t as_of;
	const char *unit; /* scope or NULL */
	const char *sql, *file;
	struct stmt *st;
	bool done;
	int64_t number; /* of the row given last */
};

static enum status list_open(struct list_rows *r, struct err *e)
{
	r->number = 0;
	r->done = false;
	/* Another form may have been computed since. */
	if (store_set_as_of(r->s, r->as_of, e) != ST_OK || store_set_scope(r->s, r->unit, e) != ST_OK)
		return ST_ERR;
	return sql_open(r->s, r->sql, &r->period, r->as_of, &r->st, e);
}

static void list_close(struct list_rows *r)
{
	stmt_close(r->st);
	r->st = NULL;
	r->done = true;
}

static struct cell list_cell(const struct stmt *st, int col, enum field_type type)
{
	struct value v = stmt_value(st, col);
	day_t day;

	if (v.kind == V_NULL)
		return (struct cell){ .kind = CELL_BLANK };
	if (type == FIELD_DATE && v.kind == V_TEXT && date_parse_iso(v.text, v.len, &day))
		return cell_day(day);
	if (type == FIELD_INT || type == FIELD_MONEY) {
		if (v.kind == V_INT)
			return cell_int(v.i);
		if (v.kind == V_REAL)
			return (struct cell){ .kind = CELL_REAL, .r = v.r };
	}
	return cell_str(stmt_text(st, col));
}

static int list_next(void *ctx, struct cell *cells, enum row_kind *kind, struct err *e)
{
	struct list_rows *r = ctx;
	int col = 0;

	if (r->done)
		return 0;
	if (!r->st && list_open(r, e) != ST_OK)
		return err_in(e, "%s:%d", r->file, r->t->line), -1;
	switch (stmt_step(r->st, e)) {
	case STEP_ROW:
		break;
	case STEP_DONE:
		list_close(r);
		return 0;
	case STEP_ERROR:
		list_close(r);
		err_in(e, "%s:%d", r->file, r->t->line);
		return -1;
	}
	*kind = ROW_BODY;
	r->number++;
	for (int i = 0; i < r->t->n_list; i++)
		cells[i] = r->t->list[i].sql ? list_cell(r->st, col++, r->t->list[i].type) : cell_int(r->number);
	return 1;
}

static enum status list_rewind(void *ctx, struct err *e)
{
	struct list_rows *r = ctx;

	(void)e;
	list_close(r);
	r->done = false;
	return ST_OK;
}

static enum status list_count(struct list_rows *r, bool scoped, int64_t *ret, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;

	sql_list(&sql, r->t, scoped, true);
	if (sql_open(r->s, sql.p, &r->period, r->as_of, &st, e) != ST_OK || stmt_step(st, e) != STEP_ROW)
		return ST_ERR;
	*ret = stmt_int(st, 0);
	return ST_OK;
}

static enum cell_kind column_kind(const struct list_column *c)
{
	if (!c->sql || c->type == FIELD_INT || c->type == FIELD_MONEY)
		return CELL_INT;
	return c->type == FIELD_DATE ? CELL_DATE : CELL_TEXT;
}

enum status form_list(struct arena *a, struct document *d, const struct form *f, const struct template_table *t,
		      struct store *s, struct doc_table **ret, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	struct doc_table *dt = ARENA_NEW(a, struct doc_table);
	struct list_rows *r = ARENA_NEW(a, struct list_rows);
	bool scoped = !f->whole && t->list_dataset->unit;

	sql_list(&sql, t, scoped, false);
	*r = (struct list_rows){
		.t = t, .s = s, .period = f->period, .as_of = f->as_of, .unit = f->unit, .sql = arena_strdup(a, sql.p),
		.file = f->template->file,
	};
	*dt = (struct doc_table){
		.id = t->id, .data = true, .n_columns = t->n_list, .font_size = t->n_list > 8 ? 9 : 10,
		.rows = { .ctx = r, .next = list_next, .rewind = list_rewind }, .empty = t->empty,
	};
	if (list_count(r, scoped, &dt->rows.count, e) != ST_OK)
		return err_in(e, "%s:%d: list '%s'", f->template->file, t->line, t->id);
	dt->filter = dt->freeze = t->sheet && dt->rows.count;
	dt->columns = ARENA_ARRAY(a, (size_t)t->n_list + 1, struct doc_column);
	for (int i = 0; i < t->n_list; i++)
		dt->columns[i] = (struct doc_column){
			.key = t->list[i].title, .title = t->list[i].title, .width = t->list[i].width,
			.type = column_kind(&t->list[i]), .align = t->list[i].sql ? ALIGN_AUTO : ALIGN_CENTER,
		};
	doc_table_simple_heads(d, dt);
	*ret = dt;
	return ST_OK;
}

void form_document_close(struct document *d)
{
	for (int i = 0; d && i < d->n_sections; i++)
		for (int k = 0; k < d->sections[i].n_blocks; k++) {
			const struct doc_table *t = d->sections[i].blocks[k].table;

			if (t && t->rows.next == list_next)
				list_close(t->rows.ctx);
		}
}
