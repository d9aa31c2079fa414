#!/bin/sh
# One thing changes between two runs: compare names it as the cause, and no other. The ledger stays whole.
. tests/cli/lib.sh
cd "$SCRATCH" || exit 1
workspace w
find w/rules -name '*.xml' ! -name calendar.xml ! -name terms.xml -delete

cat >w/rules/own.xml <<'X'
<rules xmlns="urn:rasoat:rules:1" pack="own" store="accounts">
  <rule id="AGE-01" severity="high" subject="account">
    <title>Tài khoản mở quá lâu</title>
    <basis document="Công văn 771/BHXH-TTKT" date="2021-03-29" clause="mục 3"/>
    <param name="days" type="days" default="60">days</param>
    <from>account a</from>
    <scope>a.locked_on IS NULL</scope>
    <where>days_between(a.opened_on, :as_of) > :days</where>
    <key>a.account_id</key>
    <unit>a.unit_id</unit>
    <since>a.opened_on</since>
    <days field="age"/>
    <field name="login" label="Tài khoản">a.login</field>
    <field name="age" label="Số ngày" type="integer">days_between(a.opened_on, :as_of)</field>
    <message>Tài khoản {login} mở {age} ngày</message>
    <remedy>Khóa tài khoản</remedy>
    <example name="60 days are accepted, 61 are not" as-of="2026-10-05">
      <row table="account" account_id="A1" login="a" system_id="TST" class="person" opened_on="2026-08-06"/>
      <row table="account" account_id="A2" login="b" system_id="TST" class="person" opened_on="2026-08-05"/>
      <expect key="A2" age="61"/>
    </example>
  </rule>
</rules>
X
cat >w/rules/work.xml <<'X'
<rules xmlns="urn:rasoat:rules:1" pack="work" store="cases">
  <rule id="WRK-01" severity="medium" subject="case">
    <title>Vụ việc quá 10 ngày làm việc</title>
    <basis document="Công văn 771/BHXH-TTKT" date="2021-03-29" clause="mục 3"/>
    <from>case_file c</from>
    <where>workdays_between(c.received_on, :as_of) > 10</where>
    <key>c.case_id</key>
    <unit>c.unit_id</unit>
    <field name="days" label="Số ngày làm việc" type="integer">workdays_between(c.received_on, :as_of)</field>
    <message>Vụ việc {key} đã {days} ngày làm việc</message>
    <remedy>Giải quyết</remedy>
    <example name="ten working days are accepted, eleven are not" as-of="2026-10-05">
      <row table="case_file" case_id="V1" unit_id="01" kind="complaint" received_on="2026-09-21"/>
      <row table="case_file" case_id="V2" unit_id="01" kind="complaint" received_on="2026-09-18"/>
      <expect key="V2" days="11"/>
    </example>
  </rule>
</rules>
X

mkdir data
printf '%s\n' 'unit_id,name,level,province_code,remote,valid_from,valid_to' '00,Trung ương,central,,0,2000-01-01,' \
	'01,Hà Nội,province,01,0,2000-01-01,' '48,Đà Nẵng,province,48,0,2000-01-01,' '80,Tây Ninh,province,80,0,2000-01-01,' \
	'48003,Hải Châu,local,48,0,2000-01-01,' >data/unit.csv
printf '%s\n' 'unit_id,parent_id,valid_from,valid_to' '01,00,2000-01-01,' '48,00,2000-01-01,' '80,00,2000-01-01,' \
	'48003,48,2000-01-01,' >data/unit_parent.csv
cp data/unit_parent.csv parents.csv
heads='account_id,system_id,login,unit_id,class,opened_on,locked_on'
printf '%s\n' "$heads" 'A1,TST,an,48003,person,2026-06-01,' 'A2,TST,binh,01,person,2026-01-01,' \
	'A3,TST,chi,01,person,2026-07-15,' >data/account.csv
