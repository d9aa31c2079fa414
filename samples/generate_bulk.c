/*
 * Sets of any size. Every row is computed from (seed, table, number) alone, so nothing is kept in
 * memory and a million accounts take seconds. A few percent of the rows break each rule.
 */
#include "generate.h"

#include <string.h>

enum stream { STREAM_STAFF = 1, STREAM_EVENT, STREAM_ACCOUNT, STREAM_GRANT, STREAM_NAME };

#define PER_PERSON BULK_PER_PERSON

void bulk_unit(const struct size *s, long n, char ret_id[16], bool *ret_remote)
{
	int p = n == 0 ? 0 : (int)((n - 1) % N_PROVINCES);

	n %= s->units;
	if (n == 0)
		(void)snprintf(ret_id, 16, "00");
	else if (n <= N_PROVINCES)
		(void)snprintf(ret_id, 16, "%s", provinces[p].code);
	else
		(void)snprintf(ret_id, 16, "%s%03d", provinces[p].code, (int)((n - 1) / N_PROVINCES) % 1000);
	*ret_remote = n > 0 && provinces[p].remote;
}

static void put_units(struct extracts *x, const struct size *s)
{
	struct out *o = &x->t[T_UNIT], *t = &x->t[T_UNIT_PARENT];

	for (long n = 0; n < s->units; n++) {
		char id[16];
		bool remote;

		bulk_unit(s, n, id, &remote);
		put(o, id);
		if (n == 0)
			put(o, "Bảo hiểm xã hội Việt Nam");
		else if (n <= N_PROVINCES)
			put_f(o, "Bảo hiểm xã hội %s", provinces[n - 1].name);
		else
			put_f(o, "Bảo hiểm xã hội cơ sở %s, %s", id, provinces[(n - 1) % N_PROVINCES].name);
		put(o, n == 0 ? "central" : n <= N_PROVINCES ? "province" : "local");
		put(o, n == 0 ? NULL : provinces[(n - 1) % N_PROVINCES].code);
		put(o, remote ? "1" : "0");
		put(o, "2025-07-01");
		put_day(o, n % 89 == 88 ? s->as_of - 60 : NO_DAY); /* few are gone */
		end_row(o);
		if (n == 0)
			continue;
		put(t, id);
		put(t, n <= N_PROVINCES ? "00" : provinces[(n - 1) % N_PROVINCES].code);
		put(t, "2025-07-01");
		put(t, NULL);
		end_row(t);
	}
}

static const char *const kinds[] = { "transfer", "retire",  "maternity",    "resign",
				     "dismiss",	 "suspend", "unpaid_leave", "death" };

struct person bulk_person(const struct size *s, long i)
{
	struct rng r = rng_at(s->seed, STREAM_STAFF, (uint64_t)i);
	struct person p = { .event = -1, .to_unit = -1, .until = NO_DAY, .returned = NO_DAY };

	p.unit = rng_below(&r, (int)s->units);
	p.duty = rng_percent(&r, 1) ? (rng_percent(&r, 50) ? -1 : N_DUTIES) : rng_below(&r, N_DUTIES);
	p.joined = s->as_of - rng_between(&r, 20, 3600);
	p.effective = s->as_of - rng_between(&r, -10, 500);
	if (!rng_percent(&r, 8) || p.effective < p.joined)
		return p;
	p.event = rng_below(&r, COUNT(kinds));
	if (p.event == 0 && rng_percent(&r, 80))
		p.to_unit = rng_below(&r, (int)s->units);
	if (p.event == 2 || p.event >= 5)
		p.until = p.event == 7 ? NO_DAY : p.effective + 180;
	if (p.until != NO_DAY && rng_percent(&r, 30))
		p.returned = p.effective + rng_between(&r, 60, 190);
	if (p.to_unit >= 0 && rng_percent(&r, 30)) /* moved back */
		p.returned = p.effective + rng_between(&r, 20, 190);
	return p;
}

