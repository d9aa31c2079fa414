/* The case store: reception, petitions, cases, recoveries, inspections, one-time benefits. */
#include "schema_columns.h"

const struct column schema_reception_session[12] = {
	{ "session_id", COL_CODE, .key = true, .doc = "Code of the reception session" },
	{ "unit_id", COL_CODE, .required = true, .refs = "unit.unit_id", .doc = "The unit that receives" },
	{ "scheduled_on", COL_DATE, .doc = "Day in the published timetable" },
	{ "held_on", COL_DATE, .known_from = "held_on", .doc = "Day it was held" },
	{ "chair_staff_id", COL_CODE, .refs = "staff.staff_id", .doc = "Who received the citizens" },
	{ "is_head", COL_BOOL, .doc = "1: the head of the unit in person" },
	{ "delegated", COL_BOOL, .doc = "1: a deputy by delegation of the head" },
	{ "announced", COL_BOOL, .doc = "1: published in advance" },
	{ "posted_on", COL_DATE, .known_from = "posted_on", .doc = "Day the timetable was posted" },
	{ "online", COL_BOOL, .doc = "1: held online" },
	{ "invited_on", COL_DATE, .known_from = "invited_on",
	  .doc = "online: day the citizens were told of it" },
	{ "link_tested_on", COL_DATE, .known_from = "link_tested_on",
	  .doc = "online: day the connection was tested" },
};

const struct column schema_case_file[26] = {
	{ "case_id", COL_CODE, .key = true, .doc = "Code of the case" },
	{ "unit_id", COL_CODE, .required = true, .refs = "unit.unit_id", .doc = "The unit that must settle it" },
	{ "kind", COL_ENUM, .required = true, .values = "complaint denunciation recommendation",
	  .doc = "Khiếu nại, tố cáo, or kiến nghị/phản ánh" },
	{ "level", COL_ENUM, .values = "first second again",
	  .doc = "first or second settlement of a complaint; again: a denunciation continued" },
	{ "field", COL_ENUM, .values = CASE_FIELDS, .doc = "What it is about" },
	{ "discipline", COL_ENUM, .values = "none discipline dismissal",
	  .doc = "complaint about a disciplinary decision, or about a dismissal; empty: none" },
	{ "prior_case_id", COL_CODE, .refs = "case_file.case_id",
	  .doc = "The settlement before: of a second complaint, of a denunciation continued" },
	{ "act_known_on", COL_DATE,
	  .doc = "Day the complained decision was received or the act known; second: the first settlement's decision" },
	{ "late_ground", COL_TEXT, .doc = "The obstacle recorded for a complaint lodged after its time limit" },
	{ "received_on", COL_DATE, .required = true, .doc = "Day the petition was received" },
	{ "accepted_on", COL_DATE, .known_from = "accepted_on", .doc = "Day it was accepted (thụ lý)" },
	{ "acceptance_notified_on", COL_DATE, .known_from = "acceptance_notified_on",
	  .doc = "Day the notice of acceptance was sent" },
	{ "complexity", COL_ENUM, .values = "normal complex very_complex", .doc = "As recorded in the file" },
	{ "complexity_ground", COL_TEXT, .doc = "The ground recorded for a complexity above normal" },
	{ "many_places", COL_BOOL, .doc = "1: facts to be verified in several places" },
	{ "remote", COL_BOOL, .doc = "1: in a remote area, where longer time limits apply" },
	{ "decided_on", COL_DATE, .known_from = "decided_on", .doc = "Day of the decision or conclusion" },
	{ "decision_no", COL_CODE, .known_from = "decided_on", .doc = "Its number" },
	{ "result", COL_ENUM, .values = "right wrong partly upheld revised", .known_from = "decided_on",
	  .doc = "right, wrong, partly right; upheld or revised: outcome of the second settlement" },
	{ "money_to_recover", COL_MONEY, .known_from = "decided_on",
	  .doc = "Whole đồng that the decision or conclusion says must come back to the funds" },
	{ "conclusion_handled_on", COL_DATE, .known_from = "conclusion_handled_on",
	  .doc = "denunciation: day the conclusion was acted on (xử lý kết luận)" },
	{ "published_on", COL_DATE, .known_from = "published_on",
	  .doc = "denunciation: day the conclusion was made public" },
	{ "notified_on", COL_DATE, .known_from = "notified_on",
	  .doc = "Day the decision or conclusion was sent to the complainant or denouncer" },
	{ "closed_on", COL_DATE, .known_from = "closed_on", .doc = "Day the file was closed" },
	{ "closed_how", COL_ENUM, .values = "decided withdrawn discontinued not_accepted transferred",
	  .known_from = "closed_on", .doc = "How it ended" },
	{ "national_db_on", COL_DATE, .known_from = "national_db_on",
	  .doc = "Day it was entered into the national database" },
};

