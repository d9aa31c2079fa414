/*
 * Bars: label, bar, value; one blue that stays dark in black and white. Flat
 * bars go through the flow one by one, so a chart may be as long as it likes.
 */
#include "page_int.h"
#include <stdio.h>
#include <string.h>

#define LABEL_SIZE 11.0f
#define BAR_H 14.0f
#define UPRIGHT_H 150.0f
#define UPRIGHT_MIN 30.0f /* narrowest slot of an upright bar */

static const struct text_style label_style = { .size = LABEL_SIZE, .align = ALIGN_RIGHT };
static const struct text_style under_style = { .size = 10, .align = ALIGN_CENTER };

static void bar_box(struct layout *l, struct chunk *c, float x, float y, float w, float h)
{
	if (w > 0 && h > 0)
		chunk_box(l->mem, c, (struct page_box){ .kind = BOX_RECT, .x = x, .y = y, .w = w, .h = h,
							.grey = 0.4f, .rgb = { 0.18f, 0.38f, 0.60f } });
}

static int64_t value_max(const struct doc_chart *ch)
{
	int64_t max = 1;

	for (int i = 0; i < ch->n_rows; i++)
		if (ch->values[i] > max)
			max = ch->values[i];
	return max;
}

static float bar_length(int64_t v, int64_t max, float room)
{
	return v > 0 ? (float)((double)v / (double)max * (double)room) : 0;
}

static enum status text_points(struct layout *l, const struct text_style *st, const char *s,
			       enum text_part part, float *ret, struct err *e)
{
	int units;

	if (text_widest(l, st->font, s, part, &units, e) != ST_OK)
		return ST_ERR;
	*ret = (float)(units + 1) * st->size / 1000;
	return ST_OK;
}

/* The widest label and the widest value, in points. */
static enum status chart_widths(struct layout *l, const struct doc_chart *ch, float *label, float *value,
				struct err *e)
{
	*label = *value = 0;
	for (int i = 0; i < ch->n_rows; i++) {
		float a, b;

		if (text_points(l, &label_style, ch->labels[i], PART_LINE, &a, e) != ST_OK ||
		    text_points(l, &label_style, doc_number(l->blk, ch->values[i]), PART_LINE,
				&b, e) != ST_OK)
			return ST_ERR;
		*label = a > *label ? a : *label;
		*value = b > *value ? b : *value;
	}
	return ST_OK;
}

static enum status flat_bar(struct layout *l, const struct doc_chart *ch, int i, float axis, float room,
			    struct err *e)
{
	struct text_style value = { .size = LABEL_SIZE, .align = ALIGN_LEFT };
	struct chunk c = { 0 };
	float y = 3, len = bar_length(ch->values[i], value_max(ch), room), mid;

	if (chunk_para(l, l->mem, &c, &label_style, ch->labels[i], l->left, axis - l->left - 6, &y, NULL, e) !=
	    ST_OK)
		return ST_ERR;
	c.h = y > BAR_H + 3 ? y + 3 : BAR_H + 6;
	mid = c.h / 2;
	for (int k = 0; k < c.n; k++) /* a short label stands at the middle of its bar */
		c.boxes[k].y += (c.h - 3 - y) / 2;
	bar_box(l, &c, axis, mid - BAR_H / 2, len, BAR_H);
	chunk_line(l->mem, &c, axis, 0, 0, c.h, 0.8f);
	y = mid - line_height(LABEL_SIZE) / 2;
	if (chunk_para(l, l->mem, &c, &value, doc_number(l->mem, ch->values[i]), axis + len + 4,
		       l->right - axis - len - 4, &y, NULL, e) != ST_OK)
		return ST_ERR;
	/* The last bar stays with the one before it. */
	if (i && i == ch->n_rows - 1)
		return flow_add(l, &c, KEEP_PREV, e);
	return flow_add(l, &c, i == 0 && ch->n_rows > 1 ? KEEP_NEXT : 0, e);
}

