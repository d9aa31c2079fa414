/*
 * The shared relations, in the order they build on each other. Names without a schema mean the
 * as-of views. Only SQL that SQLite and PostgreSQL both read.
 */
#include "schema_columns.h"

#define BOTH (IN_CASES | IN_ACCOUNTS)

/* min(depth) keeps one row per pair even when a wrong extract makes the tree run in a circle. */
static const char unit_path_sql[] =
	"WITH RECURSIVE link(unit_id, parent_id) AS (\n"
	"  SELECT p.unit_id, p.parent_id FROM unit_parent p\n"
	"  WHERE p.parent_id <> p.unit_id AND p.valid_from =\n"
	"    (SELECT max(q.valid_from) FROM unit_parent q\n"
	"     WHERE q.unit_id = p.unit_id AND q.valid_from <= as_of())\n"
	"), up(unit_id, ancestor_id, depth) AS (\n"
	"  SELECT u.unit_id, u.unit_id, 0 FROM unit u\n"
	"  UNION ALL\n"
	"  SELECT up.unit_id, link.parent_id, up.depth + 1\n"
	"  FROM up JOIN link ON link.unit_id = up.ancestor_id WHERE up.depth < 19\n"
	")\n"
	"SELECT unit_id, ancestor_id, min(depth) AS depth FROM up GROUP BY unit_id, ancestor_id";

/*
 * A return on or before until_on is always earlier than until_on + 1, one after it never. Who moved
 * and later comes back from a leave has not come back to the old unit.
 */
static const char staff_departure_sql[] =
	"SELECT e.staff_id, e.event_id, e.kind, e.decision_no, e.signed_on, e.effective_on,\n"
	"  coalesce((SELECT min(r.effective_on) FROM staff_event r\n"
	"            WHERE r.staff_id = e.staff_id AND r.kind = 'return'\n"
	"              AND r.effective_on >= e.effective_on AND r.effective_on <= as_of()\n"
	"              AND (e.until_on IS NULL OR r.effective_on <= e.until_on)\n"
	"              AND (e.kind <> 'transfer' OR NOT EXISTS (SELECT 1 FROM staff_event o\n"
	"                WHERE o.staff_id = e.staff_id AND o.kind <> 'return'\n"
	"                  AND o.effective_on > e.effective_on AND o.effective_on <= r.effective_on))),\n"
	"           add_days(e.until_on, 1)) AS ended_on,\n"
	"  e.to_unit_id\n"
	"FROM staff_event e WHERE e.kind <> 'return' AND e.effective_on <= as_of()";

/* Moves within the sector are no absence; who was moved out comes back by a return or a later move in. */
static const char staff_away_sql[] =
	"SELECT w.staff_id, w.event_id, w.kind, w.decision_no, w.effective_on, w.ended_on,\n"
	"  CASE WHEN w.ended_on IS NULL OR w.ended_on > as_of() THEN 1 ELSE 0 END AS in_effect,\n"
	"  CASE WHEN w.kind IN ('maternity', 'suspend', 'unpaid_leave') THEN 0 ELSE 1 END AS for_good\n"
	"FROM (\n"
	"  SELECT d.staff_id, d.event_id, d.kind, d.decision_no, d.effective_on,\n"
	"    CASE WHEN d.kind = 'transfer' THEN\n"
	"      (SELECT min(b.ended_on) FROM (SELECT d.ended_on AS ended_on UNION ALL\n"
	"         SELECT t.effective_on FROM staff_event t\n"
	"         WHERE t.staff_id = d.staff_id AND t.kind = 'transfer' AND t.to_unit_id IS NOT NULL\n"
	"           AND t.effective_on > d.effective_on AND t.effective_on <= as_of()) b)\n"
	"      ELSE d.ended_on END AS ended_on\n"
	"  FROM staff_departure d WHERE d.kind <> 'transfer' OR d.to_unit_id IS NULL\n"
	") w";

