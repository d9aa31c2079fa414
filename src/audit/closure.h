/*
 * closure - inside the audit room: what a run no longer finds.
 *
 * For each rule the run is held against the latest run of the same units, of an earlier or the same as-of date, in
 * which the rule could run (ledger_rule_before). Each finding of that run which is none any more is closed: with
 * what its subject is now, and its facts as they are now, asked for once per rule.
 */
#ifndef RASOAT_CLOSURE_H
#define RASOAT_CLOSURE_H

#include "audit_lane.h"
#include "ledger_int.h"

struct closure_input {
	struct ledger *ledger;
	const struct audit_result *result; /* all rules are in the ledger */
	const struct audit_options *opt;
	const struct terms *terms;
	const struct workdays *w;
	struct audit_lane *lanes;
	int n_lanes;
};

enum status closures_record(const struct closure_input *in, struct err *e) MUST_CHECK;

#endif
