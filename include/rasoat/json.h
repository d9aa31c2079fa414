/*
 * json - the one place where text and numbers become JSON (RFC 8259), for every
 * writer and command that speaks it. Appends to a str; knows no structure.
 */
#ifndef RASOAT_JSON_H
#define RASOAT_JSON_H

#include <rasoat/str.h>
#include <stdbool.h>

/*
 * `s` as a JSON string, in quotes. Quotes, backslashes and control characters are escaped; so are the
 * characters that turn the direction of text or end a line for some readers (U+061C, U+200E, U+200F, U+2028 to U+202E,
 * U+2066 to U+2069), so that a log or an editor shows what is really there. Bytes that are not UTF-8 become U+FFFD,
 * one for each; false then. NULL is "".
 */
bool json_text(struct str *out, const char *s);
/* The shortest of two ways to print that reads back the same; no locale's comma. `r` is finite. */
void json_real(struct str *out, double r);

#endif
