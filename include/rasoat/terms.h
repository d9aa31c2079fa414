/*
 * terms - statutory time limits, rules/terms.xml (urn:rasoat:terms:1), and
 * the working calendar, rules/calendar.xml (urn:rasoat:calendar:1).
 *
 * The version of a term is the one in force on the day of its START event
 * (received, accepted, decided). Lengths are in days after the start day
 * (day 0), calendar or working; a calendar term that ends on a day off
 * moves to the next working day (BLDS 2015 Điều 148 khoản 5).
 */
#ifndef RASOAT_TERMS_H
#define RASOAT_TERMS_H

#include <rasoat/rule.h>
#include <rasoat/workdays.h>

struct term_length {
	const char *id;         /* of the law's row when it is a variant: "KN-04"; or NULL */
	int days;
	bool working;           /* working days */
	const char *complexity; /* NULL = any other; "complex" (also taken by very_complex when no own line) */
	const char *level;      /* NULL = any */
	const char *discipline; /* NULL = any */
	int remote;             /* -1 any, 0, 1 */
	int many_places;        /* -1 any, 0, 1 */
};

struct term_version {
	const char *id; /* rows of the law that it holds: "KN-02a KN-07a"; or NULL */
	day_t from, to; /* in force, inclusive; DAY_NONE = open */
	struct term_length *lengths; /* the most specific match wins; the first line has no condition */
	int n_lengths;          /* 0: a frequency or an occasion */
	const char *extension_id;  /* "TC-06 TC-07"; or NULL */
	int extension_days;     /* most days of one extension; 0 = no extension */
	int extension_complex;  /* how many for complex, */
	int extension_very;     /* for very_complex */
	const char *suspension_id; /* "KN-16"; or NULL */
	day_t suspension_from;  /* suspended days count as not run from this day on; DAY_NONE = never */
	day_t ground_from;      /* from this start day a longer term for complexity needs complexity_ground; DAY_NONE */
	int times;              /* a frequency: at least so often; 0 = none */
	bool weekly;            /* times a week, else a month */
	const char *occasion;   /* Vietnamese; or NULL */
	struct basis *bases;
	int n_bases;
	int line;
};

/*
 * Three kinds. A clock (kind is there) is of case_file, and case_clock has it. A plain term has a
 * length, or a frequency or an occasion, and rules read it with term_due() and its like (below).
 */
struct term {
	const char *id;    /* "KN-03" */
	const char *title; /* Vietnamese */
	const char *kind;  /* clock: case_file.kind it is for; NULL = plain */
	const char *level; /* clock: the case_file.level it is for, "none" = empty; NULL = any */
	const char *discipline; /* the same with case_file.discipline; "none" is also empty */
	const char *subject;    /* the table it is about; "case_file" of a clock */
	const char *start; /* a date column of subject, or TABLE.COLUMN; NULL: frequency, occasion */
	bool backward;     /* start is the event before which the end must be */
	const char *ends[4]; /* date columns; the earliest non-NULL ends the term */
	int n_ends;
	struct term_version *versions;
	int n_versions;
	int line;
};

/* What rasoat.xml says where the law leaves a question; zeros = the legal reading. */
struct term_settings {
	bool ground_optional; /* complexity lengthens a term without a ground on file */
	bool before_lenient;  /* "trước ngày D": D is still in time */
	bool fixed_rolls;     /* "chậm nhất ngày D": a day off moves to the next working day */
};

struct terms {
	struct term *terms;
	int n_terms;
	char digest[65];
	struct term_settings settings;
};

struct terms *terms_load(struct arena *a, const char *path, const char *schema_dir, struct diags *d);
const struct term *terms_find(const struct terms *all, const char *id); /* NULL when unknown */
/* The term that has `id` on a version, length, extension or suspension of it; NULL when none. */
const struct term *terms_find_variant(const struct terms *all, const char *id);
/* The version in force on `start`, or NULL. */
const struct term_version *term_version_on(const struct term *t, day_t start);

/* What of a case chooses the length; all may be NULL. */
struct term_facts {
	const char *complexity, *level, *discipline;
	bool remote, many_places;
};
/* The length line that applies; without complexity the plain, shorter one. */
const struct term_length *term_length_for(const struct term_version *v, const struct term_facts *f);
/* Whether a clock is for cases of this level and discipline (NULL = empty). */
bool term_is_for(const struct term *t, const char *kind, const char *level, const char *discipline);

/*
 * Macros in rule SQL, expanded before a store sees them, so that no rule repeats a number of the
 * law; docs/rules.md has them for writers of rules. All give text or NULL.
 *   term_due('ID', start)              last good day, by the version in force on start
 *   term_due('ID', start, longer)      1: the length with the condition (remote, many places)
 *   term_latest('ID', event)           "at least n days before": the last day in time
 *   term_count('ID', day)              times a month
 *   term_extensions('ID', start, c)    how often a case of complexity c may be extended
 *   before_day(D), fixed_day(D)        "trước ngày D", "chậm nhất ngày D" by the settings
 * before_day and fixed_day give the rule a parameter of that name, so the ledger and the
 * examples know its value. Errors go to `d` at the rule's line. `w` (may be NULL) bounds what is known.
 */
void rules_expand_terms(struct arena *a, struct rule_set *rules, const struct terms *t,
			const struct workdays *w, struct diags *d);

struct workdays *calendar_load(struct arena *a, const char *path, const char *schema_dir, struct diags *d);

#endif
