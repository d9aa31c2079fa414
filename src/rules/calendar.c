#include <rasoat/terms.h>

#include "bind.h"
#include <rasoat/arena.h>
#include <string.h>

#define YEAR_MIN 1990
#define YEAR_MAX 2199
#define SATURDAY 5
#define SUNDAY 6

static const struct shape shapes[] = {
	{ "calendar", "from to", NULL, NULL, NULL, "year", NULL, TEXT_NONE, NULL },
	{ "year", "number", "notice mark status", NULL, NULL, NULL, "off worked", TEXT_NONE,
	  "notice" },
	{ "off", "name", "on from to", NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "worked", "on name", NULL, NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ NULL, NULL, NULL, NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
};

static const struct format format = { "urn:rasoat:calendar:1", "calendar.xsd", shapes };

static const char *const weekdays[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
					"Friday", "Saturday", "Sunday" };

struct reader {
	struct bind b;
	struct workdays *w;
	int first, last; /* years */
	int *listed;	 /* per day: the line that lists it, 0 = none */
};

static const char *iso(const struct reader *r, day_t day)
{
	char buf[11];

	return arena_strdup(r->b.a, date_iso(day, buf));
}

static int year_of(day_t day)
{
	int y, m, d;

	date_to_ymd(day, &y, &m, &d);
	return y;
}

static void list_day(struct reader *r, const struct xml_node *n, day_t day, bool worked)
{
	if (day < r->w->first || day > r->w->last) {
		bind_error(&r->b, n, "<%s>: %s is outside the calendar (%d to %d)", n->name,
			   iso(r, day), r->first, r->last);
		return;
	}
	if (r->listed[day - r->w->first])
		bind_error(&r->b, n, "<%s>: %s is listed already in line %d", n->name, iso(r, day),
			   r->listed[day - r->w->first]);
	r->listed[day - r->w->first] = n->line;
	workdays_set(r->w, day, worked);
}

/* A day off on a Sunday is a slip of the date; inside a span of days it is not. */
static void check_off(struct reader *r, const struct xml_node *n, day_t day, int year)
{
	if (date_weekday(day) == SUNDAY)
		bind_error(&r->b, n, "<off>: %s is a Sunday, which is off already", iso(r, day));
	if (year && year_of(day) != year)
		bind_error(&r->b, n, "<off>: %s is not in the year %d", iso(r, day), year);
}

static void read_off(struct reader *r, const struct xml_node *n, int year)
{
	bool single = xml_attr(n, "on"), span = xml_attr(n, "from") || xml_attr(n, "to");
	day_t from, to;

	if (single == span || (span && (!xml_attr(n, "from") || !xml_attr(n, "to")))) {
		bind_error(&r->b, n, "<off> needs either on, or from and to");
		return;
	}
	if (single)
		from = to = bind_day(&r->b, n, "on");
	else
		bind_range(&r->b, n, &from, &to);
	if (from == DAY_NONE || to == DAY_NONE || from > to)
		return;
	if (to - from > 31) {
		bind_error(&r->b, n, "<off> spans %d days; at most 31", (int)(to - from) + 1);
		return;
	}
	check_off(r, n, from, year);
	if (to != from)
		check_off(r, n, to, year);
	for (day_t day = from; day <= to; day++)
		list_day(r, n, day, false);
}

/* May lie in a neighbouring year: the notice of one year swaps days of the next. */
static void read_worked(struct reader *r, const struct xml_node *n, int year)
{
	day_t day = bind_day(&r->b, n, "on");

	if (day == DAY_NONE)
		return;
	if (date_weekday(day) != SATURDAY)
		bind_error(&r->b, n,
			   "<worked>: %s is a %s; only a Saturday can be made a worked day",
			   iso(r, day), weekdays[date_weekday(day)]);
	else if (year && (year_of(day) < year - 1 || year_of(day) > year + 1))
		bind_error(&r->b, n, "<worked>: %s is not near the year %d", iso(r, day), year);
	else
		list_day(r, n, day, true);
}

static void read_year(struct reader *r, const struct xml_node *n, int *lines)
{
	int year = bind_int(&r->b, n, "number", r->first, r->last, 0);
	bool provisional = bind_word(&r->b, n, "status", "provisional", -1) == 0;
	day_t start;

	(void)bind_word(&r->b, n, "mark", "verified memory inference", 0);
	if (year && lines[year - r->first])
		bind_error(&r->b, n, "year %d is there twice; the first is in line %d", year,
			   lines[year - r->first]);
	if (year)
		lines[year - r->first] = n->line;
	if (year && provisional && date_from_ymd(year, 1, 1, &start) &&
	    (r->w->provisional_from == DAY_NONE || start < r->w->provisional_from))
		r->w->provisional_from = start;
	for (const struct xml_node *c = n->children; c; c = c->next) {
		if (strcmp(c->name, "off") == 0)
			read_off(r, c, year);
		else
			read_worked(r, c, year);
	}
}

static void read_years(struct reader *r, const struct xml_node *root)
{
	int *lines = ARENA_ARRAY(r->b.a, (size_t)(r->last - r->first) + 1, int);

	r->w = workdays_new(r->b.a, r->first, r->last);
	r->listed = ARENA_ARRAY(r->b.a, (size_t)(r->w->last - r->w->first) + 1, int);
	for (const struct xml_node *n = bind_child(root, "year"); n; n = bind_next(n, "year"))
		read_year(r, n, lines);
	for (int year = r->first; year <= r->last; year++)
		if (!lines[year - r->first])
			bind_error(
				&r->b, root,
				"no <year number=\"%d\">; every year from %d to %d must be there",
				year, r->first, r->last);
}

struct workdays *calendar_load(struct arena *a, const char *path, const char *schema_dir,
			       struct diags *d)
{
	struct reader r = { .b = { .a = a, .d = d } };
	const struct xml_node *root = bind_open(&r.b, &format, path, NULL);

	if (root) {
		r.first = bind_int(&r.b, root, "from", YEAR_MIN, YEAR_MAX, 0);
		r.last = bind_int(&r.b, root, "to", YEAR_MIN, YEAR_MAX, 0);
		if (r.first && r.last && r.first > r.last)
			bind_error(&r.b, root, "<calendar> ends in %d, before it starts in %d",
				   r.last, r.first);
		else if (r.first && r.last)
			read_years(&r, root);
	}
	bind_close(&r.b, &format, schema_dir);
	if (!r.w) /* errors were reported; callers get a calendar that knows nothing */
		r.w = workdays_new(a, 1, 0);
	workdays_seal(r.w);
	return r.w;
}
