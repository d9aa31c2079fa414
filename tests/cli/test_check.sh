#!/bin/sh
# rasoat check: what it warns of, word for word, and that the delivered rules and forms are clean.
. tests/cli/lib.sh
cd "$SCRATCH" || exit 1

# prints OUT ERR COMMAND...: exit code 0, exactly these texts.
prints() {
	printf '%s' "$1" >want.out
	printf '%s' "$2" >want.err
	shift 2
	exits 0 "$@" || return 1
	cmp -s want.out out && cmp -s want.err err && return 0
	diff want.out out >why
	diff want.err err >>why
	return 1
}

delivered() {
	workspace w
	prints "$(cat "$ROOT"/rules/*.xml | grep -c '<rule id') rules with $(cat "$ROOT"/rules/*.xml | grep -c '<example ') examples, 14 templates: no problem found
" "" "$RASOAT" -C w check
}
run "the delivered rules and forms read no large table again and again" delivered

# A workspace with rules of one file; rule ID FROM WHERE [FIELD] adds one.
begin() {
	workspace "$1"
	find "$1/rules" -name '*.xml' ! -name calendar.xml ! -name terms.xml -delete
	file=$1/rules/own.xml
	echo "<rules xmlns=\"urn:rasoat:rules:1\" pack=\"own\" store=\"$2\">" >"$file"
}
rule() {
	cat >>"$file" <<END
<rule id="$1" severity="low" subject="row"> <title>T</title> <basis document="D"/>
<from>$2</from>
<where>$3</where>
<key>a.${key:-account_id}</key> <unit>a.unit_id</unit>
<field name="f" label="F">${4:-1}</field>
<message>m</message> <remedy>r</remedy>
<example name="e" as-of="2026-10-05"> <row table="unit" unit_id="1"/> </example> </rule>
END
}
finish_rules() { echo "</rules>" >>"$file"; }

ONE="declare an index on"
again() {
	begin a accounts
	rule AA-01 "account a JOIN account_role g ON g.approval_no = a.request_no" "1 = 1"
	rule AA-02 "account a LEFT JOIN account b ON b.email = a.email AND b.account_id > a.account_id" "b.login = a.login"
	rule AA-03 "account a" "EXISTS (SELECT 1 FROM directory y WHERE y.email = a.email)"
	rule AA-04 "account a" "1 = 1" "(SELECT COUNT(*) FROM account_action x WHERE x.object = a.account_id)"
	rule AA-05 "account a JOIN directory y ON fold(y.email) = fold(a.email)" "1 = 1"
	rule AA-06 "staff s, account a" "a.login = s.email"
	rule AA-07 "account a JOIN (SELECT lower(login) AS l, COUNT(*) AS n FROM account GROUP BY lower(login)) d ON d.l = a.login" "d.n > 1"
	rule AA-08 "(WITH d AS MATERIALIZED (SELECT account_id, unit_id, opened_on FROM account) SELECT x.account_id, x.unit_id
FROM d x JOIN d AS y ON y.opened_on > x.opened_on) a" "1 = 1"
	rule AA-09 "account a JOIN account_left l ON l.effective_on > a.opened_on" "1 = 1"
	finish_rules
	nation="rows in the whole country)"
	lists="(docs/stores.md lists them)"
	cast="join it with = on a column that it takes from a table as it is, or write CAST(... AS TEXT) around the expression"
	prints "9 rules with 9 examples, 14 templates: no error, 9 warnings
