/*
 * The macros of rule SQL that stand for terms of the law. A scanner, not a parser: quoted pieces
 * pass untouched, an argument ends at a comma or bracket of its own depth. What comes out uses
 * add_days, add_workdays and next_workday alone, which every engine has.
 */
#include <rasoat/terms.h>

#include "bind.h"
#include <ctype.h>
#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <string.h>
#include <strings.h>

#define MOST_ARGS 3

struct expand {
	struct arena *a;
	const struct terms *terms;
	const struct workdays *w;
	struct diags *d;
	struct rule *rule;
	int line;
	bool bad;
	bool uses_before, uses_fixed;
};

struct call {
	struct expand *x;
	const char *name;
	const char *args[MOST_ARGS]; /* expanded, without blanks around */
	int n;
};

struct macro {
	const char *name;
	int least, most;
	const char *(*expand)(const struct call *c);
};

static const char *expand_text(struct expand *x, const char *sql);

static void complain(struct expand *x, const char *text)
{
	x->bad = true;
	diag_error(x->d, x->rule->file, x->line, "%s", text);
}

/* ---- the law's lengths ---- */

static const char *all_ids(const struct expand *x)
{
	const char *ids = "";

	for (int i = 0; i < x->terms->n_terms; i++)
		ids = arena_printf(x->a, "%s %s", ids, x->terms->terms[i].id);
	return ids;
}

static const struct term *no_term(const struct call *c, const char *id)
{
	struct expand *x = c->x;
	const struct term *of = terms_find_variant(x->terms, id);
	const char *near = of ? NULL : bind_nearest(x->a, id, all_ids(x));

	if (of)
		complain(x, arena_printf(x->a, "%s: '%s' is a row of term '%s'; name the term", c->name, id,
					 of->id));
	else
		complain(x, arena_printf(x->a, "%s: terms.xml has no term '%s'%s%s%s", c->name, id,
					 near ? "; did you mean '" : "", near ? near : "", near ? "'?" : ""));
	return NULL;
}

static const struct term *named_term(const struct call *c)
{
	const char *arg = c->args[0];
	size_t len = strlen(arg);
	const struct term *t;
	const char *id;

	if (len < 3 || *arg != '\'' || strcspn(arg + 1, "'") != len - 2) {
		complain(c->x, arena_printf(c->x->a, "%s: the first argument is a term's id in quotes: 'TCD-07'",
					    c->name));
		return NULL;
	}
	id = arena_strndup(c->x->a, arg + 1, len - 2);
	t = terms_find(c->x->terms, id);
	return t ? t : no_term(c, id);
}

/* The line with the one condition that a macro can be told of, or NULL. */
static const struct term_length *longer_length(const struct term_version *v)
{
	for (int i = 1; i < v->n_lengths; i++)
		if (v->lengths[i].remote == 1 || v->lengths[i].many_places == 1)
			return &v->lengths[i];
	return NULL;
}

static bool needs_clock(const struct term *t)
{
	for (int i = 0; i < t->n_versions; i++) {
		const struct term_version *v = &t->versions[i];

		if (v->extension_days || v->suspension_from != DAY_NONE || v->n_lengths > 2)
			return true;
		if (v->n_lengths == 2 && (!longer_length(v) || v->lengths[1].complexity ||
					  v->lengths[1].level || v->lengths[1].discipline))
			return true;
	}
	return false;
}

/* The term of a call that asks for a day, or NULL after a report. */
static const struct term *term_with_days(const struct call *c, bool backward)
{
	const struct term *t = named_term(c);
	const char *wrong = NULL;

	if (!t)
		return NULL;
	if (!t->start || !t->versions[0].n_lengths)
		wrong = "has no length in days";
	else if (t->backward != backward)
		wrong = backward ? "counts from its start; use term_due" :
				   "counts back from an event; use term_latest";
	else if (needs_clock(t))
		wrong = "depends on more than its start; read case_clock";
	for (int i = 0, any = 0; !wrong && c->n == 3 && i < t->n_versions; i++) {
		any |= longer_length(&t->versions[i]) != NULL;
		if (!any && i == t->n_versions - 1)
			wrong = "has one length only; leave out the third argument";
	}
	if (wrong)
		complain(c->x, arena_printf(c->x->a, "%s: term '%s' %s", c->name, t->id, wrong));
	return wrong ? NULL : t;
}

static const char *length_sql(const struct call *c, const struct term_length *l, bool backward)
{
	const char *sign = backward ? "-" : "";

	if (l->working)
		return arena_printf(c->x->a, "add_workdays((%s), %s%d)", c->args[1], sign, l->days);
	if (backward)
		return arena_printf(c->x->a, "add_days((%s), -%d)", c->args[1], l->days);
	return arena_printf(c->x->a, "next_workday(add_days((%s), %d))", c->args[1], l->days);
}

