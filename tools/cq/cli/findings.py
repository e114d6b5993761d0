"""Write findings in every form: for `cq diagnose`, `cq pattern` and `cq rules`.

A file's findings come encoded, as (severity, JSON of a Finding), in the order of the file. Use:

    count = FindingsCount(values.get("limit"))
    write_findings(values, count.passing(files), lambda: FindingsTail(..., summary=count.summary(...)), table, root)
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from cq.cli.answer import budget_of, write_encoded, write_text
from cq.cli.settle import form_of, shown_paths
from cq.lanes.table import LaneTable
from cq.render.budget import Block
from cq.render.color import PLAIN, palette, printable
from cq.render.findings_text import FindingsStyle, finding_text, findings_footer, findings_header
from cq.render.json import rows_json, tail_line
from cq.render.text import terminal_width
from cq.rows.findings import SEVERITIES, Finding, FindingsSummary, FindingsTail, TextEdit
from cq.scan.row_store import EncodedRow, FileRows, RowStore

decode_finding = msgspec.json.Decoder(Finding).decode
encode_finding = msgspec.json.Encoder().encode


class _Said(msgspec.Struct, frozen=True, kw_only=True):
    """What of a finding is counted."""

    path: str
    severity: str
    code: str
    fix: tuple[TextEdit, ...] = ()


_decode_said = msgspec.json.Decoder(_Said).decode


class _Shown(NamedTuple):
    """The rows of one file that are shown."""

    path: str
    rows: tuple[EncodedRow, ...]


class FindingsCount:
    """Counts findings as they pass, and lets the first `limit` of them through."""

    def __init__(self, limit: int | None = None) -> None:
        self._limit = limit
        self.findings = self.shown = self.files = self.fixable = 0
        self._severities: dict[str, int] = {}
        self._codes: dict[str, int] = {}

    def passing(self, files: Iterable[FileRows]) -> Iterator[FileRows]:
        """Every file with a finding; all of them are counted, those beyond the limit are left out."""
        for file in files:
            if not file.rows:
                continue
            self.files += 1
            self.findings += len(file.rows)
            for _, row in file.rows:
                said = _decode_said(row)
                self._severities[said.severity] = self._severities.get(said.severity, 0) + 1
                self._codes[said.code] = self._codes.get(said.code, 0) + 1
                self.fixable += bool(said.fix)
            rows = file.rows if self._limit is None else file.rows[: max(0, self._limit - self.shown)]
            self.shown += len(rows)
            if rows:
                yield _Shown(file.path, rows)

    def summary(
        self, *, files_checked: int, exit_status: int, fixed: int = 0, complete: bool = True
    ) -> FindingsSummary:
        """The account of what passed so far."""
        return FindingsSummary(
            findings=self.findings,
            shown=self.shown,
            severities={word: self._severities[word] for word in SEVERITIES if word in self._severities},
            codes=dict(sorted(self._codes.items())),
            files=self.files,
            files_checked=files_checked,
            fixable=self.fixable,
            fixed=fixed,
            complete=complete and self.shown == self.findings,
            exit_status=exit_status,
        )


def write_findings(
    values: dict[str, Any],
    files: Iterable[FileRows],
    tail: Callable[[], FindingsTail],
    table: LaneTable,
    root: str,
) -> None:
    """Write the findings in the form that `values` asks for; `tail` is called once all files have passed."""
    form = "quiet" if values.get("quiet") else form_of(values)
    budget = budget_of(values)
    rows = (row for file in files for _, row in file.rows)
    out = sys.stdout
    if form == "quiet":
        for _ in rows:
            pass
    elif budget is not None and form in ("json", "jsonl"):
        write_encoded(values, budget, map(_block, rows), tail)
    elif form == "json":
        with RowStore(table.is_test, by_path=True) as store:
            for file in files:
                store.add(file)
            out.buffer.writelines(rows_json(tail(), store))
    elif form == "jsonl":
        out.buffer.writelines(row + b"\n" for row in rows)
        out.buffer.write(tail_line(tail()))
    elif form == "sarif":
        from cq.render.sarif import sarif  # most answers are not for a code scanner

        out.write(sarif(map(decode_finding, rows)))
        out.write("\n")
    elif form == "github":
        from cq.render.github import github_lines  # nor for a workflow's log

        out.writelines(f"{line}\n" for line in github_lines(map(decode_finding, rows)))
    else:
        _write_text(values, map(decode_finding, rows), tail, root)


def _write_text(
    values: dict[str, Any], findings: Iterable[Finding], tail: Callable[[], FindingsTail], root: str
) -> None:
    out = sys.stdout
    terminal = out.isatty()
    colours = palette(values.get("color", "auto"), out)
    style = FindingsStyle(
        palette=colours,
        width=terminal_width() if terminal else 0,
        clean=printable if terminal or colours.name else str,
        shown_path=shown_paths(root),
    )
    blocks = (_text_block(list(finding_text(style, finding)), finding) for finding in findings)
    write_text(values, blocks, lambda: _account(tail()))
    write_account(tail(), values)


def _text_block(lines: list[str], finding: Finding) -> Block:
    return Block("\n".join(lines), finding.severity, finding.path, short=lines[0])


def _block(row: bytes) -> Block:
    said = _decode_said(row)
    return Block(row.decode(), said.severity, said.path)


def write_account(tail: FindingsTail, values: dict[str, Any]) -> None:
    """How many findings there are and what was not looked at: below them on a terminal, else on stderr."""
    terminal = sys.stdout.isatty()
    aside, note = (sys.stdout, palette(values.get("color", "auto"), sys.stdout)) if terminal else (sys.stderr, PLAIN)
    head, *below = _account(tail)
    aside.write(f"{note.head}{head}{note.reset}\n")
    aside.writelines(f"{note.dim}{line}{note.reset}\n" for line in below)


def _account(tail: FindingsTail) -> list[str]:
    return [findings_header(tail.summary, tail.report), *findings_footer(tail.summary, tail.ledger)]
