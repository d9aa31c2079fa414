/* audit_int - what the two audit documents share. */
#ifndef RASOAT_REPORT_AUDIT_INT_H
#define RASOAT_REPORT_AUDIT_INT_H

#include <rasoat/audit_report.h>
#include <rasoat/str.h>

/* Dates as print shows them, in the arena; "" for DAY_NONE. */
const char *audit_day(struct arena *a, day_t day);
/* "Công văn 907/BHXH-CNTT ngày 26/03/2019, gạch đầu dòng thứ ba (suy luận …)", several with "; ". */
const char *audit_basis(struct arena *a, const struct rule *r);
/* Name of a unit: by the store of the rule, or (rule NULL) in whichever store knows it. */
const char *audit_unit_name(const struct audit_report_input *in, const struct rule *r, const char *id);
/* Agency and its sub-units, or the unit that was asked for. */
const char *audit_scope(struct arena *a, const struct audit_report_input *in);
/* The same inside a sentence: an agency in capitals has its name from the tree of units. */
const char *audit_scope_words(struct arena *a, const struct audit_report_input *in);
/* What was looked at: "tài khoản, phân quyền và thời hạn giải quyết khiếu nại, tố cáo". */
const char *audit_subject(struct arena *a, const struct audit_report_input *in);
bool audit_ran(const struct rule_outcome *o);
/* "Đã rà soát", "Không áp dụng", "Lỗi, chưa rà soát" */
const char *audit_state(const struct rule_outcome *o);
/* "585 lượt đối tượng được rà soát = 8 phát hiện + …": what was examined as the sum of all verdicts. */
const char *audit_sum(struct arena *a, const struct audit_result *r);
/* Findings by severity, of the rules that ran. */
void audit_by_severity(const struct audit_report_input *in, int64_t ret[SEV_COUNT]);
/* Units with findings, most first, then by id. Of equal units those with more that is undecided come first. */
enum status audit_units(struct arena *a, const struct audit_report_input *in, struct unit_count **ret,
			int *ret_n, struct err *e) MUST_CHECK;
struct doc_table *audit_table(struct arena *a, struct document *d, const char *id,
			      const struct doc_column *columns, int n);
/* Rows that grow one by one. */
struct audit_rows {
	struct arena *a;
	int width, n, cap;
	struct cell *cells;
	enum row_kind *kinds;
};
struct cell *audit_row(struct audit_rows *r, enum row_kind kind);
struct row_source audit_rows_source(struct audit_rows *r);
/* The total row: "Tổng số", then live sums of the integer columns. */
void audit_total(struct audit_rows *r, const struct doc_table *t, int label_column);
/* Tables of both documents. On a sheet they share columns, so the names there have a width (0: what is left). */
/* By severity, with a chart. */
void audit_severity(struct arena *a, struct document *d, struct doc_section *s, const struct audit_report_input *in,
		    double name_width);
/* By unit: `shown` of the n units, the others in one row, with a chart of as many as `charted`. */
void audit_unit_table(struct arena *a, struct document *d, struct doc_section *s,
		      const struct audit_report_input *in, const struct unit_count *units, int n, int shown,
		      int charted, double name_width);

/* audit_facts.c: what is the same for all findings of a rule, said once; key is the rule's id. */
struct doc_fact audit_rule_fact(struct arena *a, const struct audit_report_input *in, const struct rule_outcome *o);

/* audit_baseline.c: a rule's findings against those of the baseline. */
enum baseline_state { BASELINE_NEW, BASELINE_UNCHANGED, BASELINE_UPDATED /* another verdict */, BASELINE_GONE };
struct audit_baseline;
enum status audit_baseline_open(const struct audit_report_input *in, const struct rule *r, struct audit_baseline **ret,
				struct err *e) MUST_CHECK;
void audit_baseline_close(struct audit_baseline *b); /* NULL is fine */
enum baseline_state audit_baseline_state(struct audit_baseline *b, const struct finding *f);
/* After all findings of the run: the next one that only the baseline has: 1, 0 at the end, -1 on error. */
int audit_baseline_gone(struct audit_baseline *b, struct finding *ret, struct err *e);
const char *audit_guid(struct arena *a, const char *content);

/* audit_findings.c: the findings of one rule. */
struct doc_table *audit_findings(struct arena *a, struct document *d, const struct audit_report_input *in,
				 const struct rule_outcome *o);

#endif
