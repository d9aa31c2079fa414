/*
 * Money, inspections, one-time benefits and periodic reports of the sets of any size. A few percent
 * of the rows break each rule, and a few leave out what a rule needs.
 */
#include "generate.h"

#include <string.h>

enum stream {
	STREAM_MONEY = 60,
	STREAM_RECOVERY,
	STREAM_INSPECTION,
	STREAM_PERSON,
	STREAM_BENEFIT,
	STREAM_REPORT
};

#define CASE_STEP 10 /* every tenth case may have money to recover */

static void put_or(struct out *o, struct rng *r, double missing, const char *text)
{
	put(o, rng_percent(r, missing) ? NULL : text);
}

static void put_day_or(struct out *o, struct rng *r, double missing, int day)
{
	put_day(o, rng_percent(r, missing) ? NO_DAY : day);
}

/* An amount, or an empty cell. */
static void put_amount(struct out *o, struct rng *r, double missing, long amount)
{
	if (rng_percent(r, missing))
		put(o, NULL);
	else
		put_int(o, amount);
}

/* What the decision of a case asks for, as put_case() has it. */
long bulk_money(const struct size *s, long number)
{
	struct rng r = rng_at(s->seed, STREAM_MONEY, (uint64_t)number);

	if (number % CASE_STEP != 3)
		return rng_percent(&r, 50) ? 0 : ZERO_MONEY;
	return rng_percent(&r, 3) ? 0 : 1000L * rng_between(&r, 500, 90000);
}

/* ---- recoveries and their payments ---- */

struct owed {
	const char *key, *case_id, *inspection;
	long due;
};

static void put_paid(struct extracts *x, const struct owed *w, int k, int on, long amount,
		     struct rng *r)
{
	struct out *o = &x->t[T_RECOVERY_PAYMENT];
	char id[48];

	(void)snprintf(id, sizeof id, "TT%s-%d", w->key, k);
	put(o, id);
	(void)snprintf(id, sizeof id, "TH%s", w->key);
	put_or(o, r, 0.5, rng_percent(r, 0.5) ? "TH-KHONG-CO" : id);
	put_day_or(o, r, 0.5, on);
	put_amount(o, r, 0.5, rng_percent(r, 0.5) ? 0 : amount);
	end_row(o);
}

static void put_payments(struct extracts *x, const struct owed *w, int decided, struct rng *r)
{
	int how = rng_below(r, 100),
	    on = decided + (rng_percent(r, 1) ? -3 : rng_between(r, 0, 60));

	if (how < 70) {
		put_paid(x, w, 1, on, w->due / 2, r);
		put_paid(x, w, 2, on + rng_between(r, 0, 20), w->due - w->due / 2 + (how == 0), r);
	} else if (how < 88) {
		put_paid(x, w, 1, on, w->due / rng_between(r, 2, 9), r);
	}
}

static void put_recovery(struct extracts *x, const struct size *s, const struct owed *w, long n,
			 struct rng *r)
{
	static const char *const funds[] = { "BHXH", "BHYT", "BHTN" };
	struct out *o = &x->t[T_RECOVERY];
	int decided = s->as_of - rng_between(r, -3, 400);
	bool hard = rng_percent(r, 6), remote;
	char text[40];

	put_f(o, "TH%s", w->key);
	put(o, w->case_id);
	bulk_unit(s, n % s->units, text, &remote);
	put(o, text);
	put_or(o, r, 0.5, funds[n % 3]);
	(void)snprintf(text, sizeof text, "%ld/QĐ-TH", n % 9973 + 1);
	put_or(o, r, 0.5, text);
	put_day_or(o, r, 0.5, decided);
	put_amount(o, r, 0.5, w->due + rng_percent(r, 1));
	put(o, w->inspection);
	put(o, hard ? "1" : "0");
	put_or(o, r, 30, hard ? "Không còn tài sản để thu hồi" : "");
	put_or(o, r, 30, hard ? "Trừ dần vào chế độ đang hưởng" : "");
	end_row(o);
	put_payments(x, w, decided, r);
}

