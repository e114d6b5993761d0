"""Index a root: so that a name that was never asked for is found without reading files, and mostly without a parser.

First the words of all files are taken, which needs no parser and tells which names are frequent. Then each file is
parsed once: where it may be cut, and what the frequent names are. Both are done over `cq.scan`, with its pool of
processes when that pays; this process alone writes. It writes after so many files, so a run that is killed has done
what it has done.
"""

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor

import msgspec

from cq.grammar.language import is_installed, load_language
from cq.index.file_tree import FileTree
from cq.index.selection import Selection
from cq.lanes.table import lane_table
from cq.scan.read import read_file
from cq.scan.results import FileJob, Unread
from cq.scan.scan import scan, workers_for
from cq.settings import INDEX_PARSE_BYTES, SEGMENT_POSTINGS, SYNTAX_BATCH_BYTES, USAGE_FILES
from cq.store.file_syntax import SyntaxAnalysis, SyntaxPlan
from cq.store.file_words import FileWords, WordsAnalysis, WordsPlan
from cq.store.files import Files
from cq.store.frequent import frequent_words, usage_in
from cq.store.fresh import looks
from cq.store.keeper import Keeper
from cq.store.stamp import stamp
from cq.store.store import Learned, Store
from cq.store.syntax import SyntaxHead, decode_head
from cq.store.to_parse import Place, to_parse

# Others may write in between: then what was not written yet is looked at again.
_ATTEMPTS = 20
# After which a file that was just written can be told from one that was written once more.
_MOMENT_SECONDS = 0.11


