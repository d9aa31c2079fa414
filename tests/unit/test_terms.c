#include "loader.h"

#include <rasoat/terms.h>

static const char fixture[] =
	"<terms xmlns=\"urn:rasoat:terms:1\">\n"							       /* 1 */
	"<term id=\"KN-03\" kind=\"complaint\" level=\"first\" start=\"accepted_on\" end=\"decided_on closed_on\">\n" /* 2 */
	"<title>Giải quyết khiếu nại lần đầu</title>\n"							       /* 3 */
	"<version from=\"2012-07-01\" to=\"2020-12-31\">\n"						       /* 4 */
	"<basis document=\"Luật Khiếu nại 02/2011/QH13\" clause=\"Điều 28\"/>\n"			       /* 5 */
	"<length days=\"30\"/>\n"									       /* 6 */
	"<length days=\"45\" complexity=\"complex\"/>\n"						       /* 7 */
	"<length days=\"46\" remote=\"1\"/>\n"								       /* 8 */
	"<length days=\"60\" complexity=\"complex\" remote=\"1\"/>\n"					       /* 9 */
	"</version>\n"											       /* 10 */
	"<version from=\"2022-01-01\">\n"								       /* 11 */
	"<basis document=\"Luật sửa đổi\"/>\n"								       /* 12 */
	"<length working-days=\"7\"/>\n"								       /* 13 */
	"<length working-days=\"10\" many-places=\"1\"/>\n"						       /* 14 */
	"<length working-days=\"12\" complexity=\"very_complex\"/>\n"					       /* 15 */
	"<length working-days=\"11\" complexity=\"complex\" remote=\"0\"/>\n"				       /* 16 */
	"<extension days=\"30\" complex=\"1\" very-complex=\"2\"/>\n"					       /* 17 */
	"<suspension from=\"2026-07-01\"/><ground from=\"2026-08-01\"/>\n"				       /* 18 */
	"</version></term>\n"										       /* 19 */
	"<term id=\"TC-05\" kind=\"denunciation\" start=\"received_on\" end=\"closed_on\"><title>t</title>\n"    /* 20 */
	"<version><basis document=\"d\"/><length days=\"1\"/></version></term>\n"			       /* 21 */
	"</terms>\n";

static struct terms *load_terms(struct world *w)
{
	return terms_load(w->a, "terms.xml", w->schemas, &w->d);
}

static void load(struct world *w)
{
	(void)load_terms(w);
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
	const struct terms *all;
	const struct term *t;

	put("terms.xml", fixture);
	all = load_terms(w);
	assert_reports(w, "");
	assert_int_equal(all->n_terms, 2);
	assert_int_equal(strlen(all->digest), 64);
	t = &all->terms[0];
	assert_string_equal(t->id, "KN-03");
	assert_string_equal(t->title, "Giải quyết khiếu nại lần đầu");
	assert_string_equal(t->kind, "complaint");
	assert_string_equal(t->level, "first");
	assert_string_equal(t->start, "accepted_on");
	assert_int_equal(t->n_ends, 2);
	assert_string_equal(t->ends[0], "decided_on");
	assert_string_equal(t->ends[1], "closed_on");
	assert_int_equal(t->n_versions, 2);
	assert_int_equal(t->versions[0].extension_days, 0);
	assert_int_equal(t->versions[0].suspension_from, DAY_NONE);
	assert_int_equal(t->versions[0].ground_from, DAY_NONE);
	assert_string_equal(t->versions[0].bases[0].clause, "Điều 28");
	assert_int_equal(t->versions[0].line, 4);
	assert_int_equal(t->versions[1].to, DAY_NONE);
	assert_int_equal(t->versions[1].extension_days, 30);
	assert_int_equal(t->versions[1].extension_complex, 1);
	assert_int_equal(t->versions[1].extension_very, 2);
	assert_int_equal(t->versions[1].suspension_from, day("2026-07-01"));
	assert_int_equal(t->versions[1].ground_from, day("2026-08-01"));
	assert_null(all->terms[1].level);
	assert_int_equal(all->terms[1].versions[0].from, DAY_NONE);
}

static void test_version_on(void **state)
{
	struct world *w = *state;
	const struct term *t;

	put("terms.xml", fixture);
	t = &load_terms(w)->terms[0];
	assert_null(term_version_on(t, day("2012-06-30")));
	assert_ptr_equal(term_version_on(t, day("2012-07-01")), &t->versions[0]);
	assert_ptr_equal(term_version_on(t, day("2020-12-31")), &t->versions[0]);
	assert_null(term_version_on(t, day("2021-01-01")));
	assert_null(term_version_on(t, day("2021-12-31")));
	assert_ptr_equal(term_version_on(t, day("2022-01-01")), &t->versions[1]);
	assert_ptr_equal(term_version_on(t, day("2199-12-31")), &t->versions[1]);
	assert_non_null(term_version_on(t + 1, day("1900-01-01")));
}

