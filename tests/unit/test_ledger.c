#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include <rasoat/arena.h>
#include <rasoat/audit.h>
#include <rasoat/err.h>
#include <rasoat/ledger.h>
#include <rasoat/str.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct rule_field two_fields[] = { { .name = "login", .label = "Tài khoản" },
					  { .name = "days", .label = "Số ngày", .type = FIELD_INT } };
static struct rule low = { .id = "ACC-01", .severity = SEV_LOW, .fields = two_fields, .n_fields = 2 };
static struct rule high = { .id = "ACC-02", .severity = SEV_CRITICAL, .fields = two_fields, .n_fields = 2 };
static struct rule *both[] = { &low, &high };
static struct rule_set rules = { .rules = both, .n_rules = 2 };

static day_t day(const char *iso)
{
	day_t d = DAY_NONE;

	assert_true(date_parse_iso(iso, strlen(iso), &d));
	return d;
}

static int setup(void **state)
{
	struct err e = ERR_INIT;
	struct ledger *l;

	assert_int_equal(ledger_open("sqlite::memory:", &l, &e), ST_OK);
	*state = l;
	return 0;
}

static int teardown(void **state)
{
	ledger_close(*state);
	return 0;
}

static int64_t start(struct ledger *l, const char *as_of)
{
	struct err e = ERR_INIT;
	int64_t run = 0;

	assert_int_equal(ledger_begin(l, &e), ST_OK);
	assert_int_equal(ledger_run_start(l, &(struct run_inputs){ .as_of = day(as_of), .rules_digest = "digest",
							    .params = "{}" }, &run, &e), ST_OK);
	assert_true(run > 0);
	return run;
}

static void add(struct ledger *l, int64_t run, const struct rule *r, const char *key, const char *unit,
		enum verdict verdict, int days)
{
	const char *cells[] = { "an", NULL };
	char fingerprint[FINGERPRINT_SIZE];
	struct err e = ERR_INIT;
	struct finding f = { .verdict = verdict, .key = key, .unit = unit, .fields = cells, .n_fields = 2,
			     .has_days = days >= 0, .days = days, .message = "m",
			     .reason = verdict == VERDICT_FAIL ? NULL : "Chưa có ngày",
			     .fingerprint = finding_fingerprint(r->id, key, fingerprint) };

	assert_int_equal(ledger_add(l, run, r, &f, &e), ST_OK);
}

static void done(struct ledger *l, int64_t run, const struct rule *r)
{
	struct rule_outcome o = { .rule = r, .found = 1 };
	struct err e = ERR_INIT;

	assert_int_equal(ledger_rule_done(l, run, &o, &e), ST_OK);
}

/* Expected digits from coreutils: printf 'ACC-01\0A1' | sha256sum */
static void fingerprints(void **state)
{
	char out[FINGERPRINT_SIZE];

	(void)state;
	assert_string_equal(finding_fingerprint("ACC-01", "A1", out), "e0f27adb2b797d6b");
	assert_string_equal(finding_fingerprint("PER-03", "A/R/2026-01-02", out), "b7acee4c622be834");
	assert_string_equal(finding_fingerprint("ACC-01", "", out), "c0a061fa71bd626f");
	assert_string_equal(finding_fingerprint("CAS-01", "Đơn 7", out), "cd3693c028092748");
}

/* The order that a cursor gives, as "rule/key rule/key". */
static void order(struct ledger *l, int64_t run, const struct rule *r, enum finding_order how, const char *want)
{
	CLEANUP(str_free) struct str got = STR_INIT;
	struct finding_cursor *c;
	struct err e = ERR_INIT;
	struct finding f;
	const struct rule *rule = NULL;
	int rc;

	assert_int_equal(finding_cursor_open(l, run, r, &rules, how, &c, &e), ST_OK);
	for (int pass = 0; pass < 2; pass++) {
		str_clear(&got);
		while ((rc = finding_next(c, &f, &rule, &e)) == 1)
			str_addf(&got, "%s%s/%s", got.len ? " " : "", rule->id, f.key);
		assert_int_equal(rc, 0);
		assert_string_equal(got.p, want);
		assert_int_equal(finding_rewind(c, &e), ST_OK);
	}
	finding_cursor_close(c);
}

