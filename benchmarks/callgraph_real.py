"""Call edges that `cq neighborhood` shows for real projects, compared with what an independent tool says is called.

    python benchmarks/callgraph_real.py ROOT TRUTH [ROOT TRUTH ...] [--possible] [--most 400] [--misses N] [--callers]

In: projects and their truth files (`resolution_truth_python.py`: go-to-definition of a type-checking language server;
`resolution_truth_rust.py`: the compiler's own analysis). An edge is a called name and the function that it enters, as
call hierarchies give them: names that the truth does not know are not judged, and neither are edges that lead out of
the project. A class stands for its constructor. Out: precision and recall of the edges by how the name stands there.

The callees of the functions of the truth's files are asked for, --most of them, spread evenly; with --callers the
callers of as many functions that the truth says are called, of which the sites in the truth's files count.
"""

import argparse
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator

from resolution import project_of
from resolution_rows import Place, Row, Sources, Surroundings, read_truth

from cq.neighborhood.run import Neighborhood
from cq.rows.neighborhood import Symbol
from cq.rows.resolution import Target
from cq.symbols.resolvers import Resolvers

_CALLED = re.compile(rb"\s*(?:::\s*<[^;{}()]*>\s*)?\(")
_DEFINES = re.compile(rb"(?:\bdef|\bclass|\bfn|\bmacro_rules!|\bstruct|\benum)\s+$")
_ENTERS = frozenset({"call", "instantiation", "decorator"})
_FUNCTIONS = frozenset({"function", "method"})
Edge = tuple[str, int, Place]  # the site, and what it enters


class Truth:
    """What is really called, by site."""

    def __init__(self, root: str, file: str, around: Neighborhood) -> None:
        sources = Sources(root)
        self._around = around
        self._made: dict[Place, Place | None] = {}
        rows = read_truth(file, 1)
        self.rows = {(row.path, row.start): row for row in rows if _is_called(sources.data(row.path), row)}
        self.how = Surroundings(sources, rows)
        self.sources = sources
        self.functions = [
            (row.path, row.start) for row in rows if row.is_definition and row.kind in _FUNCTIONS and row.places
        ]

    def expected(self, place: Place) -> set[Place]:
        """What a site enters, inside of the project: any of these is right."""
        row = self.rows[place]
        return {each for each, kind in row.places.items() if kind in _FUNCTIONS} | {
            made for each, kind in row.places.items() if kind == "class" and (made := self.made(each))
        }

    def right(self, place: Place) -> set[Place]:
        """What a site may enter."""
        return self.expected(place) | self.rows[place].also

    def made(self, place: Place) -> Place | None:
        """What making an object of a class enters, when that is in the project."""
        if place not in self._made:
            self._made[place] = None
            for answer in self._around.resolvers.definitions_at(*place)[:1]:
                target: Target | None = self._around.constructor(answer.target)
                self._made[place] = (target.path, target.start_byte) if target is not None else None
        return self._made[place]


def _is_called(data: bytes, row: Row) -> bool:
    end = row.start + len(row.name.encode())
    before = data[max(0, row.start - 60) : row.start]
    return bool(_CALLED.match(data, end)) and not _DEFINES.search(before)


def shown_edges(around: Neighborhood, symbols: Iterable[Symbol], truth: Truth, callers: bool) -> Iterator[Edge]:
    """The edges that are shown around symbols, at sites of which the truth is known."""
    for symbol in symbols:
        for row in around.graph.calls_of(symbol) if callers else around.graph.calls_in(symbol):
            callee = symbol if callers else row.symbol
            if callee.kind not in _FUNCTIONS or not callee.path:
                continue
            for site in row.sites:
                if site.role in _ENTERS and (site.path, site.start_byte) in truth.rows:
                    yield site.path, site.start_byte, (callee.path, callee.start_byte)


