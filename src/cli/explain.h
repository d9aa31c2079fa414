/* explain - what the kinds of `rasoat explain` share; each has its file. */
#ifndef RASOAT_CLI_EXPLAIN_H
#define RASOAT_CLI_EXPLAIN_H

#include "cli.h"

struct explain_args {
	const char *as_of, *period, *unit, *audience, *out, *passing;
	bool sql, json;
};

void explain_basis(const struct basis *b, int n); /* "law:     …", one line each */

/* The workspace with its rules, for the audience; false: said why. */
bool explain_workspace(struct cli *cli, const struct explain_args *a, bool templates, struct workspace **ret);

/* Every clock of one case, and with `annex` a page for its file; the exit code. */
int explain_clock(struct cli *cli, const struct explain_args *a, const char *case_id, bool annex);

/* FORM!ROW!COLUMN, which is taken apart in place; the exit code. */
int explain_figure(struct cli *cli, const struct explain_args *a, char *address);

/*
 * Subjects of a rule: n keys, or with --passing (keys NULL) the first n that pass. `rule` NULL: the one key is the code
 * of a finding. The exit code.
 */
int explain_finding(struct cli *cli, const struct explain_args *a, const char *rule, const char *const *keys, int n);

#endif
