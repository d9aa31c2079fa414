#include "loader.h"

#include <rasoat/template.h>

/* Statutory days: TT 06/2025/TT-TTCP, Điều 7 khoản 1, written out from the circular. */
static const struct {
	const char *text;
	enum period_calendar calendar;
	enum period_kind kind;
	int number;
	const char *from, *to, *title;
} known[] = {
	{ "2026-Q1", CAL_STATUTORY, PERIOD_QUARTER, 1, "2025-12-15", "2026-03-14", "Quý I năm 2026" },
	{ "2026-Q2", CAL_STATUTORY, PERIOD_QUARTER, 2, "2026-03-15", "2026-06-14", "Quý II năm 2026" },
	{ "2026-Q3", CAL_STATUTORY, PERIOD_QUARTER, 3, "2026-06-15", "2026-09-14", "Quý III năm 2026" },
	{ "2026-Q4", CAL_STATUTORY, PERIOD_QUARTER, 4, "2026-09-15", "2026-12-14", "Quý IV năm 2026" },
	{ "2026-H1", CAL_STATUTORY, PERIOD_HALF, 1, "2025-12-15", "2026-06-14", "6 tháng đầu năm 2026" },
	{ "2026-9M", CAL_STATUTORY, PERIOD_NINE_MONTHS, 1, "2025-12-15", "2026-09-14", "9 tháng năm 2026" },
	{ "2026", CAL_STATUTORY, PERIOD_YEAR, 1, "2025-12-15", "2026-12-14", "Năm 2026" },
	{ "2024-Q1", CAL_QUARTER, PERIOD_QUARTER, 1, "2024-01-01", "2024-03-31", "Quý I năm 2024" },
	{ "2024-Q2", CAL_QUARTER, PERIOD_QUARTER, 2, "2024-04-01", "2024-06-30", "Quý II năm 2024" },
	{ "2024-Q3", CAL_QUARTER, PERIOD_QUARTER, 3, "2024-07-01", "2024-09-30", "Quý III năm 2024" },
	{ "2024-Q4", CAL_QUARTER, PERIOD_QUARTER, 4, "2024-10-01", "2024-12-31", "Quý IV năm 2024" },
	{ "2024-H1", CAL_QUARTER, PERIOD_HALF, 1, "2024-01-01", "2024-06-30", "6 tháng đầu năm 2024" },
	{ "2024-H2", CAL_QUARTER, PERIOD_HALF, 2, "2024-07-01", "2024-12-31", "6 tháng cuối năm 2024" },
	{ "2024-9M", CAL_QUARTER, PERIOD_NINE_MONTHS, 1, "2024-01-01", "2024-09-30", "9 tháng năm 2024" },
	{ "2024", CAL_QUARTER, PERIOD_YEAR, 1, "2024-01-01", "2024-12-31", "Năm 2024" },
};

static void test_known(void **state)
{
	struct world *w = *state;
	struct err e = ERR_INIT;
	char buf[11];

	for (size_t i = 0; i < COUNT(known); i++) {
		struct period p;

		assert_int_equal(period_parse(known[i].text, known[i].calendar, &p, &e), ST_OK);
		assert_int_equal(p.kind, known[i].kind);
		assert_int_equal(p.year, known[i].calendar == CAL_STATUTORY ? 2026 : 2024);
		assert_int_equal(p.number, known[i].number);
		assert_string_equal(date_iso(p.from, buf), known[i].from);
		assert_string_equal(date_iso(p.to, buf), known[i].to);
		assert_string_equal(period_title(w->a, &p), known[i].title);
	}
}

static void test_unknown(void **state)
{
	static const char *const bad[] = { "",	      "26-Q1",	 "2026Q1",  "2026-Q0",	"2026-Q5", "2026-Q", "2026-Q11",
					   "2026-H0", "2026-H3", "2026-8M", "2026-q1",	"2026-",   "x",	     "20266",
					   "2200",    "1900",	 "1899",    "2026-Q1 ", "2026-H2" };
	struct period p = { .year = 7 };
	struct err e = ERR_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		char want[200];

		snprintf(want, sizeof(want),
			 "period '%s' is not known; write 2026-Q1 to 2026-Q4, 2026-H1, 2026-9M or 2026", bad[i]);
		assert_int_equal(period_parse(bad[i], CAL_STATUTORY, &p, &e), ST_ERR);
		assert_string_equal(e.text, want);
	}
	assert_int_equal(period_parse("2026-H3", CAL_QUARTER, &p, &e), ST_ERR);
	assert_string_equal(e.text, "period '2026-H3' is not known; write 2026-Q1 to 2026-Q4, 2026-H1, 2026-H2, 2026-9M "
				    "or 2026");
	assert_int_equal(p.year, 7);
}

/* The last year there is: its last day must not need the next year. */
static void test_last_year(void **state)
{
	struct period p;
	struct err e = ERR_INIT;
	char buf[11];

	(void)state;
	assert_int_equal(period_parse("2199", CAL_QUARTER, &p, &e), ST_OK);
	assert_string_equal(date_iso(p.to, buf), "2199-12-31");
	assert_int_equal(period_parse("2199-Q4", CAL_STATUTORY, &p, &e), ST_OK);
	assert_string_equal(date_iso(p.to, buf), "2199-12-14");
}

#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = { T(test_known), T(test_unknown), T(test_last_year) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
