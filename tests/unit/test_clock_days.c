/*
 * The clock a second time, the slow way: a walk of one day after the other over marked days,
 * written from docs/rules.md and the law, with numbers of its own. It must agree with the clock
 * and with rules/terms.xml on random files, and on the vectors of the law.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include <rasoat/arena.h>
#include <rasoat/clock.h>
#include <rasoat/err.h>
#include <rasoat/str.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CASES = 100000, STORED = 2000, EVENTS = 6, DAYS = 365 * 5 };

static struct arena *arena;
static struct terms *terms;
static struct workdays *official;

static day_t day(const char *iso)
{
	day_t d = DAY_NONE;

	assert_true(date_parse_iso(iso, strlen(iso), &d));
	return d;
}

static int setup(void **state)
{
	struct diags d;

	(void)state;
	arena = arena_new();
	diags_init(&d, arena);
	terms = terms_load(arena, "rules/terms.xml", "schemas", &d);
	official = calendar_load(arena, "rules/calendar.xml", "schemas", &d);
	assert_int_equal(d.count, 0);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* ---- a random file ---- */

static uint64_t seed = 20261122;

static int number(int below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (int)((seed >> 11) % (uint64_t)below);
}

static bool chance(int percent)
{
	return number(100) < percent;
}

enum { KNOWN, RECEIVED, ACCEPTED, DECIDED, NOTIFIED, CLOSED, COLUMNS };
static const char *const columns[COLUMNS] = { "act_known_on", "received_on", "accepted_on",
					      "decided_on",   "notified_on", "closed_on" };

struct file {
	const char *kind, *level, *discipline, *complexity, *ground;
	bool remote, many_places;
	day_t dates[COLUMNS], as_of;
	struct clock_event events[EVENTS];
	int n_events;
};

/* Days from 2024-01-01 on; `known` of them, the others are beyond the calendar. */
struct almanac {
	day_t first;
	int known;
	bool worked[DAYS];
	struct workdays *same; /* for the clock under test */
};

static void make_almanac(struct almanac *a, struct arena *mem)
{
	a->first = day("2024-01-01");
	a->known = day("2027-12-31") - a->first + 1;
	a->same = workdays_new(mem, 2024, 2027);
	for (int i = 0; i < a->known; i++) {
		int weekday = i % 7; /* 2024-01-01 is a Monday */

		a->worked[i] = weekday < 5 ? !chance(4) : weekday == 5 && chance(6);
	}
	for (int blocks = 0; blocks < 6; blocks++) { /* holidays of a week, like Tết */
		int at = number(a->known - 10), n = 4 + number(6);

		for (int i = at; i < at + n; i++)
			a->worked[i] = false;
	}
	for (int i = 0; i < a->known; i++)
		assert_true(workdays_set(a->same, a->first + i, a->worked[i]));
	workdays_seal(a->same);
}

static const char *pick(const char *const *words, int n)
{
	return words[number(n)];
}

static int by_day(const void *a, const void *b)
{
	const struct clock_event *x = a, *y = b;

	return x->on < y->on ? -1 : x->on > y->on;
}

static void make_events(struct file *f)
{
	f->n_events = chance(40) ? 0 : number(EVENTS + 1);
	for (int i = 0; i < f->n_events; i++) {
		struct clock_event *ev = &f->events[i];
		int kind = number(3);

		ev->kind = kind == 0 ? EV_EXTEND : kind == 1 ? EV_SUSPEND : EV_RESUME;
		ev->on = f->dates[RECEIVED] - 5 + number(140);
		ev->days = chance(30) ? 0 : 1 + number(45);
		ev->document = chance(80) ? "QĐ" : chance(50) ? NULL : "";
	}
	/* In order, and of two on one day the one that was made first. */
	for (int i = 1; i < f->n_events; i++)
		for (int k = i; k > 0 && by_day(&f->events[k - 1], &f->events[k]) > 0; k--) {
			struct clock_event swap = f->events[k];

			f->events[k] = f->events[k - 1];
			f->events[k - 1] = swap;
		}
}

