/*
 * Figures of other forms inside a text: {02-XLD/xld.6}, {02-XLD/xld.6 year-before},
 * {change 02-XLD/xld.6 before}, {share 02-XLD/xld.7 of 02-XLD/xld.6}.
 */
#include "template_read.h"

#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <stdlib.h>
#include <string.h>

static const char *const when_words[] = { "same", "before", "year-before" }; /* enum ref_when */

/* The next word of `*p`, which goes on behind it; NULL at the end. */
static const char *next_word(struct arena *a, const char **p)
{
	size_t len;
	const char *word;

	*p += strspn(*p, " \n\t");
	len = strcspn(*p, " \n\t");
	if (!len)
		return NULL;
	word = arena_strndup(a, *p, len);
	*p += len;
	return word;
}

/* "02-XLD/xld.6" */
static bool parse_figure(struct arena *a, const char *word, struct template_ref *ret)
{
	const char *slash = word ? strchr(word, '/') : NULL, *dot = slash ? strrchr(slash, '.') : NULL;
	char *end;

	if (!dot || slash == word || dot == slash + 1 || !dot[1] || strlen(dot + 1) > 4)
		return false;
	ret->form = arena_strndup(a, word, (size_t)(slash - word));
	ret->table = arena_strndup(a, slash + 1, (size_t)(dot - slash - 1));
	ret->n = (int)strtol(dot + 1, &end, 10);
	return !*end && ret->n > 0;
}

static bool parse_when(const char *word, struct template_ref *ret)
{
	for (int i = REF_BEFORE; i <= REF_YEAR_BEFORE; i++)
		if (word && strcmp(word, when_words[i]) == 0) {
			ret->when = (enum ref_when)i;
			return true;
		}
	return false;
}

bool template_ref_parse(struct arena *a, const char *text, struct template_ref_text *ret)
{
	const char *p = text, *word = next_word(a, &p), *more;

	*ret = (struct template_ref_text){ .kind = REF_FIGURE };
	if (!word)
		return false;
	if (strcmp(word, "change") == 0 || strcmp(word, "share") == 0) {
		ret->kind = *word == 'c' ? REF_CHANGE : REF_SHARE;
		word = next_word(a, &p);
	}
	if (!parse_figure(a, word, &ret->figure))
		return false;
	more = next_word(a, &p);
	ret->other = ret->figure;
	if (ret->kind == REF_CHANGE && !parse_when(more, &ret->other))
		return false;
	if (ret->kind == REF_SHARE && (!more || strcmp(more, "of") != 0 || !parse_figure(a, next_word(a, &p), &ret->other)))
		return false;
	if (ret->kind == REF_FIGURE && more && !parse_when(more, &ret->figure))
		return false;
	return !next_word(a, &p);
}

static bool same_ref(const struct template_ref *a, const struct template_ref *b)
{
	return a->when == b->when && a->n == b->n && strcmp(a->form, b->form) == 0 && strcmp(a->table, b->table) == 0;
}

static void add_ref(const struct bind *b, struct template *t, const struct template_ref *ref, int line)
{
	for (int i = 0; i < t->n_refs; i++)
		if (same_ref(&t->refs[i], ref))
			return;
	*ARENA_PUSH(b->a, t->refs, t->n_refs, t->refs_cap) = *ref;
	t->refs[t->n_refs - 1].line = line;
}

void template_collect(const struct bind *b, struct template *t, const char *name, int line)
{
	struct template_ref_text ref;

	if (!template_ref_parse(b->a, name, &ref))
		return;
	add_ref(b, t, &ref.figure, line);
	if (ref.kind != REF_FIGURE)
		add_ref(b, t, &ref.other, line);
}

void template_collect_text(const struct bind *b, struct template *t, const char *text, int line)
{
	const char *open, *close;

	while ((open = strchr(text, '{')) && (close = strchr(open, '}'))) {
		template_collect(b, t, arena_strndup(b->a, open + 1, (size_t)(close - open - 1)), line);
		text = close + 1;
	}
}

void template_check_refs(const struct bind *b, const struct template *t, const struct template_set *set)
{
	for (int i = 0; i < t->n_refs; i++) {
		const struct template_ref *ref = &t->refs[i];
		const struct template_table *table = NULL;

		for (int k = 0; k < set->n_items && !table; k++)
			if (strcmp(set->items[k]->id, ref->form) == 0 && set->items[k]->store == t->store && set->items[k] != t)
				table = template_find_table(set->items[k], ref->table);
		if (!table)
			diag_error(b->d, t->file, ref->line, "'{%s/%s.%d}': there is no form '%s' with a table '%s' over the same store",
				   ref->form, ref->table, ref->n, ref->form, ref->table);
		else if (!template_column(table, ref->n))
			diag_error(b->d, t->file, ref->line, "'{%s/%s.%d}': table '%s' of form '%s' has no column %d (known:%s)",
				   ref->form, ref->table, ref->n, ref->table, ref->form, ref->n,
				   template_column_numbers(b->a, table));
	}
}
