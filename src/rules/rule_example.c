#include "bind.h"

#include <rasoat/arena.h>
#include <rasoat/schema.h>
#include <rasoat/str.h>
#include <string.h>

static int count_attrs(const struct xml_node *n)
{
	int count = 0;

	for (const struct xml_attr *attr = n->attrs; attr; attr = attr->next)
		count++;
	return count;
}

static const char *table_names(const struct bind *b, unsigned store)
{
	const char *names = "";
	int n;
	const struct table *t = schema_tables(&n);

	for (int i = 0; i < n; i++)
		if (t[i].stores & store)
			names = arena_printf(b->a, "%s %s", names, t[i].name);
	if (schema_waiver()->stores & store)
		names = arena_printf(b->a, "%s %s", names, schema_waiver()->name);
	return names;
}

static const char *column_names(const struct bind *b, const struct table *t)
{
	const char *names = "";

	for (int i = 0; i < t->n_columns; i++)
		names = arena_printf(b->a, "%s %s", names, t->columns[i].name);
	return names;
}

/* "" or what the column takes; empty is NULL and fits every column. */
static const char *column_expected(const struct bind *b, const struct column *c, const char *value)
{
	size_t len = strlen(value), sign = *value == '-';
	bool is_number = len > sign && strspn(value + sign, "0123456789") == len - sign && len < 19;
	day_t day;

	if (!len)
		return "";
	switch (c->type) {
	case COL_DATE:
		return date_parse_iso(value, len, &day) ? "" : "a date as YYYY-MM-DD";
	case COL_INT:
	case COL_MONEY:
		return is_number ? "" : "a whole number";
	case COL_BOOL:
		return word_in(value, "0 1") ? "" : "0 or 1";
	case COL_ENUM:
		return word_in(value, c->values)
			       ? ""
			       : arena_printf(b->a, "one of %s", bind_join(b->a, c->values, ""));
	case COL_CODE:
	case COL_TEXT:
		break;
	}
	return "";
}

static void check_cell(const struct bind *b, const struct xml_node *n, const struct table *t,
		       const struct xml_attr *attr)
{
	const struct column *c = schema_column(t, attr->name);
	const char *expected = c ? column_expected(b, c, attr->value) : "";

	if (!c)
		bind_error(b, n, "table '%s' has no column '%s'%s", t->name, attr->name,
			   bind_hint(b->a, attr->name, column_names(b, t), "known"));
	else if (*expected)
		bind_error(b, n, "column '%s' of '%s' is '%s'; expected %s", c->name, t->name,
			   attr->value, expected);
}

static void read_row(const struct bind *b, const struct rule *r, struct example_row *row,
		     const struct xml_node *n)
{
	unsigned store = 1u << r->store;
	const struct table *t;

	row->table = xml_attr(n, "table") ? xml_attr(n, "table") : "";
	row->line = n->line;
	row->names = ARENA_ARRAY(b->a, (size_t)count_attrs(n) + 1, const char *);
	row->values = ARENA_ARRAY(b->a, (size_t)count_attrs(n) + 1, const char *);
	t = str_eq(row->table, schema_waiver()->name) ? schema_waiver() : schema_table(row->table);
	if (*row->table && (!t || !(t->stores & store)))
		bind_error(b, n, "<row>: no table '%s' in the %s store%s", row->table,
			   r->store == STORE_CASES ? "cases" : "accounts",
			   bind_hint(b->a, row->table, table_names(b, store), "known"));
	for (const struct xml_attr *attr = n->attrs; attr; attr = attr->next) {
		if (strcmp(attr->name, "table") == 0)
			continue;
		if (t && (t->stores & store))
			check_cell(b, n, t, attr);
		row->names[row->n] = attr->name;
		row->values[row->n++] = attr->value;
	}
}

static void read_expect(const struct bind *b, const struct rule *r, struct rule_example *ex,
			const struct xml_node *n)
{
	struct example_expect *x = &ex->expects[ex->n_expects];
	const char *names = "key verdict";

	for (int i = 0; i < r->n_fields; i++)
		names = arena_printf(b->a, "%s %s", names, r->fields[i].name);
	x->key = xml_attr(n, "key") ? xml_attr(n, "key") : "";
	x->verdict = bind_word(b, n, "verdict", "fail indeterminate", 0) ? "indeterminate" : "fail";
	x->line = n->line;
	x->names = ARENA_ARRAY(b->a, (size_t)count_attrs(n) + 1, const char *);
	x->values = ARENA_ARRAY(b->a, (size_t)count_attrs(n) + 1, const char *);
	for (const struct xml_attr *attr = n->attrs; attr; attr = attr->next) {
		if (word_in(attr->name, "key verdict"))
			continue;
		if (!word_in(attr->name, names))
			bind_error(b, n, "<expect>: no field '%s'%s", attr->name,
				   bind_hint(b->a, attr->name, names, "known"));
		x->names[x->n] = attr->name;
		x->values[x->n++] = attr->value;
	}
	for (int i = 0; i < ex->n_expects; i++)
		if (*x->key && strcmp(ex->expects[i].key, x->key) == 0)
			bind_error(b, n, "second <expect> for key '%s'; the first is in line %d",
				   x->key, ex->expects[i].line);
	ex->n_expects++;
}

