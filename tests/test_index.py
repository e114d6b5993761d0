"""Which files, without git: what is in, what is out and why, links, and what cannot be looked at."""

import os
import subprocess
import sys

import pytest

from cq.errors import CqError
from cq.index.binary import is_binary
from cq.index.explain import explain_files, ignored_files
from cq.index.repository import find_root
from cq.index.selection import Selection
from cq.index.walk import list_files


def write(top, *paths, text=""):
    for path in paths:
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_text(text)


def files(top, **options):
    listing = list_files(Selection(root=str(top), **options))
    assert listing.problems == []
    return listing.files


def reasons(top, **options):
    return {row.path: row for row in explain_files(Selection(root=str(top), **options))}


def test_the_order_is_that_of_the_parts(tmp_path):
    write(tmp_path, "a.b", "a/b", "a/b.c/d", "a/b-c", "a-b", "B")
    assert files(tmp_path) == ["B", "a/b", "a/b-c", "a/b.c/d", "a-b", "a.b"]
    assert files(tmp_path) == sorted(files(tmp_path), key=lambda path: path.split("/"))


def test_ignore_files_count_outside_of_git_too_but_not_those_above_the_root(tmp_path):
    write(tmp_path, "root/a.x", "root/a.y", "root/in/b.x", "root/in/b.z", "root/a.top")
    write(tmp_path, ".gitignore", text="*.top\n")
    write(tmp_path, "root/.gitignore", text="*.x\n")
    write(tmp_path, "root/.ignore", text="*.y\n")
    write(tmp_path, "root/in/.ignore", text="!b.x\n*.z\n")
    assert files(tmp_path / "root") == ["a.top", "in/b.x"]
    assert files(tmp_path / "root", paths=(str(tmp_path / "root/in"),)) == ["in/b.x"]


def test_ripgreps_ignore_file_overrules_gits_and_git(tmp_path):
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    write(tmp_path, "a.log", "b.log", "tracked.py", "vendor/v.py")
    subprocess.run(["git", "-C", str(tmp_path), "add", "tracked.py", "vendor"], check=True)
    write(tmp_path, ".gitignore", text="*.log\n")
    write(tmp_path, ".ignore", text="!b.log\ntracked.py\nvendor/\n")
    assert files(tmp_path) == ["b.log"]
    assert reasons(tmp_path)["vendor/"].detail == "pattern 'vendor/' at .ignore:3"


def test_names_with_a_dot_are_hidden_unless_asked_for_or_taken_back(tmp_path):
    write(tmp_path, "a", ".b", ".c/d", ".e")
    assert files(tmp_path) == ["a"]
    assert files(tmp_path, hidden=True) == [".b", ".c/d", ".e", "a"]
    assert files(tmp_path, globs=(".b",)) == [".b"]
    write(tmp_path, ".ignore", text="!.e\n")
    assert files(tmp_path) == [".e", "a"]


def test_what_the_user_names_is_in(tmp_path):
    write(tmp_path, "a.log", "out/b.py", "out/c.log", ".d", "e.py")
    write(tmp_path, ".gitignore", text="*.log\nout/\n")
    named = lambda *paths: files(tmp_path, paths=tuple(str(tmp_path / path) for path in paths))  # noqa: E731
    assert named("a.log", ".d") == [".d", "a.log"]
    assert named("out") == ["out/b.py"]
    assert named("out/b.py", "out", ".", "a.log") == ["a.log", "e.py", "out/b.py"]


@pytest.mark.parametrize(("path", "message"), [("none", "no such file"), ("a/b", "no such"), ("../x", "outside of")])
def test_a_wrong_path_is_an_error(tmp_path, path, message):
    write(tmp_path, "root/a")
    write(tmp_path, "x")
    with pytest.raises(CqError, match=message) as error:
        list_files(Selection(root=str(tmp_path / "root"), paths=(str(tmp_path / "root" / path),)))
    assert error.value.hint
    with pytest.raises(CqError, match="not a folder"):
        list_files(Selection(root=str(tmp_path / "x")))
    with pytest.raises(CqError, match="no such file"):
        list_files(Selection(root=str(tmp_path / "none")))


