"""Waivers applied a second time: from waivers.xml, the tree of units and the accounts as CSV, to the fails of a run without them."""
import datetime as dt
import json
import os
import shutil
import unicodedata
import xml.etree.ElementTree as ET

import _facts
import _run

NS = '{urn:rasoat:waivers:1}'
MOST, SHARE, FEW = 50, 20, 10  # docs/waivers.md


def read_waivers(path):
    out = []
    for n in ET.parse(path).getroot().findall(NS + 'waiver'):
        w = {'id': n.get('id'), 'rule': n.get('rule'), 'unit': n.get('unit'), 'key': n.get('key'),
             'from': n.get('from'), 'to': n.get('to')}
        for part in ('requester', 'approver'):
            w[part] = ' '.join(n.find(NS + part).text.split())
        out.append(w)
    return out


def fold(text):
    letters = unicodedata.normalize('NFD', text.lower().replace('đ', 'd'))
    return ''.join(c for c in letters if not unicodedata.combining(c))


def chain(unit, up):
    out = []
    while unit and unit not in out:
        out.append(unit)
        unit = up.get(unit)
    return out


def person(text, staff):
    """(staff_id or None, folded name or None)"""
    if text in staff:
        return text, fold(staff[text]) if staff[text] else None
    return None, fold(text)


def same(text, a, b):
    """a is the person that `text` names, b another; ids decide where both are known."""
    if b[0] and (a[0] or text == b[0]):
        return text == b[0]
    return bool(a[1]) and a[1] == b[1]


def apply(day, waivers, fails, severity, staff, holders, up):
    """fails: (rule, key) -> (unit, owner). Returns (rule, key) -> waiver id, and the four lists of findings."""
    waived, stats = {}, {}
    for w in waivers:
        w['who'] = person(w['approver'], staff)
        w['self'] = same(w['approver'], w['who'], person(w['requester'], staff))
        stats[w['id']] = [0, 0]
    for (rule, key), (unit, owner) in fails.items():
        above, fit = chain(unit, up), []
        about = (holders[key], fold(staff[holders[key]]) if staff.get(holders[key]) else None) \
            if holders.get(key) else (None, fold(owner) if owner else None)
        for w in waivers:
            if w['rule'] != rule or w['key'] not in (None, key) or w['unit'] not in [None] + above:
                continue
            own = same(w['approver'], w['who'], about)
            stats[w['id']][0] += 1
            stats[w['id']][1] += own
            if w['from'] <= day <= w['to'] and not w['self'] and not own:
                fit.append((w['key'] is None, above.index(w['unit']) if w['unit'] else 99, w['id']))
        if fit:
            waived[rule, key] = min(fit)[2]
    found = {f'WVR-0{i}': [] for i in (1, 2, 3, 4)}
    for w in waivers:
        covered, own = stats[w['id']]
        failed = sum(rule == w['rule'] for rule, _ in fails)
        now = w['from'] <= day <= w['to']
        whole = not w['key'] and not w['unit']
        if day > w['to']:
            found['WVR-01'].append(w['id'])
        if now and covered == 0:
            found['WVR-02'].append(w['id'])
        if now and (whole or not w['key'] and (covered > MOST or covered > FEW and covered * 100 > SHARE * failed or
                                               severity[w['rule']] == 'critical' and 0 < covered == failed)):
            found['WVR-03'].append(w['id'])
        if day <= w['to'] and (w['self'] or own):
            found['WVR-04'].append(w['id'])
    return waived, found


def audit(folder, day):
    out = os.path.join(folder, 'out-waivers')
    shutil.rmtree(out, ignore_errors=True)
    _run.rasoat(folder, 'audit', '--as-of', day, '--format', 'jsonl', '--output', out, expect=(0, 2))
    with open(os.path.join(out, f'audit-{day}.jsonl'), encoding='utf-8') as f:
        lines = [json.loads(line) for line in f]
    if lines[0]['errors']:
        raise RuntimeError(f'rules that cannot run: {lines[0]["errors"]}')
    return lines[0], lines[1:]


