/* A ledger in a file is changed by hand in every way: what rasoat verify then says, word by word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include "../../src/audit/ledger_int.h"

#include <rasoat/arena.h>
#include <rasoat/audit.h>
#include <rasoat/outfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REMEDY "; put back a copy of the ledger from before the change"

static struct rule_field one_field[] = { { .name = "login", .label = "Tài khoản" } };
static struct rule first = { .id = "ACC-01", .fields = one_field, .n_fields = 1, .from = "account a", .where = "1 = 1",
			     .key = "a.account_id", .unit = "a.unit_id", .store = STORE_ACCOUNTS,
			     .valid_from = DAY_NONE, .valid_to = DAY_NONE };
static struct rule second = { .id = "ACC-02", .fields = one_field, .n_fields = 1, .from = "account a", .where = "1 = 1",
			      .key = "a.account_id", .unit = "a.unit_id", .store = STORE_ACCOUNTS,
			      .valid_from = DAY_NONE, .valid_to = DAY_NONE };

static char folder[64];

static void in_folder(char out[128], const char *name)
{
	snprintf(out, 128, "%s/%s", folder, name);
}

static const char *uri(void)
{
	static char text[160];

	snprintf(text, sizeof(text), "sqlite:%s/ledger.db", folder);
	return text;
}

static void add(struct ledger *l, int64_t run, const struct rule *r, const char *key)
{
	const char *cells[] = { "an" };
	char fingerprint[FINGERPRINT_SIZE];
	struct err e = ERR_INIT;
	struct finding f = { .verdict = VERDICT_FAIL, .key = key, .unit = "01", .fields = cells, .n_fields = 1,
			     .has_days = true, .days = 5, .since = "2026-01-01", .message = "Tài khoản an",
			     .fingerprint = finding_fingerprint(r->id, key, fingerprint) };

	assert_int_equal(ledger_add(l, run, r, &f, &e), ST_OK);
}

static void done(struct ledger *l, int64_t run, const struct rule *r, int found)
{
	struct rule_outcome o = { .rule = r, .found = found, .examined = 10, .passed = 10 - found };
	struct err e = ERR_INIT;

	assert_int_equal(ledger_rule_done(l, run, &o, &e), ST_OK);
}

static void close_one(struct ledger *l, const char *rule, const char *key, int64_t before)
{
	const char *cells[] = { "an" };
	char fingerprint[FINGERPRINT_SIZE];
	struct err e = ERR_INIT;

	ledger_closures_begin(l);
	assert_int_equal(ledger_add_closure(l, rule, finding_fingerprint(rule, key, fingerprint), CLOSED_PASSED, "01", key,
					    cells, 1, &e), ST_OK);
	assert_int_equal(ledger_add_closure(l, rule, "00000000000000aa", CLOSED_GONE, NULL, "Z9", NULL, 0, &e), ST_OK);
	assert_int_equal(ledger_closures_done(l, rule, before, &e), ST_OK);
}

/* Three runs; the second closes. */
static void make_ledger(void)
{
	static const char *const days[] = { "2026-03-31", "2026-06-30", "2026-09-30" };
	struct err e = ERR_INIT;
	struct ledger *l;

	assert_int_equal(ledger_open(uri(), &l, &e), ST_OK);
	for (int i = 0; i < 3; i++) {
		struct run_inputs in = { .rules_digest = "r", .params = "{}", .cases_digest = "c", .accounts_digest = "a",
					 .organisation = "01\t\tĐơn vị\tlocal\t0\t1\n" };
		int64_t run;

		assert_true(date_parse_iso(days[i], 10, &in.as_of));
		assert_int_equal(ledger_begin(l, &e), ST_OK);
		assert_int_equal(ledger_run_start(l, &in, &run, &e), ST_OK);
		assert_int_equal(run, i + 1);
		add(l, run, &first, "A1");
		add(l, run, &first, "A2");
		if (i != 1)
			add(l, run, &first, "A3");
		done(l, run, &first, i != 1 ? 3 : 2);
		add(l, run, &second, "B1");
		done(l, run, &second, 1);
		if (i == 1)
			close_one(l, "ACC-01", "A3", 1);
		assert_int_equal(ledger_commit(l, &e), ST_OK);
	}
	ledger_close(l);
}

static int setup(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/rasoat-verify-XXXXXX");
	assert_non_null(mkdtemp(folder));
	make_ledger();
	return 0;
}

static int teardown(void **state)
{
	static const char *const names[] = { "ledger.db", "ledger.anchor", "kept.db", "kept.anchor" };
	char path[128];

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		in_folder(path, names[i]);
		unlink(path);
	}
	rmdir(folder);
	return 0;
}

