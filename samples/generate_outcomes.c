/*
 * What decisions ask for beside money to recover, what was done of it, and the figures that units type in. All of it follows from
 * the code of the case or unit, so that nothing else in a set changes with it.
 */
#include "generate.h"

#include <string.h>

static struct rng rng_of(const char *id)
{
	uint64_t n = 1469598103934665603U;

	for (; *id; id++)
		n = (n ^ (unsigned char)*id) * 1099511628211U;
	return rng_at(n, 77, 0);
}

struct outcome {
	int land, back_land, orgs, persons, org_duty, staff_duty, officials, referred;
	long back;
};

static void draw(struct rng *r, const struct case_row *c, struct outcome *o)
{
	bool right = c->result && strcmp(c->result, "wrong") != 0 && strcmp(c->result, "upheld") != 0;

	*o = (struct outcome){ 0 };
	if (!right)
		return;
	o->land = rng_percent(r, 3) ? rng_between(r, 20, 400) : 0;
	o->back = rng_percent(r, 40) ? 1000L * rng_between(r, 300, 45000) : 0;
	o->persons = o->back ? rng_between(r, 1, 3) : 0;
	o->orgs = rng_percent(r, 5);
	o->org_duty = c->kind[0] == 'd' && rng_percent(r, 8);
	o->staff_duty = rng_percent(r, 20) ? rng_between(r, 1, 3) : 0;
	o->officials = o->staff_duty ? rng_between(r, 0, o->staff_duty) : 0;
	o->referred = rng_percent(r, 2);
}

static void put_steps(struct extracts *x, const struct case_row *c, const struct outcome *w, struct rng *r)
{
	struct out *o = &x->t[T_CASE_EXECUTION];
	bool done = rng_percent(r, 70);

	if (!rng_percent(r, 80))
		return;
	put_f(o, "TH-%s", c->id);
	put(o, c->id);
	put_day(o, day_roll(c->decided + rng_between(r, 5, 45)));
	put_int(o, done ? w->land : 0);
	put_int(o, done ? w->back : w->back / 2);
	put_int(o, w->back_land);
	put_int(o, w->org_duty);
	put_int(o, w->staff_duty);
	put_int(o, w->officials);
	put_int(o, w->referred && done);
	put_int(o, w->referred && done);
	put_int(o, 0);
	put_int(o, done);
	end_row(o);
}

void put_outcome(struct extracts *x, const struct case_row *c)
{
	struct rng r = rng_of(c->id);
	struct out *o = &x->t[T_CASE_OUTCOME];
	struct outcome w;

	if (c->decided == NO_DAY || c->kind[0] == 'r')
		return;
	draw(&r, c, &w);
	put(o, c->id);
	put_int(o, w.land);
	put_int(o, w.back);
	put_int(o, w.back_land);
	put_int(o, w.orgs);
	put_int(o, w.persons);
	put_int(o, w.org_duty);
	put_int(o, w.staff_duty);
	put_int(o, w.officials);
	put_int(o, w.referred);
	put_int(o, w.referred);
	put_int(o, 0);
	end_row(o);
	put_steps(x, c, &w, &r);
}

/* Documents, classes and inspections of one unit in one quarter: few, and more of them at the centre. */
static void put_quarter(struct extracts *x, const char *unit, int quarter)
{
	struct out *o = &x->t[T_INDICATOR];
	char key[32];
	struct rng r;
	int classes, inspections;

	(void)snprintf(key, sizeof key, "%s/%d", unit, quarter);
	r = rng_of(key);
	classes = rng_between(&r, 0, 2);
	inspections = rng_percent(&r, 30);
	for (int n = 1; n <= 17; n++) {
		int value = n <= 3 ? rng_between(&r, 0, 3 - n) : n == 4 ? classes : n == 5 ? classes * rng_between(&r, 20, 90) : 0;

		put(o, unit);
		put_f(o, "2026-Q%d", quarter);
		put_f(o, "06/QLKNTC.%d", n);
		put_int(o, n >= 6 && n <= 8 ? inspections : value);
		put_row(o, "|");
	}
}

void put_indicators(struct extracts *x)
{
	for (int quarter = 1; quarter <= 3; quarter++) {
		put_quarter(x, "00", quarter);
		for (int i = 0; i < N_PROVINCES; i++)
			if (quarter < 3 || strcmp(provinces[i].code, "96") != 0)
				put_quarter(x, provinces[i].code, quarter);
	}
}
