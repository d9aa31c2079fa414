#include <rasoat/terms.h>

#include "bind.h"
#include <rasoat/arena.h>
#include <rasoat/hash.h>
#include <rasoat/str.h>
#include <string.h>

#define MOST_ENDS ((int)(sizeof(((struct term *)0)->ends) / sizeof(char *)))

static const struct shape shapes[] = {
	{ "terms", NULL, NULL, NULL, NULL, "term", NULL, TEXT_NONE, NULL },
	{ "term", "id kind start end", "level", "title", NULL, "version", NULL, TEXT_NONE, NULL },
	{ "title", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "version", NULL, "from to", NULL, "extension suspension ground", "basis length", NULL,
	  TEXT_NONE, NULL },
	{ "basis", "document", "date clause mark", NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "length", NULL, "days working-days complexity remote many-places", NULL, NULL, NULL, NULL,
	  TEXT_NONE, NULL },
	{ "extension", "days complex very-complex", NULL, NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "suspension", "from", NULL, NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "ground", "from", NULL, NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ NULL, NULL, NULL, NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
};

static const struct format format = { "urn:rasoat:terms:1", "terms.xsd", shapes };

static bool same_condition(const struct term_length *a, const struct term_length *b)
{
	return a->remote == b->remote && a->many_places == b->many_places &&
	       str_eq(a->complexity, b->complexity);
}

static int conditions(const struct term_length *l)
{
	return (l->complexity != NULL) + (l->remote >= 0) + (l->many_places >= 0);
}

static struct term_length read_length(const struct bind *b, const struct xml_node *n)
{
	static const char *const words[] = { NULL, "complex", "very_complex" };
	const char *days = xml_attr(n, "days"), *working = xml_attr(n, "working-days");
	struct term_length l = { 0 };

	if (!days == !working)
		bind_error(b, n, "<length> needs days or working-days%s", days ? ", not both" : "");
	l.working = !days && working;
	l.days = bind_int(b, n, l.working ? "working-days" : "days", 1, 3660, 1);
	l.complexity = words[bind_word(b, n, "complexity", "complex very_complex", -1) + 1];
	l.remote = bind_word(b, n, "remote", "0 1", -1);
	l.many_places = bind_word(b, n, "many-places", "0 1", -1);
	return l;
}

static void read_lengths(const struct bind *b, struct term_version *v, const struct xml_node *n)
{
	v->lengths = ARENA_ARRAY(b->a, (size_t)bind_count(n, "length") + 1, struct term_length);
	for (const struct xml_node *c = bind_child(n, "length"); c; c = bind_next(c, "length")) {
		struct term_length *l = &v->lengths[v->n_lengths];
		bool first = v->n_lengths == 0;
		bool bare = !xml_attr(c, "complexity") && !xml_attr(c, "remote") &&
			    !xml_attr(c, "many-places");

		*l = read_length(b, c);
		if (first && !bare)
			bind_error(b, c,
				   "the first <length> must have no condition; it holds for all "
				   "other cases");
		if (!first && bare)
			bind_error(b, c,
				   "only the first <length> may have no condition; add complexity, "
				   "remote or "
				   "many-places");
		for (int i = 0; i < v->n_lengths && !bare; i++)
			if (same_condition(&v->lengths[i], l) && conditions(l))
				bind_error(b, c,
					   "this <length> has the same condition as number %d",
					   i + 1);
		v->n_lengths++;
	}
}

static void read_version(const struct bind *b, const struct term *t, struct term_version *v,
			 const struct xml_node *n)
{
	const struct xml_node *extension = bind_child(n, "extension");

	v->line = n->line;
	bind_range(b, n, &v->from, &v->to);
	v->bases = bind_bases(b, n, &v->n_bases);
	read_lengths(b, v, n);
	v->extension_days = bind_int(b, extension, "days", 1, 3660, 0);
	v->extension_complex = bind_int(b, extension, "complex", 0, 9, 0);
	v->extension_very = bind_int(b, extension, "very-complex", 0, 9, 0);
	v->suspension_from = bind_day(b, bind_child(n, "suspension"), "from");
	v->ground_from = bind_day(b, bind_child(n, "ground"), "from");
	for (const struct term_version *o = t->versions; o < v; o++) {
		bool before = o->to != DAY_NONE && v->from != DAY_NONE && o->to < v->from;
		bool after = v->to != DAY_NONE && o->from != DAY_NONE && v->to < o->from;

		if (!before && !after)
			bind_error(b, n, "term '%s': this version overlaps the one in line %d",
				   t->id, o->line);
	}
}

static const char *date_columns(const struct bind *b, const struct table *t)
{
	const char *names = "";

	for (int i = 0; i < t->n_columns; i++)
		if (t->columns[i].type == COL_DATE)
			names = arena_printf(b->a, "%s %s", names, t->columns[i].name);
	return names;
}

static void check_date_column(const struct bind *b, const struct xml_node *n, const char *attr,
			      const char *name)
{
	const struct table *t = schema_table("case_file");
	const struct column *c = t ? schema_column(t, name) : NULL;

	if (t && (!c || c->type != COL_DATE))
		bind_error(b, n, "attribute '%s' of <term>: '%s' is no date column of case_file%s",
			   attr, name, bind_hint(b->a, name, date_columns(b, t), "known"));
}

static void check_word_column(const struct bind *b, const struct xml_node *n, const char *attr,
			      const char *column)
{
	const struct table *t = schema_table("case_file");
	const struct column *c = t ? schema_column(t, column) : NULL;

	if (c && c->type == COL_ENUM)
		(void)bind_word(b, n, attr, c->values, 0);
}

static void read_ends(const struct bind *b, struct term *t, const struct xml_node *n)
{
	const char *p = xml_attr(n, "end") ? xml_attr(n, "end") : "";

	for (p += strspn(p, " "); *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");

		if (t->n_ends == MOST_ENDS) {
			bind_error(b, n, "attribute 'end' of <term>: at most %d columns",
				   MOST_ENDS);
			return;
		}
		t->ends[t->n_ends] = arena_strndup(b->a, p, len);
		check_date_column(b, n, "end", t->ends[t->n_ends++]);
		p += len;
	}
}

static void read_term(const struct bind *b, struct terms *all, const struct xml_node *n)
{
	struct term *t = &all->terms[all->n_terms];

	t->id = xml_attr(n, "id") ? xml_attr(n, "id") : "";
	t->title = bind_text(b, n, "title");
	t->kind = xml_attr(n, "kind");
	t->level = xml_attr(n, "level");
	t->start = xml_attr(n, "start");
	t->line = n->line;
	check_word_column(b, n, "kind", "kind");
	check_word_column(b, n, "level", "level");
	if (t->start && *t->start)
		check_date_column(b, n, "start", t->start);
	read_ends(b, t, n);
	for (int i = 0; i < all->n_terms; i++)
		if (*t->id && strcmp(all->terms[i].id, t->id) == 0)
			bind_error(b, n, "term '%s' is there twice; the first is in line %d", t->id,
				   all->terms[i].line);
	t->versions = ARENA_ARRAY(b->a, (size_t)bind_count(n, "version") + 1, struct term_version);
	for (const struct xml_node *c = bind_child(n, "version"); c; c = bind_next(c, "version"))
		read_version(b, t, &t->versions[t->n_versions++], c);
	all->n_terms++;
}

struct terms *terms_load(struct arena *a, const char *path, const char *schema_dir, struct diags *d)
{
	struct terms *all = ARENA_NEW(a, struct terms);
	struct bind b = { .a = a, .d = d };
	struct hash *h = hash_new();
	const struct xml_node *root = bind_open(&b, &format, path, h);

	if (root) {
		all->terms = ARENA_ARRAY(a, (size_t)bind_count(root, "term") + 1, struct term);
		for (const struct xml_node *n = bind_child(root, "term"); n;
		     n = bind_next(n, "term"))
			read_term(&b, all, n);
	}
	bind_close(&b, &format, schema_dir);
	hash_hex(h, all->digest);
	return all;
}

const struct term_version *term_version_on(const struct term *t, day_t start)
{
	for (int i = 0; i < t->n_versions; i++) {
		const struct term_version *v = &t->versions[i];

		if ((v->from == DAY_NONE || v->from <= start) &&
		    (v->to == DAY_NONE || start <= v->to))
			return v;
	}
	return NULL;
}

static bool has_own_lines(const struct term_version *v, const char *complexity)
{
	for (int i = 0; i < v->n_lengths; i++)
		if (str_eq(v->lengths[i].complexity, complexity))
			return true;
	return false;
}

const struct term_length *term_length_for(const struct term_version *v, const char *complexity,
					  bool remote, bool many_places)
{
	const struct term_length *best = &v->lengths[0];

	/* A very complex case has at least the time of a complex one. */
	if (str_eq(complexity, "very_complex") && !has_own_lines(v, complexity))
		complexity = "complex";
	for (int i = 1; i < v->n_lengths; i++) {
		const struct term_length *l = &v->lengths[i];

		if (l->complexity && !str_eq(l->complexity, complexity))
			continue;
		if ((l->remote >= 0 && l->remote != remote) ||
		    (l->many_places >= 0 && l->many_places != many_places))
			continue;
		if (conditions(l) > conditions(best))
			best = l;
	}
	return best;
}
