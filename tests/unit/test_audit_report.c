/*
 * The documents of an audit, from five accounts and four rules:
 *   ACC-01 fails for A1 (since 02/03/2026), A2 (since 05/10/2026) and A3; A4 cannot be decided;
 *   ACC-02 finds nothing; ACC-03 cannot run; ACC-04 is not in force yet.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <rasoat/arena.h>
#include <rasoat/audit_report.h>
#include <rasoat/str.h>
#include <rasoat/workdays.h>
#include <rasoat/writer.h>

#define OK(call)                                         \
	do {                                             \
		struct err e_ = ERR_INIT, *e = &e_;      \
		if ((call) != ST_OK)                     \
			fail_msg(#call ": %s", e->text); \
	} while (0)

struct world {
	struct arena *a;
	struct store *cases, *accounts;
	struct ledger *ledger;
	struct workspace w;
	struct rule_set set;
	struct audit_result result;
	struct audit_report_input in;
};

static const char rows[] =
	"INSERT INTO unit(unit_id, name) VALUES ('01', 'BHXH thành phố Hà Nội'), ('0101', 'BHXH cơ sở Ba Đình'), ('02', 'BHXH Huế');"
	"INSERT INTO unit_parent(unit_id, parent_id, valid_from) VALUES ('0101', '01', '2020-01-01');"
	"INSERT INTO account(account_id, system_id, login, unit_id, opened_on) VALUES"
	" ('A1', 'TST', 'an', '0101', '2026-03-02'), ('A2', 'TST', 'binh', '01', '2026-10-05'),"
	" ('A3', 'TCS', 'chi', '01', '2026-09-04'), ('A4', 'TCS', 'dung', '02', NULL)";

static day_t day(const char *iso)
{
	day_t d = DAY_NONE;

	assert_true(date_parse_iso(iso, strlen(iso), &d));
	return d;
}

static struct rule *add_rule(struct world *w, const char *id, enum severity severity, const char *where)
{
	static struct basis bases[] = { { "907/BHXH-CNTT", "2019-03-26", "mục 2", MARK_INFERENCE } };
	struct rule *r = ARENA_NEW(w->a, struct rule);

	*r = (struct rule){ .id = id, .pack = "accounts", .file = "t.xml", .line = 1, .store = STORE_ACCOUNTS,
			    .severity = severity, .subject = "account", .title = "Tài khoản mở", .bases = bases,
			    .n_bases = 1, .valid_from = DAY_NONE, .valid_to = DAY_NONE, .from = "account a", .where = where,
			    .key = "a.account_id", .unit = "a.unit_id", .since = "a.opened_on",
			    .message = "Tài khoản {login}", .remedy = "Khóa tài khoản." };
	w->set.rules[w->set.n_rules++] = r;
	return r;
}

static void add_rules(struct world *w)
{
	static struct rule_field fields[] = {
		{ "login", "Tài khoản", FIELD_TEXT, "a.login", 2 },
		{ "open", "Số ngày mở", FIELD_INT, "days_between(a.opened_on, :as_of)", 3 },
		{ "rule", "Trùng tên", FIELD_TEXT, "'x'", 4 },
	};
	static struct rule_need needs[] = { { "a.opened_on", "Chưa có ngày cấp", 5 } };
	struct rule *r;

	w->set.rules = ARENA_ARRAY(w->a, 8, struct rule *);
	r = add_rule(w, "ACC-01", SEV_CRITICAL, "a.opened_on <= :as_of");
	r->fields = fields;
	r->n_fields = 3;
	r->days = "open";
	r->needs = needs;
	r->n_needs = 1;
	r = add_rule(w, "ACC-02", SEV_LOW, "a.login = 'nobody'");
	r->message = "m";
	r = add_rule(w, "ACC-03", SEV_HIGH, "a.nix = 1");
	r->message = "m";
	r = add_rule(w, "ACC-04", SEV_HIGH, "1 = 1");
	r->message = "m";
	r->valid_from = day("2027-01-01");
}

static int setup(void **state)
{
	static struct quarantine_count quarantine[] = { { "account", 3 }, { "unit", 0 } };
	static const char *recipients[] = { "Như trên" }, *addressees[] = { "Bộ Tài chính" };
	struct world *w = calloc(1, sizeof(*w));
	struct audit_options opt = { .as_of = day("2026-10-05") };
	struct workdays *days;
	struct units *units = NULL;

	assert_non_null(w);
	w->a = arena_new();
	days = workdays_new(w->a, 2026, 2026);
	workdays_seal(days);
	OK(store_open("sqlite::memory:", STORE_CASES, STORE_CREATE, &w->cases, e));
	OK(store_open("sqlite::memory:", STORE_ACCOUNTS, STORE_CREATE, &w->accounts, e));
	OK(ledger_open("sqlite::memory:", &w->ledger, e));
	OK(store_exec(w->accounts, rows, e));
	add_rules(w);
	OK(ledger_begin(w->ledger, e));
	OK(audit_run(w->a, &w->set, NULL, days, w->cases, w->accounts, w->ledger, &opt, &w->result, e));
	OK(ledger_commit(w->ledger, e));
	OK(units_load(w->a, w->accounts, &units, e));
	w->w.rules = &w->set;
	w->w.agency = (struct agency){ .superior = "BỘ TÀI CHÍNH", .name = "BẢO HIỂM XÃ HỘI VIỆT NAM", .place = "Hà Nội",
				       .symbol = "BC-BHXH", .authority = "", .post = "GIÁM ĐỐC", .signatory = "",
				       .recipients = recipients, .n_recipients = 1, .addressees = addressees,
				       .n_addressees = 1 };
	w->in = (struct audit_report_input){ .workspace = &w->w, .result = &w->result, .ledger = w->ledger,
					     .account_units = units, .quarantine = quarantine, .n_quarantine = 2 };
	*state = w;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;

	ledger_close(w->ledger);
	store_close(w->cases);
	store_close(w->accounts);
	arena_free(w->a);
	free(w);
	return 0;
}

static const struct doc_section *section(const struct document *d, const char *id)
{
	for (int i = 0; i < d->n_sections; i++)
		if (!strcmp(d->sections[i].id, id))
			return &d->sections[i];
	fail_msg("no section '%s'", id);
	return NULL;
}

static const struct doc_table *table(const struct doc_section *s, const char *id)
{
	for (int i = 0; i < s->n_blocks; i++)
		if (s->blocks[i].table && !strcmp(s->blocks[i].table->id, id))
			return s->blocks[i].table;
	fail_msg("no table '%s'", id);
	return NULL;
}

static bool says(const struct doc_section *s, const char *text)
{
	for (int i = 0; i < s->n_blocks; i++)
		if (s->blocks[i].text && !strcmp(s->blocks[i].text, text))
			return true;
	return false;
}

/* A table as "a|b|c\n", of the columns first .. last. */
static void expect_table(const struct doc_table *t, int first, int last, const char *want)
{
	CLEANUP(str_free) struct str got = STR_INIT;
	struct cell cells[32] = { 0 };
	enum row_kind kind;
	struct err failed = ERR_INIT;
	char buf[64];

	assert_true(t->n_columns <= 32);
	OK(t->rows.rewind(t->rows.ctx, e));
	while (t->rows.next(t->rows.ctx, cells, &kind, &failed) == 1) {
		for (int i = first; i <= last; i++)
			str_addf(&got, "%s%s", i > first ? "|" : "", cell_text(&cells[i], buf, sizeof(buf)));
		str_addc(&got, '\n');
		memset(cells, 0, sizeof(cells));
	}
	assert_string_equal(got.p, want);
}

