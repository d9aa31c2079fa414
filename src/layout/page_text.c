/*
 * Measuring, wrapping and placing text. Widths are added up as whole
 * thousandths, so that a break never depends on rounding.
 */
#include "page_int.h"
#include <rasoat/str.h>
#include <rasoat/text.h>
#include <string.h>

/* The text as a message may show it: short, valid, on one line. */
static char *text_excerpt(struct arena *a, const char *s)
{
	CLEANUP(str_free) struct str out = STR_INIT;
	size_t len = strlen(s), at = 0;

	for (int i = 0; at < len; i++) {
		uint32_t cp;
		size_t n = text_next(s + at, len - at, &cp);

		if (i == 60) {
			str_add(&out, "…");
			break;
		}
		if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0xFFFD)
			str_addc(&out, '?');
		else
			str_addn(&out, s + at, n);
		at += n;
	}
	return arena_strdup(a, out.p);
}

static enum status text_bad(struct layout *l, const char *s, const char *at, size_t n, uint32_t cp,
			    struct err *e)
{
	const char *show = text_excerpt(l->tmp, s);

	if (cp == 0xFFFD)
		return err_set(e, "the text \"%s\" is not valid UTF-8: correct the data", show);
	if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
		return err_set(e, "control character U+%04X in the text \"%s\": remove it from the data",
			       (unsigned)cp, show);
	return err_set(e, "the font has no character '%.*s' (U+%04X), in the text \"%s\": replace the character",
		       (int)n, at, (unsigned)cp, show);
}

/* Width of the character at `at`; n bytes long. */
static inline enum status text_glyph(struct layout *l, enum page_font font, const char *s, const char *at,
				     const char *end, uint32_t *cp, size_t *n, int *w, struct err *e)
{
	*n = text_next(at, (size_t)(end - at), cp);
	*w = *cp < 0x20 || (*cp >= 0x7f && *cp < 0xa0) || *cp == 0xFFFD ?
		     -1 :
		     l->metrics->width(l->metrics->ctx, font, *cp);
	return *w < 0 ? text_bad(l, s, at, *n, *cp, e) : ST_OK;
}

/* Decomposed marks would be drawn beside their letters. */
static const char *text_composed(struct arena *a, const char *s)
{
	for (const char *p = s; *p; p++) {
		if ((unsigned char)*p == 0xCC || (unsigned char)*p == 0xCD) {
			CLEANUP(str_free) struct str out = STR_INIT;

			text_nfc(s, strlen(s), &out);
			return arena_strdup(a, out.p);
		}
	}
	return s;
}

/* May a word that is too long for its line be broken behind `cp`? Not inside numbers and dates. */
static bool soft_break(uint32_t cp, const char *next)
{
	return cp < 0x80 && strchr("/-_@.,:;+=&?)", (int)cp) && *next && !(*next >= '0' && *next <= '9') &&
	       *next != ' ' && *next != '\n';
}

/* A numbers row's formula with a line break before every operator of `ops` but the first, which names its column. */
static const char *formula_split(struct arena *a, const char *s, const char *ops)
{
	char *out = arena_alloc(a, 2 * strlen(s) + 1), *to = out;
	bool first = true;

	for (; *s; s++) {
		if (strchr(ops, *s)) {
			if (!first)
				*to++ = '\n';
			first = false;
		}
		*to++ = *s;
	}
	*to = '\0';
	return out;
}

struct breaks {
	const char *end, *next;
	int width, blanks;
};

static void line_set(struct text_line *ln, const char *s, const struct breaks *b, bool last)
{
	*ln = (struct text_line){ s, (size_t)(b->end - s), b->width, b->blanks, last };
}

