"""`cq diagnose` as a user runs it: what it says of broken files, and what its fixes leave."""

import json
import os
import random

import pytest

from cq.diagnose.diagnosis import diagnose
from cq.diagnose.facts import facts_of
from cq.diagnose.source import Grammar
from cq.errors import CqError
from cq.grammar.language import load_language
from cq.grammar.parse import parse
from cq.resources import data_folder

FOLDERS = (data_folder("queries"),)
GRAMMARS = {
    name: Grammar(name, load_language(f"tree_sitter_{name}"), facts_of(FOLDERS, name)) for name in ("python", "rust")
}
PYTHON = '''import os


@cached
def total(items, rate=1.5):
    """Add them up.

    The rate is a factor.
    """
    found = [
        rate * item["price"] for item in items if item is not None
    ]
    table = {
        "sum": sum(found),
        "most": max(found, key=abs),
    }
    if not found or (rate < 0 and len(found) > 1):
        raise ValueError(f"no items: {table['sum']!r}")
    return os.fspath(table)


class Till:
    def open(self):
        """Open it."""
        return total([1, 2], rate=self.rates[0])
'''
RUST = """use std::fmt;

pub struct Point {
    x: u8,
    y: [u8; 2],
}

impl Point {
    pub fn sum(&self) -> u8 {
        let total = self.y.iter().map(|each| each + 1).sum();
        if total > 3 {
            println!("large {}", total);
        } else {
            return total;
        }
        match total {
            1 => 'a' as u8,
            _ => {
                self.x
            }
        }
    }
}

fn main() {
    let p = Point { x: 1, y: [1, 2] };
    println!("{}", p.sum());
}
"""


def of(language, text):
    grammar, data = GRAMMARS[language], text.encode()
    return diagnose(grammar, data, parse(grammar.language, data))


def line_of(text, damage):
    at = damage.start + (damage.edit is not None and damage.edit.text.startswith(b"\n"))
    return text.encode()[:at].count(b"\n") + 1


def fixed(text, damages):
    data = text.encode()
    for damage in reversed(damages):
        if damage.edit is not None and damage.edit.is_fix:
            data = data[: damage.edit.start] + damage.edit.text + data[damage.edit.end :]
    return data.decode()


def lost_delimiters(language, text):
    """Each bracket and quote of a text that the grammar misses."""
    for at, mark in enumerate(text):
        if mark in "()[]{}\"'" and text[at : at + 3] != mark * 3 and mark * 3 not in text[max(0, at - 2) : at + 3]:
            broken = text[:at] + text[at + 1 :]
            if parse(GRAMMARS[language].language, broken.encode()).root_node.has_error:
                yield at, mark, broken


@pytest.mark.parametrize(("language", "text"), [("python", PYTHON), ("rust", RUST)])
def test_a_lost_delimiter_is_named_at_its_place_and_the_fix_repairs(language, text):
    assert of(language, text) == []
    right = cases = 0
    for at, mark, broken in lost_delimiters(language, text):
        cases += 1
        damages = of(language, broken)
        first = damages[0]
        near = abs(line_of(broken, first) - (text.count("\n", 0, at) + 1)) <= 1
        named = mark in first.remark.message.split("missing ")[-1]
        repaired = fixed(broken, damages)
        parses = not parse(GRAMMARS[language].language, repaired.encode()).root_node.has_error
        right += near and named and parses and len(damages) == 1
    assert cases > 30
    # One in twenty may be read in another way; those are mostly quotes in f-strings.
    assert right / cases >= 0.95, f"{right} of {cases}"


