-- The 16 rules of rules/*.xml as an experienced SQL user writes them by hand for the sqlite3 shell:
-- what `make bench` measures `rasoat audit` against. audit_sql.sh makes the shell's input of it,
-- audit_compare.py shows that it finds the same.
--
-- Expects :as_of, the stores attached as accounts and cases (as rasoat imports them: normalised,
-- with the declared indexes and ANALYZE), the temp table workday of workday_sql.sh, and a folder
-- where it leaves a RULE.tsv for each rule. How it was made fast stands in docs/performance.md.

PRAGMA mmap_size = 4000000000;
.headers on
.mode tabs

-- --- shared by several rules ---------------------------------------------------------------------

-- The staff list as of the day: one look-up a row instead of two, and the date is checked once.
CREATE TEMP TABLE person(staff_id TEXT PRIMARY KEY, full_name TEXT, unit_id TEXT, duty TEXT,
	described INTEGER) WITHOUT ROWID;
INSERT INTO person
	SELECT staff_id, full_name, unit_id, duty, duty IN (SELECT duty FROM duty_role)
	FROM accounts.staff WHERE joined_on IS NULL OR joined_on <= :as_of ORDER BY staff_id;

CREATE TEMP TABLE unit_path(unit_id TEXT, ancestor_id TEXT, PRIMARY KEY(unit_id, ancestor_id)) WITHOUT ROWID;
INSERT INTO unit_path
	WITH RECURSIVE link AS (
		SELECT p.unit_id, p.parent_id FROM accounts.unit_parent p
		WHERE p.parent_id <> p.unit_id AND p.valid_from =
			(SELECT max(q.valid_from) FROM accounts.unit_parent q
			WHERE q.unit_id = p.unit_id AND q.valid_from <= :as_of)
	), up(unit_id, ancestor_id) AS (
		SELECT unit_id, unit_id FROM accounts.unit
		UNION
		SELECT up.unit_id, link.parent_id FROM up JOIN link ON link.unit_id = up.ancestor_id
	)
	SELECT unit_id, ancestor_id FROM up;

CREATE TEMP TABLE event AS
	SELECT event_id, staff_id, kind, decision_no, effective_on, until_on, to_unit_id
	FROM accounts.staff_event
	WHERE (signed_on IS NULL OR signed_on <= :as_of) AND effective_on <= :as_of;
CREATE INDEX temp.event_staff ON event(staff_id, effective_on);

-- Every departure that concerns an account, with the day on which it was over for that account.
CREATE TEMP TABLE left_account AS
	WITH departure AS (
		SELECT e.*, coalesce((SELECT min(r.effective_on) FROM event r
			WHERE r.staff_id = e.staff_id AND r.kind = 'return' AND r.effective_on >= e.effective_on
			AND (e.until_on IS NULL OR r.effective_on <= e.until_on)
			AND (e.kind <> 'transfer' OR NOT EXISTS (SELECT 1 FROM event o
				WHERE o.staff_id = e.staff_id AND o.kind <> 'return'
				AND o.effective_on > e.effective_on AND o.effective_on <= r.effective_on))),
			date(e.until_on, '+1 day')) AS ended_on
		FROM event e WHERE e.kind <> 'return'
	), concerning AS (
		SELECT a.account_id, a.system_id, a.login, a.unit_id, a.staff_id, a.opened_on,
			CASE WHEN a.locked_on <= :as_of THEN a.locked_on END AS locked_on,
			d.event_id, d.kind, d.decision_no, d.effective_on,
			d.kind IN ('transfer', 'retire', 'maternity', 'resign', 'dismiss') AS named,
			CASE WHEN d.kind = 'transfer' THEN (SELECT min(b.ended_on) FROM (
				SELECT d.ended_on AS ended_on
				UNION ALL
				SELECT t.effective_on FROM event t
				JOIN unit_path p ON p.unit_id = a.unit_id AND p.ancestor_id = t.to_unit_id
				WHERE t.staff_id = d.staff_id AND t.kind = 'transfer'
				AND t.effective_on > d.effective_on) b)
			ELSE d.ended_on END AS ended_on
		FROM departure d CROSS JOIN accounts.account a ON a.staff_id = d.staff_id
		WHERE (a.opened_on IS NULL OR a.opened_on <= :as_of) AND (d.kind <> 'transfer'
			OR ((a.opened_on IS NULL OR a.opened_on < d.effective_on)
			AND NOT EXISTS (SELECT 1 FROM unit_path p
				WHERE p.unit_id = a.unit_id AND p.ancestor_id = d.to_unit_id)))
	)
	SELECT * FROM concerning WHERE ended_on IS NULL OR opened_on IS NULL OR ended_on > opened_on;

-- --- accounts ------------------------------------------------------------------------------------

.once ACC-01.tsv
SELECT d.account_id AS key, 'fail' AS verdict, d.unit_id AS unit,
	max(ifnull(d.opened_on, ''), d.effective_on) AS since,
	d.system_id AS system, d.login, s.full_name AS owner,
	CASE d.kind WHEN 'transfer' THEN 'Chuyển công tác' WHEN 'retire' THEN 'Nghỉ hưu' WHEN 'maternity'
		THEN 'Nghỉ thai sản' WHEN 'resign' THEN 'Thôi việc' ELSE 'Buộc thôi việc' END AS cause,
	d.decision_no AS decision, d.effective_on AS effective,
	CAST(julianday(:as_of) - julianday(max(ifnull(d.opened_on, ''), d.effective_on)) AS INTEGER) AS days
FROM (SELECT *, row_number() OVER (PARTITION BY account_id ORDER BY effective_on, event_id) AS nth
	FROM left_account WHERE named AND locked_on IS NULL AND (ended_on IS NULL OR ended_on > :as_of)) d
LEFT JOIN person s ON s.staff_id = d.staff_id
WHERE d.nth = 1 AND d.effective_on < :as_of;

.once ACC-02.tsv
SELECT d.account_id AS key, 'fail' AS verdict, d.unit_id AS unit, d.effective_on AS since,
	d.system_id AS system, d.login, s.full_name AS owner,
	CASE d.kind WHEN 'transfer' THEN 'Chuyển công tác' WHEN 'retire' THEN 'Nghỉ hưu' WHEN 'maternity'
		THEN 'Nghỉ thai sản' WHEN 'resign' THEN 'Thôi việc' ELSE 'Buộc thôi việc' END AS cause,
	d.decision_no AS decision, d.effective_on AS effective, d.locked_on AS locked,
	CAST(julianday(d.locked_on) - julianday(d.effective_on) AS INTEGER) AS days
FROM (SELECT *, row_number() OVER (PARTITION BY account_id ORDER BY effective_on, event_id) AS nth
	FROM left_account WHERE named AND locked_on IS NOT NULL
	AND (opened_on IS NULL OR effective_on >= opened_on)
	AND (ended_on IS NULL OR ended_on > locked_on)) d
LEFT JOIN person s ON s.staff_id = d.staff_id
WHERE d.nth = 1 AND d.locked_on > d.effective_on;

.once ACC-03.tsv
SELECT a.account_id AS key, iif(a.class IS NULL, 'indeterminate', 'fail') AS verdict, a.unit_id AS unit,
	a.opened_on AS since, iif(a.class IS NULL, 'Chưa ghi loại tài khoản', NULL) AS reason,
	a.system_id AS system, a.login,
	CASE a.class WHEN 'person' THEN 'Cá nhân' WHEN 'admin' THEN 'Quản trị' WHEN 'leader' THEN 'Lãnh đạo'
		WHEN 'external' THEN 'Ngoài Ngành' END AS class,
	a.staff_id AS staff, a.email, a.opened_on AS opened
FROM accounts.account a
WHERE (a.locked_on IS NULL OR a.locked_on > :as_of) AND (a.opened_on IS NULL OR a.opened_on <= :as_of)
AND (a.class IS NULL OR (a.class IN ('person', 'admin', 'leader', 'external')
	AND NOT (a.class = 'external' AND a.request_no IS NOT NULL)
	AND NOT EXISTS (SELECT 1 FROM person s WHERE s.staff_id = a.staff_id)));

.once ACC-04.tsv
SELECT g.system_id || '/' || g.staff_id AS key, 'fail' AS verdict, s.unit_id AS unit, g.last_opened AS since,
	g.system_id AS system, y.name AS system_name, g.staff_id AS staff, s.full_name AS owner, g.accounts,
	(SELECT group_concat(login, ', ') FROM (SELECT login FROM accounts.account o
		WHERE o.system_id = g.system_id AND o.staff_id = g.staff_id
		AND o.class IN ('person', 'admin', 'leader') AND (o.locked_on IS NULL OR o.locked_on > :as_of)
		AND (o.opened_on IS NULL OR o.opened_on <= :as_of)
		ORDER BY login, account_id)) AS logins
FROM (SELECT system_id, staff_id, count(*) AS accounts, max(opened_on) AS last_opened FROM accounts.account
	WHERE staff_id IS NOT NULL AND class IN ('person', 'admin', 'leader')
	AND (locked_on IS NULL OR locked_on > :as_of) AND (opened_on IS NULL OR opened_on <= :as_of)
	GROUP BY system_id, staff_id HAVING count(*) > 1) g
LEFT JOIN person s ON s.staff_id = g.staff_id
LEFT JOIN accounts.system y ON y.system_id = g.system_id;

.once ACC-05.tsv
SELECT a.account_id AS key, iif(a.reason IS NULL, 'fail', 'indeterminate') AS verdict, a.unit_id AS unit,
	a.since, a.reason, a.system_id AS system, a.login, s.full_name AS owner, a.opened_on AS opened,
	a.last_login_on AS last_login, CAST(julianday(:as_of) - julianday(a.since) AS INTEGER) AS idle
FROM (SELECT *, coalesce(last_login_on, opened_on) AS since,
	CASE WHEN class IS NULL THEN 'Chưa ghi loại tài khoản'
		WHEN coalesce(last_login_on, opened_on) IS NULL THEN 'Chưa có ngày cấp và ngày đăng nhập'
		WHEN last_login_on > :as_of THEN 'Lần đăng nhập cuối sau ngày rà soát, không rõ lần trước đó'
	END AS reason
	FROM accounts.account
	WHERE (locked_on IS NULL OR locked_on > :as_of) AND (opened_on IS NULL OR opened_on <= :as_of)
	AND (class IS NULL OR class IN ('person', 'admin', 'leader', 'external'))) a
LEFT JOIN person s ON s.staff_id = a.staff_id
WHERE a.reason IS NOT NULL OR a.since < date(:as_of, '-90 days');

.once ACC-06.tsv
SELECT d.account_id AS key, 'fail' AS verdict, d.unit_id AS unit,
	max(ifnull(d.opened_on, ''), d.effective_on) AS since,
	d.system_id AS system, d.login, s.full_name AS owner,
	CASE d.kind WHEN 'suspend' THEN 'Đình chỉ công tác' WHEN 'unpaid_leave' THEN 'Nghỉ không lương'
		ELSE 'Đã chết' END AS cause,
	d.decision_no AS decision, d.effective_on AS effective,
	CAST(julianday(:as_of) - julianday(max(ifnull(d.opened_on, ''), d.effective_on)) AS INTEGER) AS days
FROM (SELECT *, row_number() OVER (PARTITION BY account_id ORDER BY effective_on, event_id) AS nth
	FROM left_account WHERE NOT named AND locked_on IS NULL AND (ended_on IS NULL OR ended_on > :as_of)) d
LEFT JOIN person s ON s.staff_id = d.staff_id
WHERE d.nth = 1 AND d.effective_on < :as_of;

-- --- permissions ---------------------------------------------------------------------------------

.once PER-01.tsv
SELECT g.account_id || '/' || g.role_id || '/' || g.granted_on AS key,
	iif(s.described, 'fail', 'indeterminate') AS verdict, a.unit_id AS unit, g.granted_on AS since,
	CASE WHEN s.duty IS NULL THEN 'Nhân sự chưa ghi nhiệm vụ được phân công'
		WHEN NOT s.described THEN 'Nhiệm vụ chưa có trong bảng quyền theo nhiệm vụ' END AS reason,
	a.system_id AS system, a.login, s.full_name AS owner, s.duty, g.role_id AS role, r.name AS role_name,
	g.granted_on AS granted, CAST(julianday(:as_of) - julianday(g.granted_on) AS INTEGER) AS days
FROM accounts.account a CROSS JOIN person s ON s.staff_id = a.staff_id
CROSS JOIN accounts.account_role g ON g.account_id = a.account_id
LEFT JOIN accounts.role r ON r.role_id = g.role_id
WHERE (a.locked_on IS NULL OR a.locked_on > :as_of) AND (a.opened_on IS NULL OR a.opened_on <= :as_of)
AND g.granted_on <= :as_of AND (g.revoked_on IS NULL OR g.revoked_on > :as_of)
AND NOT EXISTS (SELECT 1 FROM accounts.duty_role m WHERE m.duty = s.duty AND m.role_id = g.role_id);

.once PER-02.tsv
WITH held AS MATERIALIZED (
	SELECT coalesce(a.staff_id, a.account_id) AS holder, g.role_id, a.staff_id, a.unit_id, a.login, g.granted_on
	FROM accounts.account_role g CROSS JOIN accounts.account a ON a.account_id = g.account_id
	WHERE g.role_id IN (SELECT role_a FROM accounts.role_conflict
		UNION SELECT role_b FROM accounts.role_conflict)
	AND g.granted_on <= :as_of AND (g.revoked_on IS NULL OR g.revoked_on > :as_of)
	AND (a.locked_on IS NULL OR a.locked_on > :as_of) AND (a.opened_on IS NULL OR a.opened_on <= :as_of)
), pair AS (
	SELECT x.holder, c.role_a, c.role_b, c.reason, min(x.staff_id) AS staff_id, min(x.unit_id) AS unit_id,
		min(x.login) AS login_a, min(y.login) AS login_b, min(max(x.granted_on, y.granted_on)) AS both_from
	FROM accounts.role_conflict c JOIN held x ON x.role_id = c.role_a
	JOIN held y ON y.role_id = c.role_b AND y.holder = x.holder
	GROUP BY x.holder, c.role_a, c.role_b
)
SELECT g.holder || '/' || g.role_a || '/' || g.role_b AS key, 'fail' AS verdict,
	coalesce(s.unit_id, g.unit_id) AS unit, g.both_from AS since,
	coalesce(s.full_name, g.staff_id, g.login_a) AS owner, g.staff_id AS staff, g.login_a,
	coalesce(ra.name, g.role_a) AS role_a, g.login_b, coalesce(rb.name, g.role_b) AS role_b,
	g.reason AS conflict, CAST(julianday(:as_of) - julianday(g.both_from) AS INTEGER) AS days
FROM pair g LEFT JOIN person s ON s.staff_id = g.staff_id
LEFT JOIN accounts.role ra ON ra.role_id = g.role_a LEFT JOIN accounts.role rb ON rb.role_id = g.role_b;

.once PER-03.tsv
SELECT g.account_id || '/' || g.role_id || '/' || g.granted_on AS key, 'fail' AS verdict, a.unit_id AS unit,
	g.granted_on AS since, a.system_id AS system, a.login, s.full_name AS owner, g.role_id AS role,
	r.name AS role_name, CASE r.sensitive WHEN 1 THEN 'Có' WHEN 0 THEN 'Không' END AS sensitive,
	g.granted_on AS granted, CAST(julianday(:as_of) - julianday(g.granted_on) AS INTEGER) AS days
FROM accounts.account_role g CROSS JOIN accounts.account a ON a.account_id = g.account_id
LEFT JOIN person s ON s.staff_id = a.staff_id LEFT JOIN accounts.role r ON r.role_id = g.role_id
WHERE g.approval_no IS NULL AND g.granted_on <= :as_of AND (g.revoked_on IS NULL OR g.revoked_on > :as_of)
AND (a.locked_on IS NULL OR a.locked_on > :as_of) AND (a.opened_on IS NULL OR a.opened_on <= :as_of);

-- --- cases ---------------------------------------------------------------------------------------
-- "Late" is one comparison: the earlier of the end and the as-of date is after the due day. An end
-- before the start, or a start outside the calendar (no row of workday), is indeterminate.

.once CAS-01.tsv
SELECT case_id AS key, iif(odd, 'indeterminate', 'fail') AS verdict, unit_id AS unit, due AS since,
	iif(odd, 'Hồ sơ thiếu hoặc mâu thuẫn dữ kiện (xem cột Ghi chú)', NULL) AS reason,
	'Khiếu nại' AS kind,
	CASE level WHEN 'first' THEN 'Lần đầu' WHEN 'second' THEN 'Lần hai' END AS level,
	start, due,
	iif(ended <= :as_of, ended, NULL) AS ended,
	CASE WHEN odd THEN NULL WHEN ended <= :as_of THEN 'Thụ lý muộn'
		ELSE 'Chưa thụ lý' END AS state,
	iif(odd, NULL, CAST(julianday(min(ended, :as_of)) - julianday(due) AS INTEGER)) AS days,
	CASE WHEN odd AND due IS NULL THEN 'Ngày bắt đầu nằm ngoài lịch làm việc đã có'
		WHEN odd THEN 'Ngày kết thúc trước ngày bắt đầu' END AS note
FROM (SELECT c.case_id, c.unit_id, c.level, c.received_on AS start,
	iif(c.received_on < '2026-07-01', w.c10, w.w7) AS due,
	min(ifnull(c.accepted_on, '9'), ifnull(c.closed_on, '9')) AS ended,
	w.day IS NULL OR c.accepted_on < c.received_on OR c.closed_on < c.received_on AS odd
	FROM cases.case_file c NOT INDEXED LEFT JOIN workday w ON w.day = c.received_on
	WHERE c.kind = 'complaint' AND c.received_on <= :as_of)
WHERE min(ended, :as_of) > due OR odd;

-- Suspensions and documented extensions of the few cases that have any, days as numbers. A suspend
-- inside a suspension is none; a suspension lasts to the next resume.
CREATE TEMP TABLE change AS
	SELECT case_id, event_id, kind, CAST(julianday(happened_on) + 0.5 AS INTEGER) AS day,
		min(iif(days > 0, days, 30), 30) AS days, document_no
	FROM cases.case_event NOT INDEXED
	WHERE kind IN ('suspend', 'resume', 'extend') AND happened_on <= :as_of;

CREATE TEMP TABLE term(case_id TEXT PRIMARY KEY, denunciation INTEGER, start INTEGER, until INTEGER,
	over INTEGER, law INTEGER, most INTEGER, short INTEGER, more INTEGER, bare INTEGER) WITHOUT ROWID;
INSERT INTO term
	SELECT case_id, kind = 'denunciation', CAST(julianday(accepted_on) + 0.5 AS INTEGER),
		CAST(julianday(min(ended, :as_of)) + 0.5 AS INTEGER), ended <= :as_of,
		iif(kind = 'complaint', CAST(julianday('2026-07-01') + 0.5 AS INTEGER), 0),
		CASE complexity WHEN 'normal' THEN 0 WHEN 'complex' THEN 1 ELSE 2 END,
		CASE WHEN kind = 'denunciation' THEN 30
			WHEN level = 'second' THEN iif(remote, 60, 45)
			ELSE iif(remote, 45, 30) END,
		CASE WHEN kind = 'denunciation' THEN 0
			WHEN ifnull(complexity, '') NOT IN ('complex', 'very_complex') THEN 0
			WHEN level = 'second' AND remote THEN 10
			ELSE 15 END,
		accepted_on >= '2026-07-01' AND complexity_ground IS NULL
	FROM (SELECT *, min(ifnull(decided_on, '9'), ifnull(closed_on, '9')) AS ended
		FROM cases.case_file WHERE case_id IN (SELECT case_id FROM change))
	WHERE kind <> 'recommendation' AND accepted_on <= :as_of;

CREATE TEMP TABLE step(case_id TEXT, n INTEGER, suspend INTEGER, began INTEGER, resumed INTEGER,
	days INTEGER, PRIMARY KEY(case_id, n)) WITHOUT ROWID;
INSERT INTO step
	WITH marked AS (
		SELECT *, lag(kind) OVER (PARTITION BY case_id ORDER BY day, event_id) AS last
		FROM change WHERE kind <> 'extend'
	), stop AS (
		SELECT *, lead(day) OVER (PARTITION BY case_id ORDER BY day, event_id) AS resumed
		FROM marked WHERE kind = 'resume' OR last IS NOT 'suspend'
	), both AS (
		SELECT case_id, event_id, 1 AS suspend, day, resumed, NULL AS days
		FROM stop WHERE kind = 'suspend'
		UNION ALL
		SELECT case_id, event_id, 0, day, NULL, days
		FROM change WHERE kind = 'extend' AND document_no IS NOT NULL
	)
	SELECT b.case_id, row_number() OVER (PARTITION BY b.case_id ORDER BY b.day, b.event_id),
		b.suspend, b.day, b.resumed, b.days
	FROM both b CROSS JOIN term t ON t.case_id = b.case_id
	WHERE b.day <= t.until AND (b.suspend OR t.denunciation);

-- Their due days, step by step: by the letter (s_) and with everything that the file records (l_).
-- Doubts: 1 extension beyond the recorded complexity, 2 suspension before the law knew it,
-- 4 complexity without ground.
CREATE TEMP TABLE settlement(case_id TEXT PRIMARY KEY, s_due TEXT, l_due TEXT, s_open INTEGER,
	l_open INTEGER, doubts INTEGER) WITHOUT ROWID;
INSERT INTO settlement
	WITH RECURSIVE walk(case_id, n, s_due, l_due, s_open, l_open, given, l_given, doubts) AS (
		SELECT case_id, 0, start + short + iif(bare, 0, more), start + short + more,
			0, 0, 0, 0, iif(bare AND more > 0, 4, 0)
		FROM term
		UNION ALL
		SELECT w.case_id, e.n,
			CASE WHEN e.suspend THEN w.s_due + iif(max(e.began, t.law, t.start + 1) > w.s_due, 0,
				max(0, min(ifnull(e.resumed, t.until), t.until) - max(e.began, t.law, t.start + 1)))
			ELSE w.s_due + iif(w.given < t.most, e.days, 0) END,
			CASE WHEN e.suspend THEN w.l_due + iif(max(e.began, t.start + 1) > w.l_due, 0,
				max(0, min(ifnull(e.resumed, t.until), t.until) - max(e.began, t.start + 1)))
			ELSE w.l_due + iif(w.l_given < 2, e.days, 0) END,
			w.s_open OR (e.suspend AND e.resumed IS NULL AND NOT t.over AND t.law <= t.until
				AND max(e.began, t.law, t.start + 1) <= w.s_due),
			w.l_open OR (e.suspend AND e.resumed IS NULL AND NOT t.over
				AND max(e.began, t.start + 1) <= w.l_due),
			w.given + (NOT e.suspend AND w.given < t.most),
			w.l_given + (NOT e.suspend AND w.l_given < 2),
			w.doubts | (NOT e.suspend AND w.given >= t.most AND w.given < 2)
				| iif(e.suspend AND e.began < t.law, 2, 0)
		FROM walk w CROSS JOIN step e ON e.case_id = w.case_id AND e.n = w.n + 1
		CROSS JOIN term t ON t.case_id = w.case_id
	)
	SELECT k.case_id, s.roll, l.roll, k.s_open, k.l_open, k.doubts
	FROM walk k LEFT JOIN workday s ON s.day = date(k.s_due)
	LEFT JOIN workday l ON l.day = date(k.l_due)
	WHERE NOT EXISTS (SELECT 1 FROM step e WHERE e.case_id = k.case_id AND e.n = k.n + 1);

.once CAS-02.tsv
SELECT case_id AS key, iif(unknown OR odd OR doubtful, 'indeterminate', 'fail') AS verdict,
	unit_id AS unit, iif(unknown, NULL, due) AS since,
	CASE WHEN unknown THEN 'Chưa ghi lần khiếu nại'
		WHEN odd OR doubtful THEN 'Hồ sơ thiếu hoặc mâu thuẫn dữ kiện (xem cột Ghi chú)'
	END AS reason,
	'Khiếu nại' AS kind,
	CASE complexity WHEN 'complex' THEN 'Phức tạp' WHEN 'very_complex' THEN 'Đặc biệt phức tạp'
		WHEN 'normal' THEN 'Bình thường' END AS complexity,
	CASE remote WHEN 1 THEN 'Có' WHEN 0 THEN 'Không' END AS remote,
	iif(unknown, NULL, start) AS start, iif(unknown, NULL, due) AS due,
	iif(unknown OR ended > :as_of, NULL, ended) AS ended,
	CASE WHEN unknown OR odd OR doubtful THEN NULL
		WHEN ended <= :as_of THEN 'Giải quyết muộn' ELSE 'Chưa giải quyết' END AS state,
	iif(unknown OR odd OR doubtful, NULL,
		CAST(julianday(min(ended, :as_of)) - julianday(due) AS INTEGER)) AS days,
	CASE WHEN unknown THEN NULL
		WHEN odd AND due IS NULL THEN 'Ngày bắt đầu nằm ngoài lịch làm việc đã có'
		WHEN odd THEN 'Ngày kết thúc trước ngày bắt đầu'
		WHEN NOT doubtful THEN NULL
		WHEN doubts = 1 THEN 'Gia hạn có văn bản nhưng vượt số lần cho phép theo tính chất vụ việc đã ghi'
		WHEN doubts = 2 THEN 'Tạm đình chỉ trước ngày luật quy định'
		WHEN doubts = 4 THEN 'Vụ việc ghi là phức tạp nhưng chưa ghi căn cứ xác định phức tạp'
		ELSE 'Gia hạn, tạm đình chỉ hoặc tính chất phức tạp chưa đủ căn cứ trong hồ sơ' END AS note
FROM (SELECT c.*, iif(x.case_id IS NULL, s_base, x.s_due) AS due, ifnull(x.s_open, 0) AS s_open,
	ifnull(x.doubts, iif(s_base <> l_base, 4, 0)) AS doubts,
	ifnull(x.l_open, 0) OR min(ended, :as_of) <= iif(x.case_id IS NULL, l_base, x.l_due) AS doubtful
	FROM (SELECT f.case_id, f.unit_id, f.complexity, f.remote, f.accepted_on AS start,
		min(ifnull(f.decided_on, '9'), ifnull(f.closed_on, '9')) AS ended,
		w.day IS NULL OR ifnull(f.decided_on < f.accepted_on, 0)
			OR ifnull(f.closed_on < f.accepted_on, 0) AS odd, f.level IS NULL AS unknown,
		CASE WHEN f.complexity IN ('complex', 'very_complex')
			AND (f.accepted_on < '2026-07-01' OR f.complexity_ground IS NOT NULL)
			THEN iif(f.remote, w.c60, w.c45)
			WHEN f.remote THEN w.c45 ELSE w.c30 END AS s_base,
		CASE WHEN f.complexity IN ('complex', 'very_complex')
			THEN iif(f.remote, w.c60, w.c45)
			WHEN f.remote THEN w.c45 ELSE w.c30 END AS l_base
		FROM cases.case_file f NOT INDEXED LEFT JOIN workday w ON w.day = f.accepted_on
		WHERE f.kind = 'complaint' AND (f.level = 'first' OR f.level IS NULL) AND ifnull(f.discipline, 'none') = 'none'
		AND f.received_on <= :as_of AND f.accepted_on <= :as_of) c
	LEFT JOIN settlement x ON x.case_id = c.case_id
	WHERE min(c.ended, :as_of) > c.s_base OR c.odd OR c.unknown)
WHERE (min(ended, :as_of) > due AND NOT s_open) OR odd OR unknown;

.once CAS-03.tsv
SELECT case_id AS key, iif(unknown OR odd OR doubtful, 'indeterminate', 'fail') AS verdict,
	unit_id AS unit, iif(unknown, NULL, due) AS since,
	CASE WHEN unknown THEN 'Chưa ghi lần khiếu nại'
		WHEN odd OR doubtful THEN 'Hồ sơ thiếu hoặc mâu thuẫn dữ kiện (xem cột Ghi chú)'
	END AS reason,
	'Khiếu nại' AS kind,
	CASE complexity WHEN 'complex' THEN 'Phức tạp' WHEN 'very_complex' THEN 'Đặc biệt phức tạp'
		WHEN 'normal' THEN 'Bình thường' END AS complexity,
	CASE remote WHEN 1 THEN 'Có' WHEN 0 THEN 'Không' END AS remote,
	iif(unknown, NULL, start) AS start, iif(unknown, NULL, due) AS due,
	iif(unknown OR ended > :as_of, NULL, ended) AS ended,
	CASE WHEN unknown OR odd OR doubtful THEN NULL
		WHEN ended <= :as_of THEN 'Giải quyết muộn' ELSE 'Chưa giải quyết' END AS state,
	iif(unknown OR odd OR doubtful, NULL,
		CAST(julianday(min(ended, :as_of)) - julianday(due) AS INTEGER)) AS days,
	CASE WHEN unknown THEN NULL
		WHEN odd AND due IS NULL THEN 'Ngày bắt đầu nằm ngoài lịch làm việc đã có'
		WHEN odd THEN 'Ngày kết thúc trước ngày bắt đầu'
		WHEN NOT doubtful THEN NULL
		WHEN doubts = 1 THEN 'Gia hạn có văn bản nhưng vượt số lần cho phép theo tính chất vụ việc đã ghi'
		WHEN doubts = 2 THEN 'Tạm đình chỉ trước ngày luật quy định'
		WHEN doubts = 4 THEN 'Vụ việc ghi là phức tạp nhưng chưa ghi căn cứ xác định phức tạp'
		ELSE 'Gia hạn, tạm đình chỉ hoặc tính chất phức tạp chưa đủ căn cứ trong hồ sơ' END AS note
FROM (SELECT c.*, iif(x.case_id IS NULL, s_base, x.s_due) AS due, ifnull(x.s_open, 0) AS s_open,
	ifnull(x.doubts, iif(s_base <> l_base, 4, 0)) AS doubts,
	ifnull(x.l_open, 0) OR min(ended, :as_of) <= iif(x.case_id IS NULL, l_base, x.l_due) AS doubtful
	FROM (SELECT f.case_id, f.unit_id, f.complexity, f.remote, f.accepted_on AS start,
		min(ifnull(f.decided_on, '9'), ifnull(f.closed_on, '9')) AS ended,
		w.day IS NULL OR ifnull(f.decided_on < f.accepted_on, 0)
			OR ifnull(f.closed_on < f.accepted_on, 0) AS odd, 0 AS unknown,
		CASE WHEN f.complexity IN ('complex', 'very_complex')
			AND (f.accepted_on < '2026-07-01' OR f.complexity_ground IS NOT NULL)
			THEN iif(f.remote, w.c70, w.c60)
			WHEN f.remote THEN w.c60 ELSE w.c45 END AS s_base,
		CASE WHEN f.complexity IN ('complex', 'very_complex')
			THEN iif(f.remote, w.c70, w.c60)
			WHEN f.remote THEN w.c60 ELSE w.c45 END AS l_base
		FROM cases.case_file f NOT INDEXED LEFT JOIN workday w ON w.day = f.accepted_on
		WHERE f.kind = 'complaint' AND f.level = 'second' AND ifnull(f.discipline, 'none') = 'none'
		AND f.received_on <= :as_of AND f.accepted_on <= :as_of) c
	LEFT JOIN settlement x ON x.case_id = c.case_id
	WHERE min(c.ended, :as_of) > c.s_base OR c.odd OR c.unknown)
WHERE (min(ended, :as_of) > due AND NOT s_open) OR odd OR unknown;

.once CAS-05.tsv
SELECT case_id AS key, iif(unknown OR odd OR doubtful, 'indeterminate', 'fail') AS verdict,
	unit_id AS unit, iif(unknown, NULL, due) AS since,
	CASE WHEN unknown THEN 'Chưa ghi lần khiếu nại'
		WHEN odd OR doubtful THEN 'Hồ sơ thiếu hoặc mâu thuẫn dữ kiện (xem cột Ghi chú)'
	END AS reason,
	'Tố cáo' AS kind,
	CASE complexity WHEN 'complex' THEN 'Phức tạp' WHEN 'very_complex' THEN 'Đặc biệt phức tạp'
		WHEN 'normal' THEN 'Bình thường' END AS complexity,
	(SELECT count(*) FROM cases.case_event e WHERE e.case_id = d.case_id AND e.kind = 'extend'
		AND e.document_no IS NOT NULL AND e.happened_on <= :as_of) AS extensions,
	iif(unknown, NULL, start) AS start, iif(unknown, NULL, due) AS due,
	iif(unknown OR ended > :as_of, NULL, ended) AS ended,
	CASE WHEN unknown OR odd OR doubtful THEN NULL
		WHEN ended <= :as_of THEN 'Giải quyết muộn' ELSE 'Chưa giải quyết' END AS state,
	iif(unknown OR odd OR doubtful, NULL,
		CAST(julianday(min(ended, :as_of)) - julianday(due) AS INTEGER)) AS days,
	CASE WHEN unknown THEN NULL
		WHEN odd AND due IS NULL THEN 'Ngày bắt đầu nằm ngoài lịch làm việc đã có'
		WHEN odd THEN 'Ngày kết thúc trước ngày bắt đầu'
		WHEN NOT doubtful THEN NULL
		WHEN doubts = 1 THEN 'Gia hạn có văn bản nhưng vượt số lần cho phép theo tính chất vụ việc đã ghi'
		WHEN doubts = 2 THEN 'Tạm đình chỉ trước ngày luật quy định'
		WHEN doubts = 4 THEN 'Vụ việc ghi là phức tạp nhưng chưa ghi căn cứ xác định phức tạp'
		ELSE 'Gia hạn, tạm đình chỉ hoặc tính chất phức tạp chưa đủ căn cứ trong hồ sơ' END AS note
FROM (SELECT c.*, iif(x.case_id IS NULL, s_base, x.s_due) AS due, ifnull(x.s_open, 0) AS s_open,
	ifnull(x.doubts, iif(s_base <> l_base, 4, 0)) AS doubts,
	ifnull(x.l_open, 0) OR min(ended, :as_of) <= iif(x.case_id IS NULL, l_base, x.l_due) AS doubtful
	FROM (SELECT f.case_id, f.unit_id, f.complexity, f.accepted_on AS start,
		min(ifnull(f.decided_on, '9'), ifnull(f.closed_on, '9')) AS ended,
		w.day IS NULL OR ifnull(f.decided_on < f.accepted_on, 0)
			OR ifnull(f.closed_on < f.accepted_on, 0) AS odd,
		0 AS unknown, w.c30 AS s_base, w.c30 AS l_base
		FROM cases.case_file f NOT INDEXED LEFT JOIN workday w ON w.day = f.accepted_on
		WHERE f.kind = 'denunciation'
		AND f.received_on <= :as_of AND f.accepted_on <= :as_of) c
	LEFT JOIN settlement x ON x.case_id = c.case_id
	WHERE min(c.ended, :as_of) > c.s_base OR c.odd OR c.unknown) d
WHERE (min(ended, :as_of) > due AND NOT s_open) OR odd OR unknown;

.once CAS-04.tsv
SELECT case_id AS key, iif(odd, 'indeterminate', 'fail') AS verdict, unit_id AS unit, due AS since,
	iif(odd, 'Hồ sơ thiếu hoặc mâu thuẫn dữ kiện (xem cột Ghi chú)', NULL) AS reason,
	'Tố cáo' AS kind,
	CASE many_places WHEN 1 THEN 'Có' WHEN 0 THEN 'Không' END AS places, start, due,
	iif(ended <= :as_of, ended, NULL) AS ended,
	CASE WHEN odd THEN NULL WHEN ended <= :as_of THEN 'Xử lý muộn' ELSE 'Chưa xử lý' END AS state,
	iif(odd, NULL, CAST(julianday(min(ended, :as_of)) - julianday(due) AS INTEGER)) AS days,
	CASE WHEN odd AND due IS NULL THEN 'Ngày bắt đầu nằm ngoài lịch làm việc đã có'
		WHEN odd THEN 'Ngày kết thúc trước ngày bắt đầu' END AS note
FROM (SELECT c.case_id, c.unit_id, c.many_places, c.received_on AS start,
	iif(c.many_places, w.w10, w.w7) AS due,
	min(ifnull(c.accepted_on, '9'), ifnull(c.closed_on, '9')) AS ended,
	w.day IS NULL OR c.accepted_on < c.received_on OR c.closed_on < c.received_on AS odd
	FROM cases.case_file c NOT INDEXED LEFT JOIN workday w ON w.day = c.received_on
	WHERE c.kind = 'denunciation' AND ifnull(c.level, '') <> 'again' AND c.received_on <= :as_of)
WHERE min(ended, :as_of) > due OR odd;

.once CAS-06.tsv
SELECT case_id AS key, iif(unknown OR odd, 'indeterminate', 'fail') AS verdict,
	unit_id AS unit, iif(unknown, NULL, due) AS since,
	CASE WHEN unknown THEN 'Chưa ghi lần khiếu nại'
		WHEN odd THEN 'Hồ sơ thiếu hoặc mâu thuẫn dữ kiện (xem cột Ghi chú)'
	END AS reason,
	iif(kind = 'complaint', 'Khiếu nại', 'Tố cáo') AS kind,
	CASE level WHEN 'first' THEN 'Lần đầu' WHEN 'second' THEN 'Lần hai' END AS level, decision_no AS decision,
	iif(unknown, NULL, start) AS start, iif(unknown, NULL, due) AS due,
	iif(unknown OR ended > :as_of, NULL, ended) AS ended,
	CASE WHEN unknown OR odd THEN NULL WHEN ended <= :as_of THEN 'Gửi muộn' ELSE 'Chưa gửi' END AS state,
	iif(unknown OR odd, NULL, CAST(julianday(min(ended, :as_of)) - julianday(due) AS INTEGER)) AS days,
	CASE WHEN unknown OR NOT odd THEN NULL
		WHEN due IS NULL THEN 'Ngày bắt đầu nằm ngoài lịch làm việc đã có'
		ELSE 'Ngày kết thúc trước ngày bắt đầu' END AS note
FROM (SELECT c.case_id, c.unit_id, c.kind, c.level, c.decision_no, c.decided_on AS start,
	CASE WHEN c.kind = 'denunciation' THEN w.w5 WHEN c.level = 'second' THEN w.c7 ELSE w.w3 END AS due,
	ifnull(c.notified_on, '9') AS ended, c.kind = 'complaint' AND c.level IS NULL AS unknown,
	w.day IS NULL OR ifnull(c.notified_on < c.decided_on, 0) AS odd
	FROM cases.case_file c NOT INDEXED LEFT JOIN workday w ON w.day = c.decided_on
	WHERE c.kind IN ('complaint', 'denunciation') AND c.received_on <= :as_of AND c.decided_on <= :as_of)
WHERE min(ended, :as_of) > due OR odd OR unknown;

.once CAS-07.tsv
SELECT petition_id AS key, iif(reason IS NULL, 'fail', 'indeterminate') AS verdict, unit_id AS unit,
	due AS since, reason,
	CASE kind WHEN 'complaint' THEN 'Khiếu nại' WHEN 'denunciation' THEN 'Tố cáo'
		ELSE 'Kiến nghị, phản ánh' END AS kind,
	received_on AS start, due, iif(notified_on <= :as_of, notified_on, NULL) AS ended,
	iif(notified_on <= :as_of, 'Thông báo muộn', 'Chưa thông báo') AS state,
	nullif(max(CAST(julianday(min(ifnull(notified_on, '9'), :as_of)) - julianday(due) AS INTEGER), 0), 0) AS days
FROM (SELECT p.petition_id, p.unit_id, p.kind, p.received_on, p.notified_on, w.w10 AS due,
	CASE WHEN p.anonymous IS NULL THEN 'Chưa rõ đơn có danh hay nặc danh'
		WHEN p.notified_on < p.received_on THEN 'Ngày thông báo trước ngày nhận đơn' END AS reason
	FROM cases.petition p NOT INDEXED LEFT JOIN workday w ON w.day = p.received_on
	WHERE p.source = 'reception' AND p.duplicate_of IS NULL AND (p.anonymous IS NULL OR p.anonymous = 0)
	AND p.received_on <= :as_of)
WHERE min(ifnull(notified_on, '9'), :as_of) > due OR due IS NULL OR reason IS NOT NULL;
