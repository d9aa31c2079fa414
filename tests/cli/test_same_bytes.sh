#!/bin/sh
# The same stores, rules and as-of give the same bytes: another day, time zone, locale, workspace.
. tests/cli/lib.sh
cd "$SCRATCH" || exit 1
workspace a
workspace b
"$RASOAT" -C a import "$ROOT/samples/extracts" >/dev/null
"$RASOAT" -C b import "$ROOT/samples/extracts" >/dev/null

outputs() { # the outputs of workspace $1; the rest is the environment
	w=$1
	shift
	env "$@" "$RASOAT" -C "$w" audit --as-of 2026-10-05 --format xlsx,pdf,jsonl,text >/dev/null
	env "$@" "$RASOAT" -C "$w" report 01-TCD 02-XLD 907 --period 2026-Q3 --format xlsx,pdf,text,jsonl >/dev/null
}
outputs a TZ=UTC LC_ALL=C
sleep 2 # time stamps in files have a resolution of two seconds at worst
outputs b TZ=Asia/Ho_Chi_Minh LC_ALL=vi_VN.UTF-8 SOURCE_DATE_EPOCH=1000000000
same() { for f in a/out/*."$1"; do cmp "$f" "b/out/${f#a/out/}" || return 1; done; }
some() { [ "$(find a/out -name '*.*' ! -name 'quarantine.csv' | wc -l)" -eq 16 ]; }
run "all sixteen files are there" some
for x in xlsx pdf jsonl txt; do
	run "same bytes: $x" same $x
done

# The audit again, after other runs are in the ledger.
cp -r a/out first
"$RASOAT" -C a audit --as-of 2026-09-01 --format jsonl >/dev/null
outputs a TZ=America/New_York
again() { for f in first/*; do cmp "$f" "a/out/${f#first/}" || return 1; done; }
run "same bytes after other runs" again

import_again() {
	one=$(cat a/cases.db a/accounts.db | cksum)
	"$RASOAT" -C a import "$ROOT/samples/extracts" >/dev/null
	[ "$(cat a/cases.db a/accounts.db | cksum)" = "$one" ]
}
run "importing again changes no byte of the stores" import_again
fingerprints() { # stable across runs, different as-of dates included
	"$RASOAT" -C a audit --as-of 2026-10-06 --format jsonl >/dev/null
	python3 - <<'P'
import json
read = lambda d: {(r["table"], r["key"]): r["fingerprint"] for r in map(json.loads, open(f"a/out/audit-{d}.jsonl")) if r["table"] != "run"}
one, two = read("2026-10-05"), read("2026-10-06")
both = one.keys() & two.keys()
assert len(both) > 50 and all(one[k] == two[k] for k in both)
import hashlib
for (rule, key), f in one.items():
    assert hashlib.sha256(f"{rule}\0{key}".encode()).hexdigest()[:16] == f, (rule, key)
P
}
run "fingerprints are stable" fingerprints
no_leftovers() { [ -z "$(find a b -name '.*.part')" ]; }
run "no temporary files left" no_leftovers
finish
