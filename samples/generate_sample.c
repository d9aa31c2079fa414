/* The committed sample set: a healthy organisation, with the planted items put on top of it. */
#include "generate.h"

#include <string.h>

#define N_STAFF 170

struct local {
	const char *id, *name;
};

/* BHXH cơ sở of the three provinces that are there in full. */
static const struct local locals[] = {
	{ "01001", "Ba Đình" },	   { "01002", "Hoàn Kiếm" },  { "01003", "Đống Đa" },
	{ "01004", "Cầu Giấy" },   { "01005", "Long Biên" },  { "01006", "Sơn Tây" },
	{ "01007", "Thạch Thất" }, { "01008", "Phú Xuyên" },  { "48001", "Hải Châu" },
	{ "48002", "Thanh Khê" },  { "48003", "Ngũ Hành Sơn" }, { "48004", "Hội An" },
	{ "48005", "Điện Bàn" },   { "48006", "Tam Kỳ" },     { "48009", "Núi Thành" },
	{ "80001", "Tân An" },	   { "80002", "Bến Lức" },    { "80003", "Đức Hòa" },
	{ "80004", "Trảng Bàng" }, { "80005", "Gò Dầu" },     { "80006", "Hòa Thành" },
};

static void put_local(struct extracts *x, const char *id, const char *name, const char *province,
		      const char *to)
{
	struct out *o = &x->t[T_UNIT];

	put(o, id);
	put_f(o, "Bảo hiểm xã hội cơ sở %s", name);
	put(o, "local");
	put(o, province);
	put(o, "0");
	put(o, "2025-07-01");
	put(o, to);
	end_row(o);
}

static void put_units(struct extracts *x)
{
	put_provinces(x);
	for (int i = 0; i < COUNT(locals); i++) {
		char province[3] = { locals[i].id[0], locals[i].id[1], '\0' };

		put_local(x, locals[i].id, locals[i].name, province, NULL);
		put(&x->t[T_UNIT_PARENT], locals[i].id);
		put(&x->t[T_UNIT_PARENT], province);
		put_row(&x->t[T_UNIT_PARENT], "2025-07-01");
	}
	/* Abolished on 31/03/2026; moved from 51 to 48 on 01/08/2026, so its code misleads. */
	put_local(x, "80099", "Tân Hưng (cũ)", "80", "2026-03-31");
	put_row(&x->t[T_UNIT_PARENT], "80099|80|2025-07-01|2026-03-31");
	put_local(x, "51009", "Trà My", "48", NULL);
	put_row(&x->t[T_UNIT_PARENT], "51009|51|2025-07-01|2026-07-31");
	put_row(&x->t[T_UNIT_PARENT], "51009|48|2026-08-01|");
}

/* The unit of base item `i`: mostly BHXH cơ sở, then provinces, then the centre. */
static const char *unit_of(int i)
{
	int n = i % 20;

	if (n < 12)
		return locals[(i / 20 * 12 + n) % COUNT(locals)].id;
	return n < 19 ? provinces[(i / 20 * 7 + n) % N_PROVINCES].code : "00";
}

const char *sample_unit(int i)
{
	if (i == 0)
		return "00";
	if (i <= N_PROVINCES)
		return provinces[i - 1].code;
	i -= N_PROVINCES + 1;
	return i < COUNT(locals) ? locals[i].id : i == COUNT(locals) ? "51009" : NULL;
}

static void put_grant(struct extracts *x, const char *account, const char *role, int on, int revoked, int n)
{
	struct out *o = &x->t[T_ACCOUNT_ROLE];

	put(o, account);
	put(o, role);
	put_day(o, on);
	put_day(o, revoked);
	put_f(o, "%d/PD-CNTT", 500 + n);
	end_row(o);
}

/* The three accounts of a person, with the roles of their duty. */
static void put_accounts(struct extracts *x, int i, const struct duty *d, int joined, int left, struct rng *r)
{
	const char *names[3] = { "SSO", "EOFFICE", d->system };
	const char *roles[3] = { "SSO_NGUOIDUNG", "EO_SOAN", d->role };
	char staff[16], id[16], request[32];

	(void)snprintf(staff, sizeof staff, "NV%04d", i);
	for (int k = 0; k < 3; k++) {
		int n = i * 3 + k, opened = joined + rng_below(r, 30);
		int login = left != NO_DAY ? left - 1 : day_of(2026, 10, 2) - rng_below(r, 50);
		int granted = opened + rng_below(r, 5);

		if (login < opened)
			login = opened;
		(void)snprintf(id, sizeof id, "TK%05d", n);
		(void)snprintf(request, sizeof request, "%d/PYC-CNTT", 100 + n);
		put_account(x, &(struct account_row){ .id = id, .system = names[k], .unit = unit_of(i),
						      .staff = staff, .class = k == 2 ? d->class : "person",
						      .request = request, .opened = opened, .locked = left,
						      .login = login });
		put_grant(x, id, roles[k], granted, left, n);
		if (k == 2 && i % 4 == 0 && joined < day_of(2026, 5, 1)) /* changed in the quarter */
			put_grant(x, id, d->second_role, day_of(2026, 7, 1) + rng_below(r, 90),
				  i % 8 ? NO_DAY : day_of(2026, 9, 30), n + 600);
		else if (k == 2 && i % 4 == 1 && joined < day_of(2025, 5, 1)) /* taken away before or in it */
			put_grant(x, id, d->second_role, day_of(2025, 6, 2),
				  day_of(2026, 5, 20) + rng_below(r, 120), n + 600);
	}
}

