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
	{ "2024-02", CAL_QUARTER, PERIOD_MONTH, 2, "2024-02-01", "2024-02-29", "Tháng 2 năm 2024" },
	{ "2024-C2", CAL_QUARTER, PERIOD_QUARTER, 2, "2024-04-01", "2024-06-30", "Quý II năm 2024" },
	{ "2026-01", CAL_STATUTORY, PERIOD_MONTH, 1, "2025-12-15", "2026-01-14", "Tháng 1 năm 2026" },
	{ "2026-12", CAL_STATUTORY, PERIOD_MONTH, 12, "2026-11-15", "2026-12-14", "Tháng 12 năm 2026" },
	{ "2026-C3", CAL_STATUTORY, PERIOD_CALENDAR_QUARTER, 3, "2026-07-01", "2026-09-30",
	  "Quý III năm 2026 (quý dương lịch)" },
	{ "2025-11-02..2026-03-10", CAL_STATUTORY, PERIOD_DATES, 1, "2025-11-02", "2026-03-10",
	  "Từ ngày 02/11/2025 đến ngày 10/03/2026" },
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
					   "2200",    "1900",	 "1899",    "2026-Q1 ", "2026-H2",
					   "2026-00", "2026-13", "2026-1", "2026-C0", "2026-C5", "2026-19", "2026-03-10..2026-03-09",
					   "2026-03-10..2026-02-30", "2026-03-10-2026-03-11" };
	struct period p = { .year = 7 };
	struct err e = ERR_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		char want[300];

		snprintf(want, sizeof(want),
			 "period '%s' is not known; write 2026-Q1 to 2026-Q4, 2026-H1, 2026-9M, 2026, a month as "
			 "2026-07, a quarter of the calendar as 2026-C3, or two days as 2026-01-05..2026-03-10", bad[i]);
		assert_int_equal(period_parse(bad[i], CAL_STATUTORY, &p, &e), ST_ERR);
		assert_string_equal(e.text, want);
	}
	assert_int_equal(period_parse("2026-H3", CAL_QUARTER, &p, &e), ST_ERR);
	assert_string_equal(e.text, "period '2026-H3' is not known; write 2026-Q1 to 2026-Q4, 2026-H1, 2026-H2, 2026-9M, "
				    "2026, a month as 2026-07, a quarter of the calendar as 2026-C3, or two days as "
				    "2026-01-05..2026-03-10");
	assert_int_equal(p.year, 7);
}

/* What a period is compared with. */
static void test_before(void **state)
{
	static const struct {
		const char *text;
		enum period_calendar calendar;
		const char *before, *year_before; /* from..to */
	} all[] = {
		{ "2026-Q1", CAL_STATUTORY, "2025-09-15..2025-12-14", "2024-12-15..2025-03-14" },
		{ "2026-Q3", CAL_STATUTORY, "2026-03-15..2026-06-14", "2025-06-15..2025-09-14" },
		{ "2026-H1", CAL_STATUTORY, "2025-06-15..2025-12-14", "2024-12-15..2025-06-14" },
		{ "2026-9M", CAL_STATUTORY, NULL, "2024-12-15..2025-09-14" },
		{ "2026", CAL_STATUTORY, "2024-12-15..2025-12-14", "2024-12-15..2025-12-14" },
		{ "2026-01", CAL_STATUTORY, "2025-11-15..2025-12-14", "2024-12-15..2025-01-14" },
		{ "2026-C1", CAL_STATUTORY, "2025-10-01..2025-12-31", "2025-01-01..2025-03-31" },
		{ "2026-H1", CAL_QUARTER, "2025-07-01..2025-12-31", "2025-01-01..2025-06-30" },
		{ "2024-02-29..2024-03-09", CAL_STATUTORY, "2024-02-19..2024-02-28", "2023-02-28..2023-03-09" },
	};
	struct err e = ERR_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(all); i++) {
		char a[11], b[11], got[24];
		struct period p, q;
		bool any;

		assert_int_equal(period_parse(all[i].text, all[i].calendar, &p, &e), ST_OK);
		any = period_before(&p, all[i].calendar, &q);
		assert_int_equal(any, all[i].before != NULL);
		snprintf(got, sizeof(got), "%s..%s", date_iso(q.from, a), date_iso(q.to, b));
		if (any)
			assert_string_equal(got, all[i].before);
		assert_true(period_year_before(&p, all[i].calendar, &q));
		snprintf(got, sizeof(got), "%s..%s", date_iso(q.from, a), date_iso(q.to, b));
		assert_string_equal(got, all[i].year_before);
	}
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
	const struct CMUnitTest tests[] = { T(test_known), T(test_unknown), T(test_before), T(test_last_year) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
