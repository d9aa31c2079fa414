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
};

const char *input_name(struct arena *a, const char *table)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_eq(names[i].table, table))
			return arena_printf(a, "%s (%s)", names[i].name, table);
	return table;
}
