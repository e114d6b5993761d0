"""`cq diff`: what became of each definition, and whom that touches."""

import json

import pytest

from cq.comparing.definitions import DefinitionsAnalysis, DefinitionsPlan
from cq.comparing.matching import Matching
from cq.resources import data_folder
from revisions import commit, repository_of

SHELF = '''\
import os

LIMIT = 10


class Shelf:
    """Books."""

    def add(self, book, position=None):
        """Put a book on the shelf."""
        if position is None:
            position = len(self.books)
        self.books.insert(position, book)
        return position

    def take(self, position):
        book = self.books[position]
        del self.books[position]
        return book


def load(path):
    with open(path) as file:
        return [line.strip() for line in file if line.strip() and not line.startswith("#")]


def save(path, books):
    with open(path, "w") as file:
        for book in books:
            file.write(f"{book}\\n")
'''
MAIN = """\
from shelf import Shelf, load, save


def main():
    shelf = Shelf()
    shelf.add("a", 1)
    save("x", load("y"))
"""
ANALYSIS = DefinitionsAnalysis(DefinitionsPlan((data_folder("queries"),)))


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    folder = tmp_path_factory.mktemp("diff") / "r"
    return repository_of(folder, {"shelf.py": SHELF, "main.py": MAIN})


def changes(old, new):
    """Each change between two sets of files: (what, name before, name after)."""
    matching = Matching(*([ANALYSIS.run(path, text.encode()) for path, text in each.items()] for each in (old, new)))
    found = set()
    for pair in matching.pairs:
        was, now = matching.item(pair.old, True), matching.item(pair.new, False)
        if was.name != now.name:
            found.add(("renamed", was.qualified_name, now.qualified_name))
        if matching.is_moved(pair):
            found.add(("moved", f"{pair.old.path}:{was.qualified_name}", f"{pair.new.path}:{now.qualified_name}"))
        if was.head != now.head:
            found.add(("signature", now.qualified_name))
        if was.own != now.own:
            found.add(("body", now.qualified_name))
    for is_old in (True, False):
        what = "removed" if is_old else "added"
        found.update((what, matching.item(place, is_old).qualified_name) for place in matching.left(is_old))
    return found


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda text: text, set()),
        (lambda text: text.replace("        del", "        # why\n\n        del"), {("body", "Shelf.take")}),
        (lambda text: text.replace("book, position=None", "book,\n        position=None,\n   "), set()),
        (lambda text: text.replace("(path):", "(path):  # why\n"), {("body", "load")}),
        (lambda text: text.replace("def load(path)", "def load(path, mode)"), {("signature", "load")}),
        (lambda text: text.replace("def load", "@cache\ndef load"), {("signature", "load")}),
        (lambda text: text.replace("def load", "def read_books"), {("renamed", "load", "read_books")}),
        (lambda text: text.replace("class Shelf", "class Rack"), {("renamed", "Shelf", "Rack")}),
        (lambda text: text.replace("LIMIT", "MOST_BOOKS"), {("renamed", "LIMIT", "MOST_BOOKS")}),
        (lambda text: text.replace("LIMIT = 10", "LIMIT = 11"), {("body", "LIMIT")}),
        (lambda text: text[: text.index("def save")], {("removed", "save")}),
        (lambda text: text + "\n\ndef new():\n    return 1\n", {("added", "new")}),
        (lambda text: text.replace('"""Books."""', '"""Many books."""'), {("body", "Shelf")}),
    ],
)
def test_one_edit_is_one_change(edit, expected):
    assert changes({"shelf.py": SHELF}, {"shelf.py": edit(SHELF)}) == expected


