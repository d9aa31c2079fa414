#include <rasoat/units.h>

#include <rasoat/arena.h>
#include <stdlib.h>
#include <string.h>

struct units {
	struct unit *items; /* by id */
	int count, cap;
};

struct link {
	const char *unit, *parent, *from; /* from "" = always */
};

static int unit_compare(const void *a, const void *b)
{
	return strcmp(((const struct unit *)a)->id, ((const struct unit *)b)->id);
}

/*
 * The link that counts comes last of its unit: the greatest valid_from; of two from the same day
 * the one with the smaller parent, so that the answer does not hang on the order of rows.
 */
static int link_compare(const void *a, const void *b)
{
	const struct link *x = a, *y = b;
	int c = strcmp(x->unit, y->unit);

	if (!c)
		c = strcmp(x->from, y->from);
	return c ? c : strcmp(y->parent, x->parent);
}

static day_t day_of(const struct stmt *st, int col)
{
	struct value v = stmt_value(st, col);
	day_t day;

	return v.kind == V_TEXT && date_parse_iso(v.text, v.len, &day) ? day : DAY_NONE;
}

static enum status load_items(struct arena *a, struct store *s, struct units *u, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	enum step step;

	if (store_prepare(s, "SELECT unit_id, name, level, valid_from, valid_to FROM unit", &st,
			  e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW)
		*ARENA_PUSH(a, u->items, u->count, u->cap) = (struct unit){
			.id = arena_strdup(a, stmt_text(st, 0)),
			.name = arena_strdup(a, stmt_text(st, stmt_is_null(st, 1) ? 0 : 1)),
			.level = arena_strdup(a, stmt_text(st, 2)),
			.parent = -1,
			.valid_from = day_of(st, 3),
			.valid_to = day_of(st, 4),
		};
	if (step == STEP_ERROR)
		return ST_ERR;
	if (u->count)
		qsort(u->items, (size_t)u->count, sizeof(*u->items), unit_compare);
	return ST_OK;
}

/* A parent that is not among the units leaves its child a root: no row is lost. */
static enum status load_parents(struct arena *a, struct store *s, struct units *u, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	struct link *links = NULL;
	int n = 0, cap = 0;
	enum step step;

	if (store_prepare(s,
			  "SELECT unit_id, parent_id, valid_from FROM unit_parent"
			  " WHERE valid_from IS NULL OR valid_from <= as_of()",
			  &st, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW)
		*ARENA_PUSH(a, links, n, cap) = (struct link){
			arena_strdup(a, stmt_text(st, 0)),
			arena_strdup(a, stmt_text(st, 1)),
			arena_strdup(a, stmt_text(st, 2)),
		};
	if (step == STEP_ERROR)
		return ST_ERR;
	if (n)
		qsort(links, (size_t)n, sizeof(*links), link_compare);
	for (int i = 0; i < n; i++) {
		int child = units_find(u, links[i].unit);

		if (child >= 0)
			u->items[child].parent = units_find(u, links[i].parent);
	}
	return ST_OK;
}

/* Every unit must reach a root; `seen` holds the number of the walk that came by, so each link
 * is walked once. */
static enum status check_cycles(struct arena *a, const struct store *s, const struct units *u,
				struct err *e)
{
	int *seen = ARENA_ARRAY(a, u->count ? u->count : 1, int);

	for (int i = 0; i < u->count; i++) {
		int at = i;

		while (at >= 0 && !seen[at]) {
			seen[at] = i + 1;
			at = u->items[at].parent;
		}
		if (at >= 0 && seen[at] == i + 1)
			return err_set(e, "%s: unit '%s' stands below itself; correct its rows in "
				       "unit_parent", store_name(s), u->items[at].id);
	}
	return ST_OK;
}

enum status units_load(struct arena *a, struct store *s, struct units **ret, struct err *e)
{
	struct units *u = ARENA_NEW(a, struct units);

	if (load_items(a, s, u, e) != ST_OK || load_parents(a, s, u, e) != ST_OK)
		return err_in(e, "reading the units");
	if (check_cycles(a, s, u, e) != ST_OK)
		return ST_ERR;
	*ret = u;
	return ST_OK;
}

int units_count(const struct units *u)
{
	return u->count;
}

const struct unit *units_at(const struct units *u, int index)
{
	return &u->items[index];
}

int units_find(const struct units *u, const char *id)
{
	const struct unit key = { .id = id }, *found;

	if (!id || !u->count)
		return -1;
	found = bsearch(&key, u->items, (size_t)u->count, sizeof(*u->items), unit_compare);
	return found ? (int)(found - u->items) : -1;
}

const char *units_name(const struct units *u, const char *id)
{
	int index = units_find(u, id);

	if (index >= 0)
		return u->items[index].name;
	return id ? id : "";
}

bool units_below(const struct units *u, int index, int ancestor)
{
	while (index >= 0 && index != ancestor)
		index = u->items[index].parent;
	return index >= 0;
}

int units_child_of(const struct units *u, int index, int top)
{
	if (index == top)
		return top;
	while (index >= 0 && u->items[index].parent != top)
		index = u->items[index].parent;
	return index;
}
