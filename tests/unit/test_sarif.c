#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include "../../src/write/writers.h"

#include <rasoat/outfile.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { COLUMNS = 9, MOST_ROWS = 4 };

struct fix {
	struct arena *a;
	struct document *d;
	struct doc_table t;
	struct doc_fact facts[4];
	struct cell cells[MOST_ROWS * COLUMNS];
	char path[240];
	struct err e;
};

static const struct doc_fact laws[2][2] = {
	{ { .key = "document", .value = { .kind = CELL_TEXT, .text = "Luật \"A\" <&>" } }, { .key = "date", .value = { .kind = CELL_BLANK } } },
	{ { .key = "document", .value = { .kind = CELL_TEXT, .text = "Công văn 9" } }, { .key = "mark", .value = { .kind = CELL_TEXT, .text = "memory" } } },
};
static const struct doc_fact law_list[] = { { .key = "law", .object = laws[0], .n_object = 2 }, { .key = "law", .object = laws[1], .n_object = 2 } };
static const struct doc_fact params[] = { { .key = "days", .value = { .kind = CELL_TEXT, .text = "90" } } };
static const struct doc_fact about_one[] = {
	{ .key = "title", .value = { .kind = CELL_TEXT, .text = "Tài khoản" } },
	{ .key = "severity", .value = { .kind = CELL_TEXT, .text = "critical" } },
	{ .key = "basis", .value = { .kind = CELL_TEXT, .text = "Luật A" } },
	{ .key = "remedy", .value = { .kind = CELL_TEXT, .text = "Khóa" } },
	{ .key = "subject", .value = { .kind = CELL_TEXT, .text = "account" } },
	{ .key = "law", .object = law_list, .n_object = 2, .array = true },
	{ .key = "params", .object = params, .n_object = 1 },
	{ .key = "file", .value = { .kind = CELL_TEXT, .text = "rules/của tôi#1.xml" } },
	{ .key = "line", .value = { .kind = CELL_INT, .i = 7 } },
};
static const struct doc_fact about_two[] = { { .key = "severity", .value = { .kind = CELL_TEXT, .text = "low" } } };
static const struct doc_fact about[] = { { .key = "ACC-01", .object = about_one, .n_object = 9 },
					 { .key = "ACC-02", .object = about_two, .n_object = 1 } };
static const char *const errors[] = { "ACC-02: no such column: \"x\"", "without a rule" };

static struct doc_column columns[COLUMNS] = {
	{ .key = "key" }, { .key = "unit" }, { .key = "verdict" }, { .key = "reason" }, { .key = "message" },
	{ .key = "fingerprint" }, { .key = "rule" }, { .key = "severity" }, { .key = "login" },
};

