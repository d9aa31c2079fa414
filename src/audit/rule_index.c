/* Warns of a rule that reads a large table again and again, at the line of the part that does it. */
#include "audit_int.h"

#include <rasoat/arena.h>
#include <rasoat/plan.h>
#include <rasoat/str.h>

static bool same_harm(const struct plan_harm *a, const struct plan_harm *b)
{
	return a->table == b->table && str_eq(a->name, b->name);
}

/* Whether `sql` alone, over the rule's tables, does the harm. */
static bool part_does(struct arena *a, struct store *s, const struct rule *r, const char *sql,
		      const struct plan_harm *harm)
{
	CLEANUP(str_free) struct str query = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	struct plan_harm *found = NULL;
	struct err ignored = ERR_INIT;
	int n;

	if (!sql)
		return false;
	str_addf(&query, "SELECT (\n%s\n) FROM %s", sql, r->from);
	if (store_prepare(s, query.p, &st, &ignored) != ST_OK)
		return false;
	n = plan_harms(a, st, query.p, &found, &ignored);
	for (int i = 0; i < n; i++)
		if (same_harm(&found[i], harm))
			return true;
	return false;
}

static int harm_line(struct arena *a, struct store *s, const struct rule *r, const struct plan_harm *harm)
{
	if (part_does(a, s, r, "1", harm))
		return r->from_line;
	if (part_does(a, s, r, r->scope, harm))
		return r->scope_line;
	for (int i = 0; i < r->n_needs; i++)
		if (part_does(a, s, r, r->needs[i].sql, harm))
			return r->needs[i].line;
	if (part_does(a, s, r, r->where, harm))
		return r->where_line;
	for (int i = 0; i < r->n_fields; i++)
		if (part_does(a, s, r, r->fields[i].sql, harm))
			return r->fields[i].line;
	return r->line;
}

void rule_index_warn(struct store *s, const struct rule_run *run, struct diags *d)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	const struct rule *r = run->rule;
	struct plan_harm *harms = NULL;
	struct err ignored = ERR_INIT;
	int n;

	audit_query(r, false, &sql);
	n = plan_harms(a, run->query, sql.p, &harms, &ignored);
	for (int i = 0; i < n; i++) {
		plan_advise(a, s, sql.p, &harms[i]);
		plan_warn(d, r->file, harm_line(a, s, r, &harms[i]),
			  arena_printf(a, "rule '%s'", r->id), &harms[i]);
	}
}
