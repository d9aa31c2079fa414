/*
 * Tables of a sheet: headings, rows as they are pulled, formulas in sheet
 * coordinates, and the next sheet when one is full.
 */
#include "sheet_text.h"
#include "sheet_walk.h"

#include <rasoat/str.h>

#include <inttypes.h>
#include <math.h>
#include <string.h>

enum { LINES_MAX = 28 }; /* of a row: Excel's rows are at most 409 points high */

/* A row among the body rows that is none: a sum goes around groups, and has no range across totals. */
struct table_break {
	int row;
	bool total;
};

struct table_walk {
	const struct doc_table *t;
	struct arena *arena; /* of this table; breaks grow in it */
	struct doc_head *heads;
	int n_heads, head_rows;
	struct cell *cells;
	struct cell *numbers; /* the MS row, kept for the next sheet; NULL = none */
	int head_first, head_last;
	int body_first;  /* first row below the headings on this sheet */
	int64_t bodies;  /* ROW_BODY rows so far, all sheets */
	int64_t rows;    /* rows below the headings, all sheets */
	struct table_break *breaks; /* on this sheet, in order */
	size_t n_breaks, cap_breaks;
	int64_t *hidden;  /* per column: number of the last body row with a withheld cell, from 1; 0 = none */
	int64_t *sums;    /* per column: integers of all body rows */
};

/* --- headings ------------------------------------------------------------------------------- */

static bool head_covers(const struct doc_head *h, int row, int col)
{
	return row >= h->row && row < h->row + h->rowspan && col >= h->col && col < h->col + h->colspan;
}

static enum status heads_check(struct sheet_walk *w, const struct doc_table *t, struct err *e)
{
	size_t area = (size_t)t->head_rows * (size_t)t->n_columns;
	char *seen = arena_alloc(w->arena, area + 1);
	size_t covered = 0;

	for (int i = 0; i < t->n_heads; i++) {
		const struct doc_head *h = &t->heads[i];

		if (h->row < 0 || h->col < 0 || h->rowspan < 1 || h->colspan < 1 ||
		    h->row + h->rowspan > t->head_rows || h->col + h->colspan > t->n_columns)
			return err_set(e, "table '%s': heading '%s' lies outside of the %d x %d heading block", t->id,
				       h->text ? h->text : "", t->head_rows, t->n_columns);
		for (int r = h->row; r < h->row + h->rowspan; r++)
			for (int c = h->col; c < h->col + h->colspan; c++) {
				if (seen[r * t->n_columns + c]++)
					return err_set(e, "table '%s': heading '%s' lies over another one", t->id,
						       h->text ? h->text : "");
				covered++;
			}
	}
	if (covered < area)
		return err_set(e, "table '%s': the headings leave a gap", t->id);
	return ST_OK;
}

/* "Tiếp thường xuyên – Số lượt tiếp": the way to a leaf on one line. */
static char *head_path(struct sheet_walk *w, const struct doc_table *t, int col)
{
	CLEANUP(str_free) struct str s = STR_INIT;

	for (int row = 0; row < t->head_rows; row++)
		for (int i = 0; i < t->n_heads; i++) {
			const struct doc_head *h = &t->heads[i];

			if (h->row != row || !head_covers(h, row, col) || !h->text || !*h->text)
				continue;
			if (s.len)
				str_add(&s, " – ");
			str_add(&s, h->text);
		}
	return arena_strdup(w->arena, s.p);
}

enum status sheet_heads(struct sheet_walk *w, const struct doc_table *t, struct doc_head **ret, int *ret_n,
			int *ret_rows, struct err *e)
{
	struct doc_head *flat;

	if (heads_check(w, t, e) != ST_OK)
		return ST_ERR;
	if (!w->doc->stream || t->head_rows <= 1) {
		*ret = t->heads;
		*ret_n = t->n_heads;
		*ret_rows = t->head_rows;
		return ST_OK;
	}
	flat = ARENA_ARRAY(w->arena, (size_t)t->n_columns, struct doc_head);
	for (int i = 0; i < t->n_columns; i++)
		flat[i] = (struct doc_head){ .col = i, .rowspan = 1, .colspan = 1, .text = head_path(w, t, i) };
	*ret = flat;
	*ret_n = t->n_columns;
	*ret_rows = 1;
	return ST_OK;
}

