/*
 * Everything stands on a grid of 720 units across. Text is not measured but estimated, on the wide side: a browser may
 * take another font.
 */
#include "html_svg.h"
#include "html_text.h"

#include <rasoat/text.h>

#include <inttypes.h>
#include <string.h>

enum { WIDE = 720, SCALE_X = 190, SCALE_W = 505, LANE_TOP = 4, BAR = 20, LINE = 16, BAR_ROW = 26 };

/* About how wide `text` is at 13 units. */
static int width_of(const char *text)
{
	return (int)text_columns(text, strlen(text)) * 68 / 10;
}

static int at(const struct doc_timeline *t, int day)
{
	return SCALE_X + SCALE_W * day / (t->length > 0 ? t->length : 1);
}

static void put_line(struct str *out, int x, int y, const char *anchor, const char *fill, const char *text)
{
	str_addf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\"%s%s%s>", x, y, anchor, *fill ? " fill=\"" : "", fill,
		 *fill ? "\"" : "");
	html_text(out, text, false);
	str_add(out, "</text>");
}

void html_svg_patterns(struct str *out)
{
	str_add(out, "<svg width=\"0\" height=\"0\" style=\"position:absolute\" aria-hidden=\"true\"><defs><pattern id=\"hatch\" width=\"6\" height=\"6\" "
		     "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#fff\"/>"
		     "<path d=\"M0 0V6\" stroke=\"#333\" stroke-width=\"1.6\"/></pattern></defs></svg>\n");
}

/* Lines of at most `room` units, broken at blanks; returns how many were put. */
static int put_wrapped(struct str *out, const char *text, int x, int y, int room)
{
	CLEANUP(str_free) struct str line = STR_INIT;
	int lines = 0;

	while (*text) {
		size_t word = strcspn(text, " \n");
		size_t before = line.len;

		str_add(&line, before ? " " : "");
		str_addn(&line, text, word);
		if (before && width_of(line.p) > room) {
			line.p[before] = '\0';
			put_line(out, x, y + lines++ * LINE, "start", "", line.p);
			str_clear(&line);
			str_addn(&line, text, word);
		}
		text += word;
		text += strspn(text, " \n");
	}
	if (line.len)
		put_line(out, x, y + lines++ * LINE, "start", "", line.p);
	return lines;
}

static void put_span(struct str *out, const struct doc_timeline *t, const struct doc_span *s, int y)
{
	static const char *const fills[] = { [SPAN_TERM] = "#cfe3d2", [SPAN_EXTENSION] = "url(#hatch)", [SPAN_PAUSE] = "#fff",
					     [SPAN_LATE] = "#7a1f1f" };
	int x = at(t, s->from), w = at(t, s->to) - x, text = s->text ? width_of(s->text) : 0;

	str_addf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\" stroke=\"#000\"%s/>", x, y, w, BAR,
		 fills[s->kind], s->kind == SPAN_PAUSE ? " stroke-dasharray=\"4 3\"" : "");
	if (!text || text + 4 > w)
		return;
	if (s->kind == SPAN_EXTENSION)
		str_addf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#fff\"/>", x + (w - text) / 2 - 2, y + 2,
			 text + 4, BAR - 4);
	put_line(out, x + w / 2, y + 15, "middle", s->kind == SPAN_LATE ? "#fff" : "", s->text);
}

/* A square with a tick, a cross or a question mark in the middle of the bar. */
static void put_sign(struct str *out, enum tick_kind kind, int x, int y)
{
	str_addf(out, "<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"14\" fill=\"#fff\" stroke=\"#000\"/>", x - 7, y + 3);
	if (kind == TICK_GOOD)
		str_addf(out, "<path d=\"M%d %dl3 4l6 -8\" fill=\"none\" stroke=\"#000\" stroke-width=\"2\"/>", x - 4, y + 10);
	else if (kind == TICK_BAD)
		str_addf(out, "<path d=\"M%d %dl8 8m0 -8l-8 8\" stroke=\"#000\" stroke-width=\"2\"/>", x - 4, y + 6);
	else
		put_line(out, x, y + 15, "middle", "", "?");
}

