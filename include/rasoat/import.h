/*
 * import - the one way in for data: CSV extracts into the stores.
 *
 * A file's table is the longest table name that its base name starts with,
 * followed by the end, '.', '-', '_', a blank, '(' or a digit: account.csv,
 * account-2026Q3.csv, account (1).csv, account_role.csv. UTF-8 with or without BOM; delimiter comma, semicolon or tab,
 * found from the header line; RFC 4180 quoting; LF or CRLF. Columns are found
 * by header name (case and blanks at the ends do not matter), in any order.
 *
 * Cells: text is NFC with blanks at the ends cut; empty is NULL; dates ISO or
 * dd/mm/yyyy; a code holds no line break and no character that cannot be seen
 * (U+200B, U+FEFF …). A row with a cell that cannot be read goes to the quarantine
 * (table `quarantine` of the store and a CSV file in out/): file, line
 * (where the row begins), column, reason, the row as read. So
 *     read = loaded + quarantined,  loaded = inserted + replaced + unchanged.
 * Two rows with one key in a file: the same content counts as unchanged, other
 * content is quarantined ("the key stands in line N already, with other content").
 * In two files of one import the later file wins, and `overrides` counts such rows.
 * A row replaces the row with its key column by column: columns that the header lacks
 * keep what they had. A row in quarantine replaces nothing: an earlier version of it
 * stays in the store, its reason says so, and `kept` counts it.
 * A key column that is missing from the header, a file that is no CSV or no UTF-8 at
 * all, a torn quote that swallows the rest: the import fails as a whole.
 * A quarantined row leaves the quarantine when a row with its key is loaded,
 * or when a file of the same name is imported again.
 *
 * Organisation tables go to both stores. Everything is ONE transaction over
 * both stores: all or nothing.
 *
 * Limits: a field 1 MiB, a row 4 MiB, a file 16 GiB; a NUL byte or a longer field
 * puts the row in quarantine (the raw row is cut to 4 KiB there, and says so).
 */
#ifndef RASOAT_IMPORT_H
#define RASOAT_IMPORT_H

#include <rasoat/err.h>
#include <stdbool.h>
#include <stdint.h>

struct arena;

struct import_options {
	const char *cases_uri, *accounts_uri;
	const char *quarantine_path; /* CSV of everything in quarantine now; removed when empty */
	const char *table;           /* forces the table of all files, or NULL */
	int jobs;                    /* above 1: the extracts are read in a second thread; nothing else changes */
	/* Progress, called between rows now and then and at each file's end; may be NULL. */
	void (*progress)(void *ctx, const char *file, int64_t rows);
	/* Asked now and then: true gives up with ST_ERR, and nothing is imported. May be NULL. */
	bool (*stop)(void *ctx);
	void *progress_ctx; /* of both */
};

struct import_file {
	const char *path, *table;
	int64_t read, inserted, replaced, unchanged, quarantined;
	int64_t overrides; /* rows that changed what an earlier file of this import gave */
	int64_t gone;      /* keys that a file of this name left in quarantine and this one has no row for */
	int64_t kept;      /* rows in quarantine whose earlier version stays in the store */
	const char *const *unknown_columns; /* NULL-terminated; ignored columns of the header */
	const char *const *missing_columns; /* NULL-terminated; columns of the table not in the header */
};

struct import_dangling {
	const char *table, *column, *refs; /* "account", "unit_id", "unit.unit_id" */
	int64_t rows;                      /* rows whose value is not there */
	const char *sample;                /* one such value, the smallest; NULL: of a table of identities, where a name may stand in any column */
};

struct import_result {
	struct import_file *files;
	int n_files;
	struct import_dangling *dangling;
	int n_dangling;
	int64_t quarantine_total; /* all rows in quarantine after this import */
};

/*
 * `paths`: files, or folders whose *.csv are taken (sorted by name; a CSV there whose name
 * fits no table is an error, as is an empty folder). Files are loaded in schema order.
 */
enum status import_run(struct arena *a, const char *const *paths, int n_paths,
		       const struct import_options *opt, struct import_result *ret, struct err *e) MUST_CHECK;

/*
 * One row given as name/value pairs (rule examples, tests): the same checks and
 * conversions. Unknown column or bad cell: ST_ERR. Missing columns are NULL
 * even when required (examples give only what matters), keys must be given.
 */
struct store;
enum status import_row(struct store *s, const char *table, const char *const *names,
		       const char *const *values, int n, struct err *e) MUST_CHECK;

/* The same for many rows: the statements stay in `kept`, one for each schema table and one for
 * schema_waiver(), at first all NULL, which the caller closes before the store. */
struct stmt;
enum status import_row_kept(struct store *s, struct stmt **kept, const char *table, const char *const *names,
			    const char *const *values, int n, struct err *e) MUST_CHECK;

/* How much is in quarantine in a store, per table (sorted by table name). */
struct quarantine_count {
	const char *table;
	int64_t rows;
};
enum status quarantine_counts(struct arena *a, struct store *s, struct quarantine_count **ret, int *ret_n,
			      struct err *e) MUST_CHECK;

/* Whether any import ever reached this store: an audit or report of a store without is no clean bill of health. */
enum status store_has_imports(struct store *s, bool *ret, struct err *e) MUST_CHECK;

#endif
