"""`cq outline` as text: each definition at its own place and in words of its own."""

import json
import time

import pytest

from cq.grammar.language import load_language
from cq.grammar.parse import error_bytes, first_error, parse

CLASS = """\
class K {
public:
 void a() { b(); }
 void b() {}
 K(int x) : v(x) {}
 K();
 ~K() {}
private:
 int v;
};
"""
INTERFACE = "interface Shape { fun area(): Double }\n"
BROKEN = "interface Shape { fun area(): Double }\nfun g() { val a = 1 ) }\n"


def outlined(cq, folder, name, source):
    (folder / name).write_text(source)
    done = cq("outline", name, cwd=folder)
    assert done.status == 0 and not done.stderr
    return [" ".join(line.split()) for line in done.stdout.splitlines()[1:]]


def test_a_constructor_in_its_class_is_not_the_class(cq, tmp_path):
    lines = outlined(cq, tmp_path, "k.cpp", CLASS)
    assert lines == ["1 class K", "3 void a()", "4 void b()", "5 K(int x) : v(x)", "6 K()", "7 ~K()", "9 int v"]
    assert '"qualified_name":"K::b"' in cq("outline", "k.cpp", "--json", cwd=tmp_path).stdout
    done = cq("source", "k.cpp:5", cwd=tmp_path)
    assert done.stdout.splitlines()[0] == "k.cpp:5  constructor K::K"


@pytest.mark.parametrize(
    ("name", "source", "lines"),
    [
        ("a.cpp", "int x, y;\nstruct P { int p, q; };\n", ["1 int x, y", "2 struct P", "2 int p, q"]),
        ("a.cpp", "void f(int a);\nvoid f(int a);\n", ["1 void f(int a)", "2 void f(int a)"]),
        ("a.rb", "class A\n  attr_reader :name, :items\nend\n", ["1 class A", "2 attr_reader :name, :items"]),
        ("P.java", "record P(int x, int y) {}\n", ["1 record P(int x, int y)", "1 int x", "1 int y"]),
        ("P.cs", "record P(int X, int Y);\n", ["1 record P(int X, int Y)", "1 int X", "1 int Y"]),
        ("a.py", "def f(): pass\ndef f(): pass\n", ["1 def f()", "2 def f()"]),
    ],
)
def test_no_text_is_told_twice(cq, tmp_path, name, source, lines):
    assert outlined(cq, tmp_path, name, source) == lines


MACROS = """\
namespace shop {
SHOP_NAMESPACE_BEGIN
class SHOP_EXPORT Shelf {
 public:
  Shelf(int a, int b SHOP_UNUSED);
  SHOP_NODISCARD int size() const SHOP_LOCKS(mutex_);
};
enum Color {
  RED_ONE,
  BLUE_ONE
};
SHOP_TEMPLATE_DECLARATION
void take(Shelf a);
SHOP_NAMESPACE_END
}  // namespace shop
"""


@pytest.mark.parametrize("name", ["a.cpp", "a.h"])
def test_macros_of_cpp_that_are_no_syntax_hide_nothing(cq, tmp_path, name):
    lines = outlined(cq, tmp_path, name, MACROS)
    shown = [line.split(" ", 2)[1:] for line in lines]
    words = "namespace class Shelf(int int enum RED_ONE BLUE_ONE void"
    assert " ".join(each[0] for each in shown) == words, lines
    assert lines[0] == "1 namespace shop" and lines[1] == "3 class SHOP_EXPORT Shelf"


OPERATORS = """\
class C {
  operator bool() const;
  C& operator+=(int x);
  bool operator()(int a) { return a; }
};
C::operator int() const { return 1; }
C& C::operator=(C&& c) { return c; }
bool operator==(C a, C b) { return 1; }
"""


@pytest.mark.parametrize(
    ("name", "source", "names"),
    [
        ("a.cpp", "namespace a::b { void f(); }\n", "a::b a::b::f"),
        ("a.cpp", OPERATORS, "C C::bool C::operator+= C::operator() C::int C::operator= operator=="),
        ("A.cs", "class A { int this[int i] => 1; static A operator +(A a) => a; }\n", "A A.this A.+"),
        ("A.cs", "class A { static implicit operator int(A a) => 1; }\n", "A A.int"),
        ("a.rb", "class A\n  def +(o); end\n  def self.[](i); end\nend\n", "A A::+ A::[]"),
        ("a.rb", "class A\n  class << self\n    def make; end\n  end\nend\n", "A self A::make"),
        ("a.kt", "interface Shape { fun area(): Double }\n", "Shape Shape.area"),
        ("a.kt", "enum class E {\n  A;\n  fun f() = 1\n}\n", "E E.A E.f"),
        ("a.kt", "class A {\n  companion object {\n    fun make() = A()\n  }\n}\n", "A object A.make"),
    ],
)
def test_what_definitions_are_called(cq, tmp_path, name, source, names):
    (tmp_path / name).write_text(source)
    rows = json.loads(cq("outline", name, "--json", cwd=tmp_path).stdout)["rows"]
    found, waiting = [], rows[::-1]
    while waiting:
        row = waiting.pop()
        found.append(row["qualified_name"])
        waiting += row.get("children", ())[::-1]
    assert " ".join(found) == names


