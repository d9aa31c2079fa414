/* New, reopened, continuing, resolved: rule by rule, by fingerprint. */
#include "compare_int.h"

#include <rasoat/arena.h>

/* Both runs' findings of one rule, ready to be looked up. */
static enum status load(struct compare *x, const char *table, int64_t run, const char *rule, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	const struct value values[] = { value_int(run), value_text(rule) };

	str_addf(&sql, "DELETE FROM temp.%s", table);
	if (store_exec(x->l->store, sql.p, e) != ST_OK)
		return ST_ERR;
	str_clear(&sql);
	str_addf(&sql, "INSERT OR IGNORE INTO temp.%s SELECT fingerprint, seq, verdict, unit_id FROM run_finding\n"
		 "WHERE run_id = ? AND rule_id = ?", table);
	return compare_do(x->l, sql.p, values, 2, e);
}

/* The same to the last byte: nothing to look up. */
static enum status all_continue(struct compare *x, const char *rule, struct err *e)
{
	const struct value values[] = { value_int(x->after.line.run), value_text(rule), value_int(CHANGE_CONTINUING) };

	return compare_do(x->l, "INSERT INTO temp.change(rule_id, fingerprint, state, was_seq, now_seq, was_verdict,\n"
			  "  now_verdict, unit_id, causes) SELECT rule_id, fingerprint, ?3, seq, seq, verdict, verdict,\n"
			  "  unit_id, 0 FROM run_finding WHERE run_id = ?1 AND rule_id = ?2 AND verdict = 'fail'", values, 3, e);
}

static enum status match(struct compare *x, const char *rule, struct err *e)
{
	const struct value found[] = { value_text(rule), value_int(CHANGE_CONTINUING), value_int(CHANGE_NEW) };
	const struct value gone[] = { value_text(rule), value_int(CHANGE_RESOLVED) };

	if (load(x, "was", x->before.line.run, rule, e) != ST_OK || load(x, "now", x->after.line.run, rule, e) != ST_OK)
		return ST_ERR;
	if (compare_do(x->l, "INSERT INTO temp.change(rule_id, fingerprint, state, was_seq, now_seq, was_verdict,\n"
			     "  now_verdict, unit_id, causes)\n"
			     "SELECT ?1, n.fingerprint, CASE WHEN w.verdict = 'fail' THEN ?2 ELSE ?3 END, w.seq, n.seq,\n"
			     "  w.verdict, n.verdict, n.unit_id, 0\n"
			     "FROM temp.now n LEFT JOIN temp.was w ON w.fingerprint = n.fingerprint WHERE n.verdict = 'fail'",
		       found, 3, e) != ST_OK)
		return ST_ERR;
	return compare_do(x->l, "INSERT INTO temp.change(rule_id, fingerprint, state, was_seq, now_seq, was_verdict,\n"
			  "  now_verdict, unit_id, causes)\n"
			  "SELECT ?1, w.fingerprint, ?2, w.seq, n.seq, w.verdict, n.verdict, w.unit_id, 0\n"
			  "FROM temp.was w LEFT JOIN temp.now n ON n.fingerprint = w.fingerprint\n"
			  "WHERE w.verdict = 'fail' AND coalesce(n.verdict, '') <> 'fail'", gone, 2, e);
}

/* ---- reopened ---- */

/* Whether any run but the later of the two knows some new finding of the rule. */
static enum status any_known(struct compare *x, const char *rule, bool *ret, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;

	if (store_prepare(x->l->store, "SELECT count(*) FROM (SELECT 1 FROM temp.change c JOIN finding f\n"
			  "ON f.fingerprint = c.fingerprint WHERE c.rule_id = ?1 AND c.state = ?2 AND f.first_run < ?3 LIMIT 1) t",
			  &st, e) != ST_OK ||
	    stmt_bind(st, 1, value_text(rule), e) != ST_OK || stmt_bind(st, 2, value_int(CHANGE_NEW), e) != ST_OK ||
	    stmt_bind(st, 3, value_int(x->after.line.run), e) != ST_OK || stmt_step(st, e) != STEP_ROW)
		return ST_ERR;
	*ret = stmt_int(st, 0) > 0;
	return ST_OK;
}

