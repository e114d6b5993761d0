"""What an expression may be: sets of definitions and of instances of them, each with how it became known."""

from collections.abc import Iterable

import msgspec

from cq.symbols.python.summary import Expression

MOST_VALUES = 24  # of one expression: beyond, nothing is told apart any more

EXACT, FLOW, GUESS = 0, 1, 2
AGREED = "call-site"  # the reason of what calls pass: a guess, unless they agree on one thing


class ModuleValue(msgspec.Struct, frozen=True):
    """A module of the project, by its path; a folder without `__init__.py` ends with a slash."""

    path: str


class ClassValue(msgspec.Struct, frozen=True):
    """A class of the project, by the scope it opens; with arguments when it was subscribed."""

    path: str
    scope: int
    arguments: "tuple[Values, ...]" = ()


class FunctionValue(msgspec.Struct, frozen=True):
    """A function or lambda; with a receiver, a bound method."""

    path: str
    scope: int
    receiver: "Value | None" = None


class InstanceValue(msgspec.Struct, frozen=True):
    """An object of a class of the project."""

    path: str
    scope: int
    arguments: "tuple[Values, ...]" = ()


class ExternalValue(msgspec.Struct, frozen=True):
    """A module, class or function from elsewhere, by its full name."""

    name: str


class ExternalInstance(msgspec.Struct, frozen=True):
    """An object of a class from elsewhere, with what is in it: elements; keys and values; parts of a tuple."""

    name: str
    arguments: "tuple[Values, ...]" = ()


class KeptValue(msgspec.Struct, frozen=True):
    """A list, tuple, set, dictionary or comprehension as it is written, and where its names are looked up."""

    path: str
    scope: int
    expression: Expression


class SuperValue(msgspec.Struct, frozen=True):
    """`super()` in a method of a class."""

    owner: ClassValue
    receiver: "Value"


class PartialValue(msgspec.Struct, frozen=True):
    """`functools.partial` of something."""

    function: "Value"


class TypeVariable(msgspec.Struct, frozen=True):
    """A type variable, by where it is bound."""

    path: str
    at: int
    name: str


class ExternalMethod(msgspec.Struct, frozen=True):
    """A method of an instance of a class from elsewhere."""

    receiver: "ExternalInstance | KeptValue"
    name: str


Value = (
    ModuleValue
    | ClassValue
    | FunctionValue
    | InstanceValue
    | ExternalValue
    | ExternalInstance
    | KeptValue
    | SuperValue
    | PartialValue
    | TypeVariable
    | ExternalMethod
)


class Values(msgspec.Struct, frozen=True):
    """The values that an expression may have, each once; the rank and reason of the least sure step to them."""

    items: tuple[Value, ...] = ()
    rank: int = EXACT
    reason: str = ""

    def __bool__(self) -> bool:
        return bool(self.items)

    def at_least(self, rank: int, reason: str = "") -> "Values":
        """The same values, no surer than this; the reason is that of the last step that made them less sure."""
        if not self.items or (rank <= self.rank and not reason):
            return self
        return Values(self.items, max(rank, self.rank), reason or self.reason)


NOTHING = Values()


def one(value: Value, rank: int = EXACT, reason: str = "") -> Values:
    """A set of one."""
    return Values((value,), rank, reason)


def union(parts: Iterable[Values]) -> Values:
    """All values of some sets, in order, each once; guesses only when nothing surer is among them."""
    found = [part for part in parts if part.items]
    if not found:
        return NOTHING
    if len(found) > 1:
        found = [part for part in found if part.rank < GUESS] or found
    if len(found) == 1:
        return found[0]
    items = tuple(dict.fromkeys(item for part in found for item in part.items))[:MOST_VALUES]
    worst = max(found, key=_rank)
    return Values(items, worst.rank, worst.reason or found[0].reason)


def _rank(values: Values) -> int:
    return values.rank
