/* The report of an audit that leadership reads and signs: what is wrong, how much, who, since when, what to do. */
#include "audit_int.h"

#include <string.h>

enum { TOP_UNITS = 10, WORST = 20 };

struct brief {
	struct arena *a;
	const struct audit_report_input *in;
	struct document *d;
	struct doc_section *s;
	struct unit_count *units;
	int n_units;         /* with findings or undecided cases */
	int failing_units;   /* with findings, of known units */
	struct doc_table *worst;
	day_t oldest;        /* DAY_NONE = no finding says since when */
	const struct rule *oldest_rule;
};

static const char *number(struct brief *b, int64_t n)
{
	return doc_number(b->a, n);
}

static void heading(struct brief *b, const char *text)
{
	doc_add(b->d, b->s, BLOCK_HEADING, text);
}

static void table(struct brief *b, struct doc_table *t, struct audit_rows *rows)
{
	t->rows = audit_rows_source(rows);
	doc_add(b->d, b->s, BLOCK_TABLE, NULL)->table = t;
}

/* --- what the ledger says --- */

static void put_worst(struct brief *b, struct audit_rows *rows, const struct rule *r, const struct finding *f,
		      day_t since)
{
	struct cell *c = audit_row(rows, ROW_BODY);

	c[0] = cell_int(rows->n);
	c[1] = cell_str(r->id);
	c[2] = cell_str(arena_strdup(b->a, f->key));
	c[3] = cell_str(arena_strdup(b->a, audit_unit_name(b->in, r, f->unit)));
	c[4] = cell_day(since);
	if (f->has_days)
		c[5] = cell_int(f->days);
	c[6] = cell_str(arena_strdup(b->a, f->message));
}

