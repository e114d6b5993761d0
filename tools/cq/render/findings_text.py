"""Findings as compilers print them: the place and the message, the line with a caret, then hints and the fix."""

import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from cq.render.color import PLAIN, Palette, printable
from cq.rows.findings import PATTERN, Finding, FindingsSummary, Hint
from cq.rows.shared import Report, Skipped

# Beyond so many, what could have stood there says nothing.
_EXPECTED_SHOWN = 6
_TAB = 4
# Of what a fix puts in.
_FIX_SHOWN = 60


class FindingsStyle(NamedTuple):
    """How to write findings."""

    palette: Palette = PLAIN
    width: int = 0  # cut lines to so many columns; 0: never
    clean: Callable[[str], str] = printable  # what of a file's text and name goes out
    shown_path: Callable[[str], str] = str


def finding_text(style: FindingsStyle, finding: Finding) -> Iterator[str]:
    """The lines of one finding."""
    colours = style.palette
    path = style.clean(style.shown_path(finding.path))
    where = f"{colours.path}{path}{colours.reset}:{colours.line}{finding.line}{colours.reset}:{finding.column}"
    colour = _severity_colour(finding.severity, colours)
    inside = f" (in {finding.language} in {finding.via or finding.host})" if finding.host or finding.via else ""
    code = f" {colours.dim}[{style.clean(finding.code)}]{colours.reset}"
    message = style.clean(finding.message)
    yield f"{where}: {colour}{finding.severity}{colours.reset}: {colours.head}{message}{colours.reset}{inside}{code}"
    gutter = " " * (len(str(finding.line)) + 1)
    yield from _source(style, finding, gutter, colour)
    for label, text in _remarks(finding):
        yield f"{gutter} {colours.dim}={colours.reset} {colours.head}{label}{colours.reset}: {style.clean(text)}"


def _source(style: FindingsStyle, finding: Finding, gutter: str, colour: str) -> Iterator[str]:
    """The line of the place, and the carets below it."""
    colours = style.palette
    cut = "…" if finding.text_column > 1 else ""
    text = cut + finding.text.rstrip("\r\n")
    start = min(max(finding.column - finding.text_column, 0) + len(cut), len(text))
    same_line = finding.end_line == finding.line
    end = start + finding.end_column - finding.column if same_line else len(text.rstrip())
    end = max(start + 1, min(end, len(text)))
    bar = f"{colours.dim}|{colours.reset}"
    before = style.clean(_spaced(text[:start]))
    marked = style.clean(_spaced(text[start:end]))
    after = style.clean(_spaced(text[end:]))
    is_place = finding.start_byte == finding.end_byte  # between two characters, the next of which may be a tab
    carets = "^" * (1 if is_place else max(1, columns(marked)))
    room = style.width - len(gutter) - 3 if style.width else 0
    if room > 20:
        before, marked, after, carets = _fitted(before, marked, after, carets, room)
    yield f" {colours.line}{finding.line}{colours.reset} {bar} {before}{marked}{after}".rstrip()
    yield f"{gutter} {bar} {' ' * columns(before)}{colour}{carets}{colours.reset}"


def _fitted(before: str, marked: str, after: str, carets: str, room: int) -> tuple[str, str, str, str]:
    """The parts of a line in so many columns, with the marked part in sight."""
    if columns(before) > room * 2 // 3:
        before = "…" + before[-(room // 3) :]
    left = max(1, room - columns(before))
    if columns(marked) > left:
        return before, marked[: left - 1] + "…", "", carets[:left]
    left -= columns(marked)
    if columns(after) > left:
        after = after[: max(0, left - 1)] + "…" * (left > 0)
    return before, marked, after, carets


def _remarks(finding: Finding) -> Iterator[tuple[str, str]]:
    if finding.expected:
        shown = finding.expected[:_EXPECTED_SHOWN]
        more = f" and {len(finding.expected) - len(shown)} more" if len(finding.expected) > len(shown) else ""
        yield "expected", ", ".join(shown) + more
    for hint in finding.hints:
        yield "hint", _hint(finding, hint)
    if finding.note:
        yield "note", " ".join(finding.note.split())
    if finding.fix:
        yield "fix", finding.fix_message or _in_words(finding)
    if finding.url:
        yield "see", finding.url


def _hint(finding: Finding, hint: Hint) -> str:
    elsewhere = hint.line and (hint.line, hint.column) != (finding.line, finding.column)
    return f"{hint.message} (at {hint.line}:{hint.column})" if elsewhere else hint.message


def _in_words(finding: Finding) -> str:
    """What a fix without words of its own does."""
    if len(finding.fix) > 1:
        return f"{len(finding.fix)} edits"
    edit = finding.fix[0]
    text = " ".join(edit.text.split())
    if len(text) > _FIX_SHOWN:
        text = text[: _FIX_SHOWN - 1] + "…"
    if not edit.text:
        return "remove this"
    return f"insert `{text}`" if edit.start_byte == edit.end_byte else f"replace with `{text}`"


def findings_header(summary: FindingsSummary, report: Report) -> str:
    """The account on one line: `3 errors and 1 warning in 2 files · 120 files checked · 2 with a fix · 0.21 s`."""
    severities = summary.severities
    if [*summary.codes] == [PATTERN]:
        severities = {"match": summary.findings}
    counts = " and ".join(_many(count, severity) for severity, count in severities.items())
    parts = [f"{counts or 'no finding'} in {_many(summary.files, 'file')}" if summary.findings else "no finding"]
    parts.append(f"{_many(summary.files_checked, 'file')} checked")
    if summary.fixed:
        parts.append(f"{summary.fixed:,} fixed")
    elif summary.fixable:
        parts.append(f"{summary.fixable:,} with a fix")
    parts.append(f"{report.total_ms / 1000:.2f} s")
    return " · ".join(parts)


def findings_footer(summary: FindingsSummary, ledger: tuple[Skipped, ...]) -> Iterator[str]:
    """What is not shown and what was not checked."""
    if summary.shown < summary.findings:
        yield f"not shown: {_many(summary.findings - summary.shown, 'finding')} beyond --limit"
    for skipped in ledger:
        if skipped.reason == "binary":
            yield f"not checked: {_many(skipped.count, 'binary file')}"
            continue
        names = ", ".join(map(printable, skipped.paths[:3]))
        more = f" and {skipped.count - 3} more" if skipped.count > 3 else ""
        yield f"{skipped.reason}: {_many(skipped.count, 'file')}: {names}{more}"


def columns(text: str) -> int:
    """How wide the text is on a terminal."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))


def _spaced(text: str) -> str:
    # Every tab the same width, wherever it stands: what matters is that the carets stand below their text.
    return text.replace("\t", " " * _TAB)


def _severity_colour(severity: str, colours: Palette) -> str:
    if severity == "error":
        return colours.name
    return colours.warning if severity == "warning" else colours.head


def _many(count: int, what: str) -> str:
    if what == "info":
        return f"{count:,} info"
    return f"{count:,} {what}{'' if count == 1 else 'es' if what.endswith('ch') else 's'}"
