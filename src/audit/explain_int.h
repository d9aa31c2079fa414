/* explain_int - inside the audit room: what the files of explain share. */
#ifndef RASOAT_EXPLAIN_INT_H
#define RASOAT_EXPLAIN_INT_H

#include "audit_lane.h"
#include "secrecy_int.h"
#include "sql_parts.h"
#include "waiver_int.h"

#include <rasoat/explain.h>

/* A value to be selected: which condition it is of, and the SQL that a store takes. */
struct asked {
	int condition; /* -1: of no condition */
	const char *name, *sql; /* sql NULL: a parameter, which is */
	const char *constant;
	const char *start; /* SQL of the first day of a macro's term, or NULL, */
	const struct term *term; /* and that term */
	bool hidden;
};

/* One condition as the rule has it, and as the store takes it. */
struct posed {
	enum explain_part part;
	const char *written, *sql;
	const char *reason;
	int line;
};

struct explainer {
	struct arena *a;
	const struct rule *rule;
	const struct terms *terms;
	const struct workdays *w;
	struct store *store;
	day_t as_of;
	const struct audience *who;
	struct audit_lane lane;
	struct reads *reads;
	struct secrecy *secrecy;
	struct rule_waivers *waivers; /* or NULL */
	struct sql_sources sources;
	struct posed *posed;
	int n_posed, cap_posed;
	struct asked *asked;
	int n_asked, cap_asked;
};

/* explain_parts.c: the conditions and values of the rule. */
enum status explain_pose(struct explainer *x, struct err *e) MUST_CHECK;
/* A statement with the rule's parameters, the day and :key bound. */
enum status explain_ask(struct explainer *x, const char *sql, const char *key, struct stmt **ret, struct err *e) MUST_CHECK;
const char *explain_cell(struct arena *a, const struct stmt *st, int col); /* NULL = NULL */
bool explain_hides(struct explainer *x, const char *from, const char *sql);

/* explain_missing.c: why the FROM has no row for the key. */
enum status explain_no_row(struct explainer *x, const char *key, struct explanation *ret, struct err *e) MUST_CHECK;

#endif
