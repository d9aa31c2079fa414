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

/* One line of a table: a row, or the total. */
struct line {
	const int64_t *values;
	const enum cell_kind *states;
};

static struct line line_at(const struct figure_table *ft, int row)
{
	size_t at = (size_t)row * (size_t)ft->table->n_columns;

	if (row == ft->n_rows)
		return (struct line){ ft->totals, ft->total_states };
	return (struct line){ ft->values + at, ft->states + at };
}

/* The other form's line of the same row; no line when it has none: nothing came to it there. */
static bool other_line(const struct figure_table *ft, int row, const struct figure_table *other, struct line *ret)
{
	int at = other->n_rows;

	for (int i = 0; row < ft->n_rows && i <= other->n_rows; i++)
		if (i == other->n_rows)
			return false;
		else if (str_eq(other->rows[i].key, ft->rows[row].key) && other->rows[i].own == ft->rows[row].own) {
			at = i;
			break;
		}
	*ret = line_at(other, at);
	return true;
}

static bool side(const struct figure_table *ft, const struct formula_term *terms, int n, const struct line *line,
		 int64_t *ret, enum status *st, struct err *e)
{
	if (figures_state(ft->table, terms, n, line->states) != CELL_INT)
		return false;
	*st = figures_terms(ft->table, terms, n, line->values, ret, e);
	return *st == ST_OK;
}

/* `other`: the table of another form that the right side is of, or NULL. */
static enum status check_run(const struct figure_table *ft, const struct figure_table *other, const int64_t *counted,
			     struct check_result *r, struct err *e)
{
	const struct template_check *check = r->check;
	const struct template_table *t = ft->table;

	for (int row = 0; row <= ft->n_rows; row++) {
		bool total = row == ft->n_rows, both;
		struct line here = line_at(ft, row), there = here;
		int64_t left = 0, right = 0;
		enum status st = ST_OK;
		bool has_other = !other || other_line(ft, row, other, &there);

		both = side(ft, check->left, check->n_left, &here, &left, &st, e);
		if (both && check->dataset)
			right = counted[row];
		else if (both && has_other)
			both = side(other ? other : ft, check->right, check->n_right, &there, &right, &st, e);
		if (st != ST_OK)
			return ST_ERR;
		if (both)
			compare(r, total ? (t->total ? t->total : "Tổng số") : ft->rows[row].label, left, right);
		else
			r->blank_rows++;
	}
	return ST_OK;
}

const struct figure_table *form_figures(const struct form *f, const char *id)
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
		const struct figure_table *ft = form_figures(f, c->t->checks[i].table), *other = NULL;

		*r = (struct check_result){ .check = &c->t->checks[i], .ok = true };
		if (!ft)
			return err_set(e, "%s:%d: check %s: there is no table '%s'", c->t->file, r->check->line,
				       r->check->code, r->check->table ? r->check->table : "");
		if (c->others[i])
			other = form_figures(&c->others[i]->forms[f->at], r->check->form_table);
		if (c->others[i] && !other)
			return err_set(e, "%s:%d: check %s: form '%s' has no table '%s' in this period", c->t->file,
				       r->check->line, r->check->code, r->check->form, r->check->form_table);
		if (check_run(ft, other, p->counted[i], r, e) != ST_OK)
			return err_in(e, "%s:%d: check %s", c->t->file, r->check->line, r->check->code);
		if (!r->ok)
			f->failed_checks++;
	}
	return ST_OK;
}
