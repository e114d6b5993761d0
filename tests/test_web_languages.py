"""What the lanes of JavaScript and TypeScript need of cq beside their packs: extras, fallbacks, bases, shared packs."""

import json
import tomllib
from pathlib import Path

import pytest

from cq.errors import CqError
from cq.grammar.language import is_installed, load_language, wheel_of
from cq.grammar.node_types import installed_version
from cq.grammar.parse import error_bytes, first_error, parse
from cq.lanes.lanes import Lanes
from cq.lanes.table import LaneTable, lane_table
from cq.resources import data_folder
from cq.search.analysis import SearchAnalysis, SearchPlan
from cq.search.names import NameQuery
from cq.search.outline import OutlineAnalysis, OutlinePlan

QUERIES = data_folder("queries")
TABLE = lane_table((QUERIES,))
FLOW = b"// @flow\nfunction lend(book: Book): Shelf {\n  return shelves.get(book);\n}\n"
# A finder that knows no grammar of the extra: as if it were not installed.
WITHOUT = """
from importlib.machinery import PathFinder
find_spec = PathFinder.find_spec
hidden = ("tree_sitter_javascript", "tree_sitter_typescript")
PathFinder.find_spec = staticmethod(lambda name, *more: None if name.startswith(hidden) else find_spec(name, *more))
"""


def rows_of(path, data, name):
    plan = SearchPlan(query=NameQuery(names=(name,)), folders=(QUERIES,), facts=False, text=True)
    rows = [json.loads(row) for _, row in SearchAnalysis(plan).run(path, data).rows]
    return [(row["line"], row["role"], row.get("kind", ""), row["language"]) for row in rows]


