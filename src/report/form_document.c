/* A computed form as a document. */
#include "form_int.h"

#include <rasoat/text.h>

#include <string.h>

struct builder {
	struct arena *a;
	const struct workspace *w;
	const struct form *f;
	struct document *d;
	struct doc_section *section;
	const char *agency, *superior;
	const char *written; /* the agency inside a sentence: not in capitals, where the tree has it so */
	bool own; /* the report is the workspace agency's, not that of a unit below it */
};

static const char *day_text(struct builder *b, day_t day)
{
	return date_dmy(day, arena_alloc(b->a, 11));
}

/* The year in which the report is dated: that of the day after the period. */
static int report_year(const struct form *f)
{
	int y, m, d;

	date_to_ymd(f->period.to + 1, &y, &m, &d);
	return y;
}

static void set_agency(struct builder *b)
{
	const struct agency *agency = &b->w->agency;

	b->own = !b->f->unit || str_eq(b->f->unit, agency->unit_id);
	b->agency = b->own ? agency->name : b->f->unit_name;
	b->written = str_eq(text_upper(b->a, b->f->unit_name), text_upper(b->a, b->agency)) ? b->f->unit_name : b->agency;
	b->superior = b->own ? agency->superior : agency->name;
}

static void add_letterhead(struct builder *b)
{
	struct doc_letterhead *l = ARENA_NEW(b->a, struct doc_letterhead);

	*l = (struct doc_letterhead){
		.superior = b->superior,
		.agency = b->agency,
		.number = arena_printf(b->a, "Số:          /%s", b->w->agency.symbol ? b->w->agency.symbol : ""),
		.place = b->own ? b->w->agency.place : "……………",
		.date = DAY_NONE,
		.year_hint = report_year(b->f),
	};
	doc_add(b->d, b->section, BLOCK_LETTERHEAD, NULL)->letterhead = l;
}

static enum status fill(struct builder *b, const char *text, int line, const char **ret, struct err *e)
{
	return form_fill(b->a, b->f, b->agency, text, line, ret, e);
}

static enum status add_text(struct builder *b, enum block_kind kind, const char *text, int line, struct err *e)
{
	const char *filled;

	if (!text || !*text)
		return ST_OK;
	if (fill(b, text, line, &filled, e) != ST_OK)
		return ST_ERR;
	doc_add(b->d, b->section, kind, filled);
	return ST_OK;
}

static enum status add_top(struct builder *b, struct err *e)
{
	const struct template *t = b->f->template;
	const struct form *f = b->f;

	if (t->letterhead)
		add_letterhead(b);
	if (t->form)
		doc_add(b->d, b->section, BLOCK_FORM_CODE, t->form);
	if (add_text(b, BLOCK_TITLE, t->title, t->line, e) != ST_OK ||
	    add_text(b, BLOCK_SUBTITLE, t->subtitle, t->line, e) != ST_OK)
		return ST_ERR;
	doc_addf(b->d, b->section, BLOCK_LINE, "Số liệu tính từ ngày %s đến ngày %s", day_text(b, f->period.from),
		 day_text(b, f->period.to));
	if (f->as_of < f->period.to)
		doc_addf(b->d, b->section, BLOCK_LINE, "(Kỳ báo cáo chưa kết thúc; số liệu có đến ngày %s)",
			 day_text(b, f->as_of));
	if (t->attached)
		doc_addf(b->d, b->section, BLOCK_LINE, "(Kèm theo Báo cáo số:          ngày     tháng     năm %d của %s)",
			 report_year(f), b->written);
	if (t->unit_of_measure) {
		struct doc_block *block = doc_addf(b->d, b->section, BLOCK_LINE, "%s%s",
						   str_starts(t->unit_of_measure, "Đơn vị tính") ? "" : "Đơn vị tính: ",
						   t->unit_of_measure);

		block->align = ALIGN_RIGHT;
	}
	return ST_OK;
}

static void add_undecided_notes(struct builder *b, const struct figure_table *ft)
{
	CLEANUP(str_free) struct str columns = STR_INIT;

	for (int i = 0; i < ft->table->n_columns; i++)
		if (ft->undecided[i])
			str_addf(&columns, "%scột %d: %s", columns.len ? "; " : "", ft->table->columns[i].n,
				 doc_number(b->a, ft->undecided[i]));
	if (ft->undecided_rows)
		doc_addf(b->d, b->section, BLOCK_NOTE,
			 "- Có %s bản ghi chưa đủ dữ liệu để xác định, không được tính (%s).",
			 doc_number(b->a, ft->undecided_rows), columns.p);
	if (ft->undated)
		doc_addf(b->d, b->section, BLOCK_NOTE,
			 "- Có %s bản ghi thiếu ngày nên không xếp được vào kỳ báo cáo, không được tính.",
			 doc_number(b->a, ft->undated));
}

