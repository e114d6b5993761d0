"""A search as text: grouped by role on a terminal, one line per place in a pipe."""

import os
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import msgspec

from cq.render.color import Palette
from cq.rows import MENTIONS, Diagnostic, Near, Row, Skipped, Summary

_decode_row = msgspec.json.Decoder(Row).decode
# What a terminal must not be told to do by a file's content.
_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), "\N{REPLACEMENT CHARACTER}")
_PLURALS = {"reference": "references", "keyword": "keywords", "text": "in text", "unparsed": "unparsed"}


class TextStyle(NamedTuple):
    """How to write rows."""

    palette: Palette
    heading: bool = False  # role headings and containers, for readers
    vimgrep: bool = False  # path:line:column:text, for editors
    only_matching: bool = False
    nul: bool = False  # a NUL byte behind each path
    width: int = 0  # cut lines to so many columns; 0: never
    shown_path: Callable[[str], str] = str


def rows_text(style: TextStyle, rows: Iterable[tuple[str, bytes]]) -> Iterator[str]:
    """The lines of rows (role, JSON), which come in the order in which they are to be read."""
    heading = ""
    context: tuple[str, int] = ("", 0)
    for role, encoded in rows:
        row = _decode_row(encoded)
        if style.heading and role != heading:
            if heading:
                yield ""
            heading = role
            yield f"{style.palette.head}{role}{style.palette.reset}"
        path = style.shown_path(row.path)
        if row.before or row.after:
            first = row.line - len(row.before)
            if context[0] and (context[0] != path or first > context[1] + 1 or row.line <= context[1]):
                yield "--"
                context = ("", 0)
            for number, line in enumerate(row.before, first):
                if context[0] != path or number > context[1]:
                    yield _context(style, path, number, line)
        yield _place(style, path, row)
        if row.before or row.after:
            for number, line in enumerate(row.after, row.line + 1):
                yield _context(style, path, number, line)
            context = (path, row.line + len(row.after))


def _place(style: TextStyle, path: str, row: Row) -> str:
    colours = style.palette
    if style.nul:
        location = f"{colours.path}{path}{colours.reset}\0{colours.line}{row.line}{colours.reset}:{row.column}"
    else:
        location = f"{colours.path}{path}{colours.reset}:{colours.line}{row.line}{colours.reset}:{row.column}"
    if style.only_matching:
        gap = ":" if style.vimgrep else ": "
        return f"{location}{gap}{colours.name}{row.name}{colours.reset}"
    cut = "…" if row.text_column > 1 else ""
    start = row.column - row.text_column
    if not style.heading:
        text = cut + _marked(row.text, start, row.name, colours)
        return f"{location}:{text}" if style.vimgrep else f"{location}: {text}"
    stripped = row.text.lstrip()
    start -= len(row.text) - len(stripped)
    text = stripped.rstrip()
    if row.facts is not None and len(row.facts.signature) > len(text.rstrip(" :{(")) and row.facts.signature:
        text = row.facts.signature
        start = text.find(row.name)
    notes = _notes(row)
    if style.width:
        used = len(path) + len(str(row.line)) + len(str(row.column)) + 4
        text = _fit(text, max(20, style.width - used - len(cut)), start + len(row.name))
        notes = _fit(notes, max(0, style.width - used - len(text) - len(cut) - 3), 0)
    tail = f"  {colours.dim}{notes.translate(_CONTROLS)}{colours.reset}" if notes else ""
    return f"{location}  {cut}{_marked(text, start, row.name, colours)}{tail}"


def _notes(row: Row) -> str:
    parts = []
    if row.scope:
        parts.append(f"in {' > '.join(row.scope)}")
    if row.via:
        parts.append(f"via {row.via}")
    if row.method != "syntax":
        parts.append(row.method)
    if row.facts is not None:
        parts.extend(row.facts.decorators[:3])
        if row.facts.doc:
            parts.append(row.facts.doc)
    return "· " + " · ".join(parts) if parts else ""