static const char open_account_sql[] =
	"SELECT account_id, system_id, login, unit_id, staff_id, class, email, request_no, opened_on,\n"
	"  locked_on, last_login_on, password_changed_on\n"
	"FROM account WHERE locked_on IS NULL";

/* The cross join tells SQLite to walk the accounts, whose grants lie together, and not the grants. */
static const char active_grant_sql[] =
	"SELECT g.account_id, g.role_id, g.granted_on, g.approval_no, a.system_id, a.staff_id,\n"
	"  a.unit_id, a.login, a.class\n"
	"FROM account a CROSS JOIN account_role g\n"
	"WHERE g.account_id = a.account_id AND g.revoked_on IS NULL AND a.locked_on IS NULL";

static const char role_change_sql[] =
	"SELECT g.account_id, g.role_id, g.granted_on AS changed_on, 'grant' AS action, g.approval_no,\n"
	"  a.system_id, a.staff_id, a.unit_id, a.login\n"
	"FROM account_role g JOIN account a ON a.account_id = g.account_id\n"
	"WHERE g.granted_on > a.opened_on\n"
	"UNION ALL\n"
	"SELECT g.account_id, g.role_id, g.revoked_on, 'revoke', g.approval_no,\n"
	"  a.system_id, a.staff_id, a.unit_id, a.login\n"
	"FROM account_role g JOIN account a ON a.account_id = g.account_id\n"
	"WHERE g.revoked_on IS NOT NULL AND (a.locked_on IS NULL OR g.revoked_on <> a.locked_on)";

/* One logs in with the login or the address, in whatever case. */
static const char directory_name_sql[] =
	"SELECT e.name, max(CASE WHEN e.status = 'active' THEN 1 ELSE 0 END) AS active,\n"
	"  max(CASE WHEN e.status IS NULL THEN 1 ELSE 0 END) AS unknown\n"
	"FROM (\n"
	"  SELECT lower(login) AS name, status FROM directory\n"
	"  UNION ALL SELECT lower(email), status FROM directory WHERE email IS NOT NULL\n"
	") e GROUP BY e.name";

/*
 * For an account, a transfer is over when a later transfer brings the person (back) to the
 * account's unit or above it: who moved away and came back is not a person who left.
 */
static const char account_departure_sql[] =
	"SELECT c.account_id, c.basis, c.event_id, c.kind, c.decision_no, c.effective_on, c.ended_on,\n"
	"  CASE WHEN c.ended_on IS NULL OR c.ended_on > as_of() THEN 1 ELSE 0 END AS in_effect\n"
	"FROM (\n"
	"  SELECT a.account_id, a.opened_on, d.event_id, d.kind, d.decision_no, d.effective_on,\n"
	"    CASE WHEN d.kind IN ('transfer', 'retire', 'maternity', 'resign', 'dismiss')\n"
	"         THEN 'named' ELSE 'other' END AS basis,\n"
	"    CASE WHEN d.kind = 'transfer' AND a.unit_id IS NOT NULL THEN\n"
	"      (SELECT min(b.ended_on) FROM (SELECT d.ended_on AS ended_on UNION ALL\n"
	"         SELECT t.effective_on FROM staff_event t\n"
	"         WHERE t.staff_id = d.staff_id AND t.kind = 'transfer'\n"
	"           AND t.effective_on > d.effective_on AND t.effective_on <= as_of()\n"
	"           AND EXISTS (SELECT 1 FROM unit_path p\n"
	"             WHERE p.unit_id = a.unit_id AND p.ancestor_id = t.to_unit_id)) b)\n"
	"      ELSE d.ended_on END AS ended_on\n"
	"  FROM staff_departure d JOIN account a ON a.staff_id = d.staff_id\n"
	"  WHERE d.kind <> 'transfer' OR\n"
	"    ((a.opened_on IS NULL OR a.opened_on < d.effective_on)\n"
	"     AND (d.to_unit_id IS NULL OR a.unit_id IS NULL OR\n"
	"          (a.unit_id <> d.to_unit_id AND NOT EXISTS\n"
	"           (SELECT 1 FROM unit_path p\n"
	"            WHERE p.unit_id = a.unit_id AND p.ancestor_id = d.to_unit_id))))\n"
	") c\n"
	"WHERE c.ended_on IS NULL OR c.opened_on IS NULL OR c.ended_on > c.opened_on";

