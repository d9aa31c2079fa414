/*
 * A document as one HTML page without any other file: for a screen, a phone and paper. Rows are pulled and
 * written one by one. Every text goes through html_text().
 */
#include "html_style.h"
#include "html_svg.h"
#include "html_text.h"
#include "plain_file.h"
#include "writers.h"

#include <rasoat/str.h>
#include <rasoat/text.h>

#include <string.h>

struct html {
	struct plain_file *file;
	struct str *out;
	const struct document *d;
	struct arena *arena;
	int heading; /* number of the last heading without a name of its own */
};

static void put(struct html *h, const char *markup)
{
	str_add(h->out, markup);
}

static void put_id(struct html *h, const char *name)
{
	put(h, " id=\"");
	html_id(h->out, name);
	put(h, "\"");
}

static void put_element(struct html *h, const char *tag, const char *classes, const char *text)
{
	if (!text || !*text)
		return;
	str_addf(h->out, "<%s%s%s%s>", tag, *classes ? " class=\"" : "", classes, *classes ? "\"" : "");
	html_text(h->out, text, true);
	str_addf(h->out, "</%s>\n", tag);
}

/* --- text --- */

static const char *classes_of(struct html *h, const struct doc_block *b, const char *base)
{
	static const char *const aligns[] = { [ALIGN_LEFT] = " l", [ALIGN_CENTER] = " c", [ALIGN_RIGHT] = " r" };
	const char *align = b->align == ALIGN_AUTO || b->align == ALIGN_JUSTIFY ? "" : aligns[b->align];

	return arena_printf(h->arena, "%s%s%s%s%s", base, align, b->flags & CELL_BOLD ? " b" : "",
			    b->flags & CELL_ITALIC ? " i" : "", b->flags & CELL_WARN ? " warn" : "");
}

/* Headings have a name that links can say: their own, or a number. */
static const char *heading_name(struct html *h, const struct doc_block *b, int *number)
{
	return b->anchor ? b->anchor : arena_printf(h->arena, "muc-%d", ++*number);
}

static void put_heading(struct html *h, const struct doc_block *b)
{
	const char *tag = b->level > 1 ? "h3" : "h2";

	str_addf(h->out, "<%s", tag);
	put_id(h, heading_name(h, b, &h->heading));
	put(h, ">");
	html_text(h->out, b->text, false);
	str_addf(h->out, "</%s>\n", tag);
}

static void put_contents(struct html *h)
{
	int number = 0, level = 1;

	put(h, "<nav><h2>Mục lục</h2><ol>\n");
	for (int i = 0; i < h->d->n_sections; i++)
		for (int k = 0; k < h->d->sections[i].n_blocks; k++) {
			const struct doc_block *b = &h->d->sections[i].blocks[k];

			if (b->kind != BLOCK_HEADING)
				continue;
			if (b->level > 1 && level == 1)
				put(h, "<ul>\n");
			if (b->level <= 1 && level > 1)
				put(h, "</ul>\n");
			level = b->level > 1 ? 2 : 1;
			put(h, "<li><a href=\"#");
			html_id(h->out, heading_name(h, b, &number));
			put(h, "\">");
			html_text(h->out, b->text, false);
			put(h, "</a></li>\n");
		}
	put(h, level > 1 ? "</ul>\n</ol></nav>\n" : "</ol></nav>\n");
}

static void put_note(struct html *h, const struct doc_block *b)
{
	if (!b->link) {
		put_element(h, "p", classes_of(h, b, "small"), b->text);
		return;
	}
	put(h, "<p class=\"small\"><a href=\"#");
	html_id(h->out, b->link);
	put(h, "\">");
	html_text(h->out, b->text, true);
	put(h, "</a></p>\n");
}

static void put_letterhead(struct html *h, const struct doc_letterhead *l)
{
	int y, m, d;

	put(h, "<div class=\"two c\"><div>");
	put_element(h, "div", "upper", l->superior);
	put_element(h, "div", "upper b", l->agency);
	put_element(h, "div", "", l->number);
	put_element(h, "div", "small", l->subject);
	put(h, "</div><div><div class=\"b\">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</div><div class=\"b\">Độc lập - Tự do - Hạnh phúc</div><div class=\"i\">");
	html_text(h->out, l->place, false);
	if (l->date != DAY_NONE) {
		date_to_ymd(l->date, &y, &m, &d);
		str_addf(h->out, m < 3 ? ", ngày %02d tháng %02d năm %d" : ", ngày %02d tháng %d năm %d", d, m, y);
	} else if (l->year_hint) {
		str_addf(h->out, ", ngày &#160;&#160; tháng &#160;&#160; năm %d", l->year_hint);
	}
	put(h, "</div></div></div>\n");
}

