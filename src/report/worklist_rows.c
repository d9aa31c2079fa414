/* A unit's findings as rows of a table, read back from where the pass put them. */
#include "worklist_int.h"

#include <rasoat/secrecy.h>

#include <stdlib.h>
#include <string.h>

struct rows {
	const struct worklist *w;
	int unit;
	enum verdict verdict;
	const enum worklist_column *columns;
	int n_columns;
	int64_t first, end, at;
	const char **basis; /* by rule, made when first needed */
	struct arena *a;
	char *texts;
	size_t cap;
};

static struct cell shown(const char *text)
{
	if (secrecy_is_masked(text))
		return (struct cell){ .kind = CELL_HIDDEN };
	return cell_str(text);
}

static struct cell day_cell(const char *iso)
{
	day_t day;

	return date_parse_iso(iso, strlen(iso), &day) ? cell_day(day) : shown(iso);
}

static const char *basis_of(struct rows *r, int rule)
{
	const struct rule_set *set = r->w->opt->workspace->rules;

	if (!r->basis)
		r->basis = ARENA_ARRAY(r->a, (size_t)set->n_rules + 1, const char *);
	if (!r->basis[rule])
		r->basis[rule] = audit_basis(r->a, set->rules[rule]);
	return r->basis[rule];
}

static struct cell answer(void)
{
	return (struct cell){ .kind = CELL_BLANK, .flags = CELL_ANSWER };
}

static struct cell make_cell(struct rows *r, const struct worklist_entry *x, const char *const *texts, enum worklist_column c)
{
	const struct rule *rule = r->w->opt->workspace->rules->rules[x->rule];

	switch (c) {
	case WL_NUMBER:
		return cell_int(r->at - r->first);
	case WL_RULE:
		return cell_str(rule->id);
	case WL_SEVERITY:
		return cell_str(severity_vietnamese[rule->severity]);
	case WL_MESSAGE:
		return cell_str(texts[W_MESSAGE]);
	case WL_REASON:
		return cell_str(texts[W_REASON]);
	case WL_KEY:
		return shown(texts[W_KEY]);
	case WL_UNIT:
		return secrecy_is_masked(texts[W_UNIT]) ? shown(texts[W_UNIT]) :
							 cell_str(worklist_unit_name(r->w->opt, rule, texts[W_UNIT]));
	case WL_SINCE:
		return day_cell(texts[W_SINCE]);
	case WL_DAYS:
		return x->has_days ? cell_int(x->days) : (struct cell){ .kind = CELL_BLANK };
	case WL_REMEDY:
		return cell_str(rule->remedy);
	case WL_BASIS:
		return cell_str(basis_of(r, x->rule));
	case WL_DUE:
		return cell_day(r->w->due[rule->severity]);
	case WL_DETAILS:
		return cell_str(texts[W_DETAILS]);
	case WL_FINGERPRINT:
		return cell_str(texts[W_FINGERPRINT]);
	case WL_DONE:
	case WL_DOCUMENT:
	case WL_RESULT:
	case WL_NOTE:
	case WL_COLUMNS:
		break;
	}
	return answer();
}

static int next(void *ctx, struct cell *cells, enum row_kind *kind, struct err *e)
{
	struct rows *r = ctx;
	const struct worklist_entry *x;
	const char *texts[W_TEXTS], *p;
	size_t got;

	if (r->at == r->end)
		return 0;
	x = &r->w->entries[r->at++];
	if (x->size > r->cap) {
		r->cap = x->size + 1024;
		r->texts = arena_alloc(r->a, r->cap);
	}
	if (spool_read(r->w->spool, x->at, r->texts, x->size, &got, e) != ST_OK)
		return -1;
	if (got != x->size) {
		(void)err_set(e, "a finding that was put aside is not there any more");
		return -1;
	}
	p = r->texts;
	for (int i = 0; i < W_TEXTS; i++, p += strlen(p) + 1)
		texts[i] = p;
	for (int i = 0; i < r->n_columns; i++)
		cells[i] = make_cell(r, x, texts, r->columns[i]);
	*kind = ROW_BODY;
	return 1;
}

static enum status rewind_rows(void *ctx, struct err *e)
{
	struct rows *r = ctx;

	(void)e;
	r->at = r->first;
	return ST_OK;
}

struct row_source worklist_rows(struct arena *a, const struct worklist *w, int unit, enum verdict verdict,
				const enum worklist_column *columns, int n)
{
	struct rows *r = ARENA_NEW(a, struct rows);

	*r = (struct rows){ .w = w, .unit = unit, .verdict = verdict, .columns = columns, .n_columns = n, .a = a };
	r->first = w->first[unit];
	while (r->first < w->first[unit + 1] && w->entries[r->first].verdict != verdict)
		r->first++;
	r->end = r->first + w->units[unit].counts[verdict];
	r->at = r->first;
	return (struct row_source){ .ctx = r, .next = next, .rewind = rewind_rows, .count = r->end - r->first };
}
