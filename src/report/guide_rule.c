/* One rule of the guide: a card of what it looks at and by which law, then the drawings. */
#include "audit_int.h"
#include "guide_int.h"

#include <string.h>

static void card_row(struct audit_rows *rows, const char *name, const char *text)
{
	struct cell *c;

	if (!text || !*text)
		return;
	c = audit_row(rows, ROW_BODY);
	c[0] = cell_str(name);
	c[0].flags = CELL_BOLD;
	c[1] = cell_str(text);
}

static const char *field_label(const struct rule *r, const char *name, size_t n)
{
	static const struct {
		const char *name, *text;
	} own[] = { { "key", "mã đối tượng" }, { "unit", "mã đơn vị" }, { "since", "từ ngày" } };

	for (int i = 0; i < r->n_fields; i++)
		if (strlen(r->fields[i].name) == n && strncmp(r->fields[i].name, name, n) == 0)
			return r->fields[i].label;
	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		if (strlen(own[i].name) == n && strncmp(own[i].name, name, n) == 0)
			return own[i].text;
	return "…";
}

/* The sentence of a finding, with what stands in it for the places: "Tài khoản ‹Tài khoản› còn mở ‹Số ngày› ngày". */
static const char *sentence(struct guide *g, const struct rule *r)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	for (const char *p = r->message; *p;) {
		size_t n = strcspn(p, "{");

		str_addn(&out, p, n);
		p += n;
		if (*p != '{')
			break;
		n = strcspn(++p, "}");
		str_addf(&out, "‹%s›", field_label(r, p, n));
		p += n + (p[n] == '}');
	}
	return arena_strdup(g->a, out.p);
}

/* The notes; without any there is only the title to say it. */
static const char *what(struct guide *g, const struct rule *r)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	for (int i = 0; i < r->n_notes; i++)
		str_addf(&out, "%s%s", i ? "\n" : "", r->notes[i]);
	if (!r->n_notes)
		str_addf(&out, "%s.", r->title);
	return arena_strdup(g->a, out.p);
}

static const char *laws(struct guide *g, const struct rule *r)
{
	CLEANUP(str_free) struct str out = STR_INIT;
	day_t day;

	for (int i = 0; i < r->n_bases; i++) {
		const struct basis *b = &r->bases[i];

		if (b->mark == MARK_INFERENCE)
			continue;
		str_addf(&out, "%s- %s", out.len ? "\n" : "", b->document);
		if (b->date && date_parse_iso(b->date, strlen(b->date), &day))
			str_addf(&out, " ngày %s", audit_day(g->a, day));
		str_addf(&out, "%s%s.", b->clause && *b->clause ? ", " : "", b->clause ? b->clause : "");
	}
	return arena_strdup(g->a, out.p);
}

/* How sure the law is, in words; each place that is not sure is named. */
static const char *confidence(struct guide *g, const struct rule *r)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	for (int i = 0; i < r->n_bases; i++) {
		const struct basis *b = &r->bases[i];

		if (b->mark == MARK_VERIFIED)
			continue;
		str_addf(&out, "%s- %s: %s%s%s.", out.len ? "\n" : "",
			 b->mark == MARK_INFERENCE ? "Suy luận, chưa có văn bản quy định cụ thể" :
						     "Chưa đối chiếu văn bản gốc, phải kiểm tra trước khi viện dẫn",
			 b->document, b->clause && *b->clause ? ", " : "", b->clause ? b->clause : "");
	}
	return out.len ? arena_strdup(g->a, out.p) : "Các căn cứ trên đã được đối chiếu với văn bản.";
}

