"""Idioms as text: what each looks like, how widely it is used, and one real place."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from cq.render.budget import Block
from cq.render.color import PLAIN, Palette, printable
from cq.rows.mining import Idiom, MineSummary

_SHOWN_LINES = 12
# Reasons that say little as they are.
_REASONS = {"no-table": "in languages without a table"}


class MiningStyle(NamedTuple):
    """How to write idioms."""

    palette: Palette = PLAIN
    clean: Callable[[str], str] = printable
    shown_path: Callable[[str], str] = str


def idiom_text(style: MiningStyle, idiom: Idiom, number: int = 0, examples: int = 1) -> Iterator[str]:
    """The lines of one idiom."""
    colours, clean = style.palette, style.clean
    head = f"{number}. " if number else ""
    counts = f"{many(idiom.occurrences, 'place')} in {many(idiom.files, 'file')}"
    if idiom.projects > 1:
        counts += f" of {idiom.projects:,} projects"
    name = f"{colours.head}{head}{idiom.key}{colours.reset}"
    about = f" · {', '.join(idiom.categories)}" if idiom.categories else ""
    yield f"{name}  {counts}  {colours.dim}{idiom.language} {idiom.kind}{about}{colours.reset}"
    yield from (f"    {line}" for line in code_lines(clean, idiom.pattern))
    for place in idiom.examples[:examples]:
        path = f"{colours.path}{clean(style.shown_path(place.path))}{colours.reset}"
        yield f"  {path}:{colours.line}{place.line}{colours.reset}:{place.column}"
        first, *more = code_lines(clean, _dedented(place.text, place.column - 1))
        yield f"  {colours.dim}|{colours.reset} {first}"
        yield from (f"  {colours.dim}|{colours.reset} {line}" for line in more)
    if idiom.variations:
        keys = ", ".join(each.key for each in idiom.variations[:4])
        yield f"  {colours.dim}{many(len(idiom.variations), 'variation')}: {keys}{colours.reset}"


def idioms_text(style: MiningStyle, idioms: Iterable[Idiom]) -> Iterator[Block]:
    """The lines of idioms, with a blank one between."""
    for number, idiom in enumerate(idioms, 1):
        if number > 1:
            yield Block("")
        lines = list(idiom_text(style, idiom, number))
        pattern = len(code_lines(style.clean, idiom.pattern))
        yield Block("\n".join(lines), "idiom", short="\n".join(lines[: 1 + pattern]))


def summary_text(summary: MineSummary) -> Iterator[str]:
    """The account."""
    shown = f"{many(summary.idioms, 'idiom')} of {many(summary.closed, 'closed pattern')}"
    yield (
        f"{shown} · {many(summary.anchors, 'place')}, {summary.distinct:,} different · "
        f"{many(summary.files, 'file')} of {many(summary.projects, 'project')}"
    )
    if summary.left_out:
        yield left_out_text(sorted(summary.left_out.items(), key=lambda each: -each[1]))
    if not summary.complete:
        yield "stopped: what was mined is kept; the same command goes on from there"


def left_out_text(counts: Iterable[tuple[str, int]]) -> str:
    """How many files are left out, by the reason."""
    return f"left out: {', '.join(f'{_REASONS.get(reason, reason)} {count:,}' for reason, count in counts)}"


def code_lines(clean: Callable[[str], str], text: str) -> list[str]:
    """The lines of a text, cut short when they are many."""
    lines = [clean(line) for line in text.split("\n")]
    if len(lines) > _SHOWN_LINES:
        lines = [*lines[: _SHOWN_LINES - 1], f"… {len(lines) - _SHOWN_LINES + 1} more lines"]
    return lines


def _dedented(text: str, indent: int) -> str:
    first, *rest = text.split("\n")
    lead = min((len(line) - len(line.lstrip()) for line in rest if line.strip()), default=0)
    return "\n".join([first, *(line[min(lead, indent) :] for line in rest)])


def many(count: int, what: str) -> str:
    """A count of things."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"
