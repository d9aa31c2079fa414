#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include "../../src/write/writers.h"
#include "demo_document.h"

#include <rasoat/outfile.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct fix {
	struct arena *a;
	struct document *d;
	char path[240];
	struct err e;
};

static int begin(void **state)
{
	struct fix *f = xmalloc(sizeof(*f));
	const char *tmp = getenv("TMPDIR");
	int fd;

	*f = (struct fix){ .a = arena_new() };
	f->d = demo_document(f->a);
	snprintf(f->path, sizeof(f->path), "%s/rasoat-jsonl-XXXXXX", tmp ? tmp : "/tmp");
	fd = mkstemp(f->path);
	assert_true(fd >= 0);
	close(fd);
	*state = f;
	return 0;
}

static int end(void **state)
{
	struct fix *f = *state;

	unlink(f->path);
	arena_free(f->a);
	free(f);
	return 0;
}

static char *written(struct fix *f)
{
	char *p, *copy;
	size_t n;

	if (jsonl_writer.write(f->d, NULL, f->path, &f->e) != ST_OK)
		fail_msg("%s", f->e.text);
	assert_int_equal(read_file(f->path, 1 << 24, &p, &n, &f->e), ST_OK);
	copy = arena_strndup(f->a, p, n);
	free(p);
	return copy;
}

static void test_golden(void **state)
{
	char *golden;
	size_t n;
	struct fix *f = *state;

	assert_int_equal(read_file("tests/golden/demo.jsonl", 1 << 20, &golden, &n, &f->e), ST_OK);
	assert_string_equal(written(f), golden);
	assert_string_equal(written(f), golden); /* a source starts over for each output */
	free(golden);
}

static struct doc_table *table(struct fix *f, struct cell *cells, enum row_kind *kinds, int rows)
{
	struct doc_table *t = ARENA_NEW(f->a, struct doc_table);
	struct doc_section *s;

	f->d = doc_new(f->a);
	s = doc_section_add(f->d, "s", "Tờ", false, false);
	t->id = "T\"1";
	t->data = true;
	t->n_columns = 2;
	t->columns = ARENA_ARRAY(f->a, 2, struct doc_column);
	t->columns[0] = (struct doc_column){ .key = "k" };
	t->columns[1] = (struct doc_column){ .key = NULL };
	t->rows = doc_rows_array(f->a, cells, kinds, rows, 2);
	doc_add(f->d, s, BLOCK_TABLE, NULL)->table = t;
	return t;
}

static void test_escapes_and_kinds(void **state)
{
	struct cell c[] = {
		cell_str("\"\\/\b\f\n\r\t\x01\x1f\x7f é 𝄞"), cell_int(1), cell_int(INT64_MIN), cell_int(1),
		{ .kind = CELL_REAL, .r = 0.1 }, cell_int(1), { .kind = CELL_REAL, .r = 1.0 / 3 }, cell_int(1),
		{ .kind = CELL_NA }, cell_int(1), { .kind = CELL_HIDDEN, .text = "x" }, cell_int(1),
		cell_int(0), cell_int(1), cell_int(99), cell_int(1),
	};
	enum row_kind kinds[] = { ROW_BODY, ROW_BODY, ROW_BODY, ROW_BODY, ROW_BODY, ROW_BODY, ROW_BODY, ROW_TOTAL };
	struct fix *f = *state;

	table(f, c, kinds, 8);
	assert_string_equal(written(f),
			    "{\"table\":\"T\\\"1\",\"k\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\\u007f é 𝄞\"}\n"
			    "{\"table\":\"T\\\"1\",\"k\":-9223372036854775808}\n"
			    "{\"table\":\"T\\\"1\",\"k\":0.1}\n"
			    "{\"table\":\"T\\\"1\",\"k\":0.33333333333333331}\n"
			    "{\"table\":\"T\\\"1\",\"k\":null}\n"
			    "{\"table\":\"T\\\"1\",\"k\":\"***\"}\n"
			    "{\"table\":\"T\\\"1\",\"k\":0}\n");
}

static void test_errors(void **state)
{
	struct cell c[] = { cell_int(1), cell_int(1), { .kind = CELL_REAL, .r = (double)NAN }, cell_int(1) };
	struct fix *f = *state;

	table(f, c, NULL, 2);
	assert_int_equal(jsonl_writer.write(f->d, NULL, f->path, &f->e), ST_ERR);
	assert_string_equal(f->e.text, "table 'T\"1', row 2, 'k': the value is not a finite number");
	c[2] = cell_str("a\xc3(");
	assert_int_equal(jsonl_writer.write(f->d, NULL, f->path, &f->e), ST_ERR);
	assert_string_equal(f->e.text, "table 'T\"1', row 2, 'k': text is not valid UTF-8 from byte 2 on");
	c[2] = cell_str("a");
	assert_int_equal(jsonl_writer.write(f->d, NULL, "/dev/full", &f->e), ST_ERR);
	assert_string_equal(f->e.text, "/dev/full: cannot write: No space left on device");
	assert_int_equal(jsonl_writer.write(f->d, NULL, "/no/such/x", &f->e), ST_ERR);
	assert_string_equal(f->e.text, "/no/such/x: cannot write: No such file or directory");
}

static void test_run_facts_and_words(void **state)
{
	static const char *const errors[] = { "ACC-01: no \"x\"", "ACC-02: y" };
	static const char *const bad[] = { "\xff" };
	struct cell c[] = { { .kind = CELL_TEXT, .text = "Vi phạm", .word = "fail" }, cell_int(1) };
	static const struct doc_fact rule[] = { { .key = "title", .value = { .kind = CELL_TEXT, .text = "Mở" } },
						{ .key = "n", .value = { .kind = CELL_INT, .i = 2 } } };
	static const struct doc_fact rules[] = { { .key = "ACC-01", .object = rule, .n_object = 2 },
						 { .key = "ACC-02", .object = rule } };
	struct doc_fact facts[] = {
		{ .key = "as_of", .value = cell_day(0) },
		{ .key = "unit", .value = cell_str(NULL) },
		{ .key = "found", .value = cell_int(0) },
		{ .key = "errors", .list = errors, .n_list = 2 },
		{ .key = "none", .list = errors, .n_list = 0 },
		{ .key = "about", .object = rules, .n_object = 2 },
	};
	struct fix *f = *state;

	table(f, c, NULL, 1);
	f->d->facts = facts;
	f->d->n_facts = 6;
	assert_string_equal(written(f), "{\"table\":\"run\",\"as_of\":\"1970-01-01\",\"unit\":null,\"found\":0,"
					"\"errors\":[\"ACC-01: no \\\"x\\\"\",\"ACC-02: y\"],\"none\":[],"
					"\"about\":{\"ACC-01\":{\"title\":\"Mở\",\"n\":2},\"ACC-02\":{}}}\n"
					"{\"table\":\"T\\\"1\",\"k\":\"fail\"}\n");
	facts[3] = (struct doc_fact){ .key = "errors", .list = bad, .n_list = 1 };
	assert_int_equal(jsonl_writer.write(f->d, NULL, f->path, &f->e), ST_ERR);
	assert_string_equal(f->e.text, "table 'run', row 1, 'errors': text is not valid UTF-8 from byte 1 on");
}

static void test_no_data_is_an_empty_file(void **state)
{
	struct fix *f = *state;

	table(f, NULL, NULL, 0)->data = false;
	assert_string_equal(written(f), "");
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_golden), TEST(test_escapes_and_kinds), TEST(test_errors), TEST(test_run_facts_and_words),
		TEST(test_no_data_is_an_empty_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
