#!/usr/bin/env python3
"""JSON Lines and SARIF of audits and reports against their schemas, and against each other."""
import datetime as dt
import json
import os
import re
import shutil
import sqlite3
import tempfile

import jsonschema

import _run

FINDINGS = os.path.join(_run.ROOT, 'schemas', 'findings.schema.json')
PROFILE = os.path.join(_run.ROOT, 'tests', 'schemas', 'sarif-profile.schema.json')
# The published schema is not ours to carry: sarif-schema-2.1.0.json of OASIS, where somebody has put it.
PUBLISHED = [os.environ.get('SARIF_SCHEMA', ''), os.path.join(_run.ROOT, '..', 'shared', 'sarif-schema-2.1.0.json')]
HOSTILE = '<b>&"\'`\\ \u202etài\u2066 ]]> </script> {x}'
LEVELS = {'critical': 'error', 'high': 'error', 'medium': 'warning', 'low': 'note'}

formats = jsonschema.FormatChecker(formats=())
_URI = re.compile(r"(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9._~!$&'()*+,;=:@/?#\[\]-])*$")  # the characters of RFC 3986


@formats.checks('uri')
def is_uri(value):
    return bool(re.match(r'[A-Za-z][A-Za-z0-9+.-]*:', value) and _URI.match(value))


@formats.checks('uri-reference')
def is_uri_reference(value):
    return bool(_URI.match(value))


@formats.checks('date-time', raises=ValueError)
def is_date_time(value):
    return bool(dt.datetime.fromisoformat(value.replace('Z', '+00:00')).tzinfo)


def load(path):
    with open(path, encoding='utf-8') as f:
        return json.load(f)


def lines(path):
    with open(path, encoding='utf-8') as f:
        return [json.loads(line) for line in f]


def broken(schema, value):
    cls = jsonschema.validators.validator_for(schema)
    cls.check_schema(schema)
    return [f'{"/".join(map(str, e.absolute_path))}: {e.message[:160]}' for e in
            cls(schema, format_checker=formats).iter_errors(value)]


def check_lines(name, path):
    schema, found = load(FINDINGS), []
    cls = jsonschema.validators.validator_for(schema)
    cls.check_schema(schema)
    validator = cls(schema, format_checker=formats)
    rows = lines(path)
    for number, row in enumerate(rows, 1):
        found += [f'line {number}: {"/".join(map(str, e.absolute_path))}: {e.message[:160]}' for e in validator.iter_errors(row)]
    _run.check(f'{name}: every line is as the schema says', found if rows else ['no lines'])
    return rows


def check_counts(name, rows):
    """The first line's counts are those of the lines, and add up."""
    head, found = rows[0], []
    for rule, about in head['about'].items():
        mine = [r for r in rows[1:] if r['rule'] == rule]
        counts = about.get('counts')
        if not counts:
            continue
        for word, verdict in (('found', 'fail'), ('indeterminate', 'indeterminate'), ('waived', 'waived')):
            have = sum(r['verdict'] == verdict for r in mine)
            if counts[word] != have:
                found.append(f'{rule}: {word} {counts[word]}, and {have} lines')
        parts = sum(v for k, v in counts.items() if k != 'examined')
        if counts['examined'] != parts:
            found.append(f'{rule}: examined {counts["examined"]}, and {parts} in parts')
    for word, verdict in (('found', 'fail'), ('indeterminate', 'indeterminate')):
        if head[word] != sum(r['verdict'] == verdict for r in rows[1:]):
            found.append(f'{word} of the run: {head[word]}')
    _run.check(f'{name}: counts add up', found)


