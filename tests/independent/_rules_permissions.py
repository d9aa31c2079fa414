"""The pack permissions from PER-04 on, once more: docs/rules.md, "Permissions"."""
import unicodedata
from collections import defaultdict

from _facts import as_of, below, parents

RULES = [f'PER-{n:02d}' for n in range(4, 10)]
FAIL, UNSURE = 'fail', 'indeterminate'


def plain(text):
    """Small letters without marks."""
    letters = unicodedata.normalize('NFD', text.lower().replace('đ', 'd'))
    return ''.join(c for c in letters if not unicodedata.combining(c))


def moves(view, day):
    """staff -> (day, unit) of the latest transfer, where it led to another unit than the one before."""
    events, out = defaultdict(list), {}
    for e in view['staff_event']:
        if e['kind'] == 'transfer' and e['effective_on'] <= day:
            events[e['staff_id']].append((e['effective_on'], e['event_id'], e['to_unit_id']))
    for staff, list_ in events.items():
        list_.sort()
        to = list_[-1][2]
        if to and (len(list_) < 2 or list_[-2][2] != to):
            out[staff] = (list_[-1][0], to)
    return out


def one_grant(g, account, role, key, out):
    """PER-06 .. PER-09 for a role held on an open account."""
    if role is None or role['system_id'] != account['system_id']:
        out['PER-06', key] = (UNSURE if role is None else FAIL, None)
    if role is None:
        return
    for rule, classes in (('PER-07', {'external'}), ('PER-08', {'service', 'shared'})):
        if account['class'] in classes and role['sensitive'] != 0:
            out[rule, key] = (UNSURE if role['sensitive'] is None else FAIL, None)
    if plain(role['name']).startswith('quan tri') and account['class'] != 'admin':
        out['PER-09', key] = (UNSURE if account['class'] is None else FAIL, None)


def moved(g, mine, account, role, move, parent, key, day, out):
    """PER-04: `mine` are the grants of the account that are held now."""
    if role is None or role['sensitive'] == 0 or not move or not below(account['unit_id'], move[1], parent):
        return
    if g['granted_on'] >= move[0]:
        return
    if role['sensitive'] is None:
        out['PER-04', key] = (UNSURE, None)
    elif not any(h['role_id'] == g['role_id'] and h['granted_on'] >= move[0] for h in mine):
        out['PER-04', key] = (FAIL, (day - move[0]).days)


def findings(tables, day):
    view, out = as_of(tables, day), {}
    roles = {r['role_id']: r for r in view['role']}
    accounts = {a['account_id']: a for a in view['account']}
    transfers, parent, held = moves(view, day), parents(view, day), defaultdict(list)
    for g in view['account_role']:
        if g['revoked_on'] is None:
            held[g['account_id']].append(g)
    for id_, mine in held.items():
        account = accounts.get(id_)
        if account is None:
            continue
        if account['locked_on'] is not None:
            if (day - account['locked_on']).days > 30:
                out['PER-05', id_] = (FAIL, (day - account['locked_on']).days)
            continue
        for g in mine:
            key = f"{id_}/{g['role_id']}/{g['granted_on']}"
            role = roles.get(g['role_id'])
            one_grant(g, account, role, key, out)
            moved(g, mine, account, role, transfers.get(account['staff_id']), parent, key, day, out)
    return out
