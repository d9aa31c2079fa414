"""CAS-08 onwards, from docs/rules.md and the law, as loops over the extracts."""
import datetime as dt
from collections import defaultdict

import _audit
import _calendar as cal
import _facts

FAIL, UNSURE = 'fail', 'indeterminate'
DAY = dt.timedelta(days=1)
D = dt.date
L136 = D(2026, 7, 1)                                   # Luật 136/2025/QH15 and its three decrees
TC, KN, TCD = D(2019, 1, 1), D(2012, 7, 1), D(2014, 7, 1)  # the laws in force

_facts.DATES |= {'act_known_on', 'acceptance_notified_on', 'conclusion_handled_on', 'published_on', 'sent_on',
                 'source_notified_on', 'source_result_on', 'refusal_notified_on', 'posted_on', 'invited_on',
                 'link_tested_on'}
_facts.BOOLS |= {'urgent', 'refused', 'online'}
_facts.FACTS['case_file'] |= {'acceptance_notified_on': [], 'conclusion_handled_on': [], 'published_on': [],
                              'national_db_on': []}
_facts.FACTS['case_event'] = {'sent_on': []}
_facts.FACTS['petition'] |= {'source_notified_on': [], 'source_result_on': [], 'national_db_on': []}
_facts.FACTS['visit'] = {'refusal_notified_on': [], 'national_db_on': []}
_facts.FACTS['reception_session'] |= {'posted_on': [], 'invited_on': [], 'link_tested_on': []}

RULES = [f'CAS-{n:02d}' for n in range(8, 41)]
DISCIPLINE = {'discipline', 'dismissal'}


def calendar_days(start, n):
    """A term in days whose last day is off ends on the next day that is worked."""
    cal.worked(start)
    return cal.roll(start + n * DAY)


def worked_before(day, n):
    cal.worked(day)
    while n:
        day -= DAY
        n -= cal.worked(day)
    return day


def late(out, rule, key, done, due, of_law=True):
    """Fail when `done` is after due(); unknown when that lies outside the calendar."""
    if not of_law:
        return
    try:
        last = due()
    except cal.Unknown:
        out[rule, key] = (UNSURE, None)
        return
    if done > last:
        out[rule, key] = (FAIL, (done - last).days)


def ordered(a, b):
    """b is not before a, as far as both are known."""
    return a is None or b is None or b >= a


# --- complaints

def lodged_in_time(c, out):
    """CAS-08, CAS-09, CAS-10: accepted although lodged too late."""
    discipline = c['discipline'] in DISCIPLINE
    if c['accepted_on'] is None or c['received_on'] < KN:
        return
    level = c['level']
    rule = 'CAS-10' if discipline else 'CAS-09' if level == 'second' else 'CAS-08'
    if rule == 'CAS-08' and level not in ('first', None):
        return
    key = c['case_id']
    if level is None:
        out[rule, key] = (UNSURE, None)
        return
    if c['late_ground']:
        return
    known, got = c['act_known_on'], c['received_on']
    if known is None or got < known:
        out[rule, key] = (UNSURE, None)
        return
    longest = None
    if discipline:
        days = 15 if level == 'first' else 30 if c['discipline'] == 'dismissal' else 10
    elif level == 'second':
        days, longest = (45 if c['remote'] else 30), 45
    else:
        days = 90
    try:
        due = calendar_days(known, days)
        if got > due:
            if longest and c['remote'] is None and got <= calendar_days(known, longest):
                out[rule, key] = (UNSURE, None)
            else:
                out[rule, key] = (FAIL, (got - due).days)
    except cal.Unknown:
        out[rule, key] = (UNSURE, None)


def settled_discipline(c, events, day, out):
    """CAS-11."""
    if c['discipline'] not in DISCIPLINE or c['accepted_on'] is None or c['accepted_on'] < KN:
        return
    key = c['case_id']
    if c['level'] is None:
        out['CAS-11', key] = (UNSURE, None)
        return
    hard = c['complexity'] in ('complex', 'very_complex')
    proven = c['accepted_on'] < L136 or c['complexity_ground']
    stops = _audit.suspensions(events)
    _audit.judge(key, out, 'CAS-11', day, c['accepted_on'], [c['decided_on'], c['closed_on']],
                 (45 if hard and proven else 30, False, 0, stops, L136), (45 if hard else 30, False, 0, stops, None))


