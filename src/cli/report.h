/* report - the work of `rasoat report`: forms x units x formats -> files. */
#ifndef RASOAT_CLI_REPORT_H
#define RASOAT_CLI_REPORT_H

#include "cli.h"

#include <rasoat/form.h>
#include <rasoat/hash.h>

struct report_form {
	const char *id;
	const struct template *template;
	struct period period;
	day_t as_of;
	int source;
	struct arena *arena; /* of the set: its figures are computed on a thread of their own */
	struct form_set *set;
};

/* A store as of one date; worker 0 reads through the first connection, the others through ones that see the same. */
struct report_source {
	enum store_kind kind;
	day_t as_of;
	struct store **stores; /* per worker */
};

struct report_file {
	const struct form *form;
	const struct writer *writer;
	const char *path;
	struct outputs outputs; /* this file alone, as long as its thread is at work */
	char sha256[HASH_HEX];  /* with `each` */
};

struct report {
	struct cli *cli;
	const struct workspace *w;
	const char *period, *unit, *each, *as_of, *out; /* as given, or NULL */
	const char *text; /* the file of what authors write, or NULL */
	const struct writer **writers;
	int jobs;
	struct report_form *forms;
	int n_forms;
	struct report_source *sources;
	int n_sources, n_workers; /* while the stores are read */
	struct report_file *files; /* form by form, unit by unit, format by format */
	int n_files;
	const char *manifest; /* with `each`: the list of the files, itself a file */
	struct outputs outputs; /* put in place together, when the last is written */
};

/* Everything but printing. All files are in place afterwards, or none. */
enum status report_run(struct report *r, char **forms, int n, struct err *e) MUST_CHECK;
void report_close(struct report *r); /* after it the forms are gone too */

/* --- report_find.c: which forms, as of which day, of which units --- */
/* The templates in force; a form named twice counts once. */
enum status report_find_forms(struct report *r, char **ids, int n, struct err *e) MUST_CHECK;
/* The units whose reports are wanted, in the order of their codes; one, maybe NULL, without --each. */
enum status report_find_units(struct report *r, const struct report_form *f, struct store *s,
			      const char *const **ret, int *ret_n, struct err *e) MUST_CHECK;

/* --- report_pack.c: the list of the files --- */
enum status report_manifest(struct report *r, struct err *e) MUST_CHECK;

#endif
