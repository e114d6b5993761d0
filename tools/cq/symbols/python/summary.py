"""What resolution needs of one Python file, as plain data: scopes, what they bind, and the expressions bound.

Positions are byte offsets. Nothing here knows the file's path, so a summary may be kept by content. Nothing refers
back to what holds it, so the garbage collector need not look at any of it.
"""

import msgspec


class Name(msgspec.Struct, tag="n", array_like=True, frozen=True, gc=False):
    """A name where a value is expected."""

    text: str
    at: int


class Attribute(msgspec.Struct, tag="a", array_like=True, frozen=True, gc=False):
    """`value.name`"""

    value: "Expression"
    name: str


class Call(msgspec.Struct, tag="c", array_like=True, frozen=True, gc=False):
    """A call; arguments in order, with `Spread` for `*a`; the key of `**a` is "**"."""

    function: "Expression"
    arguments: "tuple[Expression, ...]"
    keywords: "tuple[tuple[str, Expression], ...]"
    at: int


class Subscript(msgspec.Struct, tag="s", array_like=True, frozen=True, gc=False):
    """`value[index]`; several indices are a tuple."""

    value: "Expression"
    index: "Expression"


class Awaited(msgspec.Struct, tag="w", array_like=True, frozen=True, gc=False):
    """`await value`"""

    value: "Expression"


class Literal(msgspec.Struct, tag="l", array_like=True, frozen=True, gc=False):
    """A constant of a built-in type; small numbers keep their text, and so does a slice of them (`1:3`)."""

    kind: str
    text: str = ""


class Text(msgspec.Struct, tag="t", array_like=True, frozen=True, gc=False):
    """A string literal of one piece, and where its content stands: it may be a key or an annotation."""

    text: str
    start: int
    end: int


class Display(msgspec.Struct, tag="q", array_like=True, frozen=True, gc=False):
    """A list, tuple or set of expressions."""

    kind: str
    items: "tuple[Expression, ...]"


class Mapping(msgspec.Struct, tag="m", array_like=True, frozen=True, gc=False):
    """A dictionary display; the key of `**a` is None."""

    keys: "tuple[Expression, ...]"
    values: "tuple[Expression, ...]"


class Either(msgspec.Struct, tag="e", array_like=True, frozen=True, gc=False):
    """`a if c else b`, `a or b`"""

    options: "tuple[Expression, ...]"


class Lambda(msgspec.Struct, tag="f", array_like=True, frozen=True, gc=False):
    """A lambda, or the function itself in a call of its decorator, by where its scope begins."""

    at: int


class Comprehension(msgspec.Struct, tag="g", array_like=True, frozen=True, gc=False):
    """A comprehension or generator; its names belong to the scope that begins at `at`."""

    kind: str
    at: int
    element: "Expression"
    key: "Expression" = None


class ElementOf(msgspec.Struct, tag="i", array_like=True, frozen=True, gc=False):
    """What a loop over the value gives."""

    value: "Expression"


class EnteredOf(msgspec.Struct, tag="x", array_like=True, frozen=True, gc=False):
    """What `with value as` gives."""

    value: "Expression"


class PartOf(msgspec.Struct, tag="u", array_like=True, frozen=True, gc=False):
    """An item of an unpacked value; with a star, the list of those left over."""

    value: "Expression"
    index: int
    star: bool = False


class Spread(msgspec.Struct, tag="r", array_like=True, frozen=True, gc=False):
    """`*value`"""

    value: "Expression"


class Operation(msgspec.Struct, tag="o", array_like=True, frozen=True, gc=False):
    """An operator on two values, or on one."""

    operator: str
    left: "Expression"
    right: "Expression" = None


class Caught(msgspec.Struct, tag="h", array_like=True, frozen=True, gc=False):
    """An instance of the class, or of one of the tuple's classes: `except value as`, `case value() as`."""

    value: "Expression"


Expression = (
    Name
    | Attribute
    | Call
    | Subscript
    | Awaited
    | Literal
    | Text
    | Display
    | Mapping
    | Either
    | Lambda
    | Comprehension
    | ElementOf
    | EnteredOf
    | PartOf
    | Spread
    | Operation
    | Caught
    | None
)


class Binding(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """One place that binds a name in a scope.

    Kinds: import, from, star, function, class, assign, augmented, annotated, target, type, typevar; and parameter,
    which is made of a `Parameter` when the summary is read.
    """

    kind: str
    name: str
    at: int  # where the name stands
    block: tuple[int, int] = (0, 0)  # the branch of the scope in which it stands; (0, 0): always executed
    value: Expression = None
    annotation: Expression = None
    scope: int = 0  # of a function or class: the scope that it opens
    module: str = ""  # of an import
    level: int = 0  # dots before it
    original: str = ""  # the name in that module
    after: int = 0  # bound from this byte on
    is_fallback: bool = False  # in an `except`: for when the usual way failed
    is_dead: bool = False  # in a branch that never runs


class Parameter(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """One parameter. Kinds: positional, plain, keyword, star, stars."""

    name: str
    kind: str
    at: int
    annotation: Expression = None
    default: Expression = None


class AttributeBinding(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """`receiver.name = value`"""

    receiver: Expression
    name: str
    at: int
    value: Expression = None
    annotation: Expression = None
    after: int = 0  # set from this byte on
    block: tuple[int, int] = (0, 0)  # as in `Binding`


class ItemBinding(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """`receiver[index] = value`"""

    receiver: Expression
    index: Expression
    value: Expression = None
    after: int = 0  # set from this byte on
    block: tuple[int, int] = (0, 0)  # as in `Binding`


class Narrowing(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Between two bytes a name, or `self.name`, is known to be an instance of a class."""

    path: str
    classes: Expression
    start: int
    end: int


class Scope(msgspec.Struct, array_like=True, gc=False):
    """A module, class, function, lambda or comprehension. (Of empty lists msgspec gives each scope its own.)"""

    kind: str
    name: str
    at: int  # of the name; of a lambda or comprehension, its first byte
    start: int
    end: int
    body: int  # its names count from here on
    hole: tuple[int, int]  # but not in here: the first iterable of a comprehension
    parent: int
    bindings: list[Binding] = []
    parameters: list[Parameter] = []
    decorators: list[Expression] = []
    bases: list[Expression] = []
    keywords: list[tuple[str, Expression]] = []
    returns: list[Expression] = []
    yields: list[Expression] = []  # `yield from x` as Spread
    annotation: Expression = None  # of what it returns
    is_async: bool = False
    attributes: list[AttributeBinding] = []
    items: list[ItemBinding] = []
    globals: list[str] = []
    nonlocals: list[str] = []
    loops: list[tuple[int, int]] = []
    narrowings: list[Narrowing] = []


class ModuleSummary(msgspec.Struct, array_like=True, gc=False):
    """One file: its scopes, the first of them the module's, and what `__all__` is made of."""

    scopes: list[Scope]
    exports: list[Expression] = []
