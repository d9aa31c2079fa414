/* A computed table set upright: one line for each of its columns, as 01/PCTN prints them. */
#include "form_int.h"

enum { MS, CONTENT, MEASURE, FIGURE, WIDTH };

static void put_group(struct cell *cells, enum row_kind *kind, const char *title)
{
	*kind = ROW_GROUP;
	cells[0] = cell_str(title);
	cells[0].flags = CELL_BOLD;
}

static void put_column(struct cell *cells, const struct figure_table *ft, int i)
{
	const struct template_column *col = &ft->table->columns[i];

	cells[MS] = cell_str(col->ms);
	cells[MS].align = ALIGN_CENTER;
	cells[CONTENT] = cell_str(col->title);
	cells[MEASURE] = cell_str(col->measure);
	cells[MEASURE].align = ALIGN_CENTER;
	cells[FIGURE] = form_figure(col, ft->totals[i], ft->total_states[i]);
}

/* The groups that begin at a column, from the outermost on, and then the column itself. */
static int put_lines(const struct figure_table *ft, struct cell *cells, enum row_kind *kinds)
{
	const struct template_table *t = ft->table;
	int n = 0;

	for (int i = 0; i < t->n_columns; i++) {
		for (int depth = 0; depth < t->depth; depth++)
			for (int k = 0; k < t->n_groups; k++)
				if (t->groups[k].first == i && t->groups[k].depth == depth) {
					put_group(cells + (size_t)n * WIDTH, &kinds[n], t->groups[k].title);
					n++;
				}
		put_column(cells + (size_t)n * WIDTH, ft, i);
		n++;
	}
	return n;
}

struct doc_table *form_upright_table(struct arena *a, struct document *d, const struct figure_table *ft)
{
	static const struct doc_column columns[WIDTH] = {
		{ "ms", "MS", 14, ALIGN_CENTER, CELL_TEXT, false },
		{ "content", "NỘI DUNG", 0, ALIGN_LEFT, CELL_TEXT, false },
		{ "measure", "ĐVT", 24, ALIGN_CENTER, CELL_TEXT, false },
		{ "figure", "SỐ LIỆU", 26, ALIGN_RIGHT, CELL_INT, false },
	};
	const struct template_table *t = ft->table;
	struct doc_table *dt = ARENA_NEW(a, struct doc_table);
	size_t most = (size_t)t->n_columns + (size_t)t->n_groups;
	struct cell *cells = ARENA_ARRAY(a, most * WIDTH + 1, struct cell);
	enum row_kind *kinds = ARENA_ARRAY(a, most + 1, enum row_kind);

	*dt = (struct doc_table){ .id = t->id, .data = true, .freeze = true, .n_columns = WIDTH, .empty = t->empty };
	dt->columns = arena_grow(a, columns, WIDTH, WIDTH, sizeof(*columns));
	doc_table_simple_heads(d, dt);
	dt->rows = doc_rows_array(a, cells, kinds, put_lines(ft, cells, kinds), WIDTH);
	return dt;
}
