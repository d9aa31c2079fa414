#!/usr/bin/env python3
"""audit_compare.py AUDIT.jsonl SQLDIR [RULE...]: do rasoat and the hand-written SQL find the same?

AUDIT.jsonl is written by `rasoat audit --format jsonl`, SQLDIR/RULE.tsv by audit_sql.sh. Compares keys, verdicts
and every column that both have, of the rules that the SQL has, rule by rule; prints a line per rule and exits with 1 when anything differs.
"""
import csv
import json
import os
import sys


def ours(path):
    out = {}
    with open(path, encoding='utf-8') as lines:
        for line in lines:
            row = json.loads(line)
            if row['table'] != 'run':
                out.setdefault(row['table'], {})[row['key']] = row
    return out


def theirs(path):
    with open(path, encoding='utf-8', newline='') as lines:
        rows = csv.reader(lines, delimiter='\t', quoting=csv.QUOTE_NONE)
        names = next(rows, [])
        return {row[0]: dict(zip(names, row)) for row in rows}


def text(value):
    return '' if value is None else str(value)


def compare(rule, a, b):
    cells = [(k, name, text(a[k][name]), b[k][name]) for k in a.keys() & b.keys() for name in b[k]
             if text(a[k].get(name)) != b[k][name]]
    print(f'{rule}: rasoat {len(a)}, SQL {len(b)}, only rasoat {len(a.keys() - b.keys())}, '
          f'only SQL {len(b.keys() - a.keys())}, cells that differ {len(cells)}')
    for key in sorted(a.keys() ^ b.keys())[:5]:
        print(f'  {key}: only in {"rasoat" if key in a else "SQL"}: {a.get(key) or b.get(key)}')
    for key, name, left, right in sorted(cells)[:5]:
        print(f'  {key}: {name}: rasoat {left!r}, SQL {right!r}')
    return a.keys() == b.keys() and not cells


def main(audit, folder, *rules):
    found = ours(audit)
    rules = rules or sorted(f[:-4] for f in os.listdir(folder) if f.endswith('.tsv'))
    good = True
    for rule in rules:
        path = os.path.join(folder, rule + '.tsv')
        good &= compare(rule, found.get(rule, {}), theirs(path) if os.path.exists(path) else {})
    return 0 if good else 1


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
