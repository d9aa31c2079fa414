/*
 * The SQL that PostgreSQL gets; and, where RASOAT_TEST_POSTGRESQL names a database (as
 * tests/cli/test_postgresql.sh does), the helper functions there against the embedded ones.
 */
#include "../../src/store/postgresql_parts.h"

#include <rasoat/arena.h>
#include <rasoat/store.h>
#include <rasoat/terms.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const struct pg_context plain = { .main = "rasoat_cases" };

static void reads(const char *sql, const char *want)
{
	struct pg_sql q;
	struct err e = ERR_INIT;

	if (pg_translate(sql, &plain, &q, &e) != ST_OK)
		fail_msg("%s: %s", sql, e.text);
	assert_string_equal(q.text.p, want);
	pg_sql_free(&q);
}

static void refuses(const char *sql, const char *want)
{
	struct pg_sql q;
	struct err e = ERR_INIT;

	assert_int_equal(pg_translate(sql, &plain, &q, &e), ST_ERR);
	assert_string_equal(e.text, want);
}

static void test_untouched(void **state)
{
	(void)state;
	reads("SELECT 'a''b :x ? IS main.t', \"order\" FROM t", "SELECT 'a''b :x ? IS main.t', \"order\" FROM t");
	reads("SELECT 1.5, x::text, '-- no comment' FROM t WHERE a >= 2 AND b <> 3",
	      "SELECT 1.5, x::text, '-- no comment' FROM t WHERE a >= 2 AND b <> 3");
	reads("SELECT '/* text */'", "SELECT '/* text */'");
}

static void test_parameters(void **state)
{
	struct pg_sql q;
	struct err e = ERR_INIT;

	(void)state;
	assert_int_equal(pg_translate("SELECT :from, :to, :from", &plain, &q, &e), ST_OK);
	assert_string_equal(q.text.p, "SELECT $1, $2, $1");
	assert_int_equal(q.n_params, 2);
	assert_string_equal(pg_sql_name(&q, 1), ":from");
	assert_string_equal(pg_sql_name(&q, 2), ":to");
	assert_null(pg_sql_name(&q, 3));
	pg_sql_free(&q);
	reads("INSERT INTO t VALUES(?, ?, ?)", "INSERT INTO t VALUES($1, $2, $3)");
	reads("SELECT ?2, ?1, ?2", "SELECT $2, $1, $2");
}

static void test_is(void **state)
{
	(void)state;
	reads("SELECT a IS b, a IS NOT b", "SELECT a IS NOT DISTINCT FROM b, a IS DISTINCT FROM b");
	reads("SELECT a IS NULL, a is not null, a IS NOT FALSE, a IS TRUE",
	      "SELECT a IS NULL, a IS not null, a IS NOT FALSE, a IS TRUE");
	reads("SELECT a IS NOT DISTINCT FROM b", "SELECT a IS NOT DISTINCT FROM b");
	reads("SELECT a IS /* c */ NOT -- d\n 'x'", "SELECT a IS DISTINCT FROM 'x'");
	reads("SELECT this.a, isnt FROM this", "SELECT this.a, isnt FROM this");
}

static void test_order(void **state)
{
	(void)state;
	reads("SELECT a FROM t ORDER BY a, b DESC, c",
	      "SELECT a FROM t ORDER BY a NULLS FIRST , b DESC NULLS LAST , c NULLS FIRST ");
	reads("SELECT a FROM t ORDER BY coalesce(a, b), 2 NULLS LAST LIMIT 3",
	      "SELECT a FROM t ORDER BY coalesce(a, b) NULLS FIRST , 2 NULLS LAST LIMIT 3");
	reads("SELECT row_number() OVER (PARTITION BY a, b ORDER BY c DESC) FROM t",
	      "SELECT row_number() OVER (PARTITION BY a, b ORDER BY c DESC NULLS LAST ) FROM t");
	reads("SELECT (SELECT a FROM t ORDER BY a LIMIT 1), b",
	      "SELECT (SELECT a FROM t ORDER BY a  NULLS FIRST LIMIT 1), b");
	reads("SELECT a ORDER BY 'x' -- why\n", "SELECT a ORDER BY 'x'\n NULLS FIRST ");
}

