/* The planted items of PER-01 .. PER-03; keys as in generate_planted_accounts.c. */
#include "generate.h"

/* An account and its person. `person`: "" = one of their own, "-" = none, else that code. */
struct holder {
	const char *key, *person, *duty, *system, *class, *locked;
};

static const struct holder holders[] = {
	{ "P1-01", "", "CV_THU", "KTTT", "person", "" },
	{ "P1-02", "", "CV_CHEDO", "TST", "admin", "" },
	{ "P1-03", "", "CV_THU", "KTTT", "person", "" },
	{ "P1-04", "", "CV_THU", "KTTT", "person", "" },
	{ "P1-05", "", "CV_TNHS", "GDYT", "person", "" },
	{ "P1-06", "", "CV_THU", "TCS", "person", "2026-09-30" },
	{ "P1-06b", "NV-P1-06", "", "KTTT", "person", "2026-10-06" },
	{ "P1-07", "", "", "TST", "person", "" },
	{ "P1-08", "", "CONG_TAC_VIEN", "TST", "person", "" },
	{ "P1-09", "-", "", "GDYT", "service", "" },
	{ "P1-10", "", "CV_SOTHE", "TST", "shared", "" },
	{ "P1-11", "", "CV_KETOAN", "TCS", "person", "" },
	{ "P1-12", "", "CV_KIEMTRA", "TST", "person", "" },
	{ "P1-13", "", "CV_GIAMDINH", "GDYT", "person", "" },
	{ "P2-01", "", "KE_TOAN_TRUONG", "KTTT", "person", "" },
	{ "P2-02", "", "LANHDAO", "TCS", "leader", "" },
	{ "P2-02b", "NV-P2-02", "", "KTTT", "leader", "" },
	{ "P2-03", "", "KE_TOAN_TRUONG", "KTTT", "person", "" },
	{ "P2-04", "-", "", "KTTT", "service", "" },
	{ "P2-05", "-", "", "KTTT", "shared", "" },
	{ "P2-05b", "-", "", "KTTT", "shared", "" },
	{ "P2-06", "", "LANHDAO", "TCS", "leader", "" },
	{ "P2-06b", "NV-P2-06", "", "KTTT", "leader", "2026-08-31" },
	{ "P2-07", "", "KE_TOAN_TRUONG", "KTTT", "person", "" },
	{ "P2-08", "", "KE_TOAN_TRUONG", "KTTT", "person", "" },
	{ "P2-09", "", "LANHDAO", "TCS", "leader", "" },
	{ "P2-09b", "NV-P2-09", "", "KTTT", "leader", "2026-10-06" },
	{ "P2-10", "", "TRUONG_PHONG_THU", "TST", "person", "" },
	{ "P2-11", "", "KE_TOAN_TRUONG", "KTTT", "person", "" },
	{ "P3-01", "", "CV_THU", "TST", "person", "" },
	{ "P3-02", "", "CV_CHEDO", "TCS", "person", "" },
	{ "P3-03", "", "CV_KETOAN", "KTTT", "person", "" },
	{ "P3-04", "", "CV_GIAMDINH", "GDYT", "person", "" },
	{ "P3-05", "", "CV_THU", "TST", "person", "" },
	{ "P3-06", "", "CV_THU", "TST", "person", "" },
	{ "P3-07", "", "CV_THU", "TST", "person", "" },
	{ "P3-08", "", "CV_THU", "TST", "person", "2026-06-30" },
	{ "P3-09", "-", "", "TNHS", "service", "" },
	{ "P3-10", "", "CV_TNHS", "TNHS", "person", "" },
};

