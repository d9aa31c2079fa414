/* Import: what is read, what goes to quarantine and why, all or nothing, and no byte for nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include "../../src/store/import_parts.h"
#include <rasoat/arena.h>
#include <rasoat/hash.h>
#include <rasoat/import.h>
#include <rasoat/outfile.h>
#include <rasoat/store.h>
#include <rasoat/str.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena *arena; /* of the test that runs */

static void create_store(const char *uri, enum store_kind kind)
{
	struct store *s = NULL;
	struct err e = ERR_INIT;

	if (store_open(uri, kind, STORE_CREATE, &s, &e) != ST_OK)
		fail_msg("%s", e.text);
	store_close(s);
}

/* Every test runs in a folder of its own with two empty stores. */
static int enter_folder(void **state)
{
	const char *base = getenv("TMPDIR");
	struct str path = STR_INIT;

	str_addf(&path, "%s/rasoat-import-XXXXXX", base ? base : "/tmp");
	assert_non_null(mkdtemp(path.p));
	assert_int_equal(chdir(path.p), 0);
	*state = strdup(path.p);
	str_free(&path);
	arena = arena_new();
	create_store("sqlite:cases.db", STORE_CASES);
	create_store("sqlite:accounts.db", STORE_ACCOUNTS);
	return 0;
}

static int leave_folder(void **state)
{
	CLEANUP(str_free) struct str command = STR_INIT;

	arena_free(arena);
	assert_int_equal(chdir("/"), 0);
	str_addf(&command, "rm -rf '%s'", (char *)*state);
	assert_int_equal(system(command.p), 0);
	free(*state);
	return 0;
}

static void put_bytes(const char *path, const char *text, size_t n)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

static void put(const char *path, const char *text)
{
	put_bytes(path, text, strlen(text));
}

static enum status run(const char *const *paths, int n, const char *table, struct import_result *r,
		       struct err *e)
{
	const struct import_options opt = {
		.cases_uri = "sqlite:cases.db", .accounts_uri = "sqlite:accounts.db",
		.quarantine_path = "out/quarantine.csv", .table = table,
	};

	return import_run(arena, paths, n, &opt, r, e);
}

/* One file; "read inserted replaced unchanged quarantined". */
static void import_counts(const char *path, const char *want)
{
	struct import_result r;
	struct err e = ERR_INIT;
	char got[100];

	if (run(&path, 1, NULL, &r, &e) != ST_OK)
		fail_msg("%s", e.text);
	assert_int_equal(r.n_files, 1);
	snprintf(got, sizeof(got), "%d %d %d %d %d", (int)r.files[0].read, (int)r.files[0].inserted,
		 (int)r.files[0].replaced, (int)r.files[0].unchanged, (int)r.files[0].quarantined);
	assert_string_equal(got, want);
	assert_int_equal(r.files[0].read, r.files[0].inserted + r.files[0].replaced +
						  r.files[0].unchanged + r.files[0].quarantined);
}

static void import_fails(const char *path, const char *want)
{
	struct import_result r;
	struct err e = ERR_INIT;

	assert_int_equal(run(&path, 1, NULL, &r, &e), ST_ERR);
	assert_string_equal(e.text, want);
}

static void put_and_fail(const char *path, const char *text, const char *want)
{
	put(path, text);
	import_fails(path, want);
}

/* All rows of a query as "a,b;c,d", NULL as "-". */
static void assert_rows(const char *uri, const char *sql, const char *want)
{
	CLEANUP(store_cleanup) struct store *s = NULL;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	CLEANUP(str_free) struct str got = STR_INIT;
	struct err e = ERR_INIT;

	/* For writing: a reader may not look at the rows in quarantine. */
	if (store_open(uri, strstr(uri, "cases") ? STORE_CASES : STORE_ACCOUNTS, STORE_WRITE, &s, &e) != ST_OK ||
	    store_prepare(s, sql, &st, &e) != ST_OK)
		fail_msg("%s", e.text);
	while (stmt_step(st, &e) == STEP_ROW) {
		if (got.len)
			str_addc(&got, ';');
		for (int i = 0; i < stmt_columns(st); i++)
			str_addf(&got, "%s%s", i ? "," : "", stmt_is_null(st, i) ? "-" : stmt_text(st, i));
	}
	assert_string_equal(got.p, want);
	/* statement before store */
	stmt_close(st);
	st = NULL;
}

static void digest(const char *path, char out[HASH_HEX])
{
	struct err e = ERR_INIT;

	assert_int_equal(hash_file(path, out, &e), ST_OK);
}

#define CASES "sqlite:cases.db"
#define ACCOUNTS "sqlite:accounts.db"

static void test_kinds_of_cells(void **state)
{
	(void)state;
	put("petition.csv",
	    "\xEF\xBB\xBF Petition_ID ;unit_id;received_on;kind;sender_count;anonymous;handling;ignored\r\n"
	    "P1;01; 05/03/2026 ;complaint;3;có;accept;x\r\n"
	    "P2;001;2026-03-06;Denunciation;;KHÔNG;;\r\n"
	    "\"P3\";\"a;b\";6/3/2026;recommendation;+1;x;FILE;\r\n"
	    ";;;;;;;\r\n");
	import_counts("petition.csv", "3 3 0 0 0");
	assert_rows(CASES, "SELECT petition_id, unit_id, received_on, kind, sender_count, anonymous, handling, source "
			   "FROM petition ORDER BY 1",
		    "P1,01,2026-03-05,complaint,3,1,accept,-;P2,001,2026-03-06,denunciation,-,0,-,-;"
		    "P3,a;b,2026-03-06,recommendation,1,1,file,-");
	put("recovery.csv", "recovery_id,amount_due\n1,1.234.567\n2,1234567\n3,-500\n4,0\n5, 12.000 \n6,\n");
	import_counts("recovery.csv", "6 6 0 0 0");
	assert_rows(CASES, "SELECT amount_due, typeof(amount_due) FROM recovery ORDER BY recovery_id",
		    "1234567,integer;1234567,integer;-500,integer;0,integer;12000,integer;-,null");
	/* NFD "Hòa" becomes NFC, no-break spaces at the ends go, inner runs of blanks stay. */
	put("unit.csv", "unit_id,name,remote\n1,\xC2\xA0Ho\xCC\x80" "a  B\xC3\xACnh\xC2\xA0,1\n2,\"x\ny\",false\n");
	import_counts("unit.csv", "2 2 0 0 0");
	assert_rows(CASES, "SELECT hex(name), remote FROM unit WHERE unit_id = '1'", "48C3B261202042C3AC6E68,1");
	assert_rows(ACCOUNTS, "SELECT name, remote FROM unit WHERE unit_id = '2'", "x\ny,0");
}

