/* import_parts - what the files of the import share. */
#ifndef RASOAT_IMPORT_PARTS_H
#define RASOAT_IMPORT_PARTS_H

#include <rasoat/csv.h>
#include <rasoat/import.h>
#include <rasoat/store.h>
#include <rasoat/str.h>
#include <stdio.h>

/* The case store is main, the account store is attached under this name. */
#define ACCOUNTS_ALIAS "accounts"

/* ---- import_cell.c ---- */

/*
 * Reads one cell for its column. True: *ret is the value; its text points at `p` or into `a`.
 * False: one line "column: what is wrong" is appended to `reason`, after "; " when there is
 * one already; with `secret` it does not quote the cell.
 */
bool cell_read(const struct column *c, const char *p, size_t n, bool secret, struct arena *a,
	       struct value *ret, struct str *reason);

/* A character that nobody sees in a code or a column's name. */
bool is_hidden(uint32_t cp);

/* ---- import_keys.c ---- */

struct key_set;
struct key_set *key_set_new(void); /* never NULL */
void key_set_free(struct key_set *set); /* NULL is fine */
/* Where a row begins: the number of its file in this import, and the line (a file has fewer than 2^40). */
static inline int64_t key_place(int file, int64_t line)
{
	return (int64_t)file << 40 | line;
}
static inline int key_file(int64_t place)
{
	return (int)(place >> 40);
}
static inline int64_t key_line(int64_t place)
{
	return place & ((INT64_C(1) << 40) - 1);
}
/*
 * Where the key stands already, or 0 after taking it up with this place. A place in an earlier
 * file gives way to this one; within a file the first stays.
 */
int64_t key_take(struct key_set *set, const char *key, int64_t place);
bool key_known(const struct key_set *set, const char *key);

/* ---- quarantine.c ---- */

/*
 * The quarantine of both stores while an import runs: a temporary copy, written back at the end
 * only where it differs, so that a repeated import changes no byte.
 */
struct quarantine;

struct quarantine_row {
	const char *table, *file; /* file: the base name */
	int64_t line;
	const char *column; /* or NULL */
	const char *reason;
	const char *key; /* or NULL when it cannot be read */
	const char *raw;
	size_t raw_len, total_len;
};

enum status quarantine_open(struct store *s, struct quarantine **ret, struct err *e) MUST_CHECK;
void quarantine_close(struct quarantine *q); /* NULL is fine */
void quarantine_cleanup(struct quarantine **q);
/* The keys that rows of `file` have in quarantine. */
enum status quarantine_keys(struct quarantine *q, const char *table, const char *file, struct arena *a,
			    const char ***ret, int *ret_n, struct err *e) MUST_CHECK;
/* Whether a row of `file` is in quarantine under this key. */
enum status quarantine_has(struct quarantine *q, const char *table, const char *file, const char *key,
			   bool *ret, struct err *e) MUST_CHECK;
/* Forgets the rows of `file`; *ret_others: rows of `table` from other files that a good row could release. */
enum status quarantine_begin_file(struct quarantine *q, const char *table, const char *file,
				  int64_t *ret_others, struct err *e) MUST_CHECK;
enum status quarantine_add(struct quarantine *q, const struct quarantine_row *r, struct err *e) MUST_CHECK;
/* A row with this key was loaded from `file`: what other files left under it is gone. */
enum status quarantine_release(struct quarantine *q, const char *table, const char *file,
			       const char *key, struct err *e) MUST_CHECK;
/*
 * Says in the reason of each row of `file` whose key the store holds that the row there stays;
 * *ret: how many. Call after the rows of the file.
 */
enum status quarantine_mark_kept(struct quarantine *q, const struct table *t, const char *file,
				 int64_t *ret, struct err *e) MUST_CHECK;
enum status quarantine_store(struct quarantine *q, int64_t *ret_total, struct err *e) MUST_CHECK;
/* All rows as CSV, by table, file and line; classified cells left out. */
enum status quarantine_write(struct quarantine *q, FILE *f, struct err *e) MUST_CHECK;

/* ---- import_load.c ---- */

struct import_job {
	struct arena *a; /* the caller's: results */
	struct store *store;
	struct quarantine *quarantine;
	const struct import_options *opt;
	struct key_set *keys; /* of the files of `keys_table` so far; NULL before the first */
	const char *keys_table;
	int64_t changed[2]; /* rows changed in the store of that kind */
};

/* ---- import_bulk.c ---- */

/* For a store that takes rows in bulk: they wait here and are merged together. */
struct bulk;
enum status bulk_open(struct import_job *job, const struct table *t, const struct column **columns, int n,
		      struct bulk **ret, struct err *e) MUST_CHECK;
void bulk_close(struct bulk *b); /* NULL is fine */
enum status bulk_add(struct bulk *b, const struct value *values, struct err *e) MUST_CHECK;
/* Puts them into the stores; how many there were, and how many of them changed any store. */
enum status bulk_merge(struct bulk *b, int64_t *ret_rows, int64_t *ret_changed, struct err *e) MUST_CHECK;

/* ---- import_load.c, again ---- */

/*
 * Loads one file into `f->table`; `f->path` and `f->table` are set; files of one table come one
 * after the other, `number` from 1.
 */
enum status load_file(struct import_job *job, struct import_file *f, int number, struct err *e) MUST_CHECK;

/* ---- import_sql.c ---- */

struct bound { /* a column of the table that the header has */
	const struct column *column;
	int field;
};

/* A row with the cells of `bound` as ?1, ?2 …: new, or over the row with its key when it differs. */
void import_upsert_sql(const struct table *t, enum store_kind kind, const struct bound *bound, int n_bound,
		       struct str *sql);
enum status import_log_row(struct import_job *job, const struct import_file *f, enum store_kind kind,
			   const char *digest, struct err *e) MUST_CHECK;

/* ---- import.c ---- */

/* ST_ERR when the user wants no more. */
enum status import_go_on(const struct import_options *opt, struct err *e) MUST_CHECK;

/* The name in the file system without folders. */
const char *base_name(const char *path);
/* "main" or ACCOUNTS_ALIAS */
const char *store_schema(enum store_kind kind);

#endif