static void put_recoveries(struct extracts *x, const struct size *s)
{
	for (long i = 3; i < s->cases; i += CASE_STEP) {
		struct rng r = rng_at(s->seed, STREAM_RECOVERY, (uint64_t)i);
		long money = bulk_money(s, i);
		char key[24], second[24], id[24];
		bool split = rng_percent(&r, 10);

		if (rng_percent(&r, 4)) /* not on record */
			continue;
		if (money <= 0)
			money = 5000;
		(void)snprintf(key, sizeof key, "%08ld", i);
		(void)snprintf(second, sizeof second, "%08ldb", i);
		(void)snprintf(id, sizeof id, rng_percent(&r, 0.5) ? "VV-KHONG-CO" : "VV%08ld", i);
		put_recovery(x, s, &(struct owed){ key, id, NULL, split ? money / 3 : money }, i,
			     &r);
		if (split)
			put_recovery(x, s, &(struct owed){ second, id, NULL, money - money / 3 },
				     i + 1, &r);
	}
}

/* ---- inspections ---- */

struct visit_dates { /* of one inspection, as far as it has come */
	int planned, adjusted, started, ended, drafted, concluded;
};

static int known(const struct size *s, int day)
{
	return day > s->as_of + 4 ? NO_DAY : day;
}

static struct visit_dates dates_at(const struct size *s, struct rng *r, bool planned)
{
	struct visit_dates d = { NO_DAY, NO_DAY, NO_DAY, NO_DAY, NO_DAY, NO_DAY };
	int on = s->as_of - rng_between(r, -60, 500);

	if (planned && !rng_percent(r, 1))
		d.planned = on;
	if (planned && rng_percent(r, 6))
		d.adjusted = known(s, on - rng_between(r, 0, 20));
	if (planned && rng_percent(r, 4)) /* put off, or forgotten */
		return d;
	d.started = known(s, on + (rng_percent(r, 90) ? 0 : rng_between(r, 1, 20)));
	if (d.started == NO_DAY || rng_percent(r, 1))
		return d;
	on = d.started + (rng_percent(r, 88) ? rng_between(r, 5, 24) : rng_between(r, 22, 75));
	d.ended = known(s, rng_percent(r, 0.5) ? d.started - 2 : on);
	if (rng_percent(r, 97))
		d.drafted = known(s, on + (rng_percent(r, 90) ? rng_between(r, 0, 5)
							      : rng_between(r, -1, 15)));
	if (rng_percent(r, 97))
		d.concluded = known(s, on + (rng_percent(r, 90) ? rng_between(r, 6, 28)
								: rng_between(r, -2, 60)));
	if (rng_percent(r, 1))
		d.ended = NO_DAY;
	return d;
}

static void put_inspection(struct extracts *x, const struct size *s, long i)
{
	struct rng r = rng_at(s->seed, STREAM_INSPECTION, (uint64_t)i);
	struct out *o = &x->t[T_INSPECTION];
	bool planned = rng_percent(&r, 80), remote;
	struct visit_dates d = dates_at(s, &r, planned);
	long upper = s->units < N_PROVINCES + 1 ? s->units : N_PROVINCES + 1;
	long found = d.concluded != NO_DAY && rng_percent(&r, 25)
			     ? 1000L * rng_between(&r, 100, 40000)
			     : 0;
	char key[24], id[24], text[40];

	(void)snprintf(id, sizeof id, "KT%07ld", i);
	put(o, id);
	bulk_unit(s, rng_below(&r, (int)(rng_percent(&r, 85) ? upper : s->units)), text, &remote);
	put_or(o, &r, 0.5, text);
	put_or(o, &r, 1, planned ? "planned" : "unplanned");
	(void)snprintf(text, sizeof text, "%ld/%s", i % 997 + 1, planned ? "KH-KT" : "QĐ-KT");
	put_or(o, &r, 1, text);
	put_day(o, d.started);
	put_day(o, d.concluded);
	(void)snprintf(text, sizeof text, "%ld/KL-KT", i % 997 + 1);
	put_or(o, &r, 1, d.concluded == NO_DAY ? "" : text);
	put_int(o, rng_between(&r, 1, 4));
	put_amount(o, &r, d.concluded == NO_DAY ? 100 : 1, found);
	put_or(o, &r, 1, rng_percent(&r, 88) ? "check" : "inspection");
	put_or(o, &r, 1, rng_percent(&r, 10) ? "1" : "0");
	put_day(o, d.planned);
	put_day(o, d.adjusted);
	put_or(o, &r, 20, d.adjusted == NO_DAY ? "" : "15/BHXH-KT");
	put_day(o, d.ended);
	put_day(o, d.drafted);
	end_row(o);
	if (!found || rng_percent(&r, 15))
		return;
	(void)snprintf(key, sizeof key, "K%07ld", i);
	put_recovery(x, s, &(struct owed){ key, NULL, id, found - rng_below(&r, 3) }, i, &r);
}

