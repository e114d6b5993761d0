"""Check cq's roles of Rust names against a second opinion that knows nothing of tree-sitter.

    python benchmarks/roles_rust.py CORPUS [NAMES...] [--max N] [--names N] [--functions]

A small lexer and rules about the tokens around a name say, for every whole-word hit, which roles are
admissible. `cq search NAME --json` is compared with that by path and byte offset. Printed are a confusion table per
name, the agreement, the first disagreements, and whether cq's hits are as many as ripgrep's. With `--functions`
it also looks up every `fn NAME` of the corpus as a definition.
"""

import argparse
import bisect
import collections
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import NamedTuple

from cq.verify.rust.places import KEYWORDS
from cq.verify.rust.roles import RustFile


class Result(NamedTuple):
    """The comparison of one name."""

    name: str
    table: collections.Counter[tuple[str, str]]  # (admissible roles, cq's role) -> hits
    disagreements: list[str]
    hits: int
    in_macros: tuple[int, int]  # agreeing, all
    counted: int  # by ripgrep; -1 when there is none
    answered: int  # cq's sum of all roles


def cq_rows(corpus: str, name: str) -> tuple[dict[tuple[str, int], str], int]:
    """cq's role of each hit by path and byte offset, and the sum of its account."""
    command = [sys.executable, "-m", "cq", "search", name, "--root", corpus, "--text", "--json", "--no-facts"]
    command += ["-t", "rust", "--hidden", "--no-ignore"]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode > 1:
        sys.exit(done.stderr.decode())
    answer = json.loads(done.stdout)
    rows = {(row["path"], row["start_byte"]): row["role"] for row in answer.get("rows", ())}
    return rows, sum(answer["summary"].get("roles", {}).values())


