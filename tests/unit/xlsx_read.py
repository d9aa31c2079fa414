"""Reads workbooks of test_xlsx.c with openpyxl and compares them with what was asked for.

Usage: xlsx_read.py CHECK FILE. Expected values come from the formulas of
demo_document.h, written down here a second time.
"""
import datetime
import re
import sys
import xml.dom.minidom
import zipfile

import openpyxl


def same(got, want, what):
    if got != want:
        sys.exit(f"{what}: got {got!r}, want {want!r}")


def figure(unit, column):
    if column == 2:
        return figure(unit, 3) + figure(unit, 7)
    return (unit + 1) * (column + 3) * (10007 if unit == 4 else 3)


def find(sheet, text):
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == text:
                return cell
    sys.exit(f"{sheet.title}: no cell {text!r}")


def well_formed(path):
    with zipfile.ZipFile(path) as z:
        for name in z.namelist():
            xml.dom.minidom.parseString(z.read(name))


def form(book, cached):
    """Types, live formulas, cached values and merged headings of the form."""
    sheet, values = book["Biểu 01-TCD"], cached["Biểu 01-TCD"]
    head = find(sheet, "MS")
    same(head.column, 1, "first heading")
    merged = {str(r) for r in sheet.merged_cells.ranges}
    top = head.row
    for span in ((1, top, 1, top + 2), (4, top, 7, top), (6, top + 1, 7, top + 1), (5, top + 1, 5, top + 2)):
        ref = openpyxl.utils.cell.range_boundaries  # (min col, min row, max col, max row)
        if not any(ref(m) == span for m in merged):
            sys.exit(f"no merged heading {span} among {sorted(merged)}")
    numbers = top + 3
    same(sheet.cell(numbers, 3).value, "1=2+6", "MS row")
    first = numbers + 1
    for u in range(36):
        row = first + u
        same(sheet.cell(row, 1).value, f"{u + 1:02d}", "code stays text")
        same(sheet.cell(row, 3).value, f"=D{row}+H{row}", "formula")
        same(values.cell(row, 3).value, figure(u, 2), "cached value")
        for c in range(3, 11):
            want = "–" if (u, c) == (2, 9) else figure(u, c)
            same(sheet.cell(row, c + 1).value, want, f"unit {u} column {c}")
        same(sheet.cell(row, 4).number_format, "#,##0", "number format")
        same(sheet.cell(row, 2).hyperlink.location, "'Phát hiện'!A1", "link")
    total = first + 36
    same(sheet.cell(total, 2).value, "Tổng số (36/36 đơn vị)", "total")
    for c in range(2, 11):
        letter = "ABCDEFGHIJK"[c]
        same(sheet.cell(total, c + 1).value, f"=SUM({letter}{first}:{letter}{total - 1})", "sum")
        want = sum(figure(u, c) for u in range(36) if (u, c) != (2, 9))
        same(values.cell(total, c + 1).value, want, f"cached sum {c}")
        same(sheet.cell(total, c + 1).font.bold, True, "total is bold")
    cell = sheet.cell(top, 1)
    same((cell.font.name, cell.font.size, cell.font.bold), ("Times New Roman", 11, True), "heading font")
    same((cell.border.left.style, cell.border.bottom.style), ("thin", "thin"), "border")
    same(cell.alignment.wrap_text, True, "wrapped heading")
    same((sheet.cell(numbers, 1).font.size, sheet.cell(numbers, 1).alignment.horizontal), (9, "center"), "MS row")
    page(sheet, top, numbers)


def page(sheet, top, numbers):
    same(sheet.page_setup.paperSize, 9, "A4")
    same(sheet.page_setup.orientation, "landscape", "orientation")
    same((sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight), (1, 0), "fit to width")
    same(sheet.sheet_properties.pageSetUpPr.fitToPage, True, "fit to page")
    same((sheet.print_title_rows, sheet.print_title_cols), (f"${top}:${numbers}", "$A:$B"), "print titles")
    mm = [round(getattr(sheet.page_margins, side) * 25.4) for side in ("left", "right", "top", "bottom")]
    same(mm, [30, 15, 20, 20], "margins")
    same(sheet.oddHeader.center.text, "&P", "page number")
    same(sheet.oddFooter.left.text.strip(), "rasoat && BHXH – 05/10/2026", "footer")


