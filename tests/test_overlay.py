"""`--overlay`: the answer as if a patch were applied, and nothing is written."""

import json
import os
import random
import shutil

import pygit2
import pytest

from cq.errors import CqError
from cq.index.file_tree import Overlay
from cq.index.revision import revision_of
from cq.index.selection import Selection
from cq.index.walk import list_files
from cq.render.diff import unified
from cq.scan.patch import patched
from revisions import repository_of, written

FILES = {
    "app/shelf.py": "class Shelf:\n    def add(self, book):\n        return book\n\n\ndef load(a):\n    return 1\n",
    "app/main.py": "from app.shelf import Shelf, load\n\n\ndef main():\n    load('x').add(1)\n",
    "crlf.py": "from app.shelf import load\r\n\r\nload(1)\r\n",
    "no_end.py": "Shelf = 1\nload = 2",
    "übung.py": "load = 3\n",
    ".gitignore": "build/\n",
}


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    folder = tmp_path_factory.mktemp("overlay") / "r"
    repository_of(folder, FILES)
    return folder


def edited(seed):
    """The files after random edits: lines changed, added and removed; a file new, gone, or under another name."""
    rng = random.Random(seed)
    files = {}
    for path, text in FILES.items():
        lines = text.splitlines(keepends=True)
        for _ in range(rng.randrange(3)):
            at = rng.randrange(len(lines) + 1)
            new = [rng.choice(["load = Shelf\n", "def load(a, b):\n    return a\n", "Shelf().add(2\n", ")\n"])]
            if text != FILES["no_end.py"] or at < len(lines):
                lines[at : at + rng.randrange(2)] = new
        files[path] = "".join(lines)
    if rng.random() < 0.5:
        files["app/new.py"] = "from app.shelf import load\nload(3)\n"
        files["build/made.py"] = "load = 4\n"
        files[".hidden.py"] = "load = 5\n"
    if rng.random() < 0.4:
        del files[rng.choice(["app/main.py", "no_end.py", "crlf.py"])]
    if rng.random() < 0.4:
        files["app/rack.py"] = files.pop("app/shelf.py")
    return files


def patch_of(old, new):
    """A patch as git writes it."""
    pieces = []
    for path in sorted(old.keys() | new.keys()):
        before, after = old.get(path, "").encode(), new.get(path, "").encode()
        lines = [line.encode("utf-8", "surrogateescape") for line in unified(path, before, after)]
        if lines:
            lines[1] = b"--- /dev/null" if path not in old else lines[1]
            lines[2] = b"+++ /dev/null" if path not in new else lines[2]
            pieces.append(b"".join(line + b"\n" for line in lines))
    return b"".join(pieces)


QUESTIONS = (
    ("search", "load", "--text"),
    ("search", "Shelf.add"),
    ("outline", "app"),
    ("diagnose",),
    ("chunk", ".", "--format", "text"),
    ("query", "(call function: (identifier) @f)"),
    ("neighborhood", "load", "--all"),
)


@pytest.mark.parametrize("seed", range(7))
def test_a_patch_that_is_not_applied_is_one_that_is(cq, tree, tmp_path, seed):
    new = edited(seed)
    (tmp_path / "change.patch").write_bytes(patch_of(FILES, new))
    shutil.copytree(tree, tmp_path / "copy")
    for path in FILES:
        os.unlink(tmp_path / "copy" / path)
    written(tmp_path / "copy", new)
    question = QUESTIONS[seed % len(QUESTIONS)]
    applied = cq(*question, cwd=tmp_path / "copy")
    over = cq(*question, "--overlay", tmp_path / "change.patch", cwd=tree)
    assert (over.status, over.stdout) == (applied.status, applied.stdout)
    if "build/made.py" not in new and seed < 3:  # in a revision nothing is ignored
        head = cq(*question, "--overlay", tmp_path / "change.patch", "--rev", "HEAD", cwd=tree)
        assert (head.status, head.stdout) == (applied.status, applied.stdout)
    assert {path: (tree / path).read_bytes() for path in FILES} == {path: text.encode() for path, text in FILES.items()}


