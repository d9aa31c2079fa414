/* ledger_int - inside the audit room: the ledger's insides, for writing and for reading back. */
#ifndef RASOAT_LEDGER_INT_H
#define RASOAT_LEDGER_INT_H

#include "chain.h"

#include <rasoat/ledger.h>
#include <rasoat/store.h>

struct ledger {
	struct store *store;
	/* Prepared at the first use, closed with the ledger. */
	struct stmt *add_finding, *add_row, *rule_done, *add_closure, *closed;
	/* Where the next row of this run and rule goes. */
	int64_t run;
	const struct rule *rule;
	struct chain findings, closures; /* of the rule at hand */
	day_t as_of; /* of the run that was started last */
	int64_t identities; /* findings that this run is the first to have, */
	int64_t kept;       /* and how many there were at the last mark */
	bool sealed;
	char content[HASH_HEX], head[HASH_HEX]; /* of a sealed run */
	/* In place of the rows of findings, when not NULL. */
	enum status (*sink)(void *ctx, const struct rule *r, const struct finding *f, struct err *e);
	void *sink_ctx;
	char *anchor; /* path of the file beside it; NULL: in memory */
};

/* The cells of a row in the order that the digests take them: columns of the table without run_id and mark. */
enum { FINDING_CELLS = 12, RULE_CELLS = 11, CLOSURE_CELLS = 7, CLOSED_CELLS = 4, RUN_CELLS = 12 };
extern const char ledger_finding_columns[], ledger_rule_columns[], ledger_closure_columns[], ledger_closed_columns[],
	ledger_run_columns[];

/* An INSERT of the `cells` of the table's `columns`, with the run before and the mark behind them; *st is kept. */
enum status ledger_put(struct ledger *l, struct stmt **st, const char *table, const char *columns, int64_t run,
		       const struct value *cells, int n, int64_t mark, struct err *e) MUST_CHECK;
/* For ledger.c and the upgrade; `c` is the running digest of the rule. */
enum status ledger_put_finding(struct ledger *l, int64_t run, struct chain *c, const struct value *cells,
			       struct err *e) MUST_CHECK;
enum status ledger_put_rule(struct ledger *l, int64_t run, const struct value *cells, struct err *e) MUST_CHECK;

/* ledger_closure.c: the closures of one rule of the run that was started; `fields` NULL: nothing is known. */
void ledger_closures_begin(struct ledger *l);
enum status ledger_add_closure(struct ledger *l, const char *rule, const char *fingerprint, enum closure_verdict verdict,
			       const char *unit, const char *key, const char *const *fields, int n_fields,
			       struct err *e) MUST_CHECK;
enum status ledger_closures_done(struct ledger *l, const char *rule, int64_t before, struct err *e) MUST_CHECK;

/*
 * history.c. The runs before a run are those recorded before it, of the same units, with an earlier or the same
 * as-of date; the latest of them by as-of date, then by number, comes first.
 */
/* The latest of them in which the rule could run (or was not in force); 0 = none. */
enum status ledger_rule_before(struct ledger *l, int64_t run, const char *rule, int64_t *ret, struct err *e) MUST_CHECK;
/* Whether the rule found the same in both, to the last byte. */
enum status ledger_rule_same(struct ledger *l, int64_t a, int64_t b, const char *rule, bool *ret, struct err *e) MUST_CHECK;
/* Rows (rule, run): every rule of the runs before, and the latest of them that had it; not what was closed when it went. */
enum status ledger_rules_before(struct ledger *l, int64_t run, struct stmt **ret, struct err *e) MUST_CHECK;

/*
 * ledger_seal.c: what stands in a seal, computed from the rows. `content`: of what the run was given and what its
 * rules found, which is the same when an audit is repeated; `closures`: of what it closed; `chain`: of all of it, when it
 * was recorded, and the chain value of the run before ("" for the first).
 */
struct seal {
	int64_t rules, identities;
	char content[HASH_HEX], closures[HASH_HEX], chain[HASH_HEX];
	const char *note; /* NULL, or LEDGER_BEFORE */
};
#define LEDGER_BEFORE "before the chain"
enum status ledger_seal_rows(struct ledger *l, int64_t run, struct seal *s, struct err *e) MUST_CHECK;
enum status ledger_seal_chain(struct ledger *l, int64_t run, const char *before, struct seal *s, struct err *e) MUST_CHECK;
enum status ledger_seal_run(struct ledger *l, int64_t run, const char *note, struct err *e) MUST_CHECK;

/* ledger_upgrade.c: brings a ledger of version 1 up to date, in one transaction of its own. */
enum status ledger_upgrade(struct ledger *l, struct err *e) MUST_CHECK;

/*
 * ledger_anchor.c: a line for each run, "RUN CHAIN", in a file beside the ledger. Held open and locked from before
 * the commit until its line is there.
 */
struct anchor_line {
	int64_t run;
	char chain[HASH_HEX];
};
struct anchor {
	int fd;
	struct anchor_line *lines;
	int n, cap;
	int bad_line; /* the first that is no such line; 0 = none. Those behind it are not read */
	bool missing; /* there is no file */
};
char *anchor_path(const char *ledger); /* malloc'd; NULL for a ledger in memory */
/* `write`: created when missing, locked; else only read. */
enum status anchor_open(const char *path, bool write, struct anchor *a, struct err *e) MUST_CHECK;
enum status anchor_add(struct anchor *a, const char *path, int64_t run, const char *chain, struct err *e) MUST_CHECK;
void anchor_close(struct anchor *a);
/* Whether it tells of the ledger as it is: else nothing may be recorded until somebody has looked (ledger_verify). */
enum status anchor_check(struct ledger *l, struct err *e) MUST_CHECK;
/* All lines anew, for a ledger that is whole. */
enum status anchor_rewrite(struct ledger *l, struct err *e) MUST_CHECK;

/* A mark inside the transaction: what comes after it can be undone, so that a rule records all or nothing. */
enum status ledger_mark(struct ledger *l, struct err *e) MUST_CHECK;
enum status ledger_keep(struct ledger *l, struct err *e) MUST_CHECK;
enum status ledger_undo(struct ledger *l, struct err *e) MUST_CHECK;

/* The cell texts of a finding as a JSON array of strings and nulls, and back. */
void fields_write(const char *const *fields, int n, struct str *out);
void json_string(const char *text, struct str *out); /* with its quotes */
/* false: not such an array. */
bool fields_read(struct arena *a, const char *json, const char *const **ret, int *ret_n);

#endif
