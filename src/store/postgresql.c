/*
 * The engine for a server. The only file that knows libpq-fe.h.
 *
 * A reader makes its temporary relations first and stays in one read-only, repeatable-read
 * transaction from then on: all rules and forms of a run see one moment. Queries run through
 * cursors inside a savepoint, so a rule that fails spoils nothing for the next one.
 */
#include "postgresql_parts.h"
#include "store_ops.h"

#include <errno.h>
#include <libpq-fe.h>
#include <rasoat/arena.h>
#include <rasoat/spool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define FETCH_ROWS 10000
#define FETCH_TEXT "10000"
#define PENDING_BYTES ((size_t)1 << 20)
#define WAIT_SECONDS "5"
#define OLDEST_SERVER 130000
#define OPERATION_LOCK "SELECT pg_advisory_xact_lock(1380012911)" /* "RaSo" */

enum { OID_BOOL = 16, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25, OID_FLOAT4 = 700,
       OID_FLOAT8 = 701, OID_UNKNOWN = 705, OID_BPCHAR = 1042, OID_VARCHAR = 1043, OID_NUMERIC = 1700 };

struct pg_store {
	struct store base;
	PGconn *conn;
	bool lost;
	char *alias; /* the attached store, or NULL */
	enum store_kind alias_kind;
	int64_t changes;
	int cursors;         /* names given out */
	struct str pending;  /* rows that wait for their COPY, */
	char *pending_table; /* and where they go; NULL = none */
	char as_of[11], facts_on[11]; /* of the views there are */
	char *snapshot; /* of another connection, for the transaction of a reader; or NULL */
	char *exported; /* that of the own transaction, for others */
	bool split;     /* its tables lie over several servers */
};

struct pg_param {
	enum value_kind kind;
	char *text; /* NULL = NULL */
	size_t len;
};

struct pg_stmt {
	struct stmt base;
	struct pg_sql sql;
	struct pg_param *params;
	PGresult *res; /* the rows at hand */
	int row;       /* the current one */
	char cursor[24]; /* "" = none open */
	char *copy;      /* a plain INSERT of one row: "table(columns)", else NULL */
	struct spool *kept; /* the whole result, of a store over several servers; else NULL, */
	PGresult *head;     /* its columns, */
	int64_t at;         /* and where the next rows begin */
	bool started, whole; /* whole: no more rows to fetch */
	char number[24];
};

static struct pg_store *own(const struct store *s)
{
	return (struct pg_store *)s;
}

static struct pg_stmt *own_st(const struct stmt *st)
{
	return (struct pg_stmt *)st;
}

static char *copy_text(const char *p, size_t n)
{
	char *made = xmalloc(n + 1);

	memcpy(made, p, n);
	made[n] = '\0';
	return made;
}

/* ---- errors ---- */

/* The server's own words without "ERROR:" and what follows them. */
static const char *server_words(const struct pg_store *s, const PGresult *res)
{
	const char *text = res ? PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY) : NULL;

	if (text)
		return text;
	text = s->conn ? PQerrorMessage(s->conn) : "out of memory";
	return *text ? text : "no answer";
}

static enum status pg_fail(struct pg_store *s, const PGresult *res, struct err *e)
{
	const char *state = res ? PQresultErrorField(res, PG_DIAG_SQLSTATE) : NULL;
	const char *name = s->base.name;
	CLEANUP(str_free) struct str words = STR_INIT;

	str_add(&words, server_words(s, res));
	while (words.len && words.p[words.len - 1] == '\n')
		words.p[--words.len] = '\0';
	state = state ? state : "";
	/* A session that is ended says so before the connection goes. */
	if (PQstatus(s->conn) == CONNECTION_BAD || str_starts(state, "57P0") || str_starts(state, "08")) {
		s->lost = true;
		return err_set(e, "%s: the connection to the server is lost (%s); run again when it is back",
			       name, words.p);
	}
	if (strcmp(state, "55P03") == 0)
		return err_set(e, "%s: in use by another program (waited " WAIT_SECONDS
			       " s); run again when it is done", name);
	if (strcmp(state, "42501") == 0)
		return err_set(e, "%s: %s; docs/postgresql.md lists the rights that each role needs", name,
			       words.p);
	if (strcmp(state, "25006") == 0)
		return err_set(e, "%s: open for reading (%s)", name, words.p);
	if (strcmp(state, "53100") == 0)
		return err_set(e, "%s: the server's disk is full; free some space and run again", name);
	return err_set(e, "%s: %s", name, words.p);
}

static bool is_good(const PGresult *res)
{
	ExecStatusType t = PQresultStatus(res);

	return t == PGRES_COMMAND_OK || t == PGRES_TUPLES_OK || t == PGRES_EMPTY_QUERY;
}

/*
 * Commands without parameters, all in one message; the last result with rows is kept. An error
 * ends them.
 */
static enum status run_all(struct pg_store *s, const char *sql, PGresult **ret, struct err *e)
{
	PGresult *res, *rows = NULL;
	enum status st = ST_OK;

	if (!PQsendQuery(s->conn, sql))
		return pg_fail(s, NULL, e);
	while ((res = PQgetResult(s->conn))) {
		if (!is_good(res) && st == ST_OK)
			st = pg_fail(s, res, e);
		if (PQresultStatus(res) == PGRES_COMMAND_OK)
			s->changes = strtoll(PQcmdTuples(res), NULL, 10);
		if (ret && PQresultStatus(res) == PGRES_TUPLES_OK) {
			PQclear(rows);
			rows = res;
		} else {
			PQclear(res);
		}
		/* A backend that was ended sends its farewell and then nothing. */
		if (PQstatus(s->conn) == CONNECTION_BAD) {
			s->lost = true;
			break;
		}
	}
	if (st != ST_OK || !ret) {
		PQclear(rows);
		return st;
	}
	*ret = rows;
	return ST_OK;
}

static enum status run(struct pg_store *s, const char *sql, struct err *e)
{
	return run_all(s, sql, NULL, e);
}

/* One text of one row; "" when there is none. */
static enum status ask(struct pg_store *s, const char *sql, char *ret, size_t size, struct err *e)
{
	PGresult *res = NULL;

	if (run_all(s, sql, &res, e) != ST_OK)
		return ST_ERR;
	snprintf(ret, size, "%s", res && PQntuples(res) ? PQgetvalue(res, 0, 0) : "");
	PQclear(res);
	return ST_OK;
}

