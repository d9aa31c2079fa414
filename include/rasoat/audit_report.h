/*
 * audit_report - an audit run as documents: the workbook for the IT centre and
 * the inspectors (also the source of JSON Lines and text), and the brief that
 * leadership signs and reads (PDF).
 */
#ifndef RASOAT_AUDIT_REPORT_H
#define RASOAT_AUDIT_REPORT_H

#include <rasoat/audience.h>
#include <rasoat/audit.h>
#include <rasoat/document.h>
#include <rasoat/import.h>
#include <rasoat/units.h>
#include <rasoat/workspace.h>

struct audit_report_input {
	const struct workspace *workspace;
	const struct audit_result *result;
	struct ledger *ledger;
	const struct units *case_units, *account_units; /* names; either may be NULL */
	const struct quarantine_count *quarantine; /* both stores, by table */
	int n_quarantine;
	const struct audience *audience; /* personal columns are masked for it; NULL: for whoever sees none */
	int64_t baseline; /* run to hold the findings against (run_baseline); 0: none, and no word of it */
	const char *content, *baseline_content; /* digests of the two runs (ledger_seal); NULL = not known */
	bool gone; /* findings of the baseline that are no longer found stand there too: SARIF */
	const char *workbook_name; /* file the brief refers to for all findings; NULL: "audit-<as-of>[-<unit>].xlsx" */
};

/* Sheets: "Tổng hợp" (per rule, links, by severity and by unit with native charts), one sheet per rule that ran
 * (id as name), "Lỗi và dữ liệu" (errors, indeterminate counts, quarantine), "Hướng dẫn". stream mode. */
enum status audit_workbook(struct arena *a, const struct audit_report_input *in, struct document **ret, struct err *e) MUST_CHECK;
/* Letterhead, what is wrong, how much, who, since when, top units, chart, worst findings, how to read, signature. */
enum status audit_brief(struct arena *a, const struct audit_report_input *in, struct document **ret, struct err *e) MUST_CHECK;
/* Closes what the tables of the document still hold open in the ledger: before ledger_close, when a writer stopped half-way. */
void audit_document_close(struct document *d); /* NULL is fine */

#endif