static const char *version_sql(const struct call *c, const struct term_version *v, bool backward)
{
	const struct term_length *longer = longer_length(v);
	const char *plain = length_sql(c, &v->lengths[0], backward);

	if (c->n < 3 || !longer)
		return plain;
	return arena_printf(c->x->a, "CASE WHEN (%s) = 1 THEN %s ELSE %s END", c->args[2],
			    length_sql(c, longer, backward), plain);
}

/* `first`: the first day that the calendar knows, or DAY_NONE. */
static const char *when_sql(const struct call *c, const struct term_version *v, day_t first)
{
	day_t from = v->from == DAY_NONE || (first != DAY_NONE && first > v->from) ? first : v->from;
	char iso[11];
	const char *sql = arena_printf(c->x->a, " WHEN (%s) >= '%s'", c->args[1],
				       from == DAY_NONE ? "" : date_iso(from, iso));

	if (v->to != DAY_NONE)
		sql = arena_printf(c->x->a, "%s AND (%s) <= '%s'", sql, c->args[1], date_iso(v->to, iso));
	return sql;
}

static const char *days_sql(const struct call *c, bool backward)
{
	const struct term *t = term_with_days(c, backward);
	const char *sql = "CASE";

	for (int i = 0; t && i < t->n_versions; i++) {
		const struct term_version *v = &t->versions[i];
		day_t first = c->x->w ? c->x->w->first : DAY_NONE;

		if (v->to == DAY_NONE || first == DAY_NONE || v->to >= first)
			sql = arena_printf(c->x->a, "%s%s THEN %s", sql, when_sql(c, v, first),
					   version_sql(c, v, backward));
	}
	return t ? arena_printf(c->x->a, "%s END", sql) : "NULL";
}

static const char *term_due(const struct call *c)
{
	return days_sql(c, false);
}

static const char *term_latest(const struct call *c)
{
	return days_sql(c, true);
}

/* A month has four whole weeks at least. */
static const char *term_count(const struct call *c)
{
	const struct term *t = named_term(c);
	const char *sql = "CASE";

	for (int i = 0; t && i < t->n_versions; i++) {
		const struct term_version *v = &t->versions[i];

		if (!v->times) {
			complain(c->x, arena_printf(c->x->a, "%s: term '%s' has no frequency", c->name, t->id));
			return "NULL";
		}
		sql = arena_printf(c->x->a, "%s%s THEN %d", sql, when_sql(c, v, DAY_NONE),
				   v->weekly ? 4 * v->times : v->times);
	}
	return t ? arena_printf(c->x->a, "%s END", sql) : "NULL";
}

/* How often the law lets the settlement of a case of this complexity be extended. */
static const char *term_extensions(const struct call *c)
{
	const struct term *t = named_term(c);
	const char *sql = "CASE";

	for (int i = 0; t && i < t->n_versions; i++) {
		const struct term_version *v = &t->versions[i];

		if (!v->extension_days) {
			complain(c->x, arena_printf(c->x->a, "%s: term '%s' has no extension", c->name, t->id));
			return "NULL";
		}
		sql = arena_printf(c->x->a,
				   "%s%s THEN CASE (%s) WHEN 'normal' THEN 0 WHEN 'complex' THEN %d WHEN "
				   "'very_complex' THEN %d END",
				   sql, when_sql(c, v, DAY_NONE), c->args[2], v->extension_complex,
				   v->extension_very);
	}
	return t ? arena_printf(c->x->a, "%s END", sql) : "NULL";
}

/* ---- dates that a letter names ---- */

static const char *before_day(const struct call *c)
{
	c->x->uses_before = true;
	return arena_printf(c->x->a, "add_days((%s), 0 - :before_day)", c->args[0]);
}

static const char *fixed_day(const struct call *c)
{
	c->x->uses_fixed = true;
	return arena_printf(c->x->a, "CASE WHEN :fixed_day = 1 THEN next_workday((%s)) ELSE (%s) END",
			    c->args[0], c->args[0]);
}

static const struct macro macros[] = {
	{ "term_due", 2, 3, term_due },	    { "term_latest", 2, 2, term_latest },
	{ "term_count", 2, 2, term_count }, { "term_extensions", 3, 3, term_extensions },
	{ "before_day", 1, 1, before_day },
	{ "fixed_day", 1, 1, fixed_day },
};

/* ---- the scanner ---- */

static size_t word_length(const char *p)
{
	size_t n = 0;

	while (isalnum((unsigned char)p[n]) || p[n] == '_' || (unsigned char)p[n] >= 0x80)
		n++;
	return n;
}

static const struct macro *macro_at(const char *p, size_t n)
{
	if (p[n + strspn(p + n, " \t\r\n")] != '(')
		return NULL;
	for (size_t i = 0; i < sizeof(macros) / sizeof(*macros); i++)
		if (strlen(macros[i].name) == n && strncasecmp(p, macros[i].name, n) == 0)
			return &macros[i];
	return NULL;
}

/* Past a quoted piece; bind_sql has seen that it is closed. */
static const char *skip_quoted(const char *p)
{
	const char *end = strchr(p + 1, *p == '[' ? ']' : *p);

	return end ? end + 1 : p + strlen(p);
}

