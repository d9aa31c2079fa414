"""The reception pack, from docs/rules.md and the law, as loops over the extracts."""
import datetime as dt
from collections import defaultdict

import _calendar as cal
import _facts
from _rules_cases import FAIL, L136, TCD, UNSURE, entered, late, ordered, worked_before

RULES = [f'REC-{n:02d}' for n in range(1, 10)]
LEVELS = {'central', 'region', 'province', 'district', 'local', None}


def last_months(day, n):
    """(first day, last day) of the latest n months that ended by `day`."""
    out, end = [], day + dt.timedelta(days=1)
    while len(out) < n:
        end = end.replace(day=1) - dt.timedelta(days=1)
        out.append((end.replace(day=1), end))
    return out


def head_days(view, day, out):
    sessions = defaultdict(list)
    for s in view['reception_session']:
        if s['held_on']:
            sessions[s['unit_id']].append(s)
    for u in view['unit']:
        for first, last in last_months(day, 3):
            if u['level'] not in LEVELS or (u['valid_from'] or first) > first or (u['valid_to'] or last) < last:
                continue
            held = [s for s in sessions[u['unit_id']] if first <= s['held_on'] <= last]
            key = f"{u['unit_id']}/{first:%Y-%m}"
            if u['level'] is None or not any(s['is_head'] and not s['delegated'] for s in held) and \
                    any(s['is_head'] is None for s in held):
                out['REC-01', key] = (UNSURE, None)
            elif not any(s['is_head'] and not s['delegated'] for s in held):
                out['REC-01', key] = (FAIL, None)


def urgent(view, day, out):
    heads = defaultdict(list)
    for v in view['visit']:
        if v['mode'] == 'head' and v['case_id']:
            heads[v['case_id'], v['unit_id']].append(v['received_on'])
    for v in view['visit']:
        if v['urgent'] != 1 or v['received_on'] < TCD:
            continue
        key, got = v['visit_id'], v['received_on']
        if v['mode'] is None:
            out['REC-02', key] = (UNSURE, None)
        elif v['mode'] != 'head':
            try:
                due = cal.add_worked(got, 3)
            except cal.Unknown:
                out['REC-02', key] = (UNSURE, None)
                continue
            seen = any(got <= h <= due for h in heads[v['case_id'], v['unit_id']])
            if day > due and not seen:
                out['REC-02', key] = (FAIL, (day - due).days)


def posted(view, day, out):
    for s in view['reception_session']:
        on, key = s['scheduled_on'], s['session_id']
        if on is None or on < TCD or not (s['delegated'] == 1 or s['is_head'] in (1, None)):
            continue
        if s['is_head'] is None and s['delegated'] != 1:
            out['REC-03', key] = (UNSURE, None)
            continue
        try:
            last = worked_before(on, 5)
        except cal.Unknown:
            out['REC-03', key] = (UNSURE, None)
            continue
        if s['posted_on'] is None and day > last and s['announced'] != 0:
            out['REC-03', key] = (UNSURE, None)
        elif (s['posted_on'] or day) > last:
            out['REC-03', key] = (FAIL, ((s['posted_on'] or min(on, day)) - last).days)


def online(view, day, out):
    for s in view['reception_session']:
        on = s['held_on'] or s['scheduled_on']
        if s['online'] != 1 or on is None or on < L136:
            continue
        for rule, column, n in (('REC-05', 'invited_on', 5), ('REC-06', 'link_tested_on', 1)):
            try:
                last = worked_before(on, n)
            except cal.Unknown:
                out[rule, s['session_id']] = (UNSURE, None)
                continue
            if last >= L136 and (s[column] or day) > last:
                out[rule, s['session_id']] = (FAIL, ((s[column] or min(on, day)) - last).days)


def visits(view, day, out):
    for v in view['visit']:
        key, got = v['visit_id'], v['received_on']
        if got >= TCD and (v['people'] or 5) >= 5:
            if v['people'] is None and v['group_visit'] == 0 or v['people'] and v['group_visit'] is None:
                out['REC-07', key] = (UNSURE, None)
            elif v['people'] and v['group_visit'] == 0:
                out['REC-07', key] = (FAIL, None)
        if got < L136:
            continue
        if v['refused'] == 1:
            if not ordered(got, v['refusal_notified_on']):
                out['REC-04', key] = (UNSURE, None)
            else:
                late(out, 'REC-04', key, v['refusal_notified_on'] or day, lambda g=got: cal.add_worked(g, 3))
        if not ordered(got, v['national_db_on']):
            out['REC-09', key] = (UNSURE, None)
        else:
            entered(('REC-08', 'REC-09'), key, got, v['national_db_on'], day, out)


def findings(tables, day):
    view, out = _facts.as_of(tables, day), {}
    for part in (head_days, urgent, posted, online, visits):
        part(view, day, out)
    return out
