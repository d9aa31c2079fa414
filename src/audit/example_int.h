/* example_int - what the files of the examples share. */
#ifndef RASOAT_EXAMPLE_INT_H
#define RASOAT_EXAMPLE_INT_H

#include "audit_int.h"

/* A shared relation as an audit keeps it (store_materialize), made anew for each example. */
struct kept_relation {
	const char *name;
	struct stmt *clear, *fill;
};

struct example_bench {
	struct store *stores[2]; /* by enum store_kind */
	struct kept_relation *kept[2];
	int n_kept[2];
	struct stmt **inserts[2]; /* one for each schema table and schema_waiver() that a row went to, else NULL */
	struct terms legal; /* with the legal readings, whatever rasoat.xml sets */
	const struct terms *terms;
	const struct workdays *w;
	struct arena *arena; /* reset for each example */
	const struct rule *prepared; /* by example_prepare, for the example_run that follows */
	struct rule_run *run;
};

/* The statements of the rule at hand. */
void example_forget(struct example_bench *b);
/* Which of the store's kept relations the rule reads: bit i is the i-th. */
unsigned example_reads(const struct example_bench *b, const struct rule *r);
enum status example_refill(struct example_bench *b, enum store_kind kind, unsigned reads,
			   struct err *e) MUST_CHECK;
/* The message without the store's name, which says nothing here: it lives in memory. */
const char *example_text(const struct store *s, const char *text);
/* Names the parts of a rule that fail by themselves; false: none does, so no line is known. */
bool example_report_parts(struct store *s, const struct rule *r, struct diags *d);

#endif
