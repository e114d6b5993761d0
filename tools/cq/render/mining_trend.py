"""What became of idioms, as text: a line of how frequent each was, and the commits that made the change."""

from collections.abc import Iterable, Iterator, Sequence

from cq.render.mining_text import MiningStyle, code_lines, left_out_text, many
from cq.rows.mining import Commit, Trend, TrendAnswer

_BARS = "▁▂▃▄▅▆▇█"
_HEADS = {
    "adopted": "Adopted: came after the beginning, and stayed",
    "growing": "Growing: a larger share of the code than before",
    "fading": "Fading: a smaller share of the code than before",
    "abandoned": "Abandoned: gone from the code",
}


def sparkline(values: Sequence[int]) -> str:
    """One letter for each value; a blank for none."""
    most = max(values, default=0)
    return "".join(_BARS[min(7, 8 * value // (most + 1))] if value else " " for value in values)


def trends_text(style: MiningStyle, trends: Iterable[Trend]) -> Iterator[str]:
    """The lines of trends, under a head for each status."""
    colours, clean = style.palette, style.clean
    status = ""
    for number, trend in enumerate(trends, 1):
        if number > 1:
            yield ""
        if trend.status != status:
            status = trend.status
            yield f"{colours.head}{_HEADS[status]}{colours.reset}"
            yield ""
        peak = max(range(len(trend.places)), key=trend.places.__getitem__)
        now, most = trend.places[-1], trend.places[peak]
        counts = f"{many(now, 'place')} in {many(trend.files[-1], 'file')}"
        if now < most:
            counts += f", once {most:,} in {trend.files[peak]:,}"
        about = f" · {', '.join(trend.categories)}" if trend.categories else ""
        yield (
            f"{colours.head}{number}. {trend.key}{colours.reset} │{sparkline(trend.places)}│ {counts}"
            f"  {colours.dim}{trend.language} {trend.kind}{about}{colours.reset}"
        )
        yield from (f"    {line}" for line in code_lines(clean, trend.pattern))
        yield f"  first {_commit(style, trend.first)}"
        if trend.gone is not None:
            yield f"  last  {_commit(style, trend.last)}"
            yield f"  gone  {_commit(style, trend.gone)}"
        if trend.example is not None:
            place = trend.example
            path = f"{colours.path}{trend.commit}:{clean(place.path)}{colours.reset}"
            yield f"  {path}:{colours.line}{place.line}{colours.reset}:{place.column}"


def trend_summary_text(answer: TrendAnswer) -> Iterator[str]:
    """The account."""
    summary = answer.summary
    yield (
        f"{many(summary.trends, 'trend')} · {many(summary.looked_at, 'commit')} looked at, of {summary.commits:,} · "
        f"{many(summary.file_versions, 'file')}, {many(summary.contents, 'distinct content')}, "
        f"{summary.parsed:,} parsed now" + (f" ({summary.parses_per_content:.1f} times each)" if summary.parsed else "")
    )
    if summary.left_out:
        yield left_out_text(summary.left_out.items())
    if summary.shallow:
        yield "the clone is shallow: nothing is known before its first commit (git fetch --unshallow gets the rest)"
    if not summary.complete:
        yield "stopped: what was mined is kept; the same command goes on from there"


def _commit(style: MiningStyle, commit: Commit) -> str:
    return f"{commit.id} {commit.date} {style.clean(commit.author)}: {style.clean(commit.summary)}"
