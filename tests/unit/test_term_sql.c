#include "loader.h"

#include <rasoat/clock.h>
#include <rasoat/store.h>
#include <rasoat/terms.h>

/* What the macros become, what they refuse, and that they say what the clock says. */

static const char fixture[] =
	"<terms xmlns=\"urn:rasoat:terms:1\">\n"
	"<term id=\"KN-02\" kind=\"complaint\" start=\"received_on\" end=\"accepted_on\"><title>t</title>\n"
	"<version id=\"KN-02a\" from=\"2012-07-01\" to=\"2026-06-30\"><basis document=\"d\"/><length days=\"10\"/></version>\n"
	"<version id=\"KN-02b\" from=\"2026-07-01\"><basis document=\"d\"/><length working-days=\"7\"/></version></term>\n"
	"<term id=\"KN-03\" kind=\"complaint\" start=\"accepted_on\" end=\"decided_on\"><title>t</title>\n"
	"<version><basis document=\"d\"/><length days=\"30\"/><length id=\"KN-04\" days=\"45\" remote=\"1\"/>\n"
	"<suspension id=\"KN-16\" from=\"2026-07-01\"/></version></term>\n"
	"<term id=\"KN-10\" subject=\"case_file\" start=\"decided_on\"><title>t</title>\n"
	"<version><basis document=\"d\"/><length days=\"30\"/><length days=\"45\" remote=\"1\"/></version></term>\n"
	"<term id=\"KN-11\" kind=\"complaint\" start=\"act_known_on\" end=\"received_on\"><title>t</title>\n"
	"<version><basis document=\"d\"/><length days=\"15\"/><length days=\"10\" level=\"second\"/></version></term>\n"
	"<term id=\"KN-14\" subject=\"case_event\" before=\"happened_on\" end=\"sent_on\"><title>t</title>\n"
	"<version from=\"2026-07-01\"><basis document=\"d\"/><length days=\"5\"/></version></term>\n"
	"<term id=\"TC-05\" kind=\"denunciation\" start=\"accepted_on\" end=\"decided_on\"><title>t</title>\n"
	"<version from=\"2019-01-01\"><basis document=\"d\"/><length days=\"30\"/>\n"
	"<extension days=\"30\" complex=\"1\" very-complex=\"2\"/></version></term>\n"
	"<term id=\"TCD-04\" subject=\"reception_session\"><title>t</title>\n"
	"<version to=\"2026-06-30\"><basis document=\"d\"/><frequency times=\"1\" per=\"week\"/></version>\n"
	"<version from=\"2026-07-01\"><basis document=\"d\"/><frequency times=\"2\" per=\"month\"/></version></term>\n"
	"<term id=\"TCD-05\" subject=\"visit\"><title>t</title>\n"
	"<version><basis document=\"d\"/><occasion>khi cần</occasion></version></term>\n"
	"<term id=\"TCD-06\" subject=\"reception_session\" before=\"scheduled_on\" end=\"posted_on\"><title>t</title>\n"
	"<version from=\"2014-07-01\"><basis document=\"d\"/><length working-days=\"5\"/></version></term>\n"
	"</terms>\n";

/* A rule with one expression; NULL after reports. */
static const char *expand_with(struct world *w, const struct terms *terms, const struct workdays *known,
			       const char *sql, struct rule *r)
{
	struct rule *one[1] = { r };
	struct rule_set set = { .rules = one, .n_rules = 1 };

	*r = (struct rule){ .id = "X-01", .file = "x.xml", .line = 7, .where = sql, .where_line = 9 };
	diags_init(&w->d, w->a);
	rules_expand_terms(w->a, &set, terms, known, &w->d);
	return w->d.count ? NULL : r->where;
}

static const struct terms *load(struct world *w)
{
	const struct terms *t;

	put("terms.xml", fixture);
	t = terms_load(w->a, "terms.xml", w->schemas, &w->d);
	assert_reports(w, "");
	return t;
}

static void becomes(struct world *w, const struct terms *t, const char *sql, const char *want)
{
	struct rule r = { 0 };
	const char *got = expand_with(w, t, NULL, sql, &r);

	assert_reports(w, "");
	assert_string_equal(got, want);
}

