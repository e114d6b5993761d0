"""Call edges of small Python cases compared with those that the cases expect.

    python benchmarks/callgraph_micro.py FOLDER [--resolver MODULE:CLASS] [--possible] [--outside] [--cases]
        [--without CATEGORY]... [--through callees|callers]

In: a folder CATEGORY/CASE/ with sources and a `callgraph.json` (caller -> callees, as dotted names; `module` alone is
the module's own code), such as the micro-benchmark of PyCG. Out: precision and recall of the edges by category.

A callee is what the called name refers to; a class stands for its `__init__`, inherited or its own. Who calls is told
by Python's own `ast`. What no name stands for (the result of a call that is called, an item of a list) is only found
when the resolver says what the name of a variable or a parameter may hold: by `callees_at(path, start, end)` of the
called expression's first and last byte, if it has that.

With `--through callees` or `callers` the edges are those that `cq neighborhood` shows in that direction of every
function and module (a class without a constructor is no callee; a site in a lambda is the lambda's).
"""

import argparse
import ast
import importlib
import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from resolution import project_of
from resolution_rows import Place

from cq.neighborhood.run import Neighborhood
from cq.rows.neighborhood import Neighbor, Site, Symbol
from cq.rows.resolution import Resolution, Target
from cq.symbols.resolvers import Resolvers

_KEYWORDS = re.compile(rb"(?:async[ \t]+)?(?:def|class)[ \t]+")

_LOOP = "__iter__ __next__"

Edge = tuple[str, str]
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Call(NamedTuple):
    """A call: who calls, and the bytes of what is called."""

    caller: str
    path: str
    start: int  # of the name that is called; of the expression when it has no name
    expression: tuple[int, int]
    implicit: str = ""  # the methods that a loop calls of it


class Module:
    """One source file: the qualified names of its definitions, and its calls."""

    def __init__(self, root: str, path: str) -> None:
        self.path = path
        self.name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        with open(os.path.join(root, path), "rb") as file:
            self._data = file.read()
        self._lines = [0, *(i + 1 for i, byte in enumerate(self._data) if byte == 10)]
        self.definitions: dict[Place, str] = {}
        self.calls: list[Call] = []
        self.lambdas: list[tuple[int, int, str]] = []
        self._lambdas: defaultdict[str, int] = defaultdict(int)
        self._visit(ast.parse(self._data), self.name, self.name)

    def _byte(self, line: int, column: int) -> int:
        return self._lines[line - 1] + column

    def _visit(self, node: ast.AST, scope: str, caller: str) -> None:
        """The definitions and calls below a node. `scope` names what is defined in it, `caller` runs it."""
        for child in ast.iter_child_nodes(node):
            if isinstance(child, Function | ast.ClassDef):
                self._definition(child, scope, caller)
            elif isinstance(child, ast.Lambda):
                self._lambdas[scope] += 1
                name = f"{scope}.<lambda{self._lambdas[scope]}>"
                begin = self._byte(child.lineno, child.col_offset)
                self.definitions[self.path, begin] = name
                self.lambdas.append((begin, self._byte(child.end_lineno or 0, child.end_col_offset or 0), name))
                self._visit(child, name, name)
            else:
                if isinstance(child, ast.Call):
                    self._call(child.func, caller)
                elif isinstance(child, ast.Raise) and isinstance(child.exc, ast.Name | ast.Attribute):
                    self._call(child.exc, caller)
                elif isinstance(child, ast.For | ast.comprehension):
                    self._loop(child.iter, caller)
                self._visit(child, scope, caller)

    def _definition(self, node: Function | ast.ClassDef, scope: str, caller: str) -> None:
        keyword = self._byte(node.lineno, node.col_offset)
        written = _KEYWORDS.match(self._data, keyword)
        start = written.end() if written else keyword
        name = f"{scope}.{node.name}"
        self.definitions[self.path, start] = name
        for decorator in node.decorator_list:
            self._call(decorator, caller)
        for part in ast.iter_child_nodes(node):
            holder = ast.Expression(part) if isinstance(part, ast.expr) else None
            if holder is not None:  # decorators, bases
                self._visit(holder, scope, caller)
        body = ast.Module(body=node.body, type_ignores=[])
        self._visit(body, name, caller if isinstance(node, ast.ClassDef) else name)
        if isinstance(node, Function):
            self._visit(node.args, scope, caller)

    def _call(self, called: ast.expr, caller: str) -> None:
        begin = self._byte(called.lineno, called.col_offset)
        end = self._byte(called.end_lineno or 0, called.end_col_offset or 0)
        start = end - len(called.attr.encode()) if isinstance(called, ast.Attribute) else begin
        if isinstance(called, ast.Call):  # its own call is found by the visit
            start = -1
        self.calls.append(Call(caller, self.path, start, (begin, end)))

    def _loop(self, over: ast.expr, caller: str) -> None:
        begin = self._byte(over.lineno, over.col_offset)
        end = self._byte(over.end_lineno or 0, over.end_col_offset or 0)
        self.calls.append(Call(caller, self.path, -1, (begin, end), _LOOP))


