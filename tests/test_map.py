"""`cq map`: the definitions that the rest leans on, within a number of tokens."""

import json
import subprocess
from pathlib import Path

import jsonschema
import pytest

from cq.index.recent import Change
from cq.overview.analysis import Weighed
from cq.overview.recent import changed_lately
from cq.resources import data_folder
from cq.serve.reply import Ask
from cq.serve.tools import call
from cq.serve.workspace import Workspace
from cq.tokens import most, tokens_at_most

FILES = {
    "core/model.py": '''\
class BaseModel:
    """The word process_item in prose."""

    def save_all(self):
        return self

    def _private_part(self):
        def inner_one():
            pass
        return inner_one


def make_model(name):
    return BaseModel()


CONSTANT_VALUE = 3
''',
    "core/rare.py": "def lonely_function():\n    return 1\n",
    "app/views.py": "from core.model import BaseModel, make_model\n\n\ndef show_page(a):\n"
    "    return make_model(a).save_all(), BaseModel\n",
    "app/forms.py": "from core.model import make_model\nfrom app.views import show_page\n\n\nclass PageForm:\n"
    "    made = make_model('x')\n    shown = show_page(1)\n",
    "tests/test_forms.py": "from app.forms import PageForm\n\n\ndef test_page_form():\n    assert PageForm()\n",
    "notes.txt": "make_model\n",
    "lib.rs": "pub struct Stack;\nimpl Stack { pub fn push_all(&self) {} }\npub fn run_it(s: Stack) { s.push_all() }\n",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("map")
    (root / ".git").mkdir()
    for path, text in FILES.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text)
    return root


def test_what_many_lean_on_comes_first(cq, project):
    answer = json.loads(cq("map", "--json", cwd=project).stdout)
    jsonschema.validate(answer, json.loads((Path(data_folder("contracts")) / "map.schema.json").read_text()))
    ranked = [row["qualified_name"] for row in sorted(answer["rows"], key=lambda row: -row["score"])]
    assert ranked[0] == "make_model"
    # What nothing leans on comes last; what is within a function is of that only.
    assert set(ranked[:5]) == {"make_model", "BaseModel", "BaseModel.save_all", "show_page", "PageForm"}
    assert ranked.index("lonely_function") >= 5
    assert not {"inner_one", "CONSTANT_VALUE"} & set(ranked)
    assert sum(row["score"] for row in answer["rows"]) == pytest.approx(1, abs=1e-6)


def test_what_the_language_has_itself_counts_little(cq, tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "error.rs").write_text("pub struct Error;\nimpl Error { pub fn take_while(&self) {} }\n")
    (tmp_path / "shelf.rs").write_text("pub struct ShelfLabel;\nimpl ShelfLabel { pub fn put_away(&self) {} }\n")
    for number in range(4):
        used = "use std::io::Error;\nfn f(e: Error, i: I) { i.take_while(); i.take_while(); }\n"
        (tmp_path / f"user{number}.rs").write_text(used + "fn g(s: ShelfLabel) { s.put_away() }\n" * (number < 2))
    rows = json.loads(cq("map", "--json", cwd=tmp_path).stdout)["rows"]
    ranked = [row["name"] for row in sorted(rows, key=lambda row: -row["score"])]
    assert set(ranked[:2]) == {"ShelfLabel", "put_away"}


def test_the_text_has_folders_files_and_signatures(cq, project):
    done = cq("map", "core", "app", cwd=project)
    assert done.stdout.splitlines() == [
        "app/",
        " forms.py",
        "  5 class PageForm",
        " views.py",
        "  4 def show_page(a)",
        "core/",
        " model.py",
        "  1 class BaseModel",
        "  4 def BaseModel.save_all(self)",
        "  7 def BaseModel._private_part(self)",
        "  13 def make_model(name)",
        " rare.py",
        "  1 def lonely_function()",
    ]
    assert cq("map", "core", "app", cwd=project).stdout == done.stdout


def test_the_focus_changes_what_matters(cq, project):
    few = ("--max-tokens", 24)
    plain = cq("map", *few, cwd=project).stdout
    assert "make_model" in plain and "lonely_function" not in plain
    for focus in ("core/rare.py", "lonely_function", "rare.lonely_function"):
        assert "lonely_function" in cq("map", *few, "--focus", focus, cwd=project).stdout
    assert "run_it" in cq("map", "--focus", "lib.rs", cwd=project).stdout


def git(root, *arguments):
    who = ("-c", "user.name=A", "-c", "user.email=a@b", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(root), *who, *arguments], check=True, capture_output=True)


