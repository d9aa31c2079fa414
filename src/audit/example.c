/*
 * The examples of a rule: its rows go into an empty store in memory, the rule runs, what it finds
 * must be exactly what is expected, and the rows are taken back.
 */
#include "audit_int.h"

#include <rasoat/arena.h>
#include <rasoat/clock.h>
#include <rasoat/import.h>
#include <rasoat/str.h>
#include <stdlib.h>
#include <string.h>

struct example_bench {
	struct store *stores[2]; /* by enum store_kind */
	const struct terms *terms;
	const struct workdays *w;
	struct arena *arena; /* reset for each example */
};

struct seen { /* what one example found */
	struct arena *arena;
	const struct rule *rule;
	struct finding *items;
	int n, cap;
};

void example_bench_close(struct example_bench *b)
{
	if (!b)
		return;
	store_close(b->stores[STORE_CASES]);
	store_close(b->stores[STORE_ACCOUNTS]);
	arena_free(b->arena);
	free(b);
}

static enum status open_one(struct example_bench *b, enum store_kind kind, struct err *e)
{
	struct store *s;
	day_t any;

	/* Views and case_clock are made here, before any savepoint that would take them back. */
	date_from_ymd(2026, 1, 1, &any);
	if (store_open("sqlite::memory:", kind, STORE_CREATE, &b->stores[kind], e) != ST_OK)
		return ST_ERR;
	s = b->stores[kind];
	store_set_workdays(s, b->w);
	if (store_set_as_of(s, any, e) != ST_OK || store_set_scope(s, NULL, e) != ST_OK)
		return ST_ERR;
	return kind == STORE_CASES ? clock_fill(s, b->terms, b->w, any, e) : ST_OK;
}

enum status example_bench_open(const struct terms *t, const struct workdays *w,
			       struct example_bench **ret, struct err *e)
{
	static const struct terms none;
	struct example_bench *b = xmalloc(sizeof(*b));

	*b = (struct example_bench){ .terms = t ? t : &none, .w = w, .arena = arena_new() };
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

/* ---- preparing ---- */

/* The store's name says nothing here: it lives in memory. */
static const char *without_name(const struct store *s, const char *text)
{
	const char *name = store_name(s);
	size_t n = strlen(name);

	return str_starts(text, name) && text[n] == ':' && text[n + 1] == ' ' ? text + n + 2 : text;
}

/* One part of the rule alone, so that the message can say which one is wrong. */
static bool part_fails(struct store *s, const struct rule *r, const char *sql, struct err *e)
{
	CLEANUP(str_free) struct str query = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;

	str_addf(&query, "SELECT (\n%s\n) FROM %s", sql ? sql : "1", r->from);
	return store_prepare(s, query.p, &st, e) != ST_OK;
}

static bool report_part(struct store *s, const struct rule *r, struct diags *d, const char *part,
			const char *sql, int line)
{
	struct err e = ERR_INIT;

	if (!part_fails(s, r, sql, &e))
		return false;
	diag_error(d, r->file, line, "rule '%s': %s: %s", r->id, part, without_name(s, e.text));
	return true;
}

/* Whether a part was found that fails by itself; only then its line is known. */
static bool report_parts(struct store *s, const struct rule *r, struct diags *d)
{
	CLEANUP(str_free) struct str part = STR_INIT;
	bool found = false;

	if (report_part(s, r, d, "<from>", NULL, r->line))
		return true; /* nothing else can be right then */
	if (r->scope)
		found |= report_part(s, r, d, "<scope>", r->scope, r->line);
	if (r->event)
		found |= report_part(s, r, d, "<event>", r->event, r->line);
	for (int i = 0; i < r->n_needs; i++)
		found |= report_part(s, r, d, "<needs>", r->needs[i].sql, r->needs[i].line);
	found |= report_part(s, r, d, "<where>", r->where, r->where_line);
	found |= report_part(s, r, d, "<key>", r->key, r->line);
	found |= report_part(s, r, d, "<unit>", r->unit, r->line);
	if (r->since)
		found |= report_part(s, r, d, "<since>", r->since, r->line);
	for (int i = 0; i < r->n_fields; i++) {
		str_clear(&part);
		str_addf(&part, "<field name=\"%s\">", r->fields[i].name);
		found |= report_part(s, r, d, part.p, r->fields[i].sql, r->fields[i].line);
	}
	return found;
}

void example_prepare(struct example_bench *b, const struct rule *r, struct diags *d)
{
	CLEANUP(rule_run_cleanup) struct rule_run *run = NULL;
	struct store *s = b->stores[r->store];
	struct err e = ERR_INIT;

	if (rule_run_open(s, r, true, true, &run, &e) == ST_OK)
		return;
	if (!report_parts(s, r, d))
		diag_error(d, r->file, r->line, "rule '%s': %s", r->id, without_name(s, e.text));
}

void rule_plan(struct store *s, const struct rule *r, day_t as_of, struct diags *d)
{
	CLEANUP(rule_run_cleanup) struct rule_run *run = NULL;
	struct err e = ERR_INIT;

	if (rule_run_open(s, r, true, true, &run, &e) != ST_OK ||
	    rule_run_bind(run, as_of, NULL, NULL, 0, &e) != ST_OK ||
	    stmt_plan(run->query, &e) != ST_OK || stmt_plan(run->count, &e) != ST_OK)
		diag_error(d, r->file, r->line, "rule '%s': %s", r->id, e.text);
}

/* ---- running ---- */

static enum status keep_finding(void *ctx, const struct finding *f, struct err *e)
{
	struct seen *seen = ctx;
	const char **fields = ARENA_ARRAY(seen->arena, (size_t)f->n_fields + 1, const char *);
	struct finding *copy = ARENA_PUSH(seen->arena, seen->items, seen->n, seen->cap);