def test_a_folder_and_texts_of_an_editor(cq, tree, tmp_path):
    text = "from app.shelf import load\n\nload(7)\n"
    written(tmp_path / "over", {"app/main.py": text, "app/extra.py": "load = 1\n"})
    by_folder = cq("search", "load", "--overlay", tmp_path / "over", cwd=tree)
    buffers = json.dumps({"app/main.py": text, str(tree / "app/extra.py"): "load = 1\n", "no_end.py": None})
    by_texts = cq("search", "load", "--overlay", "-", cwd=tree, stdin=buffers)
    assert "app/main.py:3:1: load(7)" in by_folder.stdout and "app/extra.py:1:1" in by_folder.stdout
    gone = [line for line in by_folder.stdout.splitlines() if not line.startswith("no_end.py")]
    assert by_texts.stdout.splitlines() == gone
    only = cq("search", "load", "app/extra.py", "--overlay", tmp_path / "over", cwd=tree)
    assert only.stdout == "app/extra.py:1:1: load = 1\n"
    there = cq("search", "--def", "app/main.py:3", "--overlay", tmp_path / "over", cwd=tree)
    assert there.stdout.startswith("app/shelf.py:6:5")


def test_what_a_patch_breaks(cq, tree):
    text = FILES["app/shelf.py"].replace("def load(", "def fetch(").replace("self, book", "self, book, *, at")
    new = FILES | {"app/shelf.py": text}
    new["no_end.py"] = "Shelf = (\n"
    done = cq("diff", "--overlay", "-", "--json", cwd=tree, stdin=patch_of(FILES, new))
    answer = json.loads(done.stdout)
    renamed, signature = (row for row in answer["rows"] if row["change"] in ("renamed", "signature"))
    assert (renamed["before"]["name"], renamed["name"]) == ("load", "fetch")
    assert signature["qualified_name"] == "Shelf.add"
    assert {(each["path"], each["line"]) for each in renamed["callers"]} == {
        ("app/main.py", 1),
        ("app/main.py", 5),
        ("crlf.py", 1),
        ("crlf.py", 3),
    }
    assert [(each["path"], each["line"]) for each in answer["errors"]] == [("no_end.py", 2)]
    assert answer["errors"][0]["problems"] == ["syntax error: missing `)`"]
    assert cq("diff", "--overlay", "-", "app/main.py", cwd=tree, stdin=patch_of(FILES, new)).status == 1


def test_what_stands_behind_a_new_syntax_error_is_not_gone(cq, tree):
    text = FILES["app/shelf.py"].replace("def add(self", "def add((self").replace("load(a)", "load(a, b)")
    new = FILES | {"app/shelf.py": text}
    answer = json.loads(cq("diff", "--overlay", "-", "--json", cwd=tree, stdin=patch_of(FILES, new)).stdout)
    assert [(each["line"], each["problems"]) for each in answer["errors"]] == [(2, ["syntax error: missing `)`"])]
    assert [(row["change"], row["name"]) for row in answer["rows"]] == [("signature", "add"), ("signature", "load")]
    assert {each["path"] for each in answer["rows"][1]["callers"]} == {"app/main.py", "crlf.py"}


def test_workers_read_what_is_laid_over(cq, tree, tmp_path):
    written(tmp_path / "over", {"app/main.py": "from app.shelf import load\n\nload(7)\n"})
    one, two = (
        cq("search", "load", "--no-resolve", "-j", number, "--rev", "HEAD", "--overlay", tmp_path / "over", cwd=tree)
        for number in (1, 2)
    )
    assert "load(7)" in one.stdout and one.stdout == two.stdout


OLD = b"one\ntwo\nthree\nfour\nfive\n"
HUNK = b"@@ -2,2 +2,2 @@ in something\n two\n-three\n+3\n"


