#!/bin/sh
# The bare side of an import: the extracts by `.import` of the sqlite3 shell into the tables that rasoat
# would make, no journal, no checks, then the same indexes and statistics. Prints nothing but errors.
#
#   import_sqlite.sh EXTRACTS OUTDIR RASOAT_BINARY
set -eu
[ $# -eq 3 ] || { echo "usage: import_sqlite.sh EXTRACTS OUTDIR RASOAT_BINARY" >&2; exit 1; }
extracts=$1
out=$2
rasoat=$3
here=$(cd "$(dirname "$0")" && pwd)
RASOAT_DATADIR=${RASOAT_DATADIR:-$here/../..} # what init copies, whichever binary it is
export RASOAT_DATADIR
[ -d "$extracts" ] || { echo "$extracts: no such folder" >&2; exit 1; }
mkdir -p "$out"
work=$(mktemp -d "$out/import.XXXXXX")
trap 'rm -rf "$work"' EXIT
"$rasoat" init "$work/made" >/dev/null

for store in cases accounts; do
	rm -f "$out/$store.db"
	python3 "$here/tables_as.py" "$work/made/$store.db" "$extracts" "$work/tables" "$work/columns"
	{
		printf 'PRAGMA journal_mode = OFF;\nPRAGMA synchronous = OFF;\n.mode csv\n'
		cat "$work/tables" "$work/columns"
		sqlite3 "$work/made/$store.db" "SELECT sql || ';' FROM sqlite_schema
			WHERE type = 'index' AND sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
		echo 'ANALYZE;'
	} >"$work/$store.sql"
	sqlite3 -bail "$out/$store.db" <"$work/$store.sql" >"$work/said" || { cat "$work/said" >&2; exit 1; }
done
