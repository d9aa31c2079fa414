/* The case store: reception, petitions, cases, recoveries, inspections, one-time benefits. */
#include "schema_columns.h"

const struct column schema_reception_session[8] = {
	{ "session_id", COL_CODE, .key = true, .doc = "Code of the reception session" },
	{ "unit_id", COL_CODE, .required = true, .refs = "unit.unit_id", .doc = "The unit that receives" },
	{ "scheduled_on", COL_DATE, .doc = "Day in the published timetable" },
	{ "held_on", COL_DATE, .known_from = "held_on", .doc = "Day it was held" },
	{ "chair_staff_id", COL_CODE, .refs = "staff.staff_id", .doc = "Who received the citizens" },
	{ "is_head", COL_BOOL, .doc = "1: the head of the unit in person" },
	{ "delegated", COL_BOOL, .doc = "1: a deputy by delegation of the head" },
	{ "announced", COL_BOOL, .doc = "1: published in advance" },
};

const struct column schema_case_file[18] = {
	{ "case_id", COL_CODE, .key = true, .doc = "Code of the case" },
	{ "unit_id", COL_CODE, .required = true, .refs = "unit.unit_id", .doc = "The unit that must settle it" },
	{ "kind", COL_ENUM, .required = true, .values = "complaint denunciation recommendation",
	  .doc = "Khiếu nại, tố cáo, or kiến nghị/phản ánh" },
	{ "level", COL_ENUM, .values = "first second again",
	  .doc = "first or second settlement of a complaint; again: a denunciation continued" },
	{ "field", COL_ENUM, .values = CASE_FIELDS, .doc = "What it is about" },
	{ "received_on", COL_DATE, .required = true, .doc = "Day the petition was received" },
	{ "accepted_on", COL_DATE, .known_from = "accepted_on", .doc = "Day it was accepted (thụ lý)" },
	{ "complexity", COL_ENUM, .values = "normal complex very_complex", .doc = "As recorded in the file" },
	{ "complexity_ground", COL_TEXT, .doc = "The ground recorded for a complexity above normal" },
	{ "many_places", COL_BOOL, .doc = "1: facts to be verified in several places" },
	{ "remote", COL_BOOL, .doc = "1: in a remote area, where longer time limits apply" },
	{ "decided_on", COL_DATE, .known_from = "decided_on", .doc = "Day of the decision or conclusion" },
	{ "decision_no", COL_CODE, .known_from = "decided_on", .doc = "Its number" },
	{ "result", COL_ENUM, .values = "right wrong partly upheld revised", .known_from = "decided_on",
	  .doc = "right, wrong, partly right; upheld or revised: outcome of the second settlement" },
	{ "notified_on", COL_DATE, .known_from = "notified_on",
	  .doc = "Day the decision or conclusion was sent to the complainant or denouncer" },
	{ "closed_on", COL_DATE, .known_from = "closed_on", .doc = "Day the file was closed" },
	{ "closed_how", COL_ENUM, .values = "decided withdrawn discontinued not_accepted transferred",
	  .known_from = "closed_on", .doc = "How it ended" },
	{ "national_db_on", COL_DATE, .known_from = "national_db_on",
	  .doc = "Day it was entered into the national database" },
};

const struct column schema_case_event[7] = {
	{ "event_id", COL_CODE, .key = true, .doc = "Code of the event" },
	{ "case_id", COL_CODE, .required = true, .refs = "case_file.case_id", .doc = "The case" },
	{ "kind", COL_ENUM, .required = true,
	  .values = "receive accept extend suspend resume transfer withdraw dialogue verify decide notify execute",
	  .doc = "What happened; extend, suspend and resume move the time limit" },
	{ "happened_on", COL_DATE, .required = true, .doc = "Day it happened" },
	{ "days", COL_INT, .doc = "extend: by how many days" },
	{ "document_no", COL_CODE, .doc = "Number of the document; an extension counts only with one" },
	{ "staff_id", COL_CODE, .refs = "staff.staff_id", .doc = "Who did it" },
};

const struct column schema_case_party[5] = {
	{ "case_id", COL_CODE, .key = true, .refs = "case_file.case_id", .doc = "The case" },
	{ "role", COL_ENUM, .key = true,
	  .values = "complainant denouncer accused respondent representative", .doc = "Part in the case" },
	{ "full_name", COL_TEXT, .key = true, .doc = "Full name" },
	{ "id_no", COL_CODE, .doc = "Number of the identity card" },
	{ "address", COL_TEXT, .doc = "Address" },
};

const struct column schema_petition[16] = {
	{ "petition_id", COL_CODE, .key = true, .doc = "Code of the petition (đơn)" },
	{ "unit_id", COL_CODE, .required = true, .refs = "unit.unit_id", .doc = "The unit that received it" },
	{ "received_on", COL_DATE, .required = true, .doc = "Day it was received" },
	{ "source", COL_ENUM, .values = "reception post transferred online", .doc = "How it came" },
	{ "kind", COL_ENUM, .required = true, .values = "complaint denunciation recommendation",
	  .doc = "Khiếu nại, tố cáo, or kiến nghị/phản ánh" },
	{ "level", COL_ENUM, .values = "first second again",
	  .doc = "first: not settled before; second: after a first settlement; again: a denunciation continued" },
	{ "sender_count", COL_INT, .min = 1, .doc = "How many persons signed it" },
	{ "anonymous", COL_BOOL, .doc = "1: no name or no address of the sender" },
	{ "eligible", COL_BOOL, .known_from = "handled_on", .doc = "1: meets the conditions for handling" },
	{ "duplicate_of", COL_CODE, .refs = "petition.petition_id", .doc = "The petition it repeats" },
	{ "field", COL_ENUM, .values = CASE_FIELDS, .doc = "What it is about" },
	{ "authority", COL_ENUM, .values = "own other", .known_from = "handled_on",
	  .doc = "Whose competence it is: the unit's own or another body's" },
	{ "handling", COL_ENUM, .values = "accept reject file guide forward urge return",
	  .known_from = "handled_on", .doc = "What was done with it" },
	{ "handled_on", COL_DATE, .known_from = "handled_on", .doc = "Day it was handled" },
	{ "notified_on", COL_DATE, .known_from = "notified_on", .doc = "Day the sender was told" },
	{ "case_id", COL_CODE, .refs = "case_file.case_id", .known_from = "handled_on",
	  .doc = "The case opened for it" },
};

