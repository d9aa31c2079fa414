/*
 * Reading a TrueType file: where its tables are, which glyph a character has and how wide it is.
 */
#include "pdf_font.h"
#include "pdf_font_int.h"
#include <rasoat/arena.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Numbers of the file are big-endian; behind its end there are zeros. */
unsigned font_u16(const struct pdf_font *f, size_t at)
{
	return at + 2 <= f->size ? (unsigned)f->file[at] << 8 | f->file[at + 1] : 0;
}

uint32_t font_u32(const struct pdf_font *f, size_t at)
{
	return (uint32_t)font_u16(f, at) << 16 | font_u16(f, at + 2);
}

int font_i16(const struct pdf_font *f, size_t at)
{
	return (int16_t)font_u16(f, at);
}

static enum status font_map(struct pdf_font *f, const char *path, struct err *e)
{
	struct stat st;
	void *map = MAP_FAILED;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd >= 0 && fstat(fd, &st) == 0) {
		if (!S_ISREG(st.st_mode) || st.st_size <= 0 || st.st_size > INT32_MAX) {
			close(fd);
			return err_set(e, "%s is not a TrueType font: install fonts-liberation2", path);
		}
		map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	}
	if (map == MAP_FAILED)
		err_set(e, "cannot read the font %s: %s; install fonts-liberation2 or name the folder of the fonts",
			path, strerror(errno));
	else {
		f->file = map;
		f->size = (size_t)st.st_size;
	}
	if (fd >= 0)
		close(fd);
	return f->file ? ST_OK : ST_ERR;
}

/* False when a table lies outside the file, which is then damaged or cut off. */
static bool tables_find(struct pdf_font *f)
{
	static const char tags[FONT_TABLES][5] = FONT_TAGS;
	unsigned n = font_u16(f, 4);

	for (unsigned i = 0; i < n && 12 + 16 * (size_t)(i + 1) <= f->size; i++) {
		size_t at = 12 + 16 * (size_t)i;
		uint32_t offset = font_u32(f, at + 8), length = font_u32(f, at + 12);

		if (offset > f->size || length > f->size - offset)
			return false;
		for (int k = 0; k < FONT_TABLES; k++)
			if (memcmp(f->file + at, tags[k], 4) == 0)
				f->tables[k] = (struct font_table){ offset, length };
	}
	return true;
}

/* The map from Unicode, of the kind that every font with a Basic Multilingual Plane has. */
static void cmap_find(struct pdf_font *f)
{
	struct font_table t = f->tables[FONT_CMAP];
	unsigned n = font_u16(f, t.at + 2);

	for (unsigned i = 0; i < n; i++) {
		size_t at = t.at + 4 + 8 * (size_t)i;
		uint32_t offset = font_u32(f, at + 4);

		if (font_u16(f, at) == 3 && font_u16(f, at + 2) == 1 && offset < t.length &&
		    font_u16(f, t.at + offset) == 4)
			f->cmap = t.at + offset;
	}
}

static bool font_read(struct pdf_font *f)
{
	static const uint16_t least[FONT_TABLES] = { [FONT_CMAP] = 4, [FONT_HEAD] = 54, [FONT_HHEA] = 36,
						     [FONT_MAXP] = 6, [FONT_HMTX] = 4,  [FONT_LOCA] = 4,
						     [FONT_GLYF] = 1 };
	uint32_t version = font_u32(f, 0);

	if ((version != 0x00010000 && version != 0x74727565) || !tables_find(f))
		return false;
	for (int i = 0; i < FONT_TABLES; i++)
		if (f->tables[i].length < least[i])
			return false;
	cmap_find(f);
	f->units = (int)font_u16(f, f->tables[FONT_HEAD].at + 18);
	f->long_loca = font_u16(f, f->tables[FONT_HEAD].at + 50) != 0;
	f->glyphs = (int)font_u16(f, f->tables[FONT_MAXP].at + 4);
	f->metrics = (int)font_u16(f, f->tables[FONT_HHEA].at + 34);
	return f->cmap && f->units > 0 && f->metrics > 0 && f->glyphs >= f->metrics &&
	       f->tables[FONT_HMTX].length >= 4 * (size_t)f->metrics &&
	       f->tables[FONT_LOCA].length >= (f->long_loca ? 4u : 2u) * ((size_t)f->glyphs + 1);
}

enum status pdf_font_open(struct pdf_font **ret, const char *path, struct err *e)
{
	struct pdf_font *f = xmalloc(sizeof(*f));

	memset(f, 0, sizeof(*f));
	if (font_map(f, path, e) == ST_OK) {
		if (font_read(f)) {
			*ret = f;
			return ST_OK;
		}
		err_set(e, "%s is not a TrueType font: install fonts-liberation2", path);
	}
	pdf_font_close(f);
	return ST_ERR;
}

