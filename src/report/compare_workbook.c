/* The workbook of a comparison: for the inspectors and the IT centre. */
#include "compare_int.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_WIDTH = 85 };

static const char SUMMARY[] = "summary", UNITS[] = "units", GUIDE[] = "guide";

struct book {
	struct arena *a;
	const struct compare_report_input *in;
	const struct comparison *c;
	struct audit_report_input names;
	struct document *d;
};

static void add_title(struct book *b, struct doc_section *s, const char *title)
{
	const struct comparison *c = b->c;

	doc_add(b->d, s, BLOCK_TITLE, title);
	doc_addf(b->d, s, BLOCK_LINE, "Kỳ trước: số liệu đến ngày %s (lần rà soát %lld); kỳ này: số liệu đến ngày %s (lần rà soát %lld)",
		 audit_day(b->a, c->before.as_of), (long long)c->before.run, audit_day(b->a, c->after.as_of),
		 (long long)c->after.run);
	doc_addf(b->d, s, BLOCK_LINE, "Phạm vi: %s", audit_scope_words(b->a, &b->names));
}

static void add_back(struct book *b, struct doc_section *s)
{
	doc_add(b->d, s, BLOCK_NOTE, "← Về trang Tổng hợp")->link = SUMMARY;
}

static void add_inputs(struct book *b, struct doc_section *s)
{
	doc_add(b->d, s, BLOCK_HEADING, "2. Khác nhau giữa hai lần rà soát");
	for (int i = 0; i < b->c->n_inputs; i++)
		doc_addf(b->d, s, BLOCK_NOTE, "- %s.", b->c->inputs[i].text);
	if (!b->c->n_inputs)
		doc_add(b->d, s, BLOCK_NOTE, "Không có.");
	if (!b->c->tried)
		doc_addf(b->d, s, BLOCK_NOTE, "Nguyên nhân dưới đây chỉ căn cứ vào dấu vân tay của dữ liệu đầu vào, vì %s.", b->c->untried)
			->flags = CELL_ITALIC;
}

enum { R_ID, R_TITLE, R_SEVERITY, R_BEFORE, R_RESOLVED, R_CONTINUING, R_REOPENED, R_NEW, R_AFTER, R_UNDECIDED, R_CAUSES,
       R_STATE = R_CAUSES + N_CAUSES + 1, R_COLUMNS };

static void put_rule(struct cell *c, const struct compared_rule *r)
{
	c[R_ID] = cell_str(r->rule_id);
	c[R_TITLE] = cell_str(r->rule ? r->rule->title : "(quy tắc không còn)");
	c[R_SEVERITY] = cell_str(r->rule ? severity_vietnamese[r->rule->severity] : "");
	for (int i = R_BEFORE; i < R_STATE; i++)
		c[i].kind = CELL_NA; /* not looked at is not zero */
	c[R_STATE] = cell_str(r->skipped ? r->skipped : r->changed ? "Quy tắc thay đổi" : "");
	c[R_STATE].flags = r->skipped ? CELL_WARN : 0;
	if (r->skipped)
		return;
	c[R_BEFORE] = cell_int(r->before);
	c[R_RESOLVED] = cell_int(r->states[CHANGE_RESOLVED]);
	c[R_CONTINUING] = cell_int(r->states[CHANGE_CONTINUING]);
	c[R_REOPENED] = cell_int(r->states[CHANGE_REOPENED]);
	c[R_NEW] = cell_int(r->states[CHANGE_NEW]);
	c[R_AFTER] = cell_int(r->after);
	c[R_AFTER].flags = r->after > r->before ? CELL_BOLD : 0;
	c[R_UNDECIDED] = cell_int(r->undecided_after);
	for (int i = 0; i <= N_CAUSES; i++)
		c[R_CAUSES + i] = cell_int(r->causes[i]);
}

