/*
 * Lanes of days, drawn with lines and grounds: grey for in time, hatched for extended, open for not counted, dark for
 * late, so that a copy in black and white says the same. A lane is one chunk; title and lanes stay together.
 */
#include "page_int.h"
#include <string.h>

#define LANE_SIZE 10.0f
#define BAR 14.0f
#define HATCH 4.0f
#define SIGN 8.0f /* side of the square of a verdict */

struct scale {
	float x, w; /* points */
	int length;
};

static const struct text_style label_style = { .size = LANE_SIZE, .align = ALIGN_LEFT };
static const struct text_style tick_style = { .size = 9, .align = ALIGN_CENTER };

static float at(const struct scale *s, int day)
{
	return s->x + s->w * (float)day / (float)(s->length > 0 ? s->length : 1);
}

static void outline(struct layout *l, struct chunk *c, float x, float y, float w, float h)
{
	chunk_line(l->mem, c, x, y, w, 0, 0.6f);
	chunk_line(l->mem, c, x, y + h, w, 0, 0.6f);
	chunk_line(l->mem, c, x, y, 0, h, 0.6f);
	chunk_line(l->mem, c, x + w, y, 0, h, 0.6f);
}

/* Lines from the foot up to the right, cut where the bar ends. */
static void hatch(struct layout *l, struct chunk *c, float x, float y, float w, float h)
{
	int n = (int)((w + h) / HATCH) + 1;

	for (int i = 0; i < n; i++) {
		float from = (float)i * HATCH - h;
		float x0 = from < 0 ? 0 : from, x1 = from + h > w ? w : from + h;

		if (x1 > x0)
			chunk_line(l->mem, c, x + x0, y + h - (x0 - from), x1 - x0, -(x1 - x0), 0.4f);
	}
}

/* How wide the text in the middle of the bar is; 0 when there is none or it has no room. */
static enum status text_room(struct layout *l, const char *text, float w, float *ret, struct err *e)
{
	int units;

	*ret = 0;
	if (!text || !*text)
		return ST_OK;
	if (text_widest(l, label_style.font, text, PART_LINE, &units, e) != ST_OK)
		return ST_ERR;
	*ret = (float)(units + 1) * LANE_SIZE / 1000 + 4;
	if (*ret > w)
		*ret = 0;
	return ST_OK;
}

static enum status span_draw(struct layout *l, struct chunk *c, const struct scale *k, const struct doc_span *s, float y,
			   struct err *e)
{
	static const float greys[] = { [SPAN_TERM] = 0.82f, [SPAN_LATE] = 0.25f };
	struct text_style st = { .size = LANE_SIZE, .align = ALIGN_CENTER, .grey = s->kind == SPAN_LATE ? 1 : 0 };
	float x = at(k, s->from), w = at(k, s->to) - x, text, top = y + (BAR - line_height(LANE_SIZE)) / 2;

	if (text_room(l, s->text, w, &text, e) != ST_OK)
		return ST_ERR;
	if (s->kind == SPAN_TERM || s->kind == SPAN_LATE) {
		chunk_rect(l->mem, c, x, y, w, BAR, greys[s->kind]);
	} else if (s->kind == SPAN_EXTENSION) {
		hatch(l, c, x, y, (w - text) / 2, BAR);
		hatch(l, c, x + (w + text) / 2, y, (w - text) / 2, BAR);
	}
	outline(l, c, x, y, w, BAR);
	return text > 0 ? chunk_para(l, l->mem, c, &st, s->text, x, w, &top, NULL, e) : ST_OK;
}

/* A square with a tick, a cross or a question mark. */
static enum status sign(struct layout *l, struct chunk *c, enum tick_kind kind, float x, float y, struct err *e)
{
	struct text_style st = { .size = 7.5f, .align = ALIGN_CENTER, .font = FONT_BOLD };
	float left = x - SIGN / 2, top = y;

