/* Bytes put aside: in memory, in a file, and across the border between them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <rasoat/spool.h>

static void expect(const struct spool *s, int64_t at, size_t n, size_t want)
{
	struct err e = ERR_INIT;
	unsigned char buf[4096];
	size_t got = 99;

	assert_true(n <= sizeof(buf));
	assert_int_equal(spool_read(s, at, buf, n, &got, &e), ST_OK);
	assert_int_equal(got, want);
	for (size_t i = 0; i < got; i++)
		assert_int_equal(buf[i], (unsigned char)(((uint64_t)at + i) * 7));
}

/* `size` bytes, each told by its place, in pieces of `piece`. */
static struct spool *make(size_t size, size_t piece)
{
	struct spool *s = spool_new();
	struct err e = ERR_INIT;
	unsigned char *all = malloc(size + 1);

	assert_non_null(all);
	for (size_t i = 0; i < size; i++)
		all[i] = (unsigned char)(i * 7);
	for (size_t i = 0; i < size; i += piece)
		assert_int_equal(spool_add(s, all + i, piece < size - i ? piece : size - i, &e), ST_OK);
	assert_int_equal(spool_size(s), size);
	free(all);
	return s;
}

static void check(size_t size, size_t piece)
{
	struct spool *s = make(size, piece);
	size_t step = size / 37 + 1;

	for (size_t at = 0; at < size; at += step)
		expect(s, (int64_t)at, 4096, size - at < 4096 ? size - at : 4096);
	expect(s, (int64_t)size, 10, 0);
	expect(s, (int64_t)size + 5, 10, 0);
	expect(s, 0, 0, 0);
	spool_free(s);
}

static void test_sizes(void **state)
{
	(void)state;
	check(0, 1);
	check(1, 1);
	check(100000, 100);
	check(1 << 18, 1000);       /* all that memory takes */
	check((1 << 18) + 1, 1000); /* one more */
	check(1000000, 777);
	check(1000000, 300000); /* pieces longer than memory takes */
	spool_free(NULL);
}

static void test_no_folder(void **state)
{
	const char *old = getenv("TMPDIR");
	char *kept = old ? strdup(old) : NULL;
	struct spool *s = spool_new();
	struct err e = ERR_INIT;
	char *much = calloc(1, 300000);

	(void)state;
	assert_non_null(much);
	setenv("TMPDIR", "/nonexistent", 1);
	assert_int_equal(spool_add(s, "a little", 8, &e), ST_OK);
	assert_int_equal(spool_add(s, much, 300000, &e), ST_ERR);
	assert_string_equal(e.text, "/nonexistent: cannot create a temporary file: No such file or directory; free some disk "
				    "space there, or set TMPDIR to another folder");
	if (kept)
		setenv("TMPDIR", kept, 1);
	else
		unsetenv("TMPDIR");
	free(kept);
	free(much);
	spool_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_sizes), cmocka_unit_test(test_no_folder) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