static void add_rules(struct book *b, struct doc_section *s)
{
	static const char *const causes[N_CAUSES + 1] = { "Do dữ liệu", "Do thời gian", "Do quy tắc", "Do lịch, thời hạn",
							  "Do tổ chức", "Do miễn trừ", "Chưa tách được" };
	struct doc_column columns[R_COLUMNS] = {
		[R_ID] = { NULL, "Mã", 18, ALIGN_LEFT, CELL_TEXT, false },
		[R_TITLE] = { NULL, "Nội dung rà soát", NAME_WIDTH, ALIGN_LEFT, CELL_TEXT, false },
		[R_SEVERITY] = { NULL, "Mức độ", 24, ALIGN_LEFT, CELL_TEXT, false },
		[R_BEFORE] = { NULL, "Kỳ trước", 17, ALIGN_RIGHT, CELL_INT, false },
		[R_RESOLVED] = { NULL, "Đã chấm dứt", 17, ALIGN_RIGHT, CELL_INT, false },
		[R_CONTINUING] = { NULL, "Tiếp tục tồn tại", 17, ALIGN_RIGHT, CELL_INT, false },
		[R_REOPENED] = { NULL, "Phát sinh lại", 17, ALIGN_RIGHT, CELL_INT, false },
		[R_NEW] = { NULL, "Mới phát sinh", 17, ALIGN_RIGHT, CELL_INT, false },
		[R_AFTER] = { NULL, "Kỳ này", 17, ALIGN_RIGHT, CELL_INT, false },
		[R_UNDECIDED] = { NULL, "Chưa xác định kỳ này", 17, ALIGN_RIGHT, CELL_INT, false },
		[R_STATE] = { NULL, "Ghi chú", 40, ALIGN_LEFT, CELL_TEXT, false },
	};
	struct audit_rows rows = { .a = b->a, .width = R_COLUMNS };
	struct doc_table *t;

	for (int i = 0; i <= N_CAUSES; i++)
		columns[R_CAUSES + i] = (struct doc_column){ NULL, causes[i], 17, ALIGN_RIGHT, CELL_INT, false };
	t = audit_table(b->a, b->d, "by-rule", columns, R_COLUMNS);
	for (int i = 0; i < b->c->n_rules; i++)
		put_rule(audit_row(&rows, ROW_BODY), &b->c->rules[i]);
	if (rows.n)
		audit_total(&rows, t, R_TITLE);
	t->rows = audit_rows_source(&rows);
	t->font_size = 9;
	doc_add(b->d, s, BLOCK_HEADING, "3. Theo nội dung rà soát");
	doc_add(b->d, s, BLOCK_TABLE, NULL)->table = t;
	doc_add(b->d, s, BLOCK_NOTE, "Các cột “Do …” phân tích trường hợp mới phát sinh, phát sinh lại và đã chấm dứt theo nguyên nhân.");
}

static void add_summary(struct book *b)
{
	struct doc_section *s = doc_section_add(b->d, SUMMARY, "Tổng hợp", true, true);

	add_title(b, s, "ĐỐI CHIẾU KẾT QUẢ RÀ SOÁT GIỮA HAI KỲ");
	doc_add(b->d, s, BLOCK_HEADING, "1. Biến động số trường hợp vi phạm");
	compare_balance(b->a, b->d, s, b->c, NAME_WIDTH);
	add_inputs(b, s);
	add_rules(b, s);
	s->index = true;
}

/* ---- units ---- */

static int by_growth(const void *x, const void *y)
{
	const struct compared_unit *a = x, *b = y;

	if (a->after != b->after)
		return a->after < b->after ? 1 : -1;
	if (a->before != b->before)
		return a->before < b->before ? 1 : -1;
	return strcmp(a->unit_id, b->unit_id);
}

enum { U_CODE, U_NAME, U_BEFORE, U_RESOLVED, U_CONTINUING, U_REOPENED, U_NEW, U_AFTER, U_COLUMNS };