def compare(name, extracts, file, days):
    folder = _run.workspace(extracts)
    tables, _ = _facts.load(extracts)
    for day in days:
        view = _facts.as_of(tables, dt.date.fromisoformat(day))
        staff = {r['staff_id']: r['full_name'] for r in view['staff']}
        holders = {r['account_id']: r['staff_id'] for r in view['account']}
        up = _facts.parents(view, dt.date.fromisoformat(day))
        if os.path.exists(os.path.join(folder, 'waivers.xml')):
            os.remove(os.path.join(folder, 'waivers.xml'))
        head, rows = audit(folder, day)
        severity = {rule: a['severity'] for rule, a in head['about'].items()}
        account = {rule: a['subject'] == 'account' for rule, a in head['about'].items()}
        fails = {(r['rule'], r['key']): (r['unit'], r.get('owner')) for r in rows if r['verdict'] == 'fail'}
        waivers = read_waivers(file)
        waived, found = {}, {}
        for of_accounts in (True, False):  # whose account it is counts only where the key is an account
            part = {k: v for k, v in fails.items() if account[k[0]] == of_accounts}
            mine = [w for w in waivers if account[w['rule']] == of_accounts]
            a, b = apply(day, mine, part, severity, staff, holders if of_accounts else {}, up)
            waived.update(a)
            for rule, ids in b.items():
                found.setdefault(rule, []).extend(ids)
        shutil.copy(file, os.path.join(folder, 'waivers.xml'))
        head, rows = audit(folder, day)
        got = {(r['rule'], r['key']): r['waiver'] for r in rows if r['verdict'] == 'waived'}
        _run.check(f'{name}, {day}: what is waived, and by which waiver', _run.different(waived, got))
        _run.check(f'{name}, {day}: the others are as without waivers', _run.different(
            {k: 1 for k in fails if k not in waived},
            {(r['rule'], r['key']): 1 for r in rows if r['verdict'] == 'fail' and not r['rule'].startswith('WVR')}))
        got = {rule: sorted(r['key'] for r in rows if r['rule'] == rule and r['verdict'] == 'fail') for rule in found}
        _run.check(f'{name}, {day}: findings about waivers', _run.different({k: sorted(v) for k, v in found.items()}, got))


def readme():
    """The hand-counted table of samples/README.md against the program."""
    folder = _run.workspace(_run.SAMPLES)
    shutil.copy(os.path.join(_run.ROOT, 'samples', 'waivers.xml'), folder)
    head, rows = audit(folder, _run.DAY)
    want, got = {}, {}
    for rule, counts in ((r, head['about'][r]['counts']) for r in head['about'] if r.startswith('WVR')):
        got[rule] = f"{counts['examined']} {counts['passed']} {counts['found']}"
    for r in rows:
        if r['verdict'] == 'waived':
            got[r['waiver']] = ' '.join(filter(None, (got.get(r['waiver']), r['key'])))
        elif r['rule'].startswith('WVR'):
            got[r['key'], r['rule']] = 'fail'
    for waiver, waives, finding, _ in _run.readme_tables()['Waivers']:
        if waives:
            want[waiver] = waives
        if finding:
            want[waiver, finding] = 'fail'
    for rule, examined, passed, found in _run.readme_tables()['Counts of the rules about waivers']:
        want[rule] = f'{examined} {passed} {found}'
    _run.check('samples/README.md: the planted waivers', _run.different(want, got))


def main():
    sample = os.path.join(_run.ROOT, 'samples', 'waivers.xml')
    compare('samples', _run.SAMPLES, sample, ('2026-06-30', '2026-10-04', _run.DAY, '2026-10-06', '2027-01-01'))
    readme()
    _run.leave()


main()
