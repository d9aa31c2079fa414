/*
 * One file of a pack with nothing but libxlsxwriter or libharu: bare_pack xlsx|pdf DUMP OUTFILE
 *
 * The dump (our_pack_dump.c) says every cell with its place, every text and line with its coordinates: no database, no
 * figures, no layout here. Written as one who knows the libraries would: formats once; fonts only as
 * the document needs them, one path for lines of the same width, one text object a page.
 */
#include <hpdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

enum { FIELDS = 8, FORMATS = 512, FONTS = 4 };

/* Cuts a line into its fields; the last one may hold anything. Returns its kind, 0 at the end. */
static int read_line(FILE *in, char **line, size_t *cap, char *field[FIELDS])
{
	ssize_t n = getline(line, cap, in);
	char *p = *line;

	if (n <= 0)
		return 0;
	if (p[n - 1] == '\n')
		p[n - 1] = '\0';
	for (int i = 0; i < FIELDS; i++) {
		char *tab = strchr(p, '\t');

		field[i] = tab ? tab + 1 : p + strlen(p);
		if (tab)
			*tab = '\0';
		p = field[i];
	}
	return **line;
}

/* With its line breaks back. */
static char *text(char *s)
{
	for (char *p = s; (p = strchr(p, '\v')); p++)
		*p = '\n';
	return s;
}

/* --- the workbook --- */

struct book {
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *formats[FORMATS];
};

/* F number size bold italic border align kind */
static void add_format(struct book *b, char **f)
{
	static const char *const numbers[] = { NULL, "#,##0", "#,##0.00", "dd/mm/yyyy" };
	static const uint8_t aligns[] = { LXW_ALIGN_LEFT, LXW_ALIGN_LEFT, LXW_ALIGN_CENTER, LXW_ALIGN_RIGHT,
					  LXW_ALIGN_JUSTIFY };
	lxw_format *format = workbook_add_format(b->book);
	int number = atoi(f[6]);

	format_set_font_name(format, "Times New Roman");
	format_set_font_size(format, atof(f[1]));
	if (atoi(f[2]))
		format_set_bold(format);
	if (atoi(f[3]))
		format_set_italic(format);
	if (atoi(f[4]))
		format_set_border(format, LXW_BORDER_THIN);
	format_set_align(format, aligns[atoi(f[5])]);
	format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
	if (number)
		format_set_num_format(format, numbers[number]);
	else
		format_set_text_wrap(format);
	b->formats[atoi(f[0])] = format;
}

/* W paper landscape name */
static void add_sheet(struct book *b, char **f)
{
	b->sheet = workbook_add_worksheet(b->book, text(f[2]));
	worksheet_set_paper(b->sheet, (uint8_t)atoi(f[0]));
	if (atoi(f[1]))
		worksheet_set_landscape(b->sheet);
	worksheet_set_margins(b->sheet, 30 / 25.4, 15 / 25.4, 20 / 25.4, 20 / 25.4);
	worksheet_fit_to_pages(b->sheet, 1, 0);
	worksheet_center_horizontally(b->sheet);
	worksheet_set_header(b->sheet, "&C&\"Times New Roman,Regular\"&12&P");
}

/* B, S, N, E: format row column, then nothing, a text, a number, a number and its formula; M: merged cells. */
static void put_cell(struct book *b, int kind, char **f)
{
	lxw_format *format = b->formats[atoi(f[0])];
	lxw_row_t row = (lxw_row_t)atoi(f[1]);
	lxw_col_t col = (lxw_col_t)atoi(f[2]);

	switch (kind) {
	case 'B':
		worksheet_write_blank(b->sheet, row, col, format);
		break;
	case 'S':
		worksheet_write_string(b->sheet, row, col, text(f[3]), format);
		break;
	case 'N':
		worksheet_write_number(b->sheet, row, col, atof(f[3]), format);
		break;
	case 'E':
		worksheet_write_formula_num(b->sheet, row, col, f[4], format, atof(f[3]));
		break;
	default:
		worksheet_merge_range(b->sheet, row, col, (lxw_row_t)atoi(f[3]), (lxw_col_t)atoi(f[4]), "", format);
	}
}

static int write_book(FILE *in, const char *path)
{
	struct book b = { .book = workbook_new(path) };
	lxw_doc_properties p = { .created = 1790000000 };
	char *line = NULL, *f[FIELDS];
	size_t cap = 0;
	int kind;

	while ((kind = read_line(in, &line, &cap, f))) {
		if (kind == 'T') {
			p.title = f[0];
			workbook_set_properties(b.book, &p);
		} else if (kind == 'F') {
			add_format(&b, f);
		} else if (kind == 'W') {
			add_sheet(&b, f);
		} else if (kind == 'C') { /* column pixels */
			lxw_col_t col = (lxw_col_t)atoi(f[0]);

			worksheet_set_column_pixels(b.sheet, col, col, (uint32_t)atoi(f[1]), NULL);
		} else if (kind == 'H') { /* row points */
			worksheet_set_row(b.sheet, (lxw_row_t)atoi(f[0]), atof(f[1]), NULL);
		} else if (kind == 'Z') { /* frozen rows, columns */
			worksheet_freeze_panes(b.sheet, (lxw_row_t)atoi(f[0]), (lxw_col_t)atoi(f[1]));
		} else if (kind == 'A') { /* filter over */
			worksheet_autofilter(b.sheet, (lxw_row_t)atoi(f[0]), (lxw_col_t)atoi(f[1]), (lxw_row_t)atoi(f[2]),
					     (lxw_col_t)atoi(f[3]));
		} else {
			put_cell(&b, kind, f);
		}
	}
	free(line);
	return workbook_close(b.book) != LXW_NO_ERROR;
}

