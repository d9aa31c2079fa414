/* One rule on one store: rows of its query become findings. */
#include "audit_int.h"

#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char *const reason_event = "Không rõ ngày áp dụng pháp luật";
static const char *const reason_where = "Thiếu dữ liệu để kết luận";
static const char *const unknown_text = "(không rõ)";

void rule_run_close(struct rule_run *run)
{
	if (!run)
		return;
	stmt_close(run->query);
	stmt_close(run->count);
	arena_free(run->row);
	arena_free(run->last);
	free(run);
}

void rule_run_cleanup(struct rule_run **run)
{
	rule_run_close(*run);
	*run = NULL;
}

enum status rule_run_open(struct store *s, const struct rule *r, bool scoped, bool counted,
			  struct rule_run **ret, struct err *e)
{
	CLEANUP(rule_run_cleanup) struct rule_run *run = xmalloc(sizeof(*run));
	CLEANUP(str_free) struct str sql = STR_INIT;

	*run = (struct rule_run){ .rule = r, .store = s, .row = arena_new(), .last = arena_new() };
	run->tallied = counted && store_can_tally(s);
	if (store_set_clearance(s, r->clearance != NULL, e) != ST_OK)
		return ST_ERR;
	(run->tallied ? audit_tally_query : audit_query)(r, scoped, &sql);
	if (store_prepare(s, sql.p, &run->query, e) != ST_OK)
		return ST_ERR;
	str_clear(&sql);
	audit_count_query(r, scoped, store_is_split(s, NULL), &sql);
	if (counted && !run->tallied && store_prepare(s, sql.p, &run->count, e) != ST_OK)
		return ST_ERR;
	*ret = run;
	run = NULL;
	return ST_OK;
}

enum status rule_run_open_subjects(struct store *s, const struct rule *r, struct rule_run **ret, struct err *e)
{
	CLEANUP(rule_run_cleanup) struct rule_run *run = xmalloc(sizeof(*run));
	CLEANUP(str_free) struct str sql = STR_INIT;

	*run = (struct rule_run){ .rule = r, .store = s, .row = arena_new(), .last = arena_new(), .subjects = true };
	audit_subjects_query(r, &sql);
	if (store_set_clearance(s, r->clearance != NULL, e) != ST_OK ||
	    store_prepare(s, sql.p, &run->query, e) != ST_OK)
		return ST_ERR;
	*ret = run;
	run = NULL;
	return ST_OK;
}

static enum status bind_one(struct rule_run *run, const char *name, struct value v, struct err *e)
{
	if (run->count && stmt_bind_name(run->count, name, v, e) != ST_OK)
		return ST_ERR;
	return stmt_bind_name(run->query, name, v, e);
}

static enum status bind_param(struct rule_run *run, const struct rule_param *p, const char *text,
			      struct err *e)
{
	CLEANUP(str_free) struct str name = STR_INIT;
	struct value v = value_text(text);
	char *end;

	str_addf(&name, ":%s", p->name);
	if (text && (p->type == PARAM_DAYS || p->type == PARAM_INT)) {
		errno = 0;
		v = value_int(strtoll(text, &end, 10));
		if (errno || end == text || *end)
			return err_set(e, "parameter '%s' is '%s', which is no whole number", p->name, text);
	}
	return bind_one(run, name.p, v, e);
}

