"""What `cq search --json --facts` says of a name that is used: what encloses it, what is imported, its scopes."""

import json
import time

import pytest

from cq.resources import data_folder
from cq.search.analysis import SearchAnalysis, SearchPlan
from cq.search.names import NameQuery
from fact_spans import check_spans, without_spans


def rows_of(path, source, without=()):
    """The rows of `it`, each span of their facts looked up in the source."""
    analysis = SearchAnalysis(
        SearchPlan(query=NameQuery(names=("it",)), folders=(data_folder("queries"),), detail="all")
    )
    data = source.encode()
    rows = [json.loads(row) for _, row in analysis.run(path, data).rows]
    for row in rows:
        check_spans(data, row.get("facts", {}), without)
    return rows


def said_of(path, source):
    """The facts of the one row of `it`."""
    (row,) = rows_of(path, source)
    return without_spans(row["facts"])


PYTHON_IMPORTS = [
    ("import it", {"module": "it"}),
    ("import a.it.b", {"module": "a.it.b"}),
    ("import a.it as b", {"module": "a.it", "alias": "b"}),
    ("import a as it", {"module": "a", "alias": "it"}),
    ("from a.b import it", {"module": "a.b", "name": "it"}),
    ("from a import b as it, c", {"module": "a", "name": "b", "alias": "it"}),
    ("from a import (b,\n  it as c)", {"module": "a", "name": "it", "alias": "c"}),
    ("from it import a, b as c", {"module": "it", "names": ["a", "b as c"]}),
    ("from it import *", {"module": "it", "star": True}),
    ("from . import it", {"name": "it", "level": 1}),
    ("from ...a.b import it", {"module": "a.b", "name": "it", "level": 3}),
    ("from .it import a", {"module": "it", "names": ["a"], "level": 1}),
    ("from __future__ import it", {"module": "__future__", "name": "it"}),
    ("if TYPE_CHECKING:\n    import it", {"module": "it", "conditional": "TYPE_CHECKING"}),
    ("if t.TYPE_CHECKING:\n    from a import it", {"module": "a", "name": "it", "conditional": "t.TYPE_CHECKING"}),
    ("if a:\n    pass\nelse:\n    import it", {"module": "it", "conditional": "else"}),
    ("if a:\n    pass\nelif b > 1:\n    import it", {"module": "it", "conditional": "b > 1"}),
    ("try:\n    import it\nexcept ImportError:\n    pass", {"module": "it", "conditional": "try"}),
    ("try:\n    pass\nexcept ImportError as e:\n    import it", {"module": "it", "conditional": "except"}),
    ("def f():\n    import it", {"module": "it"}),
]

RUST_IMPORTS = [
    ("use it;", {"module": "it"}),
    ("use a::b::it;", {"module": "a::b", "name": "it"}),
    ("use a::it::b;", {"module": "a::it", "name": "b"}),
    ("use a::b as it;", {"module": "a", "name": "b", "alias": "it"}),
    ("use ::it as b;", {"name": "it", "alias": "b"}),
    ("use it::*;", {"module": "it", "star": True}),
    ("use a::{b::{it, c}, d};", {"module": "a::b", "name": "it"}),
    ("use a::{b::{c as it}};", {"module": "a::b", "name": "c", "alias": "it"}),
    ("use a::{b::c::it as d};", {"module": "a::b::c", "name": "it", "alias": "d"}),
    ("use a::{it::{self, c}, d};", {"module": "a::it"}),
    ("use a::{b, it::*};", {"module": "a::it", "star": True}),
    ("use crate::{super::it};", {"module": "crate::super", "name": "it"}),
    ("pub use a::it;", {"module": "a", "name": "it", "reexport": "pub"}),
    ("pub(crate) use a::{it};", {"module": "a", "name": "it", "reexport": "pub(crate)"}),
    ("extern crate it as b;", {"module": "it", "alias": "b"}),
    ("pub extern crate it;", {"module": "it", "reexport": "pub"}),
    ("cfg_rt! { pub use a::{it, b}; }", {"module": "a", "name": "it", "reexport": "pub"}),
]


@pytest.mark.parametrize(("source", "expected"), PYTHON_IMPORTS, ids=[source for source, _ in PYTHON_IMPORTS])
def test_what_python_imports(source, expected):
    assert said_of("a.py", source)["imported"] == expected


