#!/usr/bin/env python3
"""Money, inspections, benefits, reports: amounts of every finding, and the verdicts on days around the limits."""
import datetime as dt
import json
import os

import _facts
import _rules_benefits
import _rules_inspections
import _rules_recoveries
import _rules_reporting
import _run

PACKS = (_rules_recoveries, _rules_inspections, _rules_benefits, _rules_reporting)
# The day itself; around due days of reports and of what is planted; the end of a year; before the laws.
DAYS = ['2026-10-05', '2026-10-04', '2026-10-06', '2026-09-16', '2026-09-17', '2026-09-18', '2026-07-09', '2026-07-10',
        '2026-01-01', '2025-12-17', '2025-12-18', '2021-03-28', '2018-12-31']


def audited(folder, day):
    """(rule, key) -> the line of the JSON Lines file."""
    _run.rasoat(folder, 'audit', '--as-of', day, '--format', 'jsonl', expect=(0, 2))
    out = {}
    with open(os.path.join(folder, 'out', f'audit-{day}.jsonl'), encoding='utf-8') as f:
        for line in f:
            row = json.loads(line)
            if 'rule' in row and 'key' in row:
                out[row['rule'], row['key']] = row
    return out


def in_force(pack, rule, day):
    """Rules of a letter say nothing before it; these are all that have no date of their own in the facts."""
    since = {'RCV': '2022-05-04', 'BEN': '2021-03-29'}.get(rule[:3])
    if rule in ('INS-01', 'INS-02', 'INS-03', 'INS-04', 'INS-05'):
        since = '2020-05-06'
    return since is None or day >= since


def compare(name, tables, got, day):
    date = dt.date.fromisoformat(day)
    for pack in PACKS:
        want = {k: v for k, v in pack.findings(tables, date).items() if in_force(pack, k[0], day)}
        amounts = pack.fields(tables, date) if hasattr(pack, 'fields') else {}
        mine, theirs = {}, {}
        for key, (verdict, days) in want.items():
            mine[key] = (verdict, days, amounts.get(key))
        for key, row in got.items():
            if key[0] in pack.RULES:
                counted = key in want and want[key][1] is not None
                said = amounts.get(key)
                theirs[key] = (row['verdict'], row['days'] if counted else None,
                               said and {n: row.get(n) for n in said})
        _run.check(f'{name} {day} {pack.__name__[7:]}: {len(mine)} findings, with their amounts',
                   _run.different(mine, theirs))


def main():
    for name, extracts in _run.sets()[:2]:
        tables, _bad = _facts.load(extracts)
        folder = _run.workspace(extracts)
        for day in DAYS if name == 'sample' else DAYS[:2]:
            compare(name, tables, audited(folder, day), day)
    _run.leave()


if __name__ == '__main__':
    main()