static void test_bad_cells(void **state)
{
	static const struct {
		const char *row, *column, *reason;
	} cases[] = {
		{ "1,,05/01/2026,complaint,,,", "unit_id", "unit_id: empty, but every row must have it" },
		{ ",u,05/01/2026,complaint,,,", "petition_id", "petition_id: empty, but it is part of the key" },
		{ "2,u,31/02/2026,complaint,,,", "received_on",
		  "received_on: \"31/02/2026\" is not a date (want YYYY-MM-DD or dd/mm/yyyy)" },
		{ "3,u,2026-01-05,boss,,,", "kind",
		  "kind: \"boss\" is not one of complaint, denunciation, recommendation" },
		{ "4,u,2026-01-05,complaint,two,,", "sender_count", "sender_count: \"two\" is not a whole number" },
		{ "5,u,2026-01-05,complaint,0,,", "sender_count", "sender_count: \"0\" is less than 1" },
		{ "6,u,2026-01-05,complaint,99999999999999999999,,", "sender_count",
		  "sender_count: \"99999999999999999999\" is too large" },
		{ "7,u,2026-01-05,complaint,1.0,,", "sender_count", "sender_count: \"1.0\" is not a whole number" },
		{ "8,u,2026-01-05,complaint,,maybe,", "anonymous",
		  "anonymous: \"maybe\" is not yes or no (want 0/1, true/false, yes/no, có/không or x)" },
		{ "9,u,2026-01-05,complaint,,,1.23E+11", "case_id",
		  "case_id: \"1.23E+11\" is a number that a spreadsheet shortened; export the column as text" },
		{ "10,u,2026-01-05,complaint,,,a\xFF" "b", "case_id",
		  "case_id: not UTF-8 at byte 2; save the extract as \"CSV UTF-8\"" },
		{ "11,u,2026-01-05,complaint,,,a\x01" "b", "case_id", "case_id: holds the control character 0x01" },
		{ "12,u,2026-01-05,complaint", "", "has 4 fields, the header has 7" },
		{ "13", "", "has 1 field, the header has 7" },
		{ "14,u,2026-01-05,complaint,,,,,", "", "has 9 fields, the header has 7" },
		{ "15,u,x,y,,,", "received_on",
		  "received_on: \"x\" is not a date (want YYYY-MM-DD or dd/mm/yyyy); kind: \"y\" is not one of "
		  "complaint, denunciation, recommendation" },
		{ "16,u,2026-01-05,complaint,,,\"x\"y", "", "text after the closing quote in field 7" },
		{ "17,u,1234567890123456789012345678901234567890\xC4\x91" "a,complaint,,,", "received_on",
		  "received_on: \"1234567890123456789012345678901234567890...\" is not a date (want YYYY-MM-DD or "
		  "dd/mm/yyyy)" },
	};
	const int n = (int)(sizeof(cases) / sizeof(*cases));
	CLEANUP(str_free) struct str text = STR_INIT;
	char counts[40];

	(void)state;
	str_add(&text, "petition_id,unit_id,received_on,kind,sender_count,anonymous,case_id\n");
	for (int i = 0; i < n; i++)
		str_addf(&text, "%s\n", cases[i].row);
	put("petition.csv", text.p);
	snprintf(counts, sizeof(counts), "%d 0 0 0 %d", n, n);
	import_counts("petition.csv", counts);
	for (int i = 0; i < n; i++) {
		CLEANUP(str_free) struct str sql = STR_INIT, want = STR_INIT;

		str_addf(&sql, "SELECT coalesce(column_name, ''), reason FROM quarantine WHERE line = %d", i + 2);
		str_addf(&want, "%s,%s", cases[i].column, cases[i].reason);
		assert_rows(CASES, sql.p, want.p);
	}
	assert_rows(CASES, "SELECT row_key, raw FROM quarantine WHERE line IN (3, 4) ORDER BY 1",
		    "-,,u,05/01/2026,complaint,,,;2,2,u,31/02/2026,complaint,,,");
	assert_rows(CASES, "SELECT raw FROM quarantine WHERE line = 12", "10,u,2026-01-05,complaint,,,a\xEF\xBF\xBD" "b");
	assert_rows(ACCOUNTS, "SELECT count(*) FROM quarantine", "0");
	assert_rows(CASES, "SELECT file_name, table_name, length(sha256), rows_read, rows_loaded, rows_quarantined "
			   "FROM import_log", "petition.csv,petition,64,18,0,18");
}

static void test_bad_money(void **state)
{
	(void)state;
	put("recovery.csv", "recovery_id,amount_due\n10,0.500\n11,-00.500\n");
	import_counts("recovery.csv", "2 0 0 0 2");
	put("recovery.csv", "recovery_id,amount_due\n1,1.5\n2,1.23.456\n3,\"1,234\"\n4,.123\n5,1234.567\n6,1.234.\n"
			    "7,9.223.372.036.854.775.808\n8,9.223.372.036.854.775.807\n9,-\n");
	import_counts("recovery.csv", "9 1 0 0 8");
	assert_rows(CASES, "SELECT reason FROM quarantine WHERE line = 2",
		    "amount_due: \"1.5\" is not an amount (want whole đồng: 1234567 or 1.234.567)");
	assert_rows(CASES, "SELECT reason FROM quarantine WHERE line = 8",
		    "amount_due: \"9.223.372.036.854.775.808\" is too large");
	assert_rows(CASES, "SELECT recovery_id, amount_due FROM recovery", "8,9223372036854775807");
}

