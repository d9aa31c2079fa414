/*
 * What the PDF writer reads from a TrueType file and embeds of it. The subset is read again by the same
 * reader's rules, spelt out here once more; pdftotext and poppler judge the rest in test_pdf.
 */
#include "../../src/write/pdf_font.h"
#include <rasoat/arena.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define REGULAR "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"

struct fix {
	struct str file; /* the font's bytes */
	char path[240];  /* a copy to spoil */
};

static void bytes_read(const char *path, struct str *out)
{
	FILE *f = fopen(path, "rb");
	char buf[4096];
	size_t n;

	assert_non_null(f);
	while ((n = fread(buf, 1, sizeof(buf), f)) > 0)
		str_addn(out, buf, n);
	fclose(f);
}

static void bytes_write(const char *path, const char *p, size_t n)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(p, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

static int begin(void **state)
{
	struct fix *f = xmalloc(sizeof(*f));
	const char *tmp = getenv("TMPDIR");
	int fd;

	snprintf(f->path, sizeof(f->path), "%s/rasoat-font-XXXXXX", tmp ? tmp : "/tmp");
	fd = mkstemp(f->path);
	assert_true(fd >= 0);
	close(fd);
	f->file = (struct str)STR_INIT;
	bytes_read(REGULAR, &f->file);
	*state = f;
	return 0;
}

static int end(void **state)
{
	struct fix *f = *state;

	unlink(f->path);
	str_free(&f->file);
	free(f);
	return 0;
}

static struct pdf_font *font_open(const char *path)
{
	struct pdf_font *font = NULL;
	struct err e = ERR_INIT;

	if (pdf_font_open(&font, path, &e) != ST_OK)
		fail_msg("%s", e.text);
	return font;
}

static unsigned be(const struct str *s, size_t at, int n)
{
	unsigned v = 0;

	assert_true(at + (size_t)n <= s->len);
	for (int i = 0; i < n; i++)
		v = v << 8 | (unsigned char)s->p[at + (size_t)i];
	return v;
}

/* Offset of a table; its length. */
static size_t table(const struct str *s, const char *tag, size_t *length)
{
	for (unsigned i = 0; i < be(s, 4, 2); i++) {
		size_t at = 12 + 16 * i;

		if (memcmp(s->p + at, tag, 4) == 0) {
			*length = be(s, at + 12, 4);
			return be(s, at + 8, 4);
		}
	}
	fail_msg("no table %s", tag);
	return 0;
}

static uint32_t sum(const struct str *s, size_t at, size_t n)
{
	uint32_t total = 0;

	for (size_t i = 0; i < (n + 3) / 4; i++)
		total += be(s, at + 4 * i, 4);
	return total;
}

static void test_widths(void **state)
{
	struct pdf_font *f = font_open(REGULAR);
	struct pdf_font_look look;

	(void)state;
	/* Times: known by everybody, in 1/1000. */
	assert_int_equal(pdf_font_width(f, ' '), 250);
	assert_int_equal(pdf_font_width(f, '0'), 500);
	assert_int_equal(pdf_font_width(f, 'A'), 722);
	assert_int_equal(pdf_font_width(f, 'a'), 443);
	assert_int_equal(pdf_font_width(f, 0x1EAD), 443); /* ậ is as wide as a */
	assert_int_equal(pdf_font_width(f, 0x0110), 722); /* Đ */
	assert_true(pdf_font_width(f, 0x20AB) > 0);       /* ₫ */
	assert_int_equal(pdf_font_width(f, 0x2611), -1);  /* ☑ */
	assert_int_equal(pdf_font_width(f, 0xFFFF), -1);
	assert_int_equal(pdf_font_width(f, 0x1F600), -1);
	pdf_font_look(f, &look);
	assert_int_equal(look.ascent, 891);
	assert_int_equal(look.descent, -216);
	assert_true(look.cap_height > 600 && look.cap_height < 700);
	assert_true(look.x_height > 400 && look.x_height < 500);
	pdf_font_close(f);
}

static void use(struct pdf_font *f, const char *ascii)
{
	while (*ascii)
		pdf_font_use(f, (unsigned char)*ascii++);
}

static void test_subset(void **state)
{
	CLEANUP(str_free) struct str out = STR_INIT;
	struct pdf_font *f = font_open(REGULAR);
	size_t length, loca, glyf, hmtx;
	uint32_t cp = 0;
	int glyph, n;

	(void)state;
	use(f, "BA");
	pdf_font_use(f, 0x1EAD); /* made of others */
	pdf_font_use(f, 0x2611); /* not there */
	pdf_font_subset(f, &out);
	/* Glyphs are numbered by character. */
	assert_true(pdf_font_next(f, &cp, &glyph));
	assert_int_equal(cp, 'A');
	assert_int_equal(glyph, 1);
	cp++;
	assert_true(pdf_font_next(f, &cp, &glyph));
	assert_int_equal(cp, 'B');
	assert_int_equal(glyph, 2);
	cp++;
	assert_true(pdf_font_next(f, &cp, &glyph));
	assert_int_equal(cp, 0x1EAD);
	assert_int_equal(glyph, 3);
	cp++;
	assert_false(pdf_font_next(f, &cp, &glyph));
	/* What it is made of came along: 0, A, B, ậ and at least two parts. */
	n = (int)be(&out, table(&out, "maxp", &length) + 4, 2);
	assert_true(n >= 6 && n <= 8);
	assert_int_equal(be(&out, table(&out, "hhea", &length) + 34, 2), n);
	hmtx = table(&out, "hmtx", &length);
	assert_int_equal(length, 4 * n);
	assert_int_equal(be(&out, hmtx + 4, 2) * 1000 / 2048, 722);
	loca = table(&out, "loca", &length);
	assert_int_equal(length, 4 * (n + 1));
	glyf = table(&out, "glyf", &length);
	assert_int_equal(be(&out, loca + 4 * (size_t)n, 4), length);
	glyf += be(&out, loca + 4 * 3, 4);
	assert_int_equal(be(&out, glyf, 2), 0xFFFF); /* composite */
	assert_int_equal(be(&out, glyf + 12, 2), 4); /* its first part is the first that came along */
	pdf_font_close(f);
}

static void test_sums(void **state)
{
	CLEANUP(str_free) struct str out = STR_INIT;
	struct pdf_font *f = font_open(REGULAR);
	size_t length, at;

	(void)state;
	use(f, "Bao cao");
	pdf_font_subset(f, &out);
	assert_int_equal(sum(&out, 0, out.len), 0xB1B0AFBA);
	at = table(&out, "head", &length) + 8;
	memset(out.p + at, 0, 4); /* its own sum is made without the one above */
	for (unsigned i = 0; i < be(&out, 4, 2); i++)
		assert_int_equal(sum(&out, be(&out, 12 + 16 * i + 8, 4), be(&out, 12 + 16 * i + 12, 4)),
				 be(&out, 12 + 16 * i + 4, 4));
	assert_true(out.len < 20000); /* of 393,576 */
	pdf_font_close(f);
}

static void test_order_does_not_matter(void **state)
{
	CLEANUP(str_free) struct str one = STR_INIT, two = STR_INIT;
	struct pdf_font *f = font_open(REGULAR), *g = font_open(REGULAR);

	(void)state;
	use(f, "Thanh tra");
	pdf_font_use(f, 0x1EA1);
	pdf_font_use(g, 0x1EA1);
	use(g, "art hnahThhh");
	pdf_font_subset(f, &one);
	pdf_font_subset(g, &two);
	assert_int_equal(one.len, two.len);
	assert_memory_equal(one.p, two.p, one.len);
	pdf_font_close(f);
	pdf_font_close(g);
}

static void refused(const char *path, const char *text)
{
	struct pdf_font *font = NULL;
	struct err e = ERR_INIT;

	assert_int_equal(pdf_font_open(&font, path, &e), ST_ERR);
	assert_string_equal(e.text, text);
	assert_null(font);
}

static void test_not_a_font(void **state)
{
	struct fix *f = *state;
	char text[400];

	snprintf(text, sizeof(text), "%s is not a TrueType font: install fonts-liberation2", f->path);
	refused(f->path, text); /* empty */
	bytes_write(f->path, "OTTO and so on", 14);
	refused(f->path, text);
	for (size_t n = 4; n < f->file.len; n += n / 3 + 1) { /* cut off */
		bytes_write(f->path, f->file.p, n);
		refused(f->path, text);
	}
	refused("/", "/ is not a TrueType font: install fonts-liberation2");
	refused("/nonexistent/font.ttf", "cannot read the font /nonexistent/font.ttf: No such file or directory; "
					 "install fonts-liberation2 or name the folder of the fonts");
}

/* A spoilt font is refused or gives glyphs, but nobody reads or writes where nothing is. */
static void test_spoilt(void **state)
{
	struct fix *f = *state;
	uint32_t x = 1;

	for (int round = 0; round < 150; round++) {
		CLEANUP(str_free) struct str bad = STR_INIT, out = STR_INIT;
		struct pdf_font *font = NULL;
		struct err e = ERR_INIT;

		str_addn(&bad, f->file.p, f->file.len);
		for (int i = 0; i < 40; i++) {
			size_t range = i % 2 ? 400 : bad.len;

			x = x * 1664525 + 1013904223;
			bad.p[(x >> 8) % range] = (char)(x >> 3);
		}
		/* The magic and the table names stay, else nothing is looked at. */
		memcpy(bad.p, f->file.p, 12);
		for (size_t i = 12; i < 12 + 16 * 19; i += round % 3 ? 16 : 1)
			memcpy(bad.p + i, f->file.p + i, round % 3 ? 4 : 1);
		bytes_write(f->path, bad.p, bad.len);
		if (pdf_font_open(&font, f->path, &e) != ST_OK)
			continue;
		for (uint32_t cp = 0; cp < 0x2200; cp++)
			pdf_font_use(font, cp);
		pdf_font_subset(font, &out);
		pdf_font_close(font);
	}
}

#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_widths), T(test_subset), T(test_sums), T(test_order_does_not_matter), T(test_not_a_font),
		T(test_spoilt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
