"""Files that a change broke, as they are meant: what is behind a syntax error would look as if it were gone."""

from collections.abc import Collection
from typing import NamedTuple

import msgspec

from cq.diagnose.run import DiagnoseRequest, DiagnoseRun
from cq.index.file_tree import Overlay
from cq.index.selection import Selection
from cq.rows.findings import Finding
from cq.rows.structure import Touched
from cq.scan.write import apply_edits

_decode = msgspec.json.Decoder(Finding).decode


class Repaired(NamedTuple):
    """The files of a selection with what could be repaired laid over them."""

    selection: Selection
    repaired: frozenset[str]  # paths
    errors: tuple[Touched, ...]  # where the errors are, of all these files


def repaired(selection: Selection, folders: tuple[str, ...], paths: Collection[str]) -> Repaired:
    """Diagnose some files, and repair those of which a re-parse proves that the repair is one. Nothing is written."""
    some = msgspec.structs.replace(selection, paths=(), globs=(), only=frozenset(paths))
    run = DiagnoseRun(DiagnoseRequest(selection=some, folders=folders, injected=False, fix=True, workers=1))
    files: dict[str, bytes | None] = {}
    errors: list[Touched] = []
    for file in run.files():
        findings = [_decode(row) for row in (*(row for _, row in file.rows), *file.fixed)]
        findings.sort(key=lambda each: (each.line, each.column))
        errors += (
            Touched(
                path=each.path,
                line=each.line,
                column=each.column,
                # At the end of a file there is nothing to show but what is open there.
                text=each.text if each.text.strip() or not each.hints else each.hints[0].message,
                problems=(f"syntax error: {each.message}",),
            )
            for each in findings
            if each.severity == "error"
        )
        if file.edits:
            files[file.path] = apply_edits(file.old, file.edits)
    before = {} if selection.overlay is None else selection.overlay.files
    return Repaired(
        msgspec.structs.replace(selection, overlay=Overlay({**before, **files})), frozenset(files), tuple(errors)
    )
