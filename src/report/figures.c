/*
 * Figures of one table: one query per dataset, the roll-up over the unit tree, formulas, totals.
 */
#include "form_int.h"

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

/* --- data --- */

/* What a group says of one column: its figure and the rows that could not be decided. */
static enum status take_column(struct figure_table *ft, const struct row_map *m, int row, int column,
			       const struct stmt *st, int col, struct err *e)
{
	int64_t rows, figure, sure;

	if (figures_value(st, 2, &rows, e) != ST_OK || figures_value(st, col, &figure, e) != ST_OK ||
	    figures_value(st, col + 1, &sure, e) != ST_OK ||
	    figures_add(&ft->values[(size_t)row * (size_t)ft->table->n_columns + (size_t)column], figure, e) != ST_OK ||
	    figures_add(&ft->undecided[column], rows - sure, e) != ST_OK)
		return err_in(e, "column %d", ft->table->columns[column].n);
	if (figure || rows > sure)
		m->touched[row] = true;
	return ST_OK;
}

/* One group of the query: the key's row of one form gets what the dataset's columns and checks counted. */
static enum status take_group(const struct calc *c, const struct scope *p, int table, const struct dataset *d,
			      const struct stmt *st, struct err *e)
{
	struct figure_table *ft = &p->form->tables[table];
	const struct row_map *m = &p->maps[table];
	const struct template_table *t = ft->table;
	int64_t counted;
	int row = 0, col = 3;

	if (rows_find(c, ft, m, st, &row, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < t->n_columns; i++) {
		if (t->columns[i].kind == MEASURE_FORMULA || t->columns[i].dataset != d)
			continue;
		if (take_column(ft, m, row, i, st, col, e) != ST_OK)
			return ST_ERR;
		col += 2;
	}
	for (int i = 0; i < c->t->n_checks; i++) {
		if (!sql_counts(&c->t->checks[i], t, d))
			continue;
		if (figures_value(st, col++, &counted, e) != ST_OK ||
		    figures_add(&p->counted[i][row], counted, e) != ST_OK ||
		    figures_add(&p->counted[i][ft->n_rows], counted, e) != ST_OK)
			return err_in(e, "check %s", c->t->checks[i].code);
		if (counted)
			m->touched[row] = true;
	}
	return ST_OK;
}

static enum status take_groups(struct calc *c, const struct template_table *t, int table, const struct dataset *d,
			       struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	int from, to;
	enum step step;

	sql_figures(&sql, c->t, t, d, calc_range(c, d));
	if (sql_open(c->s, sql.p, &c->period, c->as_of, &st, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW) {
		if (calc_whose(c, d, st, 1, &from, &to, e) != ST_OK)
			return ST_ERR;
		for (int i = from; i < to; i++)
			if (take_group(c, &c->scopes[i], table, d, st, e) != ST_OK)
				return calc_in(c, &c->scopes[i], e);
	}
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

/*
 * A row that several columns could not decide is one row. To count them takes another pass, which is
 * made only when there are any, and looks only at the columns that met some.
 */
static enum status take_unsure(struct calc *c, const struct template_table *t, int table, const struct dataset *d,
			       struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	bool *unsure = ARENA_ARRAY(c->a, (size_t)t->n_columns + 1, bool), any = false;
	int64_t *sums = ARENA_ARRAY(c->a, (size_t)c->n, int64_t);

	for (int i = 0; i < t->n_columns; i++)
		for (int k = 0; k < c->n && t->columns[i].kind != MEASURE_FORMULA && t->columns[i].dataset == d; k++)
			if (c->scopes[k].form->tables[table].undecided[i])
				any = unsure[i] = true;
	if (!any)
		return ST_OK;
	sql_unsure_rows(&sql, t, d, unsure, calc_range(c, d));
	if (figures_sums(c, d, sql.p, sums, e) != ST_OK)
		return ST_ERR;
	for (int k = 0; k < c->n; k++)
		if (figures_add(&c->scopes[k].form->tables[table].undecided_rows, sums[k], e) != ST_OK)
			return calc_in(c, &c->scopes[k], e);
	return ST_OK;
}

static enum status take_dataset(struct calc *c, const struct template_table *t, int table, const struct dataset *d,
				struct err *e)
{
	if (!sql_key(t, d))
		return err_set(e, "dataset '%s' has no %s", d->name, t->rows == ROWS_QUERY ? "by" : "unit");
	if (take_groups(c, t, table, d, e) != ST_OK)
		return ST_ERR;
	return take_unsure(c, t, table, d, e);
}

enum status figures_sums(struct calc *c, const struct dataset *d, const char *sql, int64_t *sums, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	int from, to;
	enum step step;

	if (sql_open(c->s, sql, &c->period, c->as_of, &st, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW) {
		if (calc_whose(c, d, st, 0, &from, &to, e) != ST_OK)
			return ST_ERR;
		for (int i = from; i < to; i++)
			if (figures_add(&sums[i], stmt_int(st, 1), e) != ST_OK)
				return calc_in(c, &c->scopes[i], e);
	}
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

enum status figures_undated(struct calc *c, const struct dataset *d, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	ptrdiff_t at = d - c->t->datasets;

	if (c->undated_done[at] || !sql_undated(&sql, d, calc_range(c, d)))
		return ST_OK;
	c->undated_done[at] = true;
	return figures_sums(c, d, sql.p, c->undated + at * c->n, e);
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

/* What a sum of cells is: nothing where one waits for its figure; a cell that does not apply adds nothing. */
enum cell_kind figures_state(const struct template_table *t, const struct formula_term *terms, int n,
			     const enum cell_kind *row)
{
	bool blank = false, number = false;

	for (int i = 0; i < n; i++) {
		int col = figures_column(t, terms[i].n);
		enum cell_kind kind = col < 0 ? CELL_INT : row[col];

		if (kind == CELL_HIDDEN)
			return CELL_HIDDEN;
		blank |= kind == CELL_BLANK;
		number |= kind == CELL_INT;
	}
	return blank ? CELL_BLANK : number ? CELL_INT : CELL_NA;
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
		enum cell_kind *states = ft->states + (size_t)row * (size_t)t->n_columns;

		for (int i = 0; i < n; i++) {
			const struct template_column *f = &t->columns[order[i]];

			if (figures_terms(t, f->terms, f->n_terms, values, &values[order[i]], e) != ST_OK)
				return err_in(e, "column %d", f->n);
			states[order[i]] = figures_state(t, f->terms, f->n_terms, states);
			if (states[order[i]] != CELL_INT)
				values[order[i]] = 0;
		}
	}
	return ST_OK;
}

/* The total of what there is; withheld where a row is, so that nobody can take the others away from it. */
static enum cell_kind total_state(const struct calc *c, const struct figure_table *ft, const struct row_map *m, int col)
{
	bool number = false, none = false, blank = false;

	for (int row = 0; row < ft->n_rows; row++) {
		enum cell_kind kind = ft->states[row * ft->table->n_columns + col];

		if (!rows_kept(c, ft, m, row))
			continue;
		if (kind == CELL_HIDDEN)
			return CELL_HIDDEN;
		number |= kind == CELL_INT;
		none |= kind == CELL_NA;
		blank |= kind == CELL_BLANK;
	}
	if (blank && ft->table->columns[col].kind == MEASURE_FORMULA)
		return CELL_BLANK; /* what the rows could not add up, the total cannot either */
	return number || !ft->n_rows ? CELL_INT : none ? CELL_NA : CELL_BLANK;
}

static bool all_numbers(const struct calc *c, const struct figure_table *ft, const struct row_map *m, int col)
{
	for (int row = 0; row < ft->n_rows; row++)
		if (rows_kept(c, ft, m, row) && ft->states[row * ft->table->n_columns + col] != CELL_INT)
			return false;
	return true;
}

/* The total row sums its column in print and in the workbook; a formula over totals must say the same. */
static enum status add_totals(const struct calc *c, struct figure_table *ft, const struct row_map *m, struct err *e)
{
	const struct template_table *t = ft->table;
	int64_t by_formula;

	for (int i = 0; i < t->n_columns; i++)
		ft->total_states[i] = total_state(c, ft, m, i);
	for (int i = 0; i < t->n_columns; i++)
		for (int row = 0; row < ft->n_rows; row++)
			if (figures_add(&ft->totals[i], ft->values[(size_t)row * (size_t)t->n_columns + (size_t)i],
					e) != ST_OK)
				return err_in(e, "total of column %d", t->columns[i].n);
	for (int i = 0; i < t->n_columns; i++) {
		const struct template_column *f = &t->columns[i];

		if (f->kind != MEASURE_FORMULA || !all_numbers(c, ft, m, i))
			continue;
		if (figures_terms(t, f->terms, f->n_terms, ft->totals, &by_formula, e) != ST_OK)
			return err_in(e, "total of column %d", f->n);
		if (by_formula != ft->totals[i])
			return err_set(e, "total of column %d: %lld by its rows, %lld by its formula", f->n,
				       (long long)ft->totals[i], (long long)by_formula);
	}
	return ST_OK;
}

static bool counts_over(const struct template_table *t, const struct dataset *d)
{
	for (int i = 0; i < t->n_columns; i++)
		if (t->columns[i].kind != MEASURE_FORMULA && t->columns[i].dataset == d)
			return true;
	return false;
}

static bool checks_over(const struct template *all, const struct template_table *t, const struct dataset *d)
{
	for (int i = 0; i < all->n_checks; i++)
		if (sql_counts(&all->checks[i], t, d))
			return true;
	return false;
}

static enum status take_undated(struct calc *c, int table, const struct dataset *d, struct err *e)
{
	if (figures_undated(c, d, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < c->n; i++)
		if (figures_add(&c->scopes[i].form->tables[table].undated, c->undated[(d - c->t->datasets) * c->n + i],
				e) != ST_OK)
			return calc_in(c, &c->scopes[i], e);
	return ST_OK;
}

static enum status take_all(struct calc *c, const struct template_table *t, int table, struct err *e)
{
	for (int i = 0; i < c->t->n_datasets; i++) {
		const struct dataset *d = &c->t->datasets[i];
		bool counts = counts_over(t, d);

		if ((counts || checks_over(c->t, t, d)) && take_dataset(c, t, table, d, e) != ST_OK)
			return err_in(e, "dataset '%s'", d->name);
		if (counts && take_undated(c, table, d, e) != ST_OK)
			return err_in(e, "dataset '%s'", d->name);
	}
	return ST_OK;
}

enum status figures_compute(struct calc *c, const struct template_table *t, int table, struct err *e)
{
	if (rows_make(c, t, table, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < c->n; i++)
		for (int k = 0; k < c->t->n_checks; k++)
			if (c->t->checks[k].dataset && str_eq(c->t->checks[k].table, t->id))
				c->scopes[i].counted[k] = ARENA_ARRAY(
					c->a, (size_t)c->scopes[i].form->tables[table].n_rows + 1, int64_t);
	if (take_all(c, t, table, e) != ST_OK || figures_indicators(c, t, table, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < c->n; i++) {
		struct figure_table *ft = &c->scopes[i].form->tables[table];

		if (apply_formulas(c, ft, e) != ST_OK || add_totals(c, ft, &c->scopes[i].maps[table], e) != ST_OK)
			return calc_in(c, &c->scopes[i], e);
	}
	return ST_OK;
}
