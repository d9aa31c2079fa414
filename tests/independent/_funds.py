"""What the packs about money, inspections, benefits and reports know of their extracts."""
import datetime as dt

import _facts

DAY = dt.timedelta(days=1)
FAIL, UNSURE = 'fail', 'indeterminate'

_facts.DATES |= {'planned_on', 'adjusted_on', 'ended_on', 'drafted_on', 'period_from', 'period_to', 'birth_date',
                 'submitted_on'}
_facts.BOOLS |= {'complex', 'hard_to_recover'}
_facts.INTS |= {'reissue_no'}
_facts.EXISTS |= {'recovery': 'decided_on', 'recovery_payment': 'paid_on', 'benefit_payment': 'paid_on',
                  'insurance_book': 'issued_on', 'report_submission': 'submitted_on'}
_facts.FACTS['inspection'] = {'started_on': ['units_inspected'], 'adjusted_on': ['adjustment_no'], 'ended_on': [],
                              'drafted_on': [], 'concluded_on': ['conclusion_no', 'amount_found']}
_facts.FACTS['report_submission'] = {'received_on': []}
_facts.FACTS['case_file']['decided_on'] = _facts.FACTS['case_file']['decided_on'] + ['money_to_recover']


def money(text):
    """Whole đồng of a cell, or None."""
    return None if text is None else int(text.replace('.', ''))


def by(rows, column):
    """value of the column -> the rows that have it."""
    out = {}
    for row in rows:
        out.setdefault(row[column], []).append(row)
    return out


def days(n):
    return dt.timedelta(days=n)
