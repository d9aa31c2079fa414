/* A form: set the store to the date, compute, check, and say what keeps it a draft. */
#include <rasoat/form.h>

#include "form_int.h"

#include <rasoat/clock.h>
#include <stdio.h>

enum status form_quarantine(struct arena *a, const struct template *t, struct store *s,
			    struct quarantine_count **ret, int *ret_n, struct err *e)
{
	struct quarantine_count *all = NULL;
	int n = 0, kept = 0;

	if (quarantine_counts(a, s, &all, &n, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < n; i++)
		if (t->inputs && word_in(all[i].table, t->inputs))
			all[kept++] = all[i];
	*ret = all;
	*ret_n = kept;
	return ST_OK;
}

/* A report on the only root is a report on everything, rows of unknown units included. */
static bool is_whole(const struct units *units, const char *unit)
{
	int at = units_find(units, unit);

	if (!unit)
		return true;
	for (int i = 0; i < units_count(units); i++)
		if (i != at && units_at(units, i)->parent < 0)
			return false;
	return at >= 0 && units_at(units, at)->parent < 0;
}

static enum status open_store(const struct workspace *w, const struct template *t, const char *unit, day_t as_of,
			      struct store *s, struct err *e)
{
	if (store_set_as_of(s, as_of, e) != ST_OK || store_set_scope(s, unit, e) != ST_OK)
		return ST_ERR;
	if (t->store != STORE_CASES || !template_names(t, "case_clock"))
		return ST_OK;
	if (!w->terms || !w->workdays)
		return err_set(e, "%s: needs the statutory clock; load the rules first", t->file);
	return clock_fill(s, w->terms, w->workdays, as_of, e);
}

static enum status compute_tables(struct calc *c, struct form *f, struct row_map *maps, struct err *e)
{
	for (int i = 0; i < c->t->n_parts; i++) {
		const struct template_part *part = &c->t->parts[i];

		if (part->kind != PART_TABLE || part->table->rows == ROWS_LIST)
			continue;
		f->tables[f->n_tables] = (struct figure_table){ .table = part->table };
		if (figures_compute(c, &f->tables[f->n_tables], &maps[f->n_tables], e) != ST_OK)
			return err_in(e, "%s:%d: table '%s'", c->t->file, part->table->line, part->table->id);
		f->n_tables++;
	}
	return ST_OK;
}

/* A list leaves out what it cannot decide or place in the period; the form says so. */
static enum status count_list(struct calc *c, const struct template_table *t, int64_t *sum, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL, *undated = NULL;
	bool scoped = calc_scoped(c, t->list_dataset);

	sql_list(&sql, t, scoped, true);
	if (sql_open(c->s, sql.p, &c->period, c->as_of, &st, e) != ST_OK || stmt_step(st, e) != STEP_ROW ||
	    figures_add(sum, stmt_int(st, 1), e) != ST_OK)
		return ST_ERR;
	str_clear(&sql);
	if (!sql_undated(&sql, t->list_dataset, scoped))
		return ST_OK;
	if (sql_open(c->s, sql.p, &c->period, c->as_of, &undated, e) != ST_OK || stmt_step(undated, e) != STEP_ROW)
		return ST_ERR;
	return figures_add(sum, stmt_int(undated, 0), e);
}

static enum status count_undecided(struct calc *c, struct form *f, struct err *e)
{
	for (int i = 0; i < f->n_tables; i++)
		if (figures_add(&f->undecided, f->tables[i].undecided_rows, e) != ST_OK ||
		    figures_add(&f->undecided, f->tables[i].undated, e) != ST_OK)
			return ST_ERR;
	for (int i = 0; i < c->t->n_parts; i++) {
		const struct template_table *t = c->t->parts[i].table;

		if (c->t->parts[i].kind == PART_TABLE && t->rows == ROWS_LIST &&
		    count_list(c, t, &f->undecided, e) != ST_OK)
			return err_in(e, "%s:%d: list '%s'", c->t->file, t->line, t->id);
	}
	return ST_OK;
}

static void add_reason(struct str *out, const char *text, int64_t n, struct arena *a)
{
	str_add(out, out->len ? "; " : "DỰ THẢO – ");
	if (n >= 0)
		str_addf(out, "%s ", doc_number(a, n));
	str_add(out, text);
}

static const char *draft_reason(struct arena *a, const struct workspace *w, const struct form *f)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	if (f->failed_checks)
		add_reason(&out, "phép kiểm tra chưa khớp", f->failed_checks, a);
	if (f->undecided)
		add_reason(&out, "bản ghi chưa xác định được", f->undecided, a);
	if (f->quarantined > w->quarantine_limit)
		add_reason(&out, "dòng dữ liệu đang cách ly", f->quarantined, a);
	if (f->as_of < f->period.to)
		add_reason(&out, "kỳ báo cáo chưa kết thúc", -1, a);
	return out.len ? arena_strdup(a, out.p) : NULL;
}

static enum status compute(struct calc *c, const struct workspace *w, struct form *f, struct err *e)
{
	struct row_map *maps = ARENA_ARRAY(c->a, (size_t)c->t->n_parts + 1, struct row_map);
	struct quarantine_count *quarantine = NULL;
	int n = 0, top = figures_top(c);

	f->unit_name = top >= 0 ? units_at(c->units, top)->name : w->agency.name;
	f->tables = ARENA_ARRAY(c->a, (size_t)c->t->n_parts + 1, struct figure_table);
	if (compute_tables(c, f, maps, e) != ST_OK || checks_run(c, f, maps, e) != ST_OK ||
	    count_undecided(c, f, e) != ST_OK || form_quarantine(c->a, c->t, c->s, &quarantine, &n, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < f->n_tables; i++)
		figures_trim(c, &f->tables[i], &maps[i]);
	for (int i = 0; i < n; i++)
		f->quarantined += quarantine[i].rows;
	f->draft = draft_reason(c->a, w, f);
	return ST_OK;
}

enum status form_compute(struct arena *a, const struct workspace *w, const struct template *t,
			 const struct period *p, day_t as_of, const char *unit, struct store *s,
			 struct form **ret, struct err *e)
{
	struct form *f = ARENA_NEW(a, struct form);
	struct units *units = NULL;
	struct calc c = { .a = a, .t = t, .s = s, .period = *p, .unit = unit, .agency_unit = w->agency.unit_id };

	c.as_of = as_of == DAY_NONE || as_of > p->to ? p->to : as_of;
	*f = (struct form){ .template = t, .period = *p, .as_of = c.as_of, .unit = arena_strdup(a, unit) };
	if (store_kind(s) != t->store)
		return err_set(e, "%s: is not the store that form %s counts from", store_name(s), t->id);
	if (open_store(w, t, unit, c.as_of, s, e) != ST_OK || units_load(a, s, &units, e) != ST_OK)
		return ST_ERR;
	c.units = units;
	f->whole = is_whole(units, unit);
	if (f->whole)
		c.unit = NULL;
	if (compute(&c, w, f, e) != ST_OK)
		return ST_ERR;
	*ret = f;
	return ST_OK;
}
