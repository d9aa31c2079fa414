#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include <rasoat/err.h>
#include <rasoat/regex.h>
#include <stdlib.h>
#include <string.h>

static int match(const char *pattern, const char *text, size_t n)
{
	struct regex *r = NULL;
	struct err e = ERR_INIT;
	int found;

	assert_int_equal(regex_new(pattern, &r, &e), ST_OK);
	found = regex_match(r, text, n);
	assert_int_equal(regex_match(r, text, n), found); /* may be asked again */
	regex_free(r);
	return found;
}

static int matches(const char *pattern, const char *text)
{
	return match(pattern, text, strlen(text));
}

static void test_match(void **state)
{
	(void)state;
	assert_int_equal(matches("^ACC-[0-9]+$", "ACC-01"), 1);
	assert_int_equal(matches("^ACC-[0-9]+$", "ACC-"), 0);
	assert_int_equal(matches("", ""), 1);
	assert_int_equal(matches("x", ""), 0);
	assert_int_equal(match("^..$", "a\0", 2), 1); /* the length counts, not the NUL */
	assert_int_equal(matches("admin|test|tam", "tk_test01"), 1);
}

static void test_vietnamese(void **state)
{
	(void)state;
	assert_int_equal(matches("^.{4}$", "Đặng"), 1); /* characters, not bytes */
	assert_int_equal(matches("(?i)^đặng$", "ĐẶNG"), 1);
	assert_int_equal(matches("^\\w+$", "nghỉ"), 1);
	assert_int_equal(matches("\\bhưu\\b", "nghỉ hưu"), 1);
}

static void test_runaway_pattern_stops(void **state)
{
	char text[41];

	(void)state;
	memset(text, 'a', 40);
	text[40] = '\0';
	assert_int_equal(matches("^(a|a|aa)+$\\b(?=x)", text), -1);
	assert_int_equal(matches("^(a+)+\\d(?<=b.)", text), -1);
}

static void test_any_bytes(void **state)
{
	(void)state;
	assert_int_equal(match("a", "\xFF\xFE", 2), -1);
	assert_int_equal(match("a", "\xE1\xBA", 2), -1);
}

static void expect_error(const char *pattern, const char *want)
{
	struct regex *r = NULL;
	struct err e = ERR_INIT;

	assert_int_equal(regex_new(pattern, &r, &e), ST_ERR);
	assert_string_equal(e.text, want);
	assert_null(r);
}

static void test_errors(void **state)
{
	(void)state;
	expect_error("a(b", "pattern 'a(b': missing closing parenthesis at offset 3; "
			    "correct the pattern");
	expect_error("[z-a]", "pattern '[z-a]': range out of order in character class at offset 3; "
			      "correct the pattern");
	expect_error("\\C", "pattern '\\C': using \\C is disabled by the application at offset 2; "
			    "correct the pattern");
	regex_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_match),
		cmocka_unit_test(test_vietnamese),
		cmocka_unit_test(test_runaway_pattern_stops),
		cmocka_unit_test(test_any_bytes),
		cmocka_unit_test(test_errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
