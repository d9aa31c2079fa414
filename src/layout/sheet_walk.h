/*
 * sheet_walk - the state of one walk over a document, shared by the files of
 * the sheet layout: sheet.c (sections), sheet_parts.c (sections that take
 * several sheets), sheet_block.c (text, letterhead, signature), sheet_table.c
 * (tables), sheet_width.c (columns).
 */
#ifndef RASOAT_SHEET_WALK_H
#define RASOAT_SHEET_WALK_H

#include <rasoat/sheet.h>

/* Where the rows of a chart's table came to stand. */
struct sheet_range {
	const struct doc_chart *chart;
	const char *sheet; /* NULL until its first row is known */
	int first_row, last_row;
	int rows;          /* how many of its rows were seen */
	int top, right;    /* first heading row of the table; column after its last */
};

/* A sheet of a section, and the rows of its tables that stand on it. */
struct sheet_part {
	const char *name;
	int64_t before, rows;
};

struct sheet_parts {
	struct sheet_part *items;
	int n, cap;
};

struct sheet_walk {
	const struct document *doc;
	const struct sheet_sink *sink;
	struct arena *arena; /* the section's; reset between sections */
	struct arena *names;
	const char **taken;  /* sheet names in use */
	int n_taken, cap_taken;
	const struct doc_section *section;
	struct doc_section part; /* what the sink sees: the section, or its continuation under another name */
	int part_number;     /* from 1 */
	int row;             /* next free row of the part */
	int rows_max;        /* of the part; one less where a last line says that it goes on */
	struct sheet_parts *plan; /* of each section */
	const struct sheet_parts *parts; /* of this one; NULL while planning whether one sheet is enough */
	bool planning;       /* only counting: rows are not pulled */
	struct sheet_parts *planned; /* while planning: what is counted */
	int64_t table_rows;  /* while planning: of all tables so far */
	int n_columns;
	int text_columns;    /* the first so many go to paper: texts stand over them */
	double *widths;      /* mm */
	int split;           /* first column of the right half; 0 = the halves stand below each other */
	/*
	 * Sheet column of each leaf column of the tables, and one more for the end. Leaf and column are the same but
	 * where a letterhead needs a boundary in the middle: then the leaf there takes two columns.
	 */
	int *leaf_cols;
	int n_leaves;
	struct sheet_range *ranges;
	int n_ranges;
};

/* Printable width of the section's paper in mm, between the margins of Nghị định 30. */
double sheet_paper_width(const struct doc_section *s);
/* Fills n_columns, widths, split and the leaves; reads tables of documents that are not streamed. */
enum status sheet_widths(struct sheet_walk *w, struct err *e) MUST_CHECK;
/* Points of the columns first .. first + n - 1, without the inner margins of a cell. */
double sheet_inner_width(const struct sheet_walk *w, int first, int n);
/* Row source, started over. */
enum status sheet_rewind(const struct doc_table *t, struct err *e) MUST_CHECK;

/* Hands one cell over, after checking it; align AUTO becomes what the kind asks for. */
enum status sheet_put(struct sheet_walk *w, struct sheet_cell *c, struct err *e) MUST_CHECK;
/* Goes on with a next sheet when fewer than `rows` are left. */
enum status sheet_room(struct sheet_walk *w, int rows, struct err *e) MUST_CHECK;
enum status sheet_next_part(struct sheet_walk *w, struct err *e) MUST_CHECK;
/* A line of text over the full width, as high as it needs, in several rows when one is not enough. */
enum status sheet_text_row(struct sheet_walk *w, enum sheet_style style, const char *text, unsigned flags,
			   enum align align, struct err *e) MUST_CHECK;
/* The same of a cell's text, flags, align and link; `link_sheet` as in sheet_cell. */
enum status sheet_cell_row(struct sheet_walk *w, enum sheet_style style, const struct cell *look,
			   const char *link_sheet, struct err *e) MUST_CHECK;

/* sheet_parts.c: fills `plan`. */
enum status sheet_plan(struct sheet_walk *w, struct err *e) MUST_CHECK;
/* "NAME (2)", one that no sheet has. */
const char *sheet_name_next(struct sheet_walk *w, const struct doc_section *s, int number);
bool sheet_is_parted(const struct sheet_walk *w);
/* Lines on top and at the end of a part, where there are several. */
enum status sheet_part_top(struct sheet_walk *w, struct err *e) MUST_CHECK;
enum status sheet_part_end(struct sheet_walk *w, struct err *e) MUST_CHECK;
/* Links to the parts of all sections that have several. */
enum status sheet_index(struct sheet_walk *w, struct err *e) MUST_CHECK;
enum status sheet_section(struct sheet_walk *w, const struct doc_section *s, struct err *e) MUST_CHECK;

enum status sheet_block(struct sheet_walk *w, const struct doc_block *b, struct err *e) MUST_CHECK;
enum status sheet_table(struct sheet_walk *w, const struct doc_table *t, struct err *e) MUST_CHECK;
/* Headings of a table on one row when the document is streamed; checks that they fill their block. */
enum status sheet_heads(struct sheet_walk *w, const struct doc_table *t, struct doc_head **ret, int *ret_n,
			int *ret_rows, struct err *e) MUST_CHECK;

#endif
