"""Compare a resolver's answers with an independent truth.

    python benchmarks/resolution.py ROOT TRUTH.jsonl [ROOT TRUTH.jsonl ...]
        [--resolver MODULE:CLASS | names | jedi] [--misses N] [--every N]

In: the folder of a project's source, and what its names refer to (by `resolution_truth_python.py` or `.._rust.py`).
Out: for each kind of target, how many of the references were found (recall) and how many of the answers that gave a
definition of that kind were right (precision), for certain and likely answers and with the possible ones; precision
for each confidence and reason; definitions found by name; CPU as a ratio to parsing all files once. `--resolver names`
(all definitions of the name) and `jedi` are for scale. `--misses N` shows about N of what was missed, and of what was
wrong, by how the name stands in the source.
"""

import argparse
import importlib
import os
import sys
import time
from typing import Protocol

from resolution_baselines import ByJedi, ByName
from resolution_rows import Place, Row, Sources, read_truth
from resolution_score import Score, Tally, figures, samples

from cq.grammar.language import load_language
from cq.grammar.parse import parse
from cq.index.file_tree import FileTree
from cq.index.selection import Selection
from cq.index.walk import list_files
from cq.lanes.table import lane_table
from cq.resources import data_folder
from cq.rows.resolution import Resolution, Target
from cq.symbols.project import Project

_GROUPS = {
    "functions and classes": ("function", "class", "struct", "enum", "union", "trait", "type", "macro"),
    "methods": ("method",),
    "members": ("method", "attribute", "field", "variant"),
}
_NAMED = (*_GROUPS["functions and classes"], "method", "constant", "static")


class Answers(Protocol):
    """The part of a resolver that is compared."""

    def definitions_at(self, path: str, start_byte: int) -> tuple[Resolution, ...]:
        """What the name that begins at this byte refers to."""

    def named(self, qualified_name: str) -> tuple[Target, ...]:
        """The definitions that a name may mean."""


def project_of(root: str) -> Project:
    """The project, with the files that cq would search in the folder."""
    table = lane_table((data_folder("queries"),))
    return Project(FileTree(root), list_files(Selection(root=root)).files, table)


def resolver_of(name: str, project: Project, rows: list[Row]) -> Answers:
    """The resolver: a class `MODULE:CLASS` of one argument, or one of the baselines."""
    if name == "names":
        return ByName(rows)
    if name == "jedi":
        return ByJedi(project.root)
    module, _, made = name.partition(":")
    answers: Answers = getattr(importlib.import_module(module), made)(project)
    return answers


def language_of(project: Project, rows: list[Row]) -> str:
    """The language of the truth's files."""
    return project.table.by_path(rows[0].path)


def parse_seconds(project: Project, language: str) -> float:
    """The CPU of parsing all files of the language once."""
    grammar = load_language(project.table.languages[language].grammar)
    data = [project.read(path) or b"" for path in project.paths(language)]
    began = time.process_time()
    for each in data:
        parse(grammar, each)
    return time.process_time() - began


def compare_named(answers: Answers, rows: list[Row]) -> Tally:
    """Definitions found by name alone, against the definitions of the truth."""
    known: dict[str, set[Place]] = {}
    asked = {(row.path, row.start) for row in rows}
    for row in rows:
        if row.is_definition and row.kind in _NAMED:
            known.setdefault(row.name, set()).add((row.path, row.start))
    tally = Tally()
    for name, places in known.items():
        got = {(each.path, each.start_byte) for each in answers.named(name) if each.kind in _NAMED or not each.kind}
        judged = got & asked
        tally.rows += len(places)
        tally.found += len(places & got)
        tally.answers += len(judged)
        tally.right += len(judged & places)
    return tally


class Comparison:
    """One project's answers against its truth, and what they cost."""

    def __init__(self, root: str, truth: str, resolver: str, every: int) -> None:
        self.title = os.path.basename(truth)
        self.rows = read_truth(truth, every)
        self.project = project_of(os.path.realpath(root))
        language = language_of(self.project, self.rows)
        self.parsing = parse_seconds(self.project, language)
        self.files = len(self.project.paths(language))
        self.resolver = resolver or f"cq.symbols.{language}.resolver:{language.capitalize()}Resolver"
        began = time.process_time()
        answers = resolver_of(self.resolver, self.project, self.rows)
        answers.definitions_at(self.rows[0].path, self.rows[0].start)
        self.first = time.process_time() - began
        self.score = Score(self.rows)
        for row in self.rows:
            self.score.take(row, answers.definitions_at(row.path, row.start))
        self.rest = time.process_time() - began - self.first
        self.score.named = compare_named(answers, self.rows)

    def line(self) -> str:
        """The main figures in one line."""
        inside = self.score.over(None)
        parts = [f"{self.title:26} inside {inside.rows:6} {inside.recall():.3f} {inside.precision():.3f}"]
        for name, kinds in _GROUPS.items():
            tally = self.score.over(kinds)
            parts.append(f"{name} {tally.rows:5} {tally.recall():.3f} {tally.precision():.3f}")
        return "   ".join(parts)

    def cost(self) -> str:
        """CPU, as ratios."""
        names = 1e4 * self.rest / self.parsing / len(self.rows)
        first = self.first / self.parsing
        return (
            f"CPU as a ratio to parsing all {self.files} files once: {first:.2f} for the first answer,"
            f" then {names:.2f} for each 10,000 names"
        )


def main() -> int:
    """Run the comparison and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", metavar="ROOT TRUTH", help="one project, or several")
    parser.add_argument("--resolver", default="", help="MODULE:CLASS, names or jedi; default: the truth's language's")
    parser.add_argument("--misses", type=int, default=0, metavar="N")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only one name out of N")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if len(options.pairs) % 2:
        parser.error("give a folder and a truth file, or more such pairs")
    total = Score(())
    for root, truth in zip(options.pairs[::2], options.pairs[1::2], strict=True):
        done = Comparison(root, truth, options.resolver, options.every)
        if len(options.pairs) == 2:
            print(f"{done.title}: {len(done.rows)} names, {done.resolver}")
        else:
            print(done.line(), flush=True)
        if options.misses:
            shown = samples(done.score, done.rows, Sources(done.project.root), options.misses, options.seed)
            print(*shown, "", sep="\n")
        total.add(done.score)
    print(*figures(total, _GROUPS), sep="\n")
    if len(options.pairs) == 2:
        print(done.cost())
    return 0


if __name__ == "__main__":
    sys.exit(main())
