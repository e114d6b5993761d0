"""What a search promises: an account that adds up, the same bytes from any number of workers, valid JSON."""

import json
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import jsonschema
import pytest

from cq.lanes.table import lane_table
from cq.resources import data_folder
from cq.rows.search import RANK
from cq.search.names import NameQuery
from cq.search.request import SearchRequest
from cq.search.run import SearchRun

HERE = Path(__file__).parent
LIBRARY = HERE / "corpus" / "library"
GOLDEN = HERE / "golden"
STDLIB = Path(sysconfig.get_paths()["stdlib"])

GOLDEN_COMMANDS = {
    "search-heading.txt": ["search", "Shelf", "--heading", "--text"],
    "search-pipe.txt": ["search", "Shelf"],
    "search-qualified.txt": ["search", "Shelf.add", "--heading"],
    "search-macro.txt": ["search", "lend", "--heading"],
    "search-context.txt": ["search", "add", "-C1", "--role", "definition,call"],
    "search-vimgrep.txt": ["search", "add", "--vimgrep"],
    "search-nothing.txt": ["search", "Shelv", "--heading"],
    "search.json": ["search", "add", "--json"],
    "search.jsonl": ["search", "add", "--format", "jsonl", "-t", "py"],
    "outline.txt": ["outline", "."],
    "outline.json": ["outline", "src", "--json"],
    "files.txt": ["files", "--hidden"],
    "files-explain.txt": ["files", "--explain", "-t", "py"],
}


@pytest.fixture
def library(tmp_path):
    """The sample project, away from this repository, with a file that its .gitignore names."""
    copy = tmp_path / "library"
    shutil.copytree(LIBRARY, copy)
    (copy / "generated").mkdir()
    (copy / "generated" / "made.py").write_text("Shelf = 1\nonly_here = 2\n")
    return copy


def stable(text):
    """The output without what may differ between two runs: times, and the report."""
    text = re.sub(r"\d+\.\d\d s", "0.00 s", text)
    return re.sub(r'"report":\{.*?\}', '"report":{}', text)


@pytest.mark.parametrize("name", GOLDEN_COMMANDS)
def test_golden(cq, library, name, request):
    done = cq(*GOLDEN_COMMANDS[name], cwd=library)
    text = stable(done.stdout)
    path = GOLDEN / name
    if request.config.getoption("--write-golden"):
        path.write_text(text)
    assert text == path.read_text()


@pytest.mark.parametrize("name", ["search.json", "outline.json"])
def test_answers_fit_their_contracts(cq, library, name):
    answer = json.loads(cq(*GOLDEN_COMMANDS[name], cwd=library).stdout)
    contract = json.loads((Path(data_folder("contracts")) / name.replace(".json", ".schema.json")).read_text())
    jsonschema.validate(answer, contract)


def test_lines_fit_their_contract(cq, library):
    contract = json.loads((Path(data_folder("contracts")) / "search.jsonl.schema.json").read_text())
    lines = cq("search", "Shelf", "--format", "jsonl", "--text", cwd=library).stdout.splitlines()
    assert len(lines) > 10
    for line in lines:
        jsonschema.validate(json.loads(line), contract)
    assert "summary" in json.loads(lines[-1])


def test_files_and_languages_fit_their_contracts(cq, library):
    for name, command in (("files", ["files", "--json"]), ("languages", ["languages", "--json"])):
        contract = json.loads((Path(data_folder("contracts")) / f"{name}.schema.json").read_text())
        jsonschema.validate(json.loads(cq(*command, cwd=library).stdout), contract)


def test_contracts_are_those_of_the_structs():
    script = HERE.parent / "scripts" / "contracts"
    subprocess.run([sys.executable, str(script), "--check"], check=True)


def run_over(root, name, **options):
    from cq.index.selection import Selection

    query = NameQuery(names=(name,), **options)
    selection = Selection(root=str(root), globs=("*.py",))
    run = SearchRun(SearchRequest(query=query, selection=selection, folders=(data_folder("queries"),), text=True))
    return run, list(run.files())


@pytest.mark.parametrize("name", ["self", "name", "Queue", "test", "x", "print", "match", "type", "__init__"])
def test_the_account_adds_up(name):
    """Every whole word is in one role, and there are as many as a plain scan of the bytes finds."""
    root = STDLIB / "asyncio"
    run, files = run_over(root, name)
    summary = run.summary()
    word = re.compile(rf"(?<!\w){name}(?!\w)")
    expected = sum(len(word.findall(path.read_text("utf-8", "replace"))) for path in root.rglob("*.py"))
    assert summary.hits == expected == sum(summary.roles.values())
    assert summary.unexplained == 0
    assert summary.rows == summary.hits == sum(len(found.rows) for found in files)


