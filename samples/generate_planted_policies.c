/*
 * The planted items of ACC-07, 08, 13 .. 25 and PER-04 .. PER-09; keys as in
 * generate_planted_accounts.c.
 */
#include "generate.h"

#include <string.h>

/* ACC-07: when the decision was entered. ACC-08: what the account did. */
static const struct {
	struct leaver who;
	const char *entered; /* NULL: the usual day */
	const char *actions; /* days, with blanks between */
} leavers[] = {
	{ { "A7-01", "retire", "2026-06-10", "2026-06-01", "", "", "", "", "2026-06-01" }, "2026-06-10", "" },
	{ { "A7-02", "retire", "2026-06-10", "2026-06-01", "", "", "", "", "2026-06-01" }, "2026-06-11", "" },
	{ { "A7-03", "resign", "", "2026-06-01", "", "", "", "", "2026-06-01" }, "2026-10-06", "" },
	{ { "A7-04", "suspend", "", "2026-06-01", "", "", "", "", "2026-06-01" }, "2026-07-01", "" },
	{ { "A7-05", "maternity", "", "2026-10-06", "", "", "", "", "" }, "", "" },
	{ { "A7-06", "transfer", "", "2026-08-03", "", "48", "48003", "", "" }, "2026-08-04", "" },
	{ { "A7-07", "transfer", "", "2026-08-03", "", "48", "48003", "", "" }, "2026-08-02", "" },
	{ { "A8-01", "retire", "", "2026-09-01", "", "", "", "", "2026-09-01" }, NULL, "2026-08-31 2026-09-01" },
	{ { "A8-02", "retire", "", "2026-09-01", "", "", "", "", "2026-09-15" }, NULL,
	  "2026-09-02 2026-09-10 2026-10-06" },
	{ { "A8-03", "maternity", "", "2026-03-02", "2026-08-31", "", "", "", "2026-03-02" }, NULL,
	  "2026-08-31 2026-09-01" },
	{ { "A8-04", "maternity", "", "2026-03-02", "2026-08-31", "", "", "", "2026-03-02" }, NULL,
	  "2026-03-02 2026-09-01" },
	{ { "A8-05", "transfer", "", "2026-08-03", "", "48", "80002", "", "2026-08-03" }, NULL, "2026-08-05" },
	{ { "A8-06", "transfer", "", "2026-08-03", "", "48", "48003", "", "" }, NULL, "2026-08-05" },
	{ { "A8-07", "suspend", "", "2026-07-01", "2026-07-31", "", "", "", "2026-07-01" }, NULL, "2026-07-10" },
	{ { "A8-08", "retire", "", "2026-09-01", "", "", "", "", "2026-09-01" }, NULL, "" },
	{ { "A8-09", "retire", "", "2026-09-01", "", "", "", "", "2026-09-01" }, NULL, "" },
};

/* Accounts. `person`: "" = one of their own, "-" = none, else that code; `state` of the own directory entry. */
struct policy {
	const char *key, *person, *system, *class, *unit;
	const char *request, *opened, *locked, *expires;
	const char *password, *name, *mail, *state;
};

#define USUAL .request = "21/PYC-CNTT", .opened = "2023-03-01"
#define PERSON(k, s) .key = (k), .person = "", .system = (s), .class = "person"
#define NOBODY(k, s, c) .key = (k), .person = "-", .system = (s), .class = (c)