static const char account_left_sql[] =
	"SELECT account_id, basis, event_id, kind, decision_no, effective_on FROM (\n"
	"  SELECT d.*, row_number() OVER (PARTITION BY account_id, basis\n"
	"    ORDER BY effective_on, event_id) AS place\n"
	"  FROM account_departure d WHERE in_effect = 1\n"
	") ranked WHERE place = 1";

/*
 * The day a departure takes effect is in time for locking, so days count from the next one; the day the
 * person is back is none. What an earlier stretch of the account covers is cut off.
 */
static const char account_exposure_sql[] =
	"SELECT c.account_id, c.from_on, c.to_on FROM (\n"
	"  SELECT b.account_id, CASE WHEN b.before_on > b.from_on THEN b.before_on ELSE b.from_on END AS from_on,\n"
	"    b.to_on\n"
	"  FROM (\n"
	"    SELECT s.account_id, s.from_on, s.to_on, max(s.to_on) OVER (PARTITION BY s.account_id\n"
	"      ORDER BY s.from_on, s.to_on, s.event_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before_on\n"
	"    FROM (\n"
	"      SELECT d.account_id, d.event_id,\n"
	"        CASE WHEN a.opened_on > d.effective_on THEN a.opened_on ELSE d.effective_on END AS from_on,\n"
	"        CASE WHEN a.locked_on < d.ended_on OR (a.locked_on IS NOT NULL AND d.ended_on IS NULL) THEN a.locked_on\n"
	"          WHEN d.ended_on <= as_of() THEN add_days(d.ended_on, -1) ELSE as_of() END AS to_on\n"
	"      FROM account_departure d JOIN account a ON a.account_id = d.account_id\n"
	"    ) s WHERE s.to_on > s.from_on\n"
	"  ) b\n"
	") c WHERE c.to_on > c.from_on";

/* Correlated, so that only the few petitions that repeat another one are followed. */
static const char petition_matter_sql[] =
	"SELECT p.petition_id, CASE WHEN p.case_id IS NOT NULL THEN 'case:' || p.case_id\n"
	"  WHEN p.duplicate_of IS NULL THEN 'petition:' || p.petition_id\n"
	"  ELSE coalesce((\n"
	"    WITH RECURSIVE up(at, case_id, duplicate_of, depth) AS (\n"
	"      SELECT q.petition_id, q.case_id, q.duplicate_of, 1\n"
	"      FROM petition q WHERE q.petition_id = p.duplicate_of\n"
	"      UNION ALL\n"
	"      SELECT q.petition_id, q.case_id, q.duplicate_of, up.depth + 1\n"
	"      FROM up JOIN petition q ON q.petition_id = up.duplicate_of\n"
	"      WHERE up.case_id IS NULL AND up.depth < 19\n"
	"    )\n"
	"    SELECT CASE WHEN up.case_id IS NOT NULL THEN 'case:' || up.case_id\n"
	"      ELSE 'petition:' || coalesce(up.duplicate_of, up.at) END\n"
	"    FROM up ORDER BY up.depth DESC LIMIT 1\n"
	"  ), 'petition:' || p.duplicate_of) END AS matter\n"
	"FROM petition p";

/* Months are counted from the year 0, so that a year is twelve of them whatever the quarter. */
#define FIRST_OF(i) \
	"((" i ") / 12) || '-' || CASE WHEN (" i ") % 12 < 9 THEN '0' ELSE '' END || ((" i ") % 12 + 1) || "