class IndexRun:
    """Indexes one root. Iterate `files()`, which does the work; the counts tell what was done."""

    def __init__(self, root: str, keeper: Keeper, workers: int | None = None, folders: tuple[str, ...] = ()) -> None:
        """With folders of queries files are parsed, too; without, only their words are taken."""
        self._root = root
        self._tree = FileTree(root)
        self._keeper = keeper
        self._workers = workers
        self._folders = folders
        self.executor: Executor | None = None  # who looks at the files, when it is not this machine
        self.files_listed = self.bytes_indexed = 0
        self.to_index = 0  # how many paths `files` will yield
        self.unread: list[Unread] = []
        self.is_complete = False
        self._done = 0
        self._indexed: set[int] = set()  # positions
        self._too_new = 0
        self._covered: set[int] = set()  # files whose words are known
        self._head: SyntaxHead | None = None  # of what is known of trees; None: it has to be made anew
        self._defined: set[bytes] = set()  # words that look defined, if there is no head

    @property
    def files_indexed(self) -> int:
        """Of how many files something was taken."""
        return len(self._indexed)

    def files(self) -> Iterator[str]:
        """The paths of the files that are looked at, as it goes on: a file may be looked at twice."""
        for _ in range(_ATTEMPTS):
            files, missing = self._keeper.attempt(self._missing)
            store = self._keeper.store
            if store is None:
                return
            self._too_new = 0
            yield from self._take_words(store, files, missing)
            if self.is_complete and not self._too_new:
                if self._folders:
                    yield from self._take_syntax(store, files)
                return
            self._keeper.close()
            if self._too_new:
                time.sleep(_MOMENT_SECONDS)

    def close(self) -> tuple[str, int]:
        """Close the index; the path of its file, and what it takes in bytes."""
        path = self._keeper.path()
        self._keeper.close()
        try:
            return path, os.stat(path).st_size
        except OSError:  # none could be made
            return "", 0

    def _missing(self) -> tuple[Files, list[int]]:
        """The files, and the positions of those whose words have to be looked at."""
        store = self._keeper.store
        files = Files(Selection(root=self._root), store)
        self._covered = set() if store is None else store.covered()
        self._head = None
        if store is not None and self._folders and (data := store.syntax_head()):
            head = decode_head(data)
            if head.stamp == stamp(self._folders) and len(files.paths) < 2 * head.files:
                self._head = head
        # To choose words all files are looked at.
        known = self._covered if self._head or not self._folders else set()
        missing = [
            at for at, number in enumerate(files.numbers) if number not in known and not (number and at in files.notes)
        ]
        self.files_listed = len(files.paths)
        self.to_index = self._done + len(missing) * (2 if self._folders else 1)
        self.unread = [Unread(each.path, each.reason, each.detail) for each in files.problems]
        self.unread += [Unread(files.paths[at], *note) for at, note in files.notes.items() if files.numbers[at]]
        return files, missing

    def _take_words(self, store: Store, files: Files, missing: Sequence[int]) -> Iterator[str]:
        before = [looks(self._root, files.paths[at]) for at in missing]
        jobs = [FileJob(files.paths[at], seen[0]) for at, seen in zip(missing, before, strict=True)]
        chooses = bool(self._folders) and self._head is None
        plan = WordsPlan(self._folders, self._openers(files.paths)) if chooses else WordsPlan()
        workers = workers_for(jobs, self._workers)
        batch = Learned(postings={})
        count = 0
        results = scan(self._tree, jobs, WordsAnalysis, plan, workers, self.executor)
        for at, seen, result in zip(missing, before, results, strict=True):
            if isinstance(result, Unread):
                files.give(at, seen, result, b"", b"")
                self.unread.append(result)
                continue
            number = files.numbers[at] or files.give(at, seen, None, result.digest, result.head)
            if not number:
                # So new that it may change once more and look the same.
                self._too_new += 1
                continue
            if result.defined:
                self._defined.update(result.defined.split(b"\n"))
            if number not in self._covered:
                count += _add(batch, number, result)
                self._note(at, result.size)
            yield self._seen(result.path)
            if count > SEGMENT_POSTINGS:
                if not self._write(files, batch):
                    return
                batch, count = Learned(postings={}), 0
        batch.complete = True
        nothing_new = not batch.files and files.changed is None and store.head.complete
        self.is_complete = nothing_new or self._write(files, batch)

    def _write(self, files: Files, batch: Learned) -> bool:
        batch.snapshot = files.changed
        batch.next_file = files.until + 1
        return self._keeper.keep(batch)

    def _take_syntax(self, store: Store, files: Files) -> Iterator[str]:
        """Parse the files of which it is not known what is taken from trees."""
        learned = Learned()
        head = self._head or SyntaxHead(stamp(self._folders), len(files.paths), self._frequent(store, files))
        if self._head is None:
            learned.syntax_head = msgspec.msgpack.encode(head)
        known = set() if self._head is None else set(store.with_syntax())
        live = {number: at for at, number in enumerate(files.numbers) if number and at not in files.notes}
        missing = [Place(at, number) for number, at in live.items() if number not in known]
        learned.syntax_dead = tuple(known.difference(live))
        if not (missing or learned.syntax_dead or learned.syntax_head):
            return
        self.to_index = self._done + len(missing)
        parsed, silent = to_parse(files, missing, _words_by_file(store, head), lane_table(self._folders))
        for place in silent:
            learned.syntax.append((place.number, b""))
            yield self._noted(files, place)
        jobs = [each.job for each in parsed]
        workers = workers_for(jobs, self._workers)
        results = scan(self._tree, jobs, SyntaxAnalysis, SyntaxPlan(self._folders), workers, self.executor)
        size = 0
        for each, result in zip(parsed, results, strict=True):
            if isinstance(result, Unread) or files.number_of(each.files[0].at) != each.files[0].number:
                continue  # it changed since: next time
            for place in each.files:
                learned.syntax.append((place.number, result.kept))
                size += len(result.kept)
                yield self._noted(files, place)
            if size > SYNTAX_BATCH_BYTES:
                if not self._keeper.keep(learned):
                    return
                learned, size = Learned(), 0
        self._keeper.keep(learned)

    def _openers(self, paths: Sequence[str]) -> tuple[tuple[str, frozenset[bytes]], ...]:
        """The words that stand before what is defined, by language: of all there are those that its grammar knows."""
        table = lane_table(self._folders)
        found = []
        for name in sorted({table.by_path(path) for path in paths}.difference(("",))):
            if is_installed(grammar := table.languages[name].grammar):
                language = load_language(grammar)
                words = [w for w in table.lexical.definition_words if language.id_for_node_kind(w, False) is not None]
                found.append((name, frozenset(word.encode() for word in words)))
        return tuple(found)

    def _frequent(self, store: Store, files: Files) -> bytes:
        """The names of which it is kept what they are."""
        known = [at for at, number in enumerate(files.numbers) if number]
        size = sum(map(files.size, known))
        table = lane_table(self._folders)
        code = [files.paths[at] for at in known if files.size(at) <= INDEX_PARSE_BYTES]
        code = [path for path in code if table.by_path(path)]
        some = (read_file(self._tree, path) for path in code[:: len(code) // USAGE_FILES + 1])
        usage = usage_in((data for data in some if isinstance(data, bytes)), table.lexical.import_words)
        return b"\n".join(frequent_words(store.words(), self._defined, len(files.paths), size, usage))

    def _noted(self, files: Files, place: Place) -> str:
        self._note(place.at, files.size(place.at))
        return self._seen(files.paths[place.at])

    def _seen(self, path: str) -> str:
        self._done += 1
        return path

    def _note(self, at: int, size: int) -> None:
        """Something was taken of this file."""
        if at not in self._indexed:
            self._indexed.add(at)
            self.bytes_indexed += size


def _words_by_file(store: Store, head: SyntaxHead) -> dict[int, list[bytes]]:
    """The frequent words of each file that holds one."""
    found: dict[int, list[bytes]] = {}
    for word in head.words.split(b"\n") if head.words else ():
        for number in store.files_with([(word,)]):
            found.setdefault(number, []).append(word)
    return found


def _add(batch: Learned, number: int, found: FileWords) -> int:
    batch.files.append(number)
    postings = batch.postings
    of_file = found.words.split(b"\n") if found.words else []
    for word in of_file:
        if word in postings:
            postings[word].append(number)
        else:
            postings[word] = [number]
    return len(of_file)
