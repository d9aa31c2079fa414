#include "chain.h"

#include <string.h>

void chain_free(struct chain *c)
{
	str_free(&c->buf);
	*c = (struct chain)CHAIN_INIT;
}

void chain_restart(struct chain *c)
{
	memset(c->state, 0, sizeof(c->state));
	c->rows = 0;
}

/* By hand: this is done for every cell of the ledger. */
static void add_number(struct str *out, char type, uint64_t n)
{
	char digits[24];
	size_t at = sizeof(digits);

	digits[--at] = ':';
	do
		digits[--at] = (char)('0' + n % 10);
	while (n /= 10);
	digits[--at] = type;
	str_addn(out, digits + at, sizeof(digits) - at);
}

static void add_cell(struct str *out, const struct value *v)
{
	switch (v->kind) {
	case V_NULL:
		str_addc(out, '-');
		break;
	case V_INT:
		if (v->i < 0)
			add_number(out, 'n', 0 - (uint64_t)v->i);
		else
			add_number(out, 'i', (uint64_t)v->i);
		break;
	case V_REAL: /* no cell of ours: whoever wrote it */
		str_addf(out, "r%.17g:", v->r);
		break;
	case V_TEXT:
		add_number(out, 't', v->len);
		str_addn(out, v->text, v->len);
		break;
	}
}

int64_t chain_row(struct chain *c, const struct value *row, int n)
{
	uint64_t mark = 0;

	str_clear(&c->buf);
	str_addn(&c->buf, (const char *)c->state, sizeof(c->state));
	for (int i = 0; i < n; i++)
		add_cell(&c->buf, &row[i]);
	hash_bytes(c->buf.p, c->buf.len, c->state);
	c->rows++;
	for (int i = 0; i < 8; i++)
		mark = mark << 8 | c->state[i];
	return (int64_t)mark;
}

char *chain_digits(const struct chain *c, char out[HASH_HEX])
{
	return hash_digits(c->state, out);
}

int64_t chain_mark(const struct value *row, int n)
{
	CLEANUP(chain_free) struct chain c = CHAIN_INIT;

	return chain_row(&c, row, n);
}