static void test_names(void **state)
{
	const struct pg_context import = { .main = "rasoat_cases", .alias = "accounts",
					   .alias_schema = "rasoat_accounts", .as_of = "2026-10-05" };
	struct pg_sql q;
	struct err e = ERR_INIT;

	(void)state;
	reads("SELECT * FROM main.t, temp.u, accounts.v", "SELECT * FROM rasoat_cases.t, pg_temp.u, accounts.v");
	reads("SELECT main, as_of() FROM t", "SELECT main, as_of() FROM t");
	assert_int_equal(pg_translate("SELECT as_of ( ), as_of FROM accounts.v", &import, &q, &e), ST_OK);
	assert_string_equal(q.text.p, "SELECT text '2026-10-05', as_of FROM rasoat_accounts.v");
	pg_sql_free(&q);
	reads("CREATE TEMP TABLE t(a TEXT) WITHOUT ROWID; SELECT 1 == 2",
	      "CREATE TEMP TABLE t(a TEXT) ; SELECT 1 = 2");
}

static void test_statements(void **state)
{
	static const struct {
		const char *sql;
		enum pg_verb verb;
		bool many, empty;
	} cases[] = {
		{ "SELECT 1", PG_QUERY, false, false },
		{ "SELECT 1; -- done\n ;", PG_QUERY, false, false },
		{ "SELECT 1; SELECT 2", PG_QUERY, true, false },
		{ " /* */ ; ", PG_OTHER, false, true },
		{ "with a AS (SELECT 1) SELECT * FROM a", PG_QUERY, false, false },
		{ "(SELECT 1)", PG_QUERY, false, false },
		{ "insert INTO t VALUES(1)", PG_INSERT, false, false },
		{ "DELETE FROM t", PG_CHANGE, false, false },
		{ "DROP TABLE t", PG_OTHER, false, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct pg_sql q;
		struct err e = ERR_INIT;

		assert_int_equal(pg_translate(cases[i].sql, &plain, &q, &e), ST_OK);
		assert_int_equal(q.verb, cases[i].verb);
		assert_int_equal(q.many, cases[i].many);
		assert_int_equal(q.empty, cases[i].empty);
		pg_sql_free(&q);
	}
}

static void test_refused(void **state)
{
	char deep[2 * 300 + 1];

	(void)state;
	refuses("SELECT a LIKE 'x%'", "LIKE means another thing on each engine; use matches(text, pattern)");
	refuses("SELECT a glob 'x*'", "glob means another thing on each engine; use matches(text, pattern)");
	refuses("SELECT 'open", "a text or name has no closing '");
	refuses("SELECT [a]", "'[' is no sign of the common SQL");
	refuses("SELECT `a`", "'`' is no sign of the common SQL");
	refuses("SELECT @a", "'@' is no sign of the common SQL");
	memset(deep, '(', sizeof(deep) - 1);
	deep[sizeof(deep) - 1] = '\0';
	refuses(deep, "brackets nest deeper than 200");
}

/* ---- both engines ---- */

static struct store *lite, *server;

static const char *const days[] = {
	"2026-10-05", "2026-10-04", "2026-08-31", "2026-09-02", "2026-08-22", "2019-01-01", "2027-12-31",
	"2018-12-31", "2028-01-01", "1900-01-01", "2199-12-31", "1899-12-31", "2200-01-01", "2024-02-29",
	"2023-02-29", "2000-02-29", "1900-02-29", "2100-02-29", "2026-02-30", "2026-13-01", "2026-00-10",
	"2026-04-31", "2026-1-1", "05/10/2026", "2026-10-05 ", "", "x", NULL,
};

static const int64_t counts[] = { 0, 1, -1, 2, 5, 10, 30, 365, -365, 2500, 100000, -100000, 200000, 200001,
				  -200001, INT64_C(9000000000000000000) };

static const char *const texts[] = {
	"", "a", "A", "abc", "ab1", "a.b", "Nguyễn Thị Ánh", "ĐẶNG ĐÌNH ĐẠT", "đường", "a\nb", "a\n", "\n", "abc\n",
	"e\xCC\x81", "ß", "ﬁ", "Ǆ", "İ", "한글", "Ελλάδα ΣΑΣ", "ÀÉÎÕÜ ñ ç", "tài khoản 01", "x(y)", "a-b", "]",
	"\\", "a|b", "{2}", "aa", "aaa", "aaaaa", "€ 12", "日本", "\xC2\xA0", "123456789", NULL,
};

static const char *const patterns[] = {
	"", "a", "^a", "a$", "^a$", "^[a-z]+$", "^[^a-z]+$", "a.b", "a.", "^.*$", "a|b", "^(a|b)+$", "(?:ab)+c", "a{2}",
	"^a{2,3}$", "a{2,}", "x\\(y\\)", "[0-9]+", "^[A-Za-z0-9.]+$", "\\.", "-", "[a-]", "ễ", "^[ăâđ]", "đ.*g$", "\n", "[\n]",
	"$", "^$", "b$|^a$", "[.]", "\\\\", "a*?", "(a)(b)?", "^(?:[a-z]+|[0-9]{2})$", "\\]", "^\\{2\\}$", NULL,
};

/* One text of one row, or NULL. */
static char *ask(struct store *s, const char *sql, struct value a, struct value b)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	struct err e = ERR_INIT;
	char made[64], *ret;

	if (store_prepare(s, sql, &st, &e) != ST_OK || stmt_bind_name(st, ":a", a, &e) != ST_OK ||
	    stmt_bind_name(st, ":b", b, &e) != ST_OK || stmt_step(st, &e) != STEP_ROW)
		fail_msg("%s (%s): %s", sql, a.text ? a.text : "NULL", e.text);
	if (stmt_is_null(st, 0))
		return NULL;
	/* The kind of value belongs to the meaning. */
	snprintf(made, sizeof(made), "%d ", stmt_value(st, 0).kind);
	ret = xmalloc(strlen(made) + strlen(stmt_text(st, 0)) + 1);
	strcpy(ret, made);
	strcat(ret, stmt_text(st, 0));
	return ret;
}