static void copy(const char *from, const char *to)
{
	char a[128], b[128], *text = NULL;
	struct err e = ERR_INIT;
	size_t n;
	FILE *f;

	in_folder(a, from);
	in_folder(b, to);
	assert_int_equal(read_file(a, 1 << 24, &text, &n, &e), ST_OK);
	f = fopen(b, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, n, f), n);
	fclose(f);
	free(text);
}

static void keep(void)
{
	copy("ledger.db", "kept.db");
	copy("ledger.anchor", "kept.anchor");
}

static void put_back(void)
{
	copy("kept.db", "ledger.db");
	copy("kept.anchor", "ledger.anchor");
}

/* What verify says; the folder's name is left out. */
static bool verify(const char *head, struct str *ret)
{
	struct err e = ERR_INIT;
	struct ledger *l;
	bool whole = false;
	size_t n = strlen(folder) + 1;

	str_clear(ret);
	assert_int_equal(ledger_open_read(uri(), &l, &e), ST_OK);
	if (ledger_verify(l, head, &whole, ret, &e) != ST_OK) {
		str_clear(ret);
		str_add(ret, e.text);
	}
	ledger_close(l);
	if (strncmp(ret->p, folder, n - 1) == 0) {
		memmove(ret->p, ret->p + n, ret->len - n + 1);
		ret->len -= n;
	}
	return whole;
}

/* The triggers are dropped, `sql` is done, and the triggers are put back as if nothing had been. */
static void tamper(const char *sql)
{
	CLEANUP(str_free) struct str all = STR_INIT, ddl = STR_INIT;
	struct err e = ERR_INIT;
	struct store *s;
	const char *triggers;

	schema_ledger_ddl(&ddl);
	triggers = strstr(ddl.p, "CREATE TRIGGER");
	for (int i = 0; ledger_tables[i]; i++)
		str_addf(&all, "DROP TRIGGER %s_no_update; DROP TRIGGER %s_no_delete;\n", ledger_tables[i],
			 ledger_tables[i]);
	str_addf(&all, "%s;\n%s", sql, triggers);
	assert_int_equal(store_open(uri(), STORE_LEDGER, STORE_WRITE, &s, &e), ST_OK);
	if (store_exec(s, all.p, &e) != ST_OK)
		fail_msg("%s", e.text);
	store_close(s);
}

struct attack {
	const char *sql, *says; /* behind "ledger.db: ", before the remedy */
};

static const char altered[] = "is not as it was written (altered, inserted or moved)";
#define ROW(run, rule, row, what) "run " run ", rule " rule ", row " row ": " what
#define ALTERED "is not as it was written (altered, inserted or moved)"
#define CLOSED_ALTERED "of its closures is not as it was written (altered, inserted or moved)"
#define LISTED "its entry in the list of findings is missing or not as it was written"
#define GIVEN "what it was given (date, unit, digests) or what its rules came to is not as it was written"
#define FOLLOWS "its chain value does not follow from the run before it and its own record"

