#include <rasoat/arena.h>

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_CHUNK ((size_t)16 * 1024)
#define LARGEST_STEP ((size_t)1024 * 1024)

struct chunk {
	struct chunk *next; /* the one filled before this */
	size_t cap, used;
	alignas(max_align_t) unsigned char data[];
};

struct arena {
	struct chunk *head; /* allocations come from here; NULL at first */
	size_t step;        /* size of the next ordinary chunk */
};

static _Noreturn void out_of_memory(size_t size)
{
	fprintf(stderr, "rasoat: out of memory (%zu bytes wanted); close other programs or add memory\n",
		size);
	exit(1);
}

void *xmalloc(size_t size)
{
	void *p = malloc(size ? size : 1);

	if (!p)
		out_of_memory(size);
	return p;
}

void *xrealloc(void *p, size_t size)
{
	void *moved = realloc(p, size ? size : 1);

	if (!moved)
		out_of_memory(size);
	return moved;
}

struct arena *arena_new(void)
{
	struct arena *a = xmalloc(sizeof(*a));

	a->head = NULL;
	a->step = FIRST_CHUNK;
	return a;
}

static void chunks_free(struct chunk *c)
{
	while (c) {
		struct chunk *next = c->next;

		free(c);
		c = next;
	}
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	chunks_free(a->head);
	free(a);
}

void arena_cleanup(struct arena **a)
{
	arena_free(*a);
	*a = NULL;
}

/* Keeps one chunk, so that a scratch arena reset for every row does not go to malloc each time. */
void arena_reset(struct arena *a)
{
	if (!a->head)
		return;
	chunks_free(a->head->next);
	a->head->next = NULL;
	a->head->used = 0;
	if (a->head->cap > LARGEST_STEP) {
		free(a->head);
		a->head = NULL;
	}
}

static struct chunk *chunk_new(struct arena *a, size_t size)
{
	size_t cap = size > a->step ? size : a->step;
	struct chunk *c;

	if (cap > SIZE_MAX - sizeof(*c))
		out_of_memory(size);
	c = xmalloc(sizeof(*c) + cap);
	c->cap = cap;
	c->used = 0;
	c->next = a->head;
	a->head = c;
	if (a->step < LARGEST_STEP)
		a->step *= 2;
	return c;
}

void *arena_alloc(struct arena *a, size_t size)
{
	const size_t mask = alignof(max_align_t) - 1;
	struct chunk *c = a->head;
	void *p;

	if (size > SIZE_MAX - mask)
		out_of_memory(size);
	size = size ? (size + mask) & ~mask : mask + 1;
	if (!c || c->cap - c->used < size)
		c = chunk_new(a, size);
	p = c->data + c->used;
	c->used += size;
	return memset(p, 0, size);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(count, size, &total))
		out_of_memory(SIZE_MAX);
	return arena_alloc(a, total);
}

void *arena_grow(struct arena *a, const void *old, size_t count, size_t cap, size_t size)
{
	void *p = arena_array(a, cap, size);

	if (count)
		memcpy(p, old, count * size);
	return p;
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *copy;

	if (n == SIZE_MAX)
		out_of_memory(n);
	copy = arena_alloc(a, n + 1);
	if (n)
		memcpy(copy, s, n);
	return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return s ? arena_strndup(a, s, strlen(s)) : NULL;
}

char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	va_list again;
	char small[256], *p;
	int n;

	va_copy(again, ap);
	n = vsnprintf(small, sizeof(small), fmt, ap);
	if (n < 0)
		out_of_memory(SIZE_MAX); /* a text beyond INT_MAX bytes */
	if ((size_t)n < sizeof(small)) {
		p = arena_strndup(a, small, (size_t)n);
	} else {
		p = arena_alloc(a, (size_t)n + 1);
		vsnprintf(p, (size_t)n + 1, fmt, again);
	}
	va_end(again);
	return p;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *p;

	va_start(ap, fmt);
	p = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return p;
}
