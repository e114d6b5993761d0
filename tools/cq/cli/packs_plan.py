"""`cq packs plan`: in which order the packs of a language run, within which limits, and why."""

import os
import sys
from collections.abc import Sequence
from typing import Any

from cq.cli.answer import write
from cq.cli.settle import query_folders
from cq.index.selection import Selection
from cq.lanes.table import lane_table
from cq.query.ask import ALL, QueryRequest
from cq.query.explain import plan_of
from cq.query.run import QueryRun
from cq.render.color import palette
from cq.render.plan_text import plan_text
from cq.resources import user_folder
from cq.rows.plan import PlanAnswer
from cq.rows.shared import SchemaId


def plan(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Write the plan of all packs of these languages (all that are installed, when none is named); 0."""
    folders = query_folders(values)
    table = lane_table(folders)
    languages = [table.named(word) for word in arguments] or table.installed()
    run = QueryRun(
        QueryRequest(
            selection=Selection(root=os.getcwd()),
            folders=folders,
            packs=(ALL,),
            languages=tuple(languages),
            history=os.path.join(user_folder("cache"), "tuning.json"),
        )
    )
    run.settle(dict.fromkeys(languages, 0))
    plans = [plan_of(table, language, ask) for language, ask in sorted(run.asks.items())]
    run.history.save()
    colours = palette(values.get("color", "auto"), sys.stdout)
    text = (line for each in plans for line in plan_text(each, colours, patterns=bool(values.get("patterns"))))
    write(values, PlanAnswer(schema=SchemaId("cq.plan"), rows=tuple(plans)), plans, text)
    if run.history.problem:
        sys.stderr.write(f"note: {run.history.problem}\n")
    return 0