static const struct attack attacks[] = {
	/* run_finding */
	{ "UPDATE run_finding SET days = 4 WHERE run_id = 2 AND rule_id = 'ACC-01' AND seq = 2", ROW("2", "ACC-01", "2", ALTERED) },
	{ "UPDATE run_finding SET verdict = 'waived' WHERE run_id = 3 AND seq = 3", ROW("3", "ACC-01", "3", ALTERED) },
	{ "UPDATE run_finding SET reason = '' WHERE run_id = 3 AND seq = 3", ROW("3", "ACC-01", "3", ALTERED) },
	{ "UPDATE run_finding SET message = message || ' ' WHERE run_id = 1 AND rule_id = 'ACC-02'", ROW("1", "ACC-02", "1", ALTERED) },
	{ "UPDATE run_finding SET days = '5' || '' WHERE run_id = 1 AND rule_id = 'ACC-02'", NULL }, /* the same number again */
	{ "UPDATE run_finding SET mark = mark + 1 WHERE run_id = 1 AND rule_id = 'ACC-01' AND seq = 1", ROW("1", "ACC-01", "1", ALTERED) },
	{ "UPDATE run_finding SET mark = NULL WHERE run_id = 1 AND rule_id = 'ACC-01' AND seq = 1", ROW("1", "ACC-01", "1", ALTERED) },
	{ "DELETE FROM run_finding WHERE run_id = 1 AND rule_id = 'ACC-01' AND seq = 2", ROW("1", "ACC-01", "2", "is missing") },
	{ "DELETE FROM run_finding WHERE run_id = 1 AND rule_id = 'ACC-01' AND seq = 3", ROW("1", "ACC-01", "3", "is missing") },
	{ "DELETE FROM run_finding WHERE run_id = 3 AND rule_id = 'ACC-02'", ROW("3", "ACC-02", "1", "is missing") },
	{ "DELETE FROM run_finding", ROW("1", "ACC-01", "1", "is missing") },
	{ "INSERT INTO run_finding(run_id, seq, rule_id, fingerprint, verdict, mark) VALUES(2, 3, 'ACC-01', 'ff', 'fail', 7)",
	  ROW("2", "ACC-01", "3", ALTERED) },
	{ "INSERT INTO run_finding(run_id, seq, rule_id, fingerprint, verdict, mark) VALUES(2, 0, 'ACC-01', 'ff', 'fail', 7)",
	  ROW("2", "ACC-01", "0", ALTERED) },
	{ "INSERT INTO run_finding(run_id, seq, rule_id, fingerprint, verdict, mark) VALUES(2, 1, 'ACC-03', 'ff', 'fail', 7)",
	  "run 2, rule ACC-03: has findings, but its record is missing" },
	{ "INSERT INTO run_finding(run_id, seq, rule_id) VALUES(9, 1, 'ACC-01')", "run 4: is missing" },
	{ "INSERT INTO run_finding(run_id, seq, rule_id) VALUES(0, 1, 'ACC-01')", "run_finding has rows of no run" },
	{ "UPDATE run_finding SET seq = seq + 10 WHERE run_id = 1 AND rule_id = 'ACC-01' AND seq < 3;"
	  "UPDATE run_finding SET seq = 13 - seq WHERE run_id = 1 AND rule_id = 'ACC-01' AND seq > 10", ROW("1", "ACC-01", "1", ALTERED) },
	/* run_rule */
	{ "UPDATE run_rule SET found = 2 WHERE run_id = 1 AND rule_id = 'ACC-01'", "run 1, rule ACC-01: its record is not as it was written" },
	{ "UPDATE run_rule SET examined = NULL WHERE run_id = 2 AND rule_id = 'ACC-02'", "run 2, rule ACC-02: its record is not as it was written" },
	{ "UPDATE run_rule SET error = 'x' WHERE run_id = 3 AND rule_id = 'ACC-02'", "run 3, rule ACC-02: its record is not as it was written" },
	{ "DELETE FROM run_rule WHERE run_id = 1 AND rule_id = 'ACC-02'", "run 1, rule ACC-02: has findings, but its record is missing" },
	{ "DELETE FROM run_rule WHERE run_id = 1 AND rule_id = 'ACC-02'; DELETE FROM run_finding WHERE run_id = 1 AND rule_id = 'ACC-02'",
	  "run 1: has the records of 1 rules, its seal says 2" },
	{ "INSERT INTO run_rule(run_id, rule_id, found) VALUES(1, 'ACC-09', 0)", "run 1, rule ACC-09: its record is not as it was written" },
	/* run */
	{ "UPDATE run SET as_of = '2026-03-30' WHERE run_id = 1", "run 1: " GIVEN },
	{ "UPDATE run SET accounts_digest = NULL WHERE run_id = 2", "run 2: " GIVEN },
	{ "UPDATE run SET program = '9' WHERE run_id = 3", "run 3: " GIVEN },
	{ "UPDATE run SET recorded_at = '2020-01-01T00:00:00Z' WHERE run_id = 3", "run 3: " FOLLOWS },
	{ "DELETE FROM run WHERE run_id = 2", "run 2: is missing" },
	{ "DELETE FROM run WHERE run_id = 3", "run 3: is missing" },
	{ "INSERT INTO run(run_id, as_of) VALUES(4, '2026-12-31')", "run 4: has no seal: rasoat did not record it, or the seal was removed" },
	{ "UPDATE run SET run_id = 9 WHERE run_id = 1; UPDATE run SET run_id = 1 WHERE run_id = 2; UPDATE run SET run_id = 2 WHERE run_id = 9",
	  "run 1: " GIVEN },
	/* finding */
	{ "UPDATE finding SET first_as_of = '2026-01-01' WHERE subject_key = 'A2'", ROW("1", "ACC-01", "2", LISTED) },
	{ "UPDATE finding SET first_run = 2, first_as_of = '2026-06-30' WHERE subject_key = 'A2'", ROW("1", "ACC-01", "2", LISTED) },
	{ "UPDATE finding SET subject_key = 'A9' WHERE subject_key = 'A2'", ROW("1", "ACC-01", "2", LISTED) },
	{ "UPDATE finding SET rule_id = 'ACC-02' WHERE subject_key = 'A2'", ROW("1", "ACC-01", "2", LISTED) },
	{ "DELETE FROM finding WHERE subject_key = 'B1'", ROW("1", "ACC-02", "1", LISTED) },
	{ "INSERT INTO finding VALUES('ff', 'ACC-01', 'A9', '2026-03-31', 1)",
	  "run 1: it was the first to find 4 of its findings, the list of findings says 5" },
	{ "INSERT INTO finding VALUES('ff', 'ACC-01', 'A9', '2026-03-31', NULL)", "finding has rows of no run" },
	/* closure, run_closed */
	{ "UPDATE closure SET verdict = 'waived' WHERE seq = 1", ROW("2", "ACC-01", "1", CLOSED_ALTERED) },
	{ "UPDATE closure SET fields = NULL WHERE seq = 1", ROW("2", "ACC-01", "1", CLOSED_ALTERED) },
	{ "DELETE FROM closure WHERE seq = 1", ROW("2", "ACC-01", "1", "of its closures is missing") },
	{ "DELETE FROM closure WHERE seq = 2", ROW("2", "ACC-01", "2", "of its closures is missing") },
	{ "INSERT INTO closure(run_id, seq, rule_id) VALUES(3, 1, 'ACC-01')", "run 3, rule ACC-01: has closures, but their record is missing" },
	{ "UPDATE run_closed SET found_run = 2", "run 2, rule ACC-01: its record is not as it was written" },
	{ "DELETE FROM run_closed; DELETE FROM closure", "run 2: what it closed is not as it was written" },
	/* organisation */
	{ "UPDATE organisation SET content = content || ' '", "run 1: its list of units is missing or not as it was written" },
	{ "DELETE FROM organisation", "run 1: its list of units is missing or not as it was written" },
	/* seal */
	{ "UPDATE seal SET content = 'x' WHERE run_id = 2", "run 2: " GIVEN },
	{ "UPDATE seal SET closures = 'x' WHERE run_id = 2", "run 2: what it closed is not as it was written" },
	{ "UPDATE seal SET identities = 5 WHERE run_id = 1", "run 1: " FOLLOWS },
	{ "UPDATE seal SET note = 'before the chain' WHERE run_id = 1", "run 1: " FOLLOWS },
	{ "UPDATE seal SET chain = content WHERE run_id = 1", "run 1: " FOLLOWS },
	{ "DELETE FROM seal WHERE run_id = 3", "run 3: has no seal: rasoat did not record it, or the seal was removed" },
	/* a tail, with all that belongs to it */
	{ "DELETE FROM run WHERE run_id = 3; DELETE FROM run_rule WHERE run_id = 3; DELETE FROM run_finding WHERE run_id = 3; "
	  "DELETE FROM seal WHERE run_id = 3", "run 3: is missing" },
	{ "DELETE FROM run; DELETE FROM run_rule; DELETE FROM run_finding; DELETE FROM finding; DELETE FROM closure; "
	  "DELETE FROM run_closed; DELETE FROM seal", "run 1: is missing" },
};