static enum status copy_in(struct pg_store *s, const char *target, const char *rows, size_t n,
			   struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	PGresult *res;
	enum status st = ST_OK;

	str_addf(&sql, "COPY %s FROM STDIN", target);
	res = PQexec(s->conn, sql.p);
	if (PQresultStatus(res) != PGRES_COPY_IN) {
		st = pg_fail(s, res, e);
		PQclear(res);
		return st;
	}
	PQclear(res);
	for (size_t at = 0; at < n && st == ST_OK; at += PENDING_BYTES) {
		size_t part = n - at < PENDING_BYTES ? n - at : PENDING_BYTES;

		if (PQputCopyData(s->conn, rows + at, (int)part) != 1)
			st = pg_fail(s, NULL, e);
	}
	if (st == ST_OK && PQputCopyEnd(s->conn, NULL) != 1)
		st = pg_fail(s, NULL, e);
	while ((res = PQgetResult(s->conn))) {
		if (!is_good(res) && st == ST_OK)
			st = pg_fail(s, res, e);
		PQclear(res);
		if (PQstatus(s->conn) == CONNECTION_BAD)
			break;
	}
	return st;
}

static void drop_pending(struct pg_store *s)
{
	free(s->pending_table);
	s->pending_table = NULL;
	str_clear(&s->pending);
}

/* Before any other command, so that it sees the rows. */
static enum status flush(struct pg_store *s, struct err *e)
{
	enum status st = ST_OK;

	if (s->pending_table && s->pending.len)
		st = copy_in(s, s->pending_table, s->pending.p, s->pending.len, e);
	drop_pending(s);
	return st;
}

static bool in_transaction(const struct pg_store *s)
{
	PGTransactionStatusType t = PQtransactionStatus(s->conn);

	return t == PQTRANS_INTRANS || t == PQTRANS_INERROR;
}

static struct pg_context context_of(const struct pg_store *s)
{
	return (struct pg_context){
		.main = pg_schema(s->base.kind),
		.alias = s->alias,
		.alias_schema = pg_schema(s->alias_kind),
		.as_of = s->as_of[0] ? s->as_of : NULL,
		.facts_on = s->facts_on[0] ? s->facts_on : NULL,
	};
}

/* ---- opening ---- */

static void no_notice(void *ctx, const char *text)
{
	(void)ctx, (void)text;
}

/* A password in rasoat.xml would be in every copy of the workspace. */
static enum status refuse_password(const char *uri, const char *name, struct err *e)
{
	char *why = NULL;
	PQconninfoOption *options = PQconninfoParse(uri, &why);
	bool secret = false;

	if (!options) {
		PQfreemem(why); /* it quotes the address */
		return err_set(e, "%s: not an address that PostgreSQL reads; write "
			       "postgresql://user@host:port/database", name);
	}
	for (const PQconninfoOption *o = options; o->keyword; o++)
		secret |= o->val && *o->val && word_in(o->keyword, "password sslpassword");
	PQconninfoFree(options);
	return secret ? err_set(e, "%s: a password does not belong in rasoat.xml; put it into the "
				"password file (PGPASSFILE)", name)
		      : ST_OK;
}

/* "postgresql://user:secret@host/db?password=secret" without the secrets */
static char *masked(const char *uri)
{
	CLEANUP(str_free) struct str out = STR_INIT;
	const char *host = strstr(uri, "//"), *at, *colon, *rest = uri;

	host = host ? host + 2 : uri;
	at = host + strcspn(host, "/?");
	while (at > host && at[-1] != '@')
		at--;
	colon = host + strcspn(host, ":@/?");
	if (at > host && colon < at && *colon == ':') {
		str_addn(&out, uri, (size_t)(colon - uri));
		rest = at - 1;
	}
	while (*rest) {
		size_t n = strcspn(rest, "?&");

		n += rest[n] != '\0';
		str_addn(&out, rest, n);
		rest += n;
		if (strncmp(rest, "password=", 9) == 0 || strncmp(rest, "sslpassword=", 12) == 0) {
			str_addn(&out, rest, strcspn(rest, "=") + 1);
			str_add(&out, "***");
			rest += strcspn(rest, "&");
		}
	}
	return copy_text(out.p, out.len);
}

static enum status connect_to(struct pg_store *s, const char *uri, struct err *e)
{
	/* What comes later wins: the address may name another time to wait. */
	const char *const keys[] = { "connect_timeout", "dbname", "fallback_application_name",
				     "client_encoding", NULL };
	const char *const values[] = { "15", uri, "rasoat", "UTF8", NULL };
	char encoding[32], order[64];

	s->conn = PQconnectdbParams(keys, values, 1);
	if (PQstatus(s->conn) != CONNECTION_OK) {
		CLEANUP(str_free) struct str why = STR_INIT;

		str_add(&why, s->conn ? PQerrorMessage(s->conn) : "out of memory");
		while (why.len && why.p[why.len - 1] == '\n')
			why.p[--why.len] = '\0';
		return err_set(e, "%s: cannot be opened (%s); check <stores> in rasoat.xml, the server and "
			       "the password file", s->base.name, why.p);
	}
	PQsetNoticeProcessor(s->conn, no_notice, NULL);
	if (PQserverVersion(s->conn) < OLDEST_SERVER)
		return err_set(e, "%s: the server is older than PostgreSQL 13; upgrade it", s->base.name);
	if (ask(s, "SELECT getdatabaseencoding()", encoding, sizeof(encoding), e) != ST_OK ||
	    ask(s, "SELECT datcollate FROM pg_catalog.pg_database WHERE datname = current_database()",
		order, sizeof(order), e) != ST_OK)
		return ST_ERR;
	if (strcmp(encoding, "UTF8") != 0 || !word_in(order, "C POSIX C.UTF-8 C.utf8"))
		return err_set(e, "%s: the database has encoding %s and sorts by '%s'; create it with "
			       "ENCODING 'UTF8' LC_COLLATE 'C'", s->base.name, encoding, order);
	return ST_OK;
}

/*
 * jit costs more than these queries; a cursor is read to its end. The planner takes what an as-of
 * view leaves for a handful of rows and would join by nested loops, which is quadratic.
 */
