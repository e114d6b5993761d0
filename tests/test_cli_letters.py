"""The letters of the command line: ripgrep's where ripgrep has them, and the same for both parsers."""

import json
import os
import re
import shutil
import subprocess

import pytest

from cq.cli import app as app_module
from cq.cli.argv import parse_argv
from cq.cli.commands import COMMANDS, Command
from cq.cli.options.listing import EXPORT, FILES, OUTLINE, TAGS
from cq.cli.options.search import SEARCH
from cq.errors import CqError

STORE = """\
import shelf

class Shelf:
    def add(self, book):
        return book

    def size(self):
        return len(self.books)

shelf.add(1); shelf.add(2)
# add a note
"""
RUST = """\
fn add(x: i32) -> i32 { x }
fn main() { add(1); Add(2); }
"""


@pytest.fixture
def tree(tmp_path):
    """A small project that is no repository: code, prose, hidden, ignored and binary files."""
    files = {
        "a.py": STORE, "b.rs": RUST, "notes.md": "add a book\n", "other.py": "x = 1\n", ".hidden.py": "add(1)\n",
        "out/made.py": "add(1)\n", ".ignore": "out/\n", "tests/test_a.py": "add(3)\n",
    }  # fmt: skip
    top = tmp_path / "tree"
    for path, text in files.items():
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_text(text)
    (top / "raw.py").write_bytes(b"add(1)\0\n")
    return top


def lines(done):
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("add -l", ["a.py", "b.rs", "tests/test_a.py"]),
        ("add --files-with-matches -tpy", ["a.py", "tests/test_a.py"]),
        ("add -l -t rust", ["b.rs"]),
        ("add -l -T py", ["b.rs"]),
        ("add -l --lang python,rust", ["a.py", "b.rs", "tests/test_a.py"]),
        ("add -l --lang auto", ["a.py", "b.rs", "tests/test_a.py"]),
        ("add -l -g *.py", [".hidden.py", "a.py", "tests/test_a.py"]),
        ("add -l -g!tests", ["a.py", "b.rs"]),
        ("add -l -g *.py -g !tests/**", [".hidden.py", "a.py"]),
        ("add -l -g !*.py -g a.py", ["a.py"]),
        ("add -l --hidden", [".hidden.py", "a.py", "b.rs", "tests/test_a.py"]),
        ("add -l --no-ignore", ["a.py", "b.rs", "out/made.py", "tests/test_a.py"]),
        ("add -l -u", ["a.py", "b.rs", "out/made.py", "tests/test_a.py"]),
        ("add -l -uu", [".hidden.py", "a.py", "b.rs", "out/made.py", "tests/test_a.py"]),
        ("add -l -uuu", [".hidden.py", "a.py", "b.rs", "out/made.py", "raw.py", "tests/test_a.py"]),
        ("add -l -u -u --unrestricted", [".hidden.py", "a.py", "b.rs", "out/made.py", "raw.py", "tests/test_a.py"]),
        ("add -l --text", ["a.py", "b.rs", "notes.md", "tests/test_a.py"]),
        ("add -l --max-filesize 100", ["b.rs", "tests/test_a.py"]),
        ("add -l --max-filesize 1K", ["a.py", "b.rs", "tests/test_a.py"]),
        ("add --files-without-match -tpy", ["other.py"]),
        ("add -c", ["a.py:2", "b.rs:2", "tests/test_a.py:1"]),
        ("add --count-matches", ["a.py:3", "b.rs:2", "tests/test_a.py:1"]),
        ("add -co", ["a.py:3", "b.rs:2", "tests/test_a.py:1"]),
        ("add -ic", ["a.py:2", "b.rs:2", "tests/test_a.py:1"]),
        ("add -i --count-matches b.rs", ["b.rs:3"]),
        ("Add -S --count-matches b.rs", ["b.rs:1"]),
        ("add -S --count-matches b.rs", ["b.rs:3"]),
        ("add --smart-case --ignore-case --count-matches b.rs", ["b.rs:3"]),
        ("add -cm1", ["a.py:1", "b.rs:1", "tests/test_a.py:1"]),
        ("add --role definition -l", ["a.py", "b.rs"]),
        ("add --role=call,definition --count-matches a.py", ["a.py:3"]),
        ("add --role definition --text --count-matches a.py notes.md", ["a.py:2", "notes.md:1"]),
        ("add --kind method -l", ["a.py"]),
        ("-e add -e size --count-matches a.py", ["a.py:4"]),
        ("--regexp=size --count-matches a.py", ["a.py:1"]),
        ("a.* --regex -l b.rs", ["b.rs"]),
        ("ad --regex --count-matches b.rs", ["b.rs:2"]),
        ("ad --regex -w --count-matches b.rs", []),
        ("a?d --regex -w --count-matches b.rs", []),
        ("add(x -F -l", ["b.rs"]),
        ("add.(x -F -l", []),
        ("a* --count-matches b.rs", ["b.rs:2"]),
        ("add -l --sort path", ["a.py", "b.rs", "tests/test_a.py"]),
        ("add a.py -o --role call", ["a.py:10:7: add", "a.py:10:21: add"]),
        ("add --vimgrep --role call a.py", [f"a.py:10:{at}:shelf.add(1); shelf.add(2)" for at in (7, 21)]),
        ("add --vimgrep -o --role call a.py", ["a.py:10:7:add", "a.py:10:21:add"]),
        ("add -tpy --role call --limit 1", ["a.py:10:7: shelf.add(1); shelf.add(2)"]),
        ("add --limit=0", []),
        ("add -q", []),
    ],
)
def test_letters(cq, tree, letters, expected):
    done = cq("search", *letters.split(), cwd=tree)
    assert lines(done) == expected
    assert done.status == (0 if expected or letters in ("add -q", "add --limit=0") else 1)


