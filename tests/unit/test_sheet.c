/*
 * The sheet layout through a sink that notes what it is told.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include "../../src/layout/sheet_text.h"
#include "demo_document.h"

#include <rasoat/sheet.h>
#include <rasoat/str.h>

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Notes: one line for each cell "row,col[+rows x cols] text", and the counts of the rest. */
struct notes {
	struct str log;
	bool quiet; /* count only */
	int rows_max;
	int sheets, rows_last, cells;
	int last_row;
	int tables, head_first, head_last, first_row, last_body;
	int charts, chart_first, chart_last, chart_label, chart_value;
	char chart_sheet[64];
	char names[4][64];
	double widths[16];
	int n_columns;
	double heights[64];
};

static enum status on_open(void *ctx, const struct doc_section *s, int n, const double *widths, struct err *e)
{
	struct notes *k = ctx;

	(void)e;
	if (k->sheets < 4)
		snprintf(k->names[k->sheets], sizeof(k->names[0]), "%s", s->name);
	k->sheets++;
	k->last_row = -1;
	k->n_columns = n;
	for (int i = 0; i < n && i < 16; i++)
		k->widths[i] = widths[i];
	return ST_OK;
}

static enum status on_height(void *ctx, int row, double points, struct err *e)
{
	struct notes *k = ctx;

	(void)e;
	assert_true(points > 0 && points <= 409);
	if (row < 64)
		k->heights[row] = points;
	return ST_OK;
}

static void note_formula(struct notes *k, const struct sheet_cell *c)
{
	if (!c->value.formula)
		return;
	if (c->value.formula->kind == FORMULA_SUM_ROWS)
		str_addf(&k->log, " =SUM %d:%d", c->sum_first_row, c->sum_last_row);
	else
		str_add(&k->log, c->terms_text ? " =N()" : " =");
}

static enum status on_cell(void *ctx, const struct sheet_cell *c, struct err *e)
{
	struct notes *k = ctx;
	char buf[64];

	(void)e;
	assert_true(c->row >= k->last_row); /* rows come in order */
	assert_true(c->row < SHEET_ROWS_MAX);
	assert_true(c->rowspan >= 1 && c->colspan >= 1 && c->col + c->colspan <= k->n_columns);
	assert_true(c->value.align != ALIGN_AUTO);
	k->last_row = c->row;
	k->cells++;
	if (k->quiet)
		return ST_OK;
	str_addf(&k->log, "%d,%d", c->row, c->col);
	if (c->rowspan > 1 || c->colspan > 1)
		str_addf(&k->log, "+%dx%d", c->rowspan, c->colspan);
	str_addf(&k->log, " %s", cell_text(&c->value, buf, sizeof(buf)));
	note_formula(k, c);
	if (c->link_sheet)
		str_addf(&k->log, " =>%s", c->link_sheet);
	str_addc(&k->log, '\n');
	return ST_OK;
}

static enum status on_chart(void *ctx, const struct sheet_chart *c, struct err *e)
{
	struct notes *k = ctx;

	(void)e;
	k->charts++;
	k->chart_first = c->first_row;
	k->chart_last = c->last_row;
	k->chart_label = c->label_col;
	k->chart_value = c->value_col;
	snprintf(k->chart_sheet, sizeof(k->chart_sheet), "%s", c->sheet);
	return ST_OK;
}

static enum status on_table(void *ctx, const struct sheet_table *t, struct err *e)
{
	struct notes *k = ctx;

	(void)e;
	k->tables++;
	k->head_first = t->head_first_row;
	k->head_last = t->head_last_row;
	k->first_row = t->first_row;
	k->last_body = t->last_row;
	return ST_OK;
}

static enum status on_close(void *ctx, const struct doc_section *s, int n_rows, struct err *e)
{
	(void)s;
	(void)e;
	((struct notes *)ctx)->rows_last = n_rows;
	return ST_OK;
}

static enum status lay_out(struct document *d, struct notes *k, struct err *e)
{
	struct sheet_sink sink = { k, on_open, on_height, on_cell, on_chart, on_table, on_close, k->rows_max };

	return sheet_layout(d, &sink, e);
}

static void lay_out_ok(struct document *d, struct notes *k)
{
	struct err e = ERR_INIT;

	if (lay_out(d, k, &e) != ST_OK)
		fail_msg("%s", e.text);
}

