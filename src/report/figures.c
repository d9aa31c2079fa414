/*
 * Figures of one table: its rows, one query per dataset, the roll-up over the unit tree, formulas, totals.
 */
#include "form_int.h"

#include <stdlib.h>
#include <string.h>

enum status figures_add(int64_t *sum, int64_t v, struct err *e)
{
	if (__builtin_add_overflow(*sum, v, sum))
		return err_set(e, "a figure is beyond 64 bits; correct the amounts in the extract");
	return ST_OK;
}

enum status figures_value(const struct stmt *st, int col, int64_t *ret, struct err *e)
{
	struct value v = stmt_value(st, col);

	if (v.kind == V_REAL || v.kind == V_TEXT)
		return err_set(e, "a figure is no whole number (%s); round or convert it in the template",
			       stmt_text(st, col));
	*ret = v.kind == V_INT ? v.i : 0;
	return ST_OK;
}

int figures_column(const struct template_table *t, int n)
{
	for (int i = 0; i < t->n_columns; i++)
		if (t->columns[i].n == n)
			return i;
	return -1;
}

/* --- rows --- */

int figures_top(const struct calc *c)
{
	int found = -1, roots = 0, agency = units_find(c->units, c->agency_unit);

	if (c->unit)
		return units_find(c->units, c->unit);
	for (int i = 0; i < units_count(c->units); i++)
		if (units_at(c->units, i)->parent < 0) {
			found = i;
			roots++;
		}
	if (roots == 1)
		return found;
	return agency >= 0 && units_at(c->units, agency)->parent < 0 ? agency : -1;
}

static bool in_force(const struct calc *c, int unit)
{
	const struct unit *u = units_at(c->units, unit);

	return (u->valid_from == DAY_NONE || u->valid_from <= c->as_of) &&
	       (u->valid_to == DAY_NONE || u->valid_to >= c->as_of);
}

static int units_covered(const struct calc *c)
{
	int top = figures_top(c), n = 0;

	for (int i = 0; i < units_count(c->units); i++)
		n += in_force(c, i) && (!c->unit || units_below(c->units, i, top));
	return n;
}

static int add_row(struct figure_table *ft, const char *key, const char *label, bool own)
{
	ft->rows[ft->n_rows] = (struct figure_row){ key, label, own };
	return ft->n_rows++;
}

/* The row a unit's data go to: the direct child of `top` above it, else, over the whole sector, its root. */
static int row_unit(const struct calc *c, int unit, int top)
{
	int row = units_child_of(c->units, unit, top);

	return row < 0 && !c->unit ? units_child_of(c->units, unit, -1) : row;
}

static void unit_rows(struct calc *c, struct figure_table *ft, struct row_map *m)
{
	int n = units_count(c->units), top = figures_top(c);

	ft->rows = ARENA_ARRAY(c->a, (size_t)n + 1, struct figure_row);
	m->of_unit = ARENA_ARRAY(c->a, (size_t)n + 1, int);
	for (int i = 0; i < n; i++)
		m->of_unit[i] = -1;
	if (top >= 0) {
		const struct unit *u = units_at(c->units, top);

		m->of_unit[top] = add_row(ft, u->id, u->name, true);
	}
	for (int i = 0; i < n; i++) {
		const struct unit *u = units_at(c->units, i);

		if (i != top && row_unit(c, i, top) == i)
			m->of_unit[i] = add_row(ft, u->id, u->name, false);
	}
	for (int i = 0; i < n; i++) {
		int row = row_unit(c, i, top);

		if (row >= 0)
			m->of_unit[i] = m->of_unit[row];
	}
	m->unknown = c->unit ? -1 : add_row(ft, "", "Không xác định đơn vị", false);
}

static int row_compare(const void *a, const void *b)
{
	return strcmp(((const struct figure_row *)a)->key, ((const struct figure_row *)b)->key);
}

