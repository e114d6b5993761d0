"""`cq export --scip`: the project as a SCIP index, which code browsers read."""

import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Any

from cq.cli.cache_options import blobs_of
from cq.cli.settle import query_folders, selection_of
from cq.errors import CqError
from cq.index.walk import list_files
from cq.lanes.table import lane_table
from cq.scan.write import write_whole
from cq.symbols.project import Project
from cq.symbols.resolvers import Resolvers, can_resolve


def export_scip(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Write the index of the files that the arguments name; 0 when a name is in it, 1 when none is."""
    if find_spec("google") is None or find_spec("google.protobuf") is None:
        raise CqError("--scip needs the package protobuf", "pip install 'cq[scip]'")
    target = values.get("output", "")
    if not target and sys.stdout.isatty():
        raise CqError("a SCIP index is not for a terminal", "cq export --scip -o index.scip")
    from cq.export.scip import ScipExport  # needs protobuf, an optional extra

    selection = selection_of(values, arguments).selection
    table = lane_table(query_folders(values))
    project = Project(selection.tree, list_files(selection).files, table, blobs=blobs_of(values))
    languages = tuple(language for language in table.installed() if can_resolve(language) and project.paths(language))
    export = ScipExport(Resolvers(project))
    pieces: Iterator[bytes] = export.pieces(languages)
    if target:
        write_whole(target, pieces)
    else:
        sys.stdout.buffer.writelines(pieces)
    sys.stderr.write(f"{export.documents:,} documents, {export.occurrences:,} occurrences\n")
    return 0 if export.occurrences else 1
