/*
 * sqlite_functions - the helper functions of SQL as plain C: values in, a value out. The engine
 * only carries them over. matches() is with the engine, which keeps compiled patterns.
 */
#ifndef RASOAT_SQLITE_FUNCTIONS_H
#define RASOAT_SQLITE_FUNCTIONS_H

#include "store_ops.h"

#include <rasoat/str.h>

struct sql_call {
	const struct store *store;
	const struct value *args; /* none is NULL: NULL in gives NULL out before the call */
	struct value ret;         /* V_NULL unless the function sets it; text may point into: */
	char date[11];
	struct str text; /* freed by the engine */
};

struct sql_function {
	const char *name;
	int n_args;
	void (*run)(struct sql_call *call);
};

const struct sql_function *sql_functions(int *ret_count);

/* store_assume_sizes, through sqlite_stat1 (sqlite_sizes.c). */
enum status sqlite_assume_sizes(struct store *s, struct err *e) MUST_CHECK;

/* Appends the plan of `sql` as stmt_explain wants it (sqlite_explain.c). */
enum status sqlite_plan_text(struct store *s, const char *sql, struct str *out, struct err *e) MUST_CHECK;

/* As store_fill_begin and store_fill_end want it (sqlite_fill.c). */
enum status sqlite_fill_begin(struct store *s, const char *alias, const char *table, struct str *put_back,
			      struct err *e) MUST_CHECK;
enum status sqlite_fill_end(struct store *s, const char *put_back, int jobs, struct err *e) MUST_CHECK;

#endif
