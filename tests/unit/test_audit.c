#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include <rasoat/arena.h>
#include <rasoat/audit.h>
#include <rasoat/clock.h>
#include <rasoat/err.h>
#include <rasoat/str.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct bench {
	struct arena *a;
	struct workdays *w;
	struct store *cases, *accounts;
	struct ledger *ledger;
	struct rule_set set;
	struct terms terms;
	struct audit_result result;
	struct err e;
};

static day_t day(const char *iso)
{
	day_t d = DAY_NONE;

	assert_true(date_parse_iso(iso, strlen(iso), &d));
	return d;
}

static void exec(struct store *s, const char *sql)
{
	struct err e = ERR_INIT;

	if (store_exec(s, sql, &e) != ST_OK)
		fail_msg("%s", e.text);
}

/*
 * Four accounts open, one locked; A4 has no opening date; A6 is opened only after the as-of date.
 * Unit 0101 stands under 01.
 */
static const char account_rows[] =
	"INSERT INTO unit(unit_id, name) VALUES('01', 'Hà Nội'), ('0101', 'Ba Đình'), ('02', 'Huế');"
	"INSERT INTO unit_parent(unit_id, parent_id, valid_from) VALUES('0101', '01', '2020-01-01');"
	"INSERT INTO account(account_id, system_id, login, unit_id, opened_on, locked_on) VALUES"
	"('A1', 'TST', 'an', '01', '2026-01-01', NULL),"
	"('A2', 'TST', 'binh', '02', '2026-09-05', NULL),"
	"('A3', 'TCS', 'chi', '0101', '2026-09-04', NULL),"
	"('A4', 'TCS', NULL, NULL, NULL, NULL),"
	"('A5', 'TCS', 'em', '01', '2020-01-01', '2026-10-01'),"
	"('A6', 'TCS', 'giang', '01', '2026-10-06', NULL);";

static int setup(void **state)
{
	struct bench *b = calloc(1, sizeof(*b));

	b->a = arena_new();
	b->w = workdays_new(b->a, 2026, 2027);
	workdays_seal(b->w);
	assert_int_equal(store_open("sqlite::memory:", STORE_CASES, STORE_CREATE, &b->cases, &b->e), ST_OK);
	assert_int_equal(store_open("sqlite::memory:", STORE_ACCOUNTS, STORE_CREATE, &b->accounts, &b->e),
			 ST_OK);
	assert_int_equal(ledger_open("sqlite::memory:", &b->ledger, &b->e), ST_OK);
	exec(b->accounts, account_rows);
	b->set.rules = ARENA_ARRAY(b->a, 8, struct rule *);
	strcpy(b->set.digest, "d");
	*state = b;
	return 0;
}

static int teardown(void **state)
{
	struct bench *b = *state;

	ledger_close(b->ledger);
	store_close(b->cases);
	store_close(b->accounts);
	arena_free(b->a);
	free(b);
	return 0;
}

/* A rule over all open accounts that fails by `where`; callers change what they try. */
static struct rule *add_rule(struct bench *b, const char *id, const char *where)
{
	struct rule *r = ARENA_NEW(b->a, struct rule);

	*r = (struct rule){ .id = id, .pack = "t", .file = "t.xml", .line = 1, .store = STORE_ACCOUNTS,
			    .severity = SEV_HIGH, .subject = "account", .title = "T",
			    .valid_from = DAY_NONE, .valid_to = DAY_NONE, .from = "account a",
			    .scope = "a.locked_on IS NULL", .where = where, .key = "a.account_id",
			    .unit = "a.unit_id", .message = "m" };
	b->set.rules[b->set.n_rules++] = r;
	return r;
}

static void set_fields(struct bench *b, struct rule *r, const struct rule_field *fields, int n)
{
	r->fields = ARENA_ARRAY(b->a, (size_t)n, struct rule_field);
	memcpy(r->fields, fields, (size_t)n * sizeof(*fields));
	r->n_fields = n;
}

