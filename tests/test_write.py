"""Edits are written whole or not at all, and a difference is one that git can apply."""

import os
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cq.errors import CqError
from cq.render.diff import unified
from cq.rows.findings import TextEdit
from cq.scan.write import apply_edits, write_edits


def edit(start, end, text):
    return TextEdit(start_byte=start, end_byte=end, text=text)


@pytest.mark.parametrize(
    ("old", "edits", "new"),
    [
        (b"abc", [], b"abc"),
        (b"abc", [edit(0, 1, "X"), edit(2, 3, "")], b"Xb"),
        (b"abc", [edit(1, 1, "1"), edit(1, 1, "2")], b"a12bc"),
        (b"a\r\nb\r\n", [edit(3, 4, "\u00e9")], b"a\r\n\xc3\xa9\r\n"),
        (b"\xff b", [edit(2, 3, "c")], b"\xff c"),
    ],
)
def test_edits(old, edits, new):
    assert apply_edits(old, edits) == new


@pytest.mark.parametrize("edits", [[edit(0, 2, ""), edit(1, 3, "")], [edit(2, 1, "")], [edit(0, 9, "")]])
def test_edits_that_overlap_or_lie_outside_are_refused(edits):
    with pytest.raises(CqError, match="overlap"):
        apply_edits(b"abc", edits)


def test_a_file_keeps_its_mode(tmp_path):
    path = tmp_path / "run.sh"
    path.write_bytes(b"one\r\ntwo")
    path.chmod(0o4751)
    assert write_edits(str(tmp_path), "run.sh", b"one\r\ntwo", [edit(0, 3, "1")]) == b"1\r\ntwo"
    assert path.read_bytes() == b"1\r\ntwo"
    assert path.stat().st_mode & 0o7777 == 0o4751
    assert os.listdir(tmp_path) == ["run.sh"]


def test_a_link_stays_and_its_file_is_edited(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "real.py").write_bytes(b"a")
    (tmp_path / "link.py").symlink_to("sub/real.py")
    write_edits(str(tmp_path), "link.py", b"a", [edit(0, 1, "b")])
    assert (tmp_path / "link.py").is_symlink()
    assert (tmp_path / "sub" / "real.py").read_bytes() == b"b"


@pytest.mark.parametrize("path", ["link.py", "folder/outside.py", "../outside.py"])
def test_nothing_outside_of_the_root_is_written(tmp_path, path):
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "outside.py").write_bytes(b"a")
    (root / "link.py").symlink_to(tmp_path / "outside.py")
    (root / "folder").symlink_to(tmp_path)
    with pytest.raises(CqError, match="outside of"):
        write_edits(str(root), path, b"a", [edit(0, 1, "b")])
    assert (tmp_path / "outside.py").read_bytes() == b"a"


@pytest.mark.parametrize("now", [b"changed", b"ab", b"", b"abcd"])
def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path, now):
    (tmp_path / "a.py").write_bytes(now)
    with pytest.raises(CqError, match="changed since"):
        write_edits(str(tmp_path), "a.py", b"abc", [edit(0, 1, "b")])
    assert (tmp_path / "a.py").read_bytes() == now
    assert os.listdir(tmp_path) == ["a.py"]


def test_a_full_disk_leaves_the_file_whole(tmp_path):
    """A limit on the size of files stands for a disk that is full in the middle of the write."""
    (tmp_path / "a.py").write_bytes(b"old")
    code = """
import resource, signal, sys
from cq.errors import CqError
from cq.rows.findings import TextEdit
from cq.scan.write import write_edits
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_edits(sys.argv[1], "a.py", b"old", [TextEdit(start_byte=0, end_byte=3, text="x" * 100_000)])
except CqError as error:
    print(error.message)
"""
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("a.py: not written: ")
    assert (tmp_path / "a.py").read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.py"]


def test_what_is_no_file_or_gone_is_refused(tmp_path):
    (tmp_path / "folder").mkdir()
    for path in ("folder", "gone.py"):
        with pytest.raises(CqError, match="not written"):
            write_edits(str(tmp_path), path, b"", [edit(0, 0, "b")])


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (b"a\n", b"a\n", []),
        (b"a\r\nb\r\n", b"a\r\nc\r\n", ["@@ -1,2 +1,2 @@", " a\r", "-b\r", "+c\r"]),
        (b"a", b"a\n", ["@@ -1 +1 @@", "-a", "\\ No newline at end of file", "+a"]),
        (b"a\n", b"a", ["@@ -1 +1 @@", "-a", "+a", "\\ No newline at end of file"]),
        (b"", b"a\n", ["@@ -0,0 +1 @@", "+a"]),
        (b"a\n", b"", ["@@ -1 +0,0 @@", "-a"]),
        (b"\xff\nb\n", b"\xff\nc\n", ["@@ -1,2 +1,2 @@", " \udcff", "-b", "+c"]),
    ],
)
def test_differences(old, new, lines):
    assert list(unified("x.py", old, new))[3:] == lines


_TEXT = st.text(alphabet="ab\r\n", max_size=40)


@st.composite
def _edited(draw):
    old = draw(_TEXT).encode()
    cuts = sorted(draw(st.lists(st.integers(0, len(old)), max_size=6)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return old, [edit(start, end, draw(st.text(alphabet="xy\n", max_size=5))) for start, end in pairs]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_edited(), st.booleans())
def test_git_applies_a_difference(tmp_path, case, with_edits):
    old, edits = case
    new = apply_edits(old, edits)
    (tmp_path / "x y.py").write_bytes(old)
    patch = "".join(f"{line}\n" for line in unified("x y.py", old, new, edits if with_edits else ()))
    if old == new:
        assert not patch
        return
    done = subprocess.run(
        ["git", "apply", "--unidiff-zero", "-"],
        input=patch.encode("utf-8", "surrogateescape"),
        cwd=tmp_path,
        capture_output=True,
        check=False,
        env=os.environ | {"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)},
    )
    assert done.returncode == 0, (done.stderr, patch)
    assert (tmp_path / "x y.py").read_bytes() == new


def test_strange_names_are_quoted_as_git_does():
    lines = list(unified('a"b\\\t.py', b"a\n", b"b\n"))
    assert lines[1] == '--- "a/a\\"b\\\\\\t.py"'
