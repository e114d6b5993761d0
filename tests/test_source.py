"""`cq source`: the text of a definition, with the heads of what contains it."""

import json
from pathlib import Path

import jsonschema
import pytest

from cq.resources import data_folder
from cq.tokens import tokens_at_most

SHELF = '''\
"""Shelves."""
import functools


class Item:
    """A thing."""

    def __init__(self, name):
        self.name = name

    @property
    @functools.cache
    def label(
        self,
    ):
        """What it is called."""
        return self.name.upper()


def tax(item: Item, rate=0.2):
    def inner():
        return rate
    return inner()


def show(items):
    for item in items:
        print(tax(item))
'''
STACK = """\
macro_rules! cfg { ($($item:item)*) => { $($item)* } }

pub struct Stack<T> { items: Vec<T> }

impl<T> Stack<T> {
    /// Puts it on top.
    ///
    /// Never fails.
    #[inline]
    pub fn push(&mut self, item: T) {
        self.items.push(item);
    }
}

cfg! {
    pub fn made() -> u32 {
        7
    }
}
"""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    root = tmp_path_factory.mktemp("shelf")
    (root / ".git").mkdir()
    (root / "shelf.py").write_text(SHELF)
    (root / "other.py").write_text("class Tray:\n    def label(self):\n        return 1\n")
    (root / "stack.rs").write_text(STACK)
    (root / "notes.md").write_text("# Notes\n\nmore\n")
    return root


def test_a_method_with_the_head_of_its_class_numbered_as_in_the_file(cq, shelf):
    done = cq("source", "Item.label", cwd=shelf)
    assert done.status == 0
    assert done.stdout.splitlines() == [
        "shelf.py:11-17  method shelf.Item.label",
        " 5  class Item:",
        "...",
        "11      @property",
        "12      @functools.cache",
        "13      def label(",
        "14          self,",
        "15      ):",
        '16          """What it is called."""',
        "17          return self.name.upper()",
    ]


def test_the_lines_are_those_of_the_file(cq, shelf):
    answer = json.loads(cq("source", "Item.label", "tax", "Stack::push", "made", "--json", cwd=shelf).stdout)
    schema = json.loads((Path(data_folder("contracts")) / "source.schema.json").read_text())
    jsonschema.validate(answer, schema)
    assert answer["summary"] == {"sources": 4, "lines": 7 + 4 + 7 + 3}
    for row in answer["rows"]:
        lines = (shelf / row["path"]).read_text().split("\n")
        for piece in [*row["pieces"], *row.get("heads", [])]:
            assert piece["text"].split("\n") == lines[piece["line"] - 1 : piece["end_line"]]


def test_documentation_and_attributes_before_a_definition_belong_to_it(cq, shelf):
    lines = cq("source", "Stack::push", cwd=shelf).stdout.splitlines()
    assert lines[1:5] == [
        " 5  impl<T> Stack<T> {",
        "...",
        " 6      /// Puts it on top.",
        " 7      ///",
    ]
    assert lines[-1] == "12      }"


def test_what_is_defined_among_the_tokens_of_a_macro(cq, shelf):
    assert cq("source", "stack.rs:16", cwd=shelf).stdout.splitlines()[-3:] == [
        "16      pub fn made() -> u32 {",
        "17          7",
        "18      }",
    ]


def test_the_signatures_of_what_is_around_it(cq, shelf):
    lines = cq("source", "tax", "--with", "callers,callees,types", cwd=shelf).stdout.splitlines()
    assert lines[5:] == [
        "callers",
        "  shelf.py:26  def show(items)",
        "calls",
        "  shelf.py:21  def inner()",
        "types",
        "  shelf.py:5  class Item",
    ]


def test_a_name_of_several_definitions_lists_them(cq, shelf):
    done = cq("source", "label", cwd=shelf)
    assert (done.status, done.stdout) == (2, "")
    assert "cq source shelf.py:13:9  method" in done.stderr and "--all" in done.stderr
    done = cq("source", "label", "--all", cwd=shelf)
    assert done.status == 0 and done.stdout.count("method") == 2
    answer = json.loads(cq("source", "label", "--json", cwd=shelf).stdout)
    assert [each["symbol"]["path"] for each in answer["candidates"]] == ["other.py", "shelf.py"]


def test_lines_and_whole_files(cq, shelf):
    lines = cq("source", "shelf.py:8-9", cwd=shelf).stdout.splitlines()
    assert lines == [
        "shelf.py:8-9  method Item.__init__",
        "5  class Item:",
        "...",
        "8      def __init__(self, name):",
        "9          self.name = name",
    ]
    assert cq("source", "notes.md", cwd=shelf).stdout == "notes.md:1-3  file notes.md\n1  # Notes\n2\n3  more\n"


