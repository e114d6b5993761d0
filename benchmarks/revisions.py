"""Hold `--rev` against checkouts: of each pair of commits both answers, and their difference. Needs git.

    benchmarks/revisions.py REPOSITORY [--pairs 50] [--seed 1]

REPOSITORY may be bare. For each pair a name is taken from the lines that differ. What `cq search NAME --rev A`
and `--rev B` say is held against two checkouts, and `--rev A..B` against the difference of the latter.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter

_CQ = [sys.executable, "-m", "cq"]
_WORD = re.compile(r"^[-+](?![-+]).*?\b(?:def|class|fn|struct|self\.)\s*(\w{3,})", re.MULTILINE)


def git(repository: str, *arguments: str) -> str:
    return subprocess.run(
        ["git", "-C", repository, *arguments], capture_output=True, text=True, check=True, errors="replace"
    ).stdout


def rows_of(folder: str, *arguments: str) -> dict:
    # A folder without a name of a revision must not look for a repository around it.
    done = subprocess.run([*_CQ, "search", *arguments, "--json", "--no-cache"], cwd=folder, capture_output=True)
    if done.returncode == 2:
        print(done.stderr.decode(), file=sys.stderr)
    return json.loads(done.stdout)


def said(row: dict) -> tuple:
    """What a row says without where, by the fields that a reader sees."""
    return (
        row["path"],
        row["role"],
        row.get("container", ""),
        row["text"],
        row.get("target", {}).get("qualified_name", ""),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repository")
    parser.add_argument("--pairs", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    random.seed(given.seed)
    commits = git(given.repository, "rev-list", "--no-merges", "HEAD").split()
    right = wrong = total = 0
    while right + wrong < given.pairs:
        at = random.randrange(len(commits) - 30)
        before, after = commits[at + random.choice((1, 5, 25))], commits[at]
        names = _WORD.findall(git(given.repository, "diff", before, after, "--", "*.py", "*.rs"))
        if not names:
            continue
        # Every second question is one about each file by itself: then only the files that differ are looked at.
        question = [random.choice(names), *(("--no-resolve",) if (right + wrong) % 2 else ())]
        with tempfile.TemporaryDirectory() as folder:
            checkouts = []
            for rev in (before, after):
                path = os.path.join(folder, rev)
                os.mkdir(path)
                tar = subprocess.run(
                    ["git", "-C", given.repository, "archive", rev], capture_output=True, check=True
                ).stdout
                subprocess.run(["tar", "-x", "-C", path], input=tar, check=True)
                # As a checkout: what is tracked counts, whatever .gitignore says.
                subprocess.run(["git", "init", "-q", path], check=True)
                subprocess.run(["git", "-C", path, "add", "-A", "-f", "."], check=True, capture_output=True)
                checkouts.append(rows_of(path, *question))
            asked = [rows_of(given.repository, *question, "--rev", rev) for rev in (before, after)]
            changes = rows_of(given.repository, *question, "--rev", f"{before}..{after}")
        same = all(
            one["rows"] == two["rows"] and one["summary"] == two["summary"]
            for one, two in zip(checkouts, asked, strict=True)
        )
        by_change = {
            kind: [row for row in changes["rows"] if row["change"] == kind] for kind in ("added", "removed", "moved")
        }
        old, new = (Counter(map(said, each["rows"])) for each in checkouts)
        gone = Counter(said(each["row"]) for each in by_change["removed"])
        came = Counter(said(each["row"]) for each in by_change["added"])
        across = [each for each in by_change["moved"] if each["moved_from"]["path"] != each["row"]["path"]]
        came.update(said(each["row"]) for each in across)
        gone.update(said({**each["row"], "path": each["moved_from"]["path"]}) for each in across)
        fits = same and came == new - old and gone == old - new
        right, wrong, total = right + fits, wrong + (not fits), total + len(changes["rows"])
        print(f"{right} right, {wrong} wrong", file=sys.stderr, flush=True)
        if not fits:
            print(f"differs: {' '.join(question)} {before[:9]}..{after[:9]} ({'same' if same else 'other'} answers)")
    print(f"{right} of {right + wrong} pairs right; {total} rows added, removed or moved")


if __name__ == "__main__":
    main()
