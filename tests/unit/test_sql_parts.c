/* A rule's SQL taken apart: conditions, sources, names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include "../../src/audit/sql_parts.h"
#include <rasoat/arena.h>
#include <rasoat/err.h>
#include <rasoat/str.h>

static void check_conditions(const char *sql, const char *want)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	CLEANUP(str_free) struct str got = STR_INIT;
	struct sql_list list = { .n = 0 };

	sql_conditions(a, sql, &list);
	for (int i = 0; i < list.n; i++)
		str_addf(&got, "%s[%s]", i ? " " : "", list.items[i]);
	assert_string_equal(got.p, want);
}

static void conditions(void **state)
{
	(void)state;
	check_conditions("a = 1", "[a = 1]");
	check_conditions("a = 1 AND b = 2\n  and c", "[a = 1] [b = 2] [c]");
	check_conditions("a BETWEEN 1 AND 2 AND b", "[a BETWEEN 1 AND 2] [b]");
	check_conditions("a NOT BETWEEN (1) AND x.y AND b BETWEEN 3 AND 4", "[a NOT BETWEEN (1) AND x.y] [b BETWEEN 3 AND 4]");
	check_conditions("a AND b OR c", "[a AND b OR c]");
	check_conditions("a AND (b OR c AND d)", "[a] [b OR c AND d]");
	check_conditions("a AND (b AND (c))", "[a] [b] [c]");
	check_conditions("((a AND b))", "[a] [b]");
	check_conditions("(a) = (b AND c)", "[(a) = (b AND c)]");
	check_conditions("(SELECT 1 AND 2) AND x", "[(SELECT 1 AND 2)] [x]");
	check_conditions("CASE WHEN a AND b THEN 1 END = 1 AND c", "[CASE WHEN a AND b THEN 1 END = 1] [c]");
	check_conditions("x = 'a AND b' AND y = \"c AND d\" AND [e AND f] = 'it''s AND'",
			 "[x = 'a AND b'] [y = \"c AND d\"] [[e AND f] = 'it''s AND']");
	check_conditions("a /* AND b */ AND c -- AND d", "[a /* AND b */] [c -- AND d]");
	check_conditions("EXISTS (SELECT 1 FROM t WHERE a AND b) AND NOT (c AND d)",
			 "[EXISTS (SELECT 1 FROM t WHERE a AND b)] [NOT (c AND d)]");
	check_conditions("brand = 1 AND sand", "[brand = 1] [sand]");
}

static void check_sources(const char *from, const char *want)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	CLEANUP(str_free) struct str got = STR_INIT;
	struct sql_sources list = { .n = 0 };

	sql_sources(a, from, &list);
	for (int i = 0; i < list.n; i++) {
		const struct sql_source *s = &list.items[i];

		str_addf(&got, "%s%s%s as %s%s%s", i ? "; " : "", s->outer ? "maybe " : "", s->table ? s->table : "()",
			 s->alias, s->on ? " on " : "", s->on ? s->on : "");
	}
	assert_string_equal(got.p, want);
}

static void sources(void **state)
{
	(void)state;
	check_sources("account a", "account as a");
	check_sources("account", "account as account");
	check_sources("account AS a JOIN account_left d ON d.account_id = a.account_id AND d.basis = 'named'",
		      "account as a; account_left as d on d.account_id = a.account_id AND d.basis = 'named'");
	check_sources("a x LEFT JOIN b ON b.i = x.i CROSS JOIN (SELECT i FROM c JOIN d ON c.i = d.i) y",
		      "a as x; maybe b as b on b.i = x.i; () as y");
	check_sources("a, b c", "a as a; b as c");
	check_sources("temp.a x JOIN b USING (i)", "a as x; b as b");
}

static void check_names(const char *from, const char *sql, const char *want, bool only_tables)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	CLEANUP(str_free) struct str got = STR_INIT;
	struct sql_sources sources = { .n = 0 };
	struct sql_list list = { .n = 0 };

	sql_sources(a, from, &sources);
	sql_names(a, sql, &sources, &list);
	for (int i = 0; i < list.n; i++)
		str_addf(&got, "%s%s", i ? " " : "", list.items[i]);
	assert_string_equal(got.len ? got.p : "", want);
	assert_int_equal(sql_only_tables(a, sql, &sources), only_tables);
}

static void names(void **state)
{
	(void)state;
	check_names("account a", "a.x > :days AND a.y = a.x", "a.x :days a.y", true);
	check_names("account a", "a.x = 'a.y' AND b.z", "a.x", false);
	check_names("account a", "EXISTS (SELECT 1 FROM staff s WHERE s.i = a.i)", "a.i", false);
	check_names("account a", "EXISTS (SELECT 1 FROM account a WHERE a.i)", "", false);
	check_names("(SELECT i FROM t) z JOIN u ON u.i = z.i", "z.i", "z.i", false);
	check_names("(SELECT i FROM t) z JOIN u ON u.i = z.i", "coalesce(u.i, 'x')", "u.i", true);
	check_names("account a", "CASE WHEN a.x IS NULL THEN 1 ELSE 0 END", "a.x", true);
	check_names("account a", "x", "", false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(conditions),
		cmocka_unit_test(sources),
		cmocka_unit_test(names),
	};

	return cmocka_run_group_tests_name("sql_parts", tests, NULL, NULL);
}