/* --- the pages --- */

struct pages {
	HPDF_Doc doc;
	HPDF_Page page;
	HPDF_Font fonts[FONTS];
	int font;              /* as set on the page, -1 = none */
	float size, space, line; /* the same */
	int mode;              /* 'L': a path is open, 'T': a text object, 0 */
};

static void pdf_failed(HPDF_STATUS code, HPDF_STATUS detail, void *user)
{
	(void)user;
	fprintf(stderr, "libharu: error 0x%04lX, detail %lu\n", (unsigned long)code, (unsigned long)detail);
	exit(1);
}

static HPDF_Font font(struct pages *p, int number)
{
	static const char *const files[FONTS] = {
		"/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
		"/usr/share/fonts/truetype/liberation2/LiberationSerif-Bold.ttf",
		"/usr/share/fonts/truetype/liberation2/LiberationSerif-Italic.ttf",
		"/usr/share/fonts/truetype/liberation2/LiberationSerif-BoldItalic.ttf",
	};

	if (!p->fonts[number])
		p->fonts[number] = HPDF_GetFont(p->doc, HPDF_LoadTTFontFromFile(p->doc, files[number], HPDF_TRUE), "UTF-8");
	return p->fonts[number];
}

static void set_mode(struct pages *p, int mode)
{
	if (p->mode == mode)
		return;
	if (p->mode == 'L')
		HPDF_Page_Stroke(p->page);
	if (p->mode == 'T')
		HPDF_Page_EndText(p->page);
	if (mode == 'T')
		HPDF_Page_BeginText(p->page);
	p->mode = mode;
}

/* P width height */
static void add_page(struct pages *p, char **f)
{
	if (p->page)
		set_mode(p, 0);
	p->page = HPDF_AddPage(p->doc);
	HPDF_Page_SetWidth(p->page, strtof(f[0], NULL));
	HPDF_Page_SetHeight(p->page, strtof(f[1], NULL));
	p->font = -1;
	p->space = p->line = 0;
}

/* R left bottom width height grey */
static void put_rect(struct pages *p, char **f)
{
	set_mode(p, 0);
	HPDF_Page_SetGrayFill(p->page, strtof(f[4], NULL));
	HPDF_Page_Rectangle(p->page, strtof(f[0], NULL), strtof(f[1], NULL), strtof(f[2], NULL), strtof(f[3], NULL));
	HPDF_Page_Fill(p->page);
	HPDF_Page_SetGrayFill(p->page, 0);
}

/* L width x0 y0 x1 y1 */
static void put_path(struct pages *p, char **f)
{
	float width = strtof(f[0], NULL);

	if (width < p->line || width > p->line) {
		set_mode(p, 0);
		HPDF_Page_SetLineWidth(p->page, width);
		p->line = width;
	}
	p->mode = 'L';
	HPDF_Page_MoveTo(p->page, strtof(f[1], NULL), strtof(f[2], NULL));
	HPDF_Page_LineTo(p->page, strtof(f[3], NULL), strtof(f[4], NULL));
}

/* T font size word-space x y text */
static void put_words(struct pages *p, char **f)
{
	int number = atoi(f[0]);
	float size = strtof(f[1], NULL), space = strtof(f[2], NULL);

	set_mode(p, 'T');
	if (number != p->font || size < p->size || size > p->size)
		HPDF_Page_SetFontAndSize(p->page, font(p, number), size);
	if (space < p->space || space > p->space)
		HPDF_Page_SetWordSpace(p->page, space);
	p->font = number;
	p->size = size;
	p->space = space;
	HPDF_Page_TextOut(p->page, strtof(f[3], NULL), strtof(f[4], NULL), f[5]);
}

static int write_pages(FILE *in, const char *path)
{
	struct pages p = { .doc = HPDF_New(pdf_failed, NULL) };
	char *line = NULL, *f[FIELDS];
	size_t cap = 0;
	int kind;

	HPDF_SetCompressionMode(p.doc, HPDF_COMP_ALL);
	HPDF_UseUTFEncodings(p.doc);
	while ((kind = read_line(in, &line, &cap, f))) {
		if (kind == 'P')
			add_page(&p, f);
		else if (kind == 'R')
			put_rect(&p, f);
		else if (kind == 'L')
			put_path(&p, f);
		else if (kind == 'T')
			put_words(&p, f);
	}
	set_mode(&p, 0);
	free(line);
	HPDF_SaveToFile(p.doc, path);
	HPDF_Free(p.doc);
	return 0;
}

int main(int argc, char **argv)
{
	FILE *in = argc == 4 ? fopen(argv[2], "r") : NULL;

	if (!in) {
		fprintf(stderr, "bare_pack xlsx|pdf DUMP OUTFILE\n");
		return 1;
	}
	return strcmp(argv[1], "pdf") ? write_book(in, argv[3]) : write_pages(in, argv[3]);
}