	(void)e;
	for (int i = 0; i < f->n_fields; i++)
		fields[i] = arena_strdup(seen->arena, f->fields[i]);
	*copy = (struct finding){ .verdict = f->verdict, .key = arena_strdup(seen->arena, f->key),
				  .fields = fields, .n_fields = f->n_fields };
	return ST_OK;
}

static const struct finding *find_key(const struct seen *seen, const char *key)
{
	for (int i = 0; i < seen->n; i++)
		if (str_eq(seen->items[i].key, key))
			return &seen->items[i];
	return NULL;
}

static const char *field_value(const struct rule *r, const struct finding *f, const char *name)
{
	for (int i = 0; i < r->n_fields; i++)
		if (str_eq(r->fields[i].name, name))
			return f->fields[i] ? f->fields[i] : "";
	return "";
}

static const char *shown(const char *value)
{
	return *value ? value : "empty";
}

static void compare_one(const struct rule *r, const struct rule_example *x, const struct example_expect *want,
			const struct seen *seen, struct diags *d)
{
	const struct finding *f = find_key(seen, want->key);
	const char *verdict = want->verdict ? want->verdict : verdict_words[VERDICT_FAIL];

	if (!f) {
		diag_error(d, r->file, want->line, "example '%s': expected finding '%s' is missing", x->name,
			   want->key);
		return;
	}
	if (!str_eq(verdict_words[f->verdict], verdict))
		diag_error(d, r->file, want->line, "example '%s': finding '%s': verdict is %s, expected %s",
			   x->name, want->key, verdict_words[f->verdict], verdict);
	for (int i = 0; i < want->n; i++) {
		const char *got = field_value(r, f, want->names[i]);

		if (!str_eq(got, want->values[i]))
			diag_error(d, r->file, want->line, "example '%s': finding '%s': %s is %s, expected %s",
				   x->name, want->key, want->names[i], shown(got), shown(want->values[i]));
	}
}

static void compare(const struct rule *r, const struct rule_example *x, const struct seen *seen,
		    struct diags *d)
{
	for (int i = 0; i < x->n_expects; i++)
		compare_one(r, x, &x->expects[i], seen, d);
	for (int k = 0; k < seen->n; k++) {
		bool expected = false;

		for (int i = 0; i < x->n_expects; i++)
			expected |= str_eq(x->expects[i].key, seen->items[k].key);
		if (!expected)
			diag_error(d, r->file, x->line, "example '%s': unexpected finding '%s' (%s)", x->name,
				   seen->items[k].key, verdict_words[seen->items[k].verdict]);
	}
}

static bool load_rows(struct store *s, const struct rule *r, const struct rule_example *x, struct diags *d)
{
	struct err e = ERR_INIT;

	for (int i = 0; i < x->n_rows; i++) {
		const struct example_row *row = &x->rows[i];

		if (import_row(s, row->table, row->names, row->values, row->n, &e) == ST_OK)
			continue;
		diag_error(d, r->file, row->line, "example '%s': %s", x->name, without_name(s, e.text));
		return false;
	}
	return true;
}

/* What rasoat.xml sets is no concern of the examples: the rule's own defaults, then <set>. */
static enum status bind_example(struct arena *a, struct rule_run *run, const struct rule_example *x,
				struct err *e)
{
	const struct rule *r = run->rule;
	size_t most = (size_t)r->n_params + (size_t)x->n_set;
	const char **names = ARENA_ARRAY(a, most + 1, const char *);
	const char **values = ARENA_ARRAY(a, most + 1, const char *);
	int n = 0;

