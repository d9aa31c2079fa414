/* import_parts - what the files of the import share. */
#ifndef RASOAT_IMPORT_PARTS_H
#define RASOAT_IMPORT_PARTS_H

#include <rasoat/csv.h>
#include <rasoat/hash.h>
#include <rasoat/import.h>
#include <rasoat/store.h>
#include <rasoat/str.h>
#include <stdio.h>

/* Where one transaction can hold both: the case store is main, the account store is attached under this name. */
#define ACCOUNTS_ALIAS "accounts"

/* ---- import_cell.c ---- */

/*
 * Reads one cell for its column. True: *ret is the value; its text points into `field` or `a`.
 * False: one line "column: what is wrong" is appended to `reason`, after "; " when there is
 * one already; with `secret` it does not quote the cell.
 */
bool cell_read(const struct column *c, const struct csv_field *field, bool secret, struct arena *a,
	       struct value *ret, struct str *reason);

/* A character that nobody sees in a code or a column's name. */
bool is_hidden(uint32_t cp);

/* ---- import_head.c ---- */

struct bound { /* a column of the table that the header has */
	const struct column *column;
	int field;
};

/* What the header of an extract says. */
struct import_head {
	const struct table *table;
	int n_fields;
	struct bound *bound;
	int n_bound;
	const int *keys; /* places in `bound`, in the order of the schema: two files with other headers must agree */
	int n_keys;
	const char *const *unknown_columns, *const *missing_columns; /* as in struct import_file */
};

enum status head_read(struct csv *c, const char *path, const struct table *t, struct arena *a,
		      struct import_head **ret, struct err *e) MUST_CHECK;
/* Extracts that were put one behind the other bring their headers along. */
bool head_is_again(const struct import_head *h, const struct csv_row *row);
/* Appends the key of a row with these values: key cells joined by '|', which is escaped inside them. */
void head_key(const struct import_head *h, const struct value *values, struct str *key);

/* ---- import_keys.c ---- */

/*
 * The keys of one table's extracts, sixteen bytes for each whatever its length: a hash, and the place of
 * its row. Who asks says whether the row at a place has the key.
 */
struct key_set;
struct key_set *key_set_new(void); /* never NULL */
void key_set_free(struct key_set *set); /* NULL is fine */
/* Where a row begins: the number of its file in this import, and the byte (a file has at most 16 GiB). */
static inline uint64_t key_place(int file, int64_t offset)
{
	return (uint64_t)file << 34 | (uint64_t)offset;
}
static inline int key_file(uint64_t place)
{
	return (int)(place >> 34);
}
static inline int64_t key_offset(uint64_t place)
{
	return (int64_t)(place & ((UINT64_C(1) << 34) - 1));
}
uint64_t key_hash(const char *key, size_t n);
/* *ret: whether the row at `place` has the key. */
typedef enum status key_check(void *ctx, uint64_t place, bool *ret, struct err *e);
/*
 * *ret: where the key stands already, or 0 after taking it up with this place. A place in an earlier
 * file gives way to this one; within a file the first stays.
 */
enum status key_take(struct key_set *set, uint64_t hash, uint64_t place, key_check *check, void *ctx,
		     uint64_t *ret, struct err *e) MUST_CHECK;

/* ---- import_read.c ---- */

/*
 * Reading is a thread of its own: it takes the files in turn, checks and converts their rows, finds keys
 * that come again, and hands all that over in batches. It touches no store.
 */
struct read_row {
	int64_t line;
	const char *key;      /* or NULL when it cannot be read */
	const char *reason;   /* why the row cannot be loaded, or NULL */
	const char *column;   /* the first bad one, or NULL */
	struct value *values; /* of a row that can be loaded, as bound */
	int64_t first_line;   /* of the row with this key in this file, 0 when this is the first */
	bool in_other_file;   /* an earlier file of this import has this key */
	const char *raw;      /* of rows with a reason or a first_line */
	size_t raw_len, total_len;
};

enum batch_kind {
	BATCH_HEAD,   /* once a file: `head` */
	BATCH_ROWS,   /* the file's rows, in order */
	BATCH_DIGEST, /* after its rows: `digest` */
};

