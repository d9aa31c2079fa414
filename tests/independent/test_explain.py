#!/usr/bin/env python3
"""rasoat explain agrees with rasoat audit, on every rule: for each finding, and for subjects that pass."""
import json
import os
import sqlite3

import _run

VERDICTS = {'fail': 'fail', 'waived': 'waived', 'indeterminate': 'indeterminate'}


def explain(folder, *words):
    out = _run.rasoat(folder, 'explain', *words, '--as-of', _run.DAY, '--json')
    return [json.loads(line) for line in out.splitlines()]


def truths(x):
    return [c['truth'] for c in x['conditions']]


def wrong(x, verdict):
    """What an explanation says that does not go with the verdict, or ''."""
    got = truths(x)
    name = f"{x['rule']} {x['key']}"
    if x['verdict'] != verdict:
        return f"{name}: explained as {x['verdict']}, audited as {verdict}"
    if verdict in ('fail', 'waived') and set(got) != {'true'}:
        return f'{name}: a {verdict}, and not all conditions are true: {got}'
    if verdict == 'pass' and 'false' not in got:
        return f'{name}: passes, and no condition is false'
    if verdict == 'indeterminate' and 'unknown' not in got:
        return f'{name}: indeterminate, and nothing is unknown'
    first = x['first_out']
    if verdict in ('pass', 'indeterminate'):
        want = 'false' if verdict == 'pass' else 'unknown'
        if first is None or got[first] != want:
            return f'{name}: {first} is not what kept it out'
    elif first is not None:
        return f'{name}: {first} kept out what is found'
    return ''


def read_findings(folder):
    """rule -> {key: (verdict, message)}"""
    out = {}
    with open(os.path.join(folder, 'out', f'audit-{_run.DAY}.jsonl'), encoding='utf-8') as f:
        for line in f:
            x = json.loads(line)
            if x['table'] == 'run':
                out.update({rule: {} for rule in x['about']})
            elif x['table'] == 'findings' or 'fingerprint' in x:
                out[x['rule']][x['key']] = (x['verdict'], x['message'], x['fingerprint'])
    return out


def check_rule(folder, rule, findings):
    bad = []
    keys = [k for k in findings if findings[k][0] in VERDICTS]
    for i in range(0, len(keys), 200):
        for x in explain(folder, rule, *keys[i:i + 200]):
            verdict, message, fingerprint = findings[x['key']]
            bad.append(wrong(x, verdict))
            if x['message'] != message:
                bad.append(f"{rule} {x['key']}: {x['message']!r} against {message!r}")
            if x['fingerprint'] != fingerprint or x['history']['runs'] != 1:
                bad.append(f"{rule} {x['key']}: another identity or history")
    for x in explain(folder, rule, '--passing', '3'):
        if x['key'] in findings:
            bad.append(f"{rule} {x['key']}: passes, and is found")
        bad.append(wrong(x, 'pass'))
    return [b for b in bad if b]


def check_unknown(folder, rules):
    bad = []
    for rule in rules:
        (x,) = explain(folder, rule, 'no such key')
        if x['verdict'] not in ('unknown key', 'not in force') or x['conditions']:
            bad.append(f"{rule}: {x['verdict']} of a key that is nowhere")
    return bad


def check_other(folder, findings):
    """Subjects that are in the tables and in no finding: explained as something else than a finding."""
    bad, seen = [], set()
    tables = {'ACC': ('accounts.db', 'account', 'account_id'), 'CAS': ('cases.db', 'case_file', 'case_id')}
    for rule in findings:
        if rule[:3] not in tables:
            continue
        store, table, column = tables[rule[:3]]
        with sqlite3.connect(os.path.join(folder, store)) as db:
            keys = [k for (k,) in db.execute(f'SELECT {column} FROM {table} ORDER BY 1')]
        for x in explain(folder, rule, *keys[::7]):
            seen.add(x['verdict'])
            found = findings[rule].get(x['key'])
            if (x['verdict'] in VERDICTS) != (found is not None):
                bad.append(f"{rule} {x['key']}: explained as {x['verdict']}, audited as {found}")
            if x['verdict'] == 'no partner' and not x['missing']['source']:
                bad.append(f"{rule} {x['key']}: which join has no partner is not said")
    for verdict in ('fail', 'pass', 'not examined', 'no partner'):
        if verdict not in seen:
            bad.append(f'none of the subjects is explained as {verdict}')
    return bad


def main():
    folder = _run.workspace(os.path.join(_run.ROOT, 'samples', 'extracts'))
    _run.rasoat(folder, 'audit', '--as-of', _run.DAY, '--format', 'jsonl', expect=(2,))
    findings = read_findings(folder)
    for rule in findings:
        try:
            bad = check_rule(folder, rule, findings[rule])
        except (OSError, RuntimeError, ValueError, KeyError) as e:
            bad = [repr(e)]
        _run.check(f'explain {rule}: as the audit', bad)
    _run.check('explain: keys that are nowhere', check_unknown(folder, findings))
    _run.check('explain: whoever is in the tables', check_other(folder, findings))
    _run.leave()


if __name__ == '__main__':
    main()