static void same(const char *sql, struct value a, struct value b)
{
	char *x = ask(lite, sql, a, b), *y = ask(server, sql, a, b);

	if ((!x) != (!y) || (x && strcmp(x, y) != 0))
		fail_msg("%s with '%s' and '%s'/%lld: SQLite gives %s, PostgreSQL %s", sql, a.text, b.text,
			 (long long)b.i, x ? x : "NULL", y ? y : "NULL");
	free(x);
	free(y);
}

#define N(a) (sizeof(a) / sizeof((a)[0]))

static void test_days(void **state)
{
	(void)state;
	for (size_t i = 0; i < N(days); i++) {
		same("SELECT next_workday(:a)", value_text(days[i]), value_null());
		for (size_t k = 0; k < N(days); k++) {
			same("SELECT days_between(:a, :b)", value_text(days[i]), value_text(days[k]));
			same("SELECT workdays_between(:a, :b)", value_text(days[i]), value_text(days[k]));
		}
		for (size_t k = 0; k < N(counts); k++) {
			same("SELECT add_days(:a, :b)", value_text(days[i]), value_int(counts[k]));
			same("SELECT add_workdays(:a, :b)", value_text(days[i]), value_int(counts[k]));
		}
	}
}

static void test_every_day(void **state)
{
	day_t day = 0, last = 0;
	char iso[11];

	(void)state;
	assert_true(date_from_ymd(2025, 12, 1, &day) && date_from_ymd(2026, 12, 31, &last));
	for (; day <= last; day++) {
		date_iso(day, iso);
		same("SELECT next_workday(:a)", value_text(iso), value_null());
		same("SELECT add_workdays(:a, :b)", value_text(iso), value_int(10));
		same("SELECT add_days(:a, :b)", value_text(iso), value_int(-45));
		same("SELECT workdays_between('2026-03-03', :a)", value_text(iso), value_null());
	}
}

/* The macros of terms, expanded as in a rule: what tests/unit/test_term_sql.c compares with the clock. */
static void test_terms(void **state)
{
	static const char *const calls[] = {
		"term_due('KN-01', :a)", "term_due('KN-02', :a)", "term_due('KN-05', :a)", "term_due('KN-06', :a, :b)",
		"term_due('KN-10', :a, :b)", "term_due('KN-12', :a)", "term_due('TC-01', :a, :b)",
		"term_due('TC-12', :a)", "term_due('TCD-07', :a)", "term_due('TCD-09', :a)", "term_latest('KN-14', :a)",
		"term_latest('TCD-06', :a)", "term_latest('TCD-10b', :a)", "term_count('TCD-04', :a)",
		"add_days((:a), 0 - :b)", "CASE WHEN :b = 1 THEN next_workday((:a)) ELSE (:a) END",
	};
	struct arena *a = arena_new();
	const struct workdays *w;
	const struct terms *all;
	struct diags d;

	(void)state;
	diags_init(&d, a);
	all = terms_load(a, "rules/terms.xml", "schemas", &d);
	w = calendar_load(a, "rules/calendar.xml", "schemas", &d);
	for (size_t i = 0; i < N(calls); i++) {
		struct rule r = { .id = "X-01", .file = "x.xml", .where = calls[i] };
		struct rule *one[1] = { &r };
		char *sql;
		day_t day;

		rules_expand_terms(a, &(struct rule_set){ .rules = one, .n_rules = 1 }, all, w, &d);
		assert_int_equal(d.count, 0);
		sql = arena_printf(a, "SELECT %s", r.where);
		assert_true(date_from_ymd(2018, 12, 20, &day));
		for (; day < w->last + 10; day += 11) {
			char iso[11];

			date_iso(day, iso);
			same(sql, value_text(iso), value_int(day & 1));
		}
		for (size_t k = 0; k < N(days); k++)
			same(sql, value_text(days[k]), value_int(1));
	}
	arena_free(a);
}

