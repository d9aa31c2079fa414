/*
 * Fills case_clock: cases and their events come from two cursors in the order of case_id, so that
 * memory does not grow with the store.
 */
#include "clock_int.h"

#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <stdlib.h>
#include <string.h>

static const char events_sql[] =
	"SELECT case_id, happened_on, kind, days, document_no FROM case_event\n"
	"WHERE kind IN ('extend', 'suspend', 'resume') AND (:only IS NULL OR case_id = :only)\n"
	"ORDER BY case_id, happened_on, event_id";

/* The columns of the case cursor; the date columns that the terms name follow. */
enum { C_CASE, C_KIND, C_LEVEL, C_DISCIPLINE, C_COMPLEXITY, C_GROUND, C_REMOTE, C_PLACES, C_DATES };

struct fill {
	struct store *store;
	const struct terms *terms;
	const struct workdays *w;
	day_t as_of;
	struct arena *arena;
	const char **columns; /* names of the date columns, then their values of the case at hand */
	int n_columns, cap_columns;
	day_t *dates;
	struct stmt *cases, *events;
	bool more_events;
	struct clock_event *found; /* of the case at hand */
	int n_found, cap_found;
	const char *only;     /* explain: this case alone, */
	clock_visitor *visit; /* shown instead of written to the table */
	void *visit_ctx;
};

static void fill_done(struct fill *f)
{
	stmt_close(f->cases);
	stmt_close(f->events);
	free(f->found);
	arena_free(f->arena);
}

static int column_index(struct fill *f, const char *name)
{
	for (int i = 0; i < f->n_columns; i++)
		if (str_eq(f->columns[i], name))
			return i;
	*ARENA_PUSH(f->arena, f->columns, f->n_columns, f->cap_columns) = name;
	return f->n_columns - 1;
}

static enum status prepare_all(struct fill *f, struct store *s, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	for (int i = 0; i < f->terms->n_terms; i++) {
		const struct term *t = &f->terms->terms[i];

		if (!t->kind)
			continue;
		column_index(f, t->start);
		for (int k = 0; k < t->n_ends; k++)
			column_index(f, t->ends[k]);
	}
	f->dates = ARENA_ARRAY(f->arena, (size_t)f->n_columns + 1, day_t);
	str_add(&sql, "SELECT case_id, kind, level, discipline, complexity, complexity_ground, remote,"
		      " many_places");
	for (int i = 0; i < f->n_columns; i++)
		str_addf(&sql, ", %s", f->columns[i]);
	str_add(&sql, " FROM case_file WHERE :only IS NULL OR case_id = :only ORDER BY case_id");
	if (store_prepare(s, sql.p, &f->cases, e) != ST_OK ||
	    store_prepare(s, events_sql, &f->events, e) != ST_OK ||
	    stmt_bind_name(f->cases, ":only", value_text(f->only), e) != ST_OK ||
	    stmt_bind_name(f->events, ":only", value_text(f->only), e) != ST_OK)
		return ST_ERR;
	return ST_OK;
}

static day_t date_at(const struct stmt *st, int col)
{
	const char *text = stmt_text(st, col);
	day_t d = DAY_NONE;

	return date_parse_iso(text, strlen(text), &d) ? d : DAY_NONE;
}

static const char *text_or_null(const struct stmt *st, int col)
{
	const char *text = stmt_text(st, col);

	return *text ? text : NULL;
}

static enum status next_event(struct fill *f, struct err *e)
{
	enum step step = stmt_step(f->events, e);

