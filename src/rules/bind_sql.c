#include "bind.h"

#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <string.h>

struct scan {
	const struct bind *b;
	const struct xml_node *n;
	const char *what; /* "<where>" or "'where' of <column>" */
	struct sql_params *params;
	struct str out;
	bool in_attr;
	bool bad;
};

static void complain(struct scan *s, const char *text)
{
	bind_error(s->b, s->n, "SQL in %s: %s", s->what, text);
	s->bad = true;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Past identifier, number or keyword; '$' may stand inside. */
static size_t word_length(const char *p)
{
	size_t n = 0;

	while (is_letter(p[n]) || is_digit(p[n]) || (n && p[n] == '$'))
		n++;
	return n;
}

/* Past a quoted piece; a doubled quote is two pieces, which is as good. NULL when not closed. */
static const char *quoted(struct scan *s, const char *p)
{
	char close = *p == '[' ? ']' : *p;
	const char *end = strchr(p + 1, close);

	if (!end) {
		complain(s, arena_printf(s->b->a, "quote %c is not closed", *p));
		return NULL;
	}
	str_addn(&s->out, p, (size_t)(end - p) + 1);
	return end + 1;
}

/* In an attribute XML makes one line of all: the comment would hide what follows. */
static const char *line_comment(struct scan *s, const char *p)
{
	if (s->in_attr) {
		complain(s, "a -- comment in an attribute hides the rest of it; use /* */");
		return NULL;
	}
	str_addc(&s->out, ' ');
	return p + strcspn(p, "\n");
}

static const char *block_comment(struct scan *s, const char *p)
{
	const char *end = strstr(p + 2, "*/");

	if (!end) {
		complain(s, "comment /* is not closed");
		return NULL;
	}
	str_addc(&s->out, ' ');
	return end + 2;
}

/* A parameter nobody binds would read as NULL. */
static const char *parameter(struct scan *s, const char *p)
{
	size_t n = 1 + word_length(p + 1);
	const char *name = arena_strndup(s->b->a, p + 1, n - 1), *near;
	int i = 0;

	str_addn(&s->out, p, n);
	if (*p == ':' && p[1] == ':') {
		complain(s, "'::' is not in the common SQL; write CAST(x AS type)");
		return NULL;
	}
	if (*p != ':' || n == 1) {
		complain(s,
			 arena_printf(
				 s->b->a,
				 "'%.*s' is not allowed; parameters are written :name (known: %s)",
				 (int)n, p, bind_join(s->b->a, s->params->names, ":")));
		return p + n;
	}
	for (const char *w = s->params->names; *w; w += strspn(w, " "), i++) {
		size_t len = strcspn(w, " ");

		if (len == n - 1 && memcmp(w, name, len) == 0) {
			s->params->used |= i < 64 ? (uint64_t)1 << i : 0;
			return p + n;
		}
		w += len;
	}
	near = bind_nearest(s->b->a, name, s->params->names);
	complain(s, arena_printf(s->b->a, "unknown parameter ':%s'%s%s%s (known: %s)", name,
				 near ? "; did you mean ':" : "", near ? near : "",
				 near ? "'?" : "", bind_join(s->b->a, s->params->names, ":")));
	return p + n;
}

/* Past the piece at p, which is copied without comments; NULL = no use to go on. */
static const char *piece(struct scan *s, const char *p, int *depth)
{
	size_t word = word_length(p);

	if (word) {
		str_addn(&s->out, p, word);
		return p + word;
	}
	if (strchr("'\"`[", *p))
		return quoted(s, p);
	if (p[0] == '-' && p[1] == '-')
		return line_comment(s, p);
	if (p[0] == '/' && p[1] == '*')
		return block_comment(s, p);
	if (strchr(":?@$", *p))
		return parameter(s, p);
	if (*p == ';') {
		complain(s, "';' is not allowed; write one expression");
		return NULL;
	}
	*depth += (*p == '(') - (*p == ')');
	if (*depth < 0) {
		complain(s, "')' without '('");
		return NULL;
	}
	str_addc(&s->out, *p);
	return p + 1;
}

static const char *scan_sql(struct scan *s, const char *sql)
{
	const char *p = sql, *start;
	int depth = 0;

	while (p && *p)
		p = piece(s, p, &depth);
	if (p && depth > 0)
		complain(s, "'(' without ')'");
	start = s->out.p + strspn(s->out.p, " \t\r\n");
	if (!s->bad && !*start)
		complain(s, "nothing but comments; an expression is expected");
	while (s->out.len && strchr(" \t\r\n", s->out.p[s->out.len - 1]))
		s->out.p[--s->out.len] = '\0';
	return s->bad ? NULL : arena_strdup(s->b->a, start);
}

static const char *check_sql(const struct bind *b, const struct xml_node *n, const char *what,
			     const char *sql, bool in_attr, struct sql_params *params)
{
	struct scan s = { b, n, what, params, STR_INIT, in_attr, false };
	const char *clean = scan_sql(&s, sql);

	str_free(&s.out);
	return clean;
}

const char *bind_sql(const struct bind *b, const struct xml_node *n, struct sql_params *params)
{
	const char *sql = n ? xml_sql(b->a, n) : "";

	if (!*sql)
		return NULL; /* the shape says whether it had to be there */
	return check_sql(b, n, arena_printf(b->a, "<%s>", n->name), sql, false, params);
}

const char *bind_sql_attr(const struct bind *b, const struct xml_node *n, const char *attr,
			  struct sql_params *params)
{
	const char *sql = xml_attr(n, attr);

	if (!sql || !*sql)
		return NULL;
	return check_sql(b, n, arena_printf(b->a, "'%s' of <%s>", attr, n->name), sql, true,
			 params);
}
