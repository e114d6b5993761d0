"""The way down to a node: the same as asking the node, and not slower the more definitions stand within each other."""

import random
import re
import time

import pytest

from cq.lanes.definitions import definitions_of
from cq.lanes.lanes import Lanes
from cq.lanes.table import lane_table
from cq.lanes.way_down import WayDown, nodes_before
from cq.resources import data_folder

SOURCES = {
    "python": "@a\n@b(1)\nclass C:\n    # c\n    @d\n    def f(self):\n        def g(): pass\n\nx = 1\n",
    "rust": "/// a\n#[b]\nmod m {\n    //! c\n    #[d] /* e */\n    pub fn f() { fn g() {} }\n}\nm!{ fn h() {} }\n",
    "javascript": "// a\nexport class C { /** b */ f() { function g() {} } }\nexport default function h() {}\n",
    "broken": "fn f( {{{ fn g() { struct } fn h() -> ) {}\n",
}
BOUND = 9  # four times the definitions: four times the time, or sixteen times it


@pytest.fixture(scope="module")
def lanes():
    return Lanes(lane_table((data_folder("queries"),)))


def nodes_of(root):
    found, stack = [], [root]
    while stack:
        found.append(node := stack.pop())
        stack.extend(node.children)
    return found


@pytest.mark.parametrize("language", SOURCES)
def test_what_stands_above_and_before_is_what_the_nodes_say(lanes, language):
    lane = lanes.lane(language if language != "broken" else "rust")
    tree = lane.parse(SOURCES[language].encode())
    nodes = nodes_of(tree.root_node)
    random.Random(1).shuffle(nodes)
    down = WayDown(tree.root_node)
    found = 0
    for node in [*nodes, *sorted(nodes, key=lambda each: each.start_byte)]:
        way = down.to(node)
        assert way[-1] == node
        found += len(way) > 1
        for inner, outer in zip(way[:0:-1], way[-2::-1], strict=True):
            assert inner.parent == outer
        if node.start_byte < node.end_byte:
            assert next(nodes_before(node, way), None) == node.prev_sibling
    assert found > len(nodes)


@pytest.mark.parametrize("language", SOURCES)
def test_facts_are_the_same_with_the_root_and_without(lanes, language):
    name = language if language != "broken" else "rust"
    lane, facts, data = lanes.lane(name), lanes.facts(name), SOURCES[language].encode()
    tree = lane.parse(data)
    definitions = definitions_of(lane, data, tree.root_node)
    assert definitions
    for each in definitions:
        assert facts.head(data, each.node, tree.root_node) == facts.head(data, each.node)


@pytest.mark.parametrize(
    ("language", "begin", "end"), [("rust", "fn f() {", "}"), ("javascript", "function f() {", "}")]
)
def test_definitions_within_each_other_take_no_square(lanes, language, begin, end):
    lane, facts = lanes.lane(language), lanes.facts(language)

    def seconds(count):
        data = (begin * count + end * count).encode()
        tree = lane.parse(data)
        verdicts = lane.classify(data, tree.root_node, [each.span() for each in re.finditer(rb"\bf\b", data)])
        began = time.process_time()
        for verdict in verdicts:
            facts.row(data, tree.root_node, verdict, (0, 0), "head")
        return time.process_time() - began

    seconds(10)
    assert min(seconds(2000) for _ in range(3)) < BOUND * min(seconds(500) for _ in range(3))
