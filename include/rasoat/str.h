/*
 * str - a growable byte string, always NUL-terminated; owned by whoever
 * declared it, released with str_free(). STR_INIT needs no release until the
 * first append. Holds UTF-8 where it holds text. `p` moves when it grows.
 */
#ifndef RASOAT_STR_H
#define RASOAT_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct str {
	char *p;    /* never NULL: points at "" when empty */
	size_t len; /* without the NUL */
	size_t cap; /* 0 = nothing allocated */
};

extern char str_empty[1];
#define STR_INIT { str_empty, 0, 0 }

void str_free(struct str *s); /* leaves it as STR_INIT; fits CLEANUP() */
void str_clear(struct str *s); /* length 0, keeps the memory */
void str_addn(struct str *s, const char *p, size_t n);
void str_add(struct str *s, const char *p);
void str_addc(struct str *s, char c);
void str_addf(struct str *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void str_vaddf(struct str *s, const char *fmt, va_list ap);

bool str_eq(const char *a, const char *b); /* both may be NULL */
bool str_starts(const char *s, const char *prefix);
bool str_ends(const char *s, const char *suffix);
/* Whether `word` is one of the space-separated words of `list`. */
bool word_in(const char *word, const char *list);

#endif
