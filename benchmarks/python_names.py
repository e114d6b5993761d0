"""The names of a Python file, where they stand, and what each binds, by Python's own `tokenize` and `ast`."""

import ast
import io
import keyword
import re
import tokenize
from collections.abc import Iterator
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d]\w*")
_FORMAT = re.compile(r"(?:![rsa])?(?::[^{}\[\]()'\"]*)?\}$")  # what follows the expression in an f-string's field
_LONGEST_STRING = 200


class Source:
    """A file's text, and its positions: bytes, and lines with UTF-16 columns as the protocol has them."""

    def __init__(self, data: bytes) -> None:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        self.data = data
        self.text = data.decode(encoding)
        self._skip = 3 if data.startswith(b"\xef\xbb\xbf") else 0
        self.lines = re.split("(?<=\n)", self.text)  # not splitlines, for which a form feed ends a line
        self._starts = [self._skip]
        for line in self.lines:
            self._starts.append(self._starts[-1] + len(line.encode(encoding)))
        self._encoding = encoding

    def byte(self, line: int, column: int) -> int:
        """The byte of a 0-based line and a column in code points."""
        if line >= len(self.lines):
            return self._starts[-1]
        return self._starts[line] + len(self.lines[line][:column].encode(self._encoding))

    def byte_of_utf16(self, line: int, column: int) -> int:
        """The byte of a 0-based line and a column in UTF-16 units."""
        if line >= len(self.lines):
            return self._starts[-1]
        written = self.lines[line]
        if not written.isascii():
            column = len(written.encode("utf-16-le")[: 2 * column].decode("utf-16-le", "ignore"))
        return self.byte(line, column)

    def utf16(self, line: int, column: int) -> int:
        """The column in UTF-16 units of a column in code points."""
        return len(self.lines[line][:column].encode("utf-16-le")) // 2 if line < len(self.lines) else column


class Name(NamedTuple):
    """A name in a file: 0-based line, and column in code points."""

    line: int
    column: int
    text: str
    in_string: bool = False


def names_in(source: Source) -> Iterator[Name]:
    """The names of a file, with those in f-strings, in strings that are annotations, and in `__all__`."""
    quoted = _strings_with_names(source)
    try:
        for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
            line, column = token.start[0] - 1, token.start[1]
            if token.type == tokenize.NAME and not keyword.iskeyword(token.string):
                yield Name(line, column, token.string)
            elif (
                token.type == tokenize.STRING and token.start[0] == token.end[0] and len(token.string) < _LONGEST_STRING
            ):
                yield from _names_in_string(token.string, line, column, (line, column) in quoted)
    except (tokenize.TokenError, IndentationError):
        return


def _strings_with_names(source: Source) -> set[tuple[int, int]]:
    """Where strings begin in which the server rightly sees names; for others it may give what stands around them."""
    try:
        tree = ast.parse(source.text)
    except (SyntaxError, ValueError):
        return set()
    holders: list[ast.AST | None] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign):
            holders.append(node.annotation)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            holders.append(node.returns)
        elif isinstance(node, ast.Subscript) and _last_name(node.value)[:1].isupper():
            holders.append(node.slice)
        elif isinstance(node, ast.Call) and _last_name(node.func) in ("cast", "TypeVar", "NewType"):
            holders += node.args
        elif isinstance(node, ast.Assign) and any(_last_name(target) == "__all__" for target in node.targets):
            holders.append(node.value)
    strings = [each for holder in holders if holder for each in ast.walk(holder) if isinstance(each, ast.Constant)]
    found = set()
    for each in strings:
        before = source.lines[each.lineno - 1].encode()[: each.col_offset].decode(errors="ignore")
        found.add((each.lineno - 1, len(before)))
    return found


