/*
 * text - Unicode work, by utf8proc: validity, NFC, folding, width in
 * characters. Input of any bytes is safe.
 */
#ifndef RASOAT_TEXT_H
#define RASOAT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct str;

/* Offset of the first byte that is not well-formed UTF-8, or n when all is well. */
size_t text_invalid_at(const char *s, size_t n);
/* NFC into `out` (appended). `s` must be valid UTF-8. */
void text_nfc(const char *s, size_t n, struct str *out);
/* Lower case, Vietnamese letters without marks: "Đặng Thị Ánh" -> "dang thi anh" (appended). */
void text_fold(const char *s, size_t n, struct str *out);
/* Code points of a valid string. */
size_t text_length(const char *s, size_t n);
/* Columns on a terminal (East Asian wide = 2, combining = 0). */
size_t text_columns(const char *s, size_t n);
/* Decodes one code point; returns bytes used (>= 1); *cp = 0xFFFD on bad input. */
size_t text_next(const char *s, size_t n, uint32_t *cp);
/* Upper case of a whole string (Vietnamese included), in the arena. */
char *text_upper(struct arena *a, const char *s);

#endif
