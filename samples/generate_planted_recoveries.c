/* The planted items of RCV-01 .. RCV-13: money to recover, what came back of it, cases and inspections behind it. */
#include "generate.h"

/* Recommendations have no term of the law, so these cases are of no other rule. */
struct money_case {
	const char *id, *decided, *decision;
	long money; /* 0: not said */
};

static const struct money_case cases[] = {
	{ "VV-TH5-01", "2026-09-25", "501/KL-BHXH", 700000 },  { "VV-TH5-02", "2026-09-24", "502/KL-BHXH", 700000 },
	{ "VV-TH5-03", "2026-09-23", "503/KL-BHXH", 700000 },  { "VV-TH5-04", "2026-09-23", "504/KL-BHXH", ZERO_MONEY },
	{ "VV-TH5-05", "2026-09-23", "505/KL-BHXH", 0 }, { "VV-TH5-06", "2026-10-06", "506/KL-BHXH", 700000 },
	{ "VV-TH6-01", "2026-09-14", "601/KL-BHXH", 700000 },  { "VV-TH6-02", "2026-09-14", "602/KL-BHXH", 700000 },
	{ "VV-TH6-03", "2026-09-14", "603/KL-BHXH", 700000 },  { "VV-TH6-04", "2026-09-14", "604/KL-BHXH", 700000 },
	{ "VV-TH6-05", "2026-09-14", "605/KL-BHXH", ZERO_MONEY },       { "VV-TH6-06", "2026-09-14", "606/KL-BHXH", 0 },
	{ "VV-TH6-07", "2026-09-14", "607/KL-BHXH", 700000 },
};

/* id|unit|kind|plan|started|concluded|conclusion|units|found|activity|complex|planned|adjusted|adjustment|ended|drafted */
static const char *const inspections[] = {
	"KT-TH-00|80|planned|80/QĐ-KT|2026-05-04|2026-05-22|80/KL-KT|1|900000000|check|0|2026-05-04|||2026-05-15|2026-05-19",
	"KT-TH-01|80|planned|81/QĐ-KT|2026-05-04|2026-05-22|81/KL-KT|1|900000000|check|0|2026-05-04|||2026-05-15|2026-05-19",
	"KT-7-01|80|unplanned|701/QĐ-KT|2026-08-10|2026-09-05|701/KL-KT|1|300000|check|0||||2026-08-21|2026-08-25",
	"KT-7-02|80|unplanned|702/QĐ-KT|2026-08-10|2026-09-04|702/KL-KT|1|300000|check|0||||2026-08-21|2026-08-25",
	"KT-7-03|80|unplanned|703/QĐ-KT|2026-08-10|2026-09-04|703/KL-KT|1|300000|check|0||||2026-08-21|2026-08-25",
	"KT-7-04|80|unplanned|704/QĐ-KT|2026-08-10|2026-09-04|704/KL-KT|1|0|check|0||||2026-08-21|2026-08-25",
	"KT-8-01|80|unplanned|801/QĐ-KT|2026-08-10|2026-09-04|801/KL-KT|1|300000|check|0||||2026-08-21|2026-08-25",
	"KT-8-02|80|unplanned|802/QĐ-KT|2026-08-10|2026-09-04|802/KL-KT|1|300000|check|0||||2026-08-21|2026-08-25",
	"KT-8-03|80|unplanned|803/QĐ-KT|2026-08-10|2026-09-04|803/KL-KT|1||check|0||||2026-08-21|2026-08-25",
	"KT-8-04|80|unplanned|804/QĐ-KT|2026-08-10|2026-09-04|804/KL-KT|1|300000|check|0||||2026-08-21|2026-08-25",
	"KT-8-05|80|unplanned|805/QĐ-KT|2026-08-10|2026-09-04|805/KL-KT|1|300000|check|0||||2026-08-21|2026-08-25",
};

