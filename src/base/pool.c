#include <rasoat/pool.h>

#include <rasoat/arena.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

struct pool {
	pthread_mutex_t lock;
	pool_job *job;
	void *ctx;
	int n, next; /* the next job to begin */
	int failed;  /* lowest number of a failed job, n = none */
	struct err why;
};

struct worker {
	struct pool *pool;
	int number;
	pthread_t thread;
};

/* -1: nothing left to begin. */
static int take_job(struct pool *p)
{
	int job = -1;

	pthread_mutex_lock(&p->lock);
	if (p->next < p->n && p->failed == p->n)
		job = p->next++;
	pthread_mutex_unlock(&p->lock);
	return job;
}

static void note_failure(struct pool *p, int job, const struct err *why)
{
	pthread_mutex_lock(&p->lock);
	if (job < p->failed) {
		p->failed = job;
		p->why = *why;
	}
	pthread_mutex_unlock(&p->lock);
}

static void *work(void *arg)
{
	struct worker *w = arg;
	struct pool *p = w->pool;
	int job;

	while ((job = take_job(p)) >= 0) {
		struct err why = ERR_INIT;

		if (p->job(p->ctx, w->number, job, &why) != ST_OK)
			note_failure(p, job, &why);
	}
	return NULL;
}

/* The calling thread is worker 0; a thread that cannot be had only leaves more work to the others. */
enum status pool_run(int jobs, int n, pool_job *job, void *ctx, struct err *e)
{
	struct pool p = { .lock = PTHREAD_MUTEX_INITIALIZER, .job = job, .ctx = ctx, .n = n, .failed = n };
	int n_workers = jobs < n ? jobs : n, started = 1;
	struct worker *workers = xmalloc(sizeof(*workers) * (size_t)(n_workers > 0 ? n_workers : 1));

	workers[0] = (struct worker){ .pool = &p };
	for (; started < n_workers; started++) {
		workers[started] = (struct worker){ .pool = &p, .number = started };
		if (pthread_create(&workers[started].thread, NULL, work, &workers[started]) != 0)
			break;
	}
	work(&workers[0]);
	for (int i = 1; i < started; i++)
		pthread_join(workers[i].thread, NULL);
	free(workers);
	pthread_mutex_destroy(&p.lock);
	return p.failed < n ? err_set(e, "%s", p.why.text) : ST_OK;
}

int pool_processors(void)
{
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof(set), &set) != 0)
		return 1;
	return CPU_COUNT(&set) > 0 ? CPU_COUNT(&set) : 1;
}