printf '%s\n' 'case_id,unit_id,kind,received_on' 'V1,01,complaint,2026-09-18' >data/case_file.csv
"$RASOAT" -C w import data >/dev/null

# audit DAY [OPTION...]
audit() {
	day=$1
	shift
	"$RASOAT" -C w audit --as-of "$day" --format none "$@" >audit.log 2>&1
	[ $? -le 2 ] || cat audit.log
}
# changes BEFORE AFTER: "state rule key cause now" of all that changed, a line each
changes() {
	"$RASOAT" -C w compare "$1" "$2" --format jsonl >table.log 2>&1
	[ $? -ne 1 ] || cat table.log
	python3 -c '
import json, sys
for line in open(sys.argv[1]):
    r = json.loads(line)
    if r["table"] != "run" and r["state"] != "continuing":
        print(r["state"], r["rule"], r["key"], r["cause"], r.get("now") or "-")
' "w/out/compare-$1-$2.jsonl" | sort
}
# expect BEFORE AFTER LINE...
expect() {
	before=$1
	after=$2
	shift 2
	changes "$before" "$after" >got
	if [ $# -eq 0 ]; then : >want; else printf '%s\n' "$@" | sort >want; fi
	cmp -s got want || { echo "$before against $after: wanted"; cat want; echo got; cat got; cat table.log; } >"$SCRATCH/why"
	cmp -s got want
}
told() { grep -qF -- "$1" table.log || { echo "not told: $1"; cat table.log; } >"$SCRATCH/why"; grep -qF -- "$1" table.log; }

audit 2026-07-05 # 1
audit 2026-10-05 # 2
time_passed() {
	expect 1 2 'new AGE-01 A1 time -' 'new AGE-01 A3 time -' 'new WRK-01 V1 time -' &&
		told 'Ngày chốt số liệu từ 05/07/2026 thành 05/10/2026'
}
run "only the day moves: time" time_passed

printf '%s\n' "$heads" 'A2,TST,binh,01,person,2026-01-01,2026-09-01' 'A4,TST,dung,01,person,2026-07-20,' >data/account.csv
"$RASOAT" -C w import data/account.csv >/dev/null
audit 2026-10-05 # 3
one_fact() {
	expect 2 3 'new AGE-01 A4 data -' 'resolved AGE-01 A2 data gone' && told 'Dữ liệu tài khoản được nạp thêm hoặc sửa' &&
		! grep -q 'Dữ liệu vụ việc' table.log
}
run "facts are imported: data" one_fact
evidence() {
	[ "$(sqlite3 w/ledger.db "SELECT verdict, unit_id, subject_key, fields FROM closure WHERE run_id = 3")" = \
		'gone|01|A2|["binh","277"]' ] &&
		[ "$(sqlite3 w/ledger.db "SELECT rule_id, found_run, closed FROM run_closed WHERE run_id = 3")" = "AGE-01|2|1
WRK-01|2|0" ]
}
run "a closure keeps the subject as it is" evidence
# From quarter to quarter: A1 only grew old; the others were opened or locked in between.
quarter() {
	expect 1 3 'new AGE-01 A1 time -' 'new AGE-01 A3 data -' 'new AGE-01 A4 data -' 'new WRK-01 V1 time -' \
		'resolved AGE-01 A2 data gone'
}
run "from quarter to quarter: what happened, and what only grew old" quarter

cp w/rasoat.xml old.xml
sed 's#</workspace>#  <param rule="AGE-01" name="days" value="100"/></workspace>#' old.xml >w/rasoat.xml
audit 2026-10-05 # 4
cp old.xml w/rasoat.xml
audit 2026-10-05 # 5
one_param() {
	expect 3 4 'resolved AGE-01 A3 rule passed' 'resolved AGE-01 A4 rule passed' &&
		told 'Quy tắc AGE-01 thay đổi tham số days từ 60 thành 100'
}
run "a parameter changes: rule" one_param
back() { expect 4 5 'reopened AGE-01 A3 rule -' 'reopened AGE-01 A4 rule -'; }
run "found, gone, found again: reopened" back
both() { expect 3 5; }
run "two runs with the same inputs: nothing" both

cp w/rules/calendar.xml calendar.xml
sed 's#<year number="2026".*#&<off on="2026-09-22" name="thử"/>#' calendar.xml >w/rules/calendar.xml
audit 2026-10-05 # 6
one_day() { expect 5 6 'resolved WRK-01 V1 calendar passed' && told 'Lịch làm việc (calendar.xml) thay đổi'; }
run "a day off is added: calendar" one_day
cp calendar.xml w/rules/calendar.xml

audit 2026-10-05 --unit 48 # 7
sed 's/^48003,48,2000-01-01,$/48003,48,2000-01-01,2026-08-31/' parents.csv >data/unit_parent.csv
echo '48003,80,2026-09-01,' >>data/unit_parent.csv
"$RASOAT" -C w import data/unit_parent.csv >/dev/null
audit 2026-10-05 --unit 48 # 8
one_unit() {
	expect 7 8 'resolved AGE-01 A1 organisation gone' &&
		told 'Đơn vị Hải Châu (48003) chuyển từ đơn vị 48 sang đơn vị 80'
}
run "a unit moves: organisation" one_unit

audit 2026-10-05 # 9
cat >w/waivers.xml <<'X'
<waivers xmlns="urn:rasoat:waivers:1">
  <waiver id="MT-1" rule="AGE-01" key="A3" from="2026-07-01" to="2026-12-31">
    <reason>Chờ chuyển đổi phần mềm</reason>
    <requester>Phạm Văn Hòa</requester>
    <approver>Đỗ Thị Mai</approver>
    <document number="812/QĐ-BHXH" date="2026-06-25"/>
  </waiver>
</waivers>
X
audit 2026-10-05 # 10
rm w/waivers.xml
audit 2026-10-05 # 11
one_waiver() {
	expect 9 10 'resolved AGE-01 A3 waiver waived' && told 'Danh sách miễn trừ (waivers.xml) thay đổi' &&
		expect 10 11 'reopened AGE-01 A3 waiver -'
}
run "a waiver comes and goes: waiver" one_waiver

elsewhere() { expect 5 9 && ! grep -q 'Dữ liệu' table.log && told 'Đơn vị Hải Châu (48003) chuyển'; }
run "a unit moves: no change for all units, and no other facts" elsewhere

# Run 10 had waivers that are gone, but its facts, rules and calendar are still those at hand.
tried() {
	expect 1 10 'new AGE-01 A1 time -' 'reopened AGE-01 A4 data -' 'reopened WRK-01 V1 time -' 'resolved AGE-01 A2 data gone'
}
run "the latest facts can be tried out" tried
printf '%s\n' "$heads" 'A9,TST,giang,01,person,2026-10-01,' >data/account.csv
"$RASOAT" -C w import data/account.csv >/dev/null
untried() {
	expect 1 2 'new AGE-01 A1 time -' 'new AGE-01 A3 time -' 'new WRK-01 V1 time -' &&
		told 'causes come from the digests alone'
}
run "causes that cannot be tried come from digests" untried
several() {
	expect 1 10 'new AGE-01 A1 data|time -' 'reopened AGE-01 A4 data|time -' 'reopened WRK-01 V1 time -' \
		'resolved AGE-01 A2 data|time gone'
}
run "what cannot be told apart has several causes" several

same_bytes() {
	for jobs in 1 3; do
		exits 2 "$RASOAT" -C w compare 1 3 --format xlsx,pdf,jsonl,text -o "same-$jobs" --jobs $jobs || return 1
	done
	[ "$(find same-1 -type f | wc -l)" -eq 4 ] && diff -r same-1 same-3
}
run "the same bytes again" same_bytes
one_page() { [ "$(pdfinfo same-1/compare-1-3.pdf | sed -n 's/^Pages: *//p')" = 1 ]; }
run "the brief is one page" one_page
sentences() {
	pdftotext -layout same-1/compare-1-3.pdf - | tr -s ' \n' ' ' >brief.txt
	grep -q 'có 4 trường hợp vi phạm, tăng 3 trường hợp (300%) so với ngày 05/07/2026 (1 trường hợp)' brief.txt &&
		grep -q 'Trong kỳ có 4 trường hợp mới phát sinh, và 1 trường hợp đã chấm dứt' brief.txt &&
		grep -q 'Kéo dài nhất: A1 tại Hải Châu, 126 ngày (Tài khoản mở quá lâu)' brief.txt
}
run "its sentences have the figures" sentences
defaults() {
	exits 2 "$RASOAT" -C w compare --format none && grep -q '^run 10 (2026-10-05) against run 11 (2026-10-05), all units$' out &&
		exits 0 "$RASOAT" -C w compare --unit 48 --format none && grep -q '^run 7 .* run 8 (2026-10-05), unit 48$' out &&
		exits 2 "$RASOAT" -C w compare 2026-07-05 latest --format none && grep -q '^run 1 .* run 11 ' out
}
run "latest, previous, days and units" defaults
list() {
	exits 0 "$RASOAT" -C w compare --list && [ "$(wc -l <out)" -eq 12 ] &&
		grep -Eq '^ +8  2026-10-05  48 +0 +0 +0 +0  20[0-9T:Z-]+  [0-9a-f]{16}  all$' out
}
run "the runs are listed" list
whole() { exits 0 "$RASOAT" -C w verify && grep -q '^w/ledger.db: whole: 11 runs, the last one as of 2026-10-05$' out; }
run "the ledger is whole" whole
head_of() {
	head=$(sed -n 's/^chain: //p' out)
	exits 0 "$RASOAT" -C w verify --head "$head" || return 1
	sqlite3 w/ledger.db 'DROP TRIGGER run_no_update; UPDATE run SET as_of = as_of' && exits 2 "$RASOAT" -C w verify &&
		grep -qx "w/ledger.db: the trigger that refuses updates of run is gone: somebody changed the ledger, or wanted to; put back a copy of the ledger from before the change" out
}
run "a head that was noted; a trigger that is gone" head_of

run "refused: a run that is not there" fails \
	"rasoat: w/ledger.db: there is no run 99; 'rasoat compare --list' lists them" "$RASOAT" -C w compare 1 99
run "refused: one run twice" fails "rasoat: run 2 was named twice; name two runs" "$RASOAT" -C w compare 2 2
run "refused: other units" fails \
	"rasoat: run 2 is of all units, run 8 of unit 48; compare runs of the same units" "$RASOAT" -C w compare 2 8
run "refused: the later one first" fails \
	"rasoat: run 2 (2026-10-05) is of a later day than run 1 (2026-07-05); name the earlier one first" \
	"$RASOAT" -C w compare 2 1
run "refused: no run" fails "rasoat: 'soon' is no run; want a number, a date, 'latest' or 'previous'" \
	"$RASOAT" -C w compare soon 2
run "refused: a day without a run" fails \
	"rasoat: w/ledger.db: no run as of 2020-01-01 of unit 48; 'rasoat compare --list' lists them" \
	"$RASOAT" -C w compare 2020-01-01 8 --unit 48
run "refused: nothing before" fails "rasoat: w/ledger.db: no run of the same units comes before run 1; name two runs" \
	"$RASOAT" -C w compare previous 1
workspace empty
run "refused: no runs" fails "rasoat: empty/ledger.db: no run yet; 'rasoat compare --list' lists them" \
	"$RASOAT" -C empty compare
fresh() { exits 0 "$RASOAT" -C empty verify && grep -qx 'empty/ledger.db: whole: no runs yet' out; }
run "a ledger without runs is whole" fresh
finish
