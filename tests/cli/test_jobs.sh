#!/bin/sh
# --jobs: one, two or five threads give the same files, the same ledger, the same lines.
. tests/cli/lib.sh
cd "$SCRATCH" || exit 1
command -v sqlite3 >/dev/null || { echo "skip: no sqlite3 shell" && exit 0; }
workspace w
"$RASOAT" -C w import "$ROOT/samples/extracts" >/dev/null
rm -r w/out # the quarantine

# A rule that cannot run among the others: its error must stand in the same place.
cat >w/rules/broken.xml <<'X'
<?xml version="1.0" encoding="UTF-8"?>
<rules xmlns="urn:rasoat:rules:1" pack="broken" store="accounts">
  <rule id="BRK-01" severity="low" subject="account">
    <title>Khóa trùng</title>
    <basis document="thử"/>
    <from>account a</from>
    <where>1 = 1</where>
    <key>'K'</key>
    <unit>a.unit_id</unit>
    <field name="login" label="Tài khoản">a.login</field>
    <message>{login}</message>
    <remedy>sửa</remedy>
    <example name="two rows, one key" as-of="2026-10-05">
      <row table="account" account_id="A1" login="a" system_id="TST"/>
      <expect key="K"/>
    </example>
  </rule>
</rules>
X

audit() { # with $1 jobs, into jobs-$1
	rm -rf w/ledger.* "jobs-$1"
	"$RASOAT" init w --stores >/dev/null 2>&1
	"$RASOAT" -C w audit --as-of 2026-10-05 --format xlsx,pdf,jsonl,text --jobs "$1" >"lines-$1" 2>"errors-$1"
	echo "exit $?" >>"lines-$1"
	mv w/out "jobs-$1"
	# All but the time of the run, in the order in which it lies in the file.
	sqlite3 w/ledger.db .dump | grep -Ev "INSERT INTO (run|seal) " >"ledger-$1"
	# The seconds of each rule.
	sed 's/ *[0-9]*\.[0-9][0-9]$//' "lines-$1" >"told-$1"
}
for jobs in 1 2 5; do audit $jobs; done

broken() { grep -q "BRK-01 .*ERROR: key 'K' comes more than once" lines-1 && grep -q '^exit 2$' lines-1; }
same() { # the files of $1 jobs and of one
	[ "$(find jobs-1 -type f | wc -l)" -ge 4 ] || return 1
	diff -r jobs-1 "jobs-$1" && cmp ledger-1 "ledger-$1" && diff told-1 "told-$1" && cmp errors-1 "errors-$1"
}
planned() { awk -F'|' '$2 == " all " { print $3 + $4 }' "$ROOT/samples/README.md"; }
# One more: that of the rule that could not run.
full() { [ "$(grep -c 'INSERT INTO run_finding' ledger-1)" -eq "$(($(planned) + 1))" ]; }
run "the broken rule is told, the others are there" broken
run "the ledger has every finding" full
run "two threads: the same bytes" same 2
run "five threads: the same bytes" same 5
scoped() {
	for jobs in 1 3; do
		"$RASOAT" -C w audit --as-of 2026-10-05 --unit 01 --format jsonl --jobs $jobs >/dev/null
		[ $? -eq 2 ] && mv w/out "unit-$jobs" || return 1
	done
	diff -r unit-1 unit-3
}
run "a part of the tree: the same bytes" scoped
none() { # nothing written but the record
	exits 2 "$RASOAT" -C w audit --as-of 2026-10-05 --format none && [ ! -d w/out ]
}
run "format none writes no file" none
for wrong in 0 65 two 1x; do
	run "--jobs $wrong" fails "rasoat: --jobs: '$wrong' is no number of threads; want 1 to 64" \
		"$RASOAT" -C w audit --as-of 2026-10-05 --jobs $wrong
done
finish
