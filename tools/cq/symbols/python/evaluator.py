"""What the parts of the inference ask of each other."""

from typing import Protocol

import msgspec

from cq.symbols.python.names import Found, Names, Source
from cq.symbols.python.summary import Call, Expression
from cq.symbols.python.values import ClassValue, FunctionValue, InstanceValue, TypeVariable, Value, Values


class Frame(msgspec.Struct, frozen=True):
    """The arguments of one call of a function, by parameter."""

    path: str
    scope: int
    arguments: tuple[tuple[str, Values], ...]
    outer: "Frame | None" = None


class Context(msgspec.Struct, frozen=True):
    """Where an expression stands, and in which call."""

    path: str
    scope: int
    frame: Frame | None = None


class Member(msgspec.Struct, frozen=True):
    """An attribute of a value: what defines it, of whom it was asked, how sure that is and why."""

    source: Source
    receiver: Value | None
    rank: int
    reason: str


class Evaluator(Protocol):
    """The inference as its parts see it."""

    names: Names

    def evaluate(self, expression: Expression, context: Context) -> Values:
        """What an expression may be."""
        ...

    def settled(self, expression: Expression, context: Context) -> tuple[Values, bool]:
        """What an expression may be, with a budget of its own, and whether that is all of it."""
        ...

    def instances(self, annotation: Expression, context: Context) -> Values:
        """What has the type that an annotation tells."""
        ...

    def values_of(self, source: Source, frame: Frame | None = None) -> Values:
        """What a definition stands for."""
        ...

    def members(self, values: Values, name: str) -> list[Member]:
        """The definitions of an attribute of these values."""
        ...

    def member_values(self, values: Values, name: str) -> Values:
        """What an attribute of these values may be."""
        ...

    def call(self, values: Values, call: Call | None, context: Context) -> Values:
        """What a call of these values gives."""
        ...

    def element(self, values: Values) -> Values:
        """What a loop over these values gives."""
        ...

    def item(self, values: Values, key: str | None, index: Expression = None, context: Context | None = None) -> Values:
        """What a subscription of these values gives; the key where it is written down, and what stands in brackets."""
        ...

    def meant(self, values: Values, argument: Expression, context: Context) -> Values:
        """Of overloaded methods those that an operator or a subscription with this operand means."""
        ...

    def kind_of(self, value: Value) -> str:
        """The last name of the type of a container: "list", "dict" ..."""
        ...

    def returns(self, function: FunctionValue, frame: Frame | None) -> Values:
        """What the `return` statements of a function give."""
        ...

    def type_variables(self, owner: ClassValue) -> list[TypeVariable]:
        """The type variables of a class, in order."""
        ...

    def mro(self, owner: ClassValue) -> tuple[Value, ...]:
        """A class and its bases in the order in which attributes are looked up; those from elsewhere among them."""
        ...

    def is_enum(self, owner: ClassValue) -> bool:
        """Whether the values assigned in a class become its instances."""
        ...

    def type_arguments(self, owner: ClassValue | InstanceValue) -> dict[tuple[str, int], Values]:
        """What the type variables of a class and its bases stand for."""
        ...

    def from_calls(self, function: FunctionValue, name: str) -> Values:
        """What the calls in the project pass as a parameter."""
        ...

    def expected(self, function: FunctionValue, name: str) -> Values:
        """What a lambda's parameter is by the annotation of the parameter that the lambda is given to."""
        ...

    def text_expression(self, path: str, start: int, end: int) -> Expression:
        """The expression in a string of a file."""
        ...

    def found_values(self, found: Found, frame: Frame | None) -> Values:
        """What a binding gives."""
        ...
