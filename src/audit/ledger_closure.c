/* Writing closures: what a run no longer finds, with the facts of the subject as they are now. */
#include "ledger_int.h"

#include <rasoat/arena.h>

const char *const closure_words[CLOSED_COUNT] = { "passed", "waived", "indeterminate", "gone", "not_in_force" };

void ledger_closures_begin(struct ledger *l)
{
	chain_restart(&l->closures);
}

enum status ledger_add_closure(struct ledger *l, const char *rule, const char *fingerprint, enum closure_verdict verdict,
			       const char *unit, const char *key, const char *const *fields, int n_fields, struct err *e)
{
	CLEANUP(str_free) struct str json = STR_INIT;

	if (fields)
		fields_write(fields, n_fields, &json);

	const struct value cells[CLOSURE_CELLS] = {
		value_int(l->closures.rows + 1), value_text(rule), value_text(fingerprint),
		value_text(closure_words[verdict]), value_text(unit), value_text(key),
		value_text(fields ? json.p : NULL),
	};
	return ledger_put(l, &l->add_closure, "closure", ledger_closure_columns, l->run, cells, CLOSURE_CELLS,
			  chain_row(&l->closures, cells, CLOSURE_CELLS), e);
}

enum status ledger_closures_done(struct ledger *l, const char *rule, int64_t before, struct err *e)
{
	char content[HASH_HEX];
	const struct value cells[CLOSED_CELLS] = {
		value_text(rule), value_int(before), value_int(l->closures.rows),
		value_text(chain_digits(&l->closures, content)),
	};

	return ledger_put(l, &l->closed, "run_closed", ledger_closed_columns, l->run, cells, CLOSED_CELLS,
			  chain_mark(cells, CLOSED_CELLS), e);
}
