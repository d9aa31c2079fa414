/* The rows of a table, and which of them a row of data belongs to. */
#include "form_int.h"

#include <stdlib.h>
#include <string.h>

int rows_top(const struct calc *c, const char *unit)
{
	int found = -1, roots = 0, agency = units_find(c->units, c->agency_unit);

	if (unit)
		return units_find(c->units, unit);
	for (int i = 0; i < units_count(c->units); i++)
		if (units_at(c->units, i)->parent < 0) {
			found = i;
			roots++;
		}
	if (roots == 1)
		return found;
	return agency >= 0 && units_at(c->units, agency)->parent < 0 ? agency : -1;
}

bool units_in_force(const struct calc *c, int unit)
{
	const struct unit *u = units_at(c->units, unit);

	return (u->valid_from == DAY_NONE || u->valid_from <= c->as_of) &&
	       (u->valid_to == DAY_NONE || u->valid_to >= c->as_of);
}

static int units_covered(const struct calc *c, const char *unit)
{
	int top = rows_top(c, unit), n = 0;

	for (int i = 0; i < units_count(c->units); i++)
		n += units_in_force(c, i) && (!unit || units_below(c->units, i, top));
	return n;
}

static int add_row(struct figure_table *ft, const char *key, const char *label, bool own)
{
	ft->rows[ft->n_rows] = (struct figure_row){ key, label, own };
	return ft->n_rows++;
}

/* The row a unit's data go to: the direct child of `top` above it, else, over the whole sector, its root. */
static int row_unit(const struct calc *c, const char *scope, int unit, int top)
{
	int row = units_child_of(c->units, unit, top);

	return row < 0 && !scope ? units_child_of(c->units, unit, -1) : row;
}

static void unit_rows(struct calc *c, const char *scope, struct figure_table *ft, struct row_map *m)
{
	int n = units_count(c->units), top = rows_top(c, scope), n_rows = 2;
	int *row_of = ARENA_ARRAY(c->a, (size_t)n + 1, int);

	/* First the unit whose row it is, then the row's index. */
	m->of_unit = ARENA_ARRAY(c->a, (size_t)n + 1, int);
	for (int i = 0; i < n; i++) {
		m->of_unit[i] = row_unit(c, scope, i, top);
		n_rows += m->of_unit[i] == i;
	}
	ft->rows = ARENA_ARRAY(c->a, (size_t)n_rows, struct figure_row);
	if (top >= 0) {
		const struct unit *u = units_at(c->units, top);

		row_of[top] = add_row(ft, u->id, u->name, true);
	}
	for (int i = 0; i < n; i++) {
		const struct unit *u = units_at(c->units, i);

		if (i != top && m->of_unit[i] == i)
			row_of[i] = add_row(ft, u->id, u->name, false);
	}
	for (int i = 0; i < n; i++)
		if (m->of_unit[i] >= 0)
			m->of_unit[i] = row_of[m->of_unit[i]];
	m->unknown = scope ? -1 : add_row(ft, "", "Không xác định đơn vị", false);
}

static int row_compare(const void *a, const void *b)
{
	return strcmp(((const struct figure_row *)a)->key, ((const struct figure_row *)b)->key);
}

