/*
 * store - where the facts are; the interface every engine implements.
 *
 * URIs: "sqlite:PATH" (the embedded default), "sqlite::memory:" and
 * "postgresql://..." as libpq reads it, without a password. Engines
 * are found by scheme in one table (store.c); each is one file and one
 * `static const struct store_ops` (store_ops.h). SQL is the common subset of
 * SQLite and PostgreSQL plus the helper functions below.
 *
 * Helper functions in SQL, same meaning on every engine; dates are ISO text;
 * NULL in gives NULL out; a text that is no date gives NULL:
 *   as_of()                    the as-of date of this connection
 *   days_between(a, b)         b - a in days
 *   add_days(a, n)             ISO text
 *   workdays_between(a, b)     worked days in (a, b]; NULL outside the calendar
 *   add_workdays(a, n)         n-th worked day after a (before: n < 0); NULL outside the calendar
 *   next_workday(a)            a when worked, else the next worked day
 *   matches(text, pattern)     PCRE2: 1 or 0
 *   fold(text)                 lower case, Vietnamese letters without marks
 *
 * A store opened STORE_READ cannot be written through this connection
 * whatever the SQL; temporary relations are allowed. A store handle and its
 * statements belong to one thread. Close statements before the store.
 */
#ifndef RASOAT_STORE_H
#define RASOAT_STORE_H

#include <rasoat/date.h>
#include <rasoat/err.h>
#include <rasoat/schema.h>
#include <rasoat/value.h>
#include <stdbool.h>

struct store;
struct stmt;
struct str;
struct workdays;

enum store_mode {
	STORE_READ,   /* must exist, be ours, of this kind and not newer than SCHEMA_VERSION */
	STORE_WRITE,  /* the same, for import and the ledger */
	STORE_CREATE, /* must not exist yet (or be ours already: then as STORE_WRITE) */
};

/*
 * Once in a process, before its first store and its second thread: SQLite's count of its own memory is
 * left out, which all threads would wait for. Without it everything works, slower.
 */
void store_init(void);

/*
 * Errors by exact text (tests rely on them), e.g.
 *   "cases.db: not found; run 'rasoat init' or correct <store> in rasoat.xml"
 *   "cases.db: not a rasoat store (another program's database)"
 *   "cases.db: schema version 9 is newer than this rasoat knows (1); upgrade rasoat"
 *   "cases.db: is an account store, not a case store"
 */
enum status store_open(const char *uri, enum store_kind kind, enum store_mode mode,
		       struct store **ret, struct err *e) MUST_CHECK;
void store_close(struct store *s); /* NULL is fine */
void store_cleanup(struct store **s);
enum store_kind store_kind(const struct store *s);
const char *store_name(const struct store *s); /* what messages call it: the path without scheme */

/* The calendar for the workday functions; borrowed, must outlive the store. */
void store_set_workdays(struct store *s, const struct workdays *w);
/* Keeps it where the engine needs it (PostgreSQL: a table; a reader refuses another calendar). */
enum status store_save_calendar(struct store *s, struct err *e) MUST_CHECK;
/* Whether the connection is gone: nothing more can come from this store. */
bool store_lost(const struct store *s);

/*
 * Makes this connection see the facts as of `as_of`: (re)creates nothing but
 * the as_of() value after the first call; the first call creates the as-of
 * views and shared relations as TEMP views. Not for STORE_LEDGER.
 */
enum status store_set_as_of(struct store *s, day_t as_of, struct err *e) MUST_CHECK;

/*
 * What would be found if nothing had happened since: from the next store_set_as_of() on, facts after `day` do not
 * exist, though the as-of date is a later one. DAY_NONE: again after the as-of date. A shared connection takes it over.
 */
enum status store_set_facts_on(struct store *s, day_t day, struct err *e) MUST_CHECK;

/*
 * Fills the temporary table unit_scope(unit_id) with `unit` and everything
 * below it as of the as-of date; unit NULL = every unit_id there is. The
 * error says when the unit is unknown. Call after store_set_as_of.
 */
enum status store_set_scope(struct store *s, const char *unit, struct err *e) MUST_CHECK;

/* Fills the temporary table key_list(key) with these keys, no two alike. Call after store_set_as_of. */
enum status store_set_keys(struct store *s, const char *const *keys, int64_t n, struct err *e) MUST_CHECK;

