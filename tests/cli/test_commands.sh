#!/bin/sh
# Help, completion, documents against the program, install.
. tests/cli/lib.sh
cd "$SCRATCH" || exit 1
commands="init import check audit report explain rules schema completion verify compare worklist"
help_all() { for c in $commands; do exits 0 "$RASOAT" "$c" --help && grep -q "^Usage: rasoat .*$c" "$SCRATCH/out" || return 1; done; }
run "every command has help" help_all
manual_all() {
	for c in $commands; do
		grep -q "Cm $c\|It Cm $c" "$ROOT/docs/rasoat.1" || { echo "$c" >"$SCRATCH/why"; return 1; }
	done
}
run "the manual names every command" manual_all
manual_options() { # what --help lists, the manual has: "-d, --as-of" is "Fl d , -as-of" there
	for c in $commands; do
		"$RASOAT" "$c" --help | sed -n 's/^  \(-[a-z],\)\{0,1\} *--\([a-z-]*\).*/Fl \1 -\2/p' |
			sed 's/ -\(.\),/ \1 ,/; s/Fl  /Fl /; / -help$/d' >fl
		while read -r want; do
			grep -qF -e "$want" "$ROOT/docs/rasoat.1" || { echo "$c: $want" >"$SCRATCH/why"; return 1; }
		done <fl
	done
}
run "the manual has the options of --help" manual_options
completion() { "$RASOAT" completion bash >c.sh && bash -n c.sh && bash -c '
	. ./c.sh; COMP_WORDS=(rasoat audit --as); COMP_CWORD=2; _rasoat; [ "${COMPREPLY[*]}" = "--as-of" ]'; }
run "completion" completion
stores() { "$RASOAT" schema >s.md && cmp s.md "$ROOT/docs/stores.md"; }
run "docs/stores.md is what the program says" stores
readme_rule() { # the rule of the README, typed off it, works
	workspace w
	sed -n '/^    <rules xmlns/,/^    <\/rules>/s/^    //p' "$ROOT/README.md" >w/rules/own.xml
	exits 0 "$RASOAT" -C w check && "$RASOAT" -C w import "$ROOT/samples/extracts" >/dev/null &&
		exits 2 "$RASOAT" -C w audit --as-of 2026-10-05 --rule OWN-01 --format jsonl &&
		want=$(sqlite3 w/accounts.db "SELECT count(*) FROM account WHERE class = 'person'
			AND (opened_on IS NULL OR opened_on <= '2026-10-05') AND (locked_on IS NULL OR locked_on > '2026-10-05')
			AND julianday('2026-10-05') - julianday(password_changed_on) > 90") &&
		[ "$(grep -c '"verdict":"fail"' w/out/audit-2026-10-05-OWN-01.jsonl)" = "$want" ] && [ "$want" -gt 0 ]
}
run "the README's rule" readme_rule
readme_param() { # a parameter set in rasoat.xml
	workspace p
	"$RASOAT" -C p import "$ROOT/samples/extracts" >/dev/null
	"$RASOAT" -C p audit --as-of 2026-10-05 --rule ACC-05 --format jsonl >/dev/null
	n90=$(grep -c '"verdict":"fail"' p/out/audit-2026-10-05-ACC-05.jsonl)
	sed -i 's|</workspace>|  <param rule="ACC-05" name="days" value="30"/>\n</workspace>|' p/rasoat.xml
	"$RASOAT" -C p audit --as-of 2026-10-05 --rule ACC-05 --format jsonl >/dev/null
	n30=$(grep -c '"verdict":"fail"' p/out/audit-2026-10-05-ACC-05.jsonl)
	want=$(sqlite3 p/accounts.db "SELECT count(*) FROM account WHERE class IN ('person', 'admin', 'leader', 'external')
		AND (opened_on IS NULL OR opened_on <= '2026-10-05') AND (locked_on IS NULL OR locked_on > '2026-10-05')
		AND (last_login_on IS NULL OR last_login_on <= '2026-10-05')
		AND julianday('2026-10-05') - julianday(COALESCE(last_login_on, opened_on)) > 30")
	[ "$n30" = "$want" ] && [ "$n30" -gt "$n90" ]
}
run "a parameter in rasoat.xml" readme_param
explain() {
	exits 0 "$RASOAT" -C p explain case:"$(sqlite3 p/cases.db "SELECT min(case_id) FROM case_file WHERE accepted_on IS NOT NULL")" --as-of 2026-10-05 &&
		grep -q 'starts' "$SCRATCH/out" &&
		key=$(sed -n '/"verdict":"fail"/{s/.*"key":"\([^"]*\)".*/\1/p;q}' p/out/audit-2026-10-05-ACC-05.jsonl) &&
		exits 0 "$RASOAT" -C p explain "ACC-05:$key" --as-of 2026-10-05 --sql && grep -q "^key:     $key" "$SCRATCH/out" &&
		exits 0 "$RASOAT" -C p explain '01-TCD!48!5' --period 2026-Q3 &&
		figure=$(sed -n '1s/.*: \([0-9]*\)$/\1/p' "$SCRATCH/out") && grep -q "^$figure rows" "$SCRATCH/out"
}
run "explain a clock, a finding, a figure" explain
readme_explain() { # the examples of README, manual and help, on the samples
	for f in "$ROOT/README.md" "$ROOT/docs/rasoat.1"; do
		sed -n 's/^ *rasoat explain \([^#]*\).*/\1/p' "$f"
	done >examples
	"$RASOAT" explain --help | sed -n 's/^ *rasoat explain \(.*[0-9Q]\)   .*/\1/p' >>examples
	[ "$(wc -l <examples)" -eq 13 ] || { cat examples >"$SCRATCH/why"; return 1; }
	while read -r line; do
		eval "set -- $line"
		exits 0 "$RASOAT" -C p explain "$@" && [ -s "$SCRATCH/out" ] || return 1
	done <examples
}
"$RASOAT" -C p audit --as-of 2026-10-05 >/dev/null
run "the explain examples of the documents" readme_explain
provisional() { # 2027 has no official calendar yet, and the audit says so
	exits 2 "$RASOAT" -C p audit --as-of 2027-01-04 --format jsonl &&
		grep -q '^note: the calendar from 2027-01-01 on is provisional' "$SCRATCH/out" &&
		exits 2 "$RASOAT" -C p audit --as-of 2026-12-31 --format jsonl && ! grep -q provisional "$SCRATCH/out"
}
run "a provisional calendar is named" provisional
pdfs() { # every PDF: sound, no warnings, nothing drawn without its text
	"$RASOAT" -C p audit --as-of 2026-10-05 >/dev/null
	"$RASOAT" -C p report 01-TCD 02-XLD 907 --period 2026-Q3 >/dev/null
	for f in p/out/*.pdf; do
		qpdf --check "$f" >q.log 2>&1 || { cat q.log >"$SCRATCH/why"; return 1; }
		pdftotext -layout "$f" t.txt 2>t.err
		[ -s t.err ] && { cat t.err >"$SCRATCH/why"; return 1; }
		grep -q 'Độc lập - Tự do - Hạnh phúc' t.txt || { echo "$f" >"$SCRATCH/why"; return 1; }
	done
}
run "PDFs are sound and give their text back" pdfs
install_all() {
	make -s -C "$ROOT" DESTDIR="$SCRATCH/d" PREFIX=/usr install >/dev/null &&
		[ -x d/usr/bin/rasoat ] && [ -f d/usr/share/man/man1/rasoat.1 ] &&
		[ -f d/usr/share/rasoat/rules/terms.xml ] && [ -f d/usr/share/rasoat/schemas/rules.xsd ] &&
		[ -f d/usr/share/rasoat/templates/02-XLD.xml ] &&
		[ -f d/usr/share/bash-completion/completions/rasoat ] &&
		(unset RASOAT_DATADIR && d/usr/bin/rasoat init i >/dev/null && d/usr/bin/rasoat -C i check >/dev/null)
}
# What is installed is the plain build; another one has nothing to test here.
case $RASOAT in */build/rasoat) run "install, and a workspace from what is installed" install_all ;; esac
finish