def ripgrep_count(corpus: str, name: str) -> int:
    """How many whole-word hits ripgrep finds; -1 when it is not installed."""
    if shutil.which("rg") is None:
        return -1
    command = [
        "rg",
        "-w",
        "-F",
        "--no-filename",
        "--count-matches",
        "--hidden",
        "--no-ignore",
        "-g",
        "*.rs",
        name,
        corpus,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return sum(map(int, done.stdout.split()))


class Corpus:
    """The files below a folder, each read into tokens once."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._files: dict[str, RustFile] = {}

    def file(self, path: str) -> RustFile:
        """One file of the corpus as tokens."""
        if path not in self._files:
            with open(os.path.join(self.folder, path), encoding="latin-1", newline="") as file:
                self._files[path] = RustFile(file.read())
        return self._files[path]

    def paths(self) -> Iterator[str]:
        """The Rust files of the corpus, in order."""
        for folder, folders, names in os.walk(self.folder):
            folders.sort()
            for name in sorted(names):
                if name.endswith(".rs"):
                    yield os.path.relpath(os.path.join(folder, name), self.folder)

    def chosen_names(self, count: int) -> list[str]:
        """Names from rare to frequent, the same ones on every run."""
        seen: collections.Counter[str] = collections.Counter()
        paths = list(self.paths())
        for path in paths[:: 1 + len(paths) // 500]:
            seen.update(token.text for token in self.file(path).code if token.kind == "word")
        ranked = sorted(
            (found, name)
            for name, found in seen.items()
            if name not in KEYWORDS and name != "_" and name.isascii() and "#" not in name
        )
        if not ranked:
            return []
        # Even steps on a logarithmic scale, so that a half of the names is not among those that stand twice.
        low, high = ranked[0][0], ranked[-1][0]
        names: list[str] = []
        for step in range(count):
            wanted = low * (high / low) ** ((step + 0.5) / count)
            at = min(bisect.bisect_left(ranked, (wanted, "")), len(ranked) - 1)
            while at and ranked[at][1] in names:
                at -= 1
            names.append(ranked[at][1])
        return names

    def compare(self, name: str, most: int) -> Result:
        """Both opinions of one name."""
        rows, answered = cq_rows(self.folder, name)
        table: collections.Counter[tuple[str, str]] = collections.Counter()
        wrong: list[str] = []
        in_macros = good_in_macros = 0
        for (path, start), role in rows.items():
            file = self.file(path)
            expected, in_macro = file.roles(start, start + len(name.encode()))
            good = role in expected
            in_macros += in_macro
            good_in_macros += in_macro and good
            table[" ".join(sorted(expected)), role] += 1
            if not good:
                line = file.source.count("\n", 0, start) + 1
                begin = file.source.rfind("\n", 0, start) + 1
                shown = file.source[begin : file.source.find("\n", start)].strip()[:110]
                mark = "*" if in_macro else " "
                wrong.append(
                    f"{mark} {'|'.join(sorted(expected))} not {role}  {path}:{line}:{start - begin + 1}: {shown}"
                )
        counted = ripgrep_count(self.folder, name)
        return Result(name, table, wrong[:most], len(rows), (good_in_macros, in_macros), counted, answered)

    def function_names(self) -> Iterator[tuple[str, int, str]]:
        """Path, byte offset and name of every `fn NAME` outside comments and strings."""
        for path in self.paths():
            file = self.file(path)
            for index, text in enumerate(file.text):
                if text == "fn" and file.is_word(index + 1) and file.place[index] != "decorator":
                    token = file.code[index + 1]
                    start = token.start + 2 * token.text.startswith("r#")
                    yield path, start, token.text.removeprefix("r#")


def check_functions(corpus: Corpus, most: int) -> None:
    """Print how many `fn NAME` items cq finds as definitions."""
    command = [sys.executable, "-m", "cq", "search", ".", "--regex", "--root", corpus.folder, "--json", "--no-facts"]
    command += ["--role", "definition", "-t", "rust", "--hidden", "--no-ignore"]
    answer = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    known = {(row["path"], row["start_byte"]) for row in answer.get("rows", ())}
    items = list(corpus.function_names())
    missing = [item for item in items if item[:2] not in known]
    share = 100 * (1 - len(missing) / max(1, len(items)))
    print(f"fn items: {len(items)}, found as definitions: {len(items) - len(missing)} ({share:.2f}%)")
    for path, start, name in missing[:most]:
        line = corpus.file(path).source.count("\n", 0, start) + 1
        print(f"  missing {name}  {path}:{line}")


def main() -> int:
    """Compare, print, and return 1 when the hits do not add up."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--max", type=int, default=10, help="disagreements shown per name")
    parser.add_argument("--names", type=int, default=20, dest="count", help="how many names are chosen")
    parser.add_argument("--functions", action="store_true", help="look up every fn item")
    parser.add_argument("--quiet", action="store_true", help="no confusion tables")
    options = parser.parse_args()
    corpus = Corpus(options.corpus)
    total = agreed = macro_total = macro_agreed = decided = 0
    adds_up = True
    for name in options.names or corpus.chosen_names(options.count):
        result = corpus.compare(name, options.max)
        good = sum(count for (expected, role), count in result.table.items() if role in expected.split())
        total += result.hits
        agreed += good
        decided += sum(count for (expected, _), count in result.table.items() if " " not in expected)
        macro_agreed += result.in_macros[0]
        macro_total += result.in_macros[1]
        counts = "" if result.counted in (-1, result.answered) else f"  HITS: cq {result.answered}, rg {result.counted}"
        adds_up = adds_up and not counts
        if not options.quiet or good < result.hits or counts:
            print(f"{name}: {good}/{result.hits}{counts}")
        if not options.quiet:
            for (expected, role), count in sorted(result.table.items()):
                print(f"  {count:7d}  {expected:24s} {'' if role in expected.split() else '!= '}{role}")
        for line in result.disagreements:
            print("   " + line)
    print(f"agreement {agreed}/{total} = {100 * agreed / max(1, total):.2f}%", end="")
    print(f" (one role admissible for {100 * decided / max(1, total):.1f}%);", end=" ")
    print(f"in macros {macro_agreed}/{macro_total} = {100 * macro_agreed / max(1, macro_total):.2f}%")
    if options.functions:
        check_functions(corpus, options.max)
    return 0 if adds_up else 1


if __name__ == "__main__":
    sys.exit(main())
