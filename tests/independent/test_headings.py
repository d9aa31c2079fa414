#!/usr/bin/env python3
"""01/TCD and 02/XLD word for word as Thông tư 06/2025/TT-TTCP prints them, read from the workbook; and what a reader gets
out of the PDF files.

The tables below were typed from the circular, not from the templates: path of the titles, number and formula.
"""
import datetime as dt
import os
import re
import subprocess
import sys

try:
    import openpyxl
except ImportError:  # another python3 comes first in the path than the one with Debian's packages
    if sys.executable == '/usr/bin/python3' or not os.path.exists('/usr/bin/python3'):
        raise
    os.execv('/usr/bin/python3', ['/usr/bin/python3', *sys.argv])

import _run

TCD = '''
1=5+11+17|Tổng số lượt tiếp
2=6+12+18|Tổng số người được tiếp
3=7+13+19|Tổng số vụ việc tiếp
4=8+14+20|Tổng số đoàn đông người
5|Tiếp thường xuyên > Số lượt tiếp
6|Tiếp thường xuyên > Số người được tiếp
7|Tiếp thường xuyên > Số vụ việc
8|Tiếp thường xuyên > Trong đó đoàn đông người > Số đoàn được tiếp
9|Tiếp thường xuyên > Trong đó đoàn đông người > Số người được tiếp
10|Tiếp định kỳ và đột xuất của Thủ trưởng > Thủ trưởng tiếp > Số ngày tiếp
11|Tiếp định kỳ và đột xuất của Thủ trưởng > Thủ trưởng tiếp > Số lượt tiếp
12|Tiếp định kỳ và đột xuất của Thủ trưởng > Thủ trưởng tiếp > Số người được tiếp
13|Tiếp định kỳ và đột xuất của Thủ trưởng > Thủ trưởng tiếp > Số vụ việc
14|Tiếp định kỳ và đột xuất của Thủ trưởng > Thủ trưởng tiếp > Trong đó đoàn đông người > Số đoàn được tiếp
15|Tiếp định kỳ và đột xuất của Thủ trưởng > Thủ trưởng tiếp > Trong đó đoàn đông người > Số người được tiếp
16|Tiếp định kỳ và đột xuất của Thủ trưởng > Ủy quyền tiếp > Số ngày tiếp
17|Tiếp định kỳ và đột xuất của Thủ trưởng > Ủy quyền tiếp > Số lượt tiếp
18|Tiếp định kỳ và đột xuất của Thủ trưởng > Ủy quyền tiếp > Số người được tiếp
19|Tiếp định kỳ và đột xuất của Thủ trưởng > Ủy quyền tiếp > Số vụ việc
20|Tiếp định kỳ và đột xuất của Thủ trưởng > Ủy quyền tiếp > Trong đó đoàn đông người > Số đoàn được tiếp
21|Tiếp định kỳ và đột xuất của Thủ trưởng > Ủy quyền tiếp > Trong đó đoàn đông người > Số người được tiếp
'''
XLD = '''
1|Tổng số đơn
2|Số đơn đã xử lý
3=4+23|Số đơn đủ điều kiện xử lý
4=6+12+19|Số đơn thuộc thẩm quyền
5|Số vụ việc thuộc thẩm quyền
6=7+8=9+10+11|Số đơn thuộc thẩm quyền > Khiếu nại > Tổng số đơn
7|Số đơn thuộc thẩm quyền > Khiếu nại > Phân loại theo thẩm quyền giải quyết > Khiếu nại lần đầu
8|Số đơn thuộc thẩm quyền > Khiếu nại > Phân loại theo thẩm quyền giải quyết > Khiếu nại lần 2
9|Số đơn thuộc thẩm quyền > Khiếu nại > Phân loại theo lĩnh vực > Đất đai
10|Số đơn thuộc thẩm quyền > Khiếu nại > Phân loại theo lĩnh vực > Chế độ, chính sách
11|Số đơn thuộc thẩm quyền > Khiếu nại > Phân loại theo lĩnh vực > Khác
12=13+14=15+16+17+18|Số đơn thuộc thẩm quyền > Tố cáo > Tổng số đơn
13|Số đơn thuộc thẩm quyền > Tố cáo > Phân loại theo thẩm quyền giải quyết > Tố cáo lần đầu
14|Số đơn thuộc thẩm quyền > Tố cáo > Phân loại theo thẩm quyền giải quyết > Tố cáo tiếp
15|Số đơn thuộc thẩm quyền > Tố cáo > Phân loại theo lĩnh vực > Hành chính
16|Số đơn thuộc thẩm quyền > Tố cáo > Phân loại theo lĩnh vực > Tham nhũng
17|Số đơn thuộc thẩm quyền > Tố cáo > Phân loại theo lĩnh vực > Tư pháp
18|Số đơn thuộc thẩm quyền > Tố cáo > Phân loại theo lĩnh vực > Khác
19=20+21+22|Số đơn thuộc thẩm quyền > Kiến nghị, phản ánh > Tổng số đơn
20|Số đơn thuộc thẩm quyền > Kiến nghị, phản ánh > Phân loại theo lĩnh vực > Chế độ, chính sách
21|Số đơn thuộc thẩm quyền > Kiến nghị, phản ánh > Phân loại theo lĩnh vực > Đất đai
22|Số đơn thuộc thẩm quyền > Kiến nghị, phản ánh > Phân loại theo lĩnh vực > Khác
23=24+25|Số đơn không thuộc thẩm quyền > Tổng số đơn
24|Số đơn không thuộc thẩm quyền > Phân loại theo kết quả xử lý > Hướng dẫn
25|Số đơn không thuộc thẩm quyền > Phân loại theo kết quả xử lý > Chuyển đơn
'''
FORMS = [
    ('01-TCD', TCD, 21, ['01/TCD', 'TỔNG HỢP KẾT QUẢ TIẾP CÔNG DÂN THƯỜNG XUYÊN, ĐỊNH KỲ VÀ ĐỘT XUẤT',
                         'Số liệu tính từ ngày 15/06/2026 đến ngày 14/09/2026', '22. Ghi chú:']),
    ('02-XLD', XLD, 25, ['02/XLD', 'TỔNG HỢP KẾT QUẢ XỬ LÝ ĐƠN',
                         'Số liệu tính từ ngày 15/06/2026 đến ngày 14/09/2026', '26. Ghi chú:']),
]