static void test_text(void **state)
{
	struct world *w = *state;
	const struct terms *t = load(w);

	becomes(w, t, "a > b AND 'term_due(x)' = \"term_due(y)\" OR my_term_due(1) OR term_due",
		"a > b AND 'term_due(x)' = \"term_due(y)\" OR my_term_due(1) OR term_due");
	becomes(w, t, "p.a > term_due('KN-02', p.b)",
		"p.a > CASE WHEN (p.b) >= '2012-07-01' AND (p.b) <= '2026-06-30' THEN next_workday(add_days((p.b), 10))"
		" WHEN (p.b) >= '2026-07-01' THEN add_workdays((p.b), 7) END");
	becomes(w, t, "TERM_DUE ( 'KN-10' , f(a, ')'), c )",
		"CASE WHEN (f(a, ')')) >= '' THEN CASE WHEN (c) = 1 THEN next_workday(add_days((f(a, ')')), 45))"
		" ELSE next_workday(add_days((f(a, ')')), 30)) END END");
	becomes(w, t, "term_due('KN-10', a)", "CASE WHEN (a) >= '' THEN next_workday(add_days((a), 30)) END");
	becomes(w, t, "term_latest('KN-14', a) <> term_latest('TCD-06', a)",
		"CASE WHEN (a) >= '2026-07-01' THEN add_days((a), -5) END <>"
		" CASE WHEN (a) >= '2014-07-01' THEN add_workdays((a), -5) END");
	becomes(w, t, "term_count('TCD-04', a)",
		"CASE WHEN (a) >= '' AND (a) <= '2026-06-30' THEN 4 WHEN (a) >= '2026-07-01' THEN 2 END");
	becomes(w, t, "term_extensions('TC-05', a, c)",
		"CASE WHEN (a) >= '2019-01-01' THEN CASE (c) WHEN 'normal' THEN 0 WHEN 'complex' THEN 1"
		" WHEN 'very_complex' THEN 2 END END");
	becomes(w, t, "term_latest('KN-14', before_day(a))",
		"CASE WHEN (add_days((a), 0 - :before_day)) >= '2026-07-01'"
		" THEN add_days((add_days((a), 0 - :before_day)), -5) END");
	becomes(w, t, "fixed_day(a)", "CASE WHEN :fixed_day = 1 THEN next_workday((a)) ELSE (a) END");
}

/* Before the calendar nothing is known. */
static void test_calendar(void **state)
{
	struct world *w = *state;
	const struct terms *t = load(w);
	struct workdays *known = workdays_new(w->a, 2026, 2027);
	struct rule r = { 0 };

	workdays_seal(known);
	assert_string_equal(expand_with(w, t, known, "term_due('KN-02', a)", &r),
			    "CASE WHEN (a) >= '2026-01-01' AND (a) <= '2026-06-30' THEN next_workday(add_days((a), 10))"
			    " WHEN (a) >= '2026-07-01' THEN add_workdays((a), 7) END");
	known = workdays_new(w->a, 2027, 2027);
	workdays_seal(known);
	assert_string_equal(expand_with(w, t, known, "term_due('KN-02', a)", &r),
			    "CASE WHEN (a) >= '2027-01-01' THEN add_workdays((a), 7) END");
}

static void test_errors(void **state)
{
	static const struct { const char *sql, *want; } wrong[] = {
		{ "term_due('notice', a)", "term_due: terms.xml has no term 'notice'" },
		{ "term_due('KN-1O', a)", "term_due: terms.xml has no term 'KN-1O'; did you mean 'KN-10'?" },
		{ "term_due('KN-04', a)", "term_due: 'KN-04' is a row of term 'KN-03'; name the term" },
		{ "term_due('KN-16', a)", "term_due: 'KN-16' is a row of term 'KN-03'; name the term" },
		{ "term_due('KN-02b', a)", "term_due: 'KN-02b' is a row of term 'KN-02'; name the term" },
		{ "term_due('KN-03', a)", "term_due: term 'KN-03' depends on more than its start; read case_clock" },
		{ "term_due('KN-11', a)", "term_due: term 'KN-11' depends on more than its start; read case_clock" },
		{ "term_due('KN-02', a, b)",
		  "term_due: term 'KN-02' has one length only; leave out the third argument" },
		{ "term_due('TCD-06', a)", "term_due: term 'TCD-06' counts back from an event; use term_latest" },
		{ "term_latest('KN-02', a)", "term_latest: term 'KN-02' counts from its start; use term_due" },
		{ "term_due('TCD-05', a)", "term_due: term 'TCD-05' has no length in days" },
		{ "term_count('KN-02', a)", "term_count: term 'KN-02' has no frequency" },
		{ "term_extensions('KN-10', a, b)", "term_extensions: term 'KN-10' has no extension" },
		{ "term_extensions('TC-05', a)", "term_extensions takes 3 arguments, not 2" },
		{ "term_due(KN-02, a)", "term_due: the first argument is a term's id in quotes: 'TCD-07'" },
		{ "term_due('KN-02')", "term_due takes 2 or 3 arguments, not 1" },
		{ "term_due()", "term_due takes 2 or 3 arguments, not 0" },
		{ "term_due('KN-02', a, b, c)", "term_due takes 2 or 3 arguments, not 4" },
		{ "term_latest('TCD-06', )", "term_latest: an argument is empty" },
		{ "before_day(a, b)", "before_day takes 1 argument, not 2" },
		{ "f(term_due('KN-02', g(term_count('KN-02', a))))", "term_count: term 'KN-02' has no frequency" },
	};
	struct world *w = *state;
	const struct terms *t = load(w);

	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct rule r = { 0 };

		assert_null(expand_with(w, t, NULL, wrong[i].sql, &r));
		assert_reports(w, arena_printf(w->a, "x.xml:9: %s\n", wrong[i].want));
	}
}

