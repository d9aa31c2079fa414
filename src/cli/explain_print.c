#include "explain_print.h"
#include "explain.h"

#include <rasoat/json.h>
#include <rasoat/secrecy.h>

#include <stdio.h>
#include <string.h>

/* ---- for people ---- */

/* On one line, whatever is in it. */
static void put_line(const char *text)
{
	bool blank = false;

	for (; *text; text++) {
		bool is_blank = strchr(" \t\r\n", *text);

		if (!is_blank || !blank)
			putchar(is_blank ? ' ' : *text);
		blank = is_blank;
	}
}

/* A date with its day, month and year as people here write them. */
static void put_value(const char *text)
{
	char dmy[11];
	day_t day;

	if (!text) {
		fputs("(empty)", stdout);
		return;
	}
	put_line(text);
	if (date_parse_iso(text, strlen(text), &day))
		printf(" (%s)", date_dmy(day, dmy));
}

static void put_term(const struct explain_value *v)
{
	if (!v->term)
		return;
	printf("           %s: %s\n", v->term->id, v->term->title);
	for (int i = 0; v->version && i < v->version->n_bases; i++) {
		const struct basis *b = &v->version->bases[i];

		printf("           %s%s%s%s%s\n", b->document, b->date ? ", " : "", b->date ? b->date : "",
		       b->clause ? ", " : "", b->clause ? b->clause : "");
	}
}

static void put_values(const struct explain_value *values, int n)
{
	for (int i = 0; i < n; i++) {
		fputs("         ", stdout);
		put_line(values[i].name);
		fputs(" = ", stdout);
		put_value(values[i].text);
		putchar('\n');
		put_term(&values[i]);
	}
}

static void put_condition(const struct explain_condition *c)
{
	printf("%-7s  ", explain_truth_words[c->truth]);
	put_line(c->text);
	printf("  [%s, line %d]\n", explain_part_words[c->part], c->line);
	if (c->reason && c->truth != EXPLAIN_TRUE)
		printf("         %s\n", c->reason);
	put_values(c->values, c->n_values);
}

static void put_missing(const struct explain_missing *m)
{
	printf("no row of %s", m->source);
	if (m->condition) {
		fputs(" with ", stdout);
		put_line(m->condition);
	}
	putchar('\n');
	put_values(m->values, m->n_values);
	if (m->first && !str_eq(m->first, m->condition)) {
		fputs("         there is one until this is asked: ", stdout);
		put_line(m->first);
		putchar('\n');
	}
	if (m->relation && m->doc)
		printf("         %s: %s\n", m->relation, m->doc);
}

static void put_history(const struct finding_record *r)
{
	if (!r) {
		puts("history: in no run of the ledger");
		return;
	}
	printf("history: first found as of %s (run %lld), in %lld run%s", r->first_as_of, (long long)r->first_run,
	       (long long)r->runs, r->runs == 1 ? "" : "s");
	if (r->last_as_of)
		printf("; last as of %s (run %lld): %s", r->last_as_of, (long long)r->last_run, r->last_verdict);
	putchar('\n');
}

static const char *in_words(const struct explanation *x)
{
	switch (x->verdict) {
	case EXPLAINED_PASS:
		return "pass: it was looked at, and one condition of the violation is not met";
	case EXPLAINED_OUTSIDE:
		return "outside: not applicable, its event is not in the time of the rule's law";
	case EXPLAINED_NOT_EXAMINED:
		return "not examined: the rule does not look at it";
	case EXPLAINED_NO_PARTNER:
		return "not examined: the rule looks only at what the join finds a partner for";
	case EXPLAINED_UNKNOWN_KEY:
		return "unknown: the rule's tables have no such subject on this day";
	case EXPLAINED_NOT_IN_FORCE:
		return "not applicable: the rule's law is not in force on this day";
	default:
		return explain_verdict_words[x->verdict];
	}
}

static bool is_finding(const struct explanation *x)
{
	return x->verdict == EXPLAINED_FAIL || x->verdict == EXPLAINED_WAIVED || x->verdict == EXPLAINED_INDETERMINATE;
}

static void put_finding(const struct explanation *x)
{
	const struct finding *f = &x->finding;

	printf("finding: %s\n", x->fingerprint);
	fputs("unit:    ", stdout);
	put_line(f->unit ? f->unit : "-");
	fputs("\nsince:   ", stdout);
	if (f->since)
		put_value(f->since);
	else
		putchar('-');
	putchar('\n');
	for (int i = 0; i < f->n_fields; i++) {
		printf("  %s: ", x->rule->fields[i].label);
		put_line(f->fields[i] ? f->fields[i] : "-");
		putchar('\n');
	}
	fputs("message: ", stdout);
	put_line(f->message);
	printf("\nremedy:  %s\n", x->rule->remedy);
}

static void put_clock(const struct explanation *x, const struct clock_file *clock)
{
	for (int i = 0; clock && i < clock->n_entries; i++)
		if (str_eq(clock->entries[i].term->id, x->clock_term))
			explain_clock_entry(&clock->entries[i]);
}

