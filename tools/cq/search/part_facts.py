"""Facts of some names of a file whose roles are known: only the parts of the file that tell them are parsed."""

from collections.abc import Sequence
from typing import NamedTuple

from cq.grammar.parse import parse_parts
from cq.lanes.lanes import Lanes
from cq.rows.facts import Facts
from cq.search.names import Span
from cq.search.plan import SearchPlan
from cq.store.parts import spans_of


class PartFacts(NamedTuple):
    """What was found, and what it cost."""

    facts: list[Facts | None]
    parsed_bytes: int


def part_facts(
    lanes: Lanes, plan: SearchPlan, language: str, data: bytes, parts: bytes, hits: Sequence[tuple[Span, str]]
) -> PartFacts | None:
    """The facts of these names (in order, each with its role); None when the file has to be parsed as a whole.

    `parts`: where the file may be cut, as `store.parts` keeps it.
    """
    lane = lanes.lane_or_none(language)
    if lane is None:
        return None
    names = [hit for hit, _ in hits]
    spans = spans_of(parts, [start for start, _ in names], len(data), plan.detail == "head")
    root = parse_parts(lane.language, data, spans).root_node
    if root.has_error:
        return None
    verdicts = lane.classify(data, root, names, "code")
    if [verdict.role for verdict in verdicts] != [role for _, role in hits]:
        return None
    reader = lanes.facts(language)
    facts = [reader.row(data, root, verdict, hit, plan.detail) for hit, verdict in zip(names, verdicts, strict=True)]
    return PartFacts(facts, sum(end - start for start, end in spans))
