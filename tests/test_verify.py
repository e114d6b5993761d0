"""`cq verify`: the lanes held against readers that know nothing of them."""

import json

import msgspec
import pytest

from cq.render.verify_text import verify_lines
from cq.resources import data_folder
from cq.rows.verify import ConfidenceScore, VerifyAnswer
from cq.verify.analysis import VerifyAnalysis, VerifyPlan
from cq.verify.python.reader import read as read_python
from cq.verify.word import NotReadable

QUERIES = data_folder("queries")
SHELF = '''"""Shelves."""
import os.path
from books import Book as Title


class Shelf:
    size = 1

    def add(self, book: Title) -> int:
        """Adds."""
        count = len(self.rows)
        return sum(each.pages + count for each in [book]) + open(os.path.join(self.name))


def fill(shelf):
    shelf.add(Title())
'''
SHOP = 'pub fn sell(book: Book) -> u8 {\n    let n = book.pages();\n    println!("{n}");\n    cost(n)\n}\n'


@pytest.fixture(scope="module")
def analysis():
    return VerifyAnalysis(VerifyPlan((QUERIES,)))


@pytest.fixture
def tree(tmp_path):
    folder = tmp_path / "src"
    folder.mkdir()
    (folder / "shelf.py").write_text(SHELF)
    (folder / "shop.rs").write_text(SHOP)
    return folder


def scores(answer):
    return {(each["language"], each["role"]): (each["right"], each["recall"]) for each in answer["roles"]}


def test_both_say_the_same_of_sound_code(cq, tree):
    done = cq("verify", "--json", cwd=tree)
    answer = json.loads(done.stdout)
    assert done.status == 0 and answer["rows"] == []
    assert scores(answer)["python", "call"] == (6, 1.0)
    assert scores(answer)["rust", "definition"] == (1, 1.0)
    assert answer["summary"]["lowest"] == 1.0 and answer["summary"]["passed"]
    totals = {each["language"]: (each["words"] == each["judged"], each["defined"]) for each in answer["totals"]}
    assert totals == {"python": (True, 4), "rust": (True, 1)}
    certain = {each["confidence"]: each for each in answer["confidence"]}["certain"]
    assert certain["precision"] == certain["recall"] == 1.0 and certain["names"] == 9


def test_the_text_ends_with_the_account(cq, tree):
    done = cq("verify", "--no-targets", cwd=tree)
    lines = done.stdout.splitlines()
    assert [line.split() for line in lines if line.startswith("python call")] == [
        ["python", "call", "6", "6", "6", "1.0000", "1.0000"]
    ]
    assert lines[-1].startswith("0 disagreements over ")
    assert lines[-1].endswith(" of 2 files; lowest of definition, call: 1.0000, at least 0.97")


@pytest.fixture
def wrong_lane(tmp_path):
    """A pack that says of calls with a receiver that they decorate."""
    folder = tmp_path / "queries"
    (folder / "python").mkdir(parents=True)
    (folder / "python" / "calls.scm").write_text(
        "(call function: (identifier) @name) @reference.call\n"
        "(call function: (attribute attribute: (identifier) @name)) @reference.decorator\n"
    )
    return folder


def test_a_wrong_lane_is_found_out(cq, tree, wrong_lane):
    done = cq("verify", "shelf.py", "--queries", wrong_lane, "--json", cwd=tree)
    answer = json.loads(done.stdout)
    assert done.status == 1 and not answer["summary"]["passed"]
    assert [(row["name"], row["line"], row["expected"], row["found"]) for row in answer["rows"]] == [
        ("join", 12, "call.method", "decorator"),
        ("add", 16, "call.method", "decorator"),
    ]
    assert scores(answer)["python", "call"] == (4, 0.666667)
    # What decides is for the user to say.
    assert cq("verify", "shelf.py", "--queries", wrong_lane, "--min", "0.6", "-q", cwd=tree) == (0, "", "")
    assert cq("verify", "shelf.py", "--queries", wrong_lane, "--role", "import", "-q", cwd=tree).status == 0


