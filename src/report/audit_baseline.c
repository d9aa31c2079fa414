/*
 * How the findings of a rule stand to those of the run that outputs are held against (run_baseline). Of the earlier run's
 * findings 16 bytes each stay in memory while the rule is written; those that are gone are read again, one by one.
 */
#include "audit_int.h"

#include <stdlib.h>
#include <string.h>

struct known {
	uint64_t print; /* the fingerprint: 16 hex digits */
	uint8_t verdict;
	bool seen;
};

struct audit_baseline {
	const struct audit_report_input *in;
	const struct rule *rule;
	struct known *known; /* sorted */
	size_t n, cap;
	struct finding_cursor *cursor; /* of what is gone */
};

static enum status open_cursor(struct audit_baseline *b, struct err *e)
{
	return finding_cursor_open(b->in->ledger, b->in->baseline, b->rule, b->in->workspace->rules, ORDER_KEY, &b->cursor, e);
}

static void close_cursor(struct audit_baseline *b)
{
	if (b->cursor)
		finding_cursor_close(b->cursor);
	b->cursor = NULL;
}

static uint64_t print_of(const struct finding *f)
{
	return strtoull(f->fingerprint, NULL, 16);
}

static int by_print(const void *x, const void *y)
{
	const struct known *a = x, *b = y;

	return a->print < b->print ? -1 : a->print > b->print;
}

static struct known *find(struct audit_baseline *b, const struct finding *f)
{
	const struct known want = { .print = print_of(f) };

	return b->n ? bsearch(&want, b->known, b->n, sizeof(want), by_print) : NULL;
}

static enum status read_known(struct audit_baseline *b, struct err *e)
{
	const struct rule *rule;
	struct finding f;
	int got;

	if (open_cursor(b, e) != ST_OK)
		return ST_ERR;
	while ((got = finding_next(b->cursor, &f, &rule, e)) > 0) {
		if (b->n == b->cap) {
			b->cap = b->cap ? b->cap * 2 : 256;
			b->known = xrealloc(b->known, b->cap * sizeof(*b->known));
		}
		b->known[b->n++] = (struct known){ print_of(&f), (uint8_t)f.verdict, false };
	}
	close_cursor(b);
	if (b->n)
		qsort(b->known, b->n, sizeof(*b->known), by_print);
	return got < 0 ? ST_ERR : ST_OK;
}

enum status audit_baseline_open(const struct audit_report_input *in, const struct rule *r, struct audit_baseline **ret,
				struct err *e)
{
	struct audit_baseline *b = xmalloc(sizeof(*b));

	*b = (struct audit_baseline){ .in = in, .rule = r };
	if (read_known(b, e) != ST_OK) {
		audit_baseline_close(b);
		return ST_ERR;
	}
	*ret = b;
	return ST_OK;
}

void audit_baseline_close(struct audit_baseline *b)
{
	if (!b)
		return;
	close_cursor(b);
	free(b->known);
	free(b);
}

enum baseline_state audit_baseline_state(struct audit_baseline *b, const struct finding *f)
{
	struct known *k = find(b, f);

	if (!k)
		return BASELINE_NEW;
	k->seen = true;
	return k->verdict == f->verdict ? BASELINE_UNCHANGED : BASELINE_UPDATED;
}

int audit_baseline_gone(struct audit_baseline *b, struct finding *ret, struct err *e)
{
	const struct rule *rule;
	int got;

	if (!b->cursor && open_cursor(b, e) != ST_OK)
		return -1;
	while ((got = finding_next(b->cursor, ret, &rule, e)) > 0) {
		const struct known *k = find(b, ret);

		if (k && !k->seen)
			return 1;
	}
	return got;
}

/* A digest as SARIF wants a run's name: a GUID, of version 5 (made from a digest). NULL when there is none. */
const char *audit_guid(struct arena *a, const char *content)
{
	static const char variant[] = "89ab";
	char c;

	if (!content || strlen(content) < 32)
		return NULL;
	c = content[16];
	return arena_printf(a, "%.8s-%.4s-5%.3s-%c%.3s-%.12s", content, content + 8, content + 13,
			    variant[(c >= 'a' ? c - 'a' + 10 : c - '0') & 3], content + 17, content + 20);
}