/* ---- persons, books, benefits ---- */

static void number_of(char ret[24], long i)
{
	(void)snprintf(ret, 24, "%010ld", 8000000 + i);
}

/* Every fiftieth person is the one before under another number: with the same papers, older ones,
 * or none. */
static void put_person(struct extracts *x, const struct size *s, long i)
{
	bool twin = i % 50 == 49;
	long self = twin ? i - 1 : i;
	struct rng r = rng_at(s->seed, STREAM_PERSON, (uint64_t)self),
		   own = rng_at(s->seed, STREAM_PERSON, (uint64_t)(i * 2 + 1));
	struct out *o = &x->t[T_INSURED_PERSON];
	int papers = rng_below(&own, 6);
	char name[64], number[24], old[32], new[32], unit[16];
	bool remote;

	person_name(&r, name, sizeof name);
	(void)snprintf(old, sizeof old, "%09ld", 10000000 + self * 37 % 900000000);
	(void)snprintf(new, sizeof new, "%03d%09ld", 1 + (int)(self % 96), 100000000 + self);
	number_of(number, i);
	put(o, number);
	put_or(o, &own, 0.3, name);
	put_day_or(o, &own, 0.3, day_of(1950, 1, 1) + rng_below(&r, 18000));
	if (papers == 0)
		put_or(o, &own, 30, old);
	else if (papers == 1)
		put_f(o, "000%s", old);
	else if (papers == 2 && twin) /* somebody else of that name and day */
		put_f(o, "%03d%09ld", 1 + (int)(self % 96), 500000000 + self);
	else
		put(o, new);
	put(o, papers >= 3 && rng_percent(&own, 60) ? old : NULL);
	bulk_unit(s, self % s->units, unit, &remote);
	put(o, unit);
	end_row(o);
}

static void put_book(struct extracts *x, const struct size *s, long i, const char *suffix,
		     int issued, const char *status)
{
	struct rng r = rng_at(s->seed, STREAM_BENEFIT, (uint64_t)(i * 4 + (*suffix ? 1 : 0)));
	struct out *o = &x->t[T_INSURANCE_BOOK];
	char number[24], unit[16];
	bool remote;

	number_of(number, i);
	put_f(o, "%s%s", number, suffix);
	put_or(o, &r, 0.1, number);
	bulk_unit(s, i % s->units, unit, &remote);
	put(o, unit);
	put_day_or(o, &r, 0.3, issued);
	put(o, *suffix ? "1" : "0");
	put(o, *suffix && rng_percent(&r, 60) ? number : NULL);
	put_or(o, &r, 0.5, status);
	end_row(o);
}

struct benefit {
	const char *decision, *kind;
	int from, to, paid;
};

static void put_benefit(struct extracts *x, const struct size *s, long i, int k,
			const struct benefit *b, struct rng *r)
{
	struct out *o = &x->t[T_BENEFIT_PAYMENT];
	char number[24], other[24], unit[16];
	bool remote;

	number_of(number, i);
	number_of(other, i + 1);
	put_f(o, "CT%08ld-%d", i, k);
	bulk_unit(s, (i + k) % s->units, unit, &remote);
	put(o, unit);
	put_or(o, r, 0.2, number);
	put_or(o, r, 0.3,
	       rng_percent(r, 0.3)   ? other
	       : rng_percent(r, 0.3) ? "SO-KHONG-CO"
				     : number);
	put_or(o, r, 0.3, b->kind);
	put_or(o, r, 0.4, b->decision);
	put_day_or(o, r, 0.6, b->from);
	put_day_or(o, r, 0.6, rng_percent(r, 0.2) ? b->from - 30 : b->to);
	put_day_or(o, r, 0.3, b->paid);
	put_int(o, 1000L * rng_between(r, 3000, 90000));
	end_row(o);
}

