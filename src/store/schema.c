#include "schema_columns.h"

#include <rasoat/str.h>
#include <string.h>

#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))
#define COLUMNS(a) .columns = (a), .n_columns = COUNT(a)
#define BOTH (IN_CASES | IN_ACCOUNTS)

static const struct table tables[] = {
	{ "unit", BOTH, NULL, "list of units", "Units of the sector, with those that are gone",
	  COLUMNS(schema_unit), .rows = 800 },
	{ "unit_parent", BOTH, NULL, "list of units", "Which unit stood under which, and when",
	  COLUMNS(schema_unit_parent), .rows = 1600 },
	{ "staff", BOTH, "joined_on", "HR list", "Everybody who works or worked in the sector",
	  COLUMNS(schema_staff), .rows = 120000 },
	{ "staff_event", BOTH, "signed_on", "HR decisions", "Transfers, departures, leaves and returns",
	  COLUMNS(schema_staff_event), .rows = 150000 },
	{ "system", IN_ACCOUNTS, NULL, "list of business systems", "Business systems that have accounts",
	  COLUMNS(schema_system), .rows = 30 },
	{ "account", IN_ACCOUNTS, "opened_on", "account list of each system", "Accounts, open and locked",
	  COLUMNS(schema_account), .rows = 1000000 },
	{ "role", IN_ACCOUNTS, NULL, "role list of each system", "Roles that an account can hold",
	  COLUMNS(schema_role), .rows = 300 },
	{ "account_role", IN_ACCOUNTS, "granted_on", "permission list of each system",
	  "Which account holds which role, and since when", COLUMNS(schema_account_role), .rows = 2500000 },
	{ "duty_role", IN_ACCOUNTS, NULL, "permission matrix", "Which roles a duty may hold",
	  COLUMNS(schema_duty_role), .rows = 1000 },
	{ "role_conflict", IN_ACCOUNTS, NULL, "permission matrix", "Pairs of roles nobody may hold together",
	  COLUMNS(schema_role_conflict), .rows = 100 },
	{ "account_action", IN_ACCOUNTS, "acted_on", "system logs", "What accounts did, by day",
	  COLUMNS(schema_account_action), .rows = 20000000 },
	{ "certificate", IN_ACCOUNTS, "issued_on", "certificate list", "Digital certificates of staff",
	  COLUMNS(schema_certificate), .rows = 120000 },
	{ "certificate_use", IN_ACCOUNTS, "used_on", "log of digital signatures", "What certificates signed, by day",
	  COLUMNS(schema_certificate_use), .rows = 5000000 },
	{ "directory", IN_ACCOUNTS, NULL, "mail and single sign-on directory",
	  "Entries of the directory as of the day of the extract",
	  COLUMNS(schema_directory), .rows = 120000 },
	{ "data_request", IN_ACCOUNTS, "requested_on", "register of data requests",
	  "Requests for data and their approval", COLUMNS(schema_data_request), .rows = 10000 },
	{ "reception_session", IN_CASES, NULL, "reception timetable and log",
	  "Days on which citizens are received, planned and held",
	  COLUMNS(schema_reception_session), .rows = 20000 },
	{ "case_file", IN_CASES, "received_on", "case list of the national database",
	  "Complaints, denunciations and recommendations as cases",
	  COLUMNS(schema_case_file), .rows = 500000 },
	{ "case_event", IN_CASES, "happened_on", "case list of the national database",
	  "What happened in a case, with its documents", COLUMNS(schema_case_event), .rows = 2000000 },
	{ "case_outcome", IN_CASES, NULL, "register of decisions and conclusions",
	  "What a decision or conclusion asks for, beside the money in case_file",
	  COLUMNS(schema_case_outcome), .rows = 300000 },
	{ "case_execution", IN_CASES, "done_on", "register of decisions and conclusions",
	  "What was done of it", COLUMNS(schema_case_execution), .rows = 300000 },
	{ "case_party", IN_CASES, NULL, "case list of the national database",
	  "Persons in a case. A denouncer's identity is classified (Nghị định 31/2019/NĐ-CP): it is "
	  "never printed in any report", COLUMNS(schema_case_party), .rows = 1000000, .classified = true },
	{ "petition", IN_CASES, "received_on", "register of petitions", "Petitions received",
	  COLUMNS(schema_petition), .rows = 750000 },
	{ "visit", IN_CASES, "received_on", "reception log", "Visits of citizens",
	  COLUMNS(schema_visit), .rows = 800000 },
	{ "inspection", IN_CASES, NULL, "plan and register of inspections",
	  "Inspections, planned or begun, and what they found",
	  COLUMNS(schema_inspection), .rows = 20000 },
	{ "recovery", IN_CASES, "decided_on", "recovery register", "Money to be recovered after a decision",
	  COLUMNS(schema_recovery), .rows = 50000 },
	{ "recovery_payment", IN_CASES, "paid_on", "recovery register", "Money that came back",
	  COLUMNS(schema_recovery_payment), .rows = 100000 },
	{ "benefit_payment", IN_CASES, "paid_on", "one-time benefit list", "One-time benefits paid",
	  COLUMNS(schema_benefit_payment), .rows = 100000000 },
	{ "insurance_book", IN_CASES, "issued_on", "list of insurance books", "Insurance books and reissues",
	  COLUMNS(schema_insurance_book), .rows = 17000000 },
	{ "insured_person", IN_CASES, NULL, "register of insured persons", "Persons with a social insurance number",
	  COLUMNS(schema_insured_person), .rows = 17000000 },
	{ "report_submission", IN_CASES, "submitted_on", "register of reports received",
	  "Periodic reports that units sent", COLUMNS(schema_report_submission), .rows = 20000 },
	{ "indicator", IN_CASES, NULL, "figures typed in by units", "Figures of forms that no list holds",
	  COLUMNS(schema_indicator), .rows = 200000 },
	{ "corruption_case", IN_CASES, "found_on", "list typed in by units",
	  "Cases of corruption, waste and misconduct that were found", COLUMNS(schema_corruption_case), .rows = 2000 },
	{ "legal_gap", IN_CASES, "found_on", "list typed in by units",
	  "Documents with gaps that are easy to abuse", COLUMNS(schema_legal_gap), .rows = 2000 },
};

