#include <rasoat/reads.h>

#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MOST_RELATIONS 32

struct reads {
	struct store *store;
	struct secret_column columns[MOST_SECRETS];
	int n_columns;
	struct read_counts relations[MOST_RELATIONS]; /* what each shared relation's own SQL reads */
};

void reads_close(struct reads *r)
{
	if (!r)
		return;
	store_close(r->store);
	free(r);
}

void reads_cleanup(struct reads **r)
{
	reads_close(*r);
	*r = NULL;
}

/* ---- one query ---- */

struct note {
	const struct reads *r;
	struct read_counts *to;
};

static void add_counts(struct read_counts *to, const struct read_counts *from)
{
	for (int i = 0; i < MOST_SECRETS; i++)
		to->of[i] += from->of[i];
}

/*
 * A shared relation hands a column on under its own name, or else all its columns count as that one: this
 * says whether its `column` carries the secret column `k`.
 */
static bool carries(const struct reads *r, const struct relation *relation, const char *column, int k)
{
	const char *name = r->columns[k].column->name;

	return !word_in(name, relation->columns) || strcasecmp(name, column) == 0;
}

static void note_relation(const struct note *n, const struct relation *relation, const struct read_counts *reads,
			  const char *column)
{
	for (int k = 0; k < n->r->n_columns; k++)
		if (reads->of[k] && carries(n->r, relation, column, k))
			n->to->of[k] += reads->of[k];
}

static void note_read(void *ctx, const char *table, const char *column)
{
	const struct note *n = ctx;
	int count;
	const struct relation *relations = schema_relations(&count);

	for (int i = 0; i < n->r->n_columns; i++)
		if (strcasecmp(n->r->columns[i].table->name, table) == 0 &&
		    strcasecmp(n->r->columns[i].column->name, column) == 0)
			n->to->of[i]++;
	for (int i = 0; i < count; i++)
		if (strcasecmp(relations[i].name, table) == 0)
			note_relation(n, &relations[i], &n->r->relations[i], column);
}

/* Whether the word stands in the query, in a quoted name too: too often is as good as needed. */
static bool names(const char *sql, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = strcasestr(sql, word); p; p = strcasestr(p + 1, word))
		if ((p == sql || !(isalnum((unsigned char)p[-1]) || p[-1] == '_')) &&
		    !(isalnum((unsigned char)p[n]) || p[n] == '_'))
			return true;
	return false;
}

/* What the engine compares without naming it. */
static void note_hidden(const struct reads *r, const char *sql, struct read_counts *to)
{
	int n;
	const struct relation *relations = schema_relations(&n);

	if (!names(sql, "using") && !names(sql, "natural"))
		return;
	for (int i = 0; i < r->n_columns; i++)
		to->of[i] += names(sql, r->columns[i].table->name);
	for (int i = 0; i < n; i++)
		if (names(sql, relations[i].name))
			add_counts(to, &r->relations[i]);
}

enum status reads_query(struct reads *r, const char *sql, struct read_counts *ret, struct err *e)
{
	struct note n = { r, ret };

	*ret = (struct read_counts){ .of = { 0 } };
	note_hidden(r, sql, ret);
	return store_reads(r->store, sql, note_read, &n, e);
}

/* ---- the empty store ---- */

static bool is_here(unsigned stores, enum store_kind kind)
{
	return (stores & 1u << kind) != 0;
}

static void make_table(const struct table *t, const struct column *without, struct str *out)
{
	const char *between = "";

	str_addf(out, "CREATE TEMP TABLE %s(", t->name);
	for (int i = 0; i < t->n_columns; i++) {
		if (&t->columns[i] == without)
			continue;
		str_addf(out, "%s%s", between, t->columns[i].name);
		between = ", ";
	}
	str_add(out, ");\n");
}

static void add_table(struct reads *r, const struct table *t, struct str *out)
{
	make_table(t, NULL, out);
	for (int i = 0; i < t->n_columns; i++)
		if (t->columns[i].secrecy != COL_OPEN && r->n_columns < MOST_SECRETS)
			r->columns[r->n_columns++] = (struct secret_column){ t, &t->columns[i] };
}