static void put_event(struct extracts *x, const struct size *s, long i, const struct person *p)
{
	char to[16] = "", back[16], id[24], staff[24], number[32];
	bool remote, moved = p->event == 0;

	if (p->to_unit >= 0)
		bulk_unit(s, p->to_unit, to, &remote);
	bulk_unit(s, p->unit, back, &remote);
	(void)snprintf(staff, sizeof staff, "NV%07ld", i);
	(void)snprintf(number, sizeof number, "%ld/QĐ-BHXH", i % 9000 + 1);
	for (int k = 0; k < (p->returned != NO_DAY ? 2 : 1); k++) {
		int on = k ? p->returned : p->effective;

		(void)snprintf(id, sizeof id, "SK%08ld%s", i, k ? "b" : "");
		put_decision(x, &(struct decision_row){ .id = id, .staff = staff, .number = number,
							.kind = k && !moved ? "return" : kinds[p->event],
							.to_unit = !k ? to : moved ? back : NULL,
							.signed_on = on - 12, .effective = on,
							.until = k ? NO_DAY : p->until,
							.entered = i % 50 == 0 ? NO_DAY : on + (int)(i % 10 - 8) });
	}
}

bool bulk_gone(const struct person *p)
{
	return p->event == 1 || p->event == 3 || p->event == 4 || p->event == 7 ||
	       (p->event == 0 && p->to_unit < 0);
}

/* What the directory says of a person: few who left are forgotten in it, few who are there are missing. */
static const char *directory_state(const struct size *s, const struct person *p, long i)
{
	if (bulk_gone(p) && p->effective <= s->as_of)
		return i % 11 ? "locked" : NULL;
	return i % 97 == 0 ? "-" : i % 101 == 0 ? "locked" : NULL;
}

static void put_people(struct extracts *x, const struct size *s)
{
	long n = s->accounts / PER_PERSON + 1;

	for (long i = 0; i < n; i++) {
		struct person p = bulk_person(s, i);
		struct rng names = rng_at(s->seed, STREAM_NAME, (uint64_t)i);
		char id[24], unit[16];
		bool remote;

		(void)snprintf(id, sizeof id, "NV%07ld", i);
		bulk_unit(s, p.unit, unit, &remote);
		put_staff(x, &(struct staff_row){ id, unit,
						  p.duty >= 0 && p.duty < N_DUTIES ?
							  duties[p.duty].position : "Viên chức",
						  p.duty < 0 ? "" :
						  p.duty == N_DUTIES ? "HOP_DONG" : duties[p.duty].code,
						  p.joined, directory_state(s, &p, i) }, &names);
		if (p.event >= 0)
			put_event(x, s, i, &p);
	}
}

/* When an account was locked: on the day of the departure, too late, for another reason, not. */
static int lock_day(const struct size *s, const struct person *p, int opened, struct rng *r)
{
	int how = rng_below(r, 100), day = NO_DAY;

	if (p->event >= 0 && p->effective <= s->as_of && how < 80)
		day = p->effective + (how < 55 ? 0 : how < 70 ? rng_between(r, 1, 40) : rng_between(r, -9, 0));
	else if (p->event < 0 && how < 4)
		day = s->as_of - rng_between(r, -5, 300);
	return day == NO_DAY || day < opened ? NO_DAY : day;
}

static const char *class_at(struct rng *r)
{
	static const char *const rare[] = { "admin", "leader", "service", "shared", "emergency", "external", "" };
	int n = rng_below(r, 100);

	return n < 90 ? "person" : n < 99 ? rare[n % 6] : rng_percent(r, 30) ? "" : "admin";
}

/* Roles of a system that any duty may hold, one that only its duties may, and one that needs a reason. */
static const char *const bulk_roles[PER_PERSON][5] = {
	{ "TST_TRACUU", "TST_XUAT", "TST_THONGBAO", "TST_QUANTRI", "TST_THU_DUYET" },
	{ "TCS_TRACUU", "TCS_XUAT", "TCS_THONGBAO", "TCS_XETDUYET", "TCS_DUYETCHI" },
	{ "GDYT_TRACUU", "GDYT_XUAT", "GDYT_THONGBAO", "GDYT_GIAMDINH", "GDYT_DUYET" },
	{ "KTTT_BAOCAO", "KTTT_XUAT", "KTTT_THONGBAO", "KTTT_NHAP", "KTTT_DUYET" },
	{ "TNHS_TRAKETQUA", "TNHS_XUAT", "TNHS_THONGBAO", "TNHS_TIEPNHAN", "TNHS_TIEPNHAN" },
	{ "TTKT_TRACUU", "TTKT_XUAT", "TTKT_THONGBAO", "TTKT_CAPNHAT", "TTKT_CAPNHAT" },
	{ "KNTC_TRACUU", "KNTC_XUAT", "KNTC_THONGBAO", "KNTC_QUANTRI", "KNTC_LANHDAO" },
	{ "SSO_NGUOIDUNG", "SSO_XUAT", "SSO_THONGBAO", "SSO_DONGBO", "SSO_DONGBO" },
};

