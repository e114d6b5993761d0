"""`cq packs list` and `cq packs show`, and which packs the words of `cq packs` name."""

import json
from pathlib import Path

import jsonschema
import pytest

from cq.packs.pattern import split_patterns
from cq.packs.source import pack_hash
from cq.resources import data_folder

CALL = "(call function: (identifier) @name) @reference.call\n"
OWN = '((assert_statement) @it (#set! cq.emit "todo") (#set! cq.kind "assert") (#set! cq.anchor "it") (#eq? @it "x"))\n'


@pytest.fixture
def mine(tmp_path):
    """A user's folder without a table: one more pack for a known language, and one that extends a shipped one."""
    folder = tmp_path / "mine"
    (folder / "python").mkdir(parents=True)
    (folder / "python" / "asserts.scm").write_text(OWN)
    (folder / "python" / "calls.scm").write_text(f"; inherits: python\n{CALL}")
    return folder


def rows(done):
    return json.loads(done.stdout)["rows"]


def valid(done):
    contract = json.loads((Path(data_folder("contracts")) / "packs.schema.json").read_text())
    jsonschema.validate(json.loads(done.stdout), contract)
    return True


def test_list_has_a_row_for_each_pack(cq, mine):
    done = cq("packs", "list", "--queries", mine, "py", "--json")
    assert done.status == 0 and valid(done)
    found = {row["pack"]: row for row in rows(done)}
    assert sorted(found) == [
        "asserts",
        "calls",
        "chunks",
        "definitions",
        "facts",
        "imports",
        "injections",
        "references",
        "structure",
    ]
    shipped = {row["pack"]: row for row in rows(cq("packs", "list", "python", "--json"))}
    assert found["facts"] == shipped["facts"]
    assert found["calls"]["patterns"] == shipped["calls"]["patterns"] + 1
    assert found["calls"]["inherited"] == shipped["calls"]["patterns"]
    assert found["calls"]["chains"] == shipped["calls"]["chains"] + 1
    assert found["calls"]["hash"] != shipped["calls"]["hash"]
    assert len(found["calls"]["files"]) == 2 and found["calls"]["installed"]
    assert found["asserts"]["patterns"] == 1 and "inherited" not in found["asserts"]


def test_list_as_text_is_aligned(cq, mine):
    done = cq("packs", "list", "--queries", mine, cwd=mine.parent)
    head, *lines = done.stdout.splitlines()
    assert head.split() == ["language", "pack", "patterns", "inherited", "chains", "hash", "file"]
    [own] = [line for line in lines if "asserts" in line]
    assert own.index("mine/python/asserts.scm") == head.index("file")
    assert cq("packs", "list", "--color", "always").stdout.startswith("\x1b[1m")


def test_show_says_what_each_pattern_emits(cq, mine):
    done = cq("packs", "show", "python/asserts", "--queries", mine, cwd=mine)
    assert done.stdout.splitlines() == [
        "python/asserts.scm:1: todo kind=assert at=@it query",
        "  captures: @it",
        '  predicates: (#eq? @it "x")',
        f"    {OWN.rstrip()}",
    ]
    done = cq("packs", "show", "python/calls", "--queries", mine, "--json")
    assert valid(done)
    last = rows(done)[-1]
    assert (last["emit"], last["role"], last["anchor"], last["chain"]) == ("reference", "call", "name", True)
    assert (last["line"], last["captures"], last["text"]) == (2, ["name", "reference.call"], CALL.rstrip())
    assert len(cq("packs", "show", "rust", "--format", "jsonl").stdout.splitlines()) > 100


def test_a_hash_is_that_of_the_patterns():
    one, other = split_patterns("a.scm", CALL), split_patterns("b.scm", f"; moved\n\n{CALL}")
    assert pack_hash(one) == pack_hash(other) != pack_hash([*one, *other])


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        ((), 2, "cq packs needs to know what to do"),
        (("lst",), 2, "did you mean list"),
        (("list", "pythn"), 2, "unknown language: 'pythn'"),
        (("show",), 2, "cq packs show needs a language"),
        (("show", "python/nothing"), 2, "python has no pack 'nothing'"),
        (("lint", "no/such/file.scm"), 2, "no such file or folder: no/such/file.scm"),
        (("lint", "pythn"), 2, "unknown language: 'pythn'"),
        (("lint", "--node-types", "."), 2, "cq packs lint takes no --node-types"),
        (("lint", "--queries", "nowhere"), 2, "no such folder of queries: nowhere"),
        (("drift", "pythn"), 2, "unknown language: 'pythn'"),
    ],
)
def test_wrong_words(cq, tmp_path, words, status, message):
    done = cq("packs", *words, cwd=tmp_path)
    assert (done.status, done.stdout) == (status, "")
    assert message in done.stderr


