"""What is said of a row besides its role: facts of a definition, and of the code around any other use of a name.

Every field is optional, and none changes which rows are found. A text is as the source has it, on one line, and a
long one is cut (it ends in "…" then). `spans` says where each text stands: by the name of the field one span for each
text of the field, in its order; of a field that is one text made of several pieces, one span for each piece.
"""

from typing import Literal

import msgspec

# How much of the facts is asked for: of definitions their heads, as a reader is shown them; all of definitions, and
# what is imported; what encloses every other name as well.
FactDetail = Literal["head", "definitions", "all"]
# Half-open, in bytes of the file.
ByteSpan = tuple[int, int]
Spans = dict[str, tuple[ByteSpan, ...]]


class Parameter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One parameter of a definition, or one of its type parameters, as it is written."""

    name: str
    kind: str = ""  # "positional-only", "keyword-only", "variadic", "keywords", "self"; "type", "lifetime", "const"
    type: str = ""  # of a type parameter its bound
    default: str = ""
    spans: Spans = {}


class Scope(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One scope that a place stands in."""

    kind: str  # "function", "class", "impl", "lambda", "comprehension", "macro" ... and "module" of the whole file
    name: str = ""
    label: str = ""  # for readers: "class Flask"
    start_byte: int
    end_byte: int


class Call(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The call or macro invocation that a name is of, or stands in."""

    target: str = ""  # what is called: "self.app.route"
    receiver: str = ""  # what it is called on: "self.app"
    arguments: tuple[str, ...] = ()
    argument_count: int = 0  # of all, also those beyond the ones given
    spans: Spans = {}


class Import(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one name of an import brings in: `name`, or with none the module itself."""

    module: str = ""  # the whole path: of `use a::{b::{c}}` for `c` it is "a::b"
    name: str = ""
    names: tuple[str, ...] = ()  # where the row is the module's name: all that is imported from it
    alias: str = ""
    level: int = 0  # of a relative import, how many dots
    star: bool = False
    conditional: str = ""  # what it depends on: "TYPE_CHECKING", another condition, "try", "except", "else"
    reexport: str = ""  # the visibility that it is imported with: "pub(crate)"
    spans: Spans = {}


class Assignment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The assignment that a name stands in."""

    target: str = ""
    type: str = ""
    operator: str = ""  # of an augmented one: "+="
    value: str = ""
    spans: Spans = {}


class Attribute(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The attribute access that a name stands in."""

    object: str = ""
    name: str = ""
    spans: Spans = {}


class Implementation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The block of implementations that a definition stands in, or that a name heads."""

    trait: str = ""
    type: str = ""
    generics: str = ""
    spans: Spans = {}


class Facts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of a row. All but the last five fields are of definitions."""

    signature: str = ""  # the head on one line, without the body
    parameters: tuple[Parameter, ...] = ()
    returns: str = ""  # the return type; of a variable or field its type
    decorators: tuple[str, ...] = ()  # Python decorators, Rust attributes
    visibility: str = ""
    modifiers: tuple[str, ...] = ()  # async, unsafe, const, extern ...
    abi: str = ""
    generics: str = ""
    type_parameters: tuple[Parameter, ...] = ()
    where: tuple[str, ...] = ()  # the predicates of a where clause
    bases: tuple[str, ...] = ()
    metaclass: str = ""
    keywords: tuple[str, ...] = ()  # of a class, the metaclass among them
    forms: tuple[str, ...] = ()  # what else it is: "lambda", "property", "dataclass", "enum-member", "test" ...
    value: str = ""
    fields: tuple[str, ...] = ()  # the names of its fields, not of its methods
    variants: tuple[str, ...] = ()
    derives: tuple[str, ...] = ()
    cfg: tuple[str, ...] = ()
    raises: tuple[str, ...] = ()  # these six: in the body, not in functions and classes in it; at most 100 of each
    catches: tuple[str, ...] = ()
    yields: tuple[str, ...] = ()
    awaits: tuple[str, ...] = ()
    globals: tuple[str, ...] = ()
    nonlocals: tuple[str, ...] = ()
    exports: tuple[str, ...] = ()  # the names in `__all__`
    implements: Implementation | None = None
    doc: str = ""  # the first sentence or line of the documentation
    end_line: int = 0  # the last line of the whole definition
    call: Call | None = None
    imported: Import | None = None
    assignment: Assignment | None = None
    attribute: Attribute | None = None
    scopes: tuple[Scope, ...] = ()  # innermost first; the last is the module
    spans: Spans = {}
