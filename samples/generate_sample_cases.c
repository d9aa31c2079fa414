/* The healthy petitions, cases, sessions and visits of the sample set: all in time. */
#include "generate.h"

#include <string.h>

#define N_PETITIONS 265
#define N_VISITS 230
#define N_SESSION_UNITS 26

static const char *const detailed[] = {
	"01001", "01002", "01003", "01004", "01005", "01006", "01007", "01008", "48001", "48002",
	"48003", "48005", "48006", "48009", "80001", "80002", "80003", "80006", "80001", "80003",
};
static const char *const session_units[N_SESSION_UNITS] = {
	"00",	 "01",	  "48",	   "80",    "01001", "01002", "01003", "01004", "01005",
	"01006", "01007", "01008", "48001", "48002", "48003", "48005", "48006", "48009",
	"80001", "80002", "80003", "80006", "04",    "79",    "92",    "38",
};
static const int as_of = 20731; /* 2026-10-05 */

static int known(int day)
{
	return day <= as_of ? day : NO_DAY;
}

static void put_case_event(struct extracts *x, const char *case_id, const char *kind, int on)
{
	static int n;
	char id[16], document[24], staff[16];

	if (on == NO_DAY)
		return;
	(void)snprintf(id, sizeof id, "SK%05d", ++n);
	(void)snprintf(document, sizeof document, "%d/BHXH-TCD", n);
	(void)snprintf(staff, sizeof staff, "NV%04d", 1 + n % 170);
	put_step(x, &(struct event_row){ .id = id, .case_id = case_id, .kind = kind, .on = on,
					  .document = document, .staff = staff });
}

static bool is_upper(const char *unit)
{
	return strlen(unit) == 2;
}

/* The case that petition `p` opened: accepted when it was handled, decided in 10 to 24 days.
   Returns the day of the decision. */
static int open_case(struct extracts *x, const struct petition_row *p, int i, struct rng *r)
{
	static const char *const first[] = { "right", "wrong", "partly" };
	char number[32];
	int days = rng_between(r, 10, 24);
	bool complex = i % 11 == 3;
	struct case_row c = { .id = p->case_id, .unit = p->unit, .kind = p->kind, .level = p->level };

	c.field = p->field;
	c.complexity = complex ? "complex" : "normal";
	c.ground = complex ? "Nhiều người khiếu nại về một nội dung; chứng cứ mâu thuẫn" : "";
	c.many = "0";
	c.remote = "0";
	c.received = p->received;
	c.accepted = p->handled;
	c.decided = c.accepted == NO_DAY ? NO_DAY : known(day_roll(c.accepted + days));
	c.notified = c.decided == NO_DAY ? NO_DAY : known(day_add_worked(c.decided, i % 2));
	if (c.decided != NO_DAY) {
		(void)snprintf(number, sizeof number, "%d/%s-BHXH", 1000 + i,
			       p->kind[0] == 'd' ? "KL" : "QĐ");
		c.decision_no = number;
		c.result = strcmp(p->level, "second") != 0 ? first[i % 3] : i % 2 ? "upheld" : "revised";
	}
	c.closed = c.notified;
	c.closed_how = c.notified == NO_DAY ? "" : "decided";
	put_case(x, &c);
	put_case_event(x, c.id, "receive", c.received);
	put_case_event(x, c.id, "accept", c.accepted);
	put_case_event(x, c.id, "decide", c.decided);
	put_execution(x, &c, as_of);
	return c.decided;
}

/* What chance did not see to: nothing lies unhandled, denunciations are passed on in five days. */
static void in_time(struct petition_row *p, int case_decided)
{
	if (p->handled == NO_DAY && day_add_worked(p->received, 6) < as_of) {
		p->handled = day_add_worked(p->received, 6);
		p->eligible = "0";
		p->handling = "file";
	}
	if (p->kind[0] == 'd' && p->handling && !strcmp(p->handling, "forward")) {
		int latest = day_add_worked(p->received, 5);

		p->handled = p->handled > latest ? latest : p->handled;
		p->notified = p->handled;
	}
	if (p->source[0] == 't' && p->kind[0] != 'r' && case_decided != NO_DAY)
		p->source_result = known(day_add_worked(case_decided, 3));
}

static const char *pick_field(const char *kind, struct rng *r)
{
	static const char *const complaint[] = { "policy", "policy", "policy", "land", "civil_service", "other" };
	static const char *const denunciation[] = { "civil_service", "policy", "corruption", "judicial",
						    "land", "party" };
	static const char *const recommendation[] = { "policy", "policy", "land", "other", "judicial",
						      "policy" };

	return (kind[0] == 'c' ? complaint : kind[0] == 'd' ? denunciation : recommendation)[rng_below(r, 6)];
}

static void classify(struct petition_row *p, int i, struct rng *r)
{
	p->eligible = rng_percent(r, 86) && strcmp(p->anonymous, "1") != 0 ? "1" : "0";
	p->authority = p->eligible[0] == '0' ? "" : rng_percent(r, 74) ? "own" : "other";
	if (p->eligible[0] == '0')
		p->handling = i % 3 ? "file" : "return";
	else if (p->authority[1] == 'w')
		p->handling = "accept";
	else
		p->handling = p->kind[0] == 'd' || i % 3 == 0 ? "forward" : "guide";
}

