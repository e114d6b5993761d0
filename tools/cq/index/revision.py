"""From what a user calls a revision to the tree in git that it means. References are asked by name, never listed."""

import difflib
import os
import re
from collections.abc import Iterator
from typing import Any

from cq.errors import CqError
from cq.index.file_tree import Revision
from cq.index.repository import find_root

_HINT = "a branch, a tag, HEAD~3 or the id of a commit"
# Names of which the nearest are hints: a repository may have a hundred thousand.
_NAMES_LOOKED_AT = 2_000
_PACKED_BYTES = 1 << 18
_BACK = re.compile(r"(?P<base>[^~^]+)(?P<sign>[~^])(?P<number>\d*)")
_COMMITS_COUNTED = 20_000  # a moment's work
_PACKED = re.compile(rb"^[0-9a-f]+ refs/(?:heads|tags|remotes)/(\S+)$", re.MULTILINE)


def repository_around(path: str) -> str | None:
    """The top of the work tree around a path, or the folder of a repository without one that the path leads into."""
    top = find_root(path)
    folder = os.path.abspath(path)
    while top is None:
        if is_bare(folder):
            return folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return top


def is_bare(folder: str) -> bool:
    """Whether a folder is a git repository without a work tree."""
    return all(os.path.exists(os.path.join(folder, name)) for name in ("HEAD", "objects", "refs"))


def range_of(name: str) -> tuple[str, str, bool] | None:
    """`A..B` as its two ends and whether it is `A...B`: from where the two parted. An end left out is HEAD."""
    for dots in ("...", ".."):
        before, found, after = name.partition(dots)
        if found:
            return before or "HEAD", after or "HEAD", dots == "..."
    return None


def ends_of(root: str, name: str) -> tuple[str, str] | None:
    """The two revisions of `A..B`; the first of `A...B` is the commit where they parted. None: it is one revision."""
    given = range_of(name)
    if given is None:
        return None
    before, after, is_parting = given
    if not is_parting:
        return before, after
    repository, _ = _opened(root)
    commits = [_commit(repository, each) for each in (before, after)]
    base = repository.merge_base(*(commit.id for commit in commits))
    if base is None:
        raise CqError(f"{before} and {after} have no commit in common", f"{before}..{after} compares them as they are")
    return str(base), after


def revision_of(root: str, name: str) -> Revision:
    """The revision of the repository around a folder, seen from that folder. Raises CqError when there is none."""
    import pygit2  # costs several times a bare interpreter

    repository, top = _opened(root)
    commit = _commit(repository, name)
    try:
        tree = commit.peel(pygit2.Tree)
        below = os.path.relpath(root, top).replace(os.sep, "/") if root != top else ""
        inner = tree / below if below else tree
        found = str(inner.id) if inner.type_str == "tree" else ""
    except KeyError as error:
        if below and name:
            found = ""
        else:
            raise CqError(f"{name}: the repository lacks its files", "fetch them: this is a partial clone") from error
    except (ValueError, pygit2.GitError) as error:
        raise CqError(f"{name} is no revision: {error}", _HINT) from error
    return Revision(name=name, objects=objects_of(repository.path), tree=found)


def objects_of(git: str) -> str:
    """The folder of the objects of a repository, which it may share with the one that it is a work tree of."""
    common = git
    shared = os.path.join(git, "commondir")
    if os.path.isfile(shared):
        with open(shared, "rb") as file:
            common = os.path.join(git, os.fsdecode(file.read()).rstrip("\n"))
    return os.path.normpath(os.path.join(common, "objects"))


def _opened(root: str) -> tuple[Any, str]:
    """The repository, and the folder that its trees stand for."""
    import pygit2

    top = repository_around(root)
    if top is None:
        raise CqError(f"not in a git repository: {root}", "--rev takes a commit of one; --root says where it is")
    # To read objects runs nothing that the repository configures, whoever owns it.
    pygit2.settings.owner_validation = False
    try:
        return pygit2.Repository(top), top
    except pygit2.GitError as error:
        raise CqError(f"cannot read the git repository {top}: {error}", "git fsck says more") from error


def _commit(repository: Any, name: str) -> Any:
    import pygit2

    if not name:
        raise CqError("--rev names nothing", _HINT)
    try:
        return repository.revparse_single(name)
    except (KeyError, ValueError, pygit2.GitError) as error:
        if repository.head_is_unborn and name == "HEAD":
            raise CqError(f"no revision {name}: the repository has no commit yet", "git commit makes one") from error
        beyond = "" if repository.is_shallow else _beyond(repository, name)
        if beyond:
            raise CqError(f"no revision {name}", beyond) from error
        near = _near(repository.path, re.split(r"[~^@:]", name, maxsplit=1)[0]) or _branch(repository)
        if isinstance(error, ValueError) and "ambiguous" in str(error):
            hint = "more digits of its id, or the whole name of a branch or a tag"
            raise CqError(f"more than one object begins with {name}", hint) from error
        if repository.is_shallow:
            raise CqError(f"no revision {name} in this shallow clone", near or "git fetch --unshallow") from error
        raise CqError(f"no revision {name}", near or _HINT) from error


def _beyond(repository: Any, name: str) -> str:
    """What there is of a revision that goes back from one that exists: `HEAD~9999`; "" when that does not exist."""
    import pygit2

    found = _BACK.fullmatch(name)
    if found is None:
        return ""
    try:
        commit = repository.revparse_single(found["base"]).peel(pygit2.Commit)
    except (KeyError, ValueError, pygit2.GitError):
        return ""
    steps = 0
    while steps < _COMMITS_COUNTED and commit.parents:
        commit = commit.parents[0]
        steps += 1
    if found["sign"] == "^" or int(found["number"] or 1) <= steps:
        return f"{found['base']} is there, but not that parent of it"
    return f"{found['base']} goes back to {found['base']}~{steps}" if steps else f"{found['base']} has no parent"


def _near(git: str, name: str) -> str:
    near = difflib.get_close_matches(name, dict.fromkeys(_some_names(git)), n=3, cutoff=0.6)
    return f"names like it: {', '.join(near)}" if near else ""


def _branch(repository: Any) -> str:
    """What the branch that is checked out is called, for who takes it for another."""
    if repository.head_is_unborn or repository.head_is_detached:
        return ""
    return f"the branch here is {repository.head.shorthand}; or {_HINT}"


def _some_names(git: str) -> Iterator[str]:
    """Names of branches and tags: as many as are quickly looked at."""
    yield "HEAD"
    left = _NAMES_LOOKED_AT
    for kind in ("heads", "tags", os.path.join("remotes", "origin")):
        folder = os.path.join(git, "refs", kind)
        if not os.path.isdir(folder):
            continue
        with os.scandir(folder) as entries:
            for entry in entries:
                left -= 1
                if left < 0:
                    return
                yield entry.name
    try:
        with open(os.path.join(git, "packed-refs"), "rb") as file:
            packed = file.read(_PACKED_BYTES)
    except OSError:
        return
    for name in _PACKED.findall(packed):
        yield name.decode("utf-8", "replace").removeprefix("origin/")
