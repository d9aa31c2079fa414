/* The workbook of an audit: for the IT centre and the inspectors, and what JSON Lines and text are made from. */
#include "audit_int.h"

/* Millimetres: the second column of all tables of a sheet, which share its columns. */
enum { NAME_WIDTH = 85, ISSUE_WIDTH = 100 };

static const char SUMMARY[] = "summary", UNITS[] = "units", ISSUES[] = "issues", GUIDE[] = "guide";

struct book {
	struct arena *a;
	const struct audit_report_input *in;
	struct document *d;
};

static void note(struct book *b, struct doc_section *s, const char *text)
{
	doc_add(b->d, s, BLOCK_NOTE, text);
}

static void add_back(struct book *b, struct doc_section *s)
{
	doc_add(b->d, s, BLOCK_NOTE, "← Về trang Tổng hợp")->link = SUMMARY;
}

static void add_title(struct book *b, struct doc_section *s, const char *title)
{
	doc_add(b->d, s, BLOCK_TITLE, title);
	doc_addf(b->d, s, BLOCK_LINE, "Số liệu đến ngày %s", audit_day(b->a, b->in->result->as_of));
	doc_addf(b->d, s, BLOCK_LINE, "Phạm vi: %s", audit_scope(b->a, b->in));
}

/* Examined, then what it is the sum of. */
enum { RULE_COUNTS = 6 };

static void put_rule(struct book *b, struct cell *c, const struct rule_outcome *o)
{
	const int64_t counts[RULE_COUNTS] = { o->examined, o->found, o->indeterminate, o->waived, o->passed, o->outside };

	c[0] = cell_str(o->rule->id);
	c[0].link = o->not_applicable ? NULL : o->rule->id;
	c[1] = cell_str(o->rule->title);
	c[2] = cell_str(severity_vietnamese[o->rule->severity]);
	for (int i = 0; i < RULE_COUNTS; i++)
		c[3 + i] = audit_ran(o) ? cell_int(counts[i]) : (struct cell){ .kind = CELL_NA }; /* not looked at is not zero */
	c[4].flags = o->found ? CELL_BOLD : 0;
	c[3 + RULE_COUNTS] = cell_str(audit_state(o));
	c[4 + RULE_COUNTS] = cell_str(audit_basis(b->a, o->rule));
	for (int i = 0; o->error && i < 4 + RULE_COUNTS; i++)
		c[i].flags |= CELL_WARN;
}

static void add_rules(struct book *b, struct doc_section *s)
{
	static const struct doc_column columns[] = {
		{ NULL, "Mã", 18, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Nội dung rà soát", NAME_WIDTH, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Mức độ", 24, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Đối tượng rà soát", 20, ALIGN_RIGHT, CELL_INT, false },
		{ NULL, "Phát hiện", 18, ALIGN_RIGHT, CELL_INT, false },
		{ NULL, "Chưa xác định", 18, ALIGN_RIGHT, CELL_INT, false },
		{ NULL, "Được miễn trừ", 18, ALIGN_RIGHT, CELL_INT, false },
		{ NULL, "Không vi phạm", 20, ALIGN_RIGHT, CELL_INT, false },
		{ NULL, "Ngoài thời gian áp dụng", 20, ALIGN_RIGHT, CELL_INT, false },
		{ NULL, "Tình trạng", 24, ALIGN_CENTER, CELL_TEXT, false },
		{ NULL, "Căn cứ", 75, ALIGN_LEFT, CELL_TEXT, false },
	};
	struct doc_table *t = audit_table(b->a, b->d, "by-rule", columns, 5 + RULE_COUNTS);
	struct audit_rows rows = { .a = b->a, .width = 5 + RULE_COUNTS };

	for (int i = 0; i < b->in->result->n_outcomes; i++)
		put_rule(b, audit_row(&rows, ROW_BODY), &b->in->result->outcomes[i]);
	audit_total(&rows, t, 1);
	t->rows = audit_rows_source(&rows);
	doc_add(b->d, s, BLOCK_HEADING, "2. Kết quả theo nội dung rà soát");
	doc_add(b->d, s, BLOCK_TABLE, NULL)->table = t;
	doc_addf(b->d, s, BLOCK_NOTE, "Đối chiếu: %s. Đẳng thức này đúng với từng nội dung đã rà soát.",
		 audit_sum(b->a, b->in->result));
	note(b, s, "“Không áp dụng”: quy định chưa có hoặc đã hết hiệu lực tại ngày chốt số liệu. “Ngoài thời gian áp dụng”: "
		   "việc xảy ra trước hoặc sau thời gian quy định có hiệu lực.");
}

static int64_t quarantine_total(const struct audit_report_input *in)
{
	int64_t sum = 0;

	for (int i = 0; i < in->n_quarantine; i++)
		sum += in->quarantine[i].rows;
	return sum;
}

static void add_quarantine_line(struct book *b, struct doc_section *s)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	for (int i = 0; i < b->in->n_quarantine; i++)
		if (b->in->quarantine[i].rows)
			str_addf(&out, "%s%s: %s", out.len ? "; " : "", b->in->quarantine[i].table,
				 doc_number(b->a, b->in->quarantine[i].rows));
	if (out.len)
		doc_addf(b->d, s, BLOCK_NOTE, "Dữ liệu đang cách ly, chưa được rà soát: %s dòng (%s).",
			 doc_number(b->a, quarantine_total(b->in)), out.p);
	else
		note(b, s, "Không có dữ liệu đang cách ly.");
}

