/*
 * Workbook by libxlsxwriter, whose header stays in this file. It takes what
 * would damage a file without a word (libraries' return codes do not tell):
 * the sheet layout has refused bad UTF-8 and numbers that are none, and
 * xlsx_text.c treats the rest.
 */
#include "writers.h"
#include "xlsx_room.h"
#include "xlsx_text.h"

#include <rasoat/sheet.h>
#include <rasoat/str.h>
#include <rasoat/text.h>

#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <xlsxwriter.h>

#define FONT "Times New Roman"
#define PIXELS_MM (96 / 25.4)

enum number_kind { NUM_NONE, NUM_INT, NUM_REAL, NUM_DATE, NUM_KINDS };

enum {
	STYLES = SHEET_SIGN_LIST + 1,
	FLAGS = 16,
	ALIGNS = ALIGN_JUSTIFY + 1,
	FORMATS = STYLES * NUM_KINDS * FLAGS * ALIGNS * 2,
	LINKS_MAX = 65530,        /* of a sheet, Excel's limit */
	ROW_POINTS = 15,
	TOP_ROWS = 64,            /* a heading further down does not stay on the screen */
	FREEZE_POINTS_MAX = 300,  /* a higher frozen part would leave no room to scroll on a small screen */
	COLUMN_PIXELS_MAX = 1790, /* 255 characters */
	CHART_PIXELS_MAX = 700,
	CHART_GAP = 12,
	ROWS_BUFFER = 64 * 1024,
};

#define EXACT_MAX 999999999999999 /* the digits Excel keeps */

struct xlsx {
	const struct document *doc;
	const char *path;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	const struct doc_section *section;
	lxw_format *formats[FORMATS];
	struct str text;
	struct arena *buffers; /* of temporary files: as long as the book */
	struct xlsx_room room;
	double heights[TOP_ROWS]; /* of the first rows, in points */
	int links;
	int tables;           /* of the section */
	int print_columns;    /* 0 = all */
	bool filtered, frozen; /* by a table before; a sheet has these once */
};

static enum status failed(const struct xlsx *x, int row, lxw_error code, struct err *e)
{
	return err_set(e, "%s: cannot write sheet '%s', row %d: %s", x->path, x->section->name, row + 1,
		       lxw_strerror(code));
}

/* --- formats -------------------------------------------------------------------------------- */

static bool in_table(enum sheet_style s)
{
	return s == SHEET_HEAD || s == SHEET_NUMBERS || s == SHEET_BODY || s == SHEET_TOTAL || s == SHEET_GROUP ||
	       s == SHEET_EMPTY;
}

static uint8_t alignment(enum align a)
{
	switch (a) {
	case ALIGN_CENTER:
		return LXW_ALIGN_CENTER;
	case ALIGN_RIGHT:
		return LXW_ALIGN_RIGHT;
	case ALIGN_JUSTIFY:
		return LXW_ALIGN_JUSTIFY;
	default:
		return LXW_ALIGN_LEFT;
	}
}

static void format_number(lxw_format *f, enum number_kind num)
{
	static const char *const codes[] = {
		[NUM_INT] = "#,##0", [NUM_REAL] = "#,##0.00", [NUM_DATE] = "dd/mm/yyyy"
	};

	if (num == NUM_NONE)
		format_set_text_wrap(f);
	else
		format_set_num_format(f, codes[num]);
}

static void format_style(lxw_format *f, enum sheet_style style)
{
	format_set_font_name(f, FONT);
	format_set_font_size(f, sheet_style_points(style));
	if (sheet_style_bold(style))
		format_set_bold(f);
	format_set_align(f, style == SHEET_PARAGRAPH || style == SHEET_NOTE || style == SHEET_SIGN_LIST ?
				    LXW_ALIGN_VERTICAL_TOP :
				    LXW_ALIGN_VERTICAL_CENTER);
	if (in_table(style))
		format_set_border(f, LXW_BORDER_THIN);
	if (style == SHEET_HEAD)
		format_set_bg_color(f, 0xE7E6E6);
	if (style == SHEET_DRAFT)
		format_set_font_color(f, 0xC00000);
}

static lxw_format *format_make(struct xlsx *x, enum sheet_style style, enum number_kind num, unsigned flags,
			       enum align align, bool link)
{
	lxw_format *f = workbook_add_format(x->book);

