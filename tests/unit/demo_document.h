/*
 * A report as the tests of the layouts and writers want it: a form with three
 * levels of headings, an MS row, 36 units and a total; a list of findings with
 * every kind of cell; a chart; letterhead and signature. All numbers follow
 * from the row by the formulas below, so tests can say what must come out.
 */
#ifndef RASOAT_TESTS_DEMO_DOCUMENT_H
#define RASOAT_TESTS_DEMO_DOCUMENT_H

#include <rasoat/document.h>

enum { DEMO_UNITS = 36, DEMO_COLUMNS = 12, DEMO_RULES = 6 };

/* Column c (2 ..) of unit u (0 ..): 2 = 3 + 7, as the form has it. */
static inline int64_t demo_figure(int u, int c)
{
	if (c == 2)
		return demo_figure(u, 3) + demo_figure(u, 7);
	return (int64_t)(u + 1) * (c + 3) * (u == 4 ? 10007 : 3);
}

static inline const char *demo_unit(struct arena *a, int u)
{
	static const char *const names[] = { "Hà Nội", "Thành phố Hồ Chí Minh", "Bà Rịa - Vũng Tàu", "Đắk Lắk",
					     "Thừa Thiên Huế", "Quảng Ngãi" };

	return arena_printf(a, "BHXH %s%s", u % 6 > 1 ? "tỉnh " : u % 6 ? "" : "thành phố ", names[u % 6]);
}

static inline struct doc_table *demo_form_table(struct document *d)
{
	static const struct doc_head heads[] = {
		{ 0, 0, 3, 1, "MS" }, { 0, 1, 3, 1, "Đơn vị" }, { 0, 2, 3, 1, "Tổng số lượt tiếp" },
		{ 0, 3, 1, 4, "Tiếp thường xuyên" }, { 1, 3, 2, 1, "Số lượt tiếp" },
		{ 1, 4, 2, 1, "Số người được tiếp" }, { 1, 5, 1, 2, "Trong đó đoàn đông người" },
		{ 2, 5, 1, 1, "Số đoàn được tiếp" }, { 2, 6, 1, 1, "Số người được tiếp" },
		{ 0, 7, 1, 4, "Tiếp định kỳ và đột xuất của Thủ trưởng" }, { 1, 7, 1, 2, "Thủ trưởng tiếp" },
		{ 2, 7, 1, 1, "Số lượt tiếp" }, { 2, 8, 1, 1, "Số người được tiếp" },
		{ 1, 9, 1, 2, "Ủy quyền tiếp" }, { 2, 9, 1, 1, "Số ngày tiếp" }, { 2, 10, 1, 1, "Số lượt tiếp" },
		{ 0, 11, 3, 1, "Ghi chú" },
	};
	static const double widths[DEMO_COLUMNS] = { 10, 50, 18, 16, 16, 16, 16, 16, 16, 16, 16, 0 };
	static const struct { int sign; int column; } terms[] = { { 1, 3 }, { 1, 7 } };
	struct arena *a = d->arena;
	struct doc_table *t = ARENA_NEW(a, struct doc_table);
	struct cell_formula *sum = ARENA_NEW(a, struct cell_formula), *plus = ARENA_NEW(a, struct cell_formula);
	struct cell *cells = ARENA_ARRAY(a, (size_t)(DEMO_UNITS + 2) * DEMO_COLUMNS, struct cell);
	enum row_kind *kinds = ARENA_ARRAY(a, DEMO_UNITS + 2, enum row_kind);
	int64_t totals[DEMO_COLUMNS] = { 0 };
	struct cell *c = cells;

	sum->kind = FORMULA_SUM_ROWS;
	sum->rows = DEMO_UNITS;
	plus->kind = FORMULA_TERMS;
	plus->terms = (const void *)terms;
	plus->n_terms = 2;
	kinds[0] = ROW_NUMBERS;
	for (int i = 0; i < DEMO_COLUMNS; i++)
		c[i] = cell_str(i == 0 ? "MS" : i == 1 ? "A" : i == 2 ? "1=2+6" : i == 11 ? "" :
				arena_printf(a, "%d", i - 1));
	for (int u = 0; u < DEMO_UNITS; u++) {
		c += DEMO_COLUMNS;
		c[0] = cell_str(arena_printf(a, "%02d", u + 1));
		c[1] = cell_str(demo_unit(a, u));
		c[1].link = "findings";
		for (int i = 2; i < 11; i++) {
			c[i] = cell_int(demo_figure(u, i));
			totals[i] += c[i].i;
		}
		c[2].formula = plus;
		if (u == 2) { /* not applicable: no number, and nothing in the sums */
			totals[9] -= c[9].i;
			c[9] = (struct cell){ .kind = CELL_NA };
		}
	}
	c += DEMO_COLUMNS;
	kinds[DEMO_UNITS + 1] = ROW_TOTAL;
	c[1] = cell_str("Tổng số (36/36 đơn vị)");
	for (int i = 2; i < 11; i++) {
		c[i] = cell_int(totals[i]);
		c[i].formula = sum;
	}
	t->columns = ARENA_ARRAY(a, DEMO_COLUMNS, struct doc_column);
	for (int i = 0; i < DEMO_COLUMNS; i++)
		t->columns[i] = (struct doc_column){ .width = widths[i], .type = i < 2 || i == 11 ? CELL_TEXT : CELL_INT };
	t->columns[0].align = ALIGN_CENTER;
	t->id = "01-TCD";
	t->heads = (struct doc_head *)(uintptr_t)heads;
	t->n_heads = sizeof(heads) / sizeof(*heads);
	t->head_rows = 3;
	t->n_columns = DEMO_COLUMNS;
	t->numbers_row = true;
	t->freeze = true;
	t->frozen_columns = 2;
	t->rows = doc_rows_array(a, cells, kinds, DEMO_UNITS + 2, DEMO_COLUMNS);
	return t;
}