static const char past_period_sql[] =
	"WITH RECURSIVE month(i) AS (\n"
	"  SELECT CAST(substr(as_of(), 1, 4) AS INTEGER) * 12 + CAST(substr(as_of(), 6, 2) AS INTEGER) - 37\n"
	"  UNION ALL\n"
	"  SELECT i + 1 FROM month\n"
	"  WHERE i < CAST(substr(as_of(), 1, 4) AS INTEGER) * 12 + CAST(substr(as_of(), 6, 2) AS INTEGER) - 1\n"
	"), sort(kind, months, first, every, day) AS (\n"
	"  SELECT 'month', 1, 0, 1, '01' UNION ALL SELECT 'quarter', 3, 0, 3, '01'\n"
	"  UNION ALL SELECT 'report_quarter', 3, 2, 3, '15' UNION ALL SELECT 'report_half', 6, 11, 12, '15'\n"
	"  UNION ALL SELECT 'report_nine_months', 9, 11, 12, '15' UNION ALL SELECT 'report_year', 12, 11, 12, '15'\n"
	"), span(kind, months, last, from_on, to_on) AS (\n"
	"  SELECT s.kind, s.months, m.i + s.months - CASE WHEN s.day = '01' THEN 1 ELSE 0 END,\n"
	"    " FIRST_OF("m.i") "'-' || s.day,\n"
	"    add_days(" FIRST_OF("m.i + s.months") "'-' || s.day, -1)\n"
	"  FROM month m CROSS JOIN sort s WHERE m.i % s.every = s.first % s.every\n"
	")\n"
	"SELECT kind, (last / 12) || CASE months WHEN 1 THEN substr(from_on, 5, 3) WHEN 3 THEN '-Q' || (last % 12 / 3 + 1)\n"
	"  WHEN 6 THEN '-H1' WHEN 9 THEN '-9M' ELSE '' END AS label, from_on, to_on\n"
	"FROM span WHERE to_on <= as_of()";

/* The sum is cast because PostgreSQL would make it a decimal number. */
static const char recovery_state_sql[] =
	"SELECT r.recovery_id, r.case_id, r.inspection_id, r.unit_id, r.fund, r.decision_no, r.decided_on,\n"
	"  r.amount_due, coalesce(p.paid, 0) AS paid, coalesce(p.unknown_amounts, 0) AS unknown_amounts,\n"
	"  r.amount_due - coalesce(p.paid, 0) AS outstanding, p.last_paid_on,\n"
	"  r.hard_to_recover, r.reason, r.measure\n"
	"FROM recovery r LEFT JOIN (\n"
	"  SELECT recovery_id, CAST(coalesce(sum(amount), 0) AS BIGINT) AS paid,\n"
	"    count(*) - count(amount) AS unknown_amounts, max(paid_on) AS last_paid_on\n"
	"  FROM recovery_payment WHERE recovery_id IS NOT NULL GROUP BY recovery_id\n"
	") p ON p.recovery_id = r.recovery_id";

