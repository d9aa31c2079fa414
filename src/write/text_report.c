/*
 * A report for terminals: what the sheet layout gives, in aligned columns
 * without boxes. The layout is walked twice, to measure and to print, so that
 * a long table is never held in memory.
 */
#include "plain_file.h"
#include "text_wrap.h"
#include "writers.h"

#include <rasoat/sheet.h>
#include <rasoat/text.h>

#include <limits.h>
#include <string.h>

enum {
	PAGE_COLUMNS = 120, /* what a table is squeezed into where its words allow */
	TEXT_COLUMNS = 100, /* running text */
	GAP = 2,
	WORD_MAX = 40,      /* longer words may break */
	TEXT_MIN = 24,      /* longer texts are not squeezed into less */
	HEAD_LINES = 6,     /* headings aim at no more lines */
	BAR_MAX = 40,
};

struct text_column {
	int body;  /* widest cell */
	int word;  /* widest word of cells and heading: no column is narrower */
	int head;  /* heading on one line */
	int width; /* chosen */
	bool used; /* a cell begins here; the second column of a divided one is none of its own */
};

struct text_table {
	struct text_column *columns;
	int n;
};

/* A cell of the row in hand. */
struct text_part {
	const char *text;
	int col, colspan;
	enum align align;
	enum sheet_style style;
};

struct text_head {
	int row, col, colspan;
	const char *text;
};

struct text_walk {
	struct plain_file *file;
	bool measuring;
	struct arena *arena;     /* of the whole: tables */
	struct arena *row_arena; /* of the row in hand */
	struct arena *head_arena;
	struct text_table *tables;
	int n_tables, cap_tables;
	int table;               /* the table in hand, or the next one */
	bool in_table, heads_done;
	struct text_head *heads;
	int n_heads, cap_heads;
	int sections, n_columns;
	int row;                 /* of the parts gathered; -1 = none */
	int printed_row;         /* rows of the sheet that are out */
	struct text_part *parts;
	int n_parts, cap_parts;
};

static int max_int(int a, int b)
{
	return a > b ? a : b;
}

static int min_int(int a, int b)
{
	return a < b ? a : b;
}

static bool in_table_style(enum sheet_style s)
{
	return s == SHEET_HEAD || s == SHEET_NUMBERS || s == SHEET_BODY || s == SHEET_TOTAL || s == SHEET_GROUP ||
	       s == SHEET_EMPTY;
}

/* Blanks at the end of a line say nothing. */
static void end_line(struct text_walk *w)
{
	struct str *b = &w->file->buf;

	while (b->len && b->p[b->len - 1] == ' ')
		b->p[--b->len] = 0;
	str_addc(b, '\n');
}

/* --- tables: measuring ---------------------------------------------------------------------- */

static int table_total(const struct text_table *t)
{
	int total = -GAP;

	for (int i = 0; i < t->n; i++)
		total += t->columns[i].used ? t->columns[i].width + GAP : 0;
	return total;
}

static int least_width(const struct text_column *c)
{
	return max_int(max_int(c->word, min_int(c->body, TEXT_MIN)), 1);
}

/* Widths as wide as the cells, then the widest columns that may wrap give way. */
static void choose_widths(struct text_table *t)
{
	for (int i = 0; i < t->n; i++) {
		struct text_column *c = &t->columns[i];
		int head = min_int((c->head + HEAD_LINES - 1) / HEAD_LINES, 16);

		c->width = max_int(max_int(c->body, c->word), max_int(head, 1));
	}
	while (table_total(t) > PAGE_COLUMNS) {
		struct text_column *widest = NULL;

		for (int i = 0; i < t->n; i++) {
			struct text_column *c = &t->columns[i];

			if (c->used && c->width > least_width(c) && (!widest || c->width > widest->width))
				widest = c;
		}
		if (!widest)
			break;
		widest->width--;
	}
}

static void measure_part(struct text_table *t, const struct text_part *p)
{
	struct text_column *c;

	if (p->style == SHEET_GROUP || p->style == SHEET_EMPTY || p->col >= t->n)
		return;
	c = &t->columns[p->col];
	c->used = true;
	c->body = max_int(c->body, wrap_columns(p->text));
	c->word = max_int(c->word, min_int(wrap_widest_word(p->text), WORD_MAX));
}

