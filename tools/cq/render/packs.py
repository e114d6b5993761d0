"""Packs, their patterns, their problems and the drift of their grammars as lines of text."""

import os
from collections.abc import Iterable, Iterator, Sequence

from cq.render.color import Palette, printable
from cq.rows.packs import DriftRow, PackProblem, PackRow, PatternRow

_NAMES_SHOWN = 8


def list_text(colours: Palette, rows: Sequence[PackRow]) -> Iterator[str]:
    """One aligned line for each pack, below a head."""
    if not rows:
        return
    languages = max(8, *(len(row.language) for row in rows))
    packs = max(len(row.pack) for row in rows)
    head = f"{'language':<{languages}}  {'pack':<{packs}}  patterns  inherited  chains  {'hash':<16}  file"
    yield f"{colours.head}{head}{colours.reset}"
    for row in rows:
        numbers = f"{row.patterns:>8}  {row.inherited:>9}  {row.chains:>6}"
        files = " + ".join(map(shown_path, row.files))
        missing = "" if row.installed else "  (the grammar is not installed)"
        yield (
            f"{row.language:<{languages}}  {row.pack:<{packs}}  {numbers}  {colours.dim}{row.hash}{colours.reset}  "
            f"{colours.path}{files}{colours.reset}{missing}"
        )


def show_text(colours: Palette, rows: Iterable[PatternRow]) -> Iterator[str]:
    """Each pattern as it is written, below its place and what a match of it says."""
    for row in rows:
        says = [row.emit]
        says += [f"role={row.role}"] if row.role not in ("", row.emit) else []
        says += [f"kind={row.kind}"] if row.kind else []
        says.append(f"at=@{row.anchor}" if row.anchor else "no capture")
        says.append("chain" if row.chain else "query")
        place = f"{colours.path}{shown_path(row.path)}{colours.reset}:{colours.line}{row.line}{colours.reset}"
        yield f"{place}: {colours.head}{' '.join(says)}{colours.reset}"
        captures = " ".join(f"@{name}" for name in row.captures)
        yield f"  {colours.dim}captures: {captures}{colours.reset}"
        if row.predicates:
            yield f"  {colours.dim}predicates: {printable(' '.join(row.predicates))}{colours.reset}"
        for line in row.text.split("\n"):
            yield f"    {printable(line)}"


def problems_text(colours: Palette, problems: Sequence[PackProblem], files: int, patterns: int) -> Iterator[str]:
    """Each problem with its place, the pattern that it is in and a hint; then how many there are."""
    for problem in problems:
        yield from _problem(colours, problem)
    yield f"{counted(files, 'file')}, {counted(patterns, 'pattern')}: {counted(len(problems), 'problem')}"


def drift_text(colours: Palette, languages: Sequence[DriftRow], problems: Sequence[PackProblem]) -> Iterator[str]:
    """For each language the versions, what changed between them, and each pattern that breaks."""
    width = max((len(row.language) for row in languages), default=0)
    for row in languages:
        yield f"{colours.head}{row.language:<{width}}{colours.reset}  {row.grammar} {_versions(row)}"
        for sign, changes in (("+", row.added), ("-", row.removed)):
            for what, names in changes.items():
                more = f" and {len(names) - _NAMES_SHOWN} more" if len(names) > _NAMES_SHOWN else ""
                yield f"  {sign} {what}: {printable(' '.join(names[:_NAMES_SHOWN]))}{more}"
        for problem in problems:
            if problem.language == row.language:
                yield from (f"  {line}" for line in _problem(colours, problem))


def shown_path(path: str) -> str:
    """A path as it opens from the current folder, fit for a terminal."""
    here = os.path.join(os.getcwd(), "")
    return printable(path.removeprefix(here))


def counted(number: int, word: str) -> str:
    """A number and what it counts: "no problems", "1 file", "2 files"."""
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"


def _versions(row: DriftRow) -> str:
    if not row.version and row.note:
        return f"{row.written_for}: {row.note}".lstrip(": ")
    versions = f"{row.written_for} -> {row.version}" if row.written_for else row.version
    count = counted(row.problems, "problem") if row.problems else "fits"
    note = f" ({row.note})" if row.note else ""
    return f"{versions}: {counted(row.patterns, 'pattern')}, {count}{note}"


def _problem(colours: Palette, problem: PackProblem) -> Iterator[str]:
    place = f"{colours.path}{shown_path(problem.path)}{colours.reset}:{colours.line}{problem.line}{colours.reset}"
    message = f"{problem.severity}: {printable(problem.message)}"
    yield f"{place}:{problem.column}: {message} {colours.dim}[{problem.code}]{colours.reset}"
    if problem.pattern:
        yield f"    {printable(problem.pattern)}"
    if problem.hint:
        yield f"    hint: {printable(problem.hint)}"
