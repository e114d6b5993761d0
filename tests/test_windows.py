"""Windows: aligned, joined and split without losing or doubling a byte."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cq.engine.windows import ByteWindow, PointWindow, aligned, joined, split
from cq.errors import CqError

DATA = b"one\ntwo two\n\nfour\xc3\xa4\n"  # lines at 0, 4, 12, 13


@pytest.mark.parametrize(
    ("by_bytes", "by_points", "expected"),
    [
        (None, None, (0, 20)),
        ((4, 11), None, (4, 11)),
        ((4, 1000), None, (4, 20)),
        ((20, 30), None, None),
        ((5, 5), None, None),
        (None, (1, 0, 2, 0), (4, 12)),
        (None, (1, 4, 1, 7), (8, 11)),
        (None, (1, 4, 1, 99), (8, 11)),  # a column behind the end of its line is that end
        (None, (3, 0, 99, 0), (13, 20)),
        (None, (99, 0, 100, 0), None),
        ((0, 6), (1, 0, 2, 0), (4, 6)),  # what both cover
        ((0, 3), (1, 0, 2, 0), None),
    ],
)
def test_windows_of_bytes_and_points_are_aligned(by_bytes, by_points, expected):
    window = aligned(DATA, by_bytes and ByteWindow(*by_bytes), by_points and PointWindow(*by_points))
    assert window == (expected and ByteWindow(*expected))


def test_an_empty_file_has_one_empty_window():
    assert aligned(b"", None, None) == ByteWindow(0, 0)


@pytest.mark.parametrize(("by_bytes", "by_points"), [((5, 4), None), ((-1, 4), None), (None, (2, 0, 1, 0))])
def test_a_window_that_ends_before_it_begins_is_refused(by_bytes, by_points):
    with pytest.raises(CqError, match="no window of"):
        aligned(DATA, by_bytes and ByteWindow(*by_bytes), by_points and PointWindow(*by_points))


def test_overlapping_windows_are_joined():
    assert joined([ByteWindow(5, 9), ByteWindow(0, 6), ByteWindow(20, 30), ByteWindow(30, 31)]) == [(0, 9), (20, 31)]


@pytest.mark.parametrize(("size", "parts", "expected"), [(10, 3, 3), (3, 10, 3), (0, 4, 1), (1, 1, 1)])
def test_split_covers_the_window(size, parts, expected):
    windows = list(split(ByteWindow(7, 7 + size), parts))
    assert len(windows) == expected
    assert sum(end - start for start, end in windows) == size


@given(st.integers(0, 1000), st.integers(0, 1000), st.integers(1, 50))
def test_parts_of_a_window_follow_each_other(start, size, parts):
    windows = list(split(ByteWindow(start, start + size), parts))
    assert windows[0].start_byte == start
    assert windows[-1].end_byte == start + size
    assert all(before.end_byte == after.start_byte for before, after in pairwise(windows))
