/*
 * Planning for the whole country on an empty store: sqlite_stat1 as ANALYZE would fill it when the
 * tables were as large as the schema says.
 */
#include "sqlite_functions.h"

#include <string.h>

#define DAYS_KNOWN 4000 /* different dates in a column: some ten years */

/* How many different values a column of a table of `rows` rows holds. */
static int64_t different(const struct table *t, const struct column *c)
{
	int64_t n = t->rows;
	const struct table *other;
	char name[64];

	if (c->refs && strcspn(c->refs, ".") < sizeof(name)) {
		memcpy(name, c->refs, strcspn(c->refs, "."));
		name[strcspn(c->refs, ".")] = '\0';
		other = schema_table(name);
		n = other ? other->rows : n;
	} else if (c->type == COL_ENUM) {
		n = 1;
		for (const char *p = c->values; *p; p++)
			n += *p == ' ';
	} else if (c->type == COL_BOOL) {
		n = 2;
	} else if (c->type == COL_DATE) {
		n = DAYS_KNOWN;
	}
	return n > t->rows ? t->rows : n;
}

/* Rows that are equal in the first column, in the first two, and so on. */
static void add_column(const struct table *t, const struct column *c, int64_t *same, struct str *out)
{
	int64_t n = different(t, c);

	*same = (*same + n - 1) / n;
	str_addf(out, " %lld", (long long)*same);
}

static void add_start(const struct table *t, struct str *out)
{
	str_addf(out, "INSERT INTO main.sqlite_stat1(tbl, idx, stat) VALUES('%s', '", t->name);
}

static void add_key(const struct table *t, struct str *out)
{
	int64_t same = t->rows;
	int keys = 0, seen = 0;

	for (int i = 0; i < t->n_columns; i++)
		keys += t->columns[i].key;
	add_start(t, out);
	/* Tables of several key columns are one tree with the key in front. */
	if (keys > 1)
		str_addf(out, "%s', '%lld", t->name, (long long)t->rows);
	else
		str_addf(out, "sqlite_autoindex_%s_1', '%lld", t->name, (long long)t->rows);
	for (int i = 0; i < t->n_columns; i++) {
		if (!t->columns[i].key)
			continue;
		if (++seen == keys)
			str_add(out, " 1");
		else
			add_column(t, &t->columns[i], &same, out);
	}
	str_add(out, "');\n");
}

static void add_index(const struct table *t, const char *columns, struct str *out)
{
	int64_t same = t->rows;

	add_start(t, out);
	schema_index_name(t->name, columns, out);
	str_addf(out, "', '%lld", (long long)t->rows);
	for (const char *p = columns; *p; p += strspn(p, ", ")) {
		size_t n = strcspn(p, ",");

		for (int i = 0; i < t->n_columns; i++)
			if (strlen(t->columns[i].name) == n && memcmp(t->columns[i].name, p, n) == 0)
				add_column(t, &t->columns[i], &same, out);
		p += n;
	}
	str_add(out, "');\n");
}

/* What store_materialize made. */
static void add_relations(enum store_kind kind, struct str *out)
{
	int n;
	const struct relation *r = schema_relations(&n);

	for (int i = 0; i < n; i++)
		if (r[i].shared && r[i].stores & 1u << kind)
			str_addf(out, "INSERT INTO temp.sqlite_stat1(tbl, stat) VALUES('%s_rows', '%lld');\n",
				 r[i].name, (long long)r[i].rows);
}

enum status sqlite_assume_sizes(struct store *s, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	const char *table, *columns;
	int n;
	const struct table *tables = schema_tables(&n);

	/* Of the schema's own table, ANALYZE makes and reads sqlite_stat1 and gathers nothing. */
	str_add(&sql, "SAVEPOINT sizes;\nANALYZE main.sqlite_schema;\nANALYZE temp.sqlite_schema;\n"
		      "DELETE FROM main.sqlite_stat1;\nDELETE FROM temp.sqlite_stat1;\n");
	for (int i = 0; i < n; i++)
		if (tables[i].stores & 1u << s->kind)
			add_key(&tables[i], &sql);
	for (int i = 0; schema_index(i, &table, &columns); i++)
		if (schema_table(table)->stores & 1u << s->kind)
			add_index(schema_table(table), columns, &sql);
	add_relations(s->kind, &sql);
	str_add(&sql, "RELEASE sizes;\nANALYZE main.sqlite_schema;\nANALYZE temp.sqlite_schema;\n");
	return store_exec(s, sql.p, e);
}