/* id|case|unit|fund|decision|decided|due|inspection|hard|reason|measure */
static const char *const recoveries[] = {
	"TH-1-01||80001|BHXH|1101/QĐ-TH|2026-09-05|5000000|KT-TH-00|0",
	"TH-1-02||80001|BHXH|1102/QĐ-TH|2026-09-04|5000000|KT-TH-00|0",
	"TH-1-03||80001|BHYT|1103/QĐ-TH|2026-01-12|5000000|KT-TH-00|0",
	"TH-1-04||80001|BHYT|1104/QĐ-TH|2026-06-01|5000000|KT-TH-00|0",
	"TH-1-05||80001|BHTN|1105/QĐ-TH|2026-06-01|5000000|KT-TH-00|0",
	"TH-1-06||80001|BHTN|1106/QĐ-TH|2026-06-01|5000000|KT-TH-00|0",
	"TH-1-07||80001|BHXH|1107/QĐ-TH||5000000|KT-TH-00|0",
	"TH-1-08||80001|BHXH|1108/QĐ-TH|2026-06-01||KT-TH-01|0",
	"TH-1-09||80001||1109/QĐ-TH|2026-06-01|5000000|KT-TH-00|0",
	"TH-1-10||80001||1110/QĐ-TH|2026-09-05|5000000|KT-TH-00|0",
	"TH-1-11||80001|BHXH|1111/QĐ-TH|2026-06-01|0|KT-TH-00|0",
	"TH-1-12||80001|BHXH|1112/QĐ-TH|2026-10-06|5000000|KT-TH-00|0",
	"TH-2-01||80002|BHXH|1201/QĐ-TH|2026-07-07|6000000|KT-TH-00|0",
	"TH-2-02||80002|BHXH|1202/QĐ-TH|2026-07-06|6000000|KT-TH-00|0",
	"TH-2-03||80002|BHYT|1203/QĐ-TH|2026-03-02|6000000|KT-TH-00|0",
	"TH-2-04||80002|BHYT|1204/QĐ-TH|2026-03-02|6000000|KT-TH-00|0",
	"TH-2-05||80002|BHTN|1205/QĐ-TH|2026-03-02|6000000|KT-TH-00|0",
	"TH-2-06||80002|BHTN|1206/QĐ-TH|2026-03-02||KT-TH-01|0",
	"TH-2-07||80002||1207/QĐ-TH|2026-03-02|6000000|KT-TH-00|0",
	"TH-2-08||80002|BHXH|1208/QĐ-TH|2026-03-02|6000000|KT-TH-00|0",
	"TH-3-01||80003|BHXH|1301/QĐ-TH|2026-09-21|900000|KT-TH-00|1|Không còn tài sản",
	"TH-3-02||80003|BHXH|1302/QĐ-TH|2026-09-21|900000|KT-TH-00|1||Trừ dần vào lương hưu",
	"TH-3-03||80003|BHXH|1303/QĐ-TH|2026-09-21|900000|KT-TH-00|1|Không còn tài sản|Trừ dần vào lương hưu",
	"TH-3-04||80003|BHXH|1304/QĐ-TH|2026-09-21|900000|KT-TH-00|1",
	"TH-3-05||80003|BHXH|1305/QĐ-TH|2026-09-21|900000|KT-TH-00|1",
	"TH-3-06||80003|BHXH|1306/QĐ-TH|2026-09-21||KT-TH-01|1",
	"TH-4-01||80006|BHXH||2026-09-21|400000|KT-TH-00|0",
	"TH-4-02||80006|BHXH|1402/QĐ-TH||400000|KT-TH-00|0",
	"TH-4-03||80006|BHXH|||400000|KT-TH-00|0",
	"TH-4-04||80006|BHXH||2026-10-05|400000|KT-TH-00|0",
	"TH-5-03|VV-TH5-03|80006|BHXH|1503/QĐ-TH|2026-10-06|700000||0",
	"TH-6-01|VV-TH6-01|80006|BHXH|1601/QĐ-TH|2026-09-21|700000||0",
	"TH-6-02|VV-TH6-02|80006|BHXH|1602/QĐ-TH|2026-09-21|699999||0",
	"TH-6-03|VV-TH6-03|80006|BHXH|1603/QĐ-TH|2026-09-21|700001||0",
	"TH-6-04|VV-TH6-04|80006|BHXH|1604/QĐ-TH|2026-09-21|500000||0",
	"TH-6-04b|VV-TH6-04|80006|BHYT|1604/QĐ-TH|2026-09-21|200000||0",
	"TH-6-05|VV-TH6-05|80006|BHXH|1605/QĐ-TH|2026-09-21|500000||0",
	"TH-6-06|VV-TH6-06|80006|BHXH|1606/QĐ-TH|2026-09-21|500000||0",
	"TH-6-07|VV-TH6-07|80006|BHXH|1607/QĐ-TH|2026-09-21|700000||0",
	"TH-6-07b|VV-TH6-07|80006|BHYT|1607/QĐ-TH|2026-09-21|||0",
	"TH-7-03||80|BHXH|1703/QĐ-TH|2026-09-21|100000|KT-7-03|0",
	"TH-8-01||80|BHXH|1801/QĐ-TH|2026-09-21|300000|KT-8-01|0",
	"TH-8-02||80|BHXH|1802/QĐ-TH|2026-09-21|300001|KT-8-02|0",
	"TH-8-03||80|BHXH|1803/QĐ-TH|2026-09-21|300000|KT-8-03|0",
	"TH-8-04||80|BHXH|1804/QĐ-TH|2026-09-21||KT-8-04|0",
	"TH-8-05||80|BHXH|1805/QĐ-TH|2026-09-21||KT-8-05|0",
	"TH-8-05b||80|BHYT|1805/QĐ-TH|2026-09-21|300001|KT-8-05|0",
	"TH-9-01||48001|BHXH|1901/QĐ-TH|2026-06-01|100000|KT-TH-00|0",
	"TH-9-02||48001|BHXH|1902/QĐ-TH|2026-06-01|100000|KT-TH-00|0",
	"TH-9-03||48001|BHXH|1903/QĐ-TH|2026-06-01|100000|KT-TH-00|0",
	"TH-11-01||48001|BHXH|1911/QĐ-TH|2026-06-10|300000|KT-TH-00|0",
	"TH-13-01|VV-KHONG-CO|48001|BHXH|1913/QĐ-TH|2026-09-21|130000||0",
	"TH-13-02||48001|BHXH|1914/QĐ-TH|2026-09-21|130000||0",
	"TH-13-03|VV-KHONG-CO|48001|BHXH|1915/QĐ-TH|2026-09-21|130000|KT-TH-00|0",
};