static void add_summary(struct book *b)
{
	struct doc_section *s = doc_section_add(b->d, SUMMARY, "Tổng hợp", false, true);

	add_title(b, s, "TỔNG HỢP KẾT QUẢ RÀ SOÁT");
	add_quarantine_line(b, s);
	doc_add(b->d, s, BLOCK_HEADING, "1. Kết quả theo mức độ");
	audit_severity(b->a, b->d, s, b->in, NAME_WIDTH);
	add_rules(b, s);
	s->index = true;
}

/* A sheet of its own: there may be hundreds of units, and their columns are others than those of the summary. */
static enum status add_units(struct book *b, struct err *e)
{
	struct doc_section *s = doc_section_add(b->d, UNITS, "Theo đơn vị", false, false);
	struct unit_count *units = NULL;
	int n = 0;

	if (audit_units(b->a, b->in, &units, &n, e) != ST_OK)
		return ST_ERR;
	add_title(b, s, "KẾT QUẢ RÀ SOÁT THEO ĐƠN VỊ");
	add_back(b, s);
	audit_unit_table(b->a, b->d, s, b->in, units, n, n, 15, 60);
	return ST_OK;
}

static void add_rule_sheet(struct book *b, const struct rule_outcome *o)
{
	const struct rule *r = o->rule;
	struct doc_section *s = doc_section_add(b->d, r->id, r->id, true, true);

	doc_addf(b->d, s, BLOCK_TITLE, "%s – %s", r->id, r->title);
	doc_addf(b->d, s, BLOCK_LINE, "Số liệu đến ngày %s", audit_day(b->a, b->in->result->as_of));
	if (o->error)
		doc_addf(b->d, s, BLOCK_NOTE, "Mức độ: %s. Nội dung này chưa rà soát được: không được coi là không có vi phạm.",
			 severity_vietnamese[r->severity])->flags = CELL_WARN;
	else
		doc_addf(b->d, s, BLOCK_NOTE, "Mức độ: %s. Đối tượng rà soát: %s = %s phát hiện + %s chưa xác định + %s được "
			 "miễn trừ + %s không vi phạm + %s ngoài thời gian áp dụng.", severity_vietnamese[r->severity],
			 doc_number(b->a, o->examined), doc_number(b->a, o->found), doc_number(b->a, o->indeterminate),
			 doc_number(b->a, o->waived), doc_number(b->a, o->passed), doc_number(b->a, o->outside));
	doc_addf(b->d, s, BLOCK_NOTE, "Căn cứ: %s.", audit_basis(b->a, r));
	if (r->remedy && *r->remedy)
		doc_addf(b->d, s, BLOCK_NOTE, "Biện pháp: %s", r->remedy);
	add_back(b, s);
	doc_add(b->d, s, BLOCK_TABLE, NULL)->table = audit_findings(b->a, b->d, b->in, o);
}