def test_a_linked_file_counts_once(tmp_path):
    write(tmp_path, "root/a", "outside", "root/.hidden")
    root = tmp_path / "root"
    for name, target in {
        "to-a": "a", "to-outside": "../outside", "to-outside-too": "../outside", "to-nothing": "none",
        "to-hidden": ".hidden", "to-itself": "to-itself", "to-folder": "..",
    }.items():  # fmt: skip
        (root / name).symlink_to(target)
    assert files(root) == ["a", "to-hidden", "to-outside"]
    assert files(root, hidden=True) == [".hidden", "a", "to-outside"]
    rows = reasons(root)
    assert {path for path, row in rows.items() if row.reason == "symlink"} == {
        "to-a", "to-outside-too", "to-nothing", "to-itself", "to-folder",
    }  # fmt: skip


def test_linked_folders_are_followed_on_demand_and_loops_end(tmp_path):
    write(tmp_path, "root/a/b/c", "other/d", "other/e.log", "third/f")
    root = tmp_path / "root"
    write(root, ".ignore", text="*.log\n")
    (root / "a" / "up").symlink_to("..")
    (root / "a" / "b" / "self").symlink_to(".")
    (root / "twin").symlink_to("a")
    (root / "other").symlink_to("../other")
    (root / "other-too").symlink_to("../other")
    (root / "file").symlink_to("../other/d")
    (tmp_path / "other" / "back").symlink_to("../root")
    (tmp_path / "other" / "third").symlink_to("../third")
    assert files(root) == ["a/b/c", "file"]
    followed = files(root, follow=True)
    assert followed == ["a/b/c", "other/d", "other/third/f"]
    real = [os.path.realpath(root / path) for path in followed]
    assert sorted(real) == sorted(str(tmp_path / path) for path in ("root/a/b/c", "other/d", "third/f"))
    assert files(root, paths=(str(root / "other"),)) == ["other/d"]


def test_pipes_and_sockets_are_never_opened(tmp_path):
    write(tmp_path, "a")
    os.mkfifo(tmp_path / "pipe")
    os.mkfifo(tmp_path / ".gitignore")
    (tmp_path / "link").symlink_to("pipe")
    assert files(tmp_path) == ["a"]
    assert reasons(tmp_path)["pipe"].reason == reasons(tmp_path)["link"].reason == "not-a-file"
    listing = list_files(Selection(root=str(tmp_path), paths=(str(tmp_path / "pipe"),)))
    assert (listing.files, [problem.reason for problem in listing.problems]) == ([], ["not-a-file"])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_folder_is_a_problem_and_the_walk_goes_on(tmp_path):
    write(tmp_path, "a/b", "c/d", "e/.gitignore", "e/f")
    (tmp_path / "a").chmod(0)
    (tmp_path / "e" / ".gitignore").chmod(0)
    listing = list_files(Selection(root=str(tmp_path)))
    (tmp_path / "a").chmod(0o755)
    assert listing.files == ["c/d", "e/f"]
    told = {problem.path: problem.reason for problem in listing.problems}
    assert told == {"a": "unreadable", "e/.gitignore": "unreadable"}


def test_a_folder_that_cannot_be_listed_is_a_problem(tmp_path, monkeypatch):
    """The same as above for those who run the tests as root."""
    write(tmp_path, "a/b", "c/d")
    scandir = os.scandir

    def refuse(path):
        if path.endswith("/a"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    listing = list_files(Selection(root=str(tmp_path)))
    assert listing.files == ["c/d"]
    assert [(problem.path, problem.reason) for problem in listing.problems] == [("a/", "unreadable")]
    assert reasons(tmp_path)["a/"].detail == "Permission denied"


def test_gits_own_files_are_never_listed(tmp_path):
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    write(tmp_path, "a", "sub/.git")
    assert files(tmp_path, hidden=True, no_ignore=True) == ["a"]
    listing = list_files(Selection(root=str(tmp_path), paths=(str(tmp_path / ".git" / "config"),)))
    assert (listing.files, listing.problems[0].reason) == ([], "git-internal")


def test_a_tree_deeper_than_the_recursion_limit(tmp_path):
    depth = sys.getrecursionlimit() + 100
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(os.open("f", os.O_CREAT, dir_fd=here))
    os.close(here)
    try:
        assert files(tmp_path) == ["d/" * depth + "f"]
    finally:  # pytest's own cleaning up is recursive
        subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)