" "a/rules/own.xml:3: warning: rule 'AA-01': builds an index over account (about 1,000,000 $nation in every run; join it on an indexed column $lists, or $ONE account(request_no) in src/store/schema.c
a/rules/own.xml:10: warning: rule 'AA-02': builds an index over account (about 1,000,000 $nation in every run; join it on an indexed column $lists, or $ONE account(email) in src/store/schema.c
a/rules/own.xml:18: warning: rule 'AA-03': a subquery reads directory (about 120,000 $nation whole for each row; join it on an indexed column $lists, or $ONE directory(email) in src/store/schema.c
a/rules/own.xml:27: warning: rule 'AA-04': a subquery reads account_action (about 20,000,000 $nation whole for each row; join it on an indexed column $lists, or $ONE account_action(object) in src/store/schema.c
a/rules/own.xml:31: warning: rule 'AA-05': reads directory (about 120,000 $nation whole again for each row of account; write the join in 'from', with = on an indexed column by itself $lists
a/rules/own.xml:37: warning: rule 'AA-06': reads staff (about 120,000 $nation whole again for each row of account; write the join in 'from', with = on an indexed column by itself $lists
a/rules/own.xml:44: warning: rule 'AA-07': reads the rows of subquery d whole again for each row of account; $cast
a/rules/own.xml:52: warning: rule 'AA-08': reads the rows of subquery d whole again for each row of d; $cast
a/rules/own.xml:59: warning: rule 'AA-09': reads account_left (about 200,000 $nation whole again for each row of account; join it with = on one of its columns
" "$RASOAT" -C a check
}
run "rules that read a large table again for each row" again

clock() {
	key=case_id
	begin c cases
	rule CC-01 "case_file a JOIN case_clock k ON k.due_on = a.decided_on" "1 = 1"
	rule CC-02 "case_file a" "EXISTS (SELECT 1 FROM case_event v WHERE v.document_no = a.decision_no)"
	finish_rules
	key=
	prints "2 rules with 2 examples, 14 templates: no error, 2 warnings
" "c/rules/own.xml:3: warning: rule 'CC-01': reads case_clock whole again for each row of case_file; join it with = on case_id
c/rules/own.xml:11: warning: rule 'CC-02': a subquery reads case_event (about 2,000,000 rows in the whole country) whole for each row; join it on an indexed column (docs/stores.md lists them), or $ONE case_event(document_no) in src/store/schema.c
" "$RASOAT" -C c check
}
run "rules that read the clock again for each row" clock

one_pass() {
	begin o accounts
	rule OO-01 "account a" "a.login IN (SELECT login FROM directory y WHERE y.status = 'locked')"
	rule OO-02 "account a" "a.opened_on > (SELECT MAX(joined_on) FROM staff)"
	rule OO-03 "account a JOIN (SELECT MAX(joined_on) AS m FROM staff) z ON a.opened_on > z.m" "1 = 1"
	rule OO-04 "system y JOIN account a ON a.system_id = y.system_id" "1 = 1"
	rule OO-05 "account a JOIN (SELECT staff_id, COUNT(*) AS n FROM account GROUP BY staff_id) d ON d.staff_id = a.staff_id" "d.n > 1"
	rule OO-06 "account a JOIN account_left l ON l.account_id = a.account_id" "1 = 1"
	rule OO-07 "unit u JOIN account a ON a.unit_id = u.unit_id" "EXISTS (SELECT 1 FROM unit_path p WHERE p.ancestor_id = u.unit_id)"
	finish_rules
	prints "7 rules with 7 examples, 14 templates: no problem found
" "" "$RASOAT" -C o check
}
run "one pass over a large table is no harm" one_pass

form() {
	workspace f
	sed -i 's|\(<dataset name="opened" from="[^"]*\)"|\1 LEFT JOIN directory e ON e.email = a.email"|' f/templates/907.xml
	line=$(grep -n '<list id="increase"' f/templates/907.xml | cut -d: -f1)
	exits 0 "$RASOAT" -C f check &&
		text="builds an index over directory (about 120,000 rows in the whole country) in every run; join it on an indexed column (docs/stores.md lists them), or $ONE directory(email) in src/store/schema.c"
	printf '%s\n' "f/templates/907.xml:18: warning: dataset 'opened' of table 'sum': $text" \
		"f/templates/907.xml:$line: warning: list 'increase': $text" | diff - err >why
}
run "a list of a form that needs an index" form

jobs() { # good, warned of, and failing rules; by one thread and by several
	workspace m
	rm -r m/rules
	sh "$ROOT/tests/bench/many_rules.sh" 40 m/rules >/dev/null || return 1
	exits 0 "$RASOAT" -C m check && grep -q '^40 rules with [0-9]* examples, 14 templates: no problem found$' out || return 1
	cp a/rules/own.xml m/rules/a-own.xml
	sed -i 's/expect key="/&X/' m/rules/accounts-0001.xml
	sed -i 's/c.case_id<\/key>/c.nix<\/key>/' m/rules/cases-0001.xml
	exits 1 "$RASOAT" -C m check --jobs 1 || return 1
	mv err one
	grep -q 'warning: rule .AA-01' one && grep -q 'is missing' one && grep -q 'no such column: c.nix' one || return 1
	for n in 2 5; do
		exits 1 "$RASOAT" -C m check --jobs $n && diff one err >why || return 1
	done
	fails "rasoat: --jobs: 'x' is no number of threads; want 1 to 64" "$RASOAT" -C m check -j x
}
run "the same messages in the same order by any number of threads" jobs
finish
