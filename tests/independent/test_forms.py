#!/usr/bin/env python3
"""Every cell of 01/TCD, 02/XLD and the report of letter 907 against the independent loops."""
import datetime as dt
import os

import _facts
import _forms
import _run
from _workbook import cells, compare, figures

FORMS = [('01-TCD', '01/TCD', _forms.tcd, 21), ('02-XLD', '02/XLD', _forms.xld, 25)]
PERIOD = '2026-Q3'


def labelled(tables, rows, width):
    names = {u['unit_id']: u['name'] for u in tables['unit']}
    out = {names[unit]: values for unit, values in rows}
    out['Tổng số'] = [sum(values[n] for _, values in rows) for n in range(width)]
    return out


def test_form(name, folder, tables, form, scope):
    code, _, compute, width = form
    option = [] if scope == '00' else ['--unit', scope]
    _run.rasoat(folder, 'report', code, '--period', PERIOD, '--format', 'xlsx', *option, expect=(0, 2))
    path = os.path.join(folder, 'out', f'{code}-{PERIOD}{"" if scope == "00" else "-" + scope}.xlsx')
    rows = _forms.rolled(tables, compute(tables, _forms.Q3), width, _forms.Q3[1], scope)
    compare(f'{name} {code} of {scope}: {len(rows)} rows', labelled(tables, rows, width),
            figures(cells(path)[0][1]))


def listed(rows, login, date):
    """(login, day) of the rows of a list: those that begin with their number."""
    out = []
    for row in rows:
        if isinstance(row[0], int):
            day = row[date]
            out.append((row[login], day.date() if isinstance(day, dt.datetime) else day))
    return sorted(out)


def test_907(name, folder, tables, scope):
    option = [] if scope == '00' else ['--unit', scope]
    _run.rasoat(folder, 'report', '907', '--period', PERIOD, '--format', 'xlsx', *option, expect=(0, 2))
    path = os.path.join(folder, 'out', f'907-{PERIOD}{"" if scope == "00" else "-" + scope}.xlsx')
    sheets = cells(path)
    sums, increase, decrease, roles = _forms.changes(tables, _forms.CALENDAR_Q3, scope)
    names = {s['system_id']: s['name'] for s in tables['system']}
    want = {names[s]: v for s, v in sums.items()}
    want['Tổng số'] = [sum(v[n] for v in sums.values()) for n in range(5)]
    compare(f'{name} 907 of {scope}: the summary', want, figures(sheets[0][1]))
    accounts = {a['account_id']: a for a in tables['account']}
    lists = [
        ('2', 5, 7, [(accounts[a]['login'], accounts[a]['opened_on']) for a in increase]),
        ('3', 4, 7, [(accounts[a]['login'], accounts[a]['locked_on']) for a in decrease]),
        ('4', 4, 7, [(accounts[a]['login'], day) for a, _, day in roles]),
    ]
    for section, login, date, rows in lists:
        sheet = next((r for title, r in sheets if title.startswith(section + '.')), [])
        got = listed(sheet, login, date)
        rows.sort()
        odd = [f'expected and not there: {r}' for r in rows if rows.count(r) > got.count(r)]
        odd += [f'there and not expected: {r}' for r in got if got.count(r) > rows.count(r)]
        _run.check(f'{name} 907 of {scope}: section {section}, {len(rows)} rows', odd)


def test_readme(tables):
    """The totals printed in samples/README.md."""
    computed = {}
    for _, title, compute, width in FORMS:
        sums = compute(tables, _forms.Q3)
        for scope in ('00', '01', '48', '80'):
            rows = _forms.rolled(tables, sums, width, _forms.Q3[1], scope)
            computed[title, scope] = [sum(v[n] for _, v in rows) for n in range(width)]
    printed, systems = {}, {}
    for row in _run.readme_tables()['Form totals for ' + PERIOD]:
        if len(row) == 3 and row[0] != 'form':
            printed[row[0], row[1]] = [int(n) for n in row[2].split()]
        elif len(row) == 6 and row[0] != 'system':
            systems[row[0]] = [int(n) for n in row[1:]]
    _run.check('sample: the form totals of README.md', _run.different(computed, printed))
    _run.check('sample: the accounts of README.md',
               _run.different(_forms.changes(tables, _forms.CALENDAR_Q3)[0], systems))


def main():
    for name, extracts in _run.sets():
        tables, _ = _facts.load(extracts)
        if name == 'sample':
            test_readme(tables)
        try:
            folder = _run.workspace(extracts)
            for scope in ('00', '01', '80'):
                for form in FORMS:
                    test_form(name, folder, tables, form, scope)
            for scope in ('00', '80'):
                test_907(name, folder, tables, scope)
        except (OSError, RuntimeError, ValueError, KeyError, AttributeError) as e:
            _run.check(f'{name}: the program', [repr(e)] + str(e).split('\n'))
    _run.leave()


if __name__ == '__main__':
    main()
