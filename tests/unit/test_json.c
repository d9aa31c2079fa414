#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include <rasoat/err.h>
#include <rasoat/json.h>

static void assert_json(const char *text, const char *want, bool valid)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	assert_int_equal(json_text(&out, text), valid);
	assert_string_equal(out.p, want);
}

static void test_plain(void **state)
{
	(void)state;
	assert_json("", "\"\"", true);
	assert_json(NULL, "\"\"", true);
	assert_json("Nguyễn Văn Đức – “điều 5” </script>&'", "\"Nguyễn Văn Đức – “điều 5” </script>&'\"", true);
	assert_json("Ø 😀 عربي", "\"Ø 😀 عربي\"", true);
}

static void test_escapes(void **state)
{
	(void)state;
	assert_json("a\"b\\c", "\"a\\\"b\\\\c\"", true);
	assert_json("\b\t\n\f\r", "\"\\b\\t\\n\\f\\r\"", true);
	assert_json("\x01\x1f\x7f", "\"\\u0001\\u001f\\u007f\"", true);
}

/* Marks that turn the direction of what follows show themselves. */
static void test_directions(void **state)
{
	(void)state;
	assert_json("a\xE2\x80\xAE" "b\xE2\x81\xA6" "c\xE2\x80\x8F" "d\xD8\x9C", "\"a\\u202eb\\u2066c\\u200fd\\u061c\"", true);
	assert_json("\xE2\x80\xA8\xE2\x80\xA9", "\"\\u2028\\u2029\"", true);
}

static void test_not_utf8(void **state)
{
	(void)state;
	assert_json("a\xFF\"b", "\"a\xEF\xBF\xBD\\\"b\"", false);
	assert_json("\xC3", "\"\xEF\xBF\xBD\"", false);
	assert_json("\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"", false); /* a surrogate */
	assert_json("\xE2\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\"", false);
}

static void test_real(void **state)
{
	static const struct {
		double r;
		const char *want;
	} cases[] = { { 0.1, "0.1" }, { 1250000.5, "1250000.5" }, { -3, "-3" }, { 1.0 / 3, "0.33333333333333331" } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		CLEANUP(str_free) struct str out = STR_INIT;

		json_real(&out, cases[i].r);
		assert_string_equal(out.p, cases[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_escapes),
		cmocka_unit_test(test_directions),
		cmocka_unit_test(test_not_utf8),
		cmocka_unit_test(test_real),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
