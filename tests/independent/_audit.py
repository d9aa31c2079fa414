"""Every rule of docs/rules.md once more, as plain loops over the extracts.

findings(tables, D) -> {(rule, key): (verdict, days)}; days is None where the rule counts none.
"""
import datetime as dt
from collections import defaultdict

import _calendar as cal
from _facts import as_of, below, parents

DAY = dt.timedelta(days=1)
NAMED = {'transfer', 'retire', 'maternity', 'resign', 'dismiss'}
OTHER = {'suspend', 'unpaid_leave', 'death'}
HELD = {'person', 'admin', 'leader'}       # accounts of one person
L136 = dt.date(2026, 7, 1)                 # Luật 136/2025/QH15 in force
FAIL, UNSURE = 'fail', 'indeterminate'


# --- accounts

def departures(view, day):
    """staff_id -> [(effective, end or None, kind, to_unit)], the earliest first."""
    events, out = defaultdict(list), defaultdict(list)
    for e in view['staff_event']:
        events[e['staff_id']].append(e)
    for staff, list_ in events.items():
        for e in list_:
            if e['kind'] == 'return' or e['effective_on'] > day:
                continue
            ends = [r['effective_on'] for r in list_
                    if r['kind'] == 'return' and r['effective_on'] >= e['effective_on']]
            if e['kind'] == 'transfer':     # a return is from the latest departure before it
                later = min((o['effective_on'] for o in list_ if o['kind'] != 'return'
                             and o['effective_on'] > e['effective_on']), default=dt.date.max)
                ends = [r for r in ends if r < later]
            if e['until_on']:
                ends.append(e['until_on'] + DAY)
            out[staff].append((e['effective_on'], min(ends, default=None), e['kind'],
                               e['to_unit_id']))
        out[staff].sort(key=lambda d: d[0])
    return out


def for_account(departure, all_, account, parent):
    """The departure as this account sees it: a later transfer to its unit ends an earlier one."""
    effective, end, kind, to_unit = departure
    if kind == 'transfer':
        back = [d[0] for d in all_ if d[2] == 'transfer' and d[0] > effective and d[3]
                and below(account['unit_id'], d[3], parent)]
        end = min([end] * (end is not None) + back, default=None)
    return effective, end, kind, to_unit


def concerns(departure, account, parent):
    effective, end, kind, to_unit = departure
    opened = account['opened_on']
    if end and opened and end <= opened:
        return False
    if kind == 'transfer':
        if opened and opened >= effective:
            return False
        if to_unit and below(account['unit_id'], to_unit, parent):
            return False
    return True


def acc_leavers(view, day, out):
    left, parent = departures(view, day), parents(view, day)
    for a in view['account']:
        all_ = left.get(a['staff_id'], [])
        mine = [for_account(d, all_, a, parent) for d in all_]
        mine = [d for d in mine if concerns(d, a, parent)]
        if a['locked_on'] is None:
            for rule, kinds in (('ACC-01', NAMED), ('ACC-06', OTHER)):
                hit = [d for d in mine if d[2] in kinds and (d[1] is None or d[1] > day)]
                if hit and day > hit[0][0]:
                    since = max(hit[0][0], a['opened_on'] or hit[0][0])
                    out[rule, a['account_id']] = (FAIL, (day - since).days)
            continue
        hit = [d for d in mine if d[2] in NAMED and (a['opened_on'] is None or a['opened_on'] <= d[0])
               and (d[1] is None or a['locked_on'] < d[1])]
        if hit and a['locked_on'] > hit[0][0]:
            out['ACC-02', a['account_id']] = (FAIL, (a['locked_on'] - hit[0][0]).days)


def acc_owners(view, day, out):
    staff = {s['staff_id'] for s in view['staff']}
    pairs = defaultdict(int)
    for a in view['account']:
        key, kind = a['account_id'], a['class']
        if a['locked_on'] is not None:
            continue
        if kind is None:
            out['ACC-03', key] = out['ACC-05', key] = (UNSURE, None)
            continue
        if kind in HELD and a['staff_id']:
            pairs[a['system_id'], a['staff_id']] += 1
        if kind not in HELD and kind != 'external':
            continue
        if a['staff_id'] not in staff and not (kind == 'external' and a['request_no']):
            out['ACC-03', key] = (FAIL, None)
        last = a['last_login_on'] or a['opened_on']
        if last is None or last > day:
            out['ACC-05', key] = (UNSURE, None)
        elif (day - last).days > 90:
            out['ACC-05', key] = (FAIL, (day - last).days)
    for (system, person), n in pairs.items():
        if n > 1:
            out['ACC-04', f'{system}/{person}'] = (FAIL, None)


# --- permissions

def permissions(view, _day, out):
    open_ = {a['account_id']: a for a in view['account'] if a['locked_on'] is None}
    staff = {s['staff_id']: s for s in view['staff']}
    allowed = {(d['duty'], d['role_id']) for d in view['duty_role']}
    duties = {d['duty'] for d in view['duty_role']}
    held = defaultdict(set)
    for g in view['account_role']:
        account = open_.get(g['account_id'])
        if account is None or g['revoked_on'] is not None:
            continue
        key = f"{g['account_id']}/{g['role_id']}/{g['granted_on']}"
        if g['approval_no'] is None:
            out['PER-03', key] = (FAIL, None)
        held[account['staff_id'] or account['account_id']].add(g['role_id'])
        person = staff.get(account['staff_id'])
        if person is None:
            continue
        if person['duty'] not in duties:
            out['PER-01', key] = (UNSURE, None)
        elif (person['duty'], g['role_id']) not in allowed:
            out['PER-01', key] = (FAIL, None)
    for who, roles in held.items():
        for c in view['role_conflict']:
            if c['role_a'] in roles and c['role_b'] in roles:
                out['PER-02', f"{who}/{c['role_a']}/{c['role_b']}"] = (FAIL, None)


