"""The cells of 01/TCD, 02/XLD and the report of letter 907, as plain loops over the extracts."""
import datetime as dt
from collections import defaultdict

from _facts import as_of, below, parents

Q3 = (dt.date(2026, 6, 15), dt.date(2026, 9, 14))          # quarter III of the inspectorate
CALENDAR_Q3 = (dt.date(2026, 7, 1), dt.date(2026, 9, 30))  # quarter III of letter 907


def tcd(tables, period):
    """unit_id -> {column: number}, before any roll-up."""
    first, last = period
    view = as_of(tables, last)
    cells = defaultdict(lambda: defaultdict(int))
    at_head, seen, days = defaultdict(set), defaultdict(set), defaultdict(set)
    visits = [v for v in view['visit'] if first <= v['received_on'] <= last]
    for v in visits:
        if v['mode'] == 'head':
            at_head[v['unit_id']].add(v['case_id'])
    for v in visits:
        unit, mode = v['unit_id'], v['mode']
        turns, people, matters, groups, crowd = {
            'regular': (5, 6, 7, 8, 9), 'head': (11, 12, 13, 14, 15),
            'delegated': (17, 18, 19, 20, 21)}[mode]
        row = cells[unit]
        row[turns] += 1
        row[people] += v['people']
        if v['people'] >= 5:
            row[groups] += 1
            row[crowd] += v['people']
        if v['case_id'] and (mode != 'regular' or v['case_id'] not in at_head[unit]):
            seen[unit, matters].add(v['case_id'])
    for s in view['reception_session']:
        if s['held_on'] is None or not first <= s['held_on'] <= last or s['announced'] != 1:
            continue
        if s['delegated'] == 1:
            days[s['unit_id'], 16].add(s['held_on'])
        elif s['is_head'] == 1:
            days[s['unit_id'], 10].add(s['held_on'])
    for (unit, column), values in list(seen.items()) + list(days.items()):
        cells[unit][column] = len(values)
    for row in cells.values():
        for n in range(1, 5):
            row[n] = row[n + 4] + row[n + 10] + row[n + 16]
    return cells


def petition_columns(p):
    """The columns of 02/XLD that a petition handled in the period counts in, but 1, 2 and 5."""
    if p['eligible'] != 1:
        return []
    if p['authority'] == 'other':
        return {'guide': [24], 'forward': [25]}.get(p['handling'], [])
    if p['authority'] != 'own':
        return []
    field, out = p['field'], []
    if p['kind'] == 'complaint':
        out += {'first': [7], 'second': [8]}.get(p['level'], [])
        if field:
            out.append({'land': 9, 'policy': 10}.get(field, 11))
    elif p['kind'] == 'denunciation':
        out += {'first': [13], 'again': [14]}.get(p['level'], [])
        if field:
            out.append({'policy': 15, 'land': 15, 'civil_service': 15, 'corruption': 16,
                        'judicial': 17}.get(field, 18))
    elif field:
        out.append({'policy': 20, 'land': 21}.get(field, 22))
    return out


def matter(p, petitions):
    """What a petition is about: its case; without one, what the petition is about that it repeats."""
    seen = set()
    while not p['case_id'] and p['duplicate_of'] and p['petition_id'] not in seen:
        seen.add(p['petition_id'])
        if p['duplicate_of'] not in petitions:
            return 'petition', p['duplicate_of']
        p = petitions[p['duplicate_of']]
    return ('case', p['case_id']) if p['case_id'] else ('petition', p['petition_id'])


def xld(tables, period):
    first, last = period
    view = as_of(tables, last)
    petitions = {p['petition_id']: p for p in view['petition']}
    cells = defaultdict(lambda: defaultdict(int))
    matters = defaultdict(set)
    for p in view['petition']:
        row, handled = cells[p['unit_id']], p['handled_on']
        if p['received_on'] >= first or handled is None or handled >= first:
            row[1] += 1
        if handled is None or not first <= handled <= last:
            continue
        row[2] += 1
        for column in petition_columns(p):
            row[column] += 1
        if p['eligible'] == 1 and p['authority'] == 'own':
            matters[p['unit_id']].add(matter(p, petitions))
    for unit, row in cells.items():
        row[5] = len(matters[unit])
        row[6] = row[7] + row[8]
        row[12] = row[13] + row[14]
        row[19] = row[20] + row[21] + row[22]
        row[23] = row[24] + row[25]
        row[4] = row[6] + row[12] + row[19]
        row[3] = row[4] + row[23]
    return cells


def rolled(tables, cells, columns, last, scope):
    """[(unit_id, [numbers])]: the scope's own row, then each unit right below with all its own."""
    parent = parents(as_of(tables, last), last)
    rows = [(scope, [cells[scope][c] if scope in cells else 0 for c in range(1, columns + 1)])]
    for child in sorted(u for u, p in parent.items() if p == scope):
        inside = [u for u in cells if below(u, child, parent)]
        rows.append((child, [sum(cells[u][c] for u in inside) for c in range(1, columns + 1)]))
    return rows


def changes(tables, period, scope=None):
    """system -> [opening, increase, decrease, role changes, closing]; and the three lists of keys."""
    first, last = period
    view = as_of(tables, last)
    parent = parents(view, last)
    sums = {s['system_id']: [0] * 5 for s in view['system']}
    increase, decrease, roles = [], [], []
    accounts = {a['account_id']: a for a in view['account']
                if scope is None or below(a['unit_id'], scope, parent)}
    for a in accounts.values():
        opened, locked, row = a['opened_on'], a['locked_on'], sums[a['system_id']]
        if (opened is None or opened < first) and (locked is None or locked >= first):
            row[0] += 1
        if opened and opened >= first:
            row[1] += 1
            increase.append(a['account_id'])
        if locked and locked >= first:
            row[2] += 1
            decrease.append(a['account_id'])
        row[4] += locked is None
    for g in view['account_role']:
        a = accounts.get(g['account_id'])
        if a is None:
            continue
        granted, revoked = g['granted_on'], g['revoked_on']
        if a['opened_on'] and granted >= first and granted > a['opened_on']:
            roles.append((g['account_id'], g['role_id'], granted))
        if revoked and revoked >= first and revoked != a['locked_on']:
            roles.append((g['account_id'], g['role_id'], revoked))
    for account, _, _ in roles:
        sums[accounts[account]['system_id']][3] += 1
    return sums, increase, decrease, roles
