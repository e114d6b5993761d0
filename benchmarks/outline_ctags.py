"""Compare the definitions that `cq outline` has with those that Universal Ctags has, by kind.

    python benchmarks/outline_ctags.py LANGUAGE CORPUS [--ctags NAME] [--max N]

LANGUAGE is cq's word, `--ctags` that of ctags where it is another. A definition is the same when name and line agree.
Printed are, for each kind of ctags, how many of its tags cq has and under which kinds; then what only cq has.
"""

import argparse
import collections
import json
import subprocess
import sys


def outlined(corpus: str, language: str) -> dict[tuple[str, int, str], str]:
    """cq's definitions: path, line and name -> kind."""
    command = [sys.executable, "-m", "cq", "outline", ".", "--root", ".", "-t", language, "--json", "-u"]
    done = subprocess.run(command, capture_output=True, cwd=corpus, check=False)
    if done.returncode > 1 or b"Traceback" in done.stderr:
        sys.exit(done.stderr.decode())
    answer = json.loads(done.stdout)
    found: dict[tuple[str, int, str], str] = {}
    waiting = list(answer.get("rows", ()))
    while waiting:
        row = waiting.pop()
        waiting.extend(row.get("children", ()))
        if row["kind"] != "scope":
            found[row["path"], row["line"], row["name"]] = row["kind"]
    print(f"{answer['summary']['files']} files with definitions, {len(answer.get('diagnostics', ()))} diagnostics")
    return found


def tagged(corpus: str, language: str) -> dict[tuple[str, int, str], str]:
    """The tags of ctags, in the same form."""
    command = [
        "ctags",
        "-R",
        "-f",
        "-",
        "--output-format=json",
        f"--languages={language}",
        f"--kinds-{language}=*",
        "--fields=+n",
    ]
    done = subprocess.run([*command, "."], capture_output=True, cwd=corpus, check=True)
    found: dict[tuple[str, int, str], str] = {}
    for line in done.stdout.splitlines():
        tag = json.loads(line.decode("utf-8", "replace"))
        found[tag["path"].removeprefix("./"), tag["line"], tag["name"]] = tag["kind"]
    return found


def main() -> int:
    """Compare and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("language")
    options.add_argument("corpus")
    options.add_argument("--ctags", default="")
    options.add_argument("--max", type=int, default=3, help="examples for each kind")
    given = options.parse_args()
    ours = outlined(given.corpus, given.language)
    theirs = tagged(given.corpus, given.ctags or given.language)
    by_kind: dict[str, collections.Counter[str]] = {}
    examples: dict[str, list[str]] = {}
    for key, kind in sorted(theirs.items()):
        by_kind.setdefault(kind, collections.Counter())[ours.get(key, "")] += 1
        if key not in ours:
            examples.setdefault(kind, []).append(f"{key[0]}:{key[1]} {key[2]}")
    for kind, counts in sorted(by_kind.items()):
        both = ", ".join(f"{count} {ours_kind}" for ours_kind, count in counts.most_common() if ours_kind)
        print(f"{kind}: {sum(counts.values())}, of which {both or 'none'}; not in cq {counts['']}")
        print("".join(f"    {each}\n" for each in examples.get(kind, [])[: given.max]), end="")
    alone: dict[str, list[str]] = {}
    for key, kind in sorted(ours.items()):
        if key not in theirs:
            alone.setdefault(kind, []).append(f"{key[0]}:{key[1]} {key[2]}")
    for kind, places in sorted(alone.items()):
        print(f"only cq, {kind}: {len(places)}")
        print("".join(f"    {each}\n" for each in places[: given.max]), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