static int days_for(const struct term_version *v, const char *complexity, bool remote, bool many)
{
	const struct term_facts f = { .complexity = complexity, .remote = remote, .many_places = many };

	return term_length_for(v, &f)->days;
}

static void test_length_for(void **state)
{
	struct world *w = *state;
	const struct term_version *v;

	put("terms.xml", fixture);
	v = load_terms(w)->terms[0].versions;
	assert_int_equal(days_for(v, NULL, false, false), 30);
	assert_int_equal(days_for(v, NULL, false, true), 30);
	assert_int_equal(days_for(v, "normal", false, false), 30);
	assert_int_equal(days_for(v, "complex", false, false), 45);
	assert_int_equal(days_for(v, "very_complex", false, false), 45);
	assert_int_equal(days_for(v, NULL, true, false), 46);
	assert_int_equal(days_for(v, "complex", true, false), 60);
	assert_int_equal(days_for(v, "very_complex", true, true), 60);
	assert_false(v->lengths[0].working);
	v++;
	assert_true(v->lengths[0].working);
	assert_int_equal(days_for(v, NULL, false, false), 7);
	assert_int_equal(days_for(v, NULL, true, true), 10);
	assert_int_equal(days_for(v, "complex", false, false), 11);
	assert_int_equal(days_for(v, "complex", true, false), 7);
	assert_int_equal(days_for(v, "very_complex", false, false), 12);
}

#define AT(line) "terms.xml:" #line ": "

static const struct slip slips[] = {
	{ "id=\"KN-03\"", "", AT(2) "<term> has no attribute 'id'\n" },
	{ "level=\"first\"", "levle=\"first\"",
	  AT(2) "unknown attribute 'levle' of <term>; did you mean 'level'? (known: id, kind, level, discipline, "
		"subject, start, before, end)\n" },
	{ "TC-05", "KN-03", AT(20) "term 'KN-03' is there twice; the first is in line 2\n" },
	{ "to=\"2020-12-31\"", "to=\"2022-01-01\"",
	  AT(11) "term 'KN-03': this version overlaps the one in line 4\n" },
	{ "to=\"2020-12-31\"", "", AT(11) "term 'KN-03': this version overlaps the one in line 4\n" },
	{ "to=\"2020-12-31\"", "to=\"2021-12-31\"", "" },
	{ "to=\"2020-12-31\"", "to=\"2012-06-30\"",
	  AT(4) "<version> ends on 2012-06-30, before it starts on 2012-07-01\n" },
	{ "<length days=\"30\"/>", "<length/>", AT(6) "<length> needs days or working-days\n" },
	{ "<length days=\"30\"/>", "<length days=\"1\" working-days=\"1\"/>",
	  AT(6) "<length> needs days or working-days, not both\n" },
	{ "<length days=\"30\"/>", "<length days=\"0\"/>",
	  AT(6) "attribute 'days' of <length> is '0'; expected a whole number from 1 to 3660\n" },
	{ "<length days=\"30\"/>", "<length days=\"30\" remote=\"0\"/>",
	  AT(6) "the first <length> must have no condition; it holds for all other cases\n" },
	{ "days=\"45\" complexity=\"complex\"", "days=\"45\"",
	  AT(7) "only the first <length> may have no condition; add complexity, level, "
		"discipline, remote or many-places\n" },
	{ "days=\"46\" remote=\"1\"", "days=\"46\" complexity=\"complex\"",
	  AT(8) "this <length> has the same condition as number 2\n" },
	{ "complexity=\"complex\"", "complexity=\"complx\"",
	  AT(7) "attribute 'complexity' of <length> is 'complx'; did you mean 'complex'? (allowed: complex, "
		"very_complex)\n" },
	{ "remote=\"1\"", "remote=\"yes\"", AT(8) "attribute 'remote' of <length> is 'yes' (allowed: 0, 1)\n" },
	{ " very-complex=\"2\"", "", AT(17) "<extension> has no attribute 'very-complex'\n" },
	{ "complex=\"1\"", "complex=\"x\"",
	  AT(17) "attribute 'complex' of <extension> is 'x'; expected a whole number from 0 to 9\n" },
	{ "<suspension from=\"2026-07-01\"/>", "<suspension from=\"1/7/2026\"/>",
	  AT(18) "attribute 'from' of <suspension> is '1/7/2026'; expected a date as YYYY-MM-DD\n" },
	{ "<basis document=\"Luật sửa đổi\"/>", "", AT(11) "<version> has no <basis>\n" },
	{ "<length days=\"1\"/>", "", AT(20) "<term> with kind needs <length> in line 21\n" AT(21) "<version> needs <length>, or one <frequency>, or one <occasion>\n" },
	{ "end=\"decided_on closed_on\"", "end=\"decided_on closed_on notified_on accepted_on received_on\"",
	  AT(2) "attribute 'end' of <term>: at most 4 columns\n" },
};

