"""The edges of the call graph, case by case: those that the callees show are those that the callers show."""

import json
import os
import textwrap
import time

import pytest

from cq.cli.settle import query_folders
from cq.index.file_tree import FileTree
from cq.index.selection import Selection
from cq.index.walk import list_files
from cq.lanes.table import lane_table
from cq.neighborhood.impact import impact_of
from cq.neighborhood.run import Neighborhood
from cq.neighborhood.target import named
from cq.settings import PARSE_LIMIT_BYTES
from cq.symbols.project import Project
from cq.symbols.resolvers import Resolvers

# Each with the edges that enter something of the module by a way that no name tells, or that syntax hides.
CASES = {
    "with": (
        """
        class C:
            def __enter__(self): ...
            def __exit__(self, *a): ...
        def f():
            with C() as c: pass
        """,
        "f>C.__enter__ f>C.__exit__",
    ),
    "for": (
        """
        class C:
            def __iter__(self): return self
            def __next__(self): ...
        def f():
            for x in C(): pass
        """,
        "f>C.__iter__ f>C.__next__",
    ),
    "for over items": (
        """
        class C:
            def __getitem__(self, n): ...
        def f():
            return [x for x in C()]
        """,
        "f>C.__getitem__",
    ),
    "operators": (
        """
        class C:
            def __add__(self, o): ...
            def __neg__(self): ...
            def __lt__(self, o): ...
        def f(c: C):
            return c + 1, -c, c < 2
        """,
        "f>C.__add__ f>C.__neg__ f>C.__lt__",
    ),
    "reflected": (
        """
        class C:
            def __radd__(self, o): ...
            def __gt__(self, o): ...
        def f(c: C):
            return 1 + c, 1 < c
        """,
        "f>C.__radd__ f>C.__gt__",
    ),
    "augmented": (
        """
        class C:
            def __iadd__(self, o): ...
            def __sub__(self, o): ...
        def f(c: C):
            c += 1
            c -= 1
        """,
        "f>C.__iadd__ f>C.__sub__",
    ),
    "items": (
        """
        class C:
            def __getitem__(self, k): ...
            def __setitem__(self, k, v): ...
            def __delitem__(self, k): ...
            def __contains__(self, k): ...
        def f(c: C):
            c[1] = c[2]
            del c[3]
            return 4 in c
        """,
        "f>C.__getitem__ f>C.__setitem__ f>C.__delitem__ f>C.__contains__",
    ),
    "built-in functions": (
        """
        class C:
            def __len__(self): ...
            def __str__(self): ...
            def __repr__(self): ...
        def f(c: C):
            return len(c), str(c), repr(c)
        """,
        "f>C.__len__ f>C.__str__ f>C.__repr__",
    ),
    "str of what has a repr": (
        """
        class C:
            def __repr__(self): ...
        def f(c: C):
            return str(c)
        """,
        "f>C.__repr__",
    ),
    "raise": (
        """
        class E(Exception):
            def __init__(self): ...
        def f():
            raise E
        """,
        "f>E.__init__",
    ),
    "returned": (
        """
        def g(): ...
        def h():
            return g
        def f():
            h()()
        """,
        "f>h f>g",
    ),
    "kept in a dictionary": (
        """
        def g(): ...
        D = {'a': g}
        def f():
            D['a']()
        """,
        "f>g",
    ),
    "passed": (
        """
        def g(): ...
        def h(call):
            call()
        def f():
            h(g)
        """,
        "f>h h>g",
    ),
    "passed by a variable": (
        """
        def g(): ...
        def h(call):
            call()
        def f():
            k = h
            k(g)
        """,
        "h>g f>h",
    ),
    "kept in an attribute": (
        """
        class C:
            def __init__(self):
                self.call = self.g
            def g(self): ...
            def f(self):
                self.call()
        """,
        "C.f>C.g",
    ),
    "an object that is called": (
        """
        class C:
            def __call__(self): ...
        def f():
            c = C()
            c()
        """,
        "f>C.__call__",
    ),
    "what all calls agree on": (
        """
        class C:
            def g(self): ...
        def f(c):
            c.g()
        f(C())
        """,
        "f>C.g",
    ),
    "a wrapper": (
        """
        def d(g):
            def w():
                g()
            return w
        @d
        def h(): ...
        def f():
            h()
        """,
        "d.w>h f>d.w f>h",
    ),
}