static enum status chart_flat(struct layout *l, const struct doc_chart *ch, float label, float value,
			      struct err *e)
{
	float width = l->right - l->left, axis;

	if (label > width * 0.4f)
		label = width * 0.4f;
	axis = l->left + label + 8;
	for (int i = 0; i < ch->n_rows; i++)
		if (flat_bar(l, ch, i, axis, l->right - axis - value - 8, e) != ST_OK)
			return ST_ERR;
	return ST_OK;
}

static enum status chart_upright(struct layout *l, const struct doc_chart *ch, float slot, struct err *e)
{
	struct chunk c = { .gap = 2 };
	int64_t max = value_max(ch);
	float base = UPRIGHT_H + 16, under = 0, bar = slot * 0.6f > 48 ? 48 : slot * 0.6f;

	for (int i = 0; i < ch->n_rows; i++) {
		float len = bar_length(ch->values[i], max, UPRIGHT_H), y = base + 3, x = l->left + (float)i * slot;

		bar_box(l, &c, x + (slot - bar) / 2, base - len, bar, len);
		if (chunk_para(l, l->mem, &c, &under_style, ch->labels[i], x + 2, slot - 4, &y, NULL, e) != ST_OK)
			return ST_ERR;
		under = y > under ? y : under;
		y = base - len - 2 - line_height(under_style.size);
		if (chunk_para(l, l->mem, &c, &under_style, doc_number(l->mem, ch->values[i]), x, slot, &y,
			       NULL, e) != ST_OK)
			return ST_ERR;
	}
	chunk_line(l->mem, &c, l->left, base, slot * (float)ch->n_rows, 0, 0.8f);
	c.h = under > base ? under : base + 3;
	return flow_add(l, &c, KEEP_PREV, e);
}

/* Upright bars only where every word below them and every value above them has room. */
static enum status upright_fits(struct layout *l, const struct doc_chart *ch, float slot, float value,
				bool *ret, struct err *e)
{
	*ret = !ch->horizontal && slot >= UPRIGHT_MIN && value < slot;
	for (int i = 0; i < ch->n_rows && *ret; i++) {
		struct text_lines lines = { 0 };
		float w;

		if (text_points(l, &under_style, ch->labels[i], PART_PIECE, &w, e) != ST_OK ||
		    text_wrap(l, l->blk, &under_style, ch->labels[i], slot - 4, &lines, e) != ST_OK)
			return ST_ERR;
		*ret = w <= slot - 4 && lines.n <= 5;
	}
	return ST_OK;
}

enum status block_chart(struct layout *l, const struct doc_chart *ch, struct err *e)
{
	struct text_style title = { .font = FONT_BOLD, .size = 12, .align = ALIGN_CENTER, .balance = true };
	struct text_style axis = { .font = FONT_ITALIC, .size = 11, .align = ALIGN_CENTER };
	float label, value, slot;
	bool upright;

	if (ch->n_rows < 1) /* nothing to show: the table above it says so */
		return ST_OK;
	slot = (l->right - l->left) / (float)ch->n_rows;
	if (chart_widths(l, ch, &label, &value, e) != ST_OK ||
	    upright_fits(l, ch, slot, value, &upright, e) != ST_OK ||
	    flow_text(l, &title, ch->title, 10, KEEP_NEXT, e) != ST_OK)
		return ST_ERR;
	if (ch->value_title && *ch->value_title &&
	    flow_text(l, &axis, arena_printf(l->blk, "(%s)", ch->value_title), 1, KEEP_NEXT, e) != ST_OK)
		return ST_ERR;
	if ((upright ? chart_upright(l, ch, slot, e) : chart_flat(l, ch, label, value, e)) != ST_OK)
		return ST_ERR;
	if (l->keep_tail)
		l->keep_next = true;
	return ST_OK;
}
