/*
 * pdf - pages of boxes into a PDF file, by libharu.
 *
 * libharu's errors are sticky and its return codes do not tell all: the first
 * error is kept by the handler and asked for after each step. Its ToUnicode
 * map is malformed and is rewritten. It draws missing glyphs as blanks, so the
 * layout asks pdf_width() for every character first. Two-byte codes know no
 * word spacing: justified lines are placed word by word. It neither checks
 * fclose() nor gives errno, so the file is written here.
 */
#include "writers.h"
#include <rasoat/page.h>
#include <rasoat/str.h>
#include <rasoat/text.h>

#include <errno.h>
#include <hpdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FONT_DIR "/usr/share/fonts/truetype/liberation2"
#define WIDTHS 0x10000
#define WIDTH_UNKNOWN INT16_MIN
/* Page nodes of this many pages each: the default tree ends at 32,767 pages. */
#define PAGES_PER_NODE 1024

struct pdf_font {
	HPDF_FontDef def; /* loaded at the first measure */
	const char *name;
	HPDF_Font font;   /* made at the first text */
	int16_t *width;
};

struct pdf {
	HPDF_Doc doc;
	HPDF_STATUS code, detail; /* first error of the library */
	struct err font_error;    /* a font that could not be loaded while measuring */
	const char *dir;
	struct pdf_font fonts[FONT_COUNT];
	HPDF_Outline level[3];
	bool marked;
	FILE *file;
	const char *path;
};

static void pdf_failed(HPDF_STATUS code, HPDF_STATUS detail, void *user)
{
	struct pdf *p = user;

	if (p->code == HPDF_OK) {
		p->code = code;
		p->detail = detail;
	}
}

static enum status pdf_check(const struct pdf *p, const char *doing, struct err *e)
{
	if (p->font_error.text[0]) {
		*e = p->font_error;
		return ST_ERR;
	}
	if (p->code == HPDF_OK)
		return ST_OK;
	return err_set(e, "%s: PDF library error 0x%04lX, detail %lu", doing, (unsigned long)p->code,
		       (unsigned long)p->detail);
}

static void pdf_close(struct pdf *p)
{
	if (p->doc)
		HPDF_Free(p->doc);
	for (int i = 0; i < FONT_COUNT; i++)
		free(p->fonts[i].width);
	if (p->file) { /* still open: the run failed */
		fclose(p->file);
		remove(p->path);
	}
}

/* --- fonts --- */

static enum status font_load(struct pdf *p, enum page_font which, struct err *e)
{
	static const char *const styles[FONT_COUNT] = { "Regular", "Bold", "Italic", "BoldItalic" };
	struct pdf_font *f = &p->fonts[which];
	CLEANUP(str_free) struct str path = STR_INIT;

	str_addf(&path, "%s/LiberationSerif-%s.ttf", p->dir, styles[which]);
	if (access(path.p, R_OK) != 0)
		return err_set(e, "cannot read the font %s: %s; install fonts-liberation2 or name the folder of the fonts",
			       path.p, strerror(errno));
	f->name = HPDF_LoadTTFontFromFile(p->doc, path.p, HPDF_TRUE);
	if (f->name)
		f->def = HPDF_GetFontDef(p->doc, f->name);
	if (!f->def)
		return err_set(e, "%s is not a TrueType font (0x%04lX): install fonts-liberation2", path.p,
			       (unsigned long)p->code);
	f->width = xmalloc(WIDTHS * sizeof(*f->width));
	for (int i = 0; i < WIDTHS; i++)
		f->width[i] = WIDTH_UNKNOWN;
	return ST_OK;
}

static int pdf_width(void *ctx, enum page_font which, uint32_t cp)
{
	struct pdf *p = ctx;
	struct pdf_font *f = &p->fonts[which];
	HPDF_UINT16 glyph;

	if (p->font_error.text[0] || cp >= WIDTHS)
		return -1;
	if (!f->def && font_load(p, which, &p->font_error) != ST_OK)
		return -1;
	if (f->width[cp] == WIDTH_UNKNOWN) {
		glyph = HPDF_TTFontDef_GetGlyphid(f->def, (HPDF_UINT16)cp);
		f->width[cp] = glyph ? HPDF_TTFontDef_GetGidWidth(f->def, glyph) : -1;
	}
	return f->width[cp];
}

