/* The case store of the sets of any size: petitions, cases with their events, sessions, visits. */
#include "generate.h"

#include <string.h>

enum stream { STREAM_CASE = 20, STREAM_PETITION, STREAM_VISIT, STREAM_EVENT, STREAM_DUTY, STREAM_SESSION };

static const char *const detail_kinds[] = { "complaint", "denunciation", "recommendation" };

struct life { /* the dates of one case, as far as it has come */
	int received, accepted, decided, notified, closed;
	int extended, extension_days, suspended, resumed;
	bool documented;
};

static int known(const struct size *s, int day)
{
	/* The lists are drawn up a few days later: some facts lie after the as-of date. */
	return day > s->as_of + 4 ? NO_DAY : day;
}

static struct life life_at(const struct size *s, struct rng *r, bool upper)
{
	struct life l = { .accepted = NO_DAY, .decided = NO_DAY, .notified = NO_DAY, .closed = NO_DAY,
			  .extended = NO_DAY, .suspended = NO_DAY, .resumed = NO_DAY };
	int days = rng_percent(r, 94) ? rng_between(r, 8, upper ? 40 : 26) : rng_between(r, 27, 110);

	l.received = day_roll(s->as_of - rng_between(r, -3, 500));
	if (rng_percent(r, 2)) { /* closed without being accepted */
		l.closed = known(s, day_add_worked(l.received, rng_between(r, 1, 9)));
		return l;
	}
	l.accepted = day_add_worked(l.received, rng_percent(r, 96) ? rng_between(r, 1, 6) : rng_between(r, 5, 15));
	if (rng_percent(r, 6)) {
		l.extended = l.accepted + rng_between(r, 5, 25);
		l.extension_days = rng_percent(r, 30) ? 0 : rng_percent(r, 50) ? 30 : rng_between(r, 5, 45);
		l.documented = rng_percent(r, 80);
		days += rng_between(r, 0, 30);
	}
	if (rng_percent(r, 4)) {
		l.suspended = l.accepted + rng_between(r, 2, 20);
		l.resumed = l.suspended + rng_between(r, 3, 30);
		if (days < l.resumed - l.accepted + 1) /* nothing is decided while it is suspended */
			days = l.resumed - l.accepted + rng_between(r, 1, 20);
		else
			days += rng_between(r, 0, 30);
	}
	l.decided = day_roll(l.accepted + days);
	if (l.suspended != NO_DAY && rng_percent(r, 15)) { /* and nothing more was heard of it */
		l.resumed = l.decided = NO_DAY;
		l.accepted = known(s, l.accepted);
		return l;
	}
	l.notified = known(s, day_add_worked(l.decided, rng_percent(r, 95) ? rng_between(r, 0, 2) :
									     rng_between(r, 3, 12)));
	if (rng_percent(r, 0.5))
		l.decided = l.accepted - 2; /* a slip of the pen: decided before it was accepted */
	l.decided = known(s, l.decided);
	l.accepted = known(s, l.accepted);
	l.closed = l.notified;
	return l;
}

static void put_case_event(struct extracts *x, const struct size *s, long i, int k, const char *kind, int on,
			   int days, bool document)
{
	struct rng r = rng_at(s->seed, STREAM_EVENT, (uint64_t)i * 16 + (uint64_t)k);
	char id[32], case_id[24], number[32], staff[24];

	if (on == NO_DAY)
		return;
	(void)snprintf(id, sizeof id, "SK%08ld-%d", i, k);
	(void)snprintf(case_id, sizeof case_id, "VV%08ld", i);
	(void)snprintf(number, sizeof number, "%ld/BHXH-%d", i % 9973, k);
	(void)snprintf(staff, sizeof staff, "NV%07ld", i % 997 + (rng_percent(&r, 98) ? k : 3));
	put_step(x, &(struct event_row){
			     .id = id, .case_id = case_id, .kind = kind, .on = on, .days = days,
			     .document = document ? number : NULL,
			     .staff = rng_percent(&r, 99) ? staff : NULL,
			     .sent = rng_percent(&r, 90) ? 0 :
				     rng_percent(&r, 50) ? NO_DAY : day_add_worked(on, rng_between(&r, 0, 9)) });
}

/* Mostly as the law has it (0); now and then empty, or some days later. */
static int mostly(struct rng *r, double percent, int day, int late)
{
	if (day == NO_DAY || rng_percent(r, percent))
		return 0;
	return rng_percent(r, 40) ? NO_DAY : day_add_worked(day, rng_between(r, 1, late));
}

