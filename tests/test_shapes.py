"""A shape found in a node means the same as the pattern run by the query engine at that node."""

import re
import sysconfig
from pathlib import Path

import pytest

from cq.engine.execute import matches_at, matches_in
from cq.lanes.lane import Lane
from cq.lanes.table import lane_table
from cq.packs.pattern import split_patterns
from cq.packs.query import PackQuery
from cq.packs.shape import matches_of, shapes_of
from cq.packs.spine import SubjectPatterns
from cq.resources import data_folder

HERE = Path(__file__).parent
STDLIB = Path(sysconfig.get_paths()["stdlib"])
SOURCES = {
    "python": [STDLIB / "dataclasses.py", STDLIB / "typing.py", *sorted((HERE / "annotated/python").glob("*.py"))],
    "rust": [HERE / "corpus/library/engine/src/lib.rs", *sorted((HERE / "annotated/rust").glob("*.rs"))],
    "javascript": sorted((HERE / "annotated/javascript").glob("facts.js")),
    "typescript": sorted((HERE / "annotated/typescript").glob("facts.ts")),
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


def is_sought_in_bodies(pattern):
    return "@inside" in pattern.text or "@boundary" in pattern.text


def test_shipped_facts_need_no_query():
    for language in SOURCES:
        patterns = TABLE.packs.patterns(language, "facts")
        assert all(is_sought_in_bodies(pattern) or shapes_of(pattern) for pattern in patterns)


@pytest.mark.parametrize("language", SOURCES)
def test_what_is_asked_of_a_subject_is_what_a_query_finds_anywhere(language):
    lane = Lane(language, TABLE)
    files = [lane.parse(path.read_bytes()).root_node for path in SOURCES[language]]
    nodes = [node for root in files for node in below(root)]
    matched = 0
    for pattern in lane.packs.patterns(language, "facts"):
        subject = re.search("@(definition|leading|enclosing)", pattern.text)
        if subject is None or is_sought_in_bodies(pattern):
            continue
        asked = SubjectPatterns([shapes_of(pattern)], subject[1])
        query = PackQuery(lane.language, [pattern])
        by_query = {str(plain(found)) for root in files for _, found in matches_in(query, root, [(0, root.end_byte)])}
        by_subject = {str(plain(found)) for node in nodes if asked.knows(node.type) for _, found in asked.matches(node)}
        assert by_subject == by_query, pattern.text
        matched += bool(by_query)
    assert matched > 40


def below(root):
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(node.children)


@pytest.mark.parametrize(
    ("clause", "names"),
    [
        ('(#eq? @x "one")', ["one"]),
        ('(#any-of? @x "one" "two")', ["one", "two"]),
        ('(#match? @x "^t")', ["two", "three"]),
        ('(#match? @x "e$")', ["one", "three"]),
        ('(#eq? @x "o\\ne")', []),
    ],
)
def test_conditions_on_a_text(clause, names):
    lane = Lane("python", TABLE)
    root = lane.parse(b"(one, two, three)").root_node
    (pattern,) = split_patterns("x.scm", f"((tuple (identifier) @x) {clause})")
    (shape,) = shapes_of(pattern).alternatives
    node = root.descendant_for_byte_range(0, 17)
    assert [captures["x"][0].text.decode() for captures in matches_of(shape, node)] == names
    query = PackQuery(lane.language, [pattern])
    assert [captures["x"][0].text.decode() for _, captures in matches_at(query, node)] == names


@pytest.mark.parametrize(
    "text",
    ["(a)+ @x", "(a (b)? @x)", "(a !b)", '((a) @x (#not-eq? @x "y"))', "((a) (b))", "(a (b) @x", "(#set! a b)", "_ @x"],
)
def test_what_has_no_shape(text):
    from cq.packs.pattern import PatternText

    assert shapes_of(PatternText("x.scm", 1, text, frozenset())) is None


def test_metadata_is_read():
    (pattern,) = split_patterns("x.scm", '((a (b) @name) @x (#set! cq.kind "k") (#set! flag))')
    shapes = shapes_of(pattern)
    assert shapes.settings == {"cq.kind": "k", "flag": None}
    assert shapes.alternatives[0].captures == ("x",)
