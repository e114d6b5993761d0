"""The shipped packs: safe to compile, fit for the installed grammars, and without patterns that cost too much."""

import subprocess
import sys
from pathlib import Path

import pytest
from tree_sitter import Query

from cq.errors import CqError
from cq.grammar.language import load_language
from cq.lanes.table import lane_table
from cq.packs.pattern import compiled_text, parts_of, split_patterns
from cq.packs.query import PackQuery
from cq.packs.source import read_pack
from cq.resources import data_folder

TABLE = lane_table((data_folder("queries"),))
PACKS = [(language, pack) for language in TABLE.languages for pack in TABLE.packs.names(language)]

COMPILE_OFTEN = """
import sys
from tree_sitter import Query
from cq.grammar.language import load_language
language, text = load_language(sys.argv[1]), open(sys.argv[2]).read()
# A crash came after a few rounds; a long pack has more patterns in each.
for _ in range(max(10, min(50, 300_000 // max(1, len(text))))):
    Query(language, text)
"""


@pytest.mark.parametrize(("language", "pack"), PACKS)
def test_compiling_a_pack_often_does_not_crash(language, pack):
    # py-tree-sitter 0.26.1 corrupts memory when predicates stand before directives: the crash comes after a few rounds.
    path = TABLE.packs.files(language, pack)[-1]
    subprocess.run([sys.executable, "-c", COMPILE_OFTEN, TABLE.languages[language].grammar, path], check=True)


@pytest.mark.parametrize(("language", "pack"), PACKS)
def test_patterns_are_rooted_and_local(language, pack):
    grammar = load_language(TABLE.languages[language].grammar)
    for pattern in TABLE.packs.patterns(language, pack):
        query = Query(grammar, pattern.text)
        where = f"{pattern.path}:{pattern.line}"
        assert query.pattern_count == 1, where
        assert query.is_pattern_rooted(0), where
        assert not query.is_pattern_non_local(0), where


def test_clauses_are_taken_out_of_a_pattern_and_predicates_put_behind_it():
    [pattern] = split_patterns("my.scm", '((b (#eq? @name "x") ) @name\n (#set! cq.kind "y") (#is-not? local)) @all')
    parts = parts_of(pattern)
    assert parts.structure.split() == ["((b", ")", "@name", ")", "@all"]
    assert len(parts.structure) == len(pattern.text)  # so that a position in one is a position in the other
    assert (parts.settings, parts.assertions, parts.captures) == ({"cq.kind": "y"}, {"local": False}, ("name", "all"))
    assert compiled_text(pattern) == f'({parts.structure}\n (#eq? @name "x"))'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("(a", "x.scm:1:1: a bracket is not closed"),
        ("(a))", "x.scm:1:4: a bracket too many"),
        ('(a)\n  "b', "x.scm:2:3: a quote is not closed"),
        ("a", "x.scm:1:1: a pattern begins with a bracket"),
    ],
)
def test_unbalanced_brackets_are_refused(text, message):
    with pytest.raises(CqError, match=message):
        split_patterns("x.scm", text)


def test_splitting_keeps_captures_comments_and_lines():
    text = '; one "\n(a) @x @y ; (not a pattern)\n\n[(b) (c)] @z\n"tok" @t\n'
    patterns = split_patterns("x.scm", text)
    assert [(p.line, p.text) for p in patterns] == [(2, "(a) @x @y"), (4, "[(b) (c)] @z"), (5, '"tok" @t')]


def test_a_pattern_that_does_not_fit_the_grammar_is_named(tmp_path):
    path = tmp_path / "calls.scm"
    path.write_text("(call) @reference.call\n\n(no_such_node) @reference.call\n")
    with pytest.raises(CqError, match=r"calls\.scm:3"):
        PackQuery(load_language("tree_sitter_python"), read_pack(str(path)).patterns)


def test_a_pack_that_is_not_utf8_is_refused(tmp_path):
    path = tmp_path / "calls.scm"
    path.write_bytes(b"; \xff\n(call) @reference.call\n")
    with pytest.raises(CqError, match="not UTF-8"):
        read_pack(str(path))


def test_no_language_is_named_in_the_code():
    # A language is data: a string of the code that names one would be a rule that belongs into the table. Only name
    # resolution truly differs: each language family has a package of its own for it, and names itself there.
    import ast

    # A letter is a letter, and in these forms cq writes its own answers.
    names = {name for name in TABLE.languages if len(name) > 1} - {"json", "html", "markdown", "yaml"}
    for path in Path(data_folder("queries")).parent.glob("tools/cq/**/*.py"):
        # How a language resolves names is code: one package for each, which may name its own.
        names_here = names - {path.parent.name} if path.parent.parent.name == "symbols" else names
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if (path.name, node.value) == ("app.py", "bash"):
                    continue  # the shell that is to complete commands
                assert node.value.lower() not in names_here, f"{path}:{node.lineno}"
