"""Which files of a root hold a name: asked of the index many times in one run, as resolution does."""

from collections.abc import Sequence

import msgspec

from cq.store.checked import Damaged, Unusable
from cq.store.files import Files
from cq.store.store import Store


class Holders:
    """Answers by the words that the store knows; files that it does not know may hold any name."""

    def __init__(self, store: Store, files: Files) -> None:
        self._store = store
        self._paths = files.paths
        covered = store.covered()
        self._at = {number: at for at, number in enumerate(files.numbers) if number in covered}
        self._unknown = [at for at, number in enumerate(files.numbers) if number not in covered]
        self._found: dict[str, Sequence[str]] = {}

    @property
    def pays(self) -> bool:
        """Whether the words of most files are known."""
        return len(self._unknown) * 10 < len(self._paths)

    def of(self, name: str) -> Sequence[str]:
        """The files in which the name stands, and those that may hold it, in the order of the listing."""
        if name not in self._found:
            word = name.encode("utf-8", "surrogateescape")
            try:
                numbers = self._store.files_with([(word,)])
            except (Damaged, Unusable, msgspec.DecodeError):
                # Any file may hold it then. Whoever writes to the store next is told what is wrong with it.
                return self._paths
            known = (self._at[number] for number in numbers if number in self._at)
            self._found[name] = [self._paths[at] for at in sorted((*known, *self._unknown))]
        return self._found[name]