const struct column schema_visit[11] = {
	{ "visit_id", COL_CODE, .key = true, .doc = "Code of the visit (lượt tiếp)" },
	{ "unit_id", COL_CODE, .required = true, .refs = "unit.unit_id", .doc = "The unit that received it" },
	{ "received_on", COL_DATE, .required = true, .doc = "Day of the visit" },
	{ "mode", COL_ENUM, .values = "regular head delegated",
	  .doc = "regular reception, by the head of the unit, or by a deputy for the head" },
	{ "session_id", COL_CODE, .refs = "reception_session.session_id", .doc = "The session it was in" },
	{ "people", COL_INT, .min = 1, .doc = "How many persons came" },
	{ "group_visit", COL_BOOL, .doc = "1: a group with the same matter (đoàn đông người)" },
	{ "first_time", COL_BOOL, .doc = "1: their first visit in this matter" },
	{ "case_id", COL_CODE, .refs = "case_file.case_id", .doc = "The case it was about" },
	{ "field", COL_ENUM, .values = CASE_FIELDS, .doc = "What it was about" },
	{ "outcome", COL_TEXT, .doc = "Result of the reception" },
};

const struct column schema_recovery[7] = {
	{ "recovery_id", COL_CODE, .key = true, .doc = "Code of the recovery" },
	{ "case_id", COL_CODE, .refs = "case_file.case_id", .doc = "The case it follows from" },
	{ "unit_id", COL_CODE, .refs = "unit.unit_id", .doc = "The unit that must recover" },
	{ "fund", COL_ENUM, .values = "BHXH BHYT BHTN", .doc = "The fund that is owed" },
	{ "decision_no", COL_CODE, .doc = "Number of the decision" },
	{ "decided_on", COL_DATE, .doc = "Day of the decision" },
	{ "amount_due", COL_MONEY, .doc = "Whole đồng to be recovered" },
};

const struct column schema_recovery_payment[4] = {
	{ "payment_id", COL_CODE, .key = true, .doc = "Code of the payment" },
	{ "recovery_id", COL_CODE, .refs = "recovery.recovery_id", .doc = "The recovery it belongs to" },
	{ "paid_on", COL_DATE, .doc = "Day the money came in" },
	{ "amount", COL_MONEY, .doc = "Whole đồng" },
};

const struct column schema_inspection[9] = {
	{ "inspection_id", COL_CODE, .key = true, .doc = "Code of the inspection" },
	{ "unit_id", COL_CODE, .refs = "unit.unit_id", .doc = "The unit that inspects" },
	{ "kind", COL_ENUM, .values = "planned unplanned", .doc = "By the yearly plan or not" },
	{ "plan_no", COL_CODE, .doc = "Number of the plan or of the decision" },
	{ "started_on", COL_DATE, .doc = "Day it began" },
	{ "concluded_on", COL_DATE, .known_from = "concluded_on", .doc = "Day of the conclusion" },
	{ "conclusion_no", COL_CODE, .known_from = "concluded_on", .doc = "Number of the conclusion" },
	{ "units_inspected", COL_INT, .doc = "How many organisations were inspected" },
	{ "amount_found", COL_MONEY, .known_from = "concluded_on", .doc = "Whole đồng found to be wrong" },
};

const struct column schema_benefit_payment[8] = {
	{ "payment_id", COL_CODE, .key = true, .doc = "Code of the one-time payment" },
	{ "unit_id", COL_CODE, .refs = "unit.unit_id", .doc = "The unit that paid" },
	{ "person_id", COL_CODE, .doc = "Social insurance number of the person" },
	{ "book_no", COL_CODE, .doc = "Number of the insurance book" },
	{ "kind", COL_CODE, .doc = "Code of the benefit" },
	{ "decision_no", COL_CODE, .doc = "Number of the decision" },
	{ "paid_on", COL_DATE, .doc = "Day of the payment" },
	{ "amount", COL_MONEY, .doc = "Whole đồng" },
};

const struct column schema_insurance_book[7] = {
	{ "book_no", COL_CODE, .key = true, .doc = "Number of the insurance book" },
	{ "person_id", COL_CODE, .doc = "Social insurance number of the person" },
	{ "unit_id", COL_CODE, .refs = "unit.unit_id", .doc = "The unit that issued it" },
	{ "issued_on", COL_DATE, .doc = "Day of issue" },
	{ "reissue_no", COL_INT, .doc = "0: first issue; 1, 2 …: issued again" },
	{ "replaced_book_no", COL_CODE, .refs = "insurance_book.book_no", .doc = "The book it replaces" },
	{ "status", COL_ENUM, .values = "active closed void", .doc = "State on the day of the extract" },
};
