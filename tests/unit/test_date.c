#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include <rasoat/date.h>
#include <stdlib.h>
#include <string.h>

static day_t day(int y, int m, int d)
{
	day_t n = DAY_NONE;

	assert_true(date_from_ymd(y, m, d, &n));
	return n;
}

/* Day numbers from the calendar of the C library's gmtime, not from our formula. */
static void test_known_days(void **state)
{
	(void)state;
	assert_int_equal(day(1970, 1, 1), 0);
	assert_int_equal(day(1969, 12, 31), -1);
	assert_int_equal(day(2000, 2, 29), 11016); /* 951782400 / 86400 */
	assert_int_equal(day(2026, 11, 22), 20779); /* 1795305600 / 86400 */
	assert_int_equal(day(1900, 1, 1), -25567);
	assert_int_equal(day(2199, 12, 31), 84005);
}

/* Walks all 300 years day by day, counting as a person would. */
static void test_every_day_both_ways(void **state)
{
	static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	day_t n = -25567;
	int weekday = 0; /* 1900-01-01 was a Monday */

	(void)state;
	for (int y = 1900; y <= 2199; y++) {
		for (int m = 1; m <= 12; m++) {
			bool leap = (y % 4 == 0 && y % 100 != 0) || y == 2000;
			int last = length[m - 1] + (m == 2 && leap);

			for (int d = 1; d <= last; d++, n++, weekday = (weekday + 1) % 7) {
				int y2, m2, d2;

				assert_int_equal(day(y, m, d), n);
				date_to_ymd(n, &y2, &m2, &d2);
				assert_true(y2 == y && m2 == m && d2 == d);
				assert_int_equal(date_weekday(n), weekday);
			}
		}
	}
	assert_int_equal(n, 84006);
}

static void test_parse_iso(void **state)
{
	static const char *const bad[] = {
		"",	      "2026-1-05",  "2026-13-01", "2026-00-10", "2026-02-29",
		"2026-02-30", "2026-04-31", "2026-01-00", "2026-01-32", "1899-12-31",
		"2200-01-01", "2026/01/01", "2026-01-0x", "2o26-01-01", "+026-01-01",
		"2026-01-1 ", " 026-01-01", "20260101",	  "2026-01-011",
	};
	day_t n = 42;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_false(date_parse_iso(bad[i], strlen(bad[i]), &n));
		assert_int_equal(n, 42);
	}
	assert_true(date_parse_iso("2024-02-29xyz", 10, &n));
	assert_int_equal(n, day(2024, 2, 29));
	assert_true(date_parse_iso("1900-01-01", 10, &n));
	assert_true(date_parse_iso("2199-12-31", 10, &n));
}

static void test_parse_any(void **state)
{
	static const char *const good[] = {
		"2026-03-05", "05/03/2026", "5/3/2026",		"05/3/2026",	       "5/03/2026",
		"5-3-2026",   "05-03-2026", "05/03/2026 00:00", "2026-03-05 00:00:00",
	};
	static const char *const bad[] = {
		"",	       "5/3/26",     "5/3-2026",	 "5//2026",	"/3/2026",
		"005/3/2026",  "5/003/2026", "31/02/2026",	 "3/13/2026",	"5/3/2026 12:30",
		"2026-3-5",    " 5/3/2026",  "5/3/2026 ",	 "5.3.2026",	" 00:00",
		"2026-03-05T", "46086",	     "2026-03-05 00:00:01", "5/3/20266", "x/3/2026",
		"5/x/2026",    "5/3/2x26",   "-5/3/2026",	 "1/",		"12/12/",
	};
	day_t n;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		n = 0;
		assert_true(date_parse_any(good[i], strlen(good[i]), &n));
		assert_int_equal(n, day(2026, 3, 5));
	}
	n = 42;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(date_parse_any(bad[i], strlen(bad[i]), &n));
	assert_int_equal(n, 42);
}

static void test_text(void **state)
{
	char buf[11];

	(void)state;
	assert_string_equal(date_iso(day(2026, 10, 5), buf), "2026-10-05");
	assert_string_equal(date_dmy(day(2026, 10, 5), buf), "05/10/2026");
	assert_string_equal(date_iso(DAY_NONE, buf), "");
	assert_string_equal(date_dmy(DAY_NONE, buf), "");
	assert_string_equal(date_iso(INT32_MAX, buf), "");
	assert_string_equal(date_iso(84005, buf), "2199-12-31");
	assert_string_equal(date_dmy(-25567, buf), "01/01/1900");
}

static void test_today(void **state)
{
	(void)state;
	/* 2026-10-04T17:00:00Z is midnight in Hà Nội; one second before is still the 4th. */
	setenv("SOURCE_DATE_EPOCH", "1791133200", 1);
	assert_int_equal(date_today(), day(2026, 10, 5));
	setenv("SOURCE_DATE_EPOCH", "1791133199", 1);
	assert_int_equal(date_today(), day(2026, 10, 4));
	setenv("SOURCE_DATE_EPOCH", "soon", 1);
	assert_true(date_today() >= day(2025, 1, 1)); /* the clock */
	unsetenv("SOURCE_DATE_EPOCH");
	assert_true(date_today() >= day(2025, 1, 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_days), cmocka_unit_test(test_every_day_both_ways),
		cmocka_unit_test(test_parse_iso),  cmocka_unit_test(test_parse_any),
		cmocka_unit_test(test_text),	   cmocka_unit_test(test_today),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
