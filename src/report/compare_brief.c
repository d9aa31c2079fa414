/* One page for leadership: what the two runs say against each other, in sentences built from the figures. */
#include "compare_int.h"

#include <rasoat/secrecy.h>
#include <rasoat/text.h>
#include <stdlib.h>
#include <string.h>

enum { NAMED_UNITS = 2, NAMED_CASES = 1, NAMED_INPUTS = 2 };

struct page {
	struct arena *a;
	const struct compare_report_input *in;
	const struct comparison *c;
	struct audit_report_input names;
	struct document *d;
	struct doc_section *s;
};

static const char *number(struct page *p, int64_t n)
{
	return doc_number(p->a, n);
}

static void add_top(struct page *p)
{
	const struct agency *agency = &p->in->workspace->agency;
	struct doc_letterhead *l = ARENA_NEW(p->a, struct doc_letterhead);
	int year, month, day;

	date_to_ymd(p->c->after.as_of, &year, &month, &day);
	*l = (struct doc_letterhead){
		.superior = agency->superior, .agency = agency->name,
		.number = arena_printf(p->a, "Số:          /%s", agency->symbol ? agency->symbol : ""),
		.place = agency->place, .date = DAY_NONE, .year_hint = year,
	};
	doc_add(p->d, p->s, BLOCK_LETTERHEAD, NULL)->letterhead = l;
	doc_add(p->d, p->s, BLOCK_TITLE, "BÁO CÁO TÓM TẮT");
	doc_add(p->d, p->s, BLOCK_SUBTITLE, "Tình hình khắc phục vi phạm qua rà soát");
	doc_addf(p->d, p->s, BLOCK_LINE, "(Số liệu đến ngày %s, so với ngày %s)", audit_day(p->a, p->c->after.as_of),
		 audit_day(p->a, p->c->before.as_of));
}

/* "tăng 12 trường hợp (30%)" */
static const char *against(struct page *p, int64_t now, int64_t was)
{
	int64_t more = now - was, part;

	if (!more)
		return "không thay đổi";
	if (!was)
		return arena_printf(p->a, "tăng %s trường hợp", number(p, more));
	part = ((more > 0 ? more : -more) * 1000 / was + 5) / 10;
	return arena_printf(p->a, "%s %s trường hợp (%s%s%%)", more > 0 ? "tăng" : "giảm", number(p, more > 0 ? more : -more),
			    part ? "" : "dưới ", number(p, part ? part : 1));
}

static void add_balance(struct page *p)
{
	const struct comparison *c = p->c;
	int64_t open = c->total_before, kept = c->states[CHANGE_CONTINUING];
	const char *share = open ? arena_printf(p->a, ", bằng %s%% kỳ trước",
						number(p, (kept * 1000 / open + 5) / 10)) : "";

	doc_addf(p->d, p->s, BLOCK_PARAGRAPH, "Đến ngày %s, %s có %s trường hợp vi phạm, %s so với ngày %s (%s trường hợp).",
		 audit_day(p->a, c->after.as_of), audit_scope_words(p->a, &p->names), number(p, c->total_after),
		 against(p, c->total_after, c->total_before), audit_day(p->a, c->before.as_of), number(p, c->total_before))
		->flags = CELL_BOLD;
	doc_addf(p->d, p->s, BLOCK_PARAGRAPH,
		 "Trong kỳ có %s trường hợp mới phát sinh, %s%s%s trường hợp đã chấm dứt; %s trường hợp chưa được khắc phục%s.",
		 number(p, c->states[CHANGE_NEW]), c->states[CHANGE_REOPENED] ? number(p, c->states[CHANGE_REOPENED]) : "",
		 c->states[CHANGE_REOPENED] ? " trường hợp phát sinh lại và " : "và ", number(p, c->states[CHANGE_RESOLVED]),
		 number(p, kept), share);
}

static void add_causes(struct page *p)
{
	CLEANUP(str_free) struct str text = STR_INIT;

	for (int i = 0; i <= N_CAUSES; i++)
		if (p->c->causes[i])
			str_addf(&text, "%s%s trường hợp %s%s", text.len ? "; " : "", number(p, p->c->causes[i]),
				 i < N_CAUSES ? "do " : "", i < N_CAUSES ? cause_vietnamese[i] : "chưa tách được nguyên nhân");
	if (text.len)
		doc_addf(p->d, p->s, BLOCK_PARAGRAPH, "Nguyên nhân của các biến động nêu trên: %s.", text.p);
}

