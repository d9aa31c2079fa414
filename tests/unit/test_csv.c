/* The CSV reader: RFC 4180, its line numbers, its limits and what it refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <rasoat/csv.h>
#include <rasoat/str.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static int enter_folder(void **state)
{
	const char *base = getenv("TMPDIR");
	struct str path = STR_INIT;

	str_addf(&path, "%s/rasoat-csv-XXXXXX", base ? base : "/tmp");
	assert_non_null(mkdtemp(path.p));
	assert_int_equal(chdir(path.p), 0);
	*state = strdup(path.p);
	str_free(&path);
	return 0;
}

static int leave_folder(void **state)
{
	CLEANUP(str_free) struct str command = STR_INIT;

	assert_int_equal(chdir("/"), 0);
	str_addf(&command, "rm -rf '%s'", (char *)*state);
	assert_int_equal(system(command.p), 0);
	free(*state);
	return 0;
}

static void put_bytes(const char *text, size_t n)
{
	FILE *f = fopen("a.csv", "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

/* Rows as "line:field|field!defect;", errors as "ERROR text". */
static void assert_bytes_read(const char *text, size_t n, const char *want)
{
	CLEANUP(csv_cleanup) struct csv *c = NULL;
	CLEANUP(str_free) struct str got = STR_INIT;
	struct err e = ERR_INIT;
	struct csv_row row;
	int rc;

	put_bytes(text, n);
	if (csv_open("a.csv", &c, &e) != ST_OK) {
		assert_string_equal(e.text, want);
		return;
	}
	while ((rc = csv_next(c, &row, &e)) == 1) {
		str_addf(&got, "%d:", (int)row.line);
		for (int i = 0; i < row.n_fields; i++) {
			str_add(&got, i ? "|" : "");
			str_addn(&got, row.fields[i].p, row.fields[i].n);
			assert_int_equal(row.fields[i].p[row.fields[i].n], '\0');
		}
		if (row.defect)
			str_addf(&got, "!%s", row.defect);
		str_addc(&got, ';');
	}
	if (rc < 0)
		str_addf(&got, "ERROR %s", e.text);
	assert_string_equal(got.p, want);
}

static void assert_read(const char *text, const char *want)
{
	assert_bytes_read(text, strlen(text), want);
}

static void test_rows(void **state)
{
	(void)state;
	assert_read("a,b\n1,2\n", "1:a|b;2:1|2;");
	assert_read("a,b\r\n1,2\r\n", "1:a|b;2:1|2;");
	assert_read("a,b\n1,2", "1:a|b;2:1|2;");
	assert_read("a,b\r\n1,2\r", "1:a|b;2:1|2\r;");
	assert_read("\xEF\xBB\xBF" "a,b\n,\n", "1:a|b;2:|;");
	assert_read("\n\r\n\na,b\n\n\r\n1,2\n\n", "4:a|b;7:1|2;");
	assert_read("a\n1\n \n", "1:a;2:1;3: ;");
	assert_read("a,b\n1,x\ry\n", "1:a|b;2:1|x\ry;");
	assert_read("a,b\n 1 ,2\n", "1:a|b;2: 1 |2;");
	assert_read("a\n,,,\n", "1:a;2:|||;");
	assert_read("", "");
	assert_read("\n\n", "");
	assert_read("a\n\"\"\n", "1:a;2:;");
}

static void test_quotes(void **state)
{
	(void)state;
	assert_read("a,b\n\"1,5\",\"say \"\"no\"\"\"\n", "1:a|b;2:1,5|say \"no\";");
	assert_read("a,b\n\"x\ny\r\nz\",2\n3,4\n", "1:a|b;2:x\ny\r\nz|2;5:3|4;");
	assert_read("a,b\n\"x\" ,2\n", "1:a|b;2:x|2;");
	assert_read("a,b\nx\"y,2\n", "1:a|b;2:x\"y|2;");
	assert_read("a,b\n1,\"x\"y\n3,4\n", "1:a|b;2:1|x!text after the closing quote in field 2;3:3|4;");
	assert_read("\"a,x\",b\n1,2\n", "1:a,x|b;2:1|2;");
	assert_read("a,b\n1,\"x\"", "1:a|b;2:1|x;");
	assert_read("a,b\n1,\"x\"\r\n3,4", "1:a|b;2:1|x;3:3|4;");
}

