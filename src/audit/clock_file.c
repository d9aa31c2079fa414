/*
 * One case as its clocks see it: the file's own facts, and each clock with the documents of what
 * started and ended it.
 */
#include <rasoat/clock.h>

#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <string.h>

enum { F_UNIT, F_KIND, F_LEVEL, F_DISCIPLINE, F_COMPLEXITY, F_GROUND, F_REMOTE, F_PLACES, F_DECISION, F_DATES };

/* What happened on a date column of case_file, and the events that may have its document. */
static const struct mile {
	const char *column, *complaint, *denunciation, *events;
} miles[] = {
	{ "act_known_on", "Nhận quyết định hoặc biết hành vi bị khiếu nại", NULL, "" },
	{ "received_on", "Nhận đơn khiếu nại", "Nhận tố cáo", "receive" },
	{ "accepted_on", "Thụ lý", NULL, "accept" },
	{ "decided_on", "Ban hành quyết định giải quyết", "Ban hành kết luận nội dung tố cáo", "decide" },
	{ "notified_on", "Gửi quyết định giải quyết", "Gửi kết luận nội dung tố cáo", "notify" },
	{ "closed_on", "Kết thúc hồ sơ", NULL, "withdraw discontinue transfer" },
};

enum { MILES = sizeof(miles) / sizeof(miles[0]) };

struct event {
	const char *kind, *document;
	day_t on;
};

struct reading {
	struct arena *arena;
	struct clock_file *file;
	day_t dates[MILES];
	const char *decision_no;
	struct event *events;
	int n_events, cap;
};

/* A suspension ends on the day the case goes on; all else begins on a day that does not count. */
void clock_segment_days(const struct clock_segment *s, day_t *first, day_t *last)
{
	bool stop = s->kind == SEG_SUSPENSION || (s->kind == SEG_IGNORED && s->on != DAY_NONE && s->on <= s->begins);

	*first = *last = DAY_NONE;
	if (s->begins == DAY_NONE || s->ends <= s->begins)
		return;
	*first = stop ? s->begins : s->begins + 1;
	*last = stop ? s->ends - 1 : s->ends;
}

int clock_segment_counted(const struct clock_segment *s)
{
	return s->kind == SEG_BASE || s->kind == SEG_EXTENSION ? s->days : 0;
}

static const char *text_at(struct reading *r, const struct stmt *st, int col)
{
	return stmt_is_null(st, col) || !*stmt_text(st, col) ? NULL : arena_strdup(r->arena, stmt_text(st, col));
}

static day_t date_at(const struct stmt *st, int col)
{
	day_t d = DAY_NONE;

	return date_parse_iso(stmt_text(st, col), strlen(stmt_text(st, col)), &d) ? d : DAY_NONE;
}

static int bit_at(const struct stmt *st, int col)
{
	return stmt_is_null(st, col) ? -1 : stmt_int(st, col) != 0;
}

static void keep_case(struct reading *r, const struct stmt *st, const char *case_id, day_t as_of)
{
	r->file = ARENA_NEW(r->arena, struct clock_file);
	*r->file = (struct clock_file){
		.case_id = arena_strdup(r->arena, case_id),
		.unit_id = text_at(r, st, F_UNIT),
		.kind = text_at(r, st, F_KIND),
		.level = text_at(r, st, F_LEVEL),
		.discipline = text_at(r, st, F_DISCIPLINE),
		.complexity = text_at(r, st, F_COMPLEXITY),
		.ground = text_at(r, st, F_GROUND),
		.remote = bit_at(st, F_REMOTE),
		.many_places = bit_at(st, F_PLACES),
		.as_of = as_of,
	};
	r->decision_no = text_at(r, st, F_DECISION);
	for (int i = 0; i < MILES; i++)
		r->dates[i] = date_at(st, F_DATES + i);
}

