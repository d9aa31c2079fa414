/*
 * err - how a call that can fail tells why.
 *
 * Every call that can fail returns `enum status` and takes a caller-owned
 * `struct err *` as its last argument. On ST_OK the err is untouched. On
 * ST_ERR it holds ONE line for the user: what is wrong, where (file, line or
 * row) and what to do about it. Callers add what they know in front with
 * err_in(). No globals, no longjmp.
 *
 * `struct diags` collects many problems of one input (all errors of a rule
 * file in one run); each carries file, line and text.
 */
#ifndef RASOAT_ERR_H
#define RASOAT_ERR_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

enum status { ST_OK = 0, ST_ERR = 1 };

#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#define CLEANUP(fn) __attribute__((cleanup(fn)))
#define MUST_CHECK __attribute__((warn_unused_result))

struct err {
	char text[2048]; /* NUL-terminated UTF-8, no newline; cut at a character with "..." */
};

#define ERR_INIT { { 0 } }

/* Sets the text; always returns ST_ERR, so `return err_set(e, ...)` reads well. */
enum status err_set(struct err *e, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Puts "context: " in front of the text there is; always returns ST_ERR. */
enum status err_in(struct err *e, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* The analyser sees one .c at a time and would follow paths where these return ST_OK. */
#ifdef __clang_analyzer__
#define err_set(...) ((void)err_set(__VA_ARGS__), ST_ERR)
#define err_in(...) ((void)err_in(__VA_ARGS__), ST_ERR)
#endif

struct diag {
	const char *file; /* as the user named it */
	int line;         /* 1-based; 0 = the file as a whole */
	const char *text; /* one line */
	int warning;      /* 1: does not stop the run */
};

struct diags {
	struct arena *arena; /* owns the texts */
	struct diag *items;  /* in the order found */
	size_t count, cap;
	size_t errors; /* those that are not warnings */
};

void diags_init(struct diags *d, struct arena *a);
void diag_error(struct diags *d, const char *file, int line, const char *fmt, ...) PRINTF_LIKE(4, 5);
void diag_warn(struct diags *d, const char *file, int line, const char *fmt, ...) PRINTF_LIKE(4, 5);

/* ST_OK when no errors; else e = "file:line: first error (and N more)". */
enum status diags_status(const struct diags *d, struct err *e);

#endif
