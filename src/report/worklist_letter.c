/* The letter that goes with a unit's work list: công văn, Nghị định 30/2020/NĐ-CP, Phụ lục III mẫu 1.5. */
#include "worklist_int.h"

#include <rasoat/text.h>

#include <string.h>

struct letter {
	struct arena *a;
	const struct worklist *w;
	int unit;
	const struct worklist_unit *u;
	struct document *d;
	struct doc_section *s;
	const char *workbook, *agency; /* the agency's name in a sentence */
};

static const char *number(struct letter *l, int64_t n)
{
	return n < 10 && n >= 0 ? arena_printf(l->a, "%02d", (int)n) : doc_number(l->a, n);
}

static const char *day_words(struct letter *l, day_t day)
{
	int y, m, d;

	date_to_ymd(day, &y, &m, &d);
	return arena_printf(l->a, m < 3 ? "ngày %02d tháng %02d năm %d" : "ngày %02d tháng %d năm %d", d, m, y);
}

/* A letter's number has no kind of document in front: "Số:     /BHXH-TTKT". */
static const char *symbol(const struct workspace *w)
{
	const char *own = w->agency.symbol ? w->agency.symbol : "", *hyphen = strchr(own, '-');

	if (w->worklist.symbol)
		return w->worklist.symbol;
	return hyphen ? hyphen + 1 : own;
}

/* The letterhead has the agency in capitals; a sentence has its name as the tree of units writes it. */
static const char *agency_name(struct arena *a, const struct worklist_options *o)
{
	const struct units *trees[] = { o->account_units, o->case_units };
	const struct agency *agency = &o->workspace->agency;

	for (int t = 0; t < 2; t++)
		for (int i = 0; trees[t] && i < units_count(trees[t]); i++) {
			const struct unit *u = units_at(trees[t], i);

			if (agency->unit_id ? str_eq(u->id, agency->unit_id) :
					      str_eq(text_upper(a, u->name), text_upper(a, agency->name)))
				return u->name;
		}
	return agency->name;
}

static void add_top(struct letter *l)
{
	const struct agency *agency = &l->w->opt->workspace->agency;
	struct doc_letterhead *h = ARENA_NEW(l->a, struct doc_letterhead);
	int year, month, day;

	date_to_ymd(l->w->opt->as_of, &year, &month, &day);
	*h = (struct doc_letterhead){
		.superior = agency->superior,
		.agency = agency->name,
		.number = arena_printf(l->a, "Số:          /%s", symbol(l->w->opt->workspace)),
		.subject = arena_printf(l->a, "V/v khắc phục kết quả rà soát, số liệu đến ngày %s", audit_day(l->a, l->w->opt->as_of)),
		.place = agency->place,
		.date = DAY_NONE,
		.year_hint = year,
	};
	doc_add(l->d, l->s, BLOCK_LETTERHEAD, NULL)->letterhead = h;
	doc_addf(l->d, l->s, BLOCK_ADDRESS, "Kính gửi: %s", l->u->name);
}

/* "02 phát hiện mức Nghiêm trọng, 05 phát hiện mức Cao" */
static const char *severities(struct letter *l)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	for (int v = 0; v < SEV_COUNT; v++)
		if (l->u->by_severity[v])
			str_addf(&out, "%s%s phát hiện mức %s", out.len ? ", " : "", number(l, l->u->by_severity[v]),
				 severity_vietnamese[v]);
	return arena_strdup(l->a, out.p);
}

static void add_findings(struct letter *l)
{
	const struct worklist_unit *u = l->u;
	const char *lines[3];
	int n = 0;

	doc_addf(l->d, l->s, BLOCK_PARAGRAPH,
		 "Thực hiện việc rà soát theo quy định, trên số liệu đến hết %s, %s đã rà soát dữ liệu của đơn vị. Kết quả như sau:",
		 day_words(l, l->w->opt->as_of), l->agency);
	if (u->counts[VERDICT_FAIL])
		lines[n++] = arena_printf(l->a, "%s phát hiện phải xử lý, gồm: %s", number(l, u->counts[VERDICT_FAIL]),
					  severities(l));
	else
		lines[n++] = "Không có phát hiện phải xử lý";
	if (u->counts[VERDICT_INDETERMINATE])
		lines[n++] = arena_printf(l->a, "%s trường hợp chưa kết luận được vì thiếu dữ liệu, cần bổ sung thông tin",
					  number(l, u->counts[VERDICT_INDETERMINATE]));
	if (u->counts[VERDICT_WAIVED])
		lines[n++] = arena_printf(l->a, "%s trường hợp đã được miễn trừ bằng văn bản, nêu riêng để theo dõi",
					  number(l, u->counts[VERDICT_WAIVED]));
	for (int i = 0; i < n; i++)
		doc_addf(l->d, l->s, BLOCK_PARAGRAPH, "- %s%s", lines[i], i == n - 1 ? "." : ";");
}

