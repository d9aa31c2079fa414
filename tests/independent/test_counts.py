"""examined = passed + found + indeterminate + waived + outside, for every rule, each number counted by another query."""
import os
import shutil

import _counts
import _run


def main():
    for name, extracts in _run.sets():
        folder = _run.workspace(extracts)
        shutil.copy(os.path.join(_run.ROOT, 'samples', 'waivers.xml'), folder)
        _run.check(f'{name}: the numbers of every rule', _counts.compare(folder))
    # Before the law of some rules, and after that of others.
    for day in ('2012-06-30', '2019-06-30', '2026-06-30', '2026-07-01'):
        _run.check(f'as of {day}: the numbers of every rule', _counts.compare(_run.workspace(_run.SAMPLES), day))
    _run.leave()


main()
