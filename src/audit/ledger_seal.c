/* The seal of a run: what its rows come to, and the chain from run to run. */
#include "ledger_int.h"

#include <rasoat/arena.h>
#include <string.h>

/* Takes the rows of a query, each with all its cells; *ret_rows counts them. */
static enum status take_rows(struct ledger *l, const char *sql, struct chain *c, int64_t *ret_rows, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	struct value cells[RUN_CELLS];
	enum step step;
	int n;

	if (store_prepare(l->store, sql, &st, e) != ST_OK)
		return ST_ERR;
	n = stmt_columns(st);
	while ((step = stmt_step(st, e)) == STEP_ROW) {
		for (int i = 0; i < n; i++)
			cells[i] = stmt_value(st, i);
		chain_row(c, cells, n);
		++*ret_rows;
	}
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

static enum status take_table(struct ledger *l, const char *table, const char *columns, int64_t run,
			      const char *order, struct chain *c, int64_t *ret_rows, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	str_addf(&sql, "SELECT %s FROM %s WHERE run_id = %lld%s", columns, table, (long long)run, order);
	return take_rows(l, sql.p, c, ret_rows, e);
}

enum status ledger_seal_rows(struct ledger *l, int64_t run, struct seal *s, struct err *e)
{
	CLEANUP(chain_free) struct chain c = CHAIN_INIT;
	int64_t ignored = 0;

	s->rules = 0;
	if (take_table(l, "run", ledger_run_columns, run, "", &c, &ignored, e) != ST_OK ||
	    take_table(l, "run_rule", ledger_rule_columns, run, " ORDER BY rule_id", &c, &s->rules, e) != ST_OK)
		return ST_ERR;
	chain_digits(&c, s->content);
	chain_restart(&c);
	if (take_table(l, "run_closed", ledger_closed_columns, run, " ORDER BY rule_id", &c, &ignored, e) != ST_OK)
		return ST_ERR;
	chain_digits(&c, s->closures);
	return ST_OK;
}

static enum status recorded_at(struct ledger *l, int64_t run, struct str *ret, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	CLEANUP(str_free) struct str sql = STR_INIT;
	enum step step;

	str_addf(&sql, "SELECT coalesce(recorded_at, '') FROM run WHERE run_id = %lld", (long long)run);
	if (store_prepare(l->store, sql.p, &st, e) != ST_OK)
		return ST_ERR;
	step = stmt_step(st, e);
	if (step == STEP_ROW)
		str_add(ret, stmt_text(st, 0));
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

enum status ledger_seal_chain(struct ledger *l, int64_t run, const char *before, struct seal *s, struct err *e)
{
	CLEANUP(chain_free) struct chain c = CHAIN_INIT;
	CLEANUP(str_free) struct str when = STR_INIT;

	if (recorded_at(l, run, &when, e) != ST_OK)
		return ST_ERR;

	const struct value cells[] = {
		value_text(before),	     value_int(run),	     value_text(when.p),     value_int(s->rules),
		value_int(s->identities), value_text(s->content), value_text(s->closures), value_text(s->note),
	};
	chain_row(&c, cells, (int)(sizeof(cells) / sizeof(cells[0])));
	chain_digits(&c, s->chain);
	return ST_OK;
}

static enum status last_chain(struct ledger *l, struct str *ret, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	enum step step;

	if (store_prepare(l->store, "SELECT coalesce(chain, '') FROM seal ORDER BY run_id DESC LIMIT 1", &st, e) != ST_OK)
		return ST_ERR;
	step = stmt_step(st, e);
	if (step == STEP_ROW)
		str_add(ret, stmt_text(st, 0));
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

enum status ledger_seal_run(struct ledger *l, int64_t run, const char *note, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	CLEANUP(str_free) struct str before = STR_INIT;
	struct seal s = { .identities = l->identities, .note = note };

	if (last_chain(l, &before, e) != ST_OK || ledger_seal_rows(l, run, &s, e) != ST_OK ||
	    ledger_seal_chain(l, run, before.p, &s, e) != ST_OK)
		return ST_ERR;

	const struct value row[] = { value_int(run),	     value_int(s.rules),    value_int(s.identities),
				     value_text(s.content), value_text(s.closures), value_text(note),
				     value_text(s.chain) };
	if (store_prepare(l->store, "INSERT INTO seal(run_id, rules, identities, content, closures, note, chain)\n"
			  "VALUES(?, ?, ?, ?, ?, ?, ?)", &st, e) != ST_OK ||
	    stmt_bind_row(st, 1, row, 7, e) != ST_OK || stmt_run(st, e) != ST_OK)
		return ST_ERR;
	memcpy(l->content, s.content, sizeof(l->content));
	memcpy(l->head, s.chain, sizeof(l->head));
	return ST_OK;
}

enum status ledger_head(struct ledger *l, struct str *ret, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	enum step step;

	if (store_prepare(l->store, "SELECT run_id, chain FROM seal ORDER BY run_id DESC LIMIT 1", &st, e) != ST_OK)
		return ST_ERR;
	step = stmt_step(st, e);
	if (step == STEP_ROW)
		str_addf(ret, "%lld:%s", (long long)stmt_int(st, 0), stmt_text(st, 1));
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}
