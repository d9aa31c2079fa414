/*
 * Findings in a workbook with libxlsxwriter alone, constant memory, everything else as it comes.
 *
 *   bare_workbook ROWS OUTFILE
 */
#include <stdbool.h>

#include "workbook_rows.h"

#include <stdlib.h>
#include <xlsxwriter.h>

static lxw_format *column_format(lxw_workbook *book, int column)
{
	static const char *const numbers[] = { NULL, "#,##0", "dd/mm/yyyy" };
	lxw_format *f = workbook_add_format(book);
	enum finding_type type = finding_columns[column].type;

	format_set_font_name(f, "Times New Roman");
	format_set_font_size(f, 11);
	format_set_border(f, LXW_BORDER_THIN);
	format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
	format_set_align(f, finding_columns[column].centred ? LXW_ALIGN_CENTER :
			    type == F_INT                   ? LXW_ALIGN_RIGHT :
							      LXW_ALIGN_LEFT);
	if (numbers[type])
		format_set_num_format(f, numbers[type]);
	else
		format_set_text_wrap(f);
	if (column == F_VERDICT)
		format_set_bg_color(f, 0xFBE3E3);
	return f;
}

static lxw_error write_cell(lxw_worksheet *sheet, lxw_row_t row, int column, const struct finding_row *f,
			    lxw_format *format)
{
	lxw_datetime date = { .year = column == F_GRANTED ? f->granted_year : f->year, .month = f->month, .day = f->day };

	switch (finding_columns[column].type) {
	case F_INT:
		return worksheet_write_number(sheet, row, (lxw_col_t)column, column == F_NUMBER ? f->number : f->days,
					      format);
	case F_DATE:
		return worksheet_write_datetime(sheet, row, (lxw_col_t)column, &date, format);
	default:
		return worksheet_write_string(sheet, row, (lxw_col_t)column, finding_text(f, (enum finding_column)column),
					      format);
	}
}

static void write_heads(lxw_workbook *book, lxw_worksheet *sheet, lxw_format **formats)
{
	lxw_format *head = workbook_add_format(book);

	format_set_font_name(head, "Times New Roman");
	format_set_bold(head);
	format_set_border(head, LXW_BORDER_THIN);
	format_set_align(head, LXW_ALIGN_CENTER);
	for (int i = 0; i < FINDING_COLUMNS; i++) {
		formats[i] = column_format(book, i);
		worksheet_set_column_pixels(sheet, (lxw_col_t)i, (lxw_col_t)i,
					    (uint32_t)(finding_columns[i].mm * 96 / 25.4), NULL);
		worksheet_write_string(sheet, 0, (lxw_col_t)i, finding_columns[i].title, head);
	}
}

int main(int argc, char **argv)
{
	lxw_workbook_options options = { .constant_memory = LXW_TRUE };
	unsigned rows = argc == 3 ? (unsigned)atoi(argv[1]) : 0;
	lxw_format *formats[FINDING_COLUMNS];
	struct finding_row f;
	lxw_workbook *book;
	lxw_worksheet *sheet;

	if (!rows)
		return 1;
	book = workbook_new_opt(argv[2], &options);
	sheet = workbook_add_worksheet(book, "Phát hiện");
	write_heads(book, sheet, formats);
	for (unsigned i = 0; i < rows; i++) {
		finding_fill(&f, i);
		for (int c = 0; c < FINDING_COLUMNS; c++)
			if (write_cell(sheet, i + 1, c, &f, formats[c]))
				return 1;
	}
	worksheet_freeze_panes(sheet, 1, 2);
	worksheet_autofilter(sheet, 0, 0, rows, FINDING_COLUMNS - 1);
	return workbook_close(book) ? 1 : 0;
}
