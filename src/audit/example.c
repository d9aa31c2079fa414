/*
 * The examples of a rule: its rows go into an empty store in memory, the rule runs, what it finds
 * must be exactly what is expected, and the rows are taken back.
 */
#include "example_int.h"

#include <rasoat/arena.h>
#include <rasoat/clock.h>
#include <rasoat/import.h>
#include <rasoat/str.h>

struct seen { /* what one example found */
	struct arena *arena;
	const struct rule *rule;
	struct finding *items;
	int n, cap;
};

/* What the rule reads besides the tables. */
struct reads {
	bool clock;
	unsigned kept;
};

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

static bool load_rows(struct example_bench *b, const struct rule *r, const struct rule_example *x,
		      struct diags *d)
{
	struct store *s = b->stores[r->store];
	struct err e = ERR_INIT;

	for (int i = 0; i < x->n_rows; i++) {
		const struct example_row *row = &x->rows[i];

		if (import_row_kept(s, b->inserts[r->store], row->table, row->names, row->values, row->n,
				    &e) == ST_OK)
			continue;
		diag_error(d, r->file, row->line, "example '%s': %s", x->name, example_text(s, e.text));
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
			    const struct reads *reads, struct seen *seen, struct err *e)
{
	struct store *s = b->stores[run->rule->store];

	if (store_set_as_of(s, x->as_of, e) != ST_OK)
		return ST_ERR;
	if (reads->clock && clock_fill(s, b->terms, b->w, x->as_of, e) != ST_OK)
		return ST_ERR;
	if (example_refill(b, run->rule->store, reads->kept, e) != ST_OK)
		return ST_ERR;
	if (!rule_applies(run->rule, x->as_of))
		return ST_OK;
	if (bind_example(b->arena, run, x, e) != ST_OK)
		return ST_ERR;
	return rule_run_each(run, keep_finding, seen, e);
}

static void run_one(struct example_bench *b, struct rule_run *run, const struct rule_example *x,
		    const struct reads *reads, struct diags *d)
{
	const struct rule *r = run->rule;
	struct store *s = b->stores[r->store];
	struct seen seen = { .arena = b->arena, .rule = r };
	struct err e = ERR_INIT, ignored = ERR_INIT;

	arena_reset(b->arena);
	if (store_exec(s, "SAVEPOINT example", &e) != ST_OK) {
		diag_error(d, r->file, x->line, "example '%s': %s", x->name, example_text(s, e.text));
		return;
	}
	if (load_rows(b, r, x, d)) {
		if (find_all(b, run, x, reads, &seen, &e) == ST_OK)
			compare(r, x, &seen, d);
		else
			diag_error(d, r->file, x->line, "example '%s': %s", x->name,
				   example_text(s, e.text));
	}
	(void)!store_exec(s, "ROLLBACK TO example; RELEASE example", &ignored);
}

void example_run(struct example_bench *b, const struct rule *r, struct diags *d, int *ran)
{
	struct store *s = b->stores[r->store];
	struct err e = ERR_INIT;
	struct reads reads = { .clock = rule_reads_clock(r), .kept = example_reads(b, r) };

	if (b->prepared != r)
		example_forget(b);
	if (!b->run && r->n_examples && rule_run_open(s, r, false, false, &b->run, &e) != ST_OK) {
		diag_error(d, r->file, r->examples[0].line, "rule '%s': its examples cannot run: %s", r->id,
			   example_text(s, e.text));
		return;
	}
	for (int i = 0; i < r->n_examples; i++) {
		run_one(b, b->run, &r->examples[i], &reads, d);
		if (ran)
			(*ran)++;
	}
	example_forget(b);
}
