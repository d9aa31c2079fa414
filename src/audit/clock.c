/*
 * The clock of one case and one term. Two readings walk over the same events: the strict one
 * grants only what the law clearly grants, the lenient one all that the file records and the
 * law could grant. Only the strict one explains itself.
 */
#include "clock_int.h"

#include <rasoat/str.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *const clock_words[] = { "on_time", "late",	    "running",
				    "overdue", "suspended", "indeterminate" };

static const char *const reason_order = "Ngày kết thúc trước ngày bắt đầu";
static const char *const reason_start = "Ngày bắt đầu nằm ngoài lịch làm việc đã có";
static const char *const reason_due = "Ngày hết hạn nằm ngoài lịch làm việc đã có";
static const char *const reason_extension =
	"Gia hạn có văn bản nhưng vượt số lần cho phép theo tính chất vụ việc đã ghi";
static const char *const reason_suspension = "Tạm đình chỉ trước ngày luật quy định";
static const char *const reason_ground =
	"Vụ việc ghi là phức tạp nhưng chưa ghi căn cứ xác định phức tạp";
static const char *const reason_undated = "Tạm đình chỉ hoặc tiếp tục giải quyết không ghi ngày";
static const char *const reason_several =
	"Gia hạn, tạm đình chỉ hoặc tính chất phức tạp chưa đủ căn cứ trong hồ sơ";

enum { DOUBT_EXTENSION = 1, DOUBT_SUSPENSION = 2, DOUBT_GROUND = 4, DOUBT_UNDATED = 8 };

struct reading {
	const struct term_version *v;
	const struct workdays *w;
	const struct clock_case *c;
	day_t as_of, until; /* the last day whose events matter */
	bool lenient;
	struct clock_result *explain; /* NULL: no segments */

	day_t due;      /* so far, not yet moved to a working day */
	bool working;   /* the term runs in working days */
	bool known;     /* inside the calendar */
	bool suspended; /* stopped on the as-of day */
	int extensions; /* counted so far */
	unsigned doubts;
	bool merged; /* no room for more segments */
};

static void explain(struct reading *r, enum segment_kind kind, day_t from, int days,
		    const char *document, const char *fmt, ...) PRINTF_LIKE(6, 7);

/* Cuts at a whole character: a document number may be as long as it likes. */
static void note_cut(char *note, size_t size, int written)
{
	size_t n = size - 1;

	if (written < 0)
		note[0] = '\0';
	if (written < (int)size)
		return;
	while (n > 0 && ((unsigned char)note[n - 1] & 0xC0) == 0x80)
		n--;
	/* note[n - 1] now leads the last character, which may be torn. */
	note[n ? n - 1 : 0] = '\0';
}

static void explain(struct reading *r, enum segment_kind kind, day_t from, int days,
		    const char *document, const char *fmt, ...)
{
	const int room = (int)(sizeof(r->explain->segments) / sizeof(r->explain->segments[0]));
	struct clock_segment *s;
	va_list ap;

	if (!r->explain)
		return;
	if (r->explain->n_segments == room) {
		/* More steps than anybody reads: the last one stands for the rest. */
		s = &r->explain->segments[room - 1];
		s->to = r->due;
		r->merged = true;
		snprintf(s->note, sizeof(s->note), "Các gia hạn, tạm đình chỉ còn lại (gộp)");
		return;
	}
	s = &r->explain->segments[r->explain->n_segments++];
	s->kind = kind;
	s->from = from;
	s->to = r->due;
	s->on = DAY_NONE;
	s->begins = from;
	s->ends = r->due;
	s->open = false;
	s->days = days;
	s->document = document;
	va_start(ap, fmt);
	note_cut(s->note, sizeof(s->note), vsnprintf(s->note, sizeof(s->note), fmt, ap));
	va_end(ap);
}

/* Of the segment just explained. */
static void explain_event(struct reading *r, day_t on, day_t begins, day_t ends)
{
	struct clock_segment *s;

	if (!r->explain || r->merged)
		return;
	s = &r->explain->segments[r->explain->n_segments - 1];
	s->on = on;
	s->begins = begins;
	s->ends = ends;
}

static void advance(struct reading *r, int days)
{
	if (!r->known)
		return;
	if (!r->working)
		r->due += days;
	else if (!workdays_add(r->w, r->due, days, &r->due))
		r->known = false;
}

static const char *day_word(const struct reading *r)
{
	return r->working ? "ngày làm việc" : "ngày";
}

