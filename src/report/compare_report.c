/* What the workbook and the brief of a comparison have in common. */
#include "compare_int.h"

const char *const change_vietnamese[CHANGE_STATES] = {
	[CHANGE_NEW] = "Mới phát sinh",
	[CHANGE_REOPENED] = "Phát sinh lại",
	[CHANGE_CONTINUING] = "Tiếp tục tồn tại",
	[CHANGE_RESOLVED] = "Đã chấm dứt",
};

const char *const cause_vietnamese[N_CAUSES + 1] = {
	"dữ liệu", "thời gian trôi qua", "quy tắc", "lịch làm việc, thời hạn", "tổ chức bộ máy", "miễn trừ",
	"chưa tách được",
};

const char *cause_text(struct arena *a, unsigned causes)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	for (int i = 0; i < N_CAUSES; i++)
		if (causes & 1u << i)
			str_addf(&out, "%s%s", out.len ? " hoặc " : "", cause_vietnamese[i]);
	return arena_strdup(a, out.p);
}

struct audit_report_input compare_names(struct arena *a, const struct compare_report_input *in)
{
	struct audit_result *r = ARENA_NEW(a, struct audit_result);

	r->unit = in->comparison->after.unit;
	r->as_of = in->comparison->after.as_of;
	return (struct audit_report_input){ .workspace = in->workspace, .result = r, .case_units = in->case_units,
					    .account_units = in->account_units };
}

enum { B_NUMBER, B_NAME, B_TOTAL, B_SEVERITY, B_COLUMNS = B_SEVERITY + SEV_COUNT };

/* A row of the balance: of the rules of each severity; `state` CHANGE_STATES: `total` (0 before, 1 after). */
static void put_balance(struct audit_rows *rows, const struct comparison *c, const char *name, int state, int total)
{
	struct cell *cells = audit_row(rows, ROW_BODY);

	cells[B_NUMBER] = cell_int(rows->n);
	cells[B_NAME] = cell_str(name);
	for (int i = B_TOTAL; i < B_COLUMNS; i++)
		cells[i] = cell_int(0);
	for (int i = 0; i < c->n_rules; i++) {
		const struct compared_rule *r = &c->rules[i];
		int64_t n = state < CHANGE_STATES ? r->states[state] : total ? r->after : r->before;

		cells[B_TOTAL].i += n;
		if (r->rule)
			cells[B_SEVERITY + r->rule->severity].i += n;
	}
	if (state == CHANGE_STATES)
		for (int i = B_NAME; i < B_COLUMNS; i++)
			cells[i].flags = CELL_BOLD;
}

static void add_balance_rows(struct audit_rows *rows, const struct comparison *c)
{
	static const enum change_state between[] = { CHANGE_RESOLVED, CHANGE_CONTINUING, CHANGE_REOPENED, CHANGE_NEW };

	put_balance(rows, c, arena_printf(rows->a, "Kỳ trước (đến %s)", audit_day(rows->a, c->before.as_of)), CHANGE_STATES, 0);
	for (size_t i = 0; i < sizeof(between) / sizeof(between[0]); i++)
		put_balance(rows, c, change_vietnamese[between[i]], (int)between[i], 0);
	put_balance(rows, c, arena_printf(rows->a, "Kỳ này (đến %s)", audit_day(rows->a, c->after.as_of)), CHANGE_STATES, 1);
}

static void add_balance_chart(struct document *d, struct doc_section *s, const struct audit_rows *rows, const char *table)
{
	struct arena *a = rows->a;
	struct doc_chart *bars = ARENA_NEW(a, struct doc_chart);
	const char **labels = ARENA_ARRAY(a, (size_t)rows->n, const char *);
	int64_t *values = ARENA_ARRAY(a, (size_t)rows->n, int64_t);

	for (int i = 0; i < rows->n; i++) {
		labels[i] = rows->cells[(size_t)i * B_COLUMNS + B_NAME].text;
		values[i] = rows->cells[(size_t)i * B_COLUMNS + B_TOTAL].i;
	}
	*bars = (struct doc_chart){
		.title = "Số trường hợp vi phạm kỳ này so với kỳ trước", .table = table, .label_column = B_NAME, .value_column = B_TOTAL,
		.n_rows = rows->n, .labels = labels, .values = values, .horizontal = true,
		.value_title = table ? "Số trường hợp" : NULL, .beside = true,
	};
	doc_add(d, s, BLOCK_CHART, NULL)->chart = bars;
}

void compare_balance(struct arena *a, struct document *d, struct doc_section *s, const struct comparison *c,
		     double name_width)
{
	struct doc_column columns[B_COLUMNS] = {
		[B_NUMBER] = { NULL, "STT", 18, ALIGN_CENTER, CELL_INT, false },
		[B_NAME] = { NULL, "Trường hợp vi phạm", name_width, ALIGN_LEFT, CELL_TEXT, false },
		[B_TOTAL] = { NULL, "Tổng số", 24, ALIGN_RIGHT, CELL_INT, false },
	};
	struct audit_rows rows = { .a = a, .width = B_COLUMNS };
	struct doc_table *t;

	for (int v = 0; v < SEV_COUNT; v++)
		columns[B_SEVERITY + v] = (struct doc_column){ NULL, severity_vietnamese[v], 17, ALIGN_RIGHT, CELL_INT, false };
	t = audit_table(a, d, "balance", columns, B_COLUMNS);
	add_balance_rows(&rows, c);
	t->rows = audit_rows_source(&rows);
	doc_add(d, s, BLOCK_TABLE, NULL)->table = t;
	add_balance_chart(d, s, &rows, t->id);
}

void compare_chart(struct arena *a, struct document *d, struct doc_section *s, const struct comparison *c)
{
	struct audit_rows rows = { .a = a, .width = B_COLUMNS };

	add_balance_rows(&rows, c);
	add_balance_chart(d, s, &rows, NULL);
}
