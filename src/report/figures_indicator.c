/*
 * Figures that units type in (table indicator): read once for all forms of a computation, rolled up over the unit tree.
 * What a unit says for the period itself counts before what it says for its quarters.
 */
#include "form_int.h"

#include <string.h>

enum { QUARTERS = 4, SPANS = QUARTERS + 1 }; /* the period itself comes first */

/* The codes of the period and of the quarters that make it up. */
struct spans {
	const char *codes[SPANS];
	int n;
};

/* What one unit says under one code. */
struct said {
	const char *unit, *code;
	struct {
		bool there;
		enum cell_kind kind; /* CELL_BLANK: an entry without a value */
		int64_t value;
	} of[SPANS];
};

static void spans_of(struct arena *a, const struct period *p, struct spans *ret)
{
	static const int quarters[] = {
		[PERIOD_QUARTER] = 0, [PERIOD_HALF] = 2, [PERIOD_NINE_MONTHS] = 3, [PERIOD_YEAR] = 4, [PERIOD_DATES] = 0,
	};

	ret->n = 0;
	ret->codes[ret->n++] = period_code(a, p);
	for (int i = 1; i <= quarters[p->kind]; i++) {
		int first = p->kind == PERIOD_HALF ? (p->number - 1) * 2 : 0;
		const struct period quarter = { .kind = PERIOD_QUARTER, .year = p->year, .number = first + i };

		ret->codes[ret->n++] = period_code(a, &quarter);
	}
}

static void quote_list(struct str *out, const char *const *texts, int n)
{
	for (int i = 0; i < n; i++) {
		str_add(out, i ? ", " : "(");
		sql_quote(out, texts[i]);
	}
	str_addc(out, ')');
}

static bool indicator_sql(const struct calc *c, const struct template_table *t, const struct spans *spans,
			  struct str *out)
{
	const char **codes = ARENA_ARRAY(c->a, (size_t)t->n_columns + 1, const char *);
	int n = 0;

	for (int i = 0; i < t->n_columns; i++)
		if (t->columns[i].kind == MEASURE_INDICATOR)
			codes[n++] = t->columns[i].indicator;
	if (!n)
		return false;
	str_add(out, "SELECT unit_id, code, period, value, state FROM indicator WHERE code IN ");
	quote_list(out, codes, n);
	str_add(out, " AND period IN ");
	quote_list(out, spans->codes, spans->n);
	str_add(out, " ORDER BY unit_id, code, period");
	return true;
}

void sql_indicator_rows(struct arena *a, const struct period *p, const char *code, struct str *out)
{
	struct spans spans;

	spans_of(a, p, &spans);
	str_add(out, "SELECT * FROM indicator i WHERE i.code = ");
	sql_quote(out, code);
	str_add(out, " AND i.period IN ");
	quote_list(out, spans.codes, spans.n);
}

/* What stands for the unit: its own word for the period, else its quarters when it has said all of them. */
static enum status settle(const struct said *s, int n, enum cell_kind *kind, int64_t *value, struct err *e)
{
	int said = 0, none = 0;

	*value = 0;
	if (s->of[0].there || n == 1) {
		*kind = s->of[0].there ? s->of[0].kind : CELL_BLANK;
		*value = s->of[0].value;
		return ST_OK;
	}
	for (int i = 1; i < n; i++) {
		if (s->of[i].there && s->of[i].kind == CELL_HIDDEN) {
			*kind = CELL_HIDDEN;
			*value = 0;
			return ST_OK;
		}
		said += s->of[i].there && s->of[i].kind != CELL_BLANK;
		none += s->of[i].kind == CELL_NA;
		if (figures_add(value, s->of[i].value, e) != ST_OK)
			return ST_ERR;
	}
	*kind = said < n - 1 ? CELL_BLANK : none == said ? CELL_NA : CELL_INT;
	if (*kind != CELL_INT)
		*value = 0;
	return ST_OK;
}

/* Withheld wins over all, a value over "not applicable", and that over nothing. */
static enum cell_kind merge(enum cell_kind a, enum cell_kind b)
{
	static const enum cell_kind strongest[] = { CELL_HIDDEN, CELL_INT, CELL_NA };

	for (int i = 0; i < 3; i++)
		if (a == strongest[i] || b == strongest[i])
			return strongest[i];
	return CELL_BLANK;
}

static enum status put(const struct figure_table *ft, const struct row_map *m, int row, int column, enum cell_kind kind,
		       int64_t value, struct err *e)
{
	size_t at = (size_t)row * (size_t)ft->table->n_columns + (size_t)column;

	ft->states[at] = merge(ft->states[at], kind);
	if (kind != CELL_BLANK)
		m->touched[row] = true;
	if (figures_add(&ft->values[at], value, e) != ST_OK)
		return err_in(e, "column %d", ft->table->columns[column].n);
	return ST_OK;
}

static enum status take(struct calc *c, const struct template_table *t, int table, const struct said *s, int n_spans,
			struct err *e)
{
	int unit = units_find(c->units, s->unit);
	enum cell_kind kind;
	int64_t value;

