"""Bad input: a clear message, the right exit status, the rest still searched, and never a traceback."""

import fcntl
import json
import os
import pty
import re
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from cq.index.file_tree import FileTree
from cq.index.selection import Selection
from cq.resources import data_folder
from cq.scan.read import read_file
from cq.scan.results import FileJob, Unread
from cq.scan.scan import scan
from cq.search.names import NameQuery
from cq.search.outline import OutlineAnalysis, OutlinePlan
from cq.search.request import SearchRequest
from cq.search.run import SearchRun
from cq.store import files as files_module

QUERIES = (data_folder("queries"),)
GOOD = "def foo(): pass\nfoo()\n"
needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")


@pytest.fixture
def tree(tmp_path):
    top = tmp_path / "tree"
    top.mkdir()
    (top / "good.py").write_text(GOOD)
    return top


@pytest.fixture
def command(cq_environment):
    """Start cq with these arguments; everything else as Popen has it."""

    started = []

    def start(*arguments, **options):
        words = [sys.executable, "-P", "-m", "cq", *map(os.fsdecode, arguments)]
        # Run in the background of a script the tests have Ctrl-C ignored, and so would what they start.
        heed = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.default_int_handler)}
        started.append(subprocess.Popen(words, env=cq_environment | options.pop("env", {}), **heed, **options))
        return started[-1]

    yield start
    for process in started:
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()
        if process.poll() is None:
            process.kill()
            process.wait()


def answer(done):
    assert "Traceback" not in done.stderr
    return json.loads(done.stdout)


def ledger(done):
    return {skipped["reason"]: skipped["paths"] for skipped in answer(done).get("ledger", [])}


def rows(done):
    return [(row["path"], row["line"], row["column"], row["role"]) for row in answer(done)["rows"]]


def refused(done, *words):
    assert done.status == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    message, _, hint = done.stderr.partition("\n")
    assert message.startswith("cq: ")
    assert hint.startswith("hint: ")
    for word in words:
        assert word in done.stderr


# What is asked


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["foo", "missing"], ["no such file or folder", "missing"]),
        (["foo", "good.py/below"], ["no such file or folder"]),
        (["foo(", "--regex"], ["bad regular expression", "position 3"]),
        (["(?P<a>x)(?P<a>y)", "--regex"], ["bad regular expression"]),
        (["x{99999999999}", "--regex"], ["bad regular expression"]),
        (["foo", "--lang", "cobol"], ["unknown language: 'cobol'", "python"]),
        (["foo", "-t", "cobol"], ["unknown language: 'cobol'"]),
        (["foo", "--role", "caller"], ["unknown role: 'caller'", "call"]),
        (["foo", "--rolle", "call"], ["Unknown option", "--role"]),
        ([""], ["the name is empty"]),
        (["", "--regex"], ["the name is empty"]),
        (["-e", ""], ["the name is empty"]),
        (["a b"], ["not a name: 'a b'", "-F"]),
        (["a\nb"], ["a name has no line break"]),
        (["a\nb", "-F"], ["a name has no line break"]),
        (["..."], ["not a name"]),
        (["!?"], ["not a name"]),
        (["*"], ["not a name"]),
        (["foo("], ["not a name", "--regex"]),
        (["-foo"], ["-foo"]),
        ([], ["no name to search for"]),
    ],
)
def test_questions_that_cannot_be_asked(cq, tree, arguments, words):
    refused(cq("search", *arguments, cwd=tree), *words)


def test_an_unknown_command(cq, tree):
    refused(cq("serch", "foo", cwd=tree), "Unknown command", '"search"')


@pytest.mark.parametrize("arguments", [["-e", "-foo"], ["--", "-foo"], ["-e-foo"], ["***", "-F"], ["naïve"], ["日本"]])
def test_odd_names_that_are_nowhere(cq, tree, arguments):
    done = cq("search", *arguments, cwd=tree)
    assert done.status == 1
    assert done.stdout == ""
    assert done.stderr.startswith("0 hits")


