#include <rasoat/str.h>

#include <rasoat/arena.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Shared by all empty strings; only ever read, because `cap` 0 forces a growth first. */
char str_empty[1];

void str_free(struct str *s)
{
	if (s->cap)
		free(s->p);
	*s = (struct str)STR_INIT;
}

void str_clear(struct str *s)
{
	s->len = 0;
	if (s->cap)
		s->p[0] = '\0';
}

/* Room for `n` more bytes and the NUL. */
static void str_room(struct str *s, size_t n)
{
	size_t want, cap;

	if (__builtin_add_overflow(s->len, n, &want) || want >= SIZE_MAX / 2)
		want = SIZE_MAX / 2; /* no such memory: xrealloc ends the process */
	want++;
	if (want <= s->cap)
		return;
	cap = s->cap ? s->cap * 2 : 64;
	if (cap < want)
		cap = want;
	s->p = xrealloc(s->cap ? s->p : NULL, cap);
	s->cap = cap;
}

void str_addn(struct str *s, const char *p, size_t n)
{
	if (!n)
		return;
	str_room(s, n);
	memcpy(s->p + s->len, p, n);
	s->len += n;
	s->p[s->len] = '\0';
}

void str_add(struct str *s, const char *p)
{
	str_addn(s, p, strlen(p));
}

void str_addc(struct str *s, char c)
{
	str_addn(s, &c, 1);
}

void str_vaddf(struct str *s, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	if (n > 0) {
		str_room(s, (size_t)n);
		vsnprintf(s->p + s->len, (size_t)n + 1, fmt, again);
		s->len += (size_t)n;
	}
	va_end(again);
}

void str_addf(struct str *s, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	str_vaddf(s, fmt, ap);
	va_end(ap);
}

bool str_eq(const char *a, const char *b)
{
	if (!a || !b)
		return a == b;
	return strcmp(a, b) == 0;
}

bool str_starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool str_ends(const char *s, const char *suffix)
{
	size_t n = strlen(s), m = strlen(suffix);

	return n >= m && memcmp(s + n - m, suffix, m) == 0;
}

bool word_in(const char *word, const char *list)
{
	size_t n = strlen(word);

	if (!n)
		return false;
	for (const char *p = list; *p;) {
		size_t m = strcspn(p, " ");

		if (m == n && memcmp(p, word, n) == 0)
			return true;
		p += m;
		p += strspn(p, " ");
	}
	return false;
}
