#include "sqlite_functions.h"

#include <rasoat/text.h>
#include <rasoat/workdays.h>
#include <stdlib.h>

static bool arg_day(const struct value *v, day_t *ret)
{
	return v->kind == V_TEXT && date_parse_iso(v->text, v->len, ret);
}

/* Day counts are small; anything beyond the calendar's 300 years is no day count. */
static bool arg_days(const struct value *v, int *ret)
{
	const int64_t limit = 200000;
	int64_t n = v->i;

	if (v->kind == V_TEXT) {
		char *end;

		n = strtoll(v->text, &end, 10);
		if (end == v->text || *end)
			return false;
	} else if (v->kind == V_REAL) {
		if (!(v->r >= (double)-limit && v->r <= (double)limit))
			return false;
		n = (int64_t)v->r;
		if ((double)n < v->r || (double)n > v->r)
			return false;
	}
	if (n < -limit || n > limit)
		return false;
	*ret = (int)n;
	return true;
}

static void give_day(struct sql_call *call, day_t day)
{
	if (date_iso(day, call->date)[0])
		call->ret = value_text(call->date);
}

static void run_facts_on(struct sql_call *call)
{
	const struct store *s = call->store;

	if (s->as_of[0])
		call->ret = value_text(s->facts_on[0] ? s->facts_on : s->as_of);
}

static void run_as_of(struct sql_call *call)
{
	if (call->store->as_of[0])
		call->ret = value_text(call->store->as_of);
}

static void run_days_between(struct sql_call *call)
{
	day_t a, b;

	if (arg_day(&call->args[0], &a) && arg_day(&call->args[1], &b))
		call->ret = value_int((int64_t)b - a);
}

static void run_add_days(struct sql_call *call)
{
	day_t a;
	int n;

	if (arg_day(&call->args[0], &a) && arg_days(&call->args[1], &n))
		give_day(call, a + n);
}

static void run_workdays_between(struct sql_call *call)
{
	day_t a, b;
	int n;

	if (call->store->workdays && arg_day(&call->args[0], &a) && arg_day(&call->args[1], &b) &&
	    workdays_between(call->store->workdays, a, b, &n))
		call->ret = value_int(n);
}

static void run_add_workdays(struct sql_call *call)
{
	day_t a, day;
	int n;

	if (call->store->workdays && arg_day(&call->args[0], &a) &&
	    arg_days(&call->args[1], &n) &&
	    workdays_add(call->store->workdays, a, n, &day))
		give_day(call, day);
}

static void run_next_workday(struct sql_call *call)
{
	day_t a, day;

	if (call->store->workdays && arg_day(&call->args[0], &a) &&
	    workdays_roll(call->store->workdays, a, &day))
		give_day(call, day);
}

static void run_fold(struct sql_call *call)
{
	const struct value *v = &call->args[0];

	if (v->kind != V_TEXT || text_invalid_at(v->text, v->len) < v->len)
		return;
	text_fold(v->text, v->len, &call->text);
	call->ret = value_text(call->text.p);
}

static const struct sql_function functions[] = {
	{ "as_of", 0, run_as_of },
	{ "facts_on", 0, run_facts_on },
	{ "days_between", 2, run_days_between },
	{ "add_days", 2, run_add_days },
	{ "workdays_between", 2, run_workdays_between },
	{ "add_workdays", 2, run_add_workdays },
	{ "next_workday", 1, run_next_workday },
	{ "fold", 1, run_fold },
};

const struct sql_function *sql_functions(int *ret_count)
{
	*ret_count = (int)(sizeof(functions) / sizeof(functions[0]));
	return functions;
}
