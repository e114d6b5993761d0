"""A new language is a table entry and a folder: no Python."""

import json

TABLE = """
[languages.scala]
extensions = [".scala"]
grammar = "tree_sitter_scala"
separator = "."
"""
DEFINITIONS = """
((function_definition name: (identifier) @name) @definition.function (#set! cq.scope "def {name}"))
(class_definition name: (identifier) @name) @definition.class
"""
CALLS = """
(call_expression function: [(identifier) @name (field_expression field: (identifier) @name)]) @reference.call
"""
STRUCTURE = """
(comment) @within.comment
(string) @within.string
"""
FACTS = """
(function_definition body: (block) @fact.body) @definition
(function_definition parameters: (parameters (parameter
  name: (identifier) @fact.parameter type: (_) @fact.parameter.type))) @definition
"""
SOURCE = """package main

// open opens.
def open(path: String): Int = {
	size("open")
}

def main() = {
	open("a")
}
"""


def test_a_language_from_a_folder(cq, tmp_path):
    queries = tmp_path / "my queries"
    (queries / "scala").mkdir(parents=True)
    (queries / "lanes.toml").write_text(TABLE)
    packs = {"definitions": DEFINITIONS, "calls": CALLS, "structure": STRUCTURE, "facts": FACTS}
    for name, text in packs.items():
        (queries / "scala" / f"{name}.scm").write_text(text)
    source = tmp_path / "src"
    source.mkdir()
    (source / "main.scala").write_text(SOURCE)

    done = cq("search", "open", "--root", source, "--queries", queries, "--json", "--text")
    answer = json.loads(done.stdout)
    rows = [(row["line"], row["role"], row.get("container", "")) for row in answer["rows"]]
    assert rows == [(4, "definition", ""), (9, "call", "main"), (5, "string", "open"), (3, "comment", "")]
    facts = answer["rows"][0]["facts"]
    assert facts["signature"] == "def open(path: String): Int ="
    spans = {"name": [[38, 42]], "type": [[44, 50]]}
    assert facts["parameters"] == [{"name": "path", "type": "String", "spans": spans}]

    outline = cq("outline", source, "--queries", queries)
    assert outline.stdout.splitlines()[1:] == ["     4  def open(path: String): Int =", "     8  def main() ="]
    assert "scala " in cq("languages", "--queries", queries).stdout


def test_without_the_entry_the_file_is_searched_as_text(cq, tmp_path):
    (tmp_path / "main.scala").write_text(SOURCE)
    answer = json.loads(cq("search", "open", "--root", tmp_path, "--json").stdout)
    rows = [(row["line"], row["role"], row["method"]) for row in answer["rows"]]
    assert rows == [(4, "definition", "lexical"), (9, "call", "lexical")]
    assert answer["summary"]["roles"] == {"definition": 1, "call": 1, "string": 1, "comment": 1}


def test_a_wrong_table_or_pack_is_named(cq, tmp_path):
    (tmp_path / "lanes.toml").write_text("[languages.scala]\nextensions = ['.scala']\ngrammer = 'x'\n")
    done = cq("search", "x", "--queries", tmp_path)
    assert done.status == 2
    assert "lanes.toml" in done.stderr and "grammer" in done.stderr
    (tmp_path / "lanes.toml").write_text(TABLE.replace("tree_sitter_scala", "tree_sitter_nowhere"))
    (tmp_path / "a.scala").write_text("package x\n")
    done = cq("search", "x", "--queries", tmp_path, "--root", tmp_path)
    assert done.status == 2
    assert "tree_sitter_nowhere is not installed" in done.stderr and "pip install" in done.stderr
