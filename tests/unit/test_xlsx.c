/*
 * Workbooks, read back with openpyxl (tests/unit/xlsx_read.py) and looked at as files.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include "../../src/write/writers.h"
#include "../../src/write/xlsx_text.h"
#include "demo_document.h"

#include <rasoat/outfile.h>
#include <rasoat/writer.h>

#include <locale.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

struct fix {
	struct arena *a;
	struct document *d;
	char dir[200], path[240];
	struct err e;
};

static int begin(void **state)
{
	struct fix *f = xmalloc(sizeof(*f));
	const char *tmp = getenv("TMPDIR");

	*f = (struct fix){ .a = arena_new() };
	snprintf(f->dir, sizeof(f->dir), "%s/rasoat-xlsx-XXXXXX", tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof(f->path), "%s/out.xlsx", f->dir);
	f->d = demo_document(f->a);
	*state = f;
	return 0;
}

static int end(void **state)
{
	struct fix *f = *state;

	unlink(f->path);
	rmdir(f->dir);
	arena_free(f->a);
	free(f);
	return 0;
}

static void write_ok(struct fix *f)
{
	if (xlsx_writer.write(f->d, NULL, f->path, &f->e) != ST_OK)
		fail_msg("%s", f->e.text);
}

static void write_fails(struct fix *f, const char *want)
{
	assert_int_equal(xlsx_writer.write(f->d, NULL, f->path, &f->e), ST_ERR);
	assert_string_equal(f->e.text, want);
}

static void check(struct fix *f, const char *what)
{
	char *command = arena_printf(f->a, "/usr/bin/python3 tests/unit/xlsx_read.py %s %s", what, f->path);

	assert_int_equal(system(command), 0);
}

static void test_demo_reads_back(void **state)
{
	write_ok(*state);
	check(*state, "demo");
}

static void test_stream_reads_back(void **state)
{
	struct fix *f = *state;

	f->d->stream = true;
	f->d->draft = "DỰ THẢO – số liệu chưa khớp";
	write_ok(f);
	check(f, "stream");
}

struct counter {
	int64_t at, n;
};

static int count_next(void *ctx, struct cell *cells, enum row_kind *kind, struct err *e)
{
	struct counter *c = ctx;

	(void)kind;
	(void)e;
	if (c->at == c->n)
		return 0;
	cells[0] = cell_int(++c->at);
	cells[1] = cell_str("Vi phạm");
	return 1;
}

static enum status count_rewind(void *ctx, struct err *e)
{
	(void)e;
	((struct counter *)ctx)->at = 0;
	return ST_OK;
}

/* A list of 100 rows on sheets of 40, after a summary with the index. */
static void test_long_list_has_an_index(void **state)
{
	struct fix *f = *state;
	struct counter c = { 0, 100 };
	struct write_options o = { .sheet_rows = 40 };
	struct document *d = doc_new(f->a);
	struct doc_section *s = doc_section_add(d, "summary", "Tổng hợp", false, true);
	struct doc_table *t = ARENA_NEW(f->a, struct doc_table);

	s->index = d->stream = true;
	doc_add(d, s, BLOCK_TITLE, "Tổng hợp");
	s = doc_section_add(d, "list", "L'ỗi", false, true);
	doc_add(d, s, BLOCK_NOTE, "← Về trang Tổng hợp")->link = "summary";
	t->id = "list";
	t->n_columns = 2;
	t->columns = ARENA_ARRAY(f->a, 2, struct doc_column);
	t->columns[0] = (struct doc_column){ .title = "STT", .width = 20, .type = CELL_INT };
	t->columns[1] = (struct doc_column){ .title = "Kết quả", .width = 150, .type = CELL_TEXT };
	doc_table_simple_heads(d, t);
	t->filter = t->freeze = true;
	t->rows = (struct row_source){ &c, count_next, count_rewind, c.n };
	doc_add(d, s, BLOCK_TABLE, NULL)->table = t;
	f->d = d;
	if (xlsx_writer.write(d, &o, f->path, &f->e) != ST_OK)
		fail_msg("%s", f->e.text);
	check(f, "parts");
}

static char *contents(struct fix *f, size_t *n)
{
	char *p;

	assert_int_equal(read_file(f->path, 1 << 24, &p, n, &f->e), ST_OK);
	return p;
}