def around(folder, at_most="likely"):
    """The neighborhood of a folder's project."""
    table = lane_table(query_folders({}))
    return Neighborhood(
        Resolvers(Project(FileTree(str(folder)), list_files(Selection(root=str(folder))).files, table)), at_most
    )


def short(symbol):
    return symbol.qualified_name.removeprefix("m.")


@pytest.mark.parametrize("name", CASES)
def test_both_directions_show_the_edges(name, tmp_path):
    source, wanted = CASES[name]
    (tmp_path / "m.py").write_text(textwrap.dedent(source))
    there = around(tmp_path)
    for edge in wanted.split():
        caller, callee = (named(there.resolvers, f"m.{each}", False).targets[-1] for each in edge.split(">"))
        below = there.graph.calls_in(there.symbols.of(caller))
        assert callee.qualified_name in {row.symbol.qualified_name for row in below}, edge
        above = there.graph.calls_of(there.symbols.of(callee))
        assert caller.qualified_name in {row.symbol.qualified_name for row in above}, edge


def test_what_is_not_known_to_be_called_is_no_edge(tmp_path):
    (tmp_path / "m.py").write_text(
        "class C:\n def __len__(self): ...\n def __add__(self, o): ...\ndef f(c):\n return len(c), c + 1, len([1])\n"
    )
    there = around(tmp_path)
    (target,) = named(there.resolvers, "m.f", False).targets
    assert {short(row.symbol) for row in there.graph.calls_in(there.symbols.of(target))} == {"builtins.len"}


EXCEPTIONS = """\
from json import loads


class Broken(ValueError):
    pass


def load(text):
    if not text:
        raise Broken("x")
    try:
        raise KeyError
    except LookupError:
        pass
    try:
        return loads(text)
    except TypeError:
        raise


def own():
    try:
        load("")
    except Broken:
        pass


def base():
    try:
        load("")
    except (OSError, ValueError) as error:
        pass


def other():
    try:
        pass
    except KeyError:
        load("")
    else:
        load("")


def everything():
    try:
        def inner():
            load("")
        load(2)
    except:
        pass
"""


def test_what_is_raised_and_who_catches_it(tmp_path):
    (tmp_path / "m.py").write_text(EXCEPTIONS)
    there = around(tmp_path)
    (target,) = named(there.resolvers, "m.load", False).targets
    rows = list(there.rows(there.symbols.of(target), 1))
    raised = {(short(row.symbol), site.line) for row in rows if row.relation == "raises" for site in row.sites}
    assert raised == {("Broken", 10), ("builtins.TypeError", 17)}  # the KeyError does not leave it
    catchers = {
        (short(row.symbol), site.line, site.name) for row in rows if row.relation == "catcher" for site in row.sites
    }
    assert catchers == {("own", 24, "Broken"), ("base", 31, "ValueError"), ("everything", 49, "except")}
    imports = [(row.symbol.qualified_name, row.sites[0].line) for row in rows if row.relation == "import"]
    assert imports == [("json.loads", 1)]


def test_all_definitions_of_a_function_have_its_callers(tmp_path):
    (tmp_path / "m.py").write_text(
        "from typing import overload\n@overload\ndef g(x: int): ...\n@overload\ndef g(x: str): ...\n"
        "def g(x): ...\ndef f():\n    g(1)\n"
    )
    there = around(tmp_path)
    data = (tmp_path / "m.py").read_bytes()
    for place in (data.index(b"g(x: int"), data.index(b"g(x: str"), data.index(b"g(x):")):
        (answer,) = there.resolvers.definitions_at("m.py", place)
        assert {short(row.symbol) for row in there.graph.calls_of(there.symbols.of(answer.target))} == {"f"}


