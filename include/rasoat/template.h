/*
 * template - report templates, templates/ID.xml (urn:rasoat:report:1).
 *
 * A report is a list of parts. Its main part, a table of measures, is
 * declared once; from that come the figures of all rows in one pass over
 * the data, the roll-up, live formulas, checks and drill-down.
 *
 * Counting: each row of a dataset whose `during` date lies in the period (no
 * `during`: every row) belongs to ONE table row (its unit rolled up to the row's unit,
 * or `by`). A measure counts rows (count), distinct values (distinct) or sums an
 * expression (sum) of those whose `where` is true. Distinct values are counted per reporting
 * unit_id and then summed, as units report. Where `where` is NULL, or is true and the summed
 * expression NULL, the row is undecided: the figure does not count it, but the
 * form says how many and becomes a draft. NULL is never zero.
 *
 * An indicator is a figure that units type in (table indicator): the sum of what the units below the row said for the
 * form's period, or, of a unit that said nothing for it, for each of its quarters. Nobody said anything: the cell is blank,
 * which is not zero, and the form a draft; all said "not applicable": the cell says so; one withheld it: "***".
 */
#ifndef RASOAT_TEMPLATE_H
#define RASOAT_TEMPLATE_H

#include <rasoat/rule.h>

/* indicator.period of a period: what period_parse() reads ("2026-Q3"), in the arena. */
struct period;
const char *period_code(struct arena *a, const struct period *p);
enum period_kind {
	PERIOD_QUARTER, PERIOD_HALF, PERIOD_NINE_MONTHS, PERIOD_YEAR, /* those a template names in periods= */
	PERIOD_MONTH, PERIOD_CALENDAR_QUARTER, PERIOD_DATES,          /* made of any template */
};
enum period_calendar {
	CAL_STATUTORY, /* 15/12 – 14/12, TT 06/2025/TT-TTCP Điều 7 khoản 1; NĐ 09/2019 Điều 12 */
	CAL_QUARTER,   /* calendar quarters: letter 907/BHXH-CNTT */
};

struct period {
	enum period_kind kind;
	int year, number; /* quarter 1..4; half 1..2 */
	day_t from, to;
};

/*
 * "2026-Q3", "2026-H1", "2026-9M", "2026"; H2 exists only for CAL_QUARTER. "2026-07" is a month (statutory: from the 15th of
 * the month before to the 14th, NĐ 09/2019 Điều 12), "2026-C3" a quarter of the calendar, "2026-01-05..2026-03-10" any two
 * days. Error names the forms allowed.
 */
enum status period_parse(const char *text, enum period_calendar cal, struct period *ret, struct err *e) MUST_CHECK;
/*
 * The period before, of the same kind: the quarter, month, year before; of two dates as many days before. Of a half the other
 * half of the year before (15/6 - 14/12); nine months have none. And the same period of the year before. False: outside
 * the years that there are.
 */
bool period_before(const struct period *p, enum period_calendar cal, struct period *ret);
bool period_year_before(const struct period *p, enum period_calendar cal, struct period *ret);
/* "Quý III năm 2026", "6 tháng đầu năm 2026", "9 tháng năm 2026", "Năm 2026" (in the arena). */
const char *period_title(struct arena *a, const struct period *p);

struct dataset {
	const char *name;
	const char *from;   /* FROM clause over as-of tables of the report's store; may be a subquery with alias */
	const char *unit;   /* SQL of the unit_id of a row */
	const char *by;     /* SQL of the row key for tables with rows by query; NULL for unit tables */
	const char *during; /* SQL date that must lie in [:from, :to]; NULL = every row */
	int line;
};

enum measure_kind { MEASURE_COUNT, MEASURE_DISTINCT, MEASURE_SUM, MEASURE_FORMULA, MEASURE_INDICATOR };

struct formula_term {
	int sign; /* +1, -1 */
	int n;    /* column number `n` of the table */
};

struct template_column {
	int n;             /* column number in the form, unique; the "(n)" of the MS row */
	const char *title; /* leaf heading */
	const char *measure; /* upright tables: unit of measure ("Người"), or NULL */
	const char *ms;    /* text in the MS row: "1=5+11+17" or "5" */
	enum measure_kind kind;
	const char *expr;  /* distinct, sum: SQL */
	const struct dataset *dataset;
	const char *where; /* or NULL = all rows */
	const char *indicator; /* MEASURE_INDICATOR: indicator.code of what no store can count */
	bool million; /* whole đồng, shown in triệu đồng */
	struct formula_term *terms; /* MEASURE_FORMULA */
	int n_terms;
	double width; /* mm in print; 0 = share what is left */
	int line;
};

/* A heading cell over leaf columns (index range), from <group>. Depth 0 is the top row. */
struct template_group {
	const char *title;
	int first, count, depth;
};

enum table_rows {
	ROWS_UNITS, /* the scope unit's own row, then one per direct sub-unit with all below it */
	ROWS_QUERY, /* rows_from/rows_key/rows_label */
	ROWS_LIST,  /* no measures: the rows of a dataset, listed */
};

