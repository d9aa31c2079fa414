/* Clearances and audiences, as rasoat.xml has them. */
#include "audience_read.h"

#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <string.h>

/* ---- questions ---- */

const char *clearance_gap(struct arena *a, const struct clearance *c, day_t day)
{
	char iso[11];

	if (day > c->until)
		return arena_printf(a, "its clearance ended on %s (%s:%d)", date_iso(c->until, iso), c->file,
				    c->line);
	if (day < c->date)
		return arena_printf(a, "its clearance begins on %s (%s:%d)", date_iso(c->date, iso), c->file,
				    c->line);
	return NULL;
}

enum status audience_find(const struct audiences *all, const char *name, const struct audience **ret,
			  struct err *e)
{
	static const struct audience builtin[] = {
		{ .name = "internal", .all = true }, { .name = "leadership" }, { .name = "public" },
	};
	CLEANUP(str_free) struct str known = STR_INIT;

	for (int i = 0; i < all->n; i++)
		if (str_eq(all->items[i].name, name)) {
			*ret = &all->items[i];
			return ST_OK;
		}
	for (size_t i = 0; i < sizeof(builtin) / sizeof(*builtin); i++) {
		if (str_eq(builtin[i].name, name)) {
			*ret = &builtin[i];
			return ST_OK;
		}
		str_addf(&known, "%s%s", i ? ", " : "", builtin[i].name);
	}
	for (int i = 0; i < all->n; i++)
		if (!word_in(all->items[i].name, "internal leadership public"))
			str_addf(&known, ", %s", all->items[i].name);
	return err_set(e, "audience '%s' does not exist (known: %s); add it to <audiences> in rasoat.xml", name,
		       known.p);
}

/* Whether the list has "left.right". */
static bool on_list(const char **list, int n, const char *left, const char *right)
{
	size_t len = strlen(left);

	for (int i = 0; i < n; i++)
		if (strncmp(list[i], left, len) == 0 && list[i][len] == '.' && str_eq(list[i] + len + 1, right))
			return true;
	return false;
}

bool audience_allows_field(const struct audience *a, const char *rule, const char *field)
{
	return on_list(a->fields, a->n_fields, rule, field);
}

bool audience_allows_column(const struct audience *a, const char *table, const char *column)
{
	return a->all || on_list(a->columns, a->n_columns, table, column);
}

/* ---- reading ---- */

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

void clearances_read(const struct bind *b, struct workspace *w, const struct xml_node *root)
{
	w->clearances = ARENA_ARRAY(b->a, (size_t)bind_count(root, "clearance") + 1, struct clearance);
	for (const struct xml_node *n = bind_child(root, "clearance"); n; n = bind_next(n, "clearance")) {
		struct clearance *c = &w->clearances[w->n_clearances++];

		*c = (struct clearance){ .rules = or_empty(xml_attr(n, "rules")),
					 .templates = or_empty(xml_attr(n, "templates")),
					 .document = or_empty(xml_attr(n, "document")),
					 .approver = or_empty(xml_attr(n, "approver")),
					 .date = bind_day(b, n, "date"), .until = bind_day(b, n, "until"),
					 .file = b->file, .line = n->line };
		if (!c->rules[strspn(c->rules, " ")] && !c->templates[strspn(c->templates, " ")])
			bind_error(b, n, "<clearance> names nobody; write the ids of rules into 'rules', of "
				   "templates into 'templates'");
		if (c->date != DAY_NONE && c->until != DAY_NONE && c->until < c->date)
			bind_error(b, n, "<clearance> ends before it begins; correct 'date' or 'until'");
	}
}

static void read_allow(const struct bind *b, struct audience *a, const struct xml_node *n)
{
	const char *field = xml_attr(n, "field"), *column = xml_attr(n, "column");

	if (!field == !column)
		bind_error(b, n, "<allow> wants one of field=\"RULE.FIELD\" and column=\"TABLE.COLUMN\"");
	else if (field)
		a->fields[a->n_fields++] = field;
	else
		a->columns[a->n_columns++] = column;
}

