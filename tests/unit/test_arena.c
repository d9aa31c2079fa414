#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include <rasoat/arena.h>
#include <rasoat/err.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_zeroed_and_aligned(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();

	(void)state;
	for (size_t size = 0; size < 200; size++) {
		unsigned char *p = arena_alloc(a, size);

		assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xFF, size);
	}
}

static void test_reset_gives_zeroes_again(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();

	(void)state;
	for (int round = 0; round < 3; round++) {
		char *p = arena_alloc(a, 100);
		char *large = arena_alloc(a, 3000000);

		for (int i = 0; i < 100; i++)
			assert_int_equal(p[i], 0);
		assert_int_equal(large[2999999], 0);
		memset(p, 'x', 100);
		memset(large, 'x', 3000000);
		arena_reset(a);
	}
}

static void test_push_keeps_what_was_there(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	int *items = NULL;
	size_t count = 0, cap = 0;

	(void)state;
	for (int i = 0; i < 1000; i++)
		*ARENA_PUSH(a, items, count, cap) = i * 3;
	assert_int_equal(count, 1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(items[i], i * 3);
}

static void test_strings(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	char *text;

	(void)state;
	assert_null(arena_strdup(a, NULL));
	assert_string_equal(arena_strdup(a, "Rà soát"), "Rà soát");
	assert_string_equal(arena_strndup(a, "abcdef", 3), "abc");
	assert_string_equal(arena_strndup(a, NULL, 0), "");
	assert_string_equal(arena_printf(a, "%d-%s", 7, "x"), "7-x");
	text = arena_printf(a, "%0*d", 5000, 1); /* longer than any inner buffer */
	assert_int_equal(strlen(text), 5000);
	assert_int_equal(text[4999], '1');
}

/* Runs `work` in a child whose stderr is read into `text`; gives the exit code. */
static int run_child(void (*work)(void), char *text, size_t size)
{
	int ends[2], status;
	size_t n = 0;
	ssize_t got;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (child == 0) {
		dup2(ends[1], 2);
		close(ends[0]);
		close(ends[1]);
		work();
		_exit(77);
	}
	close(ends[1]);
	while ((got = read(ends[0], text + n, size - 1 - n)) > 0)
		n += (size_t)got;
	text[n] = '\0';
	close(ends[0]);
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void overflow_array(void)
{
	static struct arena *volatile a; /* so that the leak checker sees it held */

	a = arena_new();
	arena_array(a, SIZE_MAX / 2, 3);
}

static void test_overflow_ends_with_one_line(void **state)
{
	char text[512];

	(void)state;
	assert_int_equal(run_child(overflow_array, text, sizeof(text)), 1);
	assert_string_equal(text, "rasoat: out of memory (18446744073709551615 bytes wanted); "
				  "close other programs or add memory\n");
}

static void test_free_null(void **state)
{
	(void)state;
	arena_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_zeroed_and_aligned),
		cmocka_unit_test(test_reset_gives_zeroes_again),
		cmocka_unit_test(test_push_keeps_what_was_there),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_overflow_ends_with_one_line),
		cmocka_unit_test(test_free_null),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
