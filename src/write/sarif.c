/*
 * SARIF 2.1.0: the findings of an audit for programs that collect results of many tools. Each rule is a
 * descriptor of the driver, each finding a result, a rule that could not run a notification too. Rows
 * are pulled and written one by one; nothing of them stays in memory.
 *
 * What the standard asks (the sections are its own): `level` is "none" but for kind "fail" (3.27.10); `suppressions` stands in
 * every result, empty where nothing is waived (3.27.23); `baselineState` in every result or in none (3.27.24).
 */
#include "json_cell.h"
#include "plain_file.h"
#include "writers.h"

#include <rasoat/json.h>
#include <rasoat/version.h>

#include <string.h>

#define SARIF_SCHEMA "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

/* The columns of a finding that SARIF has a place for; the others go into its properties. */
enum part { P_KEY, P_UNIT, P_UNIT_NAME, P_VERDICT, P_REASON, P_MESSAGE, P_FINGERPRINT, P_RULE, P_SEVERITY, P_BASELINE, P_WAIVER,
	    PARTS };
static const char *const part_keys[PARTS] = { "key",	 "unit",	"unit_name", "verdict",	 "reason", "message",
					      "fingerprint", "rule", "severity",  "baseline", "waiver" };

struct sarif {
	struct plain_file *file;
	struct str *out;
	const struct document *d;
	const struct doc_fact *rules; /* "about": one fact a rule */
	int64_t results;
};

/* A table of findings being written. */
struct sarif_table {
	const struct doc_table *t;
	int column[PARTS]; /* -1 = not there */
	int64_t row;
	const struct cell *cells;
};

static const struct doc_fact *fact_find(const struct doc_fact *facts, int n, const char *key)
{
	for (int i = 0; i < n; i++)
		if (str_eq(facts[i].key, key))
			return &facts[i];
	return NULL;
}

static const struct doc_fact *run_fact(const struct sarif *s, const char *key)
{
	return fact_find(s->d->facts, s->d->n_facts, key);
}

static const char *fact_text(const struct doc_fact *rule, const char *key)
{
	const struct doc_fact *f = fact_find(rule->object, rule->n_object, key);

	return f && f->value.kind == CELL_TEXT ? f->value.text : NULL;
}

static const char *level_of(const char *severity)
{
	if (str_eq(severity, "critical") || str_eq(severity, "high"))
		return "error";
	return str_eq(severity, "low") ? "note" : "warning";
}

static void put_text(struct sarif *s, const char *before, const char *text)
{
	str_add(s->out, before);
	json_text(s->out, text);
}

/* --- the driver's rules --- */

/* The path of a rule file as a URI reference: RFC 3986's unreserved characters and slashes stay. */
static void put_uri(struct str *out, const char *path)
{
	str_addc(out, '"');
	for (const unsigned char *p = (const unsigned char *)path; *p; p++) {
		bool plain = (*p >= '0' && *p <= '9') || ((*p | 0x20) >= 'a' && (*p | 0x20) <= 'z') ||
			     strchr("-._~/", *p);

		if (plain)
			str_addc(out, (char)*p);
		else
			str_addf(out, "%%%02X", *p);
	}
	str_addc(out, '"');
}

static void put_help(struct sarif *s, const struct doc_fact *rule)
{
	const char *basis = fact_text(rule, "basis"), *remedy = fact_text(rule, "remedy");
	CLEANUP(str_free) struct str help = STR_INIT;

	if (basis)
		str_addf(&help, "Căn cứ: %s", basis);
	if (remedy)
		str_addf(&help, "%sBiện pháp: %s", help.len ? "\n" : "", remedy);
	if (!help.len)
		return;
	put_text(s, ",\"help\":{\"text\":", help.p);
	str_addc(s->out, '}');
}