def _last_name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _names_in_string(written: str, line: int, column: int, may_have_names: bool) -> Iterator[Name]:
    prefix = written[: min(written.find('"') % 99, written.find("'") % 99)].lower()
    if "f" in prefix:
        pieces = re.finditer(r"\{[^{}]*\}", written)
    elif "b" in prefix or not may_have_names:
        return
    else:
        pieces = re.finditer(r"(?<=['\"])[\w.\[\], |'\"]+(?=['\"]$)", written)
    for piece in pieces:
        for word in _WORD.finditer(_FORMAT.sub(_blank, piece.group())):
            if not keyword.iskeyword(word.group()):
                yield Name(line, column + piece.start() + word.start(), word.group(), in_string=True)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


class Bindings:
    """What is bound at a byte of a file, by `ast`: its kind, and what else binds the same name in the same scope."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._kinds: dict[int, str] = {}
        self._scopes: dict[int, tuple[int, str]] = {}
        self._places: dict[tuple[int, str], list[int]] = {}
        self.aliases: set[str] = set()  # names that an import gives to something of another name
        try:
            tree = ast.parse(source.text)
        except (SyntaxError, ValueError):
            return
        names = {(name.line, name.text): name.column for name in reversed(list(names_in(source)))}
        stack: list[tuple[ast.AST, _Scope]] = [(tree, _Scope(0, "", 0, ""))]
        while stack:
            node, scope = stack.pop()
            inner = scope
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                column = names.get((node.lineno - 1, node.name))
                if column is not None:
                    kind = "function" if scope.kind != "class" else "method"
                    kind = "class" if isinstance(node, ast.ClassDef) else kind
                    self._bind(source.byte(node.lineno - 1, column), kind, scope.number, node.name)
                inner = _scope_of(node, scope)
            elif isinstance(node, _SCOPES):
                inner = _Scope(id(node), "function", scope.of_class, scope.receiver)
            elif isinstance(node, ast.alias):
                self.aliases.add(node.asname or "")
            elif isinstance(node, ast.arg):
                self._bind(self._byte(node.lineno, node.col_offset), "parameter", scope.number, node.arg)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                kind = "attribute" if scope.kind == "class" else "variable"
                self._bind(self._byte(node.lineno, node.col_offset), kind, scope.number, node.id)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                place = self._byte(node.end_lineno or 0, (node.end_col_offset or 0) - len(node.attr.encode()))
                on_self = isinstance(node.value, ast.Name) and node.value.id == scope.receiver
                self._bind(place, "attribute", scope.of_class if on_self else -place, node.attr)
            stack.extend((child, inner) for child in ast.iter_child_nodes(node))

    def _byte(self, line: int, utf8_column: int) -> int:
        written = self._source.lines[line - 1].encode()[:utf8_column].decode(errors="ignore")
        return self._source.byte(line - 1, len(written))

    def _bind(self, start: int, kind: str, scope: int, name: str) -> None:
        if start not in self._kinds:
            self._kinds[start] = kind
            self._scopes[start] = (scope, name)
            self._places.setdefault((scope, name), []).append(start)

    def kind(self, start: int) -> str:
        """The kind; a name that is bound in some other way is a variable."""
        return self._kinds.get(start, "variable")

    def others(self, start: int) -> list[int]:
        """The other places that bind the same name: overloads, a property's setter, further assignments."""
        key = self._scopes.get(start)
        return [each for each in self._places[key] if each != start] if key else []


_SCOPES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class _Scope(NamedTuple):
    number: int
    kind: str
    of_class: int  # the scope of the class in a method of which this is
    receiver: str  # the first parameter of that method


def _scope_of(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, scope: _Scope) -> _Scope:
    if isinstance(node, ast.ClassDef):
        return _Scope(id(node), "class", 0, "")
    if scope.kind != "class":
        return _Scope(id(node), "function", scope.of_class, scope.receiver)
    first = [*node.args.posonlyargs, *node.args.args][:1]
    return _Scope(id(node), "function", scope.number, first[0].arg if first else "")
