#!/bin/sh
# Classified columns need a clearance, personal ones an audience that may see them.
# shellcheck disable=SC2317  # the functions are called through run
. tests/cli/lib.sh
SOURCE_DATE_EPOCH=1790000000 # 2026-09-21
export SOURCE_DATE_EPOCH
cd "$SCRATCH" || exit 1
NONE="there is no <clearance> for it in rasoat.xml (docs/secrecy.md)"

# rule FROM WHERE FIELD [SCOPE]: rules/own.xml, each part on a line of its own.
rule() {
	cat >w/rules/own.xml <<-XML
		<rules xmlns="urn:rasoat:rules:1" pack="own" store="cases">
		<rule id="OWN-01" severity="medium" subject="case">
		<title>Thử</title>
		<basis document="Thử"/>
		<from>$1</from>
		<scope>${4:-1 = 1}</scope>
		<where>$2</where>
		<key>c.case_id</key>
		<unit>c.unit_id</unit>
		<field name="who" label="Ai">$3</field>
		<message>Người: {who}</message>
		<remedy>Thử</remedy>
		<example name="one" as-of="2026-10-05">
		<row table="case_file" case_id="K1" unit_id="U" received_on="2026-01-01"/>
		<row table="case_party" case_id="K1" role="denouncer" full_name="Đỗ Thị Canh" id_no="1" address="x"/>
		<expect key="K1"/>
		</example>
		</rule>
		</rules>
	XML
}
CASES="case_file c JOIN case_party p ON p.case_id = c.case_id"

# settings [ELEMENT]: rasoat.xml with it.
settings() {
	{ sed 's#</workspace>##' rasoat.xml && printf '%s\n</workspace>\n' "${1-}"; } >w/rasoat.xml
}
clearance() {
	settings "<clearance rules=\"OWN-01\" document=\"12/QĐ-BHXH\" date=\"$1\" until=\"$2\" approver=\"Giám đốc\"/>"
}

set_up() {
	workspace w && cp w/rasoat.xml rasoat.xml && "$RASOAT" -C w import "$ROOT/samples/extracts" >/dev/null 2>&1 &&
		"$RASOAT" -C w check
}
run "the packs need no clearance" set_up

# refused LINE TEXT: what check says of the rule, and that an audit does not run it.
refused() {
	exits 1 "$RASOAT" -C w check || return 1
	cp "$SCRATCH/err" "$SCRATCH/why"
	grep -q "^w/rules/own.xml:$1: error: rule 'OWN-01': $2\$" "$SCRATCH/err" || return 1
	exits 2 "$RASOAT" -C w audit --as-of 2026-10-05 --rule OWN-01 --format none &&
		grep -q "ERROR: .*$2\$" "$SCRATCH/out" &&
		fails "rasoat: rule OWN-01: $(grep -o 'ERROR: .*' "$SCRATCH/out" | sed 's/ERROR: //')" \
			"$RASOAT" -C w explain OWN-01 VV-C5-03 --as-of 2026-10-05
}
every_part() {
	reads="case_party.full_name, which is classified: $NONE"
	rule "$CASES" "p.full_name IS NOT NULL" "c.decision_no" && refused 7 "<where> reads $reads" &&
		rule "$CASES" "p.role IS NOT NULL" "upper(p.full_name)" && refused 10 "<field name=\"who\"> reads $reads" &&
		rule "$CASES" "1 = 1" "c.decision_no" "p.full_name > ''" && refused 6 "<scope> reads $reads" &&
		rule "$CASES AND p.full_name > 'A'" "1 = 1" "1" && refused 5 "<from> reads $reads"
}
run "check and audit refuse each part with its line" every_part
disguised() {
	reads="case_party.full_name, which is classified: $NONE"
	rule "case_file c JOIN (SELECT * FROM case_party) p ON p.case_id = c.case_id" "1 = 1" "p.role" && refused 5 "<from> reads $reads" &&
		rule "case_file c JOIN (SELECT full_name AS n, case_id AS i FROM case_party) p ON p.i = c.case_id" "1 = 1" "p.n" &&
		refused 5 "<from> reads $reads" &&
		rule "case_file c" "EXISTS (SELECT 1 FROM CASE_PARTY x WHERE x.case_id = c.case_id ORDER BY x.\"FULL_NAME\")" "1" &&
		refused 7 "<where> reads $reads" &&
		rule "case_file c JOIN case_party p USING (case_id)" "1 = 1" "1" && refused 5 "<from> reads $reads" &&
		rule "case_file c NATURAL JOIN case_party p" "1 = 1" "1" && refused 5 "<from> reads $reads"
}
run "whatever the SQL looks like" disguised
other_doors() {
	for sql in "(SELECT max(full_name) FROM main.case_party)" "(SELECT max(raw) FROM quarantine)"; do
		rule "case_file c" "$sql IS NOT NULL" "$sql"
		exits 2 "$RASOAT" -C w audit --as-of 2026-10-05 --rule OWN-01 --format none &&
			grep -q 'ERROR: .* is prohibited: it is classified, and there is no clearance (docs/secrecy.md)$' "$SCRATCH/out" ||
			return 1
	done
}
run "the table itself and the quarantine are closed" other_doors

