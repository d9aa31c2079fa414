/*
 * bare_pdf - what both bare PDF programs begin with: an error handler and the three fonts.
 */
#ifndef RASOAT_BENCH_BARE_PDF_H
#define RASOAT_BENCH_BARE_PDF_H

#include <hpdf.h>
#include <stdio.h>
#include <stdlib.h>

enum { REGULAR, BOLD, ITALIC, FONTS };

static void pdf_failed(HPDF_STATUS code, HPDF_STATUS detail, void *user)
{
	(void)user;
	fprintf(stderr, "libharu: error 0x%04lX, detail %lu\n", (unsigned long)code, (unsigned long)detail);
	exit(1);
}

static HPDF_Doc pdf_begin(HPDF_Font fonts[FONTS])
{
	static const char *const files[FONTS] = {
		"/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
		"/usr/share/fonts/truetype/liberation2/LiberationSerif-Bold.ttf",
		"/usr/share/fonts/truetype/liberation2/LiberationSerif-Italic.ttf",
	};
	HPDF_Doc doc = HPDF_New(pdf_failed, NULL);

	HPDF_SetCompressionMode(doc, HPDF_COMP_ALL);
	HPDF_UseUTFEncodings(doc);
	for (int i = 0; i < FONTS; i++)
		fonts[i] = HPDF_GetFont(doc, HPDF_LoadTTFontFromFile(doc, files[i], HPDF_TRUE), "UTF-8");
	return doc;
}

static void pdf_line(HPDF_Page page, float x0, float y0, float x1, float y1)
{
	HPDF_Page_MoveTo(page, x0, y0);
	HPDF_Page_LineTo(page, x1, y1);
}

#endif
