/* The store: opening, what a reader may do, helper functions, as-of views, shared relations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include "../../src/store/store_ops.h"
#include <rasoat/arena.h>
#include <rasoat/store.h>
#include <rasoat/str.h>
#include <rasoat/workdays.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Every test runs in an empty folder of its own. */
static int enter_folder(void **state)
{
	const char *base = getenv("TMPDIR");
	struct str path = STR_INIT;

	str_addf(&path, "%s/rasoat-store-XXXXXX", base ? base : "/tmp");
	assert_non_null(mkdtemp(path.p));
	assert_int_equal(chdir(path.p), 0);
	assert_int_equal(chmod(path.p, 0755), 0);
	*state = strdup(path.p);
	str_free(&path);
	return 0;
}

static int leave_folder(void **state)
{
	CLEANUP(str_free) struct str command = STR_INIT;

	assert_int_equal(chdir("/"), 0);
	str_addf(&command, "chmod -R u+w '%s'; rm -rf '%s'", (char *)*state, (char *)*state);
	assert_int_equal(system(command.p), 0);
	free(*state);
	return 0;
}

#define OK(call)                                         \
	do {                                             \
		struct err e_ = ERR_INIT, *e = &e_;      \
		if ((call) != ST_OK)                     \
			fail_msg(#call ": %s", e->text); \
	} while (0)

#define FAILS(call, want)                                       \
	do {                                                    \
		struct err e_ = ERR_INIT, *e = &e_;             \
		assert_int_equal((call), ST_ERR);               \
		assert_string_equal(e->text, (want));           \
	} while (0)

static struct store *open_store(const char *uri, enum store_kind kind, enum store_mode mode)
{
	struct store *s = NULL;

	OK(store_open(uri, kind, mode, &s, e));
	return s;
}

static void create_store(const char *uri, enum store_kind kind)
{
	store_close(open_store(uri, kind, STORE_CREATE));
}

static void set_as_of(struct store *s, const char *iso)
{
	day_t day;

	assert_true(date_parse_iso(iso, strlen(iso), &day));
	OK(store_set_as_of(s, day, e));
}

/* All rows as "a,b;c,d", NULL as "-". */
static void assert_rows(struct store *s, const char *sql, const char *want)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	CLEANUP(str_free) struct str got = STR_INIT;
	struct err e = ERR_INIT;
	enum step step;

	if (store_prepare(s, sql, &st, &e) != ST_OK)
		fail_msg("%s: %s", sql, e.text);
	while ((step = stmt_step(st, &e)) == STEP_ROW) {
		if (got.len)
			str_addc(&got, ';');
		for (int i = 0; i < stmt_columns(st); i++)
			str_addf(&got, "%s%s", i ? "," : "",
				 stmt_is_null(st, i) ? "-" : stmt_text(st, i));
	}
	if (step == STEP_ERROR)
		fail_msg("%s: %s", sql, e.text);
	assert_string_equal(got.p, want);
}

static void spoil(const char *path, const char *sql)
{
	struct store *s = NULL;

	/* SQLite's own shell is no dependency of the tests: write through the store itself. */
	OK(store_open(path, STORE_CASES, STORE_WRITE, &s, e));
	OK(store_exec(s, sql, e));
	store_close(s);
}

static void put_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static void test_open_errors(void **state)
{
	struct store *s = NULL;

	(void)state;
	FAILS(store_open("sqlite:cases.db", STORE_CASES, STORE_READ, &s, e),
	      "cases.db: not found; run 'rasoat init' or correct <store> in rasoat.xml");
	FAILS(store_open("sqlite:cases.db", STORE_CASES, STORE_WRITE, &s, e),
	      "cases.db: not found; run 'rasoat init' or correct <store> in rasoat.xml");
	FAILS(store_open("oracle:cases", STORE_CASES, STORE_READ, &s, e),
	      "oracle:cases: unknown kind of store; write sqlite:PATH");
	FAILS(store_open("sqlite:", STORE_CASES, STORE_READ, &s, e),
	      "sqlite: without a path; write sqlite:PATH");
	FAILS(store_open("sqlite:/", STORE_CASES, STORE_READ, &s, e), "/: is not a file");
	FAILS(store_open("sqlite:no/such/cases.db", STORE_CASES, STORE_CREATE, &s, e),
	      "no/such/cases.db: cannot be opened (unable to open database file); check the folder and "
	      "the permissions");
	put_file("cases.db", "");
	FAILS(store_open("sqlite:cases.db", STORE_CASES, STORE_READ, &s, e),
	      "cases.db: not a rasoat store (an empty file)");
	put_file("cases.db", "account_id,login\n1,an\n and so on, long enough to have had a header"
			     " of one hundred bytes if it were a database ....................\n");
	FAILS(store_open("sqlite:cases.db", STORE_CASES, STORE_READ, &s, e),
	      "cases.db: not a rasoat store (not an SQLite database)");
	FAILS(store_open("sqlite:cases.db", STORE_CASES, STORE_CREATE, &s, e),
	      "cases.db: not a rasoat store (not an SQLite database)");
	assert_null(s);
}

static void test_other_databases_and_versions(void **state)
{
	struct store *s = NULL;

	(void)state;
	create_store("sqlite:cases.db", STORE_CASES);
	create_store("sqlite:accounts.db", STORE_ACCOUNTS);
	create_store("sqlite:ledger.db", STORE_LEDGER);
	FAILS(store_open("sqlite:accounts.db", STORE_CASES, STORE_READ, &s, e),
	      "accounts.db: is an account store, not a case store");
	FAILS(store_open("sqlite:cases.db", STORE_LEDGER, STORE_WRITE, &s, e),
	      "cases.db: is a case store, not a ledger");
	FAILS(store_open("sqlite:ledger.db", STORE_ACCOUNTS, STORE_CREATE, &s, e),
	      "ledger.db: is a ledger, not an account store");
	spoil("sqlite:cases.db", "PRAGMA user_version = 9");
	FAILS(store_open("sqlite:cases.db", STORE_CASES, STORE_READ, &s, e),
	      "cases.db: schema version 9 is newer than this rasoat knows (2); upgrade rasoat");
	unlink("cases.db");
	create_store("sqlite:cases.db", STORE_CASES);
	spoil("sqlite:cases.db", "PRAGMA user_version = 0");
	FAILS(store_open("sqlite:cases.db", STORE_CASES, STORE_READ, &s, e),
	      "cases.db: schema version 0 is older than this rasoat needs (2); import the extracts into "
	      "a new store");
	unlink("cases.db");
	create_store("sqlite:cases.db", STORE_CASES);
	spoil("sqlite:cases.db", "DELETE FROM rasoat_meta");
	FAILS(store_open("sqlite:cases.db", STORE_CASES, STORE_READ, &s, e),
	      "cases.db: damaged (it does not say what kind of store it is); restore it from a backup");
}