def _symbols(around: Neighborhood, places: Iterable[Place]) -> Iterator[Symbol]:
    for path, start in places:
        for answer in around.resolvers.definitions_at(path, start)[:1]:
            if (answer.target.path, answer.target.start_byte) == (path, start):
                yield around.symbols.of(answer.target)


def _spread(places: list[Place], most: int) -> list[Place]:
    return places[:: max(1, len(places) // most)][:most]


def compare(root: str, file: str, options: argparse.Namespace) -> dict[str, list[int]]:
    """Counts by how the name stands: edges of the truth, those found of them, edges shown, those right of them."""
    around = Neighborhood(Resolvers(project_of(root)), "possible" if options.possible else "likely")
    truth = Truth(root, file, around)
    if options.callers:
        called = sorted({each for place in truth.rows for each in truth.expected(place)})
        asked = list(_symbols(around, _spread(called, options.most)))
        wanted = {(symbol.path, symbol.start_byte) for symbol in asked}
        sites = {place for place in truth.rows if truth.expected(place) & wanted}
    else:
        asked = list(_symbols(around, _spread(truth.functions, options.most)))
        spans = [(symbol.path, span) for symbol in asked if (span := around.span(symbol))]
        wanted = set()
        sites = {
            (path, start)
            for path, start in truth.rows
            if any(path == each and begin <= start < end for each, (begin, end) in spans)
        }
    shown = set(shown_edges(around, asked, truth, options.callers))
    if not options.callers:
        sites = {
            place
            for place in sites
            if place in {(path, start) for path, start, _ in shown} or _own(around, place, asked)
        }
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    missed = wrong = 0
    for place in sorted(sites):
        expected = truth.expected(place) & wanted if options.callers else truth.expected(place)
        if expected:
            found = any((*place, each) in shown for each in truth.right(place))
            for name in (truth.how.of(truth.rows[place]), "all"):
                counts[name][0] += 1
                counts[name][1] += found
            if not found and missed < options.misses:
                missed += 1
                print("missed ", truth.sources.shown(*place), sorted(expected)[:2])
    for path, start, callee in sorted(shown):
        row = truth.rows[path, start]
        if not row.places and not row.modules:
            continue  # the truth does not know
        right = callee in truth.right((path, start))
        for name in (truth.how.of(row), "all"):
            counts[name][2] += 1
            counts[name][3] += right
        if not right and wrong < options.misses:
            wrong += 1
            print("wrong  ", truth.sources.shown(path, start), callee, dict(row.places), row.modules)
    return counts


def _own(around: Neighborhood, place: Place, asked: list[Symbol]) -> bool:
    """Whether a site is of one of the functions that were asked, and not of one in it."""
    source = around.sources.of(place[0])
    if source is None:
        return False
    inner = [each for each in source.definitions() if each.span[0] <= place[1] < each.span[1]]
    functions = [each for each in inner if each.verdict.kind in _FUNCTIONS]
    return bool(functions) and any(
        (symbol.path, symbol.start_byte) == (place[0], functions[-1].name_span[0]) for symbol in asked
    )


def main() -> int:
    """Compare and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", metavar="ROOT TRUTH")
    parser.add_argument("--possible", action="store_true")
    parser.add_argument("--callers", action="store_true")
    parser.add_argument("--most", type=int, default=400, help="functions that are asked about")
    parser.add_argument("--misses", type=int, default=0, help="show so many of the edges that are missing, and wrong")
    options = parser.parse_args()
    for root, file in zip(options.pairs[::2], options.pairs[1::2], strict=True):
        counts = compare(os.path.realpath(root), file, options)
        print(f"{os.path.basename(file):28} {'edges':>6} {'recall':>7} {'shown':>6} {'precision':>9}")
        for name, (edges, found, shown, right) in sorted(counts.items(), key=lambda item: (item[0] == "all", item)):
            recall = found / edges if edges else 1.0
            print(f"  {name:26} {edges:6} {recall:7.3f} {shown:6} {right / shown if shown else 1.0:9.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
