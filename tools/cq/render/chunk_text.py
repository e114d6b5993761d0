"""Chunks for a terminal: a line for each, and the sizes of all as a histogram."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from cq.render.budget import Block
from cq.render.color import printable
from cq.render.stats import stats_table
from cq.rows.chunk import ChunkChange, ChunkRow, CutRow
from cq.rows.shared import Report

_BARS = 40
_STEPS = 10


def chunk_lines(path: str, rows: Sequence[ChunkRow], unit: str) -> Iterator[Block]:
    """The chunks of one file: lines, size, and what each is."""
    if not rows:
        return
    yield Block(path, level=0)
    for row in rows:
        line = f"  {row.start_line:>6}-{row.end_line:<6} {row.size:>6} {unit}  {printable(what(row))}"
        yield Block(line, "chunk", row.path)


def what(row: ChunkRow) -> str:
    """What a chunk is, in a few words."""
    words = row.form
    if row.form == "definition":
        words = f"{row.kind} {row.qualified_name}"
    elif row.form == "part":
        words = f"{row.kind} {row.qualified_name}" + (f", part {row.part}/{row.parts}" if row.parts > 1 else "")
    elif row.fallback:
        words += f" ({row.fallback})"
    if row.defines:
        words += ": " + ", ".join(row.defines)
    return words + (" [error]" if row.has_error else "")


def stats_lines(sizes: dict[int, int], most: int, unit: str, target: int, report: Report) -> Iterator[str]:
    """The histogram of the sizes, and what the run cost."""
    yield from histogram(sizes, most, unit, target)
    yield from stats_table(report)


def histogram(sizes: dict[int, int], most: int, unit: str, target: int) -> Iterator[str]:
    """How many chunks there are of which size."""
    count = sum(sizes.values())
    if not count:
        yield "no chunks"
        return
    ordered = sorted(sizes.items())
    mean = sum(size * number for size, number in ordered) / count
    middle = (count + 1) // 2
    passed = 0
    median = 0
    for size, number in ordered:
        passed += number
        if passed >= middle:
            median = size
            break
    yield f"{count:,} chunks, {unit}: median {median:,}, mean {mean:,.0f}, largest {ordered[-1][0]:,} of {most:,}"
    edges = [most * step // _STEPS for step in range(_STEPS + 1)]
    rows = [
        (low, high, sum(number for size, number in ordered if low < size <= high or (size == 0 and low == 0)))
        for low, high in pairwise(edges)
        if high > low
    ]
    widest = max(number for *_, number in rows)
    for low, high, number in rows:
        mark = " target" if low < target <= high else ""
        bar = "█" * round(_BARS * number / widest) if number else ""
        yield f"{low + 1:>7,} - {high:>7,} {number:>8,}  {bar}{mark}".rstrip()


def cut_lines(path: str, rows: Iterable[CutRow]) -> Iterator[str]:
    """Why each cut of one file is where it is."""
    yield path
    for row in rows:
        yield f"  line {row.line}: {row.why}; cost {row.cost:.2f}"
        yield f"      {printable(row.before)}"
        yield "    " + "-" * 40
        yield f"      {printable(row.after)}"


def change_line(change: ChunkChange) -> str:
    """What became of one chunk."""
    mark = {"added": "+", "removed": "-", "moved": "~", "kept": " "}[change.change]
    origin = f" (from {change.from_path})" if change.from_path else ""
    name = f"  {what(change.row)}" if change.row is not None else ""
    return printable(f"{mark} {change.id} {change.path}:{change.start_line}{origin}{name}")