static inline struct doc_table *demo_rules_table(struct document *d)
{
	static const char *const titles[DEMO_RULES] = {
		"Tài khoản chưa khóa khi quyết định chuyển công tác, nghỉ chế độ đã có hiệu lực",
		"Tài khoản không có đề nghị cấp", "Chứng thư số hết hạn chưa thu hồi",
		"Quyền không phù hợp với nhiệm vụ", "Tài khoản dùng chung", "Đăng nhập ngoài giờ",
	};
	struct arena *a = d->arena;
	struct doc_table *t = ARENA_NEW(a, struct doc_table);
	struct cell *cells = ARENA_ARRAY(a, DEMO_RULES * 3, struct cell);

	t->columns = ARENA_ARRAY(a, 3, struct doc_column);
	t->columns[0] = (struct doc_column){ .key = "rule", .title = "Mã quy tắc", .width = 25, .type = CELL_TEXT };
	t->columns[1] = (struct doc_column){ .key = "title", .title = "Nội dung", .type = CELL_TEXT };
	t->columns[2] = (struct doc_column){ .key = "count", .title = "Số phát hiện", .width = 25, .type = CELL_INT };
	for (int i = 0; i < DEMO_RULES; i++) {
		cells[3 * i] = cell_str(arena_printf(a, "ACC-%02d", i + 1));
		cells[3 * i].link = "findings";
		cells[3 * i + 1] = cell_str(titles[i]);
		cells[3 * i + 2] = cell_int(60 - 9 * i);
	}
	t->id = "summary";
	t->n_columns = 3;
	t->rows = doc_rows_array(a, cells, NULL, DEMO_RULES, 3);
	doc_table_simple_heads(d, t);
	return t;
}

