#!/bin/sh
# Measures rasoat against bare programs that do the same work with nothing but the library, and prints one table.
# `make bench` builds what it needs and calls it; docs/performance.md says how to read the table.
#
#   bench.sh [ROW...]    rows: import audit workbook table letters pack check growth; without words all
#
#   BUILD=build       where the programs are
#   BENCH_WORK=$BUILD/bench   data, made once, and outputs
#   BENCH_RUNS=5      runs of each side, in alternation; the table shows medians
#   BENCH_SCALE=1     size of the work: 0.01 is a hundredth (and says nothing about the reach)
#   BENCH_JOBS=2      threads of rasoat
#   BENCH_GROWTH_RUNS=1
#
# Exit code: 0 every row was measured, 1 one could not be.
# shellcheck disable=SC2317  # rows and sides are called by name
set -u
cd "$(dirname "$0")/../.." || exit 1
here=$(pwd)/tests/bench
BUILD=$(cd "${BUILD:-build}" && pwd) || exit 1
RASOAT=$BUILD/rasoat
RASOAT_DATADIR=$(pwd)
programs=$BUILD/tests/bench
work=${BENCH_WORK:-$BUILD/bench}
runs=${BENCH_RUNS:-5}
scale=${BENCH_SCALE:-1}
jobs=${BENCH_JOBS:-2}
growth_runs=${BENCH_GROWTH_RUNS:-1}
as_of=2026-10-05
LC_ALL=C.UTF-8
export BUILD RASOAT RASOAT_DATADIR LC_ALL
status=0
mkdir -p "$work" || exit 1
log=$work/log
tries=$work/tries
: >"$log"

# --- measuring ------------------------------------------------------------------------------------

timed() { # [-x CODE] COMMAND...: one line, seconds and KiB. What earlier runs left to be written is written first.
	sync
	"$programs/run" "$@" 2>>"$log"
}

alternate() { # COUNT FUNCTION...: each function once, then again; measures go to $tries.FUNCTION
	count=$1
	shift
	for side in "$@"; do : >"$tries.$side"; done
	i=0
	while [ "$i" -lt "$count" ]; do
		for side in "$@"; do
			"$side" >>"$tries.$side" || return 1
		done
		i=$((i + 1))
	done
}

