/* The changes of one state as a table, pulled from the ledger. */
#include "compare_int.h"

#include <rasoat/secrecy.h>
#include <string.h>

struct change_rows {
	struct arena *arena, *row;
	struct audit_report_input names;
	const struct comparison *c;
	enum change_state state;
	struct change_cursor *cursor;
	bool done;
	int64_t number;
};

static void rows_close(struct change_rows *r)
{
	change_close(r->cursor);
	r->cursor = NULL;
	r->done = true;
}

/* What became of it: resolved only. */
static const char *now_text(const char *word)
{
	static const struct {
		const char *word, *text;
	} words[] = {
		{ "passed", "Đúng quy định" },
		{ "waived", "Được miễn trừ" },
		{ "indeterminate", "Chưa đủ dữ liệu để kết luận" },
		{ "gone", "Không còn thuộc phạm vi rà soát" },
		{ "not_in_force", "Quy tắc không còn áp dụng" },
	};

	for (size_t i = 0; word && i < sizeof(words) / sizeof(words[0]); i++)
		if (str_eq(word, words[i].word))
			return words[i].text;
	return "Không còn phát hiện";
}

static struct cell day_cell(const char *iso)
{
	day_t day;

	return iso && date_parse_iso(iso, strlen(iso), &day) ? cell_day(day) : (struct cell){ .kind = CELL_BLANK };
}

static struct cell shown(const char *text)
{
	struct cell c = cell_str(text);

	if (secrecy_is_masked(text))
		c.kind = CELL_HIDDEN;
	return c;
}

static struct cell worded(const char *text, const char *word)
{
	struct cell c = cell_str(text);

	c.word = word;
	return c;
}

/* The words of the causes for programs: "data|rule". */
static const char *cause_machine(struct arena *a, unsigned causes)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	for (int i = 0; i < N_CAUSES; i++)
		if (causes & 1u << i)
			str_addf(&out, "%s%s", out.len ? "|" : "", cause_words[i]);
	return arena_strdup(a, out.p);
}

/* The columns in the order of set_columns. */
static void put_change(struct change_rows *r, struct cell *c, const struct change *x)
{
	int n = 0;

	c[n++] = cell_int(++r->number);
	c[n++] = cell_str(x->rule->rule_id);
	c[n++] = shown(x->key);
	c[n++] = shown(x->unit);
	c[n++] = secrecy_is_masked(x->unit) ? shown(x->unit) : cell_str(audit_unit_name(&r->names, x->rule->rule, x->unit));
	c[n++] = shown(x->message);
	c[n++] = secrecy_is_masked(x->since) ? shown(x->since) : day_cell(x->since);
	c[n++] = x->has_days ? cell_int(x->days) : (struct cell){ .kind = CELL_BLANK };
	c[n++] = day_cell(x->first_as_of);
	if (r->state != CHANGE_CONTINUING)
		c[n++] = worded(cause_text(r->row, x->causes), cause_machine(r->row, x->causes));
	if (r->state == CHANGE_RESOLVED)
		c[n++] = worded(now_text(x->now), x->now);
	if (r->state != CHANGE_NEW)
		c[n++] = cell_str(x->before);
	c[n++] = cell_str(x->after);
	c[n++] = cell_str(x->fingerprint);
	c[n] = worded(change_vietnamese[r->state], change_words[r->state]);
}

static int rows_next(void *ctx, struct cell *cells, enum row_kind *kind, struct err *e)
{
	struct change_rows *r = ctx;
	struct change x;
	int got;

	if (r->done)
		return 0;
	if (!r->cursor && change_open(r->c, r->state, &r->cursor, e) != ST_OK)
		return -1;
	got = change_next(r->cursor, &x, e);
	if (got <= 0) {
		rows_close(r);
		return got;
	}
	arena_reset(r->row);
	*kind = ROW_BODY;
	put_change(r, cells, &x);
	return 1;
}

