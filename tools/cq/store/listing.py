"""The files of a root for commands that resolve names: from the index when it has them, with who holds which name."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from cq.index.selection import Problem, Selection
from cq.store.files import Files
from cq.store.holders import Holders
from cq.store.keeper import Keeper


class Listed(NamedTuple):
    """The files of a selection."""

    paths: Sequence[str]
    problems: Sequence[Problem]
    holders: Callable[[str], Sequence[str]] | None  # the files that may hold a name; None: any may


def listed(selection: Selection, keeper: Keeper) -> Listed:
    """The files as they are now. When nothing changed since they were indexed, no ignore rule is asked for that.

    The keeper has to stay open for as long as `holders` is asked.
    """
    return keeper.attempt(lambda: _listed(selection, keeper))


def _listed(selection: Selection, keeper: Keeper) -> Listed:
    files = Files(selection, keeper.store)
    known = None if keeper.store is None or not files.is_whole else Holders(keeper.store, files)
    return Listed(files.paths, files.problems, known.of if known is not None and known.pays else None)
