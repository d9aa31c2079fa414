/*
 * chain - inside the audit room: digests of rows, so that the ledger can tell what was changed by hand.
 *
 * A running digest takes row after row: new = SHA-256(old, cells of the row), from 32 zero bytes. A cell is written
 * with its type and, for a text, its length, so no two rows look alike. The same function works while rows are
 * written and when they are read back.
 */
#ifndef RASOAT_CHAIN_H
#define RASOAT_CHAIN_H

#include <rasoat/hash.h>
#include <rasoat/str.h>
#include <rasoat/value.h>
#include <stdint.h>

struct chain {
	unsigned char state[HASH_SIZE];
	int64_t rows;
	struct str buf; /* for the row at hand */
};

#define CHAIN_INIT { { 0 }, 0, STR_INIT }

void chain_free(struct chain *c); /* leaves it as CHAIN_INIT; fits CLEANUP() */
void chain_restart(struct chain *c); /* as if no row had come */
/* Takes a row and gives its mark, the first eight bytes of the digest. */
int64_t chain_row(struct chain *c, const struct value *row, int n);
char *chain_digits(const struct chain *c, char out[HASH_HEX]);
/* The mark of a row that stands alone. */
int64_t chain_mark(const struct value *row, int n);

#endif
