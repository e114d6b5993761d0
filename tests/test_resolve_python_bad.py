"""Broken, strange and hostile source: an answer where there is one, never a crash or an endless search."""

import re
import time

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cq.symbols.python.indexed import IndexedModule
from cq.symbols.python.resolver import PythonResolver
from cq.symbols.python.summarize import PythonSummarizer
from cq.symbols.python.summary import ModuleSummary
from resolved import check, project_of

CYCLES = {
    "imports": {
        "a.py": "from b import x\nfrom c import y\nx\n#< none\ny\n#< c.y certain",
        "b.py": "from a import x",
        "c.py": "import a\ny = a.y\n#     ^ c.y certain",
    },
    "star imports": {
        "a.py": "from b import *\nhere = 1\nthere\n#< b.there certain\nnowhere\n#< none",
        "b.py": "from a import *\nthere = 1\nhere\n#< a.here certain",
    },
    "exports": {
        "a.py": "import b\n__all__ = b.__all__\nfrom b import *",
        "b.py": "import a\n__all__ = a.__all__ + ['x']\nfrom a import *\nx = 1\nx\n#< b.x certain",
    },
    "inheritance": {
        "m.py": """
            class A(B):
                def m(self):
                    self.n, self.gone
                    #    ^ m.B.n certain inherited
                    #            ^ none
            class B(A):
                def n(self): ...
            class C(C): ...
            class X: ...
            class Y(X): ...
            class Z(X, Y):
                def m(self):
                    self.m
                    #    ^ m.Z.m certain self
            """
    },
    "values": {
        "m.py": """
            x = x.a
            y = z; z = y
            def f(g): return f(f)
            f = f(f)
            class A:
                a = a.a
                def m(self):
                    self.s = self.s.m
                    return self.m().m
                    #           ^ m.A.m certain
            def d(f): return d(f)
            @d
            def e(): return e().e
            e().e.e, [y for y in y], x.a.b.c.d
            t = {"k": t["k"]}
            t["k"].zz
            """
    },
}


@pytest.mark.parametrize("name", CYCLES)
def test_cycles_end(name, tmp_path):
    check(tmp_path, CYCLES[name])
    project = project_of(tmp_path, CYCLES[name])
    resolver = PythonResolver(project)
    for path in CYCLES[name]:
        for match in re.finditer(rb"\w+", project.read(path)):
            resolver.definitions_at(path, match.start())