static void put_base_petition(struct extracts *x, int i, struct rng *r)
{
	static const char *const sources[] = { "reception", "reception", "post", "post", "post",
					       "reception", "transferred", "online" };
	static const char *const kinds[] = { "complaint", "complaint", "denunciation", "recommendation" };
	char id[16], case_id[16] = "";
	struct petition_row p = { .id = id, .case_id = case_id, .handled = NO_DAY, .notified = NO_DAY };
	int n = rng_below(r, 100), case_decided = NO_DAY;

	(void)snprintf(id, sizeof id, "D26-%04d", i);
	p.unit = n < 62 ? detailed[rng_below(r, COUNT(detailed))] :
		 n < 74 ? session_units[1 + rng_below(r, 3)] :
		 n < 95 ? provinces[rng_below(r, N_PROVINCES)].code : "00";
	p.received = day_roll(day_of(2026, 5, 18) + rng_below(r, 136));
	p.source = sources[rng_below(r, COUNT(sources))];
	p.kind = kinds[rng_below(r, COUNT(kinds))];
	p.level = p.kind[0] == 'r' ? "" :
		  p.kind[0] == 'd' ? (rng_percent(r, 15) ? "again" : "first") :
		  is_upper(p.unit) && rng_percent(r, 40) ? "second" : "first";
	p.senders = rng_percent(r, 6) ? rng_between(r, 5, 30) : rng_between(r, 1, 3);
	p.anonymous = p.kind[0] == 'd' && rng_percent(r, 10) ? "1" : "0";
	p.field = pick_field(p.kind, r);
	if (rng_percent(r, 93) || p.source[0] == 'r')
		p.handled = known(day_add_worked(p.received, rng_between(r, 1, 6)));
	if (p.handled != NO_DAY)
		classify(&p, i, r);
	if (p.source[0] == 'r' && p.handled != NO_DAY)
		p.notified = known(day_add_worked(p.handled, i % 3));
	if (p.handling && !strcmp(p.handling, "accept") && p.kind[0] != 'r') {
		(void)snprintf(case_id, sizeof case_id, "VV26-%04d", i);
		case_decided = open_case(x, &p, i, r);
	}
	in_time(&p, case_decided);
	put_petition(x, &p);
}

static void session_id(char *ret, size_t size, int unit, int month, bool head)
{
	(void)snprintf(ret, size, "P%s-%s-%02d", head ? "TT" : "UQ", session_units[unit], month);
}

static int session_day(int unit, int month, bool head)
{
	return day_roll(day_of(2026, month, head ? 8 + unit % 12 : 21 + unit % 5));
}

static void put_session(struct extracts *x, const char *id, const char *unit, int chair, int day, bool head,
			bool announced)
{
	char cells[160], on[16];
	int y, m, d;

	day_split(day, &y, &m, &d);
	(void)snprintf(on, sizeof on, "%04d-%02d-%02d", y % 10000, m % 100, d % 100);
	(void)snprintf(cells, sizeof cells, "%s|%s|%s|%s|NV%04d|%d|%d|%d", id, unit,
		       announced ? on : "", on, chair, head, !head, announced);
	put_session_cells(x, cells);
}

/* Units whose sessions no form needs: the head's day of each month. */
static void put_other_sessions(struct extracts *x, const char *unit, int n)
{
	for (int i = 0; i < N_SESSION_UNITS; i++)
		if (!strcmp(session_units[i], unit))
			return;
	for (int month = 6; month <= 9 && !is_planted_reception(unit); month++) {
		char id[32];

		(void)snprintf(id, sizeof id, "PTT-%s-%02d", unit, month);
		put_session(x, id, unit, 100 + n, day_roll(day_of(2026, month, 6 + n % 14)), true, true);
	}
}

static void put_sessions(struct extracts *x)
{
	static const char *const others[] = { "80005", "51009" };

	for (int u = 0; u < N_SESSION_UNITS; u++)
		for (int k = 0; k < 8; k++) {
			char id[24];
			int month = 6 + k / 2;

			session_id(id, sizeof id, u, month, k % 2 == 0);
			put_session(x, id, session_units[u], 1 + u, session_day(u, month, k % 2 == 0),
				    k % 2 == 0, (u + k) % 7 != 0);
		}
	for (int i = 0; i < N_PROVINCES; i++)
		put_other_sessions(x, provinces[i].code, i);
	for (int i = 0; i < COUNT(others); i++)
		put_other_sessions(x, others[i], i);
}

static void put_base_visit(struct extracts *x, int i, struct rng *r)
{
	char id[16], session[24] = "", case_id[16] = "";
	struct visit_row v = { .id = id, .session = session, .case_id = case_id, .mode = "regular" };
	int mode = rng_below(r, 100), u = rng_below(r, N_SESSION_UNITS), month = rng_between(r, 6, 9);

	(void)snprintf(id, sizeof id, "LT26-%04d", i);
	v.unit = session_units[u];
	if (mode < 70) {
		v.received = day_roll(day_of(2026, 6, 1) + rng_below(r, 122));
	} else {
		v.mode = mode < 88 ? "head" : "delegated";
		session_id(session, sizeof session, u, month, mode < 88);
		v.received = session_day(u, month, mode < 88);
	}
	v.people = rng_percent(r, 8) ? rng_between(r, 5, 24) : rng_between(r, 1, 4);
	v.group = v.people >= 5 ? "1" : "0";
	v.first_time = rng_percent(r, 60) ? "1" : "0";
	if (rng_percent(r, 65)) /* few cases a unit, so that the same ones come again */
		(void)snprintf(case_id, sizeof case_id, "VV-F-%02d", 1 + (u + rng_below(r, 3)) % 11);
	v.field = fields[rng_below(r, 7)];
	v.outcome = outcomes[rng_below(r, COUNT(outcomes))];
	put_visit(x, &v);
}

void sample_cases(struct extracts *x, struct rng *r)
{
	for (int i = 1; i <= N_PETITIONS; i++)
		put_base_petition(x, i, r);
	put_sessions(x);
	for (int i = 1; i <= N_VISITS; i++)
		put_base_visit(x, i, r);
}