static void test_slips(void **state)
{
	try_slips(*state, "terms.xml", fixture, slips, COUNT(slips), load);
}

static const char plain[] =
	"<terms xmlns=\"urn:rasoat:terms:1\">\n"							     /* 1 */
	"<term id=\"TCD-06\" subject=\"reception_session\" before=\"scheduled_on\" end=\"posted_on\">\n" /* 2 */
	"<title>t</title><version><basis document=\"d\"/><length working-days=\"5\"/></version></term>\n" /* 3 */
	"<term id=\"TC-13\" subject=\"case_event\" start=\"case_file.received_on\" end=\"happened_on\">\n" /* 4 */
	"<title>t</title><version><basis document=\"d\"/><length working-days=\"5\"/></version></term>\n" /* 5 */
	"<term id=\"TCD-04\" subject=\"reception_session\"><title>t</title>\n"			     /* 6 */
	"<version to=\"2026-06-30\"><basis document=\"d\"/><frequency times=\"1\" per=\"week\"/></version>\n" /* 7 */
	"<version from=\"2026-07-01\"><basis document=\"d\"/><frequency times=\"2\" per=\"month\"/></version></term>\n" /* 8 */
	"<term id=\"TCD-05\" subject=\"visit\"><title>t</title>\n"				     /* 9 */
	"<version><basis document=\"d\"/><occasion>Vụ việc gay gắt</occasion></version></term>\n"	     /* 10 */
	"<term id=\"KN-11\" kind=\"complaint\" level=\"first second\" discipline=\"discipline dismissal\"\n"     /* 11 */
	" start=\"act_known_on\" end=\"received_on\"><title>t</title><version id=\"KN-11a KN-11b\"><basis document=\"d\"/>\n" /* 12 */
	"<length days=\"15\"/><length days=\"10\" level=\"second\"/>\n"				     /* 13 */
	"<length id=\"KN-11c\" days=\"30\" level=\"second\" discipline=\"dismissal\"/>\n"	     /* 14 */
	"</version></term>\n"										     /* 15 */
	"</terms>\n";

static void test_plain_terms(void **state)
{
	struct world *w = *state;
	struct term_facts f = { .level = "second" };
	const struct terms *all;
	const struct term *t;

	put("terms.xml", plain);
	all = load_terms(w);
	assert_reports(w, "");
	t = terms_find(all, "TCD-06");
	assert_true(t->backward);
	assert_null(t->kind);
	assert_string_equal(t->subject, "reception_session");
	assert_string_equal(t->start, "scheduled_on");
	assert_string_equal(terms_find(all, "TC-13")->start, "case_file.received_on");
	t = terms_find(all, "TCD-04");
	assert_int_equal(t->versions[0].times, 1);
	assert_true(t->versions[0].weekly);
	assert_false(t->versions[1].weekly);
	assert_string_equal(terms_find(all, "TCD-05")->versions[0].occasion, "Vụ việc gay gắt");
	assert_null(terms_find(all, "TCD-99"));
	t = terms_find(all, "KN-11");
	assert_ptr_equal(terms_find_variant(all, "KN-11b"), t);
	assert_ptr_equal(terms_find_variant(all, "KN-11c"), t);
	assert_null(terms_find_variant(all, "KN-11"));
	assert_int_equal(term_length_for(t->versions, &f)->days, 10);
	f.discipline = "dismissal";
	assert_int_equal(term_length_for(t->versions, &f)->days, 30);
	f.level = "first";
	assert_int_equal(term_length_for(t->versions, &f)->days, 15);
	assert_true(term_is_for(t, "complaint", "first", "dismissal"));
	assert_false(term_is_for(t, "complaint", NULL, "dismissal"));
	assert_false(term_is_for(t, "complaint", "first", NULL));
	assert_false(term_is_for(t, "denunciation", "first", "dismissal"));
	assert_false(term_is_for(terms_find(all, "TCD-05"), NULL, NULL, NULL));
}

