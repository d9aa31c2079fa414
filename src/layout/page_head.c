/*
 * A table's columns and heading: how wide, at which size, how many lines.
 *
 * The widths asked for are kept while every word fits; a column too narrow for
 * its longest word takes from those with room to spare. When that costs them
 * too much, or all words together do not fit, the type gets smaller, down to
 * 6.5 points, and only then are words broken. A form of 26 columns comes out
 * whole on A4 landscape that way.
 */
#include "page_int.h"
#include <string.h>

#define SIZE_FLOOR 6.5f
#define SIZE_FAIR 8.5f    /* not smaller for the sake of the widths asked for */
#define MEASURE_ROWS 5000 /* longer tables are judged by their beginning */

static int visible_before(const struct table *t, int col)
{
	int n = 0;

	while (n < t->n && t->col[n] < col)
		n++;
	return n;
}

static void need_raise(struct table *t, int from, int to, int need)
{
	int sum = 0;

	for (int i = from; i < to; i++)
		sum += t->need[i];
	if (sum >= need)
		return;
	for (int i = from; i < to; i++)
		t->need[i] += (need - sum + (to - from) - 1) / (to - from);
}

/* Words of the heading: single columns first, what spans them is shared out after. */
static enum status need_heads(struct layout *l, struct table *t, struct err *e)
{
	for (int pass = 0; pass < 2; pass++) {
		for (int i = 0; i < t->t->n_heads; i++) {
			const struct doc_head *h = &t->t->heads[i];
			int from = visible_before(t, h->col), to = visible_before(t, h->col + h->colspan), w;

			if (from == to || (to - from > 1) != pass)
				continue;
			if (text_widest(l, FONT_BOLD, h->text, PART_PIECE, &w, e) != ST_OK)
				return ST_ERR;
			need_raise(t, from, to, w);
		}
	}
	return ST_OK;
}

static enum status need_row(struct layout *l, struct table *t, enum row_kind kind, int cap, struct err *e)
{
	char buf[512];

	for (int i = 0; i < t->n; i++) {
		const struct cell *c = &t->cells[t->col[i]];
		bool words = c->kind == CELL_TEXT;
		int w;

		if (c->kind == CELL_BLANK)
			continue;
		if (kind == ROW_NUMBERS) {
			if (formula_widest(l, table_font(kind, c->flags), cell_text(c, buf, sizeof(buf)), &w, e) != ST_OK)
				return ST_ERR;
		} else if (text_widest(l, table_font(kind, c->flags), cell_text(c, buf, sizeof(buf)),
				       words ? PART_PIECE : PART_LINE, &w, e) != ST_OK) {
			return ST_ERR;
		}
		if (words && w > cap) /* one endless word must not shrink the whole table */
			w = cap;
		if (kind == ROW_NUMBERS)
			w = w * 9 / 10;
		if (w > t->need[i])
			t->need[i] = w;
	}
	return ST_OK;
}

static enum status need_rows(struct layout *l, struct table *t, int cap, struct err *e)
{
	int got = 0;

	if (!t->t->rows.rewind)
		return ST_OK;
	for (int n = 0; n < MEASURE_ROWS; n++) {
		enum row_kind kind;

		got = table_pull(t, &kind, e);
		if (got <= 0)
			break;
		arena_reset(l->tmp);
		if (kind != ROW_GROUP && need_row(l, t, kind, cap, e) != ST_OK)
			return ST_ERR;
	}
	if (got < 0)
		return ST_ERR;
	return t->t->rows.rewind(t->t->rows.ctx, e);
}

static float need_points(const struct table *t, int i)
{
	return (float)(t->need[i] + 1) * t->size / 1000 + 2 * t->pad + 0.2f;
}

/* Widths as asked: millimetres, what is left in equal shares; the whole filled. */
static void widths_asked(const struct table *t, float width, float *w)
{
	float fixed = 0, share = 0, sum = 0;
	int open = 0;

	for (int i = 0; i < t->n; i++) {
		const struct doc_column *c = &t->t->columns[t->col[i]];

		fixed += (float)c->width * MM;
		open += c->width <= 0;
	}
	if (open && fixed < width)
		share = (width - fixed) / (float)open;
	for (int i = 0; i < t->n; i++) {
		const struct doc_column *c = &t->t->columns[t->col[i]];

		w[i] = c->width > 0 ? (float)c->width * MM : share;
		sum += w[i];
	}
	for (int i = 0; i < t->n && sum > 0; i++)
		w[i] *= width / sum;
}

