"""`cq mine trend`: which idioms came, grew, faded and went over the commits of a repository."""

import os
import sys
from collections.abc import Sequence
from typing import Any

from cq.cli.answer import write
from cq.cli.executor import executor_of
from cq.cli.interrupt import heed_control_c
from cq.cli.mine_list import style_of
from cq.cli.mined import make_facts, request_of
from cq.cli.settle import complain, diagnostics_of, root_of
from cq.index.selection import Selection
from cq.mining.history import History
from cq.mining.trend import TrendRun
from cq.render.color import printable
from cq.render.mining_trend import trend_summary_text, trends_text
from cq.rows.mining import Trend, TrendAnswer, TrendSummary
from cq.rows.shared import SchemaId

SAMPLES = 24
_SHOWN = 10


def trend(values: dict[str, Any], arguments: Sequence[str], store: str) -> int:
    """Look at the commits, and write what changed."""
    run = trend_run(values, arguments, store, _SHOWN)
    make_facts(run)
    changes = [] if run.is_cancelled else run.changes()
    examples = [run.example(change.entry, change.last) for change in changes]
    commits = [run.history.commit(run.samples[change.last]) for change in changes]
    search = run.halvings(changes)
    while not run.is_cancelled and search.asks():
        make_facts(run)
        search.learns()
    # What was cancelled has commits that nobody looked for.
    found = [] if run.is_cancelled else search.done()
    trends = tuple(
        Trend(
            key=change.found.key,
            status=change.status,
            level=run.request.level,
            language=change.found.made.language,
            kind=change.found.made.form.kind,
            pattern=change.found.made.form.text,
            places=tuple(run.series.places[change.entry].tolist()),
            files=tuple(run.series.files[change.entry].tolist()),
            first=run.history.commit(change.first),
            last=run.history.commit(change.last),
            gone=run.history.commit(change.gone) if change.gone >= 0 else None,
            commit=commit.id,
            categories=tuple(sorted(change.found.made.categories)),
            example=example,
        )
        for change, example, commit in zip(found, examples, commits, strict=False)
    )
    run.rows = len(trends)
    summary = _summary(run, len(trends))
    answer = TrendAnswer(
        schema=SchemaId("cq.mine.trend"),
        revision=values.get("rev", "HEAD"),
        commits=tuple(run.history.commit(number) for number in run.samples),
        summary=summary,
        trends=trends,
        report=run.report(),
    )
    if not values.get("quiet"):
        write(values, answer, trends, trends_text(style_of(values, run.history.root), trends))
    sys.stderr.writelines(f"{printable(line)}\n" for line in trend_summary_text(answer))
    complain(diagnostics_of(run.unread))
    return summary.exit_status


def trend_run(values: dict[str, Any], arguments: Sequence[str], store: str, top: int) -> TrendRun:
    """A run over the history of the files that the arguments name, listed."""
    start = root_of(values["root"], []) if "root" in values else os.getcwd()
    paths = tuple(os.path.abspath(word) for word in arguments) or (start,)
    history = History(start if "root" in values else paths[0], values.get("rev", "HEAD"))
    selection = Selection(
        root=history.git,  # from which the contents are read
        paths=paths,
        globs=tuple(values.get("globs", ())),
        hidden=bool(values.get("hidden")) or values.get("unrestricted", 0) >= 2,
        binary=values.get("unrestricted", 0) >= 3,
    )
    run = TrendRun(request_of(values, selection, store, top), history, values.get("samples", SAMPLES))
    _ = run.rulebook  # a wrong one is told before the long work
    run.executor = executor_of(values)
    heed_control_c(run)
    run.listed()
    return run


def _summary(run: TrendRun, trends: int) -> TrendSummary:
    made = len(run.paths) - run.contents_known
    status = 130 if run.is_cancelled else 2 if run.unread else 0 if trends else 1
    return TrendSummary(
        trends=trends,
        commits=len(run.history.commits),
        looked_at=len(run.held),
        file_versions=run.file_versions,
        contents=len(run.paths),
        parsed=run.report().files_parsed,
        parses_per_content=round(run.report().files_parsed / made, 3) if made else 0.0,
        left_out=dict(sorted(run.corpus.left_out.items())),
        shallow=run.history.is_shallow,
        complete=not run.is_cancelled,
        exit_status=status,
    )
