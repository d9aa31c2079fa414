#!/bin/sh
# What import prints, and what it leaves when it is stopped.
. tests/cli/lib.sh
cd "$SCRATCH" || exit 1
workspace w

printed() { # what an import of account.csv prints is in the file want
	"$RASOAT" -C w import "$@" >got 2>&1 || return 1
	diff want got >"$SCRATCH/why" 2>&1
}
head_line='extract                                   read      loaded quarantined    inserted    replaced   unchanged'

columns_left_out() {
	printf 'role_id,name,system_id,note\nR1,Xem,TST,x\n' >role.csv
	cat >want <<END
$head_line
role.csv                                     1           1           0           1           0           0
    unknown columns, not read: note
    columns not in the file (new rows leave them empty, replaced rows keep what they had): sensitive
total                                        1           1           0           1           0           0
read 1 = loaded 1 + quarantined 0
dangling: role.system_id: 1 rows point to no system.system_id, for example "TST"
END
	printed role.csv
}
run "columns that the file lacks" columns_left_out

row_becomes_bad() {
	printf 'role_id,name,system_id,sensitive\nR1,Xem,TST,perhaps\nR2,,TST,1\n' >role.csv
	cat >want <<END
$head_line
role.csv                                     2           0           2           0           0           0
    1 rows in quarantine are in the store in an earlier version, which stays
total                                        2           0           2           0           0           0
read 2 = loaded 0 + quarantined 2
dangling: role.system_id: 1 rows point to no system.system_id, for example "TST"
in quarantine: 2 rows, listed in w/out/quarantine.csv; correct the extract and import it again
END
	printed role.csv
}
run "a row that becomes bad" row_becomes_bad

key_in_two_files() {
	printf 'system_id,name\nTST,One\n' >system-danh-sach-cua-trung-tam-CNTT.csv
	printf 'system_id,name\nTST,Two\n' >system-x.csv
	printf 'role_id,name,system_id,sensitive\nR1,Xem,TST,0\n' >role.csv
	cat >want <<END
$head_line
system-danh-sach-cua-trung-tam-CNTT.csv
                                             1           1           0           1           0           0
    columns not in the file (new rows leave them empty, replaced rows keep what they had): kind, owner_unit_id, sso
system-x.csv                                 1           1           0           0           1           0
    columns not in the file (new rows leave them empty, replaced rows keep what they had): kind, owner_unit_id, sso
    1 rows replaced what an earlier file of this import gave for their keys
role.csv                                     1           1           0           0           1           0
    1 rows of an earlier file of this name leave the quarantine and are not loaded: this one has no row with their keys
total                                        3           3           0           1           2           0
read 3 = loaded 3 + quarantined 0
END
	printed role.csv system-danh-sach-cua-trung-tam-CNTT.csv system-x.csv
}
run "one key in two files, a long name" key_in_two_files

rows_gone() {
	printf 'role_id,name,system_id,sensitive\nR7,,TST,0\n' >role.csv
	"$RASOAT" -C w import role.csv >/dev/null || return 1
	printf 'role_id,name,system_id,sensitive\nR8,X,TST,0\n' >role.csv
	cat >want <<END
$head_line
role.csv                                     1           1           0           1           0           0
    1 rows of an earlier file of this name leave the quarantine and are not loaded: this one has no row with their keys
total                                        1           1           0           1           0           0
read 1 = loaded 1 + quarantined 0
END
	printed role.csv
}
run "rows of an earlier file of the same name" rows_gone

stopped_by() { # a signal in the middle leaves what was there, and nothing else
	workspace s
	"$RASOAT" -C s import role.csv >/dev/null || return 1
	mkdir -p many
	awk 'BEGIN { print "account_id,role_id,granted_on"
		for (i = 0; i < 900000; i++) print "A" i ",R1,2026-01-01" }' >many/account_role.csv
	ls -A s >list1
	cat s/cases.db s/accounts.db | cksum >sum1
	"$RASOAT" -C s import many 2>err &
	pid=$!
	sleep 1
	kill -s "$1" $pid
	wait $pid
	code=$?
	ls -A s >list2
	cat s/cases.db s/accounts.db | cksum >sum2
	rm -r s
	[ $code -gt 128 ] && grep -q '^rasoat: stopped; nothing is imported$' err && cmp list1 list2 && cmp sum1 sum2
}
run "stopped by TERM" stopped_by TERM
run "stopped by HUP" stopped_by HUP

file_limit() { # a write that the user's limit refuses is an error, not a death
	workspace f
	cp -r f f0
	# shellcheck disable=SC3045 # dash knows -f
	(ulimit -f 100 && "$RASOAT" -C f import "$ROOT/samples/extracts") 2>err
	[ $? -eq 1 ] && grep -q '^rasoat: f/cases.db: ' err || return 1
	"$RASOAT" -C f audit --as-of 2026-10-05 >/dev/null # takes back what the limit kept import from taking back
	cmp f/cases.db f0/cases.db && cmp f/accounts.db f0/accounts.db && "$RASOAT" -C f import "$ROOT/samples/extracts"
}
run "over the file size limit" file_limit

any_jobs() { # what is imported does not hang on the number of threads
	for jobs in 1 2; do
		workspace j$jobs
		"$RASOAT" -C j$jobs import --jobs $jobs "$ROOT/samples/extracts" | sed "s#j$jobs/##" >said.$jobs || return 1
	done
	cmp said.1 said.2 && cmp j1/cases.db j2/cases.db && cmp j1/accounts.db j2/accounts.db || return 1
	[ ! -e j1/out/quarantine.csv ] || cmp j1/out/quarantine.csv j2/out/quarantine.csv || return 1
	fails "rasoat: --jobs: 'many' is no number of threads; want 1 to 64" "$RASOAT" -C j1 import --jobs many role.csv
}
run "the same with any number of threads" any_jobs
finish
