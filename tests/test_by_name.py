"""Languages without resolution: what is called the same may be meant, and answers say that it is only possible."""

import json
import time

import pytest

from cq.lanes.lanes import Lanes
from cq.lanes.table import lane_table
from cq.resources import data_folder

FILES = {
    "src/shelf.ts": """\
export interface Storage {
  add(title: string): void
}
export abstract class Base {
  open() {}
}
export class Shelf extends Base implements Storage {
  add(title: string) {
    this.check(title)
    clean(title)
  }
  private check(title: string) {
    return title
  }
}
export const clean = (title: string) => title
""",
    "src/use.ts": """\
import { clean, Shelf } from './shelf'
import type { Storage } from './shelf'

export function fill(storage: Storage, handler: () => void) {
  handler()
  storage.add(clean('x'))
  return new Shelf()
}
""",
    "src/own.ts": "export function other(clean: () => void) {\n  clean()\n}\n",
    "tools/handler.ts": "export const handler = () => 1\n",
    "src/shelf.test.ts": "import { clean } from './shelf'\n\nit('cleans', () => {\n  clean('a')\n})\n",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("by_name")
    (root / ".git").mkdir()
    for path, text in FILES.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text)
    return root


@pytest.mark.parametrize(
    ("target", "relation", "expected"),
    [
        ("clean", "caller", {"Shelf.add", "fill", "src/shelf.test"}),  # not `other`, which has its own
        ("Storage", "implementation", {"Shelf"}),
        ("Storage", "member", {"Storage.add"}),
        ("Base", "subclass", {"Shelf"}),
        ("Storage.add", "override", {"Shelf.add"}),
        ("Shelf", "base", {"Base"}),
        ("Shelf.check", "caller", {"Shelf.add"}),
        ("Shelf.add", "callee", {"Shelf.check", "clean"}),
        ("fill", "callee", {"clean", "Storage.add", "Shelf.add", "Shelf"}),  # the handler is its own parameter
        ("clean", "importer", {"src/use", "src/shelf.test"}),
        ("src/use.ts:5", "callee", {"clean", "Storage.add", "Shelf.add", "Shelf"}),  # the definition around the line
    ],
)
def test_what_is_around_a_definition(cq, project, target, relation, expected):
    done = cq("neighborhood", target, "--only", relation, "--json", cwd=project)
    answer = json.loads(done.stdout)
    assert {row["symbol"]["qualified_name"] for row in answer["rows"]} == expected
    assert {row["confidence"] for row in answer["rows"] if row.get("sites")} <= {"possible"}
    assert done.status == 0


def test_all_are_shown_where_none_is_sure(cq, project):
    (project / "src" / "many.ts").write_text(
        "import { clean } from './shelf'\n" + "".join(f"export function f{n}() {{ clean('') }}\n" for n in range(20))
    )
    try:
        text = cq("neighborhood", "clean", "--only", "caller", cwd=project).stdout
    finally:
        (project / "src" / "many.ts").unlink()
    assert "f19" in text and "possible, by the name only" in text and " more: --json" not in text


def test_sources_are_found_by_name(cq, project):
    done = cq("source", "Shelf.add", "--with", "callers", cwd=project)
    assert "this.check(title)" in done.stdout and "function fill" in done.stdout
    several = cq("source", "add", cwd=project)
    assert several.status == 2 and "src/shelf.ts:2:3" in several.stderr + several.stdout


def test_what_may_run_a_definition(cq, project):
    done = cq("neighborhood", "Shelf.check", "--impact", cwd=project)
    assert "Shelf.add" in done.stdout and "fill" in done.stdout


def test_a_search_does_not_guess(cq, project):
    rows = json.loads(cq("search", "clean", "--json", cwd=project).stdout)["rows"]
    assert rows and not any("target" in row or "confidence" in row for row in rows)


BARE = {
    "A.java": "class A {\n  void helper() {}\n  void f() { helper(); }\n}\n"
    "class B extends A { void g() { helper(); } }\n",
    "S.cs": "namespace N {\nclass Square {\n  public Square() {}\n  void Help() {}\n"
    "  void F() { Help(); new Square(); }\n}\n}\n",
    "K.kt": "class K {\n  fun b() {}\n  fun a() { b() }\n}\n",
    "c.h": "class C {\npublic:\n  void step();\n  void walk();\n};\n",
    "c.cpp": '#include "c.h"\nvoid C::walk() { step(); }\n'
    "namespace n {\nint z() { return 1; }\nint y() { return z(); }\n}\n",
    "s.rb": "class Store\n  def size(x = 1)\n  end\n  def f\n    size(2)\n    size\n  end\nend\n",
    "o.rb": "class Other\n  def g\n    size = 3\n    size\n  end\nend\n",
    "e.js": "class E {\n  ping() {}\n  f() { ping() }\n}\n",
}


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    root = tmp_path_factory.mktemp("bare")
    (root / ".git").mkdir()
    for path, text in BARE.items():
        (root / path).write_text(text)
    return root