def test_nul_stands_behind_each_path(cq, tree):
    assert cq("search", "add", "-l0", cwd=tree).stdout == "a.py\0b.rs\0tests/test_a.py\0"
    assert cq("search", "add", "-c", "--null", "b.rs", cwd=tree).stdout == "b.rs\x002\n"
    assert cq("search", "main", "-0", cwd=tree).stdout == "b.rs\x002:4: fn main() { add(1); Add(2); }\n"
    assert cq("files", "-0", "-t", "rs", cwd=tree).stdout == "b.rs\0"


def test_files_from_a_file_and_from_stdin(cq, tree):
    (tree / "list").write_text("b.rs\ntests/test_a.py\n")
    assert lines(cq("search", "add", "-l", "--files-from", "list", cwd=tree)) == ["b.rs", "tests/test_a.py"]
    assert lines(cq("search", "add", "-l", "--files-from", "-", cwd=tree, stdin="a.py\0b.rs\0")) == ["a.py", "b.rs"]
    assert lines(cq("search", "add", "-l", "--files-from=-", "a.py", cwd=tree, stdin="b.rs\r\n")) == ["a.py", "b.rs"]
    assert lines(cq("files", "--files-from", "list", cwd=tree)) == ["b.rs", "tests/test_a.py"]


def test_linked_folders_are_followed_when_asked(cq, tree, tmp_path):
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "far.py").write_text("add(1)\n")
    (tree / "link").symlink_to(tmp_path / "far")
    assert "link/far.py" not in lines(cq("search", "add", "-l", cwd=tree))
    assert "link/far.py" in lines(cq("search", "add", "-lL", cwd=tree))
    assert "link/far.py" in lines(cq("search", "add", "-l", "--follow", cwd=tree))


def test_quiet_says_only_by_its_status(cq, tree):
    assert cq("search", "add", "--quiet", cwd=tree) == (0, "", "")
    assert cq("search", "nowhere", "-q", cwd=tree) == (1, "", "")
    assert cq("search", "add", "-q", "a.py", "missing", cwd=tree).status == 0
    assert cq("search", "nowhere", "-q", "a.py", "missing", cwd=tree).status == 2
    assert "files_listed                6" in cq("search", "add", "-q", "--stats", cwd=tree).stderr


