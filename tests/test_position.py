"""Places as users write them, and the names that stand there."""

import pytest

from cq.errors import CqError
from cq.symbols.position import Place, names_at, parse_place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("src/app.py:120:8", Place("src/app.py", 120, 8)),
        ("src/app.py:120", Place("src/app.py", 120)),
        ("src/app.py:120:8:", Place("src/app.py", 120, 8)),  # as compilers print it
        ("C:/a b/app.py:3:1", Place("C:/a b/app.py", 3, 1)),
        ("Flask.route", None),
        ("a::b", None),
        ("app.py", None),
    ],
)
def test_a_place_is_a_path_a_line_and_maybe_a_column(text: str, place: Place | None) -> None:
    assert parse_place(text) == place


@pytest.mark.parametrize(
    ("data", "line", "column", "names"),
    [
        (b"x = call(y)\n", 1, 5, [(4, "call")]),
        (b"x = call(y)\n", 1, 8, [(4, "call")]),
        (b"x = call(y)\n", 1, 9, [(4, "call")]),  # the cursor behind the last letter
        (b"x = call(y)\n", 1, 10, [(9, "y")]),
        (b"x = call(y)\n", 1, 0, [(0, "x"), (4, "call"), (9, "y")]),
        ("é = ü(name)\n".encode(), 1, 7, [(8, "name")]),
        (b"\xef\xbb\xbfx = 1\n", 1, 1, [(3, "x")]),
        (b"a\r\nb = c\r\n", 2, 5, [(7, "c")]),
        (b"\xff\xfe = name\n", 1, 6, [(5, "name")]),
    ],
)
def test_the_name_at_a_place(data: bytes, line: int, column: int, names: list[tuple[int, str]]) -> None:
    assert names_at(data, Place("f.py", line, column)) == names


@pytest.mark.parametrize(("line", "column"), [(9, 1), (1, 40), (1, 3)])
def test_where_no_name_stands_the_place_is_said(line: int, column: int) -> None:
    with pytest.raises(CqError, match=r"f\.py"):
        names_at(b"x = 1\n", Place("f.py", line, column))