def executed(c, events, seconds, day, out):
    """CAS-12: 30 days after the decision took effect (30, remote 45 days after it was issued)."""
    decided = c['decided_on']
    if c['discipline'] in DISCIPLINE or decided is None or decided < KN:
        return
    if c['result'] not in ('right', 'partly', 'revised', None):
        return
    key = c['case_id']
    done = min((e['happened_on'] for e in events if e['kind'] == 'execute'), default=None)
    again = min((s['received_on'] for s in seconds if s['level'] == 'second' and
                 s['closed_how'] != 'not_accepted'), default=None)
    try:
        effect, longest = calendar_days(decided, 45 if c['remote'] else 30), calendar_days(decided, 45)
    except cal.Unknown:
        if done is None and again is None:
            out['CAS-12', key] = (UNSURE, None)
        elif done is not None and done < decided:
            out['CAS-12', key] = (UNSURE, None)
        return
    if again is not None and again <= longest:
        return
    if done is not None:
        if done < decided:
            out['CAS-12', key] = (UNSURE, None)
        return
    due = effect + 30 * DAY
    if day <= due:
        return
    if c['result'] is None or (c['remote'] is None and day <= longest + 30 * DAY):
        out['CAS-12', key] = (UNSURE, None)
    else:
        out['CAS-12', key] = (FAIL, (day - due).days)


def told_of_acceptance(c, day, out):
    """CAS-17: within the term of acceptance; when that was late, on the day of acceptance."""
    got, took, told = c['received_on'], c['accepted_on'], c['acceptance_notified_on']
    if took is None or got < KN:
        return
    if took < got or not ordered(took, told):
        out['CAS-17', c['case_id']] = (UNSURE, None)
        return
    late(out, 'CAS-17', c['case_id'], told or day,
         lambda: max(took, cal.add_worked(got, 7) if got >= L136 else calendar_days(got, 10)))


def complaint(c, events, seconds, day, out):
    lodged_in_time(c, out)
    settled_discipline(c, events, day, out)
    executed(c, events, seconds, day, out)
    told_of_acceptance(c, day, out)
    if c['complexity'] in ('complex', 'very_complex') and c['accepted_on'] and c['accepted_on'] >= L136 and \
            not c['complexity_ground']:
        out['CAS-18', c['case_id']] = (FAIL, None)


# --- events of both kinds

def decision_sent(rule, key, e, days, day, out):
    if not ordered(e['happened_on'], e['sent_on']):
        out[rule, key] = (UNSURE, None)
        return
    late(out, rule, key, e['sent_on'] or day, lambda: cal.add_worked(e['happened_on'], days))


def extensions(c, events, out):
    """CAS-23, CAS-24."""
    allowed = {'normal': 0, 'complex': 1, 'very_complex': 2}
    n = 0
    for e in sorted(events, key=lambda e: (e['happened_on'], e['event_id'])):
        if e['kind'] != 'extend':
            continue
        key = f"{c['case_id']}/{e['event_id']}"
        if e['document_no'] is None:
            if c['kind'] == 'denunciation' and e['happened_on'] >= TC:
                out['CAS-23', key] = (FAIL, None)
            continue
        n += 1
        if e['happened_on'] < TC:
            continue
        if c['kind'] == 'complaint':
            out['CAS-24', key] = (FAIL, None)
        elif c['accepted_on'] is None or c['accepted_on'] < TC:
            out['CAS-24', key] = (UNSURE, None)
        elif c['complexity'] is None and n <= 2:
            out['CAS-24', key] = (UNSURE, None)
        elif n > allowed.get(c['complexity'], 2):
            out['CAS-24', key] = (FAIL, None)


def suspended(c, events, day, out):
    """CAS-15, CAS-16."""
    for e in events:
        if e['kind'] != 'suspend' or e['happened_on'] < TC:
            continue
        key, on = f"{c['case_id']}/{e['event_id']}", e['happened_on']
        if e['document_no'] is None and (c['kind'] == 'denunciation' or on >= L136):
            out['CAS-16', key] = (FAIL, None)
        ended = any(r['kind'] in ('resume', 'discontinue') and r['happened_on'] >= on for r in events)
        if not ended and c['decided_on'] is None and c['closed_on'] is None and day > on + 90 * DAY:
            out['CAS-15', key] = (FAIL, (day - on).days)


def invited(key, e, out):
    """CAS-13: the notice of a dialogue at least five days before."""
    on, sent = e['happened_on'], e['sent_on']
    if on < L136 or on - 5 * DAY < L136:
        return
    if sent is None or sent > on:
        out['CAS-13', key] = (UNSURE, None)
    elif sent > on - 5 * DAY:
        out['CAS-13', key] = (FAIL, (sent - (on - 5 * DAY)).days)


PAIRS = [('verify', 'decide'), ('verify', 'extend'), ('verify', 'suspend'), ('verify', 'discontinue')]


def one_person(c, events, out):
    """CAS-40."""
    for a, b in PAIRS:
        first = [e['staff_id'] for e in events if e['kind'] == a]
        second = [e['staff_id'] for e in events if e['kind'] == b]
        if not first or not second:
            continue
        key = f"{c['case_id']}/{a}/{b}"
        if {s for s in first if s} & {s for s in second if s}:
            out['CAS-40', key] = (FAIL, None)
        elif None in first or None in second:
            out['CAS-40', key] = (UNSURE, None)


