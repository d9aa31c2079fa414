/*
 * sheet - document section -> a grid walk of typed cells with spans, styles and
 * widths; knows no XLSX. Rows come strictly in order, so a writer can stream.
 * Writers: xlsx (libxlsxwriter), text (aligned columns), through the same events.
 */
#ifndef RASOAT_SHEET_H
#define RASOAT_SHEET_H

#include <rasoat/document.h>

enum sheet_style { /* how a cell looks; a writer keeps one format per style x number kind x flags x align */
	SHEET_PLAIN, SHEET_TITLE, SHEET_SUBTITLE, SHEET_LINE, SHEET_HEADING, SHEET_PARAGRAPH, SHEET_NOTE,
	SHEET_LETTERHEAD, SHEET_LETTERHEAD_BOLD, SHEET_FORM_CODE, SHEET_DRAFT,
	SHEET_HEAD, /* table heading: bold, centred, wrapped, bordered, shaded */
	SHEET_NUMBERS, SHEET_BODY, SHEET_TOTAL, SHEET_GROUP, SHEET_EMPTY,
	SHEET_SIGN_POST, SHEET_SIGN_NAME, SHEET_SIGN_LIST,
};

struct sheet_cell {
	int row, col, rowspan, colspan; /* from 0; spans >= 1 */
	enum sheet_style style;
	struct cell value; /* align is never ALIGN_AUTO; text is valid UTF-8; reals are finite */
	/*
	 * Formula in sheet coordinates when value.formula is set. The layout takes a formula away when it would not
	 * give the value: a withheld cell among its terms, rows that stand on another sheet.
	 */
	bool terms_text; /* FORMULA_TERMS: a term is no number ("–"), so that a plain + would fail */
	int sum_first_row, sum_last_row; /* FORMULA_SUM_ROWS */
	const int *leaf_cols;            /* sheet column of each leaf, for FORMULA_TERMS */
	const char *link_sheet;          /* name of a sheet to jump to, in place of value.link, or NULL */
};

struct sheet_chart {
	const struct doc_chart *chart;
	int row, col;                       /* where it stands */
	int rows;                           /* rows of default height it covers */
	double width_mm;                    /* of the columns it may cover */
	const char *sheet;                  /* name of the sheet that holds the cells it shows: */
	int first_row, last_row, label_col, value_col;
};

struct sheet_table { /* told when a table ends */
	int head_first_row, head_last_row, first_row, last_row, first_col, last_col;
	const struct doc_table *table;
	const int *leaf_cols; /* sheet column of each leaf, and of the end */
};

struct sheet_sink {
	void *ctx;
	enum status (*open)(void *ctx, const struct doc_section *s, int n_columns, const double *widths_mm, struct err *e);
	/* Before the row's cells; rows without it are as high as their text. */
	enum status (*row_height)(void *ctx, int row, double points, struct err *e);
	enum status (*cell)(void *ctx, const struct sheet_cell *c, struct err *e);
	enum status (*chart)(void *ctx, const struct sheet_chart *c, struct err *e);
	enum status (*table)(void *ctx, const struct sheet_table *t, struct err *e);
	enum status (*close)(void *ctx, const struct doc_section *s, int n_rows, struct err *e);
	int rows_max; /* of a sheet; 0 = SHEET_ROWS_MAX */
};

#define SHEET_ROWS_MAX 1048576
#define SHEET_COLUMNS_MAX 16384

/* Font size of a style in points: 9 to 13. */
double sheet_style_points(enum sheet_style style);
bool sheet_style_bold(enum sheet_style style);

/*
 * Walks every section. A table longer than a sheet holds continues on a next sheet "NAME (2)" with its heading. Each
 * of the sheets begins with a line "Phần 2/3 (dòng …)" that leads to the next one, or from the last to the first, and
 * a section with `index` ends with links to all of them. For that, row sources must have said their true `count`: one
 * that fills another number of sheets than its count does is an error. (Sections with charts go without the lines.)
 */
enum status sheet_layout(const struct document *d, const struct sheet_sink *sink, struct err *e) MUST_CHECK;

#endif
