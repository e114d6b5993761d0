"""A pattern found by walking down to a name means the same as when the query engine runs it."""

import itertools
import re
import sysconfig
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cq.lanes.chains
from cq.engine.windows import windows_around
from cq.lanes.lane import Lane
from cq.lanes.table import lane_table
from cq.packs.chain import Step, chains_of
from cq.packs.pattern import split_patterns
from cq.resources import data_folder

HERE = Path(__file__).parent
STDLIB = Path(sysconfig.get_paths()["stdlib"])
# Real files of every style: dense, old, generated, typed.
PYTHON = ["typing.py", "ast.py", "argparse.py", "decimal.py", "enum.py", "asyncio/tasks.py", "json/decoder.py"]
WORD = re.compile(rb"[A-Za-z_][A-Za-z_0-9]*")


def lane(language):
    table = lane_table((data_folder("queries"),))
    return Lane(language, table)


def sources():
    python = [STDLIB / name for name in PYTHON] + sorted((HERE / "annotated/python").glob("*.py"))
    yield from (("python", path) for path in python if path.exists())
    rust = [HERE / "corpus/library/engine/src/lib.rs", *sorted((HERE / "annotated/rust").glob("*.rs"))]
    yield from (("rust", path) for path in rust)
    for language in ("javascript", "typescript", "tsx"):
        extensions = lane_table((data_folder("queries"),)).languages[language].extensions
        folder = HERE / "annotated" / language
        yield from ((language, path) for path in sorted(folder.iterdir()) if path.suffix in extensions)


def judged(lane, data):
    hits = [match.span() for match in WORD.finditer(data)]
    root = lane.parse(data).root_node
    return [
        (hit, verdict.role, verdict.kind, verdict.scope, verdict.names, verdict.via, verdict.node and verdict.node.id)
        for hit, verdict in zip(hits, lane.classify(data, root, hits), strict=True)
    ]


@pytest.mark.parametrize(("language", "path"), [pytest.param(*each, id=each[1].name) for each in sources()])
def test_walking_and_querying_agree(language, path, monkeypatch):
    data = path.read_bytes()[:60_000]
    walked = judged(lane(language), data)
    monkeypatch.setattr(cq.lanes.chains, "chains_of", lambda pattern: None)
    queried = judged(lane(language), data)
    # Nodes of two parses have two ids; what matters is that both have one or neither has.
    strip = [[(*row[:-1], row[-1] is not None) for row in rows] for rows in (walked, queried)]
    assert strip[0] == strip[1]


def test_most_shipped_patterns_are_chains():
    for language in ("python", "rust"):
        table = lane(language)._walker._chains
        chains = sum(len(known) for known in table._names.values()) + sum(map(len, table.regions.values()))
        assert chains > 2 * len(table.rest)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("(comment) @within.comment", [[("comment", "")]]),
        ("(call function: (identifier) @name) @reference.call", [[("call", ""), ("identifier", "function")]]),
        (
            "((a b: [(c) @name (d e: (f) @name)]) @x (#set! k v))",
            [[("a", ""), ("c", "b")], [("a", ""), ("d", "b"), ("f", "e")]],
        ),
        ("(a (b) (c) @name)", None),  # a second child
        ("(a . (b) @name)", None),  # an anchor
        ('(a "b" (c) @name)', None),  # a token
        ("(a !b (c) @name)", None),  # a field that must not be there
        ("(a (b)* @name)", None),  # a quantifier
        ("(_ (b) @name)", None),  # any kind
        ('((a (b) @name) (#eq? @name "x"))', None),  # a predicate
    ],
)
def test_what_is_a_chain(text, steps):
    (pattern,) = split_patterns("x.scm", text)
    chains = chains_of(pattern)
    expected = None if steps is None else [tuple(Step(*step) for step in each) for each in steps]
    assert (chains and [chain.steps for chain in chains]) == expected


@settings(deadline=None, max_examples=25)
@given(st.data())
def test_any_choice_of_hits_gets_the_same_verdicts(data):
    """What a hit is does not depend on which others are asked for with it."""
    source = (HERE / "corpus/library/engine/src/lib.rs").read_bytes()
    rust = lane("rust")
    words = [match.span() for match in WORD.finditer(source)]
    root = rust.parse(source).root_node
    everything = dict(zip(words, rust.classify(source, root, words), strict=True))
    chosen = sorted(data.draw(st.sets(st.sampled_from(words), min_size=1, max_size=20)))
    for hit, verdict in zip(chosen, rust.classify(source, root, chosen), strict=True):
        assert verdict[:5] == everything[hit][:5]


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 9))), st.integers(1, 50))
def test_windows_cover_their_spans_and_nothing_far_from_them(raw, gap):
    spans = sorted((start, start + length) for start, length in raw)
    windows = list(windows_around(spans, gap))
    assert all(any(a <= start and end <= b for a, b in windows) for start, end in spans)
    assert all(second[0] - first[1] >= gap for first, second in itertools.pairwise(windows))
    assert {a for a, _ in windows} <= {a for a, _ in spans}
