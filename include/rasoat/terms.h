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
	int days;
	bool working;           /* working days */
	const char *complexity; /* NULL = any other; "complex" (also taken by very_complex when no own line) */
	int remote;             /* -1 any, 0, 1 */
	int many_places;        /* -1 any, 0, 1 */
};

struct term_version {
	day_t from, to; /* in force, inclusive; DAY_NONE = open */
	struct term_length *lengths; /* the most specific match wins; the first line has no condition */
	int n_lengths;
	int extension_days;     /* most days of one extension; 0 = no extension */
	int extension_complex;  /* how many for complex, */
	int extension_very;     /* for very_complex */
	day_t suspension_from;  /* suspended days count as not run from this day on; DAY_NONE = never */
	day_t ground_from;      /* from this start day a longer term for complexity needs complexity_ground; DAY_NONE */
	struct basis *bases;
	int n_bases;
	int line;
};

struct term {
	const char *id;    /* "KN-03" */
	const char *title; /* Vietnamese */
	const char *kind;  /* case_file.kind it is for */
	const char *level; /* case_file.level, or NULL = any */
	const char *start; /* case_file date column */
	const char *ends[4]; /* case_file date columns; the earliest non-NULL ends the term */
	int n_ends;
	struct term_version *versions;
	int n_versions;
	int line;
};

struct terms {
	struct term *terms;
	int n_terms;
	char digest[65];
};

struct terms *terms_load(struct arena *a, const char *path, const char *schema_dir, struct diags *d);
/* The version in force on `start`, or NULL. */
const struct term_version *term_version_on(const struct term *t, day_t start);
/* The length line that applies; complexity may be NULL (then the plain, shorter one). */
const struct term_length *term_length_for(const struct term_version *v, const char *complexity,
					  bool remote, bool many_places);

struct workdays *calendar_load(struct arena *a, const char *path, const char *schema_dir, struct diags *d);

#endif