/* ---- units ---- */

static int by_rise(const void *x, const void *y)
{
	const struct compared_unit *a = x, *b = y;
	int64_t ra = a->after - a->before, rb = b->after - b->before;

	return ra != rb ? (ra < rb ? 1 : -1) : strcmp(a->unit_id, b->unit_id);
}

static int by_number(const void *x, const void *y)
{
	const struct compared_unit *a = x, *b = y;

	return a->after != b->after ? (a->after < b->after ? 1 : -1) : strcmp(a->unit_id, b->unit_id);
}

static const char *unit_name(struct page *p, const struct compared_unit *u)
{
	return audit_unit_name(&p->names, NULL, u->unit_id);
}

static void add_units(struct page *p)
{
	CLEANUP(str_free) struct str most = STR_INIT, risen = STR_INIT, fallen = STR_INIT;
	int n = p->c->n_units;
	struct compared_unit *u = arena_grow(p->a, p->c->units, (size_t)n, (size_t)n + 1, sizeof(*u));

	if (n)
		qsort(u, (size_t)n, sizeof(*u), by_number);
	for (int i = 0, k = 0; i < n && k < NAMED_UNITS && u[i].after; i++)
		if (*u[i].unit_id)
			str_addf(&most, "%s%s (%s)", k++ ? ", " : "", unit_name(p, &u[i]), number(p, u[i].after));
	if (n)
		qsort(u, (size_t)n, sizeof(*u), by_rise);
	for (int i = 0, k = 0; i < n && k < NAMED_UNITS && u[i].after > u[i].before; i++)
		if (*u[i].unit_id)
			str_addf(&risen, "%s%s (từ %s lên %s)", k++ ? ", " : "", unit_name(p, &u[i]), number(p, u[i].before),
				 number(p, u[i].after));
	for (int i = n - 1, k = 0; i >= 0 && !k && u[i].after < u[i].before; i--)
		if (*u[i].unit_id)
			str_addf(&fallen, "%s%s (từ %s xuống %s)", k++ ? ", " : "", unit_name(p, &u[i]), number(p, u[i].before),
				 number(p, u[i].after));
	if (most.len)
		doc_addf(p->d, p->s, BLOCK_PARAGRAPH, "Đơn vị có nhiều vi phạm nhất: %s. %s%s%s%s%s%s", most.p,
			 risen.len ? "Tăng nhiều nhất: " : "", risen.p, risen.len ? ". " : "",
			 fallen.len ? "Giảm nhiều nhất: " : "", fallen.p, fallen.len ? "." : "");
}

/* ---- what lasts longest ---- */

/* The page is to be one. */
static const char *short_text(struct page *p, const char *text)
{
	size_t n = strlen(text), most = 90, at = 0;
	uint32_t cp;

	if (n <= most)
		return text;
	for (size_t next = 0; next <= most; next += text_next(text + next, n - next, &cp))
		if (text[next] == ' ')
			at = next;
	return arena_printf(p->a, "%.*s …", (int)at, text);
}

struct longest {
	int64_t days;
	const char *text;
};

static void take(struct page *p, struct longest top[NAMED_CASES], const struct change *x)
{
	const char *unit = audit_unit_name(&p->names, x->rule->rule, x->unit);
	int at = NAMED_CASES;

	while (at && x->days > top[at - 1].days)
		at--;
	if (at == NAMED_CASES)
		return;
	memmove(top + at + 1, top + at, (size_t)(NAMED_CASES - at - 1) * sizeof(*top));
	top[at] = (struct longest){ x->days, arena_printf(p->a, "%s%s%s, %s ngày (%s)", x->key, *unit ? " tại " : "", unit,
							  number(p, x->days), short_text(p, x->rule->rule->title)) };
}

static enum status read_longest(struct page *p, enum change_state state, struct longest top[NAMED_CASES], struct err *e)
{
	struct change_cursor *cursor = NULL;
	struct change x;
	int got;

