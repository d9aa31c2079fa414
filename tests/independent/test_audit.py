#!/usr/bin/env python3
"""Every finding of the program against the plan in samples/README.md and the independent loops."""
import datetime as dt
import glob
import importlib
import json
import os
import sqlite3

import _audit
import _facts
import _run

DAY = dt.date.fromisoformat(_run.DAY)

# A pack of its own: _rules_NAME.py with RULES, a list, and findings(tables, day) as in _audit.
PACKS = [_audit] + [importlib.import_module(os.path.basename(path)[:-3]) for path in
                    sorted(glob.glob(os.path.join(os.path.dirname(__file__), '_rules_*.py')))]
RULES = [rule for pack in PACKS for rule in pack.RULES]


def expected(tables):
    """(rule, key) -> (verdict, days) of all packs."""
    return {k: v for pack in PACKS for k, v in pack.findings(tables, DAY).items()}


def plan():
    """(rule, key) -> (verdict, days) as README.md has it; passes are listed with None."""
    out = {}
    for heading, rows in _run.readme_tables().items():
        rule = heading.split(' ')[0]
        if rule in RULES:
            for key, verdict, days, _why in rows:
                out[rule, key] = None if verdict == 'pass' else (verdict, int(days) if days else None)
    return out


def counts(findings, rule):
    mine = [v for (r, _), v in findings.items() if r == rule]
    return [sum(v[0] == 'fail' for v in mine), sum(v[0] != 'fail' for v in mine)]


def test_plan(tables, bad):
    findings, planned = expected(tables), plan()
    for rule in RULES:
        want = {k: v for k, v in planned.items() if k[0] == rule and v}
        have = {k: v for k, v in findings.items() if k[0] == rule}
        _run.check(f'sample {rule}: the plan and the loops agree', _run.different(want, have))
    rows = _run.readme_tables()['Expected counts as of ' + _run.DAY]
    table = {r: [int(f), int(i)] for r, f, i in rows}
    have = {rule: counts(findings, rule) for rule in RULES}
    have['all'] = [sum(v[n] for v in have.values()) for n in (0, 1)]
    _run.check('sample: the table of counts', _run.different(table, have))
    lines = {int(line) for line, _ in _run.readme_tables()['Rows for the quarantine']}
    got = {line for line, _ in bad['data_request']}
    _run.check('sample: rows for the quarantine',
               [] if lines == got and not any(v for k, v in bad.items() if k != 'data_request')
               else [f'{sorted(lines)} against {sorted(got)}'])


def stored(folder, name, tables):
    """The rows of one store against the extracts."""
    problems = []
    db = sqlite3.connect(f'file:{os.path.join(folder, name)}?mode=ro', uri=True)
    have = {n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table, rows in sorted(tables.items()):
        if table not in have or not rows:
            continue
        columns = list(rows[0])
        want = sorted(tuple('' if v is None else str(v).replace('.', '') if c.startswith('amount') else
                            str(v) for c, v in r.items()) for r in rows)
        got = sorted(tuple('' if v is None else str(v) for v in r)
                     for r in db.execute(f'SELECT {", ".join(columns)} FROM {table}'))
        if want != got:
            odd = sorted(set(want) ^ set(got))[:2]
            problems.append(f'{table}: {len(want)} rows, {len(got)} in the store; {odd}')
    db.close()
    return problems


VERDICTS = {'Vi phạm': 'fail', 'Chưa xác định': 'indeterminate'}


def read_findings(path):
    """The findings of the JSON Lines file: (rule, key) -> (verdict, days)."""
    out = {}
    with open(path, encoding='utf-8') as f:
        for line in f:
            row = json.loads(line)
            if row['table'] in RULES:
                verdict = VERDICTS.get(row['verdict'], row['verdict'])
                out[row['rule'], row['key']] = (verdict, row['days'])
    return out


def compare(name, want, got):
    for rule in RULES:
        mine = {k: v for k, v in want.items() if k[0] == rule}
        theirs = {}
        for k, (verdict, days) in got.items():
            if k[0] == rule:
                counted = k in mine and mine[k][1] is not None
                theirs[k] = (verdict, days if counted else None)
        _run.check(f'{name} {rule}: {len(mine)} verdicts', _run.different(mine, theirs))


def unit_of(tables):
    """Key of the rules that speak of one account, case or petition -> its unit."""
    out = {}
    for table, key in (('account', 'account_id'), ('case_file', 'case_id'), ('petition', 'petition_id')):
        for row in tables[table]:
            out[row[key]] = row['unit_id']
    return out


def test_program(name, extracts, tables):
    folder = _run.workspace(extracts)
    for store in ('cases.db', 'accounts.db'):
        _run.check(f'{name}: {store} holds what the extracts say', stored(folder, store, tables))
    _run.rasoat(folder, 'audit', '--as-of', _run.DAY, '--format', 'jsonl', expect=(2,))
    want = expected(tables)
    compare(name, want, read_findings(os.path.join(folder, 'out', f'audit-{_run.DAY}.jsonl')))
    _run.rasoat(folder, 'audit', '--as-of', _run.DAY, '--unit', '48', '--format', 'jsonl',
                expect=(0, 2))
    got = read_findings(os.path.join(folder, 'out', f'audit-{_run.DAY}-48.jsonl'))
    parent, units = _facts.parents(_facts.as_of(tables, DAY), DAY), unit_of(tables)
    single = {k: v for k, v in want.items() if k[1] in units}
    mine = {k for k in single if _facts.below(units[k[1]], '48', parent)}
    theirs = {k for k in got if k in single or k[1] in units}
    _run.check(f'{name}: the audit of unit 48', [str(k) for k in sorted(mine ^ theirs)])


def main():
    for name, extracts in _run.sets():
        tables, bad = _facts.load(extracts)
        if name == 'sample':
            test_plan(tables, bad)
        try:
            test_program(name, extracts, tables)
        except (OSError, RuntimeError, ValueError, KeyError) as e:
            _run.check(f'{name}: the program', [repr(e)] + str(e).split('\n'))
    _run.leave()


if __name__ == '__main__':
    main()