/*
 * Codes are UTF-16 units, so the map is the identity: one range per high byte,
 * as the low byte must not carry. The keys of an encoding CMap go.
 */
static void font_to_unicode(HPDF_Font font)
{
	static const char *const extra[] = { "Type", "CMapName", "CIDSystemInfo", "WMode" };
	HPDF_Dict map = HPDF_Dict_GetItem(font, "ToUnicode", HPDF_OCLASS_DICT);
	char line[64];

	if (!map)
		return;
	for (size_t i = 0; i < sizeof(extra) / sizeof(*extra); i++)
		HPDF_Dict_RemoveElement(map, extra[i]);
	HPDF_MemStream_FreeData(map->stream);
	HPDF_Stream_WriteStr(map->stream, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
					  "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
					  "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
					  "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
	for (int i = 0; i < 256; i++) {
		if (i % 64 == 0) /* at most 100 ranges in a block */
			HPDF_Stream_WriteStr(map->stream, "64 beginbfrange\n");
		snprintf(line, sizeof(line), "<%02X00> <%02XFF> <%02X00>\n", i, i, i);
		HPDF_Stream_WriteStr(map->stream, line);
		if (i % 64 == 63)
			HPDF_Stream_WriteStr(map->stream, "endbfrange\n");
	}
	HPDF_Stream_WriteStr(map->stream, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
}

static HPDF_Font font_get(struct pdf *p, enum page_font which)
{
	struct pdf_font *f = &p->fonts[which];

	if (!f->font && (f->def || font_load(p, which, &p->font_error) == ST_OK)) {
		f->font = HPDF_GetFont(p->doc, f->name, "UTF-8");
		if (f->font)
			font_to_unicode(f->font);
	}
	return f->font;
}

/* --- pages --- */

static void draw_rects(HPDF_Page out, const struct page *page)
{
	for (int i = 0; i < page->n_boxes; i++) {
		const struct page_box *b = &page->boxes[i];

		if (b->kind != BOX_RECT)
			continue;
		if (b->rgb[0] >= 0)
			HPDF_Page_SetRGBFill(out, b->rgb[0], b->rgb[1], b->rgb[2]);
		else
			HPDF_Page_SetGrayFill(out, b->grey);
		HPDF_Page_Rectangle(out, b->x, page->height - b->y - b->h, b->w, b->h);
		HPDF_Page_Fill(out);
	}
	HPDF_Page_SetGrayFill(out, 0);
}

/* Lines of one thickness in a row make one path. */
static void draw_lines(HPDF_Page out, const struct page *page)
{
	float thick = -1;
	bool path = false;

	for (int i = 0; i < page->n_boxes; i++) {
		const struct page_box *b = &page->boxes[i];

		if (b->kind != BOX_LINE)
			continue;
		if (b->size < thick || b->size > thick) {
			if (path)
				HPDF_Page_Stroke(out);
			HPDF_Page_SetLineWidth(out, b->size);
			thick = b->size;
		}
		HPDF_Page_MoveTo(out, b->x, page->height - b->y);
		HPDF_Page_LineTo(out, b->x + b->w, page->height - b->y - b->h);
		path = true;
	}
	if (path)
		HPDF_Page_Stroke(out);
}

static float text_points(struct pdf *p, const struct page_box *b, const char *s, size_t n)
{
	int64_t units = 0;

	for (size_t at = 0; at < n;) {
		uint32_t cp;

		at += text_next(s + at, n - at, &cp);
		units += pdf_width(p, b->font, cp);
	}
	return (float)units * b->size / 1000;
}

/* Each word with the blank behind it, so that copied text has its blanks. */
static void draw_justified(struct pdf *p, HPDF_Page out, const struct page_box *b, float y, struct str *word)
{
	const char *s = b->text;
	float x = b->x;

	while (*s) {
		size_t n = strcspn(s, " ");
		bool blank = s[n] == ' ';

		str_clear(word);
		str_addn(word, s, n + blank);
		HPDF_Page_TextOut(out, x, y, word->p);
		x += text_points(p, b, word->p, word->len) + (blank ? b->word_space : 0);
		s += word->len;
	}
}

static void draw_texts(struct pdf *p, HPDF_Page out, const struct page *page)
{
	CLEANUP(str_free) struct str word = STR_INIT;
	enum page_font font = FONT_REGULAR;
	float size = -1, grey = 0;

	HPDF_Page_BeginText(out);
	for (int i = 0; i < page->n_boxes && p->code == HPDF_OK; i++) {
		const struct page_box *b = &page->boxes[i];

		if (b->kind != BOX_TEXT)
			continue;
		if (b->font != font || b->size < size || b->size > size) {
			font = b->font;
			size = b->size;
			HPDF_Page_SetFontAndSize(out, font_get(p, font), size);
		}
		if (b->grey < grey || b->grey > grey) {
			grey = b->grey;
			HPDF_Page_SetGrayFill(out, grey);
		}
		if (b->word_space > 0)
			draw_justified(p, out, b, page->height - b->y, &word);
		else
			HPDF_Page_TextOut(out, b->x, page->height - b->y, b->text);
	}
	HPDF_Page_EndText(out);
}

/* Bookmarks are one line, of characters that one UTF-16 unit holds. */
static void mark_title(const char *s, struct str *out)
{
	size_t n = strlen(s);

	for (size_t at = 0; at < n;) {
		uint32_t cp;
		size_t len = text_next(s + at, n - at, &cp);

		if (cp < 0x20)
			str_addc(out, ' ');
		else if (cp > 0xFFFF)
			str_addc(out, '?');
		else
			str_addn(out, s + at, len);
		at += len;
	}
}

static void draw_marks(struct pdf *p, HPDF_Page out, const struct page *page)
{
	for (int i = 0; i < page->n_boxes; i++) {
		const struct page_box *b = &page->boxes[i];
		CLEANUP(str_free) struct str title = STR_INIT;
		HPDF_Outline parent = NULL;
		HPDF_Destination to;
		int level = (int)b->size;

		if (b->kind != BOX_MARK)
			continue;
		for (int k = 0; k < level && k < 3; k++)
			parent = p->level[k] ? p->level[k] : parent;
		mark_title(b->text, &title);
		p->level[level] = HPDF_CreateOutline(p->doc, parent, title.p, HPDF_GetEncoder(p->doc, "UTF-8"));
		for (int k = level + 1; k < 3; k++)
			p->level[k] = NULL;
		to = HPDF_Page_CreateDestination(out);
		if (!p->level[level] || !to)
			return;
		HPDF_Destination_SetFitH(to, page->height - b->y + 6);
		HPDF_Outline_SetDestination(p->level[level], to);
		p->marked = true;
	}
}

static enum status pdf_page(void *ctx, const struct page *page, struct err *e)
{
	struct pdf *p = ctx;
	HPDF_Page out;

	if (pdf_check(p, "writing the PDF", e) != ST_OK)
		return ST_ERR;
	out = HPDF_AddPage(p->doc);
	if (!out)
		return pdf_check(p, "adding a page", e);
	HPDF_Page_SetWidth(out, page->width);
	HPDF_Page_SetHeight(out, page->height);
	draw_rects(out, page);
	draw_lines(out, page);
	draw_texts(p, out, page);
	draw_marks(p, out, page);
	return pdf_check(p, "drawing a page", e);
}

/* --- the file --- */

static void info_text(struct pdf *p, HPDF_InfoType which, const char *s)
{
	CLEANUP(str_free) struct str clean = STR_INIT;

	if (!s || !*s)
		return;
	mark_title(s, &clean);
	HPDF_SetInfoAttr(p->doc, which, clean.p);
}

/* All dates are the document's own: two runs give the same bytes. */
static void pdf_info(struct pdf *p, const struct document *d)
{
	int y, m, day;

	info_text(p, HPDF_INFO_TITLE, d->title);
	info_text(p, HPDF_INFO_AUTHOR, d->author);
	info_text(p, HPDF_INFO_SUBJECT, d->subject);
	HPDF_SetInfoAttr(p->doc, HPDF_INFO_CREATOR, "rasoat");
	if (d->created == DAY_NONE)
		return;
	date_to_ymd(d->created, &y, &m, &day);
	HPDF_SetInfoDateAttr(p->doc, HPDF_INFO_CREATION_DATE,
			     (HPDF_Date){ y, m, day, 0, 0, 0, '+', 7, 0 });
	HPDF_SetInfoDateAttr(p->doc, HPDF_INFO_MOD_DATE, (HPDF_Date){ y, m, day, 0, 0, 0, '+', 7, 0 });
}

static enum status pdf_begin(struct pdf *p, const struct document *d, struct err *e)
{
	p->doc = HPDF_New(pdf_failed, p);
	if (!p->doc)
		return err_set(e, "cannot begin a PDF: out of memory");
	HPDF_SetCompressionMode(p->doc, HPDF_COMP_ALL);
	HPDF_SetPagesConfiguration(p->doc, PAGES_PER_NODE);
	HPDF_UseUTFEncodings(p->doc);
	HPDF_SetCurrentEncoder(p->doc, "UTF-8");
	pdf_info(p, d);
	HPDF_Dict_Add(p->doc->catalog, "Lang", HPDF_String_New(p->doc->mmgr, "vi-VN", NULL));
	return pdf_check(p, "beginning a PDF", e);
}

static enum status pdf_save(struct pdf *p, struct err *e)
{
	HPDF_UINT32 left;
	HPDF_BYTE buf[16384];
	FILE *f = p->file;
	int failed = 0;

	if (p->marked)
		HPDF_SetPageMode(p->doc, HPDF_PAGE_MODE_USE_OUTLINE);
	HPDF_SaveToStream(p->doc);
	if (pdf_check(p, "assembling the PDF", e) != ST_OK)
		return ST_ERR;
	HPDF_ResetStream(p->doc);
	for (left = HPDF_GetStreamSize(p->doc); left && !failed;) {
		HPDF_UINT32 n = left < sizeof(buf) ? left : sizeof(buf);

		HPDF_ReadFromStream(p->doc, buf, &n);
		if (pdf_check(p, "assembling the PDF", e) != ST_OK || !n)
			return n ? ST_ERR : err_set(e, "assembling the PDF: it ends early");
		failed = fwrite(buf, 1, n, f) != n;
		left -= n;
	}
	if (failed || fflush(f) != 0)
		return err_set(e, "cannot write %s: %s", p->path, strerror(errno));
	p->file = NULL;
	if (fclose(f) == 0)
		return ST_OK;
	err_set(e, "cannot write %s: %s", p->path, strerror(errno));
	remove(p->path);
	return ST_ERR;
}

static enum status pdf_write(const struct document *d, const struct write_options *o, const char *path,
			     struct err *e)
{
	CLEANUP(pdf_close) struct pdf p = { .dir = o && o->font_dir ? o->font_dir : FONT_DIR, .path = path };
	struct page_metrics m = { .ctx = &p, .width = pdf_width };

	p.file = fopen(path, "wb");
	if (!p.file)
		return err_set(e, "cannot write %s: %s", path, strerror(errno));
	if (pdf_begin(&p, d, e) != ST_OK)
		return ST_ERR;
	if (page_layout(d, &m, pdf_page, &p, e) != ST_OK) {
		/* A font that would not load looks like a missing character to the layout. */
		if (p.font_error.text[0])
			*e = p.font_error;
		return ST_ERR;
	}
	return pdf_save(&p, e);
}

const struct writer pdf_writer = { .name = "pdf", .extension = ".pdf", .write = pdf_write };
