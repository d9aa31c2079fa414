/*
 * Rows of one extract on their way into stores that take them in bulk (COPY): first into a
 * temporary table, then by one statement for each store.
 */
#include "import_parts.h"

#include <rasoat/arena.h>
#include <stdlib.h>
#include <string.h>

#define BULK_BYTES ((size_t)4 << 20)

struct bulk {
	struct import_job *job;
	struct store *store; /* of all stores that have the table */
	const struct table *t;
	const struct bound *columns;
	int n;
	struct str names; /* "a, b" */
	struct str rows;  /* not sent yet */
	int64_t count;    /* since the last merge */
};

static void add_names(struct bulk *b, const char *prefix, bool keys, bool others, const char *sep,
		      struct str *out)
{
	const char *between = "";

	for (int i = 0; i < b->n; i++)
		if (b->columns[i].column->key ? keys : others) {
			str_addf(out, "%s%s%s", between, prefix, b->columns[i].column->name);
			between = sep;
		}
}

enum status bulk_open(struct import_job *job, const struct import_head *h, struct bulk **ret,
		      struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	struct bulk *b = xmalloc(sizeof(*b));

	*b = (struct bulk){ .job = job, .store = job_store(job, first_kind(h->table)), .t = h->table,
			    .columns = h->bound, .n = h->n_bound, .names = STR_INIT, .rows = STR_INIT };
	add_names(b, "", true, true, ", ", &b->names);
	str_addf(&sql, "DROP TABLE IF EXISTS temp.import_rows;"
		 "CREATE TEMP TABLE import_rows AS SELECT %s FROM %s.%s WHERE 1 = 0", b->names.p,
		 job_schema(job, first_kind(b->t)), b->t->name);
	if (store_exec(b->store, sql.p, e) != ST_OK) {
		bulk_close(b);
		return ST_ERR;
	}
	*ret = b;
	return ST_OK;
}

void bulk_close(struct bulk *b)
{
	if (!b)
		return;
	str_free(&b->names);
	str_free(&b->rows);
	free(b);
}

static enum status send_rows(struct bulk *b, struct err *e)
{
	CLEANUP(str_free) struct str target = STR_INIT;
	enum status st;

	if (!b->rows.len)
		return ST_OK;
	str_addf(&target, "import_rows(%s)", b->names.p);
	st = store_copy(b->store, target.p, b->rows.p, b->rows.len, e);
	str_clear(&b->rows);
	return st;
}

enum status bulk_add(struct bulk *b, const struct value *values, struct err *e)
{
	for (int i = 0; i < b->n; i++) {
		if (i)
			str_addc(&b->rows, '\t');
		store_copy_cell(&b->rows, &values[i]);
	}
	str_addc(&b->rows, '\n');
	b->count++;
	return b->rows.len > BULK_BYTES ? send_rows(b, e) : ST_OK;
}

/* Rows that at least one of the stores does not hold just so. */
static enum status count_changed(struct bulk *b, int64_t *ret, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	const char *between = " WHERE";

	str_add(&sql, "SELECT count(*) FROM import_rows r");
	for (int kind = STORE_CASES; kind <= STORE_ACCOUNTS; kind++) {
		if (!(b->t->stores & 1u << kind))
			continue;
		str_addf(&sql, "%s NOT EXISTS (SELECT 1 FROM %s.%s t WHERE ", between,
			 job_schema(b->job, (enum store_kind)kind), b->t->name);
		for (int i = 0; i < b->n; i++)
			str_addf(&sql, "%st.%s %s r.%s", i ? " AND " : "", b->columns[i].column->name,
				 b->columns[i].column->key ? "=" : "IS", b->columns[i].column->name);
		str_addc(&sql, ')');
		between = " OR";
	}
	return store_query_int(b->store, sql.p, ret, e);
}

static void merge_sql(struct bulk *b, enum store_kind kind, struct str *sql)
{
	CLEANUP(str_free) struct str others = STR_INIT;
	const char *between = "";

	str_addf(sql, "INSERT INTO %s.%s AS t(%s) SELECT %s FROM import_rows WHERE 1 = 1 ON CONFLICT(",
		 job_schema(b->job, kind), b->t->name, b->names.p, b->names.p);
	add_names(b, "", true, false, ", ", sql);
	add_names(b, "t.", false, true, ", ", &others);
	if (!others.len) {
		str_add(sql, ") DO NOTHING");
		return;
	}
	str_add(sql, ") DO UPDATE SET ");
	for (int i = 0; i < b->n; i++)
		if (!b->columns[i].column->key) {
			str_addf(sql, "%s%s = excluded.%s", between, b->columns[i].column->name,
				 b->columns[i].column->name);
			between = ", ";
		}
	str_addf(sql, " WHERE (%s) IS DISTINCT FROM (", others.p);
	add_names(b, "excluded.", false, true, ", ", sql);
	str_addc(sql, ')');
}

static enum status merge_split(struct bulk *b, enum store_kind kind, struct err *e)
{
	const struct column **columns = ARENA_ARRAY(b->job->a, b->n + 1, const struct column *);

	for (int i = 0; i < b->n; i++)
		columns[i] = b->columns[i].column;
	if (store_merge(b->store, kind, b->t, columns, b->n, e) != ST_OK)
		return ST_ERR;
	b->job->changed[kind] += store_changes(b->store);
	return ST_OK;
}

static enum status merge_into(struct bulk *b, enum store_kind kind, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;

	if (store_is_split(b->store, b->t->name))
		return merge_split(b, kind, e);
	merge_sql(b, kind, &sql);
	if (store_prepare(b->store, sql.p, &st, e) != ST_OK || stmt_step(st, e) == STEP_ERROR)
		return ST_ERR;
	b->job->changed[kind] += store_changes(b->store);
	return ST_OK;
}

enum status bulk_merge(struct bulk *b, int64_t *ret_rows, int64_t *ret_changed, struct err *e)
{
	int64_t changed = 0;

	if (b->count) {
		if (send_rows(b, e) != ST_OK || store_exec(b->store, "ANALYZE import_rows", e) != ST_OK ||
		    count_changed(b, &changed, e) != ST_OK)
			return ST_ERR;
		for (int kind = STORE_CASES; kind <= STORE_ACCOUNTS; kind++)
			/* What is split may stand in two places after an import that broke off. */
			if ((changed || store_is_split(b->store, b->t->name)) && b->t->stores & 1u << kind &&
			    merge_into(b, (enum store_kind)kind, e) != ST_OK)
				return ST_ERR;
		if (store_exec(b->store, "DELETE FROM import_rows", e) != ST_OK)
			return ST_ERR;
	}
	*ret_rows = b->count;
	*ret_changed = changed;
	b->count = 0;
	return ST_OK;
}
