/* Reading a run into lists: one pass, entries sorted once, texts put aside. */
#include "worklist_int.h"

#include <rasoat/secrecy.h>

#include <stdlib.h>
#include <string.h>

struct reading {
	struct arena *a, *row;
	struct worklist *w;
	struct secrecy *secrecy;
	struct worklist_unit **groups; /* sorted by id while they are found */
	int n_groups, cap_groups;
	int64_t cap_entries;
	struct worklist_unit **of; /* the group of each entry, until groups have their places */
	struct str text;
};

/* --- units --- */

static const struct units *tree_of(const struct worklist_options *o, const struct rule *r, const char *id, int *ret)
{
	const struct units *trees[] = { r->store == STORE_ACCOUNTS ? o->account_units : o->case_units,
					r->store == STORE_ACCOUNTS ? o->case_units : o->account_units };

	for (int i = 0; i < 2; i++) {
		*ret = trees[i] ? units_find(trees[i], id) : -1;
		if (*ret >= 0)
			return trees[i];
	}
	return NULL;
}

const char *worklist_unit_name(const struct worklist_options *o, const struct rule *r, const char *id)
{
	int index;
	const struct units *tree = tree_of(o, r, id, &index);

	return tree ? units_name(tree, id) : id;
}

/* The unit on whose list the finding stands; NULL: outside of what was asked for. */
static const char *list_unit(const struct worklist_options *o, const struct rule *r, const char *id)
{
	const struct units *tree;
	int index, top;

	if (!id || !*id)
		return o->unit ? NULL : "";
	tree = tree_of(o, r, id, &index);
	if (!tree)
		return !o->unit || str_eq(o->unit, id) ? id : NULL;
	top = o->unit ? units_find(tree, o->unit) : -1;
	if (o->unit && (top < 0 || !units_below(tree, index, top)))
		return NULL;
	for (int i = index; o->each && i >= 0; i = units_at(tree, i)->parent)
		if (str_eq(units_at(tree, i)->level, o->each))
			return units_at(tree, i)->id;
	return id;
}

static struct worklist_unit *group_of(struct reading *r, const struct rule *rule, const char *id)
{
	int low = 0, high = r->n_groups;
	struct worklist_unit *g;

	while (low < high) {
		int mid = (low + high) / 2, order = strcmp(r->groups[mid]->unit_id, id);

		if (!order)
			return r->groups[mid];
		*(order < 0 ? &low : &high) = order < 0 ? mid + 1 : mid;
	}
	g = ARENA_NEW(r->a, struct worklist_unit);
	g->unit_id = arena_strdup(r->a, id);
	g->name = *id ? arena_strdup(r->a, worklist_unit_name(r->w->opt, rule, id)) : "Không xác định đơn vị";
	g->due = DAY_NONE;
	(void)ARENA_PUSH(r->a, r->groups, r->n_groups, r->cap_groups);
	memmove(r->groups + low + 1, r->groups + low, (size_t)(r->n_groups - 1 - low) * sizeof(*r->groups));
	r->groups[low] = g;
	return g;
}

/* --- one finding --- */

static void add_field(struct str *out, const struct rule_field *f, const char *value)
{
	day_t day;
	char dmy[11];

	if (!value || !*value)
		return;
	if (f->type == FIELD_DATE && date_parse_iso(value, strlen(value), &day))
		value = date_dmy(day, dmy);
	str_addf(out, "%s%s: %s", out->len ? "; " : "", f->label, value);
}

/* Texts one after the other, each with its NUL. */
static void add_texts(struct reading *r, const struct rule *rule, const struct finding *f)
{
	CLEANUP(str_free) struct str details = STR_INIT;
	const char *texts[W_TEXTS];

	for (int i = 0; i < f->n_fields && i < rule->n_fields; i++)
		add_field(&details, &rule->fields[i], f->fields[i]);
	texts[W_KEY] = f->key;
	texts[W_UNIT] = f->unit;
	texts[W_SINCE] = f->since;
	texts[W_REASON] = f->reason;
	texts[W_MESSAGE] = f->message;
	texts[W_DETAILS] = details.p;
	texts[W_FINGERPRINT] = f->fingerprint;
	str_clear(&r->text);
	for (int i = 0; i < W_TEXTS; i++) {
		str_add(&r->text, texts[i] ? texts[i] : "");
		str_addc(&r->text, '\0');
	}
}

static void grow_entries(struct reading *r)
{
	struct worklist *w = r->w;

	if (w->n_entries < r->cap_entries)
		return;
	r->cap_entries = r->cap_entries ? r->cap_entries * 2 : 1024;
	w->entries = xrealloc(w->entries, (size_t)r->cap_entries * sizeof(*w->entries));
	r->of = xrealloc(r->of, (size_t)r->cap_entries * sizeof(*r->of));
}

static enum status take(struct reading *r, int rule_index, struct finding *f, struct err *e)
{
	struct worklist *w = r->w;
	const struct rule *rule = w->opt->workspace->rules->rules[rule_index];
	const char *unit = list_unit(w->opt, rule, f->unit);
	struct worklist_unit *g;

