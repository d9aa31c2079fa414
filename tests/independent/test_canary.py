#!/usr/bin/env python3
"""Names, numbers and addresses that stand nowhere else are planted for denouncers and for staff; then every command
runs, with every format and audience, and all that comes out is searched for them."""
import binascii
import csv
import glob
import html
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import unicodedata
import zipfile
import zlib

import _run

# Of parties of cases: nowhere. Of persons: in nothing that is for leadership or the public.
SECRET = {'name': 'Quắc Trầm Ưởng', 'number': '0779135', 'address': 'Ngõ Hạc Kỳ Ảo'}
PERSON = {'name': 'Ngoắc Vọng Nghễnh', 'number': '0668246', 'mail': 'chimyen.bao'}
FORMATS = {'audit': 'xlsx,pdf,jsonl,sarif,html,text', 'report': 'xlsx,pdf,jsonl,html,text',
           'compare': 'xlsx,pdf,jsonl,text', 'worklist': ''}
MARKS = re.compile('[\u0300-\u036f]')
AUDIENCES = ['internal', 'leadership', 'public']


# ---- planting ----

def rewrite(path, change):
    with open(path, encoding='utf-8', newline='') as f:
        rows = list(csv.DictReader(f))
    names = list(rows[0])
    for i, row in enumerate(rows):
        change(i, row)
    with open(path, 'w', encoding='utf-8', newline='') as f:
        out = csv.DictWriter(f, names)
        out.writeheader()
        out.writerows(rows)


def party(i, row):
    row['full_name'] = f"{SECRET['name']} {i}"
    row['id_no'] = f"{SECRET['number']}{i:05d}"
    row['address'] = f"{SECRET['address']} số {i}"


def person(i, row):
    if row['full_name']:
        row['full_name'] = f"{PERSON['name']} {i}"
    for column in ('id_no', 'former_id_no'):
        if row.get(column):
            row[column] = f"{PERSON['number']}{i:05d}"
    if row.get('email'):
        row['email'] = f"{PERSON['mail']}{i}@vss.gov.vn"


def mail(i, row):
    if row.get('email'):
        row['email'] = f"{PERSON['mail']}{i}@vss.gov.vn"


def bad_extracts(folder):
    """Extracts of parties with everything that import refuses."""
    name, number, address = SECRET.values()
    head = 'case_id,role,full_name,id_no,address\n'
    good = f'VV-C1-01,denouncer,{name} X,{number}X,{address}\n'
    files = {
        'case_party-role.csv': head + f'VV-C1-01,{name},{name} A,{number}A,{address}\n' + good,
        'case_party-empty.csv': head + f',denouncer,{name} B,{number}B,{address}\nVV-C1-01,denouncer,,{number},{address}\n',
        'case_party-cells.csv': head + f'VV-C1-01,denouncer,{name} C,{number}C,{address},{name},{number}\nVV,{name}\n',
        'case_party-torn.csv': head + f'VV-C1-01,denouncer,"{name} D,{number}D,{address}\n',
        'case_party-twice.csv': head + good + f'VV-C1-01,denouncer,{name} X,{number}Y,{address} khác\n',
        'case_party-long.csv': head + f'VV-C1-01,denouncer,{name * 500},{number * 999},{address * 99}\n',
        'case_party-nowhere.csv': head + f'{name},denouncer,{name} E,{number}E,{address}\n',
        'case_party-head.csv': f'case_id,role,full_name,{name},{address}\nVV-C1-01,denouncer,{name} F,{number}F,{address}\n',
        'case_party-none.csv': f'{name},{number},{address}\n{name},{number},{address}\n',
    }
    os.makedirs(folder)
    for file, text in files.items():
        with open(os.path.join(folder, file), 'w', encoding='utf-8', newline='') as f:
            f.write(text)
    with open(os.path.join(folder, 'case_party-bytes.csv'), 'wb') as f:
        f.write(head.encode() + f'VV-C1-01,denouncer,{name} '.encode() + b'\xff\xfe\x00' + f',{number},{address}\n'.encode())
    with open(os.path.join(folder, 'case_party-utf16.csv'), 'wb') as f:
        f.write((head + good).encode('utf-16'))