static enum status put_descriptor(struct sarif *s, const struct doc_fact *rule, struct err *e)
{
	static const char *const shown[] = { "severity", "pack", "subject", "law", "valid_from", "valid_to", "remedy" };
	const struct doc_fact *params = fact_find(rule->object, rule->n_object, "params");
	const char *title = fact_text(rule, "title");

	put_text(s, "{\"id\":", rule->key);
	put_text(s, ",\"shortDescription\":{\"text\":", title ? title : rule->key);
	str_addc(s->out, '}');
	put_help(s, rule);
	put_text(s, ",\"defaultConfiguration\":{\"level\":", level_of(fact_text(rule, "severity")));
	if (params && params->n_object) {
		str_add(s->out, ",\"parameters\":{");
		if (json_members(s->out, params->object, params->n_object, e) != ST_OK)
			return ST_ERR;
		str_addc(s->out, '}');
	}
	str_add(s->out, "},\"properties\":{");
	for (size_t i = 0, n = 0; i < sizeof(shown) / sizeof(*shown); i++) {
		const struct doc_fact *f = fact_find(rule->object, rule->n_object, shown[i]);

		if (!f)
			continue;
		str_add(s->out, n++ ? "," : "");
		if (json_fact(s->out, f, e) != ST_OK)
			return ST_ERR;
	}
	str_add(s->out, "}}");
	return ST_OK;
}

static enum status put_driver(struct sarif *s, struct err *e)
{
	str_add(s->out, "\"tool\":{\"driver\":{\"name\":\"rasoat\",\"version\":\"" RASOAT_VERSION
			"\",\"language\":\"vi-VN\",\"rules\":[\n");
	for (int i = 0; i < s->rules->n_object; i++) {
		str_add(s->out, i ? ",\n" : "");
		if (put_descriptor(s, &s->rules->object[i], e) != ST_OK)
			return ST_ERR;
	}
	str_add(s->out, "\n]}}");
	return ST_OK;
}

/* --- the run --- */

static int rule_index(const struct sarif *s, const char *id)
{
	for (int i = 0; id && i < s->rules->n_object; i++)
		if (str_eq(s->rules->object[i].key, id))
			return i;
	return -1;
}

/* "ACC-01: no such column": the rule's id stands in front. */
static void put_notification(struct sarif *s, const char *error)
{
	const char *colon = strchr(error, ':');
	char id[32] = "";
	int index;

	if (colon && (size_t)(colon - error) < sizeof(id))
		memcpy(id, error, (size_t)(colon - error));
	index = rule_index(s, id);
	put_text(s, "{\"level\":\"error\",\"message\":{\"text\":", error);
	str_addc(s->out, '}');
	if (index >= 0) {
		put_text(s, ",\"associatedRule\":{\"id\":", id);
		str_addf(s->out, ",\"index\":%d}", index);
	}
	str_addc(s->out, '}');
}

static void put_invocation(struct sarif *s)
{
	const struct doc_fact *errors = run_fact(s, "errors");
	int n = errors ? errors->n_list : 0;

	str_addf(s->out, ",\n\"invocations\":[{\"executionSuccessful\":%s,\"toolExecutionNotifications\":[",
		 n ? "false" : "true");
	for (int i = 0; i < n; i++) {
		str_add(s->out, i ? ",\n" : "\n");
		put_notification(s, errors->list[i]);
	}
	str_add(s->out, "]}]");
}

/* "rasoat/audit/UNIT/2026-10-05": what stands before the last slash is the same from run to run. */
static enum status put_automation(struct sarif *s, struct err *e)
{
	const struct doc_fact *as_of = run_fact(s, "as_of"), *unit = run_fact(s, "unit"), *guid = run_fact(s, "run_guid");
	CLEANUP(str_free) struct str id = STR_INIT;
	char day[11];

