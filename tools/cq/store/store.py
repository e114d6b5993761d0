"""What is kept of one root: opened by a search, brought up to date, asked, and given what was learned.

Whatever happens to the files of the store, a run goes on without it; `note` says what there is to say about that.
"""

import os
from collections.abc import Callable, Iterable, Iterator

import msgspec

from cq.settings import ANSWER_BYTES
from cq.store.checked import Damaged, Unusable
from cq.store.database import Database
from cq.store.folder import make_room, rooted_at, siblings, stem_of
from cq.store.fresh import Fresh
from cq.store.snapshot import Snapshot
from cq.store.words import BLOCKS_PER_SEGMENT, Directory, blocks_of, directory, files_in, only_words, words_in

# A word that a file must hold: itself, or any that passes a test.
WordNeed = bytes | Callable[[bytes], bool]


class Head(msgspec.Struct, frozen=True, array_like=True):
    """What is read first. A writer checks that it still is what it read, and writes the next one."""

    root: bytes
    words: str  # what counts as a word: words of another definition are none
    epoch: bytes  # of this making of the database: numbers of files mean nothing in another
    generation: int = 0  # counts the writings of the snapshot
    next_file: int = 1
    next_segment: int = 1
    segments: tuple[int, ...] = ()
    complete: bool = False  # the words of all files were asked for: those of changed files are kept, too


class Looked(msgspec.Struct, frozen=True, array_like=True):
    """Of a plan: all files up to this number were looked at, and these have an answer."""

    until: int
    files: tuple[int, ...]


class Learned(msgspec.Struct, kw_only=True):
    """What a run has to give."""

    snapshot: Snapshot | None = None  # when it is not the one that was kept
    next_file: int = 0  # with `snapshot`: the first number that is not given
    files: list[int] = []  # whose words these are: each word with the numbers of the files that hold it
    postings: dict[bytes, list[int]] = {}
    complete: bool = False  # the words of all files are known now
    plan: bytes = b""
    looked_until: int = 0  # 0: not all files were looked at
    answers: tuple[tuple[int, bytes], ...] = ()
    answered: tuple[int, ...] = ()  # all files with an answer, these and those that were kept
    dead: tuple[int, ...] = ()  # files with an answer that are no more
    time: int = 0  # in seconds
    syntax_head: bytes = b""  # when it is not the one that was kept: all is taken anew from the trees
    syntax: list[tuple[int, bytes]] = []  # what was taken from trees, by number of the file
    syntax_dead: tuple[int, ...] = ()  # files that are no more


