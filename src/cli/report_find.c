/* Which forms, as of which day, of which units. */
#include "report.h"

#include <rasoat/units.h>

#include <string.h>

static enum status find_as_of(const char *text, const struct period *p, day_t *ret, struct err *e)
{
	char day[11], last[11];

	*ret = p->to;
	if (!text)
		return ST_OK;
	if (!date_parse_any(text, strlen(text), ret))
		return err_set(e, "--as-of: \"%s\" is not a date (want YYYY-MM-DD or dd/mm/yyyy)", text);
	if (*ret > p->to)
		return err_set(e, "--as-of: %s is after the period's last day, %s; the figures of a period are those of its last day",
			       date_dmy(*ret, day), date_dmy(p->to, last));
	return ST_OK;
}

/* Months, quarters of the calendar and two dates are nobody's own: any form may be made for them. */
static bool is_made_for(const struct template *t, const struct period *p)
{
	if (p->kind == PERIOD_QUARTER && p->number == 1 && t->periods & PERIODS_FIRST_QUARTER)
		return true;
	return p->kind > PERIOD_YEAR || t->periods & (1u << p->kind);
}

static enum status find_form(const struct report *r, struct report_form *f, struct err *e)
{
	const struct template_set *all = r->w->templates;
	const struct template *any = NULL;

	/* Which calendar the period follows is the template's to say; the version, the period's. */
	for (int i = 0; i < all->n_items && !any; i++)
		if (str_eq(all->items[i]->id, f->id))
			any = all->items[i];
	if (!any)
		return template_find(all, f->id, 0, &f->template, e);
	if (period_parse(r->period, any->calendar, &f->period, e) != ST_OK ||
	    template_find(all, f->id, f->period.to, &f->template, e) != ST_OK)
		return ST_ERR;
	if (!is_made_for(f->template, &f->period))
		return err_set(e, "%s: the form is not made for %s; see its periods= in %s", f->id, r->period,
			       f->template->file);
	return find_as_of(r->as_of, &f->period, &f->as_of, e);
}

/* The store and day that the form is made from. */
static int find_source(struct report *r, const struct report_form *f)
{
	for (int i = 0; i < r->n_sources; i++)
		if (r->sources[i].kind == f->template->store && r->sources[i].as_of == f->as_of)
			return i;
	r->sources[r->n_sources] = (struct report_source){ .kind = f->template->store, .as_of = f->as_of };
	return r->n_sources++;
}

enum status report_find_forms(struct report *r, char **ids, int n, struct err *e)
{
	r->forms = ARENA_ARRAY(r->cli->arena, (size_t)n + 1, struct report_form);
	r->sources = ARENA_ARRAY(r->cli->arena, (size_t)n + 1, struct report_source);
	for (int i = 0; i < n; i++) {
		struct report_form *f = &r->forms[r->n_forms];
		bool again = false;

		for (int k = 0; k < r->n_forms; k++)
			again |= str_eq(r->forms[k].id, ids[i]);
		if (again)
			continue;
		*f = (struct report_form){ .id = ids[i] };
		if (find_form(r, f, e) != ST_OK)
			return ST_ERR;
		f->source = find_source(r, f);
		r->n_forms++;
	}
	return ST_OK;
}

/* In force on some day of the period that the report sees. */
static bool is_wanted(const struct report *r, const struct report_form *f, const struct unit *u)
{
	return str_eq(u->level, r->each) && (u->valid_from == DAY_NONE || u->valid_from <= f->as_of) &&
	       (u->valid_to == DAY_NONE || u->valid_to >= f->period.from);
}

/* Codes come from extracts; none may lead out of the folder. */
static enum status check_code(const char *unit, struct err *e)
{
	if (unit && strchr(unit, '/'))
		return err_set(e, "unit '%s': a code with '/' cannot stand in the name of a file; correct unit.csv", unit);
	return ST_OK;
}

static enum status find_each(struct report *r, const struct report_form *f, const char *top, struct store *s,
			     const char ***ret, int *ret_n, struct err *e)
{
	struct units *units = NULL;
	const char **codes = NULL;
	int n = 0, cap = 0, above;

	if (cli_level("--each", r->each, e) != ST_OK || store_set_as_of(s, f->as_of, e) != ST_OK ||
	    units_load(f->arena, s, &units, e) != ST_OK)
		return ST_ERR;
	above = units_find(units, top);
	if (top && above < 0)
		return store_set_scope(s, top, e) == ST_OK ? err_set(e, "%s: unit '%s' is not in the unit list",
								     store_name(s), top) : ST_ERR;
	for (int i = 0; i < units_count(units); i++) {
		const struct unit *u = units_at(units, i);

		if (!is_wanted(r, f, u) || (top && !units_below(units, i, above)))
			continue;
		if (check_code(u->id, e) != ST_OK)
			return ST_ERR;
		*ARENA_PUSH(f->arena, codes, n, cap) = u->id;
	}
	if (!n)
		return err_set(e, "--each %s: %s has no unit of this level in %s%s%s; correct the level or import unit.csv",
			       r->each, store_name(s), r->period, top ? " below " : "", top ? top : "");
	*ret = codes;
	*ret_n = n;
	return ST_OK;
}

enum status report_find_units(struct report *r, const struct report_form *f, struct store *s,
			      const char *const **ret, int *ret_n, struct err *e)
{
	const char *top = r->unit ? r->unit : r->w->agency.unit_id, **one;

	if (check_code(r->unit, e) != ST_OK)
		return ST_ERR;
	if (r->each) {
		const char **codes = NULL;

		if (find_each(r, f, top, s, &codes, ret_n, e) != ST_OK)
			return ST_ERR;
		*ret = codes;
		return ST_OK;
	}
	one = ARENA_ARRAY(f->arena, 1, const char *);
	one[0] = top;
	*ret = one;
	*ret_n = 1;
	return ST_OK;
}
