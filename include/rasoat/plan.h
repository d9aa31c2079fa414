/*
 * plan - what a query would do to the large tables of the whole country, read from the plan of the
 * embedded engine. `rasoat check` warns of it; docs/rules.md says what is harmful and what is not.
 *
 * The store is an empty one that plans for the declared sizes (store_assume_sizes), so the answer
 * needs no data and is the same everywhere.
 */
#ifndef RASOAT_PLAN_H
#define RASOAT_PLAN_H

#include <rasoat/store.h>

struct arena;

enum plan_harm_kind {
	PLAN_AGAIN,    /* read whole again for each row of another table */
	PLAN_SUBQUERY, /* read whole by a subquery that runs for each row */
	PLAN_INDEX,    /* an index that every run would build for itself */
};

struct plan_harm {
	enum plan_harm_kind kind;
	const struct table *table; /* NULL: case_clock, a shared relation, or the result of a subquery */
	const char *name;          /* of the table or relation, or what the query calls the subquery */
	int64_t rows;              /* of a table or shared relation in the whole country, else 0 */
	const char *outer;         /* PLAN_AGAIN: what is read row by row */
	const char *columns;       /* what an index would have to be on, or NULL */
};

/*
 * The harms of the query `st`, made from `sql`, each table once for each kind; in the arena. The
 * number of them, -1 when the store has no plan to show.
 */
int plan_harms(struct arena *a, struct stmt *st, const char *sql, struct plan_harm **ret,
	       struct err *e);

/* Tries which column of the table an index would have to be on, and sets `columns`. */
void plan_advise(struct arena *a, struct store *s, const char *sql, struct plan_harm *harm);

/* Warns of each harm, `what` in front; `columns` as plan_advise would set it. */
void plan_warn(struct diags *d, const char *file, int line, const char *what,
	       const struct plan_harm *harm);

#endif
