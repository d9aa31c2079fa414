/* Between who reads and who writes: a few batches, in order. */
#include "import_parts.h"

#include <pthread.h>
#include <rasoat/arena.h>
#include <stdlib.h>

/* Who has to wait sleeps until half of them are there, or free: waking costs more than a batch. */
#define DEPTH 16
#define HALF (DEPTH / 2)

struct queue {
	struct reader *reader;
	struct batch batches[DEPTH]; /* filled in turn */
	bool threaded, held; /* held: the caller has the first one that is filled */
	bool ended;          /* nobody wants more */
	bool flowing;        /* the last batch that was filled has rows, and more of them come */
	bool full, empty;    /* the reader, the caller sleeps */
	unsigned filled, taken; /* batches so far */
	pthread_mutex_t lock;
	pthread_cond_t changed;
	pthread_t thread;
};

static bool is_end(const struct queue *q, const struct batch *b)
{
	return b->status != ST_OK || reader_is_done(q->reader);
}

/* A free batch, or NULL when none is wanted any more. */
static struct batch *wait_free(struct queue *q)
{
	struct batch *b = NULL;

	pthread_mutex_lock(&q->lock);
	q->full = q->filled - q->taken == DEPTH;
	while (q->full && !q->ended)
		pthread_cond_wait(&q->changed, &q->lock);
	if (!q->ended)
		b = &q->batches[q->filled % DEPTH];
	pthread_mutex_unlock(&q->lock);
	return b;
}

static void *fill(void *arg)
{
	struct queue *q = arg;
	bool end = false;

	while (!end) {
		struct batch *b = wait_free(q);

		if (!b)
			break;
		reader_next(q->reader, b);
		end = is_end(q, b);
		pthread_mutex_lock(&q->lock);
		q->filled++;
		q->flowing = !end && b->kind == BATCH_ROWS && !b->last;
		if (q->empty && (!q->flowing || q->filled - q->taken >= HALF)) {
			q->empty = false;
			pthread_cond_signal(&q->changed);
		}
		pthread_mutex_unlock(&q->lock);
	}
	return NULL;
}

struct queue *queue_open(struct reader *r, int jobs)
{
	struct queue *q = xmalloc(sizeof(*q));

	*q = (struct queue){ .reader = r };
	for (int i = 0; i < DEPTH; i++)
		q->batches[i].arena = arena_new();
	pthread_mutex_init(&q->lock, NULL);
	pthread_cond_init(&q->changed, NULL);
	q->threaded = jobs > 1 && pthread_create(&q->thread, NULL, fill, q) == 0;
	return q;
}

void queue_close(struct queue *q)
{
	if (!q)
		return;
	if (q->threaded) {
		pthread_mutex_lock(&q->lock);
		q->ended = true;
		pthread_cond_signal(&q->changed);
		pthread_mutex_unlock(&q->lock);
		pthread_join(q->thread, NULL);
	}
	pthread_cond_destroy(&q->changed);
	pthread_mutex_destroy(&q->lock);
	for (int i = 0; i < DEPTH; i++)
		arena_free(q->batches[i].arena);
	free(q);
}

/* Gives back the batch before, waits for the next one. */
static struct batch *wait_next(struct queue *q)
{
	pthread_mutex_lock(&q->lock);
	q->taken += q->held;
	if (q->full && q->filled - q->taken <= HALF) {
		q->full = false;
		pthread_cond_signal(&q->changed);
	}
	q->empty = q->filled == q->taken;
	while (q->empty)
		pthread_cond_wait(&q->changed, &q->lock);
	q->held = true;
	pthread_mutex_unlock(&q->lock);
	return &q->batches[q->taken % DEPTH];
}

const struct batch *queue_next(struct queue *q)
{
	if (q->threaded)
		return wait_next(q);
	reader_next(q->reader, &q->batches[0]);
	return &q->batches[0];
}