def test_names_beyond_ascii(cq, tree):
    (tree / "größe.py").write_text("größe = 1\nprint(größe, größer)\n日本 = größe\n")
    assert rows(cq("search", "größe", "--json", "--sort", "path", cwd=tree)) == [
        ("größe.py", 1, 1, "definition"),
        ("größe.py", 2, 7, "reference"),
        ("größe.py", 3, 6, "reference"),
    ]
    assert len(rows(cq("search", "GRÖSSE", "-i", "--json", cwd=tree))) == 0  # as ripgrep: ß is no SS
    assert len(rows(cq("search", "Größe", "-i", "--json", cwd=tree))) == 3
    assert cq("search", "日本", "-o", cwd=tree).stdout == "größe.py:3:1: 日本\n"


def test_a_name_that_starts_with_a_dash(cq, tree):
    (tree / "dash.py").write_text("x = a-foo\n")
    assert rows(cq("search", "-F", "-e", "-foo", "--json", cwd=tree)) == [("dash.py", 1, 6, "reference")]
    assert rows(cq("search", "-F", "--json", "--", "-foo", cwd=tree)) == [("dash.py", 1, 6, "reference")]


def test_fixed_text_with_spaces(cq, tree):
    assert [row[:3] for row in rows(cq("search", "def foo", "-F", "--json", cwd=tree))] == [("good.py", 1, 1)]


# Which files


def test_a_missing_path_does_not_stop_the_rest(cq, tree):
    done = cq("search", "foo", "missing.py", "good.py", "--json", cwd=tree)
    assert done.status == answer(done)["summary"]["exit_status"] == 2
    assert len(rows(done)) == 2
    assert ledger(done) == {"missing": ["missing.py"]}
    assert "cq: missing.py: no such file or folder" in done.stderr


def test_a_list_of_files_may_be_out_of_date(cq, tree):
    done = cq("search", "foo", "--files-from", "-", "--json", cwd=tree, stdin="good.py\ndeleted.py\n")
    assert done.status == 0
    assert len(rows(done)) == 2
    assert ledger(done) == {"gone": ["deleted.py"]}
    refused(cq("search", "foo", "--files-from", "-", cwd=tree, stdin="deleted.py\n"), "no such file")
    refused(cq("search", "foo", "--files-from", "-", cwd=tree, stdin="\n\n"), "lists no file")


def test_folders_with_nothing_to_search(cq, tmp_path):
    empty = cq("search", "foo", cwd=tmp_path)
    assert empty.status == 1
    assert "no file to search" in empty.stderr
    (tmp_path / "image.png").write_bytes(b"\x89PNG\0\0")
    (tmp_path / "readme.md").write_text("nothing\n")
    none = cq("search", "foo", "--json", cwd=tmp_path)
    assert none.status == 1
    assert rows(none) == []
    assert ledger(none) == {"binary": ["image.png"]}
    assert cq("files", "-t", "py", cwd=tmp_path) == (1, "", "")
    assert cq("outline", ".", cwd=tmp_path).status == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
@pytest.mark.parametrize("letters", [[], ["-l"], ["-c"], ["--vimgrep"], ["--json"]])
def test_a_file_without_permission(cq, tree, letters):
    (tree / "secret.py").write_text(GOOD)
    (tree / "secret.py").chmod(0)
    done = cq("search", "foo", *letters, cwd=tree)
    assert done.status == 2
    assert "good.py" in done.stdout
    assert "cq: secret.py: Permission denied" in done.stderr


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs /proc")
@pytest.mark.parametrize(
    "letters", [[], ["-l"], ["-c"], ["--vimgrep"], ["--heading"], ["--format", "jsonl"], ["--json"]]
)
def test_a_file_that_opens_and_does_not_read(cq, tree, letters):
    (tree / "memory.py").symlink_to("/proc/self/mem")
    done = cq("search", "foo", *letters, cwd=tree)
    assert done.status == 2
    assert "good.py" in done.stdout
    assert "cq: memory.py: " in done.stderr
    if letters == ["--json"]:
        assert ledger(done) == {"unreadable": ["memory.py"]}
        assert answer(done)["summary"]["exit_status"] == 2
        assert {"path": "memory.py", "code": "unreadable", "severity": "error"}.items() <= answer(done)["diagnostics"][
            0
        ].items()
    assert cq("files", cwd=tree).status == 2


def test_a_folder_in_the_place_of_a_file(tmp_path):
    (tmp_path / "folder.py").mkdir()
    unread = read_file(FileTree(str(tmp_path)), "folder.py")
    assert isinstance(unread, Unread)
    assert unread.reason == "unreadable"


