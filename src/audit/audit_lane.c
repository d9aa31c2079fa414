/* One lane of an audit: the connections of a worker, and what they have prepared for its rules. */
#include "audit_lane.h"

#include <rasoat/arena.h>
#include <rasoat/clock.h>

static enum status check_unit(struct store *s, const char *unit, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	enum step step;

	if (store_prepare(s, "SELECT 1 FROM unit WHERE unit_id = :unit", &st, e) != ST_OK ||
	    stmt_bind_name(st, ":unit", value_text(unit), e) != ST_OK)
		return ST_ERR;
	step = stmt_step(st, e);
	if (step == STEP_DONE)
		return err_set(e, "unit '%s' is not in the unit list", unit);
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

/*
 * A savepoint outside a transaction begins one, so all rules see the store as it is now, whatever
 * is imported meanwhile; inside one (a test's) it nests. Its end undoes what lanes prepare.
 */
static enum status lane_begin(struct audit_lane *l, enum store_kind kind, const char *unit, struct err *e)
{
	struct store *s = l->stores[kind];

	if (store_exec(s, "SAVEPOINT audit_run", e) != ST_OK)
		return ST_ERR;
	l->open[kind] = true;
	if (!unit)
		return ST_OK;
	return check_unit(s, unit, e) == ST_OK ? store_set_scope(s, unit, e) : ST_ERR;
}

enum status audit_lane_open(struct audit_lane *l, enum store_kind kind, struct store *s,
			    const struct workdays *w, day_t as_of, const char *unit, struct err *e)
{
	l->stores[kind] = s;
	store_set_workdays(s, w);
	return store_set_as_of(s, as_of, e) == ST_OK ? lane_begin(l, kind, unit, e) : ST_ERR;
}

enum status audit_lane_share(struct audit_lane *l, const struct audit_lane *from, const char *unit,
			     bool *ret_shared, struct err *e)
{
	*ret_shared = false;
	for (int kind = 0; kind < 2; kind++) {
		if (!from->open[kind])
			continue;
		if (store_share(from->stores[kind], &l->stores[kind], e) != ST_OK)
			return ST_ERR;
		if (!l->stores[kind])
			return ST_OK;
		l->own[kind] = true;
		if (lane_begin(l, kind, unit, e) != ST_OK)
			return ST_ERR;
	}
	*ret_shared = true;
	return ST_OK;
}

void audit_lane_close(struct audit_lane *l)
{
	struct err ignored = ERR_INIT;

	if (l->clock_tried && store_clock_begin(l->stores[STORE_CASES], &ignored) == ST_OK)
		(void)!store_clock_end(l->stores[STORE_CASES], &ignored); /* it is read no more */
	for (int kind = 0; kind < 2; kind++) {
		if (l->open[kind]) {
			(void)!store_exec(l->stores[kind], "ROLLBACK TO audit_run", &ignored);
			(void)!store_exec(l->stores[kind], "RELEASE audit_run", &ignored);
		}
		if (l->own[kind])
			store_close(l->stores[kind]);
	}
	*l = (struct audit_lane){ 0 };
}

/* Once for all rules of the lane that read it; a failure is theirs, not the audit's. */
static enum status need_clock(struct audit_lane *l, const struct terms *terms, const struct workdays *w,
			      day_t as_of, struct err *e)
{
	if (!l->clock_tried) {
		l->clock_tried = true;
		l->clock_failed = true;
		if (!terms)
			err_set(&l->clock_error, "case_clock: there are no terms; add terms.xml to the rules");
		else
			l->clock_failed = clock_fill(l->stores[STORE_CASES], terms, w, as_of,
						     &l->clock_error) != ST_OK;
	}
	return l->clock_failed ? err_set(e, "%s", l->clock_error.text) : ST_OK;
}

enum status audit_lane_prepare(struct audit_lane *l, const struct rule *r, const struct terms *terms,
			       const struct workdays *w, day_t as_of, struct err *e)
{
	int n;
	const struct relation *relations = schema_relations(&n);

	for (int i = 0; i < n; i++) {
		bool *done = &l->materialized[r->store][i];

		if (*done || !relations[i].shared || !(relations[i].stores & 1u << r->store) ||
		    !rule_reads(r, relations[i].name))
			continue;
		if (store_materialize(l->stores[r->store], relations[i].name, e) != ST_OK)
			return ST_ERR;
		*done = true;
	}
	return rule_reads_clock(r) ? need_clock(l, terms, w, as_of, e) : ST_OK;
}
