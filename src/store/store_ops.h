/*
 * store_ops - what an engine gives to store.c. One engine is one file and one constant
 * table of functions; its own structs begin with struct store and struct stmt.
 */
#ifndef RASOAT_STORE_OPS_H
#define RASOAT_STORE_OPS_H

#include <rasoat/store.h>

struct store {
	const struct store_ops *ops;
	enum store_kind kind;
	enum store_mode mode;
	char *name;     /* owned by store.c */
	char *uri;      /* as it was opened; owned by store.c */
	char as_of[11]; /* "" until store_set_as_of */
	char facts_on[11]; /* "": the same day */
	bool has_views;
	bool cleared;   /* store_set_clearance */
	struct stmt *clock_insert; /* between store_clock_begin and _end, in a table */
	const struct workdays *workdays; /* or NULL */
};

struct stmt {
	const struct store_ops *ops;
	struct store *store;
};

/* The contracts are those of the functions of the same name in store.h. */
struct store_ops {
	const char *scheme; /* with the colon */
	void (*init)(void); /* store_init, or NULL */
	/* `s` comes with ops, kind, mode and name set; `where` is the URI without the scheme.
	 * On error the engine has let go of everything but `s` itself. */
	size_t store_size;
	enum status (*open)(struct store *s, const char *where, struct err *e);
	void (*close)(struct store *s); /* everything but `s` itself */
	enum status (*exec)(struct store *s, const char *sql, struct err *e);
	enum status (*begin)(struct store *s, struct err *e);
	void (*rollback)(struct store *s);
	enum status (*attach)(struct store *s, const char *where, enum store_kind kind,
			      const char *alias, struct err *e);
	int64_t (*changes)(const struct store *s);
	void (*tally)(struct store *s, int64_t ret[TALLY_STATES]); /* NULL: the engine has no tally() */

	enum status (*prepare)(struct store *s, const char *sql, struct stmt **ret, struct err *e);
	void (*stmt_close)(struct stmt *st);
	const char *(*stmt_sql)(const struct stmt *st);
	int (*stmt_params)(const struct stmt *st);
	const char *(*stmt_param_name)(const struct stmt *st, int index);
	enum status (*stmt_bind)(struct stmt *st, int index, const struct value *v, struct err *e);
	enum step (*stmt_step)(struct stmt *st, struct err *e);
	void (*stmt_reset)(struct stmt *st);
	int (*stmt_columns)(const struct stmt *st);
	const char *(*stmt_column_name)(const struct stmt *st, int col);
	struct value (*stmt_value)(const struct stmt *st, int col);
	const char *(*stmt_text)(const struct stmt *st, int col);
	enum status (*analyze)(struct store *s, const char *alias, struct err *e);

	/* An engine without these (NULL) needs none. */
	bool (*lost)(const struct store *s);
	enum status (*set_as_of)(struct store *s, const char *iso, struct err *e);
	enum status (*save_calendar)(struct store *s, struct err *e);
	enum status (*copy)(struct store *s, const char *target, const char *rows, size_t n,
			    struct err *e);
	enum status (*stmt_plan)(struct stmt *st, struct err *e);
	enum status (*stmt_bind_row)(struct stmt *st, int first, const struct value *values, int n,
				     struct err *e);
	enum status (*settle)(struct store *s, struct err *e);
	enum status (*fill_begin)(struct store *s, const char *alias, const char *table,
				  struct str *put_back, struct err *e);
	enum status (*fill_end)(struct store *s, const char *put_back, int jobs, struct err *e);
	bool (*split)(const struct store *s, const char *table);
	enum status (*merge)(struct store *s, enum store_kind kind, const struct table *t,
			     const struct column *const *columns, int n, struct err *e);
	enum status (*materialize)(struct store *s, const struct relation *r, struct err *e);
	/* Whether another connection can see just what this one sees; NULL: always. */
	bool (*can_share)(const struct store *s);
	/* `from` is inside a transaction; `to`, just opened, gets one that sees the same, at the
	 * latest in set_as_of. NULL: never. */
	enum status (*share)(struct store *from, struct store *to, struct err *e);
	void (*rest)(struct store *s);
	/* Both or none: NULL keeps case_clock in a table. `begin` also ends what was. */
	void (*clock_begin)(struct store *s);
	enum status (*clock_add)(struct store *s, const struct clock_row *row, struct err *e);
	/* NULL: the engine cannot, which store_assume_sizes and stmt_explain say. */
	enum status (*assume_sizes)(struct store *s, struct err *e);
	enum status (*stmt_explain)(struct stmt *st, struct str *out, struct err *e);
	bool guards; /* refuses a reader classified columns, whatever the SQL */
	/* The as-of views with or without classified columns; NULL: `cleared` is enough. */
	enum status (*set_clearance)(struct store *s, struct err *e);
	/* NULL: the engine does not tell. */
	enum status (*reads)(struct store *s, const char *sql, store_read_sink sink, void *ctx,
			     struct err *e);
};

extern const struct store_ops store_sqlite_ops;
extern const struct store_ops store_postgresql_ops;

/* "a case store", "an account store", "a ledger" */
const char *store_kind_words(enum store_kind kind);

#endif
