/*
 * The findings of one rule as a table, pulled from the ledger. The cursor is closed with the last row or
 * at an error; audit_document_close closes what a writer left half read.
 */
#include "audit_int.h"

#include <rasoat/arena.h>
#include <rasoat/secrecy.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct finding_rows {
	const struct audit_report_input *in;
	const struct rule *rule;
	const char *basis;
	bool days_column; /* the field that holds the days, if any, has another name */
	bool reasons;     /* some verdict is indeterminate or waived: why stands on paper too */
	bool waivers;     /* some verdict is waived */
	bool gone;        /* with what only the baseline has */
	struct finding_cursor *cursor;
	struct audit_baseline *baseline; /* NULL: there is none */
	bool ended; /* the run's own findings are through */
	struct arena *row; /* what the audience sees instead, of the row at hand; with the cursor */
	bool done;
	int64_t number; /* of the row given last */
};

static void rows_close(struct finding_rows *r)
{
	if (r->cursor)
		finding_cursor_close(r->cursor);
	r->cursor = NULL;
	audit_baseline_close(r->baseline);
	r->baseline = NULL;
	r->ended = false;
	arena_free(r->row);
	r->row = NULL;
	r->done = true;
}

static enum status rows_open(struct finding_rows *r, struct err *e)
{
	r->number = 0;
	r->row = arena_new();
	if (r->in->baseline && audit_baseline_open(r->in, r->rule, &r->baseline, e) != ST_OK)
		return ST_ERR;
	return finding_cursor_open(r->in->ledger, r->in->result->run_id, r->rule, r->in->workspace->rules, ORDER_KEY,
				   &r->cursor, e);
}

static struct cell shown(const char *text)
{
	if (secrecy_is_masked(text))
		return (struct cell){ .kind = CELL_HIDDEN };
	return cell_str(text);
}

static struct cell field_cell(const char *text, enum field_type type)
{
	day_t day;
	char *end;

	if (secrecy_is_masked(text))
		return shown(text);
	if (!text || !*text)
		return (struct cell){ .kind = CELL_BLANK };
	if (type == FIELD_DATE && date_parse_iso(text, strlen(text), &day))
		return cell_day(day);
	if (type == FIELD_INT || type == FIELD_MONEY) {
		long long n;

		errno = 0;
		n = strtoll(text, &end, 10);
		if (!errno && end != text && !*end)
			return cell_int(n);
	}
	return cell_str(text);
}

static const char *const verdict_vietnamese[VERDICT_COUNT] = {
	[VERDICT_FAIL] = "Vi phạm",
	[VERDICT_INDETERMINATE] = "Chưa xác định",
	[VERDICT_WAIVED] = "Được miễn trừ",
	[VERDICT_ERROR] = "Lỗi",
};

static struct cell word_cell(const char *text, const char *word)
{
	struct cell c = cell_str(text);

	c.word = word;
	return c;
}

static struct cell baseline_cell(enum baseline_state state)
{
	static const char *const words[] = { [BASELINE_NEW] = "new", [BASELINE_UNCHANGED] = "unchanged",
					     [BASELINE_UPDATED] = "updated", [BASELINE_GONE] = "absent" };
	static const char *const texts[] = { [BASELINE_NEW] = "Mới", [BASELINE_UNCHANGED] = "Như lần trước",
					     [BASELINE_UPDATED] = "Đổi kết quả", [BASELINE_GONE] = "Không còn" };

	return word_cell(texts[state], words[state]);
}

