/*
 * A ledger of version 1 had no chain. Its runs are copied row by row into the tables of today, which takes their
 * digests, and are sealed as they are: what was changed before cannot be told, what is changed from now on can.
 */
#include "ledger_int.h"

#include <rasoat/arena.h>
#include <string.h>

static const char *const old_tables[] = { "run", "finding", "run_rule", "run_finding" };

static enum status put_aside(struct ledger *l, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	for (size_t i = 0; i < sizeof(old_tables) / sizeof(old_tables[0]); i++)
		str_addf(&sql,
			 "DROP TRIGGER IF EXISTS %s_no_update;\nDROP TRIGGER IF EXISTS %s_no_delete;\n"
			 "ALTER TABLE %s RENAME TO old_%s;\n", old_tables[i], old_tables[i], old_tables[i], old_tables[i]);
	schema_ledger_ddl(&sql);
	str_add(&sql, "INSERT INTO run(run_id, as_of, unit, rules_digest, params, recorded_at)\n"
		      "  SELECT run_id, as_of, unit, rules_digest, params, recorded_at FROM old_run;\n"
		      "INSERT INTO finding SELECT fingerprint, rule_id, subject_key, first_as_of, first_run FROM old_finding;\n");
	return store_exec(l->store, sql.p, e);
}

static enum status prepare_of(struct ledger *l, int64_t run, const char *select, const char *rule, struct stmt **ret,
			      struct err *e)
{
	if (store_prepare(l->store, select, ret, e) != ST_OK || stmt_bind(*ret, 1, value_int(run), e) != ST_OK)
		return ST_ERR;
	return rule ? stmt_bind(*ret, 2, value_text(rule), e) : ST_OK;
}

static enum status copy_findings(struct ledger *l, int64_t run, const char *rule, struct chain *c, struct err *e)
{
	static const char select[] = "SELECT rule_id, fingerprint, verdict, reason, unit_id, since, days, subject_key,\n"
				     "  fields, message FROM old_run_finding WHERE run_id = ? AND rule_id = ? ORDER BY seq";
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	struct value cells[FINDING_CELLS];
	enum step step;

	if (prepare_of(l, run, select, rule, &st, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW) {
		cells[0] = value_int(c->rows + 1);
		for (int i = 0; i < 10; i++)
			cells[i + 1] = stmt_value(st, i);
		cells[11] = value_null(); /* there were no waivers */
		if (ledger_put_finding(l, run, c, cells, e) != ST_OK)
			return ST_ERR;
	}
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

static enum status copy_rules(struct ledger *l, int64_t run, struct err *e)
{
	static const char select[] = "SELECT rule_id, found, indeterminate, error, examined FROM old_run_rule\n"
				     "WHERE run_id = ? ORDER BY rule_id";
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	enum step step;

	if (prepare_of(l, run, select, NULL, &st, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW) {
		CLEANUP(chain_free) struct chain c = CHAIN_INIT;
		struct value cells[RULE_CELLS];
		char content[HASH_HEX];

		for (int i = 0; i < RULE_CELLS; i++)
			cells[i] = i < 5 ? stmt_value(st, i) : value_null();
		if (copy_findings(l, run, stmt_text(st, 0), &c, e) != ST_OK)
			return ST_ERR;
		cells[RULE_CELLS - 1] = value_text(chain_digits(&c, content));
		if (ledger_put_rule(l, run, cells, e) != ST_OK)
			return ST_ERR;
	}
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

static enum status copy_runs(struct ledger *l, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	enum step step;

	if (store_prepare(l->store, "SELECT run_id, (SELECT count(*) FROM old_finding f WHERE f.first_run = r.run_id)\n"
			  "FROM old_run r ORDER BY run_id", &st, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW) {
		l->identities = stmt_int(st, 1);
		if (copy_rules(l, stmt_int(st, 0), e) != ST_OK ||
		    ledger_seal_run(l, stmt_int(st, 0), LEDGER_BEFORE, e) != ST_OK)
			return ST_ERR;
	}
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

/* A row that no rule of its run owns would be lost. */
static enum status check_copied(struct ledger *l, struct err *e)
{
	int64_t old = 0, now = 0;

	if (store_query_int(l->store, "SELECT count(*) FROM old_run_finding", &old, e) != ST_OK ||
	    store_query_int(l->store, "SELECT count(*) FROM run_finding", &now, e) != ST_OK)
		return ST_ERR;
	if (old != now)
		return err_set(e, "%lld of its findings belong to no run and rule that it records; restore it from a backup",
			       (long long)(old - now));
	return ST_OK;
}

static enum status upgrade(struct ledger *l, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	int64_t version = 0;

	/* Another program may have done it while this one waited. */
	if (store_query_int(l->store, "PRAGMA user_version", &version, e) != ST_OK)
		return ST_ERR;
	if (version >= LEDGER_VERSION)
		return ST_OK;
	if (put_aside(l, e) != ST_OK || copy_runs(l, e) != ST_OK || check_copied(l, e) != ST_OK)
		return ST_ERR;
	for (size_t i = 0; i < sizeof(old_tables) / sizeof(old_tables[0]); i++)
		str_addf(&sql, "DROP TABLE old_%s;\n", old_tables[i]);
	str_addf(&sql, "PRAGMA user_version = %d", LEDGER_VERSION);
	return store_exec(l->store, sql.p, e);
}

enum status ledger_upgrade(struct ledger *l, struct err *e)
{
	enum status st;

	if (store_begin(l->store, e) != ST_OK)
		return ST_ERR;
	st = upgrade(l, e);
	/* Statements of the copy keep the tables of the old version in use no longer. */
	stmt_close(l->add_row);
	stmt_close(l->rule_done);
	l->add_row = l->rule_done = NULL;
	/* The anchor first: a ledger of version 1 asks for none. */
	if (st == ST_OK)
		st = anchor_rewrite(l, e);
	if (st == ST_OK)
		st = store_commit(l->store, e);
	if (st == ST_OK)
		return ST_OK;
	store_rollback(l->store);
	return err_in(e, "%s: bringing the ledger up to version %d", store_name(l->store), LEDGER_VERSION);
}
