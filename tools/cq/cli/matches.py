"""How `cq pattern` and `cq rules` answer: findings in every form, lists of files, differences, and what was written."""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from cq.cli.answer import budget_of
from cq.cli.clock import ends_at
from cq.cli.findings import FindingsCount, write_account, write_findings
from cq.cli.interrupt import heed_control_c
from cq.cli.progress import progress
from cq.cli.settle import complain, diagnostics_of, form_of, is_error, name_missing_grammars, printed_paths
from cq.matching.analysis import FileFindings
from cq.matching.run import RulesRun
from cq.render.color import PLAIN, Palette, palette, printable
from cq.render.diff import unified
from cq.render.stats import stats_table
from cq.rows.findings import FindingsQuery, FindingsTail
from cq.rows.shared import MISSING_GRAMMAR, SchemaId


class Verdict(NamedTuple):
    """What the exit status says of a run: this when there is one of what counts, and the other of 0 and 1 if not."""

    counted: Callable[[RulesRun], int]
    status_if_any: int


class _Answer:
    """One answer on its way out."""

    def __init__(self, run: RulesRun, values: dict[str, Any], asked: FindingsQuery, verdict: Verdict) -> None:
        self._run, self._values, self._asked, self._verdict = run, values, asked, verdict
        self.count = FindingsCount(values.get("limit"))

    def status(self) -> int:
        """The exit status, once all files have passed."""
        run = self._run
        if run.stopped_by == "cancelled":
            return 130
        if any(map(is_error, run.unread)) or any(each.severity == "error" for each in run.diagnostics):
            return 2
        if self._verdict.counted(run):
            return self._verdict.status_if_any
        if run.stopped_by == "deadline":
            return 2  # nothing found is an answer only when everything was looked at
        return 1 - self._verdict.status_if_any

    def tail(self) -> FindingsTail:
        """All that is said besides the findings, once all files have passed."""
        run = self._run
        return FindingsTail(
            schema=SchemaId("cq.findings"),
            query=self._asked,
            summary=self.count.summary(
                files_checked=run.files_checked, exit_status=self.status(), fixed=run.fixed, complete=run.is_complete
            ),
            ledger=run.ledger(),
            diagnostics=(*diagnostics_of(run.unread), *run.diagnostics),
            report=run.report(),
        )

    def write(self, files: Iterator[FileFindings], diff: bool) -> None:
        """Write the findings in the form that is asked for."""
        values, run = self._values, self._run
        root = run.request.selection.root
        if values.get("quiet"):
            for _ in files:
                if self._verdict.counted(run):
                    break
        elif values.get("count") or values.get("files_with_matches"):
            self._write_paths(files)
        elif form_of(values) == "text" and (diff or values.get("apply")):
            colours = palette(values.get("color", "auto"), sys.stdout)
            for found in _noted(self.count, files):
                if diff:
                    self._write_diff(found, colours)
                elif found.fixes and run.changed(found, write=True) is not None:
                    number = f"{len(found.fixes):,} change{'s' * (len(found.fixes) != 1)}"
                    sys.stdout.write(f"{printed_paths(values, root)(found.path)}: {number}\n")
            write_account(self.tail(), values)
        else:
            if values.get("apply"):
                files = self._applied(files)
            write_findings(values, self.count.passing(files), self.tail, run.table, root)

    def _applied(self, files: Iterable[FileFindings]) -> Iterator[FileFindings]:
        for found in files:
            if found.fixes:
                self._run.changed(found, write=True)
            yield found

    def _write_paths(self, files: Iterable[FileFindings]) -> None:
        values = self._values
        shown = printed_paths(values, self._run.request.selection.root)
        nul = bool(values.get("null"))
        for found in _noted(self.count, files):
            if not found.rows:
                continue
            if values.get("count"):
                sys.stdout.write(f"{shown(found.path)}{chr(0) if nul else ':'}{len(found.rows)}\n")
            else:
                sys.stdout.write(shown(found.path) + (chr(0) if nul else "\n"))

    def _write_diff(self, found: FileFindings, colours: Palette) -> None:
        both = self._run.changed(found, write=False) if found.fixes else None
        if both is None:
            return
        paint = {"+": colours.line, "-": colours.name, "@": colours.path, "d": colours.head}
        clean = printable if sys.stdout.isatty() or colours.name else str
        for line in unified(found.path, *both, found.fixes):
            colour = paint.get(line[0], "")
            sys.stdout.write(f"{colour}{clean(line)}{colours.reset if colour else ''}\n")

    def remark(self) -> None:
        """What stderr says."""
        run, values = self._run, self._values
        for diagnostic in run.diagnostics:
            if diagnostic.code == MISSING_GRAMMAR:
                continue  # said once for all files
            if diagnostic.severity == "error" or not values.get("quiet"):
                sys.stderr.write(f"cq: {printable(diagnostic.path)}: {printable(diagnostic.message)}\n")
        if run.nested and not values.get("quiet"):
            many = f"{run.nested:,} match{'es' * (run.nested != 1)}"
            sys.stderr.write(f"note: {many} in a place that another fix takes: run again for those\n")
        if not run.is_complete and values.get("files_with_matches", values.get("count")):
            why = "--budget-ms was spent" if run.stopped_by == "deadline" else "interrupted"
            sys.stderr.write(f"{PLAIN.head}not complete: {why}\n")
        if values.get("stats"):
            sys.stderr.writelines(f"{line}\n" for line in stats_table(run.report()))


def answer(run: RulesRun, values: dict[str, Any], asked: FindingsQuery, verdict: Verdict, diff: bool) -> int:
    """Run the rules and write the answer; the exit status."""
    budget_of(values)
    run.ends_at = ends_at(values)
    heed_control_c(run)
    answering = _Answer(run, values, asked, verdict)
    answering.write(progress(lambda: run.files_to_check, run.files(), "searching"), diff)
    answering.remark()
    complain(diagnostics_of(run.unread))
    name_missing_grammars(run.diagnostics)
    settled = values.get("quiet") and verdict.counted(run)
    return verdict.status_if_any if settled else answering.status()


def _noted(count: FindingsCount, files: Iterable[FileFindings]) -> Iterator[FileFindings]:
    """The files as they come, counted."""
    for found in files:
        for _ in count.passing((found,)):
            pass
        yield found
