"""A git repository as a line of commits, each with its files: nothing is checked out, so a bare one does as well."""

import bisect
import datetime
import os
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from cq.errors import CqError, nearest
from cq.index.file_tree import Revision
from cq.index.globs import Globs
from cq.index.ignore import git_text
from cq.index.revision import objects_of
from cq.rows.mining import Commit

_LINK = 0o120000
_SHORT = 10


class Blob(NamedTuple):
    """One file of a commit."""

    path: str  # from the top of the repository
    blob: str  # the object id of its content


class _Folder(NamedTuple):
    folders: tuple[tuple[str, Any], ...]  # name, object id
    files: tuple[tuple[str, Any], ...]


class History:
    """The first parents of a revision, the oldest first; a merge counts as one step. Each folder is read once."""

    def __init__(self, start: str, revision: str) -> None:
        """The repository that a path lies in. Raises CqError when there is none, or no such revision."""
        self._repository = _opened(start)
        self.git = os.path.normpath(self._repository.path)
        work = os.path.normpath(self._repository.workdir or self.git)
        # Without a configuration a bare repository is taken for one whose files are in the folder around it.
        self.root = work if os.path.lexists(os.path.join(work, ".git")) else self.git
        # Every content that a commit has, each under its id.
        self.contents = Revision("", objects_of(self.git), "", by_id=True)
        self.is_shallow: bool = self._repository.is_shallow
        self.commits: list[Any] = []  # object ids
        self._times: list[int] = []  # of the commits, never falling
        self._folders: dict[Any, _Folder] = {}
        self._walk(self._found(revision))

    def below(self, path: str) -> str:
        """A path as the commits have it; "" is everything."""
        inside = os.path.normpath(path)
        if inside == self.root or (self.git != self.root and f"{inside}/".startswith(f"{self.git}/")):
            return ""
        if not inside.startswith(os.path.join(self.root, "")):
            raise CqError(f"{path} is in another repository than {self.root}", "one run is over one repository")
        return inside[len(os.path.join(self.root, "")) :].replace(os.sep, "/")

    def samples(self, most: int) -> list[int]:
        """At most so many of the commits, evenly spaced in time; always the last, and the first."""
        count = len(self.commits)
        if count <= most:
            return list(range(count))
        first, last = self._times[0], self._times[-1]
        wanted = (first + (last - first) * step / (most - 1) for step in range(most))
        # The state of the files at that time: the last commit that is no younger.
        found = {max(0, bisect.bisect_right(self._times, time) - 1) for time in wanted}
        return sorted(found | {0, count - 1})

    def commit(self, number: int) -> Commit:
        """What there is to say of a commit."""
        found = self._repository[self.commits[number]]
        text = found.message.strip().split("\n", 1)[0]
        return Commit(
            id=str(found.id)[:_SHORT],
            date=_day(found.commit_time),
            author=found.author.name or "",
            summary=text[:100],
        )

    def files(self, number: int, below: Sequence[str], globs: Globs, hidden: bool) -> Iterator[Blob]:
        """The files of a commit that are below one of these paths (none: all), and that the globs want."""
        stack = [("", self._repository[self.commits[number]].tree_id)]
        while stack:
            folder, identity = stack.pop()
            found = self._folder(identity)
            for name, inner in found.folders:
                path = f"{folder}{name}"
                if (hidden or name[0] != ".") and (not below or any(_meet(path, each) for each in below)):
                    stack.append((f"{path}/", inner))
            for name, blob in found.files:
                path = f"{folder}{name}"
                if (
                    (hidden or name[0] != ".")
                    and (not below or any(path == each or path.startswith(f"{each}/") for each in below))
                    and globs.wants(git_text(name), git_text(folder), False) is not False
                ):
                    yield Blob(path, str(blob))

    def _folder(self, identity: Any) -> _Folder:
        found = self._folders.get(identity)
        if found is None:
            entries = list(self._repository[identity])
            folders = tuple((entry.name, entry.id) for entry in entries if entry.type_str == "tree")
            # Links and other repositories have no content of their own.
            files = tuple(
                (entry.name, entry.id) for entry in entries if entry.type_str == "blob" and entry.filemode != _LINK
            )
            found = self._folders[identity] = _Folder(folders, files)
        return found

    def _found(self, revision: str) -> Any:
        import pygit2

        try:
            return self._repository.revparse_single(revision).peel(pygit2.Commit)
        except (KeyError, ValueError, pygit2.GitError) as error:
            if revision == "HEAD":
                raise CqError(f"{self.root} has no commit yet", "--rev takes another branch") from error
            names = [name.rpartition("/")[2] for name in self._repository.references]
            hint = nearest(revision, names) or "a branch, a tag, or the id of a commit"
            raise CqError(f"no such revision in {self.root}: {revision}", hint) from error

    def _walk(self, commit: Any) -> None:
        times = []
        while commit is not None:
            self.commits.append(commit.id)
            times.append(commit.commit_time)
            parents = commit.parent_ids
            # Of a shallow clone the last commit has parents that are not there.
            commit = self._repository.get(parents[0]) if parents else None
        self.commits.reverse()
        for time in reversed(times):
            self._times.append(max(time, self._times[-1]) if self._times else time)


def _opened(start: str) -> Any:
    import pygit2  # costs several times a bare interpreter

    # A folder that is gone by now may have a history.
    folder = os.path.abspath(start)
    while not os.path.exists(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    try:
        found = pygit2.discover_repository(folder)
        if found is not None:
            return pygit2.Repository(found)
    except pygit2.GitError as error:
        if "not owned" in str(error):
            hint = f"git config --global --add safe.directory {folder}"
            raise CqError(f"{folder} belongs to another user", hint) from error
        raise CqError(f"{folder}: {error}") from error
    raise CqError(
        f"{start} is not in a git repository", "cq mine trend takes a folder of a clone, or a bare repository"
    )


def _meet(path: str, wanted: str) -> bool:
    return path == wanted or path.startswith(f"{wanted}/") or wanted.startswith(f"{path}/")


def _day(seconds: int) -> str:

    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()
