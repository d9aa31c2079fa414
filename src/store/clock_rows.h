/*
 * clock_rows - inside the store room: the rows of case_clock packed in memory, 32 bytes a row and the
 * code of each case once, for engines that can read them from there. A million rows take 40 MB and no
 * index: they come in the order of case_id.
 */
#ifndef RASOAT_CLOCK_ROWS_H
#define RASOAT_CLOCK_ROWS_H

#include <rasoat/store.h>

struct clock_rows;

struct clock_rows *clock_rows_new(void); /* never NULL */
void clock_rows_free(struct clock_rows *c); /* NULL is fine */
/* Copies. The error: a case comes before one that is there already. */
enum status clock_rows_add(struct clock_rows *c, const struct clock_row *row, struct err *e) MUST_CHECK;
size_t clock_rows_count(const struct clock_rows *c);
/* The first row of a case and the one after its last; equal when it has none. Looks near `hint` first, a row. */
size_t clock_rows_find(const struct clock_rows *c, const char *case_id, size_t hint, size_t *ret_end);
/* Texts are the rows' own: valid until they are freed. */
void clock_rows_get(const struct clock_rows *c, size_t at, struct clock_row *ret);

#endif
