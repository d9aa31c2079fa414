/*
 * Lists and letters in PDF through the document model, the page layout and the writer.
 *
 *   our_pdf table PAGES OUTFILE
 *   our_pdf letters N OUTDIR JOBS
 */
#include "pdf_text.h"
#include <rasoat/pool.h>
#include <rasoat/writer.h>

#include <stdlib.h>
#include <string.h>

struct list {
	unsigned row, rows;
	char text[LIST_COLUMNS][64];
};

static struct cell list_value(struct list *l, int column)
{
	int d, m, y;
	day_t day;

	if (column == 0)
		return cell_int(l->row + 1);
	if (column == 6)
		return cell_int(list_days(l->row));
	if (column == 5) {
		list_date(l->row, &d, &m, &y);
		return cell_day(date_from_ymd(y, m, d, &day) ? day : DAY_NONE);
	}
	list_cell(l->text[column], sizeof(l->text[column]), l->row, column);
	return cell_str(l->text[column]);
}

static int list_next(void *ctx, struct cell *cells, enum row_kind *kind, struct err *e)
{
	struct list *l = ctx;

	(void)kind;
	(void)e;
	if (l->row == l->rows)
		return 0;
	for (int i = 0; i < LIST_COLUMNS; i++)
		cells[i] = list_value(l, i);
	cells[LIST_NOTE].flags = CELL_ITALIC;
	l->row++;
	return 1;
}

static enum status list_rewind(void *ctx, struct err *e)
{
	struct list *l = ctx;

	(void)e;
	l->row = 0;
	return ST_OK;
}

static enum status write_pdf(const struct document *d, const char *path, struct err *e)
{
	return writer_find("pdf")->write(d, NULL, path, e);
}

static enum status write_list(int pages, const char *path, struct err *e)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct document *d = doc_new(a);
	struct doc_table *t = ARENA_NEW(a, struct doc_table);
	struct list list = { .rows = (unsigned)pages * LIST_ROWS };

	d->title = "Danh sách tài khoản";
	t->id = "list";
	t->font_size = 8;
	t->n_columns = LIST_COLUMNS;
	t->columns = ARENA_ARRAY(a, LIST_COLUMNS, struct doc_column);
	for (int i = 0; i < LIST_COLUMNS; i++)
		t->columns[i] = (struct doc_column){ .title = list_columns[i].title, .width = list_columns[i].mm };
	doc_table_simple_heads(d, t);
	t->rows = (struct row_source){ .ctx = &list, .next = list_next, .rewind = list_rewind, .count = list.rows };
	doc_add(d, doc_section_add(d, "list", "Danh sách", false, true), BLOCK_TABLE, NULL)->table = t;
	return write_pdf(d, path, e);
}

/* --- letters --- */

static struct doc_table *letter_table(struct document *d, int letter)
{
	struct arena *a = d->arena;
	struct doc_table *t = ARENA_NEW(a, struct doc_table);
	struct cell *cells = ARENA_ARRAY(a, LETTER_ROWS * LETTER_COLUMNS, struct cell);
	char buf[64];

	t->id = "accounts";
	t->n_columns = LETTER_COLUMNS;
	t->columns = ARENA_ARRAY(a, LETTER_COLUMNS, struct doc_column);
	for (int i = 0; i < LETTER_COLUMNS; i++)
		t->columns[i] = (struct doc_column){ .title = letter_titles[i], .width = letter_mm[i],
						     .align = ALIGN_CENTER };
	doc_table_simple_heads(d, t);
	for (int i = 0; i < LETTER_ROWS * LETTER_COLUMNS; i++) {
		list_cell(buf, sizeof(buf), letter_row(letter, i / LETTER_COLUMNS),
			  letter_cells[i % LETTER_COLUMNS]);
		cells[i] = cell_str(arena_strdup(a, buf));
	}
	t->rows = doc_rows_array(a, cells, NULL, LETTER_ROWS, LETTER_COLUMNS);
	return t;
}

static void letter_build(struct document *d, int letter)
{
	struct doc_section *s = doc_section_add(d, "letter", "Thông báo", false, false);
	struct doc_letterhead *h = ARENA_NEW(d->arena, struct doc_letterhead);
	struct doc_signature *sign = ARENA_NEW(d->arena, struct doc_signature);
	char name[64];

	*h = (struct doc_letterhead){ .superior = "Bảo hiểm xã hội Việt Nam", .agency = "Bảo hiểm xã hội tỉnh Tây Ninh",
				      .number = arena_printf(d->arena, LETTER_NUMBER, letter + 1),
				      .place = "Tây Ninh" };
	date_from_ymd(2026, 10, 5, &h->date);
	d->title = "Thông báo kết quả rà soát tài khoản";
	doc_add(d, s, BLOCK_LETTERHEAD, NULL)->letterhead = h;
	doc_add(d, s, BLOCK_TITLE, LETTER_TITLE);
	doc_add(d, s, BLOCK_SUBTITLE, LETTER_SUBTITLE);
	person_name(name, sizeof(name), (unsigned)letter);
	doc_addf(d, s, BLOCK_ADDRESS, LETTER_ADDRESS, name);
	doc_add(d, s, BLOCK_PARAGRAPH, letter_body[0])->align = ALIGN_LEFT;
	doc_add(d, s, BLOCK_TABLE, NULL)->table = letter_table(d, letter);
	doc_add(d, s, BLOCK_PARAGRAPH, letter_body[1])->align = ALIGN_LEFT;
	doc_add(d, s, BLOCK_PARAGRAPH, letter_body[2])->align = ALIGN_LEFT;
	*sign = (struct doc_signature){ .left_title = "Người lập", .left_note = "(Ký, họ tên)",
					.authority = "KT. Giám đốc", .post = "Phó Giám đốc",
					.name = "Nguyễn Thị Phương Thảo" };
	doc_add(d, s, BLOCK_SIGNATURE, NULL)->signature = sign;
}

static enum status letter_write(void *ctx, int worker, int letter, struct err *e)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct document *d = doc_new(a);

	(void)worker;
	letter_build(d, letter);
	return write_pdf(d, arena_printf(a, "%s/%04d.pdf", (const char *)ctx, letter + 1), e);
}

int main(int argc, char **argv)
{
	struct err e = ERR_INIT;
	enum status st;

	if (argc == 4 && !strcmp(argv[1], "table")) {
		st = write_list(atoi(argv[2]), argv[3], &e);
	} else if (argc == 5 && !strcmp(argv[1], "letters")) {
		st = pool_run(atoi(argv[4]), atoi(argv[2]), letter_write, argv[3], &e);
	} else {
		fprintf(stderr, "our_pdf table PAGES OUTFILE | letters N OUTDIR JOBS\n");
		return 1;
	}
	if (st != ST_OK)
		fprintf(stderr, "our_pdf: %s\n", e.text);
	return st != ST_OK;
}
