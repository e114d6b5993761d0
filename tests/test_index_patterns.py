"""The syntax of patterns and globs, each oddity once, as git and ripgrep have it."""

import os
import shutil
import subprocess

import pytest

from cq.errors import CqError
from cq.index.patterns import Table, ignore_lines
from cq.index.selection import Selection
from cq.index.walk import list_files

# Every pattern is tried on every path, and `git check-ignore` judges. Those marked * pathspec 1.1 reads
# otherwise than git, or refuses.
PATHS = ("a", "b", "]", "\\", "z", "/x", "foo", "foo ", "foo\t", "d/foo", "foox", "foo/y", "foox/d/y",
         "d/e/y", "#a", "!a", "*", "a/b", "a/d/b", "d/a/b", "\n", "5", "a-", "-", "foo\nbar")  # fmt: skip
PATTERNS = (
    *(
        "foo",
        "/foo",
        "foo/",
        "foo/*",
        "d/foo",
        "*/foo",
        "**/foo",
        "**/y",
        "*",
        "**",
        "/",
        "//",
        "",
        "!",
        " ",
        "\t",
    ),
    *("a/**/b", "/**/b", "a/**", "**/a/**", "d/**/y", "/***/b"),
    "foo**/y",  # * `**` behind a literal start crosses folders
    "/foo**",  # *
    "foo**/**",  # *
    "**\\/y",  # *
    "foo/**\\/y",  # *
    *("\\#a", "\\!a", "#a", "\\*", "\\a", "\\\\"),
    *("foo ", "foo\\ ", "foo\\\\ ", " foo"),
    "foo\t",  # * only spaces are trimmed
    "foo\\",  # * matches nothing; pathspec raises
    "a\\/b",  # * an escaped slash is a slash
    *("?", "??", "foo?", "[a]", "[ab]", "[!a]", "[^a]", "[a-z]", "[]]", "[!]]", "[a", "[]", "[-a]", "[a-]"),
    "[z-a]",  # * an empty range; pathspec raises
    "[\\]]",  # * a backslash escapes within brackets, too
    "[\\\\]",  # *
    "[[:digit:]]",  # * named classes
    "[![:alpha:]]",  # *
    "[[:nope:]]",  # * an unknown class spoils the pattern
    "[[:]",  # *
    "d[/]foo",  # * a slash within brackets anchors, and matches nothing
    "[!x]foo",  # * nor does a negated class match a slash
    "foo[!x]y",  # *
    "foo?bar",  # * a name may hold a line break
)


def matching(pattern):
    """What a walk would leave out: an entry is out when a folder above it is."""
    patterns = ignore_lines(pattern.encode() + b"\n", "x")
    for_folders = Table(patterns)
    for_files = Table(each for each in patterns if not each.folders_only)
    found = []
    for path in PATHS:
        *folders, name = path.split("/")
        above = ["".join(f"{part}/" for part in folders[:depth]) for depth in range(len(folders) + 1)]
        out = any(for_folders.last(part, above[depth]) for depth, part in enumerate(folders))
        if out or for_files.last(name, above[-1]):
            found.append(path)
    return found


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    top = tmp_path_factory.mktemp("scratch")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(top))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        subprocess.run(["git", "init", "-q", str(top)], check=True)
        yield top


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_matches_what_it_matches_in_git(scratch, pattern):
    (scratch / ".gitignore").write_text(pattern + "\n")
    paths = [path for path in PATHS if not path.startswith("/")]
    command = ["git", "-C", str(scratch), "check-ignore", "-z", "--stdin", "--no-index"]
    told = subprocess.run(command, input="\0".join(paths), capture_output=True, text=True, check=False)
    expected = {path for path in told.stdout.split("\0") if path}
    assert {path for path in matching(pattern) if path in paths} == expected


def test_the_table_of_patterns_is_no_formality():
    assert matching("foo") == ["foo", "d/foo", "foo/y"]
    assert matching("/foo**") == ["foo", "foo ", "foo\t", "foox", "foo/y", "foox/d/y", "foo\nbar"]
    assert matching("[[:digit:]]") == ["5"]
    assert matching("[a") == []


@pytest.mark.parametrize(
    ("data", "patterns"),
    [
        (b"", []),
        (b"# comment\n\n   \n", []),
        (b"\xef\xbb\xbffirst\nsecond", [("first", 1), ("second", 2)]),
        (b"crlf\r\n!no\r\n", [("crlf", 1), ("!no", 2)]),
        (b"cut\0off\n", [("cut", 1)]),
        (b"space \nescaped\\ \nboth\\  \n", [("space", 1), ("escaped\\ ", 2), ("both\\ ", 3)]),
        (b"\xff\n", [("\xff", 1)]),
    ],
)
def test_the_lines_of_an_ignore_file(data, patterns):
    assert [(pattern.text, pattern.line) for pattern in ignore_lines(data, "x")] == patterns


TREE = ("a.py", "b.txt", "src/a.py", "src/deep/c.py", "src/tests/t.py", "tests/t.py", "src/{x}.py",
        "src/[b].py", "build/gen.py", "build/keep/k.py",
        ".hidden.py", ".dot/d.py", "docs/é.md", "x.log")  # fmt: skip


@pytest.fixture
def tree(tmp_path):
    for path in TREE:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("")
    (tmp_path / ".ignore").write_text("build/\n*.log\n")
    return tmp_path


@pytest.mark.skipif(shutil.which("rg") is None, reason="ripgrep is the judge")
@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.parametrize(
    "globs",
    [
        *(
            ["*.py"],
            ["!*.py"],
            ["/*.py"],
            ["src/**"],
            ["src/"],
            ["src"],
            ["!src"],
            ["!src/"],
            ["!**/tests/**"],
        ),
        *(["*.py", "!src/**"], ["!src/**", "*.py"], ["*.{py,txt}"], ["{src,tests}/**/*.py"], ["!{a,b}.*"]),
        *(
            ["src/*"],
            ["src/**/c.py"],
            ["**/t.py"],
            ["**"],
            ["*"],
            ["?.py"],
            ["[ab].*"],
            ["[!a]*.py"],
            ["é.md"],
        ),
        *(["docs/?.md"], ["src/\\{x\\}.py"], ["src/\\[b\\].py"], ["src/[[]b].py"], ["*.log"], ["build/**"]),
        *(["build/", "*.py"], ["build"], [".hidden.py"], [".*"], [".dot/**"], [".dot", "d.py"], ["#a"], [""]),
        *(
            ["!*"],
            ["*.py "],
            ["*.py", "!*.py", "src/a.py"],
            ["src/deep/"],
            ["{*.py,b.txt}"],
            ["a.py/"],
        ),
    ],
    ids=" ".join,
)
def test_globs_select_what_they_select_in_ripgrep(tree, globs, hidden):
    command = ["rg", "--files", "--no-config", *(["--hidden"] if hidden else [])]
    command += [part for glob in globs for part in ("-g", glob)]
    told = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    assert not told.stderr
    listing = list_files(Selection(root=str(tree), globs=tuple(globs), hidden=hidden))
    assert sorted(listing.files) == sorted(told.stdout.split("\n")[:-1])


@pytest.mark.parametrize("glob", ["[a", "{a", "a\\", "!{a,b", "[[:nope:]]", "{a,b}" * 12])
def test_a_glob_that_is_none_is_an_error(tree, glob):
    with pytest.raises(CqError, match="glob"):
        list_files(Selection(root=str(tree), globs=(glob,)))
