"""Odd repositories: the files are those of `git ls-files -co --exclude-standard`."""

import os
import subprocess
import sys

import pytest

from cq.index.explain import explain_files
from cq.index.repository import find_root
from cq.index.selection import Selection
from cq.index.walk import list_files


@pytest.fixture(autouse=True)
def no_configuration_of_the_user(tmp_path, monkeypatch):
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    (tmp_path / "home").mkdir()
    (tmp_path / "global").write_text('[user]\nname = n\nemail = e\n[protocol "file"]\nallow = always\n')
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "global"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)


def git(where, *arguments):
    command = ["git", "-C", str(where), *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout


def write(top, files):
    for path, text in files.items():
        place = top / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)


def told_by_git(root):
    """What git lists, if it is there and a regular file."""
    told = git(root, "ls-files", "-co", "--exclude-standard", "-z").split(b"\0")
    paths = {os.fsdecode(path) for path in told if path}
    full = {path: os.path.join(root, path) for path in paths}
    return sorted(path for path in paths if os.path.isfile(full[path]) and not os.path.islink(full[path]))


def listed(root, **options):
    listing = list_files(Selection(root=str(root), hidden=True, **options))
    assert listing.problems == []
    return sorted(listing.files)


@pytest.fixture
def repository(tmp_path):
    """Rules at three levels and from outside; tracked files in spite of them; everything once."""
    top = tmp_path / "repository"
    top.mkdir()
    git(top, "init", "-q")
    write(
        top,
        {
            ".gitignore": "*.log\nbuild/\n/only-top\n!keep.log\n",
            "sub/.gitignore": "!loud.log\n*.tmp\n/deep/gone/\n",
            "sub/deep/.gitignore": "*\n!*.py\n!.gitignore\n",
            ".git/info/exclude": "*.secret\n",
            "a.py": "a", "a.log": "", "keep.log": "", "only-top": "", "x.secret": "", ".dot/file": "",
            "build/out.o": "", "build/keep.log": "", "build/tracked/t.py": "", "build/tracked/u.py": "",
            "build/.gitignore": "!*\n", "rebuild/build/x": "", "rebuild/y": "", "build.py": "",
            "sub/only-top": "", "sub/loud.log": "", "sub/quiet.log": "", "sub/x.tmp": "",
            "sub/deep/m.py": "", "sub/deep/m.txt": "", "sub/deep/gone/m.py": "", "sub/deep/in/m.py": "",
            "tracked.log": "", "gone.py": "", "gone.log": "", "sub/wanted.tmp": "",
        },
    )  # fmt: skip
    git(top, "add", ".")
    forced = ("build/tracked/t.py", "tracked.log", "gone.log", "sub/wanted.tmp")
    git(top, "add", "-f", *forced)
    (top / "gone.py").unlink()
    (top / "gone.log").unlink()
    return top


def test_rules_of_every_level_and_tracked_files_in_spite_of_them(repository):
    expected = told_by_git(repository)
    assert {"tracked.log", "build/tracked/t.py", "sub/wanted.tmp", "sub/loud.log"} <= set(expected)
    assert not {"build/tracked/u.py", "a.log", "gone.py", "x.secret", "sub/quiet.log"} & set(expected)
    assert listed(repository) == expected


@pytest.mark.parametrize("sub", ["sub", "sub/deep", "rebuild"])
def test_a_folder_below_the_top_obeys_the_rules_above_it(repository, sub):
    assert listed(repository / sub) == told_by_git(repository / sub)


def test_no_ignore_is_everything_but_git(repository):
    found = [
        os.path.relpath(os.path.join(folder, name), repository)
        for folder, _, names in os.walk(repository)
        for name in names
    ]
    assert listed(repository, no_ignore=True) == sorted(path for path in found if not path.startswith(".git/"))


