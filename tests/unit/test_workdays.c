#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include <rasoat/arena.h>
#include <rasoat/err.h>
#include <rasoat/workdays.h>

static day_t day(int y, int m, int d)
{
	day_t n = DAY_NONE;

	assert_true(date_from_ymd(y, m, d, &n));
	return n;
}

static void off(struct workdays *w, int y, int m, int first, int last)
{
	for (int d = first; d <= last; d++)
		assert_true(workdays_set(w, day(y, m, d), false));
}

/* The civil-service calendar of 2026 (9441/TB-BNV, CV 12729/VPCP-KGVX), 2027 without holidays. */
static struct workdays *calendar(struct arena *a)
{
	struct workdays *w = workdays_new(a, 2026, 2027);

	off(w, 2026, 1, 1, 2);
	off(w, 2026, 2, 16, 20);
	off(w, 2026, 4, 27, 27);
	off(w, 2026, 4, 30, 30);
	off(w, 2026, 5, 1, 1);
	off(w, 2026, 8, 31, 31);
	off(w, 2026, 9, 1, 2);
	off(w, 2026, 11, 24, 24);
	assert_true(workdays_set(w, day(2026, 1, 10), true));
	assert_true(workdays_set(w, day(2026, 8, 22), true));
	workdays_seal(w);
	return w;
}

static void expect_add(const struct workdays *w, day_t from, int n, day_t want)
{
	day_t got = DAY_NONE;
	int back = -1;

	assert_true(workdays_add(w, from, n, &got));
	assert_int_equal(got, want);
	assert_true(workdays_between(w, from, got, &back));
	assert_int_equal(back, n);
}

static void expect_roll(const struct workdays *w, day_t from, day_t want)
{
	day_t got = DAY_NONE;

	assert_true(workdays_roll(w, from, &got));
	assert_int_equal(got, want);
}

static void test_statutory_vectors(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	const struct workdays *w = calendar(a);

	(void)state;
	/* Complaint received Friday 26/6/2026, 10 days: Monday 06/7/2026. */
	expect_roll(w, day(2026, 6, 26) + 10, day(2026, 7, 6));
	/* Complaint received Wednesday 01/7/2026, 7 working days: Friday 10/7/2026. */
	expect_add(w, day(2026, 7, 1), 7, day(2026, 7, 10));
	/* Denunciation received Thursday 12/02/2026, 7 working days over Tết: Monday 02/3/2026. */
	expect_add(w, day(2026, 2, 12), 7, day(2026, 3, 2));
	/* Accepted 27/3/2026, 30 days: 26/4 is a Sunday and a holiday, 27/4 off in lieu: 28/4/2026. */
	assert_int_equal(day(2026, 3, 27) + 30, day(2026, 4, 26));
	expect_roll(w, day(2026, 4, 26), day(2026, 4, 28));
}

static void test_add(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	const struct workdays *w = calendar(a);

	(void)state;
	expect_add(w, day(2026, 2, 14), 0, day(2026, 2, 14)); /* itself, though a Saturday */
	expect_add(w, day(2026, 1, 9), 1, day(2026, 1, 10));  /* a Saturday that is worked */
	expect_add(w, day(2026, 1, 10), 1, day(2026, 1, 12));
	expect_add(w, day(2026, 2, 13), 1, day(2026, 2, 23)); /* over Tết */
	expect_add(w, day(2026, 1, 1), 1, day(2026, 1, 5));
	expect_add(w, day(2026, 8, 28), 2, day(2026, 9, 4)); /* Friday; 31/8-2/9 off */
}

static void test_between(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	const struct workdays *w = calendar(a);
	int n;

	(void)state;
	assert_true(workdays_between(w, day(2026, 7, 6), day(2026, 7, 6), &n));
	assert_int_equal(n, 0);
	assert_true(workdays_between(w, day(2026, 7, 3), day(2026, 7, 6), &n)); /* Fri to Mon */
	assert_int_equal(n, 1);
	assert_true(workdays_between(w, day(2026, 7, 6), day(2026, 7, 3), &n));
	assert_int_equal(n, -1);
	assert_true(workdays_between(w, day(2026, 2, 13), day(2026, 2, 22), &n));
	assert_int_equal(n, 0);
	/*
	 * 2026 has 365 days from a Thursday, so 52 weeks and a Thursday: 261 weekdays; 14 of
	 * them off, 2 Saturdays worked: 249. (from, to] leaves out 1 January, which is off.
	 */
	assert_true(workdays_between(w, day(2026, 1, 1), day(2026, 12, 31), &n));
	assert_int_equal(n, 249);
}

/* Against a count day by day over a year. */
static void test_same_as_counting(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	const struct workdays *w = calendar(a);

	(void)state;
	for (day_t from = day(2026, 1, 1); from <= day(2026, 12, 31); from++) {
		int n = 0;

		for (day_t to = from + 1; to <= from + 60; to++) {
			bool worked = false;

			assert_true(workdays_is_worked(w, to, &worked));
			if (worked)
				expect_add(w, from, ++n, to);
		}
	}
}

