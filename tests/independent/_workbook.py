"""The figures of a written workbook, read as a reader without a calculator sees them."""
import os
import re
import sys

try:
    import openpyxl
except ImportError:  # another python3 comes first in the path than the one with Debian's packages
    if sys.executable == '/usr/bin/python3' or not os.path.exists('/usr/bin/python3'):
        raise
    os.execv('/usr/bin/python3', ['/usr/bin/python3', *sys.argv])

import _run


def cells(path):
    """The sheets as lists of rows of values, as a reader without a calculator sees them."""
    book = openpyxl.load_workbook(path, data_only=True)
    return [(s.title, [[c.value for c in row] for row in s.iter_rows()]) for s in book]


def figures(rows):
    """label -> {column number: value} of the table under the row that begins with MS."""
    out, columns = {}, None
    for row in rows:
        if row[0] == 'MS':
            columns = {i: int(re.match(r'\(?(\d+)', str(v)).group(1))
                       for i, v in enumerate(row) if i and v is not None}
        elif 'Tổng số' in out:  # always the last one
            break
        elif columns:
            out[row[0]] = {n: row[i] for i, n in columns.items()}
    return out


def compare(name, want, got):
    """want: label -> list of numbers. A row of zeros may be left out."""
    problems = []
    for label in sorted(set(want) | set(got)):
        if label not in got:
            if any(want[label]):
                problems.append(f'{label}: no row, expected {want[label]}')
            continue
        if label not in want:
            problems.append(f'{label}: a row that should not be there')
            continue
        for n, value in enumerate(want[label], 1):
            if got[label].get(n) != value:
                problems.append(f'{label} ({n}): expected {value}, got {got[label].get(n)}')
    _run.check(name, problems)
