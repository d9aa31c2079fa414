#!/usr/bin/env python3
"""01–03/TTr, 03/GQKN, 04/GQTC, 05/KQTH and 06/QLKNTC, cell by cell, against plain loops over random extracts.

The extracts are made here: what decisions ask for, what was done, what units typed in. The loops are written from
docs/rules.md and the circular.
"""
import csv
import datetime as dt
import os
import random
import tempfile
from collections import defaultdict

import _run
from _workbook import cells, compare, figures

UNITS = {'00': None, '40': '00', '48': '00', '40001': '40', '40002': '40', '48001': '48'}
NAMES = {u: f'Đơn vị {u}' for u in UNITS}
PERIODS = {
    '2026-Q3': (dt.date(2026, 6, 15), dt.date(2026, 9, 14)),
    '2026-H1': (dt.date(2025, 12, 15), dt.date(2026, 6, 14)),
    '2026-9M': (dt.date(2025, 12, 15), dt.date(2026, 9, 14)),
}
QUARTERS = {'2026-Q3': [], '2026-H1': ['2026-Q1', '2026-Q2'], '2026-9M': ['2026-Q1', '2026-Q2', '2026-Q3']}
WIDTH = {'01-TTr': 26, '02-TTr': 34, '03-TTr': 17, '03-GQKN': 23, '04-GQTC': 25, '05-KQTH': 31, '06-QLKNTC': 17}
# Columns that units type in, and the sums of others; the rest is counted.
TYPED = {
    '01-TTr': set(range(11, 27)) - {18, 21},
    '02-TTr': set(range(2, 35)) - {17, 20, 23, 26},
    '03-TTr': set(range(1, 18)),
    '06-QLKNTC': set(range(1, 18)),
}
SUMS = {
    '01-TTr': {10: (12, 14), 11: (13, 15), 8: (10, 16), 9: (11, 17), 18: (19, 20), 21: (22, 23)},
    '02-TTr': {1: (3, 4), 17: (18, 19), 20: (21, 22), 23: (24, 25), 26: (27, 28)},
    '03-TTr': {}, '06-QLKNTC': {},
}
TYPED['01-TTr'] -= set(SUMS['01-TTr'])
MILLIONS = {
    '01-TTr': {8, 10, 12, 14, 16, 18, 19, 20}, '02-TTr': {5, 6, 9, 10, 13, 14, 17, 18, 19, 20, 21, 22}, '03-TTr': set(),
    '03-GQKN': {13, 15}, '04-GQTC': {14, 16}, '05-KQTH': {3, 5, 7, 9, 18, 20, 22, 24}, '06-QLKNTC': set(),
}
BLANK, NONE, HIDDEN = 'blank', 'not applicable', 'hidden'


# --- extracts ---

def days(r, first='2025-09-01', last='2026-10-20'):
    a, b = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    return a + dt.timedelta(r.randrange((b - a).days + 1))


def later(r, day, most):
    return day + dt.timedelta(r.randrange(most))


