/*
 * What the files of a pack say, in lines that bare_pack writes again with nothing but the libraries: everything is
 * placed, measured and sorted already.
 *
 *   our_pack_dump WORKSPACE PERIOD OUTDIR UNIT...      -> OUTDIR/FORM-UNIT.xlsx.dump, FORM-UNIT.pdf.dump
 *
 * Fields have tabs between them; a text comes last, its line breaks as \v. bare_pack.c says what the lines are.
 */
#include "../../src/write/pdf_font.h"

#include <rasoat/arena.h>
#include <rasoat/form.h>
#include <rasoat/page.h>
#include <rasoat/sheet.h>
#include <rasoat/str.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct dump {
	FILE *out;
	struct pdf_font *fonts[FONT_COUNT];
	int formats[64][4][8][8]; /* style, number, flags, align -> 1 + number of the format */
	int n_formats;
};

static void put_text(FILE *out, const char *s)
{
	for (; *s; s++)
		putc(*s == '\n' ? '\v' : *s == '\t' ? ' ' : *s, out);
	putc('\n', out);
}

/* --- the workbook --- */

static int number_kind(const struct cell *c)
{
	return c->kind == CELL_INT ? 1 : c->kind == CELL_REAL ? 2 : c->kind == CELL_DATE ? 3 : 0;
}

static int format_of(struct dump *d, const struct sheet_cell *c)
{
	int num = number_kind(&c->value), *at = &d->formats[c->style][num][c->value.flags & 7][c->value.align];
	bool table = c->style == SHEET_HEAD || (c->style >= SHEET_NUMBERS && c->style <= SHEET_EMPTY);

	if (!*at) {
		*at = ++d->n_formats;
		fprintf(d->out, "F\t%d\t%g\t%d\t%d\t%d\t%d\t%d\n", *at, sheet_style_points(c->style),
			sheet_style_bold(c->style) || c->value.flags & CELL_BOLD, (c->value.flags & CELL_ITALIC) != 0, table,
			c->value.align, num);
	}
	return *at;
}

static enum status put_cell(void *ctx, const struct sheet_cell *c, struct err *e)
{
	struct dump *d = ctx;
	const struct cell_formula *f = c->value.formula;
	int format = format_of(d, c);
	char buf[64], col[8];

	(void)e;
	if (c->rowspan > 1 || c->colspan > 1)
		fprintf(d->out, "M\t%d\t%d\t%d\t%d\t%d\n", format, c->row, c->col, c->row + c->rowspan - 1,
			c->col + c->colspan - 1);
	if (f && number_kind(&c->value) == 1) {
		fprintf(d->out, "E\t%d\t%d\t%d\t%lld\t=", format, c->row, c->col, (long long)c->value.i);
		for (int i = 0; f->kind == FORMULA_TERMS && i < f->n_terms; i++) {
			snprintf(col, sizeof(col), "%c", 'A' + c->leaf_cols[f->terms[i].column] % 26);
			fprintf(d->out, "%s%s%s%d", f->terms[i].sign < 0 ? "-" : i ? "+" : "",
				c->leaf_cols[f->terms[i].column] >= 26 ? "A" : "", col, c->row + 1);
		}
		snprintf(col, sizeof(col), "%s%c", c->col >= 26 ? "A" : "", 'A' + c->col % 26);
		if (f->kind == FORMULA_SUM_ROWS)
			fprintf(d->out, "SUM(%s%d:%s%d)", col, c->sum_first_row + 1, col, c->sum_last_row + 1);
		putc('\n', d->out);
	} else if (c->value.kind == CELL_BLANK) {
		fprintf(d->out, "B\t%d\t%d\t%d\n", format, c->row, c->col);
	} else if (number_kind(&c->value)) {
		fprintf(d->out, "N\t%d\t%d\t%d\t%.17g\n", format, c->row, c->col,
			c->value.kind == CELL_REAL ? c->value.r : (double)c->value.i + (c->value.kind == CELL_DATE ? 25569 : 0));
	} else {
		fprintf(d->out, "S\t%d\t%d\t%d\t", format, c->row, c->col);
		put_text(d->out, cell_text(&c->value, buf, sizeof(buf)));
	}
	return ST_OK;
}