static enum status read_case(struct reading *r, struct store *s, const char *case_id, day_t as_of, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	CLEANUP(str_free) struct str sql = STR_INIT;
	enum step step;

	str_add(&sql, "SELECT unit_id, kind, level, discipline, complexity, complexity_ground, remote, many_places,"
		      " decision_no");
	for (int i = 0; i < MILES; i++)
		str_addf(&sql, ", %s", miles[i].column);
	str_add(&sql, " FROM case_file WHERE case_id = :only");
	if (store_prepare(s, sql.p, &st, e) != ST_OK ||
	    stmt_bind_name(st, ":only", value_text(case_id), e) != ST_OK)
		return ST_ERR;
	step = stmt_step(st, e);
	if (step == STEP_ROW)
		keep_case(r, st, case_id, as_of);
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

static enum status read_events(struct reading *r, struct store *s, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	enum step step;

	if (store_prepare(s, "SELECT kind, document_no, happened_on FROM case_event WHERE case_id = :only"
			     " AND document_no IS NOT NULL ORDER BY happened_on, event_id", &st, e) != ST_OK ||
	    stmt_bind_name(st, ":only", value_text(r->file->case_id), e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW)
		*ARENA_PUSH(r->arena, r->events, r->n_events, r->cap) =
			(struct event){ text_at(r, st, 0), text_at(r, st, 1), date_at(st, 2) };
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

static int mile_of(const char *column)
{
	for (int i = 0; i < MILES; i++)
		if (str_eq(miles[i].column, column))
			return i;
	return -1;
}

static const char *label_of(const struct reading *r, const char *column)
{
	int i = mile_of(column);

	if (i < 0)
		return column;
	return str_eq(r->file->kind, "denunciation") && miles[i].denunciation ? miles[i].denunciation :
										 miles[i].complaint;
}

static const char *document_of(const struct reading *r, const char *column, day_t on)
{
	int i = mile_of(column);

	if (i < 0)
		return NULL;
	if (str_eq(column, "decided_on") && r->decision_no)
		return r->decision_no;
	for (int k = 0; k < r->n_events; k++)
		if (r->events[k].on == on && word_in(r->events[k].kind, miles[i].events))
			return r->events[k].document;
	return NULL;
}

/* The first of the term's ends on that day. */
static const char *end_column(const struct reading *r, const struct term *t, day_t on)
{
	for (int i = 0; i < t->n_ends; i++) {
		int k = mile_of(t->ends[i]);

		if (k >= 0 && r->dates[k] == on)
			return t->ends[i];
	}
	return t->ends[0];
}

static void keep_entry(void *ctx, const struct term *t, const struct term_version *v, const struct clock_case *c,
		       const struct clock_result *result)
{
	struct reading *r = ctx;
	struct clock_entry *x = ARENA_PUSH(r->arena, r->file->entries, r->file->n_entries, r->file->cap);
	bool ended = c->ended_on != DAY_NONE;

	*x = (struct clock_entry){ .term = t, .version = v, .facts = *c, .result = *result };
	/* The texts of the visit end with it. */
	x->facts.kind = r->file->kind;
	x->facts.level = r->file->level;
	x->facts.discipline = r->file->discipline;
	x->facts.complexity = r->file->complexity;
	x->facts.complexity_ground = r->file->ground;
	for (int i = 0; i < x->result.n_segments; i++)
		if (x->result.segments[i].document)
			x->result.segments[i].document = arena_strdup(r->arena, x->result.segments[i].document);
	x->start_label = label_of(r, t->start);
	x->start_document = document_of(r, t->start, c->starts_on);
	x->end_label = ended ? label_of(r, end_column(r, t, c->ended_on)) : NULL;
	x->end_document = ended ? document_of(r, end_column(r, t, c->ended_on), c->ended_on) : NULL;
}

enum status clock_file_read(struct arena *a, struct store *s, const struct terms *t, const struct workdays *w,
			    day_t as_of, const char *case_id, struct clock_file **ret, struct err *e)
{
	struct reading r = { .arena = a };

	*ret = NULL;
	if (read_case(&r, s, case_id, as_of, e) != ST_OK)
		return ST_ERR;
	if (!r.file)
		return ST_OK;
	if (read_events(&r, s, e) != ST_OK || clock_explain(s, t, w, as_of, case_id, keep_entry, &r, e) != ST_OK)
		return ST_ERR;
	*ret = r.file;
	return ST_OK;
}
