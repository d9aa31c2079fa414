/* Which runs came before a run, and how a rule fared in them. */
#include "ledger_int.h"

/* The runs before ?1 as `b`, with `me`. */
#define RUNS_BEFORE                                                                                \
	"run me JOIN run b ON b.unit IS me.unit AND b.as_of <= me.as_of AND b.run_id < me.run_id\n"

static enum status one_int(struct ledger *l, const char *sql, const struct value *values, int n, int64_t *ret,
			   struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	enum step step;

	if (store_prepare(l->store, sql, &st, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < n; i++)
		if (stmt_bind(st, i + 1, values[i], e) != ST_OK)
			return ST_ERR;
	step = stmt_step(st, e);
	*ret = step == STEP_ROW ? stmt_int(st, 0) : 0;
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

enum status ledger_rule_before(struct ledger *l, int64_t run, const char *rule, int64_t *ret, struct err *e)
{
	const struct value values[] = { value_int(run), value_text(rule) };

	return one_int(l, "SELECT b.run_id FROM " RUNS_BEFORE
			  "JOIN run_rule r ON r.run_id = b.run_id AND r.rule_id = ?2 AND r.error IS NULL\n"
			  "WHERE me.run_id = ?1 ORDER BY b.as_of DESC, b.run_id DESC LIMIT 1",
		       values, 2, ret, e);
}

enum status ledger_rule_same(struct ledger *l, int64_t a, int64_t b, const char *rule, bool *ret, struct err *e)
{
	const struct value values[] = { value_int(a), value_int(b), value_text(rule) };
	int64_t same = 0;

	if (one_int(l, "SELECT count(*) FROM run_rule x JOIN run_rule y ON y.rule_id = x.rule_id AND y.content = x.content\n"
		       "AND y.error IS x.error WHERE x.run_id = ?1 AND y.run_id = ?2 AND x.rule_id = ?3",
		    values, 3, &same, e) != ST_OK)
		return ST_ERR;
	*ret = same > 0;
	return ST_OK;
}

enum status ledger_rules_before(struct ledger *l, int64_t run, struct stmt **ret, struct err *e)
{
	static const char sql[] =
		"SELECT rule_id, run_id FROM (SELECT r.rule_id, r.run_id, row_number() OVER (PARTITION BY r.rule_id\n"
		"  ORDER BY b.as_of DESC, b.run_id DESC) AS place\n"
		"  FROM " RUNS_BEFORE " JOIN run_rule r ON r.run_id = b.run_id AND r.error IS NULL WHERE me.run_id = ?1) last\n"
		"WHERE place = 1 AND NOT EXISTS (SELECT 1 FROM run_closed c WHERE c.rule_id = last.rule_id\n"
		"  AND c.found_run = last.run_id AND NOT EXISTS (SELECT 1 FROM run_rule x WHERE x.run_id = c.run_id\n"
		"  AND x.rule_id = c.rule_id)) ORDER BY rule_id";

	if (store_prepare(l->store, sql, ret, e) != ST_OK)
		return ST_ERR;
	return stmt_bind(*ret, 1, value_int(run), e);
}
