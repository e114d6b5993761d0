"""What `cq search` says of a Python definition: one table, source to facts."""

import json
import textwrap

import pytest

from cq.resources import data_folder
from cq.search.analysis import SearchAnalysis, SearchPlan
from cq.search.names import NameQuery
from fact_spans import check_spans, without_spans


@pytest.fixture(scope="module")
def facts_of():
    """The facts of the one definition of `it` in a source text, each span looked up in it."""
    plan = SearchPlan(
        query=NameQuery(names=("it",)), folders=(data_folder("queries"),), roles=frozenset({"definition"})
    )
    analysis = SearchAnalysis(plan)

    def facts(source):
        data = textwrap.dedent(source).encode()
        found = analysis.run("shelf.py", data)
        assert len(found.rows) == 1, found.rows
        facts = json.loads(found.rows[0][1])["facts"]
        check_spans(data, facts)
        return facts

    return facts


def named(name, **more):
    return {"name": name, **more}


@pytest.mark.parametrize(
    ("head", "parameters"),
    [
        ("def it(): ...", None),
        ("def it(a, b=1): ...", [named("a"), named("b", default="1")]),
        (
            "def it(self, a, /, b, *, c, d=1): ...",
            [
                named("self", kind="positional-only"),
                named("a", kind="positional-only"),
                named("b"),
                named("c", kind="keyword-only"),
                named("d", kind="keyword-only", default="1"),
            ],
        ),
        ("def it(*, c): ...", [named("c", kind="keyword-only")]),
        ("def it(a, /): ...", [named("a", kind="positional-only")]),
        ("def it(*args, **kw): ...", [named("args", kind="variadic"), named("kw", kind="keywords")]),
        (
            "def it(a: int, b: str = 'x', *c: T, d: list[int] = [], **e: 'U'): ...",
            [
                named("a", type="int"),
                named("b", type="str", default="'x'"),
                named("c", kind="variadic", type="T"),
                named("d", kind="keyword-only", type="list[int]", default="[]"),
                named("e", kind="keywords", type="'U'"),
            ],
        ),
        ("def it(a=lambda b, *c: b, *, d=(e := 1)): ...", [
            named("a", default="lambda b, *c: b"),
            named("d", kind="keyword-only", default="(e := 1)"),
        ]),
        ("def it(\n    a,  # first\n    b: int  # second\n): ...", [named("a"), named("b", type="int")]),
        ("def it(a): \n    def inner(b): ...\n", [named("a")]),
        ("async def it(self): ...", [named("self")]),
        ("class Shelf:\n    def it(self, size=3): ...", [named("self"), named("size", default="3")]),
        ("def outer(a):\n    def it(b): ...", [named("b")]),
        ("it = lambda: 1", None),
        (
            "it = lambda a, /, b, *c, d=2, **e: 1",
            [
                named("a", kind="positional-only"),
                named("b"),
                named("c", kind="variadic"),
                named("d", kind="keyword-only", default="2"),
                named("e", kind="keywords"),
            ],
        ),
        ("it = lambda *, a: 1", [named("a", kind="keyword-only")]),
    ],
)  # fmt: skip
def test_parameters(facts_of, head, parameters):
    assert without_spans(facts_of(head)).get("parameters") == parameters


def test_every_part_of_a_parameter_has_its_span(facts_of):
    (parameter,) = facts_of("def it(size: int = 3): ...")["parameters"]
    assert parameter["spans"] == {"name": [[7, 11]], "type": [[13, 16]], "default": [[19, 20]]}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def it[T, *Ts, **P](a: T): ...", [
            named("T", kind="type"), named("Ts", kind="variadic"), named("P", kind="keywords")]),
        ("class it[T: (int, str)]: ...", [named("T", kind="type", type="(int, str)")]),
        ("type it[T: int] = list[T]", [named("T", kind="type", type="int")]),
        ("def it(): ...", None),
    ],
)  # fmt: skip
def test_type_parameters(facts_of, source, expected):
    assert without_spans(facts_of(source)).get("type_parameters") == expected


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


BODY = """
def it(self):
    global shelf, book
    nonlocal place
    try:
        raise ValueError("x") from error
    except (KeyError, a.B,  # why
            list[int]) as e:
        raise
    except* OSError: raise e
    except: pass
    got = yield 1, 2
    yield from rest()
    yield
    await self.load(await other)
    [await each async for each in self]
    def inner():
        global hidden
        raise TypeError
        yield 3
        await nothing
    class Inner:
        raise NameError
    return lambda: (yield 4)
"""


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("raises", ['ValueError("x")', "raise", "e"]),
        ("catches", ["KeyError", "a.B", "list[int]", "OSError", "except"]),
        ("yields", ["yield 1, 2", "yield from rest()", "yield"]),
        ("awaits", ["self.load(await other)", "other", "each"]),
        ("globals", ["shelf", "book"]),
        ("nonlocals", ["place"]),
    ],
)
def test_a_body_is_told_of_without_those_in_it(facts_of, field, value):
    assert facts_of(BODY)[field] == value


def test_a_lambda_has_a_body(facts_of):
    facts = facts_of("it = lambda: (yield 1, (lambda: (yield 2)))")
    assert facts["yields"] == ["yield 1, (lambda: (yield 2))"]