	f->more_events = step == STEP_ROW;
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

static void keep_event(struct fill *f)
{
	const char *kind = stmt_text(f->events, 2);
	int64_t days = stmt_int(f->events, 3);
	struct clock_event *ev;

	if (f->n_found == f->cap_found) {
		f->cap_found = f->cap_found ? f->cap_found * 2 : 16;
		f->found = xrealloc(f->found, (size_t)f->cap_found * sizeof(*f->found));
	}
	ev = &f->found[f->n_found++];
	ev->kind = str_eq(kind, "extend") ? EV_EXTEND : str_eq(kind, "suspend") ? EV_SUSPEND : EV_RESUME;
	ev->on = date_at(f->events, 1);
	/* Longer than any law allows is cut there anyway. */
	ev->days = days < 0 ? 0 : days > 100000 ? 100000 : (int)days;
	/* Without an explanation only its presence counts; the text dies with the row. */
	ev->document = *stmt_text(f->events, 4) ? "x" : NULL;
	if (f->visit && ev->document)
		ev->document = arena_strdup(f->arena, stmt_text(f->events, 4));
}

/* Events of cases that are not there are passed over: import reports them as dangling. */
static enum status collect_events(struct fill *f, const char *case_id, struct err *e)
{
	f->n_found = 0;
	while (f->more_events) {
		int order = strcmp(stmt_text(f->events, 0), case_id);

		if (order > 0)
			break;
		if (order == 0)
			keep_event(f);
		if (next_event(f, e) != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}

static enum status add_row(struct fill *f, const struct term *t, const struct clock_case *c,
			   const struct clock_result *r, struct err *e)
{
	const struct clock_row row = {
		.case_id = stmt_text(f->cases, C_CASE),
		.term = t->id,
		.starts_on = c->starts_on,
		.due_on = r->due_on,
		.ended_on = c->ended_on,
		.status = clock_words[r->status],
		.has_days = r->status != CLOCK_INDETERMINATE,
		.overdue_days = r->overdue_days,
		.reason = r->reason,
	};

	return store_clock_add(f->store, &row, e);
}

static day_t earliest_end(struct fill *f, const struct term *t)
{
	day_t end = DAY_NONE;

	for (int i = 0; i < t->n_ends; i++) {
		day_t d = f->dates[column_index(f, t->ends[i])];

		if (d != DAY_NONE && (end == DAY_NONE || d < end))
			end = d;
	}
	return end;
}

static enum status fill_case(struct fill *f, struct err *e)
{
	struct clock_case c = {
		.kind = text_or_null(f->cases, C_KIND),
		.level = text_or_null(f->cases, C_LEVEL),
		.discipline = text_or_null(f->cases, C_DISCIPLINE),
		.complexity = text_or_null(f->cases, C_COMPLEXITY),
		.complexity_ground = text_or_null(f->cases, C_GROUND),
		.remote = stmt_int(f->cases, C_REMOTE) != 0,
		.many_places = stmt_int(f->cases, C_PLACES) != 0,
		.ground_optional = f->terms->settings.ground_optional,
	};
	const struct term_version *v;
	struct clock_result result;

	for (int i = 0; i < f->n_columns; i++)
		f->dates[i] = date_at(f->cases, C_DATES + i);
	for (int i = 0; i < f->terms->n_terms; i++) {
		const struct term *t = &f->terms->terms[i];

		if (!term_is_for(t, c.kind, c.level, c.discipline))
			continue;
		c.starts_on = f->dates[column_index(f, t->start)];
		v = c.starts_on == DAY_NONE ? NULL : term_version_on(t, c.starts_on);
		if (!v)
			continue;
		c.ended_on = earliest_end(f, t);
		if (f->visit) {
			clock_compute(t, v, f->w, &c, f->found, f->n_found, f->as_of, &result);
			f->visit(f->visit_ctx, t, v, &c, &result);
			continue;
		}
		clock_decide(t, v, f->w, &c, f->found, f->n_found, f->as_of, false, &result);
		if (add_row(f, t, &c, &result, e) != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}

static enum status fill_all(struct fill *f, struct store *s, struct err *e)
{
	enum step step;

	if (prepare_all(f, s, e) != ST_OK || next_event(f, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(f->cases, e)) == STEP_ROW)
		if (collect_events(f, stmt_text(f->cases, C_CASE), e) != ST_OK ||
		    fill_case(f, e) != ST_OK)
			return ST_ERR;
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

enum status clock_fill(struct store *s, const struct terms *t, const struct workdays *w, day_t as_of,
		       struct err *e)
{
	struct fill f = { .store = s, .terms = t, .w = w, .as_of = as_of, .arena = arena_new() };
	struct err ignored = ERR_INIT;
	enum status st;

	/* A savepoint is a transaction that may stand inside another one. */
	if (store_exec(s, "SAVEPOINT clock_fill", e) != ST_OK) {
		fill_done(&f);
		return err_in(e, "case_clock");
	}
	st = store_clock_begin(s, e);
	if (st == ST_OK)
		st = fill_all(&f, s, e);
	if (st == ST_OK)
		st = store_clock_end(s, e);
	fill_done(&f);
	if (st != ST_OK) {
		(void)!store_exec(s, "ROLLBACK TO clock_fill", &ignored);
		(void)!store_clock_begin(s, &ignored); /* no half of it may be read */
		(void)!store_clock_end(s, &ignored);
	}
	if (store_exec(s, "RELEASE clock_fill", st == ST_OK ? e : &ignored) != ST_OK)
		st = ST_ERR;
	return st == ST_OK ? ST_OK : err_in(e, "case_clock");
}

enum status clock_explain(struct store *s, const struct terms *t, const struct workdays *w, day_t as_of,
			  const char *case_id, clock_visitor *visit, void *ctx, struct err *e)
{
	struct fill f = { .terms = t,
			  .w = w,
			  .as_of = as_of,
			  .arena = arena_new(),
			  .only = case_id,
			  .visit = visit,
			  .visit_ctx = ctx };
	enum status st = fill_all(&f, s, e);

	fill_done(&f);
	return st == ST_OK ? ST_OK : err_in(e, "case_clock");
}
