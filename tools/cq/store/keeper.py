"""The one place where trouble with a store ends: whatever is wrong with it, the run goes on, and one note says so."""

import os
from collections.abc import Callable
from typing import TypeVar

import msgspec

from cq.store.checked import Damaged, Unusable
from cq.store.database import delete, existing
from cq.store.folder import stem_of, touch
from cq.store.store import Learned, Store

Result = TypeVar("Result")


class Keeper:
    """Opens the store of a root when it is needed. Without a folder there is none."""

    def __init__(self, root: str, folder: str, words: str, tell: Callable[[str], object], tree: str = "") -> None:
        """`words` names what counts as a word; `tell` is told, once, what is wrong. `tree`: of a tree in git there."""
        self._tree = tree
        self._root = root
        self._folder = folder
        self._words = words
        self._tell = tell
        self._told = False
        self._store: Store | None = None
        self._wanted = bool(folder)

    @property
    def store(self) -> Store | None:
        """The store, open; None when there is to be none."""
        return self._store

    def path(self) -> str:
        """Of the database file; "" when there is none."""
        return existing(stem_of(self._folder, os.fsencode(os.path.realpath(self._root)), self._tree.encode())) or ""

    def attempt(self, work: Callable[[], Result]) -> Result:
        """The result of the work, which asks for the store. It begins anew when the store is not what it should be."""
        # A damaged store is followed by an empty one, that by none.
        for _ in range(2):
            if not self._wanted:
                break
            try:
                if self._store is None:
                    self._store = Store(self._root, self._folder, self._words, tree=self._tree)
                return work()
            except (Damaged, msgspec.DecodeError) as error:
                self._make_anew(error)
            except Unusable as error:
                self._give_up(error)
        if self._wanted:
            self._give_up(Unusable("the new one is damaged, too"))
        return work()

    def keep(self, learned: Learned) -> bool:
        """Write what was learned; whether it could be."""
        if self._store is None:
            return False
        try:
            return self._store.keep(learned)
        except (Damaged, msgspec.DecodeError) as error:
            path = self._store.path
            self._note(f"the index of this folder was damaged and is made anew next time: {error}")
            self.close()
            delete(path)
        except Unusable as error:
            self._give_up(error)
        return False

    def used(self) -> None:
        """Say that the store was of use: those that were not for long go first."""
        if self._store is not None:
            touch(self._store.path)

    def close(self) -> None:
        """Close the store."""
        store, self._store = self._store, None
        try:
            if store is not None:
                store.close()
        except (Damaged, Unusable):
            pass  # all that counts was committed, or said

    def _make_anew(self, error: Damaged | msgspec.DecodeError) -> None:
        self._note(f"the index of this folder is made anew: {error}")
        damaged = self.path()
        self.close()
        self._store = Store(self._root, self._folder, self._words, damaged, self._tree)

    def _give_up(self, error: Unusable) -> None:
        self._note(f"going on without an index: {error}")
        self._wanted = False
        self.close()

    def _note(self, text: str) -> None:
        if not self._told:
            self._tell(text)
        self._told = True


def without_store() -> Keeper:
    """For a run that keeps nothing."""
    return Keeper("", "", "", lambda text: None)