	str_add(&id, "rasoat/audit/");
	if (unit && unit->value.kind == CELL_TEXT)
		str_addf(&id, "%s/", unit->value.text);
	if (as_of && as_of->value.kind == CELL_DATE)
		str_add(&id, date_iso((day_t)as_of->value.i, day));
	str_add(s->out, ",\n\"automationDetails\":{\"id\":");
	if (json_cell_text(s->out, (struct json_place){ "run", 1 }, "unit", id.p, e) != ST_OK)
		return ST_ERR;
	if (guid && guid->value.kind == CELL_TEXT)
		put_text(s, ",\"guid\":", guid->value.text);
	put_text(s, ",\"description\":{\"text\":", s->d->title ? s->d->title : "");
	str_add(s->out, "}}");
	return ST_OK;
}

static enum status put_run_properties(struct sarif *s, struct err *e)
{
	const struct doc_fact *baseline = run_fact(s, "baseline_guid");
	bool first = true;

	if (baseline && baseline->value.kind == CELL_TEXT)
		put_text(s, ",\n\"baselineGuid\":", baseline->value.text);
	str_add(s->out, ",\n\"properties\":{");
	for (int i = 0; i < s->d->n_facts; i++) {
		const struct doc_fact *f = &s->d->facts[i];

		if (word_in(f->key, "about errors run_guid baseline_guid"))
			continue;
		str_add(s->out, first ? "" : ",");
		first = false;
		if (json_fact(s->out, f, e) != ST_OK)
			return ST_ERR;
	}
	str_add(s->out, "}");
	return ST_OK;
}

/* --- results --- */

static const struct cell *part(const struct sarif_table *t, enum part p)
{
	static const struct cell blank;

	return t->column[p] < 0 ? &blank : &t->cells[t->column[p]];
}

static const char *part_text(const struct sarif_table *t, enum part p)
{
	const struct cell *c = part(t, p);

	if (c->word)
		return c->word;
	return c->kind == CELL_TEXT ? c->text : c->kind == CELL_HIDDEN ? "***" : NULL;
}

static enum status put_part(struct sarif *s, const struct sarif_table *t, const char *before, const char *text,
			    enum part p, struct err *e)
{
	str_add(s->out, before);
	return json_cell_text(s->out, (struct json_place){ t->t->id, t->row }, part_keys[p], text ? text : "", e);
}

/* The subject and its unit; names that contain a slash stay readable, the properties have the parts. */
static enum status put_locations(struct sarif *s, const struct sarif_table *t, const struct doc_fact *rule, struct err *e)
{
	const char *unit = part_text(t, P_UNIT), *key = part_text(t, P_KEY), *subject = fact_text(rule, "subject");
	const char *unit_name = part_text(t, P_UNIT_NAME);
	CLEANUP(str_free) struct str full = STR_INIT;

	str_addf(&full, "%s%s%s", unit ? unit : "", unit ? "::" : "", key ? key : "");
	if (put_part(s, t, ",\"locations\":[{\"logicalLocations\":[{\"name\":", key, P_KEY, e) != ST_OK ||
	    put_part(s, t, ",\"fullyQualifiedName\":", full.p, P_UNIT, e) != ST_OK)
		return ST_ERR;
	put_text(s, ",\"kind\":", subject ? subject : "subject");
	if (unit) {
		if (put_part(s, t, "},{\"name\":", unit_name ? unit_name : unit, P_UNIT_NAME, e) != ST_OK ||
		    put_part(s, t, ",\"fullyQualifiedName\":", unit, P_UNIT, e) != ST_OK)
			return ST_ERR;
		str_add(s->out, ",\"kind\":\"unit\"");
	}
	str_add(s->out, "}]}]");
	return ST_OK;
}

