/* worklist_int - what the files of the work lists share. */
#ifndef RASOAT_REPORT_WORKLIST_INT_H
#define RASOAT_REPORT_WORKLIST_INT_H

#include "audit_int.h"

#include <rasoat/spool.h>
#include <rasoat/worklist.h>

/* One finding: enough to sort, and where its texts are. */
struct worklist_entry {
	int64_t at, days;
	uint32_t size;
	int32_t unit;  /* place in `units` */
	int16_t rule;  /* place in the rule set */
	uint8_t verdict, severity;
	bool has_days;
};

struct worklist {
	const struct worklist_options *opt;
	struct worklist_unit *units; /* sorted */
	int64_t *first;              /* n_units + 1: where a unit's entries begin */
	int n_units;
	struct worklist_entry *entries; /* by unit, verdict, severity, days, rule, then as found */
	int64_t n_entries;
	day_t due[SEV_COUNT];
	struct spool *spool;
};

/* The texts of a finding, in the order they are put aside. */
enum worklist_text { W_KEY, W_UNIT, W_SINCE, W_REASON, W_MESSAGE, W_DETAILS, W_FINGERPRINT, W_TEXTS };

/* A unit's findings with one verdict: a row source for a table with the columns named. */
enum worklist_column { WL_NUMBER, WL_RULE, WL_SEVERITY, WL_MESSAGE, WL_REASON, WL_KEY, WL_UNIT, WL_SINCE, WL_DAYS, WL_REMEDY, WL_BASIS,
		       WL_DUE, WL_DONE, WL_DOCUMENT, WL_RESULT, WL_NOTE, WL_DETAILS, WL_FINGERPRINT, WL_COLUMNS };
struct row_source worklist_rows(struct arena *a, const struct worklist *w, int unit, enum verdict verdict,
				const enum worklist_column *columns, int n);
/* How many of a unit's findings of the rule have the verdict. */
int64_t worklist_rule_count(const struct worklist *w, int unit, int rule, enum verdict verdict);
const char *worklist_unit_name(const struct worklist_options *o, const struct rule *r, const char *id);
/* "05 ngày làm việc (mức của phần mềm …)": how the due days come about, a sentence. */
const char *worklist_due_words(struct arena *a, const struct worklist *w);

#endif
