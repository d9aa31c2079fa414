/* What the rules of a run read, and what follows from it. */
#include "secrecy_int.h"
#include "audit_int.h"
#include "sql_parts.h"

#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <string.h>

bool secrecy_is_masked(const char *text)
{
	return str_eq(text, SECRECY_MASK);
}

/* ---- what an expression reads ---- */

static enum status count(struct reads *r, const char *expression, const char *from, struct read_counts *ret,
			 struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	str_addf(&sql, "SELECT (\n%s\n) FROM %s\n", expression, from);
	return reads_query(r, sql.p, ret, e);
}

static secret_bits bits_of(const struct read_counts *all, const struct read_counts *but)
{
	secret_bits bits = 0;

	for (int i = 0; i < MOST_SECRETS; i++)
		bits |= (secret_bits)(all->of[i] > (but ? but->of[i] : 0)) << i;
	return bits;
}

/*
 * A column of a subquery in FROM, or a name without alias, may carry what the FROM reads. It does not when
 * the same can be asked where the column does not exist.
 */
static secret_bits carried(struct reads *r, const char *from, const char *expression, secret_bits bits)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	str_addf(&sql, "SELECT (\n%s\n) FROM %s\n", expression, from);
	for (int i = 0; i < MOST_SECRETS; i++)
		if (bits >> i & 1 && reads_without(r, i, sql.p))
			bits &= ~((secret_bits)1 << i);
	return bits;
}

enum status secrecy_reads(struct reads *r, struct arena *a, const char *from, const char *expression,
			  secret_bits *ret, struct err *e)
{
	struct read_counts base = { .of = { 0 } }, all = { .of = { 0 } };
	struct sql_sources sources = { .n = 0 };

	if (count(r, "1", from, &base, e) != ST_OK)
		return ST_ERR;
	*ret = bits_of(&base, NULL);
	if (!expression)
		return ST_OK;
	if (count(r, expression, from, &all, e) != ST_OK)
		return ST_ERR;
	sql_sources(a, from, &sources);
	*ret = bits_of(&all, &base);
	if (!sql_only_tables(a, expression, &sources))
		*ret |= carried(r, from, expression, bits_of(&base, NULL));
	return ST_OK;
}

bool secrecy_bits_hidden(const struct reads *r, const struct audience *who, secret_bits bits)
{
	const struct secret_column *columns;
	int n = reads_columns(r, &columns);

	return secrecy_columns_hidden(columns, n, who, bits);
}

bool secrecy_columns_hidden(const struct secret_column *columns, int n, const struct audience *who,
			    secret_bits bits)
{
	for (int i = 0; i < n; i++) {
		if (!(bits >> i & 1))
			continue;
		if (columns[i].column->secrecy == COL_CLASSIFIED || !who ||
		    !audience_allows_column(who, columns[i].table->name, columns[i].column->name))
			return true;
	}
	return false;
}

static const struct secret_column *first_classified(const struct secret_column *columns, int n, secret_bits bits)
{
	for (int i = 0; i < n; i++)
		if (bits >> i & 1 && columns[i].column->secrecy == COL_CLASSIFIED)
			return &columns[i];
	return NULL;
}

const struct secret_column *secrecy_bits_classified(const struct reads *r, secret_bits bits)
{
	const struct secret_column *columns;
	int n = reads_columns(r, &columns);

	return first_classified(columns, n, bits);
}

/* ---- one rule ---- */

struct part { /* of a rule's text, for check */
	const char *name;
	const char *sql;
	int line;
};

static int list_parts(struct arena *a, const struct rule *r, struct part **ret)
{
	struct part *p = ARENA_ARRAY(a, (size_t)(r->n_needs + r->n_fields) + 8, struct part);
	int n = 0;

	p[n++] = (struct part){ "<from>", NULL, r->from_line };
	p[n++] = (struct part){ "<scope>", r->scope, r->scope_line };
	p[n++] = (struct part){ "<event>", r->event, r->event_line };
	for (int i = 0; i < r->n_needs; i++)
		p[n++] = (struct part){ "<needs>", r->needs[i].sql, r->needs[i].line };
	p[n++] = (struct part){ "<where>", r->where, r->where_line };
	p[n++] = (struct part){ "<key>", r->key, r->key_line };
	p[n++] = (struct part){ "<unit>", r->unit, r->unit_line };
	p[n++] = (struct part){ "<since>", r->since, r->since_line };
	for (int i = 0; i < r->n_fields; i++)
		p[n++] = (struct part){ arena_printf(a, "<field name=\"%s\">", r->fields[i].name),
					r->fields[i].sql, r->fields[i].line };
	*ret = p;
	return n;
}