static void test_create_twice_and_over_an_empty_file(void **state)
{
	struct store *s;

	(void)state;
	put_file("cases.db", "");
	create_store("sqlite:cases.db", STORE_CASES);
	spoil("sqlite:cases.db", "INSERT INTO unit(unit_id, name) VALUES('01', 'x')");
	s = open_store("sqlite:cases.db", STORE_CASES, STORE_CREATE);
	assert_string_equal(store_name(s), "cases.db");
	assert_int_equal(store_kind(s), STORE_CASES);
	assert_rows(s, "SELECT unit_id FROM unit", "01");
	assert_rows(s, "PRAGMA application_id", "1382110063"); /* "RaSo" */
	assert_rows(s, "PRAGMA user_version", "2");
	store_close(s);
	store_close(NULL);
	/* Names SQLite would take for something else are plain files. */
	create_store("sqlite:file:x.db?mode=memory", STORE_CASES);
	assert_int_equal(access("file:x.db?mode=memory", F_OK), 0);
}

#define NOT_WHILE_READING "cases.db: open for reading; SQL may not open other files or change settings"

static void test_reader_cannot_write(void **state)
{
	struct store *s;

	(void)state;
	create_store("sqlite:cases.db", STORE_CASES);
	s = open_store("sqlite:cases.db", STORE_CASES, STORE_READ);
	FAILS(store_exec(s, "INSERT INTO unit(unit_id) VALUES('1')", e),
	      "cases.db: cannot be written (attempt to write a readonly database); give this user "
	      "write permission to the file and its folder");
	FAILS(store_exec(s, "CREATE TABLE t(x)", e),
	      "cases.db: cannot be written (attempt to write a readonly database); give this user "
	      "write permission to the file and its folder");
	FAILS(store_exec(s, "ATTACH 'other.db' AS o", e), NOT_WHILE_READING);
	FAILS(store_exec(s, "DETACH main", e), NOT_WHILE_READING);
	FAILS(store_exec(s, "VACUUM INTO 'copy.db'", e), NOT_WHILE_READING);
	FAILS(store_exec(s, "PRAGMA journal_mode = WAL", e), NOT_WHILE_READING);
	FAILS(store_exec(s, "PRAGMA user_version = 2", e), NOT_WHILE_READING);
	FAILS(store_exec(s, "PRAGMA writable_schema(1)", e), NOT_WHILE_READING);
	assert_int_equal(access("copy.db", F_OK), -1);
	assert_int_equal(access("other.db", F_OK), -1);
	assert_rows(s, "PRAGMA user_version", "2");
	assert_rows(s, "SELECT name FROM pragma_table_info('role_conflict')", "");
	assert_rows(s, "SELECT name FROM pragma_table_info('case_party') WHERE pk", "case_id;role;full_name");
	OK(store_exec(s, "CREATE TEMP TABLE t(x); INSERT INTO t VALUES(1), (2); DELETE FROM t WHERE x = 1;", e));
	assert_rows(s, "SELECT x FROM t", "2");
	set_as_of(s, "2026-09-30");
	OK(store_begin(s, e));
	OK(store_commit(s, e));
	store_rollback(s);
	store_close(s);
}

