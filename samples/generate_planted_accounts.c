/*
 * The planted items of ACC-01 .. ACC-06. The key of each says which rule it was planted for and
 * its number in samples/README.md: account TK-A1-05 of person NV-A1-05 is ACC-01, number 5.
 */
#include "generate.h"

#include <string.h>

static const struct leaver leavers[] = {
	/* ACC-01: open after a departure of a named kind */
	{ "A1-01", "retire", "", "2026-08-01", "", "", "", "", "" },
	{ "A1-02", "retire", "", "2026-10-04", "", "", "", "", "" },
	{ "A1-03", "retire", "", "2026-10-05", "", "", "", "", "" },
	{ "A1-04", "retire", "", "2026-10-06", "", "", "", "", "" },
	{ "A1-05", "maternity", "", "2026-05-04", "2026-11-03", "", "", "", "" },
	{ "A1-06", "maternity", "", "2026-03-02", "2026-09-01", "", "", "", "" },
	{ "A1-07", "maternity", "", "2026-04-06", "2026-10-05", "", "", "", "" },
	{ "A1-08", "maternity", "", "2026-04-05", "2026-10-04", "", "", "", "" },
	{ "A1-09", "maternity", "", "2026-04-01", "2026-10-31", "", "", "", "" },
	{ "A1-10", "maternity", "", "2026-06-01", "2026-12-01", "", "", "", "" },
	{ "A1-11", "maternity", "", "2026-06-01", "2026-12-01", "", "", "", "" },
	{ "A1-12", "transfer", "", "2026-09-01", "", "48", "80002", "", "" },
	{ "A1-13", "transfer", "", "2026-09-01", "", "48001", "48001", "", "" },
	{ "A1-14", "transfer", "", "2026-09-01", "", "48", "48003", "", "" },
	{ "A1-15", "transfer", "", "2026-08-03", "", "48002", "80001", "", "2026-08-03" },
	{ "A1-16", "transfer", "", "2026-07-15", "", "01003", "80004", "2026-07-15", "" },
	{ "A1-17", "transfer", "", "2026-07-15", "", "01003", "80004", "2026-07-14", "" },
	{ "A1-18", "retire", "2026-10-06", "2026-09-20", "", "", "", "", "" },
	{ "A1-19", "retire", "", "2026-10-01", "", "", "", "", "2026-10-06" },
	{ "A1-20", "retire", "", "2026-07-01", "", "", "", "2026-08-10", "" },
	{ "A1-21", "resign", "-", "2026-09-30", "", "", "", "", "" },
	{ "A1-22", "dismiss", "", "2026-06-30", "", "", "01002", "", "" },
	{ "A1-23", "transfer", "", "2026-08-17", "", "", "01004", "", "" },
	{ "A1-24", "transfer", "", "2026-08-03", "", "25", "80", "-", "" },
	{ "A1-25", "retire", "", "2026-09-10", "", "", "", "", "" },
	{ "A1-26", "maternity", "", "2026-06-15", "2026-12-15", "", "48004", "", "" },
	{ "A1-27", "transfer", "", "2026-08-24", "", "48", "51009", "", "" },
	{ "A1-28", "maternity", "", "2025-05-01", "2025-10-31", "", "", "2026-01-05", "" },
	{ "A1-29", "maternity", "", "2026-07-01", "2026-12-31", "", "48005", "", "" },
	{ "A1-30", "transfer", "", "2026-03-02", "", "48", "80002", "", "" },
	{ "A1-31", "transfer", "", "2026-03-02", "", "48", "80002", "", "" },
	{ "A1-32", "transfer", "", "2026-03-02", "", "48", "80002", "", "" },
	{ "A1-33", "transfer", "", "2026-03-02", "", "48", "80002", "", "" },
	/* ACC-02: locked too late */
	{ "A2-01", "retire", "", "2026-06-01", "", "", "", "", "2026-06-20" },
	{ "A2-02", "retire", "", "2026-06-01", "", "", "", "", "2026-06-02" },
	{ "A2-03", "retire", "", "2026-06-01", "", "", "", "", "2026-06-01" },
	{ "A2-04", "retire", "", "2026-06-01", "", "", "", "", "2026-05-31" },
	{ "A2-05", "maternity", "", "2026-03-01", "2026-08-31", "", "", "", "2026-04-15" },
	{ "A2-06", "maternity", "", "2026-02-01", "2026-07-31", "", "", "", "2026-08-10" },
	{ "A2-07", "maternity", "", "2026-02-02", "2026-07-31", "", "", "", "2026-08-01" },
	{ "A2-08", "maternity", "", "2026-02-02", "2026-07-31", "", "", "", "2026-07-31" },
	{ "A2-09", "transfer", "", "2026-08-03", "", "48", "80001", "", "2026-08-20" },
	{ "A2-10", "transfer", "", "2026-08-03", "", "48", "48006", "", "2026-09-15" },
	{ "A2-11", "retire", "", "2026-05-01", "", "", "", "2026-05-10", "2026-06-01" },
	{ "A2-12", "retire", "", "2026-05-04", "", "", "", "2026-05-04", "2026-05-25" },
	{ "A2-13", "resign", "", "2026-04-01", "", "", "01005", "-", "2026-04-08" },
	{ "A2-14", "suspend", "", "2026-07-01", "", "", "", "", "2026-07-20" },
	{ "A2-15", "transfer", "", "2026-03-02", "", "48", "80002", "", "2026-05-01" },
	{ "A2-16", "transfer", "", "2026-03-02", "", "48", "80002", "", "2026-07-01" },
	/* ACC-06: the other kinds */
	{ "A6-01", "suspend", "", "2026-09-01", "2026-11-29", "", "", "", "" },
	{ "A6-02", "unpaid_leave", "", "2026-08-15", "2027-02-14", "", "01001", "", "" },
	{ "A6-03", "death", "", "2026-10-04", "", "", "", "", "" },
	{ "A6-04", "death", "", "2026-10-05", "", "", "", "", "" },
	{ "A6-05", "suspend", "", "2026-07-01", "", "", "", "", "" },
	{ "A6-06", "unpaid_leave", "", "2026-04-01", "2026-09-30", "", "", "", "" },
	{ "A6-07", "death", "", "2026-07-20", "", "", "48001", "", "" },
	{ "A6-08", "suspend", "", "2026-09-05", "2026-10-05", "", "", "", "" },
	{ "A6-09", "suspend", "", "2026-08-01", "2026-10-30", "", "", "", "" },
	{ "A6-10", "unpaid_leave", "", "2026-09-20", "2027-03-19", "", "", "2026-09-25", "" },
};

