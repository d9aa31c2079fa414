/*
 * The list of our_pdf in PDF with nothing but libharu: bare_pdf_table PAGES OUTFILE
 *
 * Written as one who knows the library would: fonts once, few changes of font and line width, the
 * lines of a page in two paths, all its texts in one text object, no text measured without need.
 */
#include "bare_pdf.h"
#include "pdf_text.h"

#define MM (72.0f / 25.4f)
#define WIDTH (297 * MM)
#define HEIGHT (210 * MM)
#define TOP (HEIGHT - 20 * MM)
#define SIZE 8.0f
#define ROW 13.12f
#define PAD 1.96f
#define BASE (PAD + 7.3f) /* of a text, below the top of its row */

static float edges[LIST_COLUMNS + 1];

static void draw_lines(HPDF_Page page)
{
	float left = edges[0], right = edges[LIST_COLUMNS], bottom = TOP - ROW * (LIST_ROWS + 1);

	HPDF_Page_SetGrayFill(page, 0.9f);
	HPDF_Page_Rectangle(page, left, TOP - ROW, right - left, ROW);
	HPDF_Page_Fill(page);
	HPDF_Page_SetGrayFill(page, 0);
	HPDF_Page_SetLineWidth(page, 0.5f);
	pdf_line(page, left, TOP, right, TOP);
	pdf_line(page, left, TOP - ROW, right, TOP - ROW);
	for (int i = 0; i <= LIST_COLUMNS; i++)
		pdf_line(page, edges[i], TOP, edges[i], TOP - ROW);
	HPDF_Page_Stroke(page);
	HPDF_Page_SetLineWidth(page, 0.4f);
	for (int i = 2; i <= LIST_ROWS + 1; i++)
		pdf_line(page, left, TOP - ROW * (float)i, right, TOP - ROW * (float)i);
	for (int i = 0; i <= LIST_COLUMNS; i++)
		pdf_line(page, edges[i], TOP - ROW, edges[i], bottom);
	HPDF_Page_Stroke(page);
}

static void draw_cell(HPDF_Page page, int column, enum list_align align, float y, const char *s)
{
	float x = edges[column] + PAD, w = edges[column + 1] - PAD - x;

	if (align == LIST_RIGHT)
		x += w - HPDF_Page_TextWidth(page, s);
	else if (align == LIST_CENTER)
		x += (w - HPDF_Page_TextWidth(page, s)) / 2;
	HPDF_Page_TextOut(page, x, y, s);
}

static void draw_texts(HPDF_Page page, const HPDF_Font *fonts, int number)
{
	unsigned first = (unsigned)(number - 1) * LIST_ROWS;
	char buf[64];

	HPDF_Page_BeginText(page);
	if (number > 1) {
		snprintf(buf, sizeof(buf), "%d", number);
		HPDF_Page_SetFontAndSize(page, fonts[REGULAR], 13);
		HPDF_Page_TextOut(page, (edges[0] + edges[LIST_COLUMNS] - HPDF_Page_TextWidth(page, buf)) / 2,
				  HEIGHT - 30 - 13 * 0.9125f, buf);
	}
	HPDF_Page_SetFontAndSize(page, fonts[BOLD], SIZE);
	for (int i = 0; i < LIST_COLUMNS; i++)
		draw_cell(page, i, LIST_CENTER, TOP - BASE, list_columns[i].title);
	HPDF_Page_SetFontAndSize(page, fonts[REGULAR], SIZE);
	for (unsigned r = 0; r < LIST_ROWS; r++) {
		for (int i = 0; i < LIST_NOTE; i++) {
			list_cell(buf, sizeof(buf), first + r, i);
			draw_cell(page, i, list_columns[i].align, TOP - ROW * (float)(r + 1) - BASE, buf);
		}
	}
	HPDF_Page_SetFontAndSize(page, fonts[ITALIC], SIZE);
	for (unsigned r = 0; r < LIST_ROWS; r++) {
		list_cell(buf, sizeof(buf), first + r, LIST_NOTE);
		draw_cell(page, LIST_NOTE, LIST_LEFT, TOP - ROW * (float)(r + 1) - BASE, buf);
	}
	HPDF_Page_EndText(page);
}

int main(int argc, char **argv)
{
	HPDF_Font fonts[FONTS];
	HPDF_Doc doc;

	if (argc != 3) {
		fprintf(stderr, "bare_pdf_table PAGES OUTFILE\n");
		return 1;
	}
	edges[0] = 30 * MM;
	for (int i = 0; i < LIST_COLUMNS; i++)
		edges[i + 1] = edges[i] + (float)list_columns[i].mm * MM;
	doc = pdf_begin(fonts);
	for (int i = 1; i <= atoi(argv[1]); i++) {
		HPDF_Page page = HPDF_AddPage(doc);

		HPDF_Page_SetWidth(page, WIDTH);
		HPDF_Page_SetHeight(page, HEIGHT);
		draw_lines(page);
		draw_texts(page, fonts, i);
	}
	HPDF_SaveToFile(doc, argv[2]);
	HPDF_Free(doc);
	return 0;
}