/* Run as somebody who may not write there; root could. */
static void test_read_only_folder(void **state)
{
	int status = 0;
	pid_t child;

	(void)state;
	create_store("sqlite:cases.db", STORE_CASES);
	spoil("sqlite:cases.db", "INSERT INTO unit(unit_id, name) VALUES('01', 'x')");
	assert_int_equal(chmod("cases.db", 0444), 0);
	assert_int_equal(chmod(".", 0555), 0);
	child = fork();
	if (child == 0) {
		struct err e = ERR_INIT;
		struct store *s = NULL;
		int64_t n = 0;

		if (geteuid() == 0 && setuid(65534) != 0)
			_exit(9);
		if (store_open("sqlite:cases.db", STORE_CASES, STORE_READ, &s, &e) != ST_OK ||
		    store_query_int(s, "SELECT count(*) FROM unit", &n, &e) != ST_OK || n != 1)
			_exit(1);
		store_close(s);
		if (store_open("sqlite:cases.db", STORE_CASES, STORE_WRITE, &s, &e) == ST_OK ||
		    strcmp(e.text, "cases.db: is write-protected; allow writing to the file and its "
				   "folder") != 0)
			_exit(2);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(chmod(".", 0755), 0);
	assert_int_equal(status, 0);
}

/* A writer that is killed in the middle leaves a journal; a reader sees the state before. */
static void test_reader_after_a_killed_writer(void **state)
{
	static const char fill[] =
		"PRAGMA cache_size = 2;"
		"BEGIN IMMEDIATE;"
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
		" INSERT INTO unit(unit_id, name) SELECT 'u' || i, 'name' || i FROM n";
	struct store *s;
	pid_t child;

	(void)state;
	create_store("sqlite:cases.db", STORE_CASES);
	spoil("sqlite:cases.db", "INSERT INTO unit(unit_id, name) VALUES('01', 'x')");
	child = fork();
	if (child == 0) {
		struct err e = ERR_INIT;

		if (store_open("sqlite:cases.db", STORE_CASES, STORE_WRITE, &s, &e) != ST_OK ||
		    store_exec(s, fill, &e) != ST_OK)
			_exit(1);
		_exit(0); /* without rollback */
	}
	assert_int_equal(waitpid(child, NULL, 0), child);
	assert_int_equal(access("cases.db-journal", F_OK), 0);
	s = open_store("sqlite:cases.db", STORE_CASES, STORE_READ);
	assert_rows(s, "SELECT unit_id FROM unit", "01");
	store_close(s);
}

static void test_busy(void **state)
{
	struct store *a, *b;

	(void)state;
	create_store("sqlite:cases.db", STORE_CASES);
	a = open_store("sqlite:cases.db", STORE_CASES, STORE_WRITE);
	b = open_store("sqlite:cases.db", STORE_CASES, STORE_WRITE);
	OK(store_begin(a, e));
	FAILS(store_begin(b, e),
	      "cases.db: in use by another program (waited 5 s); run again when it is done");
	store_rollback(a);
	OK(store_begin(b, e));
	store_rollback(b);
	store_close(a);
	store_close(b);
}

static void test_damaged_file(void **state)
{
	struct store *s;
	struct err e = ERR_INIT;
	int64_t n;
	FILE *f;

	(void)state;
	create_store("sqlite:cases.db", STORE_CASES);
	f = fopen("cases.db", "r+");
	assert_non_null(f);
	fseek(f, 4096, SEEK_SET); /* all pages after the first */
	for (int i = 0; i < 4096 * 60; i++)
		fputc(0x5A, f);
	fclose(f);
	if (store_open("sqlite:cases.db", STORE_CASES, STORE_READ, &s, &e) == ST_OK) {
		assert_int_equal(store_query_int(s, "SELECT count(*) FROM unit", &n, &e), ST_ERR);
		store_close(s);
	}
	assert_string_equal(e.text, "cases.db: damaged (database disk image is malformed); restore it from "
				    "a backup, or import the extracts into a new store");
}

static void test_attach(void **state)
{
	struct store *s;

	(void)state;
	create_store("sqlite:cases.db", STORE_CASES);
	create_store("sqlite:accounts.db", STORE_ACCOUNTS);
	s = open_store("sqlite:cases.db", STORE_CASES, STORE_WRITE);
	FAILS(store_attach(s, "sqlite:nowhere.db", STORE_ACCOUNTS, "acc", e),
	      "nowhere.db: not found; run 'rasoat init' or correct <store> in rasoat.xml");
	FAILS(store_attach(s, "sqlite:accounts.db", STORE_CASES, "acc", e),
	      "accounts.db: is an account store, not a case store");
	FAILS(store_attach(s, "pg:x", STORE_ACCOUNTS, "acc", e),
	      "pg:x: unknown kind of store; write sqlite:PATH");
	OK(store_attach(s, "sqlite:accounts.db", STORE_ACCOUNTS, "acc", e));
	OK(store_begin(s, e));
	OK(store_exec(s, "INSERT INTO main.unit(unit_id) VALUES('1'); INSERT INTO acc.unit(unit_id) VALUES('1');", e));
	store_rollback(s);
	assert_rows(s, "SELECT unit_id FROM main.unit UNION ALL SELECT unit_id FROM acc.unit", "");
	store_close(s);
}

static void test_statements(void **state)
{
	struct store *s = open_store("sqlite::memory:", STORE_CASES, STORE_CREATE);
	struct stmt *st = NULL;
	struct err err = ERR_INIT;
	int64_t n = 0;

	(void)state;
	FAILS(store_prepare(s, "SELECT 1; SELECT 2", &st, e), ":memory:: more than one SQL statement");
	FAILS(store_prepare(s, "SELECT 1; no sql", &st, e), ":memory:: more than one SQL statement");
	FAILS(store_prepare(s, " ", &st, e), ":memory:: empty SQL statement");
	FAILS(store_prepare(s, "SELECT nix", &st, e), ":memory:: no such column: nix");
	FAILS(store_prepare(s, "SELECT \"text\"", &st, e), ":memory:: no such column: text");
	FAILS(store_query_int(s, "SELECT 1 WHERE 0", &n, e), ":memory:: the query gave no row: SELECT 1 WHERE 0");
	OK(store_prepare(s, "SELECT :a, :b, :a ; -- end\n ;", &st, e));
	assert_int_equal(stmt_params(st), 2);
	assert_string_equal(stmt_param_name(st, 1), ":a");
	OK(stmt_bind_name(st, ":a", value_text("Thanh tra"), e));
	OK(stmt_bind_name(st, ":other", value_int(1), e));
	OK(stmt_bind(st, 2, value_int(-7), e));
	FAILS(stmt_bind(st, 3, value_int(1), e), ":memory:: the statement has no parameter 3");
	assert_int_equal(stmt_step(st, &err), STEP_ROW);
	assert_string_equal(stmt_value(st, 0).text, "Thanh tra");
	assert_int_equal(stmt_value(st, 0).len, 9);
	assert_int_equal(stmt_value(st, 1).kind, V_INT);
	assert_int_equal(stmt_int(st, 1), -7);
	assert_string_equal(stmt_text(st, 1), "-7");
	OK(stmt_bind(st, 1, value_null(), e)); /* a running statement starts again */
	assert_int_equal(stmt_step(st, &err), STEP_ROW);
	assert_true(stmt_is_null(st, 0));
	assert_string_equal(stmt_text(st, 0), "");
	assert_int_equal(stmt_int(st, 0), 0);
	assert_int_equal(stmt_int(st, 1), -7);
	assert_int_equal(stmt_step(st, &err), STEP_DONE);
	stmt_close(st);
	stmt_close(NULL);
	OK(store_exec(s, "INSERT INTO unit(unit_id) VALUES('1'), ('2'), ('3')", e));
	OK(store_exec(s, "UPDATE unit SET name = 'x' WHERE unit_id > '1'", e));
	assert_int_equal(store_changes(s), 2);
	store_close(s);
}

static void test_explain(void **state)
{
	CLEANUP(store_cleanup) struct store *s = open_store("sqlite::memory:", STORE_CASES, STORE_CREATE);
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	CLEANUP(str_free) struct str plan = STR_INIT;
	static const struct store_ops no_plan;
	struct stmt other = { .ops = &no_plan, .store = s };
	struct err err = ERR_INIT;

	(void)state;
	FAILS(stmt_explain(&other, &plan, e), ":memory:: this kind of store cannot show the plan of a query");
	OK(store_prepare(s, "-- why not\nSELECT u.unit_id FROM unit u WHERE u.name = :name AND EXISTS\n"
			    "(SELECT 1 FROM unit_parent p WHERE p.parent_id = u.unit_id) -- end",
			 &st, e));
	OK(stmt_bind_name(st, ":name", value_text("x"), e));
	str_add(&plan, "plan:\n");
	OK(stmt_explain(st, &plan, e));
	assert_string_equal(plan.p, "plan:\nSCAN u\nCORRELATED SCALAR SUBQUERY 1\n"
				    "  SEARCH p USING COVERING INDEX unit_parent_parent_id (parent_id=?)\n");
	/* It did not run, and still can. */
	assert_int_equal(stmt_step(st, &err), STEP_DONE);
}

static void assert_plan(struct store *s, const char *sql, const char *want)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	CLEANUP(str_free) struct str plan = STR_INIT;

	OK(store_prepare(s, sql, &st, e));
	OK(stmt_explain(st, &plan, e));
	assert_string_equal(plan.p, want);
}