/* Takes one line of at most `limit` thousandths off *p: broken at blanks, else inside the word. */
static enum status line_take(struct layout *l, enum page_font font, const char *text, const char **p,
			     const char *end, int limit, struct text_line *ln, struct err *e)
{
	const char *s = *p, *q = s;
	struct breaks blank = { 0 }, soft = { 0 }, here = { 0 };
	int w = 0, blanks = 0;

	while (q < end && *q != '\n') {
		uint32_t cp;
		size_t n;
		int cw;

		if (text_glyph(l, font, text, q, end, &cp, &n, &cw, e) != ST_OK)
			return ST_ERR;
		if (cp == ' ') {
			if (q > s && q[-1] != ' ')
				blank = (struct breaks){ q, q, w, blanks };
			blank.next = q + 1;
			blanks++;
			soft.end = NULL;
		} else if (w + cw > limit && q > s) {
			here = blank.end ? blank : soft.end ? soft : (struct breaks){ q, q, w, blanks };
			line_set(ln, s, &here, false);
			*p = here.next;
			return ST_OK;
		}
		w += cw;
		q += n;
		if (soft_break(cp, q))
			soft = (struct breaks){ q, q, w, blanks };
	}
	here = (struct breaks){ q, q, w, blanks };
	if (q > s && q[-1] == ' ') /* blanks at the end do not count; a line of nothing else is empty */
		here = blank.end ? blank : (struct breaks){ s, s, 0, 0 };
	line_set(ln, s, &here, true);
	*p = q < end ? q + 1 : q;
	return ST_OK;
}

static enum status wrap_limit(struct layout *l, struct arena *a, const struct text_style *st, const char *s,
			      int limit, struct text_lines *ret, struct err *e)
{
	const char *end = s + strlen(s);
	int indent = (int)(st->indent * 1000 / st->size);

	ret->n = 0;
	while (*s) {
		struct text_line ln;
		int room = limit - (ret->n ? 0 : indent);

		if (line_take(l, st->font, s, &s, end, room > 0 ? room : 0, &ln, e) != ST_OK)
			return ST_ERR;
		*ARENA_PUSH(a, ret->items, ret->n, ret->cap) = ln;
	}
	return ST_OK;
}

enum status text_widest(struct layout *l, enum page_font font, const char *s, enum text_part part, int *ret,
			struct err *e)
{
	const char *end, *start;
	int w = 0, best = 0;

	s = text_composed(l->tmp, s ? s : "");
	end = s + strlen(s);
	start = s;
	while (s < end) {
		uint32_t cp = '\n';
		size_t n = 1;
		int cw = 0;

		if (*s != '\n' && text_glyph(l, font, start, s, end, &cp, &n, &cw, e) != ST_OK)
			return ST_ERR;
		s += n;
		if (cp == '\n' || (cp == ' ' && part != PART_LINE)) {
			w = 0;
			continue;
		}
		w += cw;
		if (w > best)
			best = w;
		if (part == PART_PIECE && soft_break(cp, s))
			w = 0;
	}
	*ret = best;
	return ST_OK;
}

/* The narrowest width that takes no more lines and breaks no word. */
static enum status wrap_balance(struct layout *l, struct arena *a, const struct text_style *st, const char *s,
				int limit, struct text_lines *ret, struct err *e)
{
	int n = ret->n, lo = limit / (n + 1), word;

	if (text_widest(l, st->font, s, PART_WORD, &word, e) != ST_OK)
		return ST_ERR;
	if (lo < word - 1)
		lo = word - 1;
	if (lo >= limit)
		return ST_OK;
	while (limit - lo > 1) {
		int mid = lo + (limit - lo) / 2;

		if (wrap_limit(l, a, st, s, mid, ret, e) != ST_OK)
			return ST_ERR;
		if (ret->n > n)
			lo = mid;
		else
			limit = mid;
	}
	return wrap_limit(l, a, st, s, limit, ret, e);
}

enum status text_wrap(struct layout *l, struct arena *a, const struct text_style *st, const char *s,
		      float width, struct text_lines *ret, struct err *e)
{
	int limit = (int)(width * 1000 / st->size + 0.5f);

	s = text_composed(a, s ? s : "");
	if (wrap_limit(l, a, st, s, limit, ret, e) != ST_OK)
		return ST_ERR;
	return st->balance && ret->n > 1 ? wrap_balance(l, a, st, s, limit, ret, e) : ST_OK;
}

