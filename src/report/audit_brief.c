/* The report of an audit that leadership reads and signs: what is wrong, how much, who, since when, what to do. */
#include "brief_int.h"
#include "input_name.h"

#include <rasoat/text.h>
#include <string.h>

enum { TOP_UNITS = 10, NAMED_UNITS = 3 };

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

/* As running text has it: days below 10 and the months 1 and 2 with a zero in front (Nghị định 30/2020/NĐ-CP). */
static const char *day_words(struct brief *b, day_t day)
{
	int y, m, d;

	date_to_ymd(day, &y, &m, &d);
	return arena_printf(b->a, m < 3 ? "ngày %02d tháng %02d năm %d" : "ngày %02d tháng %d năm %d", d, m, y);
}

/* A clause inside a sentence or a list: without the full stop it may have been written with. */
static const char *clause(struct brief *b, const char *text)
{
	size_t len = strlen(text);

	while (len && strchr(". ;", text[len - 1]))
		len--;
	return arena_strndup(b->a, text, len);
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
	doc_addf(b->d, b->s, BLOCK_LINE, "(Số liệu đến %s)", day_words(b, b->in->result->as_of));
	add_address(b);
}

/* --- I --- */

static void add_counts(struct brief *b)
{
	const struct audit_result *r = b->in->result;
	CLEANUP(str_free) struct str parts = STR_INIT;
	int64_t examined = 0, by[SEV_COUNT];
	const char *place = "";
	int ran = 0;

	for (int i = 0; i < r->n_outcomes; i++)
		if (audit_ran(&r->outcomes[i])) {
			examined += r->outcomes[i].examined;
			ran++;
		}
	doc_addf(b->d, b->s, BLOCK_PARAGRAPH, "Phạm vi: %s. Đã rà soát %s nội dung, với %s lượt đối tượng được kiểm tra.",
		 audit_scope_words(b->a, b->in), number(b, ran), number(b, examined));
	if (!r->found) {
		doc_add(b->d, b->s, BLOCK_PARAGRAPH, "Không phát hiện trường hợp vi phạm nào.")->flags = CELL_BOLD;
		return;
	}
	audit_by_severity(b->in, by);
	for (int v = 0; v < SEV_COUNT; v++)
		if (by[v])
			str_addf(&parts, "%s%s trường hợp mức “%s”", parts.len ? ", " : "", number(b, by[v]),
				 severity_vietnamese[v]);
	if (b->failing_units)
		place = arena_printf(b->a, " tại %s đơn vị", number(b, b->failing_units));
	doc_addf(b->d, b->s, BLOCK_PARAGRAPH, "Phát hiện %s trường hợp vi phạm%s, gồm: %s.", number(b, r->found), place,
		 parts.p)->flags = CELL_BOLD;
}

static void add_top_rules(struct brief *b)
{
	doc_add(b->d, b->s, BLOCK_PARAGRAPH,
		b->n_top > 1 ? "Các nội dung vi phạm nghiêm trọng nhất:" : "Nội dung vi phạm:");
	for (int k = 0; k < b->n_top; k++) {
		const struct rule_outcome *o = &b->in->result->outcomes[b->top[k]];
		const struct rule_facts *facts = &b->facts[b->top[k]];
		CLEANUP(str_free) struct str text = STR_INIT;

		str_addf(&text, "- %s (%s): %s trường hợp", clause(b, o->rule->title), o->rule->id, number(b, o->found));
		if (facts->units)
			str_addf(&text, " tại %s đơn vị", number(b, facts->units));
		if (facts->oldest != DAY_NONE)
			str_addf(&text, ", lâu nhất từ %s", day_words(b, facts->oldest));
		doc_addf(b->d, b->s, BLOCK_PARAGRAPH, "%s%s", text.p, k == b->n_top - 1 ? "." : ";");
	}
}

