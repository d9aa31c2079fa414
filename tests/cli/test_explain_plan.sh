#!/bin/sh
# audit --explain-plan on SQLite: what each rule sends, and nothing else happens.
# shellcheck disable=SC2317  # the functions are called through run
. tests/cli/lib.sh

plan() {
	"$RASOAT" -C "$SCRATCH/w" audit --as-of 2026-10-05 --explain-plan "$@"
}

set_up() {
	workspace w && "$RASOAT" -C "$SCRATCH/w" import samples/extracts
}

# Every rule, in the order of an audit, with its SQL and a plan.
every_rule() {
	plan >"$SCRATCH/plan" && plan >"$SCRATCH/again" && cmp "$SCRATCH/plan" "$SCRATCH/again" || return 1
	"$RASOAT" -C "$SCRATCH/w" audit --as-of 2026-10-05 --format jsonl | grep -Eo '^[A-Z]+-[0-9]+' >"$SCRATCH/audited"
	grep -Eo '^[A-Z]+-[0-9]+' "$SCRATCH/plan" | cmp - "$SCRATCH/audited" &&
		[ "$(grep -c '^-- plan$' "$SCRATCH/plan")" -eq "$(wc -l <"$SCRATCH/audited")" ] &&
		! grep "^-- ERROR" "$SCRATCH/plan"
}

one_rule() {
	plan --rule CAS-07 | sed -n '1,2p; /^FROM/p; /^-- plan/,$p' >"$SCRATCH/plan"
	cmp - "$SCRATCH/plan" <<-'TEXT' || { cat "$SCRATCH/plan"; return 1; }
	CAS-07  Chưa thông báo kết quả xử lý đơn tiếp nhận qua tiếp công dân trong 10 ngày làm việc
	-- findings; counts the rows examined too
	FROM petition p
	-- plan
	SEARCH main.petition USING INDEX petition_duplicate_of (duplicate_of=?)
	SCAN rasoat_tally
	USE TEMP B-TREE FOR ORDER BY
	TEXT
}

not_in_force() {
	"$RASOAT" -C "$SCRATCH/w" audit --as-of 2012-01-01 --explain-plan --rule CAS-01 >"$SCRATCH/plan" &&
		printf '%s\n' "CAS-01  Khiếu nại chưa được thụ lý đúng thời hạn" "-- not in force on this day" | cmp - "$SCRATCH/plan"
}

nothing_written() {
	rm -rf "$SCRATCH/w/out" && mkdir "$SCRATCH/w/out"
	sum=$(cat "$SCRATCH/w"/*.db | cksum)
	plan >/dev/null && [ "$sum" = "$(cat "$SCRATCH/w"/*.db | cksum)" ] && [ -z "$(ls "$SCRATCH/w/out")" ]
}

wrong_names() {
	fails "rasoat: rule 'NO-01' does not exist; rasoat check lists them" plan --rule NO-01 &&
		fails "rasoat: unit 'nowhere' is not in the unit list" plan --unit nowhere
}

run "a workspace with the samples" set_up
run "every rule, the same each time" every_rule
run "one rule" one_rule
run "a rule that is not in force" not_in_force
run "nothing is recorded or written" nothing_written
run "no such rule, no such unit" wrong_names
finish