	format_style(f, style);
	if (style == SHEET_NUMBERS)
		format_set_shrink(f); /* "12=13+14=15+16+17+18" stays one word in a narrow column */
	else
		format_number(f, num);
	format_set_align(f, alignment(align));
	if (flags & CELL_BOLD)
		format_set_bold(f);
	if (flags & CELL_ITALIC)
		format_set_italic(f);
	if (flags & CELL_WARN)
		format_set_bg_color(f, 0xFBE3E3);
	if (flags & CELL_ANSWER)
		format_set_bg_color(f, 0xFFFBE0);
	if (link) {
		format_set_font_color(f, 0x0563C1);
		format_set_underline(f, LXW_UNDERLINE_SINGLE);
	}
	return f;
}

static enum number_kind number_kind(const struct cell *c)
{
	switch (c->kind) {
	case CELL_INT:
	case CELL_MILLION: /* the sheet keeps the đồng: sums of its cells are the sums of what was not rounded */
		return NUM_INT;
	case CELL_REAL:
		return NUM_REAL;
	case CELL_DATE:
		return NUM_DATE;
	default:
		return NUM_NONE;
	}
}

static lxw_format *format_of(struct xlsx *x, const struct sheet_cell *c, bool link)
{
	enum number_kind num = number_kind(&c->value);
	unsigned flags = c->value.flags & (FLAGS - 1);
	size_t at = ((((size_t)c->style * NUM_KINDS + num) * FLAGS + flags) * ALIGNS + c->value.align) * 2 + link;

	if (!x->formats[at])
		x->formats[at] = format_make(x, c->style, num, flags, c->value.align, link);
	return x->formats[at];
}

/* --- cells ---------------------------------------------------------------------------------- */

static double number_of(const struct cell *c)
{
	if (c->kind == CELL_REAL)
		return c->r;
	if (c->kind == CELL_MILLION)
		return (double)c->i / 1e6;
	if (c->kind == CELL_DATE)
		return xlsx_serial((int32_t)c->i);
	return (double)c->i;
}

/* Numbers with more digits than Excel keeps are written as text, as print shows them. */
static bool is_exact(const struct cell *c)
{
	return c->kind != CELL_INT || (c->i <= EXACT_MAX && c->i >= -EXACT_MAX);
}

static lxw_error put_number(struct xlsx *x, const struct sheet_cell *c, lxw_format *f)
{
	const struct cell_formula *formula = c->value.formula;
	lxw_row_t row = (lxw_row_t)c->row;
	lxw_col_t col = (lxw_col_t)c->col;

	if (!formula || (formula->kind == FORMULA_TERMS && formula->n_terms < 1))
		return worksheet_write_number(x->sheet, row, col, number_of(&c->value), f);
	xlsx_formula(&x->text, c);
	xlsx_room_cell(&x->room, 1, x->text.p);
	return worksheet_write_formula_num(x->sheet, row, col, x->text.p, f, number_of(&c->value));
}

static lxw_error put_value(struct xlsx *x, const struct sheet_cell *c, lxw_format *f)
{
	char buf[64];

	if (c->value.kind == CELL_BLANK || (c->value.kind == CELL_DATE && c->value.i == DAY_NONE))
		return worksheet_write_blank(x->sheet, (lxw_row_t)c->row, (lxw_col_t)c->col, f);
	if (number_kind(&c->value) != NUM_NONE && is_exact(&c->value))
		return put_number(x, c, f);
	return worksheet_write_string(x->sheet, (lxw_row_t)c->row, (lxw_col_t)c->col,
				      xlsx_cell_text(&x->text, cell_text(&c->value, buf, sizeof(buf))), f);
}

static enum status put_link(struct xlsx *x, const struct sheet_cell *c, lxw_format *f, struct err *e)
{
	CLEANUP(str_free) struct str target = STR_INIT;
	char buf[64];
	const char *text;
	lxw_error code;

	if (c->link_sheet)
		xlsx_link_sheet(&target, c->link_sheet);
	else if (!xlsx_link(&target, x->doc, c->value.link))
		return err_set(e, "%s: sheet '%s', row %d: a link leads to section '%s', there is none", x->path,
			       x->section->name, c->row + 1, c->value.link);
	text = xlsx_cell_text(&x->text, cell_text(&c->value, buf, sizeof(buf)));
	code = worksheet_write_url_opt(x->sheet, (lxw_row_t)c->row, (lxw_col_t)c->col, target.p, f, text, NULL);
	x->links++;
	xlsx_room_cell(&x->room, 1, target.p);
	xlsx_room_cell(&x->room, 1, text); /* stands in the link and in the cell */
	return code ? failed(x, c->row, code, e) : ST_OK;
}