/* Further events of the persons above. */
static const char *const more_events[] = {
	"SK-A1-09b|NV-A1-09|return|2190/QĐ-BHXH|2026-09-10|2026-09-15|||2026-09-10",
	"SK-A1-10b|NV-A1-10|return|2191/QĐ-BHXH|2026-10-01|2026-10-05|||2026-10-01",
	"SK-A1-11b|NV-A1-11|return|2192/QĐ-BHXH|2026-10-01|2026-10-06|||2026-10-01",
	"SK-A1-25b|NV-A1-25|maternity|118/QĐ-BHXH|2024-12-20|2025-01-01|2025-06-30||2024-12-20",
	"SK-A1-26b|NV-A1-26|resign|2081/QĐ-BHXH|2026-09-08|2026-09-15|||2026-09-08",
	"SK-A1-29b|NV-A1-29|maternity|1117/QĐ-BHXH|2025-05-20|2025-06-01|2025-12-31||2025-05-20",
	"SK-A1-29c|NV-A1-29|return|3002/QĐ-BHXH|2025-11-20|2025-12-01|||2025-11-20",
	"SK-A1-30b|NV-A1-30|return|1790/QĐ-BHXH|2026-07-24|2026-08-01|||2026-07-24",
	"SK-A1-31b|NV-A1-31|transfer|1801/QĐ-BHXH|2026-08-20|2026-09-01||80|2026-08-20",
	"SK-A1-32b|NV-A1-32|transfer|1802/QĐ-BHXH|2026-08-20|2026-09-01||80001|2026-08-20",
	"SK-A1-33b|NV-A1-33|transfer|1803/QĐ-BHXH|2026-10-01|2026-10-06||80|2026-10-01",
	"SK-A2-15b|NV-A2-15|transfer|1501/QĐ-BHXH|2026-05-20|2026-06-01||80002|2026-05-20",
	"SK-A2-16b|NV-A2-16|transfer|1502/QĐ-BHXH|2026-05-20|2026-06-01||80002|2026-05-20",
	"SK-A6-05b|NV-A6-05|return|2155/QĐ-BHXH|2026-09-25|2026-09-28|||2026-09-25",
	"SK-A6-09b|NV-A6-09|retire|2101/QĐ-BHXH|2026-09-12|2026-09-20|||2026-09-12",
};

