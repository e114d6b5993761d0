"""git itself judges made-up ignore files over made-up trees."""

import os
import shutil
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cq.index.selection import Selection
from cq.index.walk import list_files

NAMES = (
    "a",
    "b",
    "ab",
    "foo",
    "Foo",
    "a.b",
    ".x",
    "-a",
    "#a",
    "!a",
    "a b",
    "a ",
    "b\\",
    "[a]",
    "é",
    "c.o",
    "*",
)
PIECES = (
    *("a", "b", "ab", "foo", "o", ".", "c.o", "é", " ", "-"),
    *("*", "*", "?", "**", "***", "/", "/", "/**", "**/", "/**/", "\\", "\\ ", "\\#", "\\!", "\\*", "\\/"),
    *(
        "[a]",
        "[ab]",
        "[!a]",
        "[^a-c]",
        "[a-c]",
        "[c-a]",
        "[]]",
        "[]a]",
        "[a",
        "[\\]]",
        "[a-]",
        "[!-a]",
        "[/]",
    ),
    *("[[:alpha:]]", "[![:alpha:]]", "[[:nope:]]", "[[:", "[[]", "[[:alpha:]-z]", "[.-/]", "[a\\-c]", "\t"),
)

name = st.sampled_from(NAMES)
folder = st.lists(name, max_size=3).map("/".join)
wild = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join)
# Most made-up patterns match nothing; these are likely to.
likely = st.lists(st.one_of(name, st.just("*"), st.just("**")), min_size=1, max_size=3).map("/".join)
line = st.tuples(
    st.sampled_from(("", "", "!", "/", "!/", "#")),
    st.one_of(likely, wild),
    st.sampled_from(("", "", "/", " ", "  ", "\\ ", "\r", "/**")),
).map("".join)
ignore_file = st.tuples(
    st.sampled_from(("", "", "\ufeff")),
    st.lists(line, max_size=6),
    st.sampled_from(("\n", "\r\n")),
    st.booleans(),
).map(lambda made: made[0] + made[2].join(made[1]) + (made[2] if made[3] else ""))


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    top = str(tmp_path_factory.mktemp("made-up"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.delenv("XDG_CONFIG_HOME", raising=False)
        subprocess.run(["git", "init", "-q", top], check=True)
        yield top


@settings(
    max_examples=int(os.environ.get("CQ_INDEX_EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    files=st.sets(st.lists(name, min_size=1, max_size=4).map(tuple), min_size=1, max_size=12),
    ignores=st.dictionaries(folder, ignore_file, min_size=1, max_size=3),
    exclude=st.one_of(st.just(""), ignore_file),
)
def test_the_files_are_those_of_git(repository, files, ignores, exclude):
    for left in os.listdir(repository):
        if left == ".git":
            continue
        path = os.path.join(repository, left)
        shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
    for parts in sorted(files, key=len, reverse=True):
        _write(os.path.join(repository, *parts), "")
    for where, text in ignores.items():
        _write(os.path.join(repository, where, ".gitignore"), text)
    _write(os.path.join(repository, ".git", "info", "exclude"), exclude)

    command = ["git", "-C", repository, "ls-files", "-o", "--exclude-standard", "-z"]
    told = subprocess.run(command, check=True, capture_output=True).stdout
    expected = {os.fsdecode(path) for path in told.split(b"\0") if path}
    assert set(list_files(Selection(root=repository, hidden=True)).files) == expected


def _write(path, text):
    """Write a file, unless the tree already has a folder there, or a file where a folder is needed."""
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        return
    if not os.path.isdir(path):
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
