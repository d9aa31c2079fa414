/* The embedded engine. The only file that knows sqlite3.h. */
#include "clock_rows.h"
#include "sqlite_functions.h"
#include "store_ops.h"

#include <rasoat/arena.h>
#include <rasoat/regex.h>
#include <rasoat/text.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUSY_SECONDS 5
#define BUSY_SECONDS_TEXT "5"

struct sqlite_store {
	struct store base;
	sqlite3 *db;
	int64_t tally[TALLY_STATES];
	struct clock_rows *clock; /* what case_clock shows; of a case store */
};

struct sqlite_stmt {
	struct stmt base;
	sqlite3_stmt *st;
};

static sqlite3 *db_of(const struct store *s)
{
	return ((const struct sqlite_store *)s)->db;
}

static sqlite3_stmt *st_of(const struct stmt *st)
{
	return ((const struct sqlite_stmt *)st)->st;
}

/* ---- errors ---- */

/* An error of SQLite in the user's words; `name` is the file. */
static enum status sqlite_say(int code, const char *words, const char *name, struct err *e)
{
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_set(e, "%s: in use by another program (waited " BUSY_SECONDS_TEXT
			       " s); run again when it is done", name);
	case SQLITE_READONLY:
		return err_set(e, "%s: cannot be written (%s); give this user write permission to the file "
			       "and its folder", name, words);
	case SQLITE_IOERR:
		return err_set(e, "%s: %s; check that the disk works and has free space, then run again", name,
			       words);
	case SQLITE_AUTH:
		if (str_starts(words, "access to "))
			return err_set(e, "%s: %s: it is classified, and there is no clearance "
				       "(docs/secrecy.md)", name, words);
		return err_set(e, "%s: open for reading; SQL may not open other files or change settings",
			       name);
	case SQLITE_FULL:
		return err_set(e, "%s: the disk is full; free some space and run again", name);
	case SQLITE_CORRUPT:
		return err_set(e, "%s: damaged (%s); restore it from a backup, or import the extracts "
			       "into a new store", name, words);
	case SQLITE_NOTADB:
		return err_set(e, "%s: not a rasoat store (not an SQLite database)", name);
	default:
		return err_set(e, "%s: %s", name, words);
	}
}

/* The last error of the connection. */
static enum status sqlite_fail(sqlite3 *db, const char *name, struct err *e)
{
	return sqlite_say(sqlite3_extended_errcode(db), sqlite3_errmsg(db), name, e);
}

static enum status fail(const struct store *s, struct err *e)
{
	return sqlite_fail(db_of(s), s->name, e);
}

/* ---- helper functions ---- */

static struct value value_from(sqlite3_value *v)
{
	struct value ret = value_null();

	switch (sqlite3_value_type(v)) {
	case SQLITE_NULL:
		break;
	case SQLITE_INTEGER:
		ret.kind = V_INT;
		ret.i = sqlite3_value_int64(v);
		break;
	case SQLITE_FLOAT:
		ret.kind = V_REAL;
		ret.r = sqlite3_value_double(v);
		break;
	default:
		ret.kind = V_TEXT;
		ret.text = (const char *)sqlite3_value_text(v);
		ret.len = (size_t)sqlite3_value_bytes(v);
		if (!ret.text)
			ret = value_null();
	}
	return ret;
}

struct function_binding {
	const struct sql_function *fn;
	const struct store *store;
};

static void function_run(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	const struct function_binding *b = sqlite3_user_data(ctx);
	struct value args[2];
	struct sql_call call = { .store = b->store, .args = args, .ret = value_null(),
				 .text = STR_INIT };

	for (int i = 0; i < argc; i++) {
		args[i] = value_from(argv[i]);
		if (args[i].kind == V_NULL) {
			sqlite3_result_null(ctx);
			return;
		}
	}
	b->fn->run(&call);
	if (call.ret.kind == V_INT)
		sqlite3_result_int64(ctx, call.ret.i);
	else if (call.ret.kind == V_TEXT)
		sqlite3_result_text64(ctx, call.ret.text, call.ret.len, SQLITE_TRANSIENT, SQLITE_UTF8);
	else
		sqlite3_result_null(ctx);
	str_free(&call.text);
}

static void regex_destroy(void *p)
{
	regex_free(p);
}

static void matches_error(sqlite3_context *ctx, const char *why)
{
	CLEANUP(str_free) struct str text = STR_INIT;

	str_addf(&text, "matches: %s", why);
	sqlite3_result_error(ctx, text.p, (int)text.len);
}

/*
 * The compiled pattern stays with the statement while the pattern is a constant. It is handed
 * over only after its use: sqlite3_set_auxdata may destroy it at once.
 */