@pytest.mark.parametrize("most", [1, 10, 80, 120, 160, 200, 400, 5000])
def test_no_more_tokens_than_were_asked_for_and_no_line_is_lost_in_silence(cq, shelf, most):
    arguments = ("source", "shelf.py", "Item", "tax", "--with", "callers", "--max-tokens", most)
    done = cq(*arguments, cwd=shelf)
    # What is left out is said whatever there is room for.
    assert tokens_at_most(done.stdout) <= max(most, 60)
    answer = json.loads(cq(*arguments, "--json", cwd=shelf).stdout)
    summary = answer["summary"]
    shown = 0
    for row in answer["rows"]:
        kept = sum(piece["end_line"] - piece["line"] + 1 for piece in row["pieces"])
        assert kept + row.get("omitted_lines", 0) == row["end_line"] - row["line"] + 1
        shown += kept
    assert shown == summary["lines"]
    assert summary["sources"] + summary.get("omitted_sources", 0) == 3
    if most == 5000:
        assert shown == 28 + 13 + 4 and "left out" not in done.stdout
    else:
        assert "left out" in done.stdout


def test_what_there_is_no_room_for_is_named(cq, shelf):
    few = cq("source", "Item", "tax", "--max-tokens", 10, cwd=shelf)
    assert few.status == 1 and "2 sources" in few.stdout
    places = [line.split()[4] for line in few.stderr.splitlines() if line.startswith("left out: cq source ")]
    assert len(places) == 2 and cq("source", *places, cwd=shelf).stdout.count("shelf.py:") == 2
    answer = json.loads(cq("source", "Item", "tax", "--max-tokens", 10, "--json", cwd=shelf).stdout)
    assert [f"{each['path']}:{each['line']}-{each['end_line']}" for each in answer["left_out"]] == places


def test_documentation_goes_before_the_code(cq, shelf):
    lines = cq("source", "Stack::push", "--max-tokens", 170, cwd=shelf).stdout.splitlines()
    assert " 6      /// Puts it on top." in lines and "...  7-8 left out" in lines
    assert "11          self.items.push(item);" in lines


def test_bodies_go_before_the_end_does(cq, shelf):
    text = cq("source", "shelf.py", "--max-tokens", 285, cwd=shelf).stdout
    assert "def show(items):" in text and "print(tax(item))" not in text and "27-28 left out" in text
    assert "self.name = name" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "source of what?"),
        (("nothing_like_it",), "nothing is defined as nothing_like_it"),
        (("gone.py:3",), "no such file: gone.py"),
        (("gone/gone.py",), "no such file: gone/gone.py"),
        (("shelf.py:900",), "has no line 900"),
        (("shelf.py:90-95",), "has no line 90"),
        (("shelf.py:9-8",), "no such lines"),
        (("shelf.py:0-8",), "no such lines"),
        (("tax", "--with", "cousins"), "--with cousins"),
        (("tax", "--max-tokens", "0"), "--max-tokens 0"),
        (("../elsewhere.py",), "no such file"),
        (("/etc/hostname", "--root", "."), "outside of"),
    ],
)
def test_what_cannot_be_answered(cq, shelf, arguments, said):
    done = cq("source", *arguments, cwd=shelf)
    assert done.status in (1, 2) and done.stdout == "" and said in done.stderr
    assert "Traceback" not in done.stderr


def test_some_targets_of_several(cq, shelf):
    done = cq("source", "tax", "gone_away", cwd=shelf)
    assert done.status == 2 and "def tax" in done.stdout and "gone_away" in done.stderr


@pytest.mark.parametrize(
    ("data", "target"),
    [
        (b"\xef\xbb\xbfdef f():\r\n    return 1\r\n", "f"),
        (b"def f():\n    return '\xff\xfe'\n", "f"),
        (b"def f():\n    return " + b"[" * 100_000 + b"]" * 100_000 + b"\n", "a.py:1"),
        (b"def f():\n    return (\n\ndef g():\n    pass\n", "a.py:4"),
        (b"def f(): pass", "f"),
        (b"def f():\n    return 1\n" + b"x = 1; " * 20_000, "f"),
    ],
)
def test_files_that_are_hard_to_read(cq, tmp_path, data, target):
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.py").write_bytes(data)
    done = cq("source", target, cwd=tmp_path)
    assert done.status == 0 and "def " in done.stdout and "Traceback" not in done.stderr
    assert "\r" not in done.stdout and "\ufeff" not in done.stdout


@pytest.mark.parametrize("data", [b"", b"\0\1\2" * 100])
def test_files_with_nothing_to_read(cq, tmp_path, data):
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.py").write_bytes(data)
    done = cq("source", "a.py", cwd=tmp_path)
    assert "Traceback" not in done.stderr
    assert (done.status == 2 and "cannot read" in done.stderr) if data else done.stdout == "a.py:1  file a.py\n"


def test_tokens_are_counted_on_the_high_side():
    assert tokens_at_most("") == 0
    # At least what a byte-pair vocabulary makes of each: words, digits, signs, and bytes of what is no ASCII.
    assert tokens_at_most("x = 10") >= 4
    assert tokens_at_most("HTTPServer") >= 2
    assert tokens_at_most("日本") >= 6
    assert tokens_at_most("a\n\n\nb") >= 5
    assert tokens_at_most("xkcdqwrtzpsdfghjkl") >= 9
