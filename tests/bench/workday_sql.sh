#!/bin/sh
# workday_sql.sh CALENDAR.xml: SQL that makes the temp table workday of audit.sql, one row a day: its number
# (worked days so far), the next worked day from it on (roll), and the last day of every length of the law
# that begins on it: w = working days, c = calendar days, moved to a worked day.
set -eu
entries() { # from|to of each <off> or <worked>
	sed -n "s/.*<$1 on=\"\([0-9-]*\)\".*/\1|\1/p;s/.*<$1 from=\"\([0-9-]*\)\" to=\"\([0-9-]*\)\".*/\1|\2/p" "$2" |
		sed "s/\(.*\)|\(.*\)/('\1','\2'),/"
}
years=$(sed -n 's/.*<calendar .*from="\([0-9]*\)" to="\([0-9]*\)".*/\1 \2/p' "$1")
cat <<SQL
CREATE TEMP TABLE workday(day TEXT PRIMARY KEY, number INTEGER, roll TEXT, w3 TEXT, w5 TEXT, w7 TEXT, w10 TEXT,
	c7 TEXT, c10 TEXT, c30 TEXT, c45 TEXT, c60 TEXT, c70 TEXT) WITHOUT ROWID;
CREATE TEMP TABLE calendar AS
	WITH RECURSIVE
	days(day) AS (SELECT '${years% *}-01-01' UNION ALL SELECT date(day, '+1 day') FROM days WHERE day < '${years#* }-12-31'),
	off(a, b) AS (VALUES $(entries off "$1")('0','0')),
	worked(a, b) AS (VALUES $(entries worked "$1")('0','0'))
	SELECT day, EXISTS (SELECT 1 FROM worked WHERE day BETWEEN a AND b) OR (strftime('%w', day) BETWEEN '1' AND '5'
		AND NOT EXISTS (SELECT 1 FROM off WHERE day BETWEEN a AND b)) AS worked FROM days;
CREATE TEMP TABLE numbered AS SELECT day, worked, sum(worked) OVER (ORDER BY day) AS number,
	min(iif(worked, day, NULL)) OVER (ORDER BY day ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS roll FROM calendar;
CREATE INDEX temp.numbered_day ON numbered(day);
CREATE INDEX temp.numbered_number ON numbered(number) WHERE worked;
INSERT INTO workday SELECT day, number, roll,
	$(for n in 3 5 7 10; do echo "(SELECT day FROM numbered b WHERE b.worked AND b.number = a.number + $n),"; done)
	$(for n in 7 10 30 45 60; do echo "(SELECT roll FROM numbered b WHERE b.day = date(a.day, '+$n days')),"; done)
	(SELECT roll FROM numbered b WHERE b.day = date(a.day, '+70 days'))
	FROM numbered a;
DROP TABLE numbered;
DROP TABLE calendar;
SQL