static void matches_run(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct regex *regex = sqlite3_get_auxdata(ctx, 1), *fresh = NULL;
	const char *text = (const char *)sqlite3_value_text(argv[0]);
	const char *pattern = (const char *)sqlite3_value_text(argv[1]);
	size_t n = (size_t)sqlite3_value_bytes(argv[0]);
	struct err why = ERR_INIT;
	int found;

	(void)argc;
	if (!text || !pattern || text_invalid_at(text, n) < n) {
		sqlite3_result_null(ctx);
		return;
	}
	if (!regex) {
		if (regex_new(pattern, &fresh, &why) != ST_OK) {
			matches_error(ctx, why.text);
			return;
		}
		regex = fresh;
	}
	found = regex_match(regex, text, n);
	if (found < 0)
		matches_error(ctx, "the pattern takes too long on a text; make it simpler");
	else
		sqlite3_result_int(ctx, found);
	if (fresh)
		sqlite3_set_auxdata(ctx, 1, fresh, regex_destroy);
}

/* A function with an effect: not deterministic, so that it is called for every row. */
static void tally_run(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct sqlite_store *s = sqlite3_user_data(ctx);
	int state = sqlite3_value_int(argv[0]);

	(void)argc;
	if (state < 0 || state >= TALLY_STATES)
		state = TALLY_PASSED;
	s->tally[state]++;
	sqlite3_result_int(ctx, state == TALLY_KEPT);
}

static void sqlite_tally(struct store *base, int64_t ret[TALLY_STATES])
{
	struct sqlite_store *s = (struct sqlite_store *)base;

	memcpy(ret, s->tally, sizeof(s->tally));
	memset(s->tally, 0, sizeof(s->tally));
}

static void add_functions(struct sqlite_store *s)
{
	const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
	const struct sql_function *fns;
	int n;

	fns = sql_functions(&n);
	for (int i = 0; i < n; i++) {
		struct function_binding *b = xmalloc(sizeof(*b));

		b->fn = &fns[i];
		b->store = &s->base;
		sqlite3_create_function_v2(s->db, fns[i].name, fns[i].n_args, flags, b, function_run,
					   NULL, NULL, free);
	}
	sqlite3_create_function_v2(s->db, "matches", 2, flags, NULL, matches_run, NULL, NULL, NULL);
	sqlite3_create_function_v2(s->db, "tally", 2, SQLITE_UTF8 | SQLITE_INNOCUOUS, s, tally_run, NULL,
				   NULL, NULL);
}

/* ---- case_clock: a virtual table over rows in memory ---- */

enum { CLOCK_BY_CASE = 1, CLOCK_BY_TERM = 2 }; /* what a plan looks up by */
enum { CLOCK_CASE, CLOCK_TERM, CLOCK_START, CLOCK_DUE, CLOCK_END, CLOCK_STATUS, CLOCK_DAYS, CLOCK_REASON };

struct clock_vtab {
	sqlite3_vtab base;
	struct sqlite_store *store;
};

struct clock_cursor {
	sqlite3_vtab_cursor base;
	struct sqlite_store *store;
	size_t at, end, hint;
	char *term; /* NULL = any */
	struct clock_row row; /* that at `at` */
};

static int clock_connect(sqlite3 *db, void *store, int argc, const char *const *argv, sqlite3_vtab **ret,
			 char **why)
{
	struct clock_vtab *t;
	int rc = sqlite3_declare_vtab(db, "CREATE TABLE case_clock(case_id TEXT, term TEXT, starts_on TEXT, "
					  "due_on TEXT, ended_on TEXT, status TEXT, overdue_days INTEGER, "
					  "reason TEXT)");

	(void)argc, (void)argv, (void)why;
	if (rc != SQLITE_OK)
		return rc;
	sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
	t = xmalloc(sizeof(*t));
	*t = (struct clock_vtab){ .store = store };
	*ret = &t->base;
	return SQLITE_OK;
}

static int clock_disconnect(sqlite3_vtab *t)
{
	free(t);
	return SQLITE_OK;
}

/* A case has at most three rows of a million, a case and a term one. */
static int clock_best_index(sqlite3_vtab *t, sqlite3_index_info *info)
{
	int args = 0;

	(void)t;
	for (int column = CLOCK_CASE; column <= CLOCK_TERM; column++)
		for (int i = 0; i < info->nConstraint; i++) {
			int by = column == CLOCK_CASE ? CLOCK_BY_CASE : CLOCK_BY_TERM;

			if (!info->aConstraint[i].usable || info->aConstraint[i].iColumn != column ||
			    info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ || info->idxNum & by ||
			    strcmp(sqlite3_vtab_collation(info, i), "BINARY") != 0)
				continue;
			info->idxNum |= by;
			info->aConstraintUsage[i].argvIndex = ++args;
			info->aConstraintUsage[i].omit = 1;
		}
	info->estimatedRows = info->idxNum & CLOCK_BY_CASE ? 1 : 1000000;
	info->estimatedCost = info->idxNum & CLOCK_BY_CASE ? 4 : 1000000;
	return SQLITE_OK;
}