def check_sarif(name, path, rows):
    log = load(path)
    _run.check(f'{name}: SARIF is what we mean to write', broken(load(PROFILE), log))
    published = [p for p in PUBLISHED if p and os.path.isfile(p)]
    if published:
        _run.check(f'{name}: SARIF is valid against the published schema', broken(load(published[0]), log))
    run, found = log['runs'][0], []
    rules = [r['id'] for r in run['tool']['driver']['rules']]
    prints = [r['fingerprints']['rasoatFinding/v1'] for r in run['results']]
    if rules != list(rows[0]['about']):
        found.append('the rules are not those of the run')
    if len({p for p, r in zip(prints, run['results']) if r.get('baselineState') != 'absent'}) != len(rows) - 1:
        found.append(f'{len(set(prints))} fingerprints for {len(rows) - 1} findings')
    if len({'baselineState' in r for r in run['results']}) > 1:
        found.append('baselineState in some results only')
    for want, r in zip(rows[1:], [r for r in run['results'] if r.get('baselineState') != 'absent']):
        verdict = want['verdict']
        have = [r['ruleId'], rules[r['ruleIndex']], r['message']['text'], r['properties']['verdict'],
                r['locations'][0]['logicalLocations'][0]['name'], r['fingerprints']['rasoatFinding/v1'], r['kind'], r['level'],
                bool(r['suppressions'])]
        fail = verdict in ('fail', 'waived')
        wish = [want['rule'], want['rule'], want['message'], verdict, want['key'], want['fingerprint'],
                'fail' if fail else 'open', LEVELS[want['severity']] if fail else 'none', verdict == 'waived']
        if have != wish:
            found.append(f'{have}, expected {wish}')
    notes = run['invocations'][0]['toolExecutionNotifications']
    if [n['message']['text'] for n in notes] != rows[0]['errors'] or run['invocations'][0]['executionSuccessful'] == bool(notes):
        found.append('the notifications are not the errors of the run')
    _run.check(f'{name}: SARIF and JSON Lines say the same', found)


def audit(name, folder, *args):
    out = tempfile.mkdtemp(prefix='rasoat-')
    _run.rasoat(folder, 'audit', '--as-of', _run.DAY, '--format', 'jsonl,sarif', '--output', out, *args, expect=(0, 2))
    files = {os.path.splitext(f)[1]: os.path.join(out, f) for f in os.listdir(out)}
    rows = check_lines(name, files['.jsonl'])
    check_counts(name, rows)
    check_sarif(name, files['.sarif'], rows)
    return rows, files


def baseline(folder, first):
    """A later day against the run of DAY: what is new, what changed, what is gone, by the two JSON Lines."""
    before = {r['fingerprint']: r for r in lines(first['.jsonl'])[1:]}
    later = (dt.date.fromisoformat(_run.DAY) + dt.timedelta(days=40)).isoformat()
    out = tempfile.mkdtemp(prefix='rasoat-')
    _run.rasoat(folder, 'audit', '--as-of', later, '--format', 'jsonl,sarif', '--output', out, expect=(0, 2))
    rows = check_lines('40 days later', os.path.join(out, f'audit-{later}.jsonl'))
    check_sarif('40 days later', os.path.join(out, f'audit-{later}.sarif'), rows)
    now = {r['fingerprint']: r for r in rows[1:]}
    want = {p: 'absent' for p in before if p not in now}
    for p, r in now.items():
        want[p] = 'new' if p not in before else 'unchanged' if before[p]['verdict'] == r['verdict'] else 'updated'
    run = load(os.path.join(out, f'audit-{later}.sarif'))['runs'][0]
    have = {r['fingerprints']['rasoatFinding/v1']: r['baselineState'] for r in run['results']}
    _run.check('40 days later: baselineState', _run.different(want, have))
    _run.check('40 days later: every state is there',
               [f'no {s}' for s in ('new', 'unchanged', 'absent') if s not in have.values()])
    first_run = load(first['.sarif'])['runs'][0]
    _run.check('40 days later: the baseline is the first run',
               [] if run['baselineGuid'] == first_run['automationDetails']['guid'] and 'baselineGuid' not in first_run
               else [str(run.get('baselineGuid'))])
    _run.check('40 days later: nothing of the rows says so in JSON Lines', [k for k in rows[1] if k == 'baseline'])