static void lay_out_fails(struct document *d, const char *want)
{
	struct notes k = { .log = STR_INIT };
	struct err e = ERR_INIT;

	assert_int_equal(lay_out(d, &k, &e), ST_ERR);
	assert_string_equal(e.text, want);
	str_free(&k.log);
}

/* A table of `n` columns titled A, B, C … over an array of rows. */
static struct doc_table *plain_table(struct document *d, const char *id, int n, struct cell *cells,
				     enum row_kind *kinds, int rows)
{
	struct doc_table *t = ARENA_NEW(d->arena, struct doc_table);

	t->id = id;
	t->n_columns = n;
	t->columns = ARENA_ARRAY(d->arena, (size_t)n, struct doc_column);
	for (int i = 0; i < n; i++) {
		t->columns[i].title = arena_printf(d->arena, "%c", 'A' + i);
		t->columns[i].width = 60;
		t->columns[i].type = CELL_INT;
	}
	doc_table_simple_heads(d, t);
	t->rows = doc_rows_array(d->arena, cells, kinds, rows, n);
	return t;
}

static struct document *one_table(struct arena *a, struct doc_table **ret, int n, struct cell *cells,
				  enum row_kind *kinds, int rows)
{
	struct document *d = doc_new(a);
	struct doc_section *s = doc_section_add(d, "s", "Tờ", false, false);

	*ret = plain_table(d, "t", n, cells, kinds, rows);
	doc_add(d, s, BLOCK_TABLE, NULL)->table = *ret;
	return d;
}

static void test_form(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct notes k = { .log = STR_INIT };

	(void)state;
	lay_out_ok(demo_document(a), &k);
	assert_int_equal(k.sheets, 3);
	/* 10 + 50 + 18 + 16 + 16 of 252 mm are nearest to 42 % */
	assert_non_null(strstr(k.log.p, "0,5+1x7 Biểu số: 01/TCD\n"));
	assert_non_null(strstr(k.log.p, "1,0+1x5 BẢO HIỂM XÃ HỘI VIỆT NAM\n1,5+1x7 CỘNG HÒA"));
	assert_non_null(strstr(k.log.p, "9,0+3x1 MS\n"));
	assert_non_null(strstr(k.log.p, "9,3+1x4 Tiếp thường xuyên\n"));
	assert_non_null(strstr(k.log.p, "10,5+1x2 Trong đó đoàn đông người\n"));
	assert_non_null(strstr(k.log.p, "12,2 1=2+6\n"));
	assert_non_null(strstr(k.log.p, "13,2 48 =\n"));
	assert_non_null(strstr(k.log.p, "49,1 Tổng số (36/36 đơn vị)\n49,2 832.288 =SUM 13:48\n"));
	str_free(&k.log);
}

/* 25 | 115 | 25 mm has no boundary near the middle: the column there takes two. */
static void test_middle_column_divides(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct document *d = demo_document(a);
	struct notes k = { .log = STR_INIT };
	double total;

	(void)state;
	d->sections++;
	d->n_sections = 1;
	lay_out_ok(d, &k);
	assert_int_equal(k.n_columns, 4);
	total = k.widths[0] + k.widths[1] + k.widths[2] + k.widths[3];
	assert_true(fabs(k.widths[0] + k.widths[1] - 0.42 * total) < 0.001);
	assert_non_null(strstr(k.log.p, "0,0+1x2 BẢO HIỂM XÃ HỘI VIỆT NAM\n0,2+1x2 CỘNG"));
	assert_non_null(strstr(k.log.p, ",1+1x2 Nội dung\n"));
	assert_non_null(strstr(k.log.p, ",3 Số phát hiện\n"));
	assert_non_null(strstr(k.log.p, ",0 ACC-06\n"));
	assert_non_null(strstr(k.log.p, ",1+1x2 Đăng nhập ngoài giờ\n"));
	assert_int_equal(k.charts, 2);
	assert_string_equal(k.chart_sheet, "Tổng hợp");
	assert_int_equal(k.chart_label, 0);
	assert_int_equal(k.chart_value, 3);
	assert_int_equal(k.chart_last - k.chart_first, 5);
	assert_int_equal(k.chart_first, k.first_row);
	str_free(&k.log);
}

