/*
 * audit_lane - inside the audit room: the read connections of one worker. All lanes of an audit see
 * the same facts. What many rules read is prepared once in a lane, so rules that read the same
 * stay in one (audit_jobs.c).
 */
#ifndef RASOAT_AUDIT_LANE_H
#define RASOAT_AUDIT_LANE_H

#include "audit_int.h"

#define MOST_RELATIONS 16

struct audit_lane {
	struct store *stores[2]; /* by enum store_kind; NULL = no rule needs it */
	bool own[2];             /* closed with the lane */
	bool open[2];            /* has our savepoint */
	bool clock_tried, clock_failed;
	struct err clock_error; /* why case_clock could not be filled: its rules cannot run */
	bool materialized[2][MOST_RELATIONS]; /* by store and place in schema_relations() */
};

/* Takes the caller's store into the lane; `unit` NULL = all, else it must be in the unit list. */
enum status audit_lane_open(struct audit_lane *l, enum store_kind kind, struct store *s,
			    const struct workdays *w, day_t as_of, const char *unit,
			    struct err *e) MUST_CHECK;
/* Own connections beside those of `from`; *ret_shared is false where there can be none. */
enum status audit_lane_share(struct audit_lane *l, const struct audit_lane *from, const char *unit,
			     bool *ret_shared, struct err *e) MUST_CHECK;
void audit_lane_close(struct audit_lane *l);

/* What `r` reads and others read too: shared relations and case_clock. */
enum status audit_lane_prepare(struct audit_lane *l, const struct rule *r, const struct terms *terms,
			       const struct workdays *w, day_t as_of, struct err *e) MUST_CHECK;

#endif
