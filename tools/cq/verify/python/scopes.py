"""What names of a Python file refer to, by `symtable`: which scope binds a name, and on which lines it does.

Only what is decidable is told: names that a function, a lambda, a comprehension or the module binds. In the body of a
class a name may mean the class's or the module's, depending on what ran before; a builtin is bound nowhere.
"""

import ast
import symtable
from collections import defaultdict
from collections.abc import Iterator

from cq.verify.python.roles import Expected, Source
from cq.verify.word import Bound

_COMPREHENSIONS = {
    ast.ListComp: "listcomp",
    ast.SetComp: "setcomp",
    ast.DictComp: "dictcomp",
    ast.GeneratorExp: "genexpr",
}
_Function = ast.FunctionDef | ast.AsyncFunctionDef


class _Scope:
    """A scope: its table, the one around it, and where it binds its names."""

    def __init__(self, table: symtable.SymbolTable, parent: "_Scope | None") -> None:
        self.table = table
        self.parent = parent
        self.lines: defaultdict[str, set[int]] = defaultdict(set)
        self.imported: defaultdict[str, set[str]] = defaultdict(set)
        self.is_class = table.get_type() == "class"
        self._children: defaultdict[tuple[str, int], list[symtable.SymbolTable]] = defaultdict(list)
        for child in table.get_children():
            self._children[child.get_name(), child.get_lineno()].append(child)

    def child(self, name: str, line: int) -> "_Scope | None":
        """The scope that begins there; None when several do, of which nobody knows which is which."""
        found = self._children.get((name, line))
        return _Scope(found[0], self) if found is not None and len(found) == 1 else None

    def symbol(self, name: str) -> symtable.Symbol | None:
        """What the interpreter knows of a name here; None for one that it mangles."""
        try:
            return self.table.lookup(name)
        except KeyError:
            return None

    def binder(self, name: str) -> "_Scope | None":
        """The scope that binds a name that is read here; None when that cannot be told."""
        symbol = self.symbol(name)
        if symbol is None:
            return None
        scope: _Scope | None = self
        if symbol.is_global():
            while scope is not None and scope.parent is not None:
                scope = scope.parent
        elif symbol.is_free():
            scope = self.parent
            while scope is not None and (scope.is_class or not _binds(scope.symbol(name))):
                scope = scope.parent
        return None if scope is None or scope.is_class else scope


def _binds(symbol: symtable.Symbol | None) -> bool:
    return symbol is not None and symbol.is_local() and not symbol.is_free()


def bound_names(file: Expected) -> list[Bound]:
    """The names that are read in a file and whose scope says what they refer to. Raises SyntaxError, RecursionError."""
    tree = ast.parse(file.text)
    module = _Scope(symtable.symtable(file.text, "<file>", "exec"), None)
    read: list[tuple[ast.Name, _Scope]] = []
    pending: list[tuple[ast.AST, _Scope]] = [(tree, module)]
    while pending:
        node, scope = pending.pop()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            read.append((node, scope))
        _note_bindings(node, scope)
        pending.extend(_inner(node, scope))
    source = Source(file.text, 0)
    found = []
    for node, scope in read:
        binder = scope.binder(node.id)
        lines = binder.lines.get(node.id) if binder is not None else None
        if binder is not None and lines:
            start = file.byte(source.at(node.lineno, node.col_offset))
            imported = tuple(sorted(binder.imported.get(node.id, ())))
            found.append(Bound(start, node.id, tuple(sorted(lines)), imported))
    return sorted(found)


def _inner(node: ast.AST, scope: _Scope) -> Iterator[tuple[ast.AST, _Scope]]:
    """The children of a node, each with the scope that it is read in; without those whose scope is not known."""
    if isinstance(node, ast.JoinedStr):
        return  # before Python 3.12 the positions in it are wrong
    if isinstance(node, _Function | ast.Lambda):
        outside: list[ast.AST] = [*node.args.defaults, *(each for each in node.args.kw_defaults if each)]
        inside: list[ast.AST] = [*_parameters(node.args)]
        if isinstance(node, ast.Lambda):
            own = scope.child("lambda", node.lineno)
            inside.append(node.body)
        else:
            own = None if getattr(node, "type_params", None) else scope.child(node.name, node.lineno)
            inside += node.body
            outside += node.decorator_list
            outside += [each.annotation for each in _parameters(node.args) if each.annotation]
            outside += [node.returns] if node.returns else []
        yield from ((each, scope) for each in outside)
        if own is not None:
            yield from ((each, own) for each in inside)
    elif isinstance(node, ast.arg):
        return
    elif isinstance(node, ast.ClassDef):
        yield from ((each, scope) for each in (*node.decorator_list, *node.bases, *node.keywords))
        own = None if getattr(node, "type_params", None) else scope.child(node.name, node.lineno)
        if own is not None:
            yield from ((each, own) for each in node.body)
    elif isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        first = node.generators[0]
        yield first.iter, scope
        own = scope.child(_COMPREHENSIONS[type(node)], node.lineno)
        if own is not None:
            own.is_class = False
            rest = [each for each in ast.iter_child_nodes(node) if each is not first]
            yield from ((each, own) for each in (*rest, first.target, *first.ifs))
    else:
        yield from ((each, scope) for each in ast.iter_child_nodes(node))


def _parameters(arguments: ast.arguments) -> list[ast.arg]:
    more = [each for each in (arguments.vararg, arguments.kwarg) if each]
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *more]


def _note_bindings(node: ast.AST, scope: _Scope) -> None:
    if isinstance(node, ast.Name):
        if not isinstance(node.ctx, ast.Load):
            _bind(scope, node.id, node.lineno)
    elif isinstance(node, _Function | ast.ClassDef):
        _bind(scope, node.name, node.lineno)
    elif isinstance(node, ast.arg):
        _bind(scope, node.arg, node.lineno)
    elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar):
        if node.name is not None:
            _bind(scope, node.name, node.end_lineno if not isinstance(node, ast.ExceptHandler) else node.lineno)
    elif isinstance(node, ast.MatchMapping):
        if node.rest is not None:
            _bind(scope, node.rest, node.end_lineno)
    elif isinstance(node, ast.Import | ast.ImportFrom):
        for alias in node.names:
            name = alias.asname or (alias.name.split(".")[0] if isinstance(node, ast.Import) else alias.name)
            last = alias.name.rsplit(".", 1)[-1] if alias.asname or isinstance(node, ast.ImportFrom) else name
            _bind(scope, name, alias.lineno, last)


def _bind(scope: _Scope, name: str, line: int | None, imported: str = "") -> None:
    """Note a binding at the scope that it is of: a `global` or `nonlocal` name is of another, and so is a walrus."""
    binder = scope.binder(name) if not scope.is_class else scope
    symbol = scope.symbol(name)
    if scope.is_class and symbol is not None and symbol.is_global():
        binder = scope.binder(name)
    if binder is None or line is None:
        return
    binder.lines[name].add(line)
    if imported:
        binder.imported[name].add(imported)
