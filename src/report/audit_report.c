/* What the workbook and the brief of an audit have in common. */
#include <rasoat/audit_report.h>

#include "audit_int.h"

#include <rasoat/text.h>

#include <stdlib.h>
#include <string.h>

const char *audit_day(struct arena *a, day_t day)
{
	return date_dmy(day, arena_alloc(a, 11));
}

const char *audit_basis(struct arena *a, const struct rule *r)
{
	static const char *const marks[] = {
		[MARK_VERIFIED] = "",
		[MARK_INFERENCE] = " (suy luận, chưa có văn bản quy định cụ thể)",
		[MARK_MEMORY] = " (chưa đối chiếu văn bản gốc)",
	};
	CLEANUP(str_free) struct str out = STR_INIT;

	for (int i = 0; i < r->n_bases; i++) {
		const struct basis *b = &r->bases[i];
		day_t day;

		str_addf(&out, "%s%s", i ? "; " : "", b->document);
		if (b->date && date_parse_iso(b->date, strlen(b->date), &day))
			str_addf(&out, " ngày %s", audit_day(a, day));
		if (b->clause && *b->clause)
			str_addf(&out, ", %s", b->clause);
		str_add(&out, marks[b->mark]);
	}
	return arena_strdup(a, out.p);
}

const char *audit_unit_name(const struct audit_report_input *in, const struct rule *r, const char *id)
{
	const struct units *first = in->case_units, *second = in->account_units;

	if (!id || !*id)
		return "";
	if (r && r->store == STORE_ACCOUNTS) {
		first = in->account_units;
		second = in->case_units;
	}
	if (first && units_find(first, id) >= 0)
		return units_name(first, id);
	return second ? units_name(second, id) : id;
}

const char *audit_scope(struct arena *a, const struct audit_report_input *in)
{
	const char *unit = in->result->unit, *own = in->workspace->agency.unit_id, *name;

	if (unit && !str_eq(unit, own))
		return arena_printf(a, "%s (mã %s) và các đơn vị trực thuộc", audit_unit_name(in, NULL, unit), unit);
	name = audit_unit_name(in, NULL, own); /* in the tree it stands in small letters */
	return arena_printf(a, "%s và các đơn vị trực thuộc",
			    *name && !str_eq(name, own) ? name : in->workspace->agency.name);
}

/* The letterhead has the agency in capitals; a sentence has its name as the tree of units writes it. */
const char *audit_scope_words(struct arena *a, const struct audit_report_input *in)
{
	const struct units *trees[] = { in->account_units, in->case_units };
	const char *own = in->workspace->agency.unit_id, *name = in->workspace->agency.name;

	if (in->result->unit || own)
		return audit_scope(a, in);
	for (int t = 0; t < 2; t++)
		for (int i = 0; trees[t] && i < units_count(trees[t]); i++)
			if (str_eq(text_upper(a, units_at(trees[t], i)->name), text_upper(a, name)))
				return arena_printf(a, "%s và các đơn vị trực thuộc", units_at(trees[t], i)->name);
	return audit_scope(a, in);
}

const char *audit_subject(struct arena *a, const struct audit_report_input *in)
{
	static const struct {
		const char *pack, *text;
	} packs[] = {
		{ "accounts", "tài khoản" },
		{ "permissions", "phân quyền" },
		{ "cases", "thời hạn giải quyết khiếu nại, tố cáo" },
	};
	enum { N = sizeof(packs) / sizeof(*packs) };
	const char *found[N], *text;
	int n = 0;

	for (int i = 0; i < N; i++)
		for (int k = 0; k < in->result->n_outcomes; k++)
			if (str_eq(in->result->outcomes[k].rule->pack, packs[i].pack)) {
				found[n++] = packs[i].text;
				break;
			}
	if (!n)
		return "việc chấp hành quy định";
	text = found[0];
	for (int i = 1; i < n; i++)
		text = arena_printf(a, "%s%s%s", text, i == n - 1 ? " và " : ", ", found[i]);
	return text;
}

bool audit_ran(const struct rule_outcome *o)
{
	return !o->error && !o->not_applicable;
}

const char *audit_state(const struct rule_outcome *o)
{
	if (o->error)
		return "Lỗi, chưa rà soát";
	return o->not_applicable ? "Không áp dụng" : "Đã rà soát";
}

const char *audit_sum(struct arena *a, const struct audit_result *r)
{
	return arena_printf(a, "%s lượt đối tượng được rà soát = %s phát hiện + %s chưa xác định + %s được miễn trừ + "
			    "%s không vi phạm + %s ngoài thời gian áp dụng của quy định", doc_number(a, r->examined),
			    doc_number(a, r->found), doc_number(a, r->indeterminate), doc_number(a, r->waived),
			    doc_number(a, r->passed), doc_number(a, r->outside));
}

void audit_by_severity(const struct audit_report_input *in, int64_t ret[SEV_COUNT])
{
	memset(ret, 0, SEV_COUNT * sizeof(*ret));
	for (int i = 0; i < in->result->n_outcomes; i++)
		ret[in->result->outcomes[i].rule->severity] += in->result->outcomes[i].found;
}

