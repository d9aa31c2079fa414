/*
 * rasoat explain clock ID - the clocks of a case, segment by segment, and the annex for its file.
 * rasoat explain case:ID prints the same and writes nothing.
 */
#include "explain.h"
#include "explain_print.h"

#include <rasoat/clock_annex.h>

#include <stdio.h>

static void print_mile(const char *what, day_t day, const char *label, const char *document)
{
	char iso[11];

	printf("  %s %s  %s%s%s\n", what, day == DAY_NONE ? "-         " : date_iso(day, iso), label,
	       document ? ", " : "", document ? document : "");
}

static void print_segment(const struct clock_segment *s)
{
	char from[11], to[11], due[11];
	day_t first, last;

	clock_segment_days(s, &first, &last);
	date_iso(first == DAY_NONE ? s->on : first, from);
	date_iso(last, to);
	printf("    %-10s %-10s  %4d  due %s  %s%s%s%s\n", *from ? from : "-", *to ? to : "-",
	       clock_segment_counted(s), date_iso(s->to, due), s->note, s->document ? " [" : "",
	       s->document ? s->document : "", s->document ? "]" : "");
}

void explain_clock_entry(const struct clock_entry *x)
{
	char due[11];

	printf("\n%s  %s\n", x->term->id, x->term->title);
	explain_basis(x->version->bases, x->version->n_bases);
	print_mile("starts", x->facts.starts_on, x->start_label, x->start_document);
	for (int i = 0; i < x->result.n_segments; i++)
		print_segment(&x->result.segments[i]);
	date_iso(x->result.due_on, due);
	print_mile("ended ", x->end_label ? x->facts.ended_on : DAY_NONE, x->end_label ? x->end_label : "not ended",
		   x->end_document);
	printf("  due    %s: %s", *due ? due : "-", clock_words[x->result.status]);
	if (x->result.overdue_days > 0)
		printf(", %d days", x->result.overdue_days);
	printf("%s%s\n", x->result.reason ? ": " : "", x->result.reason ? x->result.reason : "");
}

static enum status write_annex(struct cli *cli, const struct workspace *w, const struct clock_file *file,
			       const struct units *units, const char *dir, struct err *e)
{
	const struct writer *pdf = writer_find("pdf");
	struct outputs out = { 0 };
	struct document *d;
	enum status st;
	const char *path;

	d = clock_annex(cli->arena, w, file, units_name(units, file->unit_id));
	path = arena_printf(cli->arena, "%s/%s.pdf", dir, clock_annex_name(cli->arena, file));
	st = outputs_write(&out, d, pdf, w->font_dir, path, e);
	if (st == ST_OK)
		st = outputs_commit(&out, e);
	outputs_drop(&out);
	if (st == ST_OK)
		printf("\nwritten: %s\n", path);
	return st;
}

static enum status read_case(struct cli *cli, struct workspace *w, const char *case_id, day_t as_of, struct units **units,
			     struct clock_file **ret, struct err *e)
{
	CLEANUP(store_cleanup) struct store *cases = NULL;
	char iso[11];

	if (store_open(w->cases_uri, STORE_CASES, STORE_READ, &cases, e) != ST_OK)
		return ST_ERR;
	store_set_workdays(cases, w->workdays);
	if (store_set_as_of(cases, as_of, e) != ST_OK || units_load(cli->arena, cases, units, e) != ST_OK ||
	    clock_file_read(cli->arena, cases, w->terms, w->workdays, as_of, case_id, ret, e) != ST_OK)
		return ST_ERR;
	if (!*ret)
		return err_set(e, "case '%s' is not in the case store on %s; check the code and --as-of", case_id,
			       date_iso(as_of, iso));
	if (!(*ret)->n_entries)
		return err_set(e, "case '%s': no term of terms.xml has started on %s", case_id, date_iso(as_of, iso));
	return ST_OK;
}

int explain_clock(struct cli *cli, const struct explain_args *a, const char *case_id, bool annex)
{
	struct clock_file *file = NULL;
	struct workspace *w = NULL;
	struct units *units = NULL;
	struct err e = ERR_INIT;
	day_t as_of;

	if (!a->as_of)
		return cli_usage(&cmd_explain, "--as-of DATE is missing");
	if (!cli_date("--as-of", a->as_of, &as_of) || !cli_workspace(cli, true, false, &w))
		return EXIT_FAILED;
	if (read_case(cli, w, case_id, as_of, &units, &file, &e) != ST_OK)
		return cli_fail(&e);
	printf("%s  %s\n", file->case_id, clock_file_words(cli->arena, file, units_name(units, file->unit_id)));
	for (int i = 0; i < file->n_entries; i++)
		explain_clock_entry(&file->entries[i]);
	if (annex && write_annex(cli, w, file, units, a->out ? a->out : w->out_dir, &e) != ST_OK)
		return cli_fail(&e);
	return EXIT_DONE;
}
