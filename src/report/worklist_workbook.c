/* The workbook of a unit: what to do by when, with columns for the answer; what to add; what is waived. */
#include "worklist_int.h"

static const char *const results[] = { "Đã xử lý xong", "Đang xử lý", "Không đúng thực tế", "Đề nghị miễn trừ", NULL };

struct book {
	struct arena *a;
	const struct worklist *w;
	int unit;
	const struct worklist_unit *u;
	struct document *d;
};

const char *worklist_due_words(struct arena *a, const struct worklist *w)
{
	const struct worklist_settings *s = &w->opt->workspace->worklist;

	return arena_printf(a,
			    "Hạn xử lý tính theo ngày làm việc kể từ ngày %s: mức Nghiêm trọng %02d ngày, Cao %02d ngày, Trung bình %02d "
			    "ngày, Thấp %02d ngày (%s).",
			    audit_day(a, w->opt->as_of), s->days[SEV_CRITICAL], s->days[SEV_HIGH], s->days[SEV_MEDIUM], s->days[SEV_LOW],
			    s->days_set ? "do đơn vị ra văn bản quy định" :
					  "mức mặc định của phần mềm, chưa có văn bản quy định");
}

static void add_title(struct book *b, struct doc_section *s, const char *title)
{
	doc_add(b->d, s, BLOCK_TITLE, title);
	doc_addf(b->d, s, BLOCK_LINE, "%s – số liệu đến ngày %s", b->u->name, audit_day(b->a, b->w->opt->as_of));
}

/* --- the first sheet --- */

