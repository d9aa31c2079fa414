#!/bin/sh
# Waivers from the file to every output: what they cover, what they do not, and what is wrong with them.
. tests/cli/lib.sh
w=$SCRATCH/w
workspace w
"$RASOAT" -C "$w" import samples/extracts >/dev/null
rm -r "$w/out"

audit() {
	"$RASOAT" -C "$w" audit --as-of 2026-10-05 "$@" >"$SCRATCH/out" 2>"$SCRATCH/err"
}

# "MT-1 rule key unit from to": one waiver alone, approved by somebody else.
only() {
	cat >"$w/waivers.xml" <<-XML
	<waivers xmlns="urn:rasoat:waivers:1">
	<waiver id="MT-1" $1>
	<reason>r</reason><requester>Phạm Văn Hòa</requester><approver>Đỗ Thị Mai</approver>
	<document number="1" date="2026-01-01"/></waiver>
	</waivers>
	XML
}

# The numbers of a rule in the table: found, indeterminate, waived.
numbers() { awk -v id="$1" '$1 == id { print $(NF - 6), $(NF - 5), $(NF - 4) }' "$SCRATCH/out"; }

# What there is without waivers: fails, and what is indeterminate, of two rules.
audit --format none
failing=$(numbers ACC-05 | cut -d' ' -f1)
unknown=$(numbers ACC-05 | cut -d' ' -f2)
unknown_cases=$(numbers CAS-07 | cut -d' ' -f2)
cp samples/waivers.xml "$w/"

# waived N: of ACC-05 so many are, the others are found.
waived() { [ "$(numbers ACC-05)" = "$((failing - $1)) $unknown $1" ]; }

in_every_output() {
	audit --format xlsx,pdf,jsonl,sarif,html,text
	waived 4 && [ "$(numbers CAS-07)" = "0 $unknown_cases 7" ] || return 1
	base=$w/out/audit-2026-10-05
	[ "$(grep -c '"verdict":"waived"' "$base.jsonl")" -eq 11 ] &&
		grep '"key":"TK-A5-04"' "$base.jsonl" |
		grep -q '"verdict":"waived","reason":"Miễn trừ MT-2026-01 theo văn bản số 812/QĐ-BHXH ngày 25/06/2026, đến hết ngày 31/12/2026".*"waiver":"MT-2026-01"' &&
		[ "$(grep -c 'Được miễn trừ' "$base.txt")" -ge 11 ] && grep -q "11 trường hợp vi phạm được miễn trừ" "$base.html" &&
		grep -q '"suppressions":\[{' "$base.sarif" &&
		unzip -p "$base.xlsx" xl/sharedStrings.xml 'xl/worksheets/*.xml' | grep -q "Được miễn trừ" &&
		pdftotext -layout "$base.pdf" - | tr -s ' \n' ' ' | grep -q "11 trường hợp vi phạm được miễn trừ"
}

sums() { # of the table, and said
	sed 's/\.\([0-9][0-9][0-9]\)/\1/g' "$SCRATCH/out" | awk '
		/ = [0-9]+ examined$/ { said = $1 + $4 + $7 + $10 + $13; if (said != $(NF - 1)) exit 1; seen = 1 }
		END { exit !seen }'
}

findings_of_their_own() {
	[ "$(numbers WVR-01)" = "1 0 0" ] && [ "$(numbers WVR-02)" = "1 0 0" ] && [ "$(numbers WVR-03)" = "1 0 0" ] &&
		[ "$(numbers WVR-04)" = "2 0 0" ]
}