BROKEN = {
    "in the middle": b"def good(): ...\nclass A:\n    def m(self:\n        return good(\n\ndef f(): return good()\n",
    "python 2": b"def good(): ...\nprint 'x', good\nexec 'y' in z\ntry: pass\nexcept A, e: raise A, 1\ngood()\n",
    "unfinished": b"def good(): ...\nx = good(\n",
    "odd statements": b"def good(): ...\nimport\nfrom . import\nclass\ndef\nlambda\n@\nfor in x:\nwith as y:\ngood\n",
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_source_keeps_what_stands_around(name, tmp_path):
    data = BROKEN[name]
    resolver = PythonResolver(project_of(tmp_path, {"m.py": data}))
    for match in re.finditer(rb"\w+", data):
        resolver.definitions_at("m.py", match.start())
    rows = resolver.definitions_at("m.py", data.rindex(b"good"))
    assert [row.target.start_byte for row in rows] == [4]


ENCODED = {
    "crlf": b"def f(): ...\r\n\r\nx = f()\r\n",
    "bom": b"\xef\xbb\xbfdef f(): ...\nf()\n",
    "latin-1": b"# caf\xe9\ndef f(): '\xe9'\nf()\n",
    "code points": "é = 'ü'; (é); f = 1\nf\n".encode(),
    "tabs and form feed": b"def f():\n\treturn 1\n\x0cf()\n",
    "no newline at the end": b"f = 1;f",
}


@pytest.mark.parametrize("name", ENCODED)
def test_positions_are_bytes_of_the_file(name, tmp_path):
    data = ENCODED[name]
    resolver = PythonResolver(project_of(tmp_path, {"m.py": data}))
    (row,) = resolver.definitions_at("m.py", data.rindex(b"f"))
    target = row.target
    assert data[target.start_byte : target.end_byte] == b"f"
    line = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")[target.line - 1].decode("utf-8", "replace")
    assert line[target.column - 1] == "f"


DEEP = {
    "brackets": b"x = " + b"[" * 100_000 + b"]" * 100_000 + b"\nx\n",
    "open brackets": b"x = 1\n" + b"(" * 100_000,
    "attributes": b"x = 1\ny = x" + b".a" * 20_000 + b"\n",
    "calls": b"x = 1\ny = x" + b"()" * 20_000 + b"\n",
    "operators": b"x = 1\ny = " + b"x + " * 20_000 + b"x\n",
    "blocks": b"".join(b" " * depth + b"if x:\n" for depth in range(1000)) + b" " * 1000 + b"x = 1\n",
    "functions": b"x = 1\n" + b"".join(b" " * depth + b"def f():\n" for depth in range(500)) + b" " * 500 + b"x\n",
    "lambdas": b"x = " + b"lambda: " * 5_000 + b"x\n",
    "chained": b"x = " + b"a = " * 5_000 + b"x\n",
    "bases": b"x = 1\nclass C0: ...\n"
    + b"".join(b"class C%d(C%d): ...\n" % (i + 1, i) for i in range(1500))
    + b"C1500.m\n",
}


@pytest.mark.parametrize("name", DEEP)
def test_deep_source(name, tmp_path):
    data = DEEP[name]
    resolver = PythonResolver(project_of(tmp_path, {"m.py": data}))
    (row,) = resolver.definitions_at("m.py", data.index(b"x", data.index(b"x = ")))
    assert row.target.name == "x"
    for at in (0, 4, len(data) // 2, len(data) - 2, len(data)):
        resolver.definitions_at("m.py", at)


NESTED = {
    "calls": (b"f(", b"1", b")"),
    "items": (b"[f, ", b"1", b"]"),
    "tests": (b"isinstance(f, A) and (", b"f", b")"),
}


@pytest.mark.parametrize("name", NESTED)
def test_names_within_each_other_are_as_cheap_as_names_in_a_row(name, tmp_path):
    opened, inner, closed = NESTED[name]
    count = 10_000
    data = b"class A: ...\nf = A()\nr = " + opened * count + inner + closed * count + b"\n"
    resolver = PythonResolver(project_of(tmp_path, {"m.py": data}))
    first = data.index(opened)
    began = time.process_time()
    for place in range(count):
        at = data.index(b"f", first + place * len(opened))
        (row,) = resolver.definitions_at("m.py", at)
        assert row.target.start_byte == 13
        if place % 8 == 0:
            resolver.callees_at("m.py", at, at + 1)
    assert time.process_time() - began < 4  # the square takes several times that


def test_scopes_within_each_other_are_not_gone_through_for_each_name(tmp_path, monkeypatch):
    count = 400
    data = b"def f(): ...\nr = " + b"[" * count + b"f()" + b" for x in [f(x)]]" * count + b"\n"
    resolver = PythonResolver(project_of(tmp_path, {"m.py": data}))
    asked = []
    names = IndexedModule.names
    monkeypatch.setattr(IndexedModule, "names", lambda module, number: asked.append(number) or names(module, number))
    for found in re.finditer(rb"\bf\(", data[10:]):
        (row,) = resolver.definitions_at("m.py", 10 + found.start())
        assert (row.target.start_byte, row.target.qualified_name) == (4, "m.f")
    assert len(asked) < 20 * count  # the square is 160,000


def test_long_chains_of_calls_end(tmp_path):
    """Each function calls two others: without a memory and a budget this would be 2 to the 60."""
    lines = [f"def f{i}(a=None):\n    return f{i + 1}(f{i + 1}) or f{i + 1}(a)" for i in range(60)]
    text = "\n".join(["class A:\n    def m(self): ...", *lines, "def f60(a=None): return A()", "f0().m", ""])
    resolver = PythonResolver(project_of(tmp_path, {"m.py": text}))
    rows = resolver.definitions_at("m.py", text.rindex("m"))
    assert [row.target.qualified_name for row in rows] == ["m.A.m"]


def test_what_is_no_name_or_no_file_has_no_answer(tmp_path):
    resolver = PythonResolver(project_of(tmp_path, {"m.py": "x = 1  # x\n", "empty.py": "", "nul.py": b"x = \0 1"}))
    for path, at in (("m.py", 2), ("m.py", 9), ("m.py", 99), ("m.py", -1), ("empty.py", 0), ("nul.py", 0)):
        assert resolver.definitions_at(path, at) == ()
    assert resolver.definitions_at("gone.py", 0) == ()
    assert resolver.definitions_at("notes.txt", 0) == ()


_WORDS = st.sampled_from(
    ["a", "b", "C", "self", "x.y", "f()", "a[0]", "await a", "*a", "{'k': a}", "lambda a: b", "C.a"]
)
_LINES = st.sampled_from(
    [
        "import {0}\n", "from .{0} import {1}\n", "from a import *\n", "{0} = {1}\n", "{0}: {1} = {2}\n",
        "{0} += {1}\n",
        "def {0}({1}, *b, c={2}, **d): return {2}\n", "class {0}({1}, metaclass={2}):\n    a = {2}\n",
        "for {0} in {1}: {2}\n", "with {0} as {1}: {2}\n",
        "if isinstance({0}, {1}): {2}\n", "[{0} for a in {1} if {2}]\n",
        "@{0}\ndef f(self): self.x = {1}; yield {2}\n", "try: {0}\nexcept {1} as b: {2}\n", "global {0}\n", "del {0}\n",
        "match {0}:\n    case {1}: {2}\n", "({0} := {1})\n", "return {0}\n", "{0}(", ")\n", "  {0}\n",
    ]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(_LINES, _WORDS, _WORDS, _WORDS), max_size=12))
def test_any_source_has_a_summary_that_survives_encoding_and_answers(tmp_path_factory, lines):
    data = "".join(line.format(*words) for line, *words in lines).encode()
    summary = PythonSummarizer().summarize(data)
    encoded = msgspec.msgpack.encode(summary)
    assert msgspec.msgpack.encode(msgspec.msgpack.decode(encoded, type=ModuleSummary)) == encoded
    resolver = PythonResolver(project_of(tmp_path_factory.mktemp("any"), {"a.py": data}))
    for match in re.finditer(rb"[A-Za-z]+", data):
        for row in resolver.definitions_at("a.py", match.start()):
            if row.target.path and row.target.kind != "module":
                assert data[row.target.start_byte : row.target.end_byte].decode() == row.target.name
