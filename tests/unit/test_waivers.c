#include "loader.h"

#include <rasoat/waiver.h>

static const char fixture[] =
	"<waivers xmlns=\"urn:rasoat:waivers:1\">\n"						/* 1 */
	"<waiver id=\"MT-1\" rule=\"ACC-01\" unit=\"80\" key=\"TK 1\" from=\"2026-01-01\" to=\"2027-01-01\">\n" /* 2 */
	"<reason>Biệt phái</reason>\n"								/* 3 */
	"<requester>NV-1</requester>\n"								/* 4 */
	"<approver> Trần  Thị Bình </approver>\n"						/* 5 */
	"<document number=\"12/QĐ-BHXH\" date=\"2025-12-30\"/>\n"				/* 6 */
	"</waiver>\n"										/* 7 */
	"<waiver id=\"MT-2\" rule=\"ACC-05\" from=\"2026-02-01\" to=\"2026-02-01\">\n"		/* 8 */
	"<reason>Một ngày</reason><requester>NV-1</requester><approver>NV-2</approver>\n"	/* 9 */
	"<document number=\"1\" date=\"2026-01-31\"/></waiver>\n"				/* 10 */
	"</waivers>\n";										/* 11 */

static struct rule acc_01 = { .id = "ACC-01", .pack = "accounts" }, acc_05 = { .id = "ACC-05", .pack = "accounts" },
		   wvr_01 = { .id = "WVR-01", .pack = "waivers" };
static struct rule *all[] = { &acc_01, &acc_05, &wvr_01 };
static const struct rule_set rules = { .rules = all, .n_rules = 3 };

static struct waiver_set *load_set(struct world *w)
{
	return waivers_load(w->a, "waivers.xml", w->schemas, &rules, 366, &w->d);
}

static void load(struct world *w)
{
	(void)load_set(w);
}

static day_t day(const char *iso)
{
	day_t d = DAY_NONE;

	assert_true(date_parse_iso(iso, strlen(iso), &d));
	return d;
}

static void test_everything(void **state)
{
	struct world *w = *state;
	const struct waiver_set *set;

	put("waivers.xml", fixture);
	set = load_set(w);
	assert_reports(w, "");
	assert_int_equal(set->n, 2);
	assert_string_equal(set->items[0].id, "MT-1");
	assert_ptr_equal(set->items[0].rule, &acc_01);
	assert_string_equal(set->items[0].unit, "80");
	assert_string_equal(set->items[0].key, "TK 1");
	assert_string_equal(set->items[0].reason, "Biệt phái");
	assert_string_equal(set->items[0].requester, "NV-1");
	assert_string_equal(set->items[0].approver, "Trần Thị Bình");
	assert_string_equal(set->items[0].document, "12/QĐ-BHXH");
	assert_int_equal(set->items[0].document_on, day("2025-12-30"));
	assert_int_equal(set->items[0].from, day("2026-01-01"));
	assert_int_equal(set->items[0].to, day("2027-01-01"));
	assert_int_equal(set->items[0].line, 2);
	assert_null(set->items[1].unit);
	assert_null(set->items[1].key);
	assert_int_equal(strlen(set->digest), 64);
}

/* No file is no waivers; the file that `init` writes has none either. */
static void test_none(void **state)
{
	CLEANUP(str_free) struct str sample = STR_INIT;
	struct world *w = *state;
	const struct waiver_set *set = load_set(w);

	assert_reports(w, "");
	assert_int_equal(set->n, 0);
	assert_string_equal(set->digest, "");
	waivers_sample(&sample);
	put("waivers.xml", sample.p);
	set = load_set(w);
	assert_reports(w, "");
	assert_int_equal(set->n, 0);
	assert_int_equal(strlen(set->digest), 64);
}

static void test_slips(void **state)
{
	static const struct slip slips[] = {
		{ "rule=\"ACC-01\"", "rule=\"ACC-10\"",
		  "waivers.xml:2: attribute 'rule' of <waiver>: there is no rule 'ACC-10'; did you mean 'ACC-01'? "
		  "(known: ACC-01, ACC-05, WVR-01)\n" },
		{ "rule=\"ACC-01\"", "rule=\"WVR-01\"",
		  "waivers.xml:2: rule 'WVR-01' is about waivers; it cannot be waived\n" },
		{ "MT-2", "MT-1", "waivers.xml:8: waiver 'MT-1' is there twice; the first is in line 2\n" },
		{ "id=\"MT-1\"", "id=\"MT 1\"",
		  "waivers.xml:2: attribute 'id' of <waiver> is 'MT 1'; expected at most 64 letters A-Z, digits, '-', '_', "
		  "'.' and '/'\n" },
		{ "to=\"2026-02-01\"", "to=\"2026-01-31\"",
		  "waivers.xml:8: <waiver> ends on 2026-01-31, before it starts on 2026-02-01\n" },
		{ "to=\"2027-01-01\"", "to=\"2027-01-02\"",
		  "waivers.xml:2: waiver 'MT-1' lasts 367 days; at most 366 (longest of <waivers> in rasoat.xml)\n" },
		{ " to=\"2026-02-01\"", "", "waivers.xml:8: <waiver> has no attribute 'to'\n" },
		{ "to=\"2026-02-01\"", "to=\"01/02/2026\"",
		  "waivers.xml:8: attribute 'to' of <waiver> is '01/02/2026'; expected a date as YYYY-MM-DD\n" },
		{ "<approver> Trần  Thị Bình </approver>\n", "\n", "waivers.xml:2: <waiver> has no <approver>\n" },
		{ " Trần  Thị Bình ", " ", "waivers.xml:5: <approver> is empty; text expected\n" },
		{ "<document number=\"12/QĐ-BHXH\" date=\"2025-12-30\"/>", "",
		  "waivers.xml:2: <waiver> has no <document>\n" },
		{ "number=\"1\"", "", "waivers.xml:10: <document> has no attribute 'number'\n" },
		{ "unit=\"80\"", "units=\"80\"",
		  "waivers.xml:2: unknown attribute 'units' of <waiver>; did you mean 'unit'? (known: id, rule, from, to, "
		  "unit, key)\n" },
		{ "key=\"TK 1\"", "key=\"\"", "waivers.xml:2: attribute 'key' of <waiver> is empty\n" },
	};

	try_slips(*state, "waivers.xml", fixture, slips, COUNT(slips), load);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_everything, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_none, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_slips, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
