"""`cq query` as a user runs it."""

import json
import os
import signal
import subprocess
import sys

import pytest

SHELF = """class Shelf:
    def add(self, book):
        self.books.append(book)
        print("added", book)


def main():
    shelf = Shelf()
    shelf.add("Ä" "b"); print(shelf)
"""
LIB = 'fn main() { add(1); println!("x"); }\nfn add(n: i32) -> i32 { n + 1 }\n'


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "shelf.py").write_text(SHELF)
    (folder / "src" / "empty.py").write_text("")
    (folder / "lib.rs").write_text(LIB)
    (folder / ".gitignore").write_text("ignored.py\n")
    (folder / "ignored.py").write_text("print(1)\n")
    return folder


CALLS = "(call function: [(identifier) @f (attribute attribute: (identifier) @m)])"


def test_captures_are_rows(cq, project):
    done = cq("query", CALLS, cwd=project)
    assert done.stdout.splitlines() == [
        "src/shelf.py:3:20: @m append",
        "src/shelf.py:4:9: @f print",
        "src/shelf.py:8:13: @f Shelf",
        "src/shelf.py:9:11: @m add",
        "src/shelf.py:9:25: @f print",
    ]
    assert done.status == 0
    assert "5 rows (3 f, 2 m) · in 1 of 2 files" in done.stderr
    assert "1 rust file passed over: query:1:2: no node kind 'call' in the grammar of rust" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        ([CALLS, "--capture", "m"], ["src/shelf.py:3:20: @m append", "src/shelf.py:9:11: @m add"]),
        ([CALLS, "--capture", "@m", "-c"], ["src/shelf.py:2"]),
        ([CALLS, "-l"], ["src/shelf.py"]),
        ([CALLS, "--limit", "1"], ["src/shelf.py:3:20: @m append"]),
        ([CALLS, "--lines", "8:9", "--capture", "f"], ["src/shelf.py:8:13: @f Shelf", "src/shelf.py:9:25: @f print"]),
        ([CALLS, "--lines", ":4", "--lines", "3:4", "--capture", "f"], ["src/shelf.py:4:9: @f print"]),
        ([CALLS, "--bytes", "0:100", "--lines", "4:", "--capture", "f"], ["src/shelf.py:4:9: @f print"]),
        (["(integer_literal)"], ["lib.rs:1:17: @match 1", "lib.rs:2:29: @match 1"]),
        (["(lambda)"], []),
        (['((function_definition) @f (#cq-lines? @f "2" "2"))', "--node"], []),
        (
            ['(function_definition name: (_) @n (#cq-lines? @n "1" "1")) @f', "--capture", "n", "--node"],
            ["src/shelf.py:2:9: @n (identifier) add", "src/shelf.py:7:5: @n (identifier) main"],
        ),
        (['((class_definition) @c (#cq-lines? @c "4"))', "-c"], ["src/shelf.py:1"]),
        (['((class_definition) @c (#cq-not-lines? @c "4" "10"))', "-c"], []),
        (["(class_definition) @c"], ["src/shelf.py:1:1: @c class Shelf: …"]),
        (['((identifier) @x (#any-of? @x "Shelf"))'], ["src/shelf.py:1:7: @x Shelf", "src/shelf.py:8:13: @x Shelf"]),
        (['((call) @c (#cq-in-scope? @c "function") (#cq-length? @c "1" "8"))'], ["src/shelf.py:8:13: @c Shelf()"]),
        (
            ['((identifier) @x (#cq-qualified-name? @x "Shelf.*") (#cq-not-has-ancestor? @x "block"))'],
            [],
        ),
        (
            ['(function_definition name: (identifier) @x (#cq-qualified-name? @x "Shelf.*" "ma*"))'],
            ["src/shelf.py:2:9: @x add", "src/shelf.py:7:5: @x main"],
        ),
        (
            ["(class_definition name: (_) @n body: (_) @b)", "--lines", "1:1", "--window-mode", "containment-required"],
            [],
        ),
        (["--pack", "calls", "--role", "call", "-c"], ["lib.rs:1", "src/shelf.py:5"]),
        (
            ["--pack", "definitions,imports", "--lang", "rust"],
            ["lib.rs:1:4: definition.function main", "lib.rs:2:4: definition.function add"],
        ),
        (["--pack", "structure", "--role", "within", "src", "-c"], ["src/shelf.py:4"]),
    ],
)
def test_which_rows_come(cq, project, arguments, lines):
    done = cq("query", *arguments, cwd=project)
    assert done.stdout.splitlines() == lines
    assert done.status == (0 if lines else 1)


