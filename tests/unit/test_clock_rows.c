/* case_clock in memory: what is put in comes out, by case, by term, whole, in any order of asking. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include "../../src/store/clock_rows.h"
#include <rasoat/err.h>
#include <rasoat/str.h>

/* Case i has i % 4 rows, so that some have none. */
enum { CASES = 500 };

static const char *id_of(int i, char buf[16])
{
	snprintf(buf, 16, "VV%05d", i);
	return buf;
}

static struct clock_rows *filled(void)
{
	static const char *const terms[] = { "KN-02", "KN-03", "KN-05" };
	struct clock_rows *c = clock_rows_new();
	struct err e = ERR_INIT;
	char id[16];

	for (int i = 0; i < CASES; i++)
		for (int k = 0; k < i % 4; k++) {
			struct clock_row row = { id_of(i, id), terms[k], 20000 + i, DAY_NONE, 20000 - i,
						 k ? "late" : "on_time", k != 2, i, k ? NULL : "vì sao" };

			assert_int_equal(clock_rows_add(c, &row, &e), ST_OK);
		}
	return c;
}

static void check_case(const struct clock_rows *c, int i, size_t hint)
{
	struct clock_row row;
	char id[16];
	size_t end, at = clock_rows_find(c, id_of(i, id), hint, &end);

	assert_int_equal(end - at, i % 4);
	for (int k = 0; k < i % 4; k++) {
		clock_rows_get(c, at + (size_t)k, &row);
		assert_string_equal(row.case_id, id);
		assert_string_equal(row.term, k == 0 ? "KN-02" : k == 1 ? "KN-03" : "KN-05");
		assert_int_equal(row.starts_on, 20000 + i);
		assert_int_equal(row.due_on, DAY_NONE);
		assert_int_equal(row.ended_on, 20000 - i);
		assert_int_equal(row.has_days, k != 2);
		assert_int_equal(row.overdue_days, i);
		if (k)
			assert_null(row.reason);
		else
			assert_string_equal(row.reason, "vì sao");
	}
}

static void expect_none(const struct clock_rows *c, const char *case_id, size_t hint)
{
	size_t end, at = clock_rows_find(c, case_id, hint, &end);

	assert_int_equal(at, end);
}

static void test_find(void **state)
{
	struct clock_rows *c = filled();

	(void)state;
	assert_int_equal(clock_rows_count(c), CASES / 4 * 6);
	for (size_t hint = 0; hint < clock_rows_count(c) + 7; hint += 37)
		for (int i = 0; i < CASES; i++)
			check_case(c, i, hint);
	expect_none(c, "", 99);
	expect_none(c, "VV99999", 99);
	expect_none(c, "VV00001x", 0);
	clock_rows_free(c);
	c = clock_rows_new();
	expect_none(c, "VV00001", 0);
	clock_rows_free(c);
}

static void test_order(void **state)
{
	struct clock_rows *c = filled();
	struct clock_row row = { "VV00007", "KN-02", 1, 2, 3, "late", true, 1, NULL };
	struct err e = ERR_INIT;

	(void)state;
	assert_int_equal(clock_rows_add(c, &row, &e), ST_ERR);
	assert_string_equal(e.text, "case_clock: case 'VV00007' comes out of order");
	clock_rows_free(c);
}

static void test_words(void **state)
{
	struct clock_rows *c = clock_rows_new();
	struct err e = ERR_INIT;
	char term[16];

	(void)state;
	for (int i = 0; i < 254; i++) {
		struct clock_row row = { "A", term, 1, 2, 3, "late", true, 1, NULL };

		snprintf(term, sizeof(term), "T%d", i);
		assert_int_equal(clock_rows_add(c, &row, &e), ST_OK);
	}

	struct clock_row more = { "A", "one more", 1, 2, 3, "late", true, 1, NULL };

	assert_int_equal(clock_rows_add(c, &more, &e), ST_ERR);
	assert_string_equal(e.text, "case_clock: more than 255 different terms and reasons");
	clock_rows_free(c);
}

/* The same through SQL: by both, by one, by neither, by NULL, in a join. */
static void test_sql(void **state)
{
	static const struct {
		const char *where;
		int64_t n;
	} asked[] = {
		{ "case_id = 'VV00007'", 3 },
		{ "case_id = 'VV00007' AND term = 'KN-03'", 1 },
		{ "case_id IN ('VV00007', 'VV00006', 'VV00004') AND term IN ('KN-02', 'KN-05')", 3 },
		{ "term = 'KN-05'", CASES / 4 },
		{ "case_id = NULL", 0 },
		{ "case_id = 'VV00007' AND term = NULL", 0 },
		{ "case_id > 'VV00007' AND case_id <= 'VV00011'", 6 },
		{ "overdue_days IS NULL", CASES / 4 },
		{ "ended_on < starts_on AND due_on IS NULL AND reason = 'vì sao'", CASES / 4 * 3 },
		{ "case_id || term IN (SELECT b.case_id || 'KN-02' FROM case_clock b WHERE b.status = 'late')",
		  CASES / 4 * 2 },
	};
	struct store *s = NULL;
	struct err e = ERR_INIT;
	char id[16];
	int64_t n;

	(void)state;
	assert_int_equal(store_open("sqlite::memory:", STORE_CASES, STORE_CREATE, &s, &e), ST_OK);
	assert_int_equal(store_clock_begin(s, &e), ST_ERR);
	assert_string_equal(e.text, ":memory:: case_clock belongs to a case store with an as-of date");
	assert_int_equal(store_set_as_of(s, 21000, &e), ST_OK);
	assert_int_equal(store_query_int(s, "SELECT count(*) FROM case_clock WHERE case_id = 'A'", &n, &e), ST_OK);
	assert_int_equal(n, 0);
	assert_int_equal(store_clock_begin(s, &e), ST_OK);
	for (int i = 0; i < CASES; i++)
		for (int k = 0; k < i % 4; k++) {
			struct clock_row row = { id_of(i, id), k == 0 ? "KN-02" : k == 1 ? "KN-03" : "KN-05",
						 20000 + i, DAY_NONE, 20000 - i, k ? "late" : "on_time", k != 2, i,
						 k ? NULL : "vì sao" };

			assert_int_equal(store_clock_add(s, &row, &e), ST_OK);
		}
	assert_int_equal(store_clock_end(s, &e), ST_OK);
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		CLEANUP(str_free) struct str sql = STR_INIT;

		str_addf(&sql, "SELECT count(*) FROM case_clock WHERE %s", asked[i].where);
		if (store_query_int(s, sql.p, &n, &e) != ST_OK)
			fail_msg("%s: %s", sql.p, e.text);
		if (n != asked[i].n)
			fail_msg("%s: %lld rows", sql.p, (long long)n);
	}
	store_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_sql),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
