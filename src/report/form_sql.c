/*
 * The SQL of forms. Conditions stand in brackets with a line break before the closing one, so
 * that a comment at the end of a template's text cannot swallow what follows.
 */
#include "form_int.h"

#include <ctype.h>
#include <string.h>

static bool is_word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static bool names(const char *sql, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = sql; p && (p = strstr(p, word)); p += n)
		if ((p == sql || !is_word_char(p[-1])) && !is_word_char(p[n]))
			return true;
	return false;
}

const char *sql_key(const struct template_table *t, const struct dataset *d)
{
	return t->rows == ROWS_QUERY ? d->by : d->unit;
}

bool calc_scoped(const struct calc *c, const struct dataset *d)
{
	return c->unit && d->unit;
}

static void add_scope(struct str *out, const struct dataset *d, bool scoped)
{
	if (scoped && d->unit)
		str_addf(out, " AND (%s\n) IN (SELECT unit_id FROM unit_scope)", d->unit);
}

void sql_rows(struct str *out, const struct dataset *d, bool scoped)
{
	str_addf(out, " FROM %s\nWHERE 1 = 1", d->from);
	if (d->during)
		str_addf(out, " AND (%s\n) BETWEEN :from AND :to", d->during);
	add_scope(out, d, scoped);
}

/* Whether a table that the dataset reads has `name` as the day of an event, empty until it happens. */
static bool is_event_day(const struct dataset *d, const char *name)
{
	int n;
	const struct table *tables = schema_tables(&n);

	for (int i = 0; i < n; i++) {
		const struct column *col = schema_column(&tables[i], name);

		if (col && str_eq(col->known_from, name) && names(d->from, tables[i].name))
			return true;
	}
	return false;
}

/*
 * A petition without handled_on is not handled yet: it belongs to no period, and nothing is missing. An account
 * without opened_on was opened on some day: it belongs to a period, and nobody can say which.
 */
bool sql_undated(struct str *out, const struct dataset *d, bool scoped)
{
	const char *dot;

	if (!d->during)
		return false;
	dot = strrchr(d->during, '.');
	if (is_event_day(d, dot ? dot + 1 : d->during))
		return false;
	str_addf(out, "SELECT COUNT(*) FROM %s\nWHERE (%s\n) IS NULL", d->from, d->during);
	add_scope(out, d, scoped);
	return true;
}

static const char *where_of(const char *where)
{
	return where ? where : "1 = 1";
}

/* True where the data cannot say what the column counts of a row. */
static void add_unsure(struct str *out, const struct template_column *col)
{
	if (col->kind == MEASURE_SUM)
		str_addf(out, "((%s\n) IS NULL OR ((%s\n) AND (%s\n) IS NULL))", where_of(col->where),
			 where_of(col->where), col->expr);
	else
		str_addf(out, "(%s\n) IS NULL", where_of(col->where));
}

static bool may_be_unsure(const struct template_column *col)
{
	return col->where || col->kind == MEASURE_SUM;
}

static void add_figure(struct str *out, const struct template_column *col)
{
	const char *where = where_of(col->where);

	if (col->kind == MEASURE_DISTINCT)
		str_addf(out, "COUNT(DISTINCT CASE WHEN (%s\n) THEN (%s\n) END)", where, col->expr);
	else if (col->kind == MEASURE_SUM)
		str_addf(out, "SUM(CASE WHEN (%s\n) THEN coalesce((%s\n), 0) ELSE 0 END)", where,
			 col->expr);
	else
		str_addf(out, "SUM(CASE WHEN (%s\n) THEN 1 ELSE 0 END)", where);
}

/*
 * The key of the groups. Bare, the planner would walk the index on it to save sorting the groups, and look up
 * every row of the table one by one.
 */
static void add_group_key(struct str *out, const struct template_table *t, const struct dataset *d)
{
	str_addf(out, "SELECT coalesce((%s\n), NULL), ", sql_key(t, d));
}

static void add_unsure_rows(struct str *out, const struct template_table *t, const struct dataset *d)
{
	const char *between = "SUM(CASE WHEN ";

	for (int i = 0; i < t->n_columns; i++) {
		const struct template_column *col = &t->columns[i];

		if (col->kind == MEASURE_FORMULA || col->dataset != d || !may_be_unsure(col))
			continue;
		str_add(out, between);
		add_unsure(out, col);
		between = " OR ";
	}
	str_add(out, *between == ' ' ? " THEN 1 ELSE 0 END)" : "0");
}