static void test_fold(void **state)
{
	(void)state;
	for (size_t i = 0; i < N(texts); i++)
		same("SELECT fold(:a)", value_text(texts[i]), value_null());
}

static void test_matches(void **state)
{
	(void)state;
	for (size_t i = 0; i < N(texts); i++)
		for (size_t k = 0; k < N(patterns); k++)
			same("SELECT matches(:a, :b)", value_text(texts[i]), value_text(patterns[k]));
}

/* Meant by PCRE2, refused by the server: never another answer. */
static void test_patterns_refused(void **state)
{
	static const char *const refused[] = {
		"\\d", "\\w+", "\\bx", "a(?=b)", "(?i)a", "(a)\\1", "[[:alpha:]]", "a++", "a{300}", "*a", "(a", "a)", "[]a]",
		"(?<n>a)", "(*UTF)a", "\\x41", "[\\d]", "\\Qa\\E", "a{,3}", "^*", "a|*", "\\", "[a", "***:a", "(?#x)", "a{1,999}",
	};

	(void)state;
	for (size_t i = 0; i < N(refused); i++) {
		CLEANUP(stmt_cleanup) struct stmt *st = NULL;
		struct err e = ERR_INIT;

		assert_int_equal(store_prepare(server, "SELECT matches('a', :a)", &st, &e), ST_OK);
		assert_int_equal(stmt_bind_name(st, ":a", value_text(refused[i]), &e), ST_OK);
		if (stmt_step(st, &e) != STEP_ERROR)
			fail_msg("the pattern %s was taken", refused[i]);
		if (!strstr(e.text, refused[i]))
			fail_msg("the message does not name %s: %s", refused[i], e.text);
	}
}

static void test_aggregates(void **state)
{
	static const char rows[] = "FROM (SELECT * FROM (SELECT 'b' AS x, 2 AS n UNION ALL SELECT NULL, 3 "
				   "UNION ALL SELECT 'a', 1 UNION ALL SELECT '', NULL) r ORDER BY n, x) q";
	static const char *const selects[] = {
		"group_concat(x, '; ')", "group_concat(x)", "count(*)", "count(x)", "sum(n)", "min(x)", "max(n)",
		"sum(n) / 4", "CASE WHEN sum(n) > 5 THEN 1 ELSE 0 END", "sum(n) || 'x'", "7 / 2", "-7 / 2", "-7 % 3",
	};

	(void)state;
	for (size_t i = 0; i < N(selects); i++) {
		char sql[400];

		snprintf(sql, sizeof(sql), "SELECT %s %s", selects[i], rows);
		same(sql, value_null(), value_null());
	}
}

static void test_null_order(void **state)
{
	static const char *const orders[] = { "x", "x DESC", "x IS NULL, x", "n, x DESC" };

	(void)state;
	for (size_t i = 0; i < N(orders); i++) {
		char sql[400];

		snprintf(sql, sizeof(sql),
			 "SELECT group_concat(coalesce(x, '-') || n, ',') FROM (SELECT x, n FROM (SELECT 'b' AS x, 1 AS n "
			 "UNION ALL SELECT NULL, 1 UNION ALL SELECT 'B', 2 UNION ALL SELECT 'á', 3 UNION ALL SELECT 'z', 0) r "
			 "ORDER BY %s) q", orders[i]);
		same(sql, value_null(), value_null());
	}
}

