"""The numbers of every rule counted another way: for each rule a second one whose only row holds COUNT and SUM over
the rule's own population, so that one more query on the same engine says how many rows there are of each kind.

    python3 tests/independent/_counts.py WORKSPACE      (its rules get counting.xml; prints what differs)
"""
import json
import os
import sys
import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

import _run

NS = '{urn:rasoat:rules:1}'
FIELDS = ['n', 'keys', 'outside', 'unknown', 'failed', 'passed']


def part(rule, name):
    node = rule.find(NS + name)
    return None if node is None else ''.join(node.itertext())


def conditions(rule):
    """(outside the time of the law, something needed is missing, where), as SQL."""
    event, valid = part(rule, 'event'), rule.find(NS + 'valid')
    outside = unknown = '1 = 0'
    if event is not None:
        unknown = f'(\n{event}\n) IS NULL'
        if valid is not None and valid.get('from'):
            outside += f" OR (\n{event}\n) < '{valid.get('from')}'"
        if valid is not None and valid.get('to'):
            outside += f" OR (\n{event}\n) > '{valid.get('to')}'"
    for need in rule.findall(NS + 'needs'):
        unknown += f' OR (\n{"".join(need.itertext())}\n) IS NULL'
    return outside, unknown, part(rule, 'where')


def counting(rule, pack):
    """The rule that counts `rule`, as XML."""
    outside, unknown, where = conditions(rule)
    case = f'CASE WHEN {outside} THEN 1 WHEN {unknown} THEN 2 WHEN (\n{where}\n) THEN 3 WHEN NOT (\n{where}\n) THEN 4 ELSE 2 END'
    scope = part(rule, 'scope')
    inner = (f'SELECT {case} AS kind, (\n{part(rule, "key")}\n) AS the_key FROM {part(rule, "from")}\n'
             + (f'WHERE (\n{scope}\n)' if scope else ''))
    sums = ', '.join(f'COALESCE(SUM(CASE WHEN x.kind = {i} THEN 1 ELSE 0 END), 0) AS {name}'
                     for i, name in ((1, 'outside'), (2, 'unknown'), (3, 'failed'), (4, 'passed')))
    source = f'(SELECT COUNT(*) AS n, COUNT(DISTINCT x.the_key) AS keys, {sums} FROM ({inner}) x) q'
    params = ''.join(f'<param name={quoteattr(p.get("name"))} type={quoteattr(p.get("type"))} '
                     f'default={quoteattr(p.get("default"))}/>' for p in rule.findall(NS + 'param'))
    fields = ''.join(f'<field name="{f}" label="{f}" type="integer">q.{f}</field>' for f in FIELDS)
    used = ' OR '.join(['q.n >= 0'] + [f":{p.get('name')} IS NULL" for p in rule.findall(NS + 'param')])
    clear = f' clearance={quoteattr(rule.get("clearance"))}' if rule.get('clearance') else ''
    return (f'<rules-of store={quoteattr(pack.get("store"))}><rule id="Z{rule.get("id")}" severity="low" subject="rule"{clear}>'
            f'<title>Count</title><basis document="count" mark="inference"/>{params}<from>{escape(source)}</from>'
            f'<where>{escape(used)}</where><key>\'n\'</key><unit>NULL</unit>{fields}<message>m</message><remedy>r</remedy>'
            f'<example name="e" as-of="2026-10-05"><row table="unit" unit_id="1"/><expect key="n"/></example></rule></rules-of>')


def in_force(rule, day):
    valid = rule.find(NS + 'valid')
    if valid is None or rule.find(NS + 'event') is not None:
        return True
    return (valid.get('from') or '') <= day <= (valid.get('to') or '9999')


def write(folder):
    """Adds counting.xml for each store; returns the rules that it counts."""
    rules, out = [], {'cases': '', 'accounts': ''}
    names = [f for f in sorted(os.listdir(os.path.join(folder, 'rules'))) if f.endswith('.xml')]
    for name in names:
        pack = ET.parse(os.path.join(folder, 'rules', name)).getroot()
        for rule in pack.findall(NS + 'rule'):
            rules.append(rule)
            text = counting(rule, pack)
            out[pack.get('store')] += text[text.index('<rule '):text.index('</rules-of>')] + '\n'
    for store, text in out.items():
        with open(os.path.join(folder, 'rules', f'zz-counting-{store}.xml'), 'w', encoding='utf-8') as f:
            f.write(f'<rules xmlns="urn:rasoat:rules:1" pack="counting-{store}" store="{store}">\n{text}</rules>\n')
    return rules


def compare(folder, day=_run.DAY):
    """Lines that say where a rule's numbers are not those of the count."""
    rules = write(folder)
    out = os.path.join(folder, 'out-counts')
    _run.rasoat(folder, 'audit', '--as-of', day, '--format', 'jsonl', '--output', out, expect=(0, 2))
    with open(os.path.join(out, f'audit-{day}.jsonl'), encoding='utf-8') as f:
        lines = [json.loads(line) for line in f]
    about, counted = lines[0]['about'], {x['rule'][1:]: x for x in lines[1:] if x['rule'].startswith('Z')}
    problems = [f'cannot run: {e}' for e in lines[0]['errors']]
    for rule in rules:
        name = rule.get('id')
        if not in_force(rule, day):
            if about[name]['state'] != 'not_applicable':
                problems.append(f'{name}: not in force, but {about[name]["state"]}')
            continue
        got, want = about[name].get('counts'), counted.get(name)
        if not got or not want:
            problems.append(f'{name}: no numbers')
            continue
        if want['keys'] != want['n']:
            problems.append(f'{name}: {want["n"]} rows have {want["keys"]} keys')
        have = (got['examined'], got['outside'], got['indeterminate'], got['found'] + got['waived'], got['passed'])
        wish = (want['n'], want['outside'], want['unknown'], want['failed'], want['passed'])
        if have != wish:
            problems.append(f'{name}: examined, outside, indeterminate, found and waived, passed are {have}, counted {wish}')
        if got['examined'] != sum(n for k, n in got.items() if k != 'examined'):
            problems.append(f'{name}: {got} does not add up')
    return problems


if __name__ == '__main__':
    differences = compare(sys.argv[1])
    print('\n'.join(differences))
    sys.exit(1 if differences else 0)