def search_here(root):
    selection = Selection(root=str(root))
    return SearchRun(SearchRequest(query=NameQuery(names=("foo",)), selection=selection, folders=QUERIES))


def test_a_file_deleted_after_the_listing(tree, monkeypatch):
    (tree / "doomed.py").write_text(GOOD)
    list_files = files_module.list_files

    def list_and_delete(selection):
        listing = list_files(selection)
        (tree / "doomed.py").unlink()
        return listing

    monkeypatch.setattr(files_module, "list_files", list_and_delete)
    run = search_here(tree)
    assert [found.path for found in run.files()] == ["good.py"]
    assert [(skipped.reason, skipped.paths) for skipped in run.ledger()] == [("gone", ("doomed.py",))]
    assert run.exit_status == 0


def test_a_file_deleted_before_the_second_reading(tree):
    jobs = [FileJob("doomed.py", 10), FileJob("good.py", 10)]
    gone, outline = scan(FileTree(str(tree)), jobs, OutlineAnalysis, OutlinePlan(QUERIES), 0)
    assert gone.reason == "gone"
    assert [row.name for row in outline.rows] == ["foo"]


def test_links_pipes_and_loops(cq, tree):
    os.mkfifo(tree / "pipe.py")
    (tree / "loop").symlink_to(".")
    (tree / "self.py").symlink_to("self.py")
    (tree / "dangling.py").symlink_to("nowhere.py")
    (tree / "sub").mkdir()
    (tree / "sub" / "up").symlink_to("..")
    (tree / "twice.py").symlink_to("good.py")
    done = cq("search", "foo", "--json", cwd=tree)
    assert done.status == 0
    assert [row[0] for row in rows(done)] == ["good.py", "good.py"]
    assert ledger(done) == {}
    followed = cq("search", "foo", "-L", "--json", cwd=tree)
    assert [row[0] for row in rows(followed)] == ["good.py", "good.py"]
    for path in ("pipe.py", "self.py", "dangling.py"):
        named = cq("search", "foo", path, "good.py", cwd=tree)
        assert named.status == 2
        assert f"cq: {path}: " in named.stderr
        assert "good.py:1:5: def foo(): pass" in named.stdout
    assert "pipe.py" in cq("search", "foo", "pipe.py", cwd=tree).stderr


# What is in the files


def test_a_file_of_fifty_megabytes(command, tree):
    with (tree / "large.py").open("w") as file:
        for _ in range(50):
            file.write("def bar(x):\n    return x + 1  # long\n" * 27_000)
        file.write("def foo(): pass\nfoo(1)\n")
    assert (tree / "large.py").stat().st_size > 49_000_000
    with (tree / "out.json").open("wb") as out:
        process = command("search", "foo", "--json", cwd=tree, stdout=out)
        began = time.monotonic()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    assert time.monotonic() - began < 60
    assert usage.ru_maxrss < 500_000  # kB
    told = json.loads((tree / "out.json").read_text())
    large = [
        (row["line"], row["column"], row["role"], row["method"]) for row in told["rows"] if row["path"] == "large.py"
    ]
    assert large == [(2_700_001, 5, "definition", "lexical"), (2_700_002, 1, "call", "lexical")]
    assert {skipped["reason"]: skipped["paths"] for skipped in told["ledger"]}["too-large-to-parse"] == ["large.py"]


@pytest.mark.parametrize("suffix", [".js", ".py"])
def test_a_minified_file_of_one_line(cq, tree, suffix):
    unit = "x=foo(1)+'foo';" + "y.z(0);" * 5
    (tree / f"small.min{suffix}").write_text(unit * 20_000)
    began = time.monotonic()
    done = cq("search", "foo", "--limit", "60", f"small.min{suffix}", cwd=tree)
    assert time.monotonic() - began < 40
    assert done.status == 0
    lines = done.stdout.splitlines()
    assert len(lines) == 60
    assert max(map(len, lines)) < 300
    columns = [int(line.split(":")[2]) for line in lines]
    assert columns == [3 + len(unit) * number for number in range(60)]
    count = cq("search", "foo", "--text", "--count-matches", f"small.min{suffix}", cwd=tree).stdout
    assert count == f"small.min{suffix}:40000\n"