	for (int i = 0; i < r->n_params; i++) {
		names[n] = r->params[i].name;
		values[n++] = r->params[i].initial ? r->params[i].initial : r->params[i].value;
	}
	for (int i = 0; i < x->n_set; i++) {
		names[n] = x->set_names[i];
		values[n++] = x->set_values[i];
	}
	return rule_run_bind(run, x->as_of, names, values, n, e);
}

static enum status find_all(struct example_bench *b, struct rule_run *run, const struct rule_example *x,
			    bool clock, struct seen *seen, struct err *e)
{
	struct store *s = b->stores[run->rule->store];

	if (store_set_as_of(s, x->as_of, e) != ST_OK)
		return ST_ERR;
	if (clock && clock_fill(s, b->terms, b->w, x->as_of, e) != ST_OK)
		return ST_ERR;
	if (!rule_applies(run->rule, x->as_of))
		return ST_OK;
	if (bind_example(b->arena, run, x, e) != ST_OK)
		return ST_ERR;
	return rule_run_each(run, keep_finding, seen, e);
}

static void run_one(struct example_bench *b, struct rule_run *run, const struct rule_example *x, bool clock,
		    struct diags *d)
{
	const struct rule *r = run->rule;
	struct store *s = b->stores[r->store];
	struct seen seen = { .arena = b->arena, .rule = r };
	struct err e = ERR_INIT, ignored = ERR_INIT;

	arena_reset(b->arena);
	if (store_exec(s, "SAVEPOINT example", &e) != ST_OK) {
		diag_error(d, r->file, x->line, "example '%s': %s", x->name, without_name(s, e.text));
		return;
	}
	if (load_rows(s, r, x, d)) {
		if (find_all(b, run, x, clock, &seen, &e) == ST_OK)
			compare(r, x, &seen, d);
		else
			diag_error(d, r->file, x->line, "example '%s': %s", x->name,
				   without_name(s, e.text));
	}
	(void)!store_exec(s, "ROLLBACK TO example; RELEASE example", &ignored);
}

void example_run(struct example_bench *b, const struct rule *r, struct diags *d, int *ran)
{
	CLEANUP(rule_run_cleanup) struct rule_run *run = NULL;
	struct store *s = b->stores[r->store];
	struct err e = ERR_INIT;
	bool clock = rule_reads_clock(r);

	if (r->n_examples && rule_run_open(s, r, false, false, &run, &e) != ST_OK) {
		diag_error(d, r->file, r->examples[0].line, "rule '%s': its examples cannot run: %s", r->id,
			   without_name(s, e.text));
		return;
	}
	for (int i = 0; i < r->n_examples; i++) {
		run_one(b, run, &r->examples[i], clock, d);
		if (ran)
			(*ran)++;
	}
}