/* The columns in the order of set_columns. */
static void put_finding(struct finding_rows *r, struct cell *c, const struct finding *f, enum baseline_state state)
{
	int n = 0;

	c[n++] = cell_int(++r->number);
	c[n++] = shown(f->key);
	c[n++] = shown(f->unit);
	c[n++] = secrecy_is_masked(f->unit) ? shown(f->unit) : cell_str(audit_unit_name(r->in, r->rule, f->unit));
	for (int i = 0; i < r->rule->n_fields; i++)
		c[n++] = field_cell(i < f->n_fields ? f->fields[i] : NULL, r->rule->fields[i].type);
	c[n++] = field_cell(f->since, FIELD_DATE);
	c[n] = word_cell(verdict_vietnamese[f->verdict], verdict_words[f->verdict]);
	c[n++].flags = f->verdict == VERDICT_FAIL || f->verdict == VERDICT_ERROR ? CELL_WARN : 0;
	if (r->reasons)
		c[n++] = cell_str(f->reason);
	c[n++] = cell_str(f->message);
	if (!r->reasons)
		n++;
	if (r->waivers)
		c[n++] = cell_str(f->waiver);
	if (r->in->baseline)
		c[n++] = baseline_cell(state);
	if (r->days_column)
		c[n++] = f->has_days ? cell_int(f->days) : (struct cell){ .kind = CELL_BLANK };
	c[n++] = cell_str(r->rule->remedy);
	c[n++] = cell_str(r->basis);
	c[n++] = cell_str(f->fingerprint);
	c[n++] = cell_str(r->rule->id);
	c[n] = word_cell(severity_vietnamese[r->rule->severity], severity_words[r->rule->severity]);
}

/* The run's own, then, where they are wanted, those of the baseline that are gone. A rule that could not run says of none. */
static int next_finding(struct finding_rows *r, struct finding *f, enum baseline_state *state, struct err *e)
{
	const struct rule *rule;
	int got = r->ended ? 0 : finding_next(r->cursor, f, &rule, e);

	*state = BASELINE_GONE;
	if (got > 0 && r->baseline)
		*state = audit_baseline_state(r->baseline, f);
	if (got)
		return got;
	r->ended = true;
	return r->baseline && r->gone ? audit_baseline_gone(r->baseline, f, e) : 0;
}

static int rows_next(void *ctx, struct cell *cells, enum row_kind *kind, struct err *e)
{
	struct finding_rows *r = ctx;
	enum baseline_state state;
	struct finding f;
	int got;

	if (r->done)
		return 0;
	if (!r->cursor && rows_open(r, e) != ST_OK)
		return -1;
	got = next_finding(r, &f, &state, e);
	if (got <= 0) {
		rows_close(r);
		return got;
	}
	*kind = ROW_BODY;
	arena_reset(r->row);
	secrecy_mask(r->in->result->secrecy, r->in->audience, r->row, r->rule, &f);
	put_finding(r, cells, &f, state);
	return 1;
}

static enum status rows_rewind(void *ctx, struct err *e)
{
	struct finding_rows *r = ctx;

	(void)e;
	rows_close(r);
	r->done = false;
	return ST_OK;
}

static enum cell_kind kind_of(enum field_type type)
{
	if (type == FIELD_DATE)
		return CELL_DATE;
	return type == FIELD_TEXT ? CELL_TEXT : CELL_INT;
}

/* A field may not take the name of a column that every finding has. */
static const char *field_key(struct arena *a, const struct finding_rows *r, const char *name)
{
	if (str_eq(name, "days") && !r->days_column)
		return name;
	return word_in(name, "table key unit unit_name since days verdict reason waiver message remedy basis fingerprint "
			     "rule severity baseline tags") /* SARIF has tags of its own */
		       ? arena_printf(a, "field_%s", name)
		       : name;
}

static double field_width(enum field_type type)
{
	return type == FIELD_TEXT ? 27 : type == FIELD_MONEY ? 22 : 18;
}

/*
 * First what a reader needs, sized for A3. The columns after `message` are the same in every row or for programs:
 * they stand on the screen only (print_columns). JSON Lines says remedy and basis once, on its first line.
 */
