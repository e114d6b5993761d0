"""What `cq search` says of a Python definition: one table, source to facts."""

import json
import textwrap

import pytest

from cq.resources import data_folder
from cq.search.analysis import SearchAnalysis, SearchPlan
from cq.search.names import NameQuery


@pytest.fixture(scope="module")
def facts_of():
    """The facts of the one definition of `it` in a source text."""
    plan = SearchPlan(
        query=NameQuery(names=("it",)), folders=(data_folder("queries"),), roles=frozenset({"definition"})
    )
    analysis = SearchAnalysis(plan)

    def facts(source):
        found = analysis.run("shelf.py", textwrap.dedent(source).encode())
        assert len(found.rows) == 1, found.rows
        return json.loads(found.rows[0][1])["facts"]

    return facts


def named(name, **more):
    return {"name": name, **more}


@pytest.mark.parametrize(
    ("head", "parameters"),
    [
        ("def it(): ...", None),
        ("def it(a, b=1): ...", [named("a"), named("b", default="1")]),
        ("def it(self, a, /, b, *, c): ...", [named("self"), named("a"), named("b"), named("c")]),
        ("def it(*args, **kw): ...", [named("args", kind="variadic"), named("kw", kind="keywords")]),
        (
            "def it(a: int, b: str = 'x', *c: T, d: list[int] = [], **e: 'U'): ...",
            [
                named("a", type="int"),
                named("b", type="str", default="'x'"),
                named("c", kind="variadic", type="T"),
                named("d", type="list[int]", default="[]"),
                named("e", kind="keywords", type="'U'"),
            ],
        ),
        ("def it(a=lambda b, *c: b, *, d=(e := 1)): ...", [
            named("a", default="lambda b, *c: b"),
            named("d", default="(e := 1)"),
        ]),
        ("def it(\n    a,  # first\n    b: int  # second\n): ...", [named("a"), named("b", type="int")]),
        ("def it(a): \n    def inner(b): ...\n", [named("a")]),
    ],
)  # fmt: skip
def test_parameters(facts_of, head, parameters):
    assert facts_of(head).get("parameters") == parameters


@pytest.mark.parametrize(
    ("source", "field", "value"),
    [
        ("def it(a,\n       b) -> int: ...", "signature", "def it(a, b) -> int"),
        ("async def it(): ...", "signature", "async def it()"),
        ("async def it(): ...", "modifiers", ["async"]),
        ("def it():\n    async def inner(): ...", "modifiers", None),
        ("def it() -> dict[str, int]: ...", "returns", "dict[str, int]"),
        ("def it() -> 'Shelf': ...", "returns", "'Shelf'"),
        ("def it(): ...", "returns", None),
        ("it: int = 3", "returns", "int"),
        ("it: int = 3", "signature", "it: int = 3"),
        ("def it[T, *Ts](a: T): ...", "generics", "[T, *Ts]"),
        ("class it[T: int]: ...", "generics", "[T: int]"),
        ("@one\n@two.three(4)\ndef it(): ...", "decorators", ["@one", "@two.three(4)"]),
        ("@one\nclass it: ...", "decorators", ["@one"]),
        ("@one\ndef other(): ...\ndef it(): ...", "decorators", None),
        ("class it: ...", "bases", None),
        ("class it(): ...", "bases", None),
        ("class it(a.B, C[int], make(), *rest, metaclass=M, frozen=True): ...", "bases",
            ["a.B", "C[int]", "make()", "*rest"]),
        ("class it(  # why\n    A,  # because\n    B,\n): ...", "bases", ["A", "B"]),
        ("def it():\n    'One. Two.'", "doc", "One."),
        ('def it():\n    """\n    Over\n    lines.\n\n    More.\n    """', "doc", "Over lines."),
        ('class it:\n    r"""No end"""', "doc", "No end"),
        ("def it():\n    # why\n    'Doc.'", "doc", "Doc."),
        ("def it():\n    x = 1\n    'Not one.'", "doc", None),
        ("def it():\n    f'Not {one}.'", "doc", None),
        ("def it():\n    a = 1\n    return a\n", "end_line", 3),
        ("@one\ndef it():\n    pass\n", "end_line", 3),
    ],
)  # fmt: skip
def test_facts(facts_of, source, field, value):
    assert facts_of(source).get(field) == value
