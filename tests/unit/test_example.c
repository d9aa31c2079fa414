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
#include <rasoat/terms.h>
#include <stdio.h>
#include <string.h>

struct trial {
	struct arena *a;
	struct example_bench *bench;
	struct diags d;
	struct rule rule;
	struct rule_field fields[2];
	struct rule_param param;
	struct rule_example example;
	struct example_row rows[3];
	struct example_expect expects[3];
};

static day_t day(const char *iso)
{
	day_t d = DAY_NONE;

	assert_true(date_parse_iso(iso, strlen(iso), &d));
	return d;
}

static const char *account_columns[] = { "account_id", "login", "opened_on", "system_id" };
static const char *row_a1[] = { "A1", "an", "2026-09-05", "TST" };
static const char *row_a2[] = { "A2", "binh", "2026-09-04", "TST" };
static const char *row_a3[] = { "A3", "chi", "", "TST" };
static const char *days_field[] = { "days", "login" };

/* Accounts open for more than :limit days; A1 is at the boundary, A2 a day beyond, A3 has no date. */
static int setup(void **state)
{
	static struct trial t;
	struct err e = ERR_INIT;
	struct workdays *w;

	memset(&t, 0, sizeof(t));
	t.a = arena_new();
	w = workdays_new(t.a, 2026, 2026);
	workdays_seal(w);
	assert_int_equal(example_bench_open(NULL, w, &t.bench, &e), ST_OK);
	diags_init(&t.d, t.a);
	t.fields[0] = (struct rule_field){ .name = "days", .sql = "days_between(a.opened_on, :as_of)",
					   .type = FIELD_INT, .line = 21 };
	t.fields[1] = (struct rule_field){ .name = "login", .sql = "a.login", .line = 22 };
	t.param = (struct rule_param){ .name = "limit", .type = PARAM_DAYS, .value = "30" };
	for (int i = 0; i < 3; i++)
		t.rows[i] = (struct example_row){ .table = "account", .names = account_columns, .n = 4,
						  .line = 30 + i };
	t.rows[0].values = row_a1;
	t.rows[1].values = row_a2;
	t.rows[2].values = row_a3;
	t.expects[0] = (struct example_expect){ .key = "A2", .verdict = "fail", .names = days_field, .n = 2,
						.line = 40 };
	t.expects[1] = (struct example_expect){ .key = "A3", .verdict = "indeterminate", .line = 41 };
	t.example = (struct rule_example){ .name = "N", .as_of = day("2026-10-05"), .rows = t.rows,
					   .n_rows = 3, .expects = t.expects, .n_expects = 2, .line = 25 };
	t.rule = (struct rule){ .id = "ACC-09", .file = "t.xml", .line = 10, .store = STORE_ACCOUNTS,
				.valid_from = DAY_NONE, .valid_to = DAY_NONE, .from = "account a",
				.where = "days_between(a.opened_on, :as_of) > :limit", .where_line = 15,
				.key = "a.account_id", .unit = "a.unit_id", .message = "m",
				.fields = t.fields, .n_fields = 2, .params = &t.param, .n_params = 1,
				.examples = &t.example, .n_examples = 1 };
	*state = &t;
	return 0;
}

static int teardown(void **state)
{
	struct trial *t = *state;

	example_bench_close(t->bench);
	arena_free(t->a);
	return 0;
}

static void expect_diags(struct trial *t, const char *want)
{
	CLEANUP(str_free) struct str got = STR_INIT;

	for (size_t i = 0; i < t->d.count; i++)
		str_addf(&got, "%s:%d: %s\n", t->d.items[i].file, t->d.items[i].line, t->d.items[i].text);
	assert_string_equal(got.p, want);
	diags_init(&t->d, t->a);
}

static void run(struct trial *t, const char *want)
{
	int ran = 0;

	example_run(t->bench, &t->rule, &t->d, &ran);
	expect_diags(t, want);
	assert_int_equal(ran, 1);
}

static void passes(void **state)
{
	static const char *values[] = { "31", "binh" };
	struct trial *t = *state;

	t->expects[0].values = values;
	run(t, "");
	run(t, ""); /* the rows of the first time are gone */
}

