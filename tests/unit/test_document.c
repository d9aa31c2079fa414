#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include <rasoat/document.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

static void test_numbers_in_print(void **state)
{
	static const struct { int64_t i; const char *want; } rows[] = {
		{ 0, "0" }, { 7, "7" }, { 999, "999" }, { 1000, "1.000" }, { 1234567, "1.234.567" },
		{ -1, "-1" }, { -999, "-999" }, { -1000, "-1.000" }, { -123456, "-123.456" },
		{ INT64_MAX, "9.223.372.036.854.775.807" }, { INT64_MIN, "-9.223.372.036.854.775.808" },
	};
	CLEANUP(arena_cleanup) struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(doc_number(a, rows[i].i), rows[i].want);
}

static void test_reals_in_print(void **state)
{
	static const struct { double r; const char *want; } rows[] = {
		{ 0, "0,00" }, { 0.125, "0,13" }, { 0.5, "0,50" }, { 12.345678, "12,35" }, { 99.999, "100,00" },
		{ 1234.5, "1.234,50" }, { -1234567.25, "-1.234.567,25" }, { -0.001, "0,00" }, { -0.25, "-0,25" },
		{ 1e15, "1.000.000.000.000.000,00" },
	};
	char buf[64];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct cell c = { .kind = CELL_REAL, .r = rows[i].r };

		assert_string_equal(cell_text(&c, buf, sizeof(buf)), rows[i].want);
	}
	assert_string_equal(cell_text(&(struct cell){ .kind = CELL_REAL, .r = (double)NAN }, buf, sizeof(buf)),
			    "không xác định");
	assert_int_equal(strlen(cell_text(&(struct cell){ .kind = CELL_REAL, .r = 1e308 }, buf, sizeof(buf))), 63);
}

static void test_four_kinds_of_nothing(void **state)
{
	char buf[64];
	struct cell zero = cell_int(0), blank = cell_str(NULL), empty = cell_str(""), no_day = cell_day(DAY_NONE);

	(void)state;
	assert_string_equal(cell_text(&zero, buf, sizeof(buf)), "0");
	assert_string_equal(cell_text(&blank, buf, sizeof(buf)), "");
	assert_string_equal(cell_text(&empty, buf, sizeof(buf)), "");
	assert_string_equal(cell_text(&no_day, buf, sizeof(buf)), "");
	assert_int_equal(no_day.kind, CELL_BLANK);
	assert_string_equal(cell_text(&(struct cell){ .kind = CELL_NA }, buf, sizeof(buf)), "–");
	assert_string_equal(cell_text(&(struct cell){ .kind = CELL_HIDDEN, .i = 5, .text = "x" }, buf, sizeof(buf)), "***");
	assert_string_equal(cell_text(&(struct cell){ .kind = CELL_TEXT }, buf, sizeof(buf)), "");
}

static void test_text_and_dates(void **state)
{
	struct cell c = cell_str("Đặng Thị Ánh"), day;
	char buf[64];
	day_t d;

	(void)state;
	assert_true(date_from_ymd(2026, 9, 5, &d));
	day = cell_day(d);
	assert_ptr_equal(cell_text(&c, buf, sizeof(buf)), c.text);
	assert_string_equal(cell_text(&day, buf, sizeof(buf)), "05/09/2026");
}

static const char *named(struct document *d, const char *name)
{
	char id[16];

	snprintf(id, sizeof(id), "s%d", d->n_sections);
	return doc_section_add(d, id, name, false, false)->name;
}

static void test_sheet_names_are_valid(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct document *d = doc_new(a);

	(void)state;
	assert_string_equal(named(d, "Biểu 01/TCD"), "Biểu 01-TCD");
	assert_string_equal(named(d, "a[b]c:d*e?f\\g"), "a-b-c-d-e-f-g");
	assert_string_equal(named(d, "'trong nháy'"), "trong nháy");
	assert_string_equal(named(d, "dòng\nmới"), "dòng mới");
	assert_string_equal(named(d, "x\xff" "y"), "x_y");
	assert_string_equal(named(d, ""), "Sheet");
	assert_string_equal(named(d, NULL), "Sheet (2)");
	assert_string_equal(named(d, "History"), "History (2)");
	/* 31 letters stay, the 32nd goes; a letter beyond the BMP counts two */
	assert_string_equal(named(d, "ệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệ"), "ệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệ");
	assert_string_equal(named(d, "ốốốốốốốốốốốốốốốốốốốốốốốốốốốốốốốx"), "ốốốốốốốốốốốốốốốốốốốốốốốốốốốốốốố");
	assert_string_equal(named(d, "123456789012345678901234567890𝄞"), "123456789012345678901234567890");
}