static enum status query_rows(struct calc *c, struct figure_table *ft, struct row_map *m, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	int cap = 0;
	enum step step;

	sql_row_list(&sql, ft->table);
	if (sql_open(c->s, sql.p, &c->period, c->as_of, &st, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW) {
		if (stmt_is_null(st, 0))
			return err_set(e, "the key of a row is empty; correct rows-from or key");
		*ARENA_PUSH(c->a, ft->rows, ft->n_rows, cap) = (struct figure_row){
			.key = arena_strdup(c->a, stmt_text(st, 0)),
			.label = arena_strdup(c->a, stmt_text(st, stmt_is_null(st, 1) ? 0 : 1)),
		};
	}
	if (step == STEP_ERROR)
		return ST_ERR;
	m->n_keys = ft->n_rows;
	if (m->n_keys)
		qsort(ft->rows, (size_t)m->n_keys, sizeof(*ft->rows), row_compare);
	for (int i = 1; i < m->n_keys; i++)
		if (!row_compare(&ft->rows[i - 1], &ft->rows[i]))
			return err_set(e, "the row key '%s' comes twice; correct rows-from or key",
				       ft->rows[i].key);
	m->unknown = ft->n_rows;
	*ARENA_PUSH(c->a, ft->rows, ft->n_rows, cap) = (struct figure_row){ "", "Không xác định", false };
	return ST_OK;
}

/* The rows that a query gave are the same for all; each table drops its own. */
static void copy_rows(struct calc *c, struct figure_table *ft, struct row_map *m, const struct figure_table *from,
		      const struct row_map *from_map)
{
	size_t n = (size_t)from->n_rows;

	ft->rows = arena_grow(c->a, from->rows, n, n, sizeof(*ft->rows));
	ft->n_rows = from->n_rows;
	*m = (struct row_map){ .n_keys = from_map->n_keys, .unknown = from_map->unknown };
}

enum status rows_make(struct calc *c, const struct template_table *t, int table, struct err *e)
{
	for (int i = 0; i < c->n; i++) {
		struct scope *p = &c->scopes[i];
		struct figure_table *ft = &p->form->tables[table];
		struct row_map *m = &p->maps[table];

		*ft = (struct figure_table){ .table = t };
		if (t->rows == ROWS_UNITS)
			unit_rows(c, p->unit, ft, m);
		else if (i)
			copy_rows(c, ft, m, &c->scopes[0].form->tables[table], &c->scopes[0].maps[table]);
		else if (query_rows(c, ft, m, e) != ST_OK)
			return ST_ERR;
		ft->units_covered = units_covered(c, p->unit);
		ft->values = arena_array(c->a, (size_t)ft->n_rows * (size_t)t->n_columns + 1, sizeof(int64_t));
		ft->states = ARENA_ARRAY(c->a, (size_t)ft->n_rows * (size_t)t->n_columns + 1, enum cell_kind);
		ft->total_states = ARENA_ARRAY(c->a, (size_t)t->n_columns + 1, enum cell_kind);
		for (int k = 0; k < ft->n_rows * t->n_columns; k++)
			if (t->columns[k % t->n_columns].kind != MEASURE_INDICATOR)
				ft->states[k] = CELL_INT;
		ft->totals = ARENA_ARRAY(c->a, (size_t)t->n_columns + 1, int64_t);
		ft->undecided = ARENA_ARRAY(c->a, (size_t)t->n_columns + 1, int64_t);
		m->touched = ARENA_ARRAY(c->a, (size_t)ft->n_rows + 1, bool);
	}
	return ST_OK;
}

enum status rows_find(const struct calc *c, const struct figure_table *ft, const struct row_map *m,
		      const struct stmt *st, int *ret, struct err *e)
{
	const char *key = stmt_text(st, 0);
	int row = -1;

	if (stmt_is_null(st, 0)) {
		row = m->unknown;
	} else if (m->of_unit) {
		int unit = units_find(c->units, key);

		row = unit < 0 ? m->unknown : m->of_unit[unit];
	} else {
		const struct figure_row wanted = { .key = key }, *found = NULL;

		if (m->n_keys)
			found = bsearch(&wanted, ft->rows, (size_t)m->n_keys, sizeof(wanted), row_compare);
		row = found ? (int)(found - ft->rows) : m->unknown;
	}
	if (row < 0)
		return err_set(e, "rows of unit '%s' have no place in the table", key);
	*ret = row;
	return ST_OK;
}

bool rows_in_force(const struct calc *c, const struct figure_table *ft, const struct row_map *m, int row)
{
	int unit = m->of_unit && row != m->unknown ? units_find(c->units, ft->rows[row].key) : -1;

	return unit >= 0 && units_in_force(c, unit);
}

/* A unit in force has its row even when all is zero; the others only when data came in. */
bool rows_kept(const struct calc *c, const struct figure_table *ft, const struct row_map *m, int row)
{
	if (row == m->unknown || m->touched[row])
		return m->touched[row];
	if (!m->of_unit || ft->rows[row].own)
		return true;
	return units_in_force(c, units_find(c->units, ft->rows[row].key));
}

void rows_trim(const struct calc *c, struct figure_table *ft, const struct row_map *m)
{
	size_t width = (size_t)ft->table->n_columns;
	int kept = 0;

	for (int row = 0; row < ft->n_rows; row++) {
		if (!rows_kept(c, ft, m, row))
			continue;
		ft->rows[kept] = ft->rows[row];
		memmove(ft->values + (size_t)kept * width, ft->values + (size_t)row * width, width * sizeof(int64_t));
		memmove(ft->states + (size_t)kept * width, ft->states + (size_t)row * width, width * sizeof(*ft->states));
		kept++;
	}
	ft->n_rows = kept;
}