static void make_file(struct file *f, day_t at)
{
	static const char *const kinds[] = { "complaint", "complaint", "denunciation", "recommendation" };
	static const char *const levels[] = { "first", "second", "again", NULL };
	static const char *const disciplines[] = { NULL, NULL, NULL, "none", "discipline", "dismissal" };
	static const char *const complexities[] = { NULL, "normal", "complex", "very_complex" };
	static const char *const grounds[] = { NULL, "", "BB 12" };

	*f = (struct file){ .kind = pick(kinds, 4), .level = pick(levels, 4), .discipline = pick(disciplines, 6),
			    .complexity = pick(complexities, 4), .ground = pick(grounds, 3),
			    .remote = chance(30), .many_places = chance(30) };
	f->dates[KNOWN] = chance(50) ? at - number(100) : DAY_NONE;
	f->dates[RECEIVED] = at;
	f->dates[ACCEPTED] = chance(80) ? at + number(15) - 1 : DAY_NONE;
	f->dates[DECIDED] = chance(60) ? at + number(130) : DAY_NONE;
	f->dates[NOTIFIED] = chance(50) ? at + number(140) : DAY_NONE;
	f->dates[CLOSED] = chance(30) ? at + number(140) : DAY_NONE;
	f->as_of = at + number(170);
	make_events(f);
}

/* ---- the law, by hand ---- */

struct limit {
	const char *id;
	int start, ends[2]; /* columns; -1 = none */
	int days, plain;    /* plain: when complexity does not count */
	bool working;
	int extensions_complex, extensions_very; /* of at most 30 days each */
	const char *suspended_from, *ground_from; /* NULL = never */
};

static bool is(const char *a, const char *b)
{
	return a && strcmp(a, b) == 0;
}

static int add(struct limit *all, int n, struct limit l)
{
	all[n] = l;
	return n + 1;
}

#define ACCEPTANCE(i, d, w) { .id = (i), .start = RECEIVED, .ends = { ACCEPTED, CLOSED }, .days = (d), .plain = (d), .working = (w) }
#define SETTLEMENT(i, d, p)                                                                      \
	{ .id = (i), .start = ACCEPTED, .ends = { DECIDED, CLOSED }, .days = (d), .plain = (p),  \
	  .suspended_from = "2026-07-01", .ground_from = "2026-07-01" }
#define LODGING(i, d) { .id = (i), .start = KNOWN, .ends = { RECEIVED, -1 }, .days = (d), .plain = (d) }
#define SENDING(i, d, w) { .id = (i), .start = DECIDED, .ends = { NOTIFIED, -1 }, .days = (d), .plain = (d), .working = (w) }

static int complaint_limits(const struct file *f, struct limit *all)
{
	bool second = is(f->level, "second"), first = is(f->level, "first"), far = f->remote;
	bool complex = is(f->complexity, "complex") || is(f->complexity, "very_complex");
	bool dismissal = is(f->discipline, "dismissal"), discipline = dismissal || is(f->discipline, "discipline");
	bool new_law = f->dates[RECEIVED] >= day("2026-07-01");
	int n = 0;

	n = add(all, n, (struct limit)ACCEPTANCE(discipline ? "KN-12" : "KN-02", new_law ? 7 : 10, new_law));
	if (discipline && (first || second)) {
		n = add(all, n, (struct limit)LODGING("KN-11", first ? 15 : dismissal ? 30 : 10));
		n = add(all, n, (struct limit)SETTLEMENT("KN-13", complex ? 45 : 30, 30));
	} else if (first) {
		n = add(all, n, (struct limit)LODGING("KN-01", 90));
		n = add(all, n, (struct limit)SETTLEMENT("KN-03", (far ? 45 : 30) + (complex ? 15 : 0), far ? 45 : 30));
	} else if (second) {
		n = add(all, n, (struct limit)LODGING("KN-06", far ? 45 : 30));
		n = add(all, n, (struct limit)SETTLEMENT("KN-08", far ? complex ? 70 : 60 : complex ? 60 : 45,
							 far ? 60 : 45));
	}
	if (first)
		n = add(all, n, (struct limit)SENDING("KN-05", 3, true));
	if (second)
		n = add(all, n, (struct limit)SENDING("KN-09", 7, false));
	return n;
}

