#include "bind.h"

#include <errno.h>
#include <limits.h>
#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <rasoat/template.h>
#include <stdlib.h>
#include <string.h>

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Edits (insert, delete, replace, swap of neighbours) from a to b, over bytes. */
static size_t distance(struct arena *a, const char *s, const char *t)
{
	size_t m = strlen(s), n = strlen(t), w = n + 1;
	size_t *d = ARENA_ARRAY(a, (m + 1) * w, size_t);

	for (size_t i = 0; i <= m; i++)
		d[i * w] = i;
	for (size_t j = 0; j <= n; j++)
		d[j] = j;
	for (size_t i = 1; i <= m; i++) {
		for (size_t j = 1; j <= n; j++) {
			size_t best = d[(i - 1) * w + j - 1] + (s[i - 1] != t[j - 1]);

			best = least(best, least(d[(i - 1) * w + j], d[i * w + j - 1]) + 1);
			if (i > 1 && j > 1 && s[i - 1] == t[j - 2] && s[i - 2] == t[j - 1])
				best = least(best, d[(i - 2) * w + j - 2] + 1);
			d[i * w + j] = best;
		}
	}
	return d[m * w + n];
}

/* "closed" for "closed_on" is more than a slip of the finger, but plain. */
static const char *begun_by(struct arena *a, const char *word, const char *words)
{
	size_t len = strlen(word);

	for (const char *p = words + strspn(words, " "); len >= 3 && *p; p += strspn(p, " ")) {
		size_t n = strcspn(p, " ");

		if (n > len && memcmp(p, word, len) == 0)
			return arena_strndup(a, p, n);
		p += n;
	}
	return NULL;
}

const char *bind_nearest(struct arena *a, const char *word, const char *words)
{
	size_t len = strlen(word), limit = len < 4 ? 1 : len < 8 ? 2 : 3;
	size_t least_far = limit + 1;
	const char *found = NULL;

	if (len > 64)
		return NULL;
	for (const char *p = words + strspn(words, " "); *p; p += strspn(p, " ")) {
		size_t n = strcspn(p, " ");
		const char *known = arena_strndup(a, p, n);
		size_t far = distance(a, word, known);

		/* A word of which nothing is left is not near. */
		if (far < least_far && far < n && far < len) {
			found = known;
			least_far = far;
		}
		p += n;
	}
	return found ? found : begun_by(a, word, words);
}

const char *bind_join(struct arena *a, const char *words, const char *prefix)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	for (const char *p = words + strspn(words, " "); *p; p += strspn(p, " ")) {
		size_t n = strcspn(p, " ");

		str_addf(&out, "%s%s%.*s", out.len ? ", " : "", prefix, (int)n, p);
		p += n;
	}
	return arena_strndup(a, out.p, out.len);
}

const char *bind_hint(struct arena *a, const char *word, const char *words, const char *what)
{
	const char *near = bind_nearest(a, word, words);
	const char *list = bind_join(a, words, "");

	if (near)
		return arena_printf(a, "; did you mean '%s'? (%s: %s)", near, what, list);
	return arena_printf(a, " (%s: %s)", what, list);
}

const char *bind_text(const struct bind *b, const struct xml_node *parent, const char *child)
{
	const struct xml_node *n = bind_child(parent, child);

	return n ? xml_text(b->a, n) : NULL;
}

int bind_word(const struct bind *b, const struct xml_node *n, const char *attr, const char *words,
	      int dflt)
{
	const char *value = n ? xml_attr(n, attr) : NULL;
	int i = 0;

	if (!value || !*value)
		return dflt;
	for (const char *p = words; *p; p += strspn(p, " "), i++) {
		size_t len = strcspn(p, " ");

		if (strlen(value) == len && memcmp(p, value, len) == 0)
			return i;
		p += len;
	}
	bind_error(b, n, "attribute '%s' of <%s> is '%s'%s", attr, n->name, value,
		   bind_hint(b->a, value, words, "allowed"));
	return dflt;
}

bool bind_yes(const struct bind *b, const struct xml_node *n, const char *attr, bool dflt)
{
	return bind_word(b, n, attr, "no yes", dflt) == 1;
}

int bind_int(const struct bind *b, const struct xml_node *n, const char *attr, int min, int max,
	     int dflt)
{
	const char *value = n ? xml_attr(n, attr) : NULL;
	size_t len = value ? strlen(value) : 0;
	long number;

	if (!len)
		return dflt;
	number = strtol(value, NULL, 10);
	if (len > 9 || strspn(value, "0123456789") != len || number < min || number > max) {
		bind_error(b, n,
			   "attribute '%s' of <%s> is '%s'; expected a whole number from %d to %d",
			   attr, n->name, value, min, max);
		return dflt;
	}
	return (int)number;
}

