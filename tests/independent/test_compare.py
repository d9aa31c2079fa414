"""Compares runs a second time, naively, from the JSON Lines of the audits alone: what is new, continuing, resolved and
reopened must be what `rasoat compare` says, finding by finding, and so must the first day on record."""

import csv
import itertools
import json
import os
import shutil
import subprocess
import tempfile

RASOAT = os.environ["RASOAT"]
ROOT = os.getcwd()
DAYS = ["2026-03-31", "2026-07-05", "2026-06-30", "2026-10-05", "2026-10-05", "2026-12-31"]


def rasoat(workspace, *args):
    done = subprocess.run([RASOAT, "-C", workspace, *args], capture_output=True, text=True, check=False)
    if done.returncode == 1:
        raise SystemExit(f"rasoat {' '.join(args)}: {done.stderr}")
    return done.stdout


def thin(folder, name, drop):
    """The extract without the rows that `drop` takes: the store keeps them, but cells that are emptied change."""
    path = os.path.join(folder, name)
    with open(path, encoding="utf-8-sig", newline="") as f:
        rows = list(csv.reader(f))
    head, body = rows[0], rows[1:]
    with open(path, "w", encoding="utf-8", newline="") as f:
        csv.writer(f).writerows([head] + [drop(dict(zip(head, r)), r, head) for r in body])


def lock_every_third(cells, row, head):
    if sum(cells["account_id"].encode()) % 3 == 0 and not cells["locked_on"]:
        row[head.index("locked_on")] = "2026-09-15"
    return row


def read_run(path):
    """(rule, key) -> verdict, and the rules that could not run."""
    found, broken = {}, set()
    with open(path, encoding="utf-8") as f:
        for line in f:
            row = json.loads(line)
            if row["table"] == "run":
                rules = set(row["about"])
            elif row["verdict"] == "error":
                broken.add(row["rule"])
            else:
                found[row["rule"], row["key"]] = row["verdict"]
    return found, rules - broken


def expected(runs, before, after):
    """runs: [(day, found, ran)] in the order recorded; indexes from 0."""
    fails = [{k for k, v in found.items() if v == "fail"} for _, found, _ in runs]
    both = runs[before][2] & runs[after][2]
    earlier = sorted((runs[i][0], i) for i in range(after) if runs[i][0] <= runs[after][0])
    result = {}
    for item in fails[before] | fails[after]:
        if item[0] not in both:
            continue
        if item in fails[after] and item in fails[before]:
            result[item] = "continuing"
        elif item in fails[before]:
            result[item] = "resolved"
        else:
            seen = [item in fails[i] for _, i in earlier if item[0] in runs[i][2]]
            again = any(seen) and not all(seen[seen.index(True):])
            result[item] = "reopened" if again else "new"
    return result


def compared(path):
    states, firsts = {}, {}
    with open(path, encoding="utf-8") as f:
        for line in f:
            row = json.loads(line)
            if row["table"] != "run":
                states[row["rule"], row["key"]] = row["state"]
                firsts[row["rule"], row["key"]] = row["first_as_of"]
    return states, firsts


def main():
    bad = 0
    work = tempfile.mkdtemp()
    workspace, extracts = os.path.join(work, "w"), os.path.join(work, "extracts")
    os.environ["RASOAT_DATADIR"] = ROOT
    subprocess.run([RASOAT, "init", workspace], check=True, stdout=subprocess.DEVNULL)
    shutil.copytree(os.path.join(ROOT, "samples", "extracts"), extracts)
    rasoat(workspace, "import", extracts)
    runs = []
    for number, day in enumerate(DAYS, 1):
        if number == 4:  # some accounts are locked, and opened again for the next run
            thin(extracts, "account.csv", lock_every_third)
            rasoat(workspace, "import", os.path.join(extracts, "account.csv"))
        if number == 5:
            rasoat(workspace, "import", os.path.join(ROOT, "samples", "extracts", "account.csv"))
        out = os.path.join(work, str(number))
        rasoat(workspace, "audit", "--as-of", day, "--format", "jsonl", "-o", out)
        runs.append((day, *read_run(os.path.join(out, f"audit-{day}.jsonl"))))
    seen = {}
    for before, after in itertools.permutations(range(len(runs)), 2):
        if runs[before][0] > runs[after][0] or (runs[before][0] == runs[after][0] and before > after):
            continue
        name = f"runs {before + 1} and {after + 1}"
        rasoat(workspace, "compare", str(before + 1), str(after + 1), "--format", "jsonl", "-o", work)
        states, firsts = compared(os.path.join(work, f"compare-{before + 1}-{after + 1}.jsonl"))
        want = expected(runs, before, after)
        for item, state in states.items():
            seen[state] = seen.get(state, 0) + 1
            first = next(day for day, found, _ in runs if item in found)
            if firsts[item] != first:
                want[item] = f"first on record {first}, not {firsts[item]}"
        wrong = sorted(set(states.items()) ^ set(want.items()))
        print(f"{'not ok' if wrong else 'ok'} {name}: {len(states)} changes, state by state")
        for line in wrong[:10]:
            print("#", line)
        bad += bool(wrong)
    every = all(seen.get(state) for state in ("new", "continuing", "resolved", "reopened"))
    print(f"{'ok' if every else 'not ok'} every state occurs: {seen}")
    whole = "whole: 6 runs" in rasoat(workspace, "verify")
    print(f"{'ok' if whole else 'not ok'} the ledger is whole")
    shutil.rmtree(work)
    raise SystemExit(bad or not every or not whole)


main()
