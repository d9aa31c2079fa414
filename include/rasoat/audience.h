/*
 * audience - who may see what: clearances for classified columns, and audiences with their allow-lists
 * for personal ones (rasoat.xml; docs/secrecy.md). What a rule or form reads is secrecy.h's question.
 */
#ifndef RASOAT_AUDIENCE_H
#define RASOAT_AUDIENCE_H

#include <rasoat/date.h>
#include <rasoat/err.h>
#include <rasoat/rule.h>
#include <rasoat/template.h>

/* <clearance>: a decision that lets the rules and templates it names read classified columns. */
struct clearance {
	const char *rules, *templates; /* ids with a blank between; "" = none */
	const char *document, *approver;
	day_t date, until; /* both inclusive */
	const char *file;
	int line;
};

/* Why the decision does not hold on `day`, for a message, or NULL: it does. In the arena. */
const char *clearance_gap(struct arena *a, const struct clearance *c, day_t day);

/*
 * <audience>: sees everything that is not personal, and of what is personal only what its list names: a
 * field of a rule (RULE.FIELD), or columns (TABLE.COLUMN). Classified columns can stand on no list.
 */
struct audience {
	const char *name;
	bool all; /* every personal column: those who handle the matter */
	const char **fields, **columns;
	int n_fields, n_columns;
	int line;
};

struct audiences {
	struct audience *items;
	int n, cap;
};

/* Of the name: what rasoat.xml says, else "internal" (all), "leadership" and "public" (nothing personal). */
enum status audience_find(const struct audiences *all, const char *name, const struct audience **ret,
			  struct err *e) MUST_CHECK;
/* What commands take when nobody says otherwise: those who handle the matter. */
#define AUDIENCE_DEFAULT "internal"
bool audience_allows_field(const struct audience *a, const char *rule, const char *field);
bool audience_allows_column(const struct audience *a, const char *table, const char *column);

#endif