static struct document *workbook(struct world *w)
{
	struct document *d = NULL;

	OK(audit_workbook(w->a, &w->in, &d, e));
	return d;
}

static void test_sheets(void **state)
{
	struct document *d = workbook(*state);
	static const char *const names[] = { "Tổng hợp", "Theo đơn vị", "ACC-01", "ACC-02", "ACC-03", "Lỗi và dữ liệu",
					    "Hướng dẫn" };

	assert_true(d->stream);
	assert_int_equal(d->created, day("2026-10-05"));
	assert_int_equal(d->n_sections, 7);
	for (int i = 0; i < 7; i++)
		assert_string_equal(d->sections[i].name, names[i]);
}

static void test_summary(void **state)
{
	struct document *d = workbook(*state);
	const struct doc_section *s = section(d, "summary");
	const char *basis = "907/BHXH-CNTT ngày 26/03/2019, mục 2 (suy luận, chưa có văn bản quy định cụ thể)";
	struct world *w = *state;

	assert_true(says(s, "Số liệu đến ngày 05/10/2026"));
	assert_true(says(s, "Dữ liệu đang cách ly, chưa được rà soát: 3 dòng (account: 3)."));
	assert_true(says(s, "Đối chiếu: 8 lượt đối tượng được rà soát = 3 phát hiện + 1 chưa xác định + 0 được miễn trừ + "
			    "4 không vi phạm + 0 ngoài thời gian áp dụng của quy định. Đẳng thức này đúng với từng nội dung đã "
			    "rà soát."));
	expect_table(table(s, "by-rule"), 0, 10,
		     arena_printf(w->a,
				  "ACC-01|Tài khoản mở|Nghiêm trọng|4|3|1|0|0|0|Đã rà soát|%s\n"
				  "ACC-02|Tài khoản mở|Thấp|4|0|0|0|4|0|Đã rà soát|%s\n"
				  "ACC-03|Tài khoản mở|Cao|–|–|–|–|–|–|Lỗi, chưa rà soát|%s\n"
				  "ACC-04|Tài khoản mở|Cao|–|–|–|–|–|–|Không áp dụng|%s\n"
				  "|Tổng số||8|3|1|0|4|0||\n", basis, basis, basis, basis));
	expect_table(table(s, "by-severity"), 1, 4,
		     "Nghiêm trọng|1|3|1\nCao|0|0|0\nTrung bình|0|0|0\nThấp|1|0|0\nTổng số|2|3|1\n");
	expect_table(table(section(d, "units"), "by-unit"), 0, 7,
		     "01|BHXH thành phố Hà Nội|2|2|0|0|0|0\n0101|BHXH cơ sở Ba Đình|1|1|0|0|0|0\n"
		     "02|BHXH Huế|0|0|0|0|0|1\n|Tổng số|3|3|0|0|0|1\n");
}