static enum status run(struct bench *b, const char *as_of, const char *unit, const char *const *ids)
{
	struct audit_options opt = { .as_of = day(as_of), .unit = unit, .rules = ids };
	enum status st;

	assert_int_equal(ledger_begin(b->ledger, &b->e), ST_OK);
	st = audit_run(b->a, &b->set, b->terms.n_terms ? &b->terms : NULL, b->w, b->cases, b->accounts,
		       b->ledger, &opt, &b->result, &b->e);
	if (st == ST_OK)
		assert_int_equal(ledger_commit(b->ledger, &b->e), ST_OK);
	else
		ledger_rollback(b->ledger);
	return st;
}

/* Runs all rules as of 05/10/2026 and compares the findings of one as "A1! A2? A3w ACC-01E": fail, indeterminate, waived, error. */
static void expect(struct bench *b, const struct rule *r, const char *unit, const char *want)
{
	CLEANUP(str_free) struct str got = STR_INIT;
	struct finding_cursor *c;
	const struct rule *rule;
	struct finding f;

	if (run(b, "2026-10-05", unit, NULL) != ST_OK)
		fail_msg("%s", b->e.text);
	assert_int_equal(finding_cursor_open(b->ledger, b->result.run_id, r, &b->set, ORDER_KEY, &c, &b->e),
			 ST_OK);
	while (finding_next(c, &f, &rule, &b->e) == 1)
		str_addf(&got, "%s%s%c", got.len ? " " : "", f.key, "!?wE"[f.verdict]);
	finding_cursor_close(c);
	assert_string_equal(got.p, want);
}

static void expect_error(struct bench *b, const struct rule *r, const char *error)
{
	CLEANUP(str_free) struct str want = STR_INIT;

	str_addf(&want, "%sE", r->id);
	expect(b, r, NULL, want.p);
	for (int i = 0; i < b->result.n_outcomes; i++)
		if (b->result.outcomes[i].rule == r) {
			assert_int_equal(b->result.outcomes[i].examined, 0);
			assert_non_null(b->result.outcomes[i].error);
			assert_string_equal(b->result.outcomes[i].error, error);
		}
	assert_true(b->result.errors > 0);
}

/* Of the first rule: examined = passed + found + indeterminate + waived + outside. */
static void expect_sum(struct bench *b, const char *want)
{
	const struct rule_outcome *o = &b->result.outcomes[0];
	CLEANUP(str_free) struct str got = STR_INIT;

	str_addf(&got, "%lld = %lld + %lld + %lld + %lld + %lld", (long long)o->examined, (long long)o->passed,
		 (long long)o->found, (long long)o->indeterminate, (long long)o->waived, (long long)o->outside);
	assert_string_equal(got.p, want);
	assert_int_equal(b->result.examined, b->result.passed + b->result.found + b->result.indeterminate +
						     b->result.waived + b->result.outside);
}

static void verdicts(void **state)
{
	struct bench *b = *state;
	struct rule *r = add_rule(b, "ACC-01", "days_between(a.opened_on, :as_of) > 30");
	struct rule_need need = { .sql = "a.opened_on", .reason = "Chưa có ngày cấp" };
	struct finding_cursor *c;
	const struct rule *rule;
	struct finding f;

	/* 05/09 to 05/10 are 30 days: in time. A4 has no date: the comparison is NULL. */
	expect(b, r, NULL, "A1! A3! A4?");
	expect_sum(b, "4 = 1 + 2 + 1 + 0 + 0");
	assert_int_equal(b->result.found, 2);
	assert_int_equal(b->result.indeterminate, 1);
	assert_int_equal(b->result.errors, 0);
	r->needs = &need;
	r->n_needs = 1;
	r->where = "1 = 0";
	expect(b, r, NULL, "A4?");
	assert_int_equal(finding_cursor_open(b->ledger, b->result.run_id, r, &b->set, ORDER_KEY, &c, &b->e),
			 ST_OK);
	assert_int_equal(finding_next(c, &f, &rule, &b->e), 1);
	assert_string_equal(f.reason, "Chưa có ngày cấp");
	assert_null(f.unit);
	assert_false(f.has_days);
	finding_cursor_close(c);
	/* The facts of a later day are not there yet, those of an earlier one no more or not yet. */
	assert_int_equal(run(b, "2026-09-30", NULL, NULL), ST_OK);
	assert_int_equal(b->result.outcomes[0].examined, 5);
	assert_int_equal(run(b, "2026-10-06", NULL, NULL), ST_OK);
	assert_int_equal(b->result.outcomes[0].examined, 5);
}