struct list_column {
	const char *title;
	const char *sql; /* NULL = running number (STT) */
	enum field_type type;
	double width;
	int line;
};

struct template_table {
	const char *id;
	const char *sheet;   /* sheet name when the table opens a new sheet, else NULL */
	const char *heading; /* printed above, or NULL */
	enum table_rows rows;
	const char *row_title;   /* heading of the first column: "Đơn vị" */
	const char *rows_from, *rows_key, *rows_label;
	const char *total; /* label of the total row: "Tổng số"; NULL = none */
	bool ms_row;       /* print the MS row */
	bool upright;      /* printed with a line for each column: MS, content, unit of measure, figure of all rows */
	const char *reporters; /* levels of the units that type indicators in, "central province"; NULL = all */
	struct template_column *columns;
	int n_columns;
	struct template_group *groups;
	int n_groups, depth; /* heading rows = depth + 1 */
	struct list_column *list;
	int n_list;
	const struct dataset *list_dataset;
	const char *list_where, *list_order; /* SQL or NULL */
	const char *empty; /* text when no rows: "Không phát sinh" */
	int line;
};

enum check_op { CHECK_EQ, CHECK_LE, CHECK_GE };
struct template_check {
	const char *code;    /* "XLD-2a" */
	const char *table;   /* table id */
	struct formula_term *left, *right; /* sums of columns */
	int n_left, n_right;
	enum check_op op;
	const char *form, *form_table; /* `right` is of this table of another form of the same period and unit; NULL = of `table` */
	/* instead of `right`: an independent count over a dataset, compared per row */
	const struct dataset *dataset;
	const char *where, *distinct;
	const char *message; /* Vietnamese */
	const char *basis;   /* or NULL */
	enum mark mark;
	int line;
};

/* A figure of another form over the same store and units: the total of a column. */
enum ref_when { REF_SAME, REF_BEFORE, REF_YEAR_BEFORE }; /* of the period, the one before, the same of the year before */
struct template_ref {
	const char *form, *table;
	int n;
	enum ref_when when;
	int line;
};

/*
 * What stands in a text: the figure; how much it has changed since `other` ("tăng 12 (8,5%)"); what share it is of `other`.
 *   {02-XLD/xld.6}  {02-XLD/xld.6 year-before}  {change 02-XLD/xld.6 before}  {share 02-XLD/xld.7 of 02-XLD/xld.6}
 */
struct template_ref_text {
	enum { REF_FIGURE, REF_CHANGE, REF_SHARE } kind;
	struct template_ref figure, other;
};
bool template_ref_parse(struct arena *a, const char *text, struct template_ref_text *ret);

struct template_bar {
	const char *label;
	struct template_ref value;
	int line;
};

enum part_kind { PART_TABLE, PART_PARAGRAPH, PART_HEADING, PART_NOTE, PART_CHART, PART_AUTHOR };
struct template_part {
	enum part_kind kind;
	const char *text; /* {period}, {from}, {to}, {agency}, {unit}, {table.N} = total of column N, figures of other forms */
	const char *name; /* PART_AUTHOR: of the paragraphs that the author writes (text: what is wanted there); PART_CHART: title */
	struct template_bar *bars; /* PART_CHART */
	int n_bars;
	const char *value_title;   /* PART_CHART: what the bars count */
	const struct template_table *table;
	int line;
};

struct template {
	const char *id;   /* "01-TCD": command-line name and file name */
	const char *form; /* "01/TCD": printed top right; NULL = none */
	const char *file;
	enum store_kind store;
	enum period_calendar calendar;
	unsigned periods; /* 1u << enum period_kind, up to PERIOD_YEAR; PERIODS_FIRST_QUARTER */
#define PERIODS_FIRST_QUARTER (1u << 4) /* quarter I alone: what goes with no other quarter (TT 06/2025 Điều 4) */
	const char *title; /* capitals */
	const char *subtitle; /* or NULL; same placeholders */
	struct basis *bases;
	int n_bases;
	day_t valid_from, valid_to; /* by the period's last day */
	bool a3, landscape;
	bool letterhead, signature, attached; /* attached: the "(Kèm theo Báo cáo số…)" line */
	const char *unit_of_measure; /* "Đơn vị tính: …" or NULL */
	struct dataset *datasets;
	int n_datasets;
	struct template_part *parts;
	int n_parts;
	struct template_check *checks;
	int n_checks;
	const struct clearance *clearance; /* to read classified columns, of rasoat.xml, or NULL */
	struct template_ref *refs; /* every figure of another form that the texts and charts name, once */
	int n_refs, refs_cap;
	const char *inputs; /* space-separated tables whose quarantine counts for this form */
	int line;
};

struct template_set {
	struct template **items;
	int n_items, cap;
	char digest[65];
};

struct template_set *templates_load(struct arena *a, const char *dir, const char *schema_dir, struct diags *d);
/* Several versions of one id may exist (law changes): the one in force on `day`. The error lists the known ids, or the versions. */
enum status template_find(const struct template_set *set, const char *id, day_t day, const struct template **ret,
			  struct err *e) MUST_CHECK;

#endif
