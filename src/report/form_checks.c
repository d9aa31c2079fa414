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

static enum status check_run(const struct figure_table *ft, const int64_t *counted, struct check_result *r,
			     struct err *e)
{
	const struct template_check *check = r->check;
	const struct template_table *t = ft->table;
	int64_t left, right = 0;

	for (int row = 0; row <= ft->n_rows; row++) {
		bool total = row == ft->n_rows;
		const int64_t *values = total ? ft->totals : ft->values + (size_t)row * (size_t)t->n_columns;

		if (figures_terms(t, check->left, check->n_left, values, &left, e) != ST_OK)
			return ST_ERR;
		if (check->dataset)
			right = counted[row];
		else if (figures_terms(t, check->right, check->n_right, values, &right, e) != ST_OK)
			return ST_ERR;
		compare(r, total ? (t->total ? t->total : "Tổng số") : ft->rows[row].label, left, right);
	}
	return ST_OK;
}

static const struct figure_table *table_of(const struct form *f, const char *id)
{
	for (int i = 0; i < f->n_tables; i++)
		if (str_eq(f->tables[i].table->id, id))
			return &f->tables[i];
	return NULL;
}

enum status checks_run(const struct calc *c, const struct scope *p, struct err *e)
{
	struct form *f = p->form;

	f->n_checks = c->t->n_checks;
	f->checks = ARENA_ARRAY(c->a, (size_t)f->n_checks + 1, struct check_result);
	for (int i = 0; i < f->n_checks; i++) {
		struct check_result *r = &f->checks[i];
		const struct figure_table *ft = table_of(f, c->t->checks[i].table);

		*r = (struct check_result){ .check = &c->t->checks[i], .ok = true };
		if (!ft)
			return err_set(e, "%s:%d: check %s: there is no table '%s'", c->t->file, r->check->line,
				       r->check->code, r->check->table ? r->check->table : "");
		if (check_run(ft, p->counted[i], r, e) != ST_OK)
			return err_in(e, "%s:%d: check %s", c->t->file, r->check->line, r->check->code);
		if (!r->ok)
			f->failed_checks++;
	}
	return ST_OK;
}
