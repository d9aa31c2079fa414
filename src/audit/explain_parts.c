/* The conditions of a rule and the values in them, as it writes them and as a store takes them. */
#include "explain_int.h"

#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <ctype.h>
#include <string.h>
#include <strings.h>

static void pose(struct explainer *x, enum explain_part part, const char *written, const char *sql, int line,
		 const char *reason)
{
	*ARENA_PUSH(x->a, x->posed, x->n_posed, x->cap_posed) =
		(struct posed){ .part = part, .written = written, .sql = sql, .line = line, .reason = reason };
}

/* The ANDs of both texts fall together: an expanded macro stands in brackets. */
static void pose_all(struct explainer *x, enum explain_part part, const char *written, const char *sql, int line)
{
	struct sql_list as_written = { .n = 0 }, as_sent = { .n = 0 };

	if (!sql)
		return;
	sql_conditions(x->a, sql, &as_sent);
	sql_conditions(x->a, written, &as_written);
	for (int i = 0; i < as_sent.n; i++)
		pose(x, part, as_written.n == as_sent.n ? as_written.items[i] : as_sent.items[i], as_sent.items[i],
		     line, NULL);
}

/* The event's range, as audit_query has it. */
static void pose_law(struct explainer *x, const struct rule *written)
{
	const struct rule *r = x->rule;
	char from[11], to[11];

	if (!r->event)
		return;
	pose(x, EXPLAIN_NEEDS, arena_printf(x->a, "%s IS NOT NULL", written->event),
	     arena_printf(x->a, "(%s\n) IS NOT NULL", r->event), r->event_line, "Không rõ ngày áp dụng pháp luật");
	if (r->valid_from != DAY_NONE)
		pose(x, EXPLAIN_LAW, arena_printf(x->a, "%s >= '%s'", written->event, date_iso(r->valid_from, from)),
		     arena_printf(x->a, "(%s\n) >= '%s'", r->event, date_iso(r->valid_from, from)), r->event_line, NULL);
	if (r->valid_to != DAY_NONE)
		pose(x, EXPLAIN_LAW, arena_printf(x->a, "%s <= '%s'", written->event, date_iso(r->valid_to, to)),
		     arena_printf(x->a, "(%s\n) <= '%s'", r->event, date_iso(r->valid_to, to)), r->event_line, NULL);
}

static void pose_needs(struct explainer *x, const struct rule *written)
{
	const struct rule *r = x->rule;

	for (int i = 0; i < r->n_needs; i++)
		pose(x, EXPLAIN_NEEDS, arena_printf(x->a, "%s IS NOT NULL", written->needs[i].sql),
		     arena_printf(x->a, "(%s\n) IS NOT NULL", r->needs[i].sql), r->needs[i].line, r->needs[i].reason);
}

/* ---- values ---- */

static size_t word_length(const char *p)
{
	size_t n = 0;

	while (isalnum((unsigned char)p[n]) || p[n] == '_')
		n++;
	return n;
}

static size_t quoted_length(const char *p)
{
	const char *end = p + 1;

	while (*end && (*end != *p || end[1] == *p))
		end += *end == *p ? 2 : 1;
	return (size_t)(end - p) + (*end != '\0');
}

/* The length of the call from its bracket on; *ret_second: the second argument in the arena, or NULL. */
static size_t call_length(struct arena *a, const char *open, const char **ret_second)
{
	const char *second = NULL, *p = open;
	int depth = 0;

	*ret_second = NULL;
	for (; *p; p++) {
		if (*p == '\'' || *p == '"') {
			p += quoted_length(p) - 1;
			continue;
		}
		depth += (*p == '(') - (*p == ')');
		if (depth == 1 && *p == ',' && !second)
			second = p + 1;
		else if (second && !*ret_second && ((depth == 1 && *p == ',') || depth == 0))
			*ret_second = arena_strndup(a, second, (size_t)(p - second));
		if (depth == 0)
			return (size_t)(p - open) + 1;
	}
	return (size_t)(p - open);
}

static void ask(struct explainer *x, struct asked asked)
{
	for (int i = 0; i < x->n_asked; i++)
		if (x->asked[i].condition == asked.condition && str_eq(x->asked[i].name, asked.name))
			return;
	*ARENA_PUSH(x->a, x->asked, x->n_asked, x->cap_asked) = asked;
}

/* The SQL of one macro call: the loader's own expansion, over a rule that has only this in it. */
static const char *expand(struct explainer *x, const char *call)
{
	struct diags d;
	struct rule_field field = { .name = "x", .sql = call };
	struct rule copy = *x->rule, *list = &copy;
	struct rule_set set = { .rules = &list, .n_rules = 1, .cap = 1 };

	diags_init(&d, x->a);
	copy.event = copy.scope = NULL;
	copy.from = copy.where = copy.key = copy.unit = copy.since = "NULL";
	copy.needs = NULL;
	copy.n_needs = 0;
	copy.fields = &field;
	copy.n_fields = 1;
	rules_expand_terms(x->a, &set, x->terms, x->w, &d);
	return d.errors ? NULL : copy.fields[0].sql;
}

