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

void put_account(struct extracts *x, const struct account_row *a)
{
	struct out *o = &x->t[T_ACCOUNT];
	char login[32], mail[32];

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

void put_case(struct extracts *x, const struct case_row *c)
{
	struct out *o = &x->t[T_CASE_FILE];

	put(o, c->id);
	put(o, c->unit);
	put(o, c->kind);
	put(o, c->level);
	put(o, c->field);
	if (c->money)
		put_int(o, c->money == ZERO_MONEY ? 0 : c->money);
	else
		put(o, NULL);
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
	put_day(o, c->accepted);
	end_row(o);
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
	end_row(o);
}