static const char *first_reason(struct bench *b, const struct rule *r)
{
	struct finding_cursor *c;
	const struct rule *rule;
	struct finding f = { .reason = NULL };
	const char *reason;

	assert_int_equal(finding_cursor_open(b->ledger, b->result.run_id, r, &b->set, ORDER_KEY, &c, &b->e),
			 ST_OK);
	assert_int_equal(finding_next(c, &f, &rule, &b->e), 1);
	reason = arena_strdup(b->a, f.reason);
	finding_cursor_close(c);
	return reason;
}

static void reasons_in_order(void **state)
{
	struct bench *b = *state;
	struct rule *r = add_rule(b, "ACC-01", "a.locked_on > '2026-01-01'");
	struct rule_need needs[] = { { .sql = "a.account_id -- never NULL", .reason = "0" },
				     { .sql = "a.unit_id", .reason = "Chưa có đơn vị" },
				     { .sql = "a.login", .reason = "Chưa có tên" } };

	r->scope = "a.account_id = 'A4'";
	expect(b, r, NULL, "A4?");
	assert_string_equal(first_reason(b, r), "Thiếu dữ liệu để kết luận");
	r->needs = needs;
	r->n_needs = 3;
	expect(b, r, NULL, "A4?");
	assert_string_equal(first_reason(b, r), "Chưa có đơn vị");
	r->event = "a.opened_on";
	r->valid_from = day("2020-01-01");
	expect(b, r, NULL, "A4?");
	assert_string_equal(first_reason(b, r), "Không rõ ngày áp dụng pháp luật");
}

static void law_in_force(void **state)
{
	struct bench *b = *state;
	struct rule *r = add_rule(b, "ACC-01", "1 = 1");

	r->valid_from = day("2026-10-06");
	expect(b, r, NULL, "");
	assert_true(b->result.outcomes[0].not_applicable);
	r->valid_from = day("2026-10-05");
	r->valid_to = day("2026-10-05");
	expect(b, r, NULL, "A1! A2! A3! A4!");
	r->valid_to = day("2026-10-04");
	r->valid_from = DAY_NONE;
	expect(b, r, NULL, "");
	/* Row by row: 04/09 is the first, 05/09 the last day outside. */
	r->event = "a.opened_on";
	r->valid_from = day("2026-09-05");
	r->valid_to = DAY_NONE;
	expect(b, r, NULL, "A2! A4?");
	expect_sum(b, "4 = 0 + 1 + 1 + 0 + 2");
	r->where = "a.account_id = 'A1'";
	expect(b, r, NULL, "A4?");
	expect_sum(b, "4 = 1 + 0 + 1 + 0 + 2");
	r->valid_from = DAY_NONE;
	r->valid_to = day("2026-09-04");
	expect(b, r, NULL, "A1! A4?");
	expect_sum(b, "4 = 1 + 1 + 1 + 0 + 1");
	r->where = "1 = 1";
	expect(b, r, "01", "A1! A3!");
	expect_sum(b, "2 = 0 + 2 + 0 + 0 + 0");
	expect(b, r, "02", "");
	expect_sum(b, "1 = 0 + 0 + 0 + 0 + 1");
}

