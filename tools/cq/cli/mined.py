"""Mine the files that the options name: what `cq mine` and its reports have in common."""

import contextlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from cq.cli.clock import ends_at, not_looked_at
from cq.cli.executor import executor_of
from cq.cli.interrupt import heed_control_c
from cq.cli.progress import progress
from cq.cli.settle import diagnostics_of, is_error, languages_of, query_folders, selection_of
from cq.index.selection import Selection
from cq.mining.listing import MineListing, MineRequest
from cq.mining.results import Known, Result, Saved, name_of, named, remember, remembered, results, save, touch
from cq.mining.tables import export, form_of_table
from cq.rows.mining import Idiom, MineQuery, MineSummary, MineTail
from cq.rows.shared import SchemaId

if TYPE_CHECKING:
    from cq.mining.run import MineRun

_TOP = 30


class Mined(NamedTuple):
    """What came of it."""

    run: MineListing
    saved: tuple[Saved, ...]
    tail: MineTail
    result: Result | None

    @property
    def idioms(self) -> tuple[Idiom, ...]:
        """The rows."""
        return tuple(each.idiom for each in self.saved)


def mined(values: dict[str, Any], arguments: Sequence[str], store: str, top: int = _TOP) -> Mined:
    """Run it. The result is kept; when nothing changed since, it is the one that was kept."""
    if "export" in values:
        form_of_table(values["export"])  # before the long work
    found = _mined(values, arguments, store, top)
    if "export" in values and found.result is not None:
        export(values["export"], found.saved, found.result.paths, found.tail.summary)
    return found


def _mined(values: dict[str, Any], arguments: Sequence[str], store: str, top: int) -> Mined:
    selected = selection_of(values, arguments)
    listing = MineListing(request_of(values, selected.selection, store, top))
    listing.unread.extend(selected.unread)
    asked = repr((selected.selection, listing.asked(), listing.request.languages, listing.request.not_languages))
    before = remembered(store, asked)
    if before is not None and before.looks == listing.looks(before.marks):
        result = named(store, before.name)
        if result is not None:
            touch(store, result)
            listing.unread[:] = before.unread
            tail = msgspec.json.decode(before.tail, type=MineTail)
            return Mined(listing, result.saved, msgspec.structs.replace(tail, report=listing.report()), result)
    early = listing.looks(())
    found = _read(values, arguments, store, top)
    # What changed while it was read may have been read before or after.
    if early and early == listing.looks(()) and found.result is not None and found.tail.summary.complete:
        known = Known(
            looks=listing.looks(found.run.marks),
            marks=found.run.marks,
            name=name_of(found.result),
            tail=msgspec.json.encode(found.tail),
            unread=tuple(found.run.unread),
        )
        # Where there is no room for it, all is looked at again.
        with contextlib.suppress(OSError):
            remember(store, asked, known)
    return found


def _read(values: dict[str, Any], arguments: Sequence[str], store: str, top: int) -> Mined:
    """Read the files. When they say what they did before, so does the result."""
    from cq.mining.answer import Answerer  # and numpy, which a run that has its answer does without

    run = run_of(values, arguments, store, top)
    question = run.question()
    for known in results(store):
        if known.question == question and known.root == run.request.selection.root:
            touch(store, known)
            summary = msgspec.json.decode(known.summary, type=MineSummary)
            return Mined(run, known.saved, _tail(run, summary), known)
    _ = run.rulebook  # a wrong one is told before the long work
    make_facts(run)
    counted = run.count()
    idioms = run.idioms()
    answerer = Answerer(run)
    saved = tuple(answerer.saved(each) for each in idioms)
    summary = MineSummary(
        idioms=len(saved),
        frequent=len(counted.counts.keys),
        closed=run.closed,
        distinct=counted.distinct,
        anchors=counted.rows,
        files=len(run.corpus.members),
        contents=len(run.paths),
        projects=len({member.project for member in run.corpus.members}),
        left_out=dict(sorted(run.corpus.left_out.items())),
        known=run.contents_known,
        complete=not run.stopped_by and not run.is_cancelled,
        exit_status=_status(run, len(saved)),
    )
    result = answerer.result(saved, question, msgspec.json.encode(summary))
    if summary.complete:
        _keep(store, result)
    run.rows = len(saved)
    return Mined(run, saved, _tail(run, summary), result)


def run_of(values: dict[str, Any], arguments: Sequence[str], store: str, top: int = _TOP) -> "MineRun":
    """A run of the files that the options name, listed."""
    selected = selection_of(values, arguments)
    from cq.mining.run import MineRun

    run = MineRun(request_of(values, selected.selection, store, top))
    run.unread.extend(selected.unread)
    run.executor = executor_of(values)
    run.ends_at = ends_at(values)
    heed_control_c(run)
    run.listed()
    return run


def request_of(values: dict[str, Any], selection: Selection, store: str, top: int) -> MineRequest:
    """What the options ask of a selection."""
    wanted, unwanted = languages_of(values)
    return MineRequest(
        selection=selection,
        folders=query_folders(values),
        store=store,
        languages=wanted,
        not_languages=unwanted,
        level=values.get("level", "semantic"),
        by=values.get("by", "score"),
        min_files=values.get("min_files", 3),
        min_projects=values.get("min_projects", 0),
        top=values.get("top", top),
        kinds=tuple(values.get("kind", ())),
        like=values.get("like", ""),
        categories=tuple(values.get("category", ())),
        fuzzy=values.get("fuzzy", 0),
        rulebook=values.get("rulebook", ""),
        workers=values.get("workers") or None,
    )


def _keep(store: str, result: Result) -> None:
    """Keep a result; when that cannot be, say so: what was found is shown all the same."""
    try:
        save(store, result)
    except OSError as error:
        reason = error.strerror or str(error)
        sys.stderr.write(
            f"cq: {store}: what was found is not kept: {reason}\n"
            "hint: make room, or give another folder with --cache-dir; until then no KEY is known\n"
        )


def make_facts(run: "MineRun") -> None:
    """Make the facts that are missing, and say how far it is."""
    for _ in progress(lambda: run.contents_to_mine, run.facts(), "mining"):
        pass
    if run.segments.damaged:
        count = len(run.segments.damaged)
        which = "1 file of facts is" if count == 1 else f"{count} files of facts are"
        sys.stderr.write(f"cq: {which} damaged or of another version: made anew\n")


def _status(run: "MineRun", idioms: int) -> int:
    if run.is_cancelled:
        return 130
    if any(is_error(unread) for unread in run.unread):
        return 2
    # That there is none is an answer only when every file was looked at.
    return 0 if idioms else 2 if run.left else 1


def _tail(run: "MineRun", summary: MineSummary) -> MineTail:
    request = run.request
    root = os.path.join(request.selection.root, "")
    how = "what was mined is kept: the same command goes on from there"
    unseen = not_looked_at(run.left, run.contents_to_mine, how)
    return MineTail(
        schema=SchemaId("cq.mine"),
        query=MineQuery(
            level=request.level,
            by=request.by,
            min_files=request.min_files,
            min_projects=run.min_projects,
            top=request.top,
            kinds=request.kinds,
            categories=request.categories,
            fuzzy=request.fuzzy,
            languages=request.languages,
            paths=tuple(path.removeprefix(root) for path in request.selection.paths),
            globs=request.selection.globs,
        ),
        summary=summary,
        ledger=run.ledger(),
        diagnostics=(*diagnostics_of(run.unread), *run.diagnostics, *unseen),
        report=run.report(),
    )
