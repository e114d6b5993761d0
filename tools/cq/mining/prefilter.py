"""`queries/mining.toml` as types: which files are no source that somebody wrote, and what a project is."""

import functools
import os
import re
from collections.abc import Iterable

import msgspec

from cq.errors import CqError
from cq.toml_file import read_toml

_HEAD_BYTES = 4_096
# Smaller files have short lines by chance or not.
_MINIFIED_FROM = 2_000


class PrefilterFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file as it stands. All that is no list is a regular expression or a number."""

    large_bytes: int
    longest_line: int  # in bytes; a longer one makes a file minified, and so does a higher mean
    mean_line: int
    minified_names: str
    vendored: tuple[str, ...]  # folders
    generated_paths: str
    generated: str
    compiled: str
    compiled_end: str
    sources: tuple[str, ...]  # folders
    built: tuple[str, ...]  # folders
    endings: tuple[tuple[str, ...], ...]
    trials: str = "(?!)"  # paths of files that only try out what others do: they count as tests do
    projects: dict[str, str]  # file -> regular expression of what must stand in it


class Prefilter:
    """Says of each file why it is left out."""

    def __init__(self, path: str, file: PrefilterFile) -> None:
        self.file = file
        try:
            self._minified_names = re.compile(file.minified_names)
            self._generated_paths = re.compile(file.generated_paths)
            self._generated = re.compile(file.generated.encode())
            self._compiled = re.compile(file.compiled.encode())
            self._trials = re.compile(file.trials)
            self._compiled_end = re.compile(file.compiled_end.encode())
            self.projects = {name: re.compile(text.encode()) for name, text in file.projects.items()}
        except re.error as error:
            raise CqError(f"{path}: {error.pattern!r} is no regular expression: {error}") from error
        self._vendored = frozenset(file.vendored)
        self._endings = {ending: (group, rank) for group in file.endings for rank, ending in enumerate(group)}

    def by_path(self, path: str, size: int) -> str:
        """The reason why a file is left out, as far as its path and size say; "" when they say nothing."""
        if size > self.file.large_bytes:
            return "large"
        folders = path.split("/")
        if self._minified_names.search(folders[-1]):
            return "minified"
        if not self._vendored.isdisjoint(folders[:-1]):
            return "vendored"
        return "generated" if self._generated_paths.search(path) else ""

    def is_trial(self, path: str) -> bool:
        """Whether a file only tries out what others do."""
        return self._trials.search(path) is not None

    def by_content(self, data: bytes) -> str:
        """The same, by what is in it."""
        if not data.strip():
            return "empty"
        if len(data) > _MINIFIED_FROM:
            lines = data.count(b"\n") + 1
            if len(data) / lines > self.file.mean_line or max(map(len, data.split(b"\n"))) > self.file.longest_line:
                return "minified"
        if self._generated.search(data, 0, _HEAD_BYTES):
            return "generated"
        if self._compiled.search(data, 0, _HEAD_BYTES) or self._compiled_end.search(
            data, max(0, len(data) - _HEAD_BYTES)
        ):
            return "compiled"
        return ""

    def twins(self, paths: Iterable[str]) -> set[str]:
        """Files that were made of others of the corpus.

        `dist/a/b.js` beside `src/a/b.ts`, `lib/a.js` beside `es/a.js`, `a.cjs` beside `a.js`.
        """
        known = set(paths)
        stems = {self._stem(path)[0] for path in known}
        return {path for path in known if self._is_twin(path, known, stems)}

    def _is_twin(self, path: str, known: set[str], stems: set[str]) -> bool:
        stem, ending = self._stem(path)
        group, rank = self._endings.get(ending, ((), 0))
        if any(stem + better in known for better in group[:rank]):
            return True
        folders = stem.split("/")
        for place, folder in enumerate(folders[:-1]):
            if folder in self.file.built:
                before, behind = folders[:place], folders[place + 1 :]
                better = (*self.file.sources, *self.file.built[: self.file.built.index(folder)])
                if any("/".join((*before, each, *behind)) in stems for each in better):
                    return True
                # Or the sources are in the folder that holds the build.
                if "/".join((*before, *behind)) in stems:
                    return True
        return False

    def _stem(self, path: str) -> tuple[str, str]:
        stem, dot, ending = path.rpartition(".")
        inner, inner_dot, before = stem.rpartition(".")
        if f"{inner_dot}{before}{dot}{ending}" in self._endings:
            return inner, f"{inner_dot}{before}{dot}{ending}"
        return stem, dot + ending


@functools.cache
def prefilter(folders: tuple[str, ...]) -> Prefilter:
    """The prefilter of these query folders; of two with a file the later counts. Raises CqError for a wrong file."""
    for folder in reversed(folders):
        path = os.path.join(folder, "mining.toml")
        said = read_toml(path, PrefilterFile)
        if said is not None:
            return Prefilter(path, said)
    raise CqError(f"no mining.toml in {' or '.join(folders)}")
