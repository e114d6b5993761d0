"""Walk a selection's folders and list its files. No file is opened but ignore files and git's own.

Folders are walked first, then what an ignore file leaves out is looked up in git's index (tracked files count
even so), then links are judged, when it is known which files are listed by their own name.
"""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

import msgspec

from cq.index.globs import Globs
from cq.index.ignore import IGNORE_FILES, Rules, decisive, git_text
from cq.index.patterns import Pattern
from cq.index.record import FolderSeen, Record, signature
from cq.index.repository import Repository, find_root
from cq.index.selection import Listing, Problem, Selection, Start, starts

# Told of each file or folder (a slash at its end) that is left out: its path, why, and the pattern if it was
# one, else words that say more.
LeaveOut = Callable[[str, str, Pattern | str], None]


class Place(NamedTuple):
    """A folder still to be walked."""

    path: str  # absolute
    shown: str  # from the root: "" or "a/b/"
    inner: str  # from the top of its repository, as git's patterns see it: "" or "a/b/"
    rules: Rules  # those from above; its own are read on arrival
    repository: Repository | None
    tracked_only: Pattern | None = None  # what ignored this folder: only tracked files count below
    real: str = ""  # its real path, when a link led here


class Doubtful(NamedTuple):
    """An entry that an ignore file leaves out unless git tracks it."""

    place: Place
    name: str
    is_folder: bool
    entry: os.DirEntry[str]
    pattern: Pattern


_REMEMBERED: list[dict[Selection, Listing]] = []


@contextmanager
def remembered_listings() -> Iterator[None]:
    """As long as this lasts, a selection is listed once: for questions that are of one moment."""
    _REMEMBERED.append({})
    try:
        yield
    finally:
        _REMEMBERED.pop()


def forget_listings() -> None:
    """List anew from here on."""
    for listings in _REMEMBERED:
        listings.clear()


def list_files(selection: Selection, record: Record | None = None) -> Listing:
    """The files of the selection, and what could not be looked at. Notes in `record` what the listing depends on."""
    if record is not None or not _REMEMBERED or not selection.tree.is_plain:
        return _listed(selection, record)
    remembered = _REMEMBERED[-1]
    if selection not in remembered:
        remembered[selection] = _listed(selection, None)
    return remembered[selection]


def _listed(selection: Selection, record: Record | None) -> Listing:
    if selection.only is not None:
        only = selection.only
        listing = _listed(msgspec.structs.replace(selection, only=None), record)
        return Listing([path for path in listing.files if path in only], listing.problems)
    if selection.revision is not None:
        from cq.index.tree_walk import lets_in, list_tree  # most runs are over folders

        listing = list_tree(selection, selection.revision)
    elif selection.overlay is None:
        return Walk(selection, record=record).listing()
    else:
        # What a change adds need not be there.
        there = tuple(path for path in selection.paths if os.path.lexists(path))
        is_none = bool(selection.paths) and not there
        listing = Listing([], []) if is_none else Walk(msgspec.structs.replace(selection, paths=there)).listing()
    if selection.overlay is None:
        return listing
    from cq.index.overlaid import overlaid  # likewise

    if selection.revision is None:
        return overlaid(selection, selection.overlay, listing, Walk(selection).lets_in)
    return overlaid(selection, selection.overlay, listing, partial(lets_in, selection, selection.revision))


