/* postgresql_parts - what the files of the PostgreSQL engine share. */
#ifndef RASOAT_POSTGRESQL_PARTS_H
#define RASOAT_POSTGRESQL_PARTS_H

#include <rasoat/schema.h>
#include <rasoat/str.h>

struct workdays;

/* The schemas in the database: one for each store, one for the helper functions. */
#define PG_FUNCTIONS "rasoat_functions"
const char *pg_schema(enum store_kind kind); /* "rasoat_cases", "rasoat_accounts" */

/* The as-of view of a table with its classified columns. */
#define PG_CLEARED "__cleared"

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
	const char *facts_on; /* and facts_on() */
	bool cleared; /* a table with classified columns is read as NAME followed by PG_CLEARED */
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

/* ---- postgresql_ship.c ---- */

/* What rules and forms write for "in scope". */
#define PG_SCOPE "(SELECT unit_id FROM unit_scope)"
/* Translated SQL, written so that postgres_fdw can send more of it to the shards. */
void pg_ship(struct str *sql);
/*
 * A query in the order of its first column, sorted at its end: asked for sorted rows, the shards
 * would answer one after the other.
 */
void pg_ship_order(struct str *sql);
/* The scope as a list of constants, "'01', '0101'" ("": none): shards without them are left out. */
void pg_ship_scope(struct str *sql, const char *units);

/* ---- postgresql_shards.c ---- */

bool pg_splits(const char *table); /* whether its rows lie over the shards, where there are any */
/*
 * A relation that only joins rows which lie beside each other is NAME__placed, which the shards join,
 * and NAME__unplaced, of rows without a unit. Before the as-of views, whose names they borrow.
 */
bool pg_is_local(const struct relation *r);
void pg_placed_views(enum store_kind kind, struct str *out);
void pg_unplaced_views(enum store_kind kind, struct str *out);
/*
 * Import into partitioned tables, which know no ON CONFLICT: rows of import_rows that differ, as a query
 * of how many (false: there are only keys), rows that are new, and rows that follow the one they lie beside: *at from 0,
 * false after the last.
 */
bool pg_merge_changed(enum store_kind kind, const struct table *t, const struct column *const *columns, int n,
		      struct str *out);
void pg_merge_new(enum store_kind kind, const struct table *t, const struct column *const *columns, int n,
		  struct str *out);
bool pg_merge_follow(enum store_kind kind, const char *parent, int *at, struct str *out);

/* ---- postgresql_sql.c ---- */

/* "a text COLLATE "C" NOT NULL, b bigint", then `more`. */
void pg_table_columns(const struct table *t, const char *more, struct str *out);
void pg_table_ddl(const char *schema, const struct table *t, const char *more, struct str *out);
void pg_index_ddl(const char *schema, const char *table, const char *columns, struct str *out);

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
/* Temporary relations of a reader: empty tables and views (`split`: over servers); then what fills them. */
void pg_views(enum store_kind kind, bool split, struct str *out);
void pg_fill(enum store_kind kind, struct str *out);

#endif