static int limits(const struct file *f, struct limit *all)
{
	struct limit settle = SETTLEMENT("TC-05", 30, 30);
	int n = 0;

	if (is(f->kind, "complaint"))
		return complaint_limits(f, all);
	if (!is(f->kind, "denunciation"))
		return 0;
	if (is(f->level, "again"))
		n = add(all, n, (struct limit)ACCEPTANCE("TC-12", 20, false));
	else
		n = add(all, n, (struct limit)ACCEPTANCE("TC-01", f->many_places ? 10 : 7, true));
	settle.extensions_complex = 1;
	settle.extensions_very = 2;
	settle.suspended_from = "2019-01-01";
	settle.ground_from = NULL;
	n = add(all, n, settle);
	return add(all, n, (struct limit)SENDING("TC-09", 5, true));
}

/* ---- one day after the other ---- */

struct walk {
	const struct file *f;
	const struct limit *l;
	const struct almanac *a;
	int start, until, as_of; /* days of the almanac; start may lie outside */
	bool ended, lenient;
	bool passed[DAYS]; /* days that are none of the term's */
	int length;
	bool stopped; /* on the as-of day */
};

/* The last day: the length's n-th day that counts after the start; -1 = beyond the calendar. */
static int last_day(const struct walk *w)
{
	int at = w->start;

	for (int left = w->length; left > 0;) {
		if (++at >= w->a->known)
			return -1;
		left -= !w->passed[at] && (!w->l->working || w->a->worked[at]);
	}
	return at;
}

static int next_worked(const struct almanac *a, int at)
{
	while (at < a->known && !a->worked[at])
		at++;
	return at < a->known ? at : -1;
}

static void extend(struct walk *w, const struct clock_event *ev, int *used)
{
	int most = w->l->extensions_very, allowed = most, days = ev->days > 0 && ev->days < 30 ? ev->days : 30;

	if (!w->lenient && w->f->complexity)
		allowed = is(w->f->complexity, "complex") ? w->l->extensions_complex :
			  is(w->f->complexity, "very_complex") ? most : 0;
	if (!ev->document || !*ev->document || *used >= allowed)
		return;
	w->length += days;
	(*used)++;
}

/* Days from `from` on, before `to`, do not count. */
static void suspend(struct walk *w, int from, int to, bool open)
{
	int law = w->l->suspended_from ? day(w->l->suspended_from) - w->a->first : 0, last, rolled;

	if (!w->l->suspended_from)
		return;
	if (!w->lenient && from < law) {
		from = law;
		if (open ? from > to : from >= to)
			return;
	}
	if (from <= w->start)
		from = w->start + 1;
	last = last_day(w);
	rolled = last < 0 || w->l->working ? last : next_worked(w->a, last);
	if (last >= 0 && rolled < 0)
		rolled = last;
	if (last >= 0 && from > rolled)
		return; /* it was over */
	for (int i = last; last >= 0 && from > last && i < rolled; i++)
		w->passed[i] = true; /* the day that is left is the working day */
	for (int i = from; i < to; i++)
		if (i >= 0 && i < DAYS)
			w->passed[i] = true;
	w->stopped |= open;
}

static int walk(struct walk *w)
{
	const struct clock_event *end = w->f->events + w->f->n_events;
	bool inside = false;
	int used = 0, last;

	for (const struct clock_event *ev = w->f->events; ev < end && ev->on - w->a->first <= w->until; ev++) {
		int from = ev->on - w->a->first, to = -1;

		if (ev->kind == EV_EXTEND)
			extend(w, ev, &used);
		if (ev->kind == EV_RESUME)
			inside = false;
		if (ev->kind != EV_SUSPEND || inside)
			continue;
		inside = true;
		for (const struct clock_event *r = ev + 1; r < end && to < 0; r++)
			if (r->kind == EV_RESUME && r->on <= w->f->as_of)
				to = r->on - w->a->first;
		suspend(w, from, to < 0 || to > w->until ? w->until : to, to < 0 && !w->ended);
	}
	last = last_day(w);
	return last < 0 || w->l->working ? last : next_worked(w->a, last);
}

static bool is_late(const struct walk *w, int due)
{
	return w->ended ? w->until > due : !w->stopped && w->as_of > due;
}

struct answer {
	int due;
	const char *status;
	int days;
};

