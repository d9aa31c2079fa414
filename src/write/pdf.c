/*
 * pdf - pages of boxes into a PDF file, by libharu.
 *
 * libharu keeps the file together: objects, page tree, bookmarks, cross-references. What it is slow or
 * wrong at is done here, through its installed headers. Page contents are written by pdf_content.c and
 * compressed when the page is done, so that a finished page takes little memory. Fonts are written by
 * pdf_font.c: libharu looks up 65,536 characters for each, embeds the maps of all of them, and its
 * ToUnicode map is malformed. The file is written straight to its stream and every write is checked.
 *
 * libharu's errors are sticky and its return codes do not tell all: the first error is kept by the
 * handler and asked for after each step.
 */
#include "pdf_content.h"
#include "writers.h"
#include <rasoat/text.h>

#include <errno.h>
#include <hpdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FONT_DIR "/usr/share/fonts/truetype/liberation2"
/* Page nodes of this many pages each: the default tree ends at 32,767 pages. */
#define PAGES_PER_NODE 1024
#define BUFFER 65536

struct pdf {
	HPDF_Doc doc;
	HPDF_STATUS code, detail; /* first error of the library */
	struct err font_error;    /* a font that could not be loaded while measuring */
	const char *dir;
	struct pdf_content content;
	HPDF_Stream plain;        /* a page's content before it is compressed */
	HPDF_Dict resources;      /* one for all pages */
	HPDF_Outline level[3];
	bool marked;
	FILE *file;
	const char *path;
	int write_errno;
};

static void pdf_failed(HPDF_STATUS code, HPDF_STATUS detail, void *user)
{
	struct pdf *p = user;

	if (p->code == HPDF_OK) {
		p->code = code;
		p->detail = detail;
	}
}

static enum status pdf_check(struct pdf *p, const char *doing, struct err *e)
{
	if (p->font_error.text[0]) {
		*e = p->font_error;
		return ST_ERR;
	}
	if (p->code == HPDF_OK && HPDF_GetError(p->doc) != HPDF_OK) /* inner functions do not call the handler */
		pdf_failed(HPDF_GetError(p->doc), HPDF_GetErrorDetail(p->doc), p);
	if (p->code == HPDF_OK)
		return ST_OK;
	return err_set(e, "%s: PDF library error 0x%04lX, detail %lu", doing, (unsigned long)p->code,
		       (unsigned long)p->detail);
}

static void pdf_close(struct pdf *p)
{
	if (p->doc) {
		HPDF_Stream_Free(p->plain);
		HPDF_Free(p->doc);
	}
	for (int i = 0; i < FONT_COUNT; i++)
		pdf_font_close(p->content.fonts[i]);
	pdf_content_free(&p->content);
	if (p->file) { /* still open: the run failed */
		fclose(p->file);
		remove(p->path);
	}
}

/* --- fonts --- */

static const char *const styles[FONT_COUNT] = { "Regular", "Bold", "Italic", "BoldItalic" };
static const char *const names[FONT_COUNT] = { "LiberationSerif", "LiberationSerif-Bold", "LiberationSerif-Italic",
					       "LiberationSerif-BoldItalic" };

static int pdf_width(void *ctx, enum page_font which, uint32_t cp)
{
	struct pdf *p = ctx;
	struct pdf_font **f = &p->content.fonts[which];

	if (!*f) {
		CLEANUP(str_free) struct str path = STR_INIT;

		if (p->font_error.text[0])
			return -1;
		str_addf(&path, "%s/LiberationSerif-%s.ttf", p->dir, styles[which]);
		if (pdf_font_open(f, path.p, &p->font_error) != ST_OK)
			return -1;
	}
	return pdf_font_width(*f, cp);
}

/* Numbers as an array under `key`. */
static void dict_numbers(HPDF_Dict dict, const char *key, const int *v, int n)
{
	HPDF_Array a = HPDF_Array_New(dict->mmgr);

	HPDF_Dict_Add(dict, key, a);
	for (int i = 0; a && i < n; i++)
		HPDF_Array_AddNumber(a, v[i]);
}

/* A new object of the file, reachable from `dict` under `key`. */
static HPDF_Dict dict_object(struct pdf *p, HPDF_Dict dict, const char *key)
{
	HPDF_Dict d = HPDF_Dict_New(p->doc->mmgr);

	if (d && HPDF_Xref_Add(p->doc->xref, d) != HPDF_OK)
		return NULL;
	return d && HPDF_Dict_Add(dict, key, d) == HPDF_OK ? d : NULL;
}

