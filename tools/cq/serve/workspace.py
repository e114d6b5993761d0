"""A root that agents may ask about: confined, and warm between questions as long as its files are the same."""

import os
import threading
from array import array
from collections import OrderedDict
from collections.abc import Hashable, Iterator, Sequence

from cq.errors import CqError
from cq.index.explain import FileReason, explain_files
from cq.index.file_tree import FileTree
from cq.index.selection import Selection
from cq.lanes.lanes import Lanes
from cq.lanes.table import LaneTable, lane_table
from cq.reading.reader import Reader
from cq.search.warm import Warm
from cq.serve.reply import Reply
from cq.settings import ROOM_BYTES
from cq.store.blobs import Blobs
from cq.store.fresh import Fresh, looks
from cq.store.keeper import Keeper
from cq.store.snapshot import NUMBERS, Snapshot
from cq.store.vocabulary import WORDS
from cq.symbols.project import Project

_KEPT_ANSWERS = 64
_LARGEST_ANSWER = 100_000  # characters; with more its rows would be kept, too
_GLOB_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\*?[]{}!"})


class Workspace:
    """One root. Hold `lock` while asking it: parsers and resolvers are for one question at a time."""

    def __init__(self, root: str, folders: tuple[str, ...], cache_folder: str) -> None:
        self.root = os.path.realpath(root)
        self.folders = folders
        self.lock = threading.Lock()
        self._cache_folder = cache_folder
        self._blobs = Blobs(cache_folder)  # summaries of files by their content: after a change few are made anew
        self._snapshot: Snapshot | None = None
        self._reader: Reader | None = None
        self._lanes: Lanes | None = None
        self._answers: OrderedDict[tuple[str, Hashable], Reply] = OrderedDict()  # while no file changes
        self._outside: tuple[str, ...] = ()  # links that lead out of the root
        self.warm = Warm(lambda: self.lanes, lambda path: self.reader.project.read(path))

    @property
    def blobs(self) -> Blobs:
        """What is kept of files by their content, for this question and the next."""
        return self._blobs

    @property
    def table(self) -> LaneTable:
        """The languages."""
        return lane_table(self.folders)

    @property
    def lanes(self) -> Lanes:
        """What reads the languages: made once, whatever changes in the files."""
        if self._lanes is None or self._lanes.table is not self.table:
            self._lanes = Lanes(self.table)
        return self._lanes

    def look(self) -> None:
        """See whether a file has changed; to be called before each question. Raises CqError when the root is gone."""
        if not os.path.isdir(self.root):
            raise CqError(f"the root {self.root} is gone", "start the server again where the repository is now")
        fresh = self.warm.seen = Fresh(self.root, self._snapshot)
        snapshot = self._snapshot = fresh.snapshot
        for at in fresh.to_read:
            seen = looks(self.root, snapshot.paths[at])
            # What is too new to be told from its next change is looked at again.
            snapshot.ids[at] = 1 if any(seen) and fresh.is_settled(seen) else 0
            snapshot.numbers[at * NUMBERS : (at + 1) * NUMBERS] = array("q", seen)
        if self._reader is None or fresh.relisted or fresh.to_read:
            links = [os.fsdecode(path) for path, _ in snapshot.listing.links]
            below = os.path.join(self.root, "")
            self._outside = tuple(path.removeprefix(below) for path in links if not self._is_inside(path))
            hidden = frozenset(self._outside)
            files = [path for path in snapshot.paths if path not in hidden]
            project = Project(FileTree(self.root), files, self.table, None, self._blobs, fresh.now)
            self._reader = Reader(project, ROOM_BYTES)
            self._reader.neighborhood.sources.lanes = self.lanes
            self._answers.clear()

    @property
    def reader(self) -> Reader:
        """What resolves names in the files as they were when they were last looked at: warm while they are the same."""
        if self._reader is None:
            self.look()
        assert self._reader is not None
        return self._reader

    def answer(self, tool: str, params: Hashable) -> Reply | None:
        """The answer that was given to the same question; None when a file has changed since."""
        return self._answers.get((tool, params))

    def keep(self, tool: str, params: Hashable, reply: Reply) -> None:
        """Keep an answer until a file changes."""
        if len(reply.text) <= _LARGEST_ANSWER:
            self._answers[tool, params] = reply
            if len(self._answers) > _KEPT_ANSWERS:
                self._answers.popitem(last=False)

    def settle(self) -> None:
        """Write what was learned of files; to be called when the question is answered."""
        self._blobs.flush()

    def keeper(self) -> Keeper:
        """The index of names, for one question."""
        return Keeper(self.root, self._cache_folder, WORDS, lambda text: None)

    def selection(self, paths: Sequence[str], globs: Sequence[str]) -> Selection:
        """The files below these paths that the globs leave. Raises CqError for a path that is not in the root."""
        left_out = tuple(f"!/{path.translate(_GLOB_SIGNS)}" for path in self._outside)
        inside = tuple(self.path(path) for path in paths)
        return Selection(root=self.root, paths=inside, globs=(*globs, *left_out))

    def explained(self, selection: Selection) -> Iterator[FileReason]:
        """The files of a selection, those that are left out with the reason."""
        hidden = frozenset(self._outside)
        for each in explain_files(selection):
            # They are left out by a glob of ours, which says nothing to the one who asks.
            if each.path in hidden:
                yield FileReason(each.path, False, "symlink", "leads outside of the root")
            else:
                yield each

    def path(self, given: str) -> str:
        """The absolute path of a file or folder in the root. Raises CqError for any other."""
        if "\0" in given:
            raise CqError("a path has no NUL byte", "give paths relative to the root")
        path = os.path.normpath(os.path.join(self.root, given))
        if ".." in given.replace("\\", "/").split("/") or not self._is_inside(path):
            # Where the root is goes without saying, and where a link leads is not said at all.
            shown = path.removeprefix(os.path.join(self.root, ""))
            raise CqError(f"{shown}: outside of the root", "give paths relative to the root; `files` lists them")
        if not os.path.exists(path):
            raise CqError(f"{given}: no such file or folder", "`files` lists what there is")
        return path

    def _is_inside(self, path: str) -> bool:
        real = os.path.realpath(path)
        return real == self.root or real.startswith(os.path.join(self.root, ""))
