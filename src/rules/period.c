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
	case PERIOD_MONTH:
		return (struct months){ p->number, 1 };
	case PERIOD_CALENDAR_QUARTER:
		return (struct months){ (p->number - 1) * 3 + 1, 3 };
	case PERIOD_YEAR:
	case PERIOD_DATES:
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

static bool calendar_days(struct period *p, struct months m)
{
	int end = m.first + m.count - 1;

	if (!date_from_ymd(p->year, m.first, 1, &p->from))
		return false;
	for (int last = 31; last >= 28; last--)
		if (date_from_ymd(p->year, end, last, &p->to))
			return true;
	return false;
}

static bool set_days(struct period *p, enum period_calendar cal)
{
	bool statutory = cal == CAL_STATUTORY && p->kind != PERIOD_CALENDAR_QUARTER;

	return statutory ? statutory_days(p, months_of(p)) : calendar_days(p, months_of(p));
}

/* "-01" … "-12" */
static bool parse_month(const char *s, struct period *p)
{
	if (s[1] < '0' || s[1] > '1' || s[2] < '0' || s[2] > '9')
		return false;
	p->kind = PERIOD_MONTH;
	p->number = (s[1] - '0') * 10 + s[2] - '0';
	return p->number >= 1 && p->number <= 12;
}

/* "" | "-Q1" … "-Q4" | "-C1" … "-C4" | "-H1" | "-H2" | "-9M" | a month */
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
	if (s[1] == '0' || s[1] == '1')
		return parse_month(s, p);
	p->number = s[2] - '0';
	p->kind = s[1] == 'H' ? PERIOD_HALF : s[1] == 'C' && cal == CAL_STATUTORY ? PERIOD_CALENDAR_QUARTER : PERIOD_QUARTER;
	if (s[1] == 'Q' || s[1] == 'C')
		return p->number >= 1 && p->number <= 4;
	return s[1] == 'H' && (p->number == 1 || (p->number == 2 && cal == CAL_QUARTER));
}

/* "2026-01-05..2026-03-10" */
static bool parse_dates(const char *text, struct period *p)
{
	int m, d;

	if (strlen(text) != 22 || strncmp(text + 10, "..", 2) != 0 || !date_parse_iso(text, 10, &p->from) ||
	    !date_parse_iso(text + 12, 10, &p->to) || p->from > p->to)
		return false;
	p->kind = PERIOD_DATES;
	p->number = 1;
	date_to_ymd(p->to, &p->year, &m, &d);
	return true;
}

enum status period_parse(const char *text, enum period_calendar cal, struct period *ret,
			 struct err *e)
{
	struct period p = { .year = 0 };
	bool ok = parse_dates(text, &p);

	if (!ok && strspn(text, "0123456789") == 4 && parse_kind(text + 4, cal, &p)) {
		p.year = (int)strtol(text, NULL, 10);
		ok = set_days(&p, cal);
	}
	if (!ok)
		return err_set(e,
			       "period '%s' is not known; write 2026-Q1 to 2026-Q4, 2026-H1%s, "
			       "2026-9M, 2026, a month as 2026-07, a quarter of the calendar as 2026-C3, or two days "
			       "as 2026-01-05..2026-03-10",
			       text, cal == CAL_QUARTER ? ", 2026-H2" : "");
	*ret = p;
	return ST_OK;
}

static bool any_half(struct period *p, int year, int number)
{
	*p = (struct period){ .kind = PERIOD_HALF, .year = year, .number = number };
	return date_from_ymd(year, 6, 15, &p->from) && date_from_ymd(year, 12, 14, &p->to);
}

bool period_before(const struct period *p, enum period_calendar cal, struct period *ret)
{
	int last = p->kind == PERIOD_MONTH ? 12 : p->kind == PERIOD_HALF ? 2 : 4;

	*ret = (struct period){ .kind = p->kind, .year = p->year, .number = p->number };
	if (p->kind == PERIOD_NINE_MONTHS)
		return false;
	if (p->kind == PERIOD_DATES) {
		ret->to = p->from - 1;
		ret->from = ret->to - (p->to - p->from);
		return true;
	}
	if (p->kind == PERIOD_HALF && cal == CAL_STATUTORY)
		return any_half(ret, p->year - 1, 2);
	if (p->kind == PERIOD_YEAR) {
		ret->year--;
	} else if (--ret->number < 1) {
		ret->year--;
		ret->number = last;
	}
	return set_days(ret, cal);
}

bool period_year_before(const struct period *p, enum period_calendar cal, struct period *ret)
{
	int y, m, d;

	*ret = (struct period){ .kind = p->kind, .year = p->year - 1, .number = p->number };
	if (p->kind != PERIOD_DATES)
		return set_days(ret, cal);
	date_to_ymd(p->from, &y, &m, &d);
	if (!date_from_ymd(y - 1, m, d, &ret->from) && !date_from_ymd(y - 1, m, d - 1, &ret->from)) /* 29/2 */
		return false;
	date_to_ymd(p->to, &y, &m, &d);
	return date_from_ymd(y - 1, m, d, &ret->to) || date_from_ymd(y - 1, m, d - 1, &ret->to);
}

const char *period_code(struct arena *a, const struct period *p)
{
	char from[11], to[11];

	switch (p->kind) {
	case PERIOD_QUARTER:
		return arena_printf(a, "%d-Q%d", p->year, p->number);
	case PERIOD_HALF:
		return arena_printf(a, "%d-H%d", p->year, p->number);
	case PERIOD_NINE_MONTHS:
		return arena_printf(a, "%d-9M", p->year);
	case PERIOD_MONTH:
		return arena_printf(a, "%d-%02d", p->year, p->number);
	case PERIOD_CALENDAR_QUARTER:
		return arena_printf(a, "%d-C%d", p->year, p->number);
	case PERIOD_DATES:
		return arena_printf(a, "%s..%s", date_iso(p->from, from), date_iso(p->to, to));
	case PERIOD_YEAR:
		break;
	}
	return arena_printf(a, "%d", p->year);
}

const char *period_title(struct arena *a, const struct period *p)
{
	static const char *const roman[] = { "", "I", "II", "III", "IV" };
	char from[11], to[11];

	switch (p->kind) {
	case PERIOD_QUARTER:
		return arena_printf(a, "Quý %s năm %d", roman[p->number], p->year);
	case PERIOD_HALF:
		return arena_printf(a, "6 tháng %s năm %d", p->number == 1 ? "đầu" : "cuối",
				    p->year);
	case PERIOD_NINE_MONTHS:
		return arena_printf(a, "9 tháng năm %d", p->year);
	case PERIOD_MONTH:
		return arena_printf(a, "Tháng %d năm %d", p->number, p->year);
	case PERIOD_CALENDAR_QUARTER:
		return arena_printf(a, "Quý %s năm %d (quý dương lịch)", roman[p->number], p->year);
	case PERIOD_DATES:
		return arena_printf(a, "Từ ngày %s đến ngày %s", date_dmy(p->from, from), date_dmy(p->to, to));
	case PERIOD_YEAR:
		break;
	}
	return arena_printf(a, "Năm %d", p->year);
}