/* "12=13+14=15+16+17+18": whole, else a line for each equation, else each as many terms as fit. */
enum status formula_wrap(struct layout *l, struct arena *a, const struct text_style *st, const char *s,
			 float width, struct text_lines *ret, struct err *e)
{
	int limit = (int)(width * 1000 / st->size + 0.5f), w;
	CLEANUP(str_free) struct str out = STR_INIT;
	const char *line, *part;

	if (text_widest(l, st->font, s, PART_LINE, &w, e) != ST_OK)
		return ST_ERR;
	if (w <= limit)
		return text_wrap(l, a, st, s, width, ret, e);
	for (line = formula_split(a, s, "="); *line; line += strcspn(line, "\n"), line += *line == '\n') {
		const char *eq = arena_strndup(a, line, strcspn(line, "\n"));
		size_t from = out.len + (out.len > 0);

		if (out.len)
			str_addc(&out, '\n');
		for (part = eq; *part;) {
			size_t n = 1 + strcspn(part + 1, "+");
			const char *tried = arena_printf(a, "%s%.*s", out.p ? out.p + from : "", (int)n, part);

			if (text_widest(l, st->font, tried, PART_LINE, &w, e) != ST_OK)
				return ST_ERR;
			if (w > limit && out.len > from) {
				str_addc(&out, '\n');
				from = out.len;
			}
			str_addn(&out, part, n);
			part += n;
		}
	}
	return text_wrap(l, a, st, arena_strdup(a, out.p), width, ret, e);
}

enum status formula_widest(struct layout *l, enum page_font font, const char *s, int *ret, struct err *e)
{
	return text_widest(l, font, formula_split(l->tmp, s, "=+"), PART_LINE, ret, e);
}

void chunk_box(struct arena *a, struct chunk *c, struct page_box b)
{
	*ARENA_PUSH(a, c->boxes, c->n, c->cap) = b;
}

void chunk_line(struct arena *a, struct chunk *c, float x, float y, float w, float h, float thick)
{
	chunk_box(a, c, (struct page_box){ .kind = BOX_LINE, .x = x, .y = y, .w = w, .h = h,
					   .size = thick, .rgb = { -1, -1, -1 } });
}

void chunk_rect(struct arena *a, struct chunk *c, float x, float y, float w, float h, float grey)
{
	chunk_box(a, c, (struct page_box){ .kind = BOX_RECT, .x = x, .y = y, .w = w, .h = h,
					   .grey = grey, .rgb = { -1, -1, -1 } });
}

void chunk_warn(struct arena *a, struct chunk *c, float x, float y, float w, float h)
{
	chunk_box(a, c, (struct page_box){ .kind = BOX_RECT, .x = x, .y = y, .w = w, .h = h,
					   .grey = 0.88f, .rgb = { 1, 0.86f, 0.84f } });
}

void chunk_text(struct arena *a, struct chunk *c, const struct text_style *st,
		const struct text_line *ln, float x, float y, float w)
{
	float own = (float)ln->width * st->size / 1000, room = w - own, space = 0;

	if (!ln->len)
		return;
	if (st->align == ALIGN_CENTER)
		x += room / 2;
	else if (st->align == ALIGN_RIGHT)
		x += room;
	/* A line with one long word to come stays ragged rather than torn apart. */
	else if (st->align == ALIGN_JUSTIFY && !ln->last && ln->blanks && room / (float)ln->blanks < st->size)
		space = room / (float)ln->blanks;
	chunk_box(a, c, (struct page_box){ .kind = BOX_TEXT, .x = x,
					   .y = y + st->size * (0.891f + (LEADING - 1.107f) / 2),
					   .w = own + space * (float)ln->blanks, .h = st->size,
					   .size = st->size, .word_space = space, .font = st->font,
					   .grey = st->grey, .rgb = { -1, -1, -1 },
					   .text = arena_strndup(a, ln->s, ln->len) });
}

enum status chunk_para(struct layout *l, struct arena *a, struct chunk *c, const struct text_style *st,
		       const char *s, float x, float w, float *y, float *widest, struct err *e)
{
	struct text_lines lines = { 0 };
	float lh = line_height(st->size);

	if (text_wrap(l, a, st, s, w, &lines, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < lines.n; i++) {
		float own = (float)lines.items[i].width * st->size / 1000;
		float indent = i ? 0 : st->indent;

		if (st->warn)
			chunk_warn(a, c, x, *y, w, lh);
		chunk_text(a, c, st, &lines.items[i], x + indent, *y, w - indent);
		if (widest && own > *widest)
			*widest = own;
		*y += lh;
	}
	return ST_OK;
}
