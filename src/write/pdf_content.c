/*
 * What a page says, in few and short operators: the state is set when it changes, lines that continue
 * each other are drawn as one, and a text's place is told from the place of the one before.
 */
#include "pdf_content.h"
#include <rasoat/arena.h>

#include <stdlib.h>
#include <string.h>

#define LINES_BACK 64 /* how far a line looks for one to continue: two rows of a wide table */

static int thousandths(float v)
{
	return (int)((double)v * 1000 + (v < 0 ? -0.5 : 0.5));
}

/* v / 10^places, without needless zeros, and a blank behind it. */
static char *number_put(char *to, int v, int places)
{
	char digits[16];
	unsigned rest = v < 0 ? 0u - (unsigned)v : (unsigned)v;
	int n = 0;

	if (v < 0)
		*to++ = '-';
	while (places && rest % 10 == 0) {
		rest /= 10;
		places--;
	}
	do {
		digits[n++] = (char)('0' + rest % 10);
		rest /= 10;
		if (n == places)
			digits[n++] = '.';
	} while (rest || n <= places || digits[n - 1] == '.');
	while (n)
		*to++ = digits[--n];
	*to++ = ' ';
	return to;
}

/* Numbers in thousandths, then an operator of at most two letters, then a line's end. */
static void operator_put(struct str *out, const int *v, int n, const char *name)
{
	char buf[80], *to = buf;

	for (int i = 0; i < n; i++)
		to = number_put(to, v[i], 3);
	while (*name)
		*to++ = *name++;
	*to++ = '\n';
	str_addn(out, buf, (size_t)(to - buf));
}

#define OPERATOR(out, name, ...)                                                                  \
	operator_put((out), (const int[]){ __VA_ARGS__ }, sizeof((int[]){ __VA_ARGS__ }) / sizeof(int), (name))

/* --- grounds --- */

static bool same_colour(const struct page_box *a, const struct page_box *b)
{
	if (a->rgb[0] < 0 && b->rgb[0] < 0)
		return thousandths(a->grey) == thousandths(b->grey);
	return thousandths(a->rgb[0]) == thousandths(b->rgb[0]) && thousandths(a->rgb[1]) == thousandths(b->rgb[1]) &&
	       thousandths(a->rgb[2]) == thousandths(b->rgb[2]);
}

/* Rectangles of one colour in a row make one path. */
static void grounds_put(struct pdf_content *c, const struct page *page)
{
	const struct page_box *last = NULL;

	for (int i = 0; i < page->n_boxes; i++) {
		const struct page_box *b = &page->boxes[i];

		if (b->kind != BOX_RECT)
			continue;
		if (!last || !same_colour(last, b)) {
			if (last)
				str_add(&c->out, "f\n");
			if (b->rgb[0] >= 0)
				OPERATOR(&c->out, "rg", thousandths(b->rgb[0]), thousandths(b->rgb[1]),
					 thousandths(b->rgb[2]));
			else
				OPERATOR(&c->out, "g", thousandths(b->grey));
		}
		last = b;
		OPERATOR(&c->out, "re", thousandths(b->x), thousandths(page->height - (b->y + b->h)), thousandths(b->w),
			 thousandths(b->h));
	}
	if (last)
		str_add(&c->out, "f\n0 g\n");
}

/* --- lines --- */

static bool same_size(float a, float b)
{
	return !(a < b || a > b);
}

static bool line_continues(struct pdf_line *old, const struct pdf_line *l)
{
	if (old->place != l->place || old->upright != l->upright || !same_size(old->thick, l->thick) ||
	    l->from > old->to || l->to < old->from)
		return false;
	old->from = l->from < old->from ? l->from : old->from;
	old->to = l->to > old->to ? l->to : old->to;
	return true;
}

static void line_add(struct pdf_content *c, struct pdf_line l)
{
	if (l.from > l.to) {
		int from = l.to;

		l.to = l.from;
		l.from = from;
	}
	for (int i = c->n_lines - 1; i >= 0 && i >= c->n_lines - LINES_BACK; i--)
		if (line_continues(&c->lines[i], &l))
			return;
	if (c->n_lines == c->cap_lines) {
		c->cap_lines = c->cap_lines ? 2 * c->cap_lines : 256;
		c->lines = xrealloc(c->lines, (size_t)c->cap_lines * sizeof(*c->lines));
	}
	c->lines[c->n_lines++] = l;
}

static void stroke_begin(struct pdf_content *c, float *thick, float want)
{
	if (same_size(*thick, want))
		return;
	if (*thick >= 0)
		str_add(&c->out, "S\n");
	OPERATOR(&c->out, "w", thousandths(want));
	*thick = want;
}

static void slanted_put(struct pdf_content *c, const struct page *page, const struct page_box *b, float *thick)
{
	stroke_begin(c, thick, b->size);
	OPERATOR(&c->out, "m", thousandths(b->x), thousandths(page->height - b->y));
	OPERATOR(&c->out, "l", thousandths(b->x + b->w), thousandths(page->height - (b->y + b->h)));
}