# ---- searching ----

def fold(text):
    text = unicodedata.normalize('NFD', text.replace('đ', 'd').replace('Đ', 'D').replace('\u00ad', ''))
    return re.sub(r'\s+', ' ', MARKS.sub('', text)).lower()


def spellings(word):
    """As bytes: in every encoding and escape that a file may have it."""
    out = set()
    for form in ('NFC', 'NFD'):
        text = unicodedata.normalize(form, word)
        for variant in (text, text.upper(), text.lower(), fold(text), fold(text).upper()):
            utf8 = variant.encode()
            out |= {utf8, variant.encode('utf-16-le'), variant.encode('utf-16-be'),
                    binascii.hexlify(utf8), binascii.hexlify(utf8).upper(),
                    binascii.hexlify(variant.encode('utf-16-be')), binascii.hexlify(variant.encode('utf-16-be')).upper(),
                    json.dumps(variant)[1:-1].encode(), variant.encode('ascii', 'xmlcharrefreplace'),
                    binascii.b2a_base64(utf8)[:-4],
                    ''.join(f'%{b:02X}' for b in utf8).encode()}
    return {s for s in out if len(s) > 5}


def texts_of_xlsx(path):
    with zipfile.ZipFile(path) as z:
        for name in z.namelist():
            yield f'{path}!{name}', z.read(name)


def texts_of_pdf(path):
    with open(path, 'rb') as f:
        data = f.read()
    yield path, data
    for i, m in enumerate(re.finditer(rb'stream\r?\n', data)):
        try:
            yield f'{path}!stream {i}', zlib.decompressobj().decompress(data[m.end():])
        except zlib.error:
            pass
    r = subprocess.run(['pdftotext', '-raw', path, '-'], capture_output=True, check=True)
    yield f'{path}!text', r.stdout
    yield f'{path}!info', subprocess.run(['pdfinfo', path], capture_output=True, check=True).stdout


def texts_of(path):
    if path.endswith('.xlsx'):
        yield from texts_of_xlsx(path)
    elif path.endswith('.pdf'):
        yield from texts_of_pdf(path)
    elif path.endswith('.db'):
        with open(path, 'rb') as f:
            yield path, f.read()
        with sqlite3.connect(path) as db:
            yield f'{path}!dump', '\n'.join(db.iterdump()).encode()
    else:
        with open(path, 'rb') as f:
            yield path, f.read()


class Finder:
    def __init__(self, canaries):
        self.words = {name: (fold(word), spellings(word)) for name, word in canaries.items()}

    def search(self, where, data):
        """Which canaries stand in the bytes, and where."""
        text = data.decode('utf-8', 'replace')
        plain = fold(text)
        if '<' in text:  # words that tags part, or join
            plain += '\n' + fold(html.unescape(re.sub(r'<[^>]*>', '', text)))
        return [f'{where}: {name}' for name, (folded, forms) in self.words.items()
                if folded in plain or any(form in data for form in forms)]


# ---- running ----

class Runs:
    """Runs the program and keeps what it printed, with the audience it was for."""

    def __init__(self, folder):
        self.folder = folder
        self.printed = []
        r = subprocess.run([_run.RASOAT, '--help'], capture_output=True, text=True, check=True)
        self.commands = re.findall(r'^  ([a-z]+) +\S', r.stdout, re.M)

    def __call__(self, *args, audience=None):
        if args[0] not in self.commands:
            return b''
        words = list(args) + (['--audience', audience] if audience else [])
        r = subprocess.run([_run.RASOAT, '-C', self.folder, *words], capture_output=True, check=False)
        if r.returncode not in (0, 1, 2):
            raise RuntimeError(f'{words}: exit code {r.returncode}')
        self.printed.append((audience, ' '.join(words)[:150], r.stdout + r.stderr))
        return r.stdout


