#include "store_ops.h"

#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <stdlib.h>
#include <string.h>

static const struct store_ops *const engines[] = { &store_sqlite_ops, &store_postgresql_ops };

#define N_ENGINES (sizeof(engines) / sizeof(engines[0]))

const char *store_kind_words(enum store_kind kind)
{
	static const char *const words[] = { "a case store", "an account store", "a ledger" };

	return words[kind];
}

static const struct store_ops *find_engine(const char *uri, struct err *e)
{
	for (size_t i = 0; i < N_ENGINES; i++)
		if (str_starts(uri, engines[i]->scheme))
			return engines[i];
	if (strchr(uri, '@')) /* there may be a password */
		err_set(e, "%.*s: unknown kind of store; write sqlite:PATH or postgresql://...",
			(int)strcspn(uri, ":"), uri);
	else
		err_set(e, "%s: unknown kind of store; write sqlite:PATH", uri);
	return NULL;
}

void store_init(void)
{
	for (size_t i = 0; i < N_ENGINES; i++)
		if (engines[i]->init)
			engines[i]->init();
}

enum status store_open(const char *uri, enum store_kind kind, enum store_mode mode,
		       struct store **ret, struct err *e)
{
	const struct store_ops *ops = find_engine(uri, e);
	const char *where;
	struct store *s;

	if (!ops)
		return ST_ERR;
	where = uri + strlen(ops->scheme);
	s = xmalloc(ops->store_size);
	memset(s, 0, ops->store_size);
	s->ops = ops;
	s->kind = kind;
	s->mode = mode;
	s->name = memcpy(xmalloc(strlen(where) + 1), where, strlen(where) + 1);
	s->uri = memcpy(xmalloc(strlen(uri) + 1), uri, strlen(uri) + 1);
	if (ops->open(s, s->name, e) != ST_OK) {
		free(s->name);
		free(s->uri);
		free(s);
		return ST_ERR;
	}
	*ret = s;
	return ST_OK;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	stmt_close(s->clock_insert);
	s->ops->close(s);
	free(s->name);
	free(s->uri);
	free(s);
}

void store_cleanup(struct store **s)
{
	store_close(*s);
	*s = NULL;
}

enum store_kind store_kind(const struct store *s)
{
	return s->kind;
}

const char *store_name(const struct store *s)
{
	return s->name;
}

void store_set_workdays(struct store *s, const struct workdays *w)
{
	s->workdays = w;
}

enum status store_save_calendar(struct store *s, struct err *e)
{
	return s->workdays && s->ops->save_calendar ? s->ops->save_calendar(s, e) : ST_OK;
}

bool store_lost(const struct store *s)
{
	return s->ops->lost && s->ops->lost(s);
}

enum status store_analyze(struct store *s, const char *alias, struct err *e)
{
	return s->ops->analyze(s, alias, e);
}

enum status store_fill_begin(struct store *s, const char *alias, const char *table, struct str *put_back,
			     struct err *e)
{
	return s->ops->fill_begin ? s->ops->fill_begin(s, alias, table, put_back, e) : ST_OK;
}

enum status store_fill_end(struct store *s, const char *put_back, int jobs, struct err *e)
{
	return s->ops->fill_end ? s->ops->fill_end(s, put_back, jobs, e) : ST_OK;
}

enum status store_assume_sizes(struct store *s, struct err *e)
{
	if (!s->ops->assume_sizes)
		return err_set(e, "%s: this kind of store plans for the rows that it holds", s->name);
	return s->ops->assume_sizes(s, e);
}

bool store_can_copy(const struct store *s)
{
	return s->ops->copy != NULL;
}

void store_copy_cell(struct str *out, const struct value *v)
{
	static const char from[] = "\\\t\n\r", to[] = "\\tnr";

	if (v->kind == V_NULL)
		str_add(out, "\\N");
	else if (v->kind == V_INT)
		str_addf(out, "%lld", (long long)v->i);
	else if (v->kind == V_REAL)
		str_addf(out, "%.17g", v->r);
	for (size_t i = 0; v->kind == V_TEXT && i < v->len; i++) {
		const char *special = strchr(from, v->text[i]);

		if (special)
			str_addc(out, '\\');
		str_addc(out, special ? to[special - from] : v->text[i]);
	}
}

