"""Which definitions of a file changed lately, and by how much that counts."""

from collections.abc import Sequence

from cq.index.recent import Change
from cq.overview.analysis import Weighed


def changed_lately(definitions: Sequence[Weighed], changes: Sequence[Change]) -> list[float]:
    """For each definition what the largest change in it counts, 0 to 1; of those within each other the inner one's."""
    weights = [0.0] * len(definitions)
    for change in changes:
        around = [
            at for at, each in enumerate(definitions) if each.line <= change.last and change.first <= each.end_line
        ]
        for at in around:
            own = definitions[at]
            inner = any(
                own.line <= definitions[other].line and definitions[other].end_line <= own.end_line
                for other in around
                if other != at
            )
            if not inner:
                weights[at] = max(weights[at], change.weight)
    return weights