def test_json_has_positions_in_code_points_and_the_matches_that_belong_together(cq, project):
    query = '((call function: (attribute attribute: (identifier) @m) arguments: (_) @a) (#eq? @m "add"))'
    answer = json.loads(cq("query", query, "--json", cwd=project).stdout)
    assert answer["schema"] == {"name": "cq.query", "version": 1}
    assert answer["summary"] == {
        "rows": 2,
        "matches": 1,
        "files": 1,
        "files_queried": 2,
        "of": {"a": 1, "m": 1},
        "languages": {"python": 2},
        "complete": True,
        "exit_status": 0,
    }
    name, arguments = answer["rows"]
    assert name == {
        "path": "src/shelf.py",
        "line": 9,
        "column": 11,
        "end_line": 9,
        "end_column": 14,
        "start_byte": SHELF.encode().index(b'add("\xc3'),
        "end_byte": SHELF.encode().index(b'add("\xc3') + 3,
        "language": "python",
        "capture": "m",
        "node": "identifier",
        "pattern": 0,
        "match": 0,
        "text": "add",
    }
    assert (arguments["column"], arguments["end_column"], arguments["match"]) == (14, 23, 0)
    lines = cq("query", query, "--format", "jsonl", cwd=project).stdout.splitlines()
    assert [json.loads(line) for line in lines[:-1]] == answer["rows"]
    assert json.loads(lines[-1])["summary"] == answer["summary"]


def test_rows_are_the_same_for_any_number_of_workers_and_windows(cq, project):
    for number in range(12):
        (project / f"copy{number}.py").write_text(SHELF * (number + 1))
    first = cq("query", "--pack", "all", "--format", "jsonl", cwd=project).stdout.splitlines()[:-1]
    assert len(first) > 500
    for more in (["-j", "2"], ["--windows", "7"], ["--no-autotune"], []):
        again = cq("query", "--pack", "all", "--format", "jsonl", *more, cwd=project).stdout.splitlines()[:-1]
        assert again == first, more


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "no query"),
        ([""], "query: there is no pattern"),
        (["; only a comment"], "query: there is no pattern"),
        (["(call"], "query:1:1: a bracket is not closed"),
        (['(call "print)'], "query:1:7: a quote is not closed"),
        (["identifier"], "query:1:1: a pattern begins with a bracket"),
        (
            ["(call function: (identifer) @f)", "--lang", "python"],
            "query:1:18: no node kind 'identifer' in the grammar of python",
        ),
        (["(call functon: (_) @f)", "--lang", "python"], "query:1:7: no field 'functon' in the grammar of python"),
        (["(call function: (module) @f)", "--lang", "python"], "query:1:7: this can never match"),
        (["((call) @c (#eq? @c))"], "query:1:12: #eq? with 0 values"),
        (['((call) @c (#like? @c "x"))'], "query:1:12: unknown predicate #like?"),
        (['((call) @c (#match? @c "("))'], "query:1:12: not a regular expression"),
        (["(call) @c", "--capture", "d"], "the query has no capture @d"),
        (["(call) @c", "--limit", "0"], "--limit 0: out of range"),
        (["(call) @c", "--budget-ms", "0"], "--budget-ms 0: out of range"),
        (["(call) @c", "--file-budget-ms", "0"], "--file-budget-ms 0: out of range"),
        (["(call) @c", "--lines", "9:3"], "--lines 9:3: ends before it begins"),
        (["(call) @c", "--lines", "0:3"], "--lines 0:3: lines are counted from 1"),
        (["(call) @c", "--lines", "3"], "--lines 3: not a range"),
        (["(call) @c", "--role", "call"], "--role is for packs"),
        (["--pack", "nothing"], "no pack 'nothing' for python, rust"),
        (["--pack", "gone.scm"], "gone.scm: No such file or directory"),
        (["--pack", "all", "--role", "nothing"], "no pattern of these packs gives nothing"),
        (["-f", "gone.scm"], "cannot read the query gone.scm"),
        (["-f", "x.scm", "--pack", "calls"], "--file and --pack exclude each other"),
        (["(call) @c", "nowhere"], "no such file or folder"),
    ],
)
def test_what_cannot_be_asked(cq, project, arguments, message):
    done = cq("query", *arguments, cwd=project)
    assert (done.status, done.stdout) == (2, "")
    assert message in done.stderr


