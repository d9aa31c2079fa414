/*
 * audit - rule + store -> findings; prints nothing, writes to no store.
 *
 * From a rule the engine builds ONE query (audit_query): columns key, unit,
 * since, verdict code, reason index, then the fields; ordered by key. Rows: the population
 * (from, scope) whose verdict is fail or indeterminate. The result goes to the ledger row by row.
 * A rule that cannot run (bad SQL, a key that is NULL or comes twice with different content) is
 * an ERROR of that rule: recorded, shown, never exit code 0; the other rules go on. Rows equal in
 * every column are one finding.
 *
 * The ledger is written in one order, however many rules run side by side: no byte of it depends on
 * the number of threads.
 */
#ifndef RASOAT_AUDIT_H
#define RASOAT_AUDIT_H

#include <rasoat/ledger.h>
#include <rasoat/rule.h>
#include <rasoat/store.h>
#include <rasoat/terms.h>
#include <rasoat/waiver.h>

struct secrecy;
struct str;
struct waivers;

/* The SQL of a rule: parameters :as_of and the rule's own by name. `scoped` adds AND unit IN unit_scope. */
void audit_query(const struct rule *r, bool scoped, struct str *out);

struct audit_options {
	day_t as_of;
	const day_t *facts_on;     /* an earlier day: facts after it do not exist (store_set_facts_on); NULL = as_of */
	const char *unit;          /* NULL = all */
	const char *const *rules;  /* NULL-terminated ids, or NULL = all */
	const struct waiver_set *waivers; /* NULL = none */
	int jobs;                  /* rules side by side, each on read connections of its own; 0 and 1: one by one */
	/* Called before (done = false) and after each rule, by one thread at a time; may be NULL. */
	void (*progress)(void *ctx, const struct rule *r, const struct rule_outcome *o, bool done);
	void *progress_ctx;
};

struct rule_outcome {
	const struct rule *rule;
	/*
	 * examined = passed + found + indeterminate + waived + outside. Rows of the population (in scope); those that
	 * came more than once, equal in every column, are one. `outside`: not applicable, their <event> is not in
	 * the time of the rule's law.
	 */
	int64_t examined;
	int64_t passed, found, indeterminate, waived, outside;
	const char *error;     /* NULL = ran; else why not, one line */
	bool not_applicable;   /* law not in force at the as-of date: nothing run */
	double seconds;        /* for the terminal only: never in a file */
};

struct audit_result {
	int64_t run_id;
	struct waivers *waivers;       /* for the audit room */
	const struct secrecy *secrecy; /* of the selected rules, for audiences (secrecy.h) */
	day_t as_of;
	const char *unit;
	const char *content; /* digest of what was given and found (ledger_seal) */
	struct rule_outcome *outcomes; /* in rule-set order, the selected ones */
	int n_outcomes;
	int64_t examined, passed, found, indeterminate, waived, outside, errors; /* sums */
};

/*
 * Runs the rules and records the run in the ledger, inside the caller's ledger transaction: the caller commits after the
 * outputs are safely written. `cases` or `accounts` may be NULL when no selected rule needs it. An unknown rule id or
 * unit is ST_ERR before anything runs.
 */
enum status audit_run(struct arena *a, const struct rule_set *rules, const struct terms *terms,
		      const struct workdays *w, struct store *cases, struct store *accounts, struct ledger *l,
		      const struct audit_options *opt, struct audit_result *ret, struct err *e) MUST_CHECK;

/*
 * What each rule would send and the engine's plan of it, to `sink` rule by rule, as text of several
 * lines; no rule is run, nothing is recorded. Of `opt` as_of, unit and rules count.
 */
typedef void (*audit_plan_sink)(void *ctx, const struct rule *r, const char *text);
enum status audit_plan(const struct rule_set *rules, const struct terms *terms, const struct workdays *w,
		       struct store *cases, struct store *accounts, const struct audit_options *opt,
		       audit_plan_sink sink, void *ctx, struct err *e) MUST_CHECK;

/* Runs one rule's examples (check): each failure is a diag at the example's line. Uses in-memory stores, created once. */
struct example_bench;
enum status example_bench_open(const struct terms *t, const struct workdays *w, struct example_bench **ret, struct err *e) MUST_CHECK;
void example_bench_close(struct example_bench *b);
void example_run(struct example_bench *b, const struct rule *r, struct diags *d, int *ran);
/* Prepares the rule's query (and each measure of templates: form_prepare in form.h) against an empty store: SQL errors as diags. */
void example_prepare(struct example_bench *b, const struct rule *r, struct diags *d);
/* Lets the store plan the rule's query as an audit would send it: what this engine cannot run is a diag. */
void rule_plan(struct store *s, const struct rule *r, day_t as_of, struct diags *d);
struct store *example_store(struct example_bench *b, enum store_kind kind);

#endif
