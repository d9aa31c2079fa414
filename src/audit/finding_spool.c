/*
 * Findings as bytes in a spool. A record: its length, verdict, days, then the texts in a fixed
 * order, each with its length plus one (0 = NULL) and its NUL.
 */
#include "audit_int.h"

#include <rasoat/arena.h>
#include <rasoat/spool.h>
#include <rasoat/str.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 1 << 16 };

struct head {
	uint32_t length; /* of what follows the head */
	uint8_t verdict, has_days;
	int64_t days;
};

static void add_text(struct str *out, const char *text)
{
	uint32_t n = text ? (uint32_t)strlen(text) + 1 : 0;

	str_addn(out, (const char *)&n, sizeof(n));
	if (text)
		str_addn(out, text, n);
}

enum status finding_spool_add(struct spool *spool, struct str *buf, const struct finding *f, struct err *e)
{
	struct head head = { .verdict = (uint8_t)f->verdict, .has_days = f->has_days, .days = f->days };
	const char *const texts[] = { f->fingerprint, f->key, f->unit, f->since, f->reason, f->waiver, f->message };

	str_clear(buf);
	str_addn(buf, (const char *)&head, sizeof(head));
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		add_text(buf, texts[i]);
	for (int i = 0; i < f->n_fields; i++)
		add_text(buf, f->fields[i]);
	head.length = (uint32_t)(buf->len - sizeof(head));
	memcpy(buf->p, &head, sizeof(head));
	return spool_add(spool, buf->p, buf->len, e);
}

/* The block at hand: bytes [from, to) of `p` are still to be read, then those of the spool at `at`. */
struct reader {
	const struct spool *spool;
	int64_t at;
	char *p;
	size_t from, to, cap;
};

/* Makes the next n bytes lie at p + from. */
static enum status want(struct reader *r, size_t n, struct err *e)
{
	size_t got;

	if (r->to - r->from >= n)
		return ST_OK;
	if (r->cap < n + BLOCK) {
		r->cap = n + BLOCK;
		r->p = xrealloc(r->p, r->cap);
	}
	memmove(r->p, r->p + r->from, r->to - r->from);
	r->to -= r->from;
	r->from = 0;
	if (spool_read(r->spool, r->at, r->p + r->to, r->cap - r->to, &got, e) != ST_OK)
		return ST_ERR;
	r->at += (int64_t)got;
	r->to += got;
	return r->to >= n ? ST_OK : err_set(e, "the temporary file of the findings ends too early; run again");
}

static const char *take_text(char **p)
{
	const char *text = *p + sizeof(uint32_t);
	uint32_t n;

	memcpy(&n, *p, sizeof(n));
	*p += sizeof(n) + n;
	return n ? text : NULL;
}

static void take_finding(const struct head *head, char *p, const char **fields, int n_fields,
			 struct finding *f)
{
	*f = (struct finding){ .verdict = (enum verdict)head->verdict,
			       .has_days = head->has_days,
			       .days = head->days,
			       .fields = fields,
			       .n_fields = n_fields };
	f->fingerprint = take_text(&p);
	f->key = take_text(&p);
	f->unit = take_text(&p);
	f->since = take_text(&p);
	f->reason = take_text(&p);
	f->waiver = take_text(&p);
	f->message = take_text(&p);
	for (int i = 0; i < n_fields; i++)
		fields[i] = take_text(&p);
}

enum status finding_spool_each(const struct spool *spool, int n_fields, finding_sink sink, void *ctx,
			       struct err *e)
{
	struct reader r = { .spool = spool };
	const char **fields = xmalloc(((size_t)n_fields + 1) * sizeof(*fields));
	enum status st = ST_OK;
	struct finding f;
	struct head head;

	while (st == ST_OK && r.at - (int64_t)(r.to - r.from) < spool_size(spool)) {
		st = want(&r, sizeof(head), e);
		if (st != ST_OK)
			break;
		memcpy(&head, r.p + r.from, sizeof(head));
		st = want(&r, sizeof(head) + head.length, e);
		if (st != ST_OK)
			break;
		take_finding(&head, r.p + r.from + sizeof(head), fields, n_fields, &f);
		r.from += sizeof(head) + head.length;
		st = sink(ctx, &f, e);
	}
	free(r.p);
	free(fields);
	return st;
}