/* --- tables: printing ----------------------------------------------------------------------- */

/* Prints one row of texts, each wrapped in its column; `bottom` aligns short ones with the last line. */
static void print_columns(struct text_walk *w, const struct text_table *t, const char **texts,
			  const enum align *aligns, bool bottom)
{
	int *skip = ARENA_ARRAY(w->row_arena, (size_t)t->n, int);
	int lines = 1;

	for (int i = 0; i < t->n; i++) {
		int n = 0;

		for (const char *s = t->columns[i].used ? texts[i] : ""; *s; n++)
			wrap_line(s, t->columns[i].width, &s);
		skip[i] = n;
		lines = max_int(lines, n);
	}
	for (int line = 0; line < lines; line++) {
		for (int i = 0; i < t->n; i++) {
			const char *s = t->columns[i].used ? texts[i] : "";
			bool due = !bottom || line >= lines - skip[i];
			size_t n = due && *s ? wrap_line(s, t->columns[i].width, &texts[i]) : 0;

			if (!t->columns[i].used)
				continue;
			wrap_place(&w->file->buf, s, n, t->columns[i].width, aligns[i]);
			str_add(&w->file->buf, "  ");
		}
		end_line(w);
	}
}

static void print_full(struct text_walk *w, const char *s, int width, enum align align)
{
	if (!*s)
		end_line(w);
	while (*s) {
		const char *next;
		size_t n = wrap_line(s, width, &next);

		wrap_place(&w->file->buf, s, n, width, align);
		end_line(w);
		s = next;
	}
}

static void print_table_row(struct text_walk *w, const struct text_table *t)
{
	const char **texts = ARENA_ARRAY(w->row_arena, (size_t)t->n, const char *);
	enum align *aligns = ARENA_ARRAY(w->row_arena, (size_t)t->n, enum align);

	if (w->n_parts == 1 && (w->parts[0].style == SHEET_GROUP || w->parts[0].style == SHEET_EMPTY)) {
		print_full(w, w->parts[0].text, max_int(table_total(t), 20), w->parts[0].align);
		return;
	}
	for (int i = 0; i < t->n; i++)
		texts[i] = "";
	for (int i = 0; i < w->n_parts; i++)
		if (w->parts[i].col < t->n) {
			texts[w->parts[i].col] = w->parts[i].text;
			aligns[w->parts[i].col] = w->parts[i].align;
		}
	print_columns(w, t, texts, aligns, false);
}

/* "Tiếp thường xuyên / Số lượt tiếp": the way to a column through the levels of the heading. */
static const char *head_path(struct text_walk *w, int col)
{
	CLEANUP(str_free) struct str s = STR_INIT;

	for (int i = 0; i < w->n_heads; i++) {
		const struct text_head *h = &w->heads[i];

		if (col < h->col || col >= h->col + h->colspan || !*h->text)
			continue;
		if (s.len)
			str_add(&s, " / ");
		str_add(&s, h->text);
	}
	return arena_strdup(w->row_arena, s.p);
}

static bool head_begins(const struct text_walk *w, int col)
{
	for (int i = 0; i < w->n_heads; i++)
		if (w->heads[i].col == col)
			return true;
	return false;
}

static void print_heads(struct text_walk *w, const struct text_table *t, const char **texts)
{
	enum align *aligns = ARENA_ARRAY(w->row_arena, (size_t)t->n, enum align);

	for (int i = 0; i < t->n; i++)
		aligns[i] = ALIGN_CENTER;
	print_columns(w, t, texts, aligns, true);
	for (int i = 0; i < t->n; i++) {
		for (int k = 0; k < t->columns[i].width && t->columns[i].used; k++)
			str_addc(&w->file->buf, '-');
		str_add(&w->file->buf, t->columns[i].used ? "  " : "");
	}
	end_line(w);
}

