/* What a template reads of personal and classified columns: may it, and who sees what of its lists. */
#include "form_int.h"

#include <rasoat/secrecy.h>

struct part {
	const char *what;
	int line;
	const char *from, *sql; /* sql NULL: what the FROM itself reads */
};

struct parts {
	struct arena *a;
	struct part *items;
	int n, cap;
};

static void add(struct parts *p, const char *what, int line, const char *from, const char *sql)
{
	if (from && sql)
		*ARENA_PUSH(p->a, p->items, p->n, p->cap) = (struct part){ what, line, from, sql };
}

static void add_from(struct parts *p, const char *what, int line, const char *from)
{
	if (from)
		*ARENA_PUSH(p->a, p->items, p->n, p->cap) = (struct part){ what, line, from, NULL };
}

static void add_list(struct parts *p, const struct template_table *t)
{
	const char *from = t->list_dataset->from, *what = arena_printf(p->a, "list '%s'", t->id);

	for (int i = 0; i < t->n_list; i++)
		add(p, arena_printf(p->a, "item '%s'", t->list[i].title), t->list[i].line, from, t->list[i].sql);
	add(p, what, t->line, from, t->list_where);
	if (t->list_order)
		add(p, what, t->line, from, arena_printf(p->a, "row_number() OVER (ORDER BY %s\n)", t->list_order));
}

static void add_table(struct parts *p, const struct template_table *t)
{
	const char *rows = arena_printf(p->a, "rows of table '%s'", t->id);

	if (t->rows == ROWS_LIST) {
		add_list(p, t);
		return;
	}
	add_from(p, rows, t->line, t->rows_from);
	add(p, rows, t->line, t->rows_from, t->rows_key);
	add(p, rows, t->line, t->rows_from, t->rows_label);
	for (int i = 0; i < t->n_columns; i++) {
		const struct template_column *c = &t->columns[i];
		const char *from = c->dataset ? c->dataset->from : NULL, *what = arena_printf(p->a, "column %d", c->n);

		add(p, what, c->line, from, c->where);
		add(p, what, c->line, from, c->expr);
	}
}

static struct parts list_parts(struct arena *a, const struct template *t)
{
	struct parts p = { .a = a };

	for (int i = 0; i < t->n_datasets; i++) {
		const struct dataset *d = &t->datasets[i];
		const char *what = arena_printf(a, "dataset '%s'", d->name);

		add_from(&p, what, d->line, d->from);
		add(&p, what, d->line, d->from, d->unit);
		add(&p, what, d->line, d->from, d->by);
		add(&p, what, d->line, d->from, d->during);
	}
	for (int i = 0; i < t->n_parts; i++)
		if (t->parts[i].kind == PART_TABLE)
			add_table(&p, t->parts[i].table);
	for (int i = 0; i < t->n_checks; i++) {
		const struct template_check *c = &t->checks[i];
		const char *from = c->dataset ? c->dataset->from : NULL, *what = arena_printf(a, "check %s", c->code);

		add(&p, what, c->line, from, c->where);
		add(&p, what, c->line, from, c->distinct);
	}
	return p;
}

/* The part and the first classified column that it reads; NULL: none. *ret_unknown: where that could not be told. */
static const struct secret_column *classified_in(struct reads *r, struct arena *a, const struct part *p,
						 const char **ret_unknown)
{
	struct err why = ERR_INIT;
	secret_bits bits = 0;

	if (secrecy_reads(r, a, p->from, p->sql, &bits, &why) != ST_OK) {
		*ret_unknown = arena_printf(a, "%s: %s", p->what, why.text);
		return NULL;
	}
	return secrecy_bits_classified(r, bits);
}

void form_secrecy_check(const struct template *t, struct diags *d)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	CLEANUP(reads_cleanup) struct reads *r = NULL;
	struct parts p = list_parts(a, t);
	struct err e = ERR_INIT, gap = ERR_INIT;
	bool holds = t->clearance && (t->clearance->date > date_today() ||
				      clearance_holds(t->clearance, t->clearance->date, &gap) == ST_OK);

	if (!t->clearance)
		(void)!clearance_holds(NULL, 0, &gap);
	if (reads_open(t->store, &r, &e) != ST_OK) {
		diag_error(d, t->file, t->line, "%s", e.text);
		return;
	}
	for (int i = 0; i < p.n && !holds; i++) {
		const char *unknown = NULL;
		const struct secret_column *c = classified_in(r, a, &p.items[i], &unknown);

		if (c)
			diag_error(d, t->file, p.items[i].line, "template '%s': %s reads %s.%s, which is classified: %s "
				   "(docs/secrecy.md)", t->id, p.items[i].what, c->table->name, c->column->name, gap.text);
	}
}

