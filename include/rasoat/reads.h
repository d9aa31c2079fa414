/*
 * reads - which columns a query reads, found by the embedded engine and not by looking for names.
 *
 * The query is prepared, never run, on an empty store in memory whose tables and shared relations are
 * plain temporary tables: what a query says about main.NAME, the quarantine or anything else than the
 * tables and relations of docs/stores.md is an error there ("no such table"). A shared relation that reads
 * a column counts as that column where it has one of the same name; if it has none, all its columns do. A
 * query that joins by USING or NATURAL, whose columns the engine does not name, counts as reading every
 * column of the tables it names.
 */
#ifndef RASOAT_READS_H
#define RASOAT_READS_H

#include <rasoat/store.h>

struct arena;
struct reads;

/* One for each thread. The macros of terms.h must be expanded before. */
enum status reads_open(enum store_kind kind, struct reads **ret, struct err *e) MUST_CHECK;
void reads_close(struct reads *r); /* NULL is fine */
void reads_cleanup(struct reads **r);

/* How often a query names each column that is not COL_OPEN; zeroed to begin with. */
#define MOST_SECRETS 64
struct read_counts {
	int of[MOST_SECRETS];
};
enum status reads_query(struct reads *r, const char *sql, struct read_counts *ret, struct err *e) MUST_CHECK;

/* The columns counted, by the place in `of`; their number. */
struct secret_column {
	const struct table *table;
	const struct column *column;
};
int reads_columns(const struct reads *r, const struct secret_column **ret);
/*
 * Whether the query can be prepared where this column, and every shared relation that reads it, does not
 * exist: then nothing of it can come out, whatever SELECT * there is in between.
 */
bool reads_without(struct reads *r, int column, const char *sql);
/* Whether some column of this secrecy was read: more often in `all` than in `but`, which may be NULL. */
bool reads_some(const struct reads *r, const struct read_counts *all, const struct read_counts *but,
		enum column_secrecy secrecy, const struct secret_column **ret_first);

#endif
