#!/bin/sh
# report --each: the pack of all units of a level; --jobs: the same bytes with any number of threads.
. tests/cli/lib.sh
cd "$SCRATCH" || exit 1
workspace w
"$RASOAT" -C w import "$ROOT/samples/extracts" >/dev/null
forms="01-TCD 02-XLD 907"
formats=xlsx,pdf,text,jsonl

pack() { # pack DIR ARGUMENTS...
	dir=$1
	shift
	# shellcheck disable=SC2086
	"$RASOAT" -C w report $forms --period 2026-Q3 --each province -o "$dir" "$@" >"$dir.log"
}
all_files() { # 34 provinces, 3 forms, 4 formats, and the list
	exits 0 pack p --format $formats --jobs 2 && [ "$(find p -type f | wc -l)" -eq 409 ] &&
		[ "$(sed -n 1p p.log)" = "01-TCD, Quý III năm 2026 (15/06/2026 - 14/09/2026): 34 units, 136 files, 0 drafts, 0 failed checks" ] &&
		[ "$(sed -n '$p' p.log)" = "wrote 408 files and their list, p/pack-2026-Q3-province.tsv" ] && [ "$(wc -l <p.log)" -eq 4 ]
}
run "a pack of every province" all_files
one_by_one() { # what --each makes of a unit is what --unit makes of it
	for unit in 01 48 79; do
		# shellcheck disable=SC2086
		exits 0 "$RASOAT" -C w report $forms --period 2026-Q3 --unit $unit --format $formats -o one || return 1
	done
	[ "$(find one -type f | wc -l)" -eq 36 ] || return 1
	for f in one/*; do cmp "$f" "p/${f#one/}" || return 1; done
}
run "a unit's files are those of --unit" one_by_one
any_jobs() {
	for n in 1 4; do
		exits 0 pack "p$n" --format $formats --jobs $n && diff -r p "p$n" &&
			sed "s|p$n/|p/|" "p$n.log" | cmp - p.log || return 1
		# shellcheck disable=SC2086
		exits 0 "$RASOAT" -C w report $forms --period 2026-Q3 --format $formats -j $n -o "j$n" || return 1
		sed "s|j$n/||" "$SCRATCH/out" >"j$n.log"
	done
	diff -r j1 j4 && cmp j1.log j4.log
}
run "the same bytes with 1, 2 and 4 threads" any_jobs
list() { # the list tells the truth about every file
	(cd p && tail -n +2 pack-2026-Q3-province.tsv | awk -F '\t' '{ print $2 "  " $1 }' | sha256sum --quiet -c) &&
		[ "$(wc -l <p/pack-2026-Q3-province.tsv)" -eq 409 ] &&
		[ "$(awk -F '\t' '$3 == "01-TCD" && $1 ~ /xlsx$/ { split($9, t, /[ =]/); n += t[2] } END { print n }' p/pack-2026-Q3-province.tsv)" = \
			"$(sqlite3 w/cases.db "SELECT count(*) FROM visit WHERE received_on BETWEEN '2026-06-15' AND '2026-09-14' AND unit_id <> '00'")" ]
}
run "the list of a pack" list
below() { # --each below --unit; other levels
	exits 0 "$RASOAT" -C w report 01-TCD --period 2026-Q3 --each local --unit 48 --format jsonl -o b &&
		[ -f b/pack-2026-Q3-48-local.tsv ] && [ "$(find b -name '*.jsonl' | wc -l)" = "$(sqlite3 w/cases.db "
			SELECT count(*) FROM unit u JOIN unit_parent p USING(unit_id) WHERE p.parent_id = '48' AND level = 'local'
			AND coalesce(u.valid_from, '') <= '2026-09-14' AND coalesce(u.valid_to, '9') >= '2026-06-15'
			AND p.valid_to IS NULL")" ] &&
		exits 0 "$RASOAT" -C w report 01-TCD --period 2026-Q3 --each province --unit 48 --format jsonl -o b &&
		[ "$(wc -l <b/pack-2026-Q3-48-province.tsv)" -eq 2 ] &&
		exits 0 "$RASOAT" -C w report 01-TCD --period 2026-Q3 --each central --format jsonl -o b &&
		exits 0 "$RASOAT" -C w report 01-TCD --period 2026-Q3 --unit 00 --format jsonl -o b0 && cmp b/01-TCD-2026-Q3-00.jsonl b0/01-TCD-2026-Q3-00.jsonl
}
run "units below a unit, and the top" below
twice() { exits 0 "$RASOAT" -C w report 01-TCD 01-TCD --period 2026-Q3 --format text -o t && [ "$(grep -c wrote "$SCRATCH/out")" -eq 1 ]; }
run "a form named twice is made once" twice

level() {
	fails "rasoat: --each: 'village' is no level of units; want one of: central region province district local" \
		"$RASOAT" -C w report 01-TCD --period 2026-Q3 --each village &&
		fails "rasoat: --each region: w/cases.db has no unit of this level in 2026-Q3; correct the level or import unit.csv" \
			"$RASOAT" -C w report 01-TCD --period 2026-Q3 --each region &&
		fails "rasoat: --each province: w/cases.db has no unit of this level in 2026-Q3 below $leaf; correct the level or import unit.csv" \
			"$RASOAT" -C w report 01-TCD --period 2026-Q3 --each province --unit "$leaf" &&
		fails "rasoat: w/cases.db: no unit 'X9'; correct the unit or import unit.csv" \
			"$RASOAT" -C w report 01-TCD --period 2026-Q3 --each province --unit X9
}
leaf=$(sqlite3 w/cases.db "SELECT min(unit_id) FROM unit WHERE level = 'local'")
run "levels and units that are not there" level
jobs() {
	fails "rasoat: --jobs: 'many' is no number of threads; want 1 to 64" "$RASOAT" -C w report 01-TCD --period 2026-Q3 -j many
}
run "--jobs" jobs
slash() {
	fails "rasoat: unit '../x': a code with '/' cannot stand in the name of a file; correct unit.csv" \
		"$RASOAT" -C w report 01-TCD --period 2026-Q3 --unit ../x &&
		cp -r w s && sqlite3 s/cases.db "INSERT INTO unit(unit_id, name, level) VALUES ('a/b', 'x', 'province')" &&
		fails "rasoat: unit 'a/b': a code with '/' cannot stand in the name of a file; correct unit.csv" \
			"$RASOAT" -C s report 01-TCD --period 2026-Q3 --each province && [ -z "$(ls s/out/01-TCD* 2>/dev/null)" ]
}
run "a code that is no file name" slash
names_unit() { # an error in one unit's figures names it, and no file is there
	cp -r w n
	sed -i 's|sum="v.people"|sum="v.people / 2.0"|' n/templates/01-TCD.xml
	"$RASOAT" -C n report 01-TCD --period 2026-Q3 --each province -o n/x 2>err
	grep -q "^rasoat: .*01-TCD.xml:[0-9]*: table 'tcd': dataset 'visits': unit [0-9]*: column [0-9]*: a figure is no whole number" err &&
		[ ! -e n/x ]
}
run "an error names the unit" names_unit
keeps_old() { # one file of the pack cannot be written: all old files stay, nothing is left over
	cp -r p k && rm k/02-XLD-2026-Q3-48.pdf && mkdir k/02-XLD-2026-Q3-48.pdf
	for f in k/*.xlsx k/*.tsv; do echo old >"$f"; done
	for n in 1 4; do
		fails "rasoat: k/02-XLD-2026-Q3-48.pdf: this is a folder; give a file name" pack k --jobs $n || return 1
	done
	for f in k/*.xlsx k/*.tsv; do [ "$(cat "$f")" = old ] || { echo "$f" >"$SCRATCH/why"; return 1; }; done
	[ -z "$(find k -name '.*.part')" ]
}
run "an error in one file leaves all old ones" keeps_old
# shellcheck disable=SC3045 # dash and bash have it
files_limit() {
	(ulimit -n 100 && fails "rasoat: 204 files are put in place together, but this user may open 100; raise the limit (ulimit -Hn), or make fewer forms or formats at a time" \
		pack l --jobs 1) && (ulimit -S -n 100 && exits 0 pack l --jobs 1)
}
run "many files at once" files_limit
while_importing() { # an import in the middle: the pack is of before or of after, never of both
	cp -r w i && mkdir more && head -1 "$ROOT/samples/extracts/visit.csv" >more/visit.csv
	# shellcheck disable=SC2086
	"$RASOAT" -C i report $forms --period 2026-Q3 --each province --format jsonl -o before >/dev/null
	# A row may take several lines: only those that begin with a code begin a row.
	tail -n +2 "$ROOT/samples/extracts/visit.csv" | sed 's/^\([A-Z][A-Z0-9-]*\),/\1-2,/' >>more/visit.csv
	cp "$ROOT/samples/extracts/account.csv" more/account.csv
	sed -i '2,$s/^\([^,]*\),\([^,]*\),\([^,]*\),/\1-2,\2,\3-2,/' more/account.csv
	for k in 1 2 3 4 5 6; do
		# shellcheck disable=SC2086
		(sleep 0.0$k && "$RASOAT" -C i import more >import.log 2>&1) &
		# shellcheck disable=SC2086
		"$RASOAT" -C i report $forms --period 2026-Q3 --each province --format jsonl -o "i$k" --jobs 2 >/dev/null 2>i.err ||
			{ cat i.err >"$SCRATCH/why"; wait; return 1; }
		wait
		# shellcheck disable=SC2086
		"$RASOAT" -C i report $forms --period 2026-Q3 --each province --format jsonl -o "after$k" >/dev/null
		diff -rq before "i$k" >/dev/null || diff -rq "after$k" "i$k" || return 1
		rm -rf i && cp -r w i
	done
	! diff -rq before after1 >/dev/null
}
run "while somebody imports" while_importing
finish
