"""What one Rust file says of its names: its items as a tree, with their texts where a question may need them.

Signatures, types and use trees stay the text they are, with its place in the file, and are parsed when asked for:
most are never. Bodies of functions are not in it: only the file in which a name stands needs those, and it is parsed.
"""

import msgspec


class Item(msgspec.Struct, array_like=True, omit_defaults=True):
    """A definition, an implementation, a use declaration, or a part of one. Offsets are bytes of the file."""

    kind: str  # as rows have it, or "impl", "use", "extern-crate", "macro-call"
    name: str = ""  # without r#
    name_start: int = 0
    name_end: int = 0
    start: int = 0  # of the whole item
    end: int = 0
    visibility: str = ""  # "pub", "pub(crate)" ...
    attributes: str = ""  # those that resolution knows, with their brackets: cfg, path, macro_export, derive ...
    generics: str = ""  # "<T: Bound>"
    where: str = ""  # "where T: Bound"
    type: str = ""  # of a field, constant or alias; what a function returns, an impl is for, `include!` includes
    trait: str = ""  # that an impl is of; the bounds of a trait or an associated type
    text: str = ""  # of a use tree; parameters of a function; "tuple" or "unit" of a struct or variant
    text_start: int = 0
    items: list["Item"] = []
    handed: list["Item"] = []  # in braces among other things in a macro call: they count where nobody knows the macro


class FileSummary(msgspec.Struct, array_like=True, omit_defaults=True):
    """The items of one file."""

    items: list[Item] = []
    attributes: str = ""  # inner attributes of the file
    inner: list[int] = []  # where names may stand that are defined in bodies of functions, as far as the text tells