/* What nobody sees makes two codes of one, or a file that no spreadsheet opens. */
static void test_hidden_characters(void **state)
{
	(void)state;
	put("system.csv", "system_id,name,kind\n"
			  "A\xE2\x80\x8B" "1,zero width,\n"      /* U+200B */
			  "\xEF\xBB\xBF" "A2,a mark,\n"          /* U+FEFF */
			  "\"A\n3\",a line break,\n"
			  "A\xEF\xBF\xBD,a lost letter,\n"       /* U+FFFD */
			  "A5,x\xC2\x85y,\n"                      /* U+0085 */
			  "A6,x\xEF\xBF\xBFy,\n"                 /* U+FFFF */
			  "A 7, two  words ,\"a\nb\tc\"\n");
	import_counts("system.csv", "7 1 0 0 6");
	assert_rows(ACCOUNTS, "SELECT reason FROM quarantine ORDER BY line",
		    "system_id: holds U+200B, which nobody sees in a code; remove it;"
		    "system_id: holds U+FEFF, which nobody sees in a code; remove it;"
		    "system_id: holds U+000A, which nobody sees in a code; remove it;"
		    "system_id: holds U+FFFD, which nobody sees in a code; remove it;"
		    "name: holds the control character 0x85;"
		    "name: holds the control character 0xFFFF");
	assert_rows(ACCOUNTS, "SELECT system_id, name, kind FROM system", "A 7,two  words,a\nb\tc");
}

static void test_nul_and_long_rows(void **state)
{
	static const char with_nul[] = "unit_id,name\n1,a\0b\n2,good\n";
	CLEANUP(str_free) struct str text = STR_INIT;

	(void)state;
	put_bytes("unit.csv", with_nul, sizeof(with_nul) - 1);
	import_counts("unit.csv", "2 1 0 0 1");
	assert_rows(CASES, "SELECT line, reason, raw FROM quarantine", "2,NUL byte in field 2,1,a\xEF\xBF\xBD" "b");
	assert_rows(ACCOUNTS, "SELECT line, reason FROM quarantine", "2,NUL byte in field 2");
	str_add(&text, "unit_id,name\n1,");
	for (int i = 0; i < (1 << 20) + 1; i++)
		str_addc(&text, 'x');
	str_add(&text, "\n2,good\n");
	put("unit.csv", text.p);
	import_counts("unit.csv", "2 0 0 1 1");
	assert_rows(CASES, "SELECT reason, length(raw), substr(raw, 4097) FROM quarantine",
		    "field 2 is longer than 1 MiB,4134, [cut here: the row has 1048579 bytes]");
}

static void test_headers(void **state)
{
	struct import_result r;
	struct err e = ERR_INIT;
	const char *path = "unit_parent.csv";

	(void)state;
	put_and_fail("role.csv", "", "role.csv: is empty; the first line must name the columns: role_id, system_id, "
				     "name, sensitive");
	put_and_fail("role.csv", "a,b\n1,2\n", "role.csv:1: no column of 'role' in the header; it must name the "
					       "columns: role_id, system_id, name, sensitive");
	put_and_fail("role.csv", "\nname,system_id\n", "role.csv:2: the header has no column 'role_id', which every "
						       "row of 'role' must have");
	put_and_fail("role.csv", "role_id,name\n", "role.csv:1: the header has no column 'system_id', which every row "
						   "of 'role' must have");
	put_and_fail("role.csv", "role_id,name,system_id, NAME \n",
		     "role.csv:1: the column 'name' stands twice in the header");
	put_and_fail("role.csv", "role_id,system_id,name,t\xEAn\n",
		     "role.csv:1: the header is not UTF-8; save it as \"CSV UTF-8\" and import that");
	put_and_fail("role.csv", "role_id,\"name\"x\n", "role.csv:1: the header: text after the closing quote in field 2");
	put_and_fail("role.csv", "role_id,system_id,name\n1,s,\"x\n2,s,y\n",
		     "role.csv:2: the quote that opens here is never closed; close it, or double it where it is meant");
	put_and_fail("role.csv", "PK\3\4", "role.csv: is a workbook, not a CSV file; save it as \"CSV UTF-8\" and "
					   "import that");
	put_and_fail("roles.csv", "role_id\n",
		     "roles.csv: the name fits no table; begin it with one of: unit, unit_parent, staff, staff_event, "
		     "system, account, role, account_role, duty_role, role_conflict, account_action, certificate, "
		     "certificate_use, directory, data_request, reception_session, case_file, case_event, case_outcome, "
		     "case_execution, case_party, petition, visit, inspection, recovery, recovery_payment, benefit_payment, "
		     "insurance_book, insured_person, report_submission, indicator, corruption_case, legal_gap");
	import_fails("nowhere.csv", "nowhere.csv: cannot be read (No such file or directory)");
	put(path, "Unit_ID,parent_id,valid_from,Ghi ch\xC3\xBA,\n");
	assert_int_equal(run(&path, 1, NULL, &r, &e), ST_OK);
	assert_string_equal(r.files[0].table, "unit_parent");
	assert_string_equal(r.files[0].unknown_columns[0], "ghi ch\xC3\xBA");
	assert_string_equal(r.files[0].unknown_columns[1], "");
	assert_null(r.files[0].unknown_columns[2]);
	assert_string_equal(r.files[0].missing_columns[0], "valid_to");
	assert_null(r.files[0].missing_columns[1]);
	path = "roles.csv";
	assert_int_equal(run(&path, 1, "role", &r, &e), ST_ERR);
	assert_string_equal(e.text, "roles.csv:1: the header has no column 'system_id', which every row of 'role' must have");
	assert_int_equal(run(&path, 1, "rolls", &r, &e), ST_ERR);
	assert_non_null(strstr(e.text, "no table 'rolls'; want one of: unit, unit_parent, staff, "));
	put_and_fail("role.csv", "role_id,system_id,name,sens\xE2\x80\x8Bitive\n",
		     "role.csv:1: the column 'sens\xE2\x80\x8Bitive' holds U+200B, which nobody sees; remove it");
}

/* Extracts put one behind the other: marks and headers in the middle are no data. */
static void test_joined_extracts(void **state)
{
	(void)state;
	put("duty_role.csv", "\xEF\xBB\xBF\xEF\xBB\xBF" "duty,role_id\nd1,r1\n"
			     "\xEF\xBB\xBF" "Duty, role_id\nd2,r2\nduty,r3\n");
	import_counts("duty_role.csv", "4 3 0 0 1");
	assert_rows(ACCOUNTS, "SELECT line, reason FROM quarantine", "3,repeats the header");
	assert_rows(ACCOUNTS, "SELECT duty, role_id FROM duty_role ORDER BY 1", "d1,r1;d2,r2;duty,r3");
}

