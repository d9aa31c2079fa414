/*
 * The PDF writer, judged by poppler and qpdf: what was put in comes out, and the file is sound.
 */
#include <rasoat/str.h>
#include <rasoat/writer.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

extern const struct writer pdf_writer;

/* All letters of Vietnamese that ASCII lacks: 67 in each case. */
static const char lower[] = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ";
static const char upper[] = "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ";

struct fix {
	struct arena *a;
	struct document *d;
	struct doc_section *s;
	char dir[200], path[240];
};

static int begin(void **state)
{
	struct fix *f = xmalloc(sizeof(*f));
	const char *tmp = getenv("TMPDIR");

	snprintf(f->dir, sizeof(f->dir), "%s/rasoat-pdf-XXXXXX", tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof(f->path), "%s/out.pdf", f->dir);
	f->a = arena_new();
	f->d = doc_new(f->a);
	f->s = doc_section_add(f->d, "s", "Phần một", false, false);
	*state = f;
	return 0;
}

static int end(void **state)
{
	struct fix *f = *state;

	unlink(f->path);
	rmdir(f->dir);
	arena_free(f->a);
	free(f);
	return 0;
}

static void write_pdf(struct fix *f)
{
	struct err e = ERR_INIT;

	if (pdf_writer.write(f->d, NULL, f->path, &e) != ST_OK)
		fail_msg("%s", e.text);
}

static void write_fails(struct fix *f, const struct write_options *o, const char *text)
{
	struct err e = ERR_INIT;

	assert_int_equal(pdf_writer.write(f->d, o, f->path, &e), ST_ERR);
	assert_string_equal(e.text, text);
	assert_int_equal(access(f->path, F_OK), -1); /* nothing half-written */
}

/* What a program says of the file, errors included; it must end well. */
static char *tool(struct fix *f, const char *before, const char *after)
{
	CLEANUP(str_free) struct str out = STR_INIT;
	char buf[4096];
	size_t n;
	FILE *p = popen(arena_printf(f->a, "%s '%s' %s 2>&1", before, f->path, after), "r");

	assert_non_null(p);
	while ((n = fread(buf, 1, sizeof(buf), p)) > 0)
		str_addn(&out, buf, n);
	assert_int_equal(pclose(p), 0);
	return arena_strdup(f->a, out.p);
}

static int occurs(const char *s, const char *what)
{
	int n = 0;

	while ((s = strstr(s, what))) {
		n++;
		s += strlen(what);
	}
	return n;
}

static void test_alphabet(void **state)
{
	struct fix *f = *state;
	const char *text;

	f->d->footer = "₫ … – “ ” § · × ≤ ≥";
	doc_add(f->d, f->s, BLOCK_HEADING, lower);
	doc_add(f->d, f->s, BLOCK_LINE, lower);
	doc_add(f->d, f->s, BLOCK_NOTE, lower);
	doc_add(f->d, f->s, BLOCK_NOTE, lower)->flags = CELL_BOLD | CELL_ITALIC;
	doc_add(f->d, f->s, BLOCK_LINE, upper);
	doc_add(f->d, f->s, BLOCK_NOTE, upper);
	doc_add(f->d, f->s, BLOCK_NOTE, upper)->flags = CELL_BOLD | CELL_ITALIC;
	doc_add(f->d, f->s, BLOCK_NOTE, upper)->flags = CELL_BOLD;
	doc_add(f->d, f->s, BLOCK_TITLE, lower); /* capitals are made by the layout */
	write_pdf(f);
	text = tool(f, "pdftotext -raw", "- | tr -d '\\n'"); /* longer than a line: put together again */
	assert_int_equal(occurs(text, lower), 4);
	assert_int_equal(occurs(text, upper), 5);
	assert_int_equal(occurs(text, f->d->footer), 1);
	assert_null(strstr(text, "rror"));
	assert_string_equal(tool(f, "pdftotext -layout", "/dev/null"), "");
	assert_non_null(strstr(tool(f, "qpdf --check", ""), "No syntax or stream encoding errors found"));
}

static void test_justified(void **state)
{
	struct fix *f = *state;
	const char *s = "Bảo hiểm xã hội Việt Nam yêu cầu Thủ trưởng các đơn vị trực thuộc, Giám đốc Bảo hiểm xã hội "
			"các tỉnh, thành phố trực thuộc Trung ương thực hiện nghiêm túc việc rà soát 1.234 tài khoản.";

	doc_add(f->d, f->s, BLOCK_PARAGRAPH, s);
	write_pdf(f);
	assert_non_null(strstr(tool(f, "pdftotext -raw", "- | tr '\\n' ' ' | tr -s ' '"), s));
}

