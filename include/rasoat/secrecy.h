/*
 * secrecy - which parts of a rule read personal or classified columns, and who may see them
 * (docs/secrecy.md). What a part reads is found by the engine (reads.h), not by what its author says; what
 * cannot be decided counts as read.
 *
 * Two levels. CLASSIFIED (a denouncer's identity): a rule or template reads such a column only with a
 * clearance in rasoat.xml, its key, unit and since not even then; and what it selects of it goes into no
 * ledger and no file. PERSONAL: audiences see it as their allow-list says (audience.h); others see "***".
 */
#ifndef RASOAT_SECRECY_H
#define RASOAT_SECRECY_H

#include <rasoat/audience.h>
#include <rasoat/ledger.h>
#include <rasoat/reads.h>
#include <rasoat/rule.h>

struct arena;

/* What stands in place of a value that is not shown. Cells with it are CELL_HIDDEN. */
#define SECRECY_MASK "***"
bool secrecy_is_masked(const char *text); /* NULL is not */

/* What the rules of a run read, found once. Lives in the arena; may be used by several threads. */
struct secrecy;
/* `ids` ends with NULL and chooses rules; NULL = all. An error is no rule's but the program's. */
enum status secrecy_open(struct arena *a, const struct rule_set *rules, const char *const *ids,
			 struct secrecy **ret, struct err *e) MUST_CHECK;

/*
 * Whether the rule may run on this store for this day: it reads nothing classified, or has a clearance that
 * holds then and today. What it reads cannot be told when the embedded engine does not take its SQL: then the
 * store must be one that refuses classified columns itself (store_guards).
 */
enum status secrecy_permit(const struct secrecy *s, const struct rule *r, const struct store *store, day_t as_of,
			   struct err *e) MUST_CHECK;
/* Whether it must run with store_set_clearance: it reads classified columns. Ask secrecy_permit before. */
bool secrecy_wants_clearance(const struct secrecy *s, const struct rule *r);
/* The same for `rasoat check`: at the line of the part that reads it. */
void secrecy_check(const struct secrecy *s, const struct rule *r, struct diags *d);

/* Which value of a finding; a field is SECRET_FIELDS plus its place. */
enum { SECRET_KEY, SECRET_UNIT, SECRET_SINCE, SECRET_FIELDS };
/* Whether the value is from classified columns: it is recorded as SECRECY_MASK. */
bool secrecy_is_classified(const struct secrecy *s, const struct rule *r, int part);
/* Whether the audience does not see the value. NULL stands for whoever sees nothing personal. */
bool secrecy_hides(const struct secrecy *s, const struct audience *who, const struct rule *r, int part);
/*
 * The finding as the audience sees it: hidden values become SECRECY_MASK, in the message too. What is
 * made new is in the arena; nothing of `f` is changed in place.
 */
void secrecy_mask(const struct secrecy *s, const struct audience *who, struct arena *a, const struct rule *r,
		  struct finding *f);
/*
 * Why a rule could not run, as the audience sees it: values may stand in an engine's words. Of a rule that
 * reads classified columns those words are not even recorded.
 */
#define SECRECY_ERROR "could not run; why is not shown, for the data may stand in it"
/* The same for an error of a rule that was permitted and then asked: returns ST_ERR. */
enum status secrecy_hide_error(const struct secrecy *s, const struct audience *who, const struct rule *r,
			       struct err *e);
const char *secrecy_error(const struct secrecy *s, const struct audience *who, const struct rule *r,
			  const char *error);

/* ---- for other SQL: forms, explain ---- */

/* Columns of one store that are not open, as bits: which of reads_columns(). */
typedef uint64_t secret_bits;
/*
 * What `expression` reads over `from`, beyond what every row of it reads; `expression` NULL: all that the
 * FROM itself reads.
 */
enum status secrecy_reads(struct reads *r, struct arena *a, const char *from, const char *expression,
			  secret_bits *ret, struct err *e) MUST_CHECK;
bool secrecy_bits_hidden(const struct reads *r, const struct audience *who, secret_bits bits);
/* The first classified column among them, or NULL. */
const struct secret_column *secrecy_bits_classified(const struct reads *r, secret_bits bits);
/* Whether the clearance (NULL: none) holds for the day and today; else why, in `e`. */
enum status clearance_holds(const struct clearance *c, day_t as_of, struct err *e) MUST_CHECK;

#endif
