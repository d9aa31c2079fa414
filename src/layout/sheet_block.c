/*
 * Everything of a sheet that is no table: text over the full width,
 * letterhead and signature in two halves, as Nghị định 30/2020/NĐ-CP has them.
 */
#include "sheet_text.h"
#include "sheet_walk.h"

#include <rasoat/str.h>
#include <rasoat/text.h>

#include <math.h>
#include <string.h>

enum {
	SIGN_ROWS = 4,      /* empty rows for the signature itself */
	ROW_POINTS_MAX = 400, /* Excel's limit is 409 */
	RULE_POINTS = 9,
};

/* One row of a left or right half. */
struct half_row {
	const char *text; /* NULL or "" = nothing there */
	enum sheet_style style;
	unsigned flags;
	enum align align;
};

struct half {
	struct half_row *rows;
	int n, cap;
};

static void half_add(struct sheet_walk *w, struct half *h, const char *text, enum sheet_style style, unsigned flags,
		     enum align align)
{
	*ARENA_PUSH(w->arena, h->rows, h->n, h->cap) = (struct half_row){ text, style, flags, align };
}

static void half_blank(struct sheet_walk *w, struct half *h, int n)
{
	while (n-- > 0)
		half_add(w, h, NULL, SHEET_PLAIN, 0, ALIGN_CENTER);
}

static struct cell text_cell(const char *text, unsigned flags, enum align align)
{
	return (struct cell){ .kind = CELL_TEXT, .text = text, .flags = flags, .align = align };
}

static enum status set_height(struct sheet_walk *w, double points, struct err *e)
{
	const struct sheet_sink *k = w->sink;

	return k->row_height ? k->row_height(k->ctx, w->row, fmin(points, ROW_POINTS_MAX), e) : ST_OK;
}

enum status sheet_text_row(struct sheet_walk *w, enum sheet_style style, const char *text, unsigned flags,
			   enum align align, struct err *e)
{
	struct cell look = text_cell(text, flags, align);

	return sheet_cell_row(w, style, &look, NULL, e);
}

enum status sheet_cell_row(struct sheet_walk *w, enum sheet_style style, const struct cell *look,
			   const char *link_sheet, struct err *e)
{
	double size = sheet_style_points(style), width = sheet_inner_width(w, 0, w->text_columns);
	bool bold = sheet_style_bold(style) || (look->flags & CELL_BOLD);
	int max = (int)((ROW_POINTS_MAX - 3) / (size * 1.26));

	for (const char *text = look->text ? look->text : ""; *text;) {
		size_t used;
		int lines = sheet_text_lines(text, size, bold, width, max, &used);
		struct sheet_cell c = { .rowspan = 1, .colspan = w->text_columns, .style = style, .value = *look };

		c.value.text = arena_strndup(w->arena, text, used);
		c.link_sheet = link_sheet;
		if (sheet_room(w, 1, e) != ST_OK || set_height(w, sheet_lines_height(lines, size), e) != ST_OK)
			return ST_ERR;
		c.row = w->row++;
		if (sheet_put(w, &c, e) != ST_OK)
			return ST_ERR;
		text += used;
	}
	return ST_OK;
}

static bool is_rule(const char *s)
{
	return str_starts(s, "─");
}

static double half_height(const struct sheet_walk *w, const struct half_row *r, int first, int n)
{
	double size = sheet_style_points(r->style);
	size_t used;

	if (!r->text || !*r->text)
		return 0;
	if (is_rule(r->text))
		return RULE_POINTS;
	return sheet_lines_height(sheet_text_lines(r->text, size, sheet_style_bold(r->style) || (r->flags & CELL_BOLD),
						   sheet_inner_width(w, first, n), 100, &used),
				  size);
}

static enum status put_half(struct sheet_walk *w, const struct half_row *r, int first, int n, struct err *e)
{
	struct sheet_cell c = { .row = w->row, .col = first, .rowspan = 1, .colspan = n, .style = r->style };

	if (!r->text || !*r->text)
		return ST_OK;
	c.value = text_cell(r->text, r->flags, r->align);
	return sheet_put(w, &c, e);
}

/* The halves of one row side by side; without room for that, `right` stands below. */
static enum status put_halves_row(struct sheet_walk *w, const struct half_row *left, const struct half_row *right,
				  struct err *e)
{
	int n_right = w->n_columns - w->split;
	double height = fmax(half_height(w, left, 0, w->split), half_height(w, right, w->split, n_right));

	if (sheet_room(w, 1, e) != ST_OK || (height > 0 && set_height(w, height, e) != ST_OK) ||
	    put_half(w, left, 0, w->split, e) != ST_OK || put_half(w, right, w->split, n_right, e) != ST_OK)
		return ST_ERR;
	w->row++;
	return ST_OK;
}