static const char *or_usual(const char *text, const char *usual)
{
	return *text ? text : usual;
}

/* Decisions that were entered late, not at all, or tomorrow; the others twelve days before they took effect. */
static const struct {
	const char *key, *entered;
} entered[] = {
	{ "A1-01", "2026-08-11" }, { "A1-02", "2026-10-05" }, { "A1-03", "2026-10-05" },
	{ "A1-05", "2026-05-04" }, { "A1-06", "2026-03-03" }, { "A1-12", "" },
	{ "A2-01", "2026-06-15" }, { "A2-02", "" },	       { "A2-05", "2026-04-20" },
	{ "A2-09", "2026-08-20" }, { "A6-01", "2026-09-11" }, { "A6-02", "" },
};

static int entered_on(const char *key)
{
	for (int i = 0; i < COUNT(entered); i++)
		if (!strcmp(entered[i].key, key))
			return day_parse(entered[i].entered);
	return 0;
}

/* Gone for good, so that the mail is closed. */
static bool is_gone(const struct leaver *l, int as_of)
{
	static const char *const kinds[] = { "retire", "resign", "dismiss", "death" };

	for (int i = 0; i < COUNT(kinds); i++)
		if (!strcmp(l->kind, kinds[i]))
			return day_parse(l->effective) <= as_of && day_parse(l->signed_on) <= as_of;
	return false;
}

void put_leaver(struct extracts *x, const struct leaver *l, int n, int late, struct rng *r)
{
	const char *unit = or_usual(l->account_unit, "80003");
	char staff[24], account[24], id[24], number[32];
	int effective = day_parse(l->effective);
	int login = *l->locked ? day_parse(l->locked) : day_of(2026, 9, 28);
	int opened = *l->opened ? day_parse(l->opened) : day_of(2023, 3, 1);

	(void)snprintf(staff, sizeof staff, "NV-%s", l->key);
	(void)snprintf(account, sizeof account, "TK-%s", l->key);
	(void)snprintf(id, sizeof id, "SK-%s", l->key);
	(void)snprintf(number, sizeof number, "%d/QĐ-BHXH", 1200 + n);
	put_staff(x, &(struct staff_row){ staff, unit, "Chuyên viên quản lý thu", "CV_THU",
					  day_of(2019, 4, 1),
					  is_gone(l, day_of(2026, 10, 5)) ? "locked" : NULL }, r);
	put_decision(x, &(struct decision_row){ .id = id, .staff = staff, .kind = l->kind, .number = number,
						.to_unit = l->to_unit, .effective = effective,
						.signed_on = !*l->signed_on ? effective - 14 : day_parse(l->signed_on),
						.until = day_parse(l->until),
						.entered = late ? late : effective - 12 });
	if (login > day_of(2026, 9, 28))
		login = day_of(2026, 9, 28);
	put_account(x, &(struct account_row){ .id = account, .system = "TST", .unit = unit, .staff = staff,
					      .class = "person", .request = "PYC-A/2023", .opened = opened,
					      .locked = day_parse(l->locked), .login = login });
}

/* Accounts of ACC-03 .. ACC-05. `person`: "" = one of their own, "-" = none, else that code. */
struct plan {
	const char *key, *person, *system, *class, *request, *opened, *locked, *login;
};

