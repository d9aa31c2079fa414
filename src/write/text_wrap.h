/*
 * text_wrap - breaking text into lines of so many terminal columns.
 */
#ifndef RASOAT_TEXT_WRAP_H
#define RASOAT_TEXT_WRAP_H

#include <rasoat/document.h>
#include <rasoat/str.h>

/* Bytes of the first line of `s` when lines hold `width` columns; *next = where the second one begins (at the end: the NUL). */
size_t wrap_line(const char *s, int width, const char **next);
/* Columns of the widest word, and of the whole. */
int wrap_widest_word(const char *s);
int wrap_columns(const char *s);
/* `n` bytes of `s` placed in `width` columns and appended, padded on both sides. */
void wrap_place(struct str *out, const char *s, size_t n, int width, enum align align);

#endif