static int begin(void **state)
{
	struct fix *f = xmalloc(sizeof(*f));
	const char *tmp = getenv("TMPDIR");
	struct doc_section *s;
	day_t day;
	int fd;

	assert_true(date_from_ymd(2026, 10, 5, &day));
	memset(f, 0, sizeof(*f));
	f->a = arena_new();
	f->d = doc_new(f->a);
	f->d->title = "Kết quả rà soát";
	f->facts[0] = (struct doc_fact){ .key = "as_of", .value = cell_day(day) };
	f->facts[1] = (struct doc_fact){ .key = "unit", .value = cell_str("80") };
	f->facts[2] = (struct doc_fact){ .key = "about", .object = about, .n_object = 2 };
	f->facts[3] = (struct doc_fact){ .key = "errors", .list = errors };
	f->d->facts = f->facts;
	f->d->n_facts = 4;
	f->t = (struct doc_table){ .id = "ACC-01", .data = true, .columns = columns, .n_columns = COLUMNS };
	s = doc_section_add(f->d, "s", "S", false, false);
	doc_add(f->d, s, BLOCK_TABLE, NULL)->table = &f->t;
	snprintf(f->path, sizeof(f->path), "%s/rasoat-sarif-XXXXXX", tmp ? tmp : "/tmp");
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

static void row(struct fix *f, int i, const char *const *texts)
{
	for (int k = 0; k < COLUMNS; k++)
		f->cells[i * COLUMNS + k] = cell_str(texts[k]);
	f->t.rows = doc_rows_array(f->a, f->cells, NULL, i + 1, COLUMNS);
}

static const char *written(struct fix *f)
{
	char *p, *copy;
	size_t n;

	if (sarif_writer.write(f->d, NULL, f->path, &f->e) != ST_OK)
		fail_msg("%s", f->e.text);
	assert_int_equal(read_file(f->path, 1 << 24, &p, &n, &f->e), ST_OK);
	copy = arena_strndup(f->a, p, n);
	free(p);
	return copy;
}

/* Everything before the results, and that of an empty run. */
static const char head[] =
	"{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\n"
	"\"tool\":{\"driver\":{\"name\":\"rasoat\",\"version\":\"0.1.0\",\"language\":\"vi-VN\",\"rules\":[\n"
	"{\"id\":\"ACC-01\",\"shortDescription\":{\"text\":\"Tài khoản\"},\"help\":{\"text\":\"Căn cứ: Luật A\\nBiện pháp: Khóa\"},"
	"\"defaultConfiguration\":{\"level\":\"error\",\"parameters\":{\"days\":\"90\"}},"
	"\"properties\":{\"severity\":\"critical\",\"subject\":\"account\",\"law\":[{\"document\":\"Luật \\\"A\\\" <&>\",\"date\":null},{\"document\":\"Công văn 9\",\"mark\":\"memory\"}],\"remedy\":\"Khóa\"}},\n"
	"{\"id\":\"ACC-02\",\"shortDescription\":{\"text\":\"ACC-02\"},\"defaultConfiguration\":{\"level\":\"note\"},\"properties\":{\"severity\":\"low\"}}\n"
	"]}},\n\"language\":\"vi-VN\",\n"
	"\"automationDetails\":{\"id\":\"rasoat/audit/80/2026-10-05\",\"description\":{\"text\":\"Kết quả rà soát\"}},\n";

static const char tail[] =
	",\n\"originalUriBaseIds\":{\"WORKSPACE\":{\"description\":{\"text\":\"Thư mục làm việc của rasoat\"}}},\n"
	"\"properties\":{\"as_of\":\"2026-10-05\",\"unit\":\"80\"},\n\"results\":[";

static void test_empty(void **state)
{
	struct fix *f = *state;

	f->t.rows = doc_rows_array(f->a, f->cells, NULL, 0, COLUMNS);
	assert_string_equal(written(f), arena_printf(f->a, "%s\"invocations\":[{\"executionSuccessful\":true,\"toolExecutionNotifications\":[]}]%s\n]}]}\n", head, tail));
}

/* A rule that could not run: the run is no success, and the notification names the rule where there is one. */
static void test_errors(void **state)
{
	struct fix *f = *state;

	f->t.rows = doc_rows_array(f->a, f->cells, NULL, 0, COLUMNS);
	f->facts[3].n_list = 2;
	assert_string_equal(written(f), arena_printf(f->a, "%s%s%s\n]}]}\n", head,
		"\"invocations\":[{\"executionSuccessful\":false,\"toolExecutionNotifications\":[\n"
		"{\"level\":\"error\",\"message\":{\"text\":\"ACC-02: no such column: \\\"x\\\"\"},\"associatedRule\":{\"id\":\"ACC-02\",\"index\":1}},\n"
		"{\"level\":\"error\",\"message\":{\"text\":\"without a rule\"}}]}]", tail));
}

#define RELATED "\"relatedLocations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"rules/c%E1%BB%A7a%20t%C3%B4i%231.xml\",\"uriBaseId\":\"WORKSPACE\"},\"region\":{\"startLine\":7}},\"message\":{\"text\":\"Quy tắc\"}}],"

static void test_results(void **state)
{
	static const char *const rows[MOST_ROWS][COLUMNS] = {
		{ "K1", "80", "fail", NULL, "<b>\"1\"&\xE2\x80\xAE</b>", "f1", "ACC-01", "critical", "a\\b" },
		{ "K2", NULL, "indeterminate", "Thiếu ngày", "Chưa rõ", "f2", "ACC-01", "critical", NULL },
		{ "K3", "80", "waived", "QĐ 5/QĐ-BHXH", "Miễn", "f3", "ACC-01", "medium", NULL },
		{ "ACC-02", NULL, "error", NULL, "Lỗi", "f4", "ACC-02", "low", NULL },
	};
	struct fix *f = *state;
	const char *got;

	for (int i = 0; i < MOST_ROWS; i++)
		row(f, i, rows[i]);
	got = strstr(written(f), "\"results\":[");
	assert_string_equal(got,
		"\"results\":[\n"
		"{\"ruleId\":\"ACC-01\",\"ruleIndex\":0,\"kind\":\"fail\",\"level\":\"error\",\"message\":{\"text\":\"<b>\\\"1\\\"&\\u202e</b>\"},"
		"\"locations\":[{\"logicalLocations\":[{\"name\":\"K1\",\"fullyQualifiedName\":\"80::K1\",\"kind\":\"account\"},{\"name\":\"80\",\"fullyQualifiedName\":\"80\",\"kind\":\"unit\"}]}],"
		RELATED
		"\"fingerprints\":{\"rasoatFinding/v1\":\"f1\"},\"partialFingerprints\":{\"rasoatFinding/v1\":\"f1\"},\"suppressions\":[],"
		"\"properties\":{\"unit\":\"80\",\"verdict\":\"fail\",\"reason\":null,\"severity\":\"critical\",\"login\":\"a\\\\b\"}},\n"
		"{\"ruleId\":\"ACC-01\",\"ruleIndex\":0,\"kind\":\"open\",\"level\":\"none\",\"message\":{\"text\":\"Chưa rõ\"},"
		"\"locations\":[{\"logicalLocations\":[{\"name\":\"K2\",\"fullyQualifiedName\":\"K2\",\"kind\":\"account\"}]}],"
		RELATED
		"\"fingerprints\":{\"rasoatFinding/v1\":\"f2\"},\"partialFingerprints\":{\"rasoatFinding/v1\":\"f2\"},\"suppressions\":[],"
		"\"properties\":{\"unit\":null,\"verdict\":\"indeterminate\",\"reason\":\"Thiếu ngày\",\"severity\":\"critical\",\"login\":null}},\n"
		"{\"ruleId\":\"ACC-01\",\"ruleIndex\":0,\"kind\":\"fail\",\"level\":\"warning\",\"message\":{\"text\":\"Miễn\"},"
		"\"locations\":[{\"logicalLocations\":[{\"name\":\"K3\",\"fullyQualifiedName\":\"80::K3\",\"kind\":\"account\"},{\"name\":\"80\",\"fullyQualifiedName\":\"80\",\"kind\":\"unit\"}]}],"
		RELATED
		"\"fingerprints\":{\"rasoatFinding/v1\":\"f3\"},\"partialFingerprints\":{\"rasoatFinding/v1\":\"f3\"},"
		"\"suppressions\":[{\"kind\":\"external\",\"status\":\"accepted\",\"justification\":\"QĐ 5/QĐ-BHXH\"}],"
		"\"properties\":{\"unit\":\"80\",\"verdict\":\"waived\",\"reason\":\"QĐ 5/QĐ-BHXH\",\"severity\":\"medium\",\"login\":null}},\n"
		"{\"ruleId\":\"ACC-02\",\"ruleIndex\":1,\"kind\":\"open\",\"level\":\"none\",\"message\":{\"text\":\"Lỗi\"},"
		"\"locations\":[{\"logicalLocations\":[{\"name\":\"ACC-02\",\"fullyQualifiedName\":\"ACC-02\",\"kind\":\"subject\"}]}],"
		"\"fingerprints\":{\"rasoatFinding/v1\":\"f4\"},\"partialFingerprints\":{\"rasoatFinding/v1\":\"f4\"},\"suppressions\":[],"
		"\"properties\":{\"unit\":null,\"verdict\":\"error\",\"reason\":null,\"severity\":\"low\",\"login\":null}}\n"
		"]}]}\n");
	assert_string_equal(strstr(written(f), "\"results\":["), got); /* a source starts over */
}

static void assert_fails(struct fix *f, const char *want)
{
	f->e = (struct err)ERR_INIT;
	assert_int_equal(sarif_writer.write(f->d, NULL, f->path, &f->e), ST_ERR);
	assert_string_equal(f->e.text, want);
}

static void test_refused(void **state)
{
	static const char *const bad_text[] = { "K\xFF", NULL, "fail", NULL, "m", "f", "ACC-01", "low", NULL };
	static const char *const bad_rule[] = { "K", NULL, "fail", NULL, "m", "f", "ZZZ-01", "low", NULL };
	struct fix *f = *state;

	row(f, 0, bad_text);
	assert_fails(f, "table 'ACC-01', row 1, 'key': text is not valid UTF-8 from byte 2 on");
	row(f, 0, bad_rule);
	assert_fails(f, "table 'ACC-01', row 1: rule 'ZZZ-01' is not among those of the run");
	f->d->n_facts = 2;
	assert_fails(f, "SARIF holds the findings of an audit, and this is a report; take another format");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_empty, begin, end),
		cmocka_unit_test_setup_teardown(test_errors, begin, end),
		cmocka_unit_test_setup_teardown(test_results, begin, end),
		cmocka_unit_test_setup_teardown(test_refused, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
