#include <rasoat/rule.h>

#include "bind.h"
#include <rasoat/arena.h>
#include <rasoat/hash.h>
#include <rasoat/str.h>
#include <stdlib.h>
#include <string.h>

#define FIELD_TYPES "text integer date money" /* enum field_type */

const char *const severity_words[SEV_COUNT] = { "critical", "high", "medium", "low" };
const char *const severity_vietnamese[SEV_COUNT] = { "Nghiêm trọng", "Cao", "Trung bình", "Thấp" };

static const struct shape shapes[] = {
	{ "rules", "pack store", NULL, NULL, NULL, "rule", NULL, TEXT_NONE, NULL },
	{ "rule", "id severity subject", NULL, "title from where key unit message remedy",
	  "valid event scope since days", "basis example", "param needs field note", TEXT_NONE, NULL },
	{ "title", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "note", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "basis", "document", "date clause mark", NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "valid", NULL, "from to", NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "event", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "param", "name type default", "label", NULL, NULL, NULL, NULL, TEXT_MAY, "default" },
	{ "from", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "scope", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "needs", "reason", NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "where", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "key", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "unit", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "since", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "days", "field", NULL, NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "field", "name label", "type", NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "message", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "remedy", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "example", "name as-of", NULL, NULL, NULL, "row", "set expect", TEXT_NONE, NULL },
	{ "set", "param value", NULL, NULL, NULL, NULL, NULL, TEXT_NONE, "value" },
	{ "row", "table", NULL, NULL, NULL, NULL, NULL, TEXT_NONE, "*" },
	{ "expect", "key", "verdict", NULL, NULL, NULL, NULL, TEXT_NONE, "*" },
	{ NULL, NULL, NULL, NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
};

static const struct format format = { "urn:rasoat:rules:1", "rules.xsd", shapes };

const char *rule_param_expected(const struct rule_param *p, const char *value)
{
	size_t len = strlen(value), sign = p->type == PARAM_INT && *value == '-';
	size_t digits = strspn(value + sign, "0123456789");
	day_t day;

	switch (p->type) {
	case PARAM_DAYS:
		return digits == len && len && len <= 6 ? "" : "a number of days";
	case PARAM_INT:
		return digits && digits + sign == len && digits <= 15 ? "" : "a whole number";
	case PARAM_DATE:
		return date_parse_iso(value, len, &day) ? "" : "a date as YYYY-MM-DD";
	case PARAM_TEXT:
		break;
	}
	return "";
}

static bool is_rule_id(const char *id)
{
	size_t letters = strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	const char *p = id + letters;

	if (letters < 2 || letters > 4 || *p++ != '-')
		return false;
	if (strspn(p, "0123456789") != 2)
		return false;
	p += 2;
	return !*p || (*p >= 'a' && *p <= 'z' && !p[1]);
}

static void read_params(const struct bind *b, struct rule *r, const struct xml_node *n)
{
	r->params = ARENA_ARRAY(b->a, (size_t)bind_count(n, "param") + 1, struct rule_param);
	for (const struct xml_node *c = bind_child(n, "param"); c; c = bind_next(c, "param")) {
		struct rule_param *p = &r->params[r->n_params];
		const char *expected;

		p->name = bind_name(b, c, "name");
		p->type = bind_word(b, c, "type", "days int text date", PARAM_TEXT);
		p->value = xml_attr(c, "default") ? xml_attr(c, "default") : "";
		p->initial = p->value;
		p->label = xml_attr(c, "label");
		p->doc = *xml_text(b->a, c) ? xml_text(b->a, c) : NULL;
		p->line = c->line;
		if (word_in(p->name, "as_of"))
			bind_error(b, c,
				   "parameter 'as_of' is given by the run; choose another name");
		for (int i = 0; i < r->n_params; i++)
			if (*p->name && strcmp(r->params[i].name, p->name) == 0)
				bind_error(b, c, "second parameter '%s'; the first is in line %d",
					   p->name, r->params[i].line);
		expected = xml_attr(c, "default") ? rule_param_expected(p, p->value) : "";
		if (*expected)
			bind_error(b, c, "default of parameter '%s' is '%s'; expected %s", p->name,
				   p->value, expected);
		r->n_params++;
	}
}

static struct sql_params param_names(const struct bind *b, const struct rule *r)
{
	const char *names = "as_of";

	for (int i = 0; i < r->n_params; i++)
		names = arena_printf(b->a, "%s %s", names, r->params[i].name);
	return (struct sql_params){ names, 1 };
}

static void read_fields(const struct bind *b, struct rule *r, const struct xml_node *n,
			struct sql_params *params)
{
	r->fields = ARENA_ARRAY(b->a, (size_t)bind_count(n, "field") + 1, struct rule_field);
	for (const struct xml_node *c = bind_child(n, "field"); c; c = bind_next(c, "field")) {
		struct rule_field *f = &r->fields[r->n_fields];

		f->name = bind_name(b, c, "name");
		f->label = xml_attr(c, "label");
		f->type = (enum field_type)bind_word(b, c, "type", FIELD_TYPES, FIELD_TEXT);
		f->sql = bind_sql(b, c, params);
		f->line = c->line;
		if (word_in(f->name, "key unit since verdict"))
			bind_error(b, c,
				   "field '%s': this name is taken by the finding; choose another",
				   f->name);
		for (int i = 0; i < r->n_fields; i++)
			if (*f->name && strcmp(r->fields[i].name, f->name) == 0)
				bind_error(b, c, "second field '%s'; the first is in line %d",
					   f->name, r->fields[i].line);
		r->n_fields++;
	}
}

static void read_needs(const struct bind *b, struct rule *r, const struct xml_node *n,
		       struct sql_params *params)
{
	r->needs = ARENA_ARRAY(b->a, (size_t)bind_count(n, "needs") + 1, struct rule_need);
	for (const struct xml_node *c = bind_child(n, "needs"); c; c = bind_next(c, "needs"))
		r->needs[r->n_needs++] = (struct rule_need){ bind_sql(b, c, params),
							     xml_attr(c, "reason"), c->line };
}

static int line_of(const struct xml_node *n, const char *child)
{
	const struct xml_node *c = bind_child(n, child);

	return c ? c->line : n->line;
}

static void read_sql(const struct bind *b, struct rule *r, const struct xml_node *n)
{
	struct sql_params params = param_names(b, r);
	const struct xml_node *from = bind_child(n, "from"), *scope = bind_child(n, "scope");
	const struct xml_node *where = bind_child(n, "where");

	r->from_line = from ? from->line : n->line;
	r->scope_line = scope ? scope->line : n->line;
	r->event_line = line_of(n, "event");
	r->key_line = line_of(n, "key");
	r->unit_line = line_of(n, "unit");
	r->since_line = line_of(n, "since");
	r->event = bind_sql(b, bind_child(n, "event"), &params);
	r->from = bind_sql(b, from, &params);
	r->scope = bind_sql(b, scope, &params);
	read_needs(b, r, n, &params);
	r->where = bind_sql(b, where, &params);
	r->where_line = where ? where->line : n->line;
	r->key = bind_sql(b, bind_child(n, "key"), &params);
	r->unit = bind_sql(b, bind_child(n, "unit"), &params);
	r->since = bind_sql(b, bind_child(n, "since"), &params);
	read_fields(b, r, n, &params);
	for (int i = 0; i < r->n_params && i < 63; i++)
		if (!word_in(r->params[i].name, "as_of") && *r->params[i].name &&
		    !(params.used >> (i + 1) & 1))
			diag_warn(b->d, b->file, r->params[i].line,
				  "parameter '%s' is not used in any SQL of rule '%s'",
				  r->params[i].name, r->id);
}

static const char *field_names(const struct bind *b, const struct rule *r)
{
	const char *names = "key unit since";

	for (int i = 0; i < r->n_fields; i++)
		names = arena_printf(b->a, "%s %s", names, r->fields[i].name);
	return names;
}

static bool is_in(const void *names, const char *name)
{
	return word_in(name, names);
}

static void read_days(const struct bind *b, struct rule *r, const struct xml_node *n)
{
	const char *names = "";

	r->days = n ? xml_attr(n, "field") : NULL;
	for (int i = 0; r->days && i < r->n_fields; i++) {
		names = arena_printf(b->a, "%s %s", names, r->fields[i].name);
		if (strcmp(r->fields[i].name, r->days) != 0)
			continue;
		if (r->fields[i].type != FIELD_INT)
			bind_error(b, n, "<days>: field '%s' must be of type integer", r->days);
		return;
	}
	if (r->days)
		bind_error(b, n, "<days>: no field '%s'%s", r->days,
			   bind_hint(b->a, r->days, names, "known"));
}

static void read_words(const struct bind *b, struct rule *r, const struct xml_node *n)
{
	const struct xml_node *message = bind_child(n, "message");

	r->title = bind_text(b, n, "title");
	r->message = bind_text(b, n, "message");
	r->remedy = bind_text(b, n, "remedy");
	r->notes = ARENA_ARRAY(b->a, (size_t)bind_count(n, "note") + 1, const char *);
	for (const struct xml_node *c = bind_child(n, "note"); c; c = bind_next(c, "note"))
		r->notes[r->n_notes++] = xml_text(b->a, c);
	if (message) {
		const char *names = field_names(b, r);

		bind_placeholders(b, message, "<message>", r->message, names, is_in, names);
	}
}

static struct rule *read_rule(const struct bind *b, const struct xml_node *n, const char *pack,
			      enum store_kind store)
{
	struct rule *r = ARENA_NEW(b->a, struct rule);
	const char *id = xml_attr(n, "id");
	const struct xml_node *valid = bind_child(n, "valid");

	r->id = id ? id : "";
	r->pack = pack;
	r->file = b->file;
	r->line = n->line;
	r->store = store;
	r->severity =
		(enum severity)bind_word(b, n, "severity", "critical high medium low", SEV_MEDIUM);
	r->subject = xml_attr(n, "subject");
	if (id && *id && !is_rule_id(id))
		bind_error(b, n,
			   "rule id '%s'; expected 2 to 4 capitals, '-', two digits and maybe a "
			   "small letter, "
			   "as in ACC-01",
			   id);
	r->bases = bind_bases(b, n, &r->n_bases);
	r->valid_from = r->valid_to = DAY_NONE;
	if (valid)
		bind_range(b, valid, &r->valid_from, &r->valid_to);
	read_params(b, r, n);
	read_sql(b, r, n);
	read_days(b, r, bind_child(n, "days"));
	read_words(b, r, n);
	rule_read_examples(b, r, n);
	return r;
}

/* The rule as it stands in the file: what is expanded in it later leaves this alone. */
static const struct rule *keep_written(struct arena *a, const struct rule *r)
{
	struct rule *w = ARENA_NEW(a, struct rule);

	*w = *r;
	w->needs = ARENA_ARRAY(a, (size_t)r->n_needs + 1, struct rule_need);
	w->fields = ARENA_ARRAY(a, (size_t)r->n_fields + 1, struct rule_field);
	for (int i = 0; i < r->n_needs; i++)
		w->needs[i] = r->needs[i];
	for (int i = 0; i < r->n_fields; i++)
		w->fields[i] = r->fields[i];
	return w;
}

static void add_rule(const struct bind *b, struct rule_set *set, struct rule *r,
		     const struct xml_node *n)
{
	const struct rule *first = *r->id ? rules_find(set, r->id) : NULL;

	if (first)
		bind_error(b, n, "rule '%s' is there twice; the first is at %s:%d", r->id,
			   first->file, first->line);
	r->written = keep_written(b->a, r);
	*ARENA_PUSH(b->a, set->rules, set->n_rules, set->cap) = r;
}

static void load_file(struct bind *b, const char *path, const char *schema_dir, struct hash *h,
		      struct rule_set *set)
{
	const struct xml_node *root = bind_open(b, &format, path, h);

	if (root) {
		int store = bind_word(b, root, "store", "cases accounts", STORE_CASES);

		for (const struct xml_node *n = bind_child(root, "rule"); n;
		     n = bind_next(n, "rule"))
			add_rule(b, set,
				 read_rule(b, n, xml_attr(root, "pack"), (enum store_kind)store),
				 n);
	}
	bind_close(b, &format, schema_dir);
}

struct rule_set *rules_load(struct arena *a, const char *dir, const char *schema_dir,
			    struct diags *d)
{
	struct rule_set *set = ARENA_NEW(a, struct rule_set);
	struct hash *h = hash_new();
	struct bind b = { .a = a, .d = d, .many = true };
	int n;
	const char **files = bind_files(a, dir, "calendar.xml terms.xml", d, &n);

	for (int i = 0; i < n; i++)
		load_file(&b, files[i], schema_dir, h, set);
	bind_end(&b);
	hash_hex(h, set->digest);
	return set;
}

const struct rule *rules_find(const struct rule_set *set, const char *id)
{
	for (int i = 0; i < set->n_rules; i++)
		if (strcmp(set->rules[i]->id, id) == 0)
			return set->rules[i];
	return NULL;
}

static struct rule_param *find_param(const struct rule *r, const char *name)
{
	for (int i = 0; i < r->n_params; i++)
		if (strcmp(r->params[i].name, name) == 0)
			return &r->params[i];
	return NULL;
}

/* "; did you mean …" over the ids or the parameter names. */
static const char *rule_hint(struct diags *d, const struct rule_set *set, const char *id)
{
	const char *names = "", *near;

	for (int i = 0; i < set->n_rules; i++)
		names = arena_printf(d->arena, "%s %s", names, set->rules[i]->id);
	near = bind_nearest(d->arena, id, names);
	return near ? arena_printf(d->arena, "; did you mean '%s'?", near)
		    : arena_printf(d->arena, "; see 'rasoat check'");
}

static const char *param_hint(struct diags *d, const struct rule *r, const char *name)
{
	const char *names = "";

	if (!r->n_params)
		return " (it has none)";
	for (int i = 0; i < r->n_params; i++)
		names = arena_printf(d->arena, "%s %s", names, r->params[i].name);
	return bind_hint(d->arena, name, names, "known");
}

void rules_set_param(struct rule_set *set, const char *rule, const char *param, const char *value,
		     const char *file, int line, struct diags *d)
{
	const struct rule *r = rules_find(set, rule);
	struct rule_param *p = r ? find_param(r, param) : NULL;
	const char *expected;

	if (!r) {
		diag_error(d, file, line, "unknown rule '%s'%s", rule, rule_hint(d, set, rule));
		return;
	}
	if (!p) {
		diag_error(d, file, line, "rule '%s' has no parameter '%s'%s", rule, param,
			   param_hint(d, r, param));
		return;
	}
	expected = rule_param_expected(p, value);
	if (*expected)
		diag_error(d, file, line, "parameter '%s' of rule '%s' is '%s'; expected %s", param,
			   rule, value, expected);
	else
		p->value = value;
}