@pytest.mark.parametrize(("source", "expected"), RUST_IMPORTS, ids=[source for source, _ in RUST_IMPORTS])
def test_what_rust_imports(source, expected):
    assert said_of("a.rs", source)["imported"] == expected


PYTHON = [
    ("it()", "call", {"target": "it"}),
    ("a.b.it(1, *c, k=2)", "call", {
        "target": "a.b.it", "receiver": "a.b", "arguments": ["1", "*c", "k=2"], "argument_count": 3}),
    ("f(1)(it)", "call", {"target": "f(1)", "arguments": ["it"], "argument_count": 1}),
    ("it(a for a in b)", "call", {"target": "it", "arguments": ["(a for a in b)"], "argument_count": 1}),
    ("it(a,  # why\n   b)", "call", {"target": "it", "arguments": ["a", "b"], "argument_count": 2}),
    ("@it.route('/')\ndef f(): ...", "call", {
        "target": "it.route", "receiver": "it", "arguments": ["'/'"], "argument_count": 1}),
    ("def f():\n    g(lambda: it)", "call", {"target": "g", "arguments": ["lambda: it"], "argument_count": 1}),
    ("def f(a=it):\n    g()", "call", None),
    ("a.it.b", "attribute", {"object": "a", "name": "it"}),
    ("f().it", "attribute", {"object": "f()", "name": "it"}),
    ("it.a", "attribute", {"object": "it", "name": "a"}),
    ("def f():\n    it = g()", "assignment", {"target": "it", "value": "g()"}),
    ("def f():\n    a.it: int = 1", "assignment", {"target": "a.it", "type": "int", "value": "1"}),
    ("it += 2", "assignment", {"target": "it", "operator": "+=", "value": "2"}),
    ("def f():\n    if (it := 1): ...", "assignment", {"target": "it", "value": "1"}),
    ("def f():\n    a = b + it", "assignment", {"target": "a", "value": "b + it"}),
    ("if it:\n    a = 1", "assignment", None),
]  # fmt: skip

RUST = [
    ("fn f() { it(); }", "call", {"target": "it"}),
    ("fn f() { a.b.it::<T>(1, g(2)); }", "call", {
        "target": "a.b.it::<T>", "receiver": "a.b", "arguments": ["1", "g(2)"], "argument_count": 2}),
    ("fn f() { std::mem::it(a); }", "call", {"target": "std::mem::it", "arguments": ["a"], "argument_count": 1}),
    ("fn f() { it![1, (2, 3)]; }", "call", {"target": "it", "arguments": ["1", "(2, 3)"], "argument_count": 2}),
    ("fn f() { a.it }", "attribute", {"object": "a", "name": "it"}),
    ("fn f() { let it: u8 = g(); }", "assignment", {"target": "it", "type": "u8", "value": "g()"}),
    ("fn f() { it = 1; }", "assignment", {"target": "it", "value": "1"}),
    ("fn f() { it <<= 1; }", "assignment", {"target": "it", "operator": "<<=", "value": "1"}),
    ("impl<T> it for B<T> {}", "implements", {"trait": "it", "type": "B<T>", "generics": "<T>"}),
    ("impl it { fn f() {} }", "implements", {"type": "it"}),
    ("m! { fn f() { it(1); } }", "call", {"target": "it", "arguments": ["1"], "argument_count": 1}),
    ("fn f() { let a = || { it }; }", "assignment", None),
]  # fmt: skip


@pytest.mark.parametrize(("source", "field", "expected"), PYTHON, ids=[source for source, _, _ in PYTHON])
def test_what_encloses_a_name_in_python(source, field, expected):
    assert said_of("a.py", source).get(field) == expected


@pytest.mark.parametrize(("source", "field", "expected"), RUST, ids=[source for source, _, _ in RUST])
def test_what_encloses_a_name_in_rust(source, field, expected):
    assert said_of("a.rs", source).get(field) == expected


def test_long_arguments_are_cut_and_counted():
    said = said_of("a.py", f"it({'a' * 200}, {', '.join(['1'] * 150)})")["call"]
    assert len(said["arguments"]) == 100
    assert said["arguments"][0] == "a" * 99 + "…"
    assert said["argument_count"] == 151


@pytest.mark.parametrize(
    "source",
    [
        "__all__ = ['it', \"b\"]",
        "__all__ = ('it', 'b')",
        "__all__ = ['it', 'b'] + a.__all__",
        "__all__ += ['it', 'b']",
        "__all__.extend(['it', 'b'])",
    ],
)
def test_exported_names(source):
    analysis = SearchAnalysis(
        SearchPlan(query=NameQuery(names=("__all__",)), folders=(data_folder("queries"),), detail="all")
    )
    data = source.encode()
    facts = next(json.loads(row)["facts"] for _, row in analysis.run("a.py", data).rows)
    assert facts["exports"] == ["it", "b"]
    check_spans(data, facts)