static const struct policy policies[] = {
	{ PERSON("A13-01", "TST"), USUAL, .unit = "80099" },
	{ PERSON("A13-02", "TST"), USUAL, .unit = "80099", .locked = "2026-03-31" },
	{ PERSON("A13-03", "TST"), USUAL, .unit = "80099", .locked = "2026-10-06" },
	{ PERSON("A13-04", "TST"), USUAL, .unit = "51009" },
	{ NOBODY("A14-01", "GDYT", "external"), USUAL, .expires = "2026-12-31" },
	{ .key = "A14-02", .person = "", .system = "GDYT", .class = "external", .opened = "2023-03-01",
	  .expires = "2026-12-31" },
	{ NOBODY("A14-03", "GDYT", "external"), .opened = "2023-03-01", .expires = "2026-12-31" },
	{ NOBODY("A14-04", "GDYT", "external"), USUAL, .locked = "2026-10-05" },
	{ NOBODY("A15-01", "GDYT", "external"), USUAL, .expires = "2026-10-04" },
	{ NOBODY("A15-02", "GDYT", "external"), USUAL, .expires = "2026-10-05" },
	{ .key = "A15-03", .person = "", .system = "TNHS", .class = "shared", USUAL, .expires = "2026-06-30" },
	{ NOBODY("A15-04", "GDYT", "external"), USUAL, .expires = "2026-06-30", .locked = "2026-07-01" },
	{ PERSON("A15-05", "KTTT"), USUAL, .expires = "2026-09-30" },
	{ NOBODY("A15-06", "GDYT", "external"), USUAL, .expires = "2026-06-30", .locked = "2026-10-06" },
	{ .key = "A16-01", .person = "", .system = "TNHS", .class = "shared", USUAL },
	{ .key = "A16-02", .person = "", .system = "TNHS", .class = "shared", .opened = "2023-03-01" },
	{ NOBODY("A16-03", "TNHS", "shared"), USUAL },
	{ .key = "A16-04", .person = "NV-9999", .system = "TNHS", .class = "shared", USUAL },
	{ NOBODY("A16-05", "TNHS", "shared"), .opened = "2023-03-01", .locked = "2026-09-01" },
	{ .key = "A17-01", .person = "", .system = "TNHS", .class = "service", USUAL },
	{ NOBODY("A17-02", "TNHS", "service"), USUAL, .locked = "2026-10-06" },
	{ NOBODY("A18-01", "SSO", "emergency"), .opened = "2026-09-28" },
	{ NOBODY("A18-02", "SSO", "emergency"), .opened = "2026-09-27" },
	{ NOBODY("A18-03", "SSO", "emergency"), .opened = "2026-10-01", .expires = "2026-10-04" },
	{ NOBODY("A18-04", "SSO", "emergency"), .opened = "2026-10-01", .expires = "2026-10-05" },
	{ NOBODY("A18-05", "SSO", "emergency"), .opened = "-" },
	{ NOBODY("A18-06", "SSO", "emergency"), .opened = "-", .expires = "2026-09-25" },
	{ PERSON("A19-01", "TST"), USUAL, .mail = "NVA1902@VSS.GOV.VN" },
	{ PERSON("A19-02", "TST"), USUAL },
	{ PERSON("A19-03", "TST"), USUAL, .mail = "phongthu@vss.gov.vn" },
	{ PERSON("A19-04", "TCS"), USUAL, .mail = "phongthu@vss.gov.vn" },
	{ PERSON("A19-05", "TST"), USUAL, .mail = "tamthoi@vss.gov.vn" },
	{ PERSON("A19-06", "TST"), USUAL, .mail = "tamthoi@vss.gov.vn", .locked = "2026-09-01" },
	{ PERSON("A20-01", "SSO"), USUAL, .mail = "khac1@vss.gov.vn" },
	{ PERSON("A20-02", "SSO"), USUAL, .mail = "khac2@vss.gov.vn", .name = "NVA2002" },
	{ PERSON("A20-03", "SSO"), USUAL, .mail = "NVA2003@vss.gov.vn" },
	{ PERSON("A20-04", "SSO"), USUAL, .mail = "khac4@vss.gov.vn", .name = "nva2004@vss.gov.vn" },
	{ NOBODY("A20-05", "SSO", "person"), USUAL },
	{ .key = "A20-06", .person = "", .system = "SSO", .class = "", USUAL, .mail = "khac6@vss.gov.vn" },
	{ PERSON("A20-07", "KTTT"), USUAL, .mail = "khac7@vss.gov.vn" },
	{ PERSON("A20-08", "SSO"), USUAL, .mail = "khac8@vss.gov.vn", .locked = "2026-10-06" },
	{ PERSON("A20-09", "SSO"), USUAL, .state = "-" },
	{ PERSON("A21-01", "SSO"), USUAL, .state = "locked" },
	{ PERSON("A21-02", "TST"), USUAL, .state = "locked" },
	{ PERSON("A21-03", "SSO"), USUAL, .state = "" },
	{ PERSON("A21-04", "SSO"), USUAL, .state = "locked", .locked = "2026-10-06" },
	{ PERSON("A24-05", "TST"), .request = "22/PYC-CNTT", .opened = "2026-10-06" },
	{ PERSON("A25-01", "TST"), USUAL, .password = "2026-07-07" },
	{ PERSON("A25-02", "TST"), USUAL, .password = "2026-07-06" },
	{ PERSON("A25-03", "TST"), .request = "23/PYC-CNTT", .opened = "2026-01-05", .password = "2026-01-05" },
	{ PERSON("A25-04", "TST"), .request = "23/PYC-CNTT", .opened = "2026-07-07", .password = "-" },
	{ PERSON("A25-05", "TST"), .request = "23/PYC-CNTT", .opened = "2026-07-06", .password = "-" },
	{ PERSON("A25-06", "TST"), USUAL, .password = "2026-10-06" },
	{ PERSON("A25-07", "SSO"), USUAL, .password = "-" },
	{ .key = "A25-08", .person = "", .system = "TNHS", .class = "service", USUAL, .password = "2020-01-06" },
	{ PERSON("P4-01", "KTTT"), USUAL, .unit = "48003" }, { PERSON("P4-02", "KTTT"), USUAL, .unit = "48003" },
	{ PERSON("P4-03", "KTTT"), USUAL, .unit = "48003" }, { PERSON("P4-04", "KTTT"), USUAL, .unit = "48003" },
	{ PERSON("P4-05", "KTTT"), USUAL, .unit = "48003" }, { PERSON("P4-06", "KTTT"), USUAL, .unit = "48003" },
	{ PERSON("P4-07", "KTTT"), USUAL, .unit = "48003" }, { PERSON("P4-08", "KTTT"), USUAL, .unit = "48003" },
	{ PERSON("P5-01", "KTTT"), USUAL, .locked = "2026-09-05" },
	{ PERSON("P5-02", "KTTT"), USUAL, .locked = "2026-09-04" },
	{ PERSON("P5-03", "KTTT"), USUAL, .locked = "2026-01-05" },
	{ PERSON("P5-04", "KTTT"), USUAL, .locked = "2026-01-05" },
	{ PERSON("P6-01", "TST"), USUAL }, { PERSON("P6-02", "KTTT"), USUAL }, { PERSON("P6-03", "TST"), USUAL },
	{ NOBODY("P7-01", "GDYT", "external"), USUAL, .expires = "2026-12-31" },
	{ NOBODY("P7-02", "GDYT", "external"), USUAL, .expires = "2026-12-31" },
	{ NOBODY("P7-03", "GDYT", "external"), USUAL, .expires = "2026-12-31", .locked = "2026-10-06" },
	{ .key = "P8-01", .person = "", .system = "KTTT", .class = "shared", USUAL },
	{ PERSON("P9-01", "CSDLQG-KNTC"), USUAL }, { PERSON("P9-02", "CSDLQG-KNTC"), USUAL },
};

