/*
 * schema - what the stores hold, as data.
 *
 * One table of descriptors is the single source for: the CREATE statements,
 * what import accepts, the as-of views, the shared relations, and
 * docs/stores.md (`rasoat schema --format md`; a test compares them).
 *
 * As-of: "facts after the as-of date do not exist". Each table may name a
 * date column `exists_from`: a row is there when that column is NULL or on or
 * before the as-of date. Each column may name in `known_from` the date column
 * of its row from which its value is known (itself, for a date that is a
 * fact): after the as-of date the value reads as NULL. Planned dates
 * (until_on, expires_on, scheduled_on, valid_to) are always known.
 */
#ifndef RASOAT_SCHEMA_H
#define RASOAT_SCHEMA_H

#include <rasoat/err.h>
#include <stdbool.h>
#include <stdint.h>

struct str;

enum store_kind { STORE_CASES = 0, STORE_ACCOUNTS = 1, STORE_LEDGER = 2 };

#define IN_CASES (1u << STORE_CASES)
#define IN_ACCOUNTS (1u << STORE_ACCOUNTS)
#define IN_LEDGER (1u << STORE_LEDGER)

/* Of the case and the account store: an older one is refused, its extracts can be imported anew. */
#define SCHEMA_VERSION 2
/* Of the ledger, which nothing can make anew: an older one is brought up to date (ledger.h). */
#define LEDGER_VERSION 2
/* PRAGMA application_id of our SQLite files: "RaSo". */
#define SCHEMA_APPLICATION_ID 0x5261536F

enum column_type {
	COL_CODE, /* text that keeps its leading zeros; compared byte by byte */
	COL_TEXT, /* free text, NFC, runs of blanks kept */
	COL_DATE, /* ISO text in the store */
	COL_INT,  /* 64-bit, >= min */
	COL_MONEY, /* whole đồng, 64-bit; in extracts "1.234.567" and "1234567" both read */
	COL_BOOL, /* 0 or 1; extracts also true/false, yes/no, có/không, x */
	COL_ENUM, /* one of the words in `values` */
};

struct column {
	const char *name;
	enum column_type type;
	bool key;               /* part of the primary key */
	bool required;          /* empty goes to quarantine */
	const char *values;     /* COL_ENUM: allowed words, space-separated */
	const char *refs;       /* "table.column" it should point to (reported, not enforced), or NULL */
	const char *known_from; /* see above; NULL = always */
	bool undated;           /* with known_from: also known when that date is empty */
	const char *doc;        /* meaning, unit; English, one line */
	int64_t min;            /* COL_INT: smallest value allowed (0 when not set) */
	/*
	 * Who may see the cells. PERSONAL: about a person (names, numbers of identity papers, addresses):
	 * shown where a report is for those who handle the matter, masked for every other audience.
	 * CLASSIFIED: protected by law (a denouncer's identity: Luật Tố cáo 2018 Điều 8, Nghị định
	 * 31/2019/NĐ-CP): no rule or template reads it without a clearance in the agency profile.
	 */
	enum column_secrecy { COL_OPEN, COL_PERSONAL, COL_CLASSIFIED } secrecy;
};

struct table {
	const char *name;         /* also the extract's base name */
	unsigned stores;          /* IN_* bits */
	const char *exists_from;  /* or NULL */
	const char *extract;      /* which list it comes from; English, for docs */
	const char *doc;
	const struct column *columns;
	int n_columns;
	bool classified;          /* identities protected by law: cells leave the store in no message or file */
	int64_t rows;             /* about how many the whole country has: queries are planned for that */
};

/* From this many rows on a table is large: no query may read it whole for each row of another one. */
#define SCHEMA_LARGE 100000

/* Shared relation: a documented view over the as-of tables, on every engine. */
struct relation {
	const char *name;
	unsigned stores;
	const char *columns; /* "account_id kind effective_on ..." */
	const char *sql;     /* SELECT over as-of tables; as_of() is the as-of date */
	const char *doc;
	const char *key; /* what it is looked up by when it is materialized, or NULL */
	bool shared; /* many rules read it: an audit materializes it */
	int64_t rows; /* of a shared one: about how many for the whole country */
	const char *dated; /* columns that hold a day in every row, or NULL */
};

const struct table *schema_tables(int *ret_count); /* in load order: referred-to first */
const struct table *schema_table(const char *name); /* NULL when unknown */
const struct column *schema_column(const struct table *t, const char *name); /* NULL when unknown */
const struct relation *schema_relations(int *ret_count);
/* The i-th index beside the primary keys, "staff_id, effective_on"; false past the last. */
bool schema_index(int i, const char **ret_table, const char **ret_columns);
/* Its name: the table's and the columns', joined by '_'. */
void schema_index_name(const char *table, const char *columns, struct str *out);

/*
 * The temporary table of an account store's connection that holds the waivers of a run: not one of
 * schema_tables(), no extract fills it. And the statement that makes it, with the engine's types.
 */
const struct table *schema_waiver(void);
void schema_waiver_ddl(const char *text, const char *integer, struct str *out);

/* CREATE TABLE/INDEX statements of one store kind. */
void schema_ddl(enum store_kind kind, struct str *out);
/* Of the ledger: its tables (names: NULL-terminated) and the triggers that keep them from change. */
void schema_ledger_ddl(struct str *out);
extern const char *const ledger_tables[];
/* CREATE TEMP VIEW statements: the as-of views (named like their tables, so that they hide
 * them), which call facts_on(), and the shared relations, which call as_of() (store_set_facts_on). */
void schema_views(enum store_kind kind, struct str *out);
/*
 * One as-of view: the only place that says what the as-of date hides. `schema` holds the table. Without
 * `cleared` its classified columns are not there at all: nothing can select them.
 */
void schema_as_of_view(const struct table *t, const char *schema, bool cleared, struct str *out);
/* Whether some column of the table is COL_CLASSIFIED. */
bool schema_has_classified(const struct table *t);
/*
 * Stores over several PostgreSQL servers (docs/postgresql.md): the tables of one shard; the partitions
 * on the server that rasoat speaks to, with what moves the rows to where they belong.
 */
void schema_shard_sql(struct str *out);
void schema_coordinator_sql(struct str *out);
/* The body of docs/stores.md. */
void schema_markdown(struct str *out);

#endif
