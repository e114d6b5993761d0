"""Rule files: what they may hold, and that an error names its line."""

import pytest

from cq.errors import CqError
from cq.lanes.table import lane_table
from cq.matching.run import rule_languages
from cq.resources import data_folder
from cq.rules.load import read_rules
from cq.rules.needs import Need

LANGUAGES = rule_languages(lane_table((data_folder("queries"),)))


def read(tmp_path, text):
    path = tmp_path / "rule.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_rules(str(path), LANGUAGES)


def rule(body, more=""):
    return f"id: r\nlanguage: python\n{more}rule:\n{body}\n"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (rule("  patern: print($A)"), ":4:3", "unknown key in rule: 'patern'"),
        (rule("  kind: call\n  inside:\n    kind: modul"), ":6:11", "Kind `modul` is invalid"),
        (rule("  kind: call\n  inside: {kind: module, stopAt: end}"), ":5:26", "unknown key in inside: 'stopAt'"),
        (rule("  regex: '('"), ":4:10", "unclosed group"),
        (rule("  pattern: a = 1; b"), ":4:12", "Multiple AST nodes"),
        (rule("  pattern: {selector: call}"), ":4:12", "a pattern without context"),
        (rule("  pattern: {context: f(), strictness: lax}"), ":4:39", "unknown strictness"),
        (rule("  matches: nothing"), ":4:12", "Rule `nothing` is not defined"),
        (rule("  matches: a(b)", "utils: {a(b): {kind: call}}\n"), ":3:9", "`a(b)` contains reserved characters"),
        (rule("  pattern: f($A)", "constraints: {B: {kind: call}}\n"), ":3:15", "Undefined meta var `B`"),
        (rule("  pattern: f($A)", "transform: {B: {substring: {source: $C}}}\n"), ":3:1", "Undefined meta var `C`"),
        (rule("  kind: call\n  nthChild: foo"), ":5:13", "Illegal character f"),
        (rule("  {}"), ":4:3", "rule says nothing"),
        (rule("  any: {kind: call}"), ":4:8", "any is not a list"),
        (rule("  kind: call\n  kind: module"), ":5:3", "the key 'kind' stands twice"),
        (rule("  kind: call", "severity: bad\n"), ":3:11", "unknown severity: 'bad'"),
        (rule("  kind: call", "fix: $A\n"), ":3:6", "the fix names $A"),
        (rule("  kind: call", "fix: [{template: a}]\n"), ":3:6", "a choice of fixes is not supported"),
        (rule("  kind: call", "rewriters: []\n"), ":3:1", "rewriters are not supported"),
        (rule("  pattern: f($A)", "transform: {B: {rewrite: {source: $A}}}\n"), ":3:16", "rewriters are not supported"),
        (rule("  pattern: f($A)", "transform: {B: {convert: {source: $A, case: x}}}\n"), ":3:39", "unknown key"),
        (rule("  kind: call", "metadata: {cq: {role: call, anchor: A}}\n"), ":3:37", "the anchor A"),
        (rule("  kind: call", "metadata: {cq: {kind: x}}\n"), ":3:16", "without a role"),
        (rule("  kind: call", "labels: {A: {style: primary}}\n"), ":3:10", "a label for A"),
        (rule("  kind: call", "files: src/*.py\n"), ":3:8", "files is not a list"),
        (rule("  kind: call", "files: [{glob: '*.py'}]\n"), ":3:9", "not a glob"),
        ("id: r\nlanguage: cobol\nrule: {kind: call}\n", ":2:11", "no rules for the language 'cobol'"),
        ("id: r\nlanguage: pyhton\nrule: {kind: call}\n", ":2:11", "no rules for the language 'pyhton'"),
        ("id: r\nrule: {kind: call}\n", ":1:1", "a rule without language"),
        ("id: r\nlanguage: py\nrule: {kind: call}\n---\nid: [\n", ":6:1", "not YAML"),
        ("- a\n", ":1:1", "not a rule"),
        ("", "", "no rule in it"),
        ("# nothing\n---\n", "", "no rule in it"),
        (b"id: \xff\n", "", "not UTF-8"),
        ("id: !!python/object:os.system x\n", ":1:5", "tags such as"),
        ("a: " + "[" * 100_000, ":1:6", "levels deep"),
        ("a: &a [x, x, x, x, x, x, x, x]\n" + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in
            zip("abcdef", "bcdefg", strict=True)), "", "values"),
    ],
)  # fmt: skip
def test_an_error_names_its_line(tmp_path, text, place, message):
    with pytest.raises(CqError) as raised:
        read(tmp_path, text)
    assert raised.value.message.startswith(f"{tmp_path}/rule.yml{place}")
    assert message in raised.value.message