double bind_width(const struct bind *b, const struct xml_node *n, const char *attr)
{
	const char *value = xml_attr(n, attr);
	size_t whole = value ? strspn(value, "0123456789") : 0;
	size_t part =
		value && value[whole] == '.' ? strspn(value + whole + 1, "0123456789") + 1 : 0;
	int mm, tenths;

	if (!value || !*value)
		return 0;
	/* By hand: strtod would follow the locale. */
	mm = whole && whole <= 3 ? (int)strtol(value, NULL, 10) : 0;
	tenths = part == 2 ? value[whole + 1] - '0' : 0;
	if (!mm || value[whole + part] || part == 1 || part > 2) {
		bind_error(b, n,
			   "attribute '%s' of <%s> is '%s'; expected millimetres from 1 to 999.9",
			   attr, n->name, value);
		return 0;
	}
	return mm + tenths / 10.0;
}

day_t bind_day(const struct bind *b, const struct xml_node *n, const char *attr)
{
	const char *value = n ? xml_attr(n, attr) : NULL;
	day_t day = DAY_NONE;

	if (!value || !*value)
		return DAY_NONE;
	if (!date_parse_iso(value, strlen(value), &day))
		bind_error(b, n, "attribute '%s' of <%s> is '%s'; expected a date as YYYY-MM-DD",
			   attr, n->name, value);
	return day;
}

void bind_range(const struct bind *b, const struct xml_node *n, day_t *from, day_t *to)
{
	*from = bind_day(b, n, "from");
	*to = bind_day(b, n, "to");
	if (*from != DAY_NONE && *to != DAY_NONE && *from > *to)
		bind_error(b, n, "<%s> ends on %s, before it starts on %s", n->name,
			   xml_attr(n, "to"), xml_attr(n, "from"));
}

const char *bind_name(const struct bind *b, const struct xml_node *n, const char *attr)
{
	const char *value = xml_attr(n, attr);

	if (!value || !*value)
		return "";
	if (value[0] < 'a' || value[0] > 'z' ||
	    value[strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789_")] != '\0')
		bind_error(
			b, n,
			"attribute '%s' of <%s> is '%s'; expected small letters a-z, digits and _, "
			"a letter first",
			attr, n->name, value);
	return value;
}

struct basis *bind_bases(const struct bind *b, const struct xml_node *n, int *ret_n)
{
	int count = bind_count(n, "basis"), i = 0;
	struct basis *bases = ARENA_ARRAY(b->a, (size_t)count + 1, struct basis);

	for (const struct xml_node *c = bind_child(n, "basis"); c; c = bind_next(c, "basis"), i++) {
		bases[i].document = xml_attr(c, "document") ? xml_attr(c, "document") : "";
		bases[i].date = bind_day(b, c, "date") == DAY_NONE ? NULL : xml_attr(c, "date");
		bases[i].clause = xml_attr(c, "clause");
		bases[i].mark = (enum mark)bind_word(b, c, "mark", "verified inference memory",
						     MARK_VERIFIED);
	}
	*ret_n = count;
	return bases;
}

void bind_placeholders(const struct bind *b, const struct xml_node *n, const char *where,
		       const char *text, const char *names,
		       bool (*known)(const void *data, const char *name), const void *data)
{
	for (const char *p = text + strcspn(text, "{}"); *p; p += strcspn(p, "{}")) {
		size_t len = *p == '{' ? strcspn(p + 1, "{}") : 0;
		const char *name = arena_strndup(b->a, p + (*p == '{'), len);

		if (*p == '}') {
			bind_error(b, n, "%s: '}' without '{'", where);
			return;
		}
		if (p[1 + len] != '}') {
			bind_error(b, n, "%s: '{' without '}'", where);
			return;
		}
		if (!known(data, name))
			bind_error(b, n, "%s: unknown placeholder '{%s}'%s", where, name,
				   bind_hint(b->a, name, names, "known"));
		p += len + 2;
	}
}

struct formula_term *bind_formula(const struct bind *b, const struct xml_node *n, const char *attr,
				  int *ret_n)
{
	const char *value = xml_attr(n, attr), *p = value;
	struct formula_term *terms = NULL;
	size_t count = 0, cap = 0;

	*ret_n = 0;
	if (!value || !*value)
		return NULL;
	p += strspn(p, " ");
	for (int sign = 1; sign != 0;) {
		size_t digits;

		if (*p == '+' || *p == '-')
			sign = *p++ == '-' ? -1 : 1;
		else if (count)
			break;
		p += strspn(p, " ");
		digits = strspn(p, "0123456789");
		if (!digits || digits > 4)
			break;
		*ARENA_PUSH(b->a, terms, count, cap) =
			(struct formula_term){ sign, (int)strtol(p, NULL, 10) };
		p += digits;
		p += strspn(p, " ");
		if (!*p) {
			*ret_n = (int)count;
			return terms;
		}
	}
	bind_error(b, n,
		   "attribute '%s' of <%s> is '%s'; expected column numbers with + or - between",
		   attr, n->name, value);
	return NULL;
}
