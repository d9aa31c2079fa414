#!/bin/sh
# Stores over four servers, a coordinator and three shards: the bytes are those of SQLite, and the
# shards do the work.
# shellcheck disable=SC2317  # the functions are called through run
. tests/cli/lib.sh
. tests/postgresql.sh
trap 'stop_all; chmod -R u+rwx "$SCRATCH"; rm -rf "$SCRATCH"' EXIT
trap 'exit 130' INT TERM
SOURCE_DATE_EPOCH=1790000000
export SOURCE_DATE_EPOCH
ROOTS='' root_coordinator='' root_north='' root_centre='' root_south=''

stop_all() {
	for PG_ROOT in $ROOTS; do
		pg_stop
	done
}

# The SQL block that follows <!-- test: NAME --> in docs/postgresql.md
documented() {
	sed -n "/<!-- test: $1 -->/,/^\`\`\`\$/p" docs/postgresql.md | sed '1,2d;$d'
}

# on SERVER ROLE ARGS...: psql there
on() {
	eval "PG_ROOT=\$root_$1"
	role=$2
	shift 2
	psql_as "$role" rasoat "$@"
}

start() {
	for server in coordinator north centre south; do
		pg_start || return 1
		ROOTS="$ROOTS $PG_ROOT"
		eval "root_$server=$PG_ROOT"
		documented roles | psql_as postgres postgres -f - || return 1
	done
}

shards() {
	for server in north centre south; do
		"$RASOAT" schema --for shard | on $server rasoat_owner -f - &&
			documented "shard grants" | on $server rasoat_owner -f - || return 1
	done
}

# stores WORKSPACE ROLE
stores() {
	PG_ROOT=$root_coordinator
	address=$(pg_uri "$2" rasoat)
	sed -i "s#<stores .*#<stores cases=\"$address\" accounts=\"$address\" ledger=\"sqlite:ledger.db\"/>#" \
		"$SCRATCH/$1/rasoat.xml"
}

coordinator() {
	workspace lite && workspace owner && workspace reader && stores owner rasoat_owner &&
		stores reader rasoat_reader || return 1
	"$RASOAT" -C "$SCRATCH/owner" init --stores || return 1
	documented servers | sed "s#host 'north[^']*'#host '$root_north'#; s#host 'centre[^']*'#host '$root_centre'#;
		s#host 'south[^']*'#host '$root_south'#" | on coordinator postgres -f -
}

partitions() {
	"$RASOAT" schema --for coordinator >"$SCRATCH/split.sql"
	on coordinator rasoat_owner -f "$SCRATCH/split.sql" >"$SCRATCH/out" 2>&1 && return 1
	grep -q "rasoat_functions.shard is empty; put a row (province_code, server) there for each province" "$SCRATCH/out" ||
		return 1
	documented provinces | on coordinator rasoat_owner -f - || return 1
	for w in lite owner; do
		"$RASOAT" -C "$SCRATCH/$w" import samples/extracts/unit.csv samples/extracts/unit_parent.csv || return 1
	done
	on coordinator rasoat_owner -f "$SCRATCH/split.sql" >/dev/null &&
		documented grants | on coordinator rasoat_owner -f -
}

# import_both EXTRACTS: the same words on both.
import_both() {
	for w in lite owner; do
		(cd "$SCRATCH/$w" && "$RASOAT" import "$1") >"$SCRATCH/import.$w" || { cat "$SCRATCH/import.$w"; return 1; }
	done
	cmp "$SCRATCH/import.lite" "$SCRATCH/import.owner"
}

import_twice() {
	import_both "$1" && awk '/^total / { exit $5 != 0 || $6 != 0 }' "$SCRATCH/import.owner"
}

# Every shard holds rows of its own provinces, beside their accounts and cases.
placed() {
	for server in north centre south; do
		for t in rasoat_accounts.account rasoat_accounts.account_role rasoat_cases.case_file \
			rasoat_cases.case_event rasoat_cases.visit rasoat_cases.petition; do
			n=$(on $server rasoat_owner -At -c "SELECT count(*) FROM $t") || return 1
			echo "$server $t $n"
			[ "$n" -gt 0 ] || return 1
		done
		n=$(on $server rasoat_owner -At -c "SELECT count(*) FROM rasoat_accounts.account_role g LEFT JOIN rasoat_accounts.account a USING (account_id) WHERE a.account_id IS NULL")
		[ "$n" -eq 0 ] || { echo "$server: $n grants without their account"; return 1; }
	done
}

