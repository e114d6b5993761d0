"""Which files are to be mined, and by what a later run knows that nothing changed, without reading one of them."""

import os
import time
from collections.abc import Iterable
from functools import cached_property
from hashlib import blake2b

import msgspec

from cq.index.selection import Selection
from cq.mining.rulebook_text import rulebook_texts
from cq.scan.files_run import FilesRun
from cq.store.stamp import stamp

_RANKING_VERSION = 14
# A file that is younger may change once more and look the same.
_SETTLED_NS = 2_000_000_000


class MineRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked."""

    selection: Selection
    folders: tuple[str, ...]
    store: str  # folder for the facts
    languages: tuple[str, ...] = ()
    not_languages: tuple[str, ...] = ()
    level: str = "semantic"
    by: str = "score"
    min_files: int = 3
    min_projects: int = 0  # 0: three, or as many as there are
    top: int = 50
    kinds: tuple[str, ...] = ()
    like: str = ""  # only idioms in whose text this stands
    categories: tuple[str, ...] = ()  # only idioms of one of these
    fuzzy: int = 0  # idioms of so many percent of the same tokens are one; 0: none
    rulebook: str = ""  # the user's own, beside the one of the folders
    workers: int | None = None


class MineListing(FilesRun):
    """The files of a run."""

    done = "mined"

    def __init__(self, request: MineRequest) -> None:
        super().__init__(request.selection, request.folders, request.languages, request.not_languages, request.workers)
        self.request = request
        self.min_projects = request.min_projects
        self.marks: tuple[str, ...] = ()  # the files that say what a project is

    @cached_property
    def files(self) -> list[tuple[str, str]]:
        """The files of the selection, each with its language."""
        return list(self._listed())

    def asked(self) -> tuple[object, ...]:
        """What is asked of the files, whichever they are."""
        request = self.request
        return (
            _RANKING_VERSION,
            request.level,
            request.by,
            request.min_files,
            request.min_projects,
            request.top,
            request.kinds,
            request.like,
            request.categories,
            request.fuzzy,
            rulebook_texts(request.folders, request.rulebook),
        )

    def looks(self, marks: Iterable[str]) -> str:
        """What the answer depends on, by the looks of the files; "" when one is too young to tell."""
        root = self.request.selection.root
        digest = blake2b(repr((root, self.asked())).encode("utf-8", "surrogateescape"), digest_size=16)
        digest.update(stamp(self.request.folders))
        youngest = 0
        paths = [path for path, _ in self.files]
        # A folder that is as it was has got no new file that makes it a project.
        for path in (*paths, *sorted({path.rpartition("/")[0] for path in paths} | {""}), *marks):
            try:
                status = os.stat(os.path.join(root, path))
            except OSError as error:
                digest.update(f"{path}\0{error.errno}\0".encode("utf-8", "surrogateescape"))
                continue
            youngest = max(youngest, status.st_mtime_ns, status.st_ctime_ns)
            digest.update(
                f"{path}\0{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}\0".encode(
                    "utf-8", "surrogateescape"
                )
            )
        return "" if youngest > time.time_ns() - _SETTLED_NS else digest.hexdigest()