def make_cases(r, n):
    cases, petitions, outcomes, steps, recoveries, payments = [], [], [], [], [], []
    for i in range(n):
        kind = r.choice(['complaint', 'denunciation'])
        unit = r.choice(list(UNITS))
        received = days(r)
        handled = later(r, received, 20)
        handling = r.choice(['accept', 'accept', 'accept', 'reject', 'guide', 'forward', 'file'])
        own = handling in ('accept', 'reject', 'file')
        level = r.choice(['first', 'second'] if kind == 'complaint' else ['first', 'again'])
        case = None
        if handling == 'accept' and r.random() < .9:
            fate = r.choice(['open', 'waiting', 'decided', 'decided', 'decided', 'withdrawn', 'discontinued', 'not_accepted'])
            accepted = None if fate in ('waiting', 'not_accepted') else later(r, handled, 10)
            decided = later(r, accepted, 60) if fate == 'decided' else None
            closed = later(r, decided or accepted or handled, 40) if fate not in ('open', 'waiting') else None
            results = ['right', 'wrong', 'partly'] if kind == 'denunciation' or level == 'first' else ['upheld', 'revised']
            case = dict(case_id=f'C{i}', unit_id=unit, kind=kind, level=level, field='policy', received_on=received,
                        accepted_on=accepted, decided_on=decided, decision_no=f'{i}/QĐ' if decided else None,
                        result=r.choice(results) if decided else None,
                        money_to_recover=r.choice([0, r.randrange(1, 900_000_000)]) if decided else None,
                        closed_on=closed, closed_how=None if fate in ('open', 'waiting') else fate)
            cases.append(case)
        petition = dict(petition_id=f'P{i}', unit_id=unit, received_on=received, source='post', kind=kind, level=level,
                        sender_count=1, anonymous=0, eligible=int(r.random() < .9), duplicate_of=None, field='policy',
                        authority='own' if own else 'other', handling=handling,
                        handled_on=handled if r.random() < .95 else None, case_id=case and case['case_id'])
        petitions.append(petition)
        if r.random() < .15:  # the same matter again
            again = dict(petition, petition_id=f'P{i}b', received_on=later(r, received, 30), duplicate_of=f'P{i}')
            again['handled_on'] = later(r, again['received_on'], 20)
            if case is None:
                again['case_id'] = None
            petitions.append(again)
        if case and case['decided_on']:
            make_execution(r, case, outcomes, steps, recoveries, payments)
    return cases, petitions, outcomes, steps, recoveries, payments


