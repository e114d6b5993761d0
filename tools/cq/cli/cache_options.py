"""From options to the keeper of the index of names."""

import os
import sys
from typing import TYPE_CHECKING, Any

from cq.cli.at_end import at_end
from cq.index.file_tree import FileTree
from cq.render.color import printable
from cq.resources import user_folder
from cq.store.keeper import Keeper
from cq.store.vocabulary import WORDS

if TYPE_CHECKING:
    from cq.store.blobs import Blobs


def cache_folder(values: dict[str, Any]) -> str:
    """The folder that the options or the environment name, else the user's own; "" with --no-cache."""
    if values.get("no_cache"):
        return ""
    given = values.get("cache_dir")
    return os.path.abspath(given) if given else user_folder("cache")


def blobs_of(values: dict[str, Any]) -> "Blobs":
    """What is kept of files by their content; what is learned in this run is written in its end."""
    from cq.store.blobs import Blobs  # resolution needs it, a plain search does not

    blobs = Blobs(cache_folder(values))
    at_end(blobs.flush)
    return blobs


def keeper_of(values: dict[str, Any], tree: FileTree) -> Keeper:
    """The keeper of a root's index, or of a revision's. What is wrong with that is told on stderr."""
    # A tree in git never changes: what is found out in it is kept under its id.
    revision = "" if tree.revision is None else tree.revision.tree
    return Keeper(
        tree.root, cache_folder(values), WORDS, lambda text: sys.stderr.write(f"cq: {printable(text)}\n"), revision
    )
