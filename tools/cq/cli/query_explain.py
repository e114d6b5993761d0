"""`cq query --explain`: the plan, and the count and time of each pattern on its own."""

import sys
from typing import Any

from cq.cli.settle import form_of
from cq.query.explain import plan_of, sample_of
from cq.query.run import QueryRun
from cq.render.color import palette
from cq.render.json import answer_json
from cq.render.plan_text import plan_text
from cq.rows.plan import PlanAnswer
from cq.rows.shared import SchemaId


def explain(run: QueryRun, values: dict[str, Any]) -> int:
    """Write the plan of a query that is not run otherwise; 0."""
    jobs = run.prepare()
    sample, taken = sample_of(run.request.selection.tree, jobs, run.table)
    plans = [plan_of(run.table, name, ask, sample.get(name, ())) for name, ask in sorted(run.asks.items())]
    run.history.save()
    if form_of(values) != "text":
        answer = PlanAnswer(schema=SchemaId("cq.plan"), rows=tuple(plans), report=run.report())
        sys.stdout.buffer.write(answer_json(answer))
        return 0
    colours = palette(values.get("color", "auto"), sys.stdout)
    which = "all" if taken == len(jobs) else f"a sample: the first {taken} of"
    sys.stdout.write(f"matches and ms of each pattern on its own, over {which} {len(jobs)} files\n")
    for plan in plans:
        for line in plan_text(plan, colours, patterns=True):
            sys.stdout.write(line + "\n")
    for diagnostic in run.diagnostics:
        sys.stderr.write(f"cq: {diagnostic.message}\n")
    return 0
