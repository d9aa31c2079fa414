/*
 * SQL as postgres_fdw sends it to a shard. It sends a condition or a column only when it knows every
 * part of it: not COALESCE, not IS FALSE, no subquery. What means the same in words that it knows is
 * written in those.
 */
#include "postgresql_parts.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define MAX_ARGS 8
#define MAX_TWICE ((size_t)400) /* an argument stands twice in a CASE; longer ones stay as they are */

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static size_t word_length(const char *p, const char *end)
{
	size_t n = 0;

	while (p + n < end && is_word(p[n]))
		n++;
	return n;
}

static bool same_word(const char *p, size_t n, const char *word)
{
	return strlen(word) == n && strncasecmp(p, word, n) == 0;
}

static const char *skip_blanks(const char *p, const char *end)
{
	while (p < end && isspace((unsigned char)*p))
		p++;
	return p;
}

/* Past the text or name that begins with a quote at `p`. */
static const char *skip_quoted(const char *p, const char *end)
{
	const char quote = *p++;

	while (p < end && (*p != quote || (p + 1 < end && p[1] == quote)))
		p += *p == quote ? 2 : 1;
	return p < end ? p + 1 : end;
}

struct part {
	const char *p, *end;
};

/* The arguments between the bracket at `p` and its partner; past it, or NULL when they are too many. */
static const char *arguments(const char *p, const char *end, struct part *args, int *n)
{
	int depth = 1;

	*n = 0;
	args[0].p = ++p;
	while (p < end) {
		if (*p == '\'' || *p == '"') {
			p = skip_quoted(p, end);
			continue;
		}
		depth += *p == '(';
		depth -= *p == ')';
		if (depth == 0 || (depth == 1 && *p == ',')) {
			args[(*n)++].end = p;
			if (depth == 0)
				return p + 1;
			if (*n == MAX_ARGS)
				return NULL;
			args[*n].p = p + 1;
		}
		p++;
	}
	return NULL;
}

static void ship(const char *p, const char *end, struct str *out);

static bool is_null(const struct part *arg)
{
	const char *p = skip_blanks(arg->p, arg->end);
	size_t n = word_length(p, arg->end);

	return same_word(p, n, "NULL") && skip_blanks(p + n, arg->end) == arg->end;
}

static bool has_query(const char *text)
{
	for (; *text; text++)
		if (strncasecmp(text, "SELECT", 6) == 0)
			return true;
	return false;
}

/* COALESCE(a, b) as CASE WHEN a IS NOT NULL THEN a ELSE b END. Past it, or NULL: it stays. */
static const char *coalesce(const char *open, const char *end, struct str *out)
{
	struct part args[MAX_ARGS];
	CLEANUP(str_free) struct str made = STR_INIT;
	int n;
	const char *after = arguments(open, end, args, &n);

	if (!after)
		return NULL;
	while (n > 1 && is_null(&args[n - 1]))
		n--;
	str_add(&made, n > 1 ? "(CASE" : "");
	for (int i = 0; i < n; i++) {
		CLEANUP(str_free) struct str arg = STR_INIT;

		ship(args[i].p, args[i].end, &arg);
		if (n > 1 && i + 1 < n && (arg.len > MAX_TWICE || has_query(arg.p)))
			return NULL;
		if (i + 1 < n)
			str_addf(&made, " WHEN (%s) IS NOT NULL THEN (%s)", arg.p, arg.p);
		else
			str_addf(&made, "%s(%s)", n > 1 ? " ELSE " : "", arg.p);
	}
	str_addf(out, "%s%s", made.p, n > 1 ? " END)" : "");
	return after;
}

/* IS [NOT] TRUE, IS [NOT] FALSE: past it, or NULL. */
static const char *truth(const char *p, const char *end, struct str *out)
{
	const char *next = skip_blanks(p, end);
	size_t n = word_length(next, end);
	bool negated = same_word(next, n, "NOT");

	if (negated) {
		next = skip_blanks(next + n, end);
		n = word_length(next, end);
	}
	if (!same_word(next, n, "TRUE") && !same_word(next, n, "FALSE"))
		return NULL;
	str_addf(out, "IS %sDISTINCT FROM %.*s", negated ? "" : "NOT ", (int)n, next);
	return next + n;
}

static void ship(const char *p, const char *end, struct str *out)
{
	while (p < end) {
		size_t n = word_length(p, end);
		const char *after = NULL, *from = p;

		if (*p == '\'' || *p == '"')
			after = skip_quoted(p, end);
		else if (n == 0)
			after = p + 1;
		if (after) {
			str_addn(out, from, (size_t)(after - from));
			p = after;
			continue;
		}
		if (same_word(p, n, "COALESCE") && *skip_blanks(p + n, end) == '(')
			after = coalesce(skip_blanks(p + n, end), end, out);
		else if (same_word(p, n, "IS"))
			after = truth(p + n, end, out);
		if (!after)
			str_addn(out, p, n);
		p = after ? after : p + n;
	}
}

void pg_ship(struct str *sql)
{
	CLEANUP(str_free) struct str made = STR_INIT;

	ship(sql->p, sql->p + sql->len, &made);
	str_clear(sql);
	str_addn(sql, made.p, made.len);
}

void pg_ship_order(struct str *sql)
{
	static const char order[] = "ORDER BY 1 NULLS FIRST";
	CLEANUP(str_free) struct str made = STR_INIT;

	while (sql->len && isspace((unsigned char)sql->p[sql->len - 1]))
		sql->p[--sql->len] = '\0';
	if (!str_ends(sql->p, order))
		return;
	str_addf(&made, "SELECT * FROM (%.*s OFFSET 0) AS found\n%s", (int)(sql->len - strlen(order)), sql->p, order);
	str_clear(sql);
	str_addn(sql, made.p, made.len);
}

void pg_ship_scope(struct str *sql, const char *units)
{
	static const char scope[] = PG_SCOPE;
	CLEANUP(str_free) struct str made = STR_INIT;
	const char *p = sql->p, *at;

	while ((at = strstr(p, scope))) {
		str_addn(&made, p, (size_t)(at - p));
		str_addf(&made, "(%s)", *units ? units : "NULL");
		p = at + strlen(scope);
	}
	str_add(&made, p);
	str_clear(sql);
	str_addn(sql, made.p, made.len);
}