/* The settings come as parameters, so that runs are told apart and examples keep the law's reading. */
static void test_settings(void **state)
{
	struct world *w = *state;
	struct terms t = *load(w);
	struct rule_param own[2] = { { .name = "before_day", .line = 8 } };
	struct rule r = { .id = "X-01", .file = "x.xml", .line = 7, .where = "before_day(a)", .where_line = 9,
			  .params = own, .n_params = 1 };
	struct rule *one[1] = { &r };
	struct rule_set set = { .rules = one, .n_rules = 1 };

	(void)expand_with(w, &t, NULL, "before_day(a) > fixed_day(b)", &r);
	assert_int_equal(r.n_params, 2);
	assert_string_equal(r.params[0].name, "before_day");
	assert_string_equal(r.params[0].value, "1");
	assert_string_equal(r.params[1].name, "fixed_day");
	assert_string_equal(r.params[1].value, "0");
	t.settings = (struct term_settings){ .before_lenient = true, .fixed_rolls = true };
	(void)expand_with(w, &t, NULL, "before_day(a) > fixed_day(b)", &r);
	assert_string_equal(r.params[0].value, "0");
	assert_string_equal(r.params[0].initial, "1");
	assert_string_equal(r.params[1].value, "1");
	assert_string_equal(r.params[1].initial, "0");
	r.where = "before_day(a)";
	r.params = own;
	r.n_params = 1;
	rules_expand_terms(w->a, &set, &t, NULL, &w->d);
	assert_reports(w, "x.xml:8: parameter 'before_day' belongs to before_day(); choose another name\n");
}

/* ---- the same as the clock ---- */

static const char *ask(struct world *w, struct store *s, const char *sql, const char *start)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	struct err e = ERR_INIT;

	if (store_prepare(s, arena_printf(w->a, "SELECT %s", sql), &st, &e) != ST_OK ||
	    stmt_bind_name(st, ":a", value_text(start), &e) != ST_OK || stmt_step(st, &e) != STEP_ROW)
		fail_msg("%s: %s", sql, e.text);
	return arena_strdup(w->a, stmt_text(st, 0));
}

static void same_as_clock(struct world *w, struct store *s, const struct term *t, const char *sql, bool longer,
			  const struct workdays *known)
{
	day_t day = 0, last = 0;

	assert_true(date_from_ymd(2018, 12, 1, &day) && date_from_ymd(2027, 12, 31, &last));
	for (; day <= last; day += day % 7 ? 1 : 3) {
		struct clock_case c = { .level = t->level, .starts_on = day, .ended_on = DAY_NONE,
					.remote = longer, .many_places = longer };
		const struct term_version *v = term_version_on(t, day);
		struct clock_result r = { .due_on = DAY_NONE };
		char iso[11], due[11];

		if (v)
			clock_compute(t, v, known, &c, NULL, 0, day, &r);
		date_iso(day, iso);
		if (strcmp(ask(w, s, sql, iso), date_iso(r.due_on, due)) != 0)
			fail_msg("%s from %s: %s, the clock %s", t->id, iso, ask(w, s, sql, iso), due);
	}
}

static void test_same_as_clock(void **state)
{
	static const char *const ids[] = { "KN-01", "KN-02", "KN-05", "KN-06", "KN-09",
					   "KN-12", "TC-01", "TC-09", "TC-12" };
	CLEANUP(store_cleanup) struct store *s = NULL;
	struct world *w = *state;
	struct err e = ERR_INIT;
	const struct terms *all;
	const struct workdays *known;
	struct rule r = { 0 };

	all = terms_load(w->a, arena_printf(w->a, "%s/rules/terms.xml", w->root), w->schemas, &w->d);
	known = calendar_load(w->a, arena_printf(w->a, "%s/rules/calendar.xml", w->root), w->schemas, &w->d);
	assert_reports(w, "");
	assert_int_equal(store_open("sqlite::memory:", STORE_CASES, STORE_CREATE, &s, &e), ST_OK);
	store_set_workdays(s, known);
	for (size_t i = 0; i < COUNT(ids); i++) {
		const struct term *t = terms_find(all, ids[i]);
		const char *id = ids[i];
		bool two = t->versions[0].n_lengths == 2;

		same_as_clock(w, s, t, expand_with(w, all, known, arena_printf(w->a, "term_due('%s', :a)", id), &r),
			      false, known);
		for (int longer = 0; two && longer < 2; longer++)
			same_as_clock(w, s, t,
				      expand_with(w, all, known,
						  arena_printf(w->a, "term_due('%s', :a, %d)", id, longer), &r),
				      longer, known);
	}
}

