#!/bin/sh
# The two stores in two places, file and server or two databases: the same results as with two files, and
# what becomes of an import when only one of the two commits succeeds.
# shellcheck disable=SC2317  # the functions are called through run
. tests/cli/lib.sh
. tests/postgresql.sh
trap 'pg_stop; chmod -R u+rwx "$SCRATCH"; rm -rf "$SCRATCH"' EXIT
trap 'exit 130' INT TERM
SOURCE_DATE_EPOCH=1790000000
export SOURCE_DATE_EPOCH

create() {
	psql_as postgres postgres -c "CREATE DATABASE $1 TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
}

# place WORKSPACE CASES ACCOUNTS: a workspace with new stores at these addresses.
place() {
	workspace "$1" && rm "$SCRATCH/$1/cases.db" "$SCRATCH/$1/accounts.db" &&
		sed -i "s#<stores .*#<stores cases=\"$2\" accounts=\"$3\" ledger=\"sqlite:ledger.db\"/>#" "$SCRATCH/$1/rasoat.xml" &&
		"$RASOAT" -C "$SCRATCH/$1" init --stores >/dev/null
}

# Good rows, and what goes to the quarantine: in both stores, in each, twice in one file, in two files.
make_extracts() {
	"$BUILD/rasoat-samples" --units 60 --accounts 2000 --cases 900 --seed 5 --out "$SCRATCH/extracts" >/dev/null || return 1
	cd "$SCRATCH/extracts" || return 1
	printf 'NVX,,01,x,CV_THU,,soon\n' >>staff.csv
	account=$(sed -n 5p account.csv)
	visit=$(sed -n 5p visit.csv)
	printf '%s,2019-01-01\n' "${account%,*}" >>account.csv
	printf '%s\n' "$visit" >>visit.csv
	printf 'visit_id,unit_id,received_on\nLT00000001,01,2026-01-01\nbad,,\n' >visit-2.csv
	printf 'unit_id,name\n01,Hà Nội\nZZ,Thêm\n' >unit-2.csv
	cd "$ROOT" || return 1
}

set_up() {
	pg_start && make_extracts && workspace lite &&
		for d in one two three four; do create $d || return 1; done &&
		place file_server sqlite:cases.db "$(pg_uri postgres one)" &&
		place server_file "$(pg_uri postgres two)" sqlite:accounts.db &&
		place servers "$(pg_uri postgres three)" "$(pg_uri postgres four)"
}

import_into() { # WORKSPACE: what is said goes to said.WORKSPACE
	(cd "$SCRATCH/$1" && "$RASOAT" import ../extracts) >"$SCRATCH/said.$1" 2>&1
}

same_import() { # WORKSPACE
	import_into "$1" || { cat "$SCRATCH/said.$1"; return 1; }
	diff "$SCRATCH/said.lite" "$SCRATCH/said.$1" && cmp "$SCRATCH/lite/out/quarantine.csv" "$SCRATCH/$1/out/quarantine.csv"
}

import_all() {
	import_into lite && [ -s "$SCRATCH/lite/out/quarantine.csv" ] && same_import file_server && same_import server_file
}

# Where files of one import override each other, they do it again.
import_all_again() {
	import_into lite && same_import file_server && same_import server_file || return 1
	cp "$SCRATCH/file_server/cases.db" "$SCRATCH/before"
	(cd "$SCRATCH/file_server" && "$RASOAT" import ../extracts/staff.csv ../extracts/account.csv ../extracts/case_event.csv) >"$SCRATCH/again" &&
		awk '/^total / { exit $5 != 0 || $6 != 0 }' "$SCRATCH/again" && cmp "$SCRATCH/before" "$SCRATCH/file_server/cases.db"
}

# Every cell that import wrote beside the facts.
same_books() {
	for t in quarantine import_log; do
		for kind in cases accounts; do
			sqlite3 -csv "$SCRATCH/lite/$kind.db" "SELECT * FROM $t" | tr -d '\r' | sort >"$SCRATCH/want"
			if [ $kind = cases ]; then
				sqlite3 -csv "$SCRATCH/file_server/$kind.db" "SELECT * FROM $t"
			else
				sqlite3 -csv "$SCRATCH/server_file/$kind.db" "SELECT * FROM $t"
			fi | tr -d '\r' | sort >"$SCRATCH/got"
			diff "$SCRATCH/want" "$SCRATCH/got" || return 1
			db=two
			[ $kind = accounts ] && db=one
			psql_as postgres $db -At -c "SELECT count(*) FROM rasoat_$kind.$t" >"$SCRATCH/got"
			sqlite3 "$SCRATCH/lite/$kind.db" "SELECT count(*) FROM $t" | diff - "$SCRATCH/got" || return 1
		done
	done
}