	if (!unit || f->verdict == VERDICT_ERROR)
		return ST_OK;
	g = group_of(r, rule, unit);
	g->counts[f->verdict]++;
	if (f->verdict == VERDICT_FAIL) {
		g->by_severity[rule->severity]++;
		if (g->due == DAY_NONE || w->due[rule->severity] < g->due)
			g->due = w->due[rule->severity];
	}
	arena_reset(r->row);
	secrecy_mask(r->secrecy, w->opt->audience, r->row, rule, f);
	add_texts(r, rule, f);
	grow_entries(r);
	r->of[w->n_entries] = g;
	w->entries[w->n_entries++] = (struct worklist_entry){
		.at = spool_size(w->spool), .size = (uint32_t)r->text.len, .rule = (int16_t)rule_index, .days = f->days,
		.has_days = f->has_days, .verdict = (uint8_t)f->verdict, .severity = (uint8_t)rule->severity,
	};
	return spool_add(w->spool, r->text.p, r->text.len, e);
}

static enum status read_rule(struct reading *r, int rule_index, struct err *e)
{
	const struct worklist_options *o = r->w->opt;
	struct finding_cursor *c = NULL;
	const struct rule *of;
	struct finding f;
	enum status st = ST_OK;
	int step = 0;

	if (finding_cursor_open(o->ledger, o->run, o->workspace->rules->rules[rule_index], o->workspace->rules, ORDER_KEY, &c,
				e) != ST_OK)
		return ST_ERR;
	while (st == ST_OK && (step = finding_next(c, &f, &of, e)) == 1)
		st = take(r, rule_index, &f, e);
	finding_cursor_close(c);
	return st == ST_OK && step == 0 ? ST_OK : ST_ERR;
}

/* --- all of them --- */

static int by_list(const void *x, const void *y)
{
	static const int order[VERDICT_COUNT] = { [VERDICT_FAIL] = 0, [VERDICT_INDETERMINATE] = 1, [VERDICT_WAIVED] = 2 };
	const struct worklist_entry *a = x, *b = y;

	if (a->unit != b->unit)
		return a->unit < b->unit ? -1 : 1;
	if (a->verdict != b->verdict)
		return order[a->verdict] < order[b->verdict] ? -1 : 1;
	if (a->severity != b->severity)
		return a->severity < b->severity ? -1 : 1;
	if (a->has_days != b->has_days)
		return a->has_days ? -1 : 1;
	if (a->has_days && a->days != b->days)
		return a->days > b->days ? -1 : 1;
	if (a->rule != b->rule)
		return a->rule < b->rule ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

/* Groups get their places, entries the place of their group; then one sort. */
static void sort_lists(struct reading *r)
{
	struct worklist *w = r->w;
	int64_t at = 0;

	w->n_units = r->n_groups;
	w->units = ARENA_ARRAY(r->a, (size_t)r->n_groups + 1, struct worklist_unit);
	w->first = ARENA_ARRAY(r->a, (size_t)r->n_groups + 1, int64_t);
	for (int i = 0; i < r->n_groups; i++) {
		w->units[i] = *r->groups[i];
		r->groups[i]->due = i; /* its place, until the entries know it */
	}
	for (int64_t i = 0; i < w->n_entries; i++)
		w->entries[i].unit = (int32_t)r->of[i]->due;
	if (w->n_entries)
		qsort(w->entries, (size_t)w->n_entries, sizeof(*w->entries), by_list);
	for (int u = 0; u <= w->n_units; u++) {
		w->first[u] = at;
		while (at < w->n_entries && w->entries[at].unit == u)
			at++;
	}
}

static enum status set_due(struct worklist *w, struct err *e)
{
	const struct workspace *ws = w->opt->workspace;
	char iso[11];

	for (int s = 0; s < SEV_COUNT; s++)
		if (!workdays_add(ws->workdays, w->opt->as_of, ws->worklist.days[s], &w->due[s]))
			return err_set(e, "%s/calendar.xml does not reach %d working days after %s; add the next year, or set fewer "
				       "days in <worklist> of %s", ws->rules_dir, ws->worklist.days[s], date_iso(w->opt->as_of, iso),
				       ws->file);
	return ST_OK;
}

static void reading_close(struct reading *r)
{
	arena_free(r->row);
	free(r->of);
	str_free(&r->text);
}

enum status worklist_read(struct arena *a, const struct worklist_options *opt, struct worklist **ret, struct err *e)
{
	CLEANUP(reading_close) struct reading r = { .a = a, .row = arena_new(), .text = STR_INIT };
	struct worklist_options *own = ARENA_NEW(a, struct worklist_options);

	*own = *opt;
	r.w = ARENA_NEW(a, struct worklist);
	*ret = r.w;
	*r.w = (struct worklist){ .opt = own, .spool = spool_new() };
	if (set_due(r.w, e) != ST_OK || secrecy_open(a, opt->workspace->rules, NULL, &r.secrecy, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < opt->workspace->rules->n_rules; i++)
		if (read_rule(&r, i, e) != ST_OK)
			return ST_ERR;
	sort_lists(&r);
	return ST_OK;
}

void worklist_close(struct worklist *w)
{
	if (!w)
		return;
	spool_free(w->spool);
	free(w->entries);
	w->spool = NULL;
	w->entries = NULL;
}

int worklist_count(const struct worklist *w)
{
	return w->n_units;
}

const struct worklist_unit *worklist_at(const struct worklist *w, int unit)
{
	return &w->units[unit];
}

day_t worklist_due(const struct worklist *w, enum severity severity)
{
	return w->due[severity];
}

int64_t worklist_rule_count(const struct worklist *w, int unit, int rule, enum verdict verdict)
{
	int64_t n = 0;

	for (int64_t i = w->first[unit]; i < w->first[unit + 1]; i++)
		n += w->entries[i].rule == rule && w->entries[i].verdict == verdict;
	return n;
}
