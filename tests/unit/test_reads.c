/* What a query reads, and what a connection without clearance cannot. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <rasoat/reads.h>
#include <rasoat/str.h>
#include <sys/wait.h>
#include <unistd.h>

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

/* "case_party.full_name case_party.id_no" */
static void check_reads(struct reads *r, const char *sql, const char *want)
{
	CLEANUP(str_free) struct str got = STR_INIT;
	const struct secret_column *columns;
	struct read_counts counts;
	int n = reads_columns(r, &columns);

	OK(reads_query(r, sql, &counts, e));
	for (int i = 0; i < n; i++)
		if (counts.of[i])
			str_addf(&got, "%s%s.%s", got.len ? " " : "", columns[i].table->name,
				 columns[i].column->name);
	assert_string_equal(got.len ? got.p : "", want);
}

static void queries(void **state)
{
	CLEANUP(reads_cleanup) struct reads *r = NULL;

	(void)state;
	OK(reads_open(STORE_CASES, &r, e));
	check_reads(r, "SELECT p.case_id FROM case_party p", "");
	check_reads(r, "SELECT count(*) FROM case_party", "");
	check_reads(r, "SELECT p.full_name FROM case_party p", "case_party.full_name");
	check_reads(r, "SELECT * FROM case_party",
		    "case_party.full_name case_party.id_no case_party.address");
	check_reads(r, "SELECT 1 FROM case_party ORDER BY address", "case_party.address");
	check_reads(r, "SELECT 1 FROM CASE_PARTY GROUP BY \"ID_NO\"", "case_party.id_no");
	check_reads(r, "SELECT c.case_id FROM case_file c WHERE EXISTS (SELECT 1 FROM (SELECT x.case_id AS a, "
		       "x.id_no AS b FROM case_party x) y WHERE y.b = c.decision_no)", "case_party.id_no");
	check_reads(r, "WITH case_party AS (SELECT full_name AS f FROM temp.case_party) SELECT f FROM case_party",
		    "case_party.full_name");
	check_reads(r, "SELECT 1 FROM (SELECT 'A' AS full_name) z JOIN case_party p USING(full_name)",
		    "case_party.full_name case_party.id_no case_party.address");
	check_reads(r, "SELECT 1 FROM (SELECT 'A' AS full_name) z NATURAL JOIN [case_party]",
		    "case_party.full_name case_party.id_no case_party.address");
	check_reads(r, "SELECT u.unit_id, k.due_on FROM unit u JOIN case_clock k ON k.case_id = u.unit_id "
		       "JOIN staff s ON s.unit_id = u.unit_id WHERE as_of() > add_days(k.due_on, :n)", "");
	check_reads(r, "SELECT s.full_name || s.email FROM staff s", "staff.full_name staff.email");
}

static void not_tables(void **state)
{
	CLEANUP(reads_cleanup) struct reads *r = NULL;
	struct read_counts c;

	(void)state;
	OK(reads_open(STORE_CASES, &r, e));
	FAILS(reads_query(r, "SELECT full_name FROM main.case_party", &c, e),
	      ":memory:: no such table: main.case_party");
	FAILS(reads_query(r, "SELECT raw FROM quarantine", &c, e), ":memory:: no such table: quarantine");
	FAILS(reads_query(r, "SELECT account_id FROM account", &c, e), ":memory:: no such table: account");
}

static int place_of(const struct reads *r, const char *table, const char *column)
{
	const struct secret_column *columns;
	int n = reads_columns(r, &columns);

	for (int i = 0; i < n; i++)
		if (strcmp(columns[i].table->name, table) == 0 && strcmp(columns[i].column->name, column) == 0)
			return i;
	fail_msg("no %s.%s", table, column);
	return -1;
}

static void without(void **state)
{
	CLEANUP(reads_cleanup) struct reads *r = NULL;
	int name, mail;

	(void)state;
	OK(reads_open(STORE_ACCOUNTS, &r, e));
	name = place_of(r, "staff", "full_name");
	mail = place_of(r, "staff", "email");
	assert_true(reads_without(r, name, "SELECT x.duty FROM (SELECT * FROM staff) x"));
	assert_false(reads_without(r, name, "SELECT x.full_name FROM (SELECT * FROM staff) x"));
	assert_false(reads_without(r, name, "SELECT x.a FROM (SELECT full_name AS a FROM staff) x"));
	assert_false(reads_without(r, name, "SELECT \"full_name\" FROM staff"));
	assert_true(reads_without(r, mail, "SELECT x.full_name FROM (SELECT * FROM staff) x"));
	assert_false(reads_without(r, mail, "WITH x(a, b, c, d, e, f, g) AS (SELECT * FROM staff) SELECT a FROM x"));
	check_reads(r, "SELECT full_name FROM staff", "staff.full_name");
	check_reads(r, "SELECT o.login FROM open_account o", "");
	check_reads(r, "SELECT o.email FROM open_account o", "account.email");
}

