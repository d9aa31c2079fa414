#!/bin/sh
# The same extracts on SQLite and on a PostgreSQL server of our own: the same bytes everywhere; and
# what only a server can do: refuse, break off, have roles.
# shellcheck disable=SC2317  # the functions are called through run
. tests/cli/lib.sh
. tests/postgresql.sh
trap 'pg_stop; chmod -R u+rwx "$SCRATCH"; rm -rf "$SCRATCH"' EXIT
trap 'exit 130' INT TERM
SOURCE_DATE_EPOCH=1790000000
export SOURCE_DATE_EPOCH

# The SQL block that follows <!-- test: NAME --> in docs/postgresql.md
documented() {
	sed -n "/<!-- test: $1 -->/,/^\`\`\`\$/p" docs/postgresql.md | sed '1,2d;$d'
}

# stores WORKSPACE ROLE [DATABASE]
stores() {
	address=$(pg_uri "$2" "${3:-rasoat}")
	sed -i "s#<stores .*#<stores cases=\"$address\" accounts=\"$address\" ledger=\"sqlite:ledger.db\"/>#" \
		"$SCRATCH/$1/rasoat.xml"
}

owner() {
	psql_as rasoat_owner rasoat "$@"
}

reader() {
	psql_as rasoat_reader rasoat "$@"
}

set_up() {
	pg_start && documented roles | psql_as postgres postgres -f - &&
		workspace lite && workspace pg && rm "$SCRATCH/pg/cases.db" "$SCRATCH/pg/accounts.db" &&
		stores pg rasoat_owner && "$RASOAT" -C "$SCRATCH/pg" init --stores &&
		documented grants | owner -f - && workspace reader && stores reader rasoat_reader
}

init_again() {
	"$RASOAT" -C "$SCRATCH/pg" init --stores >"$SCRATCH/out" &&
		[ "$(grep -c ': ready$' "$SCRATCH/out")" -eq 3 ]
}

not_there() {
	psql_as postgres postgres -c "CREATE DATABASE bare OWNER rasoat_owner TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
	workspace bare
	stores bare rasoat_owner bare
	fails "rasoat: $(pg_uri rasoat_owner bare): has no case store; run 'rasoat init --stores' or correct <stores> in rasoat.xml" \
		"$RASOAT" -C "$SCRATCH/bare" import samples/extracts
}

other_order() {
	psql_as postgres postgres -c "CREATE DATABASE other TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'"
	stores bare postgres other
	fails "rasoat: $(pg_uri postgres other): the database has encoding LATIN1 and sorts by 'C'; create it with ENCODING 'UTF8' LC_COLLATE 'C'" \
		"$RASOAT" -C "$SCRATCH/bare" import samples/extracts
}

# A password is neither taken nor shown.
password() {
	sed -i "s#<stores .*#<stores cases=\"postgresql://me:s3cret@localhost/x\" accounts=\"sqlite:a.db\" ledger=\"sqlite:l.db\"/>#" \
		"$SCRATCH/bare/rasoat.xml"
	fails "rasoat: postgresql://me@localhost/x: a password does not belong in rasoat.xml; put it into the password file (PGPASSFILE)" \
		"$RASOAT" -C "$SCRATCH/bare" import samples/extracts || return 1
	sed -i "s#me:s3cret@localhost/x#localhost/x?user=me\&amp;password=s3cret#" "$SCRATCH/bare/rasoat.xml"
	fails "rasoat: postgresql://localhost/x?user=me&password=***: a password does not belong in rasoat.xml; put it into the password file (PGPASSFILE)" \
		"$RASOAT" -C "$SCRATCH/bare" import samples/extracts || return 1
	sed -i "s#postgresql://localhost[^\"]*#pg://me:s3cret@localhost/x#" "$SCRATCH/bare/rasoat.xml"
	fails "rasoat: pg: unknown kind of store; write sqlite:PATH or postgresql://..." \
		"$RASOAT" -C "$SCRATCH/bare" import samples/extracts
}