void audiences_read(const struct bind *b, struct workspace *w, const struct xml_node *root)
{
	const struct xml_node *list = bind_child(root, "audiences");

	for (const struct xml_node *n = list ? bind_child(list, "audience") : NULL; n;
	     n = bind_next(n, "audience")) {
		size_t most = (size_t)bind_count(n, "allow") + 1;
		struct audience a = { .name = bind_name(b, n, "name"), .all = bind_yes(b, n, "all", false),
				      .fields = ARENA_ARRAY(b->a, most, const char *),
				      .columns = ARENA_ARRAY(b->a, most, const char *), .line = n->line };

		for (int i = 0; i < w->audiences.n; i++)
			if (a.name && str_eq(w->audiences.items[i].name, a.name))
				bind_error(b, n, "audience '%s' is there twice; first in line %d", a.name,
					   w->audiences.items[i].line);
		for (const struct xml_node *c = bind_child(n, "allow"); c; c = bind_next(c, "allow"))
			read_allow(b, &a, c);
		*ARENA_PUSH(b->a, w->audiences.items, w->audiences.n, w->audiences.cap) = a;
	}
}

/* ---- what they name ---- */

/* The next word of the list at *p in the arena, or NULL. */
static const char *next_word(struct arena *a, const char **p)
{
	size_t n;

	*p += strspn(*p, " ");
	n = strcspn(*p, " ");
	if (!n)
		return NULL;
	*p += n;
	return arena_strndup(a, *p - n, n);
}

void clearances_bind_rules(const struct workspace *w, struct diags *d)
{
	for (int i = 0; i < w->n_clearances; i++) {
		const struct clearance *c = &w->clearances[i];
		const char *p = c->rules, *id;

		while ((id = next_word(d->arena, &p))) {
			bool found = false;

			for (int k = 0; k < w->rules->n_rules; k++) {
				struct rule *r = w->rules->rules[k];

				if (!str_eq(r->id, id))
					continue;
				found = true;
				if (!r->clearance || r->clearance->until < c->until)
					r->clearance = c;
			}
			if (!found)
				diag_error(d, w->file, c->line, "<clearance> names rule '%s', which does not exist; "
					   "see 'rasoat rules'", id);
		}
	}
}

void clearances_bind_templates(const struct workspace *w, struct diags *d)
{
	for (int i = 0; i < w->n_clearances; i++) {
		const struct clearance *c = &w->clearances[i];
		const char *p = c->templates, *id;

		while ((id = next_word(d->arena, &p))) {
			bool found = false;

			for (int k = 0; k < w->templates->n_items; k++) {
				struct template *t = w->templates->items[k];

				if (!str_eq(t->id, id))
					continue;
				found = true;
				if (!t->clearance || t->clearance->until < c->until)
					t->clearance = c;
			}
			if (!found)
				diag_error(d, w->file, c->line, "<clearance> names template '%s', which does not "
					   "exist", id);
		}
	}
}

static bool field_exists(const struct workspace *w, struct arena *a, const char *text)
{
	const char *dot = strchr(text, '.');
	const struct rule *r = dot ? rules_find(w->rules, arena_strndup(a, text, (size_t)(dot - text))) : NULL;

	for (int i = 0; r && i < r->n_fields; i++)
		if (str_eq(r->fields[i].name, dot + 1))
			return true;
	return r && word_in(dot + 1, "key unit since");
}

static const struct column *find_column(struct arena *a, const char *text)
{
	const char *dot = strchr(text, '.');
	const struct table *t = dot ? schema_table(arena_strndup(a, text, (size_t)(dot - text))) : NULL;

	return t ? schema_column(t, dot + 1) : NULL;
}

void audiences_check(const struct workspace *w, struct diags *d)
{
	for (int i = 0; i < w->audiences.n; i++) {
		const struct audience *a = &w->audiences.items[i];

		for (int k = 0; k < a->n_fields; k++)
			if (!field_exists(w, d->arena, a->fields[k]))
				diag_error(d, w->file, a->line, "audience '%s' allows field '%s', which no rule has; "
					   "write RULE.FIELD", a->name, a->fields[k]);
		for (int k = 0; k < a->n_columns; k++) {
			const struct column *c = find_column(d->arena, a->columns[k]);

			if (!c)
				diag_error(d, w->file, a->line, "audience '%s' allows column '%s', which does not "
					   "exist; docs/stores.md lists them", a->name, a->columns[k]);
			else if (c->secrecy == COL_CLASSIFIED)
				diag_error(d, w->file, a->line, "audience '%s' allows column '%s', which is "
					   "classified: no audience may see it", a->name, a->columns[k]);
		}
	}
}