/* account|role|granted|revoked|approval */
static const char *const grants[] = {
	"TK-P1-01|KTTT_NHAP|2025-02-03||31/PD-CNTT",
	"TK-P1-02|TST_QUANTRI|2024-06-03||32/PD-CNTT",
	"TK-P1-03|KTTT_NHAP|2025-02-03|2026-10-05|33/PD-CNTT",
	"TK-P1-04|KTTT_NHAP|2025-02-03|2026-10-06|34/PD-CNTT",
	"TK-P1-05|GDYT_DUYET|2026-10-05||35/PD-CNTT",
	"TK-P1-05|GDYT_GIAMDINH|2026-10-06||36/PD-CNTT",
	"TK-P1-06|TCS_XETDUYET|2025-02-03||37/PD-CNTT",
	"TK-P1-06b|KTTT_BAOCAO|2025-02-03||38/PD-CNTT",
	"TK-P1-07|TST_TRACUU|2025-02-03||39/PD-CNTT",
	"TK-P1-08|TST_TRACUU|2025-02-03||40/PD-CNTT",
	"TK-P1-09|GDYT_TRACUU|2025-02-03||41/PD-CNTT",
	"TK-P1-10|TST_THU_DUYET|2025-02-03||42/PD-CNTT",
	"TK-P1-11|TCS_XETDUYET|2025-02-03||43/PD-CNTT",
	"TK-P1-11|TCS_TRACUU|2025-03-03||44/PD-CNTT",
	"TK-P1-12|TST_SOTHE_IN|2024-02-05|2024-12-31|45/PD-CNTT",
	"TK-P1-12|TST_SOTHE_IN|2026-02-02||46/PD-CNTT",
	"TK-P1-13|GDYT_GIAMDINH|2025-02-03||47/PD-CNTT",
	"TK-P2-01|KTTT_NHAP|2025-02-03||51/PD-CNTT",
	"TK-P2-01|KTTT_DUYET|2025-08-04||52/PD-CNTT",
	"TK-P2-02|TCS_DUYETCHI|2025-02-03||53/PD-CNTT",
	"TK-P2-02b|KTTT_DUYET|2025-02-03||54/PD-CNTT",
	"TK-P2-03|KTTT_NHAP|2025-02-03|2025-08-01|55/PD-CNTT",
	"TK-P2-03|KTTT_DUYET|2025-08-04||56/PD-CNTT",
	"TK-P2-04|KTTT_NHAP|2025-02-03||57/PD-CNTT",
	"TK-P2-04|KTTT_DUYET|2025-02-03||58/PD-CNTT",
	"TK-P2-05|KTTT_NHAP|2025-02-03||59/PD-CNTT",
	"TK-P2-05b|KTTT_DUYET|2025-02-03||60/PD-CNTT",
	"TK-P2-06|TCS_DUYETCHI|2025-02-03||61/PD-CNTT",
	"TK-P2-06b|KTTT_DUYET|2025-02-03||62/PD-CNTT",
	"TK-P2-07|KTTT_DUYET|2025-02-03|2026-10-06|63/PD-CNTT",
	"TK-P2-07|KTTT_NHAP|2025-02-03||64/PD-CNTT",
	"TK-P2-08|KTTT_DUYET|2025-02-03|2026-10-05|65/PD-CNTT",
	"TK-P2-08|KTTT_NHAP|2025-02-03||66/PD-CNTT",
	"TK-P2-09|TCS_DUYETCHI|2025-02-03||67/PD-CNTT",
	"TK-P2-09b|KTTT_DUYET|2025-02-03||68/PD-CNTT",
	"TK-P2-10|TST_THU_NHAP|2026-08-03||69/PD-CNTT",
	"TK-P2-10|TST_THU_DUYET|2026-08-17||70/PD-CNTT",
	"TK-P2-11|KTTT_NHAP|2025-02-03||71/PD-CNTT",
	"TK-P2-11|KTTT_NHAP|2026-02-02||72/PD-CNTT",
	"TK-P2-11|KTTT_DUYET|2026-02-02||73/PD-CNTT",
	"TK-P3-01|TST_THU_NHAP|2025-02-03||",
	"TK-P3-02|TCS_XETDUYET|2025-02-03||",
	"TK-P3-03|KTTT_NHAP|2026-07-20||",
	"TK-P3-04|GDYT_GIAMDINH|2025-02-03||",
	"TK-P3-04|GDYT_TRACUU|2025-02-03||74/PD-CNTT",
	"TK-P3-05|TST_THU_NHAP|2025-02-03|2026-10-05|",
	"TK-P3-06|TST_THU_NHAP|2025-02-03|2026-10-06|",
	"TK-P3-07|TST_THU_NHAP|2026-10-06||",
	"TK-P3-08|TST_THU_NHAP|2025-02-03||",
	"TK-P3-09|TNHS_TIEPNHAN|2025-02-03||",
	"TK-P3-10|TNHS_TIEPNHAN|2026-10-05||",
};

void sample_planted_permissions(struct extracts *x, struct rng *r)
{
	for (int i = 0; i < COUNT(holders); i++) {
		const struct holder *h = &holders[i];
		const char *unit = i % 3 == 0 ? "01002" : i % 3 == 1 ? "48003" : "80002";
		const char *staff = *h->person == '-' ? "" : h->person;
		int locked = day_parse(h->locked);
		char own[24], account[24];

		(void)snprintf(account, sizeof account, "TK-%s", h->key);
		if (!*h->person) {
			(void)snprintf(own, sizeof own, "NV-%s", h->key);
			staff = own;
			put_staff(x, &(struct staff_row){ own, unit, "Viên chức", h->duty,
							  day_of(2020, 2, 3), NULL }, r);
		}
		put_account(x, &(struct account_row){ .id = account, .system = h->system, .unit = unit,
						      .staff = staff, .class = h->class, .request = "PYC-C/2024",
						      .opened = day_of(2024, 1, 8), .locked = locked,
						      .login = locked < day_of(2026, 9, 1) && *h->locked ?
							       locked : day_of(2026, 9, 28) });
	}
	for (int i = 0; i < COUNT(grants); i++)
		put_row(&x->t[T_ACCOUNT_ROLE], grants[i]);
}
