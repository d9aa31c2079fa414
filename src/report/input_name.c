/* Leadership reads Vietnamese, the IT centre looks for the extract: both names are given. */
#include "input_name.h"

#include <rasoat/str.h>

static const struct {
	const char *table, *name;
} names[] = {
	{ "unit", "Đơn vị" },
	{ "unit_parent", "Quan hệ trực thuộc của đơn vị" },
	{ "staff", "Nhân sự" },
	{ "staff_event", "Biến động nhân sự" },
	{ "system", "Phần mềm nghiệp vụ" },
	{ "account", "Tài khoản" },
	{ "role", "Vai trò" },
	{ "account_role", "Vai trò cấp cho tài khoản" },
	{ "duty_role", "Vai trò theo nhiệm vụ" },
	{ "role_conflict", "Cặp vai trò xung đột" },
	{ "account_action", "Nhật ký thao tác tài khoản" },
	{ "certificate", "Chứng thư số" },
	{ "directory", "Danh bạ thư điện tử" },
	{ "data_request", "Yêu cầu cung cấp dữ liệu" },
	{ "visit", "Lượt tiếp công dân" },
	{ "reception_session", "Buổi tiếp công dân của Thủ trưởng" },
	{ "petition", "Đơn" },
	{ "case_file", "Vụ việc khiếu nại, tố cáo" },
	{ "case_event", "Diễn biến vụ việc" },
	{ "case_party", "Người liên quan trong vụ việc" },
	{ "recovery", "Khoản phải thu hồi" },
	{ "recovery_payment", "Khoản đã thu hồi" },
	{ "inspection", "Cuộc thanh tra, kiểm tra" },
	{ "certificate_use", "Nhật ký ký số" },
	{ "case_outcome", "Kiến nghị trong quyết định, kết luận" },
	{ "case_execution", "Kết quả thi hành quyết định, kết luận" },
	{ "benefit_payment", "Chi trả chế độ một lần" },
	{ "insurance_book", "Sổ bảo hiểm xã hội" },
	{ "insured_person", "Người tham gia bảo hiểm xã hội" },
	{ "report_submission", "Báo cáo đã nhận" },
	{ "indicator", "Số liệu do đơn vị nhập" },
	{ "corruption_case", "Vụ tham nhũng, lãng phí, tiêu cực" },
	{ "legal_gap", "Văn bản còn sơ hở" },
};

const char *input_name(struct arena *a, const char *table)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_eq(names[i].table, table))
			return arena_printf(a, "%s (%s)", names[i].name, table);
	return table;
}