/* Past the argument at p: at its comma or closing bracket. */
static const char *skip_argument(const char *p)
{
	for (int depth = 0; *p;) {
		if (strchr("'\"`[", *p)) {
			p = skip_quoted(p);
			continue;
		}
		if (depth == 0 && (*p == ',' || *p == ')'))
			break;
		depth += (*p == '(') - (*p == ')');
		p++;
	}
	return p;
}

static const char *trimmed(struct arena *a, const char *p, const char *end)
{
	while (p < end && isspace((unsigned char)*p))
		p++;
	while (end > p && isspace((unsigned char)end[-1]))
		end--;
	return arena_strndup(a, p, (size_t)(end - p));
}

/* The call whose arguments begin at p, past its closing bracket; what it stands for goes to `out`. */
static const char *read_call(struct expand *x, const struct macro *m, const char *p, struct str *out)
{
	struct call c = { .x = x, .name = m->name };
	bool empty = false;

	for (;; p++) {
		const char *end = skip_argument(p), *arg = trimmed(x->a, p, end);

		empty |= !*arg;
		if (c.n < MOST_ARGS)
			c.args[c.n] = expand_text(x, arg);
		c.n++;
		p = end;
		if (*p != ',')
			break;
	}
	if (empty && c.n > 1) {
		complain(x, arena_printf(x->a, "%s: an argument is empty", m->name));
		return p + (*p == ')');
	}
	if (c.n < m->least || c.n > m->most || empty) {
		complain(x, arena_printf(x->a, "%s takes %d%s argument%s, not %d", m->name, m->least,
					 m->most > m->least ? " or 3" : "", m->most > 1 ? "s" : "",
					 empty ? 0 : c.n));
		return p + (*p == ')');
	}
	str_add(out, m->expand(&c));
	return p + (*p == ')');
}

static const char *expand_text(struct expand *x, const char *sql)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	for (const char *p = sql; *p;) {
		size_t n = word_length(p);
		const struct macro *m = n ? macro_at(p, n) : NULL;
		const char *end = n ? p + n : strchr("'\"`[", *p) ? skip_quoted(p) : p + 1;

		if (m) {
			p = read_call(x, m, strchr(p, '(') + 1, &out);
			continue;
		}
		str_addn(&out, p, (size_t)(end - p));
		p = end;
	}
	return arena_strdup(x->a, out.p);
}

/* ---- rules ---- */

static const char *expand_one(struct expand *x, const char *sql, int line)
{
	x->line = line;
	return sql ? expand_text(x, sql) : NULL;
}

static void add_param(struct expand *x, const char *name, const char *value, const char *doc)
{
	struct rule *r = x->rule;
	struct rule_param *all = ARENA_ARRAY(x->a, (size_t)r->n_params + 2, struct rule_param);

	for (int i = 0; i < r->n_params; i++) {
		all[i] = r->params[i];
		if (str_eq(all[i].name, name)) {
			x->line = all[i].line;
			complain(x, arena_printf(x->a, "parameter '%s' belongs to %s(); choose another name",
						 name, name));
			return;
		}
	}
	all[r->n_params++] = (struct rule_param){ .name = name, .type = PARAM_DAYS, .value = value,
						  .initial = strcmp(name, "before_day") == 0 ? "1" : "0",
						  .doc = doc, .line = r->line };
	r->params = all;
}

static void expand_rule(struct expand *x)
{
	struct rule *r = x->rule;

	x->uses_before = x->uses_fixed = false;
	r->event = expand_one(x, r->event, r->line);
	r->from = expand_one(x, r->from, r->from_line);
	r->scope = expand_one(x, r->scope, r->scope_line);
	for (int i = 0; i < r->n_needs; i++)
		r->needs[i].sql = expand_one(x, r->needs[i].sql, r->needs[i].line);
	r->where = expand_one(x, r->where, r->where_line);
	r->key = expand_one(x, r->key, r->line);
	r->unit = expand_one(x, r->unit, r->line);
	r->since = expand_one(x, r->since, r->line);
	for (int i = 0; i < r->n_fields; i++)
		r->fields[i].sql = expand_one(x, r->fields[i].sql, r->fields[i].line);
	if (x->uses_before)
		add_param(x, "before_day", x->terms->settings.before_lenient ? "0" : "1",
			  "\"trước ngày D\": the last good day lies so many days before D");
	if (x->uses_fixed)
		add_param(x, "fixed_day", x->terms->settings.fixed_rolls ? "1" : "0",
			  "\"chậm nhất ngày D\": 1 = a day off moves to the next working day");
}

void rules_expand_terms(struct arena *a, struct rule_set *rules, const struct terms *t,
			const struct workdays *w, struct diags *d)
{
	struct expand x = { .a = a, .terms = t, .w = w && w->first <= w->last ? w : NULL, .d = d };

	for (int i = 0; i < rules->n_rules; i++) {
		x.rule = rules->rules[i];
		expand_rule(&x);
	}
}