/* The rules of this unit's tasks, gravest first as the rules stand, with their law. */
static void add_rules(struct letter *l)
{
	static const struct doc_column columns[] = {
		{ NULL, "Mã", 17, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Nội dung", 58, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Số phát hiện", 18, ALIGN_RIGHT, CELL_INT, false },
		{ NULL, "Căn cứ", 72, ALIGN_LEFT, CELL_TEXT, false },
	};
	struct doc_table *t = audit_table(l->a, l->d, "rules", columns, 4);
	struct audit_rows rows = { .a = l->a, .width = 4 };
	const struct rule_set *set = l->w->opt->workspace->rules;

	if (!l->u->counts[VERDICT_FAIL])
		return;
	for (int v = 0; v < SEV_COUNT; v++)
		for (int i = 0; i < set->n_rules; i++) {
			int64_t n = (int)set->rules[i]->severity == v ? worklist_rule_count(l->w, l->unit, i, VERDICT_FAIL) : 0;
			struct cell *c;

			if (!n)
				continue;
			c = audit_row(&rows, ROW_BODY);
			c[0] = cell_str(set->rules[i]->id);
			c[1] = cell_str(set->rules[i]->title);
			c[2] = cell_int(n);
			c[3] = cell_str(audit_basis(l->a, set->rules[i]));
		}
	audit_total(&rows, t, 1);
	t->rows = audit_rows_source(&rows);
	t->font_size = 10;
	doc_add(l->d, l->s, BLOCK_TABLE, NULL)->table = t;
}

static const char *deadlines(struct letter *l)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	for (int v = 0; v < SEV_COUNT; v++)
		if (l->u->by_severity[v])
			str_addf(&out, "%smức %s chậm nhất ngày %s", out.len ? "; " : "", severity_vietnamese[v],
				 audit_day(l->a, l->w->due[v]));
	return arena_strdup(l->a, out.p);
}

static day_t last_due(const struct letter *l)
{
	for (int v = SEV_COUNT - 1; v >= 0; v--)
		if (l->u->by_severity[v])
			return l->w->due[v];
	return l->w->due[SEV_LOW];
}

static void add_requests(struct letter *l)
{
	int n = 1;

	doc_addf(l->d, l->s, BLOCK_PARAGRAPH, "Đề nghị %s thực hiện:", l->u->name);
	if (l->u->counts[VERDICT_FAIL]) {
		doc_addf(l->d, l->s, BLOCK_PARAGRAPH, "%d. Xử lý các phát hiện nêu tại Phụ lục đúng hạn: %s.", n++, deadlines(l));
		doc_add(l->d, l->s, BLOCK_PARAGRAPH, worklist_due_words(l->a, l->w));
	}
	if (l->u->counts[VERDICT_INDETERMINATE])
		doc_addf(l->d, l->s, BLOCK_PARAGRAPH,
			 "%d. Bổ sung vào hồ sơ, phần mềm nghiệp vụ các thông tin còn thiếu của những trường hợp chưa kết luận được.", n++);
	doc_addf(l->d, l->s, BLOCK_PARAGRAPH,
		 "%d. Ghi kết quả vào tệp %s gửi kèm và gửi lại %s chậm nhất ngày %s.", n, l->workbook,
		 l->agency, audit_day(l->a, last_due(l)));
	doc_add(l->d, l->s, BLOCK_PARAGRAPH,
		"Một phát hiện chỉ được coi là đã xử lý xong khi lần rà soát sau, trên dữ liệu mới, không còn phát hiện đó. Trường hợp "
		"phát hiện không đúng thực tế, đề nghị nêu rõ và gửi kèm tài liệu để sửa dữ liệu gốc./.");
}

static void add_signature(struct letter *l)
{
	const struct agency *agency = &l->w->opt->workspace->agency;
	struct doc_signature *s = ARENA_NEW(l->a, struct doc_signature);
	const char **to = ARENA_ARRAY(l->a, (size_t)agency->n_recipients + 1, const char *);
	int n = 0;

	to[n++] = "Như trên";
	for (int i = 0; i < agency->n_recipients; i++)
		if (!str_starts(agency->recipients[i], "Như trên"))
			to[n++] = agency->recipients[i];
	*s = (struct doc_signature){ .recipients = to, .n_recipients = n, .authority = agency->authority, .post = agency->post,
				     .name = agency->signatory };
	doc_add(l->d, l->s, BLOCK_SIGNATURE, NULL)->signature = s;
}