def test_what_is_withheld_is_counted(cq, library):
    answer = json.loads(cq("search", "Shelf", "--role", "definition", "-t", "py", "--json", cwd=library).stdout)
    summary = answer["summary"]
    assert summary["hits"] == sum(summary["roles"].values()) == summary["rows"] + sum(summary["withheld"].values())
    assert summary["rows"] == summary["roles"]["definition"] == 1
    assert summary["unexplained"] == 0


def test_any_number_of_workers_gives_the_same_bytes(cq):
    outputs = {
        stable(cq("search", "self", "--json", "--root", STDLIB / "asyncio", "-j", str(workers)).stdout)
        for workers in (1, 2, 3)
    }
    assert len(outputs) == 1
    assert len(outputs.pop()) > 100_000


def test_rows_come_by_rank_and_tests_after_the_library(cq, library):
    rows = json.loads(cq("search", "Shelf", "--json", cwd=library).stdout)["rows"]
    table = lane_table((data_folder("queries"),))
    keys = [(RANK[row["role"]], table.is_test(row["path"]), row["path"], row["start_byte"]) for row in rows]
    assert keys == sorted(keys)
    by_path = json.loads(cq("search", "Shelf", "--json", "--sort", "path", cwd=library).stdout)["rows"]
    assert [(row["path"], row["start_byte"]) for row in by_path] == sorted((r["path"], r["start_byte"]) for r in rows)


def test_facts_never_change_which_rows_are_found(cq, library):
    with_facts = json.loads(cq("search", "add", "--json", cwd=library).stdout)["rows"]
    without = json.loads(cq("search", "add", "--json", "--no-facts", cwd=library).stdout)["rows"]
    assert any("facts" in row for row in with_facts)
    assert without == [{key: value for key, value in row.items() if key != "facts"} for row in with_facts]


def test_locations_point_at_the_name(cq, library):
    for row in json.loads(cq("search", "Shelf", "--json", "--text", cwd=library).stdout)["rows"]:
        data = (library / row["path"]).read_bytes()
        assert data[row["start_byte"] : row["end_byte"]].decode() == row["name"]
        line = data.decode().splitlines()[row["line"] - 1]
        assert line[row["column"] - 1 : row["end_column"] - 1] == row["name"]
        assert row["text"] == line


def test_a_search_for_sixty_places_is_compact(cq):
    done = cq("search", "Task", "--heading", "--root", STDLIB / "asyncio")
    rows = json.loads(cq("search", "Task", "--json", "--root", STDLIB / "asyncio").stdout)["summary"]["rows"]
    lines = done.stdout.splitlines()
    assert len(lines) <= rows + 25
    as_json = cq("search", "Task", "--json", "--limit", "60", "--root", STDLIB / "asyncio").stdout
    assert len(as_json) < 60_000


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["Shelve"], "names like it: Shelf"),
        (["shelf_"], "names like it: Shelf, shelf"),
        (["Emma"], "it stands in"),
        (["made_up_nowhere"], "0 hits"),
        (["lend", "-t", "py"], "1 hit in other-language files"),
        (["Nowhere.add"], "cq search add shows all"),
        (["only_here"], "1 hit in ignored files"),
    ],
)
def test_why_not(cq, library, arguments, expected):
    done = cq("search", *arguments, "--heading", cwd=library)
    assert done.status == 1
    assert expected in done.stdout


def test_the_public_api():
    import cq as api

    assert {name for name in api.__all__ if getattr(api, name) is None} == set()
    with pytest.raises(AttributeError, match="no_such_name"):
        api.no_such_name  # noqa: B018


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("self.append", []),
        ("self.books", [("assignment", 30), ("attribute", 35), ("attribute", 36), ("attribute", 39)]),
        ("Shelf.books", [("assignment", 30), ("attribute", 35), ("attribute", 36), ("attribute", 39)]),
        ("TallShelf.add", [("definition", 43)]),
    ],
)
def test_owners_in_the_source(cq, library, name, expected):
    rows = json.loads(cq("search", name, "--json", "-t", "py", cwd=library).stdout)["rows"]
    assert [(row["role"], row["line"]) for row in rows] == expected


def test_flags_inside_an_expression(cq, library):
    done = cq("search", "--regex", "(?i)^SHELF$", "-l", "-t", "py", cwd=library)
    assert done.status == 0
    assert "src/shelf/store.py" in done.stdout.splitlines()
