/* Whose rows: one computation for the forms of many units, or one for a form alone. */
#include "form_int.h"

#include <rasoat/clock.h>

#include <stdlib.h>
#include <string.h>

/*
 * A form on everything also counts rows of unknown units, which are below no unit; SQL that looks into unit_scope
 * wants to see one unit there.
 */
static bool can_share(const struct form_set *set, const struct form *f)
{
	return !f->whole && !template_names(set->template, "unit_scope");
}

static int count_shared(const struct form_set *set)
{
	int n = 0;

	for (int i = 0; i < set->n_forms; i++)
		n += can_share(set, &set->forms[i]);
	return n > 1 ? n : 0;
}

int calc_count(const struct form_set *set)
{
	int shared = count_shared(set);

	return set->n_forms - shared + (shared > 0);
}

static int scope_compare(const void *a, const void *b)
{
	return strcmp(((const struct scope *)a)->unit, ((const struct scope *)b)->unit);
}

static const char *each_sql(const struct calc *c)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	str_add(&sql, "(SELECT unit_id AS below_unit, ancestor_id AS each_unit FROM unit_path WHERE ancestor_id IN (");
	for (int i = 0; i < c->n; i++) {
		str_add(&sql, i ? ", " : "");
		sql_quote(&sql, c->scopes[i].unit);
	}
	str_add(&sql, "))");
	return arena_strdup(c->a, sql.p);
}

/* The forms of the i-th computation: first those that share, then the others one by one. */
static void pick_forms(struct calc *c, const struct form_set *set, int i)
{
	int shared = count_shared(set);

	c->scopes = ARENA_ARRAY(c->a, (size_t)set->n_forms + 1, struct scope);
	for (int k = 0, alone = shared > 0; k < set->n_forms; k++) {
		struct form *f = &set->forms[k];
		bool wanted = shared && can_share(set, f) ? i == 0 : alone++ == i;

		if (wanted)
			c->scopes[c->n++] = (struct scope){ .unit = f->whole ? NULL : f->unit, .form = f };
	}
	if (c->n < 2)
		return;
	qsort(c->scopes, (size_t)c->n, sizeof(*c->scopes), scope_compare);
	c->each = each_sql(c);
}

static enum status open_store(const struct calc *c, const struct form_set *set, struct err *e)
{
	const struct workspace *w = set->workspace;

	if (store_kind(c->s) != c->t->store)
		return err_set(e, "%s: is not the store that form %s counts from", store_name(c->s), c->t->id);
	if (store_set_as_of(c->s, c->as_of, e) != ST_OK ||
	    store_set_scope(c->s, c->each ? NULL : c->scopes[0].form->unit, e) != ST_OK)
		return ST_ERR;
	if (c->t->store != STORE_CASES || !template_names(c->t, "case_clock"))
		return ST_OK;
	if (!w->terms || !w->workdays)
		return err_set(e, "%s: needs the statutory clock; load the rules first", c->t->file);
	return clock_fill(c->s, w->terms, w->workdays, c->as_of, e);
}

enum status calc_new(struct arena *a, const struct form_set *set, int i, struct store *s, struct calc **ret,
		     struct err *e)
{
	struct calc *c = ARENA_NEW(a, struct calc);

	*c = (struct calc){ .a = a, .t = set->template, .s = s, .units = set->units, .period = set->period,
			    .as_of = set->as_of, .agency_unit = set->workspace->agency.unit_id };
	pick_forms(c, set, i);
	if (open_store(c, set, e) != ST_OK || store_set_clearance(s, set->template->clearance != NULL, e) != ST_OK)
		return ST_ERR;
	*ret = c;
	return ST_OK;
}

struct sql_range calc_range(const struct calc *c, const struct dataset *d)
{
	struct sql_range range = { SCOPE_ALL, c->each };

	if (d->unit && c->each)
		range.scope = SCOPE_EACH;
	else if (d->unit && c->scopes[0].unit)
		range.scope = SCOPE_ONE;
	return range;
}

enum status calc_whose(const struct calc *c, const struct dataset *d, const struct stmt *st, int col, int *from,
		       int *to, struct err *e)
{
	const struct scope wanted = { .unit = stmt_text(st, col) }, *found;

	*from = 0;
	*to = c->n;
	if (calc_range(c, d).scope != SCOPE_EACH)
		return ST_OK;
	found = bsearch(&wanted, c->scopes, (size_t)c->n, sizeof(*c->scopes), scope_compare);
	if (!found)
		return err_set(e, "dataset '%s': rows of unit '%s', which nobody asked for", d->name, wanted.unit);
	*from = (int)(found - c->scopes);
	*to = *from + 1;
	return ST_OK;
}

enum status calc_in(const struct calc *c, const struct scope *p, struct err *e)
{
	return c->each ? err_in(e, "unit %s", p->unit) : ST_ERR;
}
