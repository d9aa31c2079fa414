/*
 * The flow: groups of chunks onto pages; page furniture; the walk over a document.
 */
#include "page_int.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Both go above and below the body on every page: measured once a section. */
static enum status furniture_set(struct layout *l, struct err *e)
{
	struct text_style draft = { .font = FONT_BOLD, .size = 10, .align = ALIGN_CENTER, .balance = true };
	struct text_style foot = { .size = 9, .align = ALIGN_CENTER, .grey = 0.35f };
	float w = l->right - l->left, y = 0;

	memset(l->furniture, 0, sizeof(l->furniture));
	if (l->doc->draft && *l->doc->draft) {
		y = 12;
		if (chunk_para(l, l->sec, &l->furniture[0], &draft, l->doc->draft, l->left, w, &y, NULL, e) !=
		    ST_OK)
			return ST_ERR;
	}
	l->furniture[0].h = y;
	if (y + 22 > l->top) /* the page number stands below the mark */
		l->top = y + 22;
	y = 0;
	if (l->doc->footer &&
	    chunk_para(l, l->sec, &l->furniture[1], &foot, l->doc->footer, l->left, w, &y, NULL, e) != ST_OK)
		return ST_ERR;
	l->furniture[1].h = y;
	if (l->page.height - y - 28 < l->bottom)
		l->bottom = l->page.height - y - 28;
	if (flow_room(l) < l->page.height / 3)
		return err_set(e, "the draft mark or the footer leaves no room on the page: shorten it");
	return ST_OK;
}

static void page_draw(struct layout *l, const struct chunk *c, float y)
{
	for (int i = 0; i < c->n; i++) {
		struct page_box b = c->boxes[i];

		b.y += y;
		*ARENA_PUSH(l->mem, l->page.boxes, l->page.n_boxes, l->page.cap) = b;
	}
}

static enum status page_open(struct layout *l, struct err *e)
{
	struct text_style st = { .size = 13, .align = ALIGN_CENTER };
	struct chunk c = { 0 };
	float y;
	char text[16];

	l->page.boxes = NULL;
	l->page.n_boxes = l->page.cap = 0;
	l->open = true;
	l->used = false;
	l->y = l->top;
	l->number++;
	page_draw(l, &l->furniture[0], 0);
	page_draw(l, &l->furniture[1], l->page.height - l->furniture[1].h - 20);
	if (l->number == 1)
		return ST_OK;
	snprintf(text, sizeof(text), "%d", l->number);
	y = l->furniture[0].h > 0 ? l->furniture[0].h + 2 : 30;
	if (chunk_para(l, l->mem, &c, &st, text, l->left, l->right - l->left, &y, NULL, e) != ST_OK)
		return ST_ERR;
	page_draw(l, &c, 0);
	return ST_OK;
}

/* What is held back moves to the other arena; then this page's memory can go. */
static void group_move(struct layout *l)
{
	for (int i = 0; i < l->n_group; i++) {
		struct chunk *c = &l->group[i];

		c->boxes = arena_grow(l->spare, c->boxes, (size_t)c->n, (size_t)c->n, sizeof(*c->boxes));
		c->cap = c->n;
		for (int k = 0; k < c->n; k++)
			c->boxes[k].text = arena_strdup(l->spare, c->boxes[k].text);
	}
}

static enum status page_close(struct layout *l, struct err *e)
{
	struct arena *old = l->mem;

	if (!l->open)
		return ST_OK;
	l->open = false;
	if (l->emit(l->ctx, &l->page, e) != ST_OK)
		return ST_ERR;
	group_move(l);
	l->mem = l->spare;
	l->spare = old;
	arena_reset(old);
	return ST_OK;
}

static float group_height(const struct layout *l, int n)
{
	float h = 0;

	for (int i = 0; i < n; i++)
		h += l->group[i].h + (i ? l->group[i].gap : 0);
	return h;
}

static bool flow_fits(const struct layout *l, float h)
{
	return l->y + h <= l->bottom + 0.05f;
}

static enum status flow_turn(struct layout *l, const struct chunk *first, struct err *e)
{
	if (page_close(l, e) != ST_OK || page_open(l, e) != ST_OK)
		return ST_ERR;
	if (first->repeat) {
		page_draw(l, first->repeat, l->y);
		l->y += first->repeat->h;
		l->used = true;
	}
	return ST_OK;
}

static enum status flow_place(struct layout *l, int i, struct err *e)
{
	float gap = l->used ? l->group[i].gap : 0;

	if (!flow_fits(l, gap + l->group[i].h)) {
		if (l->used && flow_turn(l, &l->group[i], e) != ST_OK)
			return ST_ERR;
		gap = 0;
		if (!flow_fits(l, l->group[i].h))
			return err_set(e, "a table heading or text block is taller than a page: shorten it or use a larger page");
	}
	page_draw(l, &l->group[i], l->y + gap);
	l->y += gap + l->group[i].h;
	l->used = true;
	return ST_OK;
}

/* Places the first n chunks of the group, which belong together. */
static enum status group_place(struct layout *l, int n, struct err *e)
{
	float h = group_height(l, n), room = flow_room(l);

	if (!n)
		return ST_OK;
	if (!l->open && page_open(l, e) != ST_OK)
		return ST_ERR;
	if (l->group[0].repeat)
		room -= l->group[0].repeat->h;
	/* A group taller than a page starts anew only where little would be lost. */
	if (l->used && !flow_fits(l, l->group[0].gap + h) &&
	    (h <= room || l->y > l->top + flow_room(l) * 0.7f) &&
	    flow_turn(l, &l->group[0], e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < n; i++)
		if (flow_place(l, i, e) != ST_OK)
			return ST_ERR;
	l->n_group -= n;
	memmove(l->group, l->group + n, (size_t)l->n_group * sizeof(*l->group));
	return ST_OK;
}

enum status flow_flush(struct layout *l, struct err *e)
{
	l->keep_next = false;
	return group_place(l, l->n_group, e);
}

enum status flow_add(struct layout *l, const struct chunk *c, unsigned keep, struct err *e)
{
	bool stays = l->keep_next || keep & KEEP_PREV;