class Graph:
    """The edges that a resolver gives for the sources of one folder."""

    def __init__(self, root: str, resolver: str, possible: bool) -> None:
        module, _, made = resolver.partition(":")
        self._project = project_of(root)
        self._resolver: Any = getattr(importlib.import_module(module), made)(self._project)
        self._possible = possible
        self._modules = [Module(root, path) for path in self._project.paths("python")]
        self._names = {place: name for each in self._modules for place, name in each.definitions.items()}

    def edges(self) -> Iterator[Edge]:
        """Caller and callee of every call that is understood."""
        for module in self._modules:
            for call in module.calls:
                for answer in self._answers(call):
                    if answer.confidence != "possible" or self._possible:
                        yield from ((call.caller, callee) for callee in self._callees(answer.target))

    def _answers(self, call: Call) -> tuple[Resolution, ...]:
        if hasattr(self._resolver, "callees_at"):
            found: tuple[Resolution, ...] = self._resolver.callees_at(call.path, *call.expression, call.implicit)
            return found
        return self._resolver.definitions_at(call.path, call.start) if call.start >= 0 else ()

    def _callees(self, target: Target) -> Iterator[str]:
        if not target.path:
            name = target.qualified_name
            yield f"<builtin>.{name.removeprefix('builtins.')}" if name.startswith("builtins.") else name
        elif target.kind == "class":
            for each in self._resolver.named(f"{target.qualified_name}.__init__"):
                yield self._names.get((each.path, each.start_byte), each.qualified_name)
        elif (target.path, target.start_byte) in self._names:
            yield self._names[target.path, target.start_byte]


class Shown:
    """The edges that `cq neighborhood` shows for the sources of one folder."""

    def __init__(self, root: str, possible: bool) -> None:
        project = project_of(root)
        self._around = Neighborhood(Resolvers(project), "possible" if possible else "likely")
        self._modules = {path: Module(root, path) for path in project.paths("python")}
        self._names = {place: name for each in self._modules.values() for place, name in each.definitions.items()}

    def edges(self, callers: bool) -> Iterator[Edge]:
        """Caller and callee by what is said of the callers, or of the callees, of each function and module."""
        graph = self._around.graph
        for symbol in self._symbols():
            for row in graph.calls_of(symbol) if callers else graph.calls_in(symbol):
                caller, callee = (row.symbol, symbol) if callers else (symbol, row.symbol)
                if callee.kind != "class":
                    yield from ((self._caller(caller, site), self._name(callee)) for site in _entering(row))

    def _symbols(self) -> Iterator[Symbol]:
        for module in self._modules.values():
            yield self._around.symbols.module(module.path)
            for path, at in module.definitions:
                for answer in self._around.resolvers.definitions_at(path, at)[:1]:
                    if answer.target.start_byte == at and answer.target.kind != "class":
                        yield self._around.symbols.of(answer.target)

    def _caller(self, symbol: Symbol, site: Site) -> str:
        around = [name for begin, end, name in self._modules[site.path].lambdas if begin <= site.start_byte < end]
        return around[-1] if around else self._name(symbol)

    def _name(self, symbol: Symbol) -> str:
        if not symbol.path:
            name = symbol.qualified_name
            return f"<builtin>.{name.removeprefix('builtins.')}" if name.startswith("builtins.") else name
        if symbol.kind == "module" and not symbol.start_byte:
            return self._modules[symbol.path].name
        return self._names.get((symbol.path, symbol.start_byte), symbol.qualified_name)


def _entering(row: Neighbor) -> list[Site]:
    return [site for site in row.sites if site.role != "passed"]


def expected_edges(case: str) -> set[Edge]:
    """The edges that a case expects."""
    with open(os.path.join(case, "callgraph.json")) as file:
        graph = json.load(file)
    return {(caller, callee) for caller, callees in graph.items() for callee in callees}


def inside(edges: set[Edge], root: str) -> set[Edge]:
    """The edges between parts of the case's own sources."""
    tops = {name.removesuffix(".py") for name in os.listdir(root)}
    return {edge for edge in edges if edge[1].split(".")[0] in tops}


def main() -> int:
    """Run all cases and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--resolver", default="cq.symbols.python.resolver:PythonResolver")
    parser.add_argument("--possible", action="store_true", help="count possible answers, too")
    parser.add_argument("--outside", action="store_true", help="count edges to what is not in the case, too")
    parser.add_argument("--without", action="append", default=[], metavar="CATEGORY")
    parser.add_argument("--cases", action="store_true", help="show each edge that is missing or wrong")
    parser.add_argument("--through", choices=("resolver", "callees", "callers"), default="resolver")
    options = parser.parse_args()
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    for category in sorted(set(os.listdir(options.folder)) - set(options.without)):
        for case in sorted(os.listdir(os.path.join(options.folder, category))):
            root = os.path.realpath(os.path.join(options.folder, category, case))
            if not os.path.exists(os.path.join(root, "callgraph.json")):
                continue
            wanted = expected_edges(root)
            if options.through == "resolver":
                given = set(Graph(root, options.resolver, options.possible).edges())
            else:
                given = set(Shown(root, options.possible).edges(options.through == "callers"))
            if not options.outside:
                wanted, given = inside(wanted, root), inside(given, root)
            for name in (category, "all"):
                row = counts[name]
                added = (1, wanted == given, len(wanted), len(given), len(wanted & given))
                row[:] = [old + new for old, new in zip(row, added, strict=True)]
            if options.cases and wanted != given:
                print(f"{category}/{case}")
                for title, edges in (("missing", wanted - given), ("wrong", given - wanted)):
                    for caller, callee in sorted(edges):
                        print(f"    {title:7} {caller} -> {callee}")
    print(f"{'category':14} {'cases':>5} {'exact':>5} {'edges':>5} {'recall':>7} {'precision':>9}")
    for name, (cases, exact, total, found, right) in sorted(counts.items(), key=lambda item: item[0] == "all"):
        recall, precision = right / total if total else 1.0, right / found if found else 1.0
        print(f"{name:14} {cases:5} {exact:5} {total:5} {recall:7.3f} {precision:9.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
