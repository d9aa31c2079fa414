/* The organisation: units, their tree, staff. These tables are in both data stores. */
#include "schema_columns.h"

const struct column schema_unit[7] = {
	{ "unit_id", COL_CODE, .key = true, .doc = "Code of the unit" },
	{ "name", COL_TEXT, .required = true, .doc = "Full Vietnamese name, as printed in reports" },
	{ "level", COL_ENUM, .values = "central region province district local",
	  .doc = "Level in the sector; local: a grassroots office (BHXH cơ sở)" },
	{ "province_code", COL_CODE, .doc = "Code of the province it serves" },
	{ "remote", COL_BOOL, .doc = "1: in a remote area, where longer time limits apply" },
	{ "valid_from", COL_DATE, .doc = "First day the unit exists" },
	{ "valid_to", COL_DATE, .doc = "Last day the unit exists; empty: still there" },
};

const struct column schema_unit_parent[4] = {
	{ "unit_id", COL_CODE, .key = true, .refs = "unit.unit_id", .doc = "The lower unit" },
	{ "parent_id", COL_CODE, .required = true, .refs = "unit.unit_id", .doc = "The unit above it" },
	{ "valid_from", COL_DATE, .key = true, .doc = "First day under this parent" },
	{ "valid_to", COL_DATE, .doc = "Last day under this parent; empty: still so" },
};

const struct column schema_staff[7] = {
	{ "staff_id", COL_CODE, .key = true, .doc = "Code of the person in the HR list" },
	{ "full_name", COL_TEXT, .required = true, .doc = "Full name",
	  .secrecy = COL_PERSONAL },
	{ "unit_id", COL_CODE, .refs = "unit.unit_id", .doc = "Where the person works now" },
	{ "position", COL_TEXT, .doc = "Post, as in the HR list" },
	{ "duty", COL_CODE, .doc = "Code of the duty; decides which roles may be held (duty_role)" },
	{ "email", COL_TEXT, .doc = "Address in the sector's mail system", .secrecy = COL_PERSONAL },
	{ "joined_on", COL_DATE, .doc = "First day of work" },
};

const struct column schema_staff_event[9] = {
	{ "event_id", COL_CODE, .key = true, .doc = "Code of the event" },
	{ "staff_id", COL_CODE, .required = true, .refs = "staff.staff_id", .doc = "Whom it concerns" },
	{ "kind", COL_ENUM, .required = true,
	  .values = "transfer retire maternity resign dismiss suspend unpaid_leave death return",
	  .doc = "What happened; return: back from a leave, a suspension or another unit" },
	{ "decision_no", COL_CODE, .doc = "Number of the decision" },
	{ "signed_on", COL_DATE, .doc = "Day the decision was signed" },
	{ "effective_on", COL_DATE, .required = true, .doc = "Day it takes effect" },
	{ "entered_on", COL_DATE, .known_from = "entered_on",
	  .doc = "Day the decision was entered in the personnel system, which tells those who lock accounts" },
	{ "until_on", COL_DATE, .doc = "Planned last day of the leave, inclusive" },
	{ "to_unit_id", COL_CODE, .refs = "unit.unit_id",
	  .doc = "transfer: the new unit; empty: out of the sector" },
};
