"""The files of a git tree, as the walk of a folder would list them: globs, hidden names and paths count.

Ignore rules do not: what is tracked is listed. A link is listed when it leads to a file of the tree that is not.
"""

import os

from cq.index.file_tree import Revision
from cq.index.git_tree import FOLDER, LINK, SUBMODULE, GitTree, git_tree
from cq.index.globs import Globs
from cq.index.ignore import git_text
from cq.index.selection import Listing, Problem, Selection


def list_tree(selection: Selection, revision: Revision) -> Listing:
    """The files of the selection in a revision."""
    tree = git_tree(revision)
    below = os.path.join(os.path.normpath(selection.root), "")
    globs = Globs(selection.globs) if selection.globs else None
    files: list[str] = []
    problems: list[Problem] = []
    links: list[str] = []
    folders: list[str] = []
    for path in selection.paths or (selection.root,):
        shown = os.path.normpath(path).removeprefix(below) if os.path.normpath(path) + os.sep != below else ""
        if not shown or tree.folder(shown):
            folders.append(shown)
        elif tree.file(shown) is not None:
            files.append(shown)  # named by the user: in, whatever the rules say
        elif (entry := tree.entry(shown)) is not None and entry.kind == SUBMODULE:
            problems.append(_submodule(shown))
    while folders:
        folder = folders.pop()
        inner = f"{folder}/" if folder else ""
        for name, entry in tree.folder(folder).items():
            is_folder = entry.kind == FOLDER
            wanted = None if globs is None else globs.wants(git_text(name), git_text(inner), is_folder)
            if wanted is False or (name[0] == "." and not selection.hidden and wanted is None):
                continue
            if is_folder:
                folders.append(inner + name)
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
