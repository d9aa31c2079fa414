/* The header of an extract: which columns there are, and where. */
#include "import_parts.h"

#include <rasoat/arena.h>
#include <rasoat/text.h>
#include <string.h>
#include <strings.h>

struct heading {
	const char *path;
	int64_t line;
	const struct csv_row *row;
	struct arena *a;
	struct import_head *head;
};

static void column_names(const struct table *t, struct str *out)
{
	for (int i = 0; i < t->n_columns; i++)
		str_addf(out, "%s%s", i ? ", " : "", t->columns[i].name);
}

/* U+FEFF: files that were put together have their marks in the middle. */
static bool is_mark(const char *p, size_t n)
{
	return n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0;
}

/* Without blanks and marks at the ends. */
static void cut_ends(const char **p, size_t *n)
{
	while (*n && ((unsigned char)**p <= ' ' || is_mark(*p, *n))) {
		size_t step = is_mark(*p, *n) ? 3 : 1;

		*p += step;
		*n -= step;
	}
	while (*n && (unsigned char)(*p)[*n - 1] <= ' ')
		(*n)--;
}

/* A header cell as a name: lower case, without blanks at the ends. */
static const char *header_name(struct arena *a, const struct csv_field *field)
{
	const char *p = field->p;
	size_t n = field->n;
	char *name;

	cut_ends(&p, &n);
	name = arena_strndup(a, p, n);
	for (char *c = name; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c += 'a' - 'A';
	return name;
}

bool head_is_again(const struct import_head *h, const struct csv_row *row)
{
	for (int i = 0; i < h->n_bound; i++) {
		const struct csv_field *field = &row->fields[h->bound[i].field];
		const char *name = h->bound[i].column->name, *p = field->p;
		size_t n = field->n;

		cut_ends(&p, &n);
		if (n != strlen(name) || strncasecmp(p, name, n) != 0)
			return false;
	}
	return true;
}

static enum status read_line(struct csv *c, const char *path, const struct table *t, struct csv_row *row,
			     struct err *e)
{
	CLEANUP(str_free) struct str names = STR_INIT;
	int rc = csv_next(c, row, e);

	if (rc < 0)
		return ST_ERR;
	if (rc == 0) {
		column_names(t, &names);
		return err_set(e, "%s: is empty; the first line must name the columns: %s", path, names.p);
	}
	if (row->defect)
		return err_set(e, "%s:%lld: the header: %s", path, (long long)row->line, row->defect);
	for (int i = 0; i < row->n_fields; i++)
		if (text_invalid_at(row->fields[i].p, row->fields[i].n) < row->fields[i].n)
			return err_set(e, "%s:%lld: the header is not UTF-8; save it as \"CSV UTF-8\" and "
				       "import that", path, (long long)row->line);
	return ST_OK;
}

/* An extract without a header has the first row there: of a table of identities no such name is shown. */
static const char *shown_name(const struct heading *g, const char *name)
{
	const struct table *t = g->head->table;

	return t->classified && !schema_column(t, name) ? "(not shown, identities are classified)" : name;
}

/* "locked_on" with a character that nobody sees would be an unknown column, and every account open. */
static enum status check_name(const struct heading *g, const char *name, struct err *e)
{
	size_t n = strlen(name);
	uint32_t cp;

	for (size_t i = 0; i < n;) {
		i += text_next(name + i, n - i, &cp);
		if (is_hidden(cp))
			return err_set(e, "%s:%lld: the column '%s' holds U+%04X, which nobody sees; remove it",
				       g->path, (long long)g->line, shown_name(g, name), (unsigned)cp);
	}
	return ST_OK;
}

static enum status bind_columns(const struct heading *g, struct err *e)
{
	struct import_head *h = g->head;
	int n = g->row->n_fields, n_unknown = 0;
	const char **names = ARENA_ARRAY(g->a, n, const char *);
	const char **unknown = ARENA_ARRAY(g->a, n + 1, const char *);

	h->n_fields = n;
	h->bound = ARENA_ARRAY(g->a, n, struct bound);
	for (int i = 0; i < n; i++) {
		const struct column *c;

		names[i] = header_name(g->a, &g->row->fields[i]);
		if (check_name(g, names[i], e) != ST_OK)
			return ST_ERR;
		for (int k = 0; k < i; k++)
			if (names[i][0] && strcmp(names[i], names[k]) == 0)
				return err_set(e, "%s:%lld: the column '%s' stands twice in the header",
					       g->path, (long long)g->line, shown_name(g, names[i]));
		c = schema_column(h->table, names[i]);
		if (c)
			h->bound[h->n_bound++] = (struct bound){ c, i };
		else
			unknown[n_unknown++] = shown_name(g, names[i]);
	}
	h->unknown_columns = unknown;
	return ST_OK;
}

/* The place in `bound`, or -1. */
static int find_bound(const struct import_head *h, const struct column *c)
{
	for (int i = 0; i < h->n_bound; i++)
		if (h->bound[i].column == c)
			return i;
	return -1;
}

static enum status check_columns(const struct heading *g, struct err *e)
{
	CLEANUP(str_free) struct str names = STR_INIT;
	struct import_head *h = g->head;
	const struct table *t = h->table;
	const char **missing = ARENA_ARRAY(g->a, t->n_columns + 1, const char *);
	int *keys = ARENA_ARRAY(g->a, t->n_columns, int);
	int n = 0;

	if (h->n_bound == 0) {
		column_names(t, &names);
		return err_set(e, "%s:%lld: no column of '%s' in the header; it must name the columns: %s",
			       g->path, (long long)g->line, t->name, names.p);
	}
	for (int i = 0; i < t->n_columns; i++) {
		const struct column *c = &t->columns[i];
		int place = find_bound(h, c);

		if (place >= 0 && c->key)
			keys[h->n_keys++] = place;
		if (place >= 0)
			continue;
		if (c->key || c->required)
			return err_set(e, "%s:%lld: the header has no column '%s', which every row of '%s' "
				       "must have", g->path, (long long)g->line, c->name, t->name);
		missing[n++] = c->name;
	}
	h->keys = keys;
	h->missing_columns = missing;
	return ST_OK;
}

enum status head_read(struct csv *c, const char *path, const struct table *t, struct arena *a,
		      struct import_head **ret, struct err *e)
{
	struct heading g = { .path = path, .a = a, .head = ARENA_NEW(a, struct import_head) };
	struct csv_row row;

	if (read_line(c, path, t, &row, e) != ST_OK)
		return ST_ERR;
	g.line = row.line;
	g.row = &row;
	g.head->table = t;
	if (bind_columns(&g, e) != ST_OK || check_columns(&g, e) != ST_OK)
		return ST_ERR;
	*ret = g.head;
	return ST_OK;
}

static void add_key_cell(struct str *key, const struct value *v)
{
	if (key->len)
		str_addc(key, '|');
	if (!memchr(v->text, '|', v->len) && !memchr(v->text, '\\', v->len)) {
		str_addn(key, v->text, v->len);
		return;
	}
	for (size_t i = 0; i < v->len; i++) {
		if (v->text[i] == '|' || v->text[i] == '\\')
			str_addc(key, '\\');
		str_addc(key, v->text[i]);
	}
}

void head_key(const struct import_head *h, const struct value *values, struct str *key)
{
	for (int i = 0; i < h->n_keys; i++)
		add_key_cell(key, &values[h->keys[i]]);
}
