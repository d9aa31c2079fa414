/* The account store: systems, accounts, permissions, certificates, data requests. */
#include "schema_columns.h"

const struct column schema_system[5] = {
	{ "system_id", COL_CODE, .key = true, .doc = "Code of the business system" },
	{ "name", COL_TEXT, .required = true, .doc = "Name of the system" },
	{ "kind", COL_TEXT, .doc = "What sort of system it is" },
	{ "owner_unit_id", COL_CODE, .refs = "unit.unit_id", .doc = "The unit that answers for it" },
	{ "sso", COL_BOOL, .doc = "1: one logs in with the directory's login (single sign-on)" },
};

const struct column schema_account[13] = {
	{ "account_id", COL_CODE, .key = true, .doc = "Code of the account, unique over all systems" },
	{ "system_id", COL_CODE, .required = true, .refs = "system.system_id", .doc = "Its system" },
	{ "login", COL_CODE, .required = true, .doc = "Login name" },
	{ "unit_id", COL_CODE, .refs = "unit.unit_id", .doc = "The unit it was opened for" },
	{ "staff_id", COL_CODE, .refs = "staff.staff_id", .doc = "Who holds it" },
	{ "class", COL_ENUM, .values = "person admin leader service shared emergency external",
	  .doc = "What it is for" },
	{ "email", COL_TEXT, .doc = "Address registered for it", .secrecy = COL_PERSONAL },
	{ "request_no", COL_CODE, .doc = "Number of the request it was opened on" },
	{ "opened_on", COL_DATE, .doc = "Day it was opened" },
	{ "expires_on", COL_DATE,
	  .doc = "Last day it may be used; for external, shared and emergency accounts" },
	{ "locked_on", COL_DATE, .known_from = "locked_on", .doc = "Day it was locked; empty: open" },
	{ "last_login_on", COL_DATE,
	  .doc = "Latest login; empty: never logged in. Always known: a later login overwrote an earlier one" },
	{ "password_changed_on", COL_DATE, .doc = "Latest change of the password" },
};

const struct column schema_role[4] = {
	{ "role_id", COL_CODE, .key = true, .doc = "Code of the role, unique over all systems" },
	{ "system_id", COL_CODE, .required = true, .refs = "system.system_id", .doc = "Its system" },
	{ "name", COL_TEXT, .required = true, .doc = "Name of the role" },
	{ "sensitive", COL_BOOL, .doc = "1: may change money, persons or permissions" },
};

const struct column schema_account_role[5] = {
	{ "account_id", COL_CODE, .key = true, .refs = "account.account_id", .doc = "The account" },
	{ "role_id", COL_CODE, .key = true, .refs = "role.role_id", .doc = "The role it holds" },
	{ "granted_on", COL_DATE, .key = true, .doc = "Day of the grant" },
	{ "revoked_on", COL_DATE, .known_from = "revoked_on", .doc = "Day it was taken away; empty: held" },
	{ "approval_no", COL_CODE, .doc = "Number of the approval" },
};

const struct column schema_duty_role[2] = {
	{ "duty", COL_CODE, .key = true, .doc = "Code of the duty, as in staff" },
	{ "role_id", COL_CODE, .key = true, .refs = "role.role_id", .doc = "A role this duty may hold" },
};

const struct column schema_role_conflict[3] = {
	{ "role_a", COL_CODE, .key = true, .refs = "role.role_id", .doc = "One role" },
	{ "role_b", COL_CODE, .key = true, .refs = "role.role_id",
	  .doc = "A role that nobody may hold together with it" },
	{ "reason", COL_TEXT, .doc = "Why, in Vietnamese" },
};

const struct column schema_account_action[4] = {
	{ "account_id", COL_CODE, .key = true, .refs = "account.account_id", .doc = "Who acted" },
	{ "acted_on", COL_DATE, .key = true, .doc = "Day of the action" },
	{ "kind", COL_CODE, .key = true, .doc = "Code of the action" },
	{ "object", COL_CODE, .key = true, .doc = "Code of what was acted on" },
};

const struct column schema_certificate[6] = {
	{ "certificate_id", COL_CODE, .key = true, .doc = "Code of the digital certificate" },
	{ "staff_id", COL_CODE, .refs = "staff.staff_id", .doc = "Who holds it" },
	{ "serial", COL_CODE, .doc = "Serial number of the certificate" },
	{ "issued_on", COL_DATE, .doc = "Day of issue" },
	{ "expires_on", COL_DATE, .doc = "Last valid day, known from the issue on" },
	{ "revoked_on", COL_DATE, .known_from = "revoked_on", .doc = "Day it was revoked" },
};

const struct column schema_certificate_use[3] = {
	{ "certificate_id", COL_CODE, .key = true, .refs = "certificate.certificate_id",
	  .doc = "The certificate that signed" },
	{ "used_on", COL_DATE, .key = true, .doc = "Day of the signature" },
	{ "object", COL_CODE, .key = true, .doc = "Code of what was signed" },
};

const struct column schema_directory[4] = {
	{ "login", COL_CODE, .key = true, .doc = "Login name in the mail and single sign-on directory" },
	{ "email", COL_TEXT, .doc = "Mail address", .secrecy = COL_PERSONAL },
	{ "staff_id", COL_CODE, .refs = "staff.staff_id", .doc = "Whose entry it is" },
	{ "status", COL_ENUM, .values = "active locked", .doc = "State on the day of the extract" },
};

const struct column schema_data_request[9] = {
	{ "request_id", COL_CODE, .key = true, .doc = "Code of the request for data" },
	{ "unit_id", COL_CODE, .refs = "unit.unit_id", .doc = "Who asks" },
	{ "requested_on", COL_DATE, .doc = "Day of the request" },
	{ "dispatch_no", COL_CODE, .doc = "Number of the official letter" },
	{ "has_form", COL_BOOL, .doc = "1: the request form is attached" },
	{ "has_description", COL_BOOL, .doc = "1: the data are described" },
	{ "approved_by", COL_TEXT, .known_from = "approved_on", .undated = true, .doc = "Who approved it" },
	{ "approved_on", COL_DATE, .known_from = "approved_on", .doc = "Day of the approval" },
	{ "delivered_on", COL_DATE, .known_from = "delivered_on", .doc = "Day the data were handed over" },
};
