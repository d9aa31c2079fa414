/* What a run is given, as digests: with the same the same is found. */
#include "compare_int.h"

#include <rasoat/arena.h>
#include <rasoat/hash.h>
#include <rasoat/json.h>
#include <rasoat/str.h>
#include <rasoat/units.h>
#include <string.h>

/* {"ACC-05.days":"90"}: parameters as they count. */
static const char *params_text(struct arena *a, const struct audit_result *r, const struct terms *terms)
{
	CLEANUP(str_free) struct str out = STR_INIT;
	const char *sep = "{";

	for (int i = 0; i < r->n_outcomes; i++) {
		const struct rule *rule = r->outcomes[i].rule;

		for (int k = 0; k < rule->n_params; k++) {
			str_addf(&out, "%s\"%s.%s\":", sep, rule->id, rule->params[k].name);
			json_text(&out, rule->params[k].value);
			sep = ",";
		}
	}
	if (terms)
		str_addf(&out, "%s\"terms\":\"%s\",\"terms.complexity-ground\":\"%s\"", sep, terms->digest,
			 terms->settings.ground_optional ? "optional" : "required");
	else
		str_add(&out, out.len ? "" : "{");
	str_addc(&out, '}');
	return arena_strdup(a, out.p);
}

static const char *digest_of(struct arena *a, const struct str *text)
{
	unsigned char bytes[HASH_SIZE];

	hash_bytes(text->p, text->len, bytes);
	return hash_digits(bytes, arena_alloc(a, HASH_HEX));
}

const char *run_calendar_digest(struct arena *a, const struct workdays *w)
{
	CLEANUP(str_free) struct str text = STR_INIT;

	str_addf(&text, "%lld %lld %lld\n", (long long)w->first, (long long)w->last, (long long)w->provisional_from);
	for (day_t d = w->first; d <= w->last; d++)
		str_addc(&text, (char)('0' + w->worked[d - w->first]));
	return digest_of(a, &text);
}

static const char *selected_text(struct arena *a, const char *const *ids, const struct audit_result *r)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	for (int i = 0; ids && i < r->n_outcomes; i++)
		str_addf(&out, "%s%s", i ? " " : "", r->outcomes[i].rule->id);
	return ids ? arena_strdup(a, out.p) : NULL;
}

/* Of what was imported, table by table (import_facts). NULL: nothing was, by a rasoat that kept count. */
enum status run_facts_digest(struct arena *a, struct store *s, const char **ret, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	CLEANUP(str_free) struct str text = STR_INIT;
	enum step step;

	if (store_prepare(s, "SELECT name, value FROM rasoat_meta WHERE name >= 'facts ' AND name < 'facts!' ORDER BY name",
			  &st, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW)
		str_addf(&text, "%s %s\n", stmt_text(st, 0), stmt_text(st, 1));
	*ret = text.len ? digest_of(a, &text) : NULL;
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

/* A cell of the list of units: it may hold neither tabs nor line ends. */
static void add_cell(struct str *out, const char *text, char end)
{
	for (; text && *text; text++)
		str_addc(out, strchr("\t\n", *text) ? ' ' : *text);
	str_addc(out, end);
}

static bool in_time(const struct unit *u, day_t day)
{
	return (u->valid_from == DAY_NONE || u->valid_from <= day) && (u->valid_to == DAY_NONE || u->valid_to >= day);
}

/* id, parent, name, level, remote, in existence, province, from, to: a unit a line, by id. */
static enum status organisation_text(struct arena *a, struct store *s, day_t as_of, const char **ret, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	CLEANUP(str_free) struct str out = STR_INIT;
	struct units *units = NULL;
	enum step step;

	if (units_load(a, s, &units, e) != ST_OK ||
	    store_prepare(s, "SELECT unit_id, coalesce(remote, 0), province_code, valid_from, valid_to FROM unit ORDER BY unit_id",
			  &st, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW) {
		int i = units_find(units, stmt_text(st, 0));
		const struct unit *u = i < 0 ? NULL : units_at(units, i);

		if (!u)
			continue;
		add_cell(&out, u->id, '\t');
		add_cell(&out, u->parent < 0 ? "" : units_at(units, u->parent)->id, '\t');
		add_cell(&out, u->name, '\t');
		add_cell(&out, u->level, '\t');
		str_addf(&out, "%lld\t%d\t", (long long)stmt_int(st, 1), in_time(u, as_of));
		for (int k = 2; k < 5; k++)
			add_cell(&out, stmt_text(st, k), k < 4 ? '\t' : '\n');
	}
	*ret = arena_strdup(a, out.p);
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

enum status run_inputs_read(struct arena *a, const struct rule_set *rules, const struct terms *terms,
			    const struct workdays *w, struct store *const stores[2], const struct audit_options *opt,
			    const struct audit_result *r, struct run_inputs *ret, struct err *e)
{
	struct store *units = stores[STORE_ACCOUNTS] ? stores[STORE_ACCOUNTS] : stores[STORE_CASES];

	*ret = (struct run_inputs){
		.as_of = opt->as_of,
		.unit = opt->unit,
		.selected = selected_text(a, opt->rules, r),
		.rules_digest = rules->digest,
		.params = params_text(a, r, terms),
		.terms_digest = terms ? terms->digest : NULL,
		.waivers_digest = opt->waivers && *opt->waivers->digest ? opt->waivers->digest : NULL,
		.calendar_digest = w ? run_calendar_digest(a, w) : NULL,
	};
	if ((stores[STORE_CASES] && run_facts_digest(a, stores[STORE_CASES], &ret->cases_digest, e) != ST_OK) ||
	    (stores[STORE_ACCOUNTS] && run_facts_digest(a, stores[STORE_ACCOUNTS], &ret->accounts_digest, e) != ST_OK))
		return ST_ERR;
	return units ? organisation_text(a, units, opt->as_of, &ret->organisation, e) : ST_OK;
}
