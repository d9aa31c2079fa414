#!/bin/sh
# rasoat rules: the list for people and for programs.
. tests/cli/lib.sh
cd "$SCRATCH" || exit 1
workspace w

all_rules() { # every rule of every file, once, with its severity
	exits 0 "$RASOAT" -C w rules || return 1
	sed -n 's/^\([A-Z]\{2,4\}-[0-9]\{2\}[a-z]\{0,1\}\) .*/\1/p' "$SCRATCH/out" | sort >got
	sed -n 's/.*<rule id="\([^"]*\)".*/\1/p' "$ROOT"/rules/*.xml | sort >want
	cmp want got && [ -s got ]
}
run "every rule is listed" all_rules
by_rule() {
	exits 0 "$RASOAT" -C w rules --rule ACC-05 || return 1
	cat >want <<'END'
        Tài khoản đang mở nhưng lâu ngày không đăng nhập
        law      Công văn 907/BHXH-CNTT, 2019-03-26, rà soát tài khoản định kỳ hằng quý
        law      Ngưỡng số ngày không đăng nhập do đơn vị quy định [inference]
        valid    from 2019-03-26
        param    days = 90: days without a login that are still accepted; no source gives a number

1 rule
END
	sed -n '4,$p' "$SCRATCH/out" | cmp - want && grep -q '^ACC-05  medium, account$' "$SCRATCH/out" &&
		grep -qx 'accounts: 1 rule on the account store (w/rules/accounts.xml)' "$SCRATCH/out"
}
run "one rule, word for word" by_rule
by_pack() { # other packs are not there
	exits 0 "$RASOAT" -C w rules --pack cases && ! grep -q '^ACC-' "$SCRATCH/out" &&
		[ "$(grep -c '^CAS-' "$SCRATCH/out")" = "$(grep -c '<rule id' "$ROOT/rules/cases.xml")" ] &&
		exits 0 "$RASOAT" -C w rules --pack permissions --rule ACC-01 && grep -q '^PER-01' "$SCRATCH/out" &&
		grep -q '^ACC-01' "$SCRATCH/out" && ! grep -q '^ACC-02' "$SCRATCH/out"
}
run "packs" by_pack
unknown() {
	fails "rasoat: --rule: unknown rule 'ACC-99'; 'rasoat rules' lists them" "$RASOAT" -C w rules --rule ACC-99 || return 1
	exits 1 "$RASOAT" -C w rules --pack nothing &&
		grep -q "^rasoat: --pack: unknown pack 'nothing' (there are accounts, .*permissions.*)$" "$SCRATCH/err" &&
		fails "rasoat rules: unexpected argument 'x'; see 'rasoat rules --help'" "$RASOAT" -C w rules x
}
run "unknown names" unknown
param_set() {
	workspace p
	sed -i 's|</workspace>|  <param rule="ACC-05" name="days" value="60"/>\n</workspace>|' p/rasoat.xml
	exits 0 "$RASOAT" -C p rules --rule ACC-05 && grep -q 'param    days = 60 (set in rasoat.xml; default 90): ' "$SCRATCH/out" &&
		exits 0 "$RASOAT" -C p rules --rule ACC-05 --json && grep -q '"value":"60","default":"90"' "$SCRATCH/out"
}
run "what rasoat.xml sets" param_set
json() {
	exits 0 "$RASOAT" -C w rules --json && python3 - "$ROOT" <<'END'
import glob, json, sys
import xml.etree.ElementTree as tree

ns = "{urn:rasoat:rules:1}"
got = {r["id"]: r for r in map(json.loads, open("out", encoding="utf-8"))}
want = {}
for path in glob.glob(sys.argv[1] + "/rules/*.xml"):
    root = tree.parse(path).getroot()
    for rule in root.findall(ns + "rule"):
        want[rule.get("id")] = (root.get("pack"), rule)
assert got.keys() == want.keys(), (got.keys() ^ want.keys())
for id, (pack, rule) in want.items():
    r = got[id]
    assert r["pack"] == pack and r["severity"] == rule.get("severity") and r["subject"] == rule.get("subject"), r
    assert r["title"].split() == rule.find(ns + "title").text.split(), r
    assert [b["document"] for b in r["basis"]] == [b.get("document") for b in rule.findall(ns + "basis")], r
    assert [b["mark"] for b in r["basis"]] == [b.get("mark", "verified") for b in rule.findall(ns + "basis")], r
    own = [p for p in r["params"] if p["name"] not in ("before_day", "fixed_day")] # the macros' own
    assert [p["default"] for p in own] == [p.get("default") for p in rule.findall(ns + "param")], r
    valid = rule.find(ns + "valid")
    assert r["valid_from"] == (valid.get("from") if valid is not None else None), r
END
}
run "an object a line for programs" json
guide() { # both files name every rule; the page needs no other file and is closed as it was opened
	exits 0 "$RASOAT" -C w rules --guide || return 1
	printf 'wrote w/out/rules-guide.pdf\nwrote w/out/rules-guide.html\n' | cmp - "$SCRATCH/out" || return 1
	qpdf --check w/out/rules-guide.pdf >q.log 2>&1 || { cat q.log; return 1; }
	pdftotext w/out/rules-guide.pdf g.txt
	sed -n 's/.*<rule id="\([^"]*\)".*/\1/p' "$ROOT"/rules/*.xml >ids
	while read -r id; do
		if ! grep -q "$id\." g.txt || ! grep -q "<h2 id=\"$id\">" w/out/rules-guide.html; then
			echo "$id" >"$SCRATCH/why"
			return 1
		fi
	done <ids
	# Subjects and packs have names that an inspector reads.
	LC_ALL=C grep -E 'Từng [ -~]*\.</td>|<h1>[ -~]*</h1>' w/out/rules-guide.html && return 1
	! grep -q 'http\|src=\|@import\|<script' w/out/rules-guide.html && python3 - <<'END'
import html.parser, re

class Check(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids, self.links = [], set(), set()
    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "col", "br", "rect", "path"):
            self.open.append(tag)
        for k, v in attrs:
            if k == "id":
                assert v not in self.ids, v
                self.ids.add(v)
            if k == "href":
                self.links.add(v[1:])
    def handle_startendtag(self, tag, attrs):
        pass
    def handle_endtag(self, tag):
        assert self.open.pop() == tag, (tag, self.getpos())

text = open("w/out/rules-guide.html", encoding="utf-8").read()
c = Check()
c.feed(text)
assert not c.open and c.links <= c.ids, (c.open, c.links - c.ids)
assert "Thời hạn: Giải quyết tố cáo" in text and "gia hạn lần 2" in text and "tạm đình chỉ" in text
END
}
run "the guide for inspectors" guide
guide_same() { # another place, another day, another language
	workspace v
	TZ=Asia/Tokyo LC_ALL=C SOURCE_DATE_EPOCH=1 "$RASOAT" -C v rules --guide --output . >/dev/null &&
		cmp rules-guide.pdf w/out/rules-guide.pdf && cmp rules-guide.html w/out/rules-guide.html
}
run "the same guide elsewhere" guide_same
guide_params() { # shows what the unit has set; one pack only
	exits 0 "$RASOAT" -C p rules --guide --pack accounts --format html &&
		grep -q 'days = 60 (đơn vị đặt trong rasoat.xml; mặc định 90)' p/out/rules-guide.html &&
		! grep -q 'id="CAS-01"' p/out/rules-guide.html && [ ! -e p/out/rules-guide.pdf ] &&
		fails "rasoat rules: --format: the guide is pdf or html, not 'xlsx'; see 'rasoat rules --help'" \
			"$RASOAT" -C p rules --guide --format xlsx
}
run "the guide of one pack, with what rasoat.xml sets" guide_params
finish
