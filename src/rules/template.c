#include <rasoat/template.h>

#include "template_read.h"
#include <rasoat/arena.h>
#include <rasoat/hash.h>
#include <rasoat/str.h>
#include <stdlib.h>
#include <string.h>

static const struct shape shapes[] = {
	{ "report", "id store periods", "form calendar", "title", "subtitle valid page show inputs",
	  NULL, "basis dataset paragraph heading note table list chart author check", TEXT_NONE, NULL },
	{ "title", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "subtitle", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "basis", "document", "date clause mark", NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "valid", NULL, "from to", NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "page", NULL, "size orientation", NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "show", NULL, "letterhead signature attached unit-of-measure", NULL, NULL, NULL, NULL,
	  TEXT_NONE, NULL },
	{ "inputs", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "dataset", "name from unit", "by during", NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "chart", "title", "value-title", NULL, NULL, "bar", NULL, TEXT_NONE, NULL },
	{ "bar", "label value", NULL, NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "author", "name", NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "paragraph", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "heading", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "note", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "table", "id row-title", "rows total ms sheet heading rows-from key label empty reporters upright", NULL,
	  NULL, NULL, "column group", TEXT_NONE, NULL },
	{ "group", "title", NULL, NULL, NULL, NULL, "column group", TEXT_NONE, NULL },
	{ "column", "n title", "ms formula count sum distinct indicator over where million measure width", NULL, NULL, NULL,
	  NULL, TEXT_NONE, NULL },
	{ "list", "id over", "sheet heading where order empty total", NULL, NULL, "item", NULL, TEXT_NONE,
	  NULL },
	{ "item", "title", "type width", NULL, NULL, NULL, NULL, TEXT_MAY, NULL },
	{ "check", "code table left message", "op form form-table right count where distinct basis mark", NULL,
	  NULL, NULL, NULL, TEXT_NONE, NULL },
	{ NULL, NULL, NULL, NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
};

static const struct format format = { "urn:rasoat:report:1", "report.xsd", shapes };

/* --- datasets ----------------------------------------------------------------------------- */

static const char *dataset_names(const struct bind *b, const struct template *t)
{
	const char *names = "";

	for (int i = 0; i < t->n_datasets; i++)
		names = arena_printf(b->a, "%s %s", names, t->datasets[i].name);
	return names;
}

const struct dataset *template_dataset(const struct bind *b, const struct template *t,
				       const struct xml_node *n, const char *attr)
{
	const char *name = xml_attr(n, attr);

	if (!name || !*name)
		return NULL;
	for (int i = 0; i < t->n_datasets; i++)
		if (strcmp(t->datasets[i].name, name) == 0)
			return &t->datasets[i];
	bind_error(b, n, "attribute '%s' of <%s>: no dataset '%s'%s", attr, n->name, name,
		   t->n_datasets ? bind_hint(b->a, name, dataset_names(b, t), "known")
				 : " (there is none)");
	return NULL;
}

static void read_datasets(const struct bind *b, struct template *t, const struct xml_node *root)
{
	struct sql_params params = TEMPLATE_PARAMS;

	t->datasets = ARENA_ARRAY(b->a, (size_t)bind_count(root, "dataset") + 1, struct dataset);
	for (const struct xml_node *n = bind_child(root, "dataset"); n;
	     n = bind_next(n, "dataset")) {
		struct dataset *s = &t->datasets[t->n_datasets];

		s->name = bind_name(b, n, "name");
		s->from = bind_sql_attr(b, n, "from", &params);
		s->unit = bind_sql_attr(b, n, "unit", &params);
		s->by = bind_sql_attr(b, n, "by", &params);
		s->during = bind_sql_attr(b, n, "during", &params);
		s->line = n->line;
		for (int i = 0; i < t->n_datasets; i++)
			if (*s->name && strcmp(t->datasets[i].name, s->name) == 0)
				bind_error(b, n, "second dataset '%s'; the first is in line %d",
					   s->name, t->datasets[i].line);
		t->n_datasets++;
	}
}

/* --- head --------------------------------------------------------------------------------- */

static unsigned read_periods(const struct bind *b, const struct xml_node *root)
{
	static const char *const words = "quarter half nine-months year first-quarter"; /* enum period_kind */
	const char *value = xml_attr(root, "periods");
	unsigned set = 0;

	for (const char *p = value ? value + strspn(value, " ") : ""; *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");
		const char *word = arena_strndup(b->a, p, len), *at = words;
		unsigned bit = 1;

		for (; *at && !(strcspn(at, " ") == len && memcmp(at, p, len) == 0);
		     at += strspn(at, " ")) {
			at += strcspn(at, " ");
			bit <<= 1;
		}
		if (!*at)
			bind_error(b, root, "attribute 'periods' of <report>: unknown word '%s'%s",
				   word, bind_hint(b->a, word, words, "allowed"));
		else
			set |= bit;
		p += len;
	}
	return set;
}

static void read_inputs(const struct bind *b, struct template *t, const struct xml_node *n)
{
	const char *names = "";
	int count;
	const struct table *tables = schema_tables(&count);

	t->inputs = n ? xml_text(b->a, n) : "";
	for (int i = 0; i < count; i++)
		if (tables[i].stores & 1u << t->store)
			names = arena_printf(b->a, "%s %s", names, tables[i].name);
	for (const char *p = t->inputs; *p; p += strspn(p, " ")) {
		const char *word = arena_strndup(b->a, p, strcspn(p, " "));

		if (!word_in(word, names))
			bind_error(b, n, "<inputs>: no table '%s' in the %s store%s", word,
				   t->store == STORE_CASES ? "cases" : "accounts",
				   bind_hint(b->a, word, names, "known"));
		p += strlen(word);
	}
}

static void read_head(const struct bind *b, struct template *t, const struct xml_node *root)
{
	const struct xml_node *page = bind_child(root, "page"), *show = bind_child(root, "show");
	const struct xml_node *valid = bind_child(root, "valid");

	t->id = xml_attr(root, "id") ? xml_attr(root, "id") : "";
	t->form = xml_attr(root, "form");
	t->file = b->file;
	t->line = root->line;
	if (t->id[strspn(t->id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-")])
		bind_error(b, root, "report id '%s'; expected letters a-z, digits and '-'", t->id);
	t->store = (enum store_kind)bind_word(b, root, "store", "cases accounts", STORE_CASES);
	t->calendar = (enum period_calendar)bind_word(b, root, "calendar", "statutory quarter",
						      CAL_STATUTORY);
	t->periods = read_periods(b, root);
	t->title = bind_text(b, root, "title");
	t->subtitle = bind_text(b, root, "subtitle");
	t->bases = bind_bases(b, root, &t->n_bases);
	t->valid_from = t->valid_to = DAY_NONE;
	if (valid)
		bind_range(b, valid, &t->valid_from, &t->valid_to);
	t->a3 = bind_word(b, page, "size", "A4 A3", 0) == 1;
	t->landscape = bind_word(b, page, "orientation", "portrait landscape", 0) == 1;
	t->letterhead = bind_yes(b, show, "letterhead", true);
	t->signature = bind_yes(b, show, "signature", true);
	t->attached = bind_yes(b, show, "attached", false);
	t->unit_of_measure = show ? xml_attr(show, "unit-of-measure") : NULL;
	read_inputs(b, t, bind_child(root, "inputs"));
}

/* --- parts -------------------------------------------------------------------------------- */

static void check_twins(const struct bind *b, const struct template *t,
			const struct template_table *table, const struct xml_node *n)
{
	for (int i = 0; i < t->n_parts; i++) {
		const struct template_table *o = t->parts[i].table;

		if (!o)
			continue;
		if (*table->id && strcmp(o->id, table->id) == 0)
			bind_error(b, n, "second table or list '%s'; the first is in line %d",
				   table->id, o->line);
		if (table->sheet && str_eq(o->sheet, table->sheet))
			bind_error(b, n, "second sheet '%s'; the first is in line %d", table->sheet,
				   o->line);
	}
}

static void read_chart(const struct bind *b, struct template *t, struct template_part *p, const struct xml_node *n)
{
	p->kind = PART_CHART;
	p->name = xml_attr(n, "title");
	p->value_title = xml_attr(n, "value-title");
	p->bars = ARENA_ARRAY(b->a, (size_t)bind_count(n, "bar") + 1, struct template_bar);
	for (const struct xml_node *c = bind_child(n, "bar"); c; c = bind_next(c, "bar")) {
		struct template_bar *bar = &p->bars[p->n_bars++];
		const char *value = xml_attr(c, "value") ? xml_attr(c, "value") : "";
		struct template_ref_text ref;

		bar->label = xml_attr(c, "label");
		bar->line = c->line;
		if (!template_ref_parse(b->a, value, &ref) || ref.kind != REF_FIGURE)
			bind_error(b, c, "attribute 'value' of <bar> is '%s'; expected a figure as 02-XLD/xld.6, with before or "
				   "year-before behind it for an earlier period", value);
		else
			bar->value = ref.figure;
		template_collect(b, t, value, c->line);
	}
	if (!p->n_bars)
		bind_error(b, n, "<chart> has no <bar>");
}

/* A place for what the author writes, found by its name in the file of --text. */
static void read_author(const struct bind *b, const struct template *t, struct template_part *p, const struct xml_node *n)
{
	p->kind = PART_AUTHOR;
	p->name = bind_name(b, n, "name");
	for (int i = 0; i < t->n_parts; i++)
		if (t->parts[i].kind == PART_AUTHOR && strcmp(t->parts[i].name, p->name) == 0)
			bind_error(b, n, "second <author name=\"%s\">; the first is in line %d", p->name, t->parts[i].line);
}

static void read_parts(const struct bind *b, struct template *t, const struct xml_node *root)
{
	int cap = bind_count(root, "paragraph") + bind_count(root, "heading") +
		  bind_count(root, "note") + bind_count(root, "table") + bind_count(root, "list") +
		  bind_count(root, "chart") + bind_count(root, "author");

	t->parts = ARENA_ARRAY(b->a, (size_t)cap + 1, struct template_part);
	for (const struct xml_node *n = root->children; n; n = n->next) {
		struct template_part *p = &t->parts[t->n_parts];

		p->line = n->line;
		if (strcmp(n->name, "table") == 0)
			p->table = template_read_table(b, t, n);
		else if (strcmp(n->name, "list") == 0)
			p->table = template_read_list(b, t, n);
		else if (strcmp(n->name, "paragraph") == 0)
			p->kind = PART_PARAGRAPH;
		else if (strcmp(n->name, "heading") == 0)
			p->kind = PART_HEADING;
		else if (strcmp(n->name, "note") == 0)
			p->kind = PART_NOTE;
		else if (strcmp(n->name, "chart") == 0)
			read_chart(b, t, p, n);
		else if (strcmp(n->name, "author") == 0)
			read_author(b, t, p, n);
		else
			continue;
		if (p->table) {
			p->kind = PART_TABLE;
			check_twins(b, t, p->table, n);
		} else if (p->kind != PART_CHART) {
			p->text = xml_text(b->a, n);
			template_collect_text(b, t, p->text, n->line);
		}
		t->n_parts++;
	}
}

#define PLACEHOLDERS "period from to agency unit"

/* One of the words, or TABLE.N: the total of a column. */
static bool is_placeholder(const void *data, const char *name)
{
	const struct template *t = data;
	const char *dot = strrchr(name, '.');
	CLEANUP(arena_cleanup) struct arena *scratch = arena_new();
	struct template_ref_text ref;

	if (word_in(name, PLACEHOLDERS) || template_ref_parse(scratch, name, &ref))
		return true;
	if (!dot || !dot[1] || strspn(dot + 1, "0123456789") != strlen(dot + 1) || strlen(dot + 1) > 4)
		return false;
	for (int i = 0; i < t->n_parts; i++) {
		const struct template_table *table = t->parts[i].table;

		if (table && strlen(table->id) == (size_t)(dot - name) &&
		    memcmp(table->id, name, (size_t)(dot - name)) == 0)
			return template_column(table, (int)strtol(dot + 1, NULL, 10)) != NULL;
	}
	return false;
}

/* After all tables are known: the text may name one that comes later. */
static void check_texts(const struct bind *b, const struct template *t, const struct xml_node *root)
{
	for (const struct xml_node *n = root->children; n; n = n->next)
		if (word_in(n->name, "title subtitle paragraph heading note"))
			bind_placeholders(b, n, arena_printf(b->a, "<%s>", n->name),
					  xml_text(b->a, n), PLACEHOLDERS " TABLE.COLUMN FORM/TABLE.COLUMN",
					  is_placeholder, t);
}

/* --- sets --------------------------------------------------------------------------------- */

static bool overlap(const struct template *a, const struct template *b)
{
	bool before =
		a->valid_to != DAY_NONE && b->valid_from != DAY_NONE && a->valid_to < b->valid_from;
	bool after =
		b->valid_to != DAY_NONE && a->valid_from != DAY_NONE && b->valid_to < a->valid_from;

	return !before && !after;
}

static void add_template(const struct bind *b, struct template_set *set, struct template *t)
{
	for (int i = 0; i < set->n_items; i++) {
		const struct template *o = set->items[i];

		if (*t->id && strcmp(o->id, t->id) == 0 && overlap(o, t))
			diag_error(b->d, b->file, t->line,
				   "report '%s' is in force at the same time as the one at %s:%d; "
				   "set <valid>",
				   t->id, o->file, o->line);
	}
	*ARENA_PUSH(b->a, set->items, set->n_items, set->cap) = t;
}

static void load_file(struct bind *b, const char *path, const char *schema_dir, struct hash *h,
		      struct template_set *set)
{
	const struct xml_node *root = bind_open(b, &format, path, h);

	if (root) {
		struct template *t = ARENA_NEW(b->a, struct template);

		read_head(b, t, root);
		read_datasets(b, t, root);
		read_parts(b, t, root);
		template_read_checks(b, t, root);
		check_texts(b, t, root);
		add_template(b, set, t);
	}
	bind_close(b, &format, schema_dir);
}

struct template_set *templates_load(struct arena *a, const char *dir, const char *schema_dir,
				    struct diags *d)
{
	struct template_set *set = ARENA_NEW(a, struct template_set);
	struct hash *h = hash_new();
	struct bind b = { .a = a, .d = d };
	int n;
	const char **files = bind_files(a, dir, NULL, d, &n);

	for (int i = 0; i < n; i++)
		load_file(&b, files[i], schema_dir, h, set);
	for (int i = 0; i < set->n_items; i++) {
		template_check_others(&b, set->items[i], set);
		template_check_refs(&b, set->items[i], set);
	}
	hash_hex(h, set->digest);
	return set;
}

static void list_ids(const struct template_set *set, struct str *out)
{
	for (int i = 0; i < set->n_items; i++)
		if (!word_in(set->items[i]->id, out->p))
			str_addf(out, "%s%s", out->len ? " " : "", set->items[i]->id);
}

static void list_versions(const struct template_set *set, const char *id, struct str *out)
{
	char from[11], to[11];

	for (int i = 0; i < set->n_items; i++) {
		const struct template *t = set->items[i];

		if (strcmp(t->id, id) == 0)
			str_addf(out, "%s%s%s%s%s%s", out->len ? "; " : "",
				 t->valid_from == DAY_NONE ? "" : "from ",
				 date_iso(t->valid_from, from),
				 t->valid_from != DAY_NONE && t->valid_to != DAY_NONE ? " " : "",
				 t->valid_to == DAY_NONE ? "" : "to ", date_iso(t->valid_to, to));
	}
}

enum status template_find(const struct template_set *set, const char *id, day_t day,
			  const struct template **ret, struct err *e)
{
	CLEANUP(str_free) struct str list = STR_INIT;
	CLEANUP(arena_cleanup) struct arena *scratch = arena_new();
	char on[11];
	bool known = false;

	for (int i = 0; i < set->n_items; i++) {
		const struct template *t = set->items[i];

		if (strcmp(t->id, id) != 0)
			continue;
		known = true;
		if ((t->valid_from == DAY_NONE || t->valid_from <= day) &&
		    (t->valid_to == DAY_NONE || day <= t->valid_to)) {
			*ret = t;
			return ST_OK;
		}
	}
	if (!known) {
		list_ids(set, &list);
		return err_set(e, "unknown report '%s'%s", id,
			       bind_hint(scratch, id, list.p, "known"));
	}
	list_versions(set, id, &list);
	return err_set(e, "report '%s' was not in force on %s; it is in force %s", id,
		       date_iso(day, on), list.p);
}