@pytest.mark.parametrize(
    "change",
    [
        ["update-index", "--index-version", "4"],
        ["update-index", "--index-version", "3"],
        ["update-index", "--split-index"],
        ["update-index", "--untracked-cache"],
    ],
)
def test_every_kind_of_index(repository, change):
    git(repository, *change)
    (repository / "late.log").write_text("")
    git(repository, "add", "-f", "late.log")
    git(repository, "add", "-N", "-f", "a.log")  # an extended flag makes it version 3
    assert {"late.log", "a.log"} <= set(listed(repository))
    assert listed(repository) == told_by_git(repository)


def test_an_index_that_cannot_be_read_is_a_problem(repository):
    git(repository, "update-index", "--index-version", "4")
    (repository / ".git" / "index").write_bytes(b"DIRC\0\0\0\4 and nonsense")
    listing = list_files(Selection(root=str(repository)))
    assert "tracked.log" not in listing.files
    assert [(problem.path, problem.reason) for problem in listing.problems] == [(".git/index", "git-index")]


def test_many_questions_go_to_libgit2(repository, monkeypatch):
    monkeypatch.setattr("cq.index.tracked._SEARCH_BUDGET_BYTES", 0)
    assert listed(repository) == told_by_git(repository)


@pytest.mark.parametrize(
    ("environment", "files"),
    [
        ({}, {"home/.config/git/ignore": "*.mine\n"}),
        ({"XDG_CONFIG_HOME": "{}/xdg"}, {"xdg/git/ignore": "*.mine\n"}),
        ({}, {"global": "[core]\nexcludesFile = ~/mine\n", "home/mine": "*.mine\n"}),
        ({}, {"global": "[include]\npath = more\n", "more": "[core]\nexcludesfile=~/m", "home/m": "*.mine"}),
        ({}, {"repository/.git/config": "[core]\n\tExcludesFile = rules\n", "repository/rules": "*.mine\n"}),
        ({}, {"global": "[core]\nexcludesFile =\n", "home/.config/git/ignore": "*.mine\n"}),
        ({"GIT_CONFIG_GLOBAL": None}, {"home/.gitconfig": "[core]\nexcludesFile=~/m", "home/m": "*.mine"}),
        ({"GIT_CONFIG_NOSYSTEM": None, "GIT_CONFIG_SYSTEM": "{}/system"},
         {"system": "[core]\nexcludesFile = ~/mine\n", "home/mine": "*.mine\n"}),
    ],
)  # fmt: skip
def test_the_ignore_file_of_the_user(repository, tmp_path, monkeypatch, environment, files):
    write(tmp_path, files)
    for name, value in environment.items():
        monkeypatch.delenv(name) if value is None else monkeypatch.setenv(name, value.format(tmp_path))
    write(repository, {"x.mine": "", "sub/x.mine": ""})
    empty = "excludesFile =\n" in files.get("global", "")
    assert ("x.mine" in listed(repository)) == empty
    assert listed(repository) == told_by_git(repository)


def test_a_linked_work_tree_shares_info_exclude(repository, tmp_path):
    git(repository, "commit", "-qm", "first")
    git(repository, "worktree", "add", "-q", str(tmp_path / "linked"))
    linked = tmp_path / "linked"
    write(linked, {"y.secret": "", "new.py": "", "new.log": ""})
    assert "tracked.log" in listed(linked)
    assert listed(linked) == told_by_git(linked)


def test_repositories_within_are_walked_by_their_own_rules(repository, tmp_path):
    module = tmp_path / "module"
    module.mkdir()
    git(module, "init", "-q")
    write(module, {".gitignore": "*.own\n", "m.py": "", "in.log": "", "forced.own": ""})
    git(module, "add", "-A", "-f")
    git(module, "commit", "-qm", "first")
    git(repository, "submodule", "-q", "add", str(module), "module")
    git(repository, "submodule", "-q", "add", "-f", str(module), "build/module")
    git(repository, "init", "-q", "nested")
    git(repository, "init", "-q", "build/nested")
    write(
        repository,
        {
            "module/left.own": "",
            "build/module/new.py": "",
            "module/left.secret": "",
            "nested/n.log": "",
            "build/nested/n.py": "",
        },
    )
    found = listed(repository)
    for within in ("module", "build/module", "nested"):
        inner = [f"{within}/{path}" for path in told_by_git(repository / within)]
        assert [path for path in found if path.startswith(within + "/")] == inner
    # The rules of the outer repository end at the inner one, but an ignored folder stays ignored.
    assert {"module/in.log", "module/forced.own", "module/left.secret", "nested/n.log"} <= set(found)
    assert "build/nested/n.py" not in found
    assert find_root(str(repository / "module" / "m.py")) == str(repository / "module")
    assert find_root(str(repository / "sub" / "deep")) == str(repository)