static HPDF_Dict dict_stream(struct pdf *p, HPDF_Dict dict, const char *key, const struct str *data)
{
	HPDF_Dict d = HPDF_DictStream_New(p->doc->mmgr, p->doc->xref);

	if (!d || HPDF_Dict_Add(dict, key, d) != HPDF_OK)
		return NULL;
	d->filter = HPDF_STREAM_FILTER_FLATE_DECODE;
	HPDF_Stream_Write(d->stream, (const HPDF_BYTE *)data->p, (HPDF_UINT)data->len);
	return d;
}

/* Codes are UTF-16 units, so the map is the identity: a range for each high byte, as the low byte must not carry. */
static void font_to_unicode(struct pdf *p, HPDF_Dict font, const struct pdf_font *f)
{
	CLEANUP(str_free) struct str map = STR_INIT;
	unsigned high[256];
	int n = 0, glyph;

	for (uint32_t cp = 0; pdf_font_next(f, &cp, &glyph); cp = (cp | 0xFF) + 1)
		high[n++] = cp >> 8;
	str_add(&map, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
		      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
		      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
		      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
	for (int i = 0; i < n; i++) {
		if (i % 100 == 0) /* no more in a block */
			str_addf(&map, "%d beginbfrange\n", n - i < 100 ? n - i : 100);
		str_addf(&map, "<%02X00> <%02XFF> <%02X00>\n", high[i], high[i], high[i]);
		if (i % 100 == 99 || i == n - 1)
			str_add(&map, "endbfrange\n");
	}
	str_add(&map, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
	dict_stream(p, font, "ToUnicode", &map);
}

/* Widths and glyphs of the used characters. */
static void font_glyphs(struct pdf *p, HPDF_Dict font, struct pdf_font *f)
{
	CLEANUP(str_free) struct str map = STR_INIT;
	HPDF_Array widths = HPDF_Array_New(p->doc->mmgr), run = NULL;
	uint32_t next = 0;
	int glyph;

	HPDF_Dict_Add(font, "W", widths);
	for (uint32_t cp = 0; widths && pdf_font_next(f, &cp, &glyph); cp++) {
		char code[2] = { (char)(glyph >> 8), (char)glyph };

		if (!run || cp != next) {
			run = HPDF_Array_New(p->doc->mmgr);
			HPDF_Array_AddNumber(widths, (HPDF_INT32)cp);
			HPDF_Array_Add(widths, run);
		}
		HPDF_Array_AddNumber(run, pdf_font_width(f, cp));
		while (map.len < 2 * (size_t)cp)
			str_addn(&map, "\0", 2);
		str_addn(&map, code, 2);
		next = cp + 1;
	}
	dict_stream(p, font, "CIDToGIDMap", &map);
}

static void font_descriptor(struct pdf *p, HPDF_Dict font, enum page_font which, const char *name,
			    const struct pdf_font_look *look, const struct str *program)
{
	enum { SERIF = 2, NONSYMBOLIC = 32, ITALIC = 64 };
	bool italic = which == FONT_ITALIC || which == FONT_BOLD_ITALIC;
	HPDF_Dict d = dict_object(p, font, "FontDescriptor"), file;

	if (!d)
		return;
	HPDF_Dict_AddName(d, "Type", "FontDescriptor");
	HPDF_Dict_AddName(d, "FontName", name);
	HPDF_Dict_AddNumber(d, "Flags", SERIF | NONSYMBOLIC | (italic ? ITALIC : 0));
	dict_numbers(d, "FontBBox", look->box, 4);
	HPDF_Dict_AddNumber(d, "ItalicAngle", italic ? -16 : 0);
	HPDF_Dict_AddNumber(d, "Ascent", look->ascent);
	HPDF_Dict_AddNumber(d, "Descent", look->descent);
	HPDF_Dict_AddNumber(d, "CapHeight", look->cap_height);
	HPDF_Dict_AddNumber(d, "XHeight", look->x_height);
	HPDF_Dict_AddNumber(d, "StemV", which == FONT_BOLD || which == FONT_BOLD_ITALIC ? 140 : 80);
	file = dict_stream(p, d, "FontFile2", program);
	if (file)
		HPDF_Dict_AddNumber(file, "Length1", (HPDF_INT32)program->len);
}

/* Two-byte codes by a table to glyphs: the kind of font that a TrueType file with many letters needs. */
static HPDF_Dict font_descendant(struct pdf *p, HPDF_Dict font, const char *name)
{
	HPDF_Array list = HPDF_Array_New(p->doc->mmgr);
	HPDF_Dict d = HPDF_Dict_New(p->doc->mmgr), system = HPDF_Dict_New(p->doc->mmgr);

	if (HPDF_Dict_Add(font, "DescendantFonts", list) != HPDF_OK || !d ||
	    HPDF_Xref_Add(p->doc->xref, d) != HPDF_OK || HPDF_Array_Add(list, d) != HPDF_OK ||
	    HPDF_Dict_Add(d, "CIDSystemInfo", system) != HPDF_OK)
		return NULL;
	HPDF_Dict_AddName(d, "Type", "Font");
	HPDF_Dict_AddName(d, "Subtype", "CIDFontType2");
	HPDF_Dict_AddName(d, "BaseFont", name);
	HPDF_Dict_Add(system, "Registry", HPDF_String_New(p->doc->mmgr, "Adobe", NULL));
	HPDF_Dict_Add(system, "Ordering", HPDF_String_New(p->doc->mmgr, "Identity", NULL));
	HPDF_Dict_AddNumber(system, "Supplement", 0);
	return d;
}

static void font_write(struct pdf *p, HPDF_Dict fonts, enum page_font which)
{
	CLEANUP(str_free) struct str program = STR_INIT;
	struct pdf_font *f = p->content.fonts[which];
	char key[] = { 'F', (char)('0' + which), 0 }, name[64];
	HPDF_Dict font = dict_object(p, fonts, key), descendant;
	struct pdf_font_look look;

	if (!font)
		return;
	snprintf(name, sizeof(name), "RASOA%c+%s", 'A' + (int)which, names[which]);
	HPDF_Dict_AddName(font, "Type", "Font");
	HPDF_Dict_AddName(font, "Subtype", "Type0");
	HPDF_Dict_AddName(font, "BaseFont", name);
	HPDF_Dict_AddName(font, "Encoding", "Identity-H");
	font_to_unicode(p, font, f);
	descendant = font_descendant(p, font, name);
	if (!descendant)
		return;
	pdf_font_look(f, &look);
	pdf_font_subset(f, &program);
	HPDF_Dict_AddNumber(descendant, "DW", look.missing_width);
	font_glyphs(p, descendant, f);
	font_descriptor(p, descendant, which, name, &look, &program);
}

/* When all pages are there, all characters are known. */
static enum status fonts_write(struct pdf *p, struct err *e)
{
	HPDF_Dict fonts = HPDF_Dict_New(p->doc->mmgr);

	if (HPDF_Dict_Add(p->resources, "Font", fonts) == HPDF_OK) {
		for (int i = 0; i < FONT_COUNT; i++) {
			uint32_t cp = 0;
			int glyph;

			if (p->content.fonts[i] && pdf_font_next(p->content.fonts[i], &cp, &glyph))
				font_write(p, fonts, (enum page_font)i);
		}
	}
	return pdf_check(p, "embedding the fonts", e);
}

/* --- pages --- */

/* One line, for bookmarks and metadata. */
static HPDF_Binary text_utf16(struct pdf *p, const char *s)
{
	CLEANUP(str_free) struct str out = STR_INIT;
	size_t n = strlen(s);

	str_addn(&out, "\xFE\xFF", 2);
	for (size_t at = 0; at < n;) {
		uint32_t cp;

		at += text_next(s + at, n - at, &cp);
		if (cp < 0x20)
			cp = ' ';
		if (cp > 0xFFFF) {
			uint32_t lead = 0xD800 + ((cp - 0x10000) >> 10);

			str_addc(&out, (char)(lead >> 8));
			str_addc(&out, (char)lead);
			cp = 0xDC00 + (cp & 0x3FF);
		}
		str_addc(&out, (char)(cp >> 8));
		str_addc(&out, (char)cp);
	}
	return HPDF_Binary_New(p->doc->mmgr, (HPDF_BYTE *)out.p, (HPDF_UINT)out.len);
}

static void draw_marks(struct pdf *p, HPDF_Page out, const struct page *page)
{
	for (int i = 0; i < page->n_boxes; i++) {
		const struct page_box *b = &page->boxes[i];
		HPDF_Outline parent = NULL;
		HPDF_Destination to;
		int level = (int)b->size;

		if (b->kind != BOX_MARK)
			continue;
		for (int k = 0; k < level && k < 3; k++)
			parent = p->level[k] ? p->level[k] : parent;
		p->level[level] = HPDF_CreateOutline(p->doc, parent, "", NULL);
		for (int k = level + 1; k < 3; k++)
			p->level[k] = NULL;
		to = HPDF_Page_CreateDestination(out);
		if (!p->level[level] || !to)
			return;
		HPDF_Dict_Add(p->level[level], "Title", text_utf16(p, b->text));
		HPDF_Destination_SetFitH(to, page->height - b->y + 6);
		HPDF_Outline_SetDestination(p->level[level], to);
		p->marked = true;
	}
}

/* The library would add this to a stream that it compresses itself. */
static HPDF_STATUS filter_write(HPDF_Dict contents, HPDF_Stream out)
{
	(void)contents;
	return HPDF_Stream_WriteStr(out, "/Filter /FlateDecode\n");
}

/* Compressed now, while all other pages are compressed or not there yet. */
static void contents_set(struct pdf *p, HPDF_Page page)
{
	HPDF_Dict contents = ((HPDF_PageAttr)page->attr)->contents;
	const struct str *out = &p->content.out;

	HPDF_MemStream_FreeData(p->plain);
	HPDF_Stream_Write(p->plain, (const HPDF_BYTE *)out->p, (HPDF_UINT)out->len);
	HPDF_Stream_WriteToStream(p->plain, contents->stream, HPDF_STREAM_FILTER_FLATE_DECODE, NULL);
	contents->filter = HPDF_STREAM_FILTER_NONE;
	contents->write_fn = filter_write;
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
	HPDF_Dict_Add(out, "Resources", p->resources);
	pdf_content_page(&p->content, page);
	contents_set(p, out);
	draw_marks(p, out, page);
	return pdf_check(p, "drawing a page", e);
}

/* --- the file --- */

static void info_text(struct pdf *p, const char *key, const char *s)
{
	if (s && *s && p->doc->info)
		HPDF_Dict_Add(p->doc->info, key, text_utf16(p, s));
}

/* All dates are the document's own: two runs give the same bytes. */
static void pdf_info(struct pdf *p, const struct document *d)
{
	int y, m, day;

	HPDF_SetInfoAttr(p->doc, HPDF_INFO_CREATOR, "rasoat");
	info_text(p, "Title", d->title);
	info_text(p, "Author", d->author);
	info_text(p, "Subject", d->subject);
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
	HPDF_SetPagesConfiguration(p->doc, PAGES_PER_NODE);
	pdf_info(p, d);
	HPDF_Dict_Add(p->doc->catalog, "Lang", HPDF_String_New(p->doc->mmgr, "vi-VN", NULL));
	p->plain = HPDF_MemStream_New(p->doc->mmgr, BUFFER);
	p->resources = HPDF_Dict_New(p->doc->mmgr);
	if (p->resources)
		HPDF_Xref_Add(p->doc->xref, p->resources);
	return pdf_check(p, "beginning a PDF", e);
}

static HPDF_STATUS file_write(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT n)
{
	struct pdf *p = stream->attr;

	if (fwrite(bytes, 1, n, p->file) == n)
		return HPDF_OK;
	p->write_errno = errno ? errno : EIO;
	return HPDF_SetError(stream->error, HPDF_FILE_IO_ERROR, 0);
}

/* The library writes to any stream it finds in the document: ours goes to the file and tells of failures. */
static enum status pdf_save(struct pdf *p, struct err *e)
{
	FILE *f = p->file;

	if (fonts_write(p, e) != ST_OK)
		return ST_ERR;
	if (p->marked)
		HPDF_SetPageMode(p->doc, HPDF_PAGE_MODE_USE_OUTLINE);
	p->doc->stream = HPDF_CallbackWriter_New(p->doc->mmgr, file_write, p);
	HPDF_SaveToStream(p->doc);
	if (!p->write_errno && pdf_check(p, "assembling the PDF", e) != ST_OK)
		return ST_ERR;
	if (!p->write_errno && fflush(f) != 0)
		p->write_errno = errno ? errno : EIO;
	if (p->write_errno)
		return err_set(e, "cannot write %s: %s", p->path, strerror(p->write_errno));
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
	CLEANUP(pdf_close) struct pdf p = { .dir = o && o->font_dir ? o->font_dir : FONT_DIR, .path = path,
					    .content.out = STR_INIT };
	struct page_metrics m = { .ctx = &p, .width = pdf_width };

	p.file = fopen(path, "wb");
	if (!p.file)
		return err_set(e, "cannot write %s: %s", path, strerror(errno));
	setvbuf(p.file, NULL, _IOFBF, BUFFER);
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
