/*
 * The common SQL as PostgreSQL reads it. A scanner, not a parser: strings and quoted names pass
 * untouched, comments become blanks, a few words and signs change.
 */
#include "postgresql_parts.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define MAX_DEPTH 200

struct scan {
	const struct pg_context *ctx;
	struct pg_sql *out;
	const char *p;
	int depth;
	bool ordering[MAX_DEPTH]; /* inside the list of an ORDER BY at this depth, */
	bool descends[MAX_DEPTH], says_nulls[MAX_DEPTH], has_item[MAX_DEPTH];
	bool after_order; /* the word before was ORDER */
	bool ended;       /* a semicolon was read */
	bool begun;
	struct err *e;
};

static bool is_word_start(char c)
{
	return isalpha((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_word(char c)
{
	return is_word_start(c) || isdigit((unsigned char)c) || c == '$';
}

static size_t word_length(const char *p)
{
	size_t n = 0;

	if (is_word_start(*p))
		while (is_word(p[n]))
			n++;
	return n;
}

static bool same_word(const char *p, size_t n, const char *word)
{
	return strlen(word) == n && strncasecmp(p, word, n) == 0;
}

static bool any_word(const char *p, size_t n, const char *list)
{
	while (*list) {
		size_t len = strcspn(list, " ");

		if (len == n && strncasecmp(p, list, n) == 0)
			return true;
		list += len + (list[len] == ' ');
	}
	return false;
}

/* Past a comment at `p`, or `p`. Block comments do not nest, as in SQLite. */
static const char *skip_comment(const char *p)
{
	const char *end;

	if (p[0] == '-' && p[1] == '-')
		return p + strcspn(p, "\n");
	if (p[0] != '/' || p[1] != '*')
		return p;
	end = strstr(p + 2, "*/");
	return end ? end + 2 : p + strlen(p);
}

static const char *skip_blanks(const char *p)
{
	for (;;) {
		const char *next = skip_comment(p);

		if (next == p && !isspace((unsigned char)*p))
			return p;
		p = next == p ? p + 1 : next;
	}
}

/* ---- ORDER BY ---- */

static void begin_order(struct scan *s)
{
	s->ordering[s->depth] = true;
	s->descends[s->depth] = s->says_nulls[s->depth] = s->has_item[s->depth] = false;
}

/* SQLite takes NULL for the smallest value, PostgreSQL for the greatest. */
static void end_item(struct scan *s, bool more)
{
	int d = s->depth;

	if (!s->ordering[d])
		return;
	if (s->has_item[d] && !s->says_nulls[d])
		str_add(&s->out->text, s->descends[d] ? " NULLS LAST " : " NULLS FIRST ");
	if (more)
		begin_order(s);
	else
		s->ordering[d] = false;
}

/* ---- parameters ---- */

static int add_param(struct pg_sql *out, const char *name, size_t n)
{
	str_addn(&out->names, name, n);
	str_addn(&out->names, "", 1);
	return ++out->n_params;
}

const char *pg_sql_name(const struct pg_sql *q, int index)
{
	const char *p = q->names.p;

	if (index < 1 || index > q->n_params)
		return NULL;
	while (--index)
		p += strlen(p) + 1;
	return *p ? p : NULL;
}

static void named_param(struct scan *s)
{
	size_t n = 1 + word_length(s->p + 1);
	int index = 0;

	for (int i = 1; i <= s->out->n_params && !index; i++) {
		const char *name = pg_sql_name(s->out, i);

		if (name && strlen(name) == n && strncmp(name, s->p, n) == 0)
			index = i;
	}
	if (!index)
		index = add_param(s->out, s->p, n);
	str_addf(&s->out->text, "$%d", index);
	s->p += n;
}

static void numbered_param(struct scan *s)
{
	int index = 0;

	s->p++;
	while (isdigit((unsigned char)*s->p) && index < 1000)
		index = index * 10 + (*s->p++ - '0');
	if (!index)
		index = s->out->n_params + 1;
	while (s->out->n_params < index)
		add_param(s->out, "", 0);
	str_addf(&s->out->text, "$%d", index);
}

/* ---- words ---- */

/* "a IS b" compares with NULL in mind; before NULL, TRUE … it is PostgreSQL's own IS. */
static void is_word_is(struct scan *s)
{
	const char *next = skip_blanks(s->p + 2), *after = next;
	size_t n = word_length(next);
	bool negated = same_word(next, n, "NOT");

	if (negated) {
		after = skip_blanks(next + n);
		n = word_length(after);
	}
	if (any_word(after, n, "NULL TRUE FALSE UNKNOWN DISTINCT")) {
		str_add(&s->out->text, "IS");
		s->p += 2;
		return;
	}
	str_add(&s->out->text, negated ? "IS DISTINCT FROM " : "IS NOT DISTINCT FROM ");
	s->p = after;
}

/* main.x, temp.x, alias.x */
static bool schema_word(struct scan *s, size_t n)
{
	const struct pg_context *c = s->ctx;
	const char *schema = NULL;

	if (s->p[n] != '.')
		return false;
	if (same_word(s->p, n, "main"))
		schema = c->main;
	else if (same_word(s->p, n, "temp"))
		schema = "pg_temp";
	else if (c->alias && same_word(s->p, n, c->alias))
		schema = c->alias_schema;
	if (!schema)
		return false;
	str_add(&s->out->text, schema);
	s->p += n;
	return true;
}

static bool as_of_word(struct scan *s, size_t n)
{
	const char *open, *close;

	const char *day = same_word(s->p, n, "as_of") ? s->ctx->as_of :
			  same_word(s->p, n, "facts_on") ? s->ctx->facts_on : NULL;

	if (!day)
		return false;
	open = skip_blanks(s->p + n);
	close = *open == '(' ? skip_blanks(open + 1) : open;
	if (*close != ')' || close == open)
		return false;
	str_addf(&s->out->text, "text '%s'", day);
	s->p = close + 1;
	return true;
}

/* Whether the word is a table that has classified columns. */
static bool is_classified(const char *p, size_t n)
{
	int count;
	const struct table *tables = schema_tables(&count);

	for (int i = 0; i < count; i++)
		if (same_word(p, n, tables[i].name))
			return schema_has_classified(&tables[i]);
	return false;
}

static void first_word(struct scan *s, size_t n)
{
	if (any_word(s->p, n, "SELECT WITH VALUES"))
		s->out->verb = PG_QUERY;
	else if (any_word(s->p, n, "INSERT"))
		s->out->verb = PG_INSERT;
	else if (any_word(s->p, n, "UPDATE DELETE"))
		s->out->verb = PG_CHANGE;
}

static void order_words(struct scan *s, size_t n)
{
	int d = s->depth;

	if (s->after_order && same_word(s->p, n, "BY")) {
		begin_order(s);
		s->after_order = false;
		return;
	}
	s->after_order = same_word(s->p, n, "ORDER");
	if (!s->ordering[d])
		return;
	if (any_word(s->p, n, "LIMIT OFFSET FETCH ROWS RANGE GROUPS UNION INTERSECT EXCEPT"))
		end_item(s, false);
	else if (same_word(s->p, n, "DESC"))
		s->descends[d] = true;
	else if (same_word(s->p, n, "NULLS"))
		s->says_nulls[d] = true;
	else
		s->has_item[d] = true;
}

static enum status word(struct scan *s)
{
	size_t n = word_length(s->p);
	const char *next;

	if (any_word(s->p, n, "LIKE GLOB REGEXP"))
		return err_set(s->e, "%.*s means another thing on each engine; use matches(text, pattern)",
			       (int)n, s->p);
	order_words(s, n);
	if (same_word(s->p, n, "IS")) {
		is_word_is(s);
		return ST_OK;
	}
	if (same_word(s->p, n, "WITHOUT")) {
		next = skip_blanks(s->p + n);
		if (same_word(next, word_length(next), "ROWID")) {
			s->p = next + strlen("ROWID");
			return ST_OK;
		}
	}
	if (schema_word(s, n) || as_of_word(s, n))
		return ST_OK;
	str_addn(&s->out->text, s->p, n);
	if (s->ctx->cleared && is_classified(s->p, n))
		str_add(&s->out->text, PG_CLEARED);
	s->p += n;
	return ST_OK;
}

/* 'text' and "name", with the quote doubled inside. */
static enum status quoted(struct scan *s)
{
	const char quote = *s->p;
	const char *end = s->p + 1;

	while (*end && (*end != quote || end[1] == quote))
		end += *end == quote ? 2 : 1;
	if (!*end)
		return err_set(s->e, "a text or name has no closing %c", quote);
	str_addn(&s->out->text, s->p, (size_t)(end + 1 - s->p));
	s->p = end + 1;
	return ST_OK;
}

static enum status sign(struct scan *s)
{
	switch (*s->p) {
	case '(':
		if (++s->depth == MAX_DEPTH)
			return err_set(s->e, "brackets nest deeper than %d", MAX_DEPTH);
		s->ordering[s->depth] = false;
		break;
	case ')':
		end_item(s, false);
		s->depth -= s->depth > 0;
		break;
	case ',':
		end_item(s, true);
		break;
	case ';':
		end_item(s, false);
		s->ended = true;
		break;
	case '=':
		s->p += s->p[1] == '=';
		break;
	case '`':
	case '[':
	case '$':
	case '@':
		return err_set(s->e, "'%c' is no sign of the common SQL", *s->p);
	default:
		break;
	}
	str_addc(&s->out->text, *s->p++);
	return ST_OK;
}

static enum status token(struct scan *s)
{
	if (*s->p != ';') {
		s->out->many |= s->ended;
		s->ended = false;
	}
	if (!s->begun && *s->p != ';' && *s->p != '(') {
		first_word(s, word_length(s->p));
		s->begun = true;
	}
	if (is_word_start(*s->p))
		return word(s);
	s->after_order = false;
	if (!strchr("),;", *s->p))
		s->has_item[s->depth] = true;
	if (*s->p == '\'' || *s->p == '"')
		return quoted(s);
	if (isdigit((unsigned char)*s->p)) {
		while (is_word(*s->p) || *s->p == '.')
			str_addc(&s->out->text, *s->p++);
		return ST_OK;
	}
	if (s->p[0] == ':' && s->p[1] == ':') {
		str_add(&s->out->text, "::");
		s->p += 2;
		return ST_OK;
	}
	if (*s->p == ':' && is_word_start(s->p[1])) {
		named_param(s);
		return ST_OK;
	}
	if (*s->p == '?') {
		numbered_param(s);
		return ST_OK;
	}
	return sign(s);
}

enum status pg_translate(const char *sql, const struct pg_context *ctx, struct pg_sql *ret,
			 struct err *e)
{
	struct scan s = { .ctx = ctx, .out = ret, .p = sql, .e = e };

	*ret = (struct pg_sql){ .text = STR_INIT, .names = STR_INIT, .verb = PG_OTHER };
	for (;;) {
		const char *next = skip_blanks(s.p);

		if (next != s.p && ret->text.len)
			str_addc(&ret->text, memchr(s.p, '\n', (size_t)(next - s.p)) ? '\n' : ' ');
		s.p = next;
		if (!*s.p)
			break;
		if (token(&s) != ST_OK) {
			pg_sql_free(ret);
			return ST_ERR;
		}
	}
	end_item(&s, false);
	ret->empty = !s.begun;
	return ST_OK;
}

void pg_sql_free(struct pg_sql *q)
{
	str_free(&q->text);
	str_free(&q->names);
}
