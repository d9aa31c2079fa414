/* The descriptors: complete, consistent, and the page about them is up to date. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <rasoat/outfile.h>
#include <rasoat/schema.h>
#include <rasoat/store.h>
#include <rasoat/str.h>

static const char both_words[] = "unit unit_parent staff staff_event";

static void test_every_column_is_whole(void **state)
{
	int n;
	const struct table *t = schema_tables(&n);

	(void)state;
	assert_int_equal(n, 33);
	for (int i = 0; i < n; i++) {
		int keys = 0;

		assert_non_null(t[i].doc);
		assert_non_null(t[i].extract);
		assert_ptr_equal(schema_table(t[i].name), &t[i]);
		assert_true((t[i].stores == (IN_CASES | IN_ACCOUNTS)) == word_in(t[i].name, both_words));
		for (int k = 0; k < t[i].n_columns; k++) {
			const struct column *c = &t[i].columns[k];

			assert_non_null(c->name); /* NULL: a size in schema_columns.h is too large */
			assert_non_null(c->doc);
			assert_null(strpbrk(c->doc, "|\n"));
			assert_true((c->type == COL_ENUM) == (c->values != NULL));
			assert_ptr_equal(schema_column(&t[i], c->name), c);
			keys += c->key;
			if (str_ends(c->name, "_on"))
				assert_int_equal(c->type, COL_DATE);
		}
		assert_true(keys > 0);
	}
	assert_null(schema_table("accounts"));
	assert_null(schema_column(schema_table("account"), "id"));
}

/* A reference leads to the single key of a table that comes earlier, or of its own. */
static void test_references_lead_back(void **state)
{
	int n;
	const struct table *t = schema_tables(&n);

	(void)state;
	for (int i = 0; i < n; i++)
		for (int k = 0; k < t[i].n_columns; k++) {
			const struct column *c = &t[i].columns[k];
			const struct table *to;
			const struct column *key;
			char name[64];

			if (c->known_from)
				assert_int_equal(schema_column(&t[i], c->known_from)->type, COL_DATE);
			if (!c->refs)
				continue;
			snprintf(name, sizeof(name), "%.*s", (int)strcspn(c->refs, "."), c->refs);
			to = schema_table(name);
			assert_non_null(to);
			assert_true(to <= &t[i]);
			assert_int_equal(to->stores & t[i].stores, t[i].stores);
			key = schema_column(to, strchr(c->refs, '.') + 1);
			assert_non_null(key);
			assert_true(key->key);
			assert_int_equal(key->type, c->type);
		}
	for (int i = 0; i < n; i++)
		if (t[i].exists_from)
			assert_int_equal(schema_column(&t[i], t[i].exists_from)->type, COL_DATE);
}

static void test_what_is_known_from_when(void **state)
{
	static const struct {
		const char *table, *column, *known_from;
	} cases[] = {
		{ "account", "locked_on", "locked_on" },
		{ "account", "last_login_on", NULL },
		{ "account_role", "revoked_on", "revoked_on" },
		{ "data_request", "approved_by", "approved_on" },
		{ "petition", "eligible", "handled_on" },
		{ "petition", "case_id", "handled_on" },
		{ "case_file", "decision_no", "decided_on" },
		{ "case_file", "closed_how", "closed_on" },
		{ "inspection", "amount_found", "concluded_on" },
		{ "staff_event", "until_on", NULL },
		{ "certificate", "expires_on", NULL },
		{ "reception_session", "scheduled_on", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct column *c = schema_column(schema_table(cases[i].table), cases[i].column);

		assert_non_null(c);
		assert_true(str_eq(c->known_from, cases[i].known_from));
	}
	assert_true(schema_column(schema_table("data_request"), "approved_by")->undated);
	assert_false(schema_column(schema_table("petition"), "eligible")->undated);
	assert_string_equal(schema_table("staff")->exists_from, "joined_on");
	assert_null(schema_table("reception_session")->exists_from);
	assert_int_equal(schema_column(schema_table("visit"), "people")->min, 1);
	assert_int_equal(schema_column(schema_table("case_event"), "days")->min, 0);
}

/* Every relation gives the columns it says, in that order, on every store it says. */
static void relation_columns(enum store_kind kind)
{
	CLEANUP(store_cleanup) struct store *s = NULL;
	struct err e = ERR_INIT;
	int n;
	const struct relation *r = schema_relations(&n);
	day_t day;

	assert_true(date_from_ymd(2026, 9, 30, &day));
	assert_int_equal(store_open("sqlite::memory:", kind, STORE_CREATE, &s, &e), ST_OK);
	assert_int_equal(store_set_as_of(s, day, &e), ST_OK);
	for (int i = 0; i < n; i++) {
		CLEANUP(stmt_cleanup) struct stmt *st = NULL;
		CLEANUP(str_free) struct str sql = STR_INIT, got = STR_INIT;

		str_addf(&sql, "SELECT * FROM %s", r[i].name);
		if (!(r[i].stores & 1u << kind)) {
			assert_int_equal(store_prepare(s, sql.p, &st, &e), ST_ERR);
			continue;
		}
		if (store_prepare(s, sql.p, &st, &e) != ST_OK)
			fail_msg("%s", e.text);
		for (int k = 0; k < stmt_columns(st); k++)
			str_addf(&got, "%s%s", k ? " " : "", stmt_column_name(st, k));
		assert_string_equal(got.p, r[i].columns);
		/* The calendar needs no rows to have periods. */
		assert_int_equal(stmt_step(st, &e), strcmp(r[i].name, "past_period") ? STEP_DONE : STEP_ROW);
	}
}

static void test_relations_have_their_columns(void **state)
{
	(void)state;
	relation_columns(STORE_CASES);
	relation_columns(STORE_ACCOUNTS);
}

/* RASOAT_WRITE_DOCS=1 writes the page instead. Tests run in the project's root. */
static void test_page_is_up_to_date(void **state)
{
	CLEANUP(str_free) struct str want = STR_INIT;
	struct err e = ERR_INIT;
	char *page = NULL;
	size_t n = 0;

	(void)state;
	schema_markdown(&want);
	if (getenv("RASOAT_WRITE_DOCS")) {
		struct outfile *o = NULL;

		assert_int_equal(outfile_open("docs/stores.md", &o, &e), ST_OK);
		fwrite(want.p, 1, want.len, outfile_stream(o));
		assert_int_equal(outfile_commit(o, &e), ST_OK);
	}
	if (read_file("docs/stores.md", 1 << 20, &page, &n, &e) != ST_OK)
		fail_msg("%s", e.text);
	assert_int_equal(n, want.len);
	assert_memory_equal(page, want.p, n);
	free(page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_column_is_whole),
		cmocka_unit_test(test_references_lead_back),
		cmocka_unit_test(test_what_is_known_from_when),
		cmocka_unit_test(test_relations_have_their_columns),
		cmocka_unit_test(test_page_is_up_to_date),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