enum status store_copy(struct store *s, const char *target, const char *rows, size_t n, struct err *e)
{
	return s->ops->copy(s, target, rows, n, e);
}

bool store_is_split(const struct store *s, const char *table)
{
	return s->ops->split && s->ops->split(s, table);
}

enum status store_merge(struct store *s, enum store_kind kind, const struct table *t,
			const struct column *const *columns, int n, struct err *e)
{
	return s->ops->merge(s, kind, t, columns, n, e);
}

void store_rest(struct store *s)
{
	if (s->ops->rest)
		s->ops->rest(s);
}

enum status store_exec(struct store *s, const char *sql, struct err *e)
{
	return s->ops->exec(s, sql, e);
}

enum status store_begin(struct store *s, struct err *e)
{
	return s->ops->begin(s, e);
}

enum status store_commit(struct store *s, struct err *e)
{
	return s->ops->exec(s, "COMMIT", e);
}

enum status store_settle(struct store *s, struct err *e)
{
	return s->ops->settle ? s->ops->settle(s, e) : ST_OK;
}

void store_rollback(struct store *s)
{
	s->ops->rollback(s);
}

bool store_can_tally(const struct store *s)
{
	return s->ops->tally != NULL;
}

void store_tally(struct store *s, int64_t ret[TALLY_STATES])
{
	s->ops->tally(s, ret);
}

int64_t store_changes(const struct store *s)
{
	return s->ops->changes(s);
}

enum status store_attach(struct store *s, const char *uri, enum store_kind kind, const char *alias,
			 struct err *e)
{
	const struct store_ops *ops = find_engine(uri, e);

	if (!ops)
		return ST_ERR;
	if (ops != s->ops)
		return err_set(e, "%s: must be on the same engine as %s", uri, s->name);
	return ops->attach(s, uri + strlen(ops->scheme), kind, alias, e);
}

static enum status create_views(struct store *s, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	schema_views(s->kind, &sql);
	str_add(&sql, "CREATE TEMP TABLE unit_scope(unit_id TEXT PRIMARY KEY);\n"
		      "CREATE TEMP TABLE key_list(key TEXT PRIMARY KEY) WITHOUT ROWID;\n"
		      "CREATE TEMP TABLE tally_row AS SELECT 1 AS one;\n");
	if (s->kind == STORE_ACCOUNTS)
		schema_waiver_ddl("TEXT", "INTEGER", &sql);
	if (store_exec(s, sql.p, e) != ST_OK)
		return err_in(e, "as-of views");
	s->has_views = true;
	return ST_OK;
}

enum status store_set_facts_on(struct store *s, day_t day, struct err *e)
{
	char iso[11] = "";

	if (day != DAY_NONE && !date_iso(day, iso)[0])
		return err_set(e, "%s: the day of the facts is outside 1900-2199", s->name);
	memcpy(s->facts_on, iso, sizeof(iso));
	return ST_OK;
}

enum status store_set_as_of(struct store *s, day_t as_of, struct err *e)
{
	char iso[11];

	if (s->kind == STORE_LEDGER)
		return err_set(e, "%s: a ledger has no as-of date", s->name);
	if (!date_iso(as_of, iso)[0])
		return err_set(e, "%s: the as-of date is outside 1900-2199", s->name);
	if (s->ops->set_as_of) {
		if (s->ops->set_as_of(s, iso, e) != ST_OK)
			return ST_ERR;
		s->has_views = true;
	}
	if (!s->has_views && create_views(s, e) != ST_OK)
		return ST_ERR;
	memcpy(s->as_of, iso, sizeof(iso));
	return ST_OK;
}

enum status store_set_clearance(struct store *s, bool cleared, struct err *e)
{
	if (s->cleared == cleared)
		return ST_OK;
	if (!s->has_views)
		return err_set(e, "%s: the clearance was set before the as-of date", s->name);
	s->cleared = cleared;
	if (!s->ops->set_clearance || s->ops->set_clearance(s, e) == ST_OK)
		return ST_OK;
	s->cleared = false;
	return ST_ERR;
}

bool store_guards(const struct store *s)
{
	return s->ops->guards;
}

enum status store_reads(struct store *s, const char *sql, store_read_sink sink, void *ctx, struct err *e)
{
	if (!s->ops->reads)
		return err_set(e, "%s: this kind of store cannot tell what a query reads", s->name);
	return s->ops->reads(s, sql, sink, ctx, e);
}

