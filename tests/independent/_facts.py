"""The extracts read naively, and what of them exists on a day.

Shares nothing with rasoat: the columns and the meaning of dates are typed in from docs/rules.md.
"""
import csv
import datetime as dt
import glob
import io
import os
import re
import unicodedata

DATES = {
    'valid_from', 'valid_to', 'joined_on', 'signed_on', 'effective_on', 'until_on', 'opened_on',
    'locked_on', 'last_login_on', 'password_changed_on', 'granted_on', 'revoked_on', 'acted_on',
    'issued_on', 'expires_on', 'requested_on', 'approved_on', 'delivered_on', 'received_on',
    'scheduled_on', 'held_on', 'handled_on', 'notified_on', 'accepted_on', 'decided_on',
    'closed_on', 'national_db_on', 'happened_on', 'paid_on', 'started_on', 'concluded_on',
    'entered_on', 'used_on',
}
BOOLS = {'remote', 'sensitive', 'sso', 'has_form', 'has_description', 'group_visit', 'first_time',
         'is_head', 'delegated', 'announced', 'anonymous', 'eligible', 'many_places'}
TRUE, FALSE = {'1', 'true', 'yes', 'có', 'x'}, {'0', 'false', 'no', 'không'}
INTS = {'people', 'sender_count', 'days', 'units_inspected'}

# Row is there from this day on.
EXISTS = {
    'staff': 'joined_on', 'staff_event': 'signed_on', 'account': 'opened_on',
    'account_role': 'granted_on', 'visit': 'received_on', 'petition': 'received_on',
    'case_file': 'received_on', 'case_event': 'happened_on', 'account_action': 'acted_on',
    'certificate': 'issued_on', 'certificate_use': 'used_on', 'data_request': 'requested_on',
}
# A date that is a fact, and the columns known only with it.
FACTS = {
    'staff_event': {'entered_on': []},
    'certificate': {'revoked_on': []},
    'data_request': {'approved_on': [], 'delivered_on': []},
    'account': {'locked_on': []},
    'account_role': {'revoked_on': []},
    'reception_session': {'held_on': []},
    'petition': {'handled_on': ['eligible', 'authority', 'handling', 'case_id'],
                 'notified_on': []},
    'case_file': {'accepted_on': [], 'decided_on': ['decision_no', 'result'], 'notified_on': [],
                  'closed_on': ['closed_how']},
}
# Known with a date too, but also when that date was never written down.
UNDATED = {'data_request': {'approved_on': 'approved_by'}}


class Bad(Exception):
    pass


def read_date(text):
    m = re.fullmatch(r'(\d{4})-(\d\d)-(\d\d)', text)
    if m:
        y, mo, d = m.groups()
    else:
        m = re.fullmatch(r'(\d\d?)/(\d\d?)/(\d{4})', text)
        if not m:
            raise Bad('date ' + text)
        d, mo, y = m.groups()
    try:
        return dt.date(int(y), int(mo), int(d))
    except ValueError:
        raise Bad('date ' + text) from None


def read_cell(column, text):
    text = unicodedata.normalize('NFC', text).strip(' \t\r\n')
    if text == '':
        return None
    if column in DATES:
        return read_date(text)
    if column in BOOLS:
        if text.lower() in TRUE:
            return 1
        if text.lower() in FALSE:
            return 0
        raise Bad('bool ' + text)
    if column in INTS:
        return int(text)
    return text


def read_file(path):
    """Rows as dicts, and the bad ones as (line, reason)."""
    with open(path, encoding='utf-8-sig', newline='') as f:
        text = f.read()
    header = text.split('\n', 1)[0]
    delimiter = max(',;\t', key=header.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    names = [n.strip() for n in next(reader)]
    rows, bad, seen = [], [], {}
    line = reader.line_num + 1
    for cells in reader:
        here, line = line, reader.line_num + 1
        if not cells:
            continue
        try:
            row = {n: read_cell(n, c) for n, c in zip(names, cells)}
        except (Bad, ValueError) as e:
            bad.append((here, str(e)))
            continue
        if row[names[0]] is None:
            bad.append((here, 'no key'))
        elif names[0].endswith('request_id') and row[names[0]] in seen:
            if seen[row[names[0]]] != row:
                bad.append((here, 'second row of a key'))
        else:
            seen[row[names[0]]] = row
            rows.append(row)
    return rows, bad


def load(folder):
    """table name -> rows; and table name -> bad rows."""
    tables, bad = {}, {}
    for path in sorted(glob.glob(os.path.join(folder, '*.csv'))):
        name = os.path.basename(path)[:-4]
        tables[name], bad[name] = read_file(path)
    return tables, bad


def as_of(tables, day):
    """What is known on `day`: later rows are gone, later facts are empty."""
    view = {}
    for name, rows in tables.items():
        start, facts = EXISTS.get(name), FACTS.get(name, {})
        out = []
        for row in rows:
            if start and row[start] is not None and row[start] > day:
                continue
            row = dict(row)
            for date, other in UNDATED.get(name, {}).items():
                if row[date] is not None and row[date] > day:
                    row[other] = None
            for date, others in facts.items():
                if row.get(date) is None or row[date] > day:
                    row[date] = None
                    for column in others:
                        row[column] = None
            out.append(row)
        view[name] = out
    return view


def parents(view, day):
    """unit -> parent: the link with the latest valid_from not after `day`."""
    best = {}
    for row in view['unit_parent']:
        if row['valid_from'] > day:
            continue
        if row['unit_id'] not in best or best[row['unit_id']][0] < row['valid_from']:
            best[row['unit_id']] = (row['valid_from'], row['parent_id'])
    return {u: p for u, (_, p) in best.items()}


def below(unit, top, parent):
    """Is `unit` the unit `top`, or somewhere below it?"""
    while unit is not None:
        if unit == top:
            return True
        unit = parent.get(unit)
    return False