TESTS = """\
import unittest
import pytest
from lib import target


@pytest.fixture
def made():
    return target()


@pytest.fixture()
def further(made):
    return made


def test_by_fixture(further):
    assert further


def test_with_a_name_of_its_own(target): ...


class TestPlain:
    class TestInner:
        def test_deeper(self):
            target()


class Cases(unittest.TestCase):
    def test_unit(self):
        target()


class TestMadeByHand:
    def __init__(self): ...

    def test_not_found(self):
        target()


class Other:
    def test_not_looked_for(self):
        target()


def outer():
    def test_nested():
        target()
"""


def test_the_tests_to_run_are_those_that_the_runner_finds(tmp_path):
    (tmp_path / "lib.py").write_text("def target(): return 1\n")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_a.py").write_text(TESTS)
    (tmp_path / "tests/conftest.py").write_text(
        "import pytest\nfrom lib import target\n@pytest.fixture\ndef shared():\n    return target()\n"
    )
    (tmp_path / "tests/test_b.py").write_text("def test_shared(shared): ...\ndef test_other(made): ...\n")
    there = around(tmp_path)
    (target,) = named(there.resolvers, "lib.target", False).targets
    found = {each.test_id for each in impact_of(there, there.symbols.of(target))} - {""}
    assert found == {
        "tests/test_a.py::test_by_fixture",
        "tests/test_a.py::TestPlain::TestInner::test_deeper",
        "tests/test_a.py::Cases::test_unit",
        "tests/test_b.py::test_shared",
    }


def settle():
    """Let time pass: what was written just now is not kept, since it may change and look the same."""
    time.sleep(0.12)


@pytest.fixture
def kept(tmp_path):
    """A folder of which answers are kept."""
    (tmp_path / "m.py").write_text("def g(): ...\n\n\ndef f():\n    g()\n")
    (tmp_path / "other.py").write_text("import m\n")
    settle()
    return tmp_path


@pytest.mark.parametrize(
    "words", [("neighborhood", "m.g"), ("calls", "m.g"), ("neighborhood", "m.g", "--impact"), ("imports",)]
)
def test_a_known_answer_is_given_again_and_only_while_it_holds(cq, kept, words):
    def asked(*more):
        done = cq(*words, "--json", "--root", kept, *more, cwd=kept)
        assert done.status == 0, done.stderr
        answer = json.loads(done.stdout)
        return answer.pop("report").get("files_parsed", 0), answer

    parsed, first = asked()
    assert parsed
    assert asked() == (0, first)
    assert asked("--no-cache")[0]
    (kept / "other.py").write_text("import os, m\n\n\ndef h():\n    import late, m\n    m.g()\n")
    (kept / "late.py").write_text("")
    settle()
    parsed, changed = asked()
    assert parsed and "other.py" in json.dumps(changed["rows"]) and changed != first
    assert asked() == (0, changed)


def test_a_target_that_is_gone(cq, kept):
    assert cq("neighborhood", "m.g", "--root", kept, cwd=kept).status == 0
    assert cq("neighborhood", "m.py:1", "--root", kept, cwd=kept).status == 0
    (kept / "m.py").write_text("def f(): ...\n")
    done = cq("neighborhood", "m.g", "--root", kept, cwd=kept)
    assert (done.status, done.stdout) == (1, "")
    assert "nothing is defined as m.g" in done.stderr
    (kept / "m.py").unlink()
    done = cq("neighborhood", "m.py:1", "--root", kept, cwd=kept)
    assert (done.status, "no such file: m.py" in done.stderr) == (2, True)