/* The store is empty and the order of the tables says nothing: the declared sizes decide. */
static void test_assumed_sizes(void **state)
{
	CLEANUP(store_cleanup) struct store *s = open_store("sqlite::memory:", STORE_ACCOUNTS, STORE_CREATE);
	static const struct store_ops no_sizes;
	struct store other = { .ops = &no_sizes, .name = (char *)"other" };

	(void)state;
	FAILS(store_assume_sizes(&other, e), "other: this kind of store plans for the rows that it holds");
	set_as_of(s, "2026-09-30");
	OK(store_materialize(s, "unit_path", e));
	OK(store_materialize(s, "account_left", e));
	OK(store_assume_sizes(s, e));
	assert_plan(s, "SELECT 1 FROM main.account a JOIN main.system y ON y.name = a.login",
		    "SCAN a\nSEARCH y USING AUTOMATIC COVERING INDEX (name=?)\n");
	assert_plan(s, "SELECT a.email FROM main.staff s JOIN main.account a ON s.duty = a.class",
		    "SCAN a\nSEARCH s USING AUTOMATIC COVERING INDEX (duty=?)\n");
	/* Few are away, many have accounts. */
	assert_plan(s, "SELECT 1 FROM main.account a JOIN account_left l ON l.account_id = a.account_id",
		    "SCAN account_left_rows\n"
		    "SEARCH a USING COVERING INDEX sqlite_autoindex_account_1 (account_id=?)\n");
	OK(store_assume_sizes(s, e)); /* again is the same */
}

/* 2026: 30 April and 1 May off (Thursday, Friday); Saturday 25 April worked. */
static struct workdays *spring(struct arena *a)
{
	struct workdays *w = workdays_new(a, 2026, 2026);
	day_t d;

	assert_true(date_from_ymd(2026, 4, 30, &d));
	assert_true(workdays_set(w, d, false) && workdays_set(w, d + 1, false) && workdays_set(w, d - 5, true));
	workdays_seal(w);
	return w;
}

static void test_functions(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct store *s = open_store("sqlite::memory:", STORE_CASES, STORE_CREATE);

	(void)state;
	assert_rows(s, "SELECT as_of()", "-");
	assert_rows(s, "SELECT workdays_between('2026-04-24', '2026-04-27')", "-"); /* no calendar */
	store_set_workdays(s, spring(a));
	set_as_of(s, "2026-09-30");
	assert_rows(s, "SELECT as_of()", "2026-09-30");
	assert_rows(s, "SELECT days_between('2026-01-31', '2026-03-01'), days_between('2026-03-01', '2026-01-31')",
		    "29,-29");
	assert_rows(s, "SELECT days_between(NULL, '2026-03-01'), days_between('31/01/2026', '2026-03-01'),"
		       " days_between('', ''), days_between(1, 2)", "-,-,-,-");
	assert_rows(s, "SELECT add_days('2024-02-28', 1), add_days('2026-01-01', -1), add_days('2026-01-01', '30')",
		    "2024-02-29,2025-12-31,2026-01-31");
	assert_rows(s, "SELECT add_days('2026-01-01', 99999999999), add_days('2199-12-31', 1),"
		       " add_days('2026-01-01', 'x'), add_days('2026-01-01', 1.5), add_days('2026-01-01', 2.0),"
		       " add_days('2026-01-01', NULL)", "-,-,-,-,2026-01-03,-");
	/* Fri 24, Sat 25 worked, Mon 27 Tue 28 Wed 29, Thu Fri off, Mon 4 May */
	assert_rows(s, "SELECT workdays_between('2026-04-24', '2026-05-04'), workdays_between('2026-04-24', '2026-04-24'),"
		       " workdays_between('2025-12-31', '2026-01-05')", "5,0,-");
	assert_rows(s, "SELECT add_workdays('2026-04-24', 5), add_workdays('2026-04-24', 0), add_workdays('2026-12-31', 1),"
		       " add_workdays('2026-04-24', -1)", "2026-05-04,2026-04-24,-,2026-04-23");
	assert_rows(s, "SELECT next_workday('2026-04-30'), next_workday('2026-04-29'), next_workday('2027-01-01')",
		    "2026-05-04,2026-04-29,-");
	assert_rows(s, "SELECT matches('QĐ-123', '^QĐ-[0-9]+$'), matches('x', '^QĐ'), matches(NULL, 'x'), matches('x', NULL)",
		    "1,0,-,-");
	assert_rows(s, "SELECT sum(matches(x, '[ăâ]n')) FROM (SELECT 'ân' AS x UNION ALL SELECT 'an' UNION ALL SELECT 'ăn')",
		    "2");
	assert_rows(s, "SELECT sum(matches('ab', p)) FROM (SELECT 'a' AS p UNION ALL SELECT 'b' UNION ALL SELECT 'c')", "2");
	assert_rows(s, "SELECT fold('Đặng Thị ÁNH'), fold(NULL)", "dang thi anh,-");
	assert_rows(s, "SELECT matches(CAST(x'ff' AS TEXT), 'a'), fold(CAST(x'ff' AS TEXT))", "-,-");
	store_close(s);
}