/* The heading is complete with the first row that is none. */
static void finish_heads(struct text_walk *w)
{
	struct text_table *t = &w->tables[w->table];
	const char **texts;

	if (w->heads_done)
		return;
	w->heads_done = true;
	if (!w->n_heads)
		return;
	texts = ARENA_ARRAY(w->row_arena, (size_t)t->n, const char *);
	for (int i = 0; i < t->n; i++) {
		texts[i] = head_path(w, i);
		if (w->measuring && head_begins(w, i)) {
			t->columns[i].used = true;
			t->columns[i].head = wrap_columns(texts[i]);
			t->columns[i].word = max_int(t->columns[i].word, min_int(wrap_widest_word(texts[i]), WORD_MAX));
		}
	}
	if (!w->measuring)
		print_heads(w, t, texts);
	w->n_heads = w->cap_heads = 0;
	w->heads = NULL;
	arena_reset(w->head_arena);
}

static void begin_table(struct text_walk *w)
{
	w->in_table = true;
	w->heads_done = false;
	if (w->measuring) {
		struct text_table *t = ARENA_PUSH(w->arena, w->tables, w->n_tables, w->cap_tables);

		t->n = w->n_columns;
		t->columns = ARENA_ARRAY(w->arena, (size_t)t->n, struct text_column);
	}
}

/* --- rows ----------------------------------------------------------------------------------- */

/* Text outside of tables: over the full width, or in the left and right halves. */
static void print_text_row(struct text_walk *w)
{
	int left = TEXT_COLUMNS * 42 / 100;
	struct text_table halves = { .n = 2 };
	const char *texts[2] = { "", "" };
	enum align aligns[2] = { ALIGN_CENTER, ALIGN_CENTER };
	struct text_column columns[2] = { { .width = left, .used = true },
					  { .width = TEXT_COLUMNS - left - GAP, .used = true } };

	halves.columns = columns;
	if (w->n_parts == 1 && w->parts[0].colspan == w->n_columns) {
		print_full(w, w->parts[0].text, TEXT_COLUMNS, w->parts[0].align);
		return;
	}
	for (int i = 0; i < w->n_parts; i++) {
		texts[w->parts[i].col > 0] = w->parts[i].text;
		aligns[w->parts[i].col > 0] = w->parts[i].align;
	}
	print_columns(w, &halves, texts, aligns, false);
}

/* Empty rows of the sheet are empty lines. */
static void print_gap(struct text_walk *w, int row)
{
	for (; w->printed_row < row; w->printed_row++)
		end_line(w);
}

static enum status flush_row(struct text_walk *w, struct err *e)
{
	if (w->row < 0)
		return ST_OK;
	if (w->measuring) {
		for (int i = 0; i < w->n_parts && w->in_table; i++)
			measure_part(&w->tables[w->table], &w->parts[i]);
	} else {
		print_gap(w, w->row);
		if (w->in_table)
			print_table_row(w, &w->tables[w->table]);
		else
			print_text_row(w);
	}
	w->printed_row = w->row + 1;
	w->row = -1;
	w->n_parts = w->cap_parts = 0;
	w->parts = NULL;
	arena_reset(w->row_arena);
	return w->measuring ? ST_OK : plain_pour(w->file, e);
}

/* Copy without what would upset a terminal; line breaks stay. */
static const char *clean_copy(struct arena *a, const struct cell *c)
{
	char buf[64];
	char *s = arena_strdup(a, cell_text(c, buf, sizeof(buf)));

	for (char *p = s; *p; p++)
		if (((unsigned char)*p < 0x20 && *p != '\n') || *p == 0x7F)
			*p = ' ';
	return s;
}

static enum status on_cell(void *ctx, const struct sheet_cell *c, struct err *e)
{
	struct text_walk *w = ctx;

	if (c->row != w->row && flush_row(w, e) != ST_OK)
		return ST_ERR;
	if (in_table_style(c->style) && !w->in_table)
		begin_table(w);
	if (c->style == SHEET_HEAD) {
		if (!w->measuring && !w->n_heads)
			print_gap(w, c->row);
		*ARENA_PUSH(w->head_arena, w->heads, w->n_heads, w->cap_heads) =
			(struct text_head){ c->row, c->col, c->colspan, clean_copy(w->head_arena, &c->value) };
		return ST_OK;
	}
	if (w->in_table && !w->heads_done) {
		finish_heads(w);
		w->printed_row = c->row;
	}
	w->row = c->row;
	*ARENA_PUSH(w->row_arena, w->parts, w->n_parts, w->cap_parts) = (struct text_part){
		clean_copy(w->row_arena, &c->value), c->col, c->colspan, c->value.align, c->style
	};
	return ST_OK;
}