/* The runs before the later one in which the rule could run, in order. */
static enum status runs_before(struct compare *x, const char *rule, int64_t **ret, int *ret_n, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	int64_t *runs = NULL;
	int n = 0, cap = 0;
	enum step step;

	if (store_prepare(x->l->store, "SELECT b.run_id FROM run me JOIN run b ON b.unit IS me.unit\n"
			  "AND b.as_of <= me.as_of AND b.run_id < me.run_id\n"
			  "JOIN run_rule r ON r.run_id = b.run_id AND r.rule_id = ?2 AND r.error IS NULL\n"
			  "WHERE me.run_id = ?1 ORDER BY b.as_of, b.run_id", &st, e) != ST_OK ||
	    stmt_bind(st, 1, value_int(x->after.line.run), e) != ST_OK || stmt_bind(st, 2, value_text(rule), e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW)
		*ARENA_PUSH(x->a, runs, n, cap) = stmt_int(st, 0);
	*ret = runs;
	*ret_n = n;
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

/* Found in one of `n` runs, and not in all from that one on. */
static enum status find_reopened(struct compare *x, const char *rule, struct err *e)
{
	int64_t *runs = NULL;
	bool known = false;
	int n = 0;

	if (any_known(x, rule, &known, e) != ST_OK || (known && runs_before(x, rule, &runs, &n, e) != ST_OK))
		return ST_ERR;
	if (!known)
		return ST_OK;
	if (store_exec(x->l->store, "DELETE FROM temp.past", e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < n; i++) {
		const struct value values[] = { value_int(runs[i]), value_text(rule), value_int(CHANGE_NEW), value_int(i) };

		if (compare_do(x->l, "INSERT INTO temp.past SELECT p.fingerprint, ?4, 1 FROM run_finding p\n"
				     "JOIN temp.change c ON c.rule_id = ?2 AND c.fingerprint = p.fingerprint AND c.state = ?3\n"
				     "WHERE p.run_id = ?1 AND p.rule_id = ?2 AND p.verdict = 'fail'\n"
				     "ON CONFLICT(fingerprint) DO UPDATE SET n = n + 1", values, 4, e) != ST_OK)
			return ST_ERR;
	}

	const struct value values[] = { value_text(rule), value_int(CHANGE_NEW), value_int(CHANGE_REOPENED), value_int(n) };
	return compare_do(x->l, "UPDATE temp.change SET state = ?3 WHERE rule_id = ?1 AND state = ?2\n"
			  "AND EXISTS (SELECT 1 FROM temp.past p WHERE p.fingerprint = change.fingerprint\n"
			  "AND p.n < ?4 - p.first)", values, 4, e);
}

/* ---- closures ---- */

/* Those recorded after the earlier run up to the later one; the last one counts. */
static enum status find_closures(struct compare *x, struct err *e)
{
	const struct value values[] = { value_int(x->before.line.run), value_int(x->after.line.run),
					value_int(CHANGE_RESOLVED) };

	return compare_do(x->l, "UPDATE temp.change SET closed_run = c.run_id, closed_seq = c.seq FROM\n"
			  "(SELECT x.rule_id, x.fingerprint, x.run_id, x.seq, row_number() OVER (PARTITION BY x.rule_id, x.fingerprint\n"
			  "   ORDER BY x.run_id DESC) AS place FROM closure x JOIN run r ON r.run_id = x.run_id\n"
			  " JOIN run me ON me.run_id = ?2 AND r.unit IS me.unit AND r.as_of <= me.as_of\n"
			  " WHERE x.run_id > ?1 AND x.run_id <= ?2) c\n"
			  "WHERE c.place = 1 AND c.rule_id = change.rule_id AND c.fingerprint = change.fingerprint\n"
			  "AND change.state = ?3", values, 3, e);
}

enum status compare_states(struct compare *x, struct err *e)
{
	for (int i = 0; i < x->c->n_rules; i++) {
		const struct compared_rule *r = &x->c->rules[i];
		const struct rule_row *rows = x->rows[i];
		bool same = rows[0].there && rows[1].there && str_eq(rows[0].content, rows[1].content);

		if (r->skipped)
			continue;
		if ((same ? all_continue : match)(x, r->rule_id, e) != ST_OK || find_reopened(x, r->rule_id, e) != ST_OK)
			return err_in(e, "rule %s", r->rule_id);
	}
	return find_closures(x, e);
}
