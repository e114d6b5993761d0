"""Idioms as Markdown. A fence is longer than any in what it holds, so no pattern can end it."""

import re
from collections.abc import Iterator, Sequence

from cq.rows.mining import Idiom, MineSummary

_FENCES = re.compile(r"`{3,}")
_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|])")


def markdown(title: str, idioms: Sequence[Idiom], summary: MineSummary) -> Iterator[str]:
    """The lines of the report."""
    yield f"# Idioms of {_plain(title)}"
    yield ""
    yield (
        f"{summary.idioms:,} idioms of {summary.closed:,} closed patterns; {summary.anchors:,} places in "
        f"{summary.files:,} files of {summary.projects:,} projects."
    )
    if summary.left_out:
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in summary.left_out.items())
        yield f"Left out: {reasons}."
    for number, idiom in enumerate(idioms, 1):
        yield ""
        yield f"## {number}. {idiom.language} {idiom.kind.replace('_', ' ')}, {idiom.occurrences:,} places"
        yield ""
        about = f"; about {_plain(', '.join(idiom.categories))}" if idiom.categories else ""
        yield f"In {idiom.files:,} files of {idiom.projects:,} projects; key `{idiom.key}`{about}."
        yield ""
        yield from _block(idiom.pattern, idiom.language)
        for place in idiom.examples[:1]:
            yield ""
            yield f"{_plain(place.path)}:{place.line}"
            yield ""
            yield from _block(place.text, idiom.language)
        if idiom.rule:
            yield ""
            yield "<details><summary>Rule</summary>"
            yield ""
            yield from _block(idiom.rule.rstrip("\n"), "yaml")
            yield ""
            yield "</details>"


def _block(text: str, language: str) -> Iterator[str]:
    longest = max((len(found) for found in _FENCES.findall(text)), default=2)
    fence = "`" * (longest + 1)
    yield f"{fence}{language}"
    yield text
    yield fence


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text.replace("\n", " "))