static void test_torn_quotes(void **state)
{
	(void)state;
	assert_read("a,b\n1,2\n3,\"x\n5,6\n",
		    "1:a|b;2:1|2;ERROR a.csv:3: the quote that opens here is never closed; close it, or "
		    "double it where it is meant");
	assert_read("a,b\n1,\"x\n3,\"y\"\n",
		    "1:a|b;ERROR a.csv:2: the quote that opens here ends in line 3 within text; close it, or "
		    "double it where it is meant");
	assert_read("a,b\n1,\"x\"\"", "1:a|b;ERROR a.csv:2: the quote that opens here is never closed; close "
				      "it, or double it where it is meant");
}

static void test_delimiters(void **state)
{
	CLEANUP(csv_cleanup) struct csv *c = NULL;
	struct err e = ERR_INIT;

	(void)state;
	assert_read("a;b;c\n1,5;2;3\n", "1:a|b|c;2:1,5|2|3;");
	assert_read("a\tb\n1,5\t2\n", "1:a|b;2:1,5|2;");
	assert_read("\"a;b;c\",d\n1,2\n", "1:a;b;c|d;2:1|2;");
	assert_read("a,b;c\n", "1:a|b;c;"); /* a tie: comma */
	put_bytes("a;b\n", 4);
	assert_int_equal(csv_open("a.csv", &c, &e), ST_OK);
	assert_int_equal(csv_delimiter(c), ';');
}

static void test_what_is_refused(void **state)
{
	struct csv *c = NULL;
	struct err e = ERR_INIT;

	(void)state;
	assert_bytes_read("\xFF\xFE" "a\0,\0", 6,
			  "a.csv: is UTF-16, not UTF-8; save it as \"CSV UTF-8\" and import that");
	assert_bytes_read("\xFE\xFF\0a\0,", 6,
			  "a.csv: is UTF-16, not UTF-8; save it as \"CSV UTF-8\" and import that");
	assert_bytes_read("a\0,\0b\0\n\0", 8, "a.csv: is a binary file or UTF-16, not a CSV file; save it as "
					      "\"CSV UTF-8\" and import that");
	assert_read("PK\3\4...", "a.csv: is a workbook, not a CSV file; save it as \"CSV UTF-8\" and import that");
	assert_read("\xD0\xCF\x11\xE0", "a.csv: is a workbook, not a CSV file; save it as \"CSV UTF-8\" and import that");
	assert_int_equal(csv_open("b.csv", &c, &e), ST_ERR);
	assert_string_equal(e.text, "b.csv: cannot be read (No such file or directory)");
	assert_int_equal(csv_open(".", &c, &e), ST_ERR);
	assert_string_equal(e.text, ".: is not a file");
	assert_int_equal(mkfifo("f.csv", 0600), 0);
	assert_int_equal(csv_open("f.csv", &c, &e), ST_ERR);
	assert_string_equal(e.text, "f.csv: is not a file");
	put_bytes("", 0);
	assert_int_equal(truncate("a.csv", ((off_t)16 << 30) + 1), 0); /* a hole, no blocks */
	assert_int_equal(csv_open("a.csv", &c, &e), ST_ERR);
	assert_string_equal(e.text, "a.csv: is larger than 16 GiB; split it");
	csv_close(NULL);
}

static void test_nul_bytes(void **state)
{
	static const char text[] = "a,b\n1,x\0y\n3,4\n";
	CLEANUP(csv_cleanup) struct csv *c = NULL;
	struct err e = ERR_INIT;
	struct csv_row row;

	(void)state;
	put_bytes(text, sizeof(text) - 1);
	assert_int_equal(csv_open("a.csv", &c, &e), ST_OK);
	assert_int_equal(csv_next(c, &row, &e), 1);
	assert_int_equal(csv_next(c, &row, &e), 1);
	assert_string_equal(row.defect, "NUL byte in field 2");
	assert_int_equal(row.fields[1].n, 3);
	assert_memory_equal(row.raw, "1,x\0y", 5);
	assert_int_equal(csv_next(c, &row, &e), 1);
	assert_null(row.defect);
	assert_string_equal(row.fields[1].p, "4");
}