CASES = [
    # (language, text, line, what is said, what the fix makes of that line; "" when there is no fix)
    ("python", "x = [1,\n     2,\n     f(3)\ny = 2\n", 3, "missing `]`", "     f(3)]"),
    ("python", "def f():\n    return (1,\n            2\n\n\ndef g():\n    pass\n", 3, "missing `)`", "            2)"),
    ("rust", "fn f() {\n    let x = if ;\n}\n", 2, "unexpected end of the line", ""),
    ("python", "def f(x)\n    return x\n", 1, "missing `:`", "def f(x):"),
    ("python", "if x = 3:\n    pass\n", 1, "unexpected `=`", "if x == 3:"),
    ("python", "x = [1, 2 3]\n", 1, "missing `,`", "x = [1, 2, 3]"),
    ("python", "for for x in y:\n    pass\n", 1, "unexpected `for`", "for x in y:"),
    ("python", "if a && b:\n    pass\n", 1, "unexpected `&&`", "if a and b:"),
    ("python", "if a:\n    pass\nelse if b:\n    pass\n", 3, "unexpected `else if`", "elif b:"),
    ("python", "def f():\n    x = foo.\n\n\ndef g():\n    pass\n", 2, "expected a name after `.`", ""),
    ("python", "def f(a):\n    return a +\n", 2, "expected an expression after `+`", ""),
    ("python", "def f():\n    for i in\n", 2, "expected an expression and a `:` after `in`", ""),
    ("python", "x = $3\n", 1, "unexpected `$`", ""),
    ("python", 'print("abc)\nx = 1\n', 1, 'unterminated string: missing "', 'print("abc")'),
    ("python", 'def f(a):\n    """Doc.\n    return a\n', 2, 'unterminated string: missing """', '    """Doc."""'),
    ("python", 'x = f"{a(1, 2)"\n', 1, "missing `}`", 'x = f"{a(1, 2)}"'),
    ("python", "x = foo(1,\n        bar(2,\n        3)\ny = 2\n", 2, "missing `)`", "        bar(2),"),
    ("python", "x = foo(1))\n", 1, "unexpected `)`", "x = foo(1)"),
    ("python", '@a\ncalss A(b):\n    """Doc."""\n', 2, "unexpected `calss`", "class A(b):"),
    ("python", 'class A:\n    x = 1\n\n    def f(self)\n        """Doc."""\n        return 1\n\n    y = 2\n', 4,
     "missing `:`", "    def f(self):"),
    ("rust", "pbu mod raw;\n", 1, "unexpected `pbu`", "pub mod raw;"),
    ("python", "improt os\n", 1, "unexpected `improt`", "import os"),
    ("python", "def f(x):\n    retrun x\n", 2, "unexpected `retrun`", "    return x"),
    ("python", "clas Dog:\n    pass\n", 1, "unexpected `clas`", "class Dog:"),
    ("python", "x = 5 +\ny = 2\n", 1, "expected an expression after `+`", ""),
    ("python", "function f():\n    pass\n", 1, "unexpected `function`", "def f():"),
    ("rust", "func f() {}\n", 1, "unexpected `func`", "fn f() {}"),
    ("rust", "fn f() {\n    int x = 5;\n}\n", 2, "unexpected `int`", "    let x = 5;"),
    ("rust", "fn f(a i32) {}\n", 1, "missing `:`", "fn f(a: i32) {}"),
    ("rust", "imp A {\n    fn f() {}\n}\n", 1, "unexpected `imp`", "impl A {"),
    ("rust", "fn f() {\n    let x = 3\n    g();\n}\n", 2, "missing `;`", "    let x = 3;"),
    ("rust", "struct A {\n    x: u8\n    y: u8,\n}\n", 2, "missing `,`", "    x: u8,"),
    ("rust", "fn () -> u8 { 3 }\n", 1, "expected a name after `fn`", ""),
    ("rust", "pub pub fn f() {}\n", 1, "unexpected `pub`", "pub fn f() {}"),
    ("rust", "fn f() {\n    self.\n}\n", 2, "expected a name after `.`", ""),
    ("rust", "fn f(x: u8) -> u8 {\n    match x {\n        1 -> 2,\n        _ => 3,\n    }\n}\n", 3, "unexpected `->`",
     "        1 => 2,"),
    ("rust", "fn f() {\n    if x {\n        y();\n    z();\n}\n\nfn g() {}\n", 4, "missing `}`", "    }"),
    ("rust", "fn f() {\n    g(p.sum());\n    h(p.sum));\n}\n", 3, "missing `(`", "    h(p.sum());"),
    ("rust", "impl A {\n  fn f() {\n    match x {\n      _ =>\n        y\n      }\n    }\n  }\n}\n",
     4, "missing `{`", "      _ => {"),
    ("rust", "fn f() {\n    let c = 'a;\n}\n", 2, "unterminated string: missing '", "    let c = 'a';"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "line", "message", "after"), CASES)
def test_what_is_said_of_a_damage(language, text, line, message, after):
    damages = of(language, text)
    assert [(line_of(text, each), each.remark.message) for each in damages] == [(line, message)]
    repaired = fixed(text, damages)
    if after:
        assert repaired.split("\n")[line - 1] == after
        assert of(language, repaired) == []
    else:
        assert repaired == text