# Everything written, in every format, from both; as the reader.
same_outputs() {
	for w in lite reader; do
		rm -rf "$SCRATCH/$w/out"
		mkdir "$SCRATCH/$w/out"
		rm -f "$SCRATCH/$w"/ledger.*
		(
			cd "$SCRATCH/$w" || exit 1
			"$RASOAT" init --stores >/dev/null 2>&1
			"$RASOAT" audit --as-of 2026-10-05 --format xlsx,pdf,jsonl,text | sed 's/ *[0-9.]*$//'
			"$RASOAT" audit --as-of 2026-07-01 --unit "$1" --format jsonl | sed 's/ *[0-9.]*$//'
			"$RASOAT" report 01-TCD 02-XLD 907 --period 2026-Q3 --format xlsx,pdf,jsonl,text
			"$RASOAT" report 01-TCD 907 --period 2026-Q2 --unit "$1" --format jsonl
			sqlite3 ledger.db "SELECT run_id, as_of, unit, rules_digest, params FROM run" \
				"SELECT * FROM finding" "SELECT * FROM run_rule" "SELECT * FROM run_finding"
		) >"$SCRATCH/said.$w" 2>&1
	done
	cmp "$SCRATCH/said.lite" "$SCRATCH/said.reader" || { diff "$SCRATCH/said.lite" "$SCRATCH/said.reader" | head -n 20; return 1; }
	[ "$(find "$SCRATCH/lite/out" -type f | wc -l)" -ge 15 ] && diff -r "$SCRATCH/lite/out" "$SCRATCH/reader/out"
}

# New units: their rows wait on the coordinator until the partitions are made again.
new_units() {
	"$BUILD/rasoat-samples" --units 60 --accounts 3000 --cases 1500 --seed 11 --out "$SCRATCH/extracts" || return 1
	import_both "$SCRATCH/extracts" || return 1
	before=$(on north rasoat_owner -At -c "SELECT count(*) FROM rasoat_accounts.account")
	on coordinator rasoat_owner -f "$SCRATCH/split.sql" >/dev/null || return 1
	after=$(on north rasoat_owner -At -c "SELECT count(*) FROM rasoat_accounts.account")
	echo "north: $before accounts, then $after"
	[ "$after" -gt "$before" ] && import_twice "$SCRATCH/extracts" || return 1
	for server in north centre south; do # as autovacuum would
		on $server postgres -c "ANALYZE"
	done
}

# $account and its grants are in the south, and nowhere else.
in_the_south() {
	for t in account account_role; do
		n=$(on north rasoat_owner -At -c "SELECT count(*) FROM rasoat_accounts.$t WHERE account_id = '$account'")
		m=$(on south rasoat_owner -At -c "SELECT count(*) FROM rasoat_accounts.$t WHERE account_id = '$account'")
		echo "$account in $t: $n in the north, $m in the south"
		[ "$n" -eq 0 ] && [ "$m" -gt 0 ] || return 1
	done
}

# An account that goes to another province takes its grants along; nothing else changes places.
moved() {
	mkdir -p "$SCRATCH/moved"
	account=$(on north rasoat_owner -At -c "SELECT min(account_id) FROM rasoat_accounts.account_role")
	unit=$(on coordinator rasoat_owner -At -c "SELECT min(unit_id) FROM rasoat_accounts.account__south")
	on coordinator rasoat_owner -c "COPY (SELECT account_id, system_id, login, '$unit' AS unit_id FROM rasoat_accounts.account
		WHERE account_id = '$account') TO STDOUT (FORMAT csv, HEADER)" >"$SCRATCH/moved/account.csv"
	import_both "$SCRATCH/moved" || return 1
	in_the_south || return 1
	# What the extract does not have stays as it was.
	[ -n "$(on south rasoat_owner -At -c "SELECT opened_on FROM rasoat_accounts.account WHERE account_id = '$account'")" ]
}

# The south has committed and the north has not: the account and its grants are in both.
half_committed() {
	account=$(on north rasoat_owner -At -c "SELECT min(account_id) FROM rasoat_accounts.account_role")
	unit=$(on coordinator rasoat_owner -At -c "SELECT min(unit_id) FROM rasoat_accounts.account__south")
	rm -rf "$SCRATCH/moved" && mkdir "$SCRATCH/moved"
	on coordinator rasoat_owner -c "COPY (SELECT account_id, system_id, login, '$unit' AS unit_id FROM rasoat_accounts.account
		WHERE account_id = '$account') TO STDOUT (FORMAT csv, HEADER)" >"$SCRATCH/moved/account.csv"
	for t in account account_role; do
		on north rasoat_owner -c "COPY (SELECT * FROM rasoat_accounts.$t WHERE account_id = '$account') TO STDOUT" >"$SCRATCH/$t.rows"
		on south rasoat_owner -c "\\copy rasoat_accounts.$t FROM '$SCRATCH/$t.rows'" \
			-c "UPDATE rasoat_accounts.$t SET unit_id = '$unit' WHERE account_id = '$account'" || return 1
	done
	for w in lite owner; do
		"$RASOAT" -C "$SCRATCH/$w" import "$SCRATCH/moved" || return 1
	done
	in_the_south || return 1
}