cleared() {
	rule "$CASES" "p.role = 'denouncer' AND p.full_name IS NOT NULL" "p.full_name"
	clearance 2026-01-01 2026-12-31
	"$RASOAT" -C w check >/dev/null &&
		exits 2 "$RASOAT" -C w audit --as-of 2026-10-05 --rule OWN-01 --format jsonl,text &&
		grep -q '"who":"\*\*\*"' w/out/audit-2026-10-05-OWN-01.jsonl && grep -q '"message":"Người: \*\*\*"' w/out/audit-2026-10-05-OWN-01.jsonl &&
		sqlite3 w/cases.db "SELECT full_name FROM case_party WHERE role = 'denouncer'" >names && [ -s names ] &&
		! grep -qFf names w/out/audit-2026-10-05-OWN-01.* && ! sqlite3 w/ledger.db .dump | grep -qFf names &&
		exits 0 "$RASOAT" -C w explain OWN-01 --passing 1 --as-of 2026-10-05 &&
		key=$(sed -n '2s/.*"key":"\([^"]*\)".*/\1/p' w/out/audit-2026-10-05-OWN-01.jsonl) &&
		exits 0 "$RASOAT" -C w explain OWN-01 "$key" --as-of 2026-10-05 && grep -q 'p.full_name = \*\*\*' "$SCRATCH/out" &&
		! grep -qFf names "$SCRATCH/out"
}
run "with a clearance it runs, and nothing leaves the store" cleared
never_key() {
	sed -i 's#<key>.*#<key>p.full_name</key>#' w/rules/own.xml
	fails "w/rules/own.xml:8: error: rule 'OWN-01': <key> reads case_party.full_name, which is classified: it would go into the ledger and every file (docs/secrecy.md)
rasoat: 1 problem; correct the file and line named" "$RASOAT" -C w check
}
run "a key never reads classified columns" never_key
expired() {
	rule "$CASES" "p.full_name IS NOT NULL" "1"
	line=$(($(wc -l <rasoat.xml) + 1))
	clearance 2026-01-01 2026-09-20
	refused 7 "<where> reads case_party.full_name, which is classified: its clearance ended on 2026-09-20 (w/rasoat.xml:$line) (docs/secrecy.md)" &&
		exits 2 "$RASOAT" -C w audit --as-of 2026-09-01 --rule OWN-01 --format none && grep -q 'ended on 2026-09-20' "$SCRATCH/out" &&
		clearance 2026-01-01 2026-09-21 && "$RASOAT" -C w check >/dev/null &&
		exits 2 "$RASOAT" -C w audit --as-of 2026-09-21 --rule OWN-01 --format none && ! grep -q ERROR "$SCRATCH/out" &&
		exits 2 "$RASOAT" -C w audit --as-of 2026-09-22 --rule OWN-01 --format none && grep -q 'ended on 2026-09-21' "$SCRATCH/out" &&
		clearance 2026-10-06 2026-12-31 &&
		exits 2 "$RASOAT" -C w audit --as-of 2026-10-05 --rule OWN-01 --format none && grep -q 'begins on 2026-10-06' "$SCRATCH/out" &&
		exits 2 "$RASOAT" -C w audit --as-of 2026-10-06 --rule OWN-01 --format none && ! grep -q ERROR "$SCRATCH/out"
}
run "a clearance holds from its first to its last day" expired

