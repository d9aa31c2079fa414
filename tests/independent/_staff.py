"""Who is away from the sector, and from when to when: docs/rules.md, "Digital certificates"."""
from collections import defaultdict

from _audit import departures

FOR_GOOD = {'retire', 'resign', 'dismiss', 'death', 'transfer'}


def absences(view, day):
    """staff_id -> [(effective, end or None, kind)], the earliest first."""
    moves = defaultdict(list)
    for e in view['staff_event']:
        if e['kind'] == 'transfer' and e['to_unit_id'] and e['effective_on'] <= day:
            moves[e['staff_id']].append(e['effective_on'])
    out = {}
    for staff, list_ in departures(view, day).items():
        mine = []
        for effective, end, kind, to_unit in list_:
            if kind == 'transfer':
                if to_unit:
                    continue
                end = min([m for m in moves[staff] if m > effective] + [end] * (end is not None),
                          default=None)
            mine.append((effective, end, kind))
        if mine:
            out[staff] = mine
    return out


def away_now(list_, day, for_good=False):
    """The earliest absence that lasts on `day`, or None."""
    for effective, end, kind in list_:
        if (end is None or end > day) and (not for_good or kind in FOR_GOOD):
            return effective, end, kind
    return None