static int set_columns(struct arena *a, struct doc_table *t, const struct finding_rows *r)
{
	const char *why = r->waivers ? "Lý do chưa xác định, căn cứ miễn trừ" : "Lý do chưa xác định";
	const struct doc_column reason = { "reason", why, r->waivers ? 50 : 30, ALIGN_LEFT, CELL_TEXT, false };
	struct doc_column *c = t->columns;
	int n = 0;

	c[n++] = (struct doc_column){ NULL, "STT", 10, ALIGN_CENTER, CELL_INT, false };
	c[n++] = (struct doc_column){ "key", "Mã đối tượng", 28, ALIGN_LEFT, CELL_TEXT, false };
	c[n++] = (struct doc_column){ "unit", "Mã đơn vị", 14, ALIGN_LEFT, CELL_TEXT, false };
	c[n++] = (struct doc_column){ "unit_name", "Đơn vị", 46, ALIGN_LEFT, CELL_TEXT, false };
	for (int i = 0; i < r->rule->n_fields; i++) {
		const struct rule_field *f = &r->rule->fields[i];

		c[n++] = (struct doc_column){ field_key(a, r, f->name), f->label, field_width(f->type), ALIGN_AUTO,
					      kind_of(f->type), false };
	}
	c[n++] = (struct doc_column){ "since", "Từ ngày", 18, ALIGN_AUTO, CELL_DATE, false };
	c[n++] = (struct doc_column){ "verdict", "Kết quả", 20, ALIGN_LEFT, CELL_TEXT, false };
	if (r->reasons)
		c[n++] = reason;
	c[n++] = (struct doc_column){ "message", "Nội dung", 78, ALIGN_LEFT, CELL_TEXT, false };
	t->print_columns = n;
	if (!r->reasons)
		c[n++] = reason;
	if (r->waivers)
		c[n++] = (struct doc_column){ "waiver", "Mã miễn trừ", 28, ALIGN_LEFT, CELL_TEXT, false };
	if (r->in->baseline)
		c[n++] = (struct doc_column){ "baseline", "So với lần trước", 28, ALIGN_LEFT, CELL_TEXT, false };
	if (r->days_column)
		c[n++] = (struct doc_column){ "days", "Số ngày", 16, ALIGN_AUTO, CELL_INT, false };
	c[n++] = (struct doc_column){ NULL, "Biện pháp", 170, ALIGN_LEFT, CELL_TEXT, false };
	c[n++] = (struct doc_column){ NULL, "Căn cứ", 170, ALIGN_LEFT, CELL_TEXT, false };
	c[n++] = (struct doc_column){ "fingerprint", "Mã phát hiện", 36, ALIGN_LEFT, CELL_TEXT, false };
	c[n++] = (struct doc_column){ "rule", "Mã quy tắc", 20, ALIGN_LEFT, CELL_TEXT, false };
	c[n++] = (struct doc_column){ "severity", "Mức độ", 24, ALIGN_LEFT, CELL_TEXT, false };
	return n;
}

struct doc_table *audit_findings(struct arena *a, struct document *d, const struct audit_report_input *in,
				 const struct rule_outcome *o)
{
	struct finding_rows *r = ARENA_NEW(a, struct finding_rows);
	struct doc_table *t = ARENA_NEW(a, struct doc_table);

	*r = (struct finding_rows){
		.in = in, .rule = o->rule, .reasons = o->indeterminate + o->waived > 0, .waivers = o->waived > 0,
		.basis = audit_basis(a, o->rule), .gone = in->gone && !o->error,
		.days_column = !o->rule->days || !str_eq(o->rule->days, "days"),
	};
	t->id = o->rule->id;
	t->columns = ARENA_ARRAY(a, (size_t)o->rule->n_fields + 18, struct doc_column);
	t->n_columns = set_columns(a, t, r);
	doc_table_simple_heads(d, t);
	t->data = t->filter = t->freeze = true;
	t->frozen_columns = 2;
	t->font_size = 9;
	t->empty = "Không phát hiện trường hợp nào";
	t->rows = (struct row_source){ .ctx = r, .next = rows_next, .rewind = rows_rewind,
				       .count = o->error ? 1 : o->found + o->waived + o->indeterminate };
	return t;
}

void audit_document_close(struct document *d)
{
	for (int i = 0; d && i < d->n_sections; i++)
		for (int k = 0; k < d->sections[i].n_blocks; k++) {
			const struct doc_table *t = d->sections[i].blocks[k].table;

			if (t && t->rows.next == rows_next)
				rows_close(t->rows.ctx);
		}
}