def test_stats_stand_on_stderr(cq, tree):
    plain, told = (cq("search", "add", "--no-cache", *extra, cwd=tree) for extra in ((), ("--stats",)))
    assert told.stdout == plain.stdout
    assert "files_parsed                3" in told.stderr
    assert "raw.py" in told.stderr  # the whole ledger
    assert "total_ms" not in plain.stderr


def test_rank_and_path_order(cq, tree):
    ranked = [line.split(":")[0] for line in lines(cq("search", "add", cwd=tree))]
    assert ranked == ["a.py", "b.rs", "a.py", "a.py", "b.rs", "tests/test_a.py"]
    by_path = [line.split(":")[0] for line in lines(cq("search", "add", "--sort", "path", cwd=tree))]
    assert by_path == sorted(by_path)
    assert sorted(by_path) == sorted(ranked)


@pytest.mark.skipif(shutil.which("rg") is None, reason="ripgrep is not installed")
@pytest.mark.parametrize("name", ["add", "Shelf", "self", "x", "shelf", "book"])
@pytest.mark.parametrize("letters", [[], ["-i"], ["-S"]])
def test_counts_are_those_of_ripgrep(cq, tree, name, letters):
    command = ["rg", "--no-config", "-w", "--count-matches", "--sort", "path", *letters, name]
    counted = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    done = cq("search", name, "--text", "--count-matches", *letters, cwd=tree)
    assert done.stdout == counted.stdout
    assert done.status == counted.returncode


# -A, -B and -C


def context(cq, tree, *letters):
    return lines(cq("search", "hit", *letters, cwd=tree))


@pytest.fixture
def spread(tmp_path):
    (tmp_path / "a.py").write_text("one\nhit(1)\ntwo\nhit(2); hit(3)\nthree\nfour\nfive\nsix\nhit(4)\n")
    (tmp_path / "b.py").write_text("hit(5)\n")
    (tmp_path / "c.py").write_text("hit(6)\nend\n")
    return tmp_path


def test_context_lines(cq, spread):
    assert context(cq, spread, "-C1") == [
        "a.py-1-one",
        "a.py:2:1: hit(1)",
        "a.py-3-two",
        "a.py:4:1: hit(2); hit(3)",
        "a.py:4:9: hit(2); hit(3)",
        "a.py-5-three",
        "--",
        "a.py-8-six",
        "a.py:9:1: hit(4)",
        "--",
        "b.py:1:1: hit(5)",
        "--",
        "c.py:1:1: hit(6)",
        "c.py-2-end",
    ]
    assert context(cq, spread, "-A1", "a.py")[:5] == [
        "a.py:2:1: hit(1)",
        "a.py-3-two",
        "a.py:4:1: hit(2); hit(3)",
        "a.py:4:9: hit(2); hit(3)",
        "a.py-5-three",
    ]
    assert context(cq, spread, "-B", "2", "a.py")[-3:] == ["a.py-7-five", "a.py-8-six", "a.py:9:1: hit(4)"]
    assert "--" not in context(cq, spread, "-C4", "a.py")
    assert len(context(cq, spread, "-C4", "a.py")) == 10  # nine lines, one of them with two places
    assert context(cq, spread, "-C1", "-A0", "c.py") == ["c.py:1:1: hit(6)"]
    assert context(cq, spread, "-C0") == context(cq, spread)


def test_context_with_nul_and_vimgrep(cq, spread):
    assert context(cq, spread, "-C1", "-0", "c.py") == ["c.py\x001:1: hit(6)", "c.py\x002-end"]
    assert context(cq, spread, "-A1", "--vimgrep", "c.py") == ["c.py:1:1:hit(6)", "c.py-2-end"]


def test_context_under_headings(cq, spread):
    (spread / "a.py").write_text("def hit():\n    pass\nhit()\nx = hit()\n")
    shown = context(cq, spread, "-C1", "--heading", "a.py")
    assert shown[1:4] == ["definition", "a.py:1:5  def hit():", "a.py-2-    pass"]
    assert shown[4:] == ["", "call", "a.py-2-    pass", "a.py:3:1  hit()", "a.py:4:5  x = hit()"]