/* What a program reads before the findings. */
static void test_facts(void **state)
{
	struct document *d = workbook(*state);
	const struct doc_fact *f = d->facts;
	static const char *const keys[] = { "as_of", "unit", "rules", "found", "indeterminate", "waived", "errors",
					    "quarantined", "about" };

	assert_int_equal(d->n_facts, 9);
	for (int i = 0; i < 9; i++)
		assert_string_equal(f[i].key, keys[i]);
	assert_int_equal(f[0].value.i, day("2026-10-05"));
	assert_int_equal(f[1].value.kind, CELL_BLANK);
	assert_int_equal(f[2].value.i, 4);
	assert_int_equal(f[3].value.i, 3);
	assert_int_equal(f[4].value.i, 1);
	assert_int_equal(f[5].value.i, 0);
	assert_int_equal(f[6].n_list, 1);
	assert_non_null(strstr(f[6].list[0], "ACC-03: "));
	assert_int_equal(f[7].value.i, 3);
	assert_int_equal(f[8].n_object, 4);
	assert_string_equal(f[8].object[0].key, "ACC-01");
	assert_string_equal(f[8].object[0].object[0].value.text, "Tài khoản mở");
	assert_string_equal(f[8].object[0].object[2].key, "remedy");
	assert_string_equal(f[8].object[0].object[2].value.text, "Khóa tài khoản.");
	assert_string_equal(f[8].object[0].object[3].key, "basis");
	for (int i = 0; i < d->n_sections; i++) /* only findings are data: a program need not tell tables apart */
		for (int k = 0; k < d->sections[i].n_blocks; k++) {
			const struct doc_table *t = d->sections[i].blocks[k].table;

			assert_true(!t || !t->data || str_eq(t->id, d->sections[i].id));
		}
}