def explain_all(run, findings, audience):
    """Every rule: its first findings and subjects that pass; cases by their clocks."""
    for rule, keys in findings.items():
        more = ['--json'] if audience == 'leadership' else ['--sql']
        if keys:
            run('explain', rule, *keys[:3], '--as-of', _run.DAY, *more, audience=audience)
        if audience == 'leadership':
            run('explain', rule, '--passing', '2', '--as-of', _run.DAY, audience=audience)
    for case in ('VV-C1-01', 'VV-C5-03', 'VV-C5-01'):
        run('explain', f'case:{case}', '--as-of', _run.DAY)
        run('explain', 'clock', case, '--as-of', _run.DAY)
    for figure in ('01-TCD!48!5', '02-XLD!48!7', '907!TST!2', '907!TST!3'):
        run('explain', figure, '--period', '2026-Q3', audience=audience)


def run_all(run, templates):
    for command in ('check', 'verify', 'schema', 'rules'):
        run(command)
    run('rules', '--guide')
    findings = {}
    run('audit', '--as-of', '2026-08-05', '--format', 'none')
    for audience in AUDIENCES:
        run('audit', '--as-of', _run.DAY, '--format', FORMATS['audit'], audience=audience)
    run('audit', '--as-of', _run.DAY, '--explain-plan')
    with open(os.path.join(run.folder, 'out', f'audit-{_run.DAY}.jsonl'), encoding='utf-8') as f:
        for line in f:
            x = json.loads(line)
            if x['table'] == 'run':
                findings.update({rule: [] for rule in x['about']})
            elif 'fingerprint' in x:
                findings[x['rule']].append(x['key'])
    for audience in AUDIENCES:
        for template in templates:
            for period in ('2026-Q3', '2026-H1') if audience == 'internal' else ('2026-Q3',):
                run('report', template, '--period', period, '--format', FORMATS['report'], audience=audience)
        run('report', '907', '--period', '2026-Q3', '--each', 'province', audience=audience)
        run('compare', '--format', FORMATS['compare'], audience=audience)
        run('worklist', '--as-of', _run.DAY, audience=audience)
        if audience != 'public':
            explain_all(run, findings, audience)


# A rule and a form that ask for everything, and whatever else somebody may try.
BOLD_RULE = '''<rules xmlns="urn:rasoat:rules:1" pack="bold" store="cases">
<rule id="BLD-01" severity="low" subject="case"><title>Thử</title><basis document="Thử"/>
<from>case_file c JOIN case_party p ON p.case_id = c.case_id</from><where>%s</where><key>%s</key><unit>c.unit_id</unit>
<field name="a" label="A">p.full_name</field><field name="b" label="B">(SELECT max(x.address || x.id_no) FROM case_party x)</field>
<message>{a} {b}</message><remedy>Thử</remedy>
<example name="e" as-of="2026-10-05"><row table="case_file" case_id="K" unit_id="U" received_on="2026-01-01"/>
<row table="case_party" case_id="K" role="denouncer" full_name="x" id_no="1" address="y"/><expect key="K"/></example></rule></rules>
'''
BOLD = [('p.full_name IS NOT NULL', 'c.case_id'), ('1 = 1', 'p.full_name'), ('CAST(p.full_name AS INTEGER) = 0', 'c.case_id'),
        ('matches(\'a\', \'(\' || p.full_name)', 'c.case_id')]


