#include <rasoat/template.h>

#include <rasoat/arena.h>
#include <stdlib.h>
#include <string.h>

/* First month of the period's months and how many: the statutory ones start and end in mid-month.
 */
struct months {
	int first, count;
};

static struct months months_of(const struct period *p)
{
	switch (p->kind) {
	case PERIOD_QUARTER:
		return (struct months){ (p->number - 1) * 3 + 1, 3 };
	case PERIOD_HALF:
		return (struct months){ (p->number - 1) * 6 + 1, 6 };
	case PERIOD_NINE_MONTHS:
		return (struct months){ 1, 9 };
	case PERIOD_YEAR:
		break;
	}
	return (struct months){ 1, 12 };
}

/* TT 06/2025/TT-TTCP Điều 7 khoản 1: from the 15th of the month before to the 14th of the last
 * month. */
static bool statutory_days(struct period *p, struct months m)
{
	int start = m.first - 1, end = m.first + m.count - 1;

	return date_from_ymd(start ? p->year : p->year - 1, start ? start : 12, 15, &p->from) &&
	       date_from_ymd(p->year, end, 14, &p->to);
}

/* Halves and quarters end with months of 30 or 31 days. */
static bool calendar_days(struct period *p, struct months m)
{
	int end = m.first + m.count - 1;

	return date_from_ymd(p->year, m.first, 1, &p->from) &&
	       (date_from_ymd(p->year, end, 31, &p->to) || date_from_ymd(p->year, end, 30, &p->to));
}

/* "" | "-Q1" … "-Q4" | "-H1" | "-H2" | "-9M" */
static bool parse_kind(const char *s, enum period_calendar cal, struct period *p)
{
	p->number = 1;
	if (!*s) {
		p->kind = PERIOD_YEAR;
		return true;
	}
	if (strlen(s) != 3 || s[0] != '-')
		return false;
	if (s[1] == '9' && s[2] == 'M') {
		p->kind = PERIOD_NINE_MONTHS;
		return true;
	}
	p->number = s[2] - '0';
	p->kind = s[1] == 'Q' ? PERIOD_QUARTER : PERIOD_HALF;
	if (s[1] == 'Q')
		return p->number >= 1 && p->number <= 4;
	return s[1] == 'H' && (p->number == 1 || (p->number == 2 && cal == CAL_QUARTER));
}

enum status period_parse(const char *text, enum period_calendar cal, struct period *ret,
			 struct err *e)
{
	struct period p = { .year = 0 };
	bool ok = strspn(text, "0123456789") == 4 && parse_kind(text + 4, cal, &p);

	if (ok) {
		p.year = (int)strtol(text, NULL, 10);
		ok = cal == CAL_STATUTORY ? statutory_days(&p, months_of(&p))
					  : calendar_days(&p, months_of(&p));
	}
	if (!ok)
		return err_set(e,
			       "period '%s' is not known; write 2026-Q1 to 2026-Q4, 2026-H1%s, "
			       "2026-9M or 2026",
			       text, cal == CAL_QUARTER ? ", 2026-H2" : "");
	*ret = p;
	return ST_OK;
}

const char *period_code(struct arena *a, const struct period *p)
{
	switch (p->kind) {
	case PERIOD_QUARTER:
		return arena_printf(a, "%d-Q%d", p->year, p->number);
	case PERIOD_HALF:
		return arena_printf(a, "%d-H%d", p->year, p->number);
	case PERIOD_NINE_MONTHS:
		return arena_printf(a, "%d-9M", p->year);
	case PERIOD_YEAR:
		break;
	}
	return arena_printf(a, "%d", p->year);
}

const char *period_title(struct arena *a, const struct period *p)
{
	static const char *const roman[] = { "", "I", "II", "III", "IV" };

	switch (p->kind) {
	case PERIOD_QUARTER:
		return arena_printf(a, "Quý %s năm %d", roman[p->number], p->year);
	case PERIOD_HALF:
		return arena_printf(a, "6 tháng %s năm %d", p->number == 1 ? "đầu" : "cuối",
				    p->year);
	case PERIOD_NINE_MONTHS:
		return arena_printf(a, "9 tháng năm %d", p->year);
	case PERIOD_YEAR:
		break;
	}
	return arena_printf(a, "Năm %d", p->year);
}