static void test_charts(void **state)
{
	struct document *d = workbook(*state);
	const struct doc_section *both[] = { section(d, "summary"), section(d, "units") };
	int n = 0;

	for (int i = 0; i < both[0]->n_blocks + both[1]->n_blocks; i++) {
		bool first = i < both[0]->n_blocks;
		const struct doc_chart *c = both[!first]->blocks[first ? i : i - both[0]->n_blocks].chart;

		if (!c)
			continue;
		if (!strcmp(c->table, "by-unit")) { /* 02 has nothing but an undecided case */
			assert_int_equal(c->n_rows, 2);
			assert_int_equal(c->values[0], 2);
			assert_string_equal(c->labels[1], "BHXH cơ sở Ba Đình");
		}
		n++;
	}
	assert_int_equal(n, 2);
}

static void test_rule_sheet(void **state)
{
	struct document *d = workbook(*state);
	const struct doc_table *t = table(section(d, "ACC-01"), "ACC-01");
	const char *const keys[] = { NULL, "key", "unit", "unit_name", "login", "open", "field_rule", "since", "verdict", "reason",
				     "message", "days", NULL, NULL, "fingerprint", "rule", "severity" };
	char fp[FINGERPRINT_SIZE];
	struct cell cells[17] = { 0 };
	enum row_kind kind;
	struct err failed = ERR_INIT;

	assert_int_equal(t->n_columns, 17);
	for (int i = 0; i < 17; i++)
		assert_true(str_eq(t->columns[i].key, keys[i]));
	assert_int_equal(t->rows.count, 4);
	expect_table(t, 0, 10,
		     "1|A1|0101|BHXH cơ sở Ba Đình|an|217|x|02/03/2026|Vi phạm||Tài khoản an\n"
		     "2|A2|01|BHXH thành phố Hà Nội|binh|0|x|05/10/2026|Vi phạm||Tài khoản binh\n"
		     "3|A3|01|BHXH thành phố Hà Nội|chi|31|x|04/09/2026|Vi phạm||Tài khoản chi\n"
		     "4|A4|02|BHXH Huế|dung||x||Chưa xác định|Chưa có ngày cấp|Tài khoản dung\n");
	OK(t->rows.rewind(t->rows.ctx, e));
	assert_int_equal(t->rows.next(t->rows.ctx, cells, &kind, &failed), 1);
	assert_string_equal(cells[8].word, "fail");
	assert_string_equal(cells[14].text, finding_fingerprint("ACC-01", "A1", fp));
	assert_string_equal(cells[16].word, "critical");
	audit_document_close(d); /* half read */
	assert_int_equal(t->rows.next(t->rows.ctx, cells, &kind, &failed), 0);
	audit_document_close(NULL);
}

static void test_empty_rule_and_issues(void **state)
{
	struct document *d = workbook(*state);
	const struct doc_table *t = table(section(d, "ACC-02"), "ACC-02");

	assert_string_equal(t->empty, "Không phát hiện trường hợp nào");
	expect_table(t, 0, 1, "");
	expect_table(table(section(d, "issues"), "errors"), 0, 0, "ACC-03\n");
	expect_table(table(section(d, "issues"), "indeterminate"), 0, 2, "ACC-01|Tài khoản mở|1\n|Tổng số|1\n");
	expect_table(table(section(d, "issues"), "quarantine"), 0, 2, "1|account|3\n|Tổng số|3\n");
}