@pytest.mark.parametrize(
    ("target", "callers"),
    [
        ("A.helper", {"A.f", "B.g"}),  # one of them inherits it
        ("Square.Help", {"N.Square.F"}),
        ("S.cs:2:7", {"N.Square.F"}),  # the type, and not its constructor
        ("K.b", {"K.a"}),
        ("n::z", {"n::y"}),
        ("Store.size", {"Store::f"}),  # not a variable that is called so
        ("E.ping", set()),  # this language wants `this.ping()`
    ],
)
def test_members_called_without_a_receiver(cq, bare, target, callers):
    rows = json.loads(cq("neighborhood", target, "--only", "caller", "--json", cwd=bare).stdout).get("rows", ())
    assert {row["symbol"]["qualified_name"] for row in rows} == callers
    assert {row["confidence"] for row in rows} <= {"possible"}


def test_sources_with_members_called_without_a_receiver(cq, bare):
    done = cq("source", "A.f", "--with", "callers,callees", cwd=bare)
    assert "void helper()  (possible)" in done.stdout


def test_calls_are_not_bound(cq, bare):
    done = cq("calls", "A.helper", cwd=bare)
    said = "calls are bound in Python and Rust only: cq neighborhood A.helper, cq search helper --role call"
    assert (done.status, done.stdout) == (2, "") and said in done.stderr
    again = cq("calls", "A.helper", "--json", cwd=bare)
    answer = json.loads(again.stdout)
    assert answer["exit_status"] == again.status == 2
    assert [(each["code"], each["message"]) for each in answer["diagnostics"]] == [("no-resolver", said)]


def test_imports_are_not_followed(cq, bare, project):
    done = cq("imports", cwd=bare)
    assert (done.status, done.stdout) == (2, "")
    assert "imports are followed in Python and Rust only, which leaves out 8 files" in done.stderr
    assert "no import in" not in done.stderr
    (project / "a.py").write_text("import b\n")
    (project / "b.py").write_text("")
    try:
        some = cq("imports", "--json", cwd=project)
        assert cq("imports", "--cycles", cwd=project).status == 1  # there is none where they are followed
    finally:
        (project / "a.py").unlink()
        (project / "b.py").unlink()
    assert some.status == 0
    assert [each.get("severity", "warning") for each in json.loads(some.stdout)["diagnostics"]] == ["warning"]


@pytest.mark.parametrize("text", ["", "\ufeffexport function f() {}\r\n", "class {", "(" * 10_000, "function g() { f("])
def test_broken_files(cq, project, text):
    (project / "src" / "odd.ts").write_text(text + " clean")
    try:
        done = cq("neighborhood", "clean", "--only", "caller,callee", cwd=project)
        assert done.status in (0, 2) and "Traceback" not in done.stderr
    finally:
        (project / "src" / "odd.ts").unlink()


@pytest.fixture(scope="module")
def lane():
    return Lanes(lane_table((data_folder("queries"),))).lane("typescript")


def test_more_levels_than_the_query_engine_counts(lane):
    data = b"function foo() {}\nconst x = " + b"{foo: " * 60_000 + b"1" + b"}" * 60_000
    root = lane.parse(data).root_node
    began = time.process_time()
    assert [data[slice(*name)] for name, _ in lane.definitions(data, root)] == [b"foo", b"x"]
    assert time.process_time() - began < 4  # the square takes several times that


def test_many_names_in_one_error(lane):
    data = b"foo(\n" * 50_000
    root = lane.parse(data).root_node
    began = time.process_time()
    verdicts = lane.classify(data, root, [(at, at + 3) for at in range(0, len(data), 5)])
    assert len(verdicts) == 50_000 and {verdict.role for verdict in verdicts} == {"unparsed"}
    assert time.process_time() - began < 4


HEADER = """\
namespace n {
class S {
 public:
  int g();
 private:
  static int f(int c);
};
inline int S::g() { return f(2); }
}
"""


def test_a_header_is_read_in_the_language_that_fits_it_and_used_from_both(cq, tmp_path):
    (tmp_path / "b.h").write_text(HEADER)
    (tmp_path / "u.cc").write_text('#include "b.h"\nint main() { n::S s; return s.g() + helper(3); }\n')
    (tmp_path / "c.c").write_text("int helper(int x) { return x; }\n")

    def callers(target):
        answer = json.loads(cq("neighborhood", target, "--only", "caller", "--json", cwd=tmp_path).stdout)
        return [(row["symbol"]["qualified_name"], len(row["sites"])) for row in answer["rows"]]

    assert callers("S::f") == [("n::S::g", 1)]
    assert callers("n::S::g") == [("main", 1)] and callers("helper") == [("main", 1)]
    assert cq("source", "S::g", "--all", cwd=tmp_path).stdout.count("method n::S::g") == 2
    # The map says of whom a member is once.
    told = cq("map", cwd=tmp_path).stdout
    assert "inline int S::g()" in told and "static int n::S::f(int c)" in told
