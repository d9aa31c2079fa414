/* Which waiver counts, and who is whom: audits with waivers made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include <rasoat/arena.h>
#include <rasoat/audit.h>
#include <rasoat/err.h>
#include <rasoat/str.h>
#include <stdlib.h>
#include <string.h>

#define MOST 12

struct bench {
	struct arena *a;
	struct workdays *w;
	struct store *cases, *accounts;
	struct ledger *ledger;
	struct rule rules[2], *list[2];
	struct rule_set set;
	struct waiver items[MOST];
	struct waiver_set waivers;
	struct audit_result result;
	struct err e;
};

/* Below 00 is 01, below that 0101. A1 and A2 in 0101, A3 in 01, A4 nowhere; A1 belongs to N1, A2 to a namesake. */
static const char rows[] =
	"INSERT INTO unit(unit_id, name) VALUES('00', 'VN'), ('01', 'HN'), ('0101', 'BĐ');"
	"INSERT INTO unit_parent(unit_id, parent_id, valid_from) VALUES('01', '00', '2020-01-01'), ('0101', '01', '2020-01-01');"
	"INSERT INTO staff(staff_id, full_name) VALUES('N1', 'Đặng Thị Ánh'), ('N2', 'Đặng Thị Ánh'), ('N3', 'Lê Văn Bá');"
	"INSERT INTO account(account_id, system_id, login, unit_id, staff_id) VALUES('A1', 'T', 'a', '0101', 'N1'),"
	"('A2', 'T', 'b', '0101', 'N2'), ('A3', 'T', 'c', '01', 'N3'), ('A4', 'T', 'd', NULL, NULL);";

static day_t day(const char *iso)
{
	day_t d = DAY_NONE;

	assert_true(date_parse_iso(iso, strlen(iso), &d));
	return d;
}

static int setup(void **state)
{
	struct bench *b = calloc(1, sizeof(*b));

	b->a = arena_new();
	b->w = workdays_new(b->a, 2026, 2026);
	workdays_seal(b->w);
	assert_int_equal(store_open("sqlite::memory:", STORE_CASES, STORE_CREATE, &b->cases, &b->e), ST_OK);
	assert_int_equal(store_open("sqlite::memory:", STORE_ACCOUNTS, STORE_CREATE, &b->accounts, &b->e), ST_OK);
	assert_int_equal(ledger_open("sqlite::memory:", &b->ledger, &b->e), ST_OK);
	assert_int_equal(store_exec(b->accounts, rows, &b->e), ST_OK);
	b->rules[0] = (struct rule){ .id = "ACC-01", .pack = "t", .file = "t.xml", .line = 1, .store = STORE_ACCOUNTS,
				     .severity = SEV_HIGH, .subject = "account", .title = "T", .valid_from = DAY_NONE,
				     .valid_to = DAY_NONE, .from = "account a", .where = "1 = 1", .key = "a.account_id",
				     .unit = "a.unit_id", .message = "m" };
	b->rules[1] = b->rules[0];
	b->rules[1].id = "WVR-01";
	b->rules[1].subject = "waiver";
	b->rules[1].from = "waiver w";
	b->rules[1].key = "w.waiver_id || ' ' || coalesce(w.covered, '-') || '/' || coalesce(w.failed, '-') || "
			  "' whole ' || w.whole || ' same ' || w.same_person || ' own ' || coalesce(w.own, '-') || "
			  "' asked ' || w.asked";
	b->rules[1].unit = "w.unit_id";
	b->list[0] = &b->rules[0];
	b->list[1] = &b->rules[1];
	b->set.rules = b->list;
	b->set.n_rules = 2;
	b->waivers.items = b->items;
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

static struct waiver *add(struct bench *b, const char *id, const char *unit, const char *key)
{
	struct waiver *w = &b->items[b->waivers.n++];

	assert_true(b->waivers.n <= MOST);
	*w = (struct waiver){ .id = id, .rule = &b->rules[0], .unit = unit, .key = key, .reason = "r",
			      .requester = "Nguyễn Văn X", .approver = "Trần Văn Y", .document = "1/QĐ",
			      .document_on = day("2026-01-01"), .from = day("2026-10-05"), .to = day("2026-10-05") };
	return w;
}

/* "A1=MT-1 A2 …": the findings of the rule in order of key, with their waivers. */
static void expect(struct bench *b, const struct rule *r, const char *const *ids, const char *want)
{
	struct audit_options opt = { .as_of = day("2026-10-05"), .waivers = &b->waivers, .rules = ids };
	CLEANUP(str_free) struct str got = STR_INIT;
	struct finding_cursor *c;
	struct finding f;

	assert_int_equal(ledger_begin(b->ledger, &b->e), ST_OK);
	if (audit_run(b->a, &b->set, NULL, b->w, b->cases, b->accounts, b->ledger, &opt, &b->result, &b->e) != ST_OK)
		fail_msg("%s", b->e.text);
	assert_int_equal(ledger_commit(b->ledger, &b->e), ST_OK);
	assert_int_equal(finding_cursor_open(b->ledger, b->result.run_id, r, &b->set, ORDER_KEY, &c, &b->e), ST_OK);
	while (finding_next(c, &f, NULL, &b->e) == 1)
		str_addf(&got, "%s%s%s%s", got.len ? "\n" : "", f.key, f.waiver ? "=" : "", f.waiver ? f.waiver : "");
	finding_cursor_close(c);
	assert_string_equal(got.p, want);
}

/* With a key before without, the deeper unit first, then the first id. */
static void the_narrowest(void **state)
{
	struct bench *b = *state;

	add(b, "all", NULL, NULL);
	expect(b, &b->rules[0], NULL, "A1=all\nA2=all\nA3=all\nA4=all");
	assert_int_equal(b->result.outcomes[0].waived, 4);
	assert_int_equal(b->result.outcomes[0].found, 0);
	add(b, "top", "00", NULL);
	add(b, "unit-b", "01", NULL);
	add(b, "unit-a", "01", NULL);
	add(b, "deep", "0101", NULL);
	expect(b, &b->rules[0], NULL, "A1=deep\nA2=deep\nA3=unit-a\nA4=all");
	add(b, "key", NULL, "A2");
	add(b, "key-top", "00", "A2");
	add(b, "key-elsewhere", "02", "A2");
	expect(b, &b->rules[0], NULL, "A1=deep\nA2=key-top\nA3=unit-a\nA4=all");
	expect(b, &b->rules[1], NULL,
	       "all 4/4 whole 1 same 0 own 0 asked 1\ndeep 2/4 whole 0 same 0 own 0 asked 1\n"
	       "key 1/4 whole 0 same 0 own 0 asked 1\nkey-elsewhere 0/4 whole 0 same 0 own 0 asked 1\n"
	       "key-top 1/4 whole 0 same 0 own 0 asked 1\ntop 3/4 whole 1 same 0 own 0 asked 1\n"
	       "unit-a 3/4 whole 0 same 0 own 0 asked 1\nunit-b 3/4 whole 0 same 0 own 0 asked 1");
}

/* A narrower one that is not in force, or void, leaves the finding to the next. */
static void in_force(void **state)
{
	struct bench *b = *state;
	struct waiver *key = add(b, "key", NULL, "A1");

	add(b, "unit", "0101", NULL);
	key->to = day("2026-10-04");
	key->from = day("2026-10-04");
	expect(b, &b->rules[0], NULL, "A3\nA4\nA1=unit\nA2=unit");
	key->from = key->to = day("2026-10-06");
	expect(b, &b->rules[0], NULL, "A3\nA4\nA1=unit\nA2=unit");
	key->from = key->to = day("2026-10-05");
	expect(b, &b->rules[0], NULL, "A3\nA4\nA1=key\nA2=unit");
	key->requester = key->approver = "Trần Văn Y";
	expect(b, &b->rules[0], NULL, "A3\nA4\nA1=unit\nA2=unit");
}

/* Ids tell namesakes apart; a name alone cannot. Marks, capitals and the staff list do not matter. */
static void persons(void **state)
{
	static const struct {
		const char *requester, *approver, *want;
	} cases[] = {
		{ "N1", "N1", "MT 4/4 whole 1 same 1 own 1 asked 1" },
		{ "N1", "N2", "MT 4/4 whole 1 same 0 own 1 asked 1" },
		{ "N3", "N1", "MT 4/4 whole 1 same 0 own 1 asked 1" },
		{ "N1", "đặng thị ánh", "MT 4/4 whole 1 same 1 own 2 asked 1" },
		{ "DANG THI ANH", "Đặng Thị Ánh", "MT 4/4 whole 1 same 1 own 2 asked 1" },
		{ "Lê Văn Bá", "N1", "MT 4/4 whole 1 same 0 own 1 asked 1" },
		{ "NV-9", "nv-9", "MT 4/4 whole 1 same 1 own 0 asked 1" },
		{ "NV-9", "N3", "MT 4/4 whole 1 same 0 own 1 asked 1" },
	};
	struct bench *b = *state;
	struct waiver *w = add(b, "MT", NULL, NULL);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		w->requester = cases[i].requester;
		w->approver = cases[i].approver;
		expect(b, &b->rules[1], NULL, cases[i].want);
	}
	w->requester = "N3";
	w->approver = "N1";
	expect(b, &b->rules[0], NULL, "A1\nA2=MT\nA3=MT\nA4=MT");
}

