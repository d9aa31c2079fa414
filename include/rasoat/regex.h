/* regex - PCRE2, UTF mode, JIT where there is one, with a match limit. */
#ifndef RASOAT_REGEX_H
#define RASOAT_REGEX_H

#include <rasoat/err.h>

struct regex;
/* The error names the offset and PCRE2's reason. */
enum status regex_new(const char *pattern, struct regex **ret, struct err *e) MUST_CHECK;
/* 1 match, 0 none, -1 error (limit reached). Text must be valid UTF-8. */
int regex_match(struct regex *r, const char *text, size_t n);
void regex_free(struct regex *r);

#endif
