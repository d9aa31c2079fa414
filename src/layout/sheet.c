/*
 * Walks sections and their blocks; starts a next sheet when one is full.
 */
#include "sheet_text.h"
#include "sheet_walk.h"

#include <rasoat/str.h>
#include <rasoat/text.h>

#include <math.h>
#include <string.h>

static const struct { double points; bool bold; } styles[] = {
	[SHEET_PLAIN] = { 11, false },
	[SHEET_TITLE] = { 13, true },
	[SHEET_SUBTITLE] = { 13, true },
	[SHEET_LINE] = { 12, false },
	[SHEET_HEADING] = { 12, true },
	[SHEET_PARAGRAPH] = { 12, false },
	[SHEET_NOTE] = { 11, false },
	[SHEET_LETTERHEAD] = { 12, false },
	[SHEET_LETTERHEAD_BOLD] = { 12, true },
	[SHEET_FORM_CODE] = { 12, true },
	[SHEET_DRAFT] = { 12, true },
	[SHEET_HEAD] = { 11, true },
	[SHEET_NUMBERS] = { 9, false },
	[SHEET_BODY] = { 11, false },
	[SHEET_TOTAL] = { 11, true },
	[SHEET_GROUP] = { 11, true },
	[SHEET_EMPTY] = { 11, false },
	[SHEET_SIGN_POST] = { 12, true },
	[SHEET_SIGN_NAME] = { 12, true },
	[SHEET_SIGN_LIST] = { 11, false },
};

#define CHART_MIN_MM 90.0

double sheet_style_points(enum sheet_style style)
{
	return styles[style].points;
}

bool sheet_style_bold(enum sheet_style style)
{
	return styles[style].bold;
}

double sheet_inner_width(const struct sheet_walk *w, int first, int n)
{
	double mm = 0;

	for (int i = 0; i < n; i++)
		mm += w->widths[first + i];
	return mm * 72 / 25.4 - 5;
}

static enum align auto_align(enum cell_kind kind)
{
	switch (kind) {
	case CELL_INT:
	case CELL_REAL:
	case CELL_MILLION:
		return ALIGN_RIGHT;
	case CELL_DATE:
	case CELL_NA:
	case CELL_HIDDEN:
		return ALIGN_CENTER;
	default:
		return ALIGN_LEFT;
	}
}

enum status sheet_put(struct sheet_walk *w, struct sheet_cell *c, struct err *e)
{
	if (c->value.kind == CELL_TEXT) {
		size_t n = c->value.text ? strlen(c->value.text) : 0;
		size_t bad = n ? text_invalid_at(c->value.text, n) : 0;

		if (bad < n)
			return err_set(e, "sheet '%s', row %d, column %d: text is not valid UTF-8 from byte %zu on",
				       w->part.name, c->row + 1, c->col + 1, bad + 1);
		if (!n)
			c->value.kind = CELL_BLANK;
	}
	if (c->value.kind == CELL_REAL && !isfinite(c->value.r))
		return err_set(e, "sheet '%s', row %d, column %d: the value is not a finite number", w->part.name,
			       c->row + 1, c->col + 1);
	if (c->value.align == ALIGN_AUTO)
		c->value.align = auto_align(c->value.kind);
	return w->sink->cell(w->sink->ctx, c, e);
}

static enum status open_part(struct sheet_walk *w, struct err *e)
{
	const struct sheet_sink *k = w->sink;

	w->row = 0;
	if (w->planning)
		*ARENA_PUSH(w->names, w->planned->items, w->planned->n, w->planned->cap) =
			(struct sheet_part){ .before = w->table_rows };
	if (k->open && k->open(k->ctx, &w->part, w->n_columns, w->widths, e) != ST_OK)
		return ST_ERR;
	if (w->doc->draft && sheet_text_row(w, SHEET_DRAFT, w->doc->draft, CELL_BOLD, ALIGN_CENTER, e) != ST_OK)
		return ST_ERR;
	return sheet_part_top(w, e);
}

static enum status close_part(struct sheet_walk *w, struct err *e)
{
	const struct sheet_sink *k = w->sink;

	if (sheet_part_end(w, e) != ST_OK)
		return ST_ERR;
	return k->close ? k->close(k->ctx, &w->part, w->row, e) : ST_OK;
}

static enum status parts_differ(const struct sheet_walk *w, const char *what, struct err *e)
{
	return err_set(e, "section '%s': its tables have %s rows than they announced", w->section->id, what);
}

enum status sheet_next_part(struct sheet_walk *w, struct err *e)
{
	if (!w->planning && sheet_is_parted(w) && w->part_number == w->parts->n)
		return parts_differ(w, "more", e);
	if (close_part(w, e) != ST_OK)
		return ST_ERR;
	w->part_number++;
	if (!w->planning)
		w->part.name = sheet_is_parted(w) ? w->parts->items[w->part_number - 1].name :
						    sheet_name_next(w, w->section, w->part_number);
	return open_part(w, e);
}

enum status sheet_room(struct sheet_walk *w, int rows, struct err *e)
{
	return w->row + rows <= w->rows_max ? ST_OK : sheet_next_part(w, e);
}

/* Rows of default height a chart needs: bars lying down want a row and a half each. */
static int chart_rows(const struct doc_chart *c)
{
	int rows = c->horizontal ? 8 + c->n_rows * 3 / 2 : 18;

	return rows < 12 ? 12 : rows > 60 ? 60 : rows;
}

