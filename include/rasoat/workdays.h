/*
 * workdays - which days are worked, from the dated civil-service calendar.
 *
 * A pure table: rules/calendar.xml is read into it by the rules room
 * (calendar_load), the store room offers it to SQL as workdays_between() and
 * add_workdays(). Monday to Friday are worked but for the days off; a
 * Saturday is worked only when listed (hoán đổi). Sundays never are.
 * Legal frame: Bộ luật Dân sự 2015, Điều 147 (counting starts the day after
 * the event) and Điều 148 khoản 5 (an end on a day off moves to the next
 * working day); Bộ luật Lao động 2019, Điều 111-112; the yearly notices.
 * Outside the years that were loaded nothing is known: every function says
 * so (false) instead of guessing.
 */
#ifndef RASOAT_WORKDAYS_H
#define RASOAT_WORKDAYS_H

#include <rasoat/date.h>

struct arena;

struct workdays {
	day_t first, last;     /* days known, both inclusive; first > last = none */
	unsigned char *worked; /* one byte a day: 1 = worked */
	int32_t *before;       /* worked days before day i, counted from `first` */
	day_t provisional_from; /* from this day the calendar is not official; DAY_NONE = never */
};

/* A calendar for whole years `y1`..`y2`, Mon-Fri worked; exceptions follow by workdays_set. */
struct workdays *workdays_new(struct arena *a, int y1, int y2);
bool workdays_set(struct workdays *w, day_t day, bool worked); /* false: out of range */
void workdays_seal(struct workdays *w); /* after the last set, before any query */

bool workdays_is_worked(const struct workdays *w, day_t day, bool *ret);
/* Day 0 is `from`; the n-th worked day after it, or before it when n < 0; n = 0 gives `from`. */
bool workdays_add(const struct workdays *w, day_t from, int n, day_t *ret);
/* Worked days in (from, to]; negative when to < from. */
bool workdays_between(const struct workdays *w, day_t from, day_t to, int *ret);
/* `day` itself when worked, else the next worked day (Điều 148 khoản 5). */
bool workdays_roll(const struct workdays *w, day_t day, day_t *ret);

#endif
