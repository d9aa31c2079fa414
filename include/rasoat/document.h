/*
 * document - the format-neutral report: what is said, in order, with types.
 *
 * Built by the report room, laid out by the layout room, written by the write
 * room. A document is a list of sections; a section is one sheet of a
 * workbook and a run of pages in a PDF. Everything lives in one arena but
 * table rows, which are PULLED from a row source: forms give theirs from
 * memory, findings come from the ledger one by one, so a document with
 * 300,000 rows costs no more memory than one with three.
 *
 * Text is valid UTF-8 NFC, Vietnamese administrative style, no line breaks
 * unless said. Lengths are millimetres.
 */
#ifndef RASOAT_DOCUMENT_H
#define RASOAT_DOCUMENT_H

#include <rasoat/arena.h>
#include <rasoat/date.h>
#include <rasoat/err.h>
#include <stdbool.h>
#include <stdint.h>

enum cell_kind {
	CELL_BLANK, /* nothing known or nothing to say: empty */
	CELL_NA,    /* not applicable: "–" */
	CELL_HIDDEN, /* withheld (confidential): "***" */
	CELL_INT,   /* `i`; zero prints as 0. Grouped by dots in print: 1.234 */
	CELL_REAL,  /* `r`, two decimals, comma in print */
	CELL_MILLION, /* `i` whole đồng, shown in triệu đồng: rounded once, half away from zero. JSON Lines: đồng */
	CELL_TEXT,  /* `text` */
	CELL_DATE,  /* `i` is a day_t; dd/mm/yyyy */
};

enum align { ALIGN_AUTO, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT, ALIGN_JUSTIFY }; /* AUTO: text left, numbers right, dates centre */

enum cell_flag {
	CELL_BOLD = 1u,
	CELL_ITALIC = 2u,
	CELL_WARN = 4u, /* stands out: light red ground */
	CELL_ANSWER = 8u, /* workbook: for the reader to fill in, light yellow ground */
};

struct cell_term {
	int sign;   /* +1, -1 */
	int column; /* leaf column from 0 */
};

/* Live formula of a cell whose value is already in the cell (the cached value). */
struct cell_formula {
	enum { FORMULA_TERMS, FORMULA_SUM_ROWS } kind;
	const struct cell_term *terms; /* TERMS: same row */
	int n_terms;
	int rows; /* SUM_ROWS: sums this column over the `rows` body rows directly above */
};

struct cell {
	enum cell_kind kind;
	int64_t i;
	double r;
	const char *text; /* valid until the next row is pulled */
	unsigned flags;
	enum align align;
	const struct cell_formula *formula; /* or NULL */
	const char *link; /* section id to jump to (workbook, HTML) or anchor of a heading (HTML), or NULL */
	const char *word; /* what JSON Lines says in place of the text ("fail" for "Vi phạm"), or NULL */
};

enum row_kind { ROW_BODY, ROW_TOTAL, ROW_NUMBERS /* the MS row: small, centred */, ROW_GROUP /* sub-heading over the full width, cell 0 */ };

/*
 * Pull source. next fills `cells` (one per column, zeroed before: CELL_BLANK) and *kind; returns 1 for a row,
 * 0 at the end, -1 with the error set. rewind starts over: a source is read once per
 * output format, and may be read twice by a layout that measures.
 */
struct row_source {
	void *ctx;
	int (*next)(void *ctx, struct cell *cells, enum row_kind *kind, struct err *e);
	enum status (*rewind)(void *ctx, struct err *e);
	int64_t count; /* number of rows, known before reading */
};

struct doc_column {
	const char *key;   /* machine name for JSON Lines: "rule", "account" ; NULL = not there */
	const char *title; /* leaf heading */
	double width;      /* mm in print; 0 = share what is left (weight 1) */
	enum align align;
	enum cell_kind type; /* what the column holds: for JSON Lines and formats */
	bool print_only_sheet; /* in workbook and text, but not in PDF */
};

/* Heading cell: rows and columns from 0 inside the heading block. Leaf titles are included. */
struct doc_head {
	int row, col, rowspan, colspan;
	const char *text;
};

/* Workbook: the cells of a column that the reader fills in take only a date (column type CELL_DATE) or a choice. */
struct doc_answer {
	int column;
	const char *const *choices; /* NULL-terminated, at most 255 letters in all; or NULL */
};

