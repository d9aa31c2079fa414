/* Certificates, what they signed, and requests for data: of the persons and units of generate_bulk.c. */
#include "generate.h"

enum stream { STREAM_CERTIFICATE = 30, STREAM_REQUEST };

/* Revoked on the day the holder left, late, not at all; of who stays, rarely. */
static int revocation(const struct size *s, const struct person *p, int issued, struct rng *r)
{
	int how = rng_below(r, 100), day = NO_DAY;

	if (bulk_gone(p) && p->effective <= s->as_of && how < 90)
		day = p->effective + (how < 80 ? 0 : rng_between(r, 1, 40));
	else if (how < 3)
		day = s->as_of - rng_between(r, -5, 300);
	return day == NO_DAY || day < issued ? NO_DAY : day;
}

static void put_uses(struct extracts *x, const struct size *s, const char *certificate, const struct person *p,
		     int issued, int last, struct rng *r)
{
	struct out *o = &x->t[T_CERTIFICATE_USE];
	bool odd = rng_percent(r, 2); /* when it must not be used */
	int end = last < s->as_of ? last : s->as_of;

	if (p->event >= 0 && p->effective < end)
		end = p->effective;
	for (int k = 0; k < 2; k++) {
		int day = !odd ? end - rng_below(r, 400) : k ? end + rng_between(r, 1, 40) : issued - 1;

		if (!odd && day < issued)
			continue;
		put(o, certificate);
		put_day(o, day);
		put_f(o, "VB-%s-%d", certificate + 3, k);
		end_row(o);
	}
}

static void put_certificate(struct extracts *x, const struct size *s, long i, int nth)
{
	struct rng r = rng_at(s->seed, STREAM_CERTIFICATE, (uint64_t)(i * 2 + nth));
	struct person p = bulk_person(s, i);
	struct out *o = &x->t[T_CERTIFICATE];
	int issued = s->as_of - rng_between(&r, nth ? 1 : 30, 1860);
	int expires = issued + (rng_percent(&r, 0.5) ? 1900 : 1825);
	int revoked;
	char id[24];

	if (p.joined > issued && p.joined < s->as_of)
		issued = p.joined;
	revoked = revocation(s, &p, issued, &r);
	(void)snprintf(id, sizeof id, "CTS%07ld%s", i, nth ? "b" : "");
	put(o, id);
	if (rng_percent(&r, 0.3))
		put(o, rng_percent(&r, 50) ? "NV-KHONG-CO" : NULL);
	else
		put_f(o, "NV%07ld", i);
	put_f(o, "54010001%08lX", (unsigned long)(i * 2 + nth));
	put_day(o, rng_percent(&r, 0.2) ? NO_DAY : issued);
	put_day(o, rng_percent(&r, 0.2) ? NO_DAY : expires);
	put_day(o, revoked);
	end_row(o);
	put_uses(x, s, id, &p, issued, revoked != NO_DAY && revoked < expires ? revoked : expires, &r);
}

/* An answer to a question of the form: mostly yes, sometimes no, sometimes not known. */
static const char *answer(struct rng *r)
{
	int n = rng_below(r, 100);

	return n < 94 ? "1" : n < 98 ? "0" : "";
}

static void put_request(struct extracts *x, const struct size *s, long i)
{
	struct rng r = rng_at(s->seed, STREAM_REQUEST, (uint64_t)i);
	struct out *o = &x->t[T_DATA_REQUEST];
	int asked = s->as_of - rng_between(&r, -3, 3200), how = rng_below(&r, 100);
	int approved = how < 88 ? asked - rng_between(&r, 0, 10) : how < 96 ? asked + rng_between(&r, 1, 20) : NO_DAY;
	char unit[16];
	bool remote;

	bulk_unit(s, rng_below(&r, (int)s->units), unit, &remote);
	put_f(o, "YC%07ld", i);
	put(o, unit);
	put_day(o, rng_percent(&r, 0.5) ? NO_DAY : asked);
	if (rng_percent(&r, 97))
		put_f(o, "%ld/BHXH-CNTT", i);
	else
		put(o, NULL);
	put(o, answer(&r));
	put(o, answer(&r));
	put(o, approved != NO_DAY || rng_percent(&r, 20) ? "Lãnh đạo Ngành" : NULL);
	put_day(o, approved);
	put_day(o, rng_percent(&r, 90) ? asked + rng_between(&r, 1, 20) : NO_DAY);
	end_row(o);
}

/* Mailboxes of sections, and entries of nobody in the staff list. */
static void put_strangers(struct extracts *x, long n)
{
	struct out *o = &x->t[T_DIRECTORY];

	for (long i = 0; i < n; i++) {
		put_f(o, "hopthu%ld", i);
		put_f(o, "hopthu%ld@vss.gov.vn", i);
		put(o, i % 2 ? "NV-KHONG-CO" : NULL);
		put(o, i % 5 ? "active" : "locked");
		end_row(o);
	}
}

void bulk_registers(struct extracts *x, const struct size *s)
{
	put_strangers(x, s->accounts / 2000);
	for (long i = 0; i < s->accounts / BULK_PER_PERSON; i++) {
		put_certificate(x, s, i, 0);
		if (i % 60 == 0)
			put_certificate(x, s, i, 1);
	}
	for (long i = 0; i < s->accounts / 100; i++)
		put_request(x, s, i);
}
