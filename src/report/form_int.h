/* form_int - what the files of the form share: its SQL, its counting, its document. */
#ifndef RASOAT_FORM_INT_H
#define RASOAT_FORM_INT_H

#include <rasoat/form.h>
#include <rasoat/str.h>

/* Where the data rows of a table go: kept beside the figure_table until the checks are done. */
struct row_map {
	int *of_unit;     /* unit tables: unit index -> row, -1 = none */
	int n_keys;       /* query tables: row i has the i-th key, sorted byte by byte */
	int unknown;      /* row of unknown units or keys, -1 = none */
	bool *touched;    /* per row: data came in */
};

/* One unit's part in a computation. */
struct scope {
	const char *unit; /* NULL: everything */
	struct form *form;
	struct row_map *maps;  /* beside form->tables */
	int64_t **counted;     /* per check of the template: its independent count of each row, then of all; or NULL */
};

/* One computation: the forms that the same queries serve. */
struct calc {
	struct arena *a;
	const struct template *t;
	struct store *s;
	const struct units *units;
	struct period period;
	day_t as_of;
	const char *agency_unit; /* or NULL: of several roots the one whose sub-units have rows */
	struct form_set **others; /* per check of the template: the set of the form it compares with, or NULL */
	struct scope *scopes;    /* at least one; when `each`, sorted by unit */
	int n;
	const char *each;        /* several units: the SQL of each_scope(below_unit, each_unit); NULL: one scope */
	int64_t *undated;        /* datasets x scopes: rows without a date */
	bool *undated_done;      /* per dataset */
};

/* Which rows of a dataset a query takes. */
enum sql_scope {
	SCOPE_ALL,
	SCOPE_ONE,  /* those in unit_scope */
	SCOPE_EACH, /* those below any of the units; the query says below which */
};

/* --- form_sql.c: texts --- */
/*
 * Where a query says WHO, that is the unit of the scope its row or group belongs to (SCOPE_EACH), else NULL.
 * `each` is calc.each.
 */
struct sql_range {
	enum sql_scope scope;
	const char *each;
};
/* FROM and WHERE of the dataset's rows in the period and range. */
void sql_rows(struct str *out, const struct dataset *d, struct sql_range range);
/*
 * SELECT key, WHO, number of rows, then (figure, rows that it could decide) of each of the columns over `d`, then the
 * count of each check of the table over `d`; grouped by key and WHO.
 */
void sql_figures(struct str *out, const struct template *all, const struct template_table *t, const struct dataset *d,
		 struct sql_range range);
/* SELECT WHO, COUNT(*) of the rows that one of the columns marked in `unsure` (at least one) could not decide. */
void sql_unsure_rows(struct str *out, const struct template_table *t, const struct dataset *d, const bool *unsure,
		     struct sql_range range);
/* Whether sql_figures has this check's count among its columns. */
bool sql_counts(const struct template_check *c, const struct template_table *t, const struct dataset *d);
/* SELECT WHO, COUNT(*) of the rows that lack the date of `during`; false when none can. */
bool sql_undated(struct str *out, const struct dataset *d, struct sql_range range);
/* SELECT key, label of the rows of a query table. */
void sql_row_list(struct str *out, const struct template_table *t);
/* SELECT the columns of a list, WHO; in order of WHO, then as the list wants. */
void sql_list(struct str *out, const struct template_table *t, struct sql_range range);
/* SELECT WHO, COUNT(*) of the rows that may or may not belong to the list; false when all can be decided. */
bool sql_list_unsure(struct str *out, const struct template_table *t, struct sql_range range);
/* The rows behind one column; the caller adds " AND (key ...)". */
void sql_drill(struct str *out, const struct template_column *col, struct sql_range range);
void sql_quote(struct str *out, const char *text);
const char *sql_key(const struct template_table *t, const struct dataset *d);
/* Whether any SQL of the template names `word`. */
bool template_names(const struct template *t, const char *word);
/* Prepares and binds :from, :to, :as_of. */
enum status sql_open(struct store *s, const char *sql, const struct period *p, day_t as_of,
		     struct stmt **ret, struct err *e) MUST_CHECK;

/* --- form_scope.c: whose rows --- */
/* The computations that make the set's forms: one for all that can share their queries, one for each of the others. */
int calc_count(const struct form_set *set);
/* The i-th of them over `s`, whose as-of and scope it sets. */
enum status calc_new(struct arena *a, const struct form_set *set, int i, struct store *s, struct calc **ret,
		     struct err *e) MUST_CHECK;
struct sql_range calc_range(const struct calc *c, const struct dataset *d);
/* The scopes [*from, *to) that get the row at hand, which says WHO in column `col`. */
enum status calc_whose(const struct calc *c, const struct dataset *d, const struct stmt *st, int col, int *from,
		       int *to, struct err *e) MUST_CHECK;
/* Puts the unit in front of an error when there are several. */
enum status calc_in(const struct calc *c, const struct scope *p, struct err *e);

