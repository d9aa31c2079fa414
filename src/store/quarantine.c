#include "import_parts.h"

#include <rasoat/arena.h>
#include <rasoat/text.h>
#include <stdlib.h>
#include <string.h>

struct quarantine {
	const struct import_job *job;
	struct store *store; /* the case store's: it has the temporary copy */
	struct stmt *forget, *others, *add, *release, *has;
};

#define COLUMNS "table_name, file_name, line, column_name, reason, row_key, raw"

#define KEPT "; the store keeps the row it has under this key"

static const char begin_sql[] =
	"CREATE TEMP TABLE import_quarantine(\n"
	"  table_name TEXT, file_name TEXT, line INTEGER, column_name TEXT, reason TEXT, row_key TEXT,\n"
	"  raw TEXT, PRIMARY KEY(table_name, file_name, line)) WITHOUT ROWID;\n"
	"CREATE INDEX import_quarantine_key ON import_quarantine(table_name, row_key);\n";

static enum status prepare_all(struct quarantine *q, struct err *e)
{
	if (store_prepare(q->store, "DELETE FROM temp.import_quarantine WHERE file_name = ?1", &q->forget,
			  e) != ST_OK ||
	    store_prepare(q->store,
			  "SELECT count(*) FROM temp.import_quarantine "
			  "WHERE table_name = ?1 AND row_key IS NOT NULL",
			  &q->others, e) != ST_OK ||
	    store_prepare(q->store,
			  "INSERT INTO temp.import_quarantine(" COLUMNS ") VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
			  &q->add, e) != ST_OK)
		return ST_ERR;
	if (store_prepare(q->store,
			  "DELETE FROM temp.import_quarantine "
			  "WHERE table_name = ?1 AND row_key = ?2 AND file_name <> ?3",
			  &q->release, e) != ST_OK)
		return ST_ERR;
	return store_prepare(q->store,
			     "SELECT 1 FROM temp.import_quarantine "
			     "WHERE table_name = ?1 AND row_key = ?2 AND file_name = ?3",
			     &q->has, e);
}

