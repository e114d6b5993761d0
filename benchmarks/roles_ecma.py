#!/usr/bin/env python3
"""Compare the roles that cq gives to names in JavaScript and TypeScript with those of the TypeScript compiler's tree.

    python benchmarks/roles_ecma.py CORPUS [NAMES...] --typescript FOLDER [--every-word] [--files N] [--max N]

In: a folder of source, the folder of the npm package `typescript` (5.x: `npm pack typescript@5.8.3`), and names
(default: twenty of the corpus, from rare to frequent). Out: per name a confusion table and whether the account agrees
with `rg -w`; then overall agreement and the disagreements. `--every-word` asks about all names of all files at once, or
of N files taken evenly. Files that the compiler finds errors in are counted and left out. Exit status 1 when anything
disagrees.
"""

import argparse
import bisect
import json
import os
import re
import shlex
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path

from roles_python import Disagreement, Role, agree, pick

_SUFFIXES = (".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx")
_IDENTIFIER = re.compile(r"[^\W\d]\w*")
_GLOBS = [word for suffix in _SUFFIXES for word in ("-g", "*" + suffix)]
_ORACLE = Path(__file__).with_name("ecma_oracle.js")
_TOO_LARGE = 4_000_000  # cq searches such a file as text


class Expected:
    """The oracle's spans of one file, and its words."""

    def __init__(self, path: str, spans: list[tuple[int, int, str, str]]) -> None:
        data = Path(path).read_bytes()
        self.begin = 3 if data.startswith(b"\xef\xbb\xbf") else 0
        self.text = data[self.begin :].decode("utf-8")
        self._spans = spans
        self._starts = [span[0] for span in spans]
        self._bytes: list[int] | None = None
        self._units: list[int] | None = None
        if not self.text.isascii():
            self._bytes, self._units = [self.begin], [0]
            for character in self.text:
                self._bytes.append(self._bytes[-1] + len(character.encode()))
                self._units.append(self._units[-1] + (2 if character > "\uffff" else 1))

    def byte(self, at: int) -> int:
        """Where a character begins in the bytes of the file."""
        return self.begin + at if self._bytes is None else self._bytes[at]

    def around(self, hit: re.Match[str]) -> str:
        """The characters before and after a hit."""
        return self.text[max(0, hit.start() - 1) : hit.start()] + self.text[hit.end() : hit.end() + 1]

    def role(self, at: int) -> Role:
        """The role of the word that begins at this character."""
        unit = at if self._units is None else self._units[at]
        index = bisect.bisect_right(self._starts, unit) - 1
        if index >= 0 and unit < self._spans[index][1]:
            return self._spans[index][2], self._spans[index][3]
        return "comment", ""