ledger_is_a_file() {
	sed -i "s#<stores .*#<stores cases=\"sqlite:c.db\" accounts=\"sqlite:a.db\" ledger=\"postgresql://localhost/x\"/>#" \
		"$SCRATCH/bare/rasoat.xml"
	exits 1 "$RASOAT" -C "$SCRATCH/bare" init --stores &&
		grep -qx "rasoat: postgresql://localhost/x: the ledger is a file; write sqlite:ledger.db" "$SCRATCH/err"
}

no_server() {
	sed -i "s#<stores .*#<stores cases=\"postgresql:///x?host=/nowhere\" accounts=\"sqlite:a.db\" ledger=\"sqlite:l.db\"/>#" \
		"$SCRATCH/bare/rasoat.xml"
	exits 1 "$RASOAT" -C "$SCRATCH/bare" import samples/extracts &&
		[ "$(wc -l <"$SCRATCH/err")" -eq 1 ] && grep -q "^rasoat: postgresql:///x?host=/nowhere: cannot be opened (" "$SCRATCH/err"
}

# import_both EXTRACTS: the same words and the same list of quarantined rows.
import_both() {
	for w in lite pg; do
		(cd "$SCRATCH/$w" && "$RASOAT" import "$1") >"$SCRATCH/import.$w" || return 1
	done
	cmp "$SCRATCH/import.lite" "$SCRATCH/import.pg" || return 1
	[ ! -e "$SCRATCH/lite/out/quarantine.csv" ] && [ ! -e "$SCRATCH/pg/out/quarantine.csv" ] && return 0
	cmp "$SCRATCH/lite/out/quarantine.csv" "$SCRATCH/pg/out/quarantine.csv"
}