static enum status on_table(void *ctx, const struct sheet_table *t, struct err *e)
{
	struct text_walk *w = ctx;

	if (flush_row(w, e) != ST_OK)
		return ST_ERR;
	if (!w->in_table)
		return ST_OK;
	finish_heads(w);
	if (w->measuring) /* of the sheet's columns the table may have fewer */
		w->tables[w->table].n = t->last_col + 1;
	w->printed_row = t->last_row + 1;
	w->in_table = false;
	w->table++;
	return ST_OK;
}

static enum status on_open(void *ctx, const struct doc_section *s, int n_columns, const double *widths_mm,
			   struct err *e)
{
	struct text_walk *w = ctx;

	(void)widths_mm;
	(void)e;
	w->n_columns = n_columns;
	w->row = -1;
	w->printed_row = 0;
	if (!w->measuring)
		str_addf(&w->file->buf, "%s[%s]\n\n", w->sections++ ? "\n\n" : "", s->name);
	return ST_OK;
}

static enum status on_close(void *ctx, const struct doc_section *s, int n_rows, struct err *e)
{
	(void)s;
	(void)n_rows;
	return flush_row(ctx, e);
}

static void print_bar(struct text_walk *w, const struct doc_chart *c, int i, int label_width, int64_t most)
{
	struct str *b = &w->file->buf;
	char buf[32];
	struct cell value = cell_int(c->values[i]);
	int bar = most > 0 && c->values[i] > 0 ? (int)((double)c->values[i] / (double)most * BAR_MAX + 0.5) : 0;

	str_add(b, "  ");
	wrap_place(b, c->labels[i], strlen(c->labels[i]), label_width, ALIGN_LEFT);
	str_add(b, "  ");
	for (int k = 0; k < bar; k++)
		str_add(b, "■");
	str_addf(b, "%s%s", bar ? " " : "", cell_text(&value, buf, sizeof(buf)));
	end_line(w);
}

static enum status on_chart(void *ctx, const struct sheet_chart *c, struct err *e)
{
	struct text_walk *w = ctx;
	const struct doc_chart *chart = c->chart;
	int label_width = 0;
	int64_t most = 0;

	if (flush_row(w, e) != ST_OK)
		return ST_ERR;
	if (w->measuring)
		return ST_OK;
	print_gap(w, c->row);
	print_full(w, chart->title ? chart->title : "", TEXT_COLUMNS, ALIGN_LEFT);
	for (int i = 0; i < chart->n_rows; i++) {
		label_width = max_int(label_width, wrap_columns(chart->labels[i]));
		most = chart->values[i] > most ? chart->values[i] : most;
	}
	for (int i = 0; i < chart->n_rows; i++)
		print_bar(w, chart, i, label_width, most);
	w->printed_row = c->row + c->rows;
	return plain_pour(w->file, e);
}

static enum status walk(struct text_walk *w, const struct document *d, bool measuring, struct err *e)
{
	struct sheet_sink sink = { .ctx = w, .open = on_open, .cell = on_cell, .chart = on_chart,
				   .table = on_table, .close = on_close, .rows_max = INT_MAX };

	w->measuring = measuring;
	w->table = 0;
	return sheet_layout(d, &sink, e);
}

static enum status text_write(const struct document *d, const struct write_options *o, const char *path, struct err *e)
{
	CLEANUP(plain_drop) struct plain_file f = { .fd = -1, .buf = STR_INIT };
	CLEANUP(arena_cleanup) struct arena *arena = arena_new();
	CLEANUP(arena_cleanup) struct arena *row_arena = arena_new();
	CLEANUP(arena_cleanup) struct arena *head_arena = arena_new();
	struct text_walk w = { .file = &f, .arena = arena, .row_arena = row_arena, .head_arena = head_arena, .row = -1 };

	(void)o;
	if (walk(&w, d, true, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < w.n_tables; i++)
		choose_widths(&w.tables[i]);
	if (plain_open(&f, path, e) != ST_OK || walk(&w, d, false, e) != ST_OK)
		return ST_ERR;
	if (!w.sections)
		str_addc(&f.buf, '\n');
	return plain_close(&f, e);
}

const struct writer text_writer = { "text", ".txt", text_write };
