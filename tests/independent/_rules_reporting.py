"""RPT-01 .. RPT-08 from docs/rules.md."""
import datetime as dt

from _facts import as_of
from _funds import DAY, FAIL, UNSURE, days

RULES = [f'RPT-{n:02}' for n in range(1, 9)]
TT06 = dt.date(2025, 9, 30)
# report, level, rules for not sent and late
OWED = [('tcd_kntc', 'central', 17, 'RPT-01', 'RPT-02'), ('tcd_kntc', 'province', 16, 'RPT-03', 'RPT-04'),
        ('account_changes', 'province', 10, 'RPT-05', 'RPT-06')]


def periods(report, day):
    """label -> (first day, last day) of the periods that ended by `day`, of the last three years."""
    out = {}
    for year in range(day.year - 2, day.year + 1):
        if report == 'account_changes':
            for q in range(4):
                end = dt.date(year + (q == 3), (q * 3 + 3) % 12 + 1, 1) - DAY
                out[f'{year}-Q{q + 1}'] = (dt.date(year, q * 3 + 1, 1), end)
            continue
        begin = dt.date(year - 1, 12, 15)
        starts = [begin, dt.date(year, 3, 15), dt.date(year, 6, 15), dt.date(year, 9, 15)]
        for q in range(4):
            out[f'{year}-Q{q + 1}'] = (starts[q], dt.date(year, q * 3 + 3, 14))
        out[f'{year}-H1'] = (begin, dt.date(year, 6, 14))
        out[f'{year}-9M'] = (begin, dt.date(year, 9, 14))
        out[f'{year}'] = (begin, dt.date(year, 12, 14))
    return {k: p for k, p in out.items() if p[1] <= day}


def due_day(report, number, last):
    if report == 'account_changes':
        return last + days(number) - DAY        # trước ngày 10
    return last.replace(day=number)


def owes(unit, period, due):
    return ((unit['valid_from'] is None or unit['valid_from'] <= period[0])
            and (unit['valid_to'] is None or unit['valid_to'] >= due))


def judge(unit, period, due, entries, day):
    """(is it about lateness, verdict or None)"""
    if not entries:
        return False, ((UNSURE, None) if unit['level'] is None else (FAIL, (day - due).days))
    sent = [e['submitted_on'] or e['received_on'] for e in entries]
    known = [s for s in sent if s]
    if known and min(known) <= due:
        return True, ((UNSURE, None) if unit['level'] is None else None)
    if unit['level'] is None or len(known) < len(sent):
        return True, (UNSURE, None)
    return True, (FAIL, (min(known) - due).days)


def findings(tables, day):
    view, out = as_of(tables, day), {}
    sent = {}
    for s in view['report_submission']:
        sent.setdefault((s['unit_id'], s['report'], s['period_from'], s['period_to']), []).append(s)
    for report, level, number, missing, late in OWED:
        for label, period in periods(report, day).items():
            due = due_day(report, number, period[1])
            if day <= due or period[1] <= day - days(365) or (report == 'tcd_kntc' and period[1] < TT06):
                continue
            for u in view['unit']:
                if u['level'] not in (level, None) or not owes(u, period, due):
                    continue
                is_late, verdict = judge(u, period, due, sent.get((u['unit_id'], report) + period, []), day)
                if verdict:
                    out[late if is_late else missing, u['unit_id'] + '/' + label] = verdict
                if is_late and u['level'] is None:
                    out[missing, u['unit_id'] + '/' + label] = (UNSURE, None)
    for s in view['report_submission']:
        if s['period_to'] <= day - days(365):
            continue
        if s['document_no'] is None:
            out['RPT-07', s['submission_id']] = (FAIL, None)
        span = (s['period_from'], s['period_to'])
        if s['period_to'] <= day and span not in periods(s['report'], day).values():
            out['RPT-08', s['submission_id']] = (FAIL, None)
    return out
