/* One row of each of the larger tables. */
#include "generate.h"

#include <ctype.h>
#include <string.h>

/* "NV-A1-01" -> "nva101": what follows in mail addresses and logins. */
static const char *login_of(const char *id, char *ret, size_t size)
{
	size_t n = 0;

	for (; *id && n + 1 < size; id++)
		if (isalnum((unsigned char)*id))
			ret[n++] = (char)tolower((unsigned char)*id);
	ret[n] = '\0';
	return ret;
}

void put_staff(struct extracts *x, const struct staff_row *s, struct rng *names)
{
	struct out *o = &x->t[T_STAFF], *d = &x->t[T_DIRECTORY];
	char name[64], login[32];

	person_name(names, name, sizeof name);
	login_of(s->id, login, sizeof login);
	put(o, s->id);
	put(o, name);
	put(o, s->unit);
	put(o, s->position);
	put(o, s->duty);
	put_f(o, "%s@vss.gov.vn", login);
	put_day(o, s->joined);
	end_row(o);
	if (s->directory && *s->directory == '-')
		return;
	put(d, login);
	put_f(d, "%s@vss.gov.vn", login);
	put(d, s->id);
	put(d, s->directory ? s->directory : "active");
	end_row(d);
}

void put_decision(struct extracts *x, const struct decision_row *d)
{
	struct out *o = &x->t[T_STAFF_EVENT];

	put(o, d->id);
	put(o, d->staff);
	put(o, d->kind);
	put(o, d->number);
	put_day(o, d->signed_on);
	put_day(o, d->effective);
	put_day(o, d->until);
	put(o, d->to_unit);
	put_day(o, d->entered);
	end_row(o);
}

static int password_day(const struct account_row *a)
{
	int day = a->login == NO_DAY ? a->opened : a->login - 20;

	if (a->password)
		return a->password;
	return a->opened != NO_DAY && day < a->opened ? a->opened : day;
}

static void keep_held(struct extracts *x, const struct account_row *a)
{
	int as_of = day_of(2026, 10, 5);

	if (x->n_held == x->cap_held || strcmp(a->system, "CSDLQG-KNTC") != 0 ||
	    (a->locked != NO_DAY && a->locked <= as_of) || a->opened > as_of)
		return;
	(void)snprintf(x->held[x->n_held].unit, sizeof x->held[0].unit, "%s", a->unit);
	x->held[x->n_held++].class = *a->class;
}

void put_account(struct extracts *x, const struct account_row *a)
{
	struct out *o = &x->t[T_ACCOUNT];
	char login[32], mail[32];

	keep_held(x, a);
	put(o, a->id);
	put(o, a->system);
	put(o, a->name ? a->name : login_of(a->id, login, sizeof login));
	put(o, a->unit);
	put(o, a->staff);
	put(o, a->class);
	if (a->mail)
		put(o, a->mail);
	else if (a->staff && *a->staff)
		put_f(o, "%s@vss.gov.vn", login_of(a->staff, mail, sizeof mail));
	else
		put(o, NULL);
	put(o, a->request);
	put_day(o, a->opened);
	put_day(o, a->locked);
	put_day(o, a->login);
	put_day(o, password_day(a));
	put_day(o, a->expires ? a->expires : NO_DAY);
	end_row(o);
}

/* A day that was not given: one that keeps the law. */
static int either(int given, int lawful)
{
	return given ? given : lawful;
}

static int after(int day, int worked)
{
	return day == NO_DAY ? NO_DAY : day_add_worked(day, worked);
}

/* Complaints after an act or a decision; when the conclusion of a denunciation was acted on. */
static void put_case_duties(struct out *o, const struct case_row *c)
{
	bool complaint = c->kind[0] == 'c', denunciation = c->kind[0] == 'd';
	bool discipline = c->discipline && *c->discipline && strcmp(c->discipline, "none") != 0;
	int ago = discipline ? 4 : c->level && strcmp(c->level, "second") == 0 ? 12 : 25;

	put(o, c->discipline);
	put(o, c->prior);
	put_day(o, either(c->act_known, complaint ? c->received - ago : NO_DAY));
	put(o, c->late_ground);
	put_day(o, either(c->notice, c->kind[0] == 'r' ? NO_DAY : c->accepted));
	put_day(o, either(c->handled, denunciation ? after(c->decided, 3) : NO_DAY));
	put_day(o, either(c->published, denunciation ? after(c->decided, 4) : NO_DAY));
}

void put_case(struct extracts *x, const struct case_row *c)
{
	struct out *o = &x->t[T_CASE_FILE];

	put(o, c->id);
	put(o, c->unit);
	put(o, c->kind);
	put(o, c->level);
	put(o, c->field);
	if (c->decided == NO_DAY || c->money == UNSAID_MONEY)
		put(o, NULL);
	else
		put_int(o, c->money == ZERO_MONEY ? 0 : c->money);
	put_day(o, c->received);
	put_day(o, c->accepted);
	put(o, c->complexity);
	put(o, c->ground);
	put(o, c->many);
	put(o, c->remote);
	put_day(o, c->decided);
	put(o, c->decision_no);
	put(o, c->result);
	put_day(o, c->notified);
	put_day(o, c->closed);
	put(o, c->closed_how);
	put_day(o, either(c->national, c->kind[0] == 'r' ? c->received : c->accepted));
	put_case_duties(o, c);
	end_row(o);
	put_outcome(x, c);
}

