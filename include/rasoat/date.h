/*
 * date - calendar dates as day numbers.
 *
 * A day is the number of days since 1970-01-01 (Gregorian, proleptic), so
 * days subtract. No clock, no time zone: rasoat never asks what day it is
 * except where the command line says so (date_today, for `init` and logs).
 * Valid range 1900-01-01 to 2199-12-31; parsing refuses anything else.
 */
#ifndef RASOAT_DATE_H
#define RASOAT_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int32_t day_t;
#define DAY_NONE INT32_MIN

/* "YYYY-MM-DD" exactly; false leaves *ret alone. */
bool date_parse_iso(const char *s, size_t n, day_t *ret);
/* ISO, or d/m/yyyy with one- or two-digit day and month (also d-m-yyyy); an ISO or
 * d/m/yyyy date followed by a midnight time " 00:00[:00]" is accepted. */
bool date_parse_any(const char *s, size_t n, day_t *ret);
bool date_from_ymd(int y, int m, int d, day_t *ret);
void date_to_ymd(day_t day, int *y, int *m, int *d);
int date_weekday(day_t day); /* 0 = Monday .. 6 = Sunday */

/* Both return buf. "2026-10-05" / "05/10/2026"; DAY_NONE gives "". */
char *date_iso(day_t day, char buf[11]);
char *date_dmy(day_t day, char buf[11]);

/* Today in Vietnam (UTC+7); SOURCE_DATE_EPOCH wins when set. */
day_t date_today(void);

#endif