static inline struct doc_chart *demo_chart(struct document *d, bool horizontal)
{
	struct arena *a = d->arena;
	struct doc_chart *c = ARENA_NEW(a, struct doc_chart);
	const char **labels = ARENA_ARRAY(a, DEMO_RULES, const char *);
	int64_t *values = ARENA_ARRAY(a, DEMO_RULES, int64_t);

	for (int i = 0; i < DEMO_RULES; i++) {
		labels[i] = arena_printf(a, "ACC-%02d", i + 1);
		values[i] = 60 - 9 * i;
	}
	*c = (struct doc_chart){ .title = "Số phát hiện theo quy tắc", .table = "summary", .value_column = 2,
				 .n_rows = DEMO_RULES, .labels = labels, .values = values,
				 .horizontal = horizontal, .value_title = "Số phát hiện" };
	return c;
}

static inline struct doc_table *demo_findings_table(struct document *d)
{
	enum { N = 7, ROWS = 5 };
	static const struct doc_column columns[N] = {
		{ "rule", "Quy tắc", 20, ALIGN_AUTO, CELL_TEXT, false },
		{ "account", "Tài khoản", 32, ALIGN_AUTO, CELL_TEXT, false },
		{ "message", "Phát hiện", 0, ALIGN_AUTO, CELL_TEXT, false },
		{ "since", "Từ ngày", 24, ALIGN_AUTO, CELL_DATE, false },
		{ "days", "Số ngày", 18, ALIGN_AUTO, CELL_INT, false },
		{ "amount", "Số tiền", 24, ALIGN_AUTO, CELL_REAL, false },
		{ NULL, "Ghi chú", 20, ALIGN_AUTO, CELL_TEXT, true },
	};
	struct arena *a = d->arena;
	struct doc_table *t = ARENA_NEW(a, struct doc_table);
	struct cell *c = ARENA_ARRAY(a, N * ROWS, struct cell);
	enum row_kind *kinds = ARENA_ARRAY(a, ROWS, enum row_kind);
	day_t since;

	if (!date_from_ymd(2026, 2, 5, &since))
		return NULL;
	kinds[0] = ROW_GROUP;
	c[0] = cell_str("BHXH tỉnh Đắk Lắk");
	for (int i = 1; i < ROWS; i++) {
		struct cell *r = c + i * N;

		r[0] = cell_str("ACC-01");
		r[1] = cell_str(arena_printf(a, "00%d_x0041_", 7000 + i));
		r[2] = cell_str(arena_printf(a, "Tài khoản nguyenvan%d@vss.gov.vn còn mở %d ngày sau khi quyết định nghỉ "
						"hưởng chế độ hưu trí có hiệu lực, chưa có \"biên bản\" bàn giao", i, i * 40));
		r[3] = cell_day(since + i);
		r[4] = cell_int(i * 400);
		r[5] = (struct cell){ .kind = CELL_REAL, .r = 1250000.5 * i };
	}
	c[N + 1].flags = CELL_WARN;
	c[2 * N + 1] = (struct cell){ .kind = CELL_HIDDEN };
	c[2 * N + 3] = cell_day(DAY_NONE);
	c[3 * N + 5] = (struct cell){ .kind = CELL_NA };
	c[4 * N + 1] = cell_str("=1+1");
	c[4 * N + 6] = cell_str("dòng 1\ndòng 2");
	t->columns = ARENA_ARRAY(a, N, struct doc_column);
	for (int i = 0; i < N; i++)
		t->columns[i] = columns[i];
	t->id = "findings";
	t->data = t->filter = t->freeze = true;
	t->n_columns = N;
	t->rows = doc_rows_array(a, c, kinds, ROWS, N);
	doc_table_simple_heads(d, t);
	return t;
}