def steps(c, events, day, out):
    one_person(c, events, out)
    if c['kind'] == 'recommendation':
        return
    suspended(c, events, day, out)
    extensions(c, events, out)
    for e in events:
        key, on = f"{c['case_id']}/{e['event_id']}", e['happened_on']
        if c['kind'] == 'complaint' and e['kind'] == 'dialogue':
            invited(key, e, out)
        if c['kind'] == 'complaint' and e['kind'] in ('suspend', 'resume', 'discontinue') and on >= L136:
            decision_sent('CAS-14', key, e, 3, day, out)
        if c['kind'] == 'denunciation' and e['kind'] in ('suspend', 'discontinue') and on >= TC:
            decision_sent('CAS-25', key, e, 5, day, out)


# --- denunciations

def open_at(case, on):
    return all(d is None or d > on for d in (case['decided_on'], case['closed_on']))


def continued(c, prior, view, day, out):
    """CAS-28 when the case before was settled, CAS-29 when it was overdue."""
    key, got = c['case_id'], c['received_on']
    if got < TC:
        return
    if prior is None or not open_at(prior, got):
        ended = min((d for d in (c['accepted_on'], c['closed_on']) if d), default=None)
        if ended and ended < got:
            out['CAS-28', key] = (UNSURE, None)
        else:
            late(out, 'CAS-28', key, ended or day, lambda: calendar_days(got, 20))
        return
    if prior['kind'] != 'denunciation' or prior['accepted_on'] is None or prior['accepted_on'] > got:
        return
    due = settlement_due(prior, view['events'][prior['case_id']], day)
    if due is None:
        out['CAS-29', key] = (UNSURE, None)
        return
    if due >= got:
        return
    asked = min((e['happened_on'] for case in {key, prior['case_id']} for e in view['events'][case]
                 if e['kind'] == 'request_report' and e['happened_on'] >= got), default=day)
    late(out, 'CAS-29', key, asked, lambda: cal.add_worked(got, 5))


def settlement_due(c, events, day):
    """The due day of the settlement of a denunciation, or None when the file does not tell (CAS-05)."""
    start, verdict = c['accepted_on'], {}
    if start < TC:
        return None
    stops, most = _audit.suspensions(events), {'normal': 0, 'complex': 1}.get(c['complexity'], 2)
    terms = [(30, False, _audit.extension_days(c, events, n), stops, None) for n in (most, 2)]
    _audit.judge(c['case_id'], verdict, 'x', day, start, [c['decided_on'], c['closed_on']], *terms)
    if verdict.get(('x', c['case_id']), (FAIL, 0))[0] == UNSURE:
        return None
    return _audit.due_day(start, *terms[0], day)


def reported(c, prior, events, day, out):
    """CAS-30."""
    for e in events:
        if e['kind'] != 'request_report' or e['happened_on'] < TC:
            continue
        key = f"{c['case_id']}/{e['event_id']}"
        if not ordered(e['happened_on'], e['sent_on']):
            out['CAS-30', key] = (UNSURE, None)
            continue
        came = min((r['happened_on'] for r in events if r['kind'] == 'report' and
                    r['happened_on'] >= e['happened_on']), default=day)
        late(out, 'CAS-30', key, came, lambda e=e: cal.add_worked(e['sent_on'] or e['happened_on'], 5))


def denunciation(c, prior, view, day, out):
    key, got, took = c['case_id'], c['received_on'], c['accepted_on']
    if c['closed_how'] == 'transferred' and took is None and got >= TC:
        if c['closed_on'] < got:
            out['CAS-20', key] = (UNSURE, None)
        else:
            late(out, 'CAS-20', key, c['closed_on'], lambda: cal.add_worked(got, 5))
    duties = [('CAS-22', took, 'acceptance_notified_on', 5), ('CAS-26', c['decided_on'], 'conclusion_handled_on', 7),
              ('CAS-27', c['decided_on'], 'published_on', 7)]
    for rule, start, column, days in duties:
        if start is None or start < TC:
            continue
        if not ordered(start, c[column]):
            out[rule, key] = (UNSURE, None)
        else:
            late(out, rule, key, c[column] or day, lambda s=start, n=days: cal.add_worked(s, n))
    if c['level'] == 'again':
        continued(c, prior, view, day, out)
    reported(c, prior, view['events'][key], day, out)


# --- petitions

