"""A search as text: grouped by role on a terminal, one line per place in a pipe."""

import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, pairwise
from typing import NamedTuple

import msgspec

from cq.render.color import Palette, printable
from cq.rows.search import MENTIONS, Near, Row, Summary
from cq.rows.shared import MISSING_GRAMMAR, Diagnostic, Skipped

_decode_row = msgspec.json.Decoder(Row).decode
_PLURALS = {"reference": "references", "keyword": "keywords", "text": "in text", "unparsed": "unparsed"}


class TextStyle(NamedTuple):
    """How to write rows."""

    palette: Palette
    heading: bool = False  # role headings and containers, for readers
    vimgrep: bool = False  # path:line:column:text, for editors
    only_matching: bool = False
    context: bool = False  # lines around the places, as the rows have them
    nul: bool = False  # a NUL byte behind each path
    width: int = 0  # cut lines to so many columns; 0: never
    clean: Callable[[str], str] = printable  # what of a file's text and name goes out
    shown_path: Callable[[str], str] = str


def rows_text(style: TextStyle, rows: Iterable[tuple[str, bytes]]) -> Iterator[str]:
    """The lines of rows (label of the group or "", JSON), which come in the order in which they are to be read."""
    heading = ("", "")
    last: tuple[str, int] | None = None  # path and number of the line that was written last
    decoded: Iterator[tuple[str, Row | None]] = ((label, _decode_row(encoded)) for label, encoded in rows)
    for (label, row), (_, following) in pairwise(chain(decoded, (("", None),))):
        assert row is not None
        if style.heading and (label, row.role) != heading:
            if heading[1]:
                yield ""
            if label != heading[0]:
                yield f"{style.palette.head}→ {style.clean(label)}{style.palette.reset}"
            heading = (label, row.role)
            yield f"{style.palette.head}{row.role}{style.palette.reset}"
            last = None
        path = style.clean(style.shown_path(row.path))
        if not style.context:
            yield _place(style, path, row)
            continue
        first = row.line - len(row.before)
        # Whether this place stands below what was written last, in the same file.
        below = last is not None and last[0] == row.path and last[1] <= row.line
        if last is not None and not (below and first <= last[1] + 1):
            yield "--"
        for number, line in enumerate(row.before, first):
            if last is None or not below or number > last[1]:
                yield _context(style, path, number, line)
        yield _place(style, path, row)
        last = (row.path, row.line)
        for number, line in enumerate(row.after, row.line + 1):
            if following is not None and _comes_first(style, following, row, number):
                break
            yield _context(style, path, number, line)
            last = (row.path, number)


def _comes_first(style: TextStyle, following: Row, row: Row, number: int) -> bool:
    """Whether the following place, under the same heading, stands on this line behind the row or above it."""
    if following.path != row.path or (style.heading and following.role != row.role):
        return False
    return row.line <= following.line <= number


def _place(style: TextStyle, path: str, row: Row) -> str:
    colours = style.palette
    behind = "\0" if style.nul else ":"
    location = f"{colours.path}{path}{colours.reset}{behind}{colours.line}{row.line}{colours.reset}:{row.column}"
    name = style.clean(row.name)
    if style.only_matching:
        gap = ":" if style.vimgrep else ": "
        return f"{location}{gap}{colours.name}{name}{colours.reset}"
    cut = "…" if row.text_column > 1 else ""
    start = row.column - row.text_column
    if not style.heading:
        text = _marked(cut + style.clean(row.text), start + len(cut), name, colours)
        return f"{location}:{text}" if style.vimgrep else f"{location}: {text}"
    stripped = row.text.lstrip()
    start -= len(row.text) - len(stripped)
    text = stripped.rstrip()
    if row.facts is not None and len(row.facts.signature) > len(text.rstrip(" :{(")) and row.facts.signature:
        text = row.facts.signature
        start = text.find(row.name)
        cut = ""
    text, start = cut + style.clean(text), start + len(cut)
    notes = style.clean(_notes(row))
    if style.width:
        used = _columns(path) + len(f":{row.line}:{row.column}  ")
        text, start = _around(text.replace("\t", " "), start, len(name), max(20, style.width - used))
        notes = shortened(notes, style.width - used - _columns(text) - 2)
    tail = f"  {colours.dim}{notes}{colours.reset}" if notes else ""
    return f"{location}  {_marked(text, start, name, colours)}{tail}"


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
    if row.confidence == "likely":
        parts.append("likely")
    elif row.confidence == "possible":
        target = row.target or row.candidates[0].target
        others = len(row.candidates) - (row.target is None)
        parts.append(f"possibly {target.qualified_name}{f' +{others}' if others else ''}")
    return "· " + " · ".join(parts) if parts else ""


def _marked(text: str, start: int, name: str, colours: Palette) -> str:
    end = start + len(name)
    if not colours.name or start < 0 or text[start:end] != name:
        return text
    return f"{text[:start]}{colours.name}{name}{colours.reset}{text[end:]}"