/* Lines of one thickness in a row make one path. */
static void lines_put(struct pdf_content *c, const struct page *page)
{
	float thick = -1;

	c->n_lines = 0;
	for (int i = 0; i < page->n_boxes; i++) {
		const struct page_box *b = &page->boxes[i];
		int x = thousandths(b->x), y = thousandths(page->height - b->y);
		int x1 = thousandths(b->x + b->w), y1 = thousandths(page->height - (b->y + b->h));

		if (b->kind != BOX_LINE)
			continue;
		if (x == x1)
			line_add(c, (struct pdf_line){ x, y, y1, b->size, true });
		else if (y == y1)
			line_add(c, (struct pdf_line){ y, x, x1, b->size, false });
		else
			slanted_put(c, page, b, &thick);
	}
	for (int i = 0; i < c->n_lines; i++) {
		const struct pdf_line *l = &c->lines[i];

		stroke_begin(c, &thick, l->thick);
		OPERATOR(&c->out, "m", l->upright ? l->place : l->from, l->upright ? l->from : l->place);
		OPERATOR(&c->out, "l", l->upright ? l->place : l->to, l->upright ? l->to : l->place);
	}
	if (thick >= 0)
		str_add(&c->out, "S\n");
}

/* --- texts --- */

/* The layout has checked that texts are well-formed; a byte that is not gets a code without a glyph. */
static unsigned char_take(const unsigned char **s, const unsigned char *end)
{
	const unsigned char *p = *s;

	if (p[0] < 0x80) {
		*s += 1;
		return p[0];
	}
	if (p[0] < 0xE0 && end - p > 1) {
		*s += 2;
		return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
	}
	if (p[0] < 0xF0 && end - p > 2) {
		*s += 3;
		return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
	}
	*s += 1;
	return 0xFFFD;
}

static char *byte_put(char *to, unsigned b)
{
	if (b == '(' || b == ')' || b == '\\') {
		*to++ = '\\';
	} else if (b == '\r') { /* would be read as a line feed */
		*to++ = '\\';
		b = 'r';
	}
	*to++ = (char)b;
	return to;
}

/* A string of two-byte codes. */
static void string_put(struct str *out, struct pdf_font *f, const char *text, size_t n)
{
	const unsigned char *s = (const unsigned char *)text, *end = s + n;
	char buf[256], *to = buf;

	*to++ = '(';
	while (s < end) {
		unsigned cp = char_take(&s, end);

		pdf_font_use(f, cp);
		to = byte_put(byte_put(to, cp >> 8), cp & 0xFF);
		if (to > buf + sizeof(buf) - 8) {
			str_addn(out, buf, (size_t)(to - buf));
			to = buf;
		}
	}
	*to++ = ')';
	str_addn(out, buf, (size_t)(to - buf));
}

/* Word spacing of PDF is for one-byte codes: each word, with its blank, is shifted. */
static void justified_put(struct str *out, struct pdf_font *f, const struct page_box *b)
{
	int shift = (int)((double)b->word_space * 10000 / (double)b->size + 0.5);
	const char *s = b->text;
	char buf[20];

	str_addc(out, '[');
	while (*s) {
		size_t n = strcspn(s, " ");

		n += s[n] == ' ';
		string_put(out, f, s, n);
		s += n;
		if (s[-1] == ' ' && *s)
			str_addn(out, buf, (size_t)(number_put(buf, -shift, 1) - buf));
	}
	str_add(out, "]TJ\n");
}

static void text_put(struct pdf_content *c, const struct page_box *b, int y)
{
	struct pdf_font *f = c->fonts[b->font];
	int x = thousandths(b->x);

	OPERATOR(&c->out, "Td", x - c->x, y - c->y);
	c->x = x;
	c->y = y;
	if (b->word_space > 0) {
		justified_put(&c->out, f, b);
	} else {
		string_put(&c->out, f, b->text, strlen(b->text));
		str_add(&c->out, "Tj\n");
	}
}

static void font_put(struct str *out, enum page_font font, float size)
{
	char buf[32], *to = buf;

	*to++ = '/';
	*to++ = 'F';
	*to++ = (char)('0' + font);
	*to++ = ' ';
	to = number_put(to, thousandths(size), 3);
	str_addn(out, buf, (size_t)(to - buf));
	str_add(out, "Tf\n");
}

static void texts_put(struct pdf_content *c, const struct page *page)
{
	enum page_font font = FONT_COUNT;
	float size = -1;
	int grey = 0;

	str_add(&c->out, "BT\n");
	c->x = c->y = 0;
	for (int i = 0; i < page->n_boxes; i++) {
		const struct page_box *b = &page->boxes[i];

		if (b->kind != BOX_TEXT)
			continue;
		if (b->font != font || !same_size(b->size, size)) {
			font = b->font;
			size = b->size;
			font_put(&c->out, font, size);
		}
		if (thousandths(b->grey) != grey) {
			grey = thousandths(b->grey);
			OPERATOR(&c->out, "g", grey);
		}
		text_put(c, b, thousandths(page->height - b->y));
	}
	str_add(&c->out, "ET\n");
}

void pdf_content_page(struct pdf_content *c, const struct page *page)
{
	str_clear(&c->out);
	grounds_put(c, page);
	lines_put(c, page);
	texts_put(c, page);
}

void pdf_content_free(struct pdf_content *c)
{
	str_free(&c->out);
	free(c->lines);
}