static bool rounds_apart(const struct figure_table *ft, int col)
{
	const struct template_column *c = &ft->table->columns[col];
	int64_t parts = 0;

	for (int row = 0; row < ft->n_rows; row++) {
		const int64_t *values = ft->values + (size_t)row * (size_t)ft->table->n_columns;
		int64_t terms = 0;

		parts += cell_millions(values[col]);
		for (int i = 0; i < c->n_terms; i++)
			terms += c->terms[i].sign * cell_millions(values[figures_column(ft->table, c->terms[i].n)]);
		if (c->n_terms && terms != cell_millions(values[col]))
			return true;
	}
	return parts != cell_millions(ft->totals[col]);
}

/* Every amount is rounded once, from whole đồng, a total too: the parts need not add up to it. */
static void add_rounding_note(struct builder *b, const struct figure_table *ft)
{
	CLEANUP(str_free) struct str columns = STR_INIT;

	for (int i = 0; i < ft->table->n_columns; i++)
		if (ft->table->columns[i].million && rounds_apart(ft, i))
			str_addf(&columns, "%s%d", columns.len ? ", " : "", ft->table->columns[i].n);
	if (columns.len)
		doc_addf(b->d, b->section, BLOCK_NOTE,
			 "- Số tiền được làm tròn đến triệu đồng từ số đồng; tổng tính từ số chưa làm tròn nên có thể lệch với "
			 "tổng các số đã làm tròn (cột %s).", columns.p);
}

static void add_missing_note(struct builder *b, const struct figure_table *ft)
{
	enum { NAMED = 12 };
	CLEANUP(str_free) struct str names = STR_INIT;

	for (int i = 0; i < ft->n_missing && i < NAMED; i++)
		str_addf(&names, "%s%s", i ? "; " : "", ft->missing[i]);
	if (ft->n_missing > NAMED)
		str_addf(&names, "; và %d đơn vị khác", ft->n_missing - NAMED);
	doc_addf(b->d, b->section, BLOCK_NOTE, "- Có số liệu của %d/%d đơn vị; chưa có của: %s.",
		 ft->n_reporters - ft->n_missing, ft->n_reporters, names.p);
}

/* In how many rows a column waits for its figure; of an upright table only whether all of them do. */
static int blank_rows(const struct figure_table *ft, int col)
{
	const struct template_table *t = ft->table;
	int n = 0;

	if (t->columns[col].kind != MEASURE_INDICATOR)
		return 0;
	if (t->upright)
		return ft->total_states[col] == CELL_BLANK;
	for (int row = 0; row < ft->n_rows; row++)
		n += ft->states[row * t->n_columns + col] == CELL_BLANK;
	return n;
}

static void add_blank_note(struct builder *b, const struct figure_table *ft)
{
	CLEANUP(str_free) struct str columns = STR_INIT;
	const struct template_table *t = ft->table;

	for (int i = 0; i < t->n_columns; i++) {
		int n = blank_rows(ft, i);

		if (n && t->upright)
			str_addf(&columns, "%s%s", columns.len ? ", " : "MS ", t->columns[i].ms);
		else if (n)
			str_addf(&columns, "%scột %d: %d dòng", columns.len ? "; " : "", t->columns[i].n, n);
	}
	if (ft->n_missing)
		add_missing_note(b, ft);
	if (columns.len)
		doc_addf(b->d, b->section, BLOCK_NOTE,
			 "- Ô để trống là chưa có số liệu do đơn vị nhập, không phải bằng 0 (%s).", columns.p);
}

/* What the circulars print as the last numbered item below the table. */
static void add_notes(struct builder *b, const struct figure_table *ft)
{
	const struct template_table *t = ft->table;
	int last = 0;

	for (int i = 0; i < t->n_columns; i++)
		last = t->columns[i].n > last ? t->columns[i].n : last;
	if (t->ms_row && b->f->template->form && !t->upright)
		doc_addf(b->d, b->section, BLOCK_NOTE, "%d. Ghi chú:", last + 1)->flags = CELL_BOLD;
	else if (ft->undecided_rows || ft->undated || b->f->quarantined || t->rows == ROWS_UNITS)
		doc_add(b->d, b->section, BLOCK_NOTE, "Ghi chú:")->flags = CELL_BOLD;
	if (t->rows == ROWS_UNITS && (t->total || t->upright))
		doc_addf(b->d, b->section, BLOCK_NOTE, "- %s của %s đơn vị.", t->total ? t->total : "Số liệu",
			 doc_number(b->a, ft->units_covered));
	if (ft->n_rows > 1 && ft->rows[0].own && !t->upright)
		doc_addf(b->d, b->section, BLOCK_NOTE,
			 "- Dòng “%s” là số liệu của riêng đơn vị này, không gồm các đơn vị trực thuộc.",
			 ft->rows[0].label);
	add_undecided_notes(b, ft);
	add_blank_note(b, ft);
	add_rounding_note(b, ft);
	if (b->f->quarantined)
		doc_addf(b->d, b->section, BLOCK_NOTE, "- Có %s dòng dữ liệu đầu vào đang cách ly, chưa được tính.",
			 doc_number(b->a, b->f->quarantined));
}