static struct answer read_file(const struct file *f, const struct limit *l, const struct almanac *a, day_t end)
{
	bool unfounded = l->ground_from && f->dates[l->start] >= day(l->ground_from) && !(f->ground && *f->ground);
	struct walk strict = { .f = f, .l = l, .a = a, .start = f->dates[l->start] - a->first,
			       .as_of = f->as_of - a->first, .ended = end != DAY_NONE };
	struct walk lenient;
	struct answer r = { .status = "indeterminate" };
	int lenient_due;

	strict.until = strict.ended ? end - a->first : strict.as_of;
	lenient = strict;
	lenient.lenient = true;
	lenient.length = l->days;
	strict.length = unfounded ? l->plain : l->days;
	r.due = strict.start < 0 || strict.start >= a->known ? -1 : walk(&strict);
	if ((strict.ended && strict.until < strict.start) || r.due < 0)
		return r;
	lenient_due = walk(&lenient);
	if (!is_late(&strict, r.due)) {
		r.status = strict.ended ? "on_time" : strict.stopped ? "suspended" : "running";
	} else if (lenient_due >= 0 && is_late(&lenient, lenient_due)) {
		r.status = strict.ended ? "late" : "overdue";
		r.days = strict.until - r.due;
	}
	return r;
}

/* ---- both ---- */

static day_t earliest(const struct file *f, const struct limit *l)
{
	day_t end = f->dates[l->ends[0]], other = l->ends[1] < 0 ? DAY_NONE : f->dates[l->ends[1]];

	if (end == DAY_NONE || (other != DAY_NONE && other < end))
		end = other;
	return end > f->as_of ? DAY_NONE : end;
}

static day_t named_date(const struct file *f, const char *column)
{
	for (int i = 0; i < COLUMNS; i++)
		if (strcmp(columns[i], column) == 0)
			return f->dates[i];
	fail_msg("no column %s", column);
	return DAY_NONE;
}

static void show(const struct file *f, const char *id, const struct answer *want, const struct clock_result *got,
		 const struct almanac *a)
{
	char iso[11];

	print_message("%s %s level %s discipline %s complexity %s remote %d as of %s\n", id, f->kind,
		      f->level ? f->level : "-", f->discipline ? f->discipline : "-",
		      f->complexity ? f->complexity : "-", f->remote, date_iso(f->as_of, iso));
	for (int i = 0; i < COLUMNS; i++)
		if (f->dates[i] != DAY_NONE)
			print_message("  %s %s\n", columns[i], date_iso(f->dates[i], iso));
	for (int i = 0; i < f->n_events; i++)
		print_message("  event %d on %s, %d days, %s\n", (int)f->events[i].kind,
			      date_iso(f->events[i].on, iso), f->events[i].days,
			      f->events[i].document ? f->events[i].document : "-");
	print_message("  want %s due %s", want->status, want->due < 0 ? "-" : date_iso(a->first + want->due, iso));
	print_message(", got %s due %s\n", clock_words[got->status], date_iso(got->due_on, iso));
}

/* Which terms the file has, by terms.xml and by hand; then what each of them says. */
static int compare(const struct file *f, const struct almanac *a)
{
	struct limit all[8];
	int n = limits(f, all), met = 0;

	for (int i = 0; i < terms->n_terms; i++) {
		const struct term *t = &terms->terms[i];
		const struct limit *l = NULL;
		const struct term_version *v;
		struct clock_case c = { f->kind, f->level, f->discipline, f->complexity, f->ground,
					f->remote, f->many_places, false, DAY_NONE, DAY_NONE };
		struct clock_result got;
		struct answer want;

		for (int k = 0; k < n; k++)
			l = strcmp(all[k].id, t->id) == 0 ? &all[k] : l;
		assert_int_equal(term_is_for(t, f->kind, f->level, f->discipline), l != NULL);
		if (!l)
			continue;
		c.starts_on = named_date(f, t->start);
		assert_int_equal(c.starts_on, f->dates[l->start]);
		v = c.starts_on == DAY_NONE ? NULL : term_version_on(t, c.starts_on);
		if (!v || c.starts_on > f->as_of)
			continue;
		for (int k = 0; k < t->n_ends; k++) {
			day_t end = named_date(f, t->ends[k]);

			if (end != DAY_NONE && (c.ended_on == DAY_NONE || end < c.ended_on))
				c.ended_on = end;
		}
		clock_compute(t, v, a->same, &c, f->events, f->n_events, f->as_of, &got);
		want = read_file(f, l, a, earliest(f, l));
		if (strcmp(want.status, clock_words[got.status]) != 0 ||
		    (want.due < 0 ? got.due_on != DAY_NONE : got.due_on != a->first + want.due) ||
		    want.days != got.overdue_days) {
			show(f, t->id, &want, &got, a);
			fail_msg("the two clocks differ");
		}
		met++;
	}
	return met;
}

