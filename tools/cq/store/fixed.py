"""The files of a git tree as the store knows them: the same files for ever, so that nothing is looked at again."""

import os
from array import array

from cq.index.file_tree import Revision
from cq.index.git_tree import git_tree
from cq.index.selection import Selection
from cq.index.walk import list_files
from cq.store.fresh import Looks
from cq.store.snapshot import DIGEST_BYTES, NUMBERS, ListingSeen, Snapshot


def _with_known(snapshot: Snapshot, revision: Revision, other: Snapshot | None) -> Snapshot:
    """The files of a tree, with what is known of those that another tree has with the same content."""
    tree = git_tree(revision)
    snapshot.need_digests()
    was = {} if other is None else {path: at for at, path in enumerate(other.paths)}
    if other is not None:
        other.need_digests()
    for at, path in enumerate(snapshot.paths):
        entry = tree.file(path)
        digest = b"" if entry is None else entry.id[:DIGEST_BYTES]
        snapshot.set_digest(at, digest)
        before = was.get(path)
        if other is None or before is None or not digest or other.digest(before) != digest:
            continue
        snapshot.ids[at] = other.ids[before]
        snapshot.numbers[at * NUMBERS : (at + 1) * NUMBERS] = array("q", other.looks(before))
        if before in other.notes:
            snapshot.notes[at] = other.notes[before]
        if before in other.heads:
            snapshot.heads[at] = other.heads[before]
    return snapshot


class Fixed:
    """What `fresh.Fresh` is for folders. `to_read`: positions of files that nobody has read yet."""

    def __init__(self, selection: Selection, known: Snapshot | None) -> None:
        """`selection` is all of a revision's tree; what is known may be of another tree."""
        assert selection.revision is not None
        mark = ("tree", selection.revision.tree)
        self.relisted = known is None or known.listing.environment != mark
        if known is None or self.relisted:
            listing = list_files(selection)
            problems = tuple((os.fsencode(at.path), at.reason, os.fsencode(at.detail)) for at in listing.problems)
            seen = ListingSeen(mark, None, b"", (), (), (), (), problems, True)
            known = _with_known(Snapshot(seen, listing.files), selection.revision, known)
        self.snapshot = known
        self.to_read = [at for at, number in enumerate(known.ids) if not number]
        if self.to_read:
            known.need_digests()

    def is_settled(self, looks: Looks) -> bool:
        """Always: what an id stands for does not change."""
        return True

    def is_since(self, then: int) -> bool:
        """Always, likewise."""
        return True