struct doc_table {
	const char *id;    /* unique in the document; in JSON Lines the value of "table" */
	bool data;         /* goes to JSON Lines */
	struct doc_column *columns;
	int n_columns;
	struct doc_head *heads; /* covers head_rows x n_columns without gaps or overlaps */
	int n_heads, head_rows;
	bool numbers_row;  /* the first row pulled is ROW_NUMBERS and repeats with the heading on each page / print title */
	struct row_source rows;
	bool filter, freeze; /* workbook: autofilter; freeze panes below the heading */
	int frozen_columns;  /* left columns that stay, and repeat on paper */
	const char *empty;   /* one line in place of no rows, or NULL */
	const struct doc_answer *answers;
	int n_answers;
	bool whole;          /* print: short, its rows stay on one page where they fit */
	double font_size;    /* points in print; 0 = 11 */
	int print_columns;   /* workbook: so many columns from the left go to paper, the others only to the screen; 0 = all */
};

/* What JSON Lines says before the first row: one entry of the object {"table": "run", …}. */
struct doc_fact {
	const char *key;
	struct cell value;
	const char *const *list; /* texts, in place of the value; NULL = the value */
	int n_list;
	const struct doc_fact *object; /* an object of facts, in place of the value; NULL = none */
	int n_object;
	bool array; /* the facts of `object` are objects themselves: they come as an array, without their keys */
};

/* Bars. Native in a workbook (over the cells of `table`), vector in PDF (from labels/values). */
struct doc_chart {
	const char *title;
	const char *table;          /* id of a table of the SAME section, before this block */
	int label_column, value_column;
	int first_row, n_rows;      /* body rows from 0 within that table */
	const char *const *labels;  /* n_rows */
	const int64_t *values;      /* n_rows */
	bool horizontal;
	const char *value_title;    /* axis: "Số phát hiện" */
	bool beside; /* workbook: right of the table, where the sheet has columns there */
};

/*
 * Lanes of days on one scale, drawn: a term from its start to its last day, what prolongs or stops it, what is late.
 * Vector in PDF, SVG in HTML; sheets and text have `said` in its place. Every kind differs in shape, not only in colour.
 */
enum span_kind {
	SPAN_TERM,      /* in time */
	SPAN_EXTENSION, /* in time by an extension */
	SPAN_PAUSE,     /* not counted */
	SPAN_LATE,
};

struct doc_span {
	enum span_kind kind;
	int from, to;     /* on the scale, from < to */
	const char *text; /* in the bar where it has room, else left out; or NULL */
};

enum tick_kind { TICK_PLAIN, TICK_GOOD, TICK_BAD, TICK_OPEN /* undecided */ };

struct doc_tick {
	enum tick_kind kind;
	int at;
	const char *text; /* one or two lines, below the bar */
};

struct doc_lane {
	const char *label;
	const struct doc_span *spans;
	int n_spans;
	const struct doc_tick *ticks; /* ascending */
	int n_ticks;
};

struct doc_timeline {
	const char *title;
	const char *said;  /* the picture in words */
	const struct doc_lane *lanes;
	int n_lanes;
	int length;        /* the scale goes from 0 to here */
};

struct doc_letterhead {
	const char *superior, *agency; /* capitals are made by the layout */
	const char *number;            /* "Số:        /BC-BHXH" */
	const char *place;             /* "Hà Nội" */
	day_t date;                    /* DAY_NONE: "ngày … tháng … năm …" left to fill in: prints "ngày     tháng     năm 2026" with year_hint */
	int year_hint;
	const char *subject;           /* of a letter (công văn), below its number: "V/v khắc phục …"; or NULL */
};

struct doc_signature {
	const char *const *recipients; /* without "- " and ";" */
	int n_recipients;
	const char *left_title, *left_note; /* second signatory of forms, e.g. "NGƯỜI LẬP BIỂU"; NULL = recipients stand left */
	const char *authority, *post, *name; /* authority "" = none */
};

