"""A listing as it would be after a change that is not made: without what it deletes, with what it adds."""

from collections.abc import Callable

from cq.index.file_tree import Overlay
from cq.index.selection import Listing, Selection


def overlaid(selection: Selection, overlay: Overlay, listing: Listing, lets_in: Callable[[str], bool]) -> Listing:
    """The listing of a selection; `lets_in` is what the rules say of a file that is not there."""
    gone = {path for path, data in overlay.files.items() if data is None}
    files = [path for path in listing.files if path not in gone]
    there = set(files)
    below = selection.root.rstrip("/") + "/"
    named = [path.removeprefix(below) for path in selection.paths if path != selection.root]
    for path, data in overlay.files.items():
        if data is None or path in there:
            continue
        is_asked = not named or any(path.startswith(f"{each}/") for each in named)
        # A file that is there and not listed is left out by what it is, with the change as without it.
        if path in named or (is_asked and lets_in(path)):
            files.append(path)
    files.sort(key=lambda path: path.replace("/", "\0"))
    return Listing(files, listing.problems)
