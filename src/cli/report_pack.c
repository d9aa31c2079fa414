/*
 * The list of a pack, tab-separated: what each file is, how to check it, and what its form says. Where
 * a form is no draft, its last cell is empty.
 */
#include "report.h"

#include <stdio.h>
#include <string.h>

static void add_text(struct str *out, const char *text)
{
	for (; *text; text++)
		str_addc(out, (unsigned char)*text < ' ' ? ' ' : *text);
}

/* "tcd.1=201 tcd.2=738": the total of every column. */
static void add_totals(struct str *out, const struct form *f)
{
	const char *between = "";

	for (int i = 0; i < f->n_tables; i++) {
		const struct figure_table *ft = &f->tables[i];

		for (int c = 0; c < ft->table->n_columns; c++, between = " ") {
			str_addf(out, "%s%s.%d=", between, ft->table->id, ft->table->columns[c].n);
			if (ft->total_states[c] == CELL_INT) /* else nothing: no number is no zero */
				str_addf(out, "%lld", (long long)ft->totals[c]);
		}
	}
}

static void add_line(struct str *out, const struct report_file *file)
{
	const struct form *f = file->form;
	const char *slash = strrchr(file->path, '/');

	add_text(out, slash ? slash + 1 : file->path);
	str_addf(out, "\t%s\t%s\t%s\t", file->sha256, f->template->id, f->unit ? f->unit : "");
	add_text(out, f->unit_name);
	str_addf(out, "\t%d\t%lld\t%lld\t", f->failed_checks, (long long)f->undecided, (long long)f->quarantined);
	add_totals(out, f);
	str_add(out, "\t");
	add_text(out, f->draft ? f->draft : "");
	str_add(out, "\n");
}

enum status report_manifest(struct report *r, struct err *e)
{
	CLEANUP(str_free) struct str text = STR_INIT;
	struct outfile *o = NULL;

	r->manifest = arena_printf(r->cli->arena, "%s/pack-%s-%s%s%s.tsv", r->out ? r->out : r->w->out_dir, r->period,
				   r->unit ? r->unit : "", r->unit ? "-" : "", r->each);
	str_add(&text, "file\tsha256\tform\tunit\tunit_name\tfailed_checks\tundecided\tquarantined\ttotals\tdraft\n");
	for (int i = 0; i < r->n_files; i++)
		add_line(&text, &r->files[i]);
	if (outputs_open(&r->outputs, r->manifest, &o, e) != ST_OK)
		return ST_ERR;
	if (!outfile_stream(o) || fwrite(text.p, 1, text.len, outfile_stream(o)) != text.len)
		return err_set(e, "%s: cannot write; free some disk space and run again", r->manifest);
	return outfile_finish(o, e);
}