static void test_matches_errors(void **state)
{
	struct store *s = open_store("sqlite::memory:", STORE_CASES, STORE_CREATE);
	struct err why = ERR_INIT;
	int64_t n;

	(void)state;
	assert_int_equal(store_query_int(s, "SELECT matches('a', '(')", &n, &why), ST_ERR);
	assert_true(str_starts(why.text, ":memory:: matches: "));
	FAILS(store_query_int(s, "SELECT matches('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', "
				 "'^(a+)+$')", &n, e),
	      ":memory:: matches: the pattern takes too long on a text; make it simpler");
	store_close(s);
}

static void test_as_of_views(void **state)
{
	struct store *s = open_store("sqlite::memory:", STORE_CASES, STORE_CREATE);

	(void)state;
	OK(store_exec(s, "INSERT INTO case_file(case_id, received_on, decided_on, decision_no, result, closed_on) VALUES"
			 "('a', '2026-01-10', '2026-02-10', '12/QĐ', 'wrong', '2026-02-20'),"
			 "('b', '2026-02-11', NULL, 'lost', NULL, NULL),"
			 "('c', NULL, NULL, NULL, NULL, NULL)", e));
	FAILS(store_set_scope(s, NULL, e), ":memory:: the scope was set before the as-of date");
	FAILS(store_set_as_of(s, DAY_NONE, e), ":memory:: the as-of date is outside 1900-2199");
	set_as_of(s, "2026-02-09");
	assert_rows(s, "SELECT case_id, decided_on, decision_no, result FROM case_file ORDER BY 1", "a,-,-,-;c,-,-,-");
	set_as_of(s, "2026-02-10");
	assert_rows(s, "SELECT case_id, decided_on, decision_no, result, closed_on FROM case_file ORDER BY 1",
		    "a,2026-02-10,12/QĐ,wrong,-;c,-,-,-,-");
	set_as_of(s, "2026-02-11");
	assert_rows(s, "SELECT case_id, decision_no FROM case_file ORDER BY 1", "a,12/QĐ;b,-;c,-");
	store_close(s);
	s = open_store("sqlite::memory:", STORE_LEDGER, STORE_CREATE);
	FAILS(store_set_as_of(s, 0, e), ":memory:: a ledger has no as-of date");
	store_close(s);
}

static void test_unit_tree(void **state)
{
	struct store *s = open_store("sqlite::memory:", STORE_CASES, STORE_CREATE);

	(void)state;
	OK(store_exec(s,
		"INSERT INTO unit(unit_id) VALUES('VN'), ('01'), ('01A'), ('01B'), ('02'), ('X'), ('Y'), ('R');"
		"INSERT INTO unit_parent VALUES('01', 'VN', '1995-01-01', NULL), ('02', 'VN', '1995-01-01', NULL),"
		" ('01A', '01', '1995-01-01', '2025-06-30'), ('01A', '02', '2025-07-01', NULL),"
		" ('01B', '01', '1995-01-01', '2020-12-31')," /* abolished: keeps its last parent */
		" ('X', 'Y', '1995-01-01', NULL), ('Y', 'X', '1995-01-01', NULL)," /* a circle */
		" ('R', 'R', '1995-01-01', NULL)", e)); /* its own parent */
	set_as_of(s, "2025-06-30");
	assert_rows(s, "SELECT ancestor_id, depth FROM unit_path WHERE unit_id = '01A' ORDER BY depth",
		    "01A,0;01,1;VN,2");
	set_as_of(s, "2025-07-01");
	assert_rows(s, "SELECT ancestor_id, depth FROM unit_path WHERE unit_id = '01A' ORDER BY depth",
		    "01A,0;02,1;VN,2");
	assert_rows(s, "SELECT unit_id, depth FROM unit_path WHERE ancestor_id = 'VN' ORDER BY 1",
		    "01,1;01A,2;01B,2;02,1;VN,0");
	assert_rows(s, "SELECT ancestor_id, depth FROM unit_path WHERE unit_id = 'X' ORDER BY 1", "X,0;Y,1");
	assert_rows(s, "SELECT ancestor_id, depth FROM unit_path WHERE unit_id = 'R'", "R,0");
	OK(store_set_scope(s, "02", e));
	assert_rows(s, "SELECT unit_id FROM unit_scope ORDER BY 1", "01A;02");
	OK(store_set_scope(s, NULL, e));
	assert_rows(s, "SELECT count(*) FROM unit_scope", "8");
	FAILS(store_set_scope(s, "99", e), ":memory:: no unit '99'; correct the unit or import unit.csv");
	set_as_of(s, "1994-12-31");
	assert_rows(s, "SELECT count(*) FROM unit_path WHERE depth > 0", "0");
	store_close(s);
}

static void test_staff_departure(void **state)
{
	struct store *s = open_store("sqlite::memory:", STORE_ACCOUNTS, STORE_CREATE);

	(void)state;
	OK(store_exec(s,
		"INSERT INTO staff_event(event_id, staff_id, kind, signed_on, effective_on, until_on) VALUES"
		/* an: back before the planned end; binh: after it; chi: leave without an end, back */
		"('1', 'an', 'maternity', '2026-01-01', '2026-02-01', '2026-07-31'),"
		"('2', 'an', 'return', '2026-06-20', '2026-07-01', NULL),"
		"('3', 'binh', 'unpaid_leave', '2026-01-01', '2026-02-01', '2026-02-28'),"
		"('4', 'binh', 'return', '2026-04-01', '2026-04-01', NULL),"
		"('5', 'chi', 'suspend', '2026-01-01', '2026-02-01', NULL),"
		"('6', 'chi', 'return', '2026-03-01', '2026-03-01', NULL),"
		"('7', 'dung', 'retire', '2026-08-01', '2026-10-01', NULL),"
		"('8', 'em', 'death', NULL, '2026-05-05', NULL),"
		"('9', 'giang', 'resign', '2026-06-01', '2026-05-01', NULL)", e)); /* signed after it took effect */
	set_as_of(s, "2026-09-30");
	assert_rows(s, "SELECT event_id, kind, ended_on FROM staff_departure ORDER BY 1",
		    "1,maternity,2026-07-01;3,unpaid_leave,2026-03-01;5,suspend,2026-03-01;8,death,-;9,resign,-");
	set_as_of(s, "2026-06-30"); /* an's return is not yet: the planned end stands */
	assert_rows(s, "SELECT event_id, ended_on FROM staff_departure WHERE staff_id = 'an'", "1,2026-08-01");
	set_as_of(s, "2026-05-31");
	assert_rows(s, "SELECT event_id FROM staff_departure WHERE staff_id = 'giang'", "");
	set_as_of(s, "2026-10-01");
	assert_rows(s, "SELECT event_id, ended_on FROM staff_departure WHERE staff_id = 'dung'", "7,-");
	store_close(s);
}

