#include "loader.h"

#include <rasoat/template.h>

static const char fixture[] =
	"<report xmlns=\"urn:rasoat:report:1\" id=\"01-TCD\" form=\"01/TCD\" store=\"cases\" calendar=\"quarter\" "
	"periods=\"quarter year\">\n"							     /* 1 */
	"<title>TỔNG HỢP {agency}</title><subtitle>{period} {from} {to} {unit}</subtitle>\n" /* 2 */
	"<basis document=\"TT 06/2025/TT-TTCP\" date=\"2025-09-29\"/>\n"		     /* 3 */
	"<valid from=\"2025-09-30\" to=\"2030-12-31\"/>\n"				     /* 4 */
	"<page size=\"A3\" orientation=\"landscape\"/>\n"				     /* 5 */
	"<show letterhead=\"no\" signature=\"no\" attached=\"yes\" unit-of-measure=\"Người\"/>\n" /* 6 */
	"<inputs>visit reception_session</inputs>\n"					     /* 7 */
	"<paragraph>Tiếp {t.1} lượt.</paragraph>\n"					     /* 8 */
	"<dataset name=\"visits\" from=\"visit v\" unit=\"v.unit_id\" during=\"v.received_on\"/>\n" /* 9 */
	"<dataset name=\"by_mode\" from=\"visit v\" unit=\"v.unit_id\" by=\"v.mode\"/>\n"    /* 10 */
	"<table id=\"t\" row-title=\"Đơn vị\" total=\"Tổng số\" ms=\"yes\" sheet=\"1\" heading=\"h\">\n" /* 11 */
	"<column n=\"1\" title=\"Tổng\" formula=\"5+ 6-7\" width=\"9.5\"/>\n"		     /* 12 */
	"<group title=\"Thường xuyên\">\n"						     /* 13 */
	"<column n=\"5\" title=\"Lượt\" count=\"visits\" where=\"v.mode = 'regular'\"/>\n"   /* 14 */
	"<group title=\"Trong đó\">\n"							     /* 15 */
	"<column n=\"6\" title=\"Người\" sum=\"v.people\" over=\"visits\"/>\n"		     /* 16 */
	"<column n=\"7\" title=\"Vụ\" ms=\"7*\" distinct=\"v.case_id\" over=\"visits\" where=\"v.received_on > :from\"/>\n" /* 17 */
	"</group></group>\n"								     /* 18 */
	"<group title=\"Khác\"><column n=\"8\" title=\"x\" formula=\"1\"/></group>\n"	     /* 19 */
	"</table>\n"									     /* 20 */
	"<heading>Phụ lục</heading>\n"							     /* 21 */
	"<table id=\"q\" rows=\"query\" row-title=\"Hình thức\" rows-from=\"visit w\" key=\"w.mode\" label=\"w.mode\">\n" /* 22 */
	"<column n=\"1\" title=\"Lượt\" count=\"by_mode\"/></table>\n"			     /* 23 */
	"<list id=\"inc\" sheet=\"2. Tăng\" heading=\"Tăng\" over=\"visits\" where=\"v.people > 1\" "
	"order=\"v.visit_id\" empty=\"Không phát sinh\">\n"				     /* 24 */
	"<item title=\"STT\" width=\"8\"/>\n"						     /* 25 */
	"<item title=\"Ngày\" type=\"date\">v.received_on</item></list>\n"		     /* 26 */
	"<note>Ghi chú {t.8}</note>\n"							     /* 27 */
	"<check code=\"A\" table=\"t\" left=\"5\" op=\"ge\" right=\"6-7\" message=\"m\" basis=\"b\" mark=\"memory\"/>\n" /* 28 */
	"<check code=\"B\" table=\"t\" left=\"1\" count=\"visits\" where=\"1\" distinct=\"v.case_id\" message=\"m\"/>\n" /* 29 */
	"</report>\n";