static void test_stream_has_one_heading_row(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct document *d = demo_document(a);
	struct notes k = { .log = STR_INIT };

	(void)state;
	d->stream = true;
	d->n_sections = 1;
	lay_out_ok(d, &k);
	assert_int_equal(k.head_last - k.head_first, 1); /* with the MS row */
	assert_non_null(strstr(k.log.p, ",5 Tiếp thường xuyên – Trong đó đoàn đông người – Số đoàn được tiếp\n"));
	str_free(&k.log);
}

static void test_draft_and_empty(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct notes k = { .log = STR_INIT };
	struct doc_table *t;
	struct document *d = one_table(a, &t, 2, NULL, NULL, 0);

	(void)state;
	d->draft = "DỰ THẢO";
	t->empty = "Không có phát hiện";
	lay_out_ok(d, &k);
	assert_string_equal(k.log.p, "0,0+1x2 DỰ THẢO\n1,0 A\n1,1 B\n2,0+1x2 Không có phát hiện\n");
	assert_int_equal(k.rows_last, 3);
	str_free(&k.log);
}

static struct cell_formula sum_of(int rows)
{
	return (struct cell_formula){ .kind = FORMULA_SUM_ROWS, .rows = rows };
}

static void test_sums_go_around_groups(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct cell_formula three = sum_of(3), one = sum_of(1), two = sum_of(2);
	struct cell c[] = { cell_str("G"), cell_int(1), cell_int(2), cell_str("H"), cell_int(4), cell_int(4), cell_int(7),
			    cell_int(6) };
	enum row_kind kinds[] = { ROW_GROUP, ROW_BODY, ROW_BODY, ROW_GROUP, ROW_BODY, ROW_TOTAL, ROW_TOTAL, ROW_TOTAL };
	struct notes k = { .log = STR_INIT };
	struct doc_table *t;
	struct document *d;

	(void)state;
	c[5].formula = &one;
	c[6].formula = &three; /* with a total between there is no plain range */
	c[7].formula = &two;
	d = one_table(a, &t, 1, c, kinds, 8);
	lay_out_ok(d, &k);
	assert_string_equal(k.log.p, "0,0 A\n1,0 G\n2,0 1\n3,0 2\n4,0 H\n5,0 4\n6,0 4 =SUM 5:5\n7,0 7\n8,0 6\n");
	str_clear(&k.log);
	c[5].i = 7;
	c[5].formula = &three; /* around the group heading */
	c[6].formula = c[7].formula = NULL;
	lay_out_ok(d, &k);
	assert_non_null(strstr(k.log.p, "6,0 7 =SUM 2:5\n"));
	str_free(&k.log);
}

static void test_withheld_cells_end_formulas(void **state)
{
	static const struct { int sign; int column; } terms[] = { { 1, 1 }, { 1, 2 } };
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct cell_formula sum = sum_of(2);
	struct cell_formula plus = { .kind = FORMULA_TERMS, .terms = (const void *)terms, .n_terms = 2 };
	struct cell c[9] = { cell_int(3), cell_int(3), { .kind = CELL_NA }, /**/
			     cell_int(9), cell_int(4), { .kind = CELL_HIDDEN }, /**/
			     cell_int(12), cell_int(7), cell_int(5) };
	enum row_kind kinds[] = { ROW_BODY, ROW_BODY, ROW_TOTAL };
	struct notes k = { .log = STR_INIT };
	struct doc_table *t;

	(void)state;
	c[0].formula = c[3].formula = &plus;
	c[6].formula = c[7].formula = c[8].formula = &sum;
	lay_out_ok(one_table(a, &t, 3, c, kinds, 3), &k);
	assert_string_equal(k.log.p, "0,0 A\n0,1 B\n0,2 C\n1,0 3 =N()\n1,1 3\n1,2 –\n2,0 9\n2,1 4\n2,2 ***\n"
				     "3,0 12 =SUM 1:2\n3,1 7 =SUM 1:2\n3,2 5\n");
	str_free(&k.log);
}