const struct relation schema_relation_table[N_RELATIONS] = {
	{ "unit_path", BOTH, "unit_id ancestor_id depth", unit_path_sql,
	  "Every unit with itself (depth 0) and the units above it. The parent is the link with the latest "
	  "valid_from on or before the as-of date, even when its valid_to has passed: an abolished unit "
	  "keeps its last parent. A circle in the extract stops at depth 19.",
	  .key = "unit_id, ancestor_id", .shared = true, .rows = 3000 },
	{ "staff_departure", BOTH,
	  "staff_id event_id kind decision_no signed_on effective_on ended_on to_unit_id",
	  staff_departure_sql,
	  "Every staff_event but 'return' that has taken effect. ended_on is the earlier of the person's "
	  "first return on or after effective_on (and not after the as-of date) and the day after until_on; "
	  "empty when there is neither. A return ends a transfer only when no other departure of the person "
	  "took effect after the transfer and by the return: that one is what the person came back from.", .key = NULL },
	{ "staff_away", IN_ACCOUNTS,
	  "staff_id event_id kind decision_no effective_on ended_on in_effect for_good", staff_away_sql,
	  "Every departure of staff_departure by which a person is away from the sector: all but transfers "
	  "to another unit of it. A transfer out of the sector ends with a later transfer to a unit too. "
	  "in_effect is 1 while it has not ended; for_good is 1 but for maternity, suspend and unpaid_leave.",
	  .key = "staff_id", .shared = true, .rows = 120000 },
	{ "open_account", IN_ACCOUNTS,
	  "account_id system_id login unit_id staff_id class email request_no opened_on locked_on "
	  "last_login_on password_changed_on",
	  open_account_sql, "Accounts that are not locked.", .key = NULL },
	{ "active_grant", IN_ACCOUNTS,
	  "account_id role_id granted_on approval_no system_id staff_id unit_id login class", active_grant_sql,
	  "Roles held now on accounts that are not locked.", .key = NULL },
	{ "role_change", IN_ACCOUNTS, "account_id role_id changed_on action approval_no system_id staff_id unit_id login", role_change_sql,
	  "Changes of permission: grants later than the opening of the account (action 'grant') and "
	  "revocations that do not go with its locking (action 'revoke'), with what forms ask of the account.",
	  .key = NULL, .dated = "changed_on" },
	{ "account_departure", IN_ACCOUNTS,
	  "account_id basis event_id kind decision_no effective_on ended_on in_effect",
	  account_departure_sql,
	  "Every departure that concerns an account; basis 'named' for the events named in letter 907 "
	  "(transfer, retire, maternity, resign, dismiss), 'other' for suspend, unpaid_leave and death. A "
	  "transfer concerns accounts opened before it (or on an unknown day) outside the new unit and the "
	  "units below it, until a later transfer brings the person to the account's unit or above it. A "
	  "departure that had ended when the account was opened does not concern it. in_effect is 1 while "
	  "the departure has not ended.", .shared = true, .rows = 400000 },
	{ "account_left", IN_ACCOUNTS, "account_id basis event_id kind decision_no effective_on",
	  account_left_sql,
	  "Accounts whose person is away at the as-of date: the earliest departure in effect, at most one "
	  "for each basis.", .shared = true, .rows = 200000 },
	{ "account_exposure", IN_ACCOUNTS, "account_id from_on to_on", account_exposure_sql,
	  "The stretches of days on which an account was usable while its person was away by a departure that "
	  "concerns it, up to the as-of date; those of one account do not overlap. days_between(from_on, to_on) "
	  "is their account-days: the day of the departure (or of the opening) is not counted, the last day is.",
	  .key = "account_id", .shared = true, .rows = 300000, .dated = "from_on to_on" },
	{ "directory_name", IN_ACCOUNTS, "name active unknown", directory_name_sql,
	  "Every login and every address of the directory, in small letters (a to z): active is 1 when an entry "
	  "with it is active, unknown is 1 when the state of one is not recorded.",
	  .key = "name", .shared = true, .rows = 240000 },
	{ "petition_matter", IN_CASES, "petition_id matter", petition_matter_sql,
	  "What a petition is about (vụ việc): its case; without one, what the petition is about that it "
	  "repeats (duplicate_of); else itself.", .key = NULL },
	{ "recovery_state", IN_CASES,
	  "recovery_id case_id inspection_id unit_id fund decision_no decided_on amount_due paid unknown_amounts "
	  "outstanding last_paid_on hard_to_recover reason measure",
	  recovery_state_sql,
	  "Every recovery with what came back: paid is the sum of its payments whose amount is known, "
	  "unknown_amounts how many have none, outstanding = amount_due - paid (empty when amount_due is; negative when too much "
	  "was paid), last_paid_on the latest day of a payment.",
	  .key = "recovery_id", .shared = true, .rows = 50000 },
	{ "past_period", BOTH, "kind label from_on to_on", past_period_sql,
	  "The periods of the last three years that ended on or before the as-of date: month and quarter of the "
	  "calendar, and report_quarter, report_half, report_nine_months, report_year from the 15th to the 14th "
	  "(Thông tư 06/2025/TT-TTCP Điều 7). label: 2026-09, 2026-Q3, 2026-H1, 2026-9M, 2026.",
	  .key = NULL, .dated = "from_on to_on", .rows = 80 },
};
