/*
 * worklist - what each unit has to do after an audit: its findings of one run of the ledger, as a workbook to fill in and
 * a letter to send with it.
 *
 * The run is read once, rule by rule; what a list needs of a finding is put aside (spool.h) with an entry of
 * fixed size, and the entries are sorted once. So memory grows by some 40 bytes a finding, and no list reads the
 * run again. A finding that is not a fail is no task: what is indeterminate is information to be given, what is waived is listed
 * as such. Whether a finding is closed only a later run can say.
 */
#ifndef RASOAT_WORKLIST_H
#define RASOAT_WORKLIST_H

#include <rasoat/audience.h>
#include <rasoat/document.h>
#include <rasoat/ledger.h>
#include <rasoat/units.h>
#include <rasoat/workspace.h>

struct worklist_options {
	const struct workspace *workspace; /* with its rules */
	struct ledger *ledger;
	int64_t run;
	day_t as_of; /* of the run */
	const struct units *case_units, *account_units; /* as of that day */
	const struct audience *audience; /* personal values are masked for it; NULL: for whoever sees none */
	const char *unit; /* only units from this one downwards; NULL = all */
	const char *each; /* a level: findings below such a unit are listed with it; NULL: each unit has its own list */
};

/* Sorted by unit_id; "" = findings without a unit, for the department itself. */
struct worklist_unit {
	const char *unit_id, *name;
	int64_t counts[VERDICT_COUNT]; /* of VERDICT_ERROR none: those are no unit's */
	int64_t by_severity[SEV_COUNT]; /* fails */
	day_t due; /* of the first task; DAY_NONE = no task */
};

struct worklist;

/*
 * ST_ERR: the ledger cannot be read, a rule of the run is gone, or the calendar does not reach the last due day (the
 * message names it). The texts of `opt` and the arena outlive the list.
 */
enum status worklist_read(struct arena *a, const struct worklist_options *opt, struct worklist **ret,
			  struct err *e) MUST_CHECK;
void worklist_close(struct worklist *w); /* NULL is fine */
int worklist_count(const struct worklist *w);
const struct worklist_unit *worklist_at(const struct worklist *w, int unit);
/* The day by which a finding of this severity is to be put right. */
day_t worklist_due(const struct worklist *w, enum severity severity);

/* Documents of one unit, in an arena of their own; any number of threads may make and read them side by side. */
struct document *worklist_workbook(struct arena *a, const struct worklist *w, int unit);
/* Công văn as Nghị định 30/2020/NĐ-CP has it, the list in an appendix. Not for findings without a unit. */
struct document *worklist_letter(struct arena *a, const struct worklist *w, int unit, const char *workbook_name);

#endif
