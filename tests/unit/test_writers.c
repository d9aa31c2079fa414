/*
 * Writers used by several threads at once: each document comes out as it does alone, byte by byte.
 */
#include "demo_document.h"
#include <rasoat/pool.h>
#include <rasoat/str.h>
#include <rasoat/writer.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const formats[] = { "pdf", "xlsx", "jsonl", "text" };
enum { FORMATS = 4, COPIES = 4, VARIANTS = 2 };

struct files {
	char dir[200];
};

static int begin(void **state)
{
	struct files *f = xmalloc(sizeof(*f));
	const char *tmp = getenv("TMPDIR");

	snprintf(f->dir, sizeof(f->dir), "%s/rasoat-writers-XXXXXX", tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(f->dir));
	*state = f;
	return 0;
}

static int end(void **state)
{
	struct files *f = *state;

	rmdir(f->dir);
	free(f);
	return 0;
}

static const char *job_path(struct arena *a, const struct files *f, int job)
{
	return arena_printf(a, "%s/%d", f->dir, job);
}

/* Half of the documents are in other styles and words, so that threads need different fonts. */
static enum status job_write(void *ctx, int worker, int job, struct err *e)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct document *d = demo_document(a);

	(void)worker;
	if (job / FORMATS % VARIANTS) {
		struct doc_section *s = doc_section_add(d, "more", "Thêm", false, false);

		doc_add(d, s, BLOCK_NOTE, "Ghi chú: § € ½ Ŵ")->flags = CELL_BOLD | CELL_ITALIC;
	}
	return writer_find(formats[job % FORMATS])->write(d, NULL, job_path(a, ctx, job), e);
}

static char *file_read(struct arena *a, const char *path, size_t *size)
{
	FILE *f = fopen(path, "rb");
	char *bytes;

	assert_non_null(f);
	assert_int_equal(fseek(f, 0, SEEK_END), 0);
	*size = (size_t)ftell(f);
	rewind(f);
	bytes = arena_alloc(a, *size + 1);
	assert_int_equal(fread(bytes, 1, *size, f), *size);
	fclose(f);
	return bytes;
}

static void test_together_as_alone(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	enum { KINDS = FORMATS * VARIANTS, JOBS = KINDS * COPIES };
	struct files *f = *state;
	struct err e = ERR_INIT;
	char *alone[KINDS];
	size_t sizes[KINDS], size;

	for (int i = 0; i < KINDS; i++) {
		assert_int_equal(job_write(f, 0, i, &e), ST_OK);
		alone[i] = file_read(a, job_path(a, f, i), &sizes[i]);
		assert_true(sizes[i] > 100);
	}
	if (pool_run(4, JOBS, job_write, f, &e) != ST_OK)
		fail_msg("%s", e.text);
	for (int i = 0; i < JOBS; i++) {
		const char *path = job_path(a, f, i), *bytes = file_read(a, path, &size);

		assert_int_equal(size, sizes[i % KINDS]);
		assert_memory_equal(bytes, alone[i % KINDS], size);
		unlink(path);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_together_as_alone, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
