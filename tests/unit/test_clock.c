#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include <rasoat/arena.h>
#include <rasoat/clock.h>
#include <rasoat/err.h>
#include <string.h>

/* All due dates below were counted by hand on a wall calendar of 2026. */

static struct arena *arena;
static struct workdays *calendar;

static day_t day(const char *iso)
{
	day_t d = DAY_NONE;

	assert_true(date_parse_iso(iso, strlen(iso), &d));
	return d;
}

static void off(const char *from, const char *to)
{
	for (day_t d = day(from); d <= day(to); d++)
		assert_true(workdays_set(calendar, d, false));
}

/* 9441/TB-BNV, CV 12729/VPCP-KGVX; 2027 without holidays. */
static int setup(void **state)
{
	(void)state;
	arena = arena_new();
	calendar = workdays_new(arena, 2026, 2027);
	off("2026-01-01", "2026-01-02");
	off("2026-02-16", "2026-02-20");
	off("2026-04-27", "2026-04-27");
	off("2026-04-30", "2026-05-01");
	off("2026-08-31", "2026-09-02");
	off("2026-11-24", "2026-11-24");
	workdays_set(calendar, day("2026-01-10"), true);
	workdays_set(calendar, day("2026-08-22"), true);
	workdays_seal(calendar);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

#define LEN(d, w, c, r)                                                                          \
	{ .days = (d), .working = (w), .complexity = (c), .remote = (r), .many_places = -1 }
static struct basis basis_law = { .document = "Luật" };

static struct term_version plain(struct term_length *lengths, int n)
{
	return (struct term_version){ .from = DAY_NONE, .to = DAY_NONE, .lengths = lengths,
				      .n_lengths = n, .suspension_from = DAY_NONE,
				      .ground_from = DAY_NONE, .bases = &basis_law, .n_bases = 1 };
}

static struct term_length ten[] = { LEN(10, false, NULL, -1) };
static struct term_length seven[] = { LEN(7, true, NULL, -1) };
static struct term_length thirty[] = { LEN(30, false, NULL, -1) };
static struct term_length complaint[] = { LEN(30, false, NULL, -1), LEN(45, false, "complex", -1),
					  LEN(45, false, NULL, 1), LEN(60, false, "complex", 1) };

/* KN-03 */
static struct term_version complaint_version(void)
{
	struct term_version v = plain(complaint, 4);

	v.suspension_from = day("2026-07-01");
	v.ground_from = day("2026-07-01");
	return v;
}

/* TC-05 to TC-07 */
static struct term_version denunciation_version(void)
{
	struct term_version v = plain(thirty, 1);

	v.extension_days = 30;
	v.extension_complex = 1;
	v.extension_very = 2;
	v.suspension_from = day("2019-01-01");
	return v;
}

static const struct term term = { .id = "X", .kind = "complaint" };

static struct clock_case from(const char *start)
{
	return (struct clock_case){ .kind = "complaint", .starts_on = day(start),
				    .ended_on = DAY_NONE };
}

static struct clock_result run(const struct term_version *v, const struct clock_case *c,
			       const struct clock_event *ev, int n, const char *as_of)
{
	struct clock_result r;

	clock_compute(&term, v, calendar, c, ev, n, day(as_of), &r);
	return r;
}

static void assert_day(day_t got, const char *iso)
{
	char text[11];

	assert_string_equal(date_iso(got, text), iso);
}

static void expect(const struct clock_result *r, const char *due, enum clock_status status, int overdue)
{
	assert_day(r->due_on, due);
	assert_string_equal(clock_words[r->status], clock_words[status]);
	assert_int_equal(r->overdue_days, overdue);
	if (status != CLOCK_INDETERMINATE)
		assert_null(r->reason);
}

static struct clock_event extend(const char *on, int days, const char *document)
{
	return (struct clock_event){ EV_EXTEND, day(on), days, document };
}

static struct clock_event suspend(const char *on)
{
	return (struct clock_event){ EV_SUSPEND, day(on), 0, "TDC" };
}

static struct clock_event resume(const char *on)
{
	return (struct clock_event){ EV_RESUME, day(on), 0, "TT" };
}

static void known_vectors(void **state)
{
	struct term_version old = plain(ten, 1), new = plain(seven, 1), kn03 = complaint_version();
	struct clock_case c = from("2026-06-26");
	struct clock_result r = run(&old, &c, NULL, 0, "2026-06-30");

	(void)state;
	expect(&r, "2026-07-06", CLOCK_RUNNING, 0);
	c = from("2026-07-01");
	r = run(&new, &c, NULL, 0, "2026-07-01");
	expect(&r, "2026-07-10", CLOCK_RUNNING, 0);
	c = from("2026-02-12");
	r = run(&new, &c, NULL, 0, "2026-02-13");
	expect(&r, "2026-03-02", CLOCK_RUNNING, 0);
	c = from("2026-03-27");
	r = run(&kn03, &c, NULL, 0, "2026-03-30");
	expect(&r, "2026-04-28", CLOCK_RUNNING, 0);
	assert_int_equal(r.n_segments, 2);
	assert_string_equal(r.segments[0].note, "Thời hạn 30 ngày kể từ ngày 27/03/2026");
	assert_string_equal(r.segments[0].document, "Luật");
	assert_day(r.segments[1].from, "2026-04-26");
	assert_int_equal(r.segments[1].days, 2);
	assert_string_equal(r.segments[1].note,
			    "Ngày cuối là ngày nghỉ: chuyển sang ngày làm việc tiếp theo");
}

/* Both versions of the acceptance term, received the day before and the day of the change. */
static void law_change(void **state)
{
	struct term_version versions[2] = { plain(ten, 1), plain(seven, 1) };
	struct term t = { .id = "KN-02", .versions = versions, .n_versions = 2 };
	struct clock_case c = from("2026-06-30");
	struct clock_result r;

	(void)state;
	versions[0].from = day("2012-07-01");
	versions[0].to = day("2026-06-30");
	versions[1].from = day("2026-07-01");
	assert_ptr_equal(term_version_on(&t, day("2026-06-30")), &versions[0]);
	assert_ptr_equal(term_version_on(&t, day("2026-07-01")), &versions[1]);
	assert_null(term_version_on(&t, day("2012-06-30")));
	r = run(&versions[0], &c, NULL, 0, "2026-07-01");
	expect(&r, "2026-07-10", CLOCK_RUNNING, 0);
	c = from("2026-07-02");
	r = run(&versions[1], &c, NULL, 0, "2026-07-02");
	expect(&r, "2026-07-13", CLOCK_RUNNING, 0);
}

static void boundaries(void **state)
{
	struct term_version v = plain(ten, 1);
	struct clock_case c = from("2026-03-02"); /* due Thursday 12/03 */
	struct clock_result r = run(&v, &c, NULL, 0, "2026-03-11");

	(void)state;
	expect(&r, "2026-03-12", CLOCK_RUNNING, 0);
	r = run(&v, &c, NULL, 0, "2026-03-12");
	expect(&r, "2026-03-12", CLOCK_RUNNING, 0);
	r = run(&v, &c, NULL, 0, "2026-03-13");
	expect(&r, "2026-03-12", CLOCK_OVERDUE, 1);
	c.ended_on = day("2026-03-11");
	r = run(&v, &c, NULL, 0, "2026-12-31");
	expect(&r, "2026-03-12", CLOCK_ON_TIME, 0);
	c.ended_on = day("2026-03-12");
	r = run(&v, &c, NULL, 0, "2026-12-31");
	expect(&r, "2026-03-12", CLOCK_ON_TIME, 0);
	c.ended_on = day("2026-03-13");
	r = run(&v, &c, NULL, 0, "2026-12-31");
	expect(&r, "2026-03-12", CLOCK_LATE, 1);
	/* An end after the as-of day is not known yet. */
	r = run(&v, &c, NULL, 0, "2026-03-12");
	expect(&r, "2026-03-12", CLOCK_RUNNING, 0);
	c.ended_on = day("2026-03-01");
	r = run(&v, &c, NULL, 0, "2026-12-31");
	expect(&r, "2026-03-12", CLOCK_INDETERMINATE, 0);
	assert_string_equal(r.reason, "Ngày kết thúc trước ngày bắt đầu");
}

static void lengths(void **state)
{
	struct term_version v = complaint_version();
	struct clock_case c = from("2026-06-15");
	struct clock_result r = run(&v, &c, NULL, 0, "2026-06-16");

	(void)state;
	expect(&r, "2026-07-15", CLOCK_RUNNING, 0);
	c.remote = true;
	r = run(&v, &c, NULL, 0, "2026-06-16");
	expect(&r, "2026-07-30", CLOCK_RUNNING, 0);
	c.complexity = "complex";
	r = run(&v, &c, NULL, 0, "2026-06-16");
	expect(&r, "2026-08-14", CLOCK_RUNNING, 0);
	c.remote = false;
	r = run(&v, &c, NULL, 0, "2026-06-16");
	expect(&r, "2026-07-30", CLOCK_RUNNING, 0);
	c.complexity = "very_complex";
	r = run(&v, &c, NULL, 0, "2026-06-16");
	expect(&r, "2026-07-30", CLOCK_RUNNING, 0);
}

static void ground(void **state)
{
	struct term_version v = complaint_version();
	struct clock_case c = from("2026-07-01");
	struct clock_result r;

	(void)state;
	c.complexity = "complex";
	r = run(&v, &c, NULL, 0, "2026-07-31");
	expect(&r, "2026-07-31", CLOCK_RUNNING, 0);
	assert_day(r.lenient_due_on, "2026-08-17");
	assert_string_equal(r.segments[0].note,
			    "Thời hạn 30 ngày kể từ ngày 01/07/2026; chưa ghi căn cứ phức tạp nên "
			    "không áp dụng 45 ngày");
	r = run(&v, &c, NULL, 0, "2026-08-03");
	expect(&r, "2026-07-31", CLOCK_INDETERMINATE, 0);
	assert_string_equal(r.reason,
			    "Vụ việc ghi là phức tạp nhưng chưa ghi căn cứ xác định phức tạp");
	r = run(&v, &c, NULL, 0, "2026-08-18");
	expect(&r, "2026-07-31", CLOCK_OVERDUE, 18);
	c.complexity_ground = "Nhiều nơi xác minh";
	r = run(&v, &c, NULL, 0, "2026-08-17");
	expect(&r, "2026-08-17", CLOCK_RUNNING, 0);
	/* The day before the ground became a duty. */
	c = from("2026-06-30");
	c.complexity = "complex";
	r = run(&v, &c, NULL, 0, "2026-08-15");
	expect(&r, "2026-08-14", CLOCK_OVERDUE, 1);
}

static void extensions(void **state)
{
	struct term_version v = denunciation_version();
	struct clock_case c = from("2026-03-02"); /* plain due Wednesday 01/04 */
	struct clock_event ev[3] = { extend("2026-03-25", 30, "12/QĐ-BHXH"),
				     extend("2026-04-25", 0, "13/QĐ-BHXH"),
				     extend("2026-05-25", 30, "14/QĐ-BHXH") };
	struct clock_result r = run(&v, &c, ev, 1, "2026-03-30");

	(void)state;
	/* No complexity on file: the documents decide. 01/05 is a holiday, 2 and 3 a weekend. */
	expect(&r, "2026-05-04", CLOCK_RUNNING, 0);
	assert_string_equal(r.segments[1].note, "Gia hạn 30 ngày theo 12/QĐ-BHXH");
	assert_int_equal(r.segments[1].kind, SEG_EXTENSION);
	assert_day(r.segments[1].to, "2026-05-01");
	r = run(&v, &c, ev, 2, "2026-05-20");
	expect(&r, "2026-06-01", CLOCK_RUNNING, 0);
	r = run(&v, &c, ev, 3, "2026-06-02");
	expect(&r, "2026-06-01", CLOCK_OVERDUE, 1);
	c.complexity = "complex";
	r = run(&v, &c, ev, 1, "2026-05-05");
	expect(&r, "2026-05-04", CLOCK_OVERDUE, 1);
	r = run(&v, &c, ev, 2, "2026-05-05");
	expect(&r, "2026-05-04", CLOCK_INDETERMINATE, 0);
	assert_string_equal(
		r.reason,
		"Gia hạn có văn bản nhưng vượt số lần cho phép theo tính chất vụ việc đã ghi");
	assert_string_equal(r.segments[2].note,
			    "Gia hạn theo 13/QĐ-BHXH vượt số lần luật cho phép: không tính");
	c.complexity = "very_complex";
	r = run(&v, &c, ev, 3, "2026-06-02");
	expect(&r, "2026-06-01", CLOCK_OVERDUE, 1);
	c.complexity = "normal";
	r = run(&v, &c, ev, 1, "2026-05-04");
	expect(&r, "2026-04-01", CLOCK_INDETERMINATE, 0);
	assert_day(r.lenient_due_on, "2026-05-04");
	r = run(&v, &c, ev, 1, "2026-05-05");
	expect(&r, "2026-04-01", CLOCK_OVERDUE, 34);
	/* The second extension came after the end. */
	c.complexity = "very_complex";
	c.ended_on = day("2026-04-24");
	r = run(&v, &c, ev, 2, "2026-12-31");
	expect(&r, "2026-05-04", CLOCK_ON_TIME, 0);
}

static void extensions_without_right(void **state)
{
	struct term_version v = denunciation_version(), none = plain(thirty, 1);
	struct clock_case c = from("2026-03-02");
	struct clock_event ev = extend("2026-03-25", 30, NULL);
	struct clock_result r = run(&v, &c, &ev, 1, "2026-04-02");

	(void)state;
	expect(&r, "2026-04-01", CLOCK_OVERDUE, 1);
	assert_int_equal(r.segments[1].kind, SEG_IGNORED);
	assert_string_equal(r.segments[1].note, "Gia hạn không có văn bản: không tính");
	ev.document = "";
	r = run(&v, &c, &ev, 1, "2026-04-02");
	expect(&r, "2026-04-01", CLOCK_OVERDUE, 1);
	ev = extend("2026-03-25", 45, "9/QĐ");
	r = run(&v, &c, &ev, 1, "2026-04-02");
	expect(&r, "2026-05-04", CLOCK_RUNNING, 0);
	assert_string_equal(r.segments[1].note, "Gia hạn 45 ngày theo 9/QĐ: chỉ tính 30 ngày");
	ev.days = 31;
	r = run(&v, &c, &ev, 1, "2026-05-05");
	expect(&r, "2026-05-04", CLOCK_OVERDUE, 1);
	ev.days = 29; /* 30/04, a holiday */
	r = run(&v, &c, &ev, 1, "2026-05-05");
	expect(&r, "2026-05-04", CLOCK_OVERDUE, 1);
	ev.days = 15;
	r = run(&v, &c, &ev, 1, "2026-04-17");
	expect(&r, "2026-04-16", CLOCK_OVERDUE, 1);
	r = run(&none, &c, &ev, 1, "2026-04-02");
	expect(&r, "2026-04-01", CLOCK_OVERDUE, 1);
}

static void suspensions(void **state)
{
	struct term_version v = denunciation_version();
	struct clock_case c = from("2026-03-02"); /* plain due 01/04 */
	struct clock_event ev[3] = { suspend("2026-03-10"), resume("2026-03-20") };
	struct clock_result r = run(&v, &c, ev, 2, "2026-03-30");

	(void)state;
	expect(&r, "2026-04-13", CLOCK_RUNNING, 0); /* 11/04 is a Saturday */
	assert_string_equal(r.segments[1].note,
			    "Tạm đình chỉ từ 10/03/2026 đến 20/03/2026: không tính 10 ngày");
	r = run(&v, &c, ev, 1, "2026-06-30");
	expect(&r, "2026-07-22", CLOCK_SUSPENDED, 0);
	/* A second suspend before the resume changes nothing, nor does a lone resume. */
	ev[1] = suspend("2026-03-15");
	ev[2] = resume("2026-03-20");
	r = run(&v, &c, ev, 3, "2026-03-30");
	expect(&r, "2026-04-13", CLOCK_RUNNING, 0);
	r = run(&v, &c, ev + 2, 1, "2026-04-02");
	expect(&r, "2026-04-01", CLOCK_OVERDUE, 1);
	/* On the last day it still stops the clock, the day after no more. */
	ev[0] = suspend("2026-04-01");
	ev[1] = resume("2026-04-03");
	r = run(&v, &c, ev, 2, "2026-04-04");
	expect(&r, "2026-04-03", CLOCK_OVERDUE, 1);
	ev[0] = suspend("2026-04-02");
	r = run(&v, &c, ev, 1, "2026-04-03");
	expect(&r, "2026-04-01", CLOCK_OVERDUE, 2);
	/* 04/04 is a Saturday, so the term runs until Monday: what stops it by then leaves that day. */
	c = from("2026-03-05");
	ev[1] = resume("2026-04-10");
	for (const char *const *on = (const char *const[]){ "2026-04-04", "2026-04-05", "2026-04-06", NULL }; *on;
	     on++) {
		ev[0] = suspend(*on);
		r = run(&v, &c, ev, 2, "2026-04-11");
		expect(&r, "2026-04-10", CLOCK_OVERDUE, 1);
	}
	ev[0] = suspend("2026-04-07");
	r = run(&v, &c, ev, 2, "2026-04-11");
	expect(&r, "2026-04-06", CLOCK_OVERDUE, 5);
	ev[0] = suspend("2026-04-05"); /* over before the day that is left */
	ev[1] = resume("2026-04-06");
	r = run(&v, &c, ev, 2, "2026-04-07");
	expect(&r, "2026-04-06", CLOCK_OVERDUE, 1);
	ev[0] = suspend("2026-04-06");
	r = run(&v, &c, ev, 1, "2026-04-20");
	expect(&r, "2026-04-20", CLOCK_SUSPENDED, 0);
	c = from("2026-03-02");
	/* The end comes while suspended. */
	ev[0] = suspend("2026-03-10");
	c.ended_on = day("2026-06-01");
	r = run(&v, &c, ev, 1, "2026-12-31");
	assert_int_equal(r.status, CLOCK_ON_TIME);
	/* 02/03 is day 0 and none of the thirty: only 03 and 04 are taken off. */
	c = from("2026-03-02");
	ev[0] = suspend("2026-03-02");
	ev[1] = resume("2026-03-05");
	r = run(&v, &c, ev, 2, "2026-03-30");
	expect(&r, "2026-04-03", CLOCK_RUNNING, 0);
	ev[0] = suspend("2026-02-02");
	ev[1] = resume("2026-02-20");
	r = run(&v, &c, ev, 2, "2026-03-30");
	expect(&r, "2026-04-01", CLOCK_RUNNING, 0);
}

/* An extension between two suspensions: step by step. */
static void mixed_events(void **state)
{
	struct term_version v = denunciation_version(), working = plain(seven, 1);
	struct clock_case c = from("2026-03-02");
	struct clock_event ev[5] = { suspend("2026-03-10"), extend("2026-03-12", 30, "1/QĐ"),
				     resume("2026-03-20"), suspend("2026-05-11"),
				     resume("2026-05-18") };
	/* 01/04 + 10 = 11/04, + 30 = 11/05; suspended on that day for seven days. */
	struct clock_result r = run(&v, &c, ev, 5, "2026-05-18");

	(void)state;
	expect(&r, "2026-05-18", CLOCK_RUNNING, 0);
	assert_int_equal(r.n_segments, 4);
	/* Working days: Monday and Tuesday are taken off. */
	working.suspension_from = day("2019-01-01");
	c = from("2026-07-01");
	ev[0] = suspend("2026-07-06");
	ev[1] = resume("2026-07-08");
	r = run(&working, &c, ev, 2, "2026-07-15");
	expect(&r, "2026-07-14", CLOCK_OVERDUE, 1);
	assert_string_equal(r.segments[1].note,
			    "Tạm đình chỉ từ 06/07/2026 đến 08/07/2026: không tính 2 ngày làm việc");
}

/* rasoat.xml: complexity lengthens without its ground. */
static void ground_by_setting(void **state)
{
	struct term_version v = complaint_version();
	struct clock_case c = from("2026-07-06");
	struct clock_result r;

	(void)state;
	c.complexity = "complex";
	r = run(&v, &c, NULL, 0, "2026-07-07");
	expect(&r, "2026-08-05", CLOCK_RUNNING, 0);
	c.ground_optional = true;
	r = run(&v, &c, NULL, 0, "2026-08-20");
	expect(&r, "2026-08-20", CLOCK_RUNNING, 0);
	r = run(&v, &c, NULL, 0, "2026-08-21");
	expect(&r, "2026-08-20", CLOCK_OVERDUE, 1);
}

static void suspension_before_the_law(void **state)
{
	struct term_version v = complaint_version(), never = plain(thirty, 1);
	struct clock_case c = from("2026-06-15"); /* due 15/07 */
	struct clock_event ev[2] = { suspend("2026-06-25"), resume("2026-07-06") };
	struct clock_result r = run(&v, &c, ev, 2, "2026-07-20");

	(void)state;
	expect(&r, "2026-07-20", CLOCK_RUNNING, 0);
	assert_day(r.lenient_due_on, "2026-07-27");
	assert_string_equal(
		r.segments[1].note,
		"Tạm đình chỉ từ 25/06/2026 đến 06/07/2026: không tính 5 ngày kể từ 01/07/2026");
	r = run(&v, &c, ev, 2, "2026-07-21");
	expect(&r, "2026-07-20", CLOCK_INDETERMINATE, 0);
	assert_string_equal(r.reason, "Tạm đình chỉ trước ngày luật quy định");
	r = run(&v, &c, ev, 2, "2026-07-28");
	expect(&r, "2026-07-20", CLOCK_OVERDUE, 8);
	ev[0] = suspend("2026-06-20");
	ev[1] = resume("2026-06-25");
	r = run(&v, &c, ev, 2, "2026-07-15");
	expect(&r, "2026-07-15", CLOCK_RUNNING, 0);
	assert_day(r.lenient_due_on, "2026-07-20");
	r = run(&v, &c, ev, 1, "2026-06-28"); /* strictly the clock runs */
	expect(&r, "2026-07-15", CLOCK_RUNNING, 0);
	r = run(&v, &c, ev, 1, "2026-07-02"); /* now the law knows it */
	expect(&r, "2026-07-16", CLOCK_SUSPENDED, 0);
	r = run(&never, &c, ev, 2, "2026-07-16");
	expect(&r, "2026-07-15", CLOCK_OVERDUE, 1);
	assert_int_equal(r.n_segments, 1); /* nobody meant to stop such a term */
	never.extension_days = 30;
	r = run(&never, &c, ev, 2, "2026-07-16");
	assert_string_equal(r.segments[1].note, "Tạm đình chỉ từ 20/06/2026: thời hạn này không "
						"trừ thời gian tạm đình chỉ");
}

static void undated_events(void **state)
{
	struct term_version v = denunciation_version();
	struct clock_case c = from("2026-03-02");
	struct clock_event ev = { EV_SUSPEND, DAY_NONE, 0, "TDC" };
	struct clock_result r = run(&v, &c, &ev, 1, "2026-04-02");

	(void)state;
	expect(&r, "2026-04-01", CLOCK_INDETERMINATE, 0);
	assert_string_equal(r.reason, "Tạm đình chỉ hoặc tiếp tục giải quyết không ghi ngày");
	r = run(&v, &c, &ev, 1, "2026-04-01");
	expect(&r, "2026-04-01", CLOCK_RUNNING, 0);
}

static void several_doubts(void **state)
{
	struct term_version v = denunciation_version();
	struct clock_case c = from("2026-06-15");
	struct clock_event ev[3] = { suspend("2026-06-20"), resume("2026-06-25"),
				     extend("2026-07-01", 30, "1/QĐ") };
	struct clock_result r;

	(void)state;
	v.suspension_from = day("2026-07-01");
	c.complexity = "normal";
	r = run(&v, &c, ev, 3, "2026-07-30");
	expect(&r, "2026-07-15", CLOCK_INDETERMINATE, 0);
	assert_string_equal(
		r.reason, "Gia hạn, tạm đình chỉ hoặc tính chất phức tạp chưa đủ căn cứ trong hồ sơ");
}

static void outside_the_calendar(void **state)
{
	struct term_version v = plain(thirty, 1), working = plain(seven, 1);
	struct clock_case c = from("2025-12-31");
	struct clock_result r = run(&v, &c, NULL, 0, "2026-03-01");

	(void)state;
	expect(&r, "", CLOCK_INDETERMINATE, 0);
	assert_string_equal(r.reason, "Ngày bắt đầu nằm ngoài lịch làm việc đã có");
	c = from("2026-01-01");
	r = run(&v, &c, NULL, 0, "2026-01-30");
	expect(&r, "2026-02-02", CLOCK_RUNNING, 0); /* 31/01 is a Saturday */
	c = from("2027-12-02"); /* + 30 = 01/01/2028 */
	r = run(&v, &c, NULL, 0, "2027-12-03");
	expect(&r, "", CLOCK_INDETERMINATE, 0);
	assert_string_equal(r.reason, "Ngày hết hạn nằm ngoài lịch làm việc đã có");
	c = from("2027-12-01");
	r = run(&v, &c, NULL, 0, "2027-12-03");
	expect(&r, "2027-12-31", CLOCK_RUNNING, 0);
	c = from("2027-12-24");
	r = run(&working, &c, NULL, 0, "2027-12-26");
	expect(&r, "", CLOCK_INDETERMINATE, 0);
}

/* More events than segments, and a document that does not fit: nothing is torn. */
static void long_explanations(void **state)
{
	struct term_version v = denunciation_version();
	struct clock_case c = from("2026-03-02");
	struct clock_event ev[40];
	char document[600];
	struct clock_result r;

	(void)state;
	for (size_t i = 0; i + 4 < sizeof(document); i += 3)
		memcpy(document + i, "Ế", 4);
	for (int i = 0; i < 40; i++)
		ev[i] = extend("2026-03-25", 30, document);
	r = run(&v, &c, ev, 40, "2026-03-30");
	expect(&r, "2026-06-01", CLOCK_RUNNING, 0);
	assert_int_equal(r.n_segments, 16);
	assert_string_equal(r.segments[15].note, "Các gia hạn, tạm đình chỉ còn lại (gộp)");
	assert_int_equal((strlen(r.segments[1].note) - strlen("Gia hạn 30 ngày theo ")) % 3, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_vectors),
		cmocka_unit_test(law_change),
		cmocka_unit_test(boundaries),
		cmocka_unit_test(lengths),
		cmocka_unit_test(ground),
		cmocka_unit_test(extensions),
		cmocka_unit_test(extensions_without_right),
		cmocka_unit_test(suspensions),
		cmocka_unit_test(mixed_events),
		cmocka_unit_test(ground_by_setting),
		cmocka_unit_test(suspension_before_the_law),
		cmocka_unit_test(undated_events),
		cmocka_unit_test(several_doubts),
		cmocka_unit_test(outside_the_calendar),
		cmocka_unit_test(long_explanations),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
