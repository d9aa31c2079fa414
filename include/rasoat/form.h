/*
 * form - template + store + period -> figures, checks, and the document.
 *
 * As of the period's last day (or an earlier as-of: then a draft): facts after it do not exist. All measures and checks
 * over one dataset are computed in one pass: one GROUP BY query per (table, dataset), rolled up in C over the unit tree.
 * A form can be made for many units at once (form_set): the queries are the same and run once for all of them.
 * Rows of a unit table with --unit X (or the only root): X's own rows first, then one row per
 * direct sub-unit as of the date with everything below it, in unit_id order, zero rows included; rows whose
 * unit is unknown to the tree are a row of their own, "Không xác định đơn vị" (whole-sector reports only).
 * Each figure has an address FORM!ROW!COLUMN and can list its rows (form_drill).
 */
#ifndef RASOAT_FORM_H
#define RASOAT_FORM_H

#include <rasoat/document.h>
#include <rasoat/import.h>
#include <rasoat/store.h>
#include <rasoat/template.h>
#include <rasoat/units.h>
#include <rasoat/workspace.h>

struct figure_row {
	const char *key, *label; /* unit_id or row key; "" = unknown unit */
	bool own; /* the scope unit's own row */
};

struct figure_table {
	const struct template_table *table;
	struct figure_row *rows;
	int n_rows;
	int64_t *values;    /* n_rows x n_columns, row-major */
	int64_t *totals;    /* n_columns */
	/*
	 * What stands in the cells: CELL_INT (the value), CELL_BLANK (nobody said it), CELL_NA, CELL_HIDDEN; the value of the
	 * others is 0. A formula over a blank cell is blank. A total adds the values there are.
	 */
	enum cell_kind *states, *total_states;
	int64_t blank;      /* body cells that wait for a figure: CELL_BLANK, formulas left out */
	int64_t *undecided; /* n_columns: data rows that could not be decided */
	int64_t undecided_rows; /* data rows that at least one column could not decide */
	int64_t undated;        /* data rows without the date that would place them in a period */
	const char **missing; /* names of the units that ought to type something in and said nothing, by unit_id */
	int n_missing, n_reporters; /* of so many that ought to */
	int units_covered;  /* units below the rows, for "a total says how many units it covers" */
};

struct check_result {
	const struct template_check *check;
	bool ok;
	int failed_rows, blank_rows; /* blank: a side has a cell without a number, nothing to compare */
	const char *where; /* first failing row's label */
	int64_t left, right; /* of that row */
};

struct form_set;
struct quarantine_count;

struct form {
	const struct form_set *set;
	int at; /* which of the set's forms */
	const struct template *template;
	struct period period;
	day_t as_of;
	const char *unit; /* scope unit id or NULL */
	bool whole;       /* no unit, or the only root: data rows of unknown units count too */
	const char *unit_name;
	struct figure_table *tables; /* of rows=units and rows=query, in order */
	int n_tables;
	struct check_result *checks;
	int n_checks, failed_checks;
	int missing;       /* units, of all tables: see figure_table.missing */
	int64_t blank;     /* cells of all tables that wait for a figure */
	int64_t undecided; /* data rows, of all tables and lists: undecided or undated */
	int64_t quarantined; /* rows of the form's inputs in quarantine */
	const struct quarantine_count *quarantine; /* the same, by input */
	int n_quarantine;
	int drafts; /* of the forms its texts name, for its own period */
	const char *draft; /* NULL, or why (Vietnamese) */
};

/*
 * The forms of one template for one or for many units. What needs a store is done in steps: form_set_new,
 * form_set_figures once, form_set_list for each of its lists. A step may have a connection and a thread
 * of its own, and the steps after form_set_new may run at the same time, as long as all connections
 * see the same facts. Then form_document needs no store any more and may run on any thread.
 */
/*
 * What authors write: a text file of sections "[name]", each with paragraphs parted by blank lines. UTF-8; comes out as
 * NFC. A section that the template has no <author> for is an error, and one that comes twice.
 */
struct author_text;
enum status author_text_read(struct arena *a, const char *path, struct author_text **ret, struct err *e) MUST_CHECK;
enum status author_text_check(const struct author_text *text, const struct template *t, struct err *e) MUST_CHECK;
/* The i-th paragraph of a section; NULL past the last, or when there is none. */
const char *author_text_paragraph(const struct author_text *text, const char *name, int i);

struct form_list; /* the rows of one list, of all units: read once, kept in a temporary file when they are many */
struct form_other {
	const char *form;
	enum ref_when when;
	struct form_set *set; /* NULL: there is no such period */
};
struct form_set {
	struct arena *arena;
	const struct workspace *workspace;
	const struct template *template;
	struct period period;
	day_t as_of;
	struct form *forms; /* in the order of the units asked for */
	int n_forms;
	struct form_other *others; /* the forms that the template's texts name, with their figures */
	int n_others;
	const struct author_text *author; /* set by the caller before form_document(), or NULL */
	struct form_list **lists; /* in the order of the template */
	int n_lists;
	const struct units *units; /* as of the date */
	bool classified; /* it reads classified columns, with a clearance */
	bool **hidden; /* by part of the template: which columns of a list the audience does not see */
};

/*
 * `units`: n codes, each once; a code NULL is everything. Reads the unit tree; an unknown unit is an error. The arena and
 * everything given must outlive the set. Every step wants a store open STORE_READ with its calendar, and sets as-of and scope.
 */
enum status form_set_new(struct arena *a, const struct workspace *w, const struct template *t, const struct period *p,
			 day_t as_of, const char *const *units, int n, struct store *s, struct form_set **ret,
			 struct err *e) MUST_CHECK;
enum status form_set_figures(struct form_set *set, struct store *s, struct err *e) MUST_CHECK;
/* Needs no figures, and uses nothing of the set's arena. */
enum status form_set_list(struct form_set *set, int list, struct store *s, struct err *e) MUST_CHECK;
void form_set_close(struct form_set *set); /* drops the rows of the lists; NULL is fine */

/* A set of one unit (NULL: everything) with its figures: for who wants no document. */
enum status form_compute(struct arena *a, const struct workspace *w, const struct template *t,
			 const struct period *p, day_t as_of, const char *unit, struct store *s,
			 struct form **ret, struct err *e) MUST_CHECK;

/*
 * The document of a form whose set has its figures and lists; its lists are read from the set, which must stay while it
 * is written. Documents of one set may be made and written on several threads, each with an arena of its own.
 */
enum status form_document(struct arena *a, const struct form *f, struct document **ret, struct err *e) MUST_CHECK;

/* Prepares every query of a template against `s` (as-of set): SQL errors as diags with the template's lines. */
void form_prepare(const struct template *t, struct store *s, struct diags *d);

/* Warns of large tables that its queries would read again and again; `s` assumes their sizes (plan.h). */
void form_index_warn(const struct template *t, struct store *s, struct diags *d);

/* What it reads of classified columns without a clearance, each at its line (docs/secrecy.md). form_set_new refuses it. */
void form_secrecy_check(const struct template *t, struct diags *d);

/* SQL that lists the dataset rows behind one figure (for `explain`): column n of table id. */
enum status form_drill(struct arena *a, const struct form *f, const char *table, const char *row_key, int n,
		       struct store *s, struct stmt **ret, struct err *e) MUST_CHECK;

/* Which columns of the rows that form_drill lists the workspace's audience does not see; in the arena. */
enum status form_drill_hidden(struct arena *a, const struct form *f, const char *table, int n, const struct stmt *st,
			      const bool **ret, struct err *e) MUST_CHECK;

#endif
