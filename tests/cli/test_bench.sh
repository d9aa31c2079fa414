#!/bin/sh
# Every program of `make bench` runs, and both sides of a row make the same: small, and not for the time it takes.
. tests/cli/lib.sh
BENCH_WORK=$SCRATCH/bench
export BENCH_WORK
BUILD=${BUILD:-build}
export BUILD

bench() { # SCALE ROW...: no row may say that it was not measured
	scale=$1
	shift
	BENCH_RUNS=1 BENCH_SCALE=$scale sh tests/bench/bench.sh "$@" >"$SCRATCH/table" 2>&1
	code=$?
	cat "$SCRATCH/table"
	[ $code -eq 0 ]
}
measured() {
	bench 0.003 "$1" && grep -q "$2" "$SCRATCH/table"
}

same_sheets() {
	python3 - "$BENCH_WORK/ours.xlsx" "$BENCH_WORK/bare.xlsx" <<'P'
import sys
import openpyxl
def rows(path):
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    return [[cell for cell in row] for row in sheet.iter_rows(values_only=True)]
ours, bare = map(rows, sys.argv[1:])
assert len(bare) > 300, len(bare)
assert ours[-300:] == bare[-300:], [(a, b) for a, b in zip(ours[-300:], bare[-300:]) if a != b][:3]
P
}
same_pages() { # OURS BARE: the same words in the same order
	pdftotext -layout "$1" "$SCRATCH/ours.txt" 2>/dev/null || return 1
	pdftotext -layout "$2" "$SCRATCH/bare.txt" 2>/dev/null || return 1
	for side in ours bare; do # how wide a gap is drawn depends on how the text is put together
		tr -s ' \n\f' '\n' <"$SCRATCH/$side.txt" >"$SCRATCH/$side.words"
	done
	[ "$(wc -w <"$SCRATCH/ours.txt")" -gt 50 ] && diff "$SCRATCH/ours.words" "$SCRATCH/bare.words"
}
same_pack() { # as many files, and those of one province
	(cd "$BENCH_WORK/pack" && find ours -type f ! -name 'pack-*' | wc -l && find bare -type f | wc -l) | uniq >"$SCRATCH/counts"
	[ "$(wc -l <"$SCRATCH/counts")" -eq 1 ] || return 1
	for form in 01-TCD 02-XLD 907; do
		same_pages "$(find "$BENCH_WORK/pack/ours" -name "$form*-01.pdf")" \
			"$BENCH_WORK/pack/bare/$form-01.pdf" || return 1
	done
}
same_letters() {
	ours=$(find "$BENCH_WORK/letters-ours" -name '*.pdf' | sort)
	bare=$(find "$BENCH_WORK/letters-bare" -name '*.pdf' | sort)
	[ "$(echo "$ours" | wc -l)" -eq "$(echo "$bare" | wc -l)" ] || return 1
	same_pages "$(echo "$ours" | tail -n 1)" "$(echo "$bare" | tail -n 1)"
}
same_findings() { # EXTRACTS AS-OF: hand-written SQL and rasoat, every key and cell
	workspace ws
	"$RASOAT" -C "$SCRATCH/ws" import "$1"
	"$RASOAT" -C "$SCRATCH/ws" audit --as-of "$2" --format jsonl
	sh tests/bench/audit_sql.sh "$SCRATCH/ws" "$2" >"$SCRATCH/run.sql" || return 1
	rm -rf "$SCRATCH/sql"
	mkdir "$SCRATCH/sql"
	(cd "$SCRATCH/sql" && sqlite3 -bail :memory: ".read ../run.sql") || return 1
	python3 tests/bench/audit_compare.py "$SCRATCH/ws/out/audit-$2.jsonl" "$SCRATCH/sql" >"$SCRATCH/compared"
	code=$?
	cat "$SCRATCH/compared"
	[ $code -eq 0 ] && [ "$(wc -l <"$SCRATCH/compared")" -eq 16 ]
}
same_stores() { # EXTRACTS: every table with the same rows; .import cannot tell empty from not known
	workspace stores
	"$RASOAT" -C "$SCRATCH/stores" import "$1"
	sh tests/bench/import_sqlite.sh "$1" "$SCRATCH/bare" "$RASOAT" || return 1
	for store in cases accounts; do
		sqlite3 "$SCRATCH/bare/$store.db" "SELECT name FROM sqlite_schema WHERE type = 'table'
			AND name NOT IN ('rasoat_meta', 'import_log', 'quarantine') AND name NOT LIKE 'sqlite_%'" \
			>"$SCRATCH/tables"
		[ "$(wc -l <"$SCRATCH/tables")" -gt 10 ] || return 1
		while read -r table; do
			columns=$(sqlite3 "$SCRATCH/stores/$store.db" "SELECT group_concat(name, ', ') FROM pragma_table_info('$table')")
			for side in stores bare; do
				sqlite3 "$SCRATCH/$side/$store.db" "SELECT $columns FROM $table ORDER BY $columns" >"$SCRATCH/$side.rows"
			done
			cmp "$SCRATCH/stores.rows" "$SCRATCH/bare.rows" || return 1
		done <"$SCRATCH/tables"
		for side in stores bare; do
			sqlite3 "$SCRATCH/$side/$store.db" "SELECT name FROM sqlite_schema WHERE type = 'index'" |
				sort >"$SCRATCH/$side.rows"
		done
		cmp "$SCRATCH/stores.rows" "$SCRATCH/bare.rows" || return 1
	done
}
unknown_row() {
	fails "error: tables: no such row; rows are import audit workbook table letters pack check growth" \
		sh tests/bench/bench.sh tables
}

run "import is measured" measured import "import of 3000 accounts"
run "both imports make the same stores" same_stores "$BENCH_WORK/extracts-3000"
run "audit is measured" measured audit "audit rules of audit.sql"
run "rasoat and the SQL find the same in generated extracts" same_findings "$BENCH_WORK/extracts-3000" 2026-10-05
run "rasoat and the SQL find the same in the samples" same_findings samples/extracts 2026-10-05
run "and before the law of 2025" same_findings samples/extracts 2026-06-30
run "the workbook is measured" measured workbook "findings workbook, 300 x 12"
run "both workbooks hold the same" same_sheets
run "the list in PDF is measured" measured table "table report, 3 pages"
run "both lists say the same" same_pages "$BENCH_WORK/ours.pdf" "$BENCH_WORK/bare.pdf"
run "letters are measured" measured letters "1 letters"
run "both letters say the same" same_letters
run "the pack is measured" measured pack "pack of 34 provinces"
run "both packs say the same" same_pack
run "check is measured" measured check "check of 200 rules"
run "growth is measured" measured growth "^3000"
run "an unknown row" unknown_row
finish
