/* What the ledger knows of a finding by its fingerprint. */
#include "ledger_int.h"

#include <rasoat/arena.h>
#include <rasoat/str.h>

/* As the row of `finding` with the runs that had it; by run and rule, as run_finding is kept. */
static const char lookup[] =
	"SELECT f.fingerprint, f.rule_id, f.subject_key, f.first_as_of, f.first_run, count(r.run_id), max(r.run_id)\n"
	"FROM finding f LEFT JOIN run_finding r ON r.rule_id = f.rule_id AND r.fingerprint = f.fingerprint\n"
	"WHERE f.fingerprint >= :low AND f.fingerprint < :high\n"
	"GROUP BY f.fingerprint, f.rule_id, f.subject_key, f.first_as_of, f.first_run\nORDER BY 1";

static enum status read_last(struct arena *a, struct ledger *l, struct finding_record *r, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	static const char sql[] = "SELECT u.as_of, f.verdict FROM run u LEFT JOIN run_finding f ON f.run_id = u.run_id\n"
				  "AND f.rule_id = :rule AND f.fingerprint = :fingerprint WHERE u.run_id = :run";
	enum step step;

	if (!r->last_run)
		return ST_OK;
	if (store_prepare(l->store, sql, &st, e) != ST_OK ||
	    stmt_bind_name(st, ":rule", value_text(r->rule_id), e) != ST_OK ||
	    stmt_bind_name(st, ":fingerprint", value_text(r->fingerprint), e) != ST_OK ||
	    stmt_bind_name(st, ":run", value_int(r->last_run), e) != ST_OK)
		return ST_ERR;
	step = stmt_step(st, e);
	if (step == STEP_ROW) {
		r->last_as_of = arena_strdup(a, stmt_text(st, 0));
		r->last_verdict = arena_strdup(a, stmt_text(st, 1));
	}
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

enum status ledger_lookup(struct arena *a, struct ledger *l, const char *prefix, struct finding_record **ret,
			  int *ret_n, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	struct finding_record *items = NULL;
	const char *high = arena_printf(a, "%sg", prefix); /* after every digit */
	enum step step;
	int n = 0, cap = 0;

	if (store_prepare(l->store, lookup, &st, e) != ST_OK ||
	    stmt_bind_name(st, ":low", value_text(prefix), e) != ST_OK ||
	    stmt_bind_name(st, ":high", value_text(high), e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW)
		*ARENA_PUSH(a, items, n, cap) = (struct finding_record){
			.fingerprint = arena_strdup(a, stmt_text(st, 0)),
			.rule_id = arena_strdup(a, stmt_text(st, 1)),
			.key = arena_strdup(a, stmt_text(st, 2)),
			.first_as_of = arena_strdup(a, stmt_text(st, 3)),
			.first_run = stmt_int(st, 4),
			.runs = stmt_int(st, 5),
			.last_run = stmt_int(st, 6),
		};
	if (step == STEP_ERROR)
		return ST_ERR;
	for (int i = 0; i < n; i++)
		if (read_last(a, l, &items[i], e) != ST_OK)
			return ST_ERR;
	*ret = items;
	*ret_n = n;
	return ST_OK;
}