def _marked(text: str, start: int, name: str, colours: Palette) -> str:
    end = start + len(name)
    if not colours.name or start < 0 or text[start:end] != name:
        return text.translate(_CONTROLS) if colours.name else text
    before, after = text[:start].translate(_CONTROLS), text[end:].translate(_CONTROLS)
    return f"{before}{colours.name}{text[start:end]}{colours.reset}{after}"


def _fit(text: str, width: int, keep: int) -> str:
    width = max(width, keep + 1)
    return text if len(text) <= width else text[: width - 1] + "…"


def _context(style: TextStyle, path: str, number: int, line: str) -> str:
    colours = style.palette
    text = line.translate(_CONTROLS) if colours.name else line
    if style.nul:
        return f"{colours.path}{path}{colours.reset}\0{number}-{text}"
    return f"{colours.path}{path}{colours.reset}-{number}-{text}"


def header(summary: Summary, seconds: float, colours: Palette) -> str:
    """The account on one line: `61 hits = 2 definitions + 40 calls + ... + 0 unexplained`."""
    parts = [f"{count:,} {_counted(role, count)}" for role, count in summary.roles.items()]
    parts.append(f"{summary.unexplained} unexplained")
    files = f"{_many(summary.files, 'file')} of {summary.files_searched:,} searched"
    text = f"{_many(summary.hits, 'hit')} = {' + '.join(parts)}"
    return f"{colours.head}{text}{colours.reset} {colours.dim}· {files} · {seconds:.2f} s{colours.reset}"


def footer(summary: Summary, ledger: tuple[Skipped, ...], whole_ledger: bool) -> Iterator[str]:
    """What is not shown and what was not searched, so that nothing is lost in silence."""
    withheld = dict(summary.withheld)
    mentions = {role: n for role, n in summary.roles.items() if role in MENTIONS}
    if withheld.pop("mention", 0):
        listed = ", ".join(f"{n:,} {_counted(role, n)}" for role, n in mentions.items())
        yield f"not shown: {listed} (--text shows them)"
    for reason, count in withheld.items():
        yield (
            f"not shown: {_many(count, 'hit')} with another {reason}"
            if reason != "max-count"
            else (f"not shown: {_many(count, 'hit')} beyond --max-count")
        )
    if summary.shown < summary.rows:
        yield f"not shown: {_many(summary.rows - summary.shown, 'row')} beyond --limit"
    for skipped in ledger:
        what = "parsed with errors" if skipped.reason == "syntax-error" else skipped.reason
        if skipped.reason == "binary" and not whole_ledger:
            # Images and the like: how many is enough, `cq files --explain` and the JSON name them.
            yield f"not searched: {_many(skipped.count, 'binary file')}"
            continue
        names = skipped.paths if whole_ledger else skipped.paths[:3]
        more = f" and {skipped.count - len(names)} more" if skipped.count > len(names) else ""
        yield f"{what}: {_many(skipped.count, 'file')}: {', '.join(names)}{more}"


def why_not(near: Near) -> Iterator[str]:
    """Where the name stands, or names like it, when there is no row."""
    if near.mentions:
        yield "it stands in " + ", ".join(f"{n} {_counted(role, n)}" for role, n in near.mentions.items())
    for reason, count in near.elsewhere.items():
        yield f"{_many(count, 'hit')} in {reason} files"
    if near.examples:
        yield "for example " + ", ".join(near.examples)
    if near.names:
        yield "names like it: " + ", ".join(near.names)
    if near.hint:
        yield "hint: " + near.hint


def diagnostic_text(diagnostic: Diagnostic) -> str:
    """One diagnostic as compilers print it."""
    place = diagnostic.path
    if diagnostic.line:
        place += f":{diagnostic.line}:{diagnostic.column}"
    return f"{place}: {diagnostic.severity}: {diagnostic.message}"


def terminal_width() -> int:
    """Columns of the terminal on stdout, or 0."""
    try:
        return os.get_terminal_size(1).columns
    except OSError:
        return 0


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _counted(role: str, count: int) -> str:
    if role in ("unparsed", "text"):
        return _PLURALS[role]
    return role if count == 1 else role + "s"