/* When not all words fit, the widest columns give way first: no column gets more than this. */
static float columns_cap(const struct table *t, float width)
{
	float lo = 0, hi = width;

	for (int step = 0; step < 40; step++) {
		float cap = (lo + hi) / 2, sum = 0;

		for (int i = 0; i < t->n; i++)
			sum += need_points(t, i) < cap ? need_points(t, i) : cap;
		*(sum > width ? &hi : &lo) = cap;
	}
	return lo;
}

/*
 * Column edges at the present size; false when words will have to be broken.
 * *kept: what the most squeezed column has left of the width asked for it.
 */
static bool columns_place(struct table *t, float left, float width, float *w, float *kept)
{
	float needs = 0, over = -width, slack = 0, most = 1, cap;
	bool fits;

	widths_asked(t, width, w);
	for (int i = 0; i < t->n; i++)
		needs += need_points(t, i);
	fits = needs <= width;
	cap = fits ? width : columns_cap(t, width);
	for (int i = 0; i < t->n; i++) {
		float m = need_points(t, i);

		if (!fits)
			w[i] = m < cap ? m : cap;
		else if (w[i] < m)
			w[i] = m;
		over += w[i];
		slack += w[i] > m ? w[i] - m : 0;
	}
	t->x[0] = left;
	for (int i = 0; i < t->n; i++) {
		float m = need_points(t, i), asked = w[i];

		if (fits && over > 0 && w[i] > m)
			w[i] -= over * (w[i] - m) / slack;
		if (t->t->columns[t->col[i]].width > 0 && w[i] / asked < most)
			most = w[i] / asked;
		t->x[i + 1] = t->x[i] + w[i];
	}
	t->x[t->n] = left + width;
	*kept = most;
	return fits;
}

struct head_cell {
	struct text_lines lines;
	int from, to;
	float h;
};

/* Wraps the heading's cells; heights of its rows into `rows`. */
static enum status head_measure(struct layout *l, struct table *t, const struct text_style *st,
				struct head_cell *cells, float *rows, struct err *e)
{
	for (int i = 0; i < t->t->n_heads; i++) {
		const struct doc_head *h = &t->t->heads[i];
		struct head_cell *c = &cells[i];

		c->from = visible_before(t, h->col);
		c->to = visible_before(t, h->col + h->colspan);
		if (c->from == c->to)
			continue;
		if (text_wrap(l, l->tmp, st, h->text, t->x[c->to] - t->x[c->from] - 2 * t->pad, &c->lines, e) !=
		    ST_OK)
			return ST_ERR;
		c->h = (float)c->lines.n * line_height(t->size) + 2 * t->pad;
	}
	for (int span = 1; span <= t->t->head_rows; span++) {
		for (int i = 0; i < t->t->n_heads; i++) {
			const struct doc_head *h = &t->t->heads[i];
			float sum = 0;

			if (h->rowspan != span || cells[i].from == cells[i].to)
				continue;
			for (int r = h->row; r < h->row + span; r++)
				sum += rows[r];
			if (sum < cells[i].h)
				rows[h->row + span - 1] += cells[i].h - sum;
		}
	}
	return ST_OK;
}

static void head_cell_draw(struct layout *l, struct table *t, const struct text_style *st,
			   const struct head_cell *c, float y, float h)
{
	struct chunk *out = t->head;
	float x = t->x[c->from], w = t->x[c->to] - x, lh = line_height(st->size);

	chunk_rect(l->sec, out, x, y, w, h, 0.9f);
	chunk_line(l->sec, out, x, y, w, 0, 0.5f);
	chunk_line(l->sec, out, x, y + h, w, 0, 0.5f);
	chunk_line(l->sec, out, x, y, 0, h, 0.5f);
	chunk_line(l->sec, out, x + w, y, 0, h, 0.5f);
	y += (h - (float)c->lines.n * lh) / 2;
	for (int i = 0; i < c->lines.n; i++)
		chunk_text(l->sec, out, st, &c->lines.items[i], x + t->pad, y + (float)i * lh, w - 2 * t->pad);
}