enum status rule_run_bind(struct rule_run *run, day_t as_of, const char *const *names,
			  const char *const *values, int n, struct err *e)
{
	const struct rule *r = run->rule;
	char iso[11];

	if (bind_one(run, ":as_of", value_text(date_iso(as_of, iso)), e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < r->n_params; i++) {
		const char *text = r->params[i].value;

		for (int k = 0; k < n; k++)
			if (str_eq(names[k], r->params[i].name))
				text = values[k];
		if (bind_param(run, &r->params[i], text, e) != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}

/* ---- rows ---- */

static const char *cell_text(struct arena *a, const struct stmt *st, int col)
{
	struct value v = stmt_value(st, col);

	switch (v.kind) {
	case V_INT:
		return arena_printf(a, "%lld", (long long)v.i);
	case V_REAL:
		return arena_printf(a, "%.15g", v.r);
	case V_TEXT:
		return arena_strndup(a, v.text, v.len);
	default:
		return NULL;
	}
}

/* "1234567" as "1.234.567"; anything but a whole number stays as it is. */
static void add_grouped(struct str *out, const char *text)
{
	const char *digits = text + (*text == '-');
	size_t n = strlen(digits);

	if (!n || strspn(digits, "0123456789") != n) {
		str_add(out, text);
		return;
	}
	str_addn(out, text, (size_t)(digits - text));
	for (size_t i = 0; i < n; i++) {
		if (i && (n - i) % 3 == 0)
			str_addc(out, '.');
		str_addc(out, digits[i]);
	}
}

void rule_value_text(struct str *out, const char *text, enum field_type type)
{
	char dmy[11];
	day_t day;

	if (!text)
		str_add(out, unknown_text);
	else if (type == FIELD_DATE && date_parse_iso(text, strlen(text), &day))
		str_add(out, date_dmy(day, dmy));
	else if (type == FIELD_MONEY)
		add_grouped(out, text);
	else
		str_add(out, text);
}

static void add_placeholder(struct str *out, const struct rule *r, const struct finding *f,
			    const char *name, size_t n)
{
	for (int i = 0; i < r->n_fields; i++)
		if (strlen(r->fields[i].name) == n && strncmp(r->fields[i].name, name, n) == 0) {
			rule_value_text(out, f->fields[i], r->fields[i].type);
			return;
		}
	if (n == 3 && strncmp(name, "key", n) == 0)
		rule_value_text(out, f->key, FIELD_TEXT);
	else if (n == 4 && strncmp(name, "unit", n) == 0)
		rule_value_text(out, f->unit, FIELD_TEXT);
	else if (n == 5 && strncmp(name, "since", n) == 0)
		rule_value_text(out, f->since, FIELD_DATE);
	else
		str_addf(out, "{%.*s}", (int)n, name); /* the loader refuses it; never dropped */
}

const char *rule_message(struct arena *a, const struct rule *r, const struct finding *f)
{
	CLEANUP(str_free) struct str out = STR_INIT;
	const char *p = r->message ? r->message : "", *open, *close;

	while ((open = strchr(p, '{')) && (close = strchr(open, '}'))) {
		str_addn(&out, p, (size_t)(open - p));
		add_placeholder(&out, r, f, open + 1, (size_t)(close - open - 1));
		p = close + 1;
	}
	str_add(&out, p);
	return arena_strndup(a, out.p, out.len);
}

static void read_days(const struct rule *r, struct finding *f)
{
	char *end;

	for (int i = 0; r->days && i < r->n_fields; i++) {
		const char *text = f->fields[i];

		if (!text || !str_eq(r->fields[i].name, r->days))
			continue;
		errno = 0;
		f->days = strtoll(text, &end, 10);
		f->has_days = end != text && !*end && !errno;
	}
	if (!f->has_days)
		f->days = 0;
}

static const char *reason_text(const struct rule *r, int64_t reason)
{
	if (reason > 0 && reason <= r->n_needs)
		return r->needs[reason - 1].reason;
	return reason == REASON_EVENT ? reason_event : reason_where;
}

static enum status read_row(struct rule_run *run, struct finding *f, struct err *e)
{
	const struct rule *r = run->rule;
	const struct stmt *st = run->query;
	const char **fields = ARENA_ARRAY(run->row, (size_t)r->n_fields + 1, const char *);
	char *fingerprint = arena_alloc(run->row, FINGERPRINT_SIZE);
	day_t day;

	memset(f, 0, sizeof(*f));
	f->key = cell_text(run->row, st, Q_KEY);
	if (!f->key)
		return err_set(e, "a row has no key; make <key> an expression that is never NULL");
	f->unit = cell_text(run->row, st, Q_UNIT);
	f->since = cell_text(run->row, st, Q_SINCE);
	if (f->since && !run->subjects && !date_parse_iso(f->since, strlen(f->since), &day))
		return err_set(e, "key '%s': <since> gives '%s', which is no date", f->key, f->since);
	f->verdict = stmt_int(st, Q_VERDICT) ? VERDICT_INDETERMINATE : VERDICT_FAIL;
	if (f->verdict == VERDICT_INDETERMINATE)
		f->reason = reason_text(r, stmt_int(st, Q_REASON));
	for (int i = 0; i < r->n_fields; i++)
		fields[i] = run->secrecy && secrecy_is_classified(run->secrecy, r, SECRET_FIELDS + i) ?
				    SECRECY_MASK : cell_text(run->row, st, Q_FIELDS + i);
	f->fields = fields;
	f->n_fields = r->n_fields;
	f->fingerprint = finding_fingerprint(r->id, f->key, fingerprint);
	read_days(r, f);
	f->message = rule_message(run->row, r, f);
	return ST_OK;
}

static bool same_finding(const struct finding *a, const struct finding *b)
{
	if (a->verdict != b->verdict || !str_eq(a->unit, b->unit) || !str_eq(a->since, b->since) ||
	    !str_eq(a->reason, b->reason))
		return false;
	for (int i = 0; i < a->n_fields; i++)
		if (!str_eq(a->fields[i], b->fields[i]))
			return false;
	return true;
}

static void keep_last(struct rule_run *run)
{
	struct arena *old = run->last;

	run->last = run->row;
	run->row = old;
	arena_reset(old);
}

static enum status take_rows(struct rule_run *run, finding_sink sink, void *ctx, struct err *e)
{
	struct finding f, last = { .key = NULL };
	enum step step;

	while ((step = stmt_step(run->query, e)) == STEP_ROW) {
		if (read_row(run, &f, e) != ST_OK)
			return ST_ERR;
		if (last.key && str_eq(f.key, last.key)) {
			if (!run->subjects && !same_finding(&f, &last))
				return err_set(e, "key '%s' comes more than once with different content; "
					       "make <key> or <from> unique", f.key);
			run->repeated++;
			arena_reset(run->row);
			continue;
		}
		if (sink(ctx, &f, e) != ST_OK) {
			run->sink_failed = true;
			return ST_ERR;
		}
		run->found += f.verdict == VERDICT_FAIL;
		run->indeterminate += f.verdict == VERDICT_INDETERMINATE;
		last = f;
		keep_last(run);
	}
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

/* *ret_passed is false where the engine leaves it to us: what is neither found nor outside. */
static enum status count_rows(struct rule_run *run, bool *ret_passed, struct err *e)
{
	enum step step = stmt_step(run->count, e);

	if (step == STEP_ROW) {
		run->rows = stmt_int(run->count, 0);
		run->outside = stmt_int(run->count, 1);
		run->passed = stmt_int(run->count, 2);
		*ret_passed = run->rows == 0 || !stmt_is_null(run->count, 2);
	}
	stmt_reset(run->count);
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

static void take_tally(struct rule_run *run)
{
	int64_t tally[TALLY_STATES];

	store_tally(run->store, tally);
	run->passed = tally[TALLY_PASSED];
	run->outside = tally[TALLY_OUTSIDE];
	run->rows = tally[TALLY_PASSED] + tally[TALLY_KEPT] + tally[TALLY_OUTSIDE];
}

enum status rule_run_each(struct rule_run *run, finding_sink sink, void *ctx, struct err *e)
{
	bool passed_counted = true;
	enum status st;

	run->rows = run->repeated = run->passed = run->found = run->indeterminate = run->outside = 0;
	run->sink_failed = false;
	if (run->tallied)
		take_tally(run); /* of whatever was before */
	st = run->count ? count_rows(run, &passed_counted, e) : ST_OK;
	if (st == ST_OK)
		st = take_rows(run, sink, ctx, e);
	if (run->tallied)
		take_tally(run);
	if (!passed_counted)
		run->passed = run->rows - run->repeated - run->found - run->indeterminate - run->outside;
	stmt_reset(run->query);
	arena_reset(run->row);
	arena_reset(run->last);
	return st;
}

/* ---- questions about a rule ---- */

enum status rules_check_ids(const struct rule_set *rules, const char *const *ids, struct err *e)
{
	for (; ids && *ids; ids++)
		if (!rules_find(rules, *ids))
			return err_set(e, "rule '%s' does not exist; rasoat check lists them", *ids);
	return ST_OK;
}

bool rule_selected(const struct rule *r, const char *const *ids)
{
	for (const char *const *id = ids; id && *id; id++)
		if (str_eq(*id, r->id))
			return true;
	return !ids;
}

bool rule_applies(const struct rule *r, day_t as_of)
{
	if (r->event)
		return true;
	return (r->valid_from == DAY_NONE || as_of >= r->valid_from) &&
	       (r->valid_to == DAY_NONE || as_of <= r->valid_to);
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static bool mentions(const char *sql, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = sql; p && (p = strstr(p, word)); p++)
		if ((p == sql || !is_word(p[-1])) && !is_word(p[n]))
			return true;
	return false;
}

/* Relations build on earlier ones only, so `before` ends the recursion. */
static bool reads(const char *sql, const char *name, int before)
{
	int n;
	const struct relation *relations = schema_relations(&n);

	if (mentions(sql, name))
		return true;
	for (int i = 0; i < n && i < before; i++)
		if (mentions(sql, relations[i].name) && reads(relations[i].sql, name, i))
			return true;
	return false;
}

bool sql_reads(const char *sql, const char *name)
{
	return reads(sql, name, 1 << 20);
}

bool rule_reads(const struct rule *r, const char *relation)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	audit_query(r, false, &sql);
	return sql_reads(sql.p, relation);
}

bool rule_reads_clock(const struct rule *r)
{
	return r->store == STORE_CASES && rule_reads(r, "case_clock");
}

bool rule_reads_waivers(const struct rule *r)
{
	return r->store == STORE_ACCOUNTS && rule_reads(r, schema_waiver()->name);
}
