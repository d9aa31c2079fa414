/*
 * compare - two runs of the ledger held against each other: what is new, continues, is resolved or reopened, and why.
 *
 * Both runs are of the same units; `before` has the earlier or the same as-of date. What counts is the verdict
 * fail. Of the runs before `after` (same units, recorded before it, as-of date not later) a finding is
 *     continuing  a fail in both,
 *     resolved    a fail in `before` and none in `after`,
 *     reopened    a fail in `after`, none in `before`, a fail in some run and none in a later one of them,
 *     new         any other fail of `after` that `before` has not.
 * A rule that could not run in one of the two, or was not asked for there, is not compared.
 *
 * Causes (docs/ledger.md): where the inputs of `after` are still those of the workspace, its rules are run again as of
 * the day of `before`, and once more as of the later day without what happened between. What neither that nor the
 * digests can tell apart is given as several causes.
 */
#ifndef RASOAT_COMPARE_H
#define RASOAT_COMPARE_H

#include <rasoat/audit.h>

/* A run, as lists show it. */
struct run_line {
	int64_t run;
	day_t as_of;
	const char *unit;     /* NULL = all */
	const char *selected; /* ids of the rules asked for; NULL = all */
	const char *content, *note; /* note: NULL, or that it is from before the chain */
	const char *recorded_at; /* for the terminal only */
	int64_t found, indeterminate, waived, errors;
};
enum status runs_list(struct arena *a, struct ledger *l, struct run_line **ret, int *ret_n, struct err *e) MUST_CHECK;
/*
 * The run that `word` means: a number; "latest"; a date: the last run recorded for that day; each of `unit` (NULL = all
 * units) but the number. "previous": the run before `after` with the same choice of rules and the latest as-of date; `after` 0: no
 * such word.
 */
enum status run_find(struct ledger *l, const char *word, const char *unit, int64_t after, int64_t *ret,
		     struct err *e) MUST_CHECK;
/* The run that outputs of `run` name their findings new against: of the same units and rules, of an EARLIER day (so
 * that an audit repeated gives the same bytes); 0 = none. */
enum status run_baseline(struct ledger *l, int64_t run, int64_t *ret, struct err *e) MUST_CHECK;

enum change_state { CHANGE_NEW, CHANGE_REOPENED, CHANGE_CONTINUING, CHANGE_RESOLVED, CHANGE_STATES };
extern const char *const change_words[CHANGE_STATES]; /* "new" "reopened" "continuing" "resolved" */

/* Together: one of them, nobody can tell which. */
enum change_cause {
	CAUSE_DATA = 1,          /* other facts: another extract, or what happened between the two days */
	CAUSE_TIME = 2,          /* time passing */
	CAUSE_RULE = 4,          /* the rule, its parameters, or that it is or was in force */
	CAUSE_CALENDAR = 8,      /* the calendar or the terms */
	CAUSE_ORGANISATION = 16, /* the units and where they belong */
	CAUSE_WAIVER = 32,
};
enum { N_CAUSES = 6 };
extern const char *const cause_words[N_CAUSES]; /* by bit: "data" "time" "rule" "calendar" "organisation" "waiver" */

/* One rule in both runs. */
struct compared_rule {
	const char *rule_id;
	const struct rule *rule; /* NULL: gone since */
	const char *skipped;     /* why it is not compared (Vietnamese), or NULL */
	bool changed;            /* its text, parameters or whether it is in force */
	int64_t before, after;   /* fails */
	int64_t undecided_before, undecided_after;
	int64_t states[CHANGE_STATES];
	int64_t causes[N_CAUSES + 1]; /* of new, reopened and resolved: with this cause alone; last: not told apart */
};

struct compared_unit {
	const char *unit_id; /* "" = none */
	int64_t before, after, states[CHANGE_STATES];
};

/* What differs between the runs as wholes, a sentence (Vietnamese, no full stop), with its cause. */
struct compared_input {
	unsigned cause; /* 0: none of them (program version) */
	const char *text;
};

struct comparison {
	struct run_line before, after;
	bool tried; /* causes were tried out; else they come from digests alone, for the reason: */
	const char *untried; /* Vietnamese, or NULL */
	struct compared_rule *rules; /* by id */
	int n_rules;
	struct compared_unit *units; /* by id; rules that were compared */
	int n_units;
	struct compared_input *inputs;
	int n_inputs;
	int64_t states[CHANGE_STATES], causes[N_CAUSES + 1];
	int64_t total_before, total_after; /* fails of the rules compared */
	struct ledger *ledger;
	const struct secrecy *secrecy;
	const struct audience *audience;
};

struct compare_options {
	const struct rule_set *rules;
	const struct terms *terms;
	const struct workdays *workdays;
	struct store *cases, *accounts; /* of the workspace, for trying causes out; both NULL: from digests alone */
	int jobs;
	const struct audience *audience; /* what changes show is masked for it; NULL: for whoever sees nothing personal */
};

/* Temporary tables of the ledger's connection hold the changes: one comparison at a time. */
enum status compare_runs(struct arena *a, struct ledger *l, int64_t before, int64_t after,
			 const struct compare_options *opt, struct comparison **ret, struct err *e) MUST_CHECK;

struct change {
	enum change_state state;
	const struct compared_rule *rule;
	const char *fingerprint, *key, *unit; /* unit may be NULL */
	const char *since;    /* ISO or NULL */
	bool has_days;
	int64_t days;
	unsigned causes;      /* 0 for continuing */
	const char *first_as_of; /* ISO: the first run that had it, in any verdict */
	const char *now;      /* resolved: a word of closure_words, or NULL when not known; else NULL */
	const char *message;  /* in the later run that had it as a fail */
	const char *before, *after; /* evidence: "label: value; …", or NULL */
	/* Masked for the audience: SECRECY_MASK stands for what it may not see. Of a rule that is gone all of it is. */
};

/* Gravest rule first, then most days, rule, key. Texts live until the next call. */
struct change_cursor;
enum status change_open(const struct comparison *c, enum change_state state, struct change_cursor **ret,
			struct err *e) MUST_CHECK;
int change_next(struct change_cursor *cursor, struct change *ret, struct err *e); /* 1 row, 0 end, -1 error */
enum status change_rewind(struct change_cursor *cursor, struct err *e) MUST_CHECK;
void change_close(struct change_cursor *cursor); /* NULL is fine */

#endif