static void add_errors(struct book *b, struct doc_section *s)
{
	static const struct doc_column columns[] = {
		{ NULL, "Mã", 20, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Nội dung rà soát", ISSUE_WIDTH, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Mức độ", 30, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Lỗi", 100, ALIGN_LEFT, CELL_TEXT, false },
	};
	struct doc_table *t = audit_table(b->a, b->d, "errors", columns, 4);
	struct audit_rows rows = { .a = b->a, .width = 4 };

	for (int i = 0; i < b->in->result->n_outcomes; i++) {
		const struct rule_outcome *o = &b->in->result->outcomes[i];
		struct cell *c;

		if (!o->error)
			continue;
		c = audit_row(&rows, ROW_BODY);
		c[0] = cell_str(o->rule->id);
		c[1] = cell_str(o->rule->title);
		c[2] = cell_str(severity_vietnamese[o->rule->severity]);
		c[3] = cell_str(o->error);
		c[3].flags = CELL_WARN;
	}
	t->rows = audit_rows_source(&rows);
	t->empty = "Mọi nội dung đều rà soát được";
	doc_add(b->d, s, BLOCK_HEADING, "1. Nội dung chưa rà soát được");
	doc_add(b->d, s, BLOCK_TABLE, NULL)->table = t;
}

/* By rule, how many of one verdict: indeterminate or waived. */
static void add_verdict(struct book *b, struct doc_section *s, enum verdict verdict, const char *heading,
			const char *empty)
{
	static const struct doc_column columns[] = {
		{ NULL, "Mã", 20, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Nội dung rà soát", ISSUE_WIDTH, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Số trường hợp", 30, ALIGN_RIGHT, CELL_INT, false },
	};
	struct doc_table *t = audit_table(b->a, b->d, verdict_words[verdict], columns, 3);
	struct audit_rows rows = { .a = b->a, .width = 3 };

	for (int i = 0; i < b->in->result->n_outcomes; i++) {
		const struct rule_outcome *o = &b->in->result->outcomes[i];
		int64_t count = verdict == VERDICT_WAIVED ? o->waived : o->indeterminate;
		struct cell *c;

		if (!count)
			continue;
		c = audit_row(&rows, ROW_BODY);
		c[0] = cell_str(o->rule->id);
		c[0].link = o->rule->id;
		c[1] = cell_str(o->rule->title);
		c[2] = cell_int(count);
	}
	if (rows.n)
		audit_total(&rows, t, 1);
	t->rows = audit_rows_source(&rows);
	t->empty = empty;
	doc_add(b->d, s, BLOCK_HEADING, heading);
	doc_add(b->d, s, BLOCK_TABLE, NULL)->table = t;
}

static void add_quarantine(struct book *b, struct doc_section *s)
{
	static const struct doc_column columns[] = {
		{ NULL, "STT", 20, ALIGN_CENTER, CELL_TEXT, false },
		{ NULL, "Bảng dữ liệu", ISSUE_WIDTH, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Số dòng", 30, ALIGN_RIGHT, CELL_INT, false },
	};
	struct doc_table *t = audit_table(b->a, b->d, "quarantine", columns, 3);
	struct audit_rows rows = { .a = b->a, .width = 3 };

	for (int i = 0; i < b->in->n_quarantine; i++) {
		struct cell *c;

		if (!b->in->quarantine[i].rows)
			continue;
		c = audit_row(&rows, ROW_BODY);
		c[0] = cell_int(rows.n);
		c[1] = cell_str(b->in->quarantine[i].table);
		c[2] = cell_int(b->in->quarantine[i].rows);
	}
	if (rows.n)
		audit_total(&rows, t, 1);
	t->rows = audit_rows_source(&rows);
	t->empty = "Không có dữ liệu đang cách ly";
	doc_add(b->d, s, BLOCK_HEADING, "4. Dữ liệu đang cách ly");
	doc_add(b->d, s, BLOCK_TABLE, NULL)->table = t;
	note(b, s, "Dòng bị cách ly là dòng của tệp trích xuất có ô không đọc được; dòng đó chưa được nạp và chưa được rà soát. "
		   "Sửa tệp trích xuất rồi nạp lại.");
}

static void add_issues(struct book *b)
{
	struct doc_section *s = doc_section_add(b->d, ISSUES, "Lỗi và dữ liệu", false, true);

	add_title(b, s, "LỖI, DỮ LIỆU CHƯA ĐỦ, MIỄN TRỪ");
	add_back(b, s);
	add_errors(b, s);
	add_verdict(b, s, VERDICT_INDETERMINATE, "2. Trường hợp chưa đủ dữ liệu để kết luận",
		    "Mọi trường hợp đều đủ dữ liệu để kết luận");
	add_verdict(b, s, VERDICT_WAIVED, "3. Trường hợp vi phạm được miễn trừ", "Không có trường hợp nào được miễn trừ");
	add_quarantine(b, s);
}

static void add_guide(struct book *b)
{
	static const char *const severities[] = {
		"Nghiêm trọng: vi phạm quy định có hiệu lực, gây rủi ro ngay cho dữ liệu hoặc quyền của công dân; xử lý ngay.",
		"Cao: vi phạm quy định, phải xử lý trong kỳ.",
		"Trung bình: chưa đúng quy định hoặc có dấu hiệu rủi ro; xử lý theo kế hoạch.",
		"Thấp: cần hoàn thiện hồ sơ, dữ liệu.",
	};
	static const char *const verdicts[] = {
		"Vi phạm: dữ liệu cho thấy trường hợp này trái với quy định nêu ở cột Căn cứ.",
		"Chưa xác định: dữ liệu chưa đủ để kết luận; lý do ghi ở cột “Lý do chưa xác định”. Không được coi là đúng quy định.",
		("Được miễn trừ: trường hợp vi phạm được người có thẩm quyền chấp thuận bằng văn bản còn hiệu lực; văn bản và ngày "
		 "cuối ghi ở cột “Lý do chưa xác định, căn cứ miễn trừ”. Không tính vào số phát hiện."),
		"Lỗi: quy tắc chưa chạy được; nội dung đó chưa được rà soát và không được coi là không có vi phạm.",
		"Ô để trống là không có dữ liệu; số 0 là đã đếm và bằng không; dấu “–” là không áp dụng.",
	};
	static const char *const columns[] = {
		"Từ ngày, số ngày: tính từ ngày bắt đầu vi phạm đến ngày chốt số liệu.",
		"Mã phát hiện không đổi giữa các lần rà soát: dùng để theo dõi việc khắc phục.",
		"Căn cứ ghi “suy luận” là chưa có văn bản quy định cụ thể.",
		"Căn cứ ghi “chưa đối chiếu văn bản gốc” là cần kiểm tra lại văn bản trước khi viện dẫn.",
	};
	struct doc_section *s = doc_section_add(b->d, GUIDE, "Hướng dẫn", false, false);

	doc_add(b->d, s, BLOCK_TITLE, "HƯỚNG DẪN ĐỌC KẾT QUẢ RÀ SOÁT");
	doc_add(b->d, s, BLOCK_HEADING, "1. Ngày chốt số liệu");
	doc_addf(b->d, s, BLOCK_PARAGRAPH,
		 "Kết quả tính theo dữ liệu có đến hết ngày %s; việc xảy ra sau ngày đó không được tính. Rà soát lại trên cùng dữ "
		 "liệu, cùng quy tắc và cùng ngày chốt cho cùng kết quả.", audit_day(b->a, b->in->result->as_of));
	doc_add(b->d, s, BLOCK_HEADING, "2. Mức độ");
	for (int i = 0; i < SEV_COUNT; i++)
		doc_addf(b->d, s, BLOCK_PARAGRAPH, "- %s", severities[i]);
	doc_add(b->d, s, BLOCK_HEADING, "3. Kết quả");
	for (int i = 0; i < 5; i++)
		doc_addf(b->d, s, BLOCK_PARAGRAPH, "- %s", verdicts[i]);
	doc_add(b->d, s, BLOCK_HEADING, "4. Các cột");
	for (int i = 0; i < 4; i++)
		doc_addf(b->d, s, BLOCK_PARAGRAPH, "- %s", columns[i]);
}

/* The first line of JSON Lines. A rule that could not run found nothing: a program must see that. */
static void add_facts(struct book *b)
{
	const struct audit_result *r = b->in->result;
	const char **errors = ARENA_ARRAY(b->a, (size_t)r->n_outcomes + 1, const char *);
	struct doc_fact *about = ARENA_ARRAY(b->a, (size_t)r->n_outcomes + 1, struct doc_fact);
	struct doc_fact *facts = ARENA_ARRAY(b->a, 11, struct doc_fact);
	int n = 0, n_errors = 0;

	for (int i = 0; i < r->n_outcomes; i++)
		about[i] = audit_rule_fact(b->a, b->in, &r->outcomes[i]);
	for (int i = 0; i < r->n_outcomes; i++)
		if (r->outcomes[i].error)
			errors[n_errors++] = arena_printf(b->a, "%s: %s", r->outcomes[i].rule->id, r->outcomes[i].error);
	facts[n++] = (struct doc_fact){ .key = "as_of", .value = cell_day(r->as_of) };
	facts[n++] = (struct doc_fact){ .key = "unit", .value = cell_str(r->unit) };
	facts[n++] = (struct doc_fact){ .key = "rules", .value = cell_int(r->n_outcomes) };
	facts[n++] = (struct doc_fact){ .key = "found", .value = cell_int(r->found) };
	facts[n++] = (struct doc_fact){ .key = "indeterminate", .value = cell_int(r->indeterminate) };
	facts[n++] = (struct doc_fact){ .key = "waived", .value = cell_int(r->waived) };
	facts[n++] = (struct doc_fact){ .key = "errors", .list = errors, .n_list = n_errors };
	facts[n++] = (struct doc_fact){ .key = "quarantined", .value = cell_int(quarantine_total(b->in)) };
	if (b->in->gone) { /* SARIF names runs */
		facts[n++] = (struct doc_fact){ .key = "run_guid", .value = cell_str(audit_guid(b->a, b->in->content)) };
		facts[n++] = (struct doc_fact){ .key = "baseline_guid", .value = cell_str(audit_guid(b->a, b->in->baseline_content)) };
	}
	facts[n++] = (struct doc_fact){ .key = "about", .object = about, .n_object = r->n_outcomes };
	b->d->facts = facts;
	b->d->n_facts = n;
}

enum status audit_workbook(struct arena *a, const struct audit_report_input *in, struct document **ret, struct err *e)
{
	struct book b = { .a = a, .in = in, .d = doc_new(a) };

	b.d->stream = true;
	b.d->title = arena_printf(a, "Kết quả rà soát %s", audit_subject(a, in));
	b.d->author = in->workspace->agency.name;
	b.d->subject = arena_printf(a, "Số liệu đến ngày %s", audit_day(a, in->result->as_of));
	b.d->created = in->result->as_of;
	b.d->footer = arena_printf(a, "Kết quả rà soát – số liệu đến ngày %s", audit_day(a, in->result->as_of));
	add_facts(&b);
	add_summary(&b);
	if (add_units(&b, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < in->result->n_outcomes; i++)
		if (!in->result->outcomes[i].not_applicable || (in->gone && in->baseline))
			add_rule_sheet(&b, &in->result->outcomes[i]);
	add_issues(&b);
	add_guide(&b);
	*ret = b.d;
	return ST_OK;
}