static void units(void **state)
{
	static const char *const unknown[] = { "ACC-01", "ACC-99", NULL };
	struct bench *b = *state;
	struct rule *r = add_rule(b, "ACC-01", "1 = 1");

	expect(b, r, "01", "A1! A3!");
	assert_int_equal(b->result.outcomes[0].examined, 2);
	assert_string_equal(b->result.unit, "01");
	expect(b, r, "0101", "A3!");
	expect(b, r, NULL, "A1! A2! A3! A4!");
	assert_int_equal(run(b, "2026-10-05", "99", NULL), ST_ERR);
	assert_string_equal(b->e.text, "unit '99' is not in the unit list");
	assert_int_equal(run(b, "2026-10-05", NULL, unknown), ST_ERR);
	assert_string_equal(b->e.text, "rule 'ACC-99' does not exist; rasoat check lists them");
	/* The stores can be used again after a refusal. */
	expect(b, r, "02", "A2!");
}

static void selection_and_stores(void **state)
{
	static const char *const one[] = { "ACC-02", NULL }, *const other[] = { "CAS-01", NULL };
	struct bench *b = *state;
	struct store *cases = b->cases;

	add_rule(b, "ACC-01", "1 = 1");
	add_rule(b, "ACC-02", "a.account_id = 'A2'");
	add_rule(b, "CAS-01", "1 = 1")->store = STORE_CASES;
	b->cases = NULL;
	assert_int_equal(run(b, "2026-10-05", NULL, one), ST_OK);
	assert_int_equal(b->result.n_outcomes, 1);
	assert_string_equal(b->result.outcomes[0].rule->id, "ACC-02");
	assert_int_equal(b->result.found, 1);
	assert_int_equal(run(b, "2026-10-05", NULL, other), ST_ERR);
	assert_string_equal(b->e.text,
			    "rule 'CAS-01' needs the case store; name it in <stores> of rasoat.xml");
	b->cases = cases;
}

/* One bad rule after the other; the good one beside them always runs. */
static void rules_that_cannot_run(void **state)
{
	struct bench *b = *state;
	struct rule *r = add_rule(b, "ACC-01", "a.nope IS NULL");
	struct rule *good = add_rule(b, "ACC-02", "a.account_id = 'A2'");
	struct rule_field field = { .name = "other", .sql = "u.unit_id" };

	expect_error(b, r, ":memory:: no such column: a.nope");
	r->where = "a.account_id <> 'A1' OR abs(-9223372036854775807 - 1) > 0";
	expect_error(b, r, ":memory:: integer overflow");
	r->where = "1 = 1";
	r->key = "a.login";
	expect_error(b, r, "a row has no key; make <key> an expression that is never NULL");
	r->key = "a.account_id";
	r->since = "a.login";
	expect_error(b, r, "key 'A1': <since> gives 'an', which is no date");
	r->since = NULL;
	r->from = "account a JOIN unit u ON u.unit_id <> '02'";
	set_fields(b, r, &field, 1);
	expect_error(b, r, "key 'A1' comes more than once with different content; make <key> or <from> "
			   "unique");
	assert_int_equal(b->result.errors, 1);
	expect(b, good, NULL, "A2!");
	/* The same key with one field less is the same finding twice. */
	r->n_fields = 0;
	expect(b, r, NULL, "A1! A2! A3! A4!");
	assert_int_equal(b->result.found, 5);
	expect_sum(b, "4 = 0 + 4 + 0 + 0 + 0");
	/* SQL that counts on its own, twice for each of three rows: what was read and what came out differ. */
	r->from = "account a";
	r->where = "a.account_id = 'A1' OR tally(1, a.account_id) = 0";
	expect_error(b, r, "the numbers do not add up: 10 examined, but 3 passed, 1 found, 0 indeterminate, 0 waived "
			   "and 0 outside; its SQL gives a row another answer when it is asked again");
}