def forwarded(p, day, out):
    """CAS-19: passed on, and the denouncer told, within five working days."""
    key, got, moved, told = p['petition_id'], p['received_on'], p['handled_on'], p['notified_on']
    if p['handling'] != 'forward' or got < TC:
        return
    if moved < got or not ordered(got, told):
        out['CAS-19', key] = (UNSURE, None)
        return
    try:
        due = cal.add_worked(got, 5)
    except cal.Unknown:
        out['CAS-19', key] = (UNSURE, None)
        return
    if p['anonymous'] is None and moved <= due < (told or day):
        out['CAS-19', key] = (UNSURE, None)
        return
    done = max(moved, told or day) if p['anonymous'] == 0 else moved
    if done > due:
        out['CAS-19', key] = (FAIL, (done - due).days)


def first_handling(p, case, day, out):
    """CAS-31, CAS-32."""
    key, got, done = p['petition_id'], p['received_on'], p['handled_on']
    denounced = p['kind'] == 'denunciation'
    rule = 'CAS-32' if denounced else 'CAS-31'
    if got < (TC if denounced else D(2021, 11, 15)):
        return
    if not ordered(got, done):
        out[rule, key] = (UNSURE, None)
        return
    done = done or day
    if not denounced:
        late(out, rule, key, done, lambda: cal.add_worked(got, 10))
    elif p['level'] == 'again':
        late(out, rule, key, done, lambda: calendar_days(got, 20))
    else:
        places = case['many_places'] if case else None
        try:
            short, long = cal.add_worked(got, 7), cal.add_worked(got, 10)
        except cal.Unknown:
            out[rule, key] = (UNSURE, None)
            return
        if places is None and short < done <= long:
            out[rule, key] = (UNSURE, None)
        else:
            late(out, rule, key, done, lambda: short if places == 0 else long)


def passed_on(p, case, day, out):
    """CAS-21, CAS-33; CAS-34 is switched off."""
    key = p['petition_id']
    if p['source'] != 'transferred' or p['kind'] == 'recommendation':
        return
    if p['kind'] == 'denunciation' and p['received_on'] >= TC:
        if not ordered(p['received_on'], p['source_notified_on']):
            out['CAS-21', key] = (UNSURE, None)
        else:
            late(out, 'CAS-21', key, p['source_notified_on'] or day, lambda: calendar_days(p['received_on'], 20))
    decided = case['decided_on'] if case else None
    if decided and decided >= p['received_on'] and decided >= TCD:
        if not ordered(decided, p['source_result_on']):
            out['CAS-33', key] = (UNSURE, None)
        else:
            late(out, 'CAS-33', key, p['source_result_on'] or day, lambda: cal.add_worked(decided, 7))


def petition(p, petitions, cases, day, out):
    case = cases.get(p['case_id'])
    first_handling(p, case, day, out)
    passed_on(p, case, day, out)
    if p['kind'] != 'denunciation':
        return
    forwarded(p, day, out)
    first = petitions.get(p['duplicate_of'])
    if first and first is not p and p['handling'] == first['handling'] == 'forward' and \
            p['unit_id'] == first['unit_id'] and first['handled_on'] <= p['handled_on'] >= D(2021, 11, 15):
        out['CAS-35', p['petition_id']] = (FAIL, None)


# --- the national database

def entered(rules, key, start, done, day, out, due=None):
    """(rule when it is missing, rule when it was late): one working day."""
    due = due or (lambda: cal.add_worked(start, 1))
    late(out, rules[done is not None], key, done or day, due)


def national(view, day, out):
    for c in view['case_file']:
        start = {'complaint': c['acceptance_notified_on'] or c['accepted_on'],
                 'denunciation': c['accepted_on']}.get(c['kind'], c['received_on'])
        if start and start >= D(2022, 1, 1):
            old = (lambda: D(2023, 10, 10)) if start < D(2022, 10, 10) else None
            entered(('CAS-36', 'CAS-37'), c['case_id'], start, c['national_db_on'], day, out, old)
    for p in view['petition']:
        done, got = p['national_db_on'], p['received_on']
        if p['kind'] != 'recommendation' or got < L136:
            continue
        if not ordered(got, done):
            out['CAS-39', p['petition_id']] = (UNSURE, None)
        else:
            entered(('CAS-38', 'CAS-39'), p['petition_id'], got, done, day, out)


def findings(tables, day):
    view, out = _facts.as_of(tables, day), {}
    cases = {c['case_id']: c for c in view['case_file']}
    events, seconds = defaultdict(list), defaultdict(list)
    for e in view['case_event']:
        events[e['case_id']].append(e)
    for c in view['case_file']:
        seconds[c['prior_case_id']].append(c)
    view['events'] = events
    for key, c in cases.items():
        steps(c, events[key], day, out)
        if c['kind'] == 'complaint':
            complaint(c, events[key], seconds[key], day, out)
        elif c['kind'] == 'denunciation':
            denunciation(c, cases.get(c['prior_case_id']), view, day, out)
    petitions = {p['petition_id']: p for p in view['petition']}
    for p in petitions.values():
        petition(p, petitions, cases, day, out)
    national(view, day, out)
    return out
