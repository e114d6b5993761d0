"""An answer depends on the project and the question, and on nothing that was asked before."""

import random
import re

from cq.symbols.python.resolver import PythonResolver
from resolved import project_of

FILES = {
    "m.py": """
        import sys
        if sys.argv == "one":
            def raw(): return 1
        elif sys.argv == "two":
            def raw(): return ""
        else:
            def raw(): return []
        def cast(self, value):
            if self.one:
                def convert(value): return self.kind(value)
            elif self.many:
                def convert(value): return tuple(self.kind(x) for x in value)
            else:
                def convert(value):
                    if value:
                        class Kind(Base): pass
                    return Kind(value)
            if value: raw().append(value)
            return convert(value) or [convert(x) for x in value]
        class Base:
            def kind(self, given): return given.name
        class Low(Base):
            def kind(self, given): return super().kind(given)
        def feed(given): return given.kind(given), given.__class__
        feed(Base()), feed(Low()), feed(1), feed("")
        """,
}


def _asked(project, places, resolver):
    return {at: (resolver or PythonResolver(project)).definitions_at("m.py", at) for at in places}


def test_answers_are_the_same_in_any_order_and_alone(tmp_path):
    project = project_of(tmp_path, FILES)
    places = [found.start() for found in re.finditer(rb"\b[A-Za-z_]\w*", project.read("m.py"))]
    forward = _asked(project, places, PythonResolver(project))
    assert sum(bool(rows) for rows in forward.values()) > 50
    assert _asked(project, places[::-1], PythonResolver(project)) == forward
    for seed in range(5):
        shuffled = random.Random(seed).sample(places, len(places))
        assert _asked(project, shuffled, PythonResolver(project)) == forward
    assert _asked(project, places, None) == forward


def test_every_branch_of_a_condition_is_meant_from_wherever_it_is_named(tmp_path):
    project = project_of(tmp_path, FILES)
    data = project.read("m.py")
    for name, count in ((b"convert", 3), (b"raw", 3)):
        defined = [found.start(1) for found in re.finditer(rb"def (%s)\b" % name, data)]
        named = [found.start() for found in re.finditer(rb"\b%s\b" % name, data) if found.start() not in defined]
        assert len(defined) == count
        for at in named:
            assert [row.target.start_byte for row in PythonResolver(project).definitions_at("m.py", at)] == defined


def test_a_branch_that_runs_comes_first_and_others_are_possible(tmp_path):
    text = """
        import sys
        if sys.platform == "win32":
            def raw(): return 1
        else:
            def raw(): return ""
        raw()
        """
    project = project_of(tmp_path, {"m.py": text})
    data = project.read("m.py")
    first, second, used = (found.start() for found in re.finditer(rb"\braw\b", data))
    rows = PythonResolver(project).definitions_at("m.py", used)
    assert [(row.target.start_byte, row.confidence) for row in rows] == [(second, "certain"), (first, "possible")]
    for at in (first, second):
        assert [row.target.start_byte for row in PythonResolver(project).definitions_at("m.py", at)] == [at]


def test_what_is_defined_anew_in_a_row_is_its_last_definition(tmp_path):
    text = """
        def helper(): return 1
        def helper(): return 2
        helper()
        class C:
            def step(self): return 1
            def step(self): return 2
            def go(self): return self.step(), helper()
        """
    project = project_of(tmp_path, {"m.py": text, "other.py": "from m import helper\nhelper()\n"})
    data, other = project.read("m.py"), project.read("other.py")
    resolver = PythonResolver(project)
    for name in (b"helper", b"step"):
        first, last = (found.start(1) for found in re.finditer(rb"def (%s)\b" % name, data))
        places = [("m.py", found.start()) for found in re.finditer(rb"\b%s\b" % name, data)]
        places += [("other.py", found.start()) for found in re.finditer(rb"\b%s\b" % name, other)]
        for path, at in places:
            meant = [row.target.start_byte for row in resolver.definitions_at(path, at)]
            assert meant == [first if (path, at) == ("m.py", first) else last]


def test_what_adds_to_a_definition_does_not_hide_it(tmp_path):
    text = """
        from functools import singledispatch
        class C:
            @property
            def size(self): return 1
            @size.setter
            def size(self, value): ...
        @singledispatch
        def show(x): ...
        @show.register(int)
        def show(x): ...
        C().size, show(1)
        """
    project = project_of(tmp_path, {"m.py": text})
    data = project.read("m.py")
    (row,) = PythonResolver(project).definitions_at("m.py", data.rindex(b"size"))
    assert row.target.start_byte == data.index(b"size(self)")


def test_what_is_sure_is_the_same_without_guesses(tmp_path):
    project = project_of(tmp_path, FILES)
    places = [found.start() for found in re.finditer(rb"\b[A-Za-z_]\w*", project.read("m.py"))]
    guessing, plain = PythonResolver(project), PythonResolver(project)
    plain.guess(False)
    with_guesses, without = _asked(project, places, guessing), _asked(project, places, plain)

    def sure(rows):
        return [row for row in rows if row.confidence != "possible"]

    assert {at: sure(rows) for at, rows in with_guesses.items()} == {at: sure(rows) for at, rows in without.items()}
    assert with_guesses != without
    plain.guess(True)
    assert _asked(project, places, plain) == with_guesses
