/*
 * pdf_content - the boxes of a page as the operators of a PDF content stream.
 *
 * Everything is placed to a thousandth of a point. Texts are written as two-byte
 * codes, which are the UTF-16 units of their characters. Fonts are called F0 to F3, as enum page_font.
 */
#ifndef RASOAT_PDF_CONTENT_H
#define RASOAT_PDF_CONTENT_H

#include "pdf_font.h"
#include <rasoat/page.h>

struct pdf_line {
	int place, from, to; /* thousandths; place: what the ends have in common */
	float thick;
	bool upright;
};

/* Of one document; the fonts are the caller's. Zeroed but for `out` before the first page. */
struct pdf_content {
	struct pdf_font *fonts[FONT_COUNT];
	struct str out; /* operators of the page */
	struct pdf_line *lines;
	int n_lines, cap_lines;
	int x, y;       /* where the last text began */
};

/* Fills `out` anew. Fonts of all texts are open: their widths were asked for before. */
void pdf_content_page(struct pdf_content *c, const struct page *page);
void pdf_content_free(struct pdf_content *c);

#endif