static enum status rows_rewind(void *ctx, struct err *e)
{
	struct change_rows *r = ctx;

	(void)e;
	rows_close(r);
	r->done = false;
	r->number = 0;
	return ST_OK;
}

static int set_columns(struct doc_table *t, enum change_state state)
{
	struct doc_column *c = t->columns;
	int n = 0;

	c[n++] = (struct doc_column){ NULL, "STT", 10, ALIGN_CENTER, CELL_INT, false };
	c[n++] = (struct doc_column){ "rule", "Mã quy tắc", 17, ALIGN_LEFT, CELL_TEXT, false };
	c[n++] = (struct doc_column){ "key", "Mã đối tượng", 28, ALIGN_LEFT, CELL_TEXT, false };
	c[n++] = (struct doc_column){ "unit", "Mã đơn vị", 14, ALIGN_LEFT, CELL_TEXT, false };
	c[n++] = (struct doc_column){ "unit_name", "Đơn vị", 40, ALIGN_LEFT, CELL_TEXT, false };
	c[n++] = (struct doc_column){ "message", "Nội dung", 70, ALIGN_LEFT, CELL_TEXT, false };
	c[n++] = (struct doc_column){ "since", "Từ ngày", 19, ALIGN_AUTO, CELL_DATE, false };
	c[n++] = (struct doc_column){ "days", "Số ngày", 13, ALIGN_AUTO, CELL_INT, false };
	c[n++] = (struct doc_column){ "first_as_of", "Ghi nhận lần đầu", 19, ALIGN_AUTO, CELL_DATE, false };
	if (state != CHANGE_CONTINUING)
		c[n++] = (struct doc_column){ "cause", "Nguyên nhân", 26, ALIGN_LEFT, CELL_TEXT, false };
	if (state == CHANGE_RESOLVED)
		c[n++] = (struct doc_column){ "now", "Tình trạng hiện nay", 30, ALIGN_LEFT, CELL_TEXT, false };
	if (state != CHANGE_NEW)
		c[n++] = (struct doc_column){ "before", "Số liệu kỳ trước", 62, ALIGN_LEFT, CELL_TEXT, false };
	c[n++] = (struct doc_column){ "after", "Số liệu kỳ này", 62, ALIGN_LEFT, CELL_TEXT, false };
	t->print_columns = n;
	c[n++] = (struct doc_column){ "fingerprint", "Mã phát hiện", 36, ALIGN_LEFT, CELL_TEXT, false };
	c[n++] = (struct doc_column){ "state", "Trạng thái", 28, ALIGN_LEFT, CELL_TEXT, false };
	return n;
}

struct doc_table *compare_list_table(struct arena *a, struct document *d, const struct compare_report_input *in,
				     enum change_state state)
{
	struct change_rows *r = ARENA_NEW(a, struct change_rows);
	struct doc_table *t = ARENA_NEW(a, struct doc_table);

	*r = (struct change_rows){ .arena = a, .row = arena_new(), .names = compare_names(a, in), .c = in->comparison,
				   .state = state };
	t->id = change_words[state];
	t->columns = ARENA_ARRAY(a, 16, struct doc_column);
	t->n_columns = set_columns(t, state);
	doc_table_simple_heads(d, t);
	t->data = t->filter = t->freeze = true;
	t->frozen_columns = 3;
	t->font_size = 9;
	t->empty = "Không có trường hợp nào";
	t->rows = (struct row_source){ .ctx = r, .next = rows_next, .rewind = rows_rewind,
				       .count = in->comparison->states[state] };
	return t;
}

void compare_document_close(struct document *d)
{
	for (int i = 0; d && i < d->n_sections; i++)
		for (int k = 0; k < d->sections[i].n_blocks; k++) {
			const struct doc_table *t = d->sections[i].blocks[k].table;

			if (!t || t->rows.next != rows_next)
				continue;
			rows_close(t->rows.ctx);
			arena_free(((struct change_rows *)t->rows.ctx)->row);
		}
}