/* Neither the clock nor the zone nor the locale reaches the file. */
static void test_same_bytes_another_day(void **state)
{
	struct fix *f = *state;

	for (int stream = 0; stream < 2; stream++) {
		char *one, *two;
		size_t n_one, n_two;

		f->d->stream = stream;
		assert_int_equal(setenv("TZ", "Asia/Ho_Chi_Minh", 1), 0);
		write_ok(f);
		one = contents(f, &n_one);
		sleep(2); /* a zip counts time in steps of two seconds */
		assert_int_equal(setenv("TZ", "America/Lima", 1), 0);
		setenv("LC_ALL", "vi_VN.UTF-8", 1);
		if (!setlocale(LC_ALL, ""))
			setlocale(LC_ALL, "C.UTF-8");
		write_ok(f);
		two = contents(f, &n_two);
		setlocale(LC_ALL, "C");
		assert_int_equal(n_one, n_two);
		assert_memory_equal(one, two, n_one);
		free(one);
		free(two);
	}
}

/* A document of one table with one column, `n` rows. */
static struct doc_table *one_column(struct fix *f, struct cell *cells, int n)
{
	struct document *d = doc_new(f->a);
	struct doc_section *s = doc_section_add(d, "s", "Bẫy", false, false);
	struct doc_table *t = ARENA_NEW(f->a, struct doc_table);

	t->id = "t";
	t->columns = ARENA_NEW(f->a, struct doc_column);
	t->columns->title = "Giá trị";
	t->n_columns = 1;
	doc_table_simple_heads(d, t);
	t->rows = doc_rows_array(f->a, cells, NULL, n, 1);
	doc_add(d, s, BLOCK_TABLE, NULL)->table = t;
	f->d = d;
	return t;
}

static void test_traps(void **state)
{
	struct fix *f = *state;
	struct cell cells[5];
	char *big = arena_alloc(f->a, 3 * 40000 + 1);

	for (int i = 0; i < 40000; i++)
		memcpy(big + 3 * i, "ệ", 3);
	cells[0] = cell_str(big);
	cells[1] = cell_int(9007199254740993);
	cells[2] = cell_int(999999999999999);
	cells[3] = cell_str("\xEF\xBF\xBF<&>\"'");
	cells[4] = cell_str("'ệ'ệ'ệ ");
	one_column(f, cells, 5);
	write_ok(f);
	check(f, "traps");
}

static void test_not_a_number(void **state)
{
	struct fix *f = *state;
	struct cell cells[] = { { .kind = CELL_REAL, .r = 1 }, { .kind = CELL_REAL, .r = (double)INFINITY } };

	one_column(f, cells, 2);
	write_fails(f, "sheet 'Bẫy', row 3, column 1: the value is not a finite number");
	cells[1].r = (double)NAN;
	write_fails(f, "sheet 'Bẫy', row 3, column 1: the value is not a finite number");
}

static void test_bad_utf8(void **state)
{
	struct fix *f = *state;
	struct cell cells[] = { cell_str("abc\xff\xfe") };

	one_column(f, cells, 1);
	write_fails(f, "sheet 'Bẫy', row 2, column 1: text is not valid UTF-8 from byte 4 on");
	cells[0] = cell_str("abc");
	f->d->title = "x\xc3";
	write_fails(f, arena_printf(f->a, "%s: the document's title is not valid UTF-8", f->path));
}

static void test_link_to_nowhere(void **state)
{
	struct fix *f = *state;
	struct cell cells[] = { cell_str("abc") };

	cells[0].link = "gone";
	one_column(f, cells, 1);
	write_fails(f, arena_printf(f->a, "%s: sheet 'Bẫy', row 2: a link leads to section 'gone', there is none",
				    f->path));
}

static void test_disk_full(void **state)
{
	struct fix *f = *state;

	for (int stream = 0; stream < 2; stream++) {
		f->d->stream = stream;
		assert_int_equal(xlsx_writer.write(f->d, NULL, "/dev/full", &f->e), ST_ERR);
		assert_string_equal(f->e.text, "/dev/full: cannot write: No space left on device");
		assert_int_equal(xlsx_writer.write(f->d, NULL, "/no/such/folder/x.xlsx", &f->e), ST_ERR);
		assert_string_equal(f->e.text, "/no/such/folder/x.xlsx: cannot write: No such file or directory");
	}
}

/* The library would make a damaged workbook and say all is well. */
static void test_no_room_for_temporary_files(void **state)
{
	struct fix *f = *state;
	struct rlimit before, small;
	enum status st;

	assert_int_equal(setenv("TMPDIR", f->dir, 1), 0);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = 16 * 1024;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	st = xlsx_writer.write(f->d, NULL, f->path, &f->e);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(st, ST_ERR);
	assert_true(str_starts(f->e.text, f->path));
	assert_non_null(strstr(f->e.text, ": cannot write temporary files of up to "));
	assert_true(str_ends(f->e.text, arena_printf(f->a, " KiB in %s (TMPDIR names another folder): File too large",
						     f->dir)));
}

