/*
 * The page layout with a fake font, every character half as wide as it is high, so that all places
 * can be worked out by hand.
 */
#include <rasoat/page.h>
#include <rasoat/str.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MM (72.0 / 25.4)
#define LEFT (30 * MM)
#define RIGHT (195 * MM) /* A4 upright */
#define TOP (20 * MM)

struct book {
	struct arena *a;
	struct page *pages;
	int n, cap;
};

static int half(void *ctx, enum page_font font, uint32_t cp)
{
	(void)ctx;
	(void)font;
	return cp == 0x2610 || cp > 0xFFFF ? -1 : 500;
}

static const struct page_metrics metrics = { .width = half };

static enum status keep_page(void *ctx, const struct page *p, struct err *e)
{
	struct book *b = ctx;
	struct page *mine = ARENA_PUSH(b->a, b->pages, b->n, b->cap);

	(void)e;
	*mine = *p;
	mine->boxes = arena_grow(b->a, p->boxes, (size_t)p->n_boxes, (size_t)p->n_boxes + 1, sizeof(*p->boxes));
	for (int i = 0; i < p->n_boxes; i++)
		mine->boxes[i].text = arena_strdup(b->a, p->boxes[i].text);
	return ST_OK;
}

struct fix {
	struct arena *a;
	struct document *d;
	struct doc_section *s;
	struct book b;
};

static int begin(void **state)
{
	struct fix *f = xmalloc(sizeof(*f));

	memset(f, 0, sizeof(*f));
	f->a = arena_new();
	f->d = doc_new(f->a);
	f->d->title = "Báo cáo";
	f->s = doc_section_add(f->d, "s", "S", false, false);
	f->b.a = f->a;
	*state = f;
	return 0;
}

static int end(void **state)
{
	struct fix *f = *state;

	arena_free(f->a);
	free(f);
	return 0;
}

/* Nothing outside the page, no text over another. */
static void page_sane(const struct page *p)
{
	for (int i = 0; i < p->n_boxes; i++) {
		const struct page_box *b = &p->boxes[i];
		float up = b->kind == BOX_TEXT ? b->size * 0.7f : 0;

		if (b->kind == BOX_MARK)
			continue;
		assert_true(b->x >= -0.01f && b->x + b->w <= p->width + 0.01f);
		assert_true(b->y - up >= 0 && b->y + (b->kind == BOX_TEXT ? 0 : b->h) <= p->height);
		for (int k = 0; k < i && b->kind == BOX_TEXT; k++) {
			const struct page_box *o = &p->boxes[k];

			if (o->kind != BOX_TEXT || o->x >= b->x + b->w - 0.05f || b->x >= o->x + o->w - 0.05f ||
			    b->y - up >= o->y || o->y - o->size * 0.7f >= b->y)
				continue;
			fail_msg("'%s' lies over '%s'", b->text, o->text);
		}
	}
}

static void lay(struct fix *f)
{
	struct err e = ERR_INIT;

	f->b.n = 0;
	if (page_layout(f->d, &metrics, keep_page, &f->b, &e) != ST_OK)
		fail_msg("%s", e.text);
	for (int i = 0; i < f->b.n; i++) {
		int texts = 0;

		page_sane(&f->b.pages[i]);
		for (int k = 0; k < f->b.pages[i].n_boxes; k++)
			texts += f->b.pages[i].boxes[k].kind == BOX_TEXT;
		assert_true(texts > (i ? 1 : 0)); /* more than the page number */
	}
}

static void lay_fails(struct fix *f, const char *text)
{
	struct err e = ERR_INIT;

	assert_int_equal(page_layout(f->d, &metrics, keep_page, &f->b, &e), ST_ERR);
	assert_string_equal(e.text, text);
}

static const struct page_box *find(const struct page *p, const char *text)
{
	for (int i = 0; i < p->n_boxes; i++)
		if (p->boxes[i].kind == BOX_TEXT && str_eq(p->boxes[i].text, text))
			return &p->boxes[i];
	return NULL;
}

static int count(const struct page *p, const char *prefix)
{
	int n = 0;

	for (int i = 0; i < p->n_boxes; i++)
		n += p->boxes[i].kind == BOX_TEXT && str_starts(p->boxes[i].text, prefix);
	return n;
}

static void near_to(double got, double want)
{
	if (fabs(got - want) > 0.05)
		fail_msg("%f is not %f", got, want);
}

