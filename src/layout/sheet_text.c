#include "sheet_text.h"

#include <rasoat/err.h>
#include <rasoat/str.h>
#include <rasoat/text.h>

#include <math.h>
#include <stdint.h>
#include <string.h>

/* Times: advance widths of U+0020 to U+007E in 1/1000 of the size. */
static const uint16_t ascii_width[95] = {
	250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500,
	500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611,
	556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722,
	722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500,
	278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
};

/* Letters of Vietnamese that are as wide as their base, and those with a horn, by ranges of capital and small. */
static const struct {
	uint16_t from, to, capital, small;
} letter_width[] = {
	{ 0xC0, 0xC3, 722, 0 }, { 0xC8, 0xCA, 611, 0 }, { 0xCC, 0xCD, 333, 0 }, { 0xD2, 0xD5, 722, 0 },
	{ 0xD9, 0xDA, 722, 0 }, { 0xDD, 0xDD, 722, 0 }, { 0xE0, 0xE3, 0, 444 }, { 0xE8, 0xEA, 0, 444 },
	{ 0xEC, 0xED, 0, 278 }, { 0x102, 0x103, 722, 444 }, { 0x110, 0x111, 722, 500 }, { 0x128, 0x129, 333, 278 },
	{ 0x168, 0x169, 722, 500 }, { 0x1A0, 0x1A1, 722, 529 }, { 0x1AF, 0x1AF, 776, 0 }, { 0x1B0, 0x1B0, 542, 542 },
	{ 0x1EA0, 0x1EB7, 722, 444 }, { 0x1EB8, 0x1EC7, 611, 444 }, { 0x1EC8, 0x1ECB, 333, 278 },
	{ 0x1ECC, 0x1ED9, 722, 500 }, { 0x1EDA, 0x1EE3, 722, 529 }, { 0x1EE4, 0x1EE7, 722, 500 },
	{ 0x1EE8, 0x1EF1, 776, 542 }, { 0x1EF2, 0x1EF9, 722, 500 },
};

enum { FIRST_1EA0 = 16 };

/* 0 when it is none of those letters. */
static int letter_of(uint32_t cp)
{
	for (size_t i = cp < 0x1EA0 ? 0 : FIRST_1EA0; i < sizeof(letter_width) / sizeof(*letter_width); i++) {
		int capital = letter_width[i].capital, small = letter_width[i].small;

		if (cp < letter_width[i].from || cp > letter_width[i].to)
			continue;
		return !small || (capital && cp % 2 == 0) ? capital : small;
	}
	return 0;
}

static int char_width(const char *s, size_t n, uint32_t cp)
{
	if (cp >= 0x20 && cp < 0x7F)
		return ascii_width[cp - 0x20];
	if (cp == 0x2013 || cp == 0x201C || cp == 0x201D)
		return 500;
	if (cp < 0x2000) {
		int letter = letter_of(cp);

		return letter ? letter : text_columns(s, n) ? 722 : 0; /* some other letter: not narrower */
	}
	if (cp >= 0x2500 && cp < 0x2580)
		return 708; /* the rule under a letterhead */
	return text_columns(s, n) ? 1000 : 0;
}

double sheet_text_width(const char *s, size_t n, double size, bool bold)
{
	int64_t sum = 0;

	for (size_t at = 0; at < n;) {
		uint32_t cp = (unsigned char)s[at];
		size_t used = cp < 0x80 ? 1 : text_next(s + at, n - at, &cp);

		sum += char_width(s + at, used, cp);
		at += used;
	}
	return (double)sum * size / 1000 * (bold ? 1.08 : 1);
}

static size_t word_length(const char *s)
{
	return strcspn(s, " \n");
}

double sheet_word_width(const char *s, double size, bool bold)
{
	double widest = 0;

	while (*s) {
		size_t n = word_length(s);

		widest = fmax(widest, sheet_text_width(s, n, size, bold));
		s += n + (s[n] != 0);
	}
	return widest;
}

int sheet_text_lines(const char *s, double size, bool bold, double width, int max, size_t *used)
{
	double x = 0, blank = sheet_text_width(" ", 1, size, bold);
	const char *start = s;
	int lines = 1;

	width = fmax(width * SHEET_TEXT_FILL, size);
	while (*s) {
		size_t n = word_length(s);
		double w = sheet_text_width(s, n, size, bold);
		int more = 0;

		if (x > 0 && x + w > width) {
			more = 1;
			x = 0;
		}
		if (w > width && lines + more < max) { /* a word that breaks inside */
			/* Some programs go to a new line after each "/" and "-" of it. */
			more += (int)(w / width) + (strcspn(s, "/-") < n);
			w = fmod(w, width);
		}
		if (s[n] == '\n')
			more++;
		if (lines + more > max && s > start)
			break;
		lines += more;
		x = s[n] == '\n' ? 0 : x + w + blank;
		s += n + (s[n] != 0);
	}
	*used = (size_t)(s - start);
	return lines < max ? lines : max;
}

double sheet_lines_height(int lines, double size)
{
	return ceil(lines * size * 1.26 + 3);
}
