"""`cq packs lint`: every problem of every pattern, with its place; and the shipped packs have none."""

import os

import pytest

from cq.errors import CqError
from cq.grammar.language import load_language
from cq.grammar.node_types import installed_node_types
from cq.lanes.table import lane_table
from cq.packs.contract import read_contract
from cq.packs.drift import Grammar
from cq.packs.lint_file import lint_file
from cq.packs.problems import Subject
from cq.packs.source import PackSource
from cq.resources import data_folder

QUERIES = data_folder("queries")
CONTRACT = os.path.join(data_folder("contracts"), "packs.toml")
PYTHON = "tree_sitter_python 0.25.0"
CALL = "(call function: (identifier) @name) @reference.call"
OWN = '(#set! cq.emit "todo") (#set! cq.kind "call") (#set! cq.anchor "a")'


@pytest.fixture
def lint(tmp_path):
    """The problems of one pack file of a user's folder, as line:column, code and message."""

    def run(text, pack="calls", language="python"):
        path = tmp_path / language / f"{pack}.scm"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        source = PackSource((QUERIES, str(tmp_path)))
        table = lane_table((QUERIES,))
        subject = Subject(language, pack, str(path))
        package = table.languages[language].grammar
        grammar = Grammar(installed_node_types(package), load_language(package))
        return lint_file(subject, source, read_contract(CONTRACT), grammar).problems

    return run


def said(problems):
    return [f"{each.line}:{each.column} {each.code}: {each.message}" for each in problems]


BAD = [
    # text, pack, what is said
    ("(cal) @reference.call @name", "calls", [f"1:2 unknown-kind: no node kind 'cal' in {PYTHON}"]),
    ("\n  (call functon: (_) @name) @reference.call", "calls", [f"2:9 unknown-field: no field 'functon' in {PYTHON}"]),
    ("(call !functon) @reference.call @name", "calls", [f"1:8 unknown-field: no field 'functon' in {PYTHON}"]),
    ('(call "iff" @name) @reference.call', "calls", [f"1:7 unknown-token: no token 'iff' in {PYTHON}"]),
    ("(MISSING identifer) @name @reference.call", "calls", [
        f"1:10 unknown-kind: no node kind 'identifer' in {PYTHON}",
    ]),
    (
        "(expression/calll) @name @reference.call",
        "calls",
        [f"1:13 unknown-subtype: supertype 'expression' has no subtype 'calll' in {PYTHON}"],
    ),
    (
        "(call (module) @name) @reference.call",
        "calls",
        ["1:7 impossible: impossible pattern: this can never match"],
    ),
    (
        f"(call\n\n{CALL}\n(cal) @name @reference.call\n",
        "calls",
        ["1:1 syntax: a bracket is not closed", f"4:2 unknown-kind: no node kind 'cal' in {PYTHON}"],
    ),
    ('"a\n(call) @name @reference.call', "calls", ["1:1 syntax: a quote is not closed"]),
    (f"({CALL} (#eqq? @name 1))", "calls", ["1:54 predicate: unknown predicate #eqq?"]),
    (f'({CALL} (#eq? @nam "x"))', "calls", ["1:54 predicate: no capture @nam in this pattern"]),
    (f'({CALL} (#match? @name "("))', "calls", [
        "1:54 predicate: not a regular expression: missing ), unterminated subpattern at position 0",
    ]),
    (f"({CALL} (#eq? @name (x)))", "calls", ["1:55 syntax: cannot read this predicate"]),
    (
        '((call) @name . (call) @reference.call)',
        "calls",
        ["1:1 non-local: a non-local pattern cannot run in a window"],
    ),
    ("(call)* @name @reference.call", "calls", ["1:1 non-local: a non-local pattern cannot run in a window"]),
    (
        '; non-local:\n((call) @name . (call) @reference.call)',
        "calls",
        ["2:1 non-local: a non-local pattern cannot run in a window"],
    ),
    ("(call) @reference.cal @name", "calls", [
        "1:1 missing-capture: a pattern of a pack 'calls' has one of @reference.call, @reference.macro, "
        "@reference.decorator",
        "1:8 unknown-role: @reference.cal: no role 'cal'",
    ]),
    ("(call function: (_) @nam) @reference.call", "calls", [
        "1:1 missing-capture: a pattern of a pack 'calls' has @name",
        "1:21 capture: @nam means nothing in a pack 'calls'",
    ]),
    ("(class_definition name: (_) @name) @reference.call", "definitions", [
        "1:36 capture: @reference.call may not stand in a pack 'definitions'",
    ]),
    ("(class_definition name: (_) @name) @definition", "definitions", [
        "1:1 missing-capture: a pattern of a pack 'definitions' has one of @definition.*, @reference.*",
        "1:36 capture: @definition means nothing in a pack 'definitions'",
    ]),
    (f'({CALL} (#set! cq.knd "x"))', "calls", ["1:54 unknown-setting: no setting 'cq.knd'"]),
    (f'({CALL} (#set! cq_kind "x"))', "calls", ["1:54 unknown-setting: no setting 'cq_kind'"]),
    (f'({CALL} (#set! kind "x"))', "calls", ["1:54 unknown-setting: no setting 'kind'"]),
    (f'({CALL} (#set! cq.kind))', "calls", ["1:54 setting: cq.kind has no value"]),
    (f'({CALL} (#set! cq.over "type"))', "calls", ["1:54 setting: cq.over means nothing in a pack 'calls'"]),
    ('((type) @within.type (#set! cq.over "type tpe"))', "structure", ["1:22 unknown-role: cq.over: no role 'tpe'"]),
    (f'({CALL} (#set! cq.at.class "methd.x"))', "calls", ["1:54 unknown-role: cq.at.class: no role 'methd'"]),
    ("(call) @a", "todo", ["1:1 missing-metadata: no cq.emit and no cq.kind and no cq.anchor"]),
    (f"((call) @b {OWN})", "todo", ["1:58 predicate: the anchor @a is no capture of this pattern"]),
    ("(call)", "todo", [
        "1:1 missing-metadata: no cq.emit and no cq.kind and no cq.anchor",
        "1:1 no-capture: captures nothing, so a match says nothing",
    ]),
    ("(call) @reference.call", "todo", ["1:1 missing-metadata: no cq.emit and no cq.kind and no cq.anchor"]),
    (f"((call) @a @fact.x {OWN})", "todo", ["1:12 capture: @fact.x may not stand in a pack 'todo'"]),
    ("", "todo", ["1:1 empty-pack: this pack has no pattern"]),
    ("; only a comment\n", "todo", ["1:1 empty-pack: this pack has no pattern"]),
    (b"; fine\n(call) @a ; \xff\n", "todo", ["2:13 not-utf-8: not UTF-8: byte 0xff"]),
    (f"; inherits: pyhton\n{CALL}", "calls", ["1:1 inherits: inherits from pyhton, which has no pack 'calls'"]),
    (f"; inherits: a b\n{CALL}", "calls", ["1:1 inherits: not a language: 'a b'"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "pack", "expected"), BAD)
def test_what_is_wrong_is_said_with_its_place(lint, text, pack, expected):
    assert said(lint(text, pack)) == expected


@pytest.mark.parametrize(
    ("text", "pack"),
    [
        (CALL, "calls"),
        (CALL, "todo"),
        (f"((call) @a {OWN})", "todo"),
        (f"; non-local: calls in a row\n; of any length\n((call) @a . (call) {OWN})", "todo"),
        ("; inherits: python", "calls"),
        (f'({CALL} (#set! injection.language "x") (#set! priority 100))', "calls"),
        ('((call function: (identifier) @it arguments: (_) @name) @reference.call (#eq? @it "x"))', "calls"),
        (f"\ufeff{CALL}\r\n{CALL}\r\n", "calls"),
        ("(ERROR (_) @name) @reference.call (MISSING) @name @reference.call", "calls"),
        ('(expression/primary_expression) @name @reference.call', "calls"),
    ],
)  # fmt: skip
def test_what_is_right(lint, text, pack):
    assert said(lint(text, pack)) == []


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("(cal) @name @reference.call", "did you mean call?"),
        ("(class) @name @reference.call", "did you mean class_definition or class_pattern?"),
        (f'({CALL} (#set! cq.knd "x"))', "did you mean cq.kind?"),
        (f'({CALL} (#set! kind "x"))', "did you mean cq.kind?"),
        ("((call) @name . (call) @reference.call)",
         "begin with the node around it, or say why in the line above: `; non-local: REASON`"),
    ],
)  # fmt: skip
def test_hints(lint, text, hint):
    assert lint(text)[0].hint == hint


