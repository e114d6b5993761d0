"""The files of a git tree, as the walk of its checkout would list them: globs, hidden names, paths, ignore files count.

What `.gitignore` says of files that are tracked counts only for hidden names, which it may show; `.ignore` leaves out
what it says. Rules from outside of the tree do not count. A link is listed when it leads to a file that is not.
"""

import os
from typing import NamedTuple

from cq.index.file_tree import Revision
from cq.index.git_tree import FOLDER, LINK, SUBMODULE, GitTree, git_tree
from cq.index.globs import Globs
from cq.index.ignore import IGNORE_FILES, Rules, decisive, git_text
from cq.index.selection import Listing, Problem, Selection


def list_tree(selection: Selection, revision: Revision) -> Listing:
    """The files of the selection in a revision."""
    tree = git_tree(revision)
    below = os.path.join(os.path.normpath(selection.root), "")
    globs = Globs(selection.globs) if selection.globs else None
    files: list[str] = []
    problems: list[Problem] = []
    links: list[str] = []
    folders: list[_Folder] = []
    for path in selection.paths or (selection.root,):
        shown = os.path.normpath(path).removeprefix(below) if os.path.normpath(path) + os.sep != below else ""
        if not shown or tree.folder(shown):
            folders.append(_folder_at(selection, tree, shown))
        elif tree.file(shown) is not None:
            files.append(shown)  # named by the user: in, whatever the rules say
        elif (entry := tree.entry(shown)) is not None and entry.kind == SUBMODULE:
            problems.append(_submodule(shown))
    while folders:
        folder = folders.pop()
        inner = folder.inner
        rules = folder.rules.here(git_text(inner))
        for name, entry in tree.folder(folder.path).items():
            is_folder = entry.kind == FOLDER
            wanted = None if globs is None else globs.wants(git_text(name), git_text(inner), is_folder)
            pattern = decisive(rules, git_text(name), is_folder) if rules and wanted is None else None
            hidden = name[0] == "." and not selection.hidden and wanted is None
            ignored = folder.is_ignored if pattern is None or pattern.negated else True
            beaten = pattern is not None and not pattern.negated and pattern.beats_tracking
            if wanted is False or beaten or (hidden and (ignored or pattern is None)):
                continue
            if is_folder:
                folders.append(_with_own(selection, tree, _Folder(inner + name, folder.rules, ignored)))
            elif entry.kind == SUBMODULE:
                problems.append(_submodule(inner + name))
            elif entry.kind == LINK:
                links.append(inner + name)
            else:
                files.append(inner + name)
    files += _leading_to_others(tree, links, files)
    if selection.max_filesize is not None:
        files = [path for path in files if _size(tree, path) <= selection.max_filesize]
    files = list(dict.fromkeys(files))
    files.sort(key=lambda path: path.replace("/", "\0"))
    problems.sort(key=lambda problem: problem.path)
    return Listing(files, problems)


class _Folder(NamedTuple):
    """A folder still to be walked."""

    path: str  # "" is the root
    rules: Rules  # its own, too
    is_ignored: bool = False  # by `.gitignore`: what is in it is listed since it is tracked

    @property
    def inner(self) -> str:
        return f"{self.path}/" if self.path else ""


def lets_in(selection: Selection, revision: Revision, path: str) -> bool:
    """Whether a file that is not in the tree would be listed if it lay in its checkout."""
    tree = git_tree(revision)
    globs = Globs(selection.globs) if selection.globs else None
    folder = _with_own(selection, tree, _Folder("", Rules()))
    *above, last = path.split("/")
    for number, step in enumerate((*above, last)):
        inner = git_text(folder.inner)
        is_folder = number < len(above)
        wanted = None if globs is None else globs.wants(git_text(step), inner, is_folder)
        pattern = decisive(folder.rules.here(inner), git_text(step), is_folder) if wanted is None else None
        hidden = step[0] == "." and not selection.hidden and wanted is None and pattern is None
        if wanted is False or hidden or (pattern is not None and not pattern.negated):
            return False
        folder = _with_own(selection, tree, _Folder(folder.inner + step, folder.rules))
    return True


def _folder_at(selection: Selection, tree: GitTree, path: str) -> _Folder:
    """A folder where the walk begins, with the rules of those above it."""
    folder = _with_own(selection, tree, _Folder("", Rules()))
    for step in path.split("/") if path else ():
        folder = _with_own(selection, tree, _Folder(folder.inner + step, folder.rules))
    return folder


def _with_own(selection: Selection, tree: GitTree, folder: _Folder) -> _Folder:
    """A folder with the rules that its own files add."""
    if selection.no_ignore:
        return folder
    said = {} if selection.overlay is None else selection.overlay.files
    rules = folder.rules
    entries = tree.folder(folder.path)
    for name in IGNORE_FILES:
        path = folder.inner + name
        entry = entries.get(name)
        data = None if entry is None or entry.kind in (FOLDER, LINK, SUBMODULE) else tree.data(entry.id)
        data = said.get(path, data)
        if data is not None:
            rules = rules.with_file(data, path, git_text(folder.inner))
    return folder._replace(rules=rules)


def is_there(revision: Revision, path: str) -> bool:
    """Whether a path from the root is a file, a folder, a link or a submodule of the tree."""
    return not path or git_tree(revision).entry(path) is not None


def _leading_to_others(tree: GitTree, links: list[str], files: list[str]) -> list[str]:
    listed = set(files)
    found = []
    for link in sorted(links):
        target: str | None = link
        for _ in range(10):
            entry = tree.entry(target) if target is not None else None
            if entry is None or entry.kind != LINK:
                break
            target = tree.target(target or "")
        if target is not None and target not in listed and tree.file(target) is not None:
            listed.add(target)
            found.append(link)
    return found


def _size(tree: GitTree, path: str) -> int:
    entry = tree.file(path)
    return 0 if entry is None else tree.size(entry.id)


def _submodule(path: str) -> Problem:
    return Problem(path, "submodule", "its files are those of another repository")