static void add_units(struct book *b)
{
	static const struct doc_column columns[U_COLUMNS] = {
		[U_CODE] = { NULL, "Mã đơn vị", 20, ALIGN_LEFT, CELL_TEXT, false },
		[U_NAME] = { NULL, "Đơn vị", 70, ALIGN_LEFT, CELL_TEXT, false },
		[U_BEFORE] = { NULL, "Kỳ trước", 18, ALIGN_RIGHT, CELL_INT, false },
		[U_RESOLVED] = { NULL, "Đã chấm dứt", 18, ALIGN_RIGHT, CELL_INT, false },
		[U_CONTINUING] = { NULL, "Tiếp tục tồn tại", 18, ALIGN_RIGHT, CELL_INT, false },
		[U_REOPENED] = { NULL, "Phát sinh lại", 18, ALIGN_RIGHT, CELL_INT, false },
		[U_NEW] = { NULL, "Mới phát sinh", 18, ALIGN_RIGHT, CELL_INT, false },
		[U_AFTER] = { NULL, "Kỳ này", 18, ALIGN_RIGHT, CELL_INT, false },
	};
	struct doc_section *s = doc_section_add(b->d, UNITS, "Theo đơn vị", false, true);
	struct doc_table *t = audit_table(b->a, b->d, "by-unit", columns, U_COLUMNS);
	struct audit_rows rows = { .a = b->a, .width = U_COLUMNS };
	int n = b->c->n_units;
	struct compared_unit *units = arena_grow(b->a, b->c->units, (size_t)n, (size_t)n + 1, sizeof(*units));

	if (n)
		qsort(units, (size_t)n, sizeof(*units), by_growth);
	for (int i = 0; i < n; i++) {
		const struct compared_unit *u = &units[i];
		struct cell *c = audit_row(&rows, ROW_BODY);

		c[U_CODE] = cell_str(u->unit_id);
		c[U_NAME] = cell_str(*u->unit_id ? audit_unit_name(&b->names, NULL, u->unit_id) : "Không xác định đơn vị");
		c[U_BEFORE] = cell_int(u->before);
		c[U_RESOLVED] = cell_int(u->states[CHANGE_RESOLVED]);
		c[U_CONTINUING] = cell_int(u->states[CHANGE_CONTINUING]);
		c[U_REOPENED] = cell_int(u->states[CHANGE_REOPENED]);
		c[U_NEW] = cell_int(u->states[CHANGE_NEW]);
		c[U_AFTER] = cell_int(u->after);
		c[U_AFTER].flags = u->after > u->before ? CELL_BOLD : 0;
	}
	if (n)
		audit_total(&rows, t, U_NAME);
	t->rows = audit_rows_source(&rows);
	t->empty = "Không có đơn vị nào có vi phạm";
	t->freeze = true;
	add_title(b, s, "BIẾN ĐỘNG THEO ĐƠN VỊ");
	add_back(b, s);
	doc_add(b->d, s, BLOCK_TABLE, NULL)->table = t;
}

/* ---- lists ---- */

static void add_list(struct book *b, enum change_state state)
{
	static const char *const titles[CHANGE_STATES] = {
		"TRƯỜNG HỢP MỚI PHÁT SINH", "TRƯỜNG HỢP PHÁT SINH LẠI", "TRƯỜNG HỢP TIẾP TỤC TỒN TẠI", "TRƯỜNG HỢP ĐÃ CHẤM DỨT",
	};
	struct doc_section *s = doc_section_add(b->d, change_words[state], change_vietnamese[state], true, true);

	add_title(b, s, titles[state]);
	add_back(b, s);
	doc_add(b->d, s, BLOCK_TABLE, NULL)->table = compare_list_table(b->a, b->d, b->in, state);
}

