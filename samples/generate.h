/*
 * generate - shared parts of rasoat-samples: random numbers, dates, the extract files, names.
 *
 * This program shares nothing with rasoat: no header, no calendar, no schema. What it writes is
 * therefore an input that rasoat has to read on its own terms.
 */
#ifndef GENERATE_H
#define GENERATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))

/* --- random numbers (SplitMix64): same seed, same bytes, everywhere --- */
struct rng {
	uint64_t state;
};
uint64_t rng_next(struct rng *r);
/* A generator of its own for item `n` of stream `stream`: no state has to be kept per item. */
struct rng rng_at(uint64_t seed, uint64_t stream, uint64_t n);
int rng_below(struct rng *r, int n); /* 0 .. n-1; n > 0 */
int rng_between(struct rng *r, int low, int high); /* both inclusive */
bool rng_percent(struct rng *r, double percent);

/* --- dates: days since 1970-01-01; NO_DAY is empty --- */
#define NO_DAY (-1000000)
#define ZERO_MONEY (-1) /* where 0 is an empty cell */
#define UNSAID_MONEY (-2) /* decided, and nobody wrote down how much */
int day_of(int year, int month, int day);
int day_parse(const char *iso); /* NO_DAY when it is no date */
void day_split(int day, int *year, int *month, int *dom);
bool day_worked(int day);              /* civil-service calendar of 2024-2026 */
int day_add_worked(int day, int n);    /* the n-th worked day after `day` */
int day_roll(int day);                 /* itself when worked, else the next worked day */

/* --- extracts --- */
enum table {
	T_UNIT, T_UNIT_PARENT, T_STAFF, T_STAFF_EVENT,
	T_SYSTEM, T_ACCOUNT, T_ROLE, T_ACCOUNT_ROLE, T_DUTY_ROLE, T_ROLE_CONFLICT,
	T_ACCOUNT_ACTION, T_CERTIFICATE, T_CERTIFICATE_USE, T_DIRECTORY, T_DATA_REQUEST,
	T_VISIT, T_RECEPTION_SESSION, T_PETITION, T_CASE_FILE, T_CASE_EVENT, T_CASE_PARTY,
	T_RECOVERY, T_RECOVERY_PAYMENT, T_INSPECTION,
	T_BENEFIT_PAYMENT, T_INSURANCE_BOOK, T_INSURED_PERSON, T_REPORT_SUBMISSION,
	T_CASE_OUTCOME, T_CASE_EXECUTION, T_INDICATOR,
	N_TABLES
};

enum style { /* how one file differs from plain comma-separated UTF-8 */
	STYLE_BOM = 1, STYLE_SEMICOLON = 2, STYLE_TAB = 4, STYLE_DMY = 8, STYLE_NFD = 16
};

#define MOST_COLUMNS 32
struct out {
	FILE *file;
	char *path;
	char delimiter;
	unsigned style;
	int cells; /* in the row so far */
	int width; /* columns of the header */
	const char *name;
	int from[MOST_COLUMNS]; /* which cell stands in each column of the file */
	size_t at[MOST_COLUMNS + 1]; /* where the cells of the row begin in `row` */
	char row[8192];
};

/* Open accounts on the national database of complaints, kept for sample_kntc(). */
struct held {
	char unit[8];
	char class; /* the first letter; '\0': none */
};

struct extracts {
	struct out t[N_TABLES];
	struct held *held; /* NULL: nothing is kept */
	int n_held, cap_held;
};

/* Creates DIR and one file a table; `styles` is N_TABLES long or NULL. Exits on failure. */
void extracts_open(struct extracts *x, const char *dir, const unsigned *styles);
void extracts_close(struct extracts *x);

void put(struct out *o, const char *text); /* NULL or "" is an empty cell */
void put_f(struct out *o, const char *format, ...) __attribute__((format(printf, 2, 3)));
void put_day(struct out *o, int day);
void put_int(struct out *o, long n);
void end_row(struct out *o); /* exits when the row is not as wide as the header */
/* A whole row, cells separated by '|'; the cells after the last '|' given are empty. */
void put_row(struct out *o, const char *cells);
/* Cuts `cells` at '|' into at most `max` texts of the arena `room`; returns how many. */
int split_cells(const char *cells, char *room, size_t size, const char **ret, int max);
/* A line as it is, for rows that must not be readable. */
void put_raw(struct out *o, const char *line);

/* Composed Vietnamese letters taken apart (NFD); returns a static buffer. */
const char *text_nfd(const char *text);

/* --- names --- */
struct province {
	const char *code, *name; /* "tỉnh Cao Bằng" */
	bool remote;
};
#define N_PROVINCES 34
extern const struct province provinces[N_PROVINCES];

struct duty {
	const char *code, *position, *system, *role, *second_role, *class;
};
#define N_DUTIES 10
extern const struct duty duties[N_DUTIES];

extern const char *const systems[9][2]; /* code, name */
extern const char *const fields[7];
extern const char *const outcomes[8];

void person_name(struct rng *r, char *ret, size_t size);
/* Systems, roles, what each duty may hold, which roles exclude each other. */
void put_catalogues(struct extracts *x);
/* "00", the provinces, and their parents. */
void put_provinces(struct extracts *x);

/* --- one row each, with what all callers share --- */
struct staff_row {
	const char *id, *unit, *position, *duty;
	int joined;
	const char *directory; /* NULL: an active entry; "-": none; else its status */
};
void put_staff(struct extracts *x, const struct staff_row *s, struct rng *names);

