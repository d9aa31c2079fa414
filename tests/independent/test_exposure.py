#!/usr/bin/env python3
"""ACC-01, 02, 06: whose days they are, and the account-days of each account, counted day by day."""
import datetime as dt
import json
import os

import _facts
import _run
from _audit import NAMED
from _rules_accounts import account_departures, exposures

RULES = ['ACC-01', 'ACC-02', 'ACC-06']
DAY = dt.timedelta(days=1)


def departure(a, left, rule, day):
    """The departure that the rule speaks of: of those that concern the account, the earliest."""
    for d in left.get(a['account_id'], []):
        until = a['locked_on'] if rule == 'ACC-02' else day
        if (d[2] in NAMED) != (rule == 'ACC-06') and (d[1] is None or until < d[1]) and not (
                rule == 'ACC-02' and a['opened_on'] and a['opened_on'] > d[0]):
            return d
    return None


def shares(a, view, left, rule, day):
    """(entry days, locking days), or (None, None) when nobody knows when it was entered."""
    d = departure(a, left, rule, day)
    entered = next(e.get('entered_on') for e in sorted(view['staff_event'], key=lambda e: e['event_id'])
                   if e['staff_id'] == a['staff_id'] and e['effective_on'] == d[0] and e['kind'] == d[2])
    if entered is None:
        return None, None
    end = a['locked_on'] if rule == 'ACC-02' else day
    start = d[0] if rule == 'ACC-02' else max(d[0], a['opened_on'] or d[0])
    days = [start + n * DAY for n in range(1, (end - start).days + 1)]
    entry = sum(d <= entered for d in days)
    return entry, len(days) - entry


def told(folder, rule, day):
    """account -> (days, entry days, locking days, account-days) as the program says."""
    out = {}
    with open(os.path.join(folder, 'out', f'audit-{day}.jsonl'), encoding='utf-8') as f:
        for line in f:
            row = json.loads(line)
            if row['table'] == rule and 'fingerprint' in row:
                out[row['key']] = tuple(row[c] for c in ('days', 'entry_days', 'lock_days', 'exposure'))
    return out


def test(name, extracts, tables, day):
    folder = _run.workspace(extracts)
    _run.rasoat(folder, 'audit', '--as-of', str(day), '--format', 'jsonl', expect=(2,))
    view = _facts.as_of(tables, day)
    left = account_departures(view, day)
    exposed = exposures(view, left, day)
    accounts = {a['account_id']: a for a in view['account']}
    for rule in RULES:
        got, want = told(folder, rule, day), {}
        for key in got:
            entry, locking = shares(accounts[key], view, left, rule, day)
            days = got[key][0] if entry is None else entry + locking
            want[key] = (days, entry, locking, len(exposed.get(key, ())))
        _run.check(f'{name} {rule} as of {day}: shares of {len(got)}', _run.different(want, got))


def main():
    for name, extracts in _run.sets()[:2]:
        tables, _bad = _facts.load(extracts)
        for day in ('2026-10-05', '2026-09-01'):
            test(name, extracts, tables, dt.date.fromisoformat(day))
    _run.leave()


if __name__ == '__main__':
    main()