def test_every_reason_once_with_its_place(tmp_path):
    write(tmp_path, "in.py", ".hidden", ".dot/x", "out/a", "out/b", "a.log", "sub/b.tmp", "no.txt", "gone.py")
    write(tmp_path, "big.py", text="x" * 100)
    (tmp_path / "data.py").write_bytes(b"a\0b")
    (tmp_path / "link.py").symlink_to("in.py")
    os.mkfifo(tmp_path / "pipe.py")
    write(tmp_path, ".gitignore", text="# comment\n\n*.log\nout/\n")
    write(tmp_path, "sub/.ignore", text="*.tmp\n")
    options = {"globs": ("!no.*", "!gone.py"), "max_filesize": 50}
    told = [
        (row.path, row.included, row.reason, row.detail)
        for row in explain_files(Selection(root=str(tmp_path), **options))
    ]
    assert told == [
        (".dot/", False, "hidden", "its name starts with a dot"),
        (".gitignore", False, "hidden", "its name starts with a dot"),
        (".hidden", False, "hidden", "its name starts with a dot"),
        ("a.log", False, "ignored", "pattern '*.log' at .gitignore:3"),
        ("big.py", False, "too-large", "100 bytes, the limit is 50"),
        ("data.py", False, "binary", "a NUL byte among its first 8 KiB"),
        ("gone.py", False, "glob", "glob '!gone.py'"),
        ("in.py", True, "untracked", "in no git repository"),
        ("link.py", False, "symlink", f"to {tmp_path}/in.py, which is listed by its own name"),
        ("no.txt", False, "glob", "glob '!no.*'"),
        ("out/", False, "ignored", "pattern 'out/' at .gitignore:4"),
        ("pipe.py", False, "not-a-file", "neither a file nor a folder"),
        ("sub/.ignore", False, "hidden", "its name starts with a dot"),
        ("sub/b.tmp", False, "ignored", "pattern '*.tmp' at sub/.ignore:1"),
    ]
    assert reasons(tmp_path, globs=("*.py",))["no.txt"].detail == "matches no glob"
    # The walk opens no file, so what is binary is for the reader of the files to see.
    assert files(tmp_path, **options) == ["data.py", "in.py"]
    left_out = [".dot/x", ".gitignore", ".hidden", "a.log", "out/a", "out/b", "sub/.ignore", "sub/b.tmp"]
    assert list(ignored_files(Selection(root=str(tmp_path), **options))) == left_out


@pytest.mark.parametrize(
    ("data", "binary"),
    [
        (b"", False),
        (b"text \xff\xfe", False),
        (b"a\0", True),
        ("é".encode("utf-16"), True),
        (b"a" * 8192 + b"\0", False),
    ],
)
def test_what_is_binary(data, binary):
    assert is_binary(data) is binary


def test_find_root_outside_of_git(tmp_path):
    write(tmp_path, "a/b")
    (tmp_path / "a" / ".git").mkdir()
    assert find_root(str(tmp_path / "a" / "b")) is None


def test_a_plain_folder_costs_no_imports(tmp_path):
    write(tmp_path, "a.py", "b/c.py")
    write(tmp_path, ".gitignore", text="# only a comment\n\n*.log\n[ab].x\n")
    program = (
        "import sys; from cq.index.selection import Selection; from cq.index.walk import list_files; "
        f"list_files(Selection(root={str(tmp_path)!r})); "
        "heavy = {'pygit2', 'pathspec', 'subprocess', 'dataclasses', 'fnmatch', 'pathlib'}; "
        "print(*heavy & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.split() == []