/* Columns of the sheet that `n` leaves from `first` on take. */
static int leaf_span(const struct sheet_walk *w, int first, int n)
{
	return w->leaf_cols[first + n] - w->leaf_cols[first];
}

static double leaf_width(const struct sheet_walk *w, int first, int n)
{
	return sheet_inner_width(w, w->leaf_cols[first], leaf_span(w, first, n));
}

static double head_need(const struct sheet_walk *w, const struct doc_head *h)
{
	double size = sheet_style_points(SHEET_HEAD);
	size_t used;

	return sheet_lines_height(sheet_text_lines(h->text ? h->text : "", size, true,
						   leaf_width(w, h->col, h->colspan), LINES_MAX, &used),
				  size);
}

/* Rows high enough for what stands in one row; what spans several lends its lack to the last of them. */
static void head_heights(const struct sheet_walk *w, const struct table_walk *k, double *heights)
{
	for (int span = 1; span <= k->head_rows; span++)
		for (int i = 0; i < k->n_heads; i++) {
			const struct doc_head *h = &k->heads[i];
			double have = 0, need = head_need(w, h);

			if (h->rowspan != span)
				continue;
			for (int r = h->row; r < h->row + span; r++)
				have += heights[r];
			if (need > have)
				heights[h->row + span - 1] = fmin(heights[h->row + span - 1] + need - have, 400);
		}
}

static enum status put_height(struct sheet_walk *w, double points, struct err *e)
{
	return w->sink->row_height ? w->sink->row_height(w->sink->ctx, w->row, points, e) : ST_OK;
}

static enum status put_head_row(struct sheet_walk *w, const struct table_walk *k, int row, struct err *e)
{
	for (int col = 0; col < k->t->n_columns; col++)
		for (int i = 0; i < k->n_heads; i++) {
			const struct doc_head *h = &k->heads[i];
			struct sheet_cell c = { w->row, w->leaf_cols[h->col], h->rowspan, .style = SHEET_HEAD };

			if (h->row != row || h->col != col)
				continue;
			c.colspan = leaf_span(w, h->col, h->colspan);
			c.value = cell_str(h->text);
			c.value.flags = CELL_BOLD;
			c.value.align = ALIGN_CENTER;
			if (sheet_put(w, &c, e) != ST_OK)
				return ST_ERR;
		}
	return ST_OK;
}

static enum status put_row(struct sheet_walk *w, struct table_walk *k, const struct cell *cells, enum row_kind kind,
			   struct err *e);

/* The heading block, also on top of each continuation. */
static enum status put_heads(struct sheet_walk *w, struct table_walk *k, struct err *e)
{
	double *heights = ARENA_ARRAY(k->arena, (size_t)k->head_rows + 1, double);

	head_heights(w, k, heights);
	k->head_first = w->row;
	for (int r = 0; r < k->head_rows; r++) {
		if (put_height(w, heights[r], e) != ST_OK || put_head_row(w, k, r, e) != ST_OK)
			return ST_ERR;
		w->row++;
	}
	if (k->numbers && put_row(w, k, k->numbers, ROW_NUMBERS, e) != ST_OK)
		return ST_ERR;
	k->head_last = w->row - 1;
	k->body_first = w->row;
	k->n_breaks = 0;
	return ST_OK;
}

/* --- formulas ------------------------------------------------------------------------------- */

/* Wraps around instead of being undefined. */
static int64_t add(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a + (uint64_t)b);
}

static bool is_number(const struct cell *c)
{
	return c->kind == CELL_INT || c->kind == CELL_REAL || c->kind == CELL_MILLION;
}

/* Counted in whole units, so that a sum is exact. */
static bool is_whole(const struct cell *c)
{
	return c->kind == CELL_INT || c->kind == CELL_MILLION;
}

static enum status terms_formula(const struct table_walk *k, const struct cell *cells, struct sheet_cell *c,
				 struct err *e)
{
	const struct cell_formula *f = c->value.formula;
	int64_t sum = 0;
	bool whole = is_whole(&c->value);