static void random_files(void **state)
{
	struct almanac *a = ARENA_NEW(arena, struct almanac);
	int met = 0;

	(void)state;
	for (int i = 0; i < CASES; i++) {
		struct file f;

		if (i % 500 == 0)
			make_almanac(a, arena);
		/* Half of them around the day when the law changed. */
		make_file(&f, chance(50) ? day("2026-05-01") + number(120) : a->first + number(a->known + 60) - 30);
		met += compare(&f, a);
	}
	assert_true(met > CASES); /* a file has several terms */
}

/* ---- the same through a store, with the official calendar ---- */

static void add_text(struct str *sql, const char *text)
{
	if (text)
		str_addf(sql, ", '%s'", text);
	else
		str_add(sql, ", NULL");
}

static void add_date(struct str *sql, day_t d)
{
	char iso[11];

	add_text(sql, d == DAY_NONE ? NULL : date_iso(d, iso));
}

static void put_file(struct store *s, const struct file *f, int n)
{
	static const char *const kinds[] = { [EV_EXTEND] = "extend", [EV_SUSPEND] = "suspend", [EV_RESUME] = "resume" };
	CLEANUP(str_free) struct str sql = STR_INIT;
	struct err e = ERR_INIT;

	str_addf(&sql, "INSERT INTO main.case_file(case_id, unit_id, kind, level, discipline, complexity, "
		       "complexity_ground, act_known_on, received_on, accepted_on, decided_on, notified_on, closed_on, "
		       "remote, many_places) VALUES('K%05d', '01'", n);
	add_text(&sql, f->kind);
	add_text(&sql, f->level);
	add_text(&sql, f->discipline);
	add_text(&sql, f->complexity);
	add_text(&sql, f->ground && *f->ground ? f->ground : NULL);
	for (int i = 0; i < COLUMNS; i++)
		add_date(&sql, f->dates[i]);
	str_addf(&sql, ", %d, %d);\n", f->remote, f->many_places);
	for (int i = 0; i < f->n_events; i++) {
		const struct clock_event *ev = &f->events[i];

		str_addf(&sql, "INSERT INTO main.case_event(event_id, case_id, kind, happened_on, days, document_no) "
			       "VALUES('E%05d-%d', 'K%05d', '%s'", n, i, n, kinds[ev->kind]);
		add_date(&sql, ev->on);
		str_addf(&sql, ", %d", ev->days);
		add_text(&sql, ev->document && *ev->document ? ev->document : NULL);
		str_add(&sql, ");\n");
	}
	if (store_exec(s, sql.p, &e) != ST_OK)
		fail_msg("%s", e.text);
}

/* What case_clock has of this file, and what it should have: "KN-02 2026-07-10 late 3". */
static void compare_stored(struct store *s, const struct file *f, const struct almanac *a, int n)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	CLEANUP(str_free) struct str want = STR_INIT, got = STR_INIT;
	struct limit all[8];
	struct err e = ERR_INIT;
	char iso[11];

	for (int t = 0, limit_count = limits(f, all); t < terms->n_terms; t++)
		for (int i = 0; i < limit_count; i++) {
			day_t start = f->dates[all[i].start];
			struct answer w;

			if (!is(all[i].id, terms->terms[t].id) || start == DAY_NONE || start > f->as_of)
				continue;
			w = read_file(f, &all[i], a, earliest(f, &all[i]));
			str_addf(&want, "%s %s %s %d\n", all[i].id,
				 w.due < 0 ? "-" : date_iso(a->first + w.due, iso), w.status, w.days);
		}
	if (store_prepare(s, "SELECT term || ' ' || coalesce(due_on, '-') || ' ' || status || ' ' || "
			     "coalesce(overdue_days, 0) FROM case_clock WHERE case_id = :id", &st, &e) != ST_OK ||
	    stmt_bind_name(st, ":id", value_text(arena_printf(arena, "K%05d", n)), &e) != ST_OK)
		fail_msg("%s", e.text);
	while (stmt_step(st, &e) == STEP_ROW)
		str_addf(&got, "%s\n", stmt_text(st, 0));
	assert_string_equal(got.p, want.p);
}