/* Regulations 2.4: times and notices, by hand. */
static void test_by_hand(void **state)
{
	static const struct { const char *sql, *day, *want; } rows[] = {
		{ "term_due('TCD-07', :a)", "2026-09-18", "2026-10-02" },
		{ "term_due('TCD-07', :a)", "2014-06-30", "" },
		{ "term_due('TCD-09', :a)", "2026-06-30", "" },
		{ "term_due('TCD-09', :a)", "2026-07-01", "2026-07-06" },
		{ "term_due('KN-10', :a, 1)", "2026-07-01", "2026-08-17" }, /* 15/8 is a Saturday */
		{ "term_due('KN-10', :a, NULL)", "2026-07-01", "2026-07-31" },
		{ "term_due('TC-13b', :a)", "2026-08-28", "2026-09-09" },
		{ "term_due('TCD-07', :a)", "2027-12-31", "" },
		{ "term_latest('TCD-06', :a)", "2026-09-08", "2026-08-27" },
		{ "term_latest('TCD-10b', :a)", "2026-07-06", "2026-07-03" },
		{ "term_latest('TCD-10', :a)", "2026-06-30", "" },
		{ "term_latest('KN-14', :a)", "2026-09-07", "2026-09-02" },
		{ "term_count('TCD-01', :a)", "2026-06-30", "1" },
		{ "term_count('TCD-03', :a)", "2026-06-30", "2" },
		{ "term_count('TCD-03', :a)", "2026-07-01", "" },
		{ "term_count('TCD-04', :a)", "2026-06-30", "4" },
		{ "term_count('TCD-04', :a)", "2026-07-01", "2" },
		{ "term_extensions('TC-05', :a, 'very_complex')", "2026-07-01", "2" },
		{ "term_extensions('TC-05', :a, NULL)", "2026-07-01", "" },
		{ "term_extensions('TC-05', :a, 'complex')", "2018-12-31", "" },
	};
	CLEANUP(store_cleanup) struct store *s = NULL;
	struct world *w = *state;
	struct err e = ERR_INIT;
	const struct terms *all;
	const struct workdays *known;

	all = terms_load(w->a, arena_printf(w->a, "%s/rules/terms.xml", w->root), w->schemas, &w->d);
	known = calendar_load(w->a, arena_printf(w->a, "%s/rules/calendar.xml", w->root), w->schemas, &w->d);
	assert_int_equal(store_open("sqlite::memory:", STORE_CASES, STORE_CREATE, &s, &e), ST_OK);
	store_set_workdays(s, known);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct rule r = { 0 };
		const char *sql = expand_with(w, all, known, rows[i].sql, &r);
		const char *got = ask(w, s, sql, rows[i].day);

		if (strcmp(got, rows[i].want) != 0)
			fail_msg("%s of %s: %s, not %s", rows[i].sql, rows[i].day, got, rows[i].want);
	}
}

/* An example may try the other reading of a macro that its rule calls, and of no other. */
static void test_example_settings(void **state)
{
	static const char rules[] =
		"<rules xmlns=\"urn:rasoat:rules:1\" pack=\"p\" store=\"cases\">\n<rule id=\"XX-01\" severity=\"low\" subject=\"s\">"
		"<title>t</title><basis document=\"d\"/><from>visit v</from>\n<where>v.received_on > before_day(v.received_on)</where>"
		"<key>v.visit_id</key><unit>v.unit_id</unit><message>m</message><remedy>r</remedy>\n"
		"<example name=\"e\" as-of=\"2026-10-05\"><set param=\"before_day\" value=\"0\"/>"
		"<row table=\"visit\" visit_id=\"1\"/></example>\n</rule></rules>\n";
	struct world *w = *state;

	assert_int_equal(mkdir("r", 0777), 0);
	put("r/a.xml", rules);
	rules_load(w->a, "r", w->schemas, &w->d);
	assert_reports(w, "");
	put("r/a.xml", with(w, rules, "value=\"0\"", "value=\"2\""));
	rules_load(w->a, "r", w->schemas, &w->d);
	assert_reports(w, "r/a.xml:4: <set>: parameter 'before_day' is '2'; expected 0 or 1\n");
	diags_init(&w->d, w->a);
	put("r/a.xml", with(w, rules, "> before_day(v.received_on)", "> fixed_day(v.received_on)"));
	rules_load(w->a, "r", w->schemas, &w->d);
	assert_reports(w, "r/a.xml:4: <set>: no parameter 'before_day' (the rule has none)\n");
}

#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_text), T(test_calendar), T(test_errors), T(test_settings), T(test_same_as_clock), T(test_by_hand),
		T(test_example_settings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
