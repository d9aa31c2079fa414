#include <rasoat/workdays.h>

#include <rasoat/arena.h>

/*
 * `before` has one element more than there are days: the last holds the total, and -1 there
 * says that workdays_seal() has not run since the last change, when no question is answered.
 */
static int32_t day_count(const struct workdays *w)
{
	return w->last - w->first + 1;
}

static bool known(const struct workdays *w, day_t day)
{
	return day >= w->first && day <= w->last;
}

static bool sealed(const struct workdays *w)
{
	return w->first <= w->last && w->before[day_count(w)] >= 0;
}

struct workdays *workdays_new(struct arena *a, int y1, int y2)
{
	struct workdays *w = ARENA_NEW(a, struct workdays);
	day_t first = 1, last = 0;
	size_t n;

	if (y1 > y2 || !date_from_ymd(y1, 1, 1, &first) || !date_from_ymd(y2, 12, 31, &last)) {
		first = 1;
		last = 0;
	}
	n = (size_t)(last + 1 - first);
	w->first = first;
	w->last = last;
	w->provisional_from = DAY_NONE;
	w->worked = ARENA_ARRAY(a, n, unsigned char);
	w->before = ARENA_ARRAY(a, n + 1, int32_t);
	for (size_t i = 0; i < n; i++)
		w->worked[i] = date_weekday(first + (day_t)i) < 5;
	w->before[n] = -1;
	return w;
}

bool workdays_set(struct workdays *w, day_t day, bool worked)
{
	if (!known(w, day) || (worked && date_weekday(day) == 6))
		return false;
	w->worked[day - w->first] = worked;
	w->before[day_count(w)] = -1;
	return true;
}

void workdays_seal(struct workdays *w)
{
	int32_t n = day_count(w), sum = 0;

	for (int32_t i = 0; i < n; i++) {
		w->before[i] = sum;
		sum += w->worked[i];
	}
	w->before[n] = sum;
}

bool workdays_is_worked(const struct workdays *w, day_t day, bool *ret)
{
	if (!known(w, day))
		return false;
	*ret = w->worked[day - w->first];
	return true;
}

/* The n-th worked day before day `i`; each step is as long as what is still missing, as below. */
static bool count_back(const struct workdays *w, int64_t i, int n, day_t *ret)
{
	int32_t target = w->before[i] - n, missing = n;

	if (target < 0)
		return false;
	while (missing > 0) {
		i -= missing;
		missing = w->before[i] - target;
	}
	*ret = w->first + (day_t)i;
	return true;
}

/*
 * A day adds at most one worked day, so a step as long as what is still missing never goes
 * past the answer; each step leaves about two sevenths of the rest.
 */
bool workdays_add(const struct workdays *w, day_t from, int n, day_t *ret)
{
	int32_t days, target, missing = n;
	int64_t i;

	if (!known(w, from) || !sealed(w))
		return false;
	days = day_count(w);
	i = from - w->first;
	if (n < 0)
		return n >= -days && count_back(w, i, -n, ret);
	if (w->before[days] - w->before[i + 1] < n)
		return false;
	target = w->before[i + 1] + n;
	while (missing > 0) {
		i += missing;
		missing = target - w->before[i + 1];
	}
	*ret = w->first + (day_t)i;
	return true;
}

bool workdays_between(const struct workdays *w, day_t from, day_t to, int *ret)
{
	if (!known(w, from) || !known(w, to) || !sealed(w))
		return false;
	*ret = w->before[to - w->first + 1] - w->before[from - w->first + 1];
	return true;
}

bool workdays_roll(const struct workdays *w, day_t day, day_t *ret)
{
	if (!known(w, day))
		return false;
	for (; day <= w->last; day++)
		if (w->worked[day - w->first]) {
			*ret = day;
			return true;
		}
	return false;
}