def test_the_forms_have_the_same_rows(cq, tree, wrong_lane):
    given = ("verify", "shelf.py", "--queries", wrong_lane, "--no-targets")
    rows = json.loads(cq(*given, "--json", cwd=tree).stdout)["rows"]
    *lines, tail = cq(*given, "--format", "jsonl", cwd=tree).stdout.splitlines()
    assert [json.loads(line) for line in lines] == rows
    assert json.loads(tail)["summary"]["disagreements"] == 2
    results = json.loads(cq(*given, "--format", "sarif", cwd=tree).stdout)["runs"][0]["results"]
    assert [each["ruleId"] for each in results] == ["verify-role", "verify-role"]
    text = cq(*given, "--limit", 1, cwd=tree).stdout
    assert text.startswith("shelf.py:12:74: join: call.method, cq says decorator: return sum(")
    assert "add: call.method" not in text and "2 disagreements" in text


def test_what_cannot_be_compared_is_named(cq, tree):
    (tree / "old.py").write_text("print 'one'\n")
    (tree / "new.sh").write_text("echo one\n")
    done = cq("verify", "--no-targets", "--json", cwd=tree)
    answer = json.loads(done.stdout)
    assert done.status == 0
    assert [(each["reason"], each["paths"]) for each in answer["ledger"]] == [("not-readable", ["old.py"])]
    assert answer["summary"]["files_compared"] == 2
    alone = cq("verify", "old.py", cwd=tree)
    assert alone.status == 1 and "not compared: 1 not-readable: old.py" in alone.stdout
    assert cq("verify", "missing.py", cwd=tree).status == 2
    assert cq("verify", "--min", "97", cwd=tree).status == 2


@pytest.mark.parametrize(
    "data",
    [
        SHELF.encode().replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + SHELF.encode(),
        b"# coding: latin-1\nname = 'caf\xe9' + name()\n",
        "naïve = 'ὂ'\n\n\ndef f(bé):\n    return naïve(bé)\n".encode(),
        b"",
        b"\n\n",
        b'x = f"{a!r:>{width}} {b}"\n',
        b"""x = f'{a:{"{"}>10}'\n""",
        b"x = {*range(1)}, [*a.b()], print('', *a.b())\n",
        b"\x0cx = 1\n\x0cy = x()\n",
    ],
)
def test_every_encoding_is_compared(analysis, data):
    found = analysis.run("a.py", data)
    assert found.is_compared and found.rows == () and found.diagnostics == ()
    assert found.compared >= found.words - 2  # a word of marks that combine is none for Python


@pytest.mark.parametrize(
    "data", [b"x = (\n", b"x = 1\x00\n", b"\xff\xfe", b"x = " + b"(" * 100_000, b"x = " + b"-" * 20_000 + b"1"]
)
def test_what_python_cannot_read_is_no_crash(analysis, data):
    found = analysis.run("a.py", data)
    assert not found.is_compared
    assert [each.code for each in found.diagnostics] == ["not-readable"]


@pytest.mark.parametrize("data", [b"fn (", b"fn f() { " + b"(" * 10_000, b"\xff\x00 fn f() {}", b'"', b"/*"])
def test_any_bytes_are_read_as_rust(analysis, data):
    assert analysis.run("a.rs", data).is_compared


DOCUMENTED = b"""\
/// Lends.
/// ```
/// let shelf = open();
// FIXME
/// lend(shelf);
/// ```
/// ```sh
/// cargo run
/// ```
fn lend(from: *const u8) { let _ = from as *const _; _ = from; }
macro_rules! shelf { ($(#[$outer:meta])* $name:ident) => { $(#[$outer])* struct $name; }; }
fn show(name: &str) { each(&mut |row| row.lend()); println!("{name}\\u{a0}{name}"); shelf! { a, &'static str: B<'_> }; }
"""


def test_what_only_one_of_the_two_can_know_is_no_disagreement(analysis):
    found = analysis.run("a.rs", DOCUMENTED)
    assert found.is_compared and found.rows == ()