def test_columns_in_a_long_line_of_wide_characters(cq, tree):
    line = "x = '" + "é日" * 3000 + "'; foo(1); y = '" + "ü" * 3000 + "'; foo(2)\r"
    (tree / "good.py").write_text(line + "\n" + line + "\n")
    found = answer(cq("search", "foo", "--json", cwd=tree))["rows"]
    places = [match.start() + 1 for match in re.finditer("foo", line)]
    assert [(row["line"], row["column"]) for row in found] == [(number, at) for number in (1, 2) for at in places]
    for row in found:
        assert row["text"][row["column"] - row.get("text_column", 1) :].startswith("foo(")
        assert len(row["text"]) <= 240


def test_binary_files_are_in_the_ledger(cq, tree):
    (tree / "nul.py").write_bytes(b"foo()\n\0\n")
    (tree / "utf16.py").write_bytes(GOOD.encode("utf-16"))
    done = cq("search", "foo", "--json", cwd=tree)
    assert done.status == 0
    assert {row[0] for row in rows(done)} == {"good.py"}
    assert ledger(done) == {"binary": ["nul.py", "utf16.py"]}
    assert "not searched: 2 binary files" in cq("search", "foo", cwd=tree).stderr
    asked = cq("search", "foo", "-uuu", "--json", cwd=tree)
    assert ("nul.py", 1, 1, "call") in rows(asked)
    late = tree / "late.py"
    late.write_bytes(b"foo()\n#" + b"x" * 9000 + b"\n\0\nfoo()\n")
    assert [row[1:3] for row in rows(cq("search", "foo", "--json", "late.py", cwd=tree))] == [(1, 1), (4, 1)]


def test_binary_files_are_searched_by_workers_too(cq, tree):
    for name in ("a.py", "b.py"):
        (tree / name).write_bytes(b"foo()\n\0\n")
    assert cq("search", "foo", "-uuu", "-c", "-j2", cwd=tree).stdout == "a.py:1\nb.py:1\ngood.py:2\n"


def test_latin_1(cq, tree):
    (tree / "good.py").write_bytes('"é"; foo(1)  # é\nx = foo\n\ndef foo(é): pass\n'.encode("latin-1"))
    done = cq("search", "foo", "--json", "--sort", "path", cwd=tree)
    assert done.status == 0
    assert rows(done) == [("good.py", 1, 6, "call"), ("good.py", 2, 5, "reference"), ("good.py", 4, 5, "definition")]


def test_line_ends_and_byte_order_marks(cq, tree):
    (tree / "good.py").unlink()
    (tree / "bom.py").write_bytes(b"\xef\xbb\xbffoo(1)\nx = foo\n")
    (tree / "crlf.py").write_bytes(b"def foo():\r\n    pass\r\n\r\nfoo(1)\r\n")
    done = cq("search", "foo", "--json", "--sort", "path", cwd=tree)
    assert rows(done) == [
        ("bom.py", 1, 1, "call"),
        ("bom.py", 2, 5, "reference"),
        ("crlf.py", 1, 5, "definition"),
        ("crlf.py", 4, 1, "call"),
    ]
    assert [row["text"] for row in answer(done)["rows"]] == ["foo(1)", "x = foo", "def foo():", "foo(1)"]
    shown = cq("search", "foo", "-C1", "crlf.py", cwd=tree).stdout
    assert shown == "crlf.py:1:5: def foo():\ncrlf.py-2-    pass\ncrlf.py-3-\ncrlf.py:4:1: foo(1)\n"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("deep.py", f"x = {'(' * 10_000}foo{')' * 10_000}\ndef foo(): pass\n", {"definition": 1, "reference": 1}),
        (
            "deep.rs",
            f"fn a() {{ {'(' * 10_000}foo{')' * 10_000} }}\nfn foo() {{}}\n",
            {"definition": 1, "reference": 1},
        ),
        ("blocks.rs", f"fn a() {'{' * 10_000}foo();{'}' * 10_000}\nfn foo() {{}}\n", {"definition": 1, "call": 1}),
        ("open.py", f"foo()\nx = {'[' * 10_000}foo\n", None),
        ("blocks.py", "".join(f"{' ' * n}if x:\n" for n in range(1000)) + " " * 1000 + "foo()\n", None),
    ],
)
def test_ten_thousand_levels(cq, tree, name, text, expected):
    (tree / name).write_text(text)
    done = cq("search", "foo", "--json", name, "good.py", cwd=tree)
    assert done.status == 0
    summary = answer(done)["summary"]
    assert summary["unexplained"] == 0
    assert {row[0] for row in rows(done)} == {name, "good.py"}
    if expected is not None:
        alone = answer(cq("search", "foo", "--json", name, cwd=tree))["summary"]
        assert alone["roles"] == expected
    assert "Traceback" not in cq("outline", name, cwd=tree).stderr


