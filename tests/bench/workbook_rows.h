/*
 * workbook_rows - the rows that both sides of the workbook benchmark write: findings as an audit lists them, in 12
 * columns of numbers, codes, names, dates and one sentence.
 */
#ifndef RASOAT_BENCH_WORKBOOK_ROWS_H
#define RASOAT_BENCH_WORKBOOK_ROWS_H

#include "pdf_text.h"

enum { FINDING_COLUMNS = 12 };

enum finding_column {
	F_NUMBER, F_KEY, F_UNIT, F_UNIT_NAME, F_SYSTEM, F_OWNER, F_GRANTED, F_DAYS, F_SINCE, F_VERDICT, F_MESSAGE, F_MARK,
};

enum finding_type { F_TEXT, F_INT, F_DATE };

static const struct {
	const char *title;
	double mm;
	enum finding_type type;
	bool centred;
} finding_columns[FINDING_COLUMNS] = {
	[F_NUMBER] = { "STT", 14, F_INT, true },
	[F_KEY] = { "Mã đối tượng", 28, F_TEXT, false },
	[F_UNIT] = { "Mã đơn vị", 18, F_TEXT, false },
	[F_UNIT_NAME] = { "Đơn vị", 60, F_TEXT, false },
	[F_SYSTEM] = { "Hệ thống", 27, F_TEXT, false },
	[F_OWNER] = { "Chủ tài khoản", 45, F_TEXT, false },
	[F_GRANTED] = { "Ngày cấp", 25, F_DATE, true },
	[F_DAYS] = { "Số ngày", 20, F_INT, false },
	[F_SINCE] = { "Từ ngày", 25, F_DATE, true },
	[F_VERDICT] = { "Kết quả", 25, F_TEXT, false },
	[F_MESSAGE] = { "Nội dung", 110, F_TEXT, false },
	[F_MARK] = { "Mã phát hiện", 40, F_TEXT, false },
};

struct finding_row {
	unsigned number, days; /* number from 1 */
	int year, month, day;  /* since */
	int granted_year;      /* same day and month */
	char key[16], unit[8], unit_name[96], owner[64], message[256], mark[24];
	const char *system;
};

static inline void finding_fill(struct finding_row *f, unsigned row)
{
	static const char *const systems[] = { "TST", "TCS", "SSO", "GDYT", "TTKT", "CSDLQG-KNTC" };

	f->number = row + 1;
	f->days = mixed(row, 20) % 700;
	f->year = 2024 + (int)(mixed(row, 21) % 2);
	f->month = 1 + (int)(mixed(row, 22) % 12);
	f->day = 1 + (int)(mixed(row, 23) % 28);
	f->granted_year = f->year - 1 - (int)(mixed(row, 24) % 8);
	f->system = PICK(systems, mixed(row, 25));
	person_name(f->owner, sizeof(f->owner), row);
	snprintf(f->key, sizeof(f->key), "TK%08u", row * 7 + mixed(row, 26) % 7);
	snprintf(f->unit, sizeof(f->unit), "%05u", 1000 + mixed(row, 27) % 96000);
	snprintf(f->unit_name, sizeof(f->unit_name), "Cơ sở %s, %s", f->unit, unit_name(row));
	snprintf(f->message, sizeof(f->message), "Tài khoản %s trên %s không đăng nhập %u ngày", f->key, f->system,
		 f->days);
	snprintf(f->mark, sizeof(f->mark), "%08x%08x", mixed(row, 28), mixed(row, 29));
}

static inline const char *finding_text(const struct finding_row *f, enum finding_column column)
{
	switch (column) {
	case F_KEY:
		return f->key;
	case F_UNIT:
		return f->unit;
	case F_UNIT_NAME:
		return f->unit_name;
	case F_SYSTEM:
		return f->system;
	case F_OWNER:
		return f->owner;
	case F_VERDICT:
		return "Vi phạm";
	case F_MESSAGE:
		return f->message;
	default:
		return f->mark;
	}
}

#endif