def test_a_misspelt_key_gets_a_hint(tmp_path):
    with pytest.raises(CqError) as raised:
        read(tmp_path, rule("  kind: cal"))
    assert raised.value.hint == "did you mean call?"


@pytest.mark.parametrize(
    ("body", "route"),
    [
        ("rule: {pattern: print($A)}", "pattern"),
        ("rule: {kind: call}", "kind"),
        ("rule: {kind: call, has: {kind: identifier}}", "rule"),
        ("rule: {regex: ^a}", "rule"),
        ("rule: {pattern: f($A)}\nconstraints: {A: {kind: integer}}", "config"),
        ("rule: {matches: u}\nutils: {u: {kind: call}}", "config"),
        ("rule: {pattern: f($A)}\ntransform: {B: {convert: {source: $A, toCase: upperCase}}}", "config"),
    ],
)
def test_the_route_follows_the_shape_of_a_rule(tmp_path, body, route):
    (found,) = read(tmp_path, f"id: r\nlanguage: Python\n{body}\n")
    assert found.route == route


def test_several_rules_in_one_file_with_a_byte_order_mark_and_carriage_returns(tmp_path):
    text = "id: a\r\nlanguage: py\r\nrule: {kind: call}\r\n---\r\nid: b\r\nlanguage: rs\r\nrule: {kind: use_list}\r\n"
    assert [each.id for each in read(tmp_path, b"\xef\xbb\xbf" + text.encode())] == ["a", "b"]


def needs(found):
    """A need as nested tuples."""
    if found is None or found.word:
        return found and found.word.decode()
    return ("any" if found.any_of else "all", *map(needs, found.parts))


@pytest.mark.parametrize(
    ("body", "need"),
    [
        ("{pattern: print($A)}", "print"),
        ("{pattern: $A.append($B)}", "append"),
        ("{pattern: 'f(1, \"two words\")'}", ("all", "f", "1", "two words")),
        ("{pattern: $A == $B}", None),
        ("{pattern: {context: f($A), strictness: signature}}", None),
        ("{pattern: {context: 'class A: $X = f()', selector: call}}", None),
        ("{kind: call}", None),
        ("{not: {pattern: f()}, kind: call}", None),
        ("{any: [{pattern: f()}, {pattern: g()}]}", ("any", "f", "g")),
        ("{any: [{pattern: f()}, {kind: call}]}", None),
        ("{all: [{pattern: f($A)}, {kind: call}, {has: {pattern: g()}}]}", ("all", "f", "g")),
        ("{kind: identifier, regex: ^print$}", "print"),
        ("{kind: identifier, regex: ^(get|set)$}", ("any", "get", "set")),
        ("{kind: identifier, regex: ^get}", None),
        ("{kind: identifier, regex: (?i)^get$}", None),
    ],
)
def test_words_that_a_match_needs(tmp_path, body, need):
    (found,) = read(tmp_path, f"id: r\nlanguage: python\nrule: {body}\n")
    assert needs(found.need) == need


def test_a_need_is_met_or_not():
    need = Need(parts=(Need(b"f"), Need(parts=(Need(b"g"), Need(b"h")), any_of=True)))
    assert need.is_met(b"h(f)")
    assert not need.is_met(b"f")
    assert not need.is_met(b"g h")
