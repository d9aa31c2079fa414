/*
 * pdf_text - what both sides of the PDF benchmarks print: a list of accounts of 35 rows a page, and one-page
 * notices to persons. The same words on both sides.
 */
#ifndef RASOAT_BENCH_PDF_TEXT_H
#define RASOAT_BENCH_PDF_TEXT_H

#include <stdio.h>

enum {
	LIST_COLUMNS = 10,
	LIST_ROWS = 35,    /* a page */
	LIST_NOTE = 9,     /* the last column, in italics */
	LETTER_COLUMNS = 4,
	LETTER_ROWS = 5,
};

enum list_align { LIST_LEFT, LIST_CENTER, LIST_RIGHT };

static const struct {
	const char *title;
	double mm;
	enum list_align align;
} list_columns[LIST_COLUMNS] = {
	{ "STT", 14, LIST_RIGHT },         { "Họ và tên", 38, LIST_LEFT },
	{ "Tài khoản", 26, LIST_LEFT },    { "Đơn vị", 44, LIST_LEFT },
	{ "Hệ thống", 30, LIST_LEFT },     { "Ngày cấp", 18, LIST_CENTER },
	{ "Số ngày", 14, LIST_RIGHT },     { "Mức độ", 18, LIST_LEFT },
	{ "Quyền", 22, LIST_LEFT },        { "Ghi chú", 28, LIST_LEFT },
};

/* A number that looks like any, and is the same on every machine. */
static inline unsigned mixed(unsigned row, unsigned salt)
{
	unsigned x = row * 2654435761u + salt * 40503u;

	x ^= x >> 15;
	x *= 2246822519u;
	return x ^ x >> 13;
}

#define PICK(list, n) ((list)[(n) % (sizeof(list) / sizeof(*(list)))])

static inline void person_name(char *buf, size_t n, unsigned row)
{
	static const char *const family[] = { "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Võ", "Đặng" };
	static const char *const middle[] = { "Thị Phương", "Văn", "Hữu", "Thị Ngọc", "Đức", "Quỳnh" };
	static const char *const given[] = { "Thảo", "Ánh", "Dũng", "Hưng", "Tuyết", "Khởi", "Hiếu", "Mỹ", "Tường" };

	snprintf(buf, n, "%s %s %s", PICK(family, mixed(row, 1)), PICK(middle, mixed(row, 2)),
		 PICK(given, mixed(row, 3)));
}

static inline const char *unit_name(unsigned row)
{
	static const char *const names[] = { "BHXH tỉnh Thừa Thiên Huế", "BHXH thành phố Hà Nội", "BHXH tỉnh Đắk Lắk",
					     "BHXH tỉnh Tây Ninh", "BHXH cơ sở Bến Cầu", "BHXH tỉnh Quảng Ngãi" };

	return PICK(names, mixed(row, 4));
}

/* Day, month and year on which the account of a row was opened, and for how many days it is so. */
static inline void list_date(unsigned row, int *d, int *m, int *y)
{
	*d = 1 + (int)(mixed(row, 5) % 28);
	*m = 1 + (int)(mixed(row, 6) % 12);
	*y = 2019 + (int)(mixed(row, 7) % 7);
}

static inline int list_days(unsigned row)
{
	return (int)(mixed(row, 8) % 999);
}

/* 1234567 as 1.234.567. */
static inline void number_text(char *buf, size_t n, unsigned value)
{
	if (value >= 1000000)
		snprintf(buf, n, "%u.%03u.%03u", value / 1000000, value / 1000 % 1000, value % 1000);
	else if (value >= 1000)
		snprintf(buf, n, "%u.%03u", value / 1000, value % 1000);
	else
		snprintf(buf, n, "%u", value);
}

static inline void list_cell(char *buf, size_t n, unsigned row, int column)
{
	static const char *const systems[] = { "Một cửa điện tử", "Thu và sổ thẻ", "Giám định BHYT", "Xét duyệt" };
	static const char *const levels[] = { "Nghiêm trọng", "Cao", "Trung bình", "Thấp" };
	static const char *const roles[] = { "Duyệt hồ sơ", "Nhập liệu", "Quản trị", "Tra cứu" };
	static const char *const notes[] = { "Đã chuyển công tác", "Nghỉ chế độ", "Chưa có đề nghị", "Đang xác minh" };
	int d, m, y;

	switch (column) {
	case 0:
		number_text(buf, n, row + 1);
		break;
	case 1:
		person_name(buf, n, row);
		break;
	case 2:
		snprintf(buf, n, "tk%06u.bhxh", mixed(row, 9) % 1000000);
		break;
	case 3:
		snprintf(buf, n, "%s", unit_name(row));
		break;
	case 4:
		snprintf(buf, n, "%s", PICK(systems, mixed(row, 10)));
		break;
	case 5:
		list_date(row, &d, &m, &y);
		snprintf(buf, n, "%02d/%02d/%04d", d, m, y);
		break;
	case 6:
		number_text(buf, n, (unsigned)list_days(row));
		break;
	case 7:
		snprintf(buf, n, "%s", PICK(levels, mixed(row, 11)));
		break;
	case 8:
		snprintf(buf, n, "%s", PICK(roles, mixed(row, 12)));
		break;
	default:
		snprintf(buf, n, "%s", PICK(notes, mixed(row, 13)));
	}
}

/* --- letters --- */

#define LETTER_NUMBER "Số: %d/TB-BHXH"
#define LETTER_TITLE "Thông báo"
#define LETTER_SUBTITLE "Kết quả rà soát tài khoản quý III/2026"
#define LETTER_ADDRESS "Kính gửi: Ông (Bà) %s"

static const char *const letter_body[] = {
	"Thực hiện Công văn số 907/BHXH-CNTT ngày 26 tháng 3 năm 2019 của Bảo hiểm xã hội Việt Nam về việc quản lý tài "
	"khoản, Bảo hiểm xã hội tỉnh đã rà soát các tài khoản do Ông (Bà) sử dụng. Những tài khoản sau đây còn mở, tuy "
	"quyết định thay đổi nhiệm vụ đã có hiệu lực:",
	("Đề nghị Ông (Bà) kiểm tra và gửi phiếu đề nghị khóa hoặc giữ lại tài khoản trước ngày 20 tháng 10 năm 2026. Sau "
	 "ngày này, các tài khoản không có đề nghị sẽ bị khóa theo quy định."),
	"Mọi vướng mắc xin liên hệ Phòng Công nghệ thông tin để được hướng dẫn.",
};

static const char *const letter_titles[LETTER_COLUMNS] = { "STT", "Hệ thống", "Tài khoản", "Số ngày còn mở" };
static const double letter_mm[LETTER_COLUMNS] = { 15, 60, 50, 40 };
/* The same columns of the list. */
static const int letter_cells[LETTER_COLUMNS] = { 0, 4, 2, 6 };

static inline unsigned letter_row(int letter, int row)
{
	return (unsigned)(letter * LETTER_ROWS + row);
}

#endif
