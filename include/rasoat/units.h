/*
 * units - the organisation tree as of a date, for roll-up and names.
 * Parent of a unit: its link with the greatest valid_from not after the date, even
 * when that has ended: an abolished unit keeps its last parent, so no row is lost.
 */
#ifndef RASOAT_UNITS_H
#define RASOAT_UNITS_H

#include <rasoat/store.h>

struct unit {
	const char *id, *name, *level;
	int parent; /* index, -1 = root */
	day_t valid_from, valid_to;
};

struct units;
/* After store_set_as_of. Sorted by unit_id. A cycle is an error naming the unit. */
enum status units_load(struct arena *a, struct store *s, struct units **ret, struct err *e) MUST_CHECK;
int units_count(const struct units *u);
const struct unit *units_at(const struct units *u, int index);
int units_find(const struct units *u, const char *id); /* -1 when unknown */
const char *units_name(const struct units *u, const char *id); /* the name, else the id itself, "" for NULL */
bool units_below(const struct units *u, int index, int ancestor); /* itself included */
/* The ancestor-or-self of `index` that is a direct child of `top` (top -1: a root); -1 when index is not below top; top itself gives top. */
int units_child_of(const struct units *u, int index, int top);

#endif
