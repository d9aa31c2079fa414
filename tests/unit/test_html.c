#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include "../../src/write/html_svg.h"
#include "../../src/write/html_text.h"
#include "../../src/write/writers.h"
#include "demo_document.h"

#include <rasoat/outfile.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void assert_html(const char *text, bool breaks, const char *want)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	html_text(&out, text, breaks);
	assert_string_equal(out.p, want);
}

static void test_text(void **state)
{
	(void)state;
	assert_html(NULL, false, "");
	assert_html("Nguyễn Văn Đức – 5 €", false, "Nguyễn Văn Đức – 5 €");
	assert_html("<b onclick=\"x('y')\">&amp;</b>", false,
		    "&lt;b onclick=&quot;x(&#39;y&#39;)&quot;&gt;&amp;amp;&lt;/b&gt;");
	assert_html("a\nb\tc\r", false, "a b c ");
	assert_html("a\nb", true, "a<br>b");
	assert_html("\x01\x7f\xC2\x85", true, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"); /* controls */
	assert_html("x\xFFy\xC3", false, "x\xEF\xBF\xBDy\xEF\xBF\xBD");              /* not UTF-8 */
	assert_html("tài\xE2\x80\xAEkhoản\xE2\x81\xA9", false, "tài[U+202E]khoản[U+2069]");
}

static void test_id(void **state)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	(void)state;
	html_id(&out, "ACC-01 \"é_");
	assert_string_equal(out.p, "ACC-01_20_22_C3_A9_5F");
}

static char *written(struct arena *a, const struct document *d)
{
	const char *tmp = getenv("TMPDIR");
	char *path = arena_printf(a, "%s/rasoat-html-XXXXXX", tmp ? tmp : "/tmp"), *p, *copy;
	struct err e = ERR_INIT;
	size_t n;
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	close(fd);
	if (html_writer.write(d, NULL, path, &e) != ST_OK)
		fail_msg("%s", e.text);
	assert_int_equal(read_file(path, 1 << 24, &p, &n, &e), ST_OK);
	copy = arena_strndup(a, p, n);
	free(p);
	unlink(path);
	return copy;
}

static const struct doc_span spans[] = { { SPAN_TERM, 0, 10, "10 <ngày>" }, { SPAN_EXTENSION, 10, 20, "gia hạn" },
					 { SPAN_PAUSE, 20, 25, NULL }, { SPAN_LATE, 25, 30, "muộn" } };
static const struct doc_tick ticks[] = { { TICK_GOOD, 0, "đầu\n1 & 2" }, { TICK_BAD, 10, "hạn" }, { TICK_OPEN, 11, "ngay sau" },
					 { TICK_PLAIN, 30, "cuối" } };
static const struct doc_lane lanes[] = { { "Bình thường", spans, 4, ticks, 4 }, { NULL, spans, 1, NULL, 0 } };
static const struct doc_timeline timeline = { "Thời hạn \"A\"", "10 ngày < 20", lanes, 2, 30 };

static struct document *small(struct arena *a, const char *text)
{
	struct document *d = doc_new(a);
	struct doc_section *s = doc_section_add(d, "s 1", "S", false, false);
	struct doc_block *b;

	d->title = text;
	d->contents = true;
	doc_add(d, s, BLOCK_TITLE, text);
	doc_add(d, s, BLOCK_HEADING, text)->anchor = "R-1";
	doc_add(d, s, BLOCK_HEADING, "Hai")->level = 2;
	doc_add(d, s, BLOCK_HEADING, "Ba");
	b = doc_add(d, s, BLOCK_NOTE, text);
	b->link = "R-1";
	doc_add(d, s, BLOCK_TIMELINE, NULL)->timeline = &timeline;
	return d;
}

/* One page that needs nothing else, and no text that is markup. */
static void test_page(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	const char *page = written(a, small(a, "<script>alert('\"&')</script>"));

	(void)state;
	assert_null(strstr(page, "<script"));
	assert_null(strstr(page, "http"));
	assert_null(strstr(page, "@import"));
	assert_null(strstr(page, "src="));
	assert_non_null(strstr(page, "<title>&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;</title>"));
	assert_non_null(strstr(page, "<section id=\"s_201\">"));
	assert_non_null(strstr(page, "<h2 id=\"R-1\">&lt;script&gt;"));
	assert_non_null(strstr(page, "<h3 id=\"muc-1\">Hai</h3>"));
	assert_non_null(strstr(page, "<ul>\n<li><a href=\"#muc-1\">Hai</a></li>\n</ul>\n<li><a href=\"#muc-2\">Ba</a></li>\n</ol></nav>"));
	assert_non_null(strstr(page, "<a href=\"#R-1\">&lt;script&gt;"));
}

static void test_timeline(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	const char *page = written(a, small(a, "T"));

	(void)state;
	assert_non_null(strstr(page, "<figcaption>Thời hạn &quot;A&quot;</figcaption>"));
	assert_non_null(strstr(page, "<title>10 ngày &lt; 20</title>"));
	assert_non_null(strstr(page, ">10 &lt;ngày&gt;</text>"));
	assert_non_null(strstr(page, "fill=\"url(#hatch)\""));
	assert_non_null(strstr(page, "stroke-dasharray"));
	assert_non_null(strstr(page, ">1 &amp; 2</text>"));
	assert_non_null(strstr(page, ">ngay sau</text>"));
}

/* Everything a report can hold, and the same bytes again. */
static void test_everything(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct document *d = demo_document(a);
	const char *page = written(a, d);

	(void)state;
	assert_string_equal(page, written(a, d));
	assert_non_null(strstr(page, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"));
	assert_non_null(strstr(page, "Nơi nhận:"));
	assert_non_null(strstr(page, "rowspan="));
	assert_non_null(strstr(page, "<tr class=\"t\">"));
	assert_non_null(strstr(page, "***"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),	 cmocka_unit_test(test_id),	    cmocka_unit_test(test_page),
		cmocka_unit_test(test_timeline), cmocka_unit_test(test_everything),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
