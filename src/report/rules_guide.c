/* The guide to the rules: how to read it, the list, a section for each pack, what to look up. */
#include <rasoat/rules_guide.h>

#include "audit_int.h"
#include "guide_int.h"

static bool is_chosen(const char *const *packs, const char *pack)
{
	if (!packs)
		return true;
	for (; *packs; packs++)
		if (str_eq(*packs, pack))
			return true;
	return false;
}

static void add_title(struct guide *g, int n)
{
	g->s = doc_section_add(g->d, "dau", "Hướng dẫn", false, false);
	doc_add(g->d, g->s, BLOCK_TITLE, "HƯỚNG DẪN ĐỌC CÁC QUY TẮC RÀ SOÁT");
	if (*g->w->agency.name)
		doc_add(g->d, g->s, BLOCK_SUBTITLE, g->w->agency.name);
	doc_addf(g->d, g->s, BLOCK_LINE, "%s quy tắc; bộ quy tắc %.12s", doc_number(g->a, n), g->w->rules->digest);
}

static void add_reading(struct guide *g)
{
	doc_add(g->d, g->s, BLOCK_HEADING, "Cách đọc tài liệu này")->anchor = "cach-doc";
	doc_add(g->d, g->s, BLOCK_PARAGRAPH,
		"Mỗi quy tắc có một trang thông tin: kiểm tra điều gì, đối tượng nào, theo văn bản nào và chắc chắn đến đâu, khi nào chưa "
		"kết luận, phải làm gì. Thời hạn được vẽ thành hình từ ngày bắt đầu đến ngày cuối còn đúng hạn; ví dụ cho thấy kết quả "
		"của ngày trước, ngày cuối và ngày sau.");
	doc_add(g->d, g->s, BLOCK_PARAGRAPH,
		"Kết quả của một đối tượng là một trong các loại: đúng quy định; vi phạm; chưa xác định (thiếu dữ kiện, không được coi là "
		"đúng cũng không bị coi là sai); được miễn trừ bằng văn bản; không áp dụng vì quy định không có hiệu lực vào ngày đó.");
	guide_legend(g);
}

static void add_list(struct guide *g, const struct rule *const *rules, int n)
{
	static const struct doc_column columns[] = {
		{ NULL, "Mã", 20, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Nội dung kiểm tra", 120, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Mức độ", 25, ALIGN_LEFT, CELL_TEXT, false },
	};
	struct doc_table *t = audit_table(g->a, g->d, "list", columns, 3);
	struct audit_rows rows = { .a = g->a, .width = 3 };
	const char *pack = NULL;

	for (int i = 0; i < n; i++) {
		struct cell *c;

		if (!str_eq(pack, rules[i]->pack)) {
			pack = rules[i]->pack;
			audit_row(&rows, ROW_GROUP)[0] = cell_str(guide_pack(pack));
		}
		c = audit_row(&rows, ROW_BODY);
		c[0] = cell_str(rules[i]->id);
		c[0].link = rules[i]->id;
		c[1] = cell_str(rules[i]->title);
		c[2] = cell_str(severity_vietnamese[rules[i]->severity]);
	}
	t->rows = audit_rows_source(&rows);
	doc_add(g->d, g->s, BLOCK_HEADING, "Danh mục quy tắc")->anchor = "danh-muc";
	doc_add(g->d, g->s, BLOCK_TABLE, NULL)->table = t;
}

static void add_packs(struct guide *g, const struct rule *const *rules, int n)
{
	const char *pack = NULL;

	for (int i = 0; i < n; i++) {
		if (!str_eq(pack, rules[i]->pack)) {
			pack = rules[i]->pack;
			g->s = doc_section_add(g->d, arena_printf(g->a, "goi-%s", pack), guide_pack(pack), false, false);
			doc_add(g->d, g->s, BLOCK_TITLE, guide_pack(pack));
		}
		guide_rule(g, rules[i]);
	}
}

struct document *rules_guide(struct arena *a, const struct workspace *w, const char *const *packs)
{
	const struct rule **rules = ARENA_ARRAY(a, (size_t)w->rules->n_rules + 1, const struct rule *);
	struct guide g = { .a = a, .w = w, .d = doc_new(a) };
	int n = 0;

	for (int i = 0; i < w->rules->n_rules; i++)
		if (is_chosen(packs, w->rules->rules[i]->pack))
			rules[n++] = w->rules->rules[i];
	g.d->title = "Hướng dẫn đọc các quy tắc rà soát";
	g.d->author = w->agency.name;
	g.d->subject = arena_printf(a, "Bộ quy tắc %.12s", w->rules->digest);
	g.d->footer = g.d->title;
	add_title(&g, n);
	add_reading(&g);
	add_list(&g, rules, n);
	add_packs(&g, rules, n);
	g.s = doc_section_add(g.d, "tra-cuu", "Tra cứu", false, false);
	doc_add(g.d, g.s, BLOCK_TITLE, "TRA CỨU");
	guide_howto(&g, rules, n);
	guide_documents(&g, rules, n);
	guide_glossary(&g);
	return g.d;
}