static void read_length(struct reading *r)
{
	const struct clock_case *c = r->c;
	const struct term_length *full, *plain;
	const char *document = r->v->n_bases > 0 ? r->v->bases[0].document : NULL;
	struct term_facts facts = { c->complexity, c->level, c->discipline, c->remote, c->many_places };
	char start[11];

	full = term_length_for(r->v, &facts);
	facts.complexity = NULL;
	plain = term_length_for(r->v, &facts);
	r->due = c->starts_on;
	date_dmy(c->starts_on, start);
	if (r->v->ground_from != DAY_NONE && c->starts_on >= r->v->ground_from && !r->lenient &&
	    !c->ground_optional && (!c->complexity_ground || !*c->complexity_ground) && full->days > plain->days) {
		r->doubts |= DOUBT_GROUND;
		r->working = plain->working;
		advance(r, plain->days);
		explain(r, SEG_BASE, c->starts_on, plain->days, document,
			"Thời hạn %d %s kể từ ngày %s; chưa ghi căn cứ phức tạp nên không áp dụng %d ngày",
			plain->days, day_word(r), start, full->days);
		return;
	}
	r->working = full->working;
	advance(r, full->days);
	explain(r, SEG_BASE, c->starts_on, full->days, document, "Thời hạn %d %s kể từ ngày %s",
		full->days, day_word(r), start);
}

static int most_extensions(const struct term_version *v)
{
	return v->extension_very > v->extension_complex ? v->extension_very : v->extension_complex;
}

/* How many extensions the recorded complexity allows; when none is recorded the documents decide. */
static int allowed_extensions(const struct reading *r)
{
	const char *complexity = r->c->complexity;

	if (r->lenient || !complexity)
		return most_extensions(r->v);
	if (str_eq(complexity, "very_complex"))
		return r->v->extension_very;
	return str_eq(complexity, "complex") ? r->v->extension_complex : 0;
}

static void read_extension(struct reading *r, const struct clock_event *ev)
{
	int most = r->v->extension_days, asked = ev->days > 0 ? ev->days : most;
	int days = asked < most ? asked : most;
	day_t before = r->due;

	if (most <= 0 && r->v->suspension_from == DAY_NONE)
		return; /* no term of settlement: nobody meant to extend it */
	if (most <= 0) {
		explain(r, SEG_IGNORED, before, asked, ev->document,
			"Gia hạn: thời hạn này luật không cho gia hạn, không tính");
	} else if (!ev->document || !*ev->document) {
		explain(r, SEG_IGNORED, before, asked, NULL, "Gia hạn không có văn bản: không tính");
	} else if (r->extensions >= allowed_extensions(r)) {
		if (r->extensions < most_extensions(r->v))
			r->doubts |= DOUBT_EXTENSION;
		explain(r, SEG_IGNORED, before, asked, ev->document,
			"Gia hạn theo %s vượt số lần luật cho phép: không tính", ev->document);
	} else {
		r->extensions++;
		advance(r, days);
		if (asked > most)
			explain(r, SEG_EXTENSION, before, days, ev->document,
				"Gia hạn %d ngày theo %s: chỉ tính %d ngày", asked, ev->document, days);
		else
			explain(r, SEG_EXTENSION, before, days, ev->document,
				"Gia hạn %d ngày theo %s", days, ev->document);
	}
	explain_event(r, ev->on, before, r->due);
}

/* Days of the term in [from, to): those that a suspension takes off. */
static int days_off(struct reading *r, day_t from, day_t to)
{
	int n = 0;

	if (to <= from)
		return 0;
	if (!r->working)
		return to - from;
	if (!workdays_between(r->w, from - 1, to - 1, &n))
		r->known = false;
	return n;
}

static void explain_suspension(struct reading *r, const struct clock_event *ev, day_t before,
			       day_t from, day_t to, bool open, int days)
{
	char on[11], law[11], end[11];
	bool cut = from > ev->on && from == r->v->suspension_from;

	if (!r->explain)
		return;
	date_dmy(ev->on, on);
	date_dmy(from, law);
	date_dmy(to, end);
	if (open && cut)
		explain(r, SEG_SUSPENSION, before, days, ev->document,
			"Tạm đình chỉ từ %s, chưa tiếp tục: không tính %d %s từ %s đến %s", on, days,
			day_word(r), law, end);
	else if (open)
		explain(r, SEG_SUSPENSION, before, days, ev->document,
			"Tạm đình chỉ từ %s, chưa tiếp tục: không tính %d %s đến %s", on, days,
			day_word(r), end);
	else if (cut)
		explain(r, SEG_SUSPENSION, before, days, ev->document,
			"Tạm đình chỉ từ %s đến %s: không tính %d %s kể từ %s", on, end, days,
			day_word(r), law);
	else
		explain(r, SEG_SUSPENSION, before, days, ev->document,
			"Tạm đình chỉ từ %s đến %s: không tính %d %s", on, end, days, day_word(r));
}

