/*
 * loader - what the tests of the XML loaders share: a folder of their own, and
 * cases of the form "in a file that is right, put NEW for OLD: exactly these reports".
 */
#ifndef TESTS_UNIT_LOADER_H
#define TESTS_UNIT_LOADER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include <rasoat/arena.h>
#include <rasoat/err.h>
#include <rasoat/str.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct world {
	struct arena *a;
	struct diags d;
	char root[4096];    /* where the test was started */
	char schemas[4200]; /* the XSDs of the project */
	char folder[4096];
};

struct slip {
	const char *old, *new; /* old NULL: the file as it is */
	const char *want;      /* every report, "file:line: text\n" */
};

static int set_up(void **state)
{
	struct world *w = calloc(1, sizeof(*w));
	const char *base = getenv("TMPDIR");

	assert_non_null(w);
	w->a = arena_new();
	diags_init(&w->d, w->a);
	assert_non_null(getcwd(w->root, sizeof(w->root)));
	snprintf(w->schemas, sizeof(w->schemas), "%s/schemas", w->root);
	snprintf(w->folder, sizeof(w->folder), "%s/rasoat-loader-XXXXXX", base ? base : "/tmp");
	assert_non_null(mkdtemp(w->folder));
	assert_int_equal(chdir(w->folder), 0);
	*state = w;
	return 0;
}

static int tear_down(void **state)
{
	struct world *w = *state;
	char *remove_all = arena_printf(w->a, "rm -rf '%s'", w->folder);

	assert_int_equal(chdir(w->root), 0);
	assert_int_equal(system(remove_all), 0);
	arena_free(w->a);
	free(w);
	return 0;
}

static inline void put(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

/* `text` with the first `old` replaced; it must be there. */
static inline const char *with(struct world *w, const char *text, const char *old, const char *new)
{
	const char *at = strstr(text, old);

	if (!at)
		fail_msg("the fixture has no %s", old);
	return arena_printf(w->a, "%.*s%s%s", (int)(at - text), text, new, at + strlen(old));
}

static inline const char *reports(struct world *w)
{
	const char *all = "";

	for (size_t i = 0; i < w->d.count; i++)
		all = arena_printf(w->a, "%s%s:%d: %s%s\n", all, w->d.items[i].file,
				   w->d.items[i].line, w->d.items[i].warning ? "warning: " : "",
				   w->d.items[i].text);
	return all;
}

static inline void assert_reports(struct world *w, const char *want)
{
	assert_string_equal(reports(w), want);
}

/* Each slip in a file of its own run; `load` reads the file with the XSDs. */
static inline void try_slips(struct world *w, const char *path, const char *fixture,
			     const struct slip *slips, size_t n, void (*load)(struct world *w))
{
	for (size_t i = 0; i < n; i++) {
		put(path, slips[i].old ? with(w, fixture, slips[i].old, slips[i].new) : fixture);
		diags_init(&w->d, w->a);
		load(w);
		if (strcmp(reports(w), slips[i].want) != 0)
			print_message("with %s\n", slips[i].new ? slips[i].new : "nothing changed");
		assert_reports(w, slips[i].want);
	}
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