static void test_formula_must_give_the_value(void **state)
{
	static const struct { int sign; int column; } terms[] = { { 1, 1 }, { -1, 2 } }, far[] = { { 1, 3 } };
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct cell_formula sum = sum_of(1);
	struct cell_formula f = { .kind = FORMULA_TERMS, .terms = (const void *)terms, .n_terms = 2 };
	struct cell c[6] = { cell_int(4), cell_int(7), cell_int(2), cell_int(3) };
	enum row_kind kinds[] = { ROW_BODY, ROW_TOTAL };
	struct doc_table *t;
	struct document *d = one_table(a, &t, 3, c, kinds, 2);

	(void)state;
	c[0].formula = &f;
	lay_out_fails(d, "table 't', sheet row 2, column 1: the formula gives 5, the value is 4");
	f.terms = (const void *)far;
	f.n_terms = 1;
	lay_out_fails(d, "table 't': a formula refers to column 3 of 3");
	c[0].formula = NULL;
	c[3].formula = &sum;
	lay_out_fails(d, "table 't', sheet row 3, column 1: the rows sum up to 4, the value is 3");
	sum.rows = 2;
	lay_out_fails(d, "table 't': a sum covers 2 rows, 1 stand above it");
}

static void test_headings_must_fill_their_block(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct doc_table *t;
	struct document *d = one_table(a, &t, 2, NULL, NULL, 0);

	(void)state;
	t->heads[1].col = 0;
	lay_out_fails(d, "table 't': heading 'B' lies over another one");
	t->heads[1].col = 2;
	lay_out_fails(d, "table 't': heading 'B' lies outside of the 1 x 2 heading block");
	t->n_heads = 1;
	lay_out_fails(d, "table 't': the headings leave a gap");
	t->n_columns = 0;
	lay_out_fails(d, "section 's': table 't' has 0 columns, a sheet has room for 1 to 16383");
}

static void test_chart_without_rows(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct document *d = demo_document(a);
	struct doc_chart *c = (struct doc_chart *)(uintptr_t)d->sections[1].blocks[6].chart;

	(void)state;
	assert_non_null(c);
	c->first_row = 1;
	lay_out_fails(d, "section 'summary': chart 'Số phát hiện theo quy tắc' shows rows 2 to 7 of columns 1 and 3, "
			 "table 'summary' above has not got them");
}

static int broken_next(void *ctx, struct cell *cells, enum row_kind *kind, struct err *e)
{
	(void)ctx;
	(void)cells;
	(void)kind;
	err_set(e, "the ledger is gone");
	return -1;
}

static void test_broken_source(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct doc_table *t;
	struct document *d = one_table(a, &t, 1, NULL, NULL, 0);

	(void)state;
	d->stream = true;
	t->rows.next = broken_next;
	lay_out_fails(d, "table 't': the ledger is gone");
}

/* Numbers from 1 up, one a row. */
struct counter {
	int64_t at, n;
};

static int count_next(void *ctx, struct cell *cells, enum row_kind *kind, struct err *e)
{
	struct counter *c = ctx;

	(void)e;
	if (c->at >= c->n)
		return 0;
	cells[0] = cell_int(++c->at);
	*kind = ROW_BODY;
	return 1;
}

static enum status count_rewind(void *ctx, struct err *e)
{
	(void)e;
	((struct counter *)ctx)->at = 0;
	return ST_OK;
}

/* Two sheets full and three rows over; another section has the name the first continuation would get. */
static void test_long_table_goes_on(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct notes k = { .log = STR_INIT, .quiet = true };
	struct counter c = { 0, 2 * (SHEET_ROWS_MAX - 4) + 3 };
	struct doc_table *t;
	struct document *d = one_table(a, &t, 1, NULL, NULL, 0);

	(void)state;
	doc_section_add(d, "other", "Tờ (2)", false, false);
	d->stream = true;
	d->draft = "DỰ THẢO";
	t->rows = (struct row_source){ &c, count_next, count_rewind, c.n };
	lay_out_ok(d, &k);
	assert_int_equal(k.sheets, 4);
	assert_string_equal(k.names[0], "Tờ");
	assert_string_equal(k.names[1], "Tờ (3)");
	assert_string_equal(k.names[2], "Tờ (4)");
	assert_string_equal(k.names[3], "Tờ (2)");
	assert_int_equal(k.tables, 3);
	assert_int_equal(k.first_row, 3);
	assert_int_equal(k.last_body, 5);
	/* headings and the line on top on three sheets, the draft mark on four, the last line on two */
	assert_int_equal(k.cells, c.n + 3 + 3 + 4 + 2);
	str_free(&k.log);
}

