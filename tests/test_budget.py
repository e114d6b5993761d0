"""Pages: `--max-tokens`, `--max-rows` and `--cursor` of every command that prints rows."""

import json
import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cq.cli.context import context
from cq.cli.files import files
from cq.errors import CqError
from cq.render.budget import Block, Budget, left_line, page_of
from cq.tokens import tokens_at_most

SHELF = "".join(
    f'''class Shelf{number}:
    """One of many."""

    def put(self, book, place=None, *, again=False):
        return check(book, place)

    def take(self):
        print(self.put(1))


'''
    for number in range(6)
)
FILES = {
    "shelf.py": f"import json\nimport store\nfrom store import check\n\n\n{SHELF}",
    "store.py": (
        "import shelf\n\n\ndef check(book, place):\n    return book\n\n\n"
        "def other():\n    check(1, 2)\n    check(3, 4)\n"
    ),
    "words.py": 'def ask(db):\n    db.execute("SELECT a FROM b")\n    db.execute("SELECT c FROM d")\n    check(1, 2)\n',
}
COMMANDS = (
    ("neighborhood", "check"),
    ("neighborhood", "check", "--impact"),
    ("calls", "check"),
    ("imports", "--outside"),
    ("outline", "."),
    ("query", "(call function: (identifier) @called)"),
    ("pattern", "check($$$A)"),
    ("injections", "."),
    ("chunk", "--max", "60", "--min", "1", "--target", "20"),
    ("files",),
    ("tags",),
    ("rules", "--list"),
    ("packs", "list", "rust"),
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shelf")
    for name, text in FILES.items():
        (folder / name).write_text(text)
    return folder


def form_of(command, form):
    return () if command[0] == "tags" and form == "text" else ("--format", form)


def rows_of(text, form):
    """The rows of an answer in JSON, those that stand in others, too, without what comes last."""
    lines = [json.loads(line) for line in text.splitlines()]
    rows = lines[0]["rows"] if form == "json" else [each for each in lines if not {"report", "more"} & {*each}]
    found = []
    while rows:
        row, *rows = rows
        rows = [*row.pop("children", ()), *rows]
        found.append(row)
    return found


def pages_of(cq, folder, command, form, budget):
    cursor = ()
    for _ in range(60):
        done = cq(*command, *form_of(command, form), "--max-tokens", budget, *cursor, cwd=folder)
        yield done
        found = re.search(r"(?:--cursor |\"cursor\":\")(c[\w-]+)", done.stdout + done.stderr)
        if found is None:
            return
        cursor = ("--cursor", found[1])
    raise AssertionError("pages without end")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_pages(cq, shelf, command):
    whole = cq(*command, *form_of(command, "text"), cwd=shelf)
    page = cq(*command, *form_of(command, "text"), "--max-tokens", 10_000, cwd=shelf)
    assert (page.stdout, page.status) == (whole.stdout, whole.status)
    page = cq(*command, *form_of(command, "text"), "--max-rows", 1, cwd=shelf)
    assert 0 < len(page.stdout) < len(whole.stdout) and "--cursor c1-" in page.stderr


def test_pages_of_text_keep_to_the_budget(cq, shelf):
    pages = list(pages_of(cq, shelf, ("neighborhood", "put", "--all"), "text", 250))
    assert len(pages) > 2
    for page in pages:
        assert page.status == 0 and tokens_at_most(page.stdout + page.stderr) <= 250


@pytest.mark.parametrize(
    ("command", "form"),
    [(("neighborhood", "check"), "jsonl"), (("outline", "."), "json"), (("calls", "check"), "json")],
)
def test_pages_of_rows_are_all_rows(cq, shelf, command, form):
    whole = cq(*command, "--format", form, cwd=shelf).stdout
    pages = list(pages_of(cq, shelf, command, form, 1200))
    assert len(pages) > 1
    for page in pages:
        assert tokens_at_most(page.stdout) <= 1200 or "too few" in page.stderr
    rows = [row for page in pages for row in rows_of(page.stdout, form)]
    names = [json.dumps(row.get("symbol", row.get("name", row.get("site")))) for row in rows]
    expected = [json.dumps(row.get("symbol", row.get("name", row.get("site")))) for row in rows_of(whole, form)]
    # What a page begins within stands on it again.
    assert [name for number, name in enumerate(names) if name not in names[:number]] == [
        name for number, name in enumerate(expected) if name not in expected[:number]
    ]


def test_a_budget_too_small_for_a_row_gives_one_and_says_so(cq, shelf):
    done = cq("calls", "check", "--max-tokens", 10, cwd=shelf)
    assert done.status == 0 and done.stdout.count("check(") == 2  # the signature, and a call
    assert "--max-tokens 10 is too few" in done.stderr and "more in" in done.stderr and "--cursor c1-" in done.stderr


def test_a_cursor_ends_with_the_state_that_it_is_of(cq, tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    cursor = re.search(r"--cursor (c\S+)", cq("outline", ".", "--max-rows", 3, cwd=tmp_path).stderr)[1]
    assert cq("outline", ".", "--cursor", cursor, cwd=tmp_path).status == 0
    (tmp_path / "store.py").write_text("def another():\n    pass\n")
    done = cq("outline", ".", "--cursor", cursor, cwd=tmp_path)
    assert done.status == 2 and f"cursor {cursor} is of an older state" in done.stderr and not done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("outline . --cursor x", "no such cursor: 'x'"),
        ("outline . --cursor c900-00000000", "is of an older state"),
        ("files --max-rows 0", "--max-rows 0: out of range"),
        ("files --max-tokens 9 -0", "exclude each other"),
        ("query (module) --max-tokens 9 --explain", "--explain has no pages"),
        ("neighborhood check --format dot --max-rows 1", "--format dot has no pages"),
        ("pattern f($A) --format sarif --max-rows 1", "--format sarif has no pages"),
        ("chunk --explain --max-rows 1", "pages are of chunks"),
        ("mine rule abc --max-rows 1", "has no pages"),
        ("packs lint --max-rows 1", "cq packs lint has no pages"),
    ],
)
def test_what_has_no_pages_says_so(cq, shelf, arguments, said):
    done = cq(*arguments.split(), cwd=shelf)
    assert done.status == 2 and said in done.stderr and not done.stdout


