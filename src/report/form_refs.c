/* Figures of other forms in sentences: the figure, how much it has changed, what share it is. */
#include "form_int.h"

static const char *const no_comparison = "chưa có số liệu so sánh";

/* The total of a column, in đồng for money; what stands there when it is no number. */
static enum cell_kind figure(const struct form *f, const struct template_ref *ref, int64_t *ret, bool *million)
{
	const struct form *other = form_other(f, ref->form, ref->when);
	const struct figure_table *ft = other ? form_figures(other, ref->table) : NULL;
	int col = ft ? figures_column(ft->table, ref->n) : -1;

	*ret = 0;
	*million = false;
	if (col < 0)
		return CELL_BLANK;
	*million = ft->table->columns[col].million;
	*ret = ft->totals[col];
	return ft->total_states[col];
}

bool form_ref_value(const struct form *f, const struct template_ref *ref, int64_t *ret, bool *million)
{
	return figure(f, ref, ret, million) == CELL_INT;
}

static const char *figure_text(struct arena *a, const struct form *f, const struct template_ref *ref)
{
	int64_t value;
	bool million;

	switch (figure(f, ref, &value, &million)) {
	case CELL_INT:
		return doc_number(a, million ? cell_millions(value) : value);
	case CELL_NA:
		return "(không áp dụng)";
	case CELL_HIDDEN:
		return "***";
	default:
		return "(chưa có số liệu)";
	}
}

/* n/d in per cent, one place, rounded half away from zero: "12,5"; of amounts up to what 64 bits hold of tenths. */
static const char *percent(struct arena *a, int64_t n, int64_t d)
{
	__int128 tenths = ((__int128)n * 2000 + d) / ((__int128)d * 2);

	return arena_printf(a, "%lld,%d", (long long)(tenths / 10), (int)(tenths % 10));
}

static const char *change_text(struct arena *a, const struct form *f, const struct template_ref_text *ref)
{
	int64_t now, then, by;
	bool million;

	if (figure(f, &ref->figure, &now, &million) != CELL_INT || figure(f, &ref->other, &then, &million) != CELL_INT ||
	    __builtin_sub_overflow(now, then, &by))
		return no_comparison;
	if (!by)
		return "không thay đổi";
	if (then <= 0)
		return arena_printf(a, "%s %s", by > 0 ? "tăng" : "giảm",
				    doc_number(a, million ? cell_millions(by < 0 ? -by : by) : by < 0 ? -by : by));
	by = by < 0 ? -by : by;
	return arena_printf(a, "%s %s (%s%%)", now > then ? "tăng" : "giảm",
			    doc_number(a, million ? cell_millions(by) : by), percent(a, by, then));
}

static const char *share_text(struct arena *a, const struct form *f, const struct template_ref_text *ref)
{
	int64_t part, whole;
	bool million;

	if (figure(f, &ref->figure, &part, &million) != CELL_INT || figure(f, &ref->other, &whole, &million) != CELL_INT)
		return "(chưa có số liệu)";
	return whole <= 0 || part < 0 ? "–" : arena_printf(a, "%s%%", percent(a, part, whole));
}

const char *form_ref_text(struct arena *a, const struct form *f, const char *name)
{
	struct template_ref_text ref;

	if (!template_ref_parse(a, name, &ref))
		return NULL;
	switch (ref.kind) {
	case REF_CHANGE:
		return change_text(a, f, &ref);
	case REF_SHARE:
		return share_text(a, f, &ref);
	case REF_FIGURE:
		break;
	}
	return figure_text(a, f, &ref.figure);
}
