#!/bin/sh
# rasoat worklist: lists and letters of units, which run, what is refused.
. tests/cli/lib.sh
cd "$SCRATCH" || exit 1
workspace w
"$RASOAT" -C w import "$ROOT/samples/extracts" >/dev/null
day=2026-10-05

no_run() {
	fails "rasoat: w/ledger.db: no run of all rules as of $day on record; run 'rasoat audit --as-of $day' first, or name one by --run" \
		"$RASOAT" -C w worklist --as-of $day || return 1
	# A run of one rule is not what the units are to work from.
	"$RASOAT" -C w audit --as-of $day --rule ACC-01 --format none >/dev/null
	fails "rasoat: w/ledger.db: no run of all rules as of $day on record; run 'rasoat audit --as-of $day' first, or name one by --run" \
		"$RASOAT" -C w worklist --as-of $day && [ ! -e w/out/worklist-$day.tsv ] &&
		exits 0 "$RASOAT" -C w worklist --run 1 --output one && [ -s one/worklist-$day.tsv ] &&
		fails "rasoat: --run 1 is not as of 2026-10-06; leave --as-of out" "$RASOAT" -C w worklist --run 1 --as-of 2026-10-06
}
run "without an audit there is no list" no_run
"$RASOAT" -C w audit --as-of $day --format jsonl -o audit >/dev/null
# shellcheck disable=SC2012
whole() {
	exits 0 "$RASOAT" -C w worklist --as-of $day -o all || return 1
	python3 - all audit/audit-$day.jsonl <<'END'
import collections, hashlib, json, sys, datetime as dt
import openpyxl

folder, findings = sys.argv[1:]
rows = [json.loads(l) for l in open(findings, encoding="utf-8")][1:]
rows = [r for r in rows if r["verdict"] != "error"]
units = collections.Counter((r["unit"] or "", r["verdict"]) for r in rows)
seen = set()
total = collections.Counter()
for line in open(folder + "/worklist-2026-10-05.tsv", encoding="utf-8").read().splitlines()[1:]:
    name, digest, unit, unit_name, fails, undecided, waived, due = line.split("\t")
    assert hashlib.sha256(open(f"{folder}/{name}", "rb").read()).hexdigest() == digest, name
    assert (int(fails), int(undecided), int(waived)) == tuple(units[unit, v] for v in ("fail", "indeterminate", "waived")), line
    seen.add((unit, name[-4:]))
    if not name.endswith(".xlsx"):
        continue
    book = openpyxl.load_workbook(f"{folder}/{name}")
    sheet = book["Việc phải làm"]
    table = [[c.value for c in r] for r in sheet.iter_rows()]
    head = next(i for i, r in enumerate(table) if r[0] == "STT")
    names = {t: i for i, t in enumerate(table[head]) if t}
    got = {r[names["Mã phát hiện"]]: r for r in table[head + 1:] if isinstance(r[0], int)}
    want = {r["fingerprint"]: r for r in rows if (r["unit"] or "") == unit and r["verdict"] == "fail"}
    assert got.keys() == want.keys(), (name, len(got), len(want))
    limits = {"critical": dt.datetime(2026, 10, 12), "high": dt.datetime(2026, 10, 19), "medium": dt.datetime(2026, 11, 2),
              "low": dt.datetime(2026, 11, 16)}  # 5, 10, 20, 30 working days from Monday 5 October; no holiday in between
    for k, r in got.items():
        assert r[names["Nội dung phát hiện"]] == want[k]["message"], k
        assert r[names["Hạn xử lý"]] == limits[want[k]["severity"]], (k, r[names["Hạn xử lý"]])
        assert r[names["Ngày xong"]] is None and r[names["Kết quả"]] is None
    if got:
        assert due == min(limits[r["severity"]] for r in want.values()).date().isoformat(), (name, due)
        kinds = {v.type for v in sheet.data_validations.dataValidation}
        assert kinds == {"list", "date"}, kinds
    if units[unit, "indeterminate"]:
        sheet = book["Cần bổ sung thông tin"]
        assert sum(isinstance(r[0].value, int) for r in sheet.iter_rows()) == units[unit, "indeterminate"]
assert {u for u, _ in seen} == {u for u, _ in units}, "units"
assert all((u, ".pdf") in seen for u, _ in seen if u) and ("", ".pdf") not in seen
END
}
run "every unit's list is its findings, with the right due days" whole
letters() {
	for f in all/*.pdf; do
		qpdf --check "$f" >q.log 2>&1 || { cat q.log; return 1; }
	done
	pdftotext -layout all/worklist-$day-48.pdf t.txt && tr -s ' \n' ' ' <t.txt >flat.txt || return 1
	n=$(awk -F '\t' '$3 == "48" { print $5; exit }' all/worklist-$day.tsv)
	for text in "Kính gửi: Bảo hiểm xã hội thành phố Đà Nẵng" "V/v khắc phục kết quả rà soát" "- $n phát hiện phải xử lý, gồm:" \
		"mức Nghiêm trọng chậm nhất ngày 12/10/2026" "worklist-$day-48.xlsx gửi kèm" "lần rà soát sau, trên dữ liệu mới, không còn phát hiện đó" \
		"PHỤ LỤC" "I. Phát hiện phải xử lý" "II. Trường hợp cần bổ sung thông tin" "Nơi nhận:" "Như trên"; do
		grep -qF -e "$text" flat.txt || { echo "$text" >"$SCRATCH/why"; return 1; }
	done
}
run "the letter says what the list says" letters
same() { # any number of threads, and a unit alone as among all
	exits 0 "$RASOAT" -C w worklist --as-of $day -o j1 -j 1 && exits 0 "$RASOAT" -C w worklist --as-of $day -o j4 -j 4 &&
		diff -r j1 j4 && diff -r j1 all &&
		exits 0 "$RASOAT" -C w worklist --as-of $day -o u48 --unit 48 && cmp u48/worklist-$day-48.xlsx all/worklist-$day-48.xlsx &&
		cmp u48/worklist-$day-48.pdf all/worklist-$day-48.pdf && [ ! -e u48/worklist-$day-01.xlsx ]
}
run "the same bytes however it is asked for" same
each() { # what is below a province stands with it; nothing is lost
	exits 0 "$RASOAT" -C w worklist --as-of $day -o p --each province && python3 - <<'END'
def read(path):
    return [l.rstrip("\n").split("\t") for l in open(path, encoding="utf-8")][1:]
a, p = read("all/worklist-2026-10-05.tsv"), read("p/worklist-2026-10-05-province.tsv")
books = [[r for r in x if r[0].endswith(".xlsx")] for x in (a, p)]
assert [sum(int(r[k]) for r in books[0]) for k in (4, 5, 6)] == [sum(int(r[k]) for r in books[1]) for k in (4, 5, 6)]
below = sum(int(r[4]) for r in books[0] if r[2][:2] == "48")
assert below == next(int(r[4]) for r in books[1] if r[2] == "48") > next(int(r[4]) for r in books[0] if r[2] == "48")
assert {r[2] for r in books[1] if len(r[2]) > 2} <= {'99999'}, [r[2] for r in books[1]]  # in no tree
END
}
run "by province" each
refused() {
	fails "rasoat worklist: --as-of DATE is missing; see 'rasoat worklist --help'" "$RASOAT" -C w worklist &&
		fails "rasoat: --unit: no unit 'X9'; correct the code or import unit.csv" "$RASOAT" -C w worklist --as-of $day --unit X9 &&
		fails "rasoat: --each: 'village' is no level of units; want one of: central region province district local" \
			"$RASOAT" -C w worklist --as-of $day --each village &&
		fails "rasoat worklist: --format: a work list is xlsx, its letter pdf; not 'jsonl'; see 'rasoat worklist --help'" \
			"$RASOAT" -C w worklist --as-of $day --format jsonl &&
		fails "rasoat: w/ledger.db: there is no run 99; 'rasoat compare --list' lists them" "$RASOAT" -C w worklist --run 99
}
run "what is refused" refused
settings() { # the agency's days; the calendar's end is named
	cp w/rasoat.xml keep
	sed -i 's|</workspace>|  <worklist critical="1" low="3" symbol="BHXH-KTNB"/>\n</workspace>|' w/rasoat.xml
	exits 0 "$RASOAT" -C w worklist --as-of $day --unit 48 -o s &&
		pdftotext -layout s/worklist-$day-48.pdf - | tr -s ' \n' ' ' >s.txt && grep -q '/BHXH-KTNB' s.txt &&
		grep -q 'Nghiêm trọng chậm nhất ngày 06/10/2026' s.txt && grep -q 'do đơn vị ra văn bản quy định' s.txt || return 1
	"$RASOAT" -C w audit --as-of 2027-12-20 --format none >/dev/null
	fails "rasoat: w/rules/calendar.xml does not reach 10 working days after 2027-12-20; add the next year, or set fewer days in <worklist> of w/rasoat.xml" \
		"$RASOAT" -C w worklist --as-of 2027-12-20
	code=$?
	cp keep w/rasoat.xml
	return $code
}
run "the agency's own days" settings
hostile() { # a unit's code cannot lead out of the folder, nor two codes meet in one file
	for db in w/accounts.db w/cases.db; do
		sqlite3 $db "UPDATE unit SET unit_id = '../48' WHERE unit_id = '48'; UPDATE unit_parent SET parent_id = '../48' WHERE parent_id = '48';
			UPDATE unit_parent SET unit_id = '../48' WHERE unit_id = '48'"
	done
	sqlite3 w/accounts.db "UPDATE account SET unit_id = '../48' WHERE unit_id = '48'"
	sqlite3 w/cases.db "UPDATE case_file SET unit_id = '../48' WHERE unit_id = '48'"
	"$RASOAT" -C w audit --as-of $day --format none >/dev/null
	exits 0 "$RASOAT" -C w worklist --as-of $day -o h/i && [ -s h/i/worklist-$day-_2E._2F48.xlsx ] &&
		[ "$(find h -name 'worklist*' | wc -l)" = "$(find h/i -name 'worklist*' | wc -l)" ]
}
run "names of files" hostile
finish