/* id|recovery|paid|amount */
static const char *const payments[] = {
	"TT-1-03|TH-1-03|2026-02-02|1",	       "TT-1-04|TH-1-04|2026-07-01|0",
	"TT-1-05|TH-1-05|2026-10-06|5000000",  "TT-1-06|TH-1-06|2026-10-05|5000000",
	"TT-2-01|TH-2-01|2026-08-03|2000000",  "TT-2-02|TH-2-02|2026-08-03|2000000",
	"TT-2-02b|TH-2-02|2026-09-01|1000000", "TT-2-03|TH-2-03|2026-04-01|5999999",
	"TT-2-04|TH-2-04|2026-04-01|6000000",  "TT-2-05|TH-2-05|2026-04-01|",
	"TT-2-06|TH-2-06|2026-04-01|5000000",  "TT-2-07|TH-2-07|2026-04-01|5000000",
	"TT-2-08|TH-2-08|2026-04-01|5000000",  "TT-2-08b|TH-2-08|2026-10-06|1000000",
	"TT-3-05|TH-3-05|2026-09-28|900000",   "TT-9-01|TH-9-01|2026-06-15|100000",
	"TT-9-02|TH-9-02|2026-06-15|60000",    "TT-9-02b|TH-9-02|2026-07-15|40001",
	"TT-9-03|TH-9-03|2026-06-15|100000",   "TT-9-03b|TH-9-03|2026-10-06|1",
	"TT-10-01||2026-07-01|2000",	       "TT-10-02|TH-KHONG-CO|2026-07-01|3000",
	"TT-10-03|TH-1-12|2026-10-05|4000",    "TT-11-01|TH-11-01|2026-06-09|100000",
	"TT-11-02|TH-11-01|2026-06-10|100000", "TT-11-03|TH-11-01|2026-06-11|90000",
	"TT-11-04|TH-11-01||10000",
};

static void put_money_case(struct extracts *x, const struct money_case *c)
{
	int decided = day_parse(c->decided);

	put_case(x, &(struct case_row){ .id = c->id, .unit = "80006", .kind = "recommendation", .level = "",
					.field = "policy", .complexity = "normal", .many = "0", .remote = "0",
					.decision_no = c->decision, .received = decided - 20,
					.accepted = NO_DAY, .decided = decided, .notified = decided,
					.closed = decided, .closed_how = "decided", .money = c->money ? c->money : UNSAID_MONEY });
}

void sample_planted_recoveries(struct extracts *x)
{
	for (int i = 0; i < COUNT(cases); i++)
		put_money_case(x, &cases[i]);
	for (int i = 0; i < COUNT(inspections); i++)
		put_row(&x->t[T_INSPECTION], inspections[i]);
	for (int i = 0; i < COUNT(recoveries); i++)
		put_row(&x->t[T_RECOVERY], recoveries[i]);
	for (int i = 0; i < COUNT(payments); i++)
		put_row(&x->t[T_RECOVERY_PAYMENT], payments[i]);
}
