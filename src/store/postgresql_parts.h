/* postgresql_parts - what the files of the PostgreSQL engine share. */
#ifndef RASOAT_POSTGRESQL_PARTS_H
#define RASOAT_POSTGRESQL_PARTS_H

#include <rasoat/schema.h>
#include <rasoat/str.h>

struct workdays;

/* The schemas in the database: one for each store, one for the helper functions. */
#define PG_FUNCTIONS "rasoat_functions"
const char *pg_schema(enum store_kind kind); /* "rasoat_cases", "rasoat_accounts" */

/* ---- postgresql_translate.c ---- */

enum pg_verb { PG_QUERY, PG_INSERT, PG_CHANGE, PG_OTHER };

/* One statement as PostgreSQL reads it. */
struct pg_sql {
	struct str text;
	enum pg_verb verb;
	struct str names; /* of the parameters, each with its NUL; "" = unnamed */
	int n_params;
	bool many;  /* more than one statement */
	bool empty; /* no statement at all */
};

struct pg_context {
	const char *main;  /* the schema that "main." means */
	const char *alias; /* an attached store's name, or NULL, */
	const char *alias_schema;
	const char *as_of; /* what as_of() is, or NULL */
};

/*
 * From the common SQL to PostgreSQL's: :name, ?N and ? become $N; main., temp. and the alias
 * become schemas; `a IS b` becomes IS NOT DISTINCT FROM; NULLs sort first, as in SQLite;
 * WITHOUT ROWID and comments go; as_of() becomes the date itself, so that the planner sees it.
 * Refuses what both engines accept and mean differently (LIKE, GLOB).
 */
enum status pg_translate(const char *sql, const struct pg_context *ctx, struct pg_sql *ret,
			 struct err *e) MUST_CHECK;
void pg_sql_free(struct pg_sql *q);
const char *pg_sql_name(const struct pg_sql *q, int index); /* from 1; NULL when unnamed */

/* ---- postgresql_sql.c ---- */

/* The tables of a store, in its schema. */
void pg_schema_ddl(enum store_kind kind, struct str *out);
/* The helper functions; no data. */
void pg_functions_ddl(struct str *out);
/* Rows for COPY of folding(letter, folded) and calendar(day, worked, upto). */
void pg_folding_rows(struct str *out);
void pg_calendar_rows(const struct workdays *w, struct str *out);
/* What tells whether the functions or the calendar in the database are ours. */
void pg_functions_digest(char out[65]);
void pg_calendar_digest(const struct workdays *w, char out[65]);
/* Temporary relations of a reader: empty tables and views; then what fills them. */
void pg_views(enum store_kind kind, struct str *out);
void pg_fill(enum store_kind kind, struct str *out);

#endif
