/* Names, catalogues and the rows that all sets have in common. */
#include "generate.h"

#include <string.h>

const struct province provinces[N_PROVINCES] = {
	{ "01", "thành phố Hà Nội", false },   { "04", "tỉnh Cao Bằng", true },
	{ "08", "tỉnh Tuyên Quang", true },    { "11", "tỉnh Điện Biên", true },
	{ "12", "tỉnh Lai Châu", true },       { "14", "tỉnh Sơn La", true },
	{ "15", "tỉnh Lào Cai", true },        { "19", "tỉnh Thái Nguyên", false },
	{ "20", "tỉnh Lạng Sơn", true },       { "22", "tỉnh Quảng Ninh", false },
	{ "24", "tỉnh Bắc Ninh", false },      { "25", "tỉnh Phú Thọ", false },
	{ "31", "thành phố Hải Phòng", false }, { "33", "tỉnh Hưng Yên", false },
	{ "37", "tỉnh Ninh Bình", false },     { "38", "tỉnh Thanh Hóa", false },
	{ "40", "tỉnh Nghệ An", false },       { "42", "tỉnh Hà Tĩnh", false },
	{ "44", "tỉnh Quảng Trị", false },     { "46", "thành phố Huế", false },
	{ "48", "thành phố Đà Nẵng", false },  { "51", "tỉnh Quảng Ngãi", false },
	{ "52", "tỉnh Gia Lai", false },       { "56", "tỉnh Khánh Hòa", false },
	{ "66", "tỉnh Đắk Lắk", true },        { "68", "tỉnh Lâm Đồng", false },
	{ "75", "tỉnh Đồng Nai", false },      { "79", "Thành phố Hồ Chí Minh", false },
	{ "80", "tỉnh Tây Ninh", false },      { "82", "tỉnh Đồng Tháp", false },
	{ "86", "tỉnh Vĩnh Long", false },     { "91", "tỉnh An Giang", false },
	{ "92", "thành phố Cần Thơ", false },  { "96", "tỉnh Cà Mau", false },
};

const char *const systems[9][2] = {
	{ "TST", "Phần mềm quản lý thu, cấp sổ BHXH, thẻ BHYT" },
	{ "TCS", "Phần mềm xét duyệt chính sách" },
	{ "GDYT", "Hệ thống thông tin giám định BHYT" },
	{ "KTTT", "Phần mềm kế toán tập trung" },
	{ "TNHS", "Phần mềm tiếp nhận và quản lý hồ sơ" },
	{ "TTKT", "Phần mềm Quản lý hoạt động thanh tra, kiểm tra" },
	{ "CSDLQG-KNTC", "Cơ sở dữ liệu quốc gia về công tác tiếp công dân, xử lý đơn, giải quyết "
			 "khiếu nại, tố cáo, kiến nghị, phản ánh" },
	{ "SSO", "Hệ thống đăng nhập tập trung" },
	{ "EOFFICE", "Hệ thống quản lý văn bản và điều hành" },
};

const struct duty duties[N_DUTIES] = {
	{ "CV_THU", "Chuyên viên quản lý thu", "TST", "TST_THU_NHAP", "TST_TRACUU", "person" },
	{ "CV_SOTHE", "Chuyên viên cấp sổ, thẻ", "TST", "TST_SOTHE_IN", "TST_TRACUU", "person" },
	{ "CV_CHEDO", "Chuyên viên chế độ BHXH", "TCS", "TCS_XETDUYET", "TCS_TRACUU", "person" },
	{ "CV_GIAMDINH", "Giám định viên", "GDYT", "GDYT_GIAMDINH", "GDYT_TRACUU", "person" },
	{ "CV_KETOAN", "Kế toán viên", "KTTT", "KTTT_NHAP", "KTTT_BAOCAO", "person" },
	{ "CV_TNHS", "Chuyên viên tiếp nhận hồ sơ", "TNHS", "TNHS_TIEPNHAN", "TNHS_TRAKETQUA", "person" },
	{ "CV_KIEMTRA", "Chuyên viên kiểm tra", "TTKT", "TTKT_CAPNHAT", "TTKT_TRACUU", "person" },
	{ "CV_TCD", "Chuyên viên tiếp công dân", "CSDLQG-KNTC", "KNTC_CANBO", "KNTC_TRACUU", "person" },
	{ "QT_CNTT", "Chuyên viên công nghệ thông tin", "CSDLQG-KNTC", "KNTC_QUANTRI", "KNTC_TRACUU",
	  "admin" },
	{ "LANHDAO", "Giám đốc", "CSDLQG-KNTC", "KNTC_LANHDAO", "KNTC_TRACUU", "leader" },
};

