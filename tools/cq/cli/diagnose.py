"""`cq diagnose`: what is wrong in files that do not parse, and edits that repair them."""

import signal
import sys
from collections.abc import Iterator, Sequence
from types import FrameType
from typing import TYPE_CHECKING, Any

from cq.cli.check import check
from cq.cli.clock import ends_at
from cq.cli.findings import FindingsCount, decode_finding, write_account, write_findings
from cq.cli.options.checking import DIAGNOSE
from cq.cli.progress import progress
from cq.cli.settle import (
    complain,
    diagnostics_of,
    is_error,
    languages_of,
    name_missing_grammars,
    query_folders,
    selection_of,
    shown_paths,
)
from cq.diagnose.analysis import FileDiagnosis
from cq.diagnose.run import DiagnoseRequest, DiagnoseRun
from cq.errors import CqError
from cq.render.color import printable
from cq.render.diff import unified
from cq.render.stats import stats_table
from cq.rows.findings import FindingsQuery, FindingsTail
from cq.rows.shared import SchemaId
from cq.scan.results import Unread
from cq.scan.write import apply_edits, write_edits

if TYPE_CHECKING:
    from cq.cli.between import Side


def diagnose(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 1 when there is a finding, 0 when none, 2 for errors."""
    check(DIAGNOSE, values)
    if values.get("rev"):
        from cq.cli.between import between, is_range  # git only where it is asked for

        if is_range(values):
            return between("diagnose", values, arguments, lambda values: _side(values, arguments), by_file=True)
    run = _asked(values, arguments)
    _heed_control_c(run)
    count = FindingsCount(values.get("limit"))
    fixed = _Fixed(run, values)
    files = fixed.passing(progress(lambda: run.files_to_check, run.files(), "diagnosing"))

    def tail() -> FindingsTail:
        return _tail(run, count, fixed, values.get("limit"))

    root = run.request.selection.root
    if values.get("diff"):
        for _ in count.passing(files):
            pass
        if not values.get("quiet"):
            write_account(tail(), values)
    else:
        write_findings(values, count.passing(files), tail, run.table, root)
    complain(diagnostics_of(run.unread))
    name_missing_grammars(run.diagnostics)
    if values.get("stats"):
        sys.stderr.writelines(f"{line}\n" for line in stats_table(run.report()))
    return _status(run, count, fixed)


def _asked(values: dict[str, Any], arguments: Sequence[str]) -> DiagnoseRun:
    selected = selection_of(values, arguments)
    wanted, unwanted = languages_of(values)
    request = DiagnoseRequest(
        selection=selected.selection,
        folders=query_folders(values),
        languages=wanted,
        not_languages=unwanted,
        injected=values.get("injected", True),
        fix=bool(values.get("fix") or values.get("diff")),
        workers=values.get("workers") or None,
    )
    run = DiagnoseRun(request)
    run.unread.extend(selected.unread)
    run.ends_at = ends_at(values)
    return run


def _side(values: dict[str, Any], arguments: Sequence[str]) -> "Side":
    """The answer about one of two revisions."""
    from cq.cli.between import Side

    run = _asked(values, arguments)
    rows = [row for file in run.files() for _, row in file.rows]
    return Side(rows, tuple(run.unread), tuple(run.diagnostics), run.left)


class _Fixed:
    """Writes the edits as files pass, or shows them, and says on stderr what was done."""

    def __init__(self, run: DiagnoseRun, values: dict[str, Any]) -> None:
        self._run = run
        self._values = values
        self._root = run.request.selection.root
        self._shown = shown_paths(self._root)
        self.count = 0
        self.is_pending = False  # there are edits that were shown, not made

    def passing(self, files: Iterator[FileDiagnosis]) -> Iterator[FileDiagnosis]:
        """The files, those with edits edited."""
        for file in files:
            if file.edits:
                self._fix(file)
            yield file

    def _fix(self, file: FileDiagnosis) -> None:
        if self._values.get("diff"):
            self.is_pending = True
            if not self._values.get("quiet"):
                new = apply_edits(file.old, file.edits)
                sys.stdout.writelines(f"{line}\n" for line in unified(file.path, file.old, new, file.edits))
            return
        try:
            write_edits(self._root, file.path, file.old, file.edits)
        except CqError as error:
            self._run.unread.append(Unread(file.path, "unreadable", error.message.removeprefix(f"{file.path}: ")))
            return
        self.count += len(file.fixed)
        if self._values.get("quiet"):
            return
        for row in file.fixed:
            finding = decode_finding(row)
            where = f"{printable(self._shown(file.path))}:{finding.line}:{finding.column}"
            sys.stderr.write(f"{where}: fixed: {printable(finding.message)}: {printable(finding.fix_message)}\n")


def _heed_control_c(run: DiagnoseRun) -> None:
    """The first Ctrl-C ends the run with what is there; whoever wants an end at once presses the keys again."""

    def cancel(number: int, frame: FrameType | None) -> None:
        if run.is_cancelled:
            raise KeyboardInterrupt
        run.is_cancelled = True

    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, cancel)


def _status(run: DiagnoseRun, count: FindingsCount, fixed: _Fixed) -> int:
    if run.is_cancelled:
        return 130
    if any(is_error(unread) for unread in run.unread):
        return 2
    if count.findings or fixed.is_pending:
        return 1
    return 2 if run.stopped_by else 0  # nothing wrong is an answer only when everything was looked at


def _tail(run: DiagnoseRun, count: FindingsCount, fixed: _Fixed, limit: int | None) -> FindingsTail:
    request = run.request
    root = request.selection.root.rstrip("/") + "/"
    return FindingsTail(
        schema=SchemaId("cq.diagnose"),
        query=FindingsQuery(
            languages=tuple(sorted(run.languages)),
            paths=tuple(path.removeprefix(root) for path in request.selection.paths),
            globs=request.selection.globs,
            limit=limit,
        ),
        summary=count.summary(
            files_checked=run.files_checked,
            exit_status=_status(run, count, fixed),
            fixed=fixed.count,
            complete=not run.stopped_by,
        ),
        ledger=run.ledger(),
        diagnostics=(*diagnostics_of(run.unread), *run.diagnostics),
        report=run.report(),
    )
