"""Values through tests of their class, `Self`, type variables, containers that classes extend, and operators."""

import pytest

from resolved import check

CASES = {
    "a class with a base from elsewhere is no descriptor": {
        "m.py": """
            from elsewhere import Base
            class Part(Base):
                def go(self): ...
            class Whole:
                part: Part
            Whole().part.go()
            #            ^ m.Part.go likely
            """
    },
    "a star in a list belongs to all of what follows": {
        "m.py": """
            class A:
                a: "A"
                def m(self) -> "A": ...
            def f(x: A):
                [*x.a]
                #   ^ m.A.a likely
                [*x.m().a, *x.a.a]
                #       ^ m.A.a likely
                #             ^ m.A.a likely
            """
    },
    "what a condition tells of a class": {
        "m.py": """
            class A:
                a = 1
            class B:
                a = 2
            def f(x, y, z, u):
                if not isinstance(x, A) or x.a:
                #                            ^ m.A.a likely
                    return
                x.a
                # ^ m.A.a likely
                if not isinstance(y, A):
                    pass
                else:
                    y.a
                    # ^ m.A.a likely
                y.a if isinstance(y, A) else 1
                # ^ m.A.a likely
                1 if not isinstance(y, A) else y.a
                #                                ^ m.A.a likely
                [e.a for e in z if isinstance(e, A) if e.a]
                #  ^ m.A.a likely
                #                                        ^ m.A.a likely
                if type(u) is B or type(u) == B:
                    u.a
                    # ^ m.A.a|m.B.a possible
                if type(u) is B and u.a:
                    u.a
                    # ^ m.B.a likely
                if not isinstance(u, A): raise TypeError
                u.a
                # ^ m.A.a likely
                u = B()
                u.a
                # ^ m.B.a likely
            """
    },
    "Self within a type is the receiver": {
        "m.py": """
            from collections.abc import Iterator
            from typing import Self
            class Node:
                parent: "Self | None"
                a = 1
                def below(self) -> Iterator[Self]: ...
                @classmethod
                def every(cls) -> list[Self]: ...
            class Leaf(Node):
                a = 2
            for each in Leaf().below():
                each.a
                #    ^ m.Leaf.a likely
            Leaf.every()[0].a
            #               ^ m.Leaf.a likely
            Leaf().parent.a
            #             ^ m.Leaf.a likely
            for each in Node().below(): each.a
            #                                ^ m.Node.a likely
            """
    },
    "an attribute of a type variable is of its bound": {
        "m.py": """
            from typing import Generic, TypeVar
            class A:
                a = 1
            T = TypeVar("T", bound=A)
            class Box(Generic[T]):
                item: T
                def m(self): return self.item.a
                #                             ^ m.A.a likely
            """
    },
    "containers that classes extend": {
        "m.py": """
            from collections import UserDict
            class A:
                a = 1
            class B:
                a = 2
            class Pair(tuple[A, "B"]): ...
            class Registry(UserDict[str, A]): ...
            class Table(dict[str, A]):
                def m(self):
                    for _, value in self.items(): value.a
                    #                                   ^ m.A.a likely
                    self.get("x").a
                    #             ^ m.A.a likely
            class More(Table): ...
            first, second = Pair()
            first.a, second.a
            #     ^ m.A.a likely
            #               ^ m.B.a likely
            Registry()["x"].a
            #               ^ m.A.a likely
            for each in More().values(): each.a
            #                                 ^ m.A.a likely
            """
    },
    "comparisons, heaps, weak references and managers entered by hand": {
        "m.py": """
            import contextlib, heapq, weakref
            class A:
                a = 1
            class Column:
                def __gt__(self, other) -> A: ...
            (Column() > 1).a
            #              ^ m.A.a likely
            heap: list[tuple[int, A]] = []
            heapq.heappop(heap)[1].a
            #                      ^ m.A.a likely
            known = weakref.ref(A())
            known().a
            #       ^ m.A.a likely
            def manager() -> contextlib.AbstractAsyncContextManager[A]: ...
            async def main():
                (await manager().__aenter__()).a
                #                              ^ m.A.a likely
            """
    },
    "lambdas where a callable is declared": {
        "m.py": """
            from collections.abc import Callable, Mapping
            class A:
                a = 1
            table: Mapping[type, Callable[["A", int], int]] = {
                int: lambda self, x: self.a,
                #                         ^ m.A.a likely
            }
            steps: list[Callable[[A], int]] = [lambda x: x.a, (lambda y: y.a)]
            #                                              ^ m.A.a likely
            #                                                              ^ m.A.a likely
            pair: tuple[int, Callable[[A], int]] = (1, lambda x: x.a)
            #                                                      ^ m.A.a likely
            one: Callable[[A], int] = (lambda x: x.a) if table else (lambda z: z.a)
            #                                      ^ m.A.a likely
            #                                                                    ^ m.A.a likely
            def f() -> Callable[[A], int]:
                return lambda x: x.a
                #                  ^ m.A.a likely
            class B:
                def __init__(self):
                    self.key: Callable[[A], int] = lambda x: x.a
                    #                                          ^ m.A.a likely
            """
    },
    "a decorator that gives back what it takes, beside a function of the same name": {
        "m.py": """
            from typing import TypeVar
            from n import *
            T = TypeVar("T")
            def public(fn: T) -> T: return fn
            class Runner:
                @public
                def spawn(self, name=None): ...
            Runner().spawn(name=1)
            #              ^ m.Runner.spawn.name likely
            """,
        "n.py": "def spawn(name): ...",
    },
    "what is entered is no generator": {
        "m.py": """
            from collections.abc import AsyncGenerator
            def manager(fn): return unknown(fn)
            async def rows() -> AsyncGenerator[int]: ...
            class A:
                def aclose(self): ...
            async def main():
                async with manager(rows)() as it, rows() as other:
                    other.aclose()
                    #     ^ m.A.aclose possible
            """
    },
    "keywords of a typed dictionary": {
        "m.py": """
            from typing import TypedDict, Unpack
            class Options(TypedDict, total=False):
                deep: bool
            class More(Options):
                wide: int
            def run(name: str, **options: Unpack[More]): ...
            run("x", deep=True, wide=1, name="y")
            #        ^ m.Options.deep certain
            #                   ^ m.More.wide certain
            #                           ^ m.run.name certain
            """
    },
}


@pytest.mark.parametrize("name", CASES)
def test_flow(name, tmp_path):
    assert check(tmp_path, CASES[name])