def test_a_file_is_a_target(cq, kept):
    done = cq("neighborhood", "m.py", "--root", kept, "--json", cwd=kept)
    answer = json.loads(done.stdout)
    assert [card["symbol"]["kind"] for card in answer["targets"]] == ["module"]
    assert [row["symbol"]["path"] for row in answer["rows"] if row["relation"] == "importer"] == ["other.py"]
    # The command that a candidate comes with means the module, too.
    (kept / "m.py").write_text("def m(): ...\n")
    done = cq("neighborhood", "m", "--root", kept, "--json", cwd=kept)
    assert [each["command"] for each in json.loads(done.stdout)["candidates"]] == [
        "cq neighborhood m.py",
        "cq neighborhood m.py:1:5",
    ]


@pytest.mark.parametrize(
    ("target", "status", "said"),
    [
        ("README.md", 2, "names of README.md are not resolved"),
        ("binary.py", 2, "cannot read binary.py"),
        ("big.py", 2, "cannot read big.py"),
        ("m.py:0", 2, "m.py has no line 0"),
        ("m.py:99", 2, "m.py has no line 99"),
        ("src/nope.py", 2, "no such file: src/nope.py"),
        ("./", 2, "this is a folder: ./"),
        (" ", 2, "neighborhood of what?"),
        ("..", 1, "nothing is defined as .."),
        ("m.g()", 0, ""),
        ("empty.py", 0, ""),
    ],
)
def test_odd_targets(cq, kept, target, status, said):
    (kept / "README.md").write_text("hello\n")
    (kept / "binary.py").write_bytes(b"\0\1")
    (kept / "empty.py").write_bytes(b"")
    (kept / "big.py").write_bytes(b"x" * (PARSE_LIMIT_BYTES + 1))
    done = cq("neighborhood", target, "--root", kept, cwd=kept)
    assert (done.status, said in done.stderr) == (status, True), done.stderr
    assert bool(done.stdout) == (not status)


def test_no_test_to_run_is_said(cq, kept):
    # `pytest $(cq ...)` would run all of them.
    done = cq("neighborhood", "m.g", "--impact", "--tests", "--root", kept, cwd=kept)
    assert (done.status, done.stdout, done.stderr) == (1, "", "cq: no test is known to run m.g\n")


def test_a_name_from_outside_is_not_said_to_be_misspelt(cq, kept):
    (kept / "other.py").write_text("from multidict import CIMultiDict\n")
    done = cq("neighborhood", "CIMultiDict", "--root", kept, cwd=kept)
    assert done.status == 1
    assert "cq search CIMultiDict shows where the name stands" in done.stderr
    done = cq("neighborhood", "CIMultiDik", "--root", kept, cwd=kept)
    assert "did you mean CIMultiDict" in done.stderr


@pytest.mark.parametrize("arguments", [("neighborhood", "m.g"), ("calls", "m.g"), ("imports",)])
@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_a_file_whose_name_is_not_utf_8(cq, kept, arguments, form):
    (kept / os.fsdecode(b"n\xff.py")).write_text("from m import g\ng()\n")
    done = cq(*arguments, "--format", form, "--root", kept, cwd=kept)
    assert done.status == 0, done.stderr
    assert {json.loads(line)["schema"]["name"] for line in done.stdout.splitlines()[-1:]} == {f"cq.{arguments[0]}"}
    assert "n\N{REPLACEMENT CHARACTER}.py" in done.stdout


def test_graphs_of_impact_and_of_ways(cq, kept):
    done = cq("neighborhood", "m.g", "--impact", "--format", "mermaid", "--root", kept, cwd=kept)
    assert done.stdout == textwrap.dedent("""\
        flowchart LR
          n0[["m.g<br/>m.py:1"]]
          n1["m.f<br/>m.py:4"]
          n1 --> n0
        """)
    done = cq("neighborhood", "m.f", "--path-to", "m.g", "--format", "dot", "--root", kept, cwd=kept)
    assert '"m.py:4:5" -> "m.py:1:5";' in done.stdout
    assert 'fontname="sans-serif"' in done.stdout