/* The fields `staff` and `owner` say whom a finding is about when its key is no account. */
static void fields(void **state)
{
	struct rule_field both[] = { { .name = "owner", .sql = "'Trần Văn Y'" }, { .name = "staff", .sql = "a.staff_id" } };
	struct bench *b = *state;

	add(b, "MT", NULL, NULL)->approver = "trần văn y";
	b->rules[0].subject = "grant";
	b->rules[0].fields = both;
	b->rules[0].n_fields = 1;
	expect(b, &b->rules[0], NULL, "A1\nA2\nA3\nA4");
	b->rules[0].n_fields = 2;
	b->items[0].approver = "N2";
	expect(b, &b->rules[0], NULL, "A2\nA1=MT\nA3=MT\nA4=MT");
}

/* A rule that was not asked, and one that could not run. */
static void not_known(void **state)
{
	static const char *const only[] = { "WVR-01", NULL };
	struct bench *b = *state;

	add(b, "MT", "01", NULL);
	expect(b, &b->rules[1], only, "MT -/- whole 0 same 0 own - asked 0");
	b->rules[0].where = "abs(-9223372036854775807 - 1) > 0";
	expect(b, &b->rules[1], NULL, "MT -/- whole 0 same 0 own - asked 1");
	expect(b, &b->rules[0], NULL, "ACC-01");
}

/* Only fails are waived. */
static void indeterminate(void **state)
{
	struct bench *b = *state;

	add(b, "MT", NULL, NULL);
	b->rules[0].where = "a.unit_id = '01'";
	expect(b, &b->rules[0], NULL, "A3=MT\nA4");
	assert_int_equal(b->result.outcomes[0].indeterminate, 1);
	assert_int_equal(b->result.outcomes[0].passed, 2);
	assert_int_equal(b->result.waived, 1);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(the_narrowest), T(in_force), T(persons), T(fields), T(not_known), T(indeterminate),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