static void every_attack(void **state)
{
	CLEANUP(str_free) struct str got = STR_INIT, want = STR_INIT;

	(void)state;
	(void)altered;
	keep();
	assert_true(verify(NULL, &got));
	assert_string_equal(got.p, "ledger.db: whole: 3 runs, the last one as of 2026-09-30");
	for (size_t i = 0; i < sizeof(attacks) / sizeof(attacks[0]); i++) {
		bool whole;

		put_back();
		tamper(attacks[i].sql);
		str_clear(&want);
		if (attacks[i].says)
			str_addf(&want, "ledger.db: %s" REMEDY, attacks[i].says);
		else
			str_add(&want, "ledger.db: whole: 3 runs, the last one as of 2026-09-30");
		whole = verify(NULL, &got);
		if (strcmp(got.p, want.p) != 0 || whole != !attacks[i].says)
			fail_msg("%s\n  want: %s\n  says: %s", attacks[i].sql, want.p, got.p);
	}
}

static void triggers(void **state)
{
	CLEANUP(str_free) struct str got = STR_INIT;
	struct err e = ERR_INIT;
	struct store *s;

	(void)state;
	assert_int_equal(store_open(uri(), STORE_LEDGER, STORE_WRITE, &s, &e), ST_OK);
	for (int i = 0; ledger_tables[i]; i++) {
		CLEANUP(str_free) struct str sql = STR_INIT;

		str_addf(&sql, "DELETE FROM %s", ledger_tables[i]);
		if (strcmp(ledger_tables[i], "run_closed") != 0)
			assert_int_equal(store_exec(s, sql.p, &e), ST_ERR);
	}
	assert_int_equal(store_exec(s, "DROP TRIGGER seal_no_delete", &e), ST_OK);
	store_close(s);
	assert_false(verify(NULL, &got));
	assert_string_equal(got.p, "ledger.db: the trigger that refuses deletes of seal is gone: somebody changed the ledger, or "
				   "wanted to" REMEDY);
}

