/*
 * arena - memory that is given back all at once.
 *
 * Objects in an arena have no free function; they die with arena_free() or
 * arena_reset(). Memory comes zeroed and aligned for any type. Running out
 * of memory ends the process with one line on stderr (exit code 1), so
 * callers have no branch for it. Not thread-safe: one arena, one thread.
 *
 * Lifetimes in rasoat: `defs` (rules, templates, workspace; whole command),
 * `run` (one audit or report), `out` (one output's layout), scratch (reset
 * per row).
 */
#ifndef RASOAT_ARENA_H
#define RASOAT_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

struct arena *arena_new(void); /* never NULL */
void arena_free(struct arena *a); /* NULL is fine */
void arena_reset(struct arena *a); /* everything given out so far is dead */
void arena_cleanup(struct arena **a); /* for CLEANUP() */

void *arena_alloc(struct arena *a, size_t size); /* zeroed; never NULL */
void *arena_array(struct arena *a, size_t count, size_t size); /* overflow aborts */
/* A copy of `old` (count elements) with room for `cap`; the old one stays until reset. */
void *arena_grow(struct arena *a, const void *old, size_t count, size_t cap, size_t size);
char *arena_strdup(struct arena *a, const char *s); /* NULL gives NULL */
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap);

/* malloc family that ends the process instead of returning NULL. */
void *xmalloc(size_t size);
void *xrealloc(void *p, size_t size);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, n, type) ((type *)arena_array((a), (n), sizeof(type)))

/*
 * Append to a growable arena array: `items`, `count`, `cap` are lvalues.
 *   *ARENA_PUSH(a, set->rules, set->count, set->cap) = rule;
 */
#define ARENA_PUSH(a, items, count, cap)                                                          \
	(((count) == (cap)                                                                        \
		  ? (void)((items) = arena_grow((a), (items), (count),                            \
						(cap) ? (cap) * 2 : 8, sizeof(*(items))),         \
			   (cap) = (cap) ? (cap) * 2 : 8)                                         \
		  : (void)0),                                                                     \
	 &(items)[(count)++])

#endif
