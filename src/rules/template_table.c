#include "template_read.h"

#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <rasoat/text.h>
#include <string.h>

#define SHEET_MAX 31 /* Excel's limit */

const struct template_column *template_column(const struct template_table *t, int n)
{
	for (int i = 0; i < t->n_columns; i++)
		if (t->columns[i].n == n)
			return &t->columns[i];
	return NULL;
}

const char *template_column_numbers(struct arena *a, const struct template_table *t)
{
	const char *names = "";

	for (int i = 0; i < t->n_columns; i++)
		names = arena_printf(a, "%s %d", names, t->columns[i].n);
	return names;
}

static const char *read_sheet(const struct bind *b, const struct xml_node *n)
{
	const char *sheet = xml_attr(n, "sheet");

	if (!sheet || !*sheet)
		return NULL;
	if (text_length(sheet, strlen(sheet)) > SHEET_MAX || strpbrk(sheet, "[]:*?/\\") ||
	    *sheet == '\'' || str_ends(sheet, "'"))
		bind_error(b, n,
			   "sheet name '%s'; at most %d characters, none of []:*?/\\ and no ' at "
			   "the ends",
			   sheet, SHEET_MAX);
	return sheet;
}

/* --- columns ------------------------------------------------------------------------------ */

enum { N_MEASURES = 5 };
static const char *const measures[N_MEASURES] = { "count", "distinct", "sum",
					"formula", "indicator" }; /* enum measure_kind */

/* The one attribute that says what the column is; -1 after a report. */
static int measure_of(const struct bind *b, const struct xml_node *n)
{
	int kind = -1, found = 0;

	for (int i = 0; i < N_MEASURES; i++) {
		if (!xml_attr(n, measures[i]))
			continue;
		kind = i;
		found++;
	}
	if (found == 1)
		return kind;
	bind_error(b, n, "<column> needs exactly one of count, distinct, sum, formula and indicator");
	return -1;
}

static void refuse(const struct bind *b, const struct xml_node *n, const char *attr,
		   const char *why)
{
	if (xml_attr(n, attr))
		bind_error(b, n, "attribute '%s' of <%s> %s", attr, n->name, why);
}

static void read_indicator(const struct bind *b, const struct template_table *table, struct template_column *c,
			   const struct xml_node *n)
{
	c->indicator = xml_attr(n, "indicator");
	if (table->rows != ROWS_UNITS)
		bind_error(b, n, "<column> with indicator goes with rows=\"units\" only");
}

static void read_measure(const struct bind *b, const struct template *t,
			 const struct template_table *table, struct template_column *c,
			 const struct xml_node *n)
{
	struct sql_params params = TEMPLATE_PARAMS;
	int kind = measure_of(b, n);
	bool by_expr = kind == MEASURE_DISTINCT || kind == MEASURE_SUM;

	c->kind = kind < 0 ? MEASURE_COUNT : (enum measure_kind)kind;
	c->where = bind_sql_attr(b, n, "where", &params);
	if (kind < 0)
		return;
	c->million = bind_yes(b, n, "million", false);
	if (kind == MEASURE_COUNT || kind == MEASURE_DISTINCT)
		refuse(b, n, "million", "goes with sum, formula and indicator only");
	if (kind == MEASURE_FORMULA)
		c->terms = bind_formula(b, n, "formula", &c->n_terms);
	if (kind == MEASURE_INDICATOR)
		read_indicator(b, table, c, n);
	if (kind == MEASURE_FORMULA || kind == MEASURE_INDICATOR)
		refuse(b, n, "where", "has no meaning beside formula and indicator");
	if (!by_expr) {
		refuse(b, n, "over", "goes with sum and distinct only");
	} else {
		c->expr = bind_sql_attr(b, n, measures[kind], &params);
		if (!xml_attr(n, "over"))
			bind_error(b, n, "<column> with %s has no attribute 'over', the dataset",
				   measures[kind]);
	}
	if (kind != MEASURE_FORMULA && kind != MEASURE_INDICATOR)
		c->dataset = template_dataset(b, t, n, by_expr ? "over" : "count");
	if (c->dataset && table->rows == ROWS_QUERY && !c->dataset->by)
		bind_error(b, n,
			   "dataset '%s' has no attribute 'by', which a table with rows=\"query\" "
			   "needs",
			   c->dataset->name);
}