def oracle(typescript: str, paths: list[str]) -> dict[str, Expected]:
    """What the compiler says of these files; those that it cannot parse are left out."""
    process = subprocess.Popen(["node", _ORACLE, typescript], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None and process.stdout is not None
    answer = process.communicate("\n".join(paths))[0]
    found = {}
    for line in answer.split("\n"):
        if line:
            said = json.loads(line)
            if "spans" in said:
                found[said["path"]] = Expected(said["path"], said["spans"])
    return found


def rows_by_command(command: list[str], corpus: str, name: str) -> tuple[dict[str, dict[int, Role]], dict[str, int]]:
    """cq's rows for a name by path and byte, and its account: role -> hits."""
    arguments = ["search", name, "--root", corpus, "--no-ignore", *_GLOBS, "--text", "--no-facts", "--json"]
    done = subprocess.run([*command, *arguments], capture_output=True, check=False)
    if done.returncode > 1:
        sys.exit(f"cq search {name}: {done.stderr.decode()}")
    answer = json.loads(done.stdout)
    found: dict[str, dict[int, Role]] = {}
    for row in answer.get("rows", ()):
        found.setdefault(row["path"], {})[row["start_byte"]] = (row["role"], row.get("kind", ""))
    if answer["summary"].get("unexplained"):
        print(f"{name}: {answer['summary']['unexplained']} unexplained")
    return found, answer["summary"].get("roles", {})


class Comparison:
    """The places of one or more names, compared."""

    def __init__(self) -> None:
        self.places = 0
        self.table: Counter[tuple[str, str]] = Counter()
        self.disagreements: list[Disagreement] = []

    def compare(self, path: str, expected: Expected, words: re.Pattern[str], found: dict[int, Role]) -> None:
        """Compare one file; `found` is cq's roles by byte."""
        for hit in words.finditer(expected.text):
            # Python's \\w leaves out marks that combine, which are part of a word all the same.
            # Nor are signs such as ½ part of one.
            marks = any(unicodedata.category(near) in ("Mn", "Mc", "Me", "Cf") for near in expected.around(hit))
            if marks or not hit.group().isidentifier():
                continue
            self.places += 1
            want, have = expected.role(hit.start()), found.get(expected.byte(hit.start()), ("missing", ""))
            self.table[want[0], have[0]] += 1
            if not agree(want, have):
                line = expected.text.count("\n", 0, hit.start()) + 1
                begin = expected.text.rfind("\n", 0, hit.start()) + 1
                text = expected.text[begin : begin + 100_000].split("\n", 1)[0]
                text = text[max(0, hit.start() - begin - 60) :].strip()
                self.disagreements.append(Disagreement(path, line, text, hit.group(), want, have))

    def print_table(self) -> None:
        """The confusion table, agreement first."""
        for (want, have), count in sorted(self.table.items(), key=lambda item: (item[0][0] != item[0][1], -item[1])):
            print(f"  {count:>8}  {want}" + ("" if want == have else f"  ->  {have}"))


def every_word(comparison: Comparison, typescript: str, corpus: str, paths: list[str]) -> int:
    """Compare all names of these files, with the library instead of the command. Returns how many were left out."""
    from cq.resources import data_folder  # only this mode needs cq itself
    from cq.search.analysis import SearchAnalysis, SearchPlan
    from cq.search.names import NameQuery

    query = NameQuery(names=(_IDENTIFIER.pattern,), mode="regex", whole_word=True)
    analysis = SearchAnalysis(SearchPlan(query=query, folders=(data_folder("queries"),), text=True, facts=False))
    left_out = 0
    for first in range(0, len(paths), 100):
        some = paths[first : first + 100]
        expected = oracle(typescript, some)
        left_out += len(some) - len(expected)
        for path, said in expected.items():
            rows = [json.loads(row) for _, row in analysis.run(path, Path(path).read_bytes()).rows]
            if len(rows) >= 100_000:
                left_out += 1
                continue
            found = {row["start_byte"]: (row["role"], row.get("kind", "")) for row in rows}
            short = os.path.relpath(path, corpus)
            comparison.compare(short, said, re.compile(r"\b" + _IDENTIFIER.pattern), found)
    return left_out


def main() -> int:
    """Compare, print, and return the exit status."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("corpus")
    options.add_argument("names", nargs="*")
    options.add_argument("--typescript", required=True)
    options.add_argument("--count", type=int, default=20, help="how many names to pick when none is given")
    options.add_argument("--every-word", action="store_true")
    options.add_argument("--files", type=int, default=0, help="look at so many files, taken evenly (0: all)")
    options.add_argument("--max", type=int, default=40, help="disagreements to list")
    options.add_argument("--cq", default=f"{sys.executable} -m cq")
    given = options.parse_args()
    typescript = os.path.abspath(given.typescript)
    listing = subprocess.run(
        ["rg", "--files", "--no-ignore", *_GLOBS], capture_output=True, cwd=given.corpus, check=True
    )
    corpus = os.path.abspath(given.corpus)
    listed = sorted(os.path.join(corpus, os.fsdecode(line)) for line in listing.stdout.splitlines())
    paths = [path for path in listed if os.path.getsize(path) <= _TOO_LARGE]
    if given.files and len(paths) > given.files:
        paths = [paths[int(at * len(paths) / given.files)] for at in range(given.files)]
    comparison, left_out, wrong_counts = Comparison(), 0, 0
    if given.every_word:
        left_out = every_word(comparison, typescript, corpus, paths)
        comparison.print_table()
    else:
        words = {path: Counter(_IDENTIFIER.findall(Path(path).read_text("utf-8", "replace"))) for path in listed}
        counts = sum(words.values(), Counter())
        known: dict[str, Expected | None] = {}
        for name in given.names or pick(counts, given.count):
            found, account = rows_by_command(shlex.split(given.cq), corpus, name)
            here = [path for path in paths if name in words[path]]
            fresh = [path for path in here if path not in known]
            known |= dict.fromkeys(fresh) | (oracle(typescript, fresh) if fresh else {})
            one = Comparison()
            for path in here:
                expected = known[path]
                if expected is not None:
                    short = os.path.relpath(path, corpus)
                    one.compare(short, expected, re.compile(rf"\b{re.escape(name)}\b"), found.get(short, {}))
            total = count_with_ripgrep(corpus, name)
            same = total == sum(account.values())
            wrong_counts += not same
            print(f"{name}: {total} hits" + ("" if same else f", and cq accounts for {sum(account.values())}"))
            one.print_table()
            comparison.places += one.places
            comparison.disagreements += one.disagreements
        left_out = sum(each is None for each in known.values())
    wrong = len(comparison.disagreements)
    for item in comparison.disagreements[: given.max]:
        print(f"{item.path}:{item.line}: {item.name}: {'.'.join(filter(None, item.expected))}, "
              f"cq says {'.'.join(filter(None, item.found))}: {item.text[:160]}")  # fmt: skip
    places = comparison.places
    print(
        f"{places - wrong} of {places} places agree ({100 * (places - wrong) / max(places, 1):.4f} %); "
        f"{left_out} files left out; {wrong_counts} counts unlike ripgrep's"
    )
    return 1 if wrong or wrong_counts else 0


def count_with_ripgrep(corpus: str, name: str) -> int:
    """How often ripgrep finds the word."""
    arguments = ["rg", "-w", "-F", "--no-ignore", "--count-matches", "--no-filename", *_GLOBS, "--", name, corpus]
    done = subprocess.run(arguments, capture_output=True, check=False)
    return sum(int(line) for line in done.stdout.split())


if __name__ == "__main__":
    sys.exit(main())