static struct template_set *load_set(struct world *w)
{
	return templates_load(w->a, "t", w->schemas, &w->d);
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

static void check_head(const struct template *t)
{
	assert_string_equal(t->id, "01-TCD");
	assert_string_equal(t->form, "01/TCD");
	assert_string_equal(t->file, "t/a.xml");
	assert_int_equal(t->store, STORE_CASES);
	assert_int_equal(t->calendar, CAL_QUARTER);
	assert_int_equal(t->periods, 1u << PERIOD_QUARTER | 1u << PERIOD_YEAR);
	assert_string_equal(t->title, "TỔNG HỢP {agency}");
	assert_string_equal(t->subtitle, "{period} {from} {to} {unit}");
	assert_int_equal(t->n_bases, 1);
	assert_int_equal(t->valid_from, day("2025-09-30"));
	assert_int_equal(t->valid_to, day("2030-12-31"));
	assert_true(t->a3 && t->landscape && t->attached);
	assert_false(t->letterhead || t->signature);
	assert_string_equal(t->unit_of_measure, "Người");
	assert_string_equal(t->inputs, "visit reception_session");
	assert_int_equal(t->n_datasets, 2);
	assert_string_equal(t->datasets[0].from, "visit v");
	assert_string_equal(t->datasets[0].unit, "v.unit_id");
	assert_string_equal(t->datasets[0].during, "v.received_on");
	assert_null(t->datasets[0].by);
	assert_string_equal(t->datasets[1].by, "v.mode");
	assert_null(t->datasets[1].during);
}

static void check_group(const struct template_group *g, const char *title, int first, int count, int depth)
{
	assert_string_equal(g->title, title);
	assert_int_equal(g->first, first);
	assert_int_equal(g->count, count);
	assert_int_equal(g->depth, depth);
}

static void check_table(const struct template_table *t, const struct dataset *visits)
{
	const struct template_column *c = t->columns;

	assert_int_equal(t->rows, ROWS_UNITS);
	assert_string_equal(t->row_title, "Đơn vị");
	assert_string_equal(t->total, "Tổng số");
	assert_string_equal(t->sheet, "1");
	assert_string_equal(t->heading, "h");
	assert_true(t->ms_row);
	assert_int_equal(t->n_columns, 5);
	assert_int_equal(c[0].kind, MEASURE_FORMULA);
	assert_int_equal(c[0].n_terms, 3);
	assert_int_equal(c[0].terms[0].sign, 1);
	assert_int_equal(c[0].terms[1].n, 6);
	assert_int_equal(c[0].terms[2].sign, -1);
	assert_int_equal(c[0].terms[2].n, 7);
	assert_string_equal(c[0].ms, "1=5+ 6-7");
	assert_true(c[0].width > 9.4 && c[0].width < 9.6);
	assert_int_equal(c[1].kind, MEASURE_COUNT);
	assert_ptr_equal(c[1].dataset, visits);
	assert_string_equal(c[1].where, "v.mode = 'regular'");
	assert_string_equal(c[1].ms, "5");
	assert_int_equal(c[2].kind, MEASURE_SUM);
	assert_string_equal(c[2].expr, "v.people");
	assert_null(c[2].where);
	assert_int_equal(c[3].kind, MEASURE_DISTINCT);
	assert_string_equal(c[3].expr, "v.case_id");
	assert_string_equal(c[3].ms, "7*");
	assert_int_equal(t->n_groups, 3);
	assert_int_equal(t->depth, 2);
	check_group(&t->groups[0], "Thường xuyên", 1, 3, 0);
	check_group(&t->groups[1], "Trong đó", 2, 2, 1);
	check_group(&t->groups[2], "Khác", 4, 1, 0);
}

static void check_rest(const struct template *t)
{
	const struct template_table *query = t->parts[3].table, *list = t->parts[4].table;

	assert_int_equal(query->rows, ROWS_QUERY);
	assert_string_equal(query->rows_from, "visit w");
	assert_string_equal(query->rows_key, "w.mode");
	assert_string_equal(query->rows_label, "w.mode");
	assert_false(query->ms_row);
	assert_null(query->total);
	assert_int_equal(query->depth, 0);
	assert_int_equal(list->rows, ROWS_LIST);
	assert_ptr_equal(list->list_dataset, &t->datasets[0]);
	assert_string_equal(list->list_where, "v.people > 1");
	assert_string_equal(list->list_order, "v.visit_id");
	assert_string_equal(list->empty, "Không phát sinh");
	assert_int_equal(list->n_list, 2);
	assert_null(list->list[0].sql);
	assert_string_equal(list->list[1].sql, "v.received_on");
	assert_int_equal(list->list[1].type, FIELD_DATE);
	assert_int_equal(t->n_checks, 2);
	assert_int_equal(t->checks[0].op, CHECK_GE);
	assert_int_equal(t->checks[0].n_right, 2);
	assert_int_equal(t->checks[0].mark, MARK_MEMORY);
	assert_string_equal(t->checks[0].basis, "b");
	assert_null(t->checks[0].dataset);
	assert_int_equal(t->checks[1].op, CHECK_EQ);
	assert_ptr_equal(t->checks[1].dataset, &t->datasets[0]);
	assert_string_equal(t->checks[1].where, "1");
	assert_string_equal(t->checks[1].distinct, "v.case_id");
}

static void test_everything(void **state)
{
	static const enum part_kind kinds[] = { PART_PARAGRAPH, PART_TABLE, PART_HEADING,
						PART_TABLE,	PART_TABLE, PART_NOTE };
	struct world *w = *state;
	const struct template_set *set;

	put("t/a.xml", fixture);
	set = load_set(w);
	assert_reports(w, "");
	assert_int_equal(set->n_items, 1);
	assert_int_equal(strlen(set->digest), 64);
	check_head(set->items[0]);
	assert_int_equal(set->items[0]->n_parts, 6);
	for (int i = 0; i < 6; i++)
		assert_int_equal(set->items[0]->parts[i].kind, kinds[i]);
	assert_string_equal(set->items[0]->parts[0].text, "Tiếp {t.1} lượt.");
	check_table(set->items[0]->parts[1].table, &set->items[0]->datasets[0]);
	check_rest(set->items[0]);
}

static void test_defaults(void **state)
{
	struct world *w = *state;
	const struct template *t;

	put("t/a.xml", "<report xmlns=\"urn:rasoat:report:1\" id=\"x\" store=\"accounts\" periods=\"half nine-months\">"
		       "<title>x</title></report>");
	t = load_set(w)->items[0];
	assert_reports(w, "");
	assert_null(t->form);
	assert_null(t->subtitle);
	assert_null(t->unit_of_measure);
	assert_int_equal(t->calendar, CAL_STATUTORY);
	assert_int_equal(t->periods, 1u << PERIOD_HALF | 1u << PERIOD_NINE_MONTHS);
	assert_true(t->letterhead && t->signature);
	assert_false(t->attached || t->a3 || t->landscape);
	assert_int_equal(t->valid_from, DAY_NONE);
	assert_int_equal(t->valid_to, DAY_NONE);
	assert_string_equal(t->inputs, "");
}

#define AT(line) "t/a.xml:" #line ": "

static const struct slip head_slips[] = {
	{ "id=\"01-TCD\"", "id=\"01/TCD\"", AT(1) "report id '01/TCD'; expected letters a-z, digits and '-'\n" },
	{ "periods=\"quarter year\"", "periods=\"quartr year\"",
	  AT(1) "attribute 'periods' of <report>: unknown word 'quartr'; did you mean 'quarter'? (allowed: quarter, "
		"half, nine-months, year, first-quarter)\n" },
	{ "calendar=\"quarter\"", "calendar=\"lunar\"",
	  AT(1) "attribute 'calendar' of <report> is 'lunar' (allowed: statutory, quarter)\n" },
	{ "{agency}", "{agenci}",
	  AT(2) "<title>: unknown placeholder '{agenci}'; did you mean 'agency'? (known: period, from, to, agency, "
		"unit, TABLE.COLUMN, FORM/TABLE.COLUMN)\n" },
	{ "{t.1}", "{t.9}",
	  AT(8) "<paragraph>: unknown placeholder '{t.9}' (known: period, from, to, agency, unit, TABLE.COLUMN, FORM/TABLE.COLUMN)\n" },
	{ "{t.8}", "{u.8}",
	  AT(27) "<note>: unknown placeholder '{u.8}' (known: period, from, to, agency, unit, TABLE.COLUMN, FORM/TABLE.COLUMN)\n" },
	{ "letterhead=\"no\"", "letterhead=\"0\"",
	  AT(6) "attribute 'letterhead' of <show> is '0' (allowed: no, yes)\n" },
	{ "size=\"A3\"", "size=\"A5\"",
	  AT(5) "attribute 'size' of <page> is 'A5'; did you mean 'A4'? (allowed: A4, A3)\n" },
	{ "from=\"2025-09-30\"", "from=\"2031-09-30\"",
	  AT(4) "<valid> ends on 2030-12-31, before it starts on 2031-09-30\n" },
	{ "name=\"by_mode\"", "name=\"visits\"",
	  AT(10) "second dataset 'visits'; the first is in line 9\n"
	  AT(23) "attribute 'count' of <column>: no dataset 'by_mode' (known: visits, visits)\n" },
	{ "during=\"v.received_on\"", "durign=\"v.received_on\"",
	  AT(9) "unknown attribute 'durign' of <dataset>; did you mean 'during'? (known: name, from, unit, by, "
		"during)\n" },
	{ "during=\"v.received_on\"", "during=\"v.received_on -- x\"",
	  AT(9) "SQL in 'during' of <dataset>: a -- comment in an attribute hides the rest of it; use /* */\n" },
	{ "v.received_on > :from", "v.received_on > :form",
	  AT(17) "SQL in 'where' of <column>: unknown parameter ':form'; did you mean ':from'? (known: :from, :to, "
		 ":as_of)\n" },
	{ "by=\"v.mode\"", "", AT(23) "dataset 'by_mode' has no attribute 'by', which a table with rows=\"query\" needs\n" },
};

static const struct slip table_slips[] = {
	{ "count=\"visits\" where=\"v.mode", "where=\"v.mode",
	  AT(14) "<column> needs exactly one of count, distinct, sum, formula and indicator\n" },
	{ "sum=\"v.people\"", "sum=\"v.people\" count=\"visits\"",
	  AT(16) "<column> needs exactly one of count, distinct, sum, formula and indicator\n" },
	{ "count=\"visits\" where=\"v.mode", "count=\"visit\" where=\"v.mode",
	  AT(14) "attribute 'count' of <column>: no dataset 'visit'; did you mean 'visits'? (known: visits, by_mode)\n" },
	{ "sum=\"v.people\" over=\"visits\"", "sum=\"v.people\"",
	  AT(16) "<column> with sum has no attribute 'over', the dataset\n" },
	{ "count=\"visits\" where=\"v.mode", "count=\"visits\" over=\"visits\" where=\"v.mode",
	  AT(14) "attribute 'over' of <column> goes with sum and distinct only\n" },
	{ "formula=\"1\"", "formula=\"1\" where=\"1\"",
	  AT(19) "attribute 'where' of <column> has no meaning beside formula and indicator\n" },
	{ "formula=\"1\"", "indicator=\"\"",
	  AT(19) "attribute 'indicator' of <column> is empty\n" },
	{ "formula=\"1\"", "indicator=\"X.1\" where=\"1\"",
	  AT(19) "attribute 'where' of <column> has no meaning beside formula and indicator\n" },
	{ "title=\"Lượt\" count=\"by_mode\"", "title=\"Lượt\" indicator=\"X.1\"",
	  AT(23) "<column> with indicator goes with rows=\"units\" only\n" },
	{ "count=\"visits\" where=\"v.mode", "count=\"visits\" million=\"yes\" where=\"v.mode",
	  AT(14) "attribute 'million' of <column> goes with sum, formula and indicator only\n" },
	{ "<table id=\"t\"", "<table id=\"t\" reporters=\"central town\"",
	  AT(11) "attribute 'reporters' of <table>: unknown word 'town' (allowed: central, region, province, district, local)\n" },
	{ "formula=\"1\"", "formula=\"1+x\"",
	  AT(19) "attribute 'formula' of <column> is '1+x'; expected column numbers with + or - between\n" },
	{ "formula=\"1\"", "formula=\"1 5\"",
	  AT(19) "attribute 'formula' of <column> is '1 5'; expected column numbers with + or - between\n" },
	{ "formula=\"1\"", "formula=\"9\"",
	  AT(19) "formula of column 8: table 't' has no column 9 (known: 1 5 6 7 8)\n" },
	{ "5+ 6-7", "5+8",
	  AT(19) "formula of column 8 in table 't' goes in a circle: it needs column 1, which needs it\n" },
	{ "formula=\"1\"", "formula=\"8\"",
	  AT(19) "formula of column 8 in table 't' goes in a circle: it needs column 8, which needs it\n" },
	{ "<column n=\"6\"", "<column n=\"5\"",
	  AT(12) "formula of column 1: table 't' has no column 6 (known: 1 5 5 7 8)\n"
	  AT(16) "second column 5 in table 't'; the first is in line 14\n"
	  AT(28) "attribute 'right' of <check>: table 't' has no column 6 (known: 1 5 5 7 8)\n" },
	{ "n=\"8\"", "n=\"0\"",
	  AT(19) "attribute 'n' of <column> is '0'; expected a whole number from 1 to 999\n"
	  AT(27) "<note>: unknown placeholder '{t.8}' (known: period, from, to, agency, unit, TABLE.COLUMN, FORM/TABLE.COLUMN)\n" },
	{ "width=\"9.5\"", "width=\"9,5\"",
	  AT(12) "attribute 'width' of <column> is '9,5'; expected millimetres from 1 to 999.9\n" },
	{ "width=\"9.5\"", "width=\"0\"",
	  AT(12) "attribute 'width' of <column> is '0'; expected millimetres from 1 to 999.9\n" },
	{ "<group title=\"Khác\">", "<group title=\"Khác\"/><group title=\"Khác\">",
	  AT(19) "<group title=\"Khác\"> holds no column\n" },
	{ "<column n=\"1\" title=\"Lượt\" count=\"by_mode\"/>", "", AT(22) "table 'q' has no <column>\n" },
	{ "key=\"w.mode\" ", "", AT(22) "<table rows=\"query\"> has no attribute 'key'\n" },
	{ "<table id=\"t\"", "<table id=\"t\" label=\"x\"",
	  AT(11) "attribute 'label' of <table> goes with rows=\"query\" only\n" },
	{ "id=\"q\"", "id=\"t\"", AT(22) "second table or list 't'; the first is in line 11\n" },
	{ "sheet=\"2. Tăng\"", "sheet=\"1\"", AT(24) "second sheet '1'; the first is in line 11\n" },
	{ "sheet=\"2. Tăng\"", "sheet=\"2/Tăng\"",
	  AT(24) "sheet name '2/Tăng'; at most 31 characters, none of []:*?/\\ and no ' at the ends\n" },
	{ "sheet=\"2. Tăng\"", "sheet=\"ăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăă\"", "" },
	{ "sheet=\"2. Tăng\"", "sheet=\"ăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăă\"",
	  AT(24) "sheet name 'ăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăă'; at most 31 characters, none of []:*?/\\ and no ' at "
		 "the ends\n" },
	{ "over=\"visits\" where=\"v.people", "over=\"xyz\" where=\"v.people",
	  AT(24) "attribute 'over' of <list>: no dataset 'xyz' (known: visits, by_mode)\n" },
	{ "title=\"STT\"", "title=\"STT\" type=\"date\"",
	  AT(25) "attribute 'type' of <item> has no meaning for a running number\n" },
};

static const struct slip check_slips[] = {
	{ "right=\"6-7\" ", "", AT(28) "<check> needs right or count\n" },
	{ "right=\"6-7\"", "right=\"6-7\" count=\"visits\"", AT(28) "<check> needs right or count, not both\n" },
	{ "right=\"6-7\"", "right=\"6-7\" where=\"1\"",
	  AT(28) "attribute 'where' of <check> goes with count only\n" },
	{ "right=\"6-7\"", "right=\"6-7\" distinct=\"1\"",
	  AT(28) "attribute 'distinct' of <check> goes with count only\n" },
	{ "left=\"5\"", "left=\"55\"",
	  AT(28) "attribute 'left' of <check>: table 't' has no column 55 (known: 1 5 6 7 8)\n" },
	{ "code=\"A\" table=\"t\"", "code=\"A\" table=\"tt\"",
	  AT(28) "<check>: no table 'tt' (known: t, q)\n" },
	{ "code=\"A\" table=\"t\"", "code=\"A\" table=\"inc\"", AT(28) "<check>: no table 'inc' (known: t, q)\n" },
	{ "op=\"ge\"", "op=\"gt\"",
	  AT(28) "attribute 'op' of <check> is 'gt'; did you mean 'ge'? (allowed: eq, le, ge)\n" },
	{ "count=\"visits\" where=\"1\"", "count=\"visit\" where=\"1\"",
	  AT(29) "attribute 'count' of <check>: no dataset 'visit'; did you mean 'visits'? (known: visits, by_mode)\n" },
	{ "code=\"B\" table=\"t\"", "code=\"B\" table=\"q\"",
	  AT(29) "dataset 'visits' has no attribute 'by', which a table with rows=\"query\" needs\n" },
	{ "code=\"B\"", "code=\"A\"", AT(29) "second check 'A'; the first is in line 28\n" },
	{ "right=\"6-7\"", "right=\"6-7\" form=\"X\"",
	  AT(28) "attributes 'form' and 'form-table' of <check> go together, and with right only\n" },
	{ "right=\"6-7\"", "right=\"6-7\" form=\"NO\" form-table=\"t\"",
	  AT(28) "check A: there is no form 'NO' with a table 't' over the same store\n" },
};

static void test_head(void **state)
{
	try_slips(*state, "t/a.xml", fixture, head_slips, COUNT(head_slips), load);
}

static void test_tables(void **state)
{
	try_slips(*state, "t/a.xml", fixture, table_slips, COUNT(table_slips), load);
}

static void test_checks(void **state)
{
	try_slips(*state, "t/a.xml", fixture, check_slips, COUNT(check_slips), load);
}

static void test_inputs(void **state)
{
	struct world *w = *state;

	put("t/a.xml", with(w, fixture, "<inputs>visit", "<inputs>visits account"));
	load(w);
	assert_int_equal(w->d.count, 2);
	assert_non_null(strstr(reports(w), AT(7) "<inputs>: no table 'visits' in the cases store; did you mean "
						 "'visit'? (known: unit, "));
	assert_non_null(strstr(reports(w), AT(7) "<inputs>: no table 'account' in the cases store"));
}

static void test_no_dataset(void **state)
{
	struct world *w = *state;

	put("t/a.xml", "<report xmlns=\"urn:rasoat:report:1\" id=\"x\" store=\"accounts\" periods=\"year\"><title>x</title>"
		       "<list id=\"l\" over=\"d\"><item title=\"STT\"/></list></report>");
	load(w);
	assert_reports(w, AT(1) "attribute 'over' of <list>: no dataset 'd' (there is none)\n");
}

static void test_find(void **state)
{
	struct world *w = *state;
	struct template_set *set;
	const struct template *t = NULL;
	struct err e = ERR_INIT;

	put("t/a.xml", fixture);
	put("t/b.xml", with(w, fixture, "from=\"2025-09-30\" to=\"2030-12-31\"", "to=\"2025-09-29\""));
	put("t/c.xml", with(w, fixture, "01-TCD", "907"));
	set = load_set(w);
	assert_reports(w, "");
	assert_int_equal(template_find(set, "01-TCD", day("2025-09-30"), &t, &e), ST_OK);
	assert_ptr_equal(t, set->items[0]);
	assert_int_equal(template_find(set, "01-TCD", day("2025-09-29"), &t, &e), ST_OK);
	assert_ptr_equal(t, set->items[1]);
	t = NULL;
	assert_int_equal(template_find(set, "01-TCD", day("2031-01-01"), &t, &e), ST_ERR);
	assert_string_equal(e.text, "report '01-TCD' was not in force on 2031-01-01; it is in force from 2025-09-30 to "
				    "2030-12-31; to 2025-09-29");
	assert_int_equal(template_find(set, "01-TDC", day("2026-01-01"), &t, &e), ST_ERR);
	assert_string_equal(e.text, "unknown report '01-TDC'; did you mean '01-TCD'? (known: 01-TCD, 907)");
	assert_int_equal(template_find(set, "xyz", day("2026-01-01"), &t, &e), ST_ERR);
	assert_string_equal(e.text, "unknown report 'xyz' (known: 01-TCD, 907)");
	assert_null(t);
}

static void test_overlap(void **state)
{
	struct world *w = *state;

	put("t/a.xml", fixture);
	put("t/b.xml", with(w, fixture, "from=\"2025-09-30\" to=\"2030-12-31\"", "to=\"2025-09-30\""));
	load(w);
	assert_reports(w, "t/b.xml:1: report '01-TCD' is in force at the same time as the one at t/a.xml:1; set "
			  "<valid>\n");
}

static int set_up_templates(void **state)
{
	int rc = set_up(state);

	return rc ? rc : mkdir("t", 0700);
}

#define T(f) cmocka_unit_test_setup_teardown(f, set_up_templates, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_everything), T(test_defaults),	T(test_head), T(test_tables),  T(test_checks),
		T(test_inputs),	    T(test_no_dataset), T(test_find), T(test_overlap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