/* What rules join on and forms select by; the primary keys come by themselves. */
static const struct {
	const char *table, *columns;
} indexes[] = {
	{ "unit_parent", "parent_id" },
	{ "staff", "unit_id" },
	{ "staff_event", "staff_id, effective_on" },
	{ "account", "staff_id" },
	{ "account", "system_id, staff_id, class, locked_on, opened_on" }, /* covers ACC-04 */
	{ "account", "unit_id" },
	{ "role", "system_id" },
	{ "account_role", "role_id, account_id" },
	{ "duty_role", "role_id" },
	{ "role_conflict", "role_b" },
	{ "certificate", "staff_id" },
	{ "directory", "staff_id" },
	{ "data_request", "unit_id" },
	{ "reception_session", "unit_id" },
	{ "case_file", "kind, level" },
	{ "case_file", "unit_id" },
	{ "case_event", "case_id, happened_on" },
	{ "case_event", "kind" },
	{ "case_execution", "case_id" },
	{ "indicator", "period, code" },
	{ "case_file", "prior_case_id" },
	{ "petition", "received_on" },
	{ "petition", "unit_id" },
	{ "petition", "case_id" },
	{ "petition", "duplicate_of" },
	{ "visit", "received_on" },
	{ "visit", "unit_id" },
	{ "visit", "case_id" },
	{ "recovery", "case_id" },
	{ "recovery", "inspection_id" },
	{ "recovery_payment", "recovery_id" },
	{ "inspection", "unit_id" },
	{ "benefit_payment", "person_id, paid_on" }, /* who was paid more than once, read from it alone */
	{ "benefit_payment", "book_no" },
	{ "insurance_book", "person_id" },
	{ "insurance_book", "replaced_book_no" },
	{ "insured_person", "birth_date" },
	{ "report_submission", "unit_id, report, period_from" },
};

static const char import_ddl[] =
	"CREATE TABLE import_log(\n"
	"  file_name TEXT NOT NULL,\n  table_name TEXT NOT NULL,\n  sha256 TEXT NOT NULL,\n"
	"  rows_read INTEGER,\n  rows_loaded INTEGER,\n  rows_quarantined INTEGER,\n"
	"  PRIMARY KEY(file_name, sha256)\n) WITHOUT ROWID;\n"
	"CREATE TABLE quarantine(\n"
	"  table_name TEXT NOT NULL,\n  file_name TEXT NOT NULL,\n  line INTEGER NOT NULL,\n"
	"  column_name TEXT,\n  reason TEXT,\n  row_key TEXT,\n  raw TEXT,\n"
	"  PRIMARY KEY(table_name, file_name, line)\n) WITHOUT ROWID;\n";

const struct table *schema_tables(int *ret_count)
{
	*ret_count = COUNT(tables);
	return tables;
}

const struct table *schema_table(const char *name)
{
	for (int i = 0; i < COUNT(tables); i++)
		if (strcmp(tables[i].name, name) == 0)
			return &tables[i];
	return NULL;
}

