/*
 * Waivers of one run. Those of a rule lie sorted by key and unit, so a finding asks for few places: its key or
 * none, with its unit, each unit above, or none, the narrowest first.
 */
#include "waiver_int.h"

#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <rasoat/text.h>
#include <stdlib.h>
#include <string.h>

/* ---- persons ---- */

static const char *folded(struct arena *a, const char *text)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	text_fold(text, strlen(text), &out);
	return arena_strdup(a, out.p);
}

static enum status find_person(struct arena *a, struct stmt *st, const char *text, struct person *ret, struct err *e)
{
	enum step step;

	*ret = (struct person){ .text = text, .name = text };
	if (stmt_bind_name(st, ":id", value_text(text), e) != ST_OK)
		return ST_ERR;
	step = stmt_step(st, e);
	if (step == STEP_ROW) {
		ret->id = text;
		ret->name = stmt_is_null(st, 0) ? NULL : arena_strdup(a, stmt_text(st, 0));
	}
	stmt_reset(st);
	ret->folded = ret->name ? folded(a, ret->name) : NULL;
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

/* Ids decide where both are known; else the names, without marks and capitals. */
static bool is_person(const struct person *p, const char *id, const char *folded_name)
{
	if (id && (p->id || str_eq(p->text, id)))
		return str_eq(p->text, id);
	return p->folded && folded_name && str_eq(p->folded, folded_name);
}

/* ---- what covers what ---- */

/* Negative: a comes before b. */
static int compare_place(const char *key_a, int unit_a, const char *key_b, int unit_b)
{
	if (!key_a != !key_b)
		return key_a ? -1 : 1;
	if (key_a && strcmp(key_a, key_b) != 0)
		return strcmp(key_a, key_b);
	return (unit_a > unit_b) - (unit_a < unit_b);
}

static int by_place(const void *a, const void *b)
{
	const struct use *x = *(struct use *const *)a, *y = *(struct use *const *)b;
	int place = compare_place(x->waiver->key, x->unit, y->waiver->key, y->unit);

	return place ? place : strcmp(x->waiver->id, y->waiver->id);
}

/* The first that does not come before (key, unit). */
static int lower_bound(const struct rule_waivers *w, const char *key, int unit)
{
	int from = 0, to = w->n;

	while (from < to) {
		int at = (from + to) / 2;
		const struct use *u = w->uses[at];

		if (compare_place(u->waiver->key, u->unit, key, unit) < 0)
			from = at + 1;
		else
			to = at;
	}
	return from;
}

/* ---- opening ---- */

static bool holds_all(const struct units *units, int top)
{
	if (top < 0 || units_at(units, top)->parent >= 0)
		return false;
	for (int i = 0; i < units_count(units); i++)
		if (!units_below(units, i, top))
			return false;
	return true;
}

static const char *use_text(struct arena *a, const struct waiver *w)
{
	char on[11], to[11];

	return arena_printf(a, "Miễn trừ %s theo văn bản số %s ngày %s, đến hết ngày %s", w->id, w->document,
			    date_dmy(w->document_on, on), date_dmy(w->to, to));
}

static enum status open_use(struct waivers *all, struct use *u, const struct waiver *w, const struct units *units,
			    struct stmt *staff, day_t as_of, struct err *e)
{
	*u = (struct use){ .waiver = w, .unit = ANY_UNIT, .in_force = w->from <= as_of && as_of <= w->to };
	if (find_person(all->arena, staff, w->requester, &u->requester, e) != ST_OK ||
	    find_person(all->arena, staff, w->approver, &u->approver, e) != ST_OK)
		return ST_ERR;
	if (w->unit)
		u->unit = units_find(units, w->unit);
	if (w->unit && u->unit < 0)
		u->unit = UNKNOWN_UNIT;
	u->whole = !w->key && (!w->unit || holds_all(units, u->unit));
	u->same_person = is_person(&u->approver, u->requester.id, u->requester.folded);
	u->text = use_text(all->arena, w);
	return ST_OK;
}

static int field_named(const struct rule *r, const char *name)
{
	for (int i = 0; i < r->n_fields; i++)
		if (str_eq(r->fields[i].name, name))
			return i;
	return -1;
}

/* Puts the waivers of each rule together. */
static void group(struct waivers *all, struct units *const units[2])
{
	all->rules = ARENA_ARRAY(all->arena, (size_t)all->n + 1, struct rule_waivers);
	for (int i = 0; i < all->n; i++) {
		const struct rule *r = all->uses[i].waiver->rule;
		struct rule_waivers *w = all->rules;

		while (w->rule && w->rule != r)
			w++;
		if (!w->rule) {
			*w = (struct rule_waivers){ .rule = r, .units = units[r->store],
						    .staff = field_named(r, "staff"), .owner = field_named(r, "owner") };
			w->uses = ARENA_ARRAY(all->arena, (size_t)(all->n - i), struct use *);
			all->n_rules++;
		}
		w->uses[w->n++] = &all->uses[i];
	}
	for (int i = 0; i < all->n_rules; i++)
		qsort(all->rules[i].uses, (size_t)all->rules[i].n, sizeof(*all->rules[i].uses), by_place);
}

enum status waivers_open(struct arena *a, const struct waiver_set *set, struct store *const stores[2], day_t as_of,
			 struct waivers **ret, struct err *e)
{
	struct waivers *all = ARENA_NEW(a, struct waivers);
	struct store *staff_store = stores[STORE_ACCOUNTS] ? stores[STORE_ACCOUNTS] : stores[STORE_CASES];
	CLEANUP(stmt_cleanup) struct stmt *staff = NULL;
	struct units *units[2] = { NULL, NULL };