def test_a_folder_called_git_makes_no_repository(repository):
    (repository / "sub" / "empty" / ".git").mkdir(parents=True)
    write(repository, {"sub/empty/a.log": "", "sub/empty/a.py": ""})
    assert "sub/empty/a.log" not in listed(repository)
    assert "sub/empty/a.py" in listed(repository)


def test_odd_names(repository):
    names = [b"new\nline.py", b"-dash.py", b" space ", b"bytes\xff\xfe.py", b"\xc3\xa9.py", b"tab\t",
             b'"quoted"', b"*", b"n" * 255, b"\xff.log", b"new\n.log"]  # fmt: skip
    for name in names:
        with open(os.path.join(os.fsencode(repository), name), "wb"):
            pass
    with open(os.path.join(os.fsencode(repository), b"\xff.log"), "wb"):
        pass
    git(repository, "add", "-f", "new\n.log")
    expected = told_by_git(repository)
    assert {os.fsdecode(name) for name in names if name != b"\xff.log"} <= set(expected)
    assert listed(repository) == expected


def test_bytes_are_what_a_pattern_matches(tmp_path):
    """git's `?` and `[...]` are one byte; what is not UTF-8 can be named in an ignore file, too."""
    git(tmp_path, "init", "-q")
    (tmp_path / ".gitignore").write_bytes("?.a\n??.b\n[é].c\né.d\n".encode() + b"\xff.e\n")
    for name in "éx":
        write(tmp_path, {f"{name}.{end}": "" for end in "abcd"})
    with open(os.path.join(os.fsencode(tmp_path), b"\xff.e"), "wb"):
        pass
    assert listed(tmp_path) == told_by_git(tmp_path)


def test_a_linked_ignore_file_is_not_obeyed_and_said_so(tmp_path):
    git(tmp_path, "init", "-q")
    write(tmp_path, {"rules": "*.log\n", "a.log": ""})
    (tmp_path / ".gitignore").symlink_to("rules")
    listing = list_files(Selection(root=str(tmp_path)))
    assert "a.log" in listing.files and "a.log" in told_by_git(tmp_path)
    assert [problem.path for problem in listing.problems] == [".gitignore"]


def test_explain_says_tracked_or_not(repository):
    rows = {row.path: row for row in explain_files(Selection(root=str(repository), hidden=True))}
    assert {path for path, row in rows.items() if row.included} == set(listed(repository))
    assert rows["tracked.log"].reason == rows["build/tracked/t.py"].reason == "tracked"
    (repository / "new.py").write_text("")
    rows = {row.path: row for row in explain_files(Selection(root=str(repository), hidden=True))}
    assert (rows["new.py"].included, rows["new.py"].reason) == (True, "untracked")
    assert rows["build/tracked/u.py"].detail == "pattern 'build/' at .gitignore:2"
    assert rows["x.secret"].detail == "pattern '*.secret' at .git/info/exclude:1"
    assert rows["sub/x.tmp"].detail == "pattern '*.tmp' at sub/.gitignore:2"


def test_nothing_heavy_is_imported_when_nothing_asks_for_it(repository):
    program = (
        "import sys; from cq.index.selection import Selection; from cq.index.walk import list_files; "
        f"files = list_files(Selection(root={str(repository)!r}, hidden=True)).files; "
        "assert 'tracked.log' in files; "
        "heavy = {'pygit2', 'pathspec', 'subprocess', 'dataclasses', 'fnmatch', 'pathlib'}; "
        "print(*heavy & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.split() == []
    write(repository, {"sub/.gitignore": "a/**/b\n"})
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "pathspec" in told.stdout.split()