def test_what_changed_lately_counts_for_more(cq, tmp_path):
    few = ("--max-tokens", 24)
    for path, text in FILES.items():
        (tmp_path / "part" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "part" / path).write_text(text)
    git(tmp_path, "init", "-q")
    assert "lonely_function" not in cq("map", *few, cwd=tmp_path / "part").stdout  # without a commit
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    assert "lonely_function" not in cq("map", *few, cwd=tmp_path / "part").stdout
    workspace = Workspace(str(tmp_path / "part"), (data_folder("queries"),), str(tmp_path / ".cache"))
    before = call([workspace], "map", {"max_tokens": 24}, Ask(lambda: False)).text
    (tmp_path / "part" / "core" / "rare.py").write_text("def lonely_function():\n    return 2\n")
    call([workspace], "map", {"max_tokens": 24}, Ask(lambda: False))
    git(tmp_path, "commit", "-qam", "second")
    # Below the top of the work tree, and the same each time. A server sees the commit although no file changed.
    for _ in range(2):
        assert "lonely_function" in cq("map", *few, cwd=tmp_path / "part").stdout
    after = call([workspace], "map", {"max_tokens": 24}, Ask(lambda: False)).text
    assert "lonely_function" in after and "lonely_function" not in before


def test_a_history_that_cannot_be_read_is_none(cq, tmp_path):
    (tmp_path / "a.py").write_text("def used_name():\n    pass\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/gone\n")
    assert cq("map", cwd=tmp_path).status == 0
    (tmp_path / ".git" / "HEAD").write_bytes(b"\xff\0")
    done = cq("map", cwd=tmp_path)
    assert "used_name" in done.stdout and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("changes", "weights"),
    [
        ([], [0.0, 0.0, 0.0]),
        ([Change(3, 3, 0.5)], [0.0, 0.5, 0.0]),  # the method, and not its class
        ([Change(1, 1, 1.0), Change(1, 1, 0.25)], [1.0, 0.0, 0.0]),
        ([Change(4, 9, 0.25)], [0.0, 0.25, 0.25]),
        ([Change(99, 99, 1.0)], [0.0, 0.0, 0.0]),
    ],
)
def test_the_definition_that_changed_is_the_inner_one(changes, weights):
    owner = Weighed("A", "A", "class", 1, 1, 5)
    method = Weighed("f", "A.f", "method", 3, 5, 4)
    behind = Weighed("g", "g", "function", 8, 1, 9)
    assert changed_lately((owner, method, behind), changes) == weights


@pytest.mark.parametrize("tokens", [1, 10, 30, 60, 2000])
def test_no_more_tokens_than_were_asked_for(cq, project, tokens):
    done = cq("map", "--max-tokens", tokens, cwd=project)
    assert done.status == 0 and tokens_at_most(done.stdout) <= tokens
    shown, total = (1, 1) if not done.stderr else done.stderr.split(" definitions")[0].split(" of ")
    assert tokens == 2000 or int(shown) < int(total)


def test_too_few_tokens_for_any_definition(cq, project):
    said = cq("map", "--max-tokens", 1, cwd=project).stderr
    least = int(said.rpartition("is too few: the shortest answer takes ")[2])
    assert cq("map", "--max-tokens", least, cwd=project).stdout
    assert not cq("map", "--max-tokens", least - 1, cwd=project).stdout


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("--focus", "no_such_thing"), 2, "--focus no_such_thing"),
        (("--max-tokens", "0"), 2, "out of range"),
        (("gone",), 2, "no such file"),
        (("notes.txt",), 1, ""),
    ],
)
def test_what_has_no_map(cq, project, arguments, status, said):
    done = cq("map", *arguments, cwd=project)
    assert (done.status, done.stdout) == (status, "") and said in done.stderr


def test_files_that_are_hard_to_read(cq, tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "used.py").write_text("def used_name():\n    pass\n")
    (tmp_path / "bom.py").write_bytes(b"\xef\xbb\xbfused_name()\r\n")
    (tmp_path / "broken.py").write_bytes(b"def broken(\nused_name(" + b"(" * 500 + b"\n")
    (tmp_path / "latin.py").write_bytes(b"caf\xe9 = used_name()\n")
    (tmp_path / "binary.py").write_bytes(b"\0\1" * 100)
    (tmp_path / "empty.py").write_bytes(b"")
    done = cq("map", cwd=tmp_path)
    assert done.status == 0 and "def used_name()" in done.stdout and "Traceback" not in done.stderr


@pytest.mark.parametrize("count", [0, 1, 2, 7, 40])
def test_the_largest_number_that_fits(count):
    for limit in range(-1, 45):
        assert most(count, lambda number, limit=limit: number <= limit) == min(count, limit)