static enum status put_cell(void *ctx, const struct sheet_cell *c, struct err *e)
{
	struct xlsx *x = ctx;
	bool link = (c->value.link || c->link_sheet) && c->value.kind != CELL_BLANK && x->links < LINKS_MAX;
	lxw_format *f = format_of(x, c, link);
	lxw_error code = LXW_NO_ERROR;

	xlsx_room_cell(&x->room, c->rowspan * c->colspan, c->value.kind == CELL_TEXT ? c->value.text : "");
	if (c->rowspan > 1 || c->colspan > 1)
		code = worksheet_merge_range(x->sheet, (lxw_row_t)c->row, (lxw_col_t)c->col,
					     (lxw_row_t)(c->row + c->rowspan - 1), (lxw_col_t)(c->col + c->colspan - 1),
					     "", f);
	if (code)
		return failed(x, c->row, code, e);
	if (link && put_link(x, c, f, e) != ST_OK)
		return ST_ERR;
	if (link && number_kind(&c->value) == NUM_NONE)
		return ST_OK;
	code = put_value(x, c, f); /* a number takes the place of the link's text */
	return code ? failed(x, c->row, code, e) : ST_OK;
}

static enum status put_height(void *ctx, int row, double points, struct err *e)
{
	struct xlsx *x = ctx;
	lxw_error code = worksheet_set_row(x->sheet, (lxw_row_t)row, points, NULL);

	if (row < TOP_ROWS)
		x->heights[row] = points;
	return code ? failed(x, row, code, e) : ST_OK;
}

/* --- sheets --------------------------------------------------------------------------------- */

/* Page number on top in the middle, as Nghị định 30 has it, and the draft mark below it. */
static lxw_error put_page_texts(struct xlsx *x)
{
	lxw_header_footer_options options = { .margin = 8 / 25.4 };
	CLEANUP(str_free) struct str head = STR_INIT, foot = STR_INIT, part = STR_INIT;
	lxw_error code;

	str_add(&head, "&C&\"" FONT ",Regular\"&12&P");
	if (x->doc->draft) {
		xlsx_header_text(&part, x->doc->draft, 150);
		str_addf(&head, "\n&\"" FONT ",Bold\"&10 %s", part.p);
	}
	code = worksheet_set_header_opt(x->sheet, head.p, &options);
	if (code || !x->doc->footer || !*x->doc->footer)
		return code;
	xlsx_header_text(&part, x->doc->footer, 150);
	str_addf(&foot, "&L&\"" FONT ",Regular\"&9 %s", part.p);
	return worksheet_set_footer_opt(x->sheet, foot.p, &options);
}