def test_an_error_shows_where_in_the_query_and_what_was_meant(cq, project):
    done = cq("query", "; a comment\n(call\n  arguments: (ärgh) function: (identifer) @f)", "src", cwd=project)
    assert done.stderr.splitlines()[0].startswith("cq: query:3:15")
    done = cq("query", "(call\n  function: (identifer) @f)", "src", cwd=project)
    assert done.stderr == (
        "cq: query:2:14: no node kind 'identifer' in the grammar of python\n"
        "    function: (identifer) @f)\n"
        "               ^\n"
        "hint: did you mean identifier or integer?\n"
    )


def test_a_query_that_is_not_utf8(cq, project):
    (project / "bad.scm").write_bytes(b"(call) @\xff\n")
    for arguments in (["-f", "bad.scm"], ["--pack", "bad.scm"]):
        done = cq("query", *arguments, cwd=project)
        assert done.status == 2
        assert "bad.scm: not UTF-8" in done.stderr


def test_a_pack_of_the_users_own(cq, project):
    (project / "smells.scm").write_text(
        '((call function: (identifier) @f) @all (#set! cq.emit "smell") (#set! cq.kind "print") (#set! cq.anchor "f")'
        ' (#eq? @f "print"))\n'
    )
    done = cq("query", "--pack", "smells.scm", "src", cwd=project)
    assert done.stdout.splitlines() == [
        "src/shelf.py:4:9: smell.print print",
        "src/shelf.py:9:25: smell.print print",
    ]
    folder = project / "own" / "python"
    folder.mkdir(parents=True)
    (folder / "smells.scm").write_text((project / "smells.scm").read_text())
    for place in (["--queries", "own"], []):
        env = {} if place else {"CQ_CONFIG_DIR": str(project / "config")}
        if env:
            (project / "config").mkdir()
            (project / "own").rename(project / "config" / "queries")
        done = cq("query", "--pack", "smells", "src", "--format", "jsonl", *place, cwd=project, env=env)
        row = json.loads(done.stdout.splitlines()[0])
        assert (row["role"], row["kind"], row["name"], row["pack"]) == ("smell", "print", "print", "smells")
        assert row["text"] == 'print("added", book)'


def test_windows_outside_a_file_are_told(cq, project):
    done = cq("query", "(call) @c", "--lines", "500:600", "src/shelf.py", cwd=project)
    assert done.status == 1
    assert "outside: 1 file: src/shelf.py" in done.stderr


def test_a_spent_budget_says_what_was_not_looked_at(cq, project):
    done = cq("query", "(call) @c", "--budget-ms", "1", "--json", cwd=project)
    answer = json.loads(done.stdout)
    assert answer["summary"]["complete"] is False
    assert answer["report"]["stopped_by"] == "deadline"
    ledger = {entry["reason"]: entry["paths"] for entry in answer["ledger"]}
    assert ledger["not-looked-at"] == ["src/empty.py", "src/shelf.py"]


def test_broken_and_unreadable_files_are_told_and_the_rest_is_queried(cq, project):
    (project / "src" / "broken.py").write_text("def (:\n  print(1)\n")
    (project / "src" / "binary.py").write_bytes(b"\0\1\2")
    (project / "src" / "latin.py").write_bytes(b"x = 'caf\xe9'\nprint(x)\n")
    (project / "src" / "crlf.py").write_bytes(b"\xef\xbb\xbfprint(1)\r\nprint(2)\r\n")
    (project / "src" / "large.py").write_bytes(b"print(1)\n" * 500_000)
    done = cq("query", '((call function: (identifier) @f) (#eq? @f "print"))', "src", cwd=project)
    assert done.status == 0
    assert [line for line in done.stdout.splitlines() if "shelf" not in line] == [
        "src/broken.py:2:3: @f print",
        "src/crlf.py:1:1: @f print",
        "src/crlf.py:2:1: @f print",
        "src/latin.py:2:1: @f print",
    ]
    assert "syntax-error: 1 file: src/broken.py" in done.stderr
    assert "too-large-to-parse: 1 file: src/large.py" in done.stderr