struct decision_row { /* of staff_event */
	const char *id, *staff, *kind, *number, *to_unit;
	int signed_on, effective, until, entered;
};
void put_decision(struct extracts *x, const struct decision_row *d);

struct account_row {
	const char *id, *system, *unit, *staff, *class, *request;
	int opened, locked, login;
	int expires, password; /* 0: none; 20 days before the last login, but not before the opening */
	const char *name, *mail; /* NULL: made of the id; made of the staff id */
};
void put_account(struct extracts *x, const struct account_row *a);

/* Where a day is 0, put_case() writes one that keeps the law; NO_DAY is an empty cell. */
struct case_row {
	long money; /* whole đồng to recover; 0: none, or not decided; UNSAID_MONEY */
	const char *id, *unit, *kind, *level, *field, *complexity, *ground, *many, *remote, *result;
	const char *closed_how, *decision_no, *discipline, *prior, *late_ground;
	int received, accepted, decided, notified, closed;
	int act_known, notice, handled, published, national;
};
void put_case(struct extracts *x, const struct case_row *c);
/* What the decision of a case asks for and what was done of it; nothing of one that is not decided. */
void put_outcome(struct extracts *x, const struct case_row *c);
/* What central and the provinces say for 06/QLKNTC, quarters I to III of 2026; one says nothing for the last. */
void put_indicators(struct extracts *x);

struct event_row {
	const char *id, *case_id, *kind, *document, *staff;
	int on, days, sent; /* sent 0: in time where the law has a term */
};
void put_step(struct extracts *x, const struct event_row *e);
/* The execution that a complaint decided for the complainant needs, when it is due by `as_of`. */
void put_execution(struct extracts *x, const struct case_row *c, int as_of);

struct petition_row {
	const char *id, *unit, *source, *kind, *level, *anonymous, *eligible, *duplicate_of, *field;
	const char *authority, *handling, *case_id;
	int senders, received, handled, notified;
	int source_notified, source_result, national; /* 0: as put_case() */
};
void put_petition(struct extracts *x, const struct petition_row *p);
/* Rows from cells; what is left out at the end keeps the law. */
void put_petition_cells(struct extracts *x, const char *cells);
void put_visit_cells(struct extracts *x, const char *cells);
void put_session_cells(struct extracts *x, const char *cells);

struct visit_row {
	const char *id, *unit, *mode, *session, *group, *first_time, *case_id, *field, *outcome;
	const char *urgent, *refused;	    /* NULL: "0" */
	int received, people;
	int refusal_notified, national; /* 0: as put_case() */
};
void put_visit(struct extracts *x, const struct visit_row *v);

/* A person with one account and one departure: the planted items. Empty fields take the usual value. */
struct leaver {
	const char *key, *kind, *signed_on, *effective, *until, *to_unit;
	const char *account_unit; /* 80003 */
	const char *opened;	  /* 2023-03-01; "-" = empty */
	const char *locked;
};
/* `entered`: NO_DAY is empty, 0 the usual day. */
void put_leaver(struct extracts *x, const struct leaver *l, int n, int entered, struct rng *r);

/* --- the two kinds of sets --- */
void generate_sample(const char *dir);
void sample_planted_recoveries(struct extracts *x);
void sample_planted_inspections(struct extracts *x);
void sample_planted_benefits(struct extracts *x);
void sample_planted_reporting(struct extracts *x);
void sample_planted_accounts(struct extracts *x, struct rng *r);
void sample_planted_permissions(struct extracts *x, struct rng *r);
void sample_planted_requests(struct extracts *x);
void sample_planted_certificates(struct extracts *x);
void sample_planted_policies(struct extracts *x);
/* Fills up the accounts on the national database of complaints: after all other accounts. */
void sample_kntc(struct extracts *x);
/* The units of the sample, one after the other; NULL past the last. */
const char *sample_unit(int i);
void sample_planted_cases(struct extracts *x, struct rng *r);
void sample_planted_forms(struct extracts *x);
void sample_planted_duties(struct extracts *x);
void sample_planted_reception(struct extracts *x);
bool is_planted_reception(const char *unit); /* its sessions are all planted */
void sample_cases(struct extracts *x, struct rng *r);

struct size {
	uint64_t seed;
	long units, accounts, cases;
	int as_of;
};
void generate_bulk(const char *dir, const struct size *s);
void bulk_cases(struct extracts *x, const struct size *s);
void bulk_funds(struct extracts *x, const struct size *s);
/* What the decision of a case asks for, as in struct case_row. */
long bulk_money(const struct size *s, long number);
void bulk_registers(struct extracts *x, const struct size *s);

#define BULK_PER_PERSON 8 /* accounts a person */
struct person {
	long unit;
	int duty; /* -1 none, N_DUTIES unknown to duty_role */
	int joined;
	int event; /* transfer, retire, maternity, resign, dismiss, suspend, unpaid_leave, death, or -1 */
	int effective, until, returned;
	long to_unit; /* -1: out of the sector */
};
struct person bulk_person(const struct size *s, long i);
bool bulk_gone(const struct person *p); /* by the event, for good */

/* The unit with number n (0 .. units-1): id and whether its area is remote. */
void bulk_unit(const struct size *s, long n, char ret_id[16], bool *ret_remote);

#endif
