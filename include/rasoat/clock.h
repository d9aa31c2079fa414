/*
 * clock - the statutory clock of every case: terms x case store.
 *
 * For each case_file row and each term of its kind and level whose start
 * date is there, the clock gives one row of the temporary relation
 *   case_clock(case_id, term, starts_on, due_on, ended_on, status, overdue_days, reason)
 * status: on_time, late (ended after due_on), running, overdue (not ended, as-of after due_on),
 * suspended (stopped now), indeterminate (overdue_days NULL, reason in Vietnamese).
 * overdue_days are calendar days from due_on to ended_on or as-of; 0 when not late.
 *
 * due_on = start + length (+ documented extensions: at most as often and as long as the law
 * allows for the recorded complexity; + suspended days [suspend, resume) that
 * begin on or before the due date so far, itself moved to a working day), moved to the next
 * working day.
 * Two readings are computed. The strict one counts only what the law clearly
 * grants. The lenient one also counts what the file records without clear ground: documented
 * extensions beyond the recorded complexity (never beyond the law's
 * maximum), suspensions before the law knew them, complexity without its
 * ground. Late in both: late/overdue, by the strict due date. Late only in the strict
 * one: indeterminate. A start or due date outside the calendar: indeterminate.
 * A term not in force on the start day gives no row.
 */
#ifndef RASOAT_CLOCK_H
#define RASOAT_CLOCK_H

#include <rasoat/store.h>
#include <rasoat/terms.h>

enum clock_status { CLOCK_ON_TIME, CLOCK_LATE, CLOCK_RUNNING, CLOCK_OVERDUE, CLOCK_SUSPENDED, CLOCK_INDETERMINATE };
extern const char *const clock_words[];

struct clock_case { /* one as-of case_file row */
	const char *kind, *level, *discipline, *complexity, *complexity_ground;
	bool remote, many_places;
	bool ground_optional; /* term_settings */
	day_t starts_on;
	day_t ended_on; /* DAY_NONE = open */
};

struct clock_event {
	enum { EV_EXTEND, EV_SUSPEND, EV_RESUME } kind;
	day_t on;
	int days;             /* extension; 0 = as the law allows at most */
	const char *document; /* NULL = none */
};

enum segment_kind { SEG_BASE, SEG_EXTENSION, SEG_SUSPENSION, SEG_ROLL, SEG_IGNORED };
struct clock_segment { /* for `explain`: how due_on came about */
	enum segment_kind kind;
	day_t from, to;       /* due date before and after this segment */
	day_t on;             /* the event's day; DAY_NONE = none, or not dated */
	day_t begins, ends;   /* the days it is about: run, or stopped, `ends` not counted then */
	bool open;            /* a suspension that has not ended */
	int days;             /* of the term, or (suspension) none of it */
	const char *document; /* or NULL */
	char note[192];       /* Vietnamese, one line */
};

struct clock_result {
	day_t due_on, lenient_due_on;
	enum clock_status status;
	int overdue_days;
	const char *reason; /* indeterminate only */
	struct clock_segment segments[16];
	int n_segments;
};

/*
 * Pure: no store. Events in order of date. `v` is the version in force. Texts borrow from the
 * inputs and constants; the notes are the result's own. Days before the day after the start
 * and days after the end are none of the term's, so no suspension takes them off.
 */
void clock_compute(const struct term *t, const struct term_version *v, const struct workdays *w,
		   const struct clock_case *c, const struct clock_event *events, int n_events, day_t as_of,
		   struct clock_result *ret);

/* (Re)creates and fills the temporary table case_clock of a case store after store_set_as_of. */
enum status clock_fill(struct store *s, const struct terms *t, const struct workdays *w, day_t as_of,
		       struct err *e) MUST_CHECK;

/* One clock of a case, with what started and ended it; for `explain` and its annex. */
struct clock_entry {
	const struct term *term;
	const struct term_version *version;
	struct clock_case facts;
	struct clock_result result;
	const char *start_label, *end_label; /* Vietnamese: "Thụ lý"; end NULL = not ended */
	const char *start_document, *end_document; /* NULL = none on file */
};

struct clock_file {
	const char *case_id, *unit_id;
	const char *kind, *level, *discipline, *complexity, *ground; /* NULL = empty */
	int remote, many_places; /* -1 = empty */
	day_t as_of;
	struct clock_entry *entries; /* in the order of the terms */
	int n_entries, cap;
};

/* The days it is about, both inclusive; DAY_NONE when it is about none. */
void clock_segment_days(const struct clock_segment *s, day_t *first, day_t *last);
/* How many of them the term counts; 0 when they do not count. */
int clock_segment_counted(const struct clock_segment *s);

/* Everything in the arena; NULL when the store has no such case on the day. */
enum status clock_file_read(struct arena *a, struct store *s, const struct terms *t, const struct workdays *w,
			    day_t as_of, const char *case_id, struct clock_file **ret, struct err *e) MUST_CHECK;

/* Every clock of one case with its segments, in the order of the terms; nothing for an unknown case. */
typedef void clock_visitor(void *ctx, const struct term *t, const struct term_version *v,
			   const struct clock_case *c, const struct clock_result *r);
enum status clock_explain(struct store *s, const struct terms *t, const struct workdays *w, day_t as_of,
			  const char *case_id, clock_visitor *visit, void *ctx, struct err *e) MUST_CHECK;

#endif