def test_several_damages_are_found_one_by_one():
    text = (
        "def f(a:\n    x = foo(1, 2\n    y = 3\n\n\ndef g(x)\n    if x = 3:\n        return [1, 2 3]\n    print('a)\n"
    )
    damages = of("python", text)
    assert [(line_of(text, each), each.remark.message) for each in damages] == [
        (1, "missing `)`"),
        (2, "missing `)`"),
        (6, "missing `:`"),
        (7, "unexpected `=`"),
        (8, "missing `,`"),
        (9, "unterminated string: missing '"),
    ]
    assert of("python", fixed(text, damages)) == []


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "good.py").write_text(PYTHON)
    (folder / "bad.py").write_text("def f(a):\n    return foo(a, 1\n\n\nx = 2\n")
    (folder / "bad.rs").write_text("fn f() {\n    let x = 3\n    g();\n}\n")
    (folder / "notes.txt").write_text("( [ {\n")
    return folder


def test_text_has_the_line_a_caret_hints_and_the_fix(cq, project):
    done = cq("diagnose", "bad.py", cwd=project)
    assert done.status == 1
    assert done.stdout == (
        "bad.py:2:20: error: missing `)` [missing-delimiter]\n"
        " 2 |     return foo(a, 1\n"
        "   |                    ^\n"
        "   = hint: `(` was opened here and is not closed: `)` is missing (at 2:15)\n"
        "   = fix: insert `)` at 2:20\n"
    )
    assert done.stderr.startswith("1 error in 1 file · 1 file checked · 1 with a fix")


def test_exit_status(cq, project):
    assert cq("diagnose", "good.py", cwd=project).status == 0
    assert cq("diagnose", cwd=project).status == 1
    missing = cq("diagnose", "good.py", "none.py", cwd=project)
    assert missing.status == 2
    assert "none.py: no such file or folder" in missing.stderr
    assert cq("diagnose", "none.py", cwd=project).status == 2
    named = cq("diagnose", "notes.txt", cwd=project)
    assert named.status == 2
    assert "no grammar for this language" in named.stderr


def test_json_jsonl_and_limit(cq, project):
    answer = json.loads(cq("diagnose", "--json", cwd=project).stdout)
    assert answer["schema"] == {"name": "cq.diagnose", "version": 1}
    assert answer["summary"]["findings"] == 2
    assert answer["summary"]["codes"] == {"missing-delimiter": 1, "missing-token": 1}
    assert [row["path"] for row in answer["rows"]] == ["bad.py", "bad.rs"]
    row = answer["rows"][0]
    assert row["fix"] == [{"start_byte": 29, "end_byte": 29, "text": ")"}]
    assert row["hints"][0]["line"] == 2
    lines = cq("diagnose", "--format", "jsonl", "--limit", "1", cwd=project).stdout.splitlines()
    assert [json.loads(line).get("path") for line in lines] == ["bad.py", None]
    assert json.loads(lines[-1])["summary"]["shown"] == 1
    assert json.loads(lines[-1])["summary"]["findings"] == 2


def test_code_scanners_and_workflows(cq, project):
    log = json.loads(cq("diagnose", "--format", "sarif", cwd=project).stdout)
    results = log["runs"][0]["results"]
    assert [each["ruleId"] for each in results] == ["missing-delimiter", "missing-token"]
    assert results[0]["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] == ")"
    done = cq("diagnose", "--format", "github", cwd=project)
    assert done.stdout.startswith("::error file=bad.py,line=2,")


def test_examples_are_judged_one_by_one_as_they_run(cq, tmp_path):
    (tmp_path / "a.py").write_text(
        'def f():\n    """Doc.\n\n    >>> x = [1, 2\n    >>> y = f(1, \\\n    2)\n    >>> y\n    1\n    ... = 2\n'
        '    >>> s = \\"\\"\\"a\\"\\"\\"\n    """\n'
    )
    done = cq("diagnose", cwd=tmp_path)
    assert done.stdout.startswith("a.py:4:18: warning: unexpected end of the line (in python in doctest)")
    assert done.stdout.count("warning") == 1
    (tmp_path / "a.py").unlink()
    (tmp_path / "b.rs").write_text(
        "/// ```\n/// struct A {\n///     # b: u8,\n/// }\n// not shown\n/// let x = 3;\n/// ```\n"
        '/// Text, no code.\n/// ```\n#[doc = "let y = ("]\n/// 3);\n/// ```\n#[inline]\n/// It is text.\nfn f() {}\n'
    )
    done = cq("diagnose", cwd=tmp_path)
    assert (done.status, done.stdout) == (0, "")


