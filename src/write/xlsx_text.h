/*
 * xlsx_text - text as a workbook takes it.
 */
#ifndef RASOAT_XLSX_TEXT_H
#define RASOAT_XLSX_TEXT_H

#include <rasoat/sheet.h>
#include <rasoat/str.h>

#include <stdint.h>

/*
 * Text of a cell (valid UTF-8): "_x0041_" escaped, which Excel would read as "A"; characters XML has no room for
 * replaced by U+FFFD; a text longer than a cell holds cut, with a mark that says so. Most texts need none of this
 * and are returned as they are; else what stands in `out`.
 */
const char *xlsx_cell_text(struct str *out, const char *s);
/* Text of a page header or footer: "&" doubled, line breaks gone, at most `max` characters, "…" when cut. */
void xlsx_header_text(struct str *out, const char *s, int max);
/* At most `max` characters of `s`, for document properties. */
void xlsx_short_text(struct str *out, const char *s, int max);
/* "=F10+L10-R10", "=SUM(B10:B44)" of a cell that has a formula; a term that is text counts as 0 through N(). */
void xlsx_formula(struct str *out, const struct sheet_cell *c);
/* "internal:'Đơn vị'!A1" of a section, appended; false when the document has none of that id. */
bool xlsx_link(struct str *out, const struct document *d, const char *id);
/* The same of a sheet. */
void xlsx_link_sheet(struct str *out, const char *name);
/* Serial number of a day in the 1900 system, with the 29 February 1900 that never was. */
double xlsx_serial(int32_t day);

#endif
