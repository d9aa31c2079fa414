/*
 * From a rule to SQL. Every expression stands on lines of its own, so that a comment at its end
 * cannot swallow what follows, and NULL is never a pass: `where` IS NOT FALSE.
 */
#include "audit_int.h"

#include <rasoat/str.h>

static void expression(struct str *out, const char *sql)
{
	str_addf(out, "(\n%s\n)", sql);
}

static void and_if(struct str *out, bool *first)
{
	str_add(out, *first ? "\nWHERE " : "\nAND ");
	*first = false;
}

/* Rows whose own law decides: those outside its time are none of the rule's. */
static void event_condition(const struct rule *r, struct str *out)
{
	char from[11], to[11];

	str_addc(out, '(');
	expression(out, r->event);
	str_add(out, " IS NULL OR (");
	expression(out, r->event);
	str_addf(out, " >= '%s'", r->valid_from == DAY_NONE ? "" : date_iso(r->valid_from, from));
	if (r->valid_to != DAY_NONE) {
		str_add(out, " AND ");
		expression(out, r->event);
		str_addf(out, " <= '%s'", date_iso(r->valid_to, to));
	}
	str_add(out, "))");
}

static bool has_event(const struct rule *r)
{
	return r->event && (r->valid_from != DAY_NONE || r->valid_to != DAY_NONE);
}

/* FROM … WHERE …: the population, in scope; `more` joins to what the rule reads. */
static void population(const struct rule *r, bool scoped, const char *more, struct str *out,
		       bool *first)
{
	str_addf(out, "\nFROM %s%s", r->from, more);
	if (r->scope) {
		and_if(out, first);
		expression(out, r->scope);
	}
	if (scoped) {
		and_if(out, first);
		expression(out, r->unit);
		str_add(out, " IN (SELECT unit_id FROM unit_scope)");
	}
}

/* What is not known comes first, in the order of `needs`. */
static void verdict_columns(const struct rule *r, struct str *out)
{
	for (int reason = 0; reason < 2; reason++) {
		str_add(out, ", CASE");
		if (r->event) {
			str_add(out, " WHEN ");
			expression(out, r->event);
			str_addf(out, " IS NULL THEN %d", reason ? REASON_EVENT : VERDICT_INDETERMINATE);
		}
		for (int i = 0; i < r->n_needs; i++) {
			str_add(out, " WHEN ");
			expression(out, r->needs[i].sql);
			str_addf(out, " IS NULL THEN %d", reason ? i + 1 : VERDICT_INDETERMINATE);
		}
		str_add(out, " WHEN ");
		expression(out, r->where);
		str_addf(out, " IS NULL THEN %d ELSE 0 END", reason ? REASON_WHERE : VERDICT_INDETERMINATE);
	}
}

static void verdict_condition(const struct rule *r, struct str *out)
{
	str_addc(out, '(');
	if (r->event) {
		expression(out, r->event);
		str_add(out, " IS NULL OR ");
	}
	for (int i = 0; i < r->n_needs; i++) {
		expression(out, r->needs[i].sql);
		str_add(out, " IS NULL OR ");
	}
	expression(out, r->where);
	str_add(out, " IS NOT FALSE)");
}

/* TALLY_KEPT for what the query gives, TALLY_PASSED for what it leaves out. */
static void tally_state(const struct rule *r, struct str *out)
{
	if (!has_event(r)) {
		verdict_condition(r, out);
		return;
	}
	str_add(out, "CASE WHEN ");
	event_condition(r, out);
	str_add(out, " THEN ");
	verdict_condition(r, out);
	str_addf(out, " ELSE %d END", TALLY_OUTSIDE);
}

/* Whom a row is about, then (the caller's) what is said of it, then the fields: the columns of rule_run.c. */
static void select_subject(const struct rule *r, struct str *out)
{
	str_add(out, "SELECT ");
	expression(out, r->key);
	str_add(out, ", ");
	expression(out, r->unit);
	str_add(out, ", ");
	expression(out, r->since ? r->since : "NULL");
}

static void field_columns(const struct rule *r, struct str *out)
{
	for (int i = 0; i < r->n_fields; i++) {
		str_add(out, ", ");
		expression(out, r->fields[i].sql);
	}
}

static void query(const struct rule *r, bool scoped, bool tallied, struct str *out)
{
	bool first = true;

	select_subject(r, out);
	verdict_columns(r, out);
	field_columns(r, out);
	population(r, scoped, tallied ? "\nCROSS JOIN tally_row AS rasoat_tally" : "", out, &first);
	and_if(out, &first);
	if (!tallied) {
		if (has_event(r)) {
			event_condition(r, out);
			and_if(out, &first);
		}
		verdict_condition(r, out);
		str_add(out, "\nORDER BY 1");
		return;
	}
	str_add(out, "tally(");
	tally_state(r, out);
	str_add(out, ", rasoat_tally.one)\nORDER BY ");
	/* Few are found of many: the plus keeps SQLite from walking everything in the order of the key. */
	str_addc(out, '+');
	expression(out, r->key);
}

void audit_query(const struct rule *r, bool scoped, struct str *out)
{
	query(r, scoped, false, out);
}

void audit_tally_query(const struct rule *r, bool scoped, struct str *out)
{
	query(r, scoped, true, out);
}

static void count_outside(const struct rule *r, struct str *out)
{
	if (!has_event(r)) {
		str_addc(out, '0');
		return;
	}
	str_add(out, "sum(CASE WHEN ");
	event_condition(r, out);
	str_add(out, " THEN 0 ELSE 1 END)");
}

/* 0: the row belongs to the population. */
static void outside_column(const struct rule *r, struct str *out)
{
	str_add(out, ", CASE WHEN 1 = 1");
	if (r->scope) {
		str_add(out, "\nAND ");
		expression(out, r->scope);
	}
	if (r->event && (r->valid_from != DAY_NONE || r->valid_to != DAY_NONE)) {
		str_add(out, "\nAND ");
		event_condition(r, out);
	}
	str_add(out, " THEN 0 ELSE 1 END, 0");
}

/* Of rows with one key that in the population comes first, then the least: the same one on every engine. */
void audit_subjects_query(const struct rule *r, struct str *out)
{
	select_subject(r, out);
	outside_column(r, out);
	field_columns(r, out);
	str_addf(out, "\nFROM %s\nWHERE ", r->from);
	expression(out, r->key);
	str_add(out, " IN (SELECT key FROM key_list)\nORDER BY 1, 4, 2, 3");
	for (int i = 0; i < r->n_fields; i++)
		str_addf(out, ", %d", Q_FIELDS + i + 1);
}

void audit_count_query(const struct rule *r, bool scoped, bool by_unit, struct str *out)
{
	bool first = true;

	if (!by_unit) {
		str_add(out, "SELECT count(*), ");
		count_outside(r, out);
		str_add(out, ", sum(CASE WHEN ");
		if (has_event(r)) {
			str_add(out, "NOT ");
			event_condition(r, out);
			str_add(out, " OR ");
		}
		verdict_condition(r, out);
		str_add(out, " THEN 0 ELSE 1 END)");
		population(r, scoped, "", out, &first);
		return;
	}
	str_add(out, "SELECT sum(n), sum(outside), NULL FROM (SELECT ");
	expression(out, r->unit);
	str_add(out, " AS unit_id, count(*) AS n, ");
	count_outside(r, out);
	str_add(out, " AS outside");
	population(r, scoped, "", out, &first);
	str_add(out, "\nGROUP BY 1) AS units");
}