static int clock_open(sqlite3_vtab *t, sqlite3_vtab_cursor **ret)
{
	struct clock_cursor *c = xmalloc(sizeof(*c));

	*c = (struct clock_cursor){ .store = ((struct clock_vtab *)t)->store };
	*ret = &c->base;
	return SQLITE_OK;
}

static int clock_close(sqlite3_vtab_cursor *cursor)
{
	free(((struct clock_cursor *)cursor)->term);
	free(cursor);
	return SQLITE_OK;
}

/* From `at` on, the first row of the wanted term. */
static int clock_settle(struct clock_cursor *c)
{
	for (; c->at < c->end; c->at++) {
		clock_rows_get(c->store->clock, c->at, &c->row);
		if (!c->term || strcmp(c->row.term, c->term) == 0)
			break;
	}
	return SQLITE_OK;
}

static int clock_filter(sqlite3_vtab_cursor *cursor, int by, const char *name, int argc, sqlite3_value **argv)
{
	struct clock_cursor *c = (struct clock_cursor *)cursor;
	const char *case_id = by & CLOCK_BY_CASE ? (const char *)sqlite3_value_text(argv[0]) : NULL;
	const char *term = by & CLOCK_BY_TERM ? (const char *)sqlite3_value_text(argv[argc - 1]) : NULL;

	(void)name;
	free(c->term);
	c->term = NULL;
	c->at = c->end = 0;
	if (!c->store->clock || (by & CLOCK_BY_CASE && !case_id) || (by & CLOCK_BY_TERM && !term))
		return SQLITE_OK; /* nothing equals NULL */
	if (term)
		c->term = memcpy(xmalloc(strlen(term) + 1), term, strlen(term) + 1);
	c->end = clock_rows_count(c->store->clock);
	if (case_id)
		c->at = clock_rows_find(c->store->clock, case_id, c->hint, &c->end);
	if (c->at < c->end)
		c->hint = c->at;
	return clock_settle(c);
}

static int clock_next(sqlite3_vtab_cursor *cursor)
{
	struct clock_cursor *c = (struct clock_cursor *)cursor;

	c->at++;
	return clock_settle(c);
}

static int clock_eof(sqlite3_vtab_cursor *cursor)
{
	const struct clock_cursor *c = (struct clock_cursor *)cursor;

	return c->at >= c->end;
}

static void result_date(sqlite3_context *ctx, day_t day)
{
	char iso[11];

	if (day == DAY_NONE)
		sqlite3_result_null(ctx);
	else
		sqlite3_result_text(ctx, date_iso(day, iso), -1, SQLITE_TRANSIENT);
}

/* The rows stay until the next fill, which no running statement lives to see. */
static int clock_column(sqlite3_vtab_cursor *cursor, sqlite3_context *ctx, int column)
{
	const struct clock_row *row = &((struct clock_cursor *)cursor)->row;
	const char *const texts[] = { [CLOCK_CASE] = row->case_id, [CLOCK_TERM] = row->term,
				      [CLOCK_STATUS] = row->status, [CLOCK_REASON] = row->reason };

	if (column == CLOCK_START)
		result_date(ctx, row->starts_on);
	else if (column == CLOCK_DUE)
		result_date(ctx, row->due_on);
	else if (column == CLOCK_END)
		result_date(ctx, row->ended_on);
	else if (column == CLOCK_DAYS && row->has_days)
		sqlite3_result_int64(ctx, row->overdue_days);
	else if (column != CLOCK_DAYS && texts[column])
		sqlite3_result_text(ctx, texts[column], -1, SQLITE_STATIC);
	return SQLITE_OK;
}

static int clock_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *ret)
{
	*ret = (sqlite3_int64)((struct clock_cursor *)cursor)->at;
	return SQLITE_OK;
}

static const sqlite3_module clock_module = {
	.xConnect = clock_connect,
	.xBestIndex = clock_best_index,
	.xDisconnect = clock_disconnect,
	.xOpen = clock_open,
	.xClose = clock_close,
	.xFilter = clock_filter,
	.xNext = clock_next,
	.xEof = clock_eof,
	.xColumn = clock_column,
	.xRowid = clock_rowid,
};

static void sqlite_clock_begin(struct store *base)
{
	struct sqlite_store *s = (struct sqlite_store *)base;

	clock_rows_free(s->clock);
	s->clock = NULL;
}

static enum status sqlite_clock_add(struct store *base, const struct clock_row *row, struct err *e)
{
	struct sqlite_store *s = (struct sqlite_store *)base;

	if (!s->clock)
		s->clock = clock_rows_new();
	return clock_rows_add(s->clock, row, e);
}

/* ---- opening ---- */

/* A name that SQLite could take for a URI or for its own words is made a plain path. */
static void plain_path(const char *where, struct str *out)
{
	if (where[0] != '/' && strcmp(where, ":memory:") != 0)
		str_add(out, "./");
	str_add(out, where);
}

