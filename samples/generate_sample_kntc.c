/*
 * Letter 805: every unit has one leader account and an officer account on the national database of
 * complaints, every province an admin account. What is planted for ACC-09 .. ACC-12 departs from it.
 */
#include "generate.h"

#include <string.h>

/* unit, 'l' leader, 'p' officer or 'a' admin, and what becomes of it; NULL dates are the usual ones. */
struct planted {
	const char *unit;
	char class;
	bool none; /* not opened at all */
	const char *opened, *locked;
	bool no_class, second; /* second: one more */
};

static const struct planted planted[] = {
	{ "04", 'l', .none = true }, { "08", 'l', .locked = "2026-10-05" }, { "11", 'l', .locked = "2026-10-06" },
	{ "12", 'l', .opened = "2026-10-06" }, { "15", 'l', .no_class = true },
	{ "19", 'l', .second = true }, { "20", 'l', .second = true, .locked = "2026-10-05" },
	{ "22", 'p', .none = true }, { "24", 'p', .locked = "2026-10-06" }, { "25", 'p', .opened = "2026-10-06" },
	{ "33", 'a', .none = true }, { "37", 'a', .locked = "2026-10-05" },
};

static const struct planted *planted_for(const char *unit, char class)
{
	for (int i = 0; i < COUNT(planted); i++)
		if (planted[i].class == class && !strcmp(planted[i].unit, unit))
			return &planted[i];
	return NULL;
}

static bool is_held(const struct extracts *x, const char *unit, char class)
{
	for (int i = 0; i < x->n_held; i++)
		if (x->held[i].class == class &&
		    (class == 'a' ? !strncmp(x->held[i].unit, unit, 2) : !strcmp(x->held[i].unit, unit)))
			return true;
	return false;
}

static void put_one(struct extracts *x, const char *unit, char class, const struct planted *p, const char *more,
		    struct rng *r)
{
	const char *name = class == 'l' ? "leader" : class == 'p' ? "person" : "admin";
	char staff[24], account[24];
	bool usual = !p || (p->second && !*more); /* of two leaders the second is the planted one */
	int opened = !usual && p->opened ? day_parse(p->opened) : day_of(2025, 8, 4);

	(void)snprintf(staff, sizeof staff, "NV-KN-%s%c%s", unit, class, more);
	(void)snprintf(account, sizeof account, "TK-KN-%s%c%s", unit, class, more);
	put_staff(x, &(struct staff_row){ staff, unit, class == 'l' ? "Giám đốc" : "Chuyên viên tiếp công dân",
					  class == 'l' ? "LANHDAO" : class == 'p' ? "CV_TCD" : "QT_CNTT",
					  day_of(2019, 4, 1), NULL }, r);
	put_account(x, &(struct account_row){ .id = account, .system = "CSDLQG-KNTC", .unit = unit, .staff = staff,
					      .class = !usual && p->no_class ? "" : name, .request = "805/BHXH-TTKT",
					      .opened = opened,
					      .locked = !usual && p->locked ? day_parse(p->locked) : NO_DAY,
					      .login = opened > day_of(2026, 10, 5) ? NO_DAY : day_of(2026, 9, 28) });
}

void sample_kntc(struct extracts *x)
{
	static const char classes[] = "lpa";
	struct rng r = { 20261007 };
	const char *unit;

	for (int i = 0; (unit = sample_unit(i)); i++)
		for (const char *c = classes; *c; c++) {
			const struct planted *p = planted_for(unit, *c);

			if ((*c == 'a' && (strlen(unit) != 2 || !strcmp(unit, "00"))) || (p && p->none))
				continue;
			if (!is_held(x, unit, *c))
				put_one(x, unit, *c, p, "", &r);
			if (p && p->second)
				put_one(x, unit, *c, p, "2", &r);
		}
}
