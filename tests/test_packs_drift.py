"""`cq packs drift`: what each pattern uses, what a version of a grammar has, and which patterns break."""

import importlib.metadata
import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from tree_sitter import Language, Query, QueryError

from cq.grammar.language import load_language
from cq.grammar.node_types import NodeTypes, installed_node_types, read_node_types
from cq.lanes.table import lane_table
from cq.packs.drift import Grammar, difference, drifted, missing_from, uses_of
from cq.packs.pattern import split_patterns
from cq.packs.problems import Subject
from cq.resources import data_folder

TOP = Path(__file__).parent.parent
KEPT = TOP / "generated" / "node_types"


@pytest.fixture
def other_version(tmp_path):
    """A folder with the node types of a grammar of Python that renamed `call`, and lost a field and a keyword."""
    types = json.loads((KEPT / "python.json").read_text())
    types["grammar_version"] = "0.99.0"
    types["kinds"] = sorted({*types["kinds"], "call_expression"} - {"call"})
    types["fields"].remove("superclasses")
    types["tokens"].remove("async")
    types["supertypes"]["primary_expression"].remove("call")
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "python.json").write_text(json.dumps(types))
    return folder


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(a b: (c) @x !d)", ["kind a", "field b", "kind c", "field d"]),
        ('(a "if" [(b) "\\"" _] . (_))*', ["kind a", "token if", "kind b", 'token "']),
        ("(sup/sub (sup / other))", ["supertype sup", "subtype sub", "supertype sup", "subtype other"]),
        ('(ERROR (MISSING x) (MISSING ";") (MISSING))', ["kind x", "token ;"]),
        ('((a)@x+(#eq? @x "no (b)") (#set! cq.kind "(c)"))', ["kind a"]),
        ("(a ; (comment)\n  b : (_)  @c.d)", ["kind a", "field b"]),
        ('("if")', ["token if"]),
    ],
)
def test_what_a_pattern_uses(text, expected):
    [pattern] = split_patterns("x.scm", text)
    uses = uses_of(pattern)
    assert [f"{use.what} {use.name}" for use in uses] == expected
    bare = text.replace("\\", "")
    assert all(use.name[0] in bare[use.offset : use.offset + 2] for use in uses)


@pytest.mark.parametrize("grammar", ["python", "rust", "java", "c", "go", "ruby"])
def test_a_use_is_missing_where_the_query_engine_says_so(grammar):
    # Of ABI 14 and 15, with supertypes and without.
    package = f"tree_sitter_{grammar}"
    pytest.importorskip(package)
    language, types = load_language(package), installed_node_types(package)
    words = (*types.kinds, *types.supertypes, "no_such_kind", "_hidden", "ERROR")
    fields = (*types.fields, "no_such_field")
    texts = [f"({word}) @x" for word in words] + [f"(_ {field}: (_)) @x" for field in fields]
    texts += [f"(_ {json.dumps(token, ensure_ascii=False)} @x)" for token in (*types.tokens, "no such token")]
    for text in texts:
        [pattern] = split_patterns("x.scm", text)
        assert bool(missing_from(types, uses_of(pattern))) == is_unknown(language, text), text


def is_unknown(language: Language, text: str) -> bool:
    try:
        Query(language, text)
    except QueryError as error:
        return str(error).startswith(("Invalid node type", "Invalid field"))
    return False


