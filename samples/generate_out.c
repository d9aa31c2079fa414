/* Random numbers, dates and the extract files of rasoat-samples. */
#include "generate.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

uint64_t rng_next(struct rng *r)
{
	uint64_t z = (r->state += 0x9E3779B97F4A7C15u);

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

struct rng rng_at(uint64_t seed, uint64_t stream, uint64_t n)
{
	struct rng r = { seed * 0xD1342543DE82EF95u + stream * 0xA0761D6478BD642Fu + n };

	r.state = rng_next(&r);
	return r;
}

int rng_below(struct rng *r, int n)
{
	return (int)((rng_next(r) >> 33) % (uint64_t)n);
}

int rng_between(struct rng *r, int low, int high)
{
	return low + rng_below(r, high - low + 1);
}

bool rng_percent(struct rng *r, double percent)
{
	return (double)(rng_next(r) >> 40) < percent / 100.0 * (double)(1 << 24);
}

/* Civil calendar, proleptic Gregorian; the year begins in March so that 29/2 comes last. */
int day_of(int year, int month, int day)
{
	int y = month <= 2 ? year - 1 : year;
	int m = month <= 2 ? month + 9 : month - 3;

	return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day - 1 - 719468;
}

void day_split(int day, int *year, int *month, int *dom)
{
	int z = day + 719468, century = (4 * z + 3) / 146097;
	int rest = z - 146097 * century / 4;
	int y = (4 * rest + 3) / 1461;
	int of_year = rest - 1461 * y / 4, m = (5 * of_year + 2) / 153;

	*dom = of_year - (153 * m + 2) / 5 + 1;
	*month = m < 10 ? m + 3 : m - 9;
	*year = century * 100 + y + (m >= 10);
}

int day_parse(const char *iso)
{
	static const int digit_of[10] = { 0, 0, 0, 0, -1, 1, 1, -1, 2, 2 }; /* YYYY-MM-DD */
	int part[3] = { 0, 0, 0 }, y, m, d, day;

	if (!iso || strlen(iso) != 10)
		return NO_DAY;
	for (int i = 0; i < 10; i++) {
		if (digit_of[i] < 0 ? iso[i] != '-' : iso[i] < '0' || iso[i] > '9')
			return NO_DAY;
		if (digit_of[i] >= 0)
			part[digit_of[i]] = part[digit_of[i]] * 10 + (iso[i] - '0');
	}
	day = day_of(part[0], part[1], part[2]);
	day_split(day, &y, &m, &d);
	return y == part[0] && m == part[1] && d == part[2] ? day : NO_DAY;
}

/* Weekdays off, and one Saturday in two years that was worked for them. */
static const int days_off[][3] = {
	{ 2024, 1, 1 }, { 2024, 2, 8 }, { 2024, 2, 9 }, { 2024, 2, 12 }, { 2024, 2, 13 },
	{ 2024, 2, 14 }, { 2024, 4, 18 }, { 2024, 4, 29 }, { 2024, 4, 30 }, { 2024, 5, 1 },
	{ 2024, 9, 2 }, { 2024, 9, 3 }, { 2025, 1, 1 }, { 2025, 1, 27 }, { 2025, 1, 28 },
	{ 2025, 1, 29 }, { 2025, 1, 30 }, { 2025, 1, 31 }, { 2025, 4, 7 }, { 2025, 4, 30 },
	{ 2025, 5, 1 }, { 2025, 5, 2 }, { 2025, 9, 1 }, { 2025, 9, 2 }, { 2026, 1, 1 },
	{ 2026, 1, 2 }, { 2026, 2, 16 }, { 2026, 2, 17 }, { 2026, 2, 18 }, { 2026, 2, 19 },
	{ 2026, 2, 20 }, { 2026, 4, 27 }, { 2026, 4, 30 }, { 2026, 5, 1 }, { 2026, 8, 31 },
	{ 2026, 9, 1 }, { 2026, 9, 2 }, { 2026, 11, 24 },
};

bool day_worked(int day)
{
	int weekday = ((day + 3) % 7 + 7) % 7; /* 0 = Monday */

	if (day == day_of(2026, 8, 22) || day == day_of(2026, 1, 10))
		return true;
	if (weekday >= 5)
		return false;
	for (int i = 0; i < COUNT(days_off); i++)
		if (day == day_of(days_off[i][0], days_off[i][1], days_off[i][2]))
			return false;
	return true;
}

int day_add_worked(int day, int n)
{
	while (n > 0)
		n -= day_worked(++day);
	return day;
}

int day_roll(int day)
{
	while (!day_worked(day))
		day++;
	return day;
}

/* The columns as the rows are made; where columns came later the file has them in another order. */
static const struct {
	const char *name, *header, *in_file;
} tables[N_TABLES] = {
	[T_UNIT] = { "unit", "unit_id,name,level,province_code,remote,valid_from,valid_to", NULL },
	[T_UNIT_PARENT] = { "unit_parent", "unit_id,parent_id,valid_from,valid_to", NULL },
	[T_STAFF] = { "staff", "staff_id,full_name,unit_id,position,duty,email,joined_on", NULL },
	[T_STAFF_EVENT] = { "staff_event", "event_id,staff_id,kind,decision_no,signed_on,effective_on,"
					   "until_on,to_unit_id,entered_on",
		"event_id,staff_id,kind,decision_no,signed_on,effective_on,entered_on,"
		"until_on,to_unit_id" },
	[T_SYSTEM] = { "system", "system_id,name,kind,owner_unit_id,sso", NULL },
	[T_ACCOUNT] = { "account", "account_id,system_id,login,unit_id,staff_id,class,email,request_no,"
				   "opened_on,locked_on,last_login_on,password_changed_on,expires_on",
		"account_id,system_id,login,unit_id,staff_id,class,email,request_no,"
		"opened_on,expires_on,locked_on,last_login_on,password_changed_on" },
	[T_ROLE] = { "role", "role_id,system_id,name,sensitive", NULL },
	[T_ACCOUNT_ROLE] = { "account_role", "account_id,role_id,granted_on,revoked_on,approval_no", NULL },
	[T_DUTY_ROLE] = { "duty_role", "duty,role_id", NULL },
	[T_ROLE_CONFLICT] = { "role_conflict", "role_a,role_b,reason", NULL },
	[T_ACCOUNT_ACTION] = { "account_action", "account_id,acted_on,kind,object", NULL },
	[T_CERTIFICATE] = { "certificate", "certificate_id,staff_id,serial,issued_on,expires_on,revoked_on", NULL },
	[T_CERTIFICATE_USE] = { "certificate_use", "certificate_id,used_on,object", NULL },
	[T_DIRECTORY] = { "directory", "login,email,staff_id,status", NULL },
	[T_DATA_REQUEST] = { "data_request", "request_id,unit_id,requested_on,dispatch_no,has_form,"
					     "has_description,approved_by,approved_on,delivered_on", NULL },
	[T_VISIT] = { "visit", "visit_id,unit_id,received_on,mode,session_id,people,group_visit,first_time,"
			       "case_id,field,outcome,urgent,refused,refusal_notified_on,national_db_on", NULL },
	[T_RECEPTION_SESSION] = { "reception_session", "session_id,unit_id,scheduled_on,held_on,"
						       "chair_staff_id,is_head,delegated,announced,"
						       "posted_on,online,invited_on,link_tested_on", NULL },
	[T_PETITION] = { "petition", "petition_id,unit_id,received_on,source,kind,level,sender_count,"
				     "anonymous,eligible,duplicate_of,field,authority,handling,handled_on,"
				     "notified_on,case_id,source_notified_on,source_result_on,"
				     "national_db_on",
		"petition_id,unit_id,received_on,source,kind,level,sender_count,anonymous,"
		"eligible,duplicate_of,field,authority,handling,handled_on,notified_on,"
		"source_notified_on,source_result_on,national_db_on,case_id" },
	[T_CASE_FILE] = { "case_file", "case_id,unit_id,kind,level,field,money_to_recover,received_on,accepted_on,complexity,"
				       "complexity_ground,many_places,remote,decided_on,decision_no,result,"
				       "notified_on,closed_on,closed_how,national_db_on,discipline,"
				       "prior_case_id,act_known_on,late_ground,acceptance_notified_on,"
				       "conclusion_handled_on,published_on",
		"case_id,unit_id,kind,level,field,discipline,prior_case_id,act_known_on,"
		"late_ground,received_on,accepted_on,acceptance_notified_on,complexity,"
		"complexity_ground,many_places,remote,decided_on,decision_no,result,"
		"money_to_recover,conclusion_handled_on,published_on,notified_on,closed_on,"
		"closed_how,national_db_on" },
	[T_CASE_EVENT] = { "case_event", "event_id,case_id,kind,happened_on,days,document_no,staff_id,"
					 "sent_on",
		"event_id,case_id,kind,happened_on,days,document_no,sent_on,staff_id" },
	[T_CASE_PARTY] = { "case_party", "case_id,role,full_name,id_no,address", NULL },
	[T_RECOVERY] = { "recovery", "recovery_id,case_id,unit_id,fund,decision_no,decided_on,amount_due,"
				     "inspection_id,hard_to_recover,reason,measure", NULL },
	[T_RECOVERY_PAYMENT] = { "recovery_payment", "payment_id,recovery_id,paid_on,amount", NULL },
	[T_CASE_OUTCOME] = { "case_outcome", "case_id,land_to_recover,money_to_return,land_to_return,orgs_restored,"
					     "persons_restored,orgs_to_discipline,persons_to_discipline,"
					     "officials_to_discipline,referred,persons_referred,officials_referred", NULL },
	[T_CASE_EXECUTION] = { "case_execution", "execution_id,case_id,done_on,land_recovered,money_returned,land_returned,"
						 "orgs_disciplined,persons_disciplined,officials_disciplined,charged,"
						 "persons_charged,officials_charged,completed", NULL },
	[T_INDICATOR] = { "indicator", "unit_id,period,code,value,state,note", NULL },
	[T_INSPECTION] = { "inspection", "inspection_id,unit_id,kind,plan_no,started_on,concluded_on,"
					 "conclusion_no,units_inspected,amount_found,activity,complex,planned_on,"
					 "adjusted_on,adjustment_no,ended_on,drafted_on",
		"inspection_id,unit_id,kind,plan_no,activity,complex,planned_on,adjusted_on,"
		"adjustment_no,started_on,ended_on,drafted_on,concluded_on,conclusion_no,"
		"units_inspected,amount_found" },
	[T_BENEFIT_PAYMENT] = { "benefit_payment", "payment_id,unit_id,person_id,book_no,kind,decision_no,"
						   "period_from,period_to,paid_on,amount", NULL },
	[T_INSURANCE_BOOK] = { "insurance_book", "book_no,person_id,unit_id,issued_on,reissue_no,"
						 "replaced_book_no,status", NULL },
	[T_INSURED_PERSON] = { "insured_person", "person_id,full_name,birth_date,id_no,former_id_no,unit_id", NULL },
	[T_REPORT_SUBMISSION] = { "report_submission", "submission_id,unit_id,report,period_from,period_to,"
						       "document_no,submitted_on,received_on", NULL },
};

static _Noreturn void fail(const char *what, const char *path)
{
	(void)fprintf(stderr, "error: %s: %s: %s\n", path, what, strerror(errno));
	exit(1);
}

/* Number of the column in the list; -1 when it is not there. */
static int column_of(const char *list, const char *name, size_t len)
{
	for (int n = 0;; n++) {
		size_t here = strcspn(list, ",");

		if (here == len && !memcmp(list, name, len))
			return n;
		if (!list[here])
			return -1;
		list += here + 1;
	}
}

static void put_header(struct out *o, const char *made, const char *in_file)
{
	const char *p = in_file ? in_file : made;

	for (;; p++) {
		size_t len = strcspn(p, ",");

		o->from[o->width++] = column_of(made, p, len);
		(void)fprintf(o->file, "%.*s%c", (int)len, p, p[len] ? o->delimiter : '\n');
		p += len;
		if (!*p)
			break;
	}
}

static void open_one(struct out *o, const char *dir, int table, unsigned style)
{
	size_t size = strlen(dir) + strlen(tables[table].name) + 6;

	*o = (struct out){ .style = style, .name = tables[table].name };
	o->delimiter = style & STYLE_SEMICOLON ? ';' : style & STYLE_TAB ? '\t' : ',';
	if (!(o->path = malloc(size)))
		fail("no memory", dir);
	(void)snprintf(o->path, size, "%s/%s.csv", dir, tables[table].name);
	if (!(o->file = fopen(o->path, "w")))
		fail("cannot be written", o->path);
	if (setvbuf(o->file, NULL, _IOFBF, 1 << 18))
		fail("cannot be buffered", o->path);
	if (style & STYLE_BOM)
		(void)fputs("\xEF\xBB\xBF", o->file);
	put_header(o, tables[table].header, tables[table].in_file);
}

void extracts_open(struct extracts *x, const char *dir, const unsigned *styles)
{
	if (mkdir(dir, 0777) && errno != EEXIST)
		fail("cannot be made", dir);
	for (int i = 0; i < N_TABLES; i++)
		open_one(&x->t[i], dir, i, styles ? styles[i] : 0);
}

void extracts_close(struct extracts *x)
{
	for (int i = 0; i < N_TABLES; i++) {
		struct out *o = &x->t[i];
		bool bad = ferror(o->file) != 0;

		if (fclose(o->file) || bad)
			fail("cannot be written", o->path);
		free(o->path);
	}
}

static void letter(struct out *o, size_t *at, char c)
{
	if (*at + 1 >= sizeof o->row) {
		(void)fprintf(stderr, "error: %s: a row is too long\n", o->name);
		exit(1);
	}
	o->row[(*at)++] = c;
}

static void cell(struct out *o, const char *text, bool plain)
{
	bool quoted = !plain && text[strcspn(text, ",;\t\"\n\r")];
	size_t at = o->at[o->cells];

	if (quoted)
		letter(o, &at, '"');
	for (const char *p = text; *p; p++) {
		if (*p == '"' && quoted)
			letter(o, &at, '"');
		letter(o, &at, *p);
	}
	if (quoted)
		letter(o, &at, '"');
	o->cells += o->cells < MOST_COLUMNS;
	o->at[o->cells] = at;
}

void put(struct out *o, const char *text)
{
	int day;

	if (!text)
		text = "";
	if (o->style & STYLE_DMY && (day = day_parse(text)) != NO_DAY)
		put_day(o, day);
	else
		cell(o, o->style & STYLE_NFD ? text_nfd(text) : text, false);
}

void put_f(struct out *o, const char *format, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, format);
	(void)vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	put(o, text);
}

