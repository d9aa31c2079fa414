/* explain_print - what `rasoat explain` says of a subject, for people and for programs. */
#ifndef RASOAT_CLI_EXPLAIN_PRINT_H
#define RASOAT_CLI_EXPLAIN_PRINT_H

#include <rasoat/clock_annex.h>
#include <rasoat/explain.h>

/* `record`: what the ledger has of it, or NULL. `clock`: the case's clocks, of which the rule's is told; or NULL. */
void explain_print(const struct explanation *x, const struct finding_record *record, const struct clock_file *clock);
/* One line; docs/formats.md has the keys. */
void explain_print_json(const struct explanation *x, const struct finding_record *record, day_t as_of);

void explain_clock_entry(const struct clock_entry *x);

#endif
