/* compare_int - inside the audit room: the steps of a comparison (compare.c). */
#ifndef RASOAT_COMPARE_INT_H
#define RASOAT_COMPARE_INT_H

#include "audit_int.h"
#include "ledger_int.h"

#include <rasoat/compare.h>

/* What a run was given, as its row says. */
struct run_row {
	struct run_line line;
	const char *rules, *params, *facts[2], *terms, *calendar, *organisation, *waivers, *program;
	const char *units; /* the list of units behind the digest, or NULL */
};

/* What one rule was in one run. */
struct rule_row {
	bool there, ran, in_force;
	const char *digest, *depends, *content;
	int64_t found, undecided;
};

struct compare {
	struct arena *a;
	struct ledger *l;
	const struct compare_options *opt;
	struct run_row before, after;
	struct comparison *c;
	struct rule_row (*rows)[2]; /* by rule of `c`: before, after */
	int inputs_cap;
};

enum status run_row_read(struct arena *a, struct ledger *l, int64_t run, struct run_row *ret, struct err *e) MUST_CHECK;
/* A statement with its parameters, run to its end. */
enum status compare_do(struct ledger *l, const char *sql, const struct value *values, int n, struct err *e) MUST_CHECK;

/* compare_states.c: fills temp.change. */
enum status compare_states(struct compare *x, struct err *e) MUST_CHECK;
/* compare_causes.c: tries them out and writes them into temp.change. */
enum status compare_causes(struct compare *x, struct err *e) MUST_CHECK;
/* compare_inputs.c */
enum status compare_inputs(struct compare *x, struct err *e) MUST_CHECK;
/* Fills temp.compared_unit: which units changed, and which are below the runs' unit. */
enum status compare_units(struct compare *x, struct err *e) MUST_CHECK;
/* compare_read.c: counts. */
enum status compare_count(struct compare *x, struct err *e) MUST_CHECK;

/* ledger.c: from here on findings go to `sink` and not into the ledger; all else is as ever. */
typedef enum status ledger_sink(void *ctx, const struct rule *r, const struct finding *f, struct err *e);
void ledger_watch(struct ledger *l, ledger_sink *sink, void *ctx);

/* run_inputs.c */
enum status run_facts_digest(struct arena *a, struct store *s, const char **ret, struct err *e) MUST_CHECK;
const char *run_calendar_digest(struct arena *a, const struct workdays *w);

#endif
