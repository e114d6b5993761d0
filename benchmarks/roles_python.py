"""Compare the roles that cq gives to names in Python code with an independent oracle: `tokenize` and `ast`.

    python benchmarks/roles_python.py CORPUS [NAMES...] [--max N] [--cq COMMAND]

In: a folder of Python source, and names (default: twenty of it, from rare to frequent). Out: per name a
confusion table and whether the account agrees with `rg -w`; then overall agreement and the disagreements.
`cq verify CORPUS` asks about all words of all files; here the command `cq search` and its account are compared.
Files that this Python cannot parse are counted and left out. Exit status 1 when anything disagrees.
"""

import argparse
import bisect
import json
import os
import re
import shlex
import subprocess
import sys
import tokenize
import unicodedata
from collections import Counter
from typing import NamedTuple

from cq.verify.python.roles import Expected, Role

_SUFFIXES = (".py", ".pyi")
_IDENTIFIER = re.compile(r"[^\W\d]\w*")
_STRINGS = ("string", "doc-example")


class Disagreement(NamedTuple):
    """One place where the two do not agree."""

    path: str
    line: int
    text: str
    name: str
    expected: Role
    found: Role


def agree(expected: Role, found: Role) -> bool:
    """Whether cq's role and kind are what the oracle expects."""
    if expected == ("string", ""):
        return found[0] in _STRINGS
    if expected == ("type", "forward-reference") and found[0] in _STRINGS:
        return True
    return expected[0] == found[0] and (not expected[1] or expected[1] == found[1])


class Comparison:
    """The places of one or more names, compared."""

    def __init__(self, corpus: str, paths: list[str]) -> None:
        self._corpus = corpus
        self._known: dict[str, Expected] = {}
        self.unparsed: set[str] = set()
        self.table: Counter[tuple[str, str]] = Counter()
        self.disagreements: list[Disagreement] = []
        self.words: dict[str, set[str]] = {}
        self.counts: Counter[str] = Counter()
        for path in paths:
            with open(os.path.join(corpus, path), "rb") as file:
                data = file.read()
            words = Counter(_IDENTIFIER.findall(data.decode("utf-8", "replace")))
            self.words[path] = set(words)
            self.counts.update(words)

    def expected(self, path: str) -> Expected | None:
        """The oracle's view of a file, read once; None when this Python cannot parse it."""
        if path in self.unparsed:
            return None
        known = self._known.get(path)
        if known is None:
            try:
                with open(os.path.join(self._corpus, path), "rb") as file:
                    known = self._known[path] = Expected(file.read())
            except (SyntaxError, ValueError, tokenize.TokenError):
                self.unparsed.add(path)
        return known

    def compare(self, path: str, name: re.Pattern[str], found: dict[int, Role]) -> int:
        """Compare one file; `found` is cq's roles by byte. Returns the number of places."""
        expected = self.expected(path)
        if expected is None:
            return 0
        places = 0
        seen = set()
        for hit in name.finditer(expected.text):
            # Python's \\w leaves out marks that combine, which are part of a word all the same.
            if any(unicodedata.category(near) in ("Mn", "Mc", "Me") for near in expected.around(hit)):
                continue
            places += 1
            byte = expected.byte(hit.start())
            seen.add(byte)
            self._note(path, expected, hit, expected.role(hit.start()), found.get(byte, ("missing", "")))
        for byte in found.keys() - seen:
            self.table["(nothing)", found[byte][0]] += 1
        return places

    def _note(self, path: str, expected: Expected, hit: re.Match[str], want: Role, have: Role) -> None:
        fits = agree(want, have)
        self.table[want[0], have[0]] += 1
        if not fits:
            line = expected.text.count("\n", 0, hit.start()) + 1
            begin = expected.text.rfind("\n", 0, hit.start()) + 1
            text = expected.text[begin:].split("\n", 1)[0].strip()
            self.disagreements.append(Disagreement(path, line, text, hit.group(), want, have))