	*all = (struct waivers){ .arena = a };
	*ret = all;
	if (!set || !set->n || !staff_store)
		return ST_OK;
	if (store_prepare(staff_store, "SELECT full_name FROM staff WHERE staff_id = :id", &staff, e) != ST_OK)
		return ST_ERR;
	for (int kind = 0; kind < 2; kind++)
		if (stores[kind] && units_load(a, stores[kind], &units[kind], e) != ST_OK)
			return ST_ERR;
	all->uses = ARENA_ARRAY(a, (size_t)set->n, struct use);
	for (int i = 0; i < set->n; i++) {
		enum store_kind kind = set->items[i].rule->store;

		if (!stores[kind])
			kind = staff_store == stores[STORE_ACCOUNTS] ? STORE_ACCOUNTS : STORE_CASES;
		if (open_use(all, &all->uses[all->n++], &set->items[i], units[kind], staff, as_of, e) != ST_OK)
			return ST_ERR;
	}
	group(all, units);
	return ST_OK;
}

struct rule_waivers *waivers_of(struct waivers *w, const struct rule *r, struct store *s)
{
	for (int i = 0; i < w->n_rules; i++)
		if (w->rules[i].rule == r) {
			w->rules[i].store = s;
			return &w->rules[i];
		}
	return NULL;
}

void waivers_close(struct rule_waivers *w)
{
	if (!w)
		return;
	stmt_close(w->holder);
	w->holder = NULL;
}

/* ---- one finding ---- */

/* Whom a finding is about: *ret_id and *ret_name may stay NULL. */
struct concerned {
	struct arena *arena;
	bool known;
	const char *id, *folded;
};

static enum status find_holder(struct rule_waivers *w, const char *account, struct concerned *c, struct err *e)
{
	static const char sql[] = "SELECT a.staff_id, s.full_name FROM account a\n"
				  "LEFT JOIN staff s ON s.staff_id = a.staff_id WHERE a.account_id = :account";
	enum step step;

	if (!w->holder && store_prepare(w->store, sql, &w->holder, e) != ST_OK)
		return ST_ERR;
	if (stmt_bind_name(w->holder, ":account", value_text(account), e) != ST_OK)
		return ST_ERR;
	step = stmt_step(w->holder, e);
	if (step == STEP_ROW && !stmt_is_null(w->holder, 0)) {
		c->id = arena_strdup(c->arena, stmt_text(w->holder, 0));
		c->folded = folded(c->arena, stmt_text(w->holder, 1));
	}
	stmt_reset(w->holder);
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

/* The holder of the account, else whom the fields `staff` (an id) and `owner` (a name) say. */
static enum status find_concerned(struct rule_waivers *w, const struct finding *f, struct concerned *c, struct err *e)
{
	if (c->known)
		return ST_OK;
	c->known = true;
	c->arena = arena_new();
	if (w->rule->store == STORE_ACCOUNTS && str_eq(w->rule->subject, "account") &&
	    find_holder(w, f->key, c, e) != ST_OK)
		return ST_ERR;
	if (c->id)
		return ST_OK;
	if (w->staff >= 0)
		c->id = f->fields[w->staff];
	if (w->owner >= 0 && f->fields[w->owner])
		c->folded = folded(c->arena, f->fields[w->owner]);
	return ST_OK;
}

/* Counts the finding for each waiver of (key, unit); *ret is the first that waives it, if there was none. */
static enum status ask_place(struct rule_waivers *w, const struct finding *f, const char *key, int unit,
			     struct concerned *c, const struct use **ret, struct err *e)
{
	for (int i = lower_bound(w, key, unit); i < w->n; i++) {
		struct use *u = w->uses[i];
		bool own;

		if (compare_place(u->waiver->key, u->unit, key, unit) != 0)
			break;
		if (find_concerned(w, f, c, e) != ST_OK)
			return ST_ERR;
		own = is_person(&u->approver, c->id, c->folded);
		u->covered++;
		u->own += own;
		if (!*ret && u->in_force && !u->same_person && !own)
			*ret = u;
	}
	return ST_OK;
}

static enum status ask_units(struct rule_waivers *w, const struct finding *f, const char *key, struct concerned *c,
			     const struct use **ret, struct err *e)
{
	int unit = w->units && f->unit ? units_find(w->units, f->unit) : -1;

	for (; unit >= 0; unit = units_at(w->units, unit)->parent)
		if (ask_place(w, f, key, unit, c, ret, e) != ST_OK)
			return ST_ERR;
	return ask_place(w, f, key, ANY_UNIT, c, ret, e);
}

enum status waivers_apply(struct rule_waivers *w, struct finding *f, struct err *e)
{
	struct concerned c = { .known = false };
	const struct use *u = NULL;
	enum status st;

	if (f->verdict != VERDICT_FAIL)
		return ST_OK;
	st = ask_units(w, f, f->key, &c, &u, e);
	if (st == ST_OK)
		st = ask_units(w, f, NULL, &c, &u, e);
	arena_free(c.arena);
	if (st != ST_OK || !u)
		return st;
	f->verdict = VERDICT_WAIVED;
	f->waiver = u->waiver->id;
	f->reason = u->text;
	return ST_OK;
}
