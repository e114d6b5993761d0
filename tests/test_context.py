"""`cq context`: from an error, a trace or an issue to what it is about."""

import json
import os
import subprocess
import sys

import pytest

from cq.context.traces import Frame, by_name, file_of, frames_in
from cq.context.words import asked_of, stem_of
from cq.resources import data_folder
from cq.tokens import tokens_at_most

STORE = '''"""Where books are."""


class Store:
    """Keeps books on shelves."""

    def check_out(self, book, reader):
        """Lend a book to a reader."""
        if not self.is_here(book):
            raise LookupError(f"{book} is lent")
        self.lent[book] = reader

    def is_here(self, book):
        return book not in self.lent


def make_store(shelves):
    """Open a store with so many shelves."""
    return Store(shelves)


LIMIT = make_store(3).limit
'''
FEES = '''def overdue_fee(days):
    """What a reader pays for a book that comes back late."""
    return days * 2
'''
TRACE = """Traceback (most recent call last):
  File "/srv/app/main.py", line 3, in <module>
    lend()
  File "/usr/lib/site-packages/library/store.py", line 10, in check_out
    raise LookupError(f"{book} is lent")
LookupError: Emma is lent
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    for name, text in {
        "library/store.py": STORE,
        "library/fees.py": FEES,
        "tests/test_store.py": "def test_check_out():\n    store.check_out(book, reader)\n",
        "notes.md": "check_out\n",
    }.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text)
    return root


def rows_of(cq, project, text, *arguments):
    done = cq("context", "-", "--json", *arguments, cwd=project, stdin=text)
    return done, json.loads(done.stdout)["rows"]


def test_a_trace_leads_to_its_function(cq, project):
    done = cq("context", "-", cwd=project, stdin=TRACE)
    assert done.status == 0
    first, *rest = done.stdout.splitlines()
    assert first.startswith("library/store.py:7-11  Store.check_out  def check_out(self, book, reader)  [line 10 of")
    assert '>    10             raise LookupError(f"{book} is lent")' in rest
    assert "1 of 2 lines of traces are in the project" in done.stderr


def test_what_is_named_comes_before_what_has_its_words(cq, project):
    _, rows = rows_of(cq, project, "Store.is_here is wrong when a reader is unknown")
    assert rows[0]["qualified_name"] == "Store.is_here" and rows[0]["why"] == "name"
    _, rows = rows_of(cq, project, "why do readers pay so much when they return books late?")
    assert rows[0]["qualified_name"] == "overdue_fee" and rows[0]["why"] == "words"
    assert "reader" in rows[0]["said"] and rows[0]["source"] == FEES.rstrip("\n")


def test_the_words_of_a_message_in_a_row_lead_to_where_it_is_made(cq, tmp_path):
    (tmp_path / "fields.py").write_text(
        "".join(f"def field_{n}(keyword, resolve, cannot):\n    return field(keyword)\n" for n in range(9))
    )
    (tmp_path / "paths.py").write_text(
        "def walk(name):\n    raise ValueError(f'Cannot resolve keyword {name} into field')\n"
    )
    _, rows = rows_of(cq, tmp_path, "ValueError: Cannot resolve keyword 'foo' into field")
    assert rows[0]["qualified_name"] == "walk"


def test_a_line_that_moved_is_found_by_the_name_of_its_function(cq, project):
    _, rows = rows_of(cq, project, 'File "x/library/store.py", line 18, in check_out')
    assert rows[0]["qualified_name"] == "Store.check_out" and "something else stands now" in rows[0]["said"]


def test_a_line_in_no_definition_comes_with_those_around_it(cq, project):
    _, rows = rows_of(cq, project, "library/store.py:22:1: LIMIT")
    assert (rows[0]["kind"], rows[0]["at"]) == ("lines", [22]) and "LIMIT = make_store" in rows[0]["source"]
    _, rows = rows_of(cq, project, "library/store.py:9999: nowhere")
    assert all(row["why"] != "trace" for row in rows)


@pytest.mark.parametrize("most", [60, 150, 400])
def test_it_keeps_to_its_budget(cq, project, most):
    done = cq("context", TRACE, "--max-tokens", most, cwd=project)
    assert tokens_at_most(done.stdout) <= most and done.stdout.startswith("library/store.py:7-11")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ((), 2, "the context of what?"),
        (("  ",), 2, "the text is empty"),
        (("two", "words"), 2, "put it into quotes"),
        (("zebra quagga",), 1, "nothing found"),
        (("store", "--cursor", "c1-00000000"), 2, "older state"),
        (("store", "--max-tokens", "0"), 2, "out of range"),
    ],
)
def test_what_is_no_question(cq, project, arguments, status, said):
    done = cq("context", *arguments, cwd=project)
    assert done.status == status and said in done.stderr


def test_a_folder_without_files(cq, tmp_path):
    done = cq("context", "foo", cwd=tmp_path)
    assert done.status == 1 and "hint: no file to search in" in done.stderr


def test_a_plain_word_may_be_a_name(cq, tmp_path):
    (tmp_path / "messages.py").write_text(
        "class Box:\n    def flash(self):\n        pass\n\n\n"
        "def get_flashed(flash):\n    return flash(flash, flash)\n\n\n"
        "def flash(text):\n    show(text)\n\n\n"
        "def get():\n    pass\n\n\ndef broken_pipe(broken):\n    return broken\n"
    )
    for text in ("flash", "flash is broken", "get"):
        _, rows = rows_of(cq, tmp_path, text)
        assert (rows[0]["qualified_name"], rows[0]["why"]) == (text.split()[0], "name")
    _, rows = rows_of(cq, tmp_path, "Flash: can I get it?")
    assert all(row["why"] == "words" for row in rows)


@pytest.mark.parametrize("style", ["long", "short"])
def test_the_output_of_pytest_leads_to_where_it_raised(cq, tmp_path, style):
    (tmp_path / "nested.py").write_text(
        'def inner(d):\n    return d["k"]\n\n\ndef middle(d):\n    return inner(d)\n\n\n'
        "def outer(d):\n    warnings.warn('old')\n    return middle(d)\n\n\nimport warnings\n"
    )
    (tmp_path / "test_nested.py").write_text("from nested import outer\n\n\ndef test_it():\n    assert outer({})\n\n\n")
    command = [sys.executable, "-m", "pytest", "-x", f"--tb={style}", "-p", "no:cacheprovider", "--color=no"]
    command += ["-W", "always"]
    # Not what this run of the tests was told.
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "PYTHON"))}
    said = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False).stdout
    assert "warnings summary" in said
    _, rows = rows_of(cq, tmp_path, said)
    assert [row["name"] for row in rows[:4]] == ["inner", "middle", "outer", "test_it"]
    assert cq("context", said, "--max-tokens", 60, cwd=tmp_path).stdout.startswith("nested.py:1-2  inner")


def test_odd_texts(cq, project):
    for text in (
        b"\xff\xfe\0" * 99,
        b"(" * 100_000,
        b"a" * 100_000,
        b"check_out\r\n" * 30_000,
        b"a.py:99999999999999999999:1\n" * 50,
    ):
        done = cq("context", "-", cwd=project, stdin=text)
        assert done.status in (0, 1), done.stderr


DATA = f"{data_folder('queries')}/traces.toml"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('  File "/a/b.py", line 3, in f\n  File "c.py", line 4\n', [Frame("c.py", 4), Frame("/a/b.py", 3, "f")]),
        ("thread 'main' panicked at 'oh: no', src/lib.rs:10:5\n", [Frame("src/lib.rs", 10)]),
        ("thread 'main' panicked at src/lib.rs:10:5:\noh", [Frame("src/lib.rs", 10)]),
        (" --> src/main.rs:2:9\n", [Frame("src/main.rs", 2)]),
        (
            "    at g (/x/y.js:1:2)\n    at async h.i (file:///z.mjs:3:4)\n",
            [Frame("/x/y.js", 1, "g"), Frame("file:///z.mjs", 3, "h.i")],
        ),
        ("\tat org.shop.Cart.add(Cart.java:12)\n", [Frame("Cart.java", 12, "org.shop.Cart.add")]),
        ("main.go:7 +0x1d", [Frame("main.go", 7)]),
        ("a.py:5: \n_ _ _ _\n\nb.py:3: KeyError\nlog c.py:1\n", [Frame("b.py", 3), Frame("a.py", 5), Frame("c.py", 1)]),
        ("a.py:5: in f\r\nb/c.py:3: in <module>\r\n", [Frame("b/c.py", 3, "<module>"), Frame("a.py", 5, "f")]),
        ("a.py:5: error: Oh no\nb.py:3: error: Oh\n", [Frame("a.py", 5), Frame("b.py", 3)]),
        ("".join(f'File "a.py", line {n}\n' for n in range(1, 99)), [Frame("a.py", n) for n in range(98, 38, -1)]),
        ("at 12:30 on 2024-01-01", []),
    ],
)
def test_the_places_of_traces(text, expected):
    frames, rest = frames_in(text, DATA)
    assert frames == expected
    assert len(frames) == 60 or not any(frame.path in rest for frame in frames)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/usr/lib/site-packages/a/views.py", "src/a/views.py"),
        ("C:\\work\\b\\views.py", "src/b/views.py"),
        ("views.py", ""),  # it may be either
        ("only.py", "src/only.py"),
        ("gone.py", ""),
        ("", ""),
    ],
)
def test_a_path_of_another_machine(path, expected):
    assert file_of(path, by_name(["src/a/views.py", "src/b/views.py", "src/only.py"])) == expected


def test_names_are_told_from_words():
    asked = asked_of("Flask.url_for() fails with `endpoint` when QuerySet is empty, says get_queryset and render(x)")
    assert asked.names == ("Flask.url_for", "endpoint", "QuerySet", "get_queryset", "render")
    assert {stem_of("filters"), stem_of("filtering"), stem_of("filtered")} == {"filt"}
    assert asked.plain == ("empty", "says") and asked_of("abort is broken").plain == ("abort", "broken")
    assert asked.words[stem_of("queryset")] == "queryset" and "with" not in asked.terms
