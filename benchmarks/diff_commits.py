"""How often `cq diff` names what a real commit renamed and moved.

    benchmarks/diff_commits.py REPOSITORIES [--all]

REPOSITORIES is a folder that holds `owner+name/repo`, bare or not, for each repository in diff_commits.toml. A commit
is right when all that is written down of it is among the rows. `--all` prints what else is renamed or moved, too.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

_CQ = [sys.executable, "-m", "cq"]
_SIDE = re.compile(r"(?P<name>[^\s@]*)\s*(?:@(?P<path>\S+))?")


def rows_of(repository: str, commit: str) -> list[dict]:
    """The definitions of a commit that were renamed or moved."""
    asked = [*_CQ, "diff", f"{commit}~..{commit}", "--no-callers", "--json"]
    done = subprocess.run(asked, cwd=repository, capture_output=True, check=False)
    if done.returncode == 2:
        print(done.stderr.decode(), file=sys.stderr)
    rows = json.loads(done.stdout).get("rows", [])
    return [row for row in rows if {"renamed", "moved"} & {row["change"], *row.get("also", ())}]


def is_told(expected: str, rows: list[dict]) -> bool:
    """Whether one of the rows says so."""
    sides = [_SIDE.fullmatch(side.strip()) for side in expected.split("->")]
    for row in rows:
        states = (row["before"], row)
        if all(
            side and side["name"] in ("", state["qualified_name"]) and side["path"] in (None, state["path"])
            for side, state in zip(sides, states, strict=True)
        ):
            return True
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repositories")
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    commits = tomllib.loads((Path(__file__).parent / "diff_commits.toml").read_text())
    right = total = 0
    for repository, each in commits.items():
        for commit, expected in each.items():
            rows = rows_of(os.path.join(given.repositories, repository, "repo"), commit)
            missing = [line for line in expected if not is_told(line, rows)]
            total += 1
            right += not missing
            for line in missing:
                print(f"{repository} {commit}: not told: {line}")
            for row in rows if given.all else ():
                was = row["before"]
                words = (
                    f"{row['change']} {was['path']} {was['qualified_name']} -> {row['path']} {row['qualified_name']}"
                )
                print(f"    {commit} {words} {row.get('similarity')}")
    print(f"{right} of {total} commits right")


if __name__ == "__main__":
    main()
