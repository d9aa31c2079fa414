/* The tree of units as of a date. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <rasoat/arena.h>
#include <rasoat/units.h>

#define OK(call)                                         \
	do {                                             \
		struct err e_ = ERR_INIT, *e = &e_;      \
		if ((call) != ST_OK)                     \
			fail_msg(#call ": %s", e->text); \
	} while (0)

struct world {
	struct arena *a;
	struct store *s;
};

/* VN over A and B; A1, A2 below A; B1 below B. A2 moved to B on 2026-07-01. OLD, below A, ended 2026-03-31. */
static int setup(void **state)
{
	static struct world w;

	w.a = arena_new();
	w.s = NULL;
	OK(store_open("sqlite::memory:", STORE_CASES, STORE_CREATE, &w.s, e));
	OK(store_exec(w.s,
		      "INSERT INTO unit(unit_id, name, level, valid_from, valid_to) VALUES"
		      " ('B', 'Đơn vị B', 'province', NULL, NULL), ('A', 'Đơn vị A', 'province', '2020-01-01', NULL),"
		      " ('VN', 'Trung ương', 'central', NULL, NULL), ('A1', 'A một', NULL, NULL, NULL),"
		      " ('A2', 'A hai', NULL, NULL, NULL), ('B1', 'B một', NULL, NULL, NULL),"
		      " ('OLD', 'Đơn vị cũ', NULL, NULL, '2026-03-31');"
		      "INSERT INTO unit_parent(unit_id, parent_id, valid_from, valid_to) VALUES"
		      " ('A', 'VN', '2020-01-01', NULL), ('B', 'VN', '2020-01-01', NULL),"
		      " ('A1', 'A', '2020-01-01', NULL), ('B1', 'B', '2020-01-01', NULL),"
		      " ('A2', 'A', '2020-01-01', '2026-06-30'), ('A2', 'B', '2026-07-01', NULL),"
		      " ('OLD', 'A', '2020-01-01', '2026-03-31')", e));
	*state = &w;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;

	store_close(w->s);
	arena_free(w->a);
	return 0;
}

static struct units *load(struct world *w, int y, int m, int d)
{
	struct units *u = NULL;
	day_t day;

	assert_true(date_from_ymd(y, m, d, &day));
	OK(store_set_as_of(w->s, day, e));
	OK(units_load(w->a, w->s, &u, e));
	return u;
}

static const char *parent(const struct units *u, const char *id)
{
	int p = units_at(u, units_find(u, id))->parent;

	return p < 0 ? "" : units_at(u, p)->id;
}

static void test_order_and_names(void **state)
{
	struct units *u = load(*state, 2026, 6, 30);
	static const char *const ids[] = { "A", "A1", "A2", "B", "B1", "OLD", "VN" };

	assert_int_equal(units_count(u), 7);
	for (int i = 0; i < 7; i++)
		assert_string_equal(units_at(u, i)->id, ids[i]);
	assert_string_equal(units_name(u, "A1"), "A một");
	assert_string_equal(units_name(u, "nowhere"), "nowhere");
	assert_string_equal(units_name(u, NULL), "");
	assert_int_equal(units_find(u, "a1"), -1);
	assert_int_equal(units_find(u, NULL), -1);
}

static void test_moved_unit(void **state)
{
	struct units *before = load(*state, 2026, 6, 30);

	assert_string_equal(parent(before, "A2"), "A");
	assert_string_equal(parent(load(*state, 2026, 7, 1), "A2"), "B");
}

static void test_abolished_unit_keeps_its_parent(void **state)
{
	struct units *u = load(*state, 2026, 9, 14);
	day_t last;

	assert_string_equal(parent(u, "OLD"), "A");
	assert_true(date_from_ymd(2026, 3, 31, &last));
	assert_int_equal(units_at(u, units_find(u, "OLD"))->valid_to, last);
	assert_int_equal(units_at(u, units_find(u, "VN"))->valid_from, DAY_NONE);
}

static void test_below_and_child_of(void **state)
{
	struct units *u = load(*state, 2026, 6, 30);
	int vn = units_find(u, "VN"), a = units_find(u, "A"), a1 = units_find(u, "A1"), b = units_find(u, "B");

	assert_true(units_below(u, a1, a));
	assert_true(units_below(u, a1, vn));
	assert_true(units_below(u, a, a));
	assert_false(units_below(u, a1, b));
	assert_false(units_below(u, vn, a));
	assert_int_equal(units_child_of(u, a1, vn), a);
	assert_int_equal(units_child_of(u, a, vn), a);
	assert_int_equal(units_child_of(u, vn, vn), vn);
	assert_int_equal(units_child_of(u, a1, -1), vn);
	assert_int_equal(units_child_of(u, vn, -1), vn);
	assert_int_equal(units_child_of(u, b, a), -1);
	assert_int_equal(units_child_of(u, a1, a), a1);
}

static void test_unknown_parent_makes_a_root(void **state)
{
	struct world *w = *state;

	OK(store_exec(w->s, "INSERT INTO unit(unit_id, name) VALUES ('X', 'Lạc');"
			    "INSERT INTO unit_parent(unit_id, parent_id, valid_from) VALUES ('X', 'GONE', '2020-01-01')", e));
	assert_string_equal(parent(load(w, 2026, 6, 30), "X"), "");
}

static void test_cycle(void **state)
{
	struct world *w = *state;
	struct units *u = NULL;
	struct err e1 = ERR_INIT;

	load(w, 2026, 6, 30);
	OK(store_exec(w->s, "UPDATE main.unit_parent SET parent_id = 'A1' WHERE unit_id = 'A'", e));
	assert_int_equal(units_load(w->a, w->s, &u, &e1), ST_ERR);
	assert_string_equal(e1.text, ":memory:: unit 'A' stands below itself; correct its rows in unit_parent");
	assert_null(u);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_order_and_names, setup, teardown),
		cmocka_unit_test_setup_teardown(test_moved_unit, setup, teardown),
		cmocka_unit_test_setup_teardown(test_abolished_unit_keeps_its_parent, setup, teardown),
		cmocka_unit_test_setup_teardown(test_below_and_child_of, setup, teardown),
		cmocka_unit_test_setup_teardown(test_unknown_parent_makes_a_root, setup, teardown),
		cmocka_unit_test_setup_teardown(test_cycle, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