static lxw_error set_page(struct xlsx *x)
{
	lxw_worksheet *s = x->sheet;

	worksheet_set_paper(s, x->section->a3 ? 8 : 9);
	if (x->section->landscape)
		worksheet_set_landscape(s);
	worksheet_set_margins(s, 30 / 25.4, 15 / 25.4, 20 / 25.4, 20 / 25.4);
	worksheet_fit_to_pages(s, 1, 0);
	worksheet_center_horizontally(s);
	worksheet_ignore_errors(s, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
	worksheet_ignore_errors(s, LXW_IGNORE_FORMULA_RANGE, "A1:XFD1048576");
	return put_page_texts(x);
}

static lxw_error set_columns(struct xlsx *x, int n, const double *widths_mm)
{
	lxw_error code = LXW_NO_ERROR;

	for (int i = 0; i < n && !code; i++) {
		double px = fmin(round(widths_mm[i] * PIXELS_MM), COLUMN_PIXELS_MAX);

		code = worksheet_set_column_pixels(x->sheet, (lxw_col_t)i, (lxw_col_t)i, (uint32_t)px, NULL);
	}
	return code;
}

static enum status open_sheet(void *ctx, const struct doc_section *s, int n_columns, const double *widths_mm,
			      struct err *e)
{
	struct xlsx *x = ctx;
	lxw_error code;

	x->section = s;
	x->sheet = workbook_add_worksheet(x->book, s->name);
	if (!x->sheet)
		return err_set(e, "%s: cannot add sheet '%s'", x->path, s->name);
	/* Rows go to a temporary file in larger pieces than the library's. */
	if (x->sheet->optimize_tmpfile)
		setvbuf(x->sheet->optimize_tmpfile, arena_alloc(x->buffers, ROWS_BUFFER), _IOFBF, ROWS_BUFFER);
	x->links = 0;
	x->tables = x->print_columns = 0;
	for (int i = 0; i < TOP_ROWS; i++)
		x->heights[i] = ROW_POINTS;
	x->filtered = x->frozen = false;
	for (int i = 0; i < s->n_blocks; i++)
		x->tables += s->blocks[i].kind == BLOCK_TABLE;
	code = set_columns(x, n_columns, widths_mm);
	if (!code)
		code = set_page(x);
	return code ? failed(x, 0, code, e) : ST_OK;
}

/* At least one column must be left to scroll. */
static int frozen_columns(const struct sheet_table *t)
{
	int n = t->table->frozen_columns;

	return n > 0 && n < t->table->n_columns ? t->leaf_cols[n] : 0;
}

/* Titles repeat on paper only where they cannot stand above another table's rows. */
static lxw_error repeat_titles(struct xlsx *x, const struct sheet_table *t)
{
	lxw_error code = LXW_NO_ERROR;

	if (x->tables != 1)
		return LXW_NO_ERROR;
	if (t->head_last_row >= t->head_first_row)
		code = worksheet_repeat_rows(x->sheet, (lxw_row_t)t->head_first_row, (lxw_row_t)t->head_last_row);
	if (!code && frozen_columns(t) > 0)
		code = worksheet_repeat_columns(x->sheet, 0, (lxw_col_t)(frozen_columns(t) - 1));
	return code;
}

static void freeze(struct xlsx *x, const struct sheet_table *t)
{
	lxw_col_t columns = (lxw_col_t)frozen_columns(t);
	double above = 0;

	for (int i = 0; i <= t->head_last_row && i < TOP_ROWS; i++)
		above += x->heights[i];
	if (t->head_last_row < TOP_ROWS && above <= FREEZE_POINTS_MAX)
		worksheet_freeze_panes(x->sheet, (lxw_row_t)(t->head_last_row + 1), columns);
	else if (columns)
		worksheet_freeze_panes(x->sheet, 0, columns);
	x->frozen = true;
}

/* What a column of answers takes: one of its choices, or a date from 2000 on. Pasting goes around it, as everywhere. */
static lxw_error take_answers(struct xlsx *x, const struct sheet_table *t, const struct doc_answer *a)
{
	lxw_col_t col = (lxw_col_t)t->leaf_cols[a->column];
	lxw_data_validation v = { 0 };

	v.ignore_blank = LXW_VALIDATION_ON;
	v.error_type = LXW_VALIDATION_ERROR_TYPE_STOP;
	if (a->choices) {
		v.validate = LXW_VALIDATION_TYPE_LIST;
		memcpy(&v.value_list, &a->choices, sizeof(v.value_list)); /* the library only reads it */
		v.dropdown = LXW_VALIDATION_ON;
		v.error_title = "Chọn trong danh sách";
		v.error_message = "Hãy chọn một trong các giá trị của danh sách.";
	} else if (t->table->columns[a->column].type == CELL_DATE) {
		v.validate = LXW_VALIDATION_TYPE_DATE;
		v.criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO;
		v.value_datetime = (lxw_datetime){ .year = 2000, .month = 1, .day = 1 };
		v.error_title = "Ngày";
		v.error_message = "Hãy nhập ngày theo dạng ngày/tháng/năm.";
	} else {
		return LXW_NO_ERROR;
	}
	return worksheet_data_validation_range(x->sheet, (lxw_row_t)t->first_row, col, (lxw_row_t)t->last_row, col, &v);
}

static enum status end_table(void *ctx, const struct sheet_table *t, struct err *e)
{
	struct xlsx *x = ctx;
	lxw_error code = repeat_titles(x, t);

	if (t->table->print_columns > 0 && t->leaf_cols[t->table->print_columns] > x->print_columns)
		x->print_columns = t->leaf_cols[t->table->print_columns];
	if (t->table->freeze && !x->frozen)
		freeze(x, t);
	if (!code && t->table->filter && !x->filtered && t->last_row >= t->first_row) {
		code = worksheet_autofilter(x->sheet, (lxw_row_t)t->head_last_row, (lxw_col_t)t->first_col,
					    (lxw_row_t)t->last_row, (lxw_col_t)t->last_col);
		x->filtered = true;
	}
	for (int i = 0; i < t->table->n_answers && !code && t->last_row >= t->first_row; i++)
		code = take_answers(x, t, &t->table->answers[i]);
	return code ? failed(x, t->last_row, code, e) : ST_OK;
}

static enum status close_sheet(void *ctx, const struct doc_section *s, int n_rows, struct err *e)
{
	struct xlsx *x = ctx;
	FILE *rows = x->sheet->optimize_tmpfile;
	lxw_error code = LXW_NO_ERROR;

	(void)s;
	if (x->print_columns && n_rows > 0)
		code = worksheet_print_area(x->sheet, 0, 0, (lxw_row_t)(n_rows - 1), (lxw_col_t)(x->print_columns - 1));
	if (code)
		return failed(x, n_rows, code, e);
	xlsx_room_sheet(&x->room, n_rows);
	/* The library does not look whether rows reached its temporary file. */
	if (rows && (fflush(rows) || ferror(rows)))
		return err_set(e, "%s: cannot write temporary files in %s (TMPDIR names another folder): %s", x->path,
			       x->room.folder, strerror(errno));
	return ST_OK;
}

/* --- charts --------------------------------------------------------------------------------- */

static char *chart_text(struct xlsx *x, const char *s)
{
	xlsx_short_text(&x->text, s ? s : "", 250);
	if (*x->text.p == '=') /* would be read as a reference */
		x->text.p[0] = ' ';
	return x->text.p;
}

static void chart_axes(struct xlsx *x, lxw_chart *chart, const struct doc_chart *c)
{
	lxw_chart_font font = { .name = FONT, .size = 10 };
	lxw_chart_axis *labels = c->horizontal ? chart->y_axis : chart->x_axis;
	lxw_chart_axis *values = c->horizontal ? chart->x_axis : chart->y_axis;

	chart_axis_set_num_font(labels, &font);
	chart_axis_set_num_font(values, &font);
	chart_axis_set_num_format(values, "#,##0");
	chart_axis_set_name_font(values, &font);
	if (c->value_title && *c->value_title)
		chart_axis_set_name(values, chart_text(x, c->value_title));
	if (c->horizontal) { /* the first row on top, the values still below */
		chart_axis_set_reverse(labels);
		chart_axis_set_crossing_max(labels);
	}
}

static void chart_series(struct xlsx *x, lxw_chart *chart, const struct sheet_chart *c)
{
	lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
	lxw_chart_fill fill = { .color = 0x2F5D8A };
	lxw_chart_font font = { .name = FONT, .size = 10 };

	(void)x;
	chart_series_set_categories(series, c->sheet, (lxw_row_t)c->first_row, (lxw_col_t)c->label_col,
				    (lxw_row_t)c->last_row, (lxw_col_t)c->label_col);
	chart_series_set_values(series, c->sheet, (lxw_row_t)c->first_row, (lxw_col_t)c->value_col,
				(lxw_row_t)c->last_row, (lxw_col_t)c->value_col);
	chart_series_set_fill(series, &fill);
	chart_series_set_labels(series);
	chart_series_set_labels_font(series, &font);
}

static enum status put_chart(void *ctx, const struct sheet_chart *c, struct err *e)
{
	struct xlsx *x = ctx;
	lxw_chart *chart = workbook_add_chart(x->book, c->chart->horizontal ? LXW_CHART_BAR : LXW_CHART_COLUMN);
	lxw_chart_font title = { .name = FONT, .size = 12, .bold = LXW_TRUE };
	int gap = c->col ? CHART_GAP : 0; /* between a table and the chart beside it */
	lxw_chart_options place = { .x_offset = gap,
				    .x_scale = fmin(c->width_mm * PIXELS_MM - gap, CHART_PIXELS_MAX) / 480,
				    .y_scale = c->rows * 20 / 288.0 };
	lxw_error code;

	if (!chart)
		return err_set(e, "%s: sheet '%s': cannot make a chart", x->path, x->section->name);
	chart_series(x, chart, c);
	chart_axes(x, chart, c->chart);
	chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
	if (c->chart->title && *c->chart->title)
		chart_title_set_name(chart, chart_text(x, c->chart->title));
	else
		chart_title_off(chart);
	chart_title_set_name_font(chart, &title);
	code = worksheet_insert_chart_opt(x->sheet, (lxw_row_t)c->row, (lxw_col_t)c->col, chart, &place);
	return code ? failed(x, c->row, code, e) : ST_OK;
}

/* --- the file ------------------------------------------------------------------------------- */

static enum status check_property(const struct xlsx *x, const char *what, const char *s, struct err *e)
{
	size_t n = s ? strlen(s) : 0;

	if (n && text_invalid_at(s, n) < n)
		return err_set(e, "%s: the document's %s is not valid UTF-8", x->path, what);
	return ST_OK;
}

/* The time of writing would go into the file if the document had no date of its own. */
static time_t created_time(const struct document *d)
{
	day_t day = d->created;

	if (day == DAY_NONE && !date_from_ymd(2000, 1, 1, &day))
		day = 1;
	return day ? (time_t)day * 86400 : 1;
}

static enum status set_properties(struct xlsx *x, struct err *e)
{
	const struct document *d = x->doc;
	CLEANUP(str_free) struct str title = STR_INIT, subject = STR_INIT, author = STR_INIT;
	lxw_doc_properties p = { .created = created_time(d) };

	if (check_property(x, "title", d->title, e) != ST_OK || check_property(x, "subject", d->subject, e) != ST_OK ||
	    check_property(x, "author", d->author, e) != ST_OK || check_property(x, "footer", d->footer, e) != ST_OK ||
	    check_property(x, "draft mark", d->draft, e) != ST_OK)
		return ST_ERR;
	xlsx_short_text(&title, d->title ? d->title : "", 250);
	xlsx_short_text(&subject, d->subject ? d->subject : "", 250);
	xlsx_short_text(&author, d->author ? d->author : "", 250);
	p.title = title.p;
	p.subject = subject.p;
	p.author = author.p;
	workbook_set_properties(x->book, &p);
	return ST_OK;
}

/* Writes the parts. The library prints a line of its own to stderr when it fails. */
static enum status close_book(struct xlsx *x, struct err *e)
{
	lxw_workbook *book = x->book;
	lxw_error code;
	int why;

	if (xlsx_room_check(&x->room, x->path, e) != ST_OK)
		return ST_ERR;
	x->book = NULL;
	errno = 0;
	code = workbook_close(book);
	why = errno;
	if (!code)
		return ST_OK;
	return err_set(e, "%s: cannot write: %s", x->path, why ? strerror(why) : lxw_strerror(code));
}

static void xlsx_drop(struct xlsx **x)
{
	if (!*x)
		return;
	str_free(&(*x)->text);
	lxw_workbook_free((*x)->book);
	arena_free((*x)->buffers);
	free(*x);
}

static enum status write_sheets(struct xlsx *x, int rows_max, struct err *e)
{
	struct sheet_sink sink = {
		.ctx = x, .open = open_sheet, .row_height = put_height, .cell = put_cell, .chart = put_chart,
		.table = end_table, .close = close_sheet, .rows_max = rows_max,
	};

	if (set_properties(x, e) != ST_OK)
		return ST_ERR;
	return sheet_layout(x->doc, &sink, e) == ST_OK ? close_book(x, e) : ST_ERR;
}

static enum status write_book(const struct document *d, int rows_max, const char *path, struct err *e)
{
	CLEANUP(xlsx_drop) struct xlsx *x = xmalloc(sizeof(*x));
	lxw_workbook_options options = { .constant_memory = d->stream ? LXW_TRUE : LXW_FALSE };

	*x = (struct xlsx){ .doc = d, .path = path, .text = STR_INIT, .buffers = arena_new() };
	x->room.folder = xlsx_temp_folder();
	options.tmpdir = (char *)(uintptr_t)x->room.folder;
	x->book = workbook_new_opt(path, &options);
	if (!x->book)
		return err_set(e, "%s: cannot start a workbook: out of memory", path);
	/* Column widths count in digits of the default font: with one that every machine has they are the same. */
	format_set_font_name(STAILQ_FIRST(x->book->formats), FONT);
	return write_sheets(x, rows_max, e);
}

/*
 * The library asks gmtime for a document's date, and all threads would share the answer: one document could
 * get another's. This one stands before libc's.
 */
struct tm *gmtime(const time_t *time)
{
	static _Thread_local struct tm answer;

	return gmtime_r(time, &answer);
}

/* The library prints numbers by printf: a comma of some locale would damage the file. */
static enum status xlsx_write(const struct document *d, const struct write_options *o, const char *path, struct err *e)
{
	locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0), before = uselocale(plain);
	enum status st = write_book(d, o ? o->sheet_rows : 0, path, e);

	uselocale(before);
	freelocale(plain);
	return st;
}

const struct writer xlsx_writer = { "xlsx", ".xlsx", xlsx_write };
