"""Which names are like one that stands nowhere: the same but for case or underscores, then those spelled alike.

Only names with the same first letter are looked at, in either case, whatever underscores stand before it: of a large
index that leaves a small part to be read. The answer is the same with an index and without.
"""

import difflib
import time
from collections.abc import Iterable, Iterator, Set
from typing import Protocol

import msgspec

from cq.index.file_tree import FileTree
from cq.scan.read import read_file
from cq.scan.results import Unread
from cq.search.run import SearchRun
from cq.store.checked import Damaged, Unusable
from cq.store.store import Store
from cq.store.vocabulary import words_of

_MOST = 5
_LIKENESS = 0.7  # of two names, as difflib has it
_LETTERS = 0.5  # of the letters of one, how many the other has: without it difflib is not asked


class Words(Protocol):
    """The words of the files that were searched."""

    def beginning_with(self, initials: Set[int]) -> Iterable[bytes]:
        """Those that begin with one of these bytes, and maybe some that no file has any more."""
        ...

    def files_with(self, word: bytes) -> int:
        """In how many files a word stands."""
        ...


def near_names(run: SearchRun, wanted: str, deadline: float) -> tuple[str, ...]:
    """The names in the files of a run that are most like this one, the best first."""
    tree, store, numbers = run.request.selection.tree, run.store, run.searched_numbers
    if store is not None:
        try:
            known = store.covered().intersection(numbers)
            others = [path for path, number in zip(run.searched, numbers, strict=True) if number not in known]
            return _names_like(wanted, IndexedWords(store, known, ReadWords(tree, others, deadline)))
        except (Damaged, Unusable, msgspec.DecodeError):
            pass  # whoever writes to the store next is told what is wrong with it
    return _names_like(wanted, ReadWords(tree, run.searched, deadline))


def _shape(name: str) -> str:
    return name.replace("_", "").lower()


def _names_like(wanted: str, words: Words) -> tuple[str, ...]:
    """The names most like this one, the best first."""
    initial = wanted.lstrip("_")[:1] or "_"
    initials = frozenset(each.encode("utf-8", "surrogateescape")[0] for each in (initial.lower(), initial.upper(), "_"))
    shape, letters = _shape(wanted), set(wanted)
    alike: list[tuple[int, str]] = []
    near: list[tuple[float, str]] = []
    compared = difflib.SequenceMatcher(b=wanted)
    most = (2 - _LIKENESS) / _LIKENESS
    for word in words.beginning_with(initials):
        name = word.decode("utf-8", "replace")
        if not len(wanted) / most <= len(name) <= len(wanted) * most:
            continue
        if _shape(name) == shape:
            count = words.files_with(word)
            if count:
                alike.append((-count, name))
        elif len(letters.intersection(name)) >= len(letters) * _LETTERS:
            compared.set_seq1(name)
            if compared.quick_ratio() >= _LIKENESS and (likeness := compared.ratio()) >= _LIKENESS:
                near.append((-likeness, name))
    found = [name for _, name in sorted(set(alike))[:_MOST]]
    for _, name in sorted(set(near)):
        if len(found) == _MOST:
            break
        if words.files_with(name.encode("utf-8", "replace")):
            found.append(name)
    return tuple(found)


class IndexedWords:
    """From the index, and from the files themselves that it does not know."""

    def __init__(self, store: Store, numbers: Set[int], others: "ReadWords") -> None:
        """`numbers`: of the files that the index knows."""
        self._store = store
        self._numbers = numbers
        self._others = others

    def beginning_with(self, initials: Set[int]) -> Iterator[bytes]:
        """Those that begin with one of these bytes, and some that no file has any more."""
        yield from self._store.words_beginning(initials)
        yield from self._others.beginning_with(initials)

    def files_with(self, word: bytes) -> int:
        """In how many files a word stands."""
        return len(self._store.files_with([(word,)]) & self._numbers) + self._others.files_with(word)


class ReadWords:
    """From the files themselves."""

    def __init__(self, tree: FileTree, paths: Iterable[str], deadline: float) -> None:
        """Files are read until then."""
        self._counts: dict[bytes, int] = {}
        for path in paths:
            if time.monotonic() > deadline:
                break
            data = read_file(tree, path)
            if not isinstance(data, Unread):
                for word in words_of(data):
                    self._counts[word] = self._counts.get(word, 0) + 1

    def beginning_with(self, initials: Set[int]) -> Iterator[bytes]:
        """Those that begin with one of these bytes."""
        return (word for word in self._counts if word[0] in initials)

    def files_with(self, word: bytes) -> int:
        """In how many files a word stands."""
        return self._counts.get(word, 0)
