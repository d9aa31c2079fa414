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

void sql_quote(struct str *out, const char *text)
{
	str_addc(out, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			str_addc(out, '\'');
		str_addc(out, *text);
	}
	str_addc(out, '\'');
}

const char *sql_key(const struct template_table *t, const struct dataset *d)
{
	return t->rows == ROWS_QUERY ? d->by : d->unit;
}

/* A cross join keeps its place: the data are read once, and each row looks up whose it is. */
static void add_from(struct str *out, const struct dataset *d, struct sql_range range)
{
	str_addf(out, " FROM %s", d->from);
	if (range.scope == SCOPE_EACH)
		str_addf(out, "\nCROSS JOIN %s each_scope", range.each);
}

static void add_scope(struct str *out, const struct dataset *d, struct sql_range range)
{
	if (range.scope == SCOPE_EACH)
		str_addf(out, " AND each_scope.below_unit = (%s\n)", d->unit);
	else if (range.scope == SCOPE_ONE)
		str_addf(out, " AND (%s\n) IN (SELECT unit_id FROM unit_scope)", d->unit);
}

static const char *who(struct sql_range range)
{
	return range.scope == SCOPE_EACH ? "each_scope.each_unit" : "NULL";
}

void sql_rows(struct str *out, const struct dataset *d, struct sql_range range)
{
	add_from(out, d, range);
	str_add(out, "\nWHERE 1 = 1");
	if (d->during)
		str_addf(out, " AND (%s\n) BETWEEN :from AND :to", d->during);
	add_scope(out, d, range);
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

/* Whether a shared relation that the dataset reads has a day in every row's `name`: nobody needs to look. */
static bool is_always_there(const struct dataset *d, const char *name)
{
	int n;
	const struct relation *relations = schema_relations(&n);

	for (int i = 0; i < n; i++)
		if (relations[i].dated && word_in(name, relations[i].dated) && names(d->from, relations[i].name))
			return true;
	return false;
}

/*
 * A petition without handled_on is not handled yet: it belongs to no period, and nothing is missing. An account
 * without opened_on was opened on some day: it belongs to a period, and nobody can say which.
 */
bool sql_undated(struct str *out, const struct dataset *d, struct sql_range range)
{
	const char *dot = d->during ? strrchr(d->during, '.') : NULL;
	const char *name = dot ? dot + 1 : d->during;

	if (!name || is_event_day(d, name) || is_always_there(d, name))
		return false;
	str_addf(out, "SELECT %s, COUNT(*)", who(range));
	add_from(out, d, range);
	str_addf(out, "\nWHERE (%s\n) IS NULL", d->during);
	add_scope(out, d, range);
	if (range.scope == SCOPE_EACH)
		str_add(out, " GROUP BY 1");
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

static void add_figure(struct str *out, const struct template_column *col)
{
	if (col->kind == MEASURE_DISTINCT)
		str_addf(out, "COUNT(DISTINCT CASE WHEN (%s\n) THEN (%s\n) END)", where_of(col->where), col->expr);
	else if (col->kind == MEASURE_SUM)
		str_addf(out, "SUM(CASE WHEN (%s\n) THEN (%s\n) ELSE 0 END)", where_of(col->where), col->expr);
	else if (col->where)
		str_addf(out, "COUNT(CASE WHEN (%s\n) THEN 1 END)", col->where);
	else
		str_add(out, "COUNT(*)");
}

/* How many rows the column could decide: counting what is not NULL looks at each condition only once more. */
static void add_sure(struct str *out, const struct template_column *col)
{
	const char *where = where_of(col->where);

	if (col->kind == MEASURE_SUM)
		str_addf(out, "COUNT(CASE WHEN (%s\n) THEN (%s\n) WHEN NOT (%s\n) THEN 0 END)", where, col->expr, where);
	else if (col->where)
		str_addf(out, "COUNT((%s\n))", where);
	else
		str_add(out, "COUNT(*)");
}

/*
 * The key of the groups. Bare, the planner would walk the index on it to save sorting the groups, and look up
 * every row of the table one by one.
 */
static void add_group_key(struct str *out, const struct template_table *t, const struct dataset *d,
			  struct sql_range range)
{
	str_addf(out, "SELECT coalesce((%s\n), NULL), %s, ", sql_key(t, d), who(range));
}

static void add_column(struct str *out, const struct template_column *col)
{
	str_add(out, ",\n");
	add_figure(out, col);
	str_add(out, ", ");
	add_sure(out, col);
}

static void add_check(struct str *out, const struct template_check *c)
{
	const struct template_column as_column = {
		.kind = c->distinct ? MEASURE_DISTINCT : MEASURE_COUNT,
		.expr = c->distinct,
		.where = c->where,
	};

	str_add(out, ",\n");
	add_figure(out, &as_column);
}

bool sql_counts(const struct template_check *c, const struct template_table *t, const struct dataset *d)
{
	return c->dataset == d && str_eq(c->table, t->id);
}

void sql_figures(struct str *out, const struct template *all, const struct template_table *t, const struct dataset *d,
		 struct sql_range range)
{
	add_group_key(out, t, d, range);
	str_add(out, "COUNT(*)");
	for (int i = 0; i < t->n_columns; i++)
		if (t->columns[i].kind != MEASURE_FORMULA && t->columns[i].dataset == d)
			add_column(out, &t->columns[i]);
	for (int i = 0; i < all->n_checks; i++)
		if (sql_counts(&all->checks[i], t, d))
			add_check(out, &all->checks[i]);
	sql_rows(out, d, range);
	str_add(out, range.scope == SCOPE_EACH ? " GROUP BY 1, 2" : " GROUP BY 1");
}

void sql_unsure_rows(struct str *out, const struct template_table *t, const struct dataset *d, const bool *unsure,
		     struct sql_range range)
{
	const char *between = " AND (";

	str_addf(out, "SELECT %s, COUNT(*)", who(range));
	sql_rows(out, d, range);
	for (int i = 0; i < t->n_columns; i++) {
		if (!unsure[i])
			continue;
		str_add(out, between);
		add_unsure(out, &t->columns[i]);
		between = " OR ";
	}
	str_add(out, range.scope == SCOPE_EACH ? ") GROUP BY 1" : ")");
}

void sql_row_list(struct str *out, const struct template_table *t)
{
	str_addf(out, "SELECT (%s\n), (%s\n) FROM %s\n", t->rows_key,
		 t->rows_label ? t->rows_label : t->rows_key, t->rows_from);
}

/* Ties in the wanted order are broken by all columns, so that two runs cannot differ. */
static void add_order(struct str *out, const struct template_table *t, int n, struct sql_range range)
{
	const char *between = "\nORDER BY ";

	if (range.scope == SCOPE_EACH) {
		str_addf(out, "%s%d", between, n + 1);
		between = ", ";
	}
	if (t->list_order) {
		str_addf(out, "%s%s\n", between, t->list_order);
		between = ", ";
	}
	for (int i = 1; i <= n; i++, between = ", ")
		str_addf(out, "%s%d", between, i);
}

void sql_list(struct str *out, const struct template_table *t, struct sql_range range)
{
	int n = 0;

	str_add(out, "SELECT ");
	for (int i = 0; i < t->n_list; i++) {
		if (!t->list[i].sql)
			continue;
		str_addf(out, "(%s\n), ", t->list[i].sql);
		n++;
	}
	str_add(out, who(range));
	sql_rows(out, t->list_dataset, range);
	if (t->list_where)
		str_addf(out, " AND (%s\n)", t->list_where);
	add_order(out, t, n, range);
}

bool sql_list_unsure(struct str *out, const struct template_table *t, struct sql_range range)
{
	if (!t->list_where)
		return false;
	str_addf(out, "SELECT %s, COUNT(*)", who(range));
	sql_rows(out, t->list_dataset, range);
	str_addf(out, " AND (%s\n) IS NULL", t->list_where);
	if (range.scope == SCOPE_EACH)
		str_add(out, " GROUP BY 1");
	return true;
}

void sql_drill(struct str *out, const struct template_column *col, struct sql_range range)
{
	str_add(out, "SELECT *");
	sql_rows(out, col->dataset, range);
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