static enum status put_below(struct sheet_walk *w, const struct half *h, struct err *e)
{
	for (int i = 0; i < h->n; i++) {
		const struct half_row *r = &h->rows[i];

		if (!r->text)
			w->row += w->row < SHEET_ROWS_MAX;
		else if (sheet_text_row(w, r->style, r->text, r->flags, r->align, e) != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}

static enum status put_halves(struct sheet_walk *w, const struct half *left, const struct half *right, struct err *e)
{
	static const struct half_row nothing;

	if (!w->split)
		return put_below(w, left, e) == ST_OK ? put_below(w, right, e) : ST_ERR;
	for (int i = 0; i < left->n || i < right->n; i++)
		if (put_halves_row(w, i < left->n ? &left->rows[i] : &nothing,
				   i < right->n ? &right->rows[i] : &nothing, e) != ST_OK)
			return ST_ERR;
	return ST_OK;
}

/* A line of `share` of the width of `text`. */
static char *rule_below(struct sheet_walk *w, const char *text, double share)
{
	double size = sheet_style_points(SHEET_LETTERHEAD);
	double width = sheet_text_width(text, strlen(text), size, true) * share;
	int n = (int)(width / (0.708 * size)); /* the metrics of bold text lean to the wide side */
	CLEANUP(str_free) struct str s = STR_INIT;

	for (int i = 0; i < (n < 3 ? 3 : n); i++)
		str_add(&s, "─");
	return arena_strdup(w->arena, s.p);
}

/* "Hà Nội, ngày 05 tháng 02 năm 2026": days below 10 and months below 3 with a leading zero. */
static char *place_and_date(struct sheet_walk *w, const struct doc_letterhead *l)
{
	const char *place = l->place ? l->place : "", *comma = *place ? ", " : "";
	int y, m, d;

	if (l->date != DAY_NONE) {
		date_to_ymd(l->date, &y, &m, &d);
		return arena_printf(w->arena, m < 3 ? "%s%sngày %02d tháng %02d năm %d" : "%s%sngày %02d tháng %d năm %d",
				    place, comma, d, m, y);
	}
	if (l->year_hint)
		return arena_printf(w->arena, "%s%sngày     tháng     năm %d", place, comma, l->year_hint);
	return arena_printf(w->arena, "%s%sngày     tháng     năm       ", place, comma);
}

static enum status put_letterhead(struct sheet_walk *w, const struct doc_letterhead *l, struct err *e)
{
	struct half left = { 0 }, right = { 0 };
	bool has_superior = l->superior && *l->superior;
	char *agency = text_upper(w->arena, l->agency ? l->agency : "");

	if (has_superior)
		half_add(w, &left, text_upper(w->arena, l->superior), SHEET_LETTERHEAD, 0, ALIGN_CENTER);
	half_add(w, &left, agency, SHEET_LETTERHEAD_BOLD, CELL_BOLD, ALIGN_CENTER);
	half_add(w, &left, rule_below(w, agency, 0.4), SHEET_LETTERHEAD, 0, ALIGN_CENTER);
	if (!has_superior)
		half_blank(w, &left, 1);
	half_add(w, &left, l->number, SHEET_LETTERHEAD, 0, ALIGN_CENTER);
	if (l->subject)
		half_add(w, &left, l->subject, SHEET_LETTERHEAD, 0, ALIGN_CENTER);
	half_add(w, &right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", SHEET_LETTERHEAD_BOLD, CELL_BOLD, ALIGN_CENTER);
	half_add(w, &right, "Độc lập - Tự do - Hạnh phúc", SHEET_LETTERHEAD_BOLD, CELL_BOLD, ALIGN_CENTER);
	half_add(w, &right, rule_below(w, "Độc lập - Tự do - Hạnh phúc", 1), SHEET_LETTERHEAD, 0, ALIGN_CENTER);
	half_add(w, &right, place_and_date(w, l), SHEET_LETTERHEAD, CELL_ITALIC, ALIGN_CENTER);
	return put_halves(w, &left, &right, e);
}

static void add_recipients(struct sheet_walk *w, struct half *h, const struct doc_signature *s)
{
	if (!s->n_recipients)
		return;
	half_add(w, h, "Nơi nhận:", SHEET_SIGN_LIST, CELL_BOLD | CELL_ITALIC, ALIGN_LEFT);
	for (int i = 0; i < s->n_recipients; i++)
		half_add(w, h, arena_printf(w->arena, "- %s%c", s->recipients[i], i + 1 < s->n_recipients ? ';' : '.'),
			 SHEET_SIGN_LIST, 0, ALIGN_LEFT);
}

static void add_signatory(struct sheet_walk *w, struct half *h, const struct doc_signature *s)
{
	if (s->authority && *s->authority)
		half_add(w, h, text_upper(w->arena, s->authority), SHEET_SIGN_POST, CELL_BOLD, ALIGN_CENTER);
	half_add(w, h, text_upper(w->arena, s->post ? s->post : ""), SHEET_SIGN_POST, CELL_BOLD, ALIGN_CENTER);
	half_blank(w, h, SIGN_ROWS);
	half_add(w, h, s->name, SHEET_SIGN_NAME, CELL_BOLD, ALIGN_CENTER);
}

static enum status put_signature(struct sheet_walk *w, const struct doc_signature *s, struct err *e)
{
	struct half left = { 0 }, right = { 0 }, below = { 0 };

	add_signatory(w, &right, s);
	if (!s->left_title || !*s->left_title) {
		add_recipients(w, &left, s);
		return put_halves(w, &left, &right, e);
	}
	half_add(w, &left, text_upper(w->arena, s->left_title), SHEET_SIGN_POST, CELL_BOLD, ALIGN_CENTER);
	if (s->left_note && *s->left_note)
		half_add(w, &left, s->left_note, SHEET_SIGN_LIST, CELL_ITALIC, ALIGN_CENTER);
	if (!w->split)
		half_blank(w, &left, SIGN_ROWS);
	add_recipients(w, &below, s);
	if (put_halves(w, &left, &right, e) != ST_OK)
		return ST_ERR;
	return put_below(w, &below, e);
}

/* "Biểu số: 01/TCD" stands in the right half. */
static enum status put_form_code(struct sheet_walk *w, const char *text, struct err *e)
{
	struct half left = { 0 }, right = { 0 };

	half_add(w, &right, text, SHEET_FORM_CODE, CELL_BOLD, ALIGN_RIGHT);
	return put_halves(w, &left, &right, e);
}

static enum status put_note(struct sheet_walk *w, const struct doc_block *b, struct err *e)
{
	struct cell look = text_cell(b->text, b->flags, b->align == ALIGN_AUTO ? ALIGN_LEFT : b->align);

	look.link = b->link;
	return sheet_cell_row(w, SHEET_NOTE, &look, NULL, e);
}

static enum align pick(enum align wanted, enum align usual)
{
	return wanted == ALIGN_AUTO ? usual : wanted;
}

enum status sheet_block(struct sheet_walk *w, const struct doc_block *b, struct err *e)
{
	const char *text = b->text ? b->text : "";

	switch (b->kind) {
	case BLOCK_LETTERHEAD:
		return put_letterhead(w, b->letterhead, e);
	case BLOCK_FORM_CODE:
		return put_form_code(w, text, e);
	case BLOCK_TITLE:
		return sheet_text_row(w, SHEET_TITLE, text_upper(w->arena, text), b->flags | CELL_BOLD,
				      pick(b->align, ALIGN_CENTER), e);
	case BLOCK_SUBTITLE:
		return sheet_text_row(w, SHEET_SUBTITLE, text, b->flags | CELL_BOLD, pick(b->align, ALIGN_CENTER), e);
	case BLOCK_LINE:
		return sheet_text_row(w, SHEET_LINE, text, b->flags | CELL_ITALIC, pick(b->align, ALIGN_CENTER), e);
	case BLOCK_ADDRESS:
		return sheet_text_row(w, SHEET_PARAGRAPH, text, b->flags, pick(b->align, ALIGN_CENTER), e);
	case BLOCK_HEADING:
		return sheet_text_row(w, SHEET_HEADING, text, b->flags | CELL_BOLD, pick(b->align, ALIGN_LEFT), e);
	case BLOCK_PARAGRAPH: /* a cell has no first-line indent of its own */
		return sheet_text_row(w, SHEET_PARAGRAPH, *text ? arena_printf(w->arena, "      %s", text) : "",
				      b->flags, pick(b->align, ALIGN_JUSTIFY), e);
	case BLOCK_NOTE:
		return put_note(w, b, e);
	case BLOCK_SIGNATURE:
		return put_signature(w, b->signature, e);
	case BLOCK_TIMELINE: /* a sheet says what paper draws */
		return sheet_text_row(w, SHEET_NOTE, b->timeline->said ? b->timeline->said : "", b->flags, ALIGN_LEFT, e);
	case BLOCK_TABLE:
	case BLOCK_CHART:
	case BLOCK_PAGE_BREAK:
		break;
	}
	return ST_OK;
}
