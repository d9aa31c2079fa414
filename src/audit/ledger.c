/*
 * Writing runs and findings. The tables refuse change and removal by triggers (schema_ledger.c); what somebody
 * changes all the same is found by the digests that are taken while rows are written.
 */
#include "compare_int.h"

#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <rasoat/version.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

const char ledger_run_columns[] = "as_of, unit, selected, rules_digest, params, cases_digest, accounts_digest, "
				  "terms_digest, calendar_digest, organisation_digest, waivers_digest, program";
const char ledger_rule_columns[] = "rule_id, found, indeterminate, error, examined, passed, waived, outside, "
				   "rule_digest, depends, content";
const char ledger_finding_columns[] = "seq, rule_id, fingerprint, verdict, reason, unit_id, since, days, subject_key, "
				      "fields, message, waiver";
const char ledger_closure_columns[] = "seq, rule_id, fingerprint, verdict, unit_id, subject_key, fields";
const char ledger_closed_columns[] = "rule_id, found_run, closed, content";

const char *const verdict_words[VERDICT_COUNT] = { "fail", "indeterminate", "waived", "error" };

static enum status open_mode(const char *uri, enum store_mode mode, struct ledger **ret, int64_t *version,
			     struct err *e)
{
	struct store *s;
	struct ledger *l;

	if (store_open(uri, STORE_LEDGER, mode, &s, e) != ST_OK)
		return ST_ERR;
	if (store_query_int(s, "PRAGMA user_version", version, e) != ST_OK) {
		store_close(s);
		return ST_ERR;
	}
	l = xmalloc(sizeof(*l));
	*l = (struct ledger){ .store = s, .as_of = DAY_NONE, .findings = CHAIN_INIT, .closures = CHAIN_INIT,
			      .anchor = anchor_path(store_name(s)) };
	*ret = l;
	return ST_OK;
}

enum status ledger_open(const char *uri, struct ledger **ret, struct err *e)
{
	CLEANUP(ledger_cleanup) struct ledger *l = NULL;
	int64_t version = 0;

	if (open_mode(uri, STORE_CREATE, &l, &version, e) != ST_OK ||
	    (version < LEDGER_VERSION && ledger_upgrade(l, e) != ST_OK))
		return ST_ERR;
	*ret = l;
	l = NULL;
	return ST_OK;
}

enum status ledger_open_read(const char *uri, struct ledger **ret, struct err *e)
{
	CLEANUP(ledger_cleanup) struct ledger *l = NULL;
	int64_t version = 0;

	if (open_mode(uri, STORE_READ, &l, &version, e) != ST_OK)
		return ST_ERR;
	if (version < LEDGER_VERSION)
		return err_set(e, "%s: is a ledger of version %lld, from before the chain; 'rasoat init --stores' "
			       "brings it up to date", store_name(l->store), (long long)version);
	*ret = l;
	l = NULL;
	return ST_OK;
}

const char *ledger_name(const struct ledger *l)
{
	return store_name(l->store);
}