static enum status permit(struct reads *r, struct arena *a, const struct template *t, const struct store *s,
			  day_t as_of, bool *ret_classified, struct err *e)
{
	struct parts p = list_parts(a, t);

	for (int i = 0; i < p.n; i++) {
		const char *unknown = NULL;
		const struct secret_column *c = classified_in(r, a, &p.items[i], &unknown);
		struct err gap = ERR_INIT;

		*ret_classified |= c != NULL;
		if (c && clearance_holds(t->clearance, as_of, &gap) != ST_OK)
			return err_set(e, "%s:%d: %s reads %s.%s, which is classified: %s (docs/secrecy.md)", t->file,
				       p.items[i].line, p.items[i].what, c->table->name, c->column->name, gap.text);
		if (unknown && !store_guards(s))
			return err_set(e, "%s:%d: what it reads cannot be told (%s); write it in the common SQL",
				       t->file, p.items[i].line, unknown);
	}
	return ST_OK;
}

/* What cannot be told is hidden from all but those who see everything; what is classified from all. */
static bool is_hidden(struct reads *r, struct arena *a, const struct audience *who, const char *from,
		      const char *sql)
{
	struct err ignored = ERR_INIT;
	secret_bits bits = 0;

	if (!sql)
		return false;
	if (secrecy_reads(r, a, from, sql, &bits, &ignored) != ST_OK)
		return !who || !who->all;
	return secrecy_bits_hidden(r, who, bits);
}

static enum status hide_in_table(struct form_set *set, struct reads *r, const struct template_table *t,
				 bool **ret, struct err *e)
{
	const struct audience *who = set->workspace->audience;
	bool *hidden = ARENA_ARRAY(set->arena, (size_t)t->n_list + 1, bool);

	if (t->rows == ROWS_QUERY && (is_hidden(r, set->arena, who, t->rows_from, t->rows_label) ||
				      is_hidden(r, set->arena, who, t->rows_from, t->rows_key)))
		return err_set(e, "%s:%d: rows of table '%s' bear names that audience '%s' may not see",
			       set->template->file, t->line, t->id, who ? who->name : "nobody");
	for (int i = 0; t->rows == ROWS_LIST && i < t->n_list; i++)
		hidden[i] = is_hidden(r, set->arena, who, t->list_dataset->from, t->list[i].sql);
	*ret = hidden;
	return ST_OK;
}

enum status form_secrecy(struct form_set *set, const struct store *s, struct err *e)
{
	CLEANUP(reads_cleanup) struct reads *r = NULL;
	const struct template *t = set->template;

	if (reads_open(t->store, &r, e) != ST_OK || permit(r, set->arena, t, s, set->as_of, &set->classified, e) != ST_OK)
		return ST_ERR;
	set->hidden = ARENA_ARRAY(set->arena, (size_t)t->n_parts + 1, bool *);
	for (int i = 0; i < t->n_parts; i++)
		if (t->parts[i].kind == PART_TABLE &&
		    hide_in_table(set, r, t->parts[i].table, &set->hidden[i], e) != ST_OK)
			return ST_ERR;
	return ST_OK;
}

enum status form_failed(const struct form_set *set, struct err *e)
{
	return set->classified ? err_set(e, "%s: %s", set->template->file, SECRECY_ERROR) : ST_ERR;
}

const bool *form_hidden(const struct form_set *set, const struct template_table *t)
{
	for (int i = 0; set->hidden && i < set->template->n_parts; i++)
		if (set->template->parts[i].table == t)
			return set->hidden[i];
	return NULL;
}

/* SELECT * over a dataset, for explain: a column is known by its name, and one of a subquery by nothing. */
enum status form_rows_hidden(const struct form *f, const struct template_column *col, const struct stmt *st,
			     bool *hidden, struct err *e)
{
	CLEANUP(reads_cleanup) struct reads *r = NULL;
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	const struct audience *who = f->set->workspace->audience;
	const struct secret_column *columns;
	secret_bits inside = 0;
	int n;

	if (reads_open(f->template->store, &r, e) != ST_OK)
		return ST_ERR;
	n = reads_columns(r, &columns);
	if (secrecy_reads(r, a, col->dataset->from, NULL, &inside, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < stmt_columns(st); i++) {
		hidden[i] = secrecy_bits_hidden(r, who, inside);
		for (int k = 0; k < n; k++)
			if (str_eq(columns[k].column->name, stmt_column_name(st, i)))
				hidden[i] |= secrecy_bits_hidden(r, who, (secret_bits)1 << k);
	}
	return ST_OK;
}