/* Below the table, or beside it where the columns on the right are wide enough. */
static void place_chart(const struct sheet_walk *w, const struct sheet_range *r, struct sheet_chart *out)
{
	double right = 0;

	for (int i = r->right; i < w->text_columns; i++)
		right += w->widths[i];
	out->row = w->row;
	for (int i = 0; i < w->text_columns; i++)
		out->width_mm += w->widths[i];
	if (!out->chart->beside || right < CHART_MIN_MM || r->sheet != w->part.name)
		return;
	out->row = r->top;
	out->col = r->right;
	out->width_mm = right;
}

static enum status put_chart(struct sheet_walk *w, const struct doc_chart *c, struct err *e)
{
	const struct sheet_range *r = NULL;
	struct sheet_chart out = { .chart = c, .rows = chart_rows(c) };

	if (c->n_rows <= 0)
		return ST_OK;
	for (int i = 0; i < w->n_ranges; i++)
		if (w->ranges[i].chart == c)
			r = &w->ranges[i];
	if (!r || r->rows < c->n_rows || c->label_column < 0 || c->label_column >= w->n_leaves ||
	    c->value_column < 0 || c->value_column >= w->n_leaves)
		return err_set(e, "section '%s': chart '%s' shows rows %d to %d of columns %d and %d, table '%s' above has not got them",
			       w->section->id, c->title, c->first_row + 1, c->first_row + c->n_rows,
			       c->label_column + 1, c->value_column + 1, c->table);
	if (sheet_room(w, out.rows + 1, e) != ST_OK)
		return ST_ERR;
	place_chart(w, r, &out);
	out.sheet = r->sheet;
	out.first_row = r->first_row;
	out.last_row = r->last_row;
	out.label_col = w->leaf_cols[c->label_column];
	out.value_col = w->leaf_cols[c->value_column];
	w->row = (int)fmax(w->row, out.row + out.rows + 1);
	return w->sink->chart ? w->sink->chart(w->sink->ctx, &out, e) : ST_OK;
}

static bool is_title_part(enum block_kind k)
{
	return k == BLOCK_TITLE || k == BLOCK_SUBTITLE || k == BLOCK_LINE || k == BLOCK_ADDRESS;
}

/* Whether an empty row stands between two blocks. */
static bool gap_between(enum block_kind before, enum block_kind after)
{
	if (before == BLOCK_LETTERHEAD || after == BLOCK_SIGNATURE || before == BLOCK_CHART)
		return true;
	if (before == BLOCK_TABLE)
		return after != BLOCK_NOTE;
	if (after == BLOCK_TABLE)
		return is_title_part(before) || before == BLOCK_PARAGRAPH || before == BLOCK_NOTE;
	return is_title_part(before) && !is_title_part(after);
}

static enum status walk_blocks(struct sheet_walk *w, struct err *e)
{
	const struct doc_section *s = w->section;

	for (int i = 0; i < s->n_blocks; i++) {
		const struct doc_block *b = &s->blocks[i];
		enum status st;

		if (i && gap_between(s->blocks[i - 1].kind, b->kind) && w->row < w->rows_max)
			w->row++;
		if (b->kind == BLOCK_TABLE)
			st = sheet_table(w, b->table, e);
		else if (b->kind == BLOCK_CHART)
			st = put_chart(w, b->chart, e);
		else
			st = sheet_block(w, b, e);
		if (st != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}

/* Charts read cells of tables above them; the walk notes where those come to stand. */
static void find_charts(struct sheet_walk *w)
{
	const struct doc_section *s = w->section;

	w->ranges = ARENA_ARRAY(w->arena, (size_t)s->n_blocks + 1, struct sheet_range);
	w->n_ranges = 0;
	for (int i = 0; i < s->n_blocks; i++)
		if (s->blocks[i].kind == BLOCK_CHART)
			w->ranges[w->n_ranges++].chart = s->blocks[i].chart;
}

enum status sheet_section(struct sheet_walk *w, const struct doc_section *s, struct err *e)
{
	arena_reset(w->arena);
	w->section = s;
	w->part = *s;
	w->part_number = 1;
	find_charts(w);
	if (sheet_widths(w, e) != ST_OK || open_part(w, e) != ST_OK || walk_blocks(w, e) != ST_OK ||
	    (s->index && sheet_index(w, e) != ST_OK))
		return ST_ERR;
	if (!w->planning && w->part_number < w->parts->n)
		return parts_differ(w, "fewer", e);
	return close_part(w, e);
}

enum status sheet_layout(const struct document *d, const struct sheet_sink *sink, struct err *e)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_new();
	CLEANUP(arena_cleanup) struct arena *names = arena_new();
	struct sheet_walk w = { .doc = d, .sink = sink, .arena = arena, .names = names };
	int rows_max = sink->rows_max ? sink->rows_max : SHEET_ROWS_MAX;

	for (int i = 0; i < d->n_sections; i++)
		*ARENA_PUSH(names, w.taken, w.n_taken, w.cap_taken) = d->sections[i].name;
	w.rows_max = rows_max;
	if (sheet_plan(&w, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < d->n_sections; i++) {
		w.parts = &w.plan[i];
		w.rows_max = rows_max - sheet_is_parted(&w);
		if (sheet_section(&w, &d->sections[i], e) != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}
