#include "loader.h"

#include <rasoat/terms.h>

static const char fixture[] =
	"<calendar xmlns=\"urn:rasoat:calendar:1\" from=\"2025\" to=\"2027\">\n" /* 1 */
	"<year number=\"2025\" notice=\"\" mark=\"memory\">\n"			 /* 2 */
	"<off on=\"2025-01-01\" name=\"Tết Dương lịch\"/>\n"			 /* 3: Wednesday */
	"</year>\n"								 /* 4 */
	"<year number=\"2026\" notice=\"9441/TB-BNV\" mark=\"verified\">\n"	 /* 5 */
	"<off from=\"2026-02-13\" to=\"2026-02-20\" name=\"Tết\"/>\n"		 /* 6: Friday to Friday */
	"<worked on=\"2026-01-10\" name=\"làm bù\"/>\n"				 /* 7: Saturday */
	"<worked on=\"2027-01-09\" name=\"làm bù\"/>\n"				 /* 8: Saturday of the next year */
	"<off on=\"2026-02-21\" name=\"thứ bảy\"/>\n"				 /* 9 */
	"</year>\n"								 /* 10 */
	"<year number=\"2027\" status=\"provisional\"/>\n"			 /* 11 */
	"</calendar>\n";

static struct workdays *load_days(struct world *w)
{
	return calendar_load(w->a, "calendar.xml", w->schemas, &w->d);
}

static void load(struct world *w)
{
	(void)load_days(w);
}

static day_t day(const char *iso)
{
	day_t d = DAY_NONE;

	assert_true(date_parse_iso(iso, strlen(iso), &d));
	return d;
}

static bool worked(const struct workdays *days, const char *iso)
{
	bool is = false;

	assert_true(workdays_is_worked(days, day(iso), &is));
	return is;
}

static void test_everything(void **state)
{
	struct world *w = *state;
	const struct workdays *days;
	bool is;

	put("calendar.xml", fixture);
	days = load_days(w);
	assert_reports(w, "");
	assert_false(worked(days, "2025-01-01"));
	assert_true(worked(days, "2025-01-02"));
	assert_true(worked(days, "2026-02-12"));
	for (int i = 0; i < 10; i++) {
		assert_true(workdays_is_worked(days, day("2026-02-13") + i, &is));
		assert_false(is);
	}
	assert_true(worked(days, "2026-02-23"));
	assert_true(worked(days, "2026-01-10"));
	assert_false(worked(days, "2026-01-17"));
	assert_true(worked(days, "2027-01-09"));
	assert_int_equal(days->first, day("2025-01-01"));
	assert_int_equal(days->last, day("2027-12-31"));
	assert_int_equal(days->provisional_from, day("2027-01-01"));
	assert_false(workdays_is_worked(days, day("2028-01-01"), &is));
}

static void test_official(void **state)
{
	struct world *w = *state;

	put("calendar.xml", with(w, fixture, " status=\"provisional\"", ""));
	assert_int_equal(load_days(w)->provisional_from, DAY_NONE);
	put("calendar.xml", with(w, fixture, "<year number=\"2025\"", "<year status=\"provisional\" number=\"2025\""));
	assert_int_equal(load_days(w)->provisional_from, day("2025-01-01"));
	assert_reports(w, "");
}

#define AT(line) "calendar.xml:" #line ": "

