"""Where packs come from: the folders of queries, the user's after ours, and what a pack inherits."""

import functools
import os
import re
from collections.abc import Iterable
from typing import NamedTuple

from cq.errors import CqError
from cq.packs.pattern import PatternText, split_patterns

_INHERITS = re.compile(r"\ufeff?;+[ \t]*inherits[ \t]*:([^\r\n]*)")
_LANGUAGE = re.compile(r"[\w-]+\Z")


class PackFile(NamedTuple):
    """One `.scm` file: the languages that it inherits from, and its own patterns."""

    path: str
    inherits: tuple[str, ...]
    patterns: tuple[PatternText, ...]


class PackSource:
    """The packs of some query folders. Of two packs with one language and name the later folder's counts."""

    def __init__(self, folders: tuple[str, ...]) -> None:
        self.folders = folders

    def names(self, language: str) -> tuple[str, ...]:
        """The names of the packs of a language, sorted."""
        found: set[str] = set()
        for folder in self.folders:
            within = os.path.join(folder, language)
            if os.path.isdir(within):
                found.update(
                    name[:-4]
                    for name in os.listdir(within)
                    if name.endswith(".scm") and name != ".scm" and os.path.isfile(os.path.join(within, name))
                )
        return tuple(sorted(found))

    def files(self, language: str, pack: str) -> tuple[str, ...]:
        """The files of a pack, the one that counts last."""
        paths = (os.path.join(folder, language, f"{pack}.scm") for folder in self.folders)
        return tuple(path for path in paths if os.path.isfile(path))

    def patterns(self, language: str, pack: str) -> tuple[PatternText, ...]:
        """The patterns of a pack, inherited ones first; none when there is no such pack.

        Raises CqError for a pack that is not text, that inherits from nothing, or from itself.
        """
        files = self.files(language, pack)
        return self._with_inherited(language, pack, files, ()) if files else ()

    def _with_inherited(
        self, language: str, pack: str, files: tuple[str, ...], below: tuple[str, ...]
    ) -> tuple[PatternText, ...]:
        file = read_pack(files[-1])
        if file.path in below:
            raise CqError(f"{file.path}:1: this pack inherits from itself: {' <- '.join((*below, file.path))}")
        return (*self._inherited(language, pack, files, file.inherits, below), *file.patterns)

    def inherited(self, language: str, pack: str, path: str, parents: tuple[str, ...]) -> tuple[PatternText, ...]:
        """The patterns that the file of a pack inherits from these languages; raises CqError as `patterns` does."""
        files = self.files(language, pack)
        until = files[: files.index(path) + 1] if path in files else (path,)
        return self._inherited(language, pack, until, parents, ())

    def _inherited(
        self, language: str, pack: str, files: tuple[str, ...], parents: tuple[str, ...], below: tuple[str, ...]
    ) -> tuple[PatternText, ...]:
        path = files[-1]
        inherited: list[PatternText] = []
        for parent in parents:
            # A pack that inherits from its own language extends the one that it would otherwise replace.
            found = files[:-1] if parent == language else self.files(parent, pack)
            if not found:
                raise CqError(
                    f"{path}:1: inherits from {parent}, which has no pack {pack!r}",
                    f"looked in {', '.join(os.path.join(folder, parent) for folder in self.folders)}",
                )
            inherited += self._with_inherited(parent, pack, found, (*below, path))
        return tuple(inherited)


@functools.cache
def read_pack(path: str) -> PackFile:
    """One file. Raises CqError when it cannot be read or is not text."""
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except UnicodeDecodeError as error:
        raise CqError(f"{path}: not UTF-8: {error}") from error
    except OSError as error:
        raise CqError(f"{path}: {error.strerror}") from error
    text = text.removeprefix("\ufeff")
    return PackFile(path, inherited_by(path, text), tuple(split_patterns(path, text)))


def inherited_by(path: str, text: str) -> tuple[str, ...]:
    """The languages that the first line of a pack names. Raises CqError for what is no language."""
    found = _INHERITS.match(text)
    parents = tuple(word.strip() for word in found[1].split(",")) if found else ()
    for parent in parents:
        if not _LANGUAGE.match(parent):
            raise CqError(f"{path}:1: not a language: {parent!r}", "; inherits: javascript, jsx")
    return parents


def pack_hash(patterns: Iterable[PatternText]) -> str:
    """16 hexadecimal digits that change when a pattern does, and not when its file moves."""
    from cq.digest import blake2b  # a search has no use for it

    texts = (" ".join(pattern.text.split()) for pattern in patterns)
    return blake2b("\n".join(texts).encode(), digest_size=8).hexdigest()
