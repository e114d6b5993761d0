"""How much of the code leans on each definition: PageRank over the files, by the names that they have in common.

A file refers to each file that defines a name which stands in it: the more, the fewer files have the name and the fewer
define it. Nothing is resolved, so the whole repository is weighed in one pass over its words.
"""

import math
from collections.abc import Callable, Collection, Mapping, Sequence

from cq.index.recent import Change
from cq.overview.analysis import FileOverview, Weighed
from cq.overview.recent import changed_lately

_DAMPING = 0.85
_ROUNDS = 40
_MOST_DEFINERS = 24  # a name that more files define says nothing of which is meant
_OF_TESTS = 0.2  # what a reference from a test counts, and what a definition in one
_OF_PRIVATE = 0.3  # what a name that begins with an underscore counts
_OF_PLAIN = 0.2  # what a name of one lower-case word counts: in most places it is another name, or a word of prose
_OF_OUTSIDE = 0.05  # what a name counts that the language's own library has, too
_LEAST = 0.001  # the share of a file's rank that its definitions have in any case
_OF_CHANGED_FILE = 10.0  # how much more of the rank begins in a file that changed lately
_OF_CHANGED = 20.0  # how much more a definition counts that changed lately
_LEAST_CHANGED = 0.1  # the share of its file's rank that such a definition has in any case
_OF_FOCUS = 20.0  # a definition that is asked for by its name


def scores(
    files: Sequence[FileOverview],
    is_test: Callable[[str], bool],
    focus_paths: Collection[str],
    focus_names: Collection[str],
    changes: Mapping[str, Sequence[Change]],
    outside: Callable[[str], Collection[str]] = lambda path: (),
) -> list[list[float]]:
    """A score for each definition of each file; all of them together are 1. The same input gives the same scores."""
    definers: dict[str, list[int]] = {}
    for number, file in enumerate(files):
        for key in sorted({key for each in file.definitions for key in _keys(each)}):
            definers.setdefault(key, []).append(number)
    known = {name: found for name, found in definers.items() if len(found) <= _MOST_DEFINERS}
    holders: dict[str, int] = {}
    for file in files:
        for word in file.words:
            if word in known:
                holders[word] = holders.get(word, 0) + 1
    tests = [is_test(file.path) for file in files]
    references = [_references(file, known, holders, len(files), outside(file.path)) for file in files]
    focused = [file.path in focus_paths or any(each.name in focus_names for each in file.definitions) for file in files]
    lately = [changed_lately(file.definitions, changes.get(file.path, ())) for file in files]
    recent = [max((each.weight for each in changes.get(file.path, ())), default=0.0) for file in files]
    elsewhere = [
        sum(weight for word, weight in words.items() if _is_in(outside(file.path), word)) * (1 / _OF_OUTSIDE - 1)
        for file, words in zip(files, references, strict=True)
    ]
    rank = _ranked(references, elsewhere, known, tests, focused, recent)
    given: dict[tuple[int, str], float] = {}
    for number, words in enumerate(references):
        total = sum(words.values()) + elsewhere[number]
        for word, weight in words.items():
            share = rank[number] * weight / total / len(known[word])
            for definer in known[word]:
                if definer != number:
                    given[definer, word] = given.get((definer, word), 0.0) + share
    found = []
    for number, file in enumerate(files):
        row = []
        for each, changed in zip(file.definitions, lately[number], strict=True):
            # What nothing leans on comes last, and not never.
            score = _LEAST * rank[number] / len(file.definitions)
            score += sum(given.get((number, key), 0.0) for key in _keys(each))
            score = score * (1 + _OF_CHANGED * changed) + _LEAST_CHANGED * rank[number] * changed
            if focused[number] and (each.name in focus_names or file.path in focus_paths):
                # What is asked about is shown whether or not anything leans on it.
                score = (score + 0.01 * rank[number]) * _OF_FOCUS
            score *= _OF_TESTS if tests[number] and not focused[number] else 1.0
            row.append(score * (_OF_PRIVATE if each.name.startswith("_") else 1.0))
        found.append(row)
    whole = sum(map(sum, found)) or 1.0
    return [[round(score / whole, 9) for score in row] for row in found]


def _references(
    file: FileOverview,
    known: dict[str, list[int]],
    holders: dict[str, int],
    count: int,
    outside: Collection[str],
) -> dict[str, float]:
    """What each known name in a file weighs: rare ones more, and the tenth time less than the first."""
    return {
        word: math.sqrt(times)
        * math.log(1 + count / holders[word])
        * (_OF_PLAIN if _is_plain(word) else 1.0)
        * (_OF_OUTSIDE if _is_in(outside, word) else 1.0)
        for word, times in sorted(file.words.items())
        if word in known
    }


def _is_in(outside: Collection[str], word: str) -> bool:
    return bool(outside) and word.removeprefix(".") in outside


def _keys(definition: Weighed) -> tuple[str, ...]:
    """The words that may refer to a definition: to a member only those that stand behind a dot."""
    member = f".{definition.name}"
    return (definition.name, member) if definition.qualified_name == definition.name else (member,)


def _is_plain(word: str) -> bool:
    return word.islower() and "_" not in word.strip("_.")


def _ranked(
    references: Sequence[dict[str, float]],
    elsewhere: Sequence[float],
    known: dict[str, list[int]],
    tests: Sequence[bool],
    focused: Sequence[bool],
    recent: Sequence[float],
) -> list[float]:
    count = len(references)
    if not count:
        return []
    edges: list[dict[int, float]] = []
    for number, words in enumerate(references):
        to: dict[int, float] = {}
        for word, weight in words.items():
            share = weight / len(known[word])
            for definer in known[word]:
                if definer != number:
                    to[definer] = to.get(definer, 0.0) + share
        edges.append(to)
    start = [
        (_OF_TESTS if test else 1.0) * (1 + _OF_CHANGED_FILE * changed)
        for test, changed in zip(tests, recent, strict=True)
    ]
    if any(focused):
        start = [float(each) for each in focused]
    whole = sum(start)
    start = [each / whole for each in start]
    # What a file says of the language's own library leads out of the repository: begun anew, like that of a dead end.
    totals = [sum(to.values()) + out for to, out in zip(edges, elsewhere, strict=True)]
    rank = list(start)
    for _ in range(_ROUNDS):
        following = [0.0] * count
        lost = 0.0
        for number, to in enumerate(edges):
            if not to:
                lost += rank[number]
                continue
            passed = rank[number] / totals[number]
            lost += passed * elsewhere[number]
            for other, weight in to.items():
                following[other] += passed * weight
        rank = [
            (1 - _DAMPING) * first + _DAMPING * (each + lost * first)
            for first, each in zip(start, following, strict=True)
        ]
    return rank
