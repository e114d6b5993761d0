"""Which module imports which, and the cycles among them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cq.neighborhood.sources import Source, Sources, runner
from cq.rows.neighborhood import ImportCycle, ImportRow
from cq.rows.resolution import Target
from cq.symbols.resolvers import Resolvers


def imports_of(resolvers: Resolvers, sources: Sources, path: str) -> Iterator[ImportRow]:
    """The modules that one file imports, each once, in order of the first import."""
    source = sources.of(path)
    if source is None:
        return
    found: dict[str, ImportRow] = {}
    names = source.imports()
    targets: list[Target | None] = []
    for hit, verdict in names:
        answers = resolvers.definitions_at(path, hit[0]) if verdict.kind != "alias" else ()
        targets.append(answers[0].target if answers else None)
    for number, ((hit, verdict), target) in enumerate(zip(names, targets, strict=True)):
        if target is None or target.path == path:
            continue
        following = targets[number + 1] if number + 1 < len(names) else None
        if following is not None and _continues(source, hit[1], names[number + 1][0][0]) and _is_module(following):
            continue  # a part of a longer name
        if _is_module(target):
            imported, outside = target.path, False
        elif not target.path:
            imported, outside = target.qualified_name.split(source.entry.module_separator)[0], True
        else:
            continue  # what is imported of a module: that stands before it
        line = source.lines.position(hit[0])[0]
        facts = source.lane_facts.row(source.data, source.tree.root_node, verdict, hit, "definitions")
        condition = facts.imported.conditional if facts is not None and facts.imported is not None else ""
        later = runner(verdict, hit[0]) is not None
        typing = condition in source.entry.typing_conditions
        known = found.get(imported)
        row = ImportRow(path=path, line=line, imported=imported, outside=outside, later=later, typing=typing)
        # One import that runs with the module counts more than all that do not.
        if known is None or (_is_late(known) and not _is_late(row)):
            found[imported] = row
    yield from found.values()


def _continues(source: Source, end: int, following: int) -> bool:
    return source.data[end:following].strip() in (b".", source.entry.module_separator.encode())


def _is_module(target: Target) -> bool:
    return bool(target.path) and target.kind == "module"


def _is_late(row: ImportRow) -> bool:
    return row.later or row.typing


def cycles(rows: Sequence[ImportRow]) -> list[ImportCycle]:
    """The cycles: for each set of modules that reach each other the shortest way round.

    Those that close while the modules are imported come first; then those that only close with what runs later.
    """
    inside = [row for row in rows if not row.outside]
    found: list[ImportCycle] = []
    closed: set[str] = set()
    for late in (False, True):
        kept = [row for row in inside if late or not _is_late(row)]
        lines = {(row.path, row.imported): row.line for row in kept}
        below: dict[str, list[str]] = {}
        for row in kept:
            below.setdefault(row.path, []).append(row.imported)
        for component in _components(below):
            if late and closed.intersection(component):
                continue
            closed.update(component)
            way = _shortest(below, set(component))
            places = tuple(lines[pair] for pair in zip(way, (*way[1:], way[0]), strict=True))
            found.append(ImportCycle(paths=way, lines=places, size=len(component), later=late))
    return found


def _components(below: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The sets of more than one node that reach each other (Tarjan's), without recursion."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    on_stack: set[str] = set()
    stack: list[str] = []
    found = []
    for root in sorted(below):
        if root in order:
            continue
        work: list[tuple[str, Iterator[str]]] = [(root, iter(below.get(root, ())))]
        order[root] = low[root] = len(order)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, children = work[-1]
            for child in children:
                if child not in order:
                    order[child] = low[child] = len(order)
                    stack.append(child)
                    on_stack.add(child)
                    work.append((child, iter(below.get(child, ()))))
                    break
                if child in on_stack:
                    low[node] = min(low[node], order[child])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    component = _popped(stack, on_stack, node)
                    if len(component) > 1:
                        found.append(sorted(component))
    return sorted(found)


def _popped(stack: list[str], on_stack: set[str], last: str) -> list[str]:
    component = []
    while True:
        node = stack.pop()
        on_stack.discard(node)
        component.append(node)
        if node == last:
            return component


def _shortest(below: Mapping[str, Iterable[str]], component: set[str]) -> tuple[str, ...]:
    """The shortest way round in a set of nodes that reach each other."""
    best: tuple[str, ...] = ()
    for start in sorted(component):
        came: dict[str, str] = {}
        waiting = [start]
        while waiting and start not in came:
            following = []
            for node in waiting:
                for child in below.get(node, ()):
                    if child in component and child not in came:
                        came[child] = node
                        following.append(child)
            waiting = following
        way = [came[start]]
        while way[-1] != start:
            way.append(came[way[-1]])
        if not best or len(way) < len(best):
            best = tuple(reversed(way))
        if len(best) == 2:
            break
    return best
