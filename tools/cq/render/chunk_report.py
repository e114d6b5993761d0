"""The report on the chunks of a repository, as text and as a page."""

from collections.abc import Iterator
from html import escape

from cq.render.chunk_text import histogram
from cq.rows.chunk import ChunkQuality, ChunkStamp

_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>cq chunk: report</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse } td, th { padding: .2rem .8rem; text-align: right; border-bottom: 1px solid #ddd }
td:first-child, th:first-child { text-align: left } pre { line-height: 1.2 }
</style>
"""


def report_lines(quality: ChunkQuality, stamp: ChunkStamp) -> Iterator[str]:
    """The report as text."""
    for name, value in _facts(quality):
        yield f"{name:<52} {value}"
    yield ""
    yield from histogram(_sizes(quality), stamp.max, stamp.unit, stamp.target)
    if not quality.retrieval:
        return
    yield ""
    yield _asked(quality)
    yield f"{'':<28} {'passages':>9}" + "".join(f" {budget:>13,}" for budget in quality.budgets)
    for row in quality.retrieval:
        shares = (f"{share:.1f} ±{error:.1f}" for share, error in zip(row.share, row.error, strict=True))
        yield f"{row.name:<28} {row.passages:>9,}" + "".join(f" {share:>13}" for share in shares)


def report_page(quality: ChunkQuality, stamp: ChunkStamp) -> Iterator[str]:
    """The report as HTML, without anything from elsewhere."""
    yield _PAGE
    yield "<h1>What the chunks are worth</h1><table>"
    for name, value in _facts(quality):
        yield f"<tr><td>{escape(name)}<td>{escape(value)}"
    yield "</table><h2>Sizes</h2><pre>"
    for line in histogram(_sizes(quality), stamp.max, stamp.unit, stamp.target):
        yield escape(line)
    yield "</pre>"
    if quality.retrieval:
        yield f"<h2>Retrieval</h2><p>{escape(_asked(quality))}<table><tr><th><th>passages"
        yield "".join(f"<th>{budget:,} tokens" for budget in quality.budgets)
        for row in quality.retrieval:
            shares = zip(row.share, row.error, strict=True)
            cells = "".join(f"<td>{share:.1f} ± {error:.1f}" for share, error in shares)
            yield f"<tr><td>{escape(row.name)}<td>{row.passages:,}{cells}"
        yield "</table>"


def _sizes(quality: ChunkQuality) -> dict[int, int]:
    return {int(size): count for size, count in quality.sizes.items()}


def _asked(quality: ChunkQuality) -> str:
    return (
        f"{quality.questions} questions: the documentation of a function asks for it, and is blanked in the code; "
        "percent of the function at hand within so many tokens"
    )


def _facts(quality: ChunkQuality) -> Iterator[tuple[str, str]]:
    yield "files", f"{quality.files:,}, {quality.degraded:,} with errors or without a grammar"
    yield "bytes in exactly one chunk", f"{quality.bytes_covered:,} of {quality.bytes:,}"
    yield "chunks", f"{quality.chunks:,}, {quality.over_limit:,} over the limit, {quality.small:,} small"
    yield "definitions that fit and are cut", _share(quality.definitions_cut, quality.definitions_that_fit)
    parted = quality.definitions_without_their_comments
    yield "definitions apart from the comments above them", _share(parted, quality.definitions_with_comments)


def _share(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,}" + (f" ({100 * part / whole:.2f} %)" if whole else "")