static enum status configure(struct pg_store *s, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	str_addf(&sql,
		 "SET search_path = pg_temp, %s, " PG_FUNCTIONS ";"
		 "SET standard_conforming_strings = on; SET datestyle = ISO; SET extra_float_digits = 1;"
		 "SET jit = off; SET enable_nestloop = off; SET cursor_tuple_fraction = 1; SET work_mem = '64MB';"
		 "SET lock_timeout = '" WAIT_SECONDS "s'; SET client_min_messages = warning",
		 pg_schema(s->base.kind));
	return run(s, sql.p, e);
}

static enum status has_relation(struct pg_store *s, const char *schema, bool *ret, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	char found[8];

	/* pg_namespace and pg_class are readable for all. */
	str_addf(&sql,
		 "SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = '%s') "
		 "THEN '' WHEN EXISTS (SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n "
		 "ON n.oid = c.relnamespace WHERE n.nspname = '%s' AND c.relname = 'rasoat_meta') "
		 "THEN 'ours' ELSE 'other' END", schema, schema);
	if (ask(s, sql.p, found, sizeof(found), e) != ST_OK)
		return ST_ERR;
	if (strcmp(found, "other") == 0)
		return err_set(e, "%s: the schema %s is not rasoat's; use another database", s->base.name,
			       schema);
	*ret = *found != '\0';
	return ST_OK;
}

static enum status check_version(struct pg_store *s, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	char text[16];
	int version;

	str_addf(&sql, "SELECT value FROM %s.rasoat_meta WHERE name = 'version'", pg_schema(s->base.kind));
	if (ask(s, sql.p, text, sizeof(text), e) != ST_OK)
		return ST_ERR;
	version = (int)strtol(text, NULL, 10);
	if (version > SCHEMA_VERSION)
		return err_set(e, "%s: schema version %d is newer than this rasoat knows (%d); upgrade "
			       "rasoat", s->base.name, version, SCHEMA_VERSION);
	if (version < SCHEMA_VERSION)
		return err_set(e, "%s: schema version %d is older than this rasoat needs (%d); import the "
			       "extracts into a new database", s->base.name, version, SCHEMA_VERSION);
	return ST_OK;
}

static enum status stored_digest(struct pg_store *s, const char *name, char ret[65], struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	str_addf(&sql, "SELECT value FROM " PG_FUNCTIONS ".rasoat_meta WHERE name = '%s'", name);
	return ask(s, sql.p, ret, 65, e);
}

static enum status save_digest(struct pg_store *s, const char *name, const char *digest, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	str_addf(&sql,
		 "INSERT INTO " PG_FUNCTIONS ".rasoat_meta VALUES('%s', '%s') "
		 "ON CONFLICT(name) DO UPDATE SET value = excluded.value", name, digest);
	return run(s, sql.p, e);
}

/* Rows of a table in PG_FUNCTIONS, replaced as a whole. */
static enum status replace_rows(struct pg_store *s, const char *table, const struct str *rows,
				struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	str_addf(&sql, "DELETE FROM " PG_FUNCTIONS ".%s", table);
	if (run(s, sql.p, e) != ST_OK)
		return ST_ERR;
	str_clear(&sql);
	str_addf(&sql, PG_FUNCTIONS ".%s", table);
	return copy_in(s, sql.p, rows->p, rows->len, e);
}

/* Whether the helper functions there are just ours, whose digest goes to `wanted`. */
static enum status has_functions(struct pg_store *s, char wanted[65], bool *ret, struct err *e)
{
	char found[65] = "";

	pg_functions_digest(wanted);
	if (has_relation(s, PG_FUNCTIONS, ret, e) != ST_OK ||
	    (*ret && stored_digest(s, "functions", found, e) != ST_OK))
		return ST_ERR;
	*ret = strcmp(wanted, found) == 0;
	return ST_OK;
}

static enum status install_functions(struct pg_store *s, struct err *e)
{
	CLEANUP(str_free) struct str ddl = STR_INIT, folding = STR_INIT;
	char wanted[65];
	bool there;

	if (has_functions(s, wanted, &there, e) != ST_OK)
		return ST_ERR;
	if (there)
		return ST_OK;
	pg_functions_ddl(&ddl);
	pg_folding_rows(&folding);
	if (run(s, ddl.p, e) != ST_OK || replace_rows(s, "folding", &folding, e) != ST_OK)
		return ST_ERR;
	return save_digest(s, "functions", wanted, e);
}

static enum status create_all(struct pg_store *s, bool there, struct err *e)
{
	CLEANUP(str_free) struct str ddl = STR_INIT;

	if (run(s, "BEGIN; " OPERATION_LOCK, e) != ST_OK)
		return ST_ERR;
	pg_schema_ddl(s->base.kind, &ddl);
	if ((!there && run(s, ddl.p, e) != ST_OK) || install_functions(s, e) != ST_OK)
		return ST_ERR; /* the connection closes: nothing was created */
	return run(s, "COMMIT", e);
}

static enum status check_functions(struct pg_store *s, struct err *e)
{
	char wanted[65];
	bool there;

	if (has_functions(s, wanted, &there, e) != ST_OK)
		return ST_ERR;
	if (there)
		return ST_OK;
	return err_set(e, "%s: the helper functions there are another version's; run 'rasoat init --stores' "
		       "as their owner", s->base.name);
}

/* Whether its tables lie over several servers: a query then runs there as far as it can. */
static enum status find_split(struct pg_store *s, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	char kind[8];

	str_addf(&sql, "SELECT relkind FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass('%s.%s')",
		 pg_schema(s->base.kind), s->base.kind == STORE_ACCOUNTS ? "account" : "case_file");
	if (ask(s, sql.p, kind, sizeof(kind), e) != ST_OK)
		return ST_ERR;
	s->split = *kind == 'p';
	return s->split ? run(s, "SET enable_partitionwise_join = on; SET enable_partitionwise_aggregate = on", e)
			: ST_OK;
}

static enum status open_schema(struct pg_store *s, struct err *e)
{
	bool there;

	if (has_relation(s, pg_schema(s->base.kind), &there, e) != ST_OK)
		return ST_ERR;
	if (there && (check_version(s, e) != ST_OK || find_split(s, e) != ST_OK))
		return ST_ERR;
	if (s->base.mode == STORE_CREATE)
		return create_all(s, there, e);
	if (!there)
		return err_set(e, "%s: has no %s; run 'rasoat init --stores' or correct <stores> in "
			       "rasoat.xml", s->base.name,
			       s->base.kind == STORE_CASES ? "case store" : "account store");
	return s->base.mode == STORE_READ ? check_functions(s, e) : ST_OK;
}

