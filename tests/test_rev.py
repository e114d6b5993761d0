"""Questions about a revision are those about its checkout, and about two the difference of both."""

import json
import os
import random
import shutil

import msgspec
import pygit2
import pytest

from cq.index.revision import revision_of
from cq.index.selection import Selection
from cq.index.walk import list_files
from cq.scan.row_changes import Changes
from revisions import SUBMODULE, WHO, commit, repository_of, written

BASE = {
    "app/__init__.py": "from app.shelf import Shelf\n",
    "app/shelf.py": "class Shelf:\n    def add(self, book):\n        return 1\n\n\ndef load(at):\n    return Shelf()\n",
    "app/main.py": "from app.shelf import Shelf, load\n\n\ndef main():\n    load('x').add(1)\n",
    "tests/test_shelf.py": "from app.shelf import Shelf\n\n\ndef test_add():\n    assert Shelf().add(1) == 1\n",
    "broken.py": "def broken(:\n    pass\n",
    ".hidden/note.py": "Shelf = 1\n",
    "tracked.log": "Shelf add\n",
    ".gitignore": "*.log\nbuild/\n",
    "logo.png": b"\x89PNG\0\0Shelf",
    "notes.md": "A Shelf.\n",
}
LATER = BASE | {
    "app/main.py": "import os\n\nfrom app.shelf import Shelf, load\n\n\ndef main():\n    load('x').add(2)\n",
    "app/more.py": BASE["app/shelf.py"],
    "broken.py": "def broken():\n    pass\n",
}


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """Two commits; the second is checked out. An ignored file lies about. `v0` differs from the first in one file."""
    folder = tmp_path_factory.mktemp("rev") / "library"
    repository = repository_of(folder, BASE, LATER)
    head = repository.head.target
    commit(repository, BASE | {"zero.md": "0\n"})
    repository.references.create("refs/tags/v0", repository.head.target)
    repository.references.get("refs/heads/main").set_target(head)
    written(folder, {"build/made.py": "Shelf = 2\n"})
    return folder