static void read_column(const struct bind *b, const struct template *t,
			struct template_table *table, const struct xml_node *n)
{
	struct template_column *c = &table->columns[table->n_columns];
	const struct template_column *first;

	c->line = n->line;
	c->n = bind_int(b, n, "n", 1, 999, 0);
	c->title = xml_attr(n, "title");
	c->width = bind_width(b, n, "width");
	read_measure(b, t, table, c, n);
	c->measure = xml_attr(n, "measure");
	if (c->measure && !table->upright)
		bind_error(b, n, "attribute 'measure' of <column> goes with upright tables only");
	c->ms = xml_attr(n, "ms");
	if (!c->ms && c->kind == MEASURE_FORMULA && xml_attr(n, "formula"))
		c->ms = arena_printf(b->a, "%d=%s", c->n, xml_attr(n, "formula"));
	else if (!c->ms)
		c->ms = arena_printf(b->a, "%d", c->n);
	first = template_column(table, c->n);
	if (first && c->n)
		bind_error(b, n, "second column %d in table '%s'; the first is in line %d", c->n,
			   table->id, first->line);
	table->n_columns++;
}

static int count_below(const struct xml_node *n, const char *name)
{
	int count = bind_count(n, name);

	for (const struct xml_node *c = bind_child(n, "group"); c; c = bind_next(c, "group"))
		count += count_below(c, name);
	return count;
}

/* Columns and groups in the order written; xml.c bounds the depth. */
static void read_headings(const struct bind *b, const struct template *t,
			  struct template_table *table, const struct xml_node *n, int depth)
{
	for (const struct xml_node *c = n->children; c; c = c->next) {
		struct template_group *g;

		if (strcmp(c->name, "column") == 0) {
			read_column(b, t, table, c);
			continue;
		}
		g = &table->groups[table->n_groups++];
		*g = (struct template_group){ xml_attr(c, "title"), table->n_columns, 0, depth };
		table->depth = depth + 1 > table->depth ? depth + 1 : table->depth;
		read_headings(b, t, table, c, depth + 1);
		g->count = table->n_columns - g->first;
		if (!g->count)
			bind_error(b, c, "<group title=\"%s\"> holds no column",
				   g->title ? g->title : "");
	}
}

/* --- formulas ----------------------------------------------------------------------------- */

static const struct template_column *formula_target(const struct template_table *t,
						    const struct template_column *c, int term)
{
	return template_column(t, c->terms[term].n);
}

enum { WHITE, GREY, BLACK };

/* Depth first; a grey column met again closes a circle, reported at the column that closes it. */
static void find_circle(const struct bind *b, const struct template_table *t, int at,
			unsigned char *colour)
{
	const struct template_column *c = &t->columns[at];

	colour[at] = GREY;
	for (int i = 0; i < c->n_terms; i++) {
		const struct template_column *to = formula_target(t, c, i);

		if (!to)
			continue;
		if (colour[to - t->columns] == GREY)
			diag_error(b->d, b->file, c->line,
				   "formula of column %d in table '%s' goes in a circle: it needs "
				   "column %d, which needs it",
				   c->n, t->id, to->n);
		else if (colour[to - t->columns] == WHITE)
			find_circle(b, t, (int)(to - t->columns), colour);
	}
	colour[at] = BLACK;
}

static void check_formulas(const struct bind *b, const struct template_table *t)
{
	unsigned char *colour = ARENA_ARRAY(b->a, (size_t)t->n_columns + 1, unsigned char);

	for (int i = 0; i < t->n_columns; i++)
		for (int k = 0; k < t->columns[i].n_terms; k++)
			if (!formula_target(t, &t->columns[i], k))
				diag_error(b->d, b->file, t->columns[i].line,
					   "formula of column %d: table '%s' has no column %d "
					   "(known:%s)",
					   t->columns[i].n, t->id, t->columns[i].terms[k].n,
					   template_column_numbers(b->a, t));
	for (int i = 0; i < t->n_columns; i++)
		if (colour[i] == WHITE)
			find_circle(b, t, i, colour);
}

/* --- tables ------------------------------------------------------------------------------- */