static void read_roll(struct reading *r)
{
	day_t before = r->due, rolled;

	if (!r->known || r->working)
		return;
	if (!workdays_roll(r->w, r->due, &rolled)) {
		r->known = false;
		return;
	}
	r->due = rolled;
	if (rolled != before)
		explain(r, SEG_ROLL, before, rolled - before, NULL,
			"Ngày cuối là ngày nghỉ: chuyển sang ngày làm việc tiếp theo");
}

/*
 * A term that ends on a day off runs until the next working day is over: a suspension that begins by
 * then still stops it, and that day alone is left of it.
 */
static day_t reach_roll(struct reading *r, day_t from)
{
	day_t rolled;

	if (from <= r->due || r->working || !workdays_roll(r->w, r->due, &rolled) || from > rolled)
		return from;
	read_roll(r);
	return r->due;
}

/* The suspension [ev->on, resumed): resumed DAY_NONE = not resumed by the as-of day. */
static void read_suspension(struct reading *r, const struct clock_event *ev, day_t resumed)
{
	day_t law = r->v->suspension_from, from = ev->on, to = resumed, before = r->due;
	bool open = resumed == DAY_NONE && r->c->ended_on == DAY_NONE;
	char on[11];

	if (resumed == DAY_NONE || resumed > r->until)
		to = r->until; /* the end, or the as-of day, is as far as it goes */
	date_dmy(ev->on, on);
	if (law == DAY_NONE && r->v->extension_days == 0)
		return; /* no term of settlement: nobody meant to stop it */
	if (law == DAY_NONE) {
		explain(r, SEG_IGNORED, before, 0, ev->document,
			"Tạm đình chỉ từ %s: thời hạn này không trừ thời gian tạm đình chỉ", on);
		explain_event(r, ev->on, from, to);
		return;
	}
	if (!r->lenient && from < law) {
		r->doubts |= DOUBT_SUSPENSION;
		from = law;
		if (open ? from > to : from >= to) {
			explain(r, SEG_IGNORED, before, 0, ev->document,
				"Tạm đình chỉ từ %s, trước khi luật quy định: vẫn tính vào thời hạn", on);
			explain_event(r, ev->on, ev->on, to);
			return;
		}
	}
	if (from <= r->c->starts_on)
		from = r->c->starts_on + 1;
	from = reach_roll(r, from);
	before = r->due;
	if (from > r->due) {
		explain(r, SEG_IGNORED, before, 0, ev->document,
			"Tạm đình chỉ từ %s, sau khi đã hết thời hạn: không kéo dài thời hạn", on);
		explain_event(r, ev->on, from, to);
		return;
	}
	if (to < from && !open)
		return; /* over before the term began */
	if (open)
		r->suspended = true;
	advance(r, days_off(r, from, to));
	explain_suspension(r, ev, before, from, to, open, r->working ? days_off(r, from, to)
							      : r->due - before);
	explain_event(r, ev->on, from, to);
	if (r->explain && !r->merged)
		r->explain->segments[r->explain->n_segments - 1].open = open;
}

static const struct clock_event *next_resume(const struct reading *r, const struct clock_event *ev,
					     const struct clock_event *end)
{
	for (; ev < end; ev++)
		if (ev->kind == EV_RESUME && ev->on != DAY_NONE && ev->on <= r->as_of)
			return ev;
	return NULL;
}

