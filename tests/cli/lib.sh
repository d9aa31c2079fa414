# Shared by tests/cli/test_*.sh: each test is a function; `run NAME FUNCTION` prints its line.
# shellcheck shell=sh
set -u
ROOT=$(pwd)
RASOAT=${RASOAT:-$ROOT/build/rasoat}
# The rules and templates of this tree, whichever binary runs.
RASOAT_DATADIR=$ROOT
export RASOAT_DATADIR
SCRATCH=$(mktemp -d)
trap 'chmod -R u+rwx "$SCRATCH"; rm -rf "$SCRATCH"' EXIT
failures=0

run() {
	name=$1
	shift
	rm -f "$SCRATCH/why"
	if "$@" >"$SCRATCH/log" 2>&1; then
		echo "ok $name"
	else
		echo "not ok $name"
		sed 's/^/# /' "$SCRATCH/log"
		[ -f "$SCRATCH/why" ] && sed 's/^/# /' "$SCRATCH/why"
		failures=$((failures + 1))
	fi
}

# fails TEXT COMMAND...: exit code 1, exactly TEXT on stderr.
fails() {
	want=$1
	shift
	"$@" >"$SCRATCH/out" 2>"$SCRATCH/err"
	code=$?
	if [ $code -ne 1 ]; then
		echo "exit code $code, expected 1; stderr:" >"$SCRATCH/why"
		cat "$SCRATCH/err" >>"$SCRATCH/why"
		return 1
	fi
	printf '%s\n' "$want" >"$SCRATCH/want"
	if ! cmp -s "$SCRATCH/want" "$SCRATCH/err"; then
		{ echo "expected:"; cat "$SCRATCH/want"; echo "printed:"; cat "$SCRATCH/err"; } >"$SCRATCH/why"
		return 1
	fi
}

# exits CODE COMMAND...
exits() {
	code=$1
	shift
	"$@" >"$SCRATCH/out" 2>"$SCRATCH/err"
	got=$?
	[ $got -eq "$code" ] && return 0
	{ echo "exit code $got, expected $code: $*"; cat "$SCRATCH/out" "$SCRATCH/err"; } >"$SCRATCH/why"
	return 1
}

# workspace NAME: a fresh one without data.
workspace() {
	rm -rf "${SCRATCH:?}/$1"
	"$RASOAT" init "$SCRATCH/$1" >/dev/null
}

finish() {
	[ "$failures" -eq 0 ]
}