def test_the_same_content_is_parsed_once(cq, project):
    (project / "src" / "twin.py").write_text(SHELF)
    answer = json.loads(cq("query", "(call) @c", "--json", "src", cwd=project).stdout)
    assert answer["report"]["cache_hits"] == 1


def test_stats_are_a_table_on_stderr(cq, project):
    done = cq("query", "--pack", "all", "--stats", cwd=project)
    words = [line.split()[0] for line in done.stderr.splitlines()[1:]]
    assert words[:7] == ["phase", "list", "read", "parse", "query", "rows", "total"]
    for word in ("windows", "windows_run", "matches", "captures", "rows", "cache_hits", "bytes_parsed"):
        assert word in words
    assert any(word.startswith("python/calls:") for word in words)


def test_explain_shows_the_plan_and_each_pattern(cq, project):
    done = cq("query", "--pack", "calls,definitions", "--explain", "src", cwd=project)
    assert "static limits" in done.stdout
    assert "merged into one query: calls+definitions" in done.stdout
    answer = json.loads(cq("query", CALLS, "--explain", "--json", "src", cwd=project).stdout)
    [pattern] = answer["rows"][0]["packs"][0]["scores"]
    assert (pattern["matches"], pattern["rooted"], pattern["captures"]) == (5, True, {"f": "?", "m": "?"})
    assert pattern["ms"] > 0


def test_what_one_run_measures_plans_the_next(cq, project):
    def plan():
        return json.loads(cq("packs", "plan", "python", "--json", cwd=project).stdout)["rows"][0]

    assert "tuned" not in plan() or plan()["tuned"] is False
    for _ in range(2):  # measured pack by pack first, then together
        cq("query", "--pack", "all", "--lang", "python", "-q", "--limit", "100000", "src", cwd=project)
    tuned = plan()
    assert tuned["tuned"] is True
    assert 50 <= tuned["budget_ms"] <= 2000
    assert 512 <= tuned["match_limit"] <= 16384
    assert 1 <= tuned["windows"] <= 4
    assert all(pack["cost_us_per_kb"] > 0 for pack in tuned["packs"])
    assert tuned == plan()


def test_a_corrupt_history_is_a_note_and_no_error(cq, project, cq_environment):
    cache = project / "cache"
    cache.mkdir()
    (cache / "tuning.json").write_text("{")
    env = {"CQ_CACHE_DIR": str(cache)}
    done = cq("query", "(call) @c", "--stats", "src", cwd=project, env=env)
    assert done.status == 0
    assert "the tuning history is corrupt and begun anew" in done.stderr
    assert json.loads((cache / "tuning.json").read_text())["version"] == 1