/* One row of `fields` fields of `size` bytes, then a good row. */
static void write_big(int fields, size_t size, bool quoted)
{
	FILE *f = fopen("a.csv", "w");

	assert_non_null(f);
	fputs("a,b\n", f);
	for (int i = 0; i < fields; i++) {
		fputs(i ? "," : "", f);
		fputs(quoted ? "\"" : "", f);
		for (size_t k = 0; k < size; k++)
			putc(k % 100 == 99 && quoted ? '\n' : 'x', f);
		fputs(quoted ? "\"" : "", f);
	}
	fputs("\n1,2\n", f);
	assert_int_equal(fclose(f), 0);
}

static void assert_big(const char *want_defect, int64_t want_line)
{
	CLEANUP(csv_cleanup) struct csv *c = NULL;
	struct err e = ERR_INIT;
	struct csv_row row;

	assert_int_equal(csv_open("a.csv", &c, &e), ST_OK);
	assert_int_equal(csv_next(c, &row, &e), 1);
	assert_int_equal(csv_next(c, &row, &e), 1);
	if (want_defect) {
		assert_non_null(row.defect);
		assert_string_equal(row.defect, want_defect);
	} else {
		assert_null(row.defect);
	}
	assert_int_equal(row.line, 2);
	assert_int_equal(row.last_line, want_line - 1);
	assert_true(row.raw_len <= 4096);
	assert_int_equal(csv_next(c, &row, &e), 1);
	assert_int_equal(row.line, want_line);
	assert_null(row.defect);
	assert_string_equal(row.fields[1].p, "2");
	assert_int_equal(csv_next(c, &row, &e), 0);
	assert_int_equal(csv_next(c, &row, &e), 0);
}

static void test_limits(void **state)
{
	struct rusage before, after;

	(void)state;
	write_big(2, (size_t)1 << 20, false);
	assert_big(NULL, 3);
	write_big(1, ((size_t)1 << 20) + 1, false);
	assert_big("field 1 is longer than 1 MiB", 3);
	write_big(2, ((size_t)1 << 20) + 1, true);
	assert_big("field 1 is longer than 1 MiB", 3 + 2 * 10485);
	write_big(5, (size_t)1 << 20, false);
	assert_big("the row is longer than 4 MiB (in field 4)", 3);
	write_big(4097, 1, false);
	assert_big("more than 4096 fields", 3);
	/* 100 MB in one field take no 100 MB of memory. */
	getrusage(RUSAGE_SELF, &before);
	write_big(1, 100 * 1000 * 1000, true);
	assert_big("field 1 is longer than 1 MiB", 3 + 1000 * 1000);
	getrusage(RUSAGE_SELF, &after);
	assert_true(after.ru_maxrss - before.ru_maxrss < 16 * 1024);
}

static void test_raw(void **state)
{
	CLEANUP(csv_cleanup) struct csv *c = NULL;
	struct err e = ERR_INIT;
	struct csv_row row;

	(void)state;
	put_bytes("a,b\r\n\"1\n2\", x \r\n3", 17);
	assert_int_equal(csv_open("a.csv", &c, &e), ST_OK);
	assert_int_equal(csv_next(c, &row, &e), 1);
	assert_int_equal(row.raw_len, 3);
	assert_int_equal(csv_next(c, &row, &e), 1);
	assert_int_equal(row.raw_len, 9);
	assert_int_equal(row.total_len, 9);
	assert_memory_equal(row.raw, "\"1\n2\", x ", 9);
	assert_true(row.fields[0].quoted);
	assert_false(row.fields[1].quoted);
	assert_int_equal(row.last_line, 3);
	assert_int_equal(csv_next(c, &row, &e), 1);
	assert_int_equal(row.raw_len, 1);
	assert_int_equal(row.line, 4);
	assert_int_equal(row.last_line, 4);
}

