#include "sql_parts.h"

#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <ctype.h>
#include <string.h>
#include <strings.h>

/* ---- tokens ---- */

enum token_kind { T_END, T_WORD, T_QUOTED, T_NAME, T_NUMBER, T_PARAM, T_OPEN, T_CLOSE, T_OTHER };

struct token {
	enum token_kind kind;
	const char *p;
	size_t n;
};

static bool is_word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static size_t word_length(const char *p)
{
	size_t n = 0;

	while (is_word_char(p[n]))
		n++;
	return n;
}

static size_t quoted_length(const char *p)
{
	const char close = *p == '[' ? ']' : *p;
	const char *end = p + 1;

	while (*end && (*end != close || end[1] == close))
		end += *end == close ? 2 : 1;
	return (size_t)(end - p) + (*end != '\0');
}

static const char *skip_blanks(const char *p)
{
	for (;;) {
		const char *end;

		p += strspn(p, " \t\r\n");
		if (p[0] == '-' && p[1] == '-') {
			p += strcspn(p, "\n");
		} else if (p[0] == '/' && p[1] == '*') {
			end = strstr(p + 2, "*/");
			p = end ? end + 2 : p + strlen(p);
		} else {
			return p;
		}
	}
}

static struct token token_at(const char *p)
{
	struct token t = { .p = skip_blanks(p), .n = 1 };

	if (!*t.p)
		return (struct token){ T_END, t.p, 0 };
	if (isdigit((unsigned char)*t.p)) {
		t.kind = T_NUMBER;
		while (is_word_char(t.p[t.n]) || t.p[t.n] == '.')
			t.n++;
	} else if (is_word_char(*t.p)) {
		t.kind = T_WORD;
		t.n = word_length(t.p);
	} else if (*t.p == '\'') {
		t.kind = T_QUOTED;
		t.n = quoted_length(t.p);
	} else if (strchr("\"`[", *t.p)) {
		t.kind = T_NAME;
		t.n = quoted_length(t.p);
	} else if (*t.p == ':' && is_word_char(t.p[1])) {
		t.kind = T_PARAM;
		t.n = 1 + word_length(t.p + 1);
	} else {
		t.kind = *t.p == '(' ? T_OPEN : *t.p == ')' ? T_CLOSE : T_OTHER;
	}
	return t;
}

static struct token token_next(struct token t)
{
	return token_at(t.p + t.n);
}

static bool is(struct token t, const char *words)
{
	while (t.kind == T_WORD && *words) {
		size_t n = strcspn(words, " ");

		if (n == t.n && strncasecmp(t.p, words, n) == 0)
			return true;
		words += n + (words[n] == ' ');
	}
	return false;
}

/* Past the bracket that closes the one at `t`, or the end. */
static struct token past_bracket(struct token t)
{
	int depth = 0;

	for (; t.kind != T_END; t = token_next(t)) {
		depth += (t.kind == T_OPEN) - (t.kind == T_CLOSE);
		if (depth == 0)
			return token_next(t);
	}
	return t;
}

static const char *cut(struct arena *a, const char *p, const char *end)
{
	p = skip_blanks(p);
	while (end > p && isspace((unsigned char)end[-1]))
		end--;
	return arena_strndup(a, p, end > p ? (size_t)(end - p) : 0);
}

/* ---- conditions ---- */

/* Where the top level joins by AND; false when it also has an OR, which binds looser. */
static bool find_ands(const char *sql, const char **at, int most, int *ret_n)
{
	int cases = 0, between = 0;

	*ret_n = 0;
	for (struct token t = token_at(sql); t.kind != T_END;) {
		if (t.kind == T_OPEN) {
			t = past_bracket(t);
			continue;
		}
		cases += is(t, "CASE") - is(t, "END");
		if (!cases && is(t, "OR"))
			return false;
		between += !cases && is(t, "BETWEEN");
		if (!cases && is(t, "AND") && !between && *ret_n < most)
			at[(*ret_n)++] = t.p;
		else if (!cases && is(t, "AND") && between)
			between--;
		t = token_next(t);
	}
	return true;
}

/* What stands in one pair of brackets and nothing else, or NULL. */
static const char *inside(struct arena *a, const char *sql)
{
	struct token t = token_at(sql), after;
	const char *end;

	if (t.kind != T_OPEN)
		return NULL;
	after = past_bracket(t);
	if (after.kind != T_END || is(token_next(t), "SELECT WITH VALUES"))
		return NULL;
	end = after.p;
	while (end > t.p && *end != ')')
		end--;
	return cut(a, t.p + 1, end);
}

enum { MOST_ANDS = 64 };

void sql_conditions(struct arena *a, const char *expression, struct sql_list *ret)
{
	const char *at[MOST_ANDS], *from = expression, *in;
	int n;

	if (!find_ands(expression, at, MOST_ANDS, &n))
		n = 0;
	in = n ? NULL : inside(a, expression);
	if (in) {
		sql_conditions(a, in, ret);
		return;
	}
	for (int i = 0; i <= n; i++) {
		const char *part = cut(a, from, i < n ? at[i] : expression + strlen(expression));

		from = i < n ? at[i] + strlen("AND") : from;
		if (n && *part == '(')
			sql_conditions(a, part, ret);
		else
			*ARENA_PUSH(a, ret->items, ret->n, ret->cap) = part;
	}
}

