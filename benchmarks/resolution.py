"""Compare a resolver's answers with an independent truth, on one project.

    python benchmarks/resolution.py ROOT TRUTH.jsonl [--resolver MODULE:CLASS | names | jedi] [--misses N] [--every N]

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
from collections.abc import Iterator
from typing import Any, Protocol

from resolution_baselines import ByJedi, ByName
from resolution_rows import Place, Row, Sources, read_truth
from resolution_score import Score, figures, samples

from cq.grammar.language import load_language
from cq.grammar.parse import parse
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
    return Project(root, list_files(Selection(root=root)).files, table)


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


def compare_named(answers: Answers, rows: list[Row]) -> Iterator[str]:
    """Definitions found by name alone, against the definitions of the truth."""
    known: dict[str, set[Place]] = {}
    asked = {(row.path, row.start) for row in rows}
    for row in rows:
        if row.is_definition and row.kind in _NAMED:
            known.setdefault(row.name, set()).add((row.path, row.start))
    wanted = found = given = right = 0
    for name, places in known.items():
        got = {(each.path, each.start_byte) for each in answers.named(name) if each.kind in _NAMED or not each.kind}
        judged = {place for place in got if place in asked}
        wanted, found = wanted + len(places), found + len(places & got)
        given, right = given + len(judged), right + len(judged & places)
    recall, precision = found / wanted if wanted else 0.0, right / given if given else 0.0
    yield f"definitions of a name: {wanted}, recall {recall:.3f}, precision {precision:.3f}"


def main() -> int:
    """Run the comparison and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root")
    parser.add_argument("truth")
    parser.add_argument("--resolver", default="", help="MODULE:CLASS, names or jedi; default: the truth's language's")
    parser.add_argument("--misses", type=int, default=0, metavar="N")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only one name out of N")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rows: list[Any] = read_truth(options.truth, options.every)
    project = project_of(os.path.realpath(options.root))
    language = language_of(project, rows)
    parsing = parse_seconds(project, language)
    name = options.resolver or f"cq.symbols.{language}:{language.capitalize()}Resolver"
    began = time.process_time()
    answers = resolver_of(name, project, rows)
    answers.definitions_at(rows[0].path, rows[0].start)
    first = time.process_time() - began
    score = Score(rows)
    for row in rows:
        score.take(row, answers.definitions_at(row.path, row.start))
    whole = time.process_time() - began
    print(f"{os.path.basename(options.truth)}: {len(rows)} names, {name}")
    print(*figures(score, _GROUPS), sep="\n")
    print(*compare_named(answers, rows), sep="\n")
    ratio = f"{whole / parsing:.1f} of parsing all {len(project.paths(language))} files once"
    print(
        f"CPU: {ratio}, the first answer {first / parsing:.2f}, then {1e4 * (whole - first) / parsing / len(rows):.2f}"
    )
    print("     for each 10,000 names")
    if options.misses:
        print(*samples(score, rows, Sources(project.root), options.misses, options.seed), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
