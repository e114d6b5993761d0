"""Of a function with overloads, what the one that a call means gives."""

import pytest

from resolved import check

HEAD = """
from collections.abc import Hashable, Iterable
from typing import Any, Literal, Optional, Union, overload
class A:
    def a(self): ...
class B:
    def a(self): ...
class Sub(A): ...
Both = Union[A, "B"]
class Shelf:
    @overload
    def __getitem__(self, key: Hashable) -> A: ...
    @overload
    def __getitem__(self, key: Iterable[Hashable]) -> B: ...
    def __getitem__(self, key): return unknown(key)
    @overload
    def __add__(self, other: A) -> A: ...
    @overload
    def __add__(self, other: int) -> B: ...
    def __add__(self, other): return A() if other else B()
    @overload
    def of(self: "Shelf", kind: Literal["one"] = "one") -> A: ...
    @overload
    def of(self: "Shelf", kind: Literal["two", "three"]) -> B: ...
    @overload
    def of(self: "Shelf", kind: str) -> Shelf: ...
    def of(self, kind="one"): ...
@overload
def count(first: int, *, whole: Literal[True]) -> A: ...
@overload
def count(first: int, *, whole: Literal[False] = ...) -> B: ...
@overload
def count(first: int, second: str) -> Shelf: ...
def count(first, second="", *, whole=False): ...
@overload
def maybe(given: None) -> A: ...
@overload
def maybe(given: Optional[Both]) -> B: ...
@overload
def maybe(given: list[A] | float) -> Shelf: ...
def maybe(given): ...
"""

CALLS = {
    'Shelf()["x"].a': "m.A.a",
    "Shelf()[1, 2].a": "m.A.a",
    'Shelf()[["x", "y"]].a': "m.B.a",
    "Shelf()[{1}].a": "m.B.a",
    "Shelf()[unknown].a": "m.A.a|m.B.a",
    "(Shelf() + A()).a": "m.A.a",
    "(Shelf() + Sub()).a": "m.A.a",
    "(Shelf() + 1).a": "m.B.a",
    "(Shelf() + True).a": "m.B.a",
    "Shelf().of().a": "m.A.a",
    'Shelf().of("one").a': "m.A.a",
    'Shelf().of("three").a': "m.B.a",
    'Shelf().of("four").of': "m.Shelf.of",
    "count(1, whole=True).a": "m.A.a",
    "count(1, whole=False).a": "m.B.a",
    "count(1).a": "m.B.a",
    'count(1, "x").of': "m.Shelf.of",
    'count(1, second="x").of': "m.Shelf.of",
    "count(*unknown).a": "m.A.a|m.B.a",
    "maybe(None).a": "m.A.a",
    "maybe(A()).a": "m.B.a",
    "maybe(B()).a": "m.B.a",
    "maybe([A()]).of": "m.Shelf.of",
    "maybe(1).of": "m.Shelf.of",
}


def test_the_first_overload_that_takes_the_arguments_is_meant(tmp_path):
    lines = [HEAD]
    for call, claim in CALLS.items():
        lines += [call, "#" + " " * (len(call) - len(call.rpartition(".")[2]) - 1) + f"^ {claim} likely"]
    assert check(tmp_path, {"m.py": "\n".join(lines) + "\n"}) == len(CALLS)


WRONG = ["count().a", "count(1, 2, 3, 4).a", "count(1, other=2).a", "maybe(lambda: 1).a"]


@pytest.mark.parametrize("call", WRONG)
def test_where_none_takes_them_all_may_be_meant(call, tmp_path):
    mark = "#" + " " * (len(call) - 2) + "^ m.A.a|m.B.a likely"
    assert check(tmp_path, {"m.py": "\n".join([HEAD, call, mark]) + "\n"})