QUESTIONS = [
    ("search", "Shelf"),
    ("search", "Shelf.add", "--text"),
    ("search", "Shelf", "app", "--hidden", "-g", "!**/more.py"),
    ("search", "Shelve"),
    ("search", "--def", "app/main.py:7:6"),
    ("search", "--unused"),
    ("neighborhood", "app/shelf.py:2", "--all"),
    ("outline", "app"),
    ("diagnose",),
    ("chunk", ".", "--format", "text"),
    ("query", "(call function: (identifier) @f)", "app"),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_head_is_what_is_checked_out(cq, tree, question):
    plain = cq(*question, cwd=tree)
    for _ in range(1 + (question == ("search", "Shelf"))):  # the second time it is known
        asked = cq(*question, "--rev", "HEAD", cwd=tree)
        assert (asked.status, asked.stdout) == (plain.status, plain.stdout)


@pytest.mark.parametrize("rev", ["main~", "v1"])
def test_an_earlier_commit_is_its_checkout(cq, tree, tmp_path, rev):
    if rev == "v1":
        repository = pygit2.Repository(str(tree))
        repository.create_tag(rev, repository.head.target, pygit2.enums.ObjectType.COMMIT, WHO, "a tag with a message")
        files = LATER
    else:
        files = BASE
    repository_of(tmp_path / "then", files)
    then = cq("search", "Shelf", "--text", cwd=tmp_path / "then")
    assert cq("search", "Shelf", "--text", "--rev", rev, cwd=tree)[:2] == then[:2]
    assert "more.py" not in then.stdout or rev == "v1"


def test_a_second_look_parses_nothing(cq, tree):
    first, second = (json.loads(cq("search", "load", "--rev", "HEAD~1", "--json", cwd=tree).stdout) for _ in range(2))
    assert first["report"]["files_parsed"] and "files_parsed" not in second["report"]
    assert "bytes_read" not in second["report"]
    assert first["rows"] == second["rows"]


def test_another_revision_parses_what_differs(cq, tree, tmp_path):
    def asked(name, rev, *more):
        return json.loads(cq("search", name, "--text", "--rev", rev, "--json", *more, cwd=tree).stdout)

    for name, rev, parsed in [
        *(("Shelf", "HEAD~1", 4), ("Shelf", "HEAD", 2), ("Shelf", "HEAD~1", 0)),
        *(("load", "HEAD", 3), ("load", "HEAD~1", 2), ("load", "HEAD", 0)),
    ]:
        answer = asked(name, rev, "--cache-dir", tmp_path)
        alone = asked(name, rev, "--no-cache")
        assert all(answer[field] == alone[field] for field in ("rows", "summary", "ledger"))
        assert (name, rev, answer["report"].get("files_parsed", 0)) == (name, rev, parsed)
    for path in (tmp_path / "index").iterdir():
        path.write_bytes(path.read_bytes()[:5000])
    assert asked("Shelf", "v0", "--cache-dir", tmp_path)["rows"] == asked("Shelf", "HEAD~1", "--no-cache")["rows"]


def test_a_path_need_not_be_there_any_more(cq, tree):
    gone = cq("search", "Shelf", "app/more.py", "--rev", "HEAD~1", cwd=tree)
    assert (gone.status, "no such file or folder in HEAD~1: app/more.py" in gone.stderr) == (2, True)
    both = cq("search", "Shelf", "app/more.py", "--rev", "HEAD~1..HEAD", cwd=tree)
    assert (both.status, both.stdout.count("\n+ ") + both.stdout.startswith("+ ")) == (0, 2)


@pytest.mark.parametrize(
    "command",
    [
        "search Shelf",
        "search Shelf --resolve",
        "search Shelf --no-resolve --text",
        "outline app",
        "diagnose",
        "query (identifier)@name",
    ],
)
def test_two_revisions_are_the_difference_of_both_answers(cq, tree, command):
    def rows(rev):
        return json.loads(cq(*command.split(), "--rev", rev, "--json", cwd=tree).stdout)

    answer = rows("HEAD~1..HEAD")
    # Of two revisions targets are told when they are asked for: JSON has the rows that the text has.
    text = cq(*command.split(), "--rev", "HEAD~1..HEAD", cwd=tree)
    assert f"{answer['summary']['added']} added, {answer['summary']['removed']} removed" in text.stderr
    assert f"{answer['summary']['kept']} kept" in text.stderr
    command += " --no-resolve" * (command == "search Shelf")
    before, after = (flat(rows(rev)["rows"]) for rev in ("HEAD~1", "HEAD"))
    summary = answer["summary"]
    of = {kind: [each for each in answer["rows"] if each["change"] == kind] for kind in ("added", "removed", "moved")}
    assert [summary[kind] for kind in of] == [len(each) for each in of.values()]
    differ = {path for path in LATER if BASE.get(path) != LATER[path]}
    if "files" in summary:  # what is said of a file depends on nothing else: of those alone
        assert summary["files"] == sum(path.startswith("app/") or command != "outline app" for path in differ)
        told = [sum(row["path"] in differ for row in rows) for rows in (before, after)]
    else:
        told = [len(before), len(after)]
    assert ("files" in summary) == (command != "search Shelf --resolve")
    assert told[1] == summary["kept"] + summary["moved"] + summary["added"]
    assert told[0] == summary["kept"] + summary["moved"] + summary["removed"]
    assert all(change["row"] in after for change in of["added"] + of["moved"])
    assert all(change["row"] in before for change in of["removed"])
    places = {(row["path"], row["line"], row.get("column")) for row in before}
    assert all(
        tuple(change["moved_from"].get(key) for key in ("path", "line", "column")) in places for change in of["moved"]
    )
    if command in ("search Shelf --no-resolve", "search Shelf --resolve"):
        assert {change["row"]["path"] for change in of["added"]} == {"app/more.py"}
        assert {change["row"]["path"] for change in of["moved"]} == {"app/main.py"}


def test_two_revisions_have_pages(cq, tree):
    question = ("outline", "app", "--rev", "HEAD~1..HEAD")
    whole = cq(*question, cwd=tree)
    seen, cursor = "", ()
    for _ in range(9):
        done = cq(*question, "--max-rows", "1", *cursor, cwd=tree)
        seen += done.stdout
        if "--cursor" not in done.stderr:
            break
        cursor = ("--cursor", done.stderr.partition("--cursor ")[2].split()[0])
    assert seen == whole.stdout and whole.stdout.count("\n") > 2
    page = json.loads(cq(*question, "--json", "--max-rows", "2", cwd=tree).stdout)
    assert (len(page["rows"]), page["more"]["left"]) == (2, {"added row": 2})


@pytest.mark.parametrize("command", [("outline", "app"), ("diagnose",), ("query", "(identifier) @name")], ids=str)
def test_what_there_was_no_time_for_is_not_said_to_be_gone(cq, tree, command):
    done = cq(*command, "--rev", "HEAD~1..HEAD", "--budget-ms", "1", "--threads", "1", "--json", cwd=tree)
    answer = json.loads(done.stdout)
    left = {path for each in answer["ledger"] if each["reason"] == "not-looked-at" for path in each["paths"]}
    assert answer["summary"].get("complete", True) == (not left)
    assert not left & {change["row"]["path"] for change in answer["rows"]}
    assert done.status == (0 if answer["rows"] else 2)


def flat(rows):
    """Rows that stand in others are rows, too."""
    found = []
    for row in rows:
        children = row.pop("children", [])
        found += [row, *flat(children)]
    return found


def test_changes_add_up_for_any_two_answers():
    random.seed(7)
    for _ in range(200):
        before, after = (
            [
                json.dumps({"path": random.choice("ab"), "line": random.randrange(4), "text": random.choice("xyz")})
                for _ in range(random.randrange(8))
            ]
            for _ in range(2)
        )
        changes = Changes([row.encode() for row in before], [row.encode() for row in after])
        found = [(each.change, msgspec.json.decode(each.row)) for each in changes]
        new = [row for change, row in found if change != "removed"]
        gone = [row for change, row in found if change == "removed"]
        texts = sorted([*(json.loads(row)["text"] for row in before), *(r["text"] for c, r in found if c == "added")])
        assert texts == sorted([*(json.loads(row)["text"] for row in after), *(row["text"] for row in gone)])
        kept = [json.loads(row) for row in after]
        for row in new:
            kept.remove(row)
        left = [json.loads(row) for row in before]
        for row in kept:  # what is not told stands where it stood
            left.remove(row)
        assert changes.kept == len(kept)
        # No row is both new and gone in its file, and none is where there was but one of its kind.
        added = [row for change, row in found if change == "added"]
        both = {row["text"] for row in gone} & {row["text"] for row in added}
        assert not {(row["path"], row["text"]) for row in gone} & {(row["path"], row["text"]) for row in added}
        assert all(sum(json.loads(row)["text"] == text for row in (*before, *after)) > 2 for text in both)


def test_from_where_the_two_parted(cq, tmp_path):
    repository = repository_of(tmp_path / "r", {"a.py": "x = 1\n"})
    base = repository.head.target
    commit(repository, {"a.py": "x = 1\n", "b.py": "x = 2\n"})
    repository.create_branch("side", repository.get(base))
    repository.set_head("refs/heads/side")
    commit(repository, {"a.py": "x = 1\n", "c.py": "x = 3\n"})
    two = cq("search", "x", "--rev", "main..side", cwd=tmp_path / "r")
    three = cq("search", "x", "--rev", "main...side", cwd=tmp_path / "r")
    assert two.stdout == "> c.py:1:1: x = 3  (from b.py:1)\n" or two.stdout == "+ c.py:1:1: x = 3\n- b.py:1:1: x = 2\n"
    assert three.stdout == "+ c.py:1:1: x = 3\n"


def test_without_a_work_tree_and_from_a_linked_one(cq, tree, tmp_path):
    plain = cq("search", "Shelf", "--rev", "HEAD", cwd=tree)
    pygit2.clone_repository(str(tree), str(tmp_path / "bare.git"), bare=True)
    assert cq("search", "Shelf", "--rev", "HEAD", cwd=tmp_path / "bare.git")[:2] == plain[:2]
    assert cq("search", "Shelf", "--rev", "HEAD", "--root", tmp_path / "bare.git", "-c").status == 0
    pygit2.Repository(str(tree)).add_worktree("linked", str(tmp_path / "linked"))
    assert cq("search", "Shelf", "--rev", "HEAD", cwd=tmp_path / "linked")[:2] == plain[:2]
    below = cq("search", "Shelf", "--json", "--rev", "HEAD", "--root", tree / "app", cwd=tmp_path).stdout
    assert {row["path"] for row in json.loads(below)["rows"]} == {"__init__.py", "main.py", "more.py", "shelf.py"}


def test_what_git_keeps_elsewhere_is_said(cq, tmp_path):
    repository = repository_of(tmp_path / "r", {"a.py": "name = 1\n"})
    pointer = b"version x/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 9\n"
    index = pygit2.Index()
    for path, data in (("a.py", b"name = 1\n"), ("big.py", pointer), ("nul.py", b"name\0")):
        index.add(pygit2.IndexEntry(path, repository.create_blob(data), pygit2.enums.FileMode.BLOB))
    index.add(pygit2.IndexEntry("link.py", repository.create_blob(b"a.py"), pygit2.enums.FileMode.LINK))
    index.add(pygit2.IndexEntry("out.py", repository.create_blob(b"../a.py"), pygit2.enums.FileMode.LINK))
    index.add(pygit2.IndexEntry("sub", repository.head.target, SUBMODULE))
    tree = index.write_tree(repository)
    repository.create_commit("HEAD", WHO, WHO, "two", tree, [repository.head.target])
    answer = json.loads(cq("search", "name", "--rev", "HEAD", "--json", cwd=tmp_path / "r").stdout)
    assert [row["path"] for row in answer["rows"]] == ["a.py"]
    assert {each["reason"]: each["paths"] for each in answer["ledger"]} == {
        "binary": ["nul.py"],
        "lfs-pointer": ["big.py"],
        "submodule": ["sub"],
    }


def test_links_lead_to_what_is_not_listed(tmp_path):
    repository = repository_of(tmp_path / "r", {".real.py": "a = 1\n"})
    index = pygit2.Index()
    index.add(pygit2.IndexEntry(".real.py", repository.create_blob(b"a = 1\n"), pygit2.enums.FileMode.BLOB))
    for name, target in (("one.py", b".real.py"), ("two.py", b"one.py"), ("round.py", b"round.py")):
        index.add(pygit2.IndexEntry(name, repository.create_blob(target), pygit2.enums.FileMode.LINK))
    tree = index.write_tree(repository)
    repository.create_commit("HEAD", WHO, WHO, "two", tree, [repository.head.target])
    repository.checkout_head(strategy=pygit2.enums.CheckoutStrategy.FORCE)
    root = str(tmp_path / "r")
    there = list_files(Selection(root=root)).files
    assert list_files(Selection(root=root, revision=revision_of(root, "HEAD"))).files == there == ["one.py"]


@pytest.mark.parametrize(
    ("rev", "said"),
    [
        ("mian", "names like it: main"),
        ("HEAD~99", "no revision HEAD~99"),
        ("0123456789", "no revision 0123456789"),
        ("main..nowhere", "no revision nowhere"),
        ("HEAD:app", ""),
        ("HEAD:notes.md", "is no revision"),
        ("", "--rev"),
    ],
)
def test_a_revision_that_is_none(cq, tree, rev, said):
    done = cq("search", "Shelf", "--rev", rev, cwd=tree)
    assert said in done.stderr
    assert "Traceback" not in done.stderr and done.status == (0 if rev == "HEAD:app" else 2)


def test_repositories_that_have_no_such_revision(cq, tmp_path, tree):
    nowhere = tmp_path / "plain"
    nowhere.mkdir()
    assert "not in a git repository" in cq("search", "a", "--rev", "HEAD", cwd=nowhere).stderr
    pygit2.init_repository(tmp_path / "empty")
    assert "no commit yet" in cq("search", "a", "--rev", "HEAD", cwd=tmp_path / "empty").stderr
    shutil.copytree(tree, tmp_path / "shallow")
    head = pygit2.Repository(str(tree)).head.target
    (tmp_path / "shallow" / ".git" / "shallow").write_text(f"{head}\n")
    done = cq("search", "Shelf", "--rev", "HEAD~5", cwd=tmp_path / "shallow")
    assert (done.status, "shallow clone" in done.stderr) == (2, True)
    assert cq("diagnose", "--rev", "HEAD", "--fix", cwd=tree).status == 2
    assert cq("query", "(module) @m", "--rev", "HEAD", "--watch", cwd=tree).status == 2


def test_a_hundred_thousand_references_are_not_listed(cq, tree, tmp_path):
    shutil.copytree(tree, tmp_path / "many")
    head = pygit2.Repository(str(tree)).head.target
    lines = "".join(f"{head} refs/tags/t{number:06}\n" for number in range(100_000))
    (tmp_path / "many" / ".git" / "packed-refs").write_text("# pack-refs with: peeled fully-peeled sorted \n" + lines)
    assert cq("search", "Shelf", "--rev", "t099999", cwd=tmp_path / "many").status == 0
    done = cq("search", "Shelf", "--rev", "t000o00", cwd=tmp_path / "many")
    assert (done.status, "names like it: t000" in done.stderr) == (2, True)


def test_a_repository_without_the_content(cq, tmp_path):
    repository = repository_of(tmp_path / "r", {"a.py": "name = 1\n", "b.py": "name = 2\n"})
    lost = str(repository.create_blob(b"name = 2\n"))
    os.unlink(tmp_path / "r" / ".git" / "objects" / lost[:2] / lost[2:])
    done = cq("search", "name", "--rev", "HEAD", cwd=tmp_path / "r")
    assert (done.status, done.stdout) == (2, "a.py:1:1: name = 1\n")
    assert "b.py" in done.stderr and "partial clone" in done.stderr


def test_an_import_that_many_files_have_is_not_moved():
    def rows(*given):
        return [json.dumps({"path": p, "line": n, "role": r, "text": t}).encode() for p, n, r, t in given]

    def changes(before, after):
        found = [(each.change, each.moved_from.path if each.moved_from else "") for each in Changes(before, after)]
        return sorted(found)

    kept = ("k.py", 1, "import", "import x")
    # Neither where others have it, nor where it is the only one: two files that import the same are not one file.
    assert changes(rows(kept, ("a.py", 1, "import", "import x")), rows(kept, ("b.py", 1, "import", "import x"))) == [
        ("added", ""),
        ("removed", ""),
    ]
    assert changes(rows(("a.py", 1, "import", "import x")), rows(("b.py", 1, "import", "import x"))) == [
        ("added", ""),
        ("removed", ""),
    ]
    # With what is told apart the rest goes along.
    before = rows(kept, ("a.py", 1, "import", "import x"), ("a.py", 2, "definition", "def f()"))
    after = rows(kept, ("b.py", 1, "import", "import x"), ("b.py", 3, "definition", "def f()"))
    assert changes(before, after) == [("moved", "a.py"), ("moved", "a.py")]


def test_what_to_do_about_a_revision_that_is_none(cq, tree):
    def said(rev):
        return cq("search", "Shelf", "--rev", rev, cwd=tree).stderr

    assert "HEAD goes back to HEAD~" in said("HEAD~9999")
    assert "HEAD is there, but not that parent" in said("HEAD^7")


def test_only_files_of_the_languages_asked_for_are_counted(cq, tree):
    of_all = cq("search", "Shelf", "--rev", "HEAD~1..HEAD", cwd=tree).stderr
    none = cq("search", "Shelf", "--rev", "HEAD~1..HEAD", "-t", "ruby", cwd=tree).stderr
    assert "files that differ" in of_all and "0 files that differ" in none
