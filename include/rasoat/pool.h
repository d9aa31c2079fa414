/*
 * pool - work that does not depend on each other's order, on several threads.
 *
 * Jobs are numbered and begin in the order of their numbers; what they make is put together by
 * number afterwards, so that no result depends on the number of threads. A job owns what it
 * touches: stores, statements, arenas and documents belong to one thread at a time.
 */
#ifndef RASOAT_POOL_H
#define RASOAT_POOL_H

#include <rasoat/err.h>

/* `worker` is 0 .. jobs-1: what a thread keeps from job to job (a connection) stands under it. */
typedef enum status pool_job(void *ctx, int worker, int job, struct err *e);

/*
 * Runs jobs 0 .. n-1 on up to `jobs` threads (1: all on the calling one) and waits for them. After
 * a failure no further job begins; the error is that of the failed job with the lowest number,
 * the same one on any number of threads.
 */
enum status pool_run(int jobs, int n, pool_job *job, void *ctx, struct err *e) MUST_CHECK;

/* Processors this process may use, at least 1: what --jobs is when nobody says. */
int pool_processors(void);

#endif