	for (int i = 0; i < f->n_terms; i++) {
		const struct cell *term;

		if (f->terms[i].column < 0 || f->terms[i].column >= k->t->n_columns)
			return err_set(e, "table '%s': a formula refers to column %d of %d", k->t->id,
				       f->terms[i].column, k->t->n_columns);
		term = &cells[f->terms[i].column];
		if (term->kind == CELL_HIDDEN)
			c->value.formula = NULL;
		c->terms_text |= !is_number(term) && term->kind != CELL_BLANK;
		whole &= !is_number(term) || term->kind == c->value.kind;
		if (term->kind == c->value.kind)
			sum = add(sum, f->terms[i].sign < 0 ? (int64_t)-(uint64_t)term->i : term->i);
	}
	if (c->value.formula && whole && sum != c->value.i)
		return err_set(e, "table '%s', sheet row %d, column %d: the formula gives %" PRId64
			       ", the value is %" PRId64, k->t->id, c->row + 1, c->col + 1, sum, c->value.i);
	return ST_OK;
}

/* First sheet row of the `rows` body rows above `row`, or -1 when no plain range holds just them. */
static int sum_first_row(const struct table_walk *k, int row, int rows)
{
	size_t b = k->n_breaks;
	int need = rows;

	for (;;) {
		int above = b ? k->breaks[b - 1].row + 1 : k->body_first;
		int here = row - above;

		if (here >= need)
			return row - need;
		if (!b || k->breaks[b - 1].total)
			return -1;
		need -= here;
		row = k->breaks[--b].row;
	}
}

static enum status sum_formula(const struct table_walk *k, int col, struct sheet_cell *c, struct err *e)
{
	int rows = c->value.formula->rows;

	if (rows < 1 || rows > k->bodies)
		return err_set(e, "table '%s': a sum covers %d rows, %" PRId64 " stand above it", k->t->id, rows,
			       k->bodies);
	c->sum_first_row = sum_first_row(k, c->row, rows);
	c->sum_last_row = c->row - 1;
	if (c->sum_first_row < 0 || k->hidden[col] > k->bodies - rows)
		c->value.formula = NULL;
	else if (rows == k->bodies && is_whole(&c->value) && k->t->columns[col].type == c->value.kind &&
		 k->sums[col] != c->value.i)
		return err_set(e, "table '%s', sheet row %d, column %d: the rows sum up to %" PRId64
			       ", the value is %" PRId64, k->t->id, c->row + 1, c->col + 1, k->sums[col], c->value.i);
	return ST_OK;
}

static enum status place_formula(const struct table_walk *k, const struct cell *cells, int col, struct sheet_cell *c,
				 struct err *e)
{
	if (!c->value.formula)
		return ST_OK;
	if (!is_number(&c->value)) { /* nothing, "–" and "***" are no results */
		c->value.formula = NULL;
		return ST_OK;
	}
	if (c->value.formula->kind == FORMULA_TERMS)
		return terms_formula(k, cells, c, e);
	return sum_formula(k, col, c, e);
}

/* --- rows ----------------------------------------------------------------------------------- */

static enum status put_group(struct sheet_walk *w, const struct table_walk *k, const struct cell *cell,
			     enum sheet_style style, struct err *e)
{
	struct sheet_cell c = { w->row, 0, 1, leaf_span(w, 0, k->t->n_columns), .style = style, .value = *cell };
	double size = sheet_style_points(style);
	char buf[64];
	size_t used;
	int lines = sheet_text_lines(cell_text(cell, buf, sizeof(buf)), size, true,
				     leaf_width(w, 0, k->t->n_columns), LINES_MAX, &used);

	c.value.formula = NULL;
	c.value.align = cell->align == ALIGN_AUTO ? ALIGN_LEFT : cell->align;
	if (put_height(w, sheet_lines_height(lines, size), e) != ST_OK)
		return ST_ERR;
	return sheet_put(w, &c, e);
}

/* Whether a text surely stands on one line, without the work of wrapping it. No character is wider than its size. */
static bool fits(const char *s, double size, bool bold, double width)
{
	size_t n = strlen(s);

	if (strchr(s, '\n'))
		return false;
	return (double)n * size < width || sheet_text_width(s, n, size, bold) < width * SHEET_TEXT_FILL - 0.01;
}