static void test_paragraph(void **state)
{
	struct fix *f = *state;
	const struct page_box *b;

	/* 14 pt: a character is 7 wide; the line of 467.7 holds 66, the first, indented by 36, 61. */
	doc_addf(f->d, f->s, BLOCK_PARAGRAPH, "%.*s %.*s %s", 60, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		 66, "bb bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "end");
	lay(f);
	assert_int_equal(f->b.n, 1);
	b = &f->b.pages[0].boxes[0];
	assert_int_equal(strlen(b->text), 60);
	near_to(b->x, LEFT + 12.7 * MM);
	near_to(b->y, TOP + 14 * 0.9125);
	assert_true(b->word_space <= 0); /* no blank in it */
	b++;
	assert_int_equal(strlen(b->text), 66);
	near_to(b->x, LEFT);
	near_to(b->y, TOP + 14 * 0.9125 + 14 * 1.15);
	near_to(b->word_space, RIGHT - LEFT - 66 * 7); /* one blank takes it all */
	near_to(b->x + b->w, RIGHT);
	b++;
	assert_string_equal(b->text, "end");
	assert_true(b->word_space <= 0); /* a last line is not spread */
}

static void test_page_numbers(void **state)
{
	struct fix *f = *state;
	const struct page_box *b;

	for (int i = 0; i < 100; i++)
		doc_add(f->d, f->s, BLOCK_PARAGRAPH, "Một đoạn văn.");
	f->d->footer = "Chân trang";
	f->d->draft = "DỰ THẢO – số liệu chưa khớp\nkiểm tra TCD-01";
	lay(f);
	assert_int_equal(f->b.n, 4); /* (841.9 - 113.8) / 22.1 = 32 paragraphs a page, 33 on the first gap */
	assert_null(find(&f->b.pages[0], "1"));
	b = find(&f->b.pages[1], "2");
	assert_non_null(b);
	near_to(b->x, (LEFT + RIGHT) / 2 - 13 * 0.25);
	near_to(b->size, 13);
	assert_true(b->y < TOP);
	for (int i = 0; i < 4; i++) {
		b = find(&f->b.pages[i], "DỰ THẢO – số liệu chưa khớp");
		assert_non_null(b);
		assert_int_equal(b->font, FONT_BOLD);
		assert_non_null(find(&f->b.pages[i], "kiểm tra TCD-01"));
		b = find(&f->b.pages[i], "Chân trang");
		assert_non_null(b);
		assert_true(b->y > f->b.pages[i].height - TOP);
	}
}

static void test_no_empty_page(void **state)
{
	struct fix *f = *state;

	doc_section_add(f->d, "empty", "Trống", false, false);
	doc_add(f->d, f->s, BLOCK_PAGE_BREAK, NULL);
	doc_add(f->d, f->s, BLOCK_PARAGRAPH, "Một");
	doc_add(f->d, f->s, BLOCK_PAGE_BREAK, NULL);
	doc_add(f->d, f->s, BLOCK_PAGE_BREAK, NULL);
	doc_add(f->d, f->s, BLOCK_PARAGRAPH, "Hai");
	doc_add(f->d, f->s, BLOCK_PARAGRAPH, "");
	doc_add(f->d, f->s, BLOCK_PAGE_BREAK, NULL);
	lay(f);
	assert_int_equal(f->b.n, 2);
	assert_non_null(find(&f->b.pages[1], "Hai"));
}

static void test_landscape(void **state)
{
	struct fix *f = *state;
	struct doc_section *a3 = doc_section_add(f->d, "a3", "A3", true, true);
	struct doc_section *a4 = doc_section_add(f->d, "a4", "A4", false, true);

	doc_add(f->d, f->s, BLOCK_PARAGRAPH, "Một");
	doc_add(f->d, a3, BLOCK_PARAGRAPH, "Hai");
	doc_add(f->d, a4, BLOCK_PARAGRAPH, "Ba");
	lay(f);
	assert_int_equal(f->b.n, 3);
	near_to(f->b.pages[0].width, 210 * MM);
	near_to(f->b.pages[1].width, 420 * MM);
	near_to(f->b.pages[1].height, 297 * MM);
	near_to(f->b.pages[2].width, 297 * MM);
	for (int i = 0, marks = 0; i < f->b.pages[2].n_boxes; i++) {
		marks += f->b.pages[2].boxes[i].kind == BOX_MARK;
		if (i == f->b.pages[2].n_boxes - 1)
			assert_int_equal(marks, 1);
	}
}

static void test_heading_stays(void **state)
{
	for (int n = 25; n < 40; n++) {
		struct fix *f;

		end(state);
		begin(state);
		f = *state;
		for (int i = 0; i < n; i++)
			doc_add(f->d, f->s, BLOCK_PARAGRAPH, "Đoạn");
		doc_add(f->d, f->s, BLOCK_HEADING, "Tiêu đề");
		doc_add(f->d, f->s, BLOCK_HEADING, "Tiêu đề con")->level = 2;
		doc_add(f->d, f->s, BLOCK_PARAGRAPH, "Theo sau");
		lay(f);
		for (int i = 0; i < f->b.n; i++)
			assert_true(!find(&f->b.pages[i], "Tiêu đề") == !find(&f->b.pages[i], "Theo sau"));
	}
}

static void test_letterhead(void **state)
{
	struct fix *f = *state;
	struct doc_letterhead h = { .superior = "Bảo hiểm xã hội Việt Nam", .agency = "Trung tâm", .number = "Số: 05/BC",
				    .place = "Huế" };
	const struct page *p;
	const struct page_box *motto, *line = NULL, *agency, *under = NULL;

	assert_true(date_from_ymd(2026, 2, 5, &h.date));
	doc_add(f->d, f->s, BLOCK_LETTERHEAD, NULL)->letterhead = &h;
	doc_add(f->d, f->s, BLOCK_TITLE, "Báo cáo");
	doc_add(f->d, f->s, BLOCK_SUBTITLE, "Về việc A");
	doc_add(f->d, f->s, BLOCK_PARAGRAPH, "Nội dung");
	lay(f);
	p = &f->b.pages[0];
	motto = find(p, "Độc lập - Tự do - Hạnh phúc");
	agency = find(p, "TRUNG TÂM");
	assert_non_null(motto);
	assert_non_null(agency);
	assert_non_null(find(p, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"));
	assert_int_equal(find(p, "BẢO HIỂM XÃ HỘI VIỆT NAM")->font, FONT_REGULAR);
	assert_int_equal(agency->font, FONT_BOLD);
	for (int i = 0; i < p->n_boxes; i++) {
		const struct page_box *b = &p->boxes[i];

		if (b->kind == BOX_LINE && fabsf(b->x - motto->x) < 0.1f)
			line = b;
		if (b->kind == BOX_LINE && b->x < agency->x + agency->w && !under)
			under = b;
	}
	assert_non_null(line);
	near_to(line->w, motto->w); /* as long as the text */
	assert_non_null(under);
	assert_true(under->w >= agency->w / 3 && under->w <= agency->w / 2);
	assert_int_equal(find(p, "Huế, ngày 05 tháng 02 năm 2026")->font, FONT_ITALIC);
	near_to(find(p, "Số: 05/BC")->y, find(p, "Huế, ngày 05 tháng 02 năm 2026")->y);
	near_to(find(p, "BÁO CÁO")->size, 14);
	assert_int_equal(find(p, "Về việc A")->font, FONT_BOLD);
}

static void test_letterhead_open_date(void **state)
{
	struct fix *f = *state;
	struct doc_letterhead h = { .agency = "Trung tâm", .place = "Huế", .date = DAY_NONE, .year_hint = 2026 };

	doc_add(f->d, f->s, BLOCK_LETTERHEAD, NULL)->letterhead = &h;
	lay(f);
	assert_non_null(find(&f->b.pages[0], "Huế, ngày      tháng      năm 2026"));
}

/* `n` rows "row I", then a total. */
static struct doc_table *rows_table(struct fix *f, int n, bool total)
{
	struct doc_table *t = ARENA_NEW(f->a, struct doc_table);
	struct cell *c = ARENA_ARRAY(f->a, (size_t)(n + 1) * 3, struct cell);
	enum row_kind *k = ARENA_ARRAY(f->a, (size_t)n + 1, enum row_kind);

	t->id = "t";
	t->n_columns = 3;
	t->columns = ARENA_ARRAY(f->a, 3, struct doc_column);
	t->columns[0] = (struct doc_column){ .title = "Đơn vị" };
	t->columns[1] = (struct doc_column){ .title = "Ẩn", .print_only_sheet = true };
	t->columns[2] = (struct doc_column){ .title = "Số lượng", .width = 30 };
	doc_table_simple_heads(f->d, t);
	for (int i = 0; i <= n; i++) {
		c[i * 3] = cell_str(i < n ? arena_printf(f->a, "row %d", i) : "Tổng số");
		c[i * 3 + 1] = cell_str("hidden");
		c[i * 3 + 2] = cell_int(1234 + i);
		k[i] = i < n ? ROW_BODY : ROW_TOTAL;
	}
	t->rows = doc_rows_array(f->a, c, k, n + total, 3);
	return t;
}

static void test_table(void **state)
{
	struct fix *f = *state;
	int next = 0;

	doc_add(f->d, f->s, BLOCK_TABLE, NULL)->table = rows_table(f, 150, true);
	lay(f);
	assert_true(f->b.n >= 4);
	for (int i = 0; i < f->b.n; i++) {
		const struct page *p = &f->b.pages[i];
		const struct page_box *head = find(p, "Đơn vị");

		assert_int_equal(count(p, "Đơn vị"), 1);
		assert_int_equal(count(p, "hidden"), 0);
		assert_int_equal(count(p, "Ẩn"), 0);
		for (int k = 0; k < p->n_boxes; k++) {
			const struct page_box *b = &p->boxes[k];

			if (b->kind != BOX_TEXT || !str_starts(b->text, "row "))
				continue;
			assert_int_equal(atoi(b->text + 4), next++); /* each once, in order */
			assert_true(b->y > head->y);
		}
	}
	assert_int_equal(next, 150);
	/* Numbers stand at the right edge, inside the padding of 0.6 + 0.17 x 11. */
	near_to(find(&f->b.pages[0], "1.234")->x + find(&f->b.pages[0], "1.234")->w, RIGHT - 2.47);
	assert_int_equal(find(&f->b.pages[f->b.n - 1], "Tổng số")->font, FONT_BOLD);
}

static void test_total_not_alone(void **state)
{
	for (int n = 30; n < 60; n++) {
		struct fix *f;
		const struct page *last;

		end(state);
		begin(state);
		f = *state;
		doc_add(f->d, f->s, BLOCK_TABLE, NULL)->table = rows_table(f, n, true);
		lay(f);
		last = &f->b.pages[f->b.n - 1];
		assert_non_null(find(last, "Tổng số"));
		assert_true(count(last, "row ") >= 1);
	}
}

static void test_signature_stays(void **state)
{
	static const char *const to[] = { "Như trên", "Lưu: VT." };
	struct doc_signature g = { .recipients = to, .n_recipients = 2, .authority = "KT. Giám đốc",
				   .post = "Phó Giám đốc", .name = "Trần Ân" };

	for (int n = 20; n < 50; n++) {
		struct fix *f;
		const struct page *last;

		end(state);
		begin(state);
		f = *state;
		doc_add(f->d, f->s, BLOCK_TABLE, NULL)->table = rows_table(f, n, true);
		doc_add(f->d, f->s, BLOCK_NOTE, "Ghi chú");
		doc_add(f->d, f->s, BLOCK_SIGNATURE, NULL)->signature = &g;
		lay(f);
		last = &f->b.pages[f->b.n - 1];
		assert_true(count(last, "row ") >= 1); /* and with it the total, the note */
		assert_non_null(find(last, "Tổng số"));
		assert_non_null(find(last, "Ghi chú"));
		assert_non_null(find(last, "Nơi nhận:"));
		assert_non_null(find(last, "- Như trên;"));
		assert_non_null(find(last, "- Lưu: VT."));
		assert_non_null(find(last, "KT. GIÁM ĐỐC"));
		assert_non_null(find(last, "Trần Ân"));
		assert_true(find(last, "Trần Ân")->x > (LEFT + RIGHT) / 2);
		assert_int_equal(find(last, "Nơi nhận:")->font, FONT_BOLD_ITALIC);
	}
}

static void test_two_signatories(void **state)
{
	struct fix *f = *state;
	const char *to[60];
	struct doc_signature g = { .recipients = to, .n_recipients = 60, .left_title = "Người lập biểu",
				   .left_note = "(Ký)", .post = "Giám đốc", .name = "Trần Ân" };
	int found = 0;

	for (int i = 0; i < 60; i++)
		to[i] = arena_printf(f->a, "Đơn vị %d", i);
	doc_add(f->d, f->s, BLOCK_SIGNATURE, NULL)->signature = &g;
	lay(f);
	assert_non_null(find(&f->b.pages[0], "NGƯỜI LẬP BIỂU"));
	near_to(find(&f->b.pages[0], "NGƯỜI LẬP BIỂU")->y, find(&f->b.pages[0], "GIÁM ĐỐC")->y);
	for (int i = 0; i < f->b.n; i++)
		found += count(&f->b.pages[i], "- Đơn vị ");
	assert_int_equal(found, 60);
}

static void test_tall_row(void **state)
{
	struct fix *f = *state;
	struct doc_table *t = rows_table(f, 1, false);
	struct cell *c = ARENA_ARRAY(f->a, 3, struct cell);
	CLEANUP(str_free) struct str s = STR_INIT;
	int next = 0;

	for (int i = 0; i < 200; i++)
		str_addf(&s, "%sline %d", i ? "\n" : "", i);
	c[0] = cell_str(s.p);
	t->rows = doc_rows_array(f->a, c, NULL, 1, 3);
	doc_add(f->d, f->s, BLOCK_TABLE, NULL)->table = t;
	lay(f);
	assert_int_equal(f->b.n, 4); /* 12.65 a line: 55 on a page below the heading */
	for (int i = 0; i < f->b.n; i++)
		for (int k = 0; k < f->b.pages[i].n_boxes; k++)
			if (f->b.pages[i].boxes[k].text && str_starts(f->b.pages[i].boxes[k].text, "line "))
				assert_int_equal(atoi(f->b.pages[i].boxes[k].text + 5), next++);
	assert_int_equal(next, 200);
}

/* Formulas break before "=" and "+", so that they do not make their column wide. */
static void test_numbers_row(void **state)
{
	static const float widths[] = { 60, 22, 10 };
	static const char *const lines[][4] = {
		{ "12=13+14=15+16+17+18" }, { "12=13+14", "=15+16+17+18" },
		{ "12=13", "+14", "=15+16", "+17+18" },
	};
	struct fix *f = *state;
	struct doc_table *t = ARENA_NEW(f->a, struct doc_table);
	struct cell *c = ARENA_ARRAY(f->a, 8, struct cell);
	static const enum row_kind kinds[] = { ROW_NUMBERS, ROW_BODY };

	t->n_columns = 4;
	t->columns = ARENA_ARRAY(f->a, 4, struct doc_column);
	for (int i = 0; i < 3; i++) {
		t->columns[i].width = widths[i];
		c[i] = cell_str("12=13+14=15+16+17+18");
	}
	doc_table_simple_heads(f->d, t);
	t->numbers_row = true;
	t->font_size = 8;
	t->rows = doc_rows_array(f->a, c, kinds, 2, 4);
	doc_add(f->d, f->s, BLOCK_TABLE, NULL)->table = t;
	lay(f);
	for (int i = 0; i < 3; i++)
		for (int line = 0; line < 4 && lines[i][line]; line++) {
			int n = 0;

			for (int k = 0; k < f->b.pages[0].n_boxes; k++)
				n += str_eq(f->b.pages[0].boxes[k].text, lines[i][line]);
			if (n != 1)
				fail_msg("%d times '%s'", n, lines[i][line]);
		}
}

/* Statutory form: 26 columns, groups of five below one heading, on A4 landscape. */
static void test_wide_form(void **state)
{
	struct fix *f = *state;
	struct doc_section *s = doc_section_add(f->d, "w", "W", false, true);
	struct doc_table *t = ARENA_NEW(f->a, struct doc_table);
	struct cell *c = ARENA_ARRAY(f->a, 12 * 26, struct cell);
	enum row_kind k[12] = { ROW_NUMBERS };
	struct doc_head *h = ARENA_ARRAY(f->a, 40, struct doc_head);
	int n = 0;

	t->n_columns = 26;
	t->columns = ARENA_ARRAY(f->a, 26, struct doc_column);
	t->columns[0].width = 35;
	h[n++] = (struct doc_head){ 0, 0, 2, 1, "Đơn vị" };
	for (int i = 1; i < 26; i += 5)
		h[n++] = (struct doc_head){ 0, i, 1, 5, "Nhóm" };
	for (int i = 1; i < 26; i++)
		h[n++] = (struct doc_head){ 1, i, 1, 1, "Đã giải quyết" };
	t->heads = h;
	t->n_heads = n;
	t->head_rows = 2;
	t->numbers_row = true;
	for (int i = 0; i < 12 * 26; i++)
		c[i] = i < 26 ? cell_str("1=2+3") : i % 26 ? cell_int(i * 1000) : cell_str("Huế");
	c[27].kind = CELL_NA;
	c[28].kind = CELL_HIDDEN;
	c[26 * 11 + 5] = cell_int(9000000000000000000); /* too wide for any column: made smaller */
	t->rows = doc_rows_array(f->a, c, k, 12, 26);
	doc_add(f->d, s, BLOCK_TABLE, NULL)->table = t;
	lay(f);
	assert_int_equal(f->b.n, 1);
	assert_non_null(find(&f->b.pages[0], "quyết"));
	assert_int_equal(count(&f->b.pages[0], "1=2+3"), 25);
	assert_int_equal(count(&f->b.pages[0], "1=2"), 26); /* the narrowest column has "+3" on a line of its own */
	assert_int_equal(count(&f->b.pages[0], "+3"), 1);
	assert_non_null(find(&f->b.pages[0], "–"));
	assert_non_null(find(&f->b.pages[0], "***"));
	assert_non_null(find(&f->b.pages[0], "9.000.000.000.000.000.000"));
	assert_true(find(&f->b.pages[0], "Huế")->size >= 6.5f);
	assert_true(find(&f->b.pages[0], "Huế")->size < 11);
}

static void test_group_and_flags(void **state)
{
	struct fix *f = *state;
	struct doc_table *t = rows_table(f, 0, false);
	struct cell *c = ARENA_ARRAY(f->a, 9, struct cell);
	static const enum row_kind k[] = { ROW_GROUP, ROW_BODY, ROW_BODY };
	const struct page *p;
	const struct page_box *warn = NULL;

	c[0] = cell_str("Nhóm một chạy qua cả bề ngang của bảng, dài hơn cột đầu tiên của nó, tới cột sau");
	c[3] = cell_str("a");
	c[3].flags = CELL_WARN | CELL_BOLD;
	c[6] = cell_str("b");
	c[8] = cell_day(0);
	t->rows = doc_rows_array(f->a, c, k, 3, 3);
	doc_add(f->d, f->s, BLOCK_TABLE, NULL)->table = t;
	lay(f);
	p = &f->b.pages[0];
	assert_int_equal(find(p, c[0].text)->font, FONT_BOLD); /* in one line */
	assert_int_equal(find(p, "a")->font, FONT_BOLD);
	assert_int_equal(find(p, "b")->font, FONT_REGULAR);
	assert_non_null(find(p, "01/01/1970"));
	for (int i = 0; i < p->n_boxes; i++)
		if (p->boxes[i].kind == BOX_RECT && p->boxes[i].rgb[0] >= 0)
			warn = &p->boxes[i];
	assert_non_null(warn);
	assert_true(warn->y < find(p, "a")->y && warn->y + warn->h > find(p, "a")->y);
}

static void test_empty_table(void **state)
{
	struct fix *f = *state;
	struct doc_table *t = rows_table(f, 0, false);

	t->empty = "Không có";
	doc_add(f->d, f->s, BLOCK_TABLE, NULL)->table = t;
	lay(f);
	assert_int_equal(find(&f->b.pages[0], "Không có")->font, FONT_ITALIC);
}

static void test_chart(void **state)
{
	struct fix *f = *state;
	static const char *const labels[] = { "Một", "Hai", "Ba" };
	static const int64_t values[] = { 1000, 500, 0 };
	struct doc_chart flat = { .title = "Ngang", .labels = labels, .values = values, .n_rows = 3,
				  .horizontal = true, .value_title = "Số" };
	struct doc_chart up = flat;
	float w[2] = { 0 }, h[2] = { 0 };
	int bars = 0;

	up.horizontal = false;
	up.title = "Dọc";
	doc_add(f->d, f->s, BLOCK_CHART, NULL)->chart = &flat;
	doc_add(f->d, f->s, BLOCK_CHART, NULL)->chart = &up;
	lay(f);
	assert_int_equal(f->b.n, 1);
	assert_int_equal(count(&f->b.pages[0], "1.000"), 2);
	assert_int_equal(count(&f->b.pages[0], "(Số)"), 2);
	for (int i = 0; i < f->b.pages[0].n_boxes; i++) {
		const struct page_box *b = &f->b.pages[0].boxes[i];

		if (b->kind != BOX_RECT)
			continue;
		if (bars < 2)
			w[bars] = b->w;
		else if (bars < 4)
			h[bars - 2] = b->h;
		bars++;
	}
	assert_int_equal(bars, 4); /* none for zero */
	near_to(w[1], w[0] / 2);
	near_to(h[1], h[0] / 2);
}

/* Bars lie on one scale; what would run into its neighbour stands a step lower; nothing leaves the page. */
static void test_timeline(void **state)
{
	struct fix *f = *state;
	static const struct doc_span spans[] = { { SPAN_TERM, 0, 10, "10 ngày" }, { SPAN_EXTENSION, 10, 20, "x" },
						 { SPAN_PAUSE, 20, 25, NULL }, { SPAN_LATE, 25, 40, "quá hạn" } };
	static const struct doc_tick ticks[] = { { TICK_GOOD, 10, "ngày 10\nđúng quy định" }, { TICK_BAD, 11, "ngày 11\nvi phạm" },
						 { TICK_OPEN, 40, "ngày 40\nchưa xác định" } };
	static const struct doc_lane lanes[] = { { "Thông thường", spans, 4, ticks, 3 }, { "Không có gì", NULL, 0, NULL, 0 } };
	static const struct doc_timeline t = { "Thời hạn", "bằng lời", lanes, 2, 40 };
	const struct page_box *term = NULL, *late = NULL;

	doc_add(f->d, f->s, BLOCK_TIMELINE, NULL)->timeline = &t;
	lay(f);
	assert_int_equal(f->b.n, 1);
	for (int i = 0; i < f->b.pages[0].n_boxes; i++) {
		const struct page_box *b = &f->b.pages[0].boxes[i];

		assert_true(b->x >= 85 && b->x + b->w <= f->b.pages[0].width - 42);
		if (b->kind == BOX_RECT && b->grey > 0.8f && b->grey < 0.85f)
			term = b;
		if (b->kind == BOX_RECT && b->grey < 0.3f)
			late = b;
	}
	assert_non_null(term);
	assert_non_null(late);
	near_to(late->w / term->w, 1.5);
	near_to(late->x, term->x + 2.5 * (double)term->w);
	assert_non_null(find(&f->b.pages[0], "10 ngày"));
	assert_non_null(find(&f->b.pages[0], "?"));
	assert_true(find(&f->b.pages[0], "ngày 11")->y > find(&f->b.pages[0], "ngày 10")->y + 10);
	assert_int_equal(count(&f->b.pages[0], "bằng lời"), 0); /* it is drawn */
}

static void test_bad_text(void **state)
{
	struct fix *f = *state;
	struct doc_block *b = doc_add(f->d, f->s, BLOCK_PARAGRAPH, "Chọn ☐ có");

	lay_fails(f, "section 'S': the font has no character '☐' (U+2610), in the text \"Chọn ☐ có\": replace the character");
	b->text = "a\tb";
	lay_fails(f, "section 'S': control character U+0009 in the text \"a?b\": remove it from the data");
	b->text = "a\xff";
	lay_fails(f, "section 'S': the text \"a?\" is not valid UTF-8: correct the data");
	/* Decomposed letters are put together, not refused. */
	b->text = "Thi\xcc\xa3";
	lay(f);
	assert_non_null(find(&f->b.pages[0], "Thị"));
}

static void test_bad_cell(void **state)
{
	struct fix *f = *state;
	struct doc_table *t = rows_table(f, 2, false);

	t->columns[1].print_only_sheet = false;
	t->rows.rewind = NULL; /* not measured before */
	doc_add(f->d, f->s, BLOCK_TABLE, NULL)->table = t;
	lay(f);
	t->heads[0].text = "☐";
	lay_fails(f, "section 'S': table 't': the font has no character '☐' (U+2610), in the text \"☐\": replace the character");
	t->heads[0] = (struct doc_head){ 0, 2, 1, 2, "Sai" };
	lay_fails(f, "section 'S': table 't': the heading 'Sai' lies outside the table: correct its row, column and spans");
}

static int broken_next(void *ctx, struct cell *cells, enum row_kind *kind, struct err *e)
{
	int *n = ctx;

	(void)kind;
	if ((*n)++ < 1) {
		cells[0] = cell_str("ok");
		return 1;
	}
	if (*n < 3) {
		cells[0] = cell_str("x\x01");
		return 1;
	}
	err_set(e, "the ledger is gone");
	return -1;
}

static void test_broken_rows(void **state)
{
	struct fix *f = *state;
	struct doc_table *t = rows_table(f, 0, false);
	int n = 0;

	t->rows = (struct row_source){ .ctx = &n, .next = broken_next };
	doc_add(f->d, f->s, BLOCK_TABLE, NULL)->table = t;
	lay_fails(f, "section 'S': table 't': row 2: control character U+0001 in the text \"x?\": remove it from the data");
	n = 3;
	lay_fails(f, "section 'S': table 't': the ledger is gone");
}

static void test_nothing(void **state)
{
	struct fix *f = *state;

	lay_fails(f, "the report 'Báo cáo' has nothing to print");
	f->d->draft = "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nx";
	lay_fails(f, "the draft mark or the footer leaves no room on the page: shorten it");
}

static void test_no_printed_column(void **state)
{
	struct fix *f = *state;
	struct doc_table *t = rows_table(f, 1, false);

	for (int i = 0; i < 3; i++)
		t->columns[i].print_only_sheet = true;
	doc_add(f->d, f->s, BLOCK_TABLE, NULL)->table = t;
	lay_fails(f, "section 'S': table 't': the table has no column to print");
}

static void test_too_many_columns(void **state)
{
	struct fix *f = *state;
	struct doc_table *t = ARENA_NEW(f->a, struct doc_table);

	t->id = "t";
	t->n_columns = 150;
	t->columns = ARENA_ARRAY(f->a, 150, struct doc_column);
	for (int i = 0; i < 150; i++)
		t->columns[i].title = "Cột";
	doc_table_simple_heads(f->d, t);
	doc_add(f->d, f->s, BLOCK_TABLE, NULL)->table = t;
	lay_fails(f, "section 'S': table 't': its 150 columns do not fit the page: take a larger page or fewer columns");
}

static int dice(uint32_t *seed, int sides)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (int)(*seed >> 16) % sides;
}

/* Any widths, any texts: pages stay sane and nothing gets lost. */
static void test_any_table(void **state)
{
	uint32_t seed = 1;

	for (int run = 0; run < 150; run++) {
		struct fix *f;
		struct doc_table *t;
		int n, rows, stars = 0;
		struct cell *c;

		end(state);
		begin(state);
		f = *state;
		t = ARENA_NEW(f->a, struct doc_table);
		f->s->landscape = dice(&seed, 2);
		n = t->n_columns = 1 + dice(&seed, 24);
		rows = dice(&seed, 90);
		t->columns = ARENA_ARRAY(f->a, (size_t)n, struct doc_column);
		for (int i = 0; i < n; i++) {
			t->columns[i].title = arena_printf(f->a, "%.*s", 1 + dice(&seed, 30), "Số vụ việc đã giải quyết xong rồi");
			t->columns[i].width = dice(&seed, 3) ? 0 : dice(&seed, 60);
			if (strlen(t->columns[i].title) && (t->columns[i].title[strlen(t->columns[i].title) - 1] & 0x80))
				t->columns[i].title = "Tên";
		}
		doc_table_simple_heads(f->d, t);
		c = ARENA_ARRAY(f->a, (size_t)(n * rows + 1), struct cell);
		for (int i = 0; i < n * rows; i++) {
			c[i] = dice(&seed, 3) ? cell_int((int64_t)1 << dice(&seed, 40)) :
					 cell_str(arena_printf(f->a, "%.*s", dice(&seed, 70) + dice(&seed, 9) / 8 * 900,
							       "aa bbb-ccc ddddd.eeeeee fffff aa bbb ccc/ddddd eeeeee ffffffffffff"));
			if (i % n == 0)
				c[i] = cell_str("*");
		}
		t->rows = doc_rows_array(f->a, c, NULL, rows, n);
		if (!dice(&seed, 3))
			t->rows.rewind = NULL;
		doc_add(f->d, f->s, BLOCK_TABLE, NULL)->table = t;
		lay(f);
		for (int i = 0; i < f->b.n; i++)
			stars += count(&f->b.pages[i], "*");
		assert_int_equal(stars, rows);
	}
}

static void test_giant_head(void **state)
{
	struct fix *f = *state;
	struct doc_table *t = rows_table(f, 1, false);
	CLEANUP(str_free) struct str s = STR_INIT;

	for (int i = 0; i < 300; i++)
		str_add(&s, "tiêu\n");
	t->heads[2].text = s.p;
	doc_add(f->d, f->s, BLOCK_TABLE, NULL)->table = t;
	lay_fails(f, "section 'S': table 't': the table heading fills the page: shorten it or use a larger page");
	t->rows = doc_rows_array(f->a, NULL, NULL, 0, 3);
	lay_fails(f, "section 'S': a table heading or text block is taller than a page: shorten it or use a larger page");
}

static enum status refuse(void *ctx, const struct page *p, struct err *e)
{
	(void)ctx;
	(void)p;
	return err_set(e, "full");
}

static void test_emit_fails(void **state)
{
	struct fix *f = *state;
	struct err e = ERR_INIT;

	doc_add(f->d, f->s, BLOCK_PARAGRAPH, "Một");
	assert_int_equal(page_layout(f->d, &metrics, refuse, NULL, &e), ST_ERR);
	assert_string_equal(e.text, "full");
}

/* 20,000 rows with a page's memory: rows come from a generator that keeps one. */
static int endless_next(void *ctx, struct cell *cells, enum row_kind *kind, struct err *e)
{
	static char text[32];
	int *n = ctx;

	(void)kind;
	(void)e;
	if (*n == 20000)
		return 0;
	snprintf(text, sizeof(text), "row %d", (*n)++);
	cells[0] = cell_str(text);
	cells[2] = cell_int(*n);
	return 1;
}

static enum status count_rows(void *ctx, const struct page *p, struct err *e)
{
	int *next = ctx;

	(void)e;
	for (int i = 0; i < p->n_boxes; i++)
		if (p->boxes[i].kind == BOX_TEXT && str_starts(p->boxes[i].text, "row "))
			assert_int_equal(atoi(p->boxes[i].text + 4), (*next)++);
	return ST_OK;
}

static void test_many_rows(void **state)
{
	struct fix *f = *state;
	struct doc_table *t = rows_table(f, 0, false);
	struct err e = ERR_INIT;
	int n = 0, next = 0;

	t->rows = (struct row_source){ .ctx = &n, .next = endless_next, .count = 20000 };
	doc_add(f->d, f->s, BLOCK_TABLE, NULL)->table = t;
	assert_int_equal(page_layout(f->d, &metrics, count_rows, &next, &e), ST_OK);
	assert_int_equal(next, 20000);
}

#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_paragraph), T(test_page_numbers), T(test_no_empty_page), T(test_landscape),
		T(test_heading_stays), T(test_letterhead), T(test_letterhead_open_date), T(test_table),
		T(test_total_not_alone), T(test_signature_stays), T(test_two_signatories), T(test_tall_row),
		T(test_numbers_row), T(test_wide_form), T(test_group_and_flags), T(test_empty_table), T(test_chart), T(test_timeline), T(test_bad_text),
		T(test_bad_cell), T(test_broken_rows), T(test_nothing), T(test_no_printed_column), T(test_giant_head),
		T(test_too_many_columns), T(test_any_table),
		T(test_emit_fails), T(test_many_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