static enum status pragma_int(sqlite3 *db, const char *name, const char *schema, const char *pragma,
			      int *ret, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	sqlite3_stmt *st = NULL;
	int rc;

	str_addf(&sql, "PRAGMA %s.%s", schema, pragma);
	rc = sqlite3_prepare_v2(db, sql.p, -1, &st, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		*ret = sqlite3_column_int(st, 0);
	sqlite3_finalize(st);
	return rc == SQLITE_ROW ? ST_OK : sqlite_fail(db, name, e);
}

/* The kind written into the file; the file may be damaged anywhere. */
static enum status stored_kind(sqlite3 *db, const char *schema, const char *name,
			       enum store_kind *ret, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	sqlite3_stmt *st = NULL;
	int kind = -1, rc;

	str_addf(&sql, "SELECT value FROM %s.rasoat_meta WHERE name = 'kind'", schema);
	rc = sqlite3_prepare_v2(db, sql.p, -1, &st, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		kind = sqlite3_column_int(st, 0);
	sqlite3_finalize(st);
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		return sqlite_fail(db, name, e);
	if (kind < STORE_CASES || kind > STORE_LEDGER)
		return err_set(e, "%s: damaged (it does not say what kind of store it is); restore it "
			       "from a backup", name);
	*ret = (enum store_kind)kind;
	return ST_OK;
}

/* Which version this rasoat writes. */
static int version_of(enum store_kind kind)
{
	static const int versions[] = { [STORE_CASES] = SCHEMA_VERSION, [STORE_ACCOUNTS] = SCHEMA_VERSION,
					[STORE_LEDGER] = LEDGER_VERSION };

	return versions[kind];
}

/* An older ledger is opened: ledger_open() brings it up to date. */
static enum status check_version(const char *name, enum store_kind kind, int version, struct err *e)
{
	int wanted = version_of(kind);

	if (version > wanted)
		return err_set(e, "%s: schema version %d is newer than this rasoat knows (%d); "
			       "upgrade rasoat", name, version, wanted);
	if (version < wanted && kind != STORE_LEDGER)
		return err_set(e, "%s: schema version %d is older than this rasoat needs (%d); import "
			       "the extracts into a new store", name, version, wanted);
	return ST_OK;
}

static enum status check_ours(sqlite3 *db, const char *schema, const char *name,
			      enum store_kind kind, struct err *e)
{
	enum store_kind found = kind;
	int id = 0, version = 0;

	if (pragma_int(db, name, schema, "application_id", &id, e) != ST_OK ||
	    pragma_int(db, name, schema, "user_version", &version, e) != ST_OK)
		return ST_ERR;
	if (id != SCHEMA_APPLICATION_ID)
		return err_set(e, "%s: not a rasoat store (another program's database)", name);
	if (version > version_of(kind))
		return check_version(name, kind, version, e);
	if (stored_kind(db, schema, name, &found, e) != ST_OK)
		return ST_ERR;
	if (found != kind)
		return err_set(e, "%s: is %s, not %s", name, store_kind_words(found),
			       store_kind_words(kind));
	return check_version(name, kind, version, e);
}

/* What lies at the path: -1 nothing, 0 an empty file, 1 a file with content. */
static enum status look(const char *where, int *ret, struct err *e)
{
	struct stat sb;

	*ret = -1;
	if (!where[0])
		return err_set(e, "sqlite: without a path; write sqlite:PATH");
	if (strcmp(where, ":memory:") == 0 || stat(where, &sb) != 0)
		return ST_OK;
	if (!S_ISREG(sb.st_mode))
		return err_set(e, "%s: is not a file", where);
	*ret = sb.st_size > 0;
	return ST_OK;
}

static enum status must_be_there(const char *where, struct err *e)
{
	int there;

	if (look(where, &there, e) != ST_OK)
		return ST_ERR;
	if (there < 0)
		return err_set(e, "%s: not found; run 'rasoat init' or correct <store> in rasoat.xml",
			       where);
	if (there == 0)
		return err_set(e, "%s: not a rasoat store (an empty file)", where);
	return ST_OK;
}

static enum status exec(sqlite3 *db, const char *name, const char *sql, struct err *e)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return sqlite_fail(db, name, e);
	return ST_OK;
}

/*
 * Rules read stores from end to end, through a small cache: pages four times as large as usual take a
 * tenth off an audit of the whole country.
 */
static enum status create_schema(sqlite3 *db, const char *name, enum store_kind kind, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	if (kind != STORE_LEDGER)
		str_add(&sql, "PRAGMA page_size = 16384;\n");
	str_add(&sql, "BEGIN EXCLUSIVE;\n");
	schema_ddl(kind, &sql);
	str_addf(&sql, "INSERT INTO rasoat_meta(name, value) VALUES('kind', '%d');\n", kind);
	str_addf(&sql, "PRAGMA application_id = %d;\nPRAGMA user_version = %d;\nCOMMIT;\n",
		 SCHEMA_APPLICATION_ID, version_of(kind));
	return exec(db, name, sql.p, e);
}

/* Columns that a reader has no business with; rows put aside at import are classified as a whole. */
static bool is_classified(const char *table, const char *column)
{
	const struct table *t = schema_table(table);
	const struct column *c = t ? schema_column(t, column) : NULL;

	return (c && c->secrecy == COL_CLASSIFIED) ||
	       (str_eq(table, "quarantine") && word_in(column, "row_key raw"));
}

/*
 * A reader may do as it likes with temporary tables and the file is open read-only; what is left
 * to forbid is reaching other files and changing how this one is read.
 */
static int reader_may(void *ctx, int action, const char *arg1, const char *arg2, const char *db,
		      const char *trigger)
{
	const struct store *s = ctx;

	(void)trigger;
	if (action == SQLITE_READ && !s->cleared && str_eq(db, "main") && is_classified(arg1, arg2))
		return SQLITE_DENY;
	if (action == SQLITE_ATTACH || action == SQLITE_DETACH)
		return SQLITE_DENY;
	if (action == SQLITE_PRAGMA && arg2 && !word_in(arg1, "table_info table_xinfo index_list index_info"))
		return SQLITE_DENY;
	return SQLITE_OK;
}

/*
 * journal_mode and synchronous: an import is either there after a power cut or it is not.
 *
 * Memory stays flat however big the extracts are: temporary tables and sorters go to a file when
 * they outgrow their cache, and the stores are read through a cache of fixed size. Mapping them
 * (mmap_size) gains a tenth of the time, but every page that was read then counts as memory.
 */
static enum status configure(struct sqlite_store *s, struct err *e)
{
	static const char common[] = "PRAGMA temp_store = FILE; PRAGMA temp.cache_size = -16384;"
				     "PRAGMA recursive_triggers = ON;";
	static const char reading[] = "PRAGMA cache_size = -32768;";
	static const char writing[] = "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;"
				      "PRAGMA cache_size = -32768;";
	static const char ledger[] = "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;"
				     "PRAGMA cache_size = -32768;";
	const char *own = s->base.mode == STORE_READ	   ? reading
			  : s->base.kind == STORE_LEDGER ? ledger
							   : writing;

	sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	if (exec(s->db, s->base.name, common, e) != ST_OK || exec(s->db, s->base.name, own, e) != ST_OK)
		return ST_ERR;
	if (s->base.mode == STORE_READ)
		sqlite3_set_authorizer(s->db, reader_may, &s->base);
	else if (sqlite3_db_readonly(s->db, "main") == 1)
		return err_set(e, "%s: is write-protected; allow writing to the file and its folder",
			       s->base.name);
	return ST_OK;
}

/* The documents of an audit are written side by side from one ledger: its connection takes turns. */
static int thread_mode(const struct sqlite_store *s)
{
	return s->base.kind == STORE_LEDGER ? SQLITE_OPEN_FULLMUTEX : SQLITE_OPEN_NOMUTEX;
}

static enum status open_db(const char *where, int flags, sqlite3 **ret, struct err *e)
{
	CLEANUP(str_free) struct str path = STR_INIT;
	sqlite3 *db = NULL;

	plain_path(where, &path);
	if (sqlite3_open_v2(path.p, &db, flags, NULL) != SQLITE_OK) {
		err_set(e, "%s: cannot be opened (%s); check the folder and the permissions", where,
			db ? sqlite3_errmsg(db) : "out of memory");
		sqlite3_close(db);
		return ST_ERR;
	}
	sqlite3_extended_result_codes(db, 1);
	sqlite3_busy_timeout(db, BUSY_SECONDS * 1000);
	*ret = db;
	return ST_OK;
}

/*
 * A writer that was killed leaves its journal. A reader cannot roll it back, so a writing
 * connection does it once before.
 */
static void finish_torn_write(const char *where)
{
	CLEANUP(str_free) struct str journal = STR_INIT;
	struct err ignored = ERR_INIT;
	sqlite3 *db = NULL;
	int version;

	str_addf(&journal, "%s-journal", where);
	if (access(journal.p, F_OK) != 0)
		return;
	if (open_db(where, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, &db, &ignored) != ST_OK)
		return;
	if (pragma_int(db, where, "main", "schema_version", &version, &ignored) != ST_OK)
		version = 0; /* the reader will say what is wrong */
	sqlite3_close(db);
}

static enum status open_existing(struct sqlite_store *s, const char *where, struct err *e)
{
	int flags = s->base.mode == STORE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;

	if (must_be_there(where, e) != ST_OK)
		return ST_ERR;
	if (s->base.mode == STORE_READ)
		finish_torn_write(where);
	if (open_db(where, flags | thread_mode(s), &s->db, e) != ST_OK)
		return ST_ERR;
	if (check_ours(s->db, "main", where, s->base.kind, e) != ST_OK)
		return ST_ERR;
	return configure(s, e);
}

static enum status open_new(struct sqlite_store *s, const char *where, bool was_there, struct err *e)
{
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;

	if (open_db(where, flags | thread_mode(s), &s->db, e) != ST_OK)
		return ST_ERR;
	if (configure(s, e) == ST_OK && create_schema(s->db, where, s->base.kind, e) == ST_OK)
		return ST_OK;
	if (!was_there)
		unlink(where);
	return ST_ERR;
}

static enum status sqlite_open(struct store *base, const char *where, struct err *e)
{
	struct sqlite_store *s = (struct sqlite_store *)base;
	enum status st;
	int there;

	if (look(where, &there, e) != ST_OK)
		return ST_ERR;
	if (base->mode == STORE_CREATE && there <= 0)
		st = open_new(s, where, there == 0, e);
	else
		st = open_existing(s, where, e);
	if (st != ST_OK) {
		sqlite3_close(s->db);
		return ST_ERR;
	}
	add_functions(s);
	if (base->kind == STORE_CASES)
		sqlite3_create_module(s->db, "case_clock", &clock_module, s);
	return ST_OK;
}

static void sqlite_close(struct store *s)
{
	sqlite_clock_begin(s);
	sqlite3_close_v2(db_of(s)); /* waits for statements that were not closed */
}

static enum status attach_file(sqlite3 *db, const char *name, const char *where, const char *alias,
			       struct err *e)
{
	CLEANUP(str_free) struct str path = STR_INIT;
	sqlite3_stmt *st = NULL;
	int rc;

	plain_path(where, &path);
	rc = sqlite3_prepare_v2(db, "ATTACH ?1 AS ?2", -1, &st, NULL);
	if (rc == SQLITE_OK) {
		sqlite3_bind_text(st, 1, path.p, -1, SQLITE_TRANSIENT);
		sqlite3_bind_text(st, 2, alias, -1, SQLITE_TRANSIENT);
		rc = sqlite3_step(st);
	}
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? ST_OK : sqlite_fail(db, name, e);
}

static enum status sqlite_attach(struct store *s, const char *where, enum store_kind kind,
				 const char *alias, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	struct err ignored = ERR_INIT;

	if (must_be_there(where, e) != ST_OK || attach_file(db_of(s), where, where, alias, e) != ST_OK)
		return ST_ERR;
	if (check_ours(db_of(s), alias, where, kind, e) == ST_OK) {
		if (sqlite3_db_readonly(db_of(s), alias) != 1) {
			str_addf(&sql, "PRAGMA %s.cache_size = -32768; PRAGMA %s.synchronous = FULL", alias,
				 alias);
			return exec(db_of(s), where, sql.p, e);
		}
		err_set(e, "%s: is write-protected; allow writing to the file and its folder", where);
	}
	str_addf(&sql, "DETACH %s", alias);
	if (exec(db_of(s), where, sql.p, &ignored) != ST_OK)
		return err_in(e, "%s", s->name);
	return ST_ERR;
}

/* A thousand rows of each index tell the planner enough, and quickly. */
static enum status sqlite_analyze(struct store *s, const char *alias, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	str_addf(&sql, "PRAGMA analysis_limit = 1000; ANALYZE %s", alias);
	return exec(db_of(s), s->name, sql.p, e);
}

/*
 * The statistics make the planner begin with these few rows. The key makes lookups quick; a relation
 * without one is only ever walked.
 */
static enum status sqlite_materialize(struct store *s, const struct relation *r, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	str_addf(&sql, "CREATE TEMP TABLE %s_rows AS SELECT * FROM %s; DROP VIEW temp.%s;\n"
		       "CREATE TEMP VIEW %s AS SELECT * FROM %s_rows;\n", r->name, r->name, r->name, r->name,
		 r->name);
	if (r->key)
		str_addf(&sql, "CREATE INDEX temp.%s_key ON %s_rows(%s);\n", r->name, r->name, r->key);
	str_addf(&sql, "ANALYZE temp.%s_rows", r->name);
	return exec(db_of(s), s->name, sql.p, e);
}

/* A transaction has its lock only from its first look at the file on. */
static enum status sqlite_read_something(struct store *s, struct err *e)
{
	return exec(db_of(s), s->name, "SELECT count(*) FROM main.rasoat_meta", e);
}

/*
 * While one connection holds its shared lock nobody can commit, so a second one that takes its own
 * meanwhile sees the same. With a write-ahead log, which somebody else chose, that would not hold.
 */
static bool sqlite_can_share(const struct store *s)
{
	const char *file = sqlite3_db_filename(db_of(s), "main");
	CLEANUP(str_free) struct str wal = STR_INIT;

	str_addf(&wal, "%s-wal", file ? file : "");
	return file && *file && access(wal.p, F_OK) != 0;
}

/* There may be many of them. */
static enum status small_caches(struct store *s, struct err *e)
{
	enum status st;

	sqlite3_set_authorizer(db_of(s), NULL, NULL);
	st = exec(db_of(s), s->name, "PRAGMA main.cache_size = -16384; PRAGMA temp.cache_size = -8192", e);
	sqlite3_set_authorizer(db_of(s), reader_may, s);
	return st;
}

static enum status sqlite_share(struct store *from, struct store *to, struct err *e)
{
	if (sqlite3_get_autocommit(db_of(from)))
		return err_set(e, "%s: shared outside a transaction", from->name);
	if (sqlite_read_something(from, e) != ST_OK || small_caches(to, e) != ST_OK ||
	    exec(db_of(to), to->name, "BEGIN", e) != ST_OK)
		return ST_ERR;
	return sqlite_read_something(to, e);
}

/* In a transaction too: the views are temporary. Their order does not matter, a view is looked up by its name. */
static enum status sqlite_set_clearance(struct store *s, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	int n;
	const struct table *tables = schema_tables(&n);

	for (int i = 0; i < n; i++) {
		if (!(tables[i].stores & 1u << s->kind) || !schema_has_classified(&tables[i]))
			continue;
		str_addf(&sql, "DROP VIEW temp.%s;\n", tables[i].name);
		schema_as_of_view(&tables[i], "main", s->cleared, &sql);
	}
	return sql.len ? exec(db_of(s), s->name, sql.p, e) : ST_OK;
}

struct read_list {
	store_read_sink sink;
	void *ctx;
};

static int note_read(void *ctx, int action, const char *table, const char *column, const char *db,
		     const char *trigger)
{
	const struct read_list *l = ctx;

	(void)db, (void)trigger;
	if (action == SQLITE_READ)
		l->sink(l->ctx, table, column);
	return SQLITE_OK;
}

static enum status sqlite_reads(struct store *s, const char *sql, store_read_sink sink, void *ctx,
				struct err *e)
{
	struct read_list l = { sink, ctx };
	struct stmt *st = NULL;
	enum status ret;

	sqlite3_set_authorizer(db_of(s), note_read, &l);
	ret = store_prepare(s, sql, &st, e);
	sqlite3_set_authorizer(db_of(s), s->mode == STORE_READ ? reader_may : NULL, s);
	stmt_close(st);
	return ret;
}

static void sqlite_rest(struct store *s)
{
	(void)sqlite3_db_release_memory(db_of(s));
}

/* ---- statements ---- */

static enum status sqlite_exec(struct store *s, const char *sql, struct err *e)
{
	return exec(db_of(s), s->name, sql, e);
}

/* A writer takes its lock at once, so that it waits here and not in the middle of its work. */
static enum status sqlite_begin(struct store *s, struct err *e)
{
	return sqlite_exec(s, s->mode == STORE_READ ? "BEGIN" : "BEGIN IMMEDIATE", e);
}

/* What is written already needs no disk space and no lock any more. */
static enum status sqlite_settle(struct store *s, struct err *e)
{
	int rc = sqlite3_db_cacheflush(db_of(s)); /* the connection does not keep this one */

	return rc == SQLITE_OK ? ST_OK : sqlite_say(rc, sqlite3_errstr(rc), s->name, e);
}

static void sqlite_rollback(struct store *s)
{
	if (!sqlite3_get_autocommit(db_of(s)))
		sqlite3_exec(db_of(s), "ROLLBACK", NULL, NULL, NULL);
}

static int64_t sqlite_changes(const struct store *s)
{
	return sqlite3_changes64(db_of(s));
}

/* Blanks, comments and semicolons may follow the statement, nothing else. */
static bool only_blanks(sqlite3 *db, const char *tail)
{
	while (tail && *tail) {
		sqlite3_stmt *st = NULL;
		const char *next = NULL;
		int rc = sqlite3_prepare_v2(db, tail, -1, &st, &next);
		bool another = rc != SQLITE_OK || st;

		sqlite3_finalize(st);
		if (another || next == tail)
			return !another;
		tail = next;
	}
	return true;
}

static enum status sqlite_prepare(struct store *s, const char *sql, struct stmt **ret, struct err *e)
{
	struct sqlite_stmt *own;
	sqlite3_stmt *st = NULL;
	const char *tail = NULL;

	if (sqlite3_prepare_v2(db_of(s), sql, -1, &st, &tail) != SQLITE_OK)
		return fail(s, e);
	if (!st)
		return err_set(e, "%s: empty SQL statement", s->name);
	if (!only_blanks(db_of(s), tail)) {
		sqlite3_finalize(st);
		return err_set(e, "%s: more than one SQL statement", s->name);
	}
	own = xmalloc(sizeof(*own));
	own->base.ops = s->ops;
	own->base.store = s;
	own->st = st;
	*ret = &own->base;
	return ST_OK;
}

static void sqlite_stmt_close(struct stmt *st)
{
	sqlite3_finalize(st_of(st));
	free(st);
}

static const char *sqlite_stmt_sql(const struct stmt *st)
{
	return sqlite3_sql(st_of(st));
}

static int sqlite_params(const struct stmt *st)
{
	return sqlite3_bind_parameter_count(st_of(st));
}

static const char *sqlite_param_name(const struct stmt *st, int index)
{
	return sqlite3_bind_parameter_name(st_of(st), index);
}

static enum status sqlite_bind(struct stmt *st, int index, const struct value *v, struct err *e)
{
	int rc = SQLITE_OK;

	if (sqlite3_stmt_busy(st_of(st)))
		sqlite3_reset(st_of(st));
	switch (v->kind) {
	case V_NULL:
		rc = sqlite3_bind_null(st_of(st), index);
		break;
	case V_INT:
		rc = sqlite3_bind_int64(st_of(st), index, v->i);
		break;
	case V_REAL:
		rc = sqlite3_bind_double(st_of(st), index, v->r);
		break;
	case V_TEXT:
		rc = sqlite3_bind_text64(st_of(st), index, v->text, v->len, SQLITE_TRANSIENT, SQLITE_UTF8);
		break;
	}
	if (rc == SQLITE_RANGE)
		return err_set(e, "%s: the statement has no parameter %d", st->store->name, index);
	return rc == SQLITE_OK ? ST_OK : fail(st->store, e);
}

static enum status sqlite_bind_row(struct stmt *st, int first, const struct value *values, int n,
				   struct err *e)
{
	sqlite3_stmt *own = st_of(st);
	int rc = SQLITE_OK;

	for (int i = 0; i < n && rc == SQLITE_OK; i++) {
		const struct value *v = &values[i];

		if (v->kind == V_TEXT)
			rc = sqlite3_bind_text64(own, first + i, v->text, v->len, SQLITE_STATIC, SQLITE_UTF8);
		else if (v->kind == V_NULL)
			rc = sqlite3_bind_null(own, first + i);
		else
			rc = v->kind == V_INT ? sqlite3_bind_int64(own, first + i, v->i)
					      : sqlite3_bind_double(own, first + i, v->r);
	}
	return rc == SQLITE_OK ? ST_OK : fail(st->store, e);
}

static enum step sqlite_step(struct stmt *st, struct err *e)
{
	switch (sqlite3_step(st_of(st))) {
	case SQLITE_ROW:
		return STEP_ROW;
	case SQLITE_DONE:
		return STEP_DONE;
	default:
		fail(st->store, e);
		return STEP_ERROR;
	}
}

static void sqlite_reset(struct stmt *st)
{
	sqlite3_reset(st_of(st));
}

static int sqlite_columns(const struct stmt *st)
{
	return sqlite3_column_count(st_of(st));
}

static const char *sqlite_column_name(const struct stmt *st, int col)
{
	return sqlite3_column_name(st_of(st), col);
}

static struct value sqlite_value(const struct stmt *st, int col)
{
	return value_from(sqlite3_column_value(st_of(st), col));
}

static const char *sqlite_text(const struct stmt *st, int col)
{
	const unsigned char *text = sqlite3_column_text(st_of(st), col);

	return text ? (const char *)text : "";
}

static enum status sqlite_explain(struct stmt *st, struct str *out, struct err *e)
{
	return sqlite_plan_text(st->store, sqlite3_sql(st_of(st)), out, e);
}

static void sqlite_init(void)
{
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

const struct store_ops store_sqlite_ops = {
	.scheme = "sqlite:",
	.store_size = sizeof(struct sqlite_store),
	.init = sqlite_init,
	.open = sqlite_open,
	.close = sqlite_close,
	.exec = sqlite_exec,
	.begin = sqlite_begin,
	.rollback = sqlite_rollback,
	.attach = sqlite_attach,
	.changes = sqlite_changes,
	.tally = sqlite_tally,
	.prepare = sqlite_prepare,
	.stmt_close = sqlite_stmt_close,
	.stmt_sql = sqlite_stmt_sql,
	.stmt_params = sqlite_params,
	.stmt_param_name = sqlite_param_name,
	.stmt_bind = sqlite_bind,
	.stmt_bind_row = sqlite_bind_row,
	.settle = sqlite_settle,
	.fill_begin = sqlite_fill_begin,
	.fill_end = sqlite_fill_end,
	.stmt_step = sqlite_step,
	.stmt_reset = sqlite_reset,
	.stmt_columns = sqlite_columns,
	.stmt_column_name = sqlite_column_name,
	.stmt_value = sqlite_value,
	.stmt_text = sqlite_text,
	.analyze = sqlite_analyze,
	.materialize = sqlite_materialize,
	.can_share = sqlite_can_share,
	.share = sqlite_share,
	.rest = sqlite_rest,
	.clock_begin = sqlite_clock_begin,
	.clock_add = sqlite_clock_add,
	.assume_sizes = sqlite_assume_sizes,
	.stmt_explain = sqlite_explain,
	.guards = true,
	.set_clearance = sqlite_set_clearance,
	.reads = sqlite_reads,
};