/* Lines the longest cell of a row takes. */
static int row_lines(const struct sheet_walk *w, const struct table_walk *k, const struct cell *cells,
		     enum sheet_style style)
{
	double size = sheet_style_points(style);
	int most = 1;

	for (int i = 0; i < k->t->n_columns; i++) {
		const char *s = cells[i].kind == CELL_TEXT && cells[i].text ? cells[i].text : "";
		bool bold = sheet_style_bold(style) || (cells[i].flags & CELL_BOLD);
		double width = leaf_width(w, i, 1);
		int lines;
		size_t used;

		if (fits(s, size, bold, width))
			continue;
		lines = sheet_text_lines(s, size, bold, width, LINES_MAX, &used);
		most = lines > most ? lines : most;
	}
	return most;
}

static enum status put_cells(struct sheet_walk *w, const struct table_walk *k, const struct cell *cells,
			     enum row_kind kind, struct err *e)
{
	enum sheet_style style = kind == ROW_NUMBERS ? SHEET_NUMBERS : kind == ROW_TOTAL ? SHEET_TOTAL : SHEET_BODY;
	int lines = kind == ROW_NUMBERS ? 1 : row_lines(w, k, cells, style); /* a formula shrinks, its text stays exact */

	/* Programs do not all fit the height of a wrapped row by themselves. */
	if (lines > 1 && put_height(w, sheet_lines_height(lines, sheet_style_points(style)), e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < k->t->n_columns; i++) {
		struct sheet_cell c = { w->row, w->leaf_cols[i], 1, leaf_span(w, i, 1), .style = style };

		c.value = cells[i];
		c.leaf_cols = w->leaf_cols;
		if (kind == ROW_TOTAL)
			c.value.flags |= CELL_BOLD;
		if (kind == ROW_NUMBERS)
			c.value.align = ALIGN_CENTER;
		else if (c.value.align == ALIGN_AUTO && c.value.kind != CELL_NA && c.value.kind != CELL_HIDDEN)
			c.value.align = k->t->columns[i].align;
		if (place_formula(k, cells, i, &c, e) != ST_OK || sheet_put(w, &c, e) != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}

static enum status put_row(struct sheet_walk *w, struct table_walk *k, const struct cell *cells, enum row_kind kind,
			   struct err *e)
{
	enum status st = kind == ROW_GROUP ? put_group(w, k, &cells[0], SHEET_GROUP, e) :
					     put_cells(w, k, cells, kind, e);

	w->row++;
	return st;
}

/* Notes a body row that stands at `row`. */
static void note_body(struct sheet_walk *w, struct table_walk *k, int row)
{
	for (int i = 0; i < w->n_ranges; i++) {
		struct sheet_range *r = &w->ranges[i];

		if (!str_eq(r->chart->table, k->t->id) || k->bodies < r->chart->first_row ||
		    k->bodies >= (int64_t)r->chart->first_row + r->chart->n_rows)
			continue;
		if (!r->sheet) {
			r->sheet = w->part.name;
			r->top = k->head_first;
			r->right = w->leaf_cols[k->t->n_columns];
			r->first_row = row;
		}
		r->rows++;
		if (r->sheet == w->part.name) /* rows on a next sheet: the chart shows the first part */
			r->last_row = row;
	}
	k->bodies++;
	for (int i = 0; i < k->t->n_columns; i++) {
		if (k->cells[i].kind == CELL_HIDDEN)
			k->hidden[i] = k->bodies;
		else if (is_whole(&k->cells[i]))
			k->sums[i] = add(k->sums[i], k->cells[i].i);
	}
}

static enum status table_end(struct sheet_walk *w, const struct table_walk *k, struct err *e)
{
	struct sheet_table out = {
		.head_first_row = k->head_first, .head_last_row = k->head_last, .first_row = k->body_first,
		.last_row = w->row - 1, .last_col = w->leaf_cols[k->t->n_columns] - 1,
		.table = k->t, .leaf_cols = w->leaf_cols,
	};

	return w->sink->table ? w->sink->table(w->sink->ctx, &out, e) : ST_OK;
}

static enum status table_goes_on(struct sheet_walk *w, struct table_walk *k, struct err *e)
{
	if (table_end(w, k, e) != ST_OK || sheet_next_part(w, e) != ST_OK)
		return ST_ERR;
	return put_heads(w, k, e);
}

/* One row pulled; on a full sheet the table goes on with its heading on the next one. */
static enum status table_row(struct sheet_walk *w, struct table_walk *k, enum row_kind kind, struct err *e)
{
	int row;

	if (w->row >= w->rows_max && table_goes_on(w, k, e) != ST_OK)
		return ST_ERR;
	row = w->row;
	if (put_row(w, k, k->cells, kind, e) != ST_OK)
		return ST_ERR;
	if (kind == ROW_BODY)
		note_body(w, k, row);
	else
		*ARENA_PUSH(k->arena, k->breaks, k->n_breaks, k->cap_breaks) =
			(struct table_break){ row, kind == ROW_TOTAL };
	k->rows++;
	return ST_OK;
}

/* The MS row belongs to the heading; kept, for a source's texts live only until its next row. */
static enum status keep_numbers(struct sheet_walk *w, struct table_walk *k, struct err *e)
{
	int n = k->t->n_columns;

	k->numbers = ARENA_ARRAY(k->arena, (size_t)n, struct cell);
	for (int i = 0; i < n; i++) {
		k->numbers[i] = k->cells[i];
		k->numbers[i].text = arena_strdup(k->arena, k->cells[i].text);
		k->numbers[i].formula = NULL;
	}
	if (put_row(w, k, k->numbers, ROW_NUMBERS, e) != ST_OK)
		return ST_ERR;
	k->head_last = w->row - 1;
	k->body_first = w->row;
	return ST_OK;
}

static enum status pull_rows(struct sheet_walk *w, struct table_walk *k, struct err *e)
{
	const struct row_source *s = &k->t->rows;
	enum row_kind kind = ROW_BODY;
	enum status st;
	int got;

	if (sheet_rewind(k->t, e) != ST_OK)
		return ST_ERR;
	while ((got = s->next(s->ctx, k->cells, &kind, e)) > 0) {
		if (kind == ROW_NUMBERS && !k->numbers && !k->rows)
			st = keep_numbers(w, k, e);
		else
			st = table_row(w, k, kind, e);
		if (st != ST_OK)
			return ST_ERR;
		memset(k->cells, 0, (size_t)k->t->n_columns * sizeof(*k->cells));
		kind = ROW_BODY;
	}
	return got < 0 ? err_in(e, "table '%s'", k->t->id) : ST_OK;
}

/* What pull_rows would do to the rows of the sheets. */
static enum status count_rows(struct sheet_walk *w, struct table_walk *k, struct err *e)
{
	int64_t left = k->t->rows.count;

	if (k->t->numbers_row && left-- > 0 && keep_numbers(w, k, e) != ST_OK)
		return ST_ERR;
	while (left > 0) {
		int64_t n = w->rows_max - w->row;

		n = n < left ? n : left;
		left -= n;
		w->row += (int)n;
		w->table_rows += n;
		k->rows += n;
		if (left && table_goes_on(w, k, e) != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}

enum status sheet_table(struct sheet_walk *w, const struct doc_table *t, struct err *e)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_new();
	struct table_walk k = { .t = t, .arena = arena };
	struct cell nothing = cell_str(t->empty);

	k.cells = ARENA_ARRAY(arena, (size_t)t->n_columns, struct cell);
	k.hidden = ARENA_ARRAY(arena, (size_t)t->n_columns, int64_t);
	k.sums = ARENA_ARRAY(arena, (size_t)t->n_columns, int64_t);
	if (sheet_heads(w, t, &k.heads, &k.n_heads, &k.head_rows, e) != ST_OK ||
	    sheet_room(w, k.head_rows + 3, e) != ST_OK || put_heads(w, &k, e) != ST_OK ||
	    (w->planning ? count_rows(w, &k, e) : pull_rows(w, &k, e)) != ST_OK)
		return ST_ERR;
	if (!k.rows && t->empty && *t->empty) {
		nothing.flags = CELL_ITALIC;
		nothing.align = ALIGN_CENTER;
		if (put_group(w, &k, &nothing, SHEET_EMPTY, e) != ST_OK)
			return ST_ERR;
		w->row++;
	}
	return table_end(w, &k, e);
}