void put_step(struct extracts *x, const struct event_row *e)
{
	static const char *const sent_soon[] = { "suspend", "resume", "discontinue", "request_report" };
	struct out *o = &x->t[T_CASE_EVENT];
	int lawful = strcmp(e->kind, "dialogue") == 0 ? e->on - 10 : NO_DAY;

	for (int i = 0; i < COUNT(sent_soon); i++)
		if (!strcmp(e->kind, sent_soon[i]))
			lawful = day_add_worked(e->on, 1);
	put(o, e->id);
	put(o, e->case_id);
	put(o, e->kind);
	put_day(o, e->on);
	if (e->days)
		put_int(o, e->days);
	else
		put(o, NULL);
	put(o, e->document);
	put(o, e->staff);
	put_day(o, either(e->sent, lawful));
	end_row(o);
}

void put_execution(struct extracts *x, const struct case_row *c, int as_of)
{
	char id[40], document[48];
	int on = c->decided == NO_DAY ? NO_DAY : day_roll(c->decided + 40);
	bool owed = c->result && strchr("rp", *c->result) && *c->result;

	if (c->kind[0] != 'c' || !owed || on == NO_DAY || on > as_of)
		return;
	(void)snprintf(id, sizeof id, "TH-%s", c->id);
	(void)snprintf(document, sizeof document, "%s/TH", c->decision_no);
	put_step(x, &(struct event_row){ .id = id, .case_id = c->id, .kind = "execute", .on = on,
					  .document = document });
}

void put_petition(struct extracts *x, const struct petition_row *p)
{
	struct out *o = &x->t[T_PETITION];

	put(o, p->id);
	put(o, p->unit);
	put_day(o, p->received);
	put(o, p->source);
	put(o, p->kind);
	put(o, p->level);
	put_int(o, p->senders ? p->senders : 1);
	put(o, p->anonymous);
	put(o, p->eligible);
	put(o, p->duplicate_of);
	put(o, p->field);
	put(o, p->authority);
	put(o, p->handling);
	put_day(o, p->handled);
	put_day(o, p->notified);
	put(o, p->case_id);
	put_day(o, either(p->source_notified, p->source[0] == 't' ? p->handled : NO_DAY));
	put_day(o, either(p->source_result, NO_DAY));
	put_day(o, either(p->national, p->kind[0] == 'r' ? p->received : NO_DAY));
	end_row(o);
}

#define PETITION_CELLS 19

void put_petition_cells(struct extracts *x, const char *cells)
{
	struct out *o = &x->t[T_PETITION];
	const char *cell[PETITION_CELLS];
	char room[512];
	int n = split_cells(cells, room, sizeof room, cell, PETITION_CELLS);

	for (int i = 0; i < n; i++)
		put(o, cell[i]);
	for (int i = n; i < PETITION_CELLS; i++) {
		bool source = i == 16 && cell[3] && !strcmp(cell[3], "transferred");
		bool national = i == 18 && cell[4] && cell[4][0] == 'r';

		put(o, source ? cell[13] : national ? cell[2] : NULL);
	}
	end_row(o);
}

void put_visit(struct extracts *x, const struct visit_row *v)
{
	struct out *o = &x->t[T_VISIT];

	put(o, v->id);
	put(o, v->unit);
	put_day(o, v->received);
	put(o, v->mode);
	put(o, v->session);
	put_int(o, v->people);
	put(o, v->group);
	put(o, v->first_time);
	put(o, v->case_id);
	put(o, v->field);
	put(o, v->outcome);
	put(o, v->urgent ? v->urgent : "0");
	put(o, v->refused ? v->refused : "0");
	put_day(o, either(v->refusal_notified, NO_DAY));
	put_day(o, either(v->national, v->received));
	end_row(o);
}

#define VISIT_CELLS 15

void put_visit_cells(struct extracts *x, const char *cells)
{
	struct out *o = &x->t[T_VISIT];
	const char *cell[VISIT_CELLS];
	char room[512];
	int n = split_cells(cells, room, sizeof room, cell, VISIT_CELLS);

	for (int i = 0; i < n; i++)
		put(o, cell[i]);
	for (int i = n; i < VISIT_CELLS; i++)
		put(o, i == 14 ? cell[2] : i == 13 ? NULL : "0");
	end_row(o);
}

#define SESSION_CELLS 12

/* Posted two weeks before, but for a session that was not announced. */
void put_session_cells(struct extracts *x, const char *cells)
{
	struct out *o = &x->t[T_RECEPTION_SESSION];
	const char *cell[SESSION_CELLS];
	char room[512];
	int n = split_cells(cells, room, sizeof room, cell, SESSION_CELLS), on = day_parse(cell[2]);
	bool announced = n > 7 && cell[7][0] == '1';

	for (int i = 0; i < n; i++)
		put(o, cell[i]);
	if (n <= 8)
		put_day(o, announced && on != NO_DAY ? on - 14 : NO_DAY);
	for (int i = n <= 8 ? 9 : n; i < SESSION_CELLS; i++)
		put(o, i == 9 ? "0" : NULL);
	end_row(o);
}