static void test_sheet_names_differ_without_case(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct document *d = doc_new(a);

	(void)state;
	assert_string_equal(named(d, "Báo cáo Đ"), "Báo cáo Đ");
	assert_string_equal(named(d, "BÁO CÁO đ"), "BÁO CÁO đ (2)");
	assert_string_equal(named(d, "báo cáo đ"), "báo cáo đ (3)");
	assert_string_equal(named(d, "Báo cao Đ"), "Báo cao Đ");
	assert_string_equal(named(d, "ƯỜNG"), "ƯỜNG");
	assert_string_equal(named(d, "ường"), "ường (2)");
	assert_string_equal(named(d, "ABCDEFGHIJKLMNOPQRSTUVWXYZ12345"), "ABCDEFGHIJKLMNOPQRSTUVWXYZ12345");
	assert_string_equal(named(d, "abcdefghijklmnopqrstuvwxyz12345"), "abcdefghijklmnopqrstuvwxyz1 (2)");
}

static void test_pointers_survive_growth(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct document *d = doc_new(a);
	struct doc_section *first = doc_section_add(d, "first", "Đầu", true, true);
	char id[16];

	(void)state;
	for (int i = 0; i < 400; i++) {
		snprintf(id, sizeof(id), "n%d", i);
		doc_section_add(d, id, "Tờ", false, false);
	}
	for (int i = 0; i < 20; i++)
		doc_addf(d, first, BLOCK_PARAGRAPH, "đoạn %d", i);
	assert_int_equal(d->n_sections, 401);
	assert_int_equal(d->sections[0].n_blocks, 20);
	assert_string_equal(d->sections[0].blocks[19].text, "đoạn 19");
	assert_true(d->sections[0].a3 && d->sections[0].landscape);
	assert_string_equal(d->sections[400].name, "Tờ (400)");
}

static void test_rows_from_memory(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct cell cells[] = { cell_str("a"), cell_int(1), cell_str("b"), cell_int(2) };
	enum row_kind kinds[] = { ROW_BODY, ROW_TOTAL }, kind = ROW_GROUP;
	struct row_source r = doc_rows_array(a, cells, kinds, 2, 2);
	struct cell got[2];
	struct err e = ERR_INIT;

	(void)state;
	for (int round = 0; round < 2; round++) {
		assert_int_equal(r.next(r.ctx, got, &kind, &e), 1);
		assert_int_equal(kind, ROW_BODY);
		assert_int_equal(got[1].i, 1);
		assert_int_equal(r.next(r.ctx, got, &kind, &e), 1);
		assert_int_equal(kind, ROW_TOTAL);
		assert_string_equal(got[0].text, "b");
		assert_int_equal(r.next(r.ctx, got, &kind, &e), 0);
		assert_int_equal(r.rewind(r.ctx, &e), ST_OK);
	}
	assert_int_equal(r.count, 2);
}

static void test_simple_heads(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct document *d = doc_new(a);
	struct doc_column cols[] = { { .title = "STT" }, { .title = "Đơn vị" } };
	struct doc_table t = { .columns = cols, .n_columns = 2 };

	(void)state;
	doc_table_simple_heads(d, &t);
	assert_int_equal(t.head_rows, 1);
	assert_int_equal(t.n_heads, 2);
	assert_int_equal(t.heads[1].col, 1);
	assert_int_equal(t.heads[1].colspan, 1);
	assert_string_equal(t.heads[1].text, "Đơn vị");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers_in_print),
		cmocka_unit_test(test_reals_in_print),
		cmocka_unit_test(test_four_kinds_of_nothing),
		cmocka_unit_test(test_text_and_dates),
		cmocka_unit_test(test_sheet_names_are_valid),
		cmocka_unit_test(test_sheet_names_differ_without_case),
		cmocka_unit_test(test_pointers_survive_growth),
		cmocka_unit_test(test_rows_from_memory),
		cmocka_unit_test(test_simple_heads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
