/* The terms of a rule as lanes of days: the start, the last day in time, what prolongs or stops it. */
#include "audit_int.h"
#include "guide_int.h"

#include <string.h>

enum { MOST_LANES = 24, MOST_PARTS = 4 };

struct picture {
	struct guide *g;
	struct doc_lane *lanes;
	int n;
	int longest;      /* of the lanes, without what is late */
	struct str *said;
};

static struct doc_lane *lane_add(struct picture *p, const char *label)
{
	struct doc_lane *lane;

	if (p->n == MOST_LANES)
		return NULL;
	lane = &p->lanes[p->n++];
	lane->label = label;
	lane->spans = ARENA_ARRAY(p->g->a, MOST_PARTS + 1, struct doc_span);
	lane->ticks = ARENA_ARRAY(p->g->a, MOST_PARTS + 1, struct doc_tick);
	return lane;
}

static void span(struct doc_lane *lane, enum span_kind kind, int from, int to, const char *text)
{
	if (from < to)
		((struct doc_span *)lane->spans)[lane->n_spans++] = (struct doc_span){ kind, from, to, text };
}

static void tick(struct doc_lane *lane, int at, const char *text)
{
	((struct doc_tick *)lane->ticks)[lane->n_ticks++] = (struct doc_tick){ TICK_PLAIN, at, text };
}

/* "30 ngày", "07 ngày làm việc" as the law writes it. */
static const char *days_text(struct arena *a, int days, bool working)
{
	return arena_printf(a, "%02d ngày%s", days, working ? " làm việc" : "");
}

static const char *conditions(struct arena *a, const struct term_length *l)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	if (str_eq(l->level, "first"))
		str_add(&out, ", lần đầu");
	if (str_eq(l->level, "second"))
		str_add(&out, ", lần hai");
	if (str_eq(l->discipline, "discipline"))
		str_add(&out, ", kỷ luật");
	if (str_eq(l->discipline, "dismissal"))
		str_add(&out, ", buộc thôi việc");
	if (str_eq(l->complexity, "complex"))
		str_add(&out, ", vụ việc phức tạp");
	if (str_eq(l->complexity, "very_complex"))
		str_add(&out, ", vụ việc đặc biệt phức tạp");
	if (l->remote == 1)
		str_add(&out, ", vùng sâu, vùng xa đi lại khó khăn");
	if (l->many_places == 1)
		str_add(&out, ", phải kiểm tra, xác minh tại nhiều địa điểm");
	return out.len ? guide_capital(a, arena_strdup(a, out.p + 2)) : "Thông thường";
}

static void grow(struct picture *p, int end)
{
	p->longest = end > p->longest ? end : p->longest;
}

static void lane_length(struct picture *p, const struct term *t, const struct term_length *l, const char *when, bool first)
{
	struct arena *a = p->g->a;
	const char *days = days_text(a, l->days, l->working), *what = conditions(a, l);
	struct doc_lane *lane = lane_add(p, !*when ? arena_printf(a, "%s: %s", what, days) :
					    str_eq(what, "Thông thường") ? arena_printf(a, "%s: %s", when, days) :
									   arena_printf(a, "%s; %s: %s", when, what, days));

	str_addf(p->said, "%s%s%s: %s", p->said->len ? "; " : "", when, *when ? ", " : "", days);
	if (!lane)
		return;
	span(lane, SPAN_TERM, 0, l->days, days);
	grow(p, l->days);
	if (first && t->start)
		tick(lane, 0, arena_printf(a, "%s\n(ngày 0)", guide_column(t->start)));
	tick(lane, l->days, first ? arena_printf(a, "ngày cuối còn đúng hạn\n(ngày %d)", l->days) : arena_printf(a, "ngày %d", l->days));
}

/* "At least n days before": what comes later than the last day is too late. */
static void lane_backward(struct picture *p, const struct term *t, const struct term_length *l, const char *when)
{
	struct arena *a = p->g->a;
	int last = l->days > 4 ? l->days / 2 : 2;
	struct doc_lane *lane = lane_add(p, arena_printf(a, "%s%sTrước ít nhất %s", when, *when ? ": " : "",
							 days_text(a, l->days, l->working)));

	if (!lane)
		return;
	span(lane, SPAN_TERM, 0, last, "kịp thời");
	span(lane, SPAN_LATE, last, last + l->days, "quá muộn");
	tick(lane, last, "ngày cuối còn đúng hạn");
	tick(lane, last + l->days, guide_column(t->start ? t->start : "happened_on"));
	grow(p, last + l->days);
}

