#include "bind.h"

#include <dirent.h>
#include <errno.h>
#include <rasoat/arena.h>
#include <rasoat/hash.h>
#include <rasoat/outfile.h>
#include <rasoat/str.h>
#include <stdlib.h>
#include <string.h>

#define FILE_LIMIT ((size_t)64 * 1024 * 1024)
#define BLANKS " \t\r\n"

void bind_error(const struct bind *b, const struct xml_node *n, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = arena_vprintf(b->a, fmt, ap);
	va_end(ap);
	diag_error(b->d, b->file, n ? n->line : 0, "%s", text);
}

struct xml_node *bind_child(const struct xml_node *n, const char *name)
{
	struct xml_node *c = n->children;

	while (c && strcmp(c->name, name) != 0)
		c = c->next;
	return c;
}

struct xml_node *bind_next(const struct xml_node *n, const char *name)
{
	struct xml_node *c = n->next;

	while (c && strcmp(c->name, name) != 0)
		c = c->next;
	return c;
}

int bind_count(const struct xml_node *n, const char *name)
{
	int count = 0;

	for (const struct xml_node *c = n->children; c; c = c->next)
		count += strcmp(c->name, name) == 0;
	return count;
}

static const struct shape *shape_of(const struct shape *shapes, const char *name)
{
	for (const struct shape *s = shapes; s->name; s++)
		if (strcmp(s->name, name) == 0)
			return s;
	return NULL;
}

static bool listed(const char *word, const char *list)
{
	return list && word_in(word, list);
}

static bool in_one(const char *word, const char *const *lists, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (listed(word, lists[i]))
			return true;
	return false;
}

static bool is_blank(const char *s)
{
	return s[strspn(s, BLANKS)] == '\0';
}

/* The lists of a shape as one; empty parts leave no double space. */
static const char *joined(struct arena *a, const char *const *lists, size_t n)
{
	char *all = arena_strdup(a, "");

	for (size_t i = 0; i < n; i++)
		if (lists[i])
			all = arena_printf(a, "%s%s%s", all, *all ? " " : "", lists[i]);
	return all;
}

/* The next word of a list into `word`; false at the end. */
static bool next_word(struct arena *a, const char **list, const char **word)
{
	const char *p = *list ? *list + strspn(*list, " ") : "";
	size_t n = strcspn(p, " ");

	if (!n)
		return false;
	*word = arena_strndup(a, p, n);
	*list = p + n;
	return true;
}

static void check_attrs(const struct bind *b, const struct xml_node *n, const struct shape *s)
{
	const char *const lists[] = { s->required, s->optional };
	bool open = s->blank && strcmp(s->blank, "*") == 0;
	const char *list = s->required, *word;

	for (const struct xml_attr *attr = n->attrs; attr; attr = attr->next) {
		bool is_known = in_one(attr->name, lists, 2);

		if (!n->parent && strcmp(attr->name, "xsi:schemaLocation") == 0)
			continue; /* for editors */
		if (!is_known && !open && !s->required && !s->optional)
			bind_error(b, n, "unknown attribute '%s' of <%s> (it takes none)",
				   attr->name, n->name);
		else if (!is_known && !open)
			bind_error(b, n, "unknown attribute '%s' of <%s>%s", attr->name, n->name,
				   bind_hint(b->a, attr->name, joined(b->a, lists, 2), "known"));
		else if (is_known && is_blank(attr->value) && !listed(attr->name, s->blank))
			bind_error(b, n, "attribute '%s' of <%s> is empty", attr->name, n->name);
	}
	while (next_word(b->a, &list, &word))
		if (!xml_attr(n, word))
			bind_error(b, n, "<%s> has no attribute '%s'", n->name, word);
}

static void check_children(const struct bind *b, const struct xml_node *n, const struct shape *s)
{
	const char *lists[] = { s->one, s->maybe, s->some, s->many };
	bool any = s->one || s->maybe || s->some || s->many;
	const char *needed = NULL, *word;

	if (s->one || s->some)
		needed = joined(b->a, (const char *const[]){ s->one, s->some }, 2);

	for (const struct xml_node *c = n->children; c; c = c->next) {
		const struct xml_node *first = bind_child(n, c->name);

		if (!any)
			bind_error(b, c, "unknown element <%s> in <%s> (it takes none)", c->name,
				   n->name);
		else if (!in_one(c->name, lists, 4))
			bind_error(b, c, "unknown element <%s> in <%s>%s", c->name, n->name,
				   bind_hint(b->a, c->name, joined(b->a, lists, 4), "known"));
		else if (strcmp(c->ns, n->ns) != 0)
			bind_error(b, c, "<%s> is in namespace '%s'; expected '%s'", c->name, c->ns,
				   n->ns);
		else if (c != first && in_one(c->name, lists, 2))
			bind_error(b, c, "second <%s> in <%s>; the first is in line %d", c->name,
				   n->name, first->line);
	}
	while (next_word(b->a, &needed, &word)) {
		if (bind_child(n, word))
			continue;
		if (strcmp(n->name, "rule") == 0 && strcmp(word, "example") == 0)
			bind_error(
				b, n,
				"rule '%s': no <example>; every rule needs examples on and around "
				"its boundary",
				xml_attr(n, "id") ? xml_attr(n, "id") : "?");
		else
			bind_error(b, n, "<%s> has no <%s>", n->name, word);
	}
}