/*
 * From here on statements of this connection see classified columns (schema.h) in the as-of views, or
 * do not: without a clearance, as every store begins, the columns are not there. SQLite refuses a
 * reader the columns of the table itself too. After store_set_as_of; no statement may be open. Who may
 * have it is secrecy.h's question.
 */
enum status store_set_clearance(struct store *s, bool cleared, struct err *e) MUST_CHECK;

/* Whether the store itself refuses classified columns to a reader without clearance, whatever the SQL. */
bool store_guards(const struct store *s);

/*
 * What the query `sql` reads, wherever in it: `sink` gets each table and column that it names, as often
 * as it names it; the column "" is the table as such. The query is prepared, not run. What USING and NATURAL compare is
 * not named. An engine that cannot tell is an error.
 */
typedef void (*store_read_sink)(void *ctx, const char *table, const char *column);
enum status store_reads(struct store *s, const char *sql, store_read_sink sink, void *ctx,
			struct err *e) MUST_CHECK;

/*
 * Another connection, for another thread, that sees exactly the facts that `from` sees, whatever is
 * imported meanwhile: `from` has an as-of date and is inside a transaction. The new one has the same
 * as-of date and calendar and stays inside a transaction until it is closed; the scope is not taken
 * over. *ret is NULL where there can be none (a store in memory): the work then goes on with one.
 */
enum status store_share(struct store *from, struct store **ret, struct err *e) MUST_CHECK;

/* Gives back memory that only made the queries quicker: between one piece of work and the next. */
void store_rest(struct store *s);

enum status store_exec(struct store *s, const char *sql, struct err *e) MUST_CHECK;
enum status store_begin(struct store *s, struct err *e) MUST_CHECK;
enum status store_commit(struct store *s, struct err *e) MUST_CHECK;
/*
 * Does what a commit would do and can fail: writes what waits, takes the locks. Only the commit itself
 * is left then; for two stores that must both commit, each in its own transaction.
 */
enum status store_settle(struct store *s, struct err *e) MUST_CHECK;
void store_rollback(struct store *s); /* fine outside a transaction */

/*
 * Import writes to several stores in ONE transaction: opens `uri` beside the
 * store `s` under the SQL schema name `alias`. Tables are then alias.NAME
 * (and main.NAME for s itself).
 */
enum status store_attach(struct store *s, const char *uri, enum store_kind kind, const char *alias,
			 struct err *e) MUST_CHECK;

/* One statement; text after the first one is an error ("more than one SQL statement"). */
enum status store_prepare(struct store *s, const char *sql, struct stmt **ret, struct err *e) MUST_CHECK;
void stmt_close(struct stmt *st); /* NULL is fine */
void stmt_cleanup(struct stmt **st);
/* Number and names (with the colon, ":as_of") of the parameters; index from 1. */
int stmt_params(const struct stmt *st);
const char *stmt_param_name(const struct stmt *st, int index); /* NULL when unnamed */
/* Binding copies. By name: ST_OK and nothing done when the statement has no such parameter. */
enum status stmt_bind(struct stmt *st, int index, struct value v, struct err *e) MUST_CHECK;
enum status stmt_bind_name(struct stmt *st, const char *name, struct value v, struct err *e) MUST_CHECK;
/*
 * Binds `n` values from parameter `first` on. Texts are NOT copied: they must stay until the next
 * step is done, and the parameters be bound anew before the one after.
 */
enum status stmt_bind_row(struct stmt *st, int first, const struct value *values, int n,
			  struct err *e) MUST_CHECK;

/*
 * Asks the engine to plan the statement as bound, without running it: what only shows then (a
 * pattern that this engine reads otherwise, a type that does not fit) is an error here.
 */
enum status stmt_plan(struct stmt *st, struct err *e) MUST_CHECK;

/*
 * Appends the engine's plan of the statement as bound, without running it: one step a line, two
 * blanks per level below another step. The words are the engine's own (SQLite: EXPLAIN QUERY PLAN,
 * which does not look at the values bound); an engine that has no plan to show is an error.
 */
enum status stmt_explain(struct stmt *st, struct str *out, struct err *e) MUST_CHECK;

/* The SQL as the engine gets it. Valid until the statement closes. */
const char *stmt_sql(const struct stmt *st);