static void reading_back(void **state)
{
	struct ledger *l = *state;
	int64_t run = start(l, "2026-10-05");
	struct err e = ERR_INIT;

	add(l, run, &low, "A1", "01", VERDICT_INDETERMINATE, -1);
	add(l, run, &low, "A2", "02", VERDICT_FAIL, 5);
	add(l, run, &low, "A3", NULL, VERDICT_FAIL, 70);
	add(l, run, &low, "A4", NULL, VERDICT_FAIL, 5);
	add(l, run, &high, "A1", "01", VERDICT_FAIL, -1);
	add(l, run, &high, "A2", "01", VERDICT_FAIL, 3);
	done(l, run, &low);
	done(l, run, &high);
	assert_int_equal(ledger_commit(l, &e), ST_OK);
	order(l, run, &low, ORDER_KEY, "ACC-01/A2 ACC-01/A3 ACC-01/A4 ACC-01/A1");
	order(l, run, &low, ORDER_WORST, "ACC-01/A3 ACC-01/A2 ACC-01/A4");
	order(l, run, NULL, ORDER_WORST, "ACC-02/A2 ACC-02/A1 ACC-01/A3 ACC-01/A2 ACC-01/A4");
	order(l, run + 1, NULL, ORDER_WORST, "");
}

static void one_finding(void **state)
{
	static const char *const cells[] = { "Đ\"\\\n\t\x01/{}[],null", NULL };
	struct finding f = { .verdict = VERDICT_INDETERMINATE, .fingerprint = "f", .key = "A'1", .unit = "01",
			     .since = "2026-01-02", .has_days = true, .days = -7, .reason = "Chưa rõ",
			     .message = "Tài khoản", .fields = cells, .n_fields = 2 };
	struct ledger *l = *state;
	int64_t run = start(l, "2026-10-05");
	struct finding_cursor *c;
	struct err e = ERR_INIT;
	struct finding got;
	const struct rule *rule = NULL;

	assert_int_equal(ledger_add(l, run, &low, &f, &e), ST_OK);
	assert_int_equal(finding_cursor_open(l, run, &low, &rules, ORDER_KEY, &c, &e), ST_OK);
	assert_int_equal(finding_next(c, &got, &rule, &e), 1);
	assert_ptr_equal(rule, &low);
	assert_int_equal(got.verdict, VERDICT_INDETERMINATE);
	assert_string_equal(got.fingerprint, "f");
	assert_string_equal(got.key, "A'1");
	assert_string_equal(got.unit, "01");
	assert_string_equal(got.since, "2026-01-02");
	assert_true(got.has_days);
	assert_int_equal(got.days, -7);
	assert_string_equal(got.reason, "Chưa rõ");
	assert_string_equal(got.message, "Tài khoản");
	assert_int_equal(got.n_fields, 2);
	assert_string_equal(got.fields[0], cells[0]);
	assert_null(got.fields[1]);
	assert_int_equal(finding_next(c, &got, &rule, &e), 0);
	finding_cursor_close(c);
	ledger_rollback(l);
}

