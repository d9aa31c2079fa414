/* A key for which the rule's FROM has no row: which join has no partner, or which keys there are. */
#include "explain_int.h"

#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <string.h>

/* Whether "FROM `from`" has a row for the key; false too where the key cannot be said without the other joins. */
static bool has_row(struct explainer *x, const char *from, const char *key)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	struct err ignored = ERR_INIT;

	str_addf(&sql, "SELECT 1 FROM %s\nWHERE CAST((\n%s\n) AS TEXT) = :rasoat_key LIMIT 1", from, x->rule->key);
	return explain_ask(x, sql.p, key, &st, &ignored) == ST_OK && stmt_step(st, &ignored) == STEP_ROW;
}

static const char *prefix(struct explainer *x, int n)
{
	return arena_strndup(x->a, x->rule->from, x->sources.items[n - 1].end);
}

/* The first part of ON from which on the join has no row for the key. */
static const char *first_without(struct explainer *x, const char *before, const struct sql_source *s,
				 const char *key)
{
	CLEANUP(str_free) struct str from = STR_INIT;
	struct sql_list parts = { .n = 0 };
	const char *on = s->on ? strstr(s->text, s->on) : NULL;
	size_t head = on ? (size_t)(on - s->text) : 0;

	if (!on)
		return NULL;
	sql_conditions(x->a, s->on, &parts);
	str_addf(&from, "%s %.*s", before, (int)head, s->text);
	for (int i = 0; i < parts.n; i++) {
		str_addf(&from, "%s(\n%s\n)", i ? " AND " : "", parts.items[i]);
		if (!has_row(x, from.p, key))
			return parts.items[i];
	}
	return NULL;
}

static const char *doc_of(const char *name)
{
	int n;
	const struct relation *relations = schema_relations(&n);
	const struct table *t = name ? schema_table(name) : NULL;

	for (int i = 0; name && i < n; i++)
		if (str_eq(relations[i].name, name))
			return relations[i].doc;
	return t ? t->doc : NULL;
}

/* What the condition takes from the sources before it. */
static enum status take_values(struct explainer *x, const char *before, const char *key, struct explain_missing *m,
			       struct err *e)
{
	struct sql_sources known = { .n = 0 };
	struct sql_list names = { .n = 0 };

	sql_sources(x->a, before, &known);
	sql_names(x->a, m->condition, &known, &names);
	for (int i = 0; i < names.n; i++) {
		CLEANUP(str_free) struct str sql = STR_INIT;
		CLEANUP(stmt_cleanup) struct stmt *st = NULL;
		const char *text;
		enum step step;

		if (*names.items[i] == ':')
			continue;
		str_addf(&sql, "SELECT %s FROM %s\nWHERE CAST((\n%s\n) AS TEXT) = :rasoat_key LIMIT 1", names.items[i],
			 before, x->rule->key);
		if (explain_ask(x, sql.p, key, &st, e) != ST_OK)
			return ST_ERR;
		step = stmt_step(st, e);
		if (step == STEP_ERROR)
			return ST_ERR;
		text = step == STEP_ROW ? explain_cell(x->a, st, 0) : NULL;
		if (text && explain_hides(x, before, names.items[i]))
			text = SECRECY_MASK;
		*ARENA_PUSH(x->a, m->values, m->n_values, m->cap) =
			(struct explain_value){ .name = names.items[i], .text = text };
	}
	return ST_OK;
}

static enum status no_partner(struct explainer *x, int n, const char *key, struct explanation *ret, struct err *e)
{
	const struct sql_source *s = &x->sources.items[n];
	struct explain_missing *m = &ret->missing;
	const char *before = prefix(x, n);

	ret->verdict = EXPLAINED_NO_PARTNER;
	*m = (struct explain_missing){
		.source = s->table && !str_eq(s->table, s->alias) ? arena_printf(x->a, "%s %s", s->table, s->alias)
			  : s->table				   ? s->table
								   : arena_printf(x->a, "the subquery %s", s->alias),
		.relation = s->table, .doc = doc_of(s->table), .condition = s->on,
	};
	if (!s->on)
		return ST_OK;
	m->first = first_without(x, before, s, key);
	return take_values(x, before, key, m, e);
}

/* ---- keys like it ---- */

enum { MOST_NEAR = 3 };

/* Keys that begin as this one does, as long as possible; over the first joins that have the key at all. */
static bool keys_like(struct explainer *x, const char *from, const char *start, size_t n, struct explanation *ret)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	struct err ignored = ERR_INIT;

	str_addf(&sql, "SELECT DISTINCT CAST((\n%s\n) AS TEXT) FROM %s\nWHERE substr(CAST((\n%s\n) AS TEXT), 1, %zu) = "
		 ":rasoat_key ORDER BY 1 LIMIT %d", x->rule->key, from, x->rule->key, n, MOST_NEAR);
	if (explain_ask(x, sql.p, start, &st, &ignored) != ST_OK)
		return false;
	while (ret->n_near < MOST_NEAR && stmt_step(st, &ignored) == STEP_ROW)
		ret->near[ret->n_near++] = explain_cell(x->a, st, 0);
	return true;
}

/* The shortest FROM in which the key can be said. */
static const char *key_source(struct explainer *x)
{
	for (int n = 1; n < x->sources.n; n++) {
		CLEANUP(str_free) struct str sql = STR_INIT;
		CLEANUP(stmt_cleanup) struct stmt *st = NULL;
		struct err ignored = ERR_INIT;

		str_addf(&sql, "SELECT (\n%s\n) FROM %s\nWHERE 1 = 0", x->rule->key, prefix(x, n));
		if (explain_ask(x, sql.p, "", &st, &ignored) == ST_OK && stmt_step(st, &ignored) == STEP_DONE)
			return prefix(x, n);
	}
	return x->rule->from;
}

static size_t characters(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += (*text & 0xC0) != 0x80;
	return n;
}

static const char *beginning(struct arena *a, const char *text, size_t n)
{
	const char *p = text;

	while (*p && (n || (*p & 0xC0) == 0x80)) {
		n -= (*p & 0xC0) != 0x80;
		p++;
	}
	return arena_strndup(a, text, (size_t)(p - text));
}

enum status explain_no_row(struct explainer *x, const char *key, struct explanation *ret, struct err *e)
{
	size_t length = characters(key);
	const char *from;

	for (int n = x->sources.n - 1; n > 0; n--)
		if (has_row(x, prefix(x, n), key))
			return no_partner(x, n, key, ret, e);
	ret->verdict = EXPLAINED_UNKNOWN_KEY;
	ret->near = ARENA_ARRAY(x->a, MOST_NEAR, const char *);
	from = key_source(x);
	if (secrecy_hides(x->secrecy, x->who, x->rule, SECRET_KEY))
		return ST_OK;
	for (size_t n = length; n > 0 && n >= length / 2 && !ret->n_near; n--)
		if (!keys_like(x, from, beginning(x->a, key, n), n, ret))
			return ST_OK;
	return ST_OK;
}
