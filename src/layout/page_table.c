/*
 * A table's rows: pulled one by one, wrapped, handed to the flow. Nothing of a
 * row is kept but what the flow holds back.
 */
#include "page_int.h"
#include <string.h>

struct row_cell {
	struct text_lines lines;
	struct text_style st;
	float x, w; /* of the text */
	bool warn;
};

struct row {
	enum row_kind kind;
	struct row_cell *cells;
	int n, lines;
	float lh, pad;
};

enum page_font table_font(enum row_kind kind, unsigned flags)
{
	bool bold = kind == ROW_TOTAL || kind == ROW_GROUP || flags & CELL_BOLD;
	bool italic = flags & CELL_ITALIC;

	return bold ? (italic ? FONT_BOLD_ITALIC : FONT_BOLD) : italic ? FONT_ITALIC : FONT_REGULAR;
}

int table_pull(struct table *t, enum row_kind *kind, struct err *e)
{
	memset(t->cells, 0, (size_t)t->t->n_columns * sizeof(*t->cells));
	*kind = ROW_BODY;
	return t->t->rows.next ? t->t->rows.next(t->t->rows.ctx, t->cells, kind, e) : 0;
}

static enum align cell_align(const struct doc_column *col, const struct cell *c, enum row_kind kind)
{
	if (kind == ROW_NUMBERS)
		return ALIGN_CENTER;
	if (kind == ROW_GROUP)
		return ALIGN_LEFT;
	if (c->align != ALIGN_AUTO)
		return c->align;
	if (c->kind == CELL_NA || c->kind == CELL_HIDDEN)
		return ALIGN_CENTER;
	if (col->align != ALIGN_AUTO)
		return col->align;
	if (c->kind == CELL_INT || c->kind == CELL_REAL || c->kind == CELL_MILLION)
		return ALIGN_RIGHT;
	return c->kind == CELL_DATE ? ALIGN_CENTER : ALIGN_LEFT;
}

/* A number or date is never broken: it gets smaller until it fits. */
static enum status cell_shrink(struct layout *l, struct row_cell *rc, const char *s, struct err *e)
{
	int units;

	if (text_widest(l, rc->st.font, s, PART_LINE, &units, e) != ST_OK)
		return ST_ERR;
	if ((float)units * rc->st.size / 1000 > rc->w)
		rc->st.size = rc->w * 1000 / (float)(units + 1);
	return ST_OK;
}

static enum status cell_measure(struct layout *l, const struct table *t, struct row *r, int i, struct err *e)
{
	struct row_cell *rc = &r->cells[i];
	bool whole = r->kind == ROW_GROUP;
	const struct cell *c = &t->cells[whole ? 0 : t->col[i]];
	char buf[512];
	const char *s = cell_text(c, buf, sizeof(buf));

	rc->x = t->x[i] + r->pad;
	rc->w = t->x[whole ? t->n : i + 1] - t->x[i] - 2 * r->pad;
	rc->st = (struct text_style){ .font = table_font(r->kind, c->flags), .size = t->size };
	if (r->kind == ROW_NUMBERS)
		rc->st.size = t->size > 7 ? t->size * 0.85f : t->size;
	rc->st.align = cell_align(&t->t->columns[t->col[i]], c, r->kind);
	rc->warn = c->flags & CELL_WARN;
	if (c->kind == CELL_BLANK)
		return ST_OK;
	if (c->kind != CELL_TEXT && cell_shrink(l, rc, s, e) != ST_OK)
		return ST_ERR;
	if (s == buf)
		s = arena_strdup(l->tmp, buf);
	if ((r->kind == ROW_NUMBERS ? formula_wrap : text_wrap)(l, l->tmp, &rc->st, s, rc->w, &rc->lines, e) != ST_OK)
		return ST_ERR;
	if (rc->lines.n > r->lines)
		r->lines = rc->lines.n;
	return ST_OK;
}

static enum status row_measure(struct layout *l, const struct table *t, struct row *r, struct err *e)
{
	r->n = r->kind == ROW_GROUP ? 1 : t->n;
	r->cells = ARENA_ARRAY(l->tmp, (size_t)r->n, struct row_cell);
	r->lines = 1;
	r->lh = line_height(t->size);
	r->pad = t->pad;
	for (int i = 0; i < r->n; i++)
		if (cell_measure(l, t, r, i, e) != ST_OK)
			return ST_ERR;
	return ST_OK;
}

static void row_borders(struct arena *a, struct chunk *c, const struct table *t, const struct row *r, float h)
{
	float x = t->x[0], w = t->x[t->n] - x;

	chunk_line(a, c, x, 0, w, 0, 0.4f);
	chunk_line(a, c, x, h, w, 0, 0.4f);
	for (int i = 0; i <= t->n; i++)
		if (r->kind != ROW_GROUP || i == 0 || i == t->n)
			chunk_line(a, c, t->x[i], 0, 0, h, 0.4f);
}