@pytest.mark.parametrize("form", ["text", "json"])
def test_outline_of_a_thousand_nested_definitions(cq, tree, form):
    (tree / "nested.rs").write_text("fn foo() {" * 1200 + "}" * 1200)
    done = cq("outline", "nested.rs", "--format", form, cwd=tree)
    assert "Traceback" not in done.stderr
    assert done.status == 0


def test_a_broken_file_gives_the_rest_of_its_rows(cq, tree):
    (tree / "broken.py").write_text("def broken(:\n  )\nclass X\n\ndef foo(): pass\n")
    done = cq("search", "foo", "--json", cwd=tree)
    assert done.status == 0
    assert ("broken.py", 5, 5, "definition") in rows(done)
    assert ledger(done) == {"syntax-error": ["broken.py"]}


# Names of files


ODD = [b"sp ace.py", b"new\nline.py", b"-dash.py", "ünï.py".encode(), b"\xff\xfe.py", b"esc\x1b[31m.py"]


@pytest.fixture
def oddly_named(tree):
    (tree / "good.py").unlink()
    for name in ODD:
        with open(os.path.join(os.fsencode(tree), name), "w") as file:
            file.write("foo()\n")
    return tree


def test_odd_file_names_come_out_as_they_are(command, oddly_named):
    def output(*arguments):
        done = command(*arguments, cwd=oddly_named, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        out, err = done.communicate(timeout=60)
        assert (done.returncode, b"Traceback" in err) == (0, False)
        return out

    assert sorted(output("search", "foo", "-l0").split(b"\0")[:-1]) == sorted(ODD)
    assert sorted(output("files", "-0").split(b"\0")[:-1]) == sorted(ODD)
    assert sorted(output("search", "foo", "-0").split(b"\0")) == sorted(
        [b"-dash.py", *(b"1:1: foo()\n" + name for name in ODD if name != b"-dash.py"), b"1:1: foo()\n"]
    )
    for name in ODD:
        assert output("search", "foo", "-l", b"./" + name) == name + b"\n"
        assert output("search", "foo", "--", name).startswith(name + b":1:1: foo()")
    for arguments in (["search", "foo", "--json"], ["files", "--json"], ["files", "--explain", "--json"]):
        paths = [row["path"] for row in json.loads(output(*arguments))["rows"]]
        assert sorted(paths) == sorted(name.decode("utf-8", "replace") for name in ODD)
    for line in output("search", "foo", "--format", "jsonl").splitlines():
        json.loads(line)


def test_definitions_in_oddly_named_files_are_outlined(command, oddly_named):
    with open(os.path.join(os.fsencode(oddly_named), b"\xff\xfe.py"), "w") as file:
        file.write(GOOD)
    for form in ("text", "json", "jsonl"):
        done = command(
            "outline", ".", "--format", form, cwd=oddly_named, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        out, err = done.communicate(timeout=60)
        assert (done.returncode, err) == (0, b"")
        assert b"foo" in out


def test_an_encoding_that_lacks_the_characters(command, oddly_named):
    done = command("search", "foo", "-l", cwd=oddly_named, stdout=subprocess.PIPE, env={"PYTHONIOENCODING": "ascii"})
    out, _ = done.communicate(timeout=60)
    assert done.returncode == 0
    assert b"\\xfcn\\xef.py\n" in out


# Terminals


def on_a_terminal(command, columns, *arguments, cwd, env=None):
    """What cq writes to a terminal of so many columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = command(*arguments, cwd=cwd, stdout=theirs, stderr=subprocess.PIPE, env=env or {})
    os.close(theirs)
    written = b""
    while True:
        try:
            piece = os.read(ours, 1 << 16)
        except OSError:  # the other side is closed
            break
        if not piece:
            break
        written += piece
    os.close(ours)
    process.communicate(timeout=60)
    return written.decode("utf-8", "replace").replace("\r\n", "\n")


HOSTILE = "foo(1)  # \x1b[31mred\x1b]0;title\x07 \x9b2J \u202e over\r gone\x08\x08\n"


@pytest.mark.parametrize("env", [{}, {"NO_COLOR": "1"}])
@pytest.mark.parametrize("letters", [[], ["--no-heading"], ["-C1"], ["-l"], ["--text", "--role", "comment"]])
def test_no_control_character_reaches_a_terminal(command, oddly_named, env, letters):
    (oddly_named / "hostile.py").write_text("# foo \x1b[2J\n" + HOSTILE + HOSTILE)
    shown = on_a_terminal(command, 80, "search", "foo", *letters, cwd=oddly_named, env=env)
    assert "hostile.py" in shown
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown) if not env else shown
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", plain)
    assert "\x1b[31mred" not in shown
    for command_name in ("files", "outline"):
        shown = on_a_terminal(command, 80, command_name, ".", cwd=oddly_named, env={"NO_COLOR": "1"})
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)


def test_colours_in_a_pipe_are_the_only_control_characters(cq, tree):
    (tree / "good.py").write_text(HOSTILE)
    shown = cq("search", "foo", "--color", "always", cwd=tree).stdout
    assert "\x1b[1;31mfoo\x1b[0m" in shown
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", re.sub(r"\x1b\[[0-9;]*m", "", shown))
    assert cq("search", "foo", cwd=tree).stdout.count("\x1b") == 2  # a pipe gets the line as it is


@pytest.mark.parametrize("columns", [50, 80, 200])
def test_rows_never_wrap(command, tree, columns):
    from cq.render.text import _columns

    wide = "日本" * 40
    lines = [
        f"def foo({', '.join(letter * 20 for letter in 'abcde')}): 'Documentation.'",
        f"x = '{'y' * 150}' + foo(1)",
        f"z = '{wide}'; foo(2); '{wide}'",
        "\tfoo\t(\t1\t)" + "\t" * 30 + "1",
        "q" * 500 + "; foo",
    ]
    (tree / "good.py").write_text("\n".join(lines) + "\n")
    for letters in ([], ["-C2"]):
        shown = on_a_terminal(command, columns, "search", "foo", *letters, cwd=tree, env={"NO_COLOR": "1"}).splitlines()
        placed = [line for line in shown if re.match(r"good\.py[:-]\d", line)]
        assert len(placed) >= 5
        assert max(map(_columns, placed)) <= columns
        assert all("foo" in line for line in placed if line.startswith("good.py:"))


# The end of a run


@pytest.fixture(scope="module")
def many_rows(tmp_path_factory):
    top = tmp_path_factory.mktemp("many")
    (top / "many.py").write_text("foo(1)\n" * 30_000)
    return top


@pytest.mark.parametrize("letters", [[], ["--format", "jsonl"], ["--json"], ["--heading"]])
def test_a_closed_pipe_is_silent(command, many_rows, letters):
    done = command("search", "foo", *letters, cwd=many_rows, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.stdout.read(20)
    done.stdout.close()
    errors = done.stderr.read().decode()
    assert done.wait(60) == 0
    assert [line for line in errors.splitlines() if not line.startswith("30,000 hits")] == []


def test_a_pipe_that_is_closed_from_the_beginning(command, tree):
    for arguments in (["search", "foo"], ["search", "foo", "-l"], ["files"], ["outline", "."], ["--version"]):
        done = command(*arguments, cwd=tree, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        done.stdout.close()
        assert b"Traceback" not in done.stderr.read()
        assert done.wait(60) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "arguments", ["search foo", "search foo --json", "search foo -l", "files", "--version", "--help"]
)
def test_a_full_disk(command, tree, arguments):
    with open("/dev/full", "wb") as full:
        done = command(*arguments.split(), cwd=tree, stdout=full, stderr=subprocess.PIPE)
        errors = done.stderr.read().decode()
    assert done.wait(60) == 2
    assert "cq: No space left on device" in errors
    assert "Traceback" not in errors
    with open("/dev/full", "wb") as full:
        assert command("search", "foo", "missing", cwd=tree, stdout=full, stderr=full).wait(60) == 2


def test_closed_stdout_and_stderr(tree, cq_environment):
    for redirect, status in ((">&-", 2), ("2>&-", 0), (">&- 2>&-", 2)):
        line = f'"{sys.executable}" -P -m cq search foo {redirect}'
        done = subprocess.run(["sh", "-c", line], cwd=tree, env=cq_environment, capture_output=True, check=False)
        assert done.returncode == status
        assert b"Traceback" not in done.stderr


# Processes


@pytest.fixture(scope="module")
def slow(tmp_path_factory):
    """Enough to parse for a few seconds of two processes."""
    top = tmp_path_factory.mktemp("slow")
    body = "".join(f"def foo_{n}(x):\n    return foo(x, [{n}, ({n}, foo)])\n\n" for n in range(4000))
    for number in range(24):
        (top / f"m{number:02}.py").write_text(body)
    return top


def session(pid):
    """The processes of the session that pid leads, with their parents."""
    members = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z" and int(fields[3]) == pid:
            members[int(entry.name)] = int(fields[1])
    return members


def workers_of(process):
    """The workers, once there are two: children of the fork server, itself a child of cq."""
    for _ in range(400):
        members = session(process.pid)
        found = [pid for pid, parent in members.items() if parent != process.pid and parent in members]
        if len(found) >= 2:
            return found
        assert process.poll() is None, "the search ended before there were workers"
        time.sleep(0.02)
    raise AssertionError("no workers")


def wait_for_the_end_of(pid, seconds=10):
    for _ in range(seconds * 20):
        if not session(pid):
            return
        time.sleep(0.05)
    left = session(pid)
    for each in left:
        os.kill(each, signal.SIGKILL)
    raise AssertionError(f"left over: {left}")


def start_slow(command, slow, **options):
    return command(
        "search", "foo", "--json", "-j2", cwd=slow, stdout=subprocess.DEVNULL, start_new_session=True, **options
    )


@needs_proc
@pytest.mark.parametrize("again_after", [None, 0.0, 0.005, 0.02])
def test_control_c(command, slow, again_after):
    process = start_slow(command, slow, stderr=subprocess.PIPE)
    workers_of(process)
    time.sleep(0.3)
    os.killpg(process.pid, signal.SIGINT)
    if again_after is not None:  # an impatient user; it once waited for ever then
        time.sleep(again_after)
        os.killpg(process.pid, signal.SIGINT)
    errors = process.stderr.read().decode()
    assert process.wait(30) == 130
    assert errors == "cq: interrupted\n"
    wait_for_the_end_of(process.pid)


@needs_proc
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_no_worker_outlives_its_parent(command, slow, how):
    process = start_slow(command, slow, stderr=subprocess.DEVNULL)
    workers_of(process)
    process.send_signal(how)
    process.wait(30)
    wait_for_the_end_of(process.pid)


@needs_proc
def test_a_worker_that_is_killed_costs_no_row(command, slow, tmp_path):
    with (tmp_path / "out").open("wb") as out:
        process = command(
            *("search", "foo", "-c", "-j2"), cwd=slow, stdout=out, stderr=subprocess.PIPE, start_new_session=True
        )
        os.kill(workers_of(process)[0], signal.SIGKILL)
        errors = process.stderr.read().decode()
    assert process.wait(60) == 0
    assert "a worker process died" in errors
    assert "Traceback" not in errors
    assert (tmp_path / "out").read_text() == "".join(f"m{number:02}.py:4000\n" for number in range(24))
    wait_for_the_end_of(process.pid)


HOSTILE_MODULES = (
    *("msgspec", "re", "multiprocessing", "tree_sitter", "cq", "sitecustomize", "json", "signal", "cyclopts"),
    *("concurrent", "unicodedata", "pygit2", "tree_sitter_python", "usercustomize", "conftest"),
)


@pytest.mark.parametrize(
    "arguments", ["search foo -j2", "search foo --help", "files", "outline . --json", "search zzz"]
)
def test_nothing_of_the_scanned_folder_is_executed(tmp_path, cq_environment, arguments):
    script = shutil.which("cq", path=str(Path(sys.executable).parent))
    if script is None:
        pytest.skip("cq is not installed as a command")
    for module in HOSTILE_MODULES:
        text = f"def foo(): pass\nfoo()\nopen({str(tmp_path / 'executed')!r}, 'a').write({module!r})\n"
        (tmp_path / f"{module}.py").write_text(text)
    done = subprocess.run(
        [script, *arguments.split()], cwd=tmp_path, env=cq_environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == (1 if "zzz" in arguments else 0), done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "executed").exists(), (tmp_path / "executed").read_text()