/* In the ledger under its own id, with why; the numbers of what it had found till then are gone. */
static void error_finding(void **state)
{
	struct bench *b = *state;
	struct rule *r = add_rule(b, "ACC-01", "a.account_id <> 'A4' OR abs(-9223372036854775807 - 1) > 0");
	struct rule_field field = { .name = "login", .sql = "a.login" };
	struct finding_cursor *c;
	struct finding f;

	set_fields(b, r, &field, 1);
	expect_error(b, r, ":memory:: integer overflow");
	assert_int_equal(finding_cursor_open(b->ledger, b->result.run_id, r, &b->set, ORDER_KEY, &c, &b->e), ST_OK);
	assert_int_equal(finding_next(c, &f, NULL, &b->e), 1);
	assert_int_equal(f.verdict, VERDICT_ERROR);
	assert_string_equal(f.key, "ACC-01");
	assert_string_equal(f.message, "Quy tắc chưa rà soát được. Lỗi: :memory:: integer overflow");
	assert_null(f.unit);
	assert_int_equal(f.n_fields, 1);
	assert_null(f.fields[0]);
	assert_int_equal(finding_next(c, &f, NULL, &b->e), 0);
	finding_cursor_close(c);
}

static void parameters(void **state)
{
	struct bench *b = *state;
	struct rule *r = add_rule(b, "ACC-01",
				  "days_between(a.opened_on, :as_of) > :days AND a.opened_on < :before\n"
				  "AND a.login <> :login");
	struct rule_param params[] = { { .name = "days", .type = PARAM_DAYS, .value = "30" },
				       { .name = "before", .type = PARAM_DATE, .value = "2026-09-05" },
				       { .name = "login", .type = PARAM_TEXT, .value = "chi" } };

	r->params = params;
	r->n_params = 3;
	r->scope = "a.opened_on IS NOT NULL AND a.locked_on IS NULL";
	expect(b, r, NULL, "A1!");
	params[2].value = "x";
	expect(b, r, NULL, "A1! A3!");
	params[0].value = "31";
	expect(b, r, NULL, "A1!");
	params[0].value = "3 days";
	expect_error(b, r, "parameter 'days' is '3 days', which is no whole number");
}

static void messages(void **state)
{
	static const struct rule_field fields[] = {
		{ .name = "login", .sql = "a.login" },
		{ .name = "opened", .sql = "a.opened_on", .type = FIELD_DATE },
		{ .name = "money", .sql = "-1234567", .type = FIELD_MONEY },
		{ .name = "small", .sql = "'123'", .type = FIELD_MONEY },
		{ .name = "days", .sql = "days_between(a.opened_on, :as_of)", .type = FIELD_INT },
	};
	struct bench *b = *state;
	struct rule *r = add_rule(b, "ACC-01", "a.account_id IN ('A1', 'A4')");
	struct finding_cursor *c;
	const struct rule *rule;
	struct finding f;

	set_fields(b, r, fields, 5);
	r->days = "days";
	r->since = "a.opened_on";
	r->message = "{login} mở {opened}: {money} đồng, {small}, {days} ngày, {key}/{unit}/{since}";
	expect(b, r, NULL, "A1! A4!");
	assert_int_equal(finding_cursor_open(b->ledger, b->result.run_id, r, &b->set, ORDER_KEY, &c, &b->e),
			 ST_OK);
	assert_int_equal(finding_next(c, &f, &rule, &b->e), 1);
	/* From 01/01 to 05/10 of a common year: 273 + 4. */
	assert_string_equal(f.message,
			    "an mở 01/01/2026: -1.234.567 đồng, 123, 277 ngày, A1/01/01/01/2026");
	assert_true(f.has_days);
	assert_int_equal(f.days, 277);
	assert_string_equal(f.fields[1], "2026-01-01");
	assert_string_equal(f.fields[2], "-1234567");
	assert_string_equal(f.since, "2026-01-01");
	assert_int_equal(finding_next(c, &f, &rule, &b->e), 1);
	assert_string_equal(f.message, "(không rõ) mở (không rõ): -1.234.567 đồng, 123, (không rõ) ngày, "
				       "A4/(không rõ)/(không rõ)");
	assert_false(f.has_days);
	assert_null(f.fields[4]);
	finding_cursor_close(c);
}