static void write_anchor(const char *text)
{
	char path[128];
	FILE *f;

	in_folder(path, "ledger.anchor");
	f = fopen(path, "wb");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void says(const char *head, const char *want)
{
	CLEANUP(str_free) struct str got = STR_INIT;

	assert_false(verify(head, &got));
	assert_string_equal(got.p, want);
}

/* What the anchor of three runs says, line by line. */
static void anchor_lines(char lines[3][80])
{
	char path[128];
	FILE *f;

	in_folder(path, "ledger.anchor");
	f = fopen(path, "rb");
	assert_non_null(f);
	for (int i = 0; i < 3; i++)
		assert_non_null(fgets(lines[i], 80, f));
	fclose(f);
}

static void anchor(void **state)
{
	static const char anew[] = "; when nothing else is wrong, 'rasoat verify --new-anchor' writes it anew";
	CLEANUP(str_free) struct str text = STR_INIT, got = STR_INIT;
	char lines[3][80], path[128], want[512];
	struct err e = ERR_INIT;
	struct ledger *l;

	(void)state;
	keep();
	anchor_lines(lines);
	str_addf(&text, "%s%s", lines[0], lines[1]);
	write_anchor(text.p);
	snprintf(want, sizeof(want), "ledger.anchor: has no line for run 3%s", anew);
	says(NULL, want);
	str_clear(&text);
	str_addf(&text, "%s%s%s", lines[1], lines[0], lines[2]);
	write_anchor(text.p);
	says(NULL, "ledger.anchor:1: is not the line of run 1; put back a copy from before the change");
	str_clear(&text);
	str_addf(&text, "%s%sjunk\n", lines[0], lines[1]);
	write_anchor(text.p);
	says(NULL, "ledger.anchor:3: is not the line of run 3; put back a copy from before the change");
	str_clear(&text);
	str_addf(&text, "%s2 %s%s", lines[0], lines[2] + 2, lines[2]);
	write_anchor(text.p);
	says(NULL, "ledger.db: run 2: its chain value is another one than in the anchor: the ledger was written anew from this "
		   "run on, or the anchor was changed" REMEDY);
	in_folder(path, "ledger.anchor");
	unlink(path);
	snprintf(want, sizeof(want), "ledger.anchor: is missing%s", anew);
	says(NULL, want);
	/* Anew: the same lines again. */
	assert_int_equal(ledger_open(uri(), &l, &e), ST_OK);
	assert_int_equal(ledger_new_anchor(l, &e), ST_OK);
	ledger_close(l);
	assert_true(verify(NULL, &got));
	/* But not from a ledger that is not whole. */
	tamper("DELETE FROM run_finding WHERE run_id = 2");
	assert_int_equal(ledger_open(uri(), &l, &e), ST_OK);
	assert_int_equal(ledger_new_anchor(l, &e), ST_ERR);
	ledger_close(l);
	assert_non_null(strstr(e.text, "run 2, rule ACC-01, row 1: is missing" REMEDY));
}

static void drop_runs(int from)
{
	char sql[512];

	snprintf(sql, sizeof(sql), "DELETE FROM run WHERE run_id >= %d; DELETE FROM run_rule WHERE run_id >= %d; "
		 "DELETE FROM run_finding WHERE run_id >= %d; DELETE FROM seal WHERE run_id >= %d; "
		 "DELETE FROM finding WHERE first_run >= %d; DELETE FROM closure WHERE run_id >= %d; "
		 "DELETE FROM run_closed WHERE run_id >= %d", from, from, from, from, from, from, from);
	tamper(sql);
}

/* A tail cut off the ledger and the anchor alike: only what was noted elsewhere tells. */
static void heads(void **state)
{
	CLEANUP(str_free) struct str got = STR_INIT, text = STR_INIT;
	char lines[3][80], head[96], want[256];

	(void)state;
	anchor_lines(lines);
	snprintf(head, sizeof(head), "3:%.64s", lines[2] + 2);
	assert_true(verify(head, &got));
	assert_true(verify(head + 2, &got));
	drop_runs(3);
	str_addf(&text, "%s%s", lines[0], lines[1]);
	write_anchor(text.p);
	assert_true(verify(NULL, &got));
	says(head, "ledger.db: run 3: is missing or has another chain value than the one noted elsewhere" REMEDY);
	says(head + 2, "ledger.db: no run has the chain value noted elsewhere" REMEDY);
	snprintf(head, sizeof(head), "2:%.64s", lines[1] + 2);
	assert_true(verify(head, &got));
	head[0] = '1';
	snprintf(want, sizeof(want), "ledger.db: run 1: is missing or has another chain value than the one noted elsewhere" REMEDY);
	says(head, want);
	says("2:abc", "'2:abc' is no chain value; want RUN:CHAIN as 'rasoat verify' printed it");
	says("x", "'x' is no chain value; want RUN:CHAIN as 'rasoat verify' printed it");
}

static void start_fails(const char *want)
{
	struct run_inputs in = { .as_of = 20000 };
	struct err e = ERR_INIT;
	struct ledger *l;
	int64_t run;

	assert_int_equal(ledger_open(uri(), &l, &e), ST_OK);
	assert_int_equal(ledger_begin(l, &e), ST_OK);
	assert_int_equal(ledger_run_start(l, &in, &run, &e), ST_ERR);
	assert_non_null(strstr(e.text, want));
	ledger_close(l);
}

/* Nothing is recorded behind a cut. */
static void no_run_behind_a_cut(void **state)
{
	char lines[3][80], path[128];

	(void)state;
	keep();
	anchor_lines(lines);
	drop_runs(3);
	start_fails("ledger.db has 2; put the true ledger back, 'rasoat verify' says more");
	put_back();
	write_anchor(lines[0]);
	start_fails("ledger.anchor: ends at run 1, but ");
	start_fails("ledger.db has 3; when 'rasoat verify' finds nothing else, 'rasoat verify --new-anchor' writes it anew");
	in_folder(path, "ledger.anchor");
	unlink(path);
	start_fails("ledger.anchor: is missing: it ends at run 0, but ");
	write_anchor("junk\n");
	start_fails("ledger.anchor:1: is not a run and its chain value; put the true ledger back, 'rasoat verify' says more");
	put_back();
	tamper("UPDATE seal SET chain = content WHERE run_id = 3");
	start_fails("ledger.anchor: has another chain value for run 3 than ");
}

/* A rule whose record was undone leaves no trace in the digests. */
static void undone(void **state)
{
	CLEANUP(str_free) struct str got = STR_INIT;
	struct run_inputs in = { .as_of = 20900, .rules_digest = "r" };
	struct err e = ERR_INIT;
	struct ledger *l;
	int64_t run;

	(void)state;
	assert_int_equal(ledger_open(uri(), &l, &e), ST_OK);
	assert_int_equal(ledger_begin(l, &e), ST_OK);
	assert_int_equal(ledger_run_start(l, &in, &run, &e), ST_OK);
	assert_int_equal(ledger_mark(l, &e), ST_OK);
	add(l, run, &first, "A1");
	add(l, run, &first, "A7");
	assert_int_equal(ledger_undo(l, &e), ST_OK);
	done(l, run, &first, 0);
	assert_int_equal(ledger_commit(l, &e), ST_OK);
	ledger_close(l);
	if (!verify(NULL, &got))
		fail_msg("%s", got.p);
	assert_string_equal(got.p, "ledger.db: whole: 4 runs, the last one as of 2027-03-23");
}

/* The same given, the same found: the same content, another chain value. */
static void content(void **state)
{
	struct err e = ERR_INIT;
	struct ledger *l;
	char contents[2][HASH_HEX], heads_[2][HASH_HEX];

	(void)state;
	assert_int_equal(ledger_open("sqlite::memory:", &l, &e), ST_OK);
	for (int i = 0; i < 2; i++) {
		struct run_inputs in = { .as_of = 20900, .rules_digest = "r" };
		const char *digest;
		int64_t run;

		assert_int_equal(ledger_begin(l, &e), ST_OK);
		assert_int_equal(ledger_run_start(l, &in, &run, &e), ST_OK);
		add(l, run, &first, "A1");
		done(l, run, &first, 1);
		assert_int_equal(ledger_seal(l, &digest, &e), ST_OK);
		strcpy(contents[i], digest);
		strcpy(heads_[i], l->head);
		assert_int_equal(ledger_commit(l, &e), ST_OK);
	}
	ledger_close(l);
	assert_string_equal(contents[0], contents[1]);
	assert_string_not_equal(heads_[0], heads_[1]);
}

/* ---- version 1 ---- */

/* As the first version made it. */
static const char version_1[] =
	"CREATE TABLE rasoat_meta(name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;\n"
	"CREATE TABLE run(\n  run_id INTEGER PRIMARY KEY,\n  as_of TEXT,\n  unit TEXT,\n  rules_digest TEXT,\n"
	"  stores_digest TEXT,\n  params TEXT,\n  recorded_at TEXT\n);\n"
	"CREATE TABLE finding(\n  fingerprint TEXT NOT NULL PRIMARY KEY,\n  rule_id TEXT,\n  subject_key TEXT,\n"
	"  first_as_of TEXT,\n  first_run INTEGER\n) WITHOUT ROWID;\n"
	"CREATE TABLE run_rule(\n  run_id INTEGER NOT NULL,\n  rule_id TEXT NOT NULL,\n  found INTEGER,\n"
	"  indeterminate INTEGER,\n  error TEXT,\n  examined INTEGER,\n  PRIMARY KEY(run_id, rule_id)\n) WITHOUT ROWID;\n"
	"CREATE TABLE run_finding(\n  run_id INTEGER NOT NULL,\n  seq INTEGER NOT NULL,\n  rule_id TEXT NOT NULL,\n"
	"  fingerprint TEXT,\n  verdict TEXT,\n  reason TEXT,\n  unit_id TEXT,\n  since TEXT,\n  days INTEGER,\n"
	"  subject_key TEXT,\n  fields TEXT, -- JSON array of cell texts\n  message TEXT,\n"
	"  PRIMARY KEY(run_id, rule_id, seq)\n) WITHOUT ROWID;\n"
	"CREATE TRIGGER run_no_update BEFORE update ON run BEGIN SELECT RAISE(ABORT, 'the ledger only grows: no update of run'); END;\n"
	"CREATE TRIGGER run_no_delete BEFORE delete ON run BEGIN SELECT RAISE(ABORT, 'the ledger only grows: no delete of run'); END;\n"
	"CREATE TRIGGER finding_no_update BEFORE update ON finding BEGIN SELECT RAISE(ABORT, 'x'); END;\n"
	"CREATE TRIGGER finding_no_delete BEFORE delete ON finding BEGIN SELECT RAISE(ABORT, 'x'); END;\n"
	"CREATE TRIGGER run_rule_no_update BEFORE update ON run_rule BEGIN SELECT RAISE(ABORT, 'x'); END;\n"
	"CREATE TRIGGER run_rule_no_delete BEFORE delete ON run_rule BEGIN SELECT RAISE(ABORT, 'x'); END;\n"
	"CREATE TRIGGER run_finding_no_update BEFORE update ON run_finding BEGIN SELECT RAISE(ABORT, 'x'); END;\n"
	"CREATE TRIGGER run_finding_no_delete BEFORE delete ON run_finding BEGIN SELECT RAISE(ABORT, 'x'); END;\n"
	"INSERT INTO rasoat_meta VALUES('kind', '2');\n"
	"INSERT INTO run VALUES(1, '2026-03-31', NULL, 'rules', NULL, '{}', '2026-04-01T00:00:00Z');\n"
	"INSERT INTO run VALUES(2, '2026-06-30', '01', 'rules', NULL, '{}', '2026-07-01T00:00:00Z');\n"
	"INSERT INTO run_rule VALUES(1, 'ACC-01', 2, 1, NULL, 10);\n"
	"INSERT INTO run_rule VALUES(1, 'ACC-02', NULL, NULL, 'broken', NULL);\n"
	"INSERT INTO run_rule VALUES(2, 'ACC-01', 1, 0, NULL, 10);\n"
	"INSERT INTO finding VALUES('e0f27adb2b797d6b', 'ACC-01', 'A1', '2026-03-31', 1);\n"
	"INSERT INTO finding VALUES('f2', 'ACC-01', 'A2', '2026-03-31', 1);\n"
	"INSERT INTO finding VALUES('f3', 'ACC-01', 'A3', '2026-03-31', 1);\n"
	"INSERT INTO run_finding VALUES(1, 1, 'ACC-01', 'e0f27adb2b797d6b', 'fail', NULL, '01', '2026-01-01', 5, 'A1', '[\"an\"]', 'm');\n"
	"INSERT INTO run_finding VALUES(1, 2, 'ACC-01', 'f2', 'fail', NULL, '01', NULL, NULL, 'A2', '[null]', 'm');\n"
	"INSERT INTO run_finding VALUES(1, 3, 'ACC-01', 'f3', 'indeterminate', 'r', '01', NULL, NULL, 'A3', '[null]', 'm');\n"
	"INSERT INTO run_finding VALUES(2, 1, 'ACC-01', 'e0f27adb2b797d6b', 'fail', NULL, '01', '2026-01-01', 5, 'A1', '[\"an\"]', 'm');\n"
	"PRAGMA application_id = 1382110063;\nPRAGMA user_version = 1;\n";

static void make_version_1(const char *more)
{
	CLEANUP(str_free) struct str command = STR_INIT;
	char path[128];
	FILE *f;

	in_folder(path, "ledger.anchor");
	unlink(path);
	in_folder(path, "ledger.db");
	unlink(path);
	str_addf(&command, "sqlite3 '%s'", path);
	f = popen(command.p, "w");
	assert_non_null(f);
	fputs(version_1, f);
	fputs(more, f);
	assert_int_equal(pclose(f), 0);
}

static void upgrade(void **state)
{
	CLEANUP(str_free) struct str got = STR_INIT;
	char lines[3][80];
	struct err e = ERR_INIT;
	struct ledger *l;
	struct run_inputs in = { .as_of = 20900, .rules_digest = "r" };
	int64_t run, n;

	(void)state;
	make_version_1("");
	assert_int_equal(ledger_open_read(uri(), &l, &e), ST_ERR);
	assert_non_null(strstr(e.text, "ledger.db: is a ledger of version 1, from before the chain; 'rasoat init --stores' "
				       "brings it up to date"));
	assert_int_equal(ledger_open(uri(), &l, &e), ST_OK);
	ledger_close(l);
	assert_true(verify(NULL, &got));
	assert_string_equal(got.p, "ledger.db: whole: 2 runs, the last one as of 2026-06-30; runs 1 to 2 are from before the "
				   "chain, as they were when it began");
	/* Everything is there, and the next run is chained to it. */
	assert_int_equal(ledger_open(uri(), &l, &e), ST_OK);
	assert_int_equal(store_query_int(l->store, "SELECT count(*) FROM run_finding WHERE fields IS NOT NULL", &n, &e), ST_OK);
	assert_int_equal(n, 4);
	assert_int_equal(store_query_int(l->store, "SELECT count(*) FROM sqlite_master WHERE name LIKE 'old_%'", &n, &e), ST_OK);
	assert_int_equal(n, 0);
	assert_int_equal(store_query_int(l->store, "SELECT count(*) FROM run_rule WHERE error = 'broken'", &n, &e), ST_OK);
	assert_int_equal(n, 1);
	assert_int_equal(ledger_begin(l, &e), ST_OK);
	assert_int_equal(ledger_run_start(l, &in, &run, &e), ST_OK);
	assert_int_equal(run, 3);
	add(l, run, &first, "A1");
	done(l, run, &first, 1);
	assert_int_equal(ledger_commit(l, &e), ST_OK);
	ledger_close(l);
	assert_true(verify(NULL, &got));
	anchor_lines(lines);
	tamper("UPDATE run_finding SET days = 6 WHERE run_id = 1 AND seq = 1");
	says(NULL, "ledger.db: run 1, rule ACC-01, row 1: is not as it was written (altered, inserted or moved)" REMEDY);
}

/* What cannot be kept is not brought up: the ledger stays as it was. */
static void no_upgrade(void **state)
{
	struct err e = ERR_INIT;
	struct ledger *l;
	struct store *s;
	int64_t n;

	(void)state;
	make_version_1("INSERT INTO run_finding(run_id, seq, rule_id) VALUES(7, 1, 'ACC-01');\n");
	assert_int_equal(ledger_open(uri(), &l, &e), ST_ERR);
	assert_non_null(strstr(e.text, "ledger.db: bringing the ledger up to version 2: 1 of its findings belong to no run and "
				       "rule that it records; restore it from a backup"));
	assert_int_equal(store_open(uri(), STORE_LEDGER, STORE_WRITE, &s, &e), ST_OK);
	assert_int_equal(store_query_int(s, "PRAGMA user_version", &n, &e), ST_OK);
	assert_int_equal(n, 1);
	assert_int_equal(store_query_int(s, "SELECT count(*) FROM run_finding", &n, &e), ST_OK);
	assert_int_equal(n, 5);
	store_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_attack, setup, teardown),
		cmocka_unit_test_setup_teardown(triggers, setup, teardown),
		cmocka_unit_test_setup_teardown(anchor, setup, teardown),
		cmocka_unit_test_setup_teardown(heads, setup, teardown),
		cmocka_unit_test_setup_teardown(no_run_behind_a_cut, setup, teardown),
		cmocka_unit_test_setup_teardown(undone, setup, teardown),
		cmocka_unit_test_setup_teardown(content, setup, teardown),
		cmocka_unit_test_setup_teardown(upgrade, setup, teardown),
		cmocka_unit_test_setup_teardown(no_upgrade, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