class Store:
    """One root's store. Its methods raise Damaged when it is not what was written, Unusable when the system says no:
    the `keeper` goes on without it then, or with a new one.
    """

    def __init__(self, root: str, folder: str, words: str, damaged: str = "", tree: str = "") -> None:
        """`damaged` is the file of an earlier one, which is to be deleted. `tree`: of a tree in git at the root."""
        real = os.fsencode(os.path.realpath(root))
        self._root = rooted_at(real, tree.encode())
        self._folder = folder
        self._stem = stem_of(folder, real, tree.encode())
        self._damaged = damaged
        self._database: Database | None = None
        self._directories: dict[int, Directory] | None = None
        self.head = Head(root=self._root, words=words, epoch=os.urandom(8))
        self._there = False  # whether the head is one that was read
        if damaged:
            return
        self._database = Database.open(self._stem)
        if self._database is None and tree:
            self._take_over(siblings(folder, real), real + b"@", words)
        data = None if self._database is None else self._database.piece("head")
        if data is not None:
            head = msgspec.msgpack.decode(data, type=Head)
            if head.root != self._root:
                raise Damaged("an index of another folder", self.path)
            if head.words != words:
                raise Damaged("an index of another version of cq", self.path)
            self.head, self._there = head, True

    @property
    def path(self) -> str:
        """Of the database file; "" when there is none yet."""
        return "" if self._database is None else self._database.path

    def close(self) -> None:
        """Close the files."""
        database, self._database = self._database, None
        if database is not None:
            database.close()

    def fresh(self, root: str, seen: Fresh | None = None) -> Fresh:
        """The files of the root as they are now, or as they were `seen`, with what is known of them."""
        return Fresh(root, self.snapshot(), seen)

    def snapshot(self) -> Snapshot | None:
        """The files of the root as they were last seen."""
        data = self._database.piece("snapshot") if self._database is not None and self._there else None
        return None if data is None else Snapshot.unpacked(data, lambda: self._piece("digests"))

    def covered(self) -> set[int]:
        """The numbers of the files whose words are known."""
        covered: set[int] = set()
        for each in self._all_directories().values():
            covered.update(each.holds())
        return covered

    def files_with(self, alternatives: Iterable[tuple[WordNeed, ...]]) -> set[int]:
        """The numbers of the covered files that hold all words of one of the alternatives."""
        found: set[int] = set()
        for needs in alternatives:
            found |= set.intersection(*map(self._files_with, needs))
        return found

    def answers(self, plan: bytes) -> tuple[Looked, dict[int, bytes]]:
        """What is known about a plan: which files were looked at, and what they say."""
        known = self._database.plan(plan) if self._database is not None and self._there else None
        if known is None or self._database is None:
            return Looked(0, ()), {}
        looked = msgspec.msgpack.decode(known.data, type=Looked)
        answers = dict(self._database.answers(known.id, plan))
        if not answers.keys() >= set(looked.files):
            raise Damaged("answers are missing", self.path)
        return looked, answers

    def words(self) -> Iterator[tuple[bytes, int]]:
        """Each word of each segment, with the number of files there that hold it."""
        for segment, each in self._all_directories().items():
            assert self._database is not None
            first = segment * BLOCKS_PER_SEGMENT
            for block in self._database.blocks(first, first + len(each.firsts)):
                words, files = words_in(block)
                yield from zip(words, map(len, files), strict=True)

    def words_beginning(self, initials: Iterable[int]) -> Iterator[bytes]:
        """The words that begin with one of these bytes, and maybe some that no file has any more."""
        for segment, each in self._all_directories().items():
            assert self._database is not None
            first = segment * BLOCKS_PER_SEGMENT
            for initial in initials:
                begin, end = each.blocks_beginning(initial)
                for block in self._database.blocks(first + begin, first + end):
                    yield from (word for word in only_words(block) if word[0] == initial)

    def syntax_head(self) -> bytes:
        """Of what was taken from trees: what it depends on, and what its numbers mean. Empty when there is none."""
        return self._piece("syntax") if self._there else b""

    def with_syntax(self) -> list[int]:
        """The numbers of the files from whose trees something was taken."""
        return [] if self._database is None else self._database.with_syntax()

    def syntax(self, file: int) -> bytes:
        """What was taken from the tree of a file. Empty when nothing was."""
        return (None if self._database is None else self._database.syntax(file)) or b""

    def keep(self, learned: Learned) -> bool:
        """Write what was learned, all or nothing. False: others wrote in between, and their numbers are not ours."""
        if self._database is None:
            self._database = Database.create(self._stem, self._damaged)
            make_room(self._folder, self._database.path)
        self._database.begin()
        try:
            return self._keep(self._database, learned)
        finally:
            self._database.rollback()  # of what was not committed

    def _take_over(self, others: list[str], root: bytes, words: str) -> None:
        """Begin with what is known of another tree at the root: of most files it is known of this one, too."""
        if not others:
            return
        database = Database.create(self._stem)
        make_room(self._folder, database.path)
        try:
            data = database.piece("head") if database.take(others[0]) else None
            head = None if data is None else msgspec.msgpack.decode(data, type=Head)
            if head is not None and head.root.startswith(root) and head.words == words:
                own = msgspec.structs.replace(head, root=self._root, epoch=self.head.epoch)
                database.set_piece("head", msgspec.msgpack.encode(own))
                database.commit()
        except (Damaged, Unusable, msgspec.DecodeError):
            pass  # what is wrong with another one is told when that is asked
        finally:
            database.taken()
        self._database = database

    def _piece(self, name: str) -> bytes:
        return (None if self._database is None else self._database.piece(name)) or b""

    def _all_directories(self) -> dict[int, Directory]:
        if self._directories is None:
            found: dict[int, Directory] = {}
            for segment in self.head.segments if self._database is not None else ():
                assert self._database is not None
                data = self._database.piece(f"segment {segment}")
                if data is None:
                    raise Damaged("a segment is missing", self.path)
                found[segment] = msgspec.msgpack.decode(data, type=Directory)
            self._directories = found
        return self._directories

    def _files_with(self, need: WordNeed) -> set[int]:
        found: set[int] = set()
        database = self._database
        for segment, each in self._all_directories().items():
            assert database is not None
            first = segment * BLOCKS_PER_SEGMENT
            if isinstance(need, bytes):
                number = each.block_of(need)
                if number is not None:
                    found.update(files_in(database.block(first + number), need))
                continue
            for block in database.blocks(first, first + len(each.firsts)):
                words, files = words_in(block)
                for word, distances in zip(words, files, strict=True):
                    if need(word):
                        number = 0
                        for distance in distances:
                            number += distance
                            found.add(number)
        return found

    def _keep(self, database: Database, learned: Learned) -> bool:
        data = database.piece("head")
        head = self.head if data is None else msgspec.msgpack.decode(data, type=Head)
        if head.epoch != self.head.epoch or self._there != (data is not None):
            return False
        new_numbers = learned.snapshot is not None or bool(learned.files)
        if new_numbers and head.generation != self.head.generation:
            return False
        if learned.snapshot is not None:
            database.set_piece("snapshot", learned.snapshot.packed())
            database.set_piece("digests", bytes(learned.snapshot.digests))
        if learned.files:
            head = self._add_segment(database, head, learned)
        if new_numbers or learned.complete or data is None:
            head = msgspec.structs.replace(
                head,
                generation=head.generation + 1,
                next_file=max(learned.next_file, head.next_file),
                complete=head.complete or learned.complete,
            )
            database.set_piece("head", msgspec.msgpack.encode(head))
        if learned.plan:
            self._keep_answers(database, learned)
        if learned.syntax_head:
            database.drop_syntax(None)
            database.set_piece("syntax", learned.syntax_head)
        database.drop_syntax(learned.syntax_dead)
        database.set_syntax(learned.syntax)
        database.commit()
        self.head, self._there, self._directories = head, True, None
        return True

    def _add_segment(self, database: Database, head: Head, learned: Learned) -> Head:
        segment = head.next_segment
        firsts = []
        blocks = []
        for number, (first, block) in enumerate(blocks_of(learned.postings)):
            firsts.append(first)
            blocks.append((segment * BLOCKS_PER_SEGMENT + number, block))
        database.set_blocks(blocks)
        database.set_piece(f"segment {segment}", msgspec.msgpack.encode(directory(learned.files, firsts)))
        segments = (*head.segments, head.next_segment)
        return msgspec.structs.replace(head, segments=segments, next_segment=head.next_segment + 1)

    def _keep_answers(self, database: Database, learned: Learned) -> None:
        known = database.plan(learned.plan)
        looked = Looked(0, ()) if known is None else msgspec.msgpack.decode(known.data, type=Looked)
        if learned.looked_until > looked.until:
            looked = Looked(learned.looked_until, learned.answered)
        size = sum(len(answer) for _, answer in learned.answers)
        plan = database.set_plan(learned.plan, learned.time, size, msgspec.msgpack.encode(looked))
        database.set_answers(plan, learned.plan, learned.answers)
        database.drop_answers(plan, learned.dead)
        if not database.answered(plan).issuperset(looked.files):
            # Another run dropped what it knew to be no more: which files have a hit is not known then.
            database.set_plan(learned.plan, learned.time, 0, msgspec.msgpack.encode(Looked(0, ())))
        total = 0
        for each in reversed(database.plans()):
            total += each.bytes
            if total > ANSWER_BYTES and each.id != plan:
                database.drop_plan(each.id)