def test_a_long_body_is_cut_at_a_hundred(facts_of):
    facts = facts_of("def it():\n" + "    raise E\n" * 101)
    assert len(facts["raises"]) == len(facts["spans"]["raises"]) == 100


def test_a_class_has_no_body_of_that_kind(facts_of):
    assert "raises" not in facts_of("class it:\n    def other(self):\n        raise E\n")


@pytest.mark.parametrize(
    ("source", "forms"),
    [
        ("it = lambda: 1", ["lambda"]),
        ("class A:\n    @property\n    def it(self): ...", ["property"]),
        ("class A:\n    @functools.cached_property\n    def it(self): ...", ["property"]),
        ("class A:\n    @other.setter\n    def it(self, value): ...", ["property"]),
        ("@overload\ndef it(a: int): ...", ["overload"]),
        ("@t.overload\ndef it(a: int): ...", ["overload"]),
        ("class A:\n    @staticmethod\n    def it(): ...", ["static-method"]),
        ("class A:\n    @classmethod\n    @abstractmethod\n    def it(cls): ...", ["class-method", "abstract"]),
        ("@dataclass\nclass it: ...", ["dataclass"]),
        ("@dataclasses.dataclass(frozen=True)\nclass it: ...", ["dataclass"]),
        ("class it(enum.Enum): ...", ["enum"]),
        ("class it(str, Enum): ...", ["enum"]),
        ("class it(Protocol[T]): ...", ["protocol"]),
        ("class it(TypedDict, total=False): ...", ["typed-dict"]),
        ("class it(typing.NamedTuple): ...", ["named-tuple"]),
        ("@dataclass\nclass A:\n    it: int = 3", ["dataclass-field"]),
        ("@dataclass\nclass A:\n    it = 3", None),
        ("class A(Enum):\n    it = 3", ["enum-member"]),
        ("class A(Protocol):\n    it: int", ["protocol-field"]),
        ("class A(TypedDict):\n    it: int", ["typed-dict-field"]),
        ("class A(NamedTuple):\n    it: int", ["named-tuple-field"]),
        ("class A(Enumeration):\n    it: int", None),
        ("it: Final = 1", ["constant"]),
        ("it: Final[int] = 1", ["constant"]),
        ("it: typing.TypeAlias = int", ["type-alias"]),
        ("type it = int", ["type-alias"]),
        ("it = 1", None),
    ],
)
def test_what_else_a_definition_is(facts_of, source, forms):
    assert facts_of(source).get("forms") == forms


@pytest.mark.parametrize(
    ("source", "field", "value"),
    [
        ("it = f(1,\n       2)", "value", "f(1, 2)"),
        ("it = f(  # why\n    1,  # because\n    '# no',\n)", "value", "f( 1, '# no', )"),
        ("@one(\n    # why\n    1)\ndef it(): ...", "decorators", ["@one( 1)"]),
        ("type it[T] = dict[T, int]", "value", "dict[T, int]"),
        ("type it[T] = dict[T, int]", "generics", "[T]"),
        ("class it(B, metaclass=abc.Meta): ...", "metaclass", "abc.Meta"),
        ("class it(B, metaclass=Meta, frozen=True, **more): ...", "keywords",
            ["metaclass=Meta", "frozen=True", "**more"]),
        ("class it(B): ...", "metaclass", None),
        ("class it:\n    a = 1\n    b: int\n    c: int = 2\n    def d(self): ...", "fields", ["a", "b", "c"]),
        ("@one(1, a='b')\nclass it: ...", "decorators", ["@one(1, a='b')"]),
    ],
)  # fmt: skip
def test_more_facts(facts_of, source, field, value):
    assert facts_of(source).get(field) == value


def test_constants_are_told_by_their_names():
    plan = SearchPlan(query=NameQuery(names=("LIMIT",)), folders=(data_folder("queries"),))
    found = SearchAnalysis(plan).run("shelf.py", b"LIMIT = 1\nclass A:\n    LIMIT: int = 2\n")
    assert [json.loads(row)["facts"]["forms"] for _, row in found.rows] == [["constant"], ["constant"]]


def test_facts_of_source_that_is_no_utf8():
    plan = SearchPlan(query=NameQuery(names=("it",)), folders=(data_folder("queries"),))
    data = b"def it(a='\xff', b=2):\n    '\xe9t\xe9. More.'\n    raise E('\xff')\n"
    (row,) = (json.loads(row) for _, row in SearchAnalysis(plan).run("shelf.py", data).rows)
    facts = row["facts"]
    assert [data[slice(*each["spans"]["default"][0])] for each in facts["parameters"]] == [b"'\xff'", b"2"]
    assert data[slice(*facts["spans"]["raises"][0])] == b"E('\xff')"


def test_a_body_of_a_hundred_thousand_brackets_has_facts():
    plan = SearchPlan(query=NameQuery(names=("it",)), folders=(data_folder("queries"),), detail="all")
    data = b"def it():\n    raise E\n    x = " + b"(" * 100_000 + b"it" + b")" * 100_000 + b"\n"
    rows = [json.loads(row) for _, row in SearchAnalysis(plan).run("shelf.py", data).rows]
    assert len(rows) == 2
    assert rows[0]["facts"]["signature"].startswith("def it()")