static void lane_extension(struct picture *p, const struct term_version *v, int base, int times, const char *what)
{
	struct arena *a = p->g->a;
	struct doc_lane *lane;
	int end = base + times * v->extension_days;

	if (!times || !v->extension_days)
		return;
	lane = lane_add(p, arena_printf(a, "%s: gia hạn tối đa %d lần, mỗi lần không quá %02d ngày, có văn bản", what, times,
					v->extension_days));
	if (!lane)
		return;
	span(lane, SPAN_TERM, 0, base, arena_printf(a, "%02d ngày", base));
	for (int i = 0; i < times && i < MOST_PARTS - 1; i++)
		span(lane, SPAN_EXTENSION, base + i * v->extension_days, base + (i + 1) * v->extension_days,
		     arena_printf(a, "gia hạn lần %d", i + 1));
	tick(lane, end, arena_printf(a, "ngày %d", end));
	grow(p, end);
}

/* A stop of a third of the term: its days do not count. */
static void lane_suspension(struct picture *p, const struct term_version *v, int base)
{
	int before = base / 3, stop = base / 3 > 2 ? base / 3 : 2;
	struct doc_lane *lane;
	const char *from = audit_day(p->g->a, v->suspension_from);

	if (v->suspension_from == DAY_NONE)
		return;
	lane = lane_add(p, v->from != v->suspension_from && v->suspension_from > v->from ?
				   arena_printf(p->g->a, "Có tạm đình chỉ (từ ngày %s): ngày tạm đình chỉ không tính", from) :
				   "Có tạm đình chỉ: ngày tạm đình chỉ không tính");
	if (!lane)
		return;
	span(lane, SPAN_TERM, 0, before, NULL);
	span(lane, SPAN_PAUSE, before, before + stop, "tạm đình chỉ");
	span(lane, SPAN_TERM, before + stop, base + stop, NULL);
	tick(lane, base + stop, "hạn lùi theo số ngày\ntạm đình chỉ");
	grow(p, base + stop);
}

/* Of several versions each says by which start days it goes. */
static const char *when_text(struct arena *a, const struct term *t, const struct term_version *v)
{
	if (t->n_versions < 2)
		return "";
	if (v->to != DAY_NONE)
		return arena_printf(a, "Bắt đầu đến ngày %s", audit_day(a, v->to));
	return arena_printf(a, "Bắt đầu từ ngày %s", audit_day(a, v->from));
}

static void add_version(struct picture *p, const struct term *t, const struct term_version *v)
{
	const char *when = when_text(p->g->a, t, v);
	bool newest = v == &t->versions[t->n_versions - 1];
	int base = v->n_lengths ? v->lengths[0].days : 0;

	for (int i = 0; i < v->n_lengths; i++) {
		if (t->backward)
			lane_backward(p, t, &v->lengths[i], when);
		else
			lane_length(p, t, &v->lengths[i], when, i == 0 && newest);
	}
	if (!base || t->backward || !newest)
		return;
	lane_extension(p, v, base, v->extension_complex, "Vụ việc phức tạp");
	lane_extension(p, v, base, v->extension_very, "Vụ việc đặc biệt phức tạp");
	lane_suspension(p, v, base);
}

static void add_late(struct picture *p, int length)
{
	for (int i = 0; i < p->n; i++) {
		struct doc_lane *lane = &p->lanes[i];
		const struct doc_span *last = lane->n_spans ? &lane->spans[lane->n_spans - 1] : NULL;

		if (last && last->kind != SPAN_LATE)
			span(lane, SPAN_LATE, last->to, length, "quá hạn");
	}
}

static const char *ends_text(struct guide *g, const struct term *t)
{
	const char *out = "";

	for (int i = 0; i < t->n_ends; i++)
		out = arena_printf(g->a, "%s%s%s", out, i ? " hoặc " : "", guide_column(t->ends[i]));
	return out;
}