const char *const fields[7] = { "policy",   "land",  "civil_service", "corruption",
				"judicial", "party", "other" };

const char *const outcomes[8] = {
	"Đã hướng dẫn, công dân nhất trí",
	"Tiếp nhận đơn, hẹn trả lời trong 10 ngày làm việc",
	"Giải thích chế độ hưu trí, tử tuất; công dân đồng ý",
	"Công dân nói: \"Tôi đã nộp đủ hồ sơ\"; đã lập biên bản",
	"Đã ghi sổ, chuyển bộ phận chế độ, thu và giám định",
	"Kết luận của Thủ trưởng:\n1. Rà soát hồ sơ;\n2. Trả lời bằng văn bản",
	"Hướng dẫn gửi đơn đến cơ quan có thẩm quyền",
	"Tiếp tục xem xét, giải quyết ở kỳ tiếp sau",
};

static const char *const family_names[] = {
	"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ",
	"Ngô", "Dương", "Lý", "Lương", "Triệu", "Quách", "Tạ", "Ksor", "Bế", "Nông", "Lò", "Thạch",
};
static const char *const middle_names[] = {
	"Thị", "Văn", "Đức", "Minh", "Thị Ngọc", "Hữu", "Quốc", "Thị Mỹ", "Xuân", "Kỳ", "Thế", "Ánh",
};
static const char *const given_names[] = {
	"An", "Bằng", "Cẩm", "Chí", "Dũng", "Diễm", "Đạt", "Điệp", "Giang", "Hạnh", "Hiếu", "Huệ", "Hưng",
	"Hường", "Khánh", "Kiều", "Lễ", "Lộc", "Mẫn", "Mỵ", "Nghĩa", "Nguyệt", "Nhữ", "Oanh", "Phượng",
	"Quỳnh", "Sỹ", "Tấn", "Thảo", "Thủy", "Thư", "Trường", "Tuấn", "Tuyết", "Uyển", "Vững", "Vỹ", "Ý",
};

void person_name(struct rng *r, char *ret, size_t size)
{
	(void)snprintf(ret, size, "%s %s %s", family_names[rng_below(r, COUNT(family_names))],
		       middle_names[rng_below(r, COUNT(middle_names))],
		       given_names[rng_below(r, COUNT(given_names))]);
}

/* Base letters with their marks in canonical order: dot below before circumflex and breve. */
static const char *const composed[] = {
	"áàảãạ", "a", "", "ăắằẳẵặ", "a", "\u0306", "âấầẩẫậ", "a", "\u0302", "éèẻẽẹ", "e", "",
	"êếềểễệ", "e", "\u0302", "íìỉĩị", "i", "", "óòỏõọ", "o", "", "ôốồổỗộ", "o", "\u0302",
	"ơớờởỡợ", "o", "\u031B", "úùủũụ", "u", "", "ưứừửữự", "u", "\u031B", "ýỳỷỹỵ", "y", "",
	"ÁÀẢÃẠ", "A", "", "ĂẮẰẲẴẶ", "A", "\u0306", "ÂẤẦẨẪẬ", "A", "\u0302", "ÉÈẺẼẸ", "E", "",
	"ÊẾỀỂỄỆ", "E", "\u0302", "ÍÌỈĨỊ", "I", "", "ÓÒỎÕỌ", "O", "", "ÔỐỒỔỖỘ", "O", "\u0302",
	"ƠỚỜỞỠỢ", "O", "\u031B", "ÚÙỦŨỤ", "U", "", "ƯỨỪỬỮỰ", "U", "\u031B", "ÝỲỶỸỴ", "Y", "",
};
static const char *const tones[] = { "\u0301", "\u0300", "\u0309", "\u0303", "\u0323" };

