"""What is wrong with one pack file: that it is no text, empty, inherits from nothing, and each of its patterns.

In: a file, the packs of all folders, the contract, the grammar. Out: problems, in the order of the file.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cq.errors import CqError
from cq.packs.contract import PackContract
from cq.packs.drift import Grammar, fit
from cq.packs.lint import lint_pattern
from cq.packs.pattern import PatternText, split_patterns
from cq.packs.problems import Subject
from cq.packs.source import PackSource, inherited_by
from cq.rows.packs import PackProblem

_EXCUSE = re.compile(r"\s*;+\s*(unrooted|non-local)\s*:\s*(.*?)\s*$")


class Linted(NamedTuple):
    """What a look at one file gave."""

    problems: list[PackProblem]
    patterns: int  # how many patterns were looked at


def lint_file(subject: Subject, source: PackSource, contract: PackContract, grammar: Grammar | None) -> Linted:
    """The problems of a pack file. Raises CqError when the file cannot be read."""
    try:
        with open(subject.path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise CqError(f"{subject.path}: {error.strerror}") from error
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        message = f"not UTF-8: byte 0x{data[error.start]:02x}"
        return Linted([subject.problem("not-utf-8", message, "save the file as UTF-8", line, column)], 0)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems, inherited = _inherited(subject, source, text, grammar)
    patterns, broken = _patterns(subject, text)
    if not patterns and not broken and not inherited and not problems:
        hint = "(call function: (identifier) @name) @reference.call"
        problems.append(subject.problem("empty-pack", "this pack has no pattern", hint))
    problems += broken
    lines = text.split("\n")
    for pattern in patterns:
        problems += lint_pattern(subject, pattern, contract, grammar, _excuses(lines, pattern.line))
    return Linted(sorted(problems, key=lambda each: (each.path != subject.path, each.line, each.column)), len(patterns))


def _inherited(
    subject: Subject, source: PackSource, text: str, grammar: Grammar | None
) -> tuple[list[PackProblem], Sequence[PatternText]]:
    """Problems of what the pack inherits: there must be such packs, and their patterns must fit here as well."""
    try:
        parents = inherited_by(subject.path, text)
        patterns = source.inherited(subject.language, subject.pack, subject.path, parents)
    except CqError as error:
        # What is wrong with a file that it inherits from is said of that file.
        own = error.message.startswith(f"{subject.path}:1:")
        code = "inherits" if own else "inherits-broken"
        return [subject.from_error(error, code) if own else subject.problem(code, error.message, error.hint or "")], ()
    problems: list[PackProblem] = []
    if grammar is not None and any(parent != subject.language for parent in parents):
        for pattern in patterns:
            problems += fit(subject, pattern, grammar)[0]
    return problems, patterns


def _patterns(subject: Subject, text: str) -> tuple[list[PatternText], list[PackProblem]]:
    """The patterns; of a text that cannot be cut into patterns those of the pieces that can, and what is wrong."""
    try:
        return split_patterns(subject.path, text), []
    except CqError as error:
        whole = subject.from_error(error, "syntax")
    lines = text.split("\n")
    # A bracket that is not closed takes in all that follows: begin again where a line begins with one.
    starts = [number for number, line in enumerate(lines) if line.startswith(("(", "["))]
    patterns: list[PatternText] = []
    problems: list[PackProblem] = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        piece = "\n" * start + "\n".join(lines[start:end])
        try:
            patterns += split_patterns(subject.path, piece)
        except CqError as error:
            problems.append(subject.from_error(error, "syntax"))
    return patterns, problems or [whole]


def _excuses(lines: Sequence[str], line: int) -> dict[str, str]:
    """The reasons that the comments directly above a line give: {"non-local": "why"}."""
    found: dict[str, str] = {}
    above = line - 2
    while above >= 0 and lines[above].lstrip().startswith(";"):
        excuse = _EXCUSE.match(lines[above])
        if excuse:
            found[excuse[1]] = excuse[2]
        above -= 1
    return found