/* Lines from..to of every cell; a row that fits a page is drawn in one piece. */
static struct chunk row_draw(struct arena *a, const struct table *t, const struct row *r, int from, int to)
{
	float h = (float)(to - from) * r->lh + 2 * r->pad;
	struct chunk c = { .h = h, .repeat = t->head->h > 0 ? t->head : NULL };
	bool middle = t->middle && to - from == r->lines;

	if (r->kind == ROW_GROUP)
		chunk_rect(a, &c, t->x[0], 0, t->x[t->n] - t->x[0], h, 0.95f);
	for (int i = 0; i < r->n; i++)
		if (r->cells[i].warn)
			chunk_warn(a, &c, r->cells[i].x - r->pad, 0, r->cells[i].w + 2 * r->pad, h);
	row_borders(a, &c, t, r, h);
	for (int i = 0; i < r->n; i++) {
		const struct row_cell *rc = &r->cells[i];
		float y = r->pad + (r->lh - line_height(rc->st.size)) / 2;

		if (middle)
			y += (float)(r->lines - rc->lines.n) * r->lh / 2;
		for (int k = from; k < to && k < rc->lines.n; k++)
			chunk_text(a, &c, &rc->st, &rc->lines.items[k], rc->x, y + (float)(k - from) * r->lh,
				   rc->w);
	}
	return c;
}

static enum status row_add(struct layout *l, const struct table *t, const struct row *r, bool first, struct err *e)
{
	float room = flow_room(l) - t->head->h - 2 * r->pad;
	int most = (int)(room / r->lh), lines = r->lines;
	unsigned keep = r->kind == ROW_TOTAL ? KEEP_PREV : r->kind == ROW_GROUP ? KEEP_NEXT : 0;

	if (t->t->whole && !first)
		keep |= KEEP_PREV;
	if (most < 1)
		return err_set(e, "the table heading fills the page: shorten it or use a larger page");
	for (int from = 0; from < lines; from += most) {
		int to = lines - from > most ? from + most : lines;
		struct chunk c = row_draw(l->mem, t, r, from, to);

		c.gap = first && !from && !t->t->n_heads ? 6 : 0;
		if (flow_add(l, &c, from ? 0 : keep, e) != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}

/* The row of column numbers becomes part of the heading. */
static enum status numbers_add(struct layout *l, struct table *t, const struct row *r, struct err *e)
{
	struct chunk c = row_draw(l->sec, t, r, 0, r->lines);

	if (t->head->h + c.h > flow_room(l))
		return err_set(e, "the table heading fills the page: shorten it or use a larger page");
	for (int i = 0; i < c.n; i++) {
		c.boxes[i].y += t->head->h;
		chunk_box(l->sec, t->head, c.boxes[i]);
	}
	t->head->h += c.h;
	return ST_OK;
}

static enum status empty_add(struct layout *l, struct table *t, struct err *e)
{
	struct row r = { .kind = ROW_BODY, .n = 1, .lh = line_height(t->size), .pad = t->pad };
	struct row_cell rc = { .x = t->x[0] + t->pad, .w = t->x[t->n] - t->x[0] - 2 * t->pad };
	struct chunk c;

	rc.st = (struct text_style){ .font = FONT_ITALIC, .size = t->size, .align = ALIGN_CENTER };
	if (text_wrap(l, l->tmp, &rc.st, t->t->empty, rc.w, &rc.lines, e) != ST_OK)
		return ST_ERR;
	r.cells = &rc;
	r.lines = rc.lines.n;
	t->x[1] = t->x[t->n]; /* one box over the full width */
	t->n = 1;
	c = row_draw(l->mem, t, &r, 0, r.lines);
	return flow_add(l, &c, 0, e);
}

static enum status rows_add(struct layout *l, struct table *t, struct err *e)
{
	bool headed = false;
	int64_t n = 0;

	for (;;) {
		struct row r = { 0 };
		int got;

		arena_reset(l->tmp);
		got = table_pull(t, &r.kind, e);
		if (got < 0)
			return ST_ERR;
		if (got && row_measure(l, t, &r, e) != ST_OK)
			return err_in(e, "row %lld", (long long)n + 1);
		if (got && !headed && !n && t->t->numbers_row && r.kind == ROW_NUMBERS) {
			if (numbers_add(l, t, &r, e) != ST_OK)
				return ST_ERR;
			continue;
		}
		if (!headed && t->head->h > 0 && flow_add(l, t->head, KEEP_NEXT, e) != ST_OK)
			return ST_ERR;
		headed = true;
		if (!got)
			break;
		if (row_add(l, t, &r, n == 0, e) != ST_OK)
			return ST_ERR;
		n++;
	}
	return n || !t->t->empty ? ST_OK : empty_add(l, t, e);
}

enum status block_table(struct layout *l, const struct doc_table *dt, struct err *e)
{
	struct table t = { .t = dt, .middle = dt->head_rows > 1 || dt->numbers_row };

	if (table_fit(l, &t, e) != ST_OK || rows_add(l, &t, e) != ST_OK)
		return err_in(e, "table '%s'", dt->id ? dt->id : "");
	/* The head of a table without rows is its last chunk, and bound to nothing. */
	l->keep_next = l->keep_tail;
	return ST_OK;
}
