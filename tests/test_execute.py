"""Bounded execution: the same rows for any number of windows, and an honest word when something stopped it."""

import argparse
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cq.engine.evidence import spans_of
from cq.engine.execute import Tally, execute
from cq.engine.history import History
from cq.engine.limits import MOST_MATCH_LIMIT, Limits, Watch
from cq.engine.plan import GivenLimits, PackFigures, make_plan
from cq.engine.program import Program
from cq.engine.windows import ByteWindow
from cq.grammar.language import load_language
from cq.grammar.parse import parse
from cq.packs.pattern import split_patterns
from cq.packs.query import PackQuery
from cq.packs.source import PackSource
from cq.resources import data_folder

PYTHON = load_language("tree_sitter_python")
SOURCE = PackSource((data_folder("queries"),))
FILES = [Path(module.__file__).read_bytes() for module in (textwrap, argparse)] + [
    path.read_bytes() for path in sorted(Path("tests/annotated/python").glob("*.py"))
]
TREES = [parse(PYTHON, data) for data in FILES]
RUST = load_language("tree_sitter_rust")
RUST_FILES = [path.read_bytes() for path in sorted(Path("tests/annotated/rust").glob("*.rs"))]
RUST_TREES = [parse(RUST, data) for data in RUST_FILES]

GENERIC = """
(class_definition name: (identifier) @class body: (block (function_definition name: (identifier) @method)))
(call function: (_) @f arguments: (argument_list (_)* @rest))
((comment)+ @comments)
((identifier) @self (#eq? @self "self"))
((expression_statement) @a . (expression_statement) @b)
(module (_) @top)
[(string) (integer)] @literal
"""
# Siblings and repetitions: a window's edge may cut them.
SIBLINGS = """
((decorator)+ @d (function_definition) @f)
(module (comment)+ @c)
(block (expression_statement)+ @e (return_statement) @r)
(argument_list (_)* @a)
((import_statement)+ @i)
"""


def shipped(language):
    return [pattern for pack in SOURCE.names(language) for pattern in SOURCE.patterns(language, pack)]


PACKS = {
    "generic": (PackQuery(PYTHON, split_patterns("generic.scm", GENERIC)), TREES),
    "siblings": (PackQuery(PYTHON, split_patterns("siblings.scm", SIBLINGS)), TREES),
    "rooted": (PackQuery(PYTHON, split_patterns("rooted.scm", "\n".join(SIBLINGS.splitlines()[2:5]))), TREES),
    "python": (PackQuery(PYTHON, shipped("python")), TREES),
    "rust": (PackQuery(RUST, shipped("rust")), RUST_TREES),
}


def rows(pack, tree, windows, splits=1, mode="intersection", tally=None):
    found = set()
    limits = Limits(splits=splits, match_limit=MOST_MATCH_LIMIT)
    for matches in execute(pack, tree.root_node, windows, mode, limits, Watch(), tally or Tally()):
        found.update(spans_of(matches, None, 0))
    return found


def whole(tree):
    return ByteWindow(0, tree.root_node.end_byte)


@given(st.sampled_from(sorted(PACKS)), st.integers(0, 30), st.integers(1, 64))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_the_rows_are_the_same_for_any_number_of_windows(name, number, splits):
    pack, trees = PACKS[name]
    tree = trees[number % len(trees)]
    assert rows(pack, tree, [whole(tree)], splits) == rows(pack, tree, [whole(tree)])


@given(
    st.sampled_from(sorted(PACKS)),
    st.integers(0, 30),
    st.integers(1, 16),
    st.floats(0, 1),
    st.floats(0, 1),
    st.sampled_from(["intersection", "containment-required", "containment-preferred"]),
)
@settings(max_examples=80, deadline=None, derandomize=True)
def test_a_window_gives_the_same_however_it_is_split(name, number, splits, first, last, mode):
    pack, trees = PACKS[name]
    tree = trees[number % len(trees)]
    size = tree.root_node.end_byte
    start, end = sorted((int(first * size), int(last * size)))
    window = ByteWindow(start, max(end, start + 1))
    assert rows(pack, tree, [window], splits, mode) == rows(pack, tree, [window], 1, mode)


