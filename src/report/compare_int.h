/* compare_int - what the two documents of a comparison share. */
#ifndef RASOAT_REPORT_COMPARE_INT_H
#define RASOAT_REPORT_COMPARE_INT_H

#include "audit_int.h"

#include <rasoat/compare_report.h>

extern const char *const change_vietnamese[CHANGE_STATES]; /* "Mới phát sinh" … */
extern const char *const cause_vietnamese[N_CAUSES + 1];   /* in small letters; last: "chưa tách được" */
/* "dữ liệu hoặc quy tắc"; "" for none. */
const char *cause_text(struct arena *a, unsigned causes);
/* What audit_int.h wants, for names and scope. */
struct audit_report_input compare_names(struct arena *a, const struct compare_report_input *in);
/* By state and severity: what was, what came and went, what is; with a chart. */
void compare_balance(struct arena *a, struct document *d, struct doc_section *s, const struct comparison *c,
		     double name_width);
/* The chart alone, for paper. */
void compare_chart(struct arena *a, struct document *d, struct doc_section *s, const struct comparison *c);

/* compare_lists.c: the changes of one state, pulled from the ledger. */
struct doc_table *compare_list_table(struct arena *a, struct document *d, const struct compare_report_input *in,
				     enum change_state state);

#endif
