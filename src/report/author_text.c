/* The paragraphs that authors write for the places a template leaves them. */
#include <rasoat/form.h>

#include <rasoat/arena.h>
#include <rasoat/outfile.h>
#include <rasoat/text.h>

#include "form_int.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_MOST = 1 << 20 }; /* bytes of a file of paragraphs */

struct section {
	const char *name;
	int line;
	const char **paragraphs;
	int n, cap;
};

struct author_text {
	const char *path;
	struct section *sections;
	int n, cap;
};

static struct section *find(const struct author_text *t, const char *name)
{
	for (int i = 0; i < t->n; i++)
		if (str_eq(t->sections[i].name, name))
			return &t->sections[i];
	return NULL;
}

/* Lines that follow each other are one paragraph. */
static void end_paragraph(struct arena *a, struct author_text *t, struct str *text)
{
	struct section *s = t->n ? &t->sections[t->n - 1] : NULL;

	if (s && text->len)
		*ARENA_PUSH(a, s->paragraphs, s->n, s->cap) = arena_strdup(a, text->p);
	str_clear(text);
}

static enum status begin_section(struct arena *a, struct author_text *t, const char *name, int line, struct err *e)
{
	const struct section *first = find(t, name);

	if (first)
		return err_set(e, "%s:%d: second section [%s]; the first is in line %d", t->path, line, name, first->line);
	*ARENA_PUSH(a, t->sections, t->n, t->cap) = (struct section){ .name = name, .line = line };
	return ST_OK;
}

static enum status take_line(struct arena *a, struct author_text *t, const char *s, int line, struct str *text, struct err *e)
{
	size_t n = strlen(s);

	if (n > 2 && s[0] == '[' && s[n - 1] == ']') {
		end_paragraph(a, t, text);
		return begin_section(a, t, arena_strndup(a, s + 1, n - 2), line, e);
	}
	if (!n) {
		end_paragraph(a, t, text);
		return ST_OK;
	}
	if (!t->n)
		return err_set(e, "%s:%d: text before the first section; begin with a line as [name]", t->path, line);
	str_addf(text, "%s%s", text->len ? " " : "", s);
	return ST_OK;
}

enum status author_text_read(struct arena *a, const char *path, struct author_text **ret, struct err *e)
{
	CLEANUP(str_free) struct str composed = STR_INIT, text = STR_INIT;
	struct author_text *t = ARENA_NEW(a, struct author_text);
	const char *all, *end;
	char *bytes = NULL;
	size_t len, bad;
	enum status st = ST_OK;
	int line = 1;

	*t = (struct author_text){ .path = arena_strdup(a, path) };
	if (read_file(path, TEXT_MOST, &bytes, &len, e) != ST_OK)
		return ST_ERR;
	bad = text_invalid_at(bytes, len);
	if (bad == len)
		bad = strlen(bytes);
	if (bad < len)
		st = err_set(e, "%s: not UTF-8 text from byte %zu on; save it as UTF-8", path, bad + 1);
	else
		text_nfc(bytes, len, &composed);
	free(bytes);
	if (st != ST_OK)
		return st;
	all = composed.p;
	if (all && str_starts(all, "\xEF\xBB\xBF"))
		all += 3;
	for (; all && *all; all = *end ? end + 1 : end, line++) {
		size_t n, skip = strspn(all, " \t");

		end = all + strcspn(all, "\n");
		n = skip < (size_t)(end - all) ? (size_t)(end - all) - skip : 0;
		while (n && strchr(" \t\r", all[skip + n - 1]))
			n--;
		if (take_line(a, t, arena_strndup(a, all + skip, n), line, &text, e) != ST_OK)
			return ST_ERR;
	}
	end_paragraph(a, t, &text);
	*ret = t;
	return ST_OK;
}

enum status author_text_check(const struct author_text *text, const struct template *t, struct err *e)
{
	CLEANUP(str_free) struct str known = STR_INIT;

	for (int i = 0; i < t->n_parts; i++)
		if (t->parts[i].kind == PART_AUTHOR)
			str_addf(&known, "%s%s", known.len ? ", " : "", t->parts[i].name);
	for (int i = 0; i < text->n; i++) {
		bool found = false;

		for (int k = 0; k < t->n_parts && !found; k++)
			found = t->parts[k].kind == PART_AUTHOR && str_eq(t->parts[k].name, text->sections[i].name);
		if (!found)
			return err_set(e, "%s:%d: report %s has no place for [%s]%s%s%s", text->path, text->sections[i].line,
				       t->id, text->sections[i].name, known.len ? " (known: " : "", known.len ? known.p : "",
				       known.len ? ")" : "");
	}
	return ST_OK;
}

const char *author_text_paragraph(const struct author_text *text, const char *name, int i)
{
	const struct section *s = text ? find(text, name) : NULL;

	return s && i < s->n ? s->paragraphs[i] : NULL;
}