def test_control_c_answers_with_what_is_there(project, cq_environment):
    for number in range(300):
        (project / "src" / f"big{number}.py").write_text(SHELF * 400)
    process = subprocess.Popen(
        [sys.executable, "-m", "cq", "query", "(call) @c", "--format", "jsonl", "-j", "1"],
        cwd=project,
        env=cq_environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A test run in the background of a script has Ctrl-C ignored, and so would this process.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    process.stdout.readline()  # it is under way
    os.kill(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    answer = json.loads(out.splitlines()[-1])
    assert answer["summary"]["complete"] is False
    assert answer["report"]["stopped_by"] == "cancelled"
    assert 0 < answer["summary"]["files_queried"] < 302


def test_a_partial_answer_is_told_with_counts_too(cq, project):
    (project / "src" / "large.py").write_bytes(b"x = 1\n" * 700_000)
    done = cq("query", "(class_definition) @c", "-c", "src", cwd=project)
    assert (done.status, done.stdout) == (0, "src/shelf.py:1\n")
    assert "too-large-to-parse: 1 file: src/large.py" in done.stderr
    done = cq("query", "(lambda) @l", "--json", "src/large.py", cwd=project)
    assert done.status == 2  # nothing found, and not everything looked at
    assert json.loads(done.stdout)["summary"]["complete"] is False


def test_a_limit_says_what_was_not_looked_at(cq, project):
    (project / "src" / "twin.py").write_text(SHELF)
    done = cq("query", "(call) @c", "--limit", "5", "src", cwd=project)
    assert "not complete: the row limit was reached" in done.stderr
    assert "not-looked-at: 1 file: src/twin.py" in done.stderr
    done = cq("query", "(call) @c", "--limit", "10", "src", cwd=project)
    assert "not complete" not in done.stderr  # there are no more


def test_a_named_file_without_a_grammar_is_an_error(cq, project):
    (project / "notes.xyz").write_text("call()\n")
    done = cq("query", "(call) @c", "notes.xyz", "src", cwd=project)
    assert done.status == 2
    assert "notes.xyz: no grammar for this language: not queried" in done.stderr
    assert "src/shelf.py:3:9: @c self.books.append(book)" in done.stdout


def test_a_grammar_that_is_not_installed_is_told_and_the_rest_is_queried(cq, project):
    folder = project / "own"
    (folder / "zig").mkdir(parents=True)
    (folder / "lanes.toml").write_text('[languages.zig]\nextensions = [".zig"]\ngrammar = "tree_sitter_zig"\n')
    (folder / "zig" / "calls.scm").write_text("(call (identifier) @name) @reference.call\n")
    (project / "src" / "a.zig").write_text("call();\n")
    done = cq("query", "--pack", "calls", "--queries", "own", "-c", "src", cwd=project)
    assert (done.status, done.stdout) == (0, "src/shelf.py:5\n")
    assert "1 zig file passed over: the grammar tree_sitter_zig is not installed" in done.stderr
    assert cq("query", "(x) @x", "--queries", "own", "--lang", "zig", cwd=project).status == 2


def test_a_budget_for_a_file_is_looked_at_within_the_file(cq, project):
    (project / "src" / "big.py").write_text(SHELF * 3_000)
    done = cq("query", "(identifier) @x", "--file-budget-ms", "1", "src/big.py", "--json", cwd=project)
    answer = json.loads(done.stdout)
    assert answer["report"]["stopped_by"] == "deadline"
    assert answer["report"]["windows_run"] < answer["report"]["windows"]


def test_a_kind_of_scope_that_the_language_has_not(cq, project):
    done = cq("query", '((call) @c (#cq-in-scope? @c "clas"))', "src", cwd=project)
    assert done.status == 2
    assert "query:1:12: no scopes of kind 'clas' in this language" in done.stderr


def test_repeated_siblings_are_one_match_for_any_number_of_windows(cq, project):
    (project / "m.py").write_text("@a\n@b\n@c\n@d\ndef f():\n    pass\n")
    query = "((decorator)+ @d (function_definition) @f)"
    rows = cq("query", query, "m.py", cwd=project).stdout
    assert len(rows.splitlines()) == 5
    for number in (2, 3, 8):
        assert cq("query", query, "m.py", "--windows", number, cwd=project).stdout == rows


def test_an_anchor_that_is_no_capture(cq, project):
    (project / "odd.scm").write_text(
        '((call function: (identifier) @name) (#set! cq.emit "x") (#set! cq.kind "k") (#set! cq.anchor "zzz"))\n'
    )
    done = cq("query", "--pack", "odd.scm", "src", cwd=project)
    assert done.status == 2
    assert "odd.scm:1:78: the anchor @zzz is no capture of this pattern" in done.stderr


def test_a_named_binary_file_is_an_error(cq, project):
    (project / "src" / "nul.py").write_bytes(b"call()\0\n")
    done = cq("query", "(call) @c", "src/nul.py", cwd=project)
    assert done.status == 2
    assert "src/nul.py: binary, not queried" in done.stderr
    assert cq("query", "(call) @c", "src", "-c", cwd=project).status == 0


@pytest.mark.parametrize("cost", ["1e308", "-1e308", "1e999"])
def test_a_history_with_absurd_numbers(cq, project, cost):
    cache = project / "cache"
    env = {"CQ_CACHE_DIR": str(cache)}
    cq("query", "(call) @c", "src", "-c", cwd=project, env=env)
    text = (cache / "tuning.json").read_text()
    start = text.index('"us_per_kb":') + len('"us_per_kb":')
    (cache / "tuning.json").write_text(text[:start] + cost + text[text.index(",", start) :])
    done = cq("query", "(call) @c", "src", "-c", cwd=project, env=env)
    assert (done.status, done.stdout) == (0, "src/shelf.py:5\n")


def test_a_history_that_is_no_file_is_not_waited_for(cq, project):
    cache = project / "cache"
    cache.mkdir()
    os.mkfifo(cache / "tuning.json")
    done = cq("query", "(call) @c", "src", "--stats", cwd=project, env={"CQ_CACHE_DIR": str(cache)})
    assert done.status == 0
    assert "no file of its kind and not used" in done.stderr