/* account|role|granted|revoked|approval */
static const char *const grants[] = {
	"TK-P4-01|KTTT_NHAP|2025-02-03||81/PD-CNTT", "TK-P4-02|KTTT_NHAP|2026-08-03||81/PD-CNTT",
	"TK-P4-03|KTTT_NHAP|2025-02-03||81/PD-CNTT", "TK-P4-03|KTTT_NHAP|2026-08-05||82/PD-CNTT",
	"TK-P4-04|KTTT_BAOCAO|2025-02-03||81/PD-CNTT", "TK-P4-05|KTTT_NHAP|2025-02-03||81/PD-CNTT",
	"TK-P4-06|KTTT_NHAP|2025-09-01||81/PD-CNTT", "TK-P4-07|KTTT_NHAP|2025-02-03|2026-10-05|81/PD-CNTT",
	"TK-P4-08|KTTT_NHAP|2025-02-03|2026-10-06|81/PD-CNTT",
	"TK-P5-01|KTTT_NHAP|2025-02-03||83/PD-CNTT", "TK-P5-02|KTTT_NHAP|2025-02-03||83/PD-CNTT",
	"TK-P5-03|KTTT_NHAP|2025-02-03|2026-10-06|83/PD-CNTT", "TK-P5-04|KTTT_NHAP|2025-02-03|2026-01-05|83/PD-CNTT",
	"TK-P6-01|KTTT_BAOCAO|2025-02-03||84/PD-CNTT", "TK-P6-02|KHONG_CO|2025-02-03||84/PD-CNTT",
	"TK-P6-03|KTTT_BAOCAO|2025-02-03|2026-10-05|84/PD-CNTT",
	"TK-P7-01|GDYT_DUYET|2026-10-04||85/PD-CNTT", "TK-P7-02|GDYT_TRACUU|2025-02-03||85/PD-CNTT",
	"TK-P7-03|GDYT_GIAMDINH|2026-09-05||85/PD-CNTT",
	"TK-P8-01|KTTT_NHAP|2025-02-03|2026-10-05|86/PD-CNTT",
	"TK-P9-01|KNTC_QUANTRI|2025-02-03||87/PD-CNTT", "TK-P9-02|KNTC_QUANTRI|2025-02-03|2026-10-05|87/PD-CNTT",
};

