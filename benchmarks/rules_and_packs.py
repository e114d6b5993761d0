"""Rules and packs over one tree: what both tell must be the same, name by name.

    .venv/bin/python benchmarks/rules_and_packs.py SOURCES --language python [--show 5]

In: a folder of source. Out: for every role and kind how many names both tell, and how many only one of them. A pack
also sees what no rule can (names among the tokens of a macro, in what does not parse): those are counted as its own,
by kind. Exits with 1 when a rule tells what no pack does.
"""

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

_ROLES = ("definition", "call", "import", "assignment", "macro")
# Of a declaration as a whole; the packs tell its names one by one.
_WHOLE = ("import", "use")


class Told(NamedTuple):
    """One name, and what is told of it."""

    path: str
    start: int
    end: int
    role: str


def told(command: list[str]) -> Iterator[tuple[Told, str, str]]:
    """The names of a run, each with its kind and itself."""
    done = subprocess.run([sys.executable, "-m", "cq", *command], capture_output=True, check=False)
    if done.returncode > 1:
        print(done.stderr.decode(), file=sys.stderr)
    for line in done.stdout.splitlines():
        row = json.loads(line)
        if row.get("role") in _ROLES and (row["role"], row.get("kind")) != _WHOLE:
            at = Told(row["path"], row["start_byte"], row["end_byte"], row["role"])
            yield at, row.get("kind", ""), f"{row['path']}:{row['line']}:{row['column']} {row['role']} {row['name']}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources")
    parser.add_argument("--language", default="python")
    parser.add_argument("--show", type=int, default=5)
    arguments = parser.parse_args()
    of = ["--lang", arguments.language, "--format", "jsonl", "--no-ignore", "--root", arguments.sources]
    rules = {at: (kind, place) for at, kind, place in told(["rules", *of])}
    packs = {at: (kind, place) for at, kind, place in told(["query", "--pack", "definitions,calls,imports", *of])}
    assigned = told(["query", "--pack", "references", *of])
    packs |= {at: (kind, place) for at, kind, place in assigned if at.role == "assignment"}
    both = Counter((at.role, packs[at][0]) for at in packs if at in rules)
    alone = Counter((at.role, packs[at][0]) for at in packs if at not in rules)
    for role, kind in sorted(both | alone):
        print(f"{role:<12} {kind:<12} {both[role, kind]:>9,} both {alone[role, kind]:>9,} only the packs")
        shown = [packs[at][1] for at in packs if at not in rules and (at.role, packs[at][0]) == (role, kind)]
        for place in shown[: arguments.show] if both[role, kind] else ():
            print(f"    {place}")
    missing = [place for at, (_, place) in rules.items() if at not in packs]
    print(f"{len(missing):,} of {len(rules):,} names only the rules")
    for place in missing[: arguments.show]:
        print(f"    {place}")
    return bool(missing)


if __name__ == "__main__":
    sys.exit(main())
