#!/bin/sh
# Runs every test and closes with one line, "N passed, N failed"; exit code 1 when any failed.
#
#   tests/unit/test_*.c        as built in $BUILD/tests/unit, cmocka in TAP
#   tests/cli/test_*.sh        if executable
#   tests/independent/*.py     but for helpers, whose names begin with "_"
#
# Each prints a line "ok NAME" or "not ok NAME" per test. They run in the project's root, two at
# a time, with RASOAT (the program), BUILD and a TMPDIR of their own, which goes away after.
# Words after the command choose the tests whose path holds one of them: tests/run.sh xml date
set -u
cd "$(dirname "$0")/.." || exit 1
PATH=/usr/bin:$PATH # the packages of packages.txt belong to Debian's own python3
export PATH

if [ "${1-}" = --one ]; then # one test, its log and exit code kept for the sum below
	log="$WORK/$(echo "$2" | tr / _)"
	TMPDIR="$log.tmp"
	export TMPDIR
	mkdir "$TMPDIR"
	case $2 in
	*.c) timeout 300 "$BUILD/${2%.c}" ;;
	*.sh) timeout 600 sh "$2" ;;
	*) timeout 600 python3 "$2" ;;
	esac >"$log.log" 2>&1 </dev/null
	echo $? >"$log.rc"
	chmod -R u+rwx "$TMPDIR" && rm -rf "$TMPDIR"
	exit 0
fi

BUILD=$(cd "${BUILD:-build}" && pwd) || exit 1
RASOAT="$BUILD/rasoat"
WORK=$(mktemp -d) || exit 1
chmod 711 "$WORK" # one test becomes nobody in it
trap 'rm -rf "$WORK"' EXIT
trap 'exit 130' INT TERM
CMOCKA_MESSAGE_OUTPUT=TAP
LC_ALL=C.UTF-8
PYTHONDONTWRITEBYTECODE=1
export BUILD RASOAT WORK CMOCKA_MESSAGE_OUTPUT LC_ALL PYTHONDONTWRITEBYTECODE
unset SOURCE_DATE_EPOCH MAKEFLAGS MAKELEVEL

chosen() {
	for word in "$@"; do
		case $test in *"$word"*) return 0 ;; esac
	done
	[ $# -eq 0 ]
}
for test in tests/unit/test_*.c tests/cli/test_*.sh tests/independent/[!_]*.py; do
	case $test in *.sh) [ -x "$test" ] || continue ;; esac
	[ -f "$test" ] && chosen "$@" && echo "$test"
done >"$WORK/list"
xargs -r -P 2 -n 1 sh tests/run.sh --one <"$WORK/list"

passed=0
failed=0
while read -r test; do
	log="$WORK/$(echo "$test" | tr / _)"
	rc=$(cat "$log.rc" 2>/dev/null || echo "none")
	good=$(grep -c '^ok ' "$log.log")
	bad=$(grep -c '^not ok ' "$log.log")
	# Died half-way, or never began.
	if [ "$bad" -eq 0 ] && { [ "$rc" != 0 ] || [ "$good" -eq 0 ]; }; then
		bad=1
	fi
	passed=$((passed + good))
	failed=$((failed + bad))
	if [ "$bad" -eq 0 ]; then
		echo "$test: $good"
	else
		echo "$test: $good, NOT OK: $bad (exit code $rc)"
		grep -v '^ok ' "$log.log" | head -n 100 | sed 's/^/    /'
	fi
done <"$WORK/list"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
