"""The files of a selection, each with its number when the store knows its content; reads the others and takes note.

Without a store it is the same with nothing known, so there is one way through a run. The store can only save work: a
file that does not look as it did has no number until it is read, and a file without a number leaves nothing behind.
"""

import os
from array import array
from collections.abc import Mapping, Sequence

import msgspec

from cq.index.selection import Problem, Selection
from cq.index.walk import list_files
from cq.scan.read import read_file, size_of
from cq.scan.results import Unread
from cq.store.fixed import Fixed
from cq.store.fresh import Fresh, Looks, looks
from cq.store.snapshot import NUMBERS, Snapshot, digest_of
from cq.store.store import Store

HEAD_BYTES = 128
_NOT_FOR_EVER = ("gone", "missing-object", "unreadable")


class Files:
    """The listed files by position. `numbers` is 0 for a file that has to be read."""

    def __init__(self, selection: Selection, store: Store | None, seen: Fresh | None = None) -> None:
        """`seen`: how all files of the root look, as the one who asks has just found out."""
        self._seen = seen
        self.tree = selection.tree
        self.binary = selection.binary
        self._store = None if selection.binary else store
        self._fresh: Fresh | Fixed | None = None
        self._changed = False
        self._next_file = 0 if store is None else store.head.next_file
        self.last_known = self._next_file - 1  # the highest number of a file that was not read in this run
        self._was: dict[int, int] = {}  # positions in a snapshot that is of more than this selection
        self._snapshot: Snapshot | None = None
        self.paths: Sequence[str]
        self.problems: Sequence[Problem]
        # All of the root as it is listed by default, so that what is found out holds for the root.
        self.is_whole = self._store is not None and _is_whole(selection)
        if self.is_whole and self._store is not None:
            self._take_all(selection, self._store)
        else:
            listing = list_files(selection)
            self.paths, self.problems = listing.files, listing.problems
            self.numbers = array("q", bytes(8 * len(listing.files)))
            self.notes: Mapping[int, tuple[str, str]] = {}  # of files with a number: why they cannot be searched
            self.heads: Mapping[int, bytes] = {}  # the first bytes of those that begin with `#!`, and have no ending
            if self._store is not None:
                self._take_some(selection, self._store)
            self.unknown = [at for at, number in enumerate(self.numbers) if not number]

    def _take_all(self, selection: Selection, store: Store) -> None:
        fresh: Fresh | Fixed
        if selection.revision is not None:
            fresh = Fixed(selection.whole, store.snapshot())
        else:
            fresh = store.fresh(selection.root, self._seen)
        self._fresh, snapshot = fresh, fresh.snapshot
        self._snapshot = snapshot
        self._changed = fresh.relisted
        self.paths, self.problems = snapshot.paths, snapshot.problems()
        self.notes, self.heads = snapshot.notes, snapshot.heads
        self.numbers = array("q", snapshot.ids)
        for at in fresh.to_read:
            self.numbers[at] = 0
        self.unknown = fresh.to_read

    def _take_some(self, selection: Selection, store: Store) -> None:
        snapshot = store.snapshot()
        if selection.revision is not None:
            # All of its files, so that what is found out of some of them is known next time.
            plain = Selection(root=selection.root, revision=selection.revision)
            self._fresh = Fixed(plain, snapshot)
            self._changed = self._fresh.relisted
            snapshot = self._fresh.snapshot
        if snapshot is None:
            return
        self._snapshot = snapshot
        positions = {path: at for at, path in enumerate(snapshot.paths)}
        notes, heads = {}, {}
        for at, path in enumerate(self.paths):
            was = positions.get(path)
            if was is None or self.tree.laid_over(path):
                continue
            if self.tree.revision is None and looks(self.tree.root, path) != snapshot.looks(was):
                continue
            self._was[at] = was
            self.numbers[at] = snapshot.ids[was]
            if was in snapshot.notes:
                notes[at] = snapshot.notes[was]
            if was in snapshot.heads:
                heads[at] = snapshot.heads[was]
        self.notes, self.heads = notes, heads

    def read(self, at: int) -> bytes | Unread:
        """The bytes of a file, as they are now; gives it a number if it has none and may have one."""
        path = self.paths[at]
        if self._fresh is None or self.numbers[at] or self._position(at) is None:
            return read_file(self.tree, path, self.binary)
        before = self.looks(path)
        data = read_file(self.tree, path)
        if isinstance(data, Unread):
            self.give(at, before, data, b"", b"")
        else:
            position = self._position(at)
            known = b"" if position is None else self._fresh.snapshot.digest(position)
            digest = digest_of(data) if known else b""
            self.give(at, before, None, digest, data[:HEAD_BYTES])
        return data

    def looks(self, path: str) -> Looks:
        """What a file looks like from outside; in a revision its size is all there is to see."""
        if self.tree.revision is not None:
            return size_of(self.tree, path), 0, 0, 0
        return looks(self.tree.root, path)

    def give(self, at: int, before: Looks, unread: Unread | None, digest: bytes, head: bytes) -> int:
        """Give a file its number: that which it had when its content is the same. `before`: its looks before reading.

        0 when it may have none: it could not be read, or is so new that it may change and look the same.
        """
        was = self._position(at)
        if self._fresh is None or was is None:
            return 0
        snapshot = self._fresh.snapshot
        known = snapshot.digest(was)
        if self.tree.revision is not None:
            digest = known  # git named the content already
        self._changed = True
        snapshot.heads.pop(was, None)
        snapshot.notes.pop(was, None)
        if not self._fresh.is_settled(before) or (unread is not None and unread.reason in _NOT_FOR_EVER):
            snapshot.ids[was] = 0
            return 0
        if unread is not None:
            snapshot.notes[was] = (unread.reason, unread.detail)
        elif head.startswith(b"#!") and "." not in os.path.basename(self.paths[at]):
            snapshot.heads[was] = head
        if not digest or digest != known or not snapshot.ids[was]:
            snapshot.ids[was] = self._next_file
            self._next_file += 1
        snapshot.numbers[was * NUMBERS : (was + 1) * NUMBERS] = array("q", before)
        snapshot.set_digest(was, digest)
        self.numbers[at] = snapshot.ids[was]
        return self.numbers[at]

    def take_digest(self, at: int, data: bytes) -> None:
        """Keep a digest of a file that was read, so that its content is known again when only its time changes."""
        was = self._position(at)
        if self._fresh is not None and was is not None and self.tree.revision is None:
            self._fresh.snapshot.set_digest(was, digest_of(data))

    def digest(self, at: int) -> bytes:
        """By which the content of a file with a number is known again; empty when nobody took it."""
        return b"" if self._snapshot is None else self._snapshot.digest(self._was.get(at, at))

    def size(self, at: int) -> int:
        """Of a file with a number, in bytes."""
        return 0 if self._snapshot is None else self._snapshot.looks(self._was.get(at, at))[0]

    def number_of(self, at: int) -> int:
        """The number of a file if it still looks as it did before it was read: what was made of it may be kept."""
        number = self.numbers[at]
        if not number or self._snapshot is None:
            return 0
        if self.tree.revision is not None or self.looks(self.paths[at]) == self._snapshot.looks(self._was.get(at, at)):
            return number
        self.numbers[at] = 0
        was = self._position(at)
        if self._fresh is not None and was is not None:
            self._fresh.snapshot.ids[was] = 0
            self._changed = True
        return 0

    def _position(self, at: int) -> int | None:
        """Where a file stands in the snapshot; None when it is not of it."""
        return at if self.is_whole else self._was.get(at)

    def are_since(self, then: int) -> bool:
        """Whether all files, and no others, already looked as they do now at this time (in ns)."""
        if self._fresh is None or not self._fresh.is_since(then):
            return False
        return all(self.number_of(at) for at in range(len(self.paths)))

    @property
    def until(self) -> int:
        """The highest number of all files."""
        return self._next_file - 1

    @property
    def changed(self) -> Snapshot | None:
        """The snapshot to be kept, when it is not the one that was."""
        return self._fresh.snapshot if self._fresh is not None and self._changed else None


def _is_whole(selection: Selection) -> bool:
    plain = Selection(root=selection.root, revision=selection.revision)
    return selection == plain or selection == msgspec.structs.replace(plain, paths=(selection.root,))