@pytest.mark.parametrize(
    ("name", "source", "scope"),
    [
        ("a.rb", "class A\n  class << self\n    def make; end\n  end\nend\n", "class << self"),
        ("a.kt", "class A {\n  companion object : B {\n    fun make() = A()\n  }\n}\n", "companion object"),
    ],
)
def test_a_scope_that_nothing_is_named_after_is_shown(cq, tmp_path, name, source, scope):
    assert outlined(cq, tmp_path, name, source)[1] == f"2 {scope}"
    [row] = json.loads(cq("search", "make", "--json", cwd=tmp_path).stdout)["rows"]
    assert row["scope"][-1] == scope


def test_every_name_of_a_text_is_counted_and_in_the_data(cq, tmp_path):
    (tmp_path / "a.cpp").write_text("int x, y;\n")
    data = cq("outline", "a.cpp", "--json", cwd=tmp_path).stdout
    assert '"definitions":2' in data and '"name":"x"' in data and '"name":"y"' in data


def test_the_line_that_opens_a_record_means_the_record(cq, tmp_path):
    (tmp_path / "P.java").write_text("record P(int x, int y) {\n  int sum() { return x; }\n}\n")
    heads = [cq("source", f"P.java:{line}", cwd=tmp_path).stdout.splitlines()[0] for line in (1, 2)]
    assert heads == ["P.java:1-3  record P", "P.java:2  method P.sum"]


def test_where_only_an_unseen_token_is_missing_nothing_is_told(cq, tmp_path):
    root = parse(load_language("tree_sitter_kotlin"), INTERFACE.encode()).root_node
    assert root.has_error and first_error(root) is None and error_bytes(root) == 0
    (tmp_path / "a.kt").write_text(INTERFACE)
    for command in (["outline", "a.kt"], ["source", "a.kt:1"], ["search", "area"]):
        said = cq(*command, cwd=tmp_path).stderr
        assert "error" not in said and "warning" not in said, command


def test_an_error_behind_an_unseen_token_is_told(cq, tmp_path):
    (tmp_path / "a.kt").write_text(BROKEN)
    assert cq("outline", "a.kt", cwd=tmp_path).stderr == "a.kt: warning: parsed with errors\n"
    assert "a.kt:2:1: warning: syntax error" in cq("source", "a.kt:1", cwd=tmp_path).stderr


def test_a_heading_with_an_id_is_told_once_and_what_is_typed_into_a_text_area_is_text(cq, tmp_path):
    page = '<h1 id="top">Top</h1>\n<textarea id="ta"><h2>no</h2><p id="none">x</p></textarea>\n<style>.a{}</style>\n'
    assert outlined(cq, tmp_path, "a.html", page) == ['1 <h1 id="top">Top</h1>', '2 <textarea id="ta">', "3 <style>"]
    rows = json.loads(cq("outline", "a.html", "--json", cwd=tmp_path).stdout)["rows"]
    assert [(row["kind"], row["name"]) for row in rows[:2]] == [("id", "top"), ("h1", "Top")]
    # What stands in a page's own style and templates is defined there.
    (tmp_path / "b.html").write_text('<script type="text/template"><p id="tpl"></p></script><style>.card{}</style>')
    for name in ("tpl", "card"):
        assert "1 definition +" in cq("search", name, "b.html", "--text", cwd=tmp_path).stderr


def test_an_empty_key_is_a_key(cq, tmp_path):
    assert outlined(cq, tmp_path, "a.json", '{"": {"b": 1}, "c": {"": 2}}') == ['1 ""', '1 "b": 1', '1 "c"', '1 "": 2']


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.css", "@media a{" * 5_000 + "b{c:d}" + "}" * 5_000), ("a.json", '{"a":' * 5_000 + "1" + "}" * 5_000)],
)
def test_nesting_costs_no_square(cq, tmp_path, name, text):
    (tmp_path / name).write_text(text)
    began = time.process_time()
    done = cq("outline", name, cwd=tmp_path) if name == "a.css" else cq("search", "a", name, "-c", cwd=tmp_path)
    assert done.status == 0 and done.stdout
    assert time.process_time() - began < 4  # it was over seven seconds, and is well under one