def run_bold(run):
    """With and without a clearance: nothing classified comes out, not in an error either."""
    settings = os.path.join(run.folder, 'rasoat.xml')
    with open(settings, encoding='utf-8') as f:
        before = f.read()
    for where, key in BOLD:
        with open(os.path.join(run.folder, 'rules', 'bold.xml'), 'w', encoding='utf-8') as f:
            f.write(BOLD_RULE % (where, key))
        for clearance in ('', '<clearance rules="BLD-01" document="1" date="2026-01-01" until="2198-12-31" approver="x"/>'):
            with open(settings, 'w', encoding='utf-8') as f:
                f.write(before.replace('</workspace>', clearance + '</workspace>'))
            run('check')
            for audience in AUDIENCES:
                run('audit', '--as-of', _run.DAY, '--rule', 'BLD-01', '--format', FORMATS['audit'], audience=audience)
                run('explain', 'BLD-01', 'VV-C1-01', 'VV-C5-03', '--as-of', _run.DAY, audience=audience)
                run('explain', 'BLD-01', 'VV-C1-01', '--as-of', _run.DAY, '--json', audience=audience)
                run('explain', 'BLD-01', '--passing', '3', '--as-of', _run.DAY, audience=audience)
    run('compare', '1', '2')
    run('verify')


def files_of(folder):
    for path in sorted(glob.glob(os.path.join(folder, '**'), recursive=True)):
        name = os.path.relpath(path, folder)
        if os.path.isfile(path) and name not in ('cases.db', 'accounts.db') and name.split(os.sep)[0] not in (
                'rules', 'templates', 'schemas'):
            yield name, path


def main():
    extracts = os.path.join(tempfile.mkdtemp(prefix='rasoat-'), 'extracts')
    shutil.copytree(_run.SAMPLES, extracts)
    changes = {'case_party': party, 'staff': person, 'insured_person': person, 'account': mail, 'directory': mail}
    for table, change in changes.items():
        for path in glob.glob(os.path.join(extracts, table + '.csv')):
            rewrite(path, change)
    folder = os.path.join(os.path.dirname(extracts), 'ws')
    subprocess.run([_run.RASOAT, 'init', folder], check=True, capture_output=True)
    run = Runs(folder)
    run('import', extracts)
    bad = os.path.join(os.path.dirname(extracts), 'bad')
    bad_extracts(bad)
    for path in sorted(glob.glob(os.path.join(bad, '*'))) + [bad]:
        run('import', path)
    templates = sorted(os.path.basename(p)[:-4] for p in glob.glob(os.path.join(folder, 'templates', '*.xml')))
    run_all(run, templates)
    run_bold(run)

    secret, personal = Finder(SECRET), Finder(PERSON)
    with open(os.path.join(folder, 'cases.db'), 'rb') as f:
        _run.check('canary: the store holds what was planted', [] if len(secret.search('cases.db', f.read())) == 3 else ['?'])
    found, shown, kinds = [], set(), set()
    leaked = []
    for name, path in files_of(folder):
        kinds.add(os.path.splitext(name)[1])
        for where, data in texts_of(path):
            found += secret.search(where, data)
            other = any(f'-{a}' in name for a in AUDIENCES[1:])
            hits = personal.search(where, data)
            if other:
                leaked += hits
            elif hits:
                shown.add(os.path.splitext(name)[1])
    _run.check('canary: no file has anything of a denouncer', found)
    _run.check('canary: no file for others has anything of a person', leaked)
    want = {'.xlsx', '.pdf', '.jsonl', '.sarif', '.html', '.txt', '.db', '.csv'}
    _run.check('canary: every kind of file was there', sorted(want - kinds))
    # The search finds what is there: the handlers' own files have the names.
    _run.check('canary: files for those who handle the matter have the names',
               sorted({'.xlsx', '.pdf', '.jsonl', '.sarif', '.html', '.txt', '.db'} - shown))
    _run.check('canary: nothing printed has anything of a denouncer',
               [hit for _, words, data in run.printed for hit in secret.search(words, data)])
    _run.check('canary: nothing printed for others has anything of a person',
               [hit for audience, words, data in run.printed if audience in AUDIENCES[1:]
                for hit in personal.search(words, data)])
    _run.check('canary: what is printed for those who handle the matter has the names',
               [] if any(personal.search(words, data) for audience, words, data in run.printed if audience == 'internal')
               else ['?'])
    _run.leave()


if __name__ == '__main__':
    main()