def waived(folder, rows):
    """One finding with a waiver: still there, suppressed, with its document."""
    f = next(r for r in rows[1:] if r['rule'] == 'ACC-01' and r['verdict'] == 'fail')
    with open(os.path.join(folder, 'waivers.xml'), 'w', encoding='utf-8') as x:
        x.write(f'''<waivers xmlns="urn:rasoat:waivers:1">
<waiver id="MT-1" rule="{f["rule"]}" unit="{f["unit"]}" key="{f["key"]}" from="2026-09-01" to="2026-12-31">
<reason>Đi học &lt;tập trung&gt; "A"</reason><requester>Nguyễn Văn A</requester><approver>Phạm Văn Hòa</approver>
<document number="812/QĐ-BHXH" date="2026-08-25"/></waiver></waivers>
''')
    again, files = audit('with a waiver', folder)
    same = {r['fingerprint']: r for r in again[1:]}.get(f['fingerprint'], {})
    _run.check('with a waiver: the finding is waived and keeps all it had',
               [] if same.get('verdict') == 'waived' and same['waiver'] == 'MT-1' and same['message'] == f['message'] and
               again[0]['waived'] == 1 and again[0]['found'] == rows[0]['found'] - 1 else [str(same)])
    shown = [r for r in load(files['.sarif'])['runs'][0]['results'] if r['suppressions']]
    _run.check('with a waiver: one suppression, with the document',
               [] if len(shown) == 1 and '812/QĐ-BHXH' in shown[0]['suppressions'][0]['justification'] and
               shown[0]['suppressions'][0]['properties']['waiver'] == 'MT-1' else [str(shown)[:300]])


def hostile(folder):
    """Text of the extracts that means something to JSON, HTML or a terminal; and a rule that cannot run."""
    db = sqlite3.connect(os.path.join(folder, 'accounts.db'))
    db.execute('UPDATE account SET login = ?', (HOSTILE,))
    db.execute('UPDATE staff SET full_name = ? || char(9) || char(10) || char(1) || char(127)', (HOSTILE,))
    db.commit()
    db.close()
    with open(os.path.join(folder, 'rules', 'zz-own.xml'), 'w', encoding='utf-8') as f:
        f.write('''<rules xmlns="urn:rasoat:rules:1" pack="own" store="accounts">
<rule id="OWN-01" severity="low" subject="account"><title>T &lt;&quot;&gt;</title><basis document="D &amp; &quot;E&quot;"/>
<from>account a</from><where>no_such_function(a.login) = 1</where><key>a.account_id</key><unit>a.unit_id</unit>
<field name="tags" label="F">1</field><message>m</message><remedy>r</remedy>
<example name="e" as-of="2026-10-05"><row table="unit" unit_id="1"/></example></rule></rules>
''')


def main():
    folder = _run.workspace(_run.SAMPLES)
    twin = shutil.copytree(folder, os.path.join(tempfile.mkdtemp(prefix='rasoat-'), 'ws'))
    rows, files = audit('samples', folder, '--jobs', '4')
    _, again = audit('in another place', twin, '--jobs', '1')
    _run.check('the same bytes in another place, with one thread',
               [k for k in files if open(files[k], 'rb').read() != open(again[k], 'rb').read()])
    _run.check('there are findings', [] if len(rows) > 100 else [f'{len(rows)} lines'])
    waived(twin, rows)
    baseline(folder, files)
    audit('one unit, one rule', folder, '--unit', '80', '--rule', 'ACC-01')
    out = os.path.join(folder, 'out')
    forms = [f[:-4] for f in sorted(os.listdir(os.path.join(folder, 'templates'))) if f.endswith('.xml')]
    shutil.rmtree(out, ignore_errors=True)
    for form in forms:  # some are made for other periods only
        _run.rasoat(folder, 'report', form, '--period', '2026-Q3', '--format', 'jsonl', expect=(0, 1, 2))
    for f in sorted(os.listdir(out)):
        if f.endswith('.jsonl') and os.path.getsize(os.path.join(out, f)):
            check_lines(f, os.path.join(out, f))
    hostile(folder)
    rows, _ = audit('hostile text', folder)
    _run.check('hostile text comes back as it was', [] if any(r.get('login') == HOSTILE for r in rows) else ['not found'])
    _run.check('a rule that cannot run is an error of the run',
               [] if len(rows[0]['errors']) == 1 and rows[0]['errors'][0].startswith('OWN-01: ') else [str(rows[0]['errors'])])
    _run.leave()


main()
