#!/bin/sh
# rasoat explain clock: each step of a term, and the annex for the file.
. tests/cli/lib.sh
cd "$SCRATCH" || exit 1
mkdir in
cat >in/unit.csv <<'CSV'
unit_id,name,level
01,Bảo hiểm xã hội thành phố Hà Nội,province
CSV
cat >in/case_file.csv <<'CSV'
case_id,unit_id,kind,level,received_on,accepted_on,complexity,complexity_ground,decided_on,decision_no,closed_on
TC/1,01,denunciation,first,2026-05-27,2026-06-01,very_complex,BB 12,2026-09-25,390/KL-BHXH,
KN2,01,complaint,first,2026-07-01,2026-07-06,normal,,2026-08-26,341/QĐ-BHXH,
KN3,01,complaint,first,2026-07-01,2026-08-03,normal,,,,
KP4,01,recommendation,,2026-07-01,2026-08-03,,,,,
CSV
cat >in/case_event.csv <<'CSV'
event_id,case_id,kind,happened_on,days,document_no
E1,TC/1,accept,2026-06-01,,12/QĐ-TL
E2,TC/1,extend,2026-06-26,30,41/QĐ-GH
E3,TC/1,extend,2026-07-28,30,42/QĐ-GH
E4,TC/1,extend,2026-08-26,30,43/QĐ-GH
E5,KN2,suspend,2026-07-20,,12/QĐ-TĐC
E6,KN2,resume,2026-08-10,,13/QĐ-TTGQ
E7,KN3,suspend,2026-08-10,,14/QĐ-TĐC
CSV
cat >in/case_party.csv <<'CSV'
case_id,role,full_name,id_no,address
TC/1,denouncer,Hoàng Yến Kín,001099000001,Số 9 phố Kín
CSV
workspace w
"$RASOAT" -C w import in >/dev/null 2>&1
clock() {
	"$RASOAT" -C w explain clock "$@"
}

steps() { # 30 days, two extensions of three, an end on a day off, 22 days late
	exits 0 clock TC/1 --as-of 2026-10-05 || return 1
	sed -n '/^TC-05/,/^  due/p' "$SCRATCH/out" | grep -v '^law' >got
	cat >want <<'TXT'
TC-05  Giải quyết tố cáo
  starts 2026-06-01  Thụ lý, 12/QĐ-TL
    2026-06-02 2026-07-01    30  due 2026-07-01  Thời hạn 30 ngày kể từ ngày 01/06/2026 [Luật Tố cáo 25/2018/QH14]
    2026-07-02 2026-07-31    30  due 2026-07-31  Gia hạn 30 ngày theo 41/QĐ-GH [41/QĐ-GH]
    2026-08-01 2026-08-30    30  due 2026-08-30  Gia hạn 30 ngày theo 42/QĐ-GH [42/QĐ-GH]
    2026-08-26 -              0  due 2026-08-30  Gia hạn theo 43/QĐ-GH vượt số lần luật cho phép: không tính [43/QĐ-GH]
    2026-08-31 2026-09-03     0  due 2026-09-03  Ngày cuối là ngày nghỉ: chuyển sang ngày làm việc tiếp theo
  ended  2026-09-25  Ban hành kết luận nội dung tố cáo, 390/KL-BHXH
  due    2026-09-03: late, 22 days
TXT
	diff want got && grep -q '^written: w/out/clock-TC_1-2026-10-05.pdf$' "$SCRATCH/out"
}
run "each step has its days and its document" steps

one_page() {
	[ "$(pdfinfo "$1" | sed -n 's/^Pages: *//p')" = 1 ] || return 1
	pdftotext -layout "$1" page.txt
}

annex() {
	one_page w/out/clock-TC_1-2026-10-05.pdf && grep -q "Bảng tính thời hạn giải quyết vụ việc" page.txt &&
		grep -q "Kèm theo hồ sơ vụ việc TC/1; số liệu đến hết ngày 05/10/2026" page.txt &&
		grep -q "41/QĐ-GH  *31/07/2026" page.txt && grep -q "quá hạn 22 ngày" page.txt && grep -q "Sơ đồ" page.txt
}
run "the annex is one page" annex

secret() { # a denouncer is nobody's business here
	! grep -rqE "Hoàng|Kín|001099000001" page.txt "$SCRATCH/out"
}
run "no party to the case is named" secret

stopped() {
	exits 0 clock KN2 --as-of 2026-10-05 --output other && one_page other/clock-KN2-2026-10-05.pdf &&
		grep -Eq "Tạm đình chỉ giải quyết +20/07/2026 +09/08/2026 +21 +12/QĐ-TĐC +26/08/2026" page.txt &&
		[ ! -e w/out/clock-KN2-2026-10-05.pdf ] &&
		exits 0 clock KN3 --as-of 2026-10-05 && grep -q "due    2026-10-28: suspended" "$SCRATCH/out"
}
run "suspended days do not count; --output" stopped

long_file() { # more steps than a page has room for in large print
	cp -r in long && for i in $(seq 10 39); do
		[ $((i % 2)) = 0 ] && kind=suspend || kind=resume
		echo "L$i,KN3,$kind,2026-08-$(printf %02d $((i - 8))),,$i/QĐ-TĐC"
	done >>long/case_event.csv && workspace v && "$RASOAT" -C v import long >/dev/null 2>&1
	exits 0 "$RASOAT" -C v explain clock KN3 --as-of 2026-10-05 && one_page v/out/clock-KN3-2026-10-05.pdf
}
run "a long file is one page, too" long_file

same_again() {
	cp w/out/clock-TC_1-2026-10-05.pdf first.pdf && exits 0 clock TC/1 --as-of 2026-10-05 &&
		cmp first.pdf w/out/clock-TC_1-2026-10-05.pdf
}
run "the same bytes again" same_again

prints_only() {
	rm -rf w/out && exits 0 "$RASOAT" -C w explain case:TC/1 --as-of 2026-10-05 && grep -q "^TC-05" "$SCRATCH/out" &&
		! grep -q written "$SCRATCH/out" && [ ! -e w/out ]
}
run "case:ID prints and writes nothing" prints_only

wrong() {
	fails "rasoat: case 'X' is not in the case store on 2026-10-05; check the code and --as-of" \
		clock X --as-of 2026-10-05 &&
		fails "rasoat: case 'KN2' is not in the case store on 2026-06-30; check the code and --as-of" \
			clock KN2 --as-of 2026-06-30 &&
		fails "rasoat: case 'KP4': no term of terms.xml has started on 2026-10-05" clock KP4 --as-of 2026-10-05 &&
		exits 1 clock KN2 && grep -q -- "--as-of DATE is missing" "$SCRATCH/err"
}
run "unknown case, no term, no day" wrong
finish
