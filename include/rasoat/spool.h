/*
 * spool - bytes put aside: written once, then read from any place.
 *
 * A little stays in memory; more goes to a file without a name in $TMPDIR (else /tmp), so that memory
 * does not grow and nothing is left behind, whatever happens. One thread appends; when it is
 * done, any number of threads read.
 */
#ifndef RASOAT_SPOOL_H
#define RASOAT_SPOOL_H

#include <rasoat/err.h>
#include <stddef.h>
#include <stdint.h>

struct spool;

struct spool *spool_new(void); /* never NULL */
void spool_free(struct spool *s); /* NULL is fine */
enum status spool_add(struct spool *s, const void *p, size_t n, struct err *e) MUST_CHECK;
int64_t spool_size(const struct spool *s);
/* Up to n bytes from `at` on, fewer only at the end; *got says how many. */
enum status spool_read(const struct spool *s, int64_t at, void *p, size_t n, size_t *got, struct err *e) MUST_CHECK;

#endif