const struct column *schema_column(const struct table *t, const char *name)
{
	for (int i = 0; i < t->n_columns; i++)
		if (strcmp(t->columns[i].name, name) == 0)
			return &t->columns[i];
	return NULL;
}

const struct relation *schema_relations(int *ret_count)
{
	*ret_count = N_RELATIONS;
	return schema_relation_table;
}

bool schema_index(int i, const char **ret_table, const char **ret_columns)
{
	if (i < 0 || i >= COUNT(indexes))
		return false;
	*ret_table = indexes[i].table;
	*ret_columns = indexes[i].columns;
	return true;
}

static bool is_integer(enum column_type type)
{
	return type == COL_INT || type == COL_MONEY || type == COL_BOOL;
}

static int count_keys(const struct table *t)
{
	int n = 0;

	for (int i = 0; i < t->n_columns; i++)
		n += t->columns[i].key;
	return n;
}

/*
 * Required columns are not NOT NULL here: import refuses such rows, but a rule's examples give
 * only the cells that matter. Link tables go without a rowid: one tree instead of two.
 */
static void table_ddl(const struct table *t, struct str *out)
{
	const char *sep = "";

	str_addf(out, "CREATE TABLE %s(\n", t->name);
	for (int i = 0; i < t->n_columns; i++)
		str_addf(out, "  %s %s%s,\n", t->columns[i].name,
			 is_integer(t->columns[i].type) ? "INTEGER" : "TEXT",
			 t->columns[i].key ? " NOT NULL" : "");
	str_add(out, "  PRIMARY KEY(");
	for (int i = 0; i < t->n_columns; i++)
		if (t->columns[i].key) {
			str_addf(out, "%s%s", sep, t->columns[i].name);
			sep = ", ";
		}
	str_addf(out, ")\n)%s;\n", count_keys(t) > 1 ? " WITHOUT ROWID" : "");
}

void schema_index_name(const char *table, const char *columns, struct str *out)
{
	str_addf(out, "%s_", table);
	for (const char *c = columns; *c; c++)
		if (*c != ' ')
			str_addc(out, *c == ',' ? '_' : *c);
}

static void index_ddl(const char *table, const char *columns, struct str *out)
{
	str_add(out, "CREATE INDEX ");
	schema_index_name(table, columns, out);
	str_addf(out, " ON %s(%s);\n", table, columns);
}

void schema_ddl(enum store_kind kind, struct str *out)
{
	str_add(out, "CREATE TABLE rasoat_meta(name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;\n");
	if (kind == STORE_LEDGER) {
		schema_ledger_ddl(out);
		return;
	}
	for (int i = 0; i < COUNT(tables); i++)
		if (tables[i].stores & 1u << kind)
			table_ddl(&tables[i], out);
	for (int i = 0; i < COUNT(indexes); i++)
		if (schema_table(indexes[i].table)->stores & 1u << kind)
			index_ddl(indexes[i].table, indexes[i].columns, out);
	str_add(out, import_ddl);
}

bool schema_has_classified(const struct table *t)
{
	for (int i = 0; i < t->n_columns; i++)
		if (t->columns[i].secrecy == COL_CLASSIFIED)
			return true;
	return false;
}

/*
 * coalesce() instead of "IS NULL OR": the planner would try to walk an index once for each half.
 */
void schema_as_of_view(const struct table *t, const char *schema, bool cleared, struct str *out)
{
	const char *between = "";

	str_addf(out, "CREATE TEMP VIEW %s AS SELECT\n", t->name);
	for (int i = 0; i < t->n_columns; i++) {
		const struct column *c = &t->columns[i];

		if (c->secrecy == COL_CLASSIFIED && !cleared)
			continue;
		if (c->known_from)
			str_addf(out, "%s  CASE WHEN %s%s%s <= facts_on() THEN %s END AS %s", between,
				 c->undated ? "coalesce(" : "", c->known_from, c->undated ? ", '')" : "",
				 c->name, c->name);
		else
			str_addf(out, "%s  %s", between, c->name);
		between = ",\n";
	}
	str_addf(out, "\nFROM %s.%s", schema, t->name);
	if (t->exists_from)
		str_addf(out, " WHERE coalesce(%s, '') <= facts_on()", t->exists_from);
	str_add(out, ";\n");
}

void schema_views(enum store_kind kind, struct str *out)
{
	for (int i = 0; i < COUNT(tables); i++)
		if (tables[i].stores & 1u << kind)
			schema_as_of_view(&tables[i], "main", false, out);
	for (int i = 0; i < N_RELATIONS; i++)
		if (schema_relation_table[i].stores & 1u << kind)
			str_addf(out, "CREATE TEMP VIEW %s AS\n%s;\n", schema_relation_table[i].name,
				 schema_relation_table[i].sql);
}
