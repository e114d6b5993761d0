"""Attributes to their definitions, by what their receiver is: classes, annotations, calls and the flow of values."""

import pytest

from resolved import check

CASES = {
    "self, cls, super and inherited members of other files": {
        "base.py": """
            class Base:
                kind = 1
                def __init__(self):
                    self.state = {}
                def run(self): ...
                def stop(self): ...
            class Left(Base):
                def run(self): ...
            class Right(Base):
                def run(self): ...
                def only(self): ...
            """,
        "m.py": """
            import base
            from base import Left, Right
            class Both(Left, Right):
                def run(self):
                    super().run()
                    #       ^ base.Left.run certain inherited
                    super().only()
                    #       ^ base.Right.only certain inherited
                    self.run()
                    #    ^ m.Both.run certain self
                    self.stop()
                    #    ^ base.Base.stop certain inherited
                    self.state, self.kind, self.other
                    #    ^ base.Base.state certain inherited
                    #                ^ base.Base.kind certain
                    #                           ^ m.Both.other certain self
                @classmethod
                def make(cls):
                    cls.make()
                    #   ^ m.Both.make certain self
                    return cls()
                def later(self):
                    self.other = self
            Both.make().later()
            #           ^ m.Both.later likely
            base.Base.run
            #         ^ base.Base.run certain
            """,
    },
    "constructors and returns": {
        "m.py": """
            class A:
                def go(self): return B()
                @property
                def b(self): return B()
                @staticmethod
                def still(): return A()
            class B:
                def end(self): ...
            def make(): return A()
            x = A()
            x.go().end()
            # ^ m.A.go likely constructor
            #      ^ m.B.end likely return-type
            x.b.end
            #   ^ m.B.end likely return-type
            make().go
            #      ^ m.A.go likely return-type
            A.still().go
            #         ^ m.A.go likely
            x = B()
            x.end()
            # ^ m.B.end likely
            """,
    },
    "annotations": {
        "m.py": """
            import typing as t
            from typing import Dict, List, Optional, Type, TypeVar, Union
            class A:
                def a(self): ...
            class B:
                def b(self) -> "Optional[A]": ...
                def same(self: "B") -> t.Self: ...
            T = TypeVar("T")
            N = TypeVar("N", bound=A)
            Alias = Union[A, B]
            def one(items: list[T]) -> T: ...
            def f(a: A, b: "B", c: Optional[A], d: "A | None", e: List[A], g: Dict[str, B], h: Type[A], i: Alias, j: N):
                a.a, b.b, c.a, d.a
                # ^ m.A.a likely annotation
                #      ^ m.B.b likely annotation
                #           ^ m.A.a likely
                #                ^ m.A.a likely
                e[0].a, g["k"].b, h().a, i.b, j.a
                #    ^ m.A.a likely
                #              ^ m.B.b likely
                #                     ^ m.A.a likely
                #                          ^ m.B.b likely
                #                               ^ m.A.a likely
                for x in e:
                    x.a
                    # ^ m.A.a likely
                for k, v in g.items():
                    v.b().a
                    # ^ m.B.b likely
                    #     ^ m.A.a likely return-type
                one(e).a, b.same().b
                #      ^ m.A.a likely
                #                  ^ m.B.b likely
                [y.a for y in e if y]
                #  ^ m.A.a likely
            class D:
                field: A
                other: "list[B]"
                def m(self):
                    self.field.a, self.other[0].b
                    #          ^ m.A.a likely annotation
                    #                           ^ m.B.b likely
            """,
    },
    "generic classes": {
        "m.py": """
            from typing import Generic, TypeVar
            T = TypeVar("T")
            class A:
                def a(self): ...
            class Box(Generic[T]):
                item: T
                def __init__(self, item: T): ...
                def get(self) -> T: ...
            class Small(Box[A]): ...
            def f(box: Box[A], small: Small):
                box.get().a, box.item.a, small.get().a, Box(A()).get().a
                #         ^ m.A.a likely
                #                     ^ m.A.a likely
                #                                    ^ m.A.a likely
                #                                                      ^ m.A.a likely
            class New[K]:
                def get(self) -> K: ...
            def g(new: New[A]):
                new.get().a
                #         ^ m.A.a likely
            """,
    },
    "with, async, generators and iteration": {
        "m.py": """
            from contextlib import contextmanager
            class A:
                def a(self): ...
                def __enter__(self): return self
                def __exit__(self, *a): ...
            class Many:
                def __iter__(self): yield A()
                def __getitem__(self, i) -> A: ...
            @contextmanager
            def opened():
                yield A()
            async def later() -> A: ...
            def every():
                yield A()
            async def f():
                with A() as x, opened() as y:
                    x.a, y.a
                    # ^ m.A.a likely
                    #      ^ m.A.a likely
                (await later()).a
                #               ^ m.A.a likely
                for z in every():
                    z.a
                    # ^ m.A.a likely
                for w in Many():
                    w.a
                    # ^ m.A.a likely
                Many()[0].a
                #         ^ m.A.a likely
                p, q = A(), Many()
                p.a
                # ^ m.A.a likely
                try: ...
                except Broken as e:
                    e.why
                    # ^ m.Broken.why likely
            class Broken(Exception):
                def why(self): ...
            """,
    },
    "decorators": {
        "m.py": """
            import functools
            from functools import cached_property, lru_cache, partial
            class A:
                def a(self): ...
                @cached_property
                def twin(self): return A()
            class Command:
                def command(self): ...
            def keep(f):
                @functools.wraps(f)
                def inner(*a, **k): return f(*a, **k)
                return inner
            def group(f) -> Command: ...
            @keep
            @lru_cache(maxsize=None)
            def make(): return A()
            @group
            def cli(): ...
            make().a, A().twin.a, partial(make)().a, cli.command
            #      ^ m.A.a likely
            #             ^ m.A.twin likely
            #                  ^ m.A.a likely
            #                                     ^ m.A.a likely
            #                                            ^ m.Command.command likely
            """,
    },
    "functions as values": {
        "m.py": """
            class A:
                def a(self): ...
            def make(): return A()
            table = {"x": make, "y": A}
            chosen = [make]
            def call(f): return f()
            def outer():
                def inner(): return A()
                return inner
            table["x"]().a, chosen[0]().a, call(make).a, outer()().a, (lambda: A())().a
            #            ^ m.A.a likely
            #                           ^ m.A.a likely
            #                                         ^ m.A.a likely
            #                                                      ^ m.A.a likely
            #                                                                         ^ m.A.a likely
            """,
    },
    "narrowing": {
        "m.py": """
            class A:
                def a(self): ...
            class B:
                def a(self): ...
            def f(x, y, z):
                if isinstance(x, A) and x.a:
                #                         ^ m.A.a likely
                    x.a
                    # ^ m.A.a likely
                if not isinstance(y, (B,)):
                    return
                y.a
                # ^ m.B.a likely
                assert isinstance(z, B)
                z.a
                # ^ m.B.a likely
            """,
    },
    "keywords mean parameters and fields": {
        "m.py": """
            from dataclasses import dataclass
            from typing import NamedTuple
            @dataclass
            class Point:
                x: int
                y: int = 0
            class Pair(NamedTuple):
                left: Point
            class C:
                def __init__(self, size): ...
                def grow(self, by): ...
            Point(x=1), C(size=2).grow(by=3), Pair(left=None).left.y
            #     ^ m.Point.x certain parameter
            #             ^ m.C.__init__.size certain parameter
            #                          ^ m.C.grow.by likely parameter
            #                                      ^ m.Pair.left certain
            #                                                      ^ m.Point.y likely
            """,
    },
    "enumerations and operators": {
        "m.py": """
            import enum
            class Color(enum.Enum):
                RED = 1
                def show(self): ...
            class V:
                def __add__(self, other): return V()
                def size(self): ...
            Color.RED, (V() + V()).size
            #     ^ m.Color.RED certain
            #                      ^ m.V.size likely
            for each in Color:
                each.show
                #    ^ m.Color.show likely
            """,
    },
    "what is declared in a base stands for what is assigned below": {
        "m.py": """
            class Base:
                name: str
            class Sub(Base):
                def __init__(self):
                    self.name = "x"
                    #    ^ m.Base.name certain inherited
            """,
    },
    "unknown receivers give every member of the name, as a possibility": {
        "m.py": """
            class A:
                def shared(self): ...
                def single(self): ...
            class B:
                def shared(self): ...
            def f(x):
                x.shared, x.single
                # ^ m.A.shared|m.B.shared possible name-only
                #           ^ m.A.single possible unique-name
            class C(Unknown):
                def m(self):
                    self.single
                    #    ^ m.A.single possible
            import external
            class D(external.Thing):
                def m(self):
                    self.given
                    #    ^ external.Thing.given certain
            """,
    },
    "call sites tell what a parameter may be": {
        "m.py": """
            class A:
                def hidden(self): ...
            class B:
                def hidden(self): ...
            def f(x):
                x.hidden
                # ^ m.A.hidden likely call-site
            def g(x):
                x.hidden
                # ^ m.A.hidden|m.B.hidden possible call-site
            f(A())
            g(A())
            g(B())
            """,
    },
    "decorators that pass on whatever they are called with": {
        "m.py": """
            from typing import Callable
            class A:
                def a(self): ...
            class dispatch:
                def __new__(cls, func=None, *, name=None):
                    return object.__new__(cls)
                def _call(self, /, *args, backend=None, **kwargs): ...
                def original(self): ...
                __call__: Callable = _call if DEBUG else None
            class counted:
                def __init__(self, func): ...
                def __call__(self, *args, **kwargs): ...
                def count(self): ...
            class Command:
                def __init__(self, func): ...
                def __call__(self, argument: str, **kwargs): ...
            def logged(f):
                def inner(*args, **kwargs): ...
                return inner
            @dispatch
            def make(size=0): return A()
            @dispatch(name="other")
            def other(): return A()
            @counted
            def third(): return A()
            @Command
            def fourth(): return A()
            @logged
            def fifth(): return A()
            make(size=1).a, make.original, other().a, third().a, third.count, fifth().a
            #    ^ m.make.size likely parameter
            #            ^ m.A.a likely
            #                    ^ m.dispatch.original likely
            #                                      ^ m.A.a likely
            #                                                 ^ m.A.a likely
            #                                                          ^ m.counted.count likely
            #                                                                         ^ m.A.a likely
            fourth().a
            #        ^ m.A.a possible
            """,
    },
    "keywords of overloads mean those, not what implements them": {
        "m.py": """
            from typing import overload
            @overload
            def f(x: int, *, wide: bool) -> int: ...
            @overload
            def f(x: str, *, deep: bool) -> str: ...
            def f(x, *, wide=False, deep=False, own=0): ...
            f(1, wide=True, own=2)
            #    ^ m.f.wide certain parameter
            #               ^ m.f.own certain parameter
            """,
    },
    "what abstract containers have is known": {
        "m.py": """
            from collections.abc import Iterable, Mapping
            class Headers:
                def get(self): ...
            def f(one: Headers | Iterable[str], other: Headers | Mapping[str, str]):
                one.get, other.get
                #   ^ m.Headers.get likely
                #              ^ m.Headers.get|collections.abc.Mapping.get likely
            """,
    },
    "comments that declare types": {
        "m.py": """
            class A:
                def a(self): ...
            class Options:
                depth = 1
            class C:
                options = None  # type: Options
                def __init__(self):
                    self.parts = {}  # type: dict[str, A]  # by name
                    self.other = None  # type: ignore
                def f(self):
                    self.options.depth
                    #            ^ m.Options.depth likely annotation
                    for part in self.parts.values():
                        part.a
                        #    ^ m.A.a likely
            """,
    },
    "what an attribute was set to before its use": {
        "m.py": """
            class Base:
                def run(self): ...
            class Sub(Base):
                def run(self): ...
            class Other(Base):
                def run(self): ...
            class Keeper:
                declared: Base
                other = None
                listed: list[Base] = []
                @property
                def made(self): return Sub()
                @made.setter
                def made(self, value): ...
                def a(self, flag):
                    self.declared = Sub()
                    self.declared.run()
                    #             ^ m.Sub.run likely assigned
                    self.other = Sub()
                    self.other.run()
                    #          ^ m.Sub.run likely assigned
                    if flag:
                        self.other = Other()
                        self.other.run()
                        #          ^ m.Other.run likely assigned
                    self.other.run()
                    #          ^ m.Sub.run|m.Other.run likely
                    self.listed = []
                    self.listed[0].run()
                    #              ^ m.Base.run likely
                    self.made = Other()
                    self.made.run()
                    #         ^ m.Sub.run likely
                def b(self, given):
                    self.other = Other()
                    for each in given:
                        self.other.run()
                        #          ^ m.Sub.run|m.Other.run likely
                        self.other = Sub()
                def c(self):
                    self.declared.run()
                    #             ^ m.Base.run likely annotation
            def f():
                keeper = Keeper()
                keeper.other = [Sub()]
                keeper.other[0].run()
                #               ^ m.Sub.run likely
                keeper = Keeper()
                keeper.other.run()
                #            ^ m.Sub.run|m.Other.run likely
            """,
    },
    "annotations that leave it to the value": {
        "m.py": """
            from typing import ClassVar, Final, TypeAlias
            class A:
                def a(self): ...
                one: ClassVar = 1
            class B:
                made: Final = A()
            value: Final = A()
            Short: TypeAlias = A
            def f(x: Short):
                value.a, B.made.a, Short().a, x.a
                #     ^ m.A.a likely
                #               ^ m.A.a likely
                #                          ^ m.A.a likely
                #                               ^ m.A.a likely
            """,
    },
}


@pytest.mark.parametrize("name", CASES)
def test_types(name, tmp_path):
    assert check(tmp_path, CASES[name])