/* A missing quote that eats rows without an end inside text shows as a row of too many lines. */
static void test_swallowed_rows(void **state)
{
	(void)state;
	put("role.csv", "role_id,system_id,name\n1,s,\"x\n2,s,y\n3,s\"\n4,s,z\n");
	import_counts("role.csv", "2 2 0 0 0"); /* a legal name of three lines: nobody can tell */
	put("role.csv", "role_id,system_id,name\n1,\"x\n2,s,y\n3,s\"\n4,s,z\n");
	import_counts("role.csv", "2 0 0 1 1");
	assert_rows(ACCOUNTS, "SELECT line, reason FROM quarantine",
		    "2,has 2 fields, the header has 3; it runs from line 2 to line 4: a quote may be missing");
}

static void test_again_changes_no_byte(void **state)
{
	static const char *const paths[] = { "in" };
	char cases1[HASH_HEX], cases2[HASH_HEX], accounts1[HASH_HEX], accounts2[HASH_HEX], list1[HASH_HEX],
		list2[HASH_HEX];
	struct import_result r;
	struct err e = ERR_INIT;

	(void)state;
	assert_int_equal(mkdir("in", 0755), 0);
	put("in/unit.csv", "unit_id,name\n1,a\n2,b\n2,b\n,c\n");
	put("in/staff-1.csv", "staff_id,full_name,unit_id\n1,An,1\n1,Binh,1\n2,,1\n");
	put("in/staff-2.csv", "staff_id,full_name,unit_id\n2,Chi,9\n"); /* releases a row of staff-1 */
	put("in/duty_role.csv", "duty,role_id\nd,r\n");
	if (run(paths, 1, NULL, &r, &e) != ST_OK)
		fail_msg("%s", e.text);
	assert_int_equal(r.quarantine_total, 2);
	digest("cases.db", cases1);
	digest("accounts.db", accounts1);
	digest("out/quarantine.csv", list1);
	assert_int_equal(run(paths, 1, NULL, &r, &e), ST_OK);
	digest("cases.db", cases2);
	digest("accounts.db", accounts2);
	digest("out/quarantine.csv", list2);
	assert_string_equal(cases1, cases2);
	assert_string_equal(accounts1, accounts2);
	assert_string_equal(list1, list2);
	assert_int_equal(r.n_files, 4);
	for (int i = 0; i < r.n_files; i++)
		assert_int_equal(r.files[i].inserted + r.files[i].replaced, 0);
}

static void test_corrected_extract_replaces(void **state)
{
	(void)state;
	put("account-2026Q2.csv", "account_id,system_id,login,locked_on\n1,S,an,\n2,S,binh,2026-05-01\n3,S,chi,\n");
	import_counts("account-2026Q2.csv", "3 3 0 0 0");
	put("account-2026Q3.csv", "account_id,system_id,login,locked_on\n1,S,an,2026-08-01\n2,S,binh,\n3,S,chi,\n4,S,dung,\n");
	import_counts("account-2026Q3.csv", "4 1 2 1 0");
	/* A column that the extract lacks stays as it was. */
	put("account-email.csv", "login,system_id,account_id,email\nan,S,1,an@x.vn\n");
	import_counts("account-email.csv", "1 0 1 0 0");
	assert_rows(ACCOUNTS, "SELECT account_id, locked_on, email FROM account ORDER BY 1",
		    "1,2026-08-01,an@x.vn;2,-,-;3,-,-;4,-,-");
	assert_rows(ACCOUNTS, "SELECT count(*) FROM import_log", "3");
}

static void test_one_key_twice(void **state)
{
	(void)state;
	put("account_role.csv", "granted_on,role_id,account_id,revoked_on\n01/01/2026,r,a,\n2026-01-01,r,a,\n"
				"2026-01-01,r,a,2026-05-05\n2026-01-01,a|r,x,\n");
	import_counts("account_role.csv", "4 2 0 1 1");
	assert_rows(ACCOUNTS, "SELECT line, column_name, reason, row_key FROM quarantine",
		    "4,-,the key stands in line 2 already, with other content,a|r|2026-01-01");
	assert_rows(ACCOUNTS, "SELECT role_id, revoked_on FROM account_role ORDER BY account_id", "r,-;a|r,-");
}

static void test_one_key_in_two_files(void **state)
{
	static const char *const paths[] = { "role-1.csv", "role-2.csv" };
	struct import_result r;
	struct err e = ERR_INIT;

	(void)state;
	put(paths[0], "role_id,system_id,name\na,s,A\nb,s,B\nc,s,C\n");
	put(paths[1], "role_id,system_id,name\na,s,A2\nb,s,B\na,s,A3\nd,s,D\n");
	assert_int_equal(run(paths, 2, NULL, &r, &e), ST_OK);
	assert_int_equal(r.files[0].inserted, 3);
	assert_int_equal(r.files[0].overrides, 0);
	assert_int_equal(r.files[1].inserted, 1);
	assert_int_equal(r.files[1].replaced, 1);
	assert_int_equal(r.files[1].unchanged, 1);
	assert_int_equal(r.files[1].overrides, 1);
	assert_rows(ACCOUNTS, "SELECT role_id, name FROM role ORDER BY 1", "a,A2;b,B;c,C;d,D");
	assert_rows(ACCOUNTS, "SELECT file_name, line, reason FROM quarantine",
		    "role-2.csv,4,the key stands in line 2 already, with other content");
}

/* A row that was good and is not any more: the store keeps the old one, and says so. */
static void test_row_becomes_bad(void **state)
{
	const char *path = "account_role.csv";
	char before[HASH_HEX], after[HASH_HEX];
	struct import_result r;
	struct err e = ERR_INIT;

	(void)state;
	put(path, "account_id,role_id,granted_on,revoked_on\na|1,r,2026-01-01,\n");
	import_counts(path, "1 1 0 0 0");
	put(path, "account_id,role_id,granted_on,revoked_on\na|1,r,01/01/2026,soon\na|2,r,01/01/2026,soon\n"
		  "a3,r,2026-01-01,never\na3,r,2026-01-01,\n");
	assert_int_equal(run(&path, 1, NULL, &r, &e), ST_OK);
	assert_int_equal(r.files[0].quarantined, 3);
	assert_int_equal(r.files[0].kept, 2); /* a3 came right in the same file */
	assert_rows(ACCOUNTS, "SELECT row_key, reason FROM quarantine ORDER BY line",
		    "a\\|1|r|2026-01-01,revoked_on: \"soon\" is not a date (want YYYY-MM-DD or dd/mm/yyyy); the "
		    "store keeps the row it has under this key;"
		    "a\\|2|r|2026-01-01,revoked_on: \"soon\" is not a date (want YYYY-MM-DD or dd/mm/yyyy);"
		    "a3|r|2026-01-01,revoked_on: \"never\" is not a date (want YYYY-MM-DD or dd/mm/yyyy); the "
		    "store keeps the row it has under this key");
	assert_rows(ACCOUNTS, "SELECT count(*) FROM account_role WHERE account_id = 'a|1' AND revoked_on IS NULL", "1");
	digest("accounts.db", before);
	assert_int_equal(run(&path, 1, NULL, &r, &e), ST_OK);
	digest("accounts.db", after);
	assert_string_equal(before, after);
}

