#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include <rasoat/arena.h>
#include <rasoat/err.h>
#include <string.h>

static void test_set_and_context(void **state)
{
	struct err e = ERR_INIT;

	(void)state;
	assert_int_equal(err_set(&e, "unknown attribute '%s'", "severty"), ST_ERR);
	assert_int_equal(err_in(&e, "rule '%s'", "R-7"), ST_ERR);
	assert_int_equal(err_in(&e, "%s:%d", "rules/a.xml", 41), ST_ERR);
	assert_string_equal(e.text, "rules/a.xml:41: rule 'R-7': unknown attribute 'severty'");
}

static void test_own_text_as_argument(void **state)
{
	struct err e = ERR_INIT;

	(void)state;
	err_set(&e, "inner");
	err_set(&e, "<%s|%s>", e.text, e.text);
	assert_string_equal(e.text, "<inner|inner>");
}

static void test_one_line(void **state)
{
	struct err e = ERR_INIT;

	(void)state;
	err_set(&e, "a\nb\tc\x1b[31m");
	assert_string_equal(e.text, "a b c [31m");
}

/* 2048 bytes: 2044 of text, the dots, the NUL; "ế" is three bytes and must stay whole. */
static void test_cut_at_a_character(void **state)
{
	struct err e = ERR_INIT;
	char text[3001];

	(void)state;
	for (size_t i = 0; i < 3000; i += 3)
		memcpy(text + i, "ế", 3);
	text[3000] = '\0';
	err_set(&e, "%s", text);
	assert_int_equal(strlen(e.text), 2043 + 3); /* 681 whole characters */
	assert_memory_equal(e.text, text, 2043);
	assert_string_equal(e.text + 2043, "...");
	memset(text, 'x', 3000);
	err_set(&e, "%s", text);
	assert_int_equal(strlen(e.text), 2047);
	assert_string_equal(e.text + 2044, "...");
	err_in(&e, "file");
	assert_int_equal(strlen(e.text), 2047);
	assert_memory_equal(e.text, "file: xxx", 9);
}

static void test_diags(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct diags d;
	struct err e = ERR_INIT;

	(void)state;
	diags_init(&d, a);
	assert_int_equal(diags_status(&d, &e), ST_OK);
	diag_warn(&d, "a.xml", 3, "old");
	assert_int_equal(diags_status(&d, &e), ST_OK);
	assert_string_equal(e.text, "");
	diag_error(&d, "a.xml", 5, "unknown element '%s'", "rul");
	assert_int_equal(diags_status(&d, &e), ST_ERR);
	assert_string_equal(e.text, "a.xml:5: unknown element 'rul'");
	diag_error(&d, "b.xml", 0, "x");
	diag_error(&d, "b.xml", 1, "y");
	assert_int_equal(diags_status(&d, &e), ST_ERR);
	assert_string_equal(e.text, "a.xml:5: unknown element 'rul' (and 2 more)");
	assert_int_equal(d.count, 4);
	assert_int_equal(d.errors, 3);
	assert_true(d.items[0].warning);
}

static void test_diags_without_place(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct diags d;
	struct err e = ERR_INIT;

	(void)state;
	diags_init(&d, a);
	diag_error(&d, NULL, 0, "first\nline");
	assert_int_equal(diags_status(&d, &e), ST_ERR);
	assert_string_equal(e.text, "first line");
	assert_string_equal(d.items[0].file, "");
	diags_init(&d, a);
	diag_error(&d, "whole.xml", 0, "too large");
	assert_int_equal(diags_status(&d, &e), ST_ERR);
	assert_string_equal(e.text, "whole.xml: too large");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_set_and_context),
		cmocka_unit_test(test_own_text_as_argument),
		cmocka_unit_test(test_one_line),
		cmocka_unit_test(test_cut_at_a_character),
		cmocka_unit_test(test_diags),
		cmocka_unit_test(test_diags_without_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