	chunk_rect(l->mem, c, left, y, SIGN, SIGN, 1);
	outline(l, c, left, y, SIGN, SIGN);
	if (kind == TICK_GOOD) {
		chunk_line(l->mem, c, left + 1.5f, y + 4, 2, 2.5f, 1);
		chunk_line(l->mem, c, left + 3.5f, y + 6.5f, 3, -5, 1);
	} else if (kind == TICK_BAD) {
		chunk_line(l->mem, c, left + 1.5f, y + 1.5f, 5, 5, 1);
		chunk_line(l->mem, c, left + 1.5f, y + 6.5f, 5, -5, 1);
	} else {
		return chunk_para(l, l->mem, c, &st, "?", left, SIGN, &top, NULL, e);
	}
	return ST_OK;
}

/* Texts below the bar; one that would run into its neighbour goes a step lower. */
struct tick_room {
	float right[3]; /* how far each step is taken */
	float top, foot;
};

static enum status tick(struct layout *l, struct chunk *c, const struct scale *k, const struct doc_tick *t,
			struct tick_room *room, float low, float high, struct err *e)
{
	float x = at(k, t->at), w, left, y, step_height = 2 * line_height(tick_style.size) + 2, wide = high - low;
	int units, step = 0;

	if (text_widest(l, tick_style.font, t->text ? t->text : "", PART_LINE, &units, e) != ST_OK)
		return ST_ERR;
	w = (float)(units + 1) * tick_style.size / 1000 + 2;
	w = w > wide ? wide : w;
	left = x - w / 2;
	left = left + w > high ? high - w : left;
	left = left < low ? low : left;
	while (step < 2 && room->right[step] > left - 3)
		step++;
	room->right[step] = left + w;
	y = room->top + (float)step * step_height;
	chunk_line(l->mem, c, x, 3 + BAR, 0, y - 3 - BAR, 0.5f);
	if (t->kind != TICK_PLAIN && sign(l, c, t->kind, x, 3 + (BAR - SIGN) / 2, e) != ST_OK)
		return ST_ERR;
	if (chunk_para(l, l->mem, c, &tick_style, t->text, left, w, &y, NULL, e) != ST_OK)
		return ST_ERR;
	room->foot = y > room->foot ? y : room->foot;
	return ST_OK;
}

static enum status lane(struct layout *l, const struct doc_lane *d, const struct scale *k, unsigned keep, struct err *e)
{
	struct tick_room room = { .right = { -1e6f, -1e6f, -1e6f }, .top = BAR + 7 };
	struct chunk c = { 0 };
	float label = 3, width = k->x - l->left - 8;

	if (chunk_para(l, l->mem, &c, &label_style, d->label, l->left, width, &label, NULL, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < d->n_spans; i++)
		if (span_draw(l, &c, k, &d->spans[i], 3, e) != ST_OK)
			return ST_ERR;
	for (int i = 0; i < d->n_ticks; i++)
		if (tick(l, &c, k, &d->ticks[i], &room, k->x - 4, l->right, e) != ST_OK)
			return ST_ERR;
	c.h = BAR + 6;
	c.h = label + 3 > c.h ? label + 3 : c.h;
	c.h = room.foot + 4 > c.h ? room.foot + 4 : c.h;
	return flow_add(l, &c, keep, e);
}

enum status block_timeline(struct layout *l, const struct doc_timeline *t, struct err *e)
{
	struct text_style title = { .font = FONT_BOLD_ITALIC, .size = 11, .align = ALIGN_LEFT };
	float width = l->right - l->left;
	struct scale k = { l->left + width * 0.27f, width * 0.71f, t->length };

	if (t->title && *t->title && flow_text(l, &title, t->title, 8, KEEP_NEXT, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < t->n_lanes; i++)
		if (lane(l, &t->lanes[i], &k, i + 1 < t->n_lanes ? KEEP_NEXT : 0, e) != ST_OK)
			return ST_ERR;
	if (l->keep_tail)
		l->keep_next = true;
	return ST_OK;
}
