#include <rasoat/terms.h>

#include "bind.h"
#include <rasoat/arena.h>
#include <rasoat/hash.h>
#include <rasoat/str.h>
#include <string.h>

#define MOST_ENDS ((int)(sizeof(((struct term *)0)->ends) / sizeof(char *)))

static const struct shape shapes[] = {
	{ "terms", NULL, NULL, NULL, NULL, "term", NULL, TEXT_NONE, NULL },
	{ "term", "id", "kind level discipline subject start before end", "title", NULL, "version", NULL,
	  TEXT_NONE, NULL },
	{ "title", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "version", NULL, "id from to", NULL, "extension suspension ground frequency occasion", "basis",
	  "length", TEXT_NONE, NULL },
	{ "basis", "document", "date clause mark", NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "length", NULL, "id days working-days complexity level discipline remote many-places", NULL, NULL,
	  NULL, NULL, TEXT_NONE, NULL },
	{ "extension", "days complex very-complex", "id", NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "suspension", "from", "id", NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "frequency", "times per", NULL, NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "occasion", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "ground", "from", NULL, NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ NULL, NULL, NULL, NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
};

static const struct format format = { "urn:rasoat:terms:1", "terms.xsd", shapes };

static bool same_condition(const struct term_length *a, const struct term_length *b)
{
	return a->remote == b->remote && a->many_places == b->many_places && str_eq(a->level, b->level) &&
	       str_eq(a->discipline, b->discipline) && str_eq(a->complexity, b->complexity);
}

static int conditions(const struct term_length *l)
{
	return (l->complexity != NULL) + (l->level != NULL) + (l->discipline != NULL) + (l->remote >= 0) +
	       (l->many_places >= 0);
}

/* The values of case_file's column that cases without one are called "none". */
static const char *case_words(const struct bind *b, const char *column)
{
	const struct table *t = schema_table("case_file");
	const struct column *c = t ? schema_column(t, column) : NULL;

	if (!c || c->type != COL_ENUM)
		return "none";
	return word_in("none", c->values) ? c->values : arena_printf(b->a, "%s none", c->values);
}

static const char *case_word(const struct bind *b, const struct xml_node *n, const char *attr)
{
	return bind_word(b, n, attr, case_words(b, attr), -1) < 0 ? NULL : xml_attr(n, attr);
}

static struct term_length read_length(const struct bind *b, const struct xml_node *n)
{
	static const char *const words[] = { NULL, "complex", "very_complex" };
	const char *days = xml_attr(n, "days"), *working = xml_attr(n, "working-days");
	struct term_length l = { .id = xml_attr(n, "id") };

	if (!days == !working)
		bind_error(b, n, "<length> needs days or working-days%s", days ? ", not both" : "");
	l.working = !days && working;
	l.days = bind_int(b, n, l.working ? "working-days" : "days", 1, 3660, 1);
	l.complexity = words[bind_word(b, n, "complexity", "complex very_complex", -1) + 1];
	l.level = case_word(b, n, "level");
	l.discipline = case_word(b, n, "discipline");
	l.remote = bind_word(b, n, "remote", "0 1", -1);
	l.many_places = bind_word(b, n, "many-places", "0 1", -1);
	return l;
}

static bool is_bare(const struct xml_node *n)
{
	static const char *const names[] = { "complexity", "level", "discipline", "remote", "many-places" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (xml_attr(n, names[i]))
			return false;
	return true;
}

static void read_lengths(const struct bind *b, struct term_version *v, const struct xml_node *n)
{
	v->lengths = ARENA_ARRAY(b->a, (size_t)bind_count(n, "length") + 1, struct term_length);
	for (const struct xml_node *c = bind_child(n, "length"); c; c = bind_next(c, "length")) {
		struct term_length *l = &v->lengths[v->n_lengths];
		bool first = v->n_lengths == 0;
		bool bare = is_bare(c);

		*l = read_length(b, c);
		if (first && !bare)
			bind_error(b, c,
				   "the first <length> must have no condition; it holds for all "
				   "other cases");
		if (!first && bare)
			bind_error(b, c,
				   "only the first <length> may have no condition; add complexity, "
				   "level, discipline, remote or many-places");
		for (int i = 0; i < v->n_lengths && !bare; i++)
			if (same_condition(&v->lengths[i], l) && conditions(l))
				bind_error(b, c,
					   "this <length> has the same condition as number %d",
					   i + 1);
		v->n_lengths++;
	}
}

/* Exactly one of the three says what the version demands. */
static void read_demand(const struct bind *b, struct term_version *v, const struct xml_node *n)
{
	const struct xml_node *frequency = bind_child(n, "frequency");

	read_lengths(b, v, n);
	v->times = frequency ? bind_int(b, frequency, "times", 1, 31, 1) : 0;
	v->weekly = bind_word(b, frequency, "per", "month week", 0) == 1;
	v->occasion = bind_child(n, "occasion") ? bind_text(b, n, "occasion") : NULL;
	if ((v->n_lengths > 0) + (v->times > 0) + (v->occasion != NULL) != 1)
		bind_error(b, n, "<version> needs <length>, or one <frequency>, or one <occasion>");
}

static void read_version(const struct bind *b, const struct term *t, struct term_version *v,
			 const struct xml_node *n)
{
	const struct xml_node *extension = bind_child(n, "extension");
	const struct xml_node *suspension = bind_child(n, "suspension");

	v->line = n->line;
	v->id = xml_attr(n, "id");
	bind_range(b, n, &v->from, &v->to);
	v->bases = bind_bases(b, n, &v->n_bases);
	read_demand(b, v, n);
	v->extension_id = extension ? xml_attr(extension, "id") : NULL;
	v->extension_days = bind_int(b, extension, "days", 1, 3660, 0);
	v->extension_complex = bind_int(b, extension, "complex", 0, 9, 0);
	v->extension_very = bind_int(b, extension, "very-complex", 0, 9, 0);
	v->suspension_id = suspension ? xml_attr(suspension, "id") : NULL;
	v->suspension_from = bind_day(b, suspension, "from");
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

/* COLUMN of the subject, or TABLE.COLUMN where the start lies in another table. */
static void check_date_column(const struct bind *b, const struct term *t, const struct xml_node *n,
			      const char *attr, const char *name)
{
	const char *dot = strchr(name, '.');
	const char *table = dot ? arena_strndup(b->a, name, (size_t)(dot - name)) : t->subject;
	const struct table *s = schema_table(table);
	const struct column *c = s ? schema_column(s, dot ? dot + 1 : name) : NULL;

	if (dot && !s)
		bind_error(b, n, "attribute '%s' of <term>: there is no table '%s'", attr, table);
	else if (dot && t->kind)
		bind_error(b, n, "attribute '%s' of <term>: a clock's columns are those of case_file", attr);
	else if (s && (!c || c->type != COL_DATE))
		bind_error(b, n, "attribute '%s' of <term>: '%s' is no date column of %s%s", attr,
			   dot ? dot + 1 : name, table,
			   bind_hint(b->a, dot ? dot + 1 : name, date_columns(b, s), "known"));
}

/* A list of values of a column of case_file. */
static const char *read_words(const struct bind *b, const struct xml_node *n, const char *attr)
{
	const char *list = xml_attr(n, attr), *allowed = case_words(b, attr);

	for (const char *p = list ? list : ""; *(p += strspn(p, " ")); p += strcspn(p, " ")) {
		const char *word = arena_strndup(b->a, p, strcspn(p, " "));

		if (!word_in(word, allowed))
			bind_error(b, n, "attribute '%s' of <term> is '%s'%s", attr, word,
				   bind_hint(b->a, word, allowed, "allowed"));
	}
	return list;
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
		check_date_column(b, t, n, "end", t->ends[t->n_ends++]);
		p += len;
	}
}

/* Which rows: a kind of case, or a table. */
static void read_subject(const struct bind *b, struct term *t, const struct xml_node *n)
{
	t->kind = xml_attr(n, "kind");
	t->subject = t->kind ? "case_file" : xml_attr(n, "subject");
	if (!t->kind == !xml_attr(n, "subject"))
		bind_error(b, n, "<term> needs kind, for a clock of case_file, or subject, a table%s",
			   t->kind ? ", not both" : "");
	else if (!t->kind && !schema_table(t->subject))
		bind_error(b, n, "attribute 'subject' of <term>: there is no table '%s'", t->subject);
	if (t->kind) {
		const struct column *c = schema_column(schema_table("case_file"), "kind");

		(void)bind_word(b, n, "kind", c->values, 0);
	} else if (xml_attr(n, "level") || xml_attr(n, "discipline")) {
		bind_error(b, n, "level and discipline of <term> are for clocks, which have kind");
	}
	t->level = read_words(b, n, "level");
	t->discipline = read_words(b, n, "discipline");
	t->subject = t->subject ? t->subject : "";
}

static void read_columns(const struct bind *b, struct term *t, const struct xml_node *n)
{
	const char *attr = xml_attr(n, "before") ? "before" : "start";

	t->backward = xml_attr(n, "before") != NULL;
	t->start = xml_attr(n, attr);
	if (t->backward && (t->kind || xml_attr(n, "start")))
		bind_error(b, n, "before of <term> is for terms without kind and start");
	if (t->start && *t->start)
		check_date_column(b, t, n, attr, t->start);
	read_ends(b, t, n);
	if (t->kind && (!t->start || !t->n_ends))
		bind_error(b, n, "<term> with kind needs start and end");
}

/* Lengths count from somewhere; nothing else does. Clocks have lengths. */
static void check_demands(const struct bind *b, const struct term *t, const struct xml_node *n)
{
	for (int i = 0; i < t->n_versions; i++) {
		const struct term_version *v = &t->versions[i];

		if (v->n_lengths && !t->start)
			bind_error(b, n, "<term> with <length> needs start or before");
		else if (t->start && !v->n_lengths)
			bind_error(b, n, "<term> with %s needs <length> in line %d",
				   t->kind ? "kind" : t->backward ? "before" : "start", v->line);
		else if (!t->kind && (v->extension_days || v->suspension_from != DAY_NONE ||
				      v->ground_from != DAY_NONE))
			bind_error(b, n, "<term> without kind has no <extension>, <suspension> or <ground>; "
				   "line %d has", v->line);
		else
			continue;
		return;
	}
}

static void read_term(const struct bind *b, struct terms *all, const struct xml_node *n)
{
	struct term *t = &all->terms[all->n_terms];

	t->id = xml_attr(n, "id") ? xml_attr(n, "id") : "";
	t->title = bind_text(b, n, "title");
	t->line = n->line;
	read_subject(b, t, n);
	read_columns(b, t, n);
	for (int i = 0; i < all->n_terms; i++)
		if (*t->id && strcmp(all->terms[i].id, t->id) == 0)
			bind_error(b, n, "term '%s' is there twice; the first is in line %d", t->id,
				   all->terms[i].line);
	t->versions = ARENA_ARRAY(b->a, (size_t)bind_count(n, "version") + 1, struct term_version);
	for (const struct xml_node *c = bind_child(n, "version"); c; c = bind_next(c, "version"))
		read_version(b, t, &t->versions[t->n_versions++], c);
	check_demands(b, t, n);
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

const struct term *terms_find(const struct terms *all, const char *id)
{
	for (int i = 0; i < all->n_terms; i++)
		if (strcmp(all->terms[i].id, id) == 0)
			return &all->terms[i];
	return NULL;
}

static bool has_variant(const struct term_version *v, const char *id)
{
	const char *const lists[] = { v->id, v->extension_id, v->suspension_id };

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (lists[i] && word_in(id, lists[i]))
			return true;
	for (int i = 0; i < v->n_lengths; i++)
		if (v->lengths[i].id && word_in(id, v->lengths[i].id))
			return true;
	return false;
}

const struct term *terms_find_variant(const struct terms *all, const char *id)
{
	for (int i = 0; i < all->n_terms; i++)
		for (int k = 0; k < all->terms[i].n_versions; k++)
			if (has_variant(&all->terms[i].versions[k], id))
				return &all->terms[i];
	return NULL;
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

static bool meets(const struct term_length *l, const struct term_facts *f, const char *complexity)
{
	if (l->complexity && !str_eq(l->complexity, complexity))
		return false;
	if (l->level && !str_eq(l->level, f->level ? f->level : "none"))
		return false;
	if (l->discipline && !str_eq(l->discipline, f->discipline ? f->discipline : "none"))
		return false;
	return (l->remote < 0 || l->remote == f->remote) &&
	       (l->many_places < 0 || l->many_places == f->many_places);
}

const struct term_length *term_length_for(const struct term_version *v, const struct term_facts *f)
{
	const struct term_length *best = &v->lengths[0];
	const char *complexity = f->complexity;

	/* A very complex case has at least the time of a complex one. */
	if (str_eq(complexity, "very_complex") && !has_own_lines(v, complexity))
		complexity = "complex";
	for (int i = 1; i < v->n_lengths; i++)
		if (meets(&v->lengths[i], f, complexity) && conditions(&v->lengths[i]) > conditions(best))
			best = &v->lengths[i];
	return best;
}

bool term_is_for(const struct term *t, const char *kind, const char *level, const char *discipline)
{
	return str_eq(t->kind, kind) && kind && (!t->level || word_in(level ? level : "none", t->level)) &&
	       (!t->discipline || word_in(discipline ? discipline : "none", t->discipline));
}