static void add_top_units(struct brief *b)
{
	CLEANUP(str_free) struct str names = STR_INIT;
	int n = b->failing_units < NAMED_UNITS ? b->failing_units : NAMED_UNITS;

	for (int i = 0, k = 0; i < b->n_units && k < n; i++) {
		const struct unit_count *u = &b->units[i];

		if (!*u->unit_id || !u->fails)
			continue;
		str_addf(&names, "%s%s (%s trường hợp)", !k ? "" : k == n - 1 ? " và " : ", ",
			 audit_unit_name(b->in, NULL, u->unit_id), number(b, u->fails));
		k++;
	}
	if (n)
		doc_addf(b->d, b->s, BLOCK_PARAGRAPH, "%s: %s.",
			 n < b->failing_units ? "Đơn vị có nhiều vi phạm nhất" : "Đơn vị có vi phạm", names.p);
}

/* What the gravest rules ask for; the whole list stands at the end. */
static void add_first_steps(struct brief *b)
{
	CLEANUP(str_free) struct str steps = STR_INIT;

	for (int k = 0; k < b->n_top; k++) {
		const char *remedy = b->in->result->outcomes[b->top[k]].rule->remedy;
		bool again = false;

		for (int i = 0; i < k; i++)
			again = again || str_eq(remedy, b->in->result->outcomes[b->top[i]].rule->remedy);
		if (remedy && *remedy && !again)
			str_addf(&steps, "%s(%s) %s", steps.len ? "; " : "", b->in->result->outcomes[b->top[k]].rule->id,
				 clause(b, remedy));
	}
	if (steps.len)
		doc_addf(b->d, b->s, BLOCK_PARAGRAPH, "Việc cần làm trước hết: %s.", steps.p);
}

static void add_general(struct brief *b)
{
	heading(b, "I. TÓM TẮT");
	add_counts(b);
	if (b->in->result->found) {
		add_top_rules(b);
		add_top_units(b);
		add_first_steps(b);
	}
	if (b->in->result->indeterminate)
		doc_addf(b->d, b->s, BLOCK_PARAGRAPH,
			 "Ngoài ra còn %s trường hợp chưa đủ dữ liệu để kết luận (mục V); không được coi là đúng quy định.",
			 number(b, b->in->result->indeterminate));
	if (b->in->result->waived)
		doc_addf(b->d, b->s, BLOCK_PARAGRAPH,
			 "%s trường hợp vi phạm được miễn trừ theo văn bản còn hiệu lực (mục V), không tính vào số phát hiện.",
			 number(b, b->in->result->waived));
	doc_addf(b->d, b->s, BLOCK_PARAGRAPH, "Đối chiếu: %s.", audit_sum(b->a, b->in->result));
	if (b->in->result->errors)
		doc_addf(b->d, b->s, BLOCK_PARAGRAPH,
			 "Có %s nội dung chưa rà soát được do lỗi (mục V); kết quả trên chưa gồm các nội dung này.",
			 number(b, b->in->result->errors))->flags = CELL_WARN | CELL_BOLD;
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
		{ NULL, "Lâu nhất từ ngày", 21, ALIGN_CENTER, CELL_DATE, false },
		{ NULL, "Miễn trừ", 14, ALIGN_RIGHT, CELL_INT, false },
	};
	int width = b->in->result->waived ? 7 : 6;
	struct doc_table *t = audit_table(b->a, b->d, "by-rule", columns, width);
	struct audit_rows rows = { .a = b->a, .width = width };

	for (int i = 0; i < b->in->result->n_outcomes; i++) {
		const struct rule_outcome *o = &b->in->result->outcomes[i];
		struct cell *c = audit_row(&rows, ROW_BODY);

		c[0] = cell_str(o->rule->id);
		c[1] = cell_str(o->rule->title);
		c[2] = cell_str(severity_vietnamese[o->rule->severity]);
		c[3] = audit_ran(o) ? cell_int(o->found) : (struct cell){ .kind = CELL_NA };
		c[4] = audit_ran(o) ? cell_int(o->indeterminate) : (struct cell){ .kind = CELL_NA };
		c[5] = cell_day(b->facts[i].oldest);
		if (width > 6)
			c[6] = audit_ran(o) ? cell_int(o->waived) : (struct cell){ .kind = CELL_NA };
		for (int k = 0; o->error && k < 3; k++)
			c[k].flags |= CELL_WARN;
	}
	audit_total(&rows, t, 1);
	heading(b, "II. KẾT QUẢ THEO NỘI DUNG RÀ SOÁT");
	table(b, t, &rows);
	for (int i = 0; i < b->in->result->n_outcomes; i++)
		if (!audit_ran(&b->in->result->outcomes[i])) {
			doc_add(b->d, b->s, BLOCK_NOTE,
				"Dấu “–”: nội dung không áp dụng tại ngày chốt số liệu hoặc chưa rà soát được (mục V).");
			return;
		}
}

