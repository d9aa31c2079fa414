#include <rasoat/date.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define YEAR_MIN 1900
#define YEAR_MAX 2199
#define DAY_MIN (-25567) /* 1900-01-01 */
#define DAY_MAX 84005    /* 2199-12-31 */

/* Days before the first of each month in a common year. */
static const int16_t month_starts[13] = { 0,   0,   31,  59,  90,  120, 151,
					  181, 212, 243, 273, 304, 334 };

static bool is_leap(int y)
{
	return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
}

static int month_days(int y, int m)
{
	if (m == 2)
		return is_leap(y) ? 29 : 28;
	return m == 12 ? 31 : month_starts[m + 1] - month_starts[m];
}

bool date_from_ymd(int y, int m, int d, day_t *ret)
{
	int before = y - 1; /* whole years since year 1 */

	if (y < YEAR_MIN || y > YEAR_MAX || m < 1 || m > 12 || d < 1)
		return false;
	if (d > 28 && d > month_days(y, m))
		return false;
	/* 719162 days lie between 0001-01-01 and 1970-01-01. */
	*ret = before * 365 + before / 4 - before / 100 + before / 400 - 719162 + month_starts[m] +
	       (m > 2 && is_leap(y)) + d - 1;
	return true;
}

/*
 * Counting from 1 March makes the leap day the last of its year, so that eras of 400, 100, 4
 * and 1 years have fixed lengths but for their last.
 */
void date_to_ymd(day_t day, int *y, int *m, int *d)
{
	int64_t n = (int64_t)day + 719468; /* days since 0000-03-01 */
	int64_t era = (n >= 0 ? n : n - 146096) / 146097;
	int in_era = (int)(n - era * 146097);
	int year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	int in_year = in_era - (365 * year + year / 4 - year / 100);
	int month = (5 * in_year + 2) / 153; /* 0 = March */

	*d = in_year - (153 * month + 2) / 5 + 1;
	*m = month < 10 ? month + 3 : month - 9;
	*y = (int)(year + era * 400) + (*m <= 2);
}

int date_weekday(day_t day)
{
	int w = (int)(((int64_t)day + 3) % 7); /* 1970-01-01 was a Thursday */

	return w < 0 ? w + 7 : w;
}

/* The number of `n` digits at `s`, or -1. */
static int digits(const char *s, size_t n)
{
	int v = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned c = (unsigned)(unsigned char)s[i] - '0';

		if (c > 9)
			return -1;
		v = v * 10 + (int)c;
	}
	return v;
}

bool date_parse_iso(const char *s, size_t n, day_t *ret)
{
	int y, m, d;

	if (n != 10 || s[4] != '-' || s[7] != '-')
		return false;
	y = digits(s, 4);
	m = digits(s + 5, 2);
	d = digits(s + 8, 2);
	return date_from_ymd(y, m, d, ret); /* refuses the -1 of a non-digit */
}

/* Spreadsheets export dates as midnight; any other hour is not a date. */
static size_t cut_midnight(const char *s, size_t n)
{
	static const char *const tails[] = { " 00:00:00", " 00:00" };

	for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++) {
		size_t m = strlen(tails[i]);

		if (n > m && memcmp(s + n - m, tails[i], m) == 0)
			return n - m;
	}
	return n;
}

static bool parse_dmy(const char *s, size_t n, day_t *ret)
{
	size_t first = n > 1 && (s[1] == '/' || s[1] == '-') ? 1 : 2;
	size_t second;
	char sep;

	if (n < 8 || n > 10)
		return false;
	sep = s[first];
	if (sep != '/' && sep != '-')
		return false;
	second = n - first - 1 - 5; /* what "d/" and "/yyyy" leave for the month */
	if (second < 1 || second > 2 || s[n - 5] != sep)
		return false;
	return date_from_ymd(digits(s + n - 4, 4), digits(s + first + 1, second), digits(s, first),
			     ret);
}

bool date_parse_any(const char *s, size_t n, day_t *ret)
{
	n = cut_midnight(s, n);
	return date_parse_iso(s, n, ret) || parse_dmy(s, n, ret);
}

static char *put_digits(char *p, int v, int width)
{
	for (int i = width - 1; i >= 0; i--) {
		p[i] = (char)('0' + v % 10);
		v /= 10;
	}
	return p + width;
}

/* Days outside the valid range have no text: "" rather than a date nobody can parse. */
static bool printable(day_t day, char *buf)
{
	buf[0] = '\0';
	return day >= DAY_MIN && day <= DAY_MAX;
}

char *date_iso(day_t day, char buf[11])
{
	char *p = buf;
	int y, m, d;

	if (!printable(day, buf))
		return buf;
	date_to_ymd(day, &y, &m, &d);
	p = put_digits(p, y, 4);
	*p++ = '-';
	p = put_digits(p, m, 2);
	*p++ = '-';
	p = put_digits(p, d, 2);
	*p = '\0';
	return buf;
}

char *date_dmy(day_t day, char buf[11])
{
	char *p = buf;
	int y, m, d;

	if (!printable(day, buf))
		return buf;
	date_to_ymd(day, &y, &m, &d);
	p = put_digits(p, d, 2);
	*p++ = '/';
	p = put_digits(p, m, 2);
	*p++ = '/';
	p = put_digits(p, y, 4);
	*p = '\0';
	return buf;
}

day_t date_today(void)
{
	const char *pinned = getenv("SOURCE_DATE_EPOCH");
	int64_t now = (int64_t)time(NULL);

	/* At most 10 digits: seconds up to the year 2286, cut by the range below. */
	if (pinned && *pinned && strlen(pinned) <= 10 &&
	    strspn(pinned, "0123456789") == strlen(pinned))
		now = strtoll(pinned, NULL, 10);
	now = (now + INT64_C(7) * 3600) / 86400;
	return now > DAY_MAX ? DAY_MAX : (day_t)now;
}