/* A file of the same name from elsewhere must not make rows vanish unsaid. */
static void test_rows_that_are_gone(void **state)
{
	const char *path = "staff.csv";
	struct import_result r;
	struct err e = ERR_INIT;

	(void)state;
	put(path, "staff_id,full_name,joined_on\n1,,\n2,,\n3,,\n,D,\n");
	import_counts(path, "4 0 0 0 4");
	put(path, "staff_id,full_name,joined_on\n1,An,\n2,,\n9,Chi,\n"); /* 1 came right, 2 again */
	assert_int_equal(run(&path, 1, NULL, &r, &e), ST_OK);
	assert_int_equal(r.files[0].gone, 1);
	assert_rows(CASES, "SELECT row_key FROM quarantine", "2");
	assert_int_equal(run(&path, 1, NULL, &r, &e), ST_OK);
	assert_int_equal(r.files[0].gone, 0);
}

static void test_out_is_a_file(void **state)
{
	(void)state;
	put("out", "mine");
	put_and_fail("staff.csv", "staff_id,full_name\n1,\n2,Binh\n",
		     "out/: cannot create the folder: Not a directory; a part of the path is a file, "
		     "choose another name");
	assert_rows(CASES, "SELECT count(*) FROM staff", "0");
	put("staff.csv", "staff_id,full_name\n2,Binh\n"); /* nothing to list */
	import_counts("staff.csv", "1 1 0 0 0");
}

static void test_quarantine_comes_and_goes(void **state)
{
	char *list = NULL;
	size_t n;
	struct err e = ERR_INIT;

	(void)state;
	put("visit-1.csv", "visit_id,unit_id,received_on,outcome\nV1,u,x,\"a \"\"b\"\"\"\nV2,,2026-01-01,\n");
	put("staff-1.csv", "staff_id,full_name\nS1,\n");
	import_counts("visit-1.csv", "2 0 0 0 2");
	import_counts("staff-1.csv", "1 0 0 0 1");
	assert_int_equal(read_file("out/quarantine.csv", 100000, &list, &n, &e), ST_OK);
	assert_string_equal(list,
		"\xEF\xBB\xBFtable,file,line,column,reason,key,row\n"
		"staff,staff-1.csv,2,full_name,\"full_name: empty, but every row must have it\",S1,\"S1,\"\n"
		"visit,visit-1.csv,2,received_on,\"received_on: \"\"x\"\" is not a date (want YYYY-MM-DD or "
		"dd/mm/yyyy)\",V1,\"V1,u,x,\"\"a \"\"\"\"b\"\"\"\"\"\"\"\n"
		"visit,visit-1.csv,3,unit_id,\"unit_id: empty, but every row must have it\",V2,\"V2,,2026-01-01,\"\n");
	free(list);
	/* V1 comes right in another file, V2 by importing the file again. */
	put("visit-2.csv", "visit_id,unit_id,received_on\nV1,u,2026-01-02\n");
	import_counts("visit-2.csv", "1 1 0 0 0");
	assert_rows(CASES, "SELECT row_key FROM quarantine ORDER BY 1", "S1;V2");
	put("visit-1.csv", "visit_id,unit_id,received_on\nV2,u,2026-01-01\n");
	import_counts("visit-1.csv", "1 1 0 0 0");
	assert_rows(CASES, "SELECT row_key FROM quarantine", "S1");
	assert_rows(ACCOUNTS, "SELECT row_key FROM quarantine", "S1");
	put("staff-2.csv", "staff_id,full_name\nS1,An\n");
	import_counts("staff-2.csv", "1 1 0 0 0");
	assert_rows(CASES, "SELECT count(*) FROM quarantine", "0");
	assert_rows(ACCOUNTS, "SELECT count(*) FROM quarantine", "0");
	assert_int_equal(access("out/quarantine.csv", F_OK), -1);
}

static void test_quarantine_counts(void **state)
{
	struct quarantine_count *counts;
	struct store *s = NULL;
	struct err e = ERR_INIT;
	int n;

	(void)state;
	put("visit.csv", "visit_id,unit_id,received_on\n1,,\n2,,\n");
	put("staff.csv", "staff_id,full_name\n1,\n");
	import_counts("visit.csv", "2 0 0 0 2");
	import_counts("staff.csv", "1 0 0 0 1");
	assert_int_equal(store_open(CASES, STORE_CASES, STORE_READ, &s, &e), ST_OK);
	assert_int_equal(quarantine_counts(arena, s, &counts, &n, &e), ST_OK);
	assert_int_equal(n, 2);
	assert_string_equal(counts[0].table, "staff");
	assert_int_equal(counts[0].rows, 1);
	assert_string_equal(counts[1].table, "visit");
	assert_int_equal(counts[1].rows, 2);
	store_close(s);
}

/* The names of a case never get out, not even through a bad row. */
static void test_classified_rows(void **state)
{
	char *list = NULL;
	size_t n;
	struct err e = ERR_INIT;

	(void)state;
	put("case_party.csv", "case_id,role,full_name,id_no\nC1,Trần Thị Mật,denouncer,1\nC1,denouncer,Lê Kín,1.2E+11\n");
	import_counts("case_party.csv", "2 0 0 0 2");
	assert_int_equal(read_file("out/quarantine.csv", 100000, &list, &n, &e), ST_OK);
	assert_null(strstr(list, "Mật"));
	assert_null(strstr(list, "Kín"));
	assert_non_null(strstr(list, "role: the cell (not shown, identities are classified) is not one of complainant, "
				     "denouncer"));
	assert_non_null(strstr(list, ",(classified),(classified)\n"));
	free(list);
}

