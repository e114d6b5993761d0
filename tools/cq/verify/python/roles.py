"""What each name of a Python file is, by Python's own `tokenize` and `ast`: an oracle for cq's Python packs.

In: the bytes of a file. Out: a role and a kind for any place in it, in cq's words. Shares no code with cq.
"""

import ast
import bisect
import io
import keyword
import re
import sys
import tokenize
from collections.abc import Iterator

Role = tuple[str, str]  # role and kind; an empty kind is not compared

_LITERAL = re.compile(r"([A-Za-z]*)('''|\"\"\"|'|\")")
_FIELD_END = re.compile(r"=?\s*(?:![a-z]\s*)?[:}]")


class Source:
    """A piece of a file, and where its lines begin: from the positions of `ast` to characters of the file."""

    def __init__(self, text: str, begin: int) -> None:
        self.text = text
        self.lines = text.splitlines(keepends=True) if "\f" not in text and "\v" not in text else _lines(text)
        self.starts = [begin]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line))

    def at(self, line: int, utf8_column: int) -> int:
        """The character at a position of `ast`."""
        written = self.lines[line - 1] if line <= len(self.lines) else ""
        if not written.isascii():
            utf8_column = len(written.encode()[:utf8_column].decode())
        return self.starts[line - 1] + utf8_column

    def tokens(self) -> Iterator[tuple[int, int, int, str]]:
        """Type, first and last character, and text of each token."""
        feed = iter(self.lines)
        for token in tokenize.generate_tokens(lambda: next(feed, "")):
            (line, column), (last_line, last_column) = token.start, token.end
            yield token.type, self.starts[line - 1] + column, self.starts[last_line - 1] + last_column, token.string


def _lines(text: str) -> list[str]:
    return [line for line in re.split(r"(?<=\n)", text) if line]


