#!/bin/sh
# The committed sample set is what the generator writes; generated sets depend on the seed alone.
# shellcheck disable=SC2317  # the functions are called through check
set -u
samples=${BUILD:-build}/rasoat-samples
tmp=${TMPDIR:-/tmp}/samples-test.$$
mkdir -p "$tmp" || exit 1
trap 'rm -rf "$tmp"' EXIT
failed=0

check() { # NAME, then a command that must succeed
	name=$1
	shift
	if "$@" >"$tmp/log" 2>&1; then
		echo "ok $name"
	else
		echo "not ok $name"
		head -n 20 "$tmp/log"
		failed=1
	fi
}

same() {
	diff -rq "$1" "$2"
}

differ() {
	! diff -rq "$1" "$2"
}

refuse() { # the message, then the options
	want=$1
	shift
	"$samples" "$@" 2>"$tmp/message" && return 1
	grep -F "$want" "$tmp/message"
}

generate() {
	"$samples" --units 50 --accounts 400 --cases 200 "$@"
}

check "sample set is written" "$samples" --sample --out "$tmp/sample"
check "sample set is the committed one" same "$tmp/sample" samples/extracts
check "a generated set is written" generate --seed 5 --out "$tmp/a"
check "the same seed again" generate --seed 5 --out "$tmp/b"
check "another seed" generate --seed 6 --out "$tmp/c"
check "same seed, same bytes" same "$tmp/a" "$tmp/b"
check "other seed, other rows" differ "$tmp/a" "$tmp/c"
check "empty set" "$samples" --units 1 --accounts 0 --cases 0 --out "$tmp/empty"
check "no --out" refuse "usage: rasoat-samples" --sample
check "a bad number" refuse "error: --units 0: a number from 1 to 10000 is needed" --units 0 --out "$tmp/d"
check "a bad date" refuse "usage: rasoat-samples" --as-of 2026-13 --out "$tmp/d"
check "a bad folder" refuse "error: $tmp/none/d: cannot be made" --sample --out "$tmp/none/d"
exit "$failed"
