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
ROOTS=

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
		rm -f "$SCRATCH/$w/ledger.db"
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
	cmp "$SCRATCH/said.lite" "$SCRATCH/said.reader" || { diff "$SCRATCH/said.lite" "$SCRATCH/said.reader"; return 1; }
	[ "$(find "$SCRATCH/lite/out" -type f | wc -l)" -ge 15 ] && diff -r "$SCRATCH/lite/out" "$SCRATCH/reader/out"
}

run "four servers with roles and databases as documented" start
run "the tables of the shards" shards
run "the coordinator knows its shards" coordinator
run "the partitions" partitions
run "import through the coordinator says the same" import_both "$ROOT/samples/extracts"
run "importing again changes nothing" import_twice "$ROOT/samples/extracts"
run "rows lie with their provinces" placed
run "samples: findings, forms, ledger are the same bytes" same_outputs 80
[ -n "${KEEP-}" ] && { echo "$ROOTS $SCRATCH"; read -r _; }
finish