void ledger_close(struct ledger *l)
{
	if (!l)
		return;
	stmt_close(l->add_finding);
	stmt_close(l->add_row);
	stmt_close(l->rule_done);
	stmt_close(l->add_closure);
	stmt_close(l->closed);
	chain_free(&l->findings);
	chain_free(&l->closures);
	store_close(l->store);
	free(l->anchor);
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

/* The lock on the anchor keeps its lines in the order of the commits. */
static enum status commit_anchored(struct ledger *l, struct err *e)
{
	struct anchor a;
	enum status st;

	if (anchor_open(l->anchor, true, &a, e) != ST_OK)
		return ST_ERR;
	st = store_commit(l->store, e);
	if (st == ST_OK && anchor_add(&a, l->anchor, l->run, l->head, e) != ST_OK)
		st = err_in(e, "the run is in %s, but not in its anchor", store_name(l->store));
	anchor_close(&a);
	return st;
}

enum status ledger_commit(struct ledger *l, struct err *e)
{
	const char *content;
	enum status st;

	if (l->run && !l->sealed && ledger_seal(l, &content, e) != ST_OK)
		return ST_ERR;
	st = l->run && l->anchor ? commit_anchored(l, e) : store_commit(l->store, e);
	l->run = 0;
	return st;
}

void ledger_rollback(struct ledger *l)
{
	store_rollback(l->store);
	l->run = 0;
}

enum status ledger_mark(struct ledger *l, struct err *e)
{
	l->kept = l->identities;
	return store_exec(l->store, "SAVEPOINT ledger_rule", e);
}

enum status ledger_keep(struct ledger *l, struct err *e)
{
	return store_exec(l->store, "RELEASE ledger_rule", e);
}

enum status ledger_undo(struct ledger *l, struct err *e)
{
	l->rule = NULL;
	l->identities = l->kept;
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

enum status ledger_put(struct ledger *l, struct stmt **st, const char *table, const char *columns, int64_t run,
		       const struct value *cells, int n, int64_t mark, struct err *e)
{
	const struct value first = value_int(run), last = value_int(mark);

	if (!*st) {
		CLEANUP(str_free) struct str sql = STR_INIT;

		str_addf(&sql, "INSERT INTO %s(run_id, %s, mark) VALUES(?", table, columns);
		for (int i = 0; i <= n; i++)
			str_add(&sql, ", ?");
		str_addc(&sql, ')');
		if (store_prepare(l->store, sql.p, st, e) != ST_OK)
			return ST_ERR;
	}
	if (stmt_bind_row(*st, 1, &first, 1, e) != ST_OK || stmt_bind_row(*st, 2, cells, n, e) != ST_OK ||
	    stmt_bind_row(*st, 2 + n, &last, 1, e) != ST_OK)
		return ST_ERR;
	return stmt_run(*st, e);
}

enum status ledger_put_finding(struct ledger *l, int64_t run, struct chain *c, const struct value *cells,
			       struct err *e)
{
	return ledger_put(l, &l->add_row, "run_finding", ledger_finding_columns, run, cells, FINDING_CELLS,
			  chain_row(c, cells, FINDING_CELLS), e);
}

enum status ledger_put_rule(struct ledger *l, int64_t run, const struct value *cells, struct err *e)
{
	return ledger_put(l, &l->rule_done, "run_rule", ledger_rule_columns, run, cells, RULE_CELLS,
			  chain_mark(cells, RULE_CELLS), e);
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

/* The units are kept once for all runs that had them so. */
static enum status keep_organisation(struct ledger *l, const char *content, char digest[HASH_HEX], struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	unsigned char bytes[HASH_SIZE];

	hash_bytes(content, strlen(content), bytes);

	const struct value row[] = { value_text(hash_digits(bytes, digest)), value_text(content) };

	if (ready(l, &st, "INSERT INTO organisation(digest, content) VALUES(?, ?) ON CONFLICT DO NOTHING", e) != ST_OK ||
	    stmt_bind_row(st, 1, row, 2, e) != ST_OK)
		return ST_ERR;
	return stmt_run(st, e);
}

static enum status insert_run(struct ledger *l, const struct run_inputs *in, const char *organisation, int64_t *ret,
			      struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	CLEANUP(str_free) struct str sql = STR_INIT;
	char iso[11], now[32];
	const struct value row[RUN_CELLS + 1] = {
		value_text(date_iso(in->as_of, iso)), value_text(in->unit),	       value_text(in->selected),
		value_text(in->rules_digest),	      value_text(in->params),	       value_text(in->cases_digest),
		value_text(in->accounts_digest),      value_text(in->terms_digest),    value_text(in->calendar_digest),
		value_text(organisation),	      value_text(in->waivers_digest),  value_text(RASOAT_VERSION),
		value_text(wall_clock(now)),
	};

	str_addf(&sql, "INSERT INTO run(%s, recorded_at)\nVALUES(?", ledger_run_columns);
	for (int i = 0; i < RUN_CELLS; i++)
		str_add(&sql, ", ?");
	str_add(&sql, ") RETURNING run_id");
	if (store_prepare(l->store, sql.p, &st, e) != ST_OK || stmt_bind_row(st, 1, row, RUN_CELLS + 1, e) != ST_OK)
		return ST_ERR;
	if (stmt_step(st, e) != STEP_ROW)
		return err_in(e, "recording the run");
	*ret = stmt_int(st, 0);
	return stmt_step(st, e) == STEP_ERROR ? ST_ERR : ST_OK;
}

enum status ledger_run_start(struct ledger *l, const struct run_inputs *in, int64_t *ret_run, struct err *e)
{
	char organisation[HASH_HEX];
	int64_t run = 0;

	if (anchor_check(l, e) != ST_OK)
		return ST_ERR;
	if (in->organisation && keep_organisation(l, in->organisation, organisation, e) != ST_OK)
		return ST_ERR;
	if (insert_run(l, in, in->organisation ? organisation : NULL, &run, e) != ST_OK)
		return ST_ERR;
	l->run = run;
	l->as_of = in->as_of;
	l->rule = NULL;
	l->identities = 0;
	l->sealed = false;
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

	if (ready(l, &l->add_finding, sql, e) != ST_OK || stmt_bind_row(l->add_finding, 1, row, 5, e) != ST_OK ||
	    stmt_run(l->add_finding, e) != ST_OK)
		return ST_ERR;
	l->identities += store_changes(l->store);
	return ST_OK;
}

void ledger_watch(struct ledger *l, ledger_sink *sink, void *ctx)
{
	l->sink = sink;
	l->sink_ctx = ctx;
}

static void begin_rule(struct ledger *l, const struct rule *r)
{
	if (l->rule == r)
		return;
	l->rule = r;
	chain_restart(&l->findings);
}

enum status ledger_add(struct ledger *l, int64_t run, const struct rule *r, const struct finding *f,
		       struct err *e)
{
	CLEANUP(str_free) struct str fields = STR_INIT;

	if (!l->run || l->run != run)
		return err_set(e, "%s: a finding was added to run %lld, which was not started here",
			       store_name(l->store), (long long)run);
	if (l->sink)
		return l->sink(l->sink_ctx, r, f, e);
	begin_rule(l, r);
	fields_write(f->fields, f->n_fields, &fields);
	if (add_identity(l, run, r, f, e) != ST_OK)
		return ST_ERR;

	const struct value cells[FINDING_CELLS] = {
		value_int(l->findings.rows + 1),
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
	return ledger_put_finding(l, run, &l->findings, cells, e);
}

/* Numbers only of a rule that ran: NULL where it did not. */
enum status ledger_rule_done(struct ledger *l, int64_t run, const struct rule_outcome *o, struct err *e)
{
	CLEANUP(str_free) struct str depends = STR_INIT;
	bool ran = !o->error && !o->not_applicable;
	char digest[HASH_HEX], content[HASH_HEX];

	begin_rule(l, o->rule);
	rule_digest(o->rule, digest);
	rule_depends(o->rule, &depends);

	const struct value cells[RULE_CELLS] = {
		value_text(o->rule->id),
		ran ? value_int(o->found) : value_null(),
		ran ? value_int(o->indeterminate) : value_null(),
		value_text(o->error),
		ran ? value_int(o->examined) : value_null(),
		ran ? value_int(o->passed) : value_null(),
		ran ? value_int(o->waived) : value_null(),
		ran ? value_int(o->outside) : value_null(),
		value_text(digest),
		value_text(depends.p),
		value_text(chain_digits(&l->findings, content)),
	};
	l->rule = NULL;
	return ledger_put_rule(l, run, cells, e);
}

enum status ledger_seal(struct ledger *l, const char **ret_content, struct err *e)
{
	if (!l->run)
		return err_set(e, "%s: no run was started that could be sealed", store_name(l->store));
	if (!l->sealed && ledger_seal_run(l, l->run, NULL, e) != ST_OK)
		return err_in(e, "sealing run %lld", (long long)l->run);
	l->sealed = true;
	*ret_content = l->content;
	return ST_OK;
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
