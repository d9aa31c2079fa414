/* Writing runs and findings. The tables refuse change and removal by triggers (schema.c). */
#include "ledger_int.h"

#include <rasoat/arena.h>
#include <rasoat/audit.h>
#include <rasoat/hash.h>
#include <rasoat/str.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

const char *const verdict_words[VERDICT_COUNT] = { "fail", "indeterminate", "waived", "error" };

enum status ledger_open(const char *uri, struct ledger **ret, struct err *e)
{
	struct store *s;
	struct ledger *l;

	if (store_open(uri, STORE_LEDGER, STORE_CREATE, &s, e) != ST_OK)
		return ST_ERR;
	l = xmalloc(sizeof(*l));
	*l = (struct ledger){ .store = s, .as_of = DAY_NONE };
	*ret = l;
	return ST_OK;
}

void ledger_close(struct ledger *l)
{
	if (!l)
		return;
	stmt_close(l->add_finding);
	stmt_close(l->add_row);
	stmt_close(l->rule_done);
	store_close(l->store);
	free(l);
}

void ledger_cleanup(struct ledger **l)
{
	ledger_close(*l);
	*l = NULL;
}

enum status ledger_begin(struct ledger *l, struct err *e)
{
	return store_begin(l->store, e);
}

enum status ledger_commit(struct ledger *l, struct err *e)
{
	return store_commit(l->store, e);
}

void ledger_rollback(struct ledger *l)
{
	store_rollback(l->store);
}

enum status ledger_mark(struct ledger *l, struct err *e)
{
	return store_exec(l->store, "SAVEPOINT ledger_rule", e);
}

enum status ledger_keep(struct ledger *l, struct err *e)
{
	return store_exec(l->store, "RELEASE ledger_rule", e);
}

enum status ledger_undo(struct ledger *l, struct err *e)
{
	l->rule = NULL;
	return store_exec(l->store, "ROLLBACK TO ledger_rule; RELEASE ledger_rule", e);
}

char *finding_fingerprint(const char *rule_id, const char *key, char out[FINGERPRINT_SIZE])
{
	struct hash *h = hash_new();
	char hex[HASH_HEX];

	hash_add(h, rule_id, strlen(rule_id) + 1); /* with its NUL: no two pairs run together */
	hash_add(h, key, strlen(key));
	hash_hex(h, hex);
	memcpy(out, hex, FINGERPRINT_SIZE - 1);
	out[FINGERPRINT_SIZE - 1] = '\0';
	return out;
}

/* Prepares at the first use. */
static enum status ready(struct ledger *l, struct stmt **st, const char *sql, struct err *e)
{
	return *st ? ST_OK : store_prepare(l->store, sql, st, e);
}

static enum status insert(struct ledger *l, struct stmt **st, const char *sql, const struct value *values,
			  int n, struct err *e)
{
	if (ready(l, st, sql, e) != ST_OK || stmt_bind_row(*st, 1, values, n, e) != ST_OK)
		return ST_ERR;
	return stmt_run(*st, e);
}

/* When it was recorded is for whoever looks into the ledger; no output file may show it. */
static const char *wall_clock(char buf[32])
{
	time_t now = time(NULL);
	struct tm tm;

	if (!gmtime_r(&now, &tm) || !strftime(buf, 32, "%Y-%m-%dT%H:%M:%SZ", &tm))
		buf[0] = '\0';
	return buf;
}