# The as-of date moves by one day around the first and the last day.
edges() {
	for day in 2026-09-30:2026-10-04:0 2026-09-30:2026-10-05:1 2026-10-05:2026-10-06:1 2026-10-06:2026-10-07:0; do
		rest=${day#*:}
		only "rule=\"ACC-05\" key=\"TK-A5-01\" from=\"${day%%:*}\" to=\"${rest%%:*}\""
		audit --rule ACC-05 --format none
		waived "${rest#*:}" || { echo "$day"; return 1; }
	done
}

# A unit and what is below it on the as-of date: 51009 went from 51 to 48 on 2026-08-01.
units() {
	for unit in "00:$failing" 80:2 80005:1 01:3 51:0 48:2; do
		only "rule=\"ACC-05\" unit=\"${unit%:*}\" from=\"2026-10-01\" to=\"2026-10-31\""
		audit --rule ACC-05 --format none
		waived "${unit#*:}" || { echo "$unit"; return 1; }
	done
}

# What is indeterminate stays so.
indeterminate() {
	only 'rule="ACC-05" key="TK-A5-08" from="2026-10-01" to="2026-10-31"'
	audit --rule ACC-05 --rule WVR-02 --format none
	waived 0 && [ "$(numbers WVR-02)" = "1 0 0" ]
}

# Waived alone is nothing found.
exit_code() {
	cat >"$w/rules/own.xml" <<-'XML'
	<rules xmlns="urn:rasoat:rules:1" pack="own" store="accounts">
	<rule id="OWN-01" severity="low" subject="account"><title>T</title><basis document="D"/>
	<from>account a</from><where>a.account_id = 'TK-A5-01'</where><key>a.account_id</key><unit>a.unit_id</unit>
	<message>m</message><remedy>r</remedy>
	<example name="e" as-of="2026-10-05"><row table="unit" unit_id="1"/></example></rule></rules>
	XML
	only 'rule="OWN-01" key="TK-A5-01" from="2026-10-01" to="2026-10-31"'
	audit --rule OWN-01 --format none
	code=$?
	[ "$(numbers OWN-01)" = "0 0 1" ] && [ $code -eq 0 ] || return 1
	only 'rule="OWN-01" key="TK-A5-01" from="2026-10-06" to="2026-10-31"'
	audit --rule OWN-01 --format none
	[ $? -eq 2 ] && [ "$(numbers OWN-01)" = "1 0 0" ]
}

# A rule that cannot run: found in the ledger and every file, in its place; what it would cover is not known.
error_finding() {
	sed -i "s/a.account_id = 'TK-A5-01'/abs(-9223372036854775807 - 1) > 0/" "$w/rules/own.xml"
	only 'rule="OWN-01" unit="80" from="2026-10-01" to="2026-10-31"'
	audit --rule OWN-01 --rule WVR-02 --format xlsx,pdf,jsonl,text
	[ $? -eq 2 ] && grep -q "^OWN-01 .*ERROR: .*integer overflow$" "$SCRATCH/out" &&
		[ "$(numbers WVR-02)" = "0 1 0" ] || return 1
	base=$w/out/audit-2026-10-05-OWN-01+WVR-02
	grep '"verdict":"error"' "$base.jsonl" | grep -q '"table":"OWN-01","key":"OWN-01".*integer overflow' &&
		grep -q "Lỗi  *Quy tắc chưa rà soát được" "$base.txt" &&
		unzip -p "$base.xlsx" xl/workbook.xml | grep -q 'name="OWN-01"' &&
		pdftotext -layout "$base.pdf" - | tr -s ' \n' ' ' | grep -q "Nội dung OWN-01 (T) chưa rà soát được. Lỗi: .*integer overflow"
	rc=$?
	rm "$w/rules/own.xml"
	return $rc
}

unknown_unit() {
	only 'rule="ACC-05" unit="8O" from="2026-10-01" to="2026-10-31"'
	fails "$w/waivers.xml:2: error: waiver 'MT-1': unit '8O' is not in the unit list
rasoat: $w/waivers.xml names units that are not there; correct it" "$RASOAT" -C "$w" audit --as-of 2026-10-05 &&
		fails "$w/waivers.xml:2: error: waiver 'MT-1': unit '8O' is not in the unit list
rasoat: 1 problem; correct the file and line named" "$RASOAT" -C "$w" check
}

wrong_file() {
	only 'rule="ACC-55" from="2026-10-01" to="2026-09-30"'
	exits 1 "$RASOAT" -C "$w" audit --as-of 2026-10-05 &&
		grep -q "waivers.xml:2: error: attribute 'rule' of <waiver>: there is no rule 'ACC-55'; did you mean" "$SCRATCH/err" &&
		grep -q "waivers.xml:2: error: <waiver> ends on 2026-09-30, before it starts on 2026-10-01" "$SCRATCH/err" &&
		[ ! -e "$w/out/audit-2026-10-05-ACC-55.xlsx" ]
}

# By any number of threads the same bytes, in the ledger too.
threads() {
	cp samples/waivers.xml "$w/"
	for jobs in 1 3; do
		rm -rf "$w/out" "$w"/ledger.*
		audit --jobs $jobs --format jsonl,text
		mv "$w/out" "$SCRATCH/jobs-$jobs"
		sqlite3 "$w/ledger.db" "SELECT * FROM run_rule" "SELECT * FROM run_finding" >"$SCRATCH/ledger-$jobs"
	done
	diff -r "$SCRATCH/jobs-1" "$SCRATCH/jobs-3" && cmp "$SCRATCH/ledger-1" "$SCRATCH/ledger-3" &&
		grep -q "|waived|" "$SCRATCH/ledger-1" &&
		[ "$(sqlite3 "$w/ledger.db" "SELECT waivers_digest FROM run")" = "$(sha256sum <samples/waivers.xml | cut -d' ' -f1)" ]
}

run "a waived finding is in every output" in_every_output
run "the table adds up" sums
run "expired, unused, too broad and self-approved are findings" findings_of_their_own
run "one day around the first and the last day" edges
run "a unit and those below it" units
run "what is indeterminate is not waived" indeterminate
run "waived alone is exit code 0" exit_code
run "a rule that cannot run is a finding" error_finding
run "a unit that is not there" unknown_unit
run "a file with mistakes" wrong_file
run "any number of threads, and the digest" threads
finish
