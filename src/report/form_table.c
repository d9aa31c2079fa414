/* A computed table as a table of the document: levels of headings, the MS row, live formulas. */
#include "form_int.h"

enum { FIRST_NARROW = 52, FIRST_WIDE = 100, MANY_COLUMNS = 12 }; /* millimetres; columns */

static double font_size(int n_columns, bool a3)
{
	if (n_columns <= 8)
		return 11;
	if (a3)
		return 9.5;
	return n_columns <= MANY_COLUMNS ? 10 : n_columns <= 22 ? 8 : 7.5;
}

/* Columns without a width share what is left; among many of them the names need more than their share. */
static double first_width(const struct template_table *t)
{
	for (int i = 0; i < t->n_columns; i++)
		if (t->columns[i].width <= 0)
			return t->n_columns > MANY_COLUMNS ? FIRST_NARROW : FIRST_WIDE;
	return 0;
}

static void set_columns(struct arena *a, struct doc_table *dt, const struct template_table *t)
{
	dt->n_columns = t->n_columns + 1;
	dt->columns = ARENA_ARRAY(a, (size_t)dt->n_columns, struct doc_column);
	dt->columns[0] = (struct doc_column){
		.key = "row", .title = t->row_title, .width = first_width(t), .align = ALIGN_LEFT, .type = CELL_TEXT,
	};
	for (int i = 0; i < t->n_columns; i++)
		dt->columns[i + 1] = (struct doc_column){
			.key = arena_printf(a, "%d", t->columns[i].n),
			.title = t->columns[i].title,
			.width = t->columns[i].width,
			.align = ALIGN_RIGHT,
			.type = t->columns[i].million ? CELL_MILLION : CELL_INT,
		};
}

/* The depth of the deepest group over a column, -1 = none. */
static int depth_over(const struct template_table *t, int col)
{
	int depth = -1;

	for (int i = 0; i < t->n_groups; i++)
		if (col >= t->groups[i].first && col < t->groups[i].first + t->groups[i].count && t->groups[i].depth > depth)
			depth = t->groups[i].depth;
	return depth;
}

static void set_heads(struct arena *a, struct doc_table *dt, const struct template_table *t)
{
	int n = 0;

	dt->head_rows = t->depth + 1;
	dt->heads = ARENA_ARRAY(a, (size_t)t->n_groups + (size_t)t->n_columns + 1, struct doc_head);
	dt->heads[n++] = (struct doc_head){ 0, 0, dt->head_rows, 1, t->row_title };
	for (int i = 0; i < t->n_groups; i++) {
		const struct template_group *g = &t->groups[i];

		dt->heads[n++] = (struct doc_head){ g->depth, g->first + 1, 1, g->count, g->title };
	}
	for (int i = 0; i < t->n_columns; i++) {
		int row = depth_over(t, i) + 1;

		dt->heads[n++] = (struct doc_head){ row, i + 1, dt->head_rows - row, 1, t->columns[i].title };
	}
	dt->n_heads = n;
}

/* One formula for each formula column, the same for all rows. */
static const struct cell_formula **row_formulas(struct arena *a, const struct template_table *t)
{
	const struct cell_formula **all = ARENA_ARRAY(a, (size_t)t->n_columns + 1, const struct cell_formula *);

	for (int i = 0; i < t->n_columns; i++) {
		const struct template_column *col = &t->columns[i];
		struct cell_formula *f;
		struct cell_term *terms;

		if (col->kind != MEASURE_FORMULA)
			continue;
		f = ARENA_NEW(a, struct cell_formula);
		terms = ARENA_ARRAY(a, (size_t)col->n_terms + 1, struct cell_term);
		for (int k = 0; k < col->n_terms; k++)
			terms[k] = (struct cell_term){ col->terms[k].sign, figures_column(t, col->terms[k].n) + 1 };
		*f = (struct cell_formula){ .kind = FORMULA_TERMS, .terms = terms, .n_terms = col->n_terms };
		all[i] = f;
	}
	return all;
}

static void put_numbers(struct cell *cells, const struct template_table *t)
{
	cells[0] = cell_str("MS");
	for (int i = 0; i < t->n_columns; i++) {
		cells[i + 1] = cell_str(t->columns[i].ms);
		cells[i + 1].align = ALIGN_CENTER;
	}
	cells[0].align = ALIGN_CENTER;
}

struct cell form_figure(const struct template_column *col, int64_t value, enum cell_kind state)
{
	return (struct cell){ .kind = state == CELL_INT && col->million ? CELL_MILLION : state, .i = value };
}

static void put_bodies(struct arena *a, struct cell *cells, const struct figure_table *ft)
{
	const struct template_table *t = ft->table;
	const struct cell_formula **formulas = row_formulas(a, t);

	for (int row = 0; row < ft->n_rows; row++) {
		struct cell *c = cells + (size_t)row * (size_t)(t->n_columns + 1);

		c[0] = cell_str(ft->rows[row].label);
		c[0].word = ft->rows[row].key;
		for (int i = 0; i < t->n_columns; i++) {
			size_t at = (size_t)row * (size_t)t->n_columns + (size_t)i;

			c[i + 1] = form_figure(&t->columns[i], ft->values[at], ft->states[at]);
			c[i + 1].formula = formulas[i];
		}
	}
}

static void put_total(struct arena *a, struct cell *cells, const struct figure_table *ft)
{
	struct cell_formula *sum = ARENA_NEW(a, struct cell_formula);

	*sum = (struct cell_formula){ .kind = FORMULA_SUM_ROWS, .rows = ft->n_rows };
	cells[0] = cell_str(ft->table->total);
	for (int i = 0; i < ft->table->n_columns; i++) {
		cells[i + 1] = form_figure(&ft->table->columns[i], ft->totals[i], ft->total_states[i]);
		cells[i + 1].formula = ft->n_rows ? sum : NULL;
	}
}

struct doc_table *form_table(struct arena *a, const struct figure_table *ft, bool a3)
{
	const struct template_table *t = ft->table;
	struct doc_table *dt = ARENA_NEW(a, struct doc_table);
	int before = t->ms_row ? 1 : 0, n = before + ft->n_rows + (t->total ? 1 : 0), width = t->n_columns + 1;
	struct cell *cells = ARENA_ARRAY(a, (size_t)(n + 1) * (size_t)width, struct cell);
	enum row_kind *kinds = ARENA_ARRAY(a, (size_t)n + 1, enum row_kind);

	*dt = (struct doc_table){
		.id = t->id, .data = true, .numbers_row = t->ms_row, .freeze = true, .frozen_columns = 1,
		.font_size = font_size(t->n_columns, a3), .empty = t->empty,
	};
	set_columns(a, dt, t);
	set_heads(a, dt, t);
	if (t->ms_row) {
		kinds[0] = ROW_NUMBERS;
		put_numbers(cells, t);
	}
	put_bodies(a, cells + (size_t)before * (size_t)width, ft);
	if (t->total) {
		kinds[n - 1] = ROW_TOTAL;
		put_total(a, cells + (size_t)(n - 1) * (size_t)width, ft);
	}
	dt->rows = doc_rows_array(a, cells, kinds, n, width);
	return dt;
}
