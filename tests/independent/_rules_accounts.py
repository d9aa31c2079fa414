"""The pack accounts from ACC-07 on, once more: docs/rules.md, "Accounts"."""
import datetime as dt
from collections import defaultdict

from _audit import HELD, NAMED, concerns, departures, for_account
from _facts import as_of, parents
from _staff import absences, away_now

RULES = [f'ACC-{n:02d}' for n in range(7, 28)]
FAIL, UNSURE = 'fail', 'indeterminate'
DAY = dt.timedelta(days=1)
KNTC = 'CSDLQG-KNTC'
L907, L805 = dt.date(2019, 3, 26), dt.date(2022, 5, 15)
PERSONAL = HELD | {'external'}


def is_open(a):
    return a['locked_on'] is None


def entries(view, day, out):
    """ACC-07."""
    for e in view['staff_event']:
        if e['kind'] not in NAMED or e['effective_on'] > day or e['effective_on'] < L907:
            continue
        due = max(e['effective_on'], e['signed_on'] or e['effective_on'])
        entered = e.get('entered_on')
        if entered is None:
            out['ACC-07', e['event_id']] = (UNSURE, None)
        elif entered > due:
            out['ACC-07', e['event_id']] = (FAIL, (entered - due).days)


def account_departures(view, day):
    """account -> departures that concern it, as (effective, end, kind, to_unit)."""
    left, parent, out = departures(view, day), parents(view, day), {}
    for a in view['account']:
        all_ = left.get(a['staff_id'], [])
        mine = [for_account(d, all_, a, parent) for d in all_]
        mine = [d for d in mine if concerns(d, a, parent)]
        if mine:
            out[a['account_id']] = mine
    return out


def actions(view, left, out):
    """ACC-08."""
    acted = defaultdict(list)
    for t in view['account_action']:
        acted[t['account_id']].append(t['acted_on'])
    for a in view['account']:
        key = a['account_id']
        if a['class'] not in PERSONAL and a['class'] is not None:
            continue
        hits = [(t, d[0]) for t in acted[key] for d in left.get(key, [])
                if t > d[0] and (d[1] is None or t < d[1])]
        if hits and a['class'] is None:
            out['ACC-08', key] = (UNSURE, None)
        elif hits:
            out['ACC-08', key] = (FAIL, (max(t for t, _ in hits) - min(d for _, d in hits)).days)


def exposures(view, left, day):
    """account -> the days on which it was usable while its person was away."""
    out = {}
    for a in view['account']:
        days = set()
        for effective, end, _kind, _to in left.get(a['account_id'], []):
            first = max(effective, a['opened_on'] or effective) + DAY
            last = min(x for x in (day, a['locked_on'], end and end - DAY) if x)
            while first <= last:
                days.add(first)
                first += DAY
        if days:
            out[a['account_id']] = days
    return out


def unit_totals(view, exposed, day, out):
    """ACC-26."""
    totals = defaultdict(int)
    for a in view['account']:
        if a['unit_id']:
            totals[a['unit_id']] += sum(d > day - 365 * DAY for d in exposed.get(a['account_id'], ()))
    for unit, n in totals.items():
        if n > 365:
            out['ACC-26', unit] = (FAIL, n)


def there(unit, day):
    return (not unit['valid_from'] or unit['valid_from'] <= day) and (
        not unit['valid_to'] or unit['valid_to'] >= day)


def national_database(view, day, out):
    """ACC-09 .. ACC-12."""
    if day < L805:
        return
    known = any(s['system_id'] == KNTC for s in view['system'])
    classes, units = defaultdict(list), {u['unit_id']: u for u in view['unit']}
    for a in view['account']:
        if a['system_id'] == KNTC and is_open(a):
            classes[a['unit_id']].append(a['class'])
    for key, u in units.items():
        if not there(u, day):
            continue
        mine = classes[key]
        for rule, want in (('ACC-09', 'leader'), ('ACC-11', 'person')):
            if not known or u['level'] is None or (want not in mine and None in mine):
                out[rule, key] = (UNSURE, None)
            elif want not in mine:
                out[rule, key] = (FAIL, None)
        leaders, unknown = mine.count('leader'), mine.count(None)
        if mine and (u['level'] is None or (leaders <= 1 < leaders + unknown)):
            out['ACC-10', key] = (UNSURE, None)
        elif leaders > 1:
            out['ACC-10', key] = (FAIL, None)
        if u['level'] != 'province':
            continue
        around = [c for v, v_classes in classes.items() if v in units and there(units[v], day)
                  and units[v]['province_code'] == u['province_code'] for c in v_classes]
        if not known or u['province_code'] is None or ('admin' not in around and None in around):
            out['ACC-12', key] = (UNSURE, None)
        elif 'admin' not in around:
            out['ACC-12', key] = (FAIL, None)


def emergency(a, day):
    """ACC-18: the day by which it should have been locked, None when nobody can say."""
    ends = [a['expires_on']] if a.get('expires_on') else []
    if a['opened_on']:
        ends.append(a['opened_on'] + 7 * DAY)
    if a['opened_on'] or (ends and min(ends) < day):
        return min(ends)
    return None