static void check_text(const struct bind *b, const struct xml_node *n, const struct shape *s)
{
	const char *text = is_blank(n->text) ? "" : xml_text(b->a, n);

	if (s->text == TEXT_NONE && *text)
		bind_error(b, n, "text '%.*s' in <%s> is not allowed; it holds %s",
			   (int)strcspn(text, " "), text, n->name,
			   s->one || s->maybe || s->some || s->many ? "elements only" : "nothing");
	if (s->text == TEXT_SOME && !*text)
		bind_error(b, n, "<%s> is empty; text expected", n->name);
}

/* xml.c refuses deep documents, so recursion is safe. */
static void check_tree(const struct bind *b, const struct xml_node *n, const struct shape *shapes)
{
	const struct shape *s = shape_of(shapes, n->name);

	if (!s)
		return; /* reported where it hangs */
	check_attrs(b, n, s);
	check_children(b, n, s);
	check_text(b, n, s);
	for (const struct xml_node *c = n->children; c; c = c->next) {
		const char *lists[] = { s->one, s->maybe, s->some, s->many };

		if (in_one(c->name, lists, 4))
			check_tree(b, c, shapes);
	}
}

/* Children that were reported as unknown would only be in the loaders' way. */
static void prune(struct xml_node *n, const struct shape *shapes)
{
	const struct shape *s = shape_of(shapes, n->name);
	struct xml_node **at = &n->children;

	while (*at) {
		const char *name = (*at)->name;

		if (listed(name, s->one) || listed(name, s->maybe) || listed(name, s->some) ||
		    listed(name, s->many)) {
			prune(*at, shapes);
			at = &(*at)->next;
		} else {
			*at = (*at)->next;
		}
	}
}

struct xml_node *bind_open(struct bind *b, const struct format *f, const char *path, struct hash *h)
{
	struct xml_node *root;
	struct err e = ERR_INIT;
	size_t len, skip = strlen(path);
	char *text;

	b->file = path;
	b->first = b->d->count;
	b->errors = b->d->errors;
	if (read_file(path, FILE_LIMIT, &text, &len, &e) != ST_OK) {
		bool named = str_starts(e.text, path) && str_starts(e.text + skip, ": ");

		diag_error(b->d, path, 0, "%s", named ? e.text + skip + 2 : e.text);
		return NULL;
	}
	if (h)
		hash_add(h, text, len);
	root = xml_parse_doc(b->a, text, len, path, &b->doc, b->d);
	free(text);
	if (!root)
		return NULL;
	if (strcmp(root->name, f->shapes[0].name) != 0 || strcmp(root->ns, f->ns) != 0) {
		bind_error(b, root, "<%s xmlns=\"%s\"> found; expected <%s xmlns=\"%s\">",
			   root->name, root->ns, f->shapes[0].name, f->ns);
		return NULL;
	}
	check_tree(b, root, f->shapes);
	prune(root, f->shapes);
	return root;
}

/* Stable: reports on one line stay in the order found. */
static void sort_by_line(struct diag *items, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct diag moved = items[i];
		size_t at = i;

		for (; at > 0 && items[at - 1].line > moved.line; at--)
			items[at] = items[at - 1];
		items[at] = moved;
	}
}

void bind_end(struct bind *b)
{
	xml_schema_free(b->schema);
	b->schema = NULL;
}

void bind_close(struct bind *b, const struct format *f, const char *schema_dir)
{
	if (b->doc && b->d->errors == b->errors && schema_dir)
		xml_validate(b->doc, b->file, arena_printf(b->a, "%s/%s", schema_dir, f->xsd), &b->schema,
			     b->d);
	xml_doc_free(b->doc);
	b->doc = NULL;
	if (!b->many)
		bind_end(b);
	if (b->d->count > b->first)
		sort_by_line(b->d->items + b->first, b->d->count - b->first);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void close_dir(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

const char **bind_files(struct arena *a, const char *dir, const char *skip, struct diags *d,
			int *ret_n)
{
	CLEANUP(close_dir) DIR *handle = opendir(dir);
	const char **names = NULL;
	size_t n = 0, cap = 0;

	*ret_n = 0;
	if (!handle) {
		diag_error(d, dir, 0, "cannot open this folder: %s", strerror(errno));
		return NULL;
	}
	for (struct dirent *entry = readdir(handle); entry; entry = readdir(handle)) {
		const char *name = entry->d_name;

		if (name[0] != '.' && str_ends(name, ".xml") && !listed(name, skip))
			*ARENA_PUSH(a, names, n, cap) = arena_strdup(a, name);
	}
	if (!n) {
		diag_error(d, dir, 0, "no .xml files here; 'rasoat init' puts them there");
		return NULL;
	}
	qsort(names, n, sizeof(*names), by_name);
	for (size_t i = 0; i < n; i++)
		names[i] = arena_printf(a, "%s/%s", dir, names[i]);
	*ret_n = (int)n;
	return names;
}