static void case_duties(const struct size *s, struct case_row *c, long i)
{
	static const char *const disciplines[] = { "none", "discipline", "dismissal", "" };
	struct rng r = rng_at(s->seed, STREAM_DUTY, (uint64_t)i);
	bool complaint = c->kind[0] == 'c';

	c->discipline = complaint && rng_percent(&r, 8) ? disciplines[rng_below(&r, 4)] : NULL;
	c->late_ground = complaint && rng_percent(&r, 3) ? "Ốm đau, có giấy xác nhận" : NULL;
	if (complaint && rng_percent(&r, 6))
		c->act_known = rng_percent(&r, 30) ? NO_DAY : c->received - rng_between(&r, -2, 130);
	c->notice = mostly(&r, 95, c->accepted, 14);
	c->national = mostly(&r, 94, c->kind[0] == 'r' ? c->received : c->accepted, 6);
	if (c->kind[0] == 'd') {
		c->handled = mostly(&r, 94, c->decided, 14);
		c->published = mostly(&r, 94, c->decided, 14);
	}
}

/* A continued denunciation: the case before it, and what the superior asked of the unit. */
static void put_continued(struct extracts *x, const struct size *s, long i, const struct case_row *c)
{
	struct rng r = rng_at(s->seed, STREAM_DUTY, (uint64_t)i + (1U << 30));
	int asked = day_add_worked(c->received, rng_between(&r, 1, 6));

	if (!*c->prior || rng_percent(&r, 15))
		return;
	put_case_event(x, s, i, 8, "request_report", asked, 0, true);
	if (rng_percent(&r, 85))
		put_case_event(x, s, i, 9, "report", day_add_worked(asked, rng_between(&r, 1, 7)), 0, true);
}

static void put_case_events(struct extracts *x, const struct size *s, long i, const struct case_row *c,
			    const struct life *l)
{
	struct rng r = rng_at(s->seed, STREAM_DUTY, (uint64_t)i + (1U << 31));

	put_case_event(x, s, i, 1, "receive", l->received, 0, false);
	put_case_event(x, s, i, 2, "accept", l->accepted, 0, true);
	put_case_event(x, s, i, 3, "verify", l->accepted == NO_DAY ? NO_DAY : l->accepted + 4, 0, false);
	put_case_event(x, s, i, 4, "extend", known(s, l->extended), l->extension_days, l->documented);
	put_case_event(x, s, i, 5, "suspend", known(s, l->suspended), 0, rng_percent(&r, 95));
	put_case_event(x, s, i, 6, "resume", rng_percent(&r, 97) ? known(s, l->resumed) : NO_DAY, 0, true);
	put_case_event(x, s, i, 7, "decide", l->decided, 0, true);
	if (c->level[0] == 'a')
		put_continued(x, s, i, c);
	if (c->kind[0] == 'c' && rng_percent(&r, 30))
		put_case_event(x, s, i, 10, "dialogue", l->accepted == NO_DAY ? NO_DAY : l->accepted + 6, 0, true);
	if (rng_percent(&r, 1))
		put_case_event(x, s, i, 11, "discontinue", l->closed, 0, true);
	if (rng_percent(&r, 97))
		put_execution(x, c, s->as_of);
}

/* What case `i` is; the texts of `c` are in `t`. */
struct case_texts {
	char id[24], unit[16], number[32], prior[24];
};

static struct life case_at(const struct size *s, long i, struct case_row *c, struct case_texts *t)
{
	static const char *const complexities[] = { "normal", "normal", "normal", "complex", "very_complex", "" };
	static const char *const results[] = { "right", "wrong", "partly", "upheld", "revised" };
	struct rng r = rng_at(s->seed, STREAM_CASE, (uint64_t)i);
	int n = rng_below(&r, (int)s->units), kind = rng_below(&r, 100);
	bool remote, upper;
	struct life l;

	*c = (struct case_row){ .id = t->id, .unit = t->unit };
	bulk_unit(s, n, t->unit, &remote);
	(void)snprintf(t->id, sizeof t->id, "VV%08ld", i);
	c->kind = detail_kinds[kind < 60 ? 0 : kind < 90 ? 1 : 2];
	upper = kind < 60 && n <= N_PROVINCES && rng_percent(&r, 50);
	c->level = kind >= 90 ? "" : rng_percent(&r, 1) ? "" : upper ? "second" :
		   kind >= 60 && rng_percent(&r, 15) ? "again" : "first";
	c->field = fields[rng_below(&r, 7)];
	c->complexity = complexities[rng_below(&r, COUNT(complexities))];
	c->ground = strlen(c->complexity) > 6 && rng_percent(&r, 70) ? "Nhiều địa điểm xác minh" : "";
	c->many = rng_percent(&r, 20) ? "1" : "0";
	c->remote = remote ? "1" : "0";
	l = life_at(s, &r, upper);
	c->received = l.received;
	c->accepted = l.accepted;
	c->decided = l.decided;
	c->notified = l.notified;
	c->closed = l.closed;
	if (c->decided != NO_DAY) {
		(void)snprintf(t->number, sizeof t->number, "%ld/BHXH", i % 9973);
		c->decision_no = t->number;
		c->money = bulk_money(s, i);
		c->result = results[upper ? 3 + i % 2 : i % 3];
	}
	c->closed_how = c->closed == NO_DAY ? "" : c->decided != NO_DAY ? "decided" :
			c->accepted != NO_DAY ? "withdrawn" :
			c->kind[0] == 'd' && i % 2 ? "transferred" : "not_accepted";
	return l;
}