# explained RULE [OPTION...]: its part of the plan, in $SCRATCH/plan
explained() {
	"$RASOAT" -C "$SCRATCH/reader" audit --as-of 2026-10-05 --explain-plan --rule "$@" >"$SCRATCH/plan" ||
		{ cat "$SCRATCH/plan"; return 1; }
}

# shown N PATTERN: in just so many lines of the plan
shown() {
	n=$(grep -Ec "$2" "$SCRATCH/plan")
	[ "$n" -eq "$1" ] || { echo "$n lines, expected $1: $2"; cat "$SCRATCH/plan"; return 1; }
}

# Whole conditions with as-of date, days and missing facts go to all shards at once; no column is filtered here.
filters_ship() {
	explained ACC-05 &&
		shown 3 "Async Foreign Scan on rasoat_accounts.account__(north|centre|south)" &&
		shown 3 "Remote SQL: SELECT account_id.* WHERE .*2026-10-05.*make_date.* > 90" &&
		! grep -A 3 "Foreign Scan" "$SCRATCH/plan" | grep "Filter:"
}

counts_ship() {
	explained CAS-01 && shown 3 "Relations: Aggregate on" &&
		shown 3 "Remote SQL: SELECT unit_id, count\(\*\), 0 FROM rasoat_cases.case_file WHERE .* GROUP BY 1"
}

joins_ship() {
	explained PER-03 && shown 6 "Async Foreign Scan" &&
		shown 6 "Remote SQL: .* INNER JOIN rasoat_accounts.account_role .*account_id = .*account_id" &&
		shown 3 "Remote SQL: .*approval_no IS NULL"
}

# A person's payments and books lie on one shard: findings and rows examined are joined there.
persons_meet() {
	explained BEN-05 && shown 6 "Relations: .*benefit_payment__.* INNER JOIN .*insurance_book__" &&
		explained BEN-06 && shown 6 "Relations: .*benefit_payment__.* LEFT JOIN .*insurance_book__"
}

# One province, one shard.
only_one_shard() {
	explained ACC-05 --unit 80 && shown 2 "Remote SQL" && shown 2 "account__south" && shown 0 "account__(north|centre)"
}

# What the shards were asked for while a form was made: sums by unit, not rows.
forms_ship() {
	for server in north centre south; do
		on $server postgres -c "ALTER DATABASE rasoat SET log_statement = 'all'" || return 1
	done
	# A check of the generated petitions fails: exit code 2.
	exits 2 "$RASOAT" -C "$SCRATCH/reader" report 02-XLD --period 2026-Q3 --format jsonl || return 1
	for server in north centre south; do
		eval "PG_ROOT=\$root_$server"
		grep -Eq "^[[:space:]]SELECT unit_id, .*(sum|count)\(.* FROM rasoat_cases.petition WHERE .*2026-06-15.* GROUP BY 1" "$PG_ROOT/home/log" ||
			{ grep -A 3 "DECLARE" "$PG_ROOT/home/log" | head -n 20; return 1; }
	done
}

check_plans() {
	"$RASOAT" -C "$SCRATCH/reader" check
}

# A shard that is gone ends the run; earlier outputs stay.
shard_gone() {
	cp -R "$SCRATCH/reader" "$SCRATCH/gone"
	PG_ROOT=$root_south
	as_server "$pg_bin/pg_ctl" -D "$PG_ROOT/data" -m immediate -w stop >/dev/null 2>&1
	exits 1 "$RASOAT" -C "$SCRATCH/gone" audit --as-of 2026-10-05 || return 1
	cat "$SCRATCH/err"
	[ "$(wc -l <"$SCRATCH/err")" -eq 1 ] && grep -q "the connection to the server is lost (could not connect to server \"south\")" "$SCRATCH/err" &&
		diff -r "$SCRATCH/reader/out" "$SCRATCH/gone/out"
}

run "four servers with roles and databases as documented" start
run "the tables of the shards" shards
run "the coordinator knows its shards" coordinator
run "the partitions" partitions
run "import through the coordinator says the same" import_both "$ROOT/samples/extracts"
run "importing again changes nothing" import_twice "$ROOT/samples/extracts"
run "rows lie with their provinces" placed
run "samples: findings, forms, ledger are the same bytes" same_outputs 80
run "new units" new_units
run "an account goes to another province" moved
run "an import that broke off between two servers is repaired by the next" half_committed
run "rows lie with their provinces again" placed
run "check plans every rule and form" check_plans
run "conditions run on all shards at once" filters_ship
run "counts run on the shards" counts_ship
run "grants are joined to their accounts on the shards" joins_ship
run "payments are joined to the books of their persons on the shards" persons_meet
run "an audit of one unit asks one shard" only_one_shard
run "generated: findings, forms, ledger are the same bytes" same_outputs 01
run "figures are summed on the shards" forms_ship
[ -n "${KEEP-}" ] && { echo "$ROOTS $SCRATCH" >"$KEEP"; while [ -f "$KEEP" ]; do sleep 1; done; }
run "a shard that is gone" shard_gone
finish
