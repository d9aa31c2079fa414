/*
 * Letterhead, titles, paragraphs: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.
 */
#include "page_int.h"
#include <rasoat/text.h>
#include <stdio.h>
#include <string.h>

#define COUNTRY "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
#define MOTTO "Độc lập - Tự do - Hạnh phúc"

struct column {
	float x, w, y;
};

static enum status column_para(struct layout *l, struct chunk *c, struct column *col, enum page_font font,
			       float size, const char *s, float *widest, struct err *e)
{
	struct text_style st = { .font = font, .size = size, .align = ALIGN_CENTER, .balance = true };

	return chunk_para(l, l->mem, c, &st, s, col->x, col->w, &col->y, widest, e);
}

static void column_rule(struct layout *l, struct chunk *c, struct column *col, float w)
{
	if (w > 0)
		chunk_line(l->mem, c, col->x + (col->w - w) / 2, col->y + 2.5f, w, 0, 0.6f);
	col->y += 6;
}

static const char *place_date(struct layout *l, const struct doc_letterhead *h)
{
	int y, m, d;
	const char *place = h->place ? h->place : "", *comma = *place ? ", " : "";

	if (h->date == DAY_NONE) {
		if (!*place && !h->year_hint)
			return "";
		if (!h->year_hint)
			return arena_printf(l->mem, "%s%sngày      tháng      năm         ", place, comma);
		return arena_printf(l->mem, "%s%sngày      tháng      năm %d", place, comma, h->year_hint);
	}
	date_to_ymd(h->date, &y, &m, &d);
	/* Days below 10 and the months 1 and 2 get a leading zero. */
	return arena_printf(l->mem, m < 3 ? "%s%sngày %02d tháng %02d năm %d" : "%s%sngày %02d tháng %d năm %d",
			    place, comma, d, m, y);
}

enum status block_letterhead(struct layout *l, const struct doc_letterhead *h, struct err *e)
{
	struct chunk c = { .gap = 6 };
	float total = l->right - l->left, right, w = 0, motto = 0;
	int units;

	if (text_widest(l, FONT_BOLD, COUNTRY, PART_LINE, &units, e) != ST_OK)
		return ST_ERR;
	right = (float)units * 12 / 1000 + 2;
	if (right < total * 0.52f)
		right = total * 0.52f;
	if (right > total * 0.64f)
		right = total * 0.64f;

	struct column a = { l->left, total - right - 8, 0 }, b = { l->right - right, right, 0 };

	if (h->superior && column_para(l, &c, &a, FONT_REGULAR, 12, text_upper(l->mem, h->superior), NULL, e) != ST_OK)
		return ST_ERR;
	if (h->agency && column_para(l, &c, &a, FONT_BOLD, 12, text_upper(l->mem, h->agency), &w, e) != ST_OK)
		return ST_ERR;
	column_rule(l, &c, &a, w * 0.4f);
	if (column_para(l, &c, &b, FONT_BOLD, 12, COUNTRY, NULL, e) != ST_OK ||
	    column_para(l, &c, &b, FONT_BOLD, 13, MOTTO, &motto, e) != ST_OK)
		return ST_ERR;
	column_rule(l, &c, &b, motto);
	a.y = b.y = (a.y > b.y ? a.y : b.y) + 4;
	if (column_para(l, &c, &a, FONT_REGULAR, 13, h->number, NULL, e) != ST_OK ||
	    column_para(l, &c, &b, FONT_ITALIC, 13, place_date(l, h), NULL, e) != ST_OK)
		return ST_ERR;
	if (h->subject && column_para(l, &c, &a, FONT_REGULAR, 12, h->subject, NULL, e) != ST_OK)
		return ST_ERR;
	c.h = a.y > b.y ? a.y : b.y;
	return flow_add(l, &c, KEEP_NEXT, e);
}

static enum page_font flag_font(enum page_font base, unsigned flags)
{
	return base | (flags & CELL_BOLD ? FONT_BOLD : 0) | (flags & CELL_ITALIC ? FONT_ITALIC : 0);
}

/* Trích yếu: a rule of 1/3 to 1/2 of the text below the last line of it. */
static enum status block_rule(struct layout *l, const char *s, struct text_style *st, struct err *e)
{
	struct text_lines lines = { 0 };
	struct chunk c = { .h = 8 };
	float w = 0, x;