# --- cases

def suspensions(events):
    """[(from, to or None)] in order of date."""
    out, began = [], None
    for e in sorted(events, key=lambda e: e['happened_on']):
        if e['kind'] == 'suspend' and began is None:
            began = e['happened_on']
        elif e['kind'] == 'resume' and began is not None:
            out.append((began, e['happened_on']))
            began = None
    if began is not None:
        out.append((began, None))
    return out


def due_day(start, length, working, extra, stops, counts_from, day):
    """The last day of a term; suspended days before `counts_from` are not counted."""
    if working:
        due = cal.add_worked(start, length)
    else:
        cal.worked(start)
        due = start + dt.timedelta(days=length + extra)
    for began, ended in stops:
        began = max(began, counts_from or began)  # until then the term ran, and may have run out
        if began > cal.roll(due):
            continue
        if began > due:  # the term ended on a day off: its next working day alone is left
            due = began = cal.roll(due)
        low = max(began, start)
        high = min(ended or day, day)  # no day after the end is the term's
        if high > low:
            due += high - low
    return cal.roll(due)


def judge(case, out, rule, day, start, ends, strict, lenient):
    """strict, lenient: (length, working, extension days, suspensions, counted from)."""
    if start is None:
        return
    end = min(filter(None, ends), default=None)
    try:
        if end and end < start:
            raise cal.Unknown
        dues = [due_day(start, *v, end or day) for v in (strict, lenient)]
    except cal.Unknown:
        out[rule, case] = (UNSURE, None)
        return
    late = [(end or day) > due for due in dues]
    if all(late):
        out[rule, case] = (FAIL, ((end or day) - dues[0]).days)
    elif late[0]:
        out[rule, case] = (UNSURE, None)


def extension_days(case, events, most):
    if case['kind'] != 'denunciation':
        return 0
    given = [e for e in sorted(events, key=lambda e: e['happened_on'])
             if e['kind'] == 'extend' and e['document_no']]
    return sum(min(e['days'] or 30, 30) for e in given[:most])


def complaint_length(c):
    """(days by the letter of the law, days as the file claims)"""
    hard = c['complexity'] in ('complex', 'very_complex')
    table = {('second', 0): (45, 60), ('second', 1): (60, 70)}
    plain, long = table.get((c['level'], c['remote'] or 0), (45, 60) if c['remote'] else (30, 45))
    proven = c['accepted_on'] and (c['accepted_on'] < L136 or c['complexity_ground'])
    return (long if hard and proven else plain), (long if hard else plain)


def cases(view, day, out):
    events = defaultdict(list)
    for e in view['case_event']:
        events[e['case_id']].append(e)
    for c in view['case_file']:
        if c['kind'] == 'recommendation':
            continue
        key, mine = c['case_id'], events[c['case_id']]
        stops, complaint = suspensions(mine), c['kind'] == 'complaint'
        since = L136 if complaint else None
        got, took = c['received_on'], c['accepted_on']

        def both(rule, start, ends, length, working):
            # Only settlement can be suspended (tạm đình chỉ giải quyết), not intake or sending.
            term = (length, working, 0, [], None)
            judge(key, out, rule, day, start, ends, term, term)

        settled = [c['decided_on'], c['closed_on']]
        if complaint:
            new = got >= L136
            both('CAS-01', got, [took, c['closed_on']], 7 if new else 10, new)
            discipline = c.get('discipline') in ('discipline', 'dismissal')  # CAS-11
            if c['level'] in ('first', 'second'):
                strict, claimed = complaint_length(c)
                if not discipline:
                    judge(key, out, 'CAS-02' if c['level'] == 'first' else 'CAS-03', day, took, settled,
                          (strict, False, 0, stops, since), (claimed, False, 0, stops, None))
                second = c['level'] == 'second'
                both('CAS-06', c['decided_on'], [c['notified_on']], 7 if second else 3, not second)
            elif c['level'] is None:
                if took and not discipline:
                    out['CAS-02', key] = (UNSURE, None)
                if c['decided_on']:
                    out['CAS-06', key] = (UNSURE, None)
        else:
            if c['level'] != 'again':  # those have TC-12
                both('CAS-04', got, [took, c['closed_on']], 10 if c['many_places'] else 7, True)
            most = {'normal': 0, 'complex': 1}.get(c['complexity'], 2)
            judge(key, out, 'CAS-05', day, took, settled,
                  (30, False, extension_days(c, mine, most), stops, None),
                  (30, False, extension_days(c, mine, 2), stops, None))
            both('CAS-06', c['decided_on'], [c['notified_on']], 5, True)


def notices(view, day, out):
    for p in view['petition']:
        if p['source'] == 'reception' and not p['anonymous'] and not p['duplicate_of']:
            if p['anonymous'] is None:
                out['CAS-07', p['petition_id']] = (UNSURE, None)
                continue
            term = (10, True, 0, [], None)
            judge(p['petition_id'], out, 'CAS-07', day, p['received_on'], [p['notified_on']], term,
                  term)


RULES = ['ACC-01', 'ACC-02', 'ACC-03', 'ACC-04', 'ACC-05', 'ACC-06', 'PER-01', 'PER-02', 'PER-03',
         'CAS-01', 'CAS-02', 'CAS-03', 'CAS-04', 'CAS-05', 'CAS-06', 'CAS-07']


def findings(tables, day):
    view, out = as_of(tables, day), {}
    for part in (acc_leavers, acc_owners, permissions, cases, notices):
        part(view, day, out)
    return out