static void find_classified(struct secrecy *s, struct rule_secrecy *found, struct reads *r)
{
	struct part *parts;
	int n = list_parts(s->arena, found->rule, &parts);
	struct err ignored = ERR_INIT;

	for (int i = 0; i < n; i++) {
		const struct secret_column *c;
		secret_bits bits = 0;

		if ((i && !parts[i].sql) ||
		    secrecy_reads(r, s->arena, found->rule->from, parts[i].sql, &bits, &ignored) != ST_OK)
			continue;
		c = first_classified(s->columns[found->rule->store], s->n_columns[found->rule->store], bits);
		if (!c)
			continue;
		*ARENA_PUSH(s->arena, found->classified, found->n_classified, found->cap) =
			(struct classified_part){ parts[i].name, parts[i].line, c };
	}
}

static enum status part_bits(struct secrecy *s, struct rule_secrecy *found, struct reads *r, struct err *e)
{
	const struct rule *rule = found->rule;

	for (int i = 0; i < SECRET_FIELDS + rule->n_fields; i++) {
		const char *sql = i == SECRET_KEY     ? rule->key
				  : i == SECRET_UNIT  ? rule->unit
				  : i == SECRET_SINCE ? rule->since
						      : rule->fields[i - SECRET_FIELDS].sql;

		if (sql && secrecy_reads(r, s->arena, rule->from, sql, &found->parts[i], e) != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}

/* Most rules read nothing that is not open: one look at the whole query says so. */
static void look_at_rule(struct secrecy *s, struct rule_secrecy *found, struct reads *r)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	struct read_counts all;
	struct err why = ERR_INIT;

	found->parts = ARENA_ARRAY(s->arena, (size_t)found->rule->n_fields + SECRET_FIELDS, secret_bits);
	audit_query(found->rule, false, &sql);
	if (reads_query(r, sql.p, &all, &why) != ST_OK) {
		found->unknown = arena_strdup(s->arena, why.text);
		return;
	}
	found->reads = bits_of(&all, NULL);
	if (!found->reads)
		return;
	if (part_bits(s, found, r, &why) != ST_OK)
		found->unknown = arena_strdup(s->arena, why.text);
	if (secrecy_bits_classified(r, found->reads))
		find_classified(s, found, r);
}

static bool is_selected(const struct rule *r, const char *const *ids)
{
	return rule_selected(r, ids);
}

enum status secrecy_open(struct arena *a, const struct rule_set *rules, const char *const *ids,
			 struct secrecy **ret, struct err *e)
{
	struct secrecy *s = ARENA_NEW(a, struct secrecy);

	s->arena = a;
	s->rules = ARENA_ARRAY(a, (size_t)rules->n_rules + 1, struct rule_secrecy);
	for (int kind = STORE_CASES; kind <= STORE_ACCOUNTS; kind++) {
		CLEANUP(reads_cleanup) struct reads *r = NULL;
		const struct secret_column *columns;

		if (reads_open((enum store_kind)kind, &r, e) != ST_OK)
			return err_in(e, "what rules read");
		s->n_columns[kind] = reads_columns(r, &columns);
		memcpy(s->columns[kind], columns, (size_t)s->n_columns[kind] * sizeof(*columns));
		for (int i = 0; i < rules->n_rules; i++) {
			if ((int)rules->rules[i]->store != kind || !is_selected(rules->rules[i], ids))
				continue;
			s->rules[s->n_rules].rule = rules->rules[i];
			look_at_rule(s, &s->rules[s->n_rules++], r);
		}
	}
	*ret = s;
	return ST_OK;
}

const struct rule_secrecy *secrecy_of(const struct secrecy *s, const struct rule *r)
{
	for (int i = 0; s && i < s->n_rules; i++)
		if (s->rules[i].rule == r || str_eq(s->rules[i].rule->id, r->id))
			return &s->rules[i];
	return NULL;
}

/* ---- may it run ---- */

enum status clearance_holds(const struct clearance *c, day_t as_of, struct err *e)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	day_t today = date_today();
	const char *gap = c ? clearance_gap(a, c, as_of > today ? as_of : today)
			    : "there is no <clearance> for it in rasoat.xml";

	return gap ? err_set(e, "%s", gap) : ST_OK;
}

bool secrecy_wants_clearance(const struct secrecy *s, const struct rule *r)
{
	const struct rule_secrecy *found = secrecy_of(s, r);

	return found && first_classified(s->columns[r->store], s->n_columns[r->store], found->reads);
}

/* <key>, <unit> and <since> go into the ledger and every file: no clearance is enough. */
static bool is_identity(const struct classified_part *p)
{
	return word_in(p->name, "<key> <unit> <since>");
}

static enum status refuse(const struct classified_part *p, const char *why, struct err *e)
{
	return err_set(e, "%s reads %s.%s, which is classified: %s (docs/secrecy.md)", p->name,
		       p->column->table->name, p->column->column->name, why);
}

static const char never[] = "it would go into the ledger and every file";

enum status secrecy_permit(const struct secrecy *s, const struct rule *r, const struct store *store, day_t as_of,
			   struct err *e)
{
	const struct rule_secrecy *found = secrecy_of(s, r);
	struct err gap = ERR_INIT;