enum status store_share(struct store *from, struct store **ret, struct err *e)
{
	CLEANUP(store_cleanup) struct store *s = NULL;
	day_t as_of;

	*ret = NULL;
	if (!from->ops->share || (from->ops->can_share && !from->ops->can_share(from)) ||
	    !date_parse_iso(from->as_of, strlen(from->as_of), &as_of))
		return ST_OK;
	if (store_open(from->uri, from->kind, STORE_READ, &s, e) != ST_OK)
		return ST_ERR;
	store_set_workdays(s, from->workdays);
	memcpy(s->facts_on, from->facts_on, sizeof(s->facts_on));
	if (from->ops->share(from, s, e) != ST_OK)
		return ST_ERR;
	if (store_set_as_of(s, as_of, e) != ST_OK)
		return ST_ERR;
	*ret = s;
	s = NULL;
	return ST_OK;
}

static enum status fill_scope(struct store *s, const char *sql, const char *unit, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;

	if (store_prepare(s, sql, &st, e) != ST_OK ||
	    stmt_bind_name(st, ":unit", value_text(unit), e) != ST_OK)
		return ST_ERR;
	return stmt_step(st, e) == STEP_ERROR ? ST_ERR : ST_OK;
}

enum status store_set_scope(struct store *s, const char *unit, struct err *e)
{
	static const char all[] = "INSERT INTO unit_scope SELECT unit_id FROM unit";
	static const char below[] = "INSERT INTO unit_scope SELECT unit_id FROM unit_path "
				    "WHERE ancestor_id = :unit";

	if (!s->has_views)
		return err_set(e, "%s: the scope was set before the as-of date", s->name);
	if (store_exec(s, "DELETE FROM unit_scope", e) != ST_OK)
		return ST_ERR;
	if (!unit)
		return fill_scope(s, all, NULL, e);
	if (fill_scope(s, below, unit, e) != ST_OK)
		return ST_ERR;
	if (store_changes(s) == 0)
		return err_set(e, "%s: no unit '%s'; correct the unit or import unit.csv", s->name, unit);
	return ST_OK;
}

enum status store_set_keys(struct store *s, const char *const *keys, int64_t n, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;

	if (!s->has_views)
		return err_set(e, "%s: the keys were set before the as-of date", s->name);
	if (store_exec(s, "DELETE FROM key_list", e) != ST_OK ||
	    store_prepare(s, "INSERT INTO key_list(key) VALUES(?)", &st, e) != ST_OK)
		return ST_ERR;
	for (int64_t i = 0; i < n; i++)
		if (stmt_bind(st, 1, value_text(keys[i]), e) != ST_OK || stmt_run(st, e) != ST_OK)
			return ST_ERR;
	return ST_OK;
}

enum status store_materialize(struct store *s, const char *name, struct err *e)
{
	int n;
	const struct relation *relations = schema_relations(&n);

	for (int i = 0; i < n; i++)
		if (str_eq(relations[i].name, name) && relations[i].stores & 1u << s->kind)
			return s->ops->materialize ? s->ops->materialize(s, &relations[i], e) : ST_OK;
	return err_set(e, "%s: '%s' is no shared relation of this store", s->name, name);
}

enum status store_clock_begin(struct store *s, struct err *e)
{
	static const char insert[] = "INSERT INTO case_clock(case_id, term, starts_on, due_on, ended_on,\n"
				     "  status, overdue_days, reason) VALUES(?, ?, ?, ?, ?, ?, ?, ?)";

	if (s->kind != STORE_CASES || !s->has_views)
		return err_set(e, "%s: case_clock belongs to a case store with an as-of date", s->name);
	if (s->ops->clock_begin) {
		s->ops->clock_begin(s);
		return ST_OK;
	}
	stmt_close(s->clock_insert);
	s->clock_insert = NULL;
	if (store_exec(s, "DELETE FROM case_clock", e) != ST_OK)
		return ST_ERR;
	return store_prepare(s, insert, &s->clock_insert, e);
}

static struct value clock_date(day_t day, char buf[11])
{
	return day == DAY_NONE ? value_null() : value_text(date_iso(day, buf));
}

enum status store_clock_add(struct store *s, const struct clock_row *row, struct err *e)
{
	char start[11], due[11], end[11];

