/* The end of the guide: how to change a limit, which rules a document has, what the words mean. */
#include "audit_int.h"
#include "guide_int.h"

#include <stdlib.h>
#include <string.h>

void guide_howto(struct guide *g, const struct rule *const *rules, int n)
{
	const struct rule *r = NULL;

	for (int i = 0; i < n && !r; i++)
		if (rules[i]->n_params && rules[i]->params[0].type == PARAM_DAYS)
			r = rules[i];
	doc_add(g->d, g->s, BLOCK_HEADING, "Thay đổi tham số của quy tắc trong 10 phút")->anchor = "tham-so";
	doc_add(g->d, g->s, BLOCK_PARAGRAPH,
		"Tham số là giới hạn mà văn bản để đơn vị tự quy định, ví dụ số ngày không đăng nhập. Thời hạn do luật định không phải là "
		"tham số: các thời hạn đó ở tệp rules/terms.xml, mỗi thời hạn có căn cứ và ngày hiệu lực.");
	doc_add(g->d, g->s, BLOCK_PARAGRAPH, "Bước 1. Tìm tên tham số ở dòng “Tham số” của quy tắc trong tài liệu này.");
	doc_add(g->d, g->s, BLOCK_PARAGRAPH, "Bước 2. Mở tệp rasoat.xml của thư mục làm việc bằng trình soạn thảo văn bản.");
	if (r)
		doc_addf(g->d, g->s, BLOCK_PARAGRAPH,
			 "Bước 3. Thêm một dòng trước dòng cuối, ví dụ: <param rule=\"%s\" name=\"%s\" value=\"%s\"/>, thay số bằng giá trị của "
			 "đơn vị.", r->id, r->params[0].name, r->params[0].value);
	doc_add(g->d, g->s, BLOCK_PARAGRAPH,
		"Bước 4. Chạy lệnh rasoat check. Lệnh này báo dòng nào sai và sai gì; không có thông báo lỗi là được.");
	doc_add(g->d, g->s, BLOCK_PARAGRAPH,
		"Bước 5. Chạy lệnh rasoat rules --guide để in lại tài liệu này với giá trị mới, và rasoat audit để rà soát lại. Giá trị "
		"tham số của từng lần rà soát được lưu lại cùng kết quả.");
}

static bool is_document(const struct basis *b)
{
	return b->mark != MARK_INFERENCE || b->date;
}

/* Whether an earlier basis is of the same document. */
static bool seen_before(const struct rule *const *rules, int rule, int basis)
{
	const char *document = rules[rule]->bases[basis].document;

	for (int i = 0; i <= rule; i++)
		for (int k = 0; k < (i == rule ? basis : rules[i]->n_bases); k++)
			if (is_document(&rules[i]->bases[k]) && str_eq(rules[i]->bases[k].document, document))
				return true;
	return false;
}

static const char *rules_of(struct guide *g, const struct rule *const *rules, int n, const char *document)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	for (int i = 0; i < n; i++)
		for (int k = 0; k < rules[i]->n_bases; k++)
			if (is_document(&rules[i]->bases[k]) && str_eq(rules[i]->bases[k].document, document)) {
				str_addf(&out, "%s%s", out.len ? ", " : "", rules[i]->id);
				break;
			}
	return arena_strdup(g->a, out.p);
}

struct document_row {
	const char *name, *rules;
	day_t date;
};

static int by_name(const void *x, const void *y)
{
	const struct document_row *a = x, *b = y;

	return strcmp(a->name, b->name);
}