static void add_list(struct letter *l, const char *id, const char *heading, enum verdict verdict,
		     const enum worklist_column *wanted, int n)
{
	static const struct doc_column known[WL_COLUMNS] = {
		[WL_NUMBER] = { NULL, "STT", 11, ALIGN_CENTER, CELL_INT, false },
		[WL_RULE] = { NULL, "Mã", 17, ALIGN_LEFT, CELL_TEXT, false },
		[WL_MESSAGE] = { NULL, "Nội dung", 0, ALIGN_LEFT, CELL_TEXT, false },
		[WL_REASON] = { NULL, "Lý do", 60, ALIGN_LEFT, CELL_TEXT, false },
		[WL_KEY] = { NULL, "Đối tượng", 28, ALIGN_LEFT, CELL_TEXT, false },
		[WL_SINCE] = { NULL, "Từ ngày", 21, ALIGN_CENTER, CELL_DATE, false },
		[WL_DAYS] = { NULL, "Số ngày", 14, ALIGN_RIGHT, CELL_INT, false },
		[WL_REMEDY] = { NULL, "Việc phải làm", 52, ALIGN_LEFT, CELL_TEXT, false },
		[WL_DUE] = { NULL, "Hạn xử lý", 21, ALIGN_CENTER, CELL_DATE, false },
	};
	struct doc_column *columns = ARENA_ARRAY(l->a, (size_t)n, struct doc_column);
	struct doc_table *t;

	if (!l->u->counts[verdict])
		return;
	for (int i = 0; i < n; i++)
		columns[i] = known[wanted[i]];
	t = audit_table(l->a, l->d, id, columns, n);
	t->rows = worklist_rows(l->a, l->w, l->unit, verdict, wanted, n);
	doc_add(l->d, l->s, BLOCK_HEADING, heading);
	doc_add(l->d, l->s, BLOCK_TABLE, NULL)->table = t;
}

static void add_appendix(struct letter *l)
{
	static const enum worklist_column tasks[] = { WL_NUMBER, WL_RULE, WL_MESSAGE, WL_KEY, WL_SINCE, WL_DAYS, WL_REMEDY, WL_DUE };
	static const enum worklist_column open[] = { WL_NUMBER, WL_RULE, WL_MESSAGE, WL_REASON, WL_KEY };
	int year, month, day;

	date_to_ymd(l->w->opt->as_of, &year, &month, &day);
	l->s = doc_section_add(l->d, "appendix", "Phụ lục", false, true);
	doc_add(l->d, l->s, BLOCK_TITLE, "PHỤ LỤC");
	doc_addf(l->d, l->s, BLOCK_SUBTITLE, "Danh sách kết quả rà soát của %s, số liệu đến ngày %s", l->u->name,
		 audit_day(l->a, l->w->opt->as_of));
	doc_addf(l->d, l->s, BLOCK_LINE, "(Kèm theo Công văn số          /%s ngày     tháng     năm %d của %s)",
		 symbol(l->w->opt->workspace), year, l->agency);
	add_list(l, "tasks", "I. Phát hiện phải xử lý", VERDICT_FAIL, tasks, 8);
	add_list(l, "open", "II. Trường hợp cần bổ sung thông tin", VERDICT_INDETERMINATE, open, 5);
	add_list(l, "waived", "III. Trường hợp đã được miễn trừ", VERDICT_WAIVED, open, 5);
}

struct document *worklist_letter(struct arena *a, const struct worklist *w, int unit, const char *workbook_name)
{
	struct letter l = { .a = a, .w = w, .unit = unit, .u = &w->units[unit], .d = doc_new(a), .workbook = workbook_name };

	l.agency = agency_name(a, w->opt);
	l.d->title = arena_printf(a, "Công văn về việc khắc phục kết quả rà soát – %s", l.u->name);
	l.d->author = w->opt->workspace->agency.name;
	l.d->subject = arena_printf(a, "Số liệu đến ngày %s", audit_day(a, w->opt->as_of));
	l.d->created = w->opt->as_of;
	l.s = doc_section_add(l.d, "letter", "Công văn", false, false);
	add_top(&l);
	add_findings(&l);
	add_rules(&l);
	add_requests(&l);
	add_signature(&l);
	add_appendix(&l);
	return l.d;
}