# Every cell of every table on both engines.
same_tables() {
	for pair in cases:rasoat_cases accounts:rasoat_accounts; do
		file=$SCRATCH/lite/${pair%%:*}.db
		schema=${pair##*:}
		for t in $(sqlite3 "$file" "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'rasoat_meta' AND name NOT LIKE 'sqlite%' ORDER BY 1"); do
			sqlite3 -csv -nullvalue '\N' "$file" "SELECT * FROM $t" >"$SCRATCH/table.lite"
			sqlite3 -csv -nullvalue '\N' "$file" "SELECT count(*) FROM $t" >"$SCRATCH/count.lite"
			owner -c "COPY $schema.$t TO STDOUT (FORMAT csv, NULL '\\N')" >"$SCRATCH/table.pg" || return 1
			owner -At -c "SELECT count(*) FROM $schema.$t" >"$SCRATCH/count.pg" || return 1
			cmp "$SCRATCH/count.lite" "$SCRATCH/count.pg" || return 1
			python3 - "$SCRATCH/table.lite" "$SCRATCH/table.pg" <<-'PY' || { echo "$t differs"; return 1; }
			import csv, sys
			rows = [sorted(csv.reader(open(p, newline=''))) for p in sys.argv[1:]]
			sys.exit(rows[0] != rows[1])
			PY
		done
	done
}

import_twice() {
	import_both "$1" && awk '/^total / { exit $5 != 0 || $6 != 0 }' "$SCRATCH/import.pg"
}

# Everything written, in every format, from both engines; as the reader.
same_outputs() {
	for w in lite reader; do
		rm -rf "$SCRATCH/$w/out"
		mkdir "$SCRATCH/$w/out"
		rm "$SCRATCH/$w"/ledger.*
		cp "$ROOT/samples/waivers.xml" "$SCRATCH/$w/"
		(
			cd "$SCRATCH/$w" || exit 1
			"$RASOAT" audit --as-of 2026-10-05 --format xlsx,pdf,jsonl,text | sed 's/ *[0-9.]*$//'
			"$RASOAT" audit --as-of 2026-07-01 --unit "$1" --format jsonl | sed 's/ *[0-9.]*$//'
			"$RASOAT" report 01-TCD 02-XLD 907 --period 2026-Q3 --format xlsx,pdf,jsonl,text
			"$RASOAT" report 01-TCD 907 --period 2026-Q2 --unit "$1" --format jsonl
			"$RASOAT" report 01-TCD 02-XLD 907 --period 2026-Q3 --each province --format jsonl --jobs 3
			sqlite3 ledger.db "SELECT run_id, as_of, unit, rules_digest, params FROM run" \
				"SELECT * FROM finding" "SELECT * FROM run_rule" "SELECT * FROM run_finding"
		) >"$SCRATCH/said.$w" 2>&1
		rm "$SCRATCH/$w/waivers.xml"
	done
	cmp "$SCRATCH/said.lite" "$SCRATCH/said.reader" || return 1
	grep -q "|waived|" "$SCRATCH/said.lite" || return 1
	[ "$(find "$SCRATCH/lite/out" -type f | wc -l)" -ge 15 ] && diff -r "$SCRATCH/lite/out" "$SCRATCH/reader/out"
}

same_explanations() {
	fingerprint=$(sqlite3 "$SCRATCH/lite/ledger.db" "SELECT min(fingerprint) FROM finding")
	case=$(sqlite3 "$SCRATCH/lite/cases.db" "SELECT min(case_id) FROM case_file WHERE kind = 'complaint'")
	for w in lite reader; do
		(
			cd "$SCRATCH/$w" || exit 1
			"$RASOAT" explain "$fingerprint" --as-of 2026-10-05
			"$RASOAT" explain "case:$case" --as-of 2026-10-05
			"$RASOAT" explain "01-TCD!$1!5" --period 2026-Q3
			"$RASOAT" explain ACC-01 TK-A2-01 TK-NOWHERE --as-of 2026-10-05 --audience public
			sqlite3 "$SCRATCH/lite/ledger.db" "SELECT f.rule_id, min(f.subject_key) FROM finding f WHERE NOT
				EXISTS (SELECT 1 FROM run_finding r WHERE r.fingerprint = f.fingerprint AND r.verdict = 'error')
				GROUP BY 1" | while IFS='|' read -r rule key; do
				"$RASOAT" explain "$rule" "$key" --as-of 2026-10-05 --json
				"$RASOAT" explain "$rule" --passing 1 --as-of 2026-10-05 --json
			done
		) >"$SCRATCH/said.$w" 2>&1
	done
	[ "$(wc -l <"$SCRATCH/said.lite")" -gt 100 ] && cmp "$SCRATCH/said.lite" "$SCRATCH/said.reader"
}

# A denouncer's name: not without a clearance, with one not out of the store, whatever the engine.
secrecy() {
	for w in lite reader; do
		cp "$SCRATCH/$w/rasoat.xml" "$SCRATCH/$w.xml"
		rm -rf "$SCRATCH/$w/ledger."* "$SCRATCH/$w/out"
		mkdir "$SCRATCH/$w/out"
		(
			cd "$SCRATCH/$w" || exit 1
			for where in "(SELECT count(*) FROM rasoat_cases.case_party) > 0" "CAST(p.full_name AS INTEGER) = 1" \
				"p.full_name IS NOT NULL"; do
				cat >rules/own.xml <<-XML
					<rules xmlns="urn:rasoat:rules:1" pack="own" store="cases"><rule id="OWN-01" severity="medium" subject="case">
					<title>x</title><basis document="x"/><from>case_file c JOIN case_party p ON p.case_id = c.case_id</from>
					<where>$where</where><key>c.case_id</key><unit>c.unit_id</unit>
					<field name="who" label="x">p.full_name</field><message>{who}</message><remedy>x</remedy>
					<example name="x" as-of="2026-10-05"><row table="case_file" case_id="K" unit_id="U" received_on="2026-01-01"/>
					<row table="case_party" case_id="K" role="denouncer" full_name="x"/><expect key="K"/></example>
					</rule></rules>
				XML
				for clearance in '' '<clearance rules="OWN-01" document="1" date="2026-01-01" until="2198-12-31" approver="x"/>'; do
					sed "s#</workspace>#$clearance</workspace>#" "../$w.xml" >rasoat.xml
					"$RASOAT" audit --as-of 2026-10-05 --rule OWN-01 --format jsonl,text | sed 's/ *[0-9.]*$//'
					"$RASOAT" explain OWN-01 --passing 1 --as-of 2026-10-05
				done
			done
			"$RASOAT" check
		) >"$SCRATCH/said.$w" 2>&1
		cp "$SCRATCH/$w.xml" "$SCRATCH/$w/rasoat.xml"
		rm "$SCRATCH/$w/rules/own.xml"
	done
	sqlite3 "$SCRATCH/lite/cases.db" "SELECT full_name FROM case_party" >"$SCRATCH/names"
	! grep -rFf "$SCRATCH/names" "$SCRATCH/said.lite" "$SCRATCH/said.reader" "$SCRATCH"/lite/out "$SCRATCH"/reader/out &&
		! sqlite3 "$SCRATCH/reader/ledger.db" .dump | grep -Ff "$SCRATCH/names" &&
		grep -q '<where> reads case_party.full_name, which is classified' "$SCRATCH/said.reader" &&
		grep -q 'what it reads cannot be told' "$SCRATCH/said.reader" &&
		grep -q '"who":"\*\*\*"' "$SCRATCH"/reader/out/audit-*-OWN-01.jsonl
}

checked() {
	"$RASOAT" -C "$SCRATCH/reader" check
}

# The server's functions against the embedded ones, argument by argument.
functions() {
	RASOAT_TEST_POSTGRESQL=$(pg_uri rasoat_owner rasoat) "$BUILD/tests/unit/test_postgresql"
}

may_not() {
	if reader -c "$1" >"$SCRATCH/out" 2>&1; then
		echo "the reader may: $1"
		return 1
	fi
	grep -Eq "permission denied|must be owner" "$SCRATCH/out" || { cat "$SCRATCH/out"; return 1; }
}

reader_only_reads() {
	may_not "INSERT INTO rasoat_cases.unit(unit_id) VALUES('x')" &&
		may_not "UPDATE rasoat_accounts.account SET login = 'x'" &&
		may_not "DELETE FROM rasoat_accounts.account" &&
		may_not "TRUNCATE rasoat_cases.visit" &&
		may_not "DROP TABLE rasoat_cases.visit" &&
		may_not "CREATE TABLE rasoat_cases.mine(a int)" &&
		may_not "CREATE TABLE public.mine(a int)" &&
		may_not "CREATE SCHEMA mine" &&
		may_not "DELETE FROM rasoat_functions.calendar" &&
		may_not "CREATE FUNCTION rasoat_functions.f() RETURNS int LANGUAGE sql AS 'SELECT 1'"
}

reader_cannot_import() {
	exits 1 "$RASOAT" -C "$SCRATCH/reader" import samples/extracts &&
		[ "$(wc -l <"$SCRATCH/err")" -eq 1 ] && grep -q "permission denied .*; docs/postgresql.md lists the rights" "$SCRATCH/err"
}

# A rule of our own in a workspace of the reader.
own_rule() {
	rm -rf "$SCRATCH/own"
	cp -R "$SCRATCH/reader" "$SCRATCH/own"
	rm "$SCRATCH/own/rules/accounts.xml" "$SCRATCH/own/rules/permissions.xml"
	cat >"$SCRATCH/own/rules/own.xml" <<-XML
	<rules xmlns="urn:rasoat:rules:1" pack="own" store="accounts">
	  <rule id="OWN-01" severity="low" subject="account">
	    <title>Tài khoản</title>
	    <basis document="Quy định" date="2020-01-01" clause="Điều 1"/>
	    <valid from="2020-01-01"/>
	    <from>account a</from>
	    <where>$1</where>
	    <key>a.account_id</key>
	    <unit>a.unit_id</unit>
	    <message>Tài khoản {key}</message>
	    <remedy>Kiểm tra</remedy>
	    <example name="nothing" as-of="2026-10-05"><row table="unit" unit_id="01" name="Hà Nội"/></example>
	  </rule>
	</rules>
	XML
}

pattern_refused() {
	own_rule "matches(a.login, '^[a-z]+\\d\$') = 1"
	fails "$SCRATCH/own/rules/own.xml:2: error: rule 'OWN-01': $(pg_uri rasoat_reader rasoat): matches: the pattern '^[a-z]+\\d\$' is outside the part of PCRE2 that PostgreSQL reads the same way; use letters, [...], . ^ \$ | ( ) * + ? {m,n} and escaped signs
rasoat: 1 problem; correct the file and line named" "$RASOAT" -C "$SCRATCH/own" check || return 1
	exits 2 "$RASOAT" -C "$SCRATCH/own" audit --as-of 2026-10-05 --rule OWN-01 &&
		grep -q "1 rule could not run" "$SCRATCH/out"
}

like_refused() {
	own_rule "a.login LIKE 'a%'"
	exits 1 "$RASOAT" -C "$SCRATCH/own" check &&
		grep -q "rule 'OWN-01': .*: LIKE means another thing on each engine; use matches(text, pattern)$" "$SCRATCH/err"
}

# A rule that cannot run is its own error; the others go on in the same transaction.
broken_rule() {
	own_rule "1 / (length(a.login) - length(a.login)) = 1"
	exits 2 "$RASOAT" -C "$SCRATCH/own" audit --as-of 2026-10-05 --format jsonl &&
		grep -q "OWN-01.*ERROR: .*division by zero" "$SCRATCH/out" && grep -q "^CAS-01 .* 15 " "$SCRATCH/out" &&
		grep '"verdict":"error"' "$SCRATCH/own/out/audit-2026-10-05.jsonl" | grep -q '"key":"OWN-01".*division by zero'
}

# Every number of every rule by one more query on the server.
counted_again() {
	rm -rf "$SCRATCH/counted"
	cp -R "$SCRATCH/reader" "$SCRATCH/counted"
	cp "$ROOT/samples/waivers.xml" "$SCRATCH/counted/"
	python3 tests/independent/_counts.py "$SCRATCH/counted"
}

other_calendar() {
	own_rule "1 = 0"
	python3 - "$SCRATCH/own/rules/calendar.xml" <<-'PY'
	import re, sys
	text = open(sys.argv[1], encoding='utf-8').read()
	made = re.sub(r'\n[^\n]*<off [^\n]*/>', '', text, count=1)
	assert made != text
	open(sys.argv[1], 'w', encoding='utf-8').write(made)
	PY
	fails "rasoat: $(pg_uri rasoat_reader rasoat): the calendar there is not that of calendar.xml; run 'rasoat init --stores' as its owner" \
		"$RASOAT" -C "$SCRATCH/own" audit --as-of 2026-10-05
}

# The server ends the session in the middle of a rule.
killed() {
	own_rule "a.account_id = 'x' AND (SELECT COUNT(*) FROM account b, account c, account d WHERE b.login &lt;&gt; c.login AND c.login &lt;&gt; d.login) = 1 OR (SELECT COUNT(*) FROM account b, account c, account d WHERE b.login &lt;&gt; c.login) = 7"
	"$RASOAT" -C "$SCRATCH/own" audit --as-of 2026-10-05 --rule CAS-01 >/dev/null
	mv "$SCRATCH/own/out" "$SCRATCH/own/before"
	cp -R "$SCRATCH/own/before" "$SCRATCH/own/out"
	"$RASOAT" -C "$SCRATCH/own" audit --as-of 2026-10-05 >"$SCRATCH/out" 2>"$SCRATCH/err" &
	audit=$!
	tries=0
	until [ "$(psql_as postgres rasoat -At -c "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'rasoat_reader' AND state = 'active' AND query LIKE 'FETCH%' AND now() - query_start > interval '300 ms'")" -ge 1 ]; do
		tries=$((tries + 1))
		[ $tries -gt 300 ] && { kill $audit; echo "never seen at work"; return 1; }
		sleep 0.1
	done
	wait $audit
	code=$?
	echo "exit code $code" && cat "$SCRATCH/err"
	[ $code -eq 1 ] && [ "$(wc -l <"$SCRATCH/err")" -eq 1 ] &&
		grep -Fq "$(pg_uri rasoat_reader rasoat): the connection to the server is lost (terminating connection due to administrator command); run again when it is back" "$SCRATCH/err" &&
		diff -r "$SCRATCH/own/before" "$SCRATCH/own/out"
}

# Two imports at once: the second one waits, and says so.
in_use() {
	owner -c "SELECT pg_advisory_lock(1380012911)" -c "SELECT pg_sleep(60)" >/dev/null 2>&1 &
	holder=$!
	until [ "$(psql_as postgres rasoat -At -c "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)'")" -eq 1 ]; do
		sleep 0.1
	done
	fails "rasoat: $(pg_uri rasoat_owner rasoat): in use by another program (waited 5 s); run again when it is done" \
		"$RASOAT" -C "$SCRATCH/pg" import samples/extracts
	code=$?
	psql_as postgres rasoat -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)'" >/dev/null
	wait $holder
	return $code
}

