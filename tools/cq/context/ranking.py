"""Which definitions a text is most likely about: BM25 over their names, heads, documentation, paths and bodies."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cq.context.words import Asked, stems
from cq.rows.chunk import ChunkRow

# The usual constants: how soon more of a word counts no more, and how much a long text counts less.
_SATURATION = 1.2
_LENGTH = 0.9
_NAME, _PATH, _HEAD = 4.0, 1.5, 2.0  # where a word counts more than in a body
_NAMED, _NAMED_WITH_SCOPE = 5.0, 9.0  # of a definition whose name the text says
_PLAIN = 12.0  # of a definition whose name is a plain word: more than a rare word next to it
_FEW_WORDS = 4  # one of more is less likely meant as a name
_MEMBER = 0.6  # what a word counts that names a member, not what stands by itself
_PHRASE, _MOST_PHRASES = 2.0, 3  # of one definition that count
_TEST = 0.5
_OUTER = 0.8
_OF_FILE = 0.25


class Scored(NamedTuple):
    """A definition, and why it is here."""

    row: ChunkRow
    score: float
    words: tuple[str, ...]  # of the text, that it has; what counts most first
    named: str = ""  # as the text names it
    phrase: str = ""  # words in a row of the text that it has, too


def rarity(count: int, of: int) -> float:
    """How much a word says that is in so many of the files."""
    return math.log(1 + (of - count + 0.5) / (count + 0.5))


def ranked(
    rows: Sequence[ChunkRow],
    asked: Asked,
    rarities: Mapping[str, float],
    phrases: Mapping[str, float],
    of_files: Mapping[str, float],
    tests: Iterable[str],
) -> list[Scored]:
    """The definitions with a word of the text, the likeliest first. `of_files`: what the files of the rows score."""
    bodies = [Counter(stem for stem in stems(row.text or "") if stem in asked.terms) for row in rows]
    lengths = [len(row.text or "") for row in rows]
    usual = sum(lengths) / len(lengths) if lengths else 1.0
    in_tests = frozenset(tests)
    best_file = max(of_files.values(), default=1.0) or 1.0
    of_plain = _PLAIN * min(1.0, _FEW_WORDS / max(1, len(asked.plain)))
    plain = frozenset(asked.plain)
    found = []
    for row, body, length in zip(rows, bodies, lengths, strict=True):
        name, path = Counter(stems(" ".join(row.route[-2:]))), Counter(stems(row.path))
        head = Counter(stems(f"{row.signature} {row.doc}"))
        shorter = 1 - _LENGTH + _LENGTH * length / usual
        parts: dict[str, float] = {}
        for stem, weight in asked.terms.items():
            many = body[stem] / shorter + _NAME * name[stem] + _PATH * path[stem] + _HEAD * head[stem]
            if many:
                parts[stem] = weight * rarities.get(stem, 0.0) * many * (_SATURATION + 1) / (many + _SATURATION)
        said = _said(row, asked.names)
        is_plain = not said and row.name in plain
        if not parts and not said and not is_plain:
            continue
        same = sorted((each for each in phrases if each in (row.text or "")), key=lambda each: -phrases[each])
        score = sum(parts.values()) + _PHRASE * sum(phrases[each] for each in same[:_MOST_PHRASES])
        if said:
            score += _NAMED_WITH_SCOPE if "." in said or "::" in said else _NAMED
        if is_plain:
            score += of_plain * (1.0 if len(row.route) == 1 else _MEMBER)
            said = row.name
        score *= 1 + _OF_FILE * of_files.get(row.path, 0.0) / best_file
        if row.path in in_tests:
            score *= _TEST
        if row.children:
            score *= _OUTER  # its members say more
        words = [asked.words[stem] for stem in sorted(parts, key=lambda stem: -parts[stem])]
        found.append(Scored(row, score, tuple(words[:6]), said, same[0] if same else ""))
    found.sort(key=lambda each: (-each.score, each.row.path, each.row.start_byte))
    return found


def _said(row: ChunkRow, names: Iterable[str]) -> str:
    """The name in the text that the definition has, the longest that ends as its own does."""
    best = ""
    for name in names:
        parts = name.replace("::", ".").split(".")
        if tuple(parts[-len(row.route) :]) == row.route[-len(parts) :] and len(name) > len(best):
            best = name
    return best
