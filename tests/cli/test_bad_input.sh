#!/bin/sh
# Bad input: one clear line with the remedy, exit code 1, nothing lost.
. tests/cli/lib.sh
cd "$SCRATCH" || exit 1
workspace w
w() { "$RASOAT" -C w "$@"; }
mkdir good
cp "$ROOT"/samples/extracts/*.csv good/
w import good >/dev/null || echo "not ok import of the samples"
sum() { cat w/cases.db w/accounts.db w/ledger.db | cksum; }
before=$(sum)
same() { # the stores and the ledger are as they were
	[ "$(sum)" = "$before" ] || { echo "a store changed" >"$SCRATCH/why"; return 1; }
}
and_same() { "$@" && same; }

no_workspace() { mkdir -p empty && fails "rasoat: empty: no rasoat.xml here; run 'rasoat init DIR' or use -C DIR" "$RASOAT" -C empty check; }
run "no workspace" no_workspace
run "init twice" fails "rasoat: w: is a workspace already (rasoat.xml); nothing was changed" "$RASOAT" init w
run "no command" exits 1 "$RASOAT"
run "unknown command" fails "rasoat: unknown command 'adit'; 'rasoat --help' lists them" "$RASOAT" adit
run "unknown option" fails "rasoat audit: unknown option '--asof'; see 'rasoat audit --help'" w audit --asof 2026-10-05
run "option without value" fails "rasoat audit: --as-of needs a value; see 'rasoat audit --help'" w audit --as-of
run "as-of missing" fails "rasoat audit: --as-of DATE is missing; see 'rasoat audit --help'" w audit
run "as-of is no date" fails 'rasoat: --as-of: "31/02/2026" is not a date (want YYYY-MM-DD or dd/mm/yyyy)' w audit --as-of 31/02/2026
run "unknown format" fails "rasoat: --format: unknown format 'docx' (want xlsx, pdf, jsonl, sarif, html, text)" w audit --as-of 2026-10-05 --format docx
run "unknown rule" and_same fails "rasoat: rule 'ACC-99' does not exist; rasoat check lists them" w audit --as-of 2026-10-05 --rule ACC-99
run "unknown unit" and_same fails "rasoat: unit 'ZZ' is not in the unit list" w audit --as-of 2026-10-05 --unit ZZ
run "unknown form" exits 1 w report 99-XYZ --period 2026-Q3
run "form not in force" exits 1 w report 01-TCD --period 2024-Q1
run "period is none" exits 1 w report 01-TCD --period 2026-Q5
run "form not made for the period" exits 1 w report 907 --period 2026-H1
nothing_imported() { # no data is not "nothing found"
	workspace n
	fails "rasoat: n: nothing has been imported yet; run 'rasoat import DIR|FILE…' first" "$RASOAT" -C n audit --as-of 2026-10-05 &&
		fails "rasoat: n: nothing has been imported yet; run 'rasoat import DIR|FILE…' first" "$RASOAT" -C n report 01-TCD --period 2026-Q3 &&
		fails "rasoat: n: nothing has been imported yet; run 'rasoat import DIR|FILE…' first" "$RASOAT" -C n report 907 --period 2026-Q3 &&
		[ -z "$(ls n/out)" ]
}
run "audit and report before any import" nothing_imported
run "as-of after the period" fails "rasoat: --as-of: 05/10/2026 is after the period's last day, 14/09/2026; the figures of a period are those of its last day" w report 01-TCD --period 2026-Q3 --as-of 2026-10-05

# --- import -----------------------------------------------------------------------------
import_fails() { and_same exits 1 w import "$1" && grep -q "$2" "$SCRATCH/err"; }
run "import: missing file" import_fails nowhere.csv 'nowhere.csv'
mkdir bad
printf 'account_id,system_id,login\nA1,TST,"torn\nA2,TST,b\n' >bad/account.csv
run "import: torn quote" import_fails bad 'bad/account.csv:2'
printf '\376\377\0a\0c' >bad/account.csv
run "import: not UTF-8" import_fails bad 'bad/account.csv'
printf 'x\n' >bad/who_knows.csv
run "import: unknown table" import_fails bad/who_knows.csv 'who_knows.csv'
printf 'login,system_id\na,TST\n' >bad/account.csv
run "import: key column missing" import_fails bad/account.csv 'account_id'
: >bad/account.csv
run "import: empty file" import_fails bad/account.csv 'bad/account.csv'
second_fails() {
	mkdir -p two
	printf 'unit_id,name\n99,New unit\n' >two/unit.csv
	printf 'visit_id,unit_id,received_on\n"torn,99,2026-01-01\n' >two/visit.csv
	import_fails two 'two/visit.csv'
}
run "import: second file torn, first not loaded" second_fails

# A copy for what goes to the quarantine instead.
nul_bytes() {
	workspace q
	printf 'unit_id,name\n01,A\n02,B\000B\n03,C\n' >unit.csv
	"$RASOAT" -C q import unit.csv >out1 && grep -q 'read 3 = loaded 2 + quarantined 1' out1 &&
		grep -q 'NUL byte' q/out/quarantine.csv
}
run "import: NUL byte goes to the quarantine" nul_bytes
huge_field() { # 100 MB in one field must not take as much memory
	workspace h
	{ printf 'unit_id,name\n01,A\n02,'; head -c 104857600 /dev/zero | tr '\0' x; printf '\n03,C\n'; } >unit.csv
	# shellcheck disable=SC3045 # dash knows -v and -f
	(ulimit -v 400000 && "$RASOAT" -C h import unit.csv) >out1 2>&1
	grep -q 'read 3 = loaded 2 + quarantined 1' out1 && grep -q 'longer than 1 MiB' h/out/quarantine.csv
}
# A sanitizer reserves terabytes of address space: no limit there.
case $RASOAT in */asan/*) ;; *) run "import: 100 MB in one field" huge_field ;; esac

# --- rules and templates -----------------------------------------------------------------
workspace r
broken_xml() {
	cp r/rules/accounts.xml keep.xml
	printf '<rules xmlns="urn:rasoat:rules:1" pack="x" store="accounts"><rule id=\n' >r/rules/accounts.xml
	exits 1 "$RASOAT" -C r check && grep -q '^r/rules/accounts.xml:[0-9]*: error: ' "$SCRATCH/err"
	ok=$?
	cp keep.xml r/rules/accounts.xml
	return $ok
}
run "broken XML" broken_xml
typo_attribute() {
	sed 's/severity="critical"/severty="critical"/' keep.xml >r/rules/accounts.xml
	exits 1 "$RASOAT" -C r check && grep -q "unknown attribute 'severty'" "$SCRATCH/err" &&
		grep -q "severity" "$SCRATCH/err"
	ok=$?
	cp keep.xml r/rules/accounts.xml
	return $ok
}
run "typo in an attribute" typo_attribute
typo_column() { # check says where; the audit reports an error and goes on
	sed 's/a\.last_login_on/a.last_logn_on/g' keep.xml >r/rules/accounts.xml
	exits 1 "$RASOAT" -C r check && grep -q 'r/rules/accounts.xml:[0-9]*: error: .*last_logn_on' "$SCRATCH/err" &&
		"$RASOAT" -C r import good >/dev/null &&
		exits 2 "$RASOAT" -C r audit --as-of 2026-10-05 --format jsonl &&
		grep -q 'ACC-05 .*ERROR: .*last_logn_on' "$SCRATCH/out" && grep -q '"ACC-01"' r/out/audit-2026-10-05.jsonl
	ok=$?
	cp keep.xml r/rules/accounts.xml
	return $ok
}
run "typo in a column" typo_column
typo_template() {
	cp r/templates/01-TCD.xml keep2.xml
	sed "s/v.mode = 'head'/v.mod = 'head'/" keep2.xml >r/templates/01-TCD.xml
	exits 1 "$RASOAT" -C r check && grep -q 'r/templates/01-TCD.xml:[0-9]*: error: .*v.mod' "$SCRATCH/err" &&
		exits 1 "$RASOAT" -C r report 01-TCD --period 2026-Q3
	ok=$?
	cp keep2.xml r/templates/01-TCD.xml
	return $ok
}
run "typo in a template" typo_template
all_at_once() { # every error of every file in one run
	sed 's/severity="critical"/severty="critical"/' keep.xml >r/rules/accounts.xml
	sed "s/formula=\"5+11+17\"/formula=\"5+11+77\"/" keep2.xml >r/templates/01-TCD.xml
	exits 1 "$RASOAT" -C r check && grep -q 'accounts.xml' "$SCRATCH/err" && grep -q '01-TCD.xml' "$SCRATCH/err"
	ok=$?
	cp keep.xml r/rules/accounts.xml
	cp keep2.xml r/templates/01-TCD.xml
	return $ok
}
run "all errors in one run" all_at_once
run "all well again" exits 0 "$RASOAT" -C r check

# --- stores -------------------------------------------------------------------------------
missing_store() { mv w/cases.db away && fails "rasoat: w/cases.db: not found; run 'rasoat init' or correct <store> in rasoat.xml" w audit --as-of 2026-10-05; ok=$?; mv away w/cases.db; return $ok; }
run "store missing" missing_store
foreign_store() {
	mv w/cases.db away
	sqlite3 w/cases.db 'CREATE TABLE t(x)'
	fails "rasoat: w/cases.db: not a rasoat store (another program's database)" w audit --as-of 2026-10-05
	ok=$?
	mv away w/cases.db
	return $ok
}
run "store of another program" foreign_store
text_store() {
	mv w/cases.db away
	echo "this is no database, it is a text file, but a long one" >w/cases.db
	exits 1 w audit --as-of 2026-10-05
	ok=$?
	mv away w/cases.db
	return $ok
}
run "store is a text file" text_store
newer_store() {
	cp w/cases.db keep.db
	sqlite3 w/cases.db 'PRAGMA user_version = 9'
	fails "rasoat: w/cases.db: schema version 9 is newer than this rasoat knows (2); upgrade rasoat" w audit --as-of 2026-10-05
	ok=$?
	cp keep.db w/cases.db
	return $ok
}
run "store of a newer version" newer_store
swapped_store() {
	cp w/cases.db keep.db
	cp w/accounts.db w/cases.db
	fails "rasoat: w/cases.db: is an account store, not a case store" w audit --as-of 2026-10-05
	ok=$?
	cp keep.db w/cases.db
	return $ok
}
run "store of the other kind" swapped_store
empty_period() { # a period without a single row is a form of zeros, not an error
	exits 0 w report 01-TCD --period 2027-Q3 && grep -q 'checks: 7 passed, 0 failed' "$SCRATCH/out"
}
run "empty period" empty_period
run "nothing changed by all that" same

# --- outputs ------------------------------------------------------------------------------
read_only() {
	mkdir -p ro && chmod a-w ro
	if [ "$(id -u)" = 0 ]; then # root writes anywhere but here
		exits 1 w report 01-TCD --period 2026-Q3 -o /proc/nowhere && grep -q '/proc/nowhere' "$SCRATCH/err"
	else
		exits 1 w report 01-TCD --period 2026-Q3 -o ro && grep -q 'ro' "$SCRATCH/err"
	fi
}
run "read-only folder" read_only
full_disk() { # a file size limit stands for the full disk: the old file stays
	w report 01-TCD --period 2026-Q3 >/dev/null
	old=$(cat w/out/01-TCD-2026-Q3.pdf w/out/01-TCD-2026-Q3.xlsx | cksum)
	# shellcheck disable=SC3045
	(trap '' XFSZ; ulimit -f 8; w report 01-TCD --period 2026-Q3) >out1 2>&1
	code=$?
	[ $code -eq 1 ] && [ "$(cat w/out/01-TCD-2026-Q3.pdf w/out/01-TCD-2026-Q3.xlsx | cksum)" = "$old" ] &&
		[ "$(wc -l <out1)" -eq 1 ] && [ -z "$(find w/out -name '*.part')" ]
}
run "full disk: old files stay, nothing left behind" full_disk
second_form_fails() { # several forms of one command are put in place together
	rm -f w/out/01-TCD-2026-Q2.*
	exits 1 w report 01-TCD 99-XYZ --period 2026-Q2 && [ ! -e w/out/01-TCD-2026-Q2.pdf ]
}
run "the second form fails: the first is not put in place" second_form_fails
closed_stdout() { "$RASOAT" --help >/dev/full 2>"$SCRATCH/err"; [ $? -eq 1 ] && grep -q 'standard output' "$SCRATCH/err"; }
run "standard output full" closed_stdout
finish