def test_time_that_is_spent_is_said_with_what_was_not_looked_at(cq, shelf):
    for command in (
        ("outline", "."),
        ("pattern", "check($$$A)"),
        ("injections", "."),
        ("chunk",),
        ("diagnose",),
        ("search", "check"),
        ("tags",),
    ):
        done = cq(*command, "--budget-ms", 1, cwd=shelf)
        said = done.stderr + done.stdout
        assert "not looked at" in said or "not-looked-at" in said, command
        assert done.status in (0, 2)


@pytest.mark.parametrize(
    "command",
    [("neighborhood", "check"), ("neighborhood", "check", "--impact"), ("calls", "check"), ("imports",)],
    ids=" ".join,
)
def test_a_graph_that_ran_out_of_time_says_that_it_is_not_complete(cq, shelf, tmp_path, command):
    cache = ("--cache-dir", tmp_path, "--json")
    part = cq(*command, "--budget-ms", 1, *cache, cwd=shelf)
    answer = json.loads(part.stdout)
    assert answer.get("complete", answer["summary"].get("complete") if "summary" in answer else None) is False
    (note,) = answer["diagnostics"]
    assert note["code"] == "not-looked-at" and "files not looked at, from this one on; all of it" in note["message"]
    assert note["message"] in part.stderr
    # What lacks something is not kept for the next one who asks.
    whole = json.loads(cq(*command, *cache, cwd=shelf).stdout)
    assert "diagnostics" not in whole and len(whole["rows"]) > len(answer.get("rows", ()))
    kept = json.loads(cq(*command, "--budget-ms", 1, *cache, cwd=shelf).stdout)
    assert kept["rows"] == whole["rows"] or "diagnostics" in kept


def test_pages_of_a_map_are_the_best_first_and_lose_nothing(cq, shelf):
    whole = json.loads(cq("map", "--json", cwd=shelf).stdout)
    assert whole["summary"]["shown"] == whole["summary"]["definitions"] == 21 and "more" not in whole
    best = sorted(row["score"] for row in whole["rows"])[::-1]
    seen, cursor = [], ()
    for left in (14, 7, 0):
        page = json.loads(cq("map", "--json", "--max-rows", 7, *cursor, cwd=shelf).stdout)
        assert sorted(row["score"] for row in page["rows"])[::-1] == best[len(seen) : len(seen) + 7]
        seen += page["rows"]
        assert sum(page.get("more", {"left": {}})["left"].values()) == left
        if left:
            cursor = ("--cursor", page["more"]["cursor"])
    assert sorted(map(str, seen)) == sorted(map(str, whole["rows"]))
    done = cq("map", "--max-rows", 7, *cursor, cwd=shelf)
    assert "15-21 of 21 definitions" in done.stderr and "--cursor" not in done.stderr
    tail = json.loads(cq("map", "--format", "jsonl", "--max-tokens", 300, cwd=shelf).stdout.splitlines()[-1])
    assert tail["more"]["cursor"].startswith("c")
    said = cq("map", "--cursor", "c7-00000000", cwd=shelf)
    assert said.status == 2 and "older state" in said.stderr and not said.stdout