/* Twelve rows on a sheet: 9 of the table on the first ones, which begin and end with a line of their own. */
static void test_parts_lead_to_each_other(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct notes k = { .log = STR_INIT, .rows_max = 12 };
	struct counter c = { 0, 2 * 9 + 1 };
	struct doc_table *t;
	struct document *d = one_table(a, &t, 1, NULL, NULL, 0);

	(void)state;
	doc_section_add(d, "first", "Tổng hợp", false, false)->index = true;
	t->rows = (struct row_source){ &c, count_next, count_rewind, c.n };
	lay_out_ok(d, &k);
	assert_int_equal(k.sheets, 4);
	assert_string_equal(k.names[2], "Tờ (3)");
	assert_non_null(strstr(k.log.p, "0,0 Phần 1/3 (dòng 1–9). Tiếp theo: tờ “Tờ (2)” → =>Tờ (2)\n1,0 A\n2,0 1\n"));
	assert_non_null(strstr(k.log.p, "\n10,0 9\n11,0 Còn tiếp ở tờ “Tờ (2)” → =>Tờ (2)\n"
					"0,0 Phần 2/3 (dòng 10–18). Tiếp theo: tờ “Tờ (3)” → =>Tờ (3)\n"));
	assert_non_null(strstr(k.log.p, "\n11,0 Còn tiếp ở tờ “Tờ (3)” → =>Tờ (3)\n"
					"0,0 Phần 3/3 (dòng 19–19). ← Đầu danh sách: tờ “Tờ” =>Tờ\n1,0 A\n2,0 19\n"
					"1,0 Danh sách dài, chia thành nhiều tờ\n"
					"2,0 Tờ – phần 1/3: tờ “Tờ”, dòng 1–9 =>Tờ\n"
					"3,0 Tờ – phần 2/3: tờ “Tờ (2)”, dòng 10–18 =>Tờ (2)\n"
					"4,0 Tờ – phần 3/3: tờ “Tờ (3)”, dòng 19–19 =>Tờ (3)\n"));
	str_free(&k.log);
}

/* A table that just fits stays on its sheet, without a word; one row more, or a line below it, and there are two. */
static void test_a_full_sheet(void **state)
{
	for (int i = 0; i < 3; i++) {
		CLEANUP(arena_cleanup) struct arena *a = arena_new();
		struct notes k = { .log = STR_INIT, .rows_max = 12 };
		struct counter c = { 0, i == 1 ? 12 : 11 };
		struct doc_table *t;
		struct document *d = one_table(a, &t, 1, NULL, NULL, 0);

		(void)state;
		if (i == 2)
			doc_add(d, &d->sections[0], BLOCK_NOTE, "Ghi chú");
		t->rows = (struct row_source){ &c, count_next, count_rewind, c.n };
		lay_out_ok(d, &k);
		assert_int_equal(k.sheets, i ? 2 : 1);
		assert_int_equal(!strstr(k.log.p, "Phần"), !i);
		assert_int_equal(k.rows_last, i ? 5 : 12);
		str_free(&k.log);
	}
}

static void test_count_must_be_true(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct notes k = { .log = STR_INIT, .rows_max = 12, .quiet = true };
	struct counter c = { 0, 40 };
	struct doc_table *t;
	struct document *d = one_table(a, &t, 1, NULL, NULL, 0);
	struct err e = ERR_INIT;

	(void)state;
	t->rows = (struct row_source){ &c, count_next, count_rewind, 20 };
	assert_int_equal(lay_out(d, &k, &e), ST_ERR);
	assert_string_equal(e.text, "section 's': its tables have more rows than they announced");
	t->rows.count = 60;
	assert_int_equal(lay_out(d, &k, &e), ST_ERR);
	assert_string_equal(e.text, "section 's': its tables have fewer rows than they announced");
	str_free(&k.log);
}