static void add_table(struct fix *f)
{
	struct doc_table *t = ARENA_NEW(f->a, struct doc_table);
	struct cell *c = ARENA_ARRAY(f->a, 100 * 2, struct cell);

	t->id = "t";
	t->n_columns = 2;
	t->columns = ARENA_ARRAY(f->a, 2, struct doc_column);
	t->columns[0].title = "Đơn vị";
	t->columns[1].title = "Số lượng";
	doc_table_simple_heads(f->d, t);
	for (int i = 0; i < 100; i++) {
		c[i * 2] = cell_str(arena_printf(f->a, "BHXH tỉnh số %d", i));
		c[i * 2 + 1] = cell_int(1000 + i);
		c[i * 2 + 1].flags = i % 7 ? 0 : CELL_WARN;
	}
	t->rows = doc_rows_array(f->a, c, NULL, 100, 2);
	doc_add(f->d, f->s, BLOCK_TABLE, NULL)->table = t;
}

/* Bytes that mean something in a PDF string: brackets, backslash and return, alone and as half of a code. */
static void test_special_bytes(void **state)
{
	struct fix *f = *state;
	const char *s = "(a) \\ b) ĨĩŜčĈĊ ((";

	doc_add(f->d, f->s, BLOCK_NOTE, s);
	write_pdf(f);
	assert_non_null(strstr(tool(f, "pdftotext -raw", "-"), s));
	assert_non_null(strstr(tool(f, "qpdf --check", ""), "No syntax or stream encoding errors found"));
}

static void test_table_text(void **state)
{
	struct fix *f = *state;
	const char *text;

	add_table(f);
	write_pdf(f);
	text = tool(f, "pdftotext -layout", "- | tr -s ' '");
	for (int i = 0; i < 100; i++)
		assert_non_null(strstr(text, arena_printf(f->a, "BHXH tỉnh số %d 1.%03d\n", i, i)));
	assert_int_equal(occurs(text, "Đơn vị"), occurs(text, "\f")); /* the heading once a page */
}

/* Borders that continue each other are one line: 2 of the heading's edges, the rows', the columns'. */
static void test_long_lines(void **state)
{
	struct fix *f = *state;
	const char *text;

	add_table(f);
	write_pdf(f);
	text = tool(f, "qpdf --qdf --object-streams=disable", "- | grep -a ' l$'");
	/* Three pages; each has 2 + 3 lines of the heading, 3 of the columns, and one below each row. */
	assert_int_equal(occurs(text, "\n"), 3 * (2 + 3 + 3 + 1) + 100);
}

/* A one-page letter carries only the letters it shows. */
static void test_small(void **state)
{
	struct fix *f = *state;

	doc_add(f->d, f->s, BLOCK_TITLE, "Thông báo");
	doc_add(f->d, f->s, BLOCK_PARAGRAPH, "Bảo hiểm xã hội tỉnh thông báo.");
	write_pdf(f);
	assert_true(atol(tool(f, "wc -c <", "")) < 25000);
}

static void test_fonts(void **state)
{
	struct fix *f = *state;
	const char *text;

	doc_add(f->d, f->s, BLOCK_PARAGRAPH, "Chỉ một kiểu chữ");
	write_pdf(f);
	text = tool(f, "pdffonts", "| tail -n +3 | tr -s ' '");
	assert_int_equal(occurs(text, "\n"), 1); /* no style that is not used */
	assert_non_null(strstr(text, "+LiberationSerif CID TrueType Identity-H yes yes yes "));
}

static void test_metadata(void **state)
{
	struct fix *f = *state;
	const char *text;

	f->d->title = "Báo cáo rà soát quý I/2026";
	f->d->author = "Bảo hiểm xã hội tỉnh Đắk Lắk";
	f->d->subject = "Tài khoản";
	assert_true(date_from_ymd(2026, 3, 31, &f->d->created));
	doc_add(f->d, f->s, BLOCK_PARAGRAPH, "Một");
	write_pdf(f);
	text = tool(f, "TZ=Asia/Ho_Chi_Minh pdfinfo -rawdates", "| tr -s ' '");
	assert_non_null(strstr(text, "Title: Báo cáo rà soát quý I/2026\n"));
	assert_non_null(strstr(text, "Author: Bảo hiểm xã hội tỉnh Đắk Lắk\n"));
	assert_non_null(strstr(text, "Subject: Tài khoản\n"));
	assert_non_null(strstr(text, "CreationDate: D:20260331000000+07'00'\n"));
	assert_non_null(strstr(text, "ModDate: D:20260331000000+07'00'\n"));
	assert_non_null(strstr(text, "Page size: 595.276 x 841.89 pts (A4)\n"));
}