enum status table_head(struct layout *l, struct table *t, struct err *e)
{
	struct text_style st = { .font = FONT_BOLD, .size = t->size, .align = ALIGN_CENTER, .balance = true };
	struct head_cell *cells;
	float *rows;

	arena_reset(l->tmp);
	cells = ARENA_ARRAY(l->tmp, (size_t)t->t->n_heads + 1, struct head_cell);
	rows = ARENA_ARRAY(l->tmp, (size_t)t->t->head_rows + 1, float);
	t->head = ARENA_NEW(l->sec, struct chunk);
	t->head->gap = 6;
	if (head_measure(l, t, &st, cells, rows, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < t->t->n_heads; i++) {
		const struct doc_head *h = &t->t->heads[i];
		float y = 0, high = 0;

		if (cells[i].from == cells[i].to)
			continue;
		for (int r = 0; r < h->row + h->rowspan; r++)
			*(r < h->row ? &y : &high) += rows[r];
		head_cell_draw(l, t, &st, &cells[i], y, high);
	}
	for (int r = 0; r < t->t->head_rows; r++)
		t->head->h += rows[r];
	return ST_OK;
}

static enum status table_init(struct layout *l, struct table *t, struct err *e)
{
	size_t all = (size_t)t->t->n_columns;

	for (int i = 0; i < t->t->n_heads; i++) {
		const struct doc_head *h = &t->t->heads[i];

		if (h->row < 0 || h->rowspan < 1 || h->row + h->rowspan > t->t->head_rows || h->col < 0 ||
		    h->colspan < 1 || h->col + h->colspan > t->t->n_columns)
			return err_set(e, "the heading '%s' lies outside the table: correct its row, column and spans",
				       h->text ? h->text : "");
	}
	t->col = ARENA_ARRAY(l->sec, all + 1, int);
	t->need = ARENA_ARRAY(l->sec, all + 1, int);
	t->x = ARENA_ARRAY(l->sec, all + 1, float);
	t->cells = ARENA_ARRAY(l->sec, all + 1, struct cell);
	for (int i = 0; i < t->t->n_columns; i++)
		if (!t->t->columns[i].print_only_sheet)
			t->col[t->n++] = i;
	return t->n ? ST_OK : err_set(e, "the table has no column to print");
}

enum status table_fit(struct layout *l, struct table *t, struct err *e)
{
	float left = l->left, width = l->right - l->left, *w;
	float base = t->t->font_size > 0 ? (float)t->t->font_size : 11;

	if (table_init(l, t, e) != ST_OK)
		return ST_ERR;
	w = ARENA_ARRAY(l->sec, (size_t)t->n, float);
	if (need_heads(l, t, e) != ST_OK || need_rows(l, t, (int)(width * 0.2f * 1000 / base), e) != ST_OK)
		return ST_ERR;
	for (int step = 0;; step++) {
		float kept;
		bool fits;

		t->size = base - (float)step * 0.5f;
		if (t->size < SIZE_FLOOR && base > SIZE_FLOOR)
			t->size = SIZE_FLOOR;
		t->pad = 0.6f + 0.17f * t->size;
		fits = columns_place(t, left, width, w, &kept);
		if (t->size > SIZE_FLOOR && (!fits || (kept < 0.85f && t->size > SIZE_FAIR)))
			continue;
		for (int i = 0; i < t->n && !fits; i++)
			if (w[i] - 2 * t->pad < t->size && w[i] < need_points(t, i))
				return err_set(e, "its %d columns do not fit the page: take a larger page or fewer columns",
					       t->n);
		if (table_head(l, t, e) != ST_OK)
			return ST_ERR;
		if (t->head->h <= 0.4f * flow_room(l) || t->size <= SIZE_FLOOR)
			return ST_OK;
	}
}
