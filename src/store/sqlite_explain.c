/*
 * A plan as text: the rows of EXPLAIN QUERY PLAN, each under the step it belongs to. It only uses
 * the store's own statements.
 */
#include "sqlite_functions.h"

#include <rasoat/arena.h>

struct step_row {
	int64_t id, parent; /* 0: the statement itself */
	const char *text;
};

struct steps {
	struct arena *arena;
	struct step_row *rows;
	int n, cap;
};

/* SQLite lists a step before its parts, but the parts of several steps may be mixed. */
static void add_below(const struct steps *all, int64_t parent, size_t depth, struct str *out)
{
	for (int i = 0; i < all->n; i++) {
		if (all->rows[i].parent != parent)
			continue;
		for (size_t k = 0; k < depth; k++)
			str_add(out, "  ");
		str_addf(out, "%s\n", all->rows[i].text);
		add_below(all, all->rows[i].id, depth + 1, out);
	}
}

enum status sqlite_plan_text(struct store *s, const char *sql, struct str *out, struct err *e)
{
	CLEANUP(str_free) struct str query = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct steps all = { .arena = a };
	enum step step;

	str_addf(&query, "EXPLAIN QUERY PLAN\n%s", sql);
	if (store_prepare(s, query.p, &st, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW)
		*ARENA_PUSH(a, all.rows, all.n, all.cap) =
			(struct step_row){ .id = stmt_int(st, 0), .parent = stmt_int(st, 1),
					   .text = arena_strdup(a, stmt_text(st, 3)) };
	if (step == STEP_ERROR)
		return ST_ERR;
	add_below(&all, 0, 0, out);
	return ST_OK;
}
