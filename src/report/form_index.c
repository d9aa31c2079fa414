/* Warns of a form's queries that read a large table again and again: one for each dataset and list. */
#include "form_int.h"

#include <rasoat/arena.h>
#include <rasoat/plan.h>

static void try_plan(const struct template *t, struct store *s, int line, const char *what, const char *sql,
		     struct diags *d)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	struct plan_harm *harms = NULL;
	struct err ignored = ERR_INIT;
	int n;

	if (store_prepare(s, sql, &st, &ignored) != ST_OK)
		return; /* form_prepare says it */
	n = plan_harms(a, st, sql, &harms, &ignored);
	for (int i = 0; i < n; i++) {
		plan_advise(a, s, sql, &harms[i]);
		plan_warn(d, t->file, line, what, &harms[i]);
	}
}

static bool counts(const struct template_table *table, const struct dataset *set)
{
	for (int i = 0; i < table->n_columns; i++)
		if (table->columns[i].kind != MEASURE_FORMULA && table->columns[i].dataset == set)
			return true;
	return false;
}

static void table_plans(const struct template *t, const struct template_table *table, struct store *s,
			struct diags *d)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	if (table->rows == ROWS_QUERY) {
		sql_row_list(&sql, table);
		try_plan(t, s, table->line, arena_printf(d->arena, "rows of table '%s'", table->id), sql.p, d);
	}
	for (int i = 0; i < t->n_datasets; i++) {
		if (!counts(table, &t->datasets[i]))
			continue;
		str_clear(&sql);
		sql_figures(&sql, t, table, &t->datasets[i], (struct sql_range){ SCOPE_ALL, NULL });
		try_plan(t, s, t->datasets[i].line,
			 arena_printf(d->arena, "dataset '%s' of table '%s'", t->datasets[i].name, table->id),
			 sql.p, d);
	}
}

static void list_plan(const struct template *t, const struct template_table *table, struct store *s,
		      struct diags *d)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	sql_list(&sql, table, (struct sql_range){ SCOPE_ALL, NULL });
	try_plan(t, s, table->line, arena_printf(d->arena, "list '%s'", table->id), sql.p, d);
}

void form_index_warn(const struct template *t, struct store *s, struct diags *d)
{
	for (int i = 0; i < t->n_parts; i++) {
		const struct template_table *table = t->parts[i].table;

		if (t->parts[i].kind == PART_TABLE && table->rows == ROWS_LIST)
			list_plan(t, table, s, d);
		else if (t->parts[i].kind == PART_TABLE)
			table_plans(t, table, s, d);
	}
}
