"""Edits: what was replaced between two versions of a file, which lists of edits are refused, and where spans go."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tree_sitter import Parser

from cq.errors import CqError
from cq.grammar.edits import (
    Edit,
    apply_edits,
    check_edits,
    check_edits_turn,
    covered,
    edited_copy,
    edits_between,
    joined,
    new_spans,
    shifted,
)
from cq.grammar.language import load_language

LINES = b"".join(b"line %d\n" % number for number in range(1_000))


@pytest.mark.parametrize(
    ("old", "new", "edits"),
    [
        (b"", b"", []),
        (b"abc", b"abc", []),
        (b"", b"abc", [(0, 0, 3)]),
        (b"abc", b"", [(0, 3, 0)]),
        (b"abc", b"abXc", [(2, 2, 3)]),
        (b"abc", b"ac", [(1, 2, 1)]),
        (b"aaaa", b"aaa", [(3, 4, 3)]),  # any of them could have gone: the last
        (b"abc", b"xyz", [(0, 3, 3)]),
        (b"a\nb\nc\nd\n", b"A\nb\nc\nD\n", [(0, 1, 1), (6, 7, 7)]),  # two lines apart are two edits
        (b"a\nb\nc\nd\n", b"a\nX\nb\nc\n", [(2, 2, 4), (5, 7, 5)]),
        (b"a\r\nb\r\nc", b"A\r\nb\r\nC", [(0, 1, 1), (6, 7, 7)]),
        ("é".encode(), "è".encode(), [(1, 2, 2)]),  # bytes, not characters
        (LINES, b"x" + LINES[1:-1] + b"x", [(0, len(LINES), len(LINES))]),  # too much to compare: one edit
        (LINES, LINES[:500] + b"x" + LINES[500:], [(500, 500, 501)]),
    ],
)
def test_edits_between(old, new, edits):
    assert list(edits_between(old, new)) == edits


@settings(max_examples=300, derandomize=True, deadline=None, database=None)
@given(
    st.lists(st.sampled_from([b"a\n", b"b\n", b"a", b"\r\n", b"\xff"])),
    st.lists(st.sampled_from([b"a\n", b"b\n", b"c"])),
)
def test_edits_between_lead_from_the_old_bytes_to_the_new_ones(old, new):
    old, new = b"".join(old), b"".join(new)
    edits = edits_between(old, new)
    check_edits_turn(edits, old, new)
    assert apply_edits(old, edits, [new[start:end] for start, end in new_spans(edits)]) == new
    assert all(edit.start_byte < max(edit.old_end_byte, edit.new_end_byte) for edit in edits), "an edit of nothing"


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        ([(-1, 2, 2)], "bytes -1 to 2 is outside of the file, which has 10 bytes"),
        ([(0, 11, 11)], "bytes 0 to 11 is outside of the file, which has 10 bytes"),
        ([(11, 11, 12)], "outside of the file"),
        ([(5, 4, 6)], "ends before its start: 5 to 4"),
        ([(5, 6, 4)], "ends before its start: 5 to 4"),
        ([(1, 4, 4), (3, 5, 5)], "at byte 3 overlaps the one before it, or is out of order"),
        ([(5, 6, 6), (1, 2, 2)], "at byte 1 overlaps the one before it, or is out of order"),
    ],
)
def test_edits_that_no_file_can_have_are_refused(edits, message):
    edits = [Edit(*edit) for edit in edits]
    with pytest.raises(CqError, match=message):
        check_edits(edits, 10)
    with pytest.raises(CqError, match=message):
        check_edits_turn(edits, b"0123456789", b"0123456789")


@pytest.mark.parametrize(
    ("edits", "new"),
    [
        ([], b""),
        ([(0, 0, 0)], b"0123456789"),
        ([(0, 0, 1)], b"x0123456789"),
        ([(10, 10, 11)], b"0123456789x"),
        ([(2, 4, 3), (4, 5, 6)], b"01xyz56789"),  # one begins where the other ends
        ([(3, 3, 4), (3, 3, 4)], b"012xy3456789"),
        ([(0, 10, 0)], b""),
    ],
)
def test_edits_that_fit(edits, new):
    edits = [Edit(*edit) for edit in edits]
    check_edits_turn(edits, b"0123456789" if edits else b"", new)


@pytest.mark.parametrize(
    ("edits", "new", "message"),
    [
        ([], b"012345678", "do not turn a file of 10 bytes into one of 9"),
        ([(0, 1, 2)], b"0123456789", "do not turn a file of 10 bytes into one of 10"),
        ([(0, 1, 1)], b"x12345678y", "the bytes 1 to 10 are not part of any edit, and changed"),
        ([(4, 5, 5)], b"x123x56789", "the bytes 0 to 4 are not part of any edit, and changed"),
    ],
)
def test_edits_that_do_not_lead_to_the_new_bytes_are_refused(edits, new, message):
    with pytest.raises(CqError, match=message):
        check_edits_turn([Edit(*edit) for edit in edits], b"0123456789", new)


def test_texts_that_do_not_fit_their_edits_are_refused():
    with pytest.raises(CqError, match="not as long"):
        apply_edits(b"abc", [Edit(0, 1, 1)], [b"xx"])


@pytest.mark.parametrize(
    ("span", "new"),
    [
        ((0, 4), (0, 4)),
        ((0, 5), None),  # ends where an edit begins
        ((6, 7), None),
        ((4, 12), None),
        ((8, 9), None),  # begins where an edit ends
        ((9, 12), (12, 15)),
        ((9, 9), (12, 12)),
        ((8, 8), None),
        ((20, 21), None),  # where text was put in
        ((21, 22), (26, 27)),
        ((30, 40), None),
        ((41, 41), (36, 36)),
    ],
)
def test_spans_move_with_the_edits_before_them(span, new):
    edits = [Edit(5, 8, 11), Edit(20, 20, 22), Edit(30, 40, 30)]
    assert shifted(span, edits) == new
    assert covered(span, edits) == (new or covered(span, edits))


@pytest.mark.parametrize(
    ("span", "new"),
    [
        ((0, 5), (0, 11)),
        ((6, 7), (5, 11)),
        ((6, 10), (5, 13)),
        ((0, 50), (0, 45)),
        ((20, 20), (23, 25)),
        ((8, 35), (5, 35)),
    ],
)
def test_what_is_left_of_a_span_is_covered(span, new):
    assert covered(span, [Edit(5, 8, 11), Edit(20, 20, 22), Edit(30, 40, 30)]) == new


def test_spans_that_touch_are_joined():
    assert joined([(5, 6), (0, 2), (2, 2), (1, 3), (9, 9), (6, 8)]) == ((0, 3), (5, 8), (9, 9))


def test_points_of_an_edited_tree_count_bytes_and_lines():
    python = load_language("tree_sitter_python")
    old, new = "é = 1\r\nname = 2\nlast = 3\n".encode(), "é = 'ü\nü'\r\nn = 2\n\nlast = 3\n".encode()
    edits = edits_between(old, new)
    tree = edited_copy(Parser(python).parse(old), old, new, edits)
    last, expected = tree.root_node.children[-1], Parser(python).parse(new).root_node.children[-1]
    assert (last.start_byte, last.start_point, last.end_point) == (
        expected.start_byte,
        expected.start_point,
        expected.end_point,
    )