def test_what_moves_is_known_by_its_text():
    at, end = SHELF.index("def load"), SHELF.index("def save")
    without, moved = SHELF[:at] + SHELF[end:], SHELF[at:end]
    expected = {("moved", "shelf.py:load", "io.py:load")}
    assert changes({"shelf.py": SHELF}, {"shelf.py": without, "io.py": moved}) == expected
    renamed = moved.replace("load", "read_books")
    both = {("moved", "shelf.py:load", "io.py:read_books"), ("renamed", "load", "read_books")}
    assert changes({"shelf.py": SHELF}, {"shelf.py": without, "io.py": renamed}) == both
    # A file that is renamed takes its definitions along.
    assert changes({"shelf.py": SHELF}, {"rack.py": SHELF}) == set()
    method = SHELF[SHELF.index("    def take") : at]
    function = method.replace("    def take", "def take").replace("\n    ", "\n")
    found = changes({"shelf.py": SHELF}, {"shelf.py": SHELF.replace(method, "\n\n") + "\n\n" + function})
    assert found == {("moved", "shelf.py:Shelf.take", "shelf.py:take")}


def test_overloads_are_told_apart():
    body = SHELF[SHELF.index("def load") : SHELF.index("def save")]
    stubs = "@overload\ndef load(path: str) -> list: ...\n\n\n@overload\ndef load(path: bytes) -> list: ...\n\n\n"
    found = changes({"a.py": body}, {"a.py": stubs + body.replace("load(path)", "load(path, mode=1)")})
    assert found == {("added", "load"), ("signature", "load")}


def test_what_is_alike_by_chance_is_not_the_same():
    getters = "".join(f"class A{n}:\n    def get(self):\n        return self.value\n\n\n" for n in range(3))
    found = changes({"a.py": getters}, {"a.py": "class B:\n    def put(self, value):\n        self.value = value\n"})
    assert {each[0] for each in found} == {"removed", "added"}


def test_callers_of_a_new_signature_and_uses_of_what_is_gone(cq, repository):
    folder = repository.workdir
    text = SHELF.replace("book, position=None", "book, *, position=None").replace("def save(", "def store(")
    commit(repository, {"shelf.py": text, "main.py": MAIN})
    answer = json.loads(cq("diff", "HEAD~1..HEAD", "--json", cwd=folder).stdout)
    rows = {row["qualified_name"]: row for row in answer["rows"]}
    assert {name: row["change"] for name, row in rows.items()} == {"store": "renamed", "Shelf.add": "signature"}
    (caller,) = rows["Shelf.add"]["callers"]
    assert (caller["path"], caller["line"], caller["container"]) == ("main.py", 6, "main.main")
    assert caller["problems"] == ["2 arguments by position, 1 is taken"]
    left = rows["store"]["callers"]
    assert {(each["path"], each["line"]) for each in left} == {("main.py", 1), ("main.py", 7)}
    assert all(each["problems"] == ["save is not defined any more"] for each in left)
    assert answer["summary"]["broken"] == 3
    text = cq("diff", "HEAD~1..HEAD", cwd=folder)
    assert "function store  was save" in text.stdout and "<- save is not defined any more" in text.stdout
    assert text.stderr.startswith("1 renamed, 1 signature changed; 3 callers touched, 3 broken")
    markdown = cq("diff", "HEAD~1..HEAD", "--format", "markdown", cwd=folder).stdout
    assert "#### Broken" in markdown and "- `main.py:6` 2 arguments by position, 1 is taken (`Shelf.add`)" in markdown
    notes = cq("diff", "HEAD~1..HEAD", "--format", "github", cwd=folder).stdout
    assert "::error file=main.py,line=6,title=signature changed::Shelf.add: 2 arguments" in notes


def test_a_revision_and_the_files_as_they_are(cq, repository):
    folder = repository.workdir
    with open(f"{folder}/more.py", "w") as file:
        file.write("def more(:\n    pass\n")
    done = cq("diff", "HEAD~1", "more.py", cwd=folder)
    assert (done.status, "syntax errors that are new (1)" in done.stdout) == (0, True)
    assert cq("diff", "HEAD..HEAD", cwd=folder).status == 1
    gone = cq("diff", "HEAD~1..HEAD", "shelf.py", "nothing.py", cwd=folder)
    assert (gone.status, "no such path in either revision: nothing.py" in gone.stderr) == (2, True)
    two = cq("diff", "HEAD~1", "HEAD", cwd=folder)
    assert (two.status, "no such path in either revision: HEAD" in two.stderr) == (2, True)
    assert "cq diff HEAD~1..HEAD" in two.stderr
    assert cq("diff", cwd=folder).status == 2
    assert "names like it" in cq("diff", "mian..HEAD", cwd=folder).stderr
    clean = cq("diff", "--overlay", "-", cwd=folder, stdin="")
    assert (clean.status, clean.stderr.startswith("no definition changed")) == (1, True)
    assert cq("diff", "--overlay", "-", cwd=folder, stdin="hello").status == 2
    assert "the branch here is main" in cq("diff", "trunk..HEAD", cwd=folder).stderr
    lines = cq("diff", "HEAD~1", "--format", "jsonl", "--no-callers", cwd=folder).stdout.splitlines()
    assert [json.loads(line).get("change") for line in lines][-1] is None