/* No shared relation may carry a classified column: rules would read it under another name. */
static void relations(void **state)
{
	int n;
	const struct relation *all = schema_relations(&n);

	(void)state;
	for (int kind = STORE_CASES; kind <= STORE_ACCOUNTS; kind++) {
		CLEANUP(reads_cleanup) struct reads *r = NULL;
		const struct secret_column *first;
		struct read_counts c;

		OK(reads_open((enum store_kind)kind, &r, e));
		for (int i = 0; i < n; i++) {
			if (!(all[i].stores & 1u << kind))
				continue;
			OK(reads_query(r, all[i].sql, &c, e));
			assert_false(reads_some(r, &c, NULL, COL_CLASSIFIED, &first));
			/* Who adds one here has looked: the column has its own name in the relation, and no other carries it. */
			if (reads_some(r, &c, NULL, COL_PERSONAL, &first)) {
				assert_true(strcmp(all[i].name, "open_account") == 0 ||
					    strcmp(all[i].name, "directory_name") == 0);
				assert_string_equal(first->column->name, "email");
			}
		}
	}
}

static int enter_folder(void **state)
{
	CLEANUP(str_free) struct str path = STR_INIT;
	const char *base = getenv("TMPDIR");

	str_addf(&path, "%s/rasoat-reads-XXXXXX", base ? base : "/tmp");
	assert_non_null(mkdtemp(path.p));
	assert_int_equal(chdir(path.p), 0);
	*state = strdup(path.p);
	return 0;
}

static int leave_folder(void **state)
{
	CLEANUP(str_free) struct str command = STR_INIT;

	assert_int_equal(chdir("/"), 0);
	str_addf(&command, "rm -rf '%s'", (char *)*state);
	assert_int_equal(system(command.p), 0);
	free(*state);
	return 0;
}

static enum status prepare(struct store *s, const char *sql, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;

	return store_prepare(s, sql, &st, e);
}

static void clearance(void **state)
{
	CLEANUP(store_cleanup) struct store *s = NULL;
	static const char name[] = "SELECT p.full_name FROM case_party p WHERE p.id_no = '1'";
	day_t day;

	(void)state;
	assert_true(date_from_ymd(2026, 10, 5, &day));
	OK(store_open("sqlite:c.db", STORE_CASES, STORE_CREATE, &s, e));
	OK(store_exec(s, "INSERT INTO case_party VALUES('V1', 'denouncer', 'Tên', '1', 'Ở đâu')", e));
	store_close(s);
	s = NULL;
	OK(store_open("sqlite:c.db", STORE_CASES, STORE_READ, &s, e));
	FAILS(store_set_clearance(s, true, e), "c.db: the clearance was set before the as-of date");
	OK(store_set_as_of(s, day, e));
	OK(prepare(s, "SELECT p.case_id, p.role FROM case_party p", e));
	FAILS(prepare(s, name, e), "c.db: no such column: p.full_name");
	FAILS(prepare(s, "SELECT full_name FROM main.case_party", e),
	      "c.db: access to case_party.full_name is prohibited: it is classified, and there is no clearance "
	      "(docs/secrecy.md)");
	FAILS(prepare(s, "SELECT raw FROM quarantine", e),
	      "c.db: access to quarantine.raw is prohibited: it is classified, and there is no clearance "
	      "(docs/secrecy.md)");
	OK(store_begin(s, e));
	OK(store_set_clearance(s, true, e));
	OK(prepare(s, name, e));
	OK(prepare(s, "SELECT * FROM case_party", e));
	OK(store_set_clearance(s, false, e));
	FAILS(prepare(s, name, e), "c.db: no such column: p.full_name");
	store_rollback(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(queries),
		cmocka_unit_test(not_tables),
		cmocka_unit_test(without),
		cmocka_unit_test(relations),
		cmocka_unit_test_setup_teardown(clearance, enter_folder, leave_folder),
	};

	return cmocka_run_group_tests_name("reads", tests, NULL, NULL);
}
