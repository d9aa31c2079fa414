/*
 * Checks of a form: equations between columns, or between columns and an independent count, for every row
 * and for the total.
 */
#include "form_int.h"

static bool holds(enum check_op op, int64_t left, int64_t right)
{
	switch (op) {
	case CHECK_LE:
		return left <= right;
	case CHECK_GE:
		return left >= right;
	case CHECK_EQ:
		break;
	}
	return left == right;
}

static void compare(struct check_result *r, const char *where, int64_t left, int64_t right)
{
	if (holds(r->check->op, left, right)) {
		if (!r->where) /* until a row fails the last one seen stands: that is the total */
			r->left = left, r->right = right;
		return;
	}
	if (!r->failed_rows++) {
		r->where = where;
		r->left = left;
		r->right = right;
	}
	r->ok = false;
}

/* Counts again from the data: counted[row], and the total in counted[n_rows]. */
static enum status count_again(struct calc *c, const struct template_check *check, const struct figure_table *ft,
			       const struct row_map *m, int64_t *counted, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	enum step step;

	if (!sql_key(ft->table, check->dataset))
		return err_set(e, "dataset '%s' has no %s", check->dataset->name,
			       ft->table->rows == ROWS_QUERY ? "by" : "unit");
	sql_check(&sql, ft->table, check, calc_scoped(c, check->dataset));
	if (sql_open(c->s, sql.p, &c->period, c->as_of, &st, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW) {
		int64_t n;
		int row = 0;

		if (figures_row_of(c, ft, m, st, &row, e) != ST_OK || figures_value(st, 1, &n, e) != ST_OK ||
		    figures_add(&counted[row], n, e) != ST_OK || figures_add(&counted[ft->n_rows], n, e) != ST_OK)
			return ST_ERR;
		if (n)
			m->touched[row] = true;
	}
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

static enum status check_run(struct calc *c, const struct figure_table *ft, const struct row_map *m,
			     struct check_result *r, struct err *e)
{
	const struct template_check *check = r->check;
	const struct template_table *t = ft->table;
	int64_t *counted = ARENA_ARRAY(c->a, (size_t)ft->n_rows + 1, int64_t), left, right = 0;

	if (check->dataset && count_again(c, check, ft, m, counted, e) != ST_OK)
		return ST_ERR;
	for (int row = 0; row <= ft->n_rows; row++) {
		bool total = row == ft->n_rows;
		const int64_t *values = total ? ft->totals : ft->values + (size_t)row * (size_t)t->n_columns;

		if (figures_terms(t, check->left, check->n_left, values, &left, e) != ST_OK)
			return ST_ERR;
		right = counted[row];
		if (!check->dataset && figures_terms(t, check->right, check->n_right, values, &right, e) != ST_OK)
			return ST_ERR;
		compare(r, total ? (t->total ? t->total : "Tổng số") : ft->rows[row].label, left, right);
	}
	return ST_OK;
}

static const struct figure_table *table_of(const struct form *f, const char *id, int *ret_index)
{
	for (int i = 0; i < f->n_tables; i++)
		if (str_eq(f->tables[i].table->id, id)) {
			*ret_index = i;
			return &f->tables[i];
		}
	return NULL;
}

enum status checks_run(struct calc *c, struct form *f, const struct row_map *maps, struct err *e)
{
	f->n_checks = c->t->n_checks;
	f->checks = ARENA_ARRAY(c->a, (size_t)f->n_checks + 1, struct check_result);
	for (int i = 0; i < f->n_checks; i++) {
		struct check_result *r = &f->checks[i];
		int at = 0;
		const struct figure_table *ft = table_of(f, c->t->checks[i].table, &at);

		*r = (struct check_result){ .check = &c->t->checks[i], .ok = true };
		if (!ft)
			return err_set(e, "%s:%d: check %s: there is no table '%s'", c->t->file, r->check->line,
				       r->check->code, r->check->table ? r->check->table : "");
		if (check_run(c, ft, &maps[at], r, e) != ST_OK)
			return err_in(e, "%s:%d: check %s", c->t->file, r->check->line, r->check->code);
		if (!r->ok)
			f->failed_checks++;
	}
	return ST_OK;
}