def test_expected_is_what_the_grammar_could_go_on_with(cq, project):
    (project / "half.py").write_text("def f(a):\n    return a.\n")
    row = json.loads(cq("diagnose", "half.py", "--json", cwd=project).stdout)["rows"][0]
    assert row["expected"] == ["a name"]
    assert "fix" not in row


def test_diff_shows_and_fix_writes(cq, project):
    before = (project / "bad.py").read_bytes()
    diff = cq("diagnose", "bad.py", "--diff", cwd=project)
    assert diff.status == 1
    assert "-    return foo(a, 1\n" in diff.stdout and "+    return foo(a, 1)\n" in diff.stdout
    assert (project / "bad.py").read_bytes() == before
    done = cq("diagnose", "bad.py", "bad.rs", "--fix", cwd=project)
    assert (done.status, done.stdout) == (0, "")
    assert "bad.py:2:20: fixed: missing `)`: insert `)` at 2:20\n" in done.stderr
    assert (project / "bad.py").read_text() == "def f(a):\n    return foo(a, 1)\n\n\nx = 2\n"
    assert (project / "bad.rs").read_text() == "fn f() {\n    let x = 3;\n    g();\n}\n"
    once = (project / "bad.py").read_bytes()
    again = cq("diagnose", "--fix", cwd=project)
    assert (again.status, again.stdout) == (0, "")
    assert (project / "bad.py").read_bytes() == once


def test_fix_leaves_what_is_not_proven(cq, project):
    (project / "both.py").write_text("x = foo(1\ny = a.\n")
    done = cq("diagnose", "both.py", "--fix", cwd=project)
    assert done.status == 1
    assert "both.py:2:7: error: expected a name after `.`" in done.stdout
    assert (project / "both.py").read_text() == "x = foo(1)\ny = a.\n"


def test_no_bracket_is_put_where_all_have_their_partners(cq, tmp_path):
    (tmp_path / "new.rs").write_text(
        "macro join($(,)? $($fut:expr),* $(,)?) {\n    $(${ignore(T)} self.${index()}),+\n}\n\n"
        "impl const A for B {}\n\nimpl<T: ~const A> const A for C<T> {}\n\npub auto trait D {}\n"
    )
    rows = json.loads(cq("diagnose", "new.rs", "--json", cwd=tmp_path).stdout)["rows"]
    assert {row["line"] for row in rows} >= {1, 5, 7, 9}
    assert not any("fix" in row for row in rows)