static int unit_worse(const void *a, const void *b)
{
	const struct unit_count *x = a, *y = b;

	if (x->fails != y->fails)
		return x->fails < y->fails ? 1 : -1;
	if (x->indeterminate != y->indeterminate)
		return x->indeterminate < y->indeterminate ? 1 : -1;
	return strcmp(x->unit_id, y->unit_id);
}

enum status audit_units(struct arena *a, const struct audit_report_input *in, struct unit_count **ret,
			int *ret_n, struct err *e)
{
	struct unit_count *units = NULL;
	int n = 0;

	if (ledger_units(a, in->ledger, in->result->run_id, in->workspace->rules, &units, &n, e) != ST_OK)
		return ST_ERR;
	if (n)
		qsort(units, (size_t)n, sizeof(*units), unit_worse);
	*ret = units;
	*ret_n = n;
	return ST_OK;
}

struct doc_table *audit_table(struct arena *a, struct document *d, const char *id,
			      const struct doc_column *columns, int n)
{
	struct doc_table *t = ARENA_NEW(a, struct doc_table);

	*t = (struct doc_table){ .id = id, .n_columns = n, .font_size = 10 };
	t->columns = arena_grow(a, columns, (size_t)n, (size_t)n, sizeof(*columns));
	doc_table_simple_heads(d, t);
	return t;
}

struct cell *audit_row(struct audit_rows *r, enum row_kind kind)
{
	if (r->n == r->cap) {
		int cap = r->cap ? r->cap * 2 : 16;

		r->cells = arena_grow(r->a, r->cells, (size_t)r->n * (size_t)r->width, (size_t)cap * (size_t)r->width,
				      sizeof(*r->cells));
		r->kinds = arena_grow(r->a, r->kinds, (size_t)r->n, (size_t)cap, sizeof(*r->kinds));
		r->cap = cap;
	}
	r->kinds[r->n] = kind;
	return r->cells + (size_t)r->n++ * (size_t)r->width;
}

struct row_source audit_rows_source(struct audit_rows *r)
{
	return doc_rows_array(r->a, r->cells, r->kinds, r->n, r->width);
}

void audit_total(struct audit_rows *r, const struct doc_table *t, int label_column)
{
	struct cell_formula *sum = ARENA_NEW(r->a, struct cell_formula);
	int bodies = r->n;
	struct cell *c = audit_row(r, ROW_TOTAL);

	*sum = (struct cell_formula){ .kind = FORMULA_SUM_ROWS, .rows = bodies };
	c[label_column] = cell_str("Tổng số");
	for (int i = 0; i < r->width; i++) {
		if (t->columns[i].type != CELL_INT)
			continue;
		c[i] = cell_int(0);
		c[i].formula = bodies ? sum : NULL;
		for (int row = 0; row < bodies; row++)
			c[i].i += r->cells[(size_t)row * (size_t)r->width + (size_t)i].i;
	}
}

static void add_chart(struct arena *a, struct document *d, struct doc_section *s, const struct doc_chart *chart)
{
	struct doc_chart *copy = ARENA_NEW(a, struct doc_chart);

	*copy = *chart;
	doc_add(d, s, BLOCK_CHART, NULL)->chart = copy;
}

void audit_severity(struct arena *a, struct document *d, struct doc_section *s, const struct audit_report_input *in,
		    double name_width)
{
	const struct doc_column columns[] = {
		{ NULL, "STT", 12, ALIGN_CENTER, CELL_TEXT, false },
		{ NULL, "Mức độ", name_width, ALIGN_LEFT, CELL_TEXT, false },
		{ NULL, "Số nội dung rà soát", 24, ALIGN_RIGHT, CELL_INT, false },
		{ NULL, "Số phát hiện", 20, ALIGN_RIGHT, CELL_INT, false },
		{ NULL, "Chưa xác định", 20, ALIGN_RIGHT, CELL_INT, false },
		{ NULL, "Được miễn trừ", 20, ALIGN_RIGHT, CELL_INT, false },
	};
	int width = in->result->waived ? 6 : 5;
	struct doc_table *t = audit_table(a, d, "by-severity", columns, width);
	struct audit_rows rows = { .a = a, .width = width };
	int64_t *values = ARENA_ARRAY(a, SEV_COUNT, int64_t);

	audit_by_severity(in, values);
	for (int v = 0; v < SEV_COUNT; v++) {
		struct cell *c = audit_row(&rows, ROW_BODY);

		c[0] = cell_int(v + 1);
		c[1] = cell_str(severity_vietnamese[v]);
		for (int i = 2; i < width; i++)
			c[i] = cell_int(0);
		c[3] = cell_int(values[v]);
		for (int i = 0; i < in->result->n_outcomes; i++) {
			const struct rule_outcome *o = &in->result->outcomes[i];

			if ((int)o->rule->severity != v)
				continue;
			c[2].i += audit_ran(o);
			c[4].i += o->indeterminate;
			if (width > 5)
				c[5].i += o->waived;
		}
	}
	audit_total(&rows, t, 1);
	t->rows = audit_rows_source(&rows);
	doc_add(d, s, BLOCK_TABLE, NULL)->table = t;
	if (in->result->found)
		add_chart(a, d, s, &(struct doc_chart){
			.title = "Số phát hiện theo mức độ", .table = t->id, .label_column = 1, .value_column = 3,
			.n_rows = SEV_COUNT, .labels = severity_vietnamese, .values = values, .horizontal = true,
			.value_title = "Số phát hiện", .beside = true,
		});
}