def paths(sheet):
    """[(number or formula of the row MS, path of the titles above it)]; the first column is 'Đơn vị'."""
    title = {}  # (row, column) -> text, of every cell that a merged cell covers
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                title[cell.row, cell.column] = str(cell.value)
    for merged in sheet.merged_cells.ranges:
        for row in range(merged.min_row, merged.max_row + 1):
            for column in range(merged.min_col, merged.max_col + 1):
                title[row, column] = title.get((merged.min_row, merged.min_col))
    ms = next(row for (row, column), text in sorted(title.items()) if column == 1 and text == 'MS')
    top = ms - 1
    while title.get((top - 1, 1)) == title[ms - 1, 1]:
        top -= 1
    out, column = [], 1
    while (ms, column) in title:
        path = []
        for row in range(top, ms):
            text = title.get((row, column))
            if text and (not path or path[-1] != text):
                path.append(text)
        out.append((title[ms, column], ' > '.join(path)))
        column += 1
    return out


def headings(folder, form, table, columns, lines):
    book = openpyxl.load_workbook(os.path.join(folder, 'out', f'{form}-2026-Q3.xlsx'))
    sheet = book.worksheets[0]
    want = [('MS', 'Đơn vị')] + [tuple(line.split('|')) for line in table.strip().splitlines()]
    got = paths(sheet)
    _run.check(f'{form}: {columns} columns, titles and formulas word for word',
               ([] if len(want) == columns + 1 else ['the typed table is incomplete']) +
               _run.different(dict(enumerate(want)), dict(enumerate(got))))
    texts = [str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None]
    problems = [f'missing: {line}' for line in lines if line not in texts]
    attached = [t for t in texts if t.startswith('(Kèm theo Báo cáo số:')]
    if len(attached) != 1 or not re.fullmatch(
            r'\(Kèm theo Báo cáo số: +ngày +tháng +năm 2026 của Bảo hiểm xã hội Việt Nam\)', attached[0]):
        problems.append(f'attachment line: {attached}')
    _run.check(f'{form}: code, title, period, attachment and note as printed', problems)


def characters(text):
    """Letters, digits and signs without what only sets lines and columns."""
    return re.sub(r'[\s─-]', '', text)


def words(text):
    return set(re.findall(r'\w+', text))


def pdf_text(path):
    return subprocess.run(['pdftotext', '-layout', path, '-'], capture_output=True, text=True, check=True).stdout


def texts(folder):
    """The PDF of a form holds the words of its text format, and no others but the page numbers and the footer."""
    for form in ('01-TCD', '02-XLD', '907'):
        base = os.path.join(folder, 'out', f'{form}-2026-Q3')
        with open(base + '.txt', encoding='utf-8') as f:
            plain = f.read()
        printed = pdf_text(base + '.pdf')
        broken = '\ufffd' in printed or any('\ue000' <= c <= '\uf8ff' for c in printed)
        lost = {w for w in words(plain) - words(printed) if characters(w) not in characters(printed)}
        # Headings of one column that all rows agree upon stay off paper; the names of sheets are no text.
        lost -= words('Dòng đầu tiên không khớp Số dòng không khớp 1 2 3 4 TCD XLD Biểu Kiểm tra Tăng Giảm Thay đổi quyền')
        _run.check(f'{form}: the PDF gives every word of the text format back',
                   (['characters that are no text'] if broken else []) + sorted(lost))
    base = os.path.join(folder, 'out', f'audit-{_run.DAY}')
    printed = pdf_text(base + '.pdf')
    day = dt.date.fromisoformat(_run.DAY)
    want = ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', 'I. TÓM TẮT', 'VI. KIẾN NGHỊ',
            f'(Số liệu đến ngày {day:%d} tháng {day:%m} năm {day:%Y})', 'Kính gửi: Bộ Tài chính', './.']
    first = printed.split('\f')[0]
    counts = _run.readme_tables()['Expected counts as of ' + _run.DAY]
    found = next(n for rule, n, _ in counts if rule == 'all')
    problems = [f'missing: {w}' for w in want if w not in printed]
    problems += [f'not on page 1: {w}' for w in (f'Phát hiện {found}', 'Việc cần làm trước hết', 'nhiều vi phạm nhất')
                 if w not in first]
    pages = printed.rstrip('\f').count('\f') + 1
    if pages > 4 + len(counts) / 6:  # a few lines for each rule
        problems.append(f'{pages} pages')
    _run.check('audit: the PDF for leadership, its first page and its length', problems)


def main():
    folder = _run.workspace(_run.SAMPLES)
    for form in ('01-TCD', '02-XLD', '907'):
        _run.rasoat(folder, 'report', form, '--period', '2026-Q3', '--format', 'xlsx,pdf,text')
    _run.rasoat(folder, 'audit', '--as-of', _run.DAY, expect=(2,))
    for form, table, columns, lines in FORMS:
        headings(folder, form, table, columns, lines)
    texts(folder)
    _run.leave()


main()
