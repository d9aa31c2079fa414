/* waiver_int - inside the audit room: which waiver covers a finding, and what the waivers of a run were for. */
#ifndef RASOAT_WAIVER_INT_H
#define RASOAT_WAIVER_INT_H

#include <rasoat/audit.h>
#include <rasoat/units.h>
#include <rasoat/waiver.h>

/* Places of units beside those in the tree. */
enum { ANY_UNIT = -1, UNKNOWN_UNIT = -2 };

struct person {
	const char *text; /* as the file has it */
	const char *id;   /* when it is one of the staff */
	const char *name; /* of the one with that id, else the text */
	const char *folded;
};

struct use {
	const struct waiver *waiver;
	int unit; /* place in the tree */
	struct person requester, approver;
	bool whole, same_person, in_force;
	const char *text;     /* what a finding says of it */
	int64_t covered, own; /* see schema_waiver() */
};

/* The waivers of one rule in a run: of one thread at a time. */
struct rule_waivers {
	const struct rule *rule;
	struct use **uses; /* by key (none is last), unit, id */
	int n;
	const struct units *units; /* NULL when none of them has a unit */
	struct store *store;
	struct stmt *holder; /* who an account belongs to; prepared at the first use */
	int staff, owner;    /* the fields that name the person concerned, or -1 */
};

struct waivers {
	struct arena *arena;
	struct use *uses;
	int n;
	struct rule_waivers *rules;
	int n_rules;
};

/*
 * `stores` by enum store_kind, with their as-of date; those of the chosen rules are there. `set` is borrowed. *ret
 * is never NULL, and closed by nobody: it lives in the arena.
 */
enum status waivers_open(struct arena *a, const struct waiver_set *set, struct store *const stores[2], day_t as_of,
			 struct waivers **ret, struct err *e) MUST_CHECK;
/* NULL: the rule has none. `s` is the store that the rule is asked on; close before it closes. */
struct rule_waivers *waivers_of(struct waivers *w, const struct rule *r, struct store *s);
/* A fail that is covered becomes waived. Texts live as long as the waivers. */
enum status waivers_apply(struct rule_waivers *w, struct finding *f, struct err *e) MUST_CHECK;
void waivers_close(struct rule_waivers *w); /* NULL is fine */
/* Fills the relation `waiver` of the account store with what the outcomes say. */
enum status waivers_fill(struct waivers *w, const struct rule_outcome *outcomes, int n, struct store *s,
			 struct err *e) MUST_CHECK;

#endif