static const char *validity(struct guide *g, const struct rule *r)
{
	const char *by = r->event ? "việc xảy ra" : "ngày chốt số liệu";

	if (r->valid_from == DAY_NONE && r->valid_to == DAY_NONE)
		return "Không giới hạn thời gian.";
	if (r->valid_to == DAY_NONE)
		return arena_printf(g->a, "Áp dụng khi %s từ ngày %s.", by, audit_day(g->a, r->valid_from));
	if (r->valid_from == DAY_NONE)
		return arena_printf(g->a, "Áp dụng khi %s đến hết ngày %s.", by, audit_day(g->a, r->valid_to));
	return arena_printf(g->a, "Áp dụng khi %s từ ngày %s đến hết ngày %s.", by, audit_day(g->a, r->valid_from),
			    audit_day(g->a, r->valid_to));
}

static const char *undecided(struct guide *g, const struct rule *r)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	for (int i = 0; i < r->n_needs; i++) {
		bool again = false;

		for (int k = 0; k < i; k++)
			again |= str_eq(r->needs[k].reason, r->needs[i].reason);
		if (!again && r->needs[i].reason)
			str_addf(&out, "%s- %s.", out.len ? "\n" : "", r->needs[i].reason);
	}
	return out.len ? arena_strdup(g->a, out.p) : "Khi dữ liệu cần so sánh để trống.";
}

static const char *severity(struct guide *g, const struct rule *r)
{
	static const char *const meant[SEV_COUNT] = {
		"rủi ro ngay cho dữ liệu hoặc quyền của công dân; xử lý ngay",
		"vi phạm quy định; phải xử lý trong kỳ",
		"chưa đúng quy định hoặc có dấu hiệu rủi ro; xử lý theo kế hoạch",
		"cần hoàn thiện hồ sơ, dữ liệu",
	};

	return arena_printf(g->a, "%s: %s.", severity_vietnamese[r->severity], meant[r->severity]);
}

static const char *params(struct guide *g, const struct rule *r)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	for (int i = 0; i < r->n_params; i++) {
		const struct rule_param *p = &r->params[i];
		bool set = p->initial && !str_eq(p->initial, p->value);

		str_addf(&out, "%s- %s%s%s = %s", out.len ? "\n" : "", p->label ? p->label : "", p->label ? ": " : "", p->name,
			 *p->value ? p->value : "(để trống)");
		if (set)
			str_addf(&out, " (đơn vị đặt trong rasoat.xml; mặc định %s)", p->initial);
		str_addc(&out, '.');
	}
	return arena_strdup(g->a, out.p);
}

void guide_rule(struct guide *g, const struct rule *r)
{
	static const struct doc_column columns[] = {
		{ NULL, "", 36, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "", 129, ALIGN_LEFT, CELL_TEXT, false },
	};
	struct doc_table *t = audit_table(g->a, g->d, arena_printf(g->a, "card-%s", r->id), columns, 2);
	struct audit_rows rows = { .a = g->a, .width = 2 };

	t->n_heads = t->head_rows = 0;
	t->font_size = 11;
	t->whole = true;
	doc_addf(g->d, g->s, BLOCK_HEADING, "%s. %s", r->id, r->title)->anchor = r->id;
	card_row(&rows, "Kiểm tra điều gì", what(g, r));
	card_row(&rows, "Đối tượng", arena_printf(g->a, "Từng %s.", guide_subject(r->subject)));
	card_row(&rows, "Mức độ", severity(g, r));
	card_row(&rows, "Căn cứ", laws(g, r));
	card_row(&rows, "Độ tin cậy", confidence(g, r));
	card_row(&rows, "Hiệu lực", validity(g, r));
	card_row(&rows, "Kết quả ghi", sentence(g, r));
	card_row(&rows, "Khi nào chưa kết luận", undecided(g, r));
	card_row(&rows, "Việc phải làm", arena_printf(g->a, "%s.", r->remedy));
	card_row(&rows, "Tham số", params(g, r));
	t->rows = audit_rows_source(&rows);
	doc_add(g->d, g->s, BLOCK_TABLE, NULL)->table = t;
	guide_terms(g, r);
	guide_examples(g, r);
}