const struct column schema_case_event[8] = {
	{ "event_id", COL_CODE, .key = true, .doc = "Code of the event" },
	{ "case_id", COL_CODE, .required = true, .refs = "case_file.case_id", .doc = "The case" },
	{ "kind", COL_ENUM, .required = true,
	  .values = "receive accept extend suspend resume discontinue transfer withdraw dialogue verify decide "
	  "notify execute request_report report",
	  .doc = "What happened; extend, suspend and resume move the time limit; request_report and report: "
		 "between a superior and the unit of an overdue denunciation" },
	{ "happened_on", COL_DATE, .required = true, .doc = "Day it happened" },
	{ "days", COL_INT, .doc = "extend: by how many days" },
	{ "document_no", COL_CODE, .doc = "Number of the document; an extension counts only with one" },
	{ "sent_on", COL_DATE, .known_from = "sent_on",
	  .doc = "Day the document (dialogue: the invitation) was sent to those it concerns" },
	{ "staff_id", COL_CODE, .refs = "staff.staff_id", .doc = "Who did it" },
};

const struct column schema_case_party[5] = {
	{ "case_id", COL_CODE, .key = true, .refs = "case_file.case_id", .doc = "The case" },
	{ "role", COL_ENUM, .key = true,
	  .values = "complainant denouncer accused respondent representative", .doc = "Part in the case" },
	{ "full_name", COL_TEXT, .key = true, .doc = "Full name", .secrecy = COL_CLASSIFIED },
	{ "id_no", COL_CODE, .doc = "Number of the identity card", .secrecy = COL_CLASSIFIED },
	{ "address", COL_TEXT, .doc = "Address", .secrecy = COL_CLASSIFIED },
};

const struct column schema_petition[19] = {
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
	{ "source_notified_on", COL_DATE, .known_from = "source_notified_on",
	  .doc = "Day the body that passed it on was told how it is handled" },
	{ "source_result_on", COL_DATE, .known_from = "source_result_on",
	  .doc = "Day the body that passed it on was told how it was settled" },
	{ "national_db_on", COL_DATE, .known_from = "national_db_on",
	  .doc = "Day it was entered into the national database" },
	{ "case_id", COL_CODE, .refs = "case_file.case_id", .known_from = "handled_on",
	  .doc = "The case opened for it" },
};

const struct column schema_visit[15] = {
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
	{ "urgent", COL_BOOL, .doc = "1: a matter for which the head receives at once (Luật Tiếp công dân Điều 18.3)" },
	{ "refused", COL_BOOL, .doc = "1: the reception was refused" },
	{ "refusal_notified_on", COL_DATE, .known_from = "refusal_notified_on",
	  .doc = "refused: day of the written notice" },
	{ "national_db_on", COL_DATE, .known_from = "national_db_on",
	  .doc = "Day it was entered into the national database" },
};

const struct column schema_recovery[11] = {
	{ "recovery_id", COL_CODE, .key = true, .doc = "Code of the recovery" },
	{ "case_id", COL_CODE, .refs = "case_file.case_id", .doc = "The case it follows from" },
	{ "unit_id", COL_CODE, .refs = "unit.unit_id", .doc = "The unit that must recover" },
	{ "fund", COL_ENUM, .values = "BHXH BHYT BHTN", .doc = "The fund that is owed" },
	{ "decision_no", COL_CODE, .doc = "Number of the decision" },
	{ "decided_on", COL_DATE, .doc = "Day of the decision" },
	{ "amount_due", COL_MONEY, .doc = "Whole đồng to be recovered" },
	{ "inspection_id", COL_CODE, .refs = "inspection.inspection_id",
	  .doc = "The inspection it follows from, when there is no case" },
	{ "hard_to_recover", COL_BOOL, .doc = "1: recorded as hard to recover" },
	{ "reason", COL_TEXT, .doc = "Why it is not recovered yet" },
	{ "measure", COL_TEXT, .doc = "What is done about it" },
};

const struct column schema_recovery_payment[4] = {
	{ "payment_id", COL_CODE, .key = true, .doc = "Code of the payment" },
	{ "recovery_id", COL_CODE, .refs = "recovery.recovery_id", .doc = "The recovery it belongs to" },
	{ "paid_on", COL_DATE, .doc = "Day the money came in" },
	{ "amount", COL_MONEY, .doc = "Whole đồng" },
};

