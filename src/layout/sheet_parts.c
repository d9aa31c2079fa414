/*
 * Sections that take several sheets. Lines that lead from sheet to sheet, and an index on a sheet before them, need
 * to know how many there will be: the section is walked before, with the rows of its tables counted, not pulled.
 */
#include "sheet_walk.h"

#include <string.h>

enum { BLOCK_ROWS = 20 }; /* a block without a table hardly takes more */

static enum status no_cell(void *ctx, const struct sheet_cell *c, struct err *e)
{
	(void)ctx;
	(void)c;
	(void)e;
	return ST_OK;
}

bool sheet_is_parted(const struct sheet_walk *w)
{
	return w->parts && w->parts->n > 1;
}

/*
 * Most sections surely stand on one sheet and need no counting. Where charts stand depends on rows that are not
 * pulled here: a section with charts is not counted. If it ever takes several sheets, they only have their names.
 */
static bool may_be_long(const struct doc_section *s, int rows_max)
{
	int64_t rows = 0;

	for (int i = 0; i < s->n_blocks; i++) {
		const struct doc_block *b = &s->blocks[i];

		rows += BLOCK_ROWS + (b->text ? (int64_t)strlen(b->text) / 100 : 0);
		if (b->kind == BLOCK_CHART)
			return false;
		if (b->kind == BLOCK_TABLE)
			rows += b->table->head_rows + b->table->rows.count;
	}
	return rows > rows_max;
}

/* The parts of a section when each has `rows_max` rows; `parts` = those counted before, when there are several. */
static enum status count_parts(const struct sheet_walk *w, const struct doc_section *s, int rows_max,
			       const struct sheet_parts *parts, struct sheet_parts *ret, struct err *e)
{
	const struct sheet_sink sink = { .cell = no_cell };
	struct sheet_walk dry = *w;

	memset(ret, 0, sizeof(*ret));
	dry.sink = &sink;
	dry.planning = true;
	dry.planned = ret;
	dry.parts = parts;
	dry.rows_max = rows_max;
	if (sheet_section(&dry, s, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < ret->n; i++)
		ret->items[i].rows = (i + 1 < ret->n ? ret->items[i + 1].before : dry.table_rows) - ret->items[i].before;
	return ST_OK;
}

static enum status plan_section(struct sheet_walk *w, const struct doc_section *s, struct sheet_parts *ret,
				struct err *e)
{
	struct sheet_parts once;

	if (may_be_long(s, w->rows_max)) {
		if (count_parts(w, s, w->rows_max, NULL, &once, e) != ST_OK)
			return ST_ERR;
		if (once.n > 1)
			return count_parts(w, s, w->rows_max - 1, &once, ret, e);
	}
	*ARENA_PUSH(w->names, ret->items, ret->n, ret->cap) = (struct sheet_part){ 0 };
	return ST_OK;
}

const char *sheet_name_next(struct sheet_walk *w, const struct doc_section *s, int number)
{
	const char *name = doc_sheet_name(w->names, s->name, number, w->taken, w->n_taken);

	*ARENA_PUSH(w->names, w->taken, w->n_taken, w->cap_taken) = name;
	return name;
}

enum status sheet_plan(struct sheet_walk *w, struct err *e)
{
	w->plan = ARENA_ARRAY(w->names, (size_t)w->doc->n_sections + 1, struct sheet_parts);
	for (int i = 0; i < w->doc->n_sections; i++) {
		const struct doc_section *s = &w->doc->sections[i];
		struct sheet_parts *p = &w->plan[i];

		if (plan_section(w, s, p, e) != ST_OK)
			return ST_ERR;
		p->items[0].name = s->name;
		for (int k = 1; k < p->n; k++)
			p->items[k].name = sheet_name_next(w, s, k + 1);
	}
	return ST_OK;
}

static enum status put_link(struct sheet_walk *w, const char *text, const char *sheet, struct err *e)
{
	struct cell look = { .kind = CELL_TEXT, .text = text, .align = ALIGN_LEFT };

	return sheet_cell_row(w, SHEET_NOTE, &look, sheet, e);
}

/* "dòng 1–1.048.570" */
static const char *rows_text(struct sheet_walk *w, const struct sheet_part *p)
{
	return arena_printf(w->arena, "dòng %s–%s", doc_number(w->arena, p->before + 1),
			    doc_number(w->arena, p->before + p->rows));
}

enum status sheet_part_top(struct sheet_walk *w, struct err *e)
{
	const struct sheet_part *p;
	const char *text, *to;
	int k = w->part_number, n;

	if (!sheet_is_parted(w))
		return ST_OK;
	if (w->planning)
		return put_link(w, "Phần", NULL, e);
	p = w->parts->items;
	n = w->parts->n;
	to = p[k < n ? k : 0].name;
	text = k < n ? "Phần %d/%d (%s). Tiếp theo: tờ “%s” →" : "Phần %d/%d (%s). ← Đầu danh sách: tờ “%s”";
	return put_link(w, arena_printf(w->arena, text, k, n, rows_text(w, &p[k - 1]), to), to, e);
}

/* In the row kept free for it. */
enum status sheet_part_end(struct sheet_walk *w, struct err *e)
{
	enum status st;
	const char *next;

	if (w->planning || !sheet_is_parted(w) || w->part_number == w->parts->n)
		return ST_OK;
	next = w->parts->items[w->part_number].name;
	w->rows_max++;
	st = put_link(w, arena_printf(w->arena, "Còn tiếp ở tờ “%s” →", next), next, e);
	w->rows_max--;
	return st;
}

enum status sheet_index(struct sheet_walk *w, struct err *e)
{
	bool any = false;

	for (int i = 0; i < w->doc->n_sections && !w->planning; i++) {
		const struct sheet_parts *p = &w->plan[i];

		for (int k = 0; p->n > 1 && k < p->n; k++) {
			w->row += !any;
			if (!any && sheet_text_row(w, SHEET_HEADING, "Danh sách dài, chia thành nhiều tờ", CELL_BOLD,
						   ALIGN_LEFT, e) != ST_OK)
				return ST_ERR;
			any = true;
			if (put_link(w, arena_printf(w->arena, "%s – phần %d/%d: tờ “%s”, %s", p->items[0].name, k + 1,
						     p->n, p->items[k].name, rows_text(w, &p->items[k])),
				     p->items[k].name, e) != ST_OK)
				return ST_ERR;
		}
	}
	return ST_OK;
}
