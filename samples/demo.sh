#!/bin/sh
# What rasoat does, on the sample extracts: from CSV lists to findings and statutory forms.
#
#   RASOAT=path/to/rasoat sh samples/demo.sh       (make demo)
set -eu
cd "$(dirname "$0")/.."

rasoat=${RASOAT:-build/rasoat}
ws=$(dirname "$rasoat")/demo
as_of=2026-10-05
period=2026-Q3
unit=80
RASOAT_DATADIR=${RASOAT_DATADIR:-$PWD} # the rules and templates of this tree
export RASOAT_DATADIR

if [ ! -x "$rasoat" ]; then
	echo "error: no program $rasoat; run 'make'" >&2
	exit 1
fi

step() {
	printf '\n== %s\n' "$1"
}

# Runs rasoat in the workspace; its output goes to the screen and to a log named by the first
# argument. Exit code 2 means "something was found", which is what a demonstration is for.
run() {
	log=$ws/$1.log
	shift
	echo "\$ rasoat $*"
	rc=0
	"$rasoat" -C "$ws" "$@" >"$log" 2>&1 || rc=$?
	cat "$log"
	if [ "$rc" -ne 0 ] && [ "$rc" -ne 2 ]; then
		echo "error: rasoat $1 ended with exit code $rc" >&2
		exit 1
	fi
}

# What the command itself said about the file it wrote; forms by their first columns.
headline() {
	case $1 in
	quarantine) awk '/^total / { print $4 " rows that could not be read" }' "$ws/import.log" ;;
	audit-*) awk '/^total / { print $2 " findings, " $3 " indeterminate" }' "$ws/audit.log" ;;
	01-TCD-*) figures "$1" "receptions" "people" "cases" "large groups" ;;
	02-XLD-*) figures "$1" "petitions" "handled" "eligible" "of own authority" ;;
	907-*) figures "$1" "accounts" "opened" "locked" "changed" "at the end" ;;
	esac
}

# figures LOG WORD...: the totals of columns 1, 2, … with a word each, and how the checks went.
figures() {
	log=$ws/$1.log
	shift
	line=
	n=1
	for word in "$@"; do
		line="$line, $(sed -n "s/.*totals:.*($n) \([0-9]*\).*/\1/p" "$log") $word"
		n=$((n + 1))
	done
	echo "${line#, }; $(sed -n 's/^ *checks: \([0-9]* passed, [0-9]* failed\).*/checks: \1/p' "$log")"
}

step "1. A workspace: rules, templates, two stores"
rm -rf "$ws"
"$rasoat" init "$ws"
cp samples/waivers.xml "$ws/" # approved exceptions, one of each kind

step "2. The extracts go into the stores; unreadable rows go to the quarantine"
run import import samples/extracts

step "3. The rules and templates prove themselves on their own examples"
run check check

step "4. Every rule over both stores, as of $as_of"
run audit audit --as-of "$as_of"

step "5. Statutory forms and the account report of $period: whole sector, then BHXH tỉnh Tây Ninh ($unit)"
for form in 907 01-TCD 02-XLD; do
	run "$form-$period" report "$form" --period "$period" --format xlsx,pdf
	run "$form-$period-$unit" report "$form" --period "$period" --unit "$unit" --format xlsx,pdf
done

step "Written into $ws/out"
for file in "$ws"/out/*; do
	name=${file##*/}
	size=$((($(wc -c <"$file") + 1023) / 1024))
	printf '%-24s %5d KiB  %s\n' "$name" "$size" "$(headline "${name%.*}")"
done