/* Where the rule is written. */
static void put_related(struct sarif *s, const struct doc_fact *rule)
{
	const struct doc_fact *line = fact_find(rule->object, rule->n_object, "line");
	const char *file = fact_text(rule, "file");

	if (!file)
		return;
	str_add(s->out, ",\"relatedLocations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":");
	put_uri(s->out, file);
	str_add(s->out, ",\"uriBaseId\":\"WORKSPACE\"}");
	if (line && line->value.kind == CELL_INT && line->value.i > 0)
		str_addf(s->out, ",\"region\":{\"startLine\":%d}", (int)line->value.i);
	str_add(s->out, "},\"message\":{\"text\":\"Quy tắc\"}}]");
}

static enum status put_suppressions(struct sarif *s, const struct sarif_table *t, struct err *e)
{
	const char *waiver = part_text(t, P_WAIVER);

	str_add(s->out, ",\"suppressions\":[");
	if (str_eq(part_text(t, P_VERDICT), "waived")) {
		if (put_part(s, t, "{\"kind\":\"external\",\"status\":\"accepted\",\"justification\":",
			     part_text(t, P_REASON), P_REASON, e) != ST_OK)
			return ST_ERR;
		if (waiver && put_part(s, t, ",\"properties\":{\"waiver\":", waiver, P_WAIVER, e) != ST_OK)
			return ST_ERR;
		str_add(s->out, waiver ? "}}" : "}");
	}
	str_addc(s->out, ']');
	return ST_OK;
}

static enum status put_fingerprints(struct sarif *s, const struct sarif_table *t, struct err *e)
{
	const char *print = part_text(t, P_FINGERPRINT), *baseline = part_text(t, P_BASELINE);

	if (!print)
		return ST_OK;
	if (put_part(s, t, ",\"fingerprints\":{\"rasoatFinding/v1\":", print, P_FINGERPRINT, e) != ST_OK ||
	    put_part(s, t, "},\"partialFingerprints\":{\"rasoatFinding/v1\":", print, P_FINGERPRINT, e) != ST_OK)
		return ST_ERR;
	str_addc(s->out, '}');
	if (baseline)
		return put_part(s, t, ",\"baselineState\":", baseline, P_BASELINE, e);
	return ST_OK;
}

/* What has no place of its own: verdict, unit, severity, and the fields of the rule. */
static enum status put_properties(struct sarif *s, const struct sarif_table *t, struct err *e)
{
	static const char elsewhere[] = "key unit_name message fingerprint rule baseline waiver";
	bool first = true;

	str_add(s->out, ",\"properties\":{");
	for (int i = 0; i < t->t->n_columns; i++) {
		const char *key = t->t->columns[i].key;

		if (!key || word_in(key, elsewhere))
			continue;
		str_add(s->out, first ? "" : ",");
		first = false;
		json_text(s->out, str_eq(key, "tags") ? "field_tags" : key); /* "tags" has a meaning of its own (3.8.2) */
		str_addc(s->out, ':');
		if (json_cell(s->out, (struct json_place){ t->t->id, t->row }, key, &t->cells[i], e) != ST_OK)
			return ST_ERR;
	}
	str_addc(s->out, '}');
	return ST_OK;
}

/* "fail" and what was a fail before a waiver are problems; all else is open: there was not enough to decide. */
static const char *kind_of(const char *verdict)
{
	return str_eq(verdict, "fail") || str_eq(verdict, "waived") ? "fail" : "open";
}

static enum status put_result(struct sarif *s, const struct sarif_table *t, struct err *e)
{
	const char *id = part_text(t, P_RULE), *kind = kind_of(part_text(t, P_VERDICT));
	int index = rule_index(s, id);
	const struct doc_fact *rule;

	if (index < 0)
		return err_set(e, "table '%s', row %lld: rule '%s' is not among those of the run", t->t->id, (long long)t->row,
			       id ? id : "");
	rule = &s->rules->object[index];
	str_add(s->out, s->results++ ? ",\n" : "\n");
	put_text(s, "{\"ruleId\":", id);
	str_addf(s->out, ",\"ruleIndex\":%d,\"kind\":\"%s\",\"level\":\"%s\"", index, kind,
		 str_eq(kind, "fail") ? level_of(part_text(t, P_SEVERITY)) : "none");
	if (put_part(s, t, ",\"message\":{\"text\":", part_text(t, P_MESSAGE), P_MESSAGE, e) != ST_OK)
		return ST_ERR;
	str_addc(s->out, '}');
	if (put_locations(s, t, rule, e) != ST_OK)
		return ST_ERR;
	put_related(s, rule);
	if (put_fingerprints(s, t, e) != ST_OK || put_suppressions(s, t, e) != ST_OK ||
	    put_properties(s, t, e) != ST_OK)
		return ST_ERR;
	str_addc(s->out, '}');
	return plain_pour(s->file, e);
}

static bool table_open(struct sarif_table *t)
{
	for (int p = 0; p < PARTS; p++) {
		t->column[p] = -1;
		for (int i = 0; i < t->t->n_columns; i++)
			if (str_eq(t->t->columns[i].key, part_keys[p]))
				t->column[p] = i;
	}
	return t->column[P_RULE] >= 0 && t->column[P_VERDICT] >= 0 && t->column[P_KEY] >= 0;
}

static enum status put_table(struct sarif *s, const struct doc_table *table, struct err *e)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();
	struct cell *cells = ARENA_ARRAY(a, (size_t)table->n_columns + 1, struct cell);
	struct sarif_table t = { .t = table, .cells = cells };
	enum row_kind kind = ROW_BODY;
	int got;

	if (!table_open(&t))
		return ST_OK;
	if (table->rows.rewind && table->rows.rewind(table->rows.ctx, e) != ST_OK)
		return ST_ERR;
	while ((got = table->rows.next(table->rows.ctx, cells, &kind, e)) > 0) {
		t.row++;
		if (kind == ROW_BODY && put_result(s, &t, e) != ST_OK)
			return ST_ERR;
		memset(cells, 0, (size_t)table->n_columns * sizeof(*cells));
		kind = ROW_BODY;
	}
	return got < 0 ? err_in(e, "table '%s'", table->id) : ST_OK;
}