def test_no_line_stands_twice_under_one_heading(cq, tree):
    for letters in (["--sort", "path"], ["--heading"]):
        shown = lines(cq("search", "add", "--text", "-C3", "-tpy", *letters, cwd=tree))
        seen = set()
        for line in shown:
            if not line:
                seen = set()
            if line != "--":
                assert line == "" or line not in seen, shown
                seen.add(line)
        numbered = [re.match(r"(\S+?)[:-](\d+)[:-]", line) for line in shown]
        assert sum(1 for found in numbered if found) > 10


# What is refused


@pytest.mark.parametrize(
    "letters",
    [
        "--limit -1", "--limit=-1", "-m -1", "-m 0", "-m x", "-A -1", "-B -2", "-C -3", "-j -1", "-j 100000",
        "--limit 1.5", "--limit 99999999999999999999", "-A", "--color nonsense", "--sort size", "--format xml",
        "-t nope", "-T nope", "--lang nope", "--lang python,nope", "--role nope", "--role ,", "--nope", "-Z",
        "--max-filesize 1X", "--max-filesize -1", "--queries nowhere", "--root nowhere", "--files-from nowhere",
        "--json --format text", "--json --format jsonl", "--json -l", "--json -c", "--json --count-matches",
        "--json --files-without-match", "--json --vimgrep", "--json -o", "--json --heading", "--json -0",
        "--json -q", "--json --color always", "--format jsonl -l", "--format json --vimgrep", "-lc",
        "-l --count-matches", "-l --files-without-match", "-l --limit 3", "-l -C2", "-l -o", "-l --vimgrep",
        "-l --heading", "-l --sort rank", "-c --limit 3", "-c -A1", "-c --count-matches", "--vimgrep --heading",
        "--files-without-match -m1", "--regex -F", "-l=x", "-g [a", "-g {a,b",
    ],
)  # fmt: skip
def test_what_is_not_supported_is_refused(cq, tree, letters):
    done = cq("search", "add", *letters.split(), cwd=tree)
    assert done.status == 2
    assert done.stdout == ""
    assert done.stderr.startswith("cq: ")
    assert "\nhint: " in done.stderr or letters == "--files-from nowhere"
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") <= 2


@pytest.mark.parametrize("letters", ["--depth 0", "--depth -1", "--json --format text", "--json --color always"])
def test_outline_refuses(cq, tree, letters):
    assert cq("outline", "a.py", *letters.split(), cwd=tree).status == 2


@pytest.mark.parametrize("letters", ["--json -0", "--json --format text", "--color sometimes", "--limit 1"])
def test_files_refuses(cq, tree, letters):
    assert cq("files", *letters.split(), cwd=tree).status == 2


# Two parsers, one meaning

ARGUMENTS = [
    "add", "add a b", "-i add", "-il add", "add -A2", "add -A 2 -B=3", "add -C=1", "add -tpy", "add -t py -t rust",
    "add -Trs", "add -g!x", "add -g !x -g *.py", "add --glob=!x/**", "add -e x -e y", "-e -foo", "-e-foo", "-efoo a",
    "--regexp=-foo", "-- -foo", "add -- -x -y", "add --role call,import --role type", "add --kind=function,class",
    "add -uuu", "add -u -u", "add --unrestricted", "add -lc", "add --json", "add --format=jsonl", "add --no-heading",
    "add --heading", "add --no-facts", "add --facts", "add --limit 0", "add --limit=7", "add -m3", "add -j4",
    "add --max-filesize 2M", "add --files-from -", "add --root .", "add --hidden --no-ignore -L", "add -0qoS",
    "add -wF", "add --regex", "add --color never", "add --sort path", "add --stats --vimgrep", "add -q",
    "add --lang python,rust", "add --queries x --queries y", "add --text -i", "add --null --count",
]  # fmt: skip


@pytest.fixture
def as_cyclopts_has_it(monkeypatch):
    """What the command gets when cyclopts reads the arguments."""

    def parse(command, argv):
        passed = []

        def take(values, arguments):
            passed.append((values, list(arguments)))
            return 0

        monkeypatch.setattr(Command, "load", lambda _: take)
        app_module.run_app([command, *argv])
        return passed[0]

    return parse