/* Ticks below the bar; one that would run into its neighbour goes lower. Returns the lowest line. */
static int put_ticks(struct str *out, const struct doc_timeline *t, const struct doc_lane *lane, int y)
{
	int right[3] = { -1000, -1000, -1000 }, foot = y + BAR;

	for (int i = 0; i < lane->n_ticks; i++) {
		const struct doc_tick *k = &lane->ticks[i];
		const char *text = k->text ? k->text : "", *second = strchr(text, '\n');
		CLEANUP(str_free) struct str first = STR_INIT;
		int x = at(t, k->at), w, mid, step = 0, top;

		str_addn(&first, text, second ? (size_t)(second - text) : strlen(text));
		w = width_of(first.p);
		if (second && width_of(second + 1) > w)
			w = width_of(second + 1);
		mid = x + w / 2 > WIDE - 2 ? WIDE - 2 - w / 2 : x - w / 2 < 2 ? 2 + w / 2 : x;
		while (step < 2 && right[step] > mid - w / 2 - 5)
			step++;
		right[step] = mid + w / 2;
		top = y + BAR + 8 + step * (2 * LINE + 3);
		str_addf(out, "<path d=\"M%d %dV%d\" stroke=\"#000\"/>", x, y + BAR, top);
		if (k->kind != TICK_PLAIN)
			put_sign(out, k->kind, x, y);
		put_line(out, mid, top + 12, "middle", "", first.p);
		if (second)
			put_line(out, mid, top + 12 + LINE, "middle", "", second + 1);
		top += second ? 2 * LINE : LINE;
		foot = top > foot ? top : foot;
	}
	return foot;
}

void html_svg_timeline(struct str *out, const struct doc_timeline *t)
{
	CLEANUP(str_free) struct str body = STR_INIT;
	int y = LANE_TOP;

	for (int i = 0; i < t->n_lanes; i++) {
		const struct doc_lane *lane = &t->lanes[i];
		int foot, label = y + 15 + LINE * (put_wrapped(&body, lane->label ? lane->label : "", 2, y + 15, SCALE_X - 14) - 1);

		for (int k = 0; k < lane->n_spans; k++)
			put_span(&body, t, &lane->spans[k], y);
		foot = put_ticks(&body, t, lane, y);
		y = (label + 4 > foot ? label + 4 : foot) + 8;
		str_addc(&body, '\n');
	}
	str_add(out, "<figure><figcaption>");
	html_text(out, t->title, false);
	str_addf(out, "</figcaption><svg viewBox=\"0 0 %d %d\" role=\"img\"><title>", WIDE, y);
	html_text(out, t->said, false);
	str_add(out, "</title>\n");
	str_addn(out, body.p, body.len);
	str_add(out, "</svg></figure>\n");
}

void html_svg_chart(struct str *out, const struct doc_chart *c)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	int64_t most = 1;

	for (int i = 0; i < c->n_rows; i++)
		most = c->values[i] > most ? c->values[i] : most;
	str_add(out, "<figure><figcaption>");
	html_text(out, c->title, false);
	if (c->value_title && *c->value_title) {
		str_add(out, " (");
		html_text(out, c->value_title, false);
		str_addc(out, ')');
	}
	str_addf(out, "</figcaption><svg viewBox=\"0 0 %d %d\" role=\"img\">\n", WIDE, c->n_rows * BAR_ROW + 4);
	for (int i = 0; i < c->n_rows; i++) {
		int y = i * BAR_ROW + 3, w = c->values[i] > 0 ? (int)((double)c->values[i] / (double)most * 380) : 0;
		const char *label = c->labels[i] ? c->labels[i] : "";

		/* A long name is squeezed rather than cut. */
		str_addf(out, "<text x=\"250\" y=\"%d\" text-anchor=\"end\"%s>", y + 15,
			 width_of(label) > 246 ? " textLength=\"246\" lengthAdjust=\"spacingAndGlyphs\"" : "");
		html_text(out, label, false);
		str_addf(out, "</text><rect x=\"256\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#2e6199\"/>", y, w, BAR);
		put_line(out, 262 + w, y + 15, "start", "", doc_number(a, c->values[i]));
		str_addc(out, '\n');
	}
	str_add(out, "</svg></figure>\n");
}
