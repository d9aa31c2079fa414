/*
 * The waivers of a run, as rules about waivers read them: a temporary table of the connection that an audit
 * fills after all other rules have run (src/audit/waiver_fill.c). No extract has it.
 */
#include <rasoat/schema.h>

#include <rasoat/str.h>

#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))

static const struct column columns[] = {
	{ "waiver_id", COL_CODE, .key = true, .doc = "Its id in waivers.xml" },
	{ "rule_id", COL_CODE, .doc = "The rule" },
	{ "severity", COL_ENUM, .values = "critical high medium low", .doc = "How grave the rule is" },
	{ "unit_id", COL_CODE, .doc = "Only this unit and those below it; empty: all" },
	{ "subject_key", COL_CODE, .doc = "Only this key; empty: all" },
	{ "reason", COL_TEXT, .doc = "Why" },
	{ "requester", COL_TEXT, .doc = "Who asked for it: the full name where the file has a staff_id that is known",
	  .secrecy = COL_PERSONAL },
	{ "approver", COL_TEXT, .doc = "Who approved it: as requester", .secrecy = COL_PERSONAL },
	{ "document_no", COL_CODE, .doc = "The document of the approval" },
	{ "document_on", COL_DATE, .doc = "Its date" },
	{ "starts_on", COL_DATE, .doc = "First day" },
	{ "ends_on", COL_DATE, .doc = "Last day" },
	{ "whole", COL_BOOL, .doc = "1: it has no key, and no unit or one that all others are below" },
	{ "same_person", COL_BOOL, .doc = "1: requester and approver are one person" },
	{ "asked", COL_BOOL, .doc = "1: its rule is one of this run" },
	{ "failed", COL_INT, .doc = "How many fails the rule has in this run, waived or not; empty when the rule did not run" },
	{ "covered", COL_INT, .doc = "How many of them lie in its scope, on whatever day it holds; empty as failed" },
	{ "own", COL_INT, .doc = "How many of those concern the approver; empty as failed" },
};

static const struct table table = {
	.name = "waiver", .stores = IN_ACCOUNTS, .doc = "Waivers", .columns = columns, .n_columns = COUNT(columns),
};

const struct table *schema_waiver(void)
{
	return &table;
}

void schema_waiver_ddl(const char *text, const char *integer, struct str *out)
{
	str_addf(out, "CREATE TEMP TABLE %s(\n", table.name);
	for (int i = 0; i < table.n_columns; i++) {
		enum column_type type = columns[i].type;

		str_addf(out, "  %s %s%s", columns[i].name, type == COL_INT || type == COL_BOOL ? integer : text,
			 i + 1 < table.n_columns ? ",\n" : "");
	}
	str_addf(out, ",\n  PRIMARY KEY(%s));\n", columns[0].name);
}