static void read_rows(const struct bind *b, struct template_table *table, const struct xml_node *n)
{
	static const char *const query_attrs[] = { "rows-from", "key", "label" };
	struct sql_params params = TEMPLATE_PARAMS;

	table->rows = bind_word(b, n, "rows", "units query", 0) ? ROWS_QUERY : ROWS_UNITS;
	for (int i = 0; i < 3; i++) {
		bool there = xml_attr(n, query_attrs[i]);

		if (table->rows == ROWS_QUERY && !there)
			bind_error(b, n, "<table rows=\"query\"> has no attribute '%s'",
				   query_attrs[i]);
		if (table->rows == ROWS_UNITS && there)
			bind_error(b, n, "attribute '%s' of <table> goes with rows=\"query\" only",
				   query_attrs[i]);
	}
	table->rows_from = bind_sql_attr(b, n, "rows-from", &params);
	table->rows_key = bind_sql_attr(b, n, "key", &params);
	table->rows_label = bind_sql_attr(b, n, "label", &params);
}

static const char *read_reporters(const struct bind *b, const struct xml_node *n)
{
	static const char levels[] = "central region province district local";
	const char *value = xml_attr(n, "reporters");

	for (const char *p = value; p && *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");
		const char *word = arena_strndup(b->a, p, len);

		if (len && !word_in(word, levels))
			bind_error(b, n, "attribute 'reporters' of <table>: unknown word '%s'%s", word,
				   bind_hint(b->a, word, levels, "allowed"));
		p += len;
	}
	return value && *value ? value : NULL;
}

struct template_table *template_read_table(const struct bind *b, const struct template *t,
					   const struct xml_node *n)
{
	struct template_table *table = ARENA_NEW(b->a, struct template_table);
	int columns = count_below(n, "column"), groups = count_below(n, "group");

	table->id = bind_name(b, n, "id");
	table->line = n->line;
	table->sheet = read_sheet(b, n);
	table->heading = xml_attr(n, "heading");
	table->row_title = xml_attr(n, "row-title");
	table->total = xml_attr(n, "total");
	table->ms_row = bind_yes(b, n, "ms", false);
	table->empty = xml_attr(n, "empty");
	table->reporters = read_reporters(b, n);
	table->upright = bind_yes(b, n, "upright", false);
	read_rows(b, table, n);
	table->columns = ARENA_ARRAY(b->a, (size_t)columns + 1, struct template_column);
	table->groups = ARENA_ARRAY(b->a, (size_t)groups + 1, struct template_group);
	read_headings(b, t, table, n, 0);
	if (!table->n_columns)
		bind_error(b, n, "table '%s' has no <column>", table->id);
	check_formulas(b, table);
	return table;
}

static void read_item(const struct bind *b, struct list_column *c, const struct xml_node *n)
{
	struct sql_params params = TEMPLATE_PARAMS;

	c->title = xml_attr(n, "title");
	c->sql = bind_sql(b, n, &params);
	c->type = (enum field_type)bind_word(b, n, "type", "text integer date money", FIELD_TEXT);
	c->width = bind_width(b, n, "width");
	c->line = n->line;
	if (!*xml_text(b->a, n))
		refuse(b, n, "type", "has no meaning for a running number");
}

struct template_table *template_read_list(const struct bind *b, const struct template *t,
					  const struct xml_node *n)
{
	struct template_table *table = ARENA_NEW(b->a, struct template_table);
	struct sql_params params = TEMPLATE_PARAMS;

	table->id = bind_name(b, n, "id");
	table->line = n->line;
	table->rows = ROWS_LIST;
	table->sheet = read_sheet(b, n);
	table->heading = xml_attr(n, "heading");
	table->empty = xml_attr(n, "empty");
	table->total = xml_attr(n, "total");
	table->list_dataset = template_dataset(b, t, n, "over");
	table->list_where = bind_sql_attr(b, n, "where", &params);
	table->list_order = bind_sql_attr(b, n, "order", &params);
	table->list = ARENA_ARRAY(b->a, (size_t)bind_count(n, "item") + 1, struct list_column);
	for (const struct xml_node *c = bind_child(n, "item"); c; c = bind_next(c, "item"))
		read_item(b, &table->list[table->n_list++], c);
	return table;
}