/* By unit: code, name, all findings, one column for each severity, undecided, and waived if anything is. */
enum { U_CODE, U_NAME, U_FAILS, U_SEVERITY, U_UNDECIDED = U_SEVERITY + SEV_COUNT, U_WAIVED, UNIT_COLUMNS };

static int unit_columns(const struct audit_report_input *in)
{
	return in->result->waived ? UNIT_COLUMNS : U_WAIVED;
}

static void put_others(struct arena *a, struct cell *c, int width, const struct unit_count *units, int n)
{
	for (int k = U_FAILS; k < width; k++)
		c[k] = cell_int(0);
	c[U_NAME] = cell_str(arena_printf(a, "%s đơn vị khác", doc_number(a, n)));
	c[U_NAME].flags = CELL_ITALIC;
	for (int i = 0; i < n; i++) {
		c[U_FAILS].i += units[i].fails;
		for (int v = 0; v < SEV_COUNT; v++)
			c[U_SEVERITY + v].i += units[i].by_severity[v];
		c[U_UNDECIDED].i += units[i].indeterminate;
		if (width > U_WAIVED)
			c[U_WAIVED].i += units[i].waived;
	}
}

static void put_unit(struct cell *c, const struct audit_report_input *in, const struct unit_count *u)
{
	c[U_CODE] = cell_str(u->unit_id);
	c[U_NAME] = cell_str(*u->unit_id ? audit_unit_name(in, NULL, u->unit_id) : "Không xác định đơn vị");
	c[U_FAILS] = cell_int(u->fails);
	for (int v = 0; v < SEV_COUNT; v++)
		c[U_SEVERITY + v] = cell_int(u->by_severity[v]);
	c[U_UNDECIDED] = cell_int(u->indeterminate);
	if (in->result->waived)
		c[U_WAIVED] = cell_int(u->waived);
}

static struct doc_table *unit_table(struct arena *a, struct document *d, int width, double name_width)
{
	struct doc_column columns[UNIT_COLUMNS] = {
		[U_CODE] = { NULL, "Mã đơn vị", 20, ALIGN_LEFT, CELL_TEXT, false },
		[U_NAME] = { NULL, "Đơn vị", name_width, ALIGN_LEFT, CELL_TEXT, false },
		[U_FAILS] = { NULL, "Số phát hiện", 18, ALIGN_RIGHT, CELL_INT, false },
		[U_UNDECIDED] = { NULL, "Chưa xác định", 18, ALIGN_RIGHT, CELL_INT, false },
		[U_WAIVED] = { NULL, "Được miễn trừ", 18, ALIGN_RIGHT, CELL_INT, false },
	};

	for (int v = 0; v < SEV_COUNT; v++)
		columns[U_SEVERITY + v] =
			(struct doc_column){ NULL, severity_vietnamese[v], 18, ALIGN_RIGHT, CELL_INT, false };
	return audit_table(a, d, "by-unit", columns, width);
}

void audit_unit_table(struct arena *a, struct document *d, struct doc_section *s,
		      const struct audit_report_input *in, const struct unit_count *units, int n, int shown,
		      int charted, double name_width)
{
	const char **labels = ARENA_ARRAY(a, (size_t)shown + 1, const char *);
	int64_t *values = ARENA_ARRAY(a, (size_t)shown + 1, int64_t);
	struct audit_rows rows = { .a = a, .width = unit_columns(in) };
	struct doc_table *t = unit_table(a, d, rows.width, name_width);

	for (int i = 0; i < shown; i++) {
		struct cell *c = audit_row(&rows, ROW_BODY);

		put_unit(c, in, &units[i]);
		labels[i] = c[U_NAME].text;
		values[i] = units[i].fails;
	}
	if (n > shown)
		put_others(a, audit_row(&rows, ROW_BODY), rows.width, units + shown, n - shown);
	if (n)
		audit_total(&rows, t, U_NAME);
	t->rows = audit_rows_source(&rows);
	t->empty = "Không có đơn vị nào có phát hiện";
	t->freeze = true;
	doc_add(d, s, BLOCK_TABLE, NULL)->table = t;
	while (charted > 0 && (charted > shown || !values[charted - 1]))
		charted--; /* bars of nothing say nothing */
	if (charted)
		add_chart(a, d, s, &(struct doc_chart){
			.title = arena_printf(a, "%d đơn vị có nhiều phát hiện nhất", charted), .table = t->id,
			.label_column = U_NAME, .value_column = U_FAILS, .n_rows = charted, .labels = labels, .values = values,
			.horizontal = true, .value_title = "Số phát hiện",
		});
}