/* A row that lies across the reader's buffer, at every offset. */
static void test_across_the_buffer(void **state)
{
	(void)state;
	for (size_t pad = 65536 - 20; pad < 65536 + 4; pad++) {
		CLEANUP(csv_cleanup) struct csv *c = NULL;
		struct err e = ERR_INIT;
		struct csv_row row;
		FILE *f = fopen("a.csv", "w");

		assert_non_null(f);
		fputs("a,", f);
		for (size_t i = 2; i < pad; i++)
			putc('x', f);
		fputs("\r\n\"q\"\"r\",s\r\n", f);
		assert_int_equal(fclose(f), 0);
		assert_int_equal(csv_open("a.csv", &c, &e), ST_OK);
		assert_int_equal(csv_next(c, &row, &e), 1);
		assert_int_equal(row.fields[1].n, pad - 2);
		assert_int_equal(csv_next(c, &row, &e), 1);
		assert_string_equal(row.fields[0].p, "q\"r");
		assert_string_equal(row.fields[1].p, "s");
		assert_memory_equal(row.raw, "\"q\"\"r\",s", 8);
		assert_int_equal(csv_next(c, &row, &e), 0);
	}
}

/* Rows of every kind are found again by their offset; plain means what it says. */
static void test_seek(void **state)
{
	static const char *const kinds[] = { "a,b,c\n", "a,,\r\n", "\"q\",\"two\nlines\",x\n", ",,\n", "\n",
					     "\xC4\x91,b\tc,d\x7F\n", "a\rb,c,d\r\n", "x,\"\"\"\",y\r\n" };
	CLEANUP(csv_cleanup) struct csv *c = NULL;
	CLEANUP(str_free) struct str text = STR_INIT;
	struct { int64_t offset, line; char raw[32]; } seen[4000];
	struct err e = ERR_INIT;
	struct csv_row row;
	unsigned dice = 1;
	int n = 0;

	(void)state;
	while (text.len < 100000) {
		dice = dice * 1103515245 + 12345;
		str_add(&text, kinds[dice >> 16 & 7]);
		if (text.len > 60000 && text.len < 70000)
			str_add(&text, "a,long row with some more bytes,z\n");
	}
	put_bytes(text.p, text.len);
	assert_int_equal(csv_open("a.csv", &c, &e), ST_OK);
	for (int i; csv_next(c, &row, &e) == 1; n += n < 3999) {
		seen[n].offset = row.offset;
		seen[n].line = row.line;
		assert_memory_equal(text.p + row.offset, row.raw, row.raw_len);
		snprintf(seen[n].raw, sizeof(seen[n].raw), "%.*s", (int)row.raw_len, row.raw);
		assert_int_equal(row.n_fields, 3);
		for (i = 0; i < 3; i++)
			for (size_t k = 0; k < row.fields[i].n && row.fields[i].plain; k++)
				assert_true(row.fields[i].p[k] >= ' ' && row.fields[i].p[k] <= '~');
	}
	for (int i = n - 1; i >= 0; i -= 7) {
		assert_int_equal(csv_seek(c, seen[i].offset, seen[i].line, &e), ST_OK);
		for (int k = i; k < i + 3 && k < n; k++) {
			char raw[32];

			assert_int_equal(csv_next(c, &row, &e), 1);
			assert_int_equal(row.offset, seen[k].offset);
			assert_int_equal(row.line, seen[k].line);
			snprintf(raw, sizeof(raw), "%.*s", (int)row.raw_len, row.raw);
			assert_string_equal(raw, seen[k].raw);
		}
	}
}

static void test_quoting(void **state)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "", "" },         { "plain", "plain" },       { "a,b", "\"a,b\"" }, { "a;b", "a;b" },
		{ "a\"b", "\"a\"\"b\"" }, { "a\nb", "\"a\nb\"" }, { " a", "\" a\"" },   { "a\r", "\"a\r\"" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		CLEANUP(str_free) struct str out = STR_INIT;

		csv_quote(&out, cases[i].in, strlen(cases[i].in), ',');
		assert_string_equal(out.p, cases[i].out);
	}
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, enter_folder, leave_folder)
	const struct CMUnitTest tests[] = {
		TEST(test_rows),     TEST(test_quotes),        TEST(test_torn_quotes), TEST(test_delimiters),
		TEST(test_nul_bytes), TEST(test_what_is_refused), TEST(test_limits),     TEST(test_raw),
		TEST(test_across_the_buffer), TEST(test_seek), TEST(test_quoting),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