static void add_guide(struct book *b)
{
	static const char *const states[] = {
		"Mới phát sinh: kỳ này có vi phạm, kỳ trước và các kỳ trước đó chưa ghi nhận.",
		"Phát sinh lại: đã từng ghi nhận, sau đó không còn, kỳ này lại vi phạm.",
		"Tiếp tục tồn tại: cả kỳ trước và kỳ này đều vi phạm.",
		"Đã chấm dứt: kỳ trước vi phạm, kỳ này không còn; cột “Tình trạng hiện nay” cho biết đối tượng hiện nay thế nào.",
	};
	static const char *const causes[] = {
		"Dữ liệu: dữ liệu được nạp thêm, sửa, hoặc có việc xảy ra giữa hai ngày chốt số liệu (ví dụ: tài khoản đã được khóa).",
		"Thời gian trôi qua: không có việc gì xảy ra, nhưng đã đến hoặc quá thời hạn.",
		"Quy tắc: điều kiện, tham số hoặc hiệu lực của quy tắc thay đổi.",
		"Lịch làm việc, thời hạn: lịch ngày nghỉ hoặc bảng thời hạn thay đổi.",
		"Tổ chức bộ máy: đơn vị được thành lập, sáp nhập hoặc chuyển sang đơn vị khác quản lý.",
		"Miễn trừ: trường hợp bắt đầu hoặc thôi được miễn trừ.",
		"Ghi nhiều nguyên nhân nối bằng chữ “hoặc” là số liệu không cho phép tách riêng từng nguyên nhân.",
	};
	struct doc_section *s = doc_section_add(b->d, GUIDE, "Hướng dẫn", false, false);

	doc_add(b->d, s, BLOCK_TITLE, "HƯỚNG DẪN ĐỌC BẢNG ĐỐI CHIẾU");
	doc_add(b->d, s, BLOCK_HEADING, "1. Trạng thái");
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		doc_addf(b->d, s, BLOCK_PARAGRAPH, "- %s", states[i]);
	doc_add(b->d, s, BLOCK_HEADING, "2. Nguyên nhân");
	for (size_t i = 0; i < sizeof(causes) / sizeof(causes[0]); i++)
		doc_addf(b->d, s, BLOCK_PARAGRAPH, "- %s", causes[i]);
	doc_add(b->d, s, BLOCK_HEADING, "3. Các cột");
	doc_add(b->d, s, BLOCK_PARAGRAPH, "- Ghi nhận lần đầu: ngày chốt số liệu của lần rà soát đầu tiên ghi nhận trường hợp này, kể cả khi "
		"chưa đủ dữ liệu để kết luận.");
	doc_add(b->d, s, BLOCK_PARAGRAPH, "- Số liệu kỳ trước, số liệu kỳ này: căn cứ thực tế của đối tượng tại mỗi kỳ; trường hợp đã chấm dứt "
		"ghi số liệu của đối tượng tại thời điểm không còn phát hiện, để trống khi không còn dữ liệu.");
	doc_add(b->d, s, BLOCK_PARAGRAPH, "- Mã phát hiện không đổi giữa các lần rà soát.");
}

/* The first line of JSON Lines. */
static void add_facts(struct book *b)
{
	struct doc_fact *facts = ARENA_ARRAY(b->a, 16, struct doc_fact);
	const char **inputs = ARENA_ARRAY(b->a, (size_t)b->c->n_inputs + 1, const char *);
	int n = 0;

	for (int i = 0; i < b->c->n_inputs; i++)
		inputs[i] = b->c->inputs[i].text;
	facts[n++] = (struct doc_fact){ .key = "before", .value = cell_int(b->c->before.run) };
	facts[n++] = (struct doc_fact){ .key = "before_as_of", .value = cell_day(b->c->before.as_of) };
	facts[n++] = (struct doc_fact){ .key = "before_content", .value = cell_str(b->c->before.content) };
	facts[n++] = (struct doc_fact){ .key = "after", .value = cell_int(b->c->after.run) };
	facts[n++] = (struct doc_fact){ .key = "after_as_of", .value = cell_day(b->c->after.as_of) };
	facts[n++] = (struct doc_fact){ .key = "after_content", .value = cell_str(b->c->after.content) };
	facts[n++] = (struct doc_fact){ .key = "unit", .value = cell_str(b->c->after.unit) };
	for (int i = 0; i < CHANGE_STATES; i++)
		facts[n++] = (struct doc_fact){ .key = change_words[i], .value = cell_int(b->c->states[i]) };
	facts[n++] = (struct doc_fact){ .key = "inputs", .list = inputs, .n_list = b->c->n_inputs };
	b->d->facts = facts;
	b->d->n_facts = n;
}

enum status compare_workbook(struct arena *a, const struct compare_report_input *in, struct document **ret, struct err *e)
{
	static const enum change_state order[] = { CHANGE_NEW, CHANGE_REOPENED, CHANGE_CONTINUING, CHANGE_RESOLVED };
	struct book b = { .a = a, .in = in, .c = in->comparison, .names = compare_names(a, in), .d = doc_new(a) };

	(void)e;
	b.d->stream = true;
	b.d->title = "Đối chiếu kết quả rà soát giữa hai kỳ";
	b.d->author = in->workspace->agency.name;
	b.d->subject = arena_printf(a, "Số liệu đến ngày %s và ngày %s", audit_day(a, b.c->before.as_of),
				    audit_day(a, b.c->after.as_of));
	b.d->created = b.c->after.as_of;
	b.d->footer = arena_printf(a, "Đối chiếu kết quả rà soát – %s", b.d->subject);
	add_facts(&b);
	add_summary(&b);
	add_units(&b);
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		add_list(&b, order[i]);
	add_guide(&b);
	*ret = b.d;
	return ST_OK;
}
