/*
 * The stores that examples run on: in memory, with the views, the kept relations and the planner's
 * numbers of an audit of the whole country.
 */
#include "example_int.h"

#include <rasoat/arena.h>
#include <rasoat/clock.h>
#include <rasoat/str.h>
#include <stdlib.h>

void example_forget(struct example_bench *b)
{
	rule_run_close(b->run);
	b->run = NULL;
	b->prepared = NULL;
}

static void close_store(struct example_bench *b, enum store_kind kind)
{
	int n;

	for (int i = 0; i < b->n_kept[kind]; i++) {
		stmt_close(b->kept[kind][i].clear);
		stmt_close(b->kept[kind][i].fill);
	}
	schema_tables(&n);
	for (int i = 0; b->inserts[kind] && i <= n; i++)
		stmt_close(b->inserts[kind][i]);
	free(b->inserts[kind]);
	free(b->kept[kind]);
	store_close(b->stores[kind]);
}

void example_bench_close(struct example_bench *b)
{
	if (!b)
		return;
	example_forget(b);
	close_store(b, STORE_CASES);
	close_store(b, STORE_ACCOUNTS);
	arena_free(b->arena);
	free(b);
}

/* Relations build on earlier ones, which are kept by then. */
static enum status keep_relation(struct store *s, const struct relation *r, struct kept_relation *k,
				 struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	k->name = r->name;
	if (store_materialize(s, r->name, e) != ST_OK)
		return ST_ERR;
	str_addf(&sql, "DELETE FROM %s_rows", r->name);
	if (store_prepare(s, sql.p, &k->clear, e) != ST_OK)
		return ST_ERR;
	str_clear(&sql);
	str_addf(&sql, "INSERT INTO %s_rows\n%s", r->name, r->sql);
	return store_prepare(s, sql.p, &k->fill, e);
}

static enum status keep_relations(struct example_bench *b, enum store_kind kind, struct err *e)
{
	int n;
	const struct relation *all = schema_relations(&n);

	b->kept[kind] = xmalloc((size_t)n * sizeof(*b->kept[kind]));
	for (int i = 0; i < n; i++) {
		if (!all[i].shared || !(all[i].stores & 1u << kind))
			continue;
		b->kept[kind][b->n_kept[kind]] = (struct kept_relation){ .name = NULL };
		if (keep_relation(b->stores[kind], &all[i], &b->kept[kind][b->n_kept[kind]++], e) != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}

unsigned example_reads(const struct example_bench *b, const struct rule *r)
{
	unsigned reads = 0;

	for (int i = 0; i < b->n_kept[r->store]; i++)
		reads |= (unsigned)rule_reads(r, b->kept[r->store][i].name) << i;
	return reads;
}

static enum status run_once(struct stmt *st, struct err *e)
{
	enum status ret = stmt_step(st, e) == STEP_ERROR ? ST_ERR : ST_OK;

	stmt_reset(st);
	return ret;
}

enum status example_refill(struct example_bench *b, enum store_kind kind, unsigned reads, struct err *e)
{
	for (int i = 0; i < b->n_kept[kind]; i++) {
		const struct kept_relation *k = &b->kept[kind][i];

		if (reads & 1u << i && (run_once(k->clear, e) != ST_OK || run_once(k->fill, e) != ST_OK))
			return err_in(e, "%s", k->name);
	}
	return ST_OK;
}

static enum status open_one(struct example_bench *b, enum store_kind kind, struct err *e)
{
	struct store *s;
	day_t any;
	int n;

	schema_tables(&n);
	b->inserts[kind] = xmalloc((size_t)(n + 1) * sizeof(*b->inserts[kind]));
	for (int i = 0; i <= n; i++)
		b->inserts[kind][i] = NULL;
	/* Views and case_clock are made here, before any savepoint that would take them back. */
	date_from_ymd(2026, 1, 1, &any);
	if (store_open("sqlite::memory:", kind, STORE_CREATE, &b->stores[kind], e) != ST_OK)
		return ST_ERR;
	s = b->stores[kind];
	store_set_workdays(s, b->w);
	if (store_set_as_of(s, any, e) != ST_OK || store_set_scope(s, NULL, e) != ST_OK ||
	    keep_relations(b, kind, e) != ST_OK || store_assume_sizes(s, e) != ST_OK)
		return ST_ERR;
	return kind == STORE_CASES ? clock_fill(s, b->terms, b->w, any, e) : ST_OK;
}

enum status example_bench_open(const struct terms *t, const struct workdays *w,
			       struct example_bench **ret, struct err *e)
{
	static const struct terms none;
	struct example_bench *b = xmalloc(sizeof(*b));

	*b = (struct example_bench){ .legal = t ? *t : none, .w = w, .arena = arena_new() };
	b->legal.settings = none.settings;
	b->terms = &b->legal;
	if (open_one(b, STORE_CASES, e) != ST_OK || open_one(b, STORE_ACCOUNTS, e) != ST_OK) {
		example_bench_close(b);
		return err_in(e, "examples");
	}
	*ret = b;
	return ST_OK;
}

struct store *example_store(struct example_bench *b, enum store_kind kind)
{
	return b->stores[kind];
}