/* ---- sources ---- */

#define JOIN_WORDS "JOIN LEFT RIGHT FULL INNER CROSS OUTER NATURAL"

/* The end of what belongs to a source: the next join or comma at the top. */
static struct token source_end(struct token t)
{
	int cases = 0;

	while (t.kind != T_END) {
		if (t.kind == T_OPEN) {
			t = past_bracket(t);
			continue;
		}
		cases += is(t, "CASE") - is(t, "END");
		if (!cases && (is(t, JOIN_WORDS) || (t.kind == T_OTHER && *t.p == ',')))
			return t;
		t = token_next(t);
	}
	return t;
}

/* A source from `start` on, whose own name begins at `t`; the token after it. */
static struct token read_source(struct arena *a, const char *from, const char *start, struct token t,
				struct sql_source *s)
{
	struct token end = source_end(t), name = t;

	if (t.kind == T_OPEN) {
		t = past_bracket(t);
	} else {
		t = token_next(t);
		for (; t.kind == T_OTHER && *t.p == '.'; t = token_next(name))
			name = token_next(t);
		s->table = arena_strndup(a, name.p, name.n);
	}
	if (is(t, "AS"))
		t = token_next(t);
	if (t.p < end.p && t.kind == T_WORD && !is(t, "ON USING WHERE")) {
		s->alias = arena_strndup(a, t.p, t.n);
		t = token_next(t);
	}
	if (t.p < end.p && is(t, "ON"))
		s->on = cut(a, t.p + t.n, end.p);
	s->alias = s->alias ? s->alias : s->table ? s->table : "";
	s->text = cut(a, start, end.p);
	s->end = (size_t)(end.p - from);
	return end;
}

void sql_sources(struct arena *a, const char *from, struct sql_sources *ret)
{
	struct token t = token_at(from);

	while (t.kind != T_END) {
		const char *start = t.p;
		struct sql_source s = { .table = NULL };

		if (t.kind == T_OTHER && *t.p == ',')
			t = token_next(t);
		for (; is(t, JOIN_WORDS); t = token_next(t))
			s.outer |= is(t, "LEFT FULL");
		if (t.kind == T_END)
			return;
		t = read_source(a, from, start, t, &s);
		*ARENA_PUSH(a, ret->items, ret->n, ret->cap) = s;
	}
}

const struct sql_source *sql_source(const struct sql_sources *s, const char *alias)
{
	for (int i = 0; i < s->n; i++)
		if (strcasecmp(s->items[i].alias, alias) == 0)
			return &s->items[i];
	return NULL;
}

/* ---- names ---- */

static void add_once(struct arena *a, struct sql_list *list, const char *text)
{
	for (int i = 0; i < list->n; i++)
		if (str_eq(list->items[i], text))
			return;
	*ARENA_PUSH(a, list->items, list->n, list->cap) = text;
}

/* Whether a subquery of the expression gives the alias a meaning of its own: it stands there without a dot. */
static bool is_redefined(const char *expression, struct token alias)
{
	bool after_dot = false;

	for (struct token t = token_at(expression); t.kind != T_END; t = token_next(t)) {
		if (t.kind == T_WORD && t.n == alias.n && strncasecmp(t.p, alias.p, t.n) == 0 && !after_dot &&
		    *token_next(t).p != '.')
			return true;
		after_dot = t.kind == T_OTHER && *t.p == '.';
	}
	return false;
}

void sql_names(struct arena *a, const char *expression, const struct sql_sources *s, struct sql_list *ret)
{
	for (struct token t = token_at(expression); t.kind != T_END; t = token_next(t)) {
		struct token dot = token_next(t), column = dot.kind == T_END ? dot : token_next(dot);

		if (t.kind == T_PARAM)
			add_once(a, ret, arena_strndup(a, t.p, t.n));
		if (t.kind != T_WORD || dot.kind != T_OTHER || *dot.p != '.' || column.kind != T_WORD)
			continue;
		if (sql_source(s, arena_strndup(a, t.p, t.n)) && !is_redefined(expression, t))
			add_once(a, ret, arena_printf(a, "%.*s.%.*s", (int)t.n, t.p, (int)column.n, column.p));
		t = column;
	}
}

bool sql_only_tables(struct arena *a, const char *expression, const struct sql_sources *s)
{
	static const char words[] = "CASE WHEN THEN ELSE END AND OR NOT NULL IS IN BETWEEN CAST AS TEXT INTEGER TRUE "
				    "FALSE REAL";

	for (struct token t = token_at(expression); t.kind != T_END; t = token_next(t)) {
		struct token next = token_next(t);
		const struct sql_source *source;

		if (t.kind == T_NAME || is(t, "SELECT"))
			return false;
		if (t.kind != T_WORD || is(t, words) || next.kind == T_OPEN)
			continue;
		if (next.kind != T_OTHER || *next.p != '.')
			return false;
		source = sql_source(s, arena_strndup(a, t.p, t.n));
		if (!source || !source->table)
			return false;
		t = token_next(next);
	}
	return true;
}