/* In a rule's list errors come first, then fails, what is waived, what is not known. */
static void verdicts(void **state)
{
	struct ledger *l = *state;
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	int64_t run = start(l, "2026-10-05");
	struct finding_cursor *c;
	struct unit_count *counts;
	struct finding waived = { .verdict = VERDICT_WAIVED, .fingerprint = "f", .key = "A2", .unit = "01",
				  .reason = "Theo văn bản", .waiver = "MT-1", .message = "m",
				  .fields = (const char *const[]){ "a", "b" }, .n_fields = 2 }, got;
	struct err e = ERR_INIT;
	int n;

	add(l, run, &low, "A1", "01", VERDICT_INDETERMINATE, -1);
	assert_int_equal(ledger_add(l, run, &low, &waived, &e), ST_OK);
	add(l, run, &low, "A3", "01", VERDICT_FAIL, 1);
	add(l, run, &low, "ACC-01", NULL, VERDICT_ERROR, -1);
	done(l, run, &low);
	order(l, run, &low, ORDER_KEY, "ACC-01/ACC-01 ACC-01/A3 ACC-01/A2 ACC-01/A1");
	order(l, run, NULL, ORDER_WORST, "ACC-01/A3");
	assert_int_equal(finding_cursor_open(l, run, &low, &rules, ORDER_KEY, &c, &e), ST_OK);
	for (int i = 0; i < 3; i++)
		assert_int_equal(finding_next(c, &got, NULL, &e), 1);
	assert_int_equal(got.verdict, VERDICT_WAIVED);
	assert_string_equal(got.waiver, "MT-1");
	assert_string_equal(got.reason, "Theo văn bản");
	assert_int_equal(finding_next(c, &got, NULL, &e), 1);
	assert_null(got.waiver);
	finding_cursor_close(c);
	assert_int_equal(ledger_units(a, l, run, &rules, &counts, &n, &e), ST_OK);
	assert_int_equal(n, 1);
	assert_string_equal(counts[0].unit_id, "01");
	assert_int_equal(counts[0].fails, 1);
	assert_int_equal(counts[0].indeterminate, 1);
	assert_int_equal(counts[0].waived, 1);
	ledger_rollback(l);
}

static void units(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct ledger *l = *state;
	int64_t run = start(l, "2026-10-05");
	struct unit_count *u;
	struct err e = ERR_INIT;
	int n;

	add(l, run, &low, "A1", "02", VERDICT_INDETERMINATE, -1);
	add(l, run, &low, "A2", "02", VERDICT_FAIL, 5);
	add(l, run, &low, "A3", NULL, VERDICT_FAIL, 70);
	add(l, run, &high, "A1", "01", VERDICT_FAIL, 1);
	add(l, run, &high, "A2", "02", VERDICT_FAIL, 3);
	assert_int_equal(ledger_units(a, l, run, &rules, &u, &n, &e), ST_OK);
	assert_int_equal(n, 3);
	assert_string_equal(u[0].unit_id, "");
	assert_int_equal(u[0].fails, 1);
	assert_int_equal(u[0].by_severity[SEV_LOW], 1);
	assert_string_equal(u[1].unit_id, "01");
	assert_int_equal(u[1].by_severity[SEV_CRITICAL], 1);
	assert_string_equal(u[2].unit_id, "02");
	assert_int_equal(u[2].fails, 2);
	assert_int_equal(u[2].indeterminate, 1);
	assert_int_equal(u[2].by_severity[SEV_CRITICAL], 1);
	assert_int_equal(u[2].by_severity[SEV_LOW], 1);
	assert_int_equal(u[2].by_severity[SEV_HIGH], 0);
	assert_int_equal(ledger_commit(l, &e), ST_OK);
}

static void new_findings(void **state)
{
	struct ledger *l = *state;
	int64_t first = start(l, "2026-10-05"), second, n = -1;
	struct err e = ERR_INIT;

	add(l, first, &low, "A1", NULL, VERDICT_INDETERMINATE, -1);
	add(l, first, &low, "A2", NULL, VERDICT_FAIL, 1);
	assert_int_equal(ledger_commit(l, &e), ST_OK);
	second = start(l, "2026-10-06");
	assert_true(second > first);
	add(l, second, &low, "A1", NULL, VERDICT_FAIL, 1);
	add(l, second, &low, "A3", NULL, VERDICT_FAIL, 1);
	add(l, second, &high, "A1", NULL, VERDICT_FAIL, 1);
	assert_int_equal(ledger_commit(l, &e), ST_OK);
	assert_int_equal(ledger_new_count(l, first, &n, &e), ST_OK);
	assert_int_equal(n, 2);
	assert_int_equal(ledger_new_count(l, second, &n, &e), ST_OK);
	assert_int_equal(n, 2);
}