/* A return is from the latest departure: it does not undo the move before that one. */
static void test_return_after_transfer(void **state)
{
	struct store *s = open_store("sqlite::memory:", STORE_ACCOUNTS, STORE_CREATE);

	(void)state;
	OK(store_exec(s,
		"INSERT INTO staff_event(event_id, staff_id, kind, effective_on, until_on) VALUES"
		/* an: moved, gave birth, back; binh: moved, back; chi: leave from the day of the return */
		"('a1', 'an', 'transfer', '2020-01-01', NULL), ('a2', 'an', 'maternity', '2024-10-01', NULL),"
		"('a3', 'an', 'return', '2025-04-01', NULL),"
		"('b1', 'binh', 'transfer', '2020-01-01', NULL), ('b2', 'binh', 'return', '2021-01-01', NULL),"
		"('b3', 'binh', 'unpaid_leave', '2021-01-02', NULL), ('b4', 'binh', 'return', '2022-01-01', NULL),"
		"('c1', 'chi', 'transfer', '2020-01-01', NULL), ('c2', 'chi', 'suspend', '2021-01-01', NULL),"
		"('c3', 'chi', 'return', '2021-01-01', NULL),"
		/* dung: two decisions of one day; em: a leave, then a move, then a return, which ends both */
		"('d1', 'dung', 'transfer', '2020-01-01', NULL), ('d2', 'dung', 'maternity', '2020-01-01', NULL),"
		"('d3', 'dung', 'return', '2020-07-01', NULL),"
		"('e1', 'em', 'maternity', '2020-01-01', NULL), ('e2', 'em', 'transfer', '2020-03-01', NULL),"
		"('e3', 'em', 'return', '2020-07-01', NULL),"
		/* giang: a transfer for a time ends by itself */
		"('g1', 'giang', 'transfer', '2020-01-01', '2020-12-31'), ('g2', 'giang', 'maternity', '2020-03-01', NULL),"
		"('g3', 'giang', 'return', '2020-09-01', NULL)", e));
	set_as_of(s, "2026-09-30");
	assert_rows(s, "SELECT event_id, ended_on FROM staff_departure ORDER BY 1",
		    "a1,-;a2,2025-04-01;b1,2021-01-01;b3,2022-01-01;c1,-;c2,2021-01-01;d1,2020-07-01;"
		    "d2,2020-07-01;e1,2020-07-01;e2,2020-07-01;g1,2021-01-01;g2,2020-09-01");
	store_close(s);
}

static const char departure_data[] =
	"INSERT INTO unit(unit_id) VALUES('VN'), ('01'), ('01A'), ('02');"
	"INSERT INTO unit_parent VALUES('01', 'VN', '1995-01-01', NULL), ('02', 'VN', '1995-01-01', NULL),"
	" ('01A', '01', '1995-01-01', NULL);"
	"INSERT INTO staff_event(event_id, staff_id, kind, effective_on, until_on, to_unit_id) VALUES"
	"('t1', 'an', 'transfer', '2026-03-01', NULL, '01'),"   /* into unit 01 */
	"('t2', 'binh', 'transfer', '2026-03-01', NULL, NULL)," /* out of the sector */
	"('m1', 'chi', 'maternity', '2024-01-01', '2024-06-30', NULL),"
	"('m2', 'chi', 'maternity', '2026-05-01', '2026-10-31', NULL),"
	"('s1', 'chi', 'suspend', '2026-06-01', NULL, NULL),"
	"('r1', 'dung', 'retire', '2026-07-01', NULL, NULL),"
	"('r2', 'dung', 'resign', '2026-04-01', NULL, NULL),"
	"('l1', 'em', 'unpaid_leave', '2026-01-01', '2026-01-31', NULL),"
	"('l2', 'em', 'unpaid_leave', '2026-03-01', '2026-03-31', NULL),"
	"('f1', 'phuc', 'transfer', '2025-01-01', NULL, '02'), ('f2', 'phuc', 'transfer', '2026-01-01', NULL, '01'),"
	"('d1', 'oanh', 'dismiss', '2026-04-01', NULL, NULL), ('d0', 'oanh', 'dismiss', '2026-04-01', NULL, NULL);"
	"INSERT INTO account(account_id, staff_id, unit_id, opened_on) VALUES"
	"('an-old', 'an', '02', '2020-01-01'), ('an-new', 'an', '01', '2020-01-01'),"
	"('an-below', 'an', '01A', '2020-01-01'), ('an-after', 'an', '02', '2026-03-01'),"
	"('an-before', 'an', '02', '2026-02-28'), ('an-nounit', 'an', NULL, '2020-01-01'),"
	"('an-nodate', 'an', '02', NULL), ('an-above', 'an', 'VN', '2020-01-01'),"
	"('binh', 'binh', '01', '2020-01-01'), ('chi', 'chi', '01', '2020-01-01'),"
	"('dung', 'dung', '01', '2020-01-01'), ('em', 'em', '01', '2020-01-01'),"
	"('em-between', 'em', '01', '2026-02-01'), ('em-late', 'em', '01', '2026-04-01'),"
	"('phuc-home', 'phuc', '01A', '2020-01-01'), ('phuc-away', 'phuc', '02', '2025-06-01'),"
	"('oanh', 'oanh', '01', '2020-01-01'), ('nobody', NULL, '01', '2020-01-01')";