static void put_insured(struct extracts *x, const struct size *s, long i)
{
	struct rng r = rng_at(s->seed, STREAM_BENEFIT, (uint64_t)(i * 4 + 2));
	int issued = s->as_of - rng_between(&r, 3000, 6500),
	    paid = s->as_of - rng_between(&r, -3, 1500);
	int from = issued + rng_between(&r, 0, 200), to = from + rng_between(&r, 300, 1500);
	bool was_paid = rng_percent(&r, 60);
	char decision[32];

	put_person(x, s, i);
	put_book(x, s, i, "", issued,
		 rng_percent(&r, 0.5)		   ? "void"
		 : was_paid && rng_percent(&r, 98) ? "closed"
						   : "active");
	if (rng_percent(&r, 2))
		put_book(x, s, i, "R", paid + rng_between(&r, -300, 20), "active");
	if (!was_paid)
		return;
	(void)snprintf(decision, sizeof decision, "%ld/QĐ-1L", i % 99991);
	put_benefit(x, s, i, 1, &(struct benefit){ decision, "BHXH1L", from, to, paid }, &r);
	if (rng_percent(&r, 4)) {
		int again = rng_percent(&r, 60) ? to + 1 : to - rng_between(&r, 0, 100);
		bool same = rng_percent(&r, 10);

		if (!same)
			(void)snprintf(decision, sizeof decision, "%ld/QĐ-1L", i % 99991 + 7);
		put_benefit(x, s, i, 2,
			    &(struct benefit){ decision, rng_percent(&r, 90) ? "BHXH1L" : "TUAT1L",
					       same ? from : again, same ? to : again + 200,
					       paid + rng_between(&r, 0, 90) },
			    &r);
	}
}

/* ---- periodic reports ---- */

static int month_day(int months, int dom)
{
	return day_of(months / 12, months % 12 + 1, dom);
}

static void put_report(struct extracts *x, const struct size *s, const char *unit,
		       const char *report, int from, int to, int due, int n)
{
	struct rng r = rng_at(s->seed, STREAM_REPORT, (uint64_t)n);
	struct out *o = &x->t[T_REPORT_SUBMISSION];
	int sent = rng_percent(&r, 93) ? to + rng_between(&r, 1, due - to - 1)
				       : due + rng_between(&r, -1, 12);

	if (to > s->as_of || rng_percent(&r, 3))
		return;
	put_f(o, "BC%06d", n);
	put(o, unit);
	put(o, report);
	put_day(o, from);
	put_day(o, to + (rng_percent(&r, 0.7) ? 1 : 0));
	put_or(o, &r, 1, "25/BC-BHXH");
	put_day_or(o, &r, 1, sent);
	put_day_or(o, &r, 1, sent + rng_between(&r, 0, 1));
	end_row(o);
}

/* The reports of one unit over the last two years; `last`: the month of the as-of date, counted
 * from the year 0. */
static void put_reports(struct extracts *x, const struct size *s, const char *unit, int number,
			int last)
{
	for (int m = last - 24; m <= last; m++) {
		int n = (number * 40 + (m - last + 24)) * 4, to = month_day(m, 14);

		if (m % 3 == 0) /* January: the quarter of the calendar is over */
			put_report(x, s, unit, "account_changes", month_day(m - 3, 1),
				   month_day(m, 1) - 1, month_day(m, 9), n);
		if (m % 3 != 2)
			continue;
		put_report(x, s, unit, "tcd_kntc", month_day(m - 3, 15), to, to + 2, n + 1);
		if (m % 12 != 2)
			put_report(x, s, unit, "tcd_kntc", month_day(m - m % 12 - 1, 15), to,
				   to + 2, n + 2);
	}
}

void bulk_funds(struct extracts *x, const struct size *s)
{
	int year, month, dom;

	day_split(s->as_of, &year, &month, &dom);
	put_recoveries(x, s);
	for (long i = 0; i < s->units * 6; i++)
		put_inspection(x, s, i);
	for (long i = 0; i < s->cases * 2; i++)
		put_insured(x, s, i);
	for (int n = 0; n <= N_PROVINCES && n < s->units; n++) {
		char unit[16];
		bool remote;

		bulk_unit(s, n, unit, &remote);
		put_reports(x, s, unit, n, year * 12 + month - 1);
	}
}