struct batch {
	enum batch_kind kind;
	const struct import_head *head; /* of the file; lives as long as the reader */
	struct read_row *rows;
	int n;
	bool last; /* of the file's rows */
	char digest[HASH_HEX];
	enum status status;
	struct err why; /* when the status is not ST_OK; the rows before it are there */
	struct arena *arena; /* owns everything but the head */
};

struct reader;
struct reader *reader_new(const struct import_file *files, int n); /* never NULL; borrows the files */
void reader_free(struct reader *r); /* NULL is fine */
bool reader_is_done(const struct reader *r);
/* Fills the next batch; not to be called after BATCH_DIGEST of the last file or after an error. */
void reader_next(struct reader *r, struct batch *b);

/* ---- import_queue.c ---- */

/*
 * Batches in the reader's order. With `jobs` above 1 the reader runs ahead in a thread, by a few batches;
 * else each is made when it is asked for. What comes is the same.
 */
struct queue;
struct queue *queue_open(struct reader *r, int jobs); /* never NULL; borrows the reader */
void queue_close(struct queue *q); /* NULL is fine; ends the thread */
/* The next batch; it lives until the next call. None must be asked for after a bad one. */
const struct batch *queue_next(struct queue *q);

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

struct import_job;
enum status quarantine_open(struct import_job *job, struct quarantine **ret, struct err *e) MUST_CHECK;
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
	/* By kind. One handle twice when one transaction can hold both stores, */
	struct store *stores[2];
	bool together; /* then this is set, and the account store is attached to it. */
	struct quarantine *quarantine;
	struct queue *queue;
	const struct import_options *opt;
	int64_t changed[2]; /* rows changed in the store of that kind */
};

static inline struct store *job_store(const struct import_job *job, enum store_kind kind)
{
	return job->stores[kind];
}
/* What stands before a table's name there: "main" or ACCOUNTS_ALIAS. */
static inline const char *job_schema(const struct import_job *job, enum store_kind kind)
{
	return job->together && kind == STORE_ACCOUNTS ? ACCOUNTS_ALIAS : "main";
}
/* The store that is asked for a table which both have. */
static inline enum store_kind first_kind(const struct table *t)
{
	return t->stores & IN_CASES ? STORE_CASES : STORE_ACCOUNTS;
}

/*
 * Loads all files of one table, which come one after the other; their `path` and `table` are set.
 */
enum status load_table(struct import_job *job, struct import_file *files, int n, struct err *e) MUST_CHECK;

/* ---- import_bulk.c ---- */

/* For a store that takes rows in bulk: they wait here and are merged together. */
struct bulk;
enum status bulk_open(struct import_job *job, const struct import_head *h, struct bulk **ret,
		      struct err *e) MUST_CHECK;
void bulk_close(struct bulk *b); /* NULL is fine */
enum status bulk_add(struct bulk *b, const struct value *values, struct err *e) MUST_CHECK;
/* Puts them into the stores; how many there were, and how many of them changed any store. */
enum status bulk_merge(struct bulk *b, int64_t *ret_rows, int64_t *ret_changed, struct err *e) MUST_CHECK;

/* ---- import_sql.c ---- */

/* `rows` new rows with the cells of the header's columns as ?1, ?2 … */
void import_insert_sql(const struct import_job *job, const struct import_head *h, enum store_kind kind,
		       int rows, struct str *sql);
/* A row with the cells as ?1, ?2 …: new, or over the row with its key when it differs. */
void import_upsert_sql(const struct import_job *job, const struct import_head *h, enum store_kind kind,
		       struct str *sql);
enum status import_log_row(struct import_job *job, const struct import_file *f, enum store_kind kind,
			   const char *digest, struct err *e) MUST_CHECK;

/*
 * Carries the digest of what was imported into a table (docs/ledger.md) on by the `digests` of this import's files; files
 * that were the last to do so leave it: they made the table what it is.
 */
enum status import_facts(struct import_job *job, const char *table, enum store_kind kind, const struct str *digests,
			 struct err *e) MUST_CHECK;

/* ---- import_dangling.c ---- */

enum status find_dangling(struct import_job *job, struct import_result *r, struct err *e) MUST_CHECK;

/* ---- import.c ---- */

/* ST_ERR when the user wants no more. */
enum status import_go_on(const struct import_options *opt, struct err *e) MUST_CHECK;

/* The name in the file system without folders. */
const char *base_name(const char *path);

#endif