enum step { STEP_ROW, STEP_DONE, STEP_ERROR };
enum step stmt_step(struct stmt *st, struct err *e) MUST_CHECK;
void stmt_reset(struct stmt *st); /* keeps the bindings */
/* A statement that changes rows: one step, and it is ready to be bound for the next row. */
enum status stmt_run(struct stmt *st, struct err *e) MUST_CHECK;
int stmt_columns(const struct stmt *st);
const char *stmt_column_name(const struct stmt *st, int col); /* from 0 */
struct value stmt_value(const struct stmt *st, int col); /* valid until step/reset/close */
int64_t stmt_int(const struct stmt *st, int col); /* NULL gives 0 */
const char *stmt_text(const struct stmt *st, int col); /* NULL gives ""; valid as stmt_value */
bool stmt_is_null(const struct stmt *st, int col);
int64_t store_changes(const struct store *s); /* rows changed by the last statement */

/* Statistics for the planner; `alias` as in store_attach, "main" for the store itself. */
enum status store_analyze(struct store *s, const char *alias, struct err *e) MUST_CHECK;
/*
 * Before and after many rows go into an empty table, inside a transaction: what only slows that
 * down (SQLite: the indexes beside the primary key) is put aside and made anew from the rows. The
 * schema is the same afterwards. `put_back` is filled by begin and wanted by end; `jobs` above 1
 * lets the engine sort in a second thread.
 */
enum status store_fill_begin(struct store *s, const char *alias, const char *table, struct str *put_back,
			     struct err *e) MUST_CHECK;
enum status store_fill_end(struct store *s, const char *put_back, int jobs, struct err *e) MUST_CHECK;

/*
 * Lets the planner of this connection expect as many rows as the schema declares for the whole
 * country (schema.h), whatever the store holds: for an empty store in memory on which rules are
 * tried out, so that their plans are the ones that matter and the same everywhere. After
 * store_materialize, which it concerns too.
 */
enum status store_assume_sizes(struct store *s, struct err *e) MUST_CHECK;
/*
 * Import in bulk, where the engine has it: appends tab-separated rows (\N is NULL; backslash, tab
 * and line end escaped as \\, \t, \n, \r) to `target`, "table(column, ...)".
 */
bool store_can_copy(const struct store *s);
void store_copy_cell(struct str *out, const struct value *v); /* one cell as it is wanted there */
enum status store_copy(struct store *s, const char *target, const char *rows, size_t n,
		       struct err *e) MUST_CHECK;

/*
 * A table whose rows lie over several servers takes no ON CONFLICT: the rows of the temporary table
 * import_rows(columns) go into the table of that store by store_merge(), which replaces those that
 * differ. store_changes() then tells how many rows changed. `table` NULL: whether there are any.
 */
bool store_is_split(const struct store *s, const char *table);
enum status store_merge(struct store *s, enum store_kind kind, const struct table *t,
			const struct column *const *columns, int n, struct err *e) MUST_CHECK;

/*
 * Counting what a query reads while it reads it: `FROM ... CROSS JOIN tally_row AS t WHERE
 * tally(state, t.one)` lets rows of the state TALLY_KEPT through and counts every row that reaches it by its
 * state (NULL is 0), which is every row of the FROM that passes the other conditions: a cross join comes last.
 * Only where the engine has it.
 */
enum { TALLY_PASSED, TALLY_KEPT, TALLY_OUTSIDE, TALLY_STATES };
bool store_can_tally(const struct store *s);
void store_tally(struct store *s, int64_t ret[TALLY_STATES]); /* how many of each since the last call */

/*
 * From here on this connection reads the shared relation NAME from a table NAME_rows filled now:
 * for what many queries of a run read and is dear to compute. Inside a transaction of a reader; its
 * rollback undoes it. An engine that plans well without does nothing.
 */
enum status store_materialize(struct store *s, const char *name, struct err *e) MUST_CHECK;

/*
 * The temporary relation case_clock (clock.h) of a case store that has an as-of date: begin empties
 * it, the rows come in the order of case_id, end makes them readable. Texts are copied; term and
 * status are never NULL. An engine keeps it where it is quickest: in memory, or in a table.
 */
struct clock_row {
	const char *case_id, *term;
	day_t starts_on, due_on, ended_on; /* DAY_NONE = NULL */
	const char *status;
	bool has_days;
	int64_t overdue_days;
	const char *reason; /* or NULL */
};
enum status store_clock_begin(struct store *s, struct err *e) MUST_CHECK;
enum status store_clock_add(struct store *s, const struct clock_row *row, struct err *e) MUST_CHECK;
enum status store_clock_end(struct store *s, struct err *e) MUST_CHECK;

/* Runs a query of one row and one column of integer. */
enum status store_query_int(struct store *s, const char *sql, int64_t *ret, struct err *e) MUST_CHECK;

#endif
