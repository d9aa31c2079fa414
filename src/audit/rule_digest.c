/* What a verdict of a rule depends on: its own words and parameters, and which of the inputs beside the facts. */
#include "audit_int.h"

#include <rasoat/hash.h>
#include <rasoat/str.h>
#include <string.h>

/* The SQL that decides; what is only shown (fields, message) does not. */
static void decisive_sql(const struct rule *rule, struct str *out)
{
	const struct rule *r = rule->written ? rule->written : rule; /* the terms have a digest of their own */
	const char *const parts[] = { r->from, r->scope, r->event, r->where, r->key, r->unit };

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		str_addf(out, "%s\n%c", parts[i] ? parts[i] : "", '\x1e');
	for (int i = 0; i < r->n_needs; i++)
		str_addf(out, "%s\n%c", r->needs[i].sql, '\x1e');
}

void rule_digest(const struct rule *r, char out[HASH_HEX])
{
	CLEANUP(str_free) struct str text = STR_INIT;
	unsigned char bytes[HASH_SIZE];
	char from[11], to[11];

	str_addf(&text, "%s\n%d\n", r->id, r->store);
	str_addf(&text, "%s\n%s\n", r->valid_from == DAY_NONE ? "" : date_iso(r->valid_from, from),
		 r->valid_to == DAY_NONE ? "" : date_iso(r->valid_to, to));
	decisive_sql(r, &text);
	for (int i = 0; i < r->n_params; i++)
		str_addf(&text, "%s=%s\n", r->params[i].name, r->params[i].value ? r->params[i].value : "");
	hash_bytes(text.p, text.len, bytes);
	hash_digits(bytes, out);
}

static bool reads_any(const char *sql, const char *const *names)
{
	for (; *names; names++)
		if (sql_reads(sql, *names))
			return true;
	return false;
}

void rule_depends(const struct rule *r, struct str *out)
{
	static const char *const terms[] = { "case_clock", "term_due", "term_latest", "term_count", NULL };
	static const char *const calendar[] = { "case_clock", "term_due", "term_latest", "add_workdays",
						"workdays_between", "next_workday", NULL };
	static const char *const organisation[] = { "unit", "unit_parent", NULL };
	static const struct {
		const char *word;
		const char *const *names;
	} inputs[] = { { "terms", terms }, { "calendar", calendar }, { "organisation", organisation } };
	CLEANUP(str_free) struct str sql = STR_INIT;

	decisive_sql(r, &sql);
	for (size_t i = 0; i < sizeof(inputs) / sizeof(inputs[0]); i++)
		if (reads_any(sql.p, inputs[i].names))
			str_addf(out, "%s%s", out->len ? " " : "", inputs[i].word);
}