class Walk:
    """One walk over one selection."""

    def __init__(self, selection: Selection, leave_out: LeaveOut | None = None, record: Record | None = None) -> None:
        self._selection = selection
        self._record = record
        self._repositories: list[Repository] = []
        self._leave_out = leave_out
        self._root = os.path.normpath(selection.root)
        self._globs = Globs(selection.globs) if selection.globs else None
        self._files: list[str] = []
        self._problems: list[Problem] = []
        self._places: list[Place] = []
        self._doubtful: list[Doubtful] = []
        self._links: list[tuple[str, str]] = []  # absolute, shown
        self._visited: set[tuple[int, int]] = set()  # device and inode; only with `follow`
        self._real_paths: set[str] = set()  # of files below links
        said = {} if selection.overlay is None else selection.overlay.files
        self._laid_over = {
            os.path.join(self._root, path): data for path, data in said.items() if path.endswith(IGNORE_FILES)
        }

    def listing(self) -> Listing:
        """Walk everything once; call it once."""
        begin = list(starts(self._selection))
        for start in begin:
            self._begin(start)
        while True:
            if self._places:
                self._walk_folder(self._places.pop())
            elif self._doubtful:
                doubtful, self._doubtful = self._doubtful, []
                for each in doubtful:
                    self._judge_ignored(each)
            elif self._links:
                links, self._links = sorted(self._links), []
                if not self._enter_linked_folders(links):
                    self._judge_links(links)
            else:
                break
        if self._record is not None:
            for repository in self._repositories:
                self._record.watched.update(repository.looked_at())
        # NUL sorts below every other character, so this is the order of the paths split at their slashes.
        files = self._files if len(begin) == 1 else list(dict.fromkeys(self._files))
        files.sort(key=lambda path: path.replace("/", "\0"))
        below = os.path.join(self._root, "")
        problems = [Problem(each.path.removeprefix(below), each.reason, each.detail) for each in self._problems]
        return Listing(files, problems)

    def lets_in(self, path: str) -> bool:
        """Whether a file that is not there would be listed if it were, by its name and the rules of its folders."""
        *folders, name = path.split("/")
        place = self._place_of(Start(self._root, "", stat.S_IFDIR))
        for step in [*folders, name]:
            is_folder = step is not name
            place = self._on_arrival(place, os.listdir(place.path) if os.path.isdir(place.path) else [])
            here = git_text(place.shown)
            wanted = None if self._globs is None else self._globs.wants(git_text(step), here, is_folder)
            rules = place.rules.here(place.inner)
            pattern = decisive(rules, git_text(step), is_folder) if rules and wanted is None else None
            hidden = step[0] == "." and not self._selection.hidden and wanted is None and pattern is None
            if step == ".git" or wanted is False or hidden or (pattern is not None and not pattern.negated):
                return False
            below = os.path.join(place.path, step)
            place = place._replace(path=below, shown=f"{place.shown}{step}/", inner=f"{place.inner}{git_text(step)}/")
        return True

    def _begin(self, start: Start) -> None:
        if ".git" in start.shown.split("/"):
            self._problems.append(Problem(start.shown, "git-internal", "git's own files are never listed"))
        elif stat.S_ISREG(start.mode):
            self._files.append(start.shown)  # named by the user: in, whatever the rules say
            self._real_paths.add(os.path.realpath(start.path))
        elif stat.S_ISDIR(start.mode):
            self._places.append(self._place_of(start))
        else:
            self._problems.append(Problem(start.shown, "not-a-file", "neither a file nor a folder"))

    def _place_of(self, start: Start) -> Place:
        """The folder where the walk begins, with the rules of all folders above it."""
        shown = start.shown and start.shown + "/"
        real = os.path.realpath(start.path) if shown else ""
        if real == os.path.join(os.path.realpath(self._root), start.shown):
            real = ""  # no link on the way
        rules = Rules()
        top = find_root(start.path)
        repository = None if top is None else self._repository_at(top)
        if self._selection.no_ignore:
            return Place(start.path, shown, "", rules, repository, real=real)
        if repository is not None:
            rules = repository.outer_rules(self._problems)
        # Without a repository nothing above the root is ours to read.
        above = self._root if top is None else top
        inner = ""
        steps = os.path.relpath(start.path, above).split(os.sep)
        for step in [] if steps == ["."] else steps:
            rules = rules.of_folder(above, inner, IGNORE_FILES, self._problems, self._laid_over)
            if self._record is not None:
                self._record.watched.update(os.path.join(above, name) for name in IGNORE_FILES)
            above = os.path.join(above, step)
            inner += git_text(step) + "/"
        return Place(start.path, shown, inner, rules, repository, real=real)

    def _repository_at(self, top: str) -> Repository | None:
        if self._record is not None:
            self._record.tops.add(top)
        repository = Repository.at(top)
        if repository is not None:
            self._repositories.append(repository)
        return repository

    def _walk_folder(self, place: Place) -> None:
        follow = self._selection.follow
        if follow and self._seen_before(place):
            return
        record = self._record
        before = None if record is None else signature(place.path)
        try:
            with os.scandir(place.path) as found:
                entries = list(found)
        except OSError as error:
            self._problems.append(Problem(place.shown or ".", "unreadable", error.strerror or str(error)))
            if record is not None:
                record.folders.append(FolderSeen(place.shown, before))
            return
        if record is not None:
            record.folders.append(FolderSeen(place.shown, before, place.tracked_only is not None))
        place = self._on_arrival(place, [entry.name for entry in entries])
        show_hidden, globs, leave_out = self._selection.hidden, self._globs, self._leave_out
        shown, inner, tracked_only = place.shown, place.inner, place.tracked_only
        below_root = git_text(shown)
        rules = place.rules.here(inner)
        for entry in entries:
            name = entry.name
            if name == ".git":
                continue
            try:
                is_folder = entry.is_dir(follow_symlinks=follow)
            except OSError as error:  # a link that leads to itself; a file system that does not say
                self._problems.append(Problem(shown + name, "unreadable", error.strerror or str(error)))
                continue
            wanted = None if globs is None else globs.wants(git_text(name), below_root, is_folder)
            if wanted is False:
                if leave_out is not None:
                    assert globs is not None
                    glob = globs.deciding(git_text(name), below_root, is_folder)
                    leave_out(shown + name + "/" * is_folder, "glob", glob or "matches no glob")
                continue
            pattern = decisive(rules, git_text(name), is_folder) if rules and wanted is None else None
            hidden = name[0] == "." and not show_hidden and wanted is None
            ignored_by = tracked_only if pattern is None or pattern.negated else pattern
            if ignored_by is not None:
                if hidden or place.repository is None or ignored_by.beats_tracking:
                    if leave_out is not None:
                        leave_out(shown + name + "/" * is_folder, "ignored", ignored_by)
                else:
                    self._doubtful.append(Doubtful(place, name, is_folder, entry, ignored_by))
                continue
            # As in ripgrep, `!.name` in an ignore file shows a hidden name.
            if hidden and pattern is None:
                if leave_out is not None:
                    leave_out(shown + name + "/" * is_folder, "hidden", "its name starts with a dot")
                continue
            self._take(place, entry, is_folder, None)

    def _seen_before(self, place: Place) -> bool:
        """With `follow`: whether this real folder was walked already; this is what ends a loop of links."""
        try:
            status = os.stat(place.path)
        except OSError:
            return False  # scandir will say why
        identity = (status.st_dev, status.st_ino)
        if identity in self._visited:
            if self._leave_out is not None and place.real:
                self._leave_out(place.shown, "symlink", f"to {place.real}, which is walked already")
            return True
        self._visited.add(identity)
        return False

    def _on_arrival(self, place: Place, names: list[str]) -> Place:
        """The same place with the rules that its own files add; a repository of its own starts afresh."""
        if self._selection.no_ignore:
            return place
        repository = self._repository_at(place.path) if ".git" in names and place.inner else None
        if repository is not None:
            rules = repository.outer_rules(self._problems)
            place = place._replace(inner="", rules=rules, repository=repository, tracked_only=None)
        rules = place.rules.of_folder(place.path, place.inner, names, self._problems, self._laid_over)
        if self._record is not None:
            self._record.watched.update(os.path.join(place.path, name) for name in IGNORE_FILES if name in names)
        return place if rules is place.rules else place._replace(rules=rules)

    def _take(self, place: Place, entry: os.DirEntry[str], is_folder: bool, only: Pattern | None) -> None:
        """List a file, or note a folder or a link for later."""
        name = entry.name
        shown = place.shown + name
        if entry.is_file(follow_symlinks=False):
            if self._selection.max_filesize is None or self._fits(entry.path, shown):
                self._files.append(shown)
                if place.real:
                    self._real_paths.add(os.path.join(place.real, name))
        elif entry.is_symlink():
            self._links.append((entry.path, shown))
            if self._record is not None:
                self._record.links.append(entry.path)
        elif is_folder:
            inner = f"{place.inner}{git_text(name)}/"
            real = place.real and os.path.join(place.real, name)
            self._places.append(Place(entry.path, shown + "/", inner, place.rules, place.repository, only, real))
        elif self._leave_out is not None:
            self._leave_out(shown, "not-a-file", "neither a file nor a folder")

    def _fits(self, path: str, shown: str) -> bool:
        limit = self._selection.max_filesize
        try:
            size = os.stat(path).st_size
        except OSError:
            return True  # whoever opens it will say why
        if limit is None or size <= limit:
            return True
        if self._leave_out is not None:
            self._leave_out(shown, "too-large", f"{size} bytes, the limit is {limit}")
        return False

    def _judge_ignored(self, doubtful: Doubtful) -> None:
        place, name, is_folder, entry, pattern = doubtful
        assert place.repository is not None
        tracked = place.repository.tracked(self._problems)
        path = (place.inner + git_text(name)).encode("latin-1")
        if tracked.holds_file(path) or (is_folder and tracked.holds_below(path)):
            self._take(place, entry, is_folder, pattern)
        elif self._leave_out is not None:
            self._leave_out(place.shown + name + "/" * is_folder, "ignored", pattern)

    def _enter_linked_folders(self, links: list[tuple[str, str]]) -> bool:
        """With `follow`: note the linked folders as places, keep the other links until those are walked."""
        if not self._selection.follow:
            return False
        folders = [link for link in links if os.path.isdir(link[0])]
        # Backwards, since the last place is walked first: of two links to one folder, the first one counts.
        for path, shown in reversed(folders):
            place = self._place_of(Start(path, shown, stat.S_IFDIR))
            self._places.append(place._replace(real=os.path.realpath(path)))
        self._links = [link for link in links if link not in folders] if folders else []
        return bool(folders)

    def _judge_links(self, links: list[tuple[str, str]]) -> None:
        real_root = os.path.realpath(self._root)
        listed = {os.path.join(real_root, path) for path in self._files} | self._real_paths
        for path, shown in links:
            try:
                mode = os.stat(path).st_mode
            except OSError as error:
                reason, detail = "symlink", f"leads nowhere: {error.strerror}"
            else:
                real = os.path.realpath(path)
                if stat.S_ISDIR(mode):
                    reason, detail = "symlink", f"to the folder {real}; linked folders are not followed"
                elif not stat.S_ISREG(mode):
                    reason, detail = "not-a-file", f"a link to {real}, which is no file"
                elif real in listed:
                    reason, detail = "symlink", f"to {real}, which is listed by its own name"
                elif self._selection.max_filesize is not None and not self._fits(path, shown):
                    continue
                else:
                    self._files.append(shown)
                    self._real_paths.add(real)
                    listed.add(real)
                    continue
            if self._leave_out is not None:
                self._leave_out(shown, reason, detail)
