"""Runs the program on extracts in a workspace of its own; prints ok / not ok lines."""
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get('BUILD', os.path.join(ROOT, 'build'))
RASOAT = os.environ.get('RASOAT', os.path.join(BUILD, 'rasoat'))
SAMPLES = os.path.join(ROOT, 'samples', 'extracts')
README = os.path.join(ROOT, 'samples', 'README.md')
DAY = '2026-10-05'
os.environ.setdefault('RASOAT_DATADIR', ROOT)  # rules and templates of this tree
GENERATED = [('seed 7', '7', '60'), ('seed 11', '11', '150')]

_failed = 0


def check(name, problems):
    """`problems`: a list of lines, empty when all is well."""
    global _failed
    print(('not ok ' if problems else 'ok ') + name)
    _failed += bool(problems)
    for line in problems[:12]:
        print('    ' + line)
    if len(problems) > 12:
        print(f'    and {len(problems) - 12} more')
    sys.stdout.flush()
    return not problems


def leave():
    sys.exit(1 if _failed else 0)


def different(expected, got):
    """Lines that say where two dictionaries differ."""
    out = []
    for key in sorted(set(expected) | set(got), key=str):
        if expected.get(key) != got.get(key):
            out.append(f'{key}: expected {expected.get(key)}, got {got.get(key)}')
    return out


def rasoat(folder, *args, expect=(0,)):
    """Output of `rasoat -C folder args`; an unexpected exit code raises."""
    r = subprocess.run([RASOAT, '-C', folder, *args], capture_output=True, text=True, check=False)
    if r.returncode not in expect:
        raise RuntimeError(f'rasoat {" ".join(args)}: exit code {r.returncode}\n{r.stdout}{r.stderr}')
    return r.stdout + r.stderr


def workspace(extracts):
    folder = os.path.join(tempfile.mkdtemp(prefix='rasoat-'), 'ws')
    subprocess.run([RASOAT, 'init', folder], check=True, capture_output=True)
    rasoat(folder, 'import', extracts, expect=(0, 2))
    return folder


def sets():
    """(name, folder of extracts): the sample set and two generated ones."""
    out = [('sample', SAMPLES)]
    for name, seed, units in GENERATED:
        folder = os.path.join(tempfile.mkdtemp(prefix='rasoat-'), 'extracts')
        subprocess.run([os.path.join(BUILD, 'rasoat-samples'), '--seed', seed, '--units', units,
                        '--accounts', '3000', '--cases', '1500', '--as-of', DAY, '--out', folder],
                       check=True)
        out.append((name, folder))
    return out


def readme_tables():
    """heading (without #) -> rows of the tables below it, as lists of cells."""
    out, heading = {}, ''
    with open(README, encoding='utf-8') as f:
        for line in f:
            if line.startswith('#'):
                heading = line.strip('# \n')
            elif line.startswith('|') and not line.startswith('|---'):
                out.setdefault(heading, []).append([c.strip() for c in line.strip().strip('|').split('|')])
    return {h: rows[1:] for h, rows in out.items()}