def test_imports_of_a_file_that_is_elsewhere(cq, tmp_path):
    files = {"pkg/__init__.py": "", "pkg/shelf.py": SHELF, "main.py": MAIN.replace("from shelf", "from pkg.shelf")}
    repository = repository_of(tmp_path / "r", files)
    files["pkg/rack.py"] = files.pop("pkg/shelf.py")
    commit(repository, files)
    (row,) = json.loads(cq("diff", "HEAD~1..HEAD", "--json", cwd=tmp_path / "r").stdout)["rows"]
    assert (row["kind"], row["change"], row["definitions"]) == ("file", "moved", 6)
    assert {(each["path"], each["line"]) for each in row["callers"]} == {("main.py", 1)}
    # Either name of it is enough, and what else changed is not told.
    for path in ("pkg/shelf.py", "pkg/rack.py"):
        answer = json.loads(cq("diff", "HEAD~1..HEAD", path, "--json", cwd=tmp_path / "r").stdout)
        assert ([each["change"] for each in answer["rows"]], answer["summary"]["files"]) == (["moved"], 1)
    assert cq("diff", "HEAD~1..HEAD", "main.py", cwd=tmp_path / "r").status == 1
    commit(repository, files | {"main.py": MAIN.replace("from shelf", "from pkg.rack")})
    rows = json.loads(cq("diff", "HEAD~2..HEAD", "--json", cwd=tmp_path / "r").stdout)["rows"]
    assert not any("callers" in row for row in rows)


def test_files_that_are_no_source(cq, tmp_path):
    deep = "x = " + "(" * 30_000 + ")" * 30_000 + "\n"
    odd = {
        "deep.py": deep,
        "nul.py": b"x = 1\0",
        "latin.py": "# \xe9\ndef f(a):\n    return a\n".encode("latin-1"),
        "bom.py": b"\xef\xbb\xbfdef g(a):\r\n    return a\r\n",
        "empty.py": "",
        "data.bin": b"\0\1",
        "notes.md": "# Notes\n",
    }
    repository_of(tmp_path / "r", {"a.py": SHELF}, {"a.py": SHELF} | odd)
    done = cq("diff", "HEAD~1..HEAD", "--json", cwd=tmp_path / "r")
    answer = json.loads(done.stdout)
    assert {row["name"] for row in answer["rows"] if row["path"] in ("latin.py", "bom.py")} == {"f", "g"}
    assert {each["reason"]: each["paths"] for each in answer["ledger"]}["binary"] == ["data.bin", "nul.py"]
    assert answer["summary"]["files"] == len(odd)


def test_callers_that_are_not_looked_for_are_said(cq, tmp_path):
    java = "class A {\n  int size(int of) { return of + 1; }\n}\n"
    files = {"A.java": java, "shelf.py": SHELF}
    repository_of(tmp_path / "r", files, files | {"A.java": java.replace("int of", "int of, int by")})
    done = cq("diff", "HEAD~1..HEAD", cwd=tmp_path / "r")
    said = "callers of 1 definition in java are not looked for: known in python and rust only"
    assert (done.status, done.stderr.count(said)) == (0, 1)
    answer = json.loads(cq("diff", "HEAD~1..HEAD", "--json", cwd=tmp_path / "r").stdout)
    assert ([each["message"] for each in answer["diagnostics"]], answer.get("ledger", [])) == ([said], [])
    assert said not in cq("diff", "HEAD~1..HEAD", "--no-callers", cwd=tmp_path / "r").stderr