@pytest.mark.parametrize("text", ARGUMENTS)
def test_both_parsers_pass_the_same_values(as_cyclopts_has_it, text):
    argv = text.split()
    quick = parse_argv(SEARCH, argv)
    assert quick is not None
    assert as_cyclopts_has_it("search", argv) == (quick.values, quick.arguments)


@pytest.mark.parametrize(
    ("command", "options", "text"),
    [
        ("files", FILES, "--explain -0 -t py src"),
        ("files", FILES, "-uu --max-filesize=1K"),
        ("outline", OUTLINE, "a.py --kind class,function --depth 2"),
        ("outline", OUTLINE, "--depth=1 --json -g!x a"),
        ("export", EXPORT, "a.py --named --lines 1:2 --format dot --limit=9"),
        ("export", EXPORT, "src --lang py --tokens --verify --depth 3"),
        ("tags", TAGS, "-R src -o tags --excmd combine --kind class,function -j2"),
        ("tags", TAGS, "-e -f TAGS -t py"),
    ],
)
def test_both_parsers_agree_on_the_other_commands(as_cyclopts_has_it, command, options, text):
    quick = parse_argv(options, text.split())
    assert quick is not None
    assert as_cyclopts_has_it(command, text.split()) == (quick.values, quick.arguments)


@pytest.mark.parametrize(
    "text",
    ["--help", "-h", "add --nope", "add -A x", "add -Z", "add --limit", "add -t", "add --sort size", "add --color red"],
)
def test_what_the_quick_parser_leaves_to_cyclopts(text):
    assert parse_argv(SEARCH, text.split()) is None


@pytest.mark.parametrize("text", ["add --nope", "add -A x", "add --limit", "add --sort size", "add --format xml"])
def test_cyclopts_refuses_with_a_hint(text):
    with pytest.raises(CqError) as caught:
        app_module.run_app(["search", *text.split()])
    assert caught.value.hint == "cq search --help"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_flag_is_unambiguous(command):
    options = COMMANDS[command].options
    flags = [flag for option in options for flag in (*option.flags, option.off) if flag]
    assert len(flags) == len(set(flags))
    assert len(options) == len({option.field for option in options})


# The other commands


def test_files(cq, tree):
    done = cq("files", cwd=tree)
    assert lines(done) == ["a.py", "b.rs", "notes.md", "other.py", "tests/test_a.py"]
    assert done.status == 0
    assert lines(cq("files", "-t", "rs", cwd=tree)) == ["b.rs"]
    none = cq("files", "-g", "*.nope", cwd=tree)
    assert (none.status, none.stdout) == (1, "") and "cq: no file" in none.stderr
    coloured = cq("files", "-trs", "--color", "always", cwd=tree)
    assert coloured.stdout == "\x1b[35mb.rs\x1b[0m\n"
    answer = json.loads(cq("files", "--json", cwd=tree).stdout)
    assert [row["path"] for row in answer["rows"]] == lines(done)


def test_files_explain_gives_a_reason_for_each(cq, tree):
    shown = lines(cq("files", "--explain", cwd=tree))
    reasons = dict(re.fullmatch(r"(?:in |out)  (\S+)  \((.*)\)", line).groups() for line in shown)
    assert reasons["out/"] == "ignored: pattern 'out/' at .ignore:1"
    assert reasons[".hidden.py"].startswith("hidden")
    assert reasons["raw.py"].startswith("binary")
    assert reasons["a.py"].startswith("untracked")
    assert {line[:3] for line in shown if line.split()[1] in ("a.py", "notes.md")} == {"in "}
    assert {line[:3] for line in shown if line.split()[1] in ("out/", "raw.py", ".hidden.py")} == {"out"}


