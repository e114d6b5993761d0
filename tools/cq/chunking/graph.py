"""How files, chunks and definitions relate: what contains what, what follows what, and with `--uses` who calls whom.

Nodes are paths, ids of chunks and ids of definitions. A call is an edge when a single definition of the run has the
name that is called; which of several is meant is a question for `cq calls`.
"""

from collections.abc import Iterable, Iterator, Sequence

from cq.rows.chunk import ChunkEdge, ChunkRow

_CONTAINS, _NEXT, _CALLS, _IMPORTS = "contains", "next", "calls", "imports"


def edges_of(files: Iterable[Sequence[ChunkRow]]) -> Iterator[ChunkEdge]:
    """The edges of files as they come; those of calls when all are there."""
    defined: dict[str, list[str]] = {}
    calls: list[tuple[str, str]] = []
    for rows in files:
        known: set[str] = set()
        before = ""
        for row in rows:
            yield ChunkEdge(source=row.path, target=row.id, relation=_CONTAINS)
            if before and not row.chunks:
                yield ChunkEdge(source=before, target=row.id, relation=_NEXT)
            before = row.id
            if row.definition:
                yield ChunkEdge(source=row.definition, target=row.id, relation=_CONTAINS)
                if row.parent and row.definition not in known:
                    yield ChunkEdge(source=row.parent, target=row.definition, relation=_CONTAINS)
                if row.definition not in known:
                    defined.setdefault(row.name, []).append(row.id)
                known.add(row.definition)
            for name in row.defines:
                defined.setdefault(name, []).append(row.id)
            calls.extend((row.id, name) for name in row.calls)
            for name in row.imports:
                yield ChunkEdge(source=row.id, target=name, relation=_IMPORTS)
    for source, name in calls:
        targets = set(defined.get(name, ()))
        if len(targets) == 1 and source not in targets:
            yield ChunkEdge(source=source, target=targets.pop(), relation=_CALLS)