# One store on each engine: audit and report work.
mixed() {
	cp -R "$SCRATCH/lite" "$SCRATCH/mixed"
	sed -i "s#accounts=\"sqlite:accounts.db\"#accounts=\"$(pg_uri rasoat_reader rasoat)\"#" "$SCRATCH/mixed/rasoat.xml"
	rm -rf "$SCRATCH/mixed/out" "$SCRATCH"/mixed/ledger.* "$SCRATCH/mixed/accounts.db"
	for w in lite mixed; do
		rm -rf "$SCRATCH/$w/out" "$SCRATCH/$w"/ledger.*
		exits 2 "$RASOAT" -C "$SCRATCH/$w" audit --as-of 2026-10-05 --format jsonl || return 1
	done
	diff -r "$SCRATCH/lite/out" "$SCRATCH/mixed/out"
}

# Nothing of an import that stops half-way is seen.
all_or_nothing() {
	before=$(owner -At -c "SELECT count(*), max(xmin::text::bigint) FROM rasoat_cases.unit")
	mkdir "$SCRATCH/torn"
	printf 'unit_id,name\n99zz,Thử\n' >"$SCRATCH/torn/unit.csv"
	printf 'no such column\nx\n' >"$SCRATCH/torn/visit.csv"
	exits 1 "$RASOAT" -C "$SCRATCH/pg" import "$SCRATCH/torn" &&
		[ "$before" = "$(owner -At -c "SELECT count(*), max(xmin::text::bigint) FROM rasoat_cases.unit")" ]
}

