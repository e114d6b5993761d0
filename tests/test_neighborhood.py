"""`cq neighborhood`: who calls a definition, what it calls, and how sure that is."""

import json
from pathlib import Path

import jsonschema
import pytest

from cq.resources import data_folder

SHELF = '''\
"""Shelves."""
import os
from functools import wraps


def logged(function):
    @wraps(function)
    def inner(*args):
        return function(*args)
    return inner


class Item:
    def __init__(self, name):
        self.name = name

    @property
    def label(self):
        return self.name.upper()

    def price(self):
        return 1


class Book(Item):
    def price(self):
        return super().price() + tax(2)


def tax(amount, rate=0.2):
    # what the state gets
    return amount * rate


@logged
def total(items: list[Item]):
    """Add up.

    >>> tax(1)
    """

    return sum(item.price() for item in items)


def show(items):
    print(total(items), list(map(tax, items)))
    return os.path.join(Book("x").label)


def ping(n):
    return pong(n - 1)


def pong(n):
    return ping(n)


class Counter:
    start = tax(3)
'''
TESTS = """\
from shelf import Item, tax as levy


def test_tax():
    assert levy(1) == 0.2
    assert isinstance(levy, object)


def tax():
    return Item("a")
"""
LIB = """\
pub trait Shape {
    fn area(&self) -> f64;
    fn twice(&self) -> f64 { self.area() * 2.0 }
}

pub struct Square { side: f64 }

impl Square {
    pub fn new(side: f64) -> Self { Square { side } }
}

impl Shape for Square {
    fn area(&self) -> f64 { self.side * self.side }
}

pub fn report(square: &Square) -> String {
    format!("{}", square.area())
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn area_of_a_square() { assert_eq!(Square::new(2.0).area(), 4.0); }
}
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "shelf.py").write_text(SHELF)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_shelf.py").write_text(TESTS)
    (tmp_path / "src").mkdir()
    (tmp_path / "Cargo.toml").write_text('[package]\nname = "shapes"\nversion = "0.1.0"\nedition = "2021"\n')
    (tmp_path / "src" / "lib.rs").write_text(LIB)
    return tmp_path


@pytest.fixture
def around(cq, project):
    """The answer about a target, and its rows of one relation as (name, role of the first site, line)."""

    def ask(target, relation="", *options):
        done = cq("neighborhood", target, "--json", *options, cwd=project)
        answer = json.loads(done.stdout)
        schema = json.loads((Path(data_folder("contracts")) / "neighborhood.schema.json").read_text())
        jsonschema.validate(answer, schema)
        if not relation:
            return answer
        return [
            (row["symbol"]["qualified_name"], [(site["role"], site["line"]) for site in row.get("sites", ())])
            for row in answer["rows"]
            if row["relation"] == relation
        ]

    return ask


def line_of(text, source=SHELF):
    return source[: source.index(text)].count("\n") + 1


def test_callers_are_the_definitions_around_each_call(around):
    assert around("shelf.tax", "caller") == [
        ("shelf.Book.price", [("call", line_of("super()"))]),
        ("shelf.total", [("call", line_of(">>> tax"))]),
        ("shelf.show", [("passed", line_of("print(total")), ("call", line_of("print(total"))]),  # map calls it
        ("shelf", [("call", line_of("start = tax"))]),
        ("test_shelf.test_tax", [("call", 5), ("passed", 6)]),
    ]


def test_a_site_says_what_it_stands_in_how_it_is_reached_and_who_gets_the_function(around):
    rows = {row["symbol"]["name"]: row for row in around("shelf.tax")["rows"] if row["relation"] == "caller"}
    assert rows["total"]["sites"][0]["via"] == "doctest"
    assert rows["show"]["sites"][0]["passed_to"] == "map"
    assert rows["shelf"]["sites"][0]["container"] == "Counter"
    assert rows["test_tax"]["symbol"]["test"] is True
    assert rows["test_tax"]["sites"][0]["name"] == "levy"
    assert rows["price"]["confidence"] == "certain"


def test_callees_are_resolved_the_same_way(around):
    names = [name for name, _ in around("shelf.show", "callee")]
    assert names[:4] == ["builtins.print", "shelf.total", "builtins.list", "builtins.map"]
    assert ("shelf.Item.label", [("property", line_of('Book("x")'))]) in around("shelf.show", "callee")


def test_making_an_instance_calls_the_constructor_that_the_class_inherits(around):
    assert around("Item.__init__", "caller") == [
        ("shelf.show", [("instantiation", line_of('Book("x")'))]),
        ("test_shelf.tax", [("instantiation", 10)]),
    ]
    assert ("shelf.Item.__init__", [("instantiation", line_of('Book("x")'))]) in around("shelf.show", "callee")


def test_super_leads_to_the_base_and_overriding_methods_are_named(around):
    assert ("shelf.Book.price", [("call", line_of("super()"))]) in around("Item.price", "caller")
    assert around("Item.price", "override") == [("shelf.Book.price", [])]
    assert around("Book.price", "overridden") == [("shelf.Item.price", [])]


def test_a_call_of_the_base_may_be_one_of_the_override(around):
    answer = around("Book.price")
    (row,) = [row for row in answer["rows"] if row["relation"] == "caller" and row["symbol"]["name"] == "total"]
    assert (row["confidence"], row["reason"].split(",")[0]) == ("possible", "dispatch")
    assert not any(
        row["symbol"]["name"] == "total" for row in around("Book.price", "", "--confidence", "likely")["rows"]
    )


def test_bases_subclasses_and_members(around):
    assert around("shelf.Item", "subclass") == [("shelf.Book", [("base", line_of("class Book"))])]
    assert around("shelf.Book", "base") == [("shelf.Item", [])]
    assert [name for name, _ in around("shelf.Item", "member")] == [
        "shelf.Item.__init__",
        "shelf.Item.label",
        "shelf.Item.price",
    ]


def test_a_decorator_is_called_where_it_stands(around):
    assert around("logged", "caller") == [("shelf", [("decorator", line_of("@logged"))])]


def test_depth_follows_the_calls_and_marks_those_that_come_back(around):
    rows = [row for row in around("ping", "", "--depth", "5")["rows"] if row["relation"] == "caller"]
    assert [(row["symbol"]["name"], row.get("distance", 1), row.get("again", False)) for row in rows] == [
        ("pong", 1, False),
        ("ping", 2, True),
    ]


def test_importers_are_modules(around):
    assert around("shelf.tax", "importer") == [("test_shelf", [("import", 1)])]


def test_traits_and_macro_bodies(around):
    assert around("Shape::area", "override") == [("shapes::Square::area", [])]
    assert around("Square::area", "overridden") == [("shapes::Shape::area", [])]
    assert ("shapes::report", [("call", line_of("square.area()", LIB))]) in around("Square::area", "caller")
    rows = [row for row in around("Square::area")["rows"] if row["relation"] == "caller"]
    assert [row["symbol"]["test"] for row in rows if "test" in row["symbol"]] == [True]
    assert any(row["reason"].startswith("dispatch") and row["symbol"]["name"] == "twice" for row in rows)


@pytest.mark.parametrize(
    ("target", "name", "note"),
    [
        (f"shelf.py:{line_of('def tax')}", "shelf.tax", ""),
        (f"shelf.py:{line_of('def tax')}:5", "shelf.tax", ""),
        (f"shelf.py:{line_of('# what the state')}", "shelf.tax", "the definition around it"),
        (f"shelf.py:{line_of('    return sum') - 1}", "shelf.total", "the definition around it"),
        (f"shelf.py:{line_of('return pong')}", "shelf.pong", "is a call; this is what it refers to"),
        (f"shelf.py:{line_of('print(total')}:11", "shelf.total", "is a call"),
        ("shelf.py:4", "shelf", "the module"),
    ],
)
def test_a_place_stands_for_a_definition(around, target, name, note):
    (card,) = around(target)["targets"]
    assert card["symbol"]["qualified_name"] == name
    assert note in card.get("note", "")


def test_the_card_says_what_the_definition_says(around):
    (card,) = around("shelf.total")["targets"]
    assert card["facts"]["signature"] == "def total(items: list[Item])"
    assert card["facts"]["doc"] == "Add up."
    assert card["facts"]["decorators"] == ["@logged"]


HELD = """\
def target():
    pass