static void test_all_or_nothing(void **state)
{
	static const char *const paths[] = { "unit.csv", "account.csv", "visit.csv" };
	char cases1[HASH_HEX], cases2[HASH_HEX], accounts1[HASH_HEX], accounts2[HASH_HEX];
	struct import_result r;
	struct err e = ERR_INIT;

	(void)state;
	digest("cases.db", cases1);
	digest("accounts.db", accounts1);
	put("unit.csv", "unit_id,name\n1,a\n,x\n");
	put("account.csv", "account_id,system_id,login\n1,S,an\n");
	put("visit.csv", "visit_id,unit_id,received_on\n1,u,\"2026-01-01\n");
	assert_int_equal(run(paths, 3, NULL, &r, &e), ST_ERR);
	assert_string_equal(e.text, "visit.csv:2: the quote that opens here is never closed; close it, or double it "
				    "where it is meant");
	digest("cases.db", cases2);
	digest("accounts.db", accounts2);
	assert_string_equal(cases1, cases2);
	assert_string_equal(accounts1, accounts2);
	assert_int_equal(access("out/quarantine.csv", F_OK), -1);
	/* The list cannot be written: nothing is imported either. */
	put("visit.csv", "visit_id,unit_id,received_on\n1,u,2026-01-01\n");
	put("out", "a file where the folder should be");
	assert_int_equal(run(paths, 3, NULL, &r, &e), ST_ERR);
	assert_rows(CASES, "SELECT count(*) FROM unit", "0");
	assert_rows(ACCOUNTS, "SELECT count(*) FROM account", "0");
	assert_int_equal(unlink("out"), 0);
	assert_int_equal(run(paths, 3, NULL, &r, &e), ST_OK);
	assert_rows(CASES, "SELECT count(*) FROM unit", "1");
	assert_rows(ACCOUNTS, "SELECT count(*) FROM unit", "1");
}

static void test_folders(void **state)
{
	static const char *const in[] = { "in/" };
	static const char *const twice[] = { "in", "in/unit.csv" };
	struct import_result r;
	struct err e = ERR_INIT;

	(void)state;
	assert_int_equal(mkdir("in", 0755), 0);
	assert_int_equal(run(in, 1, NULL, &r, &e), ST_ERR);
	assert_string_equal(e.text, "in/: no CSV file in this folder");
	put("in/visit.csv", "visit_id,unit_id,received_on\n");
	put("in/Unit.CSV", "unit_id,name\n");
	put("in/unit-2.csv", "unit_id,name\n");
	put("in/readme.txt", "not an extract");
	put("in/.hidden.csv", "nor this");
	assert_int_equal(run(in, 1, NULL, &r, &e), ST_OK);
	assert_int_equal(r.n_files, 3); /* schema order, then by name, byte by byte */
	assert_string_equal(r.files[0].path, "in/Unit.CSV");
	assert_string_equal(r.files[1].path, "in/unit-2.csv");
	assert_string_equal(r.files[2].path, "in/visit.csv");
	put("in/unit.csv", "unit_id,name\n");
	assert_int_equal(run(twice, 2, NULL, &r, &e), ST_ERR);
	assert_string_equal(e.text, "in/unit.csv and in/unit.csv have the same name, by which the "
			    "quarantine knows them; rename one (account-a.csv, account-b.csv)");
	assert_int_equal(run(NULL, 0, NULL, &r, &e), ST_ERR);
	assert_string_equal(e.text, "no file to import");
	put("in/other.csv", "x\n");
	assert_int_equal(run(in, 1, NULL, &r, &e), ST_ERR);
	assert_non_null(strstr(e.text, "in/other.csv: the name fits no table; begin it with one of: unit, "));
}

/* What browsers, mailers and people make of a name. */
static void test_names_of_files(void **state)
{
	static const struct {
		const char *path, *table;
	} cases[] = {
		{ "ACCOUNT.CSV", "account" },         { "account 2026.csv", "account" },
		{ "account (1).csv", "account" },     { "account(1).csv", "account" },
		{ "Account_Role2.csv", "account_role" }, { "account-2026Q3.csv", "account" },
		{ "account_role 2026.csv", "account_role" },
	};
	struct import_result r;
	struct err e = ERR_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		put(cases[i].path, "account_id,system_id,login,role_id,granted_on\n");
		if (run(&cases[i].path, 1, NULL, &r, &e) != ST_OK)
			fail_msg("%s", e.text);
		assert_string_equal(r.files[0].table, cases[i].table);
	}
	put("accounts.csv", "account_id\n");
	put("accountancy.csv", "account_id\n");
	{
		const char *const paths[] = { "accounts.csv", "accountancy.csv" };

		for (int i = 0; i < 2; i++) {
			assert_int_equal(run(&paths[i], 1, NULL, &r, &e), ST_ERR);
			assert_non_null(strstr(e.text, ".csv: the name fits no table; begin it with one of: unit"));
		}
	}
}

static void test_dangling(void **state)
{
	static const char *const paths[] = { "account.csv", "staff.csv" };
	struct import_result r;
	struct err e = ERR_INIT;

	(void)state;
	put("account.csv", "account_id,system_id,login,unit_id,staff_id\n1,S,an,u2,p1\n2,S,binh,u1,p9\n3,S,chi,,\n");
	put("staff.csv", "staff_id,full_name,unit_id\np1,An,\n");
	assert_int_equal(run(paths, 2, NULL, &r, &e), ST_OK);
	assert_int_equal(r.n_dangling, 3);
	assert_string_equal(r.dangling[0].table, "account");
	assert_string_equal(r.dangling[0].column, "system_id");
	assert_string_equal(r.dangling[0].refs, "system.system_id");
	assert_int_equal(r.dangling[0].rows, 3);
	assert_string_equal(r.dangling[0].sample, "S");
	assert_string_equal(r.dangling[1].column, "unit_id");
	assert_int_equal(r.dangling[1].rows, 2);
	assert_string_equal(r.dangling[1].sample, "u1");
	assert_string_equal(r.dangling[2].column, "staff_id");
	assert_string_equal(r.dangling[2].sample, "p9");
}