static inline void demo_form(struct document *d)
{
	static const char *const recipients[] = { "BHXH Việt Nam (để báo cáo)", "Thanh tra Chính phủ",
						  "Lưu: VT, TTKT" };
	struct doc_section *s = doc_section_add(d, "form", "Biểu 01/TCD", false, true);
	struct doc_letterhead *l = ARENA_NEW(d->arena, struct doc_letterhead);
	struct doc_signature *g = ARENA_NEW(d->arena, struct doc_signature);

	*l = (struct doc_letterhead){ "Bảo hiểm xã hội Việt Nam", "Bảo hiểm xã hội tỉnh Đắk Lắk", "Số:        /BC-BHXH",
				      "Đắk Lắk", d->created, 0, NULL };
	*g = (struct doc_signature){ .recipients = recipients, .n_recipients = 3, .authority = "KT. Giám đốc",
				     .post = "Phó Giám đốc", .name = "Nguyễn Thị Ánh" };
	doc_add(d, s, BLOCK_FORM_CODE, "Biểu số: 01/TCD");
	doc_add(d, s, BLOCK_LETTERHEAD, NULL)->letterhead = l;
	doc_add(d, s, BLOCK_TITLE, "Tổng hợp kết quả tiếp công dân thường xuyên, định kỳ và đột xuất");
	doc_add(d, s, BLOCK_LINE, "Số liệu tính từ ngày 15/12/2025 đến ngày 14/9/2026");
	doc_add(d, s, BLOCK_TABLE, NULL)->table = demo_form_table(d);
	doc_add(d, s, BLOCK_NOTE, "Ghi chú: đoàn đông người là đoàn có từ 05 người trở lên.");
	doc_add(d, s, BLOCK_SIGNATURE, NULL)->signature = g;
}

static inline void demo_summary(struct document *d)
{
	struct doc_section *s = doc_section_add(d, "summary", "Tổng hợp", false, false);
	struct doc_signature *g = ARENA_NEW(d->arena, struct doc_signature);
	struct doc_letterhead *l = ARENA_NEW(d->arena, struct doc_letterhead);

	*l = (struct doc_letterhead){ NULL, "Bảo hiểm xã hội Việt Nam", NULL, "Hà Nội", DAY_NONE, 2026, NULL };
	*g = (struct doc_signature){ .left_title = "Người lập biểu", .left_note = "(Ký, ghi rõ họ tên)",
				     .authority = "", .post = "Vụ trưởng", .name = "Trần Văn Bình" };
	doc_add(d, s, BLOCK_LETTERHEAD, NULL)->letterhead = l;
	doc_add(d, s, BLOCK_TITLE, "Báo cáo");
	doc_add(d, s, BLOCK_SUBTITLE, "Kết quả rà soát tài khoản quý III năm 2026");
	doc_add(d, s, BLOCK_HEADING, "I. Kết quả chung");
	doc_add(d, s, BLOCK_PARAGRAPH,
		"Thực hiện Công văn số 907/BHXH-CNTT ngày 26/3/2019 của Bảo hiểm xã hội Việt Nam, đơn vị đã rà soát toàn "
		"bộ tài khoản trên các hệ thống thông tin; kết quả phát hiện 225 trường hợp phải xử lý, trong đó 60 tài "
		"khoản chưa khóa khi quyết định chuyển công tác, nghỉ chế độ đã có hiệu lực. Chi tiết như sau:");
	doc_add(d, s, BLOCK_TABLE, NULL)->table = demo_rules_table(d);
	doc_add(d, s, BLOCK_CHART, NULL)->chart = demo_chart(d, true);
	doc_add(d, s, BLOCK_CHART, NULL)->chart = demo_chart(d, false);
	doc_add(d, s, BLOCK_SIGNATURE, NULL)->signature = g;
}

static inline void demo_findings(struct document *d)
{
	struct doc_section *s = doc_section_add(d, "findings", "Phát hiện", true, true);

	doc_add(d, s, BLOCK_HEADING, "Danh sách phát hiện");
	doc_add(d, s, BLOCK_TABLE, NULL)->table = demo_findings_table(d);
}

static inline struct document *demo_document(struct arena *a)
{
	struct document *d = doc_new(a);

	if (!date_from_ymd(2026, 10, 5, &d->created))
		return NULL;
	d->title = "Báo cáo tiếp công dân & rà soát <tài khoản>";
	d->author = "Bảo hiểm xã hội tỉnh Đắk Lắk";
	d->subject = "Quý III năm 2026";
	d->footer = "rasoat & BHXH – 05/10/2026";
	demo_form(d);
	demo_summary(d);
	demo_findings(d);
	return d;
}

#endif
