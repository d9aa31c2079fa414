#include "template_read.h"

#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <string.h>

const struct template_table *template_find_table(const struct template *t, const char *id)
{
	for (int i = 0; i < t->n_parts; i++)
		if (t->parts[i].table && t->parts[i].table->rows != ROWS_LIST &&
		    strcmp(t->parts[i].table->id, id) == 0)
			return t->parts[i].table;
	return NULL;
}

static const char *table_ids(struct arena *a, const struct template *t)
{
	const char *names = "";

	for (int i = 0; i < t->n_parts; i++)
		if (t->parts[i].table && t->parts[i].table->rows != ROWS_LIST)
			names = arena_printf(a, "%s %s", names, t->parts[i].table->id);
	return names;
}

static void check_terms(const struct bind *b, const struct template_table *table,
			const struct xml_node *n, const char *attr,
			const struct formula_term *terms, int n_terms)
{
	for (int i = 0; i < n_terms; i++)
		if (!template_column(table, terms[i].n))
			bind_error(
				b, n,
				"attribute '%s' of <check>: table '%s' has no column %d (known:%s)",
				attr, table->id, terms[i].n, template_column_numbers(b->a, table));
}

/* The other side: columns, or an independent count. */
static void read_right(const struct bind *b, const struct template *t, struct template_check *c,
		       const struct template_table *table, const struct xml_node *n)
{
	struct sql_params params = TEMPLATE_PARAMS;
	bool counted = xml_attr(n, "count");

	if (counted == !!xml_attr(n, "right"))
		bind_error(b, n, "<check> needs right or count%s", counted ? ", not both" : "");
	for (int i = 0; i < 2; i++)
		if (!counted && xml_attr(n, i ? "where" : "distinct"))
			bind_error(b, n, "attribute '%s' of <check> goes with count only",
				   i ? "where" : "distinct");
	c->right = bind_formula(b, n, "right", &c->n_right);
	c->form = xml_attr(n, "form");
	c->form_table = xml_attr(n, "form-table");
	if (!c->form != !c->form_table || (c->form && counted)) {
		bind_error(b, n, "attributes 'form' and 'form-table' of <check> go together, and with right only");
		c->form = NULL; /* nothing more to say of it */
	}
	c->dataset = template_dataset(b, t, n, "count");
	c->where = bind_sql_attr(b, n, "where", &params);
	c->distinct = bind_sql_attr(b, n, "distinct", &params);
	if (c->dataset && table && table->rows == ROWS_QUERY && !c->dataset->by)
		bind_error(b, n,
			   "dataset '%s' has no attribute 'by', which a table with rows=\"query\" "
			   "needs",
			   c->dataset->name);
}

static void read_check(const struct bind *b, const struct template *t, struct template_check *c,
		       const struct xml_node *n)
{
	const struct template_table *table;

	c->line = n->line;
	c->code = xml_attr(n, "code") ? xml_attr(n, "code") : "";
	c->table = xml_attr(n, "table") ? xml_attr(n, "table") : "";
	c->op = (enum check_op)bind_word(b, n, "op", "eq le ge", CHECK_EQ);
	c->message = xml_attr(n, "message");
	c->basis = xml_attr(n, "basis");
	c->mark = (enum mark)bind_word(b, n, "mark", "verified inference memory", MARK_VERIFIED);
	c->left = bind_formula(b, n, "left", &c->n_left);
	table = template_find_table(t, c->table);
	read_right(b, t, c, table, n);
	if (table) {
		check_terms(b, table, n, "left", c->left, c->n_left);
		if (!c->form)
			check_terms(b, table, n, "right", c->right, c->n_right);
	} else if (*c->table) {
		bind_error(b, n, "<check>: no table '%s'%s", c->table,
			   bind_hint(b->a, c->table, table_ids(b->a, t), "known"));
	}
}

/* What a check says of another form can be looked at when all forms are read. */
void template_check_others(const struct bind *b, const struct template *t, const struct template_set *set)
{
	for (int i = 0; i < t->n_checks; i++) {
		const struct template_check *c = &t->checks[i];
		const struct template_table *table = NULL;
		const struct template *other = NULL;

		for (int k = 0; c->form && k < set->n_items && !table; k++)
			if (strcmp(set->items[k]->id, c->form) == 0 && set->items[k]->store == t->store) {
				other = set->items[k];
				table = template_find_table(other, c->form_table);
			}
		if (!c->form)
			continue;
		if (!table)
			diag_error(b->d, t->file, c->line, "check %s: there is no form '%s' with a table '%s' over the same store",
				   c->code, c->form, c->form_table);
		for (int k = 0; table && k < c->n_right; k++)
			if (!template_column(table, c->right[k].n))
				diag_error(b->d, t->file, c->line, "check %s: table '%s' of form '%s' has no column %d (known:%s)",
					   c->code, table->id, c->form, c->right[k].n,
					   template_column_numbers(b->a, table));
	}
}

void template_read_checks(const struct bind *b, struct template *t, const struct xml_node *root)
{
	t->checks = ARENA_ARRAY(b->a, (size_t)bind_count(root, "check") + 1, struct template_check);
	for (const struct xml_node *n = bind_child(root, "check"); n; n = bind_next(n, "check")) {
		struct template_check *c = &t->checks[t->n_checks];

		read_check(b, t, c, n);
		for (int i = 0; i < t->n_checks; i++)
			if (*c->code && strcmp(t->checks[i].code, c->code) == 0)
				bind_error(b, n, "second check '%s'; the first is in line %d",
					   c->code, t->checks[i].line);
		t->n_checks++;
	}
}