@given(st.sampled_from(sorted(PACKS)), st.integers(0, 30), st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_contained_matches_are_those_that_lie_wholly_in_the_window(name, number, first, last):
    pack, trees = PACKS[name]
    tree = trees[number % len(trees)]
    size = tree.root_node.end_byte
    start, end = sorted((int(first * size), int(last * size)))
    window = ByteWindow(start, max(end, start + 1))
    contained = rows(pack, tree, [window], 1, "containment-required")
    touching = rows(pack, tree, [window])
    if name in ("python", "rust"):  # of a repeated node as many are captured as fit, so that is another match
        assert contained <= touching
    for match in contained:
        assert all(window.start_byte <= span.start_byte and span.end_byte <= window.end_byte for span in match.captures)
    preferred = rows(pack, tree, [window], 1, "containment-preferred")
    assert preferred == (contained or touching)


def run_program(pack_names, given, data=FILES[0], tree=TREES[0], history=None, **more):
    patterns = {name: SOURCE.patterns("python", name) for name in pack_names}
    figures = [PackFigures(name, name, len(texts), 1.0) for name, texts in patterns.items()]
    plan = make_plan("python", "1", figures, "all", history or History(None), given)
    program = Program(PYTHON, plan, patterns, None, evidence=True, separator=".", scopes_of=None)
    return program.run(tree.root_node, [ByteWindow(0, len(data))], "intersection", len(data), **more)


def test_packs_one_by_one_and_together_give_the_same():
    names = ["calls", "definitions", "imports", "references"]
    history = History(None)
    one_by_one = run_program(names, GivenLimits(), history=history)
    assert [timing.name for timing in one_by_one.timings] == names
    for timing in one_by_one.timings:
        history.put_run("python", timing.name, timing.name, "1", [timing])
    together = run_program(names, GivenLimits(), history=history)
    assert [timing.name for timing in together.timings] == ["+".join(names)]
    assert together.found == one_by_one.found
    assert len(together.found) > 400


def test_a_budget_that_is_too_small_leaves_the_most_valuable_packs():
    names = ["calls", "definitions"]
    history = History(None)
    for timing in run_program(names, GivenLimits(), history=history).timings:
        history.put_run("python", timing.name, timing.name, "1", [timing])
    history.put_run("python", "calls+definitions", "all", "1", [timing._replace(name="calls+definitions")])
    run = run_program(names, GivenLimits(budget_ms=0.001, splits=4), history=history)
    assert run.tally.stopped_by == "deadline"
    assert run.tally.windows_run < run.tally.windows == 8
    assert len(run.timings) == 2  # one by one, so that the first gets what there is


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"ends_at": 0.0}, "deadline"),
        ({"cancelled": lambda: True}, "cancelled"),
    ],
)
def test_a_run_that_is_over_says_why(more, reason):
    run = run_program(["calls"], GivenLimits(splits=4), **more)
    assert (run.found, run.tally.stopped_by, run.tally.windows_run) == ([], reason, 0)


def test_cancellation_between_windows_keeps_what_was_found():
    asked = []
    run = run_program(["calls"], GivenLimits(splits=4), cancelled=lambda: asked.append(1) or len(asked) > 2)
    assert run.tally.stopped_by == "cancelled"
    assert run.tally.windows_run == 2
    everything = run_program(["calls"], GivenLimits()).found
    assert run.found
    assert set(run.found) < set(everything)


def test_a_row_cap_keeps_the_first_rows_and_says_so():
    everything = run_program(["calls"], GivenLimits()).found
    run = run_program(["calls"], GivenLimits(row_cap=10))
    assert run.tally.stopped_by == "row_cap"
    assert run.found == everything[:10]


def test_a_match_limit_that_is_too_low_is_tried_again_unless_the_user_set_it():
    # Each of the nested lists is the beginning of a match until it ends.
    tree = parse(PYTHON, b"x = " + b"[" * 60 + b"]" * 60)
    pack = PackQuery(PYTHON, split_patterns("q", "(list (list) @inner (string) @s)"))
    given, tuned = Tally(), Tally()
    for tally, retry in ((given, False), (tuned, True)):
        list(
            execute(
                pack,
                tree.root_node,
                [whole(tree)],
                "intersection",
                Limits(match_limit=1, retry=retry),
                Watch(),
                tally,
            )
        )
    assert (given.stopped_by, given.exceeded) == ("match_limit", 1)
    assert (tuned.stopped_by, tuned.exceeded) == ("", 1)


def test_max_start_depth_finds_only_what_begins_near_the_root():
    pack = PackQuery(PYTHON, split_patterns("q", "(function_definition) @f"))
    data = b"def a():\n  def b():\n    def c(): pass\n"
    tree = parse(PYTHON, data)
    for depth, count in ((0, 0), (1, 1), (3, 2), (5, 3)):
        limits = Limits(max_start_depth=depth)
        found = [
            match
            for part in execute(pack, tree.root_node, [whole(tree)], "intersection", limits, Watch(), Tally())
            for match in part
        ]
        assert len(found) == count, depth
