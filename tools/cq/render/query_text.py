"""The rows of a query as text: grouped by file on a terminal, one line per row in a pipe."""

from collections.abc import Iterable, Iterator

import msgspec

from cq.render.budget import Block
from cq.render.text import TextStyle, shortened
from cq.rows.query import EvidenceRow, QuerySummary
from cq.rows.shared import Report, Skipped

_decode_row = msgspec.json.Decoder(EvidenceRow).decode


def query_text(style: TextStyle, rows: Iterable[tuple[str, bytes]], nodes: bool = False) -> Iterator[Block]:
    """The lines of rows (capture or role, JSON), which come file by file; with the kinds of the nodes when asked."""
    heading = ""
    for _, encoded in rows:
        row = _decode_row(encoded)
        colours = style.palette
        path = style.clean(style.shown_path(row.path))
        place = f"{colours.line}{row.line}{colours.reset}:{row.column}"
        what = f"@{row.capture}" if row.capture else f"{row.role}.{row.kind}".rstrip(".")
        what += f" ({row.node})" * nodes
        text = row.name or row.text
        first, more, _ = text.partition("\n")
        text = style.clean(first.rstrip("\r")) + " …" * bool(more)
        if style.heading:
            if row.path != heading:
                if heading:
                    yield Block("")
                heading = row.path
                yield Block(f"{colours.path}{path}{colours.reset}", level=0)
            line = f"  {row.line:>5}:{row.column:<3} {what}  {text}"
            line = shortened(line, style.width) if style.width else line
            line = line.replace(what, f"{colours.name}{what}{colours.reset}", 1) if colours.name else line
        else:
            behind = "\0" if style.nul else ":"
            line = f"{colours.path}{path}{colours.reset}{behind}{place}: {colours.name}{what}{colours.reset} {text}"
        yield Block(line, f"@{row.capture} row" if row.capture else row.role, row.path)


def query_header(summary: QuerySummary, report: Report) -> str:
    """The account on one line."""
    of = ", ".join(f"{count:,} {name}" for name, count in summary.of.items())
    rows = f"{summary.rows:,} row{'s' * (summary.rows != 1)}"
    return (
        f"{rows}{f' ({of})' if len(summary.of) > 1 else ''} · in {summary.files:,} of {summary.files_queried:,} files"
        f" · {report.total_ms / 1000:.2f} s"
    )


def query_footer(report: Report, ledger: tuple[Skipped, ...], whole: bool) -> Iterator[str]:
    """What stopped the run, and what was not queried."""
    if report.stopped_by:
        what = {
            "deadline": "a budget was spent",
            "match_limit": "a file had too many matches in progress",
            "row_cap": "the row limit was reached",
            "cancelled": "interrupted",
        }[report.stopped_by]
        yield f"not complete: {what} ({report.stopped_by})"
    for skipped in ledger:
        if skipped.reason == "binary" and not whole:
            continue
        names = skipped.paths if whole else skipped.paths[:3]
        more = f" and {skipped.count - len(names)} more" if skipped.count > len(names) else ""
        yield f"{skipped.reason}: {skipped.count:,} file{'s' * (skipped.count != 1)}: {', '.join(names)}{more}"
