/*
 * The part of a TrueType file that a document needs: the tables that PDF asks of a font whose glyphs
 * are chosen by number, with the used glyphs alone. A glyph made of others brings these along.
 */
#include "pdf_font.h"
#include "pdf_font_int.h"
#include <rasoat/arena.h>

#include <stdlib.h>
#include <string.h>

enum {
	ARGS_ARE_WORDS = 0x0001,
	ONE_SCALE = 0x0008,
	MORE_COMPONENTS = 0x0020,
	TWO_SCALES = 0x0040,
	MATRIX = 0x0080,
	GLYPH_HEAD = 10, /* number of contours and box */
};

struct subset {
	const struct pdf_font *f;
	uint16_t *numbers; /* by glyph of the file; 0 = not in the subset, but for glyph 0 */
	uint16_t *glyphs;  /* by number */
	int n;
	struct str tables[FONT_EMBEDDED];
};

static void put16(struct str *s, unsigned v)
{
	char b[2] = { (char)(v >> 8), (char)v };

	str_addn(s, b, 2);
}

static void put32(struct str *s, uint32_t v)
{
	put16(s, v >> 16);
	put16(s, v & 0xFFFF);
}

static void set16(char *p, unsigned v)
{
	p[0] = (char)(v >> 8);
	p[1] = (char)v;
}

static void set32(char *p, uint32_t v)
{
	set16(p, v >> 16);
	set16(p + 2, v & 0xFFFF);
}

static unsigned get16(const char *p)
{
	return (unsigned)(unsigned char)p[0] << 8 | (unsigned char)p[1];
}

static void pad4(struct str *s)
{
	while (s->len % 4)
		str_addc(s, 0);
}

static uint16_t glyph_take(struct subset *s, unsigned glyph)
{
	if (!glyph || glyph >= (unsigned)s->f->glyphs)
		return 0;
	if (!s->numbers[glyph]) {
		s->numbers[glyph] = (uint16_t)s->n;
		s->glyphs[s->n++] = (uint16_t)glyph;
	}
	return s->numbers[glyph];
}

/* The parts of a composite glyph get their new numbers. */
static void parts_take(struct subset *s, char *glyph, size_t length)
{
	size_t at = GLYPH_HEAD;
	unsigned flags = MORE_COMPONENTS;

	while (flags & MORE_COMPONENTS && at + 4 <= length) {
		flags = get16(glyph + at);
		set16(glyph + at + 2, glyph_take(s, get16(glyph + at + 2)));
		at += flags & ARGS_ARE_WORDS ? 8 : 6;
		at += flags & ONE_SCALE ? 2 : flags & TWO_SCALES ? 4 : flags & MATRIX ? 8 : 0;
	}
}

static void glyph_add(struct subset *s, unsigned glyph)
{
	const struct pdf_font *f = s->f;
	const struct font_table *loca = &f->tables[FONT_LOCA], *glyf = &f->tables[FONT_GLYF];
	struct str *out = &s->tables[FONT_GLYF];
	size_t from, to, start = out->len;

	if (f->long_loca) {
		from = font_u32(f, loca->at + 4 * (size_t)glyph);
		to = font_u32(f, loca->at + 4 * (size_t)glyph + 4);
	} else {
		from = 2 * (size_t)font_u16(f, loca->at + 2 * (size_t)glyph);
		to = 2 * (size_t)font_u16(f, loca->at + 2 * (size_t)glyph + 2);
	}
	if (to > glyf->length || from + GLYPH_HEAD > to)
		return; /* nothing to draw: a blank */
	str_addn(out, (const char *)f->file + glyf->at + from, to - from);
	if (get16(out->p + start) & 0x8000)
		parts_take(s, out->p + start, to - from);
	pad4(out);
}

