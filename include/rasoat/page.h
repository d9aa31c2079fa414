/*
 * page - document -> pages of positioned boxes; knows no PDF.
 *
 * Layout follows Nghị định 30/2020/NĐ-CP, Phụ lục I: A4 (A3 for wide forms), margins
 * top/bottom 20, left 30, right 15 mm (landscape pages keep the same four
 * margins by side); page number in the top margin, centred, from page 2 on; serif
 * 13-14 pt body, Quốc hiệu and letterhead in two columns with their lines.
 * Measures come in through struct page_metrics, so the layout never sees a font library.
 * Coordinates are points (1/72 inch) from the top left corner, y downwards; y of a text is its base line.
 */
#ifndef RASOAT_PAGE_H
#define RASOAT_PAGE_H

#include <rasoat/document.h>

enum page_font { FONT_REGULAR, FONT_BOLD, FONT_ITALIC, FONT_BOLD_ITALIC, FONT_COUNT };

struct page_metrics {
	void *ctx;
	/* Width of a code point in 1/1000 of the font size; -1 when the font has no glyph for it. */
	int (*width)(void *ctx, enum page_font font, uint32_t cp);
};

enum box_kind {
	BOX_TEXT,
	BOX_LINE,
	BOX_RECT, /* filled, no outline */
	BOX_MARK, /* draws nothing: bookmark `text` of level `size` (0 section, 1.. headings) at y */
};

struct page_box {
	enum box_kind kind;
	float x, y, w, h;  /* TEXT: x, base line y; LINE: to x+w, y+h; RECT: top left, size */
	float size;        /* TEXT: points; LINE: thickness */
	float word_space;  /* TEXT: extra points a blank, for justified lines */
	enum page_font font;
	float grey;        /* 0 black .. 1 white; colour charts use rgb below when >= 0 */
	float rgb[3];      /* rgb[0] < 0: use grey */
	const char *text;
};

struct page {
	float width, height; /* points */
	struct page_box *boxes; /* a writer draws grounds first, then lines, then texts */
	int n_boxes, cap;
};

/*
 * Lays out and hands over page by page through `emit` (memory of a page is reused after it returns).
 * "Trang n/N" is not needed; page numbers are plain. A character the fonts do not have is an error that names the
 * character, its code point and the text it stands in.
 */
enum status page_layout(const struct document *d, const struct page_metrics *m,
			enum status (*emit)(void *ctx, const struct page *p, struct err *e), void *ctx,
			struct err *e) MUST_CHECK;

#endif