	if (text_wrap(l, l->blk, st, s, l->right - l->left, &lines, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < lines.n; i++)
		if ((float)lines.items[i].width * st->size / 1000 > w)
			w = (float)lines.items[i].width * st->size / 1000;
	w *= 0.4f;
	x = l->left + (l->right - l->left - w) / 2;
	chunk_line(l->mem, &c, x, 3, w, 0, 0.6f);
	return flow_add(l, &c, KEEP_PREV | KEEP_NEXT, e);
}

static enum status block_mark(struct layout *l, const struct doc_block *b, struct err *e)
{
	struct chunk c = { 0 };

	chunk_box(l->mem, &c, (struct page_box){ .kind = BOX_MARK, .size = (float)(b->level > 1 ? 2 : 1),
						 .text = b->text });
	return flow_add(l, &c, KEEP_NEXT, e);
}

/* Several addressees stand below each other, right of "Kính gửi:". */
static enum status block_addressees(struct layout *l, const char *s, struct text_style *st, struct err *e)
{
	struct chunk c = { .gap = 8 };
	const char *line = strchr(s, '\n'), *first = arena_strndup(l->blk, s, (size_t)(line - s));
	float w = l->right - l->left, y = 0, x = l->left + w * 0.15f;
	int units;

	st->align = ALIGN_LEFT;
	st->balance = false;
	if (chunk_para(l, l->mem, &c, st, first, x, w * 0.7f, &y, NULL, e) != ST_OK ||
	    text_widest(l, st->font, first, PART_LINE, &units, e) != ST_OK)
		return ST_ERR;
	x += (float)units * st->size / 1000 + 6;
	if (x > l->left + w * 0.4f) /* a long first line: the others go below */
		x = l->left + w * 0.2f;
	else
		y = 0;
	if (chunk_para(l, l->mem, &c, st, line + 1, x, l->right - x, &y, NULL, e) != ST_OK)
		return ST_ERR;
	c.h = y;
	return flow_add(l, &c, KEEP_NEXT, e);
}

/* How each kind of text block looks. Size 0: as paragraphs. */
static const struct block_look {
	enum page_font font;
	enum align align;
	float size, indent, gap;
	bool balance, upper;
	unsigned keep;
} looks[] = {
	[BLOCK_FORM_CODE] = { .align = ALIGN_RIGHT, .size = 12, .keep = KEEP_NEXT },
	[BLOCK_TITLE] = { .font = FONT_BOLD, .align = ALIGN_CENTER, .size = 14, .gap = 14, .balance = true,
			  .upper = true, .keep = KEEP_NEXT },
	[BLOCK_SUBTITLE] = { .font = FONT_BOLD, .align = ALIGN_CENTER, .balance = true,
			     .keep = KEEP_NEXT | KEEP_PREV },
	[BLOCK_LINE] = { .font = FONT_ITALIC, .align = ALIGN_CENTER, .size = 13, .gap = 2, .balance = true,
			 .keep = KEEP_NEXT },
	[BLOCK_ADDRESS] = { .align = ALIGN_CENTER, .gap = 8, .balance = true, .keep = KEEP_NEXT },
	[BLOCK_HEADING] = { .font = FONT_BOLD, .align = ALIGN_LEFT, .indent = INDENT, .gap = 9,
			    .keep = KEEP_NEXT },
	[BLOCK_PARAGRAPH] = { .align = ALIGN_JUSTIFY, .indent = INDENT, .gap = 6 },
	[BLOCK_NOTE] = { .align = ALIGN_JUSTIFY, .size = 11, .gap = 3 },
};

enum status block_text(struct layout *l, const struct doc_block *b, int next, struct err *e)
{
	const struct block_look *k = &looks[b->kind];
	struct text_style st = { .size = k->size > 0 ? k->size : l->body, .font = flag_font(k->font, b->flags),
				 .align = k->align, .indent = k->indent, .balance = k->balance,
				 .warn = b->flags & CELL_WARN };
	unsigned keep = k->keep | (l->keep_tail ? KEEP_NEXT : 0);
	const char *s = b->text ? b->text : "";

	if (!*s)
		return ST_OK;
	if (k->upper)
		s = text_upper(l->blk, s);
	if (b->align != ALIGN_AUTO) {
		st.align = b->align;
		st.indent = b->align == ALIGN_JUSTIFY ? st.indent : 0;
	}
	if (b->kind == BLOCK_HEADING && block_mark(l, b, e) != ST_OK)
		return ST_ERR;
	if (b->kind == BLOCK_ADDRESS && strchr(s, '\n'))
		return block_addressees(l, s, &st, e);
	if (flow_text(l, &st, s, k->gap, keep, e) != ST_OK)
		return ST_ERR;
	if (b->kind == BLOCK_SUBTITLE && next != BLOCK_SUBTITLE)
		return block_rule(l, s, &st, e);
	return ST_OK;
}