/* The case before a second or continued one: of its kind, and earlier; every other one still open then. */
static void find_prior(const struct size *s, long i, const struct case_row *c, char *ret, size_t size)
{
	struct case_row o;
	struct case_texts t;

	for (long k = i - 1; k >= 0 && k > i - 60; k--) {
		(void)case_at(s, k, &o, &t);
		if (o.kind != c->kind || o.accepted == NO_DAY || o.accepted >= c->received)
			continue;
		if (i % 2 && o.decided != NO_DAY && o.decided <= c->received)
			continue;
		(void)snprintf(ret, size, "%s", o.id);
		return;
	}
}

static void put_one_case(struct extracts *x, const struct size *s, long i)
{
	struct case_row c;
	struct case_texts t;
	struct life l = case_at(s, i, &c, &t);

	t.prior[0] = '\0';
	if (c.level[0] == 'a' || c.level[0] == 's')
		find_prior(s, i, &c, t.prior, sizeof t.prior);
	c.prior = t.prior;
	case_duties(s, &c, i);
	put_case(x, &c);
	put_case_events(x, s, i, &c, &l);
}

static void classify(struct petition_row *p, struct rng *r)
{
	p->eligible = rng_percent(r, 85) ? "1" : rng_percent(r, 98) ? "0" : "";
	p->authority = rng_percent(r, 75) ? "own" : "other";
	p->handling = p->eligible[0] != '1' ? "file" : p->authority[1] == 'w' ? "accept" :
		      rng_percent(r, 50) ? "guide" : "forward";
}

/* The same again: of the same unit and kind; a denunciation that was passed on is passed on once more. */
static void repeat(const struct size *s, struct petition_row *p, char *unit, long of, char *ret, size_t size)
{
	struct rng r = rng_at(s->seed, STREAM_PETITION, (uint64_t)of);
	int kind = rng_below(&r, 100), number = rng_below(&r, (int)s->units);
	bool remote;

	(void)snprintf(ret, size, "D%08ld", of);
	if (of % 2)
		return;
	bulk_unit(s, number, unit, &remote);
	p->kind = detail_kinds[kind < 50 ? 0 : kind < 75 ? 1 : 2];
	if (p->handled != NO_DAY && p->kind[0] == 'd' && of % 4 == 0) {
		p->handling = "forward";
		p->authority = "other";
	}
}

static void put_one_petition(struct extracts *x, const struct size *s, long i)
{
	static const char *const sources[] = { "reception", "post", "transferred", "online" };
	struct rng r = rng_at(s->seed, STREAM_PETITION, (uint64_t)i);
	char id[24], unit[16], case_id[24] = "", other[24] = "";
	bool remote;
	int kind = rng_below(&r, 100);
	struct petition_row p = { .id = id, .unit = unit, .case_id = case_id, .duplicate_of = other,
				  .handled = NO_DAY, .notified = NO_DAY };

	bulk_unit(s, rng_below(&r, (int)s->units), unit, &remote);
	(void)snprintf(id, sizeof id, "D%08ld", i);
	p.source = sources[rng_below(&r, 4)];
	p.kind = detail_kinds[kind < 50 ? 0 : kind < 75 ? 1 : 2];
	p.level = kind >= 75 ? "" : rng_percent(&r, 80) ? "first" : kind < 50 ? "second" : "again";
	p.senders = rng_between(&r, 1, 7);
	p.anonymous = rng_percent(&r, 5) ? "1" : "0";
	p.field = rng_percent(&r, 99.5) ? fields[rng_below(&r, 7)] : "";
	p.received = day_roll(s->as_of - rng_between(&r, -3, 300));
	if (rng_percent(&r, 95))
		p.handled = known(s, day_add_worked(p.received, rng_between(&r, 0, 9)));
	if (p.handled != NO_DAY)
		classify(&p, &r);
	if (p.handled != NO_DAY && rng_percent(&r, 97))
		p.notified = known(s, day_add_worked(p.handled, rng_between(&r, 0, rng_percent(&r, 90) ? 1 : 9)));
	if (p.handled != NO_DAY && s->cases > 0 && rng_percent(&r, 50))
		(void)snprintf(case_id, sizeof case_id, "VV%08ld", i * 2 / 3 % s->cases);
	if (i > 5 && rng_percent(&r, 4))
		repeat(s, &p, unit, i - 1 - rng_below(&r, 4), other, sizeof other);
	if (rng_percent(&r, 4))
		p.source_notified = rng_percent(&r, 50) ? NO_DAY : day_add_worked(p.received, rng_between(&r, 3, 25));
	if (p.source[0] == 't' && *case_id && rng_percent(&r, 90))
		p.source_result = known(s, p.received + rng_between(&r, 20, 60));
	p.national = p.kind[0] == 'r' ? mostly(&r, 93, p.received, 6) : 0;
	put_petition(x, &p);
}