	if (change_open(p->c, state, &cursor, e) != ST_OK)
		return ST_ERR;
	while ((got = change_next(cursor, &x, e)) > 0)
		if (x.has_days && x.days > 0 && x.rule->rule && !secrecy_is_masked(x.key))
			take(p, top, &x);
	change_close(cursor);
	return got < 0 ? ST_ERR : ST_OK;
}

static enum status add_longest(struct page *p, struct err *e)
{
	struct longest top[NAMED_CASES + 1] = { 0 };
	CLEANUP(str_free) struct str text = STR_INIT;

	if (read_longest(p, CHANGE_CONTINUING, top, e) != ST_OK || read_longest(p, CHANGE_REOPENED, top, e) != ST_OK ||
	    read_longest(p, CHANGE_NEW, top, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < NAMED_CASES && top[i].text; i++)
		str_addf(&text, "%s%s", i ? "; " : "", top[i].text);
	if (text.len)
		doc_addf(p->d, p->s, BLOCK_PARAGRAPH, "Kéo dài nhất: %s.", text.p);
	return ST_OK;
}

static void add_inputs(struct page *p)
{
	CLEANUP(str_free) struct str text = STR_INIT;
	int others = 0, n = 0;

	for (int i = 0; i < p->c->n_inputs; i++) {
		if (p->c->inputs[i].cause == CAUSE_TIME || p->c->inputs[i].cause == CAUSE_DATA || !p->c->inputs[i].cause)
			continue;
		if (n++ < NAMED_INPUTS)
			str_addf(&text, "%s%s", text.len ? "; " : "", p->c->inputs[i].text);
		else
			others++;
	}
	if (!text.len)
		return;
	if (others)
		str_addf(&text, "; và %s thay đổi khác", number(p, others));
	doc_addf(p->d, p->s, BLOCK_PARAGRAPH, "Khi so sánh hai kỳ cần lưu ý: %s.", text.p);
}

static void add_request(struct page *p)
{
	const struct comparison *c = p->c;

	if (c->total_after)
		doc_addf(p->d, p->s, BLOCK_PARAGRAPH,
			 "Đề nghị xử lý dứt điểm %s trường hợp tồn tại từ kỳ trước và %s trường hợp phát sinh trong kỳ (danh sách: "
			 "tệp %s)./.", number(p, c->states[CHANGE_CONTINUING]),
			 number(p, c->states[CHANGE_NEW] + c->states[CHANGE_REOPENED]), p->in->workbook_name);
	else
		doc_addf(p->d, p->s, BLOCK_PARAGRAPH, "Đến nay không còn vi phạm (danh sách các trường hợp đã chấm dứt tại tệp %s)./.",
			 p->in->workbook_name);
}

static void add_signature(struct page *p)
{
	const struct agency *agency = &p->in->workspace->agency;
	struct doc_signature *s = ARENA_NEW(p->a, struct doc_signature);

	*s = (struct doc_signature){
		.recipients = agency->recipients, .n_recipients = agency->n_recipients, .authority = agency->authority,
		.post = agency->post, .name = agency->signatory,
	};
	doc_add(p->d, p->s, BLOCK_SIGNATURE, NULL)->signature = s;
}

enum status compare_brief(struct arena *a, const struct compare_report_input *in, struct document **ret, struct err *e)
{
	struct page p = { .a = a, .in = in, .c = in->comparison, .names = compare_names(a, in), .d = doc_new(a) };

	p.d->title = "Báo cáo tóm tắt tình hình khắc phục vi phạm qua rà soát";
	p.d->author = in->workspace->agency.name;
	p.d->subject = arena_printf(a, "Số liệu đến ngày %s và ngày %s", audit_day(a, p.c->before.as_of),
				    audit_day(a, p.c->after.as_of));
	p.d->created = p.c->after.as_of;
	p.s = doc_section_add(p.d, "brief", "Báo cáo", false, false);
	add_top(&p);
	add_balance(&p);
	compare_chart(a, p.d, p.s, p.c);
	add_causes(&p);
	add_units(&p);
	if (add_longest(&p, e) != ST_OK)
		return ST_ERR;
	add_inputs(&p);
	add_request(&p);
	add_signature(&p);
	*ret = p.d;
	return ST_OK;
}