static bool calls(const char *sql, const char *macro)
{
	const char *at = sql ? strstr(sql, macro) : NULL;

	return at && at[strlen(macro)] == '(';
}

/* before_day() and fixed_day() give their rule a parameter of that name later (terms.h): 0 or 1. */
static bool is_macro_setting(const struct rule *r, const char *name)
{
	bool found = calls(r->from, name) || calls(r->scope, name) || calls(r->where, name);

	if (strcmp(name, "before_day") != 0 && strcmp(name, "fixed_day") != 0)
		return false;
	for (int i = 0; i < r->n_needs; i++)
		found |= calls(r->needs[i].sql, name);
	for (int i = 0; i < r->n_fields; i++)
		found |= calls(r->fields[i].sql, name);
	return found;
}

static void check_macro_setting(const struct bind *b, const struct xml_node *n, const char *name, const char *value)
{
	if (strcmp(value, "0") != 0 && strcmp(value, "1") != 0)
		bind_error(b, n, "<set>: parameter '%s' is '%s'; expected 0 or 1", name, value);
}

static void read_set(const struct bind *b, const struct rule *r, struct rule_example *ex,
		     const struct xml_node *n)
{
	const char *name = xml_attr(n, "param") ? xml_attr(n, "param") : "";
	const char *value = xml_attr(n, "value") ? xml_attr(n, "value") : "";
	const struct rule_param *p = NULL;
	const char *names = "";

	for (int i = 0; i < r->n_params; i++) {
		names = arena_printf(b->a, "%s %s", names, r->params[i].name);
		if (strcmp(r->params[i].name, name) == 0)
			p = &r->params[i];
	}
	if (!p && is_macro_setting(r, name))
		check_macro_setting(b, n, name, value);
	else if (*name && !p)
		bind_error(b, n, "<set>: no parameter '%s'%s", name,
			   *names ? bind_hint(b->a, name, names, "known") : " (the rule has none)");
	else if (p && xml_attr(n, "value") && *rule_param_expected(p, value))
		bind_error(b, n, "<set>: parameter '%s' is '%s'; expected %s", name, value,
			   rule_param_expected(p, value));
	for (int i = 0; i < ex->n_set; i++)
		if (*name && strcmp(ex->set_names[i], name) == 0)
			bind_error(b, n, "second <set> for parameter '%s' in one example", name);
	ex->set_names[ex->n_set] = name;
	ex->set_values[ex->n_set++] = value;
}

static void read_example(const struct bind *b, const struct rule *r, struct rule_example *ex,
			 const struct xml_node *n)
{
	ex->name = xml_attr(n, "name") ? xml_attr(n, "name") : "";
	ex->as_of = bind_day(b, n, "as-of");
	ex->line = n->line;
	ex->rows = ARENA_ARRAY(b->a, (size_t)bind_count(n, "row") + 1, struct example_row);
	ex->expects = ARENA_ARRAY(b->a, (size_t)bind_count(n, "expect") + 1, struct example_expect);
	ex->set_names = ARENA_ARRAY(b->a, (size_t)bind_count(n, "set") + 1, const char *);
	ex->set_values = ARENA_ARRAY(b->a, (size_t)bind_count(n, "set") + 1, const char *);
	for (const struct xml_node *c = bind_child(n, "set"); c; c = bind_next(c, "set"))
		read_set(b, r, ex, c);
	for (const struct xml_node *c = bind_child(n, "row"); c; c = bind_next(c, "row"))
		read_row(b, r, &ex->rows[ex->n_rows++], c);
	for (const struct xml_node *c = bind_child(n, "expect"); c; c = bind_next(c, "expect"))
		read_expect(b, r, ex, c);
}

void rule_read_examples(const struct bind *b, struct rule *r, const struct xml_node *n)
{
	r->examples = ARENA_ARRAY(b->a, (size_t)bind_count(n, "example") + 1, struct rule_example);
	for (const struct xml_node *c = bind_child(n, "example"); c; c = bind_next(c, "example")) {
		struct rule_example *ex = &r->examples[r->n_examples];

		read_example(b, r, ex, c);
		for (int i = 0; i < r->n_examples; i++)
			if (*ex->name && strcmp(r->examples[i].name, ex->name) == 0)
				bind_error(b, c, "second example '%s'; the first is in line %d",
					   ex->name, r->examples[i].line);
		r->n_examples++;
	}
}
