/* The keys of one table's extracts, each with its place: two and a half million fit in 250 MB. */
#include "import_parts.h"

#include <rasoat/arena.h>
#include <stdlib.h>
#include <string.h>

struct key_slot {
	const char *key; /* NULL = free */
	uint64_t hash;
	int64_t place;
};

struct key_set {
	struct arena *arena; /* owns the texts */
	struct key_slot *slots;
	size_t count, cap; /* cap is a power of two */
};

static uint64_t key_hash(const char *key)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (; *key; key++)
		h = (h ^ (unsigned char)*key) * UINT64_C(1099511628211);
	return h ^ h >> 32;
}

/* The slot of the key, or the free one where it belongs. */
static struct key_slot *key_find(const struct key_set *set, const char *key, uint64_t hash)
{
	size_t i = hash & (set->cap - 1);

	while (set->slots[i].key &&
	       (set->slots[i].hash != hash || strcmp(set->slots[i].key, key) != 0))
		i = (i + 1) & (set->cap - 1);
	return &set->slots[i];
}

static void key_set_grow(struct key_set *set)
{
	struct key_set old = *set;

	set->cap = old.cap ? old.cap * 2 : 1024;
	set->slots = xmalloc(set->cap * sizeof(*set->slots));
	memset(set->slots, 0, set->cap * sizeof(*set->slots));
	for (size_t i = 0; i < old.cap; i++)
		if (old.slots[i].key)
			*key_find(set, old.slots[i].key, old.slots[i].hash) = old.slots[i];
	free(old.slots);
}

struct key_set *key_set_new(void)
{
	struct key_set *set = xmalloc(sizeof(*set));

	memset(set, 0, sizeof(*set));
	set->arena = arena_new();
	return set;
}

void key_set_free(struct key_set *set)
{
	if (!set)
		return;
	arena_free(set->arena);
	free(set->slots);
	free(set);
}

bool key_known(const struct key_set *set, const char *key)
{
	return set->cap && key_find(set, key, key_hash(key))->key;
}

int64_t key_take(struct key_set *set, const char *key, int64_t place)
{
	uint64_t hash = key_hash(key);
	struct key_slot *slot;

	if (set->count * 4 >= set->cap * 3)
		key_set_grow(set);
	slot = key_find(set, key, hash);
	if (slot->key) {
		int64_t before = slot->place;

		if (key_file(before) != key_file(place))
			slot->place = place;
		return before;
	}
	slot->key = arena_strdup(set->arena, key);
	slot->hash = hash;
	slot->place = place;
	set->count++;
	return 0;
}
