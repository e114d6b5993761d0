"""Compare the facts that cq gives of Python code with an independent oracle: `ast`.

    python benchmarks/facts_python.py CORPUS [FILES...] [--count N] [--max N]

In: a folder of Python source; files in it, or how many to take, spread over it (0: all). Compared are the texts that
the spans of the facts stand for: parameters (names, kinds, annotations, defaults), decorators, bases, keywords, return
annotations, raises, excepts, yields, awaits, globals and nonlocals of every function and class; type and value of every
variable; what every import brings in; target and arguments of every call. Out: how many agree, fact by fact, and the
disagreements. Files that this Python cannot parse are counted and left out. Exit status 1 when anything disagrees.
"""

import argparse
import ast
import io
import json
import os
import re
import subprocess
import sys
import tokenize
import warnings
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from cq.resources import data_folder
from cq.search.analysis import SearchAnalysis, SearchPlan
from cq.search.names import NameQuery

Function = ast.FunctionDef | ast.AsyncFunctionDef
Said = dict[str, list[str]]
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


class Expected(NamedTuple):
    """What the oracle says of one place."""

    start: int  # byte of the name
    what: str  # "function", "class", "variable", "import", "call"
    facts: Said


class Oracle:
    """What `ast` says of one file."""

    def __init__(self, data: bytes) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._tree = ast.parse(data)
        self._data = data
        self._starts = [0]
        for line in data.split(b"\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)

    def expected(self) -> Iterator[Expected]:
        """What is to be said of every function, class, variable, import and call."""
        waiting: list[tuple[ast.AST, str, str]] = [(self._tree, "", "module")]
        while waiting:
            node, depends_on, scope = waiting.pop()
            if isinstance(node, Function):
                yield Expected(self._name_at(node), "function", self._function(node))
            elif isinstance(node, ast.ClassDef):
                yield Expected(self._name_at(node), "class", self._class(node))
            elif isinstance(node, ast.Import | ast.ImportFrom):
                yield from self._imports(node, depends_on)
            elif isinstance(node, ast.Call):
                yield from self._call(node)
            elif scope != "function" and isinstance(node, ast.Assign | ast.AnnAssign):
                yield from self._variable(node)
            inner = scope
            if isinstance(node, _SCOPES):
                inner = "class" if isinstance(node, ast.ClassDef) else "function"
            for field, value in ast.iter_fields(node):
                for child in value if isinstance(value, list) else [value]:
                    if isinstance(child, ast.AST):
                        waiting.append((child, self._condition(node, field, value), inner))

    def _condition(self, node: ast.AST, field: str, value: Any) -> str:
        """What the statements in a field of a node depend on."""
        if field == "body" and isinstance(node, ast.If):
            return self._text(node.test)
        if field == "body" and isinstance(node, ast.Try):
            return "try"
        if field == "body" and isinstance(node, ast.ExceptHandler):
            return "except"
        if field == "orelse" and isinstance(node, ast.If | ast.Try | ast.For | ast.AsyncFor | ast.While):
            return "else"
        return ""

    def _function(self, node: Function) -> Said:
        given = node.args
        positional = [*given.posonlyargs, *given.args]
        defaults: list[ast.expr | None] = [None] * (len(positional) - len(given.defaults))
        defaults += given.defaults
        kinds = ["positional-only"] * len(given.posonlyargs) + [""] * len(given.args)
        parameters = list(zip(positional, kinds, defaults, strict=True))
        if given.vararg:
            parameters.append((given.vararg, "variadic", None))
        parameters += [
            (each, "keyword-only", default) for each, default in zip(given.kwonlyargs, given.kw_defaults, strict=True)
        ]
        if given.kwarg:
            parameters.append((given.kwarg, "keywords", None))
        doc = ast.get_docstring(node, clean=False)
        return {
            "parameters": [each.arg for each, _, _ in parameters],
            "kinds": [kind for _, kind, _ in parameters],
            "annotations": [self._text(each.annotation) for each, _, _ in parameters],
            "defaults": [self._text(default) for _, _, default in parameters],
            "returns": [self._text(node.returns)] if node.returns else [],
            "decorators": ["@" + self._text(each) for each in node.decorator_list],
            "modifiers": ["async"] * isinstance(node, ast.AsyncFunctionDef),
            "documented": ["yes"] * bool(doc and doc.strip()),
            **self._body(node),
        }

    def _body(self, function: Function) -> Said:
        found: Said = {key: [] for key in ("raises", "catches", "yields", "awaits", "globals", "nonlocals")}
        ordered: list[tuple[int, str, str]] = []
        waiting: list[ast.AST] = list(function.body)
        while waiting:
            node = waiting.pop()
            at = self._at(node) if hasattr(node, "lineno") else 0
            if isinstance(node, ast.Raise):
                ordered.append((at, "raises", self._text(node.exc) if node.exc else "raise"))
            elif isinstance(node, ast.ExceptHandler):
                kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
                ordered += [(at, "catches", self._text(each) if each else "except") for each in kinds]
            elif isinstance(node, ast.Yield | ast.YieldFrom):
                ordered.append((at, "yields", self._text(node)))
            elif isinstance(node, ast.Await):
                ordered.append((at, "awaits", self._text(node.value)))
            elif isinstance(node, ast.Global):
                ordered += [(at, "globals", name) for name in node.names]
            elif isinstance(node, ast.Nonlocal):
                ordered += [(at, "nonlocals", name) for name in node.names]
            if isinstance(node, ast.Lambda):
                waiting += [each for each in (*node.args.defaults, *node.args.kw_defaults) if each]
            elif isinstance(node, Function):
                waiting += [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]
            elif isinstance(node, ast.ClassDef):
                waiting += [*node.decorator_list, *node.bases]
            else:
                waiting += ast.iter_child_nodes(node)
        for _, key, text in sorted(ordered, key=lambda item: item[0]):
            found[key].append(text)
        return found

    def _class(self, node: ast.ClassDef) -> Said:
        return {
            "bases": [self._text(each) for each in node.bases],
            "keywords": [
                f"{each.arg}={self._text(each.value)}" if each.arg else f"**{self._text(each.value)}"
                for each in node.keywords
            ],
            "metaclass": [self._text(each.value) for each in node.keywords if each.arg == "metaclass"],
            "decorators": ["@" + self._text(each) for each in node.decorator_list],
            "fields": [
                target.id
                for each in node.body
                for target in (
                    each.targets
                    if isinstance(each, ast.Assign)
                    else [each.target]
                    if isinstance(each, ast.AnnAssign)
                    else []
                )[:1]
                if isinstance(target, ast.Name)
            ],
        }

    def _variable(self, node: ast.Assign | ast.AnnAssign) -> Iterator[Expected]:
        # Of `a = b = 1` the first name is given all that follows, so it is left out.
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if len(targets) == 1 and isinstance(targets[0], ast.Name):
            annotation = node.annotation if isinstance(node, ast.AnnAssign) else None
            yield Expected(
                self._at(targets[0]),
                "variable",
                {
                    "value": [self._text(node.value)] if node.value else [],
                    "returns": [self._text(annotation)] if annotation else [],
                },
            )

    def _imports(self, node: ast.Import | ast.ImportFrom, depends_on: str) -> Iterator[Expected]:
        for each in node.names:
            if each.name == "*":
                continue
            module = each.name if isinstance(node, ast.Import) else node.module
            facts = {
                "module": [module] if module else [],
                "name": [] if isinstance(node, ast.Import) else [each.name],
                "alias": [each.asname] if each.asname else [],
                "level": ["." * node.level] if isinstance(node, ast.ImportFrom) and node.level else [],
                "conditional": [depends_on] if depends_on else [],
            }
            yield Expected(self._at(each), "import", facts)

    def _call(self, node: ast.Call) -> Iterator[Expected]:
        called = node.func
        if isinstance(called, ast.Name):
            start = self._at(called)
        elif isinstance(called, ast.Attribute):
            start = self._byte(called.end_lineno or 0, called.end_col_offset or 0) - len(called.attr.encode())
        else:
            return
        arguments = sorted((*node.args, *node.keywords), key=self._at)
        receiver = [self._text(called.value)] if isinstance(called, ast.Attribute) else []
        facts = {"target": [self._text(called)], "receiver": receiver, "arguments": list(map(self._text, arguments))}
        yield Expected(start, "call", facts)

    def _text(self, node: ast.AST | None) -> str:
        if node is None:
            return ""
        end = self._byte(node.end_lineno or 0, node.end_col_offset or 0)  # type: ignore[attr-defined]
        return self._data[self._at(node) : end].decode("utf-8", "replace")

    def _at(self, node: Any) -> int:
        return self._byte(node.lineno, node.col_offset)

    def _byte(self, line: int, column: int) -> int:
        return self._starts[line - 1] + column

    def _name_at(self, node: Function | ast.ClassDef) -> int:
        at = self._at(node)
        found = re.compile(rb"(?:async\s+)?(?:def|class)[\s\\]+").match(self._data, at)
        return found.end() if found else at


def said_of(row: dict[str, Any], data: bytes, what: str) -> Said:
    """What cq says of a row in the words of the oracle, all of it read at its spans."""
    facts = row.get("facts", {})
    part = facts.get({"import": "imported", "call": "call"}.get(what, ""), facts)

    def at(spans: dict[str, list[list[int]]], field: str) -> list[str]:
        return [data[start:end].decode("utf-8", "replace") for start, end in spans.get(field, ())]

    said = {field: at(part.get("spans", {}), field) for field in part.get("spans", {})}
    said["documented"] = ["yes"] if facts.get("doc") else []
    parameters = facts.get("parameters", ())
    said["parameters"] = [text for each in parameters for text in at(each["spans"], "name")]
    said["kinds"] = [each.get("kind", "") for each in parameters]
    for ours, theirs in (("type", "annotations"), ("default", "defaults")):
        said[theirs] = ["".join(at(each["spans"], ours)) for each in parameters]
    return said


def plain(text: str) -> str:
    """A text without white space, comments, and the brackets around it, which `ast` does not know."""
    if "#" in text:
        tokens = tokenize.generate_tokens(io.StringIO(f"({text}\n)").readline)
        text = "".join(token.string for token in tokens if token.type != tokenize.COMMENT)
    text = re.sub(r"\s+|\\\n", "", text).replace("@(", "@")
    for _ in range(4):
        text = re.sub(r",(?=[)\]}]|$)", "", text).strip("()")
    return text


def compare(path: str, data: bytes, analysis: SearchAnalysis, table: Counter[tuple[str, bool]]) -> list[str]:
    """Count what agrees in one file, and return what does not. Raises SyntaxError and ValueError as `ast` does."""
    expected = list(Oracle(data).expected())
    rows = {row["start_byte"]: row for row in (json.loads(row) for _, row in analysis.run(path, data).rows)}
    wrong = []
    for start, what, facts in expected:
        row = rows.get(start)
        said = said_of(row, data, what) if row is not None else {}
        for fact, texts in facts.items():
            want, have = list(map(plain, texts))[:100], list(map(plain, said.get(fact, [])))
            fits = want == have
            table[f"{what} {fact}", fits] += 1
            if not fits:
                line = data.count(b"\n", 0, start) + 1
                wrong.append(f"{path}:{line}: {what} {fact}: {texts}, cq says {said.get(fact)}")
    return wrong


def main() -> int:
    """Compare, print, and return the exit status."""
    sys.setrecursionlimit(20_000)
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("corpus")
    options.add_argument("files", nargs="*")
    options.add_argument("--count", type=int, default=30, help="how many files to take; 0: all")
    options.add_argument("--max", type=int, default=40, help="disagreements to list")
    given = options.parse_args()
    paths = given.files
    if not paths:
        done = subprocess.run(["rg", "--files", "-g", "*.py"], capture_output=True, cwd=given.corpus, check=True)
        paths = sorted(os.fsdecode(line) for line in done.stdout.splitlines())
        paths = paths[:: max(1, len(paths) // given.count)] if given.count else paths
    query = NameQuery(names=(r"[^\W\d]\w*",), mode="regex", whole_word=True)
    analysis = SearchAnalysis(SearchPlan(query=query, folders=(data_folder("queries"),), detail="all"))
    table: Counter[tuple[str, bool]] = Counter()
    wrong: list[str] = []
    unparsed = 0
    for path in paths:
        with open(os.path.join(given.corpus, path), "rb") as file:
            data = file.read()
        try:
            wrong += compare(path, data, analysis, table)
        except (SyntaxError, ValueError):
            unparsed += 1
    for fact in sorted({fact for fact, _ in table}):
        right, other = table[fact, True], table[fact, False]
        print(f"{right:>9} of {right + other:>9}  {fact}")
    print(*wrong[: given.max], sep="\n")
    total = table.total()
    print(f"{total - len(wrong)} of {total} facts agree; {len(paths)} files, {unparsed} that this Python cannot parse")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
