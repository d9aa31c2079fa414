/*
 * pdf_font - a TrueType file as the PDF writer needs it: widths, and the part of it that a document uses.
 *
 * The file is mapped read-only, so all documents of all threads share its bytes. A document remembers
 * which characters it wrote; their glyphs alone are embedded. Any file is safe to open: what is damaged
 * is refused or has no glyphs.
 */
#ifndef RASOAT_PDF_FONT_H
#define RASOAT_PDF_FONT_H

#include <rasoat/err.h>
#include <rasoat/str.h>
#include <stdbool.h>
#include <stdint.h>

struct pdf_font;

/* All in 1/1000 of the size. */
struct pdf_font_look {
	int ascent, descent, cap_height, x_height, box[4], missing_width;
};

enum status pdf_font_open(struct pdf_font **ret, const char *path, struct err *e) MUST_CHECK;
void pdf_font_close(struct pdf_font *f); /* NULL is fine */
void pdf_font_look(const struct pdf_font *f, struct pdf_font_look *ret);

/* 1/1000 of the size; -1: the font has no glyph for the character. */
int pdf_font_width(struct pdf_font *f, uint32_t cp);
/* The character stands in the document. */
void pdf_font_use(struct pdf_font *f, uint32_t cp);

/*
 * Appends a TrueType program of the used glyphs alone, hints included, and numbers them anew, in the
 * order of their characters: the same for the same characters, whatever order they were used in.
 */
void pdf_font_subset(struct pdf_font *f, struct str *out);
/* The next used character from *cp on; after pdf_font_subset(), *glyph is its number in the subset. */
bool pdf_font_next(const struct pdf_font *f, uint32_t *cp, int *glyph);

#endif
