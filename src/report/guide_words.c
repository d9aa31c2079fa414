/* The words of the guide: an inspector reads no column names. */
#include "guide_int.h"

#include <rasoat/text.h>

#include <string.h>

struct word {
	const char *name, *text;
};

static const struct word packs[] = {
	{ "accounts", "Tài khoản" },
	{ "permissions", "Phân quyền" },
	{ "cases", "Khiếu nại, tố cáo và đơn" },
	{ "reception", "Tiếp công dân" },
	{ "certificates", "Chứng thư số" },
	{ "data-requests", "Yêu cầu cung cấp dữ liệu" },
	{ "recoveries", "Thu hồi tiền" },
	{ "inspections", "Thanh tra, kiểm tra" },
	{ "benefits", "Chi trả chế độ" },
	{ "reporting", "Chế độ báo cáo" },
	{ "waivers", "Miễn trừ" },
	{ NULL, NULL },
};

static const struct word subjects[] = {
	{ "account", "tài khoản" },
	{ "person", "người sử dụng" },
	{ "person in a system", "một người trên một phần mềm" },
	{ "person and pair of roles", "một người và hai vai trò xung đột" },
	{ "granted role", "vai trò đã cấp cho tài khoản" },
	{ "account_role", "vai trò đã cấp cho tài khoản" },
	{ "certificate", "chứng thư số" },
	{ "certificate_use", "lần sử dụng chứng thư số" },
	{ "directory", "địa chỉ trong danh bạ thư điện tử, SSO" },
	{ "data request", "yêu cầu cung cấp dữ liệu" },
	{ "data_request", "yêu cầu cung cấp dữ liệu" },
	{ "case", "vụ việc khiếu nại, tố cáo" },
	{ "case_file", "vụ việc khiếu nại, tố cáo" },
	{ "case_event", "việc xảy ra trong vụ việc (gia hạn, tạm đình chỉ, đối thoại …)" },
	{ "dialogue", "buổi đối thoại" },
	{ "decision", "quyết định, kết luận" },
	{ "petition", "đơn" },
	{ "visit", "lượt tiếp công dân" },
	{ "reception_session", "buổi tiếp công dân của người đứng đầu" },
	{ "reception session", "buổi tiếp công dân của người đứng đầu" },
	{ "unit", "đơn vị" },
	{ "unit and month", "đơn vị trong một tháng" },
	{ "recovery", "khoản phải thu hồi" },
	{ "recovery payment", "lần nộp tiền thu hồi" },
	{ "recovery_payment", "lần nộp tiền thu hồi" },
	{ "inspection", "cuộc thanh tra, kiểm tra" },
	{ "benefit_payment", "lần chi trả chế độ" },
	{ "benefit payment", "lần chi trả chế độ" },
	{ "insured_person", "người tham gia" },
	{ "insurance_book", "sổ BHXH" },
	{ "insurance book", "sổ BHXH" },
	{ "report_submission", "báo cáo phải gửi" },
	{ "report submission", "báo cáo phải gửi" },
	{ "report", "báo cáo phải gửi" },
	{ "waiver", "miễn trừ" },
	{ "book and payment", "sổ BHXH và lần chi trả" },
	{ "directory entry", "địa chỉ trong danh bạ thư điện tử, SSO" },
	{ "month", "đơn vị trong một tháng" },
	{ "pair of payments", "cặp hai lần chi trả" },
	{ "pair of persons", "cặp hai mã người tham gia" },
	{ "payment", "lần chi trả" },
	{ "person and decision", "người và quyết định chi trả" },
	{ "personnel decision", "quyết định về nhân sự" },
	{ "session", "buổi tiếp công dân" },
	{ "system", "phần mềm" },
	{ "unit and period", "đơn vị trong một kỳ báo cáo" },
	{ NULL, NULL },
};