static enum status query_rows(struct calc *c, struct figure_table *ft, struct row_map *m, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	int cap = 0;
	enum step step;

	sql_row_list(&sql, ft->table);
	if (sql_open(c->s, sql.p, &c->period, c->as_of, &st, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW) {
		if (stmt_is_null(st, 0))
			return err_set(e, "the key of a row is empty; correct rows-from or key");
		*ARENA_PUSH(c->a, ft->rows, ft->n_rows, cap) = (struct figure_row){
			.key = arena_strdup(c->a, stmt_text(st, 0)),
			.label = arena_strdup(c->a, stmt_text(st, stmt_is_null(st, 1) ? 0 : 1)),
		};
	}
	if (step == STEP_ERROR)
		return ST_ERR;
	m->n_keys = ft->n_rows;
	if (m->n_keys)
		qsort(ft->rows, (size_t)m->n_keys, sizeof(*ft->rows), row_compare);
	for (int i = 1; i < m->n_keys; i++)
		if (!row_compare(&ft->rows[i - 1], &ft->rows[i]))
			return err_set(e, "the row key '%s' comes twice; correct rows-from or key",
				       ft->rows[i].key);
	m->unknown = ft->n_rows;
	*ARENA_PUSH(c->a, ft->rows, ft->n_rows, cap) = (struct figure_row){ "", "Không xác định", false };
	return ST_OK;
}

enum status figures_row_of(const struct calc *c, const struct figure_table *ft, const struct row_map *m,
			   const struct stmt *st, int *ret, struct err *e)
{
	const char *key = stmt_text(st, 0);
	int row = -1;

	if (stmt_is_null(st, 0)) {
		row = m->unknown;
	} else if (m->of_unit) {
		int unit = units_find(c->units, key);

		row = unit < 0 ? m->unknown : m->of_unit[unit];
	} else {
		const struct figure_row wanted = { .key = key }, *found = NULL;

		if (m->n_keys)
			found = bsearch(&wanted, ft->rows, (size_t)m->n_keys, sizeof(wanted), row_compare);
		row = found ? (int)(found - ft->rows) : m->unknown;
	}
	if (row < 0)
		return err_set(e, "rows of unit '%s' have no place in the table", key);
	*ret = row;
	return ST_OK;
}

/* --- data --- */

/* One group of the query: the key's row gets what the dataset's columns counted. */
static enum status take_group(const struct calc *c, struct figure_table *ft, const struct row_map *m,
			      const struct dataset *d, const struct stmt *st, struct err *e)
{
	const struct template_table *t = ft->table;
	int64_t figure, unsure;
	int row = 0, col = 2;

	if (figures_row_of(c, ft, m, st, &row, e) != ST_OK)
		return ST_ERR;
	if (figures_value(st, 1, &unsure, e) != ST_OK || figures_add(&ft->undecided_rows, unsure, e) != ST_OK)
		return ST_ERR;
	if (unsure)
		m->touched[row] = true;
	for (int i = 0; i < t->n_columns; i++) {
		if (t->columns[i].kind == MEASURE_FORMULA || t->columns[i].dataset != d)
			continue;
		if (figures_value(st, col, &figure, e) != ST_OK || figures_value(st, col + 1, &unsure, e) != ST_OK ||
		    figures_add(&ft->values[(size_t)row * (size_t)t->n_columns + (size_t)i], figure, e) != ST_OK ||
		    figures_add(&ft->undecided[i], unsure, e) != ST_OK)
			return err_in(e, "column %d", t->columns[i].n);
		if (figure)
			m->touched[row] = true;
		col += 2;
	}
	return ST_OK;
}

static enum status take_dataset(struct calc *c, struct figure_table *ft, const struct row_map *m,
				const struct dataset *d, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL, *undated = NULL;
	bool scoped = calc_scoped(c, d);
	enum step step;

	if (!sql_key(ft->table, d))
		return err_set(e, "dataset '%s' has no %s", d->name, ft->table->rows == ROWS_QUERY ? "by" : "unit");
	sql_figures(&sql, ft->table, d, scoped);
	if (sql_open(c->s, sql.p, &c->period, c->as_of, &st, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW)
		if (take_group(c, ft, m, d, st, e) != ST_OK)
			return ST_ERR;
	if (step == STEP_ERROR)
		return ST_ERR;
	str_clear(&sql);
	if (!sql_undated(&sql, d, scoped))
		return ST_OK;
	if (sql_open(c->s, sql.p, &c->period, c->as_of, &undated, e) != ST_OK ||
	    stmt_step(undated, e) != STEP_ROW)
		return ST_ERR;
	return figures_add(&ft->undated, stmt_int(undated, 0), e);
}

/* --- formulas --- */

enum status figures_terms(const struct template_table *t, const struct formula_term *terms, int n,
			  const int64_t *row, int64_t *ret, struct err *e)
{
	int64_t sum = 0;

	for (int i = 0; i < n; i++) {
		int col = figures_column(t, terms[i].n);
		bool over;

		if (col < 0)
			return err_set(e, "there is no column %d", terms[i].n);
		over = terms[i].sign < 0 ? __builtin_sub_overflow(sum, row[col], &sum)
					 : __builtin_add_overflow(sum, row[col], &sum);
		if (over)
			return err_set(e, "a figure is beyond 64 bits; correct the amounts in the extract");
	}
	*ret = sum;
	return ST_OK;
}

/* Puts `col`, and before it the formulas it refers to, into `order`. state: 0 new, 1 being looked at, 2 done. */
static enum status order_formula(const struct template_table *t, int col, char *state, int *order, int *n,
				 struct err *e)
{
	const struct template_column *f = &t->columns[col];

	if (f->kind != MEASURE_FORMULA || state[col] == 2)
		return ST_OK;
	if (state[col] == 1)
		return err_set(e, "the formula of column %d refers to itself", f->n);
	state[col] = 1;
	for (int i = 0; i < f->n_terms; i++) {
		int to = figures_column(t, f->terms[i].n);

		if (to >= 0 && order_formula(t, to, state, order, n, e) != ST_OK)
			return ST_ERR;
	}
	state[col] = 2;
	order[(*n)++] = col;
	return ST_OK;
}

static enum status apply_formulas(struct calc *c, struct figure_table *ft, struct err *e)
{
	const struct template_table *t = ft->table;
	char *state = ARENA_ARRAY(c->a, (size_t)t->n_columns + 1, char);
	int *order = ARENA_ARRAY(c->a, (size_t)t->n_columns + 1, int), n = 0;

	for (int i = 0; i < t->n_columns; i++)
		if (order_formula(t, i, state, order, &n, e) != ST_OK)
			return ST_ERR;
	for (int row = 0; row < ft->n_rows; row++) {
		int64_t *values = ft->values + (size_t)row * (size_t)t->n_columns;

		for (int i = 0; i < n; i++) {
			const struct template_column *f = &t->columns[order[i]];

			if (figures_terms(t, f->terms, f->n_terms, values, &values[order[i]], e) != ST_OK)
				return err_in(e, "column %d", f->n);
		}
	}
	return ST_OK;
}

/* The total row sums its column in print and in the workbook; a formula over totals must say the same. */
static enum status add_totals(struct figure_table *ft, struct err *e)
{
	const struct template_table *t = ft->table;
	int64_t by_formula;

	for (int i = 0; i < t->n_columns; i++)
		for (int row = 0; row < ft->n_rows; row++)
			if (figures_add(&ft->totals[i], ft->values[(size_t)row * (size_t)t->n_columns + (size_t)i],
					e) != ST_OK)
				return err_in(e, "total of column %d", t->columns[i].n);
	for (int i = 0; i < t->n_columns; i++) {
		const struct template_column *f = &t->columns[i];

		if (f->kind != MEASURE_FORMULA)
			continue;
		if (figures_terms(t, f->terms, f->n_terms, ft->totals, &by_formula, e) != ST_OK)
			return err_in(e, "total of column %d", f->n);
		if (by_formula != ft->totals[i])
			return err_set(e, "total of column %d: %lld by its rows, %lld by its formula", f->n,
				       (long long)ft->totals[i], (long long)by_formula);
	}
	return ST_OK;
}

enum status figures_compute(struct calc *c, struct figure_table *ft, struct row_map *m, struct err *e)
{
	const struct template_table *t = ft->table;

	if (t->rows == ROWS_UNITS)
		unit_rows(c, ft, m);
	else if (query_rows(c, ft, m, e) != ST_OK)
		return ST_ERR;
	ft->units_covered = units_covered(c);
	ft->values = arena_array(c->a, (size_t)ft->n_rows * (size_t)t->n_columns + 1, sizeof(int64_t));
	ft->totals = ARENA_ARRAY(c->a, (size_t)t->n_columns + 1, int64_t);
	ft->undecided = ARENA_ARRAY(c->a, (size_t)t->n_columns + 1, int64_t);
	m->touched = ARENA_ARRAY(c->a, (size_t)ft->n_rows + 1, bool);
	for (int i = 0; i < c->t->n_datasets; i++) {
		const struct dataset *d = &c->t->datasets[i];
		bool used = false;

		for (int k = 0; k < t->n_columns && !used; k++)
			used = t->columns[k].kind != MEASURE_FORMULA && t->columns[k].dataset == d;
		if (used && take_dataset(c, ft, m, d, e) != ST_OK)
			return err_in(e, "dataset '%s'", d->name);
	}
	if (apply_formulas(c, ft, e) != ST_OK)
		return ST_ERR;
	return add_totals(ft, e);
}

/* A unit in force has its row even when all is zero; the others only when data came in. */
static bool keeps_row(const struct calc *c, const struct figure_table *ft, const struct row_map *m, int row)
{
	if (row == m->unknown || m->touched[row])
		return m->touched[row];
	if (!m->of_unit || ft->rows[row].own)
		return true;
	return in_force(c, units_find(c->units, ft->rows[row].key));
}

void figures_trim(const struct calc *c, struct figure_table *ft, const struct row_map *m)
{
	size_t width = (size_t)ft->table->n_columns;
	int kept = 0;

	for (int row = 0; row < ft->n_rows; row++) {
		if (!keeps_row(c, ft, m, row))
			continue;
		ft->rows[kept] = ft->rows[row];
		memmove(ft->values + (size_t)kept * width, ft->values + (size_t)row * width, width * sizeof(int64_t));
		kept++;
	}
	ft->n_rows = kept;
}
