/*
 * csv - RFC 4180 reader with line numbers, for import. Pull: one row a call.
 * Tolerates CRLF/LF, a BOM, blank lines (skipped). Each row gives the raw
 * bytes as read, for the quarantine.
 */
#ifndef RASOAT_CSV_H
#define RASOAT_CSV_H

#include <rasoat/err.h>
#include <stdbool.h>
#include <stdint.h>

struct csv;

struct csv_field {
	const char *p; /* unquoted bytes, NUL-terminated, may hold NULs */
	size_t n;
	bool quoted;
	bool plain; /* known to be nothing but visible ASCII and blanks (0x20 to 0x7E) */
};

struct csv_row {
	struct csv_field *fields;
	int n_fields;
	int64_t line;       /* where the row begins, 1-based */
	int64_t last_line;  /* where it ends: a quoted field may hold line breaks */
	int64_t offset;     /* where it begins in the file, in bytes */
	const char *raw;    /* as read, without the line end, first 4 KiB */
	size_t raw_len;     /* bytes in raw */
	size_t total_len;   /* bytes of the whole row */
	const char *defect; /* NULL, or why the row cannot be used: "field 3 is longer than 1 MiB",
			       "NUL byte in field 2", "text after the closing quote in field 4" … */
};

/* Reads the delimiter from the header line. Refused as a whole, with the
 * remedy: workbooks, UTF-16, NUL bytes in the header, anything but a regular file of at most 16 GiB. */
enum status csv_open(const char *path, struct csv **ret, struct err *e) MUST_CHECK;
void csv_close(struct csv *c);
void csv_cleanup(struct csv **c);
char csv_delimiter(const struct csv *c);
/* 1 row (valid until the next call), 0 end, -1 error (read error; quote never closed, or a quoted
 * field that runs over lines and ends within text: names the line the quote opened in). */
int csv_next(struct csv *c, struct csv_row *row, struct err *e);
/* Goes to a row that csv_next() gave before; the next one read is that with these offset and line. */
enum status csv_seek(struct csv *c, int64_t offset, int64_t line, struct err *e) MUST_CHECK;

/* Appends one field quoted when needed, for writing CSV. */
struct str;
void csv_quote(struct str *out, const char *s, size_t n, char delimiter);

#endif