static void put_more_roles(struct extracts *x)
{
	for (int i = 0; i < PER_PERSON; i++) {
		for (int k = 1; k < 3; k++) {
			put(&x->t[T_ROLE], bulk_roles[i][k]);
			put(&x->t[T_ROLE], systems[i][0]);
			put(&x->t[T_ROLE], k == 1 ? "Kết xuất" : "Nhận thông báo");
			put(&x->t[T_ROLE], "0");
			end_row(&x->t[T_ROLE]);
		}
		for (int d = 0; d < N_DUTIES; d++)
			for (int k = 0; k < 3; k++) {
				if (!strcmp(bulk_roles[i][k], duties[d].second_role) ||
				    !strcmp(bulk_roles[i][k], "SSO_NGUOIDUNG")) /* in the catalogue */
					continue;
				put(&x->t[T_DUTY_ROLE], duties[d].code);
				put(&x->t[T_DUTY_ROLE], bulk_roles[i][k]);
				end_row(&x->t[T_DUTY_ROLE]);
			}
	}
	put_row(&x->t[T_ROLE], "SSO_DONGBO|SSO|Đồng bộ danh bạ|");
}

static void put_grants(struct extracts *x, const struct size *s, long i, const struct person *p,
		       const struct account_row *a, int system)
{
	struct rng r = rng_at(s->seed, STREAM_GRANT, (uint64_t)i);
	struct out *o = &x->t[T_ACCOUNT_ROLE];
	const struct duty *d = &duties[p->duty >= 0 && p->duty < N_DUTIES ? p->duty : 0];
	const char *const *mine = bulk_roles[system];
	bool fits = !strcmp(d->system, a->system);
	const char *roles[3] = { fits ? d->role : mine[0], mine[1], mine[2] };
	int n = rng_percent(&r, 50) ? 3 : 2;
	bool with_lock = rng_percent(&r, 92);

	if (rng_percent(&r, 7)) /* more than the duty needs, few of them of another system */
		roles[2] = bulk_roles[rng_percent(&r, 3) ? rng_below(&r, PER_PERSON) : system][3 + rng_below(&r, 2)];
	if (!strcmp(roles[0], roles[2])) /* one role twice on one day would be one key twice */
		roles[2] = mine[2];
	for (int k = 0; k < n; k++) {
		int day = (a->opened == NO_DAY ? s->as_of - 900 : a->opened) +
			  (rng_percent(&r, 70) ? 0 : rng_below(&r, 400));
		int revoked = rng_percent(&r, 10) ? s->as_of - rng_between(&r, -5, 200) : NO_DAY;

		if (a->locked != NO_DAY && day > a->locked)
			day = a->locked;
		put(o, a->id);
		put(o, roles[k]);
		put_day(o, day);
		put_day(o, a->locked != NO_DAY && with_lock ? a->locked : revoked);
		if (rng_percent(&r, 2))
			put(o, NULL);
		else
			put_f(o, "%ld/PD-CNTT", i % 9973);
		end_row(o);
	}
}