static void queries(void **state)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	struct bench *b = *state;
	struct rule *r = add_rule(b, "ACC-01", "1 = 1 -- always");

	audit_query(r, true, &sql);
	assert_string_equal(sql.p, "SELECT (\na.account_id\n), (\na.unit_id\n), (\nNULL\n), "
				   "CASE WHEN (\n1 = 1 -- always\n) IS NULL THEN 1 ELSE 0 END, "
				   "CASE WHEN (\n1 = 1 -- always\n) IS NULL THEN -2 ELSE 0 END\n"
				   "FROM account a\nWHERE (\na.locked_on IS NULL\n)\n"
				   "AND (\na.unit_id\n) IN (SELECT unit_id FROM unit_scope)\n"
				   "AND ((\n1 = 1 -- always\n) IS NOT FALSE)\nORDER BY 1");
}

/* ---- the clock of a store ---- */

static struct term_length thirty = { .days = 30, .remote = -1, .many_places = -1 };
static struct basis law = { .document = "Luật" };

static void add_terms(struct bench *b)
{
	struct term_version *v = ARENA_NEW(b->a, struct term_version);
	struct term *t = ARENA_ARRAY(b->a, 2, struct term);

	*v = (struct term_version){ .from = day("2019-01-01"), .to = DAY_NONE, .lengths = &thirty,
				    .n_lengths = 1, .extension_days = 30, .extension_complex = 1,
				    .extension_very = 2, .suspension_from = day("2019-01-01"),
				    .ground_from = DAY_NONE, .bases = &law, .n_bases = 1 };
	t[0] = (struct term){ .id = "TC-05", .kind = "denunciation", .start = "accepted_on",
			      .ends = { "decided_on", "closed_on" }, .n_ends = 2, .versions = v,
			      .n_versions = 1 };
	t[1] = (struct term){ .id = "KN-03", .kind = "complaint", .level = "first", .start = "accepted_on",
			      .ends = { "decided_on" }, .n_ends = 1, .versions = v, .n_versions = 1 };
	b->terms = (struct terms){ .terms = t, .n_terms = 2, .digest = "x" };
}

/* Accepted on Monday 02/03/2026, plain due day Wednesday 01/04/2026; no holidays here. */
static const char case_rows[] =
	"INSERT INTO case_file(case_id, unit_id, kind, level, received_on, accepted_on, complexity,\n"
	"  decided_on, closed_on) VALUES"
	"('C1', '01', 'denunciation', 'first', '2026-02-25', '2026-03-02', NULL, NULL, NULL),"
	"('C2', '01', 'denunciation', 'first', '2026-02-25', '2026-03-02', NULL, '2026-04-10', '2026-04-02'),"
	"('C3', '01', 'denunciation', 'first', '2026-02-25', '2026-03-02', 'normal', NULL, NULL),"
	"('C4', '01', 'denunciation', 'first', '2026-02-25', NULL, NULL, NULL, NULL),"
	"('C5', '01', 'complaint', 'second', '2026-02-25', '2026-03-02', NULL, NULL, NULL),"
	"('C6', '01', 'complaint', 'first', '2026-02-25', '2026-03-02', NULL, '2026-04-01', NULL),"
	"('C7', '01', 'denunciation', NULL, '2018-01-01', '2018-01-02', NULL, NULL, NULL),"
	"('C8', '01', 'denunciation', NULL, '2026-02-25', '2026-03-02', NULL, NULL, '2026-03-01');"
	"INSERT INTO case_event(event_id, case_id, kind, happened_on, days, document_no) VALUES"
	"('E0', 'B0', 'extend', '2026-03-20', 30, '1/QĐ'),"
	"('E1', 'C1', 'extend', '2026-03-20', 30, '1/QĐ'),"
	"('E2', 'C1', 'suspend', '2026-04-20', NULL, '2/QĐ'),"
	"('E3', 'C1', 'resume', '2026-04-25', NULL, '3/QĐ'),"
	"('E4', 'C3', 'extend', '2026-03-20', NULL, '4/QĐ'),"
	"('E5', 'C3', 'dialogue', '2026-03-20', NULL, NULL),"
	"('E6', 'D0', 'suspend', '2026-03-20', NULL, NULL);";