static void pg_close(struct store *base)
{
	struct pg_store *s = own(base);

	PQfinish(s->conn);
	free(s->alias);
	free(s->snapshot);
	free(s->exported);
	drop_pending(s);
	str_free(&s->pending);
}

static enum status pg_open(struct store *base, const char *where, struct err *e)
{
	struct pg_store *s = own(base);
	CLEANUP(str_free) struct str uri = STR_INIT;

	s->pending = (struct str)STR_INIT;
	str_addf(&uri, "postgresql:%s", where);
	free(base->name);
	base->name = masked(uri.p);
	if (base->kind == STORE_LEDGER)
		return err_set(e, "%s: the ledger is a file; write sqlite:ledger.db", base->name);
	if (refuse_password(uri.p, base->name, e) == ST_OK && connect_to(s, uri.p, e) == ST_OK &&
	    configure(s, e) == ST_OK && open_schema(s, e) == ST_OK)
		return ST_OK;
	pg_close(base);
	return ST_ERR;
}

static bool pg_lost(const struct store *s)
{
	return own(s)->lost;
}

/* Both stores of one import in one transaction: they must be in one database. */
static enum status pg_attach(struct store *base, const char *where, enum store_kind kind,
			     const char *alias, struct err *e)
{
	struct pg_store *s = own(base);
	CLEANUP(str_free) struct str uri = STR_INIT;
	char *name;
	bool there = false;
	enum status st;

	str_addf(&uri, "postgresql:%s", where);
	name = masked(uri.p);
	if (strcmp(name, base->name) != 0)
		st = err_set(e, "%s: must be the same address as %s", name, base->name);
	else
		st = has_relation(s, pg_schema(kind), &there, e);
	if (st == ST_OK && !there)
		st = err_set(e, "%s: has no %s; run 'rasoat init --stores'", name,
			     kind == STORE_CASES ? "case store" : "account store");
	free(name);
	if (st != ST_OK)
		return ST_ERR;
	s->alias = copy_text(alias, strlen(alias));
	s->alias_kind = kind;
	return ST_OK;
}

/* The shards have snapshots of their own, which cannot be handed on. */
static bool pg_can_share(const struct store *s)
{
	return !own(s)->split;
}

/* Its transaction begins in pg_set_as_of, with the snapshot. */
static enum status pg_share(struct store *from, struct store *to, struct err *e)
{
	const char *id = own(from)->exported;

	if (!in_transaction(own(from)) || !id)
		return err_set(e, "%s: shared outside a transaction", from->name);
	own(to)->snapshot = copy_text(id, strlen(id));
	return ST_OK;
}

/* ---- the calendar and the as-of date ---- */

static enum status pg_save_calendar(struct store *base, struct err *e)
{
	struct pg_store *s = own(base);
	CLEANUP(str_free) struct str rows = STR_INIT;
	char wanted[65], found[65];

	pg_calendar_digest(base->workdays, wanted);
	if (run(s, "BEGIN; " OPERATION_LOCK, e) != ST_OK || stored_digest(s, "calendar", found, e) != ST_OK)
		return ST_ERR;
	if (strcmp(wanted, found) == 0)
		return run(s, "COMMIT", e);
	pg_calendar_rows(base->workdays, &rows);
	if (replace_rows(s, "calendar", &rows, e) != ST_OK ||
	    save_digest(s, "calendar", wanted, e) != ST_OK)
		return ST_ERR;
	return run(s, "COMMIT; ANALYZE " PG_FUNCTIONS ".calendar", e);
}

static enum status check_calendar(struct pg_store *s, struct err *e)
{
	char wanted[65], found[65];

	if (!s->base.workdays)
		return ST_OK;
	pg_calendar_digest(s->base.workdays, wanted);
	if (stored_digest(s, "calendar", found, e) != ST_OK)
		return ST_ERR;
	if (strcmp(wanted, found) == 0)
		return ST_OK;
	return err_set(e, "%s: the calendar there is not that of calendar.xml; run 'rasoat init --stores' as "
		       "its owner", s->base.name);
}

static enum status run_translated(struct pg_store *s, const char *sql, struct err *e)
{
	const struct pg_context ctx = context_of(s);
	struct pg_sql q;
	enum status st;

	if (pg_translate(sql, &ctx, &q, e) != ST_OK)
		return err_in(e, "%s", s->base.name);
	if (s->split && s->base.mode == STORE_READ)
		pg_ship(&q.text);
	st = run(s, q.text.p, e);
	pg_sql_free(&q);
	return st;
}

/* A snapshot can be given away only before the first savepoint. */
static enum status export_snapshot(struct pg_store *s, struct err *e)
{
	char id[64];

	if (s->split)
		return ST_OK;
	if (ask(s, "SELECT pg_export_snapshot()", id, sizeof(id), e) != ST_OK)
		return ST_ERR;
	free(s->exported);
	s->exported = copy_text(id, strlen(id));
	return ST_OK;
}

/*
 * The date stands in the views, where the planner sees it; another date means other views. What
 * may write comes before the transaction that may not.
 */
static enum status pg_set_as_of(struct store *base, const char *iso, struct err *e)
{
	struct pg_store *s = own(base);
	CLEANUP(str_free) struct str views = STR_INIT, fill = STR_INIT, set = STR_INIT, begin = STR_INIT;

	const char *facts_on = base->facts_on[0] ? base->facts_on : iso;

	if (strcmp(s->as_of, iso) == 0 && strcmp(s->facts_on, facts_on) == 0)
		return ST_OK;
	if (flush(s, e) != ST_OK || (in_transaction(s) && run(s, "COMMIT", e) != ST_OK) ||
	    run(s, "DISCARD TEMP", e) != ST_OK || check_calendar(s, e) != ST_OK)
		return ST_ERR;
	memcpy(s->as_of, iso, sizeof(s->as_of));
	memcpy(s->facts_on, facts_on, sizeof(s->facts_on));
	str_addf(&set, "SET rasoat.as_of = '%s'", iso);
	str_add(&begin, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
	pg_views(base->kind, s->split, &views);
	pg_fill(base->kind, &fill);
	if (s->snapshot)
		str_addf(&begin, "; SET TRANSACTION SNAPSHOT '%s'", s->snapshot);
	if (run(s, set.p, e) != ST_OK || run_translated(s, views.p, e) != ST_OK ||
	    (base->mode == STORE_READ && (run(s, begin.p, e) != ST_OK || export_snapshot(s, e) != ST_OK)) ||
	    run_translated(s, fill.p, e) != ST_OK) {
		s->as_of[0] = s->facts_on[0] = '\0';
		return err_in(e, "as-of views");
	}
	return ST_OK;
}

/* ---- commands ---- */

static enum status pg_exec(struct store *base, const char *sql, struct err *e)
{
	struct pg_store *s = own(base);

