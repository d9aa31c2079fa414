#!/bin/sh
# <terms> of rasoat.xml: where the law leaves a question, and what a run records of it.
. tests/cli/lib.sh
cd "$SCRATCH" || exit 1
mkdir in
printf 'unit_id,name,level\n01,Bảo hiểm xã hội thành phố Hà Nội,province\n' >in/unit.csv
cat >in/case_file.csv <<'CSV'
case_id,unit_id,kind,level,received_on,accepted_on,complexity,complexity_ground,decided_on
KN1,01,complaint,first,2026-07-01,2026-07-06,complex,,2026-08-20
CSV
workspace w
"$RASOAT" -C w import in >/dev/null 2>&1
mkdir pack
cat >pack/days.xml <<'XML'
<rules xmlns="urn:rasoat:rules:1" pack="days" store="cases">
  <rule id="ZZ-01" severity="low" subject="case">
    <title>Ngày nhận đơn sau hạn</title>
    <basis document="văn bản"/>
    <from>case_file c</from>
    <where>c.received_on &gt; before_day('2026-07-01') OR c.received_on &gt; fixed_day('2026-06-28')</where>
    <key>c.case_id</key>
    <unit>c.unit_id</unit>
    <field name="last" label="Hạn" type="date">before_day('2026-07-01')</field>
    <field name="fixed" label="Hạn" type="date">fixed_day('2026-06-28')</field>
    <message>{key} {last} {fixed}</message>
    <remedy>xem</remedy>
    <example name="the law's reading, whatever rasoat.xml sets" as-of="2026-10-05">
      <row table="case_file" case_id="K" kind="complaint" received_on="2026-07-01"/>
      <expect key="K" last="2026-06-30" fixed="2026-06-28"/>
    </example>
    <example name="the other one" as-of="2026-10-05">
      <set param="before_day" value="0"/><set param="fixed_day" value="1"/>
      <row table="case_file" case_id="K" kind="complaint" received_on="2026-07-01"/>
      <expect key="K" last="2026-07-01" fixed="2026-06-29"/>
    </example>
  </rule>
</rules>
XML
cp pack/days.xml w/rules/zz-days.xml

audited() {
	rm -f w/out/*.jsonl
	"$RASOAT" -C w audit --as-of 2026-10-05 --rule "$1" --format jsonl >/dev/null
	cat w/out/*.jsonl
}

set_terms() {
	sed -i 's|^</workspace>|  <terms '"$1"'/>\n</workspace>|' w/rasoat.xml
}

recorded() {
	sqlite3 w/ledger.db "SELECT params FROM run ORDER BY run_id DESC LIMIT 1"
}

legal() {
	audited CAS-02 | grep -q '"key":"KN1".*"verdict":"indeterminate"\|"verdict":"indeterminate".*"key":"KN1"' || return 1
	recorded | grep -q '"terms.complexity-ground":"required"' || return 1
	audited ZZ-01 | grep -q 'KN1 30/06/2026 28/06/2026' && recorded | grep -q '"ZZ-01.before_day":"1","ZZ-01.fixed_day":"0"'
}
run "without <terms> the law is read strictly" legal

other() {
	set_terms 'complexity-ground="optional" before-day="lenient" fixed-day="next-workday"'
	audited CAS-02 >got
	! grep -q KN1 got && recorded | grep -q '"terms.complexity-ground":"optional"' || return 1
	audited ZZ-01 | grep -q 'KN1 01/07/2026 29/06/2026' && recorded | grep -q '"ZZ-01.before_day":"0","ZZ-01.fixed_day":"1"'
}
run "<terms> sets the other readings, and the run records them" other

examples() {
	exits 0 "$RASOAT" -C w check -q
}
run "examples keep the law's readings" examples

wrong() {
	cp w/rules/zz-days.xml keep.xml
	sed -i "s|<key>c.case_id</key>|<key>term_due('TCD-70', c.received_on)</key>|" w/rules/zz-days.xml
	fails "w/rules/zz-days.xml:2: error: term_due: terms.xml has no term 'TCD-70'; did you mean 'TCD-07'?
rasoat: 1 problem; correct the file and line named" "$RASOAT" -C w check &&
		fails "w/rules/zz-days.xml:2: error: term_due: terms.xml has no term 'TCD-70'; did you mean 'TCD-07'?" \
			"$RASOAT" -C w audit --as-of 2026-10-05
	code=$?
	mv keep.xml w/rules/zz-days.xml
	return $code
}
run "a wrong term is an error at file and line" wrong
finish
