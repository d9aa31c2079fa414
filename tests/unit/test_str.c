#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include <rasoat/err.h>
#include <rasoat/str.h>
#include <rasoat/value.h>
#include <string.h>

static void test_empty(void **state)
{
	struct str s = STR_INIT;

	(void)state;
	assert_string_equal(s.p, "");
	str_addn(&s, NULL, 0);
	str_add(&s, "");
	str_clear(&s);
	assert_int_equal(s.cap, 0);
	str_free(&s);
	assert_string_equal(s.p, "");
}

static void test_append(void **state)
{
	CLEANUP(str_free) struct str s = STR_INIT;

	(void)state;
	str_add(&s, "Biểu");
	str_addc(&s, ' ');
	str_addf(&s, "%02d/%s", 1, "TCD");
	str_addn(&s, "xyz", 1);
	assert_string_equal(s.p, "Biểu 01/TCDx");
	assert_int_equal(s.len, 14);
	str_clear(&s);
	assert_string_equal(s.p, "");
	str_addn(&s, "a\0b", 3);
	assert_int_equal(s.len, 3);
	assert_memory_equal(s.p, "a\0b", 4);
}

static void test_grows(void **state)
{
	CLEANUP(str_free) struct str s = STR_INIT;

	(void)state;
	for (int i = 0; i < 10000; i++)
		str_addf(&s, "%d", i % 10);
	assert_int_equal(s.len, 10000);
	assert_int_equal(strlen(s.p), 10000);
	assert_memory_equal(s.p + 9990, "0123456789", 10);
	str_addf(&s, "%0*d", 5000, 7);
	assert_int_equal(s.len, 15000);
	assert_int_equal(s.p[14999], '7');
}

static void test_compare(void **state)
{
	(void)state;
	assert_true(str_eq(NULL, NULL));
	assert_false(str_eq("", NULL));
	assert_true(str_eq("a", "a"));
	assert_false(str_eq("a", "A"));
	assert_true(str_starts("sqlite:x", "sqlite:"));
	assert_false(str_starts("sql", "sqlite:"));
	assert_true(str_ends("a.xml", ".xml"));
	assert_false(str_ends("l", ".xml"));
	assert_true(str_ends("x", ""));
}

static void test_word_in(void **state)
{
	(void)state;
	assert_true(word_in("half", "quarter half year"));
	assert_true(word_in("quarter", "quarter half year"));
	assert_true(word_in("year", "quarter  half year"));
	assert_false(word_in("hal", "quarter half year"));
	assert_false(word_in("halfy", "quarter half year"));
	assert_false(word_in("", "quarter half"));
	assert_false(word_in("half", ""));
	assert_false(word_in("half year", "half year"));
}

static void test_values(void **state)
{
	struct value v = value_text("Hà Nội");

	(void)state;
	assert_int_equal(v.kind, V_TEXT);
	assert_int_equal(v.len, 9); /* à takes two bytes, ộ three */
	assert_int_equal(value_text(NULL).kind, V_NULL);
	assert_string_equal(value_text(NULL).text, "");
	assert_int_equal(value_int(-5).i, -5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),	cmocka_unit_test(test_append),
		cmocka_unit_test(test_grows),	cmocka_unit_test(test_compare),
		cmocka_unit_test(test_word_in), cmocka_unit_test(test_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