const struct column schema_inspection[16] = {
	{ "inspection_id", COL_CODE, .key = true, .doc = "Code of the inspection" },
	{ "unit_id", COL_CODE, .refs = "unit.unit_id", .doc = "The unit that inspects" },
	{ "kind", COL_ENUM, .values = "planned unplanned", .doc = "By the yearly plan or not" },
	{ "plan_no", COL_CODE, .doc = "Number of the plan or of the decision" },
	{ "activity", COL_ENUM, .values = "inspection check",
	  .doc = "inspection: thanh tra chuyên ngành; check: kiểm tra" },
	{ "complex", COL_BOOL, .doc = "1: recorded as complex, with the longer time limit" },
	{ "planned_on", COL_DATE, .doc = "Day by which the plan has it begin" },
	{ "adjusted_on", COL_DATE, .known_from = "adjusted_on",
	  .doc = "Day the plan was changed for it: put off or left out" },
	{ "adjustment_no", COL_CODE, .known_from = "adjusted_on", .doc = "Number of that decision" },
	{ "started_on", COL_DATE, .known_from = "started_on", .doc = "Day it began; empty: not begun" },
	{ "ended_on", COL_DATE, .known_from = "ended_on", .doc = "Day the work at the place ended" },
	{ "drafted_on", COL_DATE, .known_from = "drafted_on", .doc = "Day of the draft conclusion" },
	{ "concluded_on", COL_DATE, .known_from = "concluded_on", .doc = "Day of the conclusion" },
	{ "conclusion_no", COL_CODE, .known_from = "concluded_on", .doc = "Number of the conclusion" },
	{ "units_inspected", COL_INT, .known_from = "started_on", .doc = "How many organisations were inspected" },
	{ "amount_found", COL_MONEY, .known_from = "concluded_on", .doc = "Whole đồng found to be wrong" },
};