	if (str_starts(sql, "ROLLBACK"))
		drop_pending(s);
	else if (flush(s, e) != ST_OK)
		return ST_ERR;
	return run_translated(s, sql, e);
}

static enum status pg_begin(struct store *base, struct err *e)
{
	if (base->mode == STORE_READ)
		return run(own(base), "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", e);
	return run(own(base), "BEGIN; " OPERATION_LOCK, e);
}

static enum status pg_settle(struct store *s, struct err *e)
{
	return flush(own(s), e);
}

static void pg_rollback(struct store *base)
{
	struct pg_store *s = own(base);
	struct err ignored = ERR_INIT;

	drop_pending(s);
	if (in_transaction(s))
		(void)!run(s, "ROLLBACK", &ignored);
}

static int64_t pg_changes(const struct store *s)
{
	return own(s)->changes;
}

static enum status pg_analyze(struct store *base, const char *alias, struct err *e)
{
	struct pg_store *s = own(base);
	enum store_kind kind = s->alias && strcmp(alias, s->alias) == 0 ? s->alias_kind : base->kind;
	CLEANUP(str_free) struct str sql = STR_INIT;
	int n;
	const struct table *t = schema_tables(&n);

	for (int i = 0; i < n; i++)
		/* Those of the shards are theirs: reading them all for it would take longer than to import them. */
		if (t[i].stores & 1u << kind && !(s->split && pg_splits(t[i].name)))
			str_addf(&sql, "ANALYZE %s.%s;", pg_schema(kind), t[i].name);
	return flush(s, e) == ST_OK ? run(s, sql.p, e) : ST_ERR;
}

static bool pg_split(const struct store *s, const char *table)
{
	return own(s)->split && (!table || pg_splits(table));
}

static enum status run_counted(struct pg_store *s, const struct str *sql, int64_t *count, struct err *e)
{
	if (run(s, sql->p, e) != ST_OK)
		return ST_ERR;
	*count += s->changes;
	return ST_OK;
}

/* Rows that lie beside those that moved to another server go with them. */
static enum status pg_merge(struct store *base, enum store_kind kind, const struct table *t,
			    const struct column *const *columns, int n, struct err *e)
{
	struct pg_store *s = own(base);
	CLEANUP(str_free) struct str sql = STR_INIT;
	char replaced[24] = "";
	int64_t count, followed = 0;

	if (flush(s, e) != ST_OK ||
	    (pg_merge_changed(kind, t, columns, n, &sql) && ask(s, sql.p, replaced, sizeof(replaced), e) != ST_OK))
		return ST_ERR;
	count = strtoll(replaced, NULL, 10);
	str_clear(&sql);
	pg_merge_new(kind, t, columns, n, &sql);
	if (run_counted(s, &sql, &count, e) != ST_OK)
		return ST_ERR;
	str_clear(&sql);
	for (int at = 0; count && pg_merge_follow(kind, t->name, &at, &sql); str_clear(&sql))
		if (run_counted(s, &sql, &followed, e) != ST_OK)
			return ST_ERR;
	s->changes = count;
	return ST_OK;
}

static enum status pg_copy(struct store *base, const char *target, const char *rows, size_t n,
			   struct err *e)
{
	struct pg_store *s = own(base);

	return flush(s, e) == ST_OK ? copy_in(s, target, rows, n, e) : ST_ERR;
}

/* ---- statements ---- */

/* "INSERT INTO t(a, b) VALUES($1, $2)" and nothing more: its rows can go by COPY. */
static char *copy_target(const struct pg_sql *q)
{
	static const char head[] = "INSERT INTO ";
	CLEANUP(str_free) struct str tail = STR_INIT;
	const char *p = q->text.p, *columns, *end;

	if (q->verb != PG_INSERT || strncasecmp(p, head, strlen(head)) != 0)
		return NULL;
	p += strlen(head);
	columns = p + strcspn(p, "( ");
	end = strchr(columns, ')');
	if (*columns != '(' || !end)
		return NULL;
	str_add(&tail, " VALUES(");
	for (int i = 1; i <= q->n_params; i++)
		str_addf(&tail, "%s$%d", i > 1 ? ", " : "", i);
	str_addc(&tail, ')');
	return strcmp(end + 1, tail.p) == 0 ? copy_text(p, (size_t)(end + 1 - p)) : NULL;
}

static void pg_stmt_reset(struct stmt *st);

static void pg_stmt_close(struct stmt *base)
{
	struct pg_stmt *st = own_st(base);

	pg_stmt_reset(base);
	for (int i = 0; i < st->sql.n_params; i++)
		free(st->params[i].text);
	free(st->params);
	free(st->copy);
	pg_sql_free(&st->sql);
	free(st);
}

/* With the units of the scope as constants the planner leaves out the shards that have none of them. */
static enum status ship(struct pg_store *s, struct str *sql, struct err *e)
{
	PGresult *res = NULL;

	if (!s->split || s->base.mode != STORE_READ)
		return ST_OK;
	pg_ship(sql);
	pg_ship_order(sql);
	if (!strstr(sql->p, PG_SCOPE))
		return ST_OK;
	if (run_all(s, "SELECT coalesce(string_agg(quote_literal(unit_id), ', ' ORDER BY unit_id), '') "
		       "FROM pg_temp.unit_scope", &res, e) != ST_OK)
		return ST_ERR;
	pg_ship_scope(sql, PQgetvalue(res, 0, 0));
	PQclear(res);
	return ST_OK;
}

static enum status pg_prepare(struct store *base, const char *sql, struct stmt **ret, struct err *e)
{
	struct pg_store *s = own(base);
	struct pg_context ctx = context_of(s);
	struct pg_sql q;
	struct pg_stmt *st;