def runs(f):
    f()


def deco(g):
    def inner():
        return g()
    return inner


@deco
def decorated():
    pass


def main():
    runs(target)
    table = {"a": target}
    table["a"]()


class Session:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass


def use():
    with Session():
        pass
"""


@pytest.mark.parametrize(
    ("target", "relation", "other", "role"),
    [
        ("target", "caller", "held.runs", "call"),
        ("decorated", "caller", "held.deco.inner", "call"),
        ("main", "callee", "held.target", "call"),
        ("use", "callee", "held.Session.__enter__", "operator"),
        ("use", "callee", "held.Session.__exit__", "operator"),
        ("Session.__enter__", "caller", "held.use", "operator"),
    ],
)
def test_values_are_followed_to_what_is_called(cq, tmp_path, target, relation, other, role):
    (tmp_path / "held.py").write_text(HELD)
    done = cq("neighborhood", target, "--root", tmp_path, "--confidence", "likely", "--json", cwd=tmp_path)
    roles = {
        row["symbol"]["qualified_name"]: {site["role"] for site in row["sites"]}
        for row in json.loads(done.stdout)["rows"]
        if row["relation"] == relation
    }
    assert role in roles[other]


def test_an_ambiguous_name_lists_the_commands(cq, project):
    done = cq("neighborhood", "price", cwd=project)
    assert done.status == 2
    assert f"cq neighborhood shelf.py:{line_of('def price')}:9" in done.stderr
    assert "cq neighborhood price --all" in done.stderr
    both = cq("neighborhood", "price", "--all", "--json", cwd=project)
    assert both.status == 0
    assert [card["symbol"]["name"] for card in json.loads(both.stdout)["targets"]] == ["price", "price"]


def test_the_library_comes_before_tests(around):
    answer = around("tax")
    assert [card["symbol"]["qualified_name"] for card in answer["targets"]] == ["shelf.tax"]
    assert "--all" in answer["targets"][0]["note"]


def test_nothing_of_that_name(cq, project):
    done = cq("neighborhood", "totl", "--json", cwd=project)
    assert done.status == 1
    assert json.loads(done.stdout)["summary"] == {"rows": 0, "exit_status": 1}
    assert "did you mean total" in done.stderr


def test_text_is_a_tree_with_places(cq, project):
    text = cq("neighborhood", "shelf.tax", cwd=project).stdout
    assert text.startswith("shelf.tax  function\n  shelf.py:30, 3 lines\n  def tax(amount, rate=0.2)\n")
    assert f"  shelf.py:{line_of('super()')}:34  shelf.Book.price  call [certain: local]" in text
    assert "callers in tests (1, 2 places)" in text


def test_graphs(cq, project):
    mermaid = cq("neighborhood", "Book.price", "--format", "mermaid", cwd=project).stdout
    assert mermaid.startswith('flowchart LR\n  n0[["shelf.Book.price<br/>shelf.py:26"]]\n')
    dot = cq("neighborhood", "Book.price", "--format", "dot", cwd=project).stdout
    assert '"shelf.py:26:9" -> "shelf.py:30:5";' in dot


def test_lines_of_json(cq, project):
    lines = cq("neighborhood", "shelf.tax", "--format", "jsonl", cwd=project).stdout.splitlines()
    assert json.loads(lines[0])["relation"] == "caller"
    assert json.loads(lines[-1])["summary"]["call_sites"] == 7


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "neighborhood of what?"),
        (("missing.py:3",), "no such file"),
        (("shelf.py:999",), "has no line 999"),
        (("tax", "--only", "friends"), "no such relation"),
        (("binary.py:1",), "cannot read"),
        (("empty.py:1",), ""),
        (("notes.txt:1",), "names of notes.txt are not resolved"),
    ],
)
def test_bad_questions(cq, project, arguments, said):
    (project / "binary.py").write_bytes(b"\0\0")
    (project / "empty.py").write_bytes(b"")
    (project / "notes.txt").write_text("tax\n")
    done = cq("neighborhood", *arguments, cwd=project)
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.status == (2 if said else 0)


def test_a_file_outside_of_the_root(cq, project, tmp_path_factory):
    other = tmp_path_factory.mktemp("other") / "other.py"
    other.write_text("def f(): pass\n")
    done = cq("neighborhood", f"{other}:1", "--root", project, cwd=project)
    assert (done.status, "outside of" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    "source",
    [
        b"def tax(:\n    return other(\n",
        b"\xef\xbb\xbfdef tax():\r\n    return other()\r\n\r\ndef other():\r\n    pass\r\n",
        b"# \xe9\ndef tax():\n    return other()\ndef other(): pass\n",
        b"def tax():\n    x = " + b"(" * 100_000 + b"\n",
    ],
    ids=["broken", "crlf and bom", "not utf-8", "deep"],
)
def test_bad_files(cq, tmp_path, source):
    (tmp_path / "bad.py").write_bytes(source)
    done = cq("neighborhood", "bad.py:2", "--root", tmp_path, "--json", cwd=tmp_path)
    assert "Traceback" not in done.stderr
    assert done.status == 0
    assert json.loads(done.stdout)["targets"]


def test_many_overloads_of_one_name(cq, tmp_path):
    text = (
        "from typing import overload\n" + "@overload\ndef f(x: int) -> int: ...\n" * 1000 + "def f(x): return x\nf(1)\n"
    )
    (tmp_path / "many.py").write_text(text)
    done = cq("neighborhood", "f", "--root", tmp_path, "--json", cwd=tmp_path)
    assert done.status == 0
    assert {row["symbol"]["name"] for row in json.loads(done.stdout)["rows"] if row["relation"] == "caller"} == {"many"}


def test_what_uses_overloads_is_told_once(cq, tmp_path):
    (tmp_path / "m.py").write_text(
        "from typing import overload\n@overload\ndef g(x: int): ...\n@overload\ndef g(x: str): ...\n"
        "def g(x): ...\ndef f():\n    g(1)\n"
    )
    answer = json.loads(cq("neighborhood", "g", "--json", cwd=tmp_path).stdout)
    assert len(answer["targets"]) == 3
    callers = [(row["symbol"]["qualified_name"], row["of"]) for row in answer["rows"] if row["relation"] == "caller"]
    assert callers == [("m.f", answer["targets"][0]["symbol"]["id"])]


def test_a_way_by_names_alone_is_told_only_where_there_is_no_surer_one(cq, tmp_path):
    (tmp_path / "m.py").write_text(
        "class A:\n    def last(self): ...\n\n\nclass B:\n    def last(self): ...\n\n\n"
        "def first(x):\n    x.last()\n    second()\n\n\ndef second():\n    A().last()\n\n\n"
        "def guessed(x):\n    x.last()\n"
    )

    def ways(*arguments):
        answer = json.loads(cq("neighborhood", *arguments, "--json", cwd=tmp_path).stdout)
        return [[step["symbol"]["qualified_name"] for step in way] for way in answer["paths"]]

    assert [len(way) for way in ways("A.last", "--path-to", "first")] == [2]
    assert [len(way) for way in ways("A.last", "--path-to", "first", "--confidence", "possible")] == [1]
    assert [len(way) for way in ways("A.last", "--path-to", "guessed")] == [1]