void pdf_font_close(struct pdf_font *f)
{
	if (!f)
		return;
	if (f->file)
		munmap((void *)(uintptr_t)f->file, f->size);
	for (int i = 0; i < 256; i++)
		free(f->blocks[i]);
	free(f);
}

/* In thousandths, towards zero. */
static int thousandths(const struct pdf_font *f, int v)
{
	return v * 1000 / f->units;
}

void font_metric(const struct pdf_font *f, int glyph, int *advance, int *bearing)
{
	size_t at = f->tables[FONT_HMTX].at, last = (size_t)f->metrics - 1, g = (size_t)glyph;

	*advance = (int)font_u16(f, at + 4 * (g < last ? g : last));
	if (g <= last) {
		*bearing = font_i16(f, at + 4 * g + 2);
		return;
	}
	g = 4 * (size_t)f->metrics + 2 * (g - last - 1);
	*bearing = g + 2 <= f->tables[FONT_HMTX].length ? font_i16(f, at + g) : 0;
}

void pdf_font_look(const struct pdf_font *f, struct pdf_font_look *ret)
{
	const struct font_table *head = &f->tables[FONT_HEAD], *os2 = &f->tables[FONT_OS2];
	int advance, bearing;

	*ret = (struct pdf_font_look){ .ascent = thousandths(f, font_i16(f, f->tables[FONT_HHEA].at + 4)),
				       .descent = thousandths(f, font_i16(f, f->tables[FONT_HHEA].at + 6)) };
	for (size_t i = 0; i < 4; i++)
		ret->box[i] = thousandths(f, font_i16(f, head->at + 36 + 2 * i));
	if (os2->length >= 90) {
		ret->x_height = thousandths(f, font_i16(f, os2->at + 86));
		ret->cap_height = thousandths(f, font_i16(f, os2->at + 88));
	}
	font_metric(f, 0, &advance, &bearing);
	ret->missing_width = thousandths(f, advance);
}

/* Glyph of a character in one segment of the cmap. */
static unsigned segment_glyph(const struct pdf_font *f, size_t segments, size_t i, unsigned cp)
{
	size_t start = f->cmap + 16 + segments, delta = start + segments, range = delta + segments;
	unsigned offset = font_u16(f, range + i), glyph = cp;

	if (offset) {
		glyph = font_u16(f, range + i + offset + 2 * (size_t)(cp - font_u16(f, start + i)));
		if (!glyph)
			return 0;
	}
	return (glyph + font_u16(f, delta + i)) & 0xFFFF;
}

/* The 256 characters with one high byte, when the first of them is asked for. */
static struct font_char *block_fill(struct pdf_font *f, unsigned high)
{
	struct font_char *block = xmalloc(256 * sizeof(*block));
	size_t segments = font_u16(f, f->cmap + 6) & ~1u; /* two bytes each */
	unsigned first = high << 8, last = first | 0xFF;

	for (int i = 0; i < 256; i++)
		block[i] = (struct font_char){ .width = -1 };
	for (size_t i = 0; i < segments; i += 2) {
		unsigned to = font_u16(f, f->cmap + 14 + i), from = font_u16(f, f->cmap + 16 + segments + i);

		for (unsigned cp = from > first ? from : first; cp <= to && cp <= last; cp++) {
			unsigned glyph = segment_glyph(f, segments, i, cp);
			int advance, bearing;

			if (!glyph || glyph >= (unsigned)f->glyphs)
				continue;
			font_metric(f, (int)glyph, &advance, &bearing);
			block[cp & 0xFF].glyph = (uint16_t)glyph;
			block[cp & 0xFF].width = (int16_t)thousandths(f, advance);
		}
	}
	return f->blocks[high] = block;
}

int pdf_font_width(struct pdf_font *f, uint32_t cp)
{
	struct font_char *block;

	if (cp > 0xFFFF)
		return -1;
	block = f->blocks[cp >> 8];
	return (block ? block : block_fill(f, cp >> 8))[cp & 0xFF].width;
}

void pdf_font_use(struct pdf_font *f, uint32_t cp)
{
	if (pdf_font_width(f, cp) >= 0)
		f->blocks[cp >> 8][cp & 0xFF].used = true;
}

bool pdf_font_next(const struct pdf_font *f, uint32_t *cp, int *glyph)
{
	for (; *cp <= 0xFFFF; ++*cp) {
		const struct font_char *block = f->blocks[*cp >> 8];

		if (!block)
			*cp |= 0xFF;
		else if (block[*cp & 0xFF].used) {
			*glyph = block[*cp & 0xFF].number;
			return true;
		}
	}
	return false;
}
