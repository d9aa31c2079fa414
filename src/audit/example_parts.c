/* Trying out a rule: whether an engine reads its SQL, and which part it does not. */
#include "example_int.h"

#include <rasoat/str.h>
#include <string.h>

const char *example_text(const struct store *s, const char *text)
{
	const char *name = store_name(s);
	size_t n = strlen(name);

	return str_starts(text, name) && text[n] == ':' && text[n + 1] == ' ' ? text + n + 2 : text;
}

/* One part of the rule alone, so that the message can say which one is wrong. */
static bool part_fails(struct store *s, const struct rule *r, const char *sql, struct err *e)
{
	CLEANUP(str_free) struct str query = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;

	str_addf(&query, "SELECT (\n%s\n) FROM %s", sql ? sql : "1", r->from);
	return store_prepare(s, query.p, &st, e) != ST_OK;
}

static bool report_part(struct store *s, const struct rule *r, struct diags *d, const char *part,
			const char *sql, int line)
{
	struct err e = ERR_INIT;

	if (!part_fails(s, r, sql, &e))
		return false;
	diag_error(d, r->file, line, "rule '%s': %s: %s", r->id, part, example_text(s, e.text));
	return true;
}

/* Whether a part was found that fails by itself; only then its line is known. */
bool example_report_parts(struct store *s, const struct rule *r, struct diags *d)
{
	CLEANUP(str_free) struct str part = STR_INIT;
	bool found = false;

	if (report_part(s, r, d, "<from>", NULL, r->line))
		return true; /* nothing else can be right then */
	if (r->scope)
		found |= report_part(s, r, d, "<scope>", r->scope, r->line);
	if (r->event)
		found |= report_part(s, r, d, "<event>", r->event, r->line);
	for (int i = 0; i < r->n_needs; i++)
		found |= report_part(s, r, d, "<needs>", r->needs[i].sql, r->needs[i].line);
	found |= report_part(s, r, d, "<where>", r->where, r->where_line);
	found |= report_part(s, r, d, "<key>", r->key, r->line);
	found |= report_part(s, r, d, "<unit>", r->unit, r->line);
	if (r->since)
		found |= report_part(s, r, d, "<since>", r->since, r->line);
	for (int i = 0; i < r->n_fields; i++) {
		str_clear(&part);
		str_addf(&part, "<field name=\"%s\">", r->fields[i].name);
		found |= report_part(s, r, d, part.p, r->fields[i].sql, r->fields[i].line);
	}
	return found;
}

/* With --unit the unit stands in a condition, where not all that can be selected is allowed. */
static enum status scope_prepares(struct store *s, const struct rule *r, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;

	str_addf(&sql, "SELECT 1 FROM %s\nWHERE (\n%s\n) IN (SELECT unit_id FROM unit_scope)", r->from,
		 r->unit);
	return store_prepare(s, sql.p, &st, e);
}

void example_prepare(struct example_bench *b, const struct rule *r, struct diags *d)
{
	struct store *s = b->stores[r->store];
	struct err e = ERR_INIT;

	example_forget(b);
	if (rule_run_open(s, r, false, false, &b->run, &e) == ST_OK && scope_prepares(s, r, &e) == ST_OK) {
		b->prepared = r;
		rule_index_warn(s, b->run, d);
	} else if (!example_report_parts(s, r, d)) {
		diag_error(d, r->file, r->line, "rule '%s': %s", r->id, example_text(s, e.text));
	}
}

void rule_plan(struct store *s, const struct rule *r, day_t as_of, struct diags *d)
{
	CLEANUP(rule_run_cleanup) struct rule_run *run = NULL;
	struct err e = ERR_INIT;

	if (rule_run_open(s, r, true, true, &run, &e) != ST_OK ||
	    rule_run_bind(run, as_of, NULL, NULL, 0, &e) != ST_OK ||
	    stmt_plan(run->query, &e) != ST_OK || stmt_plan(run->count, &e) != ST_OK)
		diag_error(d, r->file, r->line, "rule '%s': %s", r->id, e.text);
}
