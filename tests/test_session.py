"""Parse sessions: what is kept, what is counted, and that a tree depends on the bytes only."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tree_sitter import Tree

from cq.grammar import patience
from cq.grammar.edits import Edit, check_edits_turn
from cq.grammar.language import load_language
from cq.grammar.parse import parse, parse_text
from cq.grammar.session import ParseSession, SessionStatistics

PYTHON = load_language("tree_sitter_python")
OLD = b"def f(a):\n    return a\n\n\nprint(f(1))\n"
NEW = b"def f(a):\n    return b\n\n\nprint(f(1))\n"


def nodes(tree: Tree):
    """All that a tree says."""
    result = []
    cursor = tree.walk()
    while True:
        node = cursor.node
        flags = (node.is_missing, node.is_extra, node.has_error, cursor.field_name, cursor.depth)
        result.append((node.type, node.start_byte, node.end_byte, node.start_point, node.end_point, node.text, flags))
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return result


def test_a_tree_is_kept_by_content():
    session = ParseSession(PYTHON)
    tree = session.parse(OLD)
    assert session.parse(bytes(bytearray(OLD))) is tree
    assert session.statistics == SessionStatistics(entries=1, hits=1, misses=1, parses=1, reparses=0, failed_edits=0)


def test_the_tree_used_least_recently_goes_first():
    session = ParseSession(PYTHON, max_bytes=10)
    for text in (b"a = 1", b"b = 2", b"a = 1", b"c = 3", b"a = 1"):
        session.parse(text)
    assert session.statistics[:4] == (2, 2, 3, 3)
    session.parse(b"b = 2")
    assert session.statistics.misses == 4


def test_a_file_larger_than_all_that_may_be_kept_lets_the_others_stay():
    session = ParseSession(PYTHON, max_bytes=10)
    session.parse(b"a = 1")
    session.parse(OLD)
    session.parse(b"a = 1")
    assert session.statistics[:3] == (1, 1, 2)
    assert ParseSession(PYTHON, max_bytes=0).parse(b"").root_node.type == "module"


@pytest.mark.parametrize(
    "edits", [None, [Edit(21, 22, 22)], [Edit(0, len(OLD), len(NEW))], [Edit(4, 8, 8), Edit(20, 22, 22)]]
)
def test_a_reparse_says_what_changed(edits):
    session = ParseSession(PYTHON)
    session.parse(OLD)
    reparsed = session.reparse(OLD, NEW, edits)
    assert nodes(reparsed.tree) == nodes(parse(PYTHON, NEW))
    # A name in place of another: no change in the structure, but the edit itself is one, from the token before it on.
    before = {21: 20, 20: 20, 4: 3, 0: 0}
    expected = [(before[edit.start_byte], edit.new_end_byte) for edit in edits or [Edit(21, 22, 22)]]
    assert list(reparsed.changed) == expected
    assert session.statistics == SessionStatistics(entries=2, hits=1, misses=2, parses=1, reparses=1, failed_edits=0)


def test_structure_that_changed_away_from_the_edit_is_said():
    session = ParseSession(PYTHON)
    old, new = b"((a, b), c)\n", b"((a, b), c) = x\n"
    assert not session.parse(old).root_node.has_error
    reparsed = session.reparse(old, new)
    assert not reparsed.tree.root_node.has_error
    assert reparsed.edits == (Edit(11, 11, 15),)
    assert reparsed.changed[0][0] == 0  # tuples became patterns


def test_back_to_what_was_takes_no_parse():
    session = ParseSession(PYTHON)
    tree = session.parse(OLD)
    session.reparse(OLD, NEW)
    back = session.reparse(NEW, OLD)
    assert back.tree is tree
    assert back.changed == ((20, 22),)
    assert session.statistics[3:] == (1, 1, 0)


def test_no_change_is_no_edit():
    session = ParseSession(PYTHON)
    assert session.reparse(OLD, OLD)[1:] == ((), ())
    assert session.reparse(OLD, OLD, [])[1:] == ((), ())
    assert session.statistics[1:] == (1, 1, 1, 0, 0)


def test_without_the_old_tree_all_of_the_file_has_changed():
    session = ParseSession(PYTHON)
    reparsed = session.reparse(OLD, NEW)
    assert nodes(reparsed.tree) == nodes(parse(PYTHON, NEW))
    assert reparsed[1:] == (((0, len(NEW)),), (Edit(0, len(OLD), len(NEW)),))
    assert session.statistics[1:] == (0, 2, 1, 0, 0)


@pytest.mark.parametrize(
    "edits",
    [
        [],  # says that nothing changed
        [Edit(21, 22, 23)],
        [Edit(20, 21, 21)],  # of another place
        [Edit(21, 99, 99)],
        [Edit(-1, 22, 22)],
        [Edit(22, 21, 22)],
        [Edit(21, 22, 22), Edit(20, 21, 21)],
    ],
)
def test_edits_that_failed_are_counted_and_the_file_is_parsed(edits):
    session = ParseSession(PYTHON)
    session.parse(OLD)
    reparsed = session.reparse(OLD, NEW, edits)
    assert nodes(reparsed.tree) == nodes(parse(PYTHON, NEW))
    assert reparsed.changed == ((0, len(NEW)),)
    assert session.statistics[3:] == (2, 0, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"a = '\xff'\nb = 1\n", b"a = '\xff'\nb = 2\n"),  # no UTF-8, and no error
        (b"a = '\xff'\nb = 1\n", b"a = '\xff'\nb = (\n"),  # now the bytes that are no UTF-8 stand as `?`
        (b"a = '\xff'\nb = (\n", b"a = '\xff'\nb = 1\n"),  # and back
        (b"\xff = 1\nb = (\n", b"\xff = 1\nb = ((\n"),
        (b"\xff(", b"\xfe("),  # both are `?(`
        (b"a = 1\n", b"a = \xc3\n"),
        (b"a = '\xc3\xa9'\n", b"a = '\xc3'\n"),  # half of a character
        (b"", b"\xff"),
        (b"\xef\xbb\xbfa = 1\n", b"a = 1\n"),
    ],
)
def test_bytes_that_are_no_utf8(old, new):
    session = ParseSession(PYTHON)
    assert nodes(session.parse(old)) == nodes(parse(PYTHON, old))
    reparsed = session.reparse(old, new)
    assert nodes(reparsed.tree) == nodes(parse(PYTHON, new))
    seen = [parse_text(PYTHON, data)[1] for data in (old, new)]
    check_edits_turn(reparsed.edits, *seen)


@pytest.mark.parametrize(("old", "new"), [(b"f(\n", b"f()\n"), (b"f()\n", b"f(\n"), (b"f(\na\n", b"f(\nb\n")])
def test_around_an_error_all_of_the_file_has_changed(old, new):
    # Recovery adds and drops nodes without text far from the edit, which changed_ranges does not tell.
    session = ParseSession(PYTHON)
    session.parse(old)
    assert session.reparse(old, new).changed == ((0, len(new)),)


def test_a_change_reaches_back_over_comments_to_the_token_before():
    # Where a block without text would end.
    session = ParseSession(PYTHON)
    old = b"class A:  # one\n  # two\n  pass\n"
    session.parse(old)
    [(start, _)] = session.reparse(old, old.replace(b"pass", b"name")).changed
    assert start == old.index(b"  # one")


FILE = (Path(__file__).parent / "annotated/python/modern.py").read_bytes()
PIECES = st.sampled_from(
    [b"", b"x", b"\n", b"    ", b"(", b")", b'"', b"'''", b":", b"def ", b"\xff", b"\xc3\xa9", b"\\\n"]
)
ROUNDS = st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0, 0, 1, 3, 60]), PIECES), min_size=1, max_size=6)


@settings(max_examples=60, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(ROUNDS)
def test_after_any_edits_the_tree_is_that_of_the_bytes(rounds):
    session = ParseSession(PYTHON)
    data = FILE
    session.parse(data)
    for place, gone, text in rounds:
        start = int(place * len(data))
        new = data[:start] + text + data[start + gone :]
        reparsed = session.reparse(data, new)
        assert nodes(reparsed.tree) == nodes(parse(PYTHON, new))
        data = new


# tree-sitter-kotlin 1.1.0 takes minutes and gigabytes for this.
WITHOUT_END = b"""fun early() = 1

    fun testResolveAddress() {
        if (PlatformUtils.IS_JS || PlatformUtils.IS_WASM_JS) return
        val testCases = listO
#'/M platforms
    @Test
    fun `construct from invalid byte array length throws exception`() {
        assertFailsWith<IllegalArgumentException> {
            InetSocketAddress(byteArrayOf(1, 2, 3), 8080)
}
f(
            "127.0.0.1" to byteArrayOf(127, 0, 0, 1),
            "::1" to byteArrayOf(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
        )

        for ((hostname, expectedBytes) in testCases) {
            val address = InetSocketAddress(hostname, 8080)
            val resolved = address."""


@pytest.mark.parametrize("breaks", [b"\n", b"\r\n"])
def test_a_broken_text_that_a_grammar_finds_no_end_of(breaks, monkeypatch):
    rounds = []
    within_bounds = patience._within_bounds
    monkeypatch.setattr(patience, "_within_bounds", lambda *given: rounds.append(given) or within_bounds(*given))
    text = WITHOUT_END.replace(b"\n", breaks)
    kotlin = load_language("tree_sitter_kotlin")
    root = parse(kotlin, text).root_node
    assert root.has_error and root.end_byte == len(text) and 1 < len(rounds) <= 3
    assert root.children[0].type == "function_declaration" and root.children[0].start_point.row == 0
    whole = b"fun f() { g(1) }\n" * 2000
    rounds.clear()
    assert not parse(kotlin, whole).root_node.has_error and len(rounds) == 1