static void expect_back(const struct workdays *w, day_t from, int n, day_t want)
{
	day_t got = DAY_NONE;

	assert_true(workdays_add(w, from, n, &got));
	assert_int_equal(got, want);
}

static void test_back_same_as_counting(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	const struct workdays *w = calendar(a);

	(void)state;
	expect_back(w, day(2026, 1, 12), -1, day(2026, 1, 10)); /* a Saturday that is worked */
	expect_back(w, day(2026, 2, 22), -2, day(2026, 2, 12)); /* back from a Sunday, over Tết */
	for (day_t from = day(2026, 12, 31); from > day(2026, 4, 1); from--) {
		int n = 0;

		for (day_t to = from - 1; to >= from - 60; to--) {
			bool worked = false;

			assert_true(workdays_is_worked(w, to, &worked));
			if (worked)
				expect_back(w, from, --n, to);
		}
	}
}

static void test_unknown_years(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct workdays *w = calendar(a);
	day_t got = 42;
	bool worked;
	int n = 42;

	(void)state;
	assert_false(workdays_is_worked(w, day(2025, 12, 31), &worked));
	assert_false(workdays_is_worked(w, day(2028, 1, 1), &worked));
	assert_false(workdays_add(w, day(2025, 12, 31), 1, &got));
	assert_false(workdays_add(w, day(2027, 12, 31), 1, &got)); /* the answer is in 2028 */
	assert_false(workdays_add(w, day(2026, 1, 1), -1, &got));
	assert_false(workdays_add(w, day(2027, 12, 31), INT32_MIN, &got));
	assert_false(workdays_add(w, day(2027, 1, 1), INT32_MAX, &got));
	assert_false(workdays_between(w, day(2025, 12, 31), day(2026, 1, 1), &n));
	assert_false(workdays_between(w, day(2026, 1, 1), day(2028, 1, 1), &n));
	assert_false(workdays_between(w, DAY_NONE, day(2026, 1, 1), &n));
	assert_false(workdays_roll(w, day(2028, 1, 1), &got));
	assert_false(workdays_set(w, day(2028, 1, 3), false));
	expect_add(w, day(2027, 12, 30), 1, day(2027, 12, 31));
	assert_int_equal(got, 42);
	assert_int_equal(n, 42);
}

static void test_ends_on_a_day_off(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct workdays *w = workdays_new(a, 2022, 2022); /* ends on a Saturday */
	day_t got;

	(void)state;
	workdays_seal(w);
	expect_roll(w, day(2022, 12, 30), day(2022, 12, 30));
	assert_false(workdays_roll(w, day(2022, 12, 31), &got)); /* nothing known after */
}

static void test_sundays_and_sealing(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct workdays *w = workdays_new(a, 2026, 2026);
	bool worked = true;
	int n;

	(void)state;
	assert_false(workdays_set(w, day(2026, 1, 11), true)); /* a Sunday is never worked */
	assert_true(workdays_set(w, day(2026, 1, 11), false));
	assert_true(workdays_is_worked(w, day(2026, 1, 11), &worked));
	assert_false(worked);
	assert_false(workdays_between(w, day(2026, 1, 1), day(2026, 1, 2), &n)); /* not sealed */
	workdays_seal(w);
	assert_true(workdays_between(w, day(2026, 1, 1), day(2026, 1, 2), &n));
	assert_true(workdays_set(w, day(2026, 1, 2), false));
	assert_false(workdays_between(w, day(2026, 1, 1), day(2026, 1, 2), &n)); /* changed */
	assert_int_equal(w->provisional_from, DAY_NONE);
}

static void test_no_years(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct workdays *none[] = { workdays_new(a, 2027, 2026), workdays_new(a, 1800, 1801),
				    workdays_new(a, 2199, 2200) };
	bool worked;
	day_t got;
	int n;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		workdays_seal(none[i]);
		assert_true(none[i]->first > none[i]->last);
		assert_false(workdays_is_worked(none[i], 0, &worked));
		assert_false(workdays_is_worked(none[i], 1, &worked));
		assert_false(workdays_add(none[i], 0, 0, &got));
		assert_false(workdays_between(none[i], 0, 1, &n));
		assert_false(workdays_roll(none[i], 1, &got));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_statutory_vectors), cmocka_unit_test(test_add),
		cmocka_unit_test(test_between),		  cmocka_unit_test(test_back_same_as_counting),
		cmocka_unit_test(test_same_as_counting),
		cmocka_unit_test(test_unknown_years),	  cmocka_unit_test(test_ends_on_a_day_off),
		cmocka_unit_test(test_sundays_and_sealing), cmocka_unit_test(test_no_years),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