outputs() { # WORKSPACE
	rm -rf "$SCRATCH/$1/out" "$SCRATCH/$1"/ledger.*
	(
		cd "$SCRATCH/$1" || exit 1
		"$RASOAT" audit --as-of 2026-10-05 --format xlsx,pdf,jsonl,text | sed 's/ *[0-9.]*$//'
		"$RASOAT" report 01-TCD 02-XLD 907 --period 2026-Q3 --format xlsx,pdf,jsonl,text
	) >"$SCRATCH/said.$1" 2>&1
}

same_outputs() { # WORKSPACE
	outputs lite
	outputs "$1"
	diff "$SCRATCH/said.lite" "$SCRATCH/said.$1" && [ "$(find "$SCRATCH/lite/out" -type f | wc -l)" -ge 8 ] &&
		diff -r "$SCRATCH/lite/out" "$SCRATCH/$1/out"
}

refuse_commit() { # DATABASE SCHEMA: a transaction that wrote there fails when it commits
	psql_as postgres "$1" <<-SQL
	CREATE FUNCTION $2.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''not today''; END';
	CREATE CONSTRAINT TRIGGER refuse AFTER INSERT OR UPDATE ON $2.import_log DEFERRABLE INITIALLY DEFERRED
		FOR EACH ROW EXECUTE FUNCTION $2.refuse();
	SQL
}

allow_commit() {
	psql_as postgres "$1" -c "DROP FUNCTION $2.refuse() CASCADE" 2>/dev/null
}

units_in() { # DATABASE SCHEMA
	psql_as postgres "$1" -At -c "SELECT count(*) FROM $2.unit"
}

second_fails() {
	refuse_commit three rasoat_cases || return 1
	a=$(pg_uri postgres four)
	c=$(pg_uri postgres three)
	fails "rasoat: $a has this import, $c has not; import the same extracts again: $c: not today" \
		"$RASOAT" -C "$SCRATCH/servers" import "$SCRATCH/extracts" || return 1
	[ "$(units_in four rasoat_accounts)" -eq 61 ] && [ "$(units_in three rasoat_cases)" -eq 0 ] || return 1
	[ ! -e "$SCRATCH/servers/out/quarantine.csv" ]
}

repaired() {
	allow_commit three rasoat_cases
	import_into servers && cmp "$SCRATCH/lite/out/quarantine.csv" "$SCRATCH/servers/out/quarantine.csv" &&
		[ "$(units_in three rasoat_cases)" -eq 61 ] && same_outputs servers
}

first_fails() {
	refuse_commit one rasoat_accounts || return 1
	cp "$SCRATCH/file_server/cases.db" "$SCRATCH/before"
	printf 'unit_id,name\nYY,Mới\n' >"$SCRATCH/unit-3.csv"
	fails "rasoat: $(pg_uri postgres one): not today" "$RASOAT" -C "$SCRATCH/file_server" import "$SCRATCH/unit-3.csv"
	code=$?
	allow_commit one rasoat_accounts
	[ $code -eq 0 ] && cmp "$SCRATCH/before" "$SCRATCH/file_server/cases.db" && [ "$(units_in one rasoat_accounts)" -eq 61 ]
}

# Somebody reads the file: that shows before the server commits.
file_in_use() {
	sqlite3 "$SCRATCH/file_server/cases.db" "BEGIN" "SELECT count(*) FROM unit" ".shell touch $SCRATCH/reading; sleep 8" >/dev/null &
	until [ -e "$SCRATCH/reading" ]; do sleep 0.1; done
	fails "rasoat: $SCRATCH/file_server/cases.db: in use by another program (waited 5 s); run again when it is done" \
		"$RASOAT" -C "$SCRATCH/file_server" import "$SCRATCH/unit-3.csv"
	code=$?
	wait
	[ $code -eq 0 ] && [ "$(units_in one rasoat_accounts)" -eq 61 ]
}

run "a server, stores in two places" set_up
run "import says the same wherever the stores are" import_all
run "importing again changes nothing" import_all_again
run "the quarantine and the log are the same" same_books
run "cases in a file, accounts on a server: the same bytes" same_outputs file_server
run "cases on a server, accounts in a file: the same bytes" same_outputs server_file
run "the second commit fails" second_fails
import_into lite
run "the same import again repairs it" repaired
run "the first commit fails" first_fails
run "the file is in use" file_in_use
finish