static int left_on(int i)
{
	return i % 10 == 7 && i % 9 != 5 ? day_of(2026, 4, 15) + i : NO_DAY;
}

/*
 * Every tenth person left, and the accounts were locked on the day, as letter 907 wants it. Returns
 * whether for good: then the mail is closed too.
 */
static bool put_departure(struct extracts *x, int i, int on)
{
	static const char *const kinds[] = { "retire", "resign", "transfer", "maternity" };
	const char *kind = kinds[i / 10 % 4];
	char id[16], staff[16], number[32];

	(void)snprintf(id, sizeof id, "SK%05d", i);
	(void)snprintf(staff, sizeof staff, "NV%04d", i);
	(void)snprintf(number, sizeof number, "%d/QĐ-BHXH", 700 + i);
	put_decision(x, &(struct decision_row){ .id = id, .staff = staff, .kind = kind, .number = number,
						.to_unit = *kind == 't' ? "92" : NULL, .signed_on = on - 20,
						.effective = on, .until = *kind == 'm' ? on + 181 : NO_DAY,
						.entered = on - 15 });
	return *kind == 'r';
}

static void put_base_staff(struct extracts *x, struct rng *r)
{
	for (int i = 1; i <= N_STAFF; i++) {
		const struct duty *d = &duties[i % N_DUTIES == 9 && i % 3 ? 0 : i % N_DUTIES];
		int joined = day_of(2016, 1, 4) + rng_below(r, 3600);
		char id[16];
		int left = left_on(i);

		if (i % 9 == 5) /* new in the quarter */
			joined = day_of(2026, 7, 1) + rng_below(r, 60);
		(void)snprintf(id, sizeof id, "NV%04d", i);
		put_staff(x, &(struct staff_row){ id, unit_of(i), d->position, d->code, joined,
						  left != NO_DAY && put_departure(x, i, left) ? "locked" : NULL },
			  r);
		put_accounts(x, i, d, joined, left, r);
	}
}

static void put_extras(struct extracts *x, struct rng *r)
{
	static const char *const actions[] = { "DUYET", "SUA", "XOA", "TRACUU" };

	for (int i = 1; i <= 60; i++) {
		struct out *o = &x->t[T_CERTIFICATE];
		int issued = day_of(2023, 1, 9) + rng_below(r, 1200);

		put_f(o, "CTS%04d", i);
		put_f(o, "NV%04d", i);
		put_f(o, "54010001%08X", (unsigned)(rng_next(r) >> 34));
		put_day(o, issued);
		put_day(o, issued + 1825);
		put_day(o, i % 20 == 0 ? issued + 400 : left_on(i));
		end_row(o);
	}
	for (int i = 1; i <= 40; i++) {
		struct out *o = &x->t[T_ACCOUNT_ACTION];

		if (left_on(i) != NO_DAY)
			continue;
		put_f(o, "TK%05d", i * 3 + 2);
		put_day(o, day_of(2026, 8, 3) + i);
		put(o, actions[i % 4]);
		put_f(o, "HS-%05d", 4000 + i);
		end_row(o);
	}
}

/* Three kinds of row in one: good ones, and lines that must go to quarantine (samples/README.md). */
static void put_requests(struct extracts *x)
{
	static const char *const lines[] = {
		"YC-001,01,2026-07-02,112/BHXH-CNTT,1,1,Lãnh đạo Ngành,2026-06-30,2026-07-10",
		"YC-002,48,2026-02-30,113/BHXH-CNTT,1,1,Lãnh đạo Ngành,2026-03-04,2026-03-06",
		"YC-003,80,15/07/2026,114/BHXH-CNTT,có,x,Lãnh đạo Ngành,2026-07-15,",
		"YC-004,80,2026-07-20,115/BHXH-CNTT,có thể,1,,,",
		",79,2026-07-21,116/BHXH-CNTT,1,0,,,",
		"YC-006,92,2026-08-03,117/BHXH-CNTT,0,0,,,2026-08-04",
		"YC-001,01,2026-07-02,118/BHXH-CNTT,1,1,Lãnh đạo Ngành,2026-06-30,2026-07-10",
		"YC-008,96,2026-08-10,\"119/BHXH-CNTT, 120/BHXH-CNTT\",yes,yes,Lãnh đạo Ngành,2026-08-07,",
		"YC-009,66,hôm qua,121/BHXH-CNTT,1,1,,,",
		"YC-010,38,2026-09-07,122/BHXH-CNTT,true,true,Lãnh đạo Ngành,2026-09-04,2026-10-08",
	};

	for (int i = 0; i < COUNT(lines); i++)
		put_raw(&x->t[T_DATA_REQUEST], lines[i]);
}