/* Line numbers and keys are found again in the file, past cells of several lines. */
static void test_line_of_first_key(void **state)
{
	CLEANUP(str_free) struct str text = STR_INIT;
	const char *path = "unit.csv";

	(void)state;
	str_add(&text, "unit_id,name\r\n");
	for (int i = 0; i < 1000; i++)
		str_addf(&text, "U%d,%s\r\n", i, i % 10 == 3 ? "\"a\r\nlong, name\nof three lines\"" : "short");
	str_add(&text, "U0,other\r\nU500,other\r\n U999 ,other\r\nU999,short\r\n");
	put(path, text.p);
	import_counts(path, "1004 1000 0 1 3");
	assert_rows(CASES, "SELECT line, row_key, reason FROM quarantine ORDER BY line",
		    "1202,U0,the key stands in line 2 already, with other content;"
		    "1203,U500,the key stands in line 602 already, with other content;"
		    "1204,U999,the key stands in line 1201 already, with other content");
}

static enum status has_key(void *ctx, uint64_t place, bool *ret, struct err *e)
{
	(void)e;
	*ret = place == *(const uint64_t *)ctx;
	return ST_OK;
}

/* One hash, several keys: only who asks can tell them apart. */
static void test_keys_with_one_hash(void **state)
{
	struct key_set *set = key_set_new();
	struct err e = ERR_INIT;
	uint64_t nowhere = 0, before = 7, first = key_place(1, 100), other = key_place(1, 200);

	(void)state;
	assert_int_equal(key_take(set, 42, first, has_key, &nowhere, &before, &e), ST_OK);
	assert_true(before == 0);
	assert_int_equal(key_take(set, 42, other, has_key, &nowhere, &before, &e), ST_OK);
	assert_true(before == 0);
	for (uint64_t i = 1; i < 5000; i++) /* it grows */
		assert_int_equal(key_take(set, i << 50 | i, key_place(1, 200 + (int64_t)i), has_key, &nowhere,
					  &before, &e), ST_OK);
	assert_int_equal(key_take(set, 42, key_place(1, 9000), has_key, &other, &before, &e), ST_OK);
	assert_true(before == other);
	assert_int_equal(key_take(set, 42, key_place(2, 50), has_key, &first, &before, &e), ST_OK);
	assert_true(before == first);
	first = key_place(2, 50); /* the later file's place now */
	assert_int_equal(key_take(set, 42, key_place(2, 60), has_key, &first, &before, &e), ST_OK);
	assert_true(before == first && key_file(before) == 2 && key_offset(before) == 50);
	key_set_free(set);
}

/* What comes of an import must not hang on the number of threads. */
static void test_jobs(void **state)
{
	static const char *const files[] = { "unit.csv", "duty_role.csv", "duty_role-2.csv" };
	CLEANUP(str_free) struct str text = STR_INIT;
	char digests[2][3][HASH_HEX];
	struct import_options opt = { .cases_uri = CASES, .accounts_uri = ACCOUNTS,
				      .quarantine_path = "out/quarantine.csv" };

	(void)state;
	str_add(&text, "duty,role_id\n");
	for (int i = 0; i < 20000; i++)
		str_addf(&text, "d%d,%s%d\n", i % 19000, i % 777 ? "r" : "\xFF", i % 5);
	put(files[1], text.p);
	put(files[2], "role_id,duty\nr1,d1\nnew,d1\n");
	put(files[0], "unit_id,name\n1,a\n1,b\n");
	for (int k = 0; k < 2; k++) {
		struct import_result r;
		struct err e = ERR_INIT;

		assert_int_equal(unlink("cases.db") | unlink("accounts.db"), 0);
		create_store(CASES, STORE_CASES);
		create_store(ACCOUNTS, STORE_ACCOUNTS);
		opt.jobs = k + 1;
		if (import_run(arena, files, 3, &opt, &r, &e) != ST_OK)
			fail_msg("%s", e.text);
		digest("cases.db", digests[k][0]);
		digest("accounts.db", digests[k][1]);
		digest("out/quarantine.csv", digests[k][2]);
	}
	assert_memory_equal(digests[0], digests[1], sizeof(digests[0]));
	/* An error of the reader is told after what the rows before it did. */
	put(files[2], "role_id,duty\nr1,d1\nnew,\"d1\n");
	for (int k = 0; k < 2; k++) {
		struct import_result r;
		struct err e = ERR_INIT;

		opt.jobs = k + 1;
		assert_int_equal(import_run(arena, files, 3, &opt, &r, &e), ST_ERR);
		assert_string_equal(e.text, "duty_role-2.csv:3: the quote that opens here is never closed; close it, "
					    "or double it where it is meant");
	}
}

/* The indexes of a table that was empty are there again, with the same words. */
static void test_indexes_come_back(void **state)
{
	static const char all[] = "SELECT group_concat(sql, ' ') FROM (SELECT sql FROM sqlite_schema "
				  "WHERE type = 'index' AND sql IS NOT NULL ORDER BY name)";
	CLEANUP(str_free) struct str sql = STR_INIT;
	struct store *s = NULL;
	struct err e = ERR_INIT;
	struct stmt *st = NULL;

	(void)state;
	assert_int_equal(store_open(CASES, STORE_CASES, STORE_WRITE, &s, &e), ST_OK);
	assert_int_equal(store_exec(s, "CREATE UNIQUE INDEX IF NOT EXISTS main.\"my \"\"own\" ON visit(visit_id, mode)", &e), ST_OK);
	assert_int_equal(store_prepare(s, all, &st, &e), ST_OK);
	assert_int_equal(stmt_step(st, &e), STEP_ROW);
	str_add(&sql, stmt_text(st, 0));
	stmt_close(st);
	store_close(s);
	put("visit.csv", "visit_id,unit_id,received_on\n1,u,2026-01-01\n2,u,2026-01-01\n");
	import_counts("visit.csv", "2 2 0 0 0");
	assert_rows(CASES, all, sql.p);
	assert_rows(CASES, "SELECT visit_id FROM visit INDEXED BY \"my \"\"own\" WHERE visit_id > '0'", "1;2");
	assert_rows(CASES, "PRAGMA integrity_check", "ok");
}

static int64_t progress_rows;
static int progress_calls;

static void count_progress(void *ctx, const char *file, int64_t rows)
{
	(void)ctx;
	assert_string_equal(file, "visit.csv");
	progress_rows = rows;
	progress_calls++;
}

static bool stop_at_third(void *ctx)
{
	return ++*(int *)ctx == 3;
}