static const struct figure_table *figures_of(const struct form *f, const struct template_table *t)
{
	for (int i = 0; i < f->n_tables; i++)
		if (f->tables[i].table == t)
			return &f->tables[i];
	return NULL;
}

static enum status add_table(struct builder *b, const struct template_table *t, struct err *e)
{
	const struct figure_table *ft = figures_of(b->f, t);

	if (t->sheet)
		b->section = doc_section_add(b->d, t->id, t->sheet, b->f->template->a3, b->f->template->landscape);
	if (add_text(b, BLOCK_HEADING, t->heading, t->line, e) != ST_OK)
		return ST_ERR;
	doc_add(b->d, b->section, BLOCK_TABLE, NULL)->table =
		!ft ? form_list(b->a, b->d, b->f, t) :
		t->upright ? form_upright_table(b->a, b->d, ft) : form_table(b->a, ft, b->f->template->a3);
	if (ft)
		add_notes(b, ft);
	return ST_OK;
}

/* Bars stand beside the table they come from: the workbook draws them from its cells. */
static enum status add_chart(struct builder *b, const struct template_part *p, struct err *e)
{
	struct doc_table *t = ARENA_NEW(b->a, struct doc_table);
	struct doc_chart *chart = ARENA_NEW(b->a, struct doc_chart);
	struct cell *cells = ARENA_ARRAY(b->a, (size_t)p->n_bars * 2 + 1, struct cell);
	const char **labels = ARENA_ARRAY(b->a, (size_t)p->n_bars + 1, const char *);
	int64_t *values = ARENA_ARRAY(b->a, (size_t)p->n_bars + 1, int64_t);
	int n = 0;

	(void)e;
	for (int i = 0; i < p->n_bars; i++) {
		bool million;

		if (!form_ref_value(b->f, &p->bars[i].value, &values[n], &million))
			continue; /* an earlier period that nobody has figures of */
		if (million)
			values[n] = cell_millions(values[n]);
		labels[n] = p->bars[i].label;
		cells[(size_t)n * 2] = cell_str(labels[n]);
		cells[(size_t)n * 2 + 1] = cell_int(values[n]);
		n++;
	}
	if (!n)
		return ST_OK;
	*t = (struct doc_table){ .id = arena_printf(b->a, "chart%d", p->line), .data = true, .n_columns = 2, .font_size = 10 };
	t->columns = ARENA_ARRAY(b->a, 2, struct doc_column);
	t->columns[0] = (struct doc_column){ "label", "Chỉ tiêu", 0, ALIGN_LEFT, CELL_TEXT, false };
	t->columns[1] = (struct doc_column){ "value", p->value_title ? p->value_title : "Số lượng", 40, ALIGN_RIGHT, CELL_INT, false };
	doc_table_simple_heads(b->d, t);
	t->rows = doc_rows_array(b->a, cells, NULL, n, 2);
	doc_add(b->d, b->section, BLOCK_TABLE, NULL)->table = t;
	*chart = (struct doc_chart){ .title = p->name, .table = t->id, .label_column = 0, .value_column = 1, .n_rows = n,
				     .labels = labels, .values = values, .horizontal = true,
				     .value_title = p->value_title ? p->value_title : "Số lượng" };
	doc_add(b->d, b->section, BLOCK_CHART, NULL)->chart = chart;
	return ST_OK;
}

/* What the author wrote, or what is wanted there and room to write it. */
static enum status add_author(struct builder *b, const struct template_part *p, struct err *e)
{
	const struct author_text *text = b->f->set->author;
	const char *paragraph;

	for (int i = 0; (paragraph = author_text_paragraph(text, p->name, i)); i++)
		doc_add(b->d, b->section, BLOCK_PARAGRAPH, paragraph);
	if (author_text_paragraph(text, p->name, 0))
		return ST_OK;
	if (fill(b, p->text, p->line, &paragraph, e) != ST_OK)
		return ST_ERR;
	doc_addf(b->d, b->section, BLOCK_PARAGRAPH, "[%s] …………………", paragraph)->flags = CELL_ITALIC;
	return ST_OK;
}