def test_every_pattern_is_looked_at(lint):
    problems = lint(
        f"(cal) @name @reference.call\n{CALL}\n(call x: (_) @name) @reference.call\n(calll) @name @reference.call"
    )
    assert [(each.line, each.code) for each in problems] == [
        (1, "unknown-kind"),
        (3, "unknown-field"),
        (4, "unknown-kind"),
    ]
    assert problems[1].pattern == "(call x: (_) @name) @reference.call"


def test_inherited_patterns_must_fit_the_language_that_inherits(lint):
    problems = lint("; inherits: python\n(call_expression function: (_) @name) @reference.call", language="rust")
    assert {(each.code, each.language, os.path.basename(os.path.dirname(each.path))) for each in problems} >= {
        ("unknown-kind", "rust", "python")
    }
    assert all(each.path.endswith("python/calls.scm") for each in problems)


def test_a_cycle_of_inheritance_is_said_of_each(lint):
    lint("; inherits: rust\n", pack="todo")
    [problem] = lint("; inherits: python\n", pack="todo", language="rust")
    assert problem.code == "inherits" and problem.message.startswith("this pack inherits from itself: ")


def test_the_shipped_packs_are_clean(cq):
    done = cq("packs", "lint")
    assert (done.status, done.stdout.splitlines()[-1].partition(": ")[2]) == (0, "no problems"), done.stdout


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[global", "Expected ']'"),
        ("[global]\nrooted = true\nnon_local = false\n[packs]\n", 'no [packs."*"]'),
        ("[global]\nrooted = true\nnon_local = false\n[packs.'*']\ncapture = []\n", "unknown field `capture`"),
        (
            "[global]\nrooted = true\nnon_local = false\n[packs.'*']\ncaptures = []\nmetadata = ['cq.x']\n",
            "requires cq.x, which its settings do not allow",
        ),
        ("[packs.'*']\ncaptures = []\n", "missing required field `global`"),
    ],
)
def test_a_wrong_contract_is_loud(tmp_path, text, message):
    path = tmp_path / "packs.toml"
    path.write_text(text)
    with pytest.raises(CqError) as raised:
        read_contract(str(path))
    assert str(path) in raised.value.message and message in raised.value.message
