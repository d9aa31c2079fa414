"""RCV-01 .. RCV-13 from docs/rules.md; fields() has the amounts of the findings."""
from _facts import as_of
from _funds import FAIL, UNSURE, by, days, money

RULES = [f'RCV-{n:02}' for n in range(1, 14)]


class Recovery:
    """A row of the register with its payments."""

    def __init__(self, row, payments):
        self.row, self.key, self.decided = row, row['recovery_id'], row['decided_on']
        self.due = money(row['amount_due'])
        amounts = [money(p['amount']) for p in payments]
        self.paid = sum(a for a in amounts if a is not None)
        self.unknown = any(a is None for a in amounts)
        self.left = None if self.due is None else self.due - self.paid


def overdue(r, day, limit):
    """The verdict on money that has not come back `limit` days after the decision; None: in time."""
    if r.decided is None:
        return UNSURE, None
    if day <= r.decided + days(limit):
        return None
    if r.due is None or r.row['fund'] is None or r.unknown:
        return UNSURE, None
    return FAIL, (day - r.decided).days


def owing(r, day):
    """rule -> verdict of RCV-01 .. RCV-04 and RCV-09."""
    out = {}
    if r.paid == 0 and not r.unknown:
        if r.due is None or r.due > 0:
            out['RCV-01'] = overdue(r, day, 30)
    elif r.due is None or r.left > 0:
        out['RCV-02'] = overdue(r, day, 90)
    if r.row['hard_to_recover'] == 1 and None in (r.row['reason'], r.row['measure']):
        if r.due is None or (r.left > 0 and r.unknown):
            out['RCV-03'] = (UNSURE, None)
        elif r.left > 0:
            out['RCV-03'] = (FAIL, (day - r.decided).days if r.decided else None)
    if r.row['decision_no'] is None or r.decided is None:
        out['RCV-04'] = (FAIL, None)
    if r.paid > 0 or r.unknown:
        if r.due is not None and r.paid > r.due:
            out['RCV-09'] = (FAIL, None)
        elif r.due is None or r.unknown:
            out['RCV-09'] = (UNSURE, None)
    return out


def registered(rows):
    """(sum of the amounts that are known, whether all are)"""
    amounts = [money(r['amount_due']) for r in rows]
    return sum(a for a in amounts if a is not None), None not in amounts


def of_case(case, rows, day):
    due = money(case['money_to_recover'])
    if not rows:
        if due and day > case['decided_on'] + days(10):
            return 'RCV-05', (FAIL, (day - case['decided_on']).days)
        return None
    total, complete = registered(rows)
    if due is None or not complete:
        return 'RCV-06', (UNSURE, None)
    return ('RCV-06', (FAIL, None)) if total != due else None


def of_inspection(inspection, rows, day):
    found = money(inspection['amount_found'])
    if not rows:
        if found and day > inspection['concluded_on'] + days(30):
            return 'RCV-07', (FAIL, (day - inspection['concluded_on']).days)
        return None
    total, complete = registered(rows)
    if found is not None and total > found:
        return 'RCV-08', (FAIL, None)
    return ('RCV-08', (UNSURE, None)) if found is None or not complete else None


def of_payment(p, recovery):
    out = {}
    amount = money(p['amount'])
    if recovery is None:
        out['RCV-10'] = (FAIL, None)
    elif p['paid_on'] is None or recovery['decided_on'] is None:
        out['RCV-11'] = (UNSURE, None)
    elif p['paid_on'] < recovery['decided_on']:
        out['RCV-11'] = (FAIL, (recovery['decided_on'] - p['paid_on']).days)
    if not amount:
        out['RCV-12'] = (UNSURE if amount is None else FAIL, None)
    return out


def findings(tables, day):
    view, out = as_of(tables, day), {}
    payments = by(view['recovery_payment'], 'recovery_id')
    recoveries = {r['recovery_id']: r for r in view['recovery']}
    for row in view['recovery']:
        for rule, verdict in owing(Recovery(row, payments.get(row['recovery_id'], [])), day).items():
            if verdict:
                out[rule, row['recovery_id']] = verdict
    of, cases = by(view['recovery'], 'case_id'), {c['case_id'] for c in view['case_file']}
    for c in view['case_file']:
        verdict = of_case(c, of.get(c['case_id'], []), day)
        if verdict:
            out[verdict[0], c['case_id']] = verdict[1]
    of, known = by(view['recovery'], 'inspection_id'), {i['inspection_id'] for i in view['inspection']}
    for i in view['inspection']:
        verdict = of_inspection(i, of.get(i['inspection_id'], []), day)
        if verdict:
            out[verdict[0], i['inspection_id']] = verdict[1]
    for p in view['recovery_payment']:
        for rule, verdict in of_payment(p, recoveries.get(p['recovery_id'])).items():
            out[rule, p['payment_id']] = verdict
    for r in view['recovery']:
        if r['case_id'] not in cases and r['inspection_id'] not in known:
            out['RCV-13', r['recovery_id']] = (FAIL, None)
    return out


def fields(tables, day):
    """(rule, key) -> {field: amount} of those rules whose findings say amounts."""
    view, out = as_of(tables, day), {}
    payments = by(view['recovery_payment'], 'recovery_id')
    for row in view['recovery']:
        r = Recovery(row, payments.get(row['recovery_id'], []))
        out['RCV-01', r.key] = out['RCV-04', r.key] = out['RCV-13', r.key] = {'due': r.due}
        out['RCV-02', r.key] = {'due': r.due, 'paid': r.paid, 'outstanding': r.left}
        out['RCV-03', r.key] = {'outstanding': r.left}
        out['RCV-09', r.key] = {'due': r.due, 'paid': r.paid, 'excess': -r.left if r.left is not None and r.left < 0 else None}
    for rule, table, column, amount in (('RCV-06', 'case_file', 'case_id', 'money_to_recover'),
                                        ('RCV-08', 'inspection', 'inspection_id', 'amount_found')):
        of = by(view['recovery'], column)
        for row in view[table]:
            due, total = money(row[amount]), registered(of.get(row[column], []))[0]
            differs = due is not None and (rule == 'RCV-06' or total > due)
            out[rule, row[column]] = {'registered': total, ('due' if rule == 'RCV-06' else 'found'): due,
                                      'difference': total - due if differs else None}
            out['RCV-05' if rule == 'RCV-06' else 'RCV-07', row[column]] = {'due' if rule == 'RCV-06' else 'found': due}
    for p in view['recovery_payment']:
        out['RCV-10', p['payment_id']] = out['RCV-11', p['payment_id']] = {'amount': money(p['amount'])}
    return out