	if (l->n_group == l->cap_group) {
		l->cap_group = l->cap_group ? l->cap_group * 2 : 16;
		l->group = xrealloc(l->group, (size_t)l->cap_group * sizeof(*l->group));
	}
	/* In the group before anything is placed: a page that turns meanwhile takes it along. */
	l->group[l->n_group++] = *c;
	l->keep_next = keep & KEEP_NEXT;
	if (!stays)
		return group_place(l, l->n_group - 1, e);
	/* Too much to keep together: let go, so that memory stays a page or two. */
	if (group_height(l, l->n_group) > 2 * flow_room(l))
		return group_place(l, l->n_group, e);
	return ST_OK;
}

enum status flow_text(struct layout *l, const struct text_style *st, const char *s, float gap, unsigned keep,
		      struct err *e)
{
	struct text_lines lines = { 0 };
	float lh = line_height(st->size), w = l->right - l->left;

	if (text_wrap(l, l->blk, st, s, w, &lines, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < lines.n; i++) {
		struct chunk c = { .h = lh, .gap = i ? 0 : gap };
		unsigned k = i == lines.n - 1 ? keep & KEEP_NEXT : 0;
		struct text_line ln = lines.items[i];

		if (st->warn)
			chunk_warn(l->mem, &c, l->left, 0, w, lh);
		chunk_text(l->mem, &c, st, &ln, l->left + (i ? 0 : st->indent), 0, w - (i ? 0 : st->indent));
		if (i == 0 && lines.n > 1)
			k |= KEEP_NEXT;
		if (i == 0)
			k |= keep & KEEP_PREV;
		if (i && i >= lines.n - 1)
			k |= KEEP_PREV;
		if (flow_add(l, &c, k, e) != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}

/* `next`: the kind of the block behind, or -1. */
static enum status block_layout(struct layout *l, const struct doc_block *b, int next, struct err *e)
{
	arena_reset(l->blk);
	l->keep_tail = next == BLOCK_SIGNATURE || next == BLOCK_NOTE;
	switch (b->kind) {
	case BLOCK_LETTERHEAD:
		return block_letterhead(l, b->letterhead, e);
	case BLOCK_TABLE:
		return block_table(l, b->table, e);
	case BLOCK_CHART:
		return block_chart(l, b->chart, e);
	case BLOCK_TIMELINE:
		return block_timeline(l, b->timeline, e);
	case BLOCK_SIGNATURE:
		return block_signature(l, b->signature, e);
	case BLOCK_PAGE_BREAK:
		/* Marks alone make no page: they wait for what they mark. */
		if (group_height(l, l->n_group) > 0 && flow_flush(l, e) != ST_OK)
			return ST_ERR;
		return l->used ? page_close(l, e) : ST_OK;
	default:
		return block_text(l, b, next, e);
	}
}

static enum status section_layout(struct layout *l, const struct doc_section *s, struct err *e)
{
	float a = s->a3 ? 297 * MM : 210 * MM, b = s->a3 ? 420 * MM : 297 * MM;

	l->page.width = s->landscape ? b : a;
	l->page.height = s->landscape ? a : b;
	l->left = 30 * MM;
	l->right = l->page.width - 15 * MM;
	l->top = 20 * MM;
	l->bottom = l->page.height - 20 * MM;
	l->body = s->landscape ? 13 : 14;
	l->used = false;
	arena_reset(l->sec);
	if (furniture_set(l, e) != ST_OK)
		return ST_ERR;
	if (l->doc->n_sections > 1 && s->name && s->n_blocks) {
		struct chunk c = { 0 };

		chunk_box(l->mem, &c, (struct page_box){ .kind = BOX_MARK, .text = s->name });
		if (flow_add(l, &c, KEEP_NEXT, e) != ST_OK)
			return ST_ERR;
	}
	for (int i = 0; i < s->n_blocks; i++)
		if (block_layout(l, &s->blocks[i], i + 1 < s->n_blocks ? (int)s->blocks[i + 1].kind : -1, e) != ST_OK)
			return err_in(e, "section '%s'", s->name ? s->name : s->id);
	if (group_height(l, l->n_group) <= 0)
		l->n_group = 0;
	if (flow_flush(l, e) != ST_OK)
		return err_in(e, "section '%s'", s->name ? s->name : s->id);
	return page_close(l, e);
}

static void layout_close(struct layout *l)
{
	arena_free(l->mem);
	arena_free(l->spare);
	arena_free(l->sec);
	arena_free(l->blk);
	arena_free(l->tmp);
	free(l->group);
}

enum status page_layout(const struct document *d, const struct page_metrics *m,
			enum status (*emit)(void *ctx, const struct page *p, struct err *e), void *ctx,
			struct err *e)
{
	CLEANUP(layout_close) struct layout l = { .doc = d, .metrics = m, .emit = emit, .ctx = ctx };

	l.mem = arena_new();
	l.spare = arena_new();
	l.sec = arena_new();
	l.blk = arena_new();
	l.tmp = arena_new();
	for (int i = 0; i < d->n_sections; i++)
		if (section_layout(&l, &d->sections[i], e) != ST_OK)
			return ST_ERR;
	if (!l.number)
		return err_set(e, "the report '%s' has nothing to print", d->title ? d->title : "");
	return ST_OK;
}
