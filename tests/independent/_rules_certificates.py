"""The pack certificates once more: docs/rules.md, "Digital certificates"."""
import datetime as dt
from collections import defaultdict

from _facts import as_of
from _staff import FOR_GOOD, absences, away_now

RULES = [f'CER-0{n}' for n in range(1, 10)]
FAIL, UNSURE = 'fail', 'indeterminate'
OVERLAP = dt.timedelta(days=30)


def five_years_on(day):
    """The 29th of February has its anniversary between the 28th and the 1st of March."""
    try:
        return day.replace(year=day.year + 5)
    except ValueError:
        return dt.date(day.year + 5, 2, 28)


def holders(c, staff, away, day, out):
    """CER-01, 03, 09: of the certificates that are neither revoked nor expired."""
    key, who = c['certificate_id'], c['staff_id']
    if c['revoked_on'] or (c['expires_on'] and c['expires_on'] < day):
        return
    gone = away_now(away.get(who, []), day, for_good=True)
    if gone:
        if c['expires_on'] is None:
            out['CER-01', key] = (UNSURE, None)
        elif day > gone[0]:
            out['CER-01', key] = (FAIL, (day - max(gone[0], c['issued_on'] or gone[0])).days)
    if who is None or (who not in staff and c['expires_on'] is None):
        out['CER-03', key] = (UNSURE, None)
    elif who not in staff:
        out['CER-03', key] = (FAIL, None)
    if c['issued_on'] is None or c['expires_on'] is None:
        out['CER-09', key] = (UNSURE, None)
    elif c['expires_on'] > five_years_on(c['issued_on']):
        out['CER-09', key] = (FAIL, None)


def revoked_late(c, away, out):
    if not c['revoked_on']:
        return
    for effective, end, kind in away.get(c['staff_id'], []):
        if kind not in FOR_GOOD or (end and end <= c['revoked_on']):
            continue
        if (c['issued_on'] and c['issued_on'] > effective) or (c['expires_on'] and c['expires_on'] < effective):
            continue
        if c['revoked_on'] > effective:
            out['CER-02', c['certificate_id']] = (
                (UNSURE, None) if c['expires_on'] is None else (FAIL, (c['revoked_on'] - effective).days))
        return


def renewals(view, staff, away, day, out):
    """CER-04 and CER-08, person by person."""
    mine = defaultdict(list)
    for c in view['certificate']:
        if c['staff_id']:
            mine[c['staff_id']].append(c)
    for who, list_ in mine.items():
        held = [c for c in list_ if not c['revoked_on']]
        last = min(held, key=lambda c: (-(c['expires_on'] or dt.date.max).toordinal(), c['certificate_id']),
                   default=None)
        if last and who in staff and not away_now(away.get(who, []), day):
            if last['expires_on'] is None:
                out['CER-04', last['certificate_id']] = (UNSURE, None)
            elif last['expires_on'] < day and not any(
                    c['revoked_on'] and c['revoked_on'] > last['expires_on'] for c in list_):
                out['CER-04', last['certificate_id']] = (FAIL, (day - last['expires_on']).days)
        sure = [c for c in held if c['expires_on'] and c['expires_on'] > day + OVERLAP]
        maybe = [c for c in held if c['expires_on'] is None]
        if len(sure) > 1:
            out['CER-08', who] = (FAIL, None)
        elif len(sure) + len(maybe) > 1:
            out['CER-08', who] = (UNSURE, None)


def signatures(c, uses, away, out):
    """CER-05, 06, 07: what the certificate signed."""
    key, revoked = c['certificate_id'], c['revoked_on']
    dead = [u for u in uses if revoked and u > revoked]
    if dead:
        out['CER-05', key] = (FAIL, (max(dead) - revoked).days)
    early = [u for u in uses if c['issued_on'] and u < c['issued_on']]
    late = [u for u in uses if c['expires_on'] and u > c['expires_on'] and u not in dead]
    if early or late:
        out['CER-06', key] = (FAIL, None)
    elif uses and (c['issued_on'] is None or c['expires_on'] is None):
        out['CER-06', key] = (UNSURE, None)
    absent = {}
    for u in uses:
        for effective, end, _kind in away.get(c['staff_id'], []):
            if u > effective and (end is None or u < end) and u not in dead:
                absent.setdefault(u, effective)
    if absent:
        out['CER-07', key] = (FAIL, (max(absent) - min(absent.values())).days)


def findings(tables, day):
    view, out = as_of(tables, day), {}
    staff = {s['staff_id'] for s in view['staff']}
    away, uses = absences(view, day), defaultdict(list)
    for u in view.get('certificate_use', []):
        uses[u['certificate_id']].append(u['used_on'])
    for c in view['certificate']:
        holders(c, staff, away, day, out)
        revoked_late(c, away, out)
        signatures(c, uses[c['certificate_id']], away, out)
    renewals(view, staff, away, day, out)
    return out