@pytest.mark.parametrize(
    ("patch", "expected"),
    [
        (b"--- a/f\n+++ b/f\n" + HUNK, {"f": b"one\ntwo\n3\nfour\nfive\n"}),
        (b"--- f\t2020-01-01\n+++ f\t2020-01-02\n" + HUNK, {"f": b"one\ntwo\n3\nfour\nfive\n"}),
        (b"--- old/f\n+++ new/f\n" + HUNK, {"f": b"one\ntwo\n3\nfour\nfive\n"}),
        (
            b"some words\n\n--- a/f\n+++ b/f\n" + HUNK.replace(b"-2,2 +2,2", b"-4,2 +4,2"),
            {"f": b"one\ntwo\n3\nfour\nfive\n"},
        ),
        (b"--- a/f\n+++ b/f\n@@ -5 +5,2 @@\n five\n+six\n\\ No newline at end of file\n", {"f": OLD + b"six"}),
        (b"--- a/f\n+++ b/f\n@@ -0,0 +1 @@\n+zero\n", {"f": b"zero\n" + OLD}),
        (b"--- /dev/null\n+++ b/g\n@@ -0,0 +1 @@\n+new\n", {"g": b"new\n"}),
        (b"--- a/f\n+++ /dev/null\n@@ -1,5 +0,0 @@\n-one\n-two\n-three\n-four\n-five\n", {"f": None}),
        (
            b"diff --git a/f b/g h\nsimilarity index 100%\nrename from f\nrename to g h\n",
            {"f": None, "g h": OLD},
        ),
        (b"diff --git a/f b/g\ncopy from f\ncopy to g\n--- a/f\n+++ b/g\n" + HUNK, {"g": b"one\ntwo\n3\nfour\nfive\n"}),
        (b'diff --git "a/\\303\\274" "b/\\303\\274"\nnew file mode 100644\nindex 0..e\n', {"ü": b""}),
        (b"diff --git a/f b/f\ndeleted file mode 100644\nindex e..0\n", {"f": None}),
        (b"diff --git a/f b/f\nold mode 100644\nnew mode 100755\n", {"f": OLD}),
    ],
)
def test_patches(patch, expected):
    assert patched(patch, {"f": OLD}.get, "p") == expected


@pytest.mark.parametrize(
    ("patch", "said"),
    [
        (b"", "not a patch"),
        (b"hello\n", "not a patch"),
        (HUNK, "p:1: a hunk without the name of its file"),
        (b"--- a/f\n+++ b/f\n" + HUNK.replace(b" two", b" too"), "p:3: hunk 1 of 1 of f does not apply"),
        (b"--- a/f\n+++ b/f\n" + HUNK + HUNK, "p:7: hunk 2 of 2 of f does not apply"),
        (b"--- a/g\n+++ b/g\n" + HUNK, "p:1: g is not there"),
        (b"--- /dev/null\n+++ b/f\n@@ -0,0 +1 @@\n+new\n", "p:1: f is new in the patch, and is there"),
        (b"--- a/f\n+++ b/f\n@@ -2,2 +2,2 @@\n two\n", "p:3: the patch ends within this hunk"),
        (b"--- a/f\n+++ b/f\n@@ -2,2 +2,2 @@\n two\n?three\n", "p:5: not a line of a hunk"),
        (b"--- a/f\n+++ b/f\n@@ -2,1 +2,2 @@\n two\n-three\n", "p:5: more lines than the hunk says"),
        (b"diff --git a/f b/f\nindex 1..2 100644\nGIT binary patch\nliteral 3\n", "p:1: a binary patch of f"),
    ],
)
def test_a_patch_that_does_not_apply(patch, said):
    with pytest.raises(CqError, match=said):
        patched(patch, {"f": OLD}.get, "p")