static void test_brief(void **state)
{
	struct world *w = *state;
	struct document *d = NULL;
	const struct doc_section *s;

	OK(audit_brief(w->a, &w->in, &d, e));
	s = section(d, "brief");
	assert_true(says(s, "Kết quả rà soát tài khoản"));
	assert_true(says(s, "Kính gửi: Bộ Tài chính"));
	assert_true(says(s, "(Số liệu đến ngày 05 tháng 10 năm 2026)"));
	assert_true(says(s, "Phạm vi: BẢO HIỂM XÃ HỘI VIỆT NAM và các đơn vị trực thuộc. Đã rà soát 2 nội dung, với 8 lượt đối "
			    "tượng được kiểm tra."));
	assert_true(says(s, "Phát hiện 3 trường hợp vi phạm tại 2 đơn vị, gồm: 3 trường hợp mức “Nghiêm trọng”."));
	assert_true(says(s, "- Tài khoản mở (ACC-01): 3 trường hợp tại 2 đơn vị, lâu nhất từ ngày 02 tháng 3 năm 2026."));
	assert_true(says(s, "Đơn vị có vi phạm: BHXH thành phố Hà Nội (2 trường hợp) và BHXH cơ sở Ba Đình (1 trường hợp)."));
	assert_true(says(s, "Việc cần làm trước hết: (ACC-01) Khóa tài khoản."));
	assert_true(says(s, "Có 1 nội dung chưa rà soát được do lỗi (mục V); kết quả trên chưa gồm các nội dung này."));
	assert_true(says(s, "Bảng dưới đây nêu 3 trường hợp, xếp theo mức độ, sau đó theo số ngày. Danh sách đầy đủ 3 trường hợp tại "
			    "tệp audit-2026-10-05.xlsx."));
	assert_true(says(s, "- Khóa tài khoản (ACC-01: 3 trường hợp);"));
	assert_true(says(s, "- Bổ sung dữ liệu còn thiếu nêu tại mục V và rà soát lại."));
	assert_true(says(s, "3 dòng dữ liệu đang cách ly do không đọc được, chưa được rà soát, gồm: Tài khoản (account): 3 dòng."));
	expect_table(table(s, "by-rule"), 0, 5,
		     "ACC-01|Tài khoản mở|Nghiêm trọng|3|1|02/03/2026\nACC-02|Tài khoản mở|Thấp|0|0|\n"
		     "ACC-03|Tài khoản mở|Cao|–|–|\nACC-04|Tài khoản mở|Cao|–|–|\n|Tổng số||3|1|\n");
	expect_table(table(s, "worst"), 0, 5,
		     "1|ACC-01|BHXH cơ sở Ba Đình|Tài khoản an|02/03/2026|217\n"
		     "2|ACC-01|BHXH thành phố Hà Nội|Tài khoản chi|04/09/2026|31\n"
		     "3|ACC-01|BHXH thành phố Hà Nội|Tài khoản binh|05/10/2026|0\n");
	expect_table(table(s, "bases"), 0, 1,
		     "ACC-01, ACC-02, ACC-03, ACC-04|907/BHXH-CNTT ngày 26/03/2019, mục 2 (suy luận, chưa có văn bản quy định cụ thể)\n");
}

static void test_brief_names_the_workbook_and_the_unit(void **state)
{
	struct world *w = *state;
	struct document *d = NULL;

	w->in.workbook_name = "x.xlsx";
	w->result.unit = "01";
	OK(audit_brief(w->a, &w->in, &d, e));
	assert_true(says(section(d, "brief"), "Bảng dưới đây nêu 3 trường hợp, xếp theo mức độ, sau đó theo số ngày. Danh sách đầy "
					      "đủ 3 trường hợp tại tệp x.xlsx."));
	assert_true(says(section(d, "brief"), "Phạm vi: BHXH thành phố Hà Nội (mã 01) và các đơn vị trực thuộc. Đã rà soát 2 nội dung, "
					      "với 8 lượt đối tượng được kiểm tra."));
}

/* The same run twice, and through every writer that needs no fonts. */
static void test_written(void **state)
{
	struct world *w = *state;
	static const char *const names[] = { "xlsx", "jsonl", "text" };
	const char *base = getenv("TMPDIR");

	for (int i = 0; i < 3; i++) {
		char *path = arena_printf(w->a, "%s/rasoat-audit-report-%d.%s", base ? base : "/tmp", (int)getpid(), names[i]);
		struct document *d = workbook(w);

		OK(writer_find(names[i])->write(d, &(struct write_options){ 0 }, path, e));
		assert_int_equal(access(path, R_OK), 0);
		assert_int_equal(unlink(path), 0);
	}
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_sheets), T(test_summary), T(test_charts), T(test_facts), T(test_rule_sheet), T(test_empty_rule_and_issues),
		T(test_brief), T(test_brief_names_the_workbook_and_the_unit), T(test_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