def test_a_map_that_ran_out_of_time(cq, shelf):
    done = cq("map", "--budget-ms", 1, "--json", cwd=shelf)
    answer = json.loads(done.stdout)
    assert answer["summary"]["complete"] is False and answer["report"]["files_parsed"] == 1
    assert "2 of 3 files not looked at" in answer["diagnostics"][0]["message"]
    done = cq("map", "--budget-ms", 1, "--focus", "words.py", cwd=shelf)
    assert done.status == 2 and "--budget-ms left time for" in done.stderr


@pytest.mark.parametrize(
    ("run", "arguments", "options"),
    [(files, (), {}), (files, (), {"explain": True}), (context, ("put book",), {})],
    ids=("files", "files --explain", "context"),
)
def test_what_only_reads_files_says_what_it_did_not_look_at(shelf, capsys, run, arguments, options):
    # These may be through before a millisecond is over.
    values = {"root": str(shelf), "json": True, **options}
    assert run({**values, "ends_at": 1.0}, arguments) == 0
    done = capsys.readouterr()
    answer = json.loads(done.out)
    assert False in (answer.get("complete"), answer["summary"].get("complete"))
    assert "2 of 3 files not looked at" in answer["diagnostics"][0]["message"]
    assert "store.py: " in done.err and "--budget-ms was spent" in done.err
    assert run({**values, "budget_ms": 60_000}, arguments) == 0
    answer = json.loads(capsys.readouterr().out)
    assert "complete" not in answer and "complete" not in answer["summary"] and "diagnostics" not in answer


def test_mining_goes_on_where_its_time_was_spent(cq, shelf, tmp_path):
    pytest.importorskip("numpy")
    asked = ("mine", ".", "--json", "--min-files", 1, "--cache-dir", tmp_path)
    left = []
    for _ in range(4):
        answer = json.loads(cq(*asked, "--budget-ms", 1, cwd=shelf).stdout)
        left.append(sum(each["count"] for each in answer.get("ledger", ()) if each["reason"] == "not-looked-at"))
        assert answer["summary"].get("complete", True) is not bool(left[-1])
        assert bool(left[-1]) == ("the same command goes on" in str(answer.get("diagnostics")))
    assert left == [2, 1, 0, 0]
    done = cq("mine", "pairs", ".", "--budget-ms", 1, cwd=shelf)
    assert done.status == 2 and "takes no --budget-ms" in done.stderr


def test_the_ledger_of_a_search_counts_what_there_was_no_time_for(cq, tmp_path):
    for number in range(40):
        (tmp_path / f"m{number}.py").write_text("def load():\n    return load()\n" * 50)
    done = cq("search", "load", "--budget-ms", 1, "--json", "--no-cache", "--root", tmp_path)
    answer = json.loads(done.stdout)
    (left,) = [each["count"] for each in answer["ledger"] if each["reason"] == "not-looked-at"]
    assert f"{left} of 40 files" in answer["diagnostics"][-1]["message"] and left > 1
    assert f"{left} of 40 files" in done.stderr or not done.stderr


def test_pages_of_sources_are_all_sources(cq, shelf):
    asked = ("source", "put", "--all")
    whole = json.loads(cq(*asked, "--json", cwd=shelf).stdout)["rows"]
    seen, cursor = [], ()
    for left in (4, 2, 0):
        page = json.loads(cq(*asked, "--json", "--max-rows", 2, *cursor, cwd=shelf).stdout)
        seen += page["rows"]
        assert page.get("more", {"left": {}})["left"] == ({"method": left} if left else {})
        if left:
            cursor = ("--cursor", page["more"]["cursor"])
    assert seen == whole
    done = cq(*asked, "--max-rows", 4, cwd=shelf)
    assert "... 2 methods more in 1 file: --cursor c4-" in done.stderr and done.stdout.count("def put") == 4
    assert "left out: cq source shelf.py:" in done.stderr  # each by itself
    lines = cq(*asked, "--format", "jsonl", "--max-tokens", 400, cwd=shelf).stdout.splitlines()
    assert json.loads(lines[-1])["more"]["left"] and tokens_at_most("".join(lines[:-1])) <= 400
    for wrong, said in (("c1-00000000", "older state"), ("x", "no such cursor")):
        done = cq(*asked, "--cursor", wrong, cwd=shelf)
        assert done.status == 2 and said in done.stderr and not done.stdout


def test_sources_that_there_was_no_time_for(cq, shelf):
    done = cq("source", "Shelf1", "Shelf2", "other", "--budget-ms", 1, "--json", cwd=shelf)
    answer = json.loads(done.stdout)
    assert done.status == 0 and [row["symbol"]["name"] for row in answer["rows"]] == ["Shelf1"]
    assert answer["summary"]["complete"] is False
    assert "2 of 3 targets not looked up: cq source Shelf2 other" in answer["diagnostics"][0]["message"]
    done = cq("source", "check", "--with", "callers", "--budget-ms", 1, cwd=shelf)
    assert "def check" in done.stdout and "files not looked at" in done.stderr