static void test_stop(void **state)
{
	const char *path = "unit.csv";
	CLEANUP(str_free) struct str text = STR_INIT;
	int asked = 0;
	const struct import_options opt = {
		.cases_uri = "sqlite:cases.db", .accounts_uri = "sqlite:accounts.db",
		.quarantine_path = "out/quarantine.csv", .stop = stop_at_third, .progress_ctx = &asked,
	};
	struct import_result r;
	struct err e = ERR_INIT;

	(void)state;
	str_add(&text, "unit_id,name\n");
	for (int i = 0; i < 3000; i++)
		str_addf(&text, "U%d,%s\n", i, i % 7 ? "x" : "");
	put(path, text.p);
	assert_int_equal(import_run(arena, &path, 1, &opt, &r, &e), ST_ERR);
	assert_string_equal(e.text, "stopped; nothing is imported");
	assert_rows(CASES, "SELECT (SELECT count(*) FROM unit), (SELECT count(*) FROM quarantine)", "0,0");
	assert_int_equal(access("cases.db-journal", F_OK), -1);
	/* At the very end, when the list is already written under its temporary name. */
	put(path, "unit_id,name\n1,\n");
	asked = 1;
	assert_int_equal(import_run(arena, &path, 1, &opt, &r, &e), ST_ERR);
	assert_rows(CASES, "SELECT count(*) FROM quarantine", "0");
	assert_int_equal(rmdir("out"), 0); /* nothing in it */
}

static void test_progress_and_many_rows(void **state)
{
	const struct import_options opt = { .cases_uri = CASES, .accounts_uri = ACCOUNTS, .progress = count_progress };
	const char *path = "visit.csv";
	struct import_result r;
	struct err e = ERR_INIT;
	FILE *f = fopen(path, "w");

	(void)state;
	assert_non_null(f);
	fputs("visit_id,unit_id,received_on\n", f);
	for (int i = 0; i < 25000; i++)
		fprintf(f, "V%d,U%d,2026-01-%02d\n", i % 24000, i % 100, i % 28 + 1);
	fclose(f);
	assert_int_equal(import_run(arena, &path, 1, &opt, &r, &e), ST_OK);
	assert_int_equal(progress_calls, 3);
	assert_int_equal(progress_rows, 25000);
	assert_int_equal(r.files[0].inserted, 24000);
	/* 24000 = 857 * 28 + 4: the last 1000 rows repeat keys with other days. */
	assert_int_equal(r.files[0].quarantined, 1000);
	assert_int_equal(access("out", F_OK), -1);
}

static void test_stores_must_be_there(void **state)
{
	const struct import_options opt = { .cases_uri = CASES, .accounts_uri = "sqlite:none.db" };
	const char *path = "unit.csv";
	struct import_result r;
	struct err e = ERR_INIT;

	(void)state;
	put(path, "unit_id,name\n");
	assert_int_equal(import_run(arena, &path, 1, &opt, &r, &e), ST_ERR);
	assert_string_equal(e.text, "none.db: not found; run 'rasoat init' or correct <store> in rasoat.xml");
}

static void row_fails(struct store *s, const char *table, const char *name, const char *value, const char *want)
{
	struct err e = ERR_INIT;

	assert_int_equal(import_row(s, table, &name, &value, 1, &e), ST_ERR);
	assert_string_equal(e.text, want);
}

static void test_single_rows(void **state)
{
	static const char *const names[] = { "account_id", "opened_on", "class", "locked_on" };
	static const char *const values[] = { " 1 ", "05/01/2026", "person", NULL };
	static const char *const twice[] = { "account_id", "account_id" };
	struct store *s = NULL;
	struct err e = ERR_INIT;
	int64_t n = 0;

	(void)state;
	assert_int_equal(store_open("sqlite::memory:", STORE_ACCOUNTS, STORE_CREATE, &s, &e), ST_OK);
	assert_int_equal(import_row(s, "account", names, values, 4, &e), ST_OK);
	assert_int_equal(store_query_int(s, "SELECT count(*) FROM account WHERE account_id = '1' AND "
					    "opened_on = '2026-01-05' AND login IS NULL AND locked_on IS NULL", &n, &e), ST_OK);
	assert_int_equal(n, 1);
	assert_int_equal(import_row(s, "account", names, values, 4, &e), ST_ERR);
	assert_string_equal(e.text, "account: :memory:: UNIQUE constraint failed: account.account_id");
	assert_int_equal(import_row(s, "account", twice, values, 2, &e), ST_ERR);
	assert_string_equal(e.text, "account: the column 'account_id' is given twice");
	row_fails(s, "acount", "account_id", "1", "no table 'acount'");
	row_fails(s, "account", "id", "1", "account: no column 'id'");
	row_fails(s, "account", "login", "x", "account: account_id is part of the key and must be given");
	row_fails(s, "account", "account_id", "", "account: account_id: empty, but it is part of the key");
	row_fails(s, "account", "opened_on", "soon",
		  "account: opened_on: \"soon\" is not a date (want YYYY-MM-DD or dd/mm/yyyy)");
	row_fails(s, "visit", "visit_id", "1", "visit: no table of this store");
	store_close(s);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, enter_folder, leave_folder)
	const struct CMUnitTest tests[] = {
		TEST(test_kinds_of_cells),
		TEST(test_bad_cells),
		TEST(test_bad_money),
		TEST(test_hidden_characters),
		TEST(test_nul_and_long_rows),
		TEST(test_headers),
		TEST(test_joined_extracts),
		TEST(test_swallowed_rows),
		TEST(test_again_changes_no_byte),
		TEST(test_corrected_extract_replaces),
		TEST(test_one_key_twice),
		TEST(test_one_key_in_two_files),
		TEST(test_row_becomes_bad),
		TEST(test_rows_that_are_gone),
		TEST(test_out_is_a_file),
		TEST(test_quarantine_comes_and_goes),
		TEST(test_quarantine_counts),
		TEST(test_classified_rows),
		TEST(test_all_or_nothing),
		TEST(test_folders),
		TEST(test_names_of_files),
		TEST(test_dangling),
		TEST(test_line_of_first_key),
		TEST(test_keys_with_one_hash),
		TEST(test_jobs),
		TEST(test_indexes_come_back),
		TEST(test_stop),
		TEST(test_progress_and_many_rows),
		TEST(test_stores_must_be_there),
		TEST(test_single_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