static void clock_rows(struct bench *b, const char *as_of, const char *want)
{
	CLEANUP(str_free) struct str got = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;

	assert_int_equal(store_set_as_of(b->cases, day(as_of), &b->e), ST_OK);
	if (clock_fill(b->cases, &b->terms, b->w, day(as_of), &b->e) != ST_OK)
		fail_msg("%s", b->e.text);
	assert_int_equal(store_prepare(b->cases,
				       "SELECT case_id || ' ' || term || ' ' || starts_on || ' ' ||\n"
				       "coalesce(due_on, '-') || ' ' || coalesce(ended_on, '-') || ' ' ||\n"
				       "status || ' ' || coalesce(overdue_days, '-') || coalesce(' ' || reason,\n"
				       "'') FROM case_clock ORDER BY case_id, term",
				       &st, &b->e), ST_OK);
	while (stmt_step(st, &b->e) == STEP_ROW)
		str_addf(&got, "%s\n", stmt_text(st, 0));
	assert_string_equal(got.p, want);
}

static void clocks_of_a_store(void **state)
{
	struct bench *b = *state;

	add_terms(b);
	exec(b->cases, case_rows);
	/* C1: 01/04 + 30 = 01/05 (Friday), + 5 = 06/05. C2 ended on the earlier day, 02/04. */
	clock_rows(b, "2026-05-07",
		   "C1 TC-05 2026-03-02 2026-05-06 - overdue 1\n"
		   "C2 TC-05 2026-03-02 2026-04-01 2026-04-02 late 1\n"
		   "C3 TC-05 2026-03-02 2026-04-01 - overdue 36\n"
		   "C6 KN-03 2026-03-02 2026-04-01 2026-04-01 on_time 0\n"
		   "C8 TC-05 2026-03-02 2026-04-01 2026-03-01 indeterminate - "
		   "Ngày kết thúc trước ngày bắt đầu\n");
	/* Nothing after 01/04 is known: the suspension is not there, nobody has ended. */
	clock_rows(b, "2026-04-01",
		   "C1 TC-05 2026-03-02 2026-05-01 - running 0\n"
		   "C2 TC-05 2026-03-02 2026-04-01 - running 0\n"
		   "C3 TC-05 2026-03-02 2026-04-01 - running 0\n"
		   "C6 KN-03 2026-03-02 2026-04-01 2026-04-01 on_time 0\n"
		   "C8 TC-05 2026-03-02 2026-04-01 2026-03-01 indeterminate - "
		   "Ngày kết thúc trước ngày bắt đầu\n");
	clock_rows(b, "2026-04-21",
		   "C1 TC-05 2026-03-02 2026-05-04 - suspended 0\n"
		   "C2 TC-05 2026-03-02 2026-04-01 2026-04-02 late 1\n"
		   "C3 TC-05 2026-03-02 2026-04-01 - indeterminate - Gia hạn có văn bản nhưng vượt số lần "
		   "cho phép theo tính chất vụ việc đã ghi\n"
		   "C6 KN-03 2026-03-02 2026-04-01 2026-04-01 on_time 0\n"
		   "C8 TC-05 2026-03-02 2026-04-01 2026-03-01 indeterminate - "
		   "Ngày kết thúc trước ngày bắt đầu\n");
}

static void see_clock(void *ctx, const struct term *t, const struct term_version *v,
		      const struct clock_case *c, const struct clock_result *r)
{
	struct str *out = ctx;
	char due[11];

	assert_string_equal(v->bases[0].document, "Luật");
	assert_true(c->starts_on != DAY_NONE);
	str_addf(out, "%s %s\n", t->id, date_iso(r->due_on, due));
	for (int i = 0; i < r->n_segments; i++)
		str_addf(out, "%s [%s]\n", r->segments[i].note,
			 r->segments[i].document ? r->segments[i].document : "");
}