static const struct plan plans[] = {
	{ "A3-01", "-", "TST", "person", "", "2023-03-01", "", "2026-09-28" },
	{ "A3-02", "NV-9999", "TCS", "person", "", "2023-03-01", "", "2026-09-28" },
	{ "A3-03", "-", "CSDLQG-KNTC", "admin", "", "2023-03-01", "", "2026-09-28" },
	{ "A3-04", "-", "GDYT", "external", "", "2024-05-06", "", "2026-09-28" },
	{ "A3-05", "-", "GDYT", "external", "15/PYC-GDYT", "2024-05-06", "", "2026-09-28" },
	{ "A3-06", "-", "TNHS", "service", "", "2021-01-04", "", "2026-09-28" },
	{ "A3-07", "-", "TNHS", "shared", "", "2021-01-04", "", "2026-09-28" },
	{ "A3-08", "-", "TCS", "", "", "2022-02-07", "", "2025-12-31" },
	{ "A3-09", "", "TCS", "", "", "2022-02-07", "", "2026-09-28" },
	{ "A3-10", "", "TST", "person", "", "2026-09-30", "", "" },
	{ "A3-11", "", "TST", "person", "", "2026-09-30", "", "" },
	{ "A3-12", "-", "TST", "person", "", "2023-03-01", "2026-04-10", "2026-04-09" },
	{ "A3-13", "NV-9998", "CSDLQG-KNTC", "leader", "", "2023-03-01", "", "2026-09-28" },
	{ "A3-14", "", "KTTT", "external", "", "2024-05-06", "", "2026-09-28" },
	{ "A3-15", "-", "KTTT", "person", "", "2023-03-01", "2026-10-06", "2026-09-28" },
	{ "A3-16", "NV-9997", "GDYT", "external", "", "2024-05-06", "", "2026-09-28" },
	{ "A3-17", "-", "SSO", "emergency", "", "2020-06-01", "", "" },
	/* ACC-04 */
	{ "A4-01", "", "TST", "person", "", "2023-03-01", "", "2026-09-28" },
	{ "A4-01b", "NV-A4-01", "TST", "person", "", "2025-11-03", "", "2026-09-25" },
	{ "A4-02", "", "TCS", "person", "", "2023-03-01", "", "2026-09-28" },
	{ "A4-02b", "NV-A4-02", "TCS", "admin", "", "2025-11-03", "", "2026-09-25" },
	{ "A4-03", "", "GDYT", "person", "", "2023-03-01", "", "2026-09-28" },
	{ "A4-03b", "NV-A4-03", "GDYT", "person", "", "2024-11-04", "", "2026-09-25" },
	{ "A4-03c", "NV-A4-03", "GDYT", "person", "", "2025-11-03", "", "2026-09-25" },
	{ "A4-04", "", "TST", "person", "", "2023-03-01", "2025-11-03", "2025-11-02" },
	{ "A4-04b", "NV-A4-04", "TST", "person", "", "2025-11-03", "", "2026-09-25" },
	{ "A4-05", "", "TST", "person", "", "2023-03-01", "", "2026-09-28" },
	{ "A4-05b", "NV-A4-05", "TST", "service", "", "2025-11-03", "", "2026-09-25" },
	{ "A4-05c", "NV-A4-05", "TST", "shared", "", "2025-11-03", "", "2026-09-25" },
	{ "A4-06", "", "TST", "person", "", "2023-03-01", "", "2026-09-28" },
	{ "A4-06b", "NV-A4-06", "TCS", "person", "", "2025-11-03", "", "2026-09-25" },
	{ "A4-07", "", "KTTT", "person", "", "2023-03-01", "2026-10-06", "2026-09-28" },
	{ "A4-07b", "NV-A4-07", "KTTT", "person", "", "2026-09-28", "", "2026-09-29" },
	{ "A4-08", "", "KTTT", "person", "", "2023-03-01", "", "2026-09-28" },
	{ "A4-08b", "NV-A4-08", "KTTT", "person", "", "2026-10-06", "", "" },
	{ "A4-09", "", "GDYT", "person", "", "2023-03-01", "", "2026-09-28" },
	{ "A4-09b", "NV-A4-09", "GDYT", "external", "16/PYC-GDYT", "2025-11-03", "", "2026-09-25" },
	{ "A4-10", "", "CSDLQG-KNTC", "person", "", "2023-03-01", "", "2026-09-28" },
	{ "A4-10b", "NV-A4-10", "CSDLQG-KNTC", "leader", "", "2025-11-03", "", "2026-09-25" },
	{ "A4-11", "", "TTKT", "admin", "", "2023-03-01", "", "2026-09-28" },
	{ "A4-11b", "NV-A4-11", "TTKT", "leader", "", "2025-11-03", "", "2026-09-25" },
	/* ACC-05 */
	{ "A5-01", "", "TST", "person", "", "2023-03-01", "", "2026-07-06" },
	{ "A5-02", "", "TST", "person", "", "2023-03-01", "", "2026-07-07" },
	{ "A5-03", "", "TST", "person", "", "2023-03-01", "", "2026-07-08" },
	{ "A5-04", "", "TCS", "person", "", "2023-03-01", "", "2026-01-15" },
	{ "A5-05", "", "TCS", "person", "", "2026-05-20", "", "" },
	{ "A5-06", "", "TCS", "person", "", "2026-07-07", "", "" },
	{ "A5-07", "", "TCS", "person", "", "2026-07-06", "", "" },
	{ "A5-08", "", "GDYT", "person", "", "", "", "" },
	{ "A5-09", "", "GDYT", "person", "", "2023-03-01", "", "2026-10-06" },
	{ "A5-10", "", "TNHS", "service", "", "2021-01-04", "", "2025-01-06" },
	{ "A5-11", "-", "GDYT", "external", "17/PYC-GDYT", "2024-05-06", "", "2025-12-01" },
	{ "A5-12", "", "CSDLQG-KNTC", "admin", "", "2023-03-01", "", "2026-06-30" },
	{ "A5-13", "", "GDYT", "person", "", "", "", "2026-04-30" },
	{ "A5-14", "", "TST", "person", "", "2023-03-01", "2026-02-02", "2025-09-01" },
	{ "A5-15", "", "TST", "person", "", "2023-03-01", "", "2026-10-05" },
	{ "A5-16", "", "CSDLQG-KNTC", "leader", "", "2026-10-05", "", "" },
};