static void test_account_departure(void **state)
{
	struct store *s = open_store("sqlite::memory:", STORE_ACCOUNTS, STORE_CREATE);

	(void)state;
	OK(store_exec(s, departure_data, e));
	set_as_of(s, "2026-09-30");
	assert_rows(s, "SELECT account_id, basis, event_id, in_effect FROM account_departure "
		       "WHERE account_id LIKE 'an%' OR account_id = 'binh' ORDER BY 1",
		    "an-above,named,t1,1;an-before,named,t1,1;an-nodate,named,t1,1;an-nounit,named,t1,1;"
		    "an-old,named,t1,1;binh,named,t2,1");
	assert_rows(s, "SELECT basis, event_id, effective_on, ended_on, in_effect FROM account_departure "
		       "WHERE account_id = 'chi' ORDER BY 1, 2",
		    "named,m1,2024-01-01,2024-07-01,0;named,m2,2026-05-01,2026-11-01,1;"
		    "other,s1,2026-06-01,-,1");
	assert_rows(s, "SELECT account_id, event_id, ended_on, in_effect FROM account_departure "
		       "WHERE account_id LIKE 'em%' ORDER BY 1, 2",
		    "em,l1,2026-02-01,0;em,l2,2026-04-01,0;em-between,l2,2026-04-01,0");
	/* Moved away and back: over for the account at home; the account at the other unit stays open. */
	assert_rows(s, "SELECT account_id, event_id, ended_on, in_effect FROM account_departure "
		       "WHERE account_id LIKE 'phuc%' ORDER BY 1, 2",
		    "phuc-away,f2,-,1;phuc-home,f1,2026-01-01,0");
	/* The earliest in effect, by event_id when there are two of one day. */
	assert_rows(s, "SELECT account_id, basis, event_id FROM account_left WHERE account_id NOT LIKE 'an%' "
		       "ORDER BY 1, 2",
		    "binh,named,t2;chi,named,m2;chi,other,s1;dung,named,r2;oanh,named,d0;phuc-away,named,f2");
	set_as_of(s, "2026-01-31"); /* chi's first leave is over, em's first is in effect to the last day */
	assert_rows(s, "SELECT account_id, event_id, in_effect FROM account_departure "
		       "WHERE account_id IN ('chi', 'em') ORDER BY 1", "chi,m1,0;em,l1,1");
	store_close(s);
}

static void test_permissions(void **state)
{
	struct store *s = open_store("sqlite::memory:", STORE_ACCOUNTS, STORE_CREATE);

	(void)state;
	OK(store_exec(s,
		"INSERT INTO account(account_id, system_id, login, staff_id, unit_id, opened_on, locked_on) VALUES"
		"('1', 'S', 'an', 'p1', '01', '2020-01-01', NULL),"
		"('2', 'S', 'binh', 'p2', '01', '2020-01-01', '2026-05-01'),"
		"('3', 'S', 'chi', 'p3', '01', NULL, NULL);"
		"INSERT INTO account_role VALUES"
		"('1', 'a', '2020-01-01', NULL, '1/PD'),"         /* with the opening: no change */
		"('1', 'b', '2020-01-02', '2026-04-01', '2/PD')," /* granted later and revoked */
		"('2', 'a', '2020-01-01', '2026-05-01', NULL),"   /* goes with the locking */
		"('2', 'b', '2020-01-01', '2026-04-30', NULL),"
		"('2', 'c', '2020-01-01', '2026-05-02', NULL),"   /* after the locking: a change of its own */
		"('3', 'a', '2026-06-01', NULL, NULL)", e));
	set_as_of(s, "2026-09-30");
	assert_rows(s, "SELECT account_id FROM open_account ORDER BY 1", "1;3");
	assert_rows(s, "SELECT account_id, role_id, granted_on, approval_no, system_id, staff_id, unit_id, login "
		       "FROM active_grant ORDER BY 1", "1,a,2020-01-01,1/PD,S,p1,01,an;3,a,2026-06-01,-,S,p3,01,chi");
	assert_rows(s, "SELECT account_id, role_id, changed_on, action, approval_no FROM role_change ORDER BY 1, 3",
		    "1,b,2020-01-02,grant,2/PD;1,b,2026-04-01,revoke,2/PD;2,b,2026-04-30,revoke,-;2,c,2026-05-02,revoke,-");
	set_as_of(s, "2026-03-31");
	assert_rows(s, "SELECT account_id FROM open_account ORDER BY 1", "1;2;3");
	assert_rows(s, "SELECT account_id, role_id FROM active_grant ORDER BY 1, 2", "1,a;1,b;2,a;2,b;2,c");
	store_close(s);
}

static void test_petition_matter(void **state)
{
	struct store *s = open_store("sqlite::memory:", STORE_CASES, STORE_CREATE);

	(void)state;
	OK(store_exec(s,
		"INSERT INTO petition(petition_id, received_on, handled_on, duplicate_of, case_id) VALUES"
		"('1', '2026-01-01', '2026-01-02', NULL, 'C'), ('2', '2026-01-01', NULL, '1', NULL),"
		"('3', '2026-01-01', NULL, '2', NULL), ('4', '2026-01-01', NULL, NULL, NULL),"
		"('5', '2026-01-01', NULL, '4', NULL), ('6', '2026-01-01', NULL, 'gone', NULL)", e));
	set_as_of(s, "2026-09-30");
	assert_rows(s, "SELECT petition_id, matter FROM petition_matter ORDER BY 1",
		    "1,case:C;2,case:C;3,case:C;4,petition:4;5,petition:4;6,petition:gone");
	set_as_of(s, "2026-01-01"); /* the case is not known before handled_on */
	assert_rows(s, "SELECT DISTINCT matter FROM petition_matter WHERE petition_id < '4'", "petition:1");
	store_close(s);
}

static void test_ledger_only_grows(void **state)
{
	struct store *s = open_store("sqlite::memory:", STORE_LEDGER, STORE_CREATE);

	(void)state;
	OK(store_exec(s, "INSERT INTO run(run_id, as_of) VALUES(1, '2026-09-30');"
			 "INSERT INTO finding VALUES('f', 'ACC-01', 'k', '2026-09-30', 1);"
			 "INSERT INTO run_rule(run_id, rule_id, found) VALUES(1, 'ACC-01', 1);"
			 "INSERT INTO run_finding(run_id, seq, rule_id, fingerprint) VALUES(1, 1, 'ACC-01', 'f')", e));
	FAILS(store_exec(s, "UPDATE run SET as_of = '2026-01-01'", e), ":memory:: the ledger only grows: no update of run");
	FAILS(store_exec(s, "DELETE FROM run", e), ":memory:: the ledger only grows: no delete of run");
	FAILS(store_exec(s, "DELETE FROM finding", e), ":memory:: the ledger only grows: no delete of finding");
	FAILS(store_exec(s, "UPDATE run_rule SET found = 0", e), ":memory:: the ledger only grows: no update of run_rule");
	FAILS(store_exec(s, "DELETE FROM run_finding", e), ":memory:: the ledger only grows: no delete of run_finding");
	FAILS(store_exec(s, "REPLACE INTO run(run_id, as_of) VALUES(1, '2026-01-01')", e),
	      ":memory:: the ledger only grows: no delete of run");
	store_close(s);
}

