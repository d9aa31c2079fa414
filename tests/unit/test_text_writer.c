#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include "../../src/write/text_wrap.h"
#include "../../src/write/writers.h"
#include "demo_document.h"

#include <rasoat/outfile.h>
#include <rasoat/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct fix {
	struct arena *a;
	struct document *d;
	char path[240];
	struct err e;
};

static int begin(void **state)
{
	struct fix *f = xmalloc(sizeof(*f));
	const char *tmp = getenv("TMPDIR");
	int fd;

	*f = (struct fix){ .a = arena_new() };
	f->d = demo_document(f->a);
	snprintf(f->path, sizeof(f->path), "%s/rasoat-text-XXXXXX", tmp ? tmp : "/tmp");
	fd = mkstemp(f->path);
	assert_true(fd >= 0);
	close(fd);
	*state = f;
	return 0;
}

static int end(void **state)
{
	struct fix *f = *state;

	unlink(f->path);
	arena_free(f->a);
	free(f);
	return 0;
}

static char *file(struct fix *f, const char *path)
{
	char *p, *copy;
	size_t n;

	assert_int_equal(read_file(path, 1 << 24, &p, &n, &f->e), ST_OK);
	copy = arena_strndup(f->a, p, n);
	free(p);
	return copy;
}

static char *written(struct fix *f)
{
	if (text_writer.write(f->d, NULL, f->path, &f->e) != ST_OK)
		fail_msg("%s", f->e.text);
	return file(f, f->path);
}

static void test_golden(void **state)
{
	struct fix *f = *state;

	assert_string_equal(written(f), file(f, "tests/golden/demo.txt"));
	assert_string_equal(written(f), file(f, "tests/golden/demo.txt"));
}

/* What a reader relies on, whatever the layout: nothing cut, no blanks at line ends, a newline at the end. */
static void test_all_words_are_there(void **state)
{
	struct fix *f = *state;
	char *s = written(f);
	size_t n = strlen(s);

	for (int u = 0; u < DEMO_UNITS; u++)
		for (int c = 2; c < 11; c++)
			if (u != 2 || c != 9)
				assert_non_null(strstr(s, doc_number(f->a, demo_figure(u, c))));
	assert_int_equal(s[n - 1], '\n');
	assert_null(strstr(s, " \n"));
	assert_non_null(strstr(s, "***"));
	assert_non_null(strstr(s, "06/02/2026"));
}

static void test_stream_and_draft(void **state)
{
	struct fix *f = *state;
	char *s;

	f->d->stream = true;
	f->d->draft = "DỰ THẢO – số liệu chưa khớp";
	s = written(f);
	for (int i = 0; i < 3; i++) {
		s = strstr(s, f->d->draft);
		assert_non_null(s);
		s++;
	}
}

static void test_errors(void **state)
{
	struct fix *f = *state;

	assert_int_equal(text_writer.write(f->d, NULL, "/dev/full", &f->e), ST_ERR);
	assert_string_equal(f->e.text, "/dev/full: cannot write: No space left on device");
	assert_int_equal(text_writer.write(f->d, NULL, "/no/such/x", &f->e), ST_ERR);
	assert_string_equal(f->e.text, "/no/such/x: cannot write: No such file or directory");
}

static void wraps(const char *s, int width, const char *want)
{
	CLEANUP(str_free) struct str got = STR_INIT;

	while (*s) {
		const char *next;
		size_t n = wrap_line(s, width, &next);

		assert_true(next > s);
		str_addn(&got, s, n);
		str_addc(&got, '|');
		s = next;
	}
	assert_string_equal(got.p, want);
}

static void test_wrapping(void **state)
{
	(void)state;
	wraps("", 5, "");
	wraps("một hai ba", 7, "một hai|ba|");
	wraps("một hai ba", 1, "m|ộ|t|h|a|i|b|a|");
	wraps("đườngđường x", 5, "đường|đường|x|");
	wraps("a\nb\n", 5, "a|b|");
	wraps("\n\na", 5, "||a|");
	wraps("  thụt vào dòng đầu", 12, "  thụt vào|dòng đầu|");
	wraps("   ", 5, "|");
	wraps("漢字漢字", 4, "漢字|漢字|");
	wraps("漢", 1, "漢|");
}

static void test_placing(void **state)
{
	CLEANUP(str_free) struct str s = STR_INIT;

	(void)state;
	wrap_place(&s, "Đà", strlen("Đà"), 5, ALIGN_RIGHT);
	str_addc(&s, '|');
	wrap_place(&s, "Đà", strlen("Đà"), 5, ALIGN_CENTER);
	str_addc(&s, '|');
	wrap_place(&s, "Đà", strlen("Đà"), 5, ALIGN_LEFT);
	str_addc(&s, '|');
	wrap_place(&s, "Đà Nẵng", strlen("Đà Nẵng"), 5, ALIGN_RIGHT);
	assert_string_equal(s.p, "   Đà| Đà  |Đà   |Đà Nẵng");
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_golden), TEST(test_all_words_are_there), TEST(test_stream_and_draft), TEST(test_errors),
		TEST(test_wrapping), TEST(test_placing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