SCOPES = """
import os, sys as system
from a import b as c

def f(x, *rest):
    y = x
    def g():
        nonlocal y
        y = 2
        return y + x + os.sep
    return [y for x in rest if x], lambda z=y: z(c)

class C:
    x = 1
    def m(self):
        return x, self, __class__
    z = x

try:
    pass
except ValueError as x:
    print(x)
"""


def test_scopes_are_what_the_interpreter_says():
    bound = read_python(SCOPES.encode()).bound
    lines = SCOPES.split("\n")
    found = {(SCOPES.count("\n", 0, each.start_byte) + 1, each.name): (each.lines, each.imported) for each in bound}
    assert lines[5] == "    y = x"
    assert found == {
        (6, "x"): ((5,), ()),
        (10, "y"): ((6, 9), ()),
        (10, "x"): ((5,), ()),
        (10, "os"): ((2,), ("os",)),
        (11, "y"): ((6, 9), ()),
        (11, "rest"): ((5,), ()),
        (11, "x"): ((11,), ()),
        (11, "z"): ((11,), ()),
        (11, "c"): ((3,), ("b",)),
        (16, "x"): ((21,), ()),  # the module's, not the class's
        (16, "self"): ((15,), ()),
        (22, "x"): ((21,), ()),
    }


def test_a_file_for_another_interpreter_is_not_readable():
    with pytest.raises(NotReadable, match=r"invalid syntax|Missing parentheses"):
        read_python(b"exec 'x' in y\n")


def test_a_role_that_nobody_knows(cq, tree):
    done = cq("verify", "--role", "bogus", cwd=tree)
    assert (done.status, done.stdout) == (2, "")
    assert "unknown role: 'bogus'\nhint: one of: definition, import" in done.stderr


def test_names_without_a_target_have_no_share(cq, tree):
    tail = msgspec.json.decode(cq("verify", "--json", cwd=tree).stdout, type=VerifyAnswer)
    none = ConfidenceScore(language="python", confidence="", names=37, right=0, precision=0.0, recall=0.0)
    words = msgspec.structs.replace(tail.summary, words_compared=tail.summary.words - 1)
    lines = list(verify_lines(msgspec.structs.replace(tail, confidence=(none,), summary=words)))
    assert "python no target                37  names for which cq gives no target" in lines
    assert lines[-1].startswith("1 of the words not compared: signs beyond ASCII")
    assert "words not compared" not in "".join(verify_lines(tail))


def test_a_sign_that_is_no_word_is_accounted_for(cq, tmp_path):
    (tmp_path / "a.py").write_text("a = 'b · c'\n", encoding="utf-8")
    lines = cq("verify", "--role", "string", cwd=tmp_path).stdout.splitlines()
    assert any(line.startswith("python: 4 words in 1 file") for line in lines)
    assert lines[-2].startswith("0 disagreements over 3 words of 1 file")
    assert lines[-1].startswith("1 of the words not compared: signs beyond ASCII")


def test_disagreements_have_pages_and_files_a_budget(cq, tmp_path):
    # What a grammar takes for an assignment is one of width, for Python.
    (tmp_path / "a.py").write_text("x = 1\n" + "print(f'{x:=10}')\n" * 3)
    (tmp_path / "b.py").write_text("x = 1\n" * 2000)
    page = json.loads(cq("verify", "--json", "--max-rows", "2", cwd=tmp_path).stdout)
    assert ([row["line"] for row in page["rows"]], page["more"]["left"]) == ([2, 3], {"disagreement": 1})
    rest = cq("verify", "--json", "--cursor", page["more"]["cursor"], cwd=tmp_path)
    assert [row["line"] for row in json.loads(rest.stdout)["rows"]] == [4]
    short = cq("verify", "--json", "--budget-ms", "1", "-j", "1", cwd=tmp_path)
    answer = json.loads(short.stdout)
    assert (short.status, answer["summary"]["complete"], answer["summary"]["files"]) == (2, False, 1)
    assert answer["ledger"][0]["reason"] == "not-looked-at"
