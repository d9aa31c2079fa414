/*
 * The end of a document: signatory on the right, recipients or the second
 * signatory on the left at the same height; one chunk, so never parted.
 */
#include "page_int.h"
#include <rasoat/str.h>
#include <rasoat/text.h>
#include <string.h>

#define SIGN_ROOM 64.0f

static enum status sign_para(struct layout *l, struct chunk *c, enum page_font font, float size,
			     enum align align, const char *s, float x, float w, float *y, struct err *e)
{
	struct text_style st = { .font = font, .size = size, .align = align,
				 .balance = align == ALIGN_CENTER };

	return chunk_para(l, l->mem, c, &st, s, x, w, y, NULL, e);
}

/* "- X;" and a full stop behind the last. */
static const char *recipient_line(struct layout *l, const struct doc_signature *s, int i)
{
	const char *r = s->recipients[i];
	size_t n = strlen(r);

	while (n && (r[n - 1] == ';' || r[n - 1] == '.' || r[n - 1] == ' '))
		n--;
	return arena_printf(l->mem, "- %.*s%s", (int)n, r, i == s->n_recipients - 1 ? "." : ";");
}

static enum status sign_recipients(struct layout *l, struct chunk *c, const struct doc_signature *s, int *i,
				   float x, float w, float limit, float *y, struct err *e)
{
	for (; *i < s->n_recipients && *y < limit; (*i)++)
		if (sign_para(l, c, FONT_REGULAR, 11, ALIGN_LEFT, recipient_line(l, s, *i), x, w, y, e) != ST_OK)
			return ST_ERR;
	return ST_OK;
}

static enum status sign_right(struct layout *l, struct chunk *c, const struct doc_signature *s, float x,
			      float w, float *y, struct err *e)
{
	float size = l->body;

	if (s->authority && *s->authority &&
	    sign_para(l, c, FONT_BOLD, size, ALIGN_CENTER, text_upper(l->mem, s->authority), x, w, y, e) != ST_OK)
		return ST_ERR;
	if (s->post &&
	    sign_para(l, c, FONT_BOLD, size, ALIGN_CENTER, text_upper(l->mem, s->post), x, w, y, e) != ST_OK)
		return ST_ERR;
	*y += SIGN_ROOM;
	return sign_para(l, c, FONT_BOLD, size, ALIGN_CENTER, s->name, x, w, y, e);
}

static enum status sign_left(struct layout *l, struct chunk *c, const struct doc_signature *s, float w,
			     float *y, int *done, struct err *e)
{
	float x = l->left;

	if (s->left_title) {
		if (sign_para(l, c, FONT_BOLD, l->body, ALIGN_CENTER, text_upper(l->mem, s->left_title), x, w, y,
			      e) != ST_OK)
			return ST_ERR;
		return sign_para(l, c, FONT_ITALIC, l->body, ALIGN_CENTER, s->left_note, x, w, y, e);
	}
	if (!s->n_recipients)
		return ST_OK;
	if (sign_para(l, c, FONT_BOLD_ITALIC, 12, ALIGN_LEFT, "Nơi nhận:", x, w, y, e) != ST_OK)
		return ST_ERR;
	/* Half a page of recipients stays with the signature; more of them follow below. */
	return sign_recipients(l, c, s, done, x, w, flow_room(l) / 2, y, e);
}

enum status block_signature(struct layout *l, const struct doc_signature *s, struct err *e)
{
	struct chunk c = { .gap = 12 };
	float w = (l->right - l->left) / 2, left = 0, right = 0;
	int done = 0;

	if (sign_left(l, &c, s, w - 12, &left, &done, e) != ST_OK ||
	    sign_right(l, &c, s, l->left + w, w, &right, e) != ST_OK)
		return ST_ERR;
	c.h = left > right ? left : right;
	if (flow_add(l, &c, s->left_title && s->n_recipients ? KEEP_NEXT : 0, e) != ST_OK)
		return ST_ERR;
	while (done < s->n_recipients) {
		struct chunk r = { .gap = done ? 0 : 8 };

		if (!done && s->left_title &&
		    sign_para(l, &r, FONT_BOLD_ITALIC, 12, ALIGN_LEFT, "Nơi nhận:", l->left, w, &r.h, e) != ST_OK)
			return ST_ERR;
		if (sign_recipients(l, &r, s, &done, l->left, w, r.h + 1, &r.h, e) != ST_OK ||
		    flow_add(l, &r, 0, e) != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}