static void put_head(const struct explanation *x, const struct finding_record *record)
{
	const struct rule *r = x->rule;

	printf("%s  %s\n", r->id, r->title);
	explain_basis(r->bases, r->n_bases);
	printf("rule:    %s:%d\n", r->file, r->line);
	printf("verdict: %s", in_words(x));
	if (is_finding(x) && x->finding.reason)
		printf(": %s", x->finding.reason);
	printf("\n%s:     %s\n", "key", x->rows && secrecy_is_masked(x->finding.key) ? SECRECY_MASK : x->key);
	if (x->finding.waiver)
		printf("waiver:  %s\n", x->finding.waiver);
	if (is_finding(x)) {
		put_history(record);
		put_finding(x);
	} else if (record) {
		put_history(record);
	}
}

void explain_print(const struct explanation *x, const struct finding_record *record, const struct clock_file *clock)
{
	put_head(x, record);
	if (x->first_out >= 0) {
		const struct explain_condition *c = &x->conditions[x->first_out];

		fputs(is_finding(x) ? "not known: " : "kept out by: ", stdout);
		put_line(c->text);
		printf("  [%s, %s:%d]\n", explain_part_words[c->part], x->rule->file, c->line);
	}
	if (x->verdict == EXPLAINED_NO_PARTNER) {
		fputs("kept out by: ", stdout);
		put_missing(&x->missing);
	}
	for (int i = 0; i < x->n_near; i++)
		printf("%s%s%s", i ? ", " : "keys like it: ", x->near[i], i + 1 == x->n_near ? "\n" : "");
	if (x->rows > 1)
		printf("rows:    %d with this key; the first that tells most\n", x->rows);
	if (x->n_conditions)
		puts("conditions:");
	for (int i = 0; i < x->n_conditions; i++)
		put_condition(&x->conditions[i]);
	put_clock(x, clock);
}

/* ---- for programs ---- */

static void add_key(struct str *out, const char *key)
{
	if (out->p[out->len - 1] != '{' && out->p[out->len - 1] != '[')
		str_addc(out, ',');
	(void)json_text(out, key);
	str_addc(out, ':');
}

static void add_text(struct str *out, const char *key, const char *text)
{
	add_key(out, key);
	if (text)
		(void)json_text(out, text);
	else
		str_add(out, "null");
}

static void add_int(struct str *out, const char *key, long long n)
{
	add_key(out, key);
	str_addf(out, "%lld", n);
}

static void add_values(struct str *out, const struct explain_value *values, int n)
{
	add_key(out, "values");
	str_addc(out, '[');
	for (int i = 0; i < n; i++) {
		str_add(out, i ? ",{" : "{");
		add_text(out, "name", values[i].name);
		add_text(out, "value", values[i].text);
		if (values[i].term)
			add_text(out, "term", values[i].term->id);
		str_addc(out, '}');
	}
	str_addc(out, ']');
}

static void add_conditions(struct str *out, const struct explanation *x)
{
	add_key(out, "conditions");
	str_addc(out, '[');
	for (int i = 0; i < x->n_conditions; i++) {
		const struct explain_condition *c = &x->conditions[i];

		str_add(out, i ? ",{" : "{");
		add_text(out, "part", explain_part_words[c->part]);
		add_int(out, "line", c->line);
		add_text(out, "text", c->text);
		add_text(out, "truth", explain_truth_words[c->truth]);
		add_values(out, c->values, c->n_values);
		str_addc(out, '}');
	}
	str_addc(out, ']');
}

static void add_finding(struct str *out, const struct explanation *x)
{
	const struct finding *f = &x->finding;

	add_text(out, "unit", f->unit);
	add_text(out, "since", f->since);
	add_text(out, "message", f->message);
	add_text(out, "reason", f->reason);
	add_text(out, "waiver", f->waiver);
	add_key(out, "fields");
	str_addc(out, '{');
	for (int i = 0; i < f->n_fields; i++)
		add_text(out, x->rule->fields[i].name, f->fields[i]);
	str_addc(out, '}');
}

static void add_missing(struct str *out, const struct explain_missing *m)
{
	add_key(out, "missing");
	str_addc(out, '{');
	add_text(out, "source", m->source);
	add_text(out, "condition", m->condition);
	add_text(out, "first", m->first);
	add_values(out, m->values, m->n_values);
	str_addc(out, '}');
}

static void add_history(struct str *out, const struct finding_record *r)
{
	add_key(out, "history");
	str_addc(out, '{');
	add_text(out, "first_as_of", r->first_as_of);
	add_int(out, "first_run", r->first_run);
	add_int(out, "runs", r->runs);
	add_int(out, "last_run", r->last_run);
	str_addc(out, '}');
}

void explain_print_json(const struct explanation *x, const struct finding_record *record, day_t as_of)
{
	CLEANUP(str_free) struct str out = STR_INIT;
	char iso[11];

	str_addc(&out, '{');
	add_text(&out, "rule", x->rule->id);
	add_text(&out, "key", x->rows && secrecy_is_masked(x->finding.key) ? SECRECY_MASK : x->key);
	add_text(&out, "as_of", date_iso(as_of, iso));
	add_text(&out, "verdict", explain_verdict_words[x->verdict]);
	add_text(&out, "fingerprint", x->fingerprint);
	add_key(&out, "first_out");
	if (x->first_out >= 0)
		str_addf(&out, "%d", x->first_out);
	else
		str_add(&out, "null");
	if (is_finding(x))
		add_finding(&out, x);
	add_conditions(&out, x);
	if (x->verdict == EXPLAINED_NO_PARTNER)
		add_missing(&out, &x->missing);
	if (record)
		add_history(&out, record);
	printf("%s}\n", out.p);
}