/* Rows of `from`, a query of one store, into the temporary table of another; `clause` ends the INSERT. */
static enum status copy_rows(struct store *from, const char *query, struct store *to, const char *clause,
			     struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *in = NULL;
	CLEANUP(stmt_cleanup) struct stmt *out = NULL;
	enum step step;

	str_addf(&sql, "INSERT INTO temp.import_quarantine(" COLUMNS ") VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)%s",
		 clause);
	if (store_prepare(from, query, &in, e) != ST_OK || store_prepare(to, sql.p, &out, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(in, e)) == STEP_ROW) {
		for (int i = 0; i < 7; i++)
			if (stmt_bind(out, i + 1, stmt_value(in, i), e) != ST_OK)
				return ST_ERR;
		if (stmt_run(out, e) != ST_OK)
			return ST_ERR;
	}
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

#define UNLESS_THERE " ON CONFLICT DO NOTHING" /* rows of organisation tables are in both stores */

static enum status fill_copy(struct quarantine *q, struct err *e)
{
	static const char from_main[] = "INSERT INTO temp.import_quarantine SELECT " COLUMNS " FROM main.quarantine;\n";
	static const char from_alias[] = "INSERT INTO temp.import_quarantine SELECT " COLUMNS
					 " FROM " ACCOUNTS_ALIAS ".quarantine WHERE 1 = 1" UNLESS_THERE;

	if (store_exec(q->store, from_main, e) != ST_OK)
		return ST_ERR;
	if (q->job->together)
		return store_exec(q->store, from_alias, e);
	return copy_rows(job_store(q->job, STORE_ACCOUNTS), "SELECT " COLUMNS " FROM main.quarantine", q->store,
			 UNLESS_THERE, e);
}

enum status quarantine_open(struct import_job *job, struct quarantine **ret, struct err *e)
{
	struct quarantine *q = xmalloc(sizeof(*q));

	memset(q, 0, sizeof(*q));
	q->job = job;
	q->store = job_store(job, STORE_CASES);
	if (store_exec(q->store, begin_sql, e) != ST_OK || fill_copy(q, e) != ST_OK || prepare_all(q, e) != ST_OK) {
		quarantine_close(q);
		return ST_ERR;
	}
	*ret = q;
	return ST_OK;
}

void quarantine_close(struct quarantine *q)
{
	if (!q)
		return;
	stmt_close(q->forget);
	stmt_close(q->others);
	stmt_close(q->add);
	stmt_close(q->release);
	stmt_close(q->has);
	free(q);
}

void quarantine_cleanup(struct quarantine **q)
{
	quarantine_close(*q);
	*q = NULL;
}

enum status quarantine_keys(struct quarantine *q, const char *table, const char *file, struct arena *a,
			    const char ***ret, int *ret_n, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	const char **keys = NULL;
	int n = 0, cap = 0;
	enum step step;

	if (store_prepare(q->store,
			  "SELECT DISTINCT row_key FROM temp.import_quarantine "
			  "WHERE table_name = ?1 AND file_name = ?2 AND row_key IS NOT NULL",
			  &st, e) != ST_OK ||
	    stmt_bind(st, 1, value_text(table), e) != ST_OK || stmt_bind(st, 2, value_text(file), e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW)
		*ARENA_PUSH(a, keys, n, cap) = arena_strdup(a, stmt_text(st, 0));
	if (step == STEP_ERROR)
		return ST_ERR;
	*ret = keys;
	*ret_n = n;
	return ST_OK;
}

enum status quarantine_has(struct quarantine *q, const char *table, const char *file, const char *key,
			   bool *ret, struct err *e)
{
	enum step step;

	if (stmt_bind(q->has, 1, value_text(table), e) != ST_OK ||
	    stmt_bind(q->has, 2, value_text(key), e) != ST_OK ||
	    stmt_bind(q->has, 3, value_text(file), e) != ST_OK)
		return ST_ERR;
	step = stmt_step(q->has, e);
	stmt_reset(q->has);
	*ret = step == STEP_ROW;
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

enum status quarantine_begin_file(struct quarantine *q, const char *table, const char *file,
				  int64_t *ret_others, struct err *e)
{
	if (stmt_bind(q->forget, 1, value_text(file), e) != ST_OK || stmt_run(q->forget, e) != ST_OK ||
	    stmt_bind(q->others, 1, value_text(table), e) != ST_OK)
		return ST_ERR;
	if (stmt_step(q->others, e) != STEP_ROW)
		return ST_ERR;
	*ret_others = stmt_int(q->others, 0);
	stmt_reset(q->others);
	return ST_OK;
}

/* The row as read, fit to be text: bytes that are none become U+FFFD. */
static void raw_text(const struct quarantine_row *r, struct str *out)
{
	size_t i = 0;
	uint32_t cp;

	while (i < r->raw_len) {
		size_t used = text_next(r->raw + i, r->raw_len - i, &cp);

		if (cp == 0xFFFD || cp == 0)
			str_add(out, "\xEF\xBF\xBD");
		else
			str_addn(out, r->raw + i, used);
		i += used;
	}
	if (r->total_len > r->raw_len)
		str_addf(out, " [cut here: the row has %zu bytes]", r->total_len);
}

enum status quarantine_add(struct quarantine *q, const struct quarantine_row *r, struct err *e)
{
	CLEANUP(str_free) struct str raw = STR_INIT;
	struct value values[7];

	raw_text(r, &raw);
	values[0] = value_text(r->table);
	values[1] = value_text(r->file);
	values[2] = value_int(r->line);
	values[3] = value_text(r->column);
	values[4] = value_text(r->reason);
	values[5] = value_text(r->key);
	values[6] = value_text(raw.p);
	for (int i = 0; i < 7; i++)
		if (stmt_bind(q->add, i + 1, values[i], e) != ST_OK)
			return ST_ERR;
	return stmt_run(q->add, e);
}

enum status quarantine_release(struct quarantine *q, const char *table, const char *file,
			       const char *key, struct err *e)
{
	if (stmt_bind(q->release, 1, value_text(table), e) != ST_OK ||
	    stmt_bind(q->release, 2, value_text(key), e) != ST_OK ||
	    stmt_bind(q->release, 3, value_text(file), e) != ST_OK)
		return ST_ERR;
	return stmt_run(q->release, e);
}

/* The next cell of a joined key, its escapes undone; false at the end. */
static bool next_key_cell(const char **key, struct str *cell)
{
	const char *p = *key;

	str_clear(cell);
	if (!*p)
		return false;
	for (; *p && *p != '|'; p++) {
		if (*p == '\\' && p[1])
			p++;
		str_addc(cell, *p);
	}
	*key = *p ? p + 1 : p;
	return true;
}

/* "SELECT 1 FROM t WHERE" its key is ?1, ?2 … */
static enum status prepare_lookup(struct quarantine *q, const struct table *t, struct stmt **ret,
				  struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	int n = 0;

	str_addf(&sql, "SELECT 1 FROM %s.%s", job_schema(q->job, first_kind(t)), t->name);
	for (int i = 0; i < t->n_columns; i++)
		if (t->columns[i].key) {
			n++;
			str_addf(&sql, "%s %s = ?%d", n > 1 ? " AND" : " WHERE", t->columns[i].name, n);
		}
	return store_prepare(job_store(q->job, first_kind(t)), sql.p, ret, e);
}

/* STEP_ROW when the store holds the key. */
static enum step look_up(struct stmt *st, const char *key, struct err *e)
{
	CLEANUP(str_free) struct str cell = STR_INIT;
	enum step step;

	for (int i = 1; next_key_cell(&key, &cell); i++)
		if (stmt_bind(st, i, value_text(cell.p), e) != ST_OK)
			return STEP_ERROR;
	step = stmt_step(st, e);
	stmt_reset(st);
	return step;
}

enum status quarantine_mark_kept(struct quarantine *q, const struct table *t, const char *file,
				 int64_t *ret, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *rows = NULL;
	CLEANUP(stmt_cleanup) struct stmt *lookup = NULL;
	CLEANUP(stmt_cleanup) struct stmt *mark = NULL;
	enum step step;

	if (prepare_lookup(q, t, &lookup, e) != ST_OK ||
	    /* A repeated key stands in the store by its first line: nothing old is kept. */
	    store_prepare(q->store,
			  "SELECT line, row_key FROM temp.import_quarantine WHERE table_name = ?1 AND "
			  "file_name = ?2 AND row_key IS NOT NULL AND substr(reason, 1, 18) <> 'the key stands in '",
			  &rows, e) != ST_OK ||
	    store_prepare(q->store,
			  "UPDATE temp.import_quarantine SET reason = reason || '" KEPT "' "
			  "WHERE table_name = ?1 AND file_name = ?2 AND line = ?3", &mark, e) != ST_OK ||
	    stmt_bind(rows, 1, value_text(t->name), e) != ST_OK ||
	    stmt_bind(rows, 2, value_text(file), e) != ST_OK ||
	    stmt_bind(mark, 1, value_text(t->name), e) != ST_OK ||
	    stmt_bind(mark, 2, value_text(file), e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(rows, e)) == STEP_ROW) {
		enum step found = look_up(lookup, stmt_text(rows, 1), e);

		if (found == STEP_ERROR || (found == STEP_ROW &&
		    (stmt_bind(mark, 3, value_int(stmt_int(rows, 0)), e) != ST_OK ||
		     stmt_run(mark, e) != ST_OK)))
			return ST_ERR;
		*ret += found == STEP_ROW;
	}
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

/* 'unit', 'staff' … of one store */
static void table_list(enum store_kind kind, struct str *out)
{
	const char *sep = "";
	const struct table *t;
	int n;

	t = schema_tables(&n);
	for (int i = 0; i < n; i++)
		if (t[i].stores & 1u << kind) {
			str_addf(out, "%s'%s'", sep, t[i].name);
			sep = ", ";
		}
}

/* A store on a connection of its own has no copy to write back from: it gets one. */
static enum status give_copy(struct quarantine *q, struct store *to, struct err *e)
{
	if (to == q->store)
		return ST_OK;
	return store_exec(to, begin_sql, e) == ST_OK
		       ? copy_rows(q->store, "SELECT " COLUMNS " FROM temp.import_quarantine", to, "", e)
		       : ST_ERR;
}

static enum status write_back(struct quarantine *q, enum store_kind kind, struct err *e)
{
	static const char *const columns[] = { "column_name", "reason", "row_key", "raw" };
	CLEANUP(str_free) struct str sql = STR_INIT;
	const char *schema = job_schema(q->job, kind);
	struct store *store = job_store(q->job, kind);

	str_addf(&sql,
		 "DELETE FROM %s.quarantine AS t WHERE NOT EXISTS (SELECT 1 FROM temp.import_quarantine q "
		 "WHERE q.table_name = t.table_name AND q.file_name = t.file_name AND q.line = t.line);\n"
		 "INSERT INTO %s.quarantine AS t(" COLUMNS ") SELECT " COLUMNS
		 " FROM temp.import_quarantine WHERE table_name IN (",
		 schema, schema);
	table_list(kind, &sql);
	str_add(&sql, ") ON CONFLICT(table_name, file_name, line) DO UPDATE SET ");
	for (int i = 0; i < 4; i++)
		str_addf(&sql, "%s%s = excluded.%s", i ? ", " : "", columns[i], columns[i]);
	for (int i = 0; i < 4; i++)
		str_addf(&sql, "%s t.%s IS NOT excluded.%s", i ? " OR" : " WHERE", columns[i], columns[i]);
	return give_copy(q, store, e) == ST_OK ? store_exec(store, sql.p, e) : ST_ERR;
}

enum status quarantine_store(struct quarantine *q, int64_t *ret_total, struct err *e)
{
	if (write_back(q, STORE_CASES, e) != ST_OK || write_back(q, STORE_ACCOUNTS, e) != ST_OK)
		return ST_ERR;
	return store_query_int(q->store, "SELECT count(*) FROM temp.import_quarantine", ret_total, e);
}

static void write_row(const struct stmt *st, FILE *f)
{
	CLEANUP(str_free) struct str line = STR_INIT;
	const struct table *t = schema_table(stmt_text(st, 0));

	for (int i = 0; i < 7; i++) {
		const char *text = stmt_text(st, i);

		if (t && t->classified && i >= 5) /* the key and the row */
			text = stmt_is_null(st, i) ? "" : "(classified)";
		if (i)
			str_addc(&line, ',');
		csv_quote(&line, text, strlen(text), ',');
	}
	str_addc(&line, '\n');
	fwrite(line.p, 1, line.len, f);
}

enum status quarantine_write(struct quarantine *q, FILE *f, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	enum step step;

	if (store_prepare(q->store,
			  "SELECT " COLUMNS " FROM temp.import_quarantine ORDER BY table_name, file_name, line",
			  &st, e) != ST_OK)
		return ST_ERR;
	/* The mark tells Excel that this is UTF-8. */
	fputs("\xEF\xBB\xBFtable,file,line,column,reason,key,row\n", f);
	while ((step = stmt_step(st, e)) == STEP_ROW)
		write_row(st, f);
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

enum status quarantine_counts(struct arena *a, struct store *s, struct quarantine_count **ret, int *ret_n,
			      struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	struct quarantine_count *items = NULL;
	int n = 0, cap = 0;
	enum step step;

	if (store_prepare(s,
			  "SELECT table_name, count(*) FROM main.quarantine GROUP BY table_name "
			  "ORDER BY table_name",
			  &st, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW)
		*ARENA_PUSH(a, items, n, cap) = (struct quarantine_count){
			arena_strdup(a, stmt_text(st, 0)), stmt_int(st, 1) };
	if (step == STEP_ERROR)
		return ST_ERR;
	*ret = items;
	*ret_n = n;
	return ST_OK;
}

enum status store_has_imports(struct store *s, bool *ret, struct err *e)
{
	int64_t n = 0;

	if (store_query_int(s, "SELECT count(*) FROM main.import_log", &n, e) != ST_OK)
		return ST_ERR;
	*ret = n > 0;
	return ST_OK;
}