static const struct slip slips[] = {
	{ "<year number=\"2027\" status=\"provisional\"/>", "",
	  AT(1) "no <year number=\"2027\">; every year from 2025 to 2027 must be there\n" },
	{ "number=\"2027\"", "number=\"2026\"",
	  AT(1) "no <year number=\"2027\">; every year from 2025 to 2027 must be there\n"
	  AT(11) "year 2026 is there twice; the first is in line 5\n" },
	{ "number=\"2027\"", "number=\"2028\"",
	  AT(1) "no <year number=\"2027\">; every year from 2025 to 2027 must be there\n"
	  AT(11) "attribute 'number' of <year> is '2028'; expected a whole number from 2025 to 2027\n" },
	{ "from=\"2025\" to", "from=\"2028\" to", AT(1) "<calendar> ends in 2027, before it starts in 2028\n" },
	{ "from=\"2025\" to", "from=\"25\" to",
	  AT(1) "attribute 'from' of <calendar> is '25'; expected a whole number from 1990 to 2199\n" },
	{ "status=\"provisional\"", "status=\"provisonal\"",
	  AT(11) "attribute 'status' of <year> is 'provisonal'; did you mean 'provisional'? (allowed: provisional)\n" },
	{ "mark=\"verified\"", "mark=\"sure\"",
	  AT(5) "attribute 'mark' of <year> is 'sure' (allowed: verified, memory, inference)\n" },
	{ "on=\"2025-01-01\"", "on=\"2025-01-05\"", AT(3) "<off>: 2025-01-05 is a Sunday, which is off already\n" },
	{ "to=\"2026-02-20\"", "to=\"2026-02-15\"", AT(6) "<off>: 2026-02-15 is a Sunday, which is off already\n" },
	{ "on=\"2025-01-01\"", "on=\"2026-01-01\"", AT(3) "<off>: 2026-01-01 is not in the year 2025\n" },
	{ "to=\"2026-02-20\"", "to=\"2026-02-12\"",
	  AT(6) "<off> ends on 2026-02-12, before it starts on 2026-02-13\n" },
	{ "to=\"2026-02-20\"", "to=\"2026-03-20\"", AT(6) "<off> spans 36 days; at most 31\n" },
	{ "to=\"2026-02-20\"", "to=\"2026-02-21\"", AT(9) "<off>: 2026-02-21 is listed already in line 6\n" },
	{ "on=\"2026-01-10\"", "on=\"2026-02-14\"", AT(7) "<worked>: 2026-02-14 is listed already in line 6\n" },
	{ "to=\"2026-02-20\"", "", AT(6) "<off> needs either on, or from and to\n" },
	{ "on=\"2025-01-01\"", "", AT(3) "<off> needs either on, or from and to\n" },
	{ "on=\"2025-01-01\"", "on=\"2025-01-01\" to=\"2025-01-02\"", AT(3) "<off> needs either on, or from and to\n" },
	{ "on=\"2025-01-01\"", "on=\"2025-02-29\"",
	  AT(3) "attribute 'on' of <off> is '2025-02-29'; expected a date as YYYY-MM-DD\n" },
	{ "on=\"2026-01-10\"", "on=\"2026-01-09\"",
	  AT(7) "<worked>: 2026-01-09 is a Friday; only a Saturday can be made a worked day\n" },
	{ "on=\"2026-01-10\"", "on=\"2026-01-11\"",
	  AT(7) "<worked>: 2026-01-11 is a Sunday; only a Saturday can be made a worked day\n" },
	{ "on=\"2026-01-10\"", "on=\"2029-01-06\"", AT(7) "<worked>: 2029-01-06 is not near the year 2026\n" },
	{ "</year>\n<year number=\"2026\"",
	  "<worked on=\"2024-12-28\" name=\"x\"/></year>\n<year number=\"2026\"",
	  AT(4) "<worked>: 2024-12-28 is outside the calendar (2025 to 2027)\n" },
	{ "<worked on=\"2026-01-10\" name=\"làm bù\"/>", "<worked on=\"2026-01-10\"/>",
	  AT(7) "<worked> has no attribute 'name'\n" },
	{ "<off on=\"2025", "<of on=\"2025",
	  AT(3) "unknown element <of> in <year>; did you mean 'off'? (known: off, worked)\n" },
};

static void test_slips(void **state)
{
	try_slips(*state, "calendar.xml", fixture, slips, COUNT(slips), load);
}

/* A calendar that could not be read knows nothing, and says so. */
static void test_broken(void **state)
{
	struct world *w = *state;
	const struct workdays *days;
	bool is;

	put("calendar.xml", "<calendar");
	days = load_days(w);
	assert_true(w->d.errors > 0);
	assert_false(workdays_is_worked(days, day("2026-01-05"), &is));
}

#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = { T(test_everything), T(test_official), T(test_slips), T(test_broken) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
