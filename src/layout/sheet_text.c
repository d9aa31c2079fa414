#include "sheet_text.h"

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

/* Capitals of the Latin blocks Vietnamese is written with. */
static bool is_latin_capital(uint32_t cp)
{
	if (cp >= 0xC0 && cp <= 0xDE)
		return true;
	if (cp == 0x1A0 || cp == 0x1AF)
		return true;
	return ((cp >= 0x100 && cp < 0x180) || (cp >= 0x1EA0 && cp < 0x1F00)) && cp % 2 == 0;
}

static int char_width(const char *s, size_t n, uint32_t cp)
{
	if (cp >= 0x20 && cp < 0x7F)
		return ascii_width[cp - 0x20];
	if (is_latin_capital(cp))
		return 722;
	if (cp < 0x2000)
		return text_columns(s, n) ? 500 : 0;
	if (cp >= 0x2500 && cp < 0x2580)
		return 708; /* the rule under a letterhead */
	return text_columns(s, n) ? 1000 : 0;
}

double sheet_text_width(const char *s, size_t n, double size, bool bold)
{
	double sum = 0;

	for (size_t at = 0; at < n;) {
		uint32_t cp;
		size_t used = text_next(s + at, n - at, &cp);

		sum += char_width(s + at, used, cp);
		at += used;
	}
	return sum * size / 1000 * (bold ? 1.06 : 1);
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

	width = fmax(width * 0.96, size);
	while (*s) {
		size_t n = word_length(s);
		double w = sheet_text_width(s, n, size, bold);
		int more = 0;

		if (x > 0 && x + w > width) {
			more = 1;
			x = 0;
		}
		if (w > width && lines + more < max) { /* a word that breaks inside */
			more += (int)(w / width);
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