/* Rows that pass the other conditions are counted by their state, once for each row of the join. */
static void test_tally(void **state)
{
	CLEANUP(store_cleanup) struct store *s =
		open_store("sqlite::memory:", STORE_ACCOUNTS, STORE_CREATE);
	int64_t n, tally[TALLY_STATES];

	(void)state;
	OK(store_exec(s,
		      "INSERT INTO unit(unit_id, name) VALUES('A', 'a'), ('B', 'b'), ('C', 'c');"
		      "INSERT INTO staff(staff_id, unit_id) VALUES('1', 'A'), ('2', 'A'), ('3', 'C')", e));
	OK(store_set_as_of(s, 20000, e));
	assert_true(store_can_tally(s));
	OK(store_query_int(s,
			   "SELECT count(*) FROM unit u LEFT JOIN staff s ON s.unit_id = u.unit_id "
			   "CROSS JOIN tally_row AS t WHERE u.unit_id <> 'C' AND tally(s.staff_id = '2', t.one)",
			   &n, e));
	assert_int_equal(n, 1);
	store_tally(s, tally);
	assert_int_equal(tally[TALLY_PASSED], 2); /* A with 1, B with nobody */
	assert_int_equal(tally[TALLY_KEPT], 1);   /* A with 2 */
	assert_int_equal(tally[TALLY_OUTSIDE], 0);
	OK(store_query_int(s, "SELECT count(*) FROM staff s CROSS JOIN tally_row AS t WHERE "
			      "tally(CASE s.staff_id WHEN '1' THEN 2 WHEN '2' THEN 1 ELSE 0 END, t.one)", &n, e));
	assert_int_equal(n, 1);
	store_tally(s, tally);
	assert_int_equal(tally[TALLY_PASSED], 1);
	assert_int_equal(tally[TALLY_KEPT], 1);
	assert_int_equal(tally[TALLY_OUTSIDE], 1);
}

/* A materialized relation stands still until the transaction that made it is undone. */
static void test_materialize(void **state)
{
	CLEANUP(store_cleanup) struct store *s =
		open_store("sqlite::memory:", STORE_ACCOUNTS, STORE_CREATE);
	static const char count[] = "SELECT count(*) FROM unit_path";
	int64_t n;

	(void)state;
	OK(store_exec(s, "INSERT INTO unit(unit_id, name) VALUES('A', 'a'), ('B', 'b')", e));
	OK(store_set_as_of(s, 20000, e));
	OK(store_exec(s, "SAVEPOINT run", e));
	OK(store_materialize(s, "unit_path", e));
	OK(store_exec(s, "INSERT INTO main.unit(unit_id, name) VALUES('C', 'c')", e));
	OK(store_query_int(s, count, &n, e));
	assert_int_equal(n, 2);
	OK(store_exec(s, "ROLLBACK TO run; RELEASE run", e));
	OK(store_exec(s, "INSERT INTO main.unit(unit_id, name) VALUES('C', 'c')", e));
	OK(store_query_int(s, count, &n, e));
	assert_int_equal(n, 3);
	FAILS(store_materialize(s, "unit", e), ":memory:: 'unit' is no shared relation of this store");
}

/* Two readers that share: nobody commits between them, and the second sees what the first sees. */
static void test_share(void **state)
{
	CLEANUP(store_cleanup) struct store *made = open_store("sqlite:a.db", STORE_ACCOUNTS, STORE_CREATE);
	CLEANUP(store_cleanup) struct store *first = NULL;
	struct store *second = NULL, *memory;
	int64_t n;

	(void)state;
	OK(store_exec(made, "INSERT INTO unit(unit_id, name) VALUES('A', 'a')", e));
	first = open_store("sqlite:a.db", STORE_ACCOUNTS, STORE_READ);
	OK(store_share(first, &second, e));
	assert_null(second); /* before there is an as-of date */
	OK(store_set_as_of(first, 20000, e));
	FAILS(store_share(first, &second, e), "a.db: shared outside a transaction");
	OK(store_exec(first, "SAVEPOINT run", e));
	OK(store_share(first, &second, e));
	assert_non_null(second);
	FAILS(store_exec(made, "INSERT INTO unit(unit_id, name) VALUES('B', 'b')", e),
	      "a.db: in use by another program (waited 5 s); run again when it is done");
	OK(store_query_int(second, "SELECT count(*) FROM unit_path WHERE as_of() = '2024-10-04'", &n, e));
	assert_int_equal(n, 1);
	store_close(second);

	memory = open_store("sqlite::memory:", STORE_ACCOUNTS, STORE_CREATE);
	OK(store_set_as_of(memory, 20000, e));
	OK(store_share(memory, &second, e));
	assert_null(second);
	store_close(memory);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, enter_folder, leave_folder)
	const struct CMUnitTest tests[] = {
		TEST(test_open_errors),
		TEST(test_other_databases_and_versions),
		TEST(test_create_twice_and_over_an_empty_file),
		TEST(test_reader_cannot_write),
		TEST(test_read_only_folder),
		TEST(test_reader_after_a_killed_writer),
		TEST(test_busy),
		TEST(test_damaged_file),
		TEST(test_attach),
		TEST(test_statements),
		TEST(test_explain),
		TEST(test_assumed_sizes),
		TEST(test_functions),
		TEST(test_matches_errors),
		TEST(test_as_of_views),
		TEST(test_unit_tree),
		TEST(test_staff_departure),
		TEST(test_return_after_transfer),
		TEST(test_account_departure),
		TEST(test_permissions),
		TEST(test_petition_matter),
		TEST(test_ledger_only_grows),
		TEST(test_tally),
		TEST(test_materialize),
		TEST(test_share),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
