"""`cq packs lint`: what is wrong with packs, by file, line and column."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from cq.cli.answer import write
from cq.cli.settle import query_folders
from cq.errors import CqError, nearest
from cq.grammar.language import load_language
from cq.grammar.node_types import installed_node_types
from cq.lanes.table import LaneTable, lane_table
from cq.packs.contract import read_contract
from cq.packs.drift import Grammar
from cq.packs.lint_file import lint_file
from cq.packs.problems import Subject
from cq.render.color import palette
from cq.render.packs import problems_text
from cq.resources import data_folder
from cq.rows.packs import PackLintAnswer, PackProblem
from cq.rows.shared import SchemaId, as_text


class Targets(NamedTuple):
    """The pack files to look at, and the languages and packs that they belong to."""

    table: LaneTable
    files: tuple[Subject, ...]


def lint(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command: 0 nothing wrong, 1 problems."""
    targets = _targets(query_folders(values), arguments)
    contract = read_contract(os.path.join(data_folder("contracts"), "packs.toml"))
    problems: list[PackProblem] = []
    patterns = 0
    grammars: dict[str, Grammar | None] = {}
    for subject in _subjects(targets):
        language = subject.language
        if language not in targets.table.languages:
            problems.append(_unknown(targets.table, subject))
            continue
        if language not in grammars:
            try:
                grammars[language] = _grammar(targets.table.languages[language].grammar)
            except CqError as error:
                grammars[language] = None
                found = subject.problem("no-grammar", f"{error.message}: nothing is held against it", error.hint or "")
                problems.append(msgspec.structs.replace(found, severity="warning"))
        linted = lint_file(subject, targets.table.packs, contract, grammars[language])
        problems += linted.problems
        patterns += linted.patterns
    # A shared pack is read once for each language that inherits from it.
    problems = list(dict.fromkeys(msgspec.structs.replace(each, path=as_text(each.path)) for each in problems))
    answer = PackLintAnswer(
        schema=SchemaId("cq.packs.lint"),
        summary={"files": len(targets.files), "patterns": patterns, "problems": len(problems)},
        rows=tuple(problems),
    )
    colours = palette(values.get("color", "auto"), sys.stdout)
    write(values, answer, problems, problems_text(colours, problems, len(targets.files), patterns))
    return int(any(problem.severity == "error" for problem in problems))


def _subjects(targets: Targets) -> Iterator[Subject]:
    """The files, those of shared folders once for each language that inherits from them: each has its grammar."""
    table = targets.table
    for subject in targets.files:
        if subject.language not in table.shared:
            yield subject
            continue
        for language in sorted(table.languages):
            if any(each.path == subject.path for each in table.packs.patterns(language, subject.pack)):
                yield subject._replace(language=language)


def _grammar(package: str) -> Grammar:
    return Grammar(installed_node_types(package), load_language(package))


def _targets(folders: tuple[str, ...], arguments: Sequence[str]) -> Targets:
    """What the arguments name: languages, folders of queries, folders of one language, or single files."""
    if not arguments:
        table = lane_table(folders)
        return Targets(table, tuple(_in_folders(folders)))
    table = lane_table(folders)
    words: list[str] = []
    paths: list[str] = []
    for argument in arguments:
        is_path = os.sep in argument or argument.endswith(".scm")
        if is_path or (argument.lower() not in table.aliases() and os.path.exists(argument)):
            if not os.path.exists(argument):
                raise CqError(f"no such file or folder: {argument}", "a .scm file, or a folder of queries")
            paths.append(os.path.abspath(argument))
        else:
            words.append(argument)
    wanted = table.named_or_all(words) if words else ()
    files = [subject for subject in _in_folders(folders) if subject.language in wanted]
    for path in paths:
        folder, found = _at(path)
        if not any(os.path.samefile(folder, known) for known in folders):
            folders = (*folders, folder)
        files += found
    return Targets(lane_table(folders), tuple(dict.fromkeys(files)))


def _at(path: str) -> tuple[str, list[Subject]]:
    """The folder of queries that a path is or is in, and the packs that it names."""
    if not os.path.isdir(path):
        within = os.path.dirname(path)
        return os.path.dirname(within), [_subject(path)]
    own = _packs_in(path)
    if own:
        return os.path.dirname(path), own
    return path, list(_in_folders((path,)))


def _in_folders(folders: Iterable[str]) -> Iterator[Subject]:
    for folder in folders:
        for name in sorted(os.listdir(folder)):
            yield from _packs_in(os.path.join(folder, name))


def _packs_in(folder: str) -> list[Subject]:
    if not os.path.isdir(folder):
        return []
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        raise CqError(f"{folder}: {error.strerror}") from error
    return [_subject(os.path.join(folder, name)) for name in names if name.endswith(".scm")]


def _subject(path: str) -> Subject:
    pack = os.path.splitext(os.path.basename(path))[0]
    return Subject(os.path.basename(os.path.dirname(path)), pack, path)


def _unknown(table: LaneTable, subject: Subject) -> PackProblem:
    word = subject.language.lower()
    hint = f"did you mean {table.named(word)}?" if word in table.aliases() else nearest(word, table.languages)
    message = f"no language {subject.language!r}: a pack stands in the folder of its language"
    return subject.problem("unknown-language", message, hint or "name it in a lanes.toml, or move the file")