/* Excel's own numbers for these days. */
static void test_serial_numbers(void **state)
{
	static const struct { int y, m, d, serial; } days[] = {
		{ 1900, 1, 1, 1 }, { 1900, 2, 28, 59 }, { 1900, 3, 1, 61 }, { 1970, 1, 1, 25569 },
		{ 2000, 1, 1, 36526 }, { 2026, 10, 5, 46300 },
	};
	day_t day;

	(void)state;
	for (size_t i = 0; i < sizeof(days) / sizeof(*days); i++) {
		assert_true(date_from_ymd(days[i].y, days[i].m, days[i].d, &day));
		assert_true(xlsx_serial(day) == days[i].serial);
	}
}

static void test_texts(void **state)
{
	static const char plain[] = "Nguyễn Thị Ánh & <1> KTTT_DUYET\t\x01";
	CLEANUP(str_free) struct str s = STR_INIT;
	char text[5000];

	(void)state;
	assert_ptr_equal(xlsx_cell_text(&s, plain), plain);
	assert_string_equal(xlsx_cell_text(&s, "a_x0041_b_x00e9__x004_"), "a_x005F_x0041_b_x005F_x00e9__x004_");
	assert_string_equal(xlsx_cell_text(&s, "a\xEF\xBF\xBE|\xEF\xBF\xBF|\xEF\xBC\x81"),
			    "a\xEF\xBF\xBD|\xEF\xBF\xBD|\xEF\xBC\x81");
	memset(text, 1, sizeof(text)); /* seven units each */
	text[4681] = 0;
	assert_ptr_equal(xlsx_cell_text(&s, text), text);
	text[4681] = 1;
	text[4682] = 0;
	assert_non_null(strstr(xlsx_cell_text(&s, text), " … (xem bản JSON Lines)"));
	xlsx_header_text(&s, "A & B\nC", 100);
	assert_string_equal(s.p, "A && B C");
	xlsx_short_text(&s, "ệệệệệ", 5);
	assert_string_equal(s.p, "ệệệệệ");
	xlsx_short_text(&s, "ệệệệệ", 4);
	assert_string_equal(s.p, "ệệệ…");
}

static void test_formulas(void **state)
{
	static const struct { int sign; int column; } terms[] = { { 1, 0 }, { -1, 26 }, { 1, 701 }, { 1, 702 } };
	struct cell_formula f = { .kind = FORMULA_TERMS, .terms = (const void *)terms, .n_terms = 4 };
	struct sheet_cell c = { .row = 9, .col = 27, .value.formula = &f, .sum_first_row = 3, .sum_last_row = 8 };
	CLEANUP(str_free) struct str s = STR_INIT;
	int leaves[703];

	(void)state;
	for (int i = 0; i < 703; i++)
		leaves[i] = i;
	c.leaf_cols = leaves;
	xlsx_formula(&s, &c);
	assert_string_equal(s.p, "=A10-AA10+ZZ10+AAA10");
	c.terms_text = true;
	xlsx_formula(&s, &c);
	assert_string_equal(s.p, "=N(A10)-N(AA10)+N(ZZ10)+N(AAA10)");
	f.kind = FORMULA_SUM_ROWS;
	xlsx_formula(&s, &c);
	assert_string_equal(s.p, "=SUM(AB4:AB9)");
}

static void test_writers_by_name(void **state)
{
	(void)state;
	assert_ptr_equal(writer_find("xlsx"), &xlsx_writer);
	assert_string_equal(writer_find("jsonl")->extension, ".jsonl");
	assert_string_equal(writer_find("text")->extension, ".txt");
	assert_string_equal(writer_find("pdf")->name, "pdf");
	assert_null(writer_find("docx"));
	assert_null(writer_find(NULL));
	assert_string_equal(writer_names(), "xlsx, pdf, jsonl, sarif, html, text");
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_demo_reads_back), TEST(test_stream_reads_back), TEST(test_long_list_has_an_index),
		TEST(test_same_bytes_another_day),
		TEST(test_traps), TEST(test_not_a_number), TEST(test_bad_utf8), TEST(test_link_to_nowhere),
		TEST(test_disk_full), TEST(test_serial_numbers), TEST(test_texts), TEST(test_formulas),
		TEST(test_writers_by_name), TEST(test_no_room_for_temporary_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