static void test_bad_statements(void **state)
{
	struct stmt *st = NULL;
	struct err e = ERR_INIT;

	(void)state;
	assert_int_equal(store_prepare(server, "SELECT 1; SELECT 2", &st, &e), ST_ERR);
	assert_non_null(strstr(e.text, ": more than one SQL statement"));
	assert_int_equal(store_prepare(server, " -- nothing", &st, &e), ST_ERR);
	assert_non_null(strstr(e.text, ": empty SQL statement"));
	assert_int_equal(store_prepare(server, "SELECT nothing FROM unit", &st, &e), ST_ERR);
	assert_non_null(strstr(e.text, ": column \"nothing\" does not exist"));
	assert_int_equal(store_prepare(server, "SELECT current_date", &st, &e), ST_OK);
	assert_int_equal(stmt_step(st, &e), STEP_ERROR);
	assert_non_null(strstr(e.text, ": column 1 of the result is neither text nor a number; cast it"));
	assert_int_equal(stmt_bind(st, 1, value_int(1), &e), ST_ERR);
	assert_non_null(strstr(e.text, ": the statement has no parameter 1"));
	stmt_close(st);
}

/* A reader's transaction outlives a failing statement, and takes no writing one. */
static void test_reader(void **state)
{
	static const char *const writing[] = { "INSERT INTO main.unit(unit_id) VALUES('x')",
					       "DELETE FROM main.unit", "UPDATE main.unit SET name = 'x'" };
	CLEANUP(store_cleanup) struct store *s = NULL;
	struct err e = ERR_INIT;
	int64_t n = -1;
	day_t day;

	(void)state;
	assert_true(date_from_ymd(2026, 10, 5, &day));
	assert_int_equal(store_open(getenv("RASOAT_TEST_POSTGRESQL"), STORE_CASES, STORE_READ, &s, &e), ST_OK);
	assert_int_equal(store_set_as_of(s, day, &e), ST_OK);
	for (size_t i = 0; i < N(writing); i++) {
		struct stmt *st = NULL;

		assert_int_equal(store_prepare(s, writing[i], &st, &e), ST_OK);
		assert_int_equal(stmt_step(st, &e), STEP_ERROR);
		assert_non_null(strstr(e.text, ": open for reading ("));
		stmt_close(st);
		store_close(s);
		s = NULL;
		assert_int_equal(store_open(getenv("RASOAT_TEST_POSTGRESQL"), STORE_CASES, STORE_READ, &s, &e), ST_OK);
		assert_int_equal(store_set_as_of(s, day, &e), ST_OK);
	}
	assert_int_equal(store_query_int(s, "SELECT 1 / 0", &n, &e), ST_ERR);
	assert_int_equal(store_set_scope(s, NULL, &e), ST_OK);
	assert_int_equal(store_query_int(s, "SELECT count(*) FROM unit_scope", &n, &e), ST_OK);
	assert_true(n > 0);
}

static int open_both(void **state)
{
	static struct arena *arena;
	const char *uri = getenv("RASOAT_TEST_POSTGRESQL");
	struct err e = ERR_INIT;
	struct diags d;
	struct workdays *w;

	(void)state;
	arena = arena_new();
	diags_init(&d, arena);
	w = calendar_load(arena, "rules/calendar.xml", "schemas", &d);
	if (!w || store_open("sqlite::memory:", STORE_CASES, STORE_CREATE, &lite, &e) != ST_OK ||
	    store_open(uri, STORE_CASES, STORE_WRITE, &server, &e) != ST_OK) {
		fprintf(stderr, "%s\n", e.text);
		return 1;
	}
	store_set_workdays(lite, w);
	store_set_workdays(server, w);
	return 0;
}

static int close_both(void **state)
{
	(void)state;
	store_close(lite);
	store_close(server);
	return 0;
}

int main(void)
{
	const struct CMUnitTest text[] = {
		cmocka_unit_test(test_untouched), cmocka_unit_test(test_parameters), cmocka_unit_test(test_is),
		cmocka_unit_test(test_order), cmocka_unit_test(test_names), cmocka_unit_test(test_statements),
		cmocka_unit_test(test_refused),
	};
	const struct CMUnitTest both[] = {
		cmocka_unit_test(test_days), cmocka_unit_test(test_every_day), cmocka_unit_test(test_terms), cmocka_unit_test(test_fold),
		cmocka_unit_test(test_matches), cmocka_unit_test(test_patterns_refused),
		cmocka_unit_test(test_aggregates), cmocka_unit_test(test_null_order),
		cmocka_unit_test(test_bad_statements), cmocka_unit_test(test_reader),
	};

	if (getenv("RASOAT_TEST_POSTGRESQL"))
		return cmocka_run_group_tests(both, open_both, close_both);
	return cmocka_run_group_tests(text, NULL, NULL);
}