@pytest.fixture
def without_grammars(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(WITHOUT)
    return {"PYTHONPATH": str(folder), "PYTHONSAFEPATH": ""}


@pytest.fixture
def repository(tmp_path):
    folder = tmp_path / "src"
    folder.mkdir()
    (folder / "shelf.ts").write_text("export class Shelf<T> {}\nnew Shelf();\n")
    (folder / "other.ts").write_text("let shelf: Shelf<string>;\n")
    (folder / "shelf.py").write_text("class Shelf: pass\n")
    return folder


def test_without_the_grammar_files_are_text_and_the_extra_is_named_once(cq, repository, without_grammars):
    done = cq("search", "Shelf", "--root", repository, "--json", env=without_grammars)
    answer = json.loads(done.stdout)
    assert [(row["path"], row["line"], row["role"], row.get("method", "syntax")) for row in answer["rows"]] == [
        ("shelf.py", 1, "definition", "syntax"),
        ("shelf.ts", 1, "definition", "lexical"),
        ("shelf.ts", 2, "call", "lexical"),
        ("other.ts", 1, "reference", "lexical"),
    ]
    assert answer["summary"]["hits"] == 4 and answer["summary"]["unexplained"] == 0
    expected = 'cq: 2 files: no grammar for typescript installed: searched as text; pip install "cq[web]"'
    assert done.stderr.splitlines() == [expected]
    assert done.status == 0


def test_an_outline_without_the_grammar_is_one_of_the_rest(cq, repository, without_grammars):
    done = cq("outline", repository, env=without_grammars)
    assert "class Shelf" in done.stdout and "shelf.ts" not in done.stdout
    assert done.stderr.splitlines() == [
        'cq: 2 files: no grammar for typescript installed: not outlined; pip install "cq[web]"'
    ]


def test_languages_tells_what_to_install(cq, without_grammars):
    lines = {line.split()[0]: line for line in cq("languages", env=without_grammars).stdout.splitlines()}
    for language in ("javascript", "typescript", "tsx"):
        assert 'is not installed: pip install "cq[web]"' in lines[language]
    assert "not installed" not in lines["python"]


def test_the_extra_has_the_grammars_that_it_is_said_to_have():
    extras = tomllib.loads((Path(QUERIES).parent / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    wanted = {wheel_of(entry.grammar) for entry in TABLE.languages.values() if entry.extra == "web"}
    assert {each.partition(">")[0] for each in extras["web"]} == wanted


def test_one_wheel_may_hold_several_grammars():
    plain, jsx = (load_language(f"tree_sitter_typescript.language_{each}") for each in ("typescript", "tsx"))
    assert not parse(plain, b"let a = <T>b;").root_node.has_error
    assert parse(jsx, b"let a = <T>b;").root_node.has_error
    assert is_installed("tree_sitter_typescript.language_tsx")
    assert installed_version("tree_sitter_typescript.language_tsx") == installed_version("tree_sitter_typescript") != ""
    with pytest.raises(CqError, match=r"tree_sitter_typescript\.language_none does not fit"):
        load_language("tree_sitter_typescript.language_none")


@pytest.mark.parametrize(
    ("data", "language"),
    [
        (FLOW, "tsx"),
        (b"const a = 1;\n", "javascript"),
        (b"const = ;\n", "javascript"),  # as wrong in both
        (b"", "javascript"),
        (b"let a = b as c;\nclass { {{ ((", "tsx"),
        (b"(" * 100_000, "javascript"),
    ],
)
def test_a_fallback_counts_only_where_it_leaves_less_over(data, language):
    lane, tree = Lanes(TABLE).parsed("javascript", data)
    assert lane.name == language
    assert lane.name == "javascript" or error_bytes(tree.root_node) < error_bytes(
        parse(load_language("tree_sitter_javascript"), data).root_node
    )


def test_flow_is_understood_and_stays_javascript():
    assert rows_of("a.js", FLOW, "book") == [(2, "parameter", "", "javascript"), (3, "reference", "", "javascript")]
    assert rows_of("a.js", FLOW, "Book") == [(2, "type", "", "javascript")]
    outline = OutlineAnalysis(OutlinePlan((QUERIES,))).run("a.js", FLOW)
    assert [row.signature for row in outline.rows] == ["function lend(book: Book): Shelf"]


@pytest.mark.parametrize("source", [b"", b"a = 1", b"f(", b"a = ;", b"x" * 9 + b"((((", b"let \xff = (1;"])
def test_error_bytes_are_none_only_without_errors(source):
    root = parse(load_language("tree_sitter_javascript"), source).root_node
    assert (error_bytes(root) > 0) == (first_error(root) is not None)
    assert error_bytes(root) <= len(source) + 10


def test_a_language_takes_over_what_its_base_says():
    script, typed, jsx = (TABLE.languages[name] for name in ("javascript", "typescript", "tsx"))
    assert (typed.qualifiers, typed.extra, jsx.public) == (script.qualifiers, script.extra, typed.public)
    assert (typed.fallback, jsx.aliases, jsx.interpreters) == ("", (), ())
    assert TABLE.bases("tsx") == ("typescript", "javascript")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('base = "none"', "no language 'none' stands before it"),
        ('fallback = "none"', "no language 'none'"),
    ],
)
def test_a_base_or_fallback_that_is_none_is_named(text, message, tmp_path):
    table = f'[languages.scala]\nextensions = [".scala"]\ngrammar = "tree_sitter_scala"\n{text}\n'
    (tmp_path / "lanes.toml").write_text(table)
    with pytest.raises(CqError, match=message):
        LaneTable((QUERIES, str(tmp_path)))


def test_a_shared_folder_is_no_language_and_is_linted_for_those_that_inherit(cq, tmp_path):
    assert not TABLE.shared & TABLE.languages.keys()
    (tmp_path / "lanes.toml").write_text('shared = ["common"]\n')
    for folder in ("common", "javascript", "typescript"):
        (tmp_path / folder).mkdir()
    (tmp_path / "common" / "calls.scm").write_text(
        "(class_declaration name: (identifier) @name) @reference.call\n"  # not so in TypeScript
    )
    for language in ("javascript", "typescript"):
        (tmp_path / language / "calls.scm").write_text("; inherits: common\n")
    done = cq("packs", "lint", tmp_path, "--queries", tmp_path)
    problems = done.stdout.splitlines()
    assert done.status == 1
    assert [line for line in problems if "common/calls.scm:1" in line and "impossible" in line]
    (tmp_path / "typescript" / "calls.scm").unlink()
    assert cq("packs", "lint", tmp_path, "--queries", tmp_path).status == 0


def test_a_scope_without_a_name_makes_variables_local():
    data = b"const top = 1;\nrun(() => { const inner = 1; });\n(function () { var wrapped = 1; })();\n"
    kinds = {name: rows_of("a.js", data, name)[0][1:3] for name in ("top", "inner", "wrapped")}
    assert kinds == {
        "top": ("definition", "variable"),
        "inner": ("assignment", ""),
        "wrapped": ("assignment", ""),
    }


def test_a_minified_line_is_judged_in_linear_time():
    # Each hit looked at all regions of the file once: minutes where this takes a second.
    data = b";".join(b"var a%d={x:function(){return n}}" % number for number in range(3000))
    rows = rows_of("a.min.js", data, "n")
    assert len(rows) == 3000 and set(rows) == {(1, "reference", "", "javascript")}


@pytest.mark.parametrize("path", ["a.js", "a.ts", "a.tsx"])
@pytest.mark.parametrize(
    "data",
    [
        b"let n = " + b"(" * 100_000,
        b"\xef\xbb\xbflet n = 1;\r\n",
        b"let \xff n\x00 = 1",
        b"n`" + b"${`" * 500,
        b"<n>" * 2_000,
    ],
    ids=["deep", "bom", "not-utf-8", "templates", "elements"],
)
def test_bad_input_is_answered(path, data):
    assert len(rows_of(path, data, "n")) >= 1
    OutlineAnalysis(OutlinePlan((QUERIES,))).run(path, data[:20_000])


def test_a_pattern_without_the_grammar_says_so(cq, repository, without_grammars):
    done = cq("pattern", "class Shelf: pass", cwd=repository, env=without_grammars)
    assert done.stderr.splitlines()[-1] == (
        'cq: 2 files: no grammar for typescript installed: not searched; pip install "cq[web]"'
    )
    done = cq("pattern", "new $A()", "--lang", "ts", cwd=repository, env=without_grammars)
    assert (done.status, 'pip install "cq[web]"' in done.stderr) == (2, True)
