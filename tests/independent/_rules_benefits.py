"""BEN-01 .. BEN-10 from docs/rules.md; fields() has the amounts of the findings."""
import itertools
import re
import unicodedata
from collections import defaultdict

from _facts import as_of
from _funds import FAIL, UNSURE, by, days, money

RULES = [f'BEN-{n:02}' for n in range(1, 11)]


def fold(text):
    text = unicodedata.normalize('NFD', text.lower()).replace('đ', 'd')
    return ''.join(c for c in text if not unicodedata.combining(c))


def numbers(person):
    """(new number, old number) without zeros at the beginning; None where there is none."""
    digits = [n.lstrip('0') for n in (person['id_no'], person['former_id_no'])
              if n and re.fullmatch('[0-9]{1,12}', n)]
    new = next((n for n in digits if len(n) > 9), None)
    return new, next((n for n in digits if 0 < len(n) <= 9), None)


def same_person(a, b):
    """True, False, or None: cannot be said."""
    (new_a, old_a), (new_b, old_b) = numbers(a), numbers(b)
    if new_a and new_b:
        return new_a == new_b
    if old_a and old_b:
        return old_a == old_b
    if not (new_a or old_a) and a['id_no'] and a['id_no'] == b['id_no']:
        return True
    return None


def persons(view, paid, out):
    namesakes = defaultdict(list)
    for p in view['insured_person']:
        if p['birth_date'] and p['full_name']:
            namesakes[p['birth_date'], fold(p['full_name'])].append(p)
    for group in namesakes.values():
        for a, b in itertools.combinations(sorted(group, key=lambda p: p['person_id']), 2):
            if a['person_id'] in paid or b['person_id'] in paid:
                same = same_person(a, b)
                if same is not False:
                    out['BEN-01', a['person_id'] + '/' + b['person_id']] = (FAIL if same else UNSURE, None)


def decisions(payments):
    """(person, decision, kind or -) -> payments"""
    out = defaultdict(list)
    for p in payments:
        if p['person_id'] and p['decision_no']:
            out[p['person_id'], p['decision_no'], p['kind'] or '-'].append(p)
    return out


def pair(p, q):
    """The verdict of BEN-03 on two payments of one person, or None."""
    if p['kind'] and q['kind'] and p['kind'] != q['kind']:
        return None
    if p['decision_no'] and p['decision_no'] == q['decision_no'] and p['kind'] == q['kind']:
        return None
    spans = [(x['period_from'], x['period_to']) for x in (p, q)]
    if any(None in s or s[0] > s[1] for s in spans):
        return UNSURE, None
    low, high = max(s[0] for s in spans), min(s[1] for s in spans)
    if low > high:
        return None
    return (FAIL, (high - low).days + 1) if p['kind'] and q['kind'] else (UNSURE, None)


def reissued(view, paid, out):
    for b in view['insurance_book']:
        if not b['reissue_no'] and b['replaced_book_no'] is None:
            continue
        for p in paid.get(b['person_id'], []):
            key = b['book_no'] + '/' + p['payment_id']
            if b['issued_on'] is None or p['paid_on'] is None:
                out['BEN-04', key] = (UNSURE, None)
            elif b['issued_on'] > p['paid_on']:
                out['BEN-04', key] = (FAIL, (b['issued_on'] - p['paid_on']).days)


def own_book(p, b, replacing, day, out):
    """BEN-05 and BEN-08 on a payment on the person's own book."""
    key, paid = p['payment_id'], p['paid_on']
    if b['status'] in ('active', None):
        late = paid and day > paid + days(30)
        if paid is None or (late and b['status'] is None):
            out['BEN-05', key] = (UNSURE, None)
        elif late and not (b['issued_on'] and b['issued_on'] > paid):
            out['BEN-05', key] = (FAIL, (day - paid).days)
    elif b['status'] == 'void':
        known = [r['issued_on'] for r in replacing if r['issued_on']]
        if not replacing or (paid and known and paid >= min(known)):
            out['BEN-08', key] = (FAIL, None)
        elif paid is None or len(known) < len(replacing):
            out['BEN-08', key] = (UNSURE, None)


def books(view, day, out):
    book = {b['book_no']: b for b in view['insurance_book']}
    replacing = defaultdict(list)
    for b in view['insurance_book']:
        if b['replaced_book_no'] and b['person_id']:
            replacing[b['person_id'], b['replaced_book_no']].append(b)
    for p in view['benefit_payment']:
        key, b = p['payment_id'], book.get(p['book_no'])
        if p['decision_no'] is None:
            out['BEN-09', key] = (FAIL, None)
        if p['person_id'] is None or p['book_no'] is None:
            out['BEN-10', key] = (FAIL, None)
        if p['book_no'] is None:
            continue
        if b is None:
            out['BEN-07', key] = (FAIL, None)
        elif b['person_id'] is None or p['person_id'] is None:
            out['BEN-06', key] = (UNSURE, None)
        elif b['person_id'] != p['person_id']:
            out['BEN-06', key] = (FAIL, None)
        else:
            own_book(p, b, replacing[p['person_id'], p['book_no']], day, out)


def findings(tables, day):
    view, out = as_of(tables, day), {}
    paid = by([p for p in view['benefit_payment'] if p['person_id']], 'person_id')
    persons(view, paid, out)
    for key, group in decisions(view['benefit_payment']).items():
        if len(group) > 1:
            dates = [p['paid_on'] for p in group if p['paid_on']]
            out['BEN-02', '/'.join(key)] = (FAIL, (max(dates) - min(dates)).days if dates else None)
    for group in paid.values():
        for p, q in itertools.combinations(sorted(group, key=lambda p: p['payment_id']), 2):
            verdict = pair(p, q)
            if verdict:
                out['BEN-03', p['payment_id'] + '/' + q['payment_id']] = verdict
    reissued(view, paid, out)
    books(view, day, out)
    return out


def fields(tables, day):
    """(rule, key) -> {field: amount}"""
    view, out = as_of(tables, day), {}
    paid = by([p for p in view['benefit_payment'] if p['person_id']], 'person_id')
    for key, group in decisions(view['benefit_payment']).items():
        amounts = [money(p['amount']) for p in group if p['amount'] is not None]
        out['BEN-02', '/'.join(key)] = {'times': len(group), 'total': sum(amounts) if amounts else None}
    for group in paid.values():
        for p, q in itertools.combinations(sorted(group, key=lambda p: p['payment_id']), 2):
            out['BEN-03', p['payment_id'] + '/' + q['payment_id']] = {
                'first_amount': money(p['amount']), 'second_amount': money(q['amount'])}
    for b in view['insurance_book']:
        for p in paid.get(b['person_id'], []):
            out['BEN-04', b['book_no'] + '/' + p['payment_id']] = {'amount': money(p['amount'])}
    for p in view['benefit_payment']:
        for rule in ('BEN-05', 'BEN-06', 'BEN-07', 'BEN-08', 'BEN-09', 'BEN-10'):
            out[rule, p['payment_id']] = {'amount': money(p['amount'])}
    return out