def make_execution(r, case, outcomes, steps, recoveries, payments):
    n = case['case_id']
    people, officials = r.randrange(4), r.randrange(2)
    outcomes.append(dict(case_id=n, land_to_recover=r.choice([0, 0, r.randrange(500)]),
                         money_to_return=r.choice([0, r.randrange(50_000_000)]), land_to_return=r.choice([0, 0, 120]),
                         orgs_restored=r.randrange(2), persons_restored=r.randrange(3), orgs_to_discipline=r.randrange(2),
                         persons_to_discipline=people, officials_to_discipline=min(people, officials),
                         referred=int(r.random() < .1), persons_referred=people, officials_referred=min(people, officials)))
    o = outcomes[-1]
    for k in range(r.randrange(3)):
        steps.append(dict(execution_id=f'{n}-{k}', case_id=n, done_on=later(r, case['decided_on'], 120),
                          land_recovered=r.randrange(o['land_to_recover'] // 3 + 1),
                          money_returned=r.randrange(o['money_to_return'] // 3 + 1), land_returned=None,
                          orgs_disciplined=r.randrange(2), persons_disciplined=people, officials_disciplined=0,
                          charged=int(r.random() < .2), persons_charged=r.randrange(2), officials_charged=0,
                          completed=int(r.random() < .4)))
    if case['money_to_recover']:
        recoveries.append(dict(recovery_id=f'R{n}', case_id=n, unit_id=case['unit_id'], fund='BHXH', decision_no='1',
                               decided_on=case['decided_on'], amount_due=case['money_to_recover']))
        left = case['money_to_recover']
        for k in range(r.randrange(4)):
            amount = r.randrange(left // 2 + 1)
            left -= amount
            payments.append(dict(payment_id=f'R{n}-{k}', recovery_id=f'R{n}', paid_on=later(r, case['decided_on'], 150),
                                 amount=amount))


def make_inspections(r, n):
    out = []
    for i in range(n):
        started = days(r) if r.random() < .9 else None
        concluded = later(r, started, 100) if started and r.random() < .7 else None
        out.append(dict(inspection_id=f'I{i}', unit_id=r.choice(list(UNITS)), kind=r.choice(['planned', 'unplanned']),
                        activity=r.choice(['inspection', 'inspection', 'check']), started_on=started, concluded_on=concluded,
                        units_inspected=r.randrange(1, 5) if started else None))
    return out


def make_indicators(r):
    out = []
    upright = [str(n) for n in range(1, 109)] + ['52a', '53a', '43.1', '43.2', '84.1', '91.2']
    for form, columns in [*TYPED.items(), ('01-PCTN', upright)]:
        code = form.replace('-', '/')
        for unit in UNITS:
            if r.random() < .3:
                continue
            for n in columns:
                for period in ('2026-Q1', '2026-Q2', '2026-Q3', '2026-H1'):
                    if r.random() < (.02 if period != '2026-H1' else .9):
                        continue
                    state = r.choices([None, 'not_applicable', 'hidden'], [93, 6, 1])[0]
                    out.append(dict(unit_id=unit, period=period, code=f'{code}.{n}', state=state,
                                    value=None if state else r.randrange(3_000_000) * (1 if n not in MILLIONS.get(form, ()) else 997)))
    return out


def write(folder, name, rows):
    with open(os.path.join(folder, name + '.csv'), 'w', encoding='utf-8', newline='') as f:
        w = csv.writer(f)
        w.writerow(rows[0].keys())
        for row in rows:
            w.writerow(['' if v is None else v for v in row.values()])


def make(seed):
    r = random.Random(seed)
    folder = tempfile.mkdtemp(prefix='rasoat-')
    cases, petitions, outcomes, steps, recoveries, payments = make_cases(r, 700)
    facts = dict(unit=[dict(unit_id=u, name=NAMES[u], level='province') for u in UNITS],
                 unit_parent=[dict(unit_id=u, parent_id=p, valid_from='2020-01-01') for u, p in UNITS.items() if p],
                 case_file=cases, petition=petitions, case_outcome=outcomes, case_execution=steps, recovery=recoveries,
                 recovery_payment=payments, inspection=make_inspections(r, 300), indicator=make_indicators(r))
    for name, rows in facts.items():
        write(folder, name, rows)
    return folder, facts


# --- the loops ---

def known(day, last):
    return day if day is not None and day <= last else None


def matter_of(p, by_id, last):
    while True:
        if p['case_id'] and known(p['handled_on'], last):
            return 'case', p['case_id']
        if not p['duplicate_of'] or by_id[p['duplicate_of']]['received_on'] > last:
            return 'petition', p['duplicate_of'] or p['petition_id']
        p = by_id[p['duplicate_of']]


def fate_of(p, case, last):
    """Which of the columns 3 to 6 a matter stands in at the end of the period."""
    if case and known(case['closed_on'], last) and case['closed_how'] in ('withdrawn', 'discontinued'):
        return 6
    if case and known(case['accepted_on'], last):
        return 4
    if case and known(case['closed_on'], last) and case['closed_how'] == 'not_accepted':
        return 5
    if not case and p['handling'] == 'reject':
        return 5
    return 3


def settlement(facts, period, kind):
    first, last = period
    cells_of = defaultdict(lambda: defaultdict(int))
    matters = defaultdict(set)
    by_id = {p['petition_id']: p for p in facts['petition']}
    cases = {c['case_id']: c for c in facts['case_file']}
    outcomes = {o['case_id']: o for o in facts['case_outcome']}
    for p in facts['petition']:
        handled = known(p['handled_on'], last)
        if p['kind'] != kind or handled is None or handled < first or not p['eligible'] or p['authority'] != 'own':
            continue
        row, case = cells_of[p['unit_id']], cases.get(p['case_id'])
        row[1] += 1
        matters[p['unit_id'], fate_of(p, case, last)].add(matter_of(p, by_id, last))
    for (unit, column), found in matters.items():
        cells_of[unit][column] = len(found)
    places = {('first', 'right'): 8, ('first', 'wrong'): 9, ('first', 'partly'): 10}
    places |= ({('second', 'upheld'): 11, ('second', 'revised'): 12} if kind == 'complaint' else
               {('again', 'right'): 11, ('again', 'wrong'): 12, ('again', 'partly'): 13})
    sums = (['land_to_recover', 'money_to_return', 'land_to_return', 'orgs_restored', 'persons_restored'] +
            ([] if kind == 'complaint' else ['orgs_to_discipline']) +
            ['persons_to_discipline', 'officials_to_discipline', 'referred', 'persons_referred', 'officials_referred'])
    money = 13 if kind == 'complaint' else 14
    for c in facts['case_file']:
        if c['kind'] != kind or c['decided_on'] is None or not first <= c['decided_on'] <= last:
            continue
        row = cells_of[c['unit_id']]
        row[places[c['level'], c['result']]] += 1
        row[money] += c['money_to_recover']
        for n, name in enumerate(sums, money + 1):
            row[n] += outcomes[c['case_id']][name]
    for row in cells_of.values():
        row[2] = row[3] + row[4] + row[5] + row[6]
        row[7] = sum(row[n] for n in set(places.values()))
    return cells_of


def execution(facts, period):
    first, last = period
    cells_of = defaultdict(lambda: defaultdict(int))
    steps, paid = defaultdict(list), defaultdict(list)
    outcomes = {o['case_id']: o for o in facts['case_outcome']}
    of_case = {r['recovery_id']: r['case_id'] for r in facts['recovery']}
    for s in facts['case_execution']:
        if s['done_on'] <= last:
            steps[s['case_id']].append(s)
    for y in facts['recovery_payment']:
        if y['paid_on'] <= last:
            paid[of_case[y['recovery_id']]].append(y)

    def done(case, name, within):
        return sum(s[name] or 0 for s in steps[case] if (s['done_on'] >= first) == within)

    for c in facts['case_file']:
        n = c['case_id']
        if known(c['decided_on'], last) is None:
            continue
        if any(s['completed'] and s['done_on'] < first for s in steps[n]):
            continue
        row, base, o = cells_of[c['unit_id']], 0 if c['kind'] == 'complaint' else 15, outcomes[n]
        add = [1, any(s['completed'] for s in steps[n]),
               c['money_to_recover'] - sum(y['amount'] for y in paid[n] if y['paid_on'] < first),
               o['land_to_recover'] - done(n, 'land_recovered', False),
               sum(y['amount'] for y in paid[n] if y['paid_on'] >= first), done(n, 'land_recovered', True),
               o['money_to_return'] - done(n, 'money_returned', False), o['land_to_return'] - done(n, 'land_returned', False),
               done(n, 'money_returned', True), done(n, 'land_returned', True)]
        add += [] if not base else [done(n, 'orgs_disciplined', True)]
        add += [done(n, 'persons_disciplined', True), done(n, 'officials_disciplined', True),
                any(s['charged'] and s['done_on'] >= first for s in steps[n]),
                done(n, 'persons_charged', True), done(n, 'officials_charged', True)]
        for i, value in enumerate(add, base + 1):
            row[i] += int(value)
    return cells_of


def inspections(facts, period):
    first, last = period
    cells_of = defaultdict(lambda: defaultdict(int))
    for i in facts['inspection']:
        if i['activity'] != 'inspection' or known(i['started_on'], last) is None:
            continue
        row, concluded = cells_of[i['unit_id']], known(i['concluded_on'], last)
        if concluded is None or concluded >= first:
            row[1] += 1
            row[2 if i['started_on'] < first else 3] += 1
            row[4 if i['kind'] == 'planned' else 5] += 1
        if concluded and concluded >= first:
            row[6] += 1
            row[7] += i['units_inspected']
    return cells_of


def said(entries, period):
    """What one unit says under one code: a number, or one of the three words."""
    def word(entry):
        return {None: entry['value'], 'not_applicable': NONE, 'hidden': HIDDEN}[entry['state']]
    if period in entries or not QUARTERS[period]:
        return word(entries[period]) if period in entries else BLANK
    parts = [word(entries[q]) if q in entries else BLANK for q in QUARTERS[period]]
    if HIDDEN in parts:
        return HIDDEN
    if BLANK in parts:
        return BLANK
    return NONE if all(p == NONE for p in parts) else sum(p for p in parts if p != NONE)


def joined(parts):
    numbers = [p for p in parts if not isinstance(p, str)]
    return HIDDEN if HIDDEN in parts else sum(numbers) if numbers else NONE if NONE in parts else BLANK


def added(parts):
    """A formula: nothing where one waits for its figure."""
    if HIDDEN in parts:
        return HIDDEN
    return BLANK if BLANK in parts else joined(parts)


def row_units(scope):
    """The units behind each row of a form of `scope`."""
    out = {scope: [scope]}
    for u in sorted(UNITS):
        if UNITS[u] == scope:
            out[u] = [v for v in UNITS if v == u or UNITS[v] == u]
    return out


def table(facts, form, period, scope):
    """label -> cells, with the total; words for what is no number."""
    span = PERIODS[period]
    counted = {'03-GQKN': lambda: settlement(facts, span, 'complaint'), '04-GQTC': lambda: settlement(facts, span, 'denunciation'),
               '05-KQTH': lambda: execution(facts, span), '01-TTr': lambda: inspections(facts, span)}.get(form, dict)()
    entries = defaultdict(dict)
    for e in facts['indicator']:
        entries[e['unit_id'], e['code']][e['period']] = e
    out, typed, sums = {}, TYPED.get(form, set()), SUMS.get(form, {})
    for unit, members in row_units(scope).items():
        row = {}
        for n in range(1, WIDTH[form] + 1):
            if n in typed:
                code = form.replace('-', '/') + f'.{n}'
                row[n] = joined([said(entries[m, code], period) for m in members])
            elif n not in sums:
                row[n] = sum(counted[m][n] for m in members if m in counted)
        while any(n not in row for n in sums):
            for n, terms in sums.items():
                if n not in row and all(t in row for t in terms):
                    row[n] = added([row[t] for t in terms])
        out[NAMES[unit]] = row
    # What the rows could not add up, the total cannot either.
    out['Tổng số'] = {n: (added if n in sums and BLANK in [r[n] for r in out.values()] else joined)([r[n] for r in out.values()])
                      for n in range(1, WIDTH[form] + 1)}
    return out


# --- the comparison ---

def shown(value, million):
    """What the workbook holds: money in triệu đồng, unrounded; words as print shows them."""
    words = {BLANK: None, NONE: '–', HIDDEN: '***'}
    if isinstance(value, str):
        return words[value]
    return value / 1e6 if million else value


def test_upright(seed, folder, facts, period):
    """01/PCTN: its figures are those of all units together; codes 7, 23 (money) and 52a are typed in here."""
    _run.rasoat(folder, 'report', '01-PCTN', '--period', period, '--format', 'xlsx', expect=(0, 2))
    rows = cells(os.path.join(folder, 'out', f'01-PCTN-{period}.xlsx'))[0][1]
    entries = defaultdict(dict)
    for e in facts['indicator']:
        entries[e['unit_id'], e['code']][e['period']] = e
    got, want, last = {}, {}, None
    for row in rows:
        ms = str(row[0]).replace('\u00a0', '').strip() if row[0] is not None else None
        if ms and ms[0].isdigit() and row[2]:
            last = ms
            got[ms] = row[3]
        elif ms == '' and row[2]:
            got[f'{last}a'] = row[3]
    for code in got:
        value = joined([said(entries[u, f'01/PCTN.{code}'], period) for u in UNITS])
        want[code] = shown(value, code in ('23', '24', '28', '38', '89', '91', '91.1', '91.2', '93', '107', '108'))
    _run.check(f'seed {seed}: 01-PCTN in {period}: {len(got)} lines',
               ([] if len(got) == 123 else ['lines are missing']) + _run.different(want, got))


def number(n):
    return f'{n:,}'.replace(',', '.')


def changed(now, then):
    """"tăng 12 (8,5%)": one place, rounded half away from zero."""
    if now == then:
        return 'không thay đổi'
    word, by = ('tăng' if now > then else 'giảm'), abs(now - then)
    tenths = (by * 2000 + then) // (2 * then) if then else 0
    return f'{word} {number(by)}' + (f' ({tenths // 10},{tenths % 10}%)' if then else '')


def share(part, whole):
    tenths = (part * 2000 + whole) // (2 * whole) if whole else 0
    return f'{tenths // 10},{tenths % 10}%' if whole else '–'


def test_narrative(seed, folder, facts):
    """Mẫu số 02: the sentences that can be computed from these extracts."""
    with open(os.path.join(folder, 'author.txt'), 'w', encoding='utf-8') as f:
        f.write('[du_bao]\nĐoạn thứ nhất\ncòn tiếp.\n\nĐoạn thứ hai.\n')
    _run.rasoat(folder, 'report', 'MAU-02', '--period', '2026-9M', '--format', 'text', '--text',
                os.path.join(folder, 'author.txt'), expect=(0, 2))
    with open(os.path.join(folder, 'out', 'MAU-02-2026-9M.txt'), encoding='utf-8') as f:
        text = ' '.join(f.read().replace('\u00a0', ' ').split())
    now = {form: table(facts, form, '2026-9M', '00')['Tổng số'] for form in ('03-GQKN', '04-GQTC', '05-KQTH', '06-QLKNTC')}
    before = settlement(facts, (dt.date(2024, 12, 15), dt.date(2025, 9, 14)), 'denunciation')
    then = sum(row[1] for row in before.values())
    k, t, d, q = (now[form] for form in ('03-GQKN', '04-GQTC', '05-KQTH', '06-QLKNTC'))

    def millions(n):
        return number((abs(n) * 2 + 1_000_000) // 2_000_000 * (1 if n >= 0 else -1))

    def said_of(value):
        return {BLANK: '(chưa có số liệu)', NONE: '(không áp dụng)', HIDDEN: '***'}.get(value) or number(value)

    wanted = [
        f'trong kỳ có {number(t[1])} đơn tố cáo thuộc thẩm quyền, {changed(t[1], then)} so với cùng kỳ năm trước.',
        f'Khiếu nại: {k[2]} vụ việc, trong đó đang xem xét điều kiện thụ lý {k[3]}, đã thụ lý {k[4]}, không thụ lý {k[5]}, rút đơn '
        f'hoặc đình chỉ {k[6]}. Đã ban hành {k[7]} quyết định giải quyết',
        f'Kiến nghị thu hồi {millions(k[13])} triệu đồng; trả lại cho tổ chức, cá nhân {millions(k[15])} triệu đồng; kiến nghị xử lý '
        f'hành chính {k[19]} người.',
        f'Phải thi hành {d[1]} quyết định giải quyết khiếu nại, đã thi hành xong {d[2]}, đạt {share(d[2], d[1])}; phải thu hồi '
        f'{millions(d[3])} triệu đồng, đã thu trong kỳ {millions(d[5])} triệu đồng, đạt {share(d[5], d[3])}.',
        f'Thanh tra trách nhiệm {said_of(q[6])} cuộc tại {said_of(q[7])} đơn vị, đã ban hành {said_of(q[8])} kết luận.',
        'IV. DỰ BÁO TÌNH HÌNH Đoạn thứ nhất còn tiếp. Đoạn thứ hai. V. PHƯƠNG HƯỚNG',
        '[Kiến nghị, đề xuất] ………',
    ]
    _run.check(f'seed {seed}: MAU-02, sentences', [f'not there: {w}' for w in wanted if w not in text])


def test_form(seed, folder, facts, form, period, scope):
    option = [] if scope == '00' else ['--unit', scope]
    _run.rasoat(folder, 'report', form, '--period', period, '--format', 'xlsx', *option, expect=(0, 2))
    path = os.path.join(folder, 'out', f'{form}-{period}{"" if scope == "00" else "-" + scope}.xlsx')
    want = {label: [shown(row[n], n in MILLIONS[form]) for n in range(1, WIDTH[form] + 1)]
            for label, row in table(facts, form, period, scope).items()}
    got = figures(cells(path)[0][1])
    compare(f'seed {seed}: {form} of {scope} in {period}', want, got)


def main():
    for seed in (1, 2):
        extracts, facts = make(seed)
        try:
            folder = _run.workspace(extracts)
            test_upright(seed, folder, facts, '2026-Q3')
            test_upright(seed, folder, facts, '2026-9M')
            test_narrative(seed, folder, facts)
            for form in WIDTH:
                for period, scope in (('2026-Q3', '00'), ('2026-H1', '40'), ('2026-9M', '00')):
                    test_form(seed, folder, facts, form, period, scope)
        except (OSError, RuntimeError, ValueError, KeyError, AttributeError) as e:
            _run.check(f'seed {seed}: the program', [repr(e)] + str(e).split('\n'))
    _run.leave()


if __name__ == '__main__':
    main()
