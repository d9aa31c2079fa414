/*
 * sql_parts - inside the audit room: a rule's SQL taken apart at its outside, by a scanner that knows
 * strings, brackets, CASE ... END and BETWEEN ... AND, and nothing else. What it cannot take apart stays
 * one part, which is always right.
 */
#ifndef RASOAT_SQL_PARTS_H
#define RASOAT_SQL_PARTS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* The conditions that an expression joins by AND at its top; one when it joins none. */
struct sql_list {
	const char **items;
	int n, cap;
};
void sql_conditions(struct arena *a, const char *expression, struct sql_list *ret);

/* What a FROM reads, in its order. */
struct sql_source {
	const char *text;  /* with its join: "LEFT JOIN staff s ON s.staff_id = a.staff_id" */
	const char *table; /* table or shared relation; NULL: a subquery */
	const char *alias;
	const char *on;    /* or NULL */
	bool outer;        /* LEFT: a row without partner stays */
	size_t end;        /* the FROM up to here has this source and those before */
};
struct sql_sources {
	struct sql_source *items;
	int n, cap;
};
void sql_sources(struct arena *a, const char *from, struct sql_sources *ret);
const struct sql_source *sql_source(const struct sql_sources *s, const char *alias); /* NULL: no such */

/*
 * What an expression names, each once in the order of its text: ALIAS.COLUMN of the given sources (in a
 * subquery too, unless it has the alias itself), :parameters.
 */
void sql_names(struct arena *a, const char *expression, const struct sql_sources *s, struct sql_list *ret);

/*
 * Whether every column that the expression names is that of a source which is a table or a shared relation;
 * false when in doubt: a name without alias, a subquery.
 */
bool sql_only_tables(struct arena *a, const char *expression, const struct sql_sources *s);

#endif