static enum status put_height(void *ctx, int row, double points, struct err *e)
{
	(void)e;
	fprintf(((struct dump *)ctx)->out, "H\t%d\t%g\n", row, points);
	return ST_OK;
}

static enum status open_sheet(void *ctx, const struct doc_section *s, int n, const double *widths_mm, struct err *e)
{
	struct dump *d = ctx;

	(void)e;
	fprintf(d->out, "W\t%d\t%d\t", s->a3 ? 8 : 9, s->landscape);
	put_text(d->out, s->name);
	for (int i = 0; i < n; i++)
		fprintf(d->out, "C\t%d\t%d\n", i, (int)(widths_mm[i] * 96 / 25.4 + 0.5));
	return ST_OK;
}

static enum status end_table(void *ctx, const struct sheet_table *t, struct err *e)
{
	struct dump *d = ctx;

	(void)e;
	if (t->table->freeze)
		fprintf(d->out, "Z\t%d\t%d\n", t->head_last_row + 1, t->table->frozen_columns);
	if (t->table->filter && t->last_row >= t->first_row)
		fprintf(d->out, "A\t%d\t%d\t%d\t%d\n", t->head_last_row, t->first_col, t->last_row, t->last_col);
	return ST_OK;
}

static enum status no_chart(void *ctx, const struct sheet_chart *c, struct err *e)
{
	(void)ctx, (void)c;
	return err_set(e, "forms have no charts");
}

static enum status close_sheet(void *ctx, const struct doc_section *s, int n_rows, struct err *e)
{
	(void)ctx, (void)s, (void)n_rows, (void)e;
	return ST_OK;
}

static enum status dump_book(struct dump *d, const struct document *doc, struct err *e)
{
	const struct sheet_sink sink = { .ctx = d, .open = open_sheet, .row_height = put_height, .cell = put_cell,
					 .chart = no_chart, .table = end_table, .close = close_sheet };

	memset(d->formats, 0, sizeof(d->formats));
	d->n_formats = 0;
	fprintf(d->out, "T\t");
	put_text(d->out, doc->title);
	return sheet_layout(doc, &sink, e);
}

/* --- the pages --- */

/* Grounds, lines, texts, and among them what is drawn alike together: few changes for bare_pack. */
static int box_compare(const void *a, const void *b)
{
	const struct page_box *x = *(const struct page_box *const *)a, *y = *(const struct page_box *const *)b;
	static const int order[] = { [BOX_RECT] = 0, [BOX_LINE] = 1, [BOX_TEXT] = 2, [BOX_MARK] = 3 };

	if (x->kind != y->kind)
		return order[x->kind] - order[y->kind];
	if (x->font != y->font)
		return (int)x->font - (int)y->font;
	if (x->size < y->size || x->size > y->size)
		return x->size < y->size ? -1 : 1;
	if (x->word_space < y->word_space || x->word_space > y->word_space)
		return x->word_space < y->word_space ? -1 : 1;
	return x < y ? -1 : x > y; /* as they came */
}

static enum status put_page(void *ctx, const struct page *p, struct err *e)
{
	struct dump *d = ctx;
	const struct page_box **boxes = xmalloc(sizeof(*boxes) * ((size_t)p->n_boxes + 1));

	(void)e;
	for (int i = 0; i < p->n_boxes; i++)
		boxes[i] = &p->boxes[i];
	qsort(boxes, (size_t)p->n_boxes, sizeof(*boxes), box_compare);
	fprintf(d->out, "P\t%g\t%g\n", (double)p->width, (double)p->height);
	for (int i = 0; i < p->n_boxes; i++) {
		const struct page_box *b = boxes[i];
		double y = (double)(p->height - b->y);

		if (b->kind == BOX_RECT)
			fprintf(d->out, "R\t%.3f\t%.3f\t%.3f\t%.3f\t%g\n", (double)b->x, y - (double)b->h, (double)b->w,
				(double)b->h, (double)b->grey);
		else if (b->kind == BOX_LINE)
			fprintf(d->out, "L\t%g\t%.3f\t%.3f\t%.3f\t%.3f\n", (double)b->size, (double)b->x, y,
				(double)(b->x + b->w), y - (double)b->h);
		else if (b->kind == BOX_TEXT && *b->text) {
			fprintf(d->out, "T\t%d\t%g\t%g\t%.3f\t%.3f\t", (int)b->font, (double)b->size,
				(double)b->word_space, (double)b->x, y);
			put_text(d->out, b->text);
		}
	}
	free(boxes);
	return ST_OK;
}

