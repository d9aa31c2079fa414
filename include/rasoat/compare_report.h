/*
 * compare_report - a comparison of two runs as documents: the workbook with every change and its evidence, and a page
 * for leadership whose sentences are built from the figures.
 */
#ifndef RASOAT_COMPARE_REPORT_H
#define RASOAT_COMPARE_REPORT_H

#include <rasoat/compare.h>
#include <rasoat/document.h>
#include <rasoat/units.h>
#include <rasoat/workspace.h>

struct compare_report_input {
	const struct workspace *workspace;
	const struct comparison *comparison;
	const struct units *case_units, *account_units; /* names; either may be NULL */
	const char *workbook_name; /* file the brief refers to */
};

/* Sheets: "Tổng hợp" (by state, by rule, causes, what else changed), "Theo đơn vị", one for each state, "Hướng dẫn". */
enum status compare_workbook(struct arena *a, const struct compare_report_input *in, struct document **ret,
			     struct err *e) MUST_CHECK;
/* One page: how many against before, what came and went and why, the worst units, what lasts longest, a chart. */
enum status compare_brief(struct arena *a, const struct compare_report_input *in, struct document **ret,
			  struct err *e) MUST_CHECK;
/* Closes what its tables still hold open in the ledger: before ledger_close, when a writer stopped half-way. */
void compare_document_close(struct document *d); /* NULL is fine */

#endif