static void test_long_paragraph_takes_more_rows(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	CLEANUP(str_free) struct str text = STR_INIT;
	struct document *d = doc_new(a);
	struct doc_section *s = doc_section_add(d, "s", "Tờ", false, false);
	struct notes k = { .log = STR_INIT };

	(void)state;
	for (int i = 0; i < 2000; i++)
		str_addf(&text, "chữ%d ", i);
	doc_add(d, s, BLOCK_NOTE, text.p);
	lay_out_ok(d, &k);
	assert_true(k.cells > 1);
	for (int i = 0; i < 2000; i++)
		assert_non_null(strstr(k.log.p, arena_printf(a, "chữ%d", i)));
	str_free(&k.log);
}

/*
 * By the metrics of Times: "Hạnh" at 10 points is 722 + 444 + 500 + 500 thousandths. Letters with a horn as in
 * Liberation Serif, which has them.
 */
static void test_text_widths(void **state)
{
	size_t used;

	(void)state;
	assert_true(fabs(sheet_text_width("Hanh", 4, 10, false) - 21.66) < 0.001);
	assert_true(fabs(sheet_text_width("Ứ", strlen("Ứ"), 10, false) - 7.76) < 0.001);
	assert_int_equal(sheet_text_lines("", 10, false, 100, 9, &used), 1);
	assert_int_equal(sheet_text_lines("một hai", 10, false, 100, 9, &used), 1);
	assert_int_equal(sheet_text_lines("một hai", 10, false, 20, 9, &used), 2);
	assert_int_equal(sheet_text_lines("a\nb\nc", 10, false, 100, 9, &used), 3);
	assert_int_equal(sheet_text_lines("một hai ba", 10, false, 20, 2, &used), 2);
	assert_int_equal(used, strlen("một hai "));
	assert_int_equal(sheet_text_lines("mmmmmmmmmm", 10, false, 30, 9, &used), 3);
	/* 12 digits are two lines of 6; with a break after each "/" programs need three. */
	assert_int_equal(sheet_text_lines("111111222222", 10, false, 40, 9, &used), 2);
	assert_int_equal(sheet_text_lines("1111/222/333", 10, false, 40, 9, &used), 3);
}

/* Columns that stay off the paper: texts stand over the others. */
static void test_print_columns(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct document *d = doc_new(a);
	struct doc_section *s = doc_section_add(d, "s", "S", false, false);
	struct doc_column columns[] = { { "a", "A", 20, ALIGN_LEFT, CELL_TEXT, false }, { "b", "B", 20, ALIGN_LEFT, CELL_TEXT, false },
					{ "c", "C", 20, ALIGN_LEFT, CELL_TEXT, false } };
	struct doc_table t = { .id = "t", .columns = columns, .n_columns = 3, .print_columns = 2 };
	struct cell cells[] = { cell_str("x"), cell_str("y"), cell_str("z") };
	struct notes k = { .log = STR_INIT };

	(void)state;
	doc_table_simple_heads(d, &t);
	t.rows = doc_rows_array(a, cells, NULL, 1, 3);
	doc_add(d, s, BLOCK_NOTE, "Chú thích");
	doc_add(d, s, BLOCK_TABLE, NULL)->table = &t;
	lay_out_ok(d, &k);
	assert_non_null(strstr(k.log.p, "0,0+1x2 Chú thích\n"));
	assert_non_null(strstr(k.log.p, ",2 z\n"));
	str_free(&k.log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_form),
		cmocka_unit_test(test_middle_column_divides),
		cmocka_unit_test(test_stream_has_one_heading_row),
		cmocka_unit_test(test_draft_and_empty),
		cmocka_unit_test(test_sums_go_around_groups),
		cmocka_unit_test(test_withheld_cells_end_formulas),
		cmocka_unit_test(test_formula_must_give_the_value),
		cmocka_unit_test(test_headings_must_fill_their_block),
		cmocka_unit_test(test_chart_without_rows),
		cmocka_unit_test(test_broken_source),
		cmocka_unit_test(test_long_table_goes_on),
		cmocka_unit_test(test_parts_lead_to_each_other),
		cmocka_unit_test(test_a_full_sheet),
		cmocka_unit_test(test_count_must_be_true),
		cmocka_unit_test(test_long_paragraph_takes_more_rows),
		cmocka_unit_test(test_text_widths),
		cmocka_unit_test(test_print_columns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