enum block_kind {
	BLOCK_LETTERHEAD,
	BLOCK_FORM_CODE,  /* text: "Biểu số: 01/TCD" top right */
	BLOCK_TITLE,      /* text, capitals bold centred */
	BLOCK_SUBTITLE,   /* text, bold centred below the title */
	BLOCK_LINE,       /* text, centred italic: period line, (Kèm theo …) */
	BLOCK_ADDRESS,    /* text: "Kính gửi: …" */
	BLOCK_HEADING,    /* text, bold, level 1..2 */
	BLOCK_PARAGRAPH,  /* text, justified, first line indented */
	BLOCK_NOTE,       /* text, smaller, no indent: notes under a table */
	BLOCK_TABLE,
	BLOCK_CHART,
	BLOCK_SIGNATURE,
	BLOCK_PAGE_BREAK,
	BLOCK_TIMELINE,
};

struct doc_block {
	enum block_kind kind;
	const char *text;
	int level;
	unsigned flags; /* CELL_BOLD, CELL_ITALIC, CELL_WARN */
	enum align align;
	const struct doc_letterhead *letterhead;
	const struct doc_table *table;
	const struct doc_chart *chart;
	const struct doc_signature *signature;
	const char *link; /* BLOCK_NOTE: section id the text jumps to in a workbook, or NULL */
	const struct doc_timeline *timeline;
	const char *anchor; /* BLOCK_HEADING: what links of cells may name too (HTML), or NULL */
};

struct doc_section {
	const char *id;   /* unique; link target */
	const char *name; /* sheet name: at most 31 characters, none of []:*?/\ ; made unique by doc_section_add */
	bool a3, landscape;
	bool index; /* workbook: ends with links to the sheets of sections that take several; set before any rows */
	struct doc_block *blocks;
	int n_blocks, cap;
};

struct document {
	struct arena *arena;
	const char *title, *author, *subject; /* metadata */
	day_t created; /* metadata date = as-of: files must not depend on today */
	const char *draft;   /* NULL, or why: "DỰ THẢO – số liệu chưa khớp" printed on every page/sheet */
	const char *footer;  /* small line at the foot of each page, or NULL */
	const struct doc_fact *facts; /* NULL = none */
	int n_facts;
	bool contents; /* HTML: begins with links to the headings */
	bool stream;  /* tables may be very long: the workbook is written row by row (headings of one row only) */
	struct doc_section *sections;
	int n_sections, cap;
};

struct document *doc_new(struct arena *a);
struct doc_section *doc_section_add(struct document *d, const char *id, const char *name, bool a3, bool landscape);
/*
 * A valid sheet name made from `name` (at most 31 UTF-16 units, without what Excel refuses) that differs from all
 * `taken` when case is ignored, Vietnamese letters included. " (K)" is added for K = first, first + 1 … when K > 1.
 */
const char *doc_sheet_name(struct arena *a, const char *name, int first, const char *const *taken, int n_taken);
/* Blocks may be added through any section pointer; its fields and those of a block are set before the next add. */
struct doc_block *doc_add(struct document *d, struct doc_section *s, enum block_kind kind, const char *text);
struct doc_block *doc_addf(struct document *d, struct doc_section *s, enum block_kind kind, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/* A table whose heading is one row of column titles; caller sets columns before. */
void doc_table_simple_heads(struct document *d, struct doc_table *t);
/* A row source over `n` rows of `n_columns` cells each (row-major), kinds may be NULL (all body). Borrows. */
struct row_source doc_rows_array(struct arena *a, const struct cell *cells, const enum row_kind *kinds, int n_rows, int n_columns);
/* Number in Vietnamese print: 1234567 -> "1.234.567" (in the arena). */
const char *doc_number(struct arena *a, int64_t i);
/* What a CELL_MILLION shows. */
int64_t cell_millions(int64_t dong);
/* Text of a cell as print shows it, in `buf` or borrowed from the cell. */
const char *cell_text(const struct cell *c, char *buf, size_t n);

static inline struct cell cell_int(int64_t i) { return (struct cell){ .kind = CELL_INT, .i = i }; }
static inline struct cell cell_str(const char *s) { return (struct cell){ .kind = s && *s ? CELL_TEXT : CELL_BLANK, .text = s }; }
static inline struct cell cell_day(day_t d) { return (struct cell){ .kind = d == DAY_NONE ? CELL_BLANK : CELL_DATE, .i = d }; }

#endif