def policies(view, day, out):
    """ACC-13 .. ACC-18."""
    staff = {s['staff_id'] for s in view['staff']}
    gone = {u['unit_id']: u['valid_to'] for u in view['unit'] if u['valid_to'] and u['valid_to'] < day}
    for a in filter(is_open, view['account']):
        key, kind, held = a['account_id'], a['class'], a['staff_id'] in staff
        ends = a.get('expires_on')
        if a['unit_id'] in gone:
            out['ACC-13', key] = (FAIL, (day - gone[a['unit_id']]).days)
        if kind == 'external' and (ends is None or (held and not a['request_no'])):
            out['ACC-14', key] = (FAIL, None)
        if ends and ends < day and kind != 'emergency':
            out['ACC-15', key] = (FAIL, (day - ends).days)
        if kind == 'shared' and not (held and a['request_no']):
            out['ACC-16', key] = (FAIL, None)
        if kind == 'service' and not held:
            out['ACC-17', key] = (FAIL, None)
        if kind == 'emergency':
            by = emergency(a, day)
            if by is None:
                out['ACC-18', key] = (UNSURE, None)
            elif by < day:
                out['ACC-18', key] = (FAIL, (day - by).days)


def addresses(view, out):
    """ACC-19."""
    mails, staff = defaultdict(set), {s['staff_id']: s for s in view['staff']}
    mine = [a for a in view['account'] if is_open(a) and a['class'] in HELD and a['staff_id'] and a['email']]
    for a in mine:
        mails[a['email'].lower()].add(a['staff_id'])
    for a in mine:
        mail, person = a['email'].lower(), staff.get(a['staff_id'])
        if len(mails[mail]) < 2:
            continue
        if person and person['email'] is None:
            out['ACC-19', a['account_id']] = (UNSURE, None)
        elif not person or person['email'].lower() != mail:
            out['ACC-19', a['account_id']] = (FAIL, None)


def directory(view, day, out):
    """ACC-20 .. ACC-24."""
    sso = {s['system_id'] for s in view['system'] if s.get('sso') == 1}
    states, staff = defaultdict(set), {s['staff_id']: s for s in view['staff']}
    for y in view['directory']:
        for name in (y['login'], y['email']):
            if name:
                states[name.lower()].add(y['status'])
    for a in filter(is_open, view['account']):
        if a['system_id'] not in sso:
            continue
        found = states.get(a['login'].lower(), set()) | states.get((a['email'] or '').lower(), set())
        if not states or (not found and a['class'] is None):
            if a['class'] in HELD or a['class'] is None:
                out['ACC-20', a['account_id']] = (UNSURE, None)
        elif not found and a['class'] in HELD:
            out['ACC-20', a['account_id']] = (FAIL, None)
        if found and 'active' not in found:
            out['ACC-21', a['account_id']] = (UNSURE if None in found else FAIL, None)
    away = absences(view, day)
    with_account = {a['staff_id'] for a in view['account']}
    for y in view['directory']:
        key, who, state = y['login'], y['staff_id'], y['status']
        gone = away_now(away.get(who, []), day, for_good=True)
        if gone and day > gone[0] and state != 'locked':
            out['ACC-22', key] = (UNSURE, None) if state is None else (FAIL, (day - gone[0]).days)
        if state != 'locked' and who not in staff:
            out['ACC-23', key] = (UNSURE if who is None or state is None else FAIL, None)
        if state == 'active' and who in staff and not away_now(away.get(who, []), day):
            joined = staff[who]['joined_on']
            if who not in with_account and (joined is None or (day - joined).days > 30):
                out['ACC-24', key] = (FAIL, None)


def passwords(view, day, out):
    """ACC-25."""
    sso = {s['system_id'] for s in view['system'] if s.get('sso') == 1}
    for a in filter(is_open, view['account']):
        changed, key = a['password_changed_on'], a['account_id']
        if a['class'] not in PERSONAL and a['class'] is not None:
            continue
        if changed is None and a['system_id'] in sso:
            continue
        if a['class'] is None or (changed and changed > day):
            out['ACC-25', key] = (UNSURE, None)
        elif changed is None:
            if a['opened_on'] is None or (day - a['opened_on']).days > 90:
                out['ACC-25', key] = (UNSURE, None)
        elif (day - changed).days > 90:
            out['ACC-25', key] = (FAIL, (day - changed).days)


def systems(view, out):
    """ACC-27."""
    for y in view['system']:
        if y['system_id'] != KNTC and y.get('sso') != 1:
            out['ACC-27', y['system_id']] = (FAIL if y.get('sso') == 0 else UNSURE, None)


def findings(tables, day):
    view, out = as_of(tables, day), {}
    left = account_departures(view, day)
    entries(view, day, out)
    actions(view, left, out)
    unit_totals(view, exposures(view, left, day), day, out)
    national_database(view, day, out)
    policies(view, day, out)
    addresses(view, out)
    directory(view, day, out)
    passwords(view, day, out)
    systems(view, out)
    return out