median() { # COLUMN of $tries.SIDE
	awk -v c="$1" '{ print $c }' "$tries.$2" | sort -n | awk '{ v[NR] = $1 }
		END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

size() { # N at this scale, at least 1
	awk -v n="$1" -v s="$scale" 'BEGIN { n = int(n * s + 0.5); print n < 1 ? 1 : n }'
}

# --- the table ------------------------------------------------------------------------------------

line='%-46s %9s %7s %9s %7s %7s %7s  %s\n'

header() {
	# shellcheck disable=SC2059  # the format is the table's
	printf "$line" work "rasoat s" MiB "bare s" MiB ratio reach reached
}

cells() { # SIDE: its median seconds and MiB
	awk -v s="$(median 1 "$1")" -v k="$(median 2 "$1")" 'BEGIN { printf "%.3f %.0f\n", s, k / 1024 }'
}

cannot() { # LABEL WHY
	printf '%-46s %s\n' "$1" "not measured: $2"
	status=1
}

failed() { # LABEL
	cannot "$1" "$(tail -n 1 "$log" | cut -c 1-120)"
}

present() { # LABEL FILE...: whether all programs of a row are there; says so when not
	label=$1
	shift
	for file in "$@"; do
		[ -x "$file" ] || [ -f "$file" ] || {
			cannot "$label" "${file##*/} is missing"
			return 1
		}
	done
}

compare() { # LABEL REACH: measures the functions ours and bare, prints the row
	alternate "$runs" ours bare || {
		failed "$1"
		return
	}
	# shellcheck disable=SC2046,SC2059,SC2086  # cells are words, the format is the table's
	set -- "$1" "$2" $(cells ours) $(cells bare) \
		$(awk -v a="$(median 1 ours)" -v b="$(median 1 bare)" 'BEGIN { print a / b }')
	# shellcheck disable=SC2059
	printf "$line" "$1" "$3" "$4" "$5" "$6" "$(printf %.3f "$7")" "<= $2" "$(reached "$7" "$2")"
}

reached() { # VALUE REACH
	awk -v a="$1" -v b="$2" -v s="$scale" 'BEGIN { print s != 1 ? "(not full size)" : a <= b ? "yes" : "no" }'
}

# --- data -----------------------------------------------------------------------------------------

extracts() { # ACCOUNTS: makes them once; prints the folder
	dir=$work/extracts-$1
	if [ ! -e "$dir/done" ]; then
		rm -rf "$dir"
		"$BUILD/rasoat-samples" --seed 1 --units "$(units "$1")" --accounts "$1" --cases $(($1 / 2)) \
			--as-of "$as_of" --out "$dir" >/dev/null 2>>"$log" || return 1
		mv "$dir" "$dir.new" && mkdir "$dir" && mv "$dir.new"/* "$dir" && rmdir "$dir.new" || return 1
		touch "$dir/done"
	fi
	echo "$dir"
}

units() { # of a set of that many accounts: the sector has 800
	[ "$1" -lt 10000 ] && echo 40 || echo 800
}

imported() { # ACCOUNTS: a workspace with them, made again when the store's source changed; prints it
	data=$(extracts "$1") || return 1
	ws=$work/workspace-$1
	sum=$(cat src/store/*.c include/rasoat/store.h include/rasoat/schema.h | cksum)
	if [ "$(cat "$ws/imported-by" 2>/dev/null)" != "$sum" ]; then
		rm -rf "$ws"
		"$RASOAT" init "$ws" >/dev/null 2>>"$log" &&
			"$RASOAT" -C "$ws" import "$data" >/dev/null 2>>"$log" || return 1
		echo "$sum" >"$ws/imported-by"
	fi
	# Always with the rules and templates of today.
	for folder in rules templates schemas; do
		rm -rf "${ws:?}/$folder"
		cp -r "$folder" "$ws/$folder"
	done
	echo "$ws"
}

fresh() { # WORKSPACE: no earlier run in its ledger, no outputs
	rm -rf "$1/out" "$1"/ledger.*
}

warm() {
	cat "$@" >/dev/null
}

takes() { # COMMAND OPTION: does this rasoat have it?
	"$RASOAT" "$1" --help 2>/dev/null | grep -q -e "$2"
}

# --- the rows -------------------------------------------------------------------------------------

row_import() {
	label="import of $(size 1000000) accounts, $(size 500000) cases"
	present "$label" "$here/import_sqlite.sh" || return
	data=$(extracts "$(size 1000000)") || { failed "$label"; return; }
	warm "$data"/*.csv
	ours() {
		rm -rf "$work/import-ours"
		"$RASOAT" init "$work/import-ours" >/dev/null 2>>"$log" &&
			timed "$RASOAT" -C "$work/import-ours" import "$data"
	}
	bare() {
		rm -rf "$work/import-bare"
		timed sh "$here/import_sqlite.sh" "$data" "$work/import-bare" "$RASOAT"
	}
	compare "$label" 1.0
	rm -rf "$work/import-ours" "$work/import-bare"
}

row_audit() {
	rules=$(sed -n 's/^\.once \([A-Z]*-[0-9]*\)\.tsv$/\1/p' "$here/audit.sql")
	label="the $(echo "$rules" | wc -l) audit rules of audit.sql, $jobs jobs"
	ws=$(imported "$(size 1000000)") || { failed "$label"; return; }
	warm "$ws/accounts.db" "$ws/cases.db"
	how="--as-of $as_of $(echo "$rules" | sed 's/^/--rule /' | tr '\n' ' ')"
	takes audit --jobs && how="$how --jobs $jobs"
	takes audit none && how="$how --format none" || how="$how --format text"
	out=$work/audit-sql
	sh "$here/audit_sql.sh" "$ws" "$as_of" >"$work/audit-run.sql" || { failed "$label"; return; }
	ours() {
		fresh "$ws"
		# shellcheck disable=SC2086  # options
		timed -x 2 "$RASOAT" -C "$ws" audit $how
	}
	bare() {
		rm -rf "$out"
		mkdir "$out"
		timed -C "$out" sqlite3 -bail :memory: ".read $work/audit-run.sql"
	}
	compare "$label" 0.25
}

row_workbook() {
	rows=$(size 100000)
	label="findings workbook, $rows x 12"
	present "$label" "$programs/our_workbook" "$programs/bare_workbook" || return
	ours() {
		rm -f "$work/ours.xlsx"
		timed "$programs/our_workbook" "$rows" "$work/ours.xlsx"
	}
	bare() {
		rm -f "$work/bare.xlsx"
		timed "$programs/bare_workbook" "$rows" "$work/bare.xlsx"
	}
	compare "$label" 0.55
	[ -f "$work/ours.xlsx" ] && [ -f "$work/bare.xlsx" ] &&
		file_sizes "  its file in bytes" 1.35 "$work/ours.xlsx" "$work/bare.xlsx"
}

file_sizes() { # LABEL REACH OURS BARE
	a=$(wc -c <"$3")
	b=$(wc -c <"$4")
	ratio=$(awk -v a="$a" -v b="$b" 'BEGIN { printf "%.3f", a / b }')
	# shellcheck disable=SC2059
	printf "$line" "$1" "$a" "" "$b" "" "$ratio" "<= $2" "$(reached "$ratio" "$2")"
}

row_table() {
	pages=$(size 1000)
	label="table report, $pages pages"
	present "$label" "$programs/our_pdf" "$programs/bare_pdf_table" || return
	ours() {
		rm -f "$work/ours.pdf"
		timed "$programs/our_pdf" table "$pages" "$work/ours.pdf"
	}
	bare() {
		rm -f "$work/bare.pdf"
		timed "$programs/bare_pdf_table" "$pages" "$work/bare.pdf"
	}
	compare "$label" 0.8
}

row_letters() {
	letters=$(size 400)
	label="$letters letters, $jobs jobs"
	present "$label" "$programs/our_pdf" "$programs/bare_pdf_letters" || return
	ours() {
		rm -rf "$work/letters-ours"
		mkdir "$work/letters-ours"
		timed "$programs/our_pdf" letters "$letters" "$work/letters-ours" "$jobs"
	}
	bare() {
		rm -rf "$work/letters-bare"
		mkdir "$work/letters-bare"
		timed "$programs/bare_pdf_letters" "$letters" "$work/letters-bare"
	}
	compare "$label" 0.5
}

row_pack() {
	label="pack of 34 provinces, xlsx + pdf, $jobs jobs"
	present "$label" "$here/pack.sh" "$programs/bare_pack" "$programs/our_pack_dump" || return
	ws=$(imported "$(size 1000000)") || { failed "$label"; return; }
	rm -rf "$work/pack"
	BENCH_JOBS=$jobs
	export BENCH_JOBS
	sh "$here/pack.sh" prepare "$RASOAT" "$ws" "$work/pack" >/dev/null 2>>"$log" || { failed "$label"; return; }
	ours() {
		rm -rf "$work/pack/ours"
		timed sh "$here/pack.sh" ours "$RASOAT" "$ws" "$work/pack"
	}
	bare() {
		rm -rf "$work/pack/bare"
		timed sh "$here/pack.sh" bare "$RASOAT" "$ws" "$work/pack"
	}
	compare "$label" 0.55
}

row_check() {
	rules=200
	label="check of $rules rules with examples"
	present "$label" "$here/many_rules.sh" || return
	ws=$work/check
	rm -rf "$ws"
	{ "$RASOAT" init "$ws" && rm -r "$ws/rules" && sh "$here/many_rules.sh" "$rules" "$ws/rules"; } >/dev/null 2>>"$log" || {
		failed "$label"
		return
	}
	ours() {
		timed "$RASOAT" -C "$ws" check
	}
	alternate "$runs" ours || { failed "$label"; return; }
	# shellcheck disable=SC2046,SC2059
	printf "$line" "$label" $(cells ours) - - - "<= 0.2 s" "$(reached_always "$(median 1 ours)" 0.2)"
}

reached_always() { # the work does not depend on the scale
	awk -v a="$1" -v b="$2" 'BEGIN { print a <= b ? "yes" : "no" }'
}

growth_line='%-26s %9s %7s %9s %7s %9s %7s\n'

row_growth() {
	echo
	echo "growth: seconds and MiB at 1, 2 and 4 times the data"
	# shellcheck disable=SC2059
	printf "$growth_line" accounts import MiB audit MiB "all forms" MiB
	for times in 1 2 4; do
		accounts=$(($(size 250000) * times))
		data=$(extracts "$accounts") || { failed "$accounts"; return; }
		warm "$data"/*.csv
		growth_commands "$data"
		alternate "$growth_runs" grow_import grow_audit grow_forms || { failed "$accounts"; return; }
		# shellcheck disable=SC2046,SC2059
		printf "$growth_line" "$accounts" $(cells grow_import) $(cells grow_audit) $(cells grow_forms)
	done
	rm -rf "$work/growth"
}

growth_commands() { # EXTRACTS
	grow=$1
	grow_import() {
		rm -rf "$work/growth"
		"$RASOAT" init "$work/growth" >/dev/null 2>>"$log" && timed "$RASOAT" -C "$work/growth" import "$grow"
	}
	grow_audit() {
		how="--as-of $as_of --format xlsx,pdf,jsonl"
		takes audit --jobs && how="$how --jobs $jobs"
		# shellcheck disable=SC2086
		timed -x 2 "$RASOAT" -C "$work/growth" audit $how
	}
	grow_forms() {
		how="--period 2026-Q3 --format xlsx,pdf"
		takes report --jobs && how="$how --jobs $jobs"
		# shellcheck disable=SC2086
		timed -x 2 "$RASOAT" -C "$work/growth" report 01-TCD 02-XLD 907 $how
	}
}

# --- all of it ------------------------------------------------------------------------------------

[ $# -gt 0 ] || set -- import audit workbook table letters pack check growth
for row in "$@"; do
	case $row in
	import | audit | workbook | table | letters | pack | check | growth) ;;
	*)
		echo "error: $row: no such row; rows are import audit workbook table letters pack check growth" >&2
		exit 1
		;;
	esac
done
machine() {
	cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
	echo "$(nproc) processors${cpu:+, $cpu}; $(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release)"
	dpkg-query -W -f '${source:Package} ${source:Version}\n' libxlsxwriter-dev libhpdf-dev libsqlite3-dev libisal-dev \
		zlib1g-dev libpcre2-dev gcc 2>/dev/null | sort -u | tr '\n' ',' | sed 's/,$//;s/,/, /g'
	echo
}

echo "rasoat against bare programs: medians of $runs runs in alternation, scale $scale, $(date +%F)"
machine
echo
header
for row in "$@"; do
	"row_$row"
done
exit "$status"