/* event|person|kind|number|signed|effective|until|to|entered */
static const char *const events[] = {
	"SK-P4-01|NV-P4-01|transfer|5001/QĐ-BHXH|2026-07-20|2026-08-03||48|2026-07-20",
	"SK-P4-02|NV-P4-02|transfer|5002/QĐ-BHXH|2026-07-20|2026-08-03||48|2026-07-20",
	"SK-P4-03|NV-P4-03|transfer|5003/QĐ-BHXH|2026-07-20|2026-08-03||48|2026-07-20",
	"SK-P4-04|NV-P4-04|transfer|5004/QĐ-BHXH|2026-07-20|2026-08-03||48|2026-07-20",
	"SK-P4-05|NV-P4-05|transfer|5005/QĐ-BHXH|2026-09-20|2026-10-06||48|2026-09-20",
	"SK-P4-06|NV-P4-06|transfer|5006/QĐ-BHXH|2025-05-20|2025-06-02||48|2025-05-20",
	"SK-P4-06b|NV-P4-06|transfer|5007/QĐ-BHXH|2026-07-20|2026-08-03||48|2026-07-20",
	"SK-P4-07|NV-P4-07|transfer|5008/QĐ-BHXH|2026-07-20|2026-08-03||48|2026-07-20",
	"SK-P4-08|NV-P4-08|transfer|5009/QĐ-BHXH|2026-07-20|2026-08-03||48|2026-07-20",
	"SK-A22-01|NV-A22-01|retire|5101/QĐ-BHXH|2026-08-20|2026-09-01|||2026-08-20",
	"SK-A22-02|NV-A22-02|retire|5102/QĐ-BHXH|2026-09-20|2026-10-05|||2026-09-20",
	"SK-A22-03|NV-A22-03|transfer|5103/QĐ-BHXH|2026-07-20|2026-08-03|||2026-07-20",
	"SK-A22-04|NV-A22-04|resign|5104/QĐ-BHXH|2026-02-20|2026-03-02|||2026-02-20",
	"SK-A22-04b|NV-A22-04|return|5105/QĐ-BHXH|2026-05-20|2026-06-01|||",
	"SK-A22-05|NV-A22-05|retire|5106/QĐ-BHXH|2026-08-20|2026-09-01|||2026-08-20",
	"SK-A24-04|NV-A24-04|maternity|5107/QĐ-BHXH|2026-07-20|2026-08-03|2027-02-02||2026-07-20",
};

/* ACC-22 and ACC-24: persons by their directory entry. person|joined|state|locking of the account, "-": none */
static const char *const persons[][4] = {
	{ "A22-01", "2019-04-01", "active", "2026-09-01" }, { "A22-02", "2019-04-01", "active", "2026-10-05" },
	{ "A22-03", "2019-04-01", "active", "2026-08-03" }, { "A22-04", "2019-04-01", "active", "2026-03-02" },
	{ "A22-05", "2019-04-01", "", "2026-09-01" },	    { "A24-01", "2019-04-01", "active", "-" },
	{ "A24-02", "2026-09-05", "active", "-" },	    { "A24-03", "2026-09-04", "active", "-" },
	{ "A24-04", "2019-04-01", "active", "-" },	    { "A24-06", "2019-04-01", "locked", "-" },
};

static const char *const directory[] = {
	"khach1|khach1@vss.gov.vn|NV-9999|active", "khach2|khach2@vss.gov.vn|NV-9998|locked",
	"khach3|khach3@vss.gov.vn|NV-9997|", "qldl.cntt|qldl.cntt@vss.gov.vn||active",
	"cu.cntt|cu.cntt@vss.gov.vn||locked",
};

static void put_actions(struct extracts *x, const char *account, const char *days)
{
	struct out *o = &x->t[T_ACCOUNT_ACTION];
	int n = 0;

	for (const char *p = days; *p; p += strspn(p, " ")) {
		char day[11];

		(void)snprintf(day, sizeof day, "%.10s", p);
		put(o, account);
		put(o, day);
		put(o, "SUA");
		put_f(o, "HS-%s-%d", account + 3, ++n);
		end_row(o);
		p += strlen(day);
	}
}

