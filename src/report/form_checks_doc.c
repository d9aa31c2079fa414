/* The section "Kiểm tra": every equation with its outcome, what was undecided, what is in quarantine. */
#include "form_int.h"
#include "input_name.h"

#include <string.h>

static void add_terms(struct str *out, const struct formula_term *terms, int n)
{
	for (int i = 0; i < n; i++) {
		if (i || terms[i].sign < 0)
			str_add(out, terms[i].sign < 0 ? (i ? " − " : "−") : " + ");
		str_addf(out, "(%d)", terms[i].n);
	}
}

/* "02/XLD" as the form prints it. */
static const char *other_name(struct arena *a, const struct template_check *c)
{
	char *name = arena_strdup(a, c->form), *dash = strchr(name, '-');

	if (dash)
		*dash = '/';
	return name;
}

static const char *equation(struct arena *a, const struct template_check *c)
{
	static const char *const ops[] = { [CHECK_EQ] = " = ", [CHECK_LE] = " ≤ ", [CHECK_GE] = " ≥ " };
	CLEANUP(str_free) struct str out = STR_INIT;

	add_terms(&out, c->left, c->n_left);
	str_add(&out, ops[c->op]);
	if (c->form)
		str_addf(&out, "%s: ", other_name(a, c));
	if (c->dataset)
		str_add(&out, "số đếm độc lập từ dữ liệu");
	else
		add_terms(&out, c->right, c->n_right);
	return arena_strdup(a, out.p);
}

static const char *basis(struct arena *a, const struct template_check *c)
{
	static const char *const marks[] = {
		[MARK_VERIFIED] = "", [MARK_INFERENCE] = "(suy luận)", [MARK_MEMORY] = "(chưa đối chiếu văn bản gốc)",
	};

	if (!c->basis || !*c->basis)
		return marks[c->mark];
	return *marks[c->mark] ? arena_printf(a, "%s %s", c->basis, marks[c->mark]) : c->basis;
}

static struct doc_table *table_new(struct arena *a, struct document *d, const char *id,
				   const struct doc_column *columns, int n)
{
	struct doc_table *t = ARENA_NEW(a, struct doc_table);

	*t = (struct doc_table){ .id = id, .data = true, .n_columns = n, .font_size = 9 };
	t->columns = arena_grow(a, columns, (size_t)n, (size_t)n, sizeof(*columns));
	doc_table_simple_heads(d, t);
	return t;
}

static void put_check(struct arena *a, struct cell *c, const struct check_result *r)
{
	c[0] = cell_str(r->check->code);
	c[1] = cell_str(r->check->message);
	c[2] = cell_str(equation(a, r->check));
	c[3] = cell_str(!r->ok ? "Không khớp" : r->blank_rows ? "Chưa đủ số liệu" : "Khớp");
	c[3].word = !r->ok ? "failed" : r->blank_rows ? "blank" : "ok";
	c[3].flags = r->ok ? 0 : CELL_WARN | CELL_BOLD;
	c[4] = cell_str(r->where);
	if (r->ok)
		c[4].kind = CELL_NA;
	c[5] = cell_int(r->left);
	c[6] = cell_int(r->right);
	c[7] = cell_int(r->failed_rows);
	c[8] = cell_str(basis(a, r->check));
}

static void add_checks(struct arena *a, struct document *d, struct doc_section *s, const struct form *f)
{
	static const struct doc_column columns[] = {
		{ "code", "Mã", 15, ALIGN_LEFT, CELL_TEXT, false },
		{ "message", "Nội dung kiểm tra", 0, ALIGN_LEFT, CELL_TEXT, false },
		{ "equation", "Biểu thức", 48, ALIGN_LEFT, CELL_TEXT, false },
		{ "result", "Kết quả", 19, ALIGN_CENTER, CELL_TEXT, false },
		{ "row", "Dòng đầu tiên không khớp", 27, ALIGN_LEFT, CELL_TEXT, false },
		{ "left", "Vế trái", 13, ALIGN_RIGHT, CELL_INT, false },
		{ "right", "Vế phải", 13, ALIGN_RIGHT, CELL_INT, false },
		{ "failed_rows", "Số dòng không khớp", 17, ALIGN_RIGHT, CELL_INT, false },
		{ "basis", "Căn cứ", 56, ALIGN_LEFT, CELL_TEXT, false },
	};
	enum { N = sizeof(columns) / sizeof(*columns) };
	struct doc_table *t = table_new(a, d, "checks", columns, N);
	struct cell *cells = ARENA_ARRAY(a, (size_t)f->n_checks * N + 1, struct cell);

	for (int i = 0; i < f->n_checks; i++)
		put_check(a, cells + (size_t)i * N, &f->checks[i]);
	if (!f->failed_checks) /* nothing to point to: the paper is for the others */
		t->columns[4].print_only_sheet = t->columns[7].print_only_sheet = true;
	t->rows = doc_rows_array(a, cells, NULL, f->n_checks, N);
	t->empty = "Biểu này không có phép kiểm tra";
	doc_add(d, s, BLOCK_HEADING, "1. Phép kiểm tra số liệu");
	doc_add(d, s, BLOCK_TABLE, NULL)->table = t;
	doc_add(d, s, BLOCK_NOTE,
		"Vế trái, vế phải là số của dòng đầu tiên không khớp; khi khớp là số của dòng tổng.");
}

