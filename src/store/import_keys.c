/* The keys of one table's extracts by their hashes: two and a half million take 60 MB. */
#include "import_parts.h"

#include <rasoat/arena.h>
#include <stdlib.h>
#include <string.h>

#define PARTS 64 /* each grows on its own, so that no growth doubles the whole */

struct key_slot {
	uint64_t hash;
	uint64_t place; /* 0 = free: no row begins before the header */
};

struct key_part {
	struct key_slot *slots;
	size_t count, cap; /* cap is a power of two */
};

struct key_set {
	struct key_part parts[PARTS];
};

uint64_t key_hash(const char *key, size_t n)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)key[i]) * UINT64_C(1099511628211);
	h = (h ^ h >> 32) * UINT64_C(0xD6E8FEB86659FD93);
	return h ^ h >> 32;
}

/* The low bits choose the slot, the high ones the part. */
static struct key_slot *key_find(struct key_part *part, uint64_t hash, struct key_slot *after)
{
	size_t i = after ? (size_t)(after - part->slots) + 1 : (size_t)hash;

	for (;; i++) {
		struct key_slot *slot = &part->slots[i & (part->cap - 1)];

		if (!slot->place || slot->hash == hash)
			return slot;
	}
}

static struct key_slot *key_free(struct key_part *part, uint64_t hash)
{
	struct key_slot *slot = key_find(part, hash, NULL);

	while (slot->place)
		slot = key_find(part, hash, slot);
	return slot;
}

static void key_part_grow(struct key_part *part)
{
	struct key_part old = *part;

	part->cap = old.cap ? old.cap * 2 : 16;
	part->slots = xmalloc(part->cap * sizeof(*part->slots));
	memset(part->slots, 0, part->cap * sizeof(*part->slots));
	for (size_t i = 0; i < old.cap; i++)
		if (old.slots[i].place)
			*key_free(part, old.slots[i].hash) = old.slots[i];
	free(old.slots);
}

struct key_set *key_set_new(void)
{
	struct key_set *set = xmalloc(sizeof(*set));

	memset(set, 0, sizeof(*set));
	return set;
}

void key_set_free(struct key_set *set)
{
	for (int i = 0; set && i < PARTS; i++)
		free(set->parts[i].slots);
	free(set);
}

enum status key_take(struct key_set *set, uint64_t hash, uint64_t place, key_check *check, void *ctx,
		     uint64_t *ret, struct err *e)
{
	struct key_part *part = &set->parts[hash >> 58];
	struct key_slot *slot;

	if (part->count * 8 >= part->cap * 7)
		key_part_grow(part);
	for (slot = key_find(part, hash, NULL); slot->place; slot = key_find(part, hash, slot)) {
		bool same = false;

		if (check(ctx, slot->place, &same, e) != ST_OK)
			return ST_ERR;
		if (!same)
			continue;
		*ret = slot->place;
		if (key_file(*ret) != key_file(place))
			slot->place = place;
		return ST_OK;
	}
	*slot = (struct key_slot){ hash, place };
	part->count++;
	*ret = 0;
	return ST_OK;
}
