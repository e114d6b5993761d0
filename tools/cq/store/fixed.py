"""The files of a git tree as the store knows them: the same files for ever, so that nothing is looked at again."""

import os

from cq.index.selection import Selection
from cq.index.walk import list_files
from cq.store.fresh import Looks
from cq.store.snapshot import ListingSeen, Snapshot


class Fixed:
    """What `fresh.Fresh` is for folders. `to_read`: positions of files that nobody has read yet."""

    def __init__(self, selection: Selection, known: Snapshot | None) -> None:
        """`selection` is all of a revision's tree."""
        self.relisted = known is None
        if known is None:
            listing = list_files(selection)
            problems = tuple((os.fsencode(at.path), at.reason, os.fsencode(at.detail)) for at in listing.problems)
            seen = ListingSeen((), None, b"", (), (), (), (), problems, True)
            known = Snapshot(seen, listing.files)
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
