"""The files of one project, and what each says of its names."""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Generic, Protocol, TypeVar

import msgspec

from cq.index.file_tree import FileTree
from cq.lanes.table import LaneTable
from cq.scan.read import read_file
from cq.scan.results import Unread
from cq.settings import SUMMARIES_AT_ONCE_BYTES
from cq.store.blobs import Blobs
from cq.symbols.trees import Trees

_MANY_NAMES = 40  # from which on it pays to take all files apart, rather than to look through them once more
_WORD = re.compile(rb"[\w\x80-\xff]+")

Summary = TypeVar("Summary")
_packed = msgspec.msgpack.Encoder().encode


class Summarizer(Protocol[Summary]):
    """Makes of one file's bytes what resolution needs: a pure function, so that results may be kept by content."""

    name: str
    version: int  # raised with every change of what it makes
    makes: type[Summary]

    def summarize(self, data: bytes) -> Summary:
        """The summary. A broken file gives what can be read of it; only plain data, no node or tree."""
        ...


class Project:
    """The listed files of one root, by language. Reads each file once."""

    def __init__(
        self,
        tree: FileTree,
        paths: Sequence[str],
        table: LaneTable,
        holders: Callable[[str], Iterable[str]] | None = None,
        blobs: Blobs | None = None,
        listed_ns: int = 0,
    ) -> None:
        """`holders` knows which files may hold a name; without it all are looked through. `blobs` has summaries.

        `listed_ns` is when the files were listed, 0 is now: none of them is read before.
        """
        self.tree = tree
        self.root = tree.root
        self.table = table
        self.blobs = blobs or Blobs("")
        self.listed_ns = listed_ns or time.time_ns()
        self._by_language: dict[str, list[str]] = {}
        for path in paths:
            self._by_language.setdefault(table.by_path(path), []).append(path)
        self._holders = holders
        self._data: dict[str, bytes | None] = {}
        self.trees = Trees(self.read)
        self._asked: dict[str, int] = {}  # how many names, by language
        self._words: dict[str, dict[bytes, list[str]]] = {}

    def paths(self, language: str) -> Sequence[str]:
        """The files in this language, relative to the root, in the order of the listing."""
        return self._by_language.get(language, ())

    def languages(self) -> Iterable[str]:
        """The languages of the files."""
        return sorted(self._by_language)

    def every_path(self) -> Iterator[str]:
        """All files, of whatever language."""
        return chain.from_iterable(self._by_language.values())

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None when it is gone, unreadable or binary."""
        if path not in self._data:
            data = read_file(self.tree, path)
            self._data[path] = None if isinstance(data, Unread) else data
        return self._data[path]

    def files_with(self, name: str, language: str) -> Iterable[str]:
        """Files in which the name stands, and maybe more."""
        if self._holders is not None:
            by_path = self.table.by_path
            return [path for path in self._holders(name) if by_path(path) == language]
        word = name.encode("utf-8", "surrogateescape")
        if language not in self._words:
            self._asked[language] = self._asked.get(language, 0) + 1
            if self._asked[language] <= _MANY_NAMES:
                return [path for path in self.paths(language) if word in (self.read(path) or b"")]
            words: dict[bytes, list[str]] = {}
            self._words[language] = words
            for path in self.paths(language):
                for each in set(_WORD.findall(self.read(path) or b"")):
                    words.setdefault(each, []).append(path)
        return self._words[language].get(word, ())


class Summaries(Generic[Summary]):
    """The summaries of a project's files, each made when it is asked for, or found among the blobs."""

    def __init__(self, project: Project, summarizer: Summarizer[Summary]) -> None:
        self._project = project
        self._summarizer = summarizer
        self._unpacked = msgspec.msgpack.Decoder(summarizer.makes).decode
        self._made: dict[str, Summary | None] = {}
        self._seen_bytes = 0

    def of(self, path: str) -> Summary | None:
        """The summary of a file, or None when it cannot be read."""
        if path not in self._made:
            data = self._project.read(path)
            self._made[path] = None if data is None else self.of_content(data)
        return self._made[path]

    def of_content(self, data: bytes) -> Summary:
        """The summary of these bytes."""
        self._seen_bytes += len(data)
        blobs = self._project.blobs
        # To open the blobs costs as much as to make a few summaries.
        if not blobs.are_kept or self._seen_bytes < SUMMARIES_AT_ONCE_BYTES:
            return self._summarizer.summarize(data)
        key = blobs.key(self._summarizer, data)
        blob = blobs.get(key)
        if blob is not None:
            try:
                return self._unpacked(blob)
            except msgspec.DecodeError:
                pass  # as if there were none
        summary = self._summarizer.summarize(data)
        blobs.put(key, _packed(summary))
        return summary
