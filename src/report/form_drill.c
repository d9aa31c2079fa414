/* The rows behind one figure, and trying out every query of a template. */
#include "form_int.h"

#include <string.h>

/* The units rolled up into a row, as the figures did it. */
static enum status add_unit_row(const struct calc *c, const char *scope, const char *row_key, const char *sql_unit, struct str *out,
				struct err *e)
{
	int top = rows_top(c, scope), wanted = units_find(c->units, row_key), n = 0;

	if (!*row_key) {
		str_addf(out, " AND ((%s\n) IS NULL OR (%s\n) NOT IN (SELECT unit_id FROM unit))", sql_unit, sql_unit);
		return ST_OK;
	}
	if (wanted < 0)
		return err_set(e, "there is no row '%s'", row_key);
	str_addf(out, " AND (%s\n) IN (", sql_unit);
	for (int i = 0; i < units_count(c->units); i++) {
		int row = units_child_of(c->units, i, top);

		if (row < 0 && !scope)
			row = units_child_of(c->units, i, -1);
		if (row != wanted)
			continue;
		str_add(out, n++ ? ", " : "");
		sql_quote(out, units_at(c->units, i)->id);
	}
	str_add(out, ")");
	return n ? ST_OK : err_set(e, "there is no row '%s'", row_key);
}

static void add_query_row(const struct template_table *t, const char *row_key, const char *by, struct str *out)
{
	if (*row_key) {
		str_addf(out, " AND (%s\n) = ", by);
		sql_quote(out, row_key);
		return;
	}
	str_addf(out, " AND ((%s\n) IS NULL OR (%s\n) NOT IN (SELECT %s FROM %s\n))", by, by, t->rows_key,
		 t->rows_from);
}

static enum status find_column(const struct form *f, const char *table, int n, const struct template_table **ret,
			       const struct template_column **ret_col, struct err *e)
{
	for (int i = 0; i < f->n_tables; i++) {
		const struct template_table *t = f->tables[i].table;
		int col = figures_column(t, n);

		if (!str_eq(t->id, table))
			continue;
		if (col < 0)
			return err_set(e, "%s: table '%s' has no column %d", f->template->id, table, n);
		if (t->columns[col].kind == MEASURE_FORMULA)
			return err_set(e, "%s: column %d is a formula (%s); ask for the columns in it", f->template->id, n,
				       t->columns[col].ms ? t->columns[col].ms : "");
		*ret = t;
		*ret_col = &t->columns[col];
		return ST_OK;
	}
	return err_set(e, "%s: there is no table '%s'", f->template->id, table);
}

enum status form_drill(struct arena *a, const struct form *f, const char *table, const char *row_key, int n,
		       struct store *s, struct stmt **ret, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	const struct template_table *t = NULL;
	const struct template_column *col = NULL;
	const char *scope = f->whole ? NULL : f->unit;
	struct units *units = NULL;
	struct calc c = { .a = a, .t = f->template, .s = s, .period = f->period, .as_of = f->as_of };

	if (find_column(f, table, n, &t, &col, e) != ST_OK || store_set_as_of(s, f->as_of, e) != ST_OK ||
	    store_set_clearance(s, f->template->clearance != NULL, e) != ST_OK ||
	    store_set_scope(s, f->unit, e) != ST_OK || units_load(a, s, &units, e) != ST_OK)
		return ST_ERR;
	c.units = units;
	for (int i = 0; i < f->n_tables; i++)
		if (f->tables[i].table == t && f->tables[i].n_rows && f->tables[i].rows[0].own)
			c.agency_unit = f->tables[i].rows[0].key;
	if (col->kind == MEASURE_INDICATOR)
		sql_indicator_rows(a, &f->period, col->indicator, &sql);
	else
		sql_drill(&sql, col, (struct sql_range){ scope && col->dataset->unit ? SCOPE_ONE : SCOPE_ALL, NULL });
	if (row_key && t->rows == ROWS_QUERY)
		add_query_row(t, row_key, col->dataset->by, &sql);
	else if (row_key && add_unit_row(&c, scope, row_key, col->dataset ? col->dataset->unit : "i.unit_id", &sql, e) != ST_OK)
		return err_in(e, "%s", f->template->id);
	str_add(&sql, " ORDER BY 1");
	return sql_open(s, sql.p, &f->period, f->as_of, ret, e);
}

enum status form_drill_hidden(struct arena *a, const struct form *f, const char *table, int n, const struct stmt *st,
			      const bool **ret, struct err *e)
{
	const struct template_table *t = NULL;
	const struct template_column *col = NULL;
	bool *hidden = ARENA_ARRAY(a, (size_t)stmt_columns(st) + 1, bool);

	*ret = hidden;
	return find_column(f, table, n, &t, &col, e) == ST_OK ? form_rows_hidden(f, col, st, hidden, e) : ST_ERR;
}

/* --- trying out --- */