static void read_events(struct reading *r, const struct clock_event *events, int n)
{
	const struct clock_event *end = events + n, *resume;

	for (const struct clock_event *ev = events; ev < end; ev++) {
		if (ev->on > r->until)
			break;
		if (ev->kind == EV_EXTEND) {
			read_extension(r, ev);
		} else if (ev->on == DAY_NONE) {
			/* Nobody can say when it stopped or went on: a doubt, not a day. */
			r->doubts |= r->v->suspension_from != DAY_NONE ? DOUBT_UNDATED : 0;
			explain(r, SEG_IGNORED, r->due, 0, ev->document,
				"Tạm đình chỉ hoặc tiếp tục giải quyết không ghi ngày: không tính");
			explain_event(r, DAY_NONE, DAY_NONE, DAY_NONE);
		} else if (ev->kind == EV_SUSPEND) {
			resume = next_resume(r, ev + 1, end);
			read_suspension(r, ev, resume ? resume->on : DAY_NONE);
			/* Extensions inside the suspension still count, a second suspend does not. */
			for (ev++; ev < end && ev != resume && ev->on <= r->until; ev++)
				if (ev->kind == EV_EXTEND)
					read_extension(r, ev);
			if (ev != resume)
				break;
		}
	}
}

static bool reading_late(const struct reading *r)
{
	if (r->c->ended_on != DAY_NONE)
		return r->c->ended_on > r->due;
	return !r->suspended && r->as_of > r->due;
}

static void read_all(struct reading *r, const struct clock_event *events, int n)
{
	bool worked;

	r->until = r->c->ended_on != DAY_NONE ? r->c->ended_on : r->as_of;
	r->known = workdays_is_worked(r->w, r->c->starts_on, &worked);
	read_length(r);
	read_events(r, events, n);
	read_roll(r);
}

static const char *doubt_reason(unsigned doubts)
{
	switch (doubts) {
	case DOUBT_EXTENSION:
		return reason_extension;
	case DOUBT_SUSPENSION:
		return reason_suspension;
	case DOUBT_GROUND:
		return reason_ground;
	case DOUBT_UNDATED:
		return reason_undated;
	default:
		return reason_several;
	}
}

static const char *unknown_reason(const struct clock_case *c, const struct workdays *w)
{
	bool worked;

	return workdays_is_worked(w, c->starts_on, &worked) ? reason_due : reason_start;
}

/* Why the question stays open, or NULL. */
static const char *open_question(const struct reading *strict, const struct reading *lenient)
{
	const struct clock_case *c = strict->c;

	if (c->ended_on != DAY_NONE && c->ended_on < c->starts_on)
		return reason_order;
	if (!strict->known)
		return unknown_reason(c, strict->w);
	if (!reading_late(strict))
		return NULL;
	if (!lenient->known)
		return unknown_reason(c, lenient->w);
	if (!reading_late(lenient) || strict->doubts & DOUBT_UNDATED)
		return doubt_reason(strict->doubts);
	return NULL;
}

static void conclude(const struct reading *strict, const struct reading *lenient,
		     struct clock_result *ret)
{
	const struct clock_case *c = strict->c;
	bool ended = c->ended_on != DAY_NONE, late;

	ret->due_on = strict->known ? strict->due : DAY_NONE;
	ret->lenient_due_on = lenient->known ? lenient->due : DAY_NONE;
	ret->overdue_days = 0;
	ret->reason = open_question(strict, lenient);
	if (ret->reason) {
		ret->status = CLOCK_INDETERMINATE;
		return;
	}
	late = reading_late(strict);
	if (late)
		ret->overdue_days = (ended ? c->ended_on : strict->as_of) - strict->due;
	if (ended)
		ret->status = late ? CLOCK_LATE : CLOCK_ON_TIME;
	else if (strict->suspended)
		ret->status = CLOCK_SUSPENDED;
	else
		ret->status = late ? CLOCK_OVERDUE : CLOCK_RUNNING;
}

void clock_decide(const struct term *t, const struct term_version *v, const struct workdays *w,
		  const struct clock_case *c, const struct clock_event *events, int n_events,
		  day_t as_of, bool explained, struct clock_result *ret)
{
	struct clock_case seen = *c;
	struct reading strict = { .v = v, .w = w, .c = &seen, .as_of = as_of };
	struct reading lenient = { .v = v, .w = w, .c = &seen, .as_of = as_of, .lenient = true };

	(void)t;
	if (seen.ended_on > as_of)
		seen.ended_on = DAY_NONE; /* facts after the as-of day do not exist */
	ret->n_segments = 0;
	strict.explain = explained ? ret : NULL;
	read_all(&strict, events, n_events);
	read_all(&lenient, events, n_events);
	conclude(&strict, &lenient, ret);
}

void clock_compute(const struct term *t, const struct term_version *v, const struct workdays *w,
		   const struct clock_case *c, const struct clock_event *events, int n_events,
		   day_t as_of, struct clock_result *ret)
{
	clock_decide(t, v, w, c, events, n_events, as_of, true, ret);
}
