/* ledger_int - inside the audit room: the ledger's insides, for writing and for reading back. */
#ifndef RASOAT_LEDGER_INT_H
#define RASOAT_LEDGER_INT_H

#include <rasoat/ledger.h>
#include <rasoat/store.h>

struct str;

struct ledger {
	struct store *store;
	/* Prepared at the first use, closed with the ledger. */
	struct stmt *add_finding, *add_row, *rule_done;
	/* Where the next row of this run and rule goes. */
	int64_t run, seq;
	const struct rule *rule;
	day_t as_of; /* of the run that was started last */
};

/* A mark inside the transaction: what comes after it can be undone, so that a rule records all or nothing. */
enum status ledger_mark(struct ledger *l, struct err *e) MUST_CHECK;
enum status ledger_keep(struct ledger *l, struct err *e) MUST_CHECK;
enum status ledger_undo(struct ledger *l, struct err *e) MUST_CHECK;

/* The cell texts of a finding as a JSON array of strings and nulls, and back. */
void fields_write(const char *const *fields, int n, struct str *out);
void json_string(const char *text, struct str *out); /* with its quotes */
/* false: not such an array. */
bool fields_read(struct arena *a, const char *json, const char *const **ret, int *ret_n);

#endif