const struct column schema_benefit_payment[10] = {
	{ "payment_id", COL_CODE, .key = true, .doc = "Code of the one-time payment" },
	{ "unit_id", COL_CODE, .refs = "unit.unit_id", .doc = "The unit that paid" },
	{ "person_id", COL_CODE, .doc = "Social insurance number of the person" },
	{ "book_no", COL_CODE, .doc = "Number of the insurance book" },
	{ "kind", COL_CODE, .doc = "Code of the benefit" },
	{ "decision_no", COL_CODE, .doc = "Number of the decision" },
	{ "period_from", COL_DATE, .doc = "First day of the insured time it was paid for" },
	{ "period_to", COL_DATE, .doc = "Last day of that time" },
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

const struct column schema_insured_person[6] = {
	{ "person_id", COL_CODE, .key = true, .doc = "Social insurance number" },
	{ "full_name", COL_TEXT, .doc = "Full name", .secrecy = COL_PERSONAL },
	{ "birth_date", COL_DATE, .doc = "Day of birth", .secrecy = COL_PERSONAL },
	{ "id_no", COL_CODE, .doc = "Number of the identity card or citizen card, 9 or 12 digits",
	  .secrecy = COL_PERSONAL },
	{ "former_id_no", COL_CODE, .doc = "The number before it, as printed on the new card",
	  .secrecy = COL_PERSONAL },
	{ "unit_id", COL_CODE, .refs = "unit.unit_id", .doc = "The unit that keeps the record" },
};

const struct column schema_report_submission[8] = {
	{ "submission_id", COL_CODE, .key = true, .doc = "Code of the entry" },
	{ "unit_id", COL_CODE, .required = true, .refs = "unit.unit_id", .doc = "The unit that reports" },
	{ "report", COL_ENUM, .required = true, .values = "tcd_kntc account_changes",
	  .doc = "tcd_kntc: Thông tư 06/2025/TT-TTCP; account_changes: letter 907" },
	{ "period_from", COL_DATE, .required = true, .doc = "First day of the period" },
	{ "period_to", COL_DATE, .required = true, .doc = "Last day of the period" },
	{ "document_no", COL_CODE, .doc = "Number of the report" },
	{ "submitted_on", COL_DATE, .doc = "Day it was sent" },
	{ "received_on", COL_DATE, .known_from = "received_on", .doc = "Day it came in" },
};

const struct column schema_case_outcome[12] = {
	{ "case_id", COL_CODE, .key = true, .refs = "case_file.case_id", .doc = "The case decided" },
	{ "land_to_recover", COL_INT, .doc = "Square metres that must come back to the State" },
	{ "money_to_return", COL_MONEY, .doc = "Whole đồng to be returned to organisations and persons" },
	{ "land_to_return", COL_INT, .doc = "Square metres to be returned to them" },
	{ "orgs_restored", COL_INT, .doc = "Organisations that get their rights back" },
	{ "persons_restored", COL_INT, .doc = "Persons that get their rights back" },
	{ "orgs_to_discipline", COL_INT, .doc = "Organisations to be held responsible" },
	{ "persons_to_discipline", COL_INT, .doc = "Persons to be disciplined" },
	{ "officials_to_discipline", COL_INT, .doc = "Officials among them" },
	{ "referred", COL_BOOL, .doc = "1: passed on to the investigating authority" },
	{ "persons_referred", COL_INT, .doc = "Persons whose acts were passed on" },
	{ "officials_referred", COL_INT, .doc = "Officials among them" },
};

const struct column schema_case_execution[13] = {
	{ "execution_id", COL_CODE, .key = true, .doc = "Code of the step" },
	{ "case_id", COL_CODE, .required = true, .refs = "case_file.case_id", .doc = "The case decided" },
	{ "done_on", COL_DATE, .required = true, .doc = "Day it was done" },
	{ "land_recovered", COL_INT, .doc = "Square metres that came back to the State" },
	{ "money_returned", COL_MONEY, .doc = "Whole đồng returned to organisations and persons" },
	{ "land_returned", COL_INT, .doc = "Square metres returned to them" },
	{ "orgs_disciplined", COL_INT, .doc = "Organisations held responsible" },
	{ "persons_disciplined", COL_INT, .doc = "Persons disciplined" },
	{ "officials_disciplined", COL_INT, .doc = "Officials among them" },
	{ "charged", COL_BOOL, .doc = "1: a criminal case was opened" },
	{ "persons_charged", COL_INT, .doc = "Persons charged" },
	{ "officials_charged", COL_INT, .doc = "Officials among them" },
	{ "completed", COL_BOOL, .doc = "1: with it everything the decision asks is done" },
};

const struct column schema_indicator[6] = {
	{ "unit_id", COL_CODE, .key = true, .refs = "unit.unit_id", .doc = "The unit that says it, of itself alone" },
	{ "period", COL_CODE, .key = true, .doc = "2026-Q3, 2026-H1, 2026-9M or 2026, as the form counts" },
	{ "code", COL_CODE, .key = true, .doc = "What it is, as the template of the form names it: 06/QLKNTC.4" },
	{ "value", COL_INT, .doc = "The figure; money in whole đồng" },
	{ "state", COL_ENUM, .values = "not_applicable hidden",
	  .doc = "In place of a value: it does not apply, or it is withheld" },
	{ "note", COL_TEXT, .doc = "What the unit says of it" },
};

const struct column schema_corruption_case[8] = {
	{ "entry_id", COL_CODE, .key = true, .doc = "Code of the entry" },
	{ "unit_id", COL_CODE, .required = true, .refs = "unit.unit_id", .doc = "The unit that reports it" },
	{ "found_on", COL_DATE, .required = true, .doc = "Day it was found" },
	{ "title", COL_TEXT, .required = true, .doc = "Name of the case (tên vụ)" },
	{ "organisation", COL_TEXT, .doc = "Where it happened" },
	{ "handler", COL_TEXT, .doc = "The body that handles it" },
	{ "summary", COL_TEXT, .doc = "What it is about" },
	{ "note", COL_TEXT, .doc = "What the unit says of it" },
};

const struct column schema_legal_gap[9] = {
	{ "gap_id", COL_CODE, .key = true, .doc = "Code of the entry" },
	{ "unit_id", COL_CODE, .required = true, .refs = "unit.unit_id", .doc = "The unit that reports it" },
	{ "found_on", COL_DATE, .required = true, .doc = "Day it was found" },
	{ "document", COL_TEXT, .required = true, .doc = "Name, number and day of the document" },
	{ "issuer", COL_TEXT, .doc = "The body that issued it" },
	{ "gap", COL_TEXT, .doc = "What in it is easy to abuse" },
	{ "mended", COL_BOOL, .doc = "1: mended by whoever may; 0: not yet" },
	{ "reason", COL_TEXT, .doc = "Why it is not mended yet" },
	{ "note", COL_TEXT, .doc = "What the unit says of it" },
};