static const struct word columns[] = {
	{ "act_known_on", "ngày biết được quyết định, hành vi" },
	{ "acceptance_notified_on", "ngày thông báo thụ lý" },
	{ "accepted_on", "ngày thụ lý" },
	{ "acted_on", "ngày thao tác" },
	{ "adjusted_on", "ngày điều chỉnh" },
	{ "approved_on", "ngày phê duyệt" },
	{ "as_of", "ngày chốt số liệu" },
	{ "closed_on", "ngày kết thúc" },
	{ "concluded_on", "ngày kết luận" },
	{ "conclusion_handled_on", "ngày xử lý kết luận" },
	{ "decided_on", "ngày ra quyết định, kết luận" },
	{ "delivered_on", "ngày giao dữ liệu" },
	{ "drafted_on", "ngày có dự thảo" },
	{ "effective_on", "ngày có hiệu lực" },
	{ "ended_on", "ngày kết thúc tại nơi được thanh tra, kiểm tra" },
	{ "entered_on", "ngày nhập vào phần mềm" },
	{ "birth_date", "ngày sinh" },
	{ "ends_on", "ngày cuối" },
	{ "expires_on", "ngày hết hạn" },
	{ "granted_on", "ngày cấp quyền" },
	{ "handled_on", "ngày xử lý xong" },
	{ "happened_on", "ngày diễn ra" },
	{ "held_on", "ngày tiếp" },
	{ "invited_on", "ngày mời" },
	{ "issued_on", "ngày cấp" },
	{ "joined_on", "ngày vào Ngành" },
	{ "last_login_on", "ngày đăng nhập gần nhất" },
	{ "link_tested_on", "ngày thử đường truyền" },
	{ "locked_on", "ngày khóa" },
	{ "national_db_on", "ngày nhập Cơ sở dữ liệu quốc gia" },
	{ "notified_on", "ngày gửi, thông báo" },
	{ "opened_on", "ngày cấp tài khoản" },
	{ "paid_on", "ngày nộp, chi" },
	{ "password_changed_on", "ngày đổi mật khẩu" },
	{ "period_from", "ngày đầu của thời gian hưởng, của kỳ" },
	{ "period_to", "ngày cuối của thời gian hưởng, của kỳ" },
	{ "planned_on", "ngày theo kế hoạch" },
	{ "posted_on", "ngày niêm yết" },
	{ "published_on", "ngày công khai" },
	{ "received_on", "ngày nhận" },
	{ "refusal_notified_on", "ngày thông báo từ chối" },
	{ "requested_on", "ngày đề nghị" },
	{ "revoked_on", "ngày thu hồi" },
	{ "scheduled_on", "ngày theo lịch" },
	{ "sent_on", "ngày gửi" },
	{ "signed_on", "ngày ký" },
	{ "source_notified_on", "ngày báo cho nơi chuyển đơn" },
	{ "source_result_on", "ngày báo kết quả cho nơi chuyển đơn" },
	{ "started_on", "ngày bắt đầu" },
	{ "starts_on", "ngày đầu" },
	{ "submitted_on", "ngày gửi báo cáo" },
	{ "until_on", "ngày hết thời gian" },
	{ "used_on", "ngày sử dụng" },
	{ "valid_from", "ngày bắt đầu hiệu lực" },
	{ "valid_to", "ngày hết hiệu lực" },
	{ NULL, NULL },
};

static const char *find(const struct word *words, const char *name)
{
	for (; words->name; words++)
		if (str_eq(words->name, name))
			return words->text;
	return name;
}

const char *guide_pack(const char *pack)
{
	return find(packs, pack);
}

const char *guide_subject(const char *subject)
{
	return find(subjects, subject);
}

/* "case_event.sent_on": the table goes without saying. */
const char *guide_column(const char *column)
{
	const char *dot = strrchr(column, '.');

	return find(columns, dot ? dot + 1 : column);
}

const char *guide_capital(struct arena *a, const char *text)
{
	uint32_t cp;
	size_t n = strlen(text), used = n ? text_next(text, n, &cp) : 0;

	return arena_printf(a, "%s%s", text_upper(a, arena_strndup(a, text, used)), text + used);
}