void guide_documents(struct guide *g, const struct rule *const *rules, int n)
{
	static const struct doc_column columns[] = {
		{ NULL, "Văn bản", 72, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Ngày", 24, ALIGN_CENTER, CELL_DATE, false },
		{ NULL, "Quy tắc", 69, ALIGN_LEFT, CELL_TEXT, false },
	};
	struct doc_table *t = audit_table(g->a, g->d, "documents", columns, 3);
	struct audit_rows rows = { .a = g->a, .width = 3 };
	struct document_row *list = NULL;
	int count = 0, cap = 0;

	for (int i = 0; i < n; i++)
		for (int k = 0; k < rules[i]->n_bases; k++) {
			const struct basis *b = &rules[i]->bases[k];
			day_t day = DAY_NONE;

			if (!is_document(b) || seen_before(rules, i, k))
				continue;
			if (b->date)
				(void)date_parse_iso(b->date, strlen(b->date), &day);
			*ARENA_PUSH(g->a, list, count, cap) =
				(struct document_row){ b->document, rules_of(g, rules, n, b->document), day };
		}
	if (count)
		qsort(list, (size_t)count, sizeof(*list), by_name);
	for (int i = 0; i < count; i++) {
		struct cell *c = audit_row(&rows, ROW_BODY);

		c[0] = cell_str(list[i].name);
		c[1] = cell_day(list[i].date);
		c[2] = cell_str(list[i].rules);
	}
	t->rows = audit_rows_source(&rows);
	doc_add(g->d, g->s, BLOCK_HEADING, "Tra cứu theo văn bản")->anchor = "van-ban";
	doc_add(g->d, g->s, BLOCK_TABLE, NULL)->table = t;
}

void guide_glossary(struct guide *g)
{
	static const struct {
		const char *word, *meaning;
	} words[] = {
		{ "Chưa xác định", "Thiếu một dữ kiện cần để kết luận. Không coi là vi phạm, cũng không coi là đúng quy định." },
		{ "Đối tượng", "Cái được xét: một tài khoản, một vụ việc, một đơn … Mỗi đối tượng có một mã." },
		{ "Không áp dụng", "Việc xảy ra ngoài thời gian có hiệu lực của quy định." },
		{ "Miễn trừ", "Vi phạm được người có thẩm quyền cho phép bằng văn bản, có thời hạn; vẫn được nêu trong kết quả, ghi rõ là miễn trừ." },
		{ "Mức độ", "Nghiêm trọng, Cao, Trung bình, Thấp: thứ tự xử lý, không phải mức kỷ luật." },
		{ "Ngày chốt số liệu", "Ngày mà kết quả tính đến hết; việc xảy ra sau ngày đó coi như chưa có." },
		{ "Ngày làm việc", "Ngày trong tuần từ thứ Hai đến thứ Sáu, trừ ngày nghỉ lễ, cộng ngày làm bù, theo tệp rules/calendar.xml." },
		{ "Ngày 0", "Ngày xảy ra việc làm bắt đầu thời hạn; ngày tiếp theo là ngày thứ nhất." },
		{ "Phát hiện", "Một đối tượng không đúng một quy tắc. Mã phát hiện không đổi giữa các lần rà soát." },
		{ "Quy tắc", "Một điều kiện mà dữ liệu phải thỏa mãn, kèm căn cứ pháp lý, mức độ và việc phải làm." },
		{ "Suy luận", "Cách hiểu của người xây dựng quy tắc khi chưa có văn bản quy định cụ thể; phải được đơn vị chấp nhận." },
		{ "Tạm đình chỉ", "Thời gian mà việc giải quyết dừng lại theo quyết định; những ngày đó không tính vào thời hạn khi luật cho phép." },
	};
	static const struct doc_column columns[] = {
		{ NULL, "Từ", 40, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Nghĩa trong tài liệu này", 125, ALIGN_LEFT, CELL_TEXT, false },
	};
	struct doc_table *t = audit_table(g->a, g->d, "words", columns, 2);
	struct audit_rows rows = { .a = g->a, .width = 2 };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		struct cell *c = audit_row(&rows, ROW_BODY);

		c[0] = cell_str(words[i].word);
		c[0].flags = CELL_BOLD;
		c[1] = cell_str(words[i].meaning);
	}
	t->rows = audit_rows_source(&rows);
	doc_add(g->d, g->s, BLOCK_HEADING, "Giải thích từ ngữ")->anchor = "tu-ngu";
	doc_add(g->d, g->s, BLOCK_TABLE, NULL)->table = t;
}
