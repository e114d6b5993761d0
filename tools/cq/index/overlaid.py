"""A listing as it would be after a change that is not made: without what it deletes, with what it adds."""

from collections.abc import Callable

from cq.index.file_tree import Overlay
from cq.index.globs import Globs
from cq.index.ignore import git_text
from cq.index.selection import Listing, Selection


def overlaid(selection: Selection, overlay: Overlay, listing: Listing, lets_in: Callable[[str], bool]) -> Listing:
    """The listing of a selection; `lets_in` is what the folders' rules say of a file that is not there."""
    gone = {path for path, data in overlay.files.items() if data is None}
    files = [path for path in listing.files if path not in gone]
    there = set(files)
    below = selection.root.rstrip("/") + "/"
    named = [path.removeprefix(below) for path in selection.paths if path != selection.root]
    for path, data in overlay.files.items():
        if data is None or path in there:
            continue
        if path in named:
            files.append(path)
        elif not named or any(path.startswith(f"{each}/") for each in named):
            # A file that is there and not listed is left out by what it is, with the change as without it.
            admits = _admits(selection, path) if selection.revision is not None else lets_in(path)
            if admits:
                files.append(path)
    files.sort(key=lambda path: path.replace("/", "\0"))
    return Listing(files, listing.problems)


def _admits(selection: Selection, path: str) -> bool:
    """Whether a revision would list a file that it does not have."""
    globs = Globs(selection.globs) if selection.globs else None
    at = ""
    *folders, name = path.split("/")
    for number, step in enumerate((*folders, name)):
        wanted = None if globs is None else globs.wants(git_text(step), git_text(at), number < len(folders))
        if wanted is False or (step[0] == "." and wanted is None and not selection.hidden):
            return False
        at += f"{step}/"
    return True