# bad TEXT ELEMENT: the error of that element in rasoat.xml.
bad() {
	settings "$2"
	exits 1 "$RASOAT" -C w check || return 1
	cp "$SCRATCH/err" "$SCRATCH/why"
	grep -q "^w/rasoat.xml:[0-9]*: error: $1\$" "$SCRATCH/err"
}
bad_settings() {
	rm w/rules/own.xml
	c='document="1" date="2026-01-01" until="2026-12-31" approver="x"'
	bad "<clearance> names rule 'OWN-09', which does not exist; see 'rasoat rules'" "<clearance rules=\"OWN-09\" $c/>" &&
		bad "<clearance> names template 'X', which does not exist" "<clearance templates=\"X\" $c/>" &&
		bad "<clearance> names nobody; write the ids of rules into 'rules', of templates into 'templates'" "<clearance $c/>" &&
		bad "<clearance> ends before it begins; correct 'date' or 'until'" \
			'<clearance rules="ACC-01" document="1" date="2026-02-01" until="2026-01-31" approver="x"/>' &&
		bad "<clearance> has no attribute 'until'" '<clearance rules="ACC-01" document="1" date="2026-02-01" approver="x"/>' &&
		bad "audience 'a' allows field 'ACC-01.nobody', which no rule has; write RULE.FIELD" \
			'<audiences><audience name="a"><allow field="ACC-01.nobody"/></audience></audiences>' &&
		bad "audience 'a' allows column 'staff.nobody', which does not exist; docs/stores.md lists them" \
			'<audiences><audience name="a"><allow column="staff.nobody"/></audience></audiences>' &&
		bad "audience 'a' allows column 'case_party.id_no', which is classified: no audience may see it" \
			'<audiences><audience name="a"><allow column="case_party.id_no"/></audience></audiences>' &&
		bad "audience 'a' is there twice; first in line [0-9]*" \
			'<audiences><audience name="a"/><audience name="a"/></audiences>' &&
		bad '<allow> wants one of field="RULE.FIELD" and column="TABLE.COLUMN"' \
			'<audiences><audience name="a"><allow/></audience></audiences>'
}
run "mistakes in clearances and audiences" bad_settings

# owners AUDIENCE: how many names of owners ACC-01 shows to it.
owners() {
	exits 2 "$RASOAT" -C w audit --as-of 2026-10-05 --rule ACC-01 --audience "$1" --format jsonl -o "$2" &&
		grep -c '"owner":"[^*]' "$2"/audit-2026-10-05-ACC-01*.jsonl
}
audiences() {
	settings '<audiences><audience name="leadership"><allow column="staff.full_name"/></audience>
		<audience name="owners"><allow field="ACC-01.owner"/></audience>
		<audience name="mail"><allow column="staff.email"/></audience></audiences>'
	all=$(owners internal a) && [ "$all" -gt 5 ] && [ "$(owners leadership b)" = "$all" ] && [ "$(owners owners c)" = "$all" ] &&
		[ "$(owners mail d)" = 0 ] && [ "$(owners public e)" = 0 ] && settings && [ "$(owners leadership f)" = 0 ] &&
		fails "rasoat: audience 'x' does not exist (known: internal, leadership, public); add it to <audiences> in rasoat.xml" \
			"$RASOAT" -C w audit --as-of 2026-10-05 --audience x
}
run "an audience sees what its list allows" audiences
form() {
	sed 's#</report>#<list id="own" over="parties" empty="x"><item title="Tên" width="20">p.full_name</item></list></report>#
		s#<table id="tcd"#<dataset name="parties" from="case_party p JOIN case_file f ON f.case_id = p.case_id" unit="f.unit_id"/>&#' w/templates/01-TCD.xml >own.xml
	grep -q 'name="parties"' own.xml || { grep -n '<table' w/templates/01-TCD.xml >"$SCRATCH/why"; return 1; }
	cp own.xml w/templates/01-TCD.xml
	exits 1 "$RASOAT" -C w check &&
		grep -q "^w/templates/01-TCD.xml:[0-9]*: error: template '01-TCD': item 'Tên' reads case_party.full_name, which is classified: $NONE\$" "$SCRATCH/err" &&
		exits 1 "$RASOAT" -C w report 01-TCD --period 2026-Q3 --format jsonl &&
		grep -q "^rasoat: w/templates/01-TCD.xml:[0-9]*: item 'Tên' reads case_party.full_name, which is classified: $NONE\$" "$SCRATCH/err" &&
		settings '<clearance templates="01-TCD" document="1" date="2026-01-01" until="2026-12-31" approver="x"/>' &&
		"$RASOAT" -C w check >/dev/null && "$RASOAT" -C w report 01-TCD --period 2026-Q3 --format jsonl >"$SCRATCH/out"
	grep -q '"Tên":"\*\*\*"' w/out/01-TCD-2026-Q3.jsonl && ! grep -qFf names w/out/01-TCD-2026-Q3.jsonl
}
run "a form needs a clearance too, and masks" form
finish
