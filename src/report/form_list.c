/*
 * Lists: the rows of a dataset, of all forms of a set at once. They are read from the store once, and put aside as
 * they come, one form's rows after the other's; every document then reads its own part, as often as it likes.
 */
#include "form_int.h"

#include <rasoat/spool.h>

#include <stdlib.h>
#include <string.h>

struct segment {
	int64_t at, rows;
};

struct form_list {
	struct spool *spool;
	struct segment *of; /* per form of the set */
};

void form_list_close(struct form_list *l)
{
	if (!l)
		return;
	spool_free(l->spool);
	free(l->of);
	free(l);
}

static struct form_list *list_new(int n_forms)
{
	struct form_list *l = xmalloc(sizeof(*l));

	l->spool = spool_new();
	l->of = xmalloc(sizeof(*l->of) * ((size_t)n_forms + 1));
	memset(l->of, 0, sizeof(*l->of) * ((size_t)n_forms + 1));
	return l;
}

static const struct template_table *list_table(const struct template *t, int list)
{
	for (int i = 0; i < t->n_parts; i++)
		if (t->parts[i].kind == PART_TABLE && t->parts[i].table->rows == ROWS_LIST && !list--)
			return t->parts[i].table;
	return NULL;
}

static int list_number(const struct template *t, const struct template_table *table)
{
	int n = 0;

	for (int i = 0; i < t->n_parts && t->parts[i].table != table; i++)
		n += t->parts[i].kind == PART_TABLE && t->parts[i].table->rows == ROWS_LIST;
	return n;
}

/* --- reading the store --- */

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

/* A row is its length, then its cells: a byte for the kind, then the text with its NUL or the number. */
static void put_cell(struct str *row, const struct cell *c)
{
	str_addc(row, (char)c->kind);
	if (c->kind == CELL_TEXT)
		str_addn(row, c->text, strlen(c->text) + 1);
	else if (c->kind == CELL_REAL)
		str_addn(row, (const char *)&c->r, sizeof(c->r));
	else if (c->kind != CELL_BLANK)
		str_addn(row, (const char *)&c->i, sizeof(c->i));
}

static enum status put_row(struct form_list *l, const struct template_table *t, const bool *hidden,
			   const struct stmt *st, struct str *row, struct err *e)
{
	uint32_t len = 0;
	int col = 0;

	str_clear(row);
	str_addn(row, (const char *)&len, sizeof(len));
	for (int i = 0; i < t->n_list; i++)
		if (t->list[i].sql) {
			struct cell c = list_cell(st, col++, t->list[i].type);

			/* An empty cell tells nothing of anybody. */
			if ((!hidden || hidden[i]) && c.kind != CELL_BLANK)
				c = (struct cell){ .kind = CELL_HIDDEN };
			put_cell(row, &c);
		}
	len = (uint32_t)row->len;
	memcpy(row->p, &len, sizeof(len));
	return spool_add(l->spool, row->p, row->len, e);
}

