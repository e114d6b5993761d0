"""A question looks through the nearest files only where there are many, says so, and answers the same in any order."""

import pytest

from cq.lanes.definitions import definition_at, definitions_of
from cq.lanes.lanes import Lanes
from cq.lanes.table import lane_table
from cq.neighborhood.question import Question
from cq.neighborhood.run import Neighborhood
from cq.resources import data_folder
from cq.serve.reply import shared
from cq.store.fresh import Fresh
from cq.symbols.python.callsites import CallSites
from cq.symbols.python.fallback import _may_define
from cq.symbols.python.resolver import PythonResolver
from cq.symbols.resolvers import Resolvers
from resolved import project_of

FILES = {"pkg/a.py": "class Base: pass\ndef target(): pass\n"}
FILES |= {f"pkg/near{n}.py": f"from pkg.a import Base, target\ndef near{n}(): target()\n" for n in range(3)}
FILES |= {f"far/away{n}.py": f"from pkg.a import Base, target\nclass K{n}(Base): pass\ntarget()\n" for n in range(9)}
FILES["tests/test_a.py"] = "from pkg.a import target\ndef test_target(): target()\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return project_of(tmp_path_factory.mktemp("room"), FILES)


def _around(around, target):
    around.sources.begin()
    question = Question(around, target, None, "", False)
    found = question.around(question.groups(), 1, frozenset())
    return [(row.relation, row.symbol.id) for row in found.rows], around.sources.left


def test_the_nearest_files_are_looked_through_and_the_others_are_told(project):
    rows, left = _around(Neighborhood(Resolvers(project), room_bytes=240), "target")
    callers = [name for relation, name in rows if relation == "caller"]
    assert [name.split(":")[0] for name in callers] == [f"pkg/near{n}.py" for n in range(3)]
    assert left[-1] == "tests/test_a.py" and all(path.startswith("far/") for path in left[:-1])
    everything, none_left = _around(Neighborhood(Resolvers(project)), "target")
    assert len([row for row in everything if row[0] == "caller"]) == 13 and not none_left


def test_what_is_left_does_not_depend_on_what_was_asked_before(project):
    alone = {name: _around(Neighborhood(Resolvers(project), room_bytes=300), name) for name in ("target", "Base")}
    assert alone["Base"][1]
    for order in (("target", "Base", "target", "Base"), ("Base", "Base", "target")):
        around = Neighborhood(Resolvers(project), room_bytes=300)
        for name in order:
            assert _around(around, name) == alone[name]


def test_one_definition_is_what_it_is_among_all():
    lane = Lanes(lane_table((data_folder("queries"),))).lane("python")
    data = b"class A:\n    x: int = 1\n    @property\n    def f(self, y): z = y\n\ndef g(): return 1\n" * 3
    tree = lane.parse(data)
    every = list(definitions_of(lane, data, tree.root_node))
    assert len(every) >= 12
    assert [definition_at(lane, data, tree.root_node, each.name_span) for each in every] == every
    assert definition_at(lane, data, tree.root_node, (data.index(b"return"), data.index(b"return") + 6)) is None


def test_calls_by_a_name_are_those_among_all_calls(tmp_path):
    text = """
        import m
        @m.f
        def g(): return (m.f)(f(1)(2), m[f].f(3))
        f(f(f(1)))
        ff(f)
        x = f
        """
    resolver = PythonResolver(project_of(tmp_path, {"m.py": text}))
    sites: CallSites = resolver._sites
    few = sites._of_name("m.py", "f")
    assert few == sites._by_name("m.py")["f"] and len(few) >= 6


@pytest.mark.parametrize(
    "text",
    [
        *("class C:\n  n = 1", "class C:\n  a, n = 1, 2", "class C:\n  n: int", "class n: pass", "def n(): pass"),
        *("self.n = 1", "self.n: int = 1", "self.n, b = 1, 2", "class C:\n  a,\n  n = 1, 2", "class C:\n  n, a = x"),
    ],
)
def test_what_may_define_a_member_is_seen(text):
    assert b"n" in _may_define(text.encode())


def test_no_line_takes_the_square_of_its_length_to_look_for_members():
    for text in (b".a," * 100_000, b"   " + b"word " * 100_000, b"    word,\n" * 50_000):
        _may_define(text)


def test_what_the_names_of_all_leave_is_for_more_whole_rows():
    rows = [f"row {number}" for number in range(20)]

    def lines(count):
        return [f"{row} " + "all about it " * 4 for row in rows[:count]]

    for room in (60, 200, 400, 600, 5000):
        page = shared(rows, lines, lambda rest: rest, room)
        assert page.whole <= page.shown <= len(rows) and len(page.brief) == page.shown - page.whole
    assert shared(rows, lines, lambda rest: rest, 5000).whole == 20
    some = shared(rows, lines, lambda rest: rest, 400)
    assert some.shown == 20 and some.whole > shared(rows, lines, lambda rest: ["long " * 90] * len(rest), 400).whole


def test_a_look_that_was_just_taken_is_not_taken_again(tmp_path, monkeypatch):
    (tmp_path / "a.py").write_text("x = 1\n")
    seen = Fresh(str(tmp_path), None)
    known = seen.snapshot
    monkeypatch.setattr(Fresh, "_changed", lambda self: pytest.fail("looked again"))
    assert Fresh(str(tmp_path), known, seen).to_read == [0]