def test_outline_of_odd_files(cq, tree):
    (tree / "empty.py").write_text("")
    (tree / "broken.py").write_text("def one(:\n  )\nclass X\n\ndef two(): pass\n")
    done = cq("outline", "a.py", cwd=tree)
    assert done.status == 0
    assert [line.split(None, 1)[1] for line in lines(done)[1:4]] == [
        "class Shelf",
        "def add(self, book)",
        "def size(self)",
    ]
    assert cq("outline", "empty.py", cwd=tree) == (1, "", "cq: no definition in 1 file\n")
    broken = cq("outline", "broken.py", cwd=tree)
    assert broken.status == 0
    assert "def two()" in broken.stdout
    assert "broken.py: warning:" in broken.stderr
    (tree / "notes.rst").write_text("Notes\n=====\n")
    unknown = cq("outline", "notes.rst", cwd=tree)
    assert unknown.status == 1
    assert "no grammar for this language" in unknown.stderr
    missing = cq("outline", "missing.py", cwd=tree)
    assert missing.status == 2
    assert "no such file" in missing.stderr
    both = cq("outline", "missing.py", "a.py", cwd=tree)
    assert both.status == 2
    assert "class Shelf" in both.stdout
    assert cq("outline", "raw.py", cwd=tree).status == 2
    folder = cq("outline", "-uuu", ".", cwd=tree)
    assert folder.status == 0
    assert "b.rs" in lines(folder)
    assert cq("outline", cwd=tree).status == 2
    assert cq("outline", "a.py", "-T", "py", cwd=tree).status == 1


def test_languages(cq, tree):
    done = cq("languages", cwd=tree)
    assert done.status == 0
    assert {line.split()[0] for line in lines(done)} >= {"python", "rust"}
    assert {row["name"] for row in json.loads(cq("languages", "--json", cwd=tree).stdout)["rows"]} >= {"python", "rust"}
    assert cq("languages", "python", cwd=tree).status == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_of_the_shell(cq, tmp_path, shell):
    done = cq("completion", shell, cwd=tmp_path)
    assert done.status == 0
    assert "--count-matches" in done.stdout
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = tmp_path / f"script.{shell}"
    script.write_text(done.stdout)
    checked = subprocess.run([shell, "-n", str(script)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_completion_of_another_shell(cq, tmp_path):
    for arguments in (["tcsh"], []):
        done = cq("completion", *arguments, cwd=tmp_path)
        assert done.status == 2
        assert done.stderr.startswith("cq: ")


def test_version_and_help(cq, tmp_path):
    assert re.fullmatch(r"cq \d+\.\d+\.\d+\n", cq("--version", cwd=tmp_path).stdout)
    assert cq("-V", cwd=tmp_path).stdout == cq("--version", cwd=tmp_path).stdout
    whole = cq("--help", cwd=tmp_path)
    assert whole.status == 0
    assert "Examples:" in whole.stdout
    bare = cq(cwd=tmp_path)
    assert bare.status == 2
    assert "search" in bare.stdout + bare.stderr


@pytest.mark.parametrize("command", ["search", "files", "outline", "languages", "completion"])
def test_help_of_each_command_has_examples(cq, tmp_path, command):
    done = cq(command, "--help", cwd=tmp_path)
    assert done.status == 0
    assert done.stderr == ""
    assert f"cq {command}" in done.stdout.partition("Examples:")[2]


def test_help_fits_a_narrow_terminal(cq, tmp_path):
    done = cq("search", "--help", cwd=tmp_path, env={"COLUMNS": "40"})
    assert done.status == 0
    assert max(map(len, lines(done))) <= 42
    assert (
        "--count-matches" in done.stdout.replace("\n", "").replace(" ", "").replace("│", "") or "--count" in done.stdout
    )


def test_an_unknown_command_is_answered_with_the_known_ones(cq, tmp_path):
    done = cq("serach", "x", cwd=tmp_path)
    assert done.status == 2
    assert 'Did you mean "search"' in done.stderr
    assert done.stdout == ""


def test_paths_open_from_the_current_folder(cq, tree):
    assert lines(cq("search", "add", "-l", "-tpy", cwd=tree / "tests")) == ["test_a.py"]
    assert lines(cq("search", "add", "-l", "../b.rs", cwd=tree / "tests")) == ["../b.rs"]
    given = os.path.join("..", "b.rs")
    assert lines(cq("search", "add", "-l", given, "--root", "..", cwd=tree / "tests")) == ["../b.rs"]