/* The rows of one scope come together; of a dataset without units the same rows are everybody's. */
static enum status read_rows(struct form_list *l, struct calc *c, const struct template_table *t, const bool *hidden,
			     struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT, row = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	int n_sql = 0, from, to, last = -1;
	enum step step;

	for (int i = 0; i < t->n_list; i++)
		n_sql += t->list[i].sql != NULL;
	sql_list(&sql, t, calc_range(c, t->list_dataset));
	if (sql_open(c->s, sql.p, &c->period, c->as_of, &st, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW) {
		if (calc_whose(c, t->list_dataset, st, n_sql, &from, &to, e) != ST_OK)
			return ST_ERR;
		for (int i = from; i < to; i++) {
			struct segment *part = &l->of[c->scopes[i].form->at];

			if (from != last)
				part->at = spool_size(l->spool);
			part->rows++;
		}
		last = from;
		if (put_row(l, t, hidden, st, &row, e) != ST_OK)
			return ST_ERR;
	}
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

enum status form_set_list(struct form_set *set, int list, struct store *s, struct err *e)
{
	CLEANUP(arena_cleanup) struct arena *scratch = arena_new();
	const struct template_table *t = list_table(set->template, list);
	struct form_list *l = list_new(set->n_forms);
	enum status st = ST_OK;

	for (int k = 0; k < calc_count(set) && st == ST_OK; k++) {
		struct calc *c = NULL;

		st = calc_new(scratch, set, k, s, &c, e);
		if (st == ST_OK)
			st = read_rows(l, c, t, form_hidden(set, t), e);
	}
	if (st != ST_OK) {
		form_list_close(l);
		(void)form_failed(set, e);
		return err_in(e, "%s:%d: list '%s'", set->template->file, t->line, t->id);
	}
	set->lists[list] = l;
	return ST_OK;
}

/* --- reading back --- */

enum { AHEAD = 1 << 15 }; /* bytes read at a time */

struct list_rows {
	const struct template_table *t;
	const struct form_list *list;
	struct segment part;
	int64_t number; /* of the row given last */
	bool ended;     /* the total row was given */
	int64_t next;   /* where the row after it is */
	struct arena *a;
	char *buf; /* bytes [start, start + n) of the spool */
	size_t cap, n;
	int64_t start;
};

/* Makes the `want` bytes from r->next on stand in the buffer. */
static enum status fill(struct list_rows *r, size_t want, struct err *e)
{
	if (r->next >= r->start && r->next + (int64_t)want <= r->start + (int64_t)r->n)
		return ST_OK;
	if (want > r->cap) {
		r->cap = want > AHEAD ? want : AHEAD;
		r->buf = arena_alloc(r->a, r->cap);
	}
	r->start = r->next;
	if (spool_read(r->list->spool, r->start, r->buf, r->cap, &r->n, e) != ST_OK)
		return ST_ERR;
	return r->n < want ? err_set(e, "a list that was put aside is cut short") : ST_OK;
}

static const char *get_cell(const char *p, struct cell *c)
{
	c->kind = (enum cell_kind)*p++;
	if (c->kind == CELL_TEXT) {
		c->text = p;
		return p + strlen(p) + 1;
	}
	if (c->kind == CELL_BLANK)
		return p;
	if (c->kind == CELL_REAL)
		memcpy(&c->r, p, sizeof(c->r));
	else
		memcpy(&c->i, p, sizeof(c->i));
	return p + sizeof(c->i);
}

/* "Tổng số: 3", where the form ends with it; beside the running number. */
static int list_total(struct list_rows *r, struct cell *cells, enum row_kind *kind)
{
	int at = r->t->n_list > 1 && !r->t->list[0].sql;

	if (!r->t->total || r->ended || !r->part.rows)
		return 0;
	r->ended = true;
	*kind = ROW_TOTAL;
	cells[at] = cell_str(arena_printf(r->a, "%s %s", r->t->total, doc_number(r->a, r->part.rows)));
	return 1;
}

static int list_next(void *ctx, struct cell *cells, enum row_kind *kind, struct err *e)
{
	struct list_rows *r = ctx;
	const char *p;
	uint32_t len;

	if (r->number == r->part.rows)
		return list_total(r, cells, kind);
	if (fill(r, sizeof(len), e) != ST_OK)
		return -1;
	memcpy(&len, r->buf + (r->next - r->start), sizeof(len));
	if (fill(r, len, e) != ST_OK)
		return -1;
	p = r->buf + (r->next - r->start) + sizeof(len);
	r->next += len;
	r->number++;
	*kind = ROW_BODY;
	for (int i = 0; i < r->t->n_list; i++) {
		if (r->t->list[i].sql)
			p = get_cell(p, &cells[i]);
		else
			cells[i] = cell_int(r->number);
	}
	return 1;
}

static enum status list_rewind(void *ctx, struct err *e)
{
	struct list_rows *r = ctx;

	(void)e;
	r->number = 0;
	r->ended = false;
	r->next = r->part.at;
	return ST_OK;
}

static enum cell_kind column_kind(const struct list_column *c)
{
	if (!c->sql || c->type == FIELD_INT || c->type == FIELD_MONEY)
		return CELL_INT;
	return c->type == FIELD_DATE ? CELL_DATE : CELL_TEXT;
}

struct doc_table *form_list(struct arena *a, struct document *d, const struct form *f, const struct template_table *t)
{
	struct doc_table *dt = ARENA_NEW(a, struct doc_table);
	struct list_rows *r = ARENA_NEW(a, struct list_rows);
	const struct form_list *list = f->set->lists[list_number(f->set->template, t)];

	*r = (struct list_rows){ .t = t, .list = list, .part = list->of[f->at], .a = a };
	r->next = r->part.at;
	*dt = (struct doc_table){
		.id = t->id, .data = true, .n_columns = t->n_list, .font_size = t->n_list > 8 ? 9 : 10,
		.rows = { .ctx = r, .next = list_next, .rewind = list_rewind, .count = r->part.rows + (t->total && r->part.rows) }, .empty = t->empty,
	};
	dt->filter = dt->freeze = t->sheet && dt->rows.count;
	dt->columns = ARENA_ARRAY(a, (size_t)t->n_list + 1, struct doc_column);
	for (int i = 0; i < t->n_list; i++)
		dt->columns[i] = (struct doc_column){
			.key = t->list[i].title, .title = t->list[i].title, .width = t->list[i].width,
			.type = column_kind(&t->list[i]), .align = t->list[i].sql ? ALIGN_AUTO : ALIGN_CENTER,
		};
	doc_table_simple_heads(d, dt);
	return dt;
}