	if (!found)
		return err_set(e, "rule '%s': nobody looked at what it reads", r->id);
	if (found->unknown)
		return !store || store_guards(store) ? ST_OK
						     : err_set(e, "what it reads cannot be told (%s); write it in the "
							       "common SQL", found->unknown);
	if (!secrecy_wants_clearance(s, r))
		return ST_OK;
	if (!found->n_classified)
		return err_set(e, "it reads classified columns, and where cannot be told (docs/secrecy.md)");
	for (int i = 0; i < found->n_classified; i++)
		if (is_identity(&found->classified[i]))
			return refuse(&found->classified[i], never, e);
	return clearance_holds(r->clearance, as_of, &gap) == ST_OK ? ST_OK
								   : refuse(&found->classified[0], gap.text, e);
}

void secrecy_check(const struct secrecy *s, const struct rule *r, struct diags *d)
{
	const struct rule_secrecy *found = secrecy_of(s, r);
	struct err gap = ERR_INIT;
	bool holds = r->clearance && (r->clearance->date > date_today() ||
				      clearance_holds(r->clearance, r->clearance->date, &gap) == ST_OK);

	if (!r->clearance)
		(void)!clearance_holds(NULL, 0, &gap);
	for (int i = 0; found && i < found->n_classified; i++) {
		const struct classified_part *p = &found->classified[i];
		struct err e = ERR_INIT;

		if (holds && !is_identity(p))
			continue;
		(void)!refuse(p, is_identity(p) ? never : gap.text, &e);
		diag_error(d, r->file, p->line, "rule '%s': %s", r->id, e.text);
	}
}

/* ---- who sees it ---- */

bool secrecy_is_classified(const struct secrecy *s, const struct rule *r, int part)
{
	const struct rule_secrecy *found = secrecy_of(s, r);

	if (!found)
		return true;
	if (found->unknown)
		return false; /* the store refused the columns */
	return first_classified(s->columns[r->store], s->n_columns[r->store], found->parts[part]);
}

static const char *part_name(const struct rule *r, int part)
{
	static const char *const names[] = { "key", "unit", "since" };

	return part < SECRET_FIELDS ? names[part] : r->fields[part - SECRET_FIELDS].name;
}

bool secrecy_hides(const struct secrecy *s, const struct audience *who, const struct rule *r, int part)
{
	const struct rule_secrecy *found = secrecy_of(s, r);

	if (!found)
		return true;
	if (found->unknown)
		return !who || !who->all;
	if (!secrecy_columns_hidden(s->columns[r->store], s->n_columns[r->store], who, found->parts[part]))
		return false;
	return !who || secrecy_is_classified(s, r, part) || !audience_allows_field(who, r->id, part_name(r, part));
}

static bool hides_any(const struct secrecy *s, const struct audience *who, const struct rule *r)
{
	const struct rule_secrecy *found = secrecy_of(s, r);

	if (found && !found->unknown && !found->reads)
		return false;
	for (int i = 0; i < SECRET_FIELDS + r->n_fields; i++)
		if (secrecy_hides(s, who, r, i))
			return true;
	return false;
}

void secrecy_mask(const struct secrecy *s, const struct audience *who, struct arena *a, const struct rule *r,
		  struct finding *f)
{
	const char **fields;

	if (!hides_any(s, who, r))
		return;
	if (f->verdict == VERDICT_ERROR) {
		f->message = secrecy_error(s, who, r, f->message);
		return;
	}
	fields = ARENA_ARRAY(a, (size_t)f->n_fields + 1, const char *);
	for (int i = 0; i < f->n_fields; i++)
		fields[i] = i >= r->n_fields || secrecy_hides(s, who, r, SECRET_FIELDS + i) ? SECRECY_MASK
											     : f->fields[i];
	f->fields = fields;
	if (secrecy_hides(s, who, r, SECRET_KEY))
		f->key = SECRECY_MASK;
	if (f->unit && secrecy_hides(s, who, r, SECRET_UNIT))
		f->unit = SECRECY_MASK;
	if (f->since && secrecy_hides(s, who, r, SECRET_SINCE))
		f->since = SECRECY_MASK;
	for (int i = 0; r->days && i < r->n_fields; i++)
		if (str_eq(r->fields[i].name, r->days) && secrecy_hides(s, who, r, SECRET_FIELDS + i))
			f->has_days = false, f->days = 0;
	f->message = rule_message(a, r, f);
}

const char *secrecy_error(const struct secrecy *s, const struct audience *who, const struct rule *r,
			  const char *error)
{
	if (!error || secrecy_wants_clearance(s, r) || !hides_any(s, who, r))
		return error;
	return SECRECY_ERROR;
}

enum status secrecy_hide_error(const struct secrecy *s, const struct audience *who, const struct rule *r,
			       struct err *e)
{
	return secrecy_wants_clearance(s, r) || hides_any(s, who, r) ? err_set(e, "%s", SECRECY_ERROR) : ST_ERR;
}