def test_the_kept_node_types_are_those_of_the_installed_grammars():
    done = subprocess.run([sys.executable, TOP / "scripts" / "node-types", "--check"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_script_writes_elsewhere_and_sees_what_differs(tmp_path):
    script = [sys.executable, TOP / "scripts" / "node-types", "--to", tmp_path]
    subprocess.run(script, check=True)
    assert (tmp_path / "python.json").read_bytes() == (KEPT / "python.json").read_bytes()
    assert read_node_types(str(tmp_path), "python") == installed_node_types("tree_sitter_python")
    (tmp_path / "old.json").write_text("{}")
    done = subprocess.run([*script, "--check"], capture_output=True, text=True)
    assert done.returncode == 1 and "old.json" in done.stderr


def test_difference():
    before = NodeTypes(
        grammar="g",
        grammar_version="1",
        abi=15,
        kinds=("a", "b"),
        tokens=("+",),
        fields=("f",),
        supertypes={"s": ("a",)},
    )
    after = msgspec.structs.replace(before, kinds=("b", "c"), fields=("f", "g"), supertypes={"s": ("a", "b"), "t": ()})
    found = difference(before, after)
    assert found.added == {"kinds": ("c",), "fields": ("g",), "supertypes": ("t",), "subtypes of s": ("b",)}
    assert found.removed == {"kinds": ("a",)}
    assert difference(before, before) == ({}, {})


def test_nothing_drifts_under_the_installed_grammars(cq):
    done = cq("packs", "drift", "--json")
    answer = json.loads(done.stdout)
    assert (done.status, answer["rows"]) == (0, [])
    versions = {row["language"]: row["written_for"] == row["version"] for row in answer["languages"]}
    assert versions == dict.fromkeys(lane_table((data_folder("queries"),)).languages, True)


def test_another_version_breaks_the_patterns_that_use_what_it_lacks(cq, other_version):
    done = cq("packs", "drift", "python", "--node-types", other_version, cwd=TOP)
    lines = done.stdout.splitlines()
    assert done.status == 1
    assert lines[0].startswith("python  tree_sitter_python 0.25.0 -> 0.99.0: ")
    assert lines[1:6] == [
        "  + kinds: call_expression",
        "  - kinds: call",
        "  - tokens: async",
        "  - fields: superclasses",
        "  - subtypes of primary_expression: call",
    ]
    lost = [line for line in lines if line.startswith("  queries/python/calls.scm:")]
    message = "error: no node kind 'call' in tree_sitter_python 0.99.0; 0.25.0 has it [unknown-kind]"
    assert lost[0] == f"  queries/python/calls.scm:{line_of('calls', '(call function')}:2: {message}"
    assert "      hint: did you mean call_expression?" in lines
    facts = [line for line in lines if line.startswith("  queries/python/facts.scm:")]
    assert any("no token 'async'" in line for line in facts)
    assert any("no field 'superclasses'" in line for line in facts)


def line_of(pack: str, text: str) -> int:
    lines = (TOP / "queries" / "python" / f"{pack}.scm").read_text().split("\n")
    return next(number for number, line in enumerate(lines, 1) if line.startswith(text))


def test_json_lines_and_other_languages_without_node_types(cq, other_version):
    done = cq("packs", "drift", "--node-types", other_version, "--format", "jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    [rust] = [row for row in rows if row.get("language") == "rust" and "grammar" in row]
    assert rust == {
        "language": "rust",
        "grammar": "tree_sitter_rust",
        "written_for": rust["written_for"],
        "note": f"no {other_version}/rust.json",
    }
    assert {row["code"] for row in rows if "code" in row} == {"unknown-kind", "unknown-field", "unknown-token"}


def test_a_users_language_and_what_is_impossible(cq, tmp_path):
    (tmp_path / "scala").mkdir()
    (tmp_path / "lanes.toml").write_text("[languages.scala]\nextensions = ['.scala']\ngrammar = 'tree_sitter_scala'\n")
    (tmp_path / "scala" / "calls.scm").write_text(
        "(call_expression function: (identifier) @name) @reference.call\n"
        "(call_expression (class_definition) @name) @reference.call\n"
    )
    done = cq("packs", "drift", "scala", "--queries", tmp_path)
    assert done.status == 1
    version = importlib.metadata.version("tree-sitter-scala")
    note = "(no node types kept: held against this grammar only)"
    assert done.stdout.splitlines()[:2] == [
        f"scala  tree_sitter_scala {version}: 2 patterns, 1 problem {note}",
        f"  {tmp_path}/scala/calls.scm:2:18: error: impossible pattern: this can never match [impossible]",
    ]


def test_a_grammar_that_is_not_installed_is_a_row(cq, tmp_path):
    (tmp_path / "lanes.toml").write_text("[languages.zzz]\nextensions = ['.zzz']\ngrammar = 'tree_sitter_zzz'\n")
    (tmp_path / "zzz").mkdir()
    (tmp_path / "zzz" / "calls.scm").write_text("(a) @name @reference.call\n")
    done = cq("packs", "drift", "zzz", "--queries", tmp_path)
    assert (done.status, done.stdout) == (0, "zzz  tree_sitter_zzz the grammar tree_sitter_zzz is not installed\n")
    done = cq("packs", "lint", "zzz", "--queries", tmp_path)
    assert done.status == 0 and "warning: the grammar tree_sitter_zzz is not installed" in done.stdout


def test_a_grammar_of_the_users_own_is_not_held_against_what_is_kept_of_another(cq, tmp_path):
    (tmp_path / "lanes.toml").write_text("[languages.python]\nextensions = ['.go']\ngrammar = 'tree_sitter_go'\n")
    (tmp_path / "python").mkdir()
    for pack in ("calls", "chunks", "definitions", "facts", "imports", "injections", "references", "structure"):
        (tmp_path / "python" / f"{pack}.scm").write_text("(call_expression) @name\n")
    done = cq("packs", "drift", "python", "--queries", tmp_path)
    assert done.status == 0 and "held against this grammar only" in done.stdout


def test_a_pattern_that_is_newer_than_what_is_kept_is_a_warning():
    types = installed_node_types("tree_sitter_python")
    kept = msgspec.structs.replace(types, grammar_version="0.1", fields=tuple({*types.fields} - {"superclasses"}))
    grammar = Grammar(types, load_language("tree_sitter_python"), kept)
    [pattern] = split_patterns("x.scm", "(class_definition superclasses: (_) @name) @reference.type")
    [problem] = drifted(Subject("python", "references", "x.scm"), pattern, grammar)
    assert (problem.code, problem.severity) == ("not-kept", "warning")
    assert problem.message == "no field 'superclasses' in tree_sitter_python 0.1"


@pytest.mark.parametrize(
    ("text", "message"),
    [("{", "Input data was truncated"), ('{"kinds": []}', "missing required field"), ("\x00", "malformed")],
)
def test_node_types_that_are_not_right_are_named(cq, tmp_path, text, message):
    (tmp_path / "python.json").write_text(text)
    done = cq("packs", "drift", "python", "--node-types", tmp_path)
    assert (done.status, done.stdout) == (2, "")
    assert f"{tmp_path}/python.json" in done.stderr and message in done.stderr


def test_no_such_folder_of_node_types(cq, tmp_path):
    done = cq("packs", "drift", "--node-types", tmp_path / "gone")
    assert done.status == 2 and "no such folder of node types" in done.stderr