run "a server, roles, stores and rights as documented" set_up
run "init --stores again changes nothing" init_again
run "no stores in the database" not_there
run "a database of another encoding" other_order
run "passwords are neither taken nor shown" password
run "the ledger stays a file" ledger_is_a_file
run "no server" no_server
run "import says the same" import_both "$ROOT/samples/extracts"
run "every table has the same rows" same_tables
run "importing again changes nothing" import_twice "$ROOT/samples/extracts"
run "import is all or nothing" all_or_nothing
run "check plans every rule and form on the server" checked
run "the helper functions mean the same" functions
run "samples: findings, forms, ledger are the same bytes" same_outputs 80
run "samples: explanations are the same" same_explanations 80
run "samples: a denouncer stays in the store" secrecy
run "the reader can only read" reader_only_reads
run "the reader cannot import" reader_cannot_import
run "a pattern that could mean something else" pattern_refused
run "LIKE" like_refused
run "a rule that fails leaves the others alone" broken_rule
run "the numbers of every rule" counted_again
run "another calendar" other_calendar
run "the server ends the session" killed
run "two imports at once" in_use
run "one store on each engine" mixed
"$BUILD/rasoat-samples" --units 60 --accounts 3000 --cases 1500 --seed 11 --out "$SCRATCH/extracts"
run "a generated set over the samples: import says the same" import_both "$SCRATCH/extracts"
run "every table has the same rows again" same_tables
run "generated: findings, forms, ledger are the same bytes" same_outputs 01
finish
