/*
 * ledger - runs and findings, append-only (ledger.db; tables in schema_ledger.c, meaning in docs/ledger.md).
 *
 * Identity of a finding: fingerprint = first 16 hex digits of SHA-256 over
 * rule id, a NUL byte and the key. It is the same in every run; first_run is the first run
 * that had it, of whatever units, and first_as_of that run's as-of date.
 *
 * Each run is sealed: its chain value covers everything it wrote and the chain value of the run before, and
 * stands in a file beside the ledger too (ledger.anchor). ledger_verify() finds what was changed by hand.
 */
#ifndef RASOAT_LEDGER_H
#define RASOAT_LEDGER_H

#include <rasoat/date.h>
#include <rasoat/err.h>
#include <rasoat/rule.h>
#include <stdbool.h>
#include <stdint.h>

#define FINGERPRINT_SIZE 17

/*
 * One thread writes at a time. Several may read: each with cursors of its own.
 */
struct ledger;
struct arena;
struct rule_outcome;

/*
 * What an audit says of a subject that does not pass. WAIVED: a fail that a waiver covers (waiver.h): it keeps
 * all it has. ERROR: of a rule that could not run, with the rule's id as key and why in the message.
 */
enum verdict { VERDICT_FAIL, VERDICT_INDETERMINATE, VERDICT_WAIVED, VERDICT_ERROR, VERDICT_COUNT };
extern const char *const verdict_words[VERDICT_COUNT]; /* "fail", "indeterminate", "waived", "error" */

/*
 * What the subject of a finding is when the finding is closed. GONE: not among what the rule looks at (any more, or not
 * below the unit of the run). NOT_IN_FORCE: the rule is not, or it is gone.
 */
enum closure_verdict { CLOSED_PASSED, CLOSED_WAIVED, CLOSED_INDETERMINATE, CLOSED_GONE, CLOSED_NOT_IN_FORCE, CLOSED_COUNT };
/* "passed", "waived", "indeterminate", "gone", "not_in_force" */
extern const char *const closure_words[CLOSED_COUNT];

struct finding {
	enum verdict verdict;
	const char *fingerprint;
	const char *key, *unit; /* unit may be NULL */
	const char *since;      /* ISO or NULL */
	bool has_days;
	int64_t days;
	const char *reason;     /* Vietnamese: what is missing, or by which document it is waived; else NULL */
	const char *waiver;     /* waived: the waiver's id; else NULL */
	const char *message;    /* filled in */
	const char *const *fields; /* one text per rule field, NULL = NULL */
	int n_fields;
};

/* Creates it when missing; brings one of version 1 up to date. */
enum status ledger_open(const char *uri, struct ledger **ret, struct err *e) MUST_CHECK;
/* Must be there and be of this version; nothing is written. */
enum status ledger_open_read(const char *uri, struct ledger **ret, struct err *e) MUST_CHECK;
const char *ledger_name(const struct ledger *l);
void ledger_close(struct ledger *l);
void ledger_cleanup(struct ledger **l);
enum status ledger_begin(struct ledger *l, struct err *e) MUST_CHECK;
/* Seals the run when that is not done; its line is in the anchor when this returns. */
enum status ledger_commit(struct ledger *l, struct err *e) MUST_CHECK;
void ledger_rollback(struct ledger *l);

/* What a run was given: with the same the same is found. Digests are SHA-256 in hex; NULL = there was none. */
struct run_inputs {
	day_t as_of;
	const char *unit;     /* NULL = all */
	const char *selected; /* ids of the rules asked for, joined by blanks; NULL = all */
	const char *rules_digest, *params;
	const char *cases_digest, *accounts_digest; /* what was imported into the stores (import.h) */
	const char *terms_digest, *calendar_digest, *waivers_digest;
	const char *organisation; /* the units as of the day, a line each (run_inputs.c); NULL = not known */
};
/* Refuses when the anchor tells that runs were cut off. */
enum status ledger_run_start(struct ledger *l, const struct run_inputs *in, int64_t *ret_run, struct err *e) MUST_CHECK;
enum status ledger_add(struct ledger *l, int64_t run, const struct rule *r, const struct finding *f, struct err *e) MUST_CHECK;
enum status ledger_rule_done(struct ledger *l, int64_t run, const struct rule_outcome *o, struct err *e) MUST_CHECK;
/*
 * Ends the run that was started. *ret_content (valid until the next run): the digest of what it was given and
 * what it found, the same whenever the audit is repeated; for files.
 */
enum status ledger_seal(struct ledger *l, const char **ret_content, struct err *e) MUST_CHECK;

/*
 * Walks the whole chain. `head` NULL, or a chain value noted elsewhere ("RUN:CHAIN" or the value alone). *ret_whole tells
 * whether nothing was changed; then `ret` is one line that says how much there is, else one line with the first
 * thing that is wrong (run, rule, row) and what to do. ST_ERR: it could not be read.
 */
struct str;
enum status ledger_verify(struct ledger *l, const char *head, bool *ret_whole, struct str *ret, struct err *e) MUST_CHECK;
/* "RUN:CHAIN" of the last run; "" for a ledger without runs. */
enum status ledger_head(struct ledger *l, struct str *ret, struct err *e) MUST_CHECK;
/* Writes the anchor anew from a ledger whose chain is whole; else ST_ERR with what is wrong. Opened for writing. */
enum status ledger_new_anchor(struct ledger *l, struct err *e) MUST_CHECK;

/* Reading one run's findings back, row by row. */
enum finding_order {
	ORDER_KEY,   /* of one rule: verdict error, fail, waived, indeterminate; then key */
	ORDER_WORST, /* of all rules: severity as in `rules`, then days descending, then rule, key; fails only */
};
struct finding_cursor;
/* rule NULL = all (ORDER_WORST). */
enum status finding_cursor_open(struct ledger *l, int64_t run, const struct rule *rule, const struct rule_set *rules,
				enum finding_order order, struct finding_cursor **ret, struct err *e) MUST_CHECK;
/* 1 row, 0 end, -1 error; texts valid until the next call. *ret_rule is the rule of the row. */
int finding_next(struct finding_cursor *c, struct finding *ret, const struct rule **ret_rule, struct err *e);
enum status finding_rewind(struct finding_cursor *c, struct err *e) MUST_CHECK;
void finding_cursor_close(struct finding_cursor *c);

/* Fails of a run by unit and by severity, sorted by unit_id. unit_id NULL comes as "". Rules that could not run are not here. */
struct unit_count {
	const char *unit_id;
	int64_t fails, indeterminate, waived, by_severity[SEV_COUNT];
};
enum status ledger_units(struct arena *a, struct ledger *l, int64_t run, const struct rule_set *rules,
			 struct unit_count **ret, int *ret_n, struct err *e) MUST_CHECK;
/* Findings whose fingerprint no earlier run (lower run_id) had. */
enum status ledger_new_count(struct ledger *l, int64_t run, int64_t *ret, struct err *e) MUST_CHECK;

/* Findings of any run whose fingerprint begins with `prefix` (hex digits), in the order of theirs; in the arena. */
struct finding_record {
	const char *fingerprint, *rule_id, *key;
	const char *first_as_of, *last_as_of, *last_verdict; /* of the run that had it first, last */
	int64_t first_run, last_run, runs; /* runs: how many had it */
};
enum status ledger_lookup(struct arena *a, struct ledger *l, const char *prefix, struct finding_record **ret,
			  int *ret_n, struct err *e) MUST_CHECK;

char *finding_fingerprint(const char *rule_id, const char *key, char out[FINGERPRINT_SIZE]);

#endif
