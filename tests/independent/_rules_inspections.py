"""INS-01 .. INS-12 from docs/rules.md."""
import datetime as dt

import _calendar as cal
from _facts import as_of
from _funds import FAIL, UNSURE, days

RULES = [f'INS-{n:02}' for n in range(1, 13)]
QD1518 = dt.date(2016, 10, 18)
LAST = dt.date(2025, 12, 31)            # of the specialised inspections
WORK = {('check', 'central'): (40, 60), ('check', 'other'): (25, 40),
        ('inspection', 'central'): (45, 70), ('inspection', 'other'): (30, 45)}


def due_day(start, length):
    cal.worked(start)
    return cal.roll(start + days(length))


def first(*dates):
    return min(filter(None, dates), default=None)


def plan(i, day, out):
    key, planned, began = i['inspection_id'], i['planned_on'], i['started_on']
    if i['kind'] == 'planned' or (i['kind'] is None and planned):
        if began is None and i['adjusted_on'] is None:
            if planned is None:
                out['INS-01', key] = (UNSURE, None)
            elif day > planned:
                out['INS-01', key] = (FAIL, (day - planned).days)
        elif i['adjusted_on'] is None:
            if planned is None:
                out['INS-02', key] = (UNSURE, None)
            elif began > planned:
                out['INS-02', key] = (FAIL, (began - planned).days)
    if i['adjusted_on'] and i['adjustment_no'] is None:
        out['INS-03', key] = (FAIL, None)
    if began and i['plan_no'] is None:
        rule = 'INS-04' if i['kind'] == 'unplanned' else 'INS-05'
        out[rule, key] = (FAIL if i['kind'] else UNSURE, None)


def work(i, level, day):
    """(rule, verdict) of INS-06 or INS-07, or None."""
    began, activity = i['started_on'], i['activity']
    if began is None or level not in ('central', 'province', 'region', None) or began < QD1518:
        return None
    rule = 'INS-07' if activity == 'inspection' else 'INS-06'
    if rule == 'INS-07' and began > LAST:
        return None
    later = first(i['drafted_on'], i['concluded_on'])
    end = i['ended_on'] or later
    if activity is None or level is None or (end and end < began):
        return rule, (UNSURE, None)
    length = WORK[activity, level if level == 'central' else 'other'][i['complex'] == 1]
    try:
        due = due_day(began, length)
    except cal.Unknown:
        return rule, (UNSURE, None)
    if (end or day) <= due:
        return None
    if i['ended_on'] is None and later:
        return rule, (UNSURE, None)
    return rule, (FAIL, ((end or day) - due).days)


def draft(i, day):
    ended, later = i['ended_on'], first(i['drafted_on'], i['concluded_on'])
    if (ended is None and later is None) or (ended or later) < QD1518:
        return None
    if ended is None or (later and later < ended):
        return UNSURE, None
    try:
        due = due_day(ended, 5)
    except cal.Unknown:
        return UNSURE, None
    return (FAIL, ((later or day) - due).days) if (later or day) > due else None


def conclusion(i, day, out):
    key, ended, done = i['inspection_id'], i['ended_on'], i['concluded_on']
    rule = 'INS-10' if done else 'INS-09'
    if done or ended or i['drafted_on']:
        if ended is None or (done and done < ended):
            out[rule, key] = (UNSURE, None)
        elif (done or day) > ended + days(30):
            out[rule, key] = (FAIL, ((done or day) - ended).days)
    if done and i['conclusion_no'] is None:
        out['INS-11', key] = (FAIL, None)


def findings(tables, day):
    view, out = as_of(tables, day), {}
    levels = {u['unit_id']: u['level'] for u in view['unit']}
    for i in view['inspection']:
        plan(i, day, out)
        verdict = work(i, levels.get(i['unit_id']), day)
        if verdict:
            out[verdict[0], i['inspection_id']] = verdict[1]
        verdict = draft(i, day)
        if verdict:
            out['INS-08', i['inspection_id']] = verdict
        conclusion(i, day, out)
        if i['activity'] == 'inspection' and i['started_on'] and i['started_on'] > LAST:
            out['INS-12', i['inspection_id']] = (FAIL, None)
    return out
