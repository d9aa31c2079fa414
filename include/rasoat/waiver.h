/*
 * waiver - exceptions that somebody has approved in a document, as read from waivers.xml
 * (urn:rasoat:waivers:1), and what an audit makes of them (docs/waivers.md).
 *
 * A waiver covers the fails of one rule: of all units, or of one and what is below it on the as-of date; of all
 * subjects, or of one key. A fail that a waiver in force covers gets the verdict WAIVED: it keeps all it has, and
 * names the waiver. What is indeterminate stays so: nobody can approve what is not known. Of several waivers
 * the narrowest counts: with a key before without, then the deeper unit, then the first id.
 *
 * Everything lives in the arena given to the loader.
 */
#ifndef RASOAT_WAIVER_H
#define RASOAT_WAIVER_H

#include <rasoat/date.h>
#include <rasoat/err.h>
#include <rasoat/rule.h>

struct store;
struct str;

struct waiver {
	const char *id; /* unique in the file */
	const struct rule *rule;
	const char *unit; /* and everything below; NULL = all */
	const char *key;  /* one subject; NULL = all */
	const char *reason;
	const char *requester, *approver; /* each a staff_id or a full name */
	const char *document; /* number of the approval */
	day_t document_on;
	day_t from, to; /* both days belong to it */
	int line;
};

struct waiver_set {
	const char *file;
	struct waiver *items; /* as written */
	int n;
	char digest[65]; /* SHA-256 of the file; "" without one */
};

/* The pack of the rules about waivers themselves: they cannot be waived, and run after all others. */
#define WAIVER_PACK "waivers"

/*
 * Reads `file`; a missing one is an empty set. `rules` must be loaded. All errors go to `d`: beside what every
 * reader of ours refuses, an unknown rule, the same id twice, an end before the start, and more than `longest`
 * days from the first to the last.
 */
struct waiver_set *waivers_load(struct arena *a, const char *file, const char *schema_dir, const struct rule_set *rules,
				int longest, struct diags *d);

/*
 * Units that are in none of the stores (which have no as-of date yet) are errors in `d`, with their lines. A
 * store without any unit knows nothing; either may be NULL.
 */
enum status waivers_check_units(const struct waiver_set *set, struct store *cases, struct store *accounts,
				struct diags *d, struct err *e) MUST_CHECK;

/* Writes a commented waivers.xml without waivers, for `init`. */
void waivers_sample(struct str *out);

#endif