/* The tables of the schema move to where "main.NAME" does not find them. */
static void add_tables(struct reads *r, enum store_kind kind, struct str *out)
{
	int n;
	const struct table *t = schema_tables(&n);

	for (int i = 0; i < n; i++) {
		if (!is_here(t[i].stores, kind))
			continue;
		str_addf(out, "DROP TABLE main.%s;\n", t[i].name);
		add_table(r, &t[i], out);
	}
	if (is_here(schema_waiver()->stores, kind))
		add_table(r, schema_waiver(), out);
	str_add(out, "DROP TABLE main.quarantine; DROP TABLE main.import_log; DROP TABLE main.rasoat_meta;\n"
		     "CREATE TEMP TABLE unit_scope(unit_id);\n"
		     "CREATE TEMP TABLE tally_row(one);\n"
		     "CREATE TEMP TABLE each_scope(each_unit, below_unit);\n");
}

static void make_relation(const struct relation *r, const char *without, struct str *out)
{
	const char *between = "", *words = r->columns;

	str_addf(out, "CREATE TEMP TABLE %s(", r->name);
	while (*words) {
		size_t n = strcspn(words, " ");

		if (!without || strlen(without) != n || strncmp(words, without, n) != 0) {
			str_addf(out, "%s%.*s", between, (int)n, words);
			between = ", ";
		}
		words += n + strspn(words + n, " ");
	}
	str_add(out, ");\n");
}

/* Relations build on earlier ones, whose reads are known by then. */
static enum status add_relations(struct reads *r, enum store_kind kind, struct err *e)
{
	int n;
	const struct relation *all = schema_relations(&n);

	for (int i = 0; i < n && i < MOST_RELATIONS; i++) {
		CLEANUP(str_free) struct str sql = STR_INIT;

		if (!is_here(all[i].stores, kind))
			continue;
		make_relation(&all[i], NULL, &sql);
		if (reads_query(r, all[i].sql, &r->relations[i], e) != ST_OK ||
		    store_exec(r->store, sql.p, e) != ST_OK)
			return err_in(e, "%s", all[i].name);
	}
	return ST_OK;
}

enum status reads_open(enum store_kind kind, struct reads **ret, struct err *e)
{
	CLEANUP(reads_cleanup) struct reads *r = xmalloc(sizeof(*r));
	CLEANUP(str_free) struct str sql = STR_INIT;

	memset(r, 0, sizeof(*r));
	if (store_open("sqlite::memory:", kind, STORE_CREATE, &r->store, e) != ST_OK)
		return ST_ERR;
	add_tables(r, kind, &sql);
	if (store_exec(r->store, sql.p, e) != ST_OK || add_relations(r, kind, e) != ST_OK)
		return ST_ERR;
	*ret = r;
	r = NULL;
	return ST_OK;
}

/* ---- what was read ---- */

static void ignore_read(void *ctx, const char *table, const char *column)
{
	(void)ctx, (void)table, (void)column;
}

bool reads_without(struct reads *r, int column, const char *sql)
{
	CLEANUP(str_free) struct str change = STR_INIT;
	struct err ignored = ERR_INIT;
	const struct secret_column *c = &r->columns[column];
	bool works;
	int n;
	const struct relation *all = schema_relations(&n);

	str_addf(&change, "SAVEPOINT without; DROP TABLE temp.%s;\n", c->table->name);
	make_table(c->table, c->column, &change);
	for (int i = 0; i < n && i < MOST_RELATIONS; i++)
		if (r->relations[i].of[column]) {
			str_addf(&change, "DROP TABLE temp.%s;\n", all[i].name);
			if (word_in(c->column->name, all[i].columns))
				make_relation(&all[i], c->column->name, &change);
		}
	works = store_exec(r->store, change.p, &ignored) == ST_OK &&
		store_reads(r->store, sql, ignore_read, NULL, &ignored) == ST_OK;
	(void)!store_exec(r->store, "ROLLBACK TO without; RELEASE without", &ignored);
	return works;
}

int reads_columns(const struct reads *r, const struct secret_column **ret)
{
	*ret = r->columns;
	return r->n_columns;
}

bool reads_some(const struct reads *r, const struct read_counts *all, const struct read_counts *but,
		enum column_secrecy secrecy, const struct secret_column **ret_first)
{
	for (int i = 0; i < r->n_columns; i++)
		if (r->columns[i].column->secrecy == secrecy && all->of[i] > (but ? but->of[i] : 0)) {
			*ret_first = &r->columns[i];
			return true;
		}
	return false;
}