	ctx.cleared = base->cleared;
	if (pg_translate(sql, &ctx, &q, e) != ST_OK)
		return err_in(e, "%s", base->name);
	if (q.empty || q.many || (base->mode == STORE_READ && q.verb == PG_OTHER)) {
		err_set(e, "%s: %s", base->name,
			q.empty ? "empty SQL statement"
				: q.many ? "more than one SQL statement" : "open for reading; only queries");
		pg_sql_free(&q);
		return ST_ERR;
	}
	while (q.text.len && strchr("; \n", q.text.p[q.text.len - 1]))
		q.text.p[--q.text.len] = '\0';
	if (q.verb == PG_QUERY && ship(s, &q.text, e) != ST_OK) {
		pg_sql_free(&q);
		return ST_ERR;
	}
	st = xmalloc(sizeof(*st));
	memset(st, 0, sizeof(*st));
	st->base.ops = base->ops;
	st->base.store = base;
	st->sql = q;
	st->params = xmalloc(((size_t)q.n_params + 1) * sizeof(*st->params));
	memset(st->params, 0, ((size_t)q.n_params + 1) * sizeof(*st->params));
	st->copy = copy_target(&q);
	*ret = &st->base;
	/* A statement without parameters has all its types: its mistakes show now. */
	if (q.n_params == 0 && q.verb == PG_QUERY && base->ops->stmt_plan(*ret, e) != ST_OK) {
		pg_stmt_close(*ret);
		*ret = NULL;
		return ST_ERR;
	}
	return ST_OK;
}

static int pg_params(const struct stmt *st)
{
	return own_st(st)->sql.n_params;
}

static const char *pg_param_name(const struct stmt *st, int index)
{
	return pg_sql_name(&own_st(st)->sql, index);
}

static enum status pg_bind(struct stmt *base, int index, const struct value *v, struct err *e)
{
	struct pg_stmt *st = own_st(base);
	struct pg_param *p;
	char number[40];
	const char *text = number;

	if (index < 1 || index > st->sql.n_params)
		return err_set(e, "%s: the statement has no parameter %d", base->store->name, index);
	if (st->started)
		pg_stmt_reset(base);
	p = &st->params[index - 1];
	free(p->text);
	p->text = NULL;
	p->kind = v->kind;
	if (v->kind == V_NULL)
		return ST_OK;
	if (v->kind == V_INT)
		snprintf(number, sizeof(number), "%lld", (long long)v->i);
	else if (v->kind == V_REAL)
		snprintf(number, sizeof(number), "%.17g", v->r);
	else
		text = v->text;
	p->len = v->kind == V_TEXT ? v->len : strlen(number);
	p->text = copy_text(text, p->len);
	return ST_OK;
}

/* `before` and the statement itself, with its parameters; `stream`: NULL, and the rows come one by one. */
static PGresult *send(struct pg_stmt *st, const char *before, bool stream)
{
	struct pg_store *s = own(st->base.store);
	CLEANUP(str_free) struct str sql = STR_INIT;
	int n = st->sql.n_params;
	Oid *types = xmalloc(((size_t)n + 1) * sizeof(*types));
	const char **values = xmalloc(((size_t)n + 1) * sizeof(*values));
	PGresult *res = NULL;

	for (int i = 0; i < n; i++) {
		enum value_kind kind = st->params[i].kind;

		/* An INSERT takes the types of its columns. */
		types[i] = st->sql.verb == PG_INSERT ? 0
			   : kind == V_INT	     ? OID_INT8
			   : kind == V_REAL	     ? OID_FLOAT8
						     : OID_TEXT;
		values[i] = st->params[i].text;
	}
	str_add(&sql, before);
	str_add(&sql, st->sql.text.p);
	if (!stream)
		res = PQexecParams(s->conn, sql.p, n, types, values, NULL, NULL, 0);
	else if (PQsendQueryParams(s->conn, sql.p, n, types, values, NULL, NULL, 0))
		PQsetSingleRowMode(s->conn);
	free(types);
	free(values);
	return res;
}

/* Inside a transaction an error must not take the rest with it. */
static enum status guard(struct pg_store *s, bool inside, struct err *e)
{
	return inside ? run(s, "SAVEPOINT rasoat_statement", e) : ST_OK;
}

static void undo_guard(struct pg_store *s, bool inside)
{
	struct err ignored = ERR_INIT;

	if (inside && !s->lost)
		(void)!run(s, "ROLLBACK TO rasoat_statement; RELEASE rasoat_statement", &ignored);
}

static enum status explain(struct stmt *base, const char *how, struct str *out, struct err *e)
{
	struct pg_stmt *st = own_st(base);
	struct pg_store *s = own(base->store);
	bool inside = in_transaction(s);
	PGresult *res;
	enum status status = ST_OK;

	if (flush(s, e) != ST_OK || guard(s, inside, e) != ST_OK)
		return ST_ERR;
	res = send(st, how, false);
	if (!is_good(res))
		status = pg_fail(s, res, e);
	for (int i = 0; out && status == ST_OK && i < PQntuples(res); i++)
		str_addf(out, "%s\n", PQgetvalue(res, i, 0));
	PQclear(res);
	if (status != ST_OK)
		undo_guard(s, inside);
	else if (inside)
		status = run(s, "RELEASE rasoat_statement", e);
	return status;
}

static enum status pg_plan(struct stmt *st, struct err *e)
{
	return explain(st, "EXPLAIN ", NULL, e);
}

static enum status pg_explain(struct stmt *st, struct str *out, struct err *e)
{
	return explain(st, "EXPLAIN (VERBOSE, COSTS OFF) ", out, e);
}

static const char *pg_stmt_sql(const struct stmt *st)
{
	return own_st(st)->sql.text.p;
}

static enum status check_types(const struct pg_stmt *st, struct err *e)
{
	for (int i = 0; st->res && i < PQnfields(st->res); i++)
		switch (PQftype(st->res, i)) {
		case OID_BOOL:
		case OID_INT8:
		case OID_INT2:
		case OID_INT4:
		case OID_TEXT:
		case OID_FLOAT4:
		case OID_FLOAT8:
		case OID_UNKNOWN:
		case OID_BPCHAR:
		case OID_VARCHAR:
		case OID_NUMERIC:
			break;
		default:
			return err_set(e, "%s: column %d of the result is neither text nor a number; cast it",
				       st->base.store->name, i + 1);
		}
	return ST_OK;
}

static enum status fetch(struct pg_stmt *st, const char *before, struct err *e)
{
	struct pg_store *s = own(st->base.store);
	CLEANUP(str_free) struct str sql = STR_INIT;

