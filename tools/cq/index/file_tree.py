"""Where files are read from: folders, or a tree in a git repository; with or without changes that are not made yet."""

import msgspec


class Revision(msgspec.Struct, frozen=True):
    """A tree in a git repository that takes the place of a folder. Its id says what is in every file."""

    name: str  # as the user calls it
    objects: str  # the folder of the repository's objects
    tree: str  # the id of the tree that stands for the root; "" when the root is not in it
    by_id: bool = False  # no tree: each path begins with the id of its content, as in a history, where a path has many


class Overlay(msgspec.Struct, frozen=True):
    """Files as they would be after a change that is not made."""

    files: dict[str, bytes | None]  # by path from the root; None: deleted

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.files)))


class FileTree(msgspec.Struct, frozen=True):
    """All that it takes to read the files of a selection, in this process or another."""

    root: str  # absolute folder: paths are relative to it
    revision: Revision | None = None
    overlay: Overlay | None = None

    @property
    def is_plain(self) -> bool:
        """Whether its files are those in the folder, as they are."""
        return self.revision is None and self.overlay is None

    def laid_over(self, path: str) -> bool:
        """Whether the overlay says what is in a file."""
        return self.overlay is not None and path in self.overlay.files