def test_lint_takes_files_folders_and_languages(cq, mine):
    def files(*words, cwd=mine.parent):
        done = cq("packs", "lint", *words, "--json", cwd=cwd)
        assert valid(done)
        return json.loads(done.stdout)["summary"]["files"]

    shipped = files()
    assert files("mine") == files("mine/python") == 2
    assert files("mine/python/calls.scm") == files("calls.scm", cwd=mine / "python") == 1
    assert files("mine", "mine/python/calls.scm") == 2
    assert files("--queries", "mine") == shipped + 2
    assert files("py", "--queries", "mine") == files("python") + 2
    # A folder that is called like a language is no path, unless it is written as one.
    assert files("python", cwd=mine) == files("python")
    assert files("./python", cwd=mine) == 2


def test_lint_says_which_folders_are_no_language(cq, tmp_path):
    for name in ("py", "snake"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.scm").write_text(CALL)
    done = cq("packs", "lint", tmp_path, cwd=tmp_path)
    assert done.status == 1
    message = "a pack stands in the folder of its language [unknown-language]"
    assert done.stdout.splitlines() == [
        f"py/x.scm:1:1: error: no language 'py': {message}",
        "    hint: did you mean python?",
        f"snake/x.scm:1:1: error: no language 'snake': {message}",
        "    hint: name it in a lanes.toml, or move the file",
        "2 files, no patterns: 2 problems",
    ]


def test_lint_as_json_lines_and_as_text(cq, tmp_path):
    path = tmp_path / "python" / "calls.scm"
    path.parent.mkdir()
    path.write_text("\n(cal) @name @reference.call\n")
    done = cq("packs", "lint", path, "--format", "jsonl")
    assert done.status == 1
    [row] = map(json.loads, done.stdout.splitlines())
    assert (row["path"], row["line"], row["column"], row["code"]) == (str(path), 2, 2, "unknown-kind")
    assert (row.get("severity", "error"), row["hint"]) == ("error", "did you mean call?")
    assert cq("packs", "lint", path, cwd=tmp_path).stdout.splitlines() == [
        f"python/calls.scm:2:2: error: {row['message']} [unknown-kind]",
        "    (cal) @name @reference.call",
        "    hint: did you mean call?",
        "1 file, 1 pattern: 1 problem",
    ]


def test_a_folder_of_packs_needs_no_table(cq, mine, tmp_path):
    (tmp_path / "a.py").write_text("f(1)\n")
    assert cq("search", "f", "--queries", mine, "--root", tmp_path, cwd=tmp_path).stdout == "a.py:1:1: f(1)\n"
    empty = tmp_path / "empty"
    (empty / "python").mkdir(parents=True)
    done = cq("search", "f", "--queries", empty, "--root", tmp_path)
    assert done.status == 2 and f"{empty}/lanes.toml: No such file or directory" in done.stderr
    assert "LANGUAGE/calls.scm" in done.stderr


def test_a_pack_that_inherits_from_another_language(cq, tmp_path):
    (tmp_path / "lanes.toml").write_text("[languages.snake]\nextensions = ['.sn']\ngrammar = 'tree_sitter_python'\n")
    (tmp_path / "snake").mkdir()
    (tmp_path / "snake" / "calls.scm").write_text("; inherits: python\n")
    assert cq("packs", "lint", tmp_path).status == 0
    [row] = rows(cq("packs", "list", "snake", "--queries", tmp_path, "--json"))
    assert row["patterns"] == row["inherited"] > 0
    (tmp_path / "snake" / "calls.scm").write_text("; inherits: snake\n")
    done = cq("packs", "lint", tmp_path)
    assert done.status == 1 and "inherits from snake, which has no pack 'calls'" in done.stdout