class Oracle(ast.NodeVisitor):
    """The roles of all names of one piece of source, by the character they begin at."""

    def __init__(self, source: Source, tree: ast.AST, names: list[tuple[int, str]], scope: str) -> None:
        self.roles: dict[int, Role] = {}
        self._source = source
        self._names = names
        self._starts = [start for start, _ in names]
        self._scope = scope
        self._annotation = False
        self._literal = False
        self.forward: list[tuple[int, int]] = []  # the strings that stand for types
        self.visit(tree)

    def _say(self, at: int, role: str, kind: str = "") -> None:
        self.roles[at] = (role, kind)

    def _begin(self, node: ast.AST) -> int:
        return self._source.at(node.lineno, node.col_offset)  # type: ignore[attr-defined]

    def _end(self, node: ast.AST) -> int:
        return self._source.at(node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]

    def _between(self, start: int, end: int) -> list[tuple[int, str]]:
        return self._names[bisect.bisect_left(self._starts, start) : bisect.bisect_left(self._starts, end)]

    def _last_of(self, node: ast.AST) -> int:
        """Where the last name token of a node begins: the attribute of an Attribute."""
        return self._starts[bisect.bisect_left(self._starts, self._end(node)) - 1]

    def _head(self, node: ast.AST, role: str, kind: str) -> None:
        """Of a name or a dotted name the last part has this role; anything else says its own."""
        if isinstance(node, ast.Name):
            self._say(self._begin(node), role, kind)
        elif isinstance(node, ast.Attribute):
            self._say(self._last_of(node), role, kind)
            self._outside(node.value)
        elif isinstance(node, ast.Subscript) and kind == "base":
            self._head(node.value, role, kind)
            self.visit(node.slice)
        else:
            self.visit(node)

    def _outside(self, node: ast.AST, annotation: bool = False) -> None:
        kept, self._annotation = self._annotation, annotation
        self.visit(node)
        self._annotation = kept

    def _within(self, scope: str, nodes: list[ast.stmt]) -> None:
        kept, self._scope = self._scope, scope
        for node in nodes:
            self.visit(node)
        self._scope = kept

    # Definitions

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._decorators(node)
        words = self._between(self._begin(node), self._end(node))
        named = words[2 if isinstance(node, ast.AsyncFunctionDef) else 1][0]
        self._say(named, "definition", "method" if self._scope == "class" else "function")
        for parameter in getattr(node, "type_params", ()):
            self.visit(parameter)
        self.visit(node.args)
        if node.returns is not None:
            self._outside(node.returns, annotation=True)
        self._within("function", node.body)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._decorators(node)
        self._say(self._between(self._begin(node), self._end(node))[1][0], "definition", "class")
        for parameter in getattr(node, "type_params", ()):
            self.visit(parameter)
        for base in node.bases:
            self._head(base, "type", "base")
        for argument in node.keywords:
            if argument.arg is None:
                self.visit(argument.value)
            else:
                self._say(self._begin(argument), "reference", "keyword-argument")
                self._head(argument.value, "type", "metaclass")
        self._within("class", node.body)

    def _decorators(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> None:
        for decorator in node.decorator_list:
            whole: ast.expr = decorator
            while isinstance(whole, ast.Call):
                for argument in (*whole.args, *whole.keywords):
                    self.visit(argument)
                whole = whole.func
            self._head(whole, "decorator", "")

    def visit_arg(self, node: ast.arg) -> None:
        self._say(self._begin(node), "parameter")
        if node.annotation is not None:
            self._outside(node.annotation, annotation=True)

    def visit_TypeVar(self, node: ast.AST) -> None:
        """A type parameter of PEP 695; `*Ts` and `**P` too."""
        self._say(self._between(self._begin(node), self._end(node))[0][0], "parameter", "type")
        for inner in ("bound", "default_value"):
            if getattr(node, inner, None) is not None:
                self._outside(getattr(node, inner), annotation=True)

    visit_TypeVarTuple = visit_ParamSpec = visit_TypeVar

    def visit_TypeAlias(self, node: ast.AST) -> None:
        self._say(self._begin(node.name), "definition", "type")  # type: ignore[attr-defined]
        for parameter in node.type_params:  # type: ignore[attr-defined]
            self.visit(parameter)
        self._outside(node.value, annotation=True)  # type: ignore[attr-defined]

    # Bindings

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            self._target(target)
        self.visit(node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self._target(node.target)
        self._outside(node.annotation, annotation=True)
        if node.value is not None:
            self.visit(node.value)

    def _target(self, node: ast.expr) -> None:
        if isinstance(node, ast.Tuple | ast.List):
            for element in node.elts:
                self._target(element)
        elif isinstance(node, ast.Starred):
            self._target(node.value)
        elif isinstance(node, ast.Name) and self._scope != "function":
            self._say(self._begin(node), "definition", "field" if self._scope == "class" else "variable")
        else:
            self.visit(node)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.type is not None:
            self.visit(node.type)
        if node.name is not None and node.type is not None:
            after = self._between(self._end(node.type), self._end(node))
            self._say(after[1][0], "assignment")
        self._within(self._scope, node.body)

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self._say(self._begin(node), "assignment")
        else:
            self._say(self._begin(node), "type" if self._annotation else "reference")

    def visit_Attribute(self, node: ast.Attribute) -> None:
        role = "type" if self._annotation else "attribute"
        if isinstance(node.ctx, ast.Store):
            self._say(self._last_of(node), "assignment", "attribute")
        else:
            self._say(self._last_of(node), role)
        self._outside(node.value)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit(node.value)
        named = getattr(node.value, "id", getattr(node.value, "attr", ""))
        kept, self._literal = self._literal, self._literal or named in ("Literal", "Annotated")
        self.visit(node.slice)
        self._literal = kept

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and self._annotation and not self._literal:
            self.forward.append((self._begin(node), self._end(node)))

    def visit_Global(self, node: ast.Global | ast.Nonlocal) -> None:
        for at, _ in self._between(self._begin(node), self._end(node))[1:]:
            self._say(at, "reference")

    visit_Nonlocal = visit_Global

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        for at, word in self._between(self._begin(node), self._end(node)):
            if word not in ("from", "import", "as"):
                self._say(at, "import")

    visit_ImportFrom = visit_Import

    # Uses

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name):
            self._say(self._begin(node.func), "call")
        elif isinstance(node.func, ast.Attribute):
            self._say(self._last_of(node.func), "call", "method")
            self._outside(node.func.value)
        else:
            self.visit(node.func)
        for argument in (*node.args, *node.keywords):
            self.visit(argument)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Before Python 3.12 the positions in it are wrong: `roles_of` reads its fields one by one."""
        if sys.version_info >= (3, 12):
            self.generic_visit(node)

    def visit_keyword(self, node: ast.keyword) -> None:
        if node.arg is not None:
            self._say(self._begin(node), "reference", "keyword-argument")
        self.visit(node.value)

    # Patterns of `match`

    def visit_MatchAs(self, node: ast.MatchAs | ast.MatchStar) -> None:
        if node.name is not None:
            self._say(self._last_of(node), "assignment", "capture")
        self.generic_visit(node)

    visit_MatchStar = visit_MatchAs

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        if node.rest is not None:
            self._say(self._last_of(node), "assignment", "capture")
        self.generic_visit(node)

    def visit_MatchClass(self, node: ast.MatchClass) -> None:
        self._head(node.cls, "reference", "")
        for pattern in (*node.patterns, *node.kwd_patterns):
            self.visit(pattern)
        for pattern in node.kwd_patterns:
            before = self._starts[bisect.bisect_left(self._starts, self._begin(pattern)) - 1]
            self._say(before, "reference", "keyword-argument")


def roles_of(
    text: str, begin: int = 0, expression: bool = False
) -> tuple[dict[int, Role], list[tuple[int, int, Role]]]:
    """The roles of all name tokens of a source text; where its comments and types in strings are.

    Raises SyntaxError.
    """
    source = Source(text, begin)
    tree = ast.parse(text, mode="eval" if expression else "exec")
    names: list[tuple[int, str]] = []
    spans: list[tuple[int, int, Role]] = []
    inner: dict[int, Role] = {}
    for kind, start, end, written in source.tokens():
        if kind == tokenize.NAME:
            names.append((start, written))
        elif kind == tokenize.COMMENT:
            spans.append((start, end, ("comment", "")))
        elif kind == tokenize.STRING and "f" in written[: written.find(written[-1])].lower():
            # Before Python 3.12 an f-string is one token, and `ast` misplaces what stands in it.
            for field, at in _fields(written):
                inner.update(roles_of(f"({field}\n)", start + at - 1, expression=True)[0])
    oracle = Oracle(source, tree, names, "module")
    roles = oracle.roles
    spans.extend((start, end, ("type", "forward-reference")) for start, end in oracle.forward)
    spans.sort()
    for start, word in names:
        if start not in roles:
            known = keyword.iskeyword(word) or word in keyword.softkwlist
            # From Python 3.12 on the r of {x!r} is a name token, too.
            conversion = start > begin and text[start - begin - 1] == "!"
            roles[start] = ("keyword", "") if known else ("string", "") if conversion else ("?", "")
    return roles | inner, spans


def _fields(written: str) -> Iterator[tuple[str, int]]:
    """The expressions in the replacement fields of an f-string, and where each begins in it."""
    opening = _LITERAL.match(written)
    assert opening is not None
    end = len(written) - len(opening.group(2))
    yield from _fields_in(written, opening.end(), end, "r" not in opening.group(1).lower(), top=True)


def _fields_in(written: str, at: int, end: int, escapes: bool, top: bool) -> Iterator[tuple[str, int]]:
    while at < end:
        if escapes and written.startswith("\\N{", at):
            at = written.index("}", at)
        elif top and written.startswith(("{{", "}}"), at):
            at += 1
        elif written[at] == "{":
            stop = _expression_end(written, at + 1)
            yield written[at + 1 : stop], at + 1
            mark = _FIELD_END.match(written, stop)
            assert mark is not None, written[stop:]
            close = mark.end() - 1
            if written[close] == ":":
                depth, close = 1, close + 1
                spec = close
                while depth:
                    if written[close] == "{":
                        mark = _FIELD_END.match(written, _expression_end(written, close + 1))
                        assert mark is not None, written[close:]
                        close = mark.end() - 1
                        depth += written[close] == ":"
                    elif written[close] == "}":
                        depth -= 1
                    close += 1
                close -= 1
                yield from _fields_in(written, spec, close, escapes, top=False)
            at = close
        at += 1


def _expression_end(written: str, at: int) -> int:
    depth = 0
    while True:
        character = written[at]
        if character in "'\"":
            quote = character * 3 if written.startswith(character * 3, at) else character
            at = written.index(quote, at + len(quote)) + len(quote)
            continue
        if depth == 0 and (character == "}" or (character in "!=:" and _FIELD_END.match(written, at))):
            return at
        if character in "=!<>" and written.startswith("=", at + 1):
            at += 1
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(character, 0)
        at += 1


class Expected:
    """What the oracle says of one file. Raises SyntaxError or ValueError when this Python cannot parse it."""

    def __init__(self, data: bytes) -> None:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        self._begin = 3 if encoding == "utf-8-sig" else 0
        # Line ends stay as they are, so that characters and bytes can be told from each other.
        self.text = data[self._begin :].decode(encoding.removesuffix("-sig"))
        self._encoding = encoding.removesuffix("-sig")
        self._bytes: list[int] | None = None
        if not self.text.isascii():
            self._bytes = [self._begin]
            for character in self.text:
                self._bytes.append(self._bytes[-1] + len(character.encode(self._encoding)))
        self.roles, self._spans = roles_of(self.text)

    def byte(self, at: int) -> int:
        """Where a character of the text begins in the bytes of the file."""
        return self._begin + at if self._bytes is None else self._bytes[at]

    def around(self, hit: re.Match[str]) -> str:
        """The characters before and after a hit."""
        return self.text[max(0, hit.start() - 1) : hit.start()] + self.text[hit.end() : hit.end() + 1]

    def role(self, at: int) -> Role:
        """The role of the word that begins at this character."""
        known = self.roles.get(at)
        if known is not None:
            return known
        index = bisect.bisect_right(self._spans, at, key=lambda span: span[0]) - 1
        if index >= 0 and at < self._spans[index][1]:
            return self._spans[index][2]
        return "string", ""