static size_t letter_length(const char *p)
{
	unsigned char c = (unsigned char)*p;

	return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

/* Writes the letter at `p` taken apart, or returns false when it is not in the table. */
static bool take_apart(const char *p, size_t n, char *to, size_t size)
{
	for (int i = 0; i < COUNT(composed); i += 3) {
		const char *mark = composed[i + 2];
		int tone = *mark ? -1 : 0; /* rows with a mark begin with the letter without tone */

		for (const char *c = composed[i]; *c; c += letter_length(c), tone++) {
			if (letter_length(c) != n || memcmp(c, p, n) != 0)
				continue;
			if (tone == 4 && strcmp(mark, "\u031B") != 0) /* dot below goes first */
				(void)snprintf(to, size, "%s%s%s", composed[i + 1], tones[4], mark);
			else
				(void)snprintf(to, size, "%s%s%s", composed[i + 1], mark,
					       tone < 0 ? "" : tones[tone]);
			return true;
		}
	}
	return false;
}

const char *text_nfd(const char *text)
{
	static char result[2048];
	size_t used = 0;

	while (*text && used + 16 < sizeof result) {
		size_t n = letter_length(text);

		if (n > 1 && take_apart(text, n, result + used, sizeof result - used)) {
			used += strlen(result + used);
		} else {
			memcpy(result + used, text, n);
			used += n;
		}
		text += n;
	}
	result[used] = '\0';
	return result;
}

static const char *const more_duty_roles[] = {
	"LANHDAO|TST_THU_DUYET", "LANHDAO|TCS_DUYETCHI", "LANHDAO|KTTT_DUYET",  "LANHDAO|EO_DUYET",
	"KE_TOAN_TRUONG|KTTT_NHAP", "KE_TOAN_TRUONG|KTTT_DUYET", "KE_TOAN_TRUONG|SSO_NGUOIDUNG",
	"TRUONG_PHONG_THU|TST_THU_NHAP", "TRUONG_PHONG_THU|TST_THU_DUYET",
	"TRUONG_PHONG_THU|SSO_NGUOIDUNG",
};

static const char *const role_rows[] = {
	"TST_THU_NHAP|TST|Nhập hồ sơ thu|1", "TST_THU_DUYET|TST|Duyệt hồ sơ thu|1",
	"TST_SOTHE_IN|TST|In sổ BHXH, thẻ BHYT|1", "TST_TRACUU|TST|Tra cứu|0",
	"TST_QUANTRI|TST|Quản trị hệ thống|1", "TCS_XETDUYET|TCS|Xét duyệt chế độ|1",
	"TCS_DUYETCHI|TCS|Duyệt chi trả|1", "TCS_TRACUU|TCS|Tra cứu|0",
	"GDYT_GIAMDINH|GDYT|Giám định chi phí KCB|1", "GDYT_DUYET|GDYT|Duyệt quyết toán|1",
	"GDYT_TRACUU|GDYT|Tra cứu|0", "KTTT_NHAP|KTTT|Lập chứng từ|1", "KTTT_DUYET|KTTT|Duyệt chứng từ|1",
	"KTTT_BAOCAO|KTTT|Xem báo cáo|0", "TNHS_TIEPNHAN|TNHS|Tiếp nhận hồ sơ|0",
	"TNHS_TRAKETQUA|TNHS|Trả kết quả|0", "TTKT_CAPNHAT|TTKT|Cập nhật kết quả kiểm tra|1",
	"TTKT_TRACUU|TTKT|Tra cứu|0", "KNTC_CANBO|CSDLQG-KNTC|Cán bộ xử lý đơn|1",
	"KNTC_LANHDAO|CSDLQG-KNTC|Lãnh đạo đơn vị|1", "KNTC_QUANTRI|CSDLQG-KNTC|Quản trị đơn vị|1",
	"KNTC_TRACUU|CSDLQG-KNTC|Tra cứu|0", "SSO_NGUOIDUNG|SSO|Người dùng|0",
	"EO_SOAN|EOFFICE|Soạn văn bản|0", "EO_DUYET|EOFFICE|Duyệt văn bản|0",
};

static const char *const conflict_rows[] = {
	"KTTT_NHAP|KTTT_DUYET|Người lập chứng từ không được duyệt chứng từ",
	"TCS_DUYETCHI|KTTT_DUYET|Người duyệt chi chế độ không được duyệt chứng từ kế toán",
	"TST_THU_NHAP|TST_THU_DUYET|Người nhập hồ sơ thu không được duyệt hồ sơ thu",
	"GDYT_GIAMDINH|GDYT_DUYET|Người giám định không được duyệt quyết toán",
};

void put_catalogues(struct extracts *x)
{
	static const char *const kinds[9] = { "nghiệp vụ", "nghiệp vụ", "nghiệp vụ", "nghiệp vụ", "nghiệp vụ",
					      "kiểm tra", "liên thông", "dùng chung", "dùng chung" };

	static const int sso[9] = { 0, 0, 1, 0, 1, 1, 0, 1, 1 };

	for (int i = 0; i < COUNT(systems); i++) {
		put(&x->t[T_SYSTEM], systems[i][0]);
		put(&x->t[T_SYSTEM], systems[i][1]);
		put(&x->t[T_SYSTEM], kinds[i]);
		put(&x->t[T_SYSTEM], "00");
		put_int(&x->t[T_SYSTEM], sso[i]);
		end_row(&x->t[T_SYSTEM]);
	}
	for (int i = 0; i < COUNT(role_rows); i++)
		put_row(&x->t[T_ROLE], role_rows[i]);
	for (int i = 0; i < COUNT(conflict_rows); i++)
		put_row(&x->t[T_ROLE_CONFLICT], conflict_rows[i]);
	for (int i = 0; i < N_DUTIES; i++) {
		const char *roles[] = { duties[i].role, duties[i].second_role, "SSO_NGUOIDUNG", "EO_SOAN" };

		for (int k = 0; k < COUNT(roles); k++) {
			put(&x->t[T_DUTY_ROLE], duties[i].code);
			put(&x->t[T_DUTY_ROLE], roles[k]);
			end_row(&x->t[T_DUTY_ROLE]);
		}
	}
	for (int i = 0; i < COUNT(more_duty_roles); i++)
		put_row(&x->t[T_DUTY_ROLE], more_duty_roles[i]);
}

void put_provinces(struct extracts *x)
{
	put_row(&x->t[T_UNIT], "00|Bảo hiểm xã hội Việt Nam|central||0|1995-02-16|");
	for (int i = 0; i < N_PROVINCES; i++) {
		struct out *o = &x->t[T_UNIT];

		put(o, provinces[i].code);
		put_f(o, "Bảo hiểm xã hội %s", provinces[i].name);
		put(o, "province");
		put(o, provinces[i].code);
		put(o, provinces[i].remote ? "1" : "0");
		put(o, "2025-07-01");
		put(o, NULL);
		end_row(o);
		put(&x->t[T_UNIT_PARENT], provinces[i].code);
		put_row(&x->t[T_UNIT_PARENT], "00|2025-07-01");
	}
}