/* Accounts of no single person have an end, mostly; outsiders are mostly in no staff list. */
static void set_policy(struct account_row *a, char *staff, const struct size *s, struct rng *r)
{
	bool outside = !strcmp(a->class, "external");

	if (outside && rng_percent(r, 75))
		*staff = '\0';
	if ((outside && rng_percent(r, 85)) || (!strcmp(a->class, "shared") && rng_percent(r, 30)))
		a->expires = s->as_of + rng_between(r, -20, 360);
	if (!strcmp(a->class, "emergency")) {
		if (rng_percent(r, 90) && a->locked == NO_DAY && a->opened != NO_DAY && a->opened < s->as_of)
			a->locked = a->opened + 2;
		a->expires = a->opened == NO_DAY ? 0 : a->opened + 5;
	}
	if (rng_percent(r, 0.2))
		a->mail = rng_percent(r, 50) ? "vanphong@vss.gov.vn" : "NV0000001@vss.gov.vn";
	if (rng_percent(r, 0.5))
		a->password = rng_percent(r, 50) ? NO_DAY : a->opened;
}

/* What an account did: few do anything after the person left. */
static void put_actions(struct extracts *x, const struct size *s, long i, const struct person *p,
			const struct account_row *a, struct rng *r)
{
	static const char *const what[] = { "DUYET", "SUA", "XOA", "TRACUU" };
	struct out *o = &x->t[T_ACCOUNT_ACTION];
	bool left = p->event >= 0 && p->effective <= s->as_of;
	int day = s->as_of - rng_below(r, 60);

	if (left)
		day = p->effective + (rng_percent(r, 5) ? rng_between(r, 1, 30) : rng_between(r, -60, 0));
	if (!rng_percent(r, 15) || (a->opened != NO_DAY && day < a->opened))
		return;
	put(o, a->id);
	put_day(o, day);
	put(o, what[i % 4]);
	put_f(o, "HS-%ld", i);
	end_row(o);
}

static void put_one_account(struct extracts *x, const struct size *s, long i)
{
	struct rng r = rng_at(s->seed, STREAM_ACCOUNT, (uint64_t)i);
	struct person p = bulk_person(s, i / PER_PERSON);
	int system = rng_percent(&r, 1.5) ? (int)((i + 1) % PER_PERSON) : (int)(i % PER_PERSON);
	int opened = p.joined + rng_below(&r, rng_percent(&r, 60) ? 20 : 1500);
	char id[24], unit[16], staff[24] = "";
	bool remote, emptied = rng_percent(&r, 0.3);
	struct account_row a = { .id = id, .system = systems[system][0], .unit = unit, .staff = staff };

	if (opened > s->as_of + 3)
		opened = s->as_of - rng_below(&r, 20);
	(void)snprintf(id, sizeof id, "TK%08ld", i);
	bulk_unit(s, p.event == 0 && p.to_unit >= 0 && rng_percent(&r, 60) ? p.to_unit : p.unit, unit, &remote);
	a.class = class_at(&r);
	if (rng_percent(&r, 0.8)) /* nobody's, or a person who is in no list */
		(void)snprintf(staff, sizeof staff, "%s", rng_percent(&r, 50) ? "" : "NV-KHONG-CO");
	else
		(void)snprintf(staff, sizeof staff, "NV%07ld", i / PER_PERSON);
	a.request = rng_percent(&r, 90) ? "PYC-CNTT" : "";
	a.opened = emptied ? NO_DAY : opened;
	a.locked = lock_day(s, &p, opened, &r);
	a.login = a.locked != NO_DAY && a.locked < s->as_of ? a.locked - 1 : s->as_of - rng_below(&r, 60);
	if (rng_percent(&r, 4))
		a.login = s->as_of - rng_between(&r, 60, 400);
	if (rng_percent(&r, 2) || a.login < opened)
		a.login = rng_percent(&r, 5) ? s->as_of + 1 : NO_DAY;
	set_policy(&a, staff, s, &r);
	put_account(x, &a);
	put_grants(x, s, i, &p, &a, system);
	put_actions(x, s, i, &p, &a, &r);
}

void generate_bulk(const char *dir, const struct size *s)
{
	static struct extracts x;

	extracts_open(&x, dir, NULL);
	put_units(&x, s);
	put_catalogues(&x);
	put_more_roles(&x);
	put_people(&x, s);
	for (long i = 0; i < s->accounts; i++)
		put_one_account(&x, s, i);
	bulk_registers(&x, s);
	bulk_cases(&x, s);
	bulk_funds(&x, s);
	extracts_close(&x);
}