/* One pass over all findings, worst first: the first of them for the table, all for the oldest. */
static enum status read_findings(struct brief *b, struct err *e)
{
	static const struct doc_column columns[] = {
		{ NULL, "STT", 10, ALIGN_CENTER, CELL_TEXT, false },
		{ NULL, "Mã", 17, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Đối tượng", 26, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Đơn vị", 32, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Từ ngày", 20, ALIGN_CENTER, CELL_DATE, false },
		{ NULL, "Số ngày", 14, ALIGN_RIGHT, CELL_INT, false },
		{ NULL, "Nội dung", 0, ALIGN_LEFT, CELL_TEXT, false },
	};
	struct audit_rows rows = { .a = b->a, .width = 7 };
	struct finding_cursor *cursor = NULL;
	const struct rule *r;
	struct finding f;
	int got;

	if (finding_cursor_open(b->in->ledger, b->in->result->run_id, NULL, b->in->workspace->rules, ORDER_WORST,
				&cursor, e) != ST_OK)
		return ST_ERR;
	while ((got = finding_next(cursor, &f, &r, e)) > 0) {
		day_t since = DAY_NONE;

		if (f.since && date_parse_iso(f.since, strlen(f.since), &since) &&
		    (b->oldest == DAY_NONE || since < b->oldest)) {
			b->oldest = since;
			b->oldest_rule = r;
		}
		if (rows.n < WORST)
			put_worst(b, &rows, r, &f, since);
	}
	finding_cursor_close(cursor);
	if (got < 0)
		return ST_ERR;
	b->worst = audit_table(b->a, b->d, "worst", columns, 7);
	b->worst->font_size = 9;
	b->worst->rows = audit_rows_source(&rows);
	return ST_OK;
}

static enum status read_all(struct brief *b, struct err *e)
{
	b->oldest = DAY_NONE;
	if (audit_units(b->a, b->in, &b->units, &b->n_units, e) != ST_OK || read_findings(b, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < b->n_units; i++)
		b->failing_units += b->units[i].fails > 0 && *b->units[i].unit_id;
	return ST_OK;
}

/* --- the top of the page --- */

static void add_address(struct brief *b)
{
	const struct agency *agency = &b->in->workspace->agency;

	if (agency->n_addressees == 1)
		doc_addf(b->d, b->s, BLOCK_ADDRESS, "Kính gửi: %s", agency->addressees[0]);
	if (agency->n_addressees <= 1)
		return;
	doc_add(b->d, b->s, BLOCK_ADDRESS, "Kính gửi:");
	for (int i = 0; i < agency->n_addressees; i++)
		doc_addf(b->d, b->s, BLOCK_ADDRESS, "- %s%s", agency->addressees[i],
			 i == agency->n_addressees - 1 ? "." : ";");
}

static void add_top(struct brief *b)
{
	const struct agency *agency = &b->in->workspace->agency;
	struct doc_letterhead *l = ARENA_NEW(b->a, struct doc_letterhead);
	int year, month, day;

	date_to_ymd(b->in->result->as_of, &year, &month, &day);
	*l = (struct doc_letterhead){
		.superior = agency->superior,
		.agency = agency->name,
		.number = arena_printf(b->a, "Số:          /%s", agency->symbol ? agency->symbol : ""),
		.place = agency->place,
		.date = DAY_NONE,
		.year_hint = year,
	};
	doc_add(b->d, b->s, BLOCK_LETTERHEAD, NULL)->letterhead = l;
	doc_add(b->d, b->s, BLOCK_TITLE, "BÁO CÁO");
	doc_addf(b->d, b->s, BLOCK_SUBTITLE, "Kết quả rà soát %s", audit_subject(b->a, b->in));
	doc_addf(b->d, b->s, BLOCK_LINE, "(Số liệu đến ngày %s)", audit_day(b->a, b->in->result->as_of));
	add_address(b);
}

/* --- I --- */

static void add_counts(struct brief *b)
{
	int64_t examined = 0;
	int ran = 0;

	for (int i = 0; i < b->in->result->n_outcomes; i++)
		if (audit_ran(&b->in->result->outcomes[i])) {
			examined += b->in->result->outcomes[i].examined;
			ran++;
		}
	doc_addf(b->d, b->s, BLOCK_PARAGRAPH,
		 "Đã rà soát %s nội dung, với %s lượt đối tượng được kiểm tra. Phạm vi: %s.", number(b, ran),
		 number(b, examined), audit_scope(b->a, b->in));
}

static void add_found(struct brief *b)
{
	CLEANUP(str_free) struct str parts = STR_INIT;
	int64_t by[SEV_COUNT];

	if (!b->in->result->found) {
		doc_add(b->d, b->s, BLOCK_PARAGRAPH, "Không phát hiện trường hợp vi phạm nào.");
		return;
	}
	audit_by_severity(b->in, by);
	for (int v = 0; v < SEV_COUNT; v++)
		if (by[v])
			str_addf(&parts, "%smức “%s” %s trường hợp", parts.len ? "; " : "", severity_vietnamese[v],
				 number(b, by[v]));
	doc_addf(b->d, b->s, BLOCK_PARAGRAPH, "Phát hiện %s trường hợp vi phạm tại %s đơn vị, trong đó: %s.",
		 number(b, b->in->result->found), number(b, b->failing_units), parts.p);
	if (b->oldest != DAY_NONE)
		doc_addf(b->d, b->s, BLOCK_PARAGRAPH,
			 "Trường hợp kéo dài lâu nhất bắt đầu từ ngày %s, thuộc nội dung %s (%s).", audit_day(b->a, b->oldest),
			 b->oldest_rule->id, b->oldest_rule->title);
}

static void add_general(struct brief *b)
{
	heading(b, "I. KẾT QUẢ CHUNG");
	add_counts(b);
	add_found(b);
	if (b->in->result->indeterminate)
		doc_addf(b->d, b->s, BLOCK_PARAGRAPH,
			 "Ngoài ra còn %s trường hợp chưa đủ dữ liệu để kết luận (mục V); không được coi là đúng quy định.",
			 number(b, b->in->result->indeterminate));
	if (b->in->result->errors)
		doc_addf(b->d, b->s, BLOCK_PARAGRAPH,
			 "Có %s nội dung chưa rà soát được do lỗi (mục V); kết quả trên chưa gồm các nội dung này.",
			 number(b, b->in->result->errors))->flags = CELL_WARN | CELL_BOLD;
	audit_severity(b->a, b->d, b->s, b->in, 0);
}

/* --- II, III, IV --- */

static void add_by_rule(struct brief *b)
{
	static const struct doc_column columns[] = {
		{ NULL, "Mã", 17, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Nội dung rà soát", 0, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Mức độ", 22, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Phát hiện", 16, ALIGN_RIGHT, CELL_INT, false },
		{ NULL, "Chưa xác định", 16, ALIGN_RIGHT, CELL_INT, false },
		{ NULL, "Căn cứ", 45, ALIGN_LEFT, CELL_TEXT, false },
	};
	struct doc_table *t = audit_table(b->a, b->d, "by-rule", columns, 6);
	struct audit_rows rows = { .a = b->a, .width = 6 };

	t->font_size = 9;
	for (int i = 0; i < b->in->result->n_outcomes; i++) {
		const struct rule_outcome *o = &b->in->result->outcomes[i];
		struct cell *c = audit_row(&rows, ROW_BODY);

		c[0] = cell_str(o->rule->id);
		c[1] = cell_str(o->rule->title);
		c[2] = cell_str(severity_vietnamese[o->rule->severity]);
		c[3] = audit_ran(o) ? cell_int(o->found) : (struct cell){ .kind = CELL_NA };
		c[4] = audit_ran(o) ? cell_int(o->indeterminate) : (struct cell){ .kind = CELL_NA };
		c[5] = cell_str(audit_basis(b->a, o->rule));
	}
	audit_total(&rows, t, 1);
	heading(b, "II. KẾT QUẢ THEO NỘI DUNG RÀ SOÁT");
	table(b, t, &rows);
	doc_add(b->d, b->s, BLOCK_NOTE,
		"Dấu “–”: nội dung không áp dụng tại ngày chốt số liệu hoặc chưa rà soát được (mục V).");
}

static void add_units(struct brief *b)
{
	int shown = b->n_units < TOP_UNITS ? b->n_units : TOP_UNITS;

	heading(b, "III. ĐƠN VỊ CÓ NHIỀU VI PHẠM");
	if (b->n_units > shown)
		doc_addf(b->d, b->s, BLOCK_PARAGRAPH,
			 "%s đơn vị có nhiều vi phạm nhất như bảng dưới đây; %s đơn vị khác có phát hiện hoặc có trường hợp chưa xác định được "
			 "cộng vào một dòng.", number(b, shown), number(b, b->n_units - shown));
	audit_unit_table(b->a, b->d, b->s, b->in, b->units, b->n_units, shown, shown, 0);
}

static const char *workbook_name(struct brief *b)
{
	const char *unit = b->in->result->unit;
	char day[11];

	if (b->in->workbook_name)
		return b->in->workbook_name;
	return arena_printf(b->a, "audit-%s%s%s.xlsx", date_iso(b->in->result->as_of, day), unit ? "-" : "",
			    unit ? unit : "");
}

static void add_worst(struct brief *b)
{
	int64_t n = b->in->result->found;

	heading(b, "IV. CÁC TRƯỜNG HỢP NGHIÊM TRỌNG NHẤT");
	if (!n) {
		doc_add(b->d, b->s, BLOCK_PARAGRAPH, "Không có.");
		return;
	}
	doc_addf(b->d, b->s, BLOCK_PARAGRAPH,
		 "Bảng dưới đây nêu %s trường hợp, xếp theo mức độ, sau đó theo số ngày. Danh sách đầy đủ %s trường hợp tại tệp %s.",
		 number(b, b->worst->rows.count), number(b, n), workbook_name(b));
	doc_add(b->d, b->s, BLOCK_TABLE, NULL)->table = b->worst;
}

/* --- V --- */

static void add_undecided(struct brief *b)
{
	static const struct doc_column columns[] = {
		{ NULL, "Mã", 17, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Nội dung rà soát", 0, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Số trường hợp", 30, ALIGN_RIGHT, CELL_INT, false },
	};
	struct doc_table *t = audit_table(b->a, b->d, "indeterminate", columns, 3);
	struct audit_rows rows = { .a = b->a, .width = 3 };

	if (!b->in->result->indeterminate) {
		doc_add(b->d, b->s, BLOCK_PARAGRAPH, "Không có trường hợp nào thiếu dữ liệu để kết luận.");
		return;
	}
	for (int i = 0; i < b->in->result->n_outcomes; i++) {
		const struct rule_outcome *o = &b->in->result->outcomes[i];
		struct cell *c;

		if (!o->indeterminate)
			continue;
		c = audit_row(&rows, ROW_BODY);
		c[0] = cell_str(o->rule->id);
		c[1] = cell_str(o->rule->title);
		c[2] = cell_int(o->indeterminate);
	}
	audit_total(&rows, t, 1);
	doc_addf(b->d, b->s, BLOCK_PARAGRAPH,
		 "%s trường hợp chưa đủ dữ liệu để kết luận; lý do của từng trường hợp có trong tệp nêu tại mục IV.",
		 number(b, b->in->result->indeterminate));
	table(b, t, &rows);
}

static void add_data(struct brief *b)
{
	CLEANUP(str_free) struct str tables = STR_INIT;
	int64_t rows = 0;

	heading(b, "V. DỮ LIỆU CHƯA ĐỦ");
	add_undecided(b);
	for (int i = 0; i < b->in->result->n_outcomes; i++) {
		const struct rule_outcome *o = &b->in->result->outcomes[i];

		if (o->error)
			doc_addf(b->d, b->s, BLOCK_PARAGRAPH, "Nội dung %s (%s) chưa rà soát được. Lỗi: %s.", o->rule->id,
				 o->rule->title, o->error)->flags = CELL_WARN;
	}
	for (int i = 0; i < b->in->n_quarantine; i++) {
		if (!b->in->quarantine[i].rows)
			continue;
		rows += b->in->quarantine[i].rows;
		str_addf(&tables, "%s%s: %s", tables.len ? "; " : "", b->in->quarantine[i].table,
			 number(b, b->in->quarantine[i].rows));
	}
	if (rows)
		doc_addf(b->d, b->s, BLOCK_PARAGRAPH,
			 "%s dòng dữ liệu đang cách ly do không đọc được, chưa được rà soát (%s).", number(b, rows), tables.p);
	else
		doc_add(b->d, b->s, BLOCK_PARAGRAPH, "Không có dữ liệu đang cách ly.");
}

/* --- VI, VII --- */

/* Rules with the same remedy share one line. */
static void add_remedy(struct brief *b, int first)
{
	const struct audit_result *r = b->in->result;
	const char *remedy = r->outcomes[first].rule->remedy;
	CLEANUP(str_free) struct str ids = STR_INIT;
	int64_t n = 0;
	size_t len;

	for (int i = 0; i < r->n_outcomes; i++) {
		if (!r->outcomes[i].found || !str_eq(r->outcomes[i].rule->remedy, remedy))
			continue;
		if (i < first)
			return;
		n += r->outcomes[i].found;
		str_addf(&ids, "%s%s", ids.len ? ", " : "", r->outcomes[i].rule->id);
	}
	len = strlen(remedy);
	while (len && strchr(". ", remedy[len - 1]))
		len--;
	doc_addf(b->d, b->s, BLOCK_PARAGRAPH, "- %.*s (%s: %s trường hợp).", (int)len, remedy, ids.p, number(b, n));
}

static void add_remedies(struct brief *b)
{
	const struct audit_result *r = b->in->result;
	bool any = false;

	heading(b, "VI. KIẾN NGHỊ");
	for (int i = 0; i < r->n_outcomes; i++)
		if (r->outcomes[i].found && r->outcomes[i].rule->remedy && *r->outcomes[i].rule->remedy) {
			add_remedy(b, i);
			any = true;
		}
	if (r->indeterminate || b->in->n_quarantine) {
		doc_add(b->d, b->s, BLOCK_PARAGRAPH, "- Bổ sung dữ liệu còn thiếu nêu tại mục V và rà soát lại.");
		any = true;
	}
	if (!any)
		doc_add(b->d, b->s, BLOCK_PARAGRAPH, "Không có kiến nghị.");
}

static void add_reading(struct brief *b)
{
	heading(b, "VII. CÁCH ĐỌC BÁO CÁO");
	doc_addf(b->d, b->s, BLOCK_PARAGRAPH,
		 "Kết quả tính theo dữ liệu có đến hết ngày %s; việc xảy ra sau ngày đó không được tính.",
		 audit_day(b->a, b->in->result->as_of));
	doc_add(b->d, b->s, BLOCK_PARAGRAPH,
		"“Phát hiện” là trường hợp dữ liệu cho thấy trái với quy định ở cột Căn cứ. “Chưa xác định” là trường hợp dữ liệu "
		"chưa đủ để kết luận. Một đối tượng vi phạm nhiều nội dung được tính ở từng nội dung.");
	doc_add(b->d, b->s, BLOCK_PARAGRAPH,
		"Căn cứ ghi “suy luận” là chưa có văn bản quy định cụ thể; “chưa đối chiếu văn bản gốc” là cần kiểm tra lại văn bản "
		"trước khi viện dẫn./.");
}

static void add_signature(struct brief *b)
{
	const struct agency *agency = &b->in->workspace->agency;
	struct doc_signature *s = ARENA_NEW(b->a, struct doc_signature);

	*s = (struct doc_signature){
		.recipients = agency->recipients, .n_recipients = agency->n_recipients, .authority = agency->authority,
		.post = agency->post, .name = agency->signatory,
	};
	doc_add(b->d, b->s, BLOCK_SIGNATURE, NULL)->signature = s;
}

enum status audit_brief(struct arena *a, const struct audit_report_input *in, struct document **ret, struct err *e)
{
	struct brief b = { .a = a, .in = in, .d = doc_new(a) };

	b.d->title = arena_printf(a, "Báo cáo kết quả rà soát %s", audit_subject(a, in));
	b.d->author = in->workspace->agency.name;
	b.d->subject = arena_printf(a, "Số liệu đến ngày %s", audit_day(a, in->result->as_of));
	b.d->created = in->result->as_of;
	b.s = doc_section_add(b.d, "brief", "Báo cáo", false, false);
	if (read_all(&b, e) != ST_OK)
		return ST_ERR;
	add_top(&b);
	add_general(&b);
	add_by_rule(&b);
	add_units(&b);
	add_worst(&b);
	add_data(&b);
	add_remedies(&b);
	add_reading(&b);
	add_signature(&b);
	*ret = b.d;
	return ST_OK;
}