static void test_bookmarks(void **state)
{
	struct fix *f = *state;
	const char *text;

	doc_add(f->d, f->s, BLOCK_HEADING, "I. Kết quả");
	doc_add(f->d, f->s, BLOCK_PARAGRAPH, "Một");
	doc_add(f->d, f->s, BLOCK_HEADING, "1. Chi tiết")->level = 2;
	doc_add(f->d, f->s, BLOCK_PARAGRAPH, "Hai");
	f->s = doc_section_add(f->d, "t", "Phụ lục", false, true);
	doc_add(f->d, f->s, BLOCK_PARAGRAPH, "Ba");
	write_pdf(f);
	tool(f, "qpdf --check", "");
	text = tool(f, "qpdf --json --json-key=outlines", "| grep '\"title\"' | tr -s ' '");
	assert_int_equal(occurs(text, "\n"), 4);
	assert_non_null(strstr(text, "\"title\": \"Phần một\""));
	assert_non_null(strstr(text, "\"title\": \"I. Kết quả\""));
	assert_non_null(strstr(text, "\"title\": \"1. Chi tiết\""));
	assert_non_null(strstr(text, "\"title\": \"Phụ lục\""));
	text = tool(f, "qpdf --json --json-key=outlines", "| grep '\"destpageposfrom1\"' | tr -s ' '");
	assert_int_equal(occurs(text, " 1,"), 3);
	assert_int_equal(occurs(text, " 2,"), 1);
}

static void test_same_bytes(void **state)
{
	struct fix *f = *state;
	char *first;

	f->d->created = 20000;
	add_table(f);
	doc_add(f->d, f->s, BLOCK_HEADING, "Hết");
	doc_add(f->d, f->s, BLOCK_PARAGRAPH, "Một");
	write_pdf(f);
	first = tool(f, "sha256sum", "");
	setenv("TZ", "America/New_York", 1);
	sleep(1);
	write_pdf(f);
	unsetenv("TZ");
	assert_string_equal(tool(f, "sha256sum", ""), first);
}

static void test_missing_glyph(void **state)
{
	struct fix *f = *state;
	struct doc_block *b = doc_add(f->d, f->s, BLOCK_PARAGRAPH, "Đã chọn ☑");

	write_fails(f, NULL,
		    "section 'Phần một': the font has no character '☑' (U+2611), in the text \"Đã chọn ☑\": "
		    "replace the character");
	b->text = "\xf0\x9f\x98\x80";
	write_fails(f, NULL,
		    "section 'Phần một': the font has no character '\xf0\x9f\x98\x80' (U+1F600), in the text "
		    "\"\xf0\x9f\x98\x80\": replace the character");
}

static void test_missing_font(void **state)
{
	struct fix *f = *state;
	struct write_options o = { .font_dir = "/nonexistent" };
	FILE *bad;

	doc_add(f->d, f->s, BLOCK_PARAGRAPH, "Một");
	write_fails(f, &o,
		    "cannot read the font /nonexistent/LiberationSerif-Regular.ttf: No such file or directory; "
		    "install fonts-liberation2 or name the folder of the fonts");
	/* A file of that name which is no font. */
	o.font_dir = f->dir;
	bad = fopen(arena_printf(f->a, "%s/LiberationSerif-Regular.ttf", f->dir), "w");
	assert_non_null(bad);
	fputs("this is not a font at all, but long enough to look at", bad);
	assert_int_equal(fclose(bad), 0);
	write_fails(f, &o,
		    arena_printf(f->a, "%s/LiberationSerif-Regular.ttf is not a TrueType font: install fonts-liberation2",
				 f->dir));
	unlink(arena_printf(f->a, "%s/LiberationSerif-Regular.ttf", f->dir));
}

static void test_bad_path(void **state)
{
	struct fix *f = *state;
	struct err e = ERR_INIT;

	doc_add(f->d, f->s, BLOCK_PARAGRAPH, "Một");
	assert_int_equal(pdf_writer.write(f->d, NULL, "/nonexistent/out.pdf", &e), ST_ERR);
	assert_string_equal(e.text, "cannot write /nonexistent/out.pdf: No such file or directory");
	if (access("/dev/full", W_OK) == 0) {
		/* remove() of a link in our own folder must not touch the device. */
		assert_int_equal(symlink("/dev/full", f->path), 0);
		write_fails(f, NULL, arena_printf(f->a, "cannot write %s: No space left on device", f->path));
	}
}

static void test_nothing(void **state)
{
	struct fix *f = *state;

	f->d->title = "Trống";
	write_fails(f, NULL, "the report 'Trống' has nothing to print");
}

#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_alphabet), T(test_justified), T(test_special_bytes), T(test_table_text), T(test_long_lines),
		T(test_small), T(test_fonts), T(test_metadata),
		T(test_bookmarks), T(test_same_bytes), T(test_missing_glyph), T(test_missing_font), T(test_bad_path),
		T(test_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
