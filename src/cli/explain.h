/* explain - what the kinds of `rasoat explain` share; each has its file. */
#ifndef RASOAT_CLI_EXPLAIN_H
#define RASOAT_CLI_EXPLAIN_H

#include "cli.h"

struct explain_args {
	const char *as_of, *period, *unit;
	bool sql;
};

void explain_basis(const struct basis *b, int n); /* "law:     …", one line each */

/* Every clock of one case; the exit code. */
int explain_clock(struct cli *cli, const struct explain_args *a, const char *case_id);

#endif
