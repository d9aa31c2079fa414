/* form_int - what the files of the form share: its SQL, its counting, its document. */
#ifndef RASOAT_FORM_INT_H
#define RASOAT_FORM_INT_H

#include <rasoat/form.h>
#include <rasoat/str.h>

/* One computation. */
struct calc {
	struct arena *a;
	const struct template *t;
	struct store *s;
	const struct units *units;
	struct period period;
	day_t as_of;
	const char *unit;        /* scope or NULL */
	const char *agency_unit; /* or NULL: of several roots the one whose sub-units have rows */
};

/* Where the data rows of a table go: kept beside the figure_table until the checks are done. */
struct row_map {
	int *of_unit;     /* unit tables: unit index -> row, -1 = none */
	int n_keys;       /* query tables: row i has the i-th key, sorted byte by byte */
	int unknown;      /* row of unknown units or keys, -1 = none */
	bool *touched;    /* per row: data came in */
};

/* --- form_sql.c: texts --- */
/* FROM and WHERE of the dataset's rows in the period (and in unit_scope). */
void sql_rows(struct str *out, const struct dataset *d, bool scoped);
/* SELECT key, undecided rows, then (figure, undecided) of each of the columns over `d`; grouped by key. */
void sql_figures(struct str *out, const struct template_table *t, const struct dataset *d, bool scoped);
/* SELECT key, figure: the independent count of a check. */
void sql_check(struct str *out, const struct template_table *t, const struct template_check *c, bool scoped);
/* SELECT COUNT(*) of the rows that lack the date of `during`; false when none can. */
bool sql_undated(struct str *out, const struct dataset *d, bool scoped);
/* SELECT key, label of the rows of a query table. */
void sql_row_list(struct str *out, const struct template_table *t);
/* The rows of a list; `count`: how many, and how many could not be decided. */
void sql_list(struct str *out, const struct template_table *t, bool scoped, bool count);
/* The rows behind one column; the caller adds " AND (key ...)". */
void sql_drill(struct str *out, const struct template_column *col, bool scoped);
const char *sql_key(const struct template_table *t, const struct dataset *d);
/* Whether any SQL of the template names `word`. */
bool template_names(const struct template *t, const char *word);
/* Prepares and binds :from, :to, :as_of. */
enum status sql_open(struct store *s, const char *sql, const struct period *p, day_t as_of,
		     struct stmt **ret, struct err *e) MUST_CHECK;
bool calc_scoped(const struct calc *c, const struct dataset *d);

/* --- figures.c --- */
enum status figures_compute(struct calc *c, struct figure_table *ft, struct row_map *m, struct err *e) MUST_CHECK;
/* Drops the rows that no data came to: of abolished units, of unknown keys. After the checks. */
void figures_trim(const struct calc *c, struct figure_table *ft, const struct row_map *m);
/* The row of the group key in column 0 of `st`. */
enum status figures_row_of(const struct calc *c, const struct figure_table *ft, const struct row_map *m,
			   const struct stmt *st, int *ret, struct err *e) MUST_CHECK;
/* An integer column; other kinds are an error. NULL is 0. */
enum status figures_value(const struct stmt *st, int col, int64_t *ret, struct err *e) MUST_CHECK;
int figures_column(const struct template_table *t, int n); /* index of column number n, -1 */
enum status figures_terms(const struct template_table *t, const struct formula_term *terms, int n,
			  const int64_t *row, int64_t *ret, struct err *e) MUST_CHECK;
enum status figures_add(int64_t *sum, int64_t v, struct err *e) MUST_CHECK;
/* The unit whose own row comes first, -1 = none (several roots). */
int figures_top(const struct calc *c);

/* --- form_checks.c --- */
enum status checks_run(struct calc *c, struct form *f, const struct row_map *maps, struct err *e) MUST_CHECK;

/* --- form_table.c, form_list.c, form_text.c: parts of the document --- */
struct doc_table *form_table(struct arena *a, const struct figure_table *ft, bool a3);
enum status form_list(struct arena *a, struct document *d, const struct form *f, const struct template_table *t,
		      struct store *s, struct doc_table **ret, struct err *e) MUST_CHECK;
/* Puts the figures into {period}, {from}, {to}, {agency}, {unit}, {table.N}. */
enum status form_fill(struct arena *a, const struct form *f, const char *agency, const char *text, int line,
		      const char **ret, struct err *e) MUST_CHECK;
void form_checks_section(struct arena *a, struct document *d, const struct form *f,
			 const struct quarantine_count *quarantine, int n_quarantine);
/* "Biểu 01/TCD", "Báo cáo theo Công văn 907/BHXH-CNTT" */
const char *form_name(struct arena *a, const struct template *t);
/* Quarantine counts of the form's inputs only. */
enum status form_quarantine(struct arena *a, const struct template *t, struct store *s,
			    struct quarantine_count **ret, int *ret_n, struct err *e) MUST_CHECK;

#endif