static enum status add_parts(struct builder *b, struct err *e)
{
	static const enum block_kind kinds[] = {
		[PART_PARAGRAPH] = BLOCK_PARAGRAPH, [PART_HEADING] = BLOCK_HEADING, [PART_NOTE] = BLOCK_NOTE,
	};
	const struct template *t = b->f->template;

	for (int i = 0; i < t->n_parts; i++) {
		const struct template_part *p = &t->parts[i];
		enum status st = p->kind == PART_TABLE	 ? add_table(b, p->table, e) :
				 p->kind == PART_CHART	 ? add_chart(b, p, e) :
				 p->kind == PART_AUTHOR	 ? add_author(b, p, e) :
							   add_text(b, kinds[p->kind], p->text, p->line, e);

		if (st != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}

static void add_signature(struct builder *b)
{
	const struct agency *agency = &b->w->agency;
	struct doc_signature *s = ARENA_NEW(b->a, struct doc_signature);

	if (!b->f->template->letterhead)
		doc_addf(b->d, b->section, BLOCK_LINE, "%s, ngày     tháng     năm %d",
			 b->own && agency->place ? agency->place : "……………", report_year(b->f))->align = ALIGN_RIGHT;
	*s = (struct doc_signature){
		.authority = b->own ? agency->authority : "",
		.post = b->own ? agency->post : "THỦ TRƯỞNG ĐƠN VỊ",
		.name = b->own ? agency->signatory : "",
	};
	if (b->f->template->form) {
		s->left_title = "NGƯỜI LẬP BIỂU";
		s->left_note = "(Ký, ghi rõ họ tên)";
	} else {
		const char **recipients = ARENA_ARRAY(b->a, (size_t)agency->n_recipients + 1, const char *);

		/* A form names no addressee above, so "as above" would point to nothing. */
		for (int i = 0; i < agency->n_recipients; i++)
			if (!str_starts(agency->recipients[i], "Như trên"))
				recipients[s->n_recipients++] = agency->recipients[i];
		s->recipients = recipients;
	}
	doc_add(b->d, b->section, BLOCK_SIGNATURE, NULL)->signature = s;
}

const char *form_name(struct arena *a, const struct template *t)
{
	if (t->form)
		return str_starts(t->form, "Biểu") ? t->form : arena_printf(a, "Biểu %s", t->form);
	return t->n_bases ? arena_printf(a, "Báo cáo theo %s", t->bases[0].document) :
			    arena_printf(a, "Báo cáo %s", t->id);
}

static void set_metadata(struct builder *b)
{
	const struct template *t = b->f->template;
	const struct form *f = b->f;
	const char *form = form_name(b->a, t);

	b->d->title = arena_printf(b->a, "%s – %s – %s", form, t->title, period_title(b->a, &f->period));
	b->d->author = b->agency;
	b->d->subject = t->n_bases ? t->bases[0].document : NULL;
	b->d->created = f->as_of;
	b->d->draft = f->draft;
	b->d->footer = arena_printf(b->a, "%s – %s – số liệu đến ngày %s", form, period_title(b->a, &f->period),
				    day_text(b, f->as_of));
}

enum { LONG_LISTS = 50000 }; /* rows; a workbook keeps about a kilobyte of each, unless it is written row by row */

/* Whether the workbook is to be written row by row, which headings of several rows do not allow. */
static bool is_long(const struct document *d)
{
	int64_t rows = 0;

	for (int i = 0; i < d->n_sections; i++)
		for (int k = 0; k < d->sections[i].n_blocks; k++) {
			const struct doc_table *t = d->sections[i].blocks[k].table;

			if (t && t->head_rows > 1)
				return false;
			rows += t ? t->rows.count : 0;
		}
	return rows > LONG_LISTS;
}

enum status form_document(struct arena *a, const struct form *f, struct document **ret, struct err *e)
{
	struct builder b = { .a = a, .w = f->set->workspace, .f = f, .d = doc_new(a) };
	const struct template *t = f->template;

	set_agency(&b);
	set_metadata(&b);
	b.section = doc_section_add(b.d, "form", t->id, t->a3, t->landscape);
	if (add_top(&b, e) != ST_OK || add_parts(&b, e) != ST_OK)
		return ST_ERR;
	if (t->signature)
		add_signature(&b);
	form_checks_section(a, b.d, f);
	b.d->stream = is_long(b.d);
	*ret = b.d;
	return ST_OK;
}
