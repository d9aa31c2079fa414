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
log=$ws/demo.log

if [ ! -x "$rasoat" ]; then
	echo "error: no program $rasoat; run 'make'" >&2
	exit 1
fi

step() {
	printf '\n== %s\n' "$1"
}

# Runs rasoat in the workspace; its output goes to the screen and to the log. Exit code 2 means
# "something was found", which is what a demonstration is for.
run() {
	echo "\$ rasoat $*"
	rc=0
	"$rasoat" -C "$ws" "$@" >"$ws/step.log" 2>&1 || rc=$?
	cat "$ws/step.log"
	cat "$ws/step.log" >>"$log"
	if [ "$rc" -ne 0 ] && [ "$rc" -ne 2 ]; then
		echo "error: rasoat $1 ended with exit code $rc" >&2
		exit 1
	fi
}

step "1. A workspace: rules, templates, two stores"
rm -rf "$ws"
"$rasoat" init "$ws"

step "2. The extracts go into the stores; unreadable rows go to the quarantine"
run import samples/extracts

step "3. The rules and templates prove themselves on their own examples"
run check

step "4. Every rule over both stores, as of $as_of"
run audit --as-of "$as_of"

step "5. Statutory forms and the account report of $period: whole sector, then BHXH tỉnh Tây Ninh (80)"
run report 907 01-TCD 02-XLD --period "$period" --format xlsx,pdf
run report 907 01-TCD 02-XLD --period "$period" --unit 80 --format xlsx,pdf

step "What is there now"
grep '^total' "$log" | awk '{ print "audit:  " $2 " findings, " $3 " indeterminate" }'
awk '/^[0-9][^ ]*, / { title = $0 } /totals:/ { print title; sub(/^ */, "        "); print }' "$log" |
	cut -c 1-150
echo
for file in "$ws"/out/*; do
	printf '%8s  %s\n' "$(wc -c <"$file")" "$file"
done
