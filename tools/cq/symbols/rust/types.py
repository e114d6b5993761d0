"""Types, bounds, generics and parameters as they are written: text to small trees. Soft: what is no type is unknown."""

import re
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r"//[^\n]*|/\*.*?\*/|'[A-Za-z_]\w*(?!')|'(?:\\.|[^'])+'|\"(?:\\.|[^\"])*\"|r#\w+|\w+|::|->|=>|\.\.=|\.\.\.|\S",
    re.DOTALL,
)
_WORD = re.compile(r"\w")
_OPEN, _CLOSE = "([{<", ")]}>"
_MOST_DEPTH = 60


class Segment(NamedTuple):
    """One part of a path."""

    name: str
    arguments: tuple["TypeText", ...] = ()
    bindings: tuple[tuple[str, "TypeText"], ...] = ()  # `Item = T`


class PathType(NamedTuple):
    """`a::B<C>`; with a self type `<T as Trait>::Name`, where `trait` may be missing."""

    segments: tuple[Segment, ...]
    of: "TypeText | None" = None
    trait: "PathType | None" = None
    is_global: bool = False  # `::a::b`


class ListType(NamedTuple):
    """A tuple, slice, array, function, `dyn` or `impl` type, `!` or `_`."""

    kind: str  # "tuple", "slice", "array", "pointer", "fn", "dyn", "impl", "never", "unknown"
    arguments: tuple["TypeText", ...] = ()  # of a function: its parameters, then what it returns


TypeText = PathType | ListType
UNKNOWN = ListType("unknown")
UNIT = ListType("tuple")


class GenericText(NamedTuple):
    """A type parameter."""

    name: str
    bounds: tuple[TypeText, ...]
    is_const: bool = False
    default: TypeText | None = None