static void refusals(void **state)
{
	struct rule gone = { .id = "OLD-01", .fields = two_fields, .n_fields = 2 };
	struct rule other = { .id = "ACC-01" };
	struct ledger *l = *state;
	int64_t run = start(l, "2026-10-05");
	struct finding f = { .key = "A1", .fingerprint = "f" };
	struct finding_cursor *c = NULL;
	struct err e = ERR_INIT;
	const struct rule *rule = NULL;

	assert_int_equal(ledger_add(l, run + 8, &low, &f, &e), ST_ERR);
	assert_string_equal(e.text, ":memory:: a finding was added to run 9, which was not started here");
	done(l, run, &gone);
	assert_int_equal(finding_cursor_open(l, run, NULL, &rules, ORDER_WORST, &c, &e), ST_ERR);
	assert_string_equal(e.text, ":memory:: run 1 has rule 'OLD-01', which is not in the rules any more; "
				    "run 'rasoat audit' again");
	add(l, run, &low, "A1", NULL, VERDICT_FAIL, 1);
	assert_int_equal(finding_cursor_open(l, run, &other, &rules, ORDER_KEY, &c, &e), ST_OK);
	assert_int_equal(finding_next(c, &f, &rule, &e), -1);
	assert_string_equal(e.text, ":memory:: finding e0f27adb2b797d6b of rule 'ACC-01' does not fit the "
				    "rules; run 'rasoat audit' again");
	finding_cursor_close(c);
	ledger_rollback(l);
}

/* In a file: a run that was rolled back is not there, and nothing written can be changed. */
static void only_grows(void **state)
{
	char folder[] = "/tmp/rasoat-ledger-XXXXXX", path[64], uri[80];
	struct err e = ERR_INIT;
	struct ledger *l;
	struct store *s;
	int64_t n = -1;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/ledger.db", folder);
	snprintf(uri, sizeof(uri), "sqlite:%s", path);
	assert_int_equal(ledger_open(uri, &l, &e), ST_OK);
	add(l, start(l, "2026-10-05"), &low, "A1", NULL, VERDICT_FAIL, 1);
	ledger_rollback(l);
	add(l, start(l, "2026-10-06"), &low, "A1", NULL, VERDICT_FAIL, 1);
	assert_int_equal(ledger_commit(l, &e), ST_OK);
	ledger_close(l);
	assert_int_equal(ledger_open(uri, &l, &e), ST_OK);
	add(l, start(l, "2026-10-04"), &low, "A1", NULL, VERDICT_FAIL, 1);
	assert_int_equal(ledger_commit(l, &e), ST_OK);
	ledger_close(l);
	assert_int_equal(store_open(uri, STORE_LEDGER, STORE_WRITE, &s, &e), ST_OK);
	assert_int_equal(store_query_int(s, "SELECT count(*) FROM run", &n, &e), ST_OK);
	assert_int_equal(n, 2);
	assert_int_equal(store_query_int(s, "SELECT count(*) FROM finding WHERE first_as_of = '2026-10-06'",
					 &n, &e), ST_OK);
	assert_int_equal(n, 1);
	assert_int_equal(store_exec(s, "UPDATE finding SET first_as_of = ''", &e), ST_ERR);
	assert_int_equal(store_exec(s, "DELETE FROM run_finding", &e), ST_ERR);
	store_close(s);
	unlink(path);
	rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(fingerprints, setup, teardown),
		cmocka_unit_test_setup_teardown(reading_back, setup, teardown),
		cmocka_unit_test_setup_teardown(one_finding, setup, teardown),
		cmocka_unit_test_setup_teardown(verdicts, setup, teardown),
		cmocka_unit_test_setup_teardown(units, setup, teardown),
		cmocka_unit_test_setup_teardown(new_findings, setup, teardown),
		cmocka_unit_test_setup_teardown(refusals, setup, teardown),
		cmocka_unit_test_setup_teardown(only_grows, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