PYTHON_SCOPES = """class A:
    def f(self):
        return [lambda b: it for c in d]
"""
RUST_SCOPES = "mod a { impl B for C<D> { fn f() { m! { struct E { g: it } } } } }"


def test_scopes_go_from_the_name_up_to_the_module():
    (row,) = rows_of("a.py", PYTHON_SCOPES)
    scopes = [(scope["kind"], scope.get("label", "")) for scope in row["facts"]["scopes"]]
    assert scopes == [
        ("lambda", "lambda"),
        ("comprehension", "comprehension"),
        ("function", "def f"),
        ("class", "class A"),
        ("module", ""),
    ]
    begins = [PYTHON_SCOPES[scope["start_byte"] :].split()[0] for scope in row["facts"]["scopes"]]
    assert begins == ["lambda", "[lambda", "def", "class", "class"]
    # A scope without a name is no part of the qualified one.
    assert (row["container"], row["scope"]) == ("A.f", ["class A", "def f"])


def test_scopes_of_rust():
    (row,) = rows_of("a.rs", RUST_SCOPES)
    scopes = [(scope["kind"], scope.get("name", "")) for scope in row["facts"]["scopes"]]
    assert scopes == [
        ("struct", "E"),
        ("macro", "m"),
        ("function", "f"),
        ("impl", "C"),
        ("module", "a"),
        ("module", ""),
    ]
    struct, *_ = row["facts"]["scopes"]
    assert RUST_SCOPES[struct["start_byte"] : struct["end_byte"]] == "struct E { g: it }"


def test_a_definition_does_not_stand_in_itself():
    (row,) = rows_of("a.py", "class A:\n    def it(self): ...\n")
    assert [scope["kind"] for scope in row["facts"]["scopes"]] == ["class", "module"]


def test_uses_have_facts_only_for_those_who_ask(cq, tmp_path):
    (tmp_path / "a.py").write_text("import it\nit(1)\n")
    plain = json.loads(cq("search", "it", "--root", tmp_path, "--json").stdout)["rows"]
    asked = json.loads(cq("search", "it", "--root", tmp_path, "--json", "--facts").stdout)["rows"]
    none = json.loads(cq("search", "it", "--root", tmp_path, "--json", "--no-facts").stdout)["rows"]
    assert [sorted(row.get("facts", ())) for row in plain] == [["imported"], []]
    assert [sorted(row.get("facts", ())) for row in asked] == [["imported", "scopes"], ["call", "scopes"]]
    assert [row for row in none if "facts" in row] == []


def test_a_text_is_the_same_with_and_without_all_facts(cq, tmp_path):
    (tmp_path / "a.py").write_text("@one\ndef it(a,\n       b):\n    'Doc.'\n\nx = it(1)\n")
    # The first line says how long it took.
    heading = cq("search", "it", "--root", tmp_path, "--heading").stdout.partition("\n")[2]
    assert heading == cq("search", "it", "--root", tmp_path, "--heading", "--facts").stdout.partition("\n")[2]
    assert "def it(a, b)" in heading and "@one" in heading and "Doc." in heading


@pytest.mark.parametrize("source", ["", "it", "import", "from . import", "it(", "use", "it = ", "class it(", "@it"])
@pytest.mark.parametrize("path", ["a.py", "a.rs"])
def test_broken_source_has_facts_or_none(path, source):
    rows_of(path, source)
    # What stands in an error is left out of a signature, so that its span has more.
    rows_of(path, f"\ufeff{source}\r\n\0it", without=("signature",))


def test_a_name_in_a_hundred_thousand_brackets():
    rows = rows_of("a.py", "f(" * 100_000 + "it" + ")" * 100_000)
    assert len(rows) == 1
    assert rows[0]["facts"]["call"]["target"] == "f"


def test_what_is_around_names_within_each_other_costs_no_square():
    count = 4_000
    began = time.process_time()
    rows = rows_of("deep.py", "r = " + "[it, " * count + "1" + "]" * count)
    assert time.process_time() - began < 4  # each step up from each name would take several times that
    assert [row["role"] for row in rows] == ["reference"] * count