enum status ledger_run_start(struct ledger *l, day_t as_of, const char *unit, const char *rules_digest,
			     const char *params, int64_t *ret_run, struct err *e)
{
	static const char sql[] = "INSERT INTO run(as_of, unit, rules_digest, params, recorded_at)\n"
				  "VALUES(?, ?, ?, ?, ?) RETURNING run_id";
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	char iso[11], now[32];
	struct value row[] = { value_text(date_iso(as_of, iso)), value_text(unit), value_text(rules_digest),
			       value_text(params), value_text(wall_clock(now)) };
	int64_t run;

	if (ready(l, &st, sql, e) != ST_OK)
		return ST_ERR;
	if (stmt_bind_row(st, 1, row, 5, e) != ST_OK)
		return ST_ERR;
	if (stmt_step(st, e) != STEP_ROW)
		return err_in(e, "recording the run");
	run = stmt_int(st, 0);
	if (stmt_step(st, e) == STEP_ERROR)
		return ST_ERR;
	l->run = run;
	l->as_of = as_of;
	l->rule = NULL;
	*ret_run = run;
	return ST_OK;
}

/* The first run that finds something writes it down; later ones leave it as it is. */
static enum status add_identity(struct ledger *l, int64_t run, const struct rule *r,
				const struct finding *f, struct err *e)
{
	static const char sql[] = "INSERT INTO finding(fingerprint, rule_id, subject_key, first_as_of,\n"
				  "  first_run) VALUES(?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
	char iso[11];
	struct value row[] = { value_text(f->fingerprint), value_text(r->id), value_text(f->key),
			       value_text(date_iso(l->as_of, iso)), value_int(run) };

	return insert(l, &l->add_finding, sql, row, 5, e);
}

enum status ledger_add(struct ledger *l, int64_t run, const struct rule *r, const struct finding *f,
		       struct err *e)
{
	static const char sql[] =
		"INSERT INTO run_finding(run_id, seq, rule_id, fingerprint, verdict, reason, unit_id, since,\n"
		"  days, subject_key, fields, message, waiver) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
	CLEANUP(str_free) struct str fields = STR_INIT;

	if (l->run != run || l->as_of == DAY_NONE)
		return err_set(e, "%s: a finding was added to run %lld, which was not started here",
			       store_name(l->store), (long long)run);
	if (l->rule != r)
		l->seq = 0;
	l->rule = r;
	fields_write(f->fields, f->n_fields, &fields);
	if (add_identity(l, run, r, f, e) != ST_OK)
		return ST_ERR;

	struct value row[] = {
		value_int(run),
		value_int(++l->seq),
		value_text(r->id),
		value_text(f->fingerprint),
		value_text(verdict_words[f->verdict]),
		value_text(f->reason),
		value_text(f->unit),
		value_text(f->since),
		f->has_days ? value_int(f->days) : value_null(),
		value_text(f->key),
		value_text(fields.p),
		value_text(f->message),
		value_text(f->waiver),
	};
	return insert(l, &l->add_row, sql, row, 13, e);
}

/* Numbers only of a rule that ran: NULL where it did not. */
enum status ledger_rule_done(struct ledger *l, int64_t run, const struct rule_outcome *o, struct err *e)
{
	static const char sql[] = "INSERT INTO run_rule(run_id, rule_id, found, indeterminate, error, examined,\n"
				  "  passed, waived, outside) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)";
	bool ran = !o->error && !o->not_applicable;
	struct value row[] = {
		value_int(run),
		value_text(o->rule->id),
		ran ? value_int(o->found) : value_null(),
		ran ? value_int(o->indeterminate) : value_null(),
		value_text(o->error),
		ran ? value_int(o->examined) : value_null(),
		ran ? value_int(o->passed) : value_null(),
		ran ? value_int(o->waived) : value_null(),
		ran ? value_int(o->outside) : value_null(),
	};

	return insert(l, &l->rule_done, sql, row, 9, e);
}

enum status ledger_new_count(struct ledger *l, int64_t run, int64_t *ret, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	/* Run numbers only grow, so the first run that had it is the lowest. */
	str_addf(&sql,
		 "SELECT count(*) FROM run_finding r JOIN finding f ON f.fingerprint = r.fingerprint\n"
		 "WHERE r.run_id = %lld AND f.first_run = %lld", (long long)run, (long long)run);
	return store_query_int(l->store, sql.p, ret, e);
}