def pick(counts: Counter[str], how_many: int) -> list[str]:
    """Names spread evenly over the orders of magnitude, from rare to frequent; always the same ones."""
    ranked = sorted((count, name) for name, count in counts.items() if name.isascii())
    top = ranked[-1][0]
    chosen: list[str] = []
    for step in range(how_many):
        at = bisect.bisect_left(ranked, (round(top ** (step / (how_many - 1))), ""))
        same = bisect.bisect_right(ranked, (ranked[at][0], "\U0010ffff")) if at < len(ranked) else at
        for candidate in (*ranked[(at + same) // 2 :], *reversed(ranked[:at])):
            if candidate[1] not in chosen:
                chosen.append(candidate[1])
                break
    return chosen


def ask(command: list[str], corpus: str, name: str) -> tuple[dict[str, dict[int, Role]], dict[str, int]]:
    """cq's rows for a name by path and byte, and its account: role -> hits."""
    globs = [word for suffix in _SUFFIXES for word in ("-g", "*" + suffix)]
    arguments = ["search", name, "--root", corpus, "-t", "python", *globs, "--text", "--no-facts", "--json"]
    done = subprocess.run([*command, *arguments], capture_output=True, check=False)
    if done.returncode > 1:
        sys.exit(f"cq search {name}: {done.stderr.decode()}")
    answer = json.loads(done.stdout)
    found: dict[str, dict[int, Role]] = {}
    for row in answer.get("rows", ()):
        found.setdefault(row["path"], {})[row["start_byte"]] = (row["role"], row.get("kind", ""))
    return found, answer["summary"].get("roles", {})


def count_with_ripgrep(corpus: str, name: str) -> int:
    """How often ripgrep finds the word."""
    globs = [word for suffix in _SUFFIXES for word in ("-g", "*" + suffix)]
    arguments = ["rg", "-w", "-F", "--count-matches", "--no-filename", *globs, "--", name, corpus]
    done = subprocess.run(arguments, capture_output=True, check=False)
    return sum(int(line) for line in done.stdout.split())


def _print_table(table: Counter[tuple[str, str]]) -> None:
    for (want, have), count in sorted(table.items(), key=lambda item: (item[0][0] != item[0][1], -item[1])):
        print(f"  {count:>8}  {want}" + ("" if want == have else f"  ->  {have}"))


def main() -> int:
    """Compare, print, and return the exit status."""
    sys.setrecursionlimit(20_000)  # sums of thousands of terms
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("corpus")
    options.add_argument("names", nargs="*")
    options.add_argument("--count", type=int, default=20, help="how many names to pick when none is given")
    options.add_argument("--max", type=int, default=40, help="disagreements to list")
    options.add_argument("--cq", default=f"{sys.executable} -m cq")
    given = options.parse_args()
    listing = subprocess.run(
        ["rg", "--files", *(word for suffix in _SUFFIXES for word in ("-g", "*" + suffix))],
        capture_output=True, cwd=given.corpus, check=True,
    )  # fmt: skip
    comparison = Comparison(given.corpus, sorted(os.fsdecode(line) for line in listing.stdout.splitlines()))
    places, wrong_counts = 0, 0
    for name in given.names or pick(comparison.counts, given.count):
        found, account = ask(shlex.split(given.cq), given.corpus, name)
        before, comparison.table = comparison.table, Counter()
        word = re.compile(rf"\b{re.escape(name)}\b")
        for path in sorted(path for path, words in comparison.words.items() if name in words or path in found):
            places += comparison.compare(path, word, found.get(path, {}))
        total = count_with_ripgrep(given.corpus, name)
        same = total == sum(account.values())
        wrong_counts += not same
        print(f"{name}: {total} hits" + ("" if same else f", and cq accounts for {sum(account.values())}"))
        _print_table(comparison.table)
        comparison.table += before
    wrong = len(comparison.disagreements)
    for item in comparison.disagreements[: given.max]:
        print(f"{item.path}:{item.line}: {item.name}: {'.'.join(filter(None, item.expected))}, "
              f"cq says {'.'.join(filter(None, item.found))}: {item.text[:120]}")  # fmt: skip
    print(
        f"{places - wrong} of {places} places agree ({100 * (places - wrong) / max(places, 1):.4f} %); "
        f"{len(comparison.unparsed)} files that this Python cannot parse; {wrong_counts} counts unlike ripgrep's"
    )
    return 1 if wrong or wrong_counts else 0


if __name__ == "__main__":
    sys.exit(main())