static const struct slip plain_slips[] = {
	{ " subject=\"visit\"", "", AT(9) "<term> needs kind, for a clock of case_file, or subject, a table\n" },
	{ "kind=\"complaint\"", "kind=\"complaint\" subject=\"case_file\"",
	  AT(11) "<term> needs kind, for a clock of case_file, or subject, a table, not both\n" },
	{ "\"visit\"", "\"visits\"", AT(9) "attribute 'subject' of <term>: there is no table 'visits'\n" },
	{ "case_file.received_on", "case_files.received_on",
	  AT(4) "attribute 'start' of <term>: there is no table 'case_files'\n" },
	{ "\"act_known_on\"", "\"petition.received_on\"",
	  AT(11) "attribute 'start' of <term>: a clock's columns are those of case_file\n" },
	{ "\"act_known_on\"", "\"act_known_on\" before=\"received_on\"",
	  AT(11) "before of <term> is for terms without kind and start\n" },
	{ " end=\"received_on\"", "", AT(11) "<term> with kind needs start and end\n" },
	{ " before=\"scheduled_on\"", "", AT(2) "<term> with <length> needs start or before\n" },
	{ "subject=\"visit\"", "subject=\"visit\" level=\"first\"",
	  AT(9) "level and discipline of <term> are for clocks, which have kind\n" },
	{ "\"first second\"", "\"first secnd\"",
	  AT(11) "attribute 'level' of <term> is 'secnd'; did you mean 'second'? (allowed: first, second, again, none)\n" },
	{ "level=\"second\"/>", "level=\"x\"/>",
	  AT(13) "attribute 'level' of <length> is 'x' (allowed: first, second, again, none)\n" },
	{ "discipline=\"dismissal\"/>", "discipline=\"firing\"/>",
	  AT(14) "attribute 'discipline' of <length> is 'firing' (allowed: none, discipline, dismissal)\n"
	  AT(14) "this <length> has the same condition as number 2\n" },
	{ "<length working-days=\"5\"/></version></term>\n<term id=\"TCD-04\"",
	  "<length working-days=\"5\"/><suspension from=\"2026-07-01\"/></version></term>\n<term id=\"TCD-04\"",
	  AT(4) "<term> without kind has no <extension>, <suspension> or <ground>; line 5 has\n" },
	{ "times=\"1\"", "times=\"0\"",
	  AT(7) "attribute 'times' of <frequency> is '0'; expected a whole number from 1 to 31\n" },
	{ "per=\"week\"", "per=\"day\"", AT(7) "attribute 'per' of <frequency> is 'day' (allowed: month, week)\n" },
	{ "<frequency times=\"1\" per=\"week\"/>", "<frequency times=\"1\" per=\"week\"/><length days=\"1\"/>",
	  AT(6) "<term> with <length> needs start or before\n"
	  AT(7) "<version> needs <length>, or one <frequency>, or one <occasion>\n" },
	{ "<length working-days=\"5\"/>", "<frequency times=\"2\" per=\"month\"/>",
	  AT(2) "<term> with before needs <length> in line 3\n" },
	{ "subject=\"visit\"", "subject=\"visit\" start=\"received_on\"",
	  AT(9) "<term> with start needs <length> in line 10\n" },
	{ "<occasion>Vụ việc gay gắt</occasion>", "<occasion/>", AT(10) "<occasion> is empty; text expected\n" },
};

static void test_plain_slips(void **state)
{
	try_slips(*state, "terms.xml", plain, plain_slips, COUNT(plain_slips), load);
}

/* The lists come from the schema and are not repeated here. */
static void test_columns(void **state)
{
	static const struct slip of_schema[] = {
		{ "start=\"accepted_on\"", "start=\"acepted_on\"",
		  AT(2) "attribute 'start' of <term>: 'acepted_on' is no date column of case_file; did you mean "
			"'accepted_on'? (known: " },
		{ "start=\"accepted_on\"", "start=\"kind\"",
		  AT(2) "attribute 'start' of <term>: 'kind' is no date column of case_file (known: " },
		{ "decided_on closed_on", "decided_on closed",
		  AT(2) "attribute 'end' of <term>: 'closed' is no date column of case_file; did you mean 'closed_on'? "
			"(known: " },
		{ "\"complaint\"", "\"complaints\"",
		  AT(2) "attribute 'kind' of <term> is 'complaints'; did you mean 'complaint'? (allowed: " },
		{ "level=\"first\"", "level=\"frist\"",
		  AT(2) "attribute 'level' of <term> is 'frist'; did you mean 'first'? (allowed: " },
	};
	struct world *w = *state;

	for (size_t i = 0; i < COUNT(of_schema); i++) {
		put("terms.xml", with(w, fixture, of_schema[i].old, of_schema[i].new));
		diags_init(&w->d, w->a);
		load(w);
		assert_int_equal(w->d.count, 1);
		/* as far as it is written here */
		assert_string_equal(arena_strndup(w->a, reports(w), strlen(of_schema[i].want)),
				    of_schema[i].want);
	}
}

static void test_no_file(void **state)
{
	struct world *w = *state;

	assert_int_equal(load_terms(w)->n_terms, 0);
	assert_reports(w, "terms.xml:0: cannot read: No such file or directory; check the name\n");
}

#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_everything), T(test_version_on), T(test_length_for),
		T(test_slips),	    T(test_plain_terms), T(test_plain_slips),	    T(test_columns),	T(test_no_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
