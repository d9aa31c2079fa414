/* rasoat explain case:ID - the clocks of a case, segment by segment. */
#include "explain.h"

#include <rasoat/clock.h>

#include <stdio.h>

static void explain_clock_print(void *ctx, const struct term *t, const struct term_version *v,
				const struct clock_case *c, const struct clock_result *r)
{
	char a[11], b[11];
	bool *any = ctx;

	*any = true;
	printf("%s  %s\n", t->id, t->title);
	explain_basis(v->bases, v->n_bases);
	printf("  starts %s", date_iso(c->starts_on, a));
	printf(", due %s, ended %s: %s", date_iso(r->due_on, a), c->ended_on == DAY_NONE ? "-" : date_iso(c->ended_on, b),
	       clock_words[r->status]);
	if (r->overdue_days > 0)
		printf(", %d days", r->overdue_days);
	printf("%s%s\n", r->reason ? ": " : "", r->reason ? r->reason : "");
	for (int i = 0; i < r->n_segments; i++) {
		const struct clock_segment *s = &r->segments[i];

		printf("    %s -> %s  %s\n", date_iso(s->from, a), date_iso(s->to, b), s->note);
	}
}

int explain_clock(struct cli *cli, const struct explain_args *a, const char *case_id)
{
	CLEANUP(store_cleanup) struct store *cases = NULL;
	struct workspace *w = NULL;
	struct err e = ERR_INIT;
	bool any = false;
	day_t as_of;

	if (!a->as_of)
		return cli_usage(&cmd_explain, "--as-of DATE is missing");
	if (!cli_date("--as-of", a->as_of, &as_of) || !cli_workspace(cli, true, false, &w))
		return EXIT_FAILED;
	if (store_open(w->cases_uri, STORE_CASES, STORE_READ, &cases, &e) != ST_OK)
		return cli_fail(&e);
	store_set_workdays(cases, w->workdays);
	if (store_set_as_of(cases, as_of, &e) != ST_OK ||
	    clock_explain(cases, w->terms, w->workdays, as_of, case_id, explain_clock_print, &any, &e) != ST_OK)
		return cli_fail(&e);
	if (!any)
		printf("case %s: no term has started on %s\n", case_id, a->as_of);
	return EXIT_DONE;
}