static void glyphs_add(struct subset *s, struct pdf_font *f)
{
	s->n = 1; /* glyph 0 stands for what is missing */
	for (int i = 0; i < 256; i++)
		for (int k = 0; f->blocks[i] && k < 256; k++)
			if (f->blocks[i][k].used)
				f->blocks[i][k].number = glyph_take(s, f->blocks[i][k].glyph);
	for (int i = 0; i < s->n; i++) { /* s->n grows on the way */
		int advance, bearing;

		put32(&s->tables[FONT_LOCA], (uint32_t)s->tables[FONT_GLYF].len);
		glyph_add(s, s->glyphs[i]);
		font_metric(f, s->glyphs[i], &advance, &bearing);
		put16(&s->tables[FONT_HMTX], (unsigned)advance);
		put16(&s->tables[FONT_HMTX], (unsigned)bearing);
	}
	put32(&s->tables[FONT_LOCA], (uint32_t)s->tables[FONT_GLYF].len);
}

static void tables_copy(struct subset *s)
{
	static const enum font_table_id copied[] = { FONT_CVT,  FONT_FPGM, FONT_PREP,
						     FONT_HEAD, FONT_HHEA, FONT_MAXP };

	for (size_t i = 0; i < sizeof(copied) / sizeof(*copied); i++) {
		const struct font_table *t = &s->f->tables[copied[i]];

		str_addn(&s->tables[copied[i]], (const char *)s->f->file + t->at, t->length);
	}
	set32(s->tables[FONT_HEAD].p + 8, 0);
	set16(s->tables[FONT_HEAD].p + 50, 1); /* long offsets */
	set16(s->tables[FONT_HHEA].p + 34, (unsigned)s->n);
	set16(s->tables[FONT_MAXP].p + 4, (unsigned)s->n);
}

static uint32_t checksum(const char *p, size_t n)
{
	uint32_t sum = 0;

	for (size_t i = 0; i + 4 <= n; i += 4)
		sum += (uint32_t)get16(p + i) << 16 | get16(p + i + 2);
	return sum;
}

static void file_write(struct subset *s, struct str *out)
{
	static const char tags[FONT_TABLES][5] = FONT_TAGS;
	size_t start = out->len, at, head = 0;
	unsigned n = 0, power = 1, log = 0;

	for (int i = 0; i < FONT_EMBEDDED; i++)
		n += s->tables[i].len > 0;
	for (; power * 2 <= n; power *= 2)
		log++;
	put32(out, 0x00010000);
	put16(out, n);
	put16(out, power * 16);
	put16(out, log);
	put16(out, n * 16 - power * 16);
	at = 12 + 16 * (size_t)n;
	for (int i = 0; i < FONT_EMBEDDED; i++) {
		struct str *t = &s->tables[i];
		size_t length = t->len;

		if (!length)
			continue;
		if (i == FONT_HEAD)
			head = at;
		pad4(t);
		str_addn(out, tags[i], 4);
		put32(out, checksum(t->p, t->len));
		put32(out, (uint32_t)at);
		put32(out, (uint32_t)length);
		at += t->len;
	}
	for (int i = 0; i < FONT_EMBEDDED; i++)
		str_addn(out, s->tables[i].p, s->tables[i].len);
	set32(out->p + start + head + 8, 0xB1B0AFBA - checksum(out->p + start, out->len - start));
}

void pdf_font_subset(struct pdf_font *f, struct str *out)
{
	struct subset s = { .f = f };

	s.numbers = xmalloc((size_t)f->glyphs * sizeof(*s.numbers));
	memset(s.numbers, 0, (size_t)f->glyphs * sizeof(*s.numbers));
	s.glyphs = xmalloc((size_t)f->glyphs * sizeof(*s.glyphs));
	s.glyphs[0] = 0;
	for (int i = 0; i < FONT_EMBEDDED; i++)
		s.tables[i] = (struct str)STR_INIT;
	glyphs_add(&s, f);
	tables_copy(&s);
	file_write(&s, out);
	for (int i = 0; i < FONT_EMBEDDED; i++)
		str_free(&s.tables[i]);
	free(s.numbers);
	free(s.glyphs);
}
