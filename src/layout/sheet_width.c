/*
 * Column widths of a sheet: what the tables ask for in print, widened where a
 * number would show as ### or a word would break.
 */
#include "sheet_text.h"
#include "sheet_walk.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PADDING_PT 7.0
#define POINTS_MM (25.4 / 72)
#define WORD_MAX_MM 45.0  /* longer words may break */
#define SHARE_MIN_MM 20.0 /* the least a column without a width gets */
#define NEARLY 1.3        /* columns grow by so much to save a second line */
#define HALF_MIN_MM 40.0  /* narrower halves of a letterhead stand below each other */

double sheet_paper_width(const struct doc_section *s)
{
	double paper = s->a3 ? (s->landscape ? 420 : 297) : (s->landscape ? 297 : 210);

	return paper - 30 - 15;
}

enum status sheet_rewind(const struct doc_table *t, struct err *e)
{
	return t->rows.rewind ? t->rows.rewind(t->rows.ctx, e) : ST_OK;
}

/* The formulas of the numbers row may shrink to this size of type, not below. */
#define NUMBERS_LEAST 6.5

static void widen(double *mm, double points)
{
	*mm = fmax(*mm, (points + PADDING_PT) * POINTS_MM);
}

/* The widths asked for; columns without one share what the paper has left. */
static void ask_widths(const struct sheet_walk *w, const struct doc_table *t, double *mm)
{
	double scale = t->font_size > 0 && t->font_size < 11 ? 11 / t->font_size : 1;
	double left = sheet_paper_width(w->section) * scale;
	int sharing = 0;

	for (int i = 0; i < t->n_columns; i++) {
		mm[i] = t->columns[i].width * scale;
		left -= mm[i];
		sharing += t->columns[i].width <= 0;
	}
	for (int i = 0; i < t->n_columns; i++)
		if (t->columns[i].width <= 0)
			mm[i] = fmax(left / sharing, SHARE_MIN_MM);
}

static enum status widen_for_heads(struct sheet_walk *w, const struct doc_table *t, double *mm, struct err *e)
{
	struct doc_head *heads;
	int n, rows;

	if (sheet_heads(w, t, &heads, &n, &rows, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < n; i++) {
		double word = heads[i].text ? sheet_word_width(heads[i].text, 11, true) : 0;

		if (heads[i].colspan == 1)
			widen(&mm[heads[i].col], fmin(word, WORD_MAX_MM / POINTS_MM));
	}
	return ST_OK;
}

static void widen_for_types(const struct doc_table *t, double *mm)
{
	for (int i = 0; i < t->n_columns; i++) {
		if (t->columns[i].type == CELL_DATE)
			widen(&mm[i], sheet_text_width("00/00/0000", 10, 11, true));
		else if (t->columns[i].type == CELL_REAL)
			widen(&mm[i], sheet_text_width("000.000,00", 10, 11, false));
	}
}

/* A text that nearly fits its column gets a line of its own; longer ones wrap, by whole words. */
static double text_need(const char *s, double asked_mm, bool bold)
{
	double whole = sheet_text_width(s, strlen(s), 11, bold) / SHEET_TEXT_FILL;

	if (!strchr(s, '\n') && whole <= asked_mm * NEARLY / POINTS_MM)
		return whole;
	return fmin(sheet_word_width(s, 11, bold), WORD_MAX_MM / POINTS_MM);
}

static void widen_for_cell(double *mm, double asked, const struct cell *c, bool bold)
{
	char buf[64];
	const char *s = cell_text(c, buf, sizeof(buf));
	double width;

	if (c->kind == CELL_TEXT)
		width = text_need(s, asked, bold);
	else
		width = sheet_text_width(s, strlen(s), 11, bold);
	widen(mm, width);
}

static enum status widen_for_rows(struct sheet_walk *w, const struct doc_table *t, double *mm, struct err *e)
{
	struct cell *cells = ARENA_ARRAY(w->arena, (size_t)t->n_columns + 1, struct cell);
	double *asked = ARENA_ARRAY(w->arena, (size_t)t->n_columns + 1, double);
	enum row_kind kind = ROW_BODY;
	int got;

	memcpy(asked, mm, (size_t)t->n_columns * sizeof(*mm));
	if (w->doc->stream || !t->rows.rewind)
		return ST_OK;
	if (sheet_rewind(t, e) != ST_OK)
		return ST_ERR;
	while ((got = t->rows.next(t->rows.ctx, cells, &kind, e)) > 0) {
		for (int i = 0; i < t->n_columns && (kind == ROW_BODY || kind == ROW_TOTAL); i++)
			widen_for_cell(&mm[i], asked[i], &cells[i], kind == ROW_TOTAL || (cells[i].flags & CELL_BOLD));
		for (int i = 0; i < t->n_columns && kind == ROW_NUMBERS; i++)
			widen(&mm[i], sheet_text_width(cells[i].text ? cells[i].text : "",
						       cells[i].text ? strlen(cells[i].text) : 0, NUMBERS_LEAST,
						       false));
		memset(cells, 0, (size_t)t->n_columns * sizeof(*cells));
	}
	return got < 0 ? ST_ERR : ST_OK;
}

static enum status widen_for_table(struct sheet_walk *w, const struct doc_table *t, struct err *e)
{
	double *mm = ARENA_ARRAY(w->arena, (size_t)t->n_columns + 1, double);