def letterhead(book):
    sheet = book["Biểu 01-TCD"]
    same(find(sheet, "BẢO HIỂM XÃ HỘI VIỆT NAM").font.bold, False, "superior")
    same(find(sheet, "BẢO HIỂM XÃ HỘI TỈNH ĐẮK LẮK").font.bold, True, "agency")
    nation = find(sheet, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    same((nation.row, nation.font.bold), (find(sheet, "BẢO HIỂM XÃ HỘI VIỆT NAM").row, True), "Quốc hiệu")
    date = find(sheet, "Đắk Lắk, ngày 05 tháng 10 năm 2026")
    same((date.font.italic, date.row), (True, find(sheet, "Số:        /BC-BHXH").row), "place and date")
    same(find(sheet, "KT. GIÁM ĐỐC").row, find(sheet, "Nơi nhận:").row, "signature beside recipients")
    find(sheet, "- Lưu: VT, TTKT.")
    find(sheet, "Nguyễn Thị Ánh")


def findings(book):
    sheet = book["Phát hiện"]
    head = find(sheet, "Quy tắc").row
    same(sheet.page_setup.paperSize, 8, "A3")
    same(sheet.auto_filter.ref, f"A{head}:G{head + 5}", "filter")
    same(sheet.freeze_panes, f"A{head + 1}", "frozen heading")
    row = head + 2
    same(sheet.cell(row, 2).value, "007001_x0041_", "escaped")  # openpyxl undoes the escape, as Excel does
    same(sheet.cell(row, 4).value, datetime.datetime(2026, 2, 6), "date")
    same(sheet.cell(row, 4).number_format.lower(), "dd/mm/yyyy", "date format")
    same((sheet.cell(row, 5).value, sheet.cell(row, 6).value), (400, 1250000.5), "numbers")
    same(sheet.cell(row + 1, 2).value, "***", "withheld")
    same(sheet.cell(row + 1, 4).value, None, "no date")
    same(sheet.cell(row + 2, 6).value, "–", "not applicable")
    same((sheet.cell(row + 3, 2).value, raw_type(book.path, "=1+1")), ("=1+1", "s"), "text is no formula")
    same(sheet.cell(row + 3, 7).value, "dòng 1\ndòng 2", "line break")


def raw_type(path, text):
    """"s" when `text` stands among the strings and no sheet has a formula element with it."""
    with zipfile.ZipFile(path) as z:
        strings = z.read("xl/sharedStrings.xml").decode()
        sheets = "".join(z.read(n).decode() for n in z.namelist() if "worksheets/sheet" in n)
    return "s" if f"<t>{text}</t>" in strings and f"<f>{text[1:]}</f>" not in sheets else "f"


def charts(path):
    with zipfile.ZipFile(path) as z:
        parts = [z.read(n).decode() for n in z.namelist() if re.match(r"xl/charts/chart\d+\.xml", n)]
    same(len(parts), 2, "charts")
    same(['<c:barDir val="bar"/>' in p for p in parts], [True, False], "direction")
    for p in parts:
        refs = re.findall(r"<c:f>([^<]*)</c:f>", p)
        if not all(re.fullmatch(r"'Tổng hợp'!\$[A-D]\$\d+:\$[A-D]\$\d+", r) for r in refs[-2:]):
            sys.exit(f"chart refers to {refs}")


def properties(book):
    p = book.properties
    same((p.title, p.subject, p.creator), ("Báo cáo tiếp công dân & rà soát <tài khoản>", "Quý III năm 2026",
                                           "Bảo hiểm xã hội tỉnh Đắk Lắk"), "properties")
    same(p.created, datetime.datetime(2026, 10, 5), "created")


def check_demo(path):
    well_formed(path)
    book, cached = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    book.path = path
    same(book.sheetnames, ["Biểu 01-TCD", "Tổng hợp", "Phát hiện"], "sheets")
    form(book, cached)
    letterhead(book)
    findings(book)
    charts(path)
    properties(book)


def check_stream(path):
    """Constant memory: merges within one row only, the same values, the draft mark on top."""
    well_formed(path)
    book, cached = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    for sheet in book:
        for r in sheet.merged_cells.ranges:
            same(r.min_row, r.max_row, f"{sheet.title}: merged rows")
        same(sheet["A1"].value, "DỰ THẢO – số liệu chưa khớp", f"{sheet.title}: draft mark")
        if "DỰ THẢO" not in sheet.oddHeader.center.text:
            sys.exit("no draft mark in the page header")
    sheet = cached["Biểu 01-TCD"]
    row = find(sheet, "Tiếp thường xuyên – Trong đó đoàn đông người – Số đoàn được tiếp").row + 2
    same([sheet.cell(row + 4, c + 1).value for c in range(2, 11)], [figure(4, c) for c in range(2, 11)], "unit 4")


def check_traps(path):
    well_formed(path)
    sheet = openpyxl.load_workbook(path)["Bẫy"]
    values = [sheet.cell(r, 1).value for r in range(2, 7)]
    mark = " … (xem bản JSON Lines)"
    same((len(values[0]), values[0].endswith(mark), values[0][0]), (32700 + len(mark), True, "ệ"), "long text")
    same(values[1], "9.007.199.254.740.993", "a number with more digits than Excel keeps")
    same(values[2], 999999999999999, "the largest exact number")
    same(values[3], "\ufffd<&>\"'", "what XML cannot hold")
    same(values[4], "'ệ" * 3 + " ", "blanks and apostrophes")


def check_parts(path):
    """100 numbers on sheets of 40 rows: none lost, filters and frozen headings on each, every link leads to a sheet."""
    well_formed(path)
    book = openpyxl.load_workbook(path)
    same(book.sheetnames, ["Tổng hợp", "L'ỗi", "L'ỗi (2)", "L'ỗi (3)"], "sheets")
    numbers, links = [], {}
    for sheet in book:
        values = [row[0].value for row in sheet.iter_rows()]
        numbers += [v for v in values if isinstance(v, int)]
        for row in sheet.iter_rows():
            for cell in row:
                if cell.hyperlink:
                    links[sheet.title, cell.value] = cell.hyperlink.location
        if sheet.title != "Tổng hợp":
            head = values.index("STT") + 1
            same(sheet.freeze_panes, f"A{head + 1}", f"{sheet.title}: frozen heading")
            last = max(i for i, v in enumerate(values) if isinstance(v, int)) + 1
            same(sheet.auto_filter.ref, f"A{head}:B{last}", f"{sheet.title}: filter")
        if sheet.max_row > 40:
            sys.exit(f"{sheet.title}: {sheet.max_row} rows")
    same(numbers, list(range(1, 101)), "rows")
    to = [f"'L''ỗi{part}'!A1" for part in ("", " (2)", " (3)")]
    same(links, {
        ("Tổng hợp", "L'ỗi – phần 1/3: tờ “L'ỗi”, dòng 1–35"): to[0],
        ("Tổng hợp", "L'ỗi – phần 2/3: tờ “L'ỗi (2)”, dòng 36–72"): to[1],
        ("Tổng hợp", "L'ỗi – phần 3/3: tờ “L'ỗi (3)”, dòng 73–100"): to[2],
        ("L'ỗi", "Phần 1/3 (dòng 1–35). Tiếp theo: tờ “L'ỗi (2)” →"): to[1],
        ("L'ỗi", "← Về trang Tổng hợp"): "'Tổng hợp'!A1",
        ("L'ỗi", "Còn tiếp ở tờ “L'ỗi (2)” →"): to[1],
        ("L'ỗi (2)", "Phần 2/3 (dòng 36–72). Tiếp theo: tờ “L'ỗi (3)” →"): to[2],
        ("L'ỗi (2)", "Còn tiếp ở tờ “L'ỗi (3)” →"): to[2],
        ("L'ỗi (3)", "Phần 3/3 (dòng 73–100). ← Đầu danh sách: tờ “L'ỗi”"): to[0],
    }, "links")


if __name__ == "__main__":
    {"demo": check_demo, "stream": check_stream, "traps": check_traps, "parts": check_parts}[sys.argv[1]](sys.argv[2])