def test_that_nothing_was_found_in_time_is_no_answer(cq, tmp_path):
    (tmp_path / "a.py").write_text("def put(): ...\n\n\nput\n")
    (tmp_path / "b.py").write_text("from a import put\n\nput()\n")
    done = cq("calls", "put", "--no-cache", "--budget-ms", 1, cwd=tmp_path)
    assert done.status == 2 and "1 of 2 files not looked at" in done.stderr
    assert cq("calls", "put", "--no-cache", cwd=tmp_path).status == 0


def test_a_search_in_pages_of_so_many_rows_is_all_of_it(cq, shelf):
    whole = json.loads(cq("search", "check", "--json", "--no-cache", cwd=shelf).stdout)["rows"]
    rows, cursor = [], ()
    for _ in range(len(whole)):
        page = json.loads(cq("search", "check", "--json", "--no-cache", "--max-rows", 4, *cursor, cwd=shelf).stdout)
        assert len(page["rows"]) <= 4
        rows += page["rows"]
        if "cursor" not in page:
            break
        cursor = ("--cursor", page["cursor"])
    assert rows == whole


def test_a_search_that_ran_out_of_time_goes_on_where_it_was(cq, shelf, tmp_path):
    whole = json.loads(cq("search", "check", "--json", "--no-resolve", "--no-cache", cwd=shelf).stdout)
    cache = ("--cache-dir", tmp_path, "--no-resolve", "--json")
    for path in shelf.iterdir():
        os.utime(path, (1_600_000_000, 1_600_000_000))  # what was written just now is looked at again
    for _ in range(10 * len(FILES)):  # a folder that was written just now may have to be looked at again first
        done = cq("search", "check", "--budget-ms", 1, *cache, cwd=shelf)
        answer = json.loads(done.stdout)
        assert done.status == (0 if answer["rows"] else 2)
        if answer["summary"]["complete"]:
            break
        assert answer["diagnostics"][0]["code"] == "not-looked-at"
        assert len(answer["rows"]) < len(whole["rows"])
    assert answer["summary"]["complete"] and answer["rows"] == whole["rows"]


def block(number, words, few):
    return Block(f"row {number} " + "word " * words, "row", f"file{number % 3}", short=f"row {number}" if few else "")


@given(
    st.lists(st.tuples(st.integers(0, 30), st.booleans(), st.booleans()), min_size=1, max_size=40),
    st.integers(1, 300),
    st.integers(1, 50),
)
def test_pages_lose_no_row_and_keep_to_the_budget(rows, tokens, most_rows):
    blocks = []
    for number, (words, few, is_below_a_heading) in enumerate(rows):
        if is_below_a_heading:
            blocks.append(Block(f"heading {number}", level=0))
        blocks.append(block(number, words, few))
    cursor, seen = "", []
    while True:
        page = page_of(iter(blocks), Budget(tokens, most_rows, cursor), lambda kinds: 0)
        assert 1 <= page.rows <= most_rows
        assert page.tokens == sum(tokens_at_most(each.text) + 1 for each in page.blocks)
        assert page.tokens <= tokens or page.rows == 1
        assert page.before == len(seen)
        seen += [each.text.split()[1] for each in page.blocks if each.what]
        assert sum(page.left.values()) == len(rows) - len(seen)
        if not page.cursor:
            break
        cursor = page.cursor
    assert seen == [str(number) for number in range(len(rows))]


def test_a_page_that_begins_below_headings_repeats_them():
    blocks = [Block("a", level=0), Block("b", level=1), Block("x", "row"), Block("y", "row"), Block("c", level=0)]
    blocks.append(Block("z", "row"))
    first = page_of(blocks, Budget(99, 1), lambda kinds: 0)
    assert [each.text for each in first.blocks] == ["a", "b", "x"]
    second = page_of(blocks, Budget(99, 1, first.cursor), lambda kinds: 0)
    assert [each.text for each in second.blocks] == ["a", "b", "y"]
    third = page_of(blocks, Budget(99, 1, second.cursor), lambda kinds: 0)
    assert [each.text for each in third.blocks] == ["c", "z"] and not third.cursor
    with pytest.raises(CqError, match="older state"):
        page_of(blocks[:-1], Budget(99, 1, first.cursor), lambda kinds: 0)


def test_what_is_left_is_said_by_kind():
    left = {"call": 41, "class": 2, "property": 1, "factory": 2, "x": 1, "y": 1}
    line = left_line(left, 12, "--cursor c3-00000000")
    assert (
        line == "... 41 calls, 2 classes, 1 property, 2 factories, 2 other rows more in 12 files: --cursor c3-00000000"
    )