def test_bad_overlays(cq, tree, tmp_path):
    (tmp_path / "none").mkdir()
    for given, said in (
        (tmp_path / "gone", "cannot read"),
        (tmp_path / "none", "no file in"),
        ("", "--overlay names nothing"),
    ):
        done = cq("search", "load", "--overlay", given, cwd=tree)
        assert (done.status, said in done.stderr) == (2, True), done.stderr
    for stdin, said in (
        ('{"a.py": 1}', "not texts by path"),
        ('{"../a.py": ""}', "outside of"),
        ("--- a/../x.py\n+++ b/../x.py\n@@ -1 +1 @@\n-a\n+b\n", "leads out of"),
    ):
        done = cq("search", "load", "--overlay", "-", cwd=tree, stdin=stdin)
        assert (done.status, said in done.stderr) == (2, True), done.stderr
    done = cq("search", "load", "--overlay", "-", cwd=tree, stdin=patch_of(FILES | {"app/main.py": "x\n"}, FILES))
    assert done.status == 2
    assert "stdin:4: hunk 1 of 1 of app/main.py does not apply" in done.stderr
    assert "line 1 is to be `x`, and there is `from app.shelf import Shelf, load`" in done.stderr
    assert cq("diagnose", "--fix", "--overlay", "-", cwd=tree).status == 2
    assert cq("diff", "--rev", "HEAD", cwd=tree).status == 2


def test_git_reads_the_same_patch(tree):
    """What libgit2 makes of a real difference is what the patch makes here."""
    repository = pygit2.Repository(str(tree))
    index = pygit2.Index()
    new = edited(3) | {"app/main.py": FILES["app/main.py"] + "load(4)\n"}
    for path, text in new.items():
        index.add(pygit2.IndexEntry(path, repository.create_blob(text.encode()), pygit2.enums.FileMode.BLOB))
    difference = repository.head.peel(pygit2.Tree).diff_to_tree(repository.get(index.write_tree(repository)))
    difference.find_similar()
    made = patched(
        difference.patch.encode(), lambda path: (FILES.get(path) or "").encode() if path in FILES else None, "p"
    )
    files = {path: text.encode() for path, text in FILES.items()} | made
    assert {path: data for path, data in files.items() if data is not None} == {k: v.encode() for k, v in new.items()}


NAMES = ("a.py", "b.log", ".note.py", "sub/a.py", "sub/b.log", "sub/.in/c.py", ".dot/d.py", "deep/er/e.py")
RULES = ("*.log", "!b.log", "sub/", "/sub/a.py", "!.note.py", "!.dot", "deep/", ".in", "!.in", "er", "*.py", "!e.py")


@pytest.mark.parametrize("seed", range(5))
def test_ignore_files_that_a_change_makes_count(tmp_path, seed):
    rng = random.Random(seed)
    for number in range(6):
        folder = tmp_path / str(number)
        files = dict.fromkeys(NAMES, "x = 1\n") | ignore_files(rng)
        repository_of(folder, files)
        root = str(folder)
        head = revision_of(root, "HEAD")
        assert list_files(Selection(root=root)) == list_files(Selection(root=root, revision=head))
        change = ignore_files(rng) | {"sub/new.log": "x\n", "deep/er/.in/new.py": "x\n"}
        gone = {path: None for path in files if path.endswith("ignore") and rng.random() < 0.5}
        overlay = Overlay(gone | {path: text.encode() for path, text in change.items()})
        there, over = Selection(root=root, overlay=overlay), Selection(root=root, overlay=overlay, revision=head)
        as_if = [list_files(there), list_files(over)]
        for path in gone:
            os.unlink(folder / path)
        written(folder, change)
        assert as_if == [list_files(Selection(root=root))] * 2


def ignore_files(rng):
    """Some ignore files with some rules."""
    found = {}
    for path in (".gitignore", ".ignore", "sub/.gitignore", "deep/.ignore"):
        if rng.random() < 0.5:
            found[path] = "".join(f"{rng.choice(RULES)}\n" for _ in range(rng.randrange(1, 4)))
    return found