def test_many_errors_without_a_repair_stop_the_search_for_one(cq, tmp_path):
    (tmp_path / "a.rs").write_text("".join(f"fn f{n}() {{ a{n} ?? b{n} $ c{n} !! {n} @ }}\n" for n in range(60)))
    (tmp_path / "b.rs").write_text("fn f() {\n    g(1\n}\n")
    answer = json.loads(cq("diagnose", "--json", cwd=tmp_path).stdout)
    assert [(each["path"], each["code"]) for each in answer["diagnostics"]] == [("a.rs", "repairs-stopped")]
    assert [row["fix"][0]["text"] for row in answer["rows"] if "fix" in row] == [")"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_file_that_cannot_be_written_is_an_error(cq, project):
    (project / "bad.py").chmod(0o444)
    done = cq("diagnose", "bad.py", "--fix", cwd=project)
    assert done.status == 2
    assert "read-only" in done.stderr


def test_one_finding_for_a_conflict_and_for_old_code(cq, project):
    (project / "merge.py").write_text(
        "def f(x):\n<<<<<<< HEAD\n    return x + 1\n=======\n    return (x\n>>>>>>> other\n\n\ny = [1\nz = 2\n"
    )
    rows = json.loads(cq("diagnose", "merge.py", "--json", cwd=project).stdout)["rows"]
    assert [(row["code"], row["line"]) for row in rows] == [("merge-conflict", 2), ("missing-delimiter", 9)]
    assert "up to line 6" in rows[0]["hints"][0]["message"]
    (project / "old.py").write_text('print "a"\ntry:\n    f()\nexcept A, e:\n    print e\n')
    rows = json.loads(cq("diagnose", "old.py", "--json", cwd=project).stdout)["rows"]
    assert [(row["code"], row["severity"], row["line"]) for row in rows] == [("python2", "warning", 1)]
    assert rows[0]["hints"][0]["message"] == "`print` is a function: print(...) (2 places)"
    (project / "new.py").write_text('"""They print tables, and raise errors, always."""\nprint("a")\n')
    assert cq("diagnose", "new.py", cwd=project).status == 0


def test_tabs_and_spaces_are_a_hint(cq, project):
    (project / "tabs.py").write_text("def f():\n\tx = 1\n        y = (2\n\tz = 3\n")
    rows = json.loads(cq("diagnose", "tabs.py", "--json", cwd=project).stdout)["rows"]
    assert [hint["code"] for hint in rows[0]["hints"]] == ["unclosed-delimiter", "mixed-tabs"]


NOISE = bytes(random.Random(1).choices(b"()[]{}\"'abc =:,;\n\t#/\\", k=30_000))


@pytest.mark.parametrize(
    ("name", "data", "status", "said"),
    [
        ("empty.py", b"", 0, ""),
        ("crlf.py", b"def f(a):\r\n    return foo(1\r\n\r\nx = 2\r\n", 1, "crlf.py:2:17: error: missing `)`"),
        ("bom.py", b"\xef\xbb\xbfx = (1\ny = 2\n", 1, "bom.py:1:7: error: missing `)`"),
        ("latin.py", b'# \xe9\ny = foo("\xe9\xe9", 1\nz = 2\n', 1, "latin.py:2:16: error: missing `)`"),
        ("nul.py", b"x = (1\0\n", 2, "binary, not diagnosed"),
        ("deep.py", b"x = " + b"(" * 100_000 + b")" * 99_999 + b"\n", 1, "deep.py:1:"),
        ("deep.rs", b"fn f() " + b"{" * 100_000, 1, "deep.rs:1:"),
        ("sound.py", b"x = " + b"(" * 100_000 + b")" * 100_000 + b"\n", 0, ""),
        ("errors.py", b"x = = 3\n" * 3000, 1, "errors.py:1:4: error: unexpected `=`"),
        ("noise.py", NOISE, 1, "noise.py:"),
        ("noise.rs", NOISE, 1, "noise.rs:"),
        ("line.py", b"x = [" + b"1, " * 100_000 + b"\n", 1, "line.py:1:300005: error: missing `]`"),
        ("large.py", b"x = 1\n" * 700_000, 0, "too-large-to-parse: 1 file: large.py"),
    ],
)
def test_bad_input(cq, tmp_path, name, data, status, said):
    (tmp_path / name).write_bytes(data)
    done = cq("diagnose", name, cwd=tmp_path)
    assert said in done.stdout + done.stderr
    assert done.status == status
    assert "Traceback" not in done.stderr


def test_fix_keeps_bytes_that_are_no_text_and_line_ends(cq, tmp_path):
    (tmp_path / "a.py").write_bytes(b'# \xe9\r\ny = foo("\xe9", 1\r\nz = 2\r\n')
    assert cq("diagnose", "--fix", "a.py", cwd=tmp_path).status == 0
    assert (tmp_path / "a.py").read_bytes() == b'# \xe9\r\ny = foo("\xe9", 1)\r\nz = 2\r\n'


def test_the_same_in_one_process_and_in_two(cq, tmp_path):
    for number in range(12):
        (tmp_path / f"m{number}.py").write_text(PYTHON.replace("(found)", "(found", 1) if number % 3 else PYTHON)
    one, two = (cq("diagnose", "-j", str(workers), cwd=tmp_path) for workers in (1, 2))
    assert one.stdout == two.stdout and one.stdout.count("missing `)`") == 8
    assert one.status == two.status == 1


def test_a_language_without_facts_has_findings(cq, tmp_path):
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "lanes.toml").write_text(
        '[languages.scala]\nextensions = [".scala"]\ngrammar = "tree_sitter_scala"\n'
    )
    (tmp_path / "a.scala").write_text("package a\n\ndef f() = {\n\tval x = g(1, 2\n}\n")
    done = cq("diagnose", "a.scala", "--queries", "queries", cwd=tmp_path)
    assert "a.scala:4:16: error: missing `)`" in done.stdout
    assert done.status == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("quotes = 3\n", "Expected `array`"),
        ("nonsense = true\n", "unknown field `nonsense`"),
        ('[[replacements]]\nfind = "("\ntext = ""\ncode = "a"\nmessage = "b"\n', "no regular expression"),
    ],
)
def test_wrong_facts_are_an_error(tmp_path, text, said):
    (tmp_path / "go").mkdir()
    (tmp_path / "go" / "diagnostics.toml").write_text(text)
    with pytest.raises(CqError, match=said):
        facts_of((str(tmp_path),), "go")