static void differences(void **state)
{
	static const char *values[] = { "30", "" };
	struct trial *t = *state;

	t->expects[0].values = values;
	t->expects[1].verdict = "fail";
	t->expects[2] = (struct example_expect){ .key = "A1", .line = 42 };
	t->example.n_expects = 3;
	run(t, "t.xml:40: example 'N': finding 'A2': days is 31, expected 30\n"
	       "t.xml:40: example 'N': finding 'A2': login is binh, expected empty\n"
	       "t.xml:41: example 'N': finding 'A3': verdict is indeterminate, expected fail\n"
	       "t.xml:42: example 'N': expected finding 'A1' is missing\n");
	t->example.n_expects = 0;
	run(t, "t.xml:25: example 'N': unexpected finding 'A2' (fail)\n"
	       "t.xml:25: example 'N': unexpected finding 'A3' (indeterminate)\n");
}

static void parameters(void **state)
{
	static const char *values[] = { "31", "binh" }, *name[] = { "limit" }, *value[] = { "31" };
	struct trial *t = *state;

	t->expects[0].values = values;
	t->example.set_names = name;
	t->example.set_values = value;
	t->example.n_set = 1;
	run(t, "t.xml:40: example 'N': expected finding 'A2' is missing\n");
	t->example.n_set = 0;
	run(t, "");
	/* What a workspace sets does not touch the examples. */
	t->param.initial = "30";
	t->param.value = "99";
	run(t, "");
}

static void law_not_in_force(void **state)
{
	struct trial *t = *state;

	t->rule.valid_from = day("2026-10-06");
	t->example.n_expects = 0;
	run(t, "");
}

static void cannot_run(void **state)
{
	struct trial *t = *state;
	int ran = 0;

	t->rule.key = "a.system_id";
	run(t, "t.xml:25: example 'N': key 'TST' comes more than once with different content; make <key> or "
	       "<from> unique\n");
	t->rule.where = "a.nope > 1";
	example_run(t->bench, &t->rule, &t->d, &ran);
	expect_diags(t, "t.xml:25: rule 'ACC-09': its examples cannot run: no such column: a.nope\n");
	assert_int_equal(ran, 0);
}

static void preparing(void **state)
{
	struct rule_need need = { .sql = "a.opened", .line = 13 };
	struct trial *t = *state;

	example_prepare(t->bench, &t->rule, &t->d);
	expect_diags(t, "");
	t->rule.needs = &need;
	t->rule.n_needs = 1;
	t->rule.where = "a.nope > 1";
	t->fields[1].sql = "b.login";
	example_prepare(t->bench, &t->rule, &t->d);
	expect_diags(t, "t.xml:13: rule 'ACC-09': <needs>: no such column: a.opened\n"
			"t.xml:15: rule 'ACC-09': <where>: no such column: a.nope\n"
			"t.xml:22: rule 'ACC-09': <field name=\"login\">: no such column: b.login\n");
	t->rule.from = "accounts a";
	example_prepare(t->bench, &t->rule, &t->d);
	expect_diags(t, "t.xml:10: rule 'ACC-09': <from>: no such table: accounts\n");
}

/* The examples in the rules that come with rasoat. */
static void delivered_rules(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct example_bench *b;
	struct rule_set *set;
	struct err e = ERR_INIT;
	struct workdays *w;
	struct terms *terms;
	struct diags d;
	int ran = 0;

	(void)state;
	diags_init(&d, a);
	set = rules_load(a, "rules", NULL, &d);
	terms = terms_load(a, "rules/terms.xml", NULL, &d);
	w = calendar_load(a, "rules/calendar.xml", NULL, &d);
	rules_expand_terms(a, set, terms, w, &d);
	assert_int_equal(d.errors, 0);
	assert_int_equal(example_bench_open(terms, w, &b, &e), ST_OK);
	for (int i = 0; !d.errors && i < set->n_rules; i++) {
		example_prepare(b, set->rules[i], &d);
		example_run(b, set->rules[i], &d, &ran);
	}
	for (size_t i = 0; i < d.count; i++)
		print_error("%s:%d: %s\n", d.items[i].file, d.items[i].line, d.items[i].text);
	assert_int_equal(d.errors, 0);
	assert_true(ran > 0);
	example_bench_close(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(passes, setup, teardown),
		cmocka_unit_test_setup_teardown(differences, setup, teardown),
		cmocka_unit_test_setup_teardown(parameters, setup, teardown),
		cmocka_unit_test_setup_teardown(law_not_in_force, setup, teardown),
		cmocka_unit_test_setup_teardown(cannot_run, setup, teardown),
		cmocka_unit_test_setup_teardown(preparing, setup, teardown),
		cmocka_unit_test(delivered_rules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