def _around(text: str, start: int, length: int, width: int) -> tuple[str, int]:
    """The text in so many columns, with the name in it, and where the name begins then."""
    if _columns(text[: start + length]) < width:
        return shortened(text, width), start
    begin = max(0, start - width // 3)
    return shortened("…" * (begin > 0) + text[begin:], width), start - begin + (begin > 0)


def shortened(text: str, width: int) -> str:
    if _columns(text) <= width:
        return text
    used = 1
    for at, character in enumerate(text):
        used += _columns(character)
        if used > width:
            return text[:at] + "…" if at > 1 else ""
    return text


def _columns(text: str) -> int:
    """How wide the text is on a terminal."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))


def _context(style: TextStyle, path: str, number: int, line: str) -> str:
    colours = style.palette
    location = f"{colours.path}{path}{colours.reset}{chr(0) if style.nul else '-'}{number}-"
    text = style.clean(line)
    if style.width:
        text = shortened(text.expandtabs(), max(20, style.width - _columns(path) - len(f"-{number}-")))
    return f"{location}{text}"


def header(summary: Summary, seconds: float, colours: Palette) -> str:
    """The account on one line: `61 hits = 2 definitions + 40 calls + ... + 0 unexplained`."""
    parts = [f"{count:,} {_counted(role, count)}" for role, count in summary.roles.items()]
    parts.append(f"{summary.unexplained} unexplained")
    files = f"in {summary.files:,} of {_many(summary.files_searched, 'file')}"
    text = f"{_many(summary.hits, 'hit')} = {' + '.join(parts)}"
    return f"{colours.head}{text}{colours.reset} {colours.dim}· {files} · {seconds:.2f} s{colours.reset}"


def footer(summary: Summary, ledger: tuple[Skipped, ...], whole_ledger: bool) -> Iterator[str]:
    """What is not shown and what was not searched, so that nothing is lost in silence."""
    withheld = dict(summary.withheld)
    mentions = {role: n for role, n in summary.roles.items() if role in MENTIONS}
    mentioned = withheld.pop("mention", 0)
    if mentioned:
        if mentioned == sum(mentions.values()) - mentions.get("doc-example", 0):
            mentions.pop("doc-example", 0)  # these are shown: --injected
        listed = ", ".join(f"{n:,} {_counted(role, n)}" for role, n in mentions.items())
        yield f"not shown: {listed} (--text shows them)"
    for reason, count in withheld.items():
        if reason == "max-count":
            yield f"not shown: {_many(count, 'hit')} beyond --max-count"
        elif reason == "possible":
            yield f"not shown: {_many(count, 'hit')} that may refer to it (--possible shows them)"
        elif reason == "unresolved":
            yield f"not shown: {_many(count, 'hit')} of which nothing is known (--possible shows them)"
        elif reason == "truncated":
            yield f"not shown: {_many(count, 'hit')} beyond what is kept of one file"
        elif " " in reason or reason in ("used", "public", "decorated"):  # why a definition is not called unused
            yield f"not shown: {_many(count, 'definition')}: {reason}"
        else:
            yield f"not shown: {_many(count, 'hit')} with another {reason}"
    if summary.shown < summary.rows:
        yield f"not shown: {_many(summary.rows - summary.shown, 'row')} beyond --limit"
    for skipped in ledger:
        if skipped.reason == MISSING_GRAMMAR:
            continue  # said once, with what to install
        what = "parsed with errors" if skipped.reason == "syntax-error" else skipped.reason
        if skipped.reason == "binary" and not whole_ledger:
            # Images and the like: how many is enough, `cq files --explain` and the JSON name them.
            yield f"not searched: {_many(skipped.count, 'binary file')}"
            continue
        names = skipped.paths if whole_ledger else skipped.paths[:3]
        more = f" and {skipped.count - len(names)} more" if skipped.count > len(names) else ""
        yield f"{what}: {_many(skipped.count, 'file')}: {', '.join(map(printable, names))}{more}"


def why_not(near: Near) -> Iterator[str]:
    """Where the name stands, or names like it, when there is no row."""
    if near.mentions:
        yield "it stands in " + ", ".join(f"{n} {_counted(role, n)}" for role, n in near.mentions.items())
    for reason, count in near.elsewhere.items():
        yield f"{_many(count, 'hit')} in {reason} files"
    if near.examples:
        yield "for example " + ", ".join(map(printable, near.examples))
    if near.names:
        yield "names like it: " + ", ".join(map(printable, near.names))
    if near.hint:
        yield "hint: " + near.hint


def diagnostic_text(diagnostic: Diagnostic) -> str:
    """One diagnostic as compilers print it."""
    place = printable(diagnostic.path)
    if diagnostic.line:
        place += f":{diagnostic.line}:{diagnostic.column}"
    return f"{place}: {diagnostic.severity}: {diagnostic.message}"


def diagnostic_lines(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """Diagnostics as compilers print them; of a grammar that is not installed one line for all its files."""
    missing: dict[str, int] = {}
    for diagnostic in diagnostics:
        if diagnostic.code == MISSING_GRAMMAR and diagnostic.path and diagnostic.severity == "warning":
            missing[diagnostic.message] = missing.get(diagnostic.message, 0) + 1
        else:
            yield diagnostic_text(diagnostic)
    for message, count in sorted(missing.items()):
        yield f"cq: {_many(count, 'file')}: {printable(message)}"


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