static void put_signature(struct html *h, const struct doc_signature *s)
{
	put(h, "<div class=\"two\"><div>");
	if (s->left_title) {
		put_element(h, "div", "upper b c", s->left_title);
		put_element(h, "div", "i c", s->left_note);
	}
	if (s->n_recipients) {
		put(h, "<div class=\"b i\">Nơi nhận:</div><ul class=\"small\">");
		for (int i = 0; i < s->n_recipients; i++) {
			put(h, "<li>- ");
			html_text(h->out, s->recipients[i], false);
			put(h, i + 1 < s->n_recipients ? ";</li>" : ".</li>");
		}
		put(h, "</ul>");
	}
	put(h, "</div><div class=\"c\">");
	put_element(h, "div", "upper b", s->authority);
	put_element(h, "div", "upper b", s->post);
	put_element(h, "div", "b sign", s->name);
	put(h, "</div></div>\n");
}

/* --- tables --- */

static void put_heads(struct html *h, const struct doc_table *t)
{
	if (!t->n_heads)
		return;
	put(h, "<thead>\n");
	for (int r = 0; r < t->head_rows; r++) {
		put(h, "<tr>");
		for (int i = 0; i < t->n_heads; i++) {
			const struct doc_head *x = &t->heads[i];

			if (x->row != r)
				continue;
			put(h, "<th");
			if (x->rowspan > 1)
				str_addf(h->out, " rowspan=\"%d\"", x->rowspan);
			if (x->colspan > 1)
				str_addf(h->out, " colspan=\"%d\"", x->colspan);
			put(h, ">");
			html_text(h->out, x->text, true);
			put(h, "</th>");
		}
		put(h, "</tr>\n");
	}
	put(h, "</thead>\n");
}

static void put_cell(struct html *h, const struct cell *c, int colspan)
{
	bool number = c->kind == CELL_INT || c->kind == CELL_REAL || c->kind == CELL_MILLION;
	const char *base = number ? "n" : c->kind == CELL_DATE || c->kind == CELL_NA || c->kind == CELL_HIDDEN ? "d" : "";
	const char *align = c->align == ALIGN_CENTER ? " c" : c->align == ALIGN_RIGHT ? " r" : c->align == ALIGN_LEFT ? " l" : "";
	char buf[512];

	put(h, "<td");
	if (colspan > 1)
		str_addf(h->out, " colspan=\"%d\"", colspan);
	if (*base || *align || c->flags)
		str_addf(h->out, " class=\"%s%s%s%s%s\"", base, align, c->flags & CELL_BOLD ? " b" : "",
			 c->flags & CELL_ITALIC ? " i" : "", c->flags & CELL_WARN ? " warn" : "");
	put(h, ">");
	if (c->link) {
		put(h, "<a href=\"#");
		html_id(h->out, c->link);
		put(h, "\">");
	}
	html_text(h->out, cell_text(c, buf, sizeof(buf)), true);
	put(h, c->link ? "</a></td>" : "</td>");
}

static enum status put_row(struct html *h, const struct doc_table *t, const struct cell *cells, enum row_kind kind,
			   struct err *e)
{
	static const char *const rows[] = { [ROW_BODY] = "<tr>", [ROW_TOTAL] = "<tr class=\"t\">",
					    [ROW_NUMBERS] = "<tr class=\"m\">", [ROW_GROUP] = "<tr class=\"g\">" };

	put(h, rows[kind]);
	if (kind == ROW_GROUP)
		put_cell(h, &cells[0], t->n_columns);
	for (int i = 0; i < t->n_columns && kind != ROW_GROUP; i++)
		put_cell(h, &cells[i], 1);
	put(h, "</tr>\n");
	return plain_pour(h->file, e);
}

static enum status put_rows(struct html *h, const struct doc_table *t, struct err *e)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct cell *cells = ARENA_ARRAY(a, (size_t)t->n_columns + 1, struct cell);
	enum row_kind kind = ROW_BODY;
	int64_t n = 0;
	int got = 0;

	if (t->rows.rewind && t->rows.rewind(t->rows.ctx, e) != ST_OK)
		return ST_ERR;
	while (t->rows.next && (got = t->rows.next(t->rows.ctx, cells, &kind, e)) > 0) {
		n += kind != ROW_NUMBERS;
		if (put_row(h, t, cells, kind, e) != ST_OK)
			return ST_ERR;
		memset(cells, 0, (size_t)t->n_columns * sizeof(*cells));
		kind = ROW_BODY;
	}
	if (got < 0)
		return err_in(e, "table '%s'", t->id ? t->id : "");
	if (!n && t->empty) {
		struct cell empty = cell_str(t->empty);

		empty.flags = CELL_ITALIC;
		put(h, "<tr>");
		put_cell(h, &empty, t->n_columns);
		put(h, "</tr>\n");
	}
	return ST_OK;
}