def test_a_member_that_is_gone_may_come_from_a_base_elsewhere(cq, tmp_path):
    text = "{}class Shelf{}:\n    def add(self, book):\n        self.books = [book]\n"
    text += "\n    def take(self):\n        return 1\n"
    use = "from shelf import Shelf\n\n\ndef main():\n    shelf = Shelf()\n    shelf.take()\n"
    for head, base, broken in (("import click\n\n\n", "(click.Group)", 0), ("", "", 1)):
        before = text.format(head, base)
        after = before[: before.index("\n    def take")]
        folder = tmp_path / f"r{broken}"
        repository_of(folder, {"shelf.py": before, "main.py": use}, {"shelf.py": after, "main.py": use})
        answer = json.loads(cq("diff", "HEAD~1..HEAD", "--json", cwd=folder).stdout)
        (caller,) = answer["rows"][0]["callers"]
        assert (caller["line"], answer["summary"].get("broken", 0)) == (6, broken)
        assert ("may not be defined any more: Shelf has a base outside" in caller["problems"][0]) == (not broken)
        note = cq("diff", "HEAD~1..HEAD", "--format", "github", cwd=folder).stdout
        assert note.startswith("::error file=main.py" if broken else "::warning file=main.py")


def test_a_difference_has_pages(cq, tmp_path):
    old = {"a.py": "".join(f"def f{number}(a):\n    return {number}\n\n\n" for number in range(6))}
    new = {"a.py": old["a.py"].replace("(a)", "(a, b)"), "b.py": "x = (\n"}
    repository_of(tmp_path, old, new)
    whole = cq("diff", "HEAD~1..HEAD", cwd=tmp_path)
    seen, cursor = [], ()
    for _ in range(9):
        page = cq("diff", "HEAD~1..HEAD", "--max-rows", "2", *cursor, cwd=tmp_path)
        seen += [line for line in page.stdout.splitlines() if line[:1] == "!" or "b.py:2:" in line]
        if "--cursor" not in page.stderr:
            break
        assert page.stdout.startswith("signature changed (6)\n! ")
        cursor = ("--cursor", page.stderr.partition("--cursor ")[2].split()[0])
    assert (
        seen == [line for line in whole.stdout.splitlines() if line[:1] == "!" or "b.py:2:" in line] and len(seen) == 7
    )
    answer = json.loads(cq("diff", "HEAD~1..HEAD", "--max-rows", "2", "--json", cwd=tmp_path).stdout)
    assert (len(answer["rows"]), answer["more"]["left"]) == (2, {"new signature": 4, "added definition": 1})
    assert cq("diff", "HEAD~1..HEAD", "--max-rows", "2", "--format", "markdown", cwd=tmp_path).status == 2


def test_what_there_was_no_time_to_compare(cq, tmp_path):
    old = {f"{number}.py": f"def f{number}(a):\n    return {number}\n" for number in range(40)}
    repository_of(tmp_path, old, {path: text.replace("(a)", "(b)") for path, text in old.items()})
    done = cq("diff", "HEAD~1..HEAD", "--budget-ms", "1", "-j", "1", "--json", cwd=tmp_path)
    answer = json.loads(done.stdout)
    left = sum(each["count"] for each in answer["ledger"] if each["reason"] == "not-looked-at")
    assert left and not answer["summary"]["complete"] and done.status in (0, 2)
    assert all(row["change"] == "signature" for row in answer.get("rows", ()))


def test_a_name_that_was_left_behind_for_old_callers(cq, tmp_path):
    alias = (
        'class Shelf(Rack):\n    def __init__(self):\n        warn("Rack is its name")\n        super().__init__()\n'
    )
    new = SHELF.replace("class Shelf", "class Rack") + "\n\n" + alias
    repository_of(tmp_path, {"shelf.py": SHELF}, {"shelf.py": new})
    rows = json.loads(cq("diff", "HEAD~1..HEAD", "--no-callers", "--json", cwd=tmp_path).stdout)["rows"]
    assert [(row["change"], row["qualified_name"], row["line"]) for row in rows] == [
        ("renamed", "Rack", 6),
        ("added", "Shelf", 33),
    ]