static void stored_files(void **state)
{
	struct almanac *a = ARENA_NEW(arena, struct almanac);
	struct file *files = ARENA_ARRAY(arena, STORED, struct file);
	CLEANUP(store_cleanup) struct store *s = NULL;
	struct err e = ERR_INIT;
	day_t as_of = day("2026-10-05");

	(void)state;
	a->first = day("2024-01-01");
	a->known = day("2027-12-31") - a->first + 1;
	for (int i = 0; i < a->known; i++)
		assert_true(workdays_is_worked(official, a->first + i, &a->worked[i]));
	assert_int_equal(store_open("sqlite::memory:", STORE_CASES, STORE_CREATE, &s, &e), ST_OK);
	store_set_workdays(s, official);
	assert_int_equal(store_exec(s, "BEGIN; INSERT INTO main.unit(unit_id, name) VALUES('01', 'x')", &e), ST_OK);
	for (int i = 0; i < STORED; i++) {
		make_file(&files[i], day("2026-04-01") + number(180));
		files[i].as_of = as_of;
		put_file(s, &files[i], i);
	}
	if (store_exec(s, "COMMIT", &e) != ST_OK || store_set_as_of(s, as_of, &e) != ST_OK ||
	    clock_fill(s, terms, official, as_of, &e) != ST_OK)
		fail_msg("%s", e.text);
	for (int i = 0; i < STORED; i++)
		compare_stored(s, &files[i], a, i);
}

/* ---- regulations: test vectors ---- */

static void vector(const char *kind, const char *id, const char *start, const char *due)
{
	struct clock_case c = { .kind = kind, .level = "first", .starts_on = day(start), .ended_on = DAY_NONE };
	const struct term *t = terms_find(terms, id);
	struct clock_result r;
	char iso[11];

	clock_compute(t, term_version_on(t, c.starts_on), official, &c, NULL, 0, day(start), &r);
	assert_string_equal(date_iso(r.due_on, iso), due);
}

static void complaint_received_26_6_2026_old_law_10_days(void **state)
{
	(void)state;
	vector("complaint", "KN-02", "2026-06-26", "2026-07-06");
}

static void complaint_received_1_7_2026_new_law_7_working_days(void **state)
{
	(void)state;
	vector("complaint", "KN-02", "2026-07-01", "2026-07-10");
}

static void denunciation_received_12_2_2026_over_tet(void **state)
{
	(void)state;
	vector("denunciation", "TC-01", "2026-02-12", "2026-03-02");
}

static void complaint_accepted_27_3_2026_ends_on_days_off(void **state)
{
	(void)state;
	vector("complaint", "KN-03", "2026-03-27", "2026-04-28");
}

/* Every row of the law has its id somewhere. */
static void every_row_is_there(void **state)
{
	static const struct { const char *prefix; int n; } sets[] = { { "KN", 16 }, { "TC", 13 }, { "TCD", 10 } };
	static const char *const halves[] = { "KN-02", "KN-07", "KN-12" };

	(void)state;
	for (size_t s = 0; s < 3; s++)
		for (int i = 1; i <= sets[s].n; i++) {
			const char *id = arena_printf(arena, "%s-%02d", sets[s].prefix, i);
			bool there = terms_find(terms, id) || terms_find_variant(terms, id);

			for (size_t h = 0; h < 3 && !there; h++)
				there = strcmp(id, halves[h]) == 0 &&
					terms_find_variant(terms, arena_printf(arena, "%sa", id)) &&
					terms_find_variant(terms, arena_printf(arena, "%sb", id));
			if (!there)
				fail_msg("terms.xml has no %s", id);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(complaint_received_26_6_2026_old_law_10_days),
		cmocka_unit_test(complaint_received_1_7_2026_new_law_7_working_days),
		cmocka_unit_test(denunciation_received_12_2_2026_over_tet),
		cmocka_unit_test(complaint_accepted_27_3_2026_ends_on_days_off),
		cmocka_unit_test(every_row_is_there),
		cmocka_unit_test(random_files),
		cmocka_unit_test(stored_files),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