	str_addf(&sql, "%sFETCH " FETCH_TEXT " FROM %s; RELEASE rasoat_statement", before, st->cursor);
	PQclear(st->res);
	st->res = NULL;
	st->row = -1;
	if (run_all(s, sql.p, &st->res, e) != ST_OK) {
		st->cursor[0] = '\0';
		undo_guard(s, true);
		return ST_ERR;
	}
	st->whole = !st->res || PQntuples(st->res) < FETCH_ROWS;
	return ST_OK;
}

static enum status start_cursor(struct pg_stmt *st, struct err *e)
{
	struct pg_store *s = own(st->base.store);
	CLEANUP(str_free) struct str before = STR_INIT;
	PGresult *res;
	bool good;

	if (guard(s, true, e) != ST_OK)
		return ST_ERR;
	snprintf(st->cursor, sizeof(st->cursor), "rasoat_%d", ++s->cursors);
	str_addf(&before, "DECLARE %s NO SCROLL CURSOR FOR ", st->cursor);
	res = send(st, before.p, false);
	good = is_good(res);
	if (!good)
		pg_fail(s, res, e);
	PQclear(res);
	if (!good) {
		st->cursor[0] = '\0';
		undo_guard(s, true);
		return ST_ERR;
	}
	return fetch(st, "", e);
}

/* ---- whole results ---- */

/*
 * While a cursor is open the shards may be at work for it, and postgres_fdw can then not end a
 * savepoint. So a result over several servers is taken at once and kept here.
 */
static enum status keep_rows(struct pg_stmt *st, const PGresult *res, struct str *row, struct err *e)
{
	for (int i = 0; i < PQntuples(res); i++) {
		int32_t size = 0;

		str_clear(row);
		str_addn(row, (const char *)&size, sizeof(size));
		for (int k = 0; k < PQnfields(res); k++) {
			int32_t len = PQgetisnull(res, i, k) ? -1 : PQgetlength(res, i, k);

			str_addn(row, (const char *)&len, sizeof(len));
			str_addn(row, PQgetvalue(res, i, k), len < 0 ? 0 : (size_t)len);
		}
		size = (int32_t)row->len;
		memcpy(row->p, &size, sizeof(size));
		if (spool_add(st->kept, row->p, row->len, e) != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}

static enum status keep_result(struct pg_stmt *st, struct err *e)
{
	struct pg_store *s = own(st->base.store);
	CLEANUP(str_free) struct str row = STR_INIT;
	enum status status = ST_OK;
	PGresult *res;
	bool any = false;

	while (PQstatus(s->conn) == CONNECTION_OK && (res = PQgetResult(s->conn))) {
		bool good = PQresultStatus(res) == PGRES_SINGLE_TUPLE || is_good(res);

		any = true;
		if (!good && status == ST_OK)
			status = pg_fail(s, res, e);
		if (good && !st->head)
			st->head = PQcopyResult(res, PG_COPYRES_ATTRS);
		if (good && status == ST_OK)
			status = keep_rows(st, res, &row, e);
		PQclear(res);
	}
	if (status == ST_OK && (!any || PQstatus(s->conn) != CONNECTION_OK))
		status = pg_fail(s, NULL, e);
	return status;
}

static enum status start_kept(struct pg_stmt *st, struct err *e)
{
	struct pg_store *s = own(st->base.store);

	if (guard(s, true, e) != ST_OK)
		return ST_ERR;
	st->kept = spool_new();
	(void)!send(st, "", true);
	if (keep_result(st, e) != ST_OK) {
		undo_guard(s, true);
		return ST_ERR;
	}
	return run(s, "RELEASE rasoat_statement", e);
}

/* One row from `p`; its length, or 0 when it is not whole. */
static size_t kept_row(PGresult *res, const char *p, size_t n)
{
	const char *cell = p + sizeof(int32_t);
	int32_t size = 0, len;
	int row = PQntuples(res);

	if (n >= sizeof(size))
		memcpy(&size, p, sizeof(size));
	if (!size || (size_t)size > n)
		return 0;
	for (int k = 0; k < PQnfields(res); k++) {
		memcpy(&len, cell, sizeof(len));
		cell += sizeof(len);
		PQsetvalue(res, row, k, len < 0 ? NULL : (char *)cell, len);
		cell += len < 0 ? 0 : len;
	}
	return (size_t)size;
}

/* The next rows of the kept result. */
static enum status read_kept(struct pg_stmt *st, struct err *e)
{
	size_t room = PENDING_BYTES, got = 0, used = 0, n;
	char *block = xmalloc(room);
	enum status status;

	PQclear(st->res);
	st->res = PQcopyResult(st->head, PG_COPYRES_ATTRS);
	st->row = -1;
	for (;;) {
		status = spool_read(st->kept, st->at, block, room, &got, e);
		if (status != ST_OK)
			break;
		while (PQntuples(st->res) < FETCH_ROWS && (n = kept_row(st->res, block + used, got - used)))
			used += n;
		if (used || got < room)
			break;
		room *= 2; /* a row longer than that */
		block = xrealloc(block, room);
	}
	free(block);
	st->at += (int64_t)used;
	st->whole = st->at >= spool_size(st->kept);
	return status;
}

static enum status start(struct pg_stmt *st, struct err *e)
{
	struct pg_store *s = own(st->base.store);

	if (flush(s, e) != ST_OK)
		return ST_ERR;
	if (st->sql.verb == PG_QUERY && in_transaction(s) && s->split) {
		if (start_kept(st, e) != ST_OK || read_kept(st, e) != ST_OK)
			return ST_ERR;
	} else if (st->sql.verb == PG_QUERY && in_transaction(s)) {
		if (start_cursor(st, e) != ST_OK)
			return ST_ERR;
	} else {
		st->res = send(st, "", false);
		if (!is_good(st->res)) {
			pg_fail(s, st->res, e);
			PQclear(st->res);
			st->res = NULL;
			return ST_ERR;
		}
		s->changes = strtoll(PQcmdTuples(st->res), NULL, 10);
		st->whole = true;
	}
	st->row = -1;
	st->started = true;
	return check_types(st, e);
}

static enum step queue_row(struct pg_stmt *st, struct err *e)
{
	struct pg_store *s = own(st->base.store);
	struct value v;

	if (s->pending_table && (s->pending.len > PENDING_BYTES || strcmp(s->pending_table, st->copy) != 0) &&
	    flush(s, e) != ST_OK)
		return STEP_ERROR;
	if (!s->pending_table)
		s->pending_table = copy_text(st->copy, strlen(st->copy));
	for (int i = 0; i < st->sql.n_params; i++) {
		if (i)
			str_addc(&s->pending, '\t');
		/* Numbers were bound as text. */
		v = st->params[i].text ? value_text(st->params[i].text) : value_null();
		store_copy_cell(&s->pending, &v);
	}
	str_addc(&s->pending, '\n');
	s->changes = 1;
	return STEP_DONE;
}

static enum status more(struct pg_stmt *st, struct err *e)
{
	if (st->kept)
		return read_kept(st, e);
	return flush(own(st->base.store), e) == ST_OK ? fetch(st, "SAVEPOINT rasoat_statement; ", e) : ST_ERR;
}

static enum step pg_step(struct stmt *base, struct err *e)
{
	struct pg_stmt *st = own_st(base);

	if (st->copy && in_transaction(own(base->store)))
		return queue_row(st, e);
	if (!st->started && start(st, e) != ST_OK)
		return STEP_ERROR;
	if (st->res && st->row + 1 >= PQntuples(st->res) && !st->whole && more(st, e) != ST_OK)
		return STEP_ERROR;
	if (!st->res || st->row + 1 >= PQntuples(st->res))
		return STEP_DONE;
	st->row++;
	return STEP_ROW;
}

static void pg_stmt_reset(struct stmt *base)
{
	struct pg_stmt *st = own_st(base);
	struct pg_store *s = own(base->store);
	CLEANUP(str_free) struct str sql = STR_INIT;
	struct err ignored = ERR_INIT;

	PQclear(st->res);
	PQclear(st->head);
	spool_free(st->kept);
	st->res = st->head = NULL;
	st->kept = NULL;
	st->at = 0;
	st->started = st->whole = false;
	if (st->cursor[0] && PQtransactionStatus(s->conn) == PQTRANS_INTRANS) {
		str_addf(&sql, "SAVEPOINT rasoat_statement; CLOSE %s; RELEASE rasoat_statement", st->cursor);
		if (run(s, sql.p, &ignored) != ST_OK) /* a rollback has closed it */
			undo_guard(s, true);
	}
	st->cursor[0] = '\0';
}

/* ---- results ---- */

/* The names are known once the statement runs; it does so with the parameters bound by now. */
static bool started(const struct stmt *base)
{
	struct pg_stmt *st = own_st(base);
	struct err ignored = ERR_INIT;

	return st->started || start(st, &ignored) == ST_OK;
}

static int pg_columns(const struct stmt *st)
{
	return started(st) && own_st(st)->res ? PQnfields(own_st(st)->res) : 0;
}

static const char *pg_column_name(const struct stmt *st, int col)
{
	return started(st) && own_st(st)->res ? PQfname(own_st(st)->res, col) : NULL;
}

/* A sum of bigint is numeric: whole when it has no other digit than 0 after the point. */
static struct value number_value(const char *text)
{
	struct value v = value_null();
	const char *point = strchr(text, '.');
	char *end;

	v.kind = V_INT;
	if (!point || strspn(point + 1, "0") == strlen(point + 1)) {
		errno = 0;
		v.i = strtoll(text, &end, 10);
		if (!errno && (end == point || !*end))
			return v;
	}
	v.kind = V_REAL;
	v.i = 0;
	v.r = strtod(text, NULL);
	return v;
}

static struct value pg_value(const struct stmt *base, int col)
{
	const struct pg_stmt *st = own_st(base);
	struct value v = value_null();
	const char *text;

	if (!st->res || st->row < 0 || st->row >= PQntuples(st->res) || col < 0 ||
	    col >= PQnfields(st->res) || PQgetisnull(st->res, st->row, col))
		return v;
	text = PQgetvalue(st->res, st->row, col);
	switch (PQftype(st->res, col)) {
	case OID_BOOL:
		return value_int(*text == 't');
	case OID_INT2:
	case OID_INT4:
	case OID_INT8:
	case OID_NUMERIC:
		return number_value(text);
	case OID_FLOAT4:
	case OID_FLOAT8:
		v.kind = V_REAL;
		v.r = strtod(text, NULL);
		return v;
	default:
		v.kind = V_TEXT;
		v.text = text;
		v.len = (size_t)PQgetlength(st->res, st->row, col);
		return v;
	}
}

static const char *pg_text(const struct stmt *base, int col)
{
	struct pg_stmt *st = own_st(base);
	struct value v = pg_value(base, col);

	if (v.kind == V_TEXT)
		return v.text;
	if (v.kind == V_NULL)
		return "";
	if (PQftype(st->res, col) == OID_BOOL) {
		snprintf(st->number, sizeof(st->number), "%lld", (long long)v.i);
		return st->number;
	}
	return PQgetvalue(st->res, st->row, col);
}

const struct store_ops store_postgresql_ops = {
	.scheme = "postgresql:",
	.store_size = sizeof(struct pg_store),
	.open = pg_open,
	.close = pg_close,
	.exec = pg_exec,
	.begin = pg_begin,
	.rollback = pg_rollback,
	.attach = pg_attach,
	.can_share = pg_can_share,
	.share = pg_share,
	.changes = pg_changes,
	.prepare = pg_prepare,
	.stmt_close = pg_stmt_close,
	.stmt_params = pg_params,
	.stmt_param_name = pg_param_name,
	.stmt_bind = pg_bind,
	.stmt_step = pg_step,
	.stmt_reset = pg_stmt_reset,
	.stmt_columns = pg_columns,
	.stmt_column_name = pg_column_name,
	.stmt_value = pg_value,
	.stmt_text = pg_text,
	.lost = pg_lost,
	.set_as_of = pg_set_as_of,
	.save_calendar = pg_save_calendar,
	.settle = pg_settle,
	.analyze = pg_analyze,
	.copy = pg_copy,
	.split = pg_split,
	.merge = pg_merge,
	.stmt_plan = pg_plan,
	.stmt_explain = pg_explain,
	.stmt_sql = pg_stmt_sql,
};