/* The i-th recovery: of a case, then of an inspection; paid back in two payments, thousands with points as lists have it. */
static void put_one_recovery(struct extracts *x, int i, int on, long thousands)
{
	static const char *const funds[] = { "BHXH", "BHYT", "BHTN" };
	struct out *o = &x->t[T_RECOVERY], *p = &x->t[T_RECOVERY_PAYMENT];
	bool of_case = i <= 6;

	put_f(o, "TH%03d", i);
	if (of_case)
		put_f(o, "VV-TH-%02d", i);
	else
		put(o, NULL);
	put(o, locals[i].id);
	put(o, funds[i % 3]);
	put_f(o, "%d/QĐ-TH", 60 + i);
	put_day(o, on);
	put_int(o, 1000 * thousands);
	if (of_case)
		put(o, NULL);
	else
		put_f(o, "KT%03d", i);
	put(o, "0");
	put_row(o, "|");
	for (int k = 0; k < 2; k++) {
		long part = k ? thousands - thousands / 2 : thousands / 2;

		put_f(p, "TT%03d%s", i, k ? "b" : "");
		put_f(p, "TH%03d", i);
		put_day(p, on + 20 + k * 15);
		if (part >= 1000)
			put_f(p, "%ld.%03ld.000", part / 1000, part % 1000);
		else
			put_f(p, "%ld.000", part);
		end_row(p);
	}
}

static void put_one_inspection(struct extracts *x, int i, int on, long found)
{
	struct out *t = &x->t[T_INSPECTION];
	bool planned = i % 4 != 0;

	put_f(t, "KT%03d", i);
	put(t, provinces[(i * 3) % N_PROVINCES].code);
	put(t, planned ? "planned" : "unplanned");
	put_f(t, "%d/QĐ-KT", 20 + i);
	put_day(t, on);
	put_day(t, on + 25);
	put_f(t, "%d/KL-KT", 20 + i);
	put_int(t, i % 3 + 1);
	put_int(t, found);
	put(t, "check");
	put(t, "0");
	put_day(t, planned ? on : NO_DAY);
	put(t, NULL);
	put(t, NULL);
	put_day(t, on + 14);
	put_day(t, on + 18);
	end_row(t);
}

static void put_money(struct extracts *x, struct rng *r)
{
	for (int i = 1; i <= 12; i++) {
		int on = day_of(2026, 3, 2) + 12 * i;
		long thousands = rng_between(r, 900, 98000);
		char id[16], number[24];

		put_one_recovery(x, i, on + 30, thousands);
		put_one_inspection(x, i, on, i <= 6 ? 0 : 1000 * thousands);
		if (i > 6)
			continue;
		(void)snprintf(id, sizeof id, "VV-TH-%02d", i);
		(void)snprintf(number, sizeof number, "%d/KL-BHXH", 60 + i);
		put_case(x, &(struct case_row){ .id = id, .unit = locals[i].id, .kind = "recommendation",
						.level = "", .field = "policy", .complexity = "normal",
						.many = "0", .remote = "0", .result = "right",
						.decision_no = number, .closed_how = "decided",
						.received = on, .accepted = NO_DAY, .decided = on + 25,
						.notified = on + 25, .closed = on + 25,
						.money = 1000 * thousands });
	}
}

void generate_sample(const char *dir)
{
	static const unsigned styles[N_TABLES] = {
		[T_PETITION] = STYLE_BOM | STYLE_SEMICOLON, [T_CASE_EVENT] = STYLE_DMY,
		[T_RECEPTION_SESSION] = STYLE_TAB,	    [T_STAFF] = STYLE_NFD,
	};
	static struct held held[256];
	static struct extracts x = { .held = held, .cap_held = COUNT(held) };
	struct rng r = { 20261005 };

	extracts_open(&x, dir, styles);
	put_units(&x);
	put_catalogues(&x);
	put_base_staff(&x, &r);
	put_extras(&x, &r);
	put_requests(&x);
	put_money(&x, &r);
	put_indicators(&x);
	sample_planted_recoveries(&x);
	sample_planted_inspections(&x);
	sample_planted_benefits(&x);
	sample_planted_reporting(&x);
	sample_planted_accounts(&x, &r);
	sample_planted_permissions(&x, &r);
	sample_planted_requests(&x);
	sample_planted_certificates(&x);
	sample_planted_policies(&x);
	sample_kntc(&x);
	sample_cases(&x, &r);
	sample_planted_cases(&x, &r);
	sample_planted_duties(&x);
	sample_planted_forms(&x);
	sample_planted_reception(&x);
	extracts_close(&x);
}