/* What a drawing cannot say. */
static void term_notes(struct guide *g, const struct term *t)
{
	const struct term_version *v = &t->versions[t->n_versions - 1];

	if (v->times)
		doc_addf(g->d, g->s, BLOCK_NOTE, "%s: ít nhất %02d lần mỗi %s.", t->title, v->times, v->weekly ? "tuần" : "tháng");
	if (v->occasion)
		doc_addf(g->d, g->s, BLOCK_NOTE, "%s: %s.", t->title, v->occasion);
	if (t->n_ends && t->start && !t->backward)
		doc_addf(g->d, g->s, BLOCK_NOTE, "%s: tính từ %s (ngày đó là ngày 0) đến %s.%s", t->title, guide_column(t->start),
			 ends_text(g, t),
			 v->n_lengths && !v->lengths[0].working ? " Ngày cuối là ngày nghỉ thì hạn là ngày làm việc tiếp theo." : "");
	if (v->ground_from != DAY_NONE)
		doc_addf(g->d, g->s, BLOCK_NOTE,
			 "Từ ngày %s, thời hạn dài hơn vì phức tạp chỉ được tính khi hồ sơ ghi căn cứ.", audit_day(g->a, v->ground_from));
}

static void draw_term(struct guide *g, const struct term *t)
{
	CLEANUP(str_free) struct str said = STR_INIT;
	struct picture p = { .g = g, .lanes = ARENA_ARRAY(g->a, MOST_LANES, struct doc_lane), .said = &said };
	struct doc_timeline *line = ARENA_NEW(g->a, struct doc_timeline);
	int length;

	for (int i = t->n_versions - 1; i >= 0; i--)
		add_version(&p, t, &t->versions[i]);
	if (p.n) {
		length = p.longest + (p.longest > 12 ? p.longest / 4 : 3);
		add_late(&p, length);
		*line = (struct doc_timeline){ .title = strstr(t->title, t->id) ? arena_printf(g->a, "Thời hạn: %s", t->title) :
										 arena_printf(g->a, "Thời hạn: %s (%s)", t->title, t->id), .lanes = p.lanes,
					       .n_lanes = p.n, .length = length };
		line->said = arena_printf(g->a, "%s. %s.", line->title, said.p);
		doc_add(g->d, g->s, BLOCK_TIMELINE, NULL)->timeline = line;
	}
	term_notes(g, t);
}

/* The id in quotes, as case_clock and the macros name it. */
static bool names_term(const char *sql, const char *quoted)
{
	return sql && strstr(sql, quoted);
}

static bool reads_term(struct arena *a, const struct rule *r, const char *id)
{
	const char *quoted = arena_printf(a, "'%s'", id);

	if (r->written)
		r = r->written;
	if (names_term(r->from, quoted) || names_term(r->scope, quoted) || names_term(r->where, quoted) ||
	    names_term(r->since, quoted))
		return true;
	for (int i = 0; i < r->n_needs; i++)
		if (names_term(r->needs[i].sql, quoted))
			return true;
	for (int i = 0; i < r->n_fields; i++)
		if (names_term(r->fields[i].sql, quoted))
			return true;
	return false;
}

void guide_terms(struct guide *g, const struct rule *r)
{
	const struct terms *all = g->w->terms;

	for (int i = 0; all && i < all->n_terms; i++)
		if (all->terms[i].n_versions && reads_term(g->a, r, all->terms[i].id))
			draw_term(g, &all->terms[i]);
}

void guide_legend(struct guide *g)
{
	static const struct doc_span spans[] = { { SPAN_TERM, 0, 10, "còn hạn" }, { SPAN_EXTENSION, 10, 20, "được gia hạn" },
						 { SPAN_PAUSE, 20, 30, "không tính" }, { SPAN_LATE, 30, 40, "quá hạn" } };
	static const struct doc_span plain[] = { { SPAN_TERM, 0, 14, NULL }, { SPAN_LATE, 14, 28, NULL }, { SPAN_PAUSE, 28, 40, NULL } };
	static const struct doc_tick signs[] = { { TICK_GOOD, 7, "đúng quy định" }, { TICK_BAD, 21, "vi phạm" },
						 { TICK_OPEN, 34, "chưa xác định" } };
	static const struct doc_lane lanes[] = { { "Thời hạn", spans, 4, NULL, 0 }, { "Kết quả của ví dụ", plain, 3, signs, 3 } };
	static const struct doc_timeline legend = {
		"Ký hiệu trong các hình", "Còn hạn: nền nhạt; được gia hạn: gạch chéo; không tính: để trắng; quá hạn: nền đậm.", lanes, 2, 40
	};

	doc_add(g->d, g->s, BLOCK_TIMELINE, NULL)->timeline = &legend;
}
