/*
 * form - template + store + period -> figures, checks, and the document.
 *
 * As of the period's last day (or an earlier as-of: then a draft): facts after it do not exist. All measures of one
 * dataset are computed in one pass: one GROUP BY query per (table, dataset), rolled up in C over the unit tree.
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
	int64_t *undecided; /* n_columns: data rows that could not be decided */
	int64_t undecided_rows; /* data rows that at least one column could not decide */
	int64_t undated;        /* data rows without the date that would place them in a period */
	int units_covered;  /* units below the rows, for "a total says how many units it covers" */
};

struct check_result {
	const struct template_check *check;
	bool ok;
	int failed_rows;
	const char *where; /* first failing row's label */
	int64_t left, right; /* of that row */
};

struct form {
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
	int64_t undecided; /* data rows, of all tables and lists: undecided or undated */
	int64_t quarantined; /* rows of the form's inputs in quarantine */
	const char *draft; /* NULL, or why (Vietnamese) */
};

/* The store must be open STORE_READ with its calendar; form_compute sets as-of and scope. */
enum status form_compute(struct arena *a, const struct workspace *w, const struct template *t,
			 const struct period *p, day_t as_of, const char *unit, struct store *s,
			 struct form **ret, struct err *e) MUST_CHECK;

/* The document of a computed form; lists pull from the store, which must stay open while it is written. */
enum status form_document(struct arena *a, const struct workspace *w, const struct form *f, struct store *s,
			  struct document **ret, struct err *e) MUST_CHECK;
/* Closes what lists of the document still hold open in the store: before store_close, when a writer stopped half-way. */
void form_document_close(struct document *d); /* NULL is fine */

/* Prepares every query of a template against `s` (as-of set): SQL errors as diags with the template's lines. */
void form_prepare(const struct template *t, struct store *s, struct diags *d);

/* Warns of large tables that its queries would read again and again; `s` assumes their sizes (plan.h). */
void form_index_warn(const struct template *t, struct store *s, struct diags *d);

/* SQL that lists the dataset rows behind one figure (for `explain`): column n of table id. */
enum status form_drill(struct arena *a, const struct form *f, const char *table, const char *row_key, int n,
		       struct store *s, struct stmt **ret, struct err *e) MUST_CHECK;

#endif