/* The head's day and a deputy's each month; some are put off, delegated, or not posted in time. */
static void put_one_session(struct extracts *x, const struct size *s, long unit_number, int k)
{
	struct rng r = rng_at(s->seed, STREAM_SESSION, (uint64_t)unit_number * 32 + (uint64_t)k);
	struct out *o = &x->t[T_RECEPTION_SESSION];
	int on = day_roll(s->as_of - 25 * (k / 2) - (int)(unit_number % 20)), online = rng_percent(&r, 10);
	char unit[16];
	bool remote;

	bulk_unit(s, unit_number, unit, &remote);
	put_f(o, "PT%s-%02d", unit, k);
	put(o, unit);
	put_day(o, on);
	put_day(o, rng_percent(&r, 92) ? on : NO_DAY);
	put(o, NULL);
	put(o, k % 2 ? "0" : rng_percent(&r, 98) ? "1" : "");
	put(o, k % 2 ? "1" : (unit_number + k) % 10 ? "0" : "");
	put(o, (unit_number + k) % 9 ? "1" : "0");
	put_day(o, rng_percent(&r, 94) ? on - 10 : rng_percent(&r, 30) ? NO_DAY : on - rng_between(&r, 1, 9));
	put(o, online ? "1" : rng_percent(&r, 99) ? "0" : "");
	put_day(o, !online || rng_percent(&r, 5) ? NO_DAY : on - rng_between(&r, 6, 15));
	put_day(o, !online || rng_percent(&r, 5) ? NO_DAY : on - rng_between(&r, 0, 6));
	end_row(o);
}

static void put_one_visit(struct extracts *x, const struct size *s, long i)
{
	struct rng r = rng_at(s->seed, STREAM_VISIT, (uint64_t)i);
	int mode = rng_below(&r, 100), unit_number = rng_below(&r, (int)s->units);
	char id[24], unit[16], case_id[24] = "";
	bool remote;
	struct visit_row v = { .id = id, .unit = unit, .case_id = case_id };

	bulk_unit(s, unit_number, unit, &remote);
	(void)snprintf(id, sizeof id, "LT%08ld", i);
	v.mode = mode < 70 ? "regular" : mode < 88 ? "head" : "delegated";
	v.received = day_roll(s->as_of - rng_between(&r, -3, 200));
	v.people = rng_percent(&r, 8) ? rng_between(&r, 5, 40) : rng_between(&r, 1, 4);
	v.group = v.people < 5 ? "0" : i % 29 == 0 ? "" : i % 13 ? "1" : "0";
	v.first_time = rng_percent(&r, 60) ? "1" : "0";
	if (s->cases > 0 && rng_percent(&r, 65)) /* few cases a unit: the same ones come again */
		(void)snprintf(case_id, sizeof case_id, "VV%08ld",
			       ((long)unit_number * 5 + rng_below(&r, 5)) % s->cases);
	v.field = fields[rng_below(&r, 7)];
	v.outcome = outcomes[rng_below(&r, COUNT(outcomes))];
	v.urgent = rng_percent(&r, 2) ? "1" : rng_percent(&r, 99) ? "0" : "";
	v.refused = rng_percent(&r, 2) ? "1" : "0";
	if (v.refused[0] == '1')
		v.refusal_notified = rng_percent(&r, 10) ? NO_DAY : day_add_worked(v.received, rng_between(&r, 0, 4));
	v.national = mostly(&r, 93, v.received, 5);
	put_visit(x, &v);
}

void bulk_cases(struct extracts *x, const struct size *s)
{
	for (long i = 0; i < s->cases; i++)
		put_one_case(x, s, i);
	for (long i = 0; i < s->cases * 3 / 2; i++)
		put_one_petition(x, s, i);
	for (long u = 0; u < s->units; u++)
		for (int k = 0; k < 16; k++)
			put_one_session(x, s, u, k);
	for (long i = 0; i < s->cases * 5 / 4; i++)
		put_one_visit(x, s, i);
}