void sql_figures(struct str *out, const struct template_table *t, const struct dataset *d, bool scoped)
{
	add_group_key(out, t, d);
	add_unsure_rows(out, t, d);
	for (int i = 0; i < t->n_columns; i++) {
		const struct template_column *col = &t->columns[i];

		if (col->kind == MEASURE_FORMULA || col->dataset != d)
			continue;
		str_add(out, ",\n");
		add_figure(out, col);
		if (!may_be_unsure(col)) {
			str_add(out, ", 0");
			continue;
		}
		str_add(out, ", SUM(CASE WHEN ");
		add_unsure(out, col);
		str_add(out, " THEN 1 ELSE 0 END)");
	}
	sql_rows(out, d, scoped);
	str_add(out, " GROUP BY 1");
}

void sql_check(struct str *out, const struct template_table *t, const struct template_check *c, bool scoped)
{
	const struct template_column as_column = {
		.kind = c->distinct ? MEASURE_DISTINCT : MEASURE_COUNT,
		.expr = c->distinct,
		.where = c->where,
	};

	add_group_key(out, t, c->dataset);
	add_figure(out, &as_column);
	sql_rows(out, c->dataset, scoped);
	str_add(out, " GROUP BY 1");
}

void sql_row_list(struct str *out, const struct template_table *t)
{
	str_addf(out, "SELECT (%s\n), (%s\n) FROM %s\n", t->rows_key,
		 t->rows_label ? t->rows_label : t->rows_key, t->rows_from);
}

/* Ties in the wanted order are broken by all columns, so that two runs cannot differ. */
static void add_order(struct str *out, const struct template_table *t, int n)
{
	const char *between = "\nORDER BY ";

	if (t->list_order) {
		str_addf(out, "%s%s\n", between, t->list_order);
		between = ", ";
	}
	for (int i = 1; i <= n; i++, between = ", ")
		str_addf(out, "%s%d", between, i);
}

void sql_list(struct str *out, const struct template_table *t, bool scoped, bool count)
{
	const char *between = "SELECT ";
	int n = 0;

	if (count) {
		str_add(out, "SELECT SUM(CASE WHEN ");
		str_addf(out, "(%s\n) THEN 1 ELSE 0 END), SUM(CASE WHEN (%s\n) IS NULL THEN 1 ELSE 0 END)",
			 where_of(t->list_where), where_of(t->list_where));
		sql_rows(out, t->list_dataset, scoped);
		return;
	}
	for (int i = 0; i < t->n_list; i++) {
		if (!t->list[i].sql)
			continue;
		str_addf(out, "%s(%s\n)", between, t->list[i].sql);
		between = ", ";
		n++;
	}
	if (!n)
		str_add(out, "SELECT 1");
	sql_rows(out, t->list_dataset, scoped);
	str_addf(out, " AND (%s\n)", where_of(t->list_where));
	add_order(out, t, n);
}

void sql_drill(struct str *out, const struct template_column *col, bool scoped)
{
	str_add(out, "SELECT *");
	sql_rows(out, col->dataset, scoped);
	str_addf(out, " AND (%s\n)", where_of(col->where));
}

enum status sql_open(struct store *s, const char *sql, const struct period *p, day_t as_of,
		     struct stmt **ret, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	char from[11], to[11], day[11];

	if (store_prepare(s, sql, &st, e) != ST_OK ||
	    stmt_bind_name(st, ":from", value_text(date_iso(p->from, from)), e) != ST_OK ||
	    stmt_bind_name(st, ":to", value_text(date_iso(p->to, to)), e) != ST_OK ||
	    stmt_bind_name(st, ":as_of", value_text(date_iso(as_of, day)), e) != ST_OK)
		return ST_ERR;
	*ret = st;
	st = NULL;
	return ST_OK;
}

static bool table_names(const struct template_table *t, const char *word)
{
	bool found = names(t->rows_from, word) || names(t->list_where, word);

	for (int i = 0; i < t->n_columns && !found; i++)
		found = names(t->columns[i].where, word) || names(t->columns[i].expr, word);
	for (int i = 0; i < t->n_list && !found; i++)
		found = names(t->list[i].sql, word);
	return found;
}

bool template_names(const struct template *t, const char *word)
{
	bool found = false;

	for (int i = 0; i < t->n_datasets && !found; i++)
		found = names(t->datasets[i].from, word);
	for (int i = 0; i < t->n_parts && !found; i++)
		found = t->parts[i].kind == PART_TABLE && table_names(t->parts[i].table, word);
	for (int i = 0; i < t->n_checks && !found; i++)
		found = names(t->checks[i].where, word);
	return found;
}
