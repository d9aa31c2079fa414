/*
 * explain - one subject of one rule: every condition with its values, and which one kept it out.
 *
 * The rule's scope, event, needs and where are split at their top-level ANDs (sql_parts.h); one query
 * over the rule's own FROM asks each condition and every ALIAS.COLUMN and term macro in it. When the FROM has no
 * row for the key, the joins are tried one by one. Works on every engine; leaves no trace in a ledger.
 *
 * What it says agrees with an audit: all conditions are true of a fail; of what passes one is false; of what
 * is indeterminate one is unknown.
 */
#ifndef RASOAT_EXPLAIN_H
#define RASOAT_EXPLAIN_H

#include <rasoat/audience.h>
#include <rasoat/audit.h>
#include <rasoat/terms.h>
#include <rasoat/waiver.h>

enum explain_truth { EXPLAIN_FALSE, EXPLAIN_TRUE, EXPLAIN_UNKNOWN };
extern const char *const explain_truth_words[]; /* "false", "true", "unknown" */

enum explain_part { EXPLAIN_LAW, EXPLAIN_SCOPE, EXPLAIN_NEEDS, EXPLAIN_WHERE };
extern const char *const explain_part_words[]; /* "law", "scope", "needs", "where" */

struct explain_value {
	const char *name; /* "a.locked_on", ":days", "term_due('TCD-07', p.received_on)" */
	const char *text; /* NULL = NULL; SECRECY_MASK for what the audience does not see */
	const struct term *term; /* of a macro, else NULL; */
	const struct term_version *version; /* the one that was in force, or NULL */
};

struct explain_condition {
	enum explain_part part;
	const char *text; /* as the rule has it */
	int line;
	const char *reason; /* EXPLAIN_NEEDS: what is missing; else NULL */
	enum explain_truth truth;
	struct explain_value *values;
	int n_values, cap;
};

enum explain_verdict {
	EXPLAINED_FAIL,
	EXPLAINED_WAIVED,       /* a fail that a waiver covers: see finding.waiver and finding.reason */
	EXPLAINED_INDETERMINATE,
	EXPLAINED_PASS,         /* examined, and nothing is wrong */
	EXPLAINED_OUTSIDE,      /* its event is not in the time of the rule's law */
	EXPLAINED_NOT_EXAMINED, /* the rule's scope leaves it out */
	EXPLAINED_NO_PARTNER,   /* a join finds nothing for it: see missing */
	EXPLAINED_UNKNOWN_KEY,  /* the rule's tables have no such subject */
	EXPLAINED_NOT_IN_FORCE, /* the rule's law is not in force on the day */
};
extern const char *const explain_verdict_words[]; /* "fail", "indeterminate", "pass", "outside", … */

/* The join that has no row for the subject. */
struct explain_missing {
	const char *source;    /* as the rule names it: "account_left d" */
	const char *relation;  /* table or shared relation, or NULL: a subquery */
	const char *doc;       /* what that is, English; or NULL */
	const char *condition; /* the whole of ON, or NULL */
	const char *first;     /* the part of it from which on there is none; NULL: there is no row at all */
	struct explain_value *values; /* what the condition takes from the subject */
	int n_values, cap;
};

struct explanation {
	const struct rule *rule;
	const char *key;
	char fingerprint[FINGERPRINT_SIZE];
	enum explain_verdict verdict;
	int rows;       /* rows of the rule's FROM with this key; the one that tells most is explained */
	struct explain_condition *conditions;
	int n_conditions;
	int first_out;  /* the first condition that is not true and so decided; -1: none */
	struct finding finding; /* what the rule selects of it, for the audience; valid when rows > 0 */
	struct explain_missing missing;
	const char **near; /* EXPLAINED_UNKNOWN_KEY: keys like it */
	int n_near;
	const char *clock_case; /* the case whose clock the rule reads, and the term; NULL: none */
	const char *clock_term;
};

/* One rule on its store, prepared as an audit does; explains any number of subjects. */
struct explainer;
struct explain_input {
	const struct rule_set *rules;
	const struct terms *terms;
	const struct workdays *w;
	const struct waiver_set *waivers; /* or NULL */
	struct store *stores[2]; /* by enum store_kind */
	day_t as_of;
	const struct audience *who;
};
/*
 * Everything given must outlive it. A rule that may not read what it reads is an error (secrecy.h). A rule
 * about waivers reads what all others came to: they are run before, into a ledger in memory.
 */
enum status explain_open(struct arena *a, const struct explain_input *in, const struct rule *r,
			 struct explainer **ret, struct err *e) MUST_CHECK;
void explain_close(struct explainer *x); /* NULL is fine; the explanations stay, in the arena */
void explain_cleanup(struct explainer **x);
enum status explain_subject(struct explainer *x, const char *key, struct explanation **ret, struct err *e) MUST_CHECK;
/* The first `most` keys, in their order, of subjects that were examined and pass. */
enum status explain_passing(struct explainer *x, int most, const char ***ret, int *ret_n, struct err *e) MUST_CHECK;

#endif
