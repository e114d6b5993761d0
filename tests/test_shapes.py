"""A shape found in a node means the same as the pattern run by the query engine at that node."""

import sysconfig
from pathlib import Path

import pytest

from cq.engine.execute import matches_at
from cq.lanes.lane import Lane
from cq.lanes.table import lane_table
from cq.packs.pattern import split_patterns
from cq.packs.query import PackQuery
from cq.packs.shape import matches_of, shapes_of
from cq.resources import data_folder

HERE = Path(__file__).parent
STDLIB = Path(sysconfig.get_paths()["stdlib"])
SOURCES = {
    "python": [STDLIB / "dataclasses.py", STDLIB / "typing.py", *sorted((HERE / "annotated/python").glob("*.py"))],
    "rust": [HERE / "corpus/library/engine/src/lib.rs", *sorted((HERE / "annotated/rust").glob("*.rs"))],
}
TABLE = lane_table((data_folder("queries"),))


def plain(captures):
    return sorted((name, sorted(node.byte_range for node in nodes)) for name, nodes in captures.items())


@pytest.mark.parametrize("language", SOURCES)
def test_shapes_and_queries_agree_on_facts(language):
    lane = Lane(language, TABLE)
    facts = lane.packs.patterns(language, "facts")
    shaped = [(pattern, shapes_of(pattern)) for pattern in facts]
    compared = 0
    for path in SOURCES[language]:
        data = path.read_bytes()
        root = lane.parse(data).root_node
        nodes = [verdict.node for _, verdict in lane.definitions(data, root) if verdict.node is not None]
        for pattern, shapes in shaped:
            if shapes is None or not pattern.roots:
                continue  # the engine does not start a wildcard root at a given depth
            query = PackQuery(lane.language, [pattern])
            for node in nodes:
                by_query = sorted(plain(captures) for _, captures in matches_at(query, node))
                by_shape = sorted(plain(c) for shape in shapes.alternatives for c in matches_of(shape, node))
                assert by_shape == by_query, f"{pattern.text} at {path}:{node.start_point.row + 1}"
                compared += bool(by_query)
    assert compared > 30


def test_shipped_facts_need_no_query():
    for language in SOURCES:
        assert all(shapes_of(p) for p in TABLE.packs.patterns(language, "facts"))


@pytest.mark.parametrize(
    "text",
    ["(a)+ @x", "(a (b)? @x)", "(a !b)", '((a) @x (#eq? @x "y"))', "((a) (b))", "(a (b) @x", "(#set! a b)", "_ @x"],
)
def test_what_has_no_shape(text):
    from cq.packs.pattern import PatternText

    assert shapes_of(PatternText("x.scm", 1, text, frozenset())) is None


def test_metadata_is_read():
    (pattern,) = split_patterns("x.scm", '((a (b) @name) @x (#set! cq.kind "k") (#set! flag))')
    shapes = shapes_of(pattern)
    assert shapes.settings == {"cq.kind": "k", "flag": None}
    assert shapes.alternatives[0].captures == ("x",)