static void put_leavers(struct extracts *x, struct rng *r)
{
	for (int i = 0; i < COUNT(leavers); i++) {
		char account[24];

		put_leaver(x, &leavers[i].who, 700 + i, leavers[i].entered ? day_parse(leavers[i].entered) : 0, r);
		(void)snprintf(account, sizeof account, "TK-%s", leavers[i].who.key);
		put_actions(x, account, leavers[i].actions);
	}
	/* The service account of A8-08 works on; of A8-09 nobody says what the second account is. */
	put_account(x, &(struct account_row){ .id = "TK-A8-08s", .system = "KTTT", .unit = "80003",
					      .staff = "NV-A8-08", .class = "service", .request = "24/PYC-CNTT",
					      .opened = day_of(2023, 3, 1), .locked = day_of(2026, 9, 1),
					      .login = day_of(2026, 8, 31) });
	put_actions(x, "TK-A8-08s", "2026-09-20");
	put_account(x, &(struct account_row){ .id = "TK-A8-09c", .system = "KTTT", .unit = "80003",
					      .staff = "NV-A8-09", .class = "", .request = "24/PYC-CNTT",
					      .opened = day_of(2023, 3, 1), .locked = day_of(2026, 9, 1),
					      .login = day_of(2026, 8, 31) });
	put_actions(x, "TK-A8-09c", "2026-09-20");
}

static void put_policy(struct extracts *x, const struct policy *p, struct rng *r)
{
	const char *unit = p->unit ? p->unit : "80005", *staff = *p->person == '-' ? "" : p->person;
	int opened = day_parse(p->opened), locked = day_parse(p->locked), login = day_of(2026, 9, 28);
	char own[24], account[24];

	(void)snprintf(account, sizeof account, "TK-%s", p->key);
	if (!*p->person) {
		(void)snprintf(own, sizeof own, "NV-%s", p->key);
		staff = own;
		put_staff(x, &(struct staff_row){ own, unit, p->key[1] == '9' ? "Quản trị viên" : "Kế toán viên",
						  p->key[0] == 'P' && p->key[1] == '9' ? "QT_CNTT" : "CV_KETOAN",
						  day_of(2019, 4, 1), p->state }, r);
	}
	if (locked != NO_DAY && locked < login)
		login = locked;
	if (opened > login)
		login = opened > day_of(2026, 10, 5) ? NO_DAY : opened;
	put_account(x, &(struct account_row){ .id = account, .system = p->system, .unit = unit, .staff = staff,
					      .class = p->class, .request = p->request, .opened = opened,
					      .locked = locked, .login = login, .name = p->name, .mail = p->mail,
					      .expires = p->expires ? day_parse(p->expires) : 0,
					      .password = p->password ? day_parse(p->password) : 0 });
}

static void put_persons(struct extracts *x, struct rng *r)
{
	for (int i = 0; i < COUNT(persons); i++) {
		const char *const *p = persons[i];
		char staff[24], account[24];

		(void)snprintf(staff, sizeof staff, "NV-%s", p[0]);
		(void)snprintf(account, sizeof account, "TK-%s", p[0]);
		put_staff(x, &(struct staff_row){ staff, "80005", "Kế toán viên", "CV_KETOAN", day_parse(p[1]), p[2] },
			  r);
		if (*p[3] != '-')
			put_account(x, &(struct account_row){ .id = account, .system = "KTTT", .unit = "80005",
							      .staff = staff, .class = "person",
							      .request = "25/PYC-CNTT", .opened = day_of(2023, 3, 1),
							      .locked = day_parse(p[3]),
							      .login = day_parse(p[3]) - 1 });
	}
}

void sample_planted_policies(struct extracts *x)
{
	struct rng r = { 20261008 };

	put_leavers(x, &r);
	for (int i = 0; i < COUNT(policies); i++)
		put_policy(x, &policies[i], &r);
	put_persons(x, &r);
	for (int i = 0; i < COUNT(grants); i++)
		put_row(&x->t[T_ACCOUNT_ROLE], grants[i]);
	for (int i = 0; i < COUNT(events); i++)
		put_row(&x->t[T_STAFF_EVENT], events[i]);
	for (int i = 0; i < COUNT(directory); i++)
		put_row(&x->t[T_DIRECTORY], directory[i]);
}