static void put_widths(struct html *h, const struct doc_table *t)
{
	double sum = 0;

	for (int i = 0; i < t->n_columns; i++)
		sum += t->columns[i].width > 0 ? t->columns[i].width : 60;
	if (t->n_columns > 8 || sum <= 0)
		return;
	put(h, "<colgroup>");
	for (int i = 0; i < t->n_columns; i++)
		str_addf(h->out, "<col style=\"width:%d%%\">",
			 (int)((t->columns[i].width > 0 ? t->columns[i].width : 60) * 100 / sum + 0.5));
	put(h, "</colgroup>\n");
}

static enum status put_table(struct html *h, const struct doc_table *t, struct err *e)
{
	put(h, "<div class=\"wide\"><table>\n");
	put_widths(h, t);
	put_heads(h, t);
	put(h, "<tbody>\n");
	if (put_rows(h, t, e) != ST_OK)
		return ST_ERR;
	put(h, "</tbody></table></div>\n");
	return ST_OK;
}

/* --- the page --- */

static enum status put_block(struct html *h, const struct doc_block *b, struct err *e)
{
	switch (b->kind) {
	case BLOCK_LETTERHEAD:
		put_letterhead(h, b->letterhead);
		break;
	case BLOCK_FORM_CODE:
		put_element(h, "p", "r", b->text);
		break;
	case BLOCK_TITLE:
		put_element(h, "h1", classes_of(h, b, ""), b->text);
		break;
	case BLOCK_SUBTITLE:
		put_element(h, "p", classes_of(h, b, "c b"), b->text);
		break;
	case BLOCK_LINE:
		put_element(h, "p", classes_of(h, b, "c i"), b->text);
		break;
	case BLOCK_ADDRESS:
		put_element(h, "p", classes_of(h, b, "c"), b->text);
		break;
	case BLOCK_HEADING:
		put_heading(h, b);
		break;
	case BLOCK_PARAGRAPH:
		put_element(h, "p", classes_of(h, b, ""), b->text);
		break;
	case BLOCK_NOTE:
		put_note(h, b);
		break;
	case BLOCK_TABLE:
		return put_table(h, b->table, e);
	case BLOCK_CHART:
		html_svg_chart(h->out, b->chart);
		break;
	case BLOCK_TIMELINE:
		html_svg_timeline(h->out, b->timeline);
		break;
	case BLOCK_SIGNATURE:
		put_signature(h, b->signature);
		break;
	case BLOCK_PAGE_BREAK:
		break;
	}
	return plain_pour(h->file, e);
}

static void put_head(struct html *h)
{
	const struct document *d = h->d;

	put(h, "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n"
	       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
	html_text(h->out, d->title ? d->title : "rasoat", false);
	put(h, "</title>\n");
	if (d->author) {
		put(h, "<meta name=\"author\" content=\"");
		html_text(h->out, d->author, false);
		put(h, "\">\n");
	}
	put(h, "<style>\n");
	put(h, html_style);
	put(h, "</style>\n</head>\n<body>\n");
	html_svg_patterns(h->out);
	put(h, "<main>\n");
	put_element(h, "p", "draft", d->draft);
}

static enum status put_sections(struct html *h, struct err *e)
{
	for (int i = 0; i < h->d->n_sections; i++) {
		const struct doc_section *s = &h->d->sections[i];

		put(h, "<section");
		put_id(h, s->id);
		put(h, ">\n");
		for (int k = 0; k < s->n_blocks; k++)
			if (put_block(h, &s->blocks[k], e) != ST_OK)
				return err_in(e, "section '%s'", s->name ? s->name : s->id);
		put(h, "</section>\n");
		if (!i && h->d->contents) /* behind the title page */
			put_contents(h);
	}
	return ST_OK;
}

static enum status html_write(const struct document *d, const struct write_options *o, const char *path, struct err *e)
{
	CLEANUP(plain_drop) struct plain_file f = { .fd = -1, .buf = STR_INIT };
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct html h = { .file = &f, .out = &f.buf, .d = d, .arena = a };

	(void)o;
	if (plain_open(&f, path, e) != ST_OK)
		return ST_ERR;
	put_head(&h);
	if (put_sections(&h, e) != ST_OK)
		return ST_ERR;
	put_element(&h, "p", "foot", d->footer);
	put(&h, "</main>\n</body>\n</html>\n");
	return plain_close(&f, e);
}

const struct writer html_writer = { "html", ".html", html_write };