static void add_severities(struct book *b, struct doc_section *s)
{
	static const struct doc_column columns[] = {
		{ NULL, "Mức độ", 40, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Việc phải làm", 30, ALIGN_RIGHT, CELL_INT, false },
		{ NULL, "Hạn xử lý", 30, ALIGN_CENTER, CELL_DATE, false },
	};
	struct doc_table *t = audit_table(b->a, b->d, "by-severity", columns, 3);
	struct audit_rows rows = { .a = b->a, .width = 3 };

	for (int v = 0; v < SEV_COUNT; v++) {
		struct cell *c = audit_row(&rows, ROW_BODY);

		c[0] = cell_str(severity_vietnamese[v]);
		c[1] = cell_int(b->u->by_severity[v]);
		c[2] = b->u->by_severity[v] ? cell_day(b->w->due[v]) : (struct cell){ .kind = CELL_NA };
	}
	audit_total(&rows, t, 0);
	t->rows = audit_rows_source(&rows);
	doc_add(b->d, s, BLOCK_HEADING, "1. Việc phải làm theo mức độ");
	doc_add(b->d, s, BLOCK_TABLE, NULL)->table = t;
	doc_add(b->d, s, BLOCK_NOTE, worklist_due_words(b->a, b->w));
}

static void add_rules(struct book *b, struct doc_section *s)
{
	static const struct doc_column columns[] = {
		{ NULL, "Mã", 40, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Phải làm", 30, ALIGN_RIGHT, CELL_INT, false },
		{ NULL, "Cần bổ sung thông tin", 30, ALIGN_RIGHT, CELL_INT, false },
		{ NULL, "Đã được miễn trừ", 28, ALIGN_RIGHT, CELL_INT, false },
		{ NULL, "Nội dung", 110, ALIGN_LEFT, CELL_TEXT, false },
	};
	struct doc_table *t = audit_table(b->a, b->d, "by-rule", columns, 5);
	struct audit_rows rows = { .a = b->a, .width = 5 };
	const struct rule_set *set = b->w->opt->workspace->rules;

	for (int i = 0; i < set->n_rules; i++) {
		int64_t fails = worklist_rule_count(b->w, b->unit, i, VERDICT_FAIL);
		int64_t open = worklist_rule_count(b->w, b->unit, i, VERDICT_INDETERMINATE);
		int64_t waived = worklist_rule_count(b->w, b->unit, i, VERDICT_WAIVED);
		struct cell *c;

		if (!fails && !open && !waived)
			continue;
		c = audit_row(&rows, ROW_BODY);
		c[0] = cell_str(set->rules[i]->id);
		c[1] = cell_int(fails);
		c[2] = cell_int(open);
		c[3] = cell_int(waived);
		c[4] = cell_str(set->rules[i]->title);
	}
	audit_total(&rows, t, 0);
	t->rows = audit_rows_source(&rows);
	doc_add(b->d, s, BLOCK_HEADING, "2. Theo nội dung rà soát");
	doc_add(b->d, s, BLOCK_TABLE, NULL)->table = t;
}

static void add_summary(struct book *b)
{
	static const char *const lines[] = {
		"- Trang “Việc phải làm”: mỗi dòng là một phát hiện. Ghi vào các cột nền vàng: ngày xong, số văn bản, kết quả (chọn trong "
		"danh sách), ghi chú. Không xóa dòng, không sửa các cột khác.",
		"- Trang “Cần bổ sung thông tin”: chưa kết luận được vì thiếu dữ liệu nêu ở cột “Cần bổ sung”. Bổ sung vào hồ sơ, phần mềm "
		"nghiệp vụ, không chỉ vào tệp này.",
		"- Trang “Đã được miễn trừ”: vi phạm có văn bản miễn trừ còn hiệu lực; chưa phải xử lý, hết hạn miễn trừ phải xử lý.",
		"- Một phát hiện chỉ được coi là đã xử lý xong khi lần rà soát sau, trên dữ liệu mới, không còn phát hiện đó. Cột “Kết quả” "
		"là báo cáo của đơn vị, chưa phải là kết luận.",
	};
	struct doc_section *s = doc_section_add(b->d, "summary", "Tổng hợp", false, true);

	add_title(b, s, "DANH SÁCH VIỆC PHẢI LÀM SAU RÀ SOÁT");
	add_severities(b, s);
	add_rules(b, s);
	doc_add(b->d, s, BLOCK_HEADING, "3. Cách dùng tệp này");
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		doc_add(b->d, s, BLOCK_PARAGRAPH, lines[i]);
}

/* --- the lists --- */

static const struct doc_column all_columns[WL_COLUMNS] = {
	[WL_NUMBER] = { NULL, "STT", 10, ALIGN_CENTER, CELL_INT, false },
	[WL_RULE] = { "rule", "Mã quy tắc", 17, ALIGN_LEFT, CELL_TEXT, false },
	[WL_SEVERITY] = { "severity", "Mức độ", 22, ALIGN_LEFT, CELL_TEXT, false },
	[WL_MESSAGE] = { "message", "Nội dung phát hiện", 78, ALIGN_LEFT, CELL_TEXT, false },
	[WL_REASON] = { "reason", "Cần bổ sung", 50, ALIGN_LEFT, CELL_TEXT, false },
	[WL_KEY] = { "key", "Tài khoản, vụ việc, đối tượng", 30, ALIGN_LEFT, CELL_TEXT, false },
	[WL_UNIT] = { "unit", "Đơn vị", 40, ALIGN_LEFT, CELL_TEXT, false },
	[WL_SINCE] = { "since", "Từ ngày", 18, ALIGN_CENTER, CELL_DATE, false },
	[WL_DAYS] = { "days", "Số ngày", 14, ALIGN_RIGHT, CELL_INT, false },
	[WL_REMEDY] = { "remedy", "Việc phải làm", 55, ALIGN_LEFT, CELL_TEXT, false },
	[WL_BASIS] = { "basis", "Căn cứ", 70, ALIGN_LEFT, CELL_TEXT, false },
	[WL_DUE] = { "due", "Hạn xử lý", 19, ALIGN_CENTER, CELL_DATE, false },
	[WL_DONE] = { "done", "Ngày xong", 19, ALIGN_CENTER, CELL_DATE, false },
	[WL_DOCUMENT] = { "document", "Số văn bản", 26, ALIGN_LEFT, CELL_TEXT, false },
	[WL_RESULT] = { "result", "Kết quả", 27, ALIGN_LEFT, CELL_TEXT, false },
	[WL_NOTE] = { "note", "Ghi chú", 40, ALIGN_LEFT, CELL_TEXT, false },
	[WL_DETAILS] = { "details", "Chi tiết", 90, ALIGN_LEFT, CELL_TEXT, false },
	[WL_FINGERPRINT] = { "fingerprint", "Mã phát hiện", 36, ALIGN_LEFT, CELL_TEXT, false },
};

static void add_list(struct book *b, const char *id, const char *name, const char *title, enum verdict verdict,
		     const enum worklist_column *wanted, int n, const char *empty)
{
	struct doc_section *s = doc_section_add(b->d, id, name, true, true);
	struct doc_column *columns = ARENA_ARRAY(b->a, (size_t)n, struct doc_column);
	struct doc_answer *answers = ARENA_ARRAY(b->a, (size_t)n, struct doc_answer);
	struct doc_table *t;
	int n_answers = 0, print = n;

	for (int i = 0; i < n; i++) {
		columns[i] = all_columns[wanted[i]];
		if (wanted[i] == WL_DONE || wanted[i] == WL_RESULT)
			answers[n_answers++] = (struct doc_answer){ i, wanted[i] == WL_RESULT ? results : NULL };
		if (wanted[i] == WL_BASIS && print == n)
			print = i; /* what stands behind is for the screen */
	}
	t = audit_table(b->a, b->d, id, columns, n);
	t->answers = answers;
	t->n_answers = n_answers;
	t->font_size = 9;
	t->filter = t->freeze = true;
	t->frozen_columns = 2;
	t->print_columns = print;
	t->empty = empty;
	t->rows = worklist_rows(b->a, b->w, b->unit, verdict, wanted, n);
	add_title(b, s, title);
	doc_add(b->d, s, BLOCK_TABLE, NULL)->table = t;
}

static void add_lists(struct book *b)
{
	static const enum worklist_column tasks[] = { WL_NUMBER, WL_RULE, WL_SEVERITY, WL_MESSAGE, WL_KEY, WL_UNIT, WL_SINCE,
						      WL_DAYS, WL_REMEDY, WL_DUE, WL_DONE, WL_DOCUMENT, WL_RESULT, WL_NOTE,
						      WL_BASIS, WL_DETAILS, WL_FINGERPRINT };
	static const enum worklist_column open[] = { WL_NUMBER, WL_RULE, WL_MESSAGE, WL_REASON, WL_KEY, WL_UNIT, WL_DUE, WL_DONE,
						     WL_DOCUMENT, WL_NOTE, WL_BASIS, WL_DETAILS, WL_FINGERPRINT };
	static const enum worklist_column waived[] = { WL_NUMBER, WL_RULE, WL_SEVERITY, WL_MESSAGE, WL_REASON, WL_KEY, WL_UNIT,
						       WL_SINCE, WL_DAYS, WL_BASIS, WL_DETAILS, WL_FINGERPRINT };
	enum { N_TASKS = sizeof(tasks) / sizeof(*tasks), N_OPEN = sizeof(open) / sizeof(*open),
	       N_WAIVED = sizeof(waived) / sizeof(*waived) };

	add_list(b, "tasks", "Việc phải làm", "VIỆC PHẢI LÀM", VERDICT_FAIL, tasks, N_TASKS, "Không có việc phải làm");
	if (b->u->counts[VERDICT_INDETERMINATE])
		add_list(b, "open", "Cần bổ sung thông tin", "CẦN BỔ SUNG THÔNG TIN", VERDICT_INDETERMINATE, open, N_OPEN, NULL);
	if (b->u->counts[VERDICT_WAIVED])
		add_list(b, "waived", "Đã được miễn trừ", "ĐÃ ĐƯỢC MIỄN TRỪ", VERDICT_WAIVED, waived, N_WAIVED, NULL);
}

struct document *worklist_workbook(struct arena *a, const struct worklist *w, int unit)
{
	struct book b = { .a = a, .w = w, .unit = unit, .u = &w->units[unit], .d = doc_new(a) };

	b.d->stream = true;
	b.d->title = arena_printf(a, "Danh sách việc phải làm sau rà soát – %s", b.u->name);
	b.d->author = w->opt->workspace->agency.name;
	b.d->subject = arena_printf(a, "Số liệu đến ngày %s", audit_day(a, w->opt->as_of));
	b.d->created = w->opt->as_of;
	b.d->footer = b.d->title;
	add_summary(&b);
	add_lists(&b);
	return b.d;
}