	ask_widths(w, t, mm);
	if (widen_for_heads(w, t, mm, e) != ST_OK)
		return ST_ERR;
	widen_for_types(t, mm);
	if (widen_for_rows(w, t, mm, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < t->n_columns; i++)
		w->widths[i] = fmax(w->widths[i], mm[i]);
	return ST_OK;
}

/* The boundary nearest to 42 % from the left: the right half holds the longer lines. */
static int find_split(const struct sheet_walk *w)
{
	double total = 0, left = 0, best = INFINITY;
	int split = 0;

	for (int i = 0; i < w->n_columns; i++)
		total += w->widths[i];
	for (int i = 1; i < w->n_columns; i++) {
		left += w->widths[i - 1];
		if (left < HALF_MIN_MM || total - left < HALF_MIN_MM || fabs(left - total * 0.42) >= best)
			continue;
		best = fabs(left - total * 0.42);
		split = i;
	}
	return split;
}

static bool has_halves(const struct doc_section *s)
{
	for (int i = 0; i < s->n_blocks; i++)
		if (s->blocks[i].kind == BLOCK_LETTERHEAD || s->blocks[i].kind == BLOCK_SIGNATURE ||
		    s->blocks[i].kind == BLOCK_FORM_CODE)
			return true;
	return false;
}

/* Cells over two columns cannot be filtered, and a streamed workbook is better off without merges. */
static bool may_divide(const struct sheet_walk *w)
{
	const struct doc_section *s = w->section;

	for (int i = 0; i < s->n_blocks; i++)
		if (s->blocks[i].kind == BLOCK_TABLE && s->blocks[i].table->filter)
			return false;
	return !w->doc->stream && has_halves(s);
}

/* Divides the column that lies across the place where the halves should meet. */
static void divide_column(struct sheet_walk *w)
{
	double *widths = ARENA_ARRAY(w->arena, (size_t)w->n_columns + 1, double);
	double total = 0, left = 0, middle;
	int at = 0;

	for (int i = 0; i < w->n_columns; i++)
		total += w->widths[i];
	middle = total * 0.42;
	while (left + w->widths[at] < middle)
		left += w->widths[at++];
	for (int i = 0; i <= w->n_columns; i++)
		widths[i] = w->widths[i > at ? i - 1 : i];
	widths[at] = middle - left;
	widths[at + 1] -= middle - left;
	for (int i = at + 1; i <= w->n_leaves; i++)
		w->leaf_cols[i]++;
	w->widths = widths;
	w->n_columns++;
	w->split = at + 1;
}

static enum status count_leaves(struct sheet_walk *w, struct err *e)
{
	const struct doc_section *s = w->section;

	w->n_leaves = 0;
	for (int i = 0; i < s->n_blocks; i++) {
		const struct doc_table *t = s->blocks[i].kind == BLOCK_TABLE ? s->blocks[i].table : NULL;

		if (!t)
			continue;
		if (t->n_columns < 1 || t->n_columns >= SHEET_COLUMNS_MAX)
			return err_set(e, "section '%s': table '%s' has %d columns, a sheet has room for 1 to %d", s->id,
				       t->id, t->n_columns, SHEET_COLUMNS_MAX - 1);
		if (t->n_columns > w->n_leaves)
			w->n_leaves = t->n_columns;
	}
	w->leaf_cols = ARENA_ARRAY(w->arena, (size_t)w->n_leaves + 1, int);
	for (int i = 0; i <= w->n_leaves; i++)
		w->leaf_cols[i] = i;
	return ST_OK;
}

static void find_text_columns(struct sheet_walk *w)
{
	w->text_columns = w->n_leaves ? 0 : w->n_columns;
	for (int i = 0; i < w->section->n_blocks; i++) {
		const struct doc_table *t = w->section->blocks[i].table;
		int end;

		if (w->section->blocks[i].kind != BLOCK_TABLE)
			continue;
		end = w->leaf_cols[t->print_columns > 0 ? t->print_columns : t->n_columns];
		w->text_columns = end > w->text_columns ? end : w->text_columns;
	}
}

enum status sheet_widths(struct sheet_walk *w, struct err *e)
{
	const struct doc_section *s = w->section;

	if (count_leaves(w, e) != ST_OK)
		return ST_ERR;
	w->n_columns = w->n_leaves ? w->n_leaves : 1;
	w->widths = ARENA_ARRAY(w->arena, (size_t)w->n_columns, double);
	for (int i = 0; i < s->n_blocks; i++)
		if (s->blocks[i].kind == BLOCK_TABLE && widen_for_table(w, s->blocks[i].table, e) != ST_OK)
			return ST_ERR;
	if (!w->n_leaves)
		w->widths[0] = sheet_paper_width(s);
	w->split = find_split(w);
	if (!w->split && may_divide(w))
		divide_column(w);
	find_text_columns(w);
	return ST_OK;
}
