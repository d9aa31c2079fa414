/* brief_int - the report for leadership: what is gathered first, and then told. */
#ifndef RASOAT_REPORT_BRIEF_INT_H
#define RASOAT_REPORT_BRIEF_INT_H

#include "audit_int.h"

enum { TOP_RULES = 3 };

/* What one pass over the findings says about one rule. */
struct rule_facts {
	day_t oldest; /* DAY_NONE = no finding says since when */
	int units;    /* with findings */
	bool *seen;   /* by place in the tree of units, of the rules that the summary names */
};

struct brief {
	struct arena *a;
	const struct audit_report_input *in;
	struct document *d;
	struct doc_section *s;
	struct unit_count *units;
	int n_units;         /* with findings or undecided cases */
	int failing_units;   /* with findings, of known units */
	struct doc_table *worst;
	struct rule_facts *facts; /* one for each outcome */
	int top[TOP_RULES], n_top; /* outcomes: the gravest, then the most frequent */
};

/* brief_facts.c: fills units, worst, facts and top from the ledger. */
enum status brief_read(struct brief *b, struct err *e) MUST_CHECK;

#endif