static void add_units(struct brief *b)
{
	int shown = b->n_units < TOP_UNITS ? b->n_units : TOP_UNITS;

	heading(b, "III. ĐƠN VỊ CÓ NHIỀU VI PHẠM");
	if (!b->in->result->found) {
		doc_add(b->d, b->s, BLOCK_PARAGRAPH, "Không có.");
		return;
	}
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
	if (b->in->result->indeterminate)
		doc_addf(b->d, b->s, BLOCK_PARAGRAPH,
			 "%s trường hợp chưa đủ dữ liệu để kết luận: số lượng theo từng nội dung tại mục II, lý do của từng trường hợp "
			 "trong tệp %s.", number(b, b->in->result->indeterminate), workbook_name(b));
	else
		doc_add(b->d, b->s, BLOCK_PARAGRAPH, "Không có trường hợp nào thiếu dữ liệu để kết luận.");
	if (b->in->result->waived)
		doc_addf(b->d, b->s, BLOCK_PARAGRAPH,
			 "%s trường hợp vi phạm được miễn trừ: số lượng theo từng nội dung tại mục II, văn bản miễn trừ của từng "
			 "trường hợp trong tệp %s.", number(b, b->in->result->waived), workbook_name(b));
}

static void add_data(struct brief *b)
{
	CLEANUP(str_free) struct str tables = STR_INIT;
	int64_t rows = 0;

	heading(b, b->in->result->waived ? "V. DỮ LIỆU CHƯA ĐỦ, MIỄN TRỪ" : "V. DỮ LIỆU CHƯA ĐỦ");
	add_undecided(b);
	for (int i = 0; i < b->in->result->n_outcomes; i++) {
		const struct rule_outcome *o = &b->in->result->outcomes[i];

		if (o->error)
			doc_addf(b->d, b->s, BLOCK_PARAGRAPH, "Nội dung %s (%s) chưa rà soát được. Lỗi: %s.", o->rule->id,
				 o->rule->title, clause(b, o->error))->flags = CELL_WARN;
	}
	for (int i = 0; i < b->in->n_quarantine; i++) {
		if (!b->in->quarantine[i].rows)
			continue;
		rows += b->in->quarantine[i].rows;
		str_addf(&tables, "%s%s: %s dòng", tables.len ? "; " : "", input_name(b->a, b->in->quarantine[i].table),
			 number(b, b->in->quarantine[i].rows));
	}
	if (rows)
		doc_addf(b->d, b->s, BLOCK_PARAGRAPH,
			 "%s dòng dữ liệu đang cách ly do không đọc được, chưa được rà soát, gồm: %s.", number(b, rows), tables.p);
	else
		doc_add(b->d, b->s, BLOCK_PARAGRAPH, "Không có dữ liệu đang cách ly.");
}

/* --- VI, VII --- */

/* Rules with the same remedy share one line; NULL when an earlier one has it. */
static const char *remedy_line(struct brief *b, int first)
{
	const struct audit_result *r = b->in->result;
	const char *remedy = r->outcomes[first].rule->remedy;
	CLEANUP(str_free) struct str ids = STR_INIT;
	int64_t n = 0;

	if (!r->outcomes[first].found || !remedy || !*remedy)
		return NULL;
	for (int i = 0; i < r->n_outcomes; i++) {
		if (!r->outcomes[i].found || !str_eq(r->outcomes[i].rule->remedy, remedy))
			continue;
		if (i < first)
			return NULL;
		n += r->outcomes[i].found;
		str_addf(&ids, "%s%s", ids.len ? ", " : "", r->outcomes[i].rule->id);
	}
	return arena_printf(b->a, "%s (%s: %s trường hợp)", clause(b, remedy), ids.p, number(b, n));
}