/* --- figures_rows.c: the rows of a table --- */
/* Of the table with this index, for every scope. */
enum status rows_make(struct calc *c, const struct template_table *t, int table, struct err *e) MUST_CHECK;
/* The row of the group key in column 0 of `st`. */
enum status rows_find(const struct calc *c, const struct figure_table *ft, const struct row_map *m,
		      const struct stmt *st, int *ret, struct err *e) MUST_CHECK;
bool units_in_force(const struct calc *c, int unit); /* whether the unit exists on the as-of date */
/* Whether the row is that of a unit that exists on the as-of date. */
bool rows_in_force(const struct calc *c, const struct figure_table *ft, const struct row_map *m, int row);
/* Whether rows_trim() leaves the row. */
bool rows_kept(const struct calc *c, const struct figure_table *ft, const struct row_map *m, int row);
/* Drops the rows that no data came to: of abolished units, of unknown keys. After the checks. */
void rows_trim(const struct calc *c, struct figure_table *ft, const struct row_map *m);
/* The unit whose own row comes first, -1 = none (several roots). */
int rows_top(const struct calc *c, const char *unit);

/* --- figures.c --- */
/* The table with this index of every scope. */
enum status figures_compute(struct calc *c, const struct template_table *t, int table, struct err *e) MUST_CHECK;
/* Adds up the dataset's rows without a date, once. */
enum status figures_undated(struct calc *c, const struct dataset *d, struct err *e) MUST_CHECK;
/* Runs a query of WHO and a number, and adds the numbers to sums[scope]. */
enum status figures_sums(struct calc *c, const struct dataset *d, const char *sql, int64_t *sums,
			 struct err *e) MUST_CHECK;
/* figures_indicator.c: the columns that units type in, with what stands in their cells. */
enum status figures_indicators(struct calc *c, const struct template_table *t, int table, struct err *e) MUST_CHECK;
/* SELECT * of what units said under a code, for the period and for its quarters; "i" is the table. */
void sql_indicator_rows(struct arena *a, const struct period *p, const char *code, struct str *out);
/* An integer column; other kinds are an error. NULL is 0. */
enum status figures_value(const struct stmt *st, int col, int64_t *ret, struct err *e) MUST_CHECK;
int figures_column(const struct template_table *t, int n); /* index of column number n, -1 */
enum status figures_terms(const struct template_table *t, const struct formula_term *terms, int n,
			  const int64_t *row, int64_t *ret, struct err *e) MUST_CHECK;
/* What a formula over cells of these states is. */
enum cell_kind figures_state(const struct template_table *t, const struct formula_term *terms, int n,
			     const enum cell_kind *row);
enum status figures_add(int64_t *sum, int64_t v, struct err *e) MUST_CHECK;

/* --- form_checks.c --- */
/* The figures of the table with this id; NULL when the form has none. */
const struct figure_table *form_figures(const struct form *f, const char *id);
/* Of one form, after its figures. */
enum status checks_run(const struct calc *c, const struct scope *p, struct err *e) MUST_CHECK;

/* --- form_table.c, form_list.c, form_text.c: parts of the document --- */
struct doc_table *form_table(struct arena *a, const struct figure_table *ft, bool a3);
/* The table with a line for each column; the figures are those of all rows together. */
struct doc_table *form_upright_table(struct arena *a, struct document *d, const struct figure_table *ft);
/* A figure as a cell: a number, money, or what stands in its place. */
struct cell form_figure(const struct template_column *col, int64_t value, enum cell_kind state);
struct doc_table *form_list(struct arena *a, struct document *d, const struct form *f, const struct template_table *t);
void form_list_close(struct form_list *l); /* NULL is fine */
/* The form of this unit that a text names; NULL: no such period. */
const struct form *form_other(const struct form *f, const char *form, enum ref_when when);
/* What a {…} with figures of other forms says: NULL when `name` is none. */
const char *form_ref_text(struct arena *a, const struct form *f, const char *name);
/* The figure of a bar; false: there is none. */
bool form_ref_value(const struct form *f, const struct template_ref *ref, int64_t *ret, bool *million);
/* Puts the figures into {period}, {from}, {to}, {agency}, {unit}, {table.N}. */
enum status form_fill(struct arena *a, const struct form *f, const char *agency, const char *text, int line,
		      const char **ret, struct err *e) MUST_CHECK;
void form_checks_section(struct arena *a, struct document *d, const struct form *f);
/* "Biểu 01/TCD", "Báo cáo theo Công văn 907/BHXH-CNTT" */
const char *form_name(struct arena *a, const struct template *t);

/* form_secrecy.c: whether the template may read what it reads, and which columns of its lists are hidden. */
enum status form_secrecy(struct form_set *set, const struct store *s, struct err *e) MUST_CHECK;
enum status form_rows_hidden(const struct form *f, const struct template_column *col, const struct stmt *st,
			     bool *hidden, struct err *e) MUST_CHECK;
/* For an error of a query: an engine's words may have values in them. Returns ST_ERR. */
enum status form_failed(const struct form_set *set, struct err *e);
const bool *form_hidden(const struct form_set *set, const struct template_table *t); /* by column; NULL: none */

#endif
