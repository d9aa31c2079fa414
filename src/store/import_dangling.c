/* References that lead nowhere: counted after an import, refused never. */
#include "import_parts.h"

#include <rasoat/arena.h>
#include <string.h>

static bool was_imported(const struct import_result *r, const char *table, size_t n)
{
	for (int i = 0; i < r->n_files; i++)
		if (strlen(r->files[i].table) == n && strncmp(r->files[i].table, table, n) == 0)
			return true;
	return false;
}

static const struct column *first_key(const struct table *t)
{
	int i = 0;

	while (!t->columns[i].key)
		i++;
	return &t->columns[i];
}

/* Whether an index gives the column's values in order. */
static bool comes_sorted(const struct table *t, const struct column *c)
{
	const char *table, *columns;
	size_t n = strlen(c->name);

	for (int i = 0; schema_index(i, &table, &columns); i++)
		if (strcmp(table, t->name) == 0 && strncmp(columns, c->name, n) == 0 &&
		    (!columns[n] || columns[n] == ','))
			return true;
	return first_key(t) == c;
}

/* Each value is looked up once where an index puts equal ones together, else row by row. */
static void dangling_sql(const struct table *t, const struct column *c, const char *schema, struct str *sql)
{
	const char *dot = strchr(c->refs, '.');
	CLEANUP(str_free) struct str target = STR_INIT;

	str_addf(&target, "(SELECT 1 FROM %s.%.*s r WHERE r.%s = ", schema, (int)(dot - c->refs), c->refs, dot + 1);
	if (comes_sorted(t, c))
		str_addf(sql,
			 "SELECT coalesce(sum(g.n), 0), min(g.v) FROM (SELECT t.%s AS v, count(*) AS n FROM %s.%s t "
			 "WHERE t.%s IS NOT NULL GROUP BY t.%s) g WHERE NOT EXISTS %sg.v)",
			 c->name, schema, t->name, c->name, c->name, target.p);
	else
		str_addf(sql,
			 "SELECT count(*), min(t.%s) FROM %s.%s t WHERE t.%s IS NOT NULL AND NOT EXISTS %st.%s)",
			 c->name, schema, t->name, c->name, target.p, c->name);
}

static enum status count_dangling(struct import_job *job, const struct table *t, const struct column *c,
				  struct import_dangling *ret, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	enum store_kind kind = first_kind(t);

	dangling_sql(t, c, job_schema(job, kind), &sql);
	if (store_prepare(job_store(job, kind), sql.p, &st, e) != ST_OK || stmt_step(st, e) != STEP_ROW)
		return ST_ERR;
	*ret = (struct import_dangling){ t->name, c->name, c->refs, stmt_int(st, 0),
					 t->classified ? NULL : arena_strdup(job->a, stmt_text(st, 1)) };
	return ST_OK;
}

enum status find_dangling(struct import_job *job, struct import_result *r, struct err *e)
{
	const struct table *t;
	int n, cap = 0;

	t = schema_tables(&n);
	for (int i = 0; i < n; i++)
		for (int k = 0; k < t[i].n_columns; k++) {
			const char *refs = t[i].columns[k].refs;
			struct import_dangling d;

			if (!refs || (!was_imported(r, t[i].name, strlen(t[i].name)) &&
				      !was_imported(r, refs, strcspn(refs, "."))))
				continue;
			if (count_dangling(job, &t[i], &t[i].columns[k], &d, e) != ST_OK)
				return ST_ERR;
			if (d.rows)
				*ARENA_PUSH(job->a, r->dangling, r->n_dangling, cap) = d;
		}
	return ST_OK;
}