static void add_remedies(struct brief *b)
{
	const struct audit_result *r = b->in->result;
	const char **lines = ARENA_ARRAY(b->a, (size_t)r->n_outcomes + 1, const char *);
	int64_t waiting = r->indeterminate;
	int n = 0;

	for (int i = 0; i < b->in->n_quarantine; i++)
		waiting += b->in->quarantine[i].rows;
	for (int i = 0; i < r->n_outcomes; i++) {
		lines[n] = remedy_line(b, i);
		n += lines[n] != NULL;
	}
	if (waiting)
		lines[n++] = "Bổ sung dữ liệu còn thiếu nêu tại mục V và rà soát lại";
	heading(b, "VI. KIẾN NGHỊ");
	if (!n) {
		doc_add(b->d, b->s, BLOCK_PARAGRAPH, "Không có kiến nghị.");
		return;
	}
	doc_add(b->d, b->s, BLOCK_PARAGRAPH, "Đề nghị các đơn vị có trường hợp nêu trên thực hiện:");
	for (int i = 0; i < n; i++)
		doc_addf(b->d, b->s, BLOCK_PARAGRAPH, "- %s%s", lines[i], i == n - 1 ? "." : ";");
}

/* Rules with the same legal basis share one row. */
static void add_bases(struct brief *b)
{
	static const struct doc_column columns[] = {
		{ NULL, "Mã", 36, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Văn bản, điều khoản", 0, ALIGN_LEFT, CELL_TEXT, false },
	};
	const struct audit_result *r = b->in->result;
	const char **bases = ARENA_ARRAY(b->a, (size_t)r->n_outcomes + 1, const char *);
	struct doc_table *t = audit_table(b->a, b->d, "bases", columns, 2);
	struct audit_rows rows = { .a = b->a, .width = 2 };

	for (int i = 0; i < r->n_outcomes; i++) {
		const char *ids = r->outcomes[i].rule->id;
		struct cell *c;
		int k = 0;

		bases[i] = audit_basis(b->a, r->outcomes[i].rule);
		while (k < i && !str_eq(bases[k], bases[i]))
			k++;
		if (k < i)
			continue;
		for (k = i + 1; k < r->n_outcomes; k++)
			if (str_eq(audit_basis(b->a, r->outcomes[k].rule), bases[i]))
				ids = arena_printf(b->a, "%s, %s", ids, r->outcomes[k].rule->id);
		c = audit_row(&rows, ROW_BODY);
		c[0] = cell_str(ids);
		c[1] = cell_str(bases[i]);
	}
	t->font_size = 9;
	table(b, t, &rows);
}

static void add_reading(struct brief *b)
{
	heading(b, "VII. CĂN CỨ VÀ CÁCH ĐỌC BÁO CÁO");
	add_bases(b);
	doc_addf(b->d, b->s, BLOCK_PARAGRAPH,
		 "Kết quả tính theo dữ liệu có đến hết %s; việc xảy ra sau ngày đó không được tính. “Phát hiện” là trường hợp dữ "
		 "liệu cho thấy trái với căn cứ nêu trên; “chưa xác định” là trường hợp chưa đủ dữ liệu để kết luận; “được miễn trừ” là trường hợp vi "
		 "phạm mà người có thẩm quyền đã chấp thuận bằng văn bản còn hiệu lực. Một đối tượng "
		 "vi phạm nhiều nội dung được tính ở từng nội dung.", day_words(b, b->in->result->as_of));
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
	if (in->content) /* of what was given and found: the same whenever the audit is repeated, and in the ledger */
		b.d->footer = arena_printf(a, "Mã kết quả rà soát: %.16s", in->content);
	b.s = doc_section_add(b.d, "brief", "Báo cáo", false, false);
	if (brief_read(&b, e) != ST_OK)
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