static int width(void *ctx, enum page_font font, uint32_t cp)
{
	return pdf_font_width(((struct dump *)ctx)->fonts[font], cp);
}

static enum status dump_pages(struct dump *d, const struct document *doc, struct err *e)
{
	const struct page_metrics m = { .ctx = d, .width = width };

	return page_layout(doc, &m, put_page, d, e);
}

/* --- the forms --- */

static enum status dump_file(struct dump *d, const struct form *f, const char *folder, const char *format,
			     enum status (*dump)(struct dump *d, const struct document *doc, struct err *e), struct err *e)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct document *doc = NULL;
	enum status st;

	if (form_document(a, f, &doc, e) != ST_OK)
		return ST_ERR;
	d->out = fopen(arena_printf(a, "%s/%s-%s.%s.dump", folder, f->template->id, f->unit, format), "w");
	if (!d->out)
		return err_set(e, "%s: cannot write", folder);
	st = dump(d, doc, e);
	return fclose(d->out) ? err_set(e, "%s: cannot write", folder) : st;
}

static enum status dump_form(struct dump *d, struct arena *a, const struct workspace *w, const struct template *t,
			     char **argv, int n_units, struct err *e)
{
	CLEANUP(store_cleanup) struct store *s = NULL;
	struct form_set *set = NULL;
	struct period p;
	enum status st;

	if (period_parse(argv[2], t->calendar, &p, e) != ST_OK ||
	    store_open(t->store == STORE_CASES ? w->cases_uri : w->accounts_uri, t->store, STORE_READ, &s, e) != ST_OK)
		return ST_ERR;
	store_set_workdays(s, w->workdays);
	st = form_set_new(a, w, t, &p, p.to, (const char *const *)(argv + 4), n_units, s, &set, e);
	if (st == ST_OK)
		st = form_set_figures(set, s, e);
	for (int i = 0; st == ST_OK && i < set->n_lists; i++)
		st = form_set_list(set, i, s, e);
	for (int i = 0; st == ST_OK && i < set->n_forms; i++) {
		st = dump_file(d, &set->forms[i], argv[3], "xlsx", dump_book, e);
		if (st == ST_OK)
			st = dump_file(d, &set->forms[i], argv[3], "pdf", dump_pages, e);
	}
	form_set_close(set);
	return st;
}

int main(int argc, char **argv)
{
	static const char *const files[] = { "Regular", "Bold", "Italic", "BoldItalic" };
	static struct dump d;
	struct arena *a = arena_new();
	struct workspace *w = NULL;
	struct diags diags;
	struct err e = ERR_INIT;
	enum status st;

	if (argc < 5) {
		fprintf(stderr, "our_pack_dump WORKSPACE PERIOD OUTDIR UNIT...\n");
		return 1;
	}
	diags_init(&diags, a);
	st = workspace_open(a, argv[1], &w, &diags, &e);
	if (st == ST_OK)
		st = workspace_load_rules(a, w, &diags, &e);
	if (st == ST_OK)
		st = workspace_load_templates(a, w, &diags, &e);
	for (int i = 0; st == ST_OK && i < FONT_COUNT; i++)
		st = pdf_font_open(&d.fonts[i], arena_printf(a, "/usr/share/fonts/truetype/liberation2/"
							     "LiberationSerif-%s.ttf", files[i]), &e);
	if (st == ST_OK)
		st = audience_find(&w->audiences, AUDIENCE_DEFAULT, &w->audience, &e);
	for (int i = 0; st == ST_OK && i < w->templates->n_items; i++)
		if (word_in(w->templates->items[i]->id, "01-TCD 02-XLD 907")) /* as pack.sh has them made */
			st = dump_form(&d, a, w, w->templates->items[i], argv, argc - 4, &e);
	if (st != ST_OK)
		fprintf(stderr, "our_pack_dump: %s\n", e.text);
	for (int i = 0; i < FONT_COUNT; i++)
		pdf_font_close(d.fonts[i]);
	arena_free(a);
	return st != ST_OK;
}