class ParameterText(NamedTuple):
    """A parameter of a function: the text of its pattern, and its type."""

    pattern: str
    type: TypeText


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens = [token for token in _TOKEN.findall(text) if not token.startswith(("//", "/*"))]
        self.at = 0
        self.depth = 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def next(self) -> str:
        token = self.peek()
        self.at += 1
        return token

    def take(self, token: str) -> bool:
        if self.peek() == token:
            self.at += 1
            return True
        return False

    def skip_to(self, *ends: str) -> list[str]:
        """Pass over balanced tokens up to one of these, which stays."""
        depth = 0
        passed = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if depth == 0 and token in ends:
                break
            if token in _OPEN:
                depth += 1
            elif token in _CLOSE:
                depth -= 1
                if depth < 0:
                    break
            passed.append(token)
            self.at += 1
        return passed

    def read_type(self) -> TypeText:
        self.depth += 1
        try:
            return self._read_type() if self.depth < _MOST_DEPTH else UNKNOWN
        finally:
            self.depth -= 1

    def _read_type(self) -> TypeText:
        token = self.peek()
        if token in ("&", "*"):
            self.next()
            while self.peek().startswith("'") or self.peek() in ("mut", "const"):
                self.next()
            inner = self.read_type()
            return ListType("pointer", (inner,)) if token == "*" else inner
        if token == "(":
            self.next()
            arguments = self.types_until(")")
            if len(arguments) == 1 and self.tokens[self.at - 2] != ",":
                return arguments[0]
            return ListType("tuple", arguments)
        if token == "[":
            self.next()
            inner = self.read_type()
            kind = "array" if self.peek() == ";" else "slice"
            self.skip_to("]")
            self.take("]")
            return ListType(kind, (inner,))
        if token in ("dyn", "impl"):
            self.next()
            return ListType(token, self.bounds())
        if token == "!":
            self.next()
            return ListType("never")
        if token == "for":
            self.next()
            self.skip_generics()
            return self.read_type()
        if token in ("fn", "unsafe", "extern"):
            while self.peek() in ("unsafe", "extern") or self.peek().startswith('"'):
                self.next()
            if not self.take("fn"):
                return UNKNOWN
            self.take("(")
            arguments = tuple(p.type for p in self.parameters())
            return ListType("fn", (*arguments, self.read_type() if self.take("->") else UNIT))
        if token == "_":
            self.next()
            return UNKNOWN
        if token == "<" or token == "::" or _WORD.match(token):
            return self.path()
        return UNKNOWN

    def path(self) -> PathType:
        of: TypeText | None = None
        trait: PathType | None = None
        is_global = False
        if self.take("<"):
            of = self.read_type()
            if self.take("as"):
                found = self.read_type()
                trait = found if isinstance(found, PathType) else None
            self.skip_to(">")
            self.take(">")
            self.take("::")
        elif self.take("::"):
            is_global = True
        segments = []
        while _WORD.match(self.peek()):
            name = self.next()
            name = name[2:] if name.startswith("r#") else name
            if self.peek() == "::" and self.at + 1 < len(self.tokens) and self.tokens[self.at + 1] == "<":
                self.next()
            arguments: tuple[TypeText, ...] = ()
            bindings: tuple[tuple[str, TypeText], ...] = ()
            if self.take("<"):
                arguments, bindings = self.generic_arguments()
            elif self.peek() == "(":
                self.next()
                arguments = (ListType("tuple", self.types_until(")")),)
                bindings = (("Output", self.read_type() if self.take("->") else UNIT),)
            segments.append(Segment(name, arguments, bindings))
            if not self.take("::"):
                break
        return PathType(tuple(segments), of, trait, is_global)

    def generic_arguments(self) -> tuple[tuple[TypeText, ...], tuple[tuple[str, TypeText], ...]]:
        arguments: list[TypeText] = []
        bindings: list[tuple[str, TypeText]] = []
        while self.peek() and self.peek() != ">":
            token = self.peek()
            before = self.at
            if token.startswith("'"):
                self.next()
            elif token == "{":
                self.next()
                self.skip_to("}")
                self.take("}")
                arguments.append(UNKNOWN)
            else:
                type_text = self.read_type()
                if self.peek() == "=" and isinstance(type_text, PathType) and type_text.segments:
                    self.next()
                    bindings.append((type_text.segments[-1].name, self.read_type()))
                elif self.peek() == ":" and isinstance(type_text, PathType) and type_text.segments:
                    self.next()
                    bindings.append((type_text.segments[-1].name, ListType("impl", self.bounds())))
                else:
                    arguments.append(type_text)
            self.skip_to(",", ">")
            if not self.take(",") and self.peek() != ">" and self.at == before:
                break
        self.take(">")
        return tuple(arguments), tuple(bindings)

    def types_until(self, end: str) -> tuple[TypeText, ...]:
        found = []
        while self.peek() and self.peek() != end:
            found.append(self.read_type())
            self.skip_to(",", end)
            if not self.take(","):
                break
        self.take(end)
        return tuple(found)

    def bounds(self) -> tuple[TypeText, ...]:
        found: list[TypeText] = []
        while self.peek():
            token = self.peek()
            if token.startswith("'"):
                self.next()
            elif token == "?" or token == "~":
                self.next()
                self.read_type()
            elif token == "(":
                self.next()
                found.extend(self.bounds())
                self.take(")")
            elif token in ("const", "async", "dyn"):
                self.next()
                continue
            elif token == "for" or token == "::" or token == "<" or _WORD.match(token):
                found.append(self.read_type())
            if not self.take("+"):
                break
        return tuple(found)

    def skip_generics(self) -> None:
        if self.take("<"):
            self.skip_to(">")
            self.take(">")

    def parameters(self) -> list[ParameterText]:
        """Those behind an opening parenthesis, and the closing one."""
        found = []
        while self.peek() and self.peek() != ")":
            while self.take("#"):
                self.take("[")
                self.skip_to("]")
                self.take("]")
            pattern_at = self.at
            pattern = self.skip_to(":", ",", ")")
            if self.take(":"):
                found.append(ParameterText(" ".join(pattern), self.read_type()))
            elif "self" in pattern:
                found.append(ParameterText("self", PathType((Segment("Self"),))))
            else:
                self.at = pattern_at
                found.append(ParameterText("", self.read_type()))
            self.skip_to(",", ")")
            if not self.take(","):
                break
        self.take(")")
        return found

    def generics(self) -> list[GenericText]:
        found = []
        self.take("<")
        while self.peek() and self.peek() != ">":
            token = self.next()
            if token == "#":
                self.take("[")
                self.skip_to("]")
                self.take("]")
                continue
            if token.startswith("'"):
                self.skip_to(",", ">")
            elif token == "const":
                found.append(GenericText(self.next(), (), True))
                self.skip_to(",", ">")
            else:
                bounds = self.bounds() if self.take(":") else ()
                default = self.read_type() if self.take("=") else None
                found.append(GenericText(token, bounds, False, default))
                self.skip_to(",", ">")
            self.take(",")
        return found

    def where(self) -> list[tuple[TypeText, tuple[TypeText, ...]]]:
        found = []
        self.take("where")
        while self.peek():
            before = self.at
            if self.peek().startswith("'"):
                self.skip_to(",")
            else:
                subject = self.read_type()
                if self.take(":"):
                    found.append((subject, self.bounds()))
                self.skip_to(",")
            if not self.take(",") or self.at == before:
                break
        return found


@lru_cache(maxsize=20_000)
def type_of_text(text: str) -> TypeText:
    """The type that a text is."""
    return _Reader(text).read_type() if text else UNKNOWN


@lru_cache(maxsize=5_000)
def bounds_of_text(text: str) -> tuple[TypeText, ...]:
    """The bounds of `: A + B`, with or without the colon."""
    reader = _Reader(text)
    reader.take(":")
    return reader.bounds()


@lru_cache(maxsize=5_000)
def generics_of_text(text: str) -> tuple[GenericText, ...]:
    """The parameters of `<T: A, U>`, without lifetimes."""
    return tuple(_Reader(text).generics()) if text else ()


@lru_cache(maxsize=5_000)
def where_of_text(text: str) -> tuple[tuple[TypeText, tuple[TypeText, ...]], ...]:
    """Each type of a where clause, with its bounds."""
    return tuple(_Reader(text).where()) if text else ()


@lru_cache(maxsize=10_000)
def parameters_of_text(text: str) -> tuple[ParameterText, ...]:
    """The parameters of `(&self, a: A)`."""
    reader = _Reader(text)
    reader.take("(")
    return tuple(reader.parameters()) if text else ()