static void put_plan(struct extracts *x, const struct plan *p, struct rng *r)
{
	static const char *const units[] = { "01001", "01004", "48001", "48004", "80001", "80005" };
	const char *unit = units[(unsigned char)p->key[4] % COUNT(units)];
	char own[24], account[24];
	const char *staff = *p->person == '-' ? "" : p->person;

	(void)snprintf(account, sizeof account, "TK-%s", p->key);
	if (!*p->person) {
		int joined = day_of(2018, 9, 3);

		if (p->key[1] == '3' && p->key[3] == '1' && p->key[4] == '0') /* A3-10: not yet here */
			joined = day_of(2026, 10, 12);
		else if (p->key[1] == '3' && p->key[3] == '1' && p->key[4] == '1') /* A3-11: today */
			joined = day_of(2026, 10, 5);
		(void)snprintf(own, sizeof own, "NV-%s", p->key);
		staff = own;
		put_staff(x, &(struct staff_row){ own, unit, "Chuyên viên chế độ BHXH", "CV_CHEDO", joined,
						  NULL }, r);
	}
	put_account(x, &(struct account_row){ .id = account, .system = p->system, .unit = unit, .staff = staff,
					      .class = p->class, .request = p->request,
					      .opened = day_parse(p->opened), .locked = day_parse(p->locked),
					      .login = day_parse(p->login) });
}

void sample_planted_accounts(struct extracts *x, struct rng *r)
{
	for (int i = 0; i < COUNT(leavers); i++)
		put_leaver(x, &leavers[i], i, entered_on(leavers[i].key), r);
	for (int i = 0; i < COUNT(more_events); i++)
		put_row(&x->t[T_STAFF_EVENT], more_events[i]);
	/* A1-15: the account at the new unit, opened after the transfer. */
	put_account(x, &(struct account_row){ .id = "TK-A1-15b", .system = "TST", .unit = "48002",
					      .staff = "NV-A1-15", .class = "person", .request = "PYC-B/2026",
					      .opened = day_of(2026, 8, 5), .locked = NO_DAY,
					      .login = day_of(2026, 9, 28) });
	for (int i = 0; i < COUNT(plans); i++)
		put_plan(x, &plans[i], r);
}