static void one_case_explained(void **state)
{
	CLEANUP(str_free) struct str got = STR_INIT;
	struct bench *b = *state;
	day_t d = day("2026-05-07");

	add_terms(b);
	exec(b->cases, case_rows);
	assert_int_equal(store_set_as_of(b->cases, d, &b->e), ST_OK);
	assert_int_equal(clock_explain(b->cases, &b->terms, b->w, d, "C1", see_clock, &got, &b->e), ST_OK);
	assert_string_equal(got.p,
			    "TC-05 2026-05-06\n"
			    "Thời hạn 30 ngày kể từ ngày 02/03/2026 [Luật]\n"
			    "Gia hạn 30 ngày theo 1/QĐ [1/QĐ]\n"
			    "Tạm đình chỉ từ 20/04/2026 đến 25/04/2026: không tính 5 ngày [2/QĐ]\n");
	str_clear(&got);
	assert_int_equal(clock_explain(b->cases, &b->terms, b->w, d, "C9", see_clock, &got, &b->e), ST_OK);
	assert_string_equal(got.p, "");
}

static struct rule *clock_rule(struct bench *b)
{
	struct rule *r = add_rule(b, "CAS-05", "k.status IN ('late', 'overdue')");

	r->store = STORE_CASES;
	r->from = "case_file c JOIN case_clock k ON k.case_id = c.case_id";
	r->scope = NULL;
	r->key = "c.case_id";
	r->unit = "c.unit_id";
	return r;
}

static void rules_on_the_clock(void **state)
{
	struct bench *b = *state;
	struct rule *r = clock_rule(b);

	exec(b->cases, case_rows);
	expect_error(b, r, "case_clock: there are no terms; add terms.xml to the rules");
	add_terms(b);
	expect(b, r, NULL, "C1! C2! C3!");
	/* A date column that is not there: the clock's rules fail, and say so. */
	b->terms.terms[0].start = "nope";
	expect_error(b, r, "case_clock: :memory:: no such column: nope");
	expect_error(b, add_rule(b, "ACC-03", "x"), ":memory:: no such column: x");
}

/* The same over a file opened for reading only, while the file stays as it is. */
static void read_only_store(void **state)
{
	char folder[] = "/tmp/rasoat-audit-XXXXXX", path[64], uri[80];
	struct bench *b = *state;
	struct store *memory = b->cases;
	struct rule *r = clock_rule(b);

	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/cases.db", folder);
	snprintf(uri, sizeof(uri), "sqlite:%s", path);
	assert_int_equal(store_open(uri, STORE_CASES, STORE_CREATE, &b->cases, &b->e), ST_OK);
	exec(b->cases, case_rows);
	store_close(b->cases);
	assert_int_equal(store_open(uri, STORE_CASES, STORE_READ, &b->cases, &b->e), ST_OK);
	add_terms(b);
	expect(b, r, NULL, "C1! C2! C3!");
	expect(b, r, NULL, "C1! C2! C3!");
	store_close(b->cases);
	b->cases = memory;
	unlink(path);
	rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(verdicts, setup, teardown),
		cmocka_unit_test_setup_teardown(reasons_in_order, setup, teardown),
		cmocka_unit_test_setup_teardown(law_in_force, setup, teardown),
		cmocka_unit_test_setup_teardown(units, setup, teardown),
		cmocka_unit_test_setup_teardown(selection_and_stores, setup, teardown),
		cmocka_unit_test_setup_teardown(rules_that_cannot_run, setup, teardown),
		cmocka_unit_test_setup_teardown(error_finding, setup, teardown),
		cmocka_unit_test_setup_teardown(parameters, setup, teardown),
		cmocka_unit_test_setup_teardown(messages, setup, teardown),
		cmocka_unit_test_setup_teardown(queries, setup, teardown),
		cmocka_unit_test_setup_teardown(clocks_of_a_store, setup, teardown),
		cmocka_unit_test_setup_teardown(one_case_explained, setup, teardown),
		cmocka_unit_test_setup_teardown(rules_on_the_clock, setup, teardown),
		cmocka_unit_test_setup_teardown(read_only_store, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
