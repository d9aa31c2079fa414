/*
 * pdf_font_int - a font file taken apart, shared by pdf_font.c and pdf_subset.c alone.
 */
#ifndef RASOAT_PDF_FONT_INT_H
#define RASOAT_PDF_FONT_INT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In the order a subset has them, then those that are only read. */
enum font_table_id {
	FONT_CVT, FONT_FPGM, FONT_GLYF, FONT_HEAD, FONT_HHEA, FONT_HMTX, FONT_LOCA, FONT_MAXP, FONT_PREP,
	FONT_EMBEDDED,
	FONT_CMAP = FONT_EMBEDDED, FONT_OS2,
	FONT_TABLES,
};
#define FONT_TAGS { "cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep", "cmap", "OS/2" }

struct font_table {
	size_t at, length;
};

struct font_char {
	uint16_t glyph;
	uint16_t number; /* of the glyph in the subset */
	int16_t width;   /* -1: no glyph */
	bool used;
};

struct pdf_font {
	const unsigned char *file; /* mapped */
	size_t size;
	struct font_table tables[FONT_TABLES];
	size_t cmap;  /* of the subtable */
	int units;    /* of the em square */
	int glyphs, metrics;
	bool long_loca;
	struct font_char *blocks[256]; /* by high byte, filled when needed */
};

unsigned font_u16(const struct pdf_font *f, size_t at);
uint32_t font_u32(const struct pdf_font *f, size_t at);
int font_i16(const struct pdf_font *f, size_t at);
void font_metric(const struct pdf_font *f, int glyph, int *advance, int *bearing);

#endif
