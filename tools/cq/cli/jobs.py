"""From options and paths to the files of languages: what `outline`, `export` and `tags` go over."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from cq.cli.settle import diagnostics_of, languages_of, query_folders, selection_of
from cq.index.file_tree import FileTree
from cq.index.walk import list_files
from cq.lanes.table import LaneTable, lane_table
from cq.rows.shared import Diagnostic, as_text
from cq.scan.read import unread_job
from cq.scan.results import FileJob, Unread


class Jobs(NamedTuple):
    """The files to look at, and what is to say of others."""

    tree: FileTree
    jobs: tuple[FileJob, ...]
    folders: tuple[str, ...]
    table: LaneTable
    named: frozenset[str]  # by the user: those are answered for, whatever they are
    diagnostics: tuple[Diagnostic, ...]

    @property
    def root(self) -> str:
        """The folder that paths are relative to."""
        return self.tree.root

    def diagnostics_of(self, unread: Unread) -> tuple[Diagnostic, ...]:
        """What to say of a file that was not read; a binary one is an error only when it was named."""
        if unread.reason != "binary":
            return diagnostics_of((unread,))
        severity = "error" if unread.path in self.named else "warning"
        message = f"binary, not searched: {unread.detail}"
        return (Diagnostic(path=as_text(unread.path), code=unread.reason, severity=severity, message=message),)


def jobs_of(values: dict[str, Any], arguments: Sequence[str], data: bool = False) -> Jobs:
    """The files that the options and the paths name; those of data in any folder when `data` says so.

    Raises CqError when there is nothing at these paths.
    """
    selection, missing = selection_of(values, arguments)
    folders = query_folders(values)
    table = lane_table(folders)
    wanted, unwanted = ({table.named(word) for word in words} for words in languages_of(values))
    listing = list_files(selection)
    named = frozenset(path.removeprefix(selection.root.rstrip("/") + "/") for path in selection.paths)
    asked = table.data if data else table.asked(wanted, named)
    jobs = []
    for path in listing.files:
        language = table.by_path(path, asked)
        # A file that is named is looked at or answered for; in a folder those without a lane are passed over.
        if (language or path in named) and language not in unwanted and (not wanted or language in wanted):
            jobs.append(unread_job(selection.tree, path, selection.binary))
    problems = (Unread(each.path, each.reason, each.detail) for each in listing.problems)
    diagnostics = diagnostics_of((*missing, *problems))
    return Jobs(selection.tree, tuple(jobs), folders, table, named, diagnostics)
