/*
 * Findings in a workbook through the document model, the sheet layout and the writer, as `rasoat audit` writes them.
 *
 *   our_workbook ROWS OUTFILE
 */
#include <rasoat/writer.h>

#include "workbook_rows.h"

#include <stdlib.h>

struct rows {
	unsigned row, rows;
	struct finding_row f;
};

static struct cell date_cell(int year, int month, int day)
{
	day_t d;

	return cell_day(date_from_ymd(year, month, day, &d) ? d : DAY_NONE);
}

static int rows_next(void *ctx, struct cell *cells, enum row_kind *kind, struct err *e)
{
	struct rows *r = ctx;

	(void)kind;
	(void)e;
	if (r->row == r->rows)
		return 0;
	finding_fill(&r->f, r->row++);
	for (int i = 0; i < FINDING_COLUMNS; i++)
		if (finding_columns[i].type == F_TEXT)
			cells[i] = cell_str(finding_text(&r->f, (enum finding_column)i));
	cells[F_NUMBER] = cell_int(r->f.number);
	cells[F_DAYS] = cell_int(r->f.days);
	cells[F_GRANTED] = date_cell(r->f.granted_year, r->f.month, r->f.day);
	cells[F_SINCE] = date_cell(r->f.year, r->f.month, r->f.day);
	cells[F_VERDICT].flags = CELL_WARN;
	return 1;
}

static enum status rows_rewind(void *ctx, struct err *e)
{
	struct rows *r = ctx;

	(void)e;
	r->row = 0;
	return ST_OK;
}

static struct doc_table *table_new(struct arena *a, struct document *d, struct rows *rows)
{
	static const enum cell_kind kinds[] = { CELL_TEXT, CELL_INT, CELL_DATE };
	struct doc_table *t = ARENA_NEW(a, struct doc_table);

	t->id = "findings";
	t->n_columns = FINDING_COLUMNS;
	t->columns = ARENA_ARRAY(a, FINDING_COLUMNS, struct doc_column);
	for (int i = 0; i < FINDING_COLUMNS; i++)
		t->columns[i] = (struct doc_column){
			.title = finding_columns[i].title,
			.width = finding_columns[i].mm,
			.type = kinds[finding_columns[i].type],
			.align = finding_columns[i].centred ? ALIGN_CENTER : ALIGN_AUTO,
		};
	doc_table_simple_heads(d, t);
	t->filter = t->freeze = true;
	t->frozen_columns = 2;
	t->rows = (struct row_source){ rows, rows_next, rows_rewind, rows->rows };
	return t;
}

int main(int argc, char **argv)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct rows rows = { .rows = argc == 3 ? (unsigned)atoi(argv[1]) : 0 };
	struct err e = ERR_INIT;
	struct document *d = doc_new(a);
	struct doc_section *s = doc_section_add(d, "findings", "Phát hiện", false, true);

	if (!rows.rows)
		return 1;
	d->stream = true;
	doc_add(d, s, BLOCK_TABLE, NULL)->table = table_new(a, d, &rows);
	if (writer_find("xlsx")->write(d, NULL, argv[2], &e) == ST_OK)
		return 0;
	fprintf(stderr, "%s\n", e.text);
	return 1;
}