static void add_undecided(struct arena *a, struct document *d, struct doc_section *s, const struct form *f)
{
	static const struct doc_column columns[] = {
		{ "of", "Bảng", 24, ALIGN_LEFT, CELL_TEXT, false },
		{ "column", "Cột", 16, ALIGN_CENTER, CELL_INT, false },
		{ "title", "Tên cột", 0, ALIGN_LEFT, CELL_TEXT, false },
		{ "rows", "Số bản ghi chưa xác định được", 55, ALIGN_RIGHT, CELL_INT, false },
	};
	enum { N = sizeof(columns) / sizeof(*columns) };
	struct doc_table *t = table_new(a, d, "undecided", columns, N);
	struct cell *cells = NULL;
	int n = 0, cap = 0;

	for (int k = 0; k < f->n_tables; k++) {
		const struct figure_table *ft = &f->tables[k];

		for (int i = 0; i < ft->table->n_columns; i++) {
			const struct template_column *col = &ft->table->columns[i];

			if (!ft->undecided[i])
				continue;
			*ARENA_PUSH(a, cells, n, cap) = cell_str(ft->table->id);
			*ARENA_PUSH(a, cells, n, cap) = cell_int(col->n);
			*ARENA_PUSH(a, cells, n, cap) = cell_str(col->title);
			*ARENA_PUSH(a, cells, n, cap) = cell_int(ft->undecided[i]);
		}
	}
	t->columns[0].print_only_sheet = f->n_tables == 1;
	t->rows = doc_rows_array(a, cells, NULL, n / N, N);
	t->empty = "Mọi bản ghi đều xác định được";
	doc_add(d, s, BLOCK_HEADING, "2. Bản ghi chưa xác định được");
	doc_add(d, s, BLOCK_TABLE, NULL)->table = t;
}

/* Every input, with 0 where nothing waits: the reader sees that it was looked at. */
static void add_inputs(struct arena *a, struct document *d, struct doc_section *s, const struct form *f)
{
	static const struct doc_column columns[] = {
		{ "of", "Bảng dữ liệu đầu vào", 0, ALIGN_LEFT, CELL_TEXT, false },
		{ "rows", "Số dòng đang cách ly", 40, ALIGN_RIGHT, CELL_INT, false },
	};
	struct doc_table *t = table_new(a, d, "inputs", columns, 2);
	const char *p = f->template->inputs ? f->template->inputs : "";
	struct cell *cells = NULL;
	int n = 0, cap = 0;

	while (*p) {
		size_t len = strcspn(p, " ");
		const char *name = arena_strndup(a, p, len);
		int64_t rows = 0;

		for (int i = 0; i < f->n_quarantine; i++)
			if (str_eq(f->quarantine[i].table, name))
				rows = f->quarantine[i].rows;
		if (len) {
			*ARENA_PUSH(a, cells, n, cap) = cell_str(input_name(a, name));
			cells[n - 1].word = name;
			*ARENA_PUSH(a, cells, n, cap) = cell_int(rows);
			cells[n - 1].flags = rows ? CELL_WARN : 0;
		}
		p += len;
		p += strspn(p, " ");
	}
	t->rows = doc_rows_array(a, cells, NULL, n / 2, 2);
	t->empty = "Biểu này không khai báo dữ liệu đầu vào";
	doc_add(d, s, BLOCK_HEADING, "3. Dữ liệu đầu vào đang cách ly");
	doc_add(d, s, BLOCK_TABLE, NULL)->table = t;
}

void form_checks_section(struct arena *a, struct document *d, const struct form *f)
{
	struct doc_section *s = doc_section_add(d, "checks", "Kiểm tra", false, true);

	doc_addf(d, s, BLOCK_TITLE, "KIỂM TRA SỐ LIỆU – %s", form_name(a, f->template));
	doc_add(d, s, BLOCK_LINE, period_title(a, &f->period));
	add_checks(a, d, s, f);
	add_undecided(a, d, s, f);
	add_inputs(a, d, s, f);
}
