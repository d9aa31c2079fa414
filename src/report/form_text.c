/* Figures inside sentences: {period}, {from}, {to}, {agency}, {unit}, {table.N}. */
#include "form_int.h"

#include <stdlib.h>
#include <string.h>

/* {table.N}: the total of column N. */
static const char *total_text(struct arena *a, const struct form *f, const char *name)
{
	const char *dot = strrchr(name, '.');

	for (int i = 0; dot && i < f->n_tables; i++) {
		const struct figure_table *ft = &f->tables[i];
		int col;

		if (strlen(ft->table->id) != (size_t)(dot - name) || strncmp(ft->table->id, name, (size_t)(dot - name)) != 0)
			continue;
		col = figures_column(ft->table, (int)strtol(dot + 1, NULL, 10));
		return col < 0 ? NULL : doc_number(a, ft->totals[col]);
	}
	return NULL;
}

static const char *placeholder(struct arena *a, const struct form *f, const char *agency, const char *name)
{
	char *day = arena_alloc(a, 11);

	if (str_eq(name, "period"))
		return period_title(a, &f->period);
	if (str_eq(name, "from"))
		return date_dmy(f->period.from, day);
	if (str_eq(name, "to"))
		return date_dmy(f->period.to, day);
	if (str_eq(name, "agency"))
		return agency;
	if (str_eq(name, "unit"))
		return f->unit_name;
	return strchr(name, '/') ? form_ref_text(a, f, name) : total_text(a, f, name);
}

enum status form_fill(struct arena *a, const struct form *f, const char *agency, const char *text, int line,
		      const char **ret, struct err *e)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	for (;;) {
		const char *open = strchr(text, '{'), *close = open ? strchr(open, '}') : NULL;
		const char *name, *value;

		if (!close) {
			str_add(&out, text);
			break;
		}
		str_addn(&out, text, (size_t)(open - text));
		name = arena_strndup(a, open + 1, (size_t)(close - open - 1));
		value = placeholder(a, f, agency, name);
		if (!value)
			return err_set(e, "%s:%d: '{%s}' is not known here; there are {period}, {from}, {to}, {agency}, "
				       "{unit} and {TABLE.COLUMN}", f->template->file, line, name);
		str_add(&out, value);
		text = close + 1;
	}
	*ret = arena_strdup(a, out.p);
	return ST_OK;
}