static enum status put_results(struct sarif *s, struct err *e)
{
	str_add(s->out, ",\n\"results\":[");
	for (int i = 0; i < s->d->n_sections; i++)
		for (int k = 0; k < s->d->sections[i].n_blocks; k++) {
			const struct doc_block *b = &s->d->sections[i].blocks[k];

			if (b->kind == BLOCK_TABLE && b->table->data && put_table(s, b->table, e) != ST_OK)
				return ST_ERR;
		}
	str_add(s->out, "\n]");
	return ST_OK;
}

static enum status sarif_write(const struct document *d, const struct write_options *o, const char *path, struct err *e)
{
	CLEANUP(plain_drop) struct plain_file f = { .fd = -1, .buf = STR_INIT };
	struct sarif s = { .file = &f, .out = &f.buf, .d = d };

	(void)o;
	s.rules = run_fact(&s, "about");
	if (!s.rules)
		return err_set(e, "SARIF holds the findings of an audit, and this is a report; take another format");
	if (plain_open(&f, path, e) != ST_OK)
		return ST_ERR;
	str_add(s.out, "{\"$schema\":\"" SARIF_SCHEMA "\",\"version\":\"2.1.0\",\"runs\":[{\n");
	if (put_driver(&s, e) != ST_OK)
		return ST_ERR;
	str_add(s.out, ",\n\"language\":\"vi-VN\"");
	if (put_automation(&s, e) != ST_OK)
		return ST_ERR;
	put_invocation(&s);
	str_add(s.out, ",\n\"originalUriBaseIds\":{\"WORKSPACE\":{\"description\":{\"text\":\"Thư mục làm việc của rasoat\"}}}");
	if (put_run_properties(&s, e) != ST_OK || put_results(&s, e) != ST_OK)
		return ST_ERR;
	str_add(s.out, "}]}\n");
	return plain_close(&f, e);
}

const struct writer sarif_writer = { "sarif", ".sarif", sarif_write };
