"""Which files are worth a close look: BM25 over their bytes, one pass over each, without a parser."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cq.context.ranking import rarity
from cq.context.words import Asked, stems
from cq.engine.limits import is_over
from cq.index.file_tree import FileTree
from cq.scan.read import read_file
from cq.scan.results import Unread

_SATURATION = 1.2
_LENGTH = 0.4
_PATH = 3.0  # how often a word of the path counts
_PHRASE = 2.0
_NAME = 6.0  # of a name that is in few files
_FEW_WORDS = 8  # a text of no more is searched for the names that they may be


class Scores(NamedTuple):
    """What the files say."""

    of_files: dict[str, float]
    rarities: dict[str, float]  # of each stem
    phrases: dict[str, float]  # of those that are in some file: how rare each is
    with_name: dict[str, list[str]]  # name, without what it belongs to -> files that have it
    introducing: dict[str, set[str]]  # name -> files with a line that may define it
    searched: int
    left: tuple[str, ...] = ()  # files that there was no time for


def scores_of(
    tree: FileTree, paths: Sequence[str], asked: Asked, tests: Iterable[str], until: float | None = None
) -> Scores:
    """How much each file has of what is asked; no further file is looked at after `until`, one at least is."""
    last_parts = tuple(dict.fromkeys(re.split(r"\.|::", name)[-1] for name in asked.names))
    if len(asked.plain) <= _FEW_WORDS:
        last_parts = tuple(dict.fromkeys((*last_parts, *asked.plain)))
    name_bytes = [(name, re.compile(rb"\b" + re.escape(name.encode()) + rb"\b")) for name in last_parts]
    introduced = {name: _introduced(name) for name in last_parts}
    introducing: dict[str, set[str]] = {name: set() for name in last_parts}
    stem_bytes = [(stem, stem.encode()) for stem in asked.terms]
    phrase_bytes = [(phrase, phrase.encode()) for phrase in asked.phrases]
    with_phrase: dict[str, list[str]] = {}
    counts: dict[str, dict[str, float]] = {}
    sizes: dict[str, int] = {}
    files_with = dict.fromkeys(asked.terms, 0)
    with_name: dict[str, list[str]] = {name: [] for name in last_parts}
    searched = 0
    left: Sequence[str] = ()
    for number, path in enumerate(paths):
        if number and is_over(until):
            left = paths[number:]
            break
        data = read_file(tree, path)
        if isinstance(data, Unread):
            continue
        searched += 1
        lower = data.lower()
        found: dict[str, float] = {}
        for stem, word in stem_bytes:
            many = lower.count(word)
            if many:
                found[stem] = many
                files_with[stem] += 1
        in_path = set(stems(path))
        for stem in asked.terms:
            if stem in in_path:
                found[stem] = found.get(stem, 0.0) + _PATH
        for phrase, words in phrase_bytes:
            if words in data:
                with_phrase.setdefault(phrase, []).append(path)
        for name, regex in name_bytes:
            if name.encode() in data and regex.search(data):
                with_name[name].append(path)
                if introduced[name].search(data):
                    introducing[name].add(path)
        if found:
            counts[path] = found
            sizes[path] = len(data)
    rarities = {stem: rarity(many, max(1, searched)) for stem, many in files_with.items()}
    usual = sum(sizes.values()) / len(sizes) if sizes else 1.0
    in_tests = frozenset(tests)
    of_files = {}
    for path, found in counts.items():
        shorter = 1 - _LENGTH + _LENGTH * sizes[path] / usual
        of_files[path] = _score(found, shorter, asked.terms, rarities) * (0.5 if path in in_tests else 1.0)
    for files in with_name.values():
        for path in files:
            of_files[path] = of_files.get(path, 0.0) + _NAME / math.sqrt(len(files))
    phrases = {phrase: rarity(len(files), searched) for phrase, files in with_phrase.items()}
    for phrase, files in with_phrase.items():
        for path in files:
            of_files[path] = of_files.get(path, 0.0) + _PHRASE * phrases[phrase]
    return Scores(of_files, rarities, phrases, with_name, introducing, searched, tuple(left))


def _introduced(name: str) -> re.Pattern[bytes]:
    """A line that begins with words and the name, as that of a definition does in most languages."""
    return re.compile(rb"(?m)^[ \t]*(?:\w+[ \t]+){1,3}" + re.escape(name.encode()) + rb"[ \t]*[({:<\r\n]")


def _score(
    found: Mapping[str, float], shorter: float, terms: Mapping[str, float], rarities: Mapping[str, float]
) -> float:
    return sum(
        terms[stem] * rarities[stem] * many * (_SATURATION + 1) / (many + _SATURATION * shorter)
        for stem, many in found.items()
    )