void put_day(struct out *o, int day)
{
	char text[16] = "";
	int y, m, d;

	if (day != NO_DAY) {
		day_split(day, &y, &m, &d);
		if (o->style & STYLE_DMY)
			(void)snprintf(text, sizeof text, "%02d/%02d/%04d", d % 100, m % 100, y % 10000);
		else
			(void)snprintf(text, sizeof text, "%04d-%02d-%02d", y % 10000, m % 100, d % 100);
	}
	cell(o, text, true);
}

void put_int(struct out *o, long n)
{
	char text[24];

	(void)snprintf(text, sizeof text, "%ld", n);
	cell(o, text, true);
}

void end_row(struct out *o)
{
	if (o->cells != o->width) {
		(void)fprintf(stderr, "error: %s: a row of %d cells, not %d\n", o->name, o->cells, o->width);
		exit(1);
	}
	for (int i = 0; i < o->width; i++) {
		size_t at = o->at[o->from[i]];

		(void)fwrite_unlocked(o->row + at, 1, o->at[o->from[i] + 1] - at, o->file);
		(void)putc_unlocked(i + 1 < o->width ? o->delimiter : '\n', o->file);
	}
	o->cells = 0;
}

void put_row(struct out *o, const char *cells)
{
	char text[512];
	size_t n;

	for (const char *p = cells;; p += n + 1) {
		n = strcspn(p, "|");
		(void)snprintf(text, sizeof text, "%.*s", (int)n, p);
		put(o, text);
		if (!p[n])
			break;
	}
	while (o->cells < o->width)
		put(o, NULL);
	end_row(o);
}

int split_cells(const char *cells, char *room, size_t size, const char **ret, int max)
{
	int n = 0;

	(void)snprintf(room, size, "%s", cells);
	for (char *p = room; n < max; *p++ = '\0') {
		ret[n++] = p;
		p += strcspn(p, "|");
		if (!*p)
			break;
	}
	for (int i = n; i < max; i++)
		ret[i] = NULL;
	return n;
}

void put_raw(struct out *o, const char *line)
{
	(void)fprintf(o->file, "%s\n", line);
}