	if (s->ops->clock_add)
		return s->ops->clock_add(s, row, e);

	const struct value values[] = {
		value_text(row->case_id),
		value_text(row->term),
		clock_date(row->starts_on, start),
		clock_date(row->due_on, due),
		clock_date(row->ended_on, end),
		value_text(row->status),
		row->has_days ? value_int(row->overdue_days) : value_null(),
		value_text(row->reason),
	};
	if (stmt_bind_row(s->clock_insert, 1, values, (int)(sizeof(values) / sizeof(values[0])), e) != ST_OK)
		return ST_ERR;
	return stmt_run(s->clock_insert, e);
}

enum status store_clock_end(struct store *s, struct err *e)
{
	(void)e;
	stmt_close(s->clock_insert);
	s->clock_insert = NULL;
	return ST_OK;
}

enum status store_query_int(struct store *s, const char *sql, int64_t *ret, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	enum step step;

	if (store_prepare(s, sql, &st, e) != ST_OK)
		return ST_ERR;
	step = stmt_step(st, e);
	if (step == STEP_ERROR)
		return ST_ERR;
	if (step == STEP_DONE)
		return err_set(e, "%s: the query gave no row: %s", s->name, sql);
	*ret = stmt_int(st, 0);
	return ST_OK;
}

enum status store_prepare(struct store *s, const char *sql, struct stmt **ret, struct err *e)
{
	return s->ops->prepare(s, sql, ret, e);
}

void stmt_close(struct stmt *st)
{
	if (st)
		st->ops->stmt_close(st);
}

void stmt_cleanup(struct stmt **st)
{
	stmt_close(*st);
	*st = NULL;
}

int stmt_params(const struct stmt *st)
{
	return st->ops->stmt_params(st);
}

const char *stmt_param_name(const struct stmt *st, int index)
{
	return st->ops->stmt_param_name(st, index);
}

enum status stmt_bind(struct stmt *st, int index, struct value v, struct err *e)
{
	return st->ops->stmt_bind(st, index, &v, e);
}

enum status stmt_bind_row(struct stmt *st, int first, const struct value *values, int n, struct err *e)
{
	if (st->ops->stmt_bind_row)
		return st->ops->stmt_bind_row(st, first, values, n, e);
	for (int i = 0; i < n; i++)
		if (stmt_bind(st, first + i, values[i], e) != ST_OK)
			return ST_ERR;
	return ST_OK;
}

enum status stmt_bind_name(struct stmt *st, const char *name, struct value v, struct err *e)
{
	for (int i = 1; i <= stmt_params(st); i++)
		if (str_eq(stmt_param_name(st, i), name))
			return stmt_bind(st, i, v, e);
	return ST_OK;
}

enum status stmt_plan(struct stmt *st, struct err *e)
{
	return st->ops->stmt_plan ? st->ops->stmt_plan(st, e) : ST_OK;
}

enum status stmt_explain(struct stmt *st, struct str *out, struct err *e)
{
	if (!st->ops->stmt_explain)
		return err_set(e, "%s: this kind of store cannot show the plan of a query", st->store->name);
	return st->ops->stmt_explain(st, out, e);
}

const char *stmt_sql(const struct stmt *st)
{
	return st->ops->stmt_sql(st);
}

enum step stmt_step(struct stmt *st, struct err *e)
{
	return st->ops->stmt_step(st, e);
}

void stmt_reset(struct stmt *st)
{
	st->ops->stmt_reset(st);
}

enum status stmt_run(struct stmt *st, struct err *e)
{
	enum step step = stmt_step(st, e);

	stmt_reset(st);
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

int stmt_columns(const struct stmt *st)
{
	return st->ops->stmt_columns(st);
}

const char *stmt_column_name(const struct stmt *st, int col)
{
	return st->ops->stmt_column_name(st, col);
}

struct value stmt_value(const struct stmt *st, int col)
{
	return st->ops->stmt_value(st, col);
}

int64_t stmt_int(const struct stmt *st, int col)
{
	struct value v = stmt_value(st, col);

	return v.kind == V_REAL ? (int64_t)v.r : v.i;
}

const char *stmt_text(const struct stmt *st, int col)
{
	return st->ops->stmt_text(st, col);
}

bool stmt_is_null(const struct stmt *st, int col)
{
	return stmt_value(st, col).kind == V_NULL;
}
