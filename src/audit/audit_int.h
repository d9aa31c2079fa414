/*
 * audit_int - inside the audit room: one rule on one store, shared by the audit, which records
 * what it finds, and by the examples, which compare it.
 */
#ifndef RASOAT_AUDIT_INT_H
#define RASOAT_AUDIT_INT_H

#include <rasoat/audit.h>
#include <rasoat/secrecy.h>

/* The reason column: 0 = none, 1.. = that one of `needs`, or one of these. */
enum { REASON_EVENT = -1, REASON_WHERE = -2 };

/* Columns of audit_query(), from 0. */
enum { Q_KEY, Q_UNIT, Q_SINCE, Q_VERDICT, Q_REASON, Q_FIELDS };

/* audit_query() that counts the population by verdict while it reads it (store_tally). */
void audit_tally_query(const struct rule *r, bool scoped, struct str *out);
/*
 * One row where the engine has no tally: how many rows the population has, how many of them lie outside the
 * time of the law, how many pass. `by_unit`: as the sum of the counts of the units, which servers that hold
 * whole units can make each for itself; they may not have what `where` needs, so what passes is not counted (NULL).
 */
void audit_count_query(const struct rule *r, bool scoped, bool by_unit, struct str *out);

/*
 * The rows of <from> whose key is in key_list (store_set_keys), whatever their verdict: the columns of audit_query(),
 * where the verdict tells whether a row is in the population: 0, else 1.
 */
void audit_subjects_query(const struct rule *r, struct str *out);

struct rule_run {
	const struct rule *rule;
	struct store *store;
	struct stmt *query, *count;
	const struct secrecy *secrecy; /* what is classified is masked; NULL (examples): nothing is */
	bool tallied; /* the query counts its population itself */
	struct arena *row, *last; /* the row at hand and the one before */
	/* rows - repeated = passed + found + indeterminate + outside, or the numbers are wrong. */
	int64_t rows, repeated, passed, found, indeterminate, outside;
	bool subjects;    /* audit_subjects_query: of rows with one key the first counts */
	bool sink_failed; /* the error came from the sink, not from the rule */
};

typedef enum status (*finding_sink)(void *ctx, const struct finding *f, struct err *e);

/* `counted`: also how many rows were examined. The store sees classified columns if the rule has a clearance. */
enum status rule_run_open(struct store *s, const struct rule *r, bool scoped, bool counted,
			  struct rule_run **ret, struct err *e) MUST_CHECK;
/* Over audit_subjects_query(): "fail" is a subject in the population, "indeterminate" one outside it. */
enum status rule_run_open_subjects(struct store *s, const struct rule *r, struct rule_run **ret,
				   struct err *e) MUST_CHECK;
void rule_run_close(struct rule_run *run);
void rule_run_cleanup(struct rule_run **run);
/* The as-of date and the parameters; `names` and `values` (n, the last counts) replace the own ones. */
enum status rule_run_bind(struct rule_run *run, day_t as_of, const char *const *names,
			  const char *const *values, int n, struct err *e) MUST_CHECK;
/* Every finding in order of key; texts valid only inside the sink. */
enum status rule_run_each(struct rule_run *run, finding_sink sink, void *ctx, struct err *e) MUST_CHECK;

/* Findings of one rule put aside until their turn comes; `buf` is the caller's, for records. */
struct spool;
enum status finding_spool_add(struct spool *spool, struct str *buf, const struct finding *f,
			      struct err *e) MUST_CHECK;
/* Gives them back in the order they came, with all texts but valid only inside the sink. */
enum status finding_spool_each(const struct spool *spool, int n_fields, finding_sink sink, void *ctx,
			       struct err *e) MUST_CHECK;

/* `ids` ends with NULL and chooses rules; NULL = all. An id that no rule has is an error. */
enum status rules_check_ids(const struct rule_set *rules, const char *const *ids, struct err *e) MUST_CHECK;
bool rule_selected(const struct rule *r, const char *const *ids);

/* A cell as messages show it: dates dd/mm/yyyy, money in groups; NULL is "(không rõ)". */
void rule_value_text(struct str *out, const char *text, enum field_type type);
/* The rule's message with the values of the finding. */
const char *rule_message(struct arena *a, const struct rule *r, const struct finding *f);

/* Digests of what a run is given; the stores that it reads have their as-of date, the others are NULL. */
enum status run_inputs_read(struct arena *a, const struct rule_set *rules, const struct terms *terms,
			    const struct workdays *w, struct store *const stores[2], const struct audit_options *opt,
			    const struct audit_result *r, struct run_inputs *ret, struct err *e) MUST_CHECK;

/* Law in force on the day, or decided row by row. */
bool rule_applies(const struct rule *r, day_t as_of);
/* Whether its SQL reads `relation`, itself or through another shared relation. */
bool rule_reads(const struct rule *r, const char *relation);
bool rule_reads_clock(const struct rule *r);
bool rule_reads_waivers(const struct rule *r);
bool sql_reads(const char *sql, const char *name);
/* rule_digest.c: of what decides its verdicts, parameters included; a change of title or message is none. */
void rule_digest(const struct rule *r, char out[65]);
/* Appends which inputs beside the facts they depend on: "terms", "calendar", "organisation", joined by blanks. */
void rule_depends(const struct rule *r, struct str *out);
/* Warns of large tables that the prepared rule would read again and again; `s` assumes their sizes. */
void rule_index_warn(struct store *s, const struct rule_run *run, struct diags *d);

#endif