static bool try_sql(struct store *s, struct diags *d, const char *file, int line, const char *what, const char *sql)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	struct err e = ERR_INIT;

	if (store_prepare(s, sql, &st, &e) != ST_OK) {
		diag_error(d, file, line, "%s: %s", what, e.text);
		return false;
	}
	for (int i = 1; i <= stmt_params(st); i++) {
		const char *name = stmt_param_name(st, i);

		if (!name || !word_in(name, ":from :to :as_of")) {
			diag_error(d, file, line, "%s: parameter '%s' is unknown; there are :from, :to and :as_of", what,
				   name ? name : "?");
			return false;
		}
		if (stmt_bind(st, i, value_text("2026-01-01"), &e) != ST_OK)
			return false;
	}
	if (stmt_plan(st, &e) != ST_OK) {
		diag_error(d, file, line, "%s: %s", what, e.text);
		return false;
	}
	return true;
}

/* A form is tried as that of a unit below another: with unit_scope where the dataset has a unit. */
static struct sql_range tried(const struct dataset *d)
{
	return (struct sql_range){ d->unit ? SCOPE_ONE : SCOPE_ALL, NULL };
}

/* The bare rows of a dataset first: an error there would come again with every column. */
static bool *try_datasets(const struct template *t, struct store *s, struct diags *d)
{
	bool *good = ARENA_ARRAY(d->arena, (size_t)t->n_datasets + 1, bool);
	CLEANUP(str_free) struct str sql = STR_INIT;

	for (int i = 0; i < t->n_datasets; i++) {
		const struct dataset *set = &t->datasets[i];

		str_clear(&sql);
		str_addf(&sql, "SELECT (%s\n), (%s\n)", set->unit ? set->unit : "NULL", set->by ? set->by : "NULL");
		sql_rows(&sql, set, tried(set));
		good[i] = try_sql(s, d, t->file, set->line, arena_printf(d->arena, "dataset '%s'", set->name), sql.p);
	}
	return good;
}

static void try_table(const struct template *t, const struct template_table *table, const bool *good,
		      struct store *s, struct diags *d)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	struct template no_checks = *t;

	no_checks.n_checks = 0;
	if (table->rows == ROWS_QUERY) {
		sql_row_list(&sql, table);
		try_sql(s, d, t->file, table->line, arena_printf(d->arena, "rows of table '%s'", table->id), sql.p);
	}
	for (int i = 0; i < table->n_columns; i++) {
		struct template_column *col = &table->columns[i];
		struct template_table one = *table;

		if (!col->dataset || !good[col->dataset - t->datasets] || !sql_key(table, col->dataset))
			continue;
		one.columns = col;
		one.n_columns = 1;
		str_clear(&sql);
		sql_figures(&sql, &no_checks, &one, col->dataset, tried(col->dataset));
		try_sql(s, d, t->file, col->line, arena_printf(d->arena, "column %d", col->n), sql.p);
	}
}

static void try_list(const struct template *t, const struct template_table *table, const bool *good,
		     struct store *s, struct diags *d)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	struct template_table one = *table;
	size_t errors = d->errors;

	if (!good[table->list_dataset - t->datasets])
		return;
	one.list_where = one.list_order = NULL;
	one.n_list = 1;
	for (int i = 0; i < table->n_list; i++) {
		one.list = &table->list[i];
		str_clear(&sql);
		sql_list(&sql, &one, tried(one.list_dataset));
		try_sql(s, d, t->file, table->list[i].line, arena_printf(d->arena, "column '%s'", table->list[i].title),
			sql.p);
	}
	if (errors != d->errors)
		return;
	str_clear(&sql);
	sql_list(&sql, table, tried(table->list_dataset));
	try_sql(s, d, t->file, table->line, arena_printf(d->arena, "list '%s'", table->id), sql.p);
}

static const struct template_table *checked_table(const struct template *t, const char *id)
{
	for (int i = 0; i < t->n_parts; i++)
		if (t->parts[i].kind == PART_TABLE && str_eq(t->parts[i].table->id, id))
			return t->parts[i].table;
	return NULL;
}

static void try_check(const struct template *t, const struct template_table *table, struct template_check *c,
		      struct store *s, struct diags *d)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	struct template one = *t;
	struct template_table no_columns = *table;

	one.checks = c;
	one.n_checks = 1;
	no_columns.n_columns = 0;
	sql_figures(&sql, &one, &no_columns, c->dataset, tried(c->dataset));
	try_sql(s, d, t->file, c->line, arena_printf(d->arena, "check %s", c->code), sql.p);
}

void form_prepare(const struct template *t, struct store *s, struct diags *d)
{
	struct err e = ERR_INIT;
	bool *good;

	if (store_set_scope(s, NULL, &e) != ST_OK) {
		diag_error(d, t->file, t->line, "%s", e.text);
		return;
	}
	good = try_datasets(t, s, d);
	for (int i = 0; i < t->n_parts; i++) {
		const struct template_table *table = t->parts[i].table;

		if (t->parts[i].kind == PART_TABLE && table->rows == ROWS_LIST)
			try_list(t, table, good, s, d);
		else if (t->parts[i].kind == PART_TABLE)
			try_table(t, table, good, s, d);
	}
	for (int i = 0; i < t->n_checks; i++) {
		struct template_check *c = &t->checks[i];
		const struct template_table *table = checked_table(t, c->table);

		if (c->dataset && table && good[c->dataset - t->datasets] && sql_key(table, c->dataset))
			try_check(t, table, c, s, d);
	}
}
