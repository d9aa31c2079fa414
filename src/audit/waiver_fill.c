/* The waivers of a run against the stores: their units, and the relation `waiver` for the rules about them. */
#include "waiver_int.h"

#include <rasoat/str.h>

/* ---- units ---- */

static enum status has_units(struct store *s, bool *ret, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	enum step step;

	if (store_prepare(s, "SELECT 1 FROM unit LIMIT 1", &st, e) != ST_OK)
		return ST_ERR;
	step = stmt_step(st, e);
	*ret = step == STEP_ROW;
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

static enum status knows_unit(struct store *s, const char *unit, bool *ret, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	enum step step;

	if (store_prepare(s, "SELECT 1 FROM unit WHERE unit_id = :unit", &st, e) != ST_OK ||
	    stmt_bind_name(st, ":unit", value_text(unit), e) != ST_OK)
		return ST_ERR;
	step = stmt_step(st, e);
	*ret = *ret || step == STEP_ROW;
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

enum status waivers_check_units(const struct waiver_set *set, struct store *cases, struct store *accounts,
				struct diags *d, struct err *e)
{
	struct store *const stores[] = { cases, accounts };
	bool any[2] = { false, false };

	for (int k = 0; k < 2; k++)
		if (stores[k] && has_units(stores[k], &any[k], e) != ST_OK)
			return ST_ERR;
	for (int i = 0; (any[0] || any[1]) && i < set->n; i++) {
		const struct waiver *w = &set->items[i];
		bool known = !w->unit;

		for (int k = 0; k < 2 && !known; k++)
			if (any[k] && knows_unit(stores[k], w->unit, &known, e) != ST_OK)
				return ST_ERR;
		if (!known)
			diag_error(d, set->file, w->line, "waiver '%s': unit '%s' is not in the unit list", w->id, w->unit);
	}
	return ST_OK;
}

/* ---- the relation ---- */

static const struct rule_outcome *outcome_of(const struct rule_outcome *outcomes, int n, const struct rule *r)
{
	for (int i = 0; i < n; i++)
		if (outcomes[i].rule == r)
			return &outcomes[i];
	return NULL;
}

static enum status add_row(struct stmt *st, const struct use *u, const struct rule_outcome *o, struct err *e)
{
	const struct waiver *w = u->waiver;
	bool ran = o && !o->error;
	char on[11], from[11], to[11];
	struct value row[] = {
		value_text(w->id),
		value_text(w->rule->id),
		value_text(severity_words[w->rule->severity]),
		value_text(w->unit),
		value_text(w->key),
		value_text(w->reason),
		value_text(u->requester.name ? u->requester.name : w->requester),
		value_text(u->approver.name ? u->approver.name : w->approver),
		value_text(w->document),
		value_text(date_iso(w->document_on, on)),
		value_text(date_iso(w->from, from)),
		value_text(date_iso(w->to, to)),
		value_int(u->whole),
		value_int(u->same_person),
		value_int(o != NULL),
		ran ? value_int(o->found + o->waived) : value_null(),
		ran ? value_int(u->covered) : value_null(),
		ran ? value_int(u->own) : value_null(),
	};

	if (stmt_bind_row(st, 1, row, sizeof(row) / sizeof(row[0]), e) != ST_OK)
		return ST_ERR;
	return stmt_run(st, e);
}

enum status waivers_fill(struct waivers *w, const struct rule_outcome *outcomes, int n, struct store *s, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	CLEANUP(str_free) struct str sql = STR_INIT;
	const struct table *t = schema_waiver();

	if (!w->n)
		return ST_OK;
	str_addf(&sql, "INSERT INTO %s VALUES(", t->name);
	for (int i = 0; i < t->n_columns; i++)
		str_add(&sql, i ? ", ?" : "?");
	str_addc(&sql, ')');
	if (store_prepare(s, sql.p, &st, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < w->n; i++)
		if (add_row(st, &w->uses[i], outcome_of(outcomes, n, w->uses[i].waiver->rule), e) != ST_OK)
			return err_in(e, "%s", t->name);
	return ST_OK;
}
