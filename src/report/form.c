/* The forms of one template: compute, check, and say what keeps them drafts. */
#include <rasoat/form.h>

#include "form_int.h"


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

static enum status compute_tables(struct calc *c, struct err *e)
{
	int table = 0;

	for (int i = 0; i < c->t->n_parts; i++) {
		const struct template_part *part = &c->t->parts[i];

		if (part->kind != PART_TABLE || part->table->rows == ROWS_LIST)
			continue;
		if (figures_compute(c, part->table, table, e) != ST_OK)
			return err_in(e, "%s:%d: table '%s'", c->t->file, part->table->line, part->table->id);
		table++;
	}
	return ST_OK;
}

/* A list leaves out what it cannot decide or place in the period; the form says so. */
static enum status count_list(struct calc *c, const struct template_table *t, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	const struct dataset *d = t->list_dataset;
	int64_t *unsure = ARENA_ARRAY(c->a, (size_t)c->n, int64_t);

	if (sql_list_unsure(&sql, t, calc_range(c, d)) && figures_sums(c, d, sql.p, unsure, e) != ST_OK)
		return ST_ERR;
	if (figures_undated(c, d, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < c->n; i++) {
		int64_t *sum = &c->scopes[i].form->undecided;

		if (figures_add(sum, unsure[i], e) != ST_OK ||
		    figures_add(sum, c->undated[(d - c->t->datasets) * c->n + i], e) != ST_OK)
			return calc_in(c, &c->scopes[i], e);
	}
	return ST_OK;
}

static enum status count_lists(struct calc *c, struct err *e)
{
	for (int i = 0; i < c->t->n_parts; i++) {
		const struct template_table *t = c->t->parts[i].table;

		if (c->t->parts[i].kind == PART_TABLE && t->rows == ROWS_LIST && count_list(c, t, e) != ST_OK)
			return err_in(e, "%s:%d: list '%s'", c->t->file, t->line, t->id);
	}
	return ST_OK;
}

static enum status count_undecided(struct form *f, struct err *e)
{
	for (int i = 0; i < f->n_tables; i++) {
		f->blank += f->tables[i].blank;
		f->missing += f->tables[i].n_missing;
	}
	for (int i = 0; i < f->n_tables; i++)
		if (figures_add(&f->undecided, f->tables[i].undecided_rows, e) != ST_OK ||
		    figures_add(&f->undecided, f->tables[i].undated, e) != ST_OK)
			return ST_ERR;
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
	if (f->missing)
		add_reason(&out, "đơn vị chưa có số liệu", f->missing, a);
	if (f->blank)
		add_reason(&out, "ô chưa có số liệu do đơn vị nhập", f->blank, a);
	if (f->drafts)
		add_reason(&out, "biểu số liệu còn là dự thảo", f->drafts, a);
	if (f->undecided)
		add_reason(&out, "bản ghi chưa xác định được", f->undecided, a);
	if (f->quarantined > w->quarantine_limit)
		add_reason(&out, "dòng dữ liệu đang cách ly", f->quarantined, a);
	if (f->as_of < f->period.to)
		add_reason(&out, "kỳ báo cáo chưa kết thúc", -1, a);
	return out.len ? arena_strdup(a, out.p) : NULL;
}

static enum status finish(struct calc *c, const struct workspace *w, struct scope *p, struct err *e)
{
	struct form *f = p->form;

	if (checks_run(c, p, e) != ST_OK || count_undecided(f, e) != ST_OK)
		return calc_in(c, p, e);
	for (int i = 0; i < f->n_tables; i++)
		rows_trim(c, &f->tables[i], &p->maps[i]);
	f->draft = draft_reason(c->a, w, f);
	return ST_OK;
}

/* Quarantined rows are not sorted by unit: nobody can say for sure whose they are. */
static enum status count_quarantine(struct calc *c, struct err *e)
{
	struct quarantine_count *all = NULL;
	int n = 0, kept = 0;
	int64_t rows = 0;

	if (quarantine_counts(c->a, c->s, &all, &n, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < n; i++)
		if (c->t->inputs && word_in(all[i].table, c->t->inputs)) {
			rows += all[i].rows;
			all[kept++] = all[i];
		}
	for (int i = 0; i < c->n; i++) {
		c->scopes[i].form->quarantined = rows;
		c->scopes[i].form->quarantine = all;
		c->scopes[i].form->n_quarantine = kept;
	}
	return ST_OK;
}

static void make_room(struct calc *c)
{
	const struct template *t = c->t;
	size_t n_tables = 0;

	for (int i = 0; i < t->n_parts; i++)
		n_tables += t->parts[i].kind == PART_TABLE && t->parts[i].table->rows != ROWS_LIST;
	c->undated = ARENA_ARRAY(c->a, (size_t)t->n_datasets * (size_t)c->n + 1, int64_t);
	c->undated_done = ARENA_ARRAY(c->a, (size_t)t->n_datasets + 1, bool);
	for (int i = 0; i < c->n; i++) {
		struct scope *p = &c->scopes[i];

		p->form->tables = ARENA_ARRAY(c->a, n_tables + 1, struct figure_table);
		p->form->n_tables = (int)n_tables;
		p->maps = ARENA_ARRAY(c->a, n_tables + 1, struct row_map);
		p->counted = ARENA_ARRAY(c->a, (size_t)t->n_checks + 1, int64_t *);
	}
}

static enum status compute_figures(struct form_set *set, struct store *s, bool checked, struct err *e);

/* Another form for the same units, as it is in force now; with `checked` as far as that it knows whether it is a draft. */
static enum status other_set(const struct form_set *set, const char *form, const struct period *p, struct store *s,
			     bool checked, struct form_set **ret, struct err *e)
{
	const char **units = ARENA_ARRAY(set->arena, (size_t)set->n_forms + 1, const char *);
	const struct template *other = NULL;
	day_t as_of = set->as_of < p->to ? set->as_of : p->to;

	for (int i = 0; i < set->n_forms; i++)
		units[i] = set->forms[i].unit;
	if (template_find(set->workspace->templates, form, set->period.to, &other, e) != ST_OK ||
	    form_set_new(set->arena, set->workspace, other, p, as_of, units, set->n_forms, s, ret, e) != ST_OK)
		return ST_ERR;
	return compute_figures(*ret, s, checked, e);
}

/* Each other form once, whichever checks ask for it. */
static enum status others_compute(struct form_set *set, struct store *s, struct form_set ***ret, struct err *e)
{
	const struct template *t = set->template;
	struct form_set **others = ARENA_ARRAY(set->arena, (size_t)t->n_checks + 1, struct form_set *);

	for (int i = 0; i < t->n_checks; i++) {
		if (!t->checks[i].form)
			continue;
		for (int k = 0; k < i && !others[i]; k++)
			if (str_eq(t->checks[k].form, t->checks[i].form))
				others[i] = others[k];
		if (!others[i] && other_set(set, t->checks[i].form, &set->period, s, false, &others[i], e) != ST_OK)
			return err_in(e, "%s:%d: check %s", t->file, t->checks[i].line, t->checks[i].code);
	}
	*ret = others;
	return ST_OK;
}

static const struct form_other *find_other(const struct form_set *set, const char *form, enum ref_when when)
{
	for (int i = 0; i < set->n_others; i++)
		if (set->others[i].when == when && str_eq(set->others[i].form, form))
			return &set->others[i];
	return NULL;
}

/* The forms that the texts name, each once for each of the periods. */
static enum status refs_compute(struct form_set *set, struct store *s, struct err *e)
{
	const struct template *t = set->template;

	set->others = ARENA_ARRAY(set->arena, (size_t)t->n_refs + 1, struct form_other);
	for (int i = 0; i < t->n_refs; i++) {
		const struct template_ref *ref = &t->refs[i];
		struct form_other *o = &set->others[set->n_others];
		struct period p = set->period;
		bool there = true;

		if (find_other(set, ref->form, ref->when))
			continue;
		if (ref->when == REF_BEFORE)
			there = period_before(&set->period, t->calendar, &p);
		else if (ref->when == REF_YEAR_BEFORE)
			there = period_year_before(&set->period, t->calendar, &p);
		*o = (struct form_other){ .form = ref->form, .when = ref->when };
		if (there && other_set(set, ref->form, &p, s, ref->when == REF_SAME, &o->set, e) != ST_OK)
			return err_in(e, "%s:%d", t->file, ref->line);
		set->n_others++;
		for (int k = 0; there && k < set->n_forms && ref->when == REF_SAME; k++)
			set->forms[k].drafts += o->set->forms[k].draft != NULL;
	}
	return ST_OK;
}

const struct form *form_other(const struct form *f, const char *form, enum ref_when when)
{
	const struct form_other *o = find_other(f->set, form, when);

	return o && o->set ? &o->set->forms[f->at] : NULL;
}

enum status form_set_figures(struct form_set *set, struct store *s, struct err *e)
{
	return compute_figures(set, s, true, e) == ST_OK ? ST_OK : form_failed(set, e);
}

static enum status compute_figures(struct form_set *set, struct store *s, bool checked, struct err *e)
{
	struct form_set **others = NULL;

	if (checked && (others_compute(set, s, &others, e) != ST_OK || refs_compute(set, s, e) != ST_OK))
		return ST_ERR;
	for (int k = 0; k < calc_count(set); k++) {
		struct calc *c = NULL;

		if (calc_new(set->arena, set, k, s, &c, e) != ST_OK)
			return ST_ERR;
		c->others = others;
		make_room(c);
		if (compute_tables(c, e) != ST_OK || count_lists(c, e) != ST_OK || count_quarantine(c, e) != ST_OK)
			return ST_ERR;
		for (int i = 0; checked && i < c->n; i++)
			if (finish(c, set->workspace, &c->scopes[i], e) != ST_OK)
				return ST_ERR;
	}
	return ST_OK;
}

static enum status add_form(struct form_set *set, const char *unit, struct store *s, struct err *e)
{
	struct form *f = &set->forms[set->n_forms];
	int at;

	*f = (struct form){ .set = set, .at = set->n_forms, .template = set->template, .period = set->period,
			    .as_of = set->as_of, .unit = arena_strdup(set->arena, unit) };
	/* An unknown unit is told in the words of the store. */
	if (units_find(set->units, unit) < 0 && store_set_scope(s, unit, e) != ST_OK)
		return ST_ERR;
	f->whole = is_whole(set->units, unit);
	at = rows_top(&(struct calc){ .units = set->units, .agency_unit = set->workspace->agency.unit_id },
		      f->whole ? NULL : unit);
	f->unit_name = at >= 0 ? units_at(set->units, at)->name : set->workspace->agency.name;
	set->n_forms++;
	return ST_OK;
}

enum status form_set_new(struct arena *a, const struct workspace *w, const struct template *t, const struct period *p,
			 day_t as_of, const char *const *units, int n, struct store *s, struct form_set **ret,
			 struct err *e)
{
	struct form_set *set = ARENA_NEW(a, struct form_set);
	struct units *tree = NULL;

	*set = (struct form_set){ .arena = a, .workspace = w, .template = t, .period = *p,
				  .as_of = as_of == DAY_NONE || as_of > p->to ? p->to : as_of };
	if (store_kind(s) != t->store)
		return err_set(e, "%s: is not the store that form %s counts from", store_name(s), t->id);
	if (store_set_as_of(s, set->as_of, e) != ST_OK || units_load(a, s, &tree, e) != ST_OK)
		return ST_ERR;
	set->units = tree;
	if (form_secrecy(set, s, e) != ST_OK)
		return ST_ERR;
	set->forms = ARENA_ARRAY(a, (size_t)n + 1, struct form);
	for (int i = 0; i < n; i++)
		if (add_form(set, units[i], s, e) != ST_OK)
			return ST_ERR;
	for (int i = 0; i < t->n_parts; i++)
		set->n_lists += t->parts[i].kind == PART_TABLE && t->parts[i].table->rows == ROWS_LIST;
	set->lists = ARENA_ARRAY(a, (size_t)set->n_lists + 1, struct form_list *);
	*ret = set;
	return ST_OK;
}

void form_set_close(struct form_set *set)
{
	for (int i = 0; set && i < set->n_lists; i++) {
		form_list_close(set->lists[i]);
		set->lists[i] = NULL;
	}
}

enum status form_compute(struct arena *a, const struct workspace *w, const struct template *t,
			 const struct period *p, day_t as_of, const char *unit, struct store *s,
			 struct form **ret, struct err *e)
{
	struct form_set *set = NULL;

	if (form_set_new(a, w, t, p, as_of, &unit, 1, s, &set, e) != ST_OK || form_set_figures(set, s, e) != ST_OK)
		return ST_ERR;
	*ret = &set->forms[0];
	return ST_OK;
}