static void ask_macros(struct explainer *x, int condition, const char *text)
{
	for (const char *p = text; *p;) {
		size_t n = word_length(p);
		const char *second, *call, *quote;
		struct asked asked = { .condition = condition };

		if (*p == '\'' || *p == '"') {
			p += quoted_length(p);
			continue;
		}
		if (!n || p[n] != '(' || !x->terms ||
		    !word_in(arena_strndup(x->a, p, n), "term_due term_latest term_count before_day fixed_day")) {
			p += n ? n : 1;
			continue;
		}
		call = arena_strndup(x->a, p, n + call_length(x->a, p + n, &second));
		asked.name = call;
		asked.sql = expand(x, call);
		quote = strchr(call, '\'');
		if (quote && str_starts(call, "term_")) {
			asked.term = terms_find(x->terms, arena_strndup(x->a, quote + 1, strcspn(quote + 1, "'")));
			asked.start = second ? expand(x, second) : NULL;
		}
		if (asked.sql)
			ask(x, asked);
		p += n;
	}
}

bool explain_hides(struct explainer *x, const char *from, const char *sql)
{
	struct err ignored = ERR_INIT;
	secret_bits bits = 0;

	if (secrecy_reads(x->reads, x->a, from, sql, &bits, &ignored) != ST_OK)
		return !x->who || !x->who->all;
	return secrecy_bits_hidden(x->reads, x->who, bits);
}

/* A relation's own columns, of the clock: which case and term it is. */
static void ask_clock(struct explainer *x)
{
	for (int i = 0; i < x->sources.n; i++) {
		const struct sql_source *s = &x->sources.items[i];

		if (!s->table || strcasecmp(s->table, "case_clock") != 0)
			continue;
		ask(x, (struct asked){ .condition = -1, .name = "clock case",
				       .sql = arena_printf(x->a, "%s.case_id", s->alias) });
		ask(x, (struct asked){ .condition = -1, .name = "clock term",
				       .sql = arena_printf(x->a, "%s.term", s->alias) });
		return;
	}
}

/* What a parameter is: the rule's, or the day. */
static const char *parameter(struct explainer *x, const char *name)
{
	char iso[11];

	for (int i = 0; i < x->rule->n_params; i++)
		if (str_eq(x->rule->params[i].name, name + 1))
			return x->rule->params[i].value;
	return str_eq(name, ":as_of") ? arena_strdup(x->a, date_iso(x->as_of, iso)) : NULL;
}

static void ask_values(struct explainer *x, int condition)
{
	const struct posed *c = &x->posed[condition];
	struct sql_list names = { .n = 0 };

	sql_names(x->a, c->written, &x->sources, &names);
	for (int i = 0; i < names.n; i++)
		if (*names.items[i] == ':')
			ask(x, (struct asked){ .condition = condition, .name = names.items[i],
					       .constant = parameter(x, names.items[i]) });
		else
			ask(x, (struct asked){ .condition = condition, .name = names.items[i], .sql = names.items[i] });
	ask_macros(x, condition, c->written);
}

enum status explain_pose(struct explainer *x, struct err *e)
{
	const struct rule *r = x->rule, *written = r->written ? r->written : r;

	(void)e;
	sql_sources(x->a, r->from, &x->sources);
	pose_all(x, EXPLAIN_SCOPE, written->scope ? written->scope : "", r->scope, r->scope_line);
	pose_law(x, written);
	pose_needs(x, written);
	pose_all(x, EXPLAIN_WHERE, written->where, r->where, r->where_line);
	for (int i = 0; i < x->n_posed; i++)
		ask_values(x, i);
	ask_clock(x);
	for (int i = 0; i < x->n_asked; i++)
		x->asked[i].hidden = x->asked[i].sql && explain_hides(x, r->from, x->asked[i].sql);
	return ST_OK;
}

/* ---- asking ---- */

const char *explain_cell(struct arena *a, const struct stmt *st, int col)
{
	struct value v = stmt_value(st, col);

	if (v.kind == V_INT)
		return arena_printf(a, "%lld", (long long)v.i);
	if (v.kind == V_REAL)
		return arena_printf(a, "%.15g", v.r);
	return v.kind == V_TEXT ? arena_strndup(a, v.text, v.len) : NULL;
}

enum status explain_ask(struct explainer *x, const char *sql, const char *key, struct stmt **ret, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;

	struct rule_run run = { .rule = x->rule };

	if (store_prepare(x->store, sql, &st, e) != ST_OK)
		return ST_ERR;
	run.query = st;
	if (rule_run_bind(&run, x->as_of, NULL, NULL, 0, e) != ST_OK ||
	    stmt_bind_name(st, ":rasoat_key", value_text(key), e) != ST_OK)
		return ST_ERR;
	*ret = st;
	st = NULL;
	return ST_OK;
}
