#!/usr/bin/env python3
"""tables_as.py STORE.db EXTRACTS: the tables of a store as SQL, with the columns in the order of the extracts, so that
`.import` puts every cell where it belongs; the columns that an extract has not come after it (printed to the second file)."""
import os
import sqlite3
import sys


def main(store, extracts, create, add):
    db = sqlite3.connect(store)
    with open(create, 'w', encoding='utf-8') as before, open(add, 'w', encoding='utf-8') as after:
        for name, sql in db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
                                    'ORDER BY rowid').fetchall():
            path = os.path.join(extracts, name + '.csv')
            if not os.path.exists(path):
                before.write(sql + ';\n')
                continue
            with open(path, encoding='utf-8-sig') as f:
                header = f.readline().rstrip('\n').split(',')
            columns = {c[1]: c for c in db.execute(f'PRAGMA table_info({name})')}
            keys = [c[1] for c in sorted(columns.values(), key=lambda c: c[5]) if c[5]]
            lines = [f'{c} {columns[c][2]}' + (' NOT NULL' if columns[c][3] else '') for c in header]
            before.write(f"CREATE TABLE {name}({', '.join(lines)}, PRIMARY KEY({', '.join(keys)}))"
                         + (' WITHOUT ROWID' if 'WITHOUT ROWID' in sql else '') + ';\n')
            before.write(f'.import --skip 1 "{path}" {name}\n')
            for c in columns:
                if c not in header:
                    after.write(f'ALTER TABLE {name} ADD COLUMN {c} {columns[c][2]};\n')


if __name__ == '__main__':
    main(*sys.argv[1:])