	if (settle(s, n_spans, &kind, &value, e) != ST_OK)
		return err_in(e, "indicator %s of unit '%s'", s->code, s->unit);
	for (int i = 0; i < c->n; i++) {
		const struct row_map *m = &c->scopes[i].maps[table];
		int row = unit < 0 ? m->unknown : m->of_unit[unit];

		for (int k = 0; row >= 0 && k < t->n_columns; k++)
			if (t->columns[k].kind == MEASURE_INDICATOR && str_eq(t->columns[k].indicator, s->code) &&
			    put(&c->scopes[i].form->tables[table], m, row, k, kind, value, e) != ST_OK)
				return calc_in(c, &c->scopes[i], e);
	}
	return ST_OK;
}

/* One row of the query, which goes by unit and code, into what its unit says. */
static enum status note(const struct stmt *st, const struct spans *spans, struct said *s, struct err *e)
{
	for (int i = 0; i < spans->n; i++) {
		if (!str_eq(spans->codes[i], stmt_text(st, 2)))
			continue;
		s->of[i].there = true;
		if (str_eq(stmt_text(st, 4), "not_applicable"))
			s->of[i].kind = CELL_NA;
		else if (str_eq(stmt_text(st, 4), "hidden"))
			s->of[i].kind = CELL_HIDDEN;
		else
			s->of[i].kind = stmt_is_null(st, 3) ? CELL_BLANK : CELL_INT;
		if (s->of[i].kind == CELL_INT && figures_value(st, 3, &s->of[i].value, e) != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}

static enum status take_rows(struct calc *c, const struct template_table *t, int table, const struct spans *spans,
			     struct stmt *st, bool *heard, struct err *e)
{
	struct said s = { .unit = NULL };
	enum step step;

	while ((step = stmt_step(st, e)) == STEP_ROW) {
		if (!s.unit || !str_eq(s.unit, stmt_text(st, 0)) || !str_eq(s.code, stmt_text(st, 1))) {
			if (s.unit && take(c, t, table, &s, spans->n, e) != ST_OK)
				return ST_ERR;
			s = (struct said){ .unit = arena_strdup(c->a, stmt_text(st, 0)),
					   .code = arena_strdup(c->a, stmt_text(st, 1)) };
			if (units_find(c->units, s.unit) >= 0)
				heard[units_find(c->units, s.unit)] = true;
		}
		if (note(st, spans, &s, e) != ST_OK)
			return ST_ERR;
	}
	if (step == STEP_ERROR)
		return ST_ERR;
	return s.unit ? take(c, t, table, &s, spans->n, e) : ST_OK;
}

/*
 * What waits for a figure. Nobody asks a unit that is gone: where its row stays for other data, the cell does not apply.
 */
static void count_blank(const struct calc *c, struct figure_table *ft, const struct row_map *m)
{
	const struct template_table *t = ft->table;

	for (int row = 0; row < ft->n_rows; row++)
		for (int k = 0; k < t->n_columns; k++) {
			enum cell_kind *state = &ft->states[row * t->n_columns + k];

			if (t->columns[k].kind != MEASURE_INDICATOR || *state != CELL_BLANK)
				continue;
			if (rows_in_force(c, ft, m, row))
				ft->blank++;
			else if (m->touched[row])
				*state = CELL_NA;
		}
}

static bool is_reporter(const struct template_table *t, const struct unit *u)
{
	return !t->reporters || (u->level && *u->level && word_in(u->level, t->reporters));
}

/* Who ought to have said something and said nothing at all. */
static void note_missing(const struct calc *c, const struct scope *p, const struct template_table *t,
			 struct figure_table *ft, const bool *heard)
{
	int top = rows_top(c, p->unit), cap = 0;

	for (int i = 0; i < units_count(c->units); i++) {
		const struct unit *u = units_at(c->units, i);

		if (!units_in_force(c, i) || !is_reporter(t, u) || (p->unit && !units_below(c->units, i, top)))
			continue;
		ft->n_reporters++;
		if (!heard[i])
			*ARENA_PUSH(c->a, ft->missing, ft->n_missing, cap) = u->name;
	}
}

enum status figures_indicators(struct calc *c, const struct template_table *t, int table, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	bool *heard = ARENA_ARRAY(c->a, (size_t)units_count(c->units) + 1, bool);
	struct spans spans;

	spans_of(c->a, &c->period, &spans);
	if (!indicator_sql(c, t, &spans, &sql))
		return ST_OK;
	if (store_prepare(c->s, sql.p, &st, e) != ST_OK || take_rows(c, t, table, &spans, st, heard, e) != ST_OK)
		return err_in(e, "indicators");
	for (int i = 0; i < c->n; i++) {
		struct figure_table *ft = &c->scopes[i].form->tables[table];

		count_blank(c, ft, &c->scopes[i].maps[table]);
		note_missing(c, &c->scopes[i], t, ft, heard);
	}
	return ST_OK;
}
